/* Batches: what a destination holds after any changes, sent as deltas of which some were lost, is what a whole one would give
 * it. Random changes of every table that a row stands on; the seed is printed when it fails. */
#include "fixture.h"

#include "dolen/exchange/batch.h"
#include "dolen/exchange/shape.h"
#include "dolen/base/banned.h"

enum { PEOPLE = 6, ROUNDS = 120, STEPS_MAX = 4, RECORDS_MAX = 4096, COLUMNS_MAX = 160 };

static struct { enum table_id t; struct id id; } records_[RECORDS_MAX];
static size_t record_count_;
static unsigned seed_;
static struct policy_file *policy_;
static struct record destination_;
static int64_t acked_;

static unsigned pick(unsigned n)
{
    seed_ = seed_ * 1103515245u + 12345u;
    return (seed_ >> 8) % n;
}

static struct id keep(enum table_id t, struct id id)
{
    if (record_count_ < RECORDS_MAX) {
        records_[record_count_].t = t;
        records_[record_count_++].id = id;
    }
    return id;
}

/* --- the people ------------------------------------------------------------------------------------------------- */

static void permission(struct store *s, struct id p, const char *state)
{
    static int day = 1;
    char on[16];

    snprintf(on, sizeof on, "2026-%02d-%02d", 1 + day / 28 % 6, 1 + day % 28);
    day++;
    keep(T_CONSENT, add(s, T_CONSENT, "person", ID(p), "notice_given", "YES", "notice_on", "2026-01-02", "purpose", "REPORTING",
                        "recipient", "W hub", "state", state, "state_on", on, "understood", "YES", NULL));
}

static void contact(struct fixture *f, struct id p, struct id e)
{
    keep(T_CONTACT, add(f->store, T_CONTACT, "person", ID(p), "episode", ID(e), "held_on", "2026-04-12", "kind", "PHONE",
                        "with_whom", "PERSON", "result", "ATTENDED", "minutes", "10", NULL));
}

static void somebody(struct fixture *f, int n)
{
    struct store *s = f->store;
    char nhs[16];
    struct id p = keep(T_PERSON, person_with_notice(s, "CANARY", "1950-05-01", NULL)), r, e, g;
    struct record person = { .text = NULL };

    snprintf(nhs, sizeof nhs, "999000%04d", n);
    assert_ok(store_get(s, T_PERSON, p, &person, &err_));
    record_set(&person, PERSON_nhs_number, n % 2 ? nhs : NULL);
    assert_ok(store_put(s, &person, NULL, &err_));
    record_release(&person);
    keep(T_EQUALITY, add(s, T_EQUALITY, "person", ID(p), "sex", "FEMALE", "ethnic_group", "WHITE_WELSH", NULL));
    r = keep(T_REFERRAL, add(s, T_REFERRAL, "person", ID(p), "route", "SELF", "received_on", "2026-04-03", "reasons", "HOUSING FOOD",
                             "urgency", "ROUTINE", "decision", "ACCEPTED", "decided_on", "2026-04-08", NULL));
    e = keep(T_EPISODE, episode(f, p, ID(r), "2026-04-10", NULL));
    contact(f, p, e);
    g = keep(T_GOAL, add(s, T_GOAL, "person", ID(p), "episode", ID(e), "position", "1", "state", "OPEN", NULL));
    keep(T_RATING, add(s, T_RATING, "goal", ID(g), "rated_on", "2026-04-12", "rating", "3", NULL));
    keep(T_CONNECTION, add(s, T_CONNECTION, "person", ID(p), "episode", ID(e), "asset", ID(f->asset), "kind", "REFERRED", "status",
                           "SENT", "said_by", "PERSON", "on_date", "2026-05-01", NULL));
    keep(T_GAP, add(s, T_GAP, "person", ID(p), "episode", ID(e), "category", "ARTS", "reason", "NOT_IN_WELSH", "noted_on",
                    "2026-05-02", NULL));
    keep(T_MEASURE, add(s, T_MEASURE, "person", ID(p), "episode", ID(e), "instrument", "ons4", "version", "1", "stage", "BASELINE",
                        "taken_on", "2026-04-12", "item", "satis", "value", "5", "wording", "draft", "language", "cy", NULL));
    permission(s, p, n % 3 ? "GIVEN" : "REFUSED");
}

