/* practice_case.c - the course of an invented case, from the referral to the feedback. Dates are drawn forward from the
 * day of the referral and never pass the caseload's present day. */
#include "practice_priv.h"

#include <string.h>

#include "dolen/base/banned.h"

/* --- courses ---------------------------------------------------------------------------------------------------- */

/* Ten cases in a row show every stage; of the rest, half are closed. */
static enum made_stage stage_of(struct maker *m, int number)
{
    static const struct weighted later[] = {
        { "0", 4 }, { "1", 7 }, { "2", 5 }, { "3", 6 }, { "4", 6 }, { "5", 9 }, { "6", 12 }, { "7", 8 }, { "8", 4 },
        { "9", 39 }, { NULL, 0 }
    };

    if (number < 10)
        return (enum made_stage) number;
    return (enum made_stage) (*chance_word(&m->c, later) - '0');
}

/* Days ago that a case of this stage was referred. */
static const struct {
    int low, high;
} ages[] = {
    [CASE_WAITING] = { 0, 24 }, [CASE_REFUSED] = { 10, 500 }, [CASE_ACCEPTED] = { 3, 25 },
    [CASE_CONVERSATION] = { 25, 70 }, [CASE_PLAN] = { 35, 90 }, [CASE_CONNECTED] = { 45, 130 },
    [CASE_FOLLOWED_UP] = { 70, 190 }, [CASE_REVIEWED] = { 122, 260 }, [CASE_CLOSED_OWED] = { 150, 300 },
    [CASE_CLOSED] = { 160, 1050 },
};

static struct date day_after(struct maker *m, struct date from, int low, int high)
{
    struct date d = on_a_weekday(date_add_days(from, chance_between(&m->c, low, high)));

    return date_compare(d, m->o->today) > 0 ? m->o->today : d;
}

static struct date course_received(struct maker *m, enum made_stage stage)
{
    struct date d = on_a_weekday(date_add_days(m->o->today,
                                               -chance_between(&m->c, ages[stage].low, ages[stage].high)));

    return date_compare(d, m->o->today) > 0 ? m->o->today : d;
}

static void course_dates(struct maker *m, struct course *k)
{
    if (k->stage >= CASE_ACCEPTED)
        k->opened = day_after(m, k->received, 0, 6);
    if (k->stage >= CASE_CONVERSATION)
        k->conversation = day_after(m, k->opened, 3, 17);
    if (k->stage >= CASE_PLAN)
        k->plan = day_after(m, k->conversation, 0, 12);
    if (k->stage >= CASE_CONNECTED)
        k->connected = day_after(m, k->plan, 1, 12);
    if (k->stage >= CASE_REVIEWED)
        k->review = day_after(m, k->connected, 40, 60);
    if (k->stage >= CASE_CLOSED_OWED)
        k->closed = day_after(m, k->review, 10, 50);
}

/* --- referral --------------------------------------------------------------------------------------------------- */

/* Who sends people, and whom: by age and by what for. The organisation NULL: their own practice, and its name. */
static const struct {
    const char *source, *org, *org_type, *name;
    int         weight, low, high;
    const char *reasons;                 /* one of these; NULL: any */
    bool        tenants;
} referrers[] = {
    { "GPPR", NULL, "CLUSTER", "doctor", 14, 0, 120, NULL, false },
    { "GPPR", NULL, "CLUSTER", "nurse", 10, 0, 120, NULL, false },
    { "HOUS", "Tai Cymoedd", "HOUSING", "Lee Carter", 12, 18, 120, "DEBT HOUSING LONELINESS DIGITAL", true },
    { "ASCS", "Adult social care", "LOCAL_AUTHORITY", "Donna Beynon", 8, 18, 120, "LONELINESS CARING DEBT DIGITAL PAIN", false },
    { "CLUS", "Cluster physiotherapy", "CLUSTER", "Rhys Penri", 12, 18, 120, "PAIN PHYSICAL_ACTIVITY", false },
    { "HOSP", "Hospital discharge team", "HEALTH_BOARD", "Amy Ward", 7, 55, 120,
      "LONG_TERM_CONDITION BEFRIENDING SHOPPING", false },
    { "THRD", "Pantri Pawb", "THIRD_SECTOR", "Elin Tudur", 8, 18, 120, "DEBT FOOD NEW_TO_AREA", false },
    { "JOBC", "Jobcentre", "OTHER", "Mark Hill", 12, 18, 65, "UNEMPLOYMENT", false },
    { "CMHT", "Community mental health team", "HEALTH_BOARD", "Nia Bowen", 10, 18, 120, "LOW_MOOD", false },
    { "EDUC", "Ysgol y Dyffryn", "OTHER", "Sioned Harris", 20, 0, 17, NULL, false },
    { "PHAR", "Fferyllfa'r Dref", "OTHER", "P Singh", 4, 18, 120, "LONG_TERM_CONDITION BEREAVEMENT CARING", false },
};

