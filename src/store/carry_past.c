/* store/carry_past.c - what was changed elsewhere before a record came here: it travels with the record, and stands
 * in the history.
 *
 * It lies within the body of the change that brought the record, or brought news of it: so the chain holds it
 * together, and what lets go of that body (forgetting, emptying the bin) lets go of it. An entry is {"key": "LINEAGE
 * SEQ", "at": UTC seconds, "who": a name, "why": text, "on": the laptop's id, "body": {column: [old, new]}}; what is
 * known already is not taken twice. */
#include "carry_priv.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "dolen/base/buf.h"
#include "dolen/base/mem.h"
#include "dolen/base/text.h"

#include "dolen/base/banned.h"

#define EARLIER "earlier"

/* --- every change of a record, whichever laptop wrote it ---------------------------------------------------------- */

typedef void each_past(void *ctx, const struct json *body, struct stmt *q);

static enum status past_each(struct store *s, enum table_id t, struct id id, each_past *fn, void *ctx, struct err *err)
{
    struct stmt *q = NULL;
    bool row = false;
    enum status st = db_use(s->db, &q, "SELECT seq, at, by, why, body FROM change WHERE entity_id = ?1 AND entity = ?2 "
                                       "AND body IS NOT NULL ORDER BY seq", err);

    if (st != ST_OK)
        return st;
    stmt_bind_id(q, 1, id);
    stmt_bind_text(q, 2, table_name(t));
    while ((st = stmt_step(q, &row, err)) == ST_OK && row) {
        const char *text = stmt_text(q, 4);
        struct json *body = NULL;

        if (json_parse(&body, text, strlen(text), NULL) == ST_OK)
            fn(ctx, body, q);
        json_free(&body);
    }
    stmt_done(q);
    return st;
}

static const struct json *earlier_in(const struct json *body)
{
    const struct json *carried = json_get(body, CARRIED);

    return carried ? json_get(carried, EARLIER) : NULL;
}

/* --- going out -------------------------------------------------------------------------------------------------- */

struct past_out {
    struct json *list;
};

static void column_copy(void *ctx, const char *key, struct json *pair)
{
    if (json_kind(pair) == JSON_LIST_)
        json_set(ctx, key, json_copy(pair));
}

static void who_put(struct store *s, struct id by, struct json *entry)
{
    struct record r = { .text = NULL };

    if (id_is_set(by) && store_get(s, T_PRACTITIONER, by, &r, NULL) == ST_OK)
        json_set_text(entry, "who", record_text(&r, PRACTITIONER_name));
    record_release(&r);
}

struct own {
    int64_t   seq, at;
    struct id by;
    char     *why;
    struct json *body;
};

struct owns {
    struct past_out *o;
    struct { struct own *items; size_t count, cap; } list;
};

static void take_own(void *ctx, const struct json *body, struct stmt *q)
{
    struct owns *all = ctx;
    const struct json *earlier = earlier_in(body);
    const char *why = stmt_text(q, 3);
    struct own *own = ARRAY_ADD(all->list.items, all->list.count, all->list.cap);

    *own = (struct own) { stmt_int(q, 0), stmt_int(q, 1), stmt_id(q, 2), why ? xstrdup(why) : NULL, json_new_map() };
    json_each(body, column_copy, own->body);
    for (size_t i = 0; i < json_count(earlier); i++)
        json_append(all->o->list, json_copy(json_at(earlier, i)));
}

enum status past_out(struct store *s, const struct lineages *l, enum table_id t, struct id id, struct json *record,
                     struct err *err)
{
    struct past_out o = { json_new_list() };
    struct owns all = { &o, { NULL, 0, 0 } };
    enum status st = past_each(s, t, id, take_own, &all, err);

    for (size_t i = 0; i < all.list.count; i++) {
        struct own *own = &all.list.items[i];
        struct json *entry = json_new_map();
        char *key = xasprintf("%s %" PRId64, lineage_of(l, own->seq), own->seq);

        json_set_text(entry, "key", key);
        json_set_int(entry, "at", own->at);
        who_put(s, own->by, entry);
        if (own->why)
            json_set_text(entry, "why", own->why);
        json_set(entry, "body", own->body);
        json_append(o.list, entry);
        free(key);
        free(own->why);
    }
    free(all.list.items);
    json_set(record, "past", o.list);
    return st;
}

/* --- coming in -------------------------------------------------------------------------------------------------- */

