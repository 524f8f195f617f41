/* Batches and receipts on a real case file, with the hub's half done by the test: every order of receipts, late ones, wrong ones,
 * a fork, a new policy, what time does. */
#include "app/outbox_words.h"
#include "app/policy_offer.h"

#include "outbox_world.h"
#include "store/store_priv.h"

/* --- tests -------------------------------------------------------------------------------------------------------- */

static void receipts_in_every_order_end_alike(void **state)
{
    static const int orders[6][3] = { { 0, 1, 2 }, { 0, 2, 1 }, { 1, 0, 2 }, { 1, 2, 0 }, { 2, 0, 1 }, { 2, 1, 0 } };

    for (size_t o = 0; o < 6; o++) {
        struct record b[3];
        struct fixture *f;

        if (o > 0)
            assert_int_equal(begin(state), 0);
        f = *state;
        for (int i = 0; i < 3; i++) {
            contact(f);
            b[i] = seal(f);
        }
        send_all(f);
        for (int i = 0; i < 3; i++) {
            accept_batch(f, &b[orders[o][i]]);
            accept_batch(f, &b[orders[o][i]]);
        }
        for (int i = 0; i < 3; i++)
            assert_int_equal(state_of(f, &b[i]), BS_ACKED);
        assert_int_equal(column(f, DESTINATION_covered), record_int(&b[2], BATCH_to_version, 0));
        assert_int_equal(reason_now(f), SNAP_NO);
        for (int i = 0; i < 3; i++)
            record_release(&b[i]);
        if (o < 5)
            end(state);
    }
}

static void the_newest_receipt_overtakes_what_is_older(void **state)
{
    struct fixture *f = *state;
    struct record first = seal(f), second;

    contact(f);
    second = seal(f);
    send_all(f);
    accept_batch(f, &second);
    assert_int_equal(state_of(f, &first), BS_SUPERSEDED);
    assert_int_equal(state_of(f, &second), BS_ACKED);
    record_release(&first);
    record_release(&second);
}

static void without_a_receipt_the_same_file_goes_again(void **state)
{
    struct fixture *f = *state;
    struct record b = seal(f);

    send_all(f);
    assert_int_equal(state_of(f, &b), BS_SENT);
    clock_freeze((struct date) { 2026, 3, 22 });
    assert_ok(outbox_tidy(f->cf, &err_));
    assert_int_equal(state_of(f, &b), BS_SENT);
    clock_freeze((struct date) { 2026, 3, 23 });
    assert_ok(outbox_tidy(f->cf, &err_));
    assert_int_equal(state_of(f, &b), BS_QUEUED);
    send_all(f);
    assert_int_equal(state_of(f, &b), BS_SENT);
    record_release(&b);
}

static void a_month_after_a_whole_one_comes_a_whole_one(void **state)
{
    struct fixture *f = *state;
    struct record b = seal(f);

    send_all(f);
    accept_batch(f, &b);
    clock_freeze((struct date) { 2026, 4, 8 });
    assert_int_equal(reason_now(f), SNAP_NO);
    clock_freeze((struct date) { 2026, 4, 9 });
    assert_int_equal(reason_now(f), SNAP_MONTH);
    assert_int_equal(column(f, DESTINATION_epoch), 1);
    record_release(&b);
}

/* In words that somebody at the laptop knows, with the hub's own behind them for whoever they ask. */
static void a_row_that_was_not_taken_in_is_said_in_words(void **state)
{
    struct fixture *f = *state;
    struct receipt_told t = { .effect = EFFECT_APPLIED, .destination = "w-hub" };
    struct buf out = BUF_INIT;

    receipt_init(&t.receipt);
    t.receipt.status = RECEIPT_REJECTED;
    receipt_add_error(&t.receipt, "asset_use", "", "", "code_unknown");
    receipt_add_error(&t.receipt, "contact", "", "", "cells");
    receipt_words(f->cf, &t, &out);
    assert_non_null(strstr(buf_text(&out), "Connection: an answer that their list does not have (asset_use: code_unknown)"));
    assert_non_null(strstr(buf_text(&out), "Contact: not made as they expect: ask the service (contact: cells)"));
    receipt_release(&t.receipt);
    buf_release(&out);
}

