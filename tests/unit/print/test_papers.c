/* The plan for the person and letters to referrers: what stands on them, and above all what never does. */
#include "../store/fixture.h"

#include "dolen/base/file.h"
#include "dolen/print/letter.h"
#include "dolen/print/plan_sheet.h"

/* Values that no paper may carry; some stand in every place that could leak. */
#define PHONE   "07700900999"
#define ADDRESS "9 Cuddfan"
#define SECRET  "canary"

struct world {
    struct id person, referral, episode, goal, asset;
};

static struct id put(struct fixture *f, struct record *r)
{
    struct id id;

    assert_ok(store_put(f->store, r, NULL, &err_));
    id = r->id;
    record_release(r);
    return id;
}

static struct id add_person(struct fixture *f, bool is_protected)
{
    struct record r;

    record_init(&r, T_PERSON);
    record_set(&r, PERSON_given_name, "Eirlys");
    record_set(&r, PERSON_family_name, "Prŵs");
    record_set(&r, PERSON_preferred_name, "Lys");
    record_set(&r, PERSON_also_known_as, SECRET " alias");
    record_set(&r, PERSON_birth_date, "1951-02-03");
    record_set(&r, PERSON_address, ADDRESS);
    record_set(&r, PERSON_postcode, "SA99 9ZZ");
    record_set(&r, PERSON_phone, PHONE);
    record_set(&r, PERSON_phone2, PHONE);
    record_set(&r, PERSON_email, SECRET "@example.org");
    record_set(&r, PERSON_safe_contact, is_protected ? "YES" : "NO");
    record_set(&r, PERSON_safe_when, SECRET " mornings");
    record_set(&r, PERSON_communication_needs, SECRET " needs");
    record_set(&r, PERSON_emergency_name, SECRET " sister");
    record_set(&r, PERSON_emergency_phone, PHONE);
    record_set(&r, PERSON_gp_practice, SECRET " surgery");
    return put(f, &r);
}

static struct id add_referral(struct fixture *f, struct id person, const char *decision)
{
    struct record r;

    record_init(&r, T_REFERRAL);
    record_set_id(&r, REFERRAL_person, person);
    record_set(&r, REFERRAL_route, "PROFESSIONAL");
    record_set(&r, REFERRAL_source, "GPPR");
    record_set(&r, REFERRAL_referrer_name, "Dr Catrin Puw");
    record_set(&r, REFERRAL_referrer_org, "Meddygfa'r Bont");
    record_set(&r, REFERRAL_referrer_contact, PHONE);
    record_set(&r, REFERRAL_received_on, "2026-02-03");
    record_set(&r, REFERRAL_reasons, "LONELY");
    record_set(&r, REFERRAL_referrer_words, SECRET " words");
    record_set(&r, REFERRAL_decision, decision);
    record_set(&r, REFERRAL_decision_note, SECRET " decision");
    return put(f, &r);
}

static struct id add_episode(struct fixture *f, const struct world *w)
{
    struct record r;

    record_init(&r, T_EPISODE);
    record_set_id(&r, EPISODE_person, w->person);
    record_set_id(&r, EPISODE_referral, w->referral);
    record_set(&r, EPISODE_opened_on, "2026-02-05");
    record_set(&r, EPISODE_closing_note, SECRET " closing");
    record_set(&r, EPISODE_what_changed, SECRET " changed");
    return put(f, &r);
}

static struct id add_goal(struct fixture *f, const struct world *w, int position, const char *words)
{
    struct record r;

    record_init(&r, T_GOAL);
    record_set_id(&r, GOAL_person, w->person);
    record_set_id(&r, GOAL_episode, w->episode);
    record_set_int(&r, GOAL_position, position);
    record_set(&r, GOAL_goal, words);
    return put(f, &r);
}

static void add_action(struct fixture *f, const struct world *w, struct id goal, const char *words, const char *state)
{
    struct record r;

    record_init(&r, T_ACTION);
    record_set_id(&r, ACTION_episode, w->episode);
    record_set_id(&r, ACTION_goal, goal);
    record_set_int(&r, ACTION_position, 1);
    record_set(&r, ACTION_action, words);
    record_set(&r, ACTION_who, "Lys");
    record_set(&r, ACTION_by_when, "2026-03-10");
    record_set(&r, ACTION_in_the_way, SECRET " in the way");
    record_set(&r, ACTION_state, state);
    put(f, &r);
}

