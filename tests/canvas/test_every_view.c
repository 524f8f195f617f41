/* test_every_view.c - every view at three sizes, in both languages and without colour: it says what it is, the cursor stands
 * where the focus is, and no meaning hangs on colour alone. */
#include "every_view.h"

#include <ctype.h>
#include <glob.h>

#include "dolen/base/banned.h"

static const int sizes[][2] = { { 24, 80 }, { 12, 40 }, { 60, 200 } };

static int bad_frames;                   /* all of them are told before the test ends */

static void frame_fail(const struct world *w, const struct every_view *e, const char *what)
{
    fprintf(stderr, "%s, %d x %d, %s: %s\n%s\n", e->name, canvas_cols(w->canvas), canvas_rows(w->canvas), lang_code(lang_now()),
            what, buf_text(&w->dump));
    bad_frames++;
}

/* A focus mark somewhere left of the cursor, or above it in the same block. */
static bool cursor_on_mark(const struct world *w)
{
    struct spot at = canvas_cursor(w->canvas);

    for (int x = at.x; x >= 0; x--)
        if (str_eq(canvas_row(w->canvas, at.y)[x].text, ">"))
            return true;
    return false;
}

static void check_cursor(const struct world *w, const struct every_view *e)
{
    struct spot at = canvas_cursor(w->canvas);

    if (at.y < 0 || at.y >= canvas_rows(w->canvas) || at.x < 0 || at.x >= canvas_cols(w->canvas))
        frame_fail(w, e, "the cursor is off the screen");
    if (e->at == ON_MARK && !cursor_on_mark(w))
        frame_fail(w, e, "the cursor has no focus mark before it");
    if (e->at == IN_BODY && !(screen_top(w->ui.screen)->ops->flags & VIEW_BARE) && (at.y < 1 || at.y > canvas_rows(w->canvas) - 3))
        frame_fail(w, e, "the cursor is not in the body");
    if ((e->at == ON_CARET) != at.editing && e->at != IN_BODY)
        frame_fail(w, e, "a caret stands where none should, or none where one should");
}

static bool says_nothing(const struct look *mono, const struct look *colour)
{
    return mono->attributes == 0 && (colour->ink != INK_PLAIN || colour->paper != INK_PLAIN);
}

static bool has_mark(const struct world *w, int y, enum style s)
{
    const struct cell *row = canvas_row(w->canvas, y);

    for (int x = 0; x < canvas_cols(w->canvas); x++)
        if (STYLE_BASE(row[x].style) == s && !isalnum((unsigned char) row[x].text[0]) && row[x].text[0] != ' ')
            return true;
    return false;
}

/* Where only colour would tell a meaning that has a mark, the mark stands in the row, or above where its text is wrapped. */
static void check_without_colour(const struct world *w, const struct every_view *e)
{
    for (int y = 0; y < canvas_rows(w->canvas); y++) {
        const struct cell *row = canvas_row(w->canvas, y);

        for (int x = 0; x < canvas_cols(w->canvas); x++) {
            enum style s = STYLE_BASE(row[x].style);
            struct look mono = style_look(SCHEME_MONO, row[x].style), colour = style_look(SCHEME_COLOUR, row[x].style);
            bool letters = (unsigned char) row[x].text[0] < 0x80 && isalnum((unsigned char) row[x].text[0]);

            if (!letters || !says_nothing(&mono, &colour) || !*style_mark(s))
                continue;
            if (!has_mark(w, y, s) && (y == 0 || !has_mark(w, y - 1, s)))
                frame_fail(w, e, "a meaning without its mark");
        }
    }
}

/* The row is about the view it names: "person plan" about "person". */
static void check_name(const struct world *w, const struct every_view *e)
{
    const char *name = screen_top(w->ui.screen)->ops->name;
    size_t n = strlen(name);

    if (strncmp(e->name, name, n) != 0 || (e->name[n] && e->name[n] != ' '))
        frame_fail(w, e, name);
}

