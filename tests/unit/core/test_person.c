/* Names, ages, numbers and what is covered. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "dolen/base/mem.h"
#include "dolen/core/nhs.h"
#include "dolen/core/person.h"
#include "dolen/core/phone.h"
#include "dolen/core/postcode.h"
#include "dolen/core/safe.h"

static struct buf out;

static const char *with(void (*fn)(struct buf *, const char *), const char *s)
{
    buf_clear(&out);
    fn(&out, s);
    return buf_text(&out);
}

static void nhs_numbers_have_a_check_digit(void **state)
{
    static const char *const bad[] = {
        "9990000010", "9990000000", "0000000000", "1111111111", "999000001", "99900000099", "99900A0009", "", "999 000 0018",
    };

    (void)state;
    assert_true(nhs_number_valid("9990000018"));
    assert_true(nhs_number_valid("9990000050"));          /* 11 counts as 0 */
    for (size_t i = 0; i < ARRAY_LEN(bad); i++)
        if (nhs_number_valid(bad[i]))
            fail_msg("%s was taken", bad[i]);
    assert_true(nhs_number_valid(with(nhs_number_clean, " 999-000 0018\u00A0")));
    assert_string_equal(nhs_number_show("9990000018").s, "999 000 0018");
    assert_string_equal(nhs_number_show("99900").s, "99900");
}

/* Every wrong last digit is found, and every swap of two neighbours. */
static void one_slip_in_an_nhs_number_is_found(void **state)
{
    char s[] = "9990000018";
    int  valid = 0;

    (void)state;
    for (s[9] = '0'; s[9] <= '9'; s[9]++)
        valid += nhs_number_valid(s);
    assert_int_equal(valid, 1);
    assert_false(nhs_number_valid("9900900018"));
    assert_false(nhs_number_valid("9990000081"));
}

static void postcodes_have_one_spelling(void **state)
{
    static const char *const same[][2] = {
        { "cf101aa", "CF10 1AA" }, { " ll 57  2dg ", "LL57 2DG" }, { "M1 1AE", "M1 1AE" }, { "w1a0ax", "W1A 0AX" },
        { "ec1a 1bb", "EC1A 1BB" }, { "somewhere in Rhyl", "SOMEWHERE IN RHYL" }, { "CF10", "CF10" }, { "", "" },
    };
    static const char *const bad[] = { "CF101AA", "CF10 1A", "C10F 1AA", "CF10 AAA", "CF10 1CA", "CF100 1AA", "1F10 1AA", "" };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(same); i++)
        assert_string_equal(with(postcode_clean, same[i][0]), same[i][1]);
    assert_true(postcode_valid("CF10 1AA"));
    for (size_t i = 0; i < ARRAY_LEN(bad); i++)
        if (postcode_valid(bad[i]))
            fail_msg("%s was taken", bad[i]);
}

static void phones_keep_digits_and_a_leading_plus(void **state)
{
    (void)state;
    assert_string_equal(with(phone_clean, "(029) 2018 0123"), "02920180123");
    assert_string_equal(with(phone_clean, " +44 29 2018+0123"), "+442920180123");
    assert_string_equal(with(phone_clean, "029\xC2\xA0" "2018\xE2\x80\x93" "0123."), "02920180123");
    assert_string_equal(with(phone_clean, "  "), "");
    assert_false(phone_valid(with(phone_clean, "07700 900123 (husband's, do not ring)")));
    assert_false(phone_valid(with(phone_clean, "x")));
    assert_false(phone_valid(with(phone_clean, "?")));
    assert_true(phone_valid("999"));
    assert_false(phone_valid("12"));
    assert_false(phone_valid("+"));
}

static const char *name(const char *preferred, const char *given, const char *family)
{
    buf_clear(&out);
    person_display_name(&out, preferred, given, family);
    return buf_text(&out);
}

static void people_are_called_what_they_like(void **state)
{
    (void)state;
    assert_string_equal(name("Nia", "Antonia", "Pritchard"), "Nia Pritchard");
    assert_string_equal(name("", "Antonia", "Pritchard"), "Antonia Pritchard");
    assert_string_equal(name("Mrs Pritchard", "Antonia", "Pritchard"), "Mrs Pritchard");
    assert_string_equal(name("Nia", NULL, NULL), "Nia");
    assert_string_equal(name(NULL, NULL, "Pritchard"), "Pritchard");
    assert_string_equal(name(NULL, NULL, NULL), "");
}

