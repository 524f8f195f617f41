/* what goes back: receipts in their folders, one line about each bundle. */
#include "receive.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli.h"
#include "dolen/base/file.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/text.h"
#include "dolen/base/banned.h"

enum status receipt_put(const char *folder, struct id source, const char *bundle, const struct buf *bytes,
                        const struct buf *marker, struct err *err)
{
    struct source_text name = source_show(source);
    char *place = path_join(folder, name.s), *file = xasprintf("%s" RECEIPT_SUFFIX, bundle);
    char *sig = xasprintf("%s" RECEIPT_SUFFIX ".minisig", bundle);
    enum status st = file_exists(place) ? ST_OK : folder_make_private(place, err);

    if (st == ST_OK)
        st = file_replace_later(place, file, bytes->s, bytes->len, err);
    if (st == ST_OK)
        st = file_replace_later(place, sig, marker->s, marker->len, err);
    free(place);
    free(file);
    free(sig);
    return st;
}

static bool holds(const char *folder, const char *name, const struct buf *bytes)
{
    char *path = path_join(folder, name);
    struct buf there = BUF_INIT;
    bool same = file_read(&there, path, RECEIPT_BYTES_MAX, NULL) == ST_OK && there.len == bytes->len &&
                memcmp(buf_text(&there), buf_text(bytes), bytes->len) == 0;

    buf_release(&there);
    free(path);
    return same;
}

bool receipt_is_there(const char *folder, struct id source, const char *bundle, const struct buf *bytes,
                      const struct buf *marker)
{
    char *place = path_join(folder, source_show(source).s), *file = xasprintf("%s" RECEIPT_SUFFIX, bundle);
    char *sig = xasprintf("%s" RECEIPT_SUFFIX ".minisig", bundle);
    bool there = holds(place, file, bytes) && holds(place, sig, marker);

    free(place);
    free(file);
    free(sig);
    return there;
}

char *quarantine_path(const struct hub_keys *k, const struct ledger_row *row)
{
    return xasprintf("%s/quarantine/%lld-%lld-%lld-%.12s" BUNDLE_SUFFIX, k->folder, (long long) row->source_id,
                     (long long) row->epoch, (long long) row->seq, row->manifest_sha256);
}

static const char *status_of(const struct incoming *in)
{
    static const char *const words[] = {
        [FATE_MERGE] = "accepted", [FATE_ANSWER] = "refused", [FATE_SAME] = "duplicate", [FATE_REFUSE] = "refused",
        [FATE_WAIT] = "waiting",
    };

    return in->fate == FATE_ENTER ? receipt_status_word(in->r.status) : words[in->fate];
}

static void tell_json(const struct incoming *in)
{
    struct json *j = json_new_map();

    json_set_text(j, "bundle", in->bundle);
    json_set_text(j, "source_id", in->source ? source_show(in->source->id).s : NULL);
    json_set_text(j, "status", status_of(in));
    json_set_text(j, "reason", in->why);
    if (in->fate == FATE_MERGE || in->fate == FATE_ENTER) {
        json_set(j, "rows", receipt_rows_json(&in->r));
        json_set_int(j, "covered_version", in->r.covered_version);
    }
    hub_print_json("received", j);
}

/* A line of plain text: names of files come from outside. */
static void tell_text(const struct incoming *in)
{
    struct buf b = BUF_INIT;

    text_tame(&b, in->bundle, false);
    if (in->fate == FATE_MERGE)
        printf(_("%s: taken: %lld new, %lld changed, %lld old, %lld taken out\n"), buf_text(&b),
               (long long) in->r.rows_new, (long long) in->r.rows_updated, (long long) in->r.rows_stale,
               (long long) in->r.rows_deleted);
    else if (in->fate == FATE_SAME)
        printf(_("%s: there already\n"), buf_text(&b));
    else if (in->fate == FATE_WAIT)
        printf(_("%s: waits: %s\n"), buf_text(&b), in->said);
    else if (in->fate == FATE_ENTER && in->r.status == RECEIPT_QUARANTINED)
        printf(_("%s: put aside: %s\n"), buf_text(&b), in->said);
    else
        printf(_("%s: not taken: %s\n"), buf_text(&b), in->said);
    buf_release(&b);
}

void incoming_tell(const struct incoming *in, const struct reception *rc)
{
    if (rc->json)
        tell_json(in);
    else
        tell_text(in);
}
