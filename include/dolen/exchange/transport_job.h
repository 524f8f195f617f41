/* dolen/exchange/transport_job.h - what is to be carried or brought: held alike by whoever carries it, and told by
 * dolen to dolen-carry as one line of JSON. */
#ifndef DOLEN_EXCHANGE_TRANSPORT_JOB_H
#define DOLEN_EXCHANGE_TRANSPORT_JOB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct json;

enum job_kind { JOB_NONE, JOB_SEND, JOB_FETCH, JOB_LIST };

struct job_file {
    char    *path, *name;                   /* here; there */
    uint64_t size;
    char     sha256[65];
};

struct transport_job {
    enum job_kind    kind;
    struct job_file *files;                 /* JOB_SEND */
    size_t           count;
    char            *name;                  /* JOB_FETCH, JOB_LIST */
    size_t           max;                   /* bytes that may come */
};
/* An empty job is all zero. */
void         transport_job_release(struct transport_job *j);
struct json *transport_job_tell(const struct transport_job *j);
/* False: it is none that may be done, such as one with a name that leaves the folder; release in any case. */
bool         transport_job_hear(struct transport_job *out, const struct json *told);

/* What dolen-carry says of an address it was given. X(NAME, stable word) */
#define CARRY_OPENED_LIST(X)                \
    X(OPENED,              "ok")            \
    X(BAD_ADDRESS,         "address")       \
    X(PASSWORD_IN_ADDRESS, "password")      \
    X(NO_MEMORY,           "memory")

enum carry_opened {
#define X(name, word) CARRY_##name,
    CARRY_OPENED_LIST(X)
#undef X
    CARRY_OPENED_COUNT
};
const char       *carry_opened_word(enum carry_opened o);
enum carry_opened carry_opened_by_word(const char *word);       /* an unknown one: NO_MEMORY */

#endif
