/* extract_sql.c - the statements of the extracts.
 *
 * Every one walks people in the order of their row numbers, their episodes through the index on person, and what
 * belongs to an episode through the index on episode: no step needs a sorter, so memory does not grow with the
 * caseload, and rows of one person stand together in every table.
 *
 * The period. An episode is in it when it was open on any day of it (one without an opening date counts as open). What
 * belongs to an episode goes with the episode, whatever its own date: then a count in the episode's row is the number
 * of rows in the other table, and no row points at an episode that was left out. A referral is in the period when it
 * was received in it or its episode is in it; a gap that was noted about nobody, by its own date. */
#include "extract_priv.h"

#include "dolen/base/mem.h"
#include "names.h"

#include "dolen/base/banned.h"

#define COLUMN(c, t) ", x." #c
#define P(c, t) ", p." #c
#define Q(c, t) ", q." #c
#define R(c, t) ", r." #c
#define E(c, t) ", e." #c
#define O(c, t) ", o." #c

/* --- records ---------------------------------------------------------------------------------------------------- */

#define BESIDE(UPPER, lower) "SELECT x.id" UPPER##_COLUMNS(COLUMN) " FROM " #lower " x WHERE x.binned_at IS NULL AND "

const struct part_spec part_specs[PART_COUNT] = {
    [PART_PERSON] = { T_PERSON, { "person", "language" }, KEY_PERSON, BESIDE(PERSON, person) "x.id = ?1" },
    [PART_EQUALITY] = { T_EQUALITY, { "equality" }, KEY_PERSON, BESIDE(EQUALITY, equality) "x.person = ?1 LIMIT 1" },
    [PART_REFERRAL] = { T_REFERRAL, { "referral", "decision" }, KEY_REFERRAL,
                        BESIDE(REFERRAL, referral) "x.id = ?1" },
    [PART_EPISODE] = { T_EPISODE, { "episode", "closure" }, KEY_EPISODE, BESIDE(EPISODE, episode) "x.id = ?1" },
    [PART_PRACTITIONER] = { T_PRACTITIONER, { "practitioner" }, KEY_EPISODE,
        "SELECT x.id" PRACTITIONER_COLUMNS(COLUMN) " FROM episode e JOIN practitioner x ON x.id = e.practitioner "
        "WHERE e.id = ?1" },
    [PART_CONSENT] = { T_CONSENT, { "consent" }, KEY_PERSON,
        BESIDE(CONSENT, consent) "x.person = ?1 "
        "ORDER BY coalesce(x.state_on, x.notice_on) DESC, x.row_no DESC LIMIT 1" },
    [PART_CONTACT] = { T_CONTACT, { "contact" }, KEY_OWN, NULL },
    [PART_GOAL] = { T_GOAL, { "goal" }, KEY_OWN, NULL },
    [PART_CONNECTION] = { T_CONNECTION, { "connection" }, KEY_OWN, NULL },
    [PART_GAP] = { T_GAP, { "gap" }, KEY_OWN, NULL },
    [PART_MEASURE] = { T_MEASURE, { "measure" }, KEY_OWN, NULL },
};

/* --- small questions -------------------------------------------------------------------------------------------- */

#define PLAN_SAYS(question) "(SELECT value FROM answer WHERE owner = x.id AND question = '" question "' AND repeat = 0)"

/* The agreed plan held last. */
#define PLAN_AGREED "x.form = 'plan' AND x.binned_at IS NULL AND " PLAN_SAYS("agreed") " = '1'"
#define PLAN_DATE "coalesce(" PLAN_SAYS("agreed_on") ", x.held_on)"
#define NOTICE_ORDER "coalesce(notice_on, state_on)"
#define NOTICE_GIVEN \
    "CASE WHEN notice_given = 'YES' AND " WAITS_TO_BE_SETTLED("consent.id") " THEN 'DOUBT' ELSE notice_given END"
