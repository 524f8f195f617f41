/* outbox_world.h - a case file with a destination, and the hub's side of it, for the tests of the outbox. */
#ifndef TESTS_OUTBOX_WORLD_H
#define TESTS_OUTBOX_WORLD_H

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

__attribute__((unused)) static void assert_ok_(enum status st, const char *what, int line)
{
    if (st != ST_OK)
        fail_msg("line %d: %s: %s: %s", line, what, status_word(st), err_text(&err_));
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

__attribute__((unused)) static struct id add(struct store *s, enum table_id t, ...)
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

__attribute__((unused)) static void contact(struct fixture *f)
{
    add(f->cf->store, T_CONTACT, "person", id_show(f->person).s, "episode", id_show(f->episode).s, "held_on", "2026-03-01", "kind",
        "PHONE", "result", "ATTENDED", NULL);
}

__attribute__((unused)) static void write_policy(struct fixture *f)
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

__attribute__((unused)) static void add_destination(struct fixture *f)
{
    struct destination_new n = { .name = "w-hub", .policy = f->policy, .url = f->drop };

    write_policy(f);
    assert_ok(destination_put(f->cf, &n, NULL, &err_));
}

__attribute__((unused)) static int begin(void **state)
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

__attribute__((unused)) static int end(void **state)
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

__attribute__((unused)) static enum snapshot_reason look(struct fixture *f, struct outgoing *o, struct destination *d)
{
    struct outbox_wish wish = { false, NULL, NULL };

    assert_ok(destination_open(f->cf, "w-hub", d, &err_));
    assert_ok(outbox_look(f->cf, d, &wish, o, &err_));
    return o->why;
}

__attribute__((unused)) static enum snapshot_reason reason_now(struct fixture *f)
{
    struct destination d;
    struct outgoing o;
    enum snapshot_reason why = look(f, &o, &d);

    outgoing_release(&o);
    destination_release(&d);
    return why;
}

/* Sealed: the batch's record, to be released. */
__attribute__((unused)) static struct record seal(struct fixture *f)
{
    struct record b = { .text = NULL };
    struct destination d;
    struct outgoing o;

    look(f, &o, &d);
    assert_ok(outbox_seal(f->cf, &d, &o, NULL, &b, &err_));
    outgoing_release(&o);
    destination_release(&d);
    return b;
}

__attribute__((unused)) static void send_all(struct fixture *f)
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

__attribute__((unused)) static enum batch_state state_of(struct fixture *f, const struct record *b)
{
    struct record now = { .text = NULL };
    enum batch_state s;

    assert_ok(store_get(f->cf->store, T_BATCH, b->id, &now, &err_));
    s = batch_state_of(&now);
    record_release(&now);
    return s;
}

__attribute__((unused)) static int64_t column(struct fixture *f, int c)
{
    struct record d = { .text = NULL };
    int64_t n;

    assert_ok(store_destination(f->cf->store, "w-hub", &d, &err_));
    n = record_int(&d, c, 0);
    record_release(&d);
    return n;
}

/* What the hub would say about a batch. */
__attribute__((unused)) static void answer_make(struct fixture *f, const struct record *b, struct receipt *r)
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

__attribute__((unused)) static enum status give(struct fixture *f, const struct receipt *r, const struct minisign_secret *signer, enum receipt_effect *effect)
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

__attribute__((unused)) static void accept_batch(struct fixture *f, const struct record *b)
{
    struct receipt r;

    answer_make(f, b, &r);
    assert_ok(give(f, &r, f->hub, NULL));
    receipt_release(&r);
}

#endif
