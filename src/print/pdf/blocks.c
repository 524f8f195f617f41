/* print/pdf/blocks.c - the blocks of a document as pieces on pages, and the look in which they fit. */
#include "page.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/mem.h"
#include "dolen/base/banned.h"

/* The loosest look in which everything stands on one page; when none does, "several" over as many as it takes. Nothing
 * is ever smaller than 11 point. */
static const struct look looks[] = {
    { 14, 1.15, 1, 57 }, { 13, 1.15, 1, 57 }, { 12, 1.15, 1, 57 }, { 12, 1.08, 0.8, 51 }, { 11.5, 1.05, 0.7, 48 },
    { 11.5, 1.05, 0.55, 42 }, { 11, 1.05, 0.6, 45 }, { 11, 1, 0.45, 40 }, { 11, 0.96, 0.35, 38 },
};
static const struct look several = { 12, 1.1, 0.9, 54 };
static const struct look large = { LARGE, 1.1, 0.8, 54 };

#define BETWEEN "     "           /* facts on one line */

static void embolden(PangoAttrList *list, size_t from, size_t to)
{
    PangoAttribute *bold = pango_attr_weight_new(PANGO_WEIGHT_BOLD);

    bold->start_index = (guint) from;
    bold->end_index = (guint) to;
    pango_attr_list_insert(list, bold);
}

static double indent_of(const struct sheet *s, const struct block *b)
{
    return s->look->margin + b->level * s->look->size * 1.5;
}

/* --- facts -------------------------------------------------------------------------------------------------------- */

static double fact_width(struct sheet *s, const struct block *b)
{
    char *text = b->label ? xasprintf("%s %s", b->label, b->text) : xstrdup(b->text);
    PangoLayout *l = layout_new(s, text, s->look->size, b->label != NULL, 0);
    double width = layout_width(l);

    g_object_unref(l);
    free(text);
    return width;
}

/* The facts from i to end, as many on each line as fit whole. */
static PangoLayout *facts_layout(struct sheet *s, size_t i, size_t end, double width)
{
    PangoAttrList *bold = pango_attr_list_new();
    PangoLayout *l;
    struct buf b = BUF_INIT;
    double used = 0;

    for (; i < end; i++) {
        const struct block *fact = &s->d->items[i];
        double more = fact_width(s, fact) + s->look->size * 1.5;

        if (b.len)
            buf_add(&b, used + more <= width ? BETWEEN : "\n");
        used = used + more <= width ? used + more : more;
        if (fact->label) {
            embolden(bold, b.len, b.len + strlen(fact->label));
            buf_addf(&b, "%s ", fact->label);
        }
        buf_add(&b, fact->text);
    }
    l = layout_new(s, buf_text(&b), s->look->size, false, width);
    pango_layout_set_attributes(l, bold);
    pango_attr_list_unref(bold);
    buf_release(&b);
    return l;
}

/* As wide as the widest facts of a step need, up to a share of the page. */
static double side_within(struct sheet *s, double share)
{
    double most = page_width(s) * share, needed = 0;

    for (size_t i = 0; i < s->d->count; i++) {
        size_t end = document_past_facts(s->d, i + 1);
        PangoLayout *l;

        if (s->d->items[i].kind != BLOCK_STEP || end == i + 1)
            continue;
        l = facts_layout(s, i + 1, end, most);
        needed = MAX(needed, layout_width(l));
        g_object_unref(l);
    }
    return needed > 0 ? needed + 2 : 0;
}

/* --- blocks: each puts block i and gives the index of the one that follows what it put ---------------------------- */

static size_t put_block(struct sheet *s, size_t i);

/* An item with all that belongs to it ends before end. */
static size_t group_end(const struct sheet *s, size_t i)
{
    for (i++; i < s->d->count && s->d->items[i].level > 0; i++)
        ;
    return i;
}

static double height_of(const struct sheet *s, size_t i, size_t end)
{
    struct sheet measured = *s;

    measured.drawing = false;
    measured.endless = true;
    measured.y = s->look->margin;
    while (i < end)
        i = put_block(&measured, i);
    return measured.y - s->look->margin;
}

/* What a heading takes along: the item that follows, whole, or a few lines of it. */
static double height_after_heading(const struct sheet *s, size_t i)
{
    double few = s->look->size * 4.8, height;

    if (s->endless || i + 1 >= s->d->count || s->d->items[i + 1].kind != BLOCK_NUMBERED)
        return few;
    height = height_of(s, i + 1, group_end(s, i + 1)) + s->look->size * 2;
    return height < page_height(s) * 0.8 ? MAX(height, few) : few;
}

static size_t put_heading(struct sheet *s, size_t i)
{
    const double size = s->look->size;
    struct piece p = { .x = s->look->margin, .before = size * 1.1, .after_least = height_after_heading(s, i),
                       .tag = "H2" };

    p.layout = layout_new(s, s->d->items[i].text, size * 1.15, true, WIDTH - 2 * p.x);
    put_piece(s, &p);
    s->y += size * 0.15;
    return i + 1;
}

static size_t put_plain(struct sheet *s, size_t i)
{
    const struct block *b = &s->d->items[i];
    struct piece p = { .x = indent_of(s, b), .before = s->look->size * (b->level ? 0.2 : 0.7), .tag = "P" };

    p.layout = layout_new(s, b->text, s->look->size, false, right_edge(s) - p.x);
    put_piece(s, &p);
    return i + 1;
}

