/* app/chain.c - no answer, did not attend: the steps from a second try to closing for lost contact.
 *
 * The step is proposed in the contact's own form, where it can be changed or taken out, once for each result chosen. */
#include "chain.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/buf.h"
#include "dolen/base/date.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/store/past.h"
#include "dolen/base/banned.h"

#define CONTACTS_LOOKED_AT 50
#define TASKS_LOOKED_AT    20

/* times: how often in a row, this time included. The last row of a result holds for every time after it too. way: the
 * way of contact_how that it takes; "" whichever the contact took, NULL none at all. */
static const struct step {
    const char *result;
    int         times, days;
    const char *way, *what;
} steps[] = {
    { "NO_ANSWER", 1, 3,  "",       N_("Try again: 2 of 3") },
    { "NO_ANSWER", 2, 3,  "",       N_("Try again: 3 of 3") },
    { "NO_ANSWER", 3, 1,  "LETTER", N_("Write a letter") },
    { "NO_ANSWER", 4, 14, NULL,     N_("Close, contact was lost?") },
    { "DNA",       1, 3,  "PHONE",  N_("Ring: what got in the way?") },
    { "DNA",       2, 1,  "LETTER", N_("Write a letter") },
    { "DNA",       3, 14, NULL,     N_("Close, contact was lost?") },
};

/* code stands in codes, which blanks part. */
static bool is_among(const char *codes, const char *code)
{
    size_t n = strlen(code);

    for (const char *p = codes; p && *p; p += strspn(p, " ")) {
        size_t len = strcspn(p, " ");

        if (len == n && strncmp(p, code, n) == 0)
            return true;
        p += len;
    }
    return false;
}

/* A way that the person did not agree to is never proposed: a letter on the mat can be what must not happen. A rule
 * that cannot be read counts as one that says no. */
static bool rule_allows(const struct filling *f, const char *way)
{
    struct record person;
    bool allowed = false;

    if (!way)
        return true;
    record_init(&person, T_PERSON);
    if (store_get(f->cf->store, T_PERSON, f->person, &person, NULL) == ST_OK) {
        struct protection p = person_protection(f->cf->store, &person);

        allowed = !p.do_not_contact &&
                  (!*way || !p.safe_contact || is_among(record_or(&person, PERSON_safe_how, ""), way));
    }
    record_release(&person);
    return allowed;
}

static const struct step *step_of(const char *result, int times)
{
    const struct step *found = NULL;

    for (size_t i = 0; i < ARRAY_LEN(steps); i++)
        if (str_eq(steps[i].result, result) && steps[i].times <= times)
            found = &steps[i];
    return found;
}

/* Whether it was an attempt to reach the person: by who it was with, a code of contact_with; not said, it was. */
static bool is_to_person(const char *with)
{
    return !with || !*with || str_eq(with, "PERSON") || str_eq(with, "PERSON_OTHERS") || str_eq(with, "FAMILY");
}

/* How often nobody was reached since the last contact that came about, leaving out the one being written and those
 * with somebody else. */
static int times_before(const struct filling *f)
{
    struct records all = { NULL, 0, 0 };
    int n = 0;

    if (store_list(f->cf->store, LIST_CONTACTS_OF_EPISODE, f->episode, CONTACTS_LOOKED_AT, &all, NULL) == ST_OK)
        for (size_t i = 0; i < all.count; i++) {
            if (id_eq(all.items[i].id, f->record) || !is_to_person(record_text(&all.items[i], CONTACT_with_whom)))
                continue;
            if (!step_of(record_text(&all.items[i], CONTACT_result), 1))
                break;
            n++;
        }
    records_release(&all);
    return n;
}

static bool has_died(const struct filling *f)
{
    struct record episode;
    bool died = false;

    record_init(&episode, T_EPISODE);
    if (id_is_set(f->episode) && store_get(f->cf->store, T_EPISODE, f->episode, &episode, NULL) == ST_OK)
        died = closed_by_death(&episode);
    record_release(&episode);
    return died;
}

static void offer(struct filling *f, const char *question, const char *value)
{
    const struct question *q = form_question(f->form, question);

    if (q && value)
        session_set_canonical(f->session, q, 0, value, NULL);
    else if (q)
        session_clear(f->session, q, 0);
}

static bool is_proposal(const struct filling *f)
{
    const char *on = answers_value(session_answers(f->session), "next_on", 0);

    return !on || str_eq(on, f->proposed_on);
}

/* What is left without the words of a step: "ask about the lift" of "Try again: 2 of 3 (ask about the lift)". */
static void without_step(const char *what, struct buf *out)
{
    for (size_t i = 0; i < ARRAY_LEN(steps); i++)
        for (int l = 0; l < LANG_COUNT; l++) {
            const char *words = tr_in((enum lang) l, steps[i].what);
            size_t n = strlen(words);

            if (strncmp(what, words, n) != 0)
                continue;
            what += n;
            if (str_starts(what, " (") && what[strlen(what) - 1] == ')')
                buf_add_mem(out, what + 2, strlen(what) - 3);
            return;
        }
    buf_add(out, what);
}

/* What the follow-up that comes first was to be about: not reaching somebody does not settle it. */
static void purpose(const struct filling *f, struct buf *out)
{
    struct records open = { NULL, 0, 0 };
    bool found = false;

    if (store_list(f->cf->store, LIST_TASKS_OF_SUBJECT, f->episode, TASKS_LOOKED_AT, &open, NULL) == ST_OK)
        for (size_t i = 0; i < open.count && !found; i++) {
            found = str_eq(record_text(&open.items[i], TASK_kind), "FOLLOW_UP");
            if (found)
                without_step(record_or(&open.items[i], TASK_what, ""), out);
        }
    records_release(&open);
}

/* Closing is about nothing else. */
static void offer_what(struct filling *f, const struct step *step)
{
    struct buf about = BUF_INIT, what = BUF_INIT;

    buf_add(&what, rule_allows(f, step->way) ? _(step->what) : _("Look first at how they may be reached"));
    if (step->way)
        purpose(f, &about);
    if (about.len)
        buf_addf(&what, " (%s)", about.s);
    offer(f, "next_what", buf_text(&what));
    buf_wipe(&about);
    buf_wipe(&what);
}

void chain_propose(struct filling *f)
{
    const struct answers *a = session_answers(f->session);
    const char *result = answers_value(a, "result", 0), *held = answers_value(a, "held_on", 0);
    const char *with = answers_value(a, "with_whom", 0);
    const struct step *step;
    struct date on;

    if (f->binds != T_CONTACT || !f->fresh || str_eq(result ? result : "", f->proposed_for))
        return;
    str_copy(f->proposed_for, sizeof f->proposed_for, result ? result : "");
    if (!is_proposal(f))
        return;
    step = is_to_person(with) && step_of(result, 1) && !has_died(f) ? step_of(result, 1 + times_before(f)) : NULL;
    if (!step && f->proposed_on[0]) {
        offer(f, "next_on", NULL);
        offer(f, "next_what", NULL);
    }
    f->proposed_on[0] = '\0';
    if (!step)
        return;
    if (!held || !date_parse_iso(held, &on))
        on = clock_today();
    on = date_workday(date_add_days(on, step->days));
    if (date_compare(on, clock_today()) < 0)            /* written down late */
        on = clock_today();
    str_copy(f->proposed_on, sizeof f->proposed_on, date_iso(on).s);
    offer(f, "next_on", f->proposed_on);
    offer_what(f, step);
}
