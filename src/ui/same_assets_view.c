/* same_assets_view.c - entries of the directory that may be there twice, pair by pair. */
#include "person_priv.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/ui/list.h"
#include "dolen/base/banned.h"

#define DATE_COLS 12

/* Each pair takes three rows: a heading and its two entries. */
struct same_assets {
    struct view        view;
    struct ui         *u;
    struct list        list;
    struct asset_keys  keys;
    struct asset_pair *pairs;
    size_t             count;
};

static struct same_assets *of(struct view *v)
{
    return (struct same_assets *) v;
}

static void forget(struct same_assets *v)
{
    free(v->keys.items);
    free(v->pairs);
    v->keys = (struct asset_keys) { NULL, 0, 0 };
    v->pairs = NULL;
    v->count = 0;
}

static enum status same_load(struct view *view, struct err *err)
{
    struct same_assets *v = of(view);
    size_t selected = v->list.selected;
    enum status st;

    forget(v);
    st = asset_keys(v->u->store, &v->keys, err);
    if (st == ST_OK)
        v->count = asset_pairs(v->keys.items, v->keys.count, &v->pairs);
    list_set_count(&v->list, v->count * 3);
    list_select(&v->list, selected ? selected : 1);
    return st;
}

static struct id id_at(const struct same_assets *v, size_t i)
{
    const struct asset_pair *p = &v->pairs[i / 3];

    return v->keys.items[i % 3 == 1 ? p->a : p->b].id;
}

/* Why the two are thought to be one. */
static void heading_words(const struct same_assets *v, size_t pair, struct buf *out)
{
    const struct asset_key *a = &v->keys.items[v->pairs[pair].a], *b = &v->keys.items[v->pairs[pair].b];

    buf_addf(out, "%zu/%zu", pair + 1, v->count);
    if (a->postcode[0] && str_eq(a->postcode, b->postcode))
        words_add(out, _("the same postcode"));
    if (a->phone[0] && str_eq(a->phone, b->phone))
        words_add(out, _("the same phone"));
    if ((a->en[0] && str_eq(a->en, b->en)) || (a->cy[0] && str_eq(a->cy, b->cy)))
        words_add(out, _("the same name"));
    else
        words_add(out, _("names that are one slip apart"));
}

static void draw_row(void *ctx, size_t i, struct area row)
{
    struct same_assets *v = ctx;
    struct asset_row a;
    struct buf b = BUF_INIT;
    int date = row.cols - DATE_COLS;

    if (i % 3 == 0) {
        heading_words(v, i / 3, &b);
        area_entries(row, 0, 0, -1, STYLE_HEADING, buf_text(&b), NULL);
    } else if (asset_row_get(v->u->store, id_at(v, i), &a, NULL) == ST_OK) {
        words_add(&b, a.name);
        words_add(&b, a.area);
        area_text(row, 0, 2, date - 3, STYLE_VALUE, buf_text(&b));
        area_text(row, 0, date, DATE_COLS, STYLE_TEXT,
                  date_is_set(a.verified_on) ? date_show(a.verified_on).s : _("never"));
    }
    buf_release(&b);
}

static bool is_heading(void *ctx, size_t i)
{
    (void) ctx;
    return i % 3 == 0;
}

static struct list_source source_of(struct same_assets *v)
{
    return (struct list_source) {
        .row = draw_row, .is_heading = is_heading, .ctx = v, .empty = _("No two entries look alike.")
    };
}

static void same_draw(struct view *view, struct area body)
{
    struct same_assets *v = of(view);
    struct list_source src = source_of(v);
    const char *help = _("J keeps the one under the cursor and takes over what the other has; & says that they are two "
                         "places of the same offer. The date is when somebody talked to them.");
    int rows = text_wrapped_rows(help, body.cols), hint = v->count == 0 ? 0 : rows < body.rows - 3 ? rows : body.rows - 3;

    list_draw(&v->list, &src, area_sub(body, 0, 0, body.rows - hint, -1));
    if (hint > 0)
        area_wrap(area_sub(body, body.rows - hint, 0, hint, -1), 0, 0, -1, STYLE_HINT, help);
}

static unsigned same_act(struct view *view, int action)
{
    struct same_assets *v = of(view);
    struct list_source src = source_of(v);

    return list_act(&v->list, &src, action);
}

static struct focus same_focus(struct view *view)
{
    struct same_assets *v = of(view);

    if (v->count == 0 || v->list.selected % 3 == 0)
        return (struct focus) { .kind = FOCUS_NONE };
    return (struct focus) { .subject = id_at(v, v->list.selected), .kind = FOCUS_ASSET };
}

static void same_title(struct view *view, struct buf *out)
{
    buf_addf(out, "%s (%zu)", _("There twice?"), of(view)->count);
}

static void same_close(struct view *view)
{
    forget(of(view));
    free(view);
}

static const int bar[] = { NAV_OPEN, ACT_ONE_ENTRY, ACT_ONE_OFFER, ACT_EDIT, ACT_CALL, NAV_BACK, ACT_DIRECTORY, 0 };

static const struct view_ops ops = {
    .name = "same-assets", .context = IN_ASSET | IN_LIST, .stale_on = CHANGED(ASSET), .bar = bar, .load = same_load,
    .draw = same_draw, .act = same_act, .focus = same_focus, .title = same_title, .close = same_close,
};

struct view *same_assets_view_new(struct ui *u)
{
    struct same_assets *v = xcalloc(1, sizeof *v);

    v->view.ops = &ops;
    v->u = u;
    return &v->view;
}
