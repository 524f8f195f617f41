/* csv.h - a file on its way out: buffered, hashed and counted while it is written; RFC 4180 cells.
 *
 * A failure is kept and told by csv_close, so that a row is written without asking after every cell. */
#ifndef DOLEN_EXCHANGE_CSV_H
#define DOLEN_EXCHANGE_CSV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "dolen/base/buf.h"
#include "dolen/base/file.h"
#include "dolen/base/status.h"
#include "dolen/vault/hash.h"

#define CSV_PATH_MAX 64

struct row_sink;
struct csv {
    struct file_out *file;              /* NULL: kept in memory */
    struct buf       kept;
    struct sha256   *sha;
    char            *bytes;
    size_t           used;
    uint64_t         written;
    const struct row_sink *sink;        /* takes the cells in place of a file; see rows.c */
    bool             excel, in_row;
    int64_t          rows;
    enum status      st;
    struct err       err;
};

/* What a finished file came to. */
struct csv_made {
    char     path[CSV_PATH_MAX];        /* below the folder */
    char     sha256[65];
    uint64_t bytes;
    int64_t  rows;                      /* without the header */
    struct buf kept;                    /* the bytes, when they were kept in memory; whoever has them wipes them */
};

/* folder NULL: in memory. excel: a byte order mark, and text that a spreadsheet would take for a formula gets a '
 * before it. */
enum status csv_open(struct csv *c, const char *folder, const char *path, bool excel, struct err *err);
void        csv_raw(struct csv *c, const void *p, size_t n);
void        csv_plain(struct csv *c, const char *s, size_t n);      /* a cell of letters, digits and - . _ : as it is */
void        csv_text(struct csv *c, const char *s);                 /* a cell of any text */
void        csv_end_row(struct csv *c);
/* Through to the disk and in its place. Releases c in any case; made may be NULL. */
enum status csv_close(struct csv *c, struct csv_made *made, struct err *err);
void        csv_drop(struct csv *c);

#endif
