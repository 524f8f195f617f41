/* one engine over several servers: a question to all, an answer put together. */
#include "scatter.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dolen/base/mem.h"
#include "dolen/base/banned.h"

/* --- taking a question apart ------------------------------------------------------------------------------------ */

enum column_kind { COLUMN_KEY, COLUMN_SUM, COLUMN_MAX, COLUMN_MIN };

static bool is_word_end(char ch)
{
    return !isalnum((unsigned char) ch) && ch != '_';
}

/* A word at s, whole. */
static bool word_at(const char *s, const char *word)
{
    size_t n = strlen(word);

    return strncasecmp(s, word, n) == 0 && is_word_end(s[n]);
}

static bool names_table(const char *sql, const char *table)
{
    for (const char *p = sql; (p = strstr(p, table)); p += strlen(table))
        if (p > sql && p[-1] == ' ' && is_word_end(p[strlen(table)]) &&
            ((p - sql >= 6 && strncasecmp(p - 6, " FROM ", 6) == 0) ||
             (p - sql >= 6 && strncasecmp(p - 6, " JOIN ", 6) == 0)))
            return true;
    return false;
}

static bool speaks_of_rows(const struct scatter *s, const char *sql)
{
    bool found = names_table(sql, "hub_batch") || names_table(sql, "tombstone");

    for (size_t i = 0; i < s->schema->count && !found; i++)
        found = names_table(sql, s->schema->tables[i].name);
    return found && (word_at(sql, "SELECT") || word_at(sql, "WITH"));
}

/* Steps over text in quotes and keeps count of parentheses. */
static const char *step(const char *p, int *depth)
{
    if (*p == '\'') {
        const char *end = strchr(p + 1, '\'');

        return end ? end + 1 : p + strlen(p);
    }
    *depth += (*p == '(') - (*p == ')');
    return p + 1;
}

/* The list of the last SELECT that stands in no parentheses. */
static const char *select_list(const char *sql)
{
    const char *list = NULL;
    int depth = 0;

    for (const char *p = sql; *p; p = step(p, &depth))
        if (depth == 0 && (p == sql || is_word_end(p[-1])) && word_at(p, "SELECT"))
            list = p + strlen("SELECT");
    return list ? list : sql;
}

static enum column_kind kind_of(const char *s, size_t n)
{
    static const struct { const char *call; enum column_kind kind; } calls[] = {
        { "count(", COLUMN_SUM }, { "sum(", COLUMN_SUM }, { "max(", COLUMN_MAX }, { "min(", COLUMN_MIN },
    };
    char *text = xstrndup(s, n);
    enum column_kind kind = COLUMN_KEY;

    for (size_t i = 0; i < ARRAY_LEN(calls) && kind == COLUMN_KEY; i++)
        if (strcasestr(text, calls[i].call))
            kind = calls[i].kind;
    free(text);
    return kind;
}

/* One column of the SELECT list, or of ORDER BY: its text, without the blanks round it. */
struct piece {
    const char *s;
    size_t      n;
};

static struct piece piece_of(const char *from, const char *to)
{
    while (from < to && *from == ' ')
        from++;
    while (to > from && to[-1] == ' ')
        to--;
    return (struct piece) { from, (size_t) (to - from) };
}

static void list_columns(const char *sql, struct piece *out, int columns)
{
    const char *start = select_list(sql), *p = start;
    int depth = 0, at = 0;

    while (*p && at < columns) {
        bool last = depth == 0 && is_word_end(p[-1]) && word_at(p, "FROM");

        if (last || (depth == 0 && *p == ',')) {
            out[at++] = piece_of(start, p);
            start = p + 1;
        }
        if (last)
            return;
        p = step(p, &depth);
    }
    if (at < columns)
        out[at] = piece_of(start, start + strlen(start));
}

/* Whether ORDER BY means this column: by its text, by the name after AS or after the table's, or by its number. */
static bool means(struct piece order, struct piece column, int number)
{
    char digits[16];
    int n = snprintf(digits, sizeof digits, "%d", number);

    if (order.n == (size_t) n && memcmp(order.s, digits, order.n) == 0)
        return true;
    if (order.n == 0 || order.n > column.n || memcmp(column.s + column.n - order.n, order.s, order.n) != 0)
        return false;
    return order.n == column.n || column.s[column.n - order.n - 1] == '.' || column.s[column.n - order.n - 1] == ' ';
}

