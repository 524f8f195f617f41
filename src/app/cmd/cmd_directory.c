/* cmd_directory.c - the directory by command: whom to ring, and one phone call. */
#include "commands.h"

#include <stdlib.h>
#include <string.h>

#include "call.h"
#include "dolen/base/date.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/text.h"
#include "fill.h"
#include "dolen/base/banned.h"

static void print_line(const char *text)
{
    struct buf b = BUF_INIT;

    text_tame(&b, text, false);
    puts(buf_text(&b));
    buf_wipe(&b);
}

/* --- whom to ring ----------------------------------------------------------------------------------------------- */

struct aged {
    struct asset_row row;
    int              months;
};

static int stalest_first(const void *pa, const void *pb)
{
    const struct aged *a = pa, *b = pb;
    int c = freshness_compare(a->row.verified_on, a->months, b->row.verified_on, b->months);

    return c ? c : strcmp(a->row.sort_key, b->row.sort_key);
}

static const char *freshness_word(enum freshness f)
{
    static const char *const words[] = { [FRESHNESS_FRESH] = "fresh", [FRESHNESS_DUE] = "due",
                                         [FRESHNESS_STALE] = "stale" };

    return words[f];
}

static void call_list_print(struct run *r, const struct aged *a, int n, struct date today)
{
    struct json *j = json_new_map(), *list = json_new_list();

    for (int i = 0; i < n; i++) {
        const struct asset_row *row = &a[i].row;
        struct json *one = json_new_map();
        struct buf why = BUF_INIT, line = BUF_INIT;

        freshness_why(&why, row->verified_on, a[i].months, today);
        json_set_text(one, "id", id_show(row->id).s);
        json_set_text(one, "name", row->name);
        json_set_int(one, "waiting", row->waiting);
        json_set_text(one, "freshness", freshness_word(freshness_of(row->verified_on, a[i].months, today)));
        json_set_text(one, "why", buf_text(&why));
        json_append(list, one);
        buf_addf(&line, "%s  %s: %s", id_show(row->id).s, row->name, buf_text(&why));
        if (!r->json)
            print_line(buf_text(&line));
        buf_release(&line);
        buf_release(&why);
    }
    json_set(j, "items", list);
    run_say_none(r, n > 0, _("Nobody waits on an entry of the directory: there is nobody to ring."));
    if (r->json)
        run_print_json("asset-call-list", j);
    else
        json_free(&j);
}

static enum status call_list_run(struct run *r, struct err *err)
{
    struct ui u = { .store = r->cf->store, .catalog = r->cf->catalog, .today = clock_today() };
    struct asset_use *use = NULL;
    struct aged *aged;
    size_t n = 0;
    enum status st = assets_in_use(u.store, &use, &n, err);

    aged = xcalloc(n + 1, sizeof *aged);
    for (size_t i = 0; st == ST_OK && i < n; i++) {
        aged[i].months = asset_months(&u, use[i].category);
        st = asset_row_get(u.store, use[i].id, &aged[i].row, err);
    }
    qsort(aged, n, sizeof *aged, stalest_first);
    if (st == ST_OK)
        call_list_print(r, aged, (int) n, u.today);
    free(aged);
    free(use);
    return st;
}

/* --- one call --------------------------------------------------------------------------------------------------- */

static void call_print(struct run *r, const struct call *c)
{
    struct json *j = json_new_map(), *list = json_new_list();

    json_set_text(j, "id", id_show(c->asset).s);
    for (size_t i = 0; i < c->count; i++) {
        struct json *one = json_new_map();
        struct buf line = BUF_INIT;

        json_set_text(one, "connection", id_show(c->people[i].connection).s);
        json_set_text(one, "person", id_show(c->people[i].person).s);
        json_set_text(one, "name", c->people[i].name);
        json_set_text(one, "status", c->people[i].status);
        if (date_is_set(c->people[i].since))
            json_set_text(one, "since", date_iso(c->people[i].since).s);
        json_append(list, one);
        buf_addf(&line, "%s  %s  %s  %s", id_show(c->people[i].connection).s, c->people[i].name, c->people[i].status,
                 date_show(c->people[i].since).s);
        if (!r->json)
            print_line(buf_text(&line));
        buf_wipe(&line);
    }
    json_set(j, "people", list);
    run_say_none(r, c->count > 0, _("Nobody waits there."));
    if (r->json)
        run_print_json("asset-call", j);
    else
        json_free(&j);
}