static void every_view_at_every_size_in_both_languages(void **state)
{
    struct world *w = *state;

    bad_frames = 0;
    for (size_t i = 0; i < ARRAY_LEN(every_view); i++) {
        const struct every_view *e = &every_view[i];

        for (int l = 0; l < LANG_COUNT; l++) {
            lang_set((enum lang) l);
            e->open(w);
            check_name(w, e);
            for (size_t k = 0; k < ARRAY_LEN(sizes); k++) {
                show_at(w, sizes[k][0], sizes[k][1]);
                assert_clean(w);
                check_cursor(w, e);
                check_without_colour(w, e);
                if (!strstr(buf_text(&w->dump), l == LANG_EN ? e->en : e->cy))
                    frame_fail(w, e, l == LANG_EN ? e->en : e->cy);
            }
            screen_pop_all(w->ui.screen);
            canvas_resize(w->canvas, 24, 80);
        }
    }
    assert_int_equal(bad_frames, 0);
}

static bool is_walked(const char *name, size_t n)
{
    for (size_t i = 0; i < ARRAY_LEN(every_view); i++)
        if (strncmp(every_view[i].name, name, n) == 0 && (!every_view[i].name[n] || every_view[i].name[n] == ' '))
            return true;
    return false;
}

/* The names in the tables of functions (view_ops) of one source file. */
static void names_in_source(const char *path, size_t *names)
{
    static const char mark[] = ".name = \"";
    struct buf text = BUF_INIT;

    assert_ok(file_read(&text, path, 1 << 20, &err_));
    for (const char *at = strstr(buf_text(&text), "struct view_ops") ? buf_text(&text) : ""; (at = strstr(at, mark)); ) {
        at += strlen(mark);
        (*names)++;
        if (!is_walked(at, strcspn(at, "\""))) {
            fprintf(stderr, "%s: the view %.*s has no row in every_view.h\n", path, (int) strcspn(at, "\""), at);
            bad_frames++;
        }
    }
    buf_release(&text);
}

/* What this test, that of the false language and that of safe contact go over is every view that the program has. */
static void no_view_of_the_program_is_left_out(void **state)
{
    glob_t sources = { .gl_pathc = 0 };
    size_t names = 0;

    (void) state;
    bad_frames = 0;
    assert_int_equal(glob("src/*/*.c", 0, NULL, &sources), 0);
    for (size_t i = 0; i < sources.gl_pathc; i++)
        names_in_source(sources.gl_pathv[i], &names);
    globfree(&sources);
    assert_true(names > 40);
    assert_int_equal(bad_frames, 0);
}

/* The last row that keys go to is in sight wherever one moves, at every size. */
static void the_cursor_stays_on_the_focus_while_one_moves(void **state)
{
    static const char *const moves[] = { "Down", "Down", "PageDown", "End", "PageUp", "Up", "Home" };
    struct world *w = *state;

    bad_frames = 0;
    for (size_t i = 0; i < ARRAY_LEN(every_view); i++) {
        const struct every_view *e = &every_view[i];

        if (e->at != ON_MARK || str_eq(e->name, "people found"))        /* Up leads into its search line */
            continue;
        e->open(w);
        for (size_t k = 0; k < ARRAY_LEN(sizes); k++) {
            show_at(w, sizes[k][0], sizes[k][1]);
            for (size_t m = 0; m < ARRAY_LEN(moves); m++) {
                keys(w, moves[m]);
                check_cursor(w, e);
            }
        }
        screen_pop_all(w->ui.screen);
        canvas_resize(w->canvas, 24, 80);
    }
    assert_int_equal(bad_frames, 0);
}

