/* test_today.c - the day: order, marks, counts, first steps; and the inbox and the ledger of gaps. */
#include "person_world.h"

#include "dolen/base/banned.h"

static void open_today(struct world *w)
{
    screen_pop_all(w->ui.screen);
    screen_push(w->ui.screen, today_view_new(&w->ui));
}

static void first_run_says_where_to_begin(void **state)
{
    struct world *w = *state;

    open_today(w);
    show_at(w, 24, 80);
    assert_shows(w, "Monday 9 March 2026");
    assert_shows(w, "Welcome. This case file is empty.");
    assert_shows(w, "0 people · 0 open episodes · 0 referrals waiting");
    show_at(w, 12, 40);
    assert_shows(w, "a   adds a referral");
    assert_shows(w, "0 people · 0 open · 0 waiting");
    lang_set(LANG_CY);
    show(w);
    assert_clean(w);
    lang_set(LANG_EN);
    screen_message(w->ui.screen, STYLE_GOOD, "%s", "A message that needs two of the rows of a small screen.");
    show_at(w, 12, 40);
    assert_shows(w, "a group, a place or a service");
    assert_hides(w, "…");                                       /* what has no room is left out, never cut */
}

static void empty_day_says_what_next(void **state)
{
    struct world *w = *state;

    add_case(w);
    open_today(w);
    show(w);
    assert_shows(w, "Nothing is due. a adds a referral, p shows people");
    assert_shows(w, "1 person · 1 open episode · 0 referrals waiting");
}

static void most_urgent_comes_first(void **state)
{
    struct world *w = *state;
    struct focus f;

    add_case(w);
    add_task(w, "REVIEW", (struct date) { 2026, 3, 9 }, w->person, w->episode, NULL);
    add_task(w, "FOLLOW_UP", (struct date) { 2026, 3, 4 }, w->person, w->episode, "ask about the bus");
    add_task(w, "ASSET_VERIFY", (struct date) { 2026, 3, 1 }, ID_NONE, w->asset, NULL);
    open_today(w);
    show_at(w, 24, 80);
    assert_shows(w, "Today (3)");
    assert_shows(w, "! Nia Pritchard            follow-up due 5 days ago: ask about the bus");
    assert_shows(w, "Tuesday singing group");
    assert_on_mark(w);
    keys(w, "Down Down");
    assert_true(id_eq(screen_focus(w->ui.screen).subject, w->asset));
    assert_int_equal(screen_focus(w->ui.screen).kind, FOCUS_TASK);
    assert_int_equal(keys(w, "Space"), ACT_MOST_URGENT);        /* the first is selected, the program opens it */
    f = screen_focus(w->ui.screen);
    assert_true(id_eq(f.person, w->person));
    assert_shows(w, "> ! Nia Pritchard");
    show_at(w, 12, 40);
    assert_on_mark(w);
    assert_shows(w, "due 5 days ago");
}

/* What a small screen has no room for comes with the next Tab, and nothing is cut. */
static void a_small_screen_explains_the_counts_one_after_the_other(void **state)
{
    struct world *w = *state;

    add_case(w);
    add_task(w, "REVIEW", (struct date) { 2026, 3, 9 }, w->person, w->episode, NULL);
    open_today(w);
    show_at(w, 12, 40);
    keys(w, "Tab");
    assert_shows(w, "opened and are not");
    assert_hides(w, "The waiting");
    keys(w, "Tab");
    assert_shows(w, "The waiting");
    assert_on_mark(w);
    for (int i = 0; i < 3 && !strstr(buf_text(&w->dump), "by month"); i++)
        keys(w, "Tab");
    assert_shows(w, "by month");
    keys(w, "Tab");
    assert_hides(w, "by month");
}

static void counts_explain_themselves(void **state)
{
    struct world *w = *state;

    add_case(w);
    add_task(w, "REVIEW", (struct date) { 2026, 3, 9 }, w->person, w->episode, NULL);
    open_today(w);
    show_at(w, 24, 80);
    assert_hides(w, "opened and are not closed");
    keys(w, "Tab");
    assert_shows(w, "opened and are not closed");
    assert_on_mark(w);
    keys(w, "Tab");
    assert_hides(w, "opened and are not closed");
    assert_shows(w, "Referrals received, by month");    /* the months, where there is no room beside the list */
    assert_shows(w, "Open episodes at month's end");
    assert_shows(w, "review due today");
    assert_on_mark(w);
    show_at(w, 12, 40);
    assert_shows(w, "Referrals received, by month");
    assert_shows(w, "Nia Pritchard");
    assert_on_mark(w);
    keys(w, "Tab");
    show_at(w, 24, 80);
    assert_hides(w, "Referrals received, by month");
    show_at(w, 60, 200);
    assert_shows(w, "Referrals received, by month");
    assert_shows(w, "Open episodes at the end of each month");
    assert_shows(w, "opened and are not");              /* what they count, where there is room for it */
    assert_on_mark(w);
    show_at(w, 30, 120);
    assert_shows(w, "Referrals received, by month");
    assert_hides(w, "Open episodes at the end");
}

