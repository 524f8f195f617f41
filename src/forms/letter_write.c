/* letter_write.c - which paragraphs of a letter stand, and what stands in them. */
#include "letter_build.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/buf.h"
#include "dolen/base/date.h"

#include "dolen/base/banned.h"

struct writing {
    const struct letter_facts *facts;
    enum lang                  lang;
    const char                *place;   /* that a paragraph is being written for */
};

static void fact_value(void *ctx, const char *name, struct value *out)
{
    const struct writing *w = ctx;
    enum letter_fact f = letter_fact_named(name, strlen(name));

    if (f == LETTER_FACT_COUNT)
        return;
    if (f == LETTER_FACT_PLACE)
        for (size_t i = 0; i < w->facts->place_count; i++)
            value_append(out, value_text(w->facts->places[i]));
    else
        *out = value_text(w->facts->value[f]);
}

static bool stands(struct writing *w, const struct letter_block *x)
{
    struct expr_env env = { .ctx = w, .name = fact_value, .today = clock_today(), .now = clock_now() };
    struct value v;
    bool is;

    if (!x->when)
        return true;
    v = expr_eval(x->when, &env);
    is = value_true(&v);
    value_release(&v);
    return is;
}

/* False when there is nothing to say. */
static bool say_fact(const struct writing *w, enum letter_fact f, struct buf *out)
{
    const char *value = f == LETTER_FACT_PLACE ? w->place : w->facts->value[f];
    enum lang now = lang_now();
    struct date on;

    if (!value || !*value)
        return false;
    if (letter_fact_kind(f) != LETTER_FACT_DATE) {
        buf_add(out, value);
        return true;
    }
    if (!date_parse_iso(value, &on))
        return false;
    lang_set(w->lang);
    buf_add(out, date_show_long(on).s);
    lang_set(now);
    return true;
}

/* False when some fact that the words name is not there: then the whole paragraph is left out. */
static bool fill(const struct writing *w, const char *words, struct buf *out)
{
    const char *name, *end;
    size_t n;

    for (const char *from; (from = letter_placeholder(words, &name, &n, &end, NULL)); words = end) {
        buf_add_mem(out, words, (size_t) (from - words));
        if (!say_fact(w, letter_fact_named(name, n), out))
            return false;
    }
    buf_add(out, words);
    return true;
}

static bool names_place(const char *words)
{
    return strstr(words, "${place}") != NULL;
}

static void write_block(const struct writing *w, const struct letter_block *x,
                        void (*put)(void *ctx, const struct letter_piece *p), void *ctx)
{
    struct letter_piece p = { .kind = x->kind };
    struct buf words = BUF_INIT, value = BUF_INIT;

    if (fill(w, text2_in(&x->words, w->lang), &words) &&
        (x->value == LETTER_FACT_COUNT || say_fact(w, x->value, &value))) {
        p.label = x->kind == LETTER_LINE ? buf_text(&words) : NULL;
        p.text = buf_text(x->kind == LETTER_LINE ? &value : &words);
        put(ctx, &p);
    }
    buf_wipe(&words);
    buf_wipe(&value);
}

void letter_write(const struct letter_def *d, enum lang l, const struct letter_facts *facts,
                  void (*put)(void *ctx, const struct letter_piece *p), void *ctx)
{
    struct writing w = { .facts = facts, .lang = l };

    for (size_t i = 0; i < d->count; i++) {
        const struct letter_block *x = &d->blocks[i];

        if (!stands(&w, x))
            continue;
        if (!names_place(text2_in(&x->words, l))) {
            write_block(&w, x, put, ctx);
            continue;
        }
        for (size_t k = 0; k < facts->place_count; k++) {
            w.place = facts->places[k];
            write_block(&w, x, put, ctx);
        }
        w.place = NULL;
    }
}
