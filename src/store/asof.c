/* store/asof.c - records as they stood on a day, rebuilt from their changes, the oldest first. */
#include "dolen/store/past.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "owned.h"
#include "store_priv.h"

#include "dolen/base/banned.h"

struct applying {
    struct record  *r;
    struct answers *answers;
};

static void column_apply(void *ctx, const char *key, struct json *pair)
{
    struct applying *a = ctx;
    const struct json *is = json_at(pair, 1);
    int c = table_column_by_name(a->r->table, key);

    if (answers_key(key)) {
        if (a->answers)
            answers_restore(a->answers, key, is);
    } else if (str_eq(key, "binned_at")) {
        a->r->binned = is && json_kind(is) == JSON_TEXT_;
    } else if (c >= 0) {
        record_set(a->r, c, is && json_kind(is) == JSON_TEXT_ ? json_text(is) : NULL);
    }
}

/* One change put on top of a record (init'ed for its table) and its answers: pure. False when the body is not there
 * any more or cannot be read. */
static bool as_of_apply(struct record *r, struct answers *answers, const struct change_row *c)
{
    struct applying a = { r, answers };
    struct json *body = NULL;

    if (!c->body || json_parse(&body, c->body, strlen(c->body), NULL) != ST_OK)
        return false;
    json_each(body, column_apply, &a);
    if (!r->created_at)
        r->created_at = c->at;
    r->updated_at = c->at;
    json_free(&body);
    return true;
}

static bool is_later(int64_t at, struct date on)
{
    return date_compare(instant_date(at), on) > 0;
}

/* A note (a reveal) is no change of the record. */
static bool is_note(const struct change_row *c)
{
    return c->body && str_eq(c->body, "{}");
}

static enum status rebuild(struct stmt *q, struct date on, struct record *out, struct answers *answers, bool *there,
                           struct err *err)
{
    bool row = false;
    enum status st;

    while ((st = stmt_step(q, &row, err)) == ST_OK && row) {
        struct change_row c = { .at = stmt_int(q, 0), .body = stmt_is_null(q, 1) ? NULL : xstrdup(stmt_text(q, 1)) };

        if (!is_later(c.at, on) && !is_note(&c))
            *there = as_of_apply(out, answers, &c) || *there;
        change_row_release(&c);
    }
    return st;
}

/* Before it came here it stood on the laptop where it began: that one's changes alone, those of others were merged
 * into them. */
static enum status rebuild_elsewhere(struct store *s, enum table_id t, struct id id, struct date on, struct record *out,
                                     struct answers *answers, bool *there, struct err *err)
{
    struct change_row *rows = NULL;
    size_t n = 0;
    enum status st = store_changes_elsewhere(s, t, id, &rows, &n, err);

    if (n)
        qsort(rows, n, sizeof *rows, change_newest_first);
    for (size_t i = n; st == ST_OK && i-- > 0;)
        if (str_eq(rows[i].on, rows[n - 1].on) && !is_later(rows[i].at, on) && !is_note(&rows[i]))
            *there = as_of_apply(out, answers, &rows[i]) || *there;
    for (size_t i = 0; i < n; i++)
        change_row_release(&rows[i]);
    free(rows);
    return st;
}

static enum status not_yet(struct store *s, struct id id, struct date on, struct err *err)
{
    struct stmt *q = NULL;
    bool row = false;
    struct date from = { 0, 0, 0 };
    enum status st = db_use(s->db, &q, "SELECT at FROM change WHERE entity_id = ?1 AND body IS NOT NULL ORDER BY seq "
                                       "LIMIT 1", err);

    if (st != ST_OK)
        return st;
    stmt_bind_id(q, 1, id);
    if (stmt_step(q, &row, NULL) == ST_OK && row)
        from = instant_date(stmt_int(q, 0));
    stmt_done(q);
    return date_is_set(from)
        ? err_set(err, ST_NOTFOUND, _("It was not there yet on %s. Nothing was changed. Give %s or a later day."),
                  date_show(on).s, date_show(from).s)
        : err_set(err, ST_NOTFOUND, _("It was not there yet on %s. Nothing was changed. Give a later day."),
                  date_show(on).s);
}

enum status store_as_of(struct store *s, enum table_id t, struct id id, struct date on, struct record *out,
                        struct answers *answers, struct err *err)
{
    struct stmt *q = NULL;
    bool there = false;
    enum status st = db_use(s->db, &q,
                            "SELECT at, body FROM change WHERE entity_id = ?1 AND entity = ?2 ORDER BY seq", err);

    if (st != ST_OK)
        return st;
    stmt_bind_id(q, 1, id);
    stmt_bind_text(q, 2, table_name(t));
    record_release(out);
    record_init(out, t);
    if (answers)
        *answers = (struct answers) ANSWERS_INIT;
    st = rebuild(q, on, out, answers, &there, err);
    stmt_done(q);
    if (st == ST_OK && !there)
        st = rebuild_elsewhere(s, t, id, on, out, answers, &there, err);
    out->id = id;
    if (st == ST_OK && !there)
        return not_yet(s, id, on, err);
    return st;
}

enum status store_as_of_list(struct store *s, enum table_id t, const char *column, struct id owner, struct date on,
                             struct records *out, struct err *err)
{
    struct ids ids = { NULL, 0, 0 };
    int c = table_column_by_name(t, column);
    enum status st = owned_ids(s, t, column, owner, &ids, err);

    *out = (struct records) { NULL, 0, 0 };
    for (size_t i = 0; st == ST_OK && i < ids.count; i++) {
        struct record r = { .text = NULL };
        struct err missing = { .st = ST_OK };

        st = store_as_of(s, t, ids.items[i], on, &r, NULL, &missing);
        if (st == ST_OK && !r.binned && id_eq(record_id(&r, c), owner)) {
            *ARRAY_ADD(out->items, out->count, out->cap) = r;
            continue;
        }
        record_release(&r);
        if (st != ST_OK && st != ST_NOTFOUND)
            err_set(err, st, "%s", err_text(&missing));
        else
            st = ST_OK;
    }
    ids_release(&ids);
    return st;
}
