/* dolen/ui/outbox.h - the outbox on the screen, and the words that commands, plain mode and the screen say alike.
 *
 * Nothing is said to have arrived that no signed receipt says. */
#ifndef DOLEN_UI_OUTBOX_H
#define DOLEN_UI_OUTBOX_H

#include "dolen/core/outbox.h"
#include "dolen/ui/views.h"

/* "everything", "changes", "rows taken back" */
const char *batch_kind_label(const struct record *batch);
/* Where it stands, with the day or the reason: "arrived and taken in (3 Mar 2026 14:07)". */
/* What was said last about a batch, in the language of now (kept as two lines, English and Welsh); nothing when nothing
 * was. */
void batch_said(const struct record *batch, struct buf *out);
void batch_state_words(const struct record *batch, struct buf *out);
/* The same on its line of the outbox, where Enter says more. */
void batch_listed_words(const struct record *batch, struct buf *out);
/* What has arrived at a destination, and what has not. */
void destination_words(struct store *s, const struct record *rec, struct buf *out);
/* Who receives, as the policy says it in the current language. */
void destination_title(const struct record *rec, struct buf *out);

/* Destinations with their batches, newest first. Focus: FOCUS_DESTINATION, subject the destination; question: the
 * file of the batch that the cursor is on, NULL on the destination itself. */
struct view *outbox_view_new(struct ui *u);
/* A text to read before something is done: NAV_OPEN that it passes on is the caller's to answer (go), Esc leaves it. */
struct view *outgoing_view_new(struct ui *u, const char *text, unsigned (*go)(void *ctx), void (*left)(void *ctx),
                               void *ctx);
/* A title of its own: N_(). */
void outgoing_view_called(struct view *view, const char *title);
/* Another text in place of the first, from its top. */
void outgoing_view_says(struct view *view, const char *text);

#endif
