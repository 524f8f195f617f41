/* test_person.c - one person's sections, at every size, with what must never be seen. */
#include "person_world.h"

#include "dolen/base/banned.h"

static const int sizes[][2] = { { 24, 80 }, { 12, 40 }, { 60, 200 } };
static const char *const secrets[] = { "029 2099 9888", "nia@example.org", "Ffordd y M", "CF10 1AA" };
static const char *const words[] = { "concern", "safeguard", "abuse", "risk" };

static void add_all(struct world *w)
{
    struct id goal, link;

    add_case(w);
    file_form(w, "conversation", NULL, "2026-01-15", "held_on", "2026-01-15", "own_words",
              "I miss singing with other people.",
              "good_week", "Two outings", "hope#1", "To join a choir", NULL);
    file_form(w, "plan", NULL, "2026-01-20", "agreed", "1", "agreed_on", "2026-01-20", "review_on", "2026-04-20", NULL);
    goal = put(w, T_GOAL, "person", text_of(w->person).s, "episode", text_of(w->episode).s, "position", "1", "goal",
               "Sing with others every week", "why_it_matters", "I used to be in a choir", "state", "OPEN", NULL);
    put(w, T_RATING, "goal", text_of(goal).s, "rated_on", "2026-01-20", "rating", "3", NULL);
    put(w, T_RATING, "goal", text_of(goal).s, "rated_on", "2026-03-01", "rating", "7", NULL);
    put(w, T_ACTION, "episode", text_of(w->episode).s, "goal", text_of(goal).s, "position", "1", "action",
        "Ring the group", "who",
        "Nia", "by_when", "2026-02-01", "confidence", "8", "state", "OPEN", NULL);
    link = put(w, T_CONNECTION, "person", text_of(w->person).s, "episode", text_of(w->episode).s, "asset",
               text_of(w->asset).s,
               "kind", "REFERRED", "status", "ATTENDING", "said_by", "PERSON", "on_date", "2026-02-10", NULL);
    put(w, T_GAP, "person", text_of(w->person).s, "episode", text_of(w->episode).s, "needed", "A lift on Tuesdays",
        "noted_on",
        "2026-02-11", NULL);
    put(w, T_CONTACT, "person", text_of(w->person).s, "episode", text_of(w->episode).s, "held_on", "2026-02-20",
        "kind", "PHONE",
        "result", "ATTENDED", "minutes", "30", "note", "Went twice and liked it very much.", "next_on",
            "2026-03-20", NULL);
    put(w, T_CONSENT, "person", text_of(w->person).s, "recipient", "Tuesday singing group", "purpose", "CONNECT",
        "state", "GIVEN",
        "state_on", "2026-02-01", "given_by", "PERSON", "understood", "YES", NULL);
    put(w, T_CONCERN, "person", text_of(w->person).s, "noted_on", "2026-02-02", "what_seen", "A bruise on the arm",
        NULL);
    assert_true(id_is_set(link));
}

static void measure(struct world *w, const char *stage, const char *on, const char *item, const char *value,
                    const char *wording)
{
    put(w, T_MEASURE, "person", text_of(w->person).s, "episode", text_of(w->episode).s, "instrument", "ons4",
        "version", "1",
        "stage", stage, "taken_on", on, "item", item, "value", value, "wording", wording, NULL);
}

static struct view *open_at(struct world *w, enum person_section section)
{
    struct view *v = person_view_new(&w->ui, w->person, section);

    screen_pop_all(w->ui.screen);
    screen_push(w->ui.screen, v);
    return v;
}

/* What another laptop says of a permission, while nobody has settled it. */
static void a_permission_that_two_laptops_differ_about_says_that_it_does_not_count(void **state)
{
    static const char said[] = "Does not count as given until what two laptops say";
    struct world *w = *state;
    struct id consent, d;

    add_case(w);
    consent = put(w, T_CONSENT, "person", text_of(w->person).s, "recipient", "w-hub", "purpose", "REPORTING", "state", "GIVEN",
                  "state_on", "2026-02-01", "given_by", "PERSON", "understood", "YES", NULL);
    open_at(w, SECTION_CONSENT);
    show_at(w, 24, 80);
    assert_hides(w, said);
    d = put(w, T_DIFFERENCE, "person", text_of(w->person).s, "subject", text_of(consent).s, "entity", "consent", "field", "",
            "theirs", "{\"state\": \"WITHDRAWN\"}", "versions", "{}", "peer", "x", NULL);
    open_at(w, SECTION_CONSENT);
    show_at(w, 24, 80);
    assert_shows(w, said);
    show_at(w, 12, 40);
    assert_clean(w);
    assert_shows(w, "Does not count");
    change(w, T_DIFFERENCE, d, DIFFERENCE_settled, "MINE");
    open_at(w, SECTION_CONSENT);
    show_at(w, 24, 80);
    assert_hides(w, said);
}

