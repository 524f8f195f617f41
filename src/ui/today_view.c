/* today_view.c - the day: one ordered list of what is due and why, and three counts. */
#include "dolen/ui/views.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/text.h"
#include "dolen/ui/chart.h"
#include "dolen/ui/list.h"
#include "dolen/ui/worklist_load.h"
#include "dolen/base/banned.h"

#define ITEMS_MAX   500
#define MONTHS      12
#define WIDE_COLS   100                 /* from here a chart fits beside the list */
#define WIDE_ROWS   18
#define CHART_COLS  40
#define CHART_ROWS  12
#define AHEAD_DAYS  7
#define NARROW_COLS 60
#define NARROW_ROW  55
#define DEFINITION_ROWS 12              /* in CHART_COLS, in the longer language */

/* What Tab puts below the list: nothing, what the counts count, the months. */
enum panel { PANEL_NONE, PANEL_COUNTS, PANEL_MONTHS, PANEL_COUNT_ };

struct today_view {
    struct view       view;
    struct ui        *u;
    struct list       list;
    struct work_item *items;
    int               n, due_now;
    bool              shared;           /* several practitioners use the case file */
    struct counts     counts;
    struct month_row  months[MONTHS];
    enum panel        panel;
    size_t            said, next;       /* what the counts count: the first on a small screen, and behind the last */
};

static struct today_view *of(struct view *v)
{
    return (struct today_view *) v;
}

/* A follow-up of another day is another row: the first one was seen to. */
static bool is_row(const struct work_item *a, const struct work_item *b)
{
    bool drafts = work_is_draft(a) && work_is_draft(b);

    return (drafts || (a->kind == b->kind && date_compare(a->due, b->due) == 0)) &&
           id_eq(a->person, b->person) && id_eq(a->episode, b->episode) && id_eq(a->subject, b->subject);
}

/* Another key must not mean somebody else because a row came or went above: the cursor stays on its row, goes to a form
 * that was just left, and from one that was just filed to the same person. Where a row was seen to it stays in its
 * place, on the next one to see to. */
static void follow(struct today_view *v, const struct work_item *was, const struct work_item *top)
{
    bool left = v->n && v->items[0].kind == WORK_RESUME_DRAFT && !is_row(&v->items[0], top);
    size_t same = (size_t) v->n, person = same;

    for (size_t i = (size_t) v->n; i-- > 0; ) {
        if (is_row(&v->items[i], was))
            same = i;
        if (id_is_set(was->person) && id_eq(v->items[i].person, was->person))
            person = i;
    }
    if (left)
        list_select(&v->list, 0);
    else if (same < (size_t) v->n)
        list_select(&v->list, same);
    else if (work_is_draft(was) && person < (size_t) v->n)
        list_select(&v->list, person);
}

static enum status today_load(struct view *view, struct err *err)
{
    struct today_view *v = of(view);
    struct records practitioners = { NULL, 0, 0 };
    bool again = v->n > 0;
    struct work_item was = v->items[again ? v->list.selected : 0], top = v->items[0];
    enum status st = worklist_load(v->u->store, v->u->catalog, v->u->whose, v->u->today,
                                   date_add_days(v->u->today, AHEAD_DAYS), v->items, ITEMS_MAX, &v->n, err);

    v->due_now = 0;
    for (int i = 0; i < v->n; i++)
        v->due_now += !date_is_set(v->items[i].due) || date_compare(v->items[i].due, v->u->today) <= 0;
    list_set_count(&v->list, (size_t) v->n);
    if (again)
        follow(v, &was, &top);
    explicit_bzero(&was, sizeof was);
    explicit_bzero(&top, sizeof top);
    if (st == ST_OK)
        st = store_counts(v->u->store, &v->counts, err);
    if (st == ST_OK)
        st = store_months(v->u->store, v->u->today, MONTHS, v->months, err);
    if (st == ST_OK)
        st = store_list(v->u->store, LIST_PRACTITIONERS, ID_NONE, 2, &practitioners, err);
    v->shared = practitioners.count > 1;
    records_release(&practitioners);
    return st;
}

