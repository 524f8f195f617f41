/* app/paperwork_text.c - one's own paperwork time: summed by week and form, then said. */
#include "paperwork_text.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/buf.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/text.h"
#include "dolen/core/chart.h"
#include "dolen/core/paperwork.h"
#include "dolen/ui/call.h"
#include "dolen/ui/style.h"
#include "dolen/ui/views.h"
#include "paperwork.h"
#include "dolen/base/banned.h"

#define BAR_LEAST 8
#define BAR_MOST  30
#define DATE_COLS 12
#define TIME_COLS 14

/* --- sums --------------------------------------------------------------------------------------------------------- */

static bool about_nobody(struct casefile *cf, const char *form)
{
    const struct form *f = catalog_form(cf->catalog, form, NULL);

    return str_eq(form, CALL_DRAFT) || (f && (str_eq(f->binds, "asset") || str_eq(f->binds, "supervision")));
}

static void add_form(struct paperwork_figures *f, const struct paperwork_row *row, size_t *cap)
{
    struct paperwork_sum *sum = NULL;

    for (size_t i = 0; i < f->count && !sum; i++)
        if (str_eq(f->forms[i].form, row->form))
            sum = &f->forms[i];
    if (!sum) {
        sum = ARRAY_ADD(f->forms, f->count, *cap);
        *sum = (struct paperwork_sum) { .seconds = 0 };
        str_copy(sum->form, sizeof sum->form, row->form);
    }
    sum->seconds += row->seconds;
    sum->filed += row->filed;
}

static int by_time(const void *x, const void *y)
{
    const struct paperwork_sum *a = x, *b = y;

    return a->seconds != b->seconds ? (a->seconds < b->seconds) - (a->seconds > b->seconds) : strcmp(a->form, b->form);
}

static void add_row(struct casefile *cf, struct paperwork_figures *f, const struct paperwork_row *row, size_t *cap)
{
    long ago = (date_days(f->monday) - date_days(paperwork_monday(row->day))) / 7;

    if (ago < 0 || ago >= f->weeks)
        return;
    f->week[ago] += row->seconds;
    f->all += row->seconds;
    if (!about_nobody(cf, row->form))
        f->about_people += row->seconds;
    if (str_eq(row->form, "referral"))
        f->referrals += row->made;
    if (str_eq(row->form, "closure"))
        f->closures += row->filed;
    add_form(f, row, cap);
}

enum status paperwork_figures(struct casefile *cf, int weeks, struct paperwork_figures *out, struct err *err)
{
    struct paperwork_row *rows = NULL;
    size_t n = 0, cap = 0;
    enum status st;

    *out = (struct paperwork_figures) { .weeks = weeks, .monday = paperwork_monday(clock_today()) };
    if (!id_is_set(cf->slot.practitioner))
        return err_set(err, ST_REFUSED,
                       _("The case file was opened with a key that belongs to no practitioner. No time was "
                         "counted."));
    paperwork_write(cf);
    st = store_paperwork(cf->store, date_add_days(out->monday, -7 * (weeks - 1)), &rows, &n, err);
    for (size_t i = 0; i < n; i++)
        add_row(cf, out, &rows[i], &cap);
    if (out->count)
        qsort(out->forms, out->count, sizeof *out->forms, by_time);
    free(rows);
    return st;
}

void paperwork_figures_release(struct paperwork_figures *f)
{
    free(f->forms);
    f->forms = NULL;
    f->count = 0;
}

/* --- words -------------------------------------------------------------------------------------------------------- */

const char *paperwork_form_title(struct casefile *cf, const char *form)
{
    const struct form *f = catalog_form(cf->catalog, form, NULL);

    return f ? text2_now(&f->title) : str_eq(form, CALL_DRAFT) ? _("Phone call") : form;
}

/* "1 h 05 min"; to the nearest minute. */
static void add_time(struct buf *out, long seconds)
{
    long minutes = (seconds + 30) / 60;

    if (seconds > 0 && minutes == 0)
        buf_add(out, _("under 1 min"));
    else if (minutes < 60)
        buf_addf(out, _("%ld min"), minutes);
    else
        buf_addf(out, _("%ld h %02ld min"), minutes / 60, minutes % 60);
}

static void take_line(void *ctx, const char *start, size_t bytes)
{
    buf_add_mem(ctx, start, bytes);
    buf_add_char(ctx, '\n');
}

static void paragraph(struct buf *out, const struct paperwork_page *page, const char *text)
{
    text_wrap(text, page->cols, take_line, out);
}

static void add_bar(struct buf *out, const struct paperwork_page *page, long most, long seconds)
{
    static const enum glyph part[] = {
        [CHART_EIGHTH_1] = GLYPH_PART1, [CHART_EIGHTH_2] = GLYPH_PART2, [CHART_EIGHTH_3] = GLYPH_PART3,
        [CHART_EIGHTH_4] = GLYPH_PART4, [CHART_EIGHTH_5] = GLYPH_PART5, [CHART_EIGHTH_6] = GLYPH_PART6,
        [CHART_EIGHTH_7] = GLYPH_PART7, [CHART_EIGHTH_8] = GLYPH_BAR8,
    };
    unsigned char cells[BAR_MOST] = { 0 };
    int cols = page->cols - DATE_COLS - TIME_COLS;

    cols = cols > BAR_MOST ? BAR_MOST : cols;
    if (cols < BAR_LEAST || !most)
        return;
    chart_bar_across(cells, cols, (double) most, (double) seconds);
    for (int i = 0; i < cols && cells[i] >= CHART_EIGHTH_1 && cells[i] <= CHART_EIGHTH_8; i++)
        buf_add(out, glyph_in(page->ascii ? GLYPHS_ASCII : GLYPHS_UNICODE, part[cells[i]]));
}

