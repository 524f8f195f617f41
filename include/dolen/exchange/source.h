/* dolen/exchange/source.h - the public half of a laptop's identity, as `dolen source show` prints it and a hub
 * registers it.
 *
 * {"schema": "dolen/source/1", "source_id", "name", "signer", "recipient", "training", "made_on"} */
#ifndef DOLEN_EXCHANGE_SOURCE_H
#define DOLEN_EXCHANGE_SOURCE_H

#include <stdbool.h>
#include <stddef.h>

#include "dolen/exchange/manifest.h"

#define SOURCE_SCHEMA    "dolen/source/1"
#define SOURCE_BYTES_MAX (64u * 1024)

struct source {
    struct id   id;
    char        name[160];              /* of the practitioner and organisation, for the people at a hub */
    char        signer[64];             /* minisign public key, RW… */
    char        recipient[80];          /* age recipient, age1… */
    bool        training;               /* of a practice caseload: a hub refuses it */
    struct date made_on;
};

struct json *source_write(const struct source *s);                   /* the caller's */
/* Strictly: see manifest_parse. Keys are decoded, so that one with a slip is found here. */
enum status  source_read(struct source *out, const char *s, size_t n, struct err *err);

#endif
