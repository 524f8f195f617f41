/* Opening: the one place that says "wrong passphrase". Which slot, in which order, and what comes of it. */
#include "slotfile.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/lang.h"
#include "keyfile.h"
#include "recovery.h"
#include "wrap.h"
#include "dolen/base/banned.h"

/* What an attempt needs besides the slot; lives in guarded memory. */
struct scratch {
    uint8_t wrap[KEY_BYTES], key[KEY_BYTES], file_key[KEY_BYTES];
    char code[RECOVERY_CHARS + 5];
};
_Static_assert(sizeof(struct scratch) % 8 == 0, "guarded memory keeps alignment only for such sizes");

static enum status no_memory(struct err *err)
{
    return err_set(err, ST_NOMEM, "%s", _("There is no memory to hold the key safely. Nothing was opened or changed. "
                                          "Close other programs and try again."));
}

enum status vault_from_key(struct vault **out, const struct keyslots *k, const uint8_t key[KEY_BYTES], int slot,
                           struct err *err)
{
    struct vault *v;

    if (!copy_mac_holds(&k->c, key))
        return slots_damaged(err);
    v = calloc(1, sizeof *v);
    if (v)
        v->key = guarded_new(KEY_BYTES);
    if (!v || !v->key) {
        vault_free(&v);
        return no_memory(err);
    }
    v->locked = sodium_mlock(v->key, KEY_BYTES) == 0;
    memcpy(v->key, key, KEY_BYTES);
    sodium_mprotect_readonly(v->key);
    v->now = v->saved = k->c;
    v->on_disk = true;
    v->slot = v->saved_slot = slot;
    *out = v;
    return ST_OK;
}

void vault_free(struct vault **vp)
{
    if (!vp || !*vp)
        return;
    sodium_free((*vp)->key);        /* NULL is fine; wipes first */
    free(*vp);
    *vp = NULL;
}

/* Slots of one kind, the one last used first: most people open with the passphrase they opened with last time, and each
 * try costs a second. */
static int slots_in_order(const struct copy_disk *c, enum slot_kind kind, int order[VAULT_SLOTS])
{
    int n = 0;

    for (int i = 0; i < VAULT_SLOTS; i++) {
        int at = n;

        if (c->slot[i].kind != kind)
            continue;
        for (; at > 0 && get_le(c->slot[order[at - 1]].tested_at, 8) < get_le(c->slot[i].tested_at, 8); at--)
            order[at] = order[at - 1];
        order[at] = i;
        n++;
    }
    return n;
}

/* ST_OK with *slot = -1 when none of that kind opens. */
static enum status try_text(struct scratch *w, const struct keyslots *k, enum slot_kind kind, const char *text,
                            size_t n, int *slot, struct err *err)
{
    int order[VAULT_SLOTS], count = slots_in_order(&k->c, kind, order);
    enum status st = ST_OK;

    *slot = -1;
    for (int i = 0; st == ST_OK && *slot < 0 && i < count; i++) {
        st = stretch(w->wrap, &k->c.slot[order[i]], text, n, err);
        if (st == ST_OK && unwrap_symmetric(&k->c, order[i], w->wrap, w->key))
            *slot = order[i];
    }
    return st;
}

/* As people see it first; then byte for byte, for case files from before passphrases were composed. */
static enum status try_passphrase(struct scratch *w, const struct keyslots *k, const struct secret *s, int *slot,
                                  struct err *err)
{
    struct secret *composed = secret_composed(s);
    enum status st;

    if (!composed)
        return no_memory(err);
    st = try_text(w, k, SLOT_PASSPHRASE, secret_text(composed), secret_length(composed), slot, err);
    if (st == ST_OK && *slot < 0 && !secret_equal(composed, s))
        st = try_text(w, k, SLOT_PASSPHRASE, secret_text(s), secret_length(s), slot, err);
    secret_free(&composed);
    return st;
}

static bool has_kind(const struct keyslots *k, enum slot_kind kind)
{
    int order[VAULT_SLOTS];

    return slots_in_order(&k->c, kind, order) > 0;
}

/* Seven groups came in, but not as they were printed: help with that instead of calling it a wrong passphrase. */
static enum status nothing_opens(const struct keyslots *k, const struct secret *s, struct err *err)
{
    int group = has_kind(k, SLOT_RECOVERY) ? recovery_code_check(s) : -1;

    if (group > 0)
        return err_set(err, ST_NOSLOT,
                       _("Nothing opens with this. If it is the recovery code: group %d of it has a slip. Nothing "
                         "was changed. Compare that group with the printed code."),
                       group);
    if (group == 0)
        return err_set(err, ST_NOSLOT, "%s", _("This recovery code is complete, but it does not belong to this case "
                                               "file. Nothing was changed. Look for the newest printed code."));
    return err_set(err, ST_NOSLOT, "%s", _("That passphrase or code does not open the case file. Nothing was "
                                           "changed. Check Caps Lock and the keyboard layout, or use the "
                                           "recovery code."));
}

