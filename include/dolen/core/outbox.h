/* dolen/core/outbox.h - what may become of a batch on its way to a destination: states, events, and no others.
 *
 * Nothing counts as arrived before its signed receipt was read, and a batch that is not known to have arrived is kept.
 * No clock and no chance here: they are passed in. */
#ifndef DOLEN_CORE_OUTBOX_H
#define DOLEN_CORE_OUTBOX_H

#include <stdbool.h>
#include <stdint.h>

/* X(NAME, word, for people) */
#define BATCH_STATE_LIST(X)                                                                       \
    X(DRAFT,      "DRAFT",      N_("being made"))                                                 \
    X(SEALED,     "SEALED",     N_("sealed, not in the queue yet"))                               \
    X(QUEUED,     "QUEUED",     N_("waiting to be sent"))                                         \
    X(SENDING,    "SENDING",    N_("being sent"))                                                 \
    X(WAIT,       "WAIT",       N_("not sent: tried, will be tried again"))                       \
    X(BLOCKED,    "BLOCKED",    N_("not sent: something must be done here"))                      \
    X(SENT,       "SENT",       N_("sent, no receipt yet"))                                       \
    X(HELD,       "HELD",       N_("arrived, and waits for somebody there"))                      \
    X(ACKED,      "ACKED",      N_("arrived and taken in"))                                       \
    X(REJECTED,   "REJECTED",   N_("not taken in there"))                                         \
    X(SUPERSEDED, "SUPERSEDED", N_("no longer needed: a newer one has it all"))

enum batch_state {
#define X(name, word, label) BS_##name,
    BATCH_STATE_LIST(X)
#undef X
    BS_COUNT
};
const char *batch_state_word(enum batch_state s);            /* "SENT": as it is kept, and in --json */
bool        batch_state_parse(const char *word, enum batch_state *out);
const char *batch_state_label(enum batch_state s);           /* translated */

/* X(NAME, word) */
#define BATCH_EVENT_LIST(X)                                                                       \
    X(SEALED,      "sealed")            /* its files are whole on the disk */                     \
    X(ABANDONED,   "abandoned")         /* the making was cut short; nothing was ever sent */     \
    X(QUEUE,       "queue")                                                                       \
    X(SEND,        "send")              /* bytes begin to leave */                                \
    X(CUT_SHORT,   "cut_short")         /* the program ended while sending */                     \
    X(SENT,        "sent")              /* all of it lies there, the marker too */                \
    X(NETWORK,     "network")           /* no connection, the other side failed */                \
    X(BLOCK,       "block")             /* host key, certificate, password, permission, space */  \
    X(NO_RECEIPT,  "no_receipt")        /* 14 days without one */                                 \
    X(ACCEPTED,    "accepted")          /* receipts, in any order and at any time */              \
    X(REFUSED,     "refused")                                                                     \
    X(QUARANTINED, "quarantined")                                                                 \
    X(OVERTAKEN,   "overtaken")         /* a newer batch was accepted past it */                  \
    X(RESNAPSHOT,  "resnapshot")        /* fork or new policy: a whole one takes its place */     \
    X(LOST,        "lost")              /* its file is gone from this disk */

enum batch_event {
#define X(name, word) BE_##name,
    BATCH_EVENT_LIST(X)
#undef X
    BE_COUNT
};
const char *batch_event_word(enum batch_event e);

/* The one table. False: this cannot happen to a batch in that state, and it stays as it is. */
bool batch_step(enum batch_state from, enum batch_event e, enum batch_state *to);
/* Has a receipt said that it is there (taken in, refused or held)? */
bool batch_has_arrived(enum batch_state s);
/* Is there anything that sending would do about it? */
bool batch_is_to_send(enum batch_state s);
/* Its files are still needed. */
bool batch_is_open(enum batch_state s);

#define BATCH_WAIT_FIRST    30          /* seconds */
#define BATCH_WAIT_MOST     (6 * 3600)
#define BATCH_RESEND_DAYS   14
#define BATCH_RECONCILE_DAYS 31         /* so long after a whole one that arrived the next is whole again */

/* How long to wait after the nth failure in a row (from 1): anything up to 30 s × 2ⁿ⁻¹, at most six hours, so that many
 * laptops that failed together do not come back together. chance: any number, from a random source. */
int64_t batch_wait(int tries, uint64_t chance);

/* Instants, and days since a day, that were written down when this laptop's clock was far ahead lie in the future
 * now. They count as past: what they put off would be put off until that time came. */
bool batch_wait_is_over(int64_t now, int64_t next_at);
bool batch_receipt_is_overdue(int64_t now, int64_t sent_at);
bool batch_whole_is_due(long days_since);

/* Why the next batch has to be a whole one: X(NAME, word, for people) */
#define SNAPSHOT_REASON_LIST(X)                                                                   \
    X(NO,       "",         N_("only what changed"))                                              \
    X(FIRST,    "FIRST",    N_("nothing has arrived there yet"))                                  \
    X(POLICY,   "POLICY",   N_("the policy is a new one"))                                        \
    X(FORK,     "FORK",     N_("another copy of this case file has sent there"))                  \
    X(RESTORED, "RESTORED", N_("the case file came back from a backup"))                          \
    X(ASKED,    "ASKED",    N_("the hub asked for it"))                                           \
    X(MONTH,    "MONTH",    N_("a month has passed since the last whole one"))                    \
    X(PERSON,   "PERSON",   N_("you asked for it"))

enum snapshot_reason {
#define X(name, word, label) SNAP_##name,
    SNAPSHOT_REASON_LIST(X)
#undef X
    SNAP_COUNT
};
const char *snapshot_reason_word(enum snapshot_reason r);
bool        snapshot_reason_parse(const char *word, enum snapshot_reason *out);    /* NULL is "" */
const char *snapshot_reason_label(enum snapshot_reason r);                         /* translated */
/* Every row counts as new to the destination: its epoch rises. */
bool        snapshot_starts_epoch(enum snapshot_reason r);

/* Settings, each with ".DESTINATION" after it: a newer policy of the service that nobody has adopted yet, as signed,
 * and its signature. */
#define POLICY_OFFER     "policy_offer"
#define POLICY_OFFER_SIG "policy_offer_sig"

#endif
