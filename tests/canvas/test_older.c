/* Answers that were given to an older definition of a form: shown with their own questions, kept when nobody asks any more. */
#include "person_world.h"

#include "dolen/base/banned.h"

#define PETS "questions:\n  - {name: pets, type: text, label: {en: Animals in the house, cy: Anifeiliaid yn y ty}}\n"

/* The shipped conversation as it might have been once: with a question more. */
static char *older_source(struct world *w)
{
    size_t n;
    const char *now = form_source(catalog_form(w->catalog, "conversation", &err_), &n);
    const char *at = strstr(now, "questions:\n");

    assert_non_null(at);
    return xasprintf("%.*s" PETS "%s", (int) (at - now), now, at + strlen("questions:\n"));
}

static void file_with(struct world *w, struct id *id, const char *source, char mark, const char *pets, const char *matters)
{
    struct answers a = ANSWERS_INIT;
    char hash[DEFINITION_HASH];
    struct filing f = { .form = "conversation", .version = 1, .binds = T_COUNT, .id = *id, .hash = hash, .yaml = source,
                        .yaml_bytes = strlen(source), .person = w->person, .episode = w->episode, .answers = &a,
                        .language = "en", .held_on = { 2026, 3, 2 } };

    memset(hash, mark, sizeof hash - 1);
    hash[sizeof hash - 1] = '\0';
    answers_set(&a, "pets", 0, pets);
    answers_set(&a, "what_matters", 0, matters);
    assert_ok(store_file(w->store, &f, &err_));
    *id = f.id;
    answers_release(&a);
}

static void at_sizes(struct world *w, const char *text, const char *gone)
{
    static const int sizes[][2] = { { 24, 80 }, { 12, 40 }, { 60, 200 } };

    for (size_t i = 0; i < ARRAY_LEN(sizes); i++) {
        show_at(w, sizes[i][0], sizes[i][1]);
        keys(w, "End");
        assert_clean(w);
        assert_on_mark(w);
        if (sizes[i][1] == 40) {
            assert_shows(w, "two cats");
            continue;
        }
        assert_shows(w, text);
        assert_shows(w, "two cats");
        if (gone)
            assert_hides(w, gone);
    }
}

static void an_old_answer_stands_under_its_own_question(void **state)
{
    struct world *w = *state;
    char *old = older_source(w);
    struct id r = ID_NONE;

    add_case(w);
    file_with(w, &r, old, 'a', "two cats", NULL);
    screen_push(w->ui.screen, person_view_new(&w->ui, w->person, SECTION_CONVERSATION));
    at_sizes(w, "Animals in the house", "No longer asked");
    assert_shows(w, "another wording of this form than the one in use (dolen form upgrade conversation)");
    lang_set(LANG_CY);
    screen_changed(w->ui.screen, ~0u);
    at_sizes(w, "Anifeiliaid yn y ty", "Animals in the house");
    free(old);
}

static void what_is_no_longer_asked_is_kept_and_shown(void **state)
{
    struct world *w = *state;
    char *old = older_source(w);
    size_t n;
    const char *now = form_source(catalog_form(w->catalog, "conversation", &err_), &n);
    struct id r = ID_NONE;

    add_case(w);
    file_with(w, &r, old, 'a', "two cats", NULL);
    file_with(w, &r, now, 'b', "two cats", NULL);
    screen_push(w->ui.screen, person_view_new(&w->ui, w->person, SECTION_CONVERSATION));
    at_sizes(w, "No longer asked; kept:", "another wording");
    assert_shows(w, "Animals in the house");
    lang_set(LANG_CY);
    screen_changed(w->ui.screen, ~0u);
    at_sizes(w, "Anifeiliaid yn y ty", "Animals in the house");
    free(old);
}

static void as_it_was_it_stands_under_the_question_of_then(void **state)
{
    const struct date first = { 2026, 3, 2 }, second = { 2026, 3, 8 };
    struct world *w = *state;
    char *old = older_source(w);
    size_t n;
    const char *now = form_source(catalog_form(w->catalog, "conversation", &err_), &n);
    struct id r = ID_NONE;

    clock_freeze(first);
    add_case(w);
    file_with(w, &r, old, 'a', "two cats", NULL);
    clock_freeze(second);
    file_with(w, &r, now, 'b', "two cats and a dog", NULL);
    screen_push(w->ui.screen, as_of_view_new(&w->ui, w->person, first));
    show_at(w, 60, 200);
    assert_shows(w, "Animals in the house: two cats");
    assert_hides(w, "a dog");
    screen_pop_all(w->ui.screen);
    screen_push(w->ui.screen, as_of_view_new(&w->ui, w->person, second));
    show_at(w, 60, 200);
    assert_shows(w, "Animals in the house: two cats and a dog");
    free(old);
}

#define T(f) cmocka_unit_test_setup_teardown(f, world_open, world_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(an_old_answer_stands_under_its_own_question),
        T(what_is_no_longer_asked_is_kept_and_shown),
        T(as_it_was_it_stands_under_the_question_of_then),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
