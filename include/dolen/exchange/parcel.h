/* dolen/exchange/parcel.h - a handover: records for one other laptop, sealed to its key and signed by this one's, in
 * one file.
 *
 *   lines 1-4      a minisign signature over everything after them
 *   from line 5    an age file, to the other laptop's recipient: JSON, filled up with blanks to a multiple of 4 KiB
 *
 *   {"schema": "dolen/handover/1", "id", "made_at", "from": a source, "to": source_id, "load": {…}}
 *
 * Opened by hand: head -n 4 F >F.minisig; tail -n +5 F >F.age; minisign -Vm F.age -x F.minisig -P RW… && age -d -i
 * KEY F.age */
#ifndef DOLEN_EXCHANGE_PARCEL_H
#define DOLEN_EXCHANGE_PARCEL_H

#include "dolen/base/json.h"
#include "dolen/exchange/source.h"
#include "dolen/vault/age.h"
#include "dolen/vault/minisign.h"

#define PARCEL_SCHEMA "dolen/handover/1"
#define PARCEL_MAX    (128u << 20)      /* bytes of a file that is opened */

/* Appends the file to out. load is borrowed. */
enum status parcel_seal(struct buf *out, const struct source *from, const struct minisign_secret *signer,
                        const struct source *to, const struct json *load, struct err *err);

/* Which key a file says that it was signed with; nothing in it is to be believed yet. ST_INVALID: not a handover. */
enum status parcel_signer(const void *p, size_t n, char key_id[MINISIGN_KEY_ID_TEXT], struct err *err);

/* from: who signed it, as trusted here; self: this laptop. ST_INVALID: damaged, changed on the way or not of this
 * shape; ST_NOSLOT: sealed to another; ST_REFUSED: invented people among real ones or the reverse. load: the
 * caller's. */
enum status parcel_open(struct json **load, const void *p, size_t n, const struct source *from,
                        const struct source *self, const struct age_identity *identity, struct err *err);

#endif
