/* app/casework.c - each act is one transaction. */
#include "casework.h"

#include "dolen/base/date.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/core/episode.h"
#include "dolen/core/person.h"
#include "dolen/base/banned.h"

#define REFERRALS_MAX 50

/* Somebody who came alone has nobody to be told about them; the family that asked is told if they want. */
static bool has_referrer(const struct record *r)
{
    return !str_eq(record_text(r, REFERRAL_route), "SELF") || str_eq(record_text(r, REFERRAL_source), "FAMI");
}

/* The newest referral without a value in a column (of those with a referrer, when it is about feedback); ID_NONE when
 * all have one. newest: the newest of all. */
static enum status referral_without(struct casefile *cf, struct id person, int column, struct id *found,
                                    struct id *newest, struct err *err)
{
    struct records refs = { NULL, 0, 0 };
    enum status st = store_list(cf->store, LIST_REFERRALS_OF_PERSON, person, REFERRALS_MAX, &refs, err);

    *found = *newest = ID_NONE;
    for (size_t i = 0; st == ST_OK && i < refs.count; i++) {
        if (!id_is_set(*newest))
            *newest = refs.items[i].id;
        if (column == REFERRAL_feedback_sent_on && !has_referrer(&refs.items[i]))
            continue;
        if (!id_is_set(*found) && !record_text(&refs.items[i], column))
            *found = refs.items[i].id;
    }
    records_release(&refs);
    return st;
}

enum status casework_referral_to_decide(struct casefile *cf, struct id person, struct id *referral, struct err *err)
{
    struct id newest;
    enum status st = referral_without(cf, person, REFERRAL_decision, referral, &newest, err);

    if (st == ST_OK && !id_is_set(*referral))
        *referral = newest;
    if (st == ST_OK && !id_is_set(*referral))
        st = err_set(err, ST_NOTFOUND,
                     _("There is no referral for this person yet. Nothing was changed. Add one first."));
    return st;
}

static bool step_of_form(const char *form, enum step *out)
{
    for (int i = 0; i < STEP_COUNT; i++)
        if (*step_form((enum step) i) && str_eq(step_form((enum step) i), form)) {
            *out = (enum step) i;
            return true;
        }
    return false;
}

static bool another_waits(struct casefile *cf, struct id person)
{
    struct id waiting, newest;

    return referral_without(cf, person, REFERRAL_decision, &waiting, &newest, NULL) == ST_OK && id_is_set(waiting);
}

enum status casework_allows(struct casefile *cf, const char *form, struct id episode, struct err *err)
{
    struct episode_facts facts = { .has_referral = true };
    struct err why = { .st = ST_OK };
    struct record e;
    struct id person = ID_NONE;
    enum status st;
    enum step step;

    if (!id_is_set(episode) || !step_of_form(form, &step))
        return ST_OK;
    record_init(&e, T_EPISODE);
    st = store_get(cf->store, T_EPISODE, episode, &e, &why);
    if (st == ST_OK) {
        facts.opened_on = record_date(&e, EPISODE_opened_on);
        facts.closed_on = record_date(&e, EPISODE_closed_on);
        person = record_id(&e, EPISODE_person);
    }
    record_release(&e);
    if (st != ST_OK && st != ST_NOTFOUND)
        return err_set(err, st, "%s", err_text(&why));
    if (!date_is_set(facts.closed_on) || episode_allows(&facts, step))
        return ST_OK;
    if (another_waits(cf, person))
        return err_set(err, ST_REFUSED,
                       _("This period of support was closed on %s. Nothing was changed. A new referral waits: D decides "
                         "on it (dolen form fill decision), and that begins a new period."),
                       date_show(facts.closed_on).s);
    return err_set(err, ST_REFUSED,
                   _("This period of support was closed on %s. Nothing was changed. O opens it again (dolen episode "
                     "reopen), which asks why; then go on."), date_show(facts.closed_on).s);
}

enum status casework_suggest(struct casefile *cf, struct id person, struct id episode, struct id asset,
                             struct id *connection, struct err *err)
{
    struct record r;
    enum status st = casework_allows(cf, step_form(STEP_CONNECT), episode, err);

    if (st != ST_OK)
        return st;
    record_init(&r, T_CONNECTION);
    record_set_id(&r, CONNECTION_person, person);
    record_set_id(&r, CONNECTION_episode, episode);
    record_set_id(&r, CONNECTION_asset, asset_now(cf->store, asset));
    record_set(&r, CONNECTION_status, "SUGGESTED");
    record_set_date(&r, CONNECTION_on_date, clock_today());
    st = store_put(cf->store, &r, NULL, err);
    *connection = r.id;
    record_release(&r);
    return st;
}

