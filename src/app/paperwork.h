/* app/paperwork.h - the private paperwork meter: how long forms lie open under the practitioner's hands, by day and
 * form.
 *
 * Gathered in memory and written with saves that happen anyway (a form filed; a draft, once a minute has come
 * together), the rest when the case file is closed: no key press writes anything, and nothing wakes the program for
 * it. All of it does nothing where no meter runs: in commands, with the setting off, in a file open for reading only,
 * with a key that is nobody's slot. */
#ifndef DOLEN_APP_PAPERWORK_H
#define DOLEN_APP_PAPERWORK_H

#include "casefile.h"

/* After opening; lines: line mode (dolen/core/paperwork.h says what differs). */
void paperwork_start(struct casefile *cf, bool lines);
/* Before closing: writes what is left. */
void paperwork_stop(struct casefile *cf);

/* A key or a line, before it does anything; then what lies in front (the id of a form, NULL: none). */
void paperwork_typed(struct casefile *cf);
void paperwork_shows(struct casefile *cf, const char *form);
/* What shows just now, to come back to; "" none. Valid until the next call of paperwork_shows. */
const char *paperwork_shown(const struct casefile *cf);

/* Around a save: put in, inside its transaction; and it was committed. A meter holds no save up: what could not be
 * put in is kept for the next one. */
void paperwork_put(struct casefile *cf);
void paperwork_kept(struct casefile *cf);
/* A draft written, with the minutes in its transaction where that is a step of its own and a minute has come
 * together. */
enum status paperwork_draft(struct casefile *cf, struct record *draft, const struct answers *base, struct err *err);
/* The form in front is filed with this save. made: a new record. */
void paperwork_filed(struct casefile *cf, const char *form, bool made);

/* Now, as a save of its own, so that what is read next is whole. */
void paperwork_write(struct casefile *cf);
/* All of this practitioner's, written or not; *n: days and forms. */
enum status paperwork_forget(struct casefile *cf, size_t *n, struct err *err);

#endif
