#include "strict.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/text.h"
#include "dolen/base/banned.h"

void strict_begin(struct strict *s, const struct json *map, const char *what, struct err *err)
{
    *s = (struct strict) { .map = map, .what = what, .st = ST_OK, .err = err };
    if (!map || json_kind(map) != JSON_MAP_)
        s->st = err_set(err, ST_INVALID, _("%s is not a JSON object. It was not used."
                                           " Ask for a new copy of the file."), _(what));
}

void strict_fail(struct strict *s, const char *key)
{
    if (s->st == ST_OK)
        s->st = err_set(s->err, ST_INVALID, _("%s is not as it should be: \"%s\" is missing or wrong. It was not used; "
                                              "nothing was changed. Ask whoever made it to send it again."),
                                              _(s->what), key);
}

const struct json *strict_take(struct strict *s, const char *key, enum json_kind kind)
{
    const struct json *v = s->st == ST_OK ? json_get(s->map, key) : NULL;

    if (!v || json_kind(v) != kind) {
        strict_fail(s, key);
        return NULL;
    }
    s->taken++;
    return v;
}

static bool take_null(struct strict *s, const char *key)
{
    const struct json *v = s->st == ST_OK ? json_get(s->map, key) : NULL;

    if (!v || json_kind(v) != JSON_NULL_)
        return false;
    s->taken++;
    return true;
}

void strict_format(struct strict *s, const char *key, const char *known)
{
    const struct json *v = strict_take(s, key, JSON_TEXT_);
    const char *slash = strrchr(known, '/');
    size_t stem = (size_t) (slash - known) + 1;

    if (!v || str_eq(json_text(v), known))
        return;
    if (strncmp(json_text(v), known, stem) == 0)
        s->st = err_set(s->err, ST_NEWER, _("%s was made by a newer version of the program. It was not used. Open it "
                                            "with the newer version."), _(s->what));
    else
        strict_fail(s, key);
}

void strict_text(struct strict *s, const char *key, char *out, size_t size, bool empty)
{
    const struct json *v;
    const char *text;

    out[0] = '\0';
    if (empty && take_null(s, key))
        return;
    v = strict_take(s, key, JSON_TEXT_);
    text = v ? json_text(v) : NULL;
    if (text && ((!*text && !empty) || strlen(text) >= size || !text_is_tame(text, false)))
        strict_fail(s, key);
    else if (text)
        str_copy(out, size, text);
}

void strict_plain(struct strict *s, const char *key, char *out, size_t size, bool empty)
{
    strict_text(s, key, out, size, empty);
    if (s->st == ST_OK && out[0] && !exchange_word_is_plain(out))
        strict_fail(s, key);
}

void strict_hex(struct strict *s, const char *key, char out[65], bool empty)
{
    strict_text(s, key, out, 65, empty);
    if (s->st == ST_OK && out[0] && strspn(out, "0123456789abcdef") != 64)
        strict_fail(s, key);
}

int64_t strict_int(struct strict *s, const char *key, int64_t min, int64_t max)
{
    const struct json *v = strict_take(s, key, JSON_INT_);
    int64_t n = v ? json_int(v) : min;

    if (n < min || n > max) {
        strict_fail(s, key);
        return min;
    }
    return n;
}

bool strict_bool(struct strict *s, const char *key)
{
    const struct json *v = strict_take(s, key, JSON_BOOL_);

    return v && json_bool(v);
}

void strict_date(struct strict *s, const char *key, struct date *out)
{
    char text[16];

    *out = (struct date) { 0, 0, 0 };
    strict_text(s, key, text, sizeof text, false);
    if (s->st == ST_OK && !date_parse_iso(text, out))
        strict_fail(s, key);
}

/* Only what instant_iso writes. */
int64_t strict_instant(struct strict *s, const char *key)
{
    struct tm tm = { 0 };
    char text[24];
    const char *end;
    int64_t at;

    strict_text(s, key, text, sizeof text, false);
    if (s->st != ST_OK)
        return 0;
    end = strptime(text, "%Y-%m-%dT%H:%M:%SZ", &tm);
    at = end && !*end ? (int64_t) timegm(&tm) : -1;
    if (at < 0 || !str_eq(instant_iso(at).s, text)) {
        strict_fail(s, key);
        return 0;
    }
    return at;
}

void strict_id(struct strict *s, const char *key, struct id *out, bool empty)
{
    char text[40];

    *out = ID_NONE;
    strict_text(s, key, text, sizeof text, empty);
    if (s->st == ST_OK && text[0] && (!id_parse(text, out) || !id_is_set(*out) || !str_eq(id_show(*out).s, text)))
        strict_fail(s, key);
}

void strict_source(struct strict *s, const char *key, struct id *out)
{
    char text[40];

    *out = ID_NONE;
    strict_text(s, key, text, sizeof text, false);
    if (s->st == ST_OK && !source_parse(text, out))
        strict_fail(s, key);
}

int strict_word(struct strict *s, const char *key, const char *const *words, int count)
{
    char text[BATCH_WORD_MAX];

    strict_text(s, key, text, sizeof text, true);
    for (int i = 0; s->st == ST_OK && i < count; i++)
        if (str_eq(words[i], text))
            return i;
    strict_fail(s, key);
    return 0;
}

/* --- counts by name --------------------------------------------------------------------------------------------- */

struct counting {
    struct batch_count *out;
    size_t              max, count;
    bool                wrong;
};

static void count_one(void *ctx, const char *key, struct json *v)
{
    struct counting *c = ctx;

    if (c->count == c->max || strlen(key) >= sizeof c->out->name || !exchange_word_is_plain(key) ||
        json_kind(v) != JSON_INT_ || json_int(v) < 0) {
        c->wrong = true;
        return;
    }
    str_copy(c->out[c->count].name, sizeof c->out->name, key);
    c->out[c->count++].n = json_int(v);
}

void strict_counts(struct strict *s, const char *key, struct batch_count *out, size_t max, size_t *count)
{
    const struct json *v = strict_take(s, key, JSON_MAP_);
    struct counting c = { .out = out, .max = max };

    *count = 0;
    if (!v)
        return;
    json_each(v, count_one, &c);
    if (c.wrong)
        strict_fail(s, key);
    *count = c.count;
}

/* --- the end ---------------------------------------------------------------------------------------------------- */

enum status strict_done(struct strict *s)
{
    if (s->st == ST_OK && json_count(s->map) != s->taken)
        s->st = err_set(s->err, ST_INVALID, _("%s holds something that does not belong in it. It was not used; "
                                              "nothing was changed. Ask whoever made it to send it again."),
                                              _(s->what));
    return s->st;
}

