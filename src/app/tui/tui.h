/* tui.h - the workstation on the screen: one loop, one place that dispatches actions, one that opens forms. */
#ifndef DOLEN_APP_TUI_H
#define DOLEN_APP_TUI_H

#include "cli.h"
#include "filing.h"
#include "dolen/ui/screen.h"
#include "dolen/ui/term.h"
#include "dolen/ui/views.h"

struct hosted;
struct handed;
struct carrying;
struct recording;
struct making;
struct hosting;

/* What '.' would do (tui_again.h). */
struct again {
    int            action;          /* 0: nothing yet */
    char           form[48], value[16], why[208];
    bool           goal;
    struct id      asset;
    struct answers contact;
};

enum ending { GO_ON, END_QUIT, END_LOCK, END_SUSPEND, END_HANGUP };

struct app {
    struct run      *run;
    struct casefile *cf;            /* claimed; store is NULL while locked */
    struct term     *term;
    struct canvas   *canvas;
    struct screen   *screen;
    struct keymap   *keymap;
    struct ui        ui;
    struct secret   *typed;         /* at the unlock view */
    enum ending      ending;
    int64_t          privacy_since; /* 0: the screen is not blanked */
    long             idle_ms;       /* time without a key after which it locks */
    struct hosted   *hosted;        /* the innermost open form */
    struct handed   *handed;        /* the form that the person has in hand; nothing else can be reached then */
    struct carrying *carrying;      /* batches on their way (tui_outbox.h) */
    int              later;         /* the clock of the next try; 0: there was none yet */
    struct recording *recording;    /* the keys of the running drill (drill_record.h) */
    long             replay_due;    /* ms until the next key of a replay that runs on; -1: none does */
    long             replay_left;   /* ms that it may run on before the idle lock */
    struct hosting  *hosting;       /* a server that is asked for its key (tui_host.h) */
    struct making   *making;        /* the batch that is looked at or sealed just now (tui_seal.h) */
    bool             autosave_due;
    int64_t          typing_since;  /* ms, when what is to be autosaved began */
    struct again     again;
    struct view     *tip_view;      /* the screen that a tip was last thought of for; never looked into */
    const char      *tip_name;
    bool             tipped;        /* its tip stands there */
    struct buf       complaints;    /* bad lines of the user's files, until they were said on an open case file */
    bool             unkept;        /* was told that what was typed cannot be kept */
};

/* --- tui.c --- */
/* Bad lines of the user's own files, as the message when there is no other. */
void     tui_complain(struct app *a);

/* --- tui_actions.c --- */
unsigned tui_dispatch(struct app *a, int action);       /* REACT_* */
void     tui_enter(struct app *a);                      /* after unlocking: Today, or back to where one was */
void     tui_leave_place(struct app *a);                /* before locking: remembers where one is */

/* --- tui_forms.c --- */
unsigned tui_open_form(struct app *a, const struct target *t, const char *at);
/* The same; a draft of it opens where it was left all the same. */
unsigned tui_open_form_on(struct app *a, const struct target *t, const char *at);
/* The same; into a form that nothing was typed into yet go these answers, and where there are some it is said. */
unsigned tui_open_prefilled(struct app *a, const struct target *t, const struct answers *prefill, const char *said);
unsigned tui_resume_draft(struct app *a, struct id draft, const char *at);     /* at: a question, or NULL */
/* The filling behind the top view when that is a form, else NULL. */
struct filling *tui_filling(struct app *a);
void     tui_close_form(struct app *a);                 /* the top form, without a draft */
/* What is being typed goes into the drafts; false when one could not be written, its sentence is the message then. */
bool     tui_flush(struct app *a);
/* A new person from a typed name, then language, then referral. */
unsigned tui_add_referral(struct app *a);
/* "Nia Pritchard, 3 Feb 1950, CF10 1AA"; no postcode of a protected person. */
struct text2 tui_person_label(struct app *a, struct id person);

/* --- unlock_view.c --- */
struct view *unlock_view_new(struct app *a);
void         unlock_view_says(struct view *v, enum style style, struct text2 take);
enum status  tui_unlock(struct app *a, struct err *err);    /* with what was typed */
/* A key into what nobody sees: text, Backspace, or Ctrl-U, which begins anew. false: another key, left alone. */
bool         tui_secret_key(struct secret *typed, const struct key *k);

/* Before work that may take seconds: the message says so while it is done. */
void     tui_say_working(struct app *a);
/* An error as the screen's message. */
unsigned tui_say_error(struct app *a, const struct err *err);

#endif
