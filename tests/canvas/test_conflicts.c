/* What two laptops wrote differently, on the screen: both sides, what is covered, and what 1, 2 and b ask for. */
#include "person_world.h"

#include "dolen/ui/field_words.h"
#include "store/carry_priv.h"

#include "dolen/base/banned.h"

static struct id settled;
static int       settled_how;

static unsigned settle(void *ctx, struct id difference, int how)
{
    (void) ctx;
    settled = difference;
    settled_how = how;
    return REACT_NONE;
}

static bool     noted, note_fails;

static bool read_out(void *ctx, struct id difference)
{
    (void) ctx;
    (void) difference;
    noted = true;
    return !note_fails;
}

static struct id differ(struct world *w, const char *entity, struct id subject, const char *field, const char *theirs,
                        const char *before)
{
    return put(w, T_DIFFERENCE, "person", text_of(w->person).s, "subject", text_of(subject).s, "entity", entity, "field", field,
               "theirs", theirs, "ancestor", before, "versions", "{}", "peer", "x", NULL);
}

static void both_sides_stand_below_the_list(void **state)
{
    struct world *w = *state;
    struct id d;

    add_case(w);
    change(w, T_PERSON, w->person, PERSON_gp_practice, "Y Feddygfa");
    d = differ(w, "person", w->person, "gp_practice", "\"Canolfan Iechyd\"", "\"Hen Feddygfa\"");
    screen_push(w->ui.screen, conflicts_view_new(&w->ui, settle, read_out, NULL));
    for (int at = 0; next_look(w, &at);) {
        assert_clean(w);
        assert_on_mark(w);
        assert_shows(w, "Nia");
        assert_shows(w, "1 mine: Y Feddygfa");
        assert_shows(w, "2 theirs: Canolfan Iechyd");
        assert_shows(w, "before: Hen Feddygfa");
    }
    settled_how = -1;
    keys(w, "2");
    assert_int_equal(settled_how, SETTLE_THEIRS);
    assert_true(id_eq(settled, d));
    keys(w, "1");
    assert_int_equal(settled_how, SETTLE_MINE);
    keys(w, "b");
    assert_int_equal(settled_how, SETTLE_BOTH);
}

/* Which of the two is right cannot be told from dots: they are read when somebody asks, and the history says so. */
static void covered_values_are_read_when_asked_for(void **state)
{
    struct world *w = *state;

    add_case(w);                        /* protected, with a phone */
    differ(w, "person", w->person, "phone", "\"02920999777\"", "null");
    screen_push(w->ui.screen, conflicts_view_new(&w->ui, settle, read_out, NULL));
    show_at(w, 24, 80);
    assert_shows(w, "the history says so");
    assert_hides(w, "9888");
    assert_hides(w, "9777");
    noted = false;
    note_fails = true;
    keys(w, "Enter");
    assert_true(noted);
    assert_hides(w, "9777");
    note_fails = false;
    keys(w, "Enter");
    assert_shows(w, "1 mine:");
    assert_shows(w, "9888");
    assert_shows(w, "9777");
    noted = false;
    keys(w, "Enter");
    assert_false(noted);
    assert_hides(w, "9777");
}

static void a_whole_contact_shows_the_fields_that_differ(void **state)
{
    struct world *w = *state;
    struct id contact;

    add_case(w);
    contact = put(w, T_CONTACT, "person", text_of(w->person).s, "episode", text_of(w->episode).s, "held_on", "2026-02-20",
                  "note", "Rang about the bus.", NULL);
    differ(w, "contact", contact, "", "{\"note\": \"Rang twice.\", \"minutes\": \"20\"}", NULL);
    screen_push(w->ui.screen, conflicts_view_new(&w->ui, settle, read_out, NULL));
    show_at(w, 24, 80);
    assert_shows(w, "1 mine: Rang about the bus.");
    assert_shows(w, "2 theirs: Rang twice.");
    assert_shows(w, "1 mine: (empty)");
    assert_shows(w, "2 theirs: 20");
}

/* Two contacts of one person are told apart by their day, and a small window scrolls to the end of both sides. */
static void a_small_window_reads_both_sides_whole(void **state)
{
    struct world *w = *state;
    struct id contact;

    add_case(w);
    contact = put(w, T_CONTACT, "person", text_of(w->person).s, "episode", text_of(w->episode).s, "held_on", "2026-02-20",
                  "note", "Talked about the choir on Monday, and she would like to go with her neighbour who sings there.", NULL);
    differ(w, "contact", contact, "", "{\"note\": \"Talked about the walking group; she would rather not go on her own, "
           "and asks for a lift from the square below.\"}", NULL);
    screen_push(w->ui.screen, conflicts_view_new(&w->ui, settle, read_out, NULL));
    show_at(w, 12, 40);
    assert_shows(w, "20 Feb 2026");
    assert_shows(w, "1 mine, 2 theirs, b both");
    assert_shows(w, "PageDown: more");
    assert_hides(w, "square below");
    keys(w, "PageDown");
    assert_shows(w, "square below");
    keys(w, "PageUp");
    assert_shows(w, "1 mine: Talked about the choir");
    show_at(w, 24, 80);
    assert_shows(w, "square below");
    assert_hides(w, "PageDown: more");
}

