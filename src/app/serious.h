/* app/serious.h - what to do about something serious, as text: steps and numbers in both languages, no case data. */
#ifndef DOLEN_APP_SERIOUS_H
#define DOLEN_APP_SERIOUS_H

#include "dolen/base/buf.h"
#include "dolen/forms/catalog.h"

/* "Perygl uniongyrchol i fywyd / Immediate danger to life", the language that is on first. */
void serious_title(struct buf *out, const struct protocol *p);
/* Numbers first, then steps, then what to write down; everything in both languages. */
void serious_text(struct buf *out, const struct protocol *p, struct date today);
void serious_numbers(struct buf *out, const struct protocol *p, struct date today);

#endif
