/* Settings: read and written as lines, changed on the screen, kept at once. */
#include "form_stage.h"

#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "dolen/base/file.h"
#include "dolen/base/banned.h"

static char folder[64];

static int in_a_folder(void **state)
{
    (void) state;
    str_copy(folder, sizeof folder, "/tmp/dolen-settings-XXXXXX");
    if (!mkdtemp(folder) || setenv("XDG_CONFIG_HOME", folder, 1) != 0)
        return -1;
    return settings_load(NULL, NULL) == ST_OK ? 0 : -1;
}

static int folder_gone(void **state)
{
    char *dir = path_join(folder, "dolen"), *file = path_join(dir, "settings");

    (void) state;
    unlink(file);
    rmdir(dir);
    rmdir(folder);
    free(file);
    free(dir);
    return 0;
}

static void write_file(const char *text)
{
    char *dir = path_join(folder, "dolen");

    assert_int_equal(folder_make_private(dir, NULL), ST_OK);
    assert_int_equal(file_replace(dir, "settings", text, strlen(text), NULL), ST_OK);
    free(dir);
}

static void without_a_file_the_table_speaks(void **state)
{
    (void) state;
    assert_int_equal(setting_value("lock_after"), 5);
    assert_int_equal(setting_value("ascii_lines"), 0);
    assert_int_equal(setting_value("language"), -1);
}

static void what_is_set_comes_back(void **state)
{
    (void) state;
    setting_set("lock_after", 12);
    setting_set("mono", 7);                             /* held to what is allowed */
    assert_int_equal(settings_save(NULL), ST_OK);
    setting_set("lock_after", 3);
    assert_int_equal(settings_load(NULL, NULL), ST_OK);
    assert_int_equal(setting_value("lock_after"), 12);
    assert_int_equal(setting_value("mono"), 1);
}

static void bad_lines_are_named_and_passed_over(void **state)
{
    (void) state;
    struct buf said = BUF_INIT;

    write_file("# mine\nlock_after 99\ncolour red\n\nascii_lines yes\nmono 1\n");
    assert_int_equal(settings_load(&said, NULL), ST_OK);
    assert_non_null(strstr(buf_text(&said), "settings:2: lock_after must be a number from 1 to 60"));
    assert_non_null(strstr(buf_text(&said), "settings:3: there is no setting called 'colour'"));
    assert_non_null(strstr(buf_text(&said), "settings:5: "));
    assert_int_equal(setting_value("lock_after"), 5);
    assert_int_equal(setting_value("mono"), 1);
    buf_release(&said);
}

static void a_change_is_kept_at_once(void **state)
{
    (void) state;
    struct rig *s = stage_new(12, 40);

    screen_push(s->screen, bottom_new());
    screen_push(s->screen, settings_view_new(&s->ui));
    assert_cursor_on(s, "5 minutes");
    keys(s, "Right Right Left");
    assert_cursor_on(s, "6 minutes");
    keys(s, "Enter Backspace 3 0 Enter");
    assert_cursor_on(s, "30 minutes");
    keys(s, "Enter Backspace Backspace x Enter");
    assert_cursor_on(s, "30 minutes");
    assert_shown(s, "Nothing was changed");
    keys(s, "Down Space Space");
    assert_cursor_on(s, "yn Gymraeg");
    assert_int_equal(lang_now(), LANG_CY);
    keys(s, "Left");
    assert_int_equal(lang_now(), LANG_EN);
    assert_int_equal(settings_load(NULL, NULL), ST_OK);
    assert_int_equal(setting_value("lock_after"), 30);
    assert_int_equal(setting_value("language"), 0);
    stage_free(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(without_a_file_the_table_speaks, in_a_folder, folder_gone),
        cmocka_unit_test_setup_teardown(what_is_set_comes_back, in_a_folder, folder_gone),
        cmocka_unit_test_setup_teardown(bad_lines_are_named_and_passed_over, in_a_folder, folder_gone),
        cmocka_unit_test_setup_teardown(a_change_is_kept_at_once, in_a_folder, folder_gone),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
