/* What a hub holds follows from what it was sent, not from the order, nor from how often, nor from the engine.
 *
 * Invented laptops live through a random history of changes, rows taken back and resent batches; their bundles are received
 * in their own order once, and then shuffled, repeated, and in two halves. Each time the hub must end as it did first. With
 * HUB_TEST_POSTGRESQL set to an address (tests/wide/hub_postgresql.sh), every trial runs on that server too. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "dolen/base/file.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/vault/secret.h"
#include "fix_hub.h"
#include "hub/pq.h"
#include "hub/receive.h"

enum { LAPTOPS = 3, CASES = 56, BATCHES = 8, TRIALS = 10 };

static struct err err;
static char *home, *out;                        /* a folder of the test's own, and the bundles in it */
static struct hub_keys keys;
static struct catalog *catalog;
static struct policy_file *policy;
static struct fix_laptop laptops[LAPTOPS];
static uint64_t dice = 0x2545f4914f6cdd1du;

static unsigned roll(unsigned below)
{
    dice ^= dice << 13;
    dice ^= dice >> 7;
    dice ^= dice << 17;
    return (unsigned) (dice >> 33) % below;
}

static void ok(enum status st)
{
    if (st != ST_OK)
        fail_msg("%s: %s", status_word(st), err_text(&err));
}

/* --- histories -------------------------------------------------------------------------------------------------- */

struct life {
    int64_t version[CASES + 1];                 /* 0: not there; below 0: taken back with that version */
    int64_t now, before;                        /* to_version of the newest batch, and of the one before it */
};

static struct life lives[LAPTOPS];

static void seal(int laptop, struct life *x, int seq, bool snapshot, int64_t base)
{
    struct fix_case cases[CASES];
    struct fix_gone gone[2 * CASES];
    struct fix_batch b = { .epoch = 1, .seq = seq, .kind = snapshot ? BATCH_SNAPSHOT : BATCH_DELTA, .base = base, .to = x->now,
                           .cases = cases, .gone = gone, .capacity = true };
    static const char *const tables[] = { "episode", "referral", "contact", "goal", "asset_use", "unmet_need", "outcome" };

    for (int i = 1; i <= CASES; i++) {
        if (x->version[i] > 0 && (snapshot || x->version[i] > base))
            cases[b.count++] = (struct fix_case) { i, x->version[i] };
        for (size_t t = 0; t < ARRAY_LEN(tables) && x->version[i] < 0 && -x->version[i] > base && !snapshot; t++)
            if (b.gone_count < ARRAY_LEN(gone))
                gone[b.gone_count++] = (struct fix_gone) { tables[t], i, -x->version[i] };
    }
    fix_seal(&laptops[laptop], &b, policy, catalog, out);
}

/* One step: some cases change; in two of them one that has just changed is taken back (no more: a snapshot that takes out
 * much would wait for a person). */
static void live(struct life *x, int seq)
{
    int64_t n = version_count(x->now);

    x->before = x->now;
    if (seq == 2 || seq == 6)
        x->version[seq + 3] = version_of(1, ++n);
    for (int changes = 3 + (int) roll(6); changes > 0; changes--) {
        int at = 1 + (int) roll(CASES);

        if (x->version[at] >= 0)
            x->version[at] = version_of(1, ++n);
    }
    if (seq == 3 || seq == 7)
        x->version[seq + 2] = -version_of(1, ++n);
    x->now = version_of(1, n);
}

static void make_histories(void)
{
    for (int l = 0; l < LAPTOPS; l++) {
        struct life x = { .now = version_of(1, CASES), .before = version_of(1, 2) };

        for (int i = 1; i <= CASES; i++)
            x.version[i] = version_of(1, i);
        seal(l, &x, 1, true, 0);
        for (int seq = 2; seq <= BATCHES; seq++) {
            bool all = seq == 5 && l != 1;      /* now and then everything */
            int64_t base = x.now;

            live(&x, seq);
            /* Now and then what was not acknowledged once more. */
            seal(l, &x, seq, all, all ? 0 : roll(3) == 0 ? x.before - 2 : base);
        }
        lives[l] = x;
    }
}

/* --- hubs ------------------------------------------------------------------------------------------------------- */

static const char *server(void)
{
    return getenv("HUB_TEST_POSTGRESQL");
}

static struct warehouse *new_hub(bool postgresql)
{
    char *path = path_join(home, "hub.db"), *journal = path_join(home, "hub.db-journal");
    struct warehouse *w = NULL;

