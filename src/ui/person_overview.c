/* person_overview.c - what one needs to see first while the person is on the phone: the rule for getting in touch,
 * where the case stands, what comes next, what is due, and how to reach them. */
#include "person_due.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/core/safe.h"
#include "dolen/core/nhs.h"
#include "dolen/core/person.h"
#include "dolen/core/worklist.h"
#include "dolen/ui/worklist_load.h"
#include "dolen/base/banned.h"

#define EPISODES_LOOKED_AT 50

#define TASKS_SHOWN  20
#define DRAFTS_SHOWN 10
#define REFERRALS_SHOWN 20
#define NEXT_STEP    "next-step"         /* the row is found by this name */

/* --- where it stands and what comes next ------------------------------------------------------------------------ */

/* Until when the records are kept, too: the clock of a period of support runs from its closing. */
static void add_closed(const struct person_view *v, struct date closed_on, struct buf *out)
{
    struct date until = date_add_months(closed_on, 12 * retention_policy(v->u->store).closed_years);
    char *hold;
    enum status st = retention_hold(v->u->store, v->id, &hold, NULL);

    buf_add(out, " · ");
    closed_words(v->u, &v->episode, out);
    if (st == ST_OK && hold)
        words_add(out, _("held until released"));
    else if (st == ST_OK)
        words_add_date(out, date_compare(until, clock_today()) < 0 ? _("past its time since %s") : _("kept until %s"),
                       until);
    free(hold);
}

/* Joined records may leave two periods of support open: the one that is not shown, with its plan, is not lost. */
static void other_open(struct person_view *v, struct sheet *s)
{
    struct records all = { NULL, 0, 0 };
    struct buf b = BUF_INIT;

    if (store_list(v->u->store, LIST_EPISODES_OF_PERSON, v->id, EPISODES_LOOKED_AT, &all, NULL) != ST_OK)
        return;
    for (size_t i = 0; i < all.count; i++)
        if (!id_eq(all.items[i].id, v->episode.id) && !record_text(&all.items[i], EPISODE_closed_on)) {
            buf_addf(&b, _("Another period of support is open too, since %s: it stands here, with its plan, once "
                           "this one is closed."), date_show(record_date(&all.items[i], EPISODE_opened_on)).s);
            sheet_text(s, STYLE_HINT, buf_text(&b));
            break;
        }
    buf_wipe(&b);
    records_release(&all);
}

static void death_on_record(struct person_view *v, struct sheet *s)
{
    struct buf b = BUF_INIT;

    death_words(v->u, v->id, &v->episode, &b);
    if (b.len)
        sheet_text(s, STYLE_MARK, buf_text(&b));
    buf_wipe(&b);
}

static void stage_row(struct person_view *v, struct sheet *s, const struct episode_facts *f, struct id referral)
{
    struct buf b = BUF_INIT;

    stage_words(v->u, f, referral, &b);
    words_add(&b, word_of(v->u, "model", record_text(&v->episode, EPISODE_model)));
    if (date_is_set(f->closed_on))
        add_closed(v, f->closed_on, &b);
    else
        words_add_date(&b, _("open since %s"), f->opened_on);
    if (!date_is_set(f->opened_on))
        words_add_date(&b, _("referral of %s"), f->received_on);
    sheet_row(s, person_focus_of(v, id_is_set(v->episode.id) ? FOCUS_EPISODE : FOCUS_NONE, v->episode.id),
              _("Where it stands"),
              buf_text(&b));
    buf_wipe(&b);
    death_on_record(v, s);
    if (!date_is_set(f->closed_on))
        other_open(v, s);
}

/* Where a row leads: to a form, or to the action of that name. */
static struct focus leads(const struct person_view *v, const char *form, const char *action, struct id record,
                          const char *question)
{
    struct focus f = action ? person_focus_of(v, FOCUS_COMMAND, ID_NONE) : person_focus_form(v, form, record, question);

    if (action)
        f.question = action;
    return f;
}

/* The one suggested last; ID_NONE: none waits. */
static struct id suggestion_of(const struct person_view *v)
{
    struct records all = { NULL, 0, 0 };
    struct id found = ID_NONE;

    if (store_list(v->u->store, LIST_CONNECTIONS_OF_EPISODE, v->episode.id, 0, &all, NULL) != ST_OK)
        return ID_NONE;
    for (size_t i = 0; i < all.count && !id_is_set(found); i++)
        if (str_eq(record_text(&all.items[i], CONNECTION_status), "SUGGESTED"))
            found = all.items[i].id;
    records_release(&all);
    return found;
}

