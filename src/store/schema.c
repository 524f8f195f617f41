/* store/schema.c - the tables of a case file, and the steps from older ones.
 *
 * Every table is an ordinary one with an integer key of its own and a unique index on the 16-byte id. Random ids as
 * the primary key (WITHOUT ROWID) would scatter every insert over the whole table, which here means whole encrypted
 * pages, and put 16 bytes into every entry of every other index; with row_no a new row goes to the end, rows of one
 * day stand together for scans, and only the small id index is hit at random. row_no is declared, because VACUUM
 * (which makes our backups) may renumber an undeclared one, and the search tables point at it.
 *
 * last_change is the seq of a record's newest row of history (NULL for drafts, which have none): an export asks for
 * it in every row, and looking it up by a random id would read a page of the largest index each time.
 *
 * A migration is applied whole or not at all, and is never edited once a release has carried it: a later one alters. */
#include "schema.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/buf.h"
#include "dolen/base/date.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "assets.h"
#include "search_priv.h"
#include "search_words.h"

#include "dolen/base/banned.h"

#define COMMON STORE_COMMON

/* Without their ends: a migration has altered them since. */
#define GAP_TABLE \
    "CREATE TABLE gap(" COMMON \
    "person BLOB REFERENCES person(id), episode BLOB REFERENCES episode(id), needed TEXT, category TEXT, " \
    "local_authority TEXT, place TEXT, reason TEXT, language TEXT, transport TEXT, noted_on TEXT, " \
    "note TEXT, missing TEXT, form_def TEXT"
#define ASSET_TABLE \
    "CREATE TABLE asset(" COMMON \
    "name_en TEXT, name_cy TEXT, organisation TEXT, category TEXT, what_happens TEXT, " \
    "attending_type TEXT, attending_access TEXT, cost_kind TEXT, cost TEXT, accessibility TEXT, " \
    "languages TEXT, area TEXT, local_authority TEXT, address TEXT, postcode TEXT, day TEXT, phone TEXT, " \
    "email TEXT, web TEXT, contact_name TEXT, referral_way TEXT, full_until TEXT, takes_a_month INTEGER, " \
    "do_not_advertise TEXT, told_on TEXT, verified_on TEXT, verified_how TEXT, sort_key TEXT, " \
    "missing TEXT, form_def TEXT"

#define CHANGE_TABLE \
    "CREATE TABLE change(seq INTEGER PRIMARY KEY, entity TEXT NOT NULL, entity_id BLOB, at INTEGER NOT NULL, " \
    "by BLOB, " \
    "why TEXT, undoes INTEGER, nonce BLOB, body TEXT, body_hash BLOB NOT NULL, chain BLOB NOT NULL"

