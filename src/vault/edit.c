/* Making and changing slots. Changes stay in memory until vault_write(); a write that fails takes them back, so that
 * the next, unrelated write cannot bring them in by surprise. */
#include "slotfile.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "dolen/base/date.h"
#include "dolen/base/file.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/text.h"
#include "keyfile.h"
#include "recovery.h"
#include "wrap.h"
#include "dolen/base/banned.h"

#define CALIBRATE_MAX_MIB 1024

static enum status no_memory(struct err *err)
{
    return err_set(err, ST_NOMEM, "%s", _("There is no memory to hold the key safely. Nothing was changed. "
                                          "Close other programs and try again."));
}

enum status vault_create(struct vault **out, bool training, struct err *err)
{
    struct keyslots k = { .one_bad = false };
    uint8_t *key = guarded_new(KEY_BYTES);
    struct id file_id = id_new();
    enum status st;

    if (!key)
        return no_memory(err);
    crypto_kdf_keygen(key);
    memcpy(k.c.file_id, file_id.b, sizeof k.c.file_id);
    randombytes_buf(k.c.salt, sizeof k.c.salt);
    put_le(k.c.flags, sizeof k.c.flags, training ? FLAG_TRAINING : 0);
    copy_finish(&k.c, key);
    st = vault_from_key(out, &k, key, -1, err);
    if (st == ST_OK)
        (*out)->on_disk = false;
    sodium_free(key);
    return st;
}

static double trial_seconds(unsigned mib)
{
    uint8_t out[KEY_BYTES], salt[crypto_pwhash_SALTBYTES] = { 0 };
    struct timespec a, b;

    /* processor time: another program's work must not make the cost look higher than it is */
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &a);
    if (crypto_pwhash(out, sizeof out, "calibrate", 9, salt, KDF_OPS_MIN, (size_t) mib << 20,
                      crypto_pwhash_ALG_ARGON2ID13) != 0)
        return -1;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &b);
    return (double) (b.tv_sec - a.tv_sec) + (double) (b.tv_nsec - a.tv_nsec) / 1e9;
}

/* At most a quarter of the memory: the file has to open on the day when a browser is running as well. */
static unsigned calibrate_ceiling(void)
{
    long pages = sysconf(_SC_PHYS_PAGES), size = sysconf(_SC_PAGESIZE);
    unsigned quarter = pages > 0 && size > 0 ? (unsigned) ((uint64_t) pages * (uint64_t) size >> 22) :
                                               VAULT_KDF_FIRST_MIB;

    if (quarter > CALIBRATE_MAX_MIB)
        return CALIBRATE_MAX_MIB;
    return quarter < VAULT_KDF_FLOOR_MIB ? VAULT_KDF_FLOOR_MIB : quarter;
}

unsigned vault_calibrate(void)
{
    unsigned mib = VAULT_KDF_FIRST_MIB, most = calibrate_ceiling();
    double seconds;

    if (mib > most)
        mib = most;
    while ((seconds = trial_seconds(mib)) < 0 && mib > VAULT_KDF_FLOOR_MIB)
        mib /= 2;
    if (seconds > 0)
        mib = (unsigned) (mib / seconds) / 16 * 16;      /* the time grows in step with the memory */
    if (mib > most)
        mib = most;
    return mib < VAULT_KDF_FLOOR_MIB ? VAULT_KDF_FLOOR_MIB : mib;
}

static enum status free_slot(const struct vault *v, int *slot, struct err *err)
{
    for (int i = 0; i < VAULT_SLOTS; i++)
        if (v->now.slot[i].kind == SLOT_EMPTY) {
            *slot = i;
            return ST_OK;
        }
    return err_set(err, ST_REFUSED, _("All %d key slots are taken. Nothing was changed. "
                                      "Remove one that is no longer needed, then try again."), VAULT_SLOTS);
}