static struct id record_of_step(const struct person_view *v, enum step step, struct id referral)
{
    switch (step) {
    case STEP_DECIDE:    return id_is_set(v->episode.id) && date_is_set(record_date(&v->episode, EPISODE_closed_on))
                                ? person_waiting_referral(v->u, v->id) : referral;
    case STEP_SUGGESTED: return suggestion_of(v);
    case STEP_CLOSE:     return v->episode.id;
    default:             return ID_NONE;
    }
}

struct focus person_step_focus(const struct person_view *v, enum step step, struct id referral)
{
    static const char *const actions_of[STEP_COUNT] = {
        [STEP_CONNECT] = "connect",             /* what to connect to is chosen first */
        [STEP_FEEDBACK] = "letter",             /* what may be told, to read and to send */
        [STEP_REOPEN] = "reopen-episode",
    };

    return leads(v, step_form(step), actions_of[step], record_of_step(v, step, referral),
                 step == STEP_SUGGESTED ? "status" : NULL);
}

struct focus person_due_focus(const struct person_view *v, enum work_kind kind, struct id subject)
{
    static const struct { const char *form, *action, *question; bool of_subject; } opens[WORK_COUNT] = {
        [WORK_REFERRAL_WAITING] = { .form = "decision", .of_subject = true },
        [WORK_REFERRAL_PUT_OFF] = { .form = "decision", .of_subject = true },
        [WORK_WAITING_LIST] = { .form = "decision", .of_subject = true },
        [WORK_FIRST_CONTACT] = { .form = "contact" }, [WORK_FOLLOW_UP] = { .form = "contact" },
        [WORK_REVIEW] = { .form = "review" },
        [WORK_FEEDBACK_OWED] = { .action = "letter" },
        [WORK_SUPERVISION] = { .form = "concern", .question = "supervisor_told_on", .of_subject = true },
        [WORK_GAP] = { .form = "gap", .of_subject = true },
        [WORK_NEWS_DUE] = { .form = "connection", .question = "status", .of_subject = true },
    };

    if (!opens[kind].form && !opens[kind].action)
        return person_focus_of(v, FOCUS_NONE, subject);
    return leads(v, opens[kind].form, opens[kind].action, opens[kind].of_subject ? subject : ID_NONE,
                 opens[kind].question);
}

static enum status next_rows(struct person_view *v, struct sheet *s, const struct episode_facts *f, struct id referral,
                             struct err *err)
{
    enum step steps[STEP_COUNT];
    size_t n = episode_next(f, steps, STEP_COUNT), to_go = 0;
    enum status st = person_to_go(v->u, v->episode.id, NULL, 0, &to_go, err);
    struct buf b = BUF_INIT;
    int first = n > 0 && steps[0] != STEP_REOPEN ? (int) steps[0] : STEP_COUNT;

    for (size_t i = 0; i < n && i < STEP_COUNT; i++)
        if (steps[i] != STEP_REOPEN) {
            struct sheet_item *row = sheet_row(s, person_step_focus(v, steps[i], referral), i == 0 ? _("Next") : "",
                                               step_label(steps[i]));

            row->named = i == 0 ? NEXT_STEP : NULL;
        }
    /* A step of the journey was taken: the cursor goes along to the next one. */
    if (v->knows_step && first != v->step && !v->seek)
        v->seek = NEXT_STEP;
    v->knows_step = true;
    v->step = first;
    if (to_go > 0) {
        struct focus go = person_focus_of(v, FOCUS_COMMAND, ID_NONE);

        go.question = "missing";
        buf_addf(&b, tr_n("%zu to go for the core data set", "%zu to go for the core data set", to_go), to_go);
        sheet_row(s, go, _("Still missing"), buf_text(&b))->style = STYLE_MISSING;
    }
    buf_release(&b);
    return st;
}

static enum status no_case_yet(struct person_view *v, struct sheet *s, const struct episode_facts *f)
{
    if (!f->has_referral && !id_is_set(v->episode.id))
        sheet_text(s, STYLE_HINT, _("No referral yet: a adds one."));
    return ST_OK;
}

/* --- due and unfinished ----------------------------------------------------------------------------------------- */

static enum status due_rows(struct person_view *v, struct sheet *s, struct err *err)
{
    struct records tasks = { NULL, 0, 0 };
    enum status st = store_list(v->u->store, LIST_TASKS_OF_PERSON, v->id, TASKS_SHOWN, &tasks, err);
    bool first = true;

