#include "dolen/core/outbox.h"

#include <stddef.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/banned.h"

/* --- words ------------------------------------------------------------------------------------------------------ */

static const char *const state_words[BS_COUNT] = {
#define X(name, word, label) word,
    BATCH_STATE_LIST(X)
#undef X
};

static const char *const snapshot_words[SNAP_COUNT] = {
#define X(name, word, label) word,
    SNAPSHOT_REASON_LIST(X)
#undef X
};

static int word_place(const char *const *words, int count, const char *word)
{
    for (int i = 0; i < count; i++)
        if (str_eq(words[i], word))
            return i;
    return -1;
}

const char *batch_state_word(enum batch_state s)
{
    return state_words[s];
}

bool batch_state_parse(const char *word, enum batch_state *out)
{
    int at = word_place(state_words, BS_COUNT, word);

    if (at >= 0)
        *out = (enum batch_state) at;
    return at >= 0;
}

const char *batch_state_label(enum batch_state s)
{
    static const char *const labels[] = {
#define X(name, word, label) label,
        BATCH_STATE_LIST(X)
#undef X
    };

    return _(labels[s]);
}

const char *batch_event_word(enum batch_event e)
{
    static const char *const words[] = {
#define X(name, word) word,
        BATCH_EVENT_LIST(X)
#undef X
    };

    return words[e];
}

const char *snapshot_reason_word(enum snapshot_reason r)
{
    return snapshot_words[r];
}

bool snapshot_reason_parse(const char *word, enum snapshot_reason *out)
{
    int at = word_place(snapshot_words, SNAP_COUNT, word ? word : "");

    if (at >= 0)
        *out = (enum snapshot_reason) at;
    return at >= 0;
}

const char *snapshot_reason_label(enum snapshot_reason r)
{
    static const char *const labels[] = {
#define X(name, word, label) label,
        SNAPSHOT_REASON_LIST(X)
#undef X
    };

    return _(labels[r]);
}

bool snapshot_starts_epoch(enum snapshot_reason r)
{
    return r == SNAP_POLICY || r == SNAP_FORK || r == SNAP_RESTORED;
}

/* --- the table -------------------------------------------------------------------------------------------------- */

#define IN(name) (1u << BS_##name)
/* May have reached the other side, whatever this one believes: a connection that broke after the last byte, a stick
 * that somebody carried. */
#define GONE_OUT (IN(SEALED) | IN(QUEUED) | IN(SENDING) | IN(WAIT) | IN(BLOCKED) | IN(SENT) | IN(HELD) | IN(SUPERSEDED))
#define NOT_DONE (IN(SEALED) | IN(QUEUED) | IN(SENDING) | IN(WAIT) | IN(BLOCKED) | IN(SENT) | IN(HELD) | IN(REJECTED))
#define ON_THE_WAY_OUT (IN(SEALED) | IN(QUEUED) | IN(SENDING) | IN(WAIT) | IN(BLOCKED))

static const struct {
    unsigned         from;
    enum batch_event event;
    enum batch_state to;
} arrows[] = {
    { IN(DRAFT),                                BE_SEALED,      BS_SEALED },
    { IN(DRAFT),                                BE_ABANDONED,   BS_SUPERSEDED },
    { IN(SEALED),                               BE_QUEUE,       BS_QUEUED },
    { IN(QUEUED) | IN(WAIT) | IN(BLOCKED),      BE_SEND,        BS_SENDING },
    { IN(SENDING),                              BE_CUT_SHORT,   BS_QUEUED },
    { IN(SENDING),                              BE_SENT,        BS_SENT },
    { IN(SENDING),                              BE_NETWORK,     BS_WAIT },
    { IN(SENDING),                              BE_BLOCK,       BS_BLOCKED },
    { IN(SENT),                                 BE_NO_RECEIPT,  BS_QUEUED },
    { GONE_OUT,                                 BE_ACCEPTED,    BS_ACKED },
    { GONE_OUT & ~IN(SUPERSEDED),               BE_REFUSED,     BS_REJECTED },
    { ON_THE_WAY_OUT | IN(SENT),                BE_QUARANTINED, BS_HELD },
    { NOT_DONE,                                 BE_OVERTAKEN,   BS_SUPERSEDED },
    { ON_THE_WAY_OUT | IN(REJECTED) | IN(HELD), BE_RESNAPSHOT,  BS_SUPERSEDED },
    { ON_THE_WAY_OUT,                           BE_LOST,        BS_SUPERSEDED },
};

bool batch_step(enum batch_state from, enum batch_event e, enum batch_state *to)
{
    for (size_t i = 0; i < ARRAY_LEN(arrows); i++) {
        if (arrows[i].event == e && (arrows[i].from & (1u << from))) {
            *to = arrows[i].to;
            return true;
        }
    }
    return false;
}

bool batch_has_arrived(enum batch_state s)
{
    return s == BS_ACKED || s == BS_REJECTED || s == BS_HELD;
}

bool batch_is_to_send(enum batch_state s)
{
    return (ON_THE_WAY_OUT & (1u << s)) != 0;
}

bool batch_is_open(enum batch_state s)
{
    return s != BS_ACKED && s != BS_SUPERSEDED;
}

/* --- waiting ---------------------------------------------------------------------------------------------------- */

int64_t batch_wait(int tries, uint64_t chance)
{
    int64_t most = BATCH_WAIT_FIRST;

    while (--tries > 0 && most < BATCH_WAIT_MOST)
        most *= 2;
    if (most > BATCH_WAIT_MOST)
        most = BATCH_WAIT_MOST;
    return (int64_t) (chance % (uint64_t) most) + 1;
}

/* --- a clock that was wrong ------------------------------------------------------------------------------------- */

#define DAY ((int64_t) 86400)

bool batch_wait_is_over(int64_t now, int64_t next_at)
{
    return now >= next_at || next_at - now > BATCH_WAIT_MOST;
}

bool batch_receipt_is_overdue(int64_t now, int64_t sent_at)
{
    return now - sent_at >= BATCH_RESEND_DAYS * DAY || sent_at - now > DAY;
}

bool batch_whole_is_due(long days_since)
{
    return days_since >= BATCH_RECONCILE_DAYS || days_since < -1;
}
