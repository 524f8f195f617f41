/* form_block.c - what stands in one block of a form: a question with its editor, a question with its answer, a heading.
 *
 * Column 0 has the focus mark, column 2 the mark of the state (+ required and open, - a reason why there is no answer,
 * x does not pass), the text begins at column 4. */
#include "form_priv.h"
#include "person_priv.h"

#include <string.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/text.h"
#include "dolen/core/safe.h"
#include "dolen/base/banned.h"

#define MARK_X      2
#define TEXT_X      4
#define ROOMY_ROWS  14                  /* from here on there is room for what one could do without */
#define ROOMY_COLS  60
#define ORPHANS_MAX 40
#define CHOICES_MIN 3

static void put_wrapped(struct pen *p, int x, unsigned style, const char *text)
{
    if (!*text)
        return;
    int rows = p->draw ? area_wrap(p->a, p->y, x, -1, style, text) : text_wrapped_rows(text, p->a.cols - x);

    p->y += rows;
}

static void put_marked(struct pen *p, int x, enum style style, const char *text)
{
    if (p->draw)
        area_text(p->a, p->y, x, 1, style, style_mark(style));
    put_wrapped(p, x + 2, style, text);
}

static bool is_roomy(const struct pen *p)
{
    return p->a.rows >= ROOMY_ROWS;
}

static int text_x(const struct pen *p, const struct row *r)
{
    return TEXT_X + (p->a.cols >= ROOMY_COLS && r->depth > 0 ? 2 : 0);
}

/* '>' and the cursor, on the first line of the block that can be seen. */
static void put_focus(struct pen *p, int x)
{
    if (!p->draw)
        return;
    int y = p->y > 0 ? p->y : 0;

    area_text(p->a, y, 0, 1, STYLE_TEXT, style_mark(STYLE_FOCUS));
    area_cursor(p->a, y, x, false);
}

/* --- the state of a question --- */

static enum style state_of(const struct form_view *f, const struct row *r, int row)
{
    enum missing m = session_state(f->session, r->q, r->repeat);

    for (size_t i = 0; i < f->problems.count; i++)
        if (f->problems.items[i].row == row)
            return f->problems.items[i].open ? STYLE_REQUIRED : STYLE_ERROR;
    return m != MISSING_NONE && m != MISSING_NOT_REACHED ? STYLE_MISSING : STYLE_TEXT;
}

/* The answer in one line, dots for what is protected. */
static enum style answer_text(const struct form_view *f, const struct row *r, struct buf *out)
{
    if (form_is_hidden_value(f, r->q, r->repeat)) {
        buf_add(out, SAFE_DOTS);
        return STYLE_SECRET;
    }
    session_show(f->session, r->q, r->repeat, out);
    return session_value(f->session, r->q, r->repeat) ? STYLE_VALUE : STYLE_MISSING;
}

static void put_mark(struct pen *p, enum style state)
{
    if (p->draw)
        area_text(p->a, p->y, MARK_X, 1, state, style_mark(state));
}

/* --- a question without the focus --- */

static void put_answer(struct form_view *f, struct pen *p, const struct row *r, int row)
{
    int x = text_x(p, r), wide = p->a.cols >= ROOMY_COLS ? p->a.cols / 2 : x;
    const char *label = text2_now(&r->q->label);
    struct buf value = BUF_INIT;
    enum style style = answer_text(f, r, &value);
    int width = text_width(label);
    bool calculated = r->q->type == Q_CALCULATE;
    bool one_line = value.len == 0 || x + width + 2 <= wide ||
                    x + width + 2 + text_width(buf_text(&value)) <= p->a.cols;
    int value_x = !one_line ? x + 2 : x + width + 2 <= wide ? wide : x + width + 2;

    if (p->draw) {
        put_mark(p, state_of(f, r, row));
        area_text(p->a, p->y, x, -1, calculated ? STYLE_DIM : STYLE_LABEL, label);
        area_text(p->a, p->y + !one_line, value_x, -1, style, buf_text(&value));
    }
    p->y += one_line ? 1 : 2;
    buf_wipe(&value);
}

/* --- a question with the focus --- */

static void put_wording(const struct form_view *f, struct pen *p, int x, const struct question *q)
{
    if (!session_form(f->session)->is_measure || lang_now() != LANG_CY || q->wording == WORDING_OFFICIAL)
        return;
    put_wrapped(p, x, STYLE_HINT, q->wording == WORDING_EN_SHOWN
                                      ? _("The official Welsh wording is not supplied: this is the English.")
                                      : _("This Welsh wording is a draft, not the official one."));
}

