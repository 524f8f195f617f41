/* app/plan_text.h - the person's own copy of the plan (dolen/print/plan_sheet.h says what is on it), as text. */
#ifndef DOLEN_APP_PLAN_TEXT_H
#define DOLEN_APP_PLAN_TEXT_H

#include "casefile.h"
#include "dolen/base/lang.h"

/* Appends the plan of the person's newest episode, wrapped to cols columns, in l. */
enum status plan_text(struct casefile *cf, struct id person, enum lang l, int cols, struct buf *out, struct err *err);
/* The language the person reads: Welsh or English; the program's own when not known. */
enum lang   plan_language(struct casefile *cf, struct id person);

#endif
