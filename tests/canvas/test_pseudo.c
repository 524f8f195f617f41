/* test_pseudo.c - every view under a false Welsh in which each string is longer, accented and in brackets (tools/pseudo.sh):
 * what shows in plain English was never marked for translation; what is cut says so. */
#include "every_view.h"

#include <ctype.h>
#include <glob.h>

#include "dolen/base/banned.h"

#define WORD_LEAST 4                     /* shorter ones are in names of keys, units, dates */

/* --- words of a frame ----------------------------------------------------------------------------------------------- */

struct words {
    char (*items)[40];
    size_t count, cap;
};

static bool has(const struct words *w, const char *word)
{
    for (size_t i = 0; i < w->count; i++)
        if (strcasecmp(w->items[i], word) == 0)
            return true;
    return false;
}

static bool is_letter(char c)
{
    return isalpha((unsigned char) c) || (c & 0x80);
}

/* Words of plain letters alone: an accent anywhere in one means that it came through the catalogue. */
static void words_of_text(struct words *out, const char *s)
{
    while (*s) {
        size_t n = 0;
        bool plain = true;

        for (; is_letter(s[n]); n++)
            plain = plain && !(s[n] & 0x80);
        if (plain && n >= WORD_LEAST && n < 40) {
            char word[40];

            str_copy(word, n + 1, s);
            if (!has(out, word))
                str_copy(*ARRAY_ADD(out->items, out->count, out->cap), 40, word);
        }
        s += n ? n : 1;
    }
}

/* What is the same in any language: what people typed, names of keys and of things. */
static const char not_translated[] =
    "Nia Pritchard Prichard Ceinwen Hen Huw Rees Mair Owen Carys Tuesday singing group Walk Ring choir miss Lunch club clubs lift home Rang Eunice "
    "Canolfan Iechyd Feddygfa rows would Activity Reach example drop sftp question words this they Type word What Which them Three Is mornings matters good week helps Wales "
    "dydd Mawrth mistake Person Model LONELY SWEMWBS WEMWBS cursor editing Enter Esc Ctrl Shift Space Home Page Down Backspace Tab Left Right Cymraeg English Dolen ";

/* What to do about something serious stands in both languages at once; official wording that has no Welsh is shown in
 * English. Their files alone say so: what the program adds goes through the catalogue. */
static const struct { const char *view, *files; } english_by_rule[] = {
    { "serious", "forms/protocols/*.yaml" }, { "serious locked", "forms/protocols/*.yaml" }, { "hand-over", "forms/ons4.yaml" },
};

static void know_by_rule(struct words *known, const char *view)
{
    for (size_t i = 0; i < ARRAY_LEN(english_by_rule); i++) {
        glob_t files = { .gl_pathc = 0 };

        if (!str_eq(english_by_rule[i].view, view))
            continue;
        assert_int_equal(glob(english_by_rule[i].files, 0, NULL, &files), 0);
        for (size_t k = 0; k < files.gl_pathc; k++) {
            struct buf text = BUF_INIT;

            assert_ok(file_read(&text, files.gl_pathv[k], 1 << 20, &err_));
            words_of_text(known, buf_text(&text));
            buf_release(&text);
        }
        globfree(&files);
    }
}

/* Names of actions are typed in either language; these views say them. */
static bool names_actions(const char *view)
{
    return str_eq(view, "command") || str_eq(view, "help") || str_eq(view, "retention") || strncmp(view, "serious", 7) == 0;
}

static void know_actions(struct words *known)
{
    for (size_t i = 0; i < actions_count; i++)
        words_of_text(known, actions[i].name);
    for (size_t i = 0; i < drill_actions_count; i++)
        words_of_text(known, drill_actions[i].name);
    for (size_t i = 0; i < nav_actions_count; i++)
        words_of_text(known, nav_actions[i].name);
}

/* --- frames ----------------------------------------------------------------------------------------------------------- */

static void frame_in(struct world *w, const struct every_view *e, enum lang l, int rows, int cols)
{
    lang_set(l);
    e->open(w);
    screen_changed(w->ui.screen, ~0u);
    show_at(w, rows, cols);
}

static void frame_away(struct world *w)
{
    screen_pop_all(w->ui.screen);
    canvas_resize(w->canvas, 24, 80);
}

static void no_plain_english_is_left(void **state)
{
    struct world *w = *state;
    struct words known = { NULL, 0, 0 };
    int left = 0;

    words_of_text(&known, not_translated);
    for (size_t i = 0; i < ARRAY_LEN(every_view); i++) {
        struct words english = { NULL, 0, 0 }, false_welsh = { NULL, 0, 0 }, by_rule = { NULL, 0, 0 };

        know_by_rule(&by_rule, every_view[i].name);
        if (names_actions(every_view[i].name))
            know_actions(&by_rule);
        frame_in(w, &every_view[i], LANG_EN, 60, 200);
        words_of_text(&english, buf_text(&w->dump));
        frame_away(w);
        frame_in(w, &every_view[i], LANG_CY, 60, 200);
        words_of_text(&false_welsh, buf_text(&w->dump));
        for (size_t k = 0; k < false_welsh.count; k++)
            if (has(&english, false_welsh.items[k]) && !has(&known, false_welsh.items[k]) &&
                !has(&by_rule, false_welsh.items[k])) {
                fprintf(stderr, "%s: \"%s\" is the same in both languages\n%s\n", every_view[i].name, false_welsh.items[k],
                        buf_text(&w->dump));
                left++;
            }
        frame_away(w);
        free(english.items);
        free(false_welsh.items);
        free(by_rule.items);
    }
    free(known.items);
    assert_int_equal(left, 0);
}

static int count(const char *s, const char *what)
{
    int n = 0;

    for (; (s = strstr(s, what)); s += strlen(what))
        n++;
    return n;
}

/* Each string that was begun is ended, or has an ellipsis, or the key that shows the rest, or the list goes on below. */
static void cut_text_says_so(void **state)
{
    static const int sizes[][2] = { { 24, 80 }, { 12, 40 } };
    struct world *w = *state;
    int cut = 0;

    for (size_t i = 0; i < ARRAY_LEN(every_view); i++)
        for (size_t k = 0; k < ARRAY_LEN(sizes); k++) {
            const char *s;
            int open;

            frame_in(w, &every_view[i], LANG_CY, sizes[k][0], sizes[k][1]);
            s = buf_text(&w->dump);
            open = count(s, "\u27e6") - count(s, "\u27e7");
            if (open > count(s, "\u2026") + count(s, "\u2193") + count(s, " · \u27e6? ")) {
                fprintf(stderr, "%s at %d x %d: %d strings are cut and nothing says so\n%s\n", every_view[i].name, sizes[k][1],
                        sizes[k][0], open, s);
                cut++;
            }
            frame_away(w);
        }
    assert_int_equal(cut, 0);
}

static void the_false_catalogue_is_in_use(void **state)
{
    (void) state;
    lang_set(LANG_CY);
    assert_string_equal(tr("People"), "\u27e6P\u00eaôplê~~\u27e7");
    lang_set(LANG_EN);
    assert_string_equal(tr("People"), "People");
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, everything_open, world_close)
    const struct CMUnitTest tests[] = { T(the_false_catalogue_is_in_use), T(no_plain_english_is_left), T(cut_text_says_so) };
#undef T
    const char *build = getenv("BUILD");
    char *share = xasprintf("%s/pseudo", build ? build : "build");

    setenv("DOLEN_SHARE", share, 1);
    free(share);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
