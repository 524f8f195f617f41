/* test_drill_keys.c - the keys of a drill come back as they were pressed, each with the screen that it brought; what is
 * damaged is left out, and nothing of a passphrase is written. */
#include "fixture.h"

#include "dolen/drill/drill_keys.h"
#include "dolen/store/drill_keys.h"

static struct case_file file;
static struct id attempt;

static int open_file(void **state)
{
    struct record d;

    (void) state;
    file = made(1, 7, 0, pretend);
    record_init(&d, T_DRILL);
    record_set(&d, DRILL_state, "RUNNING");
    assert_ok(store_put(file.store, &d, NULL, &err));
    attempt = d.id;
    record_release(&d);
    return 0;
}

static int close_file(void **state)
{
    (void) state;
    gone(&file);
    return 0;
}

static struct drill_screen screen_of(int rows, const char *first, const char *last)
{
    struct drill_screen s = { .rows = rows, .cols = 80, .y = 1, .x = 2 };

    s.text[0] = *first ? xstrdup(first) : NULL;
    s.text[rows - 1] = *last ? xstrdup(last) : NULL;
    return s;
}

static void press(struct drill_recorder *r, const char *name, const char *first, const char *last, int rows)
{
    struct drill_screen s = screen_of(rows, first, last);

    drill_recorder_add(r, *name ? KEY_PRESSED : KEY_BEGINS, name, 1200, 4, 3, &s);
    drill_screen_release(&s);
}

static void assert_screen(const struct drill_keys *k, size_t i, int rows, const char *first, const char *last)
{
    struct drill_screen s;

    drill_keys_screen(k, i, &s);
    assert_int_equal(s.rows, rows);
    assert_string_equal(s.text[0] ? s.text[0] : "", first);
    assert_string_equal(s.text[rows - 1] ? s.text[rows - 1] : "", last);
    assert_int_equal(s.x, 2);
    drill_screen_release(&s);
}

static void each_key_comes_back_with_its_screen(void **state)
{
    struct drill_recorder *r = drill_recorder_new(attempt);
    struct drill_keys *k = NULL;

    (void) state;
    press(r, "", "Tŷ", "Enter Open", 24);
    press(r, "ŵ", "Tŷŵ", "Enter Open", 24);
    assert_ok(drill_recorder_flush(r, file.store, &err));
    assert_int_equal(drill_recorder_waiting(r), 0);
    press(r, "Ctrl-S", "Tŷŵ", "", 24);
    press(r, "Esc", "smaller", "now", 12);
    assert_ok(drill_recorder_flush(r, file.store, &err));
    assert_ok(drill_recorder_flush(r, file.store, &err));
    drill_recorder_free(&r);

    assert_ok(drill_keys_read(&k, file.store, attempt, &err));
    assert_int_equal(drill_keys_count(k), 4);
    assert_int_equal(drill_keys_at(k, 0)->kind, KEY_BEGINS);
    assert_string_equal(drill_keys_at(k, 1)->name, "ŵ");
    assert_string_equal(drill_keys_at(k, 2)->name, "Ctrl-S");
    assert_int_equal(drill_keys_at(k, 2)->ms, 1200);
    assert_int_equal(drill_keys_at(k, 2)->minute, 4);
    assert_int_equal(drill_keys_at(k, 2)->step, 3);
    assert_screen(k, 0, 24, "Tŷ", "Enter Open");
    assert_screen(k, 1, 24, "Tŷŵ", "Enter Open");
    assert_screen(k, 2, 24, "Tŷŵ", "");
    assert_screen(k, 3, 12, "smaller", "now");
    drill_keys_free(&k);
}

static void where_a_passphrase_is_asked_for_nothing_is_written(void **state)
{
    struct drill_recorder *r = drill_recorder_new(attempt);
    struct drill_screen s = screen_of(24, "Passphrase: ******", "");
    struct drill_keys *k = NULL;
    struct drill_screen seen;

    (void) state;
    drill_recorder_add(r, KEY_SECRET, "q", 10, 4, 3, &s);
    assert_ok(drill_recorder_flush(r, file.store, &err));
    drill_recorder_free(&r);
    drill_screen_release(&s);
    assert_ok(drill_keys_read(&k, file.store, attempt, &err));
    assert_int_equal(drill_keys_count(k), 1);
    assert_int_equal(drill_keys_at(k, 0)->kind, KEY_SECRET);
    assert_string_equal(drill_keys_at(k, 0)->name, "");
    drill_keys_screen(k, 0, &seen);
    assert_null(seen.text[0]);
    drill_screen_release(&seen);
    drill_keys_free(&k);
}

static void a_play_from_before_has_none_and_damage_is_left_out(void **state)
{
    struct drill_keys *k = NULL;
    struct drill_screen s;

    (void) state;
    assert_ok(drill_keys_read(&k, file.store, attempt, &err));
    assert_int_equal(drill_keys_count(k), 0);
    drill_keys_free(&k);
    assert_ok(store_drill_keys_add(file.store, attempt,
                                   "no JSON\n{\"kind\":\"key\",\"key\":\"a\",\"text\":[[-1,\"x\"],[999,\"y\"],7],"
                                   "\"rows\":99999,\"cols\":-3,\"y\":500,\"x\":-9}\n{\"kind\":\"what\"}", &err));
    assert_ok(drill_keys_read(&k, file.store, attempt, &err));
    assert_int_equal(drill_keys_count(k), 2);
    assert_int_equal(drill_keys_at(k, 1)->kind, KEY_SECRET);
    drill_keys_screen(k, 1, &s);
    assert_true(s.rows <= DRILL_ROWS_MAX && s.y < DRILL_ROWS_MAX && s.x == 0);
    drill_screen_release(&s);
    drill_keys_free(&k);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(each_key_comes_back_with_its_screen, open_file, close_file),
        cmocka_unit_test_setup_teardown(where_a_passphrase_is_asked_for_nothing_is_written, open_file, close_file),
        cmocka_unit_test_setup_teardown(a_play_from_before_has_none_and_damage_is_left_out, open_file, close_file),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
