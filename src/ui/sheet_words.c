/* sheet_words.c - a sheet for the ear: its rows as lines, what is drawn as a sentence, without what names keys. */
#include "person_sheet.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "dolen/base/date.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/text.h"
#include "dolen/ui/views.h"
#include "dolen/base/banned.h"

#define BETWEEN " · "                   /* of parts of a line on the screen; a pause is heard after a comma */

static void put(struct buf *out, const char *text)
{
    const char *at;

    for (; (at = strstr(text, BETWEEN)); text = at + strlen(BETWEEN)) {
        buf_add_mem(out, text, (size_t) (at - text));
        buf_add(out, ", ");
    }
    buf_add(out, text);
}

void words_for_the_ear(struct buf *out, const char *text)
{
    size_t n = strcspn(text, "\n");
    char *first = xstrndup(text, n);

    put(out, first);
    explicit_bzero(first, n);
    free(first);
    if (text[n] && text[n + 1]) {
        buf_add(out, "; ");
        words_for_the_ear(out, text + n + 1);
    }
}

static void put_number(struct buf *out, double v)
{
    if (isnan(v))
        buf_add(out, "-");
    else
        buf_addf(out, "%.*f", v == trunc(v) ? 0 : 1, v);
}

/* An action's box is a word. */
static void put_text(struct buf *out, const char *text)
{
    if (str_starts(text, "[ ] ") || str_starts(text, "[x] ")) {
        buf_addf(out, "%s ", text[1] == 'x' ? _("Closed:") : _("To do:"));
        text += strlen("[ ] ");
    }
    put(out, text);
}

static void put_row(struct buf *out, const struct sheet_item *item)
{
    if (item->style == STYLE_OVERDUE)
        buf_addf(out, "%s ", _("Late:"));
    if (item->label && *item->label)
        buf_addf(out, "%s%s ", item->label, strchr(".?!:", item->label[strlen(item->label) - 1]) ? "" : ":");
    put_text(out, item->text);
    buf_add(out, "\n");
    for (size_t i = 0; i < item->value_count; i++) {
        buf_add(out, i ? ", " : _("Ratings: "));
        put_number(out, item->values[i].value);
    }
    if (item->value_count)
        buf_add(out, "\n");
    if (item->note) {
        put(out, item->note);
        buf_add(out, "\n");
    }
}

/* Each point with its day, and the way from the first to the last. */
static void put_chart(struct buf *out, const struct sheet_item *item)
{
    size_t n = item->value_count;

    buf_addf(out, _("The chart in words: %s."), item->text);
    buf_addf(out, " %s ", _("The scale:"));
    put_number(out, item->low);
    buf_add(out, " - ");
    put_number(out, item->high);
    buf_add(out, ".");
    for (size_t i = 0; i < n; i++) {
        buf_addf(out, "%s%s: ", i ? "; " : " ", date_show(date_from_days(item->values[i].at)).s);
        put_number(out, item->values[i].value);
    }
    if (n > 1 && !isnan(item->values[0].value) && !isnan(item->values[n - 1].value)) {
        double by = item->values[n - 1].value - item->values[0].value;

        buf_addf(out, ". %s", by > 0 ? _("Up by ") : by < 0 ? _("Down by ") : _("The same at the end as at the start"));
        if (by != 0)
            put_number(out, fabs(by));
    }
    buf_add(out, ".\n");
}

/* What only offers something, by its key, is left out; so is a heading with nothing below it. */
static bool is_heard(const struct sheet_item *item)
{
    return item->kind != SHEET_HEADING && item->style != STYLE_HINT && !item->offer;
}

void sheet_words(const struct sheet *s, struct buf *out)
{
    const struct sheet_item *heading = NULL;

    for (size_t i = 0; i < s->count; i++) {
        const struct sheet_item *item = &s->items[i];

        if (item->kind == SHEET_HEADING)
            heading = item;
        if (!is_heard(item))
            continue;
        if (heading)
            buf_addf(out, "%s.\n", heading->text);
        heading = NULL;
        if (item->kind == SHEET_CHART)
            put_chart(out, item);
        else
            put_row(out, item);
    }
}
