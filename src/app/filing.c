/* app/filing.c - sessions of the forms engine, tied to the records of the case file. */
#include "filing.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "after.h"
#include "casework.h"
#include "chain.h"
#include "draft_base.h"
#include "drilling.h"
#include "form_facts.h"
#include "last_values.h"
#include "news.h"
#include "notes.h"
#include "paperwork.h"
#include "put_right.h"
#include "redecide.h"
#include "review_goals.h"
#include "dolen/base/date.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/core/person.h"
#include "dolen/vault/hash.h"
#include "dolen/base/banned.h"

void form_hash(const struct form *f, char out[65])
{
    uint8_t h[32];
    size_t n;
    const char *source = form_source(f, &n);

    hash_once(h, source, n);
    hex_of(out, h, sizeof h);
}

struct id person_episode(struct casefile *cf, struct id person)
{
    struct records episodes = { NULL, 0, 0 };
    struct id found = ID_NONE;

    if (store_list(cf->store, LIST_EPISODES_OF_PERSON, person, 50, &episodes, NULL) == ST_OK)
        for (size_t i = 0; i < episodes.count; i++) {
            if (!id_is_set(found))
                found = episodes.items[i].id;
            if (!record_text(&episodes.items[i], EPISODE_closed_on)) {
                found = episodes.items[i].id;
                break;
            }
        }
    records_release(&episodes);
    return found;
}

bool person_is_guarded(struct casefile *cf, struct id person)
{
    struct record r;
    bool guarded;

    record_init(&r, T_PERSON);
    guarded = store_get(cf->store, T_PERSON, person, &r, NULL) != ST_OK ||
              person_is_protected(cf->store, &r);
    record_release(&r);
    return guarded;
}

/* The record that a `once` form keeps editing. Not finding one is fine: the form is new then. */
static enum status living_record(struct filling *f, struct err *err)
{
    struct records found = { NULL, 0, 0 };
    struct record r;
    enum status st = ST_OK;

    if (!f->form->once)
        return ST_OK;
    if (f->binds == T_PERSON) {
        f->record = f->person;
    } else if (f->binds == T_EPISODE) {
        f->record = f->episode;
    } else if (f->binds == T_EQUALITY) {
        st = store_list(f->cf->store, LIST_EQUALITY_OF_PERSON, f->person, 1, &found, err);
    } else if (f->binds == T_REFERRAL) {
        st = store_list(f->cf->store, LIST_REFERRALS_OF_PERSON, f->person, 1, &found, err);
    } else if (f->binds == T_COUNT) {
        record_init(&r, T_RESPONSE);
        st = store_response(f->cf->store, f->form->id, f->stage[0] ? f->stage : NULL, f->person,
                            f->form->of_person ? ID_NONE : f->episode, &r, err);
        if (st == ST_OK) {
            f->record = r.id;
            str_copy(f->language, sizeof f->language, record_or(&r, RESPONSE_language, ""));
        } else if (st == ST_NOTFOUND) {
            st = ST_OK;
        }
        record_release(&r);
    }
    if (found.count)
        f->record = found.items[0].id;
    records_release(&found);
    return st;
}

static enum status place(struct filling *f, const struct target *t, struct err *err)
{
    enum status st = ST_OK;

    f->binds = T_COUNT;
    if (f->form->binds && !table_by_name(f->form->binds, &f->binds))
        return err_set(err, ST_INVALID, _("The form %s names a table that a case file does not have: %s. Nothing was "
                                          "changed. Check it with: dolen form lint"), f->form->id, f->form->binds);
    f->person = t->person;
    f->episode = t->episode;
    f->record = t->record;
    f->asset = f->binds == T_CONNECTION ? asset_now(f->cf->store, t->asset) : ID_NONE;
    str_copy(f->stage, sizeof f->stage, t->stage ? t->stage : "");
    if (f->binds == T_COUNT && id_is_set(f->record))
        st = put_right_begin(f, err);
    if (st != ST_OK)
        return st;
    if (f->binds == T_ASSET || f->binds == T_SUPERVISION)
        return ST_OK;                   /* of nobody */
    if (!id_is_set(f->person))
        return err_set(err, ST_USAGE, _("The form %s is about a person; say which one. Nothing was changed."),
                       f->form->id);
    if (!id_is_set(f->episode))
        f->episode = person_episode(f->cf, f->person);
    if (!f->form->of_person && !id_is_set(f->episode))
        return err_set(err, ST_REFUSED,
                       _("No period of support has been opened for this person: one opens when a referral is accepted. "
                         "Nothing was changed. Take down a referral, or decide on the one that waits."));
    return id_is_set(f->record) ? ST_OK : living_record(f, err);
}

