/* app/places.c - another place of an offer: a copy of the entry without what is true of one place only. */
#include "places.h"

#include "commands.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "filing.h"
#include "dolen/base/banned.h"

#define WHY "another place"
#define PLACES_MAX 1000

/* Nobody has looked whether there is a ramp at the other hall, or talked to anybody there. */
static bool of_one_place(const char *question)
{
    static const char *const names[] = {
        "day", "area", "local_authority", "address", "postcode", "phone", "accessibility", "full_until",
        "takes_a_month", "running", "told_on", "verified_on", "verified_how",
    };

    for (size_t i = 0; i < ARRAY_LEN(names); i++)
        if (str_eq(names[i], question))
            return true;
    return false;
}

struct id places_offer(struct casefile *cf, struct id asset)
{
    struct record r = { .text = NULL };
    struct id offer = asset;

    if (store_get(cf->store, T_ASSET, asset, &r, NULL) == ST_OK && id_is_set(record_id(&r, ASSET_offer)))
        offer = record_id(&r, ASSET_offer);
    record_release(&r);
    return offer;
}

enum status places_join(struct casefile *cf, struct id asset, struct id of, const char *why, struct err *err)
{
    struct record r = { .text = NULL };
    enum status st = store_get(cf->store, T_ASSET, asset, &r, err);

    if (st == ST_OK) {
        record_set_id(&r, ASSET_offer, places_offer(cf, of));
        st = store_put(cf->store, &r, why, err);
    }
    record_release(&r);
    return st;
}

static enum status copy_answers(struct filling *f, struct id from, struct err *err)
{
    struct answers a = ANSWERS_INIT;
    enum status st = store_answers(f->cf->store, T_ASSET, from, &a, err);

    for (size_t i = 0; st == ST_OK && i < a.count; i++) {
        const struct question *q = form_question(f->form, a.items[i].name);

        if (q && qtype_asked(q->type) && a.items[i].value && !of_one_place(q->name))
            session_set_canonical(f->session, q, a.items[i].repeat, a.items[i].value, NULL);
    }
    answers_release(&a);
    return st;
}

static enum status not_binned(struct casefile *cf, struct id asset, struct err *err)
{
    struct record r = { .text = NULL };
    enum status st = store_get(cf->store, T_ASSET, asset, &r, err);

    if (st == ST_OK && r.binned)
        st = err_set(err, ST_REFUSED,
                     _("That entry is in the bin. Nothing was changed. Take it out of the bin first."));
    record_release(&r);
    return st;
}

static enum status file_and_join(struct filling *f, struct id asset, struct err *err)
{
    enum status st = store_begin(f->cf->store, err);

    if (st != ST_OK)
        return st;
    st = filling_file_within(f, true, WHY, err);
    if (st == ST_OK)
        st = places_join(f->cf, f->record, asset, WHY, err);
    return store_end(f->cf->store, st, err);
}

enum status places_add(struct casefile *cf, struct id asset, struct id *made, struct err *err)
{
    struct target t = { .form = "asset", .no_draft = true, .new_one = true };
    struct filling *f = NULL;
    enum status st = not_binned(cf, asset, err);

    *made = ID_NONE;
    if (st == ST_OK)
        st = filling_start(&f, cf, &t, err);
    if (st == ST_OK)
        st = copy_answers(f, asset, err);
    if (st == ST_OK)
        st = file_and_join(f, asset, err);
    if (st == ST_OK)
        *made = f->record;
    filling_free(&f);
    return st;
}

static enum status has_draft(struct casefile *cf, struct id record, bool *has, struct err *err)
{
    struct records all = { NULL, 0, 0 };
    enum status st = store_list(cf->store, LIST_DRAFTS, ID_NONE, PLACES_MAX, &all, err);

    *has = false;
    for (size_t i = 0; i < all.count; i++)
        *has = *has || id_eq(record_id(&all.items[i], DRAFT_record), record);
    records_release(&all);
    return st;
}

enum status places_left(struct casefile *cf, struct id made, bool *gone, struct err *err)
{
    struct change_row last = { .seq = 0 };
    bool draft;
    int n = 0;
    enum status st = has_draft(cf, made, &draft, err);

    *gone = false;
    if (st != ST_OK || draft)
        return st;
    st = store_changes(cf->store, made, 0, 1, &last, &n, err);
    if (st == ST_OK && n == 1 && str_eq(last.why, WHY)) {
        st = store_take_back_one(cf->store, last.seq, true, err);
        *gone = st == ST_OK;
    }
    for (int i = 0; i < n; i++)
        change_row_release(&last);
    return st;
}

/* --- entries that are there already ----------------------------------------------------------------------------- */

static enum status put_offer(struct casefile *cf, struct id asset, struct id offer, const char *why, struct err *err)
{
    struct record r = { .text = NULL };
    enum status st = store_get(cf->store, T_ASSET, asset, &r, err);

    if (st == ST_OK && !id_eq(record_id(&r, ASSET_offer), offer)) {
        record_set_id(&r, ASSET_offer, offer);
        st = store_put(cf->store, &r, why, err);
    }
    record_release(&r);
    return st;
}

static enum status ends_step(struct casefile *cf, enum status st, struct err *err)
{
    if (st == ST_OK)
        return store_commit(cf->store, err);
    store_rollback(cf->store);
    return st;
}

