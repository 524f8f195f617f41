/* case_true.c - asks of a case file what no command would: does the search hold what the records hold, is each record what its
 * history comes to, are the counters what counting says?  case_true FOLDER [KEYFILE], without a key file with the passphrase on descriptor 3. Ends with 1 when
 * not, and with 2 when it could not ask (open elsewhere, another passphrase, damaged on purpose). */
#include <stdio.h>

#include "casefile.h"
#include "dolen/base/lang.h"
#include "dolen/vault/secret.h"
#include "counts_true.h"
#include "history_true.h"
#include "search_true.h"

static enum status open_case(struct casefile **cf, const char *folder, const char *key_file, struct err *err)
{
    struct secret *passphrase = NULL;
    enum status st = casefile_claim(cf, folder, -1, err);

    if (st == ST_OK && !key_file)
        st = secret_read_fd(&passphrase, 3, err);
    if (st == ST_OK)
        st = casefile_unlock(*cf, passphrase, key_file, err);
    if (st == ST_OK)
        st = casefile_open(*cf, false, err);
    secret_free(&passphrase);
    return st;
}

int main(int argc, char **argv)
{
    struct casefile *cf = NULL;
    struct err err = { .st = ST_OK };
    int code = 2;

    lang_start();
    if (argc > 1 && secret_start(&err) == ST_OK && open_case(&cf, argv[1], argc > 2 ? argv[2] : NULL, &err) == ST_OK) {
        code = search_is_true(cf->store) && history_is_true(cf->store) && counts_are_true(cf->store) ? 0 : 1;
        casefile_shut(cf, NULL);
    } else {
        fprintf(stderr, "case_true: %s\n", err_text(&err));
    }
    casefile_free(&cf);
    return code;
}
