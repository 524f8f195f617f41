/* store/lists.c - records by their owner, and the newest response of a form.
 *
 * Every list has an index that begins with its owner and goes on with its order (schema.c). */
#include "store_priv.h"

#include <string.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"

#include "dolen/base/banned.h"

/* ?1 owner, ?2 limit. */
#define LIST(UPPER, lower, where, order) \
    { T_##UPPER, RECORD_SELECT(UPPER, lower) " WHERE " where "binned_at IS NULL ORDER BY " order " LIMIT ?2" }

/* A person in the bin takes what waits for a decision along. */
#define OF_NOBODY_BINNED \
    "id NOT IN (SELECT r.id FROM person p INDEXED BY person_binned CROSS JOIN referral r ON r.person = p.id " \
    "WHERE p.binned_at IS NOT NULL) AND "

static const struct {
    enum table_id table;
    const char   *sql;
} lists[LIST_COUNT] = {
    [LIST_EPISODES_OF_PERSON]     = LIST(EPISODE, episode, "person = ?1 AND ", "opened_on DESC, row_no DESC"),
    [LIST_REFERRALS_OF_PERSON]    = LIST(REFERRAL, referral, "person = ?1 AND ", "received_on DESC, row_no DESC"),
    [LIST_REFERRALS_WAITING]      = LIST(REFERRAL, referral, "decision IS NULL AND " OF_NOBODY_BINNED, "received_on, row_no"),
    [LIST_RESPONSES_OF_EPISODE]   = LIST(RESPONSE, response, "episode = ?1 AND ", "held_on DESC, row_no DESC"),
    [LIST_RESPONSES_OF_PERSON]    = LIST(RESPONSE, response, "person = ?1 AND ", "held_on DESC, row_no DESC"),
    [LIST_GOALS_OF_EPISODE]       = LIST(GOAL, goal, "episode = ?1 AND ", "position, row_no"),
    [LIST_RATINGS_OF_GOAL]        = LIST(RATING, rating, "goal = ?1 AND ", "rated_on, row_no"),
    [LIST_ACTIONS_OF_EPISODE]     = LIST(ACTION, action, "episode = ?1 AND ", "position, row_no"),
    [LIST_CONNECTIONS_OF_EPISODE] = LIST(CONNECTION, connection, "episode = ?1 AND ", "on_date DESC, row_no DESC"),
    [LIST_PLACES_OF_OFFER]        = LIST(ASSET, asset, "(id = ?1 OR offer = ?1) AND ", "sort_key, row_no"),
    [LIST_GAPS_OF_EPISODE]        = LIST(GAP, gap, "episode = ?1 AND ", "noted_on DESC, row_no DESC"),
    [LIST_GAPS]                   = LIST(GAP, gap, "", "noted_on DESC, row_no DESC"),
    [LIST_CONTACTS_OF_EPISODE]    = LIST(CONTACT, contact, "episode = ?1 AND ", "held_on DESC, row_no DESC"),
    [LIST_MEASURES_OF_EPISODE]    = LIST(MEASURE, measure, "episode = ?1 AND ", "instrument, item, taken_on, row_no"),
    [LIST_CONSENTS_OF_PERSON]     = LIST(CONSENT, consent, "person = ?1 AND ", "state_on DESC, row_no DESC"),
    [LIST_CONCERNS_OF_PERSON]     = LIST(CONCERN, concern, "person = ?1 AND ", "noted_on DESC, row_no DESC"),
    [LIST_EQUALITY_OF_PERSON]     = LIST(EQUALITY, equality, "person = ?1 AND ", "row_no DESC"),
    [LIST_TASKS_OF_PERSON]        = LIST(TASK, task,
                                         "person = ?1 AND done_on IS NULL AND NOT " TASK_OF_BINNED("task") "AND ",
                                         "due_on, row_no"),
    [LIST_TASKS_OF_SUBJECT]       = LIST(TASK, task, "subject = ?1 AND done_on IS NULL AND ", "due_on, row_no"),
    [LIST_DRAFTS]                 = LIST(DRAFT, draft, "", "updated_at DESC, row_no DESC"),
    [LIST_DRAFTS_OF_PERSON]       = LIST(DRAFT, draft, "person = ?1 AND ", "updated_at DESC, row_no DESC"),
    [LIST_DRAFTS_OF_PRACTITIONER] = LIST(DRAFT, draft, "updated_by = ?1 AND ", "updated_at DESC, row_no DESC"),
    [LIST_PRACTITIONERS]          = LIST(PRACTITIONER, practitioner, "", "slot, row_no"),
    [LIST_SUPERVISIONS]           = LIST(SUPERVISION, supervision, "", "held_on DESC, row_no DESC"),
    [LIST_NOTES_OF_PERSON]        = LIST(NOTE, note, "person = ?1 AND ", "held_on DESC, row_no DESC"),
    [LIST_EXCERPTS_OF_NOTE]       = LIST(EXCERPT, excerpt, "note = ?1 AND ", "start, row_no"),
    [LIST_EXCERPTS_OF_TARGET]     = LIST(EXCERPT, excerpt, "target = ?1 AND ", "start, row_no"),
    [LIST_DRILLS]                 = LIST(DRILL, drill, "", "row_no DESC"),
    [LIST_DRILLS_OF_PERSON]       = LIST(DRILL, drill, "person = ?1 AND ", "row_no DESC"),
    [LIST_DRILL_STEPS]            = LIST(DRILL_STEP, drill_step, "attempt = ?1 AND ", "position, row_no"),
    [LIST_DIFFERENCES]            = LIST(DIFFERENCE, difference, "settled IS NULL AND ", "person, subject, row_no"),
    [LIST_DIFFERENCES_OF]         = LIST(DIFFERENCE, difference, "subject = ?1 AND settled IS NULL AND ", "row_no"),
    [LIST_MERGES]                 = LIST(MERGE, merge, "", "row_no DESC"),
    [LIST_DESTINATIONS]           = LIST(DESTINATION, destination, "", "name"),
    [LIST_BATCHES]                = LIST(BATCH, batch, "destination = ?1 AND ", "seq DESC"),
    [LIST_BATCHES_OPEN]           = LIST(BATCH, batch,
                                         "destination = ?1 AND state NOT IN ('ACKED', 'SUPERSEDED') AND ", "seq"),
    [LIST_RECEIPTS_OF_BATCH]      = LIST(RECEIPT, receipt, "batch = ?1 AND ", "row_no DESC"),
};

static enum status records_read(struct stmt *q, enum table_id t, struct records *out, struct err *err)
{
    bool row = false;
    enum status st;

    while ((st = stmt_step(q, &row, err)) == ST_OK && row) {
        struct record *r = ARRAY_ADD(out->items, out->count, out->cap);

        record_init(r, t);
        record_read(r, q);
    }
    stmt_done(q);
    return st;
}

enum status store_list(struct store *s, enum list_id list, struct id owner, int limit, struct records *out,
                       struct err *err)
{
    struct stmt *q = NULL;
    enum status st = db_use(s->db, &q, lists[list].sql, err);

    *out = (struct records) { NULL, 0, 0 };
    if (st != ST_OK)
        return st;
    if (strstr(lists[list].sql, "?1"))
        stmt_bind_id(q, 1, owner);
    stmt_bind_int(q, 2, limit > 0 ? limit : -1);
    st = records_read(q, lists[list].table, out, err);
    if (st != ST_OK)
        records_release(out);
    return st;
}

enum status store_list_ids(struct store *s, enum list_id list, struct id **ids, size_t *n, struct err *err)
{
    struct stmt *q = NULL;
    size_t cap = 0;
    bool row = false;
    enum status st = db_use(s->db, &q, list == LIST_GAPS
        ? "SELECT id FROM gap INDEXED BY gap_list WHERE binned_at IS NULL ORDER BY noted_on DESC, id"
        : "SELECT id FROM referral INDEXED BY referral_inbox WHERE decision IS NULL AND " OF_NOBODY_BINNED
          "binned_at IS NULL ORDER BY received_on, row_no",
        err);

    *ids = NULL;
    *n = 0;
    if (st != ST_OK)
        return st;
    while ((st = stmt_step(q, &row, err)) == ST_OK && row)
        *ARRAY_ADD(*ids, *n, cap) = stmt_id(q, 0);
    stmt_done(q);
    return st;
}

#define NEWEST(owner) \
    RECORD_SELECT(RESPONSE, response) " WHERE " owner " = ?1 AND form = ?2 AND (?3 IS NULL OR stage = ?3) " \
    "AND binned_at IS NULL ORDER BY held_on DESC, row_no DESC LIMIT 1"

enum status store_response(struct store *s, const char *form, const char *stage, struct id person, struct id episode,
                           struct record *out, struct err *err)
{
    bool of_episode = id_is_set(episode), row = false;
    struct stmt *q = NULL;
    enum status st = db_use(s->db, &q, of_episode ? NEWEST("episode") : NEWEST("person"), err);

    if (st != ST_OK)
        return st;
    stmt_bind_id(q, 1, of_episode ? episode : person);
    stmt_bind_text(q, 2, form);
    stmt_bind_text(q, 3, stage);
    st = stmt_step(q, &row, err);
    if (st == ST_OK && row) {
        record_release(out);
        record_init(out, T_RESPONSE);
        record_read(out, q);
    }
    stmt_done(q);
    if (st == ST_OK && !row)
        return err_set(err, ST_NOTFOUND, _("This form has not been filled in yet."));
    return st;
}
