/* plain_figures.c - line mode: reports on one's own caseload, unmet need by quarter, entries that may be there
 * twice. */
#include "plain_priv.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dolen/base/date.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "own_report.h"
#include "dolen/base/banned.h"

/* --- reports ---------------------------------------------------------------------------------------------------- */

static void save_report(struct plain *p, const struct own_report *want)
{
    static const struct choice formats[REPORT_FORMATS] = {
        [REPORT_AS_TEXT] = { NULL, N_("Plain text"), false },
        [REPORT_AS_CSV] = { NULL, N_("CSV, for statistical programs"), false },
        [REPORT_AS_XLSX] = { NULL, N_("Workbook, for Excel"), false },
        [REPORT_AS_HTML] = { NULL, N_("Web page with charts, to read or print"), false },
    };
    struct buf path = BUF_INIT;
    struct err err = { .st = ST_OK };
    int i;

    while ((i = plain_choose(p, _("Save as"), formats, REPORT_FORMATS)) == CHOSE_AGAIN)
        ;
    if (i >= 0 && plain_typed(p, _("Into which new file, < goes back: "), &path)) {
        if (own_report_give(p->cf, want, (enum report_format) i, buf_text(&path), &err) != ST_OK)
            tell_error(&err);
        else
            tell(_("Saved, with small numbers kept back: %s"), buf_text(&path));
    }
    buf_release(&path);
}

/* A report that is being listened to: made anew when another year or exact counts are asked for. */
struct listening {
    struct plain     *p;
    struct own_report want;
    struct report    *made;
};

static void tell_buf(struct buf *b)
{
    tell_text(buf_text(b));
    buf_release(b);
}

static bool make_report(struct listening *l)
{
    struct report *fresh = NULL;
    struct buf opening = BUF_INIT;
    struct err err = { .st = ST_OK };

    if (own_report_make(l->p->cf, &l->want, &fresh, &err) != ST_OK) {
        tell_error(&err);
        return false;
    }
    fresh->draft = false;
    report_free(&l->made);
    l->made = fresh;
    tell("%s", "");
    report_say_opening(fresh, &opening);
    tell_buf(&opening);
    return true;
}

static void say_table(const struct report *r, size_t i)
{
    struct buf words = BUF_INIT;

    tell("%s", "");
    report_say_table(&r->tables[i], &words);
    tell_buf(&words);
}

static void say_notes(struct listening *l)
{
    struct buf words = BUF_INIT;

    tell("%s", "");
    report_say_notes(l->made, &words);
    tell_buf(&words);
}

static void say_all(struct listening *l)
{
    for (size_t i = 0; i < l->made->count; i++)
        say_table(l->made, i);
    say_notes(l);
}

static void turn_year(struct listening *l, int by)
{
    struct own_report was = l->want;

    report_year((struct date) { l->want.from.year + by, 4, 1 }, &l->want.from, &l->want.until);
    if (!make_report(l))
        l->want = was;
}

static void save_it(struct listening *l)    { save_report(l->p, &l->want); }
static void earlier(struct listening *l)    { turn_year(l, -1); }
static void later(struct listening *l)      { turn_year(l, 1); }

static void exact(struct listening *l)
{
    l->want.unsuppressed = !l->want.unsuppressed;
    if (!make_report(l))
        l->want.unsuppressed = !l->want.unsuppressed;
}

static const struct {
    const char *word, *label;
    void      (*run)(struct listening *l);
} report_words[] = {
    { N_(":all"), N_("The whole report, every table"), say_all },
    { N_(":about"), N_("About these figures: what is kept back, how they are rounded"), say_notes },
    { N_(":save"), N_("Save it as a web page, a workbook, CSV or text"), save_it },
    { N_(":exact"), N_("Exact counts, or as it is given out"), exact },
    { N_(":earlier"), N_("The year before"), earlier }, { N_(":later-year"), N_("The year after"), later },
};

/* The tables by name, then what can be done; a number reads one table. */
static int one_of_report(const struct listening *l, struct made *m)
{
    char *title = xasprintf(_("%s, %d/%02d; a number reads a table"), report_name(l->want.id), l->want.from.year,
                            l->want.until.year % 100);
    int i;

    for (size_t k = 0; k < l->made->count; k++) {
        buf_add(made_add(m), l->made->tables[k].title);
        made_take(m);
    }
    for (size_t k = 0; k < ARRAY_LEN(report_words); k++)
        made_word(m, report_words[k].word, report_words[k].label);
    i = plain_choose(l->p, title, m->items, m->n);
    made_release(m);
    free(title);
    return i;
}

static void one_report(struct plain *p, enum report_id id)
{
    struct listening l = { .p = p, .want = { .id = id } };
    struct made *m = xcalloc(1, sizeof *m);
    int i = CHOSE_AGAIN;

    report_year(p->ui.today, &l.want.from, &l.want.until);
    if (!make_report(&l))
        i = CHOSE_BACK;
    while (p->end == PLAIN_GO_ON && i != CHOSE_BACK && i != CHOSE_OVER) {
        size_t tables = l.made->count;

        i = one_of_report(&l, m);
        if (i >= 0 && (size_t) i < tables)
            say_table(l.made, (size_t) i);
        else if (i >= 0)
            report_words[(size_t) i - tables].run(&l);
        p->heard = i >= 0;
    }
    report_free(&l.made);
    free(m);
}

