/* app/host_key.h - the key of an SFTP server: asked for, shown to be compared with what the service gave, kept. */
#ifndef DOLEN_APP_HOST_KEY_H
#define DOLEN_APP_HOST_KEY_H

#include "destination.h"

#define HOST_PRINT_MAX 64

enum host_standing { HOST_NEW, HOST_SAME, HOST_CHANGED };

/* Asks the server that a destination's address names. No key on record would do for this: it ends before a name or a
 * password is told. ST_USAGE: the address is not one of sftp. */
struct host_asking;
enum status host_asking_begin(struct host_asking **out, struct casefile *cf, const struct record *destination,
                              struct err *err);
int         host_asking_poll_fd(const struct host_asking *x);
enum status host_asking_step(struct host_asking *x, bool *over, struct err *err);
void        host_asking_free(struct host_asking **xp);

/* When it is over: "SHA256:…" as ssh-keygen -l shows it; what is on record of it. */
const char        *host_asking_print(const struct host_asking *x);
enum host_standing host_asking_standing(const struct host_asking *x);
/* In whole sentences: whose, which, whether it is the one on record, and what to compare. */
void               host_asking_words(const struct host_asking *x, struct buf *out);
/* Kept in place of what was on record for this host. */
enum status host_asking_accept(struct casefile *cf, struct host_asking *x, struct err *err);
/* Is this, but for blanks round it and its "SHA256:", the print that was shown? */
bool        host_print_is(const struct host_asking *x, const char *given);

#endif
