/* person_answers.c - intake and conversation: filled-in forms, read back with their own questions. */
#include "person_priv.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/core/safe.h"
#include "dolen/forms/session.h"
#include "dolen/ui/notes.h"
#include "dolen/base/banned.h"

#define REFERRALS_SHOWN     20
#define NOTES_SHOWN         20
#define CONVERSATIONS_SHOWN 20
#define OWN_SHOWN           200

/* --- which definition ------------------------------------------------------------------------------------------- */

/* The definition a response was filled in with: the catalog's when it is the same, else the pinned one. */
static const struct form *person_form_of(struct person_view *v, const struct record *response, struct err *err)
{
    const char *id = record_or(response, RESPONSE_form, "");
    const struct form *form = older_form(&v->older, v->u, id, record_or(response, RESPONSE_def_hash, ""));

    return form ? form : catalog_form(v->u->catalog, id, err);
}

/* --- answers in rows -------------------------------------------------------------------------------------------- */

/* The name in the catalog's own copy of the form: it outlives a focus, which a pinned form does not. */
static const char *lasting_name(struct person_view *v, const struct form *form, const char *name)
{
    const struct form *now = catalog_form(v->u->catalog, form->id, NULL);
    const struct question *q = now ? form_question(now, name) : NULL;

    return q ? q->name : NULL;
}

static void answer_row(struct person_view *v, struct sheet *s, const struct session *session, const struct row *r,
                       struct focus f,
                       bool stacked)
{
    bool of_person = str_eq(session_form(session)->binds, "person");
    struct buf text = BUF_INIT, from = BUF_INIT;
    struct sheet_item *item;

    session_show(session, r->q, r->repeat, &text);
    if (text.len > 0) {
        f.question = lasting_name(v, session_form(session), r->q->name);
        if (of_person && v->guarded && safe_covers(r->q->name))
            f.kind = FOCUS_VALUE;
        item = sheet_row(s, f, text2_now(&r->q->label),
                         of_person ? person_shown(v, r->q->name, buf_text(&text)) : buf_text(&text));
        item->stacked = stacked;
        item->indent = r->repeat > 0 ? 2 : 0;
        excerpt_sources(v->u, f.subject, r->q->name, r->repeat, &from);
        if (from.len > 0)
            sheet_note(item, buf_text(&from));
    }
    buf_wipe(&text);
    buf_wipe(&from);
}

/* Every question with an answer or a stated missing state, in reading order. f: focus of each row, question put in. */
static void person_answer_rows(struct person_view *v, struct sheet *s, const struct form *form, const struct answers *a,
                               struct focus f,
                               bool stacked)
{
    struct session *session = session_new(form, a, NULL, 0, v->u->today);
    size_t n;
    const struct row *rows = session_rows(session, &n);

    for (size_t i = 0; i < n; i++)
        if (rows[i].kind == ROW_QUESTION)
            answer_row(v, s, session, &rows[i], f, stacked);
    session_free(&session);
}

/* --- answers to what is no longer asked ------------------------------------------------------------------------- */

struct older_rows {
    struct person_view *v;
    struct sheet       *s;
    struct focus        f;
    bool                stacked, any;
};

static void older_row(void *ctx, const struct form *form, const struct question *q, const struct answer *a)
{
    struct older_rows *o = ctx;
    struct answers one = ANSWERS_INIT;
    struct session *session;
    struct buf text = BUF_INIT;
    struct sheet_item *item;

    if (!a->value && (a->missing == MISSING_SKIPPED || a->missing == MISSING_NOT_REACHED))
        return;
    if (a->value)
        answers_set(&one, a->name, a->repeat, a->value);
    else
        answers_set_missing(&one, a->name, a->repeat, a->missing);
    session = session_new(form, &one, NULL, 0, o->v->u->today);
    session_show(session, q, a->repeat, &text);
    if (text.len == 0)                  /* a rule of then hides it: it stands as it was kept */
        buf_add(&text, a->value ? a->value : missing_label(a->missing));
    if (!o->any)
        sheet_text(o->s, STYLE_HINT, _("No longer asked; kept:"));
    o->any = true;
    o->f.question = NULL;
    item = sheet_row(o->s, o->f, text2_now(&q->label),
                     str_eq(form->binds, "person") ? person_shown(o->v, q->name, buf_text(&text)) : buf_text(&text));
    item->stacked = o->stacked;
    item->indent = a->repeat > 0 ? 2 : 0;
    buf_wipe(&text);
    session_free(&session);
    answers_release(&one);
}

