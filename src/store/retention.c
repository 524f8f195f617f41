/* store/retention.c - whose records are past their time, and whose are held all the same. */
#include "dolen/store/past.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/mem.h"
#include "names.h"
#include "store_priv.h"

#include "dolen/base/banned.h"

/* Forgotten people have no name any more. */
#define NAMED "coalesce(p.given_name, p.family_name, p.preferred_name, p.also_known_as) IS NOT NULL " \
              "AND p.binned_at IS NULL "
#define NAMES "p.given_name, p.family_name, p.preferred_name, p.also_known_as "

/* By the last of somebody's episodes, or of their referrals: one that is still open keeps all of them. */
static const char closed_sql[] =
    "SELECT e.person, e.id, e.closed_on, " NAMES "FROM episode e JOIN person p ON p.id = e.person "
    "WHERE e.closed_on < ?1 AND e.binned_at IS NULL AND " NAMED
    "AND NOT EXISTS (SELECT 1 FROM episode l WHERE l.person = e.person AND l.binned_at IS NULL AND "
    "(l.closed_on IS NULL OR l.closed_on > e.closed_on OR (l.closed_on = e.closed_on AND l.row_no > e.row_no))) "
    "AND NOT EXISTS (SELECT 1 FROM referral r WHERE r.person = e.person AND r.binned_at IS NULL "
    "AND r.received_on >= ?1) "
    "ORDER BY e.closed_on LIMIT ?2";

static const char declined_sql[] =
    "SELECT r.person, r.id, r.decided_on, " NAMES "FROM referral r JOIN person p ON p.id = r.person "
    "WHERE r.decided_on < ?1 AND r.decision IS NOT NULL AND r.binned_at IS NULL AND " NAMED
    "AND NOT EXISTS (SELECT 1 FROM episode e WHERE e.person = r.person AND e.binned_at IS NULL) "
    "AND NOT EXISTS (SELECT 1 FROM referral l WHERE l.person = r.person AND l.binned_at IS NULL "
    "AND (l.decision IS NULL OR "
    "l.decided_on > r.decided_on OR (l.decided_on = r.decided_on AND l.row_no > r.row_no))) "
    "ORDER BY r.decided_on LIMIT ?2";

static int years_of(struct store *s, const char *key, int otherwise)
{
    char *text = store_setting(s, key);
    long n = text ? strtol(text, NULL, 10) : otherwise;

    free(text);
    return n >= 1 && n <= 100 ? (int) n : otherwise;
}

struct retention_policy retention_policy(struct store *s)
{
    return (struct retention_policy) { years_of(s, RETENTION_CLOSED, 8), years_of(s, RETENTION_DECLINED, 2) };
}

static void key_of(struct id person, char key[48])
{
    str_copy(key, 48, "hold.");
    str_copy(key + 5, 43, id_show(person).s);
}

bool closed_by_death(const struct record *episode)
{
    return record_text(episode, EPISODE_closed_on) && str_eq(record_text(episode, EPISODE_reason), "DIED");
}

enum status retention_hold(struct store *s, struct id person, char **why, struct err *err)
{
    char key[48];

    key_of(person, key);
    return store_setting_read(s, key, why, err);
}

enum status store_hold(struct store *s, struct id person, const char *why, struct err *err)
{
    char key[48];

    key_of(person, key);
    return store_set_setting(s, key, why, err);
}

static enum status due_read(struct store *s, const char *sql, bool declined, struct date before, int limit,
                            struct retention_row *rows, int *n, struct err *err)
{
    struct stmt *q = NULL;
    bool row = false;
    enum status st = db_use(s->db, &q, sql, err);

    if (st != ST_OK)
        return st;
    stmt_bind_text(q, 1, date_iso(before).s);
    stmt_bind_int(q, 2, limit - *n);
    while ((st = stmt_step(q, &row, err)) == ST_OK && row && *n < limit) {
        struct retention_row *r = &rows[(*n)++];

        *r = (struct retention_row) { .person = stmt_id(q, 0), .id = stmt_id(q, 1), .declined = declined };
        date_parse_iso(stmt_text(q, 2), &r->since);
        person_name(r->name, sizeof r->name, stmt_text(q, 3), stmt_text(q, 4), stmt_text(q, 5), stmt_text(q, 6));
    }
    stmt_done(q);
    return st;
}

enum status retention_due(struct store *s, struct date closed_before, struct date declined_before, int limit,
                          struct retention_row *rows, int *n, struct err *err)
{
    enum status st;

    *n = 0;
    st = due_read(s, closed_sql, false, closed_before, limit, rows, n, err);
    if (st == ST_OK)
        st = due_read(s, declined_sql, true, declined_before, limit, rows, n, err);
    for (int i = 0; st == ST_OK && i < *n; i++) {
        char *hold;

        st = retention_hold(s, rows[i].person, &hold, err);
        rows[i].held = hold != NULL;
        free(hold);
    }
    return st;
}

static bool is_listed(const struct retention_row *rows, int n, struct id person)
{
    for (int i = 0; i < n; i++)
        if (id_eq(rows[i].person, person))
            return true;
    return false;
}

enum status retention_held(struct store *s, int limit, struct retention_row *rows, int *n, struct err *err)
{
    struct stmt *q = NULL;
    bool row = false;
    int before = *n;
    enum status st = db_use(s->db, &q, "SELECT key FROM setting WHERE key GLOB 'hold.*' ORDER BY key", err);

    if (st != ST_OK)
        return st;
    while ((st = stmt_step(q, &row, err)) == ST_OK && row && *n < limit) {
        struct id person;

        if (id_parse(stmt_text(q, 0) + strlen("hold."), &person) && !is_listed(rows, *n, person))
            rows[(*n)++] = (struct retention_row) { .person = person, .held = true };
    }
    stmt_done(q);
    for (int i = before; st == ST_OK && i < *n; i++) {
        struct person_row who = { .name = "" };

        if ((st = person_row_get(s, rows[i].person, &who, err)) == ST_NOTFOUND)
            st = ST_OK;                 /* held, and no longer here: the hold is told all the same */
        str_copy(rows[i].name, sizeof rows[i].name, who.name);
    }
    return st;
}
