/* Batches and receipts on a real case file, with the hub's half done by the test: every order of receipts, late ones, wrong ones,
 * a fork, a new policy, what time does. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "app/outbox.h"
#include "app/source.h"
#include "dolen/base/file.h"
#include "dolen/base/mem.h"
#include "dolen/vault/secret.h"
#include "dolen/base/banned.h"

static struct err err_;
#define assert_ok(call) assert_ok_(call, #call, __LINE__)

static void assert_ok_(enum status st, const char *what, int line)
{
    if (st != ST_OK)
        fail_msg("line %d: %s: %s: %s", line, what, status_word(st), err_.text);
}

struct fixture {
    char                    folder[64];
    char                   *drop, *policy;
    struct casefile        *cf;
    struct minisign_secret *hub, *stranger;
    struct age_identity    *reader;
    struct id               person, episode, source;
    int64_t                 number;         /* of the newest policy */
};

/* --- a laptop and its hub ----------------------------------------------------------------------------------------- */

static struct id add(struct store *s, enum table_id t, ...)
{
    struct record r;
    const char *column;
    struct id id;
    va_list ap;

    record_init(&r, t);
    va_start(ap, t);
    while ((column = va_arg(ap, const char *)))
        record_set(&r, table_column_by_name(t, column), va_arg(ap, const char *));
    va_end(ap);
    assert_ok(store_put(s, &r, NULL, &err_));
    id = r.id;
    record_release(&r);
    return id;
}

static void contact(struct fixture *f)
{
    add(f->cf->store, T_CONTACT, "person", id_show(f->person).s, "episode", id_show(f->episode).s, "held_on", "2026-03-01", "kind",
        "PHONE", "result", "ATTENDED", NULL);
}

static void write_policy(struct fixture *f)
{
    const struct data_set *d = catalog_data_set(f->cf->catalog, "provisional-wales", &err_);
    struct policy_file *p = policy_file_new("w-hub", d);
    struct buf bytes = BUF_INIT, marker = BUF_INIT;
    char recipient[AGE_RECIPIENT_TEXT];
    struct minisign_public public;
    struct age_recipient r;

    age_identity_recipient(f->reader, &r);
    age_recipient_text(&r, recipient);
    policy_file_add_recipient(p, recipient);
    minisign_secret_public(f->hub, &public);
    minisign_public_text(&public, p->signer);
    p->from = (struct date) { 2025, 4, 1 };
    p->issued_on = clock_today();
    p->number = ++f->number;
    assert_ok(policy_file_sign(&bytes, &marker, p, f->hub, &err_));
    assert_ok(file_replace(f->folder, "P.json", bytes.s, bytes.len, &err_));
    assert_ok(file_replace(f->folder, "P.json.minisig", marker.s, marker.len, &err_));
    buf_release(&bytes);
    buf_release(&marker);
    policy_file_free(&p);
}

static void add_destination(struct fixture *f)
{
    struct destination_new n = { .name = "w-hub", .policy = f->policy, .url = f->drop };

    write_policy(f);
    assert_ok(destination_put(f->cf, &n, NULL, &err_));
}

static int begin(void **state)
{
    struct fixture *f = xcalloc(1, sizeof *f);
    struct vault *v = NULL;
    struct store *s = NULL;
    char *file, *key, *home;
    int slot;

    str_copy(f->folder, sizeof f->folder, "/tmp/dolen-outbox-XXXXXX");
    clock_freeze((struct date) { 2026, 3, 9 });
    if (!mkdtemp(f->folder) || secret_start(NULL) != ST_OK)
        return -1;
    home = path_join(f->folder, "state");
    file = path_join(f->folder, "case");
    key = path_join(f->folder, "key");
    f->drop = path_join(f->folder, "drop");
    f->policy = path_join(f->folder, "P.json");
    mkdir(home, 0700);
    mkdir(file, 0700);
    mkdir(f->drop, 0700);
    setenv("XDG_STATE_HOME", home, 1);
    setenv("XDG_CONFIG_HOME", home, 1);
    setenv("DOLEN_SHARE", ".", 1);          /* tests run in the project's folder */
    assert_ok(vault_create(&v, false, &err_));
    assert_ok(vault_add_keyfile(v, key, "test", id_new(), &slot, &err_));
    assert_ok(vault_mark_tested(v, slot, 1, &err_));
    assert_ok(vault_write(v, file, &err_));
    assert_ok(store_create(&s, file, v, &err_));
    assert_ok(store_close(&s, &err_));
    vault_free(&v);
    assert_ok(casefile_claim(&f->cf, file, -1, &err_));
    assert_ok(casefile_unlock(f->cf, NULL, key, &err_));
    assert_ok(casefile_open(f->cf, false, &err_));
    assert_ok(minisign_secret_new(&f->hub, &err_));
    assert_ok(minisign_secret_new(&f->stranger, &err_));
    assert_ok(age_identity_new(&f->reader, &err_));
    add_destination(f);
    f->person = add(f->cf->store, T_PERSON, "given_name", "Prawf", "local_authority", "W06000015", NULL);
    f->episode = add(f->cf->store, T_EPISODE, "person", id_show(f->person).s, "opened_on", "2026-02-01", NULL);
    add(f->cf->store, T_CONSENT, "person", id_show(f->person).s, "purpose", "REPORTING", "recipient", "w-hub", "state", "GIVEN",
        "state_on", "2026-02-01", "understood", "YES", NULL);
    contact(f);
    free(home);
    free(file);
    free(key);
    *state = f;
    return 0;
}

