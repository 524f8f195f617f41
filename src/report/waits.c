/* lengths of time: counted values, their percentiles, and days between two days as they stand in the warehouse. */
#include "waits.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/banned.h"

void waits_add(struct waits *w, double days, long times)
{
    if (times <= 0)
        return;
    *ARRAY_ADD(w->items, w->count, w->cap) = (struct stat_tally){ days, times };
    w->n += times;
}

static int by_value(const void *pa, const void *pb)
{
    const struct stat_tally *a = pa, *b = pb;

    return (a->value > b->value) - (a->value < b->value);
}

double waits_quantile(struct waits *w, double p)
{
    if (w->count > 1)
        qsort(w->items, w->count, sizeof *w->items, by_value);
    return stat_quantile_tally(w->items, w->count, p);
}

void waits_release(struct waits *w)
{
    free(w->items);
    *w = (struct waits){ .items = NULL };
}

enum status waits_by(struct making *m, const char *sql, const struct classes *c, struct waits *out, struct err *err)
{
    const struct query_value period[] = { query_text(m->from), query_text(m->until) };
    struct query *q = NULL;
    bool          row = true;
    enum status   st = query_ask(&q, &m->q->engine, sql, period, ARRAY_LEN(period), err);

    while (st == ST_OK && (st = query_next(q, &row, err)) == ST_OK && row) {
        size_t i = classes_find(c, query_string(q, 0));

        if (i < c->count && !query_is_null(q, 1))
            waits_add(&out[i], query_number(q, 1), (long)query_integer(q, 2));
    }
    query_end(&q);
    return st;
}

static void put_waits(struct making *m, struct report_row *row, size_t at, struct waits *w)
{
    row->cells[at] = cell_on(m, waits_quantile(w, 0.5), (double)w->n);
    row->cells[at + 1] = cell_on(m, waits_quantile(w, 0.9), (double)w->n);
}

void add_waits(struct making *m, struct report_table *t, const struct classes *c, struct waits *w)
{
    struct waits all = { .items = NULL };
    size_t       at = t->column_count;

    append_column(t, "MEDIAN_DAYS", _("Median days"));
    append_column(t, "P90_DAYS", _("90th percentile, days"));
    for (size_t i = 0; i < c->count; i++)
        for (size_t k = 0; k < w[i].count; k++)
            waits_add(&all, w[i].items[k].value, w[i].items[k].times);
    for (size_t r = 0; r < t->row_count; r++) {
        if (t->rows[r].kind == ROW_TOTAL)
            put_waits(m, &t->rows[r], at, &all);
        else if (classes_have(c, t->rows[r].code))
            put_waits(m, &t->rows[r], at, &w[classes_find(c, t->rows[r].code)]);
    }
    waits_release(&all);
}

bool days_between(const char *from, const char *until, long *days)
{
    struct date a, b;

    if (!from || !until || !date_parse_iso(from, &a) || !date_parse_iso(until, &b))
        return false;
    *days = date_days(b) - date_days(a);
    return true;
}
