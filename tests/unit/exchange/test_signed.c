/* Manifests, receipts, policies and sources: written, read back alike, and refused when anything about them is not right. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "dolen/base/mem.h"
#include "dolen/exchange/policy_file.h"
#include "dolen/exchange/receipt.h"
#include "dolen/exchange/source.h"
#include "dolen/forms/catalog.h"
#include "dolen/vault/age.h"
#include "dolen/base/banned.h"

static struct err err_;
#define assert_ok(call) assert_ok_(call, #call)

static void assert_ok_(enum status st, const char *what)
{
    if (st != ST_OK)
        fail_msg("%s: %s: %s", what, status_word(st), err_text(&err_));
}

static struct minisign_secret *secret_, *other_;
static char signer_[MINISIGN_PUBLIC_TEXT], recipient_[AGE_RECIPIENT_TEXT];
static struct minisign_public public_;

static int begin(void **state)
{
    struct age_identity *age = NULL;
    struct age_recipient r;

    (void) state;
    if (secret_start(&err_) != ST_OK || minisign_secret_new(&secret_, &err_) != ST_OK ||
        minisign_secret_new(&other_, &err_) != ST_OK || age_identity_new(&age, &err_) != ST_OK)
        return -1;
    minisign_secret_public(secret_, &public_);
    minisign_public_text(&public_, signer_);
    age_identity_recipient(age, &r);
    age_recipient_text(&r, recipient_);
    age_identity_free(&age);
    return 0;
}

static int end(void **state)
{
    (void) state;
    minisign_secret_free(&secret_);
    minisign_secret_free(&other_);
    return 0;
}

static struct id an_id(uint8_t n)
{
    struct id id;

    memset(id.b, n, sizeof id.b);
    return id;
}

static void hex64(char out[65], char c)
{
    memset(out, c, 64);
    out[64] = '\0';
}

/* --- manifests -------------------------------------------------------------------------------------------------- */

static struct manifest a_manifest(void)
{
    struct manifest m = {
        .batch_id = an_id(1), .source_id = an_id(2), .destination = "w-hub", .data_set = "provisional-wales",
        .data_set_version = "0.1", .provisional = true, .epoch = 2, .seq = 7, .kind = BATCH_DELTA,
        .base_version = version_of(2, 10), .to_version = version_of(2, 15), .policy_id = "w-hub", .from = { 2025, 4, 1 },
        .until = { 2026, 3, 9 }, .rows = { { "episode", 3 }, { "tombstone", 0 } }, .tables = 2, .people = 2,
        .left_out = { { "refused", 1 } }, .reasons = 1, .app = "dolen 1", .made_at = 1773057600,
    };

    hex64(m.prev, 'a');
    hex64(m.policy_sha256, 'b');
    hex64(m.audit_head, 'c');
    return m;
}

static void a_manifest_comes_back_as_it_was(void **state)
{
    struct manifest m = a_manifest(), back;
    struct json *j = manifest_write(&m);

    (void) state;
    assert_ok(manifest_parse(&back, j, &err_));
    assert_memory_equal(&back, &m, sizeof m);
    json_free(&j);
}

struct wrong {
    const char *key, *json;             /* NULL: the key is taken out */
};

static const struct wrong wrong_manifests[] = {
    { "format", NULL }, { "format", "\"dolen/other/1\"" }, { "batch_id", "\"x\"" }, { "batch_id", "7" },
    { "source_id", "\"02020202-0202-0202-0202-020202020202\"" }, { "source_id", "\"S0202\"" },
    { "destination", "\"../etc\"" }, { "destination", "\"W\"" }, { "destination", "\"\"" }, { "epoch", "0" }, { "epoch", "4194304" },
    { "epoch", "2.0" }, { "seq", "0" }, { "seq", "1000000" }, { "seq", "-1" }, { "kind", "\"full\"" }, { "kind", "null" },
    { "base_version", "-1" }, { "base_version", "5" }, { "to_version", "5" }, { "to_version", "3298534883330" },
    { "prev", "\"abc\"" }, { "prev", NULL }, { "policy_sha256", "\"\"" }, { "policy_sha256", "\"BBBB\"" }, { "period", "{}" },
    { "period", "{\"from\":\"2026-03-09\",\"until\":\"2025-04-01\"}" },
    { "period", "{\"from\":\"2025-04-01\",\"until\":\"2026-03-09\",\"why\":1}" }, { "rows", "[]" }, { "rows", "{\"episode\":-1}" },
    { "rows", "{\"../x\":1}" }, { "people", "\"2\"" }, { "training", "0" }, { "app", "\"a\\nb\"" }, { "made_at", "\"2026-03-09\"" },
    { "made_at", "\"2026-02-30T12:00:00Z\"" }, { "extra", "1" },
};