static size_t put_numbered(struct sheet *s, size_t i)
{
    const double size = s->look->size;
    const struct block *b = &s->d->items[i];
    char *mark = xasprintf("%d.", b->number);
    struct piece p = { .mark_x = indent_of(s, b), .before = size * 0.8, .after_least = size * 3.2, .tag = "P" };
    double whole = s->endless ? 0 : height_of(s, i, group_end(s, i));

    if (whole <= page_height(s) && !fits(s, whole + p.before * s->look->gaps) && !at_top(s))
        next_page(s);
    p.mark = layout_new(s, mark, size, true, 0);
    p.x = p.mark_x + MAX(layout_width(p.mark) + size * 0.4, size * 1.5);
    p.layout = layout_new(s, b->text, size, true, right_edge(s) - p.x);
    put_piece(s, &p);
    free(mark);
    return i + 1;
}

/* An item takes the first of its facts along. */
static double after_facts(const struct sheet *s, size_t i)
{
    return document_past_facts(s->d, i) > i ? s->look->size * 1.5 : 0;
}

static size_t put_bullet(struct sheet *s, size_t i)
{
    const struct block *b = &s->d->items[i];
    struct piece p = { .mark_x = indent_of(s, b), .before = s->look->size * 0.3, .after_least = after_facts(s, i + 1),
                       .tag = "P" };

    p.mark = layout_new(s, "•", s->look->size, false, 0);
    p.x = p.mark_x + s->look->size;
    p.layout = layout_new(s, b->text, s->look->size, false, right_edge(s) - p.x);
    put_piece(s, &p);
    return i + 1;
}

static size_t put_step(struct sheet *s, size_t i)
{
    const double size = s->look->size;
    const struct block *b = &s->d->items[i];
    size_t end = document_past_facts(s->d, i + 1);
    struct piece p = { .mark_x = indent_of(s, b), .before = size * 0.3, .tick = b->number ? TICK_DONE : TICK_OPEN,
                       .tag = "P" };
    double edge = right_edge(s);

    p.x = p.mark_x + size * 1.15;
    if (s->side > 0 && end > i + 1) {
        p.side = facts_layout(s, i + 1, end, s->side);
        edge -= s->side + size;
        if (layout_height(p.side) > page_height(s) / 2)
            g_clear_object(&p.side);
    }
    p.layout = layout_new(s, b->text, size, false, edge - p.x);
    end = p.side ? end : i + 1;
    p.after_least = after_facts(s, end);
    put_piece(s, &p);
    return end;
}

static size_t put_facts(struct sheet *s, size_t i)
{
    size_t end = document_past_facts(s->d, i);
    struct piece p = { .x = indent_of(s, &s->d->items[i]), .before = s->look->size * 0.1, .tag = "P" };

    p.layout = facts_layout(s, i, end, right_edge(s) - p.x);
    put_piece(s, &p);
    return end;
}

static size_t put_labelled(struct sheet *s, size_t i)
{
    const struct block *b = &s->d->items[i];
    char *text = xasprintf("%s %s", b->label, b->text);
    struct piece p = { .x = indent_of(s, b), .before = s->look->size * 0.2, .tag = "P" };
    PangoAttrList *bold = pango_attr_list_new();

    p.layout = layout_new(s, text, s->look->size, false, right_edge(s) - p.x);
    embolden(bold, 0, strlen(b->label));
    pango_layout_set_attributes(p.layout, bold);
    pango_attr_list_unref(bold);
    put_piece(s, &p);
    free(text);
    return i + 1;
}

static size_t (*const putters[BLOCK_COUNT])(struct sheet *s, size_t i) = {
    [BLOCK_HEADING] = put_heading, [BLOCK_PARA] = put_plain, [BLOCK_NUMBERED] = put_numbered,
    [BLOCK_BULLET] = put_bullet, [BLOCK_LABELLED] = put_labelled, [BLOCK_STEP] = put_step,
    [BLOCK_FACT] = put_facts,
};

static size_t put_block(struct sheet *s, size_t i)
{
    return putters[s->d->items[i].kind](s, i);
}

/* The column of facts with which all of it is shortest. */
static double choose_side(struct sheet *s)
{
    static const double shares[] = { 0.36, 0.42, 0.48, 0.54 };
    double best = 0, least = 0;

    for (size_t i = 0; i < ARRAY_LEN(shares); i++) {
        double height;

        s->side = side_within(s, shares[i]);
        height = height_of(s, 0, s->d->count);
        if (i == 0 || height < least) {
            least = height;
            best = s->side;
        }
    }
    return best;
}

int put_all(struct sheet *s, const struct look *look, bool drawing)
{
    s->look = look;
    s->drawing = drawing;
    s->page = 1;
    s->y = look->margin;
    s->side = s->d->large ? 0 : choose_side(s);
    page_marks(s);
    put_title(s);
    for (size_t i = 0; i < s->d->count;)
        i = put_block(s, i);
    return s->page;
}

const struct look *choose_look(struct sheet *s)
{
    if (s->d->large)
        return &large;
    for (size_t i = 0; i < ARRAY_LEN(looks); i++)
        if (put_all(s, &looks[i], false) == 1)
            return &looks[i];
    return &several;
}
