/* app/call_draft.c - a phone call that is not filed yet, as a draft in the encrypted file like any other. */
#include "call_draft.h"

#include <string.h>

#include "dolen/base/mem.h"
#include "dolen/base/banned.h"

#define DRAFTS_LOOKED_AT 200

static struct json *marks(const struct call *c)
{
    struct json *j = json_new_map(), *said = json_new_map();

    for (size_t i = 0; i < c->count; i++)
        if (c->people[i].said[0])
            json_set_text(said, id_show(c->people[i].connection).s, c->people[i].said);
    json_set(j, "said", said);
    json_set_text(j, "running", c->running);
    json_set_int(j, "room", c->room);
    if (c->room == ROOM_FULL)
        json_set_text(j, "full_until", date_iso(c->full_until).s);
    json_set_int(j, "takes_a_month", c->takes_a_month);
    json_set_text(j, "with", c->with);
    json_set_bool(j, "verified", c->verified);
    return j;
}

static int64_t given(const struct call *c)
{
    int64_t n = (c->running[0] != '\0') + (c->room != ROOM_UNSAID) + (c->takes_a_month >= 0) + (c->with[0] != '\0');

    for (size_t i = 0; i < c->count; i++)
        n += c->people[i].said[0] != '\0';
    return n;
}

static bool find(struct casefile *cf, struct id asset, struct record *out)
{
    struct records all = { NULL, 0, 0 };
    bool found = false;

    if (store_list(cf->store, LIST_DRAFTS, ID_NONE, DRAFTS_LOOKED_AT, &all, NULL) == ST_OK)
        for (size_t i = 0; i < all.count && !found; i++)
            if (str_eq(record_text(&all.items[i], DRAFT_form), CALL_DRAFT) &&
                id_eq(asset_now(cf->store, record_id(&all.items[i], DRAFT_record)), asset))
                found = store_get(cf->store, T_DRAFT, all.items[i].id, out, NULL) == ST_OK;
    records_release(&all);
    return found;
}

enum status call_keep(struct casefile *cf, const struct call *c, struct err *err)
{
    struct record d;
    struct json *j = marks(c);
    struct buf text = BUF_INIT;
    enum status st;

    record_init(&d, T_DRAFT);
    find(cf, c->asset, &d);
    json_write(&text, j);
    record_set(&d, DRAFT_form, CALL_DRAFT);
    if (!id_is_set(record_id(&d, DRAFT_record)))
        record_set_id(&d, DRAFT_record, c->asset);      /* else begun about an entry that became this one, or is it again */
    record_set(&d, DRAFT_answers, buf_text(&text));
    record_set_int(&d, DRAFT_given, (long) given(c));
    st = store_put(cf->store, &d, NULL, err);
    record_release(&d);
    buf_wipe(&text);
    json_free(&j);
    return st;
}

static void put_back(struct call *c, const struct json *j)
{
    const struct json *said = json_get(j, "said");
    const char *full = json_get_text(j, "full_until");

    for (size_t i = 0; said && i < c->count; i++) {
        const char *code = json_get_text(said, id_show(c->people[i].connection).s);

        str_copy(c->people[i].said, sizeof c->people[i].said, code ? code : "");
    }
    str_copy(c->running, sizeof c->running, json_text(json_get(j, "running")));
    c->room = (enum call_room) json_int(json_get(j, "room"));
    if (c->room != ROOM_NOW && !(c->room == ROOM_FULL && full && date_parse_iso(full, &c->full_until)))
        c->room = ROOM_UNSAID;
    c->takes_a_month = (long) json_int(json_get(j, "takes_a_month"));
    str_copy(c->with, sizeof c->with, json_text(json_get(j, "with")));
    c->verified = json_bool(json_get(j, "verified"));
}

bool call_take_up(struct casefile *cf, struct call *c)
{
    struct record d = { .text = NULL };
    struct json *j = NULL;
    bool found = find(cf, c->asset, &d);
    const char *text = found ? record_or(&d, DRAFT_answers, "{}") : "";

    found = found && json_parse(&j, text, strlen(text), NULL) == ST_OK;
    if (found)
        put_back(c, j);
    json_free(&j);
    record_release(&d);
    return found;
}

struct id call_draft(struct casefile *cf, struct id asset)
{
    struct record d = { .text = NULL };
    struct id id = find(cf, asset, &d) ? d.id : ID_NONE;

    record_release(&d);
    return id;
}

enum status call_draft_done(struct casefile *cf, struct id asset, struct err *err)
{
    struct id draft = call_draft(cf, asset);

    return id_is_set(draft) ? store_draft_done(cf->store, draft, err) : ST_OK;
}

enum status call_draft_bin(struct casefile *cf, struct id asset, struct err *err)
{
    struct id draft = call_draft(cf, asset);

    return id_is_set(draft) ? store_bin(cf->store, T_DRAFT, draft, "discarded", err) : ST_OK;
}
