/* handover_draw.c - hand-over mode on the screen: few words, wide spacing, one question. Made for 40 columns, so that a
 * terminal with a large typeface shows it whole. */
#include "handover_priv.h"

#include <stdio.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/text.h"
#include "dolen/base/banned.h"

#define WIDTH_MOST 60
#define ROOMY_ROWS 18                   /* from here on every line has an empty one below it */
#define LABEL_X    8                    /* of an answer: "> 1 (x) " */

struct sheet {
    struct area a;
    int         y, gap;
    int         end;                    /* first row of the keys at the foot */
};

static void put(struct sheet *s, unsigned style, const char *text)
{
    if (s->y < s->end && text && *text)
        s->y += area_wrap(area_sub(s->a, s->y, 0, s->end - s->y, -1), 0, 0, -1, style, text);
}

static void space(struct sheet *s)
{
    s->y += s->gap;
}

/* --- head and foot ------------------------------------------------------------------------------------------------ */

/* Both languages by their own names, the one in use marked. */
static void draw_languages(struct area a, bool training)
{
    bool cy = lang_now() == LANG_CY;
    int x = 0;

    x += area_text(a, 0, x, -1, cy ? STYLE_HEADING : STYLE_TEXT, area_glyph(a, cy ? GLYPH_PICKED : GLYPH_UNPICKED));
    x += area_text(a, 0, x, -1, cy ? STYLE_HEADING : STYLE_TEXT, " Cymraeg  ");
    x += area_text(a, 0, x, -1, cy ? STYLE_TEXT : STYLE_HEADING, area_glyph(a, cy ? GLYPH_UNPICKED : GLYPH_PICKED));
    x += area_text(a, 0, x, -1, cy ? STYLE_TEXT : STYLE_HEADING, " English  ");
    x += area_text(a, 0, x, -1, STYLE_KEY, "F9 Ctrl-L");
    if (training)
        area_text_right(a, 0, a.cols, STYLE_TRAINING, x + 10 < a.cols ? _("TRAINING") : "#");
}

static void draw_foot(const struct handover *h, struct sheet *s)
{
    struct area foot = area_sub(s->a, s->end, 0, -1, -1);
    size_t at, of;

    handover_place(h, &at, &of);
    area_text(foot, 0, 0, -1, STYLE_TEXT, h->multi ? _("Tab: next   Page Up: back") : _("Enter: next   Page Up: back"));
    area_textf(foot, 1, 0, -1, STYLE_HINT,
               foot.cols < 52 ? _("%zu/%zu  F2: phone numbers  Ctrl-P: stop") :
                                _("%zu/%zu  F2 or Ctrl-N: phone numbers  Ctrl-P: stop"), at, of);
}

/* --- answers ------------------------------------------------------------------------------------------------------ */

static const char *answer_label(const struct handover *h, int i)
{
    return i < (int) h->code_count ? text2_now(&h->codes[i]->label) : _("I would rather not say");
}

static bool is_given(const struct handover *h, int i)
{
    const char *value = session_value(h->session, h->q, 0);

    if (i == (int) h->code_count)
        return session_state(h->session, h->q, 0) == MISSING_PREFER_NOT;
    return value && codes_has(value, h->codes[i]->code);
}

static int answer_rows(const struct handover *h, const struct sheet *s, int i)
{
    return text_wrapped_rows(answer_label(h, i), s->a.cols - LABEL_X) + s->gap;
}

/* The answer with the focus is kept in sight. */
static void scroll(struct handover *h, const struct sheet *s)
{
    int rows = 0;

    if (h->focus < h->top)
        h->top = h->focus < 0 ? 0 : h->focus;
    for (int i = h->top; i <= h->focus; i++)
        rows += answer_rows(h, s, i);
    while (h->top < h->focus && rows - s->gap > s->end - s->y)
        rows -= answer_rows(h, s, h->top++);
}

static void draw_answer(struct handover *h, struct sheet *s, int i)
{
    bool many = h->q->type == Q_SELECT_MULTIPLE && i < (int) h->code_count, given = is_given(h, i),
         here = i == h->focus;
    enum glyph g = many ? (given ? GLYPH_TICKED : GLYPH_UNTICKED) : given ? GLYPH_PICKED : GLYPH_UNPICKED;
    unsigned style = given ? STYLE_HEADING : STYLE_TEXT;
    struct area row = area_sub(s->a, s->y, 0, s->end - s->y, -1);

    if (here)
        area_text(row, 0, 0, -1, STYLE_TEXT, ">");
    if (i < 9 && h->kind == ANSWER_CODES)
        area_textf(row, 0, 2, -1, STYLE_KEY, "%d", i + 1);
    area_text(row, 0, 4, -1, style, area_glyph(row, g));
    area_wrap(area_sub(row, 0, LABEL_X, -1, -1), 0, 0, -1, style, answer_label(h, i));
    if (here) {
        area_focus(row, 0, LABEL_X, -1);
        area_cursor(row, 0, LABEL_X, false);
    }
    s->y += answer_rows(h, s, i);
}

static void draw_answers(struct handover *h, struct sheet *s)
{
    int i, n = handover_answers(h);

    scroll(h, s);
    if (h->top > 0)
        area_text(s->a, s->y, s->a.cols - 1, 1, STYLE_DIM, area_glyph(s->a, GLYPH_UP));
    for (i = h->top; i < n && s->y < s->end; i++)
        draw_answer(h, s, i);
    if (i < n || s->y - s->gap > s->end)
        area_text(s->a, s->end - 1, s->a.cols - 1, 1, STYLE_DIM, area_glyph(s->a, GLYPH_DOWN));
}

