/* search_priv.h - keeping the one search box up to date: called by the store's writes, inside their transaction.
 *
 * people: search_word holds folded words, read by range. Notes and assets: full-text indexes over search_note and
 * search_asset. All of it can be thrown away and built again from the records. The index of the notes may be some
 * changes behind on disk (search_recent.c); whoever searches never sees that. */
#ifndef DOLEN_STORE_SEARCH_PRIV_H
#define DOLEN_STORE_SEARCH_PRIV_H

#include <stdbool.h>

#include "dolen/base/id.h"
#include "dolen/base/status.h"
#include "dolen/store/tables.h"

struct store;

/* Tables, indices and triggers, executed by migration 1 after the records' tables. Statements end with ";\n". */
extern const char search_schema[];
extern const char opened_schema[];       /* migration 8 */
extern const char caseload_schema[];     /* migration 22 */
extern const char months_schema[];       /* the counters by month, apart: one literal holds 4,095 bytes */

/* After a row of any table (and its answer rows) was inserted, changed, put into the bin or taken out, inside the same
 * transaction, and just before one is deleted for good (gone: true): reads the row
 * again and files what it finds. Tables that are not searched cost nothing, so call it for every table. */
enum status search_changed(struct store *s, enum table_id t, struct id id, bool gone, struct err *err);

/* The same for a change that stands in the history already: notes may be filed later, at the latest after
 * LATE_CHANGES more of them. */
enum status search_written(struct store *s, enum table_id t, struct id id, struct err *err);
#define LATE_CHANGES 16
/* the setting that holds the number of the last change whose notes are filed */
#define INDEXED_KEY "search_indexed"
/* How far the index has come, as the file has it; after the head of the history was read. */
enum status search_start(struct store *s, struct err *err);
/* The index on disk holds every note as it now is. */
enum status search_caught_up(struct store *s, struct err *err);
/* Lets go of the notes that are kept in memory: they are read again when they are wanted. */
enum status search_recent_drop(struct store *s, struct err *err);

/* Everything anew, in the caller's transaction: after bulk loads, and after a case file came from elsewhere. */
enum status search_rebuild(struct store *s, struct err *err);
/* The directory alone: its words, and its order in Welsh. */
enum status search_welsh_rebuild(struct store *s, struct err *err);
enum status search_assets_rebuild(struct store *s, struct err *err);
/* After records were forgotten for good: leaves no trace of their words in the indexes. */
enum status search_scrub(struct store *s, struct err *err);

#endif
