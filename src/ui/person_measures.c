/* person_measures.c - measures over time: what was answered, what it means, whether it moved.
 *
 * Nothing is summed here: a row is one score or item as it was stored. Two values are compared only when the words they
 * were asked in were the same. */
#include "person_priv.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/core/measure.h"
#include "dolen/core/person.h"
#include "dolen/forms/measure.h"
#include "dolen/base/banned.h"

#define VALUES_SHOWN 2000

/* One line of an instrument: its values, oldest first. */
struct series {
    const char           *item, *label;
    const struct score   *score;         /* NULL: an item of a sum, without a scale of its own */
    const struct record **values;
    size_t                count;
    const struct record **gaps;          /* of a score made of several answers: where one of them has none */
    size_t                gap_count;
};

static void series_take(struct series *x, const struct records *all, const char *instrument)
{
    x->values = xcalloc(all->count + 1, sizeof *x->values);
    for (size_t i = 0; i < all->count; i++)
        if (str_eq(record_text(&all->items[i], MEASURE_instrument), instrument) &&
            str_eq(record_text(&all->items[i], MEASURE_item), x->item))
            x->values[x->count++] = &all->items[i];
}

static bool has_item(const struct records *all, struct id response, const char *item)
{
    for (size_t i = 0; i < all->count; i++)
        if (id_eq(record_id(&all->items[i], MEASURE_response), response) &&
            str_eq(record_text(&all->items[i], MEASURE_item), item))
            return true;
    return false;
}

/* A score that was to be made is missed where some of its answers stand and it does not: any value of each such filing. */
static void series_gaps(struct series *x, const struct records *all, const char *instrument)
{
    x->gaps = xcalloc(all->count + 1, sizeof *x->gaps);
    for (size_t i = 0; i < all->count; i++) {
        const struct record *m = &all->items[i];
        struct id response = record_id(m, MEASURE_response);
        bool seen = false;

        for (size_t g = 0; g < x->gap_count; g++)
            seen = seen || id_eq(record_id(x->gaps[g], MEASURE_response), response);
        if (!seen && str_eq(record_text(m, MEASURE_instrument), instrument) && !has_item(all, response, x->item))
            x->gaps[x->gap_count++] = m;
    }
}

static double value_of(const struct record *m)
{
    return record_text(m, MEASURE_value) ? strtod(record_text(m, MEASURE_value), NULL) : NAN;
}

static bool same_wording(const struct record *a, const struct record *b)
{
    return str_eq(record_text(a, MEASURE_wording), record_text(b, MEASURE_wording));
}

/* The first of the baseline, and the newest later value asked in the same words. */
static void pair_of(const struct series *x, const struct record **before, const struct record **after,
                    bool *other_words)
{
    *before = *after = NULL;
    *other_words = false;
    for (size_t i = 0; i < x->count; i++) {
        bool baseline = str_eq(record_text(x->values[i], MEASURE_stage), "BASELINE");

        if (baseline && !*before)
            *before = x->values[i];
        else if (!baseline && *before && same_wording(*before, x->values[i]))
            *after = x->values[i];
        else if (!baseline && *before)
            *other_words = true;
    }
}

/* Where it is published how much a score moves by itself. */
static void error_words(const struct score *s, double change, struct buf *out)
{
    if (s->reliable > 0 && change != 0)
        buf_addf(out, ", %s", score_change_is_reliable(s, change) ? _("more than measurement error")
                                                                       : _("within measurement error"));
}

/* The next of both lists, oldest first; *is_gap: from which; NULL behind the last. */
static const struct record *next_of(const struct series *x, size_t *value, size_t *gap, bool *is_gap)
{
    const struct record *v = *value < x->count ? x->values[*value] : NULL;
    const struct record *g = *gap < x->gap_count ? x->gaps[*gap] : NULL;

    *is_gap = g && (!v || date_compare(record_date(g, MEASURE_taken_on), record_date(v, MEASURE_taken_on)) <= 0);
    *gap += *is_gap;
    *value += !*is_gap;
    return *is_gap ? g : v;
}

