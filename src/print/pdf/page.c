/* print/pdf/page.c - pages, their margins, and pieces of text put on them one below the other. */
#include "page.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/mem.h"
#include "dolen/base/banned.h"

/* The first of these that is here: narrow enough for a plan on one page, and the plain shapes that easy reading asks
 * for. Other scripts come from whatever font has them. */
#define FONT "Liberation Sans, Arimo, Noto Sans, Sans"

double right_edge(const struct sheet *s)
{
    return WIDTH - s->look->margin;
}

double page_width(const struct sheet *s)
{
    return WIDTH - 2 * s->look->margin;
}

double page_height(const struct sheet *s)
{
    return HEIGHT - 2 * s->look->margin;
}

PangoLayout *layout_new(struct sheet *s, const char *text, double size, bool bold, double width)
{
    PangoLayout *l = pango_layout_new(s->pango);
    PangoFontDescription *font = pango_font_description_from_string(FONT);

    pango_font_description_set_absolute_size(font, size * PANGO_SCALE);
    pango_font_description_set_weight(font, bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
    pango_layout_set_font_description(l, font);
    pango_font_description_free(font);
    if (width > 0)
        pango_layout_set_width(l, (int) (width * PANGO_SCALE));
    pango_layout_set_wrap(l, PANGO_WRAP_WORD_CHAR);
    pango_layout_set_line_spacing(l, (float) s->look->leading);
    pango_layout_set_text(l, text, -1);
    if (pango_layout_get_unknown_glyphs_count(l) > 0)
        s->boxes = true;
    return l;
}

double layout_height(PangoLayout *l)
{
    int h;

    pango_layout_get_size(l, NULL, &h);
    return (double) h / PANGO_SCALE;
}

double layout_width(PangoLayout *l)
{
    int w;

    pango_layout_get_size(l, &w, NULL);
    return (double) w / PANGO_SCALE;
}

/* --- pages -------------------------------------------------------------------------------------------------------- */

static void show_at(struct sheet *s, PangoLayout *l, double x, double y)
{
    if (s->drawing) {
        cairo_move_to(s->cr, x, y);
        pango_cairo_show_layout(s->cr, l);
    }
}

/* The words for a page, with its numbers in them; free it. */
static char *page_words(const struct sheet *s, enum page_word which)
{
    static const char *const names[] = { "{page}", "{pages}", "{next}" };
    const int numbers[] = { s->page, s->pages, s->page + 1 };
    struct buf b = BUF_INIT;

    for (const char *c = s->d->page_words[which]; *c;) {
        size_t i = 0;

        while (i < ARRAY_LEN(names) && !str_starts(c, names[i]))
            i++;
        if (i < ARRAY_LEN(names))
            buf_addf(&b, "%d", numbers[i]);
        else
            buf_add_char(&b, *c);
        c += i < ARRAY_LEN(names) ? strlen(names[i]) : 1;
    }
    return buf_steal(&b);
}

static char *whole_title(const struct document *d)
{
    return d->name ? xasprintf("%s: %s", d->title, d->name) : xstrdup(d->title);
}

/* In the margin above or below; to_right: its end at the right edge. Consumes the text. */
static void show_in_margin(struct sheet *s, char *text, double y, bool bold, bool to_right)
{
    double size = s->look->size >= LARGE ? 14 : 10;
    PangoLayout *l = layout_new(s, text, size, bold, 0);
    double most = page_width(s) * 0.6;

    if (!to_right && layout_width(l) > most) {
        pango_layout_set_width(l, (int) (most * PANGO_SCALE));
        pango_layout_set_ellipsize(l, PANGO_ELLIPSIZE_END);
    }
    show_at(s, l, to_right ? right_edge(s) - layout_width(l) : s->look->margin, y);
    g_object_unref(l);
    free(text);
}

void page_marks(struct sheet *s)
{
    double above = s->look->margin * 0.4, below = HEIGHT - s->look->margin * 0.72;
    char *title;

    if (s->d->training)
        show_in_margin(s, xstrdup(TRAINING_MARK), above, true, true);
    if (s->pages < 2)
        return;
    if (s->page > 1) {
        title = whole_title(s->d);
        show_in_margin(s, xasprintf("%s (%s)", title, s->d->page_words[PAGE_WORD_FROM]), above, false, false);
        free(title);
    }
    if (s->page < s->pages)
        show_in_margin(s, page_words(s, PAGE_WORD_ON), below, false, false);
    show_in_margin(s, page_words(s, PAGE_WORD_OF), below, false, true);
}

static void tag_open(struct sheet *s, const char *tag)
{
    s->tag = tag;
    if (s->drawing)
        cairo_tag_begin(s->cr, tag, NULL);
}

static void tag_close(struct sheet *s)
{
    if (s->drawing && s->tag)
        cairo_tag_end(s->cr, s->tag);
    s->tag = NULL;
}

void next_page(struct sheet *s)
{
    const char *tag = s->tag;

    tag_close(s);
    if (s->drawing)
        cairo_show_page(s->cr);
    s->page++;
    s->y = s->look->margin;
    page_marks(s);
    if (tag)
        tag_open(s, tag);
}

bool at_top(const struct sheet *s)
{
    return s->y <= s->look->margin + 0.01;
}

bool fits(const struct sheet *s, double height)
{
    return s->endless || s->y + height <= HEIGHT - s->look->margin;
}

/* --- text on pages ------------------------------------------------------------------------------------------------ */

/* A box on the line whose baseline is at y, as high as a capital letter. */
static void show_box(struct sheet *s, enum tick tick, double x, double y)
{
    double edge = s->look->size * 0.68;

    if (!s->drawing)
        return;
    cairo_set_line_width(s->cr, s->look->size * 0.07);
    cairo_rectangle(s->cr, x, y - edge, edge, edge);
    if (tick == TICK_DONE) {
        cairo_move_to(s->cr, x + edge * 0.2, y - edge * 0.5);
        cairo_line_to(s->cr, x + edge * 0.42, y - edge * 0.22);
        cairo_line_to(s->cr, x + edge * 0.85, y - edge * 0.85);
    }
    cairo_stroke(s->cr);
}

static void put_lines(struct sheet *s, const struct piece *p)
{
    PangoLayoutIter *it = pango_layout_get_iter(p->layout);
    double start = s->y;
    bool first = true;

    do {
        PangoRectangle r;
        double base = (double) pango_layout_iter_get_baseline(it) / PANGO_SCALE, top, height;
        int from, to;

        pango_layout_iter_get_line_extents(it, NULL, &r);
        pango_layout_iter_get_line_yrange(it, &from, &to);
        top = (double) from / PANGO_SCALE;
        height = (double) (to - from) / PANGO_SCALE;
        if (!fits(s, height) && !at_top(s))
            next_page(s);
        if (first) {
            start = s->y;
            if (p->mark)
                show_at(s, p->mark, p->mark_x, s->y);
            if (p->tick != TICK_NONE)
                show_box(s, p->tick, p->mark_x, s->y + base - top);
        }
        if (s->drawing) {
            cairo_move_to(s->cr, p->x + (double) r.x / PANGO_SCALE, s->y + base - top);
            pango_cairo_show_layout_line(s->cr, pango_layout_iter_get_line_readonly(it));
        }
        s->y += height;
        first = false;
    } while (pango_layout_iter_next_line(it));
    pango_layout_iter_free(it);
    if (p->side) {
        show_at(s, p->side, right_edge(s) - s->side, start);
        s->y = MAX(s->y, start + layout_height(p->side));
    }
}

/* A short piece is not parted, nor is one with something beside it; a long one starts with three lines at least, and a
 * heading takes what follows along. */
void put_piece(struct sheet *s, struct piece *p)
{
    double line = s->look->size * 1.4 * s->look->leading, height = layout_height(p->layout);

    if (p->side)
        height = MAX(height, layout_height(p->side));
    if (!at_top(s))
        s->y += p->before * s->look->gaps;
    if (!fits(s, (p->side || height < 4 * line ? height : 3 * line) + p->after_least) && !at_top(s))
        next_page(s);
    tag_open(s, p->tag);
    put_lines(s, p);
    tag_close(s);
    g_object_unref(p->layout);
    if (p->mark)
        g_object_unref(p->mark);
    if (p->side)
        g_object_unref(p->side);
}

void put_title(struct sheet *s)
{
    const double size = s->look->size;
    char *text = whole_title(s->d);
    struct piece p = { .x = s->look->margin, .tag = "H1" };

    p.layout = layout_new(s, text, size * 1.5, true, WIDTH - 2 * p.x);
    put_piece(s, &p);
    s->y += size * 0.25;
    if (s->drawing) {
        cairo_set_line_width(s->cr, 1.2);
        cairo_move_to(s->cr, p.x, s->y);
        cairo_line_to(s->cr, right_edge(s), s->y);
        cairo_stroke(s->cr);
    }
    s->y += size * 0.35;
    free(text);
}
