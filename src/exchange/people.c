#include "people.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/text.h"
#include "dolen/vault/hash.h"
#include "dolen/base/banned.h"

enum { PLACES_FIRST = 1024, PART_MAX = 64 };

const char *left_out_word(enum left_out why)
{
    static const char *const words[] = {
#define X(name, word, label) word,
        LEFT_OUT_LIST(X)
#undef X
    };

    return words[why];
}

const char *left_out_label(enum left_out why)
{
    static const char *const labels[] = {
#define X(name, word, label) label,
        LEFT_OUT_LIST(X)
#undef X
    };

    return _(labels[why]);
}

/* --- pseudonyms ------------------------------------------------------------------------------------------------- */

struct pseudonym pseudonym_by(const uint8_t key[EXPORT_KEY_BYTES], char letter, const char *domain, const void *p,
                              size_t n)
{
    struct pseudonym out;
    uint8_t bytes[PART_MAX], digest[16];
    size_t d = strlen(domain);

    if (d > sizeof bytes)
        d = sizeof bytes;
    if (n > sizeof bytes - d)
        n = sizeof bytes - d;
    memcpy(bytes, domain, d);
    memcpy(bytes + d, p, n);
    keyed_id(digest, key, bytes, d + n);
    out.s[0] = letter;
    hex_of(out.s + 1, digest, sizeof digest);
    return out;
}

struct pseudonym pseudonym_of(const struct export_job *job, char letter, const char *domain, const void *p, size_t n)
{
    return pseudonym_by(job->key, letter, domain, p, n);
}

/* Two services that know the same NHS number make the same key at one destination; without a number nobody can. */
static struct pseudonym person_key(const struct export_job *job, struct extract *x, struct id id)
{
    const char *nhs = NULL;

    if (job->policy->person_key == KEY_NHS)
        nhs = extract_value(x, extract_column(x, "person.nhs_number"));
    return nhs ? pseudonym_of(job, 'P', "dolen-pk-1", nhs, strlen(nhs))
               : pseudonym_of(job, 'P', "dolen-person-1", id.b, sizeof id.b);
}

/* --- the consent rule ------------------------------------------------------------------------------------------- */

static enum left_out by_notice(struct extract *x)
{
    const char *notice = extract_value(x, extract_column(x, "rule.notice"));

    if (str_eq(notice, "DOUBT"))
        return LEFT_IN_DOUBT;
    return str_eq(notice, "YES") ? LEFT_COUNT : str_eq(notice, "OBJECTS") ? LEFT_OBJECTS : LEFT_NO_NOTICE;
}

/* A recipient is typed by hand: its id or its title, however spaced or capitalised. */
static bool is_recipient(const struct export_job *job, const char *typed)
{
    const char *names[] = { job->recipient, text2_in(&job->policy->title, LANG_EN),
                            text2_in(&job->policy->title, LANG_CY) };
    struct buf a = BUF_INIT, b = BUF_INIT;
    bool same = false;

    if (typed)
        text_fold(&a, typed);
    for (size_t i = 0; a.len && !same && i < ARRAY_LEN(names); i++) {
        buf_clear(&b);
        text_fold(&b, names[i] ? names[i] : "");
        same = str_eq(buf_text(&a), buf_text(&b));
    }
    buf_release(&a);
    buf_release(&b);
    return same;
}

static enum left_out by_permission(const struct export_job *job, struct extract *x)
{
    static const struct { const char *state; enum left_out why; } answers[] = {
        { "REFUSED", LEFT_REFUSED }, { "WITHDRAWN", LEFT_WITHDRAWN }, { "DOUBT", LEFT_IN_DOUBT },
    };
    const char *state = extract_value(x, extract_column(x, "rule.permission"));

    for (size_t i = 0; i < ARRAY_LEN(answers); i++)
        if (str_eq(state, answers[i].state))
            return answers[i].why;
    if (!str_eq(state, "GIVEN"))
        return LEFT_NO_PERMISSION;
    if (!is_recipient(job, extract_value(x, extract_column(x, "rule.recipient"))))
        return LEFT_OTHER_RECIPIENT;
    return LEFT_COUNT;
}

/* --- everybody seen so far -------------------------------------------------------------------------------------- */

static struct person *place_of(struct person *items, size_t places, struct id id)
{
    uint64_t h;

    memcpy(&h, id.b, sizeof h);
    for (size_t i = (size_t) h & (places - 1);; i = (i + 1) & (places - 1))
        if (!id_is_set(items[i].id) || id_eq(items[i].id, id))
            return &items[i];
}

static void grow(struct people *p)
{
    size_t places = p->places ? p->places * 2 : PLACES_FIRST;
    struct person *items = xcalloc(places, sizeof *items);

    for (size_t i = 0; i < p->places; i++)
        if (id_is_set(p->items[i].id))
            *place_of(items, places, p->items[i].id) = p->items[i];
    free(p->items);
    p->items = items;
    p->places = places;
}

const struct person *people_at(struct people *p, const struct export_job *job, struct extract *x, struct id id)
{
    struct person *who;

    if (p->last && id_eq(p->last->id, id))
        return p->last;
    if (p->count * 4 >= p->places * 3)
        grow(p);
    who = place_of(p->items, p->places, id);
    if (!id_is_set(who->id)) {
        who->id = id;
        who->why = job->everyone ? LEFT_COUNT
                   : job->policy->consent == CONSENT_NOTICE ? by_notice(x) : by_permission(job, x);
        who->key = person_key(job, x, id);
        p->count++;
    }
    p->last = who;
    return who;
}

void people_count(const struct people *p, struct export_result *out)
{
    for (size_t i = 0; i < p->places; i++) {
        if (!id_is_set(p->items[i].id))
            continue;
        if (p->items[i].why == LEFT_COUNT)
            out->people++;
        else
            out->left_out[p->items[i].why]++;
    }
}

void people_release(struct people *p)
{
    free(p->items);
    memset(p, 0, sizeof *p);
}
