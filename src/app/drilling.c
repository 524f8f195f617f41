/* app/drilling.c - a drill's papers go through the same engine and the same filing as anybody's. */
#include "drilling.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dolen/base/date.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/forms/answers_json.h"
#include "dolen/ui/views.h"
#include "dolen/vault/hash.h"
#include "dolen/base/banned.h"

enum status drilling_allowed(struct casefile *cf, struct err *err)
{
    if (keyslots_is_training(cf->slots))
        return ST_OK;
    return err_set(err, ST_REFUSED,
                   _("Drills are played in a training case file only; this one holds real people. Nothing was "
                                      "changed. Make one with: dolen --file DIR practice new"));
}

/* --- filing ----------------------------------------------------------------------------------------------------- */

static enum status new_person(struct casefile *cf, const struct json *answers, struct id *person, struct err *err)
{
    struct filling f = { .cf = cf, .binds = T_PERSON, .fresh = true };
    enum status st = ST_OK;

    f.form = catalog_form(cf->catalog, "person", err);
    if (!f.form)
        return err->st;
    f.session = session_new(f.form, NULL, NULL, 0, clock_today());
    st = answers_json_in(f.session, answers, err);
    if (st == ST_OK)
        st = filling_file_within(&f, true, NULL, err);
    *person = f.record;
    session_free(&f.session);
    return st;
}

static enum status file_form(struct casefile *cf, const struct target *t, const struct json *answers,
                             struct id *record,
                             struct err *err)
{
    struct filling *f = NULL;
    enum status st = filling_start(&f, cf, t, err);

    if (st == ST_OK)
        st = answers_json_in(f->session, answers, err);
    if (st == ST_OK)
        st = filling_file_within(f, true, NULL, err);
    if (st == ST_OK)
        *record = f->record;
    filling_free(&f);
    return st;
}

/* --- what arrives ----------------------------------------------------------------------------------------------- */

struct arriving {
    struct attempt  *a;
    struct casefile *cf;
    struct id        person, *assets;       /* of the drill, by index */
};

/* The same entry serves every attempt, put back to what the drill says it is. */
static enum status arrive_asset(struct arriving *x, size_t i, struct err *err)
{
    const struct drill_asset *asset = &x->a->d->assets[i];
    struct target t = { .form = "asset", .no_draft = true };
    struct json *answers = drill_answers(&asset->paper, lang_now(), clock_today());
    char *key = xasprintf("drill.asset.%s.%s", x->a->d->id, asset->id);
    char *known = store_setting(x->cf->store, key);
    struct record r = { .text = NULL };
    enum status st;

    if (known && id_parse(known, &t.record) &&
        (store_get(x->cf->store, T_ASSET, t.record, &r, NULL) != ST_OK || r.binned))
        t.record = ID_NONE;
    record_release(&r);
    st = file_form(x->cf, &t, answers, &x->assets[i], err);
    if (st == ST_OK)
        st = store_set_setting(x->cf->store, key, id_show(x->assets[i]).s, err);
    if (st == ST_OK)
        st = attempt_asset(x->a, asset->id, x->assets[i], err);
    json_free(&answers);
    free(known);
    free(key);
    return st;
}

static enum status arrive_paper(struct arriving *x, const struct drill_paper *p, struct err *err)
{
    struct json *answers = drill_answers(p, lang_now(), clock_today());
    struct target t = { .form = p->form, .person = x->person, .stage = p->stage, .no_draft = true };
    struct id record = ID_NONE;
    enum status st;

    if (p->asset >= 0)
        t.asset = x->assets[p->asset];
    if (str_eq(p->form, "person") && !id_is_set(x->person)) {
        st = new_person(x->cf, answers, &x->person, err);
        record = x->person;
    } else {
        st = file_form(x->cf, &t, answers, &record, err);
    }
    if (st == ST_OK)
        st = attempt_arrived(x->a, p->form, record, err);
    json_free(&answers);
    return st;
}

static enum status arrive(struct attempt *a, struct casefile *cf, struct err *err)
{
    struct arriving x = { .a = a, .cf = cf };
    enum status st = ST_OK;

    x.assets = xcalloc(a->d->asset_count + 1, sizeof *x.assets);
    for (size_t i = 0; i < a->d->asset_count && st == ST_OK; i++)
        st = arrive_asset(&x, i, err);
    for (size_t i = 0; i < a->d->paper_count && st == ST_OK; i++)
        st = arrive_paper(&x, &a->d->papers[i], err);
    if (st == ST_OK)
        st = attempt_person(a, x.person, err);
    free(x.assets);
    return st;
}

static void hash_of(const struct drill *d, char hex[65])
{
    uint8_t h[32];

    hash_once(h, d->bytes, d->byte_count);
    hex_of(hex, h, sizeof h);
}

enum status drilling_start(struct attempt **out, struct casefile *cf, const char *drill, uint64_t seed, struct id set,
                           struct err *err)
{
    struct attempt_start start = { .seed = seed, .practitioner = cf->slot.practitioner, .set = set,
                                   .today = clock_today() };
    struct attempt *a = NULL;
    char hash[65];
    enum status st = drilling_allowed(cf, err);