/* Each server sorts its own rows; these columns sort them together. What stands in no column sorts nothing. */
static int order_of(const char *sql, const struct piece *columns, int count, int *out, int max)
{
    const char *p = select_list(sql), *start = NULL;
    int depth = 0, n = 0;

    for (; *p && !(depth == 0 && is_word_end(p[-1]) && word_at(p, "ORDER")); p = step(p, &depth))
        ;
    start = *p ? p + strlen("ORDER BY") : NULL;
    for (p = start; p && n < max; p++) {
        bool end = *p == '\0' || (is_word_end(p[-1]) && word_at(p, "LIMIT"));
        struct piece one;
        int at = 0;

        depth += (*p == '(') - (*p == ')');
        if (!end && (depth || *p != ','))
            continue;
        one = piece_of(start, p);
        while (at < count && !means(one, columns[at], at + 1))
            at++;
        if (at == count)
            return n;
        out[n++] = at;
        if (end)
            return n;
        start = p + 1;
    }
    return n;
}

/* --- putting answers together ----------------------------------------------------------------------------------- */

enum { ORDER_MAX = 8 };

struct gathered {
    struct pq_answer **answers;             /* one a shard; they own the texts */
    size_t             count;
    enum column_kind  *kinds;
    int                columns;
    const char      ***rows;                /* one an output row: its columns */
    int                order[ORDER_MAX];    /* columns that they are sorted by */
    int                orders;
    size_t             used, cap;
    char             **made;                /* texts of sums, owned */
    size_t             made_count, made_cap;
    long               at;
};

static void add_row(struct gathered *g, const struct pq_answer *a, int row)
{
    const char **cells = xcalloc((size_t) g->columns + 1, sizeof *cells);

    for (int i = 0; i < g->columns; i++)
        cells[i] = pq_text(a, row, i);
    *ARRAY_ADD(g->rows, g->used, g->cap) = cells;
}

static int compare_cells(const char *a, const char *b)
{
    return !a || !b ? (a != NULL) - (b != NULL) : strcmp(a, b);
}

static int by_keys(const void *x, const void *y, void *ctx)
{
    const struct gathered *g = ctx;
    const char *const *a = *(const char **const *) x, *const *b = *(const char **const *) y;
    int d = 0;

    for (int i = 0; i < g->columns && d == 0; i++)
        if (g->kinds[i] == COLUMN_KEY)
            d = compare_cells(a[i], b[i]);
    return d;
}

static bool is_whole(const char *s)
{
    return s[strspn(s, "-0123456789")] == '\0';
}

static const char *sum_of(struct gathered *g, const char *a, const char *b)
{
    char *text = is_whole(a) && is_whole(b) ? xasprintf("%lld", strtoll(a, NULL, 10) + strtoll(b, NULL, 10))
                                            : xasprintf("%.17g", strtod(a, NULL) + strtod(b, NULL));

    return *ARRAY_ADD(g->made, g->made_count, g->made_cap) = text;
}

static const char *fold_cell(struct gathered *g, enum column_kind kind, const char *a, const char *b)
{
    bool numbers;
    int d;

    if (!a || !b)
        return a ? a : b;
    if (kind == COLUMN_SUM)
        return sum_of(g, a, b);
    numbers = a[strspn(a, "-.0123456789")] == '\0' && b[strspn(b, "-.0123456789")] == '\0';
    d = numbers ? (strtod(a, NULL) > strtod(b, NULL)) - (strtod(a, NULL) < strtod(b, NULL)) : strcmp(a, b);
    return (kind == COLUMN_MAX) == (d >= 0) ? a : b;
}

/* Rows of the same group become one. */
static void fold(struct gathered *g)
{
    size_t kept = 0;

    qsort_r(g->rows, g->used, sizeof *g->rows, by_keys, g);
    for (size_t i = 0; i < g->used; i++) {
        if (kept == 0 || by_keys(&g->rows[kept - 1], &g->rows[i], g) != 0) {
            g->rows[kept++] = g->rows[i];
            continue;
        }
        for (int c = 0; c < g->columns; c++)
            if (g->kinds[c] != COLUMN_KEY)
                g->rows[kept - 1][c] = fold_cell(g, g->kinds[c], g->rows[kept - 1][c], g->rows[i][c]);
        free(g->rows[i]);
    }
    g->used = kept;
}