static void put_prompts(struct pen *p, int x, const struct question *q)
{
    put_wrapped(p, x, STYLE_HEADING, _("Ways to ask:"));
    for (size_t i = 0; i < q->prompt_count; i++) {
        if (p->draw)
            area_text(p->a, p->y, x, 1, STYLE_TEXT, area_glyph(p->a, GLYPH_BULLET));
        put_wrapped(p, x + 2, STYLE_TEXT, text2_now(&q->prompts[i]));
    }
}

/* How the date was understood; while there is none, how one may type it. */
static void put_date(struct form_view *f, struct pen *p, int x)
{
    const char *text = editor_text(&f->ed);
    struct date d;
    enum date_grain grain, as;
    bool understood = session_date(f->session, f->at.q, text, &d, &grain);
    struct date_text shown = !understood         ? (struct date_text) { "" }
                             : grain == GRAIN_DAY ? date_show_long(d)
                                                  : date_show_grain(d, grain);
    struct date any;
    const char *how = session_date(f->session, f->at.q, "1/3", &any, &as) ? _("day first: 3/2/26, 3 Feb, today, +7")
                                                                    : _("day first: 3/2/26, 3 Feb 2026, today");
    const char *words = understood ? shown.s : *text ? "" : how;

    if (!understood && text_width(words) > p->a.cols - x)
        words = _("like 3/2/26, today or +7");

    bool beside = x + 18 + text_width(words) <= p->a.cols;

    if (p->draw && p->y >= 0)
        line_draw(f->ed.line, p->a, p->y, x, 16, true);
    if (p->draw && beside)
        area_text(p->a, p->y, x + 18, -1, understood ? STYLE_VALUE : STYLE_HINT, words);
    p->y++;
    if (!beside)
        put_wrapped(p, x, understood ? STYLE_VALUE : STYLE_HINT, words);
}

static int field_cols(const struct question *q)
{
    switch (q->type) {
    case Q_INTEGER: case Q_DECIMAL: case Q_SCALE: return 14;
    default: break;
    }
    switch (q->appearance) {
    case APPEAR_NHS:      return 16;
    case APPEAR_POSTCODE: return 12;
    case APPEAR_PHONE:    return 28;
    default:              return -1;
    }
}

static void put_line(struct form_view *f, struct pen *p, int x)
{
    if (p->draw && p->y >= 0)
        line_draw(f->ed.line, p->a, p->y, x, field_cols(f->at.q), true);
    p->y++;
}

static int between(int n, int least, int most)
{
    return n > most ? (most > least ? most : least) : n < least ? least : n;
}

static void put_multi(struct form_view *f, struct pen *p, int x)
{
    int room = p->a.rows - (p->y - p->start) - 2, half = p->a.rows * 2 / 3;
    int rows = between(multi_rows(f->ed.multi, p->a.cols - x) + 1, is_roomy(p) ? CHOICES_MIN : 2,
                       room < half ? room : half);

    if (p->draw && p->y >= 0)
        multi_draw(f->ed.multi, area_sub(p->a, p->y, x, rows, -1), true);
    p->y += rows;
    if (is_roomy(p))
        put_wrapped(p, x, STYLE_HINT, _("Enter starts a line; Tab goes on."));
}

/* Nothing is pointed at yet: the list without its focus. */
static void unpoint(struct area a)
{
    for (int y = 0; y < a.rows; y++) {
        area_text(a, y, 0, 1, STYLE_TEXT, " ");
        area_restyle(a, y, 0, -1, STYLE_TEXT);
    }
}

static void put_sources(struct form_view *f, struct pen *p, int x, const struct row *r)
{
    struct buf text = BUF_INIT;
    const char *known = session_known_from(f->session, r->q, r->repeat);

    if (known)
        put_wrapped(p, x, STYLE_HINT, known);
    if (f->host.sources)
        f->host.sources(f->host.ctx, r->q->name, r->repeat, &text);
    if (text.len > 0)
        put_wrapped(p, x, STYLE_HINT, buf_text(&text));
    buf_wipe(&text);
}

