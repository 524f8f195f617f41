/* Whose form it is: name, language and one neutral mark, never a word about why. */
#include "../unit/store/fixture.h"
#include "form_stage.h"

#include "dolen/base/banned.h"

static struct id person(struct fixture *x, bool safe)
{
    struct record r;

    record_init(&r, T_PERSON);
    record_set(&r, PERSON_given_name, "Nia");
    record_set(&r, PERSON_family_name, "Pritchard");
    record_set(&r, PERSON_speak_language, "CY");
    record_set(&r, PERSON_safe_contact, safe ? "YES" : "NO");
    record_set(&r, PERSON_phone, "01632960999");
    assert_ok(store_put(x->store, &r, NULL, &err_));
    struct id id = r.id;

    record_release(&r);
    return id;
}

static void assert_banner(struct fixture *x, bool safe, enum lang l, const char *want)
{
    struct rig *s = stage_new(24, 80);
    struct form_stage f = { .s = s };
    struct form_host host = { &f, count_save, count_file, count_release, NULL, NULL, NULL, NULL };
    struct answers a = ANSWERS_INIT;
    struct id id = person(x, safe);

    s->ui.store = x->store;
    assert_ok(store_answers(x->store, T_PERSON, id, &a, &err_));
    f.session = session_new(catalog_form(s->catalog, "person", NULL), &a, NULL, 0, s->ui.today);
    lang_set(l);
    screen_push(s->screen, bottom_new());
    screen_push(s->screen, form_view_new(&s->ui, f.session, &host, id, safe, NULL, "Draft of 14:07"));
    assert_shown(s, want);
    assert_shown(s, "Draft of 14:07");
    for (int i = 0; safe && i < 80; i++) {
        assert_not_shown(s, "960999");
        keys(s, "Tab");
    }
    assert_true(id_eq(screen_focus(s->screen).person, id));
    stage_free(s);
    assert_int_equal(f.released, 1);
    session_free(&f.session);
    answers_release(&a);
}

static void name_language_and_mark(void **state)
{
    assert_banner(*state, false, LANG_EN, "  Nia Pritchard · Cymraeg (Welsh)\n");
    assert_banner(*state, true, LANG_EN, "  * Nia Pritchard · Cymraeg (Welsh)\n");
    assert_banner(*state, true, LANG_CY, "  * Nia Pritchard · Cymraeg\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(name_language_and_mark, fixture_open, fixture_close),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
