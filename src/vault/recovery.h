/* The recovery code as typed and as printed. */
#ifndef VAULT_RECOVERY_H
#define VAULT_RECOVERY_H

#include <stdbool.h>

#include "dolen/vault/secret.h"
#include "dolen/vault/vault.h"

#define RECOVERY_GROUPS RECOVERY_GROUP_COUNT
#define RECOVERY_GROUP  RECOVERY_GROUP_CHARS           /* four of payload and their check character */
#define RECOVERY_CHARS  (RECOVERY_GROUPS * RECOVERY_GROUP)

/* A fresh code, "XXXXX-XXXXX-…"; false when s is too full. */
bool recovery_make(struct secret *s);
/* The 35 characters in their printed letters, without hyphens: what is stretched. False unless every group checks. */
bool recovery_plain(char out[RECOVERY_CHARS], const struct secret *typed);

#endif
