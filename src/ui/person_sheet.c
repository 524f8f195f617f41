/* person_sheet.c - laying out, selecting and drawing what a section shows. */
#include "person_sheet.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dolen/base/mem.h"
#include "dolen/base/text.h"
#include "dolen/core/safe.h"
#include "dolen/ui/chart.h"
#include "dolen/ui/keymap.h"
#include "dolen/base/banned.h"

#define TEXT_X      2                   /* focus mark and a blank before the text */
#define SIDE_COLS   60                  /* from here a label stands beside its text */
#define LABEL_MOST  26
#define CHART_ROWS  7
#define CHART_COLS  72
#define ROOMY_ROWS  10                  /* below: no blank lines between parts */

/* --- putting in ------------------------------------------------------------------------------------------------- */

static void wipe(char **s)
{
    if (*s)
        explicit_bzero(*s, strlen(*s));
    free(*s);
    *s = NULL;
}

static void clear(struct sheet *s)
{
    for (size_t i = 0; i < s->count; i++) {
        wipe(&s->items[i].label);
        wipe(&s->items[i].text);
        wipe(&s->items[i].note);
        free(s->items[i].values);
    }
    s->count = 0;
    s->cols = 0;
}

void sheet_release(struct sheet *s)
{
    clear(s);
    free(s->items);
    *s = (struct sheet) { 0 };
}

void sheet_begin(struct sheet *s)
{
    s->was = sheet_focus(s);
    clear(s);
}

static struct sheet_item *add(struct sheet *s, enum sheet_kind kind, enum style style, const char *text)
{
    struct sheet_item *item = ARRAY_ADD(s->items, s->count, s->cap);

    item->kind = kind;
    item->style = style;
    item->text = xstrdup(text ? text : "");
    s->cols = 0;
    return item;
}

void sheet_heading(struct sheet *s, const char *text)
{
    add(s, SHEET_HEADING, STYLE_HEADING, text);
}

void sheet_text(struct sheet *s, enum style style, const char *text)
{
    add(s, SHEET_TEXT, style, text);
}

struct sheet_item *sheet_row(struct sheet *s, struct focus f, const char *label, const char *text)
{
    struct sheet_item *item = add(s, SHEET_ROW, STYLE_VALUE, text);

    item->label = xstrdup(label);
    item->focus = f;
    return item;
}

struct sheet_item *sheet_chart(struct sheet *s, const char *title, double low, double high)
{
    struct sheet_item *item = add(s, SHEET_CHART, STYLE_LABEL, title);

    item->low = low;
    item->high = high;
    return item;
}

void sheet_note(struct sheet_item *item, const char *text)
{
    wipe(&item->note);
    item->note = xstrdup(text && *text ? text : NULL);
}

void sheet_value(struct sheet_item *item, long at, double value)
{
    item->values = xgrow(item->values, item->value_count + 1, sizeof *item->values);
    item->values[item->value_count++] = (struct chart_value) { at, value };
}

/* --- selecting -------------------------------------------------------------------------------------------------- */

static bool selectable(const struct sheet *s, size_t i)
{
    return i < s->count && s->items[i].kind == SHEET_ROW;
}

/* The next row that can be selected after (or before) i; i itself when there is none. */
static size_t step(const struct sheet *s, size_t i, bool down)
{
    size_t at = i;

    while (down ? at + 1 < s->count : at > 0) {
        at += down ? 1 : (size_t) -1;
        if (selectable(s, at))
            return at;
    }
    return i;
}

static bool same_focus(const struct focus *a, const struct focus *b)
{
    return a->kind == b->kind && id_eq(a->subject, b->subject) && str_eq(a->form, b->form) && str_eq(a->stage,
                                                                                                     b->stage) &&
           str_eq(a->question, b->question);
}

void sheet_end(struct sheet *s)
{
    size_t near = s->selected < s->count ? s->selected : s->count ? s->count - 1 : 0;

    for (size_t i = 0; i < s->count; i++)
        if (selectable(s, i) && s->was.kind && same_focus(&s->items[i].focus, &s->was)) {
            s->selected = i;
            s->follow = true;
            return;
        }
    if (!selectable(s, near) && step(s, near, true) != near)
        near = step(s, near, true);
    else if (!selectable(s, near))
        near = step(s, near, false);
    s->selected = near;
    s->follow = s->top > 0;
}

struct focus sheet_focus(const struct sheet *s)
{
    return selectable(s, s->selected) ? s->items[s->selected].focus : (struct focus) { .kind = 0 };
}

void sheet_seek(struct sheet *s, const char *named)
{
    for (size_t i = 0; i < s->count; i++)
        if (selectable(s, i) && str_eq(s->items[i].named, named)) {
            s->selected = i;
            s->follow = true;
            return;
        }
}

void sheet_show(struct sheet *s, struct id subject)
{
    for (size_t i = 0; i < s->count; i++)
        if (selectable(s, i) && id_eq(s->items[i].focus.subject, subject)) {
            s->selected = i;
            s->follow = true;
            return;
        }
}

bool sheet_at_end(const struct sheet *s)
{
    return s->count == 0 || (step(s, s->selected, true) == s->selected && s->top + s->height >= s->total);
}

