/* app/put_right.h - answers that were filed and are put right: what stays as it was then. */
#ifndef DOLEN_APP_PUT_RIGHT_H
#define DOLEN_APP_PUT_RIGHT_H

#include "filing.h"

/* f->record is a response: its point (baseline, review, closing), its episode, its language and, of a measure, the day and words
 * it was asked in hold for what is filed. A response that is not there is fine: filing makes it anew. */
enum status put_right_begin(struct filling *f, struct err *err);
/* The day that what is filed is of: the one that was answered, else that of then, else today. */
struct date put_right_held_on(const struct filling *f, const struct answers *a);
void put_right_day(const struct filling *f, struct answers *a);
/* The language and the wording that the answers are filed under: those of then, else those of now. */
const char *put_right_language(const struct filling *f);
const char *put_right_wording(const struct filling *f);

#endif