static void connect(struct fixture *f, struct world *w, const char *status)
{
    struct record r;

    record_init(&r, T_ASSET);
    record_set(&r, ASSET_name_en, "Sing by the river");
    record_set(&r, ASSET_name_cy, "Canu ger yr afon");
    record_set(&r, ASSET_day, "Thursday at two");
    w->asset = put(f, &r);
    record_init(&r, T_CONNECTION);
    record_set_id(&r, CONNECTION_person, w->person);
    record_set_id(&r, CONNECTION_episode, w->episode);
    record_set_id(&r, CONNECTION_asset, w->asset);
    record_set(&r, CONNECTION_status, status);
    record_set(&r, CONNECTION_note, SECRET " connection");
    put(f, &r);
}

static void add_notes(struct fixture *f, const struct world *w)
{
    struct record r;

    record_init(&r, T_CONTACT);
    record_set_id(&r, CONTACT_person, w->person);
    record_set_id(&r, CONTACT_episode, w->episode);
    record_set(&r, CONTACT_held_on, "2026-02-10");
    record_set(&r, CONTACT_with_whom, "PERSON");
    record_set(&r, CONTACT_result, "ATTENDED");
    record_set(&r, CONTACT_note, SECRET " contact");
    put(f, &r);
    record_init(&r, T_CONCERN);
    record_set_id(&r, CONCERN_person, w->person);
    record_set_id(&r, CONCERN_episode, w->episode);
    record_set(&r, CONCERN_what_seen, SECRET " concern");
    put(f, &r);
    assert_ok(store_task_add(f->store, "REVIEW", (struct date) { 2026, 4, 9 }, w->person, w->episode, w->episode,
                             SECRET " task", &err_));
}

static struct world make(struct fixture *f, bool is_protected, const char *decision)
{
    struct world w = { .person = add_person(f, is_protected) };

    w.referral = add_referral(f, w.person, decision);
    w.episode = add_episode(f, &w);
    w.goal = add_goal(f, &w, 1, "To sing with others again");
    add_action(f, &w, w.goal, "Ring the choir together", "OPEN");
    connect(f, &w, "ATTENDING");
    add_notes(f, &w);
    return w;
}

static void consent(struct fixture *f, const struct world *w, const char *recipient, const char *purpose, const char *state,
                    const char *understood)
{
    struct record r;

    record_init(&r, T_CONSENT);
    record_set_id(&r, CONSENT_person, w->person);
    record_set(&r, CONSENT_recipient, recipient);
    record_set(&r, CONSENT_purpose, purpose);
    record_set(&r, CONSENT_state, state);
    record_set(&r, CONSENT_state_on, "2026-02-06");
    record_set(&r, CONSENT_understood, understood);
    record_set(&r, CONSENT_note, SECRET " consent");
    put(f, &r);
}

/* Everything a document would put on paper or through the pipe, in one text. */
static char *all_of(const struct document *d)
{
    struct buf b = BUF_INIT;
    struct json *j = document_to_json(d);

    document_text(d, 200, &b);
    document_html(d, &b);
    json_write(&b, j);
    json_free(&j);
    return buf_steal(&b);
}

static char *plan_of(struct fixture *f, const struct world *w, enum lang l)
{
    struct plan_sheet ask = { .person = w->person, .episode = w->episode, .lang = l };
    struct document *d = NULL;
    char *s;

    assert_ok(plan_sheet_make(&d, f->store, &ask, &err_));
    s = all_of(d);
    document_free(&d);
    return s;
}

static struct letter_def *shipped_words(void)
{
    struct letter_def *d = NULL;
    struct buf text = BUF_INIT;

    assert_ok(file_read(&text, "forms/letters/feedback.yaml", 1u << 20, &err_));
    assert_ok(letter_parse(&d, "forms/letters/feedback.yaml", buf_text(&text), text.len, &err_));
    buf_release(&text);
    return d;
}

static char *letter_in(struct fixture *f, const struct world *w, const struct letter_def *words, enum lang lang,
                       enum status want)
{
    struct letter_ask ask = { .words = words, .referral = w->referral, .lang = lang, .today = { 2026, 3, 9 },
                              .from = "Gwen Ymarfer", .organisation = "Dolen Practice Service" };
    struct letter l;
    enum status st = letter_make(&l, f->store, &ask, &err_);
    char *s = NULL;

