#include "csv.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/csv_read.h"
#include "dolen/base/mem.h"
#include "dolen/exchange/rows.h"
#include "dolen/base/banned.h"

enum { CSV_BYTES = 64 * 1024 };

enum status csv_open(struct csv *c, const char *folder, const char *path, bool excel, struct err *err)
{
    char *full = folder ? path_join(folder, path) : NULL;
    enum status st = ST_OK;

    memset(c, 0, sizeof *c);
    c->excel = excel;
    if (full)
        st = file_out_open(&c->file, full, false, err);
    free(full);
    if (st != ST_OK)
        return st;
    c->sha = sha256_new();
    c->bytes = xmalloc(CSV_BYTES);
    if (excel)
        csv_raw(c, CSV_BYTE_ORDER_MARK, strlen(CSV_BYTE_ORDER_MARK));
    return ST_OK;
}

static void flush(struct csv *c)
{
    if (c->st == ST_OK && c->used) {
        sha256_add(c->sha, c->bytes, c->used);
        if (c->file)
            c->st = file_out_write(c->file, c->bytes, c->used, &c->err);
        else
            buf_add_mem(&c->kept, c->bytes, c->used);
        c->written += c->used;
    }
    c->used = 0;
}

void csv_raw(struct csv *c, const void *p, size_t n)
{
    const char *from = p;

    while (n > CSV_BYTES - c->used) {
        size_t part = CSV_BYTES - c->used;

        memcpy(c->bytes + c->used, from, part);
        c->used += part;
        from += part;
        n -= part;
        flush(c);
    }
    memcpy(c->bytes + c->used, from, n);
    c->used += n;
}

static void separate(struct csv *c)
{
    if (c->in_row)
        csv_raw(c, ",", 1);
    c->in_row = true;
}

void csv_plain(struct csv *c, const char *s, size_t n)
{
    if (c->sink) {
        c->sink->cell(c->sink->ctx, s, n);
        return;
    }
    separate(c);
    csv_raw(c, s, n);
}

void csv_text(struct csv *c, const char *s)
{
    bool guard = c->excel && csv_is_guarded(s);

    separate(c);
    if (!guard && !s[strcspn(s, ",\"\r\n")]) {
        csv_raw(c, s, strlen(s));
        return;
    }
    csv_raw(c, guard ? "\"'" : "\"", guard ? 2 : 1);
    while (*s) {
        size_t n = strcspn(s, "\"");

        csv_raw(c, s, n);
        s += n;
        if (*s) {
            csv_raw(c, "\"\"", 2);
            s++;
        }
    }
    csv_raw(c, "\"", 1);
}

void csv_end_row(struct csv *c)
{
    if (c->sink)
        return;
    csv_raw(c, "\r\n", 2);
    c->in_row = false;
    c->rows++;
}

void csv_drop(struct csv *c)
{
    char unused[65];

    file_out_drop(&c->file);
    if (c->sha)
        sha256_hex_done(&c->sha, unused);
    buf_wipe(&c->kept);
    free(c->bytes);
    memset(c, 0, sizeof *c);
}

enum status csv_close(struct csv *c, struct csv_made *made, struct err *err)
{
    enum status st;

    flush(c);
    st = c->st;
    if (st != ST_OK && err)
        *err = c->err;
    if (st == ST_OK && c->file)
        st = file_out_commit(&c->file, err);
    if (st == ST_OK && made) {
        made->bytes = c->written;
        made->rows = c->rows;
        made->kept = c->kept;
        c->kept = (struct buf) BUF_INIT;
        sha256_hex_done(&c->sha, made->sha256);
    }
    csv_drop(c);
    return st;
}
