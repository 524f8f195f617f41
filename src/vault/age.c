/* The payload of an age file: 16 random bytes, then chunks of 64 KiB sealed with ChaCha20-Poly1305 under a
 * counter, the last one with its mark. One chunk is in memory at a time. */
#include "age_priv.h"

#include <errno.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "slotfile.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/banned.h"

#define NONCE_BYTES  16
#define SEAL_BYTES   crypto_aead_chacha20poly1305_IETF_ABYTES
#define SEALED_CHUNK (AGE_CHUNK + SEAL_BYTES)
#define COUNTER      11                     /* bytes; the twelfth is 1 in the last chunk */

_Static_assert(AGE_READ >= 2 * SEALED_CHUNK, "a chunk and a look behind it");

/* What seals chunks, or opens them. */
struct stream {
    uint8_t key[32];
    uint8_t nonce[crypto_aead_chacha20poly1305_IETF_NPUBBYTES];
};

static const struct { enum status st; const char *sentence; } faults[AGE_FAULT_COUNT] = {
    [AGE_FAULT_NOT_AGE] = { ST_INVALID, N_("This is not an age file of version 1. Nothing was opened."
                                           " Ask for the file again.") },
    [AGE_FAULT_HEADER] = { ST_INVALID, N_("The header of the encrypted file is damaged. Nothing was opened. Ask for "
                                          "the file again.") },
    [AGE_FAULT_NOT_OURS] = { ST_NOSLOT, N_("The file was encrypted for other recipients: this key does not open it. "
                                           "Nothing was opened. Use the key of the one it was made for.") },
    [AGE_FAULT_TRUNCATED] = { ST_INVALID, N_("The encrypted file is cut short. Nothing of it can be used. Ask for the "
                                             "file again.") },
    [AGE_FAULT_DAMAGED] = { ST_INVALID, N_("The encrypted file is damaged or was changed. Nothing of it can be used. "
                                           "Ask for the file again.") },
};

enum status age_fault(enum age_fault *why, enum age_fault fault, struct err *err)
{
    *why = fault;
    return err_set(err, faults[fault].st, "%s", _(faults[fault].sentence));
}

/* Raises the counter; the chunk after it is the first of the next turn. */
static void next_chunk(struct stream *s)
{
    for (int i = COUNTER - 1; i >= 0; i--)
        if (++s->nonce[i])
            return;
}

static void stream_start(struct stream *s, const uint8_t file_key[AGE_FILE_KEY], const uint8_t nonce[NONCE_BYTES])
{
    age_hkdf(s->key, file_key, AGE_FILE_KEY, nonce, NONCE_BYTES, "payload");
    memset(s->nonce, 0, sizeof s->nonce);
}

/* --- sinks and sources ------------------------------------------------------------------------------------------ */

static enum status put_buf(void *ctx, const void *p, size_t n, struct err *err)
{
    (void) err;
    buf_add_mem(ctx, p, n);
    return ST_OK;
}

static enum status get_bytes(void *ctx, void *p, size_t n, size_t *got, struct err *err)
{
    struct age_bytes *b = ctx;

    (void) err;
    *got = n < b->n ? n : b->n;
    if (*got)
        memcpy(p, b->p, *got);
    b->p = (const uint8_t *) b->p + *got;
    b->n -= *got;
    return ST_OK;
}

struct age_sink age_to_buf(struct buf *b)
{
    return (struct age_sink) { put_buf, b };
}

struct age_source age_from_bytes(struct age_bytes *b)
{
    return (struct age_source) { get_bytes, b };
}

/* --- encrypting ------------------------------------------------------------------------------------------------- */

struct age_writer {                         /* in guarded memory, for the key in it */
    struct stream   stream;
    struct age_sink sink;
    uint8_t        *plain, *sealed;
    size_t          used;
};

static enum status write_start(struct age_writer *w, const struct age_recipient *to, size_t count, struct err *err)
{
    uint8_t file_key[AGE_FILE_KEY], nonce[NONCE_BYTES];
    struct buf header = BUF_INIT;
    enum status st;

    randombytes_buf(file_key, sizeof file_key);
    randombytes_buf(nonce, sizeof nonce);
    st = age_header_write(&header, to, count, file_key, err);
    if (st == ST_OK) {
        stream_start(&w->stream, file_key, nonce);
        buf_add_mem(&header, nonce, sizeof nonce);
        st = w->sink.put(w->sink.ctx, header.s, header.len, err);
    }
    sodium_memzero(file_key, sizeof file_key);
    buf_release(&header);
    return st;
}

