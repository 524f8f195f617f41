/* Text as people in Wales write it, and as files and terminals spoil it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "dolen/base/mem.h"
#include "dolen/base/text.h"

#define ACUTE "\xCC\x81"

static struct buf out;

static const char *with(void (*fn)(struct buf *, const char *), const char *s)
{
    buf_clear(&out);
    fn(&out, s);
    return buf_text(&out);
}

static const char *tamed(const char *s, bool keep_newlines)
{
    buf_clear(&out);
    text_tame(&out, s, keep_newlines);
    return buf_text(&out);
}

static void reads_good_bytes_and_replaces_bad_ones(void **state)
{
    uint32_t cp;

    (void)state;
    assert_int_equal(utf8_next("ŵ", 2, &cp), 2);
    assert_int_equal(cp, 0x175);
    assert_int_equal(utf8_next("\xF0\x9F\x98\x80", 4, &cp), 4);
    assert_int_equal(cp, 0x1F600);
    assert_int_equal(utf8_next("", 0, &cp), 0);
    static const char *const bad[] = { "\xFF", "\xC5", "\xC0\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\x80", "\xE2\x28\xA1" };
    for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
        assert_int_equal(utf8_next(bad[i], strlen(bad[i]), &cp), 1);
        assert_int_equal(cp, 0xFFFD);
        assert_false(utf8_valid(bad[i], strlen(bad[i])));
    }
    assert_true(utf8_valid("Llanfair ŷ �", strlen("Llanfair ŷ �")));
}

static void measures_columns_not_bytes(void **state)
{
    int w, used;

    (void)state;
    assert_int_equal(text_width("ŵyn"), 3);
    assert_int_equal(text_width("w" "\xCC\x82" "yn"), 3);
    assert_int_equal(text_width("漢字"), 4);
    assert_int_equal(text_cluster("w" "\xCC\x82" "yn", &w), 3);
    assert_int_equal(w, 1);
    assert_int_equal(text_cluster("", &w), 0);
    assert_int_equal(text_fit("漢字", 3, &used), 3);
    assert_int_equal(used, 2);
    assert_int_equal(text_fit("Ŵyn", 2, &used), 3);
    assert_int_equal(text_fit("e" ACUTE "x", 1, NULL), 3);
}

static void a_tower_of_marks_is_taken_in_fives(void **state)
{
    const char *s = "a" ACUTE ACUTE ACUTE ACUTE ACUTE ACUTE "b";
    int         w;

    (void)state;
    assert_int_equal(text_cluster(s, &w), 1 + 4 * 2);
    assert_int_equal(w, 1);
    assert_int_equal(text_cluster(s + 9, &w), 4);
    assert_int_equal(w, 0);
    assert_int_equal(text_width(s), 2);
    assert_int_equal(text_cluster_before(s, strlen(s)), 1);
    assert_int_equal(text_cluster_before(s, strlen(s) - 1), 4);
    assert_int_equal(text_cluster_before(s, 9), 9);
    assert_int_equal(text_cluster_before(s, 0), 0);
    assert_int_equal(text_cluster_before("a\xFF", 2), 1);
    assert_int_equal(text_cluster_before("aŵ", 3), 2);
}

static void put_hung(void *ctx, int indent, const char *start, size_t bytes)
{
    buf_addf(ctx, "%*s%.*s\n", indent, "", (int) bytes, start);
}

static const char *hung(const char *s, int cols)
{
    static struct buf lines;

    buf_clear(&lines);
    text_wrap_hung(s, cols, put_hung, &lines);
    return buf_text(&lines);
}

static void an_entry_of_a_list_goes_on_below_its_words(void **state)
{
    (void)state;
    assert_string_equal(hung("- one two three", 9), "- one two\n  three\n");
    assert_string_equal(hung(" 1. Ask if they are safe\n    Gofynnwch a ydyn nhw", 16),
                        " 1. Ask if they\n    are safe\n    Gofynnwch a\n    ydyn nhw\n");
    assert_string_equal(hung("12. Ŵyn a Llŷr", 9), "12. Ŵyn a\n    Llŷr\n");
    assert_string_equal(hung("   [ ] Ring the choir", 13), "   [ ] Ring\n       the\n       choir\n");
    assert_string_equal(hung("! not yet approved", 10), "! not yet\n  approved\n");
    assert_string_equal(hung("10 people, and more", 10), "10 people,\nand more\n");
    assert_string_equal(hung("-5 degrees", 6), "-5\ndegree\ns\n");
    assert_string_equal(hung("one two\n\n- x", 4), "one\ntwo\n\n- x\n");
}

static void tames_what_could_drive_a_terminal(void **state)
{
    (void)state;
    assert_string_equal(tamed("a\033[2Jb", false), "a�[2Jb");
    assert_string_equal(tamed("a\xC2\x9B" "b\x7F", false), "a�b�");
    assert_string_equal(tamed("a\u202Eb\u2066c\u200F", false), "a�b�c�");
    assert_string_equal(tamed("a\xFF" "b", false), "a�b");
    assert_string_equal(tamed("a\nb", false), "a�b");
    assert_string_equal(tamed("a\nb", true), "a\nb");
    assert_string_equal(tamed("Ŷ Llŷn e" ACUTE, false), "Ŷ Llŷn e" ACUTE);
    assert_true(text_is_tame("Ŷ Llŷn •••", false));
    assert_true(text_is_tame("an honest �", false));
    assert_false(text_is_tame("a\tb", false));
    assert_false(text_is_tame("a\xFF", false));
}

static void cleans_what_was_typed(void **state)
{
    (void)state;
    assert_string_equal(with(text_clean, "  Sia" "\xCC\x82" "n \t  Rees \u00A0"), "Siân Rees");
    assert_string_equal(with(text_clean, " \n "), "");
    assert_string_equal(with(text_clean, "a\xFF"), "a�");
}

static void folds_for_finding(void **state)
{
    (void)state;
    assert_string_equal(with(text_fold, "Ŵyn O'Brien"), "wyn o brien");
    assert_string_equal(with(text_fold, "w" "\xCC\x82" "YN--o’brien!"), "wyn o brien");
    assert_string_equal(with(text_fold, "Straße Øst Łódź"), "strasse ost lodz");
    assert_string_equal(with(text_fold, "  ..  "), "");
    assert_string_equal(with(text_fold, "a\xFFz"), "a z");
}

/* ch, dd, ff, ng, ll, ph, rh and th are letters: Chris comes after Cynan. */
static void sorts_by_the_welsh_alphabet(void **state)
{
    static const char *const names[] = {
        "Aled", "Caradog", "Cynan", "Chris", "Dafydd", "Dylan", "Ddu", "Eirian", "Fychan", "Ffion", "Gwen",
        "Ngaio", "Huw", "Lowri", "Lynwen", "Llinos", "Mair", "Owain", "Pegi", "Philip", "Rona", "Rhian", "Siân", "Tudur",
        "Theo", "Una", "Wyn", "Ynyr", "Zoe",
    };
    char last[64] = "";

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        const char *key = with(text_sort_key, names[i]);
        if (strcmp(last, key) >= 0)
            fail_msg("%s does not come after the one before it", names[i]);
        assert_true(str_copy(last, sizeof last, key));
    }
    assert_true(str_copy(last, sizeof last, with(text_sort_key, "wyn")));
    assert_string_equal(with(text_sort_key, "Ŵyn"), last);
}

