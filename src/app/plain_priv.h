/* app/plain_priv.h - line mode inside: what its files share.
 *
 * Nothing is drawn and no escape sequence is written: lines out, lines in. The important word stands first in a line,
 * and every line that came from people or files is tamed. */
#ifndef DOLEN_APP_PLAIN_PRIV_H
#define DOLEN_APP_PLAIN_PRIV_H

#include <signal.h>
#include <stddef.h>

#include "cli.h"
#include "dolen/base/buf.h"
#include "dolen/ui/views.h"
#include "filing.h"

enum plain_end { PLAIN_GO_ON, PLAIN_QUIT, PLAIN_EOF, PLAIN_LOCK, PLAIN_SUSPEND, PLAIN_HANGUP };

struct plain {
    struct run      *run;
    struct casefile *cf;
    struct ui        ui;            /* for the readers that the views have too; there is no screen */
    enum plain_end   end;
    bool             mid_form;      /* a form was open when the end came */
    bool             told_keys;     /* how to answer in a form was said once */
    bool             in_serious;
    bool             heard;         /* the next list was read a moment ago: only its title is said */
    struct id        person, episode;   /* whom it is about now, or not set */
    struct buf       in;            /* read and not yet used */
    bool             in_ended;
    int              timer;         /* -1: none */
    int64_t          due, slept;    /* ms on the clock that runs while the laptop sleeps */
    sigset_t         mask;          /* as it was before signals were held back */
};

/* --- plain_io.c: lines out and in --- */