static void put_choice_hint(const struct form_view *f, struct pen *p, int x)
{
    if (is_roomy(p) && f->at.q->appearance == APPEAR_RANKED)
        put_wrapped(p, x, STYLE_HINT, _("Space or a number ticks; Left and Right change the order; Enter goes on."));
    else if (is_roomy(p) && f->at.q->type == Q_SELECT_MULTIPLE)
        put_wrapped(p, x, STYLE_HINT, _("Space or a number ticks; Enter goes on."));
}

/* The rows of what stands below a list of choices: a list that left no room for them would push its own question out
 * of sight. */
static int rows_below(struct form_view *f, const struct pen *p, int x)
{
    const struct row at = { .q = f->at.q, .repeat = f->at.repeat };
    struct pen dry = { .a = p->a };

    put_choice_hint(f, &dry, x);
    if (*text2_now(&f->refused))
        put_marked(&dry, x, STYLE_ERROR, text2_now(&f->refused));
    put_sources(f, &dry, x, &at);
    if (is_roomy(p))
        dry.y++;
    else
        put_wrapped(&dry, x, STYLE_HINT, text2_now(&f->at.q->hint));
    return dry.y;
}

static void put_choices(struct form_view *f, struct pen *p, int x)
{
    struct editor *e = &f->ed;
    int cols = p->a.cols - x, longest = e->inside ? choice_whole_rows(e->choice, cols) : 0;
    int room = p->a.rows - (p->y - p->start) - longest - rows_below(f, p, x);
    int rows = between(choice_rows(e->choice), 1, room > CHOICES_MIN ? room : CHOICES_MIN);
    struct spot before = p->draw ? canvas_cursor(p->a.canvas) : (struct spot) { 0, 0, false };

    if (e->code_count == 0) {
        put_wrapped(p, x, STYLE_HINT, _("There is nothing to choose from yet."));
        return;
    }
    if (p->draw && p->y >= 0) {
        struct area list = area_sub(p->a, p->y, x, rows, -1);

        choice_draw(e->choice, list, e->inside);
        if (!e->inside) {
            unpoint(list);
            area_cursor(area_all(p->a.canvas), before.y, before.x, false);
        }
    }
    p->y += rows;
    if (p->draw && longest > 0)
        choice_draw_whole(e->choice, area_sub(p->a, p->y, x, longest, -1));
    p->y += longest;
    put_choice_hint(f, p, x);
}

static void put_scale(struct form_view *f, struct pen *p, int x)
{
    const struct question *q = f->at.q;
    const char *from = text2_now(&q->from_label), *to = text2_now(&q->to_label);
    int rows = scale_rows(from, to), need = text_width(from) + text_width(to) + 12;
    bool two = rows == 2 && x + need > p->a.cols;        /* too long for one line: one below the other */

    if (p->draw && p->y >= 0)
        scale_draw(&f->ed.scale, area_sub(p->a, p->y, x, two ? 1 : rows, -1), two ? "" : from, two ? "" : to, true);
    p->y += two ? 1 : rows;
    if (two && p->draw) {
        area_textf(p->a, p->y, x + 1, -1, STYLE_DIM, "%d %s", q->from, from);
        area_textf(p->a, p->y + 1, x + 1, -1, STYLE_DIM, "%d %s", q->to, to);
    }
    p->y += two ? 2 : 0;
}

static void put_tick(struct form_view *f, struct pen *p, int x)
{
    bool on = session_value(f->session, f->at.q, f->at.repeat);

    if (p->draw) {
        int used = area_text(p->a, p->y, x, -1, STYLE_FIELD, area_glyph(p->a, on ? GLYPH_TICKED : GLYPH_UNTICKED));

        area_text(p->a, p->y, x + used + 1, -1, on ? STYLE_VALUE : STYLE_HINT, on ? _("yes") : _("Space says yes"));
        if (p->y >= 0)
            area_cursor(p->a, p->y, x + 1, false);
    }
    p->y++;
}

static void put_hidden(struct form_view *f, struct pen *p, int x)
{
    (void) f;
    if (p->draw) {
        int used = area_text(p->a, p->y, x, -1, STYLE_SECRET, SAFE_DOTS);

        area_text(p->a, p->y, x + used + 2, -1, STYLE_HINT, _("hidden; r shows it"));
    }
    p->y++;
}