/* --- changes ---------------------------------------------------------------------------------------------------- */

static const struct {
    enum table_id t;
    const char   *column, *values[3];
} edits[] = {
    { T_PERSON, "local_authority", { "W06000002", "W06000015", "W06000001" } }, { T_PERSON, "speak_language", { "CY", "EN", NULL } },
    { T_PERSON, "nhs_number", { "9990000018", NULL, "9990000026" } }, { T_PERSON, "birth_date", { "1950-05-01", "1990-01-01", NULL } },
    { T_EQUALITY, "sex", { "FEMALE", "MALE", NULL } }, { T_EQUALITY, "employment", { "RETIRED", NULL, "RETIRED" } },
    { T_REFERRAL, "reasons", { "HOUSING", "FOOD HOUSING DEBT", NULL } }, { T_REFERRAL, "urgency", { "ROUTINE", NULL, "ROUTINE" } },
    { T_EPISODE, "model", { "HOLISTIC", "LIGHT", NULL } }, { T_EPISODE, "closed_on", { "2026-06-01", NULL, "2026-05-01" } },
    { T_EPISODE, "opened_on", { "2026-04-10", "2026-04-11", "2025-04-11" } }, { T_CONTACT, "result", { "ATTENDED", "DNA", NULL } },
    { T_CONTACT, "held_on", { "2026-04-12", "2026-05-12", "2026-06-12" } }, { T_GOAL, "state", { "OPEN", "MET", NULL } },
    { T_RATING, "rating", { "0", "7", "10" } }, { T_CONNECTION, "status", { "SENT", "ATTENDING", NULL } },
    { T_GAP, "reason", { "NOT_IN_WELSH", "FULL", NULL } }, { T_MEASURE, "value", { "0", "5", "10" } },
    { T_CONSENT, "state", { "GIVEN", "WITHDRAWN", "REFUSED" } }, { T_ASSET, "category", { "FOOD", "ARTS", "GREEN" } },
    { T_PRACTITIONER, "org_type", { "THIRD_SECTOR", "CLUSTER", NULL } },
};

static bool edit(struct fixture *f, enum table_id t, struct id id)
{
    struct record r = { .text = NULL };
    unsigned k = pick(ARRAY_LEN(edits));

    for (unsigned i = 0; i < ARRAY_LEN(edits); i++, k = (k + 1) % ARRAY_LEN(edits))
        if (edits[k].t == t) {
            assert_ok(store_get(f->store, t, id, &r, &err_));
            record_set(&r, table_column_by_name(t, edits[k].column), edits[k].values[pick(3)]);
            assert_ok(store_put(f->store, &r, NULL, &err_));
            record_release(&r);
            return true;
        }
    return false;
}

static void bin_or_unbin(struct fixture *f, enum table_id t, struct id id)
{
    struct record r = { .text = NULL };
    bool binned;

    assert_ok(store_get(f->store, t, id, &r, &err_));
    binned = r.binned;
    record_release(&r);
    if (t == T_ASSET || t == T_PRACTITIONER)
        return;
    assert_ok(binned ? store_unbin(f->store, t, id, &err_) : store_bin(f->store, t, id, "test", &err_));
}

