/* rows of an export, cell by cell, on their way into the warehouse. */
#include "dolen/report/load.h"

#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "dolen/base/csv_read.h"
#include "dolen/base/date.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/db/db.h"
#include "dolen/exchange/shape.h"
#include "dolen/base/banned.h"

static const char *const rule_words[] = {
#define X(name, word) [ROW_##name] = word,
    ROW_RULE_LIST(X)
#undef X
};

const char *row_rule_word(enum row_rule r)
{
    return rule_words[r];
}

struct key {
    uint64_t a, b;
};

/* One file being read. */
struct load {
    const struct load_job *job;
    const struct wh_table *t;
    struct wh_cell        *cells;           /* one a column of the table */
    const struct codelist **lists;          /* one a column of the table; NULL: any code of the shape */
    int                    at[CSV_MAX_CELLS];   /* column of the file → column of the table */
    size_t                 width;
    bool                   unreadable;      /* its head is wrong: no row can be told */
    const struct data_set_item *wrong;      /* of the cell that made this row a wrong one; NULL: it is not one cell */
    struct key            *keys;      /* of the rows so far, for those that come twice: cap places, many of them free */
    size_t                 count, cap;
    bool                   zero;            /* one of them was all zeros */
    uint64_t               seed;
};

#define NO_RULE ROW_RULE_COUNT

/* --- cells ------------------------------------------------------------------------------------------------------ */

static int hex_digit(char ch)
{
    return ch >= '0' && ch <= '9' ? ch - '0' : ch >= 'a' && ch <= 'f' ? ch - 'a' + 10 : -1;
}

static bool id_bytes(const char *s, size_t n, uint8_t out[16])
{
    if (n != 33 || s[0] < 'A' || s[0] > 'Z')
        return false;
    for (size_t i = 0; i < 16; i++) {
        int high = hex_digit(s[1 + 2 * i]), low = hex_digit(s[2 + 2 * i]);

        if (high < 0 || low < 0)
            return false;
        out[i] = (uint8_t) (high << 4 | low);
    }
    return true;
}

static enum row_rule read_id(struct load *l, size_t column, struct wh_cell *c)
{
    (void) l;
    (void) column;
    c->kind = CELL_ID;
    return id_bytes(c->text, c->len, c->id) ? NO_RULE : ROW_ID;
}

static bool code_known(const struct load *l, size_t column, const char *code)
{
    const struct codelist *list = l->lists[column];

    return !list || str_eq(code, WITHHELD) || codelist_find(list, code) ||
           (l->job->knows && l->job->knows(l->job->ctx, list->id, code));
}

static enum row_rule read_code(struct load *l, size_t column, struct wh_cell *c)
{
    c->kind = CELL_TEXT;
    if (!code_shape_ok(c->text))
        return ROW_CODE;
    return code_known(l, column, c->text) ? NO_RULE : ROW_CODE_UNKNOWN;
}

static enum row_rule read_codes(struct load *l, size_t column, struct wh_cell *c)
{
    char one[64];

    c->kind = CELL_TEXT;
    for (const char *p = c->text;; p++) {
        size_t n = strcspn(p, " ");

        if (n == 0 || n >= sizeof one)
            return ROW_CODE;
        memcpy(one, p, n);
        one[n] = '\0';
        if (!code_shape_ok(one))
            return ROW_CODE;
        if (!code_known(l, column, one))
            return ROW_CODE_UNKNOWN;
        p += n;
        if (*p == '\0')
            return NO_RULE;
    }
}

static bool is_month(const char *s, size_t n)
{
    int month;

    for (size_t i = 0; i < 7; i++)
        if (i >= n || (i == 4 ? s[i] != '-' : s[i] < '0' || s[i] > '9'))
            return false;
    month = (s[5] - '0') * 10 + s[6] - '0';
    return month >= 1 && month <= 12;
}

static enum row_rule read_date(struct load *l, size_t column, struct wh_cell *c)
{
    struct date d;

