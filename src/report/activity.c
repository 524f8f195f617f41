/* activity: what was done, by month, by area, and how people were met. */
#include "build.h"

#include <stdlib.h>

#include "dolen/base/buf.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/banned.h"

#define MONTH(column) "substr(" column ", 1, 7)"
#define ACCEPTED      "x.decision IN ('ACCEPTED', 'WAITING')"
#define HELD          "x.contact_result = 'ATTENDED'"

/* Rows of a table counted by a key, in the period of one of their days. */
#define COUNTED(table, key, day, also) "SELECT " key ", count(*) FROM " table "WHERE " also IN_PERIOD(day) " GROUP BY 1"
/* Referrals by area, each once: two laptops may each have opened an episode on one before they met. */
#define REFERRALS_OF(also) \
    "SELECT r.area, count(*) FROM (SELECT x.source_id, x.referral_id, max(e.local_authority) AS area " \
    "FROM referral x " SQL_REFERRED \
    "WHERE " also IN_PERIOD("x.received_on") " GROUP BY 1, 2) r GROUP BY 1"

static const struct measure_column by_month[] = {
    { "REFERRALS", N_("Referrals"), COUNTED("referral x ", MONTH("x.received_on"), "x.received_on", ""), NULL, false },
    { "ACCEPTED", N_("Accepted"), COUNTED("referral x ", MONTH("x.received_on"), "x.received_on", ACCEPTED " AND "),
      NULL, false },
    { "CONVERSATIONS", N_("First conversations"),
      COUNTED("episode x ", MONTH("x.first_conversation_on"), "x.first_conversation_on", ""), NULL, false },
    { .code = "CONTACTS", .label = N_("Contacts held") },
    { "CLOSED", N_("Closed"), COUNTED("episode x ", MONTH("x.closed_on"), "x.closed_on", ""), NULL, false },
};

static const struct measure_column by_area[] = {
    { "REFERRALS", N_("Referrals"), REFERRALS_OF(""), NULL, false },
    { "ACCEPTED", N_("Accepted"), REFERRALS_OF(ACCEPTED " AND "), NULL, false },
    { "CONVERSATIONS", N_("First conversations"),
      COUNTED("episode x ", "x.local_authority", "x.first_conversation_on", ""), NULL, false },
    { "CLOSED", N_("Closed"), COUNTED("episode x ", "x.local_authority", "x.closed_on", ""), NULL, false },
};

static const struct measure_column by_result[] = {
    { "CONTACTS", N_("Contacts"), COUNTED("contact x ", "x.contact_result", "x.contact_on", ""), NULL, false },
};

static struct classes modes(void)
{
    struct classes c = classes_new("mode");

    classes_add(&c, "FACE", _("Face to face"));
    classes_add(&c, "REMOTE", _("Phone or video"));
    classes_add(&c, "WRITTEN", _("In writing"));
    classes_add(&c, "OTHER", _("Other"));
    classes_add(&c, NOT_KNOWN, _("Not known"));
    return c;
}

/* Types of contact are grouped as their code list says. */
static enum status mode_of(struct making *m, struct buf *sql, struct err *err)
{
    const struct codelist *l = catalog_codes(m->q->catalog, "contact_type", err);

    if (!l)
        return err ? err->st : ST_NOTFOUND;
    buf_add(sql, "CASE");
    for (size_t i = 0; i < l->count; i++) {
        const char *group = l->items[i].group;

        if (code_shape_ok(l->items[i].code) && (!group || code_shape_ok(group)))
            buf_addf(sql, " WHEN x.contact_type = '%s' THEN '%s'", l->items[i].code, group ? group : "OTHER");
    }
    buf_add(sql, " END");
    return ST_OK;
}

static enum status contacts(struct making *m, struct classes *c, size_t first, struct err *err)
{
    struct report_table *tables[] = { &m->r->tables[first], &m->r->tables[first + 1] };
    struct buf           sql = BUF_INIT;
    enum status          st;

    buf_add(&sql, "SELECT " MONTH("x.contact_on") ", ");
    st = mode_of(m, &sql, err);
    buf_add(&sql, ", e.local_authority, count(*) FROM contact x " SQL_EPISODE_OF "WHERE " HELD " AND "
                  IN_PERIOD("x.contact_on") " GROUP BY 1, 2, 3");
    if (st == ST_OK)
        st = cross_tables(m, "contacts", buf_text(&sql), c, 3, false, tables, err);
    buf_release(&sql);
    return st;
}

static enum status results(struct making *m, struct err *err)
{
    struct classes       c = { .name = NULL };
    enum status          st = classes_codes(&c, m->q->catalog, "contact_result", err);
    struct report_table *t;

    if (st != ST_OK)
        return st;
    t = add_table(m->r, "contact_results", _("What became of contacts"), _("Result"),
                  _("Every contact that was planned or tried in the period, by its result."));
    t->chart = CHART_BARS;
    st = table_of_measures(m, t, &c, by_result, ARRAY_LEN(by_result), true, err);
    classes_release(&c);
    return st;
}

/* In the order of the page; the contacts of the first are those of the third. */
enum { BY_MONTH, BY_AREA, CONTACTS_BY_MONTH };

static void add_tables(struct making *m)
{
    add_table(m->r, "by_month", _("Work by month"), _("Month"),
              _("Referrals received, and those of them accepted (or put on the waiting list) since; first what "
                "matters conversations held; contacts that took place; episodes of support closed: each by the month "
                "of its own day."))
        ->chart = CHART_BARS;
    add_table(m->r, "by_area", _("Work by area"), _("Area"),
              _("By the local authority of the person, in its health board. Referrals that led to no episode of "
                "support have no area in the data set and stand under Not known."));
    add_table(m->r, "contacts_by_month", _("Contacts held, by month and how"), _("Month"),
              _("Contacts that took place, by the month they were held in and how people were met."));
    add_table(m->r, "contacts_by_area", _("Contacts held, by area and how"), _("Area"),
              _("The same contacts by the local authority of the person, in its health board."));
}

enum status make_activity(struct making *m, struct err *err)
{
    struct classes c[3] = { months_of(m), modes(), { .name = NULL } };
    enum status    st = classes_areas(&c[2], m->q->catalog, err);

    add_tables(m);
    m->copy = CONTACTS_BY_MONTH;
    if (st == ST_OK)
        st = contacts(m, c, CONTACTS_BY_MONTH, err);
    if (st == ST_OK)
        st = table_of_measures(m, &m->r->tables[BY_MONTH], &c[0], by_month, ARRAY_LEN(by_month), true, err);
    if (st == ST_OK)
        st = table_of_measures(m, &m->r->tables[BY_AREA], &c[2], by_area, ARRAY_LEN(by_area), true, err);
    if (st == ST_OK)
        st = results(m, err);
    if (st == ST_OK)
        st = add_reports_made(m, err);
    for (size_t i = 0; i < ARRAY_LEN(c); i++)
        classes_release(&c[i]);
    return st;
}
