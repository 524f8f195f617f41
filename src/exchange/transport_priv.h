/* transport_priv.h - a carrier at work: what the folder's side and the network's side share. */
#ifndef DOLEN_EXCHANGE_TRANSPORT_PRIV_H
#define DOLEN_EXCHANGE_TRANSPORT_PRIV_H

#include <curl/curl.h>

#include "dolen/exchange/transport.h"
#include "dolen/vault/hash.h"

enum job_kind { JOB_NONE, JOB_SEND, JOB_FETCH, JOB_LIST };

struct job_file {
    char    *path, *name;
    uint64_t size;
    char     sha256[65];
};

struct folder_work;                         /* transport_folder.c */
struct wire;                                /* transport_wire.c */

struct transport {
    enum transport_kind kind;
    char               *base;               /* the folder; the address without a last '/'; the list of addresses */
    char               *shown;              /* what sentences call it: folder or host */
    CURLU              *address;
    char               *user, *key_file, *ca_file;
    struct secret      *secret;
    struct buf          host_keys;
    struct buf          addresses;          /* presigned: "NAME URL" lines */
    int                 stall_seconds;

    enum job_kind         job;
    struct job_file      *files;            /* JOB_SEND */
    size_t                count, at;
    char                 *name;             /* JOB_FETCH, JOB_LIST */
    size_t                max;
    enum transport_result result;
    enum transport_cause  cause;
    struct err            said;             /* the sentence of the result */
    uint64_t              done, total, before;      /* bytes; before: of the files that are through */
    struct buf            got;

    struct folder_work *work;
    struct wire        *wire;
    int                 state;              /* of the network's side */
    bool                asked_twice, no_move;
    struct sha256      *sha;
    uint64_t            compared;
};

/* transport.c: the end of a job. detail: the other side's own words, may be NULL. */
enum transport_result transport_end(struct transport *t, enum transport_result r, enum transport_cause c, const char *detail);
/* Letters, digits and . _ - in parts between single '/', none of them starting with a dot. */
bool transport_name_is_good(const char *name);
/* The local file open for reading, at its start; -1 ends the job (LOCAL). */
int  transport_open_local(struct transport *t, const char *path);

/* transport_folder.c */
bool                  folder_begin(struct transport *t);
enum transport_result folder_step(struct transport *t);
int                   folder_poll_fd(const struct transport *t);
void                  folder_break_off(struct transport *t);

/* transport_net.c */
enum status           net_open(struct transport *t, const struct transport_target *target, struct err *err);
void                  net_begin(struct transport *t);
enum transport_result net_step(struct transport *t);
void                  net_break_off(struct transport *t);

/* transport_list.c: names out of what a server answers, one a line. */
void list_of_dav(struct buf *out, const char *xml);
void list_of_sftp(struct buf *out, const char *lines);
/* The URL that stands beside name; caller frees; NULL: none. */
char *address_of(const struct buf *list, const char *name);

/* --- transport_wire.c: one request after the other over one libcurl handle -------------------------------------- */

enum status wire_new(struct wire **out, const struct transport *t, struct err *err);
void        wire_free(struct wire **wp);
/* A clean handle with everything set but the request itself. */
CURL       *wire_easy(struct wire *w);
void        wire_upload(struct wire *w, int fd, uint64_t size);         /* takes the descriptor */
void        wire_into(struct wire *w, struct buf *out, size_t max);     /* more than max ends it: see wire_overflowed */
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
