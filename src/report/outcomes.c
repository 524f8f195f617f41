/* outcomes: the change of the same person on the same question in the same words, and how many were asked at all.
 *
 * Pairs are formed within one episode, one version and one wording of a measure: the first baseline and the last
 * review or closing after it. Nothing is summed that the measure's own definition does not sum; the four ONS
 * questions stay apart. */
#include "build.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/forms/measure.h"
#include "waits.h"
#include "dolen/base/banned.h"

#define COHORT \
    "cohort AS (SELECT e.source_id, e.episode_id FROM referral x JOIN episode e ON e.source_id = x.source_id " \
    "AND e.referral_id = x.referral_id WHERE " IN_PERIOD("x.received_on") ")"

/* b and f: the value at the start and the last one after; alike: same version and wording, so they are a pair. Where
 * days are alike, as under a policy of months, a closing is later than a review, and of two of a kind that which was
 * written last. */
static const char paired_sql[] =
    "WITH " COHORT ", taken AS (SELECT o.source_id, o.episode_id, o.instrument, o.item, o.value, o.taken_on, "
    "o.row_version, o.wording || ' ' || CAST(o.instrument_version AS text) AS words, "
    "CASE WHEN o.stage = 'BASELINE' THEN 1 ELSE 0 END AS base, "
    "CASE WHEN o.stage = 'CLOSING' THEN 1 ELSE 0 END AS closing "
    "FROM outcome o JOIN cohort c ON c.source_id = o.source_id AND c.episode_id = o.episode_id "
    "WHERE o.value IS NOT NULL), "
    "placed AS (SELECT t.*, row_number() OVER (PARTITION BY t.source_id, t.episode_id, t.instrument, t.item, t.base "
    "ORDER BY CASE WHEN t.base = 1 THEN t.taken_on END, CASE WHEN t.base = 1 THEN t.row_version END, t.taken_on DESC, "
    "t.closing DESC, t.row_version DESC, t.words, t.value) AS place FROM taken t), "
    "pair AS (SELECT p.source_id, p.episode_id, p.instrument, p.item, max(CASE WHEN p.base = 1 THEN p.value END) AS b, "
    "max(CASE WHEN p.base = 0 THEN p.value END) AS f, max(CASE WHEN p.base = 1 THEN p.words END) AS bw, "
    "max(CASE WHEN p.base = 0 THEN p.words END) AS fw, max(CASE WHEN p.base = 1 THEN p.taken_on END) AS bt, "
    "max(CASE WHEN p.base = 0 THEN p.taken_on END) AS ft FROM placed p WHERE p.place = 1 GROUP BY 1, 2, 3, 4) "
    "SELECT instrument, item, b, f, CASE WHEN bw = fw AND ft >= bt THEN 1 ELSE 0 END AS alike, count(*) FROM pair "
    "GROUP BY 1, 2, 3, 4, 5";

static const char cohort_sql[] = "WITH " COHORT " SELECT count(*) FROM cohort";
static const char referred_sql[] = "SELECT count(*) FROM referral x WHERE " IN_PERIOD("x.received_on");

/* One score of one measure. */
struct outcome {
    char             *code, *label;
    char             *instrument, *item;
    const struct score *score;                                  /* of the catalog */
    long              start_alone, later_alone, both_apart;     /* both_apart: both, but no pair */
    long              better, same, worse;
    long              surely_better, surely_worse;              /* of these, by more than the measure's own error */
    struct stat_sums  sums;
    struct waits      changes;
};

struct outcomes {
    struct outcome *items;
    size_t          count, cap;
    long            referred, episodes;
};

static char *upper(const char *s)
{
    char *u = xstrdup(s);

    for (char *p = u; *p; p++)
        *p = (char)toupper((unsigned char)*p);
    return u;
}

static void add_scores(struct outcomes *all, const struct form *f)
{
    for (size_t i = 0; i < f->measure.score_count; i++) {
        const struct score *s = &f->measure.scores[i];
        struct outcome     *o = ARRAY_ADD(all->items, all->count, all->cap);

        o->instrument = upper(f->id);
        o->item = upper(s->name);
        o->code = xasprintf("%s.%s", o->instrument, o->item);
        o->label = xasprintf("%s: %s", o->instrument, text2_now(&s->label));
        o->score = s;
    }
}