enum status casework_connect(struct casefile *cf, struct id connection, struct id asset, struct err *err)
{
    struct record c;
    enum status st;

    record_init(&c, T_CONNECTION);
    st = store_get(cf->store, T_CONNECTION, connection, &c, err);
    if (st == ST_OK) {
        record_set_id(&c, CONNECTION_asset, asset);
        st = store_put(cf->store, &c, NULL, err);
    }
    record_release(&c);
    return st;
}

enum status casework_protocol(struct casefile *cf, struct id concern, const char *protocol, struct err *err)
{
    struct record c;
    enum status st;

    record_init(&c, T_CONCERN);
    st = store_get(cf->store, T_CONCERN, concern, &c, err);
    if (st == ST_OK) {
        record_set(&c, CONCERN_protocol, protocol);
        st = store_put(cf->store, &c, NULL, err);
    }
    record_release(&c);
    return st;
}

static enum status sent_today(struct casefile *cf, struct id referral, struct err *err)
{
    struct record r;
    enum status st;

    record_init(&r, T_REFERRAL);
    st = store_get(cf->store, T_REFERRAL, referral, &r, err);
    if (st == ST_OK) {
        record_set_date(&r, REFERRAL_feedback_sent_on, clock_today());
        st = store_put(cf->store, &r, NULL, err);
    }
    if (st == ST_OK)
        st = store_task_done(cf->store, "FEEDBACK_OWED", referral, clock_today(), err);
    record_release(&r);
    return st;
}

enum status casework_feedback_sent(struct casefile *cf, struct id person, struct err *err)
{
    struct id referral, newest;
    enum status st = referral_without(cf, person, REFERRAL_feedback_sent_on, &referral, &newest, err);

    if (st == ST_OK && !id_is_set(referral))
        st = err_set(err, ST_NOTFOUND, _("No feedback is owed for this person. Nothing was changed. Today says for "
                                         "whom it is."));
    if (st == ST_OK)
        st = store_begin(cf->store, err);
    if (st != ST_OK)
        return st;
    st = sent_today(cf, referral, err);
    return store_end(cf->store, st, err);
}

enum status casework_referral_to_answer(struct casefile *cf, struct id person, struct id *referral, struct err *err)
{
    struct id newest;
    enum status st = referral_without(cf, person, REFERRAL_feedback_sent_on, referral, &newest, err);

    if (st == ST_OK && !id_is_set(*referral))
        *referral = newest;
    if (st == ST_OK && !id_is_set(*referral))
        st = err_set(err, ST_NOTFOUND,
                     _("There is no referral for this person yet. Nothing was changed. Add one first."));
    return st;
}

/* Age in whole years, -1 when not known. */
static int casework_age(struct casefile *cf, struct id person)
{
    struct record p;
    int age = -1;

    record_init(&p, T_PERSON);
    if (store_get(cf->store, T_PERSON, person, &p, NULL) == ST_OK)
        age = person_age(record_date(&p, PERSON_birth_date), record_text(&p, PERSON_birth_precision), clock_today());
    record_release(&p);
    return age;
}

enum status casework_measure_fits(struct casefile *cf, const struct form *f, struct id person, struct err *err)
{
    int age = f->is_measure ? casework_age(cf, person) : -1;

    if (age < 0 || age >= f->measure.minimum_age)
        return ST_OK;
    return err_set(err, ST_REFUSED,
                   _("%s is for people of %d and over, and this person is younger. Nothing was changed."),
                   text2_now(&f->title), f->measure.minimum_age);
}

size_t casework_measure_forms(struct casefile *cf, struct id person, const struct form **out, size_t max)
{
    size_t count, n = 0;
    const char *const *ids = catalog_list(cf->catalog, DEF_FORM, &count);
    int age = casework_age(cf, person);

    for (size_t i = 0; i < count && n < max; i++) {
        const struct form *f = catalog_form(cf->catalog, ids[i], NULL);

        if (f && f->is_measure && (age < 0 || age >= f->measure.minimum_age))
            out[n++] = f;
    }
    return n;
}

bool casework_measure_begun(struct casefile *cf, const char *measure, struct id episode)
{
    struct records all = { NULL, 0, 0 };
    bool begun = false;

    if (store_list(cf->store, LIST_MEASURES_OF_EPISODE, episode, 0, &all, NULL) == ST_OK)
        for (size_t i = 0; i < all.count && !begun; i++)
            begun = str_eq(record_text(&all.items[i], MEASURE_instrument), measure) &&
                    str_eq(record_text(&all.items[i], MEASURE_stage), "BASELINE");
    records_release(&all);
    return begun;
}
