/* A batch in the making while everything else goes on: what is half made is nobody's, and what becomes known counts. */
#include "outbox_world.h"

#include <poll.h>

static struct sealing *seal_begun(struct fixture *f, struct destination *d, struct outgoing *o)
{
    struct sealing *x = NULL;

    look(f, o, d);
    assert_ok(sealing_begin(&x, f->cf, d, o, &err_));
    return x;
}

static enum status until_over(struct sealing *x)
{
    bool over = false;
    enum status st = ST_OK;

    while (st == ST_OK && !over) {
        struct pollfd bell = { sealing_poll_fd(x), POLLIN, 0 };

        assert_true(poll(&bell, 1, 20000) == 1);
        st = sealing_step(x, &over, &err_);
    }
    return st;
}

static void release(struct destination *d, struct outgoing *o)
{
    outgoing_release(o);
    destination_release(d);
}

static char *path_of(struct fixture *f, const struct record *b, const char *ending)
{
    char *path = outbox_path(f->cf, "w-hub", record_or(b, BATCH_file, "")), *whole = xasprintf("%s%s", path, ending);

    free(path);
    return whole;
}

static void what_is_in_hand_is_left_alone_by_a_tidy(void **state)
{
    struct fixture *f = *state;
    struct destination d;
    struct outgoing o;
    struct sealing *x = seal_begun(f, &d, &o);
    const struct record *b = sealing_batch(x);
    char *path;

    assert_ok(outbox_tidy(f->cf, &err_));
    assert_int_equal(state_of(f, b), BS_DRAFT);
    assert_ok(until_over(x));
    assert_int_equal(state_of(f, b), BS_QUEUED);
    path = path_of(f, b, ".dlnb.minisig");
    assert_true(file_exists(path));
    free(path);
    sealing_free(&x);
    release(&d, &o);
}

static void broken_off_it_leaves_a_given_up_number_and_no_file(void **state)
{
    struct fixture *f = *state;
    struct destination d;
    struct outgoing o;
    struct sealing *x = seal_begun(f, &d, &o);
    struct record b = { .text = NULL }, next;
    char *path = path_of(f, sealing_batch(x), ".dlnb");
    int64_t seq = o.seq;

    b.id = sealing_batch(x)->id;
    sealing_free(&x);
    assert_int_equal(state_of(f, &b), BS_SUPERSEDED);
    assert_false(file_exists(path));
    assert_int_equal(reason_now(f), SNAP_FIRST);
    next = seal(f);
    assert_int_equal(record_int(&next, BATCH_seq, 0), seq + 1);
    record_release(&next);
    release(&d, &o);
    free(path);
}

/* A change while it is sealed is for the next batch; one before sealing began must be looked at. */
static void a_change_in_the_meantime(void **state)
{
    struct fixture *f = *state;
    struct destination d;
    struct outgoing o;
    struct sealing *x = seal_begun(f, &d, &o);

    contact(f);
    assert_ok(until_over(x));
    sealing_free(&x);
    release(&d, &o);
    send_all(f);
    look(f, &o, &d);
    assert_true(o.batch.rows > 0);
    contact(f);
    assert_int_equal(sealing_begin(&x, f->cf, &d, &o, &err_), ST_CONFLICT);
    assert_null(x);
    release(&d, &o);
}

/* The walk over all rows begins anew when something is written between two of its steps. */
static void looking_sees_what_was_written_between_its_steps(void **state)
{
    struct fixture *f = *state;
    struct outbox_wish wish = { false, NULL, NULL };
    struct destination d;
    struct outgoing before, o;
    struct looking *x = NULL;
    bool over = false;

    look(f, &before, &d);
    destination_release(&d);
    assert_ok(destination_open(f->cf, "w-hub", &d, &err_));
    assert_ok(looking_begin(&x, f->cf, &d, &wish, &o, &err_));
    for (int i = 0; i < 4 && !over; i++)
        assert_ok(looking_step(x, &over, &err_));
    assert_false(over);
    contact(f);
    while (!over)
        assert_ok(looking_step(x, &over, &err_));
    looking_free(&x);
    assert_int_equal(o.batch.rows, before.batch.rows + 1);
    assert_int_equal(o.to_version, version_of(o.epoch, store_version(f->cf->store)));
    outgoing_release(&before);
    release(&d, &o);
}

static void another_copy_found_while_sealing_makes_it_unwanted(void **state)
{
    struct fixture *f = *state;
    struct destination d;
    struct outgoing o;
    struct sealing *x;
    struct record rec = { .text = NULL }, b = { .text = NULL };

    x = seal_begun(f, &d, &o);
    b.id = sealing_batch(x)->id;
    assert_ok(store_destination(f->cf->store, "w-hub", &rec, &err_));
    assert_ok(outbox_restart(f->cf->store, &rec, SNAP_FORK, &err_));
    assert_int_equal(until_over(x), ST_CONFLICT);
    sealing_free(&x);
    release(&d, &o);
    assert_int_equal(state_of(f, &b), BS_SUPERSEDED);
    assert_int_equal(reason_now(f), SNAP_FORK);
    record_release(&rec);
}

#define T(f) cmocka_unit_test_setup_teardown(f, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(what_is_in_hand_is_left_alone_by_a_tidy), T(broken_off_it_leaves_a_given_up_number_and_no_file),
        T(a_change_in_the_meantime), T(looking_sees_what_was_written_between_its_steps),
        T(another_copy_found_while_sealing_makes_it_unwanted),
    };

    return cmocka_run_group_tests_name("outbox live", tests, NULL, NULL);
}
