/* test_caseload_counts.c - whatever is done and taken back, the counts kept by triggers are those of a query. */
#include "fixture.h"

#define PEOPLE   6
#define EPISODES 14
#define STEPS    600

static const char apart[] =
    "WITH kept AS (SELECT name, n FROM tally WHERE name LIKE 'with%' AND n <> 0), "
    "true_ones AS (SELECT " TALLY_WITH("practitioner") " AS name, count(DISTINCT person) AS n FROM episode "
    "WHERE closed_on IS NULL AND binned_at IS NULL GROUP BY practitioner) "
    "SELECT (SELECT count(*) FROM (SELECT * FROM kept EXCEPT SELECT * FROM true_ones)) + "
    "(SELECT count(*) FROM (SELECT * FROM true_ones EXCEPT SELECT * FROM kept))";

static unsigned chance(unsigned n)
{
    static uint32_t seed = 20260311;

    seed = seed * 1664525u + 1013904223u;
    return (seed >> 8) % n;
}

struct world {
    struct store *s;
    struct id     with[3], people[PEOPLE], episodes[EPISODES];
};

/* What is refused (a record that was forgotten, nothing to take back) changes nothing, so it is no failure here. */
static bool episode_change(struct world *w, unsigned column)
{
    struct record r = { .text = NULL };
    struct id id = w->episodes[chance(EPISODES)];
    bool done = store_get(w->s, T_EPISODE, id, &r, NULL) == ST_OK;

    if (done && column == EPISODE_practitioner)
        record_set_id(&r, EPISODE_practitioner, w->with[chance(3)]);
    else if (done && column == EPISODE_person)
        record_set_id(&r, EPISODE_person, w->people[chance(PEOPLE)]);
    else if (done)
        record_set(&r, EPISODE_closed_on, chance(2) ? "2026-03-01" : NULL);
    done = done && store_put(w->s, &r, NULL, NULL) == ST_OK;
    record_release(&r);
    return done;
}

static bool step(struct world *w, unsigned kind)
{
    static const unsigned columns[] = { EPISODE_practitioner, EPISODE_person, EPISODE_closed_on };
    struct id at = w->episodes[chance(EPISODES)], who = w->people[chance(PEOPLE)], merge;
    struct json *told = NULL;
    enum table_id what;
    bool done = false;

    if (kind < 3)
        return episode_change(w, columns[kind]);
    if (kind == 3)
        done = store_bin(w->s, T_EPISODE, at, "slip", NULL) == ST_OK;
    else if (kind == 4)
        done = store_unbin(w->s, T_EPISODE, at, NULL) == ST_OK;
    else if (kind == 5)
        done = store_bin(w->s, T_PERSON, who, "slip", NULL) == ST_OK;
    else if (kind == 6)
        done = store_unbin(w->s, T_PERSON, who, NULL) == ST_OK;
    else if (kind == 7)
        done = store_undo(w->s, &what, &at, NULL) == ST_OK;
    else if (kind == 8)
        done = store_merge(w->s, who, w->people[chance(PEOPLE)], &merge, &told, NULL) == ST_OK;
    json_free(&told);
    return done;
}

static void counts_of_caseloads_are_those_of_a_query(void **state)
{
    struct world w = { .s = ((struct fixture *) *state)->store };
    unsigned done[9] = { 0 }, forgotten = 0;

    for (int i = 0; i < 2; i++)
        w.with[i] = row_add(w.s, T_PRACTITIONER, NULL, ID_NONE, PRACTITIONER_name, i ? "Gwen" : "Mair");
    for (int i = 0; i < PEOPLE; i++)
        w.people[i] = person_add(w.s, "Nia", "Prawf");
    for (int i = 0; i < EPISODES; i++)
        w.episodes[i] = row_add(w.s, T_EPISODE, "person", w.people[i % PEOPLE], EPISODE_opened_on, "2026-01-05");
    for (int i = 0; i < STEPS; i++) {
        unsigned kind = i % 40 == 39 ? 8 : chance(8);

        done[kind] += step(&w, kind);
        if (ask(w.s, apart) != 0)
            fail_msg("step %d, of kind %u: the counts are apart", i, kind);
    }
    for (unsigned k = 0; k < ARRAY_LEN(done); k++)
        if (!done[k])
            fail_msg("nothing of kind %u was done", k);
    for (int i = 0; i < PEOPLE; i++) {
        forgotten += store_forget(w.s, w.people[i], NULL) == ST_OK;
        assert_int_equal(ask(w.s, apart), 0);
    }
    assert_true(forgotten > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(counts_of_caseloads_are_those_of_a_query, fixture_open, fixture_close),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
