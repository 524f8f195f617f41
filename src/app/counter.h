/* app/counter.h - the last commit number seen, kept outside the case file with a MAC: an older case file put in the
 * place of the newer one is noticed. Never blocks: a missing or foreign counter reads as 0. */
#ifndef DOLEN_APP_COUNTER_H
#define DOLEN_APP_COUNTER_H

#include <stdint.h>

#include "dolen/base/id.h"
#include "dolen/vault/vault.h"

char   *counter_path(struct id file);                       /* under the state folder; caller frees */
int64_t counter_read(const char *path, const struct vault *v);
/* One small write without a sync: after a power cut the counter may be behind, which is harmless. */
void    counter_keep(const char *path, const struct vault *v, int64_t version);

#endif