static const char *const tables_1[] = {
    "CREATE TABLE person(" COMMON
    "given_name TEXT, family_name TEXT, preferred_name TEXT, also_known_as TEXT, birth_date TEXT, "
    "birth_precision TEXT, nhs_number TEXT, address TEXT, postcode TEXT, lsoa TEXT, "
    "local_authority TEXT, phone TEXT, phone2 TEXT, email TEXT, speak_language TEXT, "
    "write_language TEXT, active_offer TEXT, offer_made_on TEXT, safe_contact TEXT, safe_how TEXT, "
    "safe_when TEXT, safe_message TEXT, do_not_contact TEXT, communication_needs TEXT, "
    "emergency_name TEXT, emergency_phone TEXT, emergency_relation TEXT, gp_practice TEXT, "
    "sort_key TEXT, missing TEXT, form_def TEXT) STRICT",

    "CREATE TABLE equality(" COMMON
    "person BLOB REFERENCES person(id), sex TEXT, gender_identity TEXT, gender_identity_words TEXT, "
    "sexual_orientation TEXT, religion TEXT, ethnic_group TEXT, national_identity TEXT, "
    "welsh_skills TEXT, main_language TEXT, general_health TEXT, condition TEXT, condition_limits TEXT, "
    "adjustments TEXT, carer TEXT, has_carer TEXT, armed_forces TEXT, employment TEXT, tenure TEXT, "
    "landlord TEXT, household TEXT, partnership TEXT, missing TEXT, form_def TEXT) STRICT",

    "CREATE TABLE referral(" COMMON
    "person BLOB REFERENCES person(id), route TEXT, source TEXT, referrer_name TEXT, referrer_org TEXT, "
    "org_type TEXT, referrer_contact TEXT, received_on TEXT, reasons TEXT, urgency TEXT, "
    "referrer_words TEXT, decision TEXT, decision_note TEXT, decided_on TEXT, feedback_wanted TEXT, "
    "feedback_sent_on TEXT, missing TEXT, form_def TEXT) STRICT",

    "CREATE TABLE episode(" COMMON
    "person BLOB REFERENCES person(id), referral BLOB REFERENCES referral(id), model TEXT, "
    "practitioner BLOB REFERENCES practitioner(id), opened_on TEXT, closed_on TEXT, reason TEXT, "
    "what_changed TEXT, closing_note TEXT, reopened_why TEXT, missing TEXT, form_def TEXT) STRICT",

    "CREATE TABLE response(" COMMON
    "form TEXT, version INTEGER, def_hash TEXT, person BLOB REFERENCES person(id), "
    "episode BLOB REFERENCES episode(id), state TEXT, stage TEXT, held_on TEXT, language TEXT, "
    "wording TEXT) STRICT",

    "CREATE TABLE goal(" COMMON
    "person BLOB REFERENCES person(id), episode BLOB REFERENCES episode(id), position INTEGER, "
    "goal TEXT, why_it_matters TEXT, state TEXT) STRICT",

    "CREATE TABLE rating(" COMMON
    "goal BLOB REFERENCES goal(id), rated_on TEXT, rating INTEGER, stage TEXT) STRICT",

    "CREATE TABLE action(" COMMON
    "episode BLOB REFERENCES episode(id), goal BLOB REFERENCES goal(id), position INTEGER, action TEXT, "
    "who TEXT, by_when TEXT, confidence INTEGER, in_the_way TEXT, state TEXT, state_why TEXT) STRICT",

    ASSET_TABLE ") STRICT",

    "CREATE TABLE connection(" COMMON
    "person BLOB REFERENCES person(id), episode BLOB REFERENCES episode(id), "
    "asset BLOB REFERENCES asset(id), goal BLOB REFERENCES goal(id), kind TEXT, status TEXT, "
    "said_by TEXT, on_date TEXT, note TEXT, missing TEXT, form_def TEXT) STRICT",

    GAP_TABLE ") STRICT",

    "CREATE TABLE contact(" COMMON
    "person BLOB REFERENCES person(id), episode BLOB REFERENCES episode(id), held_on TEXT, kind TEXT, "
    "with_whom TEXT, result TEXT, minutes INTEGER, language TEXT, note TEXT, next_on TEXT, next_what TEXT, "
    "missing TEXT, form_def TEXT) STRICT",

    "CREATE TABLE task(" COMMON
    "kind TEXT, due_on TEXT, since TEXT, person BLOB REFERENCES person(id), "
    "episode BLOB REFERENCES episode(id), subject BLOB, what TEXT, done_on TEXT) STRICT",

    "CREATE TABLE measure(" COMMON
    "person BLOB REFERENCES person(id), episode BLOB REFERENCES episode(id), "
    "response BLOB REFERENCES response(id), instrument TEXT, version INTEGER, stage TEXT, taken_on TEXT, "
    "item TEXT, value TEXT, wording TEXT, language TEXT) STRICT",

    "CREATE TABLE consent(" COMMON
    "person BLOB REFERENCES person(id), episode BLOB REFERENCES episode(id), notice_given TEXT, "
    "notice_on TEXT, lawful_basis TEXT, purpose TEXT, recipient TEXT, state TEXT, state_on TEXT, "
    "how TEXT, given_by TEXT, given_by_name TEXT, understood TEXT, language TEXT, note TEXT, "
    "missing TEXT, form_def TEXT) STRICT",

    "CREATE TABLE concern(" COMMON
    "person BLOB REFERENCES person(id), episode BLOB REFERENCES episode(id), protocol TEXT, "
    "noted_on TEXT, what_seen TEXT, what_done TEXT, reported_to TEXT, reported_on TEXT, reference TEXT, "
    "consent TEXT, without_consent_why TEXT, missing TEXT, form_def TEXT) STRICT",

    "CREATE TABLE supervision(" COMMON
    "held_on TEXT, with_whom TEXT, topics TEXT, other_topics TEXT, minutes INTEGER, next_on TEXT, missing TEXT, "
    "form_def TEXT) STRICT",

    "CREATE TABLE practitioner(" COMMON
    "name TEXT, organisation TEXT, org_type TEXT, base TEXT, slot INTEGER) STRICT",

    "CREATE TABLE draft(" COMMON
    "form TEXT, def_hash TEXT, person BLOB REFERENCES person(id), episode BLOB REFERENCES episode(id), "
    "record BLOB, stage TEXT, answers TEXT, given INTEGER) STRICT",

    "CREATE TABLE merge(" COMMON
    "kept BLOB REFERENCES person(id), other BLOB REFERENCES person(id), moved TEXT, undone_on TEXT) STRICT",

    "CREATE TABLE answer(owner BLOB NOT NULL, question TEXT NOT NULL, repeat INTEGER NOT NULL, value TEXT, "
    "missing TEXT, "
    "PRIMARY KEY(owner, question, repeat)) WITHOUT ROWID, STRICT",

    "CREATE TABLE form_definition(hash TEXT NOT NULL PRIMARY KEY, form TEXT NOT NULL, version INTEGER NOT NULL, "
    "yaml BLOB NOT NULL, at INTEGER NOT NULL) STRICT",

    /* Append-only. body and nonce are deleted when a person is forgotten; body_hash and chain stay. */
    CHANGE_TABLE ") STRICT",

    "CREATE TABLE setting(key TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID, STRICT",
    "CREATE TABLE schema_version(version INTEGER PRIMARY KEY, at INTEGER NOT NULL, app TEXT NOT NULL) STRICT",
    NULL
};