static void permission_of(struct world *w, const char *by, const char *understood, const char *question, const char *answer)
{
    struct answers a = ANSWERS_INIT;
    struct filing f = { .form = "consent", .version = 1, .binds = T_CONSENT, .person = w->person, .answers = &a,
                        .hash = "0000000000000000000000000000000000000000000000000000000000000000", .yaml = "x", .yaml_bytes = 1 };

    answers_set(&a, "recipient", 0, "Llyfrgell");
    answers_set(&a, "purpose", 0, "CONNECT");
    answers_set(&a, "state", 0, "REFUSED");
    answers_set(&a, "state_on", 0, "2026-02-01");
    answers_set(&a, "given_by", 0, by);
    if (understood)
        answers_set(&a, "understood", 0, understood);
    if (question)
        answers_set(&a, question, 0, answer);
    assert_ok(store_file(w->store, &f, &err_));
    answers_release(&a);
    open_at(w, SECTION_CONSENT);
    show_at(w, 24, 80);
}

static void a_permission_says_whose_authority_was_seen_and_what_was_in_doubt(void **state)
{
    struct world *w = *state;

    add_case(w);
    permission_of(w, "ATTORNEY", NULL, "authority_seen", "YES");
    assert_shows(w, "Document with the authority: seen by 1 Feb 2026");
    assert_hides(w, "Under 16");
    permission_of(w, "DEPUTY", NULL, "authority_seen", "NO");
    assert_shows(w, "Document with the authority: not seen");
    permission_of(w, "DEPUTY", NULL, NULL, NULL);
    assert_shows(w, "Document with the authority: not written down whether it was seen");
    permission_of(w, "PERSON", "SUPPORTED", "support_given", "Pictures, and her sister");
    assert_shows(w, "Understood: Yes, with support");
    assert_shows(w, "Help to understand: Pictures, and her sister");
    assert_hides(w, "Capacity for this decision");
    permission_of(w, "PERSON", "DOUBT", NULL, NULL);
    assert_shows(w, "Capacity for this decision: in doubt, so it does not count as given");
    change(w, T_PERSON, w->person, PERSON_birth_date, "2010-02-02");
    permission_of(w, "PARENT", NULL, NULL, NULL);
    assert_shows(w, "Under 16 on that day:");
    change(w, T_PERSON, w->person, PERSON_birth_date, "2010-02-01");
    open_at(w, SECTION_CONSENT);
    show(w);
    assert_hides(w, "Under 16");                /* sixteen on that very day */
}

/* Another laptop says that getting in touch is not safe: the rule stands above everything else. */
static void what_another_laptop_says_about_safety_is_told_first(void **state)
{
    struct world *w = *state;

    add_case(w);
    change(w, T_PERSON, w->person, PERSON_safe_contact, "NO");
    change(w, T_PERSON, w->person, PERSON_do_not_contact, "NO");
    put(w, T_DIFFERENCE, "person", text_of(w->person).s, "subject", text_of(w->person).s, "entity", "person", "field",
        "do_not_contact", "theirs", "\"YES\"", "versions", "{}", "peer", "x", NULL);
    open_at(w, SECTION_OVERVIEW);
    show_at(w, 24, 80);
    assert_shows(w, "Another laptop says something else");
    assert_shows(w, "Do not get in touch");
    assert_hides(w, secrets[0]);
}

/* --- every section, every size, both languages ------------------------------------------------------------------ */

static void nothing_covered_is_seen(void **state)
{
    struct world *w = *state;

    add_all(w);
    for (int lang = 0; lang < LANG_COUNT; lang++)
        for (int section = 0; section < SECTION_COUNT; section++)
            for (size_t i = 0; i < ARRAY_LEN(sizes); i++) {
                lang_set((enum lang) lang);
                open_at(w, (enum person_section) section);
                show_at(w, sizes[i][0], sizes[i][1]);
                for (int page = 0; page < 30; page++) {
                    for (size_t k = 0; k < ARRAY_LEN(secrets); k++)
                        assert_hides(w, secrets[k]);
                    assert_clean(w);
                    keys(w, "PageDown");
                }
            }
}

