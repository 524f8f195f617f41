/* plain_io.h - line mode's lines out and in, and where a session of it stands.
 *
 * Nothing is drawn and no escape sequence is written. The important word stands first in a line, and every line that
 * came from people or files is tamed. */
#ifndef DOLEN_APP_PLAIN_IO_H
#define DOLEN_APP_PLAIN_IO_H

#include <signal.h>
#include <stddef.h>

#include "cli.h"
#include "dolen/base/buf.h"
#include "dolen/ui/views.h"

enum plain_end { PLAIN_GO_ON, PLAIN_QUIT, PLAIN_EOF, PLAIN_LOCK, PLAIN_SUSPEND, PLAIN_HANGUP };

struct plain {
    struct run      *run;
    struct casefile *cf;
    struct ui        ui;            /* for the readers that the views have too; there is no screen */
    enum plain_end   end;
    bool             mid_form;      /* a form was open when the end came */
    bool             in_form;       /* between its questions nothing that was filed is taken back */
    bool             told_keys;     /* how to answer in a form was said once */
    bool             in_serious;
    bool             knows_steps;   /* what can be done for a person was read, in the language of now */
    bool             heard;         /* the next list was read a moment ago: only its title is said */
    /* so many lines of the next list are read before "more" is asked for; 0: as usual */
    size_t           first;
    struct id        person, episode;   /* whom it is about now, or not set */
    struct buf       in;            /* read and not yet used */
    bool             in_ended;
    int              timer;         /* -1: none */
    int64_t          due, slept;    /* ms on the clock that runs while the laptop sleeps */
    sigset_t         mask;          /* as it was before signals were held back */
};

void io_start(struct plain *p);
void io_stop(struct plain *p);
void tell(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
void tell_text(const char *text);                    /* as it is, tamed; may have several lines */
void tell_error(const struct err *err);
/* ":" between text and what belongs to it, or "" when it ends by itself */
const char *plain_colon(const char *text);
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
#define CHOSE_OTHER (-4)
/* A long list is read in parts; every line of it can be chosen at once. */
int plain_choose(struct plain *p, const char *title, const struct choice *items, size_t n);
/* The same in a form, where Enter goes on and the form's commands hold: CHOSE_OTHER with what was typed in *other, when
 * that is Enter alone or no line of the list. */
int plain_choose_or(struct plain *p, const char *title, const struct choice *items, size_t n, struct buf *other);

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
/* True, and said so, for a word with a colon where a name or the like was asked for: it is no answer. */
bool        plain_no_command(const char *typed);
/* A line typed by somebody; false: < was typed, or nothing, or it is over. line is cleaned of blanks at its ends. */
bool        plain_typed(struct plain *p, const char *prompt, struct buf *line);

enum plain_answer { ANSWER_NO, ANSWER_YES, ANSWER_OVER };
enum plain_answer plain_yes(struct plain *p, const char *question);

#endif