static void put_editor(struct form_view *f, struct pen *p, int x)
{
    static void (*const puts[])(struct form_view *f, struct pen *p, int x) = {
        [EDITOR_LINE] = put_line, [EDITOR_MULTI] = put_multi, [EDITOR_CHOICE] = put_choices, [EDITOR_SCALE] = put_scale,
        [EDITOR_TICK] = put_tick, [EDITOR_HIDDEN] = put_hidden,
    };

    if (f->ed.kind == EDITOR_LINE && f->at.q->type == Q_DATE)
        put_date(f, p, x);
    else if (puts[f->ed.kind])
        puts[f->ed.kind](f, p, x);
}

/* What the host says that an instance is about; on a small screen no more than two lines of it. */
static void put_item(struct form_view *f, struct pen *p, int x, const struct question *repeat, int instance)
{
    struct buf words = BUF_INIT;
    int cols = p->a.cols - x;

    if (f->host.item && instance > 0)
        f->host.item(f->host.ctx, repeat, instance, &words);
    if (!is_roomy(p) && text_wrapped_rows(buf_text(&words), cols) > 2) {
        size_t fits = text_fit(buf_text(&words), 2 * cols - cols / 3, NULL);

        buf_remove(&words, fits, words.len - fits);
        buf_add(&words, area_glyph(p->a, GLYPH_ELLIPSIS));
    }
    put_wrapped(p, x, STYLE_TEXT, buf_text(&words));
    buf_wipe(&words);
}

static const struct question *repeat_of(const struct form_view *f, const struct question *q)
{
    return q->repeat < 0 ? NULL : &session_form(f->session)->questions[q->repeat];
}

static void put_question(struct form_view *f, struct pen *p, const struct row *r, int row)
{
    const struct question *q = r->q;
    int x = text_x(p, r);
    enum style state = state_of(f, r, row);
    enum missing m = session_state(f->session, q, r->repeat);

    if (f->item_above && repeat_of(f, q))
        put_item(f, p, x, repeat_of(f, q), r->repeat);
    put_focus(p, x);
    put_mark(p, state);
    put_wrapped(p, x, STYLE_HEADING, text2_now(&q->label));
    if (is_roomy(p))
        put_wrapped(p, x, STYLE_HINT, text2_now(&q->hint));
    put_wording(f, p, x, q);
    if (is_roomy(p) && q->prompt_count > 0 && !f->prompts)
        put_wrapped(p, x, STYLE_HINT, _("F4: ways to ask"));
    if (f->prompts)
        put_prompts(p, x, q);
    if (state == STYLE_REQUIRED && is_roomy(p))
        put_wrapped(p, x, STYLE_REQUIRED, _("required"));
    if (m != MISSING_NONE && m != MISSING_NOT_REACHED)
        put_marked(p, x, STYLE_MISSING, missing_label(m));
    put_editor(f, p, x);
    if (*text2_now(&f->refused))
        put_marked(p, x, STYLE_ERROR, text2_now(&f->refused));
    put_sources(f, p, x, r);
    if (is_roomy(p))
        p->y++;
    else {                              /* a small screen: the question and its answer first */
        p->answered = p->y;
        put_wrapped(p, x, STYLE_HINT, text2_now(&q->hint));
    }
}

/* --- everything else --- */

static void put_heading(struct pen *p, const struct row *r, const char *text)
{
    if (!*text)
        return;
    if (is_roomy(p))
        p->y++;
    put_wrapped(p, r->depth > 0 ? 2 : 0, STYLE_HEADING, text);
}

static void put_instance(struct form_view *f, struct pen *p, const struct row *r)
{
    struct buf text = BUF_INIT;
    const char *item = text2_now(&r->q->item_label);

    buf_addf(&text, "%s %d", *item ? item : text2_now(&r->q->label), r->repeat);
    put_heading(p, r, buf_text(&text));
    put_item(f, p, r->depth > 0 ? 2 : 0, r->q, r->repeat);
    buf_release(&text);
}

static void put_add(struct form_view *f, struct pen *p, const struct row *r, bool focused)
{
    const char *item = text2_now(&r->q->item_label);
    struct buf text = BUF_INIT;
    int x = text_x(p, r);

    buf_addf(&text, session_instances(f->session, r->q) ? _("Add another: %s") : _("Add: %s"),
             *item ? item : text2_now(&r->q->label));
    if (focused)
        put_focus(p, x);
    int y = p->y;

    put_wrapped(p, x, STYLE_HEADING, buf_text(&text));
    if (p->draw && focused)
        area_focus(p->a, y, x, text_width(buf_text(&text)));
    buf_release(&text);
}