static void set_wrong(struct json *j, const struct wrong *w)
{
    struct json *v = NULL;
    struct buf b = BUF_INIT;

    json_remove(j, w->key);
    if (!w->json)
        return;
    buf_addf(&b, "[%s]", w->json);
    assert_ok(json_parse(&v, b.s, b.len, &err_));
    json_set(j, w->key, json_copy(json_at(v, 0)));
    json_free(&v);
    buf_release(&b);
}

static void a_manifest_with_anything_wrong_is_refused(void **state)
{
    (void) state;
    for (size_t i = 0; i < ARRAY_LEN(wrong_manifests); i++) {
        struct manifest m = a_manifest(), out = { .seq = 99 };
        struct json *j = manifest_write(&m);

        set_wrong(j, &wrong_manifests[i]);
        if (manifest_parse(&out, j, &err_) != ST_INVALID)
            fail_msg("taken: %s = %s", wrong_manifests[i].key, wrong_manifests[i].json ? wrong_manifests[i].json : "(none)");
        assert_int_equal(out.seq, 99);
        json_free(&j);
    }
}

static void a_newer_format_is_told_apart(void **state)
{
    struct manifest m = a_manifest(), out;
    struct json *j = manifest_write(&m);

    (void) state;
    json_set_text(j, "format", "dolen/batch/2");
    assert_int_equal(manifest_parse(&out, j, &err_), ST_NEWER);
    json_free(&j);
}

static void a_snapshot_begins_at_nothing(void **state)
{
    struct manifest m = a_manifest(), out;
    struct json *j;

    (void) state;
    m.kind = BATCH_SNAPSHOT;
    j = manifest_write(&m);
    assert_int_equal(manifest_parse(&out, j, &err_), ST_INVALID);
    json_set_int(j, "base_version", 0);
    assert_ok(manifest_parse(&out, j, &err_));
    json_free(&j);
}

static void names_of_batches_are_read_only_as_written(void **state)
{
    static const char *const bad[] = {
        "", "S02", "S02020202020202020202020202020202-e2-7.dlnb", "S02020202020202020202020202020202-e02-000007.dlnb",
        "S0202020202020202020202020202020G-e2-000007.dlnb", "S02020202020202020202020202020202-e0-000007",
        "S02020202020202020202020202020202-e2-0000007", "X02020202020202020202020202020202-e2-000007",
        "S02020202020202020202020202020202-e2-000007x.dlnb", "S02020202020202020202020202020202-e2--00007.dlnb",
    };
    char name[BATCH_NAME_MAX], file[2 * BATCH_NAME_MAX];
    struct id source;
    int64_t epoch, seq;

    (void) state;
    batch_name(name, an_id(2), 2, 7);
    assert_string_equal(name, "S02020202020202020202020202020202-e2-000007");
    snprintf(file, sizeof file, "drop/%s.dlnb.minisig", name);
    assert_true(batch_name_parse(file, &source, &epoch, &seq));
    assert_true(id_eq(source, an_id(2)) && epoch == 2 && seq == 7);
    for (size_t i = 0; i < ARRAY_LEN(bad); i++)
        if (batch_name_parse(bad[i], &source, &epoch, &seq))
            fail_msg("taken: %s", bad[i]);
}

/* --- receipts --------------------------------------------------------------------------------------------------- */

