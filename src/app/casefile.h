/* app/casefile.h - an open case file: folder, lock, keys, store, definitions. */
#ifndef DOLEN_APP_CASEFILE_H
#define DOLEN_APP_CASEFILE_H

#include <stdbool.h>

#include "dolen/base/status.h"
#include "dolen/forms/catalog.h"
#include "dolen/store/write.h"
#include "dolen/vault/vault.h"

struct paperwork;

struct casefile {
    char            *folder;
    int              holder;
    struct keyslots *slots;         /* as read before the passphrase was asked for */
    struct vault    *vault;
    struct store    *store;
    struct catalog  *catalog;
    struct slot_info slot;          /* the one that opened it: the author */
    int64_t          seen_version;  /* the commit counter kept outside, 0 when there is none */
    bool             read_only;     /* opened so because the database is damaged */
    bool             went_back;     /* the file is older than the counter says */
    char            *counter_path;
    struct buf       would;         /* what the last dry run would have changed, a record a line (large_step.h) */
    struct answers   last;          /* what was filed last in each question (last_values.h) */
    struct paperwork *paperwork;    /* the meter of this session (paperwork.h), NULL none */
    struct id        sealing, sending;      /* batches in hand (outbox.h), which outbox_tidy leaves alone */
};

/* The default folder, or where --file says. Caller frees. */
char *casefile_folder(const char *given);
bool  casefile_is_there(const char *folder);

/* Step one, before a passphrase is asked for: takes the lock (or adopts holder_fd when >= 0) and reads the
 * key slots. */
enum status casefile_claim(struct casefile **out, const char *folder, int holder_fd, struct err *err);
/* Step two: keys. Exactly one of secret and key_file is set. */
enum status casefile_unlock(struct casefile *cf, const struct secret *secret, const char *key_file, struct err *err);
/* Step three: the database and the definitions; checks the commit counter (went_back). Refuses a case file whose set-up
 * is not finished: no recovery route was ever used. When it fails the database is closed again. */
enum status casefile_open(struct casefile *cf, bool read_only, struct err *err);
/* Does this secret open the case file? Nothing is opened or closed by asking. ST_NOSLOT when it does not. */
enum status casefile_check_passphrase(const struct casefile *cf, const struct secret *secret, struct err *err);
/* Closes the database and wipes the keys; the lock stays. */
enum status casefile_shut(struct casefile *cf, struct err *err);
void        casefile_free(struct casefile **cfp);

/* After opening on the screen or in line mode: what has lain in the bin for 30 days goes. Nothing when it is read
 * only. */
enum status casefile_empty_bin(struct casefile *cf, struct err *err);
/* Did a way in that is not a passphrase ever open it? Before that no record is taken. */
bool recovery_was_tested(const struct keyslots *k);
bool casefile_recovery_was_tested(const struct casefile *cf);

#endif
