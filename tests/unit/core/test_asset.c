/* Two entries of the directory that are one thing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "dolen/base/mem.h"
#include "dolen/core/asset.h"
#include "dolen/base/banned.h"

static void a_slip_is_one_letter(void **state)
{
    static const struct { const char *a, *b; bool want; } cases[] = {
        { "choir", "choir", true }, { "choir", "chior", true }, { "choir", "choirs", true }, { "choir", "coir", true },
        { "choir", "chair", true }, { "choir", "chairs", false }, { "", "", true }, { "", "a", true }, { "ab", "", false },
        { "abcd", "badc", false },
    };

    (void) state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        if (one_slip(cases[i].a, cases[i].b) != cases[i].want || one_slip(cases[i].b, cases[i].a) != cases[i].want)
            fail_msg("%s, %s", cases[i].a, cases[i].b);
}

static struct asset_key key(const char *en, const char *cy, const char *postcode, const char *phone)
{
    return asset_key_of(ID_NONE, en, cy, postcode, phone);
}

static void the_same_thing_written_twice(void **state)
{
    struct asset_key choir = key("Tuesday Choir", "Côr dydd Mawrth", "CF10 1AA", "02920180001");
    const struct { struct asset_key other; bool want; } cases[] = {
        { key("tuesday  choir", NULL, "cf101aa", NULL), true },
        { key("Tuesday Chior", NULL, "CF10 1AA", NULL), true },
        { key(NULL, "Cor Dydd Mawrth", NULL, "029 2018 0001"), true },
        { key("Tuesday Choir", NULL, NULL, NULL), true },             /* nothing says that it is elsewhere */
        { key("Tuesday Chior", NULL, NULL, NULL), false },
        { key("Tuesday Choir", NULL, "LL57 1AA", NULL), false },      /* another town's */
        { key("Walking group", NULL, "CF10 1AA", "02920180001"), false },
        { key("Choir", NULL, "CF10 1AA", NULL), false },
    };

    (void) state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        if (asset_alike(&choir, &cases[i].other) != cases[i].want || asset_alike(&cases[i].other, &choir) != cases[i].want)
            fail_msg("case %zu", i);
}

/* Every pair that comparing all with all would find, and no pair twice. */
static void pairs_of_many(void **state)
{
    struct asset_key keys[] = {
        key("Choir", NULL, "CF10 1AA", "0292"), key("Shed", NULL, "CF10 1AA", NULL), key("choir", NULL, "CF101AA", "0292"),
        key("Lunch club", "Clwb cinio", NULL, NULL), key(NULL, "clwb cinio", "LL57 1AA", NULL), key("Walking group", NULL, NULL, "1"),
        key("Walking gruop", NULL, NULL, "1"), key(NULL, NULL, NULL, NULL), key(NULL, NULL, NULL, NULL),
    };
    struct asset_pair *pairs = NULL;
    size_t n = asset_pairs(keys, ARRAY_LEN(keys), &pairs), k = 0;

    (void) state;
    for (size_t a = 0; a < ARRAY_LEN(keys); a++)
        for (size_t b = a + 1; b < ARRAY_LEN(keys); b++)
            if (asset_alike(&keys[a], &keys[b])) {
                assert_true(k < n);
                assert_int_equal(pairs[k].a, a);
                assert_int_equal(pairs[k].b, b);
                k++;
            }
    assert_int_equal(k, n);
    assert_int_equal(n, 3);
    free(pairs);
    assert_int_equal(asset_pairs(keys, 0, &pairs), 0);
    free(pairs);
}

static void places_of_one_offer_are_no_doubles(void **state)
{
    struct asset_key first = key("Shed", NULL, NULL, "0292"), second = key("Shed", NULL, NULL, "0292"), third = second;

    (void) state;
    first.id = (struct id) { { 1 } };
    second.id = (struct id) { { 2 } };
    third.id = (struct id) { { 3 } };
    assert_true(asset_alike(&first, &second));
    second.offer = third.offer = first.id;
    assert_false(asset_alike(&first, &second));
    assert_false(asset_alike(&second, &third));
    assert_true(asset_one_offer(&second, &third));
    third.offer = ID_NONE;
    assert_true(asset_alike(&second, &third));
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(a_slip_is_one_letter), cmocka_unit_test(the_same_thing_written_twice),
                                        cmocka_unit_test(pairs_of_many),
                                        cmocka_unit_test(places_of_one_offer_are_no_doubles) };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
