/* app/ways_in.h - the ways into an open case file: a colleague's passphrase, one's own passphrase anew, a way taken
 * away. Each is on disk before it counts. */
#ifndef DOLEN_APP_WAYS_IN_H
#define DOLEN_APP_WAYS_IN_H

#include "casefile.h"

/* The slot that somebody opens the case file with, or -1: from another laptop, or theirs was taken away. */
int way_in_of(const struct casefile *cf, struct id practitioner);
/* Whose a passphrase under this name will be: ID_NONE somebody new, or who stands in the case file already and has no
 * way in any more (after keys rotate, or a slot taken away), so that their open cases are theirs again. ST_REFUSED when
 * somebody of that name, however written, has a way in; ST_USAGE for a name of blanks. Needs the store. */
enum status way_in_whose(struct casefile *cf, const char *name, struct id *out, struct err *err);
/* kdf_mib 0: calibrated, in a training case file the floor. whose: as way_in_whose said. *slot: the new one. */
enum status way_in_add(struct casefile *cf, const char *name, struct id whose, const struct secret *secret,
                       unsigned kdf_mib, int *slot, struct err *err);
/* Refuses (ST_REFUSED) the one that opened the case file, and the last one tried of those that are no passphrase:
 * without it no record is taken. The first changes nothing: before it is asked about. */
enum status way_in_may_go(const struct casefile *cf, int slot, struct err *err);
enum status way_in_remove(struct casefile *cf, int slot, struct err *err);
/* ST_REFUSED when no passphrase opened it. */
enum status way_in_is_passphrase(const struct casefile *cf, struct err *err);
/* A passphrase anew: one's own; or, when it was opened with the recovery code or a key, anybody's, who forgot it. */
bool        way_in_changes(const struct casefile *cf, const struct slot_info *slot);
enum status way_in_change(struct casefile *cf, int slot, const struct secret *secret, unsigned kdf_mib,
                          struct err *err);
/* Is it the passphrase or code that opened the case file, of all ways in? ST_NOSLOT, ST_REFUSED. */
enum status way_in_is_mine(const struct casefile *cf, const struct secret *secret, struct err *err);
/* This passphrase opens a slot, read from disk again; the day is noted in it. */
enum status way_in_prove(struct casefile *cf, const struct secret *secret, struct err *err);
/* Into the history, with the day and who: "added", "removed", "changed" and which way in, no secret. Opens the database
 * for it and closes it again where it was closed. A database that cannot be opened keeps nobody from taking a way in
 * away: nothing is written then. */
void ways_in_note(struct casefile *cf, const char *did, const struct slot_info *slot);
void ways_in_note_slot(struct casefile *cf, const char *did, int slot);        /* one that is there */
/* vault_write, and what casefile_check_passphrase asks is the new state. */
enum status ways_in_write(struct casefile *cf, struct err *err);

#endif
