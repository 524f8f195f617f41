/* fuzz_signed.c - hostile papers between laptop and hub. First byte: 0 a manifest, 1 a receipt, 2 a policy, 3 a laptop's public
 * identity, 4 a table as CSV, 5 a file name. What is let in must be written again as something that is let in. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "dolen/base/csv_read.h"
#include "dolen/base/mem.h"
#include "dolen/exchange/manifest.h"
#include "dolen/exchange/policy_file.h"
#include "dolen/exchange/receipt.h"
#include "dolen/exchange/source.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void manifest(const char *s, size_t n)
{
    struct manifest m, again;
    struct json *package = NULL, *batch;

    if (json_parse(&package, s, n, NULL) == ST_OK && json_kind(package) == JSON_MAP_ &&
        manifest_parse(&m, json_get(package, BATCH_KEY), NULL) == ST_OK) {
        batch = manifest_write(&m);
        if (manifest_parse(&again, batch, NULL) != ST_OK)
            abort();
        json_free(&batch);
    }
    json_free(&package);
}

static void receipt(const char *s, size_t n)
{
    struct receipt r, again;
    struct buf b = BUF_INIT;

    if (receipt_parse(&r, s, n, NULL) == ST_OK) {
        receipt_write(&b, &r);
        if (receipt_parse(&again, b.s, b.len, NULL) != ST_OK)
            abort();
        receipt_release(&again);
    }
    receipt_release(&r);
    buf_release(&b);
}

static void policy(const char *s, size_t n)
{
    struct policy_file *p = NULL, *again = NULL;
    struct buf b = BUF_INIT;

    if (policy_file_parse(&p, s, n, NULL) == ST_OK) {
        policy_file_write(&b, p);
        if (policy_file_parse(&again, b.s, b.len, NULL) != ST_OK)
            abort();
    }
    policy_file_free(&p);
    policy_file_free(&again);
    buf_release(&b);
}

static void source(const char *s, size_t n)
{
    struct source in, again;
    struct buf b = BUF_INIT;
    struct json *j;

    if (source_read(&in, s, n, NULL) != ST_OK)
        return;
    j = source_write(&in);
    json_write(&b, j);
    if (source_read(&again, b.s, b.len, NULL) != ST_OK)
        abort();
    json_free(&j);
    buf_release(&b);
}

static void table(const char *s, size_t n)
{
    struct csv_table t;

    if (csv_table_read(&t, s, n, NULL) == ST_OK)
        csv_table_release(&t);
}

static void name(const char *s, size_t n)
{
    char *text = xstrndup(s, n), made[BATCH_NAME_MAX];
    struct id id;
    int64_t epoch, seq;

    if (batch_name_parse(text, &id, &epoch, &seq)) {
        batch_name(made, id, epoch, seq);
        if (!strstr(text, made))
            abort();
    }
    free(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static void (*const parsers[])(const char *s, size_t n) = { manifest, receipt, policy, source, table, name };

    if (size)
        parsers[data[0] % ARRAY_LEN(parsers)]((const char *) data + 1, size - 1);
    return 0;
}
