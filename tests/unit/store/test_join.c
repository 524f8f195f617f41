/* Two entries of the directory that are one thing: what pointed at the other goes on about the kept one, and is the
 * other's again once they are parted. */
#include "carry_world.h"

#include "dolen/store/past.h"

#include "dolen/base/banned.h"

static struct id entry(struct store *s, const char *name)
{
    return row_add(s, T_ASSET, "offer", ID_NONE, ASSET_name_en, name);
}

static void join(struct store *s, struct id keep, struct id other)
{
    size_t moved;

    assert_ok(store_join_assets(s, keep, other, &moved, &err_));
}

static void refused_for_laptops(struct store *s, struct id keep, struct id other)
{
    struct err err = { .st = ST_OK };
    size_t moved;

    assert_int_equal(store_join_assets(s, keep, other, &moved, &err), ST_REFUSED);
    assert_non_null(strstr(err_text(&err), "two laptops"));
}

static void part(struct store *s, int64_t after)
{
    size_t n;

    assert_ok(store_take_back(s, after, store_version(s), &n, &err_));
    assert_true(n > 0);
}

static bool stands_for(struct store *s, struct id asset, struct id now)
{
    return id_eq(asset_now(s, asset), now);
}

static void what_names_the_other_means_the_kept_one(void **state)
{
    struct fixture *f = *state;
    struct id keep = entry(f->store, "Shed"), other = entry(f->store, "Sied"), last = entry(f->store, "Men's Shed");
    int64_t first = store_version(f->store), second;

    assert_true(stands_for(f->store, other, other) && stands_for(f->store, ID_NONE, ID_NONE));
    join(f->store, keep, other);
    second = store_version(f->store);
    assert_true(stands_for(f->store, other, keep) && stands_for(f->store, keep, keep));
    join(f->store, last, keep);
    assert_true(stands_for(f->store, other, last) && stands_for(f->store, keep, last));
    part(f->store, second);
    assert_true(stands_for(f->store, other, keep) && stands_for(f->store, keep, keep));
    part(f->store, first);
    assert_true(stands_for(f->store, other, other));
    assert_column(f->store, T_ASSET, other, ASSET_joined, NULL);
}

static void taken_out_of_the_bin_by_hand_it_is_its_own_again(void **state)
{
    struct fixture *f = *state;
    struct id keep = entry(f->store, "Shed"), other = entry(f->store, "Sied");

    join(f->store, keep, other);
    assert_ok(store_unbin(f->store, T_ASSET, other, &err_));
    assert_true(stands_for(f->store, other, other));
    assert_ok(store_bin(f->store, T_ASSET, other, "closed", &err_));
    assert_true(stands_for(f->store, other, other));
}

static void the_bin_keeps_it_while_a_draft_finds_its_way_by_it(void **state)
{
    struct fixture *f = *state;
    struct id keep = entry(f->store, "Shed"), other = entry(f->store, "Sied"),
              draft = row_add(f->store, T_DRAFT, "record", other, DRAFT_form, "asset");
    struct purged done;
    struct record r = { .text = NULL };

    join(f->store, keep, other);
    assert_ok(store_purge(f->store, clock_now() + 40 * 86400, true, &done, &err_));
    assert_int_equal(done.held, 1);
    assert_true(stands_for(f->store, other, keep));
    assert_ok(store_draft_done(f->store, draft, &err_));
    assert_ok(store_purge(f->store, clock_now() + 40 * 86400, true, &done, &err_));
    assert_int_equal(done.gone, 1);
    assert_int_equal(store_get(f->store, T_ASSET, other, &r, NULL), ST_NOTFOUND);
    record_release(&r);
}

/* --- two laptops ------------------------------------------------------------------------------------------------ */

/* Somebody on both laptops, connected to the entry. */
static struct id connected(struct world *w, struct id asset)
{
    struct id c;

    if (!id_is_set(w->person))
        w->person = person_add(w->l[0].s, "Nia", "Prawf");
    c = row_add(w->l[0].s, T_CONNECTION, "person", w->person, CONNECTION_note, "Likes wood.");
    edit(w->l[0].s, T_CONNECTION, c, CONNECTION_asset, id_show(asset).s);
    pass(w, 0, 1);
    return c;
}

static void what_two_laptops_say_of_the_other_is_settled_first(void **state)
{
    struct world *w = *state;
    struct store *s = w->l[0].s;
    struct id keep = entry(s, "Shed"), other = entry(s, "Sied");

    connected(w, other);
    edit(s, T_ASSET, other, ASSET_web, "https://example.org/1");
    edit(w->l[1].s, T_ASSET, other, ASSET_web, "https://example.org/2");
    assert_int_equal(pass(w, 1, 0), 1);
    refused_for_laptops(s, keep, other);
    assert_ok(store_settle(s, first_difference(s), SETTLE_THEIRS, &err_));
    join(s, keep, other);
    assert_column(s, T_ASSET, keep, ASSET_web, "https://example.org/2");
}

static void a_connection_settled_afterwards_goes_to_the_kept_one(void **state)
{
    struct world *w = *state;
    struct store *s = w->l[0].s;
    struct id keep = entry(s, "Shed"), other = entry(s, "Sied"), c = connected(w, entry(s, "Choir"));

    connected(w, other);
    edit(s, T_CONNECTION, c, CONNECTION_asset, id_show(entry(s, "Band")).s);
    edit(w->l[1].s, T_CONNECTION, c, CONNECTION_asset, id_show(other).s);
    assert_int_equal(pass(w, 1, 0), 1);
    join(s, keep, other);
    assert_ok(store_settle(s, first_difference(s), SETTLE_THEIRS, &err_));
    assert_column(s, T_CONNECTION, c, CONNECTION_asset, id_show(keep).s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_names_the_other_means_the_kept_one, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(taken_out_of_the_bin_by_hand_it_is_its_own_again, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(the_bin_keeps_it_while_a_draft_finds_its_way_by_it, fixture_open,
                                        fixture_close),
        cmocka_unit_test_setup_teardown(what_two_laptops_say_of_the_other_is_settled_first, open_world, close_world),
        cmocka_unit_test_setup_teardown(a_connection_settled_afterwards_goes_to_the_kept_one, open_world, close_world),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
