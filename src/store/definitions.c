/* store/definitions.c - which definitions of a form the case file holds, and what was filled in with each. */
#include "dolen/store/definitions.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/buf.h"
#include "dolen/base/mem.h"
#include "store_priv.h"

#include "dolen/base/banned.h"

enum status store_definitions(struct store *s, const char *form, struct definition_row **out, size_t *n,
                              struct err *err)
{
    struct { struct definition_row *items; size_t count, cap; } all = { NULL, 0, 0 };
    struct stmt *q = NULL;
    bool row = false;
    enum status st = db_use(s->db, &q, "SELECT hash, version, at FROM form_definition WHERE form = ?1 "
                                       "ORDER BY version DESC, at DESC, hash", err);

    *out = NULL;
    *n = 0;
    if (st != ST_OK)
        return st;
    stmt_bind_text(q, 1, form);
    while ((st = stmt_step(q, &row, err)) == ST_OK && row) {
        struct definition_row *d = ARRAY_ADD(all.items, all.count, all.cap);

        str_copy(d->hash, sizeof d->hash, stmt_text(q, 0));
        d->version = (int) stmt_int(q, 1);
        d->at = stmt_int(q, 2);
    }
    stmt_done(q);
    *out = all.items;
    *n = all.count;
    return st;
}

/* Table names come from the list that is compiled in; form and hash are bound. */
static void behind_sql(struct buf *sql, enum table_id binds)
{
    if (binds == T_COUNT)
        buf_add(sql, "SELECT id FROM response WHERE form = ?1 AND def_hash IS NOT ?2 AND def_hash IS NOT NULL "
                     "AND binned_at IS NULL ORDER BY row_no");
    else
        buf_addf(sql, "SELECT id FROM \"%s\" WHERE instr(' ' || form_def, ' ' || ?1 || ':') > 0 "
                      "AND instr(' ' || form_def || ' ', ' ' || ?1 || ':' || ?2 || ' ') = 0 AND binned_at IS NULL "
                      "ORDER BY row_no", table_name(binds));
}

enum status store_behind(struct store *s, const char *form, enum table_id binds, const char *hash, struct holding **out,
                         size_t *n, struct err *err)
{
    struct { struct holding *items; size_t count, cap; } all = { NULL, 0, 0 };
    struct buf sql = BUF_INIT;
    struct stmt *q = NULL;
    bool row = false;
    enum status st = ST_OK;

    *out = NULL;
    *n = 0;
    if (binds != T_COUNT && table_column_by_name(binds, "form_def") < 0)
        return ST_OK;
    behind_sql(&sql, binds);
    st = db_prepare(s->db, &q, buf_text(&sql), err);
    buf_release(&sql);
    if (st != ST_OK)
        return st;
    stmt_bind_text(q, 1, form);
    stmt_bind_text(q, 2, hash);
    while ((st = stmt_step(q, &row, err)) == ST_OK && row)
        *ARRAY_ADD(all.items, all.count, all.cap) = (struct holding) { binds == T_COUNT ? T_RESPONSE : binds,
                                                                       stmt_id(q, 0) };
    stmt_free(&q);
    *out = all.items;
    *n = all.count;
    return st;
}

bool record_definition(const struct record *r, const char *form, char hash[DEFINITION_HASH])
{
    const char *list = r->table == T_RESPONSE ? record_text(r, RESPONSE_def_hash)
                                              : record_text(r, table_column_by_name(r->table, "form_def"));
    size_t n = strlen(form);

    if (r->table == T_RESPONSE)
        return list && str_eq(record_text(r, RESPONSE_form), form) && str_copy(hash, DEFINITION_HASH, list);
    for (const char *p = list; p && *p; p += strcspn(p, " "), p += strspn(p, " ")) {
        if (strncmp(p, form, n) != 0 || p[n] != ':' || strcspn(p, " ") != n + 1 + DEFINITION_HASH - 1)
            continue;
        memcpy(hash, p + n + 1, DEFINITION_HASH - 1);
        hash[DEFINITION_HASH - 1] = '\0';
        return true;
    }
    return false;
}
