/* hub_laptop.c - an invented laptop by command, for shell tests of the hub: makes its identity, seals bundles.
 *
 *   hub-laptop new FOLDER [--training]
 *   hub-laptop seal FOLDER POLICY OUT [--kind K] [--epoch E] [--seq N] [--base V] [--to V] [--cases FIRST-LAST:VERSION]…
 *                   [--gone TABLE:N:VERSION]… [--bad CELL] [--twice] [--destination D] [--training] [--capacity]
 *   hub-laptop many FOLDER POLICY OUT LAPTOPS BATCHES CASES     so many laptops below FOLDER; of each one snapshot when
 *                   BATCHES is 1, else so many deltas; so many cases in each
 *
 * Versions are counts within the epoch. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/vault/secret.h"
#include "fix_hub.h"
#include "dolen/base/banned.h"

#define CASES_MAX 200000
#define GONE_MAX  1000

static struct fix_case cases[CASES_MAX];
static struct fix_gone gone[GONE_MAX];

static void add_cases(struct fix_batch *b, const char *s)
{
    long long first = 0, last = 0, version = 0;

    if (sscanf(s, "%lld-%lld:%lld", &first, &last, &version) != 3)
        exit(2);
    for (; first <= last && b->count < CASES_MAX; first++)
        cases[b->count++] = (struct fix_case) { first, version_of(b->epoch, version) };
}

static void add_gone(struct fix_batch *b, char *s)
{
    char *n = strchr(s, ':'), *version = n ? strchr(n + 1, ':') : NULL;

    if (!version || b->gone_count == GONE_MAX)
        exit(2);
    *n = '\0';
    gone[b->gone_count++] = (struct fix_gone) { s, atoll(n + 1), version_of(b->epoch, atoll(version + 1)) };
}

static void take(struct fix_batch *b, const char *name, char *value)
{
    if (str_eq(name, "--kind"))
        b->kind = str_eq(value, "snapshot") ? BATCH_SNAPSHOT : str_eq(value, "erasure") ? BATCH_ERASURE : BATCH_DELTA;
    else if (str_eq(name, "--epoch"))
        b->epoch = atoll(value);
    else if (str_eq(name, "--seq"))
        b->seq = atoll(value);
    else if (str_eq(name, "--base"))
        b->base = version_of(b->epoch, atoll(value));
    else if (str_eq(name, "--to"))
        b->to = version_of(b->epoch, atoll(value));
    else if (str_eq(name, "--cases"))
        add_cases(b, value);
    else if (str_eq(name, "--gone"))
        add_gone(b, value);
    else if (str_eq(name, "--bad"))
        b->bad = value;
    else if (str_eq(name, "--destination"))
        b->destination = value;
    else
        exit(2);
}

static int seal(int argc, char **argv)
{
    struct fix_batch b = { .epoch = 1, .seq = 1, .cases = cases, .gone = gone };
    struct catalog *c = catalog_open();
    struct policy_file *p = NULL;
    struct fix_laptop l;
    struct err err = { .st = ST_OK };

    for (int i = 5; i < argc; i++) {
        if (str_eq(argv[i], "--training"))
            b.training = true;
        else if (str_eq(argv[i], "--capacity"))
            b.capacity = true;
        else if (str_eq(argv[i], "--twice"))
            b.twice = true;
        else if (i + 1 < argc) {
            take(&b, argv[i], argv[i + 1]);
            i++;
        }
    }
    if (policy_file_read(&p, argv[3], NULL, &err) != ST_OK) {
        fprintf(stderr, "%s\n", err_text(&err));
        return 99;
    }
    fix_laptop_open(&l, argv[2], false);
    fix_seal(&l, &b, p, c, argv[4]);
    fix_laptop_close(&l);
    policy_file_free(&p);
    catalog_free(&c);
    return 0;
}

static void seal_some(const struct fix_laptop *l, const struct policy_file *p, struct catalog *c, const char *out, int batches,
                      int per_batch)
{
    for (int seq = 1; seq <= batches; seq++) {
        struct fix_batch b = { .epoch = 1, .seq = seq, .cases = cases, .kind = batches == 1 ? BATCH_SNAPSHOT : BATCH_DELTA };

        for (int i = 0; i < per_batch; i++)
            cases[b.count++] = (struct fix_case) { (seq - 1) * per_batch + i + 1, version_of(1, (seq - 1) * per_batch + i + 1) };
        b.to = version_of(1, seq * per_batch);
        b.base = batches == 1 ? 0 : version_of(1, (seq - 1) * per_batch);
        fix_seal(l, &b, p, c, out);
    }
}

static int many(char **argv)
{
    struct catalog *c = catalog_open();
    struct policy_file *p = NULL;
    struct err err = { .st = ST_OK };

    if (policy_file_read(&p, argv[3], NULL, &err) != ST_OK) {
        fprintf(stderr, "%s\n", err_text(&err));
        return 99;
    }
    for (int i = 1; i <= atoi(argv[5]); i++) {
        char *folder = xasprintf("%s/%d", argv[2], i);
        struct fix_laptop l;

        fix_laptop_open(&l, folder, false);
        seal_some(&l, p, c, argv[4], atoi(argv[6]), atoi(argv[7]));
        fix_laptop_close(&l);
        free(folder);
    }
    policy_file_free(&p);
    catalog_free(&c);
    return 0;
}

int main(int argc, char **argv)
{
    struct err err = { .st = ST_OK };
    struct fix_laptop l;

    if (secret_start(&err) != ST_OK)
        return 99;
    lang_start();
    if (argc >= 5 && str_eq(argv[1], "seal"))
        return seal(argc, argv);
    if (argc == 8 && str_eq(argv[1], "many"))
        return many(argv);
    if (argc >= 3 && str_eq(argv[1], "new")) {
        fix_laptop_open(&l, argv[2], argc > 3);
        printf("%s\n", source_show(l.id).s);
        fix_laptop_close(&l);
        return 0;
    }
    return 2;
}
