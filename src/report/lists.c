/* tables of counts: lists of measures by one class, and cross tables that share margins. */
#include "build.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/banned.h"

/* ---- classes as the engine takes them ---- */

static struct keyed keys_of(const struct classes *c)
{
    struct keyed k = { xcalloc(c->count + 1, sizeof *k.keys), xcalloc(c->group_count + 1, sizeof *k.group_keys),
                       xcalloc(c->count + 1, sizeof *k.group) };

    for (size_t g = 0; g < c->group_count; g++)
        k.group_keys[g] = c->groups[g].code;
    for (size_t i = 0; i < c->count; i++) {
        k.keys[i] = c->items[i].code;
        for (size_t g = 0; g < c->group_count; g++)
            if (str_eq(c->items[i].group, c->groups[g].code))
                k.group[i] = g;
    }
    return k;
}

static void keyed_free(struct keyed *k)
{
    free(k->keys);
    free(k->group_keys);
    free(k->group);
}

/* One classification as a dim of the engine, its keys in k. */
static struct suppress_dim keyed_dim(const struct classes *c, const struct keyed *k, const long *cross,
                                     const long *totals, bool last)
{
    struct suppress_dim d = { .name = c->name, .count = c->count, .cross = cross, .totals = totals };

    d.keys = k->keys;
    d.groups = last ? c->group_count : 0;
    d.group = k->group;
    d.group_keys = k->group_keys;
    return d;
}

static bool anything(const struct report_row *row, size_t columns)
{
    for (size_t i = 0; i < columns; i++)
        if (row->cells[i].state != CELL_SHOWN || row->cells[i].value > 0)
            return true;
    return false;
}

/* Rows of groups stand before their members; rows with nothing but zeros are left out where the class has groups or
 * is a list of codes: a month without work is news, an authority far away is not. */
static void keep_row(struct report_table *t, const struct classes *c)
{
    struct report_row *row = &t->rows[t->row_count - 1];

    if (str_eq(c->name, "month") || str_eq(c->name, "year") || anything(row, t->column_count))
        return;
    free(row->code);
    free(row->label);
    free(row->cells);
    t->row_count--;
}

static void make_row(struct row_maker *k, const struct class_item *it, enum report_row_kind kind, size_t at)
{
    struct report_row *row = add_row(k->t, it->code, it->label, kind);

    for (size_t i = 0; i < k->t->column_count; i++)
        row->cells[i] = kind == ROW_SUBTOTAL ? k->group(k->ctx, at, i) : k->margin(k->ctx, at, i);
    keep_row(k->t, k->rows);
}

static void make_rows(struct row_maker *k)
{
    const struct classes *c = k->rows;

    for (size_t g = 0; g < c->group_count; g++) {
        make_row(k, &c->groups[g], ROW_SUBTOTAL, g);
        for (size_t i = 0; i < c->count; i++)
            if (str_eq(c->items[i].group, c->groups[g].code) && !str_eq(c->items[i].code, NOT_KNOWN))
                make_row(k, &c->items[i], ROW_PLAIN, i);
    }
    for (size_t i = 0; i < c->count && !c->group_count; i++)
        make_row(k, &c->items[i], ROW_PLAIN, i);
}

/* ---- a list of measures ---- */

struct column_tables {
    struct suppress      **s;           /* NULL: copied */
    struct suppress_table **t;
    const struct classes   *rows;
    const struct report_table *copy;
    const struct measure_column *columns;
};

/* What another table of the report says of the same count. */
static struct report_cell copied(const struct report_table *t, const char *row, const char *column)
{
    size_t at = 0;

    while (at + 1 < t->column_count && !str_eq(t->columns[at].code, column))
        at++;
    if (column && !str_eq(t->columns[at].code, column))     /* left out: nothing but zeros */
        return cell_value(0);
    for (size_t r = 0; r < t->row_count; r++)
        if (str_eq(t->rows[r].code, row))
            return t->rows[r].cells[at];
    return cell_value(0);
}

static struct report_cell margin_cell(void *ctx, size_t row, size_t column)
{
    struct column_tables *k = ctx;

    if (!k->s[column])
        return copied(k->copy, k->rows->items[row].code, k->columns[column].copied);
    return cell_of(k->s[column], suppress_margin(k->t[column], 0, row));
}

static struct report_cell group_cell(void *ctx, size_t group, size_t column)
{
    struct column_tables *k = ctx;

    return cell_of(k->s[column], suppress_group(k->t[column], group));
}

/* For what is not people. */
static const struct suppress_rule nothing_hidden = { 1, 0, 1, false };