static void finds_something_for_ascii(void **state)
{
    (void)state;
    assert_string_equal(with(text_to_ascii, "Tŷ Ŵyn – “£5” ••• 漢"), "Ty Wyn - \"GBP5\" *** ?");
    assert_string_equal(with(text_to_ascii, "½ …"), "1/2 ...");
}

struct lines {
    char s[12][32];
    int  n;
};

static void keep(void *ctx, const char *start, size_t bytes)
{
    struct lines *l = ctx;

    memcpy(l->s[l->n], start, bytes);
    l->s[l->n++][bytes] = '\0';
}

static void wraps_by_words_then_by_characters(void **state)
{
    struct lines l = { 0 };

    (void)state;
    text_wrap("Mae hi'n  braf\n\nLlanfairpwll ŵŷ", 8, keep, &l);
    assert_int_equal(l.n, 5);
    assert_string_equal(l.s[0], "Mae hi'n");
    assert_string_equal(l.s[1], "braf");
    assert_string_equal(l.s[2], "");
    assert_string_equal(l.s[3], "Llanfair");
    assert_string_equal(l.s[4], "pwll ŵŷ");
    l.n = 0;
    text_wrap("", 8, keep, &l);
    assert_int_equal(l.n, 1);
    l.n = 0;
    text_wrap("漢字", 1, keep, &l);
    assert_int_equal(l.n, 2);
    l.n = 0;
    text_wrap("abcd    ", 4, keep, &l);
    assert_int_equal(l.n, 1);
    assert_string_equal(l.s[0], "abcd");
}

static void copies_whole_characters(void **state)
{
    char s[4];

    (void)state;
    assert_true(str_copy(s, sizeof s, "abc"));
    assert_false(str_copy(s, sizeof s, "abŵ"));
    assert_string_equal(s, "ab");
    assert_false(str_copy(s, sizeof s, "a漢字"));
    assert_string_equal(s, "a");
}

static int release(void **state)
{
    (void)state;
    buf_release(&out);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_good_bytes_and_replaces_bad_ones),
        cmocka_unit_test(measures_columns_not_bytes),
        cmocka_unit_test(a_tower_of_marks_is_taken_in_fives),
        cmocka_unit_test(an_entry_of_a_list_goes_on_below_its_words),
        cmocka_unit_test(tames_what_could_drive_a_terminal),
        cmocka_unit_test(cleans_what_was_typed),
        cmocka_unit_test(folds_for_finding),
        cmocka_unit_test(sorts_by_the_welsh_alphabet),
        cmocka_unit_test(finds_something_for_ascii),
        cmocka_unit_test(wraps_by_words_then_by_characters),
        cmocka_unit_test(copies_whole_characters),
    };

    return cmocka_run_group_tests(tests, NULL, release);
}
