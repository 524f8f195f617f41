/* person_sheet.h - a scrolled page of headings, rows and charts: what a section of a person, or an asset, is drawn
 * from.
 *
 * Rows wrap to as many lines as they need. The selection steps from row to row and is kept when the same things are
 * put in again. Strings are copied, and wiped when they go; those inside a focus are borrowed and must outlive the
 * view. */
#ifndef DOLEN_UI_PERSON_SHEET_H
#define DOLEN_UI_PERSON_SHEET_H

#include <stdbool.h>
#include <stddef.h>

#include "dolen/base/buf.h"
#include "dolen/core/chart.h"
#include "dolen/ui/view.h"

enum sheet_kind { SHEET_HEADING, SHEET_TEXT, SHEET_ROW, SHEET_CHART };

struct sheet_item {
    enum sheet_kind     kind;
    enum style          style;          /* of the text; its mark is put in front */
    int                 indent;
    bool                stacked;        /* label above the text, not beside it */
    bool                offer;          /* says what a key does here: not for the ear */
    int                 label_cols;     /* beside it: 0 is as usual */
    char               *label, *text, *note;        /* note: quieter, below */
    struct focus        focus;
    const char         *named;          /* static, or NULL: what sheet_seek finds it by */
    struct chart_value *values;         /* SHEET_CHART: a line; SHEET_ROW: digits with small bars */
    size_t              value_count;
    double              low, high;
    char                first[40], last[40];        /* under the ends of a chart */
    int                 y, rows;        /* where the last layout put it */
};

struct sheet {                          /* a value: { 0 } is an empty sheet */
    struct sheet_item *items;
    size_t             count, cap, selected;
    int                top, cols, height, total;
    bool               follow;          /* bring the selection in sight at the next draw */
    struct focus       was;             /* what was selected before sheet_begin */
};

void sheet_release(struct sheet *s);
/* Between these two everything is put in anew. */
void sheet_begin(struct sheet *s);
void sheet_end(struct sheet *s);

void sheet_heading(struct sheet *s, const char *text);
void sheet_text(struct sheet *s, enum style style, const char *text);           /* not selected, only read */
/* label may be NULL. What comes back may be dressed up until the next item is added. */
struct sheet_item *sheet_row(struct sheet *s, struct focus f, const char *label, const char *text);
struct sheet_item *sheet_chart(struct sheet *s, const char *title, double low, double high);
void sheet_note(struct sheet_item *item, const char *text);
void sheet_value(struct sheet_item *item, long at, double value);

struct focus sheet_focus(const struct sheet *s);                                /* kind 0 when no row is selected */
void sheet_seek(struct sheet *s, const char *named);               /* the first such row is selected, if there is one */
void sheet_show(struct sheet *s, struct id subject);               /* the same, by what the row is about */
bool sheet_at_end(const struct sheet *s);                                       /* the last row is selected */
unsigned sheet_act(struct sheet *s, int action);     /* as list_act */
void sheet_draw(struct sheet *s, struct area a);
/* The same for the ear, lines that are appended; nothing when there is nothing but offers. */
void sheet_words(const struct sheet *s, struct buf *out);

#endif
