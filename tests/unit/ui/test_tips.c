/* Tips of the first week: counted in one line of text, put away for good. */
#include "ui_test.h"

#include "dolen/ui/tips.h"

#include "dolen/base/banned.h"

static void assert_counted(const char *line, const char *view, bool away, const char *wanted)
{
    struct buf b = BUF_INIT;

    tip_count(&b, line, view, away);
    assert_string_equal(buf_text(&b), wanted);
    buf_release(&b);
}

static void each_screen_is_counted_by_itself(void **state)
{
    (void) state;
    assert_counted(NULL, "today", false, "today:1");
    assert_counted("today:1", "today", false, "today:2");
    assert_counted("today:1", "form", false, "today:1 form:1");
    assert_counted("today:1 form:4 people:2", "form", false, "today:1 people:2 form:5");
    assert_int_equal(tip_shown("today:1 form:4", "form"), 4);
    assert_int_equal(tip_shown("today:1 form:4", "fo"), 0);
    assert_int_equal(tip_shown("call-list:3", "call"), 0);
    assert_int_equal(tip_shown(NULL, "form"), 0);
}

static void put_away_is_as_often_as_it_is_ever_shown(void **state)
{
    struct buf b = BUF_INIT;

    (void) state;
    tip_count(&b, "today:1", "today", true);
    assert_int_equal(tip_shown(buf_text(&b), "today"), TIP_SHOWN_MAX);
    buf_release(&b);
}

static void not_every_screen_has_one(void **state)
{
    (void) state;
    assert_non_null(tip_of("today"));
    assert_null(tip_of("serious"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_screen_is_counted_by_itself), cmocka_unit_test(put_away_is_as_often_as_it_is_ever_shown),
        cmocka_unit_test(not_every_screen_has_one),
    };

    return cmocka_run_group_tests_name("tips", tests, NULL, NULL);
}
