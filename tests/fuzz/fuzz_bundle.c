/* fuzz_bundle.c - hostile archives and lists. First byte: even an archive, opened alone and sealed into a bundle by a signer
 * who is known (a laptop gone bad); odd what a WebDAV server answers. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "dolen/base/mem.h"
#include "dolen/exchange/bundle.h"
#include "dolen/exchange/zip.h"
#include "carry/carry_priv.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct minisign_secret *signer;
static struct minisign_public signer_public;
static struct age_identity *identity;
static struct age_recipient recipient;

static const struct minisign_public *the_signer(void *ctx, const uint8_t key_id[8])
{
    (void) ctx, (void) key_id;
    return &signer_public;
}

static void make_keys(void)
{
    if (signer)
        return;
    if (minisign_secret_new(&signer, NULL) != ST_OK || age_identity_new(&identity, NULL) != ST_OK)
        abort();
    minisign_secret_public(signer, &signer_public);
    age_identity_recipient(identity, &recipient);
}

static void open_archive(const uint8_t *p, size_t n)
{
    const struct zip_rules rules = { bundle_names, 1 << 20, 1 << 21 };
    struct zip_in *z = NULL;
    enum zip_fault why;

    if (zip_in_open(&z, p, n, &rules, &why, NULL) != ST_OK)
        return;
    for (size_t i = 0; i < zip_in_count(z); i++) {
        struct buf out = BUF_INIT;

        if (zip_in_read(z, i, &out, &why, NULL) == ST_OK && out.len != zip_in_size(z, i))
            abort();
        buf_release(&out);
    }
    zip_in_free(&z);
}

static void open_bundle(const uint8_t *p, size_t n)
{
    const struct bundle_keys keys = { the_signer, NULL, identity };
    struct buf sealed = BUF_INIT, sig = BUF_INIT;
    struct bundle *b = NULL;
    enum bundle_fault why;
    enum status st;

    if (age_encrypt_bytes(&sealed, &recipient, 1, p, n, NULL) != ST_OK ||
        minisign_sign_bytes(&sig, signer, sealed.s, sealed.len, "c", NULL) != ST_OK)
        abort();
    st = bundle_open_bytes(&b, sealed.s, sealed.len, sig.s, sig.len, &keys, &why, NULL);
    if ((st == ST_OK) != (why == BUNDLE_FAULT_NONE) || (st == ST_OK) != (b != NULL))
        abort();
    bundle_free(&b);
    buf_release(&sealed);
    buf_release(&sig);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct buf out = BUF_INIT;
    char *text;

    if (size == 0)
        return 0;
    make_keys();
    if (data[0] % 2 == 0) {
        open_archive(data + 1, size - 1);
        open_bundle(data + 1, size - 1);
        return 0;
    }
    text = xstrndup((const char *) data + 1, size - 1);
    list_of_dav(&out, text);
    list_of_sftp(&out, text);
    for (const char *s = buf_text(&out); *s; s += strcspn(s, "\n") + 1)
        if (*s == '.' || memchr(s, '/', strcspn(s, "\n")))
            abort();
    buf_release(&out);
    free(text);
    return 0;
}