static void pad_to(struct buf *line, int cols)
{
    for (int w = text_width(buf_text(line)); w < cols; w++)
        buf_add_char(line, ' ');
}

static void say_weeks(const struct paperwork_figures *f, const struct paperwork_page *page, struct buf *out)
{
    long most = 0;

    for (int i = 0; i < f->weeks; i++)
        most = f->week[i] > most ? f->week[i] : most;
    buf_addf(out, "\n%s\n", _("Each week, from its Monday"));
    for (int i = 0; i < f->weeks; i++) {
        struct buf line = BUF_INIT;

        buf_add(&line, date_show(date_add_days(f->monday, -7 * i)).s);
        if (page->bars)
            pad_to(&line, DATE_COLS);
        buf_add(&line, page->bars ? " " : ": ");
        add_time(&line, f->week[i]);
        if (page->bars && f->week[i]) {
            pad_to(&line, DATE_COLS + TIME_COLS);
            add_bar(&line, page, most, f->week[i]);
        }
        buf_addf(out, "%s\n", buf_text(&line));
        buf_release(&line);
    }
}

static void say_forms(struct casefile *cf, const struct paperwork_figures *f, const struct paperwork_page *page,
                      struct buf *out)
{
    buf_addf(out, "\n%s\n", _("By form"));
    for (size_t i = 0; i < f->count; i++) {
        const struct paperwork_sum *sum = &f->forms[i];
        struct buf line = BUF_INIT;

        buf_addf(&line, "%s: ", paperwork_form_title(cf, sum->form));
        add_time(&line, sum->seconds);
        if (sum->filed) {
            buf_addf(&line, tr_n(", filed %ld time", ", filed %ld times", (unsigned long) sum->filed), sum->filed);
            buf_add(&line, ", ");
            add_time(&line, sum->seconds / sum->filed);
            buf_addf(&line, " %s", _("each"));
        }
        paragraph(out, page, buf_text(&line));
        buf_release(&line);
    }
}

static void say_average(struct buf *out, const struct paperwork_page *page, const char *label, long seconds, long n)
{
    struct buf line = BUF_INIT;

    if (n > 0) {
        buf_addf(&line, label, n);
        add_time(&line, seconds / n);
        paragraph(out, page, buf_text(&line));
    }
    buf_release(&line);
}

static void say_rule(struct buf *out, const struct paperwork_page *page)
{
    int pause = setting_value("paperwork_pause");
    char *rule = xasprintf(tr_n("This counts the time from opening a form to leaving it, without pauses of more than "
                                "%d minute, and nobody "
                                "but you sees it: it is in no report, export, bundle or handover.",
                                "This counts the time from opening a form to leaving it, without pauses of more than "
                                "%d minutes, and nobody "
                                "but you sees it: it is in no report, export, bundle or handover.",
                                (unsigned long) pause),
                           pause);

    paragraph(out, page, rule);
    free(rule);
    if (!setting_value("paperwork"))
        paragraph(out, page, _("Counting is switched off in Settings: nothing is added now."));
}

void paperwork_text(struct casefile *cf, const struct paperwork_figures *f, const struct paperwork_page *page,
                    struct buf *out)
{
    char *weeks;

    say_rule(out, page);
    buf_addf(out, "\n%s ", _("This week:"));
    add_time(out, f->week[0]);
    buf_add_char(out, '\n');
    if (!f->all) {
        weeks = xasprintf(tr_n("No time on forms was counted in the last %d week.",
                               "No time on forms was counted in the last %d weeks.", (unsigned long) f->weeks),
                          f->weeks);
        paragraph(out, page, weeks);
        free(weeks);
        return;
    }
    buf_addf(out, tr_n("The last %d week: ", "The last %d weeks: ", (unsigned long) f->weeks), f->weeks);
    add_time(out, f->all);
    buf_add_char(out, '\n');
    say_average(out, page,
                tr_n("All forms about people, over %ld referral that you wrote down: ",
                     "All forms about people, over %ld referrals that you wrote down: ",
                     (unsigned long) f->referrals),
                f->about_people, f->referrals);
    say_average(out, page,
                tr_n("All forms about people, over %ld episode that you closed: ",
                     "All forms about people, over %ld episodes that you closed: ", (unsigned long) f->closures),
                f->about_people, f->closures);
    if (f->about_people && (f->referrals || f->closures))
        paragraph(out, page,
                  _("Forms of older cases are in it too: it is not how long one case took."));
    say_weeks(f, page, out);
    say_forms(cf, f, page, out);
}
