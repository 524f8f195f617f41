/* What was said is said again in the other language: plain words, plurals, sentences with words of the catalogue inside
 * them, in another order; a person's own words never. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "dolen/base/date.h"
#include "dolen/base/mem.h"
#include "dolen/base/said.h"
#include "dolen/base/status.h"

static int set_up(void **state)
{
    (void) state;
    lang_start();
    lang_set(LANG_EN);
    said_start();
    return 0;
}

static void assert_both(const char *text, const char *en, const char *cy)
{
    struct text2 t = { { NULL } };
    enum lang before = lang_now();

    said_keep(&t, text);
    assert_int_equal(lang_now(), before);
    assert_string_equal(text2_in(&t, LANG_EN), en);
    assert_string_equal(text2_in(&t, LANG_CY), cy);
    text2_release(&t);
}

static void words_of_the_catalogue_are_kept_in_both(void **state)
{
    (void) state;
    for (int l = 0; l < LANG_COUNT; l++) {
        lang_set((enum lang) l);
        assert_both(_("Yes"), "Yes", "Ie");
        assert_both(tr_n("%zu required question is still open. File all the same?",
                         "%zu required questions are still open. File all the same?", 1),
                    "%zu required question is still open. File all the same?",
                    "Mae %zu cwestiwn gofynnol ar agor o hyd. Ffeilio serch hynny?");
    }
}

static void what_somebody_wrote_is_theirs(void **state)
{
    const char own[] = "Mai", month[] = "Yes";

    (void) state;
    lang_set(LANG_CY);
    (void) _("May");
    assert_both(own, "Mai", "Mai");
    (void) _("Yes");
    assert_both(month, "Yes", "Yes");
}

static void a_sentence_quotes_words_in_its_own_language(void **state)
{
    char en[] = "Contact", cy[] = "Cyswllt";
    struct text2 title = { { en, cy } };
    struct err inner = { ST_OK, "" }, outer = { ST_OK, "" };
    struct buf b = BUF_INIT;
    struct date day = { 2026, 3, 3 };

    (void) state;
    for (int l = 0; l < LANG_COUNT; l++) {
        lang_set((enum lang) l);
        buf_clear(&b);
        said_addf(&b, _("Filed: %s"), text2_now(&title));
        assert_both(buf_text(&b), "Filed: Contact", "Ffeiliwyd: Cyswllt");
        said_add(&b, " ");
        said_add(&b, date_show(day).s);
        assert_both(buf_text(&b), "Filed: Contact 3 Mar 2026", "Ffeiliwyd: Cyswllt 3 Maw 2026");
        err_set(&inner, ST_INVALID, _("Filed: %s"), "Mai");
        err_set(&outer, ST_INVALID, "%s", inner.text);
        assert_both(outer.text, "Filed: Mai", "Ffeiliwyd: Mai");
    }
    buf_release(&b);
}

static void numbers_keep_their_width_and_a_percent_sign_stays(void **state)
{
    struct buf b = BUF_INIT;
    size_t n = 2;

    (void) state;
    lang_set(LANG_EN);
    said_addf(&b, "%02d %-4s|%5ld|%x|%c|%%|%s|%zu", 7, "ab", -3L, 255u, 'z', _("Yes"), n);
    assert_both(buf_text(&b), "07 ab  |   -3|ff|z|%|Yes|2", "07 ab  |   -3|ff|z|%|Ie|2");
    buf_release(&b);
}

static void what_is_not_kept_stays_as_it_was_said(void **state)
{
    struct buf b = BUF_INIT;

    (void) state;
    lang_set(LANG_EN);
    said_addf(&b, "%.1f %s", 1.5, _("Yes"));
    assert_both(buf_text(&b), "1.5 Yes", "1.5 Yes");
    buf_release(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_of_the_catalogue_are_kept_in_both), cmocka_unit_test(what_somebody_wrote_is_theirs),
        cmocka_unit_test(a_sentence_quotes_words_in_its_own_language),
        cmocka_unit_test(numbers_keep_their_width_and_a_percent_sign_stays), cmocka_unit_test(what_is_not_kept_stays_as_it_was_said),
    };

    return cmocka_run_group_tests(tests, set_up, NULL);
}
