/* dolen/ui/retention.h - whose records are past their time, and whose are held all the same. */
#ifndef DOLEN_UI_RETENTION_H
#define DOLEN_UI_RETENTION_H

#include "dolen/store/read.h"
#include "dolen/ui/ui.h"

#define RETENTION_MOST 1000

/* Those past their time by the policy of the case file, longest first, then whoever is held before it is over; at most
 * RETENTION_MOST. rows: the caller's, freed with retention_rows_free; *past: how many of the n are past it. */
enum status retention_rows(struct ui *u, struct retention_row **rows, int *n, int *past, struct err *err);
void        retention_rows_free(struct retention_row **rows);
/* Appends "closed on 3 Mar 2018 · held: a complaint is open". Without the name. */
void        retention_words(struct ui *u, const struct retention_row *r, struct buf *out);

struct view *retention_view_new(struct ui *u);

#endif
