/* plain_priv.h - line mode inside: which file does what. */
#ifndef DOLEN_APP_PLAIN_PRIV_H
#define DOLEN_APP_PLAIN_PRIV_H

#include "plain_form.h"
#include "plain_io.h"
#include "plain_ways.h"

/* --- plain_today.c: what is due, and the caseload in counts --- */

void plain_today(struct plain *p);
void plain_counts(struct plain *p);
void plain_only_own(struct plain *p);

/* --- plain_lists.c: people, referrals, directory, gaps --- */

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
void step_unmerge(struct plain *p);

/* --- plain_laptops.c: colleagues, and the other laptop --- */

void plain_caseload(struct plain *p);
void plain_conflicts(struct plain *p);
void plain_open_handover(struct plain *p);
void plain_laptops(struct plain *p);
void step_make_handover(struct plain *p);

/* --- plain_ways_in.c: what opens the case file --- */

void plain_ways_in(struct plain *p);

/* --- plain_figures.c: reports, gaps by quarter, what is there twice --- */

void plain_reports(struct plain *p);
void plain_gap_table(struct plain *p);
void plain_same_assets(struct plain *p);

/* --- plain_paperwork.c: the practitioner's own minutes on forms --- */

void plain_paperwork(struct plain *p);

/* --- plain_upkeep.c: the recovery test, settings, what was --- */

struct hidden_line { const char *hidden, *typed, *none; };      /* N_(): at a terminal, from a script, when none came */
/* At a terminal it is not shown; from a script it is the next line. */
enum status plain_secret(struct plain *p, const struct hidden_line *h, struct secret **out, struct err *err);
void plain_recovery(struct plain *p);
void plain_settings(struct plain *p);
void step_as_of(struct plain *p);
void step_reopen(struct plain *p);

/* --- plain_help.c --- */

/* ":help WORD": everything that can be done that has the word, and how. False: nothing of the kind was typed. */
bool plain_help_about(const char *typed, bool bare);

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
void step_added_form(struct plain *p);
void step_feedback(struct plain *p);
void step_reveal(struct plain *p);
void step_mark(struct plain *p);
void step_to_go(struct plain *p);
void step_undo(struct plain *p);

/* --- plain_paper.c: pages for somebody else, read out and saved to be printed --- */

void step_print_plan(struct plain *p);
void step_forget_list(struct plain *p);
void step_forget(struct plain *p);
void step_hold(struct plain *p);
void plain_retention(struct plain *p);
void step_letter(struct plain *p);

/* --- plain_records.c: what is written about a person, read again --- */

/* Every answer of a record or response, in the words of its own form. */
void record_says(struct plain *p, enum table_id t, const char *form, struct id id);
void step_records(struct plain *p);

/* --- plain_history.c: who changed what, and a row of it taken back --- */

void step_history(struct plain *p);
void plain_history_of(struct plain *p, struct id record);     /* of an entry of the directory, or a supervision */

/* --- plain_drill.c: practice; in training case files --- */

void plain_drills(struct plain *p);
/* A form of this person was filed: what happened then in their drill is told, if anything did. */
void plain_drill_filed(struct plain *p, struct id person);

/* --- plain.c --- */

void plain_serious(struct plain *p);

#endif
