/* ui/lazy.h - a long list of records: all ids at once, a record only when its row is drawn. */
#ifndef DOLEN_UI_LAZY_H
#define DOLEN_UI_LAZY_H

#include "dolen/store/read.h"

#define LAZY_KEPT 64                    /* records held, by place modulo this: more than a screen has rows */

struct lazy {
    struct store *s;
    enum table_id table;
    struct id    *ids;
    size_t        count;
    struct record kept[LAZY_KEPT];
    size_t        kept_of[LAZY_KEPT];   /* which place, from 1 */
};

/* Reads the ids anew (LIST_REFERRALS_WAITING, LIST_GAPS). Release it in any case. */
enum status lazy_load(struct lazy *l, struct store *s, enum list_id list, enum table_id table, struct err *err);
/* The same of ids that were asked for elsewhere; takes them over. */
void lazy_take(struct lazy *l, struct store *s, enum table_id table, struct id *take, size_t count);
/* NULL when it is there no more. Until the next load, or LAZY_KEPT rows later. */
const struct record *lazy_at(struct lazy *l, size_t i);
void                 lazy_release(struct lazy *l);

#endif
