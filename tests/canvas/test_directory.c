/* test_directory.c - the directory, choosing from it, and one entry. */
#include "person_world.h"

#include "dolen/ui/call.h"

#include "dolen/base/banned.h"

struct choice_made {
    struct id asset;
    int       calls;
};

static unsigned chosen(void *ctx, struct id asset)
{
    struct choice_made *c = ctx;

    c->asset = asset;
    c->calls++;
    return REACT_DRAW;
}

static struct id add_assets(struct world *w)
{
    put(w, T_ASSET, "name_en", "Allotment", "area", "Splott", "category", "NATURE", NULL);
    put(w, T_ASSET, "name_en", "Welsh for beginners", "verified_on", "2025-03-01", "full_until", "2026-06-30", NULL);
    return put(w, T_ASSET, "name_en", "Men's shed", "name_cy", "Sied dynion", "verified_on", "2026-03-01",
               "verified_how",
               "Rang Gwyn", "what_happens", "Woodwork and tea", "phone", "02920111222", NULL);
}

static void lists_and_searches(void **state)
{
    static const int sizes[][2] = { { 24, 80 }, { 12, 40 }, { 60, 200 } };
    struct world *w = *state;
    struct id shed;

    screen_push(w->ui.screen, directory_view_new(&w->ui));
    show(w);
    assert_shows(w, "The directory is empty. a adds");
    shed = add_assets(w);
    screen_changed(w->ui.screen, CHANGED(ASSET));
    for (size_t i = 0; i < ARRAY_LEN(sizes); i++) {
        show_at(w, sizes[i][0], sizes[i][1]);
        assert_on_mark(w);
        assert_shows(w, "Allotment");
        assert_shows(w, "!never");
        assert_hides(w, "U Gap");
        assert_shows(w, "=1 Mar 2026");
    }
    show_at(w, 24, 80);
    assert_shows(w, "30 Jun 2026");
    keys(w, "/ s h e d");
    assert_hides(w, "Allotment");
    keys(w, "Enter");
    assert_on_mark(w);
    assert_int_equal(screen_focus(w->ui.screen).kind, FOCUS_ASSET);
    assert_true(id_eq(screen_focus(w->ui.screen).subject, shed));
    assert_int_equal(keys(w, "Enter"), NAV_OPEN);
    keys(w, "Esc");
    assert_shows(w, "Allotment");
    lang_set(LANG_CY);
    screen_changed(w->ui.screen, ~0u);
    show(w);
    assert_shows(w, "Sied dynion");
}

static void chooses_one(void **state)
{
    struct world *w = *state;
    struct choice_made made = { ID_NONE, 0 };
    struct id shed = add_assets(w);

    add_case(w);
    screen_push(w->ui.screen, today_view_new(&w->ui));
    screen_push(w->ui.screen, directory_choose_new(&w->ui, w->person, w->episode, chosen, &made));
    show(w);
    assert_shows(w, "U Gap");
    assert_shows(w, "Connect to what?");
    assert_true(id_eq(screen_focus(w->ui.screen).person, w->person));
    assert_int_equal(keys(w, "U"), ACT_GAP);
    assert_int_equal(keys(w, "Down Enter"), 0);
    assert_int_equal(made.calls, 1);
    assert_true(id_eq(made.asset, shed));
    screen_pop(w->ui.screen);
    show(w);
    assert_int_equal(made.calls, 1);            /* said once only */
    made.asset = shed;
    screen_push(w->ui.screen, directory_choose_new(&w->ui, w->person, w->episode, chosen, &made));
    show(w);
    keys(w, "Esc");
    assert_int_equal(made.calls, 2);            /* left without choosing */
    assert_false(id_is_set(made.asset));
}

/* The letters of a name are keys of other things: c rings somebody, h and l move, k too, d bins. */
static void a_name_typed_while_choosing_is_searched_for(void **state)
{
    struct world *w = *state;
    struct choice_made made = { ID_NONE, 0 };
    struct id choir;

    add_assets(w);
    choir = put(w, T_ASSET, "name_en", "Choir", "verified_on", "2026-03-01", NULL);
    add_case(w);
    screen_push(w->ui.screen, today_view_new(&w->ui));
    screen_push(w->ui.screen, directory_choose_new(&w->ui, w->person, w->episode, chosen, &made));
    show_at(w, 12, 40);
    assert_int_equal(keys(w, "c h o i r"), 0);
    assert_shows(w, "Connect to what?");
    assert_shows(w, "Search: choir");
    assert_hides(w, "Allotment");
    keys(w, "Down");
    assert_int_equal(keys(w, "d y n"), 0);      /* another one: the next name replaces the first */
    assert_shows(w, "Search: dyn");
    keys(w, "Esc");
    assert_shows(w, "Allotment");
    assert_int_equal(keys(w, "q"), 0);
    assert_shows(w, "Search: q");
    keys(w, "Esc c h o Enter Enter");
    assert_int_equal(made.calls, 1);
    assert_true(id_eq(made.asset, choir));
}