/* Every score of every measure there is a definition for. */
static void find_scores(struct making *m, struct outcomes *all)
{
    size_t             n;
    const char *const *ids = catalog_list(m->q->catalog, DEF_FORM, &n);

    for (size_t i = 0; i < n; i++) {
        const struct form *f = catalog_form(m->q->catalog, ids[i], NULL);

        if (f && f->is_measure)
            add_scores(all, f);
    }
}

static struct outcome *find(struct outcomes *all, const char *instrument, const char *item)
{
    for (size_t i = 0; i < all->count; i++)
        if (str_eq(all->items[i].instrument, instrument) && str_eq(all->items[i].item, item))
            return &all->items[i];
    return NULL;
}

static void add_pair(struct outcome *o, double before, double after, long times)
{
    double change = after - before;
    bool   down = o->score->lower_is_better, surely = score_change_is_reliable(o->score, change);
    bool   better = down ? change < 0 : change > 0, worse = down ? change > 0 : change < 0;

    o->better += better ? times : 0;
    o->worse += worse ? times : 0;
    o->surely_better += better && surely ? times : 0;
    o->surely_worse += worse && surely ? times : 0;
    o->same += change == 0 ? times : 0;
    stat_add(&o->sums, &(struct stat_sums){ (double)times, change * (double)times, change * change * (double)times });
    waits_add(&o->changes, change, times);
}

static enum status read_pairs(struct making *m, struct outcomes *all, struct err *err)
{
    const struct query_value period[] = { query_text(m->from), query_text(m->until) };
    struct query *q = NULL;
    bool          row = true;
    enum status   st = query_ask(&q, &m->q->engine, paired_sql, period, ARRAY_LEN(period), err);

    while (st == ST_OK && (st = query_next(q, &row, err)) == ST_OK && row) {
        char           *instrument = xstrdup(query_string(q, 0));
        struct outcome *o = find(all, instrument, query_string(q, 1));
        double          before = query_number(q, 2), after = query_number(q, 3);
        long            times = (long)query_integer(q, 5);

        free(instrument);
        if (!o)
            continue;
        if (isnan(after))
            o->start_alone += times;
        else if (isnan(before))
            o->later_alone += times;
        else if (!query_integer(q, 4))
            o->both_apart += times;
        else
            add_pair(o, before, after, times);
    }
    query_end(&q);
    return st;
}

/* ---- what may be shown ---- */

/* Of the episodes: with an answer at the start or not, with a later one or not; those with both that are a pair came
 * out better, the same or worse. */
struct asked {
    struct suppress *s;
    size_t           start, later, pairs, better, same, worse, surely_better, surely_worse;
};

/* Those who came out so, of whom some by more than the measure's own error, where one is published. */
static size_t came_out(struct suppress *s, const char *const name[3], long all, long surely, bool published,
                       const int way[2], size_t *more)
{
    int    both;
    size_t whole;

    if (!published)
        return suppress_count(s, name[0], all, SUPPRESS_CELL, way[0], way[1]);
    both = suppress_joint(s);
    whole = suppress_count(s, name[0], all, SUPPRESS_SUBTOTAL, way[0], both);
    *more = suppress_count(s, name[1], surely, SUPPRESS_CELL, both, way[1]);
    suppress_count(s, name[2], all - surely, SUPPRESS_CELL, both, way[1]);
    return whole;
}

static struct asked asked_new(const struct making *m, const struct outcome *o, long episodes)
{
    static const char *const better[] = { "better", "better beyond error", "better within error" };
    static const char *const worse[] = { "worse", "worse beyond error", "worse within error" };
    struct asked a = { .s = suppress_new(&m->rule) };
    long pairs = o->better + o->same + o->worse, start = pairs + o->both_apart + o->start_alone;
    long later = pairs + o->both_apart + o->later_alone, neither = episodes - start - o->later_alone;
    int  in = suppress_joint(a.s), out = suppress_joint(a.s), yes = suppress_joint(a.s), no = suppress_joint(a.s);
    int  then = suppress_joint(a.s), never = suppress_joint(a.s), pair = suppress_joint(a.s);
    const int  way[2] = { pair, then };
    const bool published = o->score->reliable > 0;

