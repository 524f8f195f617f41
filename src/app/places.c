/* app/places.c - another place of an offer: a copy of the entry without what is true of one place only. */
#include "places.h"

#include "commands.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "filing.h"
#include "dolen/base/banned.h"

#define WHY "another place"

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
        st = err_set(err, ST_REFUSED, _("That entry is in the bin. Nothing was changed. Take it out of the bin first."));
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

const struct command places_commands[] = {
    { "asset", "another-place", "ID", 1, 1,
      N_("The same offer at another place: a new entry; then say where and when with asset edit"), NULL, NEEDS_CASE,
      another_run },
    { NULL, NULL, NULL, 0, 0, NULL, NULL, 0, NULL }
};