#define NOTICE_SAID "notice_given IS NOT NULL AND binned_at IS NULL"
/* Given in doubt about understanding never counts as given, nor while two laptops differ about it. */
#define PERMISSION_STATE \
    "CASE WHEN state = 'GIVEN' AND (understood = 'DOUBT' OR " WAITS_TO_BE_SETTLED("consent.id") ") THEN 'DOUBT' " \
    "ELSE state END"
#define PERMISSION_SAID "purpose = 'REPORTING' AND state IS NOT NULL AND binned_at IS NULL"
#define HELD "form = 'conversation' AND state = 'FINAL' AND binned_at IS NULL"
#define KEPT "binned_at IS NULL"
#define ATTENDED KEPT " AND result = 'ATTENDED'"
/* What went to the bin changed too. */
#define NEWEST_CHANGE "coalesce(max(last_change), 0)"
#define LAST_ROW(table) "SELECT max(row_no) FROM " table
#define IN_FILE_ORDER " ORDER BY row_no"

const struct side_spec side_specs[SIDE_COUNT] = {
    [SIDE_CONTACTS] = { KEY_EPISODE,
        "SELECT coalesce(sum(" KEPT "), 0), coalesce(sum(" ATTENDED "), 0), coalesce(sum(" KEPT " "
        "AND result = 'DNA'), 0), "
        "min(CASE WHEN " ATTENDED " THEN held_on END), " NEWEST_CHANGE " FROM contact WHERE episode = ?1",
        { "derive.contacts_total", "derive.contacts_attended", "derive.contacts_dna", "derive.first_contact_on",
          "derive.contacts_version" },
        "SELECT episode, NULL, " KEPT ", " ATTENDED ", " KEPT " AND result = 'DNA', "
        "CASE WHEN " ATTENDED " THEN held_on END, last_change FROM contact" IN_FILE_ORDER, LAST_ROW("contact"),
        { FOLD_SUM, FOLD_SUM, FOLD_SUM, FOLD_LEAST, FOLD_MOST } },
    [SIDE_CONVERSATION] = { KEY_EPISODE,
        "SELECT min(CASE WHEN " HELD " THEN held_on END), " NEWEST_CHANGE " FROM response WHERE episode = ?1",
        { "derive.conversation_on", "derive.responses_version" },
        "SELECT episode, NULL, CASE WHEN " HELD " THEN held_on END, last_change FROM response" IN_FILE_ORDER,
        LAST_ROW("response"), { FOLD_LEAST, FOLD_MOST } },
    [SIDE_PLAN] = { KEY_EPISODE,
        "SELECT " PLAN_DATE " FROM response x WHERE x.episode = ?1 AND " PLAN_AGREED
        " ORDER BY x.held_on DESC, x.row_no DESC LIMIT 1",
        { "derive.plan_agreed_on" },
        "SELECT x.episode, x.held_on, " PLAN_DATE " FROM response x WHERE " PLAN_AGREED IN_FILE_ORDER,
        LAST_ROW("response"),
        { FOLD_NEWEST } },
    [SIDE_GOALS] = { KEY_EPISODE, "SELECT coalesce(sum(" KEPT "), 0), " NEWEST_CHANGE " FROM goal WHERE episode = ?1",
        { "derive.goals", "derive.goals_version" },
        "SELECT episode, NULL, " KEPT ", last_change FROM goal" IN_FILE_ORDER, LAST_ROW("goal"),
        { FOLD_SUM, FOLD_MOST } },
    [SIDE_RATINGS] = { KEY_OWN,
        "SELECT f.rating, f.rated_on, l.rating, l.rated_on FROM rating f LEFT JOIN rating l "
        "ON l.row_no = (SELECT row_no "
        "FROM rating WHERE goal = ?1 AND binned_at IS NULL AND row_no <> f.row_no ORDER BY rated_on DESC, "
        "row_no DESC LIMIT 1) WHERE f.goal = ?1 AND f.binned_at IS NULL ORDER BY f.rated_on, f.row_no LIMIT 1",
        { "derive.goal_rating_start", "derive.goal_first_rated_on", "derive.goal_rating_end",
          "derive.goal_last_rated_on" }, NULL, NULL, { FOLD_SUM } },
    [SIDE_NOTICE] = { KEY_PERSON,
        "SELECT " NOTICE_GIVEN " FROM consent WHERE person = ?1 AND " NOTICE_SAID " ORDER BY " NOTICE_ORDER
        " DESC, row_no DESC LIMIT 1",
        { "rule.notice" },
        "SELECT person, " NOTICE_ORDER ", " NOTICE_GIVEN " FROM consent WHERE " NOTICE_SAID IN_FILE_ORDER,
        LAST_ROW("consent"),
        { FOLD_NEWEST } },
    /* A difference that comes or is settled lets a row out or back in, and leaves the consent itself as it was. */
    [SIDE_CONSENTS] = { KEY_PERSON,
        "SELECT max((SELECT " NEWEST_CHANGE " FROM consent WHERE person = ?1), "
        "(SELECT " NEWEST_CHANGE " FROM difference WHERE person = ?1 AND entity = 'consent'))",
        { "derive.consents_version" },
        "SELECT person, NULL, last_change FROM consent UNION ALL "
        "SELECT person, NULL, last_change FROM difference WHERE entity = 'consent'", LAST_ROW("consent"),
        { FOLD_MOST } },
    [SIDE_PERMISSION] = { KEY_PERSON,
        "SELECT " PERMISSION_STATE ", recipient FROM consent WHERE person = ?1 AND " PERMISSION_SAID
        " ORDER BY state_on DESC, row_no DESC LIMIT 1",
        { "rule.permission", "rule.recipient" },
        "SELECT person, state_on, " PERMISSION_STATE ", recipient FROM consent WHERE " PERMISSION_SAID IN_FILE_ORDER,
        LAST_ROW("consent"), { FOLD_NEWEST, FOLD_NEWEST } },
};

