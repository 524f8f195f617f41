/* app/outbox_words.h - the outbox in words and as JSON: for commands, plain mode and the screen alike. */
#ifndef DOLEN_APP_OUTBOX_WORDS_H
#define DOLEN_APP_OUTBOX_WORDS_H

#include "dolen/ui/outbox.h"
#include "outbox.h"

/* What is asked before it is sealed, untranslated: one that waits already may be enough. */
const char *seal_question(const struct outgoing *o);
/* What would leave, about whom, who stays behind, how identifying it is; paragraphs, one a line. */
void outgoing_words(const struct destination *d, const struct outgoing *o, struct buf *out);
struct json *outgoing_json(const struct destination *d, const struct outgoing *o);

struct json *batch_json(struct casefile *cf, const struct record *batch, bool receipts);

struct json *destination_json(struct casefile *cf, const struct destination *d, int batches);

/* That so many lie there which cannot be used. Caller frees. */
char *receipts_unusable_words(int n);
/* "accepted: 12 new, 3 changed …" or why not; with the person a wrong row is about, when they are here. */
void receipt_words(struct casefile *cf, const struct receipt_told *t, struct buf *out);
/* Each wrong row of it on a line of its own, a line end before it; nothing when there is none. */
void receipt_rows_words(struct casefile *cf, const struct receipt_told *t, struct buf *out);
/* The same of the receipt that refused a batch; nothing for any other. */
void batch_rows_words(struct casefile *cf, const char *destination, const struct record *batch, struct buf *out);

#endif
