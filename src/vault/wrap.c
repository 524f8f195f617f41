/* Stretching, wrapping and unwrapping. A wrap says which slot of which file it belongs to: the slot's bound
 * fields, the file's id and the slot's number are the associated data, so a slot moved, edited or brought from
 * another file does not open. A sealed box knows no associated data; a hash of the same bytes goes into the box
 * instead. */
#include "wrap.h"

#include <errno.h>
#include <string.h>

#include "dolen/base/lang.h"
#include "dolen/base/banned.h"

#define BOUND_BYTES (SLOT_BOUND_BYTES + 16 + 1)

_Static_assert(KEY_BYTES + crypto_aead_xchacha20poly1305_ietf_ABYTES <= sizeof((struct slot_disk *) 0)->wrapped,
               "fits");
_Static_assert(2 * KEY_BYTES + crypto_box_SEALBYTES == sizeof ((struct slot_disk *) 0)->wrapped, "fits exactly");
_Static_assert(crypto_pwhash_SALTBYTES == sizeof ((struct slot_disk *) 0)->salt, "salt");

static void bound_bytes(uint8_t out[BOUND_BYTES], const struct copy_disk *c, int i)
{
    memcpy(out, &c->slot[i], SLOT_BOUND_BYTES);
    memcpy(out + SLOT_BOUND_BYTES, c->file_id, sizeof c->file_id);
    out[BOUND_BYTES - 1] = (uint8_t) i;
}

enum status stretch(uint8_t wrap[KEY_BYTES], const struct slot_disk *s, const char *text, size_t n, struct err *err)
{
    uint64_t kib = get_le(s->kib, sizeof s->kib);

    errno = 0;
    if (crypto_pwhash(wrap, KEY_BYTES, text, n, s->salt, get_le(s->ops, sizeof s->ops), (size_t) kib * 1024,
                      crypto_pwhash_ALG_ARGON2ID13) == 0)
        return ST_OK;
    if (errno == EINVAL)            /* out of the library's own bounds */
        return slots_damaged(err);
    return err_set(err, ST_NOMEM,
                   _("Checking this passphrase needs %lu MiB of free memory, and the computer does not have it now. "
                     "Nothing was opened or changed. Close other programs and try again."),
                   (unsigned long) (kib / 1024));
}

void keyfile_wrap_key(uint8_t wrap[KEY_BYTES], const struct slot_disk *s, const uint8_t file_key[KEY_BYTES])
{
    crypto_generichash(wrap, KEY_BYTES, s->salt, sizeof s->salt, file_key, KEY_BYTES);
}

void wrap_symmetric(struct copy_disk *c, int i, const uint8_t wrap[KEY_BYTES], const uint8_t key[KEY_BYTES])
{
    struct slot_disk *s = &c->slot[i];
    uint8_t bound[BOUND_BYTES];

    memset(s->wrapped, 0, sizeof s->wrapped);
    randombytes_buf(s->nonce, sizeof s->nonce);
    bound_bytes(bound, c, i);
    crypto_aead_xchacha20poly1305_ietf_encrypt(s->wrapped, NULL, key, KEY_BYTES, bound, sizeof bound, NULL, s->nonce,
                                               wrap);
}

bool unwrap_symmetric(const struct copy_disk *c, int i, const uint8_t wrap[KEY_BYTES], uint8_t key[KEY_BYTES])
{
    const struct slot_disk *s = &c->slot[i];
    uint8_t bound[BOUND_BYTES];

    bound_bytes(bound, c, i);
    return crypto_aead_xchacha20poly1305_ietf_decrypt(key, NULL, NULL, s->wrapped,
                                                      KEY_BYTES + crypto_aead_xchacha20poly1305_ietf_ABYTES, bound,
                                                      sizeof bound, s->nonce, wrap) == 0;
}

bool wrap_sealed(struct copy_disk *c, int i, const uint8_t key[KEY_BYTES])
{
    struct slot_disk *s = &c->slot[i];
    uint8_t bound[BOUND_BYTES], box[2 * KEY_BYTES];
    bool sealed;

    bound_bytes(bound, c, i);
    memcpy(box, key, KEY_BYTES);
    crypto_generichash(box + KEY_BYTES, KEY_BYTES, bound, sizeof bound, NULL, 0);
    sealed = crypto_box_seal(s->wrapped, box, sizeof box, s->public_key) == 0;
    sodium_memzero(box, sizeof box);
    return sealed;
}

bool unwrap_sealed(const struct copy_disk *c, int i, const uint8_t secret_key[KEY_BYTES], uint8_t key[KEY_BYTES])
{
    const struct slot_disk *s = &c->slot[i];
    uint8_t bound[BOUND_BYTES], box[2 * KEY_BYTES], want[KEY_BYTES];
    bool opened;

    bound_bytes(bound, c, i);
    crypto_generichash(want, sizeof want, bound, sizeof bound, NULL, 0);
    opened = crypto_box_seal_open(box, s->wrapped, sizeof s->wrapped, s->public_key, secret_key) == 0 &&
             sodium_memcmp(box + KEY_BYTES, want, sizeof want) == 0;
    if (opened)
        memcpy(key, box, KEY_BYTES);
    sodium_memzero(box, sizeof box);
    return opened;
}
