/* dolen/exchange/zip.h - ZIP archives in memory (libzip lives here): written small and always the same, read with
 * mistrust.
 *
 * Nothing is ever written to a temporary file. */
#ifndef DOLEN_EXCHANGE_ZIP_H
#define DOLEN_EXCHANGE_ZIP_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "dolen/base/buf.h"
#include "dolen/base/status.h"

/* --- writing ---------------------------------------------------------------------------------------------------- */

/* How far packing is, for another thread to look at. stop breaks it off: ST_INTERRUPTED. */
struct zip_pace {
    atomic_uint_least64_t done, total;  /* bytes of the members; total is 0 until it is known */
    atomic_bool           stop;
};

struct zip_out;
enum status zip_out_new(struct zip_out **out, struct err *err);
/* The bytes are borrowed until zip_out_done. name: "a.csv" or "codes/a.csv", ASCII; the same twice is ST_USAGE. */
enum status zip_out_add(struct zip_out *z, const char *name, const void *p, size_t n, struct err *err);
/* Read at zip_out_done. ST_NOTFOUND. */
enum status zip_out_add_file(struct zip_out *z, const char *name, const char *path, struct err *err);
/* Appends the archive to out and frees z in any case. Same members, same bytes: no clock, no owner. pad > 0: its
 * length is a multiple of pad, so that the size tells less (an extra field that readers pass over). pace may be
 * NULL. ST_IO, ST_NOMEM. */
enum status zip_out_done(struct zip_out **zp, size_t pad, struct zip_pace *pace, struct buf *out, struct err *err);
void        zip_out_free(struct zip_out **zp);

/* --- reading ---------------------------------------------------------------------------------------------------- */

enum zip_fault {
    ZIP_FAULT_NONE,
    ZIP_FAULT_NOT_ZIP,   /* no archive, or its parts contradict each other */
    ZIP_FAULT_NAME,      /* a name that is not on the list: "../", "/", a folder, a link … */
    ZIP_FAULT_TWICE,
    ZIP_FAULT_TOO_MANY,
    ZIP_FAULT_TOO_LARGE, /* by what it says or by what comes out */
    ZIP_FAULT_KIND,      /* encrypted, or packed in a way other than stored and deflate */
    ZIP_FAULT_DAMAGED,   /* checksum or length is wrong */
    ZIP_FAULT_COUNT
};

struct zip_rules {
    const char *const *names;           /* the only ones that are let in, ended by NULL */
    uint64_t           member_max;      /* bytes of one, unpacked */
    uint64_t           total_max;       /* of all together, unpacked */
};

/* Looks at every entry before any is unpacked. The bytes are borrowed until zip_in_free. ST_INVALID for each fault.
 * why may be NULL. */
struct zip_in;
enum status zip_in_open(struct zip_in **out, const void *p, size_t n, const struct zip_rules *rules,
                        enum zip_fault *why, struct err *err);
size_t      zip_in_count(const struct zip_in *z);
const char *zip_in_name(const struct zip_in *z, size_t i);
uint64_t    zip_in_size(const struct zip_in *z, size_t i);      /* as it says; zip_in_read holds it to that */
/* Appends member i, whole and checked; after a failure out is as it was. */
enum status zip_in_read(struct zip_in *z, size_t i, struct buf *out, enum zip_fault *why, struct err *err);
void        zip_in_free(struct zip_in **zp);

#endif
