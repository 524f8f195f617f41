/* dolen/drill/drill_play.h - one drill being played: the machine of forms/drill_state.h with a seed and a log.
 *
 * Pure and deterministic: the same drill, seed and steps give the same log, byte for byte. What is on paper comes
 * in as steps too; reading it is drill_judge.h's business, keeping the log drill_file.h's. */
#ifndef DOLEN_DRILL_DRILL_PLAY_H
#define DOLEN_DRILL_DRILL_PLAY_H

#include "dolen/base/buf.h"
#include "dolen/base/id.h"
#include "dolen/base/status.h"
#include "dolen/core/answer.h"
#include "dolen/forms/drill_state.h"
#include "dolen/forms/form.h"

/* X(NAME, code in the case file) */
#define DRILL_LOG_LIST(X) \
    X(ARRIVED, "ARRIVED") X(ASSET, "ASSET") X(SAY, "SAY") X(FILED, "FILED") X(PAUSED, "PAUSED") X(RESUMED, "RESUMED")

enum drill_log_kind {
#define X(name, code) LOG_##name,
    DRILL_LOG_LIST(X)
#undef X
    LOG_KINDS
};

struct drill_log {
    enum drill_log_kind  kind;
    int                  turn, offer;       /* LOG_SAY: where, and what was said */
    int                  turn_after;        /* where the conversation stands then */
    char                 part[41];          /* LOG_ASSET: its name in the drill */
    char                 form[41];          /* LOG_ARRIVED, LOG_FILED */
    struct id            record;
    int                  minutes;           /* LOG_FILED: simulated paperwork */
    int                  clock;             /* simulated minutes after it, talk and paperwork */
    int64_t              at;                /* when it was really done; 0 not known */
    struct drill_outcome out;
};

struct drill_play;

struct drill_play *drill_play_new(const struct drill *d, uint64_t seed);      /* d must outlive it */
void               drill_play_free(struct drill_play **pp);
const struct drill       *drill_play_of(const struct drill_play *p);
uint64_t                  drill_play_seed(const struct drill_play *p);
const struct drill_state *drill_play_state(const struct drill_play *p);
/* the conversation is over (it may go on again) */
bool                      drill_play_ended(const struct drill_play *p);
int                       drill_play_clock(const struct drill_play *p);
const struct drill_log   *drill_play_log(const struct drill_play *p, size_t *n);
/* The last step that was seen or heard; -1, how it begins, when there is none. */
int                       drill_play_last_heard(const struct drill_play *p);

/* The offers that can be made now, by index, in the order that the seed gives them. Returns how many. */
size_t drill_play_offers(const struct drill_play *p, int order[DRILL_OFFERS_MAX]);
/* ST_INVALID when there is no such offer here, or it cannot be made now. */
enum status drill_play_say(struct drill_play *p, const char *offer, struct err *err);
/* minutes: see drill_paper_minutes. */
void drill_play_filed(struct drill_play *p, const char *form, struct id record, int minutes);
void drill_play_arrived(struct drill_play *p, const char *form, struct id record);
void drill_play_asset(struct drill_play *p, const char *part, struct id record);
void drill_play_mark(struct drill_play *p, enum drill_log_kind kind);         /* paused, resumed */
void drill_play_at(struct drill_play *p, int64_t at);                         /* of the newest step */
/* The newest step was never made: it could not be kept. Once after each step, at the most. */
void drill_play_take_back(struct drill_play *p);

/* What paperwork costs: a minute a form and a quarter of a minute an answer, in whole minutes. */
int drill_paper_minutes(const struct form *form, const struct answers *a);

/* --- what is seen and heard, line by line --- */

enum drill_voice { VOICE_SCENE, VOICE_PERSON, VOICE_YOU };
typedef void drill_hear(void *ctx, enum drill_voice voice, const char *text);
/* Of one step of the log: what you said, what came back, or that nothing did. step < 0: how it begins. Texts are in
 * the current language. */
void drill_play_hear(const struct drill_play *p, int step, drill_hear *fn, void *ctx);

const char *drill_log_code(enum drill_log_kind k);
bool        drill_log_by_code(const char *code, enum drill_log_kind *out);

#endif
