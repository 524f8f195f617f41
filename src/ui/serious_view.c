/* serious_view.c - what to do about something serious, and whom to ring. No case data, and every line in both
 * languages: whoever is in the room may be the one who has to read it. */
#include "dolen/ui/views.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/text.h"
#include "dolen/ui/list.h"
#include "dolen/ui/text_view.h"
#include "dolen/base/banned.h"

#define NUMBERS_MAX 200
#define PREVIEW_MIN 4

struct serious_view {
    struct view                   view; /* first */
    struct ui                    *ui;
    bool                          case_open;
    const struct protocol *const *protocols;
    size_t                        count;
    struct list                   list; /* row 0: all numbers; then the protocols */
    struct text_view             *text; /* of the open one; NULL: the list is shown */
};

static struct serious_view *serious_of(struct view *v)
{
    return (struct serious_view *) v;
}

/* --- both languages --- */

/* On one line, the language of the screen first: a narrow one cuts the end. */
static void on_one_line(struct buf *out, const char *cy, const char *en)
{
    bool welsh = lang_now() == LANG_CY;

    buf_add(out, welsh ? cy : en);
    if (!str_eq(cy, en))
        buf_addf(out, " / %s", welsh ? en : cy);
}

static void both(struct buf *out, const struct text2 *t)
{
    on_one_line(out, text2_in(t, LANG_CY), text2_in(t, LANG_EN));
}

static void both_words(struct buf *out, const char *msgid)
{
    on_one_line(out, tr_in(LANG_CY, msgid), tr_in(LANG_EN, msgid));
}

static void add_both(struct text_view *t, enum style style, const char *indent, const char *msgid)
{
    text_view_addf(t, style, "%s%s", indent, tr_in(LANG_CY, msgid));
    if (!str_eq(tr_in(LANG_CY, msgid), tr_in(LANG_EN, msgid)))
        text_view_addf(t, style, "%s%s", indent, tr_in(LANG_EN, msgid));
}

static void add_pair(struct text_view *t, enum style style, const char *first, const char *rest,
                     const struct text2 *words)
{
    const char *cy = text2_in(words, LANG_CY), *en = text2_in(words, LANG_EN);

    if (*cy)
        text_view_addf(t, style, "%s%s", first, cy);
    if (*en && !str_eq(cy, en))
        text_view_addf(t, style, "%s%s", rest, en);
}

/* --- numbers --- */

static bool is_filled_in(const struct protocol_number *n)
{
    return n->number && n->number[0] && !str_eq(n->number, "?");
}

static void checked_line(const struct protocol_number *n, struct date today, enum lang l, struct buf *out)
{
    enum lang before = lang_now();

    lang_set(l);
    if (!is_filled_in(n))
        buf_add(out, _("Not filled in yet: ask your supervisor."));
    else if (!date_is_set(n->checked))
        buf_add(out, _("Never checked: nobody here has rung it to see that it is right."));
    else if (protocol_number_is_stale(n, today))
        buf_addf(out, _("Checked %s: more than 180 days ago."), date_show(n->checked).s);
    else
        buf_addf(out, _("Checked %s."), date_show(n->checked).s);
    lang_set(before);
}

static void add_number(struct serious_view *s, const struct protocol_number *n)
{
    struct date today = s->ui->today;
    bool doubtful = !is_filled_in(n) || protocol_number_is_stale(n, today);

    text_view_add(s->text, STYLE_TEXT, "");
    text_view_add(s->text, STYLE_BIG, is_filled_in(n) ? n->number : "?");
    add_pair(s->text, STYLE_HEADING, "  ", "  ", &n->name);
    add_pair(s->text, STYLE_TEXT, "  ", "  ", &n->hours);
    add_pair(s->text, STYLE_TEXT, "  ", "  ", &n->note);
    struct buf cy = BUF_INIT, en = BUF_INIT;

    checked_line(n, today, LANG_CY, &cy);
    checked_line(n, today, LANG_EN, &en);
    text_view_add(s->text, doubtful ? STYLE_WARN : STYLE_DIM, buf_text(&cy));
    if (!str_eq(buf_text(&cy), buf_text(&en)))
        text_view_add(s->text, doubtful ? STYLE_WARN : STYLE_DIM, buf_text(&en));
    buf_release(&cy);
    buf_release(&en);
}

