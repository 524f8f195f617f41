/* app/same_person.c - what the search box finds, marked by what the comparison of two records says, and added to. */
#include "same_person.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/banned.h"

#define LOOKED_AT 20

static void add(struct same_person *out, int *n, struct id id, enum dup_level level)
{
    for (int i = 0; i < *n; i++)
        if (id_eq(out[i].id, id)) {
            out[i].level = level;
            return;
        }
    if (level != DUP_NONE && *n < SAME_MAX)
        out[(*n)++] = (struct same_person) { id, level };
}

/* The name as typed: its last word is the family name. */
static enum status likely(struct store *s, const char *typed, struct dup_hit *hits, int *n, struct err *err)
{
    char *first = xstrdup(typed), *last;
    struct dup_facts facts = { .given = first };
    enum status st;

    for (size_t len = strlen(first); len > 0 && first[len - 1] == ' '; len--)
        first[len - 1] = '\0';
    last = strrchr(first, ' ');
    if (last) {
        *last = '\0';
        facts.family = last + 1;
    }
    st = dup_find(s, &facts, ID_NONE, hits, LOOKED_AT, n, err);
    free(first);
    return st;
}

enum status same_people(struct store *s, const char *typed, struct same_person out[SAME_MAX], int *n, struct err *err)
{
    struct hit hit[SAME_MAX];
    struct dup_hit *dup = xcalloc(LOOKED_AT, sizeof *dup);
    int found = 0, same = 0;
    enum status st = store_search(s, typed, 1u << HIT_PERSON, hit, SAME_MAX, &found, err);

    *n = 0;
    for (int i = 0; st == ST_OK && i < found; i++)
        out[(*n)++] = (struct same_person) { hit[i].id, DUP_NONE };
    if (st == ST_OK)
        st = likely(s, typed, dup, &same, err);
    for (int i = 0; st == ST_OK && i < same; i++)
        add(out, n, dup[i].id, dup[i].level);
    explicit_bzero(dup, LOOKED_AT * sizeof *dup);
    free(dup);
    return st;
}

enum status very_like(struct store *s, const struct answers *a, struct id not_this, struct dup_hit *out, int max,
                      int *n, struct err *err)
{
    const char *precision = answers_value(a, "birth_precision", 0), *birth = answers_value(a, "birth_date", 0);
    struct dup_facts facts = {
        .given = answers_value(a, "given_name", 0), .family = answers_value(a, "family_name", 0),
        .preferred = answers_value(a, "preferred_name", 0), .alias = answers_value(a, "also_known_as", 0),
        .birth_vague = precision && !str_eq(precision, "DAY"), .phone = answers_value(a, "phone", 0),
        .phone2 = answers_value(a, "phone2", 0), .postcode = answers_value(a, "postcode", 0),
        .nhs_number = answers_value(a, "nhs_number", 0),
    };
    enum status st;

    *n = 0;
    if (birth && !date_parse_iso(birth, &facts.birth))
        return ST_OK;                   /* half typed */
    st = dup_find(s, &facts, not_this, out, max, n, err);
    while (*n > 0 && out[*n - 1].level != DUP_LIKELY)
        --*n;
    return st;
}

enum status very_like_record(struct store *s, struct id person, struct dup_hit *out, int max, int *n, struct err *err)
{
    struct answers a = ANSWERS_INIT;
    enum status st = store_answers(s, T_PERSON, person, &a, err);

    *n = 0;
    if (st == ST_OK)
        st = very_like(s, &a, person, out, max, n, err);
    answers_release(&a);
    return st;
}

void same_mark(const struct same_person *p, struct buf *out)
{
    if (p->level != DUP_NONE)
        buf_addf(out, " (%s)", p->level == DUP_SOUNDS ? _("sounds the same") : _("very likely the same"));
}
