/* ui/places.c - the places of one offer, as the directory shows them: its name, and where and when. */
#include "dolen/ui/places.h"

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/text.h"
#include "person_priv.h"
#include "dolen/base/banned.h"

#define PLACES_SHOWN 200

const char *place_name(const struct record *a, const char *none)
{
    int own = lang_now() == LANG_CY ? ASSET_name_cy : ASSET_name_en,
        other = lang_now() == LANG_CY ? ASSET_name_en : ASSET_name_cy;

    return record_or(a, own, record_or(a, other, none));
}

void place_where_put(const struct record *a, struct buf *out)
{
    static const int columns[] = { ASSET_area, ASSET_address, ASSET_postcode, ASSET_day };

    for (size_t i = 0; i < ARRAY_LEN(columns); i++) {
        struct buf one = BUF_INIT;

        text_clean(&one, record_or(a, columns[i], ""));
        words_add(out, buf_text(&one));
        buf_release(&one);
    }
    if (!out->len)
        buf_add(out, _("where and when is not said yet"));
}

enum status places_of_offer(struct store *s, const struct record *asset, struct records *out, struct err *err)
{
    struct id offer = record_id(asset, ASSET_offer);
    size_t kept = 0;
    enum status st = store_list(s, LIST_PLACES_OF_OFFER, id_is_set(offer) ? offer : asset->id, PLACES_SHOWN, out, err);

    for (size_t i = 0; i < out->count; i++)
        if (id_eq(out->items[i].id, asset->id))
            record_release(&out->items[i]);
        else
            out->items[kept++] = out->items[i];
    out->count = kept;
    return st;
}

void place_put(const struct record *asset, struct buf *out)
{
    struct buf where = BUF_INIT;

    buf_add(out, place_name(asset, ""));
    place_where_put(asset, &where);
    buf_addf(out, ": %s", buf_text(&where));
    buf_release(&where);
}