static void draw_field(struct handover *h, struct sheet *s)
{
    bool here = h->focus == FOCUS_FIELD;
    struct area a = area_sub(s->a, s->y, 0, s->end - s->y, -1);
    int rows;

    switch (h->kind) {
    case ANSWER_SCALE:
        scale_draw(&h->scale, a, text2_now(&h->q->from_label), text2_now(&h->q->to_label), here);
        s->y += scale_rows(text2_now(&h->q->from_label), text2_now(&h->q->to_label)) + 1;
        break;
    case ANSWER_LINE:
        line_draw(h->line, a, 0, 0, -1, here);
        s->y += 2;
        break;
    case ANSWER_MULTI:
        rows = a.rows - 2 > 1 ? a.rows - 2 : 1;
        multi_draw(h->multi, area_sub(a, 0, 0, rows, -1), here);
        s->y += rows + 1;
        break;
    case ANSWER_CODES:
    case ANSWER_NONE:
    default:
        break;
    }
}

static const char *wording_note(const struct handover *h)
{
    if (!session_form(h->session)->is_measure || lang_now() != LANG_CY || h->q->wording == WORDING_OFFICIAL)
        return NULL;
    return h->q->wording == WORDING_EN_SHOWN ? _("The official Welsh wording is not supplied: this is the English.")
                                             : _("This Welsh wording is a draft, not the official one.");
}

static void draw_question(struct handover *h, struct sheet *s)
{
    draw_languages(s->a, h->ui->training);
    draw_foot(h, s);
    s->y = 1 + s->gap;
    if (!h->q)
        return;
    area_cursor(s->a, s->y, 0, false);
    put(s, STYLE_BIG, text2_now(&h->q->label));
    put(s, STYLE_TEXT, text2_now(&h->q->hint));
    put(s, STYLE_HINT, wording_note(h));
    if (h->refused.st != ST_OK)
        put(s, STYLE_ERROR, err_text(&h->refused));
    space(s);
    if (!handover_is_asked(h) || s->y >= s->end)
        return;
    draw_field(h, s);
    if (s->y < s->end)
        draw_answers(h, s);
}

/* --- the other pages ---------------------------------------------------------------------------------------------- */

static void draw_thanks(struct sheet *s)
{
    s->y = s->gap;
    put(s, STYLE_BIG, tr_in(LANG_CY, N_("Thank you.")));
    put(s, STYLE_BIG, tr_in(LANG_CY, N_("Please give the laptop back.")));
    space(s);
    s->y++;
    put(s, STYLE_BIG, tr_in(LANG_EN, N_("Thank you.")));
    put(s, STYLE_BIG, tr_in(LANG_EN, N_("Please give the laptop back.")));
    const char *words = _("For the practitioner: Enter, then your passphrase.");
    int foot = s->a.rows - text_wrapped_rows(words, s->a.cols);

    area_wrap(s->a, foot < s->end ? foot : s->end, 0, -1, STYLE_HINT, words);
    area_cursor(s->a, s->gap, 0, false);
}

static void draw_gate(const struct handover *h, struct sheet *s)
{
    bool typed = h->host.has_typed(h->host.ctx);

    s->y = s->gap;
    s->end = s->a.rows;             /* nothing stands at the foot here */
    put(s, STYLE_TEXT, _("For the practitioner: your passphrase, then Enter."));
    space(s);
    s->y++;
    area_text(s->a, s->y, 0, -1, STYLE_TEXT, "> ");
    if (typed)
        area_text(s->a, s->y, 2, -1, STYLE_SECRET, area_glyph(s->a, GLYPH_HIDDEN));
    area_cursor(s->a, s->y, typed ? 5 : 2, true);
    s->y += 2;
    put(s, h->refused.st != ST_OK ? STYLE_ERROR : STYLE_HINT,
        h->refused.st != ST_OK ? err_text(&h->refused) : _("What you type is not shown. Esc: back to the questions."));
}

static void draw_numbers(struct handover *h, struct sheet *s)
{
    text_view_draw(h->numbers, area_sub(s->a, 0, 0, s->end, -1));
    area_text(s->a, s->end, 0, -1, STYLE_TEXT, _("Up and Down to read on   Enter: back"));
}

void handover_draw(struct view *v, struct area body)
{
    struct handover *h = handover_of(v);
    int width = body.cols - 2 > WIDTH_MOST ? WIDTH_MOST : body.cols - 2;
    struct sheet s = { .a = area_sub(body, 0, (body.cols - width) / 2, -1, width),
                       .gap = body.rows >= ROOMY_ROWS ? 1 : 0,
                       .end = body.rows - 2 };

    if (body.rows >= ROOMY_ROWS) {
        s.a = area_sub(s.a, 1, 0, -1, -1);
        s.end--;
    }
    switch (h->page) {
    case PAGE_QUESTION: draw_question(h, &s); break;
    case PAGE_THANKS:   draw_thanks(&s); break;
    case PAGE_GATE:     draw_gate(h, &s); break;
    case PAGE_NUMBERS:  draw_numbers(h, &s); break;
    default:            break;
    }
}
