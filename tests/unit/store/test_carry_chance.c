/* Three laptops that write, send and settle by chance: in any order they come to agree, and no value is lost unseen. */
#include "carry_world.h"

#include "store/carry_priv.h"

#include "dolen/base/banned.h"

static uint32_t seed;
static uint32_t chance(uint32_t n)
{
    seed = seed * 1664525u + 1013904223u;
    return (seed >> 8) % n;
}

/* Every value that is written is another one; each must stand in the end, or have been seen by who wrote over it. */
#define VALUES_MAX 4096
static bool accounted[VALUES_MAX];
static int  values;

static void account(const char *text)
{
    for (const char *p = text; p && (p = strchr(p, '<')); p++)
        accounted[atoi(p + 1)] = true;
}

static const struct { enum table_id t; int column; } fields[] = {
    { T_PERSON, PERSON_communication_needs }, { T_PERSON, PERSON_preferred_name }, { T_PERSON, PERSON_gp_practice },
    { T_CONTACT, CONTACT_note }, { T_CONTACT, CONTACT_next_what }, { T_GAP, GAP_needed }, { T_GAP, GAP_note },
};

static struct id ids[T_COUNT];

static void random_edit(struct world *w)
{
    size_t f = chance(ARRAY_LEN(fields));
    struct store *s = w->l[chance(LAPTOPS)].s;
    struct record r = { .text = NULL };
    char value[32];

    if (values >= VALUES_MAX || store_get(s, fields[f].t, ids[fields[f].t], &r, NULL) != ST_OK) {
        record_release(&r);
        return;                         /* it has not come here yet */
    }
    account(record_text(&r, fields[f].column));         /* seen, and written over */
    snprintf(value, sizeof value, "<%d>", values++);
    record_set(&r, fields[f].column, value);
    assert_ok(store_put(s, &r, NULL, &err_));
    record_release(&r);
}

/* Whoever settles has both before their eyes. */
static void random_settle(struct store *s)
{
    struct record d = { .text = NULL }, r = { .text = NULL };
    struct id id = first_difference(s);
    enum table_id t;

    if (!id_is_set(id))
        return;
    assert_ok(store_get(s, T_DIFFERENCE, id, &d, &err_));
    account(record_text(&d, DIFFERENCE_theirs));
    assert_true(table_by_name(record_text(&d, DIFFERENCE_entity), &t));
    assert_ok(store_get(s, t, record_id(&d, DIFFERENCE_subject), &r, &err_));
    for (int c = 0; c < table_column_count(t); c++)
        if (!record_or(&d, DIFFERENCE_field, "")[0] || str_eq(record_text(&d, DIFFERENCE_field), table_column_name(t, c)))
            account(record_text(&r, c));
    assert_ok(store_settle(s, id, (enum settle) chance(3), &err_));
    record_release(&d);
    record_release(&r);
}

static void all_pass_round(struct world *w)
{
    for (int round = 0; round < 40; round++) {
        bool quiet = true;

        for (int from = 0; from < LAPTOPS; from++)
            for (int to = 0; to < LAPTOPS; to++) {
                int64_t before = store_version(w->l[to].s);

                if (from != to)
                    pass(w, from, to);
                quiet = quiet && store_version(w->l[to].s) == before;
            }
        for (int i = 0; i < LAPTOPS; i++)
            while (differences(w->l[i].s) && i == round % LAPTOPS) {    /* one laptop settles, the others hear of it */
                random_settle(w->l[i].s);
                quiet = false;
            }
        if (quiet)
            return;
    }
    fail_msg("the laptops never agreed");
}

static void everything_is_the_same_everywhere(struct world *w)
{
    struct json *here = make(w, 0);

    for (int i = 1; i < LAPTOPS; i++) {
        struct holding *all;
        size_t n;

        assert_int_equal(differences(w->l[i].s), 0);
        assert_ok(store_holdings(w->l[0].s, w->person, &all, &n, &err_));
        for (size_t k = 0; k < n; k++) {
            struct carried a = { .fields = NULL }, b = { .fields = NULL };

            if (all[k].table == T_DIFFERENCE)
                continue;
            assert_ok(carried_read(w->l[0].s, all[k].table, all[k].id, &a, &err_));
            assert_ok(carried_read(w->l[i].s, all[k].table, all[k].id, &b, &err_));
            assert_true(json_equal(a.fields, b.fields));
            carried_release(&a);
            carried_release(&b);
        }
        free(all);
    }
    json_free(&here);
}

static void stands(struct store *s, struct id person)
{
    struct holding *all;
    size_t n;

    assert_ok(store_holdings(s, person, &all, &n, &err_));
    for (size_t k = 0; k < n; k++) {
        struct record r = { .text = NULL };

        if (all[k].table != T_DIFFERENCE) {
            assert_ok(store_get(s, all[k].table, all[k].id, &r, &err_));
            for (int c = 0; c < table_column_count(all[k].table); c++)
                account(record_text(&r, c));
        }
        record_release(&r);
    }
    free(all);
}

static void one_history(uint32_t from_seed)
{
    struct { struct json *load; int from, to; } on_the_way[24];
    size_t n = 0;
    void *state = NULL;
    struct world *w;

    if (open_world(&state) != 0) {
        fail();
        return;
    }
    w = state;
    seed = from_seed;
    values = 0;
    memset(accounted, 0, sizeof accounted);
    w->person = person_add(w->l[0].s, "Nia", "Prawf");
    ids[T_PERSON] = w->person;
    ids[T_CONTACT] = row_add(w->l[0].s, T_CONTACT, "person", w->person, CONTACT_kind, "PHONE");
    ids[T_GAP] = row_add(w->l[0].s, T_GAP, "person", w->person, GAP_category, "TRANSPORT");
    pass(w, 0, 1);
    for (int i = 0; i < 120; i++) {
        uint32_t what = chance(10);

        if (what < 5) {
            random_edit(w);
        } else if (what < 7 && n < ARRAY_LEN(on_the_way)) {     /* a file is made; it may arrive late, twice or never */
            int from = (int) chance(2), to = (int) chance(LAPTOPS);

            if (from != to) {
                on_the_way[n].load = make(w, from);
                on_the_way[n].from = from;
                on_the_way[n++].to = to;
            }
        } else if (what < 9 && n > 0) {
            size_t k = chance((uint32_t) n);
            struct json *told = take(w, on_the_way[k].load, on_the_way[k].from, on_the_way[k].to);

            json_free(&told);
        } else {
            random_settle(w->l[chance(LAPTOPS)].s);
        }
    }
    for (size_t k = 0; k < n; k++)
        json_free(&on_the_way[k].load);
    all_pass_round(w);
    everything_is_the_same_everywhere(w);
    stands(w->l[0].s, w->person);
    for (int v = 0; v < values; v++)
        if (!accounted[v])
            fail_msg("seed %u: value %d was lost without a word", from_seed, v);
    for (int i = 0; i < LAPTOPS; i++)
        assert_ok(store_verify_history(w->l[i].s, &err_));
    close_world(&state);
}

static void in_any_order_they_agree_and_nothing_is_lost(void **state)
{
    (void) state;
    for (uint32_t s = 1; s <= 12; s++)
        one_history(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(in_any_order_they_agree_and_nothing_is_lost) };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