    if (st != want)
        fail_msg("%s in place of %s: %s", status_word(st), status_word(want), err_text(&err_));
    if (st == ST_OK)
        s = all_of(l.document);
    letter_release(&l);
    return s;
}

static char *letter_of(struct fixture *f, const struct world *w, enum status want)
{
    struct letter_def *words = shipped_words();
    char *s = letter_in(f, w, words, LANG_EN, want);

    letter_def_free(&words);
    return s;
}

static void assert_in(const char *all, const char *part)
{
    if (!strstr(all, part))
        fail_msg("not there: %s\nin: %s", part, all);
}

static void assert_not_in(const char *all, const char *part)
{
    if (strstr(all, part))
        fail_msg("there: %s\nin: %s", part, all);
}

static void assert_safe(const char *all)
{
    static const char *const never[] = { PHONE, ADDRESS, "SA99", SECRET, "LONELY", "1951", "•••", "safe contact", "safe-contact" };

    for (size_t i = 0; i < ARRAY_LEN(never); i++)
        assert_not_in(all, never[i]);
}

/* --- the plan --------------------------------------------------------------------------------------------------------- */

static void plan_has_goals_actions_places_and_the_next_date(void **state)
{
    struct fixture *f = *state;
    struct world w = make(f, false, "ACCEPTED");
    char *s = plan_of(f, &w, LANG_EN);

    assert_in(s, "My plan: Lys Prŵs");
    assert_in(s, "1. To sing with others again");
    assert_in(s, "- Ring the choir together");
    assert_in(s, "By: Tuesday 10 March 2026");
    assert_in(s, "Sing by the river");
    assert_in(s, "When: Thursday at two");
    assert_in(s, "We talk again on: Thursday 9 April 2026");
    assert_safe(s);
    free(s);
}

/* A follow-up that is late says nothing to the person of when they will be seen. */
static void plan_calls_no_day_gone_by_the_next_time(void **state)
{
    struct fixture *f = *state;
    struct world w = make(f, false, "ACCEPTED");
    struct plan_sheet ask = { .person = w.person, .episode = w.episode, .lang = LANG_EN };
    static const struct { struct date today; bool shown; } days[] = {
        { { 2026, 4, 9 }, true }, { { 2026, 4, 10 }, false },
    };

    for (size_t i = 0; i < ARRAY_LEN(days); i++) {
        struct document *d = NULL;
        char *s;

        ask.today = days[i].today;
        assert_ok(plan_sheet_make(&d, f->store, &ask, &err_));
        s = all_of(d);
        (days[i].shown ? assert_in : assert_not_in)(s, "We talk again on: Thursday 9 April 2026");
        document_free(&d);
        free(s);
    }
}

static void plan_in_welsh_has_welsh_names(void **state)
{
    struct fixture *f = *state;
    struct world w = make(f, false, "ACCEPTED");
    char *s = plan_of(f, &w, LANG_CY);

    assert_in(s, "lang=\"cy\"");
    assert_in(s, "Canu ger yr afon");
    assert_not_in(s, "Sing by the river");
    assert_int_equal(lang_now(), LANG_EN);
    free(s);
}

static void plan_of_a_protected_person_names_no_place_and_no_date_to_meet(void **state)
{
    struct fixture *f = *state;
    struct world w = make(f, true, "ACCEPTED");
    char *s = plan_of(f, &w, LANG_EN);

    assert_in(s, "1. To sing with others again");
    assert_not_in(s, "Sing by the river");
    assert_not_in(s, "Thursday");
    assert_not_in(s, "9 April");
    assert_safe(s);
    free(s);
}

static void plan_leaves_out_what_was_dropped_and_keeps_what_lost_its_goal(void **state)
{
    struct fixture *f = *state;
    struct world w = make(f, false, "ACCEPTED");
    struct id other = add_goal(f, &w, 2, "To swim");
    char *s;

    add_action(f, &w, w.goal, "Buy a red hat", "DROPPED");
    add_action(f, &w, other, "Find the pool", "OPEN");
    add_action(f, &w, w.goal, "Ask for a lift", "DONE");
    assert_ok(store_bin(f->store, T_GOAL, other, "test", &err_));
    s = plan_of(f, &w, LANG_EN);
    assert_not_in(s, "red hat");
    assert_not_in(s, "To swim");
    assert_in(s, "- Find the pool");
    assert_in(s, "This is done.");
    free(s);
}