static int last_top(const struct sheet *s)
{
    return s->total > s->height ? s->total - s->height : 0;
}

static int clamp_top(const struct sheet *s, int top)
{
    return top < 0 ? 0 : top > last_top(s) ? last_top(s) : top;
}

/* A row longer than the screen is scrolled through before the next one is selected; so is text between rows. */
static void move_down(struct sheet *s)
{
    size_t next = step(s, s->selected, true);
    int bottom = s->top + s->height;

    if (selectable(s, s->selected) && s->items[s->selected].y + s->items[s->selected].rows > bottom)
        s->top = clamp_top(s, s->top + 1);
    else if (next == s->selected)
        s->top = clamp_top(s, s->top + 1);
    else if (s->items[next].y >= bottom + s->height)
        s->top = clamp_top(s, s->top + s->height - 1);
    else {
        s->selected = next;
        s->follow = true;
    }
}

static void move_up(struct sheet *s)
{
    size_t next = step(s, s->selected, false);

    if (next == s->selected || (selectable(s, s->selected) && s->items[s->selected].y < s->top))
        s->top = clamp_top(s, s->top - 1);
    else if (s->items[next].y + s->items[next].rows + s->height < s->top)
        s->top = clamp_top(s, s->top - s->height + 1);
    else {
        s->selected = next;
        s->follow = true;
    }
}

/* Scrolls by a page, and takes the selection along to the first row there. */
static void move_page(struct sheet *s, bool down)
{
    int page = s->height > 1 ? s->height - 1 : 1, top = clamp_top(s, s->top + (down ? page : -page));

    if (top == s->top) {
        for (size_t i = s->selected; (i = step(s, s->selected, down)) != s->selected;)
            s->selected = i;
        return;
    }
    s->top = top;
    for (size_t i = 0; i < s->count; i++)
        if (selectable(s, i) && s->items[i].y >= top) {
            s->selected = i;
            return;
        }
}

unsigned sheet_act(struct sheet *s, int action)
{
    size_t before = s->selected;
    int top = s->top;

    switch (action) {
    case NAV_UP:        move_up(s); break;
    case NAV_DOWN:      move_down(s); break;
    case NAV_PAGE_UP:   move_page(s, false); break;
    case NAV_PAGE_DOWN: move_page(s, true); break;
    case NAV_FIRST:
        s->selected = selectable(s, 0) ? 0 : step(s, 0, true);
        s->top = 0;
        break;
    case NAV_LAST:
        s->selected = selectable(s, s->count - 1) ? s->count - 1 : step(s, s->count, false);
        s->top = last_top(s);
        break;
    default:
        return REACT_PASS;
    }
    if (s->selected >= s->count)
        s->selected = 0;
    return s->selected != before || s->top != top ? REACT_DRAW : REACT_NONE;
}

/* --- drawing: every function returns the rows it needs, drawn or not -------------------------------------------- */

static int draw_marked(struct area a, int y, int x, enum style style, const char *text)
{
    const char *mark = style_mark(style);

    if (str_eq(text, SAFE_DOTS))
        text = area_glyph(a, GLYPH_HIDDEN);
    if (mark[0]) {
        area_text(a, y, x, 1, style, mark);
        x += 2;
    }
    int rows = area_wrap(a, y, x, a.cols - 1 - x, style, text);

    return rows > 0 ? rows : 1;
}

/* "3 ▂  5 ▄": the digit first, the bar for whoever sees it. */
static int draw_values(const struct sheet_item *it, struct area a, int y, int x)
{
    static const enum glyph bars[] = { GLYPH_BAR1, GLYPH_BAR2, GLYPH_BAR3, GLYPH_BAR4, GLYPH_BAR5, GLYPH_BAR6,
                                       GLYPH_BAR7,
                                       GLYPH_BAR8 };
    size_t first = it->value_count > 12 ? it->value_count - 12 : 0;

    if (it->value_count == 0)
        return 0;
    for (size_t i = first; i < it->value_count && x < a.cols - 6; i++) {
        double part = (it->values[i].value - it->low) / (it->high > it->low ? it->high - it->low : 1);
        int eighth = (int) (part * 7 + 0.5);

        x += area_textf(a, y, x, 4, STYLE_VALUE, "%g", it->values[i].value);
        x += 1 + area_text(a, y, x, 1, STYLE_CHART, area_glyph(a, bars[eighth < 0 ? 0 : eighth > 7 ? 7 : eighth]));
    }
    return 1;
}

static int draw_chart(const struct sheet_item *it, struct area a, int y)
{
    struct chart_plot p = { it->values, it->value_count, it->low, it->high, it->first, it->last };
    int title = area_wrap(a, y, TEXT_X, a.cols - 1 - TEXT_X, it->style, it->text), cols = a.cols - TEXT_X - 2;

    if (y + title >= 0 && y + title + CHART_ROWS <= a.rows)
        chart_draw_line(area_sub(a, y + title, TEXT_X, CHART_ROWS, cols < CHART_COLS ? cols : CHART_COLS), &p);
    return title + CHART_ROWS;
}