/* Did an earlier definition of this form ask it? */
static bool was_asked(const struct filling *f, const char *name)
{
    struct definition_row *rows = NULL;
    size_t n = 0;
    bool asked = false;

    if (store_definitions(f->cf->store, f->form->id, &rows, &n, NULL) == ST_OK)
        for (size_t i = 0; i < n && !asked; i++) {
            struct form *older = NULL;
            char *yaml = NULL;
            size_t bytes = 0;

            if (store_definition(f->cf->store, rows[i].hash, &yaml, &bytes, NULL) == ST_OK &&
                form_parse(&older, f->form->id, yaml, bytes, f->cf->catalog, NULL) == ST_OK)
                asked = form_question(older, name) != NULL;
            form_free(&older);
            free(yaml);
        }
    free(rows);
    return asked;
}

/* Does another form that fills the same record ask this, or the program itself keep it in its column? Then it is no
 * leftover of an older version of ours. */
static bool asked_elsewhere(const struct filling *f, const char *name)
{
    size_t n;
    const char *const *ids = catalog_list(f->cf->catalog, DEF_FORM, &n);

    for (size_t i = 0; i < n; i++) {
        const struct form *other = catalog_form(f->cf->catalog, ids[i], NULL);

        if (other && other != f->form && str_eq(other->binds, f->form->binds) && form_question(other, name))
            return true;
    }
    return table_column_by_name(f->binds, name) >= 0 && !was_asked(f, name);
}

static void keep_own(const struct filling *f, struct answers *a)
{
    size_t kept = 0;

    if (f->binds == T_COUNT)
        return;
    for (size_t i = 0; i < a->count; i++) {
        if (form_question(f->form, a->items[i].name) || !asked_elsewhere(f, a->items[i].name)) {
            a->items[kept++] = a->items[i];
        } else {
            free(a->items[i].name);
            free(a->items[i].value);
        }
    }
    a->count = kept;
}

static void begin_session(struct filling *f, struct answers *initial)
{
    struct form_facts facts;

    form_facts(&facts, f->cf, f->person, f->episode, f->stage);
    if (initial)
        keep_own(f, initial);
    if (initial && !initial->count && !id_is_set(f->draft))
        initial = NULL;         /* nothing was ever answered: the form's defaults hold */
    f->session = session_new(f->form, initial, facts.fact, ARRAY_LEN(facts.fact), clock_today());
    if (initial && !id_is_set(f->draft) && f->binds == T_EPISODE && !answers_find(initial, "closed_on", 0))
        answers_set_missing(initial, "closed_on", 0, MISSING_SKIPPED);      /* opened again: the next closing has its day */
    if (initial)
        session_default_skipped(f->session, initial);
    form_facts_release(&facts);
    news_begin(f);
}

static bool same_or_unset(struct id there, struct id id)
{
    return id_eq(there, id) || (!id_is_set(there) && !id_is_set(id));
}

/* What a draft is about. An entry of the directory may have become another one since. */
static struct id draft_record(const struct filling *f, const struct record *d)
{
    struct id record = record_id(d, DRAFT_record);

    return f->binds == T_ASSET ? asset_now(f->cf->store, record) : record;
}

static void take_draft(struct filling *f, const struct record *d)
{
    f->draft = d->id;
    f->draft_since = d->updated_at;
    f->draft_given = (size_t) record_int(d, DRAFT_given, 0);
    str_copy(f->stage, sizeof f->stage, record_or(d, DRAFT_stage, ""));
}

/* A note that lies about is gone on with, whichever protocol is open now. */
static bool is_of_stage(const struct filling *f, const struct record *d)
{
    return f->binds == T_CONCERN || str_eq(record_or(d, DRAFT_stage, ""), f->stage);
}

static bool draft_answers(const struct record *d, struct answers *out)
{
    const char *text = record_or(d, DRAFT_answers, "{}");
    struct json *j = NULL;
    bool ok = json_parse(&j, text, strlen(text), NULL) == ST_OK && answers_from_json(out, j);

    json_free(&j);
    return ok;
}