void plain_reports(struct plain *p)
{
    struct made *m = xcalloc(1, sizeof *m);
    int i = CHOSE_AGAIN;

    while (p->end == PLAIN_GO_ON && i != CHOSE_BACK && i != CHOSE_OVER) {
        for (int k = 0; k < REPORT_COUNT; k++) {
            buf_addf(made_add(m), "%s: %s", report_name((enum report_id) k), report_help((enum report_id) k));
            made_take(m);
        }
        i = plain_choose(p, _("Reports: figures on your own caseload; small numbers are kept back"), m->items, m->n);
        made_release(m);
        if (i >= 0)
            one_report(p, (enum report_id) i);
    }
    free(m);
}

/* --- unmet need by quarter -------------------------------------------------------------------------------------- */

static const char *word_or_not_said(struct plain *p, const char *codes, const char *code)
{
    const struct codelist *list = code[0] ? catalog_codes(p->cf->catalog, codes, NULL) : NULL;

    return !code[0] ? _("not said") : list ? codelist_label(list, code) : code;
}

/* One past the last count of a quarter is where the next one begins. */
static size_t quarter_from(const struct gap_count *c, size_t end, long *sum)
{
    size_t first = end - 1;

    *sum = c[first].count;
    while (first > 0 && str_eq(c[first - 1].quarter, c[end - 1].quarter))
        *sum += c[--first].count;
    return first;
}

static void tell_quarter(struct plain *p, const struct gap_count *c, size_t end)
{
    long sum;
    size_t first = quarter_from(c, end, &sum);

    tell("%s: %ld.", date_show_quarter(c[first].quarter).s, sum);
    for (size_t i = first; i < end; i++)
        tell("%ld: %s, %s", c[i].count, word_or_not_said(p, "asset_category", c[i].category),
             word_or_not_said(p, "gap_reason", c[i].reason));
}

/* The newest quarter at once; the others by their number. */
static void tell_quarters(struct plain *p, const struct gap_count *c, size_t n)
{
    struct made *m = xcalloc(1, sizeof *m);
    size_t end[MADE_MAX];
    int i = CHOSE_AGAIN;

    tell_text(_("Unmet need by quarter, newest first."));
    tell_quarter(p, c, n);
    while (p->end == PLAIN_GO_ON && i != CHOSE_BACK && i != CHOSE_OVER) {
        for (size_t at = n; at > 0 && m->n < MADE_MAX;) {
            long sum;
            size_t first = quarter_from(c, at, &sum);

            end[m->n] = at;
            buf_addf(made_add(m), "%s: %ld", date_show_quarter(c[first].quarter).s, sum);
            made_take(m);
            at = first;
        }
        i = m->n > 1 ? plain_choose(p, _("Quarters; a number reads one"), m->items, m->n) : CHOSE_BACK;
        made_release(m);
        if (i >= 0)
            tell_quarter(p, c, end[i]);
        p->heard = i >= 0;
    }
    free(m);
}

void plain_gap_table(struct plain *p)
{
    const struct date open = { 0, 0, 0 };
    struct gap_count *counts = NULL;
    struct err err = { .st = ST_OK };
    size_t n = 0;

    if (gap_counts(p->cf->store, open, open, &counts, &n, &err) != ST_OK)
        tell_error(&err);
    else if (n)
        tell_quarters(p, counts, n);
    else
        tell_text(_("No gap is recorded yet."));
    free(counts);
}

/* --- entries that may be there twice ---------------------------------------------------------------------------- */

static const char *name_of(struct plain *p, struct id asset, struct asset_row *row)
{
    return asset_row_get(p->cf->store, asset, row, NULL) == ST_OK ? row->name : "?";
}

void plain_same_assets(struct plain *p)
{
    struct asset_keys keys = { NULL, 0, 0 };
    struct asset_pair *pairs = NULL;
    struct made *m = xcalloc(1, sizeof *m);
    struct err err = { .st = ST_OK };
    size_t n = 0;
    int i = CHOSE_AGAIN;

    if (asset_keys(p->cf->store, &keys, &err) != ST_OK)
        tell_error(&err);
    else if ((n = asset_pairs(keys.items, keys.count, &pairs)) == 0)
        tell_text(_("No two entries of the directory look alike."));
    while (n && p->end == PLAIN_GO_ON && i != CHOSE_BACK && i != CHOSE_OVER) {
        for (size_t k = 0; k < n && m->n + 1 < MADE_MAX; k++)
            for (int side = 0; side < 2; side++) {
                struct asset_row row;
                const char *name = name_of(p, keys.items[side ? pairs[k].b : pairs[k].a].id, &row);

                if (side)
                    buf_addf(made_add(m), _("and: %s"), name);
                else
                    buf_addf(made_add(m), _("Pair %zu: %s"), k + 1, name);
                made_take(m);
            }
        i = plain_choose(p, _("Entries that may be there twice; a number reads one"), m->items, m->n);
        made_release(m);
        if (i >= 0)
            asset_page(p, keys.items[i % 2 ? pairs[i / 2].b : pairs[i / 2].a].id);
    }
    free(m);
    free(pairs);
    free(keys.items);
}