static int referrer_weight(size_t i, const struct subject *p)
{
    bool may = p->age >= referrers[i].low && p->age <= referrers[i].high && fits_reasons(referrers[i].reasons, p)
        && (!referrers[i].tenants || str_eq(p->tenure, "RENTS"));

    return may ? referrers[i].weight : 0;
}

static size_t referrer_of(struct maker *m, const struct subject *p)
{
    int sum = 0, at;

    for (size_t i = 0; i < ARRAY_LEN(referrers); i++)
        sum += referrer_weight(i, p);
    at = chance_below(&m->c, sum);
    for (size_t i = 0; i < ARRAY_LEN(referrers); i++)
        if ((at -= referrer_weight(i, p)) < 0)
            return i;
    return 0;
}

static void referrer_answers(struct maker *m, struct course *k, struct answers *a)
{
    const struct surgery *own = k->p->surgery;
    size_t i = referrer_of(m, k->p);

    k->self = chance_percent(&m->c, 40) && k->stage != CASE_CLOSED_OWED;
    if (k->self) {
        say(a, "route", "SELF");
        say(a, "source", chance_percent(&m->c, 85) && !k->p->under_16 ? "SELF" : "FAMI");
        return;
    }
    say(a, "route", chance_percent(&m->c, 88) ? "PROFESSIONAL" : "TARGETED");
    say(a, "source", referrers[i].source);
    say(a, "referrer_name", referrers[i].org ? referrers[i].name : str_eq(referrers[i].name, "nurse") ? own->nurse
        : own->doctor);
    say(a, "referrer_org", referrers[i].org ? referrers[i].org : own->name);
    say(a, "org_type", referrers[i].org_type);
    if (chance_percent(&m->c, 60))
        say(a, "referrer_contact", "02920180999");
    say(a, "feedback_wanted", chance_percent(&m->c, 88) ? "YES" : "NO");
}

static void make_referral(struct maker *m, struct course *k)
{
    struct answers a = ANSWERS_INIT;
    int luck = chance_below(&m->c, 100);

    say_date(&a, "received_on", k->received);
    referrer_answers(m, k, &a);
    say(&a, "reasons", k->p->theme->reasons);
    say(&a, "referrer_words", words_in(&k->p->theme->referrer, k->p->lang));
    say(&a, "urgency", luck < 82 ? "ROUTINE" : luck < 96 ? "SOON" : "URGENT");
    if (chance_percent(&m->c, 90))
        say(&a, "person_agrees", "YES");
    paper_file(m, &(struct paper) { .form = "referral", .binds = T_REFERRAL, .person = k->p->id }, &a, &k->referral);
}

static bool wants_feedback(struct maker *m, const struct course *k)
{
    return !k->self && chance_percent(&m->c, 90);
}

static void make_refusal(struct maker *m, struct course *k, struct answers *a)
{
    static const struct weighted why[] = {
        { "DECLINED NOT_WANTED", 40 }, { "NO_CONTACT NO_REPLY", 22 }, { "NOT_ELIGIBLE OUT_OF_AREA", 14 },
        { "CLINICAL NEEDS_CLINICAL", 10 }, { "RETURNED INCOMPLETE", 8 }, { "DECLINED OTHER_SUPPORT", 4 },
        { "DUPLICATE", 2 }, { NULL, 0 }
    };
    char decision[64];
    char *blank;
    struct date on = day_after(m, k->received, 1, 9);

    str_copy(decision, sizeof decision, chance_word(&m->c, why));
    blank = strchr(decision, ' ');
    if (blank)
        *blank = '\0';
    say(a, "decision", decision);
    if (blank)
        say(a, "decision_reason", blank + 1);
    say_date(a, "decided_on", on);
    if (!wants_feedback(m, k))
        return;
    if (chance_percent(&m->c, 75))
        say_date(a, "feedback_sent_on", day_after(m, on, 0, 10));
    else
        make_task(m, "FEEDBACK_OWED", on, k, k->referral, NULL);
}