static void change(struct fixture *f)
{
    size_t at = pick((unsigned) record_count_);
    enum table_id t = records_[at].t;
    struct id id = records_[at].id;
    struct record r = { .text = NULL };

    switch (pick(8)) {
    case 0:
        bin_or_unbin(f, t, id);
        return;
    case 1:
        if (t == T_PERSON)
            permission(f->store, id, (const char *[]) { "GIVEN", "WITHDRAWN", "REFUSED" }[pick(3)]);
        return;
    case 2:
        if (t == T_EPISODE) {
            assert_ok(store_get(f->store, t, id, &r, &err_));
            contact(f, record_id(&r, EPISODE_person), id);
            keep(T_RESPONSE, add(f->store, T_RESPONSE, "form", "conversation", "person", ID(record_id(&r, EPISODE_person)), "episode",
                                 ID(id), "state", "FINAL", "held_on", "2026-04-20", NULL));
            record_release(&r);
        }
        return;
    default:
        edit(f, t, id);
    }
}

/* --- what the destination holds --------------------------------------------------------------------------------- */

struct held {
    char  table[32], key[80];
    char *line;
};
struct holding_ {
    struct held *items;
    size_t       count, cap;
};

static void held_free(struct holding_ *h)
{
    for (size_t i = 0; i < h->count; i++)
        free(h->items[i].line);
    free(h->items);
    memset(h, 0, sizeof *h);
}

static void drop(struct holding_ *h, const char *table, const char *key, bool prefix)
{
    for (size_t i = 0; i < h->count;) {
        bool same = prefix ? strncmp(h->items[i].key, key, strlen(key)) == 0 : str_eq(h->items[i].key, key);

        if (str_eq(h->items[i].table, table) && same) {
            free(h->items[i].line);
            h->items[i] = h->items[--h->count];
        } else {
            i++;
        }
    }
}

static int split(char *line, char *cell[COLUMNS_MAX])
{
    int n = 0;

    for (char *p = line;; p++) {
        cell[n++] = p;
        p += strcspn(p, ",");
        if (!*p || n == COLUMNS_MAX)
            return n;
        *p = '\0';
    }
}

static void take_line(struct holding_ *h, const char *table, char *const *head, int columns, const char *line)
{
    const struct table_keys *k = table_keys(table);
    char *copy = xstrdup(line), *cell[COLUMNS_MAX], key[80] = "";
    struct held *r;

    assert_int_equal(split(copy, cell), columns);
    if (str_eq(table, "tombstone")) {
        drop(h, cell[0], cell[1], false);
        if (str_eq(cell[0], "referral"))
            drop(h, "need", cell[1], true);
        free(copy);
        return;
    }
    for (int i = 0; k->primary[i]; i++)
        for (int c = 0; c < columns; c++)
            if (str_eq(head[c], k->primary[i])) {
                size_t used = strlen(key);

                snprintf(key + used, sizeof key - used, "%s|", cell[c]);
            }
    key[strlen(key) - 1] = '\0';
    drop(h, table, key, false);
    if (str_eq(table, "referral"))
        drop(h, "need", key, true);             /* its needs come with it */
    r = ARRAY_ADD(h->items, h->count, h->cap);
    str_copy(r->table, sizeof r->table, table);
    str_copy(r->key, sizeof r->key, key);
    r->line = xstrdup(line);
    free(copy);
}

static void take_member(struct holding_ *h, const struct bundle_member *m)
{
    char table[32], *text, *line, *end, *head[COLUMNS_MAX], *first = NULL;
    int columns = 0;

    str_copy(table, sizeof table, m->name);
    if (!strstr(table, ".csv") || strchr(table, '/') || str_eq(table, "dictionary.csv"))
        return;
    *strchr(table, '.') = '\0';
    if (str_eq(table, "capacity"))
        drop(h, table, "", true);
    text = xstrndup(m->bytes, m->n);
    for (line = text; (end = strstr(line, "\r\n")); line = end + 2) {
        *end = '\0';
        if (!first) {
            first = line;
            columns = split(line, head);
        } else {
            take_line(h, table, head, columns, line);
        }
    }
    free(text);
}