static void plan_of_somebody_without_one_says_so(void **state)
{
    struct fixture *f = *state;
    struct world w = { .person = add_person(f, false) };
    char *s = plan_of(f, &w, LANG_EN);

    assert_in(s, "There is no plan yet.");
    free(s);
}

static void long_plan_is_whole(void **state)
{
    struct fixture *f = *state;
    struct world w = make(f, false, "ACCEPTED");
    char words[32], *s;

    for (int i = 2; i <= 40; i++) {
        snprintf(words, sizeof words, "Goal number %d", i);
        add_action(f, &w, add_goal(f, &w, i, words), "One step", "OPEN");
    }
    s = plan_of(f, &w, LANG_EN);
    assert_in(s, "40. Goal number 40");
    free(s);
}

static void language_is_the_one_the_person_reads(void **state)
{
    static const struct { const char *writes, *speaks; enum lang want; } cases[] = {
        { "CY", "EN", LANG_CY }, { "EN", "CY", LANG_EN }, { NULL, "CY", LANG_CY }, { "BOTH", NULL, LANG_EN },
        { NULL, NULL, LANG_EN },
    };
    struct fixture *f = *state;

    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct record r;
        struct id person;

        record_init(&r, T_PERSON);
        record_set(&r, PERSON_given_name, "Eirlys");
        record_set(&r, PERSON_write_language, cases[i].writes);
        record_set(&r, PERSON_speak_language, cases[i].speaks);
        person = put(f, &r);
        assert_int_equal(person_reads(f->store, person, LANG_EN), cases[i].want);
    }
}

/* --- letters ---------------------------------------------------------------------------------------------------------- */

static void letter_without_permission_says_only_whether_seen(void **state)
{
    struct fixture *f = *state;
    struct world w = make(f, false, "ACCEPTED");
    char *s = letter_of(f, &w, ST_OK);

    assert_in(s, "To: Dr Catrin Puw");
    assert_in(s, "About: Eirlys Prŵs");
    assert_in(s, "Our service has met or talked with the person.");
    assert_not_in(s, "accepted the referral");
    assert_not_in(s, "Sing by the river");
    assert_safe(s);
    free(s);
}

static void letter_with_permission_says_what_happened(void **state)
{
    static const char *const names[] = { "Dr Catrin Puw", "meddygfa'r bont", "Dr Catrin Puw, Meddygfa'r Bont",
                                         "Meddygfa'r Bont (Dr Catrin Puw)" };
    struct fixture *f = *state;

    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        struct world w = make(f, false, "ACCEPTED");
        char *s;

        consent(f, &w, names[i], "FEEDBACK", "GIVEN", "YES");
        s = letter_of(f, &w, ST_OK);
        assert_in(s, "We accepted the referral.");
        assert_in(s, "- Sing by the river");
        assert_safe(s);
        free(s);
    }
}

static void permission_for_another_one_or_in_doubt_does_not_count(void **state)
{
    static const struct { const char *recipient, *purpose, *understood; } cases[] = {
        { "Dr Catrin", "FEEDBACK", "YES" }, { "Dr Catrin Puw Jones", "FEEDBACK", "YES" }, { "Canu ger yr afon", "FEEDBACK", "YES" },
        { "Dr Catrin Puw", "REFER", "YES" }, { "Dr Catrin Puw", "FEEDBACK", "DOUBT" },
    };
    struct fixture *f = *state;

    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct world w = make(f, false, "ACCEPTED");
        char *s;

        consent(f, &w, cases[i].recipient, cases[i].purpose, "GIVEN", cases[i].understood);
        s = letter_of(f, &w, ST_OK);
        assert_not_in(s, "accepted the referral");
        assert_not_in(s, "Sing by the river");
        free(s);
    }
}

static void permission_that_another_laptop_contradicts_counts_once_it_is_settled(void **state)
{
    struct fixture *f = *state;
    struct world w = make(f, false, "ACCEPTED");
    struct records all = { NULL, 0, 0 };
    struct record d;
    char *s;

    consent(f, &w, "Dr Catrin Puw", "FEEDBACK", "GIVEN", "YES");
    assert_int_equal(store_list(f->store, LIST_CONSENTS_OF_PERSON, w.person, 1, &all, NULL), ST_OK);
    record_init(&d, T_DIFFERENCE);
    record_set_id(&d, DIFFERENCE_person, w.person);
    record_set_id(&d, DIFFERENCE_subject, all.items[0].id);
    record_set(&d, DIFFERENCE_entity, "consent");
    record_set(&d, DIFFERENCE_field, "state");
    record_set(&d, DIFFERENCE_theirs, "\"WITHDRAWN\"");
    records_release(&all);
    assert_int_equal(store_put(f->store, &d, NULL, NULL), ST_OK);
    s = letter_of(f, &w, ST_OK);
    assert_not_in(s, "accepted the referral");
    free(s);
    record_set(&d, DIFFERENCE_settled, "MINE");
    put(f, &d);
    s = letter_of(f, &w, ST_OK);
    assert_in(s, "We accepted the referral.");
    free(s);
}

