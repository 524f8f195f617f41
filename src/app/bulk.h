/* app/bulk.h - a command that would change more than three records says how many and what becomes of them, and asks. */
#ifndef DOLEN_APP_BULK_H
#define DOLEN_APP_BULK_H

#include "cli.h"
#include "large_step.h"

/* will: the whole sentence, translated, with the count in it; written to standard error with the list of the records
 * (cf->would) before the question. ST_OK for up to BULK_UNASKED records, with --yes, and after a yes; ST_REFUSED after
 * anything else, and without a terminal. With --dry-run the sentence and the list are the answer, and ST_OK: the caller
 * asks bulk_dry() and changes nothing. */
enum status bulk_agreed(const struct run *r, size_t records, const char *will, struct err *err);

bool bulk_dry(const struct run *r);

/* The newest piece of work of a kind is taken back (steps.h): counted first, asked about, then done. one, many: as above, the
 * two message ids with the one %zu (NP_). *n: how many changes. */
enum status bulk_undo(const struct run *r,
                      enum status (*undo)(struct casefile *cf, bool apply, size_t *n, struct err *err),
                      const char *one, const char *many, size_t *n, struct err *err);

/* The option, for the table of a command. */
#define BULK_YES { "--yes", NULL, N_("Without asking first, also for more than three records") }

#define BULK_DRY { "--dry-run", NULL, N_("Say what would change, record by record, and change nothing") }

#endif