static enum status may_link(struct casefile *cf, struct id asset, struct id other, struct err *err)
{
    enum status st = not_binned(cf, asset, err);

    if (st == ST_OK)
        st = not_binned(cf, other, err);
    if (st == ST_OK && id_eq(places_offer(cf, asset), places_offer(cf, other)))
        st = err_set(err, ST_REFUSED, _("They are places of one offer already. Nothing was changed."));
    return st;
}

enum status places_link(struct casefile *cf, struct id asset, struct id other, size_t *places, struct err *err)
{
    struct records moved = { NULL, 0, 0 }, all = { NULL, 0, 0 };
    struct id offer = places_offer(cf, other);
    enum status st = may_link(cf, asset, other, err);

    *places = 0;
    if (st == ST_OK)
        st = store_list(cf->store, LIST_PLACES_OF_OFFER, places_offer(cf, asset), PLACES_MAX, &moved, err);
    if (st == ST_OK)
        st = store_begin(cf->store, err);
    if (st == ST_OK) {
        for (size_t i = 0; st == ST_OK && i < moved.count; i++)
            st = put_offer(cf, moved.items[i].id, offer, "places of one offer", err);
        st = ends_step(cf, st, err);
    }
    if (st == ST_OK)
        st = store_list(cf->store, LIST_PLACES_OF_OFFER, offer, PLACES_MAX, &all, err);
    *places = all.count;
    records_release(&all);
    records_release(&moved);
    return st;
}

enum status places_part(struct casefile *cf, struct id asset, struct err *err)
{
    struct records all = { NULL, 0, 0 };
    struct id offer = places_offer(cf, asset), first = ID_NONE;
    enum status st = store_list(cf->store, LIST_PLACES_OF_OFFER, offer, PLACES_MAX, &all, err);

    if (st == ST_OK && all.count < 2)
        st = err_set(err, ST_REFUSED, _("It has no other place: it is an offer of its own. Nothing was changed."));
    if (st == ST_OK)
        st = store_begin(cf->store, err);
    if (st == ST_OK) {
        /* Where the first entry goes, the next one is the first. */
        for (size_t i = 0; st == ST_OK && id_eq(asset, offer) && i < all.count; i++) {
            if (id_eq(all.items[i].id, asset))
                continue;
            if (!id_is_set(first))
                first = all.items[i].id;
            st = put_offer(cf, all.items[i].id, id_eq(all.items[i].id, first) ? ID_NONE : first, "an offer of its own",
                           err);
        }
        if (st == ST_OK)
            st = put_offer(cf, asset, ID_NONE, "an offer of its own", err);
        st = ends_step(cf, st, err);
    }
    records_release(&all);
    return st;
}

/* --- by command ------------------------------------------------------------------------------------------------- */

static enum status another_run(struct run *r, struct err *err)
{
    struct id asset, made;
    struct json *j;
    enum status st = operand_id(r, T_ASSET, r->operand[0], &asset, err);

    if (st == ST_OK)
        st = places_add(r->cf, asset, &made, err);
    if (st != ST_OK)
        return st;
    if (!r->json) {
        puts(id_show(made).s);
        return ST_OK;
    }
    j = json_new_map();
    json_set_text(j, "id", id_show(made).s);
    json_set_text(j, "offer", id_show(places_offer(r->cf, made)).s);
    run_print_json("asset-another-place", j);
    return ST_OK;
}

static enum status link_run(struct run *r, struct err *err)
{
    struct id asset, other;
    size_t places;
    struct json *j;
    enum status st = operand_id(r, T_ASSET, r->operand[0], &asset, err);

    if (st == ST_OK)
        st = operand_id(r, T_ASSET, r->operand[1], &other, err);
    if (st == ST_OK)
        st = places_link(r->cf, asset, other, &places, err);
    if (st != ST_OK)
        return st;
    if (!r->json) {
        printf(tr_n("%zu place of one offer.\n", "%zu places of one offer.\n", places), places);
        return ST_OK;
    }
    j = json_new_map();
    json_set_text(j, "id", id_show(asset).s);
    json_set_text(j, "offer", id_show(places_offer(r->cf, asset)).s);
    json_set_int(j, "places", (long) places);
    run_print_json("asset-one-offer", j);
    return ST_OK;
}

static enum status part_run(struct run *r, struct err *err)
{
    struct id asset;
    struct json *j;
    enum status st = operand_id(r, T_ASSET, r->operand[0], &asset, err);

    if (st == ST_OK)
        st = places_part(r->cf, asset, err);
    if (st != ST_OK || !r->json)
        return st;
    j = json_new_map();
    json_set_text(j, "id", id_show(asset).s);
    run_print_json("asset-own-offer", j);
    return ST_OK;
}

const struct command places_commands[] = {
    { "asset", "another-place", "ID", 1, 1,
      N_("The same offer at another place: a new entry; then say where and when with asset edit"), NULL, NEEDS_CASE,
      another_run },
    { "asset", "one-offer", "ID OTHER", 2, 2, N_("Two entries are places of the same offer: link them"), NULL,
      NEEDS_CASE, link_run },
    { "asset", "own-offer", "ID", 1, 1, N_("The entry is no place of another's offer: an offer of its own again"), NULL,
      NEEDS_CASE, part_run },
    { NULL, NULL, NULL, 0, 0, NULL, NULL, 0, NULL }
};
