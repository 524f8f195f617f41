/* a report for the ear: a table row by row, each figure after its name, and what its chart shows in a sentence. */
#include "dolen/report/render.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/banned.h"

#define COUNTED_FROM 5                  /* so many figures that are not there are counted, not named */

/* ---- figures ---- */

/* Why a figure is not there; CELL_SHOWN has no words. */
static const char *state_words(enum cell_state state)
{
    static const char *const words[] = {
        [CELL_HIDDEN] = N_("kept back"), [CELL_NOT_AVAILABLE] = N_("not available"),
        [CELL_NOT_APPLICABLE] = N_("does not apply"),
    };

    return _(words[state]);
}

static void put_figure(struct buf *out, const struct report_column *c, struct report_cell cell)
{
    if (c->share)
        buf_addf(out, _("%.0f per cent"), cell.value * 100);
    else
        report_figure(out, c, cell);
}

/* "Better, %" is heard as "Better" before a figure that says per cent, and as "Better in per cent" without one. */
static void put_column(struct buf *out, const struct report_column *c, bool with_figure)
{
    size_t n = strlen(c->label), sign = strlen(", %");
    bool per_cent = c->share && n > sign && str_eq(c->label + n - sign, ", %");
    char *name = xstrndup(c->label, per_cent ? n - sign : n);

    if (per_cent && !with_figure)
        buf_addf(out, _("%s in per cent"), name);
    else
        buf_add(out, name);
    free(name);
}

/* ---- rows ---- */

/* "Age 25 to 44": without what is in brackets behind the title. */
static void put_numbered(struct buf *out, const char *title, const char *label)
{
    size_t n = strcspn(title, "(");

    while (n > 0 && title[n - 1] == ' ')
        n--;
    buf_add_mem(out, title, n);
    buf_addf(out, " %s", label);
}

/* A label that begins with a digit with what it is a number of. */
static void put_label(struct buf *out, const struct report_table *t, const struct report_row *row)
{
    if (row->label[0] >= '0' && row->label[0] <= '9')
        put_numbered(out, t->row_title, row->label);
    else
        buf_add(out, row->label);
    if (row->kind == ROW_SUBTOTAL)
        buf_addf(out, ", %s", _("together"));
}

/* How many cells are of that state. */
static size_t count_of(const struct report_table *t, const struct report_row *row, enum cell_state s)
{
    size_t n = 0;

    for (size_t i = 0; i < t->column_count; i++)
        n += row->cells[i].state == s;
    return n;
}

static size_t put_shown(struct buf *out, const struct report_table *t, const struct report_row *row)
{
    size_t n = 0;

    for (size_t i = 0; i < t->column_count; i++)
        if (row->cells[i].state == CELL_SHOWN) {
            buf_add(out, n++ ? ", " : "");
            put_column(out, &t->columns[i], true);
            buf_add_char(out, ' ');
            put_figure(out, &t->columns[i], row->cells[i]);
        }
    return n;
}

/* The figures that are not there, after the others: "kept back: Went, Unmet needs"; many of one kind are counted. */
static void put_state(struct buf *out, const struct report_table *t, const struct report_row *row, enum cell_state s,
                      bool first)
{
    size_t of_it = count_of(t, row, s), missing = t->column_count - count_of(t, row, CELL_SHOWN), n = 0;

    if (of_it)
        buf_add(out, first ? "" : "; ");
    if (of_it == t->column_count) {
        buf_add(out, state_words(s));
    } else if (of_it == missing && of_it >= COUNTED_FROM) {
        buf_addf(out, _("the other %zu: %s"), of_it, state_words(s));
    } else if (of_it) {
        buf_addf(out, "%s: ", state_words(s));
        for (size_t i = 0; i < t->column_count; i++)
            if (row->cells[i].state == s) {
                buf_add(out, n++ ? ", " : "");
                put_column(out, &t->columns[i], false);
            }
    }
}

static void put_row(struct buf *out, const struct report_table *t, const struct report_row *row)
{
    size_t shown;

    put_label(out, t, row);
    buf_add(out, ": ");
    shown = put_shown(out, t, row);
    for (int s = CELL_HIDDEN; s <= CELL_NOT_APPLICABLE; s++) {
        put_state(out, t, row, (enum cell_state) s, shown == 0);
        shown += count_of(t, row, (enum cell_state) s);
    }
    buf_add(out, ".\n");
}

