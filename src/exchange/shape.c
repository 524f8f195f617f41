/* shape.c - the shape of an export: which columns stand beside an item, and what is the key of a table. */
#include "dolen/exchange/shape.h"

#include <stddef.h>

#include "dolen/base/mem.h"
#include "dolen/base/banned.h"

static const struct table_keys keys[] = {
    { "episode",    { "episode_id" },                         { { "referral_id", "referral" } } },
    { "referral",   { "referral_id" },                        { { NULL, NULL } } },
    { "need",       { "referral_id", "rank" },                { { "referral_id", "referral" } } },
    { "contact",    { "contact_id" },                         { { "episode_id", "episode" } } },
    { "goal",       { "goal_id" },                            { { "episode_id", "episode" } } },
    { "asset_use",  { "asset_use_id" },                       { { "episode_id", "episode" } } },
    { "unmet_need", { "gap_id" },                             { { "episode_id", "episode" } } },
    { "outcome",    { "outcome_id" },                         { { "episode_id", "episode" } } },
    { "capacity",   { "organisation", "asset_category", "asset_local_authority", "month" }, { { NULL, NULL } } },
    { SAFEGUARDING_TABLE, { "quarter" },                      { { NULL, NULL } } },
    { "tombstone",  { "table", "row_id" },                    { { NULL, NULL } } },
};

const struct table_keys *table_keys(const char *table)
{
    for (size_t i = 0; i < ARRAY_LEN(keys); i++)
        if (str_eq(keys[i].table, table))
            return &keys[i];
    return NULL;
}

bool quarter_shape_ok(const char *s)
{
    static const char shape[] = "dddd-Qq";

    for (size_t i = 0; i < sizeof shape - 1; i++)
        if (shape[i] == 'd' ? s[i] < '0' || s[i] > '9' : shape[i] == 'q' ? s[i] < '1' || s[i] > '4' : s[i] != shape[i])
            return false;
    return s[sizeof shape - 1] == '\0';
}

bool table_is_counted(const char *table)
{
    return str_eq(table, "capacity") || str_eq(table, SAFEGUARDING_TABLE);
}

bool table_needs_a_word(const char *table)
{
    return str_eq(table, SAFEGUARDING_TABLE);
}

/* One row a code: the list itself is the referral's, and every row has one. */
bool item_is_need_code(const struct data_set_item *item)
{
    return str_eq(item->table, "need") && str_eq(item->source, "referral.reasons");
}

/* A derived rule whose value nobody gives or leaves out. */
static bool rule_is_always_there(const char *name)
{
    static const char *const always[] = {
        "items_missing", "data_set_version", "exported_on", "period_from", "period_until", "row_version",
        "contacts_total",
        "contacts_attended", "contacts_dna", "goals", "need_rank", "need_code", "instrument", "instrument_version",
        "item",
        "capacity_month", "assets_listed", "assets_full", "report_quarter",
    };

    for (size_t i = 0; i < ARRAY_LEN(always); i++)
        if (str_eq(always[i], name))
            return true;
    return false;
}

bool item_has_state(const struct data_set_item *item)
{
    if (item->type == ITEM_ID || item->type == ITEM_TEXT_NONE || item_is_need_code(item))
        return false;
    return !(item->rule && rule_is_always_there(item->rule));
}
