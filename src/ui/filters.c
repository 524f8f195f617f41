/* ui/filters.c - two questions on the screen, one line of tokens behind them. */
#include "filters.h"

#include <string.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/ui/asset_find.h"
#include "dolen/base/banned.h"
#include "dolen/base/said.h"

#define CHOICES_MAX 120

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

/* The choice that the line holds already; 0, any, when there is none or it is not one of them. */
static size_t choice_now(struct filters *f, const struct wish_token *t, const char **labels, size_t n)
{
    struct buf words = BUF_INIT;
    size_t at = 0;

    if (t)
        wish_token_words(f->u->catalog, t, &words);
    for (size_t i = 1; t && i < n && !at; i++)
        if (str_eq(labels[i], buf_text(&words)))
            at = i;
    buf_release(&words);
    return at;
}

static unsigned ask_value(struct filters *f)
{
    const char *labels[CHOICES_MAX] = { _("Any") };
    struct wish w;
    const struct wish_token *now;
    size_t n;

    wish_read(line_text(f->line), &w);
    now = token_of(&w, f->kind);
    if (f->kind == WISH_PLACE) {
        screen_ask(f->screen, &(struct ask) { .prompt = _("Place: a town, an area, a postcode or a local authority; "
                                                          "empty for any"),
                                              .initial = now ? now->value : "",
                                              .max_bytes = WISH_VALUE_MAX - 1,
                                              .done = place_typed,
                                              .ctx = f });
        return REACT_LAYOUT;
    }
    n = 1 + wish_choices(f->u->catalog, f->kind, labels + 1, CHOICES_MAX - 1);
    screen_choose(f->screen, wish_kind_label(f->kind), labels, n, choice_now(f, now, labels, n), value_chosen, f);
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

unsigned filters_ask(struct filters *f)
{
    const char *labels[WISH_COUNT + 1];
    struct buf text[WISH_COUNT];
    struct wish w;
    size_t n = WISH_COUNT;

    wish_read(line_text(f->line), &w);
    for (int k = 0; k < WISH_COUNT; k++) {
        const struct wish_token *t = token_of(&w, (enum wish_kind) k);

        text[k] = (struct buf) BUF_INIT;
        said_addf(&text[k], "%s: ", wish_kind_label((enum wish_kind) k));
        if (t && t->value[0])
            wish_token_words(f->u->catalog, t, &text[k]);
        else
            said_add(&text[k], _("any"));
        labels[k] = text[k].s;
    }
    if (w.count)
        labels[n++] = _("Take all filters away");
    screen_choose(f->screen, _("Find by"), labels, n, 0, kind_chosen, f);
    for (int k = 0; k < WISH_COUNT; k++)
        buf_release(&text[k]);
    return REACT_LAYOUT;
}
