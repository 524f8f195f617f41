#include "vault_fixture.h"

#include "vault/recovery.h"

static struct secret *fresh(void)
{
    struct secret *s = secret_new();

    assert_true(recovery_make(s));
    return s;
}

static int check(const char *text)
{
    struct secret *s = secret_of(text);
    int result = recovery_code_check(s);

    secret_free(&s);
    return result;
}

static void looks_as_promised(void **state)
{
    struct secret *s = fresh(), *t = fresh();

    (void) state;
    assert_int_equal(secret_length(s), 7 * 5 + 6);
    for (size_t i = 0; i < secret_length(s); i++)
        assert_non_null(strchr(i % 6 == 5 ? "-" : "0123456789ABCDEFGHJKMNPQRSTVWXYZ", secret_text(s)[i]));
    assert_int_equal(recovery_code_check(s), 0);
    assert_false(secret_equal(s, t));
    secret_free(&s);
    secret_free(&t);
}

static void forgiving_of_how_it_is_written(void **state)
{
    char a[RECOVERY_CHARS], b[RECOVERY_CHARS], loose[128];
    struct secret *s = fresh(), *t;
    size_t n = 0;

    (void) state;
    for (const char *p = secret_text(s); *p; p++) {
        char c = *p == '0' ? 'o' : *p == '1' ? "lI"[n & 1] : *p >= 'A' ? (char) (*p + 32) : *p == '-' ? ' ' : *p;

        loose[n++] = c;
        if (n % 9 == 0)
            loose[n++] = ' ';
    }
    loose[n] = '\0';
    t = secret_of(loose);
    assert_int_equal(recovery_code_check(t), 0);
    assert_true(recovery_plain(a, s));
    assert_true(recovery_plain(b, t));
    assert_memory_equal(a, b, sizeof a);
    secret_free(&s);
    secret_free(&t);
}

/* Every character of every group, by every other one of the alphabet, and every pair of neighbours changed over. */
static void every_slip_names_its_group(void **state)
{
    static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZU*";
    struct secret *s = fresh();
    char text[64];

    (void) state;
    for (size_t i = 0; i < secret_length(s); i++) {
        if (i % 6 == 5)
            continue;
        for (const char *c = alphabet; *c; c++) {
            memcpy(text, secret_text(s), secret_length(s) + 1);
            if (text[i] == *c)
                continue;
            text[i] = *c;
            assert_int_equal(check(text), (int) (i / 6) + 1);
        }
        memcpy(text, secret_text(s), secret_length(s) + 1);
        if (i % 6 < 4 && text[i] != text[i + 1]) {
            char was = text[i];

            text[i] = text[i + 1];
            text[i + 1] = was;
            assert_int_equal(check(text), (int) (i / 6) + 1);
        }
    }
    secret_free(&s);
}

static void groups_in_the_wrong_order(void **state)
{
    struct secret *s = fresh();
    char text[64], group[5];

    (void) state;
    for (size_t a = 0; a < 7; a++)
        for (size_t b = a + 1; b < 7; b++) {
            memcpy(text, secret_text(s), secret_length(s) + 1);
            memcpy(group, text + a * 6, 5);
            memmove(text + a * 6, text + b * 6, 5);
            memcpy(text + b * 6, group, 5);
            assert_int_equal(check(text), (int) a + 1);
        }
    secret_free(&s);
}

static void wrong_lengths(void **state)
{
    struct secret *s = fresh();

    (void) state;
    secret_drop_last(s);
    assert_int_equal(recovery_code_check(s), -1);
    secret_add(s, "XX", 2);
    assert_int_equal(recovery_code_check(s), -1);
    assert_int_equal(check(""), -1);
    assert_int_equal(check(PASS), -1);
    secret_free(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(looks_as_promised),
        cmocka_unit_test(forgiving_of_how_it_is_written),
        cmocka_unit_test(every_slip_names_its_group),
        cmocka_unit_test(groups_in_the_wrong_order),
        cmocka_unit_test(wrong_lengths),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
