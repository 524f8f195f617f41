/* rules.c - the derived items, one function each. What each means stands at the head of the data set's definition. */
#include "columns.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dolen/base/mem.h"
#include "dolen/core/person.h"
#include "dolen/exchange/told.h"
#include "dolen/forms/dataset.h"
#include "dolen/forms/wimd.h"
#include "dolen/base/banned.h"

const char *value_of_column(struct rows *r, struct column *c, enum missing *why)
{
    const char *v = extract_value(r->x, c->at[0]);

    if (!v)
        *why = extract_missing(r->x, c->at[0]);
    return v;
}

static const char *text_of(struct rows *r, struct column *c, int source)
{
    return extract_value(r->x, c->at[source]);
}

/* --- pseudonyms and constants ----------------------------------------------------------------------------------- */

static const char *person_key(struct rows *r, struct column *c, enum missing *why)
{
    (void) c;
    (void) why;
    return r->person ? r->person->key.s : NULL;
}

/* source "id.contact" makes a key of its own kind: the same record never looks like another. */
static void key_domain(char *out, size_t size, const struct rule *rule)
{
    snprintf(out, size, "dolen-%s-1", rule->source[0] + strlen("id."));
}

static const char *record_key(struct rows *r, struct column *c, enum missing *why)
{
    struct id id = extract_id_value(r->x, c->at[0]);

    (void) why;
    if (!id_is_set(id))
        return NULL;
    if (!c->text[0])
        key_domain(c->text, sizeof c->text, c->rule);
    if (!id_eq(id, c->last)) {
        c->key = pseudonym_of(r->job, c->rule->letter, c->text, id.b, sizeof id.b);
        c->last = id;
    }
    return c->key.s;
}

static const char *organisation(struct rows *r, struct column *c, enum missing *why)
{
    (void) why;
    if (!c->key.s[0])
        c->key = pseudonym_of(r->job, c->rule->letter, "dolen-organisation-1", r->job->source.b,
                              sizeof r->job->source.b);
    return c->key.s;
}

static const char *data_set_version(struct rows *r, struct column *c, enum missing *why)
{
    (void) why;
    if (!c->text[0])
        snprintf(c->text, sizeof c->text, "V%s", r->job->data_set->version);
    return c->text;
}

static const char *day(struct column *c, struct date d)
{
    if (!c->text[0])
        str_copy(c->text, sizeof c->text, date_iso(d).s);
    return c->text;
}

static const char *exported_on(struct rows *r, struct column *c, enum missing *why)
{
    (void) why;
    return day(c, r->job->today);
}

static const char *period_from(struct rows *r, struct column *c, enum missing *why)
{
    (void) why;
    return day(c, r->job->from);
}

static const char *period_until(struct rows *r, struct column *c, enum missing *why)
{
    (void) why;
    return day(c, r->job->until);
}

/* Assets are counted, not recorded: their rows have no counter. */
static const char *row_version(struct rows *r, struct column *c, enum missing *why)
{
    const char *n = text_of(r, c, 0);

    (void) why;
    if (!n)
        return NULL;
    if (r->job->epoch == 0)
        return n;
    snprintf(c->text, sizeof c->text, "%lld", (long long) ((r->job->epoch << 40) + strtoll(n, NULL, 10)));
    return c->text;
}

/* --- the person ------------------------------------------------------------------------------------------------- */

static const char *age_band(struct rows *r, struct column *c, enum missing *why)
{
    struct date birth, opened;
    const char *b = text_of(r, c, 0), *o = text_of(r, c, 2);

    if (!b)
        *why = extract_missing(r->x, c->at[0]);
    if (!b || !o || !date_parse_iso(b, &birth) || !date_parse_iso(o, &opened))
        return NULL;
    str_copy(c->text, sizeof c->text,
             age_band_code(person_age(birth, text_of(r, c, 1), opened), r->job->policy->age_bands,
                           r->job->policy->age_band_count)
                 .s);
    return c->text[0] ? c->text : NULL;
}

/* The field of a code in another list: local authority → health board. */
static const char *health_board(struct rows *r, struct column *c, enum missing *why)
{
    const char *v = value_of_column(r, c, why);
    const struct code *code = v ? codelist_find(c->other, v) : NULL;

    return code ? code->health_board : NULL;
}

static const char *nhs_ethnic(struct rows *r, struct column *c, enum missing *why)
{
    const char *v = value_of_column(r, c, why);
    const struct code *code = v ? codelist_find(c->other, v) : NULL;

    if (!v && (*why == MISSING_NO_ANSWER || *why == MISSING_PREFER_NOT))
        return "Z";
    return code ? code->nhs : NULL;
}

static const char *disability(struct rows *r, struct column *c, enum missing *why)
{
    static const char *const limits[][2] = { { "LOT", "LOT" }, { "LITTLE", "LITTLE" },
                                             { "NOT_AT_ALL", "CONDITION_ONLY" } };
    const char *condition = value_of_column(r, c, why), *much;

    if (!condition)
        return NULL;
    if (str_eq(condition, "NO"))
        return "NONE";
    much = text_of(r, c, 1);
    if (!much)
        *why = extract_missing(r->x, c->at[1]);
    for (size_t i = 0; much && i < ARRAY_LEN(limits); i++)
        if (str_eq(limits[i][0], much))
            return limits[i][1];
    return NULL;
}

/* No lookup of areas comes with the program: until the service has loaded one, the decile is not known. */
static const char *wimd(struct rows *r, struct column *c, enum missing *why)
{
    const struct wimd *w = catalog_wimd(r->job->catalog);
    const char *area = text_of(r, c, 0);
    int decile = area ? wimd_decile(w, area) : 0;

    *why = area ? MISSING_NOT_KNOWN : extract_missing(r->x, c->at[0]);
    if (!decile)
        return NULL;
    snprintf(c->text, sizeof c->text, "%d", str_eq(c->rule->name, "wimd_edition") ? wimd_edition(w) : decile);
    return c->text;
}