static void no_letter_after_a_no_unless_the_referral_goes_back(void **state)
{
    static const char *const no[] = { "REFUSED", "WITHDRAWN" };
    struct fixture *f = *state;

    for (size_t i = 0; i < ARRAY_LEN(no); i++) {
        struct world w = make(f, false, "ACCEPTED"), back = make(f, false, "CLINICAL");
        char *s;

        consent(f, &w, "Dr Catrin Puw", "FEEDBACK", no[i], "YES");
        consent(f, &back, "Dr Catrin Puw", "FEEDBACK", no[i], "YES");
        letter_of(f, &w, ST_REFUSED);
        s = letter_of(f, &back, ST_OK);
        assert_in(s, "We are returning the referral to you");
        assert_not_in(s, "met or talked");
        assert_safe(s);
        free(s);
    }
}

static void every_decision_has_a_letter_that_tells_no_reason(void **state)
{
    static const char *const decisions[] = { "ACCEPTED", "WAITING", "DECLINED", "NOT_ELIGIBLE", "CLINICAL", "RETURNED",
                                             "SERIOUS_FIRST", "NO_CONTACT", "DUPLICATE" };
    struct fixture *f = *state;

    for (size_t i = 0; i < ARRAY_LEN(decisions); i++)
        for (int is_protected = 0; is_protected < 2; is_protected++)
            for (int agreed = 0; agreed < 2; agreed++) {
                struct world w = make(f, is_protected, decisions[i]);
                char *s;

                if (agreed)
                    consent(f, &w, "Dr Catrin Puw", "FEEDBACK", "GIVEN", "YES");
                s = letter_of(f, &w, ST_OK);
                assert_safe(s);
                assert_not_in(s, "linical");
                assert_not_in(s, "erious");
                if (is_protected || !agreed)
                    assert_not_in(s, "Sing by the river");
                free(s);
            }
}

static void no_letter_without_decision_or_referrer(void **state)
{
    struct fixture *f = *state;
    struct world w = make(f, false, NULL);
    struct record r;

    letter_of(f, &w, ST_REFUSED);
    record_init(&r, T_REFERRAL);
    record_set_id(&r, REFERRAL_person, w.person);
    record_set(&r, REFERRAL_decision, "ACCEPTED");
    w.referral = put(f, &r);
    letter_of(f, &w, ST_REFUSED);
    record_init(&r, T_REFERRAL);
    record_set_id(&r, REFERRAL_person, w.person);
    record_set(&r, REFERRAL_route, "SELF");
    record_set(&r, REFERRAL_decision, "ACCEPTED");
    w.referral = put(f, &r);
    letter_of(f, &w, ST_REFUSED);
}

static void family_of_a_protected_person_get_no_letter_unasked(void **state)
{
    struct fixture *f = *state;
    struct world w = { .person = add_person(f, true) };
    struct record r;
    char *s;

    record_init(&r, T_REFERRAL);
    record_set_id(&r, REFERRAL_person, w.person);
    record_set(&r, REFERRAL_route, "SELF");
    record_set(&r, REFERRAL_source, "FAMI");
    record_set(&r, REFERRAL_referrer_name, "Huw Prŵs");
    record_set(&r, REFERRAL_decision, "ACCEPTED");
    w.referral = put(f, &r);
    letter_of(f, &w, ST_REFUSED);
    consent(f, &w, "Huw Prŵs", "FEEDBACK", "GIVEN", "YES");
    s = letter_of(f, &w, ST_OK);
    assert_safe(s);
    free(s);
}