static bool entry_is_good(const struct json *e)
{
    const struct json *body = json_get(e, "body"), *at = json_get(e, "at");

    return json_kind(e) == JSON_MAP_ && json_get_text(e, "key") && strlen(json_get_text(e, "key")) < 48 && at &&
           json_kind(at) == JSON_INT_ && body && json_kind(body) == JSON_MAP_;
}

static void know(void *ctx, const struct json *body, struct stmt *q)
{
    const struct json *earlier = earlier_in(body);

    (void) q;
    for (size_t i = 0; i < json_count(earlier); i++)
        if (json_get_text(json_at(earlier, i), "key"))
            json_set_bool(ctx, json_get_text(json_at(earlier, i), "key"), true);
}

/* Written here: "LINEAGE SEQ" of a lineage of this case file. */
static bool is_own(const struct lineages *l, const char *key)
{
    for (size_t i = 0; i < l->count; i++)
        if (str_starts(key, l->items[i].id))
            return true;
    return false;
}

bool past_in(struct store *s, enum table_id t, struct id id, const struct json *past, const char *source,
             struct json **fresh)
{
    struct json *known = json_new_map();
    struct lineages l = { NULL, 0, 0 };
    bool good = !past || json_kind(past) == JSON_LIST_;

    *fresh = json_new_list();
    good = good && lineages_read(s, &l, NULL) == ST_OK && past_each(s, t, id, know, known, NULL) == ST_OK;
    for (size_t i = 0; good && i < json_count(past); i++) {
        const struct json *e = json_at(past, i);
        struct json *copy;

        good = entry_is_good(e);
        if (!good || json_get(known, json_get_text(e, "key")) || is_own(&l, json_get_text(e, "key")))
            continue;
        json_set_bool(known, json_get_text(e, "key"), true);
        copy = json_copy(e);
        if (!json_get_text(copy, "on"))
            json_set_text(copy, "on", source);
        json_append(*fresh, copy);
    }
    json_free(&known);
    lineages_release(&l);
    return good;
}

void past_keep(struct json *carried, struct json **fresh)
{
    if (json_count(*fresh)) {
        json_set(carried, EARLIER, *fresh);
        *fresh = NULL;
    }
    json_free(fresh);
}

/* --- asking ----------------------------------------------------------------------------------------------------- */

struct elsewhere {
    struct change_row *items;
    size_t             count, cap;
    const char        *entity;
    struct id          id;
};

static void tell(void *ctx, const struct json *body, struct stmt *q)
{
    struct elsewhere *all = ctx;
    const struct json *earlier = earlier_in(body);

    (void) q;
    for (size_t i = 0; i < json_count(earlier); i++) {
        const struct json *e = json_at(earlier, i);
        struct change_row *c = ARRAY_ADD(all->items, all->count, all->cap);
        const char *who = json_get_text(e, "who"), *why = json_get_text(e, "why"), *key = json_get_text(e, "key");
        struct buf text = BUF_INIT;

        *c = (struct change_row) { .at = json_int(json_get(e, "at")), .entity_id = all->id, .elsewhere = true };
        c->seq = key && strchr(key, ' ') ? strtoll(strchr(key, ' '), NULL, 10) : 0;
        str_copy(c->entity, sizeof c->entity, all->entity);
        str_copy(c->why, sizeof c->why, why ? why : "");
        str_copy(c->who, sizeof c->who, who ? who : "");
        str_copy(c->on, sizeof c->on, json_get_text(e, "on") ? json_get_text(e, "on") : "");
        json_write(&text, json_get(e, "body"));
        c->body = buf_steal(&text);
    }
}

enum status store_changes_elsewhere(struct store *s, enum table_id t, struct id id, struct change_row **rows, size_t *n,
                                    struct err *err)
{
    struct elsewhere all = { .entity = table_name(t), .id = id };
    enum status st = past_each(s, t, id, tell, &all, err);

    *rows = all.items;
    *n = all.count;
    return st;
}

/* What a change says itself, without what it brought of the past. */
char *past_left_out(const char *body)
{
    struct json *j = NULL, *carried;
    struct buf text = BUF_INIT;

    if (!strstr(body, "\"" EARLIER "\"") || json_parse(&j, body, strlen(body), NULL) != ST_OK)
        return xstrdup(body);
    carried = json_get(j, CARRIED);
    if (carried)
        json_remove(carried, EARLIER);
    json_write(&text, j);
    json_free(&j);
    return buf_steal(&text);
}
