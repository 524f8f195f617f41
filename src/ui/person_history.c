/* person_history.c - who changed what, when: the changes of the person, of the period of support, and of all that hangs
 * on them, newest first. What was serious is told in its own section alone. */
#include "person_priv.h"

#include <stdlib.h>
#include <string.h>

#include "change_words.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/banned.h"

struct changes {
    struct change_row *items;
    size_t             count, cap;
};

/* Before the record came here, or came back. */
static enum status add_elsewhere(struct person_view *v, const struct change_row *c, struct changes *all,
                                 struct err *err)
{
    struct change_row *rows = NULL;
    enum table_id t;
    size_t n = 0;
    enum status st = table_by_name(c->entity, &t)
        ? store_changes_elsewhere(v->u->store, t, c->entity_id, &rows, &n, err) : ST_OK;

    for (size_t i = 0; i < n; i++)
        *ARRAY_ADD(all->items, all->count, all->cap) = rows[i];
    free(rows);
    return st;
}

static bool told_before(const struct change_row *rows, int i)
{
    for (int k = 0; k < i; k++)
        if (id_eq(rows[k].entity_id, rows[i].entity_id))
            return true;
    return false;
}

static enum status gather(struct person_view *v, struct changes *all, struct err *err)
{
    struct change_row *rows = xcalloc((size_t) v->history_limit, sizeof *rows);
    int n = 0;
    enum status st = store_changes_about(v->u->store, v->id, v->episode.id, v->history_limit, rows, &n, err);

    v->history_more = n == v->history_limit;
    for (int i = 0; i < n; i++)
        *ARRAY_ADD(all->items, all->count, all->cap) = rows[i];
    for (int i = 0; st == ST_OK && i < n; i++)
        if (!told_before(rows, i))
            st = add_elsewhere(v, &rows[i], all, err);
    free(rows);
    return st;
}

enum status person_history(struct person_view *v, struct sheet *s, struct err *err)
{
    struct history_of h = { v->u, v, v->id };
    struct changes all = { NULL, 0, 0 };
    enum status st = gather(v, &all, err);

    if (all.count > 0)
        qsort(all.items, all.count, sizeof *all.items, change_newest_first);
    for (size_t i = 0; i < all.count; i++) {
        if (st == ST_OK && i < (size_t) v->history_limit)
            history_row(&h, s, &all.items[i]);
        change_row_release(&all.items[i]);
    }
    v->history_more = v->history_more || all.count > (size_t) v->history_limit;
    free(all.items);
    if (st == ST_OK && s->count == 0)
        sheet_text(s, STYLE_HINT, _("No change is written down."));
    return st;
}
