/* search_priv.h - keeping the one search box up to date: called by the store's writes, inside their transaction.
 *
 * people: search_person numbers them, search_word holds folded words, read by range. Notes and assets: full-text indexes
 * over search_note and search_asset. All of it can be thrown away and built again from the records. */
#ifndef DOLEN_STORE_SEARCH_PRIV_H
#define DOLEN_STORE_SEARCH_PRIV_H

#include "dolen/base/id.h"
#include "dolen/base/status.h"
#include "dolen/store/tables.h"

struct store;

/* Tables of the search, executed by migration 1 after the records' tables. */
extern const char search_schema[];

/* After a row of any table was inserted, changed, put into the bin, taken out or deleted, inside the same transaction:
 * reads the row again and files what it finds (nothing for tables that are not searched). This is the one to call. */
enum status search_changed(struct store *s, enum table_id t, struct id id, struct err *err);

/* What search_changed is made of, for callers that know the table. */
enum status search_person_changed(struct store *s, struct id person, struct err *err);
enum status search_asset_changed(struct store *s, struct id asset, struct err *err);
/* text NULL or "": takes the note out. person may be not set. For T_RESPONSE text is all its written answers. */
enum status search_note_changed(struct store *s, enum table_id t, struct id record, struct id person, const char *text,
                                struct err *err);

/* Everything anew, in the caller's transaction: after bulk loads, and after a case file came from elsewhere. */
enum status search_rebuild(struct store *s, struct err *err);
/* After records were forgotten for good: leaves no trace of their words in the indexes. */
enum status search_scrub(struct store *s, struct err *err);

#endif
