/* Words of a note: found again after the note was written on, and where words and sentences begin and end. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "dolen/base/mem.h"
#include "dolen/core/excerpt.h"
#include "dolen/base/banned.h"

static void words_are_found_where_they_were(void **state)
{
    size_t at;

    (void) state;
    assert_true(excerpt_find("Mae'r tŷ yn oer.", "yn oer", 9, &at));
    assert_int_equal(at, 10);                           /* ŷ takes two bytes */
    assert_int_equal(excerpt_chars("Mae'r tŷ yn oer.", at), 9);
    assert_int_equal(excerpt_bytes("Mae'r tŷ yn oer.", 9), 10);
    assert_int_equal(excerpt_bytes("tŷ", 50), 3);
}

static void written_on_they_are_found_at_the_nearest_place(void **state)
{
    static const char text[] = "her sister. Yesterday her sister. And her sister.";
    size_t at;

    (void) state;
    assert_true(excerpt_find(text, "her sister", 0, &at));
    assert_int_equal(at, 0);
    assert_true(excerpt_find(text, "her sister", 20, &at));
    assert_int_equal(at, 22);
    assert_true(excerpt_find(text, "her sister", 900, &at));
    assert_int_equal(at, 38);
    assert_false(excerpt_find(text, "her brother", 3, &at));
    assert_false(excerpt_find(text, "", 3, &at));
}

static void a_word_is_what_stands_between_blanks(void **state)
{
    static const char text[] = "She wants  to sing.";

    (void) state;
    assert_int_equal(excerpt_word_start(text, 6), 4);
    assert_int_equal(excerpt_word_end(text, 6), 9);
    assert_int_equal(excerpt_word_start(text, 10), 4);  /* in the gap: the word before */
    assert_int_equal(excerpt_word_start(text, 500), 14);
    assert_int_equal(excerpt_word_end(text, strlen(text)), strlen(text));
    assert_int_equal(excerpt_word_start("", 0), 0);
    assert_int_equal(excerpt_word_end("   ", 1), 3);
}

static void assert_sentence(const char *text, size_t at, const char *wanted)
{
    size_t from = excerpt_sentence_start(text, at), until = excerpt_sentence_end(text, at);
    char got[80];

    str_copy(got, sizeof got, text + from);
    got[until - from] = '\0';
    assert_string_equal(got, wanted);
}

static void a_sentence_ends_at_its_sign_or_its_line(void **state)
{
    static const char text[] = "She rang at 9.30. \"Well?\" he said… Nothing\nmore came of it";

    (void) state;
    assert_sentence(text, 0, "She rang at 9.30.");
    assert_sentence(text, 14, "She rang at 9.30.");
    assert_sentence(text, 19, "\"Well?\"");
    assert_sentence(text, 28, "he said…");
    assert_sentence(text, 40, "Nothing");
    assert_sentence(text, 60, "more came of it");
    assert_sentence("", 0, "");
}

static void sentences_are_walked_one_after_the_other(void **state)
{
    static const char text[] = "  One. Two!\n\nThree";
    size_t at = 0, n, count = 0;

    (void) state;
    while ((n = excerpt_sentence_next(text, &at)) > 0) {
        at += n;
        count++;
    }
    assert_int_equal(count, 3);
    assert_int_equal(at, strlen(text));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_are_found_where_they_were), cmocka_unit_test(written_on_they_are_found_at_the_nearest_place),
        cmocka_unit_test(a_word_is_what_stands_between_blanks), cmocka_unit_test(a_sentence_ends_at_its_sign_or_its_line),
        cmocka_unit_test(sentences_are_walked_one_after_the_other),
    };

    return cmocka_run_group_tests_name("excerpts", tests, NULL, NULL);
}
