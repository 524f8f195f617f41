/* test_day_text.c - "Wed 10:00" in the language of the screen, and what nobody should touch. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "dolen/base/mem.h"
#include "dolen/core/day_text.h"
#include "dolen/base/banned.h"

static void assert_said(const char *text, enum lang l, const char *wanted)
{
    struct buf out = BUF_INIT;

    day_text_show(text, l, &out);
    assert_string_equal(buf_text(&out), wanted);
    buf_release(&out);
}

static void english_days_are_said_in_welsh(void **state)
{
    static const char *const pairs[][2] = {
        { "Wed 10:00", "Mer 10:00" }, { "Wed, Fri 10:00", "Mer, Gwe 10:00" }, { "Mon-Thu 10:00", "Llun-Iau 10:00" },
        { "Mon–Thu", "Llun–Iau" }, { "Every Tuesday at 2pm", "Bob dydd Mawrth am 2yp" }, { "Mondays 7 pm", "Bob dydd Llun 7 yh" },
        { "weekdays 9am to 5pm", "dyddiau'r wythnos 9yb i 5yp" }, { "Thursday", "Dydd Iau" }, { "Sat & Sun", "Sad & Sul" },
        { "12:30pm", "12:30yp" }, { "14:00", "14:00" },
    };

    (void) state;
    for (size_t i = 0; i < ARRAY_LEN(pairs); i++)
        assert_said(pairs[i][0], LANG_CY, pairs[i][1]);
    for (size_t i = 0; i < ARRAY_LEN(pairs); i++)
        assert_said(pairs[i][0], LANG_EN, pairs[i][0]);
}

static void welsh_days_are_said_in_english(void **state)
{
    (void) state;
    assert_said("Mer 10:00", LANG_EN, "Wed 10:00");
    assert_said("dydd Mawrth 2yp", LANG_EN, "Tuesday 2pm");
    assert_said("Bob dydd Iau a dydd Gwener am 7yh", LANG_EN, "Thursdays and Friday at 7pm");
    assert_said("Mercher, Sul", LANG_EN, "Wed, Sun");
    assert_said("Mer 10:00", LANG_CY, "Mer 10:00");
}

/* Half a sentence in another language helps nobody. */
static void what_is_more_than_days_and_hours_stays_as_typed(void **state)
{
    static const char *const texts[] = {
        "Wed 10:00 in term time", "first Tuesday of the month", "ring Sat before noon", "nos Fercher 7yh", "Mon (ask for Siân)", "Sunday?",
        "", "•",
    };

    (void) state;
    for (size_t i = 0; i < ARRAY_LEN(texts); i++)
        for (int l = 0; l < LANG_COUNT; l++)
            assert_said(texts[i], (enum lang) l, texts[i]);
    assert_said(NULL, LANG_CY, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(english_days_are_said_in_welsh), cmocka_unit_test(welsh_days_are_said_in_english),
        cmocka_unit_test(what_is_more_than_days_and_hours_stays_as_typed),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
