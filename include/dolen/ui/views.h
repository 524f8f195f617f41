/* dolen/ui/views.h - the views of the workstation.
 *
 * A view reads the store and draws. Opening a record, filing, binning and everything else that writes is asked for
 * through screen_focus() and an action; the program above carries it out and calls screen_changed(). NAV_OPEN that a
 * view passes on opens what the focus names. */
#ifndef DOLEN_UI_VIEWS_H
#define DOLEN_UI_VIEWS_H

#include "dolen/base/date.h"
#include "dolen/core/episode.h"
#include "dolen/core/freshness.h"
#include "dolen/forms/catalog.h"
#include "dolen/forms/session.h"
#include "dolen/store/read.h"
#include "dolen/ui/actions.h"
#include "dolen/ui/screen.h"
#include "dolen/ui/ui.h"

struct text_view;
struct gap_count;

/* What a view about one person says of them in the title line: the neutral mark first, so that a narrow screen cannot
 * cut it off, then name and language. Nothing for a row that was not loaded. */
void person_banner_put(struct ui *u, const struct person_row *row, struct buf *out);

/* --- the day ----------------------------------------------------------------------------------------------------- */
struct view *today_view_new(struct ui *u);
struct view *people_view_new(struct ui *u, const char *typed);          /* typed: initial search or NULL */
struct view *referrals_view_new(struct ui *u);
struct view *directory_view_new(struct ui *u);
/* Choosing an asset for a person's connection: NAV_OPEN gives it to chosen; G (ACT_GAP) is passed on. */
struct view *directory_choose_new(struct ui *u, struct id person, struct id episode,
                                  unsigned (*chosen)(void *ctx, struct id asset), void *ctx);
/* What is looked for in the directory that v is; NULL: v is another view. Until v is closed. */
const struct wish *directory_wish(struct view *v);
/* How many months an entry of this category keeps; what stands against sending somebody there. */
int               asset_months(struct ui *u, const char *category);
struct asset_load asset_load_of(struct ui *u, const struct asset_row *row);
/* What speaks against choosing it, in sentences: the person's no to sharing with it (ID_NONE: nobody), the entry's own,
 * and that the period of support (ID_NONE: none) has a connection to it already. */
void choosing_cautions(struct ui *u, struct id person, struct id episode, const struct asset_row *row,
                       struct buf *out);
struct view *asset_view_new(struct ui *u, struct id asset);
struct view *gaps_view_new(struct ui *u);
struct view *gaps_counted_view_new(struct ui *u, const struct gap_count *of); /* what one row of the table is made of */
struct view *gap_table_view_new(struct ui *u);                          /* unmet need by quarter */
struct view *same_assets_view_new(struct ui *u);                        /* entries that may be there twice */
struct view *supervision_view_new(struct ui *u);
/* What was put in the bin in the last 30 days; NAV_OPEN passed on takes the row in focus (FOCUS_BINNED) out again. */
struct view *bin_view_new(struct ui *u);
/* What two laptops wrote differently; 1, 2 and b give the difference to settle (enum settle). shown: both sides of what
 * the safe-contact rule covers are about to be read; true: the history says so, and they may be. */
struct view *conflicts_view_new(struct ui *u, unsigned (*settle)(void *ctx, struct id difference, int how),
                                bool (*shown)(void *ctx, struct id difference), void *ctx);
void         conflicts_view_at(struct view *v, struct id difference);   /* stands on it at first, if it waits */
/* Open cases of a practitioner, Space marks; ACT_HAND_CASES gives the people marked to hand; when none is, NULL and how
 * many there are. */
struct view *caseload_view_new(struct ui *u, struct id practitioner,
                               unsigned (*hand)(void *ctx, struct id from, const struct id *people, size_t count),
                               void *ctx);
/* A person, their period of support and plan as they stood at the end of a day; for reading only. */
struct view *as_of_view_new(struct ui *u, struct id person, struct date on);
/* the same, appended */
enum status  as_of_text(struct ui *u, struct id person, struct date on, struct buf *out, struct err *err);
/* Two records side by side, before they are joined. */
struct view *merge_view_new(struct ui *u, struct id keep, struct id other);
const char  *bin_kind_label(enum table_id t);                            /* "Contact", "Goal" */
/* "3 days left"; of somebody whom the bin keeps longer, because a period of support is open, that. */
void         bin_left_words(int left, struct buf *out);
/* What lies in the bin, after its kind: whose or which entry, and what, with between between them: "Nia Pritchard,
 * 9 Mar 2026". */