static enum status one_measure(struct making *m, struct report_table *t, const struct classes *rows,
                               const struct keyed *keys, const struct measure_column *column, struct column_tables *k,
                               size_t at, struct err *err)
{
    long *counts = xcalloc(rows->count + 1, sizeof *counts);
    char *table = xasprintf("%s.%s.%s", report_word(m->r->id), t->id, column->code);
    struct suppress_dim dim = keyed_dim(rows, keys, NULL, counts, true);
    enum status st = count_by(m, column->sql, rows, counts, err);

    k->s[at] = suppress_new(column->things ? &nothing_hidden : &m->rule);
    k->t[at] = suppress_table(k->s[at], &dim, 1);
    if (st == ST_OK && column->things)
        suppress_run(k->s[at]);
    else if (st == ST_OK)
        st = publish(m, k->s[at], table, err);
    free(table);
    free(counts);
    return st;
}

enum status table_of_measures(struct making *m, struct report_table *t, const struct classes *rows,
                              const struct measure_column *columns, size_t n, bool total, struct err *err)
{
    struct keyed         keys = keys_of(rows);
    struct column_tables k = { xcalloc(n, sizeof(void *)), xcalloc(n, sizeof(void *)), rows,
                                 &m->r->tables[m->copy], columns };
    struct row_maker     maker = { t, rows, margin_cell, group_cell, &k };
    enum status          st = ST_OK;

    for (size_t i = 0; i < n; i++)
        add_column(t, columns[i].code, _(columns[i].label));
    for (size_t i = 0; i < n && st == ST_OK; i++)
        st = !columns[i].sql ? ST_OK : one_measure(m, t, rows, &keys, &columns[i], &k, i, err);
    if (st == ST_OK)
        make_rows(&maker);
    if (st == ST_OK && total) {
        struct report_row *all = add_row(t, "TOTAL", _("All"), ROW_TOTAL);

        for (size_t i = 0; i < n; i++)
            all->cells[i] = k.s[i] ? cell_of(k.s[i], suppress_whole(k.t[i])) :
                                     copied(k.copy, "TOTAL", columns[i].copied);
    }
    for (size_t i = 0; i < n; i++) {
        suppress_table_free(&k.t[i]);
        suppress_free(&k.s[i]);
    }
    free(k.s);
    free(k.t);
    keyed_free(&keys);
    return st;
}

/* ---- cross tables ---- */

/* A column of a cross table: a key of the class, a group of it, or All. */
enum place_kind { PLACE_KEY, PLACE_GROUP, PLACE_ALL };
struct place {
    enum place_kind kind;
    size_t          at;
};

struct chain {
    const struct classes  *c;
    size_t                 n;
    struct suppress       *s;
    struct suppress_table *t;
    bool                   last;        /* which of its two tables is being made: rows are the last class */
    size_t                 columns;     /* the class in the columns */
    struct place          *places;
};

static struct report_cell chain_cell(void *ctx, size_t row, size_t column)
{
    struct chain *k = ctx;
    struct place  p = k->places[column];

    if (p.kind == PLACE_ALL)
        return cell_of(k->s, suppress_margin(k->t, k->last ? k->n - 1 : 0, row));
    if (p.kind == PLACE_GROUP)
        return cell_of(k->s, suppress_group_cross(k->t, row, p.at));
    return cell_of(k->s, k->last ? suppress_cross(k->t, k->n - 2, p.at, row) : suppress_cross(k->t, 0, row, p.at));
}

static struct report_cell chain_group(void *ctx, size_t group, size_t column)
{
    struct chain *k = ctx;
    struct place  p = k->places[column];

    return cell_of(k->s, p.kind == PLACE_ALL ? suppress_group(k->t, group) : suppress_group_cross(k->t, p.at, group));
}

static struct report_cell chain_total(const struct chain *k, struct place p)
{
    return cell_of(k->s, p.kind == PLACE_ALL     ? suppress_whole(k->t)
                         : p.kind == PLACE_GROUP ? suppress_group(k->t, p.at)
                                                 : suppress_margin(k->t, k->columns, p.at));
}

static enum status count_chain(struct making *m, const char *sql, const struct classes *c, size_t n, long *first,
                               long *second, struct err *err)
{
    const struct query_value period[] = { query_text(m->from), query_text(m->until) };
    struct query *q = NULL;
    bool          row = true;
    enum status   st = query_ask(&q, &m->q->engine, sql, period, ARRAY_LEN(period), err);

    while (st == ST_OK && (st = query_next(q, &row, err)) == ST_OK && row) {
        size_t at[3] = { 0, 0, 0 };
        long   times = (long)query_integer(q, (int)n);
        bool   known = true;

        for (size_t d = 0; d < n; d++) {
            at[d] = classes_find(&c[d], query_string(q, (int)d));
            known = known && at[d] < c[d].count;
        }
        if (!known)
            continue;
        first[at[0] * c[1].count + at[1]] += times;
        if (n > 2)
            second[at[1] * c[2].count + at[2]] += times;
    }
    query_end(&q);
    return st;
}

