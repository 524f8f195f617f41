/* store/assets.c - questions about the directory: one row, what is in use. */
#include "assets.h"

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "names.h"
#include "store_priv.h"

#include "dolen/base/banned.h"

static struct date date_at(struct stmt *q, int col)
{
    struct date d = { 0, 0, 0 };
    const char *s = stmt_text(q, col);

    if (s)
        date_parse_iso(s, &d);
    return d;
}

static void text_at(struct stmt *q, int col, char *out, size_t size)
{
    const char *s = stmt_text(q, col);

    str_copy(out, size, s ? s : "");
}

void asset_rows_bind(struct stmt *q)
{
    struct date today = clock_today(), first = { today.year, today.month, 1 };

    stmt_bind_int(q, 9, (int64_t) date_days(first) * 86400);
}

void asset_row_read(struct stmt *q, struct asset_row *r)
{
    *r = (struct asset_row) { .id = stmt_id(q, 0), .verified_on = date_at(q, 6), .full_until = date_at(q, 7),
                              .do_not_advertise = stmt_int(q, 8) != 0, .takes_a_month = (int) stmt_int(q, 9),
                              .waiting = (int) stmt_int(q, 10), .sent_this_month = (int) stmt_int(q, 11) };
    asset_name(r->name, sizeof r->name, stmt_text(q, 1), stmt_text(q, 2));
    text_at(q, 3, r->sort_key, sizeof r->sort_key);
    text_at(q, 4, r->category, sizeof r->category);
    text_at(q, 5, r->area, sizeof r->area);
    r->added_on = instant_date(stmt_int(q, 13));
    text_at(q, 12, r->running, sizeof r->running);
}

enum status asset_row_get(struct store *s, struct id asset, struct asset_row *row, struct err *err)
{
    struct stmt *q = NULL;
    bool found = false;
    enum status st = db_use(s->db, &q, ASSET_ROW "WHERE a.id = ?1", err);

    if (st != ST_OK)
        return st;
    stmt_bind_id(q, 1, asset);
    asset_rows_bind(q);
    st = stmt_step(q, &found, err);
    if (st == ST_OK && found)
        asset_row_read(q, row);
    stmt_done(q);
    if (st == ST_OK && !found)
        return err_set(err, ST_NOTFOUND, _("There is no such entry in the directory. Nothing was changed. "
                                           "Go back to the list."));
    return st;
}

enum status assets_in_use(struct store *s, int limit, struct asset_row *rows, int *n, struct err *err)
{
    struct stmt *q = NULL;
    bool row = false;
    enum status st = db_use(s->db, &q, ASSET_ROW "WHERE a.binned_at IS NULL AND EXISTS (SELECT 1 FROM connection c "
                                       "WHERE c.asset = a.id AND " CONNECTION_IS_OPEN ") ORDER BY a.sort_key, a.id LIMIT ?1", err);

    *n = 0;
    if (st != ST_OK)
        return st;
    stmt_bind_int(q, 1, limit);
    asset_rows_bind(q);
    while ((st = stmt_step(q, &row, err)) == ST_OK && row && *n < limit)
        asset_row_read(q, &rows[(*n)++]);
    stmt_done(q);
    return st;
}
