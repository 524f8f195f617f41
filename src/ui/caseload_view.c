/* caseload_view.c - the open cases of one practitioner of this laptop, some of them marked to be handed to another. */
#include "person_priv.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/ui/list.h"
#include "people_pager.h"
#include "dolen/base/banned.h"

#define PRACTITIONERS_MAX 200
#define TASKS_COLS        18

struct caseload_view {
    struct view          view;
    struct ui           *u;
    struct list          list;
    struct records       people;            /* practitioners */
    size_t               at;                /* whose: people.count is nobody */
    size_t               n;             /* people with an open case */
    struct pager         pager;
    struct { struct id *items; size_t count, cap; } marked;
    unsigned           (*hand)(void *ctx, struct id from, const struct id *people, size_t count);
    void                *ctx;
};

static struct caseload_view *of(struct view *v)
{
    return (struct caseload_view *) v;
}

static struct id whose(const struct caseload_view *v)
{
    return v->at < v->people.count ? v->people.items[v->at].id : ID_NONE;
}

static void say(struct caseload_view *v, enum status st, const struct err *err)
{
    if (st != ST_OK && v->view.screen)
        screen_message(v->view.screen, STYLE_ERROR, "%s", err_text(err));
}

static enum status caseload_load(struct view *view, struct err *err)
{
    struct caseload_view *v = of(view);
    enum status st;

    records_release(&v->people);
    st = store_list(v->u->store, LIST_PRACTITIONERS, ID_NONE, PRACTITIONERS_MAX, &v->people, err);
    if (v->at > v->people.count)
        v->at = 0;
    v->pager.of = whose(v);
    v->marked.count = 0;
    v->n = 0;
    if (st == ST_OK)
        st = caseload_count(v->u->store, whose(v), &v->n, err);
    pager_reset(&v->pager, v->n, v->list.top);
    list_set_count(&v->list, v->n);
    return st;
}

/* --- marks ------------------------------------------------------------------------------------------------------ */

/* Where it stands among the marked ones, from 1. */
static size_t marked_at(const struct caseload_view *v, struct id person)
{
    for (size_t i = 0; i < v->marked.count; i++)
        if (id_eq(v->marked.items[i], person))
            return i + 1;
    return 0;
}

static void nothing_to_hand(struct caseload_view *v)
{
    screen_message(v->view.screen, STYLE_WARN, "%s",
                   _("There is no case here to hand over. Tab shows the next practitioner's."));
}

static void mark(struct caseload_view *v)
{
    const struct caseload_row *r = v->n ? pager_row(&v->pager, v->list.selected) : NULL;
    size_t at = r ? marked_at(v, r->person) : 0;

    if (!r)
        nothing_to_hand(v);
    if (at)
        v->marked.items[at - 1] = v->marked.items[--v->marked.count];
    else if (r)
        *ARRAY_ADD(v->marked.items, v->marked.count, v->marked.cap) = r->person;
    if (v->list.selected + 1 < v->n)
        list_select(&v->list, v->list.selected + 1);
}

/* --- drawing ---------------------------------------------------------------------------------------------------- */

static void draw_row(void *ctx, size_t i, struct area row)
{
    struct caseload_view *v = ctx;
    const struct caseload_row *r = pager_row(&v->pager, i);
    int tasks = row.cols >= 60 ? TASKS_COLS : 6;
    struct buf b = BUF_INIT;

    if (!r)
        return;
    if (marked_at(v, r->person))
        area_text(row, 0, 0, 1, STYLE_MARK, style_mark(STYLE_REQUIRED));
    area_text(row, 0, 2, row.cols - tasks - 3, STYLE_VALUE, r->name);
    if (tasks == TASKS_COLS)
        buf_addf(&b, tr_n("%d thing to do", "%d things to do", (unsigned long) r->tasks), r->tasks);
    else
        buf_addf(&b, "%d", r->tasks);
    area_text(row, 0, row.cols - tasks, tasks, STYLE_LABEL, buf_text(&b));
    buf_release(&b);
}

static void window(void *ctx, size_t first, size_t n)
{
    struct caseload_view *v = ctx;
    struct err err = { .st = ST_OK };

    say(v, pager_window(&v->pager, first, n, &err), &err);
}

static struct list_source source_of(struct caseload_view *v)
{
    return (struct list_source) { .row = draw_row,
                                  .window = window,
                                  .ctx = v,
                                  .empty = _("No open case here. Tab shows the next practitioner's.") };
}