/* Every fact, bare and turned round: in every paragraph that could carry it, with the widest conditions there are. */
static const char hostile[] =
    "letter: hostile\nversion: 1\ntitle: {en: A letter, cy: Llythyr}\nparagraphs:\n"
    "  - line: {en: 'Ended:', cy: 'Ended:'}\n    value: ended_on\n"
    "  - line: {en: 'To:', cy: 'To:'}\n    value: referrer\n"
    "  - text: {en: 'ended ${ended_on}', cy: 'ended ${ended_on}'}\n"
    "  - bullet: {en: 'place ${place}', cy: 'place ${place}'}\n    when: \"missing(${decision}) or 1 = 1\"\n"
    "  - text: {en: 'has places', cy: 'has places'}\n    when: \"count(${place}) > 0\"\n"
    "  - text: {en: 'is accepted', cy: 'is accepted'}\n    when: \"${decision} = 'ACCEPTED'\"\n"
    "  - text: {en: 'not returned', cy: 'not returned'}\n    when: \"not(${decision} = 'RETURNED')\"\n"
    "  - text: {en: 'has a decision', cy: 'has a decision'}\n    when: \"not(missing(${decision}))\"\n"
    "  - text: {en: 'is clinical', cy: 'is clinical'}\n    when: \"${decision} = 'CLINICAL'\"\n"
    "  - text: {en: 'other return', cy: 'other return'}\n"
    "    when: \"string-length(${decision}) > 0 and not(regex(${decision}, '[ACDNRW].*'))\"\n"
    "  - text: {en: 'went well', cy: 'went well'}\n    when: \"coalesce(${outcome}, '') = 'GOALS_MET'\"\n"
    "  - text: {en: 'some outcome', cy: 'some outcome'}\n    when: \"not(missing(${outcome}))\"\n"
    "  - text: {en: 'agreed to it', cy: 'agreed to it'}\n    when: \"${agreed} = 'YES'\"\n"
    "  - text: {en: 'was seen', cy: 'was seen'}\n    when: \"not(missing(${seen}))\"\n"
    "  - text: {en: '${person} ${referrer} ${organisation} ${practitioner} ${service} ${received_on} ${today}', "
    "cy: '${person} ${referrer} ${organisation} ${practitioner} ${service} ${received_on} ${today}'}\n";

static void close_episode(struct fixture *f, const struct world *w, const char *reason)
{
    struct record e;

    record_init(&e, T_EPISODE);
    assert_ok(store_get(f->store, T_EPISODE, w->episode, &e, &err_));
    record_set(&e, EPISODE_closed_on, "2026-03-07");
    record_set(&e, EPISODE_reason, reason);
    put(f, &e);
}

static void a_hostile_template_lets_out_nothing_that_consent_forbids(void **state)
{
    static const char *const decisions[] = { "ACCEPTED", "WAITING", "DECLINED", "NOT_ELIGIBLE", "CLINICAL", "RETURNED",
                                             "SERIOUS_FIRST", "NO_CONTACT", "DUPLICATE" };
    static const char *const states[] = { NULL, "GIVEN", "REFUSED", "WITHDRAWN" };
    struct fixture *f = *state;
    struct letter_def *words = NULL;

    assert_ok(letter_parse(&words, "hostile.yaml", hostile, strlen(hostile), &err_));
    for (size_t i = 0; i < ARRAY_LEN(decisions) * ARRAY_LEN(states) * 2; i++) {
        const char *decision = decisions[i / 8], *asked = states[i / 2 % 4];
        bool hidden = i % 2, agreed = str_eq(asked, "GIVEN"), said_no = asked && !agreed, returns = i / 8 >= 3 && i / 8 <= 6;
        struct world w = make(f, hidden, decision);
        char *s;

        close_episode(f, &w, "GOALS_MET");
        if (asked)
            consent(f, &w, "Dr Catrin Puw", "FEEDBACK", asked, "YES");
        s = letter_in(f, &w, words, LANG_EN, said_no && !returns ? ST_REFUSED : ST_OK);
        if (!s)
            continue;
        assert_safe(s);
        assert_in(s, "Eirlys Prŵs Dr Catrin Puw");
        assert_not_in(s, "other return");
        if (hidden || !agreed)
            assert_not_in(s, "Sing by the river"), assert_not_in(s, "has places");
        else
            assert_in(s, "place Sing by the river"), assert_in(s, "has places");
        if (!agreed)
            for (const char *const *p = (const char *const []) { "7 March", "is accepted", "not returned", "is clinical",
                                                                 "went well", "some outcome", "agreed to it", NULL }; *p; p++)
                assert_not_in(s, *p);
        else
            assert_in(s, "ended Saturday 7 March 2026"), assert_in(s, "went well");
        if (!agreed && !returns)
            assert_not_in(s, "has a decision");
        if (returns)
            assert_not_in(s, "was seen"), assert_in(s, "has a decision");
        free(s);
    }
    letter_def_free(&words);
}

