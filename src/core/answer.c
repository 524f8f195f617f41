#include "dolen/core/answer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/banned.h"

static const struct {
    const char *word, *csv;
} states[MISSING_COUNT] = {
#define X(name, word, csv) [MISSING_##name] = { word, csv },
    MISSING_LIST(X)
#undef X
};
static const char *const labels[MISSING_COUNT] = {
    [MISSING_NONE] = "",
    [MISSING_NOT_REACHED] = N_("Not reached"),
    [MISSING_SKIPPED] = N_("Skipped by a rule"),
    [MISSING_NO_ANSWER] = N_("Asked, not answered"),
    [MISSING_PREFER_NOT] = N_("Prefers not to say"),
    [MISSING_NOT_KNOWN] = N_("Not known"),
};

const char *missing_word(enum missing m)
{
    return (unsigned)m < MISSING_COUNT ? states[m].word : "";
}

const char *missing_csv(enum missing m)
{
    return (unsigned)m < MISSING_COUNT ? states[m].csv : "";
}

const char *missing_label(enum missing m)
{
    return (unsigned)m < MISSING_COUNT ? _(labels[m]) : "";
}

bool missing_parse(const char *word, enum missing *out)
{
    if (!word || !*word)
        return false;
    for (int m = MISSING_NONE + 1; m < MISSING_COUNT; m++) {
        if (str_eq(word, states[m].word) || str_eq(word, states[m].csv)) {
            *out = (enum missing)m;
            return true;
        }
    }
    return false;
}

/* --- a set of answers --- */

static void release_one(struct answer *one)
{
    free(one->name);
    free(one->value);
}

void answers_release(struct answers *a)
{
    for (size_t i = 0; i < a->count; i++)
        release_one(&a->items[i]);
    free(a->items);
    *a = (struct answers)ANSWERS_INIT;
}

void answers_copy(struct answers *to, const struct answers *from)
{
    struct answers made = ANSWERS_INIT;

    for (size_t i = 0; i < from->count; i++) {
        struct answer *one = ARRAY_ADD(made.items, made.count, made.cap);

        *one = from->items[i];
        one->name = xstrdup(from->items[i].name);
        one->value = xstrdup(from->items[i].value);
    }
    answers_release(to);
    *to = made;
}

static struct answer *find(const struct answers *a, const char *name, int repeat)
{
    for (size_t i = 0; i < a->count; i++)
        if (a->items[i].repeat == repeat && str_eq(a->items[i].name, name))
            return &a->items[i];
    return NULL;
}

static struct answer *find_or_add(struct answers *a, const char *name, int repeat)
{
    struct answer *one = find(a, name, repeat);

    if (!one) {
        one = ARRAY_ADD(a->items, a->count, a->cap);
        one->name = xstrdup(name);
        one->repeat = repeat;
    }
    return one;
}

/* value may be the very text that is replaced. */
void answers_set(struct answers *a, const char *name, int repeat, const char *value)
{
    struct answer *one;
    char          *text;

    if (!value || !*value) {
        answers_remove(a, name, repeat);
        return;
    }
    one = find_or_add(a, name, repeat);
    text = xstrdup(value);
    free(one->value);
    one->value = text;
    one->missing = MISSING_NONE;
}

void answers_set_missing(struct answers *a, const char *name, int repeat, enum missing m)
{
    struct answer *one;

    if (m == MISSING_NONE || m == MISSING_NOT_REACHED) {
        answers_remove(a, name, repeat);
        return;
    }
    one = find_or_add(a, name, repeat);
    free(one->value);
    one->value = NULL;
    one->missing = m;
}

static void remove_at(struct answers *a, size_t i)
{
    release_one(&a->items[i]);
    a->count--;
    memmove(&a->items[i], &a->items[i + 1], (a->count - i) * sizeof *a->items);
}

void answers_remove(struct answers *a, const char *name, int repeat)
{
    const struct answer *one = find(a, name, repeat);

    if (one)
        remove_at(a, (size_t)(one - a->items));
}

const struct answer *answers_find(const struct answers *a, const char *name, int repeat)
{
    return find(a, name, repeat);
}

