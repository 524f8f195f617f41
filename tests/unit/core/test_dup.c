/* Same person or not: names, dates, numbers; pairs among many without comparing all with all. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>

#include "dolen/base/mem.h"
#include "dolen/core/dup.h"

static struct dup_facts born(const char *given, const char *family, int y, int m, int d)
{
    return (struct dup_facts) { .given = given, .family = family, .birth = { y, m, d } };
}

static enum dup_level level(struct dup_facts a, struct dup_facts b)
{
    assert_int_equal(dup_signs(&a, &b) & 0x3f, dup_signs(&b, &a) & 0x3f);
    return dup_level(dup_signs(&a, &b));
}

static void names_fold_slip_and_turn(void **state)
{
    (void) state;
    assert_int_equal(level(born("Ŵyn", "Llŷr", 1950, 2, 3), born("wyn", "LLYR", 1950, 2, 3)), DUP_LIKELY);
    assert_int_equal(level(born("Mair", "Jones", 1950, 2, 3), born("Jones", "Mair", 1950, 2, 3)), DUP_LIKELY);
    assert_int_equal(level(born("Gwenllian", "Rees", 1950, 2, 3), born("Gwenlian", "Rees", 1950, 2, 3)), DUP_LIKELY);
    assert_int_equal(level(born("Mair", "Jones", 1950, 2, 3), born("Mari", "Jones", 1950, 2, 3)), DUP_LIKELY);
    assert_int_equal(level(born("Huw", "Jones", 1950, 2, 3), born("Non", "Jones", 1950, 2, 3)), DUP_NONE);
    assert_int_equal(level(born("Mair", "Jones", 1950, 2, 3), born("Nia", "Pugh", 1950, 2, 3)), DUP_NONE);
}

static void spellings_of_one_sound_with_the_same_birth(void **state)
{
    static const char *const alike[][2] = {
        { "Rhys", "Rees" }, { "Rhys", "Reece" }, { "Dafydd", "Davyd" }, { "Siân", "Shan" }, { "Ffion", "Phion" },
        { "Huw", "Hugh" }, { "Catrin", "Katrin" }, { "Ann", "Anne" }, { "Llinos", "Linos" }, { "Ifan", "Evan" }, { "Philip", "Ffilip" },
    };
    static const char *const apart[][2] = { { "Siân", "Siôn" }, { "Mair", "Mari" }, { "Nia", "Non" }, { "Gwen", "Gwyn" } };

    (void) state;
    for (size_t i = 0; i < ARRAY_LEN(alike); i++) {
        assert_int_equal(level(born(alike[i][0], "Rhys", 1950, 2, 3), born(alike[i][1], "Rees", 1950, 2, 3)), DUP_LIKELY);
        assert_int_equal(level(born(alike[i][0], "Rhys", 1950, 2, 3), born(alike[i][1], "Rees", 1961, 7, 9)), DUP_NONE);
        assert_int_equal(level(born(alike[i][0], "Rhys", 1950, 2, 3), born(alike[i][1], "Rees", 0, 0, 0)), DUP_SOUNDS);
    }
    for (size_t i = 0; i < ARRAY_LEN(apart); i++)
        assert_int_equal(level(born(apart[i][0], "Rhys", 1950, 2, 3), born(apart[i][1], "Rees", 1950, 2, 3)), DUP_NONE);
}

static void a_preferred_name_counts(void **state)
{
    struct dup_facts a = born("Margaret", "Jones", 1950, 2, 3), b = born("Mags", "Jones", 1950, 2, 3);

    (void) state;
    a.preferred = "Mags";
    assert_int_equal(level(a, b), DUP_LIKELY);
}

static void dates_forgive_exchanged_digits_and_day_for_month(void **state)
{
    (void) state;
    assert_int_equal(level(born("Mair", "Jones", 1950, 2, 3), born("Mair", "Jones", 1950, 3, 2)), DUP_LIKELY);
    assert_int_equal(level(born("Mair", "Jones", 1954, 2, 13), born("Mair", "Jones", 1945, 2, 13)), DUP_LIKELY);
    assert_int_equal(level(born("Mair", "Jones", 1950, 2, 12), born("Mair", "Jones", 1950, 2, 21)), DUP_LIKELY);
    assert_int_equal(level(born("Mair", "Jones", 1950, 2, 3), born("Mair", "Jones", 1961, 7, 9)), DUP_NONE);
    assert_int_equal(level(born("Mair", "Jones", 1950, 2, 3), born("Mair", "Jones", 0, 0, 0)), DUP_POSSIBLE);
}

static void twins_and_other_nhs_numbers_are_two(void **state)
{
    struct dup_facts a = born("Mair", "Jones", 1950, 2, 3), b = born("Siân", "Jones", 1950, 2, 3), c = a;

    (void) state;
    a.postcode = b.postcode = "CF99 1NA";
    a.phone = b.phone = "02920180123";
    assert_int_equal(level(a, b), DUP_NONE);
    a.nhs_number = "9990000018";
    c.nhs_number = "9990000050";
    assert_int_equal(level(a, c), DUP_NONE);
    b.nhs_number = "9990000018";
    assert_int_equal(level(a, b), DUP_LIKELY);
}

static void a_phone_in_two_spellings_is_one(void **state)
{
    struct dup_facts a = { .given = "Mair", .family = "Jones", .phone = "02920180123" };
    struct dup_facts b = { .given = "Mari", .family = "Jones", .phone2 = "+442920180123" };

    (void) state;
    assert_int_equal(level(a, b), DUP_LIKELY);
    a.phone = b.phone2 = "0123";                /* too short to say anything */
    assert_int_equal(level(a, b), DUP_NONE);
}

static void pairs_are_found_among_many(void **state)
{
    enum { MANY = 20000 };
    struct dup_facts *all = calloc(MANY, sizeof *all);
    char (*names)[24] = calloc(MANY, sizeof *names);
    struct dup_pair out[8];
    size_t n;

    (void) state;
    for (int i = 0; i < MANY; i++) {
        snprintf(names[i], sizeof names[i], "Enw%c%c%cxq%d", 'a' + i % 26, 'a' + i / 26 % 26, 'a' + i / 676 % 26, i);
        all[i] = born(names[i], i % 2 ? "Jones" : "Davies", 1930 + i % 70, 1 + i % 12, 1 + i % 28);
        all[i].postcode = "CF99 1NA";           /* everyone in one place: still not all with all */
    }
    all[17000] = all[123];
    n = dup_pairs(all, MANY, out, ARRAY_LEN(out));
    assert_int_equal(n, 1);
    assert_int_equal(out[0].a, 123);
    assert_int_equal(out[0].b, 17000);
    assert_int_equal(out[0].level, DUP_LIKELY);
    free(all);
    free(names);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_fold_slip_and_turn), cmocka_unit_test(a_preferred_name_counts),
        cmocka_unit_test(spellings_of_one_sound_with_the_same_birth),
        cmocka_unit_test(dates_forgive_exchanged_digits_and_day_for_month),
        cmocka_unit_test(twins_and_other_nhs_numbers_are_two), cmocka_unit_test(a_phone_in_two_spellings_is_one),
        cmocka_unit_test(pairs_are_found_among_many),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