static void one_entry(void **state)
{
    static const int sizes[][2] = { { 12, 40 }, { 60, 200 }, { 24, 80 } };
    struct world *w = *state;
    struct id shed = add_assets(w);

    add_case(w);
    put(w, T_CONNECTION, "person", text_of(w->person).s, "episode", text_of(w->episode).s, "asset", text_of(shed).s,
        "status",
        "WAITING", "on_date", "2026-03-02", NULL);
    screen_push(w->ui.screen, asset_view_new(&w->ui, shed));
    for (size_t i = 0; i < ARRAY_LEN(sizes); i++) {
        show_at(w, sizes[i][0], sizes[i][1]);
        assert_on_mark(w);
        assert_shows(w, "We talked to them");
        assert_shows(w, "1 Mar 2026");
    }
    assert_shows(w, "talked to them 8 days ago");
    assert_shows(w, "Rang Gwyn");
    assert_shows(w, "Woodwork and tea");
    assert_shows(w, "029 2011 1222");
    assert_shows(w, "never");                   /* nobody told us */
    assert_string_equal(screen_focus(w->ui.screen).question, "verified_on");
    keys(w, "End");
    assert_shows(w, "Nia Pritchard");
    assert_int_equal(screen_focus(w->ui.screen).kind, FOCUS_CONNECTION);
    assert_true(id_eq(screen_focus(w->ui.screen).person, w->person));
}

static void places_of_one_offer_lead_to_each_other(void **state)
{
    static const int sizes[][2] = { { 12, 40 }, { 24, 80 } };
    struct world *w = *state;
    struct id first = put(w, T_ASSET, "name_en", "Choir", "area", "Splott", NULL),
              second = put(w, T_ASSET, "name_en", "Choir", "name_cy", "Côr", "postcode", "LL57 1AA", "day", "Fridays", "offer",
                           text_of(first).s, NULL),
              third = put(w, T_ASSET, "name_en", "Choir", "offer", text_of(first).s, NULL);

    screen_push(w->ui.screen, asset_view_new(&w->ui, first));
    for (size_t i = 0; i < ARRAY_LEN(sizes); i++) {
        show_at(w, sizes[i][0], sizes[i][1]);
        keys(w, "End");
        assert_on_mark(w);
        assert_shows(w, "where and when is not said yet");
    }
    assert_shows(w, "The same offer at other places");
    assert_shows(w, "LL57 1AA");
    assert_shows(w, "Fridays");
    assert_int_equal(screen_focus(w->ui.screen).kind, FOCUS_ASSET);
    assert_true(id_eq(screen_focus(w->ui.screen).subject, third) || id_eq(screen_focus(w->ui.screen).subject, second));
    assert_int_equal(keys(w, "Enter"), NAV_OPEN);
    assert_int_equal(keys(w, "+"), ACT_ANOTHER_PLACE);
    screen_pop(w->ui.screen);
    screen_push(w->ui.screen, asset_view_new(&w->ui, second));
    show(w);
    keys(w, "End");
    assert_shows(w, "Splott");
    screen_pop(w->ui.screen);
    screen_push(w->ui.screen, same_assets_view_new(&w->ui));
    show(w);
    assert_hides(w, "Choir");
    screen_pop(w->ui.screen);
    screen_push(w->ui.screen, directory_view_new(&w->ui));
    show(w);
    assert_shows(w, "Splott");                  /* beside the name, to tell one from the other */
    keys(w, "Down");
    assert_shows(w, "LL57 1AA");
}