/* What a person's end with us was is told by a few codes; where they went, that they died, and a code of the service's own
 * are not among them. */
static void reasons_for_an_end_that_are_nobodys_business_are_not_told(void **state)
{
    static const char *const kept[] = { "MOVED", "STATUTORY", "DIED", "NOT_APPROPRIATE", "SAFEGUARDING" };
    struct fixture *f = *state;
    struct letter_def *words = NULL;

    assert_ok(letter_parse(&words, "hostile.yaml", hostile, strlen(hostile), &err_));
    for (size_t i = 0; i < ARRAY_LEN(kept); i++) {
        struct world w = make(f, false, "ACCEPTED");
        char *s;

        close_episode(f, &w, kept[i]);
        consent(f, &w, "Dr Catrin Puw", "FEEDBACK", "GIVEN", "YES");
        s = letter_in(f, &w, words, LANG_EN, ST_OK);
        assert_in(s, "is accepted");
        assert_not_in(s, "some outcome");
        free(s);
    }
    letter_def_free(&words);
}

static void a_template_that_names_anything_else_is_refused(void **state)
{
    static const struct { const char *block, *place, *says; } wrong[] = {
        { "text: {en: 'Ring ${phone}', cy: 'x'}", "x.yaml:5:22", "phone" },
        { "text: {en: x, cy: 'Ffoniwch ${person.phone}'}", "x.yaml:5:33", "person.phone" },
        { "text: {en: x, cy: x}\n    when: \"${concern} = 'YES'\"", "x.yaml:6:12", "concern" },
        { "text: {en: x, cy: x}\n    when: \"${decision} = 'SERIOUS_FIRST'\"", "x.yaml:6:26", "SERIOUS_FIRST" },
        { "text: {en: x, cy: x}\n    when: \"${place} = 'x'\"", "x.yaml:6:12", "place" },
        { "text: {en: 'It was ${decision}', cy: x}", "x.yaml:5:24", "decision" },
        { "line: {en: 'Phone:', cy: 'Rhif:'}\n    value: phone", "x.yaml:6:12", "phone" },
        { "line: {en: 'What:', cy: 'Beth:'}\n    value: decision", "x.yaml:6:12", "decision" },
        { "text: {en: 'Dear ${referrer', cy: x}", "x.yaml:5:22", "${" },
        { "text: {en: x, cy: x}\n    heading: {en: x, cy: x}", "x.yaml:5:5", "paragraphs" },
    };

    (void) state;
    for (size_t i = 0; i < ARRAY_LEN(wrong); i++) {
        char *yaml = xasprintf("letter: x\nversion: 1\ntitle: {en: A, cy: B}\nparagraphs:\n  - %s\n", wrong[i].block);
        struct letter_def *d = NULL;
        struct err err = { .st = ST_OK };

        assert_int_equal(letter_parse(&d, "x.yaml", yaml, strlen(yaml), &err), ST_INVALID);
        assert_null(d);
        if (!strstr(err_text(&err), wrong[i].place) || !strstr(err_text(&err), wrong[i].says))
            fail_msg("%s: %s", wrong[i].block, err_text(&err));
        free(yaml);
    }
}

static void a_name_in_the_title_is_refused(void **state)
{
    static const char yaml[] = "letter: x\nversion: 1\ntitle: {en: '${person}', cy: B}\nparagraphs:\n  - text: {en: x, cy: x}\n";
    struct letter_def *d = NULL;

    (void) state;
    assert_int_equal(letter_parse(&d, "x.yaml", yaml, strlen(yaml), &err_), ST_INVALID);
}

