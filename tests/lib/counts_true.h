/* counts_true.h - whatever a test did to its case file, the counters that its triggers kept are what counting says. */
#ifndef DOLEN_TESTS_COUNTS_TRUE_H
#define DOLEN_TESTS_COUNTS_TRUE_H

#include <stdio.h>

#include "store/store_priv.h"

#define COUNT_OF(set, table, where) \
    "SELECT '" set "' AS name, count(*) AS n FROM main." table " WHERE binned_at IS NULL" where " UNION ALL "
#define COUNT_MONTHS(set, table, column) \
    "SELECT '" set " ' || substr(" column ", 1, 7), count(*) FROM main." table " WHERE binned_at IS NULL AND " column \
    " IS NOT NULL GROUP BY 1 UNION ALL "
#define COUNTED_ANEW \
    COUNT_OF("people", "person", "") COUNT_OF("assets", "asset", "") COUNT_OF("gaps", "gap", "") \
    COUNT_OF("referrals", "referral", "") COUNT_OF("waiting", "referral", " AND decision IS NULL") \
    COUNT_OF("running", "episode", " AND closed_on IS NULL") COUNT_MONTHS("received", "referral", "received_on") \
    COUNT_MONTHS("closed", "episode", "closed_on") COUNT_MONTHS("opened", "episode", "opened_on") \
    "SELECT " TALLY_WITH("practitioner") ", count(DISTINCT coalesce(person, 0)) FROM main.episode WHERE closed_on IS NULL " \
    "AND binned_at IS NULL GROUP BY practitioner"

static inline bool counts_are_true(struct store *s)
{
    struct stmt *q = NULL;
    bool row = false, same = true;

    if (db_prepare(s->db, &q, "SELECT name, sum(kept), sum(n) FROM (SELECT name, n AS kept, 0 AS n FROM tally UNION ALL "
                              "SELECT name, 0, n FROM (" COUNTED_ANEW ")) GROUP BY name HAVING sum(kept) <> sum(n)",
                   NULL) != ST_OK)
        return false;
    while (stmt_step(q, &row, NULL) == ST_OK && row) {
        fprintf(stderr, "counts: %s: %ld are kept, %ld are there\n", stmt_text(q, 0), (long) stmt_int(q, 1),
                (long) stmt_int(q, 2));
        same = false;
    }
    stmt_free(&q);
    return same;
}

#endif