static void caseload_draw(struct view *view, struct area body)
{
    struct caseload_view *v = of(view);
    struct list_source src = source_of(v);
    struct buf b = BUF_INIT;
    int top;

    if (v->marked.count)
        buf_addf(&b, _("Marked: %zu. x hands them over; Space marks, Tab: another practitioner's."), v->marked.count);
    else if (v->n)
        buf_add(&b, _("x hands all of these over; Space marks some, Tab: another practitioner's."));
    top = area_wrap(body, 0, 0, -1, STYLE_HINT, buf_text(&b));
    list_draw(&v->list, &src, area_sub(body, top, 0, body.rows - top, -1));
    buf_release(&b);
}

/* The marked ones; when none is, all of them, whose names nobody has to read for that. */
static unsigned hand(struct caseload_view *v)
{
    if (v->marked.count)
        return v->hand(v->ctx, whose(v), v->marked.items, v->marked.count);
    if (v->n)
        return v->hand(v->ctx, whose(v), NULL, v->n);
    nothing_to_hand(v);
    return REACT_DRAW;
}

static unsigned turn(struct caseload_view *v, size_t by)
{
    size_t all = v->people.count + 1, cases = 0;        /* and nobody, where a case is with nobody */

    v->at = (v->at + by) % all;
    if (v->at == v->people.count && all > 2 && caseload_count(v->u->store, ID_NONE, &cases, NULL) == ST_OK && !cases)
        v->at = (v->at + by) % all;
    v->list = (struct list) { 0 };
    pager_release(&v->pager);
    pager_start(&v->pager, v->pager.kind, v->u->store);
    v->view.stale = true;
    return REACT_RELOAD;
}

static unsigned caseload_act(struct view *view, int action)
{
    struct caseload_view *v = of(view);
    struct list_source src = source_of(v);

    switch (action) {
    case ACT_HAND_CASES: return hand(v);
    case NAV_NEXT_FIELD:
    case NAV_RIGHT:      return turn(v, 1);
    case NAV_PREV_FIELD:
    case NAV_LEFT:       return turn(v, v->people.count);
    case NAV_MARK:
        mark(v);
        return REACT_DRAW;
    default:
        break;
    }
    return list_act(&v->list, &src, action);
}

static struct focus caseload_focus(struct view *view)
{
    struct caseload_view *v = of(view);
    const struct caseload_row *r = v->n ? pager_row(&v->pager, v->list.selected) : NULL;

    if (!r)
        return (struct focus) { .kind = FOCUS_NONE };
    return (struct focus) { .kind = FOCUS_PERSON, .person = r->person, .episode = r->episode };
}

static void caseload_title(struct view *view, struct buf *out)
{
    struct caseload_view *v = of(view);

    buf_addf(out, _("%s: open cases (%zu)"),
             v->at < v->people.count ? record_or(&v->people.items[v->at], PRACTITIONER_name, "?") : _("(nobody)"),
             v->n);
}

static void caseload_close(struct view *view)
{
    struct caseload_view *v = of(view);

    pager_release(&v->pager);
    free(v->marked.items);
    records_release(&v->people);
    free(v);
}

static const int bar[] = { NAV_OPEN, NAV_MARK, ACT_HAND_CASES, NAV_BACK, ACT_UNDO, ACT_TODAY, 0 };

static const struct view_ops ops = {
    .name = "caseload", .context = IN_CASELOAD | IN_LIST,
    .stale_on = CHANGED(EPISODE) | CHANGED(PERSON) | CHANGED(TASK) | CHANGED(PRACTITIONER),
    .bar = bar, .load = caseload_load, .draw = caseload_draw, .act = caseload_act, .focus = caseload_focus,
    .title = caseload_title, .close = caseload_close,
};

static enum status page(struct store *s, struct id practitioner, const char *key, struct id id, bool forward, int limit,
                        void *rows, int *n, struct err *err)
{
    return caseload_page(s, practitioner, key, id, forward, limit, rows, n, err);
}

static const struct pager_kind kind = { page, sizeof(struct caseload_row), offsetof(struct caseload_row, person),
                                        offsetof(struct caseload_row, sort_key) };

struct view *caseload_view_new(struct ui *u, struct id practitioner,
                               unsigned (*hand_fn)(void *ctx, struct id from, const struct id *people, size_t count),
                               void *ctx)
{
    struct caseload_view *v = xcalloc(1, sizeof *v);
    struct records all = { NULL, 0, 0 };

    v->view.ops = &ops;
    v->u = u;
    v->hand = hand_fn;
    v->ctx = ctx;
    pager_start(&v->pager, &kind, u->store);
    if (store_list(u->store, LIST_PRACTITIONERS, ID_NONE, PRACTITIONERS_MAX, &all, NULL) == ST_OK)
        for (size_t i = 0; i < all.count; i++)
            if (id_eq(all.items[i].id, practitioner))
                v->at = i;
    records_release(&all);
    return &v->view;
}