/* Somebody with forty contacts has to find the one: by its day, and by the question. */
static void a_refused_row_says_which_record_it_is(void **state)
{
    struct fixture *f = *state;
    struct records of_episode = { NULL, 0, 0 };
    struct record b = seal(f);
    struct destination d;
    struct receipt r;
    struct buf out = BUF_INIT;
    uint8_t key[EXPORT_KEY_BYTES];
    char name[EXPORT_NAME_BYTES];

    send_all(f);
    assert_ok(destination_open(f->cf, "w-hub", &d, &err_));
    assert_ok(destination_key(f->cf->store, "w-hub", key, &err_));
    assert_ok(store_list(f->cf->store, LIST_CONTACTS_OF_EPISODE, f->episode, 0, &of_episode, &err_));
    record_pseudonym(name, key, "contact_key", of_episode.items[0].id);
    batch_rows_words(f->cf, "w-hub", &b, &out);
    assert_int_equal(out.len, 0);
    answer_make(f, &b, &r);
    r.status = RECEIPT_REJECTED;
    r.reason = REASON_ROWS;
    r.covered_version = 0;
    receipt_add_error(&r, "contact", name, "contact_type", "code_unknown");
    for (int i = 0; i < 22; i++)
        receipt_add_error(&r, "contact", "", "", "cells");
    assert_ok(give(f, &r, f->hub, NULL));
    assert_ok(store_get(f->cf->store, T_BATCH, b.id, &b, &err_));
    batch_rows_words(f->cf, "w-hub", &b, &out);
    assert_non_null(strstr(buf_text(&out), "Contact, 1 Mar 2026, "));
    assert_non_null(strstr(buf_text(&out), ": How: an answer that their list does not have (contact: code_unknown)"));
    assert_non_null(strstr(buf_text(&out), "and 3 more"));
    receipt_release(&r);
    records_release(&of_episode);
    destination_release(&d);
    buf_release(&out);
    record_release(&b);
}

static void refused_rows_go_again_with_the_next(void **state)
{
    struct fixture *f = *state;
    struct record b = seal(f), next;
    struct receipt r;

    send_all(f);
    answer_make(f, &b, &r);
    r.status = RECEIPT_REJECTED;
    r.reason = REASON_ROWS;
    r.covered_version = 0;
    receipt_add_error(&r, "contact", "C00000000000000000000000000000001", "held_on", "date");
    assert_ok(give(f, &r, f->hub, NULL));
    receipt_release(&r);
    assert_int_equal(state_of(f, &b), BS_REJECTED);
    assert_int_equal(column(f, DESTINATION_covered), 0);
    next = seal(f);
    assert_int_equal(record_int(&next, BATCH_rows, 0), record_int(&b, BATCH_rows, 0));
    send_all(f);
    accept_batch(f, &next);
    assert_int_equal(state_of(f, &b), BS_SUPERSEDED);
    record_release(&b);
    record_release(&next);
}

static void what_is_held_there_may_be_taken_in_later(void **state)
{
    struct fixture *f = *state;
    struct record b = seal(f);
    struct receipt r;

    send_all(f);
    answer_make(f, &b, &r);
    r.status = RECEIPT_QUARANTINED;
    r.reason = REASON_DELETES_MUCH;
    r.covered_version = 0;
    assert_ok(give(f, &r, f->hub, NULL));
    receipt_release(&r);
    assert_int_equal(state_of(f, &b), BS_HELD);
    accept_batch(f, &b);
    assert_int_equal(state_of(f, &b), BS_ACKED);
    record_release(&b);
}

