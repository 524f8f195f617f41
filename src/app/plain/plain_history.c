/* plain_history.c - line mode: who changed what, newest first; the number of a line takes it back. */
#include "plain_priv.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/banned.h"

#define CHANGES_PAGE 20
#define CHANGES_MOST 640

/* Whose: of a person with what hangs on them, or of one record. */
struct whose {
    struct id person, episode, record;
};

struct changes {
    struct change_row *items;
    size_t             count, cap;
    bool               more;
};

static void changes_release(struct changes *all)
{
    for (size_t i = 0; i < all->count; i++)
        change_row_release(&all->items[i]);
    free(all->items);
    *all = (struct changes) { NULL, 0, 0, false };
}

static bool told_before(const struct changes *all, size_t i)
{
    for (size_t k = 0; k < i; k++)
        if (id_eq(all->items[k].entity_id, all->items[i].entity_id))
            return true;
    return false;
}

/* What was written on another laptop, before the record came here. */
static enum status add_elsewhere(struct plain *p, struct changes *all, struct err *err)
{
    size_t here = all->count;
    enum status st = ST_OK;

    for (size_t i = 0; st == ST_OK && i < here; i++) {
        struct change_row *rows = NULL;
        enum table_id t;
        size_t n = 0;

        if (told_before(all, i) || !table_by_name(all->items[i].entity, &t))
            continue;
        st = store_changes_elsewhere(p->cf->store, t, all->items[i].entity_id, &rows, &n, err);
        for (size_t k = 0; k < n; k++)
            *ARRAY_ADD(all->items, all->count, all->cap) = rows[k];
        free(rows);
    }
    return st;
}

static enum status gather(struct plain *p, const struct whose *w, int limit, struct changes *all, struct err *err)
{
    struct change_row *rows = xcalloc((size_t) limit, sizeof *rows);
    int n = 0;
    enum status st = id_is_set(w->record)
        ? store_changes(p->cf->store, w->record, 0, limit, rows, &n, err)
        : store_changes_about(p->cf->store, w->person, w->episode, limit, rows, &n, err);

    all->more = n == limit;
    for (int i = 0; i < n; i++)
        *ARRAY_ADD(all->items, all->count, all->cap) = rows[i];
    free(rows);
    if (st == ST_OK)
        st = add_elsewhere(p, all, err);
    if (all->count)
        qsort(all->items, all->count, sizeof *all->items, change_newest_first);
    return st;
}

/* What the list shortens, before it is asked whether it goes back. */
static void tell_whole(struct plain *p, struct id person, const struct change_row *c)
{
    struct buf head = BUF_INIT, body = BUF_INIT;

    change_lines(&p->ui, person, c, &head, &body);
    tell_text(buf_text(&head));
    tell_text(buf_text(&body));
    buf_wipe(&head);
    buf_wipe(&body);
}

static void row_back(struct plain *p, struct id person, const struct change_row *c)
{
    struct buf question = BUF_INIT;
    struct err err = { .st = ST_OK };

    if (c->elsewhere)
        err_set(&err, ST_REFUSED, _("This was written on another laptop. Nothing was changed. Edit the record "
                                    "instead."));
    else
        store_take_back_one(p->cf->store, c->seq, false, &err);
    if (err.st == ST_OK || c->elsewhere)
        tell_whole(p, person, c);
    if (err.st == ST_OK) {
        buf_addf(&question, "%s ", _("Take this back?"));
        change_back_words(&p->ui, person, c->seq, &question, &err);
    }
    if (err.st == ST_OK && plain_yes(p, buf_text(&question)) == ANSWER_YES &&
        store_take_back_one(p->cf->store, c->seq, true, &err) == ST_OK)
        tell_text(_("Taken back. It stands in the history as a change of its own, which can be taken back too."));
    if (err.st != ST_OK)
        tell_error(&err);
    buf_wipe(&question);
}

/* Lines from first on; the last is a word for the next ones. */
static int choose_change(struct plain *p, struct id person, const struct changes *all, size_t first)
{
    struct made *m = xcalloc(1, sizeof *m);
    size_t n = all->count - first > CHANGES_PAGE ? CHANGES_PAGE : all->count - first;
    int i;

    for (size_t k = 0; k < n; k++) {
        change_words(&p->ui, person, &all->items[first + k], made_add(m));
        made_take(m);
    }
    if (first + n < all->count || all->more)
        made_word(m, N_(":more"), N_("Older changes"));
    i = plain_choose(p, _("Last changes, newest first; a number takes one back"), m->items, m->n);
    made_release(m);
    free(m);
    return i >= (int) n ? CHANGES_PAGE : i;
}

static void history_of(struct plain *p, const struct whose *w)
{
    size_t first = 0;
    int i = CHOSE_AGAIN, limit = 2 * CHANGES_PAGE;

    while (p->end == PLAIN_GO_ON && i != CHOSE_BACK && i != CHOSE_OVER) {
        struct changes all = { NULL, 0, 0, false };
        struct err err = { .st = ST_OK };

        if (gather(p, w, limit, &all, &err) != ST_OK)
            tell_error(&err);
        if (err.st == ST_OK && first >= all.count)
            tell_text(first ? _("There are no older changes.") : _("No change is written down."));
        i = err.st == ST_OK && first < all.count ? choose_change(p, w->person, &all, first) : CHOSE_BACK;
        if (i == CHANGES_PAGE) {
            first += CHANGES_PAGE;
            limit = limit < CHANGES_MOST ? limit + CHANGES_PAGE : limit;
        } else if (i >= 0) {
            row_back(p, w->person, &all.items[first + (size_t) i]);
        }
        changes_release(&all);
    }
}

void step_history(struct plain *p)
{
    history_of(p, &(struct whose) { p->person, p->episode, ID_NONE });
}

void plain_history_of(struct plain *p, struct id record)
{
    history_of(p, &(struct whose) { ID_NONE, ID_NONE, record });
}
