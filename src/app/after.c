/* app/after.c - consequences of filing. The tasks made here are what Today lists. */
#include "after.h"

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/core/freshness.h"
#include "dolen/core/worklist.h"
#include "measure_values.h"
#include "plan_sync.h"
#include "dolen/base/banned.h"

#define TASKS_LOOKED_AT 1000
#define SUPERVISIONS_LOOKED_AT 20       /* among these the open reminder is found */

struct filed {
    struct filling       *f;
    struct store         *s;
    const struct answers *a;
    struct date           on;
};

static struct date answer_date(const struct filed *x, const char *name)
{
    struct date d = { 0, 0, 0 };
    const char *v = answers_value(x->a, name, 0);

    if (v)
        date_parse_iso(v, &d);
    return d;
}

static bool answer_is(const struct filed *x, const char *name, const char *code)
{
    return str_eq(answers_value(x->a, name, 0), code);
}

static enum status after_referral(struct filed *x, struct err *err)
{
    struct date received = answer_date(x, "received_on");

    if (!x->f->fresh)
        return ST_OK;
    if (!date_is_set(received))
        received = x->on;
    return store_task_add(x->s, "REFERRAL_WAITING", received, x->f->person, ID_NONE, x->f->record, NULL, err);
}

static enum status open_episode(struct filed *x, struct date on, struct err *err)
{
    struct records there = { NULL, 0, 0 };
    struct record e;
    enum status st = store_list(x->s, LIST_EPISODES_OF_PERSON, x->f->person, 100, &there, err);
    bool has = false;

    for (size_t i = 0; st == ST_OK && i < there.count; i++)
        has = has || id_eq(record_id(&there.items[i], EPISODE_referral), x->f->record);
    records_release(&there);
    if (st != ST_OK || has)
        return st;
    record_init(&e, T_EPISODE);
    record_set_id(&e, EPISODE_person, x->f->person);
    record_set_id(&e, EPISODE_referral, x->f->record);
    record_set_id(&e, EPISODE_practitioner, x->f->cf->slot.practitioner);
    record_set_date(&e, EPISODE_opened_on, on);
    st = store_put(x->s, &e, NULL, err);
    x->f->episode = e.id;
    record_release(&e);
    if (st != ST_OK || x->f->imported)         /* who comes from a spreadsheet was spoken to long ago */
        return st;
    return store_task_add(x->s, "FIRST_CONTACT", on, x->f->person, x->f->episode, x->f->record, NULL, err);
}

/* Whoever referred has to hear of a return whether they asked to or not, family too: somebody must take it up again. */
static bool is_owed(const struct record *r)
{
    static const char *const returns[] = { "NOT_ELIGIBLE", "CLINICAL", "RETURNED" };
    bool self = str_eq(record_text(r, REFERRAL_route), "SELF");

    if (record_text(r, REFERRAL_feedback_sent_on))
        return false;
    for (size_t i = 0; i < ARRAY_LEN(returns); i++)
        if (str_eq(record_text(r, REFERRAL_decision), returns[i]))
            return !self || str_eq(record_text(r, REFERRAL_source), "FAMI");
    return !self && !str_eq(record_text(r, REFERRAL_feedback_wanted), "NO");
}

/* Feedback is owed to whoever referred, unless the person came by themselves or nobody wants to hear. why: what ends
 * an earlier debt of the same referral, for the history. */
static enum status owe_feedback(struct filed *x, struct id referral, struct date since, const char *why,
                                struct err *err)
{
    struct record r;
    enum status st;
    bool owed;

    if (!id_is_set(referral))
        return ST_OK;
    record_init(&r, T_REFERRAL);
    st = store_get(x->s, T_REFERRAL, referral, &r, err);
    owed = st == ST_OK && is_owed(&r);
    record_release(&r);
    if (owed) {
        st = store_task_end(x->s, "FEEDBACK_OWED", referral, since, why, err);
        if (st == ST_OK)
            st = store_task_add(x->s, "FEEDBACK_OWED", since, x->f->person, x->f->episode, referral, NULL, err);
    }
    return st;
}

/* Written down, and yet somebody waits for us: they leave the inbox and stay on Today, under what they wait for. */
static const struct {
    const char *decision, *task;
} undecided[] = { { "WAITING", "WAITING_LIST" }, { "SERIOUS_FIRST", "REFERRAL_PUT_OFF" } };

bool decision_waits(const char *decision)
{
    for (size_t i = 0; i < ARRAY_LEN(undecided); i++)
        if (str_eq(decision, undecided[i].decision))
            return true;
    return false;
}

