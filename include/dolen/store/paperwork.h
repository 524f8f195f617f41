/* dolen/store/paperwork.h - how long forms were filled in, for the practitioner who filled them in and nobody else.
 *
 * One row a day and form, of the author that store_author named: no call here gives, changes or takes away another's.
 * They are no records: no person, no history, no undo, nothing that is listed, exported, carried to another laptop or
 * handed out. Backups of the case file hold them, sealed like everything in it. */
#ifndef DOLEN_STORE_PAPERWORK_H
#define DOLEN_STORE_PAPERWORK_H

#include <stddef.h>

#include "dolen/base/date.h"
#include "dolen/base/status.h"

#define PAPERWORK_DAYS 366                   /* what is older goes when something new is written */

struct store;

struct paperwork_row {
    struct date day;
    char        form[48];                    /* id of the form */
    long        seconds;
    long        filed, made;                 /* times it was filed; how many of these made a new record */
};

/* Added to what is there. Within the caller's transaction when one is open, else on disk when it returns. ST_REFUSED
 * when the case file was opened with a key that is no practitioner's. */
enum status store_paperwork_add(struct store *s, const struct paperwork_row *row, struct err *err);
/* The author's own rows from that day on, by day. Caller frees *rows. None is fine. */
enum status store_paperwork(struct store *s, struct date from, struct paperwork_row **rows, size_t *n, struct err *err);
/* All of the author's own, for good; *n: how many rows. */
enum status store_paperwork_forget(struct store *s, size_t *n, struct err *err);

#endif