/* --- rows ------------------------------------------------------------------------------------------------------- */

/* Names are read for the rows in sight alone: a name is some pages of the case file, and there may be hundreds. */
static void name_rows(void *ctx, size_t first, size_t n)
{
    struct today_view *v = ctx;
    struct err err = { .st = ST_OK };

    if (first + n > (size_t) v->n)
        n = (size_t) v->n > first ? (size_t) v->n - first : 0;
    if (worklist_names(v->u->store, v->items + first, (int) n, &err) != ST_OK && v->view.screen)
        screen_message(v->view.screen, STYLE_ERROR, "%s", err_text(&err));
}

/* Which form it is, and how many answers wait, are never what is cut: where the whole has no room it is said in fewer
 * words. */
static void row_words(const struct today_view *v, const struct work_item *w, int cols, struct buf *out)
{
    struct buf brief = BUF_INIT;

    work_words(out, w, v->u->today);
    if (!work_is_draft(w) || text_width(buf_text(out)) <= cols)
        return;
    draft_brief(&brief, w, v->u->today);
    buf_clear(out);
    buf_addf(out, _("unfinished: %s"), buf_text(&brief));
    if (text_width(buf_text(out)) > cols) {
        buf_clear(out);
        buf_add(out, buf_text(&brief));
    }
    buf_wipe(&brief);
}

static void draw_row(void *ctx, size_t i, struct area row)
{
    struct today_view *v = ctx;
    const struct work_item *w = &v->items[i];
    bool late = work_is_overdue(w, v->u->today);
    int name = row.cols >= 90 ? 30 : row.cols >= NARROW_ROW ? 24 : 14, words = 2 + name + 1;
    bool nobody = !w->name[0] && row.cols < NARROW_ROW;     /* the words have the room of the name */
    struct buf b = BUF_INIT;

    if (nobody)
        words = 2;
    row_words(v, w, row.cols - words, &b);
    if (late)
        area_text(row, 0, 0, 1, STYLE_OVERDUE, style_mark(STYLE_OVERDUE));
    if (!nobody)
        area_text(row, 0, 2, name, STYLE_VALUE, w->name[0] ? w->name : area_glyph(row, GLYPH_DASH));
    area_words(row, 0, words, -1, STYLE_TEXT, buf_text(&b));
    buf_wipe(&b);
}

/* --- below and beside the list ---------------------------------------------------------------------------------- */

static void count_words(const struct today_view *v, bool brief, struct buf *out)
{
    unsigned long people = (unsigned long) v->counts.people, open = (unsigned long) v->counts.open_episodes;
    unsigned long waiting = (unsigned long) v->counts.referrals_waiting;

    buf_addf(out, tr_n("%lu person", "%lu people", people), people);
    buf_add(out, " · ");
    if (brief) {
        buf_addf(out, _("%lu open"), open);
        buf_add(out, " · ");
        buf_addf(out, _("%lu waiting"), waiting);
        return;
    }
    buf_addf(out, tr_n("%lu open episode", "%lu open episodes", open), open);
    buf_add(out, " · ");
    buf_addf(out, tr_n("%lu referral waiting", "%lu referrals waiting", waiting), waiting);
}

#define DEFINITIONS 4

/* From this one on, as many as stand whole; returns the first that does not, and in *rows what all of them would take. */
static size_t draw_definitions(struct area a, size_t from, int *rows)
{
    const char *lines[DEFINITIONS] = {
        _("People: everyone with a record here, open or closed, but not what is in the bin."),
        _("Open episodes: periods of support that were opened and are not closed."),
        _("Referrals waiting: received, and no decision written down yet. The waiting list is a decision."),
        _("One person can have several referrals and several episodes, so the three differ."),
    };
    size_t next = from;
    int y = 0;

    *rows = 0;
    for (size_t i = 0; i < DEFINITIONS; i++) {
        int takes = text_wrapped_rows(lines[i], a.cols - 2);

        *rows += takes;
        if (i == next && (y == 0 || y + takes <= a.rows)) {
            y += area_wrap(a, y, 2, -1, STYLE_HINT, lines[i]);
            next++;
        }
    }
    return next;
}

