/* dataset_facts.c - "N to go" of one episode, asked of facts. The screen and the column items_missing of an export both
 * call this, so that they cannot differ. */
#include "dolen/forms/dataset.h"

#include <string.h>

#include "dolen/base/mem.h"

#include "dolen/base/banned.h"

/* Where a value that is worked out comes from: nothing to ask for but this answer. */
static const struct {
    const char *rule, *form, *question;
} origins[] = {
    { "derive.health_board", "person", "local_authority" },
    { "derive.age_band", "person", "birth_date" },
    { "derive.nhs_ethnic", "equality", "ethnic_group" },
    { "derive.wimd_decile", "person", "lsoa" },
    { "derive.wimd_edition", "person", "lsoa" },
    { "derive.lsoa", "person", "lsoa" },
    { "derive.disability", "equality", "condition" },
    { "derive.decision", "decision", "decision" },
    { "derive.feedback_sent_on", "decision", "feedback_sent_on" },
    { "derive.opened_on", "episode", "opened_on" },
    { "derive.model", "episode", "model" },
    { "derive.first_conversation_on", "conversation", "held_on" },
    { "derive.waiting_days", "conversation", "held_on" },
    { "derive.plan_agreed_on", "plan", "agreed_on" },
    { "derive.goals", "plan", "goal" },
    { "derive.closed_on", "closure", "closed_on" },
    { "derive.closure_reason", "closure", "reason" },
};

/* Made by the exporter out of ids and settings: nobody is asked for them, so they are never to go. */
static const char *const never_asked[] = {
    "derive.person_key", "derive.episode_key", "derive.referral_key", "derive.organisation", "derive.org_type",
    "derive.items_missing", "derive.data_set_version", "derive.row_version", "derive.contacts_total",
    "derive.contacts_attended", "derive.contacts_dna", "derive.need_rank",
};

bool data_set_item_asks(const struct data_set_item *item, const char **form, const char **question)
{
    *form = item->form;
    *question = item->question;
    for (size_t i = 0; i < ARRAY_LEN(origins) && !item->form; i++)
        if (str_eq(origins[i].rule, item->source)) {
            *form = origins[i].form;
            *question = origins[i].question;
            return true;
        }
    return item->form != NULL;
}

static const char *value(void *ctx, const char *source, enum missing *why)
{
    const struct facts *f = ctx;
    const char *v = f->value(f->ctx, source, why);

    if (v)
        return v;
    for (size_t i = 0; i < ARRAY_LEN(never_asked); i++)
        if (str_eq(never_asked[i], source))
            return "1";
    for (size_t i = 0; i < ARRAY_LEN(origins); i++)
        if (str_eq(origins[i].rule, source)) {
            char asked[96];

            if (why && *why != MISSING_NOT_REACHED)
                return NULL;
            str_copy(asked, sizeof asked, origins[i].form);
            str_copy(asked + strlen(asked), sizeof asked - strlen(asked), ".");
            str_copy(asked + strlen(asked), sizeof asked - strlen(asked), origins[i].question);
            return f->value(f->ctx, asked, why);
        }
    return NULL;
}

size_t dataset_missing_facts(const struct data_set *d, const struct facts *f, const struct data_set_item **out,
                             size_t max)
{
    static const char *const of_episode[] = { "episode", "referral", "need" };
    struct facts own = *f, asked = { &own, value };
    size_t n = 0;

    for (size_t t = 0; t < ARRAY_LEN(of_episode); t++) {
        size_t room = n < max ? max - n : 0;

        n += dataset_missing(d, of_episode[t], &asked, room ? out + n : NULL, room);
    }
    return n;
}
