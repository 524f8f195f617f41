/* jq_lite.c - asks one thing of JSON on standard input, for shell tests.
 *
 *   jq-lite PATH          the value: text bare, null as "null", lists and maps compact; .a.b[0].c, and [] for every item
 *   jq-lite count PATH    how many items        jq-lite keys PATH    the names in a map, one a line
 *   jq-lite lines PATH    the same of every line of input (one JSON value a line)
 * Ends with 1 when there is nothing at PATH, 2 when the input is not JSON. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dolen/base/buf.h"
#include "dolen/base/json.h"
#include "dolen/base/status.h"

#include "dolen/base/banned.h"

enum ask { ASK_VALUE, ASK_COUNT, ASK_KEYS };

static void print_value(const struct json *v)
{
    struct buf out = BUF_INIT;

    if (json_kind(v) == JSON_TEXT_)
        buf_add(&out, json_text(v));
    else
        json_write(&out, v);
    puts(buf_text(&out));
    buf_release(&out);
}

static void print_key(void *ctx, const char *key, struct json *v)
{
    (void) ctx;
    (void) v;
    puts(key);
}

static int answer(const struct json *v, enum ask ask)
{
    if (ask == ASK_COUNT)
        printf("%zu\n", json_count(v));
    else if (ask == ASK_KEYS)
        json_each(v, print_key, NULL);
    else
        print_value(v);
    return 0;
}

/* Follows path from v; at "[]" it goes on with every item. Returns 0 when something was there. */
static int walk(const struct json *v, const char *path, enum ask ask)
{
    char key[256];
    size_t n;

    if (!v)
        return 1;
    if (!*path || strcmp(path, ".") == 0)
        return answer(v, ask);
    if (strncmp(path, "[]", 2) == 0) {
        for (size_t i = 0; i < json_count(v); i++)
            if (walk(json_at(v, i), path + 2, ask) != 0)
                return 1;
        return 0;
    }
    if (*path == '[') {
        char *end;
        size_t i = strtoul(path + 1, &end, 10);

        return walk(json_kind(v) == JSON_LIST_ ? json_at(v, i) : NULL, *end == ']' ? end + 1 : end, ask);
    }
    path += *path == '.';
    if (*path == '[')
        return walk(v, path, ask);
    n = strcspn(path, ".[");
    if (n == 0 || n >= sizeof key)
        return 1;
    memcpy(key, path, n);
    key[n] = '\0';
    return walk(json_kind(v) == JSON_MAP_ ? json_get(v, key) : NULL, path + n, ask);
}

static int ask_text(const char *text, size_t n, const char *path, enum ask ask)
{
    struct json *j = NULL;
    struct err err;
    int rc;

    if (json_parse(&j, text, n, &err) != ST_OK) {
        fprintf(stderr, "jq-lite: %s\n", err_text(&err));
        return 2;
    }
    rc = walk(j, path, ask);
    json_free(&j);
    return rc;
}

static int ask_lines(char *text, const char *path)
{
    int rc = 0;

    for (char *p = text, *end; rc == 0 && *p; p = end) {
        size_t n = strcspn(p, "\n");

        end = p + n + (p[n] == '\n');
        if (n > 0)
            rc = ask_text(p, n, path, ASK_VALUE);
    }
    return rc;
}

int main(int argc, char **argv)
{
    const char *what = argc == 3 ? argv[1] : "", *path = argc > 1 ? argv[argc - 1] : ".";
    enum ask ask = strcmp(what, "count") == 0 ? ASK_COUNT : strcmp(what, "keys") == 0 ? ASK_KEYS : ASK_VALUE;
    struct buf in = BUF_INIT;
    char part[65536];
    size_t n;
    int rc;

    while ((n = fread(part, 1, sizeof part, stdin)) > 0)
        buf_add_mem(&in, part, n);
    if (strcmp(what, "lines") == 0)
        rc = in.s ? ask_lines(in.s, path) : 1;
    else
        rc = ask_text(buf_text(&in), in.len, path, ask);
    buf_release(&in);
    return rc;
}