static void opened_in(struct world *w, const struct every_view *e, enum lang opened, enum lang shown, struct buf *out)
{
    lang_set(opened);
    e->open(w);
    show(w);
    screen_message(w->ui.screen, STYLE_GOOD, _("Filed: %s"), _("Contact"));
    screen_set_tip(w->ui.screen, TEXT2("%s", ""));
    show(w);
    if (shown != opened) {
        lang_set(shown);
        screen_changed(w->ui.screen, ~0u);
        show(w);
    }
    buf_clear(out);
    buf_add(out, buf_text(&w->dump));
    screen_pop_all(w->ui.screen);
}

/* What stands on the screen when the language changes says all of it in the other one: as if it had been opened in it. */
static void every_view_changes_its_language_at_once(void **state)
{
    struct buf fresh = BUF_INIT, changed = BUF_INIT;
    struct world *w = *state;

    bad_frames = 0;
    for (size_t i = 0; i < ARRAY_LEN(every_view); i++)
        for (int l = 0; l < LANG_COUNT; l++) {
            enum lang other = l == LANG_EN ? LANG_CY : LANG_EN;

            opened_in(w, &every_view[i], other, other, &fresh);
            opened_in(w, &every_view[i], (enum lang) l, other, &changed);
            if (str_eq(buf_text(&fresh), buf_text(&changed)))
                continue;
            fprintf(stderr, "%s, opened in %s:\n%s\nopened in the other:\n%s\n", every_view[i].name, lang_code((enum lang) l),
                    buf_text(&changed), buf_text(&fresh));
            bad_frames++;
        }
    buf_release(&fresh);
    buf_release(&changed);
    assert_int_equal(bad_frames, 0);
}

static bool is_of_person(const char *name)
{
    static const char *const of_person[] = { "missing", "as-of", "change", "choose-asset", "form", "notes", "notes taking", "talk", "draft-changes" };

    for (size_t i = 0; i < ARRAY_LEN(of_person); i++)
        if (str_eq(name, of_person[i]))
            return true;
    return strncmp(name, "person ", 7) == 0;
}

/* Somebody who looks at the screen while help or a list is read learns nobody's name: it stands on views about the person. */
static void a_name_stands_in_the_title_of_views_about_that_person_alone(void **state)
{
    struct world *w = *state;

    bad_frames = 0;
    for (size_t i = 0; i < ARRAY_LEN(every_view); i++) {
        const struct every_view *e = &every_view[i];

        for (size_t k = 0; k < 2; k++) {
            canvas_resize(w->canvas, sizes[k][0], sizes[k][1]);
            open_OVERVIEW(w);
            e->open(w);
            const char *at = strstr(buf_text(&w->dump), "Nia");
            bool named = at && at < strchr(buf_text(&w->dump), '\n');

            if (named != is_of_person(e->name))
                frame_fail(w, e, named ? "the title names a person it is not about" : "the title does not say whose this is");
            screen_pop_all(w->ui.screen);
        }
    }
    assert_int_equal(bad_frames, 0);
}

/* Days and months by their English names, as whole words. Names that people gave (a singing group on Tuesdays) are not
 * translated: their rows are left out. */
static const char *english_day(const char *shown)
{
    static const char *const names[] = {
        "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat",
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
        "Jan", "Feb", "Mar", "Apr", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    };

    for (size_t i = 0; i < ARRAY_LEN(names); i++)
        for (const char *at = shown; (at = strstr(at, names[i])); at++)
            if ((at == shown || !isalpha((unsigned char) at[-1])) && !isalpha((unsigned char) at[strlen(names[i])]) &&
                strncmp(at, "Tuesday singing", 15) != 0)
                return names[i];
    return NULL;
}

static void no_day_or_month_is_english_in_welsh(void **state)
{
    struct world *w = *state;

    bad_frames = 0;
    for (size_t i = 0; i < ARRAY_LEN(every_view); i++) {
        const struct every_view *e = &every_view[i];

        if (str_eq(e->name, "talk"))            /* what its invented person says here is English */
            continue;
        lang_set(LANG_CY);
        for (size_t k = 0; k < ARRAY_LEN(sizes); k++) {
            canvas_resize(w->canvas, sizes[k][0], sizes[k][1]);
            e->open(w);
            for (int page = 0; page < 6; page++) {
                const char *name = english_day(buf_text(&w->dump));

                if (name)
                    frame_fail(w, e, name);
                keys(w, "PageDown");
            }
            screen_pop_all(w->ui.screen);
        }
    }
    assert_int_equal(bad_frames, 0);
}