/* In the order in which a hub takes them: rows, then what is taken back. */
static void take(struct holding_ *h, const struct batch *b)
{
    for (size_t i = 0; i < b->files.count; i++)
        if (!str_eq(b->files.items[i].name, "tombstone.csv"))
            take_member(h, &b->files.items[i]);
    for (size_t i = 0; i < b->files.count; i++)
        if (str_eq(b->files.items[i].name, "tombstone.csv"))
            take_member(h, &b->files.items[i]);
}

static int by_name(const void *a, const void *b)
{
    const struct held *x = a, *y = b;
    int d = strcmp(x->table, y->table);

    return d ? d : strcmp(x->key, y->key);
}

static void assert_alike(struct holding_ *got, struct holding_ *wanted, int round)
{
    qsort(got->items, got->count, sizeof *got->items, by_name);
    qsort(wanted->items, wanted->count, sizeof *wanted->items, by_name);
    for (size_t i = 0; i < got->count || i < wanted->count; i++) {
        const char *g = i < got->count ? got->items[i].line : "(nothing)", *w = i < wanted->count ? wanted->items[i].line : "(nothing)";

        if (!str_eq(g, w))
            fail_msg("round %d, seed %u, %s: the destination has\n%s\nand not\n%s", round, seed_,
                     i < got->count ? got->items[i].table : wanted->items[i].table, g, w);
    }
}

/* --- rounds ----------------------------------------------------------------------------------------------------- */

static enum status made(struct store *s, const struct batch_job *job, struct batch *out)
{
    struct batch_making *b = NULL;
    bool over = false;
    enum status st = batch_make_begin(&b, s, job, out, &err_), end;

    if (st != ST_OK)
        return st;
    while (st == ST_OK && !over)
        st = batch_make_step(b, &over, &err_);
    end = batch_make_end(&b, &err_);
    return st == ST_OK ? end : st;
}

static void make(struct fixture *f, bool whole, int64_t base, struct batch *b)
{
    struct batch_job job = {
        .policy = policy_, .data_set = f->job.data_set, .catalog = f->catalog, .destination = destination_.id, .epoch = 1, .seq = 1,
        .whole = whole, .base_version = base, .to_version = version_of(1, store_version(f->store)), .today = { 2026, 6, 15 },
        .until = { 2026, 6, 15 },
        .now = 1, .app = "test",
    };

    memset(job.source.b, 7, sizeof job.source.b);
    memset(job.batch_id.b, 8, sizeof job.batch_id.b);
    memset(job.key, 0x42, sizeof job.key);
    assert_ok(made(f->store, &job, b));
}

static void begin(struct fixture *f)
{
    policy_ = policy_file_new("w-hub", f->job.data_set);
    policy_->from = (struct date) { 2026, 4, 1 };
    policy_->dates = DATES_DAY;
    record_init(&destination_, T_DESTINATION);
    record_set(&destination_, DESTINATION_name, "w-hub");
    assert_ok(store_put(f->store, &destination_, NULL, &err_));
    record_count_ = 0;
    acked_ = 0;
    keep(T_ASSET, f->asset);
    keep(T_PRACTITIONER, f->practitioner);
    for (int i = 0; i < PEOPLE; i++)
        somebody(f, i);
}

static void finish(void)
{
    policy_file_free(&policy_);
    record_release(&destination_);
}

static void deltas_of_which_some_are_lost_come_to_the_whole(void **state)
{
    struct fixture *f = *state;
    struct holding_ hub = { NULL, 0, 0 };

    seed_ = getenv("SEED") ? (unsigned) atoi(getenv("SEED")) : 20260615u;
    begin(f);
    for (int round = 0; round < ROUNDS; round++) {
        struct batch b, whole;
        struct holding_ wanted = { NULL, 0, 0 };
        bool lost = pick(4) == 0;
        int64_t to;

        for (unsigned n = pick(STEPS_MAX); n > 0; n--)
            change(f);
        to = version_of(1, store_version(f->store));
        make(f, acked_ == 0, acked_, &b);
        assert_ok(store_sent_write(f->store, destination_.id, b.sent.items, b.sent.count, &err_));
        if (!lost) {
            take(&hub, &b);
            acked_ = to;
            assert_ok(store_sent_settle(f->store, destination_.id, acked_, &err_));
            make(f, true, 0, &whole);
            take(&wanted, &whole);
            assert_alike(&hub, &wanted, round);
            assert_int_equal(whole.tombstones, 0);
            batch_release(&whole);
        }
        held_free(&wanted);
        batch_release(&b);
    }
    held_free(&hub);
    finish();
}

