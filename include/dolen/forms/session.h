/* dolen/forms/session.h - a form being filled in: the one engine under the screen, --plain and `form fill`.
 *
 * Holds working answers. After every change the visible rows are worked out anew: rules, calculations, repeats. A value
 * whose question stops being relevant is kept (the rule may turn again) but counts as missing and is SKIPPED at the
 * end. */
#ifndef DOLEN_FORMS_SESSION_H
#define DOLEN_FORMS_SESSION_H

#include <stdbool.h>
#include <stddef.h>

#include "dolen/base/buf.h"
#include "dolen/base/date.h"
#include "dolen/base/status.h"
#include "dolen/core/answer.h"
#include "dolen/forms/form.h"

struct session;

/* ${person_age}, ${stage}, ${referral_org} … (docs/forms.md): value NULL = not known. Copied. */
struct fact {
    const char *name, *value;
};

/* initial NULL: a new form, defaults are applied. Otherwise its answers are taken as they are (unknown names kept, see
 * session_orphans). form must outlive the session. */
struct session *session_new(const struct form *form, const struct answers *initial, const struct fact *facts,
                            size_t nfacts, struct date today);
void session_free(struct session **sp);
/* For a form that is filled in further: what a rule hid in initial was never asked, and when it comes up after all it
 * begins with its default, as in a new form. Nothing counts as changed by that. */
void session_default_skipped(struct session *s, const struct answers *initial);
/* What is written down elsewhere already (`known:` of a question) is not asked again: where a question has no answer
 * yet it is put in, and nothing counts as changed by that. fill false: only found out, for a draft that was filled so
 * before. */
void session_know(struct session *s, bool fill);
/* Where the answer that stands there is also written down, as a sentence in the current language; NULL: it came from
 * nowhere else. */
const char *session_known_from(const struct session *s, const struct question *q, int repeat);
const struct form    *session_form(const struct session *s);
const struct answers *session_answers(const struct session *s);     /* as they stand, drafts are made of this */
bool session_dirty(const struct session *s);                        /* changed since new or session_mark_clean */
void session_mark_clean(struct session *s);

/* --- what is to be seen --- */

enum row_kind {
    ROW_HEADING,        /* a group */
    ROW_NOTE,
    ROW_QUESTION,
    ROW_INSTANCE,       /* heading of instance `repeat` of the repeat q */
    ROW_ADD             /* "add another": the repeat q */
};

struct row {
    enum row_kind          kind;
    const struct question *q;
    int                    repeat;  /* 0 outside repeats */
    int                    depth;
};

const struct row *session_rows(const struct session *s, size_t *n);  /* borrowed until the next change */
/* Row of a question (first instance when repeat is 0), or -1 when it is not to be seen now. */
int         session_find_row(const struct session *s, const char *name, int repeat);
bool        session_relevant(const struct session *s, const struct question *q, int repeat);
bool        session_required(const struct session *s, const struct question *q, int repeat);
int         session_instances(const struct session *s, const struct question *repeat_q);
/* A date as it was typed: date_parse(), and without its year the next such day, or for a past question that begins with
 * today the last one. A day of birth and the like want their year; of a birth the month or the year alone will do, when
 * the form asks how exact it is (birth_precision): session_set answers that too. */
bool        session_date(const struct session *s, const struct question *q, const char *typed, struct date *out,
                         enum date_grain *grain);
/* Text for people, current language, appended: label of the code(s), date, number, or the missing state's label;
 * nothing when not reached. */
void        session_show(const struct session *s, const struct question *q, int repeat, struct buf *out);
const char *session_value(const struct session *s, const struct question *q, int repeat);   /* canonical or NULL */
enum missing session_state(const struct session *s, const struct question *q, int repeat);
/* The choices on offer now (choice_filter, until). Returns how many there are; the first max go to out. */
size_t      session_choices(const struct session *s, const struct question *q, int repeat, const struct code **out,
                            size_t max);

/* --- changing it: ST_OK, or ST_INVALID with a sentence and nothing changed --- */

/* What a person typed: text; 7; 2,5; a date day first; a code, a choice's number from 1, or the beginning of one label
 * in either language; several with commas for select_multiple; yes/ie/1 for acknowledge. "" clears. */
enum status session_set(struct session *s, const struct question *q, int repeat, const char *typed, struct err *err);
/* Canonical text only (JSON, imports, other programs). */
enum status session_set_canonical(struct session *s, const struct question *q, int repeat, const char *value,
                                  struct err *err);
/* Text that does not pass yet (half a date), as it was typed: a draft keeps it, session_problems() names it, and filing
 * is refused until it is put right. Nothing happens where q has no place, or for empty text. */
void        session_keep_unfinished(struct session *s, const struct question *q, int repeat, const char *typed);
bool        session_is_unfinished(const struct session *s, const struct question *q, int repeat);
enum status session_set_missing(struct session *s, const struct question *q, int repeat, enum missing m,
                                struct err *err);
void        session_clear(struct session *s, const struct question *q, int repeat);
enum status session_toggle(struct session *s, const struct question *q, int repeat, const char *code, struct err *err);
/* ranked: moves a chosen code up (-1) or down (+1). False when it cannot move. */
bool        session_move_rank(struct session *s, const struct question *q, int repeat, const char *code, int by);
/* its number, 0 when full (100) */
int         session_add_instance(struct session *s, const struct question *repeat_q);
/* As a person takes one out: what names a later one by its number (`numbers:`) goes along, and what named this one is
 * empty. */
void        session_take_out(struct session *s, const struct question *repeat_q, int repeat);
void        session_remove_instance(struct session *s, const struct question *repeat_q, int repeat);

/* --- what is still wrong or open --- */

struct problem {
    int   row;              /* index into session_rows */
    bool  open;             /* required and not reached; else a value that does not pass */
    struct text2 sentence;
};
struct problems {
    struct problem *items;
    size_t          count, cap;
};
void   session_problems(const struct session *s, struct problems *out);
void   problems_release(struct problems *p);
size_t session_to_go(const struct session *s);              /* required, relevant, not reached */
size_t session_given(const struct session *s);              /* asked now, and with a value or a stated missing state */

/* What is known of a question while a rule hides it (when_skipped); the caller frees. NULL: nothing. */
char *session_when_skipped(const struct session *s, const struct question *q, int repeat);
/* The answers to keep: every question once; SKIPPED where a rule hides it and nothing is known of it all the same,
 * NOT_REACHED (no entry) where nothing was said, calculations as they come out, empty instances left out. Never
 * refuses: problems are for the caller to weigh. */
void session_finish(struct session *s, struct answers *out);
/* Answers whose question this form does not have (an older version's): kept, shown grey. */
size_t session_orphans(const struct session *s, const struct answer **out, size_t max);

#endif