    (void) l;
    (void) column;
    c->kind = CELL_TEXT;
    return (c->len == 7 && is_month(c->text, c->len)) || date_parse_iso(c->text, &d) ? NO_RULE : ROW_DATE;
}

static enum row_rule read_month(struct load *l, size_t column, struct wh_cell *c)
{
    (void) l;
    (void) column;
    c->kind = CELL_TEXT;
    return c->len == 7 && is_month(c->text, c->len) ? NO_RULE : ROW_MONTH;
}

static enum row_rule read_quarter(struct load *l, size_t column, struct wh_cell *c)
{
    (void) l;
    (void) column;
    c->kind = CELL_TEXT;
    return quarter_shape_ok(c->text) ? NO_RULE : ROW_QUARTER;
}

static bool parse_int(const char *s, int64_t *out)
{
    bool minus = *s == '-';
    int64_t n = 0;
    size_t digits = 0;

    for (s += minus; *s >= '0' && *s <= '9' && digits <= 18; s++, digits++)
        n = n * 10 + (*s - '0');
    *out = minus ? -n : n;
    return digits > 0 && digits <= 18 && *s == '\0';
}

static enum row_rule read_int(struct load *l, size_t column, struct wh_cell *c)
{
    (void) l;
    (void) column;
    c->kind = CELL_INT;
    return parse_int(c->text, &c->n) ? NO_RULE : ROW_NUMBER;
}

/* Without strtod, which follows the locale. Below 2^53 a quotient of whole numbers is the nearest double there is. */
static enum row_rule read_real(struct load *l, size_t column, struct wh_cell *c)
{
    static const double tens[] = { 1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15 };
    char digits[24];
    const char *point = strchr(c->text, '.');
    size_t before = point ? (size_t) (point - c->text) : c->len, after = point ? c->len - before - 1 : 0;
    int64_t n;

    (void) l;
    (void) column;
    c->kind = CELL_REAL;
    if (before + after >= sizeof digits - 1 || after >= ARRAY_LEN(tens) || before == 0 || (point && after == 0))
        return ROW_NUMBER;
    memcpy(digits, c->text, before);
    if (after)
        memcpy(digits + before, point + 1, after);
    digits[before + after] = '\0';
    if (!parse_int(digits, &n) || n >= (int64_t) 1 << 53 || n <= -((int64_t) 1 << 53))
        return ROW_NUMBER;
    c->d = (double) n / tens[after];
    return NO_RULE;
}

static enum row_rule read_flag(struct load *l, size_t column, struct wh_cell *c)
{
    (void) l;
    (void) column;
    c->kind = CELL_INT;
    c->n = c->text[0] - '0';
    return c->len == 1 && (c->n == 0 || c->n == 1) ? NO_RULE : ROW_FLAG;
}

static enum row_rule read_none(struct load *l, size_t column, struct wh_cell *c)
{
    (void) l;
    (void) column;
    (void) c;
    return ROW_TEXT;
}

static enum row_rule (*const readers[ITEM_COUNT])(struct load *l, size_t column, struct wh_cell *c) = {
    [ITEM_ID] = read_id, [ITEM_CODE] = read_code, [ITEM_CODES] = read_codes, [ITEM_DATE] = read_date,
    [ITEM_MONTH] = read_month, [ITEM_QUARTER] = read_quarter, [ITEM_INTEGER] = read_int, [ITEM_DECIMAL] = read_real,
    [ITEM_FLAG] = read_flag,
    [ITEM_TEXT_NONE] = read_none,
};

/* --- rows ------------------------------------------------------------------------------------------------------- */

static bool has_state_beside(const struct wh_table *t, size_t column)
{
    return column + 1 < t->count && t->columns[column + 1].role == COLUMN_STATE;
}

