/* store/caseload.c - whose open periods of support are whose. */
#include "dolen/store/caseload.h"

#include <string.h>

#include "dolen/base/mem.h"
#include "names.h"
#include "store_priv.h"

#include "dolen/base/banned.h"

enum status caseload_list(struct store *s, struct id practitioner, struct caseload_row **rows, size_t *n,
                          struct err *err)
{
    struct { struct caseload_row *items; size_t count, cap; } all = { NULL, 0, 0 };
    struct stmt *q = NULL;
    bool row = false;
    enum status st = db_use(s->db, &q,
        "SELECT p.id, e.id, p.given_name, p.family_name, p.preferred_name, p.also_known_as, "
        "(SELECT count(*) FROM task t WHERE t.person = p.id AND t.done_on IS NULL AND t.binned_at IS NULL) "
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
