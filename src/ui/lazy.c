/* ui/lazy.c - ids in the order of a list, records by the row. */
#include "lazy.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/banned.h"

void lazy_release(struct lazy *l)
{
    for (size_t i = 0; i < LAZY_KEPT; i++)
        if (l->kept_of[i])
            record_release(&l->kept[i]);
    free(l->ids);
    *l = (struct lazy) { .s = NULL };
}

enum status lazy_load(struct lazy *l, struct store *s, enum list_id list, enum table_id table, struct err *err)
{
    struct id *ids = NULL;
    size_t count = 0;
    enum status st = store_list_ids(s, list, &ids, &count, err);

    lazy_take(l, s, table, ids, count);
    return st;
}

void lazy_take(struct lazy *l, struct store *s, enum table_id table, struct id *take, size_t count)
{
    lazy_release(l);
    *l = (struct lazy) { .s = s, .table = table, .ids = take, .count = count };
}

const struct record *lazy_at(struct lazy *l, size_t i)
{
    size_t at = i % LAZY_KEPT;

    if (i >= l->count)
        return NULL;
    if (l->kept_of[at] == i + 1)
        return &l->kept[at];
    if (l->kept_of[at])
        record_release(&l->kept[at]);
    record_init(&l->kept[at], l->table);
    l->kept_of[at] = store_get(l->s, l->table, l->ids[i], &l->kept[at], NULL) == ST_OK ? i + 1 : 0;
    if (!l->kept_of[at])
        record_release(&l->kept[at]);
    return l->kept_of[at] ? &l->kept[at] : NULL;
}
