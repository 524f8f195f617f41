/* derive.c - the key derivation alone: what is taken off the time from the key to the first screen.
 *
 *   derive CASE TIMES < passphrase        says derive_us, once each time */
#include "bench.h"

#include "dolen/base/banned.h"

int main(int argc, char **argv)
{
    struct err err = { .st = ST_OK };
    struct keyslots *slots = NULL;
    struct secret *pass = NULL;

    if (argc != 3) {
        fputs("usage: derive CASE TIMES < passphrase\n", stderr);
        return 2;
    }
    must(secret_start(&err), &err);
    must(keyslots_read(&slots, argv[1], &err), &err);
    must(secret_read_fd(&pass, 0, &err), &err);
    for (int i = number(argv[2], 1, 1000); i > 0; i--) {
        struct vault *v = NULL;
        double from = now_us();

        must(vault_open(&v, slots, pass, &err), &err);
        say("derive_us", now_us() - from);
        vault_free(&v);
    }
    secret_free(&pass);
    keyslots_free(&slots);
    return 0;
}
