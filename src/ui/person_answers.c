/* person_answers.c - intake and conversation: filled-in forms, read back with their own questions. */
#include "person_priv.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/core/safe.h"
#include "dolen/forms/session.h"
#include "dolen/base/banned.h"

#define REFERRALS_SHOWN     20
#define CONVERSATIONS_SHOWN 20

/* --- which definition ------------------------------------------------------------------------------------------- */

static const struct form *pinned_known(const struct person_view *v, const char *hash)
{
    for (size_t i = 0; i < v->pinned_count; i++)
        if (str_eq(v->pinned_hash[i], hash))
            return v->pinned[i];
    return NULL;
}

static const struct form *pin(struct person_view *v, struct form *form, const char *hash)
{
    if (v->pinned_count == v->pinned_cap) {
        v->pinned_cap = v->pinned_cap ? v->pinned_cap * 2 : 4;
        v->pinned = xgrow(v->pinned, v->pinned_cap, sizeof *v->pinned);
        v->pinned_hash = xgrow(v->pinned_hash, v->pinned_cap, sizeof *v->pinned_hash);
    }
    str_copy(v->pinned_hash[v->pinned_count], sizeof *v->pinned_hash, hash);
    v->pinned[v->pinned_count++] = form;
    return form;
}

const struct form *person_form_of(struct person_view *v, const struct record *response, struct err *err)
{
    const char *id = record_or(response, RESPONSE_form, ""), *hash = record_or(response, RESPONSE_def_hash, "");
    const struct form *now = catalog_form(v->u->catalog, id, NULL), *known = pinned_known(v, hash);
    struct form *form = NULL;
    char *yaml = NULL;
    size_t n = 0, now_n = 0;

    if (known)
        return known;
    if (store_definition(v->u->store, hash, &yaml, &n, now ? NULL : err) != ST_OK)
        return now;
    const char *source = now ? form_source(now, &now_n) : NULL;
    if (source && now_n == n && memcmp(source, yaml, n) == 0)
        form = NULL;
    else if (form_parse(&form, id, yaml, n, v->u->catalog, now ? NULL : err) != ST_OK)
        form = NULL;
    free(yaml);
    return form ? pin(v, form, hash) : now;
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
    struct buf text = BUF_INIT;
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
    }
    buf_wipe(&text);
}

void person_answer_rows(struct person_view *v, struct sheet *s, const struct form *form, const struct answers *a,
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

static enum status record_rows(struct person_view *v, struct sheet *s, const char *form_id, enum table_id t,
                               struct id record,
                               struct err *err)
{
    const struct form *form = catalog_form(v->u->catalog, form_id, err);
    struct answers a = ANSWERS_INIT;
    size_t before = s->count;
    enum status st = ST_OK;

    if (!form)
        return err ? err->st : ST_NOTFOUND;
    sheet_heading(s, text2_now(&form->title));
    before = s->count;
    if (id_is_set(record))
        st = store_answers(v->u->store, t, record, &a, err);
    if (st == ST_OK && id_is_set(record))
        person_answer_rows(v, s, form, &a, person_focus_form(v, form->id, record, NULL), false);
    if (s->count == before)
        sheet_row(s, person_focus_form(v, form->id, record, NULL), NULL,
                  _("Nothing written down yet: Enter fills it in."));
    answers_release(&a);
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
    records_release(&equality);
    return st;
}

/* --- conversation ----------------------------------------------------------------------------------------------- */

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
    }
    buf_release(&b);
    answers_release(&a);
    return st;
}

enum status person_conversation(struct person_view *v, struct sheet *s, struct err *err)
{
    struct records all = { NULL, 0, 0 };
    enum status st = ST_OK;
    size_t shown = 0;

    if (id_is_set(v->episode.id))
        st = store_list(v->u->store, LIST_RESPONSES_OF_EPISODE, v->episode.id, 0, &all, err);
    for (size_t i = 0; st == ST_OK && i < all.count && shown < CONVERSATIONS_SHOWN; i++)
        if (str_eq(record_text(&all.items[i], RESPONSE_form), "conversation")) {
            st = one_conversation(v, s, &all.items[i], err);
            shown++;
        }
    if (st == ST_OK && shown == 0)
        sheet_text(s, STYLE_HINT, id_is_set(v->episode.id) ? _("No conversation written down yet: w begins one.")
                                                           : _("Nothing here before the referral is accepted: D decides."));
    records_release(&all);
    return st;
}
