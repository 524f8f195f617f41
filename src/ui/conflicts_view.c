/* conflicts_view.c - what two laptops wrote differently: mine, theirs and what there was before, settled by 1, 2 or
 * b. */
#include "person_priv.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/json.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/ui/field_words.h"
#include "dolen/ui/list.h"
#include "dolen/ui/text_view.h"
#include "dolen/base/banned.h"

struct conflicts_view {
    struct view    view;
    struct ui     *u;
    struct list    list;
    struct records all;
    struct id      wanted;              /* to stand on, once they are loaded */
    struct text_view *sides;
    struct id      heard;               /* the difference whose sides they are */
    bool           opened;              /* a note about something serious, or what is covered, is read when asked for */
    unsigned     (*settle)(void *ctx, struct id difference, int how);
    bool         (*shown)(void *ctx, struct id difference);
    void          *ctx;
};

static struct conflicts_view *of(struct view *v)
{
    return (struct conflicts_view *) v;
}

/* --- words ------------------------------------------------------------------------------------------------------ */

static bool is_serious(const struct record *d)
{
    return str_eq(record_text(d, DIFFERENCE_entity), "concern");
}

static bool is_covered(struct conflicts_view *v, const struct record *d)
{
    struct field_at at = difference_field(d, record_or(d, DIFFERENCE_field, ""));

    return field_is_covered(v->u, &at);
}

static void name_of(struct conflicts_view *v, const struct record *d, char *out, size_t size)
{
    out[0] = '\0';
    task_name(v->u->store, record_id(d, DIFFERENCE_person), record_id(d, DIFFERENCE_subject), out, size, NULL);
}

/* --- loading, rows ---------------------------------------------------------------------------------------------- */

static enum status conflicts_load(struct view *view, struct err *err)
{
    struct conflicts_view *v = of(view);
    enum status st;

    records_release(&v->all);
    st = store_list(v->u->store, LIST_DIFFERENCES, ID_NONE, 500, &v->all, err);
    list_set_count(&v->list, v->all.count);
    for (size_t i = 0; i < v->all.count && id_is_set(v->wanted); i++)
        if (id_eq(v->all.items[i].id, v->wanted))
            list_select(&v->list, i);
    v->wanted = ID_NONE;
    return st;
}

static void draw_row(void *ctx, size_t i, struct area row)
{
    struct conflicts_view *v = ctx;
    const struct record *d = &v->all.items[i];
    int name = row.cols >= 60 ? 24 : 12;
    char who[160];
    struct buf b = BUF_INIT;

    name_of(v, d, who, sizeof who);
    difference_what_put(v->u, d, &b);
    area_text(row, 0, 0, name, STYLE_VALUE, who);
    area_text(row, 0, name + 1, -1, STYLE_TEXT, buf_text(&b));
    buf_wipe(&b);
}

static struct list_source source_of(struct conflicts_view *v)
{
    return (struct list_source) { .row = draw_row, .ctx = v, .empty = _("No difference waits to be settled.") };
}

/* --- the two sides ---------------------------------------------------------------------------------------------- */

struct sides {
    struct conflicts_view *v;
    const struct record   *d;
    const struct json     *other;
};

static void side(struct sides *s, const char *key, const char *field, const struct json *value)
{
    struct field_at at = difference_field(s->d, field);
    struct buf b = BUF_INIT;

    at.shown = s->v->opened;
    buf_addf(&b, "%s ", key);
    field_value_put(s->v->u, &at, value, &b);
    text_view_add(s->v->sides, STYLE_VALUE, buf_text(&b));
    buf_wipe(&b);
}

static void pair_of_field(void *ctx, const char *field, struct json *theirs)
{
    struct sides *s = ctx;
    struct field_at at = difference_field(s->d, field);
    struct buf label = BUF_INIT;

    field_label_put(s->v->u, &at, &label);
    text_view_add(s->v->sides, STYLE_LABEL, buf_text(&label));
    buf_release(&label);
    side(s, _("1 mine:"), field, s->other ? json_get(s->other, field) : NULL);
    side(s, _("2 theirs:"), field, theirs);
}

static void read_sides(struct conflicts_view *v, const struct record *d)
{
    const char *theirs = record_or(d, DIFFERENCE_theirs, "null"), *before = record_text(d, DIFFERENCE_ancestor);
    const char *field = record_or(d, DIFFERENCE_field, "");
    struct json *mine = NULL, *other = NULL, *was = NULL;
    struct sides s = { v, d, NULL };

    if (json_parse(&other, theirs, strlen(theirs), NULL) == ST_OK &&
        store_difference_mine(v->u->store, d, &mine, NULL) == ST_OK) {
        s.other = mine;
        if (!field[0]) {
            json_each(other, pair_of_field, &s);
        } else {
            side(&s, _("1 mine:"), field, mine);
            side(&s, _("2 theirs:"), field, other);
            if (before && json_parse(&was, before, strlen(before), NULL) == ST_OK)
                side(&s, _("before:"), field, was);
        }
    }
    json_free(&mine);
    json_free(&other);
    json_free(&was);
}

static void hear_sides(struct conflicts_view *v)
{
    const struct record *d = &v->all.items[v->list.selected];

    if (!id_eq(v->heard, d->id))
        text_view_act(v->sides, NAV_FIRST);
    v->heard = d->id;
    text_view_clear(v->sides);
    if (is_serious(d) && !v->opened)
        text_view_add(v->sides, STYLE_HINT, _("Enter shows both; look who else sees the screen."));
    else if (!v->opened && is_covered(v, d))
        text_view_add(v->sides, STYLE_HINT,
                      _("Enter shows both, and the history says so; look who else sees the screen."));
    else
        read_sides(v, d);
}

