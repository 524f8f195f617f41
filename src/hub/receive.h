/* hub/receive.h - bundles from files into the warehouse, in groups, each in one transaction. */
#ifndef DOLEN_HUB_RECEIVE_H
#define DOLEN_HUB_RECEIVE_H

#include "incoming.h"

struct file_names {
    char **items;
    size_t count, cap;
};
/* Every bundle, or signature of one, in a folder and those below it (or the file itself), by sequence and then by
 * name, so that neighbours are of different laptops. ST_NOTFOUND, ST_IO. */
enum status bundles_find(struct file_names *out, const char *path, struct err *err);
void        bundles_sort(struct file_names *l);
void        bundles_free(struct file_names *l);

/* Opens keys and warehouse, reads the register. Released in any case by reception_close. */
enum status reception_open(struct reception *rc, struct hub_keys *keys, struct warehouse *w, struct catalog *c,
                           struct err *err);
void        reception_close(struct reception *rc);

/* All of them; a bad one blocks nobody. What becomes of each is told on standard output. ST_OK also when some were not
 * taken (see sum); a failure of disk, memory or server stops it: what was committed before is safe, and told. */
enum status receive_files(struct reception *rc, const struct file_names *files, struct err *err);
/* The same into a hub of one server or several; rc has keys and catalog, and is opened and closed for each. */
enum status receive_spread(struct reception *rc, struct warehouse *w, const struct file_names *files, struct err *err);
/* Opens for the bundles of one laptop, on its server. */
enum status reception_open_for(struct reception *rc, struct warehouse *w, int64_t source_id, struct err *err);
/* A bundle in quarantine, to which a person has agreed. ST_NOTFOUND: its file is not there; ST_CONFLICT: it is
 * another bundle. */
enum status receive_agreed(struct reception *rc, const struct ledger_row *row, struct err *err);

/* One to which a person has not agreed: its entry and its receipt say so. */
enum status receive_refused(struct reception *rc, const struct ledger_row *row, struct err *err);

/* Receipt and signature into folder/SOURCE/, not yet synced. */
enum status receipt_put(const char *folder, struct id source, const char *bundle, const struct buf *bytes,
                        const struct buf *marker, struct err *err);
/* The newest policy in force, signed, where laptops look for it on the road that the receipts lie on:
 * policy/current.json beside a folder named receipts, else in the folder itself. What lies there already is not
 * written again. */
enum status policy_publish(const struct hub_keys *k, struct warehouse *w, const char *receipts, struct err *err);
/* Byte for byte: what lies there may be an older answer, or half of one after a power cut. */
bool        receipt_is_there(const char *folder, struct id source, const char *bundle, const struct buf *bytes,
                             const struct buf *marker);
/* Where a bundle waits; caller frees. */
char       *quarantine_path(const struct hub_keys *k, const struct ledger_row *row);
/* One line about a bundle. */
void        incoming_tell(const struct incoming *in, const struct reception *rc);

#endif
