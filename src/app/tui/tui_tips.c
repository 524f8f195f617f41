/* tui_tips.c - tips of the first week: which one stands on the screen now, counted for each practitioner. */
#include "tui_tips.h"

#include <stdlib.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/store/write.h"
#include "dolen/ui/tips.h"
#include "dolen/base/banned.h"

static void key_of(const struct app *a, char key[64])
{
    struct buf b = BUF_INIT;

    buf_addf(&b, "tips.%s", id_show(a->cf->slot.practitioner).s);
    str_copy(key, 64, buf_text(&b));
    buf_release(&b);
}

/* Not kept is not worth a word: the tip comes once more. */
static void count(struct app *a, const char *view, bool away)
{
    struct buf now = BUF_INIT;
    char key[64], *line;

    key_of(a, key);
    line = store_setting(a->cf->store, key);
    tip_count(&now, line, view, away);
    store_set_setting(a->cf->store, key, buf_text(&now), NULL);
    free(line);
    buf_release(&now);
}

static bool is_due(struct app *a, const char *view)
{
    char key[64], *line;
    bool due;

    key_of(a, key);
    line = store_setting(a->cf->store, key);
    due = tip_shown(line, view) < TIP_SHOWN_MAX;
    free(line);
    return due;
}

static struct view *opened(const struct app *a)
{
    struct view *v = screen_top(a->screen);

    while (v && v->ops->flags & VIEW_PANEL)
        v = screen_below(a->screen, v);
    return v;
}

static bool has_its_row(struct view *v)
{
    return !tip_wants_row(v->ops->name) || !v->ops->focus || v->ops->focus(v).kind != FOCUS_NONE;
}

static void put_up(struct app *a)
{
    struct view *v = opened(a);
    struct text2 text = { { NULL } };
    struct buf b = BUF_INIT;
    struct key k;

    bool typing = v && v->ops->editing && v->ops->editing(v);

    if (v && tip_of(v->ops->name) && a->tipped &&
        (typing ? keymap_typing_key : keymap_first_key)(a->keymap, ACT_TIP_AWAY, v->ops->context, &k)) {
        struct text2 label = TEXT2_FROM(b, key_label(&b, &k));

        text = TEXT2("%s ", tip_of(v->ops->name));
        text2_append(&text, TEXT2(_("(%s: seen)"), text2_now(&label)));
        text2_release(&label);
    }
    screen_set_tip(a->screen, text);
}

void tips_follow(struct app *a)
{
    struct view *v = opened(a);
    bool open = a->cf->store && !a->cf->read_only && !a->handed && !a->privacy_since;

    if (open && v && (v != a->tip_view || !str_eq(v->ops->name, a->tip_name))) {
        a->tipped = setting_value("tips") && tip_of(v->ops->name) && has_its_row(v) && is_due(a, v->ops->name);
        if (a->tipped)
            count(a, v->ops->name, false);
    }
    a->tip_view = v;
    a->tip_name = v ? v->ops->name : NULL;
    if (!open)
        a->tipped = false;
    put_up(a);
}

unsigned act_tip_away(struct app *a)
{
    struct view *v = opened(a);

    if (!a->tipped || !v) {
        screen_message(a->screen, STYLE_HINT, "%s", _("There is no tip here now. Settings turn tips on and off."));
        return REACT_DRAW;
    }
    count(a, v->ops->name, true);
    a->tipped = false;
    return REACT_DRAW;
}
