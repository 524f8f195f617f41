/* transport_talk.h - a dolen-carry that was started, told and heard without ever waiting for it. */
#ifndef DOLEN_EXCHANGE_TRANSPORT_TALK_H
#define DOLEN_EXCHANGE_TRANSPORT_TALK_H

#include <stdbool.h>
#include <stddef.h>

#include "dolen/base/buf.h"

struct json;
struct talk;

#define TALK_PROGRAM "dolen-carry"

/* It is installed beside this program. */
bool  talk_can_start(void);
/* False: it did not start; *out is then not touched. */
bool  talk_start(struct talk **out);
void  talk_free(struct talk **tp);                      /* also ends it, whatever it is doing */

/* Put in line, to go when there is room: a message as a line, which is taken; bytes that must stay until they are
 * through. */
void  talk_say(struct talk *t, struct json **message);
void  talk_say_bytes(struct talk *t, const void *p, size_t n);
/* Sends and takes in what goes without waiting. False: it has gone. */
bool  talk_go_on(struct talk *t);
/* The next message, once it is here with the bytes that belong to it (at most `most`), which are moved into bytes.
 * NULL: not yet, or *bad: it is none. Caller frees. */
struct json *talk_next(struct talk *t, size_t most, struct buf *bytes, bool *bad);

/* From now on it has so many seconds; 0: as long as it likes. */
void  talk_give(struct talk *t, int seconds);
bool  talk_is_late(struct talk *t);
/* Readable when talk_go_on has something to do, or it is late. */
int   talk_poll_fd(const struct talk *t);

#endif
