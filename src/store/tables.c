/* store/tables.c - the lists of tables.h as data: names, types and the few statements every table needs.
 *
 * The statements are put together by the preprocessor, so no SQL is assembled while the program runs. A column has an
 * UPDATE of its own: one that named every column would touch every index of the row with each save. */
#include "store_priv.h"

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"

#include "dolen/base/banned.h"

#define COLUMN(c, t) { #c, COL_##t, "UPDATE " TABLE " SET " #c " = ?1 WHERE id = ?2" },

#define TABLE "person"
static const struct column person_columns[] = { PERSON_COLUMNS(COLUMN) };
#undef TABLE
#define TABLE "equality"
static const struct column equality_columns[] = { EQUALITY_COLUMNS(COLUMN) };
#undef TABLE
#define TABLE "referral"
static const struct column referral_columns[] = { REFERRAL_COLUMNS(COLUMN) };
#undef TABLE
#define TABLE "episode"
static const struct column episode_columns[] = { EPISODE_COLUMNS(COLUMN) };
#undef TABLE
#define TABLE "response"
static const struct column response_columns[] = { RESPONSE_COLUMNS(COLUMN) };
#undef TABLE
#define TABLE "goal"
static const struct column goal_columns[] = { GOAL_COLUMNS(COLUMN) };
#undef TABLE
#define TABLE "rating"
static const struct column rating_columns[] = { RATING_COLUMNS(COLUMN) };
#undef TABLE
#define TABLE "action"
static const struct column action_columns[] = { ACTION_COLUMNS(COLUMN) };
#undef TABLE
#define TABLE "asset"
static const struct column asset_columns[] = { ASSET_COLUMNS(COLUMN) };
#undef TABLE
#define TABLE "connection"
static const struct column connection_columns[] = { CONNECTION_COLUMNS(COLUMN) };
#undef TABLE
#define TABLE "gap"
static const struct column gap_columns[] = { GAP_COLUMNS(COLUMN) };
#undef TABLE
#define TABLE "contact"
static const struct column contact_columns[] = { CONTACT_COLUMNS(COLUMN) };
#undef TABLE
#define TABLE "task"
static const struct column task_columns[] = { TASK_COLUMNS(COLUMN) };
#undef TABLE
#define TABLE "measure"
static const struct column measure_columns[] = { MEASURE_COLUMNS(COLUMN) };
#undef TABLE
#define TABLE "consent"
static const struct column consent_columns[] = { CONSENT_COLUMNS(COLUMN) };
#undef TABLE
#define TABLE "concern"
static const struct column concern_columns[] = { CONCERN_COLUMNS(COLUMN) };
#undef TABLE
#define TABLE "practitioner"
static const struct column practitioner_columns[] = { PRACTITIONER_COLUMNS(COLUMN) };
#undef TABLE
#define TABLE "draft"
static const struct column draft_columns[] = { DRAFT_COLUMNS(COLUMN) };
#undef TABLE
#define TABLE "merge"
static const struct column merge_columns[] = { MERGE_COLUMNS(COLUMN) };
#undef TABLE
#define TABLE "supervision"
static const struct column supervision_columns[] = { SUPERVISION_COLUMNS(COLUMN) };
#undef TABLE
#define TABLE "destination"
static const struct column destination_columns[] = { DESTINATION_COLUMNS(COLUMN) };
#undef TABLE
#define TABLE "batch"
static const struct column batch_columns[] = { BATCH_COLUMNS(COLUMN) };
#undef TABLE
#define TABLE "receipt"
static const struct column receipt_columns[] = { RECEIPT_COLUMNS(COLUMN) };
#undef TABLE

#define TABLE "note"
static const struct column note_columns[] = { NOTE_COLUMNS(COLUMN) };
#undef TABLE
#define TABLE "difference"
static const struct column difference_columns[] = { DIFFERENCE_COLUMNS(COLUMN) };
#undef TABLE
#define TABLE "excerpt"
static const struct column excerpt_columns[] = { EXCERPT_COLUMNS(COLUMN) };
#undef TABLE
#define TABLE "drill"
static const struct column drill_columns[] = { DRILL_COLUMNS(COLUMN) };
#undef TABLE
#define TABLE "drill_step"
static const struct column drill_step_columns[] = { DRILL_STEP_COLUMNS(COLUMN) };
#undef TABLE

