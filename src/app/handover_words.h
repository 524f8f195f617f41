/* app/handover_words.h - what a handover that was opened has brought, in words. */
#ifndef DOLEN_APP_HANDOVER_WORDS_H
#define DOLEN_APP_HANDOVER_WORDS_H

#include "dolen/ui/field_words.h"

/* told: as handed_open gives it. A line each: what is new, what was taken over with the old value and the new one,
 * what was let go; what waits to be settled is the caller's to say. */
void told_words(struct ui *u, const struct json *told, struct buf *out);
/* Values in told that a safe-contact rule covers become dots: for an answer that programs read. */
void told_cover(struct ui *u, struct json *told);

#endif
