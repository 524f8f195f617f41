/* core/asset.c - names compared as they are searched: folded, and forgiving of one slip. */
#include "dolen/core/asset.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/buf.h"
#include "dolen/base/mem.h"
#include "dolen/base/text.h"
#include "dolen/base/banned.h"

#define SLIP_LEAST 6                    /* in shorter names one letter makes another name */

bool one_slip(const char *a, const char *b)
{
    size_t n = strlen(a), m = strlen(b), same = 0;

    while (a[same] && a[same] == b[same])
        same++;
    a += same, b += same, n -= same, m -= same;
    if (n == m)
        return n == 0 || strcmp(a + 1, b + 1) == 0 ||
               (n > 1 && a[0] == b[1] && a[1] == b[0] && strcmp(a + 2, b + 2) == 0);
    if (n + 1 == m)
        return strcmp(a, b + 1) == 0;
    return m + 1 == n && strcmp(a + 1, b) == 0;
}

static void folded(char *out, size_t size, const char *text)
{
    struct buf b = BUF_INIT;

    if (text)
        text_fold(&b, text);
    str_copy(out, size, buf_text(&b));
    buf_release(&b);
}

static void without_blanks(char *out, size_t size, const char *text)
{
    size_t n = 0;

    for (; text && *text && n + 1 < size; text++)
        if (*text != ' ')
            out[n++] = *text >= 'a' && *text <= 'z' ? (char) (*text - 'a' + 'A') : *text;
    out[n] = '\0';
}

struct asset_key asset_key_of(struct id id, const char *name_en, const char *name_cy, const char *postcode,
                              const char *phone)
{
    struct asset_key k = { .id = id };

    folded(k.en, sizeof k.en, name_en);
    folded(k.cy, sizeof k.cy, name_cy);
    without_blanks(k.postcode, sizeof k.postcode, postcode);
    without_blanks(k.phone, sizeof k.phone, phone);
    return k;
}

static bool same_text(const char *a, const char *b)
{
    return a[0] && strcmp(a, b) == 0;
}

static bool names_near(const char *a, const char *b)
{
    return same_text(a, b) || (strlen(a) >= SLIP_LEAST && strlen(b) >= SLIP_LEAST && one_slip(a, b));
}

bool asset_same_name(const struct asset_key *a, const struct asset_key *b)
{
    return names_near(a->en, b->en) || names_near(a->cy, b->cy);
}

static struct id offer_of(const struct asset_key *k)
{
    return id_is_set(k->offer) ? k->offer : k->id;
}

bool asset_one_offer(const struct asset_key *a, const struct asset_key *b)
{
    return id_is_set(offer_of(a)) && id_eq(offer_of(a), offer_of(b));
}

bool asset_alike(const struct asset_key *a, const struct asset_key *b)
{
    bool same = same_text(a->en, b->en) || same_text(a->cy, b->cy);
    bool near = asset_same_name(a, b);
    bool placed = same_text(a->postcode, b->postcode) || same_text(a->phone, b->phone);
    bool unplaced = (!a->postcode[0] && !a->phone[0]) || (!b->postcode[0] && !b->phone[0]);

    return !asset_one_offer(a, b) && ((near && placed) || (same && unplaced));
}

/* --- all of them ------------------------------------------------------------------------------------------------ */

static const char *shared_of(const struct asset_key *k, int which)
{
    const char *const shared[] = { k->postcode, k->phone, k->en, k->cy };

    return shared[which];
}

struct sorting {
    const struct asset_key *keys;
    int                     which;
};

static int by_shared(const void *pa, const void *pb, void *ctx)
{
    const struct sorting *x = ctx;
    const size_t *a = pa, *b = pb;
    int c = strcmp(shared_of(&x->keys[*a], x->which), shared_of(&x->keys[*b], x->which));

    return c ? c : (*a > *b) - (*a < *b);
}

static int by_place(const void *pa, const void *pb)
{
    const struct asset_pair *a = pa, *b = pb;

    return a->a != b->a ? (a->a > b->a) - (a->a < b->a) : (a->b > b->b) - (a->b < b->b);
}

struct pairs {
    struct asset_pair *items;
    size_t             count, cap;
};

/* order[first … last) share a text. */
static void compare_group(const struct asset_key *keys, const size_t *order, size_t first, size_t last,
                          struct pairs *out)
{
    for (size_t i = first; i < last; i++)
        for (size_t k = i + 1; k < last; k++)
            if (asset_alike(&keys[order[i]], &keys[order[k]]))
                *ARRAY_ADD(out->items, out->count, out->cap) = (struct asset_pair) { order[i], order[k] };
}

size_t asset_pairs(const struct asset_key *keys, size_t n, struct asset_pair **out)
{
    size_t *order = xcalloc(n + 1, sizeof *order), kept = 0;
    struct pairs p = { NULL, 0, 0 };

    for (int which = 0; which < 4; which++) {
        struct sorting x = { keys, which };

        for (size_t i = 0; i < n; i++)
            order[i] = i;
        qsort_r(order, n, sizeof *order, by_shared, &x);
        for (size_t first = 0, last; first < n; first = last) {
            const char *text = shared_of(&keys[order[first]], which);

            for (last = first + 1; last < n && strcmp(text, shared_of(&keys[order[last]], which)) == 0; last++)
                ;
            if (text[0])
                compare_group(keys, order, first, last, &p);
        }
    }
    if (p.count)
        qsort(p.items, p.count, sizeof *p.items, by_place);
    for (size_t i = 0; i < p.count; i++)
        if (i == 0 || by_place(&p.items[i], &p.items[kept - 1]) != 0)
            p.items[kept++] = p.items[i];
    free(order);
    *out = p.items;
    return kept;
}
