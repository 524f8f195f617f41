#include "dolen/core/dup.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dolen/base/buf.h"
#include "dolen/base/mem.h"
#include "dolen/base/text.h"
#include "dolen/core/name_sound.h"
#include "dolen/base/banned.h"

#define NAME_MIN   5             /* letters: in shorter names one slip is another name */
#define TAIL       9             /* digits of a phone: +44 29… and 029… end alike */
#define NEIGHBOURS 40

/* --- names ------------------------------------------------------------------------------------------------------ */

static void fold(struct buf *out, const char *s)
{
    buf_clear(out);
    text_fold(out, s ? s : "");
}

/* One letter more, less or another, or two neighbours turned round. Folded names are nearly all ASCII. */
static bool one_slip(const char *a, const char *b)
{
    size_t n = strlen(a), m = strlen(b), i = 0;

    if (n < m) {
        const char *t = a;
        size_t k = n;

        a = b, b = t;
        n = m, m = k;
    }
    if (n - m > 1 || m < NAME_MIN)
        return false;
    while (i < m && a[i] == b[i])
        i++;
    if (n > m)
        return str_eq(a + i + 1, b + i);
    if (i + 1 < n && a[i] == b[i + 1] && a[i + 1] == b[i] && str_eq(a + i + 2, b + i + 2))
        return true;
    return i < n && str_eq(a + i + 1, b + i + 1);
}

static bool sound_same(const char *a, const char *b)
{
    struct buf x = BUF_INIT, y = BUF_INIT;
    bool same;

    name_sound(&x, a);
    name_sound(&y, b);
    same = x.len && str_eq(buf_text(&x), buf_text(&y));
    if (!same && name_other_spelling(a)) {
        buf_clear(&x);
        name_sound(&x, name_other_spelling(a));
        same = str_eq(buf_text(&x), buf_text(&y));
    }
    buf_wipe(&x);
    buf_wipe(&y);
    return same;
}

/* Both names sound alike, each against its own. */
static bool sounds_alike(const char *first_a, const char *family_a, const char *first_b, const char *family_b)
{
    return sound_same(family_a, family_b) && sound_same(first_a, first_b);
}

/* sound: whether names that only sound alike are asked for, which costs the most. */
static unsigned name_pair(const char *first_a, const char *family_a, const char *first_b, const char *family_b,
                          bool sound)
{
    struct buf a = BUF_INIT, b = BUF_INIT, fa = BUF_INIT, fb = BUF_INIT, la = BUF_INIT, lb = BUF_INIT;
    unsigned signs = 0;

    fold(&fa, first_a);
    fold(&fb, first_b);
    fold(&la, family_a);
    fold(&lb, family_b);
    buf_addf(&a, "%s %s", buf_text(&fa), buf_text(&la));
    buf_addf(&b, "%s %s", buf_text(&fb), buf_text(&lb));
    if (fa.len && str_eq(buf_text(&fa), buf_text(&fb)))
        signs |= DUP_FIRST_NAME;
    if (str_eq(buf_text(&a), buf_text(&b)))
        signs |= DUP_NAME;
    else if (fa.len && la.len && str_eq(buf_text(&fa), buf_text(&lb)) && str_eq(buf_text(&la), buf_text(&fb)))
        signs |= DUP_NAME_TURNED;
    else if (one_slip(buf_text(&a), buf_text(&b)))
        signs |= DUP_NAME_SLIP;
    if (sound && !(signs & (DUP_NAME | DUP_NAME_TURNED)) && sounds_alike(first_a, family_a, first_b, family_b))
        signs |= DUP_NAME_SOUND;
    buf_wipe(&a);
    buf_wipe(&b);
    buf_wipe(&fa);
    buf_wipe(&fb);
    buf_wipe(&la);
    buf_wipe(&lb);
    return signs;
}

static unsigned name_signs(const struct dup_facts *a, const struct dup_facts *b, bool sound)
{
    const char *const firsts_a[] = { a->given, a->preferred }, *const firsts_b[] = { b->given, b->preferred };
    unsigned signs = 0;

    for (size_t i = 0; i < ARRAY_LEN(firsts_a); i++)
        for (size_t k = 0; k < ARRAY_LEN(firsts_b); k++)
            if (firsts_a[i] && firsts_b[k])
                signs |= name_pair(firsts_a[i], a->family, firsts_b[k], b->family, sound);
    if (a->alias && b->alias)
        signs |= name_pair(a->alias, NULL, b->alias, NULL, sound);
    return signs;
}

/* --- dates of birth --------------------------------------------------------------------------------------------- */

static void date_digits(struct date d, char out[16])
{
    snprintf(out, 16, "%02d%02d%04d", d.day % 100, d.month % 100, d.year % 10000);
}