/* After them: what only an older definition asked, and that the record stands on one. form: the one shown. */
static void person_older_rows(struct person_view *v, struct sheet *s, const struct form *form, const struct record *r,
                              const struct answers *a, struct focus f, bool stacked)
{
    struct older_rows o = { v, s, f, stacked, false };
    const struct form *now = catalog_form(v->u->catalog, form->id, NULL), *own;
    char hash[DEFINITION_HASH];
    struct buf b = BUF_INIT;

    older_answers(&v->older, v->u, form, a, older_row, &o);
    if (!now || !record_definition(r, form->id, hash) || !(own = older_form(&v->older, v->u, form->id, hash)) ||
        own == now)
        return;
    if (own->version < now->version)
        buf_addf(&b, _("Answered in version %d of this form; version %d is in use now (dolen form upgrade %s)."),
                 own->version, now->version, form->id);
    else
        buf_addf(&b, _("Answered in another wording of this form than the one in use (dolen form upgrade %s)."),
                 form->id);
    sheet_text(s, STYLE_HINT, buf_text(&b));
    buf_release(&b);
}

static enum status record_rows(struct person_view *v, struct sheet *s, const char *form_id, enum table_id t,
                               struct id record,
                               struct err *err)
{
    const struct form *form = catalog_form(v->u->catalog, form_id, err);
    struct answers a = ANSWERS_INIT;
    struct record r = { .text = NULL };
    size_t before = s->count;
    enum status st = ST_OK;

    if (!form)
        return err ? err->st : ST_NOTFOUND;
    sheet_heading(s, text2_now(&form->title));
    before = s->count;
    if (id_is_set(record))
        st = store_answers(v->u->store, t, record, &a, err);
    if (st == ST_OK && id_is_set(record))
        st = store_get(v->u->store, t, record, &r, err);
    if (st == ST_OK && id_is_set(record)) {
        person_answer_rows(v, s, form, &a, person_focus_form(v, form->id, record, NULL), false);
        person_older_rows(v, s, form, &r, &a, person_focus_form(v, form->id, record, NULL), false);
    }
    if (s->count == before)
        sheet_row(s, person_focus_form(v, form->id, record, NULL), NULL,
                  _("Nothing written down yet: Enter fills it in."))->offer = true;
    answers_release(&a);
    record_release(&r);
    return st;
}

/* --- intake ----------------------------------------------------------------------------------------------------- */

static enum status referral_rows(struct person_view *v, struct sheet *s, struct err *err)
{
    struct records all = { NULL, 0, 0 };
    enum status st = store_list(v->u->store, LIST_REFERRALS_OF_PERSON, v->id, REFERRALS_SHOWN, &all, err);

    for (size_t i = 0; st == ST_OK && i < all.count; i++) {
        const struct record *r = &all.items[i];

        st = record_rows(v, s, "referral", T_REFERRAL, r->id, err);
        if (st != ST_OK)
            break;
        struct buf b = BUF_INIT;

        buf_add(&b, record_text(r, REFERRAL_decision) ? word_of(v->u, "decision", record_text(r, REFERRAL_decision))
                                                      : _("Not decided yet: D decides."));
        words_add_date(&b, "%s", record_date(r, REFERRAL_decided_on));
        sheet_row(s, person_focus_form(v, "decision", r->id, NULL), _("Decision"), buf_text(&b));
        buf_wipe(&b);
    }
    if (st == ST_OK && all.count == 0) {
        sheet_heading(s, _("Referral"));
        sheet_text(s, STYLE_HINT, _("No referral yet: a adds one."));
    }
    records_release(&all);
    return st;
}

/* --- forms that a service added itself -------------------------------------------------------------------------- */

/* asked: the form of that id in use, NULL when there is none any more: what was answered is shown all the same. */
static enum status own_response(struct person_view *v, struct sheet *s, const struct form *asked,
                                const struct record *r, struct err *err)
{
    const struct form *form = person_form_of(v, r, err);
    struct focus f = asked ? person_focus_form(v, asked->id, r->id, NULL) : person_focus_of(v, FOCUS_NONE, ID_NONE);
    struct answers a = ANSWERS_INIT;
    enum status st = form ? store_answers(v->u->store, T_RESPONSE, r->id, &a, err) : err ? err->st : ST_NOTFOUND;
    struct buf title = BUF_INIT;

    if (st == ST_OK) {
        buf_add(&title, text2_now(&form->title));
        words_add_date(&title, "%s", record_date(r, RESPONSE_held_on));
        sheet_heading(s, buf_text(&title));
        person_answer_rows(v, s, form, &a, f, false);
        person_older_rows(v, s, form, r, &a, f, false);
    }
    buf_release(&title);
    answers_release(&a);
    return st;
}

static enum status own_form_rows(struct person_view *v, struct sheet *s, const struct form *form,
                                 const struct records *all, struct err *err)
{
    enum status st = ST_OK;
    bool any = false;

    for (size_t i = 0; st == ST_OK && i < all->count; i++)
        if (str_eq(record_text(&all->items[i], RESPONSE_form), form->id)) {
            st = own_response(v, s, form, &all->items[i], err);
            any = true;
        }
    if (st != ST_OK || (any && form->once) || (!form->of_person && !id_is_set(v->episode.id)))
        return st;
    if (!any)
        sheet_heading(s, text2_now(&form->title));
    sheet_row(s, person_focus_form(v, form->id, ID_NONE, NULL), NULL,
              any ? _("Enter fills in another one.") : _("Nothing written down yet: Enter fills it in."))->offer = true;
    return ST_OK;
}