    for (size_t i = 0; st == ST_OK && i < tasks.count; i++) {
        const struct record *t = &tasks.items[i];
        struct work_item w = { .due = record_date(t, TASK_due_on), .since = record_date(t, TASK_since) };
        struct sheet_item *row;
        struct buf b = BUF_INIT;

        if (!work_kind_parse(record_or(t, TASK_kind, ""), &w.kind))
            continue;
        worklist_why(&b, &w, v->u->today);
        if (record_text(t, TASK_what))
            buf_addf(&b, ": %s", record_text(t, TASK_what));
        row = sheet_row(s, person_due_focus(v, w.kind, record_id(t, TASK_subject)), first ? _("Due") : "",
                        buf_text(&b));
        row->style = work_is_overdue(&w, v->u->today) ? STYLE_OVERDUE : STYLE_VALUE;
        row->named = work_kind_code(w.kind);
        first = false;
        buf_wipe(&b);
    }
    records_release(&tasks);
    return st;
}

static enum status draft_rows(struct person_view *v, struct sheet *s, struct err *err)
{
    struct records drafts = { NULL, 0, 0 };
    enum status st = store_list(v->u->store, LIST_DRAFTS_OF_PERSON, v->id, DRAFTS_SHOWN, &drafts, err);

    for (size_t i = 0; st == ST_OK && i < drafts.count; i++) {
        const struct record *d = &drafts.items[i];
        unsigned long given = (unsigned long) record_int(d, DRAFT_given, 0);
        struct buf b = BUF_INIT;

        buf_add(&b, form_in_lists(v->u->catalog, record_or(d, DRAFT_form, "")));
        words_add(&b, instant_show(d->updated_at).s);
        words_addf(&b, tr_n("%lu answer", "%lu answers", given), given);
        sheet_row(s, person_focus_of(v, FOCUS_DRAFT, d->id), i == 0 ? _("Unfinished") : "", buf_text(&b));
        buf_wipe(&b);
    }
    records_release(&drafts);
    return st;
}

/* --- in their words --------------------------------------------------------------------------------------------- */

static enum status words_row(struct person_view *v, struct sheet *s, struct err *err)
{
    static const char *const by_preference[] = { "summary", "own_words" };
    struct record r;
    struct answers a = ANSWERS_INIT;
    enum status st = ST_OK;
    const char *text = NULL;

    record_init(&r, T_RESPONSE);
    if (id_is_set(v->episode.id) &&
        store_response(v->u->store, "conversation", NULL, ID_NONE, v->episode.id, &r, NULL) == ST_OK)
        st = store_answers(v->u->store, T_RESPONSE, r.id, &a, err);
    for (size_t i = 0; i < ARRAY_LEN(by_preference) && !text; i++)
        text = answers_value(&a, by_preference[i], 0);
    if (text)
        sheet_row(s, person_focus_form(v, "conversation", r.id, NULL), _("What matters"), text);
    answers_release(&a);
    record_release(&r);
    return st;
}

static void asked_row(struct person_view *v, struct sheet *s, const struct record *r, bool several)
{
    struct buf b = BUF_INIT;

    words_add(&b, word_of(v->u, "urgency", record_text(r, REFERRAL_urgency)));
    if (several)
        words_add_date(&b, _("received %s"), record_date(r, REFERRAL_received_on));
    words_add(&b, word_of(v->u, "referral_source", record_text(r, REFERRAL_source)));
    words_add(&b, record_text(r, REFERRAL_referrer_words));
    if (b.len)
        sheet_row(s, person_focus_form(v, "referral", r->id, NULL), _("Referral"), buf_text(&b));
    buf_wipe(&b);
}

/* Before the decision: what whoever decides goes by, in sight without leaving for the intake; of each that waits. */
static enum status asked_rows(struct person_view *v, struct sheet *s, struct err *err)
{
    struct records all = { NULL, 0, 0 };
    enum status st = v->waits ? store_list(v->u->store, LIST_REFERRALS_OF_PERSON, v->id, REFERRALS_SHOWN, &all, err) : ST_OK;
    size_t waiting = 0;

    for (size_t i = 0; st == ST_OK && i < all.count; i++)
        waiting += !record_text(&all.items[i], REFERRAL_decision);
    for (size_t i = 0; st == ST_OK && i < all.count; i++)
        if (!record_text(&all.items[i], REFERRAL_decision))
            asked_row(v, s, &all.items[i], waiting > 1);
    records_release(&all);
    return st;
}

/* --- who and how to reach --------------------------------------------------------------------------------------- */

