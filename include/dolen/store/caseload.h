/* dolen/store/caseload.h - whose open periods of support are whose, on a laptop that several practitioners share.
 *
 * Reached through dolen/store/read.h. */
#ifndef DOLEN_STORE_CASELOAD_H
#define DOLEN_STORE_CASELOAD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "dolen/base/id.h"
#include "dolen/base/status.h"

struct store;

struct caseload_row {
    struct id person, episode;
    char      name[160];                 /* of the person, as lists show it */
    int       tasks;                     /* open ones of the person: they go along */
    char      sort_key[160];
};
/* Open periods of support of a practitioner, or of nobody (not set), by the person's name. Caller frees *rows. */
enum status caseload_list(struct store *s, struct id practitioner, struct caseload_row **rows, size_t *n,
                          struct err *err);

/* How many people have an open period of support with a practitioner, or with nobody. */
enum status caseload_count(struct store *s, struct id practitioner, size_t *n, struct err *err);
/* The same people by the page, one row each (of several open periods the oldest), in the order of caseload_list: up
 * to limit rows after (forward) or before the row (key, id); NULL key: from that end. What it costs does not grow
 * with the list. */
enum status caseload_page(struct store *s, struct id practitioner, const char *key, struct id id, bool forward,
                          int limit, struct caseload_row *rows, int *n, struct err *err);

#endif