    suppress_count(a.s, "", episodes, SUPPRESS_TOTAL, out, in);
    a.start = suppress_count(a.s, "start", start, SUPPRESS_SUBTOTAL, in, yes);
    suppress_count(a.s, "no start", episodes - start, SUPPRESS_SUBTOTAL, in, no);
    a.pairs = suppress_count(a.s, "pairs", pairs, SUPPRESS_SUBTOTAL, yes, pair);
    a.better = came_out(a.s, better, o->better, o->surely_better, published, way, &a.surely_better);
    a.same = suppress_count(a.s, "same", o->same, SUPPRESS_CELL, pair, then);
    a.worse = came_out(a.s, worse, o->worse, o->surely_worse, published, way, &a.surely_worse);
    suppress_count(a.s, "both apart", o->both_apart, SUPPRESS_CELL, yes, then);
    suppress_count(a.s, "start alone", o->start_alone, SUPPRESS_CELL, yes, never);
    suppress_count(a.s, "later alone", o->later_alone, SUPPRESS_CELL, no, then);
    suppress_count(a.s, "neither", neither, SUPPRESS_CELL, no, never);
    a.later = suppress_count(a.s, "later", later, SUPPRESS_SUBTOTAL, then, out);
    suppress_count(a.s, "no later", episodes - later, SUPPRESS_SUBTOTAL, never, out);
    return a;
}

enum { ASKED_REFERRED, ASKED_EPISODES, ASKED_START, ASKED_LATER, ASKED_PAIRS, ASKED_SHARE, ASKED_COLUMNS };
enum { CHANGE_PAIRS, CHANGE_MEAN, CHANGE_LOW, CHANGE_HIGH, CHANGE_MEDIAN, CHANGE_BETTER, CHANGE_SAME, CHANGE_WORSE,
       CHANGE_SURELY_BETTER, CHANGE_SURELY_WORSE, CHANGE_COLUMNS };

static void put_asked(struct making *m, struct report_table *t, const struct outcome *o, const struct asked *a,
                      const struct outcomes *all)
{
    struct report_row *row = add_row(t, o->code, o->label, ROW_PLAIN);

    row->cells[ASKED_REFERRED] = cell_count(m, all->referred);
    row->cells[ASKED_EPISODES] = cell_count(m, all->episodes);
    row->cells[ASKED_START] = cell_of(a->s, a->start);
    row->cells[ASKED_LATER] = cell_of(a->s, a->later);
    row->cells[ASKED_PAIRS] = cell_of(a->s, a->pairs);
    row->cells[ASKED_SHARE] = cell_share(m, row->cells[ASKED_PAIRS], row->cells[ASKED_EPISODES]);
}

/* With one decimal every average of ten or more whole numbers is one that any other number of people could

 * have, too. */
static double tenth(const struct making *m, double v)
{
    return m->q->unsuppressed ? v : round(v * 10) / 10;
}

static void put_change(struct making *m, struct report_table *t, struct outcome *o, const struct asked *a)
{
    struct report_row   *row = add_row(t, o->code, o->label, ROW_PLAIN);
    struct stat_interval ci = stat_mean_interval(&o->sums);
    const double         figures[] = { stat_sums_mean(&o->sums), ci.low, ci.high, waits_quantile(&o->changes, 0.5) };
    const size_t         counts[] = { a->better, a->same, a->worse }, surely[] = { a->surely_better, a->surely_worse };

    row->cells[CHANGE_PAIRS] = cell_of(a->s, a->pairs);
    for (size_t i = 0; i < ARRAY_LEN(figures); i++)
        row->cells[CHANGE_MEAN + i] = cell_on(m, tenth(m, figures[i]), o->sums.n);
    for (size_t i = 0; i < ARRAY_LEN(counts); i++)
        row->cells[CHANGE_BETTER + i] = cell_share(m, cell_of(a->s, counts[i]), row->cells[CHANGE_PAIRS]);
    for (size_t i = 0; i < ARRAY_LEN(surely); i++)
        row->cells[CHANGE_SURELY_BETTER + i] = o->score->reliable > 0
            ? cell_share(m, cell_of(a->s, surely[i]), row->cells[CHANGE_PAIRS]) : cell_state(CELL_NOT_APPLICABLE);
}

