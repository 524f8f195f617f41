/* test_drill_file.c - a step of a drill is in the case file and in the play, or in neither. */
#include "fixture.h"

#include "dolen/drill/drill_file.h"

static struct case_file file;
static struct catalog *cat;
static struct attempt *attempt;

static int begin(void **state)
{
    const struct drill *d;
    struct attempt_start start = { .hash = "ffeeddccbbaa99887766554433221100ffeeddccbbaa99887766554433221100", .seed = 7,
                                   .today = today };

    (void) state;
    file = made(1, 7, 0, pretend);
    cat = catalog_new("forms", NULL);
    d = catalog_drill(cat, "carer", &err);
    assert_non_null(d);
    start.d = d;
    assert_ok(attempt_begin(&attempt, file.store, cat, &start, &err));
    return 0;
}

static int end(void **state)
{
    (void) state;
    attempt_free(&attempt);
    catalog_free(&cat);
    gone(&file);
    return 0;
}

static const char *first_offer(void)
{
    int order[DRILL_OFFERS_MAX];
    const struct drill_turn *t = &attempt->d->turns[drill_play_state(attempt->play)->turn];

    assert_true(drill_play_offers(attempt->play, order) > 0);
    return t->offers[order[0]].id;
}

static size_t steps_played(void)
{
    size_t n;

    drill_play_log(attempt->play, &n);
    return n;
}

static void a_step_that_cannot_be_written_was_not_made(void **state)
{
    static char contact[] = "contact";
    const struct form form = { .id = contact };
    const struct answers none = ANSWERS_INIT;
    struct drill_state before;

    (void) state;
    assert_ok(attempt_say(attempt, first_offer(), &err));
    before = *drill_play_state(attempt->play);
    assert_ok(db_exec(file.store->db, "CREATE TEMP TRIGGER full BEFORE INSERT ON drill_step "
                                      "BEGIN SELECT RAISE(ABORT, 'full'); END", &err));
    assert_int_not_equal(attempt_say(attempt, first_offer(), &err), ST_OK);
    assert_int_not_equal(attempt_filed(attempt, &form, ID_NONE, &none, &err), ST_OK);
    assert_int_equal(steps_played(), 1);
    assert_memory_equal(drill_play_state(attempt->play), &before, sizeof before);
    assert_int_equal(drill_play_clock(attempt->play), before.minutes);
    assert_ok(db_exec(file.store->db, "DROP TRIGGER full", &err));
}

static void what_is_said_after_a_failure_is_there_when_it_is_opened_again(void **state)
{
    struct drill_state before;
    struct id id = attempt->row.id;

    (void) state;
    assert_ok(attempt_say(attempt, first_offer(), &err));
    assert_int_equal(ask(&file, "SELECT max(position) FROM drill_step"), steps_played());
    before = *drill_play_state(attempt->play);
    attempt_free(&attempt);
    assert_ok(attempt_open(&attempt, file.store, cat, id, &err));
    assert_int_equal(steps_played(), 2);
    assert_memory_equal(drill_play_state(attempt->play), &before, sizeof before);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_step_that_cannot_be_written_was_not_made),
        cmocka_unit_test(what_is_said_after_a_failure_is_there_when_it_is_opened_again),
    };

    return cmocka_run_group_tests(tests, begin, end);
}
