/* app/destination.h - where bundles go: added with a signed policy, kept in the case file, opened to seal and to
 * send. */
#ifndef DOLEN_APP_DESTINATION_H
#define DOLEN_APP_DESTINATION_H

#include "casefile.h"
#include "dolen/core/outbox.h"
#include "dolen/exchange/export.h"
#include "dolen/exchange/policy_file.h"
#include "dolen/exchange/transport.h"

struct destination {
    struct record          rec;         /* T_DESTINATION */
    struct policy_file    *policy;
    /* borrowed from the catalogue; NULL: the policy does not fit it (unfit says how) */
    const struct data_set *data_set;
    struct minisign_public signer;      /* of policies and receipts */
    struct err             unfit;
};

/* By its name; release in any case. ST_NOTFOUND. The policy is verified again each time. */
enum status destination_open(struct casefile *cf, const char *name, struct destination *out, struct err *err);
enum status destination_of(struct casefile *cf, const struct record *rec, struct destination *out, struct err *err);
void        destination_release(struct destination *d);
const char *destination_name(const struct destination *d);

struct destination_new {
    const char          *name, *policy; /* policy: path; its .minisig beside it. NULL: as it is */
    const char          *url, *user, *key_file, *host_keys, *ca_file;       /* host_keys: path; NULL: as it is */
    const struct secret *secret;        /* NULL: as it is */
    /* a policy and its signature as bytes, in place of policy: policy_offer.h */
    const char          *offer, *offer_sig;
};
/* A new one, or changes to one that is there. ST_REFUSED: a training file, or a policy of another signer or an older
 * one. A new policy means that the next batch is a whole one. *changed_policy may be NULL. */
enum status destination_put(struct casefile *cf, const struct destination_new *n, bool *changed_policy,
                            struct err *err);
/* Into the bin: what was sent there stays known. ST_REFUSED while a batch is on its way, and, unless anyway, while
 * rows about people are there: nothing could take them back any more. */
enum status destination_remove(struct casefile *cf, const char *name, bool anyway, struct err *err);
/* The case file is older than this laptop remembers: what is sent from now on starts anew everywhere. */
enum status destinations_went_back(struct store *s, struct err *err);

/* Of its pseudonyms: made at the first need and kept only in the case file. Plain exports have one by their policy's
 * id. */
enum status destination_key(struct store *s, const char *name, uint8_t key[EXPORT_KEY_BYTES], struct err *err);
/* What left as a number of its own, so that it is told again; nothing to do where there is none. */
enum status destination_told(struct store *s, const char *name, const struct told_numbers *told, struct err *err);
/* The last day of what leaves for it now. A clock that was set back must not make rows look as if they lay in the
 * future, which would take them back there: it is never before the newest change, nor before the last day of what
 * left. */
struct date destination_until(struct store *s, const char *name);
enum status destination_reached(struct store *s, const char *name, struct date until, struct err *err);
/* A transport for it; the case file's secret goes into it. */
enum status destination_transport(struct casefile *cf, const struct record *rec, struct transport **out,
                                  struct err *err);

#endif