const struct extract_alias extract_aliases[] = {
    { "derive.model", "episode.model" }, { "derive.opened_on", "episode.opened_on" },
    { "derive.closed_on", "episode.closed_on" }, { "derive.closure_reason", "episode.reason" },
    { "derive.org_type", "practitioner.org_type" },
    { "derive.feedback_sent_on", "referral.feedback_sent_on" },      /* filing a closure writes it there too */
    { "closure.feedback_sent_on", "referral.feedback_sent_on" },
    { "derive.contact_language", "contact.language" }, { "derive.goal_position", "goal.position" },
    { "derive.goal_state", "goal.state" }, { "derive.stage", "measure.stage" }, { "derive.value", "measure.value" },
    { "derive.instrument_version", "measure.version" }, { "derive.taken_on", "measure.taken_on" },
};
const size_t extract_alias_count = ARRAY_LEN(extract_aliases);

/* --- rows ------------------------------------------------------------------------------------------------------- */

#define OPEN_IN_PERIOD \
    "e.binned_at IS NULL AND (e.opened_on IS NULL OR e.opened_on <= ?2) AND (e.closed_on IS NULL OR e.closed_on >= ?1)"
/* CROSS JOIN: in this order. */
#define EPISODES " FROM person p CROSS JOIN episode e ON e.person = p.id AND " OPEN_IN_PERIOD
#define IN_ORDER " WHERE p.binned_at IS NULL ORDER BY p.row_no"
#define BELONGING(table) EPISODES " CROSS JOIN " table " x ON x.episode = e.id AND x.binned_at IS NULL"

/* The records of an episode's row, in the bin or not. What the row only counts or dates (contacts, responses, goals)
 * comes in beside it: "derive.row_version" is the newest of all. */
#define EPISODE_VERSION \
    ", max(e.last_change, p.last_change, coalesce((SELECT last_change FROM referral WHERE id = e.referral), 0), " \
    "coalesce((SELECT max(last_change) FROM equality WHERE person = p.id), 0), coalesce(o.last_change, 0))"
