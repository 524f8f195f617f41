/* assets.h - the row of a list of assets, shared by the pages and the queries of the directory. */
#ifndef DOLEN_STORE_ASSETS_H
#define DOLEN_STORE_ASSETS_H

#include "dolen/db/db.h"
#include "dolen/store/read.h"

/* A connection still to lead somewhere. Waiting: referred, agreed or sent, and nobody has been seen there yet. */
#define CONNECTION_IS_OPEN "c.binned_at IS NULL AND c.status IN ('SUGGESTED', 'AGREED', 'SENT', 'ACCEPTED', 'WAITING')"
/* ?9: the first second of this month. What was declined or never came about took no place. */
#define ASSET_ROW \
    "SELECT a.id, a.name_en, a.name_cy, a.sort_key, a.category, a.area, a.verified_on, a.full_until, " \
    "coalesce(a.do_not_advertise = 'YES', 0), coalesce(a.takes_a_month, -1), " \
    "(SELECT count(*) FROM connection c WHERE c.asset = a.id AND c.binned_at IS NULL AND coalesce(c.kind, '') <> 'SIGNPOSTED' " \
    "AND c.status IN ('AGREED', 'SENT', 'ACCEPTED', 'WAITING')), " \
    "(SELECT count(*) FROM connection c WHERE c.asset = a.id AND c.binned_at IS NULL AND c.kind = 'REFERRED' " \
    "AND c.created_at >= ?9 AND coalesce(c.status, '') NOT IN ('DECLINED', 'NOT_AVAILABLE')), " \
    "(SELECT value FROM answer WHERE owner = a.id AND question = 'running' AND repeat = 0), a.created_at FROM asset a "

void asset_rows_bind(struct stmt *q);
void asset_row_read(struct stmt *q, struct asset_row *r);

#endif