/* Whether it was read before cannot be asked: it is not taken for one that was not. */
static void a_receipt_that_cannot_be_looked_up_changes_nothing(void **state)
{
    struct fixture *f = *state;
    struct record b = seal(f);
    enum receipt_effect effect;
    struct receipt r;
    bool known;

    send_all(f);
    answer_make(f, &b, &r);
    assert_ok(db_exec(f->cf->store->db, "ALTER TABLE receipt RENAME COLUMN sha256 TO lost", &err_));
    assert_int_not_equal(store_receipt_is_known(f->cf->store, r.manifest_sha256, &known, &err_), ST_OK);
    assert_int_not_equal(give(f, &r, f->hub, &effect), ST_OK);
    assert_int_not_equal(state_of(f, &b), BS_ACKED);
    assert_ok(db_exec(f->cf->store->db, "ALTER TABLE receipt RENAME COLUMN lost TO sha256", &err_));
    assert_ok(give(f, &r, f->hub, &effect));
    assert_int_equal(state_of(f, &b), BS_ACKED);
    receipt_release(&r);
    record_release(&b);
}

static void receipts_of_others_change_nothing(void **state)
{
    struct fixture *f = *state;
    struct record b = seal(f);
    struct receipt r;

    send_all(f);
    answer_make(f, &b, &r);
    assert_int_equal(give(f, &r, f->stranger, NULL), ST_REFUSED);
    memset(r.source_id.b, 9, sizeof r.source_id.b);
    batch_name(r.bundle, r.source_id, 1, 1);
    str_copy(r.bundle + strlen(r.bundle), sizeof r.bundle - strlen(r.bundle), ".dlnb");
    assert_int_equal(give(f, &r, f->hub, NULL), ST_REFUSED);
    receipt_release(&r);
    assert_int_equal(state_of(f, &b), BS_SENT);
    assert_int_equal(column(f, DESTINATION_covered), 0);
    record_release(&b);
}

static void a_hub_that_lost_rows_gets_everything(void **state)
{
    struct fixture *f = *state;
    struct record b = seal(f), next;
    struct receipt r;

    send_all(f);
    accept_batch(f, &b);
    contact(f);
    next = seal(f);
    send_all(f);
    answer_make(f, &next, &r);
    r.resend_from = 0;
    assert_ok(give(f, &r, f->hub, NULL));
    receipt_release(&r);
    assert_int_equal(reason_now(f), SNAP_ASKED);
    assert_int_equal(column(f, DESTINATION_epoch), 1);
    record_release(&b);
    record_release(&next);
}

/* The hub has a batch that this case file never made: another copy of it has been sending, and is further. */
static void a_receipt_for_an_unknown_batch_is_a_fork(void **state)
{
    struct fixture *f = *state;
    struct record b = seal(f), next;
    enum receipt_effect effect;
    struct receipt r;

    send_all(f);
    accept_batch(f, &b);
    answer_make(f, &b, &r);
    r.batch_id = id_new();
    batch_name(r.bundle, r.source_id, 3, 9);
    str_copy(r.bundle + strlen(r.bundle), sizeof r.bundle - strlen(r.bundle), ".dlnb");
    r.covered_version = version_of(3, 5);
    assert_ok(give(f, &r, f->hub, &effect));
    receipt_release(&r);
    assert_int_equal(effect, EFFECT_FORK);
    assert_int_equal(column(f, DESTINATION_covered), record_int(&b, BATCH_to_version, 0));
    assert_int_equal(reason_now(f), SNAP_FORK);
    next = seal(f);
    assert_int_equal(record_int(&next, BATCH_epoch, 0), 4);
    assert_string_equal(record_text(&next, BATCH_kind), "snapshot");
    record_release(&b);
    record_release(&next);
}

static void the_same_number_with_other_content_is_a_fork(void **state)
{
    struct fixture *f = *state;
    struct record b = seal(f);
    enum receipt_effect effect;
    struct receipt r;

    send_all(f);
    answer_make(f, &b, &r);
    memset(r.manifest_sha256, 'e', 64);
    assert_ok(give(f, &r, f->hub, &effect));
    receipt_release(&r);
    assert_int_equal(effect, EFFECT_FORK);
    assert_int_not_equal(state_of(f, &b), BS_ACKED);
    assert_int_equal(column(f, DESTINATION_covered), 0);
    record_release(&b);
}

