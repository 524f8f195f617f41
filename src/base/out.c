/* out.c - what a command gives out: one whole new file, or one JSON document on standard output. */
#include "dolen/base/out.h"

#include <stdio.h>
#include <stdlib.h>

#include "dolen/base/file.h"
#include "dolen/base/mem.h"
#include "dolen/base/banned.h"

enum status out_file(const char *path, const void *bytes, size_t n, struct err *err)
{
    struct file_out *f = NULL;
    enum status st = file_out_open(&f, path, false, err);

    if (st == ST_OK)
        st = file_out_write(f, bytes, n, err);
    if (st == ST_OK)
        st = file_out_commit(&f, err);
    file_out_drop(&f);
    return st;
}

void out_json(const char *program, const char *schema, struct json *j)
{
    struct buf b = BUF_INIT;
    char *name = xasprintf("%s/%s/1", program, schema);

    json_set_text(j, "schema", name);
    json_write(&b, j);
    puts(buf_text(&b));
    buf_wipe(&b);
    json_free(&j);
    free(name);
}
