/* app/handover_file.h - people's records made into a file for another laptop, such a file opened, and what to say
 * about it. */
#ifndef DOLEN_APP_HANDOVER_FILE_H
#define DOLEN_APP_HANDOVER_FILE_H

#include "dolen/store/carry.h"
#include "dolen/store/past.h"
#include "peers.h"

/* path must not exist. *records: how many rows. Written down in the history before the file is in its place. */
enum status handed_make(struct casefile *cf, const struct id *people, size_t n, const struct source *to,
                        const char *path, size_t *records, struct err *err);
/* told: as store_carry_in says, and "from". One transaction; handed_undo takes it back. would not NULL: nothing is
 * changed, would says how many records it comes to. */
enum status handed_open(struct casefile *cf, const char *path, struct extent *would, struct json **told,
                        struct err *err);
enum status handed_undo(struct casefile *cf, bool apply, size_t *changes, struct err *err);
/* A difference settled; ST_INVALID where both cannot stand: in anything but long text and lists of codes. */
enum status handed_settle(struct casefile *cf, struct id difference, enum settle how, struct err *err);
/* The history says that somebody reads both sides of what the safe-contact rule covers. */
enum status handed_read_out(struct casefile *cf, struct id difference, struct err *err);

#endif