static bool is_state(const char *s)
{
    static const char *const words[] = { "NREA", "SKIP", "NANS", "PNTS", "NK", WITHHELD };

    for (size_t i = 0; i < ARRAY_LEN(words); i++)
        if (strcmp(words[i], s) == 0)
            return true;
    return false;
}

static enum row_rule read_cell(struct load *l, size_t column)
{
    const struct wh_column *c = &l->t->columns[column];
    struct wh_cell *cell = &l->cells[column];

    if (cell->kind == CELL_NULL)
        return NO_RULE;
    if (c->role == COLUMN_STATE) {
        if (!is_state(cell->text) || l->cells[column - 1].kind != CELL_NULL)
            return ROW_STATE;
        return NO_RULE;
    }
    /* What the policy keeps back is no value. */
    if (has_state_beside(l->t, column) && strcmp(cell->text, WITHHELD) == 0) {
        l->cells[column + 1] = *cell;
        cell->kind = CELL_NULL;
        return NO_RULE;
    }
    return readers[c->type](l, column, cell);
}

static void text_cell(struct wh_cell *c, const char *s, size_t n)
{
    c->kind = n ? CELL_TEXT : CELL_NULL;
    c->text = s;
    c->len = n;
}

/* A part of the key that is empty is kept as the empty text; an id cannot be. */
static enum row_rule check_key(struct load *l)
{
    for (size_t i = 1; i < l->t->keys; i++) {
        struct wh_cell *c = &l->cells[l->t->key[i]];

        if (c->kind != CELL_NULL)
            continue;
        if (l->t->columns[l->t->key[i]].type == ITEM_ID || l->t->columns[l->t->key[i]].type == ITEM_INTEGER)
            return ROW_KEY;
        text_cell(c, "", 0);
        c->kind = CELL_TEXT;
    }
    return NO_RULE;
}

static enum row_rule check_version(struct load *l)
{
    struct wh_cell *v = &l->cells[l->t->version];

    if (v->kind == CELL_NULL && l->t->own_id < 0 && l->job->to_version > 0)
        *v = (struct wh_cell) { .kind = CELL_INT, .n = l->job->to_version };
    if (l->job->to_version == 0)
        return NO_RULE;
    return v->kind == CELL_INT && v->n > 0 && v->n <= l->job->to_version ? NO_RULE : ROW_VERSION;
}

static enum row_rule read_row(struct load *l, const struct csv_cells *row)
{
    enum row_rule rule = NO_RULE;

    memset(l->cells, 0, l->t->count * sizeof *l->cells);
    l->wrong = NULL;
    if (row->count != l->width)
        return ROW_CELLS;
    for (size_t i = 0; i < row->count; i++)
        text_cell(&l->cells[l->at[i]], row->cell[i], row->len[i]);
    l->cells[0] = (struct wh_cell) { .kind = CELL_INT, .n = l->job->source_id };
    for (size_t i = 1; i < l->t->count && rule == NO_RULE; i++) {
        rule = read_cell(l, i);
        l->wrong = rule == NO_RULE ? NULL : l->t->columns[i].item;
    }
    if (rule == NO_RULE)
        rule = check_key(l);
    return rule == NO_RULE ? check_version(l) : rule;
}

/* The row's own id, or that of the one it belongs to; never text of another shape, which might name somebody. */
static const char *row_name(const struct load *l)
{
    int at = l->t->own_id >= 0 ? l->t->own_id : l->t->parent.column;
    const struct wh_cell *c = at >= 0 ? &l->cells[at] : NULL;
    uint8_t id[16];

    return c && c->text && id_bytes(c->text, c->len, id) ? c->text : "";
}

/* What the database would take for the key: "1" and "01" are one number, and an id's letter is not kept. A key of
 * several cells is folded to 16 bytes: two different ones are as likely to meet as two random ids. */
