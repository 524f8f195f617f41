/* what nearly every command of dolen-hub begins with: keys, definitions, warehouse. */
#include "open.h"

#include <string.h>

#include "dolen/base/banned.h"

enum status hub_open_keys(struct hub *h, const struct hub_run *r, struct err *err)
{
    memset(h, 0, sizeof *h);
    h->catalog = catalog_open();
    return hub_keys_open(&h->keys, r->keys, err);
}

enum status hub_open(struct hub *h, const struct hub_run *r, struct err *err)
{
    enum status st = hub_open_keys(h, r, err);

    return st == ST_OK ? warehouse_open(&h->w, r->into, h->keys.vault, h->catalog, err) : st;
}

void hub_close(struct hub *h)
{
    warehouse_close(&h->w);
    hub_keys_free(&h->keys);
    catalog_free(&h->catalog);
}
