/* test_safe_everywhere.c - a protected person is walked through: every view, every row, both languages, wide and narrow, and
 * none of the protected values is in any frame. The same walk about somebody who is not protected finds them. */
#include "every_view.h"

#include <ctype.h>

#include "dolen/base/banned.h"

/* Telling parts, because a narrow screen wraps the whole. */
static const char *const values[] = { "02920999888", "2920999", "02920999777", "nia@example", "example.org", "Cuddlwybr",
                                      "CF10", "07700900555", "W01000997" };

static bool seen[ARRAY_LEN(values)];

/* A number stands in groups of digits: the screen with the blanks between digits taken out. */
static void close_up(const char *screen, struct buf *out)
{
    for (const char *p = screen; *p; p++)
        if (*p != ' ' || p == screen || !isdigit((unsigned char) p[-1]) || !isdigit((unsigned char) p[1]))
            buf_add_char(out, *p);
}

static void look(struct world *w, const char *view)
{
    struct buf closed = BUF_INIT;

    close_up(buf_text(&w->dump), &closed);
    const char *s = buf_text(&closed);

    for (size_t i = 0; i < ARRAY_LEN(values); i++)
        if (strcasestr(s, values[i])) {
            if (!seen[i])
                fprintf(stderr, "%s shows %s\n", view, values[i]);
            seen[i] = true;
        }
    buf_release(&closed);
}

static void walk_view(struct world *w, const struct every_view *e)
{
    static const char *const moves[] = { "PageDown", "PageDown", "End", "Home" };
    static const int sizes[][2] = { { 60, 200 }, { 12, 40 } };

    e->open(w);
    for (size_t k = 0; k < ARRAY_LEN(sizes); k++) {
        show_at(w, sizes[k][0], sizes[k][1]);
        look(w, e->name);
        if (e->at != ON_MARK)
            continue;
        for (int i = 0; i < 25; i++) {
            keys(w, "Down");
            look(w, e->name);
        }
        for (size_t i = 0; i < ARRAY_LEN(moves); i++) {
            keys(w, moves[i]);
            look(w, e->name);
        }
    }
    screen_pop_all(w->ui.screen);
    canvas_resize(w->canvas, 24, 80);
}

/* The form that holds the values, as the program opens it for this person. */
static void open_person_form(struct world *w)
{
    struct form_host host = { .save = nothing_more, .file = nothing_more, .release = session_gone };
    struct answers a = ANSWERS_INIT;
    struct record r;
    struct session *s;
    bool guarded;

    record_init(&r, T_PERSON);
    assert_ok(store_get(w->store, T_PERSON, w->person, &r, &err_));
    guarded = person_is_protected(w->store, &r);
    record_release(&r);
    assert_ok(store_answers(w->store, T_PERSON, w->person, &a, &err_));
    s = session_new(catalog_form(w->catalog, "person", &err_), &a, NULL, 0, w->ui.today);
    answers_release(&a);
    host.ctx = s;
    push(w, form_view_new(&w->ui, s, &host, w->person, guarded, NULL, NULL));
}

static const struct every_view person_form = { "form person", open_person_form, ON_MARK, "", "" };

/* What two laptops wrote differently of it. */
static void differ(struct world *w)
{
    static const char *const sides[][3] = {
        { "phone", "\"02920999777\"", "\"02920999888\"" }, { "email", "\"nia@example.org\"", "\"x@example.org\"" },
        { "address", "\"17 Cuddlwybr\"", "\"1 Cuddlwybr\"" }, { "postcode", "\"CF10 1AA\"", "\"CF10 1AB\"" },
        { "lsoa", "\"W01000997\"", "\"W01000996\"" }, { "emergency_phone", "\"07700900555\"", "\"07700900555\"" },
    };
    struct id_text p = text_of(w->person);

    for (size_t i = 0; i < ARRAY_LEN(sides); i++)
        put(w, T_DIFFERENCE, "person", p.s, "subject", p.s, "entity", "person", "field", sides[i][0], "theirs", sides[i][1],
            "ancestor", sides[i][2], "versions", "{}", "peer", "x", NULL);
}

static void walk_all(struct world *w)
{
    memset(seen, 0, sizeof seen);
    differ(w);
    change(w, T_PERSON, w->person, PERSON_address, "17 Cuddlwybr");
    change(w, T_PERSON, w->person, PERSON_lsoa, "W01000997");
    change(w, T_PERSON, w->person, PERSON_phone2, "02920999777");
    change(w, T_PERSON, w->person, PERSON_emergency_phone, "07700900555");
    for (int l = 0; l < LANG_COUNT; l++) {
        lang_set((enum lang) l);
        for (size_t i = 0; i < ARRAY_LEN(every_view); i++)
            walk_view(w, &every_view[i]);
        walk_view(w, &person_form);
    }
    lang_set(LANG_EN);
}

static void no_frame_shows_a_protected_value(void **state)
{
    struct world *w = *state;

    walk_all(w);
    for (size_t i = 0; i < ARRAY_LEN(values); i++)
        if (seen[i])
            fail_msg("%s was shown", values[i]);
}

static void the_same_walk_finds_them_for_somebody_else(void **state)
{
    struct world *w = *state;

    change(w, T_PERSON, w->person, PERSON_safe_contact, "NO");
    walk_all(w);
    for (size_t i = 0; i < ARRAY_LEN(values); i++)
        if (!seen[i])
            fail_msg("%s was shown nowhere", values[i]);
}

/* Not protected here, but another laptop says that they are: nobody has settled it. */
static void what_another_laptop_protects_is_protected(struct world *w, const char *field, const char *theirs)
{
    struct id_text p = text_of(w->person);

    change(w, T_PERSON, w->person, PERSON_safe_contact, "NO");
    put(w, T_DIFFERENCE, "person", p.s, "subject", p.s, "entity", "person", "field", field, "theirs", theirs, "versions", "{}",
        "peer", "x", NULL);
    walk_all(w);
    for (size_t i = 0; i < ARRAY_LEN(values); i++)
        if (seen[i])
            fail_msg("%s was shown", values[i]);
}

static void another_laptops_rule_protects_until_it_is_settled(void **state)
{
    what_another_laptop_protects_is_protected(*state, "safe_contact", "\"YES\"");
}

static void another_laptops_do_not_contact_protects_until_it_is_settled(void **state)
{
    what_another_laptop_protects_is_protected(*state, "do_not_contact", "\"YES\"");
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, everything_open, world_close)
    const struct CMUnitTest tests[] = { T(no_frame_shows_a_protected_value), T(the_same_walk_finds_them_for_somebody_else),
        T(another_laptops_rule_protects_until_it_is_settled), T(another_laptops_do_not_contact_protects_until_it_is_settled) };
#undef T

    return cmocka_run_group_tests(tests, NULL, NULL);
}
