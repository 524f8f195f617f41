/* store/settings.c - settings kept in the case file, notes in the history, and tasks: made, done, ended with an
 * episode and due again. */
#include "store_priv.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/date.h"
#include "dolen/base/mem.h"

#include "dolen/base/banned.h"

/* --- settings --------------------------------------------------------------------------------------------------- */

enum status store_setting_read(struct store *s, const char *key, char **out, struct err *err)
{
    struct stmt *q = NULL;
    bool row = false;
    enum status st = db_use(s->db, &q, "SELECT value FROM setting WHERE key = ?1", err);

    *out = NULL;
    if (st != ST_OK)
        return st;
    stmt_bind_text(q, 1, key);
    st = stmt_step(q, &row, err);
    if (st == ST_OK && row)
        *out = xstrdup(stmt_text(q, 0));
    stmt_done(q);
    return st;
}

char *store_setting(struct store *s, const char *key)
{
    char *value;

    store_setting_read(s, key, &value, NULL);
    return value;
}

static enum status setting_write(struct store *s, const char *key, const char *value, struct err *err)
{
    struct stmt *q = NULL;
    enum status st = value ? db_use(s->db, &q, "INSERT INTO setting(key, value) VALUES (?1, ?2) "
                                               "ON CONFLICT(key) DO UPDATE SET value = excluded.value", err)
                           : db_use(s->db, &q, "DELETE FROM setting WHERE key = ?1", err);

    if (st != ST_OK)
        return st;
    stmt_bind_text(q, 1, key);
    if (value)
        stmt_bind_text(q, 2, value);
    return stmt_run(q, err);
}

/* History says that it changed, not to what: a setting may be a secret, and history cannot let go of one. */
enum status store_set_setting(struct store *s, const char *key, const char *value, struct err *err)
{
    struct change c = { .entity = "setting", .why = key };
    char *now;
    bool own = false;
    enum status st = store_setting_read(s, key, &now, err);

    if (st == ST_OK && !str_eq(now, value)) {
        st = tx_enter(s, &own, err);
        if (st == ST_OK) {
            st = setting_write(s, key, value, err);
            if (st == ST_OK)
                st = history_add(s, &c, err);
            st = tx_leave(s, own, st, err);
        }
    }
    if (now)
        explicit_bzero(now, strlen(now));
    free(now);
    return st;
}

enum status store_note(struct store *s, const char *entity, struct id entity_id, const char *why, struct err *err)
{
    struct change c = { .entity = entity, .entity_id = entity_id, .why = why };
    bool own = false;
    enum status st = tx_enter(s, &own, err);

    return st == ST_OK ? tx_leave(s, own, history_add(s, &c, err), err) : st;
}

/* --- tasks ------------------------------------------------------------------------------------------------------ */

enum status store_task_add(struct store *s, const char *kind, struct date due, struct id person, struct id episode,
                           struct id subject, const char *what, struct err *err)
{
    struct record r;
    enum status st;

    record_init(&r, T_TASK);
    record_set(&r, TASK_kind, kind);
    record_set_date(&r, TASK_due_on, due);
    record_set_date(&r, TASK_since, clock_today());
    record_set_id(&r, TASK_person, person);
    record_set_id(&r, TASK_episode, episode);
    record_set_id(&r, TASK_subject, subject);
    record_set(&r, TASK_what, what);
    st = store_put(s, &r, NULL, err);
    record_release(&r);
    return st;
}

static enum status tasks_read(struct stmt *q, struct records *out, struct err *err)
{
    bool row = false;
    enum status st;

    while ((st = stmt_step(q, &row, err)) == ST_OK && row) {
        struct record *r = ARRAY_ADD(out->items, out->count, out->cap);

        record_init(r, T_TASK);
        record_read(r, q);
    }
    stmt_done(q);
    return st;
}