static void add_columns(struct report_table *asked, struct report_table *change)
{
    static const struct { const char *code, *label; int decimals; bool share, change; } columns[] = {
        { "REFERRED", N_("Referred"), 0, false, false },
        { "EPISODES", N_("Episodes"), 0, false, false },
        { "BASELINE", N_("At the start"), 0, false, false },
        { "FOLLOW_UP", N_("Later"), 0, false, false },
        { "PAIRED", N_("Paired"), 0, false, false },
        { "PAIRED_SHARE", N_("Share paired"), 0, true, false },
        { "PAIRED", N_("Paired"), 0, false, true },
        { "MEAN_CHANGE", N_("Mean change"), 1, false, true },
        { "CI_LOW", N_("From (95%)"), 1, false, true },
        { "CI_HIGH", N_("To (95%)"), 1, false, true },
        { "MEDIAN_CHANGE", N_("Median change"), 1, false, true },
        { "BETTER", N_("Better, %"), 0, true, true },
        { "SAME", N_("Same, %"), 0, true, true },
        { "WORSE", N_("Worse, %"), 0, true, true },
        { "BETTER_BEYOND_ERROR", N_("Better beyond error, %"), 0, true, true },
        { "WORSE_BEYOND_ERROR", N_("Worse beyond error, %"), 0, true, true },
    };

    for (size_t i = 0; i < ARRAY_LEN(columns); i++) {
        struct report_column *c = add_column(columns[i].change ? change : asked, columns[i].code, _(columns[i].label));

        c->decimals = columns[i].decimals;
        c->share = columns[i].share;
    }
}

static bool asked_anybody(const struct outcome *o)
{
    return o->start_alone + o->later_alone + o->both_apart + o->better + o->same + o->worse > 0;
}

static enum status make_tables(struct making *m, struct outcomes *all, struct err *err)
{
    size_t               first = m->r->count;
    struct report_table *asked, *change;
    enum status          st = ST_OK;

    add_table(m->r, "asked", _("How many were asked"), _("Measure"),
              _("Referred: referrals received in the period. Episodes: the episodes of support that came of them. At "
                "the start: with an answer at baseline; later: with one at a review or at closing. Paired: both, the "
                "later one not before the first, of the same version and in the same wording."));
    add_table(m->r, "change", _("Change"), _("Measure"),
              _("Of pairs alone: the last answer less the first. 95%: the t interval of the mean, mean ± t(0.975, n "
                "− 1) × sd / √n. Better, same and worse are told by the direction of each measure (less anxious is "
                "better). Beyond error: by more than the measure's own error, where one is published "
                "(docs/sources.md). The four ONS questions are never summed. A change is not proof of what caused "
                "it."));
    asked = &m->r->tables[first];
    change = &m->r->tables[first + 1];
    add_columns(asked, change);
    change->chart = CHART_INTERVALS;
    change->chart_column = CHANGE_MEAN;
    for (size_t i = 0; i < all->count && st == ST_OK; i++) {
        struct outcome *o = &all->items[i];
        struct asked    a = asked_new(m, o, all->episodes);
        char           *table = xasprintf("outcomes.%s", o->code);

        st = publish(m, a.s, table, err);
        if (st == ST_OK && asked_anybody(o)) {
            put_asked(m, asked, o, &a, all);
            put_change(m, change, o, &a);
        }
        free(table);
        suppress_free(&a.s);
    }
    return st;
}

static void outcomes_release(struct outcomes *all)
{
    for (size_t i = 0; i < all->count; i++) {
        struct outcome *o = &all->items[i];

        free(o->code);
        free(o->label);
        free(o->instrument);
        free(o->item);
        waits_release(&o->changes);
    }
    free(all->items);
}

enum status make_outcomes(struct making *m, struct err *err)
{
    struct outcomes all = { .items = NULL };
    enum status     st;

    find_scores(m, &all);
    st = count_one(m, referred_sql, &all.referred, err);
    if (st == ST_OK)
        st = count_one(m, cohort_sql, &all.episodes, err);
    if (st == ST_OK)
        st = read_pairs(m, &all, err);
    if (st == ST_OK)
        st = make_tables(m, &all, err);
    outcomes_release(&all);
    return st;
}