static bool same_number(const struct protocol_number *a, const struct protocol_number *b)
{
    return str_eq(a->number, b->number) && str_eq(a->name.t[LANG_EN], b->name.t[LANG_EN]);
}

/* Every number once, in the order of the protocols. */
static size_t all_numbers(const struct serious_view *s, const struct protocol_number **out)
{
    size_t n = 0;

    for (size_t i = 0; i < s->count; i++)
        for (size_t j = 0; j < s->protocols[i]->number_count && n < NUMBERS_MAX; j++) {
            const struct protocol_number *one = &s->protocols[i]->numbers[j];
            bool there = false;

            for (size_t k = 0; k < n; k++)
                there = there || same_number(out[k], one);
            if (!there)
                out[n++] = one;
        }
    return n;
}

static size_t numbers_of(const struct serious_view *s, size_t row, const struct protocol_number **out)
{
    if (row == 0)
        return all_numbers(s, out);
    const struct protocol *p = s->protocols[row - 1];
    size_t n = p->number_count < NUMBERS_MAX ? p->number_count : NUMBERS_MAX;

    for (size_t i = 0; i < n; i++)
        out[i] = &p->numbers[i];
    return n;
}

/* --- one protocol --- */

static void add_steps(struct serious_view *s, const struct protocol *p)
{
    for (size_t i = 0; i < p->step_count; i++) {
        struct buf number = BUF_INIT;

        text_view_add(s->text, STYLE_TEXT, "");
        buf_addf(&number, "%2zu. ", i + 1);
        add_pair(s->text, STYLE_TEXT, buf_text(&number), "    ", &p->steps[i]);
        buf_release(&number);
    }
}

static void add_record(struct serious_view *s, const struct protocol *p)
{
    if (p->record_count == 0)
        return;
    text_view_add(s->text, STYLE_TEXT, "");
    add_both(s->text, STYLE_LABEL, "", N_("Write down:"));
    for (size_t i = 0; i < p->record_count; i++)
        add_pair(s->text, STYLE_TEXT, "  ", "  ", &p->record[i]);
}

static void open_row(struct serious_view *s)
{
    const struct protocol_number *numbers[NUMBERS_MAX];
    size_t row = s->list.selected, n = numbers_of(s, row, numbers);
    const struct protocol *p = row > 0 ? s->protocols[row - 1] : NULL;

    s->text = text_view_new();
    if (p) {
        add_pair(s->text, STYLE_HEADING, "", "", &p->title);
        if (!p->approved_by || !p->approved_by[0])
            add_both(s->text, STYLE_WARN, "", N_("Not yet approved by your safeguarding lead."));
        if (p->stands_in)
            add_both(s->text, STYLE_WARN, "", N_("Your organisation's own file about this cannot be read: this is what "
                                                 "came with the program."));
        add_steps(s, p);
    } else {
        add_both(s->text, STYLE_HEADING, "", N_("All numbers"));
    }
    for (size_t i = 0; i < n; i++)
        add_number(s, numbers[i]);
    if (p)
        add_record(s, p);
    else if (catalog_protocols_broken(s->ui->catalog)) {        /* below the numbers: 999 is what is looked for */
        text_view_add(s->text, STYLE_TEXT, "");
        add_both(s->text, STYLE_WARN, "", N_("A file of your organisation about something serious cannot be read: "
                                             "dolen doctor says which."));
    }
}

struct text_view *serious_numbers_new(struct ui *u)
{
    struct serious_view s = { .ui = u };

    s.protocols = catalog_protocols(u->catalog, &s.count);
    open_row(&s);                       /* row 0: all of them */
    return s.text;
}

/* --- the view --- */

const char *serious_protocol(const struct view *v)
{
    const struct serious_view *s = (const struct serious_view *) v;

    return str_eq(v->ops->name, "serious") && s->text && s->list.selected > 0 ? s->protocols[s->list.selected - 1]->id :
                                                                                NULL;
}

static enum status load(struct view *v, struct err *err)
{
    struct serious_view *s = serious_of(v);

    (void) err;
    s->protocols = catalog_protocols(s->ui->catalog, &s->count);
    list_set_count(&s->list, s->count + 1);
    if (s->text) {
        text_view_free(&s->text);
        open_row(s);
    }
    return ST_OK;
}

