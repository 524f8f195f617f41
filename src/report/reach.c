/* reach: who is referred and who is not, against the people who live there.
 *
 * The standard rates are those of the whole area, by age band and sex: people referred over people living there, as
 * the population table has them. A group's own referrals enter them only as part of the whole; the age and sex of the
 * referred are never taken for those of the population. */
#include "build.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dolen/base/buf.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "crowd.h"
#include "population.h"
#include "dolen/base/banned.h"

/* Each person once. A person may have had several episodes: of two values the greater is taken, so that it does not
 * matter which came first. */
#define REFERRED \
    "WITH seen AS (SELECT x.source_id, x.person_id, max(e.wimd_decile) AS decile, max(e.age_band) AS age_band, " \
    "max(e.sex) AS sex, max(e.ethnic_group) AS ethnic_group, max(e.language_speak) AS language_speak, " \
    "max(e.carer) AS carer, max(e.local_authority) AS local_authority FROM referral x " SQL_REFERRED \
    "WHERE " IN_PERIOD("x.received_on") " GROUP BY 1, 2) "

enum { PER = 1000 };

enum by { BY_DECILE, BY_AGE, BY_SEX, BY_AREA };

static bool population_has(const struct population *p, enum by by)
{
    const bool has[] = { p && p->has_decile, p && p->has_age, p && p->has_sex, p && p->has_area };

    return has[by];
}

static const char *key_of(const struct population_row *r, enum by by, char decile[12])
{
    switch (by) {
    case BY_DECILE:
        snprintf(decile, 12, "%d", r->decile);
        return decile;
    case BY_AGE:
        return r->age_band;
    case BY_SEX:
        return r->sex;
    case BY_AREA:
        return r->area;
    }
    return NULL;
}

/* ---- standard rates ---- */

struct stratum {
    char   age_band[12], sex[12];
    double people, referred;
};
struct strata {
    struct stratum *items;
    size_t          count, cap;
};

static struct stratum *stratum(struct strata *s, const char *age_band, const char *sex, bool add)
{
    struct stratum *it;

    for (size_t i = 0; i < s->count; i++)
        if (str_eq(s->items[i].age_band, age_band) && str_eq(s->items[i].sex, sex))
            return &s->items[i];
    if (!add)
        return NULL;
    it = ARRAY_ADD(s->items, s->count, s->cap);
    str_copy(it->age_band, sizeof it->age_band, age_band);
    str_copy(it->sex, sizeof it->sex, sex);
    return it;
}

static enum status find_strata(struct making *m, const char *id, struct strata *s, struct err *err)
{
    char         *cut = xasprintf("%s strata/2", id);
    const struct population *p = m->q->population;
    struct query *q = NULL;
    bool          row = true;
    enum status   st;

    for (size_t i = 0; i < p->count; i++)
        stratum(s, p->rows[i].age_band, p->rows[i].sex, true)->people += p->rows[i].people;
    st = query_ask(&q, &m->q->engine, cut, NULL, 0, err);
    while (st == ST_OK && (st = query_next(q, &row, err)) == ST_OK && row) {
        const char     *age = p->has_age ? query_string(q, 0) : "";
        char           *band = xstrdup(age ? age : "?");
        const char     *sex = p->has_sex ? query_string(q, 1) : "";
        struct stratum *it = stratum(s, band, sex ? sex : "?", false);

        if (it)
            it->referred += (double)query_integer(q, 2);
        free(band);
    }
    query_end(&q);
    free(cut);
    return st;
}

static double rate_of(struct strata *s, const struct population_row *r)
{
    const struct stratum *it = stratum(s, r->age_band, r->sex, false);

    return it && it->people > 0 ? it->referred / it->people : 0;
}

/* ---- a table of rates ---- */


static void add_rate_columns(struct report_table *t, bool ratio)
{
    static const struct { const char *code, *label; int decimals; } columns[] = {
        { "POPULATION", N_("Population"), 0 },     { "RATE", N_("Per 1,000"), 1 },
        { "RATE_LOW", N_("From (95%)"), 1 },         { "RATE_HIGH", N_("To (95%)"), 1 },
        { "RATIO", N_("Ratio"), 0 },               { "RATIO_LOW", N_("From (95%)"), 0 },
        { "RATIO_HIGH", N_("To (95%)"), 0 },
    };

    for (size_t i = 0; i < ARRAY_LEN(columns) - (ratio ? 0 : 3); i++)
        append_column(t, columns[i].code, _(columns[i].label))->decimals = columns[i].decimals;
}

static void put_rate(struct report_row *row, size_t at, struct report_cell count,
                     struct stat_rate (*rate)(double, double), double base)
{
    struct stat_rate r = { NAN, NAN, NAN };

    if (count.state == CELL_SHOWN && base > 0)
        r = rate(count.value, base);
    row->cells[at] = count.state == CELL_SHOWN ? cell_value(r.rate) : count;
    row->cells[at + 1] = count.state == CELL_SHOWN ? cell_value(r.low) : count;
    row->cells[at + 2] = count.state == CELL_SHOWN ? cell_value(r.high) : count;
}