static void nothing_changed_is_nothing_to_send(void **state)
{
    struct fixture *f = *state;
    struct batch b;

    begin(f);
    make(f, true, 0, &b);
    assert_false(batch_is_empty(&b));
    assert_int_equal(b.kind, BATCH_SNAPSHOT);
    assert_ok(store_sent_write(f->store, destination_.id, b.sent.items, b.sent.count, &err_));
    batch_release(&b);
    make(f, false, version_of(1, store_version(f->store)), &b);
    assert_true(batch_is_empty(&b));
    batch_release(&b);
    finish();
}

/* Somebody has a row in many tables, and is one person: before sealing it is told about how many people the rows are. */
static void a_person_with_rows_in_many_tables_counts_once(void **state)
{
    struct fixture *f = *state;
    struct batch b;
    int64_t to;

    begin(f);
    make(f, true, 0, &b);
    assert_int_equal(b.changed_people, PEOPLE - 2);             /* two had refused */
    assert_ok(store_sent_write(f->store, destination_.id, b.sent.items, b.sent.count, &err_));
    batch_release(&b);
    to = version_of(1, store_version(f->store));
    for (size_t i = 0, met = 0; i < record_count_ && met < 3; i++)
        if (records_[i].t == T_CONTACT && met++ > 0) {          /* the first is of one who had refused */
            struct record r = { .text = NULL };

            assert_ok(store_get(f->store, T_CONTACT, records_[i].id, &r, &err_));
            record_set(&r, CONTACT_minutes, "25");
            assert_ok(store_put(f->store, &r, NULL, &err_));
            record_release(&r);
        }
    make(f, false, to, &b);
    assert_int_equal(b.changed_people, 2);
    batch_release(&b);
    finish();
}

/* The counting stands on what leaves: two people alike, one alone. */
static void the_count_of_people_alike(void **state)
{
    struct fixture *f = *state;
    struct batch b;

    begin(f);
    make(f, true, 0, &b);
    assert_int_equal(b.counts.people, PEOPLE - 2);              /* two had refused */
    assert_int_equal(b.counts.left_out[LEFT_REFUSED], 2);
    assert_int_equal(b.counts.risk.groups, 1);
    assert_int_equal(b.counts.risk.smallest, PEOPLE - 2);
    assert_int_equal(b.counts.risk.alone, 0);
    assert_int_equal(b.counts.risk.small, PEOPLE - 2);          /* four are fewer than five */
    batch_release(&b);
    for (size_t i = 0; i < record_count_; i++)
        if (records_[i].t == T_EQUALITY) {
            struct record r = { .text = NULL };

            assert_ok(store_get(f->store, T_EQUALITY, records_[i + 0].id, &r, &err_));
            record_set(&r, EQUALITY_sex, i > record_count_ / 2 ? "MALE" : "FEMALE");
            assert_ok(store_put(f->store, &r, NULL, &err_));
            record_release(&r);
        }
    make(f, true, 0, &b);
    assert_int_equal(b.counts.risk.groups, 2);
    batch_release(&b);
    finish();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(deltas_of_which_some_are_lost_come_to_the_whole, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(nothing_changed_is_nothing_to_send, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(a_person_with_rows_in_many_tables_counts_once, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(the_count_of_people_alike, fixture_open, fixture_close),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