static void a_receipt_make(struct receipt *r)
{
    receipt_init(r);
    str_copy(r->bundle, sizeof r->bundle, "S02020202020202020202020202020202-e2-000007.dlnb");
    r->source_id = an_id(2);
    str_copy(r->destination, sizeof r->destination, "w-hub");
    r->batch_id = an_id(1);
    hex64(r->manifest_sha256, 'a');
    hex64(r->bundle_sha256, 'd');
    r->status = RECEIPT_REJECTED;
    r->reason = REASON_ROWS;
    r->covered_version = version_of(2, 10);
    r->missing[r->gaps++] = (struct receipt_gap) { version_of(2, 3), version_of(2, 5) };
    r->rows_new = 4;
    r->received_at = 1773057600;
    receipt_add_error(r, "episode", "E00000000000000000000000000000001", "model", "foreign_key");
}

static void a_signed_receipt_comes_back_and_nobody_elses_does(void **state)
{
    struct buf bytes = BUF_INIT, marker = BUF_INIT, forged = BUF_INIT, theirs = BUF_INIT;
    struct receipt r, back;

    (void) state;
    a_receipt_make(&r);
    assert_ok(receipt_sign(&bytes, &marker, &r, secret_, &err_));
    assert_ok(receipt_verify(&back, bytes.s, bytes.len, marker.s, marker.len, &public_, &err_));
    assert_string_equal(back.bundle, r.bundle);
    assert_int_equal(back.status, RECEIPT_REJECTED);
    assert_int_equal(back.gaps, 1);
    assert_int_equal(back.missing[0].until, version_of(2, 5));
    assert_int_equal(back.error_count, 1);
    assert_string_equal(back.errors[0].rule, "foreign_key");
    assert_int_equal(back.rows_wrong, 1);
    assert_int_equal(back.resend_from, -1);
    receipt_release(&back);
    assert_ok(receipt_sign(&theirs, &forged, &r, other_, &err_));
    assert_int_equal(receipt_verify(&back, theirs.s, theirs.len, forged.s, forged.len, &public_, &err_), ST_REFUSED);
    receipt_release(&back);
    for (size_t i = 0; i < bytes.len; i += 7) {
        bytes.s[i] ^= 1;
        assert_int_not_equal(receipt_verify(&back, bytes.s, bytes.len, marker.s, marker.len, &public_, NULL), ST_OK);
        receipt_release(&back);
        bytes.s[i] ^= 1;
    }
    receipt_release(&r);
    buf_release(&bytes);
    buf_release(&marker);
    buf_release(&theirs);
    buf_release(&forged);
}

static void a_signature_of_something_else_is_not_a_receipts(void **state)
{
    struct buf bytes = BUF_INIT, marker = BUF_INIT;
    struct receipt r, back;

    (void) state;
    a_receipt_make(&r);
    receipt_write(&bytes, &r);
    assert_ok(minisign_sign_bytes(&marker, secret_, bytes.s, bytes.len, "policy:w-hub 1", &err_));
    assert_int_equal(receipt_verify(&back, bytes.s, bytes.len, marker.s, marker.len, &public_, &err_), ST_REFUSED);
    receipt_release(&back);
    receipt_release(&r);
    buf_release(&bytes);
    buf_release(&marker);
}

static const struct wrong wrong_receipts[] = {
    { "bundle", "\"../S02020202020202020202020202020202-e2-000007.dlnb\"" },
    { "bundle", "\"S03030303030303030303030303030303-e2-000007.dlnb\"" },
    { "bundle", "\"S02020202020202020202020202020202-e2-000007.zip\"" },
    { "bundle", "\"S02020202020202020202020202020202-e2-000007.x.dlnb\"" }, { "status", "\"done\"" }, { "status", "\"accepted\"" },
    { "reason", "\"\"" }, { "reason", "\"because\"" }, { "covered_version", "-1" }, { "missing", "[[5,3]]" }, { "missing", "[[1]]" },
    { "missing", "{}" }, { "resend_from", "\"0\"" }, { "resend_from", "-5" }, { "rows", "{\"new\":1}" },
    { "row_errors", "[{\"table\":\"a\",\"id\":\"b\"}]" }, { "row_errors", "[1]" },
    { "row_errors", "[{\"table\":\"a\",\"id\":\"\",\"rule\":\"x\"},{\"table\":\"a\",\"id\":\"\",\"rule\":\"x\"}]" },
    { "received_at", "0" }, { "batch_id", "\"00\"" }, { "name", "\"x\"" },
};

