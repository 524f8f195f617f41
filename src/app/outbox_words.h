/* app/outbox_words.h - the outbox in words and as JSON: for commands, plain mode and the screen alike. */
#ifndef DOLEN_APP_OUTBOX_WORDS_H
#define DOLEN_APP_OUTBOX_WORDS_H

#include "outbox.h"

/* What would leave, about whom, who stays behind, how identifying it is; paragraphs, one a line. */
void outgoing_words(const struct destination *d, const struct outgoing *o, struct buf *out);
struct json *outgoing_json(const struct destination *d, const struct outgoing *o);

/* "only what changed", "everything", "rows taken back" */
const char *batch_kind_label(const struct record *batch);
/* Where it stands, with the day or the reason: "arrived and taken in on 3 Mar 2026". */
void batch_state_words(const struct record *batch, struct buf *out);
struct json *batch_json(struct casefile *cf, const struct record *batch, bool receipts);

/* One line on what has arrived at a destination: never more than receipts say. */
void destination_words(struct casefile *cf, const struct record *rec, struct buf *out);
struct json *destination_json(struct casefile *cf, const struct destination *d, int batches);

/* "accepted: 12 new, 3 changed …" or why not; with the person a wrong row is about, when they are here. */
void receipt_words(struct casefile *cf, const struct receipt_told *t, struct buf *out);

#endif