/* "Baseline 3 (Low) · Review 6 (Medium): better" */
static void series_words(struct person_view *v, const struct series *x, struct buf *out)
{
    const struct record *before, *after, *m;
    bool other_words, gap;
    size_t value = 0, none = 0;

    while ((m = next_of(x, &value, &none, &gap))) {
        const struct band *band = x->score && !gap ? score_band(x->score, value_of(m)) : NULL;

        words_add(out, word_of(v->u, "stage", record_text(m, MEASURE_stage)));
        buf_addf(out, " %s", gap ? _("no score: a question has no answer") : record_or(m, MEASURE_value, "-"));
        if (band)
            buf_addf(out, " (%s)", text2_now(&band->label));
    }
    pair_of(x, &before, &after, &other_words);
    if (before && after && x->score) {
        buf_addf(out, ": %s", change_label(measure_change(value_of(before), value_of(after),
                                                          !x->score->lower_is_better)));
        error_words(x->score, value_of(after) - value_of(before), out);
    } else if (before && other_words)
        buf_addf(out, ": %s", _("asked in other words, so not compared"));
}

static enum style series_style(const struct series *x)
{
    const struct record *before, *after;
    bool other_words;

    pair_of(x, &before, &after, &other_words);
    if (!before || !after || !x->score)
        return STYLE_VALUE;
    switch (measure_change(value_of(before), value_of(after), !x->score->lower_is_better)) {
    case CHANGE_BETTER: return STYLE_GOOD;
    case CHANGE_WORSE:  return STYLE_WARN;
    default:            return STYLE_VALUE;
    }
}

static void series_row(struct person_view *v, struct sheet *s, const struct form *form, const struct series *x)
{
    const struct record *last = x->count ? x->values[x->count - 1] : x->gaps[x->gap_count - 1];
    struct focus f = person_focus_form(v, form->id, record_id(last, MEASURE_response), NULL);
    struct buf b = BUF_INIT;
    struct sheet_item *item;

    series_words(v, x, &b);
    f.question = form_question(form, x->item) ? form_question(form, x->item)->name : NULL;
    item = sheet_row(s, f, x->label, buf_text(&b));
    item->style = series_style(x);
    item->indent = x->score ? 0 : 2;
    buf_wipe(&b);
}

/* Only values in the words of the first one make a line. */
static void series_chart(struct sheet *s, const struct series *x)
{
    struct sheet_item *item;
    size_t n = 0;

    for (size_t i = 0; i < x->count; i++)
        n += same_wording(x->values[0], x->values[i]);
    if (n < 2 || !x->score)
        return;
    item = sheet_chart(s, x->label, x->score->low, x->score->high);
    for (size_t i = 0; i < x->count; i++)
        if (same_wording(x->values[0], x->values[i])) {
            struct date on = record_date(x->values[i], MEASURE_taken_on);

            sheet_value(item, date_days(on), value_of(x->values[i]));
            str_copy(item->value_count == 1 ? item->first : item->last, sizeof item->last, date_show(on).s);
        }
}

/* Scores first, in the order of the definition; then the items that have none of their own. */
static size_t series_of(const struct form *form, const struct records *all, struct series *out, size_t max)
{
    const struct measure *m = &form->measure;
    size_t n = 0;

    for (size_t i = 0; i < m->score_count && n < max; i++, n++) {
        const struct score *sc = &m->scores[i];

        out[n] = (struct series) { .item = sc->sum || sc->item_count == 0 ? sc->name :
                                                                            form->questions[sc->items[0]].name,
                                   .label = text2_now(&sc->label),
                                   .score = sc };
        series_take(&out[n], all, form->id);
        if (sc->sum || (sc->item_count && !qtype_asked(form->questions[sc->items[0]].type)))
            series_gaps(&out[n], all, form->id);
    }
    for (size_t q = 0; q < form->count && n < max; q++) {
        bool has_own = false;

        for (size_t i = 0; i < m->score_count; i++)
            has_own = has_own || str_eq(out[i].item, form->questions[q].name);
        if (has_own || !qtype_asked(form->questions[q].type))
            continue;
        out[n] = (struct series) { .item = form->questions[q].name, .label = text2_now(&form->questions[q].label) };
        series_take(&out[n++], all, form->id);
    }
    return n;
}

/* --- an instrument ---------------------------------------------------------------------------------------------- */

static const char *next_stage(struct person_view *v, const struct records *all, const struct form *form)
{
    bool begun = false;

    for (size_t i = 0; i < all->count; i++)
        begun = begun || (str_eq(record_text(&all->items[i], MEASURE_instrument), form->id) &&
                          str_eq(record_text(&all->items[i], MEASURE_stage), "BASELINE"));
    if (!begun)
        return "BASELINE";
    return record_text(&v->episode, EPISODE_closed_on) ? "CLOSING" : "REVIEW";
}

