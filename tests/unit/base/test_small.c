/* Statuses, growing strings and ids. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "dolen/base/buf.h"
#include "dolen/base/id.h"
#include "dolen/base/mem.h"
#include "dolen/base/status.h"

static void statuses_have_their_exit_codes(void **state)
{
    (void)state;
    assert_int_equal(status_exit_code(ST_OK), 0);
    assert_int_equal(status_exit_code(ST_NOSLOT), 3);
    assert_int_equal(status_exit_code(ST_INTERRUPTED), 130);
    assert_string_equal(status_word(ST_DB_DAMAGED), "database_damaged");
    assert_int_equal(status_exit_code((enum status)99), 1);
}

static void a_sentence_may_quote_the_last_one(void **state)
{
    struct err err = { .st = ST_OK };

    (void)state;
    assert_int_equal(err_set(&err, ST_INVALID, "line %d", 3), ST_INVALID);
    assert_int_equal(err_set(&err, ST_REFUSED, "file: %s", err_text(&err)), ST_REFUSED);
    assert_string_equal(err_text(&err), "file: line 3");
    assert_int_equal(err.st, ST_REFUSED);
    assert_int_equal(err_set(NULL, ST_IO, "nobody reads this"), ST_IO);
}

static void a_long_sentence_ends_in_a_whole_character(void **state)
{
    struct err err = { .st = ST_OK };
    char       word[2000];

    (void)state;
    for (size_t i = 0; i + 2 < sizeof word; i += 2)
        memcpy(word + i, "ŵ", 3);
    err_set(&err, ST_IO, "x%s", word);
    assert_int_equal(strlen(err_text(&err)), 639);
    assert_int_equal((unsigned char)err_text(&err)[637] & 0xC0, 0xC0);
}

static void system_errors_pick_their_status(void **state)
{
    struct err err = { .st = ST_OK };

    (void)state;
    errno = ENOSPC;
    assert_int_equal(err_sys(&err, "cannot write"), ST_NOSPACE);
    assert_true(str_starts(err_text(&err), "cannot write: "));
    errno = ENOMEM;
    assert_int_equal(err_sys(&err, "x"), ST_NOMEM);
    errno = ENOTDIR;
    err_sys(&err, "x");
    assert_string_equal(err_text(&err), "x: a file stands where a folder is needed; choose another place");
    errno = EACCES;
    assert_int_equal(err_sys(NULL, "x"), ST_IO);
}

static void strings_grow_insert_and_shrink(void **state)
{
    struct buf b = BUF_INIT;
    char      *s;

    (void)state;
    assert_string_equal(buf_text(&b), "");
    for (int i = 0; i < 500; i++)
        buf_addf(&b, "%d,", i);
    assert_int_equal(b.len, strlen(b.s));
    buf_clear(&b);
    buf_add(&b, "Ll");
    buf_add_cp(&b, 0x177);
    buf_add_char(&b, 'n');
    buf_insert(&b, 0, "Pen ", 4);
    assert_string_equal(b.s, "Pen Llŷn");
    buf_remove(&b, 3, 1);
    buf_remove(&b, 5, 100);
    buf_remove(&b, 100, 1);
    assert_string_equal(b.s, "PenLl");
    buf_add_cp(&b, 0xD800);
    assert_string_equal(b.s, "PenLl�");
    s = buf_steal(&b);
    assert_null(b.s);
    free(s);
    s = buf_steal(&b);
    assert_string_equal(s, "");
    free(s);
    buf_wipe(&b);
}

static void hook(void)
{
    (void)!write(STDOUT_FILENO, "", 0);
    die_hook = NULL;
}

static void dying_restores_first_and_exits(void **state)
{
    int   code;
    pid_t pid = fork();

    (void)state;
    if (pid == 0) {
        close(STDERR_FILENO);
        die_hook = hook;
        die(9, "a test");
    }
    assert_int_equal(waitpid(pid, &code, 0), pid);
    assert_true(WIFEXITED(code) && WEXITSTATUS(code) == 9);
}

static void ids_are_random_or_from_the_seed(void **state)
{
    struct id a = id_new(), b = id_new(), again;

    (void)state;
    assert_true(id_is_set(a));
    assert_false(id_eq(a, b));
    id_seed(7);
    a = id_new();
    b = id_new();
    id_seed(7);
    assert_true(id_eq(a, id_new()) && id_eq(b, id_new()));
    assert_int_equal(id_show(a).s[14], '4');
    assert_non_null(strchr("89ab", id_show(a).s[19]));
    assert_true(id_parse(id_show(a).s, &again));
    assert_true(id_eq(a, again));
}

static void ids_are_read_in_both_spellings(void **state)
{
    struct id id = ID_NONE;

    (void)state;
    assert_true(id_parse("00112233445566778899AABBCCDDEEFF", &id));
    assert_string_equal(id_show(id).s, "00112233-4455-6677-8899-aabbccddeeff");
    assert_false(id_parse("", &id));
    assert_false(id_parse(NULL, &id));
    assert_false(id_parse("00112233-4455-6677-8899-aabbccddeef", &id));
    assert_false(id_parse("00112233-4455-6677-8899-aabbccddeefg", &id));
    assert_false(id_parse("001122334455-6677-8899-aabb-ccddeeff", &id));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(statuses_have_their_exit_codes),
        cmocka_unit_test(a_sentence_may_quote_the_last_one),
        cmocka_unit_test(a_long_sentence_ends_in_a_whole_character),
        cmocka_unit_test(system_errors_pick_their_status),
        cmocka_unit_test(strings_grow_insert_and_shrink),
        cmocka_unit_test(dying_restores_first_and_exits),
        cmocka_unit_test(ids_are_random_or_from_the_seed),
        cmocka_unit_test(ids_are_read_in_both_spellings),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