    if (postgresql) {
        struct pq *p = NULL;

        ok(pq_open(&p, server(), &err));
        ok(pq_run(p, "DROP SCHEMA public CASCADE; CREATE SCHEMA public", &err));
        pq_close(&p);
    }
    unlink(path);
    unlink(journal);
    free(journal);
    ok(warehouse_make(&w, postgresql ? server() : path, keys.vault, catalog, "provisional-wales", &err));
    for (int l = 0; l < LAPTOPS; l++) {
        char *file = path_join(laptops[l].folder, "S.json");
        struct buf text = BUF_INIT;
        struct source s;
        int64_t n;

        ok(file_read(&text, file, 65536, &err));
        ok(source_read(&s, buf_text(&text), text.len, &err));
        ok(source_register(w, &s, buf_text(&text), 1790000000, &n, &err));
        buf_release(&text);
        free(file);
    }
    free(path);
    return w;
}

/* A snapshot that takes out much waits, and whether it does depends on what was there: a person agrees to each. */
static void agree(struct warehouse *w, struct reception *rc)
{
    struct ledger_row row = { .seq = 0 };
    struct query *q = NULL;
    bool there = true;

    while (there) {
        ok(query_ask(&q, &w->engine, "SELECT source_id, epoch, seq, manifest_sha256 FROM hub_batch WHERE status = 'quarantined' "
                                     "AND reason = 'deletes_much' ORDER BY source_id, seq LIMIT 1", NULL, 0, &err));
        ok(query_next(q, &there, &err));
        if (there) {
            row.source_id = query_integer(q, 0);
            row.epoch = query_integer(q, 1);
            row.seq = query_integer(q, 2);
            str_copy(row.manifest_sha256, sizeof row.manifest_sha256, query_string(q, 3));
        }
        query_end(&q);
        if (!there)
            return;
        ok(receive_agreed(rc, &row, &err));
    }
}

/* What is told about each bundle is not what is tested here. */
static void receive_but(struct warehouse *w, const struct file_names *files, int rejected)
{
    struct reception rc = { .receipts = NULL };
    char *said = path_join(home, "said");
    int was = dup(STDOUT_FILENO);

    fflush(stdout);
    if (!freopen(said, "w", stdout))
        fail();
    ok(reception_open(&rc, &keys, w, catalog, &err));
    ok(receive_files(&rc, files, &err));
    agree(w, &rc);
    fflush(stdout);
    dup2(was, STDOUT_FILENO);
    close(was);
    assert_int_equal(rc.sum.rejected, rejected);
    assert_int_equal(rc.sum.refused, 0);
    free(said);
    reception_close(&rc);
}

static void receive(struct warehouse *w, const struct file_names *files)
{
    receive_but(w, files, 0);
}

static void dump_table(struct buf *b, struct warehouse *w, const struct wh_table *t)
{
    struct buf sql = BUF_INIT;
    struct query *q = NULL;
    bool row = true;

    buf_add(&sql, "SELECT ");
    for (size_t i = 0; i < t->count; i++) {
        bool id = t->columns[i].type == ITEM_ID, sqlite = w->dialect == DIALECT_SQLITE;

        buf_addf(&sql, "%s%s%s%s", i ? ", " : "", !id ? "" : sqlite ? "lower(hex(" : "replace(CAST(", t->columns[i].name,
                 !id ? "" : sqlite ? "))" : " AS text), '-', '')");
    }
    buf_addf(&sql, " FROM %s ORDER BY 1", t->name);
    for (size_t i = 1; i < t->keys; i++)
        buf_addf(&sql, ", %zu", t->key[i] + 1);
    ok(query_ask(&q, &w->engine, buf_text(&sql), NULL, 0, &err));
    while (query_next(q, &row, &err) == ST_OK && row) {
        buf_add(b, t->name);
        for (size_t i = 0; i < t->count; i++) {
            if (t->columns[i].type == ITEM_DECIMAL && !query_is_null(q, (int) i))
                buf_addf(b, "|%.15g", query_number(q, (int) i));
            else
                buf_addf(b, "|%s", query_is_null(q, (int) i) ? "-" : query_string(q, (int) i));
        }
        buf_add_char(b, '\n');
    }
    query_end(&q);
    buf_release(&sql);
}

static void dump_numbers(struct buf *b, struct warehouse *w, const char *what, const char *sql)
{
    struct query *q = NULL;
    bool row = true;

    ok(query_ask(&q, &w->engine, sql, NULL, 0, &err));
    while (query_next(q, &row, &err) == ST_OK && row)
        buf_addf(b, "%s|%s|%lld|%lld\n", what, query_string(q, 0), (long long) query_integer(q, 1),
                 (long long) query_integer(q, 2));
    query_end(&q);
}