/* --- the inbox -------------------------------------------------------------------------------------------------- */

static void inbox(void **state)
{
    struct world *w = *state;
    struct id first, person;

    screen_push(w->ui.screen, referrals_view_new(&w->ui));
    show(w);
    assert_shows(w, "No referral waits for a decision.");
    add_case(w);
    person = add_person(w, "Ŵyn", "Prydderch");
    first = put(w, T_REFERRAL, "person", text_of(person).s, "received_on", "2026-02-25", "source", "GPPR",
                "urgency", "SOON",
                "referrer_words", "Lives alone since the autumn.", NULL);
    put(w, T_REFERRAL, "person", text_of(w->person).s, "received_on", "2026-03-08", "source", "SELF", NULL);
    screen_changed(w->ui.screen, CHANGED(REFERRAL));
    show(w);
    assert_shows(w, "Referrals waiting (2)");
    assert_shows(w, "> ! 12 days     Ŵyn Prydderch");
    assert_shows(w, "GP or practice team");
    assert_shows(w, "Within a week");
    assert_shows(w, "Lives alone since the autumn.");
    assert_on_mark(w);
    assert_int_equal(screen_focus(w->ui.screen).kind, FOCUS_REFERRAL);
    assert_true(id_eq(screen_focus(w->ui.screen).subject, first));
    assert_true(id_eq(screen_focus(w->ui.screen).person, person));
    show_at(w, 12, 40);
    assert_on_mark(w);
    assert_shows(w, "Ŵyn Prydderch");
    show_at(w, 60, 200);
    assert_on_mark(w);
    assert_int_equal(keys(w, "Down Enter"), NAV_OPEN);
}

/* Ids are drawn at random: they say nothing of which came first. */
static void inbox_of_one_day_in_the_order_it_came(void **state)
{
    struct world *w = *state;
    struct id came[6];

    add_case(w);
    for (int i = 0; i < 6; i++)
        came[i] = put(w, T_REFERRAL, "person", text_of(w->person).s, "received_on", "2026-03-08", "source", "SELF", NULL);
    screen_push(w->ui.screen, referrals_view_new(&w->ui));
    show(w);
    for (int i = 0; i < 6; i++) {
        assert_true(id_eq(screen_focus(w->ui.screen).subject, came[i]));
        keys(w, "Down");
    }
}

static void ledger_of_gaps(void **state)
{
    struct world *w = *state;
    struct id gap;

    screen_push(w->ui.screen, gaps_view_new(&w->ui));
    show(w);
    assert_shows(w, "No gap written down.");
    add_case(w);
    gap = put(w, T_GAP, "person", text_of(w->person).s, "episode", text_of(w->episode).s, "needed",
              "A Welsh-speaking counsellor",
              "noted_on", "2026-02-11", "language", "CY", "transport", "YES", NULL);
    screen_changed(w->ui.screen, CHANGED(GAP));
    for (int i = 0; i < 3; i++) {
        static const int sizes[][2] = { { 24, 80 }, { 12, 40 }, { 60, 200 } };

        show_at(w, sizes[i][0], sizes[i][1]);
        assert_on_mark(w);
        assert_shows(w, "A Welsh-speaking");
    }
    assert_shows(w, "transport would have solved it");
    assert_true(id_eq(screen_focus(w->ui.screen).subject, gap));
    assert_true(id_eq(screen_focus(w->ui.screen).episode, w->episode));
}

/* Left locked overnight, it is the next morning that is opened. */
static void a_new_day_is_noticed(void **state)
{
    struct world *w = *state;
    struct date was = w->ui.today;

    add_case(w);
    add_task(w, "FOLLOW_UP", (struct date) { 2026, 3, 4 }, w->person, w->episode, "ask about the bus");
    open_today(w);
    show_at(w, 24, 80);
    assert_shows(w, "follow-up due 5 days ago");
    clock_freeze(was);
    assert_false(ui_new_day(&w->ui));
    clock_freeze((struct date) { 2026, 3, 10 });
    assert_true(ui_new_day(&w->ui));
    show(w);
    assert_shows(w, "Tuesday 10 March 2026");
    assert_shows(w, "follow-up due 6 days ago");
    clock_freeze(was);
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, world_open, world_close)
    const struct CMUnitTest tests[] = {
        T(first_run_says_where_to_begin), T(empty_day_says_what_next), T(most_urgent_comes_first),
            T(counts_explain_themselves), T(a_small_screen_explains_the_counts_one_after_the_other),
        T(a_new_day_is_noticed), T(inbox), T(inbox_of_one_day_in_the_order_it_came), T(ledger_of_gaps),
    };
#undef T

    return cmocka_run_group_tests(tests, NULL, NULL);
}
