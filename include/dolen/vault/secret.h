/* dolen/vault/secret.h - memory for passphrases and codes: guarded, locked, wiped. */
#ifndef DOLEN_VAULT_SECRET_H
#define DOLEN_VAULT_SECRET_H

#include <stdbool.h>
#include <stddef.h>

#include "dolen/base/status.h"

#define SECRET_MAX 1024          /* bytes; a longer passphrase is refused, never cut */

struct secret;

/* Once, first thing in main: no core dumps, not dumpable, umask 077, libsodium ready. */
enum status secret_start(struct err *err);

struct secret *secret_new(void);                                     /* NULL when memory cannot be had */
bool           secret_add(struct secret *s, const char *utf8, size_t n);   /* false when full */
void           secret_drop_last(struct secret *s);                   /* one UTF-8 sequence */
void           secret_clear(struct secret *s);
size_t         secret_length(const struct secret *s);                /* bytes */
/* A new one with the same text in NFC: keyboards and systems write "ŵ" as one character or as two. As it was where
 * that is not possible; NULL when memory cannot be had. */
struct secret *secret_composed(const struct secret *s);
bool           secret_equal(const struct secret *a, const struct secret *b);   /* constant time */
const char    *secret_text(const struct secret *s);                  /* for the vault and the recovery print only */
void           secret_free(struct secret **sp);
/* One line (or all, to the end) from a descriptor, without its line end. Refuses an empty one and one over
 * the limit. */
enum status    secret_read_fd(struct secret **out, int fd, struct err *err);
/* From the terminal with echo off, restored on every way out. */
enum status    secret_ask(struct secret **out, const char *prompt, struct err *err);
/* Between the two nothing that is typed is shown, also while no question stands there: a passphrase typed ahead while
 * the last one is still being tried stays unseen. Signals wait until the next question or the end. */
void           secret_quiet_begin(void);
void           secret_quiet_end(void);

#endif
