/* practice_support.c - what happened within an invented episode: conversation, plan, connections, contacts, review. */
#include "practice_priv.h"

#include <stdio.h>
#include <string.h>

#include "dolen/base/banned.h"

/* The first case with a review behind it: one of ten in every caseload, and old enough that both are due. */
#define SURE_OF_A_QUESTION 7
#define GAP_DAYS 56                     /* as forms/codes/work.yaml says */

static struct date not_after(struct date d, struct date last)
{
    return date_compare(d, last) > 0 ? last : d;
}

static struct date end_of(struct maker *m, const struct course *k)
{
    return date_is_set(k->closed) ? k->closed : m->o->today;
}

/* --- conversation ----------------------------------------------------------------------------------------------- */

static void say_words(struct answers *a, const char *question, const struct words *t, const struct course *k)
{
    say(a, question, words_in(t, k->p->lang));
}

static void make_conversation(struct maker *m, struct course *k)
{
    const struct theme *t = k->p->theme;
    struct answers a = ANSWERS_INIT;
    const char *code = k->p->lang == LANG_CY ? "CY" : "EN";

    say_date(&a, "held_on", k->conversation);
    say(&a, "language", code);
    if (k->p->under_16)
        say(&a, "present_young", k->p->lang == LANG_CY ? "Mam" : "Mum");
    say_words(&a, "own_words", &t->own_words, k);
    if (chance_percent(&m->c, 80))
        say_words(&a, "good_week", &t->good_week, k);
    if (chance_percent(&m->c, 70))
        say_words(&a, "strengths", &strengths[chance_below(&m->c, (int) strength_count)], k);
    if (chance_percent(&m->c, 75))
        say_words(&a, "in_the_way", &t->in_the_way, k);
    else
        answers_set_missing(&a, "in_the_way", 0, MISSING_NO_ANSWER);
    answers_set(&a, "hope", 1, words_in(&t->hope, k->p->lang));
    say(&a, "read_back", "1");
    paper_file(m, &(struct paper) { .form = "conversation", .binds = T_COUNT, .person = k->p->id,
               .episode = k->episode, .language = lang_code(k->p->lang), .held_on = k->conversation }, &a, NULL);
}

/* --- plan ------------------------------------------------------------------------------------------------------- */

static void rate(struct maker *m, struct id goal, struct date on, int rating, const char *stage)
{
    struct record r;

    record_init(&r, T_RATING);
    record_set_id(&r, RATING_goal, goal);
    record_set_date(&r, RATING_rated_on, on);
    record_set_int(&r, RATING_rating, rating);
    record_set(&r, RATING_stage, stage);
    record_keep(m, &r);
}

static struct id make_goal(struct maker *m, const struct course *k, int position, const char *goal, const char *why,
                           int rating)
{
    struct record r;
    struct id id;
    bool closed = date_is_set(k->closed);
    int luck = chance_below(&m->c, 100);

    record_init(&r, T_GOAL);
    record_set_id(&r, GOAL_person, k->p->id);
    record_set_id(&r, GOAL_episode, k->episode);
    record_set_int(&r, GOAL_position, position);
    record_set(&r, GOAL_goal, goal);
    record_set(&r, GOAL_why_it_matters, why);
    record_set(&r, GOAL_state, !closed || luck >= 90 ? "OPEN" : luck < 60 ? "REACHED" : luck < 75 ? "CHANGED"
               : "DROPPED");
    id = record_keep(m, &r);
    rate(m, id, k->plan, rating, "BASELINE");
    if (date_is_set(k->review)) {
        int later = rating + chance_between(&m->c, -1, 5);

        rate(m, id, k->review, later < 0 ? 0 : later > 10 ? 10 : later, "REVIEW");
    }
    return id;
}

