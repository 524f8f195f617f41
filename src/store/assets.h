/* assets.h - the row of a list of assets, shared by the pages and the queries of the directory. */
#ifndef DOLEN_STORE_ASSETS_H
#define DOLEN_STORE_ASSETS_H

#include "dolen/db/db.h"
#include "dolen/store/read.h"

/* A connection still to lead somewhere; one whose person waits (referred, agreed or sent, and not seen there yet);
 * one that took a place: what was declined or never came about did not. The indexes of schema.c have these very
 * conditions. */
#define CONNECTION_OPEN "binned_at IS NULL AND status IN ('SUGGESTED', 'AGREED', 'SENT', 'ACCEPTED', 'WAITING')"
#define CONNECTION_WAITS \
    "binned_at IS NULL AND coalesce(kind, '') <> 'SIGNPOSTED' AND status IN ('AGREED', 'SENT', 'ACCEPTED', 'WAITING')"
#define CONNECTION_TAKES_A_PLACE \
    "binned_at IS NULL AND kind = 'REFERRED' AND coalesce(status, '') NOT IN ('DECLINED', 'NOT_AVAILABLE')"
/* Where a connection stands: 0 the place is still to come, 1 the person has been there once, 2 the rest. The index that
 * begins with the asset goes on with it. */
#define CONNECTION_STANDS \
    "(CASE WHEN status IN ('SUGGESTED', 'AGREED', 'SENT', 'ACCEPTED', 'WAITING') THEN 0 " \
    "WHEN status = 'FIRST_ATTENDED' THEN 1 ELSE 2 END)"
/* ?9: the first second of this month. */
#define ASSET_ROW ASSET_ROW_BY("a.sort_key", "asset a ")
/* key: what a page goes on from. */
#define ASSET_ROW_BY(key, from) \
    "SELECT a.id, a.name_en, a.name_cy, " key ", a.category, a.area, a.verified_on, a.full_until, " \
    "CASE a.do_not_advertise WHEN 'YES' THEN 1 WHEN 'LOCAL' THEN 2 ELSE 0 END, coalesce(a.takes_a_month, -1), " \
    "(SELECT count(*) FROM connection INDEXED BY connection_waiting WHERE asset = a.id AND " CONNECTION_WAITS "), " \
    "(SELECT count(*) FROM connection INDEXED BY connection_sent WHERE asset = a.id AND created_at >= ?9 AND " \
    CONNECTION_TAKES_A_PLACE "), " \
    "(SELECT value FROM answer WHERE owner = a.id AND question = 'running' AND repeat = 0), a.created_at, " \
    "CASE WHEN a.offer IS NOT NULL OR EXISTS (SELECT 1 FROM asset p INDEXED BY asset_offer WHERE p.offer = a.id " \
    "AND p.binned_at IS NULL) THEN coalesce(a.area, a.postcode, replace(a.address, char(10), ', '), a.day) END " \
    "FROM " from

/* The directory by its Welsh names (else English ones), for whoever has it in Welsh: kept by search_index.c. */
#define WELSH_ORDER "asset_welsh w INDEXED BY asset_welsh_sort "

void asset_rows_bind(struct stmt *q);
void asset_row_read(struct stmt *q, struct asset_row *r);

#endif