static const char *const indices_1[] = {
    "CREATE INDEX person_sort ON person(sort_key, id) WHERE binned_at IS NULL",
    "CREATE INDEX person_in_bin ON person(id) WHERE binned_at IS NOT NULL",
    "CREATE INDEX asset_sort ON asset(sort_key, id) WHERE binned_at IS NULL",
    "CREATE INDEX equality_person ON equality(person)",
    "CREATE INDEX referral_person ON referral(person, received_on)",
    "CREATE INDEX referral_waiting ON referral(received_on) WHERE decision IS NULL AND binned_at IS NULL",
    "CREATE INDEX referral_feedback ON referral(received_on) "
    "WHERE feedback_wanted = 'YES' AND feedback_sent_on IS NULL AND binned_at IS NULL",
    "CREATE INDEX episode_person ON episode(person, opened_on)",
    "CREATE INDEX episode_referral ON episode(referral)",
    "CREATE INDEX episode_open ON episode(person) WHERE closed_on IS NULL AND binned_at IS NULL",
    "CREATE INDEX response_person ON response(person, held_on)",
    "CREATE INDEX response_episode ON response(episode, held_on)",
    "CREATE INDEX goal_episode ON goal(episode, position)",
    "CREATE INDEX rating_goal ON rating(goal, rated_on)",
    "CREATE INDEX action_episode ON action(episode, position)",
    "CREATE INDEX action_goal ON action(goal)",
    "CREATE INDEX connection_episode ON connection(episode, on_date)",
    "CREATE INDEX connection_asset ON connection(asset, on_date)",
    "CREATE INDEX gap_episode ON gap(episode, noted_on)",
    "CREATE INDEX gap_noted ON gap(noted_on)",
    "CREATE INDEX contact_episode ON contact(episode, held_on)",
    /* All that Today shows of a task: the list of the day reads some pages of this, and no rows. */
    "CREATE INDEX task_due ON task(due_on, row_no, id, person, episode, subject, kind, what, since) "
    "WHERE done_on IS NULL AND binned_at IS NULL",
    "CREATE INDEX task_person ON task(person, due_on) WHERE done_on IS NULL AND binned_at IS NULL",
    "CREATE INDEX task_episode ON task(episode) WHERE done_on IS NULL AND binned_at IS NULL",
    "CREATE INDEX task_subject ON task(subject) WHERE done_on IS NULL AND binned_at IS NULL",
    "CREATE INDEX measure_episode ON measure(episode, instrument, item, taken_on)",
    "CREATE INDEX consent_person ON consent(person, state_on)",
    "CREATE INDEX concern_person ON concern(person, noted_on)",
    "CREATE INDEX supervision_held ON supervision(held_on)",
    "CREATE INDEX draft_person ON draft(person)",
    "CREATE INDEX person_binned ON person(binned_at) WHERE binned_at IS NOT NULL",
    "CREATE INDEX referral_binned ON referral(binned_at) WHERE binned_at IS NOT NULL",
    "CREATE INDEX episode_binned ON episode(binned_at) WHERE binned_at IS NOT NULL",
    "CREATE INDEX response_binned ON response(binned_at) WHERE binned_at IS NOT NULL",
    "CREATE INDEX equality_binned ON equality(binned_at) WHERE binned_at IS NOT NULL",
    "CREATE INDEX goal_binned ON goal(binned_at) WHERE binned_at IS NOT NULL",
    "CREATE INDEX action_binned ON action(binned_at) WHERE binned_at IS NOT NULL",
    "CREATE INDEX asset_binned ON asset(binned_at) WHERE binned_at IS NOT NULL",
    "CREATE INDEX connection_binned ON connection(binned_at) WHERE binned_at IS NOT NULL",
    "CREATE INDEX gap_binned ON gap(binned_at) WHERE binned_at IS NOT NULL",
    "CREATE INDEX contact_binned ON contact(binned_at) WHERE binned_at IS NOT NULL",
    "CREATE INDEX consent_binned ON consent(binned_at) WHERE binned_at IS NOT NULL",
    "CREATE INDEX concern_binned ON concern(binned_at) WHERE binned_at IS NOT NULL",
    "CREATE INDEX supervision_binned ON supervision(binned_at) WHERE binned_at IS NOT NULL",
    "CREATE INDEX draft_binned ON draft(binned_at) WHERE binned_at IS NOT NULL",
    "CREATE INDEX person_birth ON person(birth_date) WHERE birth_date IS NOT NULL AND binned_at IS NULL",
    "CREATE INDEX merge_kept ON merge(kept)",
    "CREATE INDEX merge_other ON merge(other)",
    "CREATE INDEX change_entity ON change(entity_id)",
    "CREATE INDEX change_undoes ON change(undoes) WHERE undoes IS NOT NULL",
    NULL
};