static char *dump(struct warehouse *w)
{
    struct buf b = BUF_INIT;

    for (size_t i = 0; i < w->schema->count; i++)
        dump_table(&b, w, &w->schema->tables[i]);
    dump_numbers(&b, w, "tombstones", "SELECT table_name, count(*), max(row_version) FROM tombstone GROUP BY table_name ORDER BY 1");
    dump_numbers(&b, w, "source", "SELECT source, covered_version, snapshot_version FROM hub_source ORDER BY 1");
    return buf_steal(&b);
}

/* Each case of each laptop is there in its newest version, with its needs, or is not there at all. */
static void assert_lives(struct warehouse *w)
{
    for (int l = 0; l < LAPTOPS; l++)
        for (int i = 1; i <= CASES; i++) {
            int64_t v = lives[l].version[i], n = 0;
            const struct query_value values[] = { query_int(l + 1), query_int(v) };

            if (v < 0)
                continue;
            ok(warehouse_number(w, "SELECT count(*) FROM contact WHERE source_id = ?1 AND row_version = ?2", values, 2, &n, &err));
            assert_int_equal(n, 3);
            ok(warehouse_number(w, "SELECT count(*) FROM need WHERE source_id = ?1 AND row_version = ?2", values, 2, &n, &err));
            assert_int_equal(n, version_count(v) % 3);
        }
    for (int l = 0; l < LAPTOPS; l++) {
        const struct query_value source = query_int(l + 1);
        int64_t n = 0, there = 0;

        for (int i = 1; i <= CASES; i++)
            there += lives[l].version[i] > 0;
        ok(warehouse_number(w, "SELECT count(*) FROM episode WHERE source_id = ?1", &source, 1, &n, &err));
        assert_int_equal(n, there);
    }
}

/* --- trials ----------------------------------------------------------------------------------------------------- */

static void shuffle(struct file_names *l)
{
    for (size_t i = l->count; i > 1; i--) {
        size_t k = roll((unsigned) i);
        char *x = l->items[i - 1];

        l->items[i - 1] = l->items[k];
        l->items[k] = x;
    }
}

static void assert_same(const char *got, const char *wanted, const char *how)
{
    size_t at = 0, line;

    if (strcmp(got, wanted) == 0)
        return;
    while (got[at] && got[at] == wanted[at])
        at++;
    for (line = at; line > 0 && got[line - 1] != '\n';)
        line--;
    fail_msg("%s: the hub holds\n  %.*s\nwhere it held\n  %.*s", how, (int) strcspn(got + line, "\n"), got + line,
             (int) strcspn(wanted + line, "\n"), wanted + line);
}

/* All of them in this order, in as many runs as the sizes say (0 ends). */
static char *trial(bool postgresql, const struct file_names *files, const size_t *sizes)
{
    struct warehouse *w = new_hub(postgresql);
    size_t at = 0;
    char *state;

    for (; *sizes && at < files->count; sizes++) {
        struct file_names part = { files->items + at, *sizes < files->count - at ? *sizes : files->count - at, 0 };

        receive(w, &part);
        at += part.count;
    }
    if (at < files->count) {
        struct file_names rest = { files->items + at, files->count - at, 0 };

        receive(w, &rest);
    }
    assert_lives(w);
    state = dump(w);
    warehouse_close(&w);
    return state;
}

static void compare(const struct file_names *files, const size_t *sizes, const char *wanted, const char *how)
{
    char *got = trial(false, files, sizes);

    assert_same(got, wanted, how);
    free(got);
    if (!server())
        return;
    got = trial(true, files, sizes);
    assert_same(got, wanted, how);
    free(got);
}

static void any_order_any_repetition_any_subset(void **state)
{
    static const size_t at_once[] = { 0 };
    struct file_names all = { NULL, 0, 0 }, twice = { NULL, 0, 0 };
    char *first;

    (void) state;
    ok(bundles_find(&all, out, &err));
    bundles_sort(&all);
    assert_int_equal(all.count, LAPTOPS * BATCHES);
    first = trial(false, &all, at_once);
    assert_non_null(strstr(first, "episode|3|"));
    compare(&all, at_once, first, "the same once more");
    for (int n = 0; n < TRIALS; n++) {
        size_t sizes[] = { 1 + roll((unsigned) all.count), 1 + roll(5), 0 };

        shuffle(&all);
        compare(&all, sizes, first, "in another order");
    }
    for (size_t i = 0; i < 2 * all.count; i++)
        *ARRAY_ADD(twice.items, twice.count, twice.cap) = all.items[i % all.count];
    for (int n = 0; n < 2; n++) {
        size_t sizes[] = { 1 + roll((unsigned) twice.count), 0 };

        shuffle(&twice);
        compare(&twice, sizes, first, "each twice");
    }
    free(twice.items);
    bundles_free(&all);
    free(first);
}