/* The lines of the plan as its paper has them too: filed again, it must not lose a word of them. */
static void make_action(struct maker *m, const struct course *k, const char *action, struct answers *paper)
{
    struct record r;
    struct date by = on_a_weekday(date_add_days(k->plan, chance_between(&m->c, 7, 28)));
    bool past = date_compare(by, m->o->today) < 0;
    char text[16];
    int luck;

    snprintf(text, sizeof text, "%d", chance_between(&m->c, 3, 10));
    record_init(&r, T_ACTION);
    record_set_id(&r, ACTION_episode, k->episode);
    record_set_id(&r, ACTION_goal, k->goal);
    record_set_int(&r, ACTION_position, 1);
    record_set(&r, ACTION_action, action);
    record_set(&r, ACTION_who, chance_percent(&m->c, 60) ? (k->p->lang == LANG_CY ? "fi" : "me")
               : k->p->lang == LANG_CY ? "ymarferydd" : "practitioner");
    record_set_date(&r, ACTION_by_when, by);
    record_set(&r, ACTION_confidence, text);
    answers_set(paper, "action", 1, action);
    answers_set(paper, "for_goal", 1, "1");
    answers_set(paper, "who", 1, record_text(&r, ACTION_who));
    answers_set(paper, "by_when", 1, date_iso(by).s);
    answers_set(paper, "confidence", 1, text);
    luck = chance_below(&m->c, 100);
    record_set(&r, ACTION_state, !past || luck >= 80 ? "OPEN" : luck < 70 ? "DONE" : "DROPPED");
    record_keep(m, &r);
}

static void goal_on_paper(struct answers *paper, int number, const char *goal, const char *why, int rating)
{
    char text[16];

    snprintf(text, sizeof text, "%d", rating);
    answers_set(paper, "goal", number, goal);
    if (why)
        answers_set(paper, "why_it_matters", number, why);
    answers_set(paper, "rating_now", number, text);
}

static void file_plan(struct maker *m, const struct course *k, struct answers *paper)
{
    say(paper, "agreed", "1");
    say_date(paper, "agreed_on", k->plan);
    say(paper, "copy_given", k->p->safe ? "NOT_SAFE" : "PAPER");
    paper_file(m, &(struct paper) { .form = "plan", .binds = T_COUNT, .person = k->p->id,
               .episode = k->episode, .language = lang_code(k->p->lang), .held_on = k->plan }, paper, NULL);
}

static void make_plan(struct maker *m, struct course *k)
{
    const struct theme *t = k->p->theme;
    enum lang l = k->p->lang;
    const char *second = chance_percent(&m->c, 40) ? words_in(&t->second_goal, l) : NULL;
    struct answers paper = ANSWERS_INIT;

    k->rating = chance_between(&m->c, 0, 5);
    goal_on_paper(&paper, 1, words_in(&t->goal, l), words_in(&t->why, l), k->rating);
    k->goal = make_goal(m, k, 1, words_in(&t->goal, l), words_in(&t->why, l), k->rating);
    if (second) {
        int rating = chance_between(&m->c, 0, 6);

        goal_on_paper(&paper, 2, second, NULL, rating);
        make_goal(m, k, 2, second, NULL, rating);
    }
    make_action(m, k, words_in(&t->action, l), &paper);
    file_plan(m, k, &paper);
}

/* --- connections ------------------------------------------------------------------------------------------------ */

/* What came of it when the asset closed meanwhile: who went no longer goes, who waited waits for nothing. */
static const char *status_after(const char *status, bool closed, bool full, bool over)
{
    if (full)
        return closed || over ? "NOT_AVAILABLE" : "WAITING";
    if (!closed || str_eq(status, "STOPPED") || str_eq(status, "DECLINED"))
        return status;
    return str_eq(status, "ATTENDING") || str_eq(status, "FIRST_ATTENDED") ? "STOPPED" : "NOT_AVAILABLE";
}

/* Asked again every so many days until now; the last time may be some days ago. What is over asks for nothing. */
static void make_asking(struct maker *m, const struct course *k, const char *kind, struct date from, int days,
                        struct id subject, const char *what)
{
    struct date latest = date_add_days(m->o->today, -days), due = date_add_days(from, days);

    if (date_is_set(k->closed))
        return;
    while (date_compare(due, latest) < 0)
        due = date_add_days(due, days);
    make_task(m, kind, due, k, subject, what);
}

/* As many days as forms/codes/connection_status.yaml says. */
static int days_to_news(const char *status)
{
    return str_eq(status, "SENT") ? 21 : str_eq(status, "ACCEPTED") ? 28 : str_eq(status, "WAITING") ? 42 : 0;
}

static struct record connection_to(const struct course *k, const struct made_asset *to)
{
    struct record r;

    record_init(&r, T_CONNECTION);
    record_set_id(&r, CONNECTION_person, k->p->id);
    record_set_id(&r, CONNECTION_episode, k->episode);
    record_set_id(&r, CONNECTION_asset, to->id);
    record_set_id(&r, CONNECTION_goal, k->goal);
    return r;
}

