/* join_assets.c - one thing that stands in the directory twice becomes one entry.
 *
 * Each connection is pointed at the kept entry through the ordinary way of writing, so that its history says so. The
 * kept entry gets what only the other one had, and the later of the two days when somebody talked to them; the other
 * one goes to the bin and says which entry it became: drafts have no history that could put them back, so they are left
 * as they are and find their way by that (asset_now). All of it is one step of the history. */
#include "dolen/store/write.h"

#include <string.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "owned.h"
#include "store_priv.h"

#include "dolen/base/banned.h"

#define WHY "one entry"                 /* change_words.c says it in words, undo_row.c refuses by it */

struct joining {
    struct store  *s;
    struct record  keep, other;
    struct answers kept, others;
};

/* Longer than anybody says twice of one thing that it is another: a ring of entries ends too. */
#define JOININGS 16

struct id asset_now(struct store *s, struct id asset)
{
    for (int i = 0; i < JOININGS && id_is_set(asset); i++) {
        struct record r = { .text = NULL };
        struct id next = ID_NONE;

        if (store_get(s, T_ASSET, asset, &r, NULL) == ST_OK && r.binned)
            next = record_id(&r, ASSET_joined);
        record_release(&r);
        if (!id_is_set(next))
            return asset;
        asset = next;
    }
    return asset;
}

static enum status nothing_differs(struct store *s, struct id asset, struct err *err)
{
    struct records open = { NULL, 0, 0 };
    enum status st = store_list(s, LIST_DIFFERENCES_OF, asset, 1, &open, err);

    if (st == ST_OK && open.count)
        st = err_set(err, ST_REFUSED, _("The entry that would go to the bin differs between two laptops. Nothing was "
                                        "changed. Settle that first: :conflicts, or dolen handover conflicts"));
    records_release(&open);
    return st;
}

static enum status both_read(struct joining *j, struct id keep, struct id other, struct err *err)
{
    enum status st = store_get(j->s, T_ASSET, keep, &j->keep, err);

    if (st == ST_OK)
        st = store_get(j->s, T_ASSET, other, &j->other, err);
    if (st == ST_OK && id_eq(keep, other))
        st = err_set(err, ST_REFUSED, _("This is one entry already. Nothing was changed. Choose another one."));
    if (st == ST_OK && (j->keep.binned || j->other.binned))
        st = err_set(err, ST_REFUSED,
                     _("That entry is in the bin. Nothing was changed. Take it out of the bin first."));
    if (st == ST_OK)
        st = nothing_differs(j->s, other, err);
    if (st == ST_OK)
        st = answers_read(j->s, keep, &j->kept, err);
    return st == ST_OK ? answers_read(j->s, other, &j->others, err) : st;
}

static enum status each_to(struct joining *j, enum table_id t, const char *column, struct id to, size_t *moved,
                           struct err *err)
{
    struct ids ids = { NULL, 0, 0 };
    int c = table_column_by_name(t, column);
    enum status st = owned_ids(j->s, t, column, j->other.id, &ids, err);

    for (size_t i = 0; st == ST_OK && i < ids.count; i++) {
        struct record r = { .text = NULL };

        if (id_eq(ids.items[i], j->keep.id))
            continue;
        st = store_get(j->s, t, ids.items[i], &r, err);
        if (st == ST_OK) {
            record_set_id(&r, c, to);
            st = store_put(j->s, &r, WHY, err);
            ++*moved;
        }
        record_release(&r);
    }
    ids_release(&ids);
    return st;
}

/* The first entry of the offer that the kept one is a place of, when the other one no longer is that. */
static struct id first_place(struct joining *j)
{
    struct id offer = record_id(&j->keep, ASSET_offer);

    if (id_eq(offer, j->other.id)) {
        record_set(&j->keep, ASSET_offer, NULL);
        offer = ID_NONE;
    }
    return id_is_set(offer) ? offer : j->keep.id;
}

static void take(struct joining *j, int c)
{
    struct buf missing = BUF_INIT;

    record_set(&j->keep, c, record_text(&j->other, c));
    buf_add(&missing, record_or(&j->keep, ASSET_missing, ""));
    entry_drop(&missing, table_column_name(T_ASSET, c));
    record_set(&j->keep, ASSET_missing, missing.len ? buf_text(&missing) : NULL);
    buf_release(&missing);
}

static bool later(const struct joining *j, int c)
{
    return strcmp(record_or(&j->other, c, ""), record_or(&j->keep, c, "")) > 0;
}

/* ISO dates sort as text. Whoever asked not to be advertised has asked for both. */
static void columns_join(struct joining *j)
{
    static const int own[] = { ASSET_sort_key, ASSET_missing, ASSET_form_def, ASSET_offer, ASSET_joined,
                               ASSET_verified_how };

    if (later(j, ASSET_verified_on))
        take(j, ASSET_verified_how);
    for (int c = 0; c < ASSET_COLUMN_COUNT; c++) {
        bool is_own = false, newer = (c == ASSET_verified_on || c == ASSET_told_on) && later(j, c);

        for (size_t i = 0; i < ARRAY_LEN(own); i++)
            is_own = is_own || own[i] == c;
        if (!is_own && record_text(&j->other, c) && (newer || !record_text(&j->keep, c)))
            take(j, c);
    }
    if (str_eq(record_or(&j->other, ASSET_do_not_advertise, ""), "YES"))
        take(j, ASSET_do_not_advertise);
}

static void answers_join(struct joining *j)
{
    for (size_t i = 0; i < j->others.count; i++) {
        const struct answer *a = &j->others.items[i];

        if (a->value && !answers_value(&j->kept, a->name, a->repeat))
            answers_set(&j->kept, a->name, a->repeat, a->value);
    }
}

static enum status join(struct joining *j, size_t *moved, struct err *err)
{
    size_t places = 0;
    struct write kept = { .record = &j->keep, .answers = &j->kept, .why = WHY };
    struct write gone = { .record = &j->other, .binning = BIN_PUT, .bin_reason = WHY, .why = WHY };
    enum status st = each_to(j, T_CONNECTION, "asset", j->keep.id, moved, err);

    if (st == ST_OK)
        st = each_to(j, T_ASSET, "offer", first_place(j), &places, err);
    if (st != ST_OK)
        return st;
    columns_join(j);
    answers_join(j);
    record_set_id(&j->other, ASSET_joined, j->keep.id);
    st = write_apply(j->s, &kept, err);
    return st == ST_OK ? write_apply(j->s, &gone, err) : st;
}

enum status store_join_assets(struct store *s, struct id keep, struct id other, size_t *moved, struct err *err)
{
    struct joining j = { .s = s };
    bool own = false;
    enum status st = both_read(&j, keep, other, err);

    *moved = 0;
    if (st == ST_OK)
        st = tx_enter(s, &own, err);
    if (st == ST_OK)
        st = tx_leave(s, own, join(&j, moved, err), err);
    record_release(&j.keep);
    record_release(&j.other);
    answers_release(&j.kept);
    answers_release(&j.others);
    return st;
}