static void draw_chart(const struct today_view *v, struct area a, const char *heading, bool open)
{
    double values[MONTHS];
    const char *labels[MONTHS];

    if (a.rows < 5)
        return;
    for (int i = 0; i < MONTHS; i++) {
        const struct month_row *m = &v->months[MONTHS - 1 - i];

        values[i] = (double) (open ? m->open_at_end : m->received);
        labels[i] = date_month_short(m->month);
    }
    area_text(a, 0, 0, -1, STYLE_HEADING, heading);
    chart_draw_bars(area_sub(a, 1, 0, a.rows - 1 < CHART_ROWS ? a.rows - 1 : CHART_ROWS, -1), values, labels, MONTHS);
}

static void draw_months(const struct today_view *v, struct area a)
{
    draw_chart(v, a, _("Referrals received, by month"), false);
}

/* Below the list, where there is no room beside it: half the width each, or the one on a narrow screen. */
static void draw_below(const struct today_view *v, struct area a)
{
    int half = a.cols >= NARROW_COLS ? a.cols / 2 : a.cols;

    draw_chart(v, area_sub(a, 0, 2, -1, half - 4), _("Referrals received, by month"), false);
    if (half < a.cols)
        draw_chart(v, area_sub(a, 0, half + 1, -1, -1), _("Open episodes at month's end"), true);
}

/* Beside the list: the chart, and as far down as there is room the caseload over the months and what the counts
 * count. */
static void draw_side(const struct today_view *v, struct area a)
{
    int y = CHART_ROWS + 2;

    draw_months(v, a);
    if (a.rows >= y + CHART_ROWS + 1) {
        draw_chart(v, area_sub(a, y, 0, -1, -1), _("Open episodes at the end of each month"), true);
        y += CHART_ROWS + 2;
    }
    int rows;

    if (v->panel != PANEL_COUNTS && a.rows >= y + DEFINITION_ROWS)
        draw_definitions(area_sub(a, y, 0, -1, -1), 0, &rows);
}

static void first_steps(struct area a)
{
    const char *lines[] = {
        _("Welcome. This case file is empty."),
        _("a   adds a referral: who it is about, then how they came to you"),
        _("A   opens the directory; a there adds a group, a place or a service"),
        _("?   says what can be done on each screen; m shows everything"),
        _("F2  something serious: what to do and whom to ring, at any time"),
        _("Every change is saved at once and encrypted. Ctrl-K locks."),
    };
    int y = 0;

    for (size_t i = 0; i < ARRAY_LEN(lines) && y + text_wrapped_rows(lines[i], a.cols - 2) <= a.rows; i++)
        y += area_wrap(a, y, 2, -1, i == 0 ? STYLE_HEADING : STYLE_TEXT, lines[i]) + (a.rows > 12 ? 1 : 0);
    area_cursor(a, 0, 2, false);
}

static struct list_source source_of(struct today_view *v)
{
    return (struct list_source) { .row = draw_row, .window = name_rows, .ctx = v,
                                  .empty = id_is_set(v->u->whose)
                                               ? _("Nothing of yours is due. o shows everybody's, p shows people.")
                                               : _("Nothing is due. a adds a referral, p shows people, i the inbox.") };
}

/* What is cut in a narrow row stands here whole; and of an unfinished form, at every width, where one was, how much is
 * not on record, and the three things that can be done with it. */