static void make_connection(struct maker *m, const struct course *k, const struct made_asset *to, bool full)
{
    static const struct weighted fresh[] = {
        { "SUGGESTED", 15 }, { "AGREED", 25 }, { "SENT", 25 }, { "ACCEPTED", 10 }, { "WAITING", 10 },
        { "FIRST_ATTENDED", 15 }, { NULL, 0 }
    };
    static const struct weighted settled[] = {
        { "ATTENDING", 50 }, { "FIRST_ATTENDED", 18 }, { "STOPPED", 14 }, { "DECLINED", 10 }, { "WAITING", 8 },
        { NULL, 0 }
    };
    bool later = k->stage >= CASE_FOLLOWED_UP, closed;
    struct date on, shut = asset_closed_since(to);
    const char *status;
    struct id made;
    struct record r = connection_to(k, to);
    int days;

    record_set(&r, CONNECTION_kind, chance_percent(&m->c, 60) ? "REFERRED" : "SIGNPOSTED");
    status = chance_word(&m->c, later ? settled : fresh);
    closed = date_is_set(shut) && date_compare(shut, end_of(m, k)) <= 0;
    record_set(&r, CONNECTION_status, status_after(status, closed, full, date_is_set(k->closed)));
    record_set(&r, CONNECTION_said_by, chance_percent(&m->c, 75) ? "PERSON" : "ASSET");
    on = date_add_days(k->connected, later ? chance_between(&m->c, 0, 40) : 0);
    if (closed && date_compare(on, shut) < 0)
        on = shut;
    on = not_after(on, end_of(m, k));
    record_set_date(&r, CONNECTION_on_date, on);
    days = str_eq(record_text(&r, CONNECTION_kind), "REFERRED") ? days_to_news(record_text(&r, CONNECTION_status)) : 0;
    made = record_keep(m, &r);
    if (days)
        make_asking(m, k, "NEWS_DUE", on, days, made, NULL);
}

static struct id make_gap(struct maker *m, const struct course *k, const char *category, const char *why)
{
    struct answers a = ANSWERS_INIT;
    struct id made = ID_NONE;
    char needed[160];

    snprintf(needed, sizeof needed, "%s", words_in(&k->p->theme->hope, k->p->lang));
    say_date(&a, "noted_on", k->connected);
    say(&a, "needed", needed);
    say(&a, "category", category);
    say(&a, "local_authority", k->p->place->authority);
    say(&a, "place", k->p->place->town);
    say(&a, "reason", why);
    say(&a, "language", str_eq(why, "NOT_IN_WELSH") || k->p->lang == LANG_CY ? "CY" : "EN");
    say(&a, "transport", str_eq(why, "TRANSPORT") ? "YES" : "NO");
    paper_file(m, &(struct paper) { .form = "gap", .binds = T_GAP, .person = k->p->id, .episode = k->episode },
               &a, &made);
    return made;
}

/* The one with room; else a place on a waiting list, and in either case what was missing: its gap. */
static struct id connect_to(struct maker *m, const struct course *k, const char *category, int start)
{
    const char *why = NULL;
    const struct made_asset *to = asset_for(m, category, k->connected, start, &why);

    if (to)
        make_connection(m, k, to, why != NULL);
    return why ? make_gap(m, k, category, why) : ID_NONE;
}

/* Somebody of every caseload was sent somewhere that still runs, and nobody has heard whether they went. */
static void make_unheard(struct maker *m, const struct course *k)
{
    const struct made_asset *to = NULL;

    for (int i = 0; i < m->asset_count && !to; i++) {
        const char *why = NULL;
        const struct made_asset *a = asset_for(m, m->assets[i].category, k->connected, i, &why);

        to = a && !why && !date_is_set(asset_closed_since(a)) ? a : NULL;
    }
    if (to) {
        struct record r = connection_to(k, to);

        record_set(&r, CONNECTION_kind, "REFERRED");
        record_set(&r, CONNECTION_status, "SENT");
        record_set(&r, CONNECTION_said_by, "PERSON");
        record_set_date(&r, CONNECTION_on_date, k->connected);
        make_asking(m, k, "NEWS_DUE", k->connected, days_to_news("SENT"), record_keep(m, &r), NULL);
    }
}