enum status vault_open(struct vault **out, const struct keyslots *k, const struct secret *s, struct err *err)
{
    struct scratch *w = guarded_new(sizeof *w);
    enum status st = ST_OK;
    int slot = -1;

    if (!w)
        return no_memory(err);
    if (recovery_plain(w->code, s))
        st = try_text(w, k, SLOT_RECOVERY, w->code, RECOVERY_CHARS, &slot, err);
    if (st == ST_OK && slot < 0)
        st = try_passphrase(w, k, s, &slot, err);
    if (st == ST_OK)
        st = slot >= 0 ? vault_from_key(out, k, w->key, slot, err) : nothing_opens(k, s, err);
    sodium_free(w);
    return st;
}

static int try_file(struct scratch *w, const struct keyslots *k, enum keyfile_kind kind)
{
    enum slot_kind wanted = kind == KEYFILE_SLOT ? SLOT_KEYFILE : SLOT_ORGANISATION;
    int order[VAULT_SLOTS], count = slots_in_order(&k->c, wanted, order);

    for (int i = 0; i < count; i++) {
        bool opened;

        if (kind == KEYFILE_SLOT) {
            keyfile_wrap_key(w->wrap, &k->c.slot[order[i]], w->file_key);
            opened = unwrap_symmetric(&k->c, order[i], w->wrap, w->key);
        } else {
            opened = unwrap_sealed(&k->c, order[i], w->file_key, w->key);
        }
        if (opened)
            return order[i];
    }
    return -1;
}

enum status vault_open_file(struct vault **out, const struct keyslots *k, const char *key_file, struct err *err)
{
    struct scratch *w = guarded_new(sizeof *w);
    enum keyfile_kind kind;
    enum status st;
    int slot;

    if (!w)
        return no_memory(err);
    st = keyfile_read(key_file, &kind, w->file_key, err);
    if (st != ST_OK)
        goto out;
    slot = try_file(w, k, kind);
    if (slot >= 0)
        st = vault_from_key(out, k, w->key, slot, err);
    else
        st = err_set(err, ST_NOSLOT, _("%s does not open this case file. Nothing was changed. "
                                       "Use the key file that was made for it."), key_file);
out:
    sodium_free(w);
    return st;
}

int vault_slot(const struct vault *v)
{
    return v->slot;
}

struct slot_info vault_slot_info(const struct vault *v)
{
    struct slot_info none = { .index = -1, .kind = SLOT_EMPTY };

    return v->slot < 0 ? none : slot_info_of(&v->now.slot[v->slot], v->slot);
}

bool vault_is_training(const struct vault *v)
{
    return get_le(v->now.flags, sizeof v->now.flags) & FLAG_TRAINING;
}

struct id vault_file_id(const struct vault *v)
{
    struct id id;

    memcpy(id.b, v->now.file_id, sizeof id.b);
    return id;
}

bool vault_memory_is_locked(const struct vault *v)
{
    return v->locked;
}

int vault_list(const struct vault *v, struct slot_info out[VAULT_SLOTS])
{
    return copy_list(&v->now, out);
}

enum status vault_db_key(const struct vault *v, struct secret **out, struct err *err)
{
    struct secret *s = secret_new();
    char hex[2 * KEY_BYTES + 1], salt[2 * sizeof v->now.salt + 1];
    uint8_t sub[KEY_BYTES];

    if (!s)
        return no_memory(err);
    subkey_of(sub, v->key, SUBKEY_DATABASE);
    sodium_bin2hex(hex, sizeof hex, sub, sizeof sub);
    sodium_bin2hex(salt, sizeof salt, v->now.salt, sizeof v->now.salt);
    secret_add(s, "x'", 2);         /* 99 of SECRET_MAX bytes: cannot be full */
    secret_add(s, hex, sizeof hex - 1);
    secret_add(s, salt, sizeof salt - 1);
    secret_add(s, "'", 1);
    sodium_memzero(sub, sizeof sub);
    sodium_memzero(hex, sizeof hex);
    *out = s;
    return ST_OK;
}

void vault_salt(const struct vault *v, uint8_t salt[16])
{
    memcpy(salt, v->now.salt, sizeof v->now.salt);
}

static void mac_with(const struct vault *v, enum subkey which, const void *p, size_t n, uint8_t mac[32])
{
    uint8_t sub[KEY_BYTES];

    subkey_of(sub, v->key, which);
    crypto_generichash(mac, 32, p, n, sub, sizeof sub);
    sodium_memzero(sub, sizeof sub);
}

void vault_state_mac(const struct vault *v, const void *p, size_t n, uint8_t mac[32])
{
    mac_with(v, SUBKEY_STATE, p, n, mac);
}

void vault_backup_mac(const struct vault *v, const void *p, size_t n, uint8_t mac[32])
{
    mac_with(v, SUBKEY_BACKUP, p, n, mac);
}