static int draw_detail(struct today_view *v, struct area a)
{
    struct work_item *w = v->n ? &v->items[v->list.selected] : NULL;
    bool draft = w && work_is_draft(w);
    struct buf b = BUF_INIT;
    int rows = 0;

    if (!w || a.rows < 6 || (!draft && a.cols >= NARROW_COLS))
        return 0;
    name_rows(v, v->list.selected, 1);
    if (draft) {
        draft_sentence(&b, w, v->u->today);
        buf_addf(&b, " %s", _("Enter goes on, v shows the changes, d puts it in the bin for 30 days."));
    } else {
        if (w->name[0])
            buf_addf(&b, "%s: ", w->name);
        work_words(&b, w, v->u->today);
    }
    rows = !draft ? 2 : text_wrapped_rows(buf_text(&b), a.cols);
    rows = rows > a.rows - 2 ? a.rows - 2 : rows;       /* the row and the next one stay */
    area_wrap(area_sub(a, a.rows - rows, 0, rows, -1), 0, 0, -1, STYLE_HINT, buf_text(&b));
    buf_wipe(&b);
    return rows;
}

static void draw_head(const struct today_view *v, struct area row)
{
    struct buf b = BUF_INIT;
    int x = area_words(row, 0, 0, -1, STYLE_HEADING, date_show_long(v->u->today).s);

    if (v->n > 0) {
        buf_addf(&b, v->n == ITEMS_MAX ? _("%d due or more") : tr_n("%d due", "%d due", (unsigned long) v->due_now),
                 v->due_now);
        if (v->n > v->due_now && row.cols >= 60)
            buf_addf(&b, tr_n(", %d in the next days", ", %d in the next days", (unsigned long) (v->n - v->due_now)),
                     v->n - v->due_now);
        if (x + 2 + text_width(buf_text(&b)) <= row.cols)
            area_text_right(row, 0, row.cols, STYLE_LABEL, buf_text(&b));
    }
    buf_release(&b);
}

static void draw_foot(const struct today_view *v, struct area row)
{
    struct buf b = BUF_INIT;
    const char *hint = v->panel == PANEL_NONE ? _("Tab: what these count")
                                              : v->panel == PANEL_COUNTS && v->next < DEFINITIONS ? _("Tab: the rest")
                                              : v->panel == PANEL_COUNTS ? _("Tab: the months") :
                       _("Tab: the list alone");

    count_words(v, row.cols < 60, &b);
    int used = area_entries(row, 0, 0, -1, STYLE_LABEL, buf_text(&b), NULL);

    if (used + 2 + text_width(hint) <= row.cols)
        area_text_right(row, 0, row.cols, STYLE_HINT, hint);
    buf_release(&b);
}

/* A wide screen has the months beside the list. */
static int panel_rows(const struct today_view *v, struct area middle, bool wide)
{
    if (v->panel == PANEL_NONE || (v->panel == PANEL_MONTHS && wide))
        return 0;
    if (v->panel == PANEL_COUNTS) {
        int needed;

        draw_definitions(area_sub(middle, 0, 0, 0, -1), DEFINITIONS, &needed);
        needed = needed < middle.rows - 2 ? needed : middle.rows - 2;
        return needed > middle.rows / 2 ? needed : middle.rows / 2;
    }
    return CHART_ROWS + 2 <= middle.rows - 2 ? CHART_ROWS + 2 : middle.rows - 2;
}

static void today_draw(struct view *view, struct area body)
{
    struct today_view *v = of(view);
    struct list_source src = source_of(v);
    struct area middle = area_sub(body, 1, 0, body.rows - 2, -1);
    bool wide = body.cols >= WIDE_COLS && body.rows >= WIDE_ROWS;

    draw_head(v, area_sub(body, 0, 0, 1, -1));
    int below = panel_rows(v, middle, wide), below_all;

    if (below > 0) {
        struct area foot = area_sub(middle, middle.rows - below, 0, -1, -1);

        if (v->panel == PANEL_MONTHS)
            draw_below(v, foot);
        else
            v->next = draw_definitions(foot, v->said, &below_all);
        middle = area_sub(middle, 0, 0, middle.rows - below, -1);
    }
    draw_foot(v, area_sub(body, body.rows - 1, 0, 1, -1));
    if (wide) {
        draw_side(v, area_sub(body, 2, body.cols - CHART_COLS, body.rows - 3 - below, -1));
        middle = area_sub(middle, 0, 0, -1, middle.cols - CHART_COLS - 2);
    }
    if (v->n == 0 && v->counts.people == 0) {
        first_steps(middle);
        return;
    }
    middle = area_sub(middle, 0, 0, middle.rows - draw_detail(v, middle), -1);
    list_draw(&v->list, &src, middle);
}