/* As the servers sort: numbers as such, text by its bytes, no value last. */
static int by_order(const void *x, const void *y, void *ctx)
{
    const struct gathered *g = ctx;
    const char *const *a = *(const char **const *) x, *const *b = *(const char **const *) y;
    int d = 0;

    for (int i = 0; i < g->orders && d == 0; i++) {
        const char *one = a[g->order[i]], *two = b[g->order[i]];

        if (!one || !two)
            d = (one == NULL) - (two == NULL);
        else if (is_whole(one) && is_whole(two))
            d = (strtoll(one, NULL, 10) > strtoll(two, NULL, 10)) - (strtoll(one, NULL, 10) < strtoll(two, NULL, 10));
        else
            d = strcmp(one, two);
    }
    return d;
}

static void gathered_free(struct gathered *g)
{
    for (size_t i = 0; i < g->count; i++)
        pq_answer_free(&g->answers[i]);
    for (size_t i = 0; i < g->used; i++)
        free(g->rows[i]);
    for (size_t i = 0; i < g->made_count; i++)
        free(g->made[i]);
    free(g->answers);
    free(g->rows);
    free(g->made);
    free(g->kinds);
    free(g);
}

static enum status ask_shards(struct scatter *s, struct gathered **out, const char *sql, const struct query_value *v,
                              size_t n, struct err *err)
{
    struct gathered *g = xcalloc(1, sizeof *g);
    struct piece *columns;
    bool sums = false;
    enum status st;

    g->count = s->shards;
    g->answers = xcalloc(s->shards + 1, sizeof *g->answers);
    st = pq_ask_all(s->shard, s->shards, sql, v, n, g->answers, err);
    if (st != ST_OK) {
        gathered_free(g);
        return st;
    }
    g->columns = pq_columns(g->answers[0]);
    g->kinds = xcalloc((size_t) g->columns + 1, sizeof *g->kinds);
    columns = xcalloc((size_t) g->columns + 1, sizeof *columns);
    list_columns(sql, columns, g->columns);
    g->orders = order_of(sql, columns, g->columns, g->order, ORDER_MAX);
    for (int i = 0; i < g->columns; i++) {
        g->kinds[i] = kind_of(columns[i].s, columns[i].n);
        sums = sums || g->kinds[i] != COLUMN_KEY;
    }
    free(columns);
    for (size_t i = 0; i < s->shards; i++)
        for (int r = 0; r < pq_rows(g->answers[i]); r++)
            add_row(g, g->answers[i], r);
    if (sums)
        fold(g);
    if (g->orders)
        qsort_r(g->rows, g->used, sizeof *g->rows, by_order, g);
    g->at = -1;
    *out = g;
    return ST_OK;
}

/* --- the engine ------------------------------------------------------------------------------------------------- */

/* Either a gathered answer, or one from home. */
struct cursor {
    struct gathered *g;
    struct engine    home;
    void            *at_home;
};

static enum status ask(void *at, void **cursor, const char *sql, const struct query_value *v, size_t n, struct err *err)
{
    struct scatter *s = at;
    struct cursor *c = xcalloc(1, sizeof *c);
    enum status st;

    c->home = pq_engine(s->home);
    if (speaks_of_rows(s, sql))
        st = ask_shards(s, &c->g, sql, v, n, err);
    else
        st = c->home.ops->ask(c->home.at, &c->at_home, sql, v, n, err);
    if (st == ST_OK)
        *cursor = c;
    else
        free(c);
    return st;
}

static enum status next(void *cursor, bool *row, struct err *err)
{
    struct cursor *c = cursor;

    if (!c->g)
        return c->home.ops->next(c->at_home, row, err);
    *row = c->g->at + 1 < (long) c->g->used;
    c->g->at += *row;
    return ST_OK;
}

static const char *text(void *cursor, int col)
{
    struct cursor *c = cursor;

    return c->g ? c->g->rows[c->g->at][col] : c->home.ops->text(c->at_home, col);
}

static bool is_null(void *cursor, int col)
{
    return text(cursor, col) == NULL;
}

static int64_t integer(void *cursor, int col)
{
    const char *s = text(cursor, col);

    return s ? strtoll(s, NULL, 10) : 0;
}

static double real(void *cursor, int col)
{
    const char *s = text(cursor, col);

    return s ? strtod(s, NULL) : 0.0;
}

static void end(void *cursor)
{
    struct cursor *c = cursor;

    if (c->g)
        gathered_free(c->g);
    else
        c->home.ops->end(c->at_home);
    free(c);
}

struct engine engine_scatter(struct scatter *s)
{
    static const struct engine_ops ops = { "postgresql", ask, next, is_null, integer, real, text, end };

    return (struct engine) { &ops, s };
}
