/* app/redecide.c - a referral that waited is decided on after all: its day is today's, and the referrer is to be told.
 *
 * Without it a period of support would open on the day that somebody came onto the waiting list, and whoever was told
 * of the waiting list would never be told of the end of it. */
#include "redecide.h"

#include "dolen/base/mem.h"
#include "dolen/base/text.h"
#include "after.h"
#include "dolen/base/banned.h"

static void put(struct filling *f, const char *question, const char *value)
{
    const struct question *q = form_question(f->form, question);

    if (q && value)
        session_set_canonical(f->session, q, 0, value, NULL);
    else if (q)
        session_clear(f->session, q, 0);
}

/* from is still what stands there: to takes its place. */
static void replace(struct filling *f, const char *question, const char *from, const char *to)
{
    const char *now = answers_value(session_answers(f->session), question, 0);

    if (str_eq(now ? now : "", from ? from : ""))
        put(f, question, to);
}

void redecide_propose(struct filling *f)
{
    struct date_text today = date_iso(clock_today());
    const char *decision = answers_value(session_answers(f->session), "decision", 0);
    struct record r;

    if (f->binds != T_REFERRAL || f->fresh || !str_eq(f->form->id, "decision") || !decision)
        return;
    record_init(&r, T_REFERRAL);
    if (store_get(f->cf->store, T_REFERRAL, f->record, &r, NULL) == ST_OK) {
        const char *on = record_text(&r, REFERRAL_decided_on), *told = record_text(&r, REFERRAL_feedback_sent_on);
        const char *was = record_text(&r, REFERRAL_decision);
        bool again = decision_waits(was) && !str_eq(was, decision);

        if (again && !f->proposed_on[0]) {
            replace(f, "decided_on", on, today.s);
            replace(f, "feedback_sent_on", told, NULL);
            str_copy(f->proposed_on, sizeof f->proposed_on, today.s);
        } else if (!again && f->proposed_on[0]) {
            replace(f, "decided_on", today.s, on);
            replace(f, "feedback_sent_on", NULL, told);
            f->proposed_on[0] = '\0';
        }
    }
    record_release(&r);
}
