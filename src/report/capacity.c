/* needs against capacity: what was asked for, what there was, how long people waited, and what could not be found. */
#include "build.h"

#include <stdlib.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "waits.h"
#include "dolen/base/banned.h"

/* What each laptop said last in the period. Joined, not asked anew for each row: a country has some 300,000 of them a
 * year. */
#define CAPACITY(column) \
    "SELECT x.asset_category, CAST(sum(x." column ") AS bigint) FROM capacity x JOIN (SELECT y.source_id, " \
    "max(y.month) AS month " \
    "FROM capacity y WHERE y.month >= substr(?1, 1, 7) AND y.month <= substr(?2, 1, 7) GROUP BY y.source_id) newest " \
    "ON newest.source_id = x.source_id AND newest.month = x.month GROUP BY 1"

static const struct measure_column needs[] = {
    { "REFERRALS", N_("Referrals"),
      "SELECT n.need_code, count(*) FROM referral x JOIN need n ON n.source_id = x.source_id "
      "AND n.referral_id = x.referral_id "
      "WHERE " IN_PERIOD("x.received_on") " GROUP BY 1", NULL, false },
};

static const struct measure_column by_category[] = {
    { "CONNECTIONS", N_("Connected"),
      "SELECT x.asset_category, count(*) FROM asset_use x WHERE " IN_PERIOD("x.status_on") " GROUP BY 1", NULL, false },
    { "TAKEN_UP", N_("Went"),
      "SELECT x.asset_category, count(*) FROM asset_use x "
      "WHERE x.status IN ('FIRST_ATTENDED', 'ATTENDING', 'STOPPED') AND "
      IN_PERIOD("x.status_on") " GROUP BY 1", NULL, false },
    { "WAITING", N_("Waiting for a place"),
      "SELECT x.asset_category, count(*) FROM asset_use x WHERE x.status = 'WAITING' AND " IN_PERIOD("x.status_on")
      " GROUP BY 1", NULL, false },
    { .code = "GAPS", .label = N_("Unmet needs") },
    { "ASSETS", N_("Assets listed"),
      CAPACITY("assets_listed"), NULL, true },
    { "FULL", N_("Assets full"),
      CAPACITY("assets_full"), NULL, true },
    { "PLACES", N_("Places a month"),
      CAPACITY("places_a_month"), NULL, true },
};

static const struct measure_column waited[] = {
    { "CONVERSATIONS", N_("First conversations"),
      "SELECT substr(x.first_conversation_on, 1, 7), count(*) FROM episode x "
      "WHERE " IN_PERIOD("x.first_conversation_on")
      " GROUP BY 1", NULL, false },
};

static enum status needs_table(struct making *m, struct err *err)
{
    struct classes       c = { .name = NULL };
    struct report_table *t;
    enum status          st = classes_codes(&c, m->q->catalog, "reason", err);

    if (st != ST_OK)
        return st;
    t = add_table(m->r, "needs", _("What people were referred for"), _("Reason"),
                  _("Referrals received in the period, once for each reason given: one referral can give several."));
    t->chart = CHART_BARS;
    st = table_of_measures(m, t, &c, needs, ARRAY_LEN(needs), true, err);
    classes_release(&c);
    return st;
}

static enum status waits_table(struct making *m, struct err *err)
{
    struct classes       c = months_of(m);
    struct waits        *w = xcalloc(c.count + 1, sizeof *w);
    struct report_table *t = add_table(m->r, "waits", _("Waits"), _("Month"),
                                       _("Days from the day a referral was received to the first what matters "
                                         "conversation, of conversations held in the month: the day by which half "
                                         "had been held, and nine in ten (percentiles of type 7)."));
    enum status          st = table_of_measures(m, t, &c, waited, ARRAY_LEN(waited), true, err);

    if (st == ST_OK)
        st = waits_by(m, "SELECT substr(x.first_conversation_on, 1, 7), x.waiting_days, count(*) FROM episode x WHERE "
                         IN_PERIOD("x.first_conversation_on") " GROUP BY 1, 2", &c, w, err);
    if (st == ST_OK)
        add_waits(m, t, &c, w);
    for (size_t i = 0; i < c.count; i++)
        waits_release(&w[i]);
    free(w);
    classes_release(&c);
    return st;
}

static enum status gaps_table(struct making *m, const struct classes *categories, struct report_table *t,
                              struct err *err)
{
    struct classes c[2] = { *categories, { .name = NULL } };
    enum status    st = classes_codes(&c[1], m->q->catalog, "gap_reason", err);

    if (st == ST_OK)
        st = cross_tables(m, "unmet", "SELECT x.gap_category, x.gap_reason, count(*) FROM unmet_need x WHERE "
                          IN_PERIOD("x.gap_on") " GROUP BY 1, 2", c, 2, false, &t, err);
    classes_release(&c[1]);
    return st;
}

static enum status assets_and_gaps(struct making *m, const struct classes *categories, struct err *err)
{
    size_t      assets = m->r->count;
    enum status st;

    add_table(m->r, "assets", _("What there was"), _("Kind of asset"),
              _("People connected to an asset of the kind whose last status is of the period, those of them who "
                "went, and those who wait for a place; unmet needs written down. Beside them, from the directory in "
                "the newest month of the period: assets listed, assets that said they are full, and new people they "
                "take a month. These three are not counts of people, and are shown as they are."));
    m->copy = assets + 1;
    st = gaps_table(m, categories,
                    add_table(m->r, "unmet", _("Unmet need"), _("What was needed"),
                              _("Unmet needs written down in the period: the kind of asset that was needed, and why "
                                "there was nothing.")),
                    err);
    if (st == ST_OK)
        st = table_of_measures(m, &m->r->tables[assets], categories, by_category, ARRAY_LEN(by_category), true, err);
    return st;
}

enum status make_capacity(struct making *m, struct err *err)
{
    struct classes categories = { .name = NULL };
    enum status    st = classes_codes(&categories, m->q->catalog, "asset_category", err);

    if (st == ST_OK)
        st = needs_table(m, err);
    if (st == ST_OK)
        st = assets_and_gaps(m, &categories, err);
    if (st == ST_OK)
        st = waits_table(m, err);
    classes_release(&categories);
    return st;
}
