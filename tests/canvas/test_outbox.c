/* The outbox on the screen: at three sizes and in both languages it never says more than receipts do. */
#include "person_world.h"

#include "dolen/ui/outbox.h"
#include "dolen/base/banned.h"

static const int sizes_[][2] = { { 24, 80 }, { 12, 40 }, { 60, 200 } };

static struct id add_destination(struct world *w, const char *covered)
{
    return put(w, T_DESTINATION, "name", "w-hub", "url", "sftp://hwb.example/drop", "policy",
               "{\"title\":{\"en\":\"Wellbeing figures\",\"cy\":\"Ffigurau llesiant\"}}", "epoch", "1", "covered", covered, NULL);
}

static struct id add_batch(struct world *w, struct id d, const char *seq, const char *state, const char *to)
{
    return put(w, T_BATCH, "destination", text_of(d).s, "seq", seq, "epoch", "1", "kind", "delta", "state", state, "to_version", to,
               "file", seq, "rows", "12", "sealed_at", "1773057600", "sent_at", "1773057700", "acked_at", "1773057800",
               "next_at", "1773058000", NULL);
}

static void nothing_is_sent_anywhere(void **state)
{
    struct world *w = *state;

    screen_push(w->ui.screen, outbox_view_new(&w->ui));
    show(w);
    assert_shows(w, "Outbox");
    assert_shows(w, "Nothing is sent anywhere.");
    assert_int_equal(screen_focus(w->ui.screen).kind, FOCUS_NONE);
}

static void every_state_at_every_size_in_both_languages(void **state)
{
    struct world *w = *state;
    struct id d = add_destination(w, "7");
    char seq[16];

    for (int s = 0; s < BS_COUNT; s++) {
        snprintf(seq, sizeof seq, "%d", s + 1);
        add_batch(w, d, seq, batch_state_word((enum batch_state) s), "9");
    }
    screen_push(w->ui.screen, outbox_view_new(&w->ui));
    for (int l = 0; l < 2; l++)
        for (size_t i = 0; i < ARRAY_LEN(sizes_); i++) {
            lang_set(l ? LANG_CY : LANG_EN);
            screen_changed(w->ui.screen, ~0u);
            show_at(w, sizes_[i][0], sizes_[i][1]);
            assert_clean(w);
            assert_on_mark(w);
            assert_shows(w, l ? "Ffigurau llesiant" : "Wellbeing figures");
            for (int s = 0; i != 1 && s < BS_COUNT; s++)
                assert_shows(w, batch_state_label((enum batch_state) s));
        }
    lang_set(LANG_EN);
}

/* Taken in, but something before it never came: not "everything until then". */
static void a_gap_is_not_papered_over(void **state)
{
    struct world *w = *state;
    struct id d = add_destination(w, "7");

    add_batch(w, d, "1", "SENT", "8");
    add_batch(w, d, "2", "ACKED", "9");
    screen_push(w->ui.screen, outbox_view_new(&w->ui));
    show_at(w, 24, 80);
    assert_shows(w, "Nothing is known to have arrived.");
    assert_shows(w, "1 batch is sent, without a receipt yet.");
    change(w, T_DESTINATION, d, DESTINATION_covered, "9");
    screen_changed(w->ui.screen, ~0u);
    show_at(w, 24, 80);
    assert_shows(w, "Arrived: everything until 9 Mar 2026");
}

static void what_went_wrong_is_said_in_words(void **state)
{
    struct world *w = *state;
    struct id d = add_destination(w, "0"), b = add_batch(w, d, "1", "BLOCKED", "9");

    change(w, T_BATCH, b, BATCH_said,
           "The host shows another key than the one that is known.\nMae'r gwesteiwr yn dangos allwedd arall.");
    screen_push(w->ui.screen, outbox_view_new(&w->ui));
    show_at(w, 24, 80);
    assert_shows(w, "1 batch needs something done here.");
    keys(w, "Down");
    assert_shows(w, "The host shows another key than the one");
    lang_set(LANG_CY);
    show_at(w, 24, 80);
    assert_shows(w, "Mae'r gwesteiwr yn dangos allwedd arall.");
    lang_set(LANG_EN);
    assert_int_equal(screen_focus(w->ui.screen).kind, FOCUS_DESTINATION);
    assert_true(id_eq(screen_focus(w->ui.screen).subject, d));
    assert_string_equal(screen_focus(w->ui.screen).question, "1");
}

static void a_batch_with_refused_rows_says_where_they_stand(void **state)
{
    struct world *w = *state;
    struct id d = add_destination(w, "0"), b = add_batch(w, d, "1", "REJECTED", "9");

    change(w, T_BATCH, b, BATCH_why, "row_errors");
    screen_push(w->ui.screen, outbox_view_new(&w->ui));
    show_at(w, 24, 80);
    keys(w, "Down");
    assert_shows(w, "Enter shows which rows.");
}

static int gone_, left_;
static unsigned go(void *ctx)
{
    (void) ctx;
    gone_++;
    return REACT_DRAW;
}
static void left(void *ctx)
{
    (void) ctx;
    left_++;
}

static void the_look_before_sealing_asks_and_lets_go(void **state)
{
    struct world *w = *state;

    screen_push(w->ui.screen, outbox_view_new(&w->ui));
    screen_push(w->ui.screen, outgoing_view_new(&w->ui, "12 rows about 3 people.\nNobody is left out.", go, left, NULL));
    for (size_t i = 0; i < ARRAY_LEN(sizes_); i++) {
        show_at(w, sizes_[i][0], sizes_[i][1]);
        assert_clean(w);
        assert_shows(w, "12 rows about 3 people.");
        assert_shows(w, "What would leave");
        assert_shows(w, "Enter Go on");
    }
    keys(w, "Enter");
    assert_int_equal(gone_, 1);
    assert_int_equal(left_, 0);
    keys(w, "Esc");
    assert_int_equal(left_, 1);
    assert_shows(w, "Outbox");
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, world_open, world_close)
    const struct CMUnitTest tests[] = {
        T(nothing_is_sent_anywhere), T(every_state_at_every_size_in_both_languages), T(a_gap_is_not_papered_over),
        T(what_went_wrong_is_said_in_words), T(the_look_before_sealing_asks_and_lets_go),
        T(a_batch_with_refused_rows_says_where_they_stand),
    };
#undef T

    return cmocka_run_group_tests(tests, NULL, NULL);
}
