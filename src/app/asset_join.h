/* app/asset_join.h - one thing that stands in the directory twice becomes one entry. */
#ifndef DOLEN_APP_ASSET_JOIN_H
#define DOLEN_APP_ASSET_JOIN_H

#include "casefile.h"
#include "dolen/store/past.h"

/* Connections, what only the other entry had, and the later day somebody talked to them go to keep; other goes to the
 * bin. One step, that u or assets_part takes back. *connections: how many went over. would not NULL: nothing is
 * changed, would says how many records it comes to. ST_REFUSED: as store_join_assets, or a call to each is begun. */
enum status assets_join(struct casefile *cf, struct id keep, struct id other, struct extent *would,
                        size_t *connections, struct err *err);
/* The newest joining is taken back, of any day. *changes: how many. ST_NOTFOUND, ST_CONFLICT as step_take_back. */
enum status assets_part(struct casefile *cf, bool apply, size_t *changes, struct err *err);
/* The question before it, with both names; the caller's. */
struct text2 assets_join_question(struct casefile *cf, struct id keep, struct id other, size_t connections);
/* Entries that may be the same as this one, likeliest first. *n: at most max. */
enum status assets_alike_to(struct casefile *cf, struct id asset, struct id *out, size_t max, size_t *n,
                            struct err *err);

#endif