static void make_decision(struct maker *m, struct course *k)
{
    struct answers a = ANSWERS_INIT;

    if (k->stage == CASE_WAITING) {
        struct date decided;

        if (k->p->number % 4 != 3) {
            make_task(m, "REFERRAL_WAITING", k->received, k, k->referral, NULL);
            return;
        }
        decided = day_after(m, k->received, 0, 3);
        make_task(m, "WAITING_LIST", decided, k, k->referral, NULL);
        say(&a, "decision", "WAITING");
        say_date(&a, "decided_on", decided);
    } else if (k->stage == CASE_REFUSED) {
        make_refusal(m, k, &a);
    } else {
        say(&a, "decision", "ACCEPTED");
        say_date(&a, "decided_on", k->opened);
    }
    paper_file(m, &(struct paper) { .form = "decision", .binds = T_REFERRAL, .person = k->p->id }, &a, &k->referral);
}

/* --- episode ---------------------------------------------------------------------------------------------------- */

static void make_episode(struct maker *m, struct course *k)
{
    static const struct weighted model[] = {
        { "HOLISTIC", 66 }, { "MEDIUM", 20 }, { "LIGHT", 9 }, { "SIGN", 5 }, { NULL, 0 }
    };
    struct record r;

    record_init(&r, T_EPISODE);
    record_set_id(&r, EPISODE_person, k->p->id);
    record_set_id(&r, EPISODE_referral, k->referral);
    record_set_id(&r, EPISODE_practitioner, m->practitioner);
    record_set_date(&r, EPISODE_opened_on, k->opened);
    if (chance_percent(&m->c, 92))
        record_set(&r, EPISODE_model, chance_word(&m->c, model));
    k->episode = record_keep(m, &r);
}

static void send_feedback(struct maker *m, const struct course *k, struct date on)
{
    struct record r;

    record_init(&r, T_REFERRAL);
    if (m->st == ST_OK)
        m->st = store_get(m->s, T_REFERRAL, k->referral, &r, m->err);
    if (m->st != ST_OK) {
        record_release(&r);
        return;
    }
    record_set_date(&r, REFERRAL_feedback_sent_on, on);
    record_keep(m, &r);
}

static void make_closure(struct maker *m, struct course *k)
{
    static const struct weighted reason[] = {
        { "GOALS_MET", 44 }, { "PARTLY_MET", 24 }, { "CHOSE_TO_STOP", 12 }, { "MOVED", 6 }, { "STATUTORY", 6 },
        { "NOT_APPROPRIATE", 4 }, { "DIED", 2 }, { "SERVICE_ENDED", 2 }, { NULL, 0 }
    };
    struct answers a = ANSWERS_INIT;
    const char *why = k->lost ? "LOST" : chance_word(&m->c, reason);
    bool owed = k->stage == CASE_CLOSED_OWED;
    struct date sent = day_after(m, k->closed, 0, 9);

    say_date(&a, "closed_on", k->closed);
    say(&a, "reason", why);
    if (str_eq(why, "GOALS_MET") || str_eq(why, "PARTLY_MET"))
        say(&a, "what_changed", words_in(&k->p->theme->changed, k->p->lang));
    say(&a, "closing_note", words_in(&closings[k->lost ? 1 : chance_percent(&m->c, 60) ? 0 : 2], k->p->lang));
    say(&a, "feedback_to_referrer", k->self ? "NO_REFERRER" : owed ? "TO_SEND" : "SENT");
    if (!k->self && !owed)
        say_date(&a, "feedback_sent_on", sent);
    paper_file(m, &(struct paper) { .form = "closure", .binds = T_EPISODE, .person = k->p->id }, &a, &k->episode);
    if (owed)
        make_task(m, "FEEDBACK_OWED", k->closed, k, k->referral, NULL);
    else if (!k->self)
        send_feedback(m, k, sent);
}