static int draw_labelled(const struct sheet_item *it, struct area a, int y, int x)
{
    int side = (a.cols - x) / 3;
    char joined[1024];

    if (!it->label)
        return draw_marked(a, y, x, it->style, it->text);
    if (it->stacked) {
        int rows = area_wrap(a, y, x, a.cols - 1 - x, STYLE_LABEL, it->label);

        return rows + (it->text[0] ? draw_marked(a, y + rows, x + 2, it->style, it->text) : 0);
    }
    if (a.cols >= SIDE_COLS) {
        side = it->label_cols ? it->label_cols : side > LABEL_MOST ? LABEL_MOST : side;
        int label = area_wrap(a, y, x, side, STYLE_LABEL, it->label);
        int rows = draw_marked(a, y, x + side + 1, it->style, it->text);

        return rows > label ? rows : label;
    }
    if (!it->label[0])
        return draw_marked(a, y, x, it->style, it->text);
    if (strlen(it->label) + strlen(it->text) + 3 > sizeof joined) {
        int rows = area_wrap(a, y, x, a.cols - 1 - x, STYLE_LABEL, it->label);

        return rows + draw_marked(a, y + rows, x, it->style, it->text);
    }
    snprintf(joined, sizeof joined, "%s%s %s", it->label, text_colon(it->label),
             str_eq(it->text, SAFE_DOTS) ? area_glyph(a, GLYPH_HIDDEN) : it->text);
    int rows = draw_marked(a, y, x, it->style, joined);

    explicit_bzero(joined, sizeof joined);
    return rows;
}

static int draw_item(const struct sheet *s, size_t i, struct area a, int y, bool roomy)
{
    const struct sheet_item *it = &s->items[i];
    int x = TEXT_X + (a.cols < SIDE_COLS ? it->indent / 2 : it->indent), rows = 0;

    switch (it->kind) {
    case SHEET_HEADING:
        rows = i > 0 && roomy ? 1 : 0;
        return rows + area_wrap(a, y + rows, TEXT_X - 1, a.cols - TEXT_X, STYLE_HEADING, it->text);
    case SHEET_TEXT:
        return draw_marked(a, y, x, it->style, it->text);
    case SHEET_CHART:
        return draw_chart(it, a, y);
    case SHEET_ROW:
        break;
    }
    rows = draw_labelled(it, a, y, x);
    rows += draw_values(it, a, y + rows, x + 2);
    if (it->note)
        rows += area_wrap(a, y + rows, x + 2, a.cols - 3 - x, STYLE_TEXT, it->note);
    return rows;
}

static void lay_out(struct sheet *s, struct area a, bool roomy)
{
    struct area nowhere = { a.canvas, a.y, a.x, 0, a.cols };
    int y = 0;

    for (size_t i = 0; i < s->count; i++) {
        s->items[i].y = y;
        s->items[i].rows = draw_item(s, i, nowhere, y, roomy);
        y += s->items[i].rows;
    }
    s->total = y;
    s->cols = a.cols;
    s->height = a.rows;
    s->follow = s->follow || s->top > 0;
}

/* The heading above the first line is worth its place. */
static void bring_in_sight(struct sheet *s)
{
    const struct sheet_item *it = &s->items[s->selected];
    int from = it->y, to = it->y + it->rows;

    if (s->selected > 0 && s->items[s->selected - 1].kind == SHEET_HEADING)
        from = s->items[s->selected - 1].y;
    if (s->selected > 0 && s->items[0].kind != SHEET_ROW && step(s, s->selected,
                                                                 false) == s->selected && to <= s->height)
        from = 0;
    if (to - s->top > s->height)
        s->top = to - s->height;
    if (from < s->top && to - from <= s->height)
        s->top = from;
    if (it->y < s->top)
        s->top = it->y;
}

void sheet_draw(struct sheet *s, struct area a)
{
    if (a.rows < 1 || a.cols < TEXT_X + 4)
        return;
    if (s->cols != a.cols || s->height != a.rows)
        lay_out(s, a, a.rows > ROOMY_ROWS);
    if (s->follow && selectable(s, s->selected))
        bring_in_sight(s);
    s->follow = false;
    s->top = clamp_top(s, s->top);
    area_cursor(a, 0, TEXT_X, false);
    for (size_t i = 0; i < s->count; i++) {
        int y = s->items[i].y - s->top;

        if (y + s->items[i].rows <= 0 || y >= a.rows)
            continue;
        draw_item(s, i, a, y, a.rows > ROOMY_ROWS);
        if (i == s->selected && selectable(s, i)) {
            y = y < 0 ? 0 : y;
            area_text(a, y, 0, 1, STYLE_TEXT, style_mark(STYLE_FOCUS));
            area_focus(a, y, 0, a.cols - 1);
            area_cursor(a, y, TEXT_X, false);
        }
    }
    if (s->top > 0)
        area_text(a, 0, a.cols - 1, 1, STYLE_DIM, area_glyph(a, GLYPH_UP));
    if (s->top < last_top(s))
        area_text(a, a.rows - 1, a.cols - 1, 1, STYLE_DIM, area_glyph(a, GLYPH_DOWN));
}
