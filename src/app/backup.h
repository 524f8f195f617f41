/* app/backup.h - one sealed file: the key slots and a whole copy of the database, as encrypted as they are.
 *
 * Layout (docs/casefile-format.md): "DOLENBK1", version (2 bytes), length of the slots (4), length of the database
 * (8), when made (8), slots, database, 32 bytes of keyed hash over all before it. Numbers are little-endian. */
#ifndef DOLEN_APP_BACKUP_H
#define DOLEN_APP_BACKUP_H

#include "casefile.h"

struct backup_facts {
    int64_t made_at, bytes;
    int64_t people, changes;
    char    head[65];                   /* what binds its newest change to all before it (chain_head) */
};

/* Writes path (must not exist), reads it back, opens the copy in it and verifies all of it before ST_OK. */
enum status backup_make(struct casefile *cf, const char *path, struct backup_facts *facts, struct err *err);
/* Opens the backup with secret or key_file, verifies it, and puts it into folder, which must hold no case file. */
enum status backup_restore(const char *path, const char *folder, const struct secret *secret, const char *key_file,
                           struct backup_facts *facts, struct err *err);

/* Opens a backup with secret alone, in dir (private, empty), and verifies all of it; the copy stays there until
 * backup_copy_remove. slot: the way in that opened it. */
enum status backup_try(const char *path, const char *dir, const struct secret *secret, struct backup_facts *facts,
                       struct slot_info *slot, struct err *err);
void backup_copy_remove(const char *dir);

#endif