/* Everything that is bound to the wrap, but the wrap itself. */
static enum status slot_fill(struct slot_disk *s, enum slot_kind kind, const char *label, struct id practitioner,
                             unsigned kdf_mib, struct err *err)
{
    size_t n = label ? strlen(label) : 0;

    if (n > VAULT_LABEL_MAX || (label && !text_is_tame(label, false)))
        return err_set(err, ST_INVALID, _("A key slot's label is one line of at most %d bytes. Nothing was changed. "
                                          "Use a shorter label."), VAULT_LABEL_MAX);
    memset(s, 0, sizeof *s);
    s->kind = (uint8_t) kind;
    if (kdf_mib) {
        s->kdf = KDF_ARGON2ID13;
        put_le(s->ops, sizeof s->ops, KDF_OPS_MIN);
        put_le(s->kib, sizeof s->kib, (uint64_t) kdf_mib * 1024);
    }
    put_le(s->created_at, sizeof s->created_at, (uint64_t) clock_now());
    memcpy(s->practitioner, practitioner.b, sizeof s->practitioner);
    if (n)
        memcpy(s->label, label, n);
    randombytes_buf(s->salt, sizeof s->salt);
    return ST_OK;
}

static enum status cost_check(unsigned kdf_mib, struct err *err)
{
    if (kdf_mib >= VAULT_KDF_FLOOR_MIB && kdf_mib <= KDF_KIB_MAX / 1024)
        return ST_OK;
    return err_set(err, ST_INVALID, _("The memory cost of a passphrase is between %u and %u MiB. Nothing was changed."
                                      " Give a number between them with --kdf-mib."),
                   (unsigned) VAULT_KDF_FLOOR_MIB, KDF_KIB_MAX / 1024);
}

/* Puts a filled-in slot in place, wrapped under text; the old slot stays when that fails. */
static enum status slot_put_text(struct vault *v, int i, const struct slot_disk *filled, const char *text, size_t n,
                                 struct err *err)
{
    uint8_t *wrap = guarded_new(KEY_BYTES);
    enum status st;

    if (!wrap)
        return no_memory(err);
    st = stretch(wrap, filled, text, n, err);
    if (st == ST_OK) {
        v->now.slot[i] = *filled;
        wrap_symmetric(&v->now, i, wrap, v->key);
    }
    sodium_free(wrap);
    return st;
}

static void slot_added(struct vault *v, int i, int *slot)
{
    if (v->slot < 0 && !v->on_disk)
        v->slot = i;                /* a new file: whoever makes it is the one who opened it */
    if (slot)
        *slot = i;
}

/* Whoever types it on another keyboard or system types the same characters, not the same bytes. */
static enum status slot_put_passphrase(struct vault *v, int i, const struct slot_disk *filled, const struct secret *s,
                                       struct err *err)
{
    struct secret *composed = secret_composed(s);
    enum status st = composed ? slot_put_text(v, i, filled, secret_text(composed), secret_length(composed), err)
                              : no_memory(err);

    secret_free(&composed);
    return st;
}

static enum status passphrase_check(const struct secret *s, struct err *err)
{
    if (secret_length(s) > 0)
        return ST_OK;
    return err_set(err, ST_INVALID, "%s", _("The passphrase is empty. Nothing was changed. Choose one of several "
                                            "words."));
}

enum status vault_add_passphrase(struct vault *v, const struct secret *s, const char *label, struct id practitioner,
                                 unsigned kdf_mib, int *slot, struct err *err)
{
    struct slot_disk filled;
    int i = 0;
    enum status st = passphrase_check(s, err);

    if (st == ST_OK)
        st = cost_check(kdf_mib, err);
    if (st == ST_OK)
        st = free_slot(v, &i, err);
    if (st == ST_OK)
        st = slot_fill(&filled, SLOT_PASSPHRASE, label, practitioner, kdf_mib, err);
    if (st == ST_OK)
        st = slot_put_passphrase(v, i, &filled, s, err);
    if (st == ST_OK)
        slot_added(v, i, slot);
    return st;
}