static void an_age_is_never_taken_too_high(void **state)
{
    const struct date today = { 2026, 3, 9 }, unset = { 0, 0, 0 };

    (void)state;
    assert_int_equal(person_age((struct date){ 2010, 3, 1 }, "DAY", today), 16);
    assert_int_equal(person_age((struct date){ 2010, 3, 1 }, NULL, today), 16);
    assert_int_equal(person_age((struct date){ 2010, 3, 1 }, "MONTH", today), 15);
    assert_int_equal(person_age((struct date){ 2010, 1, 1 }, "YEAR", today), 15);
    assert_int_equal(person_age((struct date){ 2010, 7, 1 }, "YEAR", (struct date){ 2026, 7, 1 }), 16);
    assert_int_equal(person_age(unset, "DAY", today), -1);
}

static void a_birth_is_shown_no_closer_than_it_is_known(void **state)
{
    const struct date born = { 1950, 7, 1 };

    (void)state;
    assert_string_equal(person_born(born, "DAY").s, "1 Jul 1950");
    assert_string_equal(person_born(born, NULL).s, "1 Jul 1950");
    assert_string_equal(person_born(born, "MONTH").s, "Jul 1950");
    assert_string_equal(person_born(born, "YEAR").s, "1950");
    assert_string_equal(person_born(born, "ABOUT").s, "about 1950");
    assert_string_equal(person_born((struct date){ 1950, 3, 1 }, "ABOUT").s, "about Mar 1950");
    assert_string_equal(person_born((struct date){ 1950, 3, 12 }, "ABOUT").s, "about 12 Mar 1950");
    assert_string_equal(person_born((struct date){ 0, 0, 0 }, "ABOUT").s, "");
    assert_string_equal(person_born((struct date){ 0, 0, 0 }, "YEAR").s, "");
}

static void ages_fall_into_bands(void **state)
{
    static const int bounds[] = { 0, 18, 25, 45, 65, 75, 85 };
    const size_t     n = ARRAY_LEN(bounds);

    (void)state;
    assert_string_equal(age_band_code(0, bounds, n).s, "A0_17");
    assert_string_equal(age_band_code(17, bounds, n).s, "A0_17");
    assert_string_equal(age_band_code(18, bounds, n).s, "A18_24");
    assert_string_equal(age_band_code(84, bounds, n).s, "A75_84");
    assert_string_equal(age_band_code(101, bounds, n).s, "A85");
    assert_string_equal(age_band_code(-1, bounds, n).s, "");
    assert_string_equal(age_band_code(3, bounds, 0).s, "");
    assert_string_equal(age_band_code(3, bounds + 1, n - 1).s, "");
}

static void protected_values_are_dots(void **state)
{
    (void)state;
    assert_string_equal(safe_show("02920180123", true, false), "•••");
    assert_string_equal(safe_show("02920180123", true, true), "02920180123");
    assert_string_equal(safe_show("02920180123", false, false), "02920180123");
    assert_string_equal(safe_show("", true, false), "");
    assert_string_equal(safe_show(NULL, true, false), "");
    assert_true(safe_is_protected("YES", NULL));
    assert_true(safe_is_protected("NO", "YES"));
    assert_false(safe_is_protected(NULL, NULL));
    assert_true(safe_covers("email"));
    assert_true(safe_covers("emergency_phone"));
    assert_false(safe_covers("given_name"));
}

static int release(void **state)
{
    (void)state;
    buf_release(&out);
    return 0;
}

static void telephone_numbers_are_parted_for_the_eye(void **state)
{
    static const char *const cases[][2] = {
        { "01974555177", "01974 555177" }, { "02920555123", "029 2055 5123" }, { "07700900123", "07700 900123" },
        { "03005550123", "0300 555 0123" }, { "01215550123", "0121 555 0123" }, { "999", "999" }, { "", "" },
        { "+441974555177", "+441974555177" }, { "12345678901", "12345678901" },
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct buf b = BUF_INIT;

        phone_show(&b, cases[i][0]);
        assert_string_equal(buf_text(&b), cases[i][1]);
        buf_release(&b);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nhs_numbers_have_a_check_digit),
        cmocka_unit_test(one_slip_in_an_nhs_number_is_found),
        cmocka_unit_test(postcodes_have_one_spelling),
        cmocka_unit_test(phones_keep_digits_and_a_leading_plus),
        cmocka_unit_test(people_are_called_what_they_like),
        cmocka_unit_test(an_age_is_never_taken_too_high),
        cmocka_unit_test(a_birth_is_shown_no_closer_than_it_is_known),
        cmocka_unit_test(ages_fall_into_bands),
        cmocka_unit_test(protected_values_are_dots),
        cmocka_unit_test(telephone_numbers_are_parted_for_the_eye),
    };

    return cmocka_run_group_tests(tests, NULL, release);
}