/* Notes of a talk, and the words of them that were filed to questions. What an excerpt went to (target) is a row of
 * any of several tables. */
static const char *const tables_notes[] = {
    "CREATE TABLE note(" COMMON
    "person BLOB REFERENCES person(id), episode BLOB REFERENCES episode(id), held_on TEXT, words TEXT, missing TEXT, "
    "form_def TEXT) STRICT",

    "CREATE TABLE excerpt(" COMMON
    "person BLOB REFERENCES person(id), episode BLOB REFERENCES episode(id), note BLOB REFERENCES note(id), "
    "start INTEGER, words TEXT, form TEXT, question TEXT, repeat INTEGER, code TEXT, target BLOB) STRICT",

    "CREATE INDEX note_person ON note(person, held_on)",
    "CREATE INDEX note_episode ON note(episode)",
    "CREATE INDEX note_binned ON note(binned_at) WHERE binned_at IS NOT NULL",
    "CREATE INDEX excerpt_person ON excerpt(person)",
    "CREATE INDEX excerpt_note ON excerpt(note, start)",
    "CREATE INDEX excerpt_target ON excerpt(target, start)",
    NULL
};

/* Drills, in training case files only (write.c refuses them elsewhere). */
static const char *const drill_tables[] = {
    "CREATE TABLE drill(" COMMON
    "person BLOB REFERENCES person(id), practitioner BLOB REFERENCES practitioner(id), drill TEXT, version INTEGER, "
    "def_hash TEXT, seed INTEGER, language TEXT, state TEXT, set_by BLOB REFERENCES practitioner(id), "
    "due_on TEXT, started_on TEXT, ended_on TEXT, points INTEGER, best INTEGER, safety TEXT, minutes INTEGER, "
    "paper_minutes INTEGER, detail TEXT) STRICT",
    "CREATE TABLE drill_step(" COMMON
    "attempt BLOB REFERENCES drill(id), position INTEGER, kind TEXT, turn TEXT, part TEXT, form TEXT, record BLOB, "
    "minutes INTEGER) STRICT",
    NULL
};

static const char *const drill_indices[] = {
    "CREATE INDEX drill_person ON drill(person)",
    "CREATE INDEX drill_step_attempt ON drill_step(attempt, position)",
    NULL
};

/* The keys that were pressed in them. */
static const char *const tables_drill_keys[] = {
    "CREATE TABLE drill_keys(attempt BLOB NOT NULL REFERENCES drill(id) ON DELETE CASCADE, position INTEGER NOT NULL, "
    "keys TEXT NOT NULL, PRIMARY KEY (attempt, position)) STRICT",
    NULL
};