static struct stat_rate per_thousand(double count, double people)
{
    return stat_rate(count, people, PER);
}

/* Where a row's figures go: people in the last of the counts, those of known age and sex in the first. */
static void fill_row(struct report_table *t, struct report_row *row, double people, double expected)
{
    size_t all = column_of(t, "PEOPLE") < t->column_count ? column_of(t, "PEOPLE") : column_of(t, "TOTAL");
    size_t rate = column_of(t, "RATE"), ratio = column_of(t, "RATIO"), known = column_of(t, "KNOWN");

    row->cells[column_of(t, "POPULATION")] = cell_value(people > 0 ? people : NAN);
    put_rate(row, rate, row->cells[all], per_thousand, people);
    /* of all together it is 100 */
    if (ratio < t->column_count && known < t->column_count && row->kind != ROW_TOTAL)
        put_rate(row, ratio, row->cells[known], stat_isr, expected);
}

static void fill_rates(struct making *m, struct report_table *t, enum by by, struct strata *strata)
{
    const struct population *p = m->q->population;

    for (size_t i = 0; i < t->row_count; i++) {
        struct report_row *row = &t->rows[i];
        double people = 0, expected = 0;

        for (size_t k = 0; k < p->count; k++) {
            char decile[12];

            if (row->kind != ROW_TOTAL && !str_eq(key_of(&p->rows[k], by, decile), row->code))
                continue;
            people += p->rows[k].people;
            expected += strata ? p->rows[k].people * rate_of(strata, &p->rows[k]) : 0;
        }
        if (!str_eq(row->code, NOT_KNOWN) && row->kind != ROW_SUBTOTAL)
            fill_row(t, row, people, expected);
    }
}

struct reach_table {
    const char *id, *title, *row_title, *note;      /* N_() but the id */
    const char *list;                               /* of codes; NULL: deciles, areas */
    enum by     by;
    bool        rates;
    const char *key;                                /* of the people seen */
};

static const struct reach_table tables[] = {
    { "decile", N_("By deprivation"), N_("WIMD decile (1 most deprived)"),
      N_("People with a referral received in the period, each once, by the decile of the Welsh Index of Multiple "
         "Deprivation of where they live."), NULL, BY_DECILE, true, "CAST(decile AS text)" },
    { "age", N_("By age"), N_("Age"), N_("The same people by age when their support began."), "age_band", BY_AGE, true,
      "age_band" },
    { "sex", N_("By sex"), N_("Sex"), N_("The same people by sex."), "sex", BY_SEX, true, "sex" },
    { "area", N_("By area"), N_("Area"), N_("The same people by local authority, in its health board."), NULL, BY_AREA,
      true,
      "local_authority" },
    { "ethnic_group", N_("By ethnic group"), N_("Ethnic group"), N_("The same people by ethnic group."),
      "ethnic_group", BY_SEX,
      false, "ethnic_group" },
    { "language", N_("By language for speaking"), N_("Language"),
      N_("The same people by the language they prefer to speak."),
      "language_preference", BY_SEX, false, "language_speak" },
    { "carer", N_("By caring for somebody"), N_("Carer"), N_("The same people by whether they look after somebody."),
      "carer",
      BY_SEX, false, "carer" },
};

static struct classes deciles(void)
{
    struct classes c = classes_new("decile");
    char           code[12];

    for (int i = 1; i <= 10; i++) {
        snprintf(code, sizeof code, "%d", i);
        classes_add(&c, code, code);
    }
    classes_add(&c, NOT_KNOWN, _("Not known"));
    return c;
}

/* Bands are the policy's and the population's, and need not be those of the list: what is found is added. */
static enum status classes_of(struct making *m, const struct reach_table *spec, struct classes *c, struct err *err)
{
    const struct population *p = m->q->population;
    enum status st;

    if (spec->list)
        st = classes_codes(c, m->q->catalog, spec->list, err);
    else if (spec->by == BY_AREA)
        return classes_areas(c, m->q->catalog, err);
    else
        return *c = deciles(), ST_OK;
    for (size_t i = 0; st == ST_OK && spec->rates && spec->by == BY_AGE && p && i < p->count; i++)
        if (p->has_age && !classes_have(c, p->rows[i].age_band))
            classes_add(c, p->rows[i].age_band, p->rows[i].age_band);
    return st;
}

/* Ratios where age or sex is known beside the class itself. */
static bool has_ratio(const struct making *m, const struct reach_table *spec)
{
    const struct population *p = m->q->population;

    return spec->rates && (spec->by == BY_DECILE || spec->by == BY_AREA) && population_has(p, spec->by) &&
           (p->has_age || p->has_sex);
}

static enum status add_rates(struct making *m, struct report_table *t, const struct reach_table *spec, struct err *err)
{
    struct strata strata = { .items = NULL };
    bool          ratio = has_ratio(m, spec);
    enum status   st = ratio ? find_strata(m, spec->id, &strata, err) : ST_OK;

