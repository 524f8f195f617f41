/* the newest policy, put where laptops fetch their receipts: each of them sees it there, and a person adopts it. */
#include "receive.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/file.h"
#include "dolen/base/mem.h"
#include "dolen/base/banned.h"

/* policy/ at the root of the road: receipts lie in receipts/ below it, or in the root itself. */
static char *policy_folder(const char *receipts)
{
    size_t n = strlen(receipts);
    const char *last;
    char *root, *out;

    while (n > 1 && receipts[n - 1] == '/')
        n--;
    root = xstrndup(receipts, n);
    last = strrchr(root, '/');
    last = last ? last + 1 : root;
    if (!str_eq(last, "receipts"))
        out = path_join(root, "policy");
    else
        out = xasprintf("%.*spolicy", (int) (last - root), root);
    free(root);
    return out;
}

static bool lies_there(const char *folder, const char *name, const struct buf *b)
{
    char *path = path_join(folder, name);
    struct buf was = BUF_INIT;
    bool same = file_exists(path) && file_read(&was, path, POLICY_BYTES_MAX, NULL) == ST_OK && was.len == b->len &&
                memcmp(buf_text(&was), buf_text(b), b->len) == 0;

    buf_release(&was);
    free(path);
    return same;
}

static enum status put(const char *receipts, const struct buf *bytes, const struct buf *marker, struct err *err)
{
    char *folder = policy_folder(receipts);
    enum status st = file_exists(folder) ? ST_OK : folder_make_private(folder, err);

    if (st == ST_OK && !lies_there(folder, POLICY_CURRENT, bytes))
        st = file_replace(folder, POLICY_CURRENT, bytes->s, bytes->len, err);
    if (st == ST_OK && !lies_there(folder, POLICY_CURRENT ".minisig", marker))
        st = file_replace(folder, POLICY_CURRENT ".minisig", marker->s, marker->len, err);
    free(folder);
    return st;
}

enum status policy_publish(const struct hub_keys *k, struct warehouse *w, const char *receipts, struct err *err)
{
    struct buf bytes = BUF_INIT, marker = BUF_INIT;
    char *destination = NULL;
    int64_t number = 0;
    enum status st = warehouse_setting(w, "destination", &destination, err);

    if (st == ST_OK)
        st = hub_policy_current(k, destination, &bytes, &marker, &number, err);
    if (st == ST_OK && number)
        st = put(receipts, &bytes, &marker, err);
    free(destination);
    buf_release(&bytes);
    buf_release(&marker);
    return st;
}
