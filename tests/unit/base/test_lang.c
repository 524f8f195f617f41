/* The two languages: a catalogue made here, found through DOLEN_SHARE, switched while the program runs. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "dolen/base/date.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"

static char dir[64], mo[160];

/* A catalogue by hand: magic, revision, count, two tables of (length, offset), the texts. Sorted by msgid. */
static void write_catalogue(const char *path)
{
    static const struct {
        const char *id, *text;
        size_t      id_len, text_len;
    } rows[] = {
#define ROW(a, b) { a, b, sizeof a - 1, sizeof b - 1 }
        ROW("", "Content-Type: text/plain; charset=UTF-8\nPlural-Forms: nplurals=2; plural=n!=1;\n"),
        ROW("%lu day\0%lu days", "%lu diwrnod\0%lu diwrnod i gyd"),
        ROW("Feb", "Chwe"),
        ROW("Sea", "Môr"),
    };
    const uint32_t n = ARRAY_LEN(rows);
    uint32_t       head[7] = { 0x950412de, 0, n, 28, 28 + n * 8, 0, 28 + n * 16 }, at = 28 + n * 16;
    FILE          *f = fopen(path, "wb");

    assert_non_null(f);
    fwrite(head, sizeof head, 1, f);
    for (int texts = 0; texts < 2; texts++)
        for (uint32_t i = 0; i < n; i++) {
            uint32_t len = (uint32_t)(texts ? rows[i].text_len : rows[i].id_len), pair[2] = { len, at };

            fwrite(pair, sizeof pair, 1, f);
            at += len + 1;
        }
    for (int texts = 0; texts < 2; texts++)
        for (uint32_t i = 0; i < n; i++)
            fwrite(texts ? rows[i].text : rows[i].id, (texts ? rows[i].text_len : rows[i].id_len) + 1, 1, f);
    fclose(f);
}

static const char *const folders[] = { "/locale", "/locale/cy", "/locale/cy/LC_MESSAGES" };

static int set_up(void **state)
{
    char path[128];

    (void)state;
    snprintf(dir, sizeof dir, "/tmp/dolen-lang-XXXXXX");
    if (!mkdtemp(dir))
        return -1;
    for (size_t i = 0; i < ARRAY_LEN(folders); i++) {
        snprintf(path, sizeof path, "%s%s", dir, folders[i]);
        mkdir(path, 0700);
    }
    snprintf(mo, sizeof mo, "%s/locale/cy/LC_MESSAGES/dolen.mo", dir);
    write_catalogue(mo);
    setenv("DOLEN_SHARE", dir, 1);
    return 0;
}

static int tear_down(void **state)
{
    char path[128];

    (void)state;
    unlink(mo);
    for (size_t i = ARRAY_LEN(folders); i-- > 0;) {
        snprintf(path, sizeof path, "%s%s", dir, folders[i]);
        rmdir(path);
    }
    return rmdir(dir);
}

static void starts_in(const char *language, const char *lc_all, const char *lang, enum lang want)
{
    setenv("LANGUAGE", language, 1);
    setenv("LC_ALL", lc_all, 1);
    setenv("LANG", lang, 1);
    lang_start();
    assert_int_equal(lang_now(), want);
}

static void starts_in_the_language_of_the_session(void **state)
{
    (void)state;
    unsetenv("LC_MESSAGES");
    starts_in("", "", "cy_GB.UTF-8", LANG_CY);
    starts_in("", "C", "cy_GB.UTF-8", LANG_EN);
    starts_in("cy:en", "C", "", LANG_CY);
    starts_in("en", "cy_GB", "", LANG_EN);
    starts_in("", "", "", LANG_EN);
}

static void a_plain_terminal_still_measures_welsh(void **state)
{
    (void)state;
    starts_in("cy", "C", "", LANG_CY);
    assert_false(lang_terminal_is_utf8());
    assert_string_equal(_("Sea"), "Môr");
    starts_in("cy", "C.UTF-8", "", LANG_CY);
    assert_true(lang_terminal_is_utf8());
}

static void switches_while_running(void **state)
{
    (void)state;
    starts_in("en", "C.UTF-8", "", LANG_EN);
    assert_string_equal(_("Sea"), "Sea");
    assert_string_equal(tr_in(LANG_CY, "Sea"), "Môr");
    assert_string_equal(_("Sea"), "Sea");
    lang_set(LANG_CY);
    assert_string_equal(_("Sea"), "Môr");
    assert_string_equal(tr_in(LANG_EN, "Sea"), "Sea");
    assert_string_equal(_("No such text"), "No such text");
    assert_string_equal(tr(""), "");
    assert_string_equal(tr_n("%lu day", "%lu days", 1), "%lu diwrnod");
    assert_string_equal(tr_n("%lu day", "%lu days", 3), "%lu diwrnod i gyd");
    assert_string_equal(date_show((struct date){ 2026, 2, 3 }).s, "3 Chwe 2026");
    lang_set(LANG_EN);
    assert_string_equal(tr_n("%lu day", "%lu days", 3), "%lu days");
    assert_string_equal(date_show((struct date){ 2026, 2, 3 }).s, "3 Feb 2026");
}

static void numbers_stay_plain(void **state)
{
    char s[16];

    (void)state;
    snprintf(s, sizeof s, "%.1f", 2.5);
    assert_string_equal(s, "2.5");
}

static void a_text_in_one_language_serves_both(void **state)
{
    struct text2 t = { { xstrdup("Sea"), NULL } };
    enum lang    l = LANG_EN;

    (void)state;
    assert_string_equal(text2_in(&t, LANG_CY), "Sea");
    assert_false(text2_has(&t, LANG_CY));
    t.t[LANG_CY] = xstrdup("Môr");
    assert_string_equal(text2_in(&t, LANG_CY), "Môr");
    text2_release(&t);
    assert_string_equal(text2_now(&t), "");
    assert_true(lang_parse("cy", &l) && l == LANG_CY);
    assert_false(lang_parse("fr", &l));
    assert_string_equal(lang_code(LANG_CY), "cy");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(starts_in_the_language_of_the_session),
        cmocka_unit_test(a_plain_terminal_still_measures_welsh),
        cmocka_unit_test(switches_while_running),
        cmocka_unit_test(numbers_stay_plain),
        cmocka_unit_test(a_text_in_one_language_serves_both),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
