/* ui/asset_find.c - tokens read with the code lists, in either language whichever is shown. */
#include "dolen/ui/asset_find.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dolen/base/mem.h"
#include "dolen/base/text.h"
#include "dolen/base/banned.h"

#define FOUND_MAX  24
#define LISTS_MAX  3
#define CHIP_NAMES 3

static const char *const lists[WISH_COUNT][LISTS_MAX] = {
    [WISH_NEED] = { "asset_category", "reason" },
    [WISH_PLACE] = { "local_authority" },
    [WISH_COST] = { "cost_kind" },
    [WISH_ACCESS] = { "access_feature", "attending_access", "attending_type" },
    [WISH_LANGUAGE] = { "asset_language" },
};

static const char *const days[] = { N_("Monday"), N_("Tuesday"), N_("Wednesday"), N_("Thursday"), N_("Friday"),
                                    N_("Saturday"),
                                    N_("Sunday") };

const char *wish_kind_label(enum wish_kind kind)
{
    static const char *const labels[] = { [WISH_NEED] = N_("Need"), [WISH_PLACE] = N_("Place"), [WISH_DAY] = N_("Day"),
                                          [WISH_COST] = N_("Cost"), [WISH_ACCESS] = N_("Access"),
                                          [WISH_LANGUAGE] = N_("Language") };

    return tr(labels[kind]);
}

/* --- values ----------------------------------------------------------------------------------------------------- */

struct found {
    const struct code *code[FOUND_MAX];
    size_t             count;
};

/* How near a label or code is: the whole of it, its beginning, the beginning of one of its words. */
enum nearness { WHOLE, BEGINNING, WORD, FAR };

static enum nearness nearness(const char *text, const char *value)
{
    struct buf folded = BUF_INIT;
    enum nearness near = FAR;
    size_t n = strlen(value);

    text_fold(&folded, text ? text : "");
    for (const char *p = buf_text(&folded); *p && near == FAR; p += strcspn(p, " "), p += strspn(p, " "))
        if (strncmp(p, value, n) == 0)
            near = p > buf_text(&folded) ? WORD : p[n] ? BEGINNING : WHOLE;
    buf_release(&folded);
    return near;
}

static enum nearness code_nearness(const struct code *c, const char *value)
{
    const char *texts[] = { c->code, text2_in(&c->label, LANG_EN), text2_in(&c->label, LANG_CY) };
    enum nearness best = FAR;

    for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
        enum nearness near = nearness(texts[i], value);

        if (near < best)
            best = near;
    }
    return best;
}

/* All codes that are as near as the nearest one. value: folded. */
static void codes_find(struct catalog *c, enum wish_kind kind, const char *value, struct found *out)
{
    enum nearness best = FAR;

    out->count = 0;
    for (size_t l = 0; l < LISTS_MAX && lists[kind][l]; l++) {
        const struct codelist *list = catalog_codes(c, lists[kind][l], NULL);

        for (size_t i = 0; list && i < list->count; i++) {
            enum nearness near = code_nearness(&list->items[i], value);

            if (near < best) {
                best = near;
                out->count = 0;
            }
            if (near == best && near != FAR && out->count < FOUND_MAX)
                out->code[out->count++] = &list->items[i];
        }
    }
}

/* The next of "free,donation", folded; false at the end. */
static bool value_next(const char **p, struct buf *out)
{
    char *one;
    size_t n;

    buf_clear(out);
    while (*(*p += strspn(*p, ", ")) && out->len == 0) {
        n = strcspn(*p, ",");
        one = xstrndup(*p, n);
        text_fold(out, one);
        free(one);
        *p += n;
    }
    return out->len > 0;
}

static bool listed(const char *words, const char *word)
{
    size_t n = strlen(word);

    for (const char *p = words; p && (p = strstr(p, word)); p += n)
        if ((p == words || p[-1] == ' ') && (p[n] == ' ' || !p[n]))
            return true;
    return false;
}

/* --- facets of a value ------------------------------------------------------------------------------------------ */

static bool is_in(struct catalog *c, const char *list, const struct code *code)
{
    const struct codelist *l = catalog_codes(c, list, NULL);

    return l && code >= l->items && code < l->items + l->count;
}

/* A reason stands for the kinds of place that people go to for it. */
static void need_facets(struct catalog *c, const struct code *code, struct buf *out)
{
    const struct codelist *categories = catalog_codes(c, "asset_category", NULL);

    if (is_in(c, "asset_category", code))
        facet_add(out, WISH_NEED, code->code);
    for (size_t i = 0; categories && is_in(c, "reason", code) && i < categories->count; i++)
        if (listed(categories->items[i].serves, code->code))
            facet_add(out, WISH_NEED, categories->items[i].code);
}