static void a_new_policy_overtakes_what_has_not_left(void **state)
{
    struct fixture *f = *state;
    struct record b = seal(f), next;

    add_destination(f);
    assert_int_equal(state_of(f, &b), BS_SUPERSEDED);
    assert_int_equal(reason_now(f), SNAP_POLICY);
    next = seal(f);
    assert_int_equal(record_int(&next, BATCH_epoch, 0), 2);
    send_all(f);
    accept_batch(f, &next);
    assert_int_equal(state_of(f, &next), BS_ACKED);
    assert_int_equal(reason_now(f), SNAP_NO);
    record_release(&b);
    record_release(&next);
}

static int lines_in_history(struct fixture *f, struct id entity, const char *why)
{
    struct change_row rows[32];
    int n = 0, found = 0;

    assert_ok(store_changes(f->cf->store, entity, INT64_MAX, 32, rows, &n, &err_));
    for (int i = 0; i < n; i++) {
        found += strcmp(rows[i].why, why) == 0;
        change_row_release(&rows[i]);
    }
    return found;
}

/* It comes, changes nothing, and is adopted by somebody who read this very one: history has both. */
static void an_offered_policy_waits_until_it_is_adopted(void **state)
{
    struct fixture *f = *state;
    struct record rec = { .text = NULL };
    struct buf bytes = BUF_INIT, marker = BUF_INIT;
    char *beside = xasprintf("%s.minisig", f->policy);
    struct policy_file *offered;
    struct destination d;
    bool fresh;

    write_policy(f);
    assert_ok(file_read(&bytes, f->policy, POLICY_BYTES_MAX, &err_));
    assert_ok(file_read(&marker, beside, MINISIGN_FILE_MAX, &err_));
    assert_ok(store_destination(f->cf->store, "w-hub", &rec, &err_));
    for (int again = 0; again < 2; again++) {
        assert_ok(policy_offer_take(f->cf, &rec, bytes.s, bytes.len, marker.s, marker.len, &fresh, &err_));
        assert_int_equal(fresh, again == 0);
    }
    assert_int_equal(lines_in_history(f, rec.id, "policy 2 offered"), 1);
    assert_int_equal(reason_now(f), SNAP_FIRST);
    assert_ok(destination_of(f->cf, &rec, &d, &err_));
    offered = policy_offer_of(f->cf, &d);
    assert_non_null(offered);
    assert_int_equal(policy_offer_adopt(f->cf, "w-hub", d.policy->sha256, &err_), ST_CONFLICT);
    assert_ok(policy_offer_adopt(f->cf, "w-hub", offered->sha256, &err_));
    assert_int_equal(lines_in_history(f, rec.id, "policy adopted"), 1);
    assert_int_equal(reason_now(f), SNAP_POLICY);
    assert_int_equal(policy_offer_adopt(f->cf, "w-hub", offered->sha256, &err_), ST_CONFLICT);
    policy_file_free(&offered);
    destination_release(&d);
    record_release(&rec);
    buf_release(&bytes);
    buf_release(&marker);
    free(beside);
}

static void a_file_that_is_gone_is_given_up(void **state)
{
    struct fixture *f = *state;
    struct record b = seal(f);
    char *path = outbox_path(f->cf, "w-hub", record_or(&b, BATCH_file, "")), *file = xasprintf("%s.dlnb", path);

    assert_int_equal(unlink(file), 0);
    assert_ok(outbox_tidy(f->cf, &err_));
    assert_int_equal(state_of(f, &b), BS_SUPERSEDED);
    free(path);
    free(file);
    record_release(&b);
}

