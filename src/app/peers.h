/* app/peers.h - the laptops that this one takes handovers from: their public identities, trusted by a person who
 * compared a fingerprint. */
#ifndef DOLEN_APP_PEERS_H
#define DOLEN_APP_PEERS_H

#include "source.h"

#define PEERS_MAX        64
#define PEER_FINGERPRINT 40             /* "1F3A 99C0 …", 8 groups of 4, with its end */

void        peer_fingerprint(const struct source *s, char out[PEER_FINGERPRINT]);
/* Trusted ones; at most PEERS_MAX. */
enum status peers_list(struct casefile *cf, struct source *out, size_t *n, struct err *err);
/* A file as `dolen source show` prints it; training and real case files do not know each other: ST_REFUSED. */
enum status peer_read(struct casefile *cf, const char *path, struct source *out, struct err *err);
/* Trusted from now on. In the place of an identity with the same id but other keys only when somebody has compared
 * the new fingerprint: ST_REFUSED otherwise, and for one's own. */
enum status peer_trust(struct casefile *cf, const struct source *s, bool compared, struct err *err);
/* Trusted already, with the very keys of s. */
bool        peer_is_trusted(struct casefile *cf, const struct source *s);
/* The day it was trusted, or trusted anew; not set when that is not known. */
struct date peer_trusted_on(struct casefile *cf, struct id id);
/* Not trusted any more: what it signs is refused from now on; what came from it stays. ST_NOTFOUND. */
enum status peer_distrust(struct casefile *cf, struct id id, struct err *err);
/* This laptop's own identity into a new file, for the other one. */
enum status peer_save_own(struct casefile *cf, const char *path, struct err *err);
/* By the key that a file was signed with; ST_NOTFOUND. */
enum status peer_of_key(struct casefile *cf, const char *key_id, struct source *out, struct err *err);
/* A trusted one by id, fingerprint without blanks, or name; else a file. known: it is trusted. */
enum status peer_named(struct casefile *cf, const char *typed, struct source *out, bool *known, struct err *err);
/* What people call a laptop: its practitioner's name, or its id. Of one that is not known any more the id. Caller
 * frees. */
char       *peer_name(struct casefile *cf, const char *source_id);

#endif
