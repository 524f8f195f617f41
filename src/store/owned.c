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