/* A report is written RETURNED, but its form skips the question for a reason: the skipping would tell the two apart. */
const char *value_of_decision_reason(struct rows *r, struct column *c, enum missing *why)
{
    const char *v = value_of_column(r, c, why);

    if (!v && *why == MISSING_SKIPPED && str_eq(text_of(r, c, 1), "RETURNED"))
        *why = MISSING_NOT_REACHED;
    return v;
}

/* --- reports made ----------------------------------------------------------------------------------------------- */

static const char *reports_made(struct rows *r, struct column *c, enum missing *why)
{
    const char *n = text_of(r, c, 0), *quarter = text_of(r, c, 1);
    const struct told_number *t = n && quarter && r->told ?
                                      told_for(r->told, r->job->policy, quarter, strtol(n, NULL, 10)) :
                                      NULL;

    *why = MISSING_NOT_KNOWN;
    c->kept_back = t && t->hidden;
    if (!t || t->hidden)
        return NULL;
    snprintf(c->text, sizeof c->text, "%lld", (long long) t->n);
    return c->text;
}

/* --- items_missing ---------------------------------------------------------------------------------------------- */

/* The definition asks by name, always the same names: each is looked up once. */
#define MEMORY_MAX 128
struct fact_memory {
    struct extract *x;
    char           *source[MEMORY_MAX];
    int             at[MEMORY_MAX];
    size_t          count;
};

void fact_memory_free(struct fact_memory **mp)
{
    if (!*mp)
        return;
    for (size_t i = 0; i < (*mp)->count; i++)
        free((*mp)->source[i]);
    free(*mp);
    *mp = NULL;
}

static const char *remembered(void *ctx, const char *source, enum missing *why)
{
    struct fact_memory *m = ctx;
    size_t i = 0;
    int at;
    const char *v;

    while (i < m->count && strcmp(m->source[i], source) != 0)
        i++;
    at = i < m->count ? m->at[i] : extract_column(m->x, source);
    if (i == m->count && i < MEMORY_MAX) {
        m->source[i] = xstrdup(source);
        m->at[i] = at;
        m->count++;
    }
    v = extract_value(m->x, at);
    if (why)
        *why = v ? MISSING_NONE : extract_missing(m->x, at);
    return v;
}

static const char *items_missing(struct rows *r, struct column *c, enum missing *why)
{
    struct facts facts;

    (void) why;
    if (!r->memory)
        r->memory = xcalloc(1, sizeof *r->memory);
    r->memory->x = r->x;
    facts = (struct facts) { r->memory, remembered };
    snprintf(c->text, sizeof c->text, "%zu", dataset_missing_facts(r->job->data_set, &facts, NULL, 0));
    return c->text;
}

/* --- the table -------------------------------------------------------------------------------------------------- */

static const struct rule rules[] = {
    { "person_key",       person_key,       { NULL },                                       NULL,              'P' },
    { "episode_key",      record_key,       { "id.episode" },                               NULL,              'E' },
    { "referral_key",     record_key,       { "id.referral" },                              NULL,              'R' },
    { "asset_use_key",    record_key,       { "id.connection" },                            NULL,              'A' },
    { "gap_key",          record_key,       { "id.gap" },                                   NULL,              'G' },
    { "contact_key",      record_key,       { "id.contact" },                               NULL,              'C' },
    { "goal_key",         record_key,       { "id.goal" },                                  NULL,              'L' },
    { "outcome_key",      record_key,       { "id.measure" },                               NULL,              'M' },
    { "organisation",     organisation,     { NULL },                                       NULL,              'O' },
    { "health_board",     health_board,     { "person.local_authority" },                   "local_authority", 0 },
    { "age_band",         age_band,         { "person.birth_date", "person.birth_precision", "episode.opened_on" },
      NULL, 0 },
    { "nhs_ethnic",       nhs_ethnic,       { "equality.ethnic_group" },                    "ethnic_group",    0 },
    { "disability",       disability,       { "equality.condition", "equality.condition_limits" }, NULL,       0 },
    { "wimd_edition",     wimd,             { "person.lsoa" },                              NULL,              0 },
    { "wimd_decile",      wimd,             { "person.lsoa" },                              NULL,              0 },
    { "lsoa",             value_of_column,  { "person.lsoa" },                              NULL,              0 },
    { "items_missing",    items_missing,    { NULL },                                       NULL,              0 },
    { "data_set_version", data_set_version, { NULL },                                       NULL,              0 },
    { "exported_on",      exported_on,      { NULL },                                       NULL,              0 },
    { "period_from",      period_from,      { NULL },                                       NULL,              0 },
    { "period_until",     period_until,     { NULL },                                       NULL,              0 },
    { "reports_made",     reports_made,     { "derive.reports_made", "derive.report_quarter" }, NULL,          0 },
    { "row_version",      row_version,      { "derive.row_version" },                       NULL,              0 },
};

const struct rule *rule_find(const char *name)
{
    for (size_t i = 0; i < ARRAY_LEN(rules); i++)
        if (str_eq(rules[i].name, name))
            return &rules[i];
    return NULL;
}

void record_pseudonym(char out[EXPORT_NAME_BYTES], const uint8_t key[EXPORT_KEY_BYTES], const char *rule, struct id id)
{
    const struct rule *r = rule_find(rule);
    char domain[64];

    out[0] = '\0';
    if (!r)
        return;
    key_domain(domain, sizeof domain, r);
    str_copy(out, EXPORT_NAME_BYTES, pseudonym_by(key, r->letter, domain, id.b, sizeof id.b).s);
}