/* A draft of the same form about the same thing, newest first: taken up, or only seen when a new one was asked for. */
static enum status find_draft(struct filling *f, bool new_one, struct answers *answers, struct err *err)
{
    struct records drafts = { NULL, 0, 0 };
    enum status st = store_list(f->cf->store, id_is_set(f->person) ? LIST_DRAFTS_OF_PERSON : LIST_DRAFTS, f->person,
                                100, &drafts, err);

    for (size_t i = 0; st == ST_OK && i < drafts.count && !id_is_set(f->draft); i++) {
        const struct record *d = &drafts.items[i];

        if (!str_eq(record_text(d, DRAFT_form), f->form->id) || !same_or_unset(draft_record(f, d), f->record) ||
            !same_or_unset(record_id(d, DRAFT_episode), f->episode) || !is_of_stage(f, d))
            continue;
        f->another = new_one;
        if (!new_one && draft_answers(d, answers))
            take_draft(f, d);
    }
    records_release(&drafts);
    return st;
}

enum status filling_start(struct filling **out, struct casefile *cf, const struct target *t, struct err *err)
{
    struct filling *f = xcalloc(1, sizeof *f);
    struct answers answers = ANSWERS_INIT;
    enum status st = ST_OK;

    f->cf = cf;
    f->form = catalog_form(cf->catalog, t->form, err);
    if (!f->form)
        st = err ? err->st : ST_NOTFOUND;
    if (st == ST_OK)
        st = id_is_set(t->record) ? ST_OK : casework_measure_fits(cf, f->form, t->person, err);
    if (st == ST_OK)
        st = place(f, t, err);
    if (st == ST_OK && !t->no_draft)
        st = find_draft(f, t->new_one, &answers, err);
    f->fresh = !id_is_set(f->record);
    if (st == ST_OK && f->fresh && !id_is_set(f->draft) && !f->form->of_person)
        st = casework_allows(cf, f->form->id, f->episode, err);
    if (st == ST_OK && !id_is_set(f->draft) && id_is_set(f->record))
        st = store_answers(cf->store, f->binds == T_COUNT ? T_RESPONSE : f->binds, f->record, &answers, err);
    if (st == ST_OK && id_is_set(f->draft))
        st = base_resume(f, err);
    else if (st == ST_OK && id_is_set(f->record))
        base_begin(f, &answers);
    if (st == ST_OK)
        put_right_day(f, &answers);
    if (st == ST_OK) {
        begin_session(f, id_is_set(f->draft) || !f->fresh ? &answers : NULL);
        st = base_meet(f, &f->taken, err);
    }
    if (st == ST_OK && f->fresh && !id_is_set(f->draft) && !t->no_draft)
        goals_begin(f);
    if (st == ST_OK && !t->no_draft)
        session_know(f->session, !id_is_set(f->draft));
    answers_release(&answers);
    if (st != ST_OK) {
        filling_free(&f);
        return st;
    }
    *out = f;
    return ST_OK;
}

bool filling_begins_twice(const struct filling *f)
{
    return f->form->is_measure && f->fresh && str_eq(f->stage, "BASELINE") &&
           casework_measure_begun(f->cf, f->form->id, f->episode);
}

enum status filling_resume(struct filling **out, struct casefile *cf, struct id draft, struct err *err)
{
    struct filling *f = xcalloc(1, sizeof *f);
    struct answers answers = ANSWERS_INIT;
    struct record d;
    enum status st;

    f->cf = cf;
    record_init(&d, T_DRAFT);
    st = store_get(cf->store, T_DRAFT, draft, &d, err);
    if (st == ST_OK && !(f->form = catalog_form(cf->catalog, record_or(&d, DRAFT_form, ""), err)))
        st = err ? err->st : ST_NOTFOUND;
    if (st == ST_OK) {
        struct target t = { record_text(&d, DRAFT_form), record_id(&d, DRAFT_person), record_id(&d, DRAFT_episode),
                            record_id(&d, DRAFT_record), record_text(&d, DRAFT_stage), ID_NONE, false, true };

        st = place(f, &t, err);
    }
    if (st == ST_OK && !draft_answers(&d, &answers))
        st = err_set(err, ST_INVALID, _("This draft is damaged and cannot be opened; it was left as it is. Check the "
                                        "case file with: dolen verify"));
    if (st == ST_OK) {
        take_draft(f, &d);
        if (!f->form->once || id_is_set(record_id(&d, DRAFT_record)))
            f->record = draft_record(f, &d);    /* of a form there is one of: filed meanwhile, it is that one */
        f->fresh = !id_is_set(f->record);
        st = base_resume(f, err);
    }
    if (st == ST_OK) {
        begin_session(f, &answers);
        st = base_meet(f, &f->taken, err);
    }
    if (st == ST_OK)
        session_know(f->session, false);
    record_release(&d);
    answers_release(&answers);
    if (st != ST_OK) {
        filling_free(&f);
        return st;
    }
    *out = f;
    return ST_OK;
}

