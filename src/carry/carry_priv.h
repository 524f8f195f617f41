/* carry_priv.h - a carrier at work: the job it was given, and the wire it uses. */
#ifndef DOLEN_CARRY_PRIV_H
#define DOLEN_CARRY_PRIV_H

#include <curl/curl.h>

#include "dolen/base/buf.h"
#include "dolen/exchange/transport.h"
#include "dolen/exchange/transport_job.h"
#include "dolen/vault/hash.h"
#include "dolen/vault/secret.h"

struct wire;                                /* wire.c */

struct carrier {
    enum transport_kind kind;
    CURLU              *address;
    char               *user, *key_file, *ca_file;
    struct secret      *secret;
    struct buf          host_keys;
    struct buf          addresses;          /* presigned: "NAME URL" lines */
    int                 stall_seconds;

    struct transport_job  job;
    size_t                at;               /* of its files */
    enum transport_result result;
    enum transport_cause  cause;
    int                   error;            /* errno of cause LOCAL */
    struct buf            detail;           /* the other side's own words; of LOCAL the path */
    uint64_t              done, before;     /* bytes; before: of the files that are through */
    struct buf            got;

    struct wire   *wire;
    int            state;
    bool           asked_twice, no_move;
    enum transport_cause failed;            /* of an upload, while it is asked how much room there is */
    char           failed_words[256];
    struct sha256 *sha;
    uint64_t       compared;
};

/* carrier.c */
/* Everything but kind, and whatever files and secrets there are, comes from the caller; user only when url has none. */
enum carry_opened     carrier_open(struct carrier *t, const char *url, const char *user);
void                  carrier_begin(struct carrier *t);
enum transport_result carrier_step(struct carrier *t);

/* listing.c: names out of what a server answers, one a line. */
void list_of_dav(struct buf *out, const char *xml);
void list_of_sftp(struct buf *out, const char *lines);
/* The URL that stands beside name; caller frees; NULL: none. */
char *address_of(const struct buf *list, const char *name);

/* --- wire.c: one request after the other over one libcurl handle ------------------------------------------------ */

/* False: no memory. */
bool        wire_new(struct wire **out, const struct carrier *t);
void        wire_free(struct wire **wp);
/* A clean handle with everything set but the request itself. */
CURL       *wire_easy(struct wire *w);
void        wire_upload(struct wire *w, int fd, uint64_t size);         /* takes the descriptor */
void        wire_into(struct wire *w, struct buf *out, size_t max);     /* more than max ends it: see wire_overflowed */
void        wire_headers_too(struct wire *w);                           /* into the same */
void        wire_hash(struct wire *w, struct sha256 *sha, uint64_t *count);
void        wire_header(struct wire *w, const char *line);
void        wire_after(struct wire *w, const char *command);            /* sftp: done when the transfer is through */
void        wire_before(struct wire *w, const char *command);
bool        wire_start(struct wire *w, const char *url);
/* False while it is under way. */
bool        wire_step(struct wire *w, CURLcode *code, long *response);
uint64_t    wire_sent(const struct wire *w);
bool        wire_overflowed(const struct wire *w);
int64_t     wire_length(const struct wire *w);                          /* of what the other side has; -1: not said */
const char *wire_words(const struct wire *w, CURLcode code, long response);
int         wire_poll_fd(const struct wire *w);
bool        wire_host_key(const struct wire *w, struct buf *line, char fingerprint[64]);
/* What a failure means. */
enum transport_cause wire_cause(const struct wire *w, CURLcode code, long response);

#endif
