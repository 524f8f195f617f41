/* What stays on the screen is made in both languages: plain words, plurals, sentences with words of the catalogue inside
 * them, in another order; a person's own words never change. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "dolen/base/date.h"
#include "dolen/base/mem.h"
#include "dolen/base/status.h"

static int set_up(void **state)
{
    (void) state;
    lang_start();
    lang_set(LANG_EN);
    return 0;
}

static void assert_both(struct text2 take, const char *en, const char *cy)
{
    assert_string_equal(take.t[LANG_EN], en);
    assert_string_equal(take.t[LANG_CY], cy);
    text2_release(&take);
}

static void words_of_the_catalogue_are_made_in_both(void **state)
{
    (void) state;
    for (int l = 0; l < LANG_COUNT; l++) {
        lang_set((enum lang) l);
        assert_both(TEXT2("%s", _("Yes")), "Yes", "Ie");
        assert_both(TEXT2(tr_n("%zu required question is still open. File all the same?",
                               "%zu required questions are still open. File all the same?", 1), (size_t) 1),
                    "1 required question is still open. File all the same?",
                    "Mae 1 cwestiwn gofynnol ar agor o hyd. Ffeilio serch hynny?");
        assert_int_equal(lang_now(), l);
    }
}

static void english_plurals_need_no_catalogue(void **state)
{
    (void) state;
    lang_set(LANG_EN);
    assert_string_equal(tr_n("one", "many", 0), "many");
    assert_string_equal(tr_n("one", "many", 1), "one");
    assert_string_equal(tr_n("one", "many", 2), "many");
}

static void what_somebody_wrote_is_theirs(void **state)
{
    (void) state;
    lang_set(LANG_CY);
    assert_both(TEXT2("%s", "Mai"), "Mai", "Mai");
    assert_both(TEXT2("%s", "Yes"), "Yes", "Yes");
}

static void filed_words(const struct text2 *title, struct date day, struct buf *out)
{
    buf_addf(out, _("Filed: %s"), text2_now(title));
    buf_addf(out, " %s", date_show(day).s);
}

static void a_sentence_quotes_words_in_its_own_language(void **state)
{
    char en[] = "Contact", cy[] = "Cyswllt";
    struct text2 title = { { en, cy } }, whole;
    struct date day = { 2026, 3, 3 };
    struct buf b = BUF_INIT;

    (void) state;
    for (int l = 0; l < LANG_COUNT; l++) {
        lang_set((enum lang) l);
        whole = TEXT2(_("Filed: %s"), text2_now(&title));
        text2_append(&whole, TEXT2(" %s", date_show(day).s));
        assert_both(whole, "Filed: Contact 3 Mar 2026", "Ffeiliwyd: Cyswllt 3 Maw 2026");
        assert_both(TEXT2_FROM(b, filed_words(&title, day, &b)), "Filed: Contact 3 Mar 2026",
                    "Ffeiliwyd: Cyswllt 3 Maw 2026");
        assert_null(b.s);
    }
}

static const char *in_english(const char *msgid, struct buf *b)
{
    struct text2 both = TEXT2("%s", tr(msgid));

    buf_add(b, both.t[LANG_EN]);
    text2_release(&both);
    return buf_text(b);
}

static void a_turn_inside_another_comes_back(void **state)
{
    struct buf b = BUF_INIT;

    (void) state;
    lang_set(LANG_CY);
    lang_turn(LANG_CY);
    assert_string_equal(in_english(N_("Yes"), &b), "Yes");
    assert_int_equal(lang_now(), LANG_CY);
    free(lang_taken(&b));
    assert_int_equal(lang_now(), LANG_CY);
}

static void an_error_is_kept_in_both_and_may_be_quoted(void **state)
{
    struct err inner = { .st = ST_OK }, outer = { .st = ST_OK };

    (void) state;
    lang_set(LANG_EN);
    err_set(&inner, ST_INVALID, _("Filed: %s"), "Mai");
    assert_int_equal(err_set(&outer, ST_REFUSED, "%s!", err_text(&inner)), ST_REFUSED);
    err_set(&outer, outer.st, "%s!", err_text(&outer));
    assert_string_equal(err_text(&outer), "Filed: Mai!!");
    lang_set(LANG_CY);
    assert_string_equal(err_text(&outer), "Ffeiliwyd: Mai!!");
}

static void the_system_is_asked_for_its_reason_before_anything_else(void **state)
{
    struct err err = { .st = ST_OK };

    (void) state;
    lang_set(LANG_CY);
    errno = ENOSPC;
    assert_int_equal(err_sys(&err, _("Filed: %s"), "Mai"), ST_NOSPACE);
    assert_non_null(strstr(err_text(&err), "Ffeiliwyd: Mai: "));
    lang_set(LANG_EN);
    assert_non_null(strstr(err_text(&err), "Filed: Mai: there is no room left on that disk"));
}

static void *speaks(void *seen)
{
    *(enum lang *) seen = lang_now();
    return NULL;
}

/* Sealing and sending write sentences beside the screen. */
static void a_turn_is_its_threads_own(void **state)
{
    enum lang seen = LANG_EN;
    struct buf b = BUF_INIT;
    pthread_t thread;

    (void) state;
    lang_set(LANG_CY);
    lang_turn(LANG_EN);
    assert_int_equal(lang_now(), LANG_EN);
    assert_int_equal(pthread_create(&thread, NULL, speaks, &seen), 0);
    assert_int_equal(pthread_join(thread, NULL), 0);
    free(lang_taken(&b));
    assert_int_equal(seen, LANG_CY);
    assert_int_equal(lang_now(), LANG_CY);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_of_the_catalogue_are_made_in_both), cmocka_unit_test(english_plurals_need_no_catalogue),
        cmocka_unit_test(what_somebody_wrote_is_theirs), cmocka_unit_test(a_sentence_quotes_words_in_its_own_language),
        cmocka_unit_test(a_turn_inside_another_comes_back), cmocka_unit_test(an_error_is_kept_in_both_and_may_be_quoted),
        cmocka_unit_test(the_system_is_asked_for_its_reason_before_anything_else),
        cmocka_unit_test(a_turn_is_its_threads_own),
    };

    return cmocka_run_group_tests(tests, set_up, NULL);
}