void         bin_row_words(struct catalog *c, const struct bin_row *r, const char *between, struct buf *out);

/* --- one person --------------------------------------------------------------------------------------------------- */
/* Sections (Tab or h/l between them): overview, intake, conversation, plan, connections, contacts, measures, consent,
 * concerns, history. */
enum person_section {
    SECTION_OVERVIEW,
    SECTION_INTAKE,
    SECTION_CONVERSATION,
    SECTION_PLAN,
    SECTION_CONNECTIONS,
    SECTION_CONTACTS,
    SECTION_MEASURES,
    SECTION_CONSENT,
    SECTION_CONCERNS,
    SECTION_LETTERS,
    SECTION_HISTORY,
    SECTION_COUNT
};
struct view *person_view_new(struct ui *u, struct id person, enum person_section section);
/* Nobody is told about somebody who came alone; family who asked for them are told. */
bool         referral_has_referrer(const struct record *referral);
/* From whom a referral came and whether they were told; made: a line for each letter that was made, newest first. */
enum status  referral_letter_words(struct ui *u, const struct record *referral, struct buf *whom, struct buf *made,
                                   struct err *err);
/* Appends text with the dots between parts of a line as commas, and lines that follow as further parts. */
void         words_for_the_ear(struct buf *out, const char *text);
const char  *person_section_label(enum person_section section);                     /* neutral, translated */
/* What a section shows, as lines for the ear, appended; nothing when nothing is written there. Charts are sentences,
 * covered values are dots. */
enum status  person_section_words(struct ui *u, struct id person, enum person_section section, struct buf *out,
                                  struct err *err);
/* On the overview the cursor goes to what is due of this kind (work_kind_code). */
void         person_view_seek(struct view *v, const char *due);
/* The row of a record that was just written is selected at the next draw, where the section shown has one. */
void         person_view_show(struct view *v, struct id record);
/* One protected value is shown until the view is left. The program has read out the rule and written the
 * reveal down. */
void         person_view_reveal(struct view *v, const char *question);
/* Whose view it is, and which section is shown; ID_NONE for any other view. */
struct id    person_view_person(struct view *v, enum person_section *section);
/* Appends the safe-contact rule in words ("Text only, mornings; leave no message"); nothing when there is none. */
void         safe_rule_text(struct ui *u, const struct record *person, struct buf *out);
/* Appends how far the case has come, of the facts and the referral that person_facts gave; where the referral came to
 * nothing, the decision in its own words: who declined and who was never reached are not the same. */
void         stage_words(struct ui *u, const struct episode_facts *f, struct id referral, struct buf *out);
/* Appends when and why a closed episode was closed: "closed 9 Mar 2026: Moved away". */
void         closed_words(struct ui *u, const struct record *episode, struct buf *out);
/* Appends a sentence where an earlier episode was closed by a death and the one that is shown was not: it belongs to
 * somebody else, or the record is wrong, and nobody should ring before they have looked. */
void         death_words(struct ui *u, struct id person, const struct record *shown, struct buf *out);
/* The open episode, else the newest; out has no id when there is none. */
enum status  person_episode_record(struct ui *u, struct id person, struct record *out, struct err *err);
/* What is recorded about the person's episode (or, before one, about the newest referral, whose id is put in
 * *referral). */
enum status  person_facts(struct ui *u, struct id person, const struct record *episode, struct episode_facts *out,
                          struct id *referral, struct err *err);
/* Why a change was made: the program's own reasons in words, others as they were typed. */
void         change_why_words(const char *why, struct buf *out);
/* What a note of the history is about that is of no table: "Sealed for another laptop"; NULL: of nothing such. */
const char  *change_note_label(const char *entity);
/* Appends when, what, why, who, and each field old and new, as one line, long values shortened; what the rule of
 * the person covers as dots. */
void         change_words(struct ui *u, struct id person, const struct change_row *c, struct buf *out);
/* Who, what and why into head; each field old and new into body, a line each, every value whole. */
void         change_lines(struct ui *u, struct id person, const struct change_row *c, struct buf *head,
                          struct buf *body);
/* The page of one change, whole, by its number. */
struct view *change_view_new(struct ui *u, struct id person, int64_t seq);
/* Appends what taking a change back does: "Phone: 2 → 1; …", each field as it is and as it will be, and what goes back
 * with it. */