/* What the laptops have is what the hub has: nothing more, nothing older. */
static void the_hub_holds_what_the_newest_snapshot_says(void **state)
{
    struct file_names all = { NULL, 0, 0 }, last = { NULL, 0, 0 };
    struct life x = { .now = version_of(1, 500) };
    struct warehouse *w;
    int64_t n = 0, needs = 0;

    (void) state;
    ok(bundles_find(&all, out, &err));
    w = new_hub(false);
    receive(w, &all);
    for (int i = 1; i <= CASES; i++) {
        x.version[i] = i == 7 ? 0 : version_of(1, 400 + i);
        needs += i == 7 ? 0 : (400 + i) % 3;
    }
    free(out);
    out = path_join(home, "last");
    seal(0, &x, 90, true, 0);
    ok(bundles_find(&last, out, &err));
    receive(w, &last);
    receive(w, &all);
    ok(warehouse_number(w, "SELECT count(*) FROM episode WHERE source_id = 1", NULL, 0, &n, &err));
    assert_int_equal(n, CASES - 1);
    ok(warehouse_number(w, "SELECT count(*) FROM need WHERE source_id = 1", NULL, 0, &n, &err));
    assert_int_equal(n, needs);
    ok(warehouse_number(w, "SELECT min(row_version) FROM contact WHERE source_id = 1", NULL, 0, &n, &err));
    assert_int_equal(n, version_of(1, 401));
    ok(warehouse_number(w, "SELECT count(*) FROM safeguarding WHERE source_id = 1", NULL, 0, &n, &err));
    assert_int_equal(n, 3);
    ok(warehouse_number(w, "SELECT min(row_version) FROM safeguarding WHERE source_id = 1", NULL, 0, &n, &err));
    assert_int_equal(n, version_of(1, 500));
    bundles_free(&all);
    bundles_free(&last);
    warehouse_close(&w);
}

/* Bundles of laptops that nothing was heard of before, all in one group; one of them has a wrong row in its third table. */
static char *first_contact_with_a_wrong_row(bool postgresql)
{
    struct warehouse *w = new_hub(postgresql);
    struct file_names first = { NULL, 0, 0 }, later = { NULL, 0, 0 };
    char *at_first = path_join(home, "mixed"), *then = path_join(home, "mended"), *state;
    int64_t n = 0;

    ok(bundles_find(&first, at_first, &err));
    ok(bundles_find(&later, then, &err));
    bundles_sort(&first);
    bundles_sort(&later);
    receive_but(w, &first, 1);
    for (size_t t = 0; t < w->schema->count; t++) {
        char *sql = xasprintf("SELECT count(*) FROM %s WHERE source_id = 2", w->schema->tables[t].name);

        ok(warehouse_number(w, sql, NULL, 0, &n, &err));
        assert_int_equal(n, 0);
        free(sql);
    }
    ok(warehouse_number(w, "SELECT count(*) FROM episode", NULL, 0, &n, &err));
    assert_int_equal(n, 2 * CASES);
    receive(w, &later);
    ok(warehouse_number(w, "SELECT count(*) FROM episode WHERE source_id = 2", NULL, 0, &n, &err));
    assert_int_equal(n, CASES);
    bundles_free(&first);
    bundles_free(&later);
    free(at_first);
    free(then);
    state = dump(w);
    warehouse_close(&w);
    return state;
}

static void a_wrong_row_leaves_nothing_of_its_bundle_and_all_of_the_others(void **state)
{
    struct fix_case cases[CASES];
    struct fix_batch b = { .epoch = 1, .seq = 1, .kind = BATCH_SNAPSHOT, .to = version_of(1, CASES), .cases = cases, .count = CASES,
                           .capacity = true };
    char *was = out, *first, *second;

    (void) state;
    for (int i = 0; i < CASES; i++)
        cases[i] = (struct fix_case) { i + 1, version_of(1, i + 1) };
    for (int l = 0; l < LAPTOPS; l++) {
        b.twice = l == 1;
        out = path_join(home, "mixed");
        fix_seal(&laptops[l], &b, policy, catalog, out);
        free(out);
    }
    b.twice = false;
    b.seq = 2;
    out = path_join(home, "mended");
    fix_seal(&laptops[1], &b, policy, catalog, out);
    free(out);
    out = was;
    first = first_contact_with_a_wrong_row(false);
    if (server()) {
        second = first_contact_with_a_wrong_row(true);
        assert_same(second, first, "the other engine");
        free(second);
    }
    free(first);
}

