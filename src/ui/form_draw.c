/* form_draw.c - which blocks of a form are in sight. Every block is measured, then those in sight are drawn; the one
 * with the focus is kept whole where it fits. */
#include "form_priv.h"

#include <string.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/banned.h"

static bool is_focus(const struct form_view *f, const struct block *b)
{
    size_t n;
    const struct row *rows = session_rows(f->session, &n);

    if (b->row < 0)
        return b->row == BLOCK_FILE && !f->at.q;
    return f->at.q && place_is(&f->at, &rows[b->row]);
}

static void measure(struct form_view *f, struct area a)
{
    size_t n;
    int y = 0;

    session_rows(f->session, &n);
    f->block_count = 0;
    for (int i = -1; i < (int) n + 2; i++) {
        struct block *b = ARRAY_ADD(f->blocks, f->block_count, f->block_cap);
        struct pen p = { .a = a, .y = y, .start = y };

        b->row = i < (int) n ? i : i == (int) n ? BLOCK_ORPHANS : BLOCK_FILE;
        b->y = y;
        block_put(f, &p, b->row);
        b->rows = p.y - y;
        b->answered = p.answered ? p.answered - y : b->rows;
        y = p.y;
    }
}

static size_t focus_block(const struct form_view *f)
{
    size_t at = f->block_count - 1;

    for (size_t i = 0; i < f->block_count; i++)
        if (is_focus(f, &f->blocks[i]))
            at = i;
    return at;
}

/* The heading of the instance that the focus is in; at itself when it is in none. */
static size_t instance_of(const struct form_view *f, size_t at)
{
    size_t n, i = at;
    const struct row *rows = session_rows(f->session, &n);

    if (f->blocks[at].row < 0 || rows[f->blocks[at].row].repeat == 0)
        return at;
    while (i > 0 && f->blocks[i].row >= 0 && rows[f->blocks[i].row].kind != ROW_INSTANCE)
        i--;
    return f->blocks[i].row >= 0 ? i : at;
}

static bool in_sight_together(const struct form_view *f, size_t above, size_t at)
{
    return f->blocks[at].y + f->blocks[at].rows - f->blocks[above].y <= f->height;
}

/* Headings and notes above the focus are worth seeing with it, and what an instance is about with each question in
 * it. */
static int with_what_leads_to_it(const struct form_view *f, size_t at)
{
    size_t n;
    const struct row *rows = session_rows(f->session, &n);
    int end = f->blocks[at].y + f->blocks[at].rows;
    size_t instance = instance_of(f, at);

    if (in_sight_together(f, instance, at))
        at = instance;
    while (at > 0) {
        const struct block *above = &f->blocks[at - 1];
        bool leads = above->row == BLOCK_HEAD || (above->row >= 0 && (rows[above->row].kind == ROW_HEADING ||
                     rows[above->row].kind == ROW_NOTE || rows[above->row].kind == ROW_INSTANCE));

        if (!leads || end - above->y > f->height)
            break;
        at--;
    }
    return f->blocks[at].y;
}

/* A list of choices that nobody points at yet: the question is what matters, not the list. */
static bool is_unentered(const struct editor *e)
{
    return e->kind == EDITOR_CHOICE && !e->inside;
}

static void scroll(struct form_view *f)
{
    const struct block *last = &f->blocks[f->block_count - 1], *b;
    int total = last->y + last->rows, most = total > f->height ? total - f->height : 0, lead;
    size_t at = focus_block(f);

    b = &f->blocks[at];
    if (b->rows > f->height) {
        if (f->at.kind != ROW_NOTE)
            f->peek = is_unentered(&f->ed) || b->answered < f->height ? 0 : b->answered - f->height;
        else if (f->peek < 0 || f->peek > b->rows - f->height)
            f->peek = 0;
        f->top = b->y + f->peek;
        return;
    }
    f->peek = 0;
    lead = with_what_leads_to_it(f, at);
    if (lead < f->top)
        f->top = lead;
    if (b->y + b->rows > f->top + f->height)
        f->top = b->y + b->rows - f->height;
    if (f->top > most)
        f->top = most;
}

void form_draw(struct view *v, struct area body)
{
    struct form_view *f = form_of(v);
    struct area a = area_sub(body, 0, 0, -1, body.cols - 1);

    problems_release(&f->problems);
    session_problems(f->session, &f->problems);
    f->height = body.rows;
    f->item_above = false;
    measure(f, a);
    if (!in_sight_together(f, instance_of(f, focus_block(f)), focus_block(f))) {
        f->item_above = true;
        measure(f, a);
    }
    scroll(f);
    for (size_t i = 0; i < f->block_count; i++) {
        const struct block *b = &f->blocks[i];
        int y = b->y - f->top;
        struct pen p = { .a = a, .y = y, .start = y, .draw = true };

        if (y + b->rows > 0 && y < f->height)
            block_put(f, &p, b->row);
    }
    const struct block *last = &f->blocks[f->block_count - 1];

    if (f->top > 0)
        area_text(body, 0, body.cols - 1, 1, STYLE_DIM, area_glyph(body, GLYPH_UP));
    if (last->y + last->rows > f->top + f->height)
        area_text(body, body.rows - 1, body.cols - 1, 1, STYLE_DIM, area_glyph(body, GLYPH_DOWN));
}
