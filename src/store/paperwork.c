/* store/paperwork.c - how long forms were filled in: one row a practitioner, day and form, beside the history and the
 * records. Every statement names the author, so that nobody reads or forgets another's. */
#include "dolen/store/paperwork.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "store_priv.h"

#include "dolen/base/banned.h"

static enum status write_row(struct store *s, const struct paperwork_row *row, struct err *err)
{
    struct stmt *q = NULL;
    enum status st = db_use(s->db, &q, "INSERT INTO paperwork(practitioner, day, form, seconds, filed, made) "
                                       "VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT(practitioner, day, "
                                       "form) DO UPDATE SET "
                                       "seconds = seconds + excluded.seconds, filed = filed + excluded.filed, "
                                       "made = made + excluded.made", err);

    if (st != ST_OK)
        return st;
    stmt_bind_id(q, 1, s->author);
    stmt_bind_text(q, 2, date_iso(row->day).s);
    stmt_bind_text(q, 3, row->form);
    stmt_bind_int(q, 4, row->seconds);
    stmt_bind_int(q, 5, row->filed);
    stmt_bind_int(q, 6, row->made);
    return stmt_run(q, err);
}

static enum status drop_old(struct store *s, struct date day, struct err *err)
{
    struct stmt *q = NULL;
    enum status st = db_use(s->db, &q, "DELETE FROM paperwork WHERE practitioner = ?1 AND day < ?2", err);

    if (st != ST_OK)
        return st;
    stmt_bind_id(q, 1, s->author);
    stmt_bind_text(q, 2, date_iso(date_add_days(day, -PAPERWORK_DAYS)).s);
    return stmt_run(q, err);
}

enum status store_paperwork_add(struct store *s, const struct paperwork_row *row, struct err *err)
{
    bool own = false;
    enum status st;

    if (!id_is_set(s->author))
        return err_set(err, ST_REFUSED,
                       _("The case file was opened with a key that belongs to no practitioner. No time was "
                         "counted."));
    st = tx_enter(s, &own, err);
    if (st != ST_OK)
        return st;
    st = write_row(s, row, err);
    if (st == ST_OK)
        st = drop_old(s, row->day, err);
    return own ? tx_leave(s, own, st, err) : st;      /* it never spoils the step that it goes along with */
}

enum status store_paperwork(struct store *s, struct date from, struct paperwork_row **rows, size_t *n, struct err *err)
{
    struct stmt *q = NULL;
    size_t cap = 0;
    bool row = false;
    enum status st = db_use(s->db, &q, "SELECT day, form, seconds, filed, made FROM paperwork "
                                       "WHERE practitioner = ?1 AND day >= ?2 ORDER BY day, form", err);

    *rows = NULL;
    *n = 0;
    if (st != ST_OK)
        return st;
    stmt_bind_id(q, 1, s->author);
    stmt_bind_text(q, 2, date_iso(from).s);
    while ((st = stmt_step(q, &row, err)) == ST_OK && row) {
        struct paperwork_row *one = ARRAY_ADD(*rows, *n, cap);

        *one = (struct paperwork_row) { .seconds = (long) stmt_int(q, 2),
                                        .filed = (long) stmt_int(q, 3),
                                        .made = (long) stmt_int(q, 4) };
        date_parse_iso(stmt_text(q, 0), &one->day);
        str_copy(one->form, sizeof one->form, stmt_text(q, 1));
    }
    stmt_done(q);
    if (st != ST_OK) {
        free(*rows);
        *rows = NULL;
        *n = 0;
    }
    return st;
}

enum status store_paperwork_forget(struct store *s, size_t *n, struct err *err)
{
    struct paperwork_row *rows = NULL;
    struct stmt *q = NULL;
    bool own = false;
    enum status st = store_paperwork(s, (struct date) { 0, 0, 0 }, &rows, n, err);

    free(rows);
    if (st != ST_OK || *n == 0)
        return st;
    st = tx_enter(s, &own, err);
    if (st != ST_OK)
        return st;
    st = db_use(s->db, &q, "DELETE FROM paperwork WHERE practitioner = ?1", err);
    if (st == ST_OK) {
        stmt_bind_id(q, 1, s->author);
        st = stmt_run(q, err);
    }
    return tx_leave(s, own, st, err);
}
