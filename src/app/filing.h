/* app/filing.h - a form filled in for somebody: started (from the record, a draft, or new), kept as a draft, filed.
 *
 * The full screen, --plain and `form fill` all go through here; what filing brings with it is in after.h. */
#ifndef DOLEN_APP_FILING_H
#define DOLEN_APP_FILING_H

#include "casefile.h"
#include "dolen/forms/session.h"

struct target {
    const char *form;
    struct id   person, episode;
    struct id   record;             /* to edit; not set: the living one of a `once` form, else a new one */
    const char *stage;              /* measures: BASELINE, REVIEW, CLOSING; a concern: the protocol read; else NULL */
    struct id   asset;              /* of a new connection */
    bool        no_draft;           /* commands: neither takes up nor leaves a draft */
    bool        new_one;            /* a new one though drafts of the same form lie about: see another */
};

struct filling {
    struct casefile   *cf;
    const struct form *form;
    struct session    *session;
    enum table_id      binds;       /* T_COUNT: a response */
    struct id          person, episode, record, draft, asset;
    char               stage[48];
    struct date        taken_on;    /* a measure that is put right: its day and its words stay; else not set */
    char               language[8], wording[16];
    int64_t            draft_since; /* when the draft taken up was last changed; 0: none */
    size_t             draft_given;
    bool               another;     /* this is a new one; a draft of the same form lies in Today */
    bool               fresh;       /* filing makes a new record */
    /* the record's answers when the draft was begun, and at the last look (draft_base.h) */
    struct answers     base, now;
    bool               based, base_changed;
    size_t             taken;       /* pieces that came from the record at the last look */
    const struct question **clash;  /* changed on both sides since: a question, or a whole repeat */
    size_t             clashes, clash_cap;
    char               proposed_for[24], proposed_on[12];     /* see chain.h, redecide.h */
    char               status_seen[32];                       /* a connection: see news.h */
    char               home_seen[16]; /* a person's postcode, and that it left its small area behind: see news.h */
    bool               home_left;
    bool               goals_said;  /* a plan begun with the words of the conversation: see review_goals.h */
    bool               imported;    /* from a file of many: makes no tasks for today */
    bool               wrote;       /* filing_file changed something on record: there is something to take back */
};

/* Finds the newest open episode (else the newest) where the form is about an episode and none was named. */
enum status filling_start(struct filling **out, struct casefile *cf, const struct target *t, struct err *err);
/* A draft from the list, by its id. */
enum status filling_resume(struct filling **out, struct casefile *cf, struct id draft, struct err *err);
/* A baseline of a measure that has one already: nothing forbids it, and it is said. */
bool        filling_begins_twice(const struct filling *f);
/* Where a draft was left: the row behind the last question that was answered in it. What the form or the record
 * answered before does not count. 0: nothing was answered. */
size_t      filling_left_at(const struct filling *f);
/* How many answers wait in it: of a new form all, of a record that is edited those that are not as they are on record. */
size_t      filling_unfiled(const struct filling *f);
/* Writes the draft if anything changed since the last time. On disk when it returns ST_OK. */
enum status filling_save(struct filling *f, struct err *err);
/* Files: record or response, history, and what follows from it, in one transaction; the draft is gone. ST_INVALID when
 * something does not pass (nothing filed) unless as_it_is and only required questions are open. ST_REFUSED for a new form in
 * which nothing at all is answered: an empty record says nothing, and counts all the same. */
enum status filling_file(struct filling *f, bool as_it_is, const char *why, struct err *err);
/* The same inside a transaction that the caller has begun: several filings and other changes are one step. On failure
 * the caller rolls back. */
enum status filling_file_within(struct filling *f, bool as_it_is, const char *why, struct err *err);
enum status filling_discard(struct filling *f, struct err *err);   /* the draft goes to the bin */
/* Left by the practitioner, not by a lock or an end: a draft in which nothing stands that was not there before is gone,
 * as if the form had never been opened. *dropped: it was. */
enum status filling_drop_blank(struct filling *f, bool *dropped, struct err *err);
void        filling_free(struct filling **fp);

/* The newest open episode of a person, else the newest; ID_NONE when there is none. */
struct id   person_episode(struct casefile *cf, struct id person);
bool        person_is_guarded(struct casefile *cf, struct id person);   /* has a safe-contact rule */
void        form_hash(const struct form *f, char out[65]);

#endif