#define EPISODE_SELECT \
    "SELECT p.id, e.id, e.referral, e.id, p.id" PERSON_COLUMNS(P) ", q.id" EQUALITY_COLUMNS(Q) \
    ", r.id" REFERRAL_COLUMNS(R) ", e.id" EPISODE_COLUMNS(E) ", o.id" PRACTITIONER_COLUMNS(O) \
    EPISODE_VERSION
#define EPISODE_BESIDE \
    " LEFT JOIN equality q ON q.row_no = (SELECT row_no FROM equality WHERE person = p.id AND binned_at IS NULL " \
    "LIMIT 1)" \
    " LEFT JOIN referral r ON r.id = e.referral AND r.binned_at IS NULL LEFT JOIN practitioner o " \
    "ON o.id = e.practitioner"

#define REFERRALS \
    "SELECT p.id, (SELECT id FROM episode WHERE referral = x.id AND binned_at IS NULL LIMIT 1), x.id, x.id, x.id" \
    REFERRAL_COLUMNS(COLUMN) ", max(x.last_change, p.last_change, " \
    "coalesce((SELECT max(last_change) FROM episode WHERE referral = x.id), 0)) " \
    "FROM person p CROSS JOIN referral x ON x.person = p.id AND x.binned_at IS NULL " \
    "WHERE p.binned_at IS NULL AND ((x.received_on >= ?1 AND x.received_on <= ?2) OR EXISTS " \
    "(SELECT 1 FROM episode e WHERE e.referral = x.id AND " OPEN_IN_PERIOD ")) ORDER BY p.row_no"

#define OWN "SELECT p.id, e.id, e.referral, x.id, x.id"

/* A row comes and goes with its person and its episode, into the bin and out of it. */
#define WITH_OWNERS "p.last_change, e.last_change"
#define VERSION ", max(x.last_change, " WITH_OWNERS ")"
#define GOAL_VERSION \
    ", max(x.last_change, " WITH_OWNERS ", coalesce((SELECT max(last_change) FROM rating WHERE goal = x.id), 0))"

/* Codes travel in capitals, as in the code lists. */
#define OUTCOME_EXTRAS ", upper(x.instrument), upper(x.item), upper(x.wording), upper(x.language)"

/* A concern that was reported to somebody; on the day it was noted where nobody wrote down when. */
#define REPORTED_ON "coalesce(x.reported_on, x.noted_on)"
/* A report that came with a handover is counted by the laptop where it was written down, not here as well. */
#define WRITTEN_DOWN_HERE \
    "coalesce((SELECT coalesce(c.why, '') FROM change c WHERE c.entity_id = x.id AND (json_type(c.body, " \
    "'$.reported_on[1]') = 'text' " \
    "OR json_type(c.body, '$.reported_to[1]') = 'text') ORDER BY c.seq LIMIT 1), " \
    "'') NOT LIKE 'from another laptop: %' AND "
#define REPORTED \
    "x.binned_at IS NULL AND (x.reported_on IS NOT NULL OR x.reported_to IS NOT NULL) AND " WRITTEN_DOWN_HERE \
    "NOT EXISTS (SELECT 1 FROM person p WHERE p.id = x.person AND p.binned_at IS NOT NULL)"