static void something_serious_is_read_only_when_asked_for(void **state)
{
    struct world *w = *state;
    struct id note;

    add_case(w);
    note = put(w, T_CONCERN, "person", text_of(w->person).s, "noted_on", "2026-02-20", "what_seen", "Bruises.", NULL);
    differ(w, "concern", note, "", "{\"what_seen\": \"Bruises on both arms.\"}", NULL);
    screen_push(w->ui.screen, conflicts_view_new(&w->ui, settle, read_out, NULL));
    show_at(w, 24, 80);
    assert_hides(w, "bruises");
    assert_hides(w, "concern");
    keys(w, "Enter");
    assert_shows(w, "Bruises on both arms.");
    keys(w, "Enter");
    assert_hides(w, "bruises");
}

static void nothing_waits(void **state)
{
    struct world *w = *state;

    add_case(w);
    screen_push(w->ui.screen, conflicts_view_new(&w->ui, settle, read_out, NULL));
    show_at(w, 24, 80);
    assert_shows(w, "Two laptops (0)");
    assert_shows(w, "No difference waits to be settled.");
    settled_how = -1;
    keys(w, "1");
    assert_int_equal(settled_how, -1);
}

/* Whatever may differ or be taken over has a name in both languages, and none of them is a column's. */
static void every_field_that_travels_has_a_name(void **state)
{
    static const char *const kept_here[] = { "sort_key", "missing", "form_def", "def_hash", "slot" };
    struct world *w = *state;

    for (int l = 0; l < 2; l++)
        for (int t = 0; t < T_COUNT; t++)
            for (int c = 0; is_carried((enum table_id) t) && c < table_column_count((enum table_id) t); c++) {
                const char *column = table_column_name((enum table_id) t, c);
                struct field_at f = { (enum table_id) t, ID_NONE, ID_NONE, column, false };
                struct buf b = BUF_INIT;
                bool here = false;

                for (size_t i = 0; i < ARRAY_LEN(kept_here); i++)
                    here = here || str_eq(kept_here[i], column);
                lang_set(l ? LANG_CY : LANG_EN);
                field_label_put(&w->ui, &f, &b);
                if (!here && str_eq(buf_text(&b), column))
                    print_error("%s.%s has no name in %s\n", table_name((enum table_id) t), column, lang_code(lang_now()));
                assert_true(here || !str_eq(buf_text(&b), column));
                buf_release(&b);
            }
}

static void value_is(struct world *w, enum table_id t, const char *column, const char *value, const char *en, const char *cy)
{
    struct field_at f = { t, ID_NONE, w->person, column, false };
    struct json *j = json_new_text(value);

    for (int l = 0; l < 2; l++) {
        struct buf b = BUF_INIT;

        lang_set(l ? LANG_CY : LANG_EN);
        field_value_put(&w->ui, &f, j, &b);
        assert_string_equal(buf_text(&b), l ? cy : en);
        buf_release(&b);
    }
    json_free(&j);
}

/* The words of forms and lists are here in both languages; those of the program itself stand in the catalogue. */
static void values_are_words_dates_and_names(void **state)
{
    struct world *w = *state;

    add_case(w);
    value_is(w, T_PERSON, "speak_language", "CY", "Cymraeg (Welsh)", "Cymraeg");
    value_is(w, T_PERSON, "birth_date", "1950-02-03", "3 Feb 1950", "3 Feb 1950");
    value_is(w, T_PERSON, "phone", "02920999888", "•••", "•••");
    value_is(w, T_ACTION, "state", "DONE", "Done", "Done");
    value_is(w, T_GOAL, "state", "OPEN", "Working on it", "Ar waith");
    value_is(w, T_TASK, "kind", "FEEDBACK_OWED", "Feedback owed to the referrer", "Feedback owed to the referrer");
    value_is(w, T_GAP, "binned", "1", "yes", "yes");
    value_is(w, T_EPISODE, "person", text_of(w->person).s, "Nia Pritchard", "Nia Pritchard");
}

#define T(f) cmocka_unit_test_setup_teardown(f, world_open, world_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(both_sides_stand_below_the_list), T(covered_values_are_read_when_asked_for), T(a_whole_contact_shows_the_fields_that_differ),
        T(a_small_window_reads_both_sides_whole),
        T(something_serious_is_read_only_when_asked_for), T(nothing_waits),
        T(every_field_that_travels_has_a_name), T(values_are_words_dates_and_names),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
