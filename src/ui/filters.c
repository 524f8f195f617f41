/* ui/filters.c - two questions on the screen, one line of tokens behind them. */
#include "filters.h"

#include <string.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/ui/asset_find.h"
#include "dolen/ui/choice.h"
#include "dolen/base/banned.h"


static unsigned line_put(struct filters *f, const char *value)
{
    struct buf line = BUF_INIT;

    buf_add(&line, line_text(f->line));
    wish_line_set(&line, f->kind, value);
    line_set(f->line, buf_text(&line));
    buf_release(&line);
    return f->changed(f->ctx) | REACT_LAYOUT;
}

static unsigned value_chosen(void *ctx, int index)
{
    struct filters *f = ctx;
    struct buf value = BUF_INIT;
    unsigned react = REACT_LAYOUT;

    if (index > 0)
        wish_choice_value(f->u->catalog, f->kind, (size_t) index - 1, &value);
    if (index >= 0)
        react = line_put(f, buf_text(&value));
    buf_release(&value);
    return react;
}

static unsigned place_typed(void *ctx, const char *text)
{
    return text ? line_put(ctx, text) : (unsigned) REACT_LAYOUT;
}

static const struct wish_token *token_of(const struct wish *w, enum wish_kind kind)
{
    for (size_t i = 0; i < w->count; i++)
        if (w->tokens[i].kind == kind)
            return &w->tokens[i];
    return NULL;
}

/* The choice that the line holds already has the focus; any, when there is none or it is not one of them. */
static void add_values(struct filters *f, const struct wish_token *now, struct choice *values)
{
    struct buf words = BUF_INIT;
    const char *label;

    if (now)
        wish_token_words(f->u->catalog, now, &words);
    choice_add(values, TEXT2(_("Any")));
    for (size_t i = 0; (label = wish_choice(f->u->catalog, f->kind, i)); i++) {
        choice_add(values, TEXT2("%s", wish_choice(f->u->catalog, f->kind, i)));
        if (str_eq(label, buf_text(&words)) && choice_selected(values) == 0)
            choice_select(values, i + 1);
    }
    buf_release(&words);
}

static unsigned ask_value(struct filters *f)
{
    struct wish w;
    const struct wish_token *now;

    wish_read(line_text(f->line), &w);
    now = token_of(&w, f->kind);
    if (f->kind == WISH_PLACE) {
        screen_ask(f->screen, &(struct ask) { .prompt = TEXT2(_("Place: a town, an area, a postcode or a local "
                                                                "authority; empty for any")),
                                              .initial = now ? now->value : "",
                                              .max_bytes = WISH_VALUE_MAX - 1,
                                              .done = place_typed,
                                              .ctx = f });
        return REACT_LAYOUT;
    }
    add_values(f, now, screen_choose(f->screen, TEXT2("%s", wish_kind_label(f->kind)), value_chosen, f));
    return REACT_LAYOUT;
}

static unsigned kind_chosen(void *ctx, int index)
{
    struct filters *f = ctx;
    unsigned react = REACT_LAYOUT;

    if (index >= 0 && index < WISH_COUNT) {
        f->kind = (enum wish_kind) index;
        return ask_value(f);
    }
    for (int k = 0; index == WISH_COUNT && k < WISH_COUNT; k++) {
        f->kind = (enum wish_kind) k;
        react |= line_put(f, "");
    }
    return react;
}

static void kind_words(struct filters *f, enum wish_kind kind, const struct wish_token *t, struct buf *out)
{
    buf_addf(out, "%s: ", wish_kind_label(kind));
    if (t && t->value[0])
        wish_token_words(f->u->catalog, t, out);
    else
        buf_add(out, _("any"));
}

unsigned filters_ask(struct filters *f)
{
    struct choice *kinds = screen_choose(f->screen, TEXT2(_("Find by")), kind_chosen, f);
    struct buf b = BUF_INIT;
    struct wish w;

    wish_read(line_text(f->line), &w);
    for (int k = 0; k < WISH_COUNT; k++)
        choice_add(kinds, TEXT2_FROM(b, kind_words(f, (enum wish_kind) k, token_of(&w, (enum wish_kind) k), &b)));
    if (w.count)
        choice_add(kinds, TEXT2(_("Take all filters away")));
    return REACT_LAYOUT;
}
