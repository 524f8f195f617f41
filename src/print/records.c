/* What sheets and letters read from records in the same way. */
#include "records_priv.h"

#include <string.h>

#include "dolen/base/mem.h"
#include "dolen/base/banned.h"

#define CONNECTIONS_MAX 500

const char *asset_name_in(const struct record *asset, enum lang l)
{
    const char *cy = record_text(asset, ASSET_name_cy), *en = record_text(asset, ASSET_name_en);

    return l == LANG_CY ? (cy ? cy : en) : (en ? en : cy);
}

static bool stands(const struct record *connection, bool asked_too)
{
    static const char *const ended[] = { "DECLINED", "NOT_AVAILABLE" };
    const char *status = record_or(connection, CONNECTION_status, "SUGGESTED");

    for (size_t i = 0; i < ARRAY_LEN(ended); i++)
        if (str_eq(status, ended[i]))
            return false;
    return asked_too ? !str_eq(status, "STOPPED") : !str_eq(status, "SUGGESTED");
}

enum status each_connected(struct store *s, struct id episode, bool asked_too,
                           void (*put)(void *ctx, const struct record *asset), void *ctx, struct err *err)
{
    struct records c = { NULL, 0, 0 };
    struct record asset;
    enum status st = store_list(s, LIST_CONNECTIONS_OF_EPISODE, episode, CONNECTIONS_MAX, &c, err);

    record_init(&asset, T_ASSET);
    for (size_t i = 0; i < c.count && st == ST_OK; i++) {
        if (!stands(&c.items[i], asked_too) || !id_is_set(record_id(&c.items[i], CONNECTION_asset)))
            continue;
        st = store_get(s, T_ASSET, record_id(&c.items[i], CONNECTION_asset), &asset, err);
        if (st == ST_OK)
            put(ctx, &asset);
        else if (st == ST_NOTFOUND)
            st = ST_OK;
    }
    record_release(&asset);
    records_release(&c);
    return st;
}