static enum status after_decision(struct filed *x, struct err *err)
{
    struct date on = answer_date(x, "decided_on");
    enum status st = ST_OK;

    if (!date_is_set(on))
        on = x->on;
    if (!answers_value(x->a, "decision", 0))
        return ST_OK;
    st = store_task_done(x->s, "REFERRAL_WAITING", x->f->record, on, err);
    for (size_t i = 0; i < ARRAY_LEN(undecided) && st == ST_OK; i++)
        st = store_task_done(x->s, undecided[i].task, x->f->record, on, err);
    for (size_t i = 0; i < ARRAY_LEN(undecided) && st == ST_OK; i++)
        if (answer_is(x, "decision", undecided[i].decision))
            return store_task_add(x->s, undecided[i].task, on, x->f->person, ID_NONE, x->f->record, NULL, err);
    if (st != ST_OK)
        return st;
    if (answer_is(x, "decision", "ACCEPTED"))
        return open_episode(x, on, err);
    st = store_task_done(x->s, "FIRST_CONTACT", x->f->record, on, err);
    if (st != ST_OK)
        return st;
    if (answers_value(x->a, "feedback_sent_on", 0))
        return store_task_done(x->s, "FEEDBACK_OWED", x->f->record, on, err);
    return owe_feedback(x, x->f->record, on, NULL, err);
}

/* A contact put right, or written down late, says nothing about the follow-up that a later one agreed. */
static enum status contact_is_last(struct filed *x, bool *last, struct err *err)
{
    struct records newest = { NULL, 0, 0 };
    enum status st = store_list(x->s, LIST_CONTACTS_OF_EPISODE, x->f->episode, 1, &newest, err);

    *last = true;
    if (newest.count && !id_eq(newest.items[0].id, x->f->record)) {
        int later = date_compare(record_date(&newest.items[0], CONTACT_held_on), x->on);

        *last = later < 0 || (later == 0 && x->f->fresh);
    }
    records_release(&newest);
    return st;
}

/* What was to be followed up after something serious is followed up when the person was reached, on that day or on a
 * day after the note: neither by the contact it came up in, nor by a call to somebody else, nor by no answer. */
static bool follows(const struct filed *x, const struct record *task)
{
    bool reached = answer_is(x, "result", "ATTENDED") &&
                   (answer_is(x, "with_whom", "PERSON") || answer_is(x, "with_whom", "PERSON_OTHERS"));

    if (id_eq(record_id(task, TASK_subject), x->f->episode))
        return true;
    return reached && (date_compare(x->on, record_date(task, TASK_due_on)) >= 0 ||
                       date_compare(x->on, record_date(task, TASK_since)) > 0);
}

/* Whoever was accepted has been spoken to. To ring somebody else about them is not that, but sets their next day. */
static bool is_first_contact(const struct filed *x)
{
    static const char *const others[] = { "REFERRER", "PROFESSIONAL", "ASSET" };

    for (size_t i = 0; i < ARRAY_LEN(others); i++)
        if (answer_is(x, "with_whom", others[i]))
            return answers_value(x->a, "next_on", 0);
    return true;
}

static bool contact_ends(const struct filed *x, const struct record *task)
{
    const char *kind = record_text(task, TASK_kind);

    return str_eq(kind, "FIRST_CONTACT") ? is_first_contact(x) : str_eq(kind, "FOLLOW_UP") && follows(x, task);
}

static bool meeting_ends(const struct filed *x, const struct record *task)
{
    (void) x;
    return str_eq(record_text(task, TASK_kind), "FIRST_CONTACT");
}

static enum status end_tasks(struct filed *x, bool (*ends)(const struct filed *x, const struct record *task),
                             struct err *err)
{
    struct records open = { NULL, 0, 0 };
    enum status st = store_list(x->s, LIST_TASKS_OF_PERSON, x->f->person, TASKS_LOOKED_AT, &open, err);

    for (size_t i = 0; st == ST_OK && i < open.count; i++) {
        struct record *task = &open.items[i];

        if (!id_eq(record_id(task, TASK_episode), x->f->episode) || !ends(x, task))
            continue;
        record_set_date(task, TASK_done_on, x->on);
        st = store_put(x->s, task, NULL, err);
    }
    records_release(&open);
    return st;
}

/* Rung in vain, and no new day is set: what was due is due still. */
static bool in_vain(const struct filed *x)
{
    const char *result = answers_value(x->a, "result", 0);

    return x->f->fresh && result && !str_eq(result, "ATTENDED") && !answers_value(x->a, "next_on", 0);
}

