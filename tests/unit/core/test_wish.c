/* What people type above the directory, days in free text, and the words that entries are filed under. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/core/wish.h"
#include "dolen/base/banned.h"

static void tokens_and_words_are_told_apart(void **state)
{
    struct wish w;

    (void) state;
    wish_read("tea  cost:free Diwrnod:llun place:\"blaenau ffestiniog\" 10:30 lang:", &w);
    assert_string_equal(w.words, "tea 10:30");          /* not a key */
    assert_int_equal(w.count, 4);
    assert_int_equal(w.tokens[0].kind, WISH_COST);
    assert_string_equal(w.tokens[0].value, "free");
    assert_int_equal(w.tokens[1].kind, WISH_DAY);
    assert_string_equal(w.tokens[2].value, "blaenau ffestiniog");
    assert_int_equal(w.tokens[3].kind, WISH_LANGUAGE);
    assert_string_equal(w.tokens[3].value, "");
    wish_read("", &w);
    assert_int_equal(w.count, 0);
    wish_read("place:\"open quote to the end", &w);
    assert_string_equal(w.tokens[0].value, "open quote to the end");
    for (int k = 0; k < WISH_COUNT; k++)
        for (int l = 0; l < LANG_COUNT; l++) {
            const char *key = wish_key((enum wish_kind) k, (enum lang) l);
            enum wish_kind back = WISH_COUNT;

            assert_true(wish_kind_by_key(key, strlen(key), &back));
            assert_int_equal(back, k);
        }
}

static void a_filter_is_put_and_taken(void **state)
{
    struct buf line = BUF_INIT;

    (void) state;
    lang_set(LANG_EN);
    buf_add(&line, "tea");
    wish_line_set(&line, WISH_COST, "free");
    wish_line_set(&line, WISH_PLACE, "Port Talbot");
    assert_string_equal(line.s, "tea cost:free place:\"Port Talbot\"");
    wish_line_set(&line, WISH_COST, "donation");        /* the new one for the old one */
    assert_string_equal(line.s, "tea place:\"Port Talbot\" cost:donation");
    wish_line_set(&line, WISH_PLACE, "");
    wish_line_set(&line, WISH_COST, "");
    assert_string_equal(line.s, "tea");
    lang_set(LANG_CY);
    wish_line_set(&line, WISH_DAY, "llun");
    assert_string_equal(line.s, "tea diwrnod:llun");
    lang_set(LANG_EN);
    buf_release(&line);
}

static void days_are_read_in_both_languages(void **state)
{
    enum { MON = 1, TUE = 2, WED = 4, THU = 8, FRI = 16, SAT = 32, SUN = 64 };
    static const struct { const char *text; unsigned days; } cases[] = {
        { "Mondays 10am to 12", MON }, { "Mon, Wed & Fri", MON | WED | FRI }, { "Mon-Thu 9-5", MON | TUE | WED | THU },
        { "Monday to Wednesday", MON | TUE | WED }, { "Fri\u2013Mon", FRI | SAT | SUN | MON }, { "weekdays", 31 },
        { "every day but ring first", 127 }, { "Daily", 127 }, { "weekend", SAT | SUN },
        { "Dydd Llun, 2yp", MON }, { "bob nos Fercher", WED }, { "dydd Llun i ddydd Iau", MON | TUE | WED | THU },
        { "bob dydd", 127 }, { "bob dydd Mawrth", TUE }, { "nos Wener a phrynhawn Sul", FRI | SUN }, { "penwythnosau", SAT | SUN },
        { "Llun-Gwener", 31 }, { "first of the month", 0 }, { "", 0 }, { NULL, 0 },
        { "Mon 10 to 12, Thu 1", MON | THU },               /* hours are not days between them */
    };

    (void) state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        if (days_in_text(cases[i].text) != cases[i].days)
            fail_msg("\"%s\": %x, wanted %x", cases[i].text, days_in_text(cases[i].text), cases[i].days);
}

static bool filed(const char *accessibility, const char *facet)
{
    struct facet_source a = { .accessibility = accessibility };
    struct buf b = BUF_INIT;
    bool found = false;

    facets_of(&b, &a);
    for (char *save = NULL, *w = strtok_r(b.s, " ", &save); w; w = strtok_r(NULL, " ", &save))
        found = found || str_eq(w, facet);
    buf_release(&b);
    return found;
}

static void what_is_denied_is_not_filed_as_there(void **state)
{
    (void) state;
    assert_true(filed("Step-free entrance; hearing loop", "9astepfree"));
    assert_true(filed("Step-free entrance; hearing loop", "9ahearingloop"));
    assert_true(filed("No steps and a hearing loop", "9anosteps"));
    assert_true(filed("No steps and a hearing loop", "9ahearing"));
    assert_false(filed("Not wheelchair accessible", "9awheelchair"));
    assert_false(filed("Dim lifft. Parcio.", "9alifft"));
    assert_true(filed("Dim lifft. Parcio.", "9aparcio"));
    assert_true(filed("Dim grisiau", "9anogrisiau"));
}

static void names_are_found_without_their_marks(void **state)
{
    static const struct { const char *text, *want; } cases[] = {
        { "Men's Shed", " Mens" }, { "Men\u2019s Shed", " Mens" }, { "Stay-and-Play", " StayandPlay" }, { "Te a Sgwrs", "" },
        { "Pobl ifanc'", " ifanc" }, { "", "" },
    };

    (void) state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct buf b = BUF_INIT;

        joined_words(&b, cases[i].text);
        assert_string_equal(buf_text(&b), cases[i].want);
        buf_release(&b);
    }
}

static void words_are_wanted_by_their_beginnings(void **state)
{
    struct wants w = { .count = 0 };

    (void) state;
    wants_add_words(&w, "Men's tê");
    assert_int_equal(w.count, 2);
    assert_string_equal(w.items[0].s, "men*");
    assert_string_equal(w.items[1].s, "te*");
    wants_release(&w);
    wants_add_words(&w, "t");
    assert_int_equal(w.count, 1);
    wants_release(&w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tokens_and_words_are_told_apart),
        cmocka_unit_test(a_filter_is_put_and_taken),
        cmocka_unit_test(days_are_read_in_both_languages),
        cmocka_unit_test(what_is_denied_is_not_filed_as_there),
        cmocka_unit_test(names_are_found_without_their_marks),
        cmocka_unit_test(words_are_wanted_by_their_beginnings),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
