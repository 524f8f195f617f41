/* fuzz_age.c - hostile age files and keys. First byte: 0 a file for a known key, 1 a secret key, 2 a recipient. */
#include <stdint.h>
#include <stdlib.h>

#include "dolen/base/mem.h"
#include "dolen/vault/age.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char key[] = "AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX";

static void open_file(const uint8_t *p, size_t n)
{
    static struct age_identity *id;
    struct buf out = BUF_INIT;
    enum age_fault why;
    enum status st;

    if (!id && age_identity_parse(&id, key, sizeof key - 1, NULL) != ST_OK)
        abort();
    st = age_decrypt_bytes(&out, id, p, n, &why, NULL);
    if ((st == ST_OK) != (why == AGE_FAULT_NONE) || (st != ST_OK && out.len))
        abort();
    buf_release(&out);
}

static void read_identity(const uint8_t *p, size_t n)
{
    struct age_identity *id = NULL;
    struct secret *s;

    if (age_identity_parse(&id, (const char *) p, n, NULL) == ST_OK && age_identity_text(id, &s, NULL) == ST_OK)
        secret_free(&s);
    age_identity_free(&id);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct age_recipient r;

    if (size == 0)
        return 0;
    if (data[0] % 3 == 0) {
        open_file(data + 1, size - 1);
    } else if (data[0] % 3 == 1) {
        read_identity(data + 1, size - 1);
    } else {
        char *text = xstrndup((const char *) data + 1, size - 1);

        age_recipient_parse(&r, text, NULL);
        free(text);
    }
    return 0;
}