static enum status after_contact(struct filed *x, struct err *err)
{
    struct date next = answer_date(x, "next_on");
    const char *what = answers_value(x->a, "next_what", 0);
    bool last;
    enum status st = contact_is_last(x, &last, err);

    if (st == ST_OK && last && !in_vain(x))
        st = end_tasks(x, contact_ends, err);
    else if (!x->f->fresh)
        return st;
    if (st == ST_OK && date_is_set(next))
        st = store_task_add(x->s, "FOLLOW_UP", next, x->f->person, x->f->episode, x->f->episode, what, err);
    return st;
}

static enum status after_conversation(struct filed *x, struct err *err)
{
    return end_tasks(x, meeting_ends, err);
}

static enum status next_review(struct filed *x, const char *question, struct err *err)
{
    struct date next = answer_date(x, question);
    enum status st;

    if (!date_is_set(next))
        return ST_OK;
    st = store_task_done(x->s, "REVIEW", x->f->episode, x->on, err);
    return st == ST_OK ? store_task_add(x->s, "REVIEW", next, x->f->person, x->f->episode, x->f->episode, NULL, err)
                       : st;
}

static enum status after_plan(struct filed *x, struct err *err)
{
    enum status st = plan_sync(x->s, x->f->person, x->f->episode, x->a, x->on, err);

    if (st == ST_OK)
        st = end_tasks(x, meeting_ends, err);
    return st == ST_OK ? next_review(x, "review_on", err) : st;
}

static enum status after_review(struct filed *x, struct err *err)
{
    enum status st = plan_review(x->s, x->f->episode, x->a, x->on, err);

    if (st == ST_OK)
        st = store_task_done(x->s, "REVIEW", x->f->episode, x->on, err);
    return st == ST_OK ? next_review(x, "next_review_on", err) : st;
}

static enum status after_closure(struct filed *x, struct err *err)
{
    static const char *const kinds[] = { "FOLLOW_UP", "REVIEW", "NEWS_DUE", "GAP" };
    struct date on = answer_date(x, "closed_on"), sent = answer_date(x, "feedback_sent_on");
    struct record e, r;
    struct id referral = ID_NONE;
    enum status st = ST_OK;

    if (!date_is_set(on))
        return ST_OK;
    for (size_t i = 0; i < ARRAY_LEN(kinds) && st == ST_OK; i++)
        st = store_task_end(x->s, kinds[i], x->f->episode, on, "closed", err);
    record_init(&e, T_EPISODE);
    record_init(&r, T_REFERRAL);
    if (st == ST_OK)
        st = store_get(x->s, T_EPISODE, x->f->episode, &e, err);
    if (st == ST_OK)
        referral = record_id(&e, EPISODE_referral);
    if (st == ST_OK && id_is_set(referral))
        st = store_task_end(x->s, "FIRST_CONTACT", referral, on, "closed", err);
    if (st == ST_OK && id_is_set(referral) && date_is_set(sent)) {
        st = store_get(x->s, T_REFERRAL, referral, &r, err);
        if (st == ST_OK) {
            record_set_date(&r, REFERRAL_feedback_sent_on, sent);
            st = store_put(x->s, &r, NULL, err);
        }
        if (st == ST_OK)
            st = store_task_done(x->s, "FEEDBACK_OWED", referral, sent, err);
    } else if (st == ST_OK) {
        st = owe_feedback(x, referral, on, "closed", err);
    }
    record_release(&e);
    record_release(&r);
    return st;
}

/* The day to come back to it stands on Today like any other follow-up until the person was reached (follows). A note put right
 * later moves the one that is open; one that was done stays done. */
static enum status follow_concern(struct filed *x, struct err *err)
{
    struct date next = answer_date(x, "follow_up_on");
    struct records open = { NULL, 0, 0 };
    enum status st = store_list(x->s, LIST_TASKS_OF_SUBJECT, x->f->record, 20, &open, err);
    bool waits = false, as_it_is = false;

    for (size_t i = 0; i < open.count; i++) {
        bool it = str_eq(record_text(&open.items[i], TASK_kind), "FOLLOW_UP");

        waits = waits || it;
        as_it_is = as_it_is || (it && date_compare(record_date(&open.items[i], TASK_due_on), next) == 0);
    }
    records_release(&open);
    if (st != ST_OK || as_it_is)
        return st;
    if (waits)
        st = store_task_done(x->s, "FOLLOW_UP", x->f->record, x->on, err);
    if (st == ST_OK && date_is_set(next) && (x->f->fresh || waits))
        st = store_task_add(x->s, "FOLLOW_UP", next, x->f->person, x->f->episode, x->f->record, NULL, err);
    return st;
}