#define MARK(c, t) ", ?"
#define X(UPPER, lower)                                                                                               \
    [T_##UPPER] = {                                                                                                   \
        #lower, lower##_columns, UPPER##_COLUMN_COUNT,                                                                \
        RECORD_SELECT(UPPER, lower) " WHERE id = ?1",                                                                 \
        "INSERT INTO " #lower "(id, created_at, created_by, updated_at, updated_by, last_change"                      \
        UPPER##_COLUMNS(RECORD_NAME) ")"                                                                              \
        " VALUES (?1, ?2, ?3, ?4, ?5, ?6" UPPER##_COLUMNS(MARK) ")",                                                  \
        "UPDATE " #lower " SET updated_at = ?1, updated_by = ?2, last_change = ?3 WHERE id = ?4",                     \
        "UPDATE " #lower " SET binned_at = ?1, bin_reason = ?2 WHERE id = ?3",                                        \
    },
const struct table tables[T_COUNT] = { TABLE_LIST(X) };
#undef X

const char *table_name(enum table_id t)
{
    return tables[t].name;
}

const char *table_label(enum table_id t)
{
    static const char *const labels[T_COUNT] = {
        [T_PERSON] = N_("Person"), [T_REFERRAL] = N_("Referral"), [T_EPISODE] = N_("Period of support"),
        [T_RESPONSE] = N_("Form"), [T_EQUALITY] = N_("Equality questions"), [T_GOAL] = N_("Goal"),
        [T_ACTION] = N_("Action"),
        [T_ASSET] = N_("Directory entry"), [T_CONNECTION] = N_("Connection"), [T_GAP] = N_("Unmet need"),
        [T_CONTACT] = N_("Contact"), [T_CONSENT] = N_("Consent"), [T_CONCERN] = N_("Note"), [T_DRAFT] = N_("Draft"),
        [T_SUPERVISION] = N_("Supervision"), [T_NOTE] = N_("Talk notes"), [T_EXCERPT] = N_("Words filed from notes"),
        [T_DRILL] = N_("Drill"),
        [T_DIFFERENCE] = N_("Difference between two laptops"), [T_PRACTITIONER] = N_("Practitioner"),
        [T_TASK] = N_("Thing to do"), [T_RATING] = N_("Rating of a goal"), [T_MEASURE] = N_("Answer of a measure"),
        [T_MERGE] = N_("Two records joined"),
    };

    return labels[t] ? tr(labels[t]) : table_name(t);
}

bool table_by_name(const char *name, enum table_id *out)
{
    for (int t = 0; t < T_COUNT; t++) {
        if (str_eq(tables[t].name, name)) {
            *out = (enum table_id) t;
            return true;
        }
    }
    return false;
}

int table_column_count(enum table_id t)
{
    return tables[t].count;
}

const char *table_column_name(enum table_id t, int column)
{
    return column >= 0 && column < tables[t].count ? tables[t].columns[column].name : NULL;
}

int table_column_by_name(enum table_id t, const char *name)
{
    for (int c = 0; c < tables[t].count; c++)
        if (str_eq(tables[t].columns[c].name, name))
            return c;
    return -1;
}

/* Only a table that keeps missing states is bound by forms. Its ids, and what the store computes, are no answers. */
bool column_is_answer(enum table_id t, int column)
{
    static const char *const kept[] = { "sort_key", "missing", "form_def" };

    if (tables[t].columns[column].type == COL_ID || table_column_by_name(t, "missing") < 0)
        return false;
    for (size_t i = 0; i < ARRAY_LEN(kept); i++)
        if (str_eq(tables[t].columns[column].name, kept[i]))
            return false;
    return true;
}