static void neutral_words_outside_their_section(void **state)
{
    struct world *w = *state;

    add_all(w);
    for (int section = 0; section < SECTION_COUNT; section++) {
        if (section == SECTION_CONCERNS)
            continue;
        open_at(w, (enum person_section) section);
        show_at(w, 60, 200);
        for (size_t k = 0; k < ARRAY_LEN(words); k++)
            assert_hides(w, words[k]);
        assert_hides(w, "bruise");
    }
    open_at(w, SECTION_CONCERNS);
    show(w);
    assert_shows(w, "A bruise on the arm");
}

static void banner_has_one_mark(void **state)
{
    struct world *w = *state;

    add_case(w);
    open_at(w, SECTION_OVERVIEW);
    show_at(w, 24, 80);
    assert_shows(w, "* Nia Pritchard · Cymraeg");
    show_at(w, 12, 40);
    assert_shows(w, "* Nia Pritchard");
    change(w, T_PERSON, w->person, PERSON_safe_contact, "NO");
    screen_changed(w->ui.screen, CHANGED(PERSON));
    show_at(w, 24, 80);
    assert_hides(w, "* Nia");
    assert_shows(w, "029 2099 9888");
}

static void reveal_shows_one_value(void **state)
{
    struct world *w = *state;
    struct view *v;
    struct focus f;

    add_case(w);
    v = open_at(w, SECTION_OVERVIEW);
    show_at(w, 40, 80);
    assert_shows(w, "Only: Text message. When: mornings. Message: No message at all.");
    for (int i = 0; i < 20; i++) {
        f = screen_focus(w->ui.screen);
        if (f.kind == FOCUS_VALUE && strcmp(f.question, "phone") == 0)
            break;
        keys(w, "Down");
    }
    assert_int_equal(f.kind, FOCUS_VALUE);
    assert_true(id_eq(f.person, w->person));
    assert_on_mark(w);
    person_view_reveal(v, f.question);
    show(w);
    assert_shows(w, "029 2099 9888");
    assert_hides(w, "nia@example.org");
    f = screen_focus(w->ui.screen);
    assert_string_equal(f.question, "phone");       /* one is still there */
}

/* --- sections --------------------------------------------------------------------------------------------------- */

static void overview_says_what_comes_next(void **state)
{
    struct world *w = *state;
    struct focus f;

    add_case(w);
    add_task(w, "FOLLOW_UP", (struct date) { 2026, 3, 6 }, w->person, w->episode, "ring about the lift");
    open_at(w, SECTION_OVERVIEW);
    show_at(w, 24, 80);
    assert_shows(w, "Accepted · open since 8 Jan 2026");
    assert_shows(w, "Have the conversation");
    assert_shows(w, "! follow-up due 3 days ago: ring about the lift");
    assert_shows(w, "to go for the core data set");
    assert_on_mark(w);
    for (int i = 0; i < 10 && screen_focus(w->ui.screen).kind != FOCUS_FORM; i++)
        keys(w, "Down");
    assert_string_equal(screen_focus(w->ui.screen).form, "contact");    /* what is due first */
    keys(w, "Down");
    f = screen_focus(w->ui.screen);
    assert_int_equal(f.kind, FOCUS_FORM);
    assert_string_equal(f.form, "conversation");
    assert_int_equal(keys(w, "Enter"), NAV_OPEN);   /* left to the program */
}

static void sections_and_selection_are_kept(void **state)
{
    struct world *w = *state;
    struct focus f;

    add_all(w);
    open_at(w, SECTION_OVERVIEW);
    show_at(w, 24, 80);
    keys(w, "Tab Tab Tab");
    assert_shows(w, "[4 Plan]");
    keys(w, "Down Down");
    f = screen_focus(w->ui.screen);
    assert_int_equal(f.kind, FOCUS_ACTION);
    screen_changed(w->ui.screen, ~0u);
    show(w);
    assert_int_equal(screen_focus(w->ui.screen).kind, FOCUS_ACTION);
    keys(w, "l h");
    assert_int_equal(screen_focus(w->ui.screen).kind, FOCUS_ACTION);
    keys(w, "6");
    assert_shows(w, "[6 Contacts]");
    assert_shows(w, "Went twice and liked it very much.");
    keys(w, "Shift-Tab");
    assert_shows(w, "Tuesday singing group");
    assert_shows(w, "Goes regularly (The person)");
    assert_shows(w, "A lift on Tuesdays");
    assert_int_equal(screen_focus(w->ui.screen).kind, FOCUS_CONNECTION);
}