static enum status after_concern(struct filed *x, struct err *err)
{
    struct date told = answer_date(x, "supervisor_told_on");
    enum status st = follow_concern(x, err);

    if (st == ST_OK && date_is_set(told))
        return store_task_done(x->s, "SUPERVISOR", x->f->record, told, err);
    if (st == ST_OK && x->f->fresh)
        st = store_task_add(x->s, "SUPERVISOR", x->on, x->f->person, x->f->episode, x->f->record, NULL, err);
    return st;
}

/* The newest supervision alone says when the next one is. */
static enum status after_supervision(struct filed *x, struct err *err)
{
    const char *kind = work_kind_code(WORK_SUPERVISION_DUE);
    struct date next = answer_date(x, "next_on");
    struct records log = { NULL, 0, 0 };
    enum status st = store_list(x->s, LIST_SUPERVISIONS, ID_NONE, SUPERVISIONS_LOOKED_AT, &log, err);
    bool newest = log.count > 0 && id_eq(log.items[0].id, x->f->record);

    for (size_t i = 0; i < log.count && st == ST_OK && newest; i++)
        st = store_task_done(x->s, kind, log.items[i].id, x->on, err);
    records_release(&log);
    if (st != ST_OK || !newest || !date_is_set(next))
        return st;
    return store_task_add(x->s, kind, next, ID_NONE, ID_NONE, x->f->record, NULL, err);
}

/* The one open ASSET_VERIFY task of an entry: due before it goes stale, today when nobody has talked to them; none when
 * it no longer runs. */
static enum status asset_task(struct casefile *cf, struct id asset, struct date verified, const char *category,
                              bool closed, struct err *err)
{
    const struct code *c = codelist_find(catalog_codes(cf->catalog, "asset_category", NULL), category);
    struct date due = fresh_due_on(verified, c ? c->fresh_months : 0);
    struct records open = { NULL, 0, 0 };
    enum status st = store_list(cf->store, LIST_TASKS_OF_SUBJECT, asset, 20, &open, err);
    bool there = false;

    for (size_t i = 0; i < open.count; i++)
        there = there || (str_eq(record_text(&open.items[i], TASK_kind), "ASSET_VERIFY") &&
                          (!date_is_set(due) || date_compare(record_date(&open.items[i], TASK_due_on), due) == 0));
    records_release(&open);
    if (st != ST_OK || (there && !closed))
        return st;
    st = store_task_done(cf->store, "ASSET_VERIFY", asset, date_is_set(verified) ? verified : clock_today(), err);
    if (st != ST_OK || closed)
        return st;
    return store_task_add(cf->store, "ASSET_VERIFY", date_is_set(due) ? due : clock_today(), ID_NONE, ID_NONE, asset,
                          NULL, err);
}

static bool is_closed(struct casefile *cf, const struct answers *a)
{
    const struct code *c = codelist_find(catalog_codes(cf->catalog, "asset_status", NULL),
                                         answers_value(a, "running", 0));

    return c && str_eq(c->group, "CLOSED");
}

static enum status is_to_be_rung(struct casefile *cf, struct id asset, bool *rung, struct err *err)
{
    struct records open = { NULL, 0, 0 };
    enum status st = store_list(cf->store, LIST_TASKS_OF_SUBJECT, asset, 20, &open, err);

    for (size_t i = 0; i < open.count; i++)
        *rung = *rung || str_eq(record_text(&open.items[i], TASK_kind), "ASSET_VERIFY");
    records_release(&open);
    return st;
}

enum status after_joining(struct casefile *cf, struct id keep, struct id other, struct err *err)
{
    struct answers a = ANSWERS_INIT;
    struct date verified = { 0, 0, 0 };
    bool rung = false;
    enum status st = is_to_be_rung(cf, keep, &rung, err);

    if (st == ST_OK)
        st = is_to_be_rung(cf, other, &rung, err);
    if (st == ST_OK && rung)
        st = store_answers(cf->store, T_ASSET, keep, &a, err);
    if (st == ST_OK && rung) {
        const char *on = answers_value(&a, "verified_on", 0);

        if (on)
            date_parse_iso(on, &verified);
        st = asset_task(cf, keep, verified, answers_value(&a, "category", 0), is_closed(cf, &a), err);
    }
    answers_release(&a);
    return st;
}

/* A whole directory that came in at once is not a day's work: its entries wait until somebody is connected to them. */
static enum status after_asset(struct filed *x, struct err *err)
{
    struct date verified = answer_date(x, "verified_on");