enum status age_writer_new(struct age_writer **out, const struct age_recipient *to, size_t count, struct age_sink sink,
                           struct err *err)
{
    struct age_writer *w;
    enum status st;

    if (count == 0 || count > AGE_RECIPIENTS_MAX)
        return err_set(err, ST_USAGE, _("A file is encrypted to 1 to %d recipients, not to %zu. "
                                        "Nothing was written."),
                       AGE_RECIPIENTS_MAX, count);
    if (!(w = guarded_new((sizeof *w + 15) / 16 * 16)))
        return age_no_memory(err);
    *w = (struct age_writer) { .sink = sink, .plain = malloc(AGE_CHUNK), .sealed = malloc(SEALED_CHUNK) };
    st = w->plain && w->sealed ? write_start(w, to, count, err) : age_no_memory(err);
    if (st == ST_OK)
        *out = w;
    else
        age_writer_free(&w);
    return st;
}

static enum status write_chunk(struct age_writer *w, const uint8_t *p, size_t n, bool last, struct err *err)
{
    unsigned long long sealed;

    w->stream.nonce[COUNTER] = last;
    crypto_aead_chacha20poly1305_ietf_encrypt(w->sealed, &sealed, p, n, NULL, 0, NULL, w->stream.nonce, w->stream.key);
    next_chunk(&w->stream);
    return w->sink.put(w->sink.ctx, w->sealed, (size_t) sealed, err);
}

/* A full chunk waits until more comes: only then is it not the last. */
enum status age_writer_add(struct age_writer *w, const void *p, size_t n, struct err *err)
{
    const uint8_t *from = p;
    enum status st = ST_OK;

    while (n > 0 && st == ST_OK) {
        size_t room = AGE_CHUNK - w->used, part = n < room ? n : room;

        if (room == 0) {
            st = write_chunk(w, w->plain, AGE_CHUNK, false, err);
            w->used = 0;
            continue;
        }
        if (w->used == 0 && n > AGE_CHUNK) {
            st = write_chunk(w, from, AGE_CHUNK, false, err);
            part = AGE_CHUNK;
        } else {
            memcpy(w->plain + w->used, from, part);
            w->used += part;
        }
        from += part;
        n -= part;
    }
    return st;
}

enum status age_writer_done(struct age_writer **wp, struct err *err)
{
    struct age_writer *w = *wp;
    enum status st = write_chunk(w, w->plain, w->used, true, err);

    age_writer_free(wp);
    return st;
}

void age_writer_free(struct age_writer **wp)
{
    struct age_writer *w = wp ? *wp : NULL;

    if (!w)
        return;
    if (w->plain)
        sodium_memzero(w->plain, AGE_CHUNK);
    free(w->plain);
    free(w->sealed);
    sodium_free(w);
    *wp = NULL;
}

/* --- decrypting ------------------------------------------------------------------------------------------------- */

static enum status refill(struct age_reader *r, struct err *err)
{
    memmove(r->bytes, r->bytes + r->at, r->have - r->at);
    r->have -= r->at;
    r->at = 0;
    while (!r->ended && r->have < AGE_READ) {
        size_t got = 0;
        enum status st = r->from.get(r->from.ctx, r->bytes + r->have, AGE_READ - r->have, &got, err);

        if (st != ST_OK)
            return st;
        r->have += got;
        r->ended = got == 0;
    }
    return ST_OK;
}

/* At least n bytes in r->bytes from r->at on, fewer only at the end. */
static enum status look(struct age_reader *r, size_t n, struct err *err)
{
    return r->have - r->at >= n || r->ended ? ST_OK : refill(r, err);
}

enum status age_read(struct age_reader *r, void *p, size_t n, size_t *got, struct err *err)
{
    enum status st = look(r, n, err);

    *got = 0;
    if (st != ST_OK)
        return st;
    *got = r->have - r->at < n ? r->have - r->at : n;
    memcpy(p, r->bytes + r->at, *got);
    r->at += *got;
    return ST_OK;
}

static bool open_chunk(struct stream *s, uint8_t *plain, const uint8_t *sealed, size_t n, bool last)
{
    s->nonce[COUNTER] = last;
    return crypto_aead_chacha20poly1305_ietf_decrypt(plain, NULL, NULL, sealed, n, NULL, 0, s->nonce, s->key) == 0;
}