static enum status own_forms(struct person_view *v, struct sheet *s, struct err *err)
{
    struct records all = { NULL, 0, 0 };
    size_t n;
    const char *const *ids = catalog_list(v->u->catalog, DEF_FORM, &n);
    enum status st = store_list(v->u->store, LIST_RESPONSES_OF_PERSON, v->id, OWN_SHOWN, &all, err);

    for (size_t i = 0; st == ST_OK && i < n; i++) {
        const struct form *form = catalog_form(v->u->catalog, ids[i], NULL);

        if (form && form_is_added(form))
            st = own_form_rows(v, s, form, &all, err);
    }
    for (size_t i = 0; st == ST_OK && i < all.count; i++) {
        const char *id = record_or(&all.items[i], RESPONSE_form, "");
        const struct form *then = person_form_of(v, &all.items[i], NULL);

        if (then && !catalog_form(v->u->catalog, id, NULL) && form_is_added(then))
            st = own_response(v, s, NULL, &all.items[i], err);
    }
    records_release(&all);
    return st;
}

enum status person_intake(struct person_view *v, struct sheet *s, struct err *err)
{
    struct records equality = { NULL, 0, 0 };
    enum status st = record_rows(v, s, "language", T_PERSON, v->id, err);

    if (st == ST_OK)
        st = referral_rows(v, s, err);
    if (st == ST_OK)
        st = record_rows(v, s, "person", T_PERSON, v->id, err);
    if (st == ST_OK)
        st = store_list(v->u->store, LIST_EQUALITY_OF_PERSON, v->id, 1, &equality, err);
    if (st == ST_OK)
        st = record_rows(v, s, "equality", T_EQUALITY, equality.count ? equality.items[0].id : ID_NONE, err);
    if (st == ST_OK)
        st = own_forms(v, s, err);
    records_release(&equality);
    return st;
}

/* --- conversation ----------------------------------------------------------------------------------------------- */

static enum status person_notes(struct person_view *v, struct sheet *s, size_t *n, struct err *err)
{
    struct records all = { NULL, 0, 0 };
    enum status st = store_list(v->u->store, LIST_NOTES_OF_PERSON, v->id, NOTES_SHOWN, &all, err);

    *n = all.count;
    if (st == ST_OK && all.count > 0)
        sheet_heading(s, _("Talk notes"));
    for (size_t i = 0; st == ST_OK && i < all.count; i++) {
        const struct record *r = &all.items[i];
        struct sheet_item *item = sheet_row(s, person_focus_of(v, FOCUS_NOTE, r->id),
                                            date_show(record_date(r, NOTE_held_on)).s, record_or(r, NOTE_words, ""));

        item->stacked = true;
    }
    records_release(&all);
    return st;
}

static enum status one_conversation(struct person_view *v, struct sheet *s, const struct record *r, struct err *err)
{
    const struct form *form = person_form_of(v, r, err);
    struct answers a = ANSWERS_INIT;
    enum status st = form ? store_answers(v->u->store, T_RESPONSE, r->id, &a, err) : err ? err->st : ST_NOTFOUND;
    struct buf b = BUF_INIT;

    if (st == ST_OK) {
        words_add_date(&b, _("Conversation of %s"), record_date(r, RESPONSE_held_on));
        sheet_heading(s, buf_text(&b));
        person_answer_rows(v, s, form, &a, person_focus_form(v, "conversation", r->id, NULL), true);
        person_older_rows(v, s, form, r, &a, person_focus_form(v, "conversation", r->id, NULL), true);
    }
    buf_release(&b);
    answers_release(&a);
    return st;
}

enum status person_conversation(struct person_view *v, struct sheet *s, struct err *err)
{
    struct records all = { NULL, 0, 0 };
    enum status st = ST_OK;
    size_t shown = 0, notes = 0;

    if (id_is_set(v->episode.id))
        st = store_list(v->u->store, LIST_RESPONSES_OF_EPISODE, v->episode.id, 0, &all, err);
    for (size_t i = 0; st == ST_OK && i < all.count && shown < CONVERSATIONS_SHOWN; i++)
        if (str_eq(record_text(&all.items[i], RESPONSE_form), "conversation")) {
            st = one_conversation(v, s, &all.items[i], err);
            shown++;
        }
    if (st == ST_OK)
        st = person_notes(v, s, &notes, err);
    if (st == ST_OK && shown + notes == 0)
        sheet_text(s, STYLE_HINT,
                   id_is_set(v->episode.id) ? _("No conversation written down yet: w begins one.") :
                                              person_nothing_open(v));
    records_release(&all);
    return st;
}
