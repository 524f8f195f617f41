/* practice_priv.h - what the files of the practice caseload share: who is being made, and filing what was invented. */
#ifndef DOLEN_DRILL_PRACTICE_PRIV_H
#define DOLEN_DRILL_PRACTICE_PRIV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "dolen/base/buf.h"
#include "dolen/base/mem.h"
#include "dolen/core/answer.h"
#include "dolen/drill/practice.h"
#include "practice_words.h"

/* --- making ----------------------------------------------------------------------------------------------------- */

/* A time when an asset could take nobody: full, or closed. until not set: to this day. */
struct spell {
    struct date from, until;             /* until: the first day on which it has room again */
    bool        closed;
};

struct made_asset {
    struct id                id;
    const char              *category;
    const struct asset_seed *seed;
    const struct place      *at;
    struct date              opened;     /* not set: before anybody here was referred */
    struct spell             spells[4];
    int                      spell_count, takes;         /* takes: new people a month, 0: they have not said */
    bool                     full_now, ended;
    uint16_t                 sent[48];   /* people, by months before the present one */
};

struct household {
    char                    family[64], address[160], postcode[12], phone[20];
    const char             *kind;        /* code of household.yaml */
    const struct place     *place;
    const struct name_pool *names;
    int                     age, left;   /* of who was there first; further people who may live there */
};

/* A form whose definition was asked for; hash NULL: there is none. */
struct known_form {
    const char          *id;
    struct practice_form form;
    bool                 pinned;
    char                 def[112];       /* "contact:<hash>", as records name it */
};

struct maker {
    struct store                  *s;
    const struct practice_options *o;
    struct err                    *err;
    enum status                    st;   /* the first failure: everything after it does nothing */
    struct chance                  c;
    struct id                      practitioner;
    struct made_asset              assets[512];
    int                            asset_count;
    struct household               home; /* where the next one may live too */
    struct known_form              forms[32];
    size_t                         form_count;
    int                            second_episodes;      /* owed, so that episodes are as many as cases */
};

/* The person being made. */
struct subject {
    struct id           id;
    int                 number, age;
    bool                woman, safe, under_16;
    enum lang           lang;            /* what the notes and conversations are in */
    const char         *speaks;
    const char         *household, *tenure, *work, *partnership, *carer, *condition;     /* codes */
    const struct name_pool *names;
    const struct surgery   *surgery;
    const struct place     *place;
    const struct theme     *theme;
    struct chance       c;               /* of what goes together in a life */
    char                given[64], family[64];
};

/* One way through a case: what has happened by today, and when. */
enum made_stage {
    CASE_WAITING, CASE_REFUSED, CASE_ACCEPTED, CASE_CONVERSATION, CASE_PLAN, CASE_CONNECTED, CASE_FOLLOWED_UP,
    CASE_REVIEWED, CASE_CLOSED_OWED, CASE_CLOSED
};

struct course {
    const struct subject *p;
    enum made_stage       stage;
    struct id             referral, episode, goal;
    bool                  self, lost;    /* came by themselves; contact was lost */
    int                   rating;        /* first one of the goal */
    struct date           received, opened, conversation, plan, connected, last_contact, review, closed;
};

void make_assets(struct maker *m);
/* Somewhere of this kind that has room on a day, and takes one of its places; looked for from the start-th on. *why:
 * a code of gap_reason when there was none; then what comes back is full, or NULL when there is no such thing. */
const struct made_asset *asset_for(struct maker *m, const char *category, struct date on, int start, const char **why);
/* When it closed for good or for now, and is closed still; else not set. */
struct date asset_closed_since(const struct made_asset *a);
/* What has taken as many as it can this month is full until the next. */
void settle_assets(struct maker *m);
/* Home, work and the theme, of somebody whose name, age and language are known. */
void live(struct subject *p);
/* One of their reasons is among these codes. NULL: all are. */
bool fits_reasons(const char *wanted, const struct subject *p);
bool could_share(const struct household *h, const struct subject *p);
void make_person(struct maker *m, struct subject *p, struct date received);
void make_equality(struct maker *m, const struct subject *p);
void make_consent(struct maker *m, const struct course *k);
/* The person, and the case or two they have. */
void make_case(struct maker *m, int number);
/* Conversation, plan, connections, gaps, contacts, review, measures: as far as the course goes. */
void make_support(struct maker *m, struct course *k);
void make_measures(struct maker *m, const struct course *k, const char *stage, struct date on);
void make_task(struct maker *m, const char *kind, struct date due, const struct course *k, struct id subject,
               const char *what);

/* --- filing (practice_file.c) ----------------------------------------------------------------------------------- */

/* Files answers as the program does and empties them. *id: not set for a new record; NULL: not wanted. */
struct paper {
    const char    *form;
    enum table_id  binds;                /* T_COUNT: a response */
    struct id      person, episode;
    const char    *stage, *language, *wording;
    struct date    held_on;
};
void paper_file(struct maker *m, const struct paper *p, struct answers *a, struct id *id);
bool form_known(struct maker *m, const char *form);
/* "form:hash" once a paper of this form was filed, NULL before. */
const char *form_pinned(struct maker *m, const char *form);
/* Stores a record and releases it; gives its id. */
struct id record_keep(struct maker *m, struct record *r);

void say(struct answers *a, const char *question, const char *value);
void say_date(struct answers *a, const char *question, struct date d);
void say_int(struct answers *a, const char *question, int n);
struct date on_a_weekday(struct date d);
const char *words_in(const struct words *t, enum lang l);

#endif
