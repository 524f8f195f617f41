/* people_view_pager.c - the window: keeping it, moving it, reading at its edges. */
#include "people_pager.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/mem.h"
#include "dolen/base/banned.h"

#define MARGIN 24                       /* rows read beyond those in sight */
#define STRIDE 256                      /* a walk from the start, when no key is near */

static const char *row_at(const struct pager *p, size_t i)
{
    return p->rows + i * p->kind->row_bytes;
}

static const char *key_of(const struct pager *p, size_t i)
{
    return row_at(p, i) + p->kind->key_at;
}

static struct id id_of(const struct pager *p, size_t i)
{
    struct id id;

    memcpy(&id, row_at(p, i) + p->kind->id_at, sizeof id);
    return id;
}

static void forget(struct pager *p)
{
    if (p->rows)
        explicit_bzero(p->rows, p->cap * p->kind->row_bytes);
    p->count = 0;
}

void pager_start(struct pager *p, const struct pager_kind *kind, struct store *s)
{
    *p = (struct pager) { .kind = kind, .s = s };
}

void pager_release(struct pager *p)
{
    forget(p);
    free(p->rows);
    p->rows = NULL;
}

void pager_reset(struct pager *p, size_t total, size_t top)
{
    if (p->count > 0 && top >= p->base && top < p->base + p->count) {
        str_copy(p->key, sizeof p->key, key_of(p, top - p->base));
        p->id = id_of(p, top - p->base);
        p->key_index = top;
        p->has_key = true;
    }
    forget(p);
    p->total = total;
}

static void make_room(struct pager *p, size_t rows)
{
    char *grown;

    if (rows <= p->cap)
        return;
    grown = xcalloc(rows, p->kind->row_bytes);
    if (p->count > 0)
        memcpy(grown, p->rows, p->count * p->kind->row_bytes);
    if (p->rows)
        explicit_bzero(p->rows, p->cap * p->kind->row_bytes);
    free(p->rows);
    p->rows = grown;
    p->cap = rows;
}

/* Rows from an end of the list. */
static enum status from_end(struct pager *p, bool first, size_t n, struct err *err)
{
    int got = 0;
    enum status st;

    forget(p);
    make_room(p, n + 1);
    st = p->kind->page(p->s, p->of, NULL, ID_NONE, first, (int) n, p->rows, &got, err);
    p->count = (size_t) got;
    p->base = first || p->total < p->count ? 0 : p->total - p->count;
    return st;
}

/* n more rows after the window. */
static enum status extend_down(struct pager *p, size_t n, struct err *err)
{
    int got = 0;
    enum status st;

    make_room(p, p->count + n);
    st = p->kind->page(p->s, p->of, key_of(p, p->count - 1), id_of(p, p->count - 1), true, (int) n,
                       p->rows + p->count * p->kind->row_bytes, &got, err);
    p->count += (size_t) got;
    return st;
}

static enum status extend_up(struct pager *p, size_t n, struct err *err)
{
    size_t each = p->kind->row_bytes;
    char *above = xcalloc(n, each);
    int got = 0;
    enum status st = p->kind->page(p->s, p->of, key_of(p, 0), id_of(p, 0), false, (int) n, above, &got, err);

    if (st == ST_OK && (size_t) got <= p->base) {
        make_room(p, p->count + (size_t) got);
        memmove(p->rows + (size_t) got * each, p->rows, p->count * each);
        memcpy(p->rows, above, (size_t) got * each);
        p->count += (size_t) got;
        p->base -= (size_t) got;
    }
    explicit_bzero(above, n * each);
    free(above);
    return st;
}

/* Rows far from the window go. */
static void trim(struct pager *p, size_t lo, size_t hi)
{
    size_t each = p->kind->row_bytes;

    if (p->count > 0 && p->base + p->count > hi && hi > p->base)
        p->count = hi - p->base;
    if (p->count > 0 && lo > p->base && lo < p->base + p->count) {
        size_t gone = lo - p->base;

        memmove(p->rows, p->rows + gone * each, (p->count - gone) * each);
        p->count -= gone;
        p->base = lo;
    }
}

/* The id just below: "after" it begins with the row itself, whatever others share its key. */
static struct id id_before(struct id id)
{
    for (size_t i = sizeof id.b; i-- > 0 && id.b[i]-- == 0;)
        ;
    return id;
}

static enum status from_key(struct pager *p, size_t n, struct err *err)
{
    int got = 0;
    enum status st;

    forget(p);
    make_room(p, n);
    p->has_key = false;
    st = p->kind->page(p->s, p->of, p->key, id_before(p->id), true, (int) n, p->rows, &got, err);
    p->count = (size_t) got;
    p->base = p->key_index;
    return st;
}

static bool touches(const struct pager *p, size_t lo, size_t hi)
{
    return p->count > 0 && lo <= p->base + p->count && hi >= p->base;
}

static bool holds(const struct pager *p, size_t lo, size_t hi)
{
    return lo >= p->base && hi <= p->base + p->count;
}

/* No key is near (never by keys alone): walk there. */
static enum status walk(struct pager *p, size_t lo, size_t hi, struct err *err)
{
    enum status st = from_end(p, true, STRIDE, err);

    while (st == ST_OK && p->base + p->count < hi && p->count > 0) {
        size_t before = p->base + p->count;

        trim(p, before - 1 < lo ? before - 1 : lo, hi);
        st = extend_down(p, STRIDE, err);
        if (p->base + p->count == before)
            break;
    }
    return st;
}

enum status pager_window(struct pager *p, size_t first, size_t n, struct err *err)
{
    size_t last = first + n < p->total ? first + n : p->total;
    size_t lo = first > MARGIN ? first - MARGIN : 0, hi = last + MARGIN < p->total ? last + MARGIN : p->total;
    enum status st = ST_OK;

    if (first >= last || (p->count > 0 && holds(p, first, last)))
        return ST_OK;
    if (p->has_key && p->key_index >= first && p->key_index < last)
        st = from_key(p, hi - p->key_index, err);
    if (st == ST_OK && !holds(p, first, last)) {
        if (lo == 0)
            st = from_end(p, true, hi, err);
        else if (hi == p->total)
            st = from_end(p, false, hi - lo, err);
        else if (!touches(p, lo, hi))
            st = walk(p, lo, hi, err);
    }
    trim(p, lo, hi);
    if (st == ST_OK && p->count > 0 && p->base + p->count < last)
        st = extend_down(p, hi - p->base - p->count, err);
    if (st == ST_OK && p->count > 0 && p->base > first)
        st = extend_up(p, p->base - lo, err);
    if (st == ST_OK && !holds(p, first, last))      /* rows came or went beside us: an end tells where one is */
        st = from_end(p, first * 2 < p->total, first * 2 < p->total ? last : p->total - first, err);
    return st;
}

const void *pager_row(const struct pager *p, size_t i)
{
    return i >= p->base && i < p->base + p->count ? row_at(p, i - p->base) : NULL;
}