/* How many whole names of sections stand in the strip; only the signs around them are left over in it. */
static int names_taken_out(char *strip)
{
    static const char *const names[] = { "1 Overview", "2 Intake", "3 Conversation", "4 Plan", "5 Connections", "6 Contacts",
                                         "7 Measures", "8 Consent", "9 Notes", "Letters", "0 History" };
    int count = 0;

    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        int key = names[i][1] == ' ' ? 2 : 0;
        char whole[80], *at;

        snprintf(whole, sizeof whole, "%.*s%s", key, names[i], tr(names[i] + key));
        at = strstr(strip, whole);
        if (at)
            memset(at, ' ', strlen(whole));
        count += at != NULL;
    }
    return count;
}

/* However narrow: the current section and as many neighbours as there is room for, no name cut. */
static void sections_stand_with_their_whole_names(void **state)
{
    static const int cols[] = { 40, 80, 200 }, least[] = { 1, 5, SECTION_COUNT };
    struct world *w = *state;

    add_all(w);
    for (int at = 0; at < 2 * SECTION_COUNT * (int) ARRAY_LEN(cols); at++) {
        int wide = at / 2 / SECTION_COUNT, count;
        char strip[400];

        lang_set(at % 2 ? LANG_CY : LANG_EN);
        open_at(w, (enum person_section) (at / 2 % SECTION_COUNT));
        str_copy(strip, sizeof strip, strchr(show_at(w, 24, cols[wide]), '\n') + 1);
        strip[strcspn(strip, "\n")] = '\0';
        assert_non_null(strchr(strip, '['));
        count = names_taken_out(strip);
        if (count < least[wide] || strip[strspn(strip, " []\u2190\u2192")])
            fail_msg("%d names, and \"%s\":\n%s", count, strip, buf_text(&w->dump));
    }
}

static void plan_and_conversation(void **state)
{
    struct world *w = *state;

    add_all(w);
    open_at(w, SECTION_PLAN);
    show_at(w, 24, 80);
    assert_shows(w, "Agreed with the person · 20 Jan 2026");
    assert_shows(w, "1. Sing with others every week");
    assert_shows(w, "From 3 to 7 of 10");
    assert_shows(w, "! [ ] Ring the group");
    assert_shows(w, "sure 8/10");
    open_at(w, SECTION_CONVERSATION);
    show(w);
    assert_shows(w, "What matters to you?");
    assert_shows(w, "I miss singing with other people.");
    assert_shows(w, "To join a choir");
    assert_string_equal(screen_focus(w->ui.screen).form, "conversation");
    lang_set(LANG_CY);
    screen_changed(w->ui.screen, ~0u);
    show(w);
    assert_shows(w, "Beth sy'n bwysig i chi?");
}

static void measures_compare_within_one_wording(void **state)
{
    struct world *w = *state;

    add_case(w);
    measure(w, "BASELINE", "2026-01-15", "satis", "3", "official");
    measure(w, "REVIEW", "2026-03-01", "satis", "7", "official");
    measure(w, "BASELINE", "2026-01-15", "anxious", "2", "official");
    measure(w, "REVIEW", "2026-03-01", "anxious", "6", "official");
    measure(w, "BASELINE", "2026-01-15", "happy", "4", "official");
    measure(w, "REVIEW", "2026-03-01", "happy", "8", "en_shown");
    open_at(w, SECTION_MEASURES);
    show_at(w, 60, 200);
    assert_shows(w, "Baseline 3 (Low) · Review 7 (High): better");
    assert_shows(w, "Baseline 2 (Low) · Review 6 (High): worse");
    assert_shows(w, "asked in other words, so not compared");
    assert_shows(w, "Fill it in: Review");
    assert_hides(w, "total");
    assert_on_mark(w);
    show_at(w, 12, 40);
    assert_on_mark(w);
}

