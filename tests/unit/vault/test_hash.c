#include "vault_fixture.h"

#include "dolen/vault/hash.h"

static void parts_hash_like_the_whole(void **state)
{
    static const uint8_t key[32] = { 1 };
    uint8_t a[32], b[32], c[32];
    struct hash *h = hash_new(NULL, 0);

    (void) state;
    hash_add(h, "one", 3);
    hash_add(h, "two", 3);
    hash_done(&h, a);
    assert_null(h);
    hash_once(b, "onetwo", 6);
    assert_memory_equal(a, b, 32);
    h = hash_new(key, sizeof key);
    hash_add(h, "onetwo", 6);
    hash_done(&h, c);
    assert_memory_not_equal(a, c, 32);
}

static void known_answers(void **state)
{
    uint8_t out[32];
    char hex[65];
    struct sha256 *s = sha256_new();

    (void) state;
    sha256_add(s, "a", 1);
    sha256_add(s, "bc", 2);
    sha256_hex_done(&s, hex);
    assert_string_equal(hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    hash_once(out, "abc", 3);
    hex_of(hex, out, 32);
    assert_string_equal(hex, "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319");
}

static void person_keys_depend_on_the_key(void **state)
{
    static const uint8_t k1[32] = { 1 }, k2[32] = { 2 };
    uint8_t a[16], b[16], c[16];

    (void) state;
    keyed_id(a, k1, "999 000 0000", 12);
    keyed_id(b, k1, "999 000 0000", 12);
    keyed_id(c, k2, "999 000 0000", 12);
    assert_memory_equal(a, b, 16);
    assert_memory_not_equal(a, c, 16);
}

static void one_bit_anywhere_makes_them_differ(void **state)
{
    uint8_t a[32] = { 1, 2, 3 }, b[32] = { 1, 2, 3 };

    (void) state;
    assert_true(hash_equal(a, b));
    for (size_t i = 0; i < 256; i++) {
        b[i / 8] ^= (uint8_t) (1 << i % 8);
        assert_false(hash_equal(a, b));
        b[i / 8] = a[i / 8];
    }
}

static void wiped_is_zero(void **state)
{
    uint8_t a[32], zero[32] = { 0 };

    (void) state;
    random_fill(a, sizeof a);
    assert_memory_not_equal(a, zero, 32);
    wipe(a, sizeof a);
    assert_memory_equal(a, zero, 32);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parts_hash_like_the_whole),
        cmocka_unit_test(known_answers),
        cmocka_unit_test(person_keys_depend_on_the_key),
        cmocka_unit_test(one_bit_anywhere_makes_them_differ),
        cmocka_unit_test(wiped_is_zero),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