const struct extract_spec extract_specs[EXTRACT_COUNT] = {
    [EXTRACT_EPISODE] = { "episode", "episode", EPISODE_SELECT EPISODES EPISODE_BESIDE IN_ORDER,
        EPISODE_SELECT " FROM episode e JOIN person p ON p.id = e.person" EPISODE_BESIDE " WHERE e.id = ?1",
        { PART_PERSON, PART_EQUALITY, PART_REFERRAL, PART_EPISODE, PART_PRACTITIONER },
        { "derive.records_version" } },
    [EXTRACT_REFERRAL] = { "referral", "referral", REFERRALS, NULL,
        { PART_REFERRAL, PART_COUNT }, { "derive.records_version" } },
    [EXTRACT_NEED] = { "need", "referral", REFERRALS, NULL, { PART_REFERRAL, PART_COUNT },
                       { "derive.records_version" } },
    [EXTRACT_CONTACT] = { "contact", "contact", OWN CONTACT_COLUMNS(COLUMN) VERSION BELONGING("contact") IN_ORDER, NULL,
        { PART_CONTACT, PART_COUNT }, { "derive.records_version" } },
    [EXTRACT_GOAL] = { "goal", "goal", OWN GOAL_COLUMNS(COLUMN) GOAL_VERSION BELONGING("goal") IN_ORDER, NULL,
        { PART_GOAL, PART_COUNT }, { "derive.records_version" } },
    [EXTRACT_ASSET_USE] = { "asset_use", "connection",
        OWN CONNECTION_COLUMNS(COLUMN) ", max(x.last_change, " WITH_OWNERS ", coalesce(a.last_change, 0)), a.category, "
        "a.local_authority"
        BELONGING("connection") " LEFT JOIN asset a ON a.id = x.asset" IN_ORDER, NULL,
        { PART_CONNECTION, PART_COUNT },
        { "derive.records_version", "derive.asset_category", "derive.asset_local_authority" } },
    [EXTRACT_UNMET_NEED] = { "unmet_need", "gap",
        "SELECT * FROM (" OWN GAP_COLUMNS(COLUMN) VERSION BELONGING("gap") IN_ORDER ") UNION ALL "
        "SELECT x.person, NULL, NULL, x.id, x.id" GAP_COLUMNS(COLUMN) ", max(x.last_change, "
        "coalesce((SELECT last_change FROM person WHERE id = x.person), 0)) FROM gap x WHERE x.episode IS NULL "
        "AND x.binned_at IS NULL AND x.noted_on >= ?1 AND x.noted_on <= ?2", NULL,
        { PART_GAP, PART_COUNT }, { "derive.records_version" } },
    [EXTRACT_OUTCOME] = { "outcome", "measure",
        OWN MEASURE_COLUMNS(COLUMN) VERSION OUTCOME_EXTRAS BELONGING("measure") IN_ORDER, NULL,
        { PART_MEASURE, PART_COUNT },
        { "derive.records_version", "derive.instrument", "derive.item", "derive.wording", "derive.measure_language" } },
    /* ?1: the last day of a month. Listed from the first sign of life; full since its last change, because nothing
     * older is kept. Days are the days of the place, as people write them down, not of UTC. Few rows: assets, not
     * people. */
    [EXTRACT_CAPACITY] = { "capacity", "capacity",
        "SELECT NULL, NULL, NULL, NULL, category, local_authority, substr(?1, 1, 7), count(*), "
        "coalesce(sum(full_until >= ?1 AND date(updated_at, 'unixepoch', 'localtime') <= ?1), 0), sum(takes_a_month) "
        "FROM asset "
        "WHERE (binned_at IS NULL OR date(binned_at, 'unixepoch', 'localtime') > ?1) AND min(date(created_at, "
        "'unixepoch', 'localtime'), "
        "coalesce(told_on, '9999'), coalesce(verified_on, '9999')) <= ?1 GROUP BY category, local_authority", NULL,
        { PART_COUNT }, { "derive.asset_category", "derive.asset_local_authority", "derive.capacity_month",
                          "derive.assets_listed", "derive.assets_full", "derive.places_a_month" } },
    [EXTRACT_SAFEGUARDING] = { "safeguarding", "safeguarding",
        "WITH RECURSIVE quarter(day, next) AS (SELECT ?1, date(?1, '+3 months') UNION ALL "
        "SELECT next, date(next, '+3 months') FROM quarter WHERE next <= ?2) "
        "SELECT NULL, NULL, NULL, NULL, substr(day, 1, 4) || '-Q' || ((CAST(substr(day, 6, 2) AS INTEGER) + 2) / 3), "
        "(SELECT count(*) FROM concern x WHERE " REPORTED " AND " REPORTED_ON " >= day AND " REPORTED_ON " < next) "
        "FROM quarter WHERE date(next, '-1 day') <= ?2", NULL,
        { PART_COUNT }, { "derive.report_quarter", "derive.reports_made" } },
};
