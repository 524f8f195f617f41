/* store/caseload.c - whose open periods of support are whose. */
#include "dolen/store/caseload.h"

#include <string.h>

#include "dolen/base/mem.h"
#include "names.h"
#include "rows.h"
#include "store_priv.h"

#include "dolen/base/banned.h"

#define TASKS_OF_PERSON \
    "(SELECT count(*) FROM task t WHERE t.person = p.id AND t.done_on IS NULL AND t.binned_at IS NULL AND NOT " \
    TASK_OF_BINNED("t") ")"

enum status caseload_list(struct store *s, struct id practitioner, struct caseload_row **rows, size_t *n,
                          struct err *err)
{
    struct { struct caseload_row *items; size_t count, cap; } all = { NULL, 0, 0 };
    struct stmt *q = NULL;
    bool row = false;
    enum status st = db_use(s->db, &q,
        "SELECT p.id, e.id, p.given_name, p.family_name, p.preferred_name, p.also_known_as, "
        TASKS_OF_PERSON " "
        "FROM episode e JOIN person p ON p.id = e.person WHERE e.closed_on IS NULL AND e.binned_at IS NULL "
        "AND p.binned_at IS NULL AND e.practitioner IS ?1 ORDER BY p.sort_key, p.id, e.opened_on", err);

    *rows = NULL;
    *n = 0;
    if (st != ST_OK)
        return st;
    stmt_bind_id(q, 1, practitioner);
    while ((st = stmt_step(q, &row, err)) == ST_OK && row) {
        struct caseload_row *r = ARRAY_ADD(all.items, all.count, all.cap);

        r->person = stmt_id(q, 0);
        r->episode = stmt_id(q, 1);
        person_name(r->name, sizeof r->name, stmt_text(q, 2), stmt_text(q, 3), stmt_text(q, 4), stmt_text(q, 5));
        r->tasks = (int) stmt_int(q, 6);
    }
    stmt_done(q);
    *rows = all.items;
    *n = all.count;
    return st;
}

/* --- by the page ------------------------------------------------------------------------------------------------ */

/* So many are sorted each time sooner than all people are walked by name. */
#define FEW  300
#define OPEN "closed_on IS NULL AND binned_at IS NULL"

enum status caseload_count(struct store *s, struct id practitioner, size_t *n, struct err *err)
{
    struct stmt *q = NULL;
    bool row = false;
    enum status st = db_use(s->db, &q,
        "SELECT coalesce((SELECT n FROM tally WHERE name = " TALLY_WITH("?1") "), 0) - "
        "(SELECT count(DISTINCT e.person) FROM person p INDEXED BY person_in_bin CROSS JOIN episode e "
        "ON e.person = p.id "
        "WHERE p.binned_at IS NOT NULL AND e.practitioner IS ?1 AND e.closed_on IS NULL AND e.binned_at IS NULL)", err);

    *n = 0;
    if (st != ST_OK)
        return st;
    stmt_bind_id(q, 1, practitioner);
    st = stmt_step(q, &row, err);
    if (st == ST_OK && row)
        *n = (size_t) stmt_int(q, 0);
    stmt_done(q);
    return st;
}

static enum status has_many(struct store *s, struct id practitioner, bool *many, struct err *err)
{
    struct stmt *q = NULL;
    enum status st = db_use(s->db, &q,
                            "SELECT 1 FROM episode WHERE practitioner IS ?1 AND " OPEN " LIMIT 1 OFFSET ?2", err);

    *many = false;
    if (st != ST_OK)
        return st;
    stmt_bind_id(q, 1, practitioner);
    stmt_bind_int(q, 2, FEW);
    st = stmt_step(q, many, err);
    stmt_done(q);
    return st;
}

static void case_read(struct stmt *q, void *row)
{
    struct caseload_row *r = row;

    *r = (struct caseload_row) { .person = stmt_id(q, 0), .episode = stmt_id(q, 1), .tasks = (int) stmt_int(q, 6) };
    person_name(r->name, sizeof r->name, stmt_text(q, 2), stmt_text(q, 3), stmt_text(q, 4), stmt_text(q, 5));
    row_text(q, 7, r->sort_key, sizeof r->sort_key);
}

#define CASE_ROW \
    "SELECT p.id, (SELECT id FROM episode WHERE person = p.id AND practitioner IS ?4 AND " OPEN " ORDER BY opened_on " \
    "LIMIT 1), " \
    "p.given_name, p.family_name, p.preferred_name, p.also_known_as, " \
    TASKS_OF_PERSON ", p.sort_key FROM person p "
#define SORT_KEY_OF "SELECT sort_key FROM person WHERE id"

/* Few cases: from them to their people, sorted. Many: people in their order, those without a case here passed over. */
enum status caseload_page(struct store *s, struct id practitioner, const char *key, struct id id, bool forward,
                          int limit, struct caseload_row *rows, int *n, struct err *err)
{
    struct keyset few = KEYSET(CASE_ROW,
        "p.binned_at IS NULL AND p.id IN (SELECT person FROM episode WHERE practitioner IS ?4 AND " OPEN ")",
        "+p.sort_key", "p.id", SORT_KEY_OF, struct caseload_row, case_read, NULL);
    struct keyset walked = KEYSET(CASE_ROW "INDEXED BY person_sort ",
        "p.binned_at IS NULL AND EXISTS (SELECT 1 FROM episode e WHERE e.practitioner IS ?4 AND e.person = p.id AND "
        "e.closed_on IS NULL AND e.binned_at IS NULL)", "p.sort_key", "p.id", SORT_KEY_OF, struct caseload_row,
        case_read, NULL);
    bool many = false;
    enum status st = has_many(s, practitioner, &many, err);

    few.owned = walked.owned = true;
    few.owner = walked.owner = practitioner;
    *n = 0;
    return st == ST_OK ? keyset_page(s, many ? &walked : &few, key, id, forward, limit, rows, n, err) : st;
}