static enum status open_tasks(struct store *s, const char *kind, struct id subject, struct records *out,
                              struct err *err)
{
    struct stmt *q = NULL;
    enum status st = db_use(s->db, &q, RECORD_SELECT(TASK, task) " WHERE (subject = ?1 OR episode = ?1) AND kind = ?2 "
                                       "AND done_on IS NULL AND binned_at IS NULL", err);

    if (st != ST_OK)
        return st;
    stmt_bind_id(q, 1, subject);
    stmt_bind_text(q, 2, kind);
    return tasks_read(q, out, err);
}

enum status store_task_end(struct store *s, const char *kind, struct id subject, struct date on, const char *why,
                           struct err *err)
{
    struct records tasks = { NULL, 0, 0 };
    bool own = false;
    enum status st = open_tasks(s, kind, subject, &tasks, err);

    if (st == ST_OK && tasks.count > 0) {
        st = tx_enter(s, &own, err);
        if (st == ST_OK) {
            for (size_t i = 0; st == ST_OK && i < tasks.count; i++) {
                record_set_date(&tasks.items[i], TASK_done_on, on);
                st = store_put(s, &tasks.items[i], why, err);
            }
            st = tx_leave(s, own, st, err);
        }
    }
    records_release(&tasks);
    return st;
}

enum status store_task_done(struct store *s, const char *kind, struct id subject, struct date on, struct err *err)
{
    return store_task_end(s, kind, subject, on, NULL, err);
}

/* What a filing ends follows it in the history at once; a later change of the same task means that somebody went on
 * with it. */
#define ENDED_BY_CLOSING \
    RECORD_SELECT(TASK, task) " WHERE (episode = ?1 OR subject = ?2) AND done_on IS NOT NULL AND binned_at IS NULL " \
    "AND id IN (" \
    "WITH closing(at_seq) AS (SELECT max(c.seq) FROM change c WHERE c.entity_id = ?1 " \
    "AND json_type(c.body, '$.closed_on[0]') = 'null' AND json_type(c.body, '$.closed_on[1]') = 'text') " \
    "SELECT e.entity_id FROM closing, change e WHERE e.seq > at_seq AND e.seq <= at_seq + 64 AND e.entity = 'task' " \
    "AND e.why = 'closed' AND NOT EXISTS (SELECT 1 FROM change n WHERE n.entity_id = e.entity_id AND n.seq > e.seq))"

/* Somebody who made a new one after the closing has said when it is next. */
static bool overtaken(struct store *s, const struct record *ended)
{
    struct id about = record_id(ended, TASK_subject);
    struct records open = { NULL, 0, 0 };
    bool there = open_tasks(s, record_or(ended, TASK_kind, ""), about, &open, NULL) == ST_OK && open.count > 0;

    records_release(&open);
    return there;
}

enum status store_tasks_again(struct store *s, struct id episode, struct id referral, size_t *n, struct err *err)
{
    struct records ended = { NULL, 0, 0 };
    struct stmt *q = NULL;
    bool own = false;
    enum status st = db_use(s->db, &q, ENDED_BY_CLOSING, err);

    *n = 0;
    if (st != ST_OK)
        return st;
    stmt_bind_id(q, 1, episode);
    stmt_bind_id(q, 2, id_is_set(referral) ? referral : episode);
    st = tasks_read(q, &ended, err);
    if (st == ST_OK)
        st = tx_enter(s, &own, err);
    if (st == ST_OK) {
        bool *newer = xcalloc(ended.count + 1, sizeof *newer);

        for (size_t i = 0; i < ended.count; i++)
            newer[i] = overtaken(s, &ended.items[i]);
        for (size_t i = 0; st == ST_OK && i < ended.count; i++) {
            if (newer[i])
                continue;
            record_set(&ended.items[i], TASK_done_on, NULL);
            st = store_put(s, &ended.items[i], "reopened", err);
            *n += st == ST_OK;
        }
        free(newer);
        st = tx_leave(s, own, st, err);
    }
    records_release(&ended);
    return st;
}
