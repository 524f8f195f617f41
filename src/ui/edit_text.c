/* edit_text.c - inserting, deleting and moving by cluster and by word. Memory that held text is wiped before it goes
 * back, also when the text outgrows it. */
#include "edit_text.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/mem.h"
#include "dolen/base/text.h"
#include "dolen/base/banned.h"

#define FIRST_CAPACITY 256

static void reserve(struct edit *e, size_t need)
{
    if (need < e->cap)
        return;
    size_t cap = e->cap ? e->cap * 2 : FIRST_CAPACITY;

    while (cap <= need)
        cap *= 2;
    char *s = xcalloc(cap, 1);

    if (e->s) {
        memcpy(s, e->s, e->len + 1);
        explicit_bzero(e->s, e->cap);
        free(e->s);
    }
    e->s = s;
    e->cap = cap;
}

void edit_start(struct edit *e, size_t max)
{
    *e = (struct edit) { .max = max };
    reserve(e, 1);
}

void edit_release(struct edit *e)
{
    if (e->s)
        explicit_bzero(e->s, e->cap);
    free(e->s);
    *e = (struct edit) { .max = e->max };
}

void edit_set(struct edit *e, const char *text)
{
    size_t n = 0, step;
    int w;

    text = text ? text : "";
    while ((step = text_cluster(text + n, &w)) > 0 && n + step <= e->max)
        n += step;
    reserve(e, n);
    explicit_bzero(e->s, e->cap);
    memcpy(e->s, text, n);
    e->len = e->at = n;
}

bool edit_insert(struct edit *e, const char *text)
{
    size_t n = strlen(text);

    if (e->len + n > e->max)
        return false;
    reserve(e, e->len + n);
    memmove(e->s + e->at + n, e->s + e->at, e->len - e->at + 1);
    memcpy(e->s + e->at, text, n);
    e->len += n;
    e->at += n;
    return true;
}

static enum edited remove_bytes(struct edit *e, size_t from, size_t to)
{
    size_t gone = to - from;

    if (gone == 0)
        return EDIT_NOTHING;
    memmove(e->s + from, e->s + to, e->len - to + 1);
    explicit_bzero(e->s + e->len - gone + 1, gone);
    e->len -= gone;
    e->at = from;
    return EDIT_CHANGED;
}

static enum edited go(struct edit *e, size_t to)
{
    bool moved = to != e->at;

    e->at = to;
    return moved ? EDIT_MOVED : EDIT_NOTHING;
}

static size_t before(const struct edit *e)
{
    return e->at - text_cluster_before(e->s, e->at);
}

static size_t after(const struct edit *e)
{
    int w;

    return e->at + text_cluster(e->s + e->at, &w);
}

static bool is_gap(char c)
{
    return c == ' ' || c == '\n';
}

static size_t word_before(const struct edit *e)
{
    size_t at = e->at;

    while (at > 0 && is_gap(e->s[at - 1]))
        at--;
    while (at > 0 && !is_gap(e->s[at - 1]))
        at--;
    return at;
}

static size_t word_after(const struct edit *e)
{
    size_t at = e->at;

    while (at < e->len && !is_gap(e->s[at]))
        at++;
    while (at < e->len && is_gap(e->s[at]))
        at++;
    return at;
}

/* of the line (to '\n') the caret is in */
static size_t edit_line_start(const struct edit *e)
{
    size_t at = e->at;

    while (at > 0 && e->s[at - 1] != '\n')
        at--;
    return at;
}

static size_t edit_line_end(const struct edit *e)
{
    return e->at + strcspn(e->s + e->at, "\n");
}

enum edited edit_key(struct edit *e, const struct key *k)
{
    if (key_is_text(k))
        return edit_insert(e, k->text) ? EDIT_CHANGED : EDIT_FULL;
    switch (k->code) {
    case K_LINE:        return edit_insert(e, " ") ? EDIT_CHANGED : EDIT_FULL;
    case K_LEFT:        return go(e, before(e));
    case K_RIGHT:       return go(e, after(e));
    case K_CTRL_LEFT:   return go(e, word_before(e));
    case K_CTRL_RIGHT:  return go(e, word_after(e));
    case K_CTRL_HOME:   return go(e, 0);
    case K_CTRL_END:    return go(e, e->len);
    case K_HOME:
    case K_CTRL('A'):   return go(e, edit_line_start(e));
    case K_END:
    case K_CTRL('E'):   return go(e, edit_line_end(e));
    case K_BACKSPACE:   return remove_bytes(e, before(e), e->at);
    case K_DELETE:
    case K_CTRL('D'):   return remove_bytes(e, e->at, after(e));
    case K_CTRL('W'):   return remove_bytes(e, word_before(e), e->at);
    case K_CTRL('U'):   return remove_bytes(e, edit_line_start(e), e->at);
    default:            return EDIT_PASS;
    }
}