/* Columns that came later stand behind the others in the table, not where the definition has them. */
static void check_grown_table(bool postgresql)
{
    struct file_names all = { NULL, 0, 0 };
    struct warehouse *w = new_hub(postgresql);
    char *path = path_join(home, "hub.db"), *wanted, *got, *all_in = path_join(home, "out");

    ok(bundles_find(&all, all_in, &err));
    receive(w, &all);
    wanted = dump(w);
    warehouse_close(&w);
    w = new_hub(postgresql);
    ok(query_run(&w->engine, "ALTER TABLE episode DROP COLUMN sex", NULL, 0, &err));
    ok(query_run(&w->engine, "ALTER TABLE need DROP COLUMN need_code", NULL, 0, &err));
    ok(query_run(&w->engine, "DROP TABLE safeguarding", NULL, 0, &err));
    warehouse_close(&w);
    ok(warehouse_open(&w, postgresql ? server() : path, keys.vault, catalog, &err));
    receive(w, &all);
    got = dump(w);
    assert_same(got, wanted, "a table that has grown");
    warehouse_close(&w);
    bundles_free(&all);
    free(wanted);
    free(got);
    free(path);
    free(all_in);
}

static void rows_go_where_they_belong_in_a_table_that_has_grown(void **state)
{
    (void) state;
    check_grown_table(false);
    if (server())
        check_grown_table(true);
}

static void a_hub_that_was_made_before_a_table_gets_it(void **state)
{
    struct warehouse *w = new_hub(false);
    char *path = path_join(home, "hub.db");
    int64_t n = -1;

    (void) state;
    ok(query_run(&w->engine, "DROP TABLE safeguarding", NULL, 0, &err));
    warehouse_close(&w);
    ok(warehouse_open(&w, path, keys.vault, catalog, &err));
    ok(warehouse_number(w, "SELECT count(*) FROM safeguarding", NULL, 0, &n, &err));
    assert_int_equal(n, 0);
    warehouse_close(&w);
    free(path);
}

/* --- set-up ----------------------------------------------------------------------------------------------------- */

static void make_policy(void)
{
    struct policy_file *p = policy_file_new("w-hub", catalog_data_set(catalog, "provisional-wales", &err));
    struct buf bytes = BUF_INIT, marker = BUF_INIT;
    char recipient[AGE_RECIPIENT_TEXT];

    p->from = p->issued_on = (struct date) { 2026, 4, 1 };
    hub_keys_recipient(&keys, recipient);
    policy_file_add_recipient(p, recipient);
    minisign_public_text(&keys.sign_public, p->signer);
    ok(hub_policy_sign(&keys, p, &bytes, &marker, &err));
    ok(policy_file_verify(&policy, bytes.s, bytes.len, marker.s, marker.len, &err));
    buf_release(&bytes);
    buf_release(&marker);
    policy_file_free(&p);
}

static int setup(void **state)
{
    char template[] = "/tmp/dolen-hub-test.XXXXXX", *place;

    (void) state;
    lang_start();
    ok(secret_start(&err));
    home = xstrdup(mkdtemp(template));
    out = path_join(home, "out");
    place = path_join(home, "keys");
    catalog = catalog_new("forms", NULL);
    ok(hub_keys_make(place, &err));
    ok(hub_keys_open(&keys, place, &err));
    free(place);
    make_policy();
    for (int l = 0; l < LAPTOPS; l++) {
        place = xasprintf("%s/laptop%d", home, l);
        fix_laptop_open(&laptops[l], place, false);
        free(place);
    }
    make_histories();
    return 0;
}

static int teardown(void **state)
{
    char rm[] = "rm", rf[] = "-rf", *command[] = { rm, rf, home, NULL };

    (void) state;
    for (int l = 0; l < LAPTOPS; l++)
        fix_laptop_close(&laptops[l]);
    policy_file_free(&policy);
    hub_keys_free(&keys);
    catalog_free(&catalog);
    if (fork() == 0) {
        execvp(command[0], command);
        _exit(127);
    }
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_order_any_repetition_any_subset),
        cmocka_unit_test(the_hub_holds_what_the_newest_snapshot_says),
        cmocka_unit_test(a_wrong_row_leaves_nothing_of_its_bundle_and_all_of_the_others),
        cmocka_unit_test(rows_go_where_they_belong_in_a_table_that_has_grown),
        cmocka_unit_test(a_hub_that_was_made_before_a_table_gets_it),
    };

    return cmocka_run_group_tests(tests, setup, teardown);
}