static void files_stay_until_they_are_known_to_have_arrived(void **state)
{
    struct fixture *f = *state;
    struct record b = seal(f);
    char *path = outbox_path(f->cf, "w-hub", record_or(&b, BATCH_file, "")), *file = xasprintf("%s.dlnb", path);

    send_all(f);
    assert_ok(outbox_tidy(f->cf, &err_));
    assert_true(file_exists(file));
    accept_batch(f, &b);
    assert_ok(outbox_tidy(f->cf, &err_));
    assert_false(file_exists(file));
    free(path);
    free(file);
    record_release(&b);
}

static void withdrawn_permission_is_taken_back_until_a_receipt_says_so(void **state)
{
    struct fixture *f = *state;
    struct record b = seal(f), lost, back;
    int64_t people;
    struct record d = { .text = NULL };

    send_all(f);
    accept_batch(f, &b);
    add(f->cf->store, T_CONSENT, "person", id_show(f->person).s, "purpose", "REPORTING", "recipient", "w-hub", "state", "WITHDRAWN",
        "state_on", "2026-03-05", NULL);
    lost = seal(f);
    assert_string_equal(record_text(&lost, BATCH_kind), "erasure");
    assert_int_equal(record_int(&lost, BATCH_tombstones, 0), 2);
    back = seal(f);
    assert_int_equal(record_int(&back, BATCH_tombstones, 0), 2);        /* nobody knows whether the first arrived */
    send_all(f);
    accept_batch(f, &back);
    assert_ok(store_destination(f->cf->store, "w-hub", &d, &err_));
    assert_ok(store_sent_people(f->cf->store, d.id, &people, &err_));
    assert_int_equal(people, 0);
    record_release(&d);
    record_release(&b);
    record_release(&lost);
    record_release(&back);
}

static void what_left_is_not_taken_back_by_undo(void **state)
{
    struct fixture *f = *state;
    struct record b = seal(f);
    enum table_id what;
    struct id id;

    assert_ok(store_undo(f->cf->store, &what, &id, &err_));
    assert_int_equal(what, T_CONTACT);
    assert_int_equal(state_of(f, &b), BS_QUEUED);
    record_release(&b);
}

static void a_removed_destination_leaves_no_password(void **state)
{
    struct fixture *f = *state;
    struct secret *secret = secret_new();
    const struct destination_new n = { .name = "w-hub", .secret = secret };
    char *kept;

    assert_true(secret_add(secret, "of the road", 11));
    assert_ok(destination_put(f->cf, &n, NULL, &err_));
    kept = store_setting(f->cf->store, "destination_secret.w-hub");
    assert_string_equal(kept, "of the road");
    free(kept);
    assert_ok(destination_remove(f->cf, "w-hub", true, &err_));
    assert_null(store_setting(f->cf->store, "destination_secret.w-hub"));
    secret_free(&secret);
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, begin, end)
    const struct CMUnitTest tests[] = {
        T(receipts_in_every_order_end_alike), T(the_newest_receipt_overtakes_what_is_older),
        T(without_a_receipt_the_same_file_goes_again), T(a_month_after_a_whole_one_comes_a_whole_one),
        T(a_row_that_was_not_taken_in_is_said_in_words), T(a_refused_row_says_which_record_it_is), T(refused_rows_go_again_with_the_next), T(what_is_held_there_may_be_taken_in_later), T(receipts_of_others_change_nothing),
        T(a_receipt_that_cannot_be_looked_up_changes_nothing),
        T(a_hub_that_lost_rows_gets_everything), T(a_receipt_for_an_unknown_batch_is_a_fork),
        T(the_same_number_with_other_content_is_a_fork), T(a_new_policy_overtakes_what_has_not_left),
        T(an_offered_policy_waits_until_it_is_adopted), T(a_file_that_is_gone_is_given_up),
        T(files_stay_until_they_are_known_to_have_arrived),
        T(withdrawn_permission_is_taken_back_until_a_receipt_says_so), T(what_left_is_not_taken_back_by_undo),
        T(a_removed_destination_leaves_no_password),
    };
#undef T

    return cmocka_run_group_tests(tests, NULL, NULL);
}