/* Columns with nothing but zeros go; the last, All, stays. */
static void drop_empty_columns(struct report_table *t)
{
    size_t kept = 0;

    for (size_t i = 0; i < t->column_count; i++) {
        bool any = i + 1 == t->column_count;

        for (size_t r = 0; r < t->row_count && !any; r++)
            any = t->rows[r].cells[i].state != CELL_SHOWN || t->rows[r].cells[i].value > 0;
        if (!any) {
            free(t->columns[i].code);
            free(t->columns[i].label);
            continue;
        }
        t->columns[kept] = t->columns[i];
        for (size_t r = 0; r < t->row_count; r++)
            t->rows[r].cells[kept] = t->rows[r].cells[i];
        kept++;
    }
    t->column_count = kept;
}

static void put_column(struct chain *k, struct report_table *t, const char *code, const char *label,
                       enum place_kind kind, size_t at)
{
    k->places[t->column_count] = (struct place){ kind, at };
    add_column(t, code, label);
}

static size_t members(const struct classes *c, const char *group)
{
    size_t n = 0;

    for (size_t i = 0; i < c->count; i++)
        n += str_eq(c->items[i].group, group);
    return n;
}

/* A group of one is its member. */
static void put_columns(struct chain *k, struct report_table *t, const struct classes *c)
{
    for (size_t g = 0; g < c->group_count; g++) {
        if (members(c, c->groups[g].code) > 1)
            put_column(k, t, c->groups[g].code, c->groups[g].label, PLACE_GROUP, g);
        for (size_t i = 0; i < c->count; i++)
            if (str_eq(c->items[i].group, c->groups[g].code))
                put_column(k, t, c->items[i].code, c->items[i].label, PLACE_KEY, i);
    }
    for (size_t i = 0; i < c->count && !c->group_count; i++)
        put_column(k, t, c->items[i].code, c->items[i].label, PLACE_KEY, i);
    put_column(k, t, "TOTAL", _("All"), PLACE_ALL, 0);
}

static void fill_table(struct chain *k, struct report_table *t, const struct classes *rows)
{
    const struct classes *columns = &k->c[k->columns];
    struct row_maker      maker = { t, rows, chain_cell, chain_group, k };
    struct report_row    *all;

    k->places = xcalloc(columns->count + columns->group_count + 1, sizeof *k->places);
    put_columns(k, t, columns);
    make_rows(&maker);
    all = add_row(t, "TOTAL", _("All"), ROW_TOTAL);
    for (size_t i = 0; i < t->column_count; i++)
        all->cells[i] = chain_total(k, k->places[i]);
    drop_empty_columns(t);
    free(k->places);
}

enum status cross_tables(struct making *m, const char *name, const char *sql, const struct classes *c, size_t n,
                         bool turned, struct report_table **tables, struct err *err)
{
    long  *first = xcalloc(c[0].count * c[1].count + 1, sizeof(long));
    long  *second = n > 2 ? xcalloc(c[1].count * c[2].count + 1, sizeof(long)) : NULL;
    char  *table = xasprintf("%s.%s", report_word(m->r->id), name);
    struct keyed keys[3] = { keys_of(&c[0]), keys_of(&c[1]), keys_of(&c[n - 1]) };
    struct suppress_dim dims[3] = { keyed_dim(&c[0], &keys[0], first, NULL, false),
                                    keyed_dim(&c[1], &keys[1], second, NULL, n == 2),
                                    keyed_dim(&c[n - 1], &keys[2], NULL, NULL, n > 2) };
    struct chain k = { c, n, suppress_new(&m->rule), NULL, turned, turned ? 0 : 1, NULL };
    enum status  st = count_chain(m, sql, c, n, first, second, err);

    k.t = suppress_table(k.s, dims, n);
    if (st == ST_OK)
        st = publish(m, k.s, table, err);
    if (st == ST_OK)
        fill_table(&k, tables[0], &c[turned ? 1 : 0]);
    k.last = true;
    if (st == ST_OK && n > 2)
        fill_table(&k, tables[1], &c[2]);
    suppress_table_free(&k.t);
    suppress_free(&k.s);
    for (size_t i = 0; i < ARRAY_LEN(keys); i++)
        keyed_free(&keys[i]);
    free(table);
    free(first);
    free(second);
    return st;
}
