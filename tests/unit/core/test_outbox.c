/* The states of a batch: every arrow, and that there is no other; how long to wait. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "dolen/base/mem.h"
#include "dolen/core/outbox.h"
#include "dolen/base/banned.h"

/* Written down once more, by hand: a row a state, a column an event; "-": this cannot happen. */
static const char *const wanted[BS_COUNT][BE_COUNT] = {
    /*               sealed      abandoned     queue     send       cut_short  sent    network block      no_receipt accepted  refused     quarant. overtaken     resnapshot    lost */
    [BS_DRAFT]   = { "SEALED",   "SUPERSEDED", "-",      "-",       "-",       "-",    "-",    "-",       "-",       "-",      "-",        "-",     "-",          "-",          "-" },
    [BS_SEALED]  = { "-",        "-",          "QUEUED", "-",       "-",       "-",    "-",    "-",       "-",       "ACKED",  "REJECTED", "HELD",  "SUPERSEDED", "SUPERSEDED", "SUPERSEDED" },
    [BS_QUEUED]  = { "-",        "-",          "-",      "SENDING", "-",       "-",    "-",    "-",       "-",       "ACKED",  "REJECTED", "HELD",  "SUPERSEDED", "SUPERSEDED", "SUPERSEDED" },
    [BS_SENDING] = { "-",        "-",          "-",      "-",       "QUEUED",  "SENT", "WAIT", "BLOCKED", "-",       "ACKED",  "REJECTED", "HELD",  "SUPERSEDED", "SUPERSEDED", "SUPERSEDED" },
    [BS_WAIT]    = { "-",        "-",          "-",      "SENDING", "-",       "-",    "-",    "-",       "-",       "ACKED",  "REJECTED", "HELD",  "SUPERSEDED", "SUPERSEDED", "SUPERSEDED" },
    [BS_BLOCKED] = { "-",        "-",          "-",      "SENDING", "-",       "-",    "-",    "-",       "-",       "ACKED",  "REJECTED", "HELD",  "SUPERSEDED", "SUPERSEDED", "SUPERSEDED" },
    [BS_SENT]    = { "-",        "-",          "-",      "-",       "-",       "-",    "-",    "-",       "QUEUED",  "ACKED",  "REJECTED", "HELD",  "SUPERSEDED", "-",          "-" },
    [BS_HELD]    = { "-",        "-",          "-",      "-",       "-",       "-",    "-",    "-",       "-",       "ACKED",  "REJECTED", "-",     "SUPERSEDED", "SUPERSEDED", "-" },
    [BS_ACKED]   = { "-",        "-",          "-",      "-",       "-",       "-",    "-",    "-",       "-",       "-",      "-",        "-",     "-",          "-",          "-" },
    [BS_REJECTED] = { "-",       "-",          "-",      "-",       "-",       "-",    "-",    "-",       "-",       "-",      "-",        "-",     "SUPERSEDED", "SUPERSEDED", "-" },
    [BS_SUPERSEDED] = { "-",     "-",          "-",      "-",       "-",       "-",    "-",    "-",       "-",       "ACKED",  "-",        "-",     "-",          "-",          "-" },
};

static void every_arrow_and_no_other(void **state)
{
    (void) state;
    for (int s = 0; s < BS_COUNT; s++)
        for (int e = 0; e < BE_COUNT; e++) {
            enum batch_state to = BS_COUNT;
            bool goes = batch_step((enum batch_state) s, (enum batch_event) e, &to);
            const char *got = goes ? batch_state_word(to) : "-";

            if (!str_eq(got, wanted[s][e]))
                fail_msg("%s + %s gives %s, not %s", batch_state_word((enum batch_state) s),
                         batch_event_word((enum batch_event) e), got, wanted[s][e]);
            if (!goes)
                assert_int_equal(to, BS_COUNT);
        }
}

static void only_a_receipt_makes_a_batch_arrive(void **state)
{
    (void) state;
    for (int s = 0; s < BS_COUNT; s++)
        for (int e = 0; e < BE_COUNT; e++) {
            enum batch_state to;

            if (!batch_has_arrived((enum batch_state) s) && batch_step((enum batch_state) s, (enum batch_event) e, &to) &&
                batch_has_arrived(to))
                assert_true(e == BE_ACCEPTED || e == BE_REFUSED || e == BE_QUARANTINED);
        }
}

static void words_go_there_and_back(void **state)
{
    enum batch_state s;
    enum snapshot_reason r;

    (void) state;
    for (int i = 0; i < BS_COUNT; i++) {
        assert_true(batch_state_parse(batch_state_word((enum batch_state) i), &s));
        assert_int_equal(s, i);
    }
    assert_false(batch_state_parse("ARRIVED", &s));
    for (int i = 0; i < SNAP_COUNT; i++) {
        assert_true(snapshot_reason_parse(snapshot_reason_word((enum snapshot_reason) i), &r));
        assert_int_equal(r, i);
    }
    assert_true(snapshot_reason_parse(NULL, &r));
    assert_int_equal(r, SNAP_NO);
    assert_true(snapshot_starts_epoch(SNAP_FORK) && snapshot_starts_epoch(SNAP_POLICY) && snapshot_starts_epoch(SNAP_RESTORED));
    assert_false(snapshot_starts_epoch(SNAP_MONTH) || snapshot_starts_epoch(SNAP_ASKED) || snapshot_starts_epoch(SNAP_FIRST));
}

static void waits_grow_to_six_hours_and_no_two_are_alike(void **state)
{
    (void) state;
    assert_int_equal(batch_wait(1, 0), 1);
    assert_int_equal(batch_wait(1, 29), 30);
    assert_int_equal(batch_wait(1, 30), 1);
    assert_int_equal(batch_wait(2, 59), 60);
    assert_int_equal(batch_wait(5, 479), 480);
    for (int tries = 1; tries < 200; tries++)
        for (uint64_t chance = 0; chance < UINT64_MAX / 2; chance = chance * 7 + 12345) {
            int64_t w = batch_wait(tries, chance);

            assert_in_range(w, 1, BATCH_WAIT_MOST);
        }
    assert_int_equal(batch_wait(1000, BATCH_WAIT_MOST - 1), BATCH_WAIT_MOST);
}

/* A clock that was a year ahead left times behind that lie in the future now. */
static void what_was_put_off_by_a_wrong_clock_is_due(void **state)
{
    const int64_t now = 1772000000, hour = 3600, day = 24 * hour, year = 366 * day;

    (void) state;
    assert_false(batch_wait_is_over(now, now + 6 * hour));
    assert_true(batch_wait_is_over(now, now));
    assert_true(batch_wait_is_over(now, now + year));
    assert_false(batch_receipt_is_overdue(now, now - 14 * day + 1));
    assert_true(batch_receipt_is_overdue(now, now - 14 * day));
    assert_false(batch_receipt_is_overdue(now, now + hour));
    assert_true(batch_receipt_is_overdue(now, now + year));
    assert_false(batch_whole_is_due(30));
    assert_true(batch_whole_is_due(31));
    assert_false(batch_whole_is_due(-1));
    assert_true(batch_whole_is_due(-366));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_arrow_and_no_other), cmocka_unit_test(only_a_receipt_makes_a_batch_arrive),
        cmocka_unit_test(words_go_there_and_back), cmocka_unit_test(waits_grow_to_six_hours_and_no_two_are_alike),
        cmocka_unit_test(what_was_put_off_by_a_wrong_clock_is_due),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