static void a_receipt_with_anything_wrong_is_refused(void **state)
{
    (void) state;
    for (size_t i = 0; i < ARRAY_LEN(wrong_receipts); i++) {
        struct buf bytes = BUF_INIT, changed = BUF_INIT;
        struct receipt r, back;
        struct json *j = NULL;

        a_receipt_make(&r);
        receipt_write(&bytes, &r);
        assert_ok(json_parse(&j, bytes.s, bytes.len, &err_));
        set_wrong(j, &wrong_receipts[i]);
        json_write(&changed, j);
        if (receipt_parse(&back, changed.s, changed.len, &err_) != ST_INVALID)
            fail_msg("taken: %s = %s", wrong_receipts[i].key, wrong_receipts[i].json);
        receipt_release(&back);
        receipt_release(&r);
        json_free(&j);
        buf_release(&bytes);
        buf_release(&changed);
    }
}

/* --- policies --------------------------------------------------------------------------------------------------- */

static struct policy_file *a_policy(const struct data_set *d)
{
    struct policy_file *p = policy_file_new("w-hub", d);

    policy_file_add_recipient(p, recipient_);
    str_copy(p->signer, sizeof p->signer, signer_);
    p->from = (struct date) { 2025, 4, 1 };
    p->issued_on = (struct date) { 2026, 3, 9 };
    return p;
}

static void a_policy_is_what_was_signed(void **state)
{
    struct catalog *cat = catalog_new("forms", NULL);
    const struct data_set *d = catalog_data_set(cat, "provisional-wales", &err_);
    struct policy_file *p = a_policy(d), *back = NULL;
    struct buf bytes = BUF_INIT, marker = BUF_INIT;
    struct policy *rules;

    (void) state;
    policy_file_allow_sensitive(p, "religion");
    assert_true(policy_file_drop(p, "episode.religion"));
    assert_false(policy_file_drop(p, "episode.episode_id"));
    assert_false(policy_file_drop(p, "row_version"));
    assert_false(policy_file_drop(p, "nothing"));
    assert_ok(policy_file_sign(&bytes, &marker, p, secret_, &err_));
    assert_ok(policy_file_verify(&back, bytes.s, bytes.len, marker.s, marker.len, &err_));
    assert_ok(policy_file_fits(back, d, &err_));
    rules = policy_file_rules(back, d);
    assert_true(policy_drops(rules, "episode", "religion"));
    assert_false(policy_drops(rules, "episode", "sex"));
    assert_true(policy_allows_sensitive(rules, "episode", "religion"));
    assert_int_equal(rules->consent, CONSENT_PERMISSION);
    assert_int_equal(rules->source_len, bytes.len);
    policy_free(&rules);
    policy_file_free(&back);
    for (size_t i = 0; i < bytes.len; i += 97) {
        bytes.s[i] ^= 1;
        assert_int_not_equal(policy_file_verify(&back, bytes.s, bytes.len, marker.s, marker.len, NULL), ST_OK);
        bytes.s[i] ^= 1;
    }
    assert_int_equal(policy_file_sign(&bytes, &marker, p, other_, &err_), ST_USAGE);
    policy_file_free(&p);
    buf_release(&bytes);
    buf_release(&marker);
    catalog_free(&cat);
}

static const struct wrong wrong_policies[] = {
    { "destination", "\"W Hub\"" }, { "number", "0" }, { "issued_on", "\"9/3/26\"" }, { "title", "{\"en\":\"x\"}" },
    { "columns", "{}" }, { "columns", "{\"episode\":[]}" }, { "columns", "{\"episode\":[\"a\",\"a\"]}" },
    { "columns", "{\"episode\":[\"a b\"]}" }, { "from", NULL }, { "dates", "\"year\"" }, { "age_bands", "[18,5]" },
    { "age_bands", "[]" }, { "geography", "\"postcode\"" }, { "consent", "\"none\"" }, { "person_key", "\"plain\"" },
    { "sensitive_allowed", "\"religion\"" }, { "suppression", "{\"below\":5}" }, { "recipients", "[]" },
    { "recipients", "[\"age1xyz\"]" }, { "signer", "\"RW\"" }, { "more", "true" },
};