void make_task(struct maker *m, const char *kind, struct date due, const struct course *k, struct id subject,
               const char *what)
{
    struct record r;

    record_init(&r, T_TASK);
    record_set(&r, TASK_kind, kind);
    record_set_date(&r, TASK_due_on, due);
    record_set_date(&r, TASK_since, date_compare(due, m->o->today) < 0 ? due : m->o->today);
    if (k) {
        record_set_id(&r, TASK_person, k->p->id);
        record_set_id(&r, TASK_episode, k->episode);
    }
    record_set_id(&r, TASK_subject, subject);
    record_set(&r, TASK_what, what);
    record_keep(m, &r);
}

static void who_answered(struct maker *m, const struct subject *p, struct answers *a)
{
    say(a, "given_by", p->under_16 ? "PARENT" : "PERSON");
    if (p->under_16)
        say(a, "given_by_name", p->lang == LANG_CY ? "Mam" : "Mum");
    else
        say(a, "understood", chance_percent(&m->c, 94) ? "YES" : "SUPPORTED");
}

void make_consent(struct maker *m, const struct course *k)
{
    struct answers a = ANSWERS_INIT;
    int luck = chance_below(&m->c, 100);
    bool given = luck < 93;

    say(&a, "language", k->p->lang == LANG_CY ? "CY" : "EN");
    say(&a, "notice_given", luck < 90 ? "YES" : luck < 93 ? "OBJECTS" : "NO");
    if (given)
        say_date(&a, "notice_on", k->conversation);
    say(&a, "lawful_basis", "PUBLIC_TASK");
    if (given && chance_percent(&m->c, 55)) {
        say(&a, "recipient", "Partneriaeth Les / Wellbeing partnership");
        say(&a, "purpose", chance_percent(&m->c, 60) ? "REPORTING" : "REFER");
        who_answered(m, k->p, &a);
        say(&a, "state", chance_percent(&m->c, 88) ? "GIVEN" : "REFUSED");
        say_date(&a, "state_on", k->conversation);
        say(&a, "how", chance_percent(&m->c, 70) ? "SPOKEN" : "WRITTEN");
    }
    paper_file(m, &(struct paper) { .form = "consent", .binds = T_CONSENT, .person = k->p->id,
                                    .episode = k->episode }, &a, NULL);
}

/* --- everything about one person -------------------------------------------------------------------------------- */

static void run_course(struct maker *m, struct course *k)
{
    course_dates(m, k);
    make_referral(m, k);
    if (k->stage >= CASE_ACCEPTED)
        make_episode(m, k);
    make_decision(m, k);
    if (k->stage < CASE_ACCEPTED)
        return;
    make_support(m, k);
    if (k->stage >= CASE_CLOSED_OWED)
        make_closure(m, k);
}

/* Somebody without an episode is made up for by somebody who was here before: as many episodes as cases. */
static void run_earlier_course(struct maker *m, const struct course *now)
{
    struct course k = { .p = now->p, .stage = CASE_CLOSED };

    k.received = on_a_weekday(date_add_days(now->received, -chance_between(&m->c, 300, 500)));
    run_course(m, &k);
    m->second_episodes--;
}

void make_case(struct maker *m, int number)
{
    struct subject p = { .number = number };
    struct course k = { .p = &p };

    m->c.state = m->o->seed * 0x9e3779b97f4a7c15u + (uint64_t) number * 0xd1342543de82ef95u;
    k.stage = stage_of(m, number);
    k.received = course_received(m, k.stage);
    k.lost = k.stage == CASE_CLOSED && chance_percent(&m->c, 14);
    make_person(m, &p, k.received);
    if (m->second_episodes > 0 && k.stage >= CASE_ACCEPTED)
        run_earlier_course(m, &k);
    run_course(m, &k);
    if (k.stage < CASE_ACCEPTED)
        m->second_episodes++;
    else if (k.stage >= CASE_CONVERSATION && chance_percent(&m->c, 88))
        make_equality(m, &p);
}
