#include "dolen/base/json.h"

/* The library has functions of these names; inside this file they are the library's. */
#undef json_copy
#undef json_equal
#undef json_real

#include <jansson.h>
#include <math.h>
#include <string.h>

#include "dolen/base/file.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/text.h"
#include "dolen/base/banned.h"

/* 15 digits give back every decimal that a person typed as they typed it. */
#define WRITE_FLAGS (JSON_ENCODE_ANY | JSON_PRESERVE_ORDER | JSON_REAL_PRECISION(15))

static struct json *wrap(json_t *j)
{
    if (!j)
        die(9, _("Out of memory; the saved case file is as it was; close other programs and start again."));
    return (struct json *)j;
}

static const json_t *view(const struct json *j)
{
    return (const json_t *)j;
}

static json_t *own(struct json *j)
{
    return (json_t *)j;
}

struct json *json_new_map(void)
{
    return wrap(json_object());
}

struct json *json_new_list(void)
{
    return wrap(json_array());
}

/* Bad bytes would make the library refuse the text: each becomes U+FFFD. */
struct json *json_new_text(const char *s)
{
    struct buf   clean = BUF_INIT;
    struct json *j;
    size_t       n;
    uint32_t     cp;

    if (!s)
        return json_new_null();
    n = strlen(s);
    if (utf8_valid(s, n))
        return wrap(json_stringn(s, n));
    for (size_t at = 0, step; (step = utf8_next(s + at, n - at, &cp)) > 0; at += step)
        buf_add_cp(&clean, cp);
    j = wrap(json_stringn(buf_text(&clean), clean.len));
    buf_wipe(&clean);
    return j;
}

struct json *json_new_int(int64_t n)
{
    return wrap(json_integer((json_int_t)n));
}

struct json *json_new_real(double d)
{
    return isfinite(d) ? wrap(json_real(d)) : json_new_null();
}

struct json *json_new_bool(bool b)
{
    return wrap(b ? json_true() : json_false());
}

struct json *json_new_null(void)
{
    return wrap(json_null());
}

struct json *dolen_json_copy(const struct json *j)
{
    return j ? wrap(json_deep_copy(view(j))) : NULL;
}

void json_free(struct json **jp)
{
    if (!jp || !*jp)
        return;
    json_decref(own(*jp));
    *jp = NULL;
}

enum status json_parse(struct json **out, const char *s, size_t n, struct err *err)
{
    json_error_t e;
    json_t      *j = json_loadb(s, n, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &e);

    if (!j)
        return err_set(err, ST_INVALID, _("This is not JSON that can be read: line %d, column %d. Nothing was changed. "
                                          "Correct it there, or ask for it again."), e.line, e.column);
    *out = wrap(j);
    return ST_OK;
}

enum status json_read_file(struct json **out, const char *path, size_t max_bytes, struct err *err)
{
    struct buf  text = BUF_INIT;
    struct err  why = { .st = ST_OK };
    enum status st = file_read(&text, path, max_bytes, err);

    if (st == ST_OK) {
        st = json_parse(out, buf_text(&text), text.len, &why);
        if (st != ST_OK)
            err_set(err, st, "%s: %s", path, err_text(&why));
    }
    buf_wipe(&text);
    return st;
}

enum json_kind json_kind(const struct json *j)
{
    if (!j)
        return JSON_NULL_;
    switch (json_typeof(view(j))) {
    case JSON_OBJECT:  return JSON_MAP_;
    case JSON_ARRAY:   return JSON_LIST_;
    case JSON_STRING:  return JSON_TEXT_;
    case JSON_INTEGER: return JSON_INT_;
    case JSON_REAL:    return JSON_REAL_;
    case JSON_TRUE:
    case JSON_FALSE:   return JSON_BOOL_;
    default:           return JSON_NULL_;
    }
}

const char *json_text(const struct json *j)
{
    return json_is_string(view(j)) ? json_string_value(view(j)) : "";
}

int64_t json_int(const struct json *j)
{
    return (int64_t)json_integer_value(view(j));
}

double dolen_json_real(const struct json *j)
{
    return json_number_value(view(j));
}

bool json_bool(const struct json *j)
{
    return json_is_true(view(j));
}

size_t json_count(const struct json *j)
{
    return json_is_array(view(j)) ? json_array_size(view(j)) : json_object_size(view(j));
}

struct json *json_at(const struct json *j, size_t i)
{
    return (struct json *)json_array_get(view(j), i);
}

struct json *json_get(const struct json *j, const char *key)
{
    return (struct json *)json_object_get(view(j), key);
}

const char *json_get_text(const struct json *j, const char *key)
{
    return json_string_value(json_object_get(view(j), key));
}

void json_set(struct json *map, const char *key, struct json *take)
{
    json_object_set_new(own(map), key, own(take));
}

void json_set_text(struct json *map, const char *key, const char *s)
{
    json_set(map, key, json_new_text(s));
}

void json_set_int(struct json *map, const char *key, int64_t n)
{
    json_set(map, key, json_new_int(n));
}

void json_set_bool(struct json *map, const char *key, bool b)
{
    json_set(map, key, json_new_bool(b));
}

void json_remove(struct json *map, const char *key)
{
    json_object_del(own(map), key);
}

void json_append(struct json *list, struct json *take)
{
    json_array_append_new(own(list), own(take));
}

/* The library's iterator wants a writable map and does not write to it. */
void json_each(const struct json *map, void (*fn)(void *ctx, const char *key, struct json *v), void *ctx)
{
    json_t *m = (json_t *)(uintptr_t)map;

    for (void *it = json_object_iter(m); it; it = json_object_iter_next(m, it))
        fn(ctx, json_object_iter_key(it), (struct json *)json_object_iter_value(it));
}

static int write_part(const char *s, size_t n, void *out)
{
    buf_add_mem(out, s, n);
    return 0;
}

void json_write(struct buf *out, const struct json *j)
{
    json_dump_callback(view(j), write_part, out, WRITE_FLAGS | JSON_COMPACT);
}

void json_write_pretty(struct buf *out, const struct json *j)
{
    json_dump_callback(view(j), write_part, out, WRITE_FLAGS | JSON_INDENT(2));
    buf_add_char(out, '\n');
}

bool dolen_json_equal(const struct json *a, const struct json *b)
{
    return a && b ? json_equal(view(a), view(b)) == 1 : a == b;
}
