/* person_priv.h - one person's view: its frame is person_view.c, each section is a function that fills a sheet. */
#ifndef DOLEN_UI_PERSON_PRIV_H
#define DOLEN_UI_PERSON_PRIV_H

#include "dolen/core/episode.h"
#include "dolen/ui/views.h"
#include "older.h"
#include "person_sheet.h"

#define REVEALED_MAX 8

struct person_view {
    struct view         view;
    struct ui          *u;
    struct id           id;
    enum person_section section;
    struct record       person, episode;         /* episode: the open one, else the newest; no id when there is none */
    struct sheet        sheet[SECTION_COUNT];    /* each keeps where one was */
    bool                waits;                   /* a referral of theirs is still to be decided on */
    bool                guarded, marked;         /* values are dots; the neutral mark stands beside the name */
    char                revealed[REVEALED_MAX][48];
    size_t              revealed_count;
    struct older        older;                   /* definitions that answers here were given to */
    int                 history_limit;
    bool                history_more;
    /* the overview was shown: step was the next one then; STEP_COUNT none */
    bool                knows_step;
    int                 step;
    struct id           show;                    /* at the next load: the record whose row is selected */
    const char         *seek;                    /* at the next load: the row that is selected; static, or NULL */
};

/* The person and the episode; kind and the rest are the caller's. */
struct focus person_focus_of(const struct person_view *v, int kind, struct id subject);
struct focus person_focus_form(const struct person_view *v, const char *form, struct id subject, const char *question);
/* A covered value as it may be shown now. */
const char  *person_shown(const struct person_view *v, const char *column, const char *value);

/* Sections: what is in the case file -> rows of the sheet. */
enum status person_overview(struct person_view *v, struct sheet *s, struct err *err);
enum status person_intake(struct person_view *v, struct sheet *s, struct err *err);
enum status person_conversation(struct person_view *v, struct sheet *s, struct err *err);
enum status person_plan(struct person_view *v, struct sheet *s, struct err *err);
enum status person_connections(struct person_view *v, struct sheet *s, struct err *err);
enum status person_contacts(struct person_view *v, struct sheet *s, struct err *err);
enum status person_measures(struct person_view *v, struct sheet *s, struct err *err);
enum status person_consents(struct person_view *v, struct sheet *s, struct err *err);
enum status person_concerns(struct person_view *v, struct sheet *s, struct err *err);
enum status person_letters(struct person_view *v, struct sheet *s, struct err *err);
enum status person_history(struct person_view *v, struct sheet *s, struct err *err);

/* --- person_ways.c ---------------------------------------------------------------------------------------------- */

/* Nothing is begun before a period of support is open, nor in one that is closed; a contact may be written up after it.
 * waits: a referral of theirs is to be decided on. Keys that begin nothing are never idle here. */
bool person_way_idle(const struct episode_facts *f, bool waits, int action);
bool person_row_idle(struct ui *u, const struct person_row *p, int action);        /* the same of a row of a list */

/* --- person_words.c: codes, dates and answers in words ---------------------------------------------------------- */

/* Label of a code, of each code of a list; the code itself when the list does not know it; "" for NULL. */
const char *word_of(struct ui *u, const char *codes, const char *code);
const char *code_or_not_said(struct ui *u, const char *codes, const char *code);    /* "" is "not said" */
void        words_of(struct ui *u, const char *codes, const char *list, struct buf *out);
/* Adds " · text" (or text alone at the start); nothing for NULL or "". */
void        words_add(struct buf *out, const char *text);
void        words_add_phone(struct buf *out, const char *cleaned);
void        words_add_date(struct buf *out, const char *fmt, struct date d);     /* fmt translated, with one %s */
void        words_addf(struct buf *out, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* "today", "3 days ago", "in 5 days" */
void        words_days(struct buf *out, struct date d, struct date today);
void        asset_words(struct ui *u, struct id asset, struct buf *out);          /* its name */

/* --- change_words.c: columns in the words of the forms that ask them ------------------------------------------ */

const struct question *column_question(struct ui *u, enum table_id t, const char *column);   /* NULL: no form asks it */
const char *column_label(const char *column);                    /* of one that no form asks */
bool        column_is_inner(const char *column);                 /* kept by the program for itself */
void        column_words(struct ui *u, const struct question *q, const char *value, struct buf *out);

/* --- person_answers.c ------------------------------------------------------------------------------------------- */

/* --- person_facts.c --------------------------------------------------------------------------------------------- */

/* What is recorded about the person's episode (or, before one, about the newest referral, whose id is put in
 * *referral). */
enum status person_facts(struct ui *u, struct id person, const struct record *episode, struct episode_facts *out,
                         struct id *referral, struct err *err);
/* The open episode, else the newest; out has no id when there is none. */
enum status person_episode_record(struct ui *u, struct id person, struct record *out, struct err *err);
/* The newest referral that nobody has decided on, or that was put off; ID_NONE: none waits. */
struct id   person_waiting_referral(struct ui *u, struct id person);
/* Why a section of the case is empty where no period of support was ever open, and what to do. */
const char *person_nothing_open(const struct person_view *v);
/* Asked to go at a load of the overview; 0 without an episode. */
enum status person_to_go(struct ui *u, struct id episode, const struct data_set_item **items, size_t max, size_t *n,
                         struct err *err);

#endif
