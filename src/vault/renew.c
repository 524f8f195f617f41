/* A new data key for a case file that has one. A slot can be carried over when what wraps it is at hand: the secret
 * that opened the file, or a public key that stands in the slot itself. */
#include "slotfile.h"

#include <string.h>

#include "dolen/base/date.h"
#include "dolen/base/lang.h"
#include "keyfile.h"
#include "wrap.h"
#include "dolen/base/banned.h"

struct wrapping {
    uint8_t wrap[KEY_BYTES], file_key[KEY_BYTES];
};

bool vault_slot_is_carried_over(const struct vault *v, int slot)
{
    return slot == v->slot || v->now.slot[slot].kind == SLOT_ORGANISATION;
}

/* Who, what for and at which cost stay; when it was made, and everything secret, is new. */
static struct slot_disk bare(const struct slot_disk *was)
{
    struct slot_disk s = *was;

    put_le(s.created_at, sizeof s.created_at, (uint64_t) clock_now());
    randombytes_buf(s.salt, sizeof s.salt);
    memset(s.tested_at, 0, sizeof s.tested_at);
    memset(s.nonce, 0, sizeof s.nonce);
    memset(s.wrapped, 0, sizeof s.wrapped);
    return s;
}

static enum status wrap_opener(struct vault *v, int i, const struct secret *s, const char *key_file, struct err *err)
{
    struct wrapping *w = guarded_new(sizeof *w);
    enum keyfile_kind kind;
    enum status st = ST_OK;

    if (!w)
        return err_set(err, ST_NOMEM, "%s", _("There is no memory to hold the key safely. Nothing was changed. "
                                              "Close other programs and try again."));
    if (key_file) {
        st = keyfile_read(key_file, &kind, w->file_key, err);
        if (st == ST_OK)
            keyfile_wrap_key(w->wrap, &v->now.slot[i], w->file_key);
    } else {
        struct secret *composed = secret_composed(s);

        if (composed)
            st = stretch(w->wrap, &v->now.slot[i], secret_text(composed), secret_length(composed), err);
        else
            st = err_set(err, ST_NOMEM, "%s", _("There is no memory to hold the key safely. Nothing was changed. "
                                                "Close other programs and try again."));
        secret_free(&composed);
    }
    if (st == ST_OK)
        wrap_symmetric(&v->now, i, w->wrap, v->key);
    sodium_free(w);
    return st;
}

static enum status carry_over(struct vault *v, const struct vault *was, int i, const struct secret *s,
                              const char *key_file, struct err *err)
{
    v->now.slot[i] = bare(&was->now.slot[i]);
    if (v->now.slot[i].kind != SLOT_ORGANISATION)
        return wrap_opener(v, i, s, key_file, err);
    if (wrap_sealed(&v->now, i, v->key))
        return ST_OK;
    return err_set(err, ST_SLOTS_DAMAGED,
                   _("The organisation's key in slot %d cannot be used. Nothing was changed. Remove that slot, or "
                     "add the organisation's key again, then try again."),
                   i + 1);
}

enum status vault_renew(struct vault **out, const struct vault *was, const struct secret *s, const char *key_file,
                        struct err *err)
{
    struct vault *v = NULL;
    enum slot_kind kind = vault_slot_info(was).kind;
    enum status st;

    if (kind != SLOT_PASSPHRASE && kind != SLOT_KEYFILE && kind != SLOT_ORGANISATION)
        return err_set(err, ST_REFUSED, "%s",
                       _("New keys are made by whoever opens the case file with a passphrase or a key file; the "
                         "recovery code itself is replaced. Nothing was changed."
                         " Open it that way and try again."));
    st = vault_create(&v, vault_is_training(was), err);
    if (st != ST_OK)
        return st;
    memcpy(v->now.file_id, was->now.file_id, sizeof v->now.file_id);    /* the same caseload: exports name it */
    memcpy(v->saved.generation, was->saved.generation, sizeof v->saved.generation);
    v->slot = was->slot;
    for (int i = 0; st == ST_OK && i < VAULT_SLOTS; i++)
        if (was->now.slot[i].kind != SLOT_EMPTY && vault_slot_is_carried_over(was, i))
            st = carry_over(v, was, i, s, key_file, err);
    if (st == ST_OK)
        *out = v;
    else
        vault_free(&v);
    return st;
}
