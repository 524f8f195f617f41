/* print/records_priv.h - what sheets and letters read from records in the same way. */
#ifndef DOLEN_PRINT_RECORDS_PRIV_H
#define DOLEN_PRINT_RECORDS_PRIV_H

#include "dolen/print/document.h"
#include "dolen/store/read.h"

/* The name in l, else in the other language; NULL when it has none. */
const char *asset_name_in(const struct record *asset, enum lang l);

/* Calls put for the asset of each connection of the episode that stands, newest first. asked_too: those only
 * suggested. */
enum status each_connected(struct store *s, struct id episode, bool asked_too,
                           void (*put)(void *ctx, const struct record *asset), void *ctx, struct err *err);

#endif
