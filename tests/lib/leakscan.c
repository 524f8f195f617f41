/* leakscan.c - looks for canary texts in the bytes and names of all files below some folders.
 *
 *   leakscan [-n] CANARY … -- FOLDER|FILE …
 *
 * Each canary is sought as UTF-8 and UTF-16, in any ASCII case. Prints FILE: offset: canary for each find and ends with
 * 1; 0 when there is none. With -n a name that cannot be read is passed over, else it is a finding too. */
#include <dirent.h>
#include <errno.h>
#include <ftw.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "dolen/base/banned.h"

#define MAX_NEEDLES 64

struct needle {
    unsigned char bytes[512];            /* lower case */
    size_t        n;
    const char   *name;
};

static struct needle needles[MAX_NEEDLES];
static size_t needle_count, findings, files;
static bool lenient;

static unsigned char lower(unsigned char c)
{
    return c >= 'A' && c <= 'Z' ? (unsigned char) (c + 32) : c;
}

static void add_needle(const char *text, bool wide)
{
    struct needle *n = &needles[needle_count];

    if (needle_count == MAX_NEEDLES || strlen(text) < 4 || strlen(text) * 2 > sizeof n->bytes) {
        fprintf(stderr, "leakscan: a canary has 4 to 256 bytes, and there are at most 32: %s\n", text);
        exit(2);
    }
    for (const char *p = text; *p; p++) {
        n->bytes[n->n++] = lower((unsigned char) *p);
        if (wide)
            n->bytes[n->n++] = 0;
    }
    n->n -= wide;
    n->name = text;
    needle_count++;
}

/* Canaries in the n bytes at p, of which the first before were already searched as part of the last block. */
static void search(const char *path, long base, const unsigned char *p, size_t n)
{
    for (size_t k = 0; k < needle_count; k++) {
        const struct needle *d = &needles[k];

        for (size_t i = 0; i + d->n <= n; i++) {
            size_t j = 0;

            if (p[i] != d->bytes[0])
                continue;
            while (j < d->n && p[i + j] == d->bytes[j])
                j++;
            if (j == d->n) {
                printf("%s: %ld: %s\n", path, base + (long) i, d->name);
                findings++;
            }
        }
    }
}

static void search_file(const char *path)
{
    static unsigned char block[1 << 20];
    size_t kept = 0, n;
    long at = 0;
    FILE *f = fopen(path, "rb");

    if (!f) {
        if (!lenient) {
            printf("%s: %s\n", path, strerror(errno));
            findings++;
        }
        return;
    }
    files++;
    while ((n = fread(block + kept, 1, sizeof block - kept, f)) > 0) {
        size_t all = kept + n, keep = all < 511 ? all : 511;

        for (size_t i = kept; i < all; i++)
            block[i] = lower(block[i]);
        search(path, at, block, all);
        memmove(block, block + all - keep, keep);      /* a canary may lie across two blocks: found twice is no harm */
        at += (long) (all - keep);
        kept = keep;
    }
    fclose(f);
}

static int visit(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
    unsigned char name[4096];
    const char *base = path + ftw->base;
    size_t n = strlen(base);

    (void) type;
    for (size_t i = 0; i < n && i < sizeof name; i++)
        name[i] = lower((unsigned char) base[i]);
    search(path, -1, name, n < sizeof name ? n : sizeof name);
    if (S_ISREG(st->st_mode))
        search_file(path);
    return 0;
}

int main(int argc, char **argv)
{
    int i = 1;

    if (i < argc && strcmp(argv[i], "-n") == 0) {
        lenient = true;
        i++;
    }
    for (; i < argc && strcmp(argv[i], "--") != 0; i++) {
        add_needle(argv[i], false);
        add_needle(argv[i], true);
    }
    if (needle_count == 0 || i + 1 >= argc) {
        fputs("usage: leakscan [-n] CANARY … -- FOLDER|FILE …\n", stderr);
        return 2;
    }
    for (i++; i < argc; i++)
        if (nftw(argv[i], visit, 32, FTW_PHYS) != 0) {
            fprintf(stderr, "leakscan: %s: %s\n", argv[i], strerror(errno));
            return 2;
        }
    if (findings == 0)
        fprintf(stderr, "leakscan: nothing in %zu files\n", files);
    return findings > 0;
}