enum status filling_save(struct filling *f, struct err *err)
{
    const struct answers *a = session_answers(f->session);
    struct json *j;
    struct buf text = BUF_INIT;
    struct record d;
    char hash[65];
    enum status st;

    if (!session_dirty(f->session) && !f->base_changed)
        return ST_OK;
    chain_propose(f);
    news_propose(f);
    redecide_propose(f);
    form_hash(f->form, hash);
    j = answers_to_json(a);
    json_write(&text, j);
    record_init(&d, T_DRAFT);
    d.id = f->draft;
    record_set(&d, DRAFT_form, f->form->id);
    record_set(&d, DRAFT_def_hash, hash);
    record_set_id(&d, DRAFT_person, f->person);
    record_set_id(&d, DRAFT_episode, f->episode);
    record_set_id(&d, DRAFT_record, f->record);
    record_set(&d, DRAFT_stage, f->stage[0] ? f->stage : NULL);
    record_set(&d, DRAFT_answers, buf_text(&text));
    record_set_int(&d, DRAFT_given, (long) filling_unfiled(f));
    st = paperwork_draft(f->cf, &d, f->based ? &f->base : NULL, err);
    if (st == ST_OK) {
        f->draft = d.id;
        f->base_changed = false;
        session_mark_clean(f->session);
    }
    record_release(&d);
    buf_wipe(&text);
    json_free(&j);
    return st;
}

static enum status check(struct filling *f, bool as_it_is, struct err *err)
{
    struct problems p = { NULL, 0, 0 };
    enum status st = ST_OK;

    if (f->fresh && (f->form->is_measure ? filling_left_at(f) : session_given(f->session)) == 0)
        return err_set(err, ST_REFUSED,
                       _("Nothing is answered in this form, so nothing was filed. One answer is enough; why there is "
                         "none counts as one."));
    session_problems(f->session, &p);
    for (size_t i = 0; i < p.count && st == ST_OK; i++)
        if (!as_it_is || !p.items[i].open)
            st = err_set(err, ST_INVALID, _("%s Nothing was filed; what was typed is kept."),
                         text2_now(&p.items[i].sentence));
    problems_release(&p);
    return st;
}

/* What the form does not ask, because it was chosen before: the asset of a connection, the protocol of a note. */
static enum status keep_chosen(struct filling *f, struct err *err)
{
    if (id_is_set(f->asset))
        return casework_connect(f->cf, f->record, f->asset, err);
    if (f->fresh && f->binds == T_CONCERN && f->stage[0])
        return casework_protocol(f->cf, f->record, f->stage, err);
    return ST_OK;
}

/* What the form asks: an answer taken away is taken away in the record too. Caller frees the list, not the names. */
static const char **asked(const struct form *form, size_t *n)
{
    const char **names = xcalloc(form->count + 1, sizeof *names);

    *n = 0;
    for (size_t i = 0; i < form->count; i++)
        if (qtype_asked(form->questions[i].type) || form->questions[i].type == Q_CALCULATE)
            names[(*n)++] = form->questions[i].name;
    return names;
}

static enum status file_in_transaction(struct filling *f, const struct answers *a, const char *why, struct err *err)
{
    char hash[65];
    struct filing filing = {
        .form = f->form->id, .version = f->form->version, .binds = f->binds, .id = f->record, .person = f->person,
        .episode = f->episode, .hash = hash, .stage = f->stage[0] ? f->stage : NULL, .language = put_right_language(f),
        .wording = f->form->is_measure ? put_right_wording(f) : NULL,
        .held_on = put_right_held_on(f, a),
        .answers = a, .why = why
    };
    const char **questions = asked(f->form, &filing.question_count);
    enum status st;