static void what_speaks_against_it_is_said_before(void **state)
{
    struct world *w = *state;
    struct choice_made made = { ID_NONE, 0 };
    struct id full, busy;

    add_case(w);
    full = put(w, T_ASSET, "name_en", "Art", "verified_on", "2026-03-01", "full_until", "2026-05-01", "do_not_advertise",
               "YES", NULL);
    busy = put(w, T_ASSET, "name_en", "Busy", "verified_on", "2026-03-01", "takes_a_month", "1", NULL);
    put(w, T_CONNECTION, "person", text_of(w->person).s, "episode", text_of(w->episode).s, "asset", text_of(busy).s,
        "status", "SENT", "kind", "REFERRED", NULL);
    put(w, T_CONNECTION, "person", text_of(w->person).s, "episode", text_of(w->episode).s, "asset", text_of(busy).s,
        "status", "AGREED", "kind", "SIGNPOSTED", NULL);
    screen_push(w->ui.screen, today_view_new(&w->ui));
    screen_push(w->ui.screen, directory_choose_new(&w->ui, w->person, w->episode, chosen, &made));
    show(w);
    assert_shows(w, "> ! Art");
    assert_shows(w, "full to 1 May 2026");
    assert_shows(w, "1 of 1 this month");
    assert_shows(w, "They ask not to be advertised.");
    keys(w, "Enter");
    assert_shows(w, "Full until 1 May 2026.");
    keys(w, "n");
    assert_int_equal(made.calls, 0);
    keys(w, "Down Enter");
    assert_shows(w, "It takes 1 a month, and 1 has been");
    keys(w, "y");
    assert_int_equal(made.calls, 1);
    assert_true(id_eq(made.asset, busy));
    assert_false(id_eq(made.asset, full));
}

struct filed {
    int  calls;
    char said[3][24];
    enum call_room room;
    bool verified;
    long takes;
    int  kept, binned;
    bool there;                     /* a mark was kept earlier */
};

static bool take_up(void *ctx, struct call *c)
{
    struct filed *f = ctx;

    if (f->there && c->count > 0)
        str_copy(c->people[0].said, sizeof c->people[0].said, "ATTENDING");
    return f->there;
}

static unsigned keep(void *ctx, const struct call *c)
{
    (void) c;
    ((struct filed *) ctx)->kept++;
    return REACT_DRAW;
}

static unsigned discard(void *ctx, const struct call *c)
{
    (void) c;
    ((struct filed *) ctx)->binned++;
    return REACT_BACK;
}

static unsigned file(void *ctx, const struct call *c)
{
    struct filed *f = ctx;

    f->calls++;
    f->room = c->room;
    f->verified = c->verified;
    f->takes = c->takes_a_month;
    for (size_t i = 0; i < c->count && i < 3; i++)
        str_copy(f->said[i], 24, c->people[i].said);
    return REACT_BACK;
}

static void connect_to(struct world *w, struct id asset, struct id person, const char *status, const char *kind, const char *on)
{
    put(w, T_CONNECTION, "person", text_of(person).s, "episode", text_of(w->episode).s, "asset", text_of(asset).s, "status",
        status, "kind", kind, "on_date", on, NULL);
}

static void the_stalest_in_use_is_rung_first(void **state)
{
    static const int sizes[][2] = { { 12, 40 }, { 60, 200 }, { 24, 80 } };
    struct world *w = *state;
    struct id shed = add_assets(w), old;

    add_case(w);
    screen_push(w->ui.screen, call_list_view_new(&w->ui));
    show(w);
    assert_shows(w, "there is nobody to ring");
    old = put(w, T_ASSET, "name_en", "Zumba", "category", "EXERCISE", "verified_on", "2025-06-01", NULL);
    connect_to(w, shed, w->person, "SENT", "REFERRED", "2026-03-02");
    connect_to(w, old, w->person, "SUGGESTED", "SIGNPOSTED", "2026-03-02");
    screen_changed(w->ui.screen, ~0u);
    for (size_t i = 0; i < ARRAY_LEN(sizes); i++) {
        show_at(w, sizes[i][0], sizes[i][1]);
        assert_on_mark(w);
        assert_shows(w, "Call list (2)");
        assert_shows(w, "> ! Zumba");
    }
    assert_shows(w, "out of date since");
    assert_shows(w, "1 waiting, talked to them 8 days ago");
    assert_int_equal(screen_focus(w->ui.screen).kind, FOCUS_CALL);
    assert_true(id_eq(screen_focus(w->ui.screen).subject, old));
    lang_set(LANG_CY);
    screen_changed(w->ui.screen, ~0u);
    show_at(w, 24, 80);
    assert_on_mark(w);
    assert_shows(w, "Sied dynion");
}