static bool too_young(const struct person_view *v, const struct form *form)
{
    int age = person_age(record_date(&v->person, PERSON_birth_date),
                         record_text(&v->person, PERSON_birth_precision), v->u->today);

    return age >= 0 && age < form->measure.minimum_age;
}

static void fill_in_row(struct person_view *v, struct sheet *s, const struct form *form, const struct records *all)
{
    const char *stage = next_stage(v, all, form);
    struct focus f = person_focus_form(v, form->id, ID_NONE, NULL);
    struct buf b = BUF_INIT;

    if (too_young(v, form)) {
        buf_addf(&b, _("From the age of %d on: not offered."), form->measure.minimum_age);
        sheet_text(s, STYLE_HINT, buf_text(&b));
    } else {
        f.stage = stage;
        buf_addf(&b, _("Fill it in: %s"), word_of(v->u, "stage", stage));
        sheet_row(s, f, NULL, buf_text(&b))->style = STYLE_HINT;
    }
    buf_release(&b);
}

static bool is_first_of_filing(const struct records *all, size_t i)
{
    for (size_t k = 0; k < i; k++)
        if (id_eq(record_id(&all->items[k], MEASURE_response), record_id(&all->items[i], MEASURE_response)))
            return false;
    return true;
}

/* A row above opens the newest answers; each filing has one of its own, so that an earlier one can be put right too. */
static void filing_rows(struct person_view *v, struct sheet *s, const struct form *form, const struct records *all)
{
    struct buf b = BUF_INIT;
    size_t filings = 0;

    for (size_t i = 0; i < all->count; i++)
        filings += str_eq(record_text(&all->items[i], MEASURE_instrument), form->id) && is_first_of_filing(all, i);
    for (size_t i = 0; i < all->count && filings > 1; i++) {
        const struct record *m = &all->items[i];

        if (!str_eq(record_text(m, MEASURE_instrument), form->id) || !is_first_of_filing(all, i))
            continue;
        buf_clear(&b);
        buf_addf(&b, _("Answers: %s · %s"), word_of(v->u, "stage", record_text(m, MEASURE_stage)),
                 date_show(record_date(m, MEASURE_taken_on)).s);
        sheet_row(s, person_focus_form(v, form->id, record_id(m, MEASURE_response), NULL), NULL, buf_text(&b));
    }
    buf_release(&b);
}

static void instrument(struct person_view *v, struct sheet *s, const struct form *form, const struct records *all)
{
    struct series series[64];
    size_t n = series_of(form, all, series, ARRAY_LEN(series));

    sheet_heading(s, text2_now(&form->title));
    for (size_t i = 0; i < n; i++)
        if (series[i].count + series[i].gap_count > 0)
            series_row(v, s, form, &series[i]);
    fill_in_row(v, s, form, all);
    filing_rows(v, s, form, all);
    for (size_t i = 0; i < n; i++) {
        if (series[i].count > 0)
            series_chart(s, &series[i]);
        free(series[i].values);
        free(series[i].gaps);
    }
}

static bool has_values(const struct records *all, const struct form *form)
{
    for (size_t i = 0; i < all->count; i++)
        if (str_eq(record_text(&all->items[i], MEASURE_instrument), form->id))
            return true;
    return false;
}

enum status person_measures(struct person_view *v, struct sheet *s, struct err *err)
{
    struct records all = { NULL, 0, 0 };
    size_t n;
    const char *const *ids = catalog_list(v->u->catalog, DEF_FORM, &n);
    enum status st;

    if (!id_is_set(v->episode.id)) {
        sheet_text(s, STYLE_HINT, person_nothing_open(v));
        return ST_OK;
    }
    st = store_list(v->u->store, LIST_MEASURES_OF_EPISODE, v->episode.id, VALUES_SHOWN, &all, err);
    for (int begun = 1; begun >= 0; begun--)        /* what has values comes first */
        for (size_t i = 0; st == ST_OK && i < n; i++) {
            const struct form *form = catalog_form(v->u->catalog, ids[i], NULL);

            if (form && form->is_measure && has_values(&all, form) == (begun == 1))
                instrument(v, s, form, &all);
        }
    if (st == ST_OK && s->count == 0)
        sheet_text(s, STYLE_HINT, _("No measure is installed: put its definition into the folder of forms."));
    records_release(&all);
    return st;
}