    form_hash(f->form, hash);
    filing.questions = questions;
    filing.yaml = form_source(f->form, &filing.yaml_bytes);
    st = store_file(f->cf->store, &filing, err);
    free(questions);
    if (st == ST_OK) {
        f->record = filing.id;
        if (f->binds == T_PERSON)
            f->person = filing.id;
        st = keep_chosen(f, err);
        if (st == ST_OK)
            st = after_filing(f, a, filing.held_on, err);
        if (st == ST_OK)
            st = drilling_filed(f, a, err);
    }
    if (st == ST_OK)
        st = note_settle(f->cf, f->draft, f->record, err);
    if (st == ST_OK && id_is_set(f->draft))
        st = store_draft_done(f->cf->store, f->draft, err);
    return st;
}

static enum status not_binned(struct filling *f, enum table_id t, struct id id, struct err *err)
{
    struct record r = { .text = NULL };
    enum status st = ST_OK;

    if (id_is_set(id) && store_get(f->cf->store, t, id, &r, NULL) == ST_OK && r.binned)
        st = err_set(err, ST_REFUSED,
                     _("What this form is about is in the bin. Nothing was filed; what was typed is kept. Take it "
                       "out of the bin first."));
    record_release(&r);
    return st;
}

/* A draft may be older than the bin: what is filed with something binned would be seen by nobody. */
static enum status still_there(struct filling *f, struct err *err)
{
    enum status st = not_binned(f, T_PERSON, f->person, err);

    if (st == ST_OK)
        st = not_binned(f, T_EPISODE, f->form->of_person ? ID_NONE : f->episode, err);
    if (st == ST_OK)
        st = not_binned(f, T_ASSET, f->asset, err);
    return st == ST_OK ? not_binned(f, f->binds == T_COUNT ? T_RESPONSE : f->binds, f->record, err) : st;
}

struct about {
    struct id person, episode, record;
};

static struct about about(const struct filling *f)
{
    return (struct about) { f->person, f->episode, f->record };
}

/* What was rolled back was never there: the draft must not name it. */
static void about_again(struct filling *f, struct about was)
{
    f->person = was.person;
    f->episode = was.episode;
    f->record = was.record;
}

/* What was written into the record since the form was begun is never written over unseen. */
static enum status meet(struct filling *f, struct err *err)
{
    enum status st = base_meet(f, &f->taken, err);

    if (st == ST_OK && f->clashes)
        st = err_set(err, ST_CONFLICT,
                     _("\"%s\" was changed elsewhere since this form was begun. Nothing was filed; what was typed is "
                       "kept. Say which of the two stands."),
                     text2_now(clash_question(f, 0)));
    return st;
}

enum status filling_file_within(struct filling *f, bool as_it_is, const char *why, struct err *err)
{
    struct answers a = ANSWERS_INIT;
    struct about was = about(f);
    enum status st = meet(f, err);

    if (st == ST_OK)
        st = check(f, as_it_is, err);
    if (st == ST_OK)
        st = still_there(f, err);
    if (st != ST_OK)
        return st;
    session_finish(f->session, &a);
    st = file_in_transaction(f, &a, why, err);
    if (st != ST_OK)
        about_again(f, was);
    answers_release(&a);
    return st;
}

enum status filling_file(struct filling *f, bool as_it_is, const char *why, struct err *err)
{
    struct about was = about(f);
    int64_t before = store_version(f->cf->store);
    enum status st = store_begin(f->cf->store, err);

    if (st == ST_OK) {
        st = filling_file_within(f, as_it_is, why, err);
        if (st == ST_OK)
            paperwork_put(f->cf);
        st = store_end(f->cf->store, st, err);
        if (st != ST_OK)
            about_again(f, was);
    }
    if (st == ST_OK) {
        f->wrote = store_version(f->cf->store) != before;
        paperwork_kept(f->cf);
        paperwork_filed(f->cf, f->form->id, f->fresh);
        last_take(&f->cf->last, f->session);
        f->draft = ID_NONE;
        session_mark_clean(f->session);
    }
    return st;
}

enum status filling_discard(struct filling *f, struct err *err)
{
    enum status st = ST_OK;

    if (id_is_set(f->draft))
        st = store_bin(f->cf->store, T_DRAFT, f->draft, "discarded", err);
    if (st == ST_OK) {
        f->draft = ID_NONE;
        session_mark_clean(f->session);
    }
    return st;
}

void filling_free(struct filling **fp)
{
    if (!*fp)
        return;
    session_free(&(*fp)->session);
    answers_release(&(*fp)->base);
    answers_release(&(*fp)->now);
    free((*fp)->clash);
    free(*fp);
    *fp = NULL;
}