static void a_policy_with_anything_wrong_is_refused(void **state)
{
    struct catalog *cat = catalog_new("forms", NULL);
    struct policy_file *p = a_policy(catalog_data_set(cat, "provisional-wales", &err_));

    (void) state;
    for (size_t i = 0; i < ARRAY_LEN(wrong_policies); i++) {
        struct buf bytes = BUF_INIT, changed = BUF_INIT;
        struct policy_file *back = NULL;
        struct json *j = NULL;

        policy_file_write(&bytes, p);
        assert_ok(json_parse(&j, bytes.s, bytes.len, &err_));
        set_wrong(j, &wrong_policies[i]);
        json_write(&changed, j);
        if (policy_file_parse(&back, changed.s, changed.len, &err_) != ST_INVALID)
            fail_msg("taken: %s = %s", wrong_policies[i].key, wrong_policies[i].json ? wrong_policies[i].json : "(none)");
        assert_null(back);
        json_free(&j);
        buf_release(&bytes);
        buf_release(&changed);
    }
    policy_file_free(&p);
    catalog_free(&cat);
}

static void a_policy_that_breaks_the_rows_does_not_fit(void **state)
{
    struct catalog *cat = catalog_new("forms", NULL);
    const struct data_set *d = catalog_data_set(cat, "provisional-wales", &err_);
    struct policy_file *p = a_policy(d);

    (void) state;
    assert_ok(policy_file_fits(p, d, &err_));
    str_copy(p->data_set_version, sizeof p->data_set_version, "9.9");
    assert_int_equal(policy_file_fits(p, d, &err_), ST_INVALID);
    str_copy(p->data_set_version, sizeof p->data_set_version, d->version);
    str_copy(p->tables[0].columns[0], strlen(p->tables[0].columns[0]) + 1, "nothing");
    assert_int_equal(policy_file_fits(p, d, &err_), ST_INVALID);
    policy_file_free(&p);
    p = a_policy(d);
    str_copy(p->tables[0].table, sizeof p->tables[0].table, "referral");        /* contacts would belong to no episode */
    assert_int_equal(policy_file_fits(p, d, &err_), ST_INVALID);
    policy_file_free(&p);
    catalog_free(&cat);
}

/* --- sources ---------------------------------------------------------------------------------------------------- */

static void a_source_comes_back_and_its_keys_are_looked_at(void **state)
{
    struct source s = { .id = an_id(2), .name = "Mair, Prosiect Prawf", .made_on = { 2026, 3, 9 } }, back;
    struct buf b = BUF_INIT;
    struct json *j;

    (void) state;
    str_copy(s.signer, sizeof s.signer, signer_);
    str_copy(s.recipient, sizeof s.recipient, recipient_);
    j = source_write(&s);
    json_write(&b, j);
    assert_ok(source_read(&back, b.s, b.len, &err_));
    assert_true(id_eq(back.id, s.id));
    assert_string_equal(back.name, s.name);
    assert_string_equal(back.recipient, recipient_);
    buf_clear(&b);
    json_set_text(j, "recipient", "age1qqq");
    json_write(&b, j);
    assert_int_equal(source_read(&back, b.s, b.len, &err_), ST_INVALID);
    buf_release(&b);
    json_free(&j);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_manifest_comes_back_as_it_was), cmocka_unit_test(a_manifest_with_anything_wrong_is_refused),
        cmocka_unit_test(a_newer_format_is_told_apart), cmocka_unit_test(a_snapshot_begins_at_nothing),
        cmocka_unit_test(names_of_batches_are_read_only_as_written),
        cmocka_unit_test(a_signed_receipt_comes_back_and_nobody_elses_does),
        cmocka_unit_test(a_signature_of_something_else_is_not_a_receipts),
        cmocka_unit_test(a_receipt_with_anything_wrong_is_refused), cmocka_unit_test(a_policy_is_what_was_signed),
        cmocka_unit_test(a_policy_with_anything_wrong_is_refused), cmocka_unit_test(a_policy_that_breaks_the_rows_does_not_fit),
        cmocka_unit_test(a_source_comes_back_and_its_keys_are_looked_at),
    };

    return cmocka_run_group_tests(tests, begin, end);
}