static void value_row(struct person_view *v, struct sheet *s, int column, const char *label)
{
    const char *name = table_column_name(T_PERSON, column), *value = record_text(&v->person, column);
    struct focus f = person_focus_of(v, FOCUS_VALUE, v->id);
    struct buf b = BUF_INIT;

    if (!value || !*value)
        return;
    f.question = name;
    f.form = "person";
    if (column == PERSON_phone || column == PERSON_phone2)
        words_add_phone(&b, person_shown(v, name, value));
    else
        buf_add(&b, person_shown(v, name, value));
    sheet_row(s, f, label, buf_text(&b));
    buf_wipe(&b);
}

static void birth_row(struct person_view *v, struct sheet *s)
{
    struct date born = record_date(&v->person, PERSON_birth_date);
    const char *precision = record_text(&v->person, PERSON_birth_precision);
    int age = person_age(born, precision, v->u->today);
    struct focus f = person_focus_of(v, FOCUS_VALUE, v->id);
    struct buf b = BUF_INIT;

    if (!date_is_set(born))
        return;
    buf_add(&b, person_born(born, precision).s);
    if (age >= 0)
        buf_addf(&b, tr_n(" (%d year)", " (%d years)", (unsigned long) age), age);
    f.question = "birth_date";
    f.form = "person";
    sheet_row(s, f, _("Born"), buf_text(&b));
    buf_wipe(&b);
}

static void emergency_row(struct person_view *v, struct sheet *s)
{
    struct focus f = person_focus_of(v, FOCUS_VALUE, v->id);
    struct buf b = BUF_INIT;

    words_add(&b, record_text(&v->person, PERSON_emergency_name));
    words_add(&b, record_text(&v->person, PERSON_emergency_relation));
    words_add_phone(&b, person_shown(v, "emergency_phone", record_text(&v->person, PERSON_emergency_phone)));
    f.question = "emergency_phone";
    f.form = "person";
    if (b.len > 0)
        sheet_row(s, f, _("In an emergency"), buf_text(&b));
    buf_wipe(&b);
}

/* Where the language is none of those on the list: which one, and whether somebody has to interpret. */
static void language_row(struct person_view *v, struct sheet *s)
{
    struct answers a = ANSWERS_INIT;

    if (store_answers(v->u->store, T_PERSON, v->id, &a, NULL) == ST_OK && answers_value(&a, "other_language", 0))
        sheet_row(s, person_focus_form(v, "language", v->id, "other_language"), _("Language"),
                  answers_value(&a, "other_language", 0));
    answers_release(&a);
}

static void person_rows(struct person_view *v, struct sheet *s)
{
    static const struct { int column; const char *label; } reach[] = {
        { PERSON_phone, N_("Phone") }, { PERSON_phone2, N_("Other phone") }, { PERSON_email, N_("Email") },
        { PERSON_address, N_("Address") }, { PERSON_postcode, N_("Postcode") },
    };
    const char *nhs = record_text(&v->person, PERSON_nhs_number);
    size_t before;

    sheet_heading(s, _("The person"));
    before = s->count;
    language_row(v, s);
    value_row(v, s, PERSON_communication_needs, _("What helps"));
    for (size_t i = 0; i < ARRAY_LEN(reach); i++)
        value_row(v, s, reach[i].column, _(reach[i].label));
    birth_row(v, s);
    if (nhs) {
        struct focus f = person_focus_of(v, FOCUS_VALUE, v->id);

        f.question = "nhs_number";
        f.form = "person";
        sheet_row(s, f, _("NHS number"), nhs_number_show(nhs).s);
    }
    value_row(v, s, PERSON_gp_practice, _("GP practice"));
    emergency_row(v, s);
    if (s->count == before)
        sheet_row(s, person_focus_form(v, "person", v->id, NULL), NULL,
                  _("No phone, address or date of birth yet: Enter on this line fills them in."))->offer = true;
}

enum status person_overview(struct person_view *v, struct sheet *s, struct err *err)
{
    struct episode_facts f;
    struct id referral;
    struct buf rule = BUF_INIT;
    enum status st = person_facts(v->u, v->id, &v->episode, &f, &referral, err);

    if (st != ST_OK)
        return st;
    safe_rule_text(v->u, &v->person, &rule);
    if (rule.len > 0)
        sheet_text(s, STYLE_MARK, buf_text(&rule));
    buf_wipe(&rule);
    stage_row(v, s, &f, referral);
    st = no_case_yet(v, s, &f);
    if (st == ST_OK)
        st = draft_rows(v, s, err);
    if (st == ST_OK)
        st = due_rows(v, s, err);
    if (st == ST_OK)
        st = next_rows(v, s, &f, referral, err);
    if (st == ST_OK)
        st = words_row(v, s, err);
    if (st == ST_OK)
        st = asked_rows(v, s, err);
    person_rows(v, s);
    return st;
}