static void put_note(struct pen *p, const struct row *r, bool focused)
{
    int x = text_x(p, r);

    if (focused)
        put_focus(p, x);
    put_wrapped(p, x, focused ? STYLE_HEADING : STYLE_TEXT, text2_now(&r->q->label));
    put_wrapped(p, x, STYLE_HINT, text2_now(&r->q->hint));
}

static void put_head(struct form_view *f, struct pen *p)
{
    const struct form *form = session_form(f->session);
    int before = p->y;

    if (f->note)
        put_wrapped(p, 0, STYLE_HINT, f->note);
    put_wrapped(p, 0, STYLE_HINT, text2_now(&form->about));
    if (form->is_measure && form->measure.self_report_only)
        put_wrapped(p, 0, STYLE_TEXT, _("Only the person's own answers count here: nobody answers for them."));
    if (form->is_measure && lang_now() == LANG_CY && form_wording(form, LANG_CY) == WORDING_EN_SHOWN)
        put_wrapped(p, 0, STYLE_WARN, _("The official Welsh wording is not supplied: this is the English."));
    if (p->y > before && is_roomy(p))
        p->y++;
}

static void put_orphans(struct form_view *f, struct pen *p)
{
    const struct answer *gone[ORPHANS_MAX];
    size_t n = session_orphans(f->session, gone, ORPHANS_MAX);

    if (n == 0)
        return;
    p->y += is_roomy(p);
    put_wrapped(p, TEXT_X, STYLE_DIM, _("Answers to questions that this form no longer asks; they are kept:"));
    for (size_t i = 0; i < n && i < ORPHANS_MAX; i++, p->y++) {
        const struct answer *a = gone[i];
        const struct question *q = older_question(&f->older, f->ui, session_form(f->session)->id, a->name, NULL);
        struct buf value = BUF_INIT;

        if (a->value)
            column_words(f->ui, q, safe_show(a->value, form_hides(f, a->name), false), &value);
        else
            buf_add(&value, missing_label(a->missing));
        if (p->draw)
            area_textf(p->a, p->y, TEXT_X + 2, -1, STYLE_DIM, "%s: %s", q ? text2_now(&q->label) : a->name,
                       buf_text(&value));
        buf_wipe(&value);
    }
}

static void put_file(struct form_view *f, struct pen *p)
{
    size_t n = session_to_go(f->session);
    bool focused = !f->at.q;

    struct buf open = BUF_INIT;
    int used = text_width(_("File this form"));

    p->y += is_roomy(p);
    if (focused)
        put_focus(p, TEXT_X);
    if (p->draw) {
        area_text(p->a, p->y, TEXT_X, -1, STYLE_HEADING, _("File this form"));
        if (focused)
            area_focus(p->a, p->y, TEXT_X, used);
    }
    if (n > 0)
        buf_addf(&open, tr_n("+ %zu required question open", "+ %zu required questions open", n), n);
    bool beside = TEXT_X + used + 2 + text_width(buf_text(&open)) <= p->a.cols;

    if (p->draw && beside)
        area_text(p->a, p->y, TEXT_X + used + 2, -1, STYLE_REQUIRED, buf_text(&open));
    p->y++;
    if (!beside)
        put_wrapped(p, TEXT_X, STYLE_REQUIRED, buf_text(&open));
    buf_release(&open);
}

static void put_row(struct form_view *f, struct pen *p, const struct row *r, int row)
{
    bool focused = f->at.q && place_is(&f->at, r);

    switch (r->kind) {
    case ROW_HEADING:  put_heading(p, r, text2_now(&r->q->label)); break;
    case ROW_NOTE:     put_note(p, r, focused); break;
    case ROW_INSTANCE: put_instance(f, p, r); break;
    case ROW_ADD:      put_add(f, p, r, focused); break;
    case ROW_QUESTION: (focused ? put_question : put_answer)(f, p, r, row); break;
    default:           break;
    }
}

void block_put(struct form_view *f, struct pen *p, int row)
{
    size_t n;
    const struct row *rows = session_rows(f->session, &n);

    if (row == BLOCK_HEAD)
        put_head(f, p);
    else if (row == BLOCK_ORPHANS)
        put_orphans(f, p);
    else if (row == BLOCK_FILE)
        put_file(f, p);
    else
        put_row(f, p, &rows[row], row);
}
