/* dolen/ui/worklist_load.h - what is due, read from the case file and put in order. One reading for Today, --plain
 * and the worklist command. */
#ifndef DOLEN_UI_WORKLIST_LOAD_H
#define DOLEN_UI_WORKLIST_LOAD_H

#include "dolen/core/worklist.h"
#include "dolen/forms/catalog.h"
#include "dolen/store/read.h"

/* What a form is called where it stands unasked, beside a name: its title, and of something serious only "Note". Of a
 * form that is not in the catalog its id. */
const char *form_in_lists(struct catalog *cat, const char *form);

/* Due on or before until; drafts of any day. At most max items, heaviest first. Names are left to the next. whose: what
 * is a practitioner's (tasks_due), and the drafts that they wrote in last; not set: everybody's. */
enum status worklist_load(struct store *s, struct catalog *cat, struct id whose, struct date today, struct date until,
                          struct work_item *items, int max, int *n, struct err *err);
/* Fills in the names of n items that have none yet: those about to be shown. */
enum status worklist_names(struct store *s, struct work_item *items, int n, struct err *err);

bool work_is_draft(const struct work_item *w);
/* Why it stands there and what it is: "follow-up due today: ring her"; of a draft with its time and how much is in it:
 * "unfinished form from today: Contact, 14:07, 6 answers". Without the name. */
void work_words(struct buf *out, const struct work_item *w, struct date today);
/* A draft where there is little room: "Contact, 14:07, 6 answers"; of another day the date. */
void draft_brief(struct buf *out, const struct work_item *w, struct date today);
/* "You were in Contact, Linda Tucker, 14:07. 6 answers not yet filed." The name must be filled in. */
void draft_sentence(struct buf *out, const struct work_item *w, struct date today);

#endif