static void a_day_that_was_typed_is_said_in_the_language_of_the_screen(void **state)
{
    struct world *w = *state;

    lang_set(LANG_CY);
    open_asset(w);
    assert_shows(w, "Mer 10:00");
    lang_set(LANG_EN);
    screen_changed(w->ui.screen, ~0u);
    show(w);
    assert_shows(w, "Wed 10:00");
}

/* --- words are whole ------------------------------------------------------------------------------------------------ */

static bool is_letter(const char *cluster)
{
    return isalnum((unsigned char) cluster[0]) || (unsigned char) cluster[0] >= 0xc3;
}

/* Sentences and headings end after a whole word, a blank and the ellipsis; only a name may be cut by letters, and what
 * somebody typed. */
static bool may_be_cut(enum style s)
{
    return s == STYLE_VALUE;
}

static void check_words(const struct world *w, const struct every_view *e)
{
    for (int y = 0; y < canvas_rows(w->canvas); y++) {
        const struct cell *row = canvas_row(w->canvas, y);

        for (int x = 1; x < canvas_cols(w->canvas); x++)
            if (str_eq(row[x].text, "…") && is_letter(row[x - 1].text) && !may_be_cut(STYLE_BASE(row[x].style)))
                frame_fail(w, e, "a word is cut");
    }
}

static void no_word_is_cut_on_a_small_screen(void **state)
{
    struct world *w = *state;

    bad_frames = 0;
    for (size_t i = 0; i < ARRAY_LEN(every_view); i++)
        for (int l = 0; l < LANG_COUNT; l++) {
            lang_set((enum lang) l);
            every_view[i].open(w);
            for (size_t k = 0; k < 2; k++) {
                show_at(w, sizes[k][0], sizes[k][1]);
                check_words(w, &every_view[i]);
            }
            screen_pop_all(w->ui.screen);
            canvas_resize(w->canvas, 24, 80);
        }
    assert_int_equal(bad_frames, 0);
}

/* What a hint leaves out can be seen: the key that shows the rest stands last, in either language. */
static void a_hint_without_room_says_where_the_rest_is(void **state)
{
    static const char *const of[] = { "people", "directory", "choose-asset" };
    struct world *w = *state;

    for (size_t i = 0; i < ARRAY_LEN(every_view); i++)
        for (size_t n = 0; n < ARRAY_LEN(of); n++)
            for (int l = 0; l < LANG_COUNT && str_eq(every_view[i].name, of[n]); l++) {
                lang_set((enum lang) l);
                every_view[i].open(w);
                show_at(w, 12, 40);
                assert_shows(w, l == LANG_EN ? " · ? more\n" : " · ? mwy\n");
                show_at(w, 24, 80);
                assert_hides(w, l == LANG_EN ? "? more" : "? mwy");
                screen_pop_all(w->ui.screen);
            }
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, everything_open, world_close)
    const struct CMUnitTest tests[] = {
        T(every_view_at_every_size_in_both_languages), T(no_view_of_the_program_is_left_out), T(every_view_changes_its_language_at_once),
        T(the_cursor_stays_on_the_focus_while_one_moves),
        T(a_name_stands_in_the_title_of_views_about_that_person_alone),
        T(no_day_or_month_is_english_in_welsh), T(no_word_is_cut_on_a_small_screen),
        T(a_hint_without_room_says_where_the_rest_is), T(a_day_that_was_typed_is_said_in_the_language_of_the_screen),
    };
#undef T

    return cmocka_run_group_tests(tests, NULL, NULL);
}