    if (x->f->imported && !date_is_set(verified))
        return ST_OK;
    return asset_task(x->f->cf, x->f->record, verified, answers_value(x->a, "category", 0),
                      is_closed(x->f->cf, x->a), err);
}

/* Nobody hears what became of a referral by itself: where it stands says after how many days to ask. What the person
 * goes to alone, and what has come to an end, asks for nothing. Where to is not said beside a name on a list. */
static enum status news_task(struct filed *x, const struct record *c, struct err *err)
{
    const struct code *stands = codelist_find(catalog_codes(x->f->cf->catalog, "connection_status", NULL),
                                              record_text(c, CONNECTION_status));
    struct date since = record_date(c, CONNECTION_on_date);
    enum status st = store_task_done(x->s, "NEWS_DUE", c->id, x->on, err);

    if (st != ST_OK || !stands || stands->days <= 0 || !str_eq(record_text(c, CONNECTION_kind), "REFERRED"))
        return st;
    return store_task_add(x->s, "NEWS_DUE", date_add_days(date_is_set(since) ? since : x->on, stands->days),
                          record_id(c, CONNECTION_person), record_id(c, CONNECTION_episode), c->id, NULL, err);
}

/* An entry that is about to be used has to be true: an imported one is rung when the first person is connected to
 * it. */
static enum status after_connection(struct filed *x, struct err *err)
{
    struct record c, a;
    enum status st;

    record_init(&c, T_CONNECTION);
    record_init(&a, T_ASSET);
    st = store_get(x->s, T_CONNECTION, x->f->record, &c, err);
    if (st == ST_OK && id_is_set(record_id(&c, CONNECTION_asset)))
        st = store_get(x->s, T_ASSET, record_id(&c, CONNECTION_asset), &a, err);
    if (st == ST_OK && id_is_set(a.id) && !a.binned)
        st = asset_task(x->f->cf, a.id, record_date(&a, ASSET_verified_on), record_text(&a, ASSET_category), false,
                        err);
    if (st == ST_OK)
        st = news_task(x, &c, err);
    record_release(&a);
    record_release(&c);
    return st;
}

/* What was not there may be there later: it comes up again, until something is found. */
static enum status after_gap(struct filed *x, struct err *err)
{
    const char *kind = work_kind_code(WORK_GAP);
    const struct code *rule = codelist_find(catalog_codes(x->f->cf->catalog, "work", NULL), kind);
    enum status st = store_task_done(x->s, kind, x->f->record, x->on, err);

    if (st != ST_OK || !rule || rule->days <= 0 || date_is_set(answer_date(x, "found_on")))
        return st;
    return store_task_add(x->s, kind, date_add_days(x->on, rule->days), x->f->person, x->f->episode, x->f->record,
                          answers_value(x->a, "needed", 0), err);
}

static const struct {
    const char  *form;
    enum status (*after)(struct filed *x, struct err *err);
    bool         says_when;             /* asks for the day when the person comes up next */
} consequences[] = {
    { "referral", after_referral, false }, { "decision", after_decision, false }, { "contact", after_contact, true },
    { "conversation", after_conversation, false }, { "plan", after_plan, true }, { "review", after_review, true },
    { "closure", after_closure, false }, { "concern", after_concern, false }, { "asset", after_asset, false },
    { "connection", after_connection, false }, { "supervision", after_supervision, false },
    { "gap", after_gap, false },
};

static bool asks_when(const struct form *form)
{
    for (size_t i = 0; i < ARRAY_LEN(consequences); i++)
        if (str_eq(consequences[i].form, form->id))
            return consequences[i].says_when;
    return false;
}

bool left_undue(const struct filling *f)
{
    struct record e = { .text = NULL };
    struct records due = { NULL, 0, 0 };
    bool undue = asks_when(f->form) && store_get(f->cf->store, T_EPISODE, f->episode, &e, NULL) == ST_OK && !e.binned &&
                 !record_text(&e, EPISODE_closed_on) &&
                 store_list(f->cf->store, LIST_TASKS_OF_PERSON, f->person, 1, &due, NULL) == ST_OK && due.count == 0;

    records_release(&due);
    record_release(&e);
    return undue;
}

enum status after_filing(struct filling *f, const struct answers *a, struct date held_on, struct err *err)
{
    struct filed x = { f, f->cf->store, a, held_on };

    if (f->form->is_measure)
        return measure_values(f, a, held_on, err);
    for (size_t i = 0; i < ARRAY_LEN(consequences); i++)
        if (str_eq(consequences[i].form, f->form->id))
            return consequences[i].after(&x, err);
    return ST_OK;
}