static int end(void **state)
{
    struct fixture *f = *state;
    static char rm[] = "rm", rf[] = "-rf";
    char *command[] = { rm, rf, f->folder, NULL };
    pid_t pid;

    casefile_free(&f->cf);
    minisign_secret_free(&f->hub);
    minisign_secret_free(&f->stranger);
    age_identity_free(&f->reader);
    free(f->drop);
    free(f->policy);
    pid = fork();
    if (pid == 0) {
        execvp(command[0], command);
        _exit(1);
    }
    free(f);
    return 0;
}

/* --- steps -------------------------------------------------------------------------------------------------------- */

static enum snapshot_reason look(struct fixture *f, struct outgoing *o, struct destination *d)
{
    struct outbox_wish wish = { false, NULL, NULL };

    assert_ok(destination_open(f->cf, "w-hub", d, &err_));
    assert_ok(outbox_look(f->cf, d, &wish, o, &err_));
    return o->why;
}

static enum snapshot_reason reason_now(struct fixture *f)
{
    struct destination d;
    struct outgoing o;
    enum snapshot_reason why = look(f, &o, &d);

    outgoing_release(&o);
    destination_release(&d);
    return why;
}

/* Sealed: the batch's record, to be released. */
static struct record seal(struct fixture *f)
{
    struct record b = { .text = NULL };
    struct destination d;
    struct outgoing o;

    look(f, &o, &d);
    assert_ok(outbox_seal(f->cf, &d, &o, &b, &err_));
    outgoing_release(&o);
    destination_release(&d);
    return b;
}

static void send_all(struct fixture *f)
{
    struct records due;

    assert_ok(outbox_due(f->cf, NULL, true, &due, &err_));
    for (size_t i = 0; i < due.count; i++) {
        struct sending *x = NULL;

        assert_ok(sending_begin(&x, f->cf, &due.items[i], &err_));
        while (sending_step(x, &err_) == TRANSPORT_BUSY)
            usleep(1000);
        sending_free(&x);
    }
    records_release(&due);
}

static enum batch_state state_of(struct fixture *f, const struct record *b)
{
    struct record now = { .text = NULL };
    enum batch_state s;

    assert_ok(store_get(f->cf->store, T_BATCH, b->id, &now, &err_));
    s = batch_state_of(&now);
    record_release(&now);
    return s;
}

static int64_t column(struct fixture *f, int c)
{
    struct record d = { .text = NULL };
    int64_t n;

    assert_ok(store_destination(f->cf->store, "w-hub", &d, &err_));
    n = record_int(&d, c, 0);
    record_release(&d);
    return n;
}

/* What the hub would say about a batch. */
static void answer_make(struct fixture *f, const struct record *b, struct receipt *r)
{
    struct source_keys k;

    receipt_init(r);
    assert_ok(source_open(f->cf->store, &k, &err_));
    r->source_id = k.id;
    source_release(&k);
    snprintf(r->bundle, sizeof r->bundle, "%s.dlnb", record_or(b, BATCH_file, ""));
    str_copy(r->destination, sizeof r->destination, "w-hub");
    r->batch_id = b->id;
    str_copy(r->manifest_sha256, sizeof r->manifest_sha256, record_or(b, BATCH_manifest_sha256, ""));
    str_copy(r->bundle_sha256, sizeof r->bundle_sha256, record_or(b, BATCH_bundle_sha256, ""));
    r->covered_version = record_int(b, BATCH_to_version, 0);
    r->rows_new = 1;
    r->received_at = clock_now();
}

static enum status give(struct fixture *f, const struct receipt *r, const struct minisign_secret *signer, enum receipt_effect *effect)
{
    struct buf bytes = BUF_INIT, marker = BUF_INIT;
    struct receipt_told told;
    enum status st;

    assert_ok(receipt_sign(&bytes, &marker, r, signer, &err_));
    st = outbox_receipt(f->cf, bytes.s, bytes.len, marker.s, marker.len, &told, &err_);
    if (effect)
        *effect = told.effect;
    receipt_release(&told.receipt);
    buf_release(&bytes);
    buf_release(&marker);
    return st;
}

static void accept_batch(struct fixture *f, const struct record *b)
{
    struct receipt r;

    answer_make(f, b, &r);
    assert_ok(give(f, &r, f->hub, NULL));
    receipt_release(&r);
}

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
    receipt_add_error(&r, "contact", "C00000000000000000000000000000001", "date");
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

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, begin, end)
    const struct CMUnitTest tests[] = {
        T(receipts_in_every_order_end_alike), T(the_newest_receipt_overtakes_what_is_older),
        T(without_a_receipt_the_same_file_goes_again), T(a_month_after_a_whole_one_comes_a_whole_one),
        T(refused_rows_go_again_with_the_next), T(what_is_held_there_may_be_taken_in_later), T(receipts_of_others_change_nothing),
        T(a_hub_that_lost_rows_gets_everything), T(a_receipt_for_an_unknown_batch_is_a_fork),
        T(the_same_number_with_other_content_is_a_fork), T(a_new_policy_overtakes_what_has_not_left),
        T(a_file_that_is_gone_is_given_up), T(files_stay_until_they_are_known_to_have_arrived),
        T(withdrawn_permission_is_taken_back_until_a_receipt_says_so), T(what_left_is_not_taken_back_by_undo),
    };
#undef T

    return cmocka_run_group_tests(tests, NULL, NULL);
}