/* In a small window two rows are the list's and the rest is there to be read. */
static int draw_sides(struct conflicts_view *v, struct area a)
{
    int wanted, most = a.rows > 14 ? a.rows / 2 : a.rows - (v->all.count > 1 ? 3 : 2);
    struct area foot;

    hear_sides(v);
    wanted = text_view_rows(v->sides, a.cols);
    most = wanted < most ? wanted : most;
    if (most < 1)
        return 0;
    foot = area_sub(a, a.rows - most - 1, 0, most + 1, -1);
    area_hline(foot, 0, 0, -1, STYLE_LINE);
    if (wanted > most)
        area_text_right(foot, 0, a.cols, STYLE_HINT, _("PageDown: more"));
    text_view_draw(v->sides, area_sub(foot, 1, 0, -1, -1));
    return most + 1;
}

static void conflicts_draw(struct view *view, struct area body)
{
    struct conflicts_view *v = of(view);
    struct list_source src = source_of(v);
    int foot = 0, top = 0;

    if (v->all.count && body.rows > 4)
        top = area_wrap(body, 0, 0, -1, STYLE_HINT,
                        body.cols < 60 || body.rows < 12
                            ? _("1 mine, 2 theirs, b both; u undoes")
                            : _("1 keeps mine, 2 takes theirs, b keeps both; u takes it back."));
    if (v->all.count)
        foot = draw_sides(v, area_sub(body, top, 0, body.rows - top, -1));
    list_draw(&v->list, &src, area_sub(body, top, 0, body.rows - top - foot, -1));
}

/* --- keys ------------------------------------------------------------------------------------------------------- */

static unsigned conflicts_key(struct view *view, const struct key *k)
{
    static const struct { char key; int how; } ways[] = { { '1', SETTLE_MINE }, { '2', SETTLE_THEIRS },
                                                          { 'b', SETTLE_BOTH } };
    struct conflicts_view *v = of(view);

    if (k->code != K_TEXT || k->text[1] || v->all.count == 0)
        return REACT_PASS;
    for (size_t i = 0; i < ARRAY_LEN(ways); i++)
        if (k->text[0] == ways[i].key) {
            v->opened = false;
            return v->settle(v->ctx, v->all.items[v->list.selected].id, ways[i].how);
        }
    return REACT_PASS;
}

static unsigned conflicts_act(struct view *view, int action)
{
    struct conflicts_view *v = of(view);
    struct list_source src = source_of(v);
    const struct record *d = v->all.count ? &v->all.items[v->list.selected] : NULL;
    unsigned did;

    if (action == NAV_OPEN && d && is_serious(d)) {
        v->opened = !v->opened;
        return REACT_DRAW;
    }
    if (action == NAV_OPEN && d && is_covered(v, d)) {
        v->opened = !v->opened && v->shown(v->ctx, d->id);
        return REACT_DRAW;
    }
    if (d && (action == NAV_PAGE_UP || action == NAV_PAGE_DOWN))
        return text_view_act(v->sides, action);
    did = list_act(&v->list, &src, action);
    v->opened = v->opened && did != REACT_DRAW;
    return did;
}

static struct focus conflicts_focus(struct view *view)
{
    struct conflicts_view *v = of(view);

    if (v->all.count == 0)
        return (struct focus) { .kind = FOCUS_NONE };
    if (!id_is_set(record_id(&v->all.items[v->list.selected], DIFFERENCE_person)))
        return (struct focus) { .kind = FOCUS_NONE, .subject = v->all.items[v->list.selected].id };
    return (struct focus) { .kind = FOCUS_PERSON,
                            .person = record_id(&v->all.items[v->list.selected], DIFFERENCE_person) };
}

static void conflicts_title(struct view *view, struct buf *out)
{
    buf_addf(out, _("Two laptops (%zu)"), of(view)->all.count);
}

static void conflicts_place(struct view *view, struct buf *out)
{
    struct conflicts_view *v = of(view);

    if (v->all.count)
        buf_add(out, id_show(v->all.items[v->list.selected].id).s);
}

void conflicts_view_at(struct view *view, struct id difference)
{
    of(view)->wanted = difference;
}

static void conflicts_close(struct view *view)
{
    records_release(&of(view)->all);
    text_view_free(&of(view)->sides);
    free(view);
}

static const int bar[] = { NAV_OPEN, NAV_BACK, ACT_UNDO, ACT_TODAY, 0 };

static const struct view_ops ops = {
    .name = "conflicts", .context = IN_LIST, .stale_on = ~0u, .bar = bar, .load = conflicts_load,
    .draw = conflicts_draw,
    .key = conflicts_key, .act = conflicts_act, .focus = conflicts_focus, .title = conflicts_title,
    .place = conflicts_place, .close = conflicts_close,
};

struct view *conflicts_view_new(struct ui *u, unsigned (*settle)(void *ctx, struct id difference, int how),
                                bool (*shown)(void *ctx, struct id difference), void *ctx)
{
    struct conflicts_view *v = xcalloc(1, sizeof *v);

    v->view.ops = &ops;
    v->u = u;
    v->sides = text_view_new();
    v->settle = settle;
    v->shown = shown;
    v->ctx = ctx;
    return &v->view;
}