    if (st == ST_OK && !(start.d = catalog_drill(cf->catalog, drill, err)))
        st = err->st;
    if (st != ST_OK)
        return st;
    hash_of(start.d, hash);
    start.hash = hash;
    st = store_begin(cf->store, err);
    if (st != ST_OK)
        return st;
    st = attempt_begin(&a, cf->store, cf->catalog, &start, err);
    if (st == ST_OK)
        st = arrive(a, cf, err);
    st = store_end(cf->store, st, err);
    if (st != ST_OK) {
        attempt_free(&a);
        return st;
    }
    store_undo_begins(cf->store);
    *out = a;
    return ST_OK;
}

/* --- what is filed ---------------------------------------------------------------------------------------------- */

enum status drilling_filed(struct filling *f, const struct answers *answers, struct err *err)
{
    struct attempt *a = NULL;
    struct id id = ID_NONE;
    enum status st = ST_OK;

    if (!keyslots_is_training(f->cf->slots) || !id_is_set(f->person))
        return ST_OK;
    st = attempt_of_person(f->cf->store, f->person, &id, err);
    if (st != ST_OK || !id_is_set(id))
        return st;
    st = attempt_open(&a, f->cf->store, f->cf->catalog, id, err);
    if (st == ST_OK)
        st = attempt_filed(a, f->form, f->record, answers, err);
    attempt_free(&a);
    return st;
}

static struct id asset_record(const struct attempt *a, const char *name)
{
    size_t n;
    const struct drill_log *log = drill_play_log(a->play, &n);

    for (size_t i = 0; i < n; i++)
        if (log[i].kind == LOG_ASSET && str_eq(log[i].part, name))
            return log[i].record;
    return ID_NONE;
}

/* Dates as "today+3" in an answer file become dates. Caller frees. */
static struct json *dated_answers(const struct json *answers)
{
    struct drill_paper p = { .answers = { NULL, NULL } };

    memcpy(&p.answers[LANG_EN], &answers, sizeof answers);      /* only read */
    return drill_answers(&p, LANG_EN, clock_today());
}

/* One form, filed for the attempt's person as a screen would. asset: a connection; stage: a measure; may be NULL. */
static enum status drilling_fill(struct attempt *a, struct casefile *cf, const char *form, const char *asset,
                                 const char *stage, const struct json *answers, struct err *err)
{
    struct target t = { .form = form, .person = record_id(&a->row, DRILL_person), .stage = stage, .no_draft = true };
    struct json *dated = dated_answers(answers);
    struct id record;
    enum status st = ST_OK;

    if (asset)
        t.asset = asset_record(a, asset);
    if (asset && !id_is_set(t.asset))
        st = err_set(err, ST_INVALID, _("The drill has no asset called %s. Nothing was changed."
                                        " The names are in: dolen asset list"), asset);
    if (st == ST_OK)
        st = store_begin(cf->store, err);
    if (st == ST_OK) {
        st = file_form(cf, &t, dated, &record, err);
        st = store_end(cf->store, st, err);
    }
    json_free(&dated);
    return st;
}

/* --- judging ---------------------------------------------------------------------------------------------------- */

static int to_go(struct attempt *a, struct casefile *cf)
{
    struct ui u = { .store = cf->store, .catalog = cf->catalog, .today = clock_today() };
    struct id episode = person_episode(cf, record_id(&a->row, DRILL_person));

    return id_is_set(episode) ? (int) episode_to_go(&u, episode, NULL, 0) : -1;
}

enum status drilling_judge(struct attempt *a, struct casefile *cf, struct drill_score *out, struct err *err)
{
    return attempt_judge(a, to_go(a, cf), out, err);
}

enum status drilling_finish(struct attempt *a, struct casefile *cf, struct drill_score *out, struct err *err)
{
    enum status st = drilling_judge(a, cf, out, err);

    return st == ST_OK ? attempt_finish(a, out, clock_today(), err) : st;
}

/* --- a play from a file ----------------------------------------------------------------------------------------- */

static enum status again(struct attempt **a, struct casefile *cf, struct err *err)
{
    struct id id = (*a)->row.id;

    attempt_free(a);
    return attempt_open(a, cf->store, cf->catalog, id, err);
}

static enum status play_step(struct attempt **a, struct casefile *cf, const struct json *step, struct err *err)
{
    const char *say = json_get_text(step, "say"), *form = json_get_text(step, "fill"),
        *to = json_get_text(step, "connect");
    const struct json *answers = json_get(step, "answers");
    struct json *none = json_new_map();
    enum status st;

    if (say)
        st = attempt_say(*a, say, err);
    else if (form || to) {
        st = drilling_fill(*a, cf, to ? "connection" : form, to, json_get_text(step, "stage"),
                           answers ? answers : none, err);
        if (st == ST_OK)
            st = again(a, cf, err);             /* filing wrote the step */
    } else {
        st = err_set(err, ST_INVALID,
                     _("A step of a play has say, fill or connect. Nothing more was played. See docs/drills.md"));
    }
    json_free(&none);
    return st;
}

enum status drilling_play(struct attempt **a, struct casefile *cf, const struct json *play, struct drill_score *out,
                          struct err *err)
{
    const struct json *steps = json_get(play, "steps");
    struct err why = { .st = ST_OK };
    enum status st = ST_OK;

    for (size_t i = 0; st == ST_OK && steps && i < json_count(steps); i++) {
        st = play_step(a, cf, json_at(steps, i), &why);
        if (st != ST_OK)
            err_set(err, st, _("Step %zu of the play: %s"), i + 1, err_text(&why));
    }
    return st == ST_OK ? drilling_finish(*a, cf, out, err) : st;
}
