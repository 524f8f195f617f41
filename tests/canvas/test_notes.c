/* The notes of a talk: writing, taking words by word, line and sentence, what is marked, at three sizes and in both languages. */
#include "person_world.h"

#include "dolen/ui/notes.h"

#include "dolen/base/banned.h"

#define TALK "Her sister rings. She sang in a choir. Bus ends at six."

struct page {
    struct session *session;
    struct id       note;
    struct view    *view;
    int             saves, left, released;
    size_t          start;
    char            filed[200];
};

static unsigned page_save(void *ctx)
{
    struct page *p = ctx;

    p->saves++;
    session_mark_clean(p->session);
    return REACT_DRAW;
}

static unsigned page_leave(void *ctx)
{
    ((struct page *) ctx)->left++;
    return REACT_BACK;
}

static unsigned page_file(void *ctx, size_t start, const char *words)
{
    struct page *p = ctx;

    p->start = start;
    str_copy(p->filed, sizeof p->filed, words);
    return REACT_DRAW;
}

static unsigned page_undo(void *ctx)
{
    ((struct page *) ctx)->start = 999;
    return REACT_DRAW;
}

static struct id page_note(void *ctx)
{
    return ((struct page *) ctx)->note;
}

static void page_release(void *ctx)
{
    ((struct page *) ctx)->released++;
}

static void page_open(struct world *w, struct page *p, const char *words, size_t at)
{
    struct notes_host host = { p, page_save, page_leave, page_file, page_undo, page_note, page_release };
    struct answers a = ANSWERS_INIT;

    answers_set(&a, "held_on", 0, "2026-03-09");
    if (words)
        answers_set(&a, "words", 0, words);
    p->session = session_new(catalog_form(w->catalog, "note", NULL), &a, NULL, 0, w->ui.today);
    answers_release(&a);
    screen_push(w->ui.screen, as_of_view_new(&w->ui, w->person, w->ui.today));
    p->view = notes_view_new(&w->ui, p->session, &host, w->person, at);
    screen_push(w->ui.screen, p->view);
    show(w);
}

static void page_shut(struct world *w, struct page *p)
{
    screen_pop_all(w->ui.screen);
    assert_int_equal(p->released, 1);
    session_free(&p->session);
}

static const char *kept(struct page *p)
{
    return session_value(p->session, form_question(session_form(p->session), "words"), 0);
}

static void every_letter_is_text(void **state)
{
    struct world *w = *state;
    struct page p = { .saves = 0 };

    add_case(w);
    page_open(w, &p, NULL, SIZE_MAX);
    assert_shows(w, "Talk notes of");
    assert_shows(w, "Ctrl-T");
    assert_true(canvas_cursor(w->canvas).editing);
    keys(w, "v s q Space N Enter ?");
    notes_view_flush(p.view);
    assert_string_equal(kept(&p), "vsq N\n?");
    assert_int_equal(p.saves, 1);
    keys(w, "Esc");
    assert_int_equal(p.left, 1);
    page_shut(w, &p);
}

static void words_are_taken_by_word_and_by_sentence(void **state)
{
    struct world *w = *state;
    struct page p = { .saves = 0 };

    add_case(w);
    page_open(w, &p, TALK, 0);
    keys(w, "Ctrl-T");
    assert_false(canvas_cursor(w->canvas).editing);
    assert_shows(w, "Arrows take more words");
    keys(w, "l Right Enter");
    assert_string_equal(p.filed, "Her sister rings.");
    assert_int_equal(p.start, 0);
    keys(w, "End v");                                   /* filed: one writes again */
    assert_shows(w, "six.v");
    keys(w, "Backspace Ctrl-T h h Enter");
    assert_string_equal(p.filed, "ends at six.");
    keys(w, "Home Ctrl-T s s Enter");
    assert_string_equal(p.filed, "Her sister rings. She sang in a choir.");
    keys(w, "Ctrl-T Esc");
    assert_true(canvas_cursor(w->canvas).editing);
    assert_int_equal(p.left, 0);
    keys(w, "Ctrl-O u");
    assert_int_equal(p.start, 999);
    page_shut(w, &p);
}

static void nothing_is_taken_from_an_empty_page(void **state)
{
    struct world *w = *state;
    struct page p = { .saves = 0 };

    add_case(w);
    page_open(w, &p, NULL, SIZE_MAX);
    keys(w, "Ctrl-T");
    assert_shows(w, "There are no words here yet.");
    assert_true(canvas_cursor(w->canvas).editing);
    page_shut(w, &p);
}

