/* hub/open.h - what nearly every command of dolen-hub begins with: keys, definitions, warehouse. */
#ifndef DOLEN_HUB_OPEN_H
#define DOLEN_HUB_OPEN_H

#include "cli.h"
#include "keys.h"
#include "warehouse.h"

struct hub {
    struct hub_keys   keys;
    struct catalog   *catalog;
    struct warehouse *w;
};

/* Keys and definitions alone. hub_close in any case, also after a failure. */
enum status hub_open_keys(struct hub *h, const struct hub_run *r, struct err *err);
enum status hub_open(struct hub *h, const struct hub_run *r, struct err *err);
void        hub_close(struct hub *h);

#endif
