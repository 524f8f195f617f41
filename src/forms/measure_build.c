/* measure_build.c - the measure: section of a form, and what lint says about it. */
#include "build.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "dolen/base/mem.h"

#include "dolen/base/banned.h"

static const char *const measure_keys[] = { "licence", "source", "self_report_only", "minimum_age", "scores", NULL };
static const char *const score_keys[] = { "name", "label", "items", "rule", "table", "missing", "better", "range",
                                          "bands", "reliable_change", NULL };
static const char *const reliable_keys[] = { "points", "source", NULL };
static const char *const band_keys[] = { "from", "to", "label", NULL };
static const char *const rules[] = { "sum", "item", "table", NULL };
static const char *const missing_rules[] = { "none", NULL };
static const char *const betters[] = { "higher", "lower", NULL };

static int find_item(struct build *b, const struct node *n, const struct form *f)
{
    const char *names[64], *t = node_text(n);
    size_t count = 0;
    char fix[160];

    const struct question *q = t ? form_question(f, t) : NULL;
    if (q)
        return form_index(f, q);
    for (size_t i = 0; i < f->count && count < ARRAY_LEN(names); i++)
        names[count++] = f->questions[i].name;
    build_bad(b, n, t ? t : "items", _("there is no question of this name"), "%s",
              build_nearest(fix, sizeof fix, t ? t : "", names, count, _("name a question of this form")));
    return -1;
}

static void build_items(struct build *b, const struct node *n, const struct form *f, struct score *s)
{
    const struct node *items = build_list(b, n, "items", true);

    if (!items)
        return;
    s->items = xcalloc(items->count + 1, sizeof *s->items);
    for (size_t i = 0; i < items->count; i++) {
        int at = find_item(b, &items->items[i], f);
        if (at >= 0)
            s->items[s->item_count++] = at;
    }
    if (items->count == 0 || (!s->sum && items->count != 1))
        build_bad(b, items, "items", s->sum ? _("a score needs items") : _("rule: item takes exactly one item"),
                  _("write items: [name]"));
}

static void build_range(struct build *b, const struct node *n, struct score *s)
{
    const struct node *range = build_list(b, n, "range", true);

    if (!range)
        return;
    if (range->count != 2 || !node_number(&range->items[0], &s->low) || !node_number(&range->items[1], &s->high) ||
        s->high <= s->low)
        build_bad(b, range, "range", _("a range is its lowest and its highest number"), _("write range: [0, 10]"));
}

static void build_bands(struct build *b, const struct node *n, struct score *s)
{
    const struct node *bands = build_list(b, n, "bands", false);

    if (!bands || bands->count == 0)
        return;
    s->bands = xcalloc(bands->count, sizeof *s->bands);
    for (size_t i = 0; i < bands->count; i++) {
        const struct node *x = &bands->items[i];
        struct band *band = &s->bands[s->band_count++];
        if (!build_keys(b, x, band_keys))
            continue;
        if (!node_number(node_get(x, "from"), &band->from) || !node_number(node_get(x, "to"), &band->to) ||
            band->to < band->from)
            build_bad(b, x, "bands", _("a band is from a number to one not below it"),
                      _("write {from: 0, to: 4, label: …}"));
        else if (i > 0 && band->from <= s->bands[i - 1].to)
            build_lint(b, x, "from", _("this band begins before the one above it ends"),
                       _("let bands rise without overlap"));
        build_text2(b, x, "label", true, &band->label, NULL);
    }
}

/* Only with its publication: a figure of one's own would pass for the measure's. */
static void build_reliable(struct build *b, const struct node *n, struct score *s)
{
    const struct node *x = node_get(n, "reliable_change");

    if (!x || !build_keys(b, x, reliable_keys))
        return;
    s->reliable_source = build_text(b, x, "source", true);
    if (!node_number(node_get(x, "points"), &s->reliable) || !(s->reliable > 0)) {
        s->reliable = 0;
        build_bad(b, x, "points", _("a reliable change is a number of points above 0"),
                  _("write {points: 2.87, source: …}"));
    }
}

/* Pairs of a total and its score, both rising. */
static void build_table(struct build *b, const struct node *n, struct score *s, bool wanted)
{
    const struct node *table = build_list(b, n, "table", wanted);

    if (!table)
        return;
    if (!wanted) {
        build_bad(b, table, "table", _("only rule: table looks up a table"), _("write rule: table"));
        return;
    }
    s->table = xcalloc(table->count + 1, sizeof *s->table);
    for (size_t i = 0; i < table->count; i++) {
        const struct node *pair = &table->items[i];
        struct conversion *c = &s->table[s->table_count];

        if (pair->count != 2 || !node_number(&pair->items[0], &c->from) || !node_number(&pair->items[1], &c->to))
            build_bad(b, pair, "table", _("a row is a total and its score"), _("write [7, 7.00]"));
        else if (i > 0 && s->table_count > 0 && (c->from <= c[-1].from || c->to <= c[-1].to))
            build_bad(b, pair, "table", _("totals and scores have to rise from row to row"),
                      _("put the rows in order"));
        else
            s->table_count++;
    }
}