static bool digits_date(const char *s, struct date *out)
{
    *out = (struct date) { (s[4] - '0') * 1000 + (s[5] - '0') * 100 + (s[6] - '0') * 10 + s[7] - '0',
                           (s[2] - '0') * 10 + s[3] - '0', (s[0] - '0') * 10 + s[1] - '0' };
    return date_is_valid(*out);
}

static void date_add(struct date *list, size_t *n, struct date d)
{
    for (size_t i = 0; i < *n; i++)
        if (date_compare(list[i], d) == 0)
            return;
    if (*n < DUP_DATES)
        list[(*n)++] = d;
}

size_t dup_dates(struct date d, struct date out[DUP_DATES])
{
    struct date turned = { d.year, d.day, d.month }, made;
    char s[16];
    size_t n = 0;

    if (!date_is_set(d))
        return 0;
    date_add(out, &n, d);
    if (date_is_valid(turned))
        date_add(out, &n, turned);
    date_digits(d, s);
    for (int i = 0; i < 8; i++)
        for (int k = i + 1; k < 8; k++) {
            char c = s[i];

            s[i] = s[k], s[k] = c;
            if (digits_date(s, &made))
                date_add(out, &n, made);
            s[k] = s[i], s[i] = c;
        }
    return n;
}

static unsigned birth_signs(const struct dup_facts *a, const struct dup_facts *b)
{
    struct date near[DUP_DATES];
    size_t n;

    if (!date_is_set(a->birth) || !date_is_set(b->birth))
        return 0;
    if (a->birth_vague || b->birth_vague)
        return abs(a->birth.year - b->birth.year) <= 1 ? 0 : DUP_BIRTH_OTHER;
    if (date_compare(a->birth, b->birth) == 0)
        return DUP_BIRTH;
    n = dup_dates(a->birth, near);
    for (size_t i = 0; i < n; i++)
        if (date_compare(near[i], b->birth) == 0)
            return DUP_BIRTH_SLIP;
    return DUP_BIRTH_OTHER;
}

/* --- phone, postcode, NHS number -------------------------------------------------------------------------------- */

static const char *tail(const char *phone)
{
    size_t n = phone ? strlen(phone) : 0;

    return n >= TAIL ? phone + n - TAIL : NULL;
}

static bool same_phone(const struct dup_facts *a, const struct dup_facts *b)
{
    const char *const of_a[] = { tail(a->phone), tail(a->phone2) }, *const of_b[] = { tail(b->phone), tail(b->phone2) };

    for (size_t i = 0; i < 2; i++)
        for (size_t k = 0; k < 2; k++)
            if (of_a[i] && of_b[k] && str_eq(of_a[i], of_b[k]))
                return true;
    return false;
}

static bool same(const char *a, const char *b)
{
    return a && b && *a && str_eq(a, b);
}

unsigned dup_signs(const struct dup_facts *a, const struct dup_facts *b)
{
    unsigned signs = birth_signs(a, b);

    signs |= name_signs(a, b, !(signs & DUP_BIRTH_OTHER));       /* with another date of birth, sound says nothing */
    if (same_phone(a, b))
        signs |= DUP_PHONE;
    if (same(a->postcode, b->postcode))
        signs |= DUP_POSTCODE;
    if (same(a->nhs_number, b->nhs_number))
        signs |= DUP_NHS;
    else if (a->nhs_number && *a->nhs_number && b->nhs_number && *b->nhs_number)
        signs |= DUP_NHS_OTHER;
    return signs;
}

enum dup_level dup_level(unsigned signs)
{
    bool name = signs & (DUP_NAME | DUP_NAME_TURNED | DUP_NAME_SLIP), birth = signs & (DUP_BIRTH | DUP_BIRTH_SLIP);
    bool place = signs & (DUP_PHONE | DUP_POSTCODE);

    if (signs & DUP_NHS)
        return DUP_LIKELY;
    if (signs & DUP_NHS_OTHER)
        return DUP_NONE;
    if (name && (birth || (place && !(signs & DUP_BIRTH_OTHER))))
        return DUP_LIKELY;
    if ((signs & (DUP_NAME | DUP_NAME_TURNED)) && !(signs & DUP_BIRTH_OTHER))
        return DUP_POSSIBLE;
    /* Many names sound alike; on the same day they are seldom two people. */
    if ((signs & DUP_NAME_SOUND) && (birth || place) && !(signs & DUP_BIRTH_OTHER))
        return signs & DUP_BIRTH ? DUP_LIKELY : DUP_POSSIBLE;
    /* A family name changes. */
    if ((signs & DUP_BIRTH) && (signs & DUP_FIRST_NAME) && place)
        return DUP_POSSIBLE;
    return (signs & DUP_NAME_SOUND) && !(signs & DUP_BIRTH_OTHER) ? DUP_SOUNDS : DUP_NONE;
}

/* --- pairs among many ------------------------------------------------------------------------------------------- */

struct key {
    char   text[72];
    size_t at;
};

struct keys {
    struct key *items;
    size_t      count, cap;
};