static void key_of(const struct load *l, struct key *out)
{
    uint64_t a = 0xcbf29ce484222325u, b = 0x9ae16a3b2f90404fu;

    if (l->t->own_id >= 0) {
        memcpy(out, l->cells[l->t->own_id].id, sizeof *out);
        return;
    }
    for (size_t i = 1; i < l->t->keys; i++) {
        const struct wh_cell *c = &l->cells[l->t->key[i]];
        const char *bytes = c->kind == CELL_ID  ? (const char *) c->id :
                            c->kind == CELL_INT ? (const char *) &c->n :
                                                  c->text;
        size_t n = c->kind == CELL_ID ? sizeof c->id : c->kind == CELL_INT ? sizeof c->n : c->len + 1;

        for (size_t k = 0; k < n; k++) {
            a = (a ^ (uint8_t) bytes[k]) * 0x100000001b3u;
            b = (b + (uint8_t) bytes[k] + 1) * 0xff51afd7ed558ccdu;
            b ^= b >> 29;
        }
    }
    *out = (struct key) { a, b };
}

/* Where a key stands in the table of keys, or the free place for it. The seed is nobody's to know: a file that was
 * made to fill one corner of the table does not. */
static struct key *place_of(const struct load *l, const struct key *k)
{
    uint64_t h = ((k->a ^ l->seed) * 0x9e3779b97f4a7c15u) ^ k->b;
    size_t i;

    h = (h ^ h >> 32) * (l->seed | 1);
    for (i = (size_t) (h >> 32) & (l->cap - 1); l->keys[i].a | l->keys[i].b; i = (i + 1) & (l->cap - 1))
        if (l->keys[i].a == k->a && l->keys[i].b == k->b)
            break;
    return &l->keys[i];
}

static void more_room(struct load *l)
{
    struct key *was = l->keys;
    size_t had = l->cap;

    l->cap = had ? 2 * had : 1024;
    l->keys = xcalloc(l->cap, sizeof *l->keys);
    for (size_t i = 0; i < had; i++)
        if (was[i].a | was[i].b)
            *place_of(l, &was[i]) = was[i];
    free(was);
}

/* false: a row of this file had the same key. */
static bool remember(struct load *l)
{
    struct key k, *at;
    bool is_zero, was;

    key_of(l, &k);
    is_zero = !(k.a | k.b);             /* a free place looks like this */
    if (2 * (l->count + 1) > l->cap)
        more_room(l);
    at = place_of(l, &k);
    was = is_zero ? l->zero : (at->a | at->b) != 0;
    l->zero = l->zero || is_zero;
    l->count += !was;
    *at = k;
    return !was;
}

/* --- the head --------------------------------------------------------------------------------------------------- */

static void tell(struct load *l, const char *id, enum row_rule rule)
{
    if (l->job->wrong)
        l->job->wrong(l->job->ctx, l->t->name, id, l->wrong ? l->wrong->item : "", rule);
}

static void read_head(struct load *l, const struct csv_cells *row)
{
    bool *there = xcalloc(l->t->count, sizeof *there);

    l->width = row->count;
    for (size_t i = 0; i < row->count; i++) {
        int at = schema_column(l->t, row->cell[i]);

        l->at[i] = at;
        if (at <= 0 || there[at]) {
            tell(l, "", at <= 0 ? ROW_COLUMN_UNKNOWN : ROW_COLUMN_TWICE);
            l->unreadable = true;
        } else {
            there[at] = true;
        }
    }
    for (size_t i = 1; i < l->t->keys; i++)
        if (!there[l->t->key[i]]) {
            tell(l, "", ROW_COLUMN_MISSING);
            l->unreadable = true;
        }
    free(there);
}

static enum status take_row(void *ctx, const struct csv_cells *row, struct err *err)
{
    struct load *l = ctx;
    enum row_rule rule;

    if (row->row == 0) {
        read_head(l, row);
        return ST_OK;
    }
    if (l->unreadable)
        return ST_OK;
    rule = read_row(l, row);
    if (rule == NO_RULE && !remember(l))
        rule = ROW_TWICE;
    if (rule != NO_RULE) {
        tell(l, row_name(l), rule);
        return ST_OK;
    }
    return l->job->row ? l->job->row(l->job->ctx, l->cells, err) : ST_OK;
}

