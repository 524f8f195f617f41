/* extract_made.c - the columns of an extract that are worked out from others. */
#include <stdio.h>
#include <stdlib.h>

#include "dolen/base/mem.h"
#include "extract_priv.h"

#include "dolen/base/banned.h"

const char *const made_names[MADE_COUNT] = {
    [MADE_FIRST_CONVERSATION] = "derive.first_conversation_on", [MADE_WAITING_DAYS] = "derive.waiting_days",
    [MADE_DECISION] = "derive.decision", [MADE_ROW_VERSION] = "derive.row_version",
    [MADE_NEED_RANK] = "derive.need_rank", [MADE_NEED_CODE] = "derive.need_code",
};

/* What the made columns are made of, each found once. */
enum used {
    USED_CONVERSATION, USED_FIRST_CONTACT, USED_RECEIVED, USED_DECISION,
    USED_RECORDS_VERSION, USED_CONSENTS_VERSION,
    USED_CONTACTS_VERSION, USED_RESPONSES_VERSION, USED_GOALS_VERSION,      /* of an episode's row alone */
    USED_COUNT
};
_Static_assert(USED_COUNT == MADE_FROM, "one place for each");

static const char *const used_names[USED_COUNT] = {
    "derive.conversation_on", "derive.first_contact_on", "referral.received_on", "referral.decision",
    "derive.records_version", "derive.consents_version",
    "derive.contacts_version", "derive.responses_version", "derive.goals_version",
};

static int used_column(struct made_state *m, struct extract *x, enum used u)
{
    if (m->from[u] == 0)
        m->from[u] = extract_column(x, used_names[u]) + 1;
    return m->from[u] - 1;
}

static const char *value_used(struct made_state *m, struct extract *x, enum used u)
{
    return extract_value(x, used_column(m, x, u));
}

static const char *first_conversation(struct made_state *m, struct extract *x)
{
    const char *held = value_used(m, x, USED_CONVERSATION);

    return held ? held : value_used(m, x, USED_FIRST_CONTACT);
}

static const char *waiting_days(struct made_state *m, struct extract *x)
{
    struct date received, first;
    const char *r = value_used(m, x, USED_RECEIVED), *f = first_conversation(m, x);

    if (!r || !f || !date_parse_iso(r, &received) || !date_parse_iso(f, &first))
        return NULL;
    snprintf(m->text, sizeof m->text, "%ld", date_days(first) - date_days(received));
    return m->text;
}

/* No row says that a report was made: such a referral went back. */
static const char *decision(struct made_state *m, struct extract *x)
{
    const char *d = value_used(m, x, USED_DECISION);

    return d && str_eq(d, "SERIOUS_FIRST") ? "RETURNED" : d;
}

/* A row is as new as the newest thing that it says or that lets it out. An episode's counts and dates what stands in
 * other tables; every row goes with what the person says to its leaving. */
static const char *row_version(struct made_state *m, struct extract *x)
{
    enum used end = m->of_episode ? USED_COUNT : USED_CONTACTS_VERSION;
    long long newest = 0;

    for (enum used u = USED_RECORDS_VERSION; u < end; u++) {
        const char *v = value_used(m, x, u);
        long long n = v ? strtoll(v, NULL, 10) : 0;

        newest = n > newest ? n : newest;
    }
    snprintf(m->text, sizeof m->text, "%lld", newest);
    return m->text;
}

const char *made_value(struct made_state *m, struct extract *x, enum made which)
{
    static const char *(*const make[MADE_COUNT])(struct made_state *m, struct extract *x) = {
        [MADE_FIRST_CONVERSATION] = first_conversation, [MADE_WAITING_DAYS] = waiting_days, [MADE_DECISION] = decision,
        [MADE_ROW_VERSION] = row_version,
    };

    return make[which] ? make[which](m, x) : NULL;
}
