/* older.c - older definitions from the case file, and the answers that only they ask for. */
#include "older.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/mem.h"
#include "dolen/base/banned.h"

void older_release(struct older *o)
{
    for (size_t i = 0; i < o->count; i++)
        form_free(&o->forms[i]);
    free(o->forms);
    free(o->hash);
    *o = (struct older) { 0 };
}

static const struct form *remember(struct older *o, struct form *form, const char *hash)
{
    if (o->count == o->cap) {
        o->cap = o->cap ? o->cap * 2 : 4;
        o->forms = xgrow(o->forms, o->cap, sizeof *o->forms);
        o->hash = xgrow(o->hash, o->cap, sizeof *o->hash);
    }
    str_copy(o->hash[o->count], sizeof *o->hash, hash);
    o->forms[o->count++] = form;
    return form;
}

const struct form *older_form(struct older *o, struct ui *u, const char *id, const char *hash)
{
    const struct form *now = catalog_form(u->catalog, id, NULL);
    struct form *form = NULL;
    char *yaml = NULL;
    size_t n = 0, now_n = 0;
    const char *source = now ? form_source(now, &now_n) : NULL;
    bool same;

    for (size_t i = 0; i < o->count; i++)
        if (str_eq(o->hash[i], hash))
            return o->forms[i] ? o->forms[i] : now;
    if (store_definition(u->store, hash, &yaml, &n, NULL) != ST_OK)
        return NULL;
    same = source && now_n == n && memcmp(source, yaml, n) == 0;
    if (!same && form_parse(&form, id, yaml, n, u->catalog, NULL) != ST_OK)
        form = NULL;
    free(yaml);
    if (same || form)
        remember(o, form, hash);
    return same ? now : form;
}

const struct question *older_question(struct older *o, struct ui *u, const char *form, const char *name,
                                      const struct form **in)
{
    struct definition_row *rows = NULL;
    const struct question *q = NULL;
    size_t n = 0;

    if (u->store && store_definitions(u->store, form, &rows, &n, NULL) == ST_OK)
        for (size_t i = 0; i < n && !q; i++) {
            const struct form *f = older_form(o, u, form, rows[i].hash);

            q = f ? form_question(f, name) : NULL;
            if (q && in)
                *in = f;
        }
    free(rows);
    return q;
}

/* Is this asked by any form in use that fills the same table? */
static bool asked_now(struct ui *u, const char *binds, const char *name)
{
    size_t n;
    const char *const *ids = catalog_list(u->catalog, DEF_FORM, &n);

    for (size_t i = 0; i < n; i++) {
        const struct form *f = catalog_form(u->catalog, ids[i], NULL);

        if (f && str_eq(f->binds, binds) && form_question(f, name))
            return true;
    }
    return false;
}

static bool asked_newer(struct older *o, struct ui *u, const char *form, const struct definition_row *rows,
                        size_t before, const char *name)
{
    for (size_t i = 0; i < before; i++) {
        const struct form *f = older_form(o, u, form, rows[i].hash);

        if (f && form_question(f, name))
            return true;
    }
    return false;
}

void older_answers(struct older *o, struct ui *u, const struct form *shown, const struct answers *a,
                   void (*fn)(void *ctx, const struct form *form, const struct question *q,
                              const struct answer *answer),
                   void *ctx)
{
    struct definition_row *rows = NULL;
    size_t n = 0;

    if (store_definitions(u->store, shown->id, &rows, &n, NULL) != ST_OK)
        n = 0;
    for (size_t i = 0; i < n; i++) {
        const struct form *f = older_form(o, u, shown->id, rows[i].hash);

        for (size_t k = 0; f && f != shown && k < f->count; k++) {
            const struct question *q = &f->questions[k];

            if (!qtype_asked(q->type) || form_question(shown, q->name) ||
                asked_newer(o, u, shown->id, rows, i, q->name) || (shown->binds && asked_now(u, shown->binds, q->name)))
                continue;
            for (size_t x = 0; x < a->count; x++)
                if (str_eq(a->items[x].name, q->name))
                    fn(ctx, f, q, &a->items[x]);
        }
    }
    free(rows);
}
