/* store/record.c - one row in canonical text: setting, asking, reading from a statement, checking before a write. */
#include "store_priv.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/text.h"

#include "dolen/base/banned.h"

void record_init(struct record *r, enum table_id t)
{
    *r = (struct record) { .table = t, .text = xcalloc((size_t) tables[t].count, sizeof *r->text) };
}

void record_release(struct record *r)
{
    if (!r || !r->text)
        return;
    for (int c = 0; c < tables[r->table].count; c++)
        free(r->text[c]);
    free(r->text);
    r->text = NULL;
}

void record_copy(struct record *to, const struct record *from)
{
    *to = *from;
    to->text = xcalloc((size_t) tables[from->table].count, sizeof *to->text);
    for (int c = 0; c < tables[from->table].count; c++)
        to->text[c] = xstrdup(from->text[c]);
}

void records_release(struct records *r)
{
    for (size_t i = 0; i < r->count; i++)
        record_release(&r->items[i]);
    free(r->items);
    *r = (struct records) { NULL, 0, 0 };
}

const char *record_text(const struct record *r, int column)
{
    return r->text && column >= 0 && column < tables[r->table].count ? r->text[column] : NULL;
}

const char *record_or(const struct record *r, int column, const char *otherwise)
{
    const char *s = record_text(r, column);

    return s ? s : otherwise;
}

struct id record_id(const struct record *r, int column)
{
    struct id id;

    return id_parse(record_or(r, column, ""), &id) ? id : ID_NONE;
}

struct date record_date(const struct record *r, int column)
{
    struct date d = { 0, 0, 0 };

    if (!date_parse_iso(record_or(r, column, ""), &d))
        d.year = 0;
    return d;
}

static bool int_parse(const char *s, int64_t *out)
{
    char *end;
    long long n;

    errno = 0;
    n = strtoll(s, &end, 10);
    *out = n;
    return errno == 0 && end != s && *end == '\0';
}

long record_int(const struct record *r, int column, long otherwise)
{
    int64_t n;

    return int_parse(record_or(r, column, ""), &n) ? (long) n : otherwise;
}

void record_set(struct record *r, int column, const char *text)
{
    char *copy;

    if (column < 0 || column >= tables[r->table].count)
        return;
    copy = text && *text ? xstrdup(text) : NULL;
    free(r->text[column]);
    r->text[column] = copy;
}

void record_set_id(struct record *r, int column, struct id id)
{
    record_set(r, column, id_is_set(id) ? id_show(id).s : NULL);
}

void record_set_date(struct record *r, int column, struct date d)
{
    record_set(r, column, date_is_set(d) ? date_iso(d).s : NULL);
}

void record_set_int(struct record *r, int column, long n)
{
    char s[24];

    snprintf(s, sizeof s, "%ld", n);
    record_set(r, column, s);
}

/* The missing column reads "birth_date:NK lsoa:PNTS". */
enum missing record_missing(const struct record *r, const char *column_name)
{
    const char *p = record_or(r, table_column_by_name(r->table, "missing"), "");
    size_t n = strlen(column_name);

    if (record_text(r, table_column_by_name(r->table, column_name)))
        return MISSING_NONE;
    while (*p) {
        size_t word = strcspn(p, " ");

        if (word > n + 1 && strncmp(p, column_name, n) == 0 && p[n] == ':') {
            char code[16];
            enum missing m;

            snprintf(code, sizeof code, "%.*s", (int) (word - n - 1), p + n + 1);
            return missing_parse(code, &m) ? m : MISSING_NOT_REACHED;
        }
        p += word;
        p += strspn(p, " ");
    }
    return MISSING_NOT_REACHED;
}

static char *column_read(struct stmt *q, int i, enum column_type type)
{
    char number[24];

    if (stmt_is_null(q, i))
        return NULL;
    switch (type) {
    case COL_ID:
        return xstrdup(id_show(stmt_id(q, i)).s);
    case COL_INT:
        snprintf(number, sizeof number, "%" PRId64, stmt_int(q, i));
        return xstrdup(number);
    default:
        return xstrdup(stmt_text(q, i));
    }
}

void record_read(struct record *r, struct stmt *q)
{
    const struct table *t = &tables[r->table];

    r->id = stmt_id(q, 0);
    r->created_at = stmt_int(q, 1);
    r->updated_at = stmt_int(q, 2);
    r->binned = !stmt_is_null(q, 3);
    for (int c = 0; c < t->count; c++) {
        free(r->text[c]);
        r->text[c] = column_read(q, 4 + c, t->columns[c].type);
    }
}

enum status store_get(struct store *s, enum table_id t, struct id id, struct record *out, struct err *err)
{
    struct stmt *q = NULL;
    bool row = false;
    enum status st = db_use(s->db, &q, tables[t].select, err);

    if (st != ST_OK)
        return st;
    stmt_bind_id(q, 1, id);
    st = stmt_step(q, &row, err);
    if (st == ST_OK && row) {
        record_release(out);
        record_init(out, t);
        record_read(out, q);
    }
    stmt_done(q);
    if (st == ST_OK && !row)
        return err_set(err, ST_NOTFOUND, _("There is no such record. Nothing was changed."
                                           " Go back to the list and choose again."));
    return st;
}

static bool value_settle(struct record *r, int c, enum column_type type)
{
    const char *s = r->text[c];
    struct date d;
    struct id id;
    int64_t n;

    switch (type) {
    case COL_ID:
        if (!id_parse(s, &id))
            return false;
        record_set_id(r, c, id);
        return true;
    case COL_INT:
        if (!int_parse(s, &n))
            return false;
        record_set_int(r, c, (long) n);
        return true;
    case COL_DATE:
        return date_parse_iso(s, &d);
    default:
        return utf8_valid(s, strlen(s));
    }
}

enum status record_settle(struct record *r, struct err *err)
{
    const struct table *t = &tables[r->table];

    for (int c = 0; c < t->count; c++) {
        if (r->text[c] && !*r->text[c])
            record_set(r, c, NULL);
        if (r->text[c] && !value_settle(r, c, t->columns[c].type))
            return err_set(err, ST_INVALID, _("The value of %s.%s cannot be stored as it is. Nothing was changed."
                                              " Correct that answer and file it again."),
                           t->name, t->columns[c].name);
    }
    return ST_OK;
}

void record_bind(struct stmt *q, int i, const struct record *r, int column)
{
    const char *s = r->text[column];
    int64_t n = 0;

    switch (s ? tables[r->table].columns[column].type : COL_TEXT) {
    case COL_ID:
        stmt_bind_id(q, i, record_id(r, column));
        break;
    case COL_INT:
        int_parse(s, &n);
        stmt_bind_int(q, i, n);
        break;
    default:
        stmt_bind_text(q, i, s);
    }
}
