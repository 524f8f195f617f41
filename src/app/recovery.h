/* app/recovery.h - the recovery drill: a way in that was not tried for months may be lost without anybody knowing. */
#ifndef DOLEN_APP_RECOVERY_H
#define DOLEN_APP_RECOVERY_H

#include "casefile.h"

#define RECOVERY_TEST_DAYS 90

/* After opening: one task in Today when no recovery code, organisation key or key file was tried for
 * RECOVERY_TEST_DAYS; none once one was. Nothing in a case file open for reading only. */
enum status recovery_remind(struct casefile *cf, struct err *err);
/* A slot has just opened the case file in a test: the task is done, and the history says so. Nothing for a
 * passphrase. */
enum status recovery_tested(struct casefile *cf, const struct slot_info *slot, struct err *err);

#endif