/* The whole of it, as it is read: what the template gives in each language, in its order. */
static void the_shipped_letter_reads_whole_in_both_languages(void **state)
{
    static const char *const want[LANG_COUNT] = {
        [LANG_EN] = "Feedback to the referrer\nDate: %s\nTo: Dr Catrin Puw\nOrganisation: Meddygfa'r Bont\n"
            "About: Eirlys Prŵs\nYour referral of: %s\n\n"
            "Thank you for this referral. This is to tell you what came of it.\n\nWhat happened\n"
            "We accepted the referral.\n\nOur service has met or talked with the person.\n\nTogether we found:\n\n"
            "- Sing by the river\n\nOur work together ended on: %s\n\n"
            "Some of the goals of the plan were met.\n\nWith best wishes,\n\nGwen Ymarfer\n\nDolen Practice Service\n",
        [LANG_CY] = "Adborth i'r atgyfeiriwr\nDyddiad: %s\nAt: Dr Catrin Puw\nSefydliad: Meddygfa'r Bont\n"
            "Ynghylch: Eirlys Prŵs\nDyddiad eich atgyfeiriad: %s\n\n"
            "Diolch am yr atgyfeiriad hwn. Dyma roi gwybod i chi beth ddaeth ohono.\n\nBeth ddigwyddodd\n"
            "Rydym wedi derbyn yr atgyfeiriad.\n\nMae ein gwasanaeth wedi cwrdd neu siarad â'r person.\n\n"
            "Gyda'n gilydd, cawsom hyd i:\n\n- Canu ger yr afon\n\n"
            "Daeth ein gwaith gyda'n gilydd i ben ar: %s\n\n"
            "Cyrhaeddwyd rhai o nodau'r cynllun.\n\nGyda dymuniadau gorau,\n\nGwen Ymarfer\n\nDolen Practice Service\n",
    };
    struct fixture *f = *state;
    struct world w = make(f, false, "ACCEPTED");
    struct letter_def *words = shipped_words();

    close_episode(f, &w, "PARTLY_MET");
    consent(f, &w, "Dr Catrin Puw", "FEEDBACK", "GIVEN", "YES");
    for (int l = 0; l < LANG_COUNT; l++) {
        struct letter_ask ask = { .words = words, .referral = w.referral, .lang = (enum lang) l, .today = { 2026, 3, 9 },
                                  .from = "Gwen Ymarfer", .organisation = "Dolen Practice Service" };
        struct date_text written, received, ended;
        struct buf text = BUF_INIT, whole = BUF_INIT;
        struct letter letter;

        lang_set((enum lang) l);
        written = date_show_long(ask.today);
        received = date_show_long((struct date) { 2026, 2, 3 });
        ended = date_show_long((struct date) { 2026, 3, 7 });
        lang_set(LANG_EN);
        for (const char *p = want[l], *days[] = { written.s, received.s, ended.s }, **day = days; *p; p++)
            if (p[0] == '%' && p[1] == 's')
                buf_add(&whole, *day++), p++;
            else
                buf_add_char(&whole, *p);

        assert_ok(letter_make(&letter, f->store, &ask, &err_));
        document_text(letter.document, 200, &text);
        assert_string_equal(buf_text(&text), buf_text(&whole));
        letter_release(&letter);
        buf_release(&text);
        buf_release(&whole);
    }
    letter_def_free(&words);
}

#define on_a_store(t) cmocka_unit_test_setup_teardown(t, fixture_open, fixture_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        on_a_store(plan_has_goals_actions_places_and_the_next_date),
        on_a_store(plan_calls_no_day_gone_by_the_next_time),
        on_a_store(plan_in_welsh_has_welsh_names),
        on_a_store(plan_of_a_protected_person_names_no_place_and_no_date_to_meet),
        on_a_store(plan_leaves_out_what_was_dropped_and_keeps_what_lost_its_goal),
        on_a_store(plan_of_somebody_without_one_says_so),
        on_a_store(long_plan_is_whole),
        on_a_store(language_is_the_one_the_person_reads),
        on_a_store(letter_without_permission_says_only_whether_seen),
        on_a_store(letter_with_permission_says_what_happened),
        on_a_store(permission_for_another_one_or_in_doubt_does_not_count),
        on_a_store(permission_that_another_laptop_contradicts_counts_once_it_is_settled),
        on_a_store(no_letter_after_a_no_unless_the_referral_goes_back),
        on_a_store(every_decision_has_a_letter_that_tells_no_reason),
        on_a_store(no_letter_without_decision_or_referrer),
        on_a_store(family_of_a_protected_person_get_no_letter_unasked),
        on_a_store(a_hostile_template_lets_out_nothing_that_consent_forbids),
        on_a_store(reasons_for_an_end_that_are_nobodys_business_are_not_told),
        cmocka_unit_test(a_template_that_names_anything_else_is_refused),
        cmocka_unit_test(a_name_in_the_title_is_refused),
        on_a_store(the_shipped_letter_reads_whole_in_both_languages),
    };

    lang_start();
    lang_set(LANG_EN);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
