/* the mirror for those who refer: what became of their referrals, how complete they were, how soon contact was made. */
#include "build.h"

#include <stdlib.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "waits.h"
#include "dolen/base/banned.h"

#define UNSUITABLE "x.decision IN ('CLINICAL', 'RETURNED', 'NOT_ELIGIBLE')"
#define BECAME \
    "CASE WHEN x.decision IN ('ACCEPTED', 'WAITING') THEN 'ACCEPTED' WHEN " UNSUITABLE " THEN 'UNSUITABLE' " \
    "WHEN x.decision = 'DECLINED' THEN 'DECLINED' WHEN x.decision = 'NO_CONTACT' THEN 'NO_CONTACT' " \
    "WHEN x.decision IS NULL THEN 'WAITS' ELSE 'OTHER' END"
#define FROM_REFERRALS "FROM referral x WHERE "
#define BY_SOURCE(also) "SELECT x.source, count(*) " FROM_REFERRALS also IN_PERIOD("x.received_on") " GROUP BY 1"

static const struct measure_column by_source[] = {
    { .code = "REFERRALS", .label = N_("Referrals") },
    { .code = "SUITABLE", .label = N_("Suitable"), .copied = "SUITABLE" },
    { "REASONS", N_("With reasons"),
      BY_SOURCE("EXISTS (SELECT 1 FROM need n WHERE n.source_id = x.source_id AND n.referral_id = x.referral_id "
                "AND n.need_code IS NOT NULL) AND "), NULL, false },
    { "FEEDBACK", N_("Feedback sent"), BY_SOURCE("x.feedback_sent_on IS NOT NULL AND "), NULL, false },
};
enum { SOURCE_REFERRALS, SOURCE_SUITABLE, SOURCE_REASONS, SOURCE_FEEDBACK };

static struct classes outcomes_of_referrals(void)
{
    struct classes c = classes_new("became");

    classes_add_group(&c, "SUITABLE", _("Suitable"));
    classes_add_in(&c, "ACCEPTED", _("Accepted"), "SUITABLE");
    classes_add_in(&c, "DECLINED", _("Person declined"), "SUITABLE");
    classes_add_in(&c, "NO_CONTACT", _("No contact"), "SUITABLE");
    classes_add_in(&c, "OTHER", _("Other"), "SUITABLE");
    classes_add_group(&c, "NOT_SUITABLE", _("Not suitable"));
    classes_add_in(&c, "UNSUITABLE", _("Not suitable"), "NOT_SUITABLE");
    classes_add_group(&c, "UNDECIDED", _("Not decided"));
    classes_add_in(&c, "WAITS", _("Not decided"), "UNDECIDED");
    return c;
}

/* Days are worked out here: databases do not agree on how. */
static enum status first_contacts(struct making *m, const struct classes *sources, struct waits *w, struct err *err)
{
    static const char sql[] =
        "WITH first AS (SELECT x.source_id, x.referral_id, x.source, x.received_on, min(k.contact_on) AS contact_on "
        "FROM referral x JOIN episode e ON e.source_id = x.source_id AND e.referral_id = x.referral_id "
        "JOIN contact k ON k.source_id = e.source_id AND k.episode_id = e.episode_id "
        "WHERE k.contact_result = 'ATTENDED' AND k.contact_on >= x.received_on AND " IN_PERIOD("x.received_on")
        " GROUP BY 1, 2, 3, 4) SELECT f.source, f.received_on, f.contact_on, count(*) FROM first f GROUP BY 1, 2, 3";
    const struct query_value period[] = { query_text(m->from), query_text(m->until) };
    struct query *q = NULL;
    bool          row = true;
    enum status   st = query_ask(&q, &m->q->engine, sql, period, ARRAY_LEN(period), err);

    while (st == ST_OK && (st = query_next(q, &row, err)) == ST_OK && row) {
        size_t i = classes_find(sources, query_string(q, 0));
        char  *received = xstrdup(query_string(q, 1));
        long   days;

        if (i < sources->count && days_between(received, query_string(q, 2), &days))
            waits_add(&w[i], (double)days, (long)query_integer(q, 3));
        free(received);
    }
    query_end(&q);
    return st;
}

static enum status mirror(struct making *m, const struct classes *sources, struct err *err)
{
    struct waits        *w = xcalloc(sources->count + 1, sizeof *w);
    struct report_table *t = add_table(m->r, "mirror", _("Suitable, complete, how soon"), _("Referred by"),
                                       _("Of referrals received in the period. Suitable: decided, and not returned "
                                         "as a clinical or acute need, as not suitable at this time, or as out of "
                                         "area. With reasons: at least one reason was given. Days are from the day "
                                         "of receipt to the first contact that took place."));
    enum status st = table_of_measures(m, t, sources, by_source, ARRAY_LEN(by_source), true, err);
    if (st == ST_OK)
        st = first_contacts(m, sources, w, err);
    if (st == ST_OK) {
        add_share(m, t, "SUITABLE_SHARE", _("Suitable, %"), SOURCE_SUITABLE, SOURCE_REFERRALS);
        add_share(m, t, "REASONS_SHARE", _("With reasons, %"), SOURCE_REASONS, SOURCE_REFERRALS);
        add_share(m, t, "FEEDBACK_SHARE", _("Feedback sent, %"), SOURCE_FEEDBACK, SOURCE_REFERRALS);
        add_waits(m, t, sources, w);
        t->chart = CHART_BARS;
        t->chart_column = SOURCE_REFERRALS;
    }
    for (size_t i = 0; i < sources->count; i++)
        waits_release(&w[i]);
    free(w);
    return st;
}

enum status make_referrers(struct making *m, struct err *err)
{
    struct classes       c[2] = { { .name = NULL }, outcomes_of_referrals() };
    struct report_table *t;
    enum status          st = classes_codes(&c[0], m->q->catalog, "referral_source", err);

    if (st == ST_OK) {
        t = add_table(m->r, "became", _("What became of referrals"), _("Referred by"),
                      _("Referrals received in the period, by who sent them and what was decided since."));
        st = cross_tables(m, "became",
                          "SELECT x.source, " BECAME ", count(*) " FROM_REFERRALS IN_PERIOD("x.received_on")
                          " GROUP BY 1, 2", c, 2, false, &t, err);
    }
    if (st == ST_OK)
        st = mirror(m, &c[0], err);
    for (size_t i = 0; i < ARRAY_LEN(c); i++)
        classes_release(&c[i]);
    return st;
}
