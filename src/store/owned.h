/* owned.h - which rows point at a record, in every table that can: asked of the lists of tables.h, so that a table
 * added there is not forgotten when records are joined, handed out or forgotten. */
#ifndef DOLEN_STORE_OWNED_H
#define DOLEN_STORE_OWNED_H

#include "dolen/store/read.h"

struct ids {
    struct id *items;
    size_t     count, cap;
};
void ids_release(struct ids *l);

/* Ids of all rows (the bin's too) whose column is owner, oldest first; none when the table has no such column. */
enum status owned_ids(struct store *s, enum table_id t, const char *column, struct id owner, struct ids *out,
                      struct err *err);

/* Whose a record is, through its goal or its episode where it does not say so itself; not set: nobody's. */
enum status owner_of(struct store *s, const struct record *r, struct id *person, struct err *err);

/* The merge that hides a person now; not set when there is none. */
enum status merge_hiding(struct store *s, struct id person, struct id *merge, struct err *err);
/* Drafts have no history: undoing a merge moves them back by what the merge wrote down. */
enum status merge_drafts_back(struct store *s, const struct record *merge, struct err *err);

/* One row goes with its answers, its words in the search and the words of its history, in whose place a note stands. */
enum status row_purge(struct store *s, struct holding h, struct err *err);
/* After rows have gone: the search lets go of words that nothing has any more. */
enum status purge_scrub(struct store *s, struct err *err);
/* Only the place of a forgotten person is left. */
bool        person_is_forgotten(const struct record *person);

#endif
