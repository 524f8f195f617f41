/* dolen/exchange/bundle_work.h - sealing beside everything else: a thread packs, encrypts and signs what is in memory
 * already, while the screen goes on.
 *
 * The thread sees the members, the recipients and the signing key, nothing of the case file. Broken off, or killed,
 * it leaves no bundle: at most a temporary file of ciphertext. */
#ifndef DOLEN_EXCHANGE_BUNDLE_WORK_H
#define DOLEN_EXCHANGE_BUNDLE_WORK_H

#include "dolen/exchange/bundle.h"

struct bundle_work;

/* As bundle_seal. What job points to must stay until bundle_work_free; its pace is not used. ST_NOMEM. */
enum status bundle_work_begin(struct bundle_work **out, const struct bundle_job *job, const char *folder,
                              const char *name, struct err *err);
/* Readable a few times a second and when it is over: then ask bundle_work_is_over. */
int         bundle_work_fd(const struct bundle_work *w);
bool        bundle_work_is_over(struct bundle_work *w);
/* When it is over: what bundle_seal would have returned. */
enum status bundle_work_result(const struct bundle_work *w, struct bundle_made *made, struct err *err);
/* Bytes of the members packed, and all of them; 0 before that is known. Encrypting comes after, and is quick. */
void        bundle_work_progress(struct bundle_work *w, uint64_t *done, uint64_t *total);
/* In the middle: breaks off, and waits until the thread has let go. */
void        bundle_work_free(struct bundle_work **wp);

#endif