static const char *const tables_welsh[] = {
    "CREATE TABLE asset_welsh(n INTEGER PRIMARY KEY, key TEXT NOT NULL, id BLOB NOT NULL) STRICT",
    "CREATE INDEX asset_welsh_sort ON asset_welsh(key, id)",
    NULL
};

/* What two laptops wrote differently, waiting to be settled. */
static const char *const tables_differences[] = {
    "CREATE TABLE difference(" COMMON
    "person BLOB REFERENCES person(id), subject BLOB, entity TEXT, field TEXT, theirs TEXT, ancestor TEXT, "
    "versions TEXT, peer TEXT, settled TEXT) STRICT",

    "CREATE INDEX difference_person ON difference(person)",
    "CREATE INDEX difference_subject ON difference(subject) WHERE settled IS NULL AND binned_at IS NULL",
    NULL
};

/* How long forms were filled in: the practitioner's own, and of nobody whose records are kept here. */
static const char *const tables_paperwork[] = {
    "CREATE TABLE paperwork(practitioner BLOB NOT NULL, day TEXT NOT NULL, form TEXT NOT NULL, "
    "seconds INTEGER NOT NULL, filed INTEGER NOT NULL, made INTEGER NOT NULL, PRIMARY KEY (practitioner, day, form)) "
    "WITHOUT ROWID, STRICT",
    NULL
};

/* One offer at several places: the later ones name the first. No foreign key: when the first goes, the others are still
 * places of one offer. */
static const char *const offer_column[] = {
    "ALTER TABLE asset ADD COLUMN offer BLOB",
    NULL
};
static const char *const offer_indices[] = {
    "CREATE INDEX asset_offer ON asset(offer) WHERE offer IS NOT NULL",
    NULL
};
static const char *const offer_altered[] = { ASSET_TABLE ", offer BLOB) STRICT", NULL };

/* What was saved together: the number of the first change of the transaction. It stands outside the chain: it says only
 * what one taking back takes along. NULL in changes from before. */
static const char *const step_column[] = {
    "ALTER TABLE change ADD COLUMN step INTEGER",
    NULL
};
static const char *const step_altered[] = { CHANGE_TABLE ", step INTEGER) STRICT", NULL };

/* What was not there, and was found later. */
static const char *const found_column[] = {
    "ALTER TABLE gap ADD COLUMN found_on TEXT",
    NULL
};
static const char *const found_altered[] = { GAP_TABLE ", found_on TEXT) STRICT", NULL };

/* Which entry an entry of the directory became: what was begun about it before goes there. */
static const char *const joined_column[] = {
    "ALTER TABLE asset ADD COLUMN joined BLOB",
    NULL
};
static const char *const joined_altered[] = { ASSET_TABLE ", offer BLOB, joined BLOB) STRICT", NULL };

/* What the triggers of opened_schema would have counted. */
static enum status opened_count(struct store *s, struct err *err)
{
    return db_exec(s->db,
                   "INSERT INTO tally(name, n) SELECT 'opened ' || substr(opened_on, 1, 7), count(*) FROM episode "
                          "WHERE binned_at IS NULL AND opened_on IS NOT NULL GROUP BY 1", err);
}

/* ... and those of caseload_schema. */
static enum status caseloads_count(struct store *s, struct err *err)
{
    return db_exec(s->db,
                   "INSERT INTO tally(name, n) SELECT " TALLY_WITH("practitioner") ", count(DISTINCT person) FROM episode "
                   "WHERE closed_on IS NULL AND binned_at IS NULL GROUP BY practitioner", err);
}

/* Until now every save filed its own words. */
static enum status notes_indexed(struct store *s, struct err *err)
{
    return db_exec(s->db, "INSERT INTO setting(key, value) SELECT '" INDEXED_KEY "', max(seq) FROM change "
                          "HAVING max(seq) IS NOT NULL", err);
}