static void code_facets(struct catalog *c, enum wish_kind kind, const struct code *code, struct buf *out)
{
    if (kind == WISH_NEED) {
        need_facets(c, code, out);
    } else if (code->words) {
        for (const char *p = code->words; *(p += strspn(p, " ")); p += strcspn(p, " ")) {
            char *word = xstrndup(p, strcspn(p, " "));

            facet_add(out, kind, word);
            free(word);
        }
    } else {
        facet_add(out, kind, code->code);
        if (kind == WISH_LANGUAGE && (str_eq(code->code, "CY") || str_eq(code->code, "EN")))
            facet_add(out, kind, "BILINGUAL");
    }
}

static void day_facets(unsigned mask, struct buf *out)
{
    char day[4];

    for (int i = 0; i < 7; i++)
        if (mask & 1u << i) {
            snprintf(day, sizeof day, "%d", i + 1);
            facet_add(out, WISH_DAY, day);
        }
}

/* What is in no list but can be looked for as it was typed. */
static void typed_facets(enum wish_kind kind, const char *value, struct buf *out)
{
    if (kind == WISH_ACCESS) {
        facet_add(out, kind, value);
        buf_add_char(out, '*');
    } else if (kind == WISH_NEED) {
        buf_addf(out, "%s%.*s*", out->len ? " " : "", (int) strcspn(value, " "), value);
    }
}

/* False when nothing can be found by the value. */
static bool value_facets(struct catalog *c, enum wish_kind kind, const char *value, struct buf *out)
{
    struct found f;
    size_t before = out->len;

    codes_find(c, kind, value, &f);
    for (size_t i = 0; i < f.count; i++)
        code_facets(c, kind, f.code[i], out);
    if (f.count == 0)
        typed_facets(kind, value, out);
    return out->len > before;
}

/* Each word of a place narrows it; a local authority is found by its name, entries there by its code. */
static void place_wants(struct catalog *c, const char *value, struct wants *out)
{
    struct found f;
    size_t n;

    codes_find(c, WISH_PLACE, value, &f);
    for (const char *p = value; *p; p += n, p += strspn(p, " ")) {
        struct buf *want = wants_add(out);
        char *word;

        n = strcspn(p, " ");
        if (!want)
            return;
        word = xstrndup(p, n);
        facet_add(want, WISH_PLACE, word);
        buf_add_char(want, '*');
        free(word);
        for (size_t i = 0; i < f.count; i++)
            facet_add(want, WISH_PLACE, f.code[i]->code);
    }
}

static bool token_wants(struct catalog *c, const struct wish_token *t, struct wants *out)
{
    const char *p = t->value;
    struct buf value = BUF_INIT, any = BUF_INIT, *want;
    bool day = t->kind == WISH_DAY, known = !day || !p[0] || days_in_text(p), asked = day && p[0];

    if (day)
        day_facets(days_in_text(p), &any);
    while (!day && value_next(&p, &value)) {
        if (t->kind == WISH_PLACE)
            place_wants(c, buf_text(&value), out);
        else
            known = value_facets(c, t->kind, buf_text(&value), &any) && known;
        asked = asked || t->kind != WISH_PLACE;
    }
    if (asked && (want = wants_add(out)))
        buf_add(want, buf_text(&any));
    buf_release(&value);
    buf_release(&any);
    return known;
}

const struct wish_token *asset_wants(struct catalog *c, const struct wish *w, struct wants *out)
{
    const struct wish_token *unknown = NULL;

    *out = (struct wants) { .count = 0 };
    wants_add_words(out, w->words);
    for (size_t i = 0; i < w->count; i++)
        if (!token_wants(c, &w->tokens[i], out) && !unknown)
            unknown = &w->tokens[i];
    return unknown;
}

/* --- what was not there ----------------------------------------------------------------------------------------- */

/* The one code of the list that the token means; NULL: several, or none. */
static const struct code *only_code(struct catalog *c, const struct wish_token *t, const char *list)
{
    const struct code *only = NULL;
    struct buf value = BUF_INIT;
    const char *p = t->value;
    struct found f = { .count = 0 };
    bool several = false;

    while (value_next(&p, &value)) {
        codes_find(c, t->kind, buf_text(&value), &f);
        for (size_t i = 0; i < f.count; i++) {
            const struct code *code = codelist_find(catalog_codes(c, list, NULL), f.code[i]->code);

            several = several || (code && only && code != only);
            only = code ? code : only;
        }
    }
    buf_release(&value);
    return several ? NULL : only;
}