static void build_score(struct build *b, const struct node *n, const struct form *f, struct score *s)
{
    s->line = n->line;
    s->column = n->column;
    s->sum = true;
    if (!build_keys(b, n, score_keys))
        return;
    s->name = build_text(b, n, "name", true);
    if (s->name && !name_shape_ok(s->name))
        build_bad(b, node_get(n, "name"), s->name, _("a name has small letters, digits and _, begins with a letter, "
                  "and has at most 40"), _("write it like held_on"));
    build_text2(b, n, "label", true, &s->label, NULL);
    if (!node_get(n, "rule"))
        build_bad(b, n, "rule", _("this key is missing"), _("add %s:"), "rule");
    int rule = build_word(b, n, "rule", rules, 0);

    s->sum = rule != 1;
    build_table(b, n, s, rule == 2);
    build_word(b, n, "missing", missing_rules, 0);
    s->lower_is_better = build_word(b, n, "better", betters, 0) == 1;
    build_items(b, n, f, s);
    build_range(b, n, s);
    build_bands(b, n, s);
    build_reliable(b, n, s);
}

void form_build_measure(struct build *b, const struct node *n, struct form *f)
{
    struct measure *m = &f->measure;

    if (!n) {
        struct node top = { .kind = NODE_MAP, .line = 1, .column = 1 };
        build_bad(b, &top, "measure", _("this key is missing"), _("add %s:"), "measure");
        return;
    }
    if (!build_keys(b, n, measure_keys))
        return;
    m->licence = build_text(b, n, "licence", true);
    m->source = build_text(b, n, "source", true);
    m->self_report_only = build_bool(b, n, "self_report_only", false);
    m->minimum_age = build_int(b, n, "minimum_age", 0, false);
    const struct node *scores = build_list(b, n, "scores", true);
    if (!scores || scores->count == 0)
        return;
    m->scores = xcalloc(scores->count, sizeof *m->scores);
    for (size_t i = 0; i < scores->count; i++) {
        build_score(b, &scores->items[i], f, &m->scores[i]);
        m->score_count++;
    }
}

/* The lowest and highest points one item can give; false when some choice has none. */
static bool item_range(const struct question *q, double *low, double *high)
{
    *low = q->from;
    *high = q->to;
    if (q->type == Q_SCALE)
        return true;
    if (q->type == Q_INTEGER || q->type == Q_DECIMAL || q->type == Q_CALCULATE) {
        *low = -1e9;
        *high = 1e9;
        return true;
    }
    if (q->type != Q_SELECT_ONE || !q->choices)
        return false;
    for (size_t i = 0; i < q->choices->count; i++) {
        const struct code *c = &q->choices->items[i];
        if (!c->has_score)
            return false;
        *low = i == 0 || c->score < *low ? c->score : *low;
        *high = i == 0 || c->score > *high ? c->score : *high;
    }
    return true;
}

/* Every whole total the items can give is in the table; low and high are NAN when they can give anything. */
static void lint_table(struct build *b, const struct score *s, double low, double high)
{
    size_t n = s->table_count;
    bool whole = n > 0 && s->table[n - 1].from - s->table[0].from == (double) (n - 1);

    if (!whole || (!isnan(low) && (s->table[0].from != low || s->table[n - 1].from != high)))
        findings_add(b->f, false, b->file, s->line, s->column, s->name ? s->name : "scores",
                     _("the table leaves out a total that the items can add up to"),
                     _("give every whole total one row"));
    else if (s->table[0].to != s->low || s->table[n - 1].to != s->high)
        findings_add(b->f, false, b->file, s->line, s->column, s->name ? s->name : "scores",
                     _("the range is not what the table gives"), _("correct range: or the table"));
}

void measure_lint(struct build *b, const struct form *f)
{
    for (size_t i = 0; i < f->measure.score_count; i++) {
        const struct score *s = &f->measure.scores[i];
        double low = 0, high = 0, from, to;
        bool open = false;

        for (size_t j = 0; j < s->item_count; j++) {
            const struct question *q = &f->questions[s->items[j]];
            if (!item_range(q, &from, &to)) {
                findings_add(b->f, false, b->file, q->line, q->column, q->name,
                             _("this item has choices without points, so it cannot be scored"),
                             _("add score: to every choice"));
                open = true;
                continue;
            }
            open |= from <= -1e9;
            low += from;
            high += to;
        }
        if (s->table) {
            lint_table(b, s, open ? NAN : low, open ? NAN : high);
            continue;
        }
        if (!open && s->item_count && (low != s->low || high != s->high))
            findings_add(b->f, false, b->file, s->line, s->column, s->name ? s->name : "scores",
                         _("the range is not what the items can add up to"), _("correct range: or the points"));
    }
}