/* A full chunk that is good but not the last one, with nothing behind it: the end is missing, not damaged. */
static enum age_fault fault_of(struct stream *s, uint8_t *plain, const uint8_t *sealed, size_t n, bool last)
{
    if (n < SEAL_BYTES || (last && n == SEALED_CHUNK && open_chunk(s, plain, sealed, n, false)))
        return AGE_FAULT_TRUNCATED;
    return AGE_FAULT_DAMAGED;
}

/* Chunk after chunk. Only the very first may be empty: otherwise there would be two ways to write one file. */
static enum status read_payload(struct age_reader *r, struct stream *s, uint8_t *plain, struct age_sink to,
                                enum age_fault *why, struct err *err)
{
    for (bool first = true, last = false; !last; first = false) {
        enum status st = look(r, SEALED_CHUNK + 1, err);
        const uint8_t *sealed = r->bytes + r->at;
        size_t n = r->have - r->at;

        if (st != ST_OK)
            return st;
        last = n <= SEALED_CHUNK;
        n = last ? n : SEALED_CHUNK;
        if (n < SEAL_BYTES || !open_chunk(s, plain, sealed, n, last))
            return age_fault(why, fault_of(s, plain, sealed, n, last), err);
        if (n == SEAL_BYTES && !first)
            return age_fault(why, AGE_FAULT_DAMAGED, err);
        r->at += n;
        next_chunk(s);
        if (n > SEAL_BYTES && (st = to.put(to.ctx, plain, n - SEAL_BYTES, err)) != ST_OK)
            return st;
    }
    return ST_OK;
}

static enum status decrypt(const struct age_identity *id, struct age_reader *r, uint8_t *plain, struct age_sink to,
                           enum age_fault *why, struct err *err)
{
    uint8_t file_key[AGE_FILE_KEY], nonce[NONCE_BYTES];
    struct stream s;
    size_t got = 0;
    enum status st = age_header_read(r, id, file_key, why, err);

    if (st == ST_OK)
        st = age_read(r, nonce, sizeof nonce, &got, err);
    if (st == ST_OK && got < sizeof nonce)
        st = age_fault(why, AGE_FAULT_TRUNCATED, err);
    if (st == ST_OK) {
        stream_start(&s, file_key, nonce);
        st = read_payload(r, &s, plain, to, why, err);
        sodium_memzero(&s, sizeof s);
    }
    sodium_memzero(file_key, sizeof file_key);
    return st;
}

enum status age_decrypt(const struct age_identity *id, struct age_source from, struct age_sink to, enum age_fault *why,
                        struct err *err)
{
    struct age_reader r = { .from = from, .bytes = malloc(AGE_READ) };
    enum age_fault fault = AGE_FAULT_NONE;
    uint8_t *plain = malloc(AGE_CHUNK);
    enum status st = r.bytes && plain ? decrypt(id, &r, plain, to, &fault, err) : age_no_memory(err);

    if (st != ST_OK && fault == AGE_FAULT_NONE)
        fault = AGE_FAULT_IO;
    if (why)
        *why = fault;
    if (plain)
        sodium_memzero(plain, AGE_CHUNK);
    free(plain);
    free(r.bytes);
    return st;
}

/* --- in memory -------------------------------------------------------------------------------------------------- */

enum status age_encrypt_bytes(struct buf *out, const struct age_recipient *to, size_t count, const void *p, size_t n,
                              struct err *err)
{
    struct age_writer *w = NULL;
    size_t start = out->len;
    enum status st = age_writer_new(&w, to, count, age_to_buf(out), err);

    if (st == ST_OK)
        st = age_writer_add(w, p, n, err);
    if (st == ST_OK)
        st = age_writer_done(&w, err);
    age_writer_free(&w);
    if (st != ST_OK && out->s)
        buf_remove(out, start, out->len - start);
    return st;
}

enum status age_decrypt_bytes(struct buf *out, const struct age_identity *id, const void *p, size_t n,
                              enum age_fault *why, struct err *err)
{
    struct age_bytes bytes = { p, n };
    size_t start = out->len;
    enum status st = age_decrypt(id, age_from_bytes(&bytes), age_to_buf(out), why, err);

    if (st != ST_OK && out->len > start) {
        sodium_memzero(out->s + start, out->len - start);
        buf_remove(out, start, out->len - start);
    }
    return st;
}