/* ---- the chart ---- */

struct ends {
    const struct report_row *most, *least;
    size_t                   shown, not_shown, at_most, at_least;
};

static double charted(const struct report_table *t, const struct report_row *row)
{
    return row->cells[t->chart_column].value;
}

static struct ends ends_of(const struct report_table *t)
{
    struct ends e = { NULL, NULL, 0, 0, 0, 0 };

    for (size_t r = 0; r < t->row_count; r++) {
        const struct report_row *row = &t->rows[r];

        if (row->kind != ROW_PLAIN)
            continue;
        if (row->cells[t->chart_column].state != CELL_SHOWN) {
            e.not_shown++;
            continue;
        }
        if (!e.most || charted(t, row) > charted(t, e.most)) {
            e.most = row;
            e.at_most = 0;
        }
        if (!e.least || charted(t, row) < charted(t, e.least)) {
            e.least = row;
            e.at_least = 0;
        }
        e.at_most += charted(t, row) == charted(t, e.most);
        e.at_least += charted(t, row) == charted(t, e.least);
        e.shown++;
    }
    return e;
}

/* With its interval, where the chart draws one. Others: rows that have the same figure. */
static void put_end(struct buf *out, const struct report_table *t, const struct report_row *row, size_t alike)
{
    size_t c = t->chart_column;

    put_label(out, t, row);
    buf_add(out, ", ");
    put_figure(out, &t->columns[c], row->cells[c]);
    if (t->chart == CHART_INTERVALS && c + 2 < t->column_count && row->cells[c + 1].state == CELL_SHOWN &&
        row->cells[c + 2].state == CELL_SHOWN) {
        struct buf low = BUF_INIT, high = BUF_INIT;

        put_figure(&low, &t->columns[c + 1], row->cells[c + 1]);
        put_figure(&high, &t->columns[c + 2], row->cells[c + 2]);
        buf_addf(out, _(", between %s and %s"), buf_text(&low), buf_text(&high));
        buf_release(&low);
        buf_release(&high);
    }
    if (alike > 1)
        buf_addf(out, tr_n(", and %zu other", ", and %zu others", alike - 1), alike - 1);
}

static void put_chart(struct buf *out, const struct report_table *t)
{
    struct ends e = ends_of(t);

    if (t->chart == CHART_NONE || e.shown < 2)
        return;
    buf_addf(out, _("The chart in words: %s."), t->columns[t->chart_column].label);
    if (e.at_most == e.shown) {
        buf_addf(out, " %s ", _("The same wherever it is shown:"));
        put_figure(out, &t->columns[t->chart_column], e.most->cells[t->chart_column]);
    } else {
        buf_addf(out, " %s ", _("Most:"));
        put_end(out, t, e.most, e.at_most);
        buf_addf(out, ". %s ", e.not_shown ? _("Least of those shown:") : _("Least:"));
        put_end(out, t, e.least, e.at_least);
    }
    buf_add(out, ".\n");
}

/* ---- what is said ---- */

void report_say_opening(const struct report *r, struct buf *out)
{
    struct date_text from = date_show(r->from), until = date_show(r->until);

    buf_addf(out, "%s. ", r->title);
    buf_addf(out, _("%s to %s"), from.s, until.s);
    if (r->scope)
        buf_addf(out, ". %s", r->scope);
    buf_add(out, ".\n");
    if (r->training)
        buf_addf(out, "%s\n", _("TRAINING: invented people."));
    if (r->unsuppressed)
        buf_addf(out, "%s\n", _("EXACT COUNTS: not to be passed on."));
    if (r->draft)
        buf_addf(out, "%s\n", _("DRAFT: not released."));
}

void report_say_table(const struct report_table *t, struct buf *out)
{
    buf_addf(out, "%s.\n", t->title);
    for (size_t i = 0; i < t->row_count; i++)
        put_row(out, t, &t->rows[i]);
    if (!t->row_count)
        buf_addf(out, "%s\n", _("Nothing in this period."));
    put_chart(out, t);
    buf_addf(out, "%s\n", t->note);
}

void report_say_notes(const struct report *r, struct buf *out)
{
    buf_addf(out, "%s.\n", _("About these figures"));
    for (size_t i = 0; i < r->note_count; i++)
        buf_addf(out, "%s\n", r->notes[i]);
}