static void key_add(struct keys *keys, size_t at, char kind, const char *text, char more)
{
    struct key *k;

    if (!text || !*text)
        return;
    k = ARRAY_ADD(keys->items, keys->count, keys->cap);
    k->at = at;
    snprintf(k->text, sizeof k->text, "%c%.60s%c", kind, text, more);
}

static int by_letter(const void *a, const void *b)
{
    return *(const char *) a - *(const char *) b;
}

/* Digits in order of size are the same for every date that exchanging digits makes of it. */
static void birth_keys(struct keys *keys, const struct dup_facts *f, size_t at)
{
    const char *const names[] = { f->given, f->preferred, f->family };
    struct buf b = BUF_INIT;
    char s[16], last = '\0';

    if (!date_is_set(f->birth) || f->birth_vague)
        return;
    date_digits(f->birth, s);
    qsort(s, 8, 1, by_letter);
    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        buf_clear(&b);
        name_sound(&b, names[i]);
        if (b.len && b.s[0] != last)
            key_add(keys, at, 'b', s, last = b.s[0]);
    }
    buf_wipe(&b);
}

static int by_word(const void *a, const void *b)
{
    return strcmp(*(const char *const *) a, *(const char *const *) b);
}

/* Words in order of the alphabet: given and family name may be turned. */
static void name_key(struct keys *keys, const char *first, const char *family, size_t at)
{
    struct buf b = BUF_INIT, sorted = BUF_INIT;
    char *copy, *words[8], *save = NULL;
    size_t n = 0;

    if (first && family) {
        buf_addf(&sorted, "%s %s", first, family);
        text_fold(&b, buf_text(&sorted));
        buf_clear(&sorted);
        copy = xstrdup(buf_text(&b));
        for (char *w = strtok_r(copy, " ", &save); w && n < ARRAY_LEN(words); w = strtok_r(NULL, " ", &save))
            words[n++] = w;
        qsort(words, n, sizeof *words, by_word);
        for (size_t i = 0; i < n; i++)
            buf_addf(&sorted, "%s ", words[i]);
        key_add(keys, at, 'a', buf_text(&sorted), ' ');
        explicit_bzero(copy, strlen(copy));
        free(copy);
    }
    buf_wipe(&b);
    buf_wipe(&sorted);
}

static int by_key(const void *a, const void *b)
{
    const struct key *x = a, *y = b;
    int c = strcmp(x->text, y->text);

    return c ? c : (x->at > y->at) - (x->at < y->at);
}

static int by_likeness(const void *a, const void *b)
{
    const struct dup_pair *x = a, *y = b;

    if (x->level != y->level)
        return (int) y->level - (int) x->level;
    if (x->a != y->a)
        return x->a < y->a ? -1 : 1;
    return (x->b > y->b) - (x->b < y->b);
}

struct pairs {
    struct dup_pair *items;
    size_t           count, cap;
};

static void compare(struct pairs *found, const struct dup_facts *all, size_t a, size_t b)
{
    unsigned signs;
    enum dup_level level;

    if (a == b)
        return;
    signs = dup_signs(&all[a], &all[b]);
    level = dup_level(signs);
    if (level != DUP_NONE)
        *ARRAY_ADD(found->items, found->count, found->cap) =
            (struct dup_pair) { a < b ? a : b, a < b ? b : a, level, signs };
}

size_t dup_pairs(const struct dup_facts *all, size_t n, struct dup_pair *out, size_t max)
{
    struct keys keys = { NULL, 0, 0 };
    struct pairs found = { NULL, 0, 0 };
    size_t given = 0;

    for (size_t i = 0; i < n; i++) {
        birth_keys(&keys, &all[i], i);
        name_key(&keys, all[i].given, all[i].family, i);
        name_key(&keys, all[i].preferred, all[i].family, i);
        key_add(&keys, i, 'p', tail(all[i].phone), ' ');
        key_add(&keys, i, 'p', tail(all[i].phone2), ' ');
        key_add(&keys, i, 'c', all[i].postcode, ' ');
        key_add(&keys, i, 'n', all[i].nhs_number, ' ');
    }
    if (keys.count)
        qsort(keys.items, keys.count, sizeof *keys.items, by_key);
    for (size_t i = 0; i < keys.count; i++)
        for (size_t k = i + 1;
             k < keys.count && k - i <= NEIGHBOURS && str_eq(keys.items[i].text, keys.items[k].text); k++)
            compare(&found, all, keys.items[i].at, keys.items[k].at);
    if (found.count)
        qsort(found.items, found.count, sizeof *found.items, by_likeness);
    for (size_t i = 0; i < found.count && given < max; i++)
        if (given == 0 || out[given - 1].a != found.items[i].a || out[given - 1].b != found.items[i].b)
            out[given++] = found.items[i];
    if (keys.items)
        explicit_bzero(keys.items, keys.count * sizeof *keys.items);
    free(keys.items);
    free(found.items);
    return given;
}
