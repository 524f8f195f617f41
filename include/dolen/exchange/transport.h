/* dolen/exchange/transport.h - carrying files to a destination and receipts back.
 *
 *   /folder, file:///folder      a USB stick or a shared drive: our own temporary, fsync, rename, fsync of the folder
 *   sftp://user@host[:port]/dir  the host's key must be one of host_keys; "/~/dir" is below the home folder
 *   https://host/dir             WebDAV: PUT under a name of its own, then MOVE where the server has it
 *   presigned:FILE               object stores: FILE has lines "NAME URL", one for each name that may be sent or
 * fetched
 *
 * Names are sent once and never written over. A file goes to its name in one step (".part", then rename) where the
 * store can, and the files of one sending go in order: put the marker last. What broke off is taken up again where
 * that is safe (sftp); the same file sent twice is found to be there.
 *
 * What goes over the network is done by dolen-carry, a program of its own that is started for it: what parses bytes
 * from outside never shares a process with the keys of a case file. It ends with the transport, or with
 * this program. */
#ifndef DOLEN_EXCHANGE_TRANSPORT_H
#define DOLEN_EXCHANGE_TRANSPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "dolen/base/buf.h"
#include "dolen/base/status.h"
#include "dolen/vault/secret.h"

enum transport_kind { TRANSPORT_FOLDER, TRANSPORT_SFTP, TRANSPORT_HTTPS, TRANSPORT_PRESIGNED };

/* Everything is borrowed for transport_open only; NULL where it is not needed. */
struct transport_target {
    const char          *url;
    const char          *user;          /* when the address has none */
    const struct secret *secret;        /* password, or passphrase of key_file */
    const char          *key_file;      /* sftp: private key, ed25519 or ecdsa; NULL: the password, then the agent */
    const char          *host_keys;     /* sftp: lines as in known_hosts; without one that fits nothing is sent */
    const char          *ca_file;       /* https: certificates to trust in place of the system's */
    int                  stall_seconds; /* nothing moved for so long: given up; 0: 60 */
};

/* What came of a job. X(NAME, stable word) */
#define TRANSPORT_RESULT_LIST(X)                                                                            \
    X(BUSY,    "busy")                  /* under way */                                                     \
    X(DONE,    "done")                                                                                      \
    X(ABSENT,  "absent")                /* fetch, list: no such file or folder (yet), or no address for it */\
    X(RETRY,   "retry")                 /* network, server error: try again later, by itself */             \
    X(BLOCKED, "blocked")               /* a person must do something */

enum transport_result {
#define X(name, word) TRANSPORT_##name,
    TRANSPORT_RESULT_LIST(X)
#undef X
    TRANSPORT_RESULT_COUNT
};
const char *transport_result_word(enum transport_result r);
bool        transport_result_by_word(const char *word, enum transport_result *out);

/* Why, for RETRY and BLOCKED. X(NAME, stable word) */
#define TRANSPORT_CAUSE_LIST(X)                                                                             \
    X(NONE,        "none")                                                                                  \
    X(NETWORK,     "network")           /* no connection, cut, stalled, name not found */                   \
    X(SERVER,      "server")            /* 5xx, 429, a failure of the other side */                         \
    X(UNPLUGGED,   "unplugged")         /* folder: the stick or drive is not there */                       \
    X(HOST_KEY,    "host_key")          /* unknown or changed */                                            \
    X(TLS,         "tls")               /* certificate not trusted, wrong name, expired */                  \
    X(AUTH,        "auth")              /* user, password or key not accepted; a pre-signed address ran out */\
    X(PERMISSION,  "permission")        /* may not write there */                                           \
    X(NO_FOLDER,   "no_folder")         /* the folder of the address is not there */                        \
    X(SPACE,       "space")             /* full; what was there is whole */                                 \
    X(EXISTS,      "exists")            /* another file has this name already; it was not touched */        \
    X(ADDRESS,     "address")           /* presigned: no address for this name */                           \
    X(LOCAL,       "local")             /* our own file could not be read; dolen-carry did not answer, or ended */ \
    X(TOO_LARGE,   "too_large")         /* fetch: larger than asked for */

enum transport_cause {
#define X(name, word) TRANSPORT_CAUSE_##name,
    TRANSPORT_CAUSE_LIST(X)
#undef X
    TRANSPORT_CAUSE_COUNT
};
const char *transport_cause_word(enum transport_cause c);
bool        transport_cause_by_word(const char *word, enum transport_cause *out);

/* Letters, digits and . _ - in parts between single '/', none of them starting with a dot. */
bool transport_name_is_good(const char *name);

struct transport;

/* Looks at the address; no network yet. ST_USAGE: not an address of these kinds (http:// and ftp:// are refused),
 * ST_INVALID: sftp without host keys, ST_NOTFOUND: a file named here is not there, or dolen-carry is not installed. */
enum status transport_open(struct transport **out, const struct transport_target *t, struct err *err);
enum transport_kind transport_kind(const struct transport *t);
void        transport_free(struct transport **tp);      /* also in the middle of a job: breaks it off */

/* --- one job at a time: begin, then step until it is no longer BUSY --------------------------------------------- */

struct transport_file {
    const char *path;                   /* here */
    const char *name;                   /* there, below the address: letters, digits, . _ - and / */
};
/* In order; DONE when every one is there under its name. What the structs point to is copied. */
enum status transport_send(struct transport *t, const struct transport_file *files, size_t count, struct err *err);
/* At most max bytes, into memory: see transport_take. presigned: 403 is ABSENT too (cause AUTH), since many stores
 * say that of an object that is not there. */
enum status transport_fetch(struct transport *t, const char *name, size_t max, struct err *err);
/* The names of the files in a folder below the address ("" is itself), one a line: see transport_take. Over https
 * with PROPFIND; a server that has none, and presigned:, are ABSENT with cause SERVER: fetch the names you know. */
enum status transport_list(struct transport *t, const char *folder, struct err *err);

/* As far as it goes without waiting. err gets the sentence when the result is RETRY, BLOCKED or ABSENT. */
enum transport_result transport_step(struct transport *t, struct err *err);
enum transport_cause  transport_why(const struct transport *t);
/* Of a sending; both 0 before it is known. */
void transport_progress(const struct transport *t, uint64_t *done, uint64_t *total);
/* What a fetch or a list brought; moves it out. */
void transport_take(struct transport *t, struct buf *out);
/* A descriptor that is readable when a step has something to do: for the screen's own poll. -1 when no job is
 * under way. */
int  transport_poll_fd(const struct transport *t);
/* After BLOCKED by HOST_KEY: the key that the host showed, as a line for host_keys, and its print "SHA256:…" in
 * fingerprint. False when it showed none. For a person to compare with what the other side told them. */
bool transport_shown_host_key(const struct transport *t, struct buf *line, char fingerprint[64]);

/* --- for commands: steps and waits until it is over ------------------------------------------------------------- */

/* progress may be NULL; false from it breaks the job off (RETRY, cause NONE). Called at least four times a second. */
enum transport_result transport_run(struct transport *t, bool (*progress)(void *ctx, uint64_t done, uint64_t total),
                                    void *ctx, struct err *err);

#endif