static void make_connections(struct maker *m, const struct course *k)
{
    /* Full is what an asset was on the day, never drawn. */
    static const struct weighted reason[] = {
        { "NO_ASSET", 22 }, { "TRANSPORT", 42 }, { "NOT_IN_WELSH", 12 }, { "COST", 8 }, { "TIME", 6 }, { "ACCESS", 6 },
        { "CARE", 4 }, { NULL, 0 }
    };
    int first = chance_below(&m->c, m->asset_count), second = chance_below(&m->c, m->asset_count);
    bool sure = k->p->number == SURE_OF_A_QUESTION && !date_is_set(k->closed);
    struct id gap = connect_to(m, k, k->p->theme->category, first), other = ID_NONE;

    if (chance_percent(&m->c, 45))
        other = connect_to(m, k, k->p->theme->second, second);
    gap = id_is_set(gap) ? gap : other;
    if (chance_percent(&m->c, 14))
        other = make_gap(m, k, k->p->theme->second, chance_word(&m->c, reason));
    gap = id_is_set(gap) ? gap : other;
    if (!id_is_set(gap) && sure)
        gap = make_gap(m, k, k->p->theme->second, "TRANSPORT");
    if (id_is_set(gap))         /* one of them: each is in the same words */
        make_asking(m, k, "GAP", k->connected, GAP_DAYS, gap, words_in(&k->p->theme->hope, k->p->lang));
    if (sure)
        make_unheard(m, k);
}

/* --- contacts --------------------------------------------------------------------------------------------------- */

static const struct weighted contact_kind[] = {
    { "PHONE", 42 }, { "HOME", 14 }, { "COMMUNITY", 14 }, { "BASE", 12 }, { "ACCOMPANIED", 6 }, { "TEXT", 5 },
    { "VIDEO", 3 }, { "EMAIL", 2 }, { "PROFESSIONAL", 2 }, { NULL, 0 }
};
static const struct weighted contact_result[] = {
    { "ATTENDED", 78 }, { "DNA", 7 }, { "NO_ANSWER", 8 }, { "CANCELLED_PERSON", 6 }, { "CANCELLED_SERVICE", 1 },
    { NULL, 0 }
};

/* The contact's form has one question without a column, the language; nothing else needs the longer way of filing. */
static void file_contact(struct maker *m, const struct course *k, struct answers *a, bool welsh)
{
    struct record r;

    if (welsh || !form_pinned(m, "contact")) {
        if (welsh)
            say(a, "language", "CY");
        paper_file(m, &(struct paper) { .form = "contact", .binds = T_CONTACT, .person = k->p->id,
                                        .episode = k->episode }, a, NULL);
        return;
    }
    record_init(&r, T_CONTACT);
    record_set_id(&r, CONTACT_person, k->p->id);
    record_set_id(&r, CONTACT_episode, k->episode);
    for (size_t i = 0; i < a->count; i++)
        record_set(&r, table_column_by_name(T_CONTACT, a->items[i].name), a->items[i].value);
    record_set(&r, CONTACT_form_def, form_pinned(m, "contact"));
    record_keep(m, &r);
    answers_release(a);
}

static void next_contact(struct maker *m, const struct course *k, struct answers *a, struct date next)
{
    const char *what = words_in(&next_steps[chance_below(&m->c, (int) next_step_count)], k->p->lang);

    say_date(a, "next_on", next);
    say(a, "next_what", what);
    make_task(m, "FOLLOW_UP", next, k, k->episode, what);
}

static void make_contact(struct maker *m, const struct course *k, struct date on, bool first, struct date next)
{
    struct answers a = ANSWERS_INIT;
    const char *kind = first ? "PHONE" : chance_word(&m->c, contact_kind);
    const char *result = first ? "ATTENDED" : chance_word(&m->c, contact_result);
    bool met = str_eq(result, "ATTENDED");
    const struct words *note = first ? &notes_first[chance_below(&m->c, (int) notes_first_count)]
        : met ? &notes_met[chance_below(&m->c, (int) notes_met_count)]
        : &notes_missed[chance_below(&m->c, (int) notes_missed_count)];

    say_date(&a, "held_on", on);
    say(&a, "kind", kind);
    say(&a, "with_whom", str_eq(kind, "PROFESSIONAL") ? kind : chance_percent(&m->c, 94) ? "PERSON" : "FAMILY");
    say(&a, "result", result);
    if (met)
        say_int(&a, "minutes", first || str_eq(kind, "TEXT") ? 10 : 15 * chance_between(&m->c, 1, 5));
    say(&a, "note", words_in(note, k->p->lang));
    if (date_is_set(next))
        next_contact(m, k, &a, next);
    file_contact(m, k, &a, met && k->p->lang == LANG_CY);
}

