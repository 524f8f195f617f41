/* safeguarding.c - how many safeguarding reports were made in each quarter, added up from what the laptops told:
 * numbers that were kept back or rounded there already, and go through the engine once more. */
#include <stdio.h>
#include <stdlib.h>

#include "build.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/banned.h"

/* A quarter belongs to the period that its first day lies in. */
#define QUARTER_DAY \
    "substr(x.quarter, 1, 4) || CASE substr(x.quarter, 7, 1) WHEN '1' THEN '-01-01' WHEN '2' THEN '-04-01' " \
    "WHEN '3' THEN '-07-01' ELSE '-10-01' END"
#define TOLD(what, also) \
    "SELECT x.quarter, " what " FROM safeguarding x WHERE " also QUARTER_DAY " BETWEEN ?1 AND ?2 GROUP BY 1"

static const struct measure_column told[] = {
    { "REPORTS", N_("Reports, as far as told"), TOLD("CAST(coalesce(sum(x.reports), 0) AS bigint)", ""), NULL, false },
    { "LAPTOPS", N_("Laptops that told a number"), TOLD("count(*)", "x.reports IS NOT NULL AND "), NULL, true },
    { "KEPT_BACK", N_("Laptops with a small number, not in the sum"), TOLD("count(*)", "x.reports IS NULL AND "), NULL,
      true },
};

static struct classes quarters_of(const struct making *m)
{
    struct classes c = classes_new("quarter");
    struct date at = { m->r->from.year, (m->r->from.month - 1) / 3 * 3 + 1, 1 };

    if (date_compare(at, m->r->from) < 0)
        at = date_add_months(at, 3);
    for (; date_compare(at, m->r->until) <= 0; at = date_add_months(at, 3)) {
        char code[32];

        snprintf(code, sizeof code, "%04d-Q%d", at.year, (at.month + 2) / 3);
        classes_add(&c, code, code);
    }
    return c;
}

/* Where every laptop kept its number back there is no sum: a 0 would say that there was no report. */
static void no_sum_of_nothing(struct report_table *t)
{
    for (size_t i = 0; i < t->row_count; i++)
        if (t->rows[i].cells[1].value == 0)
            t->rows[i].cells[0] = cell_state(CELL_HIDDEN);
}

enum status add_reports_made(struct making *m, struct err *err)
{
    struct classes c = { .name = NULL };
    long any = 0;
    enum status st = ST_OK;

    if (m->q->safeguarding)
        st = count_one(m, "SELECT count(*) FROM safeguarding x WHERE " QUARTER_DAY " BETWEEN ?1 AND ?2", &any, err);
    if (st != ST_OK || any == 0)
        return st;
    c = quarters_of(m);
    st = table_of_measures(m,
                           add_table(m->r, "safeguarding", _("Safeguarding reports made"), _("Quarter"),
                                     _("Quarters of the calendar year that begin in the period, when they have been "
                                       "over for four weeks. Each laptop tells one number, once: below 5 it is kept "
                                       "back, else rounded to 5. The sum is of what was told, so it is too small "
                                       "wherever a laptop kept a number back. Nothing else about safeguarding is "
                                       "ever sent.")),
                           &c, told, ARRAY_LEN(told), false, err);
    if (st == ST_OK)
        no_sum_of_nothing(&m->r->tables[m->r->count - 1]);
    classes_release(&c);
    return st;
}