const char *answers_value(const struct answers *a, const char *name, int repeat)
{
    const struct answer *one = find(a, name, repeat);

    return one ? one->value : NULL;
}

enum missing answers_missing(const struct answers *a, const char *name, int repeat)
{
    const struct answer *one = find(a, name, repeat);

    return one ? one->missing : MISSING_NOT_REACHED;
}

int answers_repeats(const struct answers *a, const char *name)
{
    int highest = 0;

    for (size_t i = 0; i < a->count; i++)
        if (a->items[i].repeat > highest && str_eq(a->items[i].name, name))
            highest = a->items[i].repeat;
    return highest;
}

void answers_remove_instance(struct answers *a, const char *const *names, size_t n, int repeat)
{
    for (size_t k = 0; k < n; k++)
        answers_remove(a, names[k], repeat);
    for (size_t i = 0; i < a->count; i++)
        for (size_t k = 0; k < n; k++)
            if (a->items[i].repeat > repeat && str_eq(a->items[i].name, names[k])) {
                a->items[i].repeat--;
                break;
            }
}

/* --- drafts --- */

struct json *answers_to_json(const struct answers *a)
{
    struct json *map = json_new_map();

    for (size_t i = 0; i < a->count; i++) {
        const struct answer *one = &a->items[i];
        char                *key = one->repeat ? xasprintf("%s#%d", one->name, one->repeat) : xstrdup(one->name);

        if (one->missing == MISSING_NONE) {
            json_set_text(map, key, one->value);
        } else {
            struct json *state = json_new_map();

            json_set_text(state, "missing", missing_word(one->missing));
            json_set(map, key, state);
        }
        free(key);
    }
    return map;
}

struct reading {
    struct answers *out;
    bool            ok;
};

/* "name" or "name#2"; caller frees the name, NULL when it is neither. */
static char *split_key(const char *key, int *repeat)
{
    const char *hash = strrchr(key, '#');
    char       *end;
    long        n;

    *repeat = 0;
    if (!hash)
        return *key ? xstrdup(key) : NULL;
    n = strtol(hash + 1, &end, 10);
    if (hash == key || hash[1] < '1' || hash[1] > '9' || *end || n > 9999)
        return NULL;
    *repeat = (int)n;
    return xstrndup(key, (size_t)(hash - key));
}

static void read_one(void *ctx, const char *key, struct json *v)
{
    struct reading *r = ctx;
    enum missing    m;
    int             repeat;
    char           *name = split_key(key, &repeat);

    if (name && json_kind(v) == JSON_TEXT_)
        answers_set(r->out, name, repeat, json_text(v));
    else if (name && json_kind(v) == JSON_MAP_ && missing_parse(json_get_text(v, "missing"), &m))
        answers_set_missing(r->out, name, repeat, m);
    else
        r->ok = false;
    free(name);
}

bool answers_from_json(struct answers *out, const struct json *j)
{
    struct answers made = ANSWERS_INIT;
    struct reading r = { &made, json_kind(j) == JSON_MAP_ };

    if (r.ok)
        json_each(j, read_one, &r);
    if (!r.ok) {
        answers_release(&made);
        return false;
    }
    answers_release(out);
    *out = made;
    return true;
}

/* --- lists of codes --- */

bool codes_has(const char *codes, const char *code)
{
    size_t want = code ? strlen(code) : 0;

    if (!codes || want == 0)
        return false;
    while (*codes) {
        size_t n = strcspn(codes, " ");

        if (n == want && strncmp(codes, code, n) == 0)
            return true;
        codes += n + strspn(codes + n, " ");
    }
    return false;
}

char *codes_toggle(const char *codes, const char *code)
{
    struct buf out = BUF_INIT;
    bool       there = codes_has(codes, code);

    for (const char *p = codes ? codes : ""; *p;) {
        size_t n = strcspn(p, " ");

        if (n > 0 && !(n == strlen(code) && strncmp(p, code, n) == 0)) {
            if (out.len)
                buf_add_char(&out, ' ');
            buf_add_mem(&out, p, n);
        }
        p += n + strspn(p + n, " ");
    }
    if (!there) {
        if (out.len)
            buf_add_char(&out, ' ');
        buf_add(&out, code);
    }
    return buf_steal(&out);
}