enum status vault_change_passphrase(struct vault *v, int slot, const struct secret *s, unsigned kdf_mib,
                                    struct err *err)
{
    struct slot_disk filled;
    struct slot_info was;
    enum status st;

    if (slot < 0 || slot >= VAULT_SLOTS || v->now.slot[slot].kind != SLOT_PASSPHRASE)
        return err_set(err, ST_NOTFOUND, "%s", _("There is no passphrase in that key slot. Nothing was changed."
                                                 " See: dolen keys list"));
    was = slot_info_of(&v->now.slot[slot], slot);
    st = passphrase_check(s, err);
    if (st == ST_OK)
        st = cost_check(kdf_mib, err);
    if (st == ST_OK)
        st = slot_fill(&filled, SLOT_PASSPHRASE, was.label, was.practitioner, kdf_mib, err);
    return st == ST_OK ? slot_put_passphrase(v, slot, &filled, s, err) : st;
}

enum status vault_add_recovery(struct vault *v, struct secret **code, int *slot, struct err *err)
{
    struct slot_disk filled;
    struct secret *s = NULL;
    char *plain = NULL;
    int i = 0;
    enum status st = free_slot(v, &i, err);

    if (st == ST_OK)
        st = slot_fill(&filled, SLOT_RECOVERY, "", ID_NONE, VAULT_KDF_FLOOR_MIB, err);
    if (st != ST_OK)
        goto out;
    s = secret_new();
    plain = guarded_new(RECOVERY_CHARS);
    if (!s || !plain || !recovery_make(s) || !recovery_plain(plain, s)) {
        st = no_memory(err);
        goto out;
    }
    st = slot_put_text(v, i, &filled, plain, RECOVERY_CHARS, err);
    if (st == ST_OK) {
        slot_added(v, i, slot);
        *code = s;
        s = NULL;
    }
out:
    sodium_free(plain);
    secret_free(&s);
    return st;
}

enum status vault_add_organisation(struct vault *v, const char *public_key_text, const char *label, int *slot,
                                   struct err *err)
{
    struct slot_disk filled, empty = { 0 };
    int i = 0;
    enum status st = free_slot(v, &i, err);

    if (st == ST_OK)
        st = slot_fill(&filled, SLOT_ORGANISATION, label, ID_NONE, 0, err);
    if (st != ST_OK)
        return st;
    if (organisation_public_parse(public_key_text, filled.public_key)) {
        v->now.slot[i] = filled;
        if (wrap_sealed(&v->now, i, v->key)) {
            slot_added(v, i, slot);
            return ST_OK;
        }
        v->now.slot[i] = empty;
    }
    return err_set(err, ST_INVALID, "%s", _("This is not an organisation's public key. Nothing was changed. "
                                            "Use the whole line that starts with \"dolen-org1:\"."));
}

enum status vault_add_keyfile(struct vault *v, const char *path, const char *label, struct id practitioner, int *slot,
                              struct err *err)
{
    struct slot_disk filled;
    uint8_t *keys = NULL;           /* the file's, then the wrap's */
    int i = 0;
    enum status st = free_slot(v, &i, err);

    if (st == ST_OK)
        st = slot_fill(&filled, SLOT_KEYFILE, label, practitioner, 0, err);
    if (st != ST_OK)
        return st;
    keys = guarded_new(2 * KEY_BYTES);
    if (!keys)
        return no_memory(err);
    randombytes_buf(keys, KEY_BYTES);
    keyfile_wrap_key(keys + KEY_BYTES, &filled, keys);
    st = keyfile_write(path, KEYFILE_SLOT, keys, err);
    if (st == ST_OK) {
        v->now.slot[i] = filled;
        wrap_symmetric(&v->now, i, keys + KEY_BYTES, v->key);
        slot_added(v, i, slot);
    }
    sodium_free(keys);
    return st;
}

