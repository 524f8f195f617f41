/* person_due.h - where the overview's rows lead: the next step to take, and what is due. */
#ifndef DOLEN_UI_PERSON_DUE_H
#define DOLEN_UI_PERSON_DUE_H

#include "dolen/core/worklist.h"
#include "person_priv.h"

struct focus person_step_focus(const struct person_view *v, enum step step, struct id referral);
/* subject: of the task. FOCUS_NONE for kinds that are not about a person. */
struct focus person_due_focus(const struct person_view *v, enum work_kind kind, struct id subject);

#endif
