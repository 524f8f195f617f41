/* A handover as one file: signature, then ciphertext. Opened in one order only: signature, decryption, JSON, who and
 * for whom. */
#include "dolen/exchange/parcel.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/date.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/banned.h"

#define PAD       4096
#define SIG_LINES 4

/* --- sealing ---------------------------------------------------------------------------------------------------- */

static void envelope(struct buf *out, const struct source *from, const struct source *to, const struct json *load)
{
    struct json *j = json_new_map();

    json_set_text(j, "schema", PARCEL_SCHEMA);
    json_set_text(j, "id", id_show(id_new()).s);
    json_set_text(j, "made_at", instant_iso(clock_now()).s);
    json_set(j, "from", source_write(from));
    json_set_text(j, "to", id_show(to->id).s);
    json_set(j, "load", json_copy(load));
    json_write(out, j);
    json_free(&j);
    while (out->len % PAD)
        buf_add_char(out, ' ');
}

enum status parcel_seal(struct buf *out, const struct source *from, const struct minisign_secret *signer,
                        const struct source *to, const struct json *load, struct err *err)
{
    struct buf plain = BUF_INIT, sealed = BUF_INIT, sig = BUF_INIT;
    struct age_recipient recipient;
    enum status st = age_recipient_parse(&recipient, to->recipient, err);

    if (st == ST_OK) {
        envelope(&plain, from, to, load);
        st = age_encrypt_bytes(&sealed, &recipient, 1, plain.s, plain.len, err);
    }
    if (st == ST_OK)
        st = minisign_sign_bytes(&sig, signer, sealed.s, sealed.len, "dolen handover", err);
    if (st == ST_OK) {
        buf_add_mem(out, sig.s, sig.len);
        buf_add_mem(out, sealed.s, sealed.len);
    }
    buf_wipe(&plain);
    buf_release(&sealed);
    buf_release(&sig);
    return st;
}

/* --- opening ---------------------------------------------------------------------------------------------------- */

static enum status damaged(struct err *err)
{
    return err_set(err, ST_INVALID,
                   _("The file is no handover, or it was damaged or changed on the way. Nothing was changed. Ask for "
                     "it again."));
}

/* Where the signature ends; 0 when there are no four lines. */
static size_t signature_end(const char *p, size_t n)
{
    size_t at = 0;

    for (int line = 0; line < SIG_LINES; line++) {
        const char *end = at < n ? memchr(p + at, '\n', n - at < MINISIGN_FILE_MAX ? n - at : MINISIGN_FILE_MAX) : NULL;

        if (!end)
            return 0;
        at = (size_t) (end - p) + 1;
    }
    return at;
}

enum status parcel_signer(const void *p, size_t n, char key_id[MINISIGN_KEY_ID_TEXT], struct err *err)
{
    struct minisign_signature sig;
    size_t end = signature_end(p, n);

    if (!end || minisign_signature_parse(&sig, p, end, NULL) != ST_OK)
        return damaged(err);
    minisign_key_id_text(sig.key_id, key_id);
    return ST_OK;
}

/* The envelope must say what the signature proves: who made it, and that it was made for this laptop. */
static enum status check(const struct json *j, const struct source *from, const struct source *self, struct err *err)
{
    const struct json *maker = json_get(j, "from");
    struct buf text = BUF_INIT;
    struct source said;
    enum status st;

    if (!str_eq(json_get_text(j, "schema"), PARCEL_SCHEMA))
        return err_set(err, ST_NEWER,
                       _("The handover was made by another version of the program. Nothing was changed. Use the same "
                         "version on both laptops."));
    if (!maker)
        return damaged(err);
    json_write(&text, maker);
    st = source_read(&said, buf_text(&text), text.len, err);
    buf_release(&text);
    if (st != ST_OK)
        return st;
    if (!id_eq(said.id, from->id) || !str_eq(json_get_text(j, "to"), id_show(self->id).s))
        return err_set(err, ST_REFUSED,
                       _("The handover was made for another laptop, or passed on by somebody else. Nothing was "
                         "changed. Ask for one that is made for this laptop."));
    if (said.training != self->training)
        return err_set(err, ST_REFUSED,
                       said.training ? _("The handover is of invented people, from a training case file. Nothing was "
                                         "changed. Real case files do not take them.") :
                                       _("The handover is of real people, and this is a training case file. Nothing "
                                         "was changed. Open it in the real one."));
    return ST_OK;
}

static enum status decrypt(struct buf *out, const struct age_identity *identity, const void *p, size_t n,
                           struct err *err)
{
    enum age_fault why = AGE_FAULT_NONE;
    enum status st = age_decrypt_bytes(out, identity, p, n, &why, err);

    if (st == ST_OK || why == AGE_FAULT_IO)
        return st;
    if (why == AGE_FAULT_NOT_OURS)
        return err_set(err, ST_NOSLOT,
                       _("The handover is sealed for another laptop. Nothing was changed. Ask for one that is made "
                         "for this laptop's identity: dolen source show"));
    return damaged(err);
}

enum status parcel_open(struct json **load, const void *p, size_t n, const struct source *from,
                        const struct source *self, const struct age_identity *identity, struct err *err)
{
    size_t end = signature_end(p, n);
    struct minisign_public signer;
    struct json *j = NULL, *inside;
    struct buf plain = BUF_INIT;
    enum status st = end ? minisign_public_parse(&signer, from->signer, err) : damaged(err);

    *load = NULL;
    if (st == ST_OK &&
        minisign_verify_bytes(NULL, &signer, (const char *) p + end, n - end, p, end, NULL, NULL) != ST_OK)
        st = damaged(err);
    if (st == ST_OK)
        st = decrypt(&plain, identity, (const char *) p + end, n - end, err);
    if (st == ST_OK && json_parse(&j, buf_text(&plain), plain.len, NULL) != ST_OK)
        st = damaged(err);
    if (st == ST_OK)
        st = check(j, from, self, err);
    inside = st == ST_OK ? json_get(j, "load") : NULL;
    if (st == ST_OK && (!inside || json_kind(inside) != JSON_MAP_))
        st = damaged(err);
    if (st == ST_OK)
        *load = json_copy(inside);
    json_free(&j);
    buf_wipe(&plain);
    return st;
}