static void a_change_is_held_against_the_published_error(void **state)
{
    struct world *w = *state;
    struct id_text p, e;

    add_case(w);
    p = text_of(w->person);
    e = text_of(w->episode);
    for (int i = 0; i < 2; i++)
        put(w, T_MEASURE, "person", p.s, "episode", e.s, "instrument", "swemwbs", "item", "metric", "stage",
            i ? "REVIEW" : "BASELINE", "taken_on", i ? "2026-03-01" : "2026-01-15", "value", i ? "23.21" : "20.73", "wording",
            "official", NULL);
    open_at(w, SECTION_MEASURES);
    show_at(w, 60, 200);
    assert_shows(w, "Baseline 20.73 · Review 23.21: better, within measurement error");
    put(w, T_MEASURE, "person", p.s, "episode", e.s, "instrument", "swemwbs", "item", "metric", "stage", "CLOSING", "taken_on",
        "2026-03-02", "value", "24.11", "wording", "official", NULL);
    screen_changed(w->ui.screen, ~0u);
    show(w);
    assert_shows(w, "better, more than measurement error");
}

static void under_sixteen_is_not_offered_ons4(void **state)
{
    struct world *w = *state;

    add_case(w);
    change(w, T_PERSON, w->person, PERSON_birth_date, "2013-05-01");
    open_at(w, SECTION_MEASURES);
    show_at(w, 24, 80);
    assert_shows(w, "From the age of 16 on: not offered.");
}

static void history_tells_without_covered_values(void **state)
{
    struct world *w = *state;

    add_case(w);
    change(w, T_PERSON, w->person, PERSON_phone, "02920777666");
    change(w, T_PERSON, w->person, PERSON_speak_language, "EN");
    assert_ok(store_note(w->store, "person", w->person, "revealed: phone", &err_));
    open_at(w, SECTION_HISTORY);
    show_at(w, 60, 100);
    assert_shows(w, "Shown on the screen: Phone");
    assert_shows(w, "Cymraeg (Welsh) → English");
    assert_hides(w, "02920777666");
    for (int i = 0; i < 150; i++)
        change(w, T_PERSON, w->person, PERSON_gp_practice, i % 2 ? "Y Bont" : "Yr Afon");
    screen_changed(w->ui.screen, ~0u);
    show_at(w, 24, 80);
    for (int i = 0; i < 400; i++)
        keys(w, "Down");
    assert_shows(w, "Given name: Nia");     /* the oldest change, far below the first window */
}

static void history_tells_of_the_plan(void **state)
{
    struct world *w = *state;
    struct id goal;

    add_case(w);
    goal = put(w, T_GOAL, "person", text_of(w->person).s, "episode", text_of(w->episode).s, "goal", "Back in the pool", NULL);
    change(w, T_GOAL, goal, GOAL_goal, "Back in the sea");
    put(w, T_RATING, "goal", text_of(goal).s, "rated_on", "2026-03-02", "rating", "7", "stage", "REVIEW", NULL);
    put(w, T_ACTION, "episode", text_of(w->episode).s, "goal", text_of(goal).s, "action", "Ask about the hoist", NULL);
    open_at(w, SECTION_HISTORY);
    show_at(w, 60, 100);
    assert_shows(w, "Rating of a goal");
    assert_shows(w, "Back in the pool → Back in the sea");
    assert_shows(w, "How close (0 to 10): 7");
    assert_shows(w, "Stage: Review");
    assert_shows(w, "Ask about the hoist");
}

/* What whoever decides goes by, of each: an urgent one is not hidden behind one that came later. */
static void each_referral_that_waits_is_told(void **state)
{
    struct world *w = *state;

    w->person = add_person(w, "Anwen", "Prawf");
    put(w, T_REFERRAL, "person", text_of(w->person).s, "received_on", "2026-03-02", "urgency", "URGENT", "source", "GPPR",
        "referrer_words", "Alone since March", NULL);
    screen_push(w->ui.screen, person_view_new(&w->ui, w->person, SECTION_OVERVIEW));
    show_at(w, 24, 80);
    assert_shows(w, "Within two working days \u00b7 GP");
    put(w, T_REFERRAL, "person", text_of(w->person).s, "received_on", "2026-03-05", "urgency", "ROUTINE", "source", "SELF", NULL);
    screen_changed(w->ui.screen, ~0u);
    show_at(w, 24, 80);
    assert_shows(w, "In turn \u00b7 received 5 Mar 2026");
    assert_shows(w, "Within two working days \u00b7 received 2 Mar 2026");
    assert_shows(w, "Alone since March");
    show_at(w, 12, 40);
    assert_shows(w, "Overview");
}

