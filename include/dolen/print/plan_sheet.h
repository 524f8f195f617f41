/* dolen/print/plan_sheet.h - the person's own copy of the plan: easy words, their language, nothing on it that could
 * put them in danger. No phone or address of theirs, no referral reasons, no notes; for a person with a safe-contact
 * rule also no places and no next date, because paper is found by others. */
#ifndef DOLEN_PRINT_PLAN_SHEET_H
#define DOLEN_PRINT_PLAN_SHEET_H

#include "dolen/print/document.h"
#include "dolen/store/read.h"

struct plan_sheet {
    struct id person, episode;      /* episode not set: a sheet that says that there is no plan yet */
    enum lang lang;
    struct date today;              /* no earlier day is called the next time */
    bool      large, training;
};
enum status plan_sheet_make(struct document **out, struct store *s, const struct plan_sheet *ask, struct err *err);

/* What to think of before the paper is given out, one sentence a line, in the language of the program: a safe-contact
 * rule, and what the plan says of a copy (better none at home, not wanted). Nothing where there is nothing. */
enum status plan_sheet_cautions(struct store *s, const struct plan_sheet *ask, struct buf *out, struct err *err);

/* The language the person reads, where it is Welsh or English; otherwise what is given. */
enum lang person_reads(struct store *s, struct id person, enum lang otherwise);

#endif