static void draw_row(void *ctx, size_t i, struct area row)
{
    struct serious_view *s = ctx;
    struct buf b = BUF_INIT;

    if (i > 0)
        both(&b, &s->protocols[i - 1]->title);
    else
        both_words(&b, N_("All numbers"));
    area_words(row, 0, 0, -1, i == 0 ? STYLE_HEADING : STYLE_TEXT, buf_text(&b));
    buf_release(&b);
}

/* The numbers of the row that the cursor is on, as many as there is room for. */
static void draw_preview(const struct serious_view *s, struct area a)
{
    const struct protocol_number *numbers[NUMBERS_MAX];
    size_t n = numbers_of(s, s->list.selected, numbers);
    int y = 1;

    area_hline(a, 0, 0, -1, STYLE_LINE);
    for (size_t i = 0; i < n && y < a.rows; i++) {
        struct buf b = BUF_INIT;

        if (!is_filled_in(numbers[i]))
            continue;
        both(&b, &numbers[i]->name);
        area_text(a, y, 2, 15, STYLE_BIG, numbers[i]->number);
        area_words(a, y++, 18, -1, STYLE_TEXT, buf_text(&b));
        buf_release(&b);
    }
}

static struct list_source source(struct serious_view *s)
{
    return (struct list_source) { .row = draw_row, .ctx = s };
}

static void draw(struct view *v, struct area body)
{
    struct serious_view *s = serious_of(v);
    struct list_source src = source(s);
    int rows = (int) s->count + 1;

    if (s->text) {
        text_view_draw(s->text, body);
        return;
    }
    if (body.rows - rows < PREVIEW_MIN)         /* 999 is in sight on the smallest screen */
        rows = body.rows > 2 * PREVIEW_MIN ? body.rows - PREVIEW_MIN : body.rows;
    if (rows < body.rows)
        draw_preview(s, area_sub(body, rows, 0, -1, -1));
    list_draw(&s->list, &src, area_sub(body, 0, 0, rows, -1));
}

static unsigned note(struct serious_view *s)
{
    if (s->case_open)
        return REACT_PASS;
    screen_message(s->view.screen, STYLE_HINT, "%s",
                   _("A note needs the open case file. Write it on paper, with the time."));
    return REACT_DRAW;
}

static unsigned act(struct view *v, int action)
{
    struct serious_view *s = serious_of(v);
    struct list_source src = source(s);

    if (action == ACT_NOTE_SERIOUS)
        return note(s);
    if (action == ACT_SERIOUS)
        return REACT_NONE;                      /* it is open already */
    if (action == NAV_OPEN && !s->text) {
        open_row(s);
        return REACT_DRAW;
    }
    if (action == NAV_BACK && s->text) {
        text_view_free(&s->text);
        return REACT_DRAW;
    }
    return s->text ? text_view_act(s->text, action) : list_act(&s->list, &src, action);
}

/* A page that is being read opens nothing. */
static bool idle(struct view *v, int action)
{
    return action == NAV_OPEN && serious_of(v)->text;
}

static void title(struct view *v, struct buf *out)
{
    (void) v;
    both_words(out, N_("Something serious"));
}

static void close(struct view *v)
{
    text_view_free(&serious_of(v)->text);
    free(v);
}

static const int bar[] = { NAV_OPEN, ACT_NOTE_SERIOUS, NAV_BACK, 0 };
static const int locked_bar[] = { NAV_OPEN, NAV_BACK, 0 };
#define SERIOUS_OPS(more, keys)                                                                                  \
    { .name = "serious", .context = IN_SERIOUS | IN_TEXT | IN_LIST, .flags = (more), .bar = keys, \
      .load = load, .draw = draw, .act = act, .title = title, .idle = idle, .close = close }
static const struct view_ops ops = SERIOUS_OPS(0, bar), locked_ops = SERIOUS_OPS(VIEW_OWN_BAR, locked_bar);

struct view *serious_view_new(struct ui *u, bool case_open)
{
    struct serious_view *s = xcalloc(1, sizeof *s);

    s->view.ops = case_open ? &ops : &locked_ops;
    s->ui = u;
    s->case_open = case_open;
    return &s->view;
}