static void empty_sections_say_what_to_press(void **state)
{
    static const char *const hints[SECTION_COUNT] = {
        "a adds one", "a adds one", "a takes down a new one", "a takes down a new one", "a takes down a new one",
            "a takes down a new one", "a takes down a new one", "s begins",
            "F2", "no letter is owed", "",
    };
    struct world *w = *state;

    w->person = add_person(w, "Ŵyn", "Prydderch");
    for (int section = 0; section < SECTION_COUNT; section++)
        for (size_t i = 0; i < ARRAY_LEN(sizes); i++) {
            open_at(w, (enum person_section) section);
            show_at(w, sizes[i][0], sizes[i][1]);
            if (i == 0)
                assert_shows(w, hints[section]);
            keys(w, "Down Up End Home PageDown PageUp");
        }
}

static void letters_say_who_was_told(void **state)
{
    struct world *w = *state;
    struct id r;

    w->person = add_person(w, "Nia", "Pritchard");
    r = put(w, T_REFERRAL, "person", text_of(w->person).s, "received_on", "2026-02-02", "route", "PROFESSIONAL", "source",
            "GPPR", "referrer_org", "Meddygfa Prawf", "decision", "CLINICAL", NULL);
    open_at(w, SECTION_LETTERS);
    show_at(w, 24, 80);
    assert_shows(w, "[Letters]");
    assert_shows(w, "Meddygfa Prawf");
    assert_shows(w, "not told yet");
    assert_hides(w, "letter made");
    assert_int_equal(store_note(w->ui.store, "referral", r, "letter: feedback", NULL), ST_OK);
    change(w, T_REFERRAL, r, REFERRAL_feedback_sent_on, "2026-03-02");
    screen_changed(w->ui.screen, ~0u);
    show_at(w, 24, 80);
    assert_shows(w, "told on 2 Mar 2026");
    assert_shows(w, "letter made");
    assert_shows(w, "Their copy of the plan");
}

static void long_and_wide_text(void **state)
{
    struct world *w = *state;
    struct buf name = BUF_INIT;

    add_case(w);
    for (int i = 0; i < 30; i++)
        buf_add(&name, "漢字 e\xcc\x81\xcc\x82 \x1b[2J ");
    put(w, T_CONTACT, "person", text_of(w->person).s, "episode", text_of(w->episode).s, "held_on", "2026-02-20", "note",
        buf_text(&name), NULL);
    change(w, T_PERSON, w->person, PERSON_preferred_name, buf_text(&name));
    for (size_t i = 0; i < ARRAY_LEN(sizes); i++)
        for (int section = 0; section < SECTION_COUNT; section++) {
            open_at(w, (enum person_section) section);
            show_at(w, sizes[i][0], sizes[i][1]);
            assert_clean(w);
            keys(w, "Down Down");
        }
    buf_release(&name);
}

static void ascii_twin(void **state)
{
    struct world *w = *state;

    add_all(w);
    measure(w, "BASELINE", "2026-01-15", "satis", "3", "official");
    measure(w, "REVIEW", "2026-03-01", "satis", "7", "official");
    canvas_set_glyphs(w->canvas, GLYPHS_ASCII);
    open_at(w, SECTION_OVERVIEW);
    show_at(w, 24, 80);
    assert_shows(w, "***");
    open_at(w, SECTION_MEASURES);
    show_at(w, 40, 80);
    assert_shows(w, "Life satisfaction");
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, world_open, world_close)
    const struct CMUnitTest tests[] = {
        T(a_permission_that_two_laptops_differ_about_says_that_it_does_not_count),
        T(what_another_laptop_says_about_safety_is_told_first),
        T(a_permission_says_whose_authority_was_seen_and_what_was_in_doubt),
        T(nothing_covered_is_seen), T(neutral_words_outside_their_section), T(banner_has_one_mark),
            T(reveal_shows_one_value),
        T(overview_says_what_comes_next), T(sections_and_selection_are_kept),
        T(sections_stand_with_their_whole_names), T(plan_and_conversation),
        T(measures_compare_within_one_wording), T(under_sixteen_is_not_offered_ons4),
        T(a_change_is_held_against_the_published_error),
            T(history_tells_without_covered_values), T(history_tells_of_the_plan),
        T(letters_say_who_was_told), T(each_referral_that_waits_is_told), T(empty_sections_say_what_to_press),
        T(long_and_wide_text), T(ascii_twin),
    };
#undef T

    return cmocka_run_group_tests(tests, NULL, NULL);
}
