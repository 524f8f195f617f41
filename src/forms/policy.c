/* policy.c - destination policies, with the strictest reading of everything that is left out. */
#include "dolen/forms/policy.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dolen/base/mem.h"
#include "parsing.h"

#include "dolen/base/banned.h"

static const char *const policy_keys[] = { "policy", "title", "note", "consent", "withhold_sensitive",
                                           "sensitive_allowed",
                                           "geography", "age_bands", "dates", "person_key", "drop", "safeguarding",
                                           NULL };
static const char *const consents[] = { "notice", "permission", NULL };
static const char *const geographies[] = { "la_decile", "lsoa", NULL };
static const char *const date_words[] = { "day", "month", NULL };
static const char *const key_words[] = { "random", "nhs", NULL };
static const char *const safeguarding_words[] = { "no", "count", NULL };

static void build_age_bands(struct build *b, const struct node *root, struct policy *p)
{
    const struct node *n = build_list(b, root, "age_bands", true);

    if (!n || n->count == 0)
        return;
    p->age_bands = xcalloc(n->count, sizeof *p->age_bands);
    for (size_t i = 0; i < n->count; i++) {
        int from;
        if (!node_int(&n->items[i], &from) || from < 0 || from > 130 || (i > 0 && from <= p->age_bands[i - 1])) {
            build_bad(b, &n->items[i], "age_bands", _("the lower ends of age bands rise, in whole years"),
                      _("write [0, 18, 25, 45]"));
            return;
        }
        p->age_bands[p->age_band_count++] = from;
    }
}

struct policy *policy_build(struct build *b, const struct node *root)
{
    struct policy *p = xcalloc(1, sizeof *p);
    struct text2 note = { { NULL, NULL } };

    build_keys(b, root, policy_keys);
    p->id = build_id(b, root, "policy");
    build_text2(b, root, "title", true, &p->title, NULL);
    build_text2(b, root, "note", false, &note, NULL);
    text2_release(&note);
    p->consent = (enum policy_consent) build_word(b, root, "consent", consents, CONSENT_PERMISSION);
    p->withhold_sensitive = build_bool(b, root, "withhold_sensitive", true);
    p->sensitive_allowed = build_words(b, root, "sensitive_allowed", &p->sensitive_count);
    p->geography = (enum policy_geography) build_word(b, root, "geography", geographies, GEOGRAPHY_LA_DECILE);
    build_age_bands(b, root, p);
    p->dates = (enum policy_dates) build_word(b, root, "dates", date_words, DATES_MONTH);
    p->person_key = (enum policy_key) build_word(b, root, "person_key", key_words, KEY_RANDOM);
    p->drop = build_words(b, root, "drop", &p->drop_count);
    p->safeguarding = build_word(b, root, "safeguarding", safeguarding_words, 0) == 1;
    return p;
}

void policy_free(struct policy **pp)
{
    if (!pp || !*pp)
        return;
    struct policy *p = *pp;
    for (size_t i = 0; i < p->sensitive_count; i++)
        free(p->sensitive_allowed[i]);
    for (size_t i = 0; i < p->drop_count; i++)
        free(p->drop[i]);
    text2_release(&p->title);
    free(p->sensitive_allowed);
    free(p->drop);
    free(p->age_bands);
    free(p->id);
    free(p->source);
    free(p);
    *pp = NULL;
}

enum status policy_parse(struct policy **out, const char *file, const char *s, size_t n, struct err *err)
{
    struct parsing p;
    enum status st;

    *out = parsing_begin(&p, file, s, n, NULL) ? policy_build(&p.b, p.root) : NULL;
    st = parsing_end(&p, err);
    if (st != ST_OK) {
        policy_free(out);
        return st;
    }
    (*out)->source = xstrndup(s, n);
    (*out)->source_len = n;
    return ST_OK;
}

/* "item" names the column in every table, "table.item" in one. */
static bool names_item(char *const *words, size_t n, const char *table, const char *item)
{
    size_t len = strlen(table);

    for (size_t i = 0; i < n; i++)
        if (strcmp(words[i], item) == 0 ||
            (strncmp(words[i], table, len) == 0 && words[i][len] == '.' && strcmp(words[i] + len + 1, item) == 0))
            return true;
    return false;
}

bool policy_allows_sensitive(const struct policy *p, const char *table, const char *item)
{
    return !p->withhold_sensitive || names_item(p->sensitive_allowed, p->sensitive_count, table, item);
}

bool policy_drops(const struct policy *p, const char *table, const char *item)
{
    return names_item(p->drop, p->drop_count, table, item);
}

void policy_age_band(const struct policy *p, int age, char *out, size_t size)
{
    size_t i = p->age_band_count;

    out[0] = '\0';
    while (i > 0 && p->age_bands[i - 1] > age)
        i--;
    if (age < 0 || i == 0)
        return;
    if (i == p->age_band_count)
        snprintf(out, size, "%d+", p->age_bands[i - 1]);
    else
        snprintf(out, size, "%d-%d", p->age_bands[i - 1], p->age_bands[i] - 1);
}
