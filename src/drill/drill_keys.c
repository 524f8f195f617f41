/* drill_keys.c - keys and screens as lines of JSON: what a key changed of the screen stands with it. */
#include "dolen/drill/drill_keys.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/json.h"
#include "dolen/base/mem.h"
#include "dolen/store/drill_keys.h"

#include "dolen/base/banned.h"

static const char *const kinds[] = { "key", "begins", "secret" };

void drill_screen_release(struct drill_screen *s)
{
    for (int y = 0; y < DRILL_ROWS_MAX; y++) {
        if (s->text[y])
            explicit_bzero(s->text[y], strlen(s->text[y]));
        free(s->text[y]);
    }
    memset(s, 0, sizeof *s);
}

static void row_set(struct drill_screen *s, int y, const char *text)
{
    if (y < 0 || y >= DRILL_ROWS_MAX)
        return;
    free(s->text[y]);
    s->text[y] = text && *text ? xstrdup(text) : NULL;
}

static const char *row_text(const struct drill_screen *s, int y)
{
    return s->text[y] ? s->text[y] : "";
}

/* --- writing ---------------------------------------------------------------------------------------------------- */

struct drill_recorder {
    struct id           attempt;
    struct drill_screen last;           /* as the newest entry left it */
    struct buf          lines;
    size_t              waiting;
};

struct drill_recorder *drill_recorder_new(struct id attempt)
{
    struct drill_recorder *r = xcalloc(1, sizeof *r);

    r->attempt = attempt;
    return r;
}

void drill_recorder_free(struct drill_recorder **rp)
{
    if (!rp || !*rp)
        return;
    drill_screen_release(&(*rp)->last);
    buf_wipe(&(*rp)->lines);
    free(*rp);
    *rp = NULL;
}

struct id drill_recorder_attempt(const struct drill_recorder *r) { return r->attempt; }
size_t drill_recorder_waiting(const struct drill_recorder *r)    { return r->waiting; }

static int rows_of(const struct drill_screen *s)
{
    return s->rows < DRILL_ROWS_MAX ? s->rows : DRILL_ROWS_MAX;
}

/* Rows that differ from the last screen, which then is this one. */
static struct json *rows_changed(struct drill_recorder *r, const struct drill_screen *now)
{
    struct json *rows = json_new_list();

    for (int y = 0; y < rows_of(now); y++) {
        struct json *row;

        if (str_eq(row_text(&r->last, y), row_text(now, y)))
            continue;
        row = json_new_list();
        json_append(row, json_new_int(y));
        json_append(row, json_new_text(row_text(now, y)));
        json_append(rows, row);
        row_set(&r->last, y, now->text[y]);
    }
    return rows;
}

static void add_screen(struct drill_recorder *r, struct json *j, const struct drill_screen *now)
{
    if (now->rows != r->last.rows || now->cols != r->last.cols) {
        drill_screen_release(&r->last);                 /* another size: the whole of it */
        json_set_int(j, "rows", now->rows);
        json_set_int(j, "cols", now->cols);
    }
    json_set(j, "text", rows_changed(r, now));
    json_set_int(j, "y", now->y);
    json_set_int(j, "x", now->x);
    r->last.rows = now->rows;
    r->last.cols = now->cols;
}

void drill_recorder_add(struct drill_recorder *r, enum drill_key_kind kind, const char *name, int64_t ms, int minute,
                        int step, const struct drill_screen *now)
{
    struct json *j = json_new_map();

    json_set_text(j, "kind", kinds[kind]);
    if (kind == KEY_PRESSED)
        json_set_text(j, "key", name);
    json_set_int(j, "ms", ms);
    json_set_int(j, "minute", minute);
    json_set_int(j, "step", step);
    if (now && kind != KEY_SECRET)
        add_screen(r, j, now);
    json_write(&r->lines, j);
    buf_add_char(&r->lines, '\n');
    r->waiting++;
    json_free(&j);
}

enum status drill_recorder_flush(struct drill_recorder *r, struct store *s, struct err *err)
{
    enum status st;

    if (!r->waiting)
        return ST_OK;
    st = store_drill_keys_add(s, r->attempt, buf_text(&r->lines), err);
    if (st == ST_OK) {
        buf_wipe(&r->lines);
        r->waiting = 0;
    }
    return st;
}

/* --- reading ---------------------------------------------------------------------------------------------------- */

struct entry {
    struct drill_key key;
    struct json     *j;
};

struct drill_keys {
    struct entry *items;
    size_t        count, cap;
};

static enum drill_key_kind kind_of(const char *word)
{
    for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
        if (str_eq(kinds[i], word))
            return (enum drill_key_kind) i;
    return KEY_SECRET;                  /* of a kind that is not known: nothing is shown of it */
}

static void take_line(struct drill_keys *k, const char *line, size_t n)
{
    struct json *j = NULL;
    struct entry *e;

    if (n == 0 || json_parse(&j, line, n, NULL) != ST_OK)
        return;
    e = ARRAY_ADD(k->items, k->count, k->cap);
    e->j = j;
    e->key = (struct drill_key) { .kind = kind_of(json_get_text(j, "kind")), .ms = json_int(json_get(j, "ms")),
                                  .minute = (int) json_int(json_get(j, "minute")),
                                  .step = (int) json_int(json_get(j, "step")) };
    if (e->key.kind == KEY_PRESSED)
        str_copy(e->key.name, sizeof e->key.name, json_get_text(j, "key"));
}

static void take_piece(void *ctx, const char *keys)
{
    for (const char *end; keys && *keys; keys = *end ? end + 1 : end) {
        end = strchrnul(keys, '\n');
        take_line(ctx, keys, (size_t) (end - keys));
    }
}

enum status drill_keys_read(struct drill_keys **out, struct store *s, struct id attempt, struct err *err)
{
    struct drill_keys *k = xcalloc(1, sizeof *k);
    enum status st = store_drill_keys(s, attempt, take_piece, k, err);

    if (st != ST_OK) {
        drill_keys_free(&k);
        return st;
    }
    *out = k;
    return ST_OK;
}

void drill_keys_free(struct drill_keys **kp)
{
    if (!kp || !*kp)
        return;
    for (size_t i = 0; i < (*kp)->count; i++)
        json_free(&(*kp)->items[i].j);
    free((*kp)->items);
    free(*kp);
    *kp = NULL;
}

size_t drill_keys_count(const struct drill_keys *k)                         { return k->count; }
const struct drill_key *drill_keys_at(const struct drill_keys *k, size_t i) { return &k->items[i].key; }

static int within(int64_t n, int most)
{
    return n < 0 || most < 0 ? 0 : n > most ? most : (int) n;
}

static void apply(struct drill_screen *s, const struct json *j)
{
    const struct json *text = json_get(j, "text");

    if (!text)
        return;
    if (json_get(j, "rows")) {
        drill_screen_release(s);
        s->rows = within(json_int(json_get(j, "rows")), DRILL_ROWS_MAX);
        s->cols = within(json_int(json_get(j, "cols")), 1000);
    }
    for (size_t i = 0; i < json_count(text); i++)
        row_set(s, (int) json_int(json_at(json_at(text, i), 0)), json_text(json_at(json_at(text, i), 1)));
    s->y = within(json_int(json_get(j, "y")), s->rows - 1);
    s->x = within(json_int(json_get(j, "x")), s->cols - 1);
}

void drill_keys_screen(const struct drill_keys *k, size_t i, struct drill_screen *out)
{
    memset(out, 0, sizeof *out);
    for (size_t n = 0; n <= i && n < k->count; n++)
        apply(out, k->items[n].j);
}
