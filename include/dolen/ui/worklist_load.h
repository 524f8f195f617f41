/* dolen/ui/worklist_load.h - what is due, read from the case file and put in order. One reading for Today, --plain
 * and the worklist command. */
#ifndef DOLEN_UI_WORKLIST_LOAD_H
#define DOLEN_UI_WORKLIST_LOAD_H

#include "dolen/core/worklist.h"
#include "dolen/forms/catalog.h"
#include "dolen/store/read.h"

/* Due on or before until; drafts of any day. At most max items, heaviest first. Names are left to the next. */
enum status worklist_load(struct store *s, struct catalog *cat, struct date today, struct date until,
                          struct work_item *items, int max, int *n, struct err *err);
/* Fills in the names of n items that have none yet: those about to be shown. */
enum status worklist_names(struct store *s, struct work_item *items, int n, struct err *err);

#endif
