/* bench.h - what the programs of the bench share: a clock, samples and their percentiles, and the way into a case file.
 *
 * Each program says what it measured as lines "name value" (times in microseconds) on standard output; run.sh puts two
 * programs' lines into a ratio. */
#ifndef TESTS_BENCH_H
#define TESTS_BENCH_H

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "dolen/store/write.h"
#include "dolen/vault/secret.h"

static inline double now_us(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double) t.tv_sec * 1e6 + (double) t.tv_nsec / 1e3;
}

/* --- samples ------------------------------------------------------------------------------------------------------ */

#define SAMPLES_MAX 20000

struct samples {
    double v[SAMPLES_MAX];
    size_t n;
};

static inline void sample(struct samples *s, double v)
{
    if (s->n < SAMPLES_MAX)
        s->v[s->n++] = v;
}

static inline int sample_compare(const void *pa, const void *pb)
{
    double a = *(const double *) pa, b = *(const double *) pb;

    return (a > b) - (a < b);
}

/* The value below which that share of the samples lies. */
static inline double quantile(struct samples *s, double share)
{
    size_t at = (size_t) (share * (double) s->n);

    if (s->n == 0)
        return 0;
    qsort(s->v, s->n, sizeof *s->v, sample_compare);
    return s->v[at < s->n ? at : s->n - 1];
}

static inline void say(const char *name, double value)
{
    printf("%s %.3f\n", name, value);
    fflush(stdout);
}

/* --- the case file ------------------------------------------------------------------------------------------------ */

static inline void must(enum status st, const struct err *err)
{
    if (st == ST_OK)
        return;
    fprintf(stderr, "bench: %s\n", err_text(err));
    exit(1);
}

static inline int number(const char *s, int least, int most)
{
    long n = s ? strtol(s, NULL, 10) : 0;

    return n < least ? least : n > most ? most : (int) n;
}

/* Unlocks with the passphrase on standard input. */
static inline struct vault *unlock(const char *folder, double *took_us)
{
    struct err err = { .st = ST_OK };
    struct keyslots *slots = NULL;
    struct secret *pass = NULL;
    struct vault *v = NULL;
    double from;

    must(secret_start(&err), &err);
    must(keyslots_read(&slots, folder, &err), &err);
    must(secret_read_fd(&pass, 0, &err), &err);
    from = now_us();
    must(vault_open(&v, slots, pass, &err), &err);
    if (took_us)
        *took_us = now_us() - from;
    secret_free(&pass);
    keyslots_free(&slots);
    return v;
}

static inline struct store *open_case(const char *folder, struct vault **v)
{
    struct err err = { .st = ST_OK };
    struct store *s = NULL;

    *v = unlock(folder, NULL);
    must(store_open(&s, folder, *v, false, &err), &err);
    return s;
}

#endif
