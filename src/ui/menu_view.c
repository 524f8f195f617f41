/* menu_view.c - everything that can be done on the screen below, to be read and chosen. The program carries the
 * chosen one out: the focus names it. */
#include "dolen/ui/views.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/text.h"
#include "dolen/ui/list.h"
#include "dolen/base/banned.h"

struct menu_view {
    struct view           view;         /* first */
    struct list           list;
    const struct action **rows;
    size_t                count, cap;
    uint64_t              context;
};

static struct menu_view *menu_of(struct view *v)
{
    return (struct menu_view *) v;
}

static bool is_everywhere(const struct action *a)
{
    return (a->where & IN_EVERYWHERE) == IN_EVERYWHERE;
}

/* What belongs to the screen below comes first; moves and the menu itself stay out. */
static enum status load(struct view *v, struct err *err)
{
    struct menu_view *m = menu_of(v);
    const struct keymap *km = screen_keymap(v->screen);
    struct view *below = screen_below(v->screen, v);

    (void) err;
    m->count = 0;
    m->context = below ? below->ops->context : 0;
    for (int pass = 0; pass < 2; pass++)
        for (size_t i = 0; i < keymap_count(km); i++) {
            const struct action *a = keymap_at(km, i);
            bool wanted = (a->where & m->context) && is_everywhere(a) == (pass == 1) &&
                          (a->id >= ACTION_OWN || a->id == NAV_HELP) && a->id != ACT_MENU && a->help;

            if (wanted)
                *ARRAY_ADD(m->rows, m->count, m->cap) = a;
        }
    list_set_count(&m->list, m->count);
    return ST_OK;
}

static void draw_row(void *ctx, size_t i, struct area row)
{
    struct menu_view *m = ctx;
    const struct keymap *km = screen_keymap(m->view.screen);
    struct buf keys = BUF_INIT;
    int keys_cols = row.cols >= 60 ? 14 : 10;

    keymap_keys(km, m->rows[i]->id, m->context, &keys);
    area_text(row, 0, 0, keys_cols - 1, STYLE_KEY, keys.len ? buf_text(&keys) : "");
    area_words(row, 0, keys_cols, -1, STYLE_TEXT, tr(m->rows[i]->help));
    buf_release(&keys);
}

static struct list_source source(struct menu_view *m)
{
    return (struct list_source) { .row = draw_row, .empty = _("Nothing can be done here."), .ctx = m };
}

static void draw(struct view *v, struct area body)
{
    struct menu_view *m = menu_of(v);
    struct list_source src = source(m);

    list_draw(&m->list, &src, body);
}

static unsigned act(struct view *v, int action)
{
    struct menu_view *m = menu_of(v);
    struct list_source src = source(m);

    if (action == ACT_MENU)
        return REACT_BACK;
    return list_act(&m->list, &src, action);
}

static struct focus focus(struct view *v)
{
    struct menu_view *m = menu_of(v);

    return (struct focus) {
        .kind = m->count ? FOCUS_COMMAND : FOCUS_NONE,
        .question = m->count ? m->rows[m->list.selected]->name : NULL,
    };
}

static void title(struct view *v, struct buf *out)
{
    (void) v;
    buf_add(out, _("Menu"));
}

static void close(struct view *v)
{
    free(menu_of(v)->rows);
    free(v);
}

static const int bar[] = { NAV_OPEN, NAV_BACK, 0 };
static const struct view_ops ops = {
    .name = "menu", .context = IN_LIST, .bar = bar, .load = load, .draw = draw, .act = act, .focus = focus,
    .title = title, .close = close,
};

struct view *menu_view_new(struct ui *u)
{
    struct menu_view *m = xcalloc(1, sizeof *m);

    (void) u;
    m->view.ops = &ops;
    return &m->view;
}
