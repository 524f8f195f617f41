/* rows.h - columns of a statement as values, and pages of a long list. */
#ifndef DOLEN_STORE_ROWS_H
#define DOLEN_STORE_ROWS_H

#include <stdbool.h>
#include <stddef.h>

#include "dolen/base/date.h"
#include "dolen/db/db.h"
#include "dolen/store/read.h"

struct date row_date(struct stmt *q, int col);                               /* unset for NULL */
void        row_text(struct stmt *q, int col, char *out, size_t size);       /* "" for NULL */

/* A list in the order of (sort_key, id): from either end, and from a row on. key: where a row's own one is read when it
 * was cut to fit a struct. */
struct keyset {
    const char *first, *after, *last, *before, *key;
    size_t      each, key_size;
    void      (*read)(struct stmt *q, void *row);
    void      (*bind)(struct stmt *q);           /* what else the statement asks for; NULL: nothing */
    bool        owned;                           /* the statement asks for owner, or for rows of nobody, as ?4 */
    struct id   owner;
};
#define KEYSET(select, where, k, id, own, type, read, bind) { \
    select "WHERE " where " ORDER BY " k ", " id " LIMIT ?1", \
    select "WHERE " where " AND (" k ", " id ") > (?2, ?3) ORDER BY " k ", " id " LIMIT ?1", \
    select "WHERE " where " ORDER BY " k " DESC, " id " DESC LIMIT ?1", \
    select "WHERE " where " AND (" k ", " id ") < (?2, ?3) ORDER BY " k " DESC, " id " DESC LIMIT ?1", \
    own " = ?1", sizeof(type), sizeof ((type *) 0)->sort_key, read, bind, false, { { 0 } } }

/* Up to limit rows after (forward) or before (in list order all the same) the row (key, id); NULL key: from
 * that end. */
enum status keyset_page(struct store *s, const struct keyset *k, const char *key, struct id id, bool forward, int limit,
                        void *rows, int *n, struct err *err);

#endif
