/* A command line as people and scripts write it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "dolen/base/args.h"
#include "dolen/base/buf.h"
#include "dolen/base/mem.h"

static const struct option everywhere[] = {
    { "--file", "DIR", "Where" }, { "--json", NULL, "As JSON" }, { "--help", NULL, "Help" }, { NULL, NULL, NULL }
};
static const struct option own[] = { { "--note", "TEXT", "A note" }, { NULL, NULL, NULL } };
static const struct option others[] = {
    { "--weeks", "N", "Weeks" }, { "--dry-run", NULL, "Only say" }, { "--to", "FILE", "Where to" }, { NULL, NULL, NULL }
};

static struct args a;
static struct err err;

static const struct option *known(const char *name, size_t len)
{
    const struct option *const lists[] = { everywhere, own, others };
    const struct option *o = NULL;

    for (size_t i = 0; i < 3 && !o; i++)
        o = option_find(lists[i], name, len);
    return o;
}

/* Words parted by one space each. */
static enum status read_line(const char *line)
{
    static char text[16384];
    static char *argv[5100];
    int argc = 0;
    char *save = NULL;

    str_copy(text, sizeof text, line);
    for (char *w = strtok_r(text, " ", &save); w; w = strtok_r(NULL, " ", &save))
        argv[argc++] = w;
    argv[argc] = NULL;
    args_release(&a);
    a = (struct args) { .program = "tool" };
    err = (struct err) { .st = ST_OK };
    return args_read(&a, argc, argv, known, &err);
}

static void options_and_words_may_stand_in_any_order(void **state)
{
    (void) state;
    assert_int_equal(read_line("tool note --file here add --json --note=a=b P1"), ST_OK);
    assert_int_equal(a.words, 3);
    assert_string_equal(a.word[0], "note");
    assert_string_equal(a.word[1], "add");
    assert_string_equal(a.word[2], "P1");
    assert_string_equal(args_value(&a, "--file"), "here");
    assert_string_equal(args_value(&a, "--note"), "a=b");
    assert_true(args_flag(&a, "--json"));
    assert_false(args_flag(&a, "--help"));
    assert_null(args_value(&a, "--weeks"));
}

static void behind_two_dashes_there_are_only_words(void **state)
{
    (void) state;
    assert_int_equal(read_line("tool - -h -- --json -- -h"), ST_OK);
    assert_int_equal(a.words, 4);
    assert_string_equal(a.word[0], "-");
    assert_string_equal(a.word[1], "--json");
    assert_string_equal(a.word[2], "--");
    assert_string_equal(a.word[3], "-h");
    assert_false(args_flag(&a, "--json"));
    assert_true(args_flag(&a, "--help"));
}

static void what_is_wrong_is_named(void **state)
{
    (void) state;
    assert_int_equal(read_line("tool --nonsense"), ST_USAGE);
    assert_non_null(strstr(err_text(&err), "--nonsense"));
    assert_non_null(strstr(err_text(&err), "tool --help"));
    assert_int_equal(read_line("tool --fil=x"), ST_USAGE);
    assert_int_equal(read_line("tool note --file"), ST_USAGE);
    assert_non_null(strstr(err_text(&err), "--file needs a value: DIR"));
    assert_int_equal(read_line("tool --json=yes"), ST_USAGE);
    assert_non_null(strstr(err_text(&err), "--json takes no value"));
    assert_int_equal(read_line("tool --file --json"), ST_OK);          /* a value is taken as it stands */
    assert_string_equal(args_value(&a, "--file"), "--json");
    assert_int_equal(read_line("tool --file="), ST_OK);
    assert_string_equal(args_value(&a, "--file"), "");
}

static void more_options_than_any_command_has_are_refused(void **state)
{
    struct buf line = BUF_INIT;

    (void) state;
    buf_add(&line, "tool");
    for (int i = 0; i < ARGS_OPTIONS_MAX; i++)
        buf_add(&line, " --json");
    assert_int_equal(read_line(buf_text(&line)), ST_OK);
    assert_int_equal(a.options, ARGS_OPTIONS_MAX);
    buf_add(&line, " -h");
    assert_int_equal(read_line(buf_text(&line)), ST_USAGE);
    buf_release(&line);
}

static void as_many_words_as_a_shell_gives(void **state)
{
    struct buf line = BUF_INIT;

    (void) state;
    buf_add(&line, "tool");
    for (int i = 0; i < 5000; i++)
        buf_add(&line, " f");
    assert_int_equal(read_line(buf_text(&line)), ST_OK);
    assert_int_equal(a.words, 5000);
    buf_release(&line);
}

static void an_option_of_another_command_is_refused(void **state)
{
    (void) state;
    assert_int_equal(read_line("tool note --note x --json"), ST_OK);
    assert_int_equal(args_only(&a, everywhere, own, "note", &err), ST_OK);
    assert_int_equal(args_only(&a, everywhere, NULL, "note", &err), ST_USAGE);
    assert_non_null(strstr(err_text(&err), "--note"));
    assert_non_null(strstr(err_text(&err), "tool note --help"));
}

static void the_usual_letters_stand_for_their_words(void **state)
{
    (void) state;
    assert_int_equal(read_line("tool note -n -o out.txt - -- -n"), ST_OK);
    assert_true(args_flag(&a, "--dry-run"));
    assert_string_equal(args_value(&a, "--to"), "out.txt");
    assert_int_equal(a.words, 3);                               /* note, standard input, and what is behind -- */
    assert_int_equal(read_line("tool note -q"), ST_USAGE);
    assert_non_null(strstr(err_text(&err), "-q"));
}

static int done(void **state)
{
    (void) state;
    args_release(&a);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_usual_letters_stand_for_their_words),
        cmocka_unit_test(options_and_words_may_stand_in_any_order),
        cmocka_unit_test(behind_two_dashes_there_are_only_words),
        cmocka_unit_test(what_is_wrong_is_named),
        cmocka_unit_test(more_options_than_any_command_has_are_refused),
        cmocka_unit_test(as_many_words_as_a_shell_gives),
        cmocka_unit_test(an_option_of_another_command_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, done);
}