static void one_call_tells_of_everyone(void **state)
{
    static const int sizes[][2] = { { 12, 40 }, { 60, 200 }, { 24, 80 } };
    struct world *w = *state;
    struct id shed = add_assets(w), mair, cadi;
    struct filed f = { .calls = 0 };

    add_case(w);
    mair = add_person(w, "Mair", "Prawf");
    cadi = add_person(w, "Cadi", "Arall");
    connect_to(w, shed, w->person, "SENT", "REFERRED", "2026-02-20");
    connect_to(w, shed, mair, "WAITING", "REFERRED", "2026-02-01");
    connect_to(w, shed, cadi, "SUGGESTED", "SIGNPOSTED", "2026-01-01");
    screen_push(w->ui.screen, today_view_new(&w->ui));
    struct call_host host = { &f, take_up, keep, file, discard };

    screen_push(w->ui.screen, call_view_new(&w->ui, shed, &host));
    for (size_t i = 0; i < ARRAY_LEN(sizes); i++) {
        show_at(w, sizes[i][0], sizes[i][1]);
        assert_on_mark(w);
        assert_shows(w, "029 2011 1222");
        assert_shows(w, "Mair Prawf");
        assert_hides(w, "Cadi");
    }
    assert_shows(w, "36 days ago");
    keys(w, "4");
    assert_shows(w, "= Mair Prawf");
    keys(w, "2");
    keys(w, "1 1 5");               /* it runs; room now; how many a month: asks */
    keys(w, "Enter");
    assert_shows(w, "Room now");
    assert_int_equal(f.kept, 5);                        /* each mark is in the draft at once */
    assert_int_equal(keys(w, "Ctrl-S"), 0);
    assert_int_equal(f.calls, 1);
    assert_string_equal(f.said[0], "ATTENDING");
    assert_string_equal(f.said[1], "WAITING");
    assert_int_equal(f.room, ROOM_NOW);
    assert_int_equal(f.takes, 5);
    assert_true(f.verified);
}

/* Nobody rings a group and asks how somebody gets on who has died. */
static void before_a_call_it_is_said_who_died(void **state)
{
    struct world *w = *state;
    struct id shed = add_assets(w), mair = add_person(w, "Mair", "Prawf");
    struct filed f = { .calls = 0 };
    struct call_host host = { &f, take_up, keep, file, discard };

    add_case(w);
    connect_to(w, shed, w->person, "SENT", "REFERRED", "2026-02-20");
    w->episode = put(w, T_EPISODE, "person", text_of(mair).s, "opened_on", "2026-01-08", "closed_on", "2026-03-01", "reason",
                     "DIED", NULL);
    connect_to(w, shed, mair, "WAITING", "REFERRED", "2026-02-01");
    screen_push(w->ui.screen, call_view_new(&w->ui, shed, &host));
    for (int at = 0; next_look(w, &at);) {
        assert_clean(w);
        assert_on_mark(w);
        assert_shows(w, lang_now() == LANG_CY ? "Bu farw" : "Died");
    }
}

static void a_call_is_left_as_a_draft_and_taken_up(void **state)
{
    struct world *w = *state;
    struct id shed = add_assets(w);
    struct filed f = { .calls = 0 };
    struct call_host host = { &f, take_up, keep, file, discard };

    add_case(w);
    connect_to(w, shed, w->person, "SENT", "REFERRED", "2026-02-20");
    screen_push(w->ui.screen, today_view_new(&w->ui));
    screen_push(w->ui.screen, call_view_new(&w->ui, shed, &host));
    show(w);
    keys(w, "4");
    assert_int_equal(f.kept, 1);
    assert_int_equal(keys(w, "q"), 0);
    assert_shows(w, "Kept as a draft.");
    assert_shows(w, "Today");
    f.there = true;
    screen_push(w->ui.screen, call_view_new(&w->ui, shed, &host));
    show(w);
    assert_shows(w, "Taken up where the call was left");
    assert_shows(w, "= Nia Pritchard");
    assert_int_equal(keys(w, "F8"), 0);
    assert_int_equal(f.binned, 1);
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, world_open, world_close)
    const struct CMUnitTest tests[] = { T(lists_and_searches), T(chooses_one), T(a_name_typed_while_choosing_is_searched_for),
                                        T(one_entry), T(places_of_one_offer_lead_to_each_other),
                                       T(what_speaks_against_it_is_said_before),
                                       T(the_stalest_in_use_is_rung_first), T(one_call_tells_of_everyone),
                                       T(before_a_call_it_is_said_who_died),
                                       T(a_call_is_left_as_a_draft_and_taken_up) };
#undef T

    return cmocka_run_group_tests(tests, NULL, NULL);
}