enum status  change_back_words(struct ui *u, struct id person, int64_t seq, struct buf *out, struct err *err);
/* Who changed what in one record that is no person's (an entry of the directory, a supervision), newest first. */
struct view *record_history_view_new(struct ui *u, struct id record);
/* "N to go" of an episode: one definition with the export (dataset_missing over extract_facts). items may be NULL. */
size_t       episode_to_go(struct ui *u, struct id episode, const struct data_set_item **items, size_t max);
/* The list behind "-": Enter jumps to the question (FOCUS_FORM with question set). */
struct view *missing_view_new(struct ui *u, struct id person, struct id episode);

/* --- a form ------------------------------------------------------------------------------------------------------- */
struct form_host {
    void     *ctx;
    unsigned (*save)(void *ctx);        /* a field was left and something changed: keep the draft, session_mark_clean */
    unsigned (*file)(void *ctx);        /* ACT_FILE_FORM with nothing wrong, or agreed to file all the same */
    void     (*release)(void *ctx);     /* the view is closed: frees ctx and the session */
    /* NULL, or adds what of the notes an answer came from, a line each. */
    void     (*sources)(void *ctx, const char *question, int repeat, struct buf *out);
    /* NULL, or what was filed last in that question; NULL: nothing yet. Valid until the next call. */
    const char *(*last)(void *ctx, const char *question);
    /* NULL, or adds what that instance of a repeat is about: it stands in its heading, and stays in sight. */
    void     (*item)(void *ctx, const struct question *repeat, int instance, struct buf *out);
    /* NULL, or asked when Esc leaves and all is saved; true: nothing had been written, the draft is gone, and that was
     * said. */
    bool     (*leave)(void *ctx);
};
/* session stays the host's. who: shown in the banner with the person's language; guarded: contact values are dots
 * until revealed. at: a question to start on ("action#3" where it repeats), or NULL. note: one line under the title
 * ("draft of 14:07, 6 answers"), or NULL. */
struct view *form_view_new(struct ui *u, struct session *session, const struct form_host *host, struct id person,
                           bool guarded, const char *at, const char *note);
/* To a row of the session, or the next one that is asked; behind the last: to the end, where it is filed. */
void         form_view_stand(struct view *v, size_t row);
/* What stands in it, in a few words, appended: "7 answers, 2 left empty; Not known: 1". Questions a rule hides do not
 * count. */
void         form_summary(const struct session *s, struct buf *out);
/* The session was changed from elsewhere: the editor holds what stands there now. */
void         form_view_again(struct view *v);
void         form_view_reveal(struct view *v, const char *question);
/* Typing has paused, or the program is about to lock: what the editor holds goes into the session (when it passes)
 * and the draft is saved. Caret and text stay. v is the top of the stack: the form may lie below a panel; no form, no
 * effect. */
unsigned     form_view_flush(struct view *v);

/* --- round about -------------------------------------------------------------------------------------------------- */
/* Help for the view below, then all keys; looking for words, or for what a key does when they are the name of one. */
struct view *help_view_new(struct ui *u, const char *of_view, uint64_t context);
void         help_view_look_for(struct view *v, const char *words);
const char  *help_asked(const struct keymap *km, const char *line);     /* "c" of "help c", in line; NULL: another line */
/* Protocols and numbers, always in both languages. case_open false: numbers only, no note. */
struct view *serious_view_new(struct ui *u, bool case_open);
/* The id of the protocol that is open in it, and stays open below what is opened over it; NULL: none, or another view. */
const char  *serious_protocol(const struct view *v);
/* The numbers alone, to read: for hand-over mode. */
struct text_view *serious_numbers_new(struct ui *u);
struct view *menu_view_new(struct ui *u);
/* ":" with completion */
struct view *command_view_new(struct ui *u, unsigned (*done)(void *ctx, const char *line), void *ctx);
struct view *privacy_view_new(struct ui *u);                                        /* blank */
/* Settings of this person's program, in $XDG_CONFIG_HOME/dolen/settings: one table of rows. */
struct setting {
    const char *key;
    const char *label, *help;           /* N_() */
    int         least, most, fallback;  /* numbers and yes/no (0, 1) */
    const char *const *words;           /* NULL, or names of the values from least on */
    const char *unit;                   /* N_() or NULL */
};
extern const struct setting settings[];
extern const size_t         settings_count;
/* Settings of the case file, for everybody who opens it: shown after those; the program above asks and writes. */
extern const struct setting case_settings[];
extern const size_t         case_settings_count;
int          case_setting_value(struct store *s, const struct setting *setting);
int          setting_value(const char *key);
void         setting_set(const char *key, int value);
enum status  settings_load(struct buf *complaints, struct err *err);
enum status  settings_save(struct err *err);
struct view *settings_view_new(struct ui *u);

#endif