void wish_gap(struct catalog *c, const struct wish *w, struct answers *out)
{
    static const struct { const char *question, *list; } asked[WISH_COUNT] = {
        [WISH_NEED] = { "category", "asset_category" },
        [WISH_PLACE] = { "local_authority", "local_authority" },
        [WISH_LANGUAGE] = { "language", "language_preference" },
    };

    for (size_t i = 0; i < w->count; i++) {
        const struct wish_token *t = &w->tokens[i];
        const struct code *code = asked[t->kind].list ? only_code(c, t, asked[t->kind].list) : NULL;

        if (code)
            answers_set(out, asked[t->kind].question, 0, code->code);
        else if (t->kind == WISH_PLACE && t->value[0])
            answers_set(out, "place", 0, t->value);
    }
}

/* --- in words --------------------------------------------------------------------------------------------------- */

static void day_words(unsigned mask, struct buf *out)
{
    const char *between = "";

    for (int i = 0; i < 7; i++)
        if (mask & 1u << i) {
            buf_addf(out, "%s%s", between, tr(days[i]));
            between = ", ";
        }
}

static void value_words(struct catalog *c, enum wish_kind kind, const char *value, struct buf *out)
{
    struct found f;

    codes_find(c, kind, value, &f);
    for (size_t i = 0; i < f.count && i < CHIP_NAMES; i++) {
        const char *label = text2_now(&f.code[i]->label);

        if (i == 0 || !str_eq(label, text2_now(&f.code[i - 1]->label)))
            buf_addf(out, "%s%s", i ? ", " : "", label);
    }
    if (f.count > CHIP_NAMES)
        buf_add(out, " …");
    if (f.count == 0)
        buf_addf(out, kind == WISH_ACCESS || kind == WISH_NEED ? "%s" : "%s (?)", value);
}

void wish_token_words(struct catalog *c, const struct wish_token *t, struct buf *out)
{
    const char *p = t->value, *between = "";
    struct buf value = BUF_INIT;

    if (t->kind == WISH_DAY && days_in_text(p)) {
        day_words(days_in_text(p), out);
        return;
    }
    if (t->kind == WISH_PLACE || t->kind == WISH_DAY) {
        buf_addf(out, t->kind == WISH_PLACE ? "%s" : "%s (?)", p);
        return;
    }
    while (value_next(&p, &value)) {
        buf_add(out, between);
        value_words(c, t->kind, buf_text(&value), out);
        between = ", ";
    }
    buf_release(&value);
}

void wish_words(struct catalog *c, const struct wish *w, struct buf *out)
{
    for (size_t i = 0; i < w->count; i++) {
        if (!w->tokens[i].value[0])
            continue;
        buf_addf(out, "%s%s: ", out->len ? " · " : "", wish_kind_label(w->tokens[i].kind));
        wish_token_words(c, &w->tokens[i], out);
    }
}

/* --- choosing --------------------------------------------------------------------------------------------------- */

static const struct code *choice_at(struct catalog *c, enum wish_kind kind, size_t i)
{
    for (size_t l = 0; l < LISTS_MAX && lists[kind][l]; l++) {
        const struct codelist *list = catalog_codes(c, lists[kind][l], NULL);

        if (list && i < list->count)
            return &list->items[i];
        i -= list ? list->count : 0;
    }
    return NULL;
}

const char *wish_choice(struct catalog *c, enum wish_kind kind, size_t i)
{
    const struct code *code = kind == WISH_PLACE || kind == WISH_DAY ? NULL : choice_at(c, kind, i);

    return code ? text2_now(&code->label) : kind == WISH_DAY && i < ARRAY_LEN(days) ? tr(days[i]) : NULL;
}

static bool means_only(struct catalog *c, enum wish_kind kind, const char *value, const struct code *code)
{
    struct found f;

    codes_find(c, kind, value, &f);
    return f.count == 1 && f.code[0] == code;
}

void wish_choice_value(struct catalog *c, enum wish_kind kind, size_t i, struct buf *out)
{
    const struct code *code = kind == WISH_DAY ? NULL : choice_at(c, kind, i);
    struct buf folded = BUF_INIT, words = BUF_INIT;
    const char *p;
    size_t n;

    text_fold(&folded, kind == WISH_DAY ? tr(days[i]) : code ? text2_now(&code->label) : "");
    for (p = buf_text(&folded); *p; p += n, p += strspn(p, " ")) {
        n = strcspn(p, " ");
        if (kind == WISH_DAY)                       /* of "dydd Llun" the day alone */
            buf_clear(&words);
        if (words.len)
            buf_add_char(&words, ' ');
        buf_add_mem(&words, p, n);
        if (kind == WISH_DAY ? days_in_text(words.s) != 0 : n > 2 && means_only(c, kind, words.s, code))
            break;
    }
    if (!*p && code && !means_only(c, kind, buf_text(&words), code)) {
        buf_clear(&words);
        text_fold(&words, code->code);
    }
    for (p = buf_text(&words); *p; p++)
        buf_add_char(out, *p == ' ' ? '-' : *p);
    buf_release(&folded);
    buf_release(&words);
}
