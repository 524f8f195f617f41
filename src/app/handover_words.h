/* app/handover_words.h - what a handover that was opened has brought, and who did not want one made, in words. */
#ifndef DOLEN_APP_HANDOVER_WORDS_H
#define DOLEN_APP_HANDOVER_WORDS_H

#include "casefile.h"
#include "dolen/ui/field_words.h"

/* told: as handed_open gives it. A line each: what is new, what was taken over with the old value and the new one,
 * what was let go; what waits to be settled is the caller's to say. */
void told_words(struct ui *u, const struct json *told, struct buf *out);
/* Values in told that a safe-contact rule covers become dots: for an answer that programs read. */
void told_cover(struct ui *u, struct json *told);

/* Appends a sentence for each colleague or service to whom the person does not want to be handed over, as it stands
 * today: to be read before anything is sealed. Nothing when there is none. */
void handover_refused_words(struct casefile *cf, struct id person, struct buf *out);

#endif