    if (st == ST_OK) {
        add_rate_columns(t, ratio);
        fill_rates(m, t, spec->by, ratio ? &strata : NULL);
        t->chart = CHART_INTERVALS;
        t->chart_column = column_of(t, "RATE");
    }
    free(strata.items);
    return st;
}

/* One question for all tables: people by class, and, for the ratio, whether their age and sex are known and how many
 * there are of each. */
static void ask_all(const struct making *m, struct buf *sql)
{
    const struct population *p = m->q->population;

    buf_add(sql, REFERRED);
    for (size_t i = 0; i < ARRAY_LEN(tables); i++) {
        const struct reach_table *t = &tables[i];

        buf_addf(sql, "%sSELECT '%s' AS cut, ", i ? " UNION ALL " : "", t->id);
        if (has_ratio(m, t))
            buf_addf(sql, "CASE WHEN 1 = 1%s%s THEN 'KNOWN' ELSE 'UNKNOWN' END",
                     p->has_age ? " AND age_band IS NOT NULL" : "", p->has_sex ? " AND sex IS NOT NULL" : "");
        else
            buf_add(sql, "CAST(NULL AS text)");
        buf_addf(sql, " AS a, %s AS b, count(*) FROM seen GROUP BY 1, 2, 3", t->key);
        if (has_ratio(m, t))
            buf_addf(sql, " UNION ALL SELECT '%s strata' AS cut, age_band AS a, sex AS b, count(*) FROM seen "
                          "WHERE %s IS NOT NULL GROUP BY 1, 2, 3", t->id, t->key);
    }
}

static enum status count_people(struct making *m, struct report_table *t, const struct reach_table *spec,
                                struct classes *rows, struct err *err)
{
    struct measure_column people = { .code = "PEOPLE", .label = N_("People") };
    struct classes c[2] = { classes_new("known"), *rows };
    char          *cut;
    enum status    st;

    if (has_ratio(m, spec)) {
        classes_add(&c[0], "KNOWN", _("Age and sex known"));
        classes_add(&c[0], "UNKNOWN", _("Not known"));
        cut = xasprintf("%s/2", spec->id);
        st = cross_tables(m, spec->id, cut, c, 2, true, &t, err);
        free(cut);
    } else {
        people.sql = spec->id;
        st = table_of_measures(m, t, rows, &people, 1, true, err);
    }
    classes_release(&c[0]);
    return st;
}

static enum status one_table(struct making *m, const struct reach_table *spec, struct err *err)
{
    struct classes       c = { .name = NULL };
    struct report_table *t;
    enum status          st = classes_of(m, spec, &c, err);

    if (st != ST_OK)
        return st;
    t = add_table(m->r, spec->id, _(spec->title), _(spec->row_title), _(spec->note));
    t->chart = CHART_BARS;
    st = count_people(m, t, spec, &c, err);
    if (st == ST_OK && spec->rates && population_has(m->q->population, spec->by))
        st = add_rates(m, t, spec, err);
    classes_release(&c);
    return st;
}

static enum status all_tables(struct making *m, struct err *err)
{
    const struct report_request *asked = m->q;
    const struct query_value period[] = { query_text(m->from), query_text(m->until) };
    struct report_request by_cut = *asked;
    struct crowd crowd;
    struct buf   sql = BUF_INIT;
    enum status  st;

    ask_all(m, &sql);
    st = crowd_ask(&crowd, &asked->engine, buf_text(&sql), period, ARRAY_LEN(period), err);
    by_cut.engine = engine_crowd(&crowd);
    m->q = &by_cut;
    for (size_t i = 0; i < ARRAY_LEN(tables) && st == ST_OK; i++)
        st = one_table(m, &tables[i], err);
    m->q = asked;
    crowd_release(&crowd);
    buf_release(&sql);
    return st;
}

enum status make_reach(struct making *m, struct err *err)
{
    enum status st = all_tables(m, err);
    char       *text;

    if (!m->q->population) {
        add_note(m->r, _("No population table was given, so there are no rates: counts alone do not say who is left "
                         "out. Give one with --population."));
        return st;
    }
    text = xasprintf(_("Population: %s. Rates are people referred per 1,000 people living there. 95%%: Byar's limits "
                       "of the count O, low O(1 − 1/(9O) − z/(3√O))³, high (O + 1)(1 − 1/(9(O + 1)) + z/(3√(O + "
                       "1)))³ with z = 1.959963984540054, divided like the count."),
                     m->q->population->name);
    add_note(m->r, text);
    free(text);
    add_note(m->r, _("Ratio: indirectly standardised, 100 × people referred / people expected. Expected: what the "
                     "rates of the whole area by age and sex, people referred over people living there, give for the "
                     "people living in the group. People of whom age, sex or the group is not known are in neither. "
                     "100 is as many as expected; Byar's limits."));
    return st;
}
