/* store/sync_schema.c - the tables of what leaves for other places: destinations, batches, receipts, and which rows
 * are there.
 *
 * sent_row remembers every row that a sealed batch may have brought to a destination, by its pseudonym, until a
 * receipt says that it was taken back there: without it nobody could say what has to be taken back. It has no history
 * of its own; it follows from the batches. */
#include "store_priv.h"

#include "dolen/base/banned.h"

const char *const sync_tables[] = {
    "CREATE TABLE destination(" STORE_COMMON
    "name TEXT, url TEXT, user TEXT, key_file TEXT, host_keys TEXT, ca_file TEXT, policy TEXT, policy_sig TEXT, "
    "policy_sha256 TEXT, epoch INTEGER, covered INTEGER, snapshot TEXT, whole_on TEXT, last_manifest TEXT) STRICT",

    "CREATE TABLE batch(" STORE_COMMON
    "destination BLOB REFERENCES destination(id), seq INTEGER, epoch INTEGER, kind TEXT, snapshot TEXT, "
    "base_version INTEGER, "
    "to_version INTEGER, state TEXT, file TEXT, manifest_sha256 TEXT, bundle_sha256 TEXT, policy_sha256 TEXT, "
    "bytes INTEGER, "
    "rows INTEGER, tombstones INTEGER, people INTEGER, left_out INTEGER, tries INTEGER, next_at INTEGER, why TEXT, "
    "said TEXT, sealed_at INTEGER, sent_at INTEGER, acked_at INTEGER) STRICT",

    "CREATE TABLE receipt(" STORE_COMMON
    "destination BLOB REFERENCES destination(id), batch BLOB REFERENCES batch(id), bundle TEXT, status TEXT, "
    "reason TEXT, covered INTEGER, received_at INTEGER, sha256 TEXT, body TEXT) STRICT",

    /* row: the letter of its kind and the 16 bytes of its pseudonym. person: the record, NULL when it is about nobody.
     * gone: the version of the batch that takes it back; NULL while it is there. */
    "CREATE TABLE sent_row(destination BLOB NOT NULL REFERENCES destination(id), "
    "row BLOB NOT NULL CHECK (length(row) = 17), "
    "person BLOB, version INTEGER NOT NULL, gone INTEGER, PRIMARY KEY(destination, row)) WITHOUT ROWID, STRICT",
    NULL
};

const char *const sync_indices[] = {
    "CREATE UNIQUE INDEX destination_name ON destination(name) WHERE binned_at IS NULL",
    "CREATE INDEX batch_destination ON batch(destination, seq)",
    "CREATE INDEX batch_file ON batch(file)",
    "CREATE INDEX receipt_batch ON receipt(batch)",
    "CREATE INDEX receipt_sha256 ON receipt(sha256)",
    "CREATE INDEX sent_row_gone ON sent_row(destination, gone) WHERE gone IS NOT NULL",
    NULL
};

/* What became of somebody's rows after they withdrew is said beside the answer. */
const char *const sent_person_indices[] = {
    "CREATE INDEX sent_row_person ON sent_row(person, gone) WHERE person IS NOT NULL",
    NULL
};