void io_start(struct plain *p);
void io_stop(struct plain *p);
void tell(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
void tell_text(const char *text);                    /* as it is, tamed; may have several lines */
void tell_error(const struct err *err);
const char *plain_colon(const char *text);          /* ":" between text and what belongs to it, or "" when it ends by itself */
const char *plain_ends(const char *text);           /* the full stop that text still needs, or "" */

enum reply {
    REPLY_LINE,
    REPLY_AGAIN,                   /* something else was done (the language, help): ask again, perhaps in other words */
    REPLY_OVER                      /* p->end says why; unwind, everything typed is kept */
};
/* One line, without commands. */
enum reply plain_read(struct plain *p, struct buf *line);
/* The prompt, then one line; commands that work everywhere are carried out here. */
enum reply plain_ask(struct plain *p, const char *prompt, struct buf *line);
/* True when typed is this command, in English or in Welsh; word is N_(":later"). bare: also without its colon. */
bool       plain_is(const char *typed, const char *word, bool bare);
bool       plain_global(struct plain *p, const char *typed, bool bare);

struct choice {
    const char *word;               /* name of the action, or NULL */
    const char *label;              /* a msgid, or (made) as it is */
    bool        made;
};
#define CHOSE_BACK  (-1)
#define CHOSE_AGAIN (-2)            /* build the list anew and ask again */
#define CHOSE_OVER  (-3)
int plain_choose(struct plain *p, const char *title, const struct choice *items, size_t n);

/* Labels that are made here, for a list of choices; released after each asking. */
#define MADE_MAX 100
struct made {
    struct choice items[MADE_MAX];
    struct buf    label[MADE_MAX];
    size_t        n;
};
struct buf *made_add(struct made *m);               /* the label of the next one, to be filled; then made_take */
void        made_take(struct made *m);
void        made_word(struct made *m, const char *word, const char *msgid);
void        made_release(struct made *m);
/* A line typed by somebody; false: < was typed, or nothing, or it is over. line is cleaned of blanks at its ends. */
bool        plain_typed(struct plain *p, const char *prompt, struct buf *line);

enum plain_answer { ANSWER_NO, ANSWER_YES, ANSWER_OVER };
enum plain_answer plain_yes(struct plain *p, const char *question);
/* -1 no, 1 yes, 0 neither; in both languages. */
int  plain_yes_word(const char *typed);

/* --- plain_form.c, plain_answer.c: a form, question by question --- */

enum form_end { FORM_FILED, FORM_LEFT, FORM_OVER };
enum form_end plain_form(struct plain *p, const struct target *t, const char *at);
enum form_end plain_draft(struct plain *p, struct id draft);

struct walk {
    struct plain          *p;
    struct filling        *f;
    struct session        *s;
    enum row_kind          kind;    /* where it is: a row of the session; q NULL: the end */
    const struct question *q;
    int                    repeat;
    const struct question *open_q;  /* the instance that is being gone through, so it is not asked about again */
    int                    open;
    bool                   guarded, refused, all;  /* all: read long lists too */
    const char            *revealed[8];
    size_t                 revealed_count;
};
enum went { WENT_SAME, WENT_NEXT, WENT_BACK, WENT_JUMPED, WENT_FILE, WENT_LEAVE, WENT_OVER };

enum went walk_question(struct walk *w);
/* A command typed in a form; WENT_SAME with *known false when it is none. */
enum went walk_command(struct walk *w, const char *typed, bool *known);
void      walk_save(struct walk *w);
void      walk_keys(void);
bool      walk_hides(const struct walk *w, const struct question *q);

/* --- plain_lists.c: today, people, referrals, directory, gaps --- */

void plain_today(struct plain *p);
void plain_people(struct plain *p);
void plain_referrals(struct plain *p);
void plain_directory(struct plain *p);
void plain_gaps(struct plain *p);
void plain_add_referral(struct plain *p);
void asset_page(struct plain *p, struct id asset);      /* what is known of it; changing it; one phone call */
/* ST_NOTFOUND without a sentence: went back, or nothing was chosen. */
enum status choose_asset(struct plain *p, const char *title, struct id *asset);

/* --- plain_call.c: whom to ring, and one phone call --- */

void plain_call_list(struct plain *p);
void plain_call(struct plain *p, struct id asset);
/* False: this draft is no phone call. */
bool plain_call_draft(struct plain *p, struct id draft);

/* --- plain_care.c: the bin, supervision, two records of one person --- */

void plain_bin(struct plain *p);
void plain_supervision(struct plain *p);
void step_merge(struct plain *p);

/* --- plain_laptops.c: colleagues, and the other laptop --- */

void plain_caseload(struct plain *p);
void plain_conflicts(struct plain *p);
void plain_open_handover(struct plain *p);
void plain_laptops(struct plain *p);
void step_make_handover(struct plain *p);

/* --- plain_figures.c: reports, gaps by quarter, what is there twice --- */

void plain_reports(struct plain *p);
void plain_gap_table(struct plain *p);
void plain_same_assets(struct plain *p);

/* --- plain_paperwork.c: the practitioner's own minutes on forms --- */

void plain_paperwork(struct plain *p);

/* --- plain_upkeep.c: the recovery test, settings, what was --- */

void plain_recovery(struct plain *p);
void plain_settings(struct plain *p);
void step_as_of(struct plain *p);
void step_reopen(struct plain *p);

/* --- plain_ways.c: which word of line mode stands for which action of the screen --- */

enum plain_place {
    AT_MENU, AT_PERSON,             /* in the main menu, in the menu of a person */
    IN_IT,                          /* further in: in a list, a form or a record */
    INSTEAD                         /* nowhere, and why */
};
struct plain_way {
    const char      *action;        /* name of the action */
    enum plain_place place;
    const char      *says;          /* what is typed, words one after the other, or of INSTEAD the reason; all N_() */
};
extern const struct plain_way plain_ways[];
extern const size_t           plain_ways_count;
const struct plain_way *plain_way_of(const char *action);      /* NULL: nobody thought of it */
/* The words of the main menu, and of the menu of a person, as they are written; NULL past the last. */
const char *menu_word(size_t i);
const char *person_menu_word(size_t i);
/* Whether the first word is one of them. */
bool menu_has(const char *word);
bool person_menu_has(const char *word);

/* --- plain_notes.c: the notes of a talk, sentence by sentence --- */

void step_notes(struct plain *p);

/* --- plain_outbox.c --- */

void plain_outbox(struct plain *p);

/* --- plain_person.c: one person, and what can be done --- */

void person_menu(struct plain *p, struct id person);

/* --- plain_steps.c: steps that need more than a form --- */

void step_decide(struct plain *p);
void step_connect(struct plain *p);
void step_measure(struct plain *p);
void step_feedback(struct plain *p);
void step_reveal(struct plain *p);
void step_mark(struct plain *p);
void step_to_go(struct plain *p);
void step_undo(struct plain *p);

/* --- plain_paper.c: pages for somebody else, read out and saved to be printed --- */

void step_print_plan(struct plain *p);
void step_letter(struct plain *p);

/* --- plain_records.c: what is written about a person, read again --- */

/* Every answer of a record or response, in the words of its own form. */
void record_says(struct plain *p, enum table_id t, const char *form, struct id id);
void step_records(struct plain *p);
void step_history(struct plain *p);

/* --- plain_drill.c: practice; in training case files --- */

void plain_drills(struct plain *p);
/* A form of this person was filed: what happened then in their drill is told, if anything did. */
void plain_drill_filed(struct plain *p, struct id person);

/* --- plain.c --- */

void plain_serious(struct plain *p);

#endif