static enum status bad(struct err *err, const char *what)
{
    return err_set(err, ST_INVALID,
                   _("%s in the answers is not understood. Nothing was changed. Known: running, room (NOW), "
                     "full_until, takes_a_month, verified, with, people (connection, status)."),
                   what);
}

static enum status person_said(struct call *c, const struct json *j, struct err *err)
{
    const char *connection = json_get_text(j, "connection"), *status = json_get_text(j, "status");
    struct id id;
    size_t i, known = 0;

    while (status && known < call_status_count && !str_eq(call_statuses[known], status))
        known++;
    if (!connection || !id_parse(connection, &id) || !status || known == call_status_count)
        return bad(err, "people");
    for (i = 0; i < c->count && !id_eq(c->people[i].connection, id); i++)
        ;
    if (i == c->count)
        return err_set(err, ST_NOTFOUND,
                       _("Nobody waits there under that connection. Nothing was changed. See who does: dolen asset "
                         "call ID"));
    str_copy(c->people[i].said, sizeof c->people[i].said, status);
    return ST_OK;
}

struct reading {
    struct run *r;
    struct call *c;
    struct err *err;
    enum status st;
};

static void answer(void *ctx, const char *key, struct json *v)
{
    struct reading *x = ctx;
    const char *text = json_kind(v) == JSON_TEXT_ ? json_text(v) : NULL;
    const struct codelist *running = catalog_codes(x->r->cf->catalog, "asset_status", NULL);

    if (x->st != ST_OK)
        return;
    if (str_eq(key, "running") && text && codelist_find(running, text)) {
        str_copy(x->c->running, sizeof x->c->running, text);
    } else if (str_eq(key, "room") && str_eq(text, "NOW")) {
        x->c->room = ROOM_NOW;
    } else if (str_eq(key, "full_until") && text && date_parse_iso(text, &x->c->full_until)) {
        x->c->room = ROOM_FULL;
    } else if (str_eq(key, "takes_a_month") && json_kind(v) == JSON_INT_ && json_int(v) >= 0 && json_int(v) <= 999) {
        x->c->takes_a_month = (long) json_int(v);
    } else if (str_eq(key, "verified") && json_kind(v) == JSON_BOOL_) {
        x->c->verified = json_bool(v);
    } else if (str_eq(key, "with") && text) {
        str_copy(x->c->with, sizeof x->c->with, text);
    } else if (str_eq(key, "people") && json_kind(v) == JSON_LIST_) {
        for (size_t i = 0; i < json_count(v) && x->st == ST_OK; i++)
            x->st = person_said(x->c, json_at(v, i), x->err);
    } else {
        x->st = bad(x->err, key);
    }
}

static enum status call_answers(struct run *r, struct call *c, struct err *err)
{
    struct json *j = NULL, *done;
    struct reading x = { r, c, err, ST_OK };
    int changed = 0;
    enum status st = fill_answers_read(r, &j, err);

    if (st == ST_OK && json_kind(j) != JSON_MAP_)
        st = bad(err, "[]");
    if (st == ST_OK) {
        json_each(j, answer, &x);
        st = x.st;
    }
    if (st == ST_OK)
        st = call_file(r->cf, c, &changed, err);
    json_free(&j);
    if (st != ST_OK)
        return st;
    done = json_new_map();
    json_set_text(done, "id", id_show(c->asset).s);
    json_set_int(done, "people_changed", changed);
    run_print_json("asset-call", done);
    return ST_OK;
}

static enum status call_run(struct run *r, struct err *err)
{
    struct call c = { .takes_a_month = -1 };
    struct id asset;
    enum status st = operand_id(r, T_ASSET, r->operand[0], &asset, err);

    if (st == ST_OK)
        st = call_load(&c, r->cf->store, asset, err);
    if (st == ST_OK && run_value(r, "--answers"))
        st = call_answers(r, &c, err);
    else if (st == ST_OK)
        call_print(r, &c);
    call_release(&c);
    return st;
}

static const struct option call_options[] = {
    { "--answers", "FILE", N_("What they said, as a JSON object; - is standard input. Without it: who waits there") },
    { NULL, NULL, NULL }
};

const struct command directory_commands[] = {
    { "asset", "call-list", "", 0, 0, N_("Whom to ring: assets in use, the one out of date longest first"), NULL,
      NEEDS_CASE,
      call_list_run },
    { "asset", "call", "ID", 1, 1,
      N_("One phone call: news of everyone who waits on an asset, and of the asset itself"), call_options,
      NEEDS_CASE, call_run },
    { NULL, NULL, NULL, 0, 0, NULL, NULL, 0, NULL }
};
