/* Reading the key slots file: which of the two copies is whole, and what it says. No key is needed for any of this, so
 * nothing here is trusted before the header MAC was checked; bounds are enforced all the same. */
#include "slotfile.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/file.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/text.h"
#include "dolen/base/banned.h"

static const uint8_t magic[8] = { 'D', 'O', 'L', 'E', 'N', 'K', 'S', '\n' };

void *guarded_new(size_t n)
{
    return sodium_init() < 0 ? NULL : sodium_malloc(n);
}

void put_le(uint8_t *p, size_t n, uint64_t v)
{
    for (size_t i = 0; i < n; i++)
        p[i] = (uint8_t) (v >> (8 * i));
}

uint64_t get_le(const uint8_t *p, size_t n)
{
    uint64_t v = 0;

    for (size_t i = n; i-- > 0;)
        v = v << 8 | p[i];
    return v;
}

const char *slot_kind_word(enum slot_kind k)
{
    static const char *const words[] = { "empty", "passphrase", "recovery", "organisation", "key_file" };

    return (unsigned) k < ARRAY_LEN(words) ? words[k] : words[0];
}

void subkey_of(uint8_t out[KEY_BYTES], const uint8_t key[KEY_BYTES], enum subkey which)
{
    crypto_kdf_derive_from_key(out, KEY_BYTES, which, "dolenkey", key);
}

static void checksum_of(uint8_t out[32], const struct copy_disk *c)
{
    crypto_generichash(out, 32, (const uint8_t *) c, offsetof(struct copy_disk, checksum), NULL, 0);
}

static void mac_of(uint8_t out[32], const struct copy_disk *c, const uint8_t key[KEY_BYTES])
{
    uint8_t sub[KEY_BYTES];

    subkey_of(sub, key, SUBKEY_HEADER);
    crypto_generichash(out, 32, (const uint8_t *) c, offsetof(struct copy_disk, mac), sub, sizeof sub);
    sodium_memzero(sub, sizeof sub);
}

void copy_finish(struct copy_disk *c, const uint8_t key[KEY_BYTES])
{
    memcpy(c->magic, magic, sizeof magic);
    put_le(c->version, sizeof c->version, FORMAT_VERSION);
    put_le(c->db_format, sizeof c->db_format, DB_FORMAT);
    mac_of(c->mac, c, key);
    checksum_of(c->checksum, c);
}

bool copy_mac_holds(const struct copy_disk *c, const uint8_t key[KEY_BYTES])
{
    uint8_t mac[32];

    mac_of(mac, c, key);
    return sodium_memcmp(mac, c->mac, sizeof mac) == 0;
}

static bool copy_is_whole(const struct copy_disk *c)
{
    uint8_t sum[32];

    checksum_of(sum, c);
    return memcmp(c->magic, magic, sizeof magic) == 0 && memcmp(sum, c->checksum, sizeof sum) == 0;
}

enum status slots_damaged(struct err *err)
{
    return err_set(err, ST_SLOTS_DAMAGED, "%s",
                   _("The key slots file is damaged, so no passphrase can be tried. The database beside it was not "
                     "touched. Restore the newest backup; it carries the key slots with it."));
}

static bool slot_is_sane(const struct slot_disk *s)
{
    uint64_t ops = get_le(s->ops, sizeof s->ops), kib = get_le(s->kib, sizeof s->kib);
    const char *label = (const char *) s->label;

    if (s->kind == SLOT_EMPTY)
        return true;
    if (s->kind > SLOT_KEYFILE || !memchr(label, '\0', sizeof s->label) || !text_is_tame(label, false))
        return false;
    if (s->kind == SLOT_ORGANISATION || s->kind == SLOT_KEYFILE)
        return s->kdf == KDF_NONE;
    return s->kdf == KDF_ARGON2ID13 && ops >= KDF_OPS_MIN && ops <= KDF_OPS_MAX && kib >= KDF_KIB_MIN &&
           kib <= KDF_KIB_MAX;
}

