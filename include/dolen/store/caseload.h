/* dolen/store/caseload.h - whose open periods of support are whose, on a laptop that several practitioners share.
 *
 * Reached through dolen/store/read.h. */
#ifndef DOLEN_STORE_CASELOAD_H
#define DOLEN_STORE_CASELOAD_H

#include <stddef.h>
#include <stdint.h>

#include "dolen/base/id.h"
#include "dolen/base/status.h"

struct store;

struct caseload_row {
    struct id person, episode;
    char      name[160];                 /* of the person, as lists show it */
    int       tasks;                     /* open ones of the person: they go along */
};
/* Open periods of support of a practitioner, or of nobody (not set), by the person's name. Caller frees *rows. */
enum status caseload_list(struct store *s, struct id practitioner, struct caseload_row **rows, size_t *n,
                          struct err *err);

#endif