static enum status slot_must_be(const struct vault *v, int slot, struct err *err)
{
    if (slot >= 0 && slot < VAULT_SLOTS && v->now.slot[slot].kind != SLOT_EMPTY)
        return ST_OK;
    return err_set(err, ST_NOTFOUND, "%s", _("There is no such key slot. Nothing was changed."
                                             " See: dolen keys list"));
}

enum status vault_remove_slot(struct vault *v, int slot, struct err *err)
{
    struct slot_info all[VAULT_SLOTS];
    enum status st = slot_must_be(v, slot, err);
    int n = vault_list(v, all), tested_others = 0;
    bool tested = false;

    if (st != ST_OK)
        return st;
    for (int i = 0; i < n; i++) {
        if (all[i].index == slot)
            tested = all[i].tested_at != 0;
        else
            tested_others += all[i].tested_at != 0;
    }
    if (n == 1 || (tested && tested_others == 0))
        return err_set(err, ST_REFUSED, "%s", _("This is the last way in that was ever tried, so it stays. "
                                                "Nothing was changed. Test another way in first: dolen keys test"));
    memset(&v->now.slot[slot], 0, sizeof v->now.slot[slot]);
    if (v->slot == slot)
        v->slot = -1;
    return ST_OK;
}

enum status vault_mark_tested(struct vault *v, int slot, int64_t at, struct err *err)
{
    enum status st = slot_must_be(v, slot, err);

    if (st == ST_OK)
        put_le(v->now.slot[slot].tested_at, 8, (uint64_t) at);
    return st;
}

static enum status check_written(const char *dir, const uint8_t *bytes, size_t n, struct err *err)
{
    struct buf b = BUF_INIT;
    char *path = path_join(dir, SLOTFILE_NAME);
    enum status st = file_read(&b, path, 16 * COPY_BYTES, err);

    if (st == ST_OK && (b.len != n || memcmp(b.s, bytes, n) != 0))
        st = err_set(err, ST_IO, "%s", _("The key slots file does not read back as it was written. The old passphrase "
                                         "may or may not open the case file now. Copy the newest backup to another "
                                         "disk before anything else."));
    buf_release(&b);
    free(path);
    return st;
}

enum status vault_write(struct vault *v, const char *dir, struct err *err)
{
    struct copy_disk both[2];
    struct slot_info all[VAULT_SLOTS];
    enum status st;

    if (vault_list(v, all) == 0)
        return err_set(err, ST_REFUSED, "%s", _("A case file without a way in cannot be opened again, so its key slots "
                                                "are not written. Nothing was changed. Add a passphrase first."));
    both[0] = v->now;
    put_le(both[0].generation, 8, get_le(v->saved.generation, 8) + 1);
    copy_finish(&both[0], v->key);
    both[1] = both[0];
    st = file_replace(dir, SLOTFILE_NAME, both, sizeof both, err);
    if (st == ST_OK)
        st = check_written(dir, (const uint8_t *) both, sizeof both, err);
    if (st == ST_OK) {
        v->now = v->saved = both[0];
        v->saved_slot = v->slot;
        v->on_disk = true;
    } else if (v->on_disk) {
        v->now = v->saved;
        v->slot = v->saved_slot;
    }
    return st;
}

enum status vault_slot_bytes(const struct vault *v, uint8_t **bytes, size_t *n, struct err *err)
{
    uint8_t *b;

    if (!v->on_disk)
        return err_set(err, ST_REFUSED, "%s", _("These key slots were never written, so there is nothing to back up "
                                                "yet."
                                                " Finish the set-up first with: dolen init"));
    b = malloc(2 * COPY_BYTES);
    if (!b)
        return no_memory(err);
    memcpy(b, &v->saved, COPY_BYTES);
    memcpy(b + COPY_BYTES, &v->saved, COPY_BYTES);
    *bytes = b;
    *n = 2 * COPY_BYTES;
    return ST_OK;
}
