#include "owned.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/buf.h"
#include "dolen/base/mem.h"
#include "store_priv.h"

#include "dolen/base/banned.h"

void ids_release(struct ids *l)
{
    free(l->items);
    *l = (struct ids) { NULL, 0, 0 };
}

/* Table and column come from the lists that are compiled in; only the owner varies, and is bound. */
enum status owned_ids(struct store *s, enum table_id t, const char *column, struct id owner, struct ids *out,
                      struct err *err)
{
    struct buf sql = BUF_INIT;
    struct stmt *q = NULL;
    bool row = false;
    enum status st;

    if (table_column_by_name(t, column) < 0)
        return ST_OK;
    buf_addf(&sql, "SELECT id FROM \"%s\" WHERE \"%s\" = ?1 ORDER BY row_no", table_name(t), column);
    st = db_prepare(s->db, &q, buf_text(&sql), err);
    buf_release(&sql);
    if (st != ST_OK)
        return st;
    stmt_bind_id(q, 1, owner);
    while ((st = stmt_step(q, &row, err)) == ST_OK && row)
        *ARRAY_ADD(out->items, out->count, out->cap) = stmt_id(q, 0);
    stmt_free(&q);
    return st;
}

enum status owner_of(struct store *s, const struct record *r, struct id *person, struct err *err)
{
    static const struct {
        const char   *column;
        enum table_id table;
    } through[] = { { "goal", T_GOAL }, { "episode", T_EPISODE } };
    int column = table_column_by_name(r->table, "person");
    enum status st = ST_OK;

    *person = r->table == T_PERSON ? r->id : column >= 0 ? record_id(r, column) : ID_NONE;
    for (size_t i = 0; st == ST_OK && column < 0 && !id_is_set(*person) && i < ARRAY_LEN(through); i++) {
        int by = table_column_by_name(r->table, through[i].column);
        struct record up = { .text = NULL };

        if (by < 0 || !id_is_set(record_id(r, by)))
            continue;
        st = store_get(s, through[i].table, record_id(r, by), &up, err);
        if (st == ST_OK)
            *person = record_id(&up, table_column_by_name(through[i].table, "person"));
        record_release(&up);
    }
    return st;
}