/* --- a file ----------------------------------------------------------------------------------------------------- */

static enum status find_lists(struct load *l, struct err *err)
{
    for (size_t i = 0; i < l->t->count && l->job->catalog; i++) {
        const struct wh_column *c = &l->t->columns[i];

        /* the bands are the policy's, and need not be those of the list */
        if (c->role != COLUMN_ITEM || !c->item->codes || str_eq(c->item->rule, "age_band"))
            continue;
        l->lists[i] = catalog_codes(l->job->catalog, c->item->codes, err);
        if (!l->lists[i])
            return ST_INVALID;
    }
    return ST_OK;
}

enum status load_csv(const struct load_job *job, const char *bytes, size_t n, struct err *err)
{
    struct load l = { .job = job, .t = job->table };
    enum status st;

    if (getrandom(&l.seed, sizeof l.seed, 0) < 0)
        l.seed = 0;                     /* nothing but time hangs on it */
    l.cells = xcalloc(l.t->count, sizeof *l.cells);
    l.lists = xcalloc(l.t->count, sizeof *l.lists);
    st = find_lists(&l, err);
    if (st == ST_OK)
        st = csv_each(bytes, n, take_row, &l, err);
    free(l.cells);
    free(l.lists);
    free(l.keys);
    return st;
}

/* --- tombstones ------------------------------------------------------------------------------------------------- */

struct burial {
    const struct wh_schema *s;
    const struct load_job  *job;
    enum status           (*row)(void *ctx, const struct tombstone *t, struct err *err);
    bool                    unreadable;
};

#define TOMBSTONE_TABLE "tombstone"

static enum row_rule read_tombstone(const struct burial *b, const struct csv_cells *row, struct tombstone *t)
{
    if (row->count != 3)
        return ROW_CELLS;
    t->table = schema_table(b->s, row->cell[0]);
    if (!t->table || t->table->own_id < 0)
        return ROW_TABLE;
    if (!id_bytes(row->cell[1], row->len[1], t->id))
        return ROW_ID;
    if (!parse_int(row->cell[2], &t->version) || t->version <= 0 ||
        (b->job->to_version && t->version > b->job->to_version))
        return ROW_VERSION;
    return NO_RULE;
}

static enum status take_tombstone(void *ctx, const struct csv_cells *row, struct err *err)
{
    static const char *const head[] = { "table", "row_id", "row_version" };
    struct burial *b = ctx;
    struct tombstone t = { .table = NULL };
    enum row_rule rule = NO_RULE;

    if (row->row == 0) {
        for (size_t i = 0; i < ARRAY_LEN(head); i++)
            if (row->count != ARRAY_LEN(head) || !str_eq(row->cell[i], head[i]))
                rule = ROW_COLUMN_UNKNOWN;
        b->unreadable = rule != NO_RULE;
    } else if (!b->unreadable) {
        rule = read_tombstone(b, row, &t);
    }
    if (rule != NO_RULE && b->job->wrong)
        b->job->wrong(b->job->ctx, TOMBSTONE_TABLE,
                      row->count > 1 && id_bytes(row->cell[1], row->len[1], t.id) ? row->cell[1] : "", "", rule);
    if (rule != NO_RULE || row->row == 0 || b->unreadable)
        return ST_OK;
    return b->row ? b->row(b->job->ctx, &t, err) : ST_OK;
}

enum status load_tombstones(const struct wh_schema *s, const struct load_job *job, const char *bytes, size_t n,
                            enum status (*row)(void *ctx, const struct tombstone *t, struct err *err), struct err *err)
{
    struct burial b = { .s = s, .job = job, .row = row };

    return csv_each(bytes, n, take_tombstone, &b, err);
}
