/* year on year: the same figures for each year from 1 April to 31 March. */
#include "build.h"

#include <stdlib.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "waits.h"
#include "dolen/base/banned.h"

#define YEAR(column) "CASE WHEN substr(" column ", 6, 2) >= '04' THEN substr(" column ", 1, 4) " \
                     "ELSE CAST(CAST(substr(" column ", 1, 4) AS integer) - 1 AS text) END"
#define COUNTED(table, column, also) \
    "SELECT " YEAR(column) ", count(*) FROM " table " x WHERE " also IN_PERIOD(column) " GROUP BY 1"

static const struct measure_column by_year[] = {
    { "REFERRALS", N_("Referrals"), COUNTED("referral", "x.received_on", ""), NULL, false },
    { "ACCEPTED", N_("Accepted"), COUNTED("referral", "x.received_on", "x.decision IN ('ACCEPTED', 'WAITING') AND "),
      NULL, false },
    { "CONVERSATIONS", N_("First conversations"), COUNTED("episode", "x.first_conversation_on", ""), NULL, false },
    { "PLANS", N_("Plans agreed"), COUNTED("episode", "x.plan_agreed_on", ""), NULL, false },
    { "CONTACTS", N_("Contacts held"), COUNTED("contact", "x.contact_on", "x.contact_result = 'ATTENDED' AND "), NULL,
      false },
    { "CLOSED", N_("Closed"), COUNTED("episode", "x.closed_on", ""), NULL, false },
    { "GAPS", N_("Unmet needs"), COUNTED("unmet_need", "x.gap_on", ""), NULL, false },
};

static const struct measure_column waited[] = {
    { "CONVERSATIONS", N_("First conversations"), COUNTED("episode", "x.first_conversation_on", ""), NULL, false },
};

static enum status waits(struct making *m, const struct classes *years, struct err *err)
{
    struct waits        *w = xcalloc(years->count + 1, sizeof *w);
    struct report_table *t = add_table(m->r, "waits_by_year", _("Waits"), _("Year"),
                                       _("Days from the day a referral was received to the first what matters "
                                         "conversation, of conversations held in the year: the day by which half had "
                                         "been held, and nine in ten (percentiles of type 7)."));
    enum status          st = table_of_measures(m, t, years, waited, ARRAY_LEN(waited), false, err);

    if (st == ST_OK)
        st = waits_by(m, "SELECT " YEAR("x.first_conversation_on") ", x.waiting_days, count(*) FROM episode x WHERE "
                         IN_PERIOD("x.first_conversation_on") " GROUP BY 1, 2", years, w, err);
    if (st == ST_OK)
        add_waits(m, t, years, w);
    for (size_t i = 0; i < years->count; i++)
        waits_release(&w[i]);
    free(w);
    return st;
}

enum status make_years(struct making *m, struct err *err)
{
    struct classes       years = years_of(m);
    struct report_table *t = add_table(m->r, "by_year", _("Years, 1 April to 31 March"), _("Year"),
                                       _("What was done in each year, each figure by the day it happened: referrals "
                                         "received and those of them accepted, first what matters conversations, "
                                         "plans agreed, contacts that took place, episodes closed, unmet needs "
                                         "written down."));
    enum status          st;

    t->chart = CHART_BARS;
    st = table_of_measures(m, t, &years, by_year, ARRAY_LEN(by_year), false, err);
    if (st == ST_OK)
        st = waits(m, &years, err);
    classes_release(&years);
    return st;
}