const struct migration schema_migrations[] = {
    { 1, { tables_1, indices_1 }, { search_schema, months_schema }, NULL, NULL },
    /* assets are found by need, place, day, cost, access, language */
    { 2, { gap_indices }, { NULL }, search_assets_rebuild, NULL },
    { 3, { sync_tables, sync_indices }, { NULL }, NULL, NULL },
    { 4, { tables_notes }, { NULL }, NULL, NULL },
    { 5, { drill_tables, drill_indices }, { NULL }, NULL, NULL },
    { 6, { list_indices }, { NULL }, NULL, NULL },
    { 7, { tables_differences }, { NULL }, NULL, NULL },
    { 8, { NULL }, { opened_schema }, opened_count, NULL },
    { 9, { tables_welsh }, { NULL }, search_welsh_rebuild, NULL },
    { 10, { tables_drill_keys }, { NULL }, NULL, NULL },
    { 11, { NULL }, { NULL }, notes_indexed, NULL },
    { 12, { tables_paperwork }, { NULL }, NULL, NULL },
    { 13, { offer_column, offer_indices }, { NULL }, NULL, offer_altered },
    { 14, { step_column }, { NULL }, NULL, step_altered },
    { 15, { found_column }, { NULL }, NULL, found_altered },
    { 16, { caseload_indices }, { NULL }, NULL, NULL },
    { 17, { due_indices }, { NULL }, NULL, NULL },
    /* ... and people by the sound of their names */
    { 18, { NULL }, { NULL }, search_people_rebuild, NULL },
    { 19, { connected_indices }, { NULL }, NULL, NULL },
    { 20, { joined_column }, { NULL }, NULL, joined_altered },
    { 21, { died_indices }, { NULL }, NULL, NULL },
    { 22, { NULL }, { caseload_schema }, caseloads_count, NULL },
    /* ... and in lists by the name that is shown */
    { 23, { NULL }, { NULL }, people_resort, NULL },
    { 24, { sent_person_indices }, { NULL }, NULL, NULL },
    { 25, { NULL }, { NULL }, forgotten_swept, NULL },
    { 26, { urgent_indices }, { NULL }, NULL, NULL },
};
const size_t schema_migration_count = ARRAY_LEN(schema_migrations);

#define NEWEST (schema_migrations[ARRAY_LEN(schema_migrations) - 1].version)

static enum status exec_list(struct db *db, const char *const *list, struct err *err)
{
    for (; list && *list; list++) {
        enum status st = db_exec(db, *list, err);

        if (st != ST_OK)
            return st;
    }
    return ST_OK;
}

static enum status migration_run(struct store *s, const struct migration *m, struct err *err)
{
    struct db *db = s->db;
    struct stmt *q = NULL;
    enum status st = ST_OK;

    for (size_t i = 0; st == ST_OK && i < ARRAY_LEN(m->lists); i++)
        st = exec_list(db, m->lists[i], err);
    for (size_t i = 0; st == ST_OK && i < ARRAY_LEN(m->texts) && m->texts[i]; i++)
        st = db_exec(db, m->texts[i], err);
    if (st == ST_OK && m->then)
        st = m->then(s, err);
    if (st == ST_OK)
        st = db_use(db, &q, "INSERT INTO schema_version(version, at, app) VALUES (?1, ?2, 'dolen')", err);
    if (st != ST_OK)
        return st;
    stmt_bind_int(q, 1, m->version);
    stmt_bind_int(q, 2, clock_now());
    return stmt_run(q, err);
}

/* 0: no schema at all. */
static enum status version_read(struct store *s, int64_t *version, struct err *err)
{
    int64_t there = 0;
    enum status st = db_ask_int(s->db, "SELECT count(*) FROM sqlite_schema WHERE name = 'schema_version'", &there, err);

    *version = 0;
    if (st == ST_OK && there > 0)
        st = db_ask_int(s->db, "SELECT coalesce(max(version), 0) FROM schema_version", version, err);
    return st;
}

enum status schema_check(struct store *s, bool *older, struct err *err)
{
    int64_t version = 0;
    enum status st = version_read(s, &version, err);

    *older = version < NEWEST;
    if (st != ST_OK)
        return st;
    if (version > NEWEST)
        return err_set(err, ST_NEWER,
                       _("This case file was made by a newer version of the program. Nothing was changed. Open it "
                         "with the newer version."));
    if (version < 1)
        return err_set(err, ST_DB_DAMAGED,
                       _("The case file holds no tables: it is damaged, or its making was cut short. Nothing was "
                         "changed. Restore a backup, or make a new case file elsewhere."));
    return ST_OK;
}

enum status schema_migrate(struct store *s, struct err *err)
{
    int64_t version = 0;
    enum status st = version_read(s, &version, err);

    for (size_t i = 0; st == ST_OK && i < ARRAY_LEN(schema_migrations); i++) {
        if (schema_migrations[i].version <= version)
            continue;
        st = db_begin(s->db, err);
        if (st != ST_OK)
            break;
        st = migration_run(s, &schema_migrations[i], err);
        if (st == ST_OK)
            st = db_commit(s->db, err);
        else
            db_rollback(s->db);
    }
    return st;
}