static enum status copy_check(const struct copy_disk *c, struct err *err)
{
    if (get_le(c->version, sizeof c->version) > FORMAT_VERSION || get_le(c->db_format, sizeof c->db_format) > DB_FORMAT)
        return err_set(err, ST_NEWER, "%s",
                       _("This case file was made by a newer Dolen. Nothing was changed. Open it with that version, or "
                         "a later one."));
    if (get_le(c->version, sizeof c->version) < 1 || get_le(c->db_format, sizeof c->db_format) < 1)
        return slots_damaged(err);
    for (int i = 0; i < VAULT_SLOTS; i++)
        if (!slot_is_sane(&c->slot[i]))
            return slots_damaged(err);
    return ST_OK;
}

/* Every later version keeps two copies of this size at the front with the checksum at their ends, so that an old
 * program can tell "newer" from "damaged". */
enum status keyslots_from_bytes(struct keyslots **out, const void *p, size_t n, struct err *err)
{
    const struct copy_disk *copy = p, *best = NULL;     /* bytes only: any address will do */
    int whole = 0;
    struct keyslots *k;
    enum status st;

    for (size_t i = 0; i < 2 && n >= (i + 1) * COPY_BYTES; i++) {
        if (!copy_is_whole(&copy[i]))
            continue;
        whole++;
        if (!best || get_le(copy[i].generation, 8) > get_le(best->generation, 8))
            best = &copy[i];
    }
    if (!best)
        return slots_damaged(err);
    st = copy_check(best, err);
    if (st != ST_OK)
        return st;
    k = malloc(sizeof *k);
    if (!k)
        return err_set(err, ST_NOMEM, "%s", _("There is not enough memory to read the key slots. Nothing was changed. "
                                              "Close other programs and try again."));
    k->c = *best;
    k->one_bad = n != 2 * COPY_BYTES || whole != 2 || memcmp(&copy[0], &copy[1], COPY_BYTES) != 0;
    *out = k;
    return ST_OK;
}

enum status keyslots_read(struct keyslots **out, const char *dir, struct err *err)
{
    struct buf b = BUF_INIT;
    char *path = path_join(dir, SLOTFILE_NAME);
    enum status st;

    if (!file_exists(path)) {
        st = err_set(err, ST_NOTFOUND, _("There is no key slots file in %s. Nothing was changed. "
                                         "Check the folder, or make a case file there with: dolen init"), dir);
        goto out;
    }
    st = file_read(&b, path, 16 * COPY_BYTES, err);
    if (st == ST_REFUSED || st == ST_INVALID)
        st = slots_damaged(err);
    if (st == ST_OK)
        st = keyslots_from_bytes(out, b.s, b.len, err);
out:
    buf_release(&b);
    free(path);
    return st;
}

void keyslots_free(struct keyslots **kp)
{
    if (!kp || !*kp)
        return;
    free(*kp);
    *kp = NULL;
}

static struct id id_of_bytes(const uint8_t b[16])
{
    struct id id;

    memcpy(id.b, b, sizeof id.b);
    return id;
}

bool keyslots_is_training(const struct keyslots *k)
{
    return get_le(k->c.flags, sizeof k->c.flags) & FLAG_TRAINING;
}

struct id keyslots_file_id(const struct keyslots *k)
{
    return id_of_bytes(k->c.file_id);
}

uint64_t keyslots_generation(const struct keyslots *k)
{
    return get_le(k->c.generation, sizeof k->c.generation);
}

bool keyslots_one_copy_bad(const struct keyslots *k)
{
    return k->one_bad;
}

int keyslots_list(const struct keyslots *k, struct slot_info out[VAULT_SLOTS])
{
    return copy_list(&k->c, out);
}

struct slot_info slot_info_of(const struct slot_disk *s, int index)
{
    struct slot_info info = { .index = index, .kind = s->kind };

    str_copy(info.label, sizeof info.label, (const char *) s->label);
    info.practitioner = id_of_bytes(s->practitioner);
    info.created_at = (int64_t) get_le(s->created_at, 8);
    info.tested_at = (int64_t) get_le(s->tested_at, 8);
    info.kdf_mib = (unsigned) (get_le(s->kib, 4) / 1024);
    return info;
}

int copy_list(const struct copy_disk *c, struct slot_info out[VAULT_SLOTS])
{
    int count = 0;

    for (int i = 0; i < VAULT_SLOTS; i++)
        if (c->slot[i].kind != SLOT_EMPTY)
            out[count++] = slot_info_of(&c->slot[i], i);
    return count;
}
