/* transport_priv.h - a carrier at work: what the folder's side and the network's side share. */
#ifndef DOLEN_EXCHANGE_TRANSPORT_PRIV_H
#define DOLEN_EXCHANGE_TRANSPORT_PRIV_H

#include "dolen/exchange/transport.h"
#include "dolen/exchange/transport_job.h"
#include "dolen/vault/hash.h"

struct folder_work;                         /* transport_folder.c */
struct talk;                                /* transport_talk.h */

struct transport {
    enum transport_kind kind;
    char               *base;               /* the folder; the address as it was given */
    char               *shown;              /* what sentences call it: folder or host */
    char               *user, *key_file, *ca_file;
    struct secret      *secret;
    struct buf          host_keys;
    struct buf          addresses;          /* presigned: "NAME URL" lines */
    int                 stall_seconds;

    struct transport_job  job;
    enum transport_result result;
    enum transport_cause  cause;
    struct err            said;             /* the sentence of the result */
    uint64_t              done, total;      /* bytes */
    struct buf            got;

    struct folder_work *work;
    struct talk        *talk;               /* with the network's side */
    bool                greeted;            /* it has said that the address is good */
    struct buf          host_key;           /* the line that a host showed */
    char                host_print[64];
};

/* transport.c: the end of a job. detail: the other side's own words, may be NULL. */
enum transport_result transport_end(struct transport *t, enum transport_result r, enum transport_cause c,
                                    const char *detail);

/* transport_folder.c */
bool                  folder_begin(struct transport *t);
enum transport_result folder_step(struct transport *t);
int                   folder_poll_fd(const struct transport *t);
void                  folder_break_off(struct transport *t);

/* transport_net.c */
enum status           net_open(struct transport *t, const struct transport_target *target, struct err *err);
void                  net_begin(struct transport *t);
enum transport_result net_step(struct transport *t);
int                   net_poll_fd(const struct transport *t);
void                  net_break_off(struct transport *t);

#endif
