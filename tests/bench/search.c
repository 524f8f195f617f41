/* search.c - the store's answer to what is typed: the first 50 hits, letter after letter.
 *
 *   search CASE TIMES TEXT… < passphrase
 *
 * Each TEXT is asked as it is typed, from its third letter on. Says search_us (median), search_p99_us, search_most_us and
 * the text that took it. */
#include "bench.h"

#include <string.h>

#include "dolen/base/mem.h"
#include "dolen/base/text.h"
#include "dolen/base/banned.h"

#define HITS 50

struct worst {
    double us;
    char   text[80];
};

static void ask(struct store *s, const char *text, struct samples *times, struct worst *worst)
{
    static struct hit hits[HITS];
    struct err err = { .st = ST_OK };
    double from = now_us(), took;
    int n = 0;

    must(store_search(s, text, 1u << HIT_PERSON | 1u << HIT_ASSET | 1u << HIT_NOTE, hits, HITS, &n, &err), &err);
    took = now_us() - from;
    sample(times, took);
    if (took > worst->us) {
        worst->us = took;
        str_copy(worst->text, sizeof worst->text, text);
    }
}

static void type(struct store *s, const char *text, struct samples *times, struct worst *worst)
{
    size_t n = strlen(text), step;
    int letters = 0;

    for (size_t at = 0; at < n; at += step) {
        char *typed;
        uint32_t cp;

        step = utf8_next(text + at, n - at, &cp);
        typed = xstrndup(text, at + step);
        if (++letters >= 3)
            ask(s, typed, times, worst);
        free(typed);
    }
}

int main(int argc, char **argv)
{
    static struct samples times;
    struct worst worst = { 0, "" };
    struct vault *v = NULL;
    struct store *s;

    if (argc < 4) {
        fputs("usage: search CASE TIMES TEXT... < passphrase\n", stderr);
        return 2;
    }
    s = open_case(argv[1], &v);
    for (int i = number(argv[2], 1, 1000); i > 0; i--)
        for (int k = 3; k < argc; k++)
            type(s, argv[k], &times, &worst);
    say("search_us", quantile(&times, 0.5));
    say("search_p99_us", quantile(&times, 0.99));
    printf("search_most_us %.3f\nsearch_most_text %s\n", worst.us, worst.text);
    store_close(&s, NULL);
    vault_free(&v);
    return 0;
}
