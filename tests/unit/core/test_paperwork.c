/* How long a form is filled in: from the key that opened it to the key that left it, without the long pauses. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "dolen/base/mem.h"
#include "dolen/core/paperwork.h"

#define MINUTE 60000

static struct paperwork_meter meter(bool lines)
{
    return (struct paperwork_meter) { .pause = 2 * MINUTE, .lines = lines };
}

static void only_between_keys_in_a_form(void **state)
{
    struct paperwork_meter m = meter(false);

    (void) state;
    assert_int_equal(paperwork_key(&m, 1000), 0);
    paperwork_front(&m, "contact");                 /* that key opened it */
    assert_int_equal(paperwork_key(&m, 4000), 3000);
    assert_int_equal(paperwork_key(&m, 4500), 500);
    assert_int_equal(paperwork_key(&m, 9500), 5000);
    paperwork_front(&m, NULL);                      /* that one left it */
    assert_int_equal(paperwork_key(&m, 12000), 0);
}

static void a_long_pause_counts_not_at_all(void **state)
{
    struct paperwork_meter m = meter(false);

    (void) state;
    paperwork_key(&m, 0);
    paperwork_front(&m, "plan");
    assert_int_equal(paperwork_key(&m, 2 * MINUTE), 2 * MINUTE);
    assert_int_equal(paperwork_key(&m, 4 * MINUTE + 1), 0);
    assert_int_equal(paperwork_key(&m, 4 * MINUTE + 11), 10);
}

/* Line mode hears of a line when it is finished: somebody may have typed at it all the time. */
static void a_long_line_counts_a_pause(void **state)
{
    struct paperwork_meter m = meter(true);

    (void) state;
    paperwork_key(&m, 0);
    paperwork_front(&m, "plan");
    assert_int_equal(paperwork_key(&m, MINUTE), MINUTE);
    assert_int_equal(paperwork_key(&m, 30 * MINUTE), 2 * MINUTE);
}

static void a_clock_that_goes_back_counts_nothing(void **state)
{
    struct paperwork_meter m = meter(false);

    (void) state;
    paperwork_key(&m, 5000);
    paperwork_front(&m, "plan");
    assert_int_equal(paperwork_key(&m, 1000), 0);
    assert_int_equal(paperwork_key(&m, 2000), 1000);
}

static void weeks_begin_on_monday(void **state)
{
    (void) state;
    for (int day = 9; day <= 15; day++)
        assert_string_equal(date_iso(paperwork_monday((struct date) { 2026, 3, day })).s, "2026-03-09");
    assert_string_equal(date_iso(paperwork_monday((struct date) { 2026, 1, 1 })).s, "2025-12-29");
    assert_string_equal(date_iso(paperwork_monday((struct date) { 1969, 12, 31 })).s, "1969-12-29");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_between_keys_in_a_form), cmocka_unit_test(a_long_pause_counts_not_at_all),
        cmocka_unit_test(a_long_line_counts_a_pause), cmocka_unit_test(a_clock_that_goes_back_counts_nothing),
        cmocka_unit_test(weeks_begin_on_monday),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