static int contacts_wanted(struct maker *m, const struct course *k)
{
    static const struct {
        int low, high;
    } by_stage[] = {
        [CASE_ACCEPTED] = { 0, 2 }, [CASE_CONVERSATION] = { 1, 3 }, [CASE_PLAN] = { 2, 4 },
        [CASE_CONNECTED] = { 2, 5 }, [CASE_FOLLOWED_UP] = { 4, 8 }, [CASE_REVIEWED] = { 5, 8 },
        [CASE_CLOSED_OWED] = { 4, 8 }, [CASE_CLOSED] = { 3, 8 },
    };

    if (m->o->contacts_each > 0)
        return m->o->contacts_each;
    return chance_between(&m->c, by_stage[k->stage].low, by_stage[k->stage].high);
}

/* Spread over the episode; the last one of an open episode usually sets the next, sometimes in the past already. */
static void make_contacts(struct maker *m, struct course *k)
{
    int n = contacts_wanted(m, k);
    bool met = n > 0 || k->stage > CASE_ACCEPTED;
    long days = date_days(end_of(m, k)) - date_days(k->opened);

    if (!met)
        make_task(m, "FIRST_CONTACT", k->opened, k, k->referral, NULL);
    for (int i = 0; i < n; i++) {
        struct date on = not_after(on_a_weekday(date_add_days(k->opened, (int) (days * i / n))), end_of(m, k));
        bool last = i == n - 1, open = !date_is_set(k->closed);
        struct date next = { 0, 0, 0 };

        if (last && open && chance_percent(&m->c, 80))
            next = on_a_weekday(date_add_days(m->o->today, chance_between(&m->c, -9, 16)));
        if (date_is_set(next) && date_compare(next, on) < 0)
            next = on_a_weekday(date_add_days(on, 7));
        make_contact(m, k, on, i == 0, next);
        k->last_contact = on;
    }
}

/* --- review ----------------------------------------------------------------------------------------------------- */

static void make_review(struct maker *m, const struct course *k)
{
    struct answers a = ANSWERS_INIT;
    bool closed = date_is_set(k->closed);

    say_date(&a, "held_on", k->review);
    say(&a, "what_moved", words_in(&k->p->theme->changed, k->p->lang));
    say(&a, "next", closed ? "CLOSE" : "GO_ON");
    paper_file(m, &(struct paper) { .form = "review", .binds = T_COUNT, .person = k->p->id,
               .episode = k->episode, .language = lang_code(k->p->lang), .held_on = k->review }, &a, NULL);
    if (!closed)
        make_task(m, "REVIEW", on_a_weekday(date_add_days(m->o->today, chance_between(&m->c, -5, 60))), k,
                  k->episode, NULL);
}

static void make_concern(struct maker *m, const struct course *k)
{
    struct answers a = ANSWERS_INIT;
    struct id id = ID_NONE;

    say_date(&a, "noted_on", k->conversation);
    say(&a, "what_seen", k->p->lang == LANG_CY ? "Dim bwyd yn y tŷ heddiw." : "No food in the house today.");
    say(&a, "what_done", k->p->lang == LANG_CY ? "Taleb banc bwyd yr un diwrnod."
        : "Food bank voucher the same day.");
    say(&a, "reported", "NO");
    paper_file(m, &(struct paper) { .form = "concern", .binds = T_CONCERN, .person = k->p->id,
                                    .episode = k->episode }, &a, &id);
    if (date_compare(date_add_days(k->conversation, 60), m->o->today) > 0)
        make_task(m, "SUPERVISOR", k->conversation, k, id, NULL);
}

void make_support(struct maker *m, struct course *k)
{
    bool measured = !k->p->under_16 && chance_percent(&m->c, 45);

    if (k->stage >= CASE_CONVERSATION) {
        make_conversation(m, k);
        make_consent(m, k);
        if (chance_percent(&m->c, 1))
            make_concern(m, k);
        if (measured)
            make_measures(m, k, "BASELINE", k->conversation);
    }
    if (k->stage >= CASE_PLAN)
        make_plan(m, k);
    if (k->stage >= CASE_CONNECTED)
        make_connections(m, k);
    make_contacts(m, k);
    if (k->stage >= CASE_REVIEWED)
        make_review(m, k);
    if (date_is_set(k->closed) && !k->lost && measured && chance_percent(&m->c, 65))
        make_measures(m, k, "CLOSING", k->closed);
}