/* --- keys ------------------------------------------------------------------------------------------------------- */

static unsigned today_act(struct view *view, int action)
{
    struct today_view *v = of(view);
    struct list_source src = source_of(v);

    if (action == ACT_MOST_URGENT) {        /* the program opens what is selected */
        list_select(&v->list, 0);
        return REACT_PASS | REACT_DRAW;
    }
    if (action == NAV_NEXT_FIELD || action == NAV_PREV_FIELD) {
        bool more = v->panel == PANEL_COUNTS && action == NAV_NEXT_FIELD && v->next < DEFINITIONS;

        v->said = more ? v->next : 0;
        v->next = DEFINITIONS;
        if (more)
            return REACT_DRAW;
        v->panel = action == NAV_NEXT_FIELD ? (v->panel + 1) % PANEL_COUNT_
                                            : (v->panel + PANEL_COUNT_ - 1) % PANEL_COUNT_;
        return REACT_DRAW;
    }
    return list_act(&v->list, &src, action);
}

static struct focus today_focus(struct view *view)
{
    static const int kinds[WORK_COUNT] = {
        [WORK_RESUME_DRAFT] = FOCUS_DRAFT, [WORK_DRAFT] = FOCUS_DRAFT, [WORK_REFERRAL_WAITING] = FOCUS_REFERRAL,
        [WORK_REFERRAL_PUT_OFF] = FOCUS_REFERRAL, [WORK_WAITING_LIST] = FOCUS_REFERRAL,
        [WORK_GAP] = FOCUS_GAP,
    };
    struct today_view *v = of(view);

    if (v->n == 0)
        return (struct focus) { .kind = FOCUS_NONE };
    const struct work_item *w = &v->items[v->list.selected];

    return (struct focus) { .person = w->person, .episode = w->episode, .subject = w->subject,
                            .kind = kinds[w->kind] ? kinds[w->kind] : FOCUS_TASK, .question = work_kind_code(w->kind) };
}

static void today_title(struct view *view, struct buf *out)
{
    buf_add(out, id_is_set(of(view)->u->whose) ? _("Today, yours") : _("Today"));
    if (of(view)->due_now > 0)
        buf_addf(out, of(view)->n == ITEMS_MAX ? " (%d+)" : " (%d)", of(view)->due_now);
}

static void today_close(struct view *view)
{
    struct today_view *v = of(view);

    explicit_bzero(v->items, ITEMS_MAX * sizeof *v->items);
    free(v->items);
    free(v);
}

/* Who has the case file to themselves is offered no choice. */
static bool today_idle(struct view *view, int action)
{
    return action == ACT_ONLY_OWN && !of(view)->shared;
}

static const char *today_bar_word(struct view *view, int action)
{
    return action == ACT_ONLY_OWN && id_is_set(of(view)->u->whose) ? _("Everybody's") : NULL;
}

static const int bar[] = { NAV_OPEN, ACT_MOST_URGENT, ACT_ADD, ACT_ONLY_OWN, ACT_PEOPLE, ACT_SEARCH, ACT_REFERRALS, 0 };

static const struct view_ops ops = {
    .name = "today", .context = IN_TODAY | IN_LIST, .bar = bar,
    .stale_on = CHANGED(TASK) | CHANGED(DRAFT) | CHANGED(PERSON) | CHANGED(EPISODE) | CHANGED(REFERRAL) |
                CHANGED(ASSET) | CHANGED(PRACTITIONER),
    .idle = today_idle, .bar_word = today_bar_word,
    .load = today_load, .draw = today_draw, .act = today_act, .focus = today_focus, .title = today_title,
    .close = today_close,
};

struct view *today_view_new(struct ui *u)
{
    struct today_view *v = xcalloc(1, sizeof *v);

    v->view.ops = &ops;
    v->u = u;
    v->items = xcalloc(ITEMS_MAX, sizeof *v->items);
    return &v->view;
}