static void what_is_filed_is_marked_and_named(void **state)
{
    struct world *w = *state;
    struct page p = { .saves = 0 };
    struct id talk;
    struct buf styles = BUF_INIT;

    add_case(w);
    p.note = put(w, T_NOTE, "person", text_of(w->person).s, "held_on", "2026-03-09", "words", TALK, NULL);
    talk = file_form(w, "conversation", NULL, "2026-03-09", "strengths", "She sang in a choir.", NULL);
    put(w, T_EXCERPT, "person", text_of(w->person).s, "note", text_of(p.note).s, "start", "18", "words", "She sang in a choir.",
        "form", "conversation", "question", "strengths", "repeat", "0", "target", text_of(talk).s, NULL);
    page_open(w, &p, TALK, 20);
    assert_shows(w, "(1 filed)");
    assert_shows(w, "Filed to: What are you good at");
    canvas_dump_styles(w->canvas, &styles);
    assert_non_null(strstr(buf_text(&styles), "ffffffffffffffffffHHHHHHHHHHHHHHHHHHHHfff"));
    keys(w, "Home");
    assert_hides(w, "Filed to:");
    keys(w, "x Space");                                 /* written on before it: still the same words */
    keys(w, "Right Right Right Right Right Right Right Right Right Right Right Right Right Right Right Right Right Right Right");
    assert_shows(w, "Filed to: What are you good at");
    assert_ok(store_bin(w->store, T_RESPONSE, talk, "twice", &(struct err) { .st = ST_OK }));
    screen_changed(w->ui.screen, ~0u);
    show(w);
    assert_hides(w, "(1 filed)");
    buf_release(&styles);
    page_shut(w, &p);
}

static void it_stands_at_every_size_in_both_languages(void **state)
{
    static const int sizes[][2] = { { 24, 80 }, { 12, 40 }, { 60, 200 } };
    struct world *w = *state;
    struct page p = { .saves = 0 };

    add_case(w);
    page_open(w, &p, TALK " " TALK " " TALK, 3);
    for (int lang = 0; lang < 2; lang++)
        for (size_t i = 0; i < ARRAY_LEN(sizes); i++) {
            lang_set(lang ? LANG_CY : LANG_EN);
            screen_changed(w->ui.screen, ~0u);
            show_at(w, sizes[i][0], sizes[i][1]);
            assert_clean(w);
            assert_true(canvas_cursor(w->canvas).editing);
            assert_int_equal(canvas_cursor(w->canvas).y, 1);
            assert_int_equal(canvas_cursor(w->canvas).x, 3);
            keys(w, "Ctrl-T");
            assert_shows(w, lang ? "Mae'r saethau'n" : "Arrows take more");
            assert_int_equal(canvas_cursor(w->canvas).x, 0);
            keys(w, "Esc Right Right Right");
        }
    lang_set(LANG_EN);
    page_shut(w, &p);
}

static unsigned picked(void *ctx, int index)
{
    *(int *) ctx = index;
    return REACT_DRAW;
}

static void ask_where(struct world *w, int *index)
{
    static const char *const labels[] = { "Who matters to you? (Talk)", "Loneliness: Reasons", "Tŷ: Reasons", "Goal (Plan)" };
    struct view *pick = pick_view_new(TEXT2("Where to?"), picked, index);

    for (size_t i = 0; i < ARRAY_LEN(labels); i++)
        pick_view_add(pick, TEXT2("%s", labels[i]), NULL);
    screen_push(w->ui.screen, pick);
}

static void one_of_many_is_found_by_any_part(void **state)
{
    struct world *w = *state;
    int index = -7;

    add_case(w);
    screen_push(w->ui.screen, as_of_view_new(&w->ui, w->person, w->ui.today));
    ask_where(w, &index);
    show(w);
    assert_shows(w, "Where to?");
    keys(w, "t y Space r e a Enter");
    assert_int_equal(index, 2);
    ask_where(w, &index);
    show_at(w, 12, 40);
    assert_clean(w);
    keys(w, "z Enter");
    assert_shows(w, "Nothing has that in it.");
    keys(w, "Backspace Down Enter");
    assert_int_equal(index, 1);
    ask_where(w, &index);
    keys(w, "Esc");
    assert_int_equal(index, -1);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, world_open, world_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(every_letter_is_text), TEST(words_are_taken_by_word_and_by_sentence), TEST(nothing_is_taken_from_an_empty_page),
        TEST(what_is_filed_is_marked_and_named), TEST(it_stands_at_every_size_in_both_languages),
        TEST(one_of_many_is_found_by_any_part),
    };

    setenv("DOLEN_SHARE", getenv("BUILD") ? getenv("BUILD") : "build", 1);      /* the catalogue that was just built */
    lang_start();
    unsetenv("DOLEN_SHARE");
    lang_set(LANG_EN);
    return cmocka_run_group_tests_name("talk notes", tests, NULL, NULL);
}
