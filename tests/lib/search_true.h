/* search_true.h - whatever a test did to its case file, the search holds what the records hold, and nothing of what has gone:
 * it is built anew beside itself and compared. */
#ifndef DOLEN_TESTS_SEARCH_TRUE_H
#define DOLEN_TESTS_SEARCH_TRUE_H

#include <stdio.h>

#include "store/search_priv.h"
#include "store/store_priv.h"

#define SEARCHED \
    "SELECT 'note', n, body FROM main.search_note UNION ALL SELECT 'asset', n, body FROM main.search_asset " \
    "UNION ALL SELECT 'person', n, word FROM main.search_word UNION ALL SELECT 'in Welsh', n, key FROM main.asset_welsh"

static inline bool search_same(struct store *s)
{
    struct stmt *q = NULL;
    bool row = false, same = true;

    if (db_prepare(s->db, &q, "SELECT 'left behind', * FROM (SELECT * FROM temp.was EXCEPT SELECT * FROM (" SEARCHED ")) UNION ALL "
                              "SELECT 'missing', * FROM (SELECT * FROM (" SEARCHED ") EXCEPT SELECT * FROM temp.was)",
                   NULL) != ST_OK)
        return false;
    while (stmt_step(q, &row, NULL) == ST_OK && row) {
        fprintf(stderr, "search: %s: %s: %s\n", stmt_text(q, 0), stmt_text(q, 1), stmt_text(q, 3));
        same = false;
    }
    stmt_free(&q);
    return same;
}

/* Notes may be filed some changes late: as if so many had come, those of the last ones are filed first. Nothing stays. */
static inline bool search_is_true(struct store *s)
{
    bool is_true;

    if (db_begin(s->db, NULL) != ST_OK)
        return false;
    s->seq += LATE_CHANGES;
    is_true = search_written(s, T_SUPERVISION, ID_NONE, NULL) == ST_OK &&
              db_exec(s->db, "CREATE TEMP TABLE was AS " SEARCHED, NULL) == ST_OK &&
              search_rebuild(s, NULL) == ST_OK && search_same(s);
    db_rollback(s->db);
    return is_true;
}

#endif
