/* fuzz_minisign.c - hostile signatures and keys. First byte: 0 a signature, 1 a secret key, 2 a public key. */
#include <stdint.h>
#include <stdlib.h>

#include "dolen/base/mem.h"
#include "dolen/vault/minisign.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char public_key[] = "RWSVEBa4Su6cFCd6X0zs8yMOAaOKzf1VWJ64GNLlKq/i9ZoRLvJ0QCT0";

static void verify(const uint8_t *p, size_t n)
{
    struct minisign_signature sig;
    struct minisign_public pub;
    enum minisign_fault why;

    if (minisign_public_parse(&pub, public_key, NULL) != ST_OK)
        abort();
    if ((minisign_verify_bytes(&sig, &pub, "abc", 3, (const char *) p, n, &why, NULL) == ST_OK) !=
        (why == MINISIGN_FAULT_NONE))
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct minisign_secret *s = NULL;
    struct minisign_public pub;

    if (size == 0)
        return 0;
    if (data[0] % 3 == 0) {
        verify(data + 1, size - 1);
    } else if (data[0] % 3 == 1) {
        minisign_secret_parse(&s, (const char *) data + 1, size - 1, NULL);
        minisign_secret_free(&s);
    } else {
        char *text = xstrndup((const char *) data + 1, size - 1);

        minisign_public_parse(&pub, text, NULL);
        free(text);
    }
    return 0;
}
