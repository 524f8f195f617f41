/* Letters. What happened, in fixed sentences: nothing that was written about the person is copied into one. */
#include "dolen/print/letter.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/mem.h"
#include "dolen/base/text.h"
#include "dolen/core/person.h"
#include "records_priv.h"
#include "dolen/base/banned.h"

#define RETURNED_WORDS \
    N_("This service is not the right one for the person at this time. We are returning the referral to you: please " \
    "take it " \
       "up again, and tell us that you have it.")

/* One row a decision. The referrer must learn of a return whatever was agreed, because somebody has to take it up
 * again; why it goes back is never said. */
static const struct outcome {
    const char *decision;
    bool        returns;
    const char *words;
} outcomes[] = {
    { "ACCEPTED",      false, N_("We accepted the referral.") },
    { "WAITING",       false, N_("We accepted the referral. The person is on our waiting list.") },
    { "DECLINED",      false, N_("We offered our support. The person chose not to take it up now. "
                               "They can come back to us at any time.") },
    { "NOT_ELIGIBLE",  true,  RETURNED_WORDS },
    { "CLINICAL",      true,  RETURNED_WORDS },
    { "RETURNED",      true,  RETURNED_WORDS },
    { "SERIOUS_FIRST", true,  RETURNED_WORDS },
    { "NO_CONTACT",    false, N_("We tried to get in touch with the person and did not manage to. "
                               "You can refer again at any time.") },
    { "DUPLICATE",     false, N_("We already had a referral for the person. The two were put together.") },
};

enum permission { NOT_ASKED, SAID_YES, SAID_NO };

struct facts_of {
    struct store            *s;
    const struct letter_ask *ask;
    struct record            referral, person, episode;     /* episode.id not set: none followed */
    const struct outcome    *outcome;
    enum permission          permission;
    bool                     seen, any_place;
    struct document         *d;
};

static const struct { const char *word, *label; } kinds[] = {
#define X(upper, word, label) { word, label },
    LETTER_LIST(X)
#undef X
};

bool letter_kind_parse(const char *word, enum letter_kind *out)
{
    for (int k = 0; k < LETTER_COUNT; k++)
        if (str_eq(word, kinds[k].word)) {
            *out = (enum letter_kind) k;
            return true;
        }
    return false;
}

const char *letter_kind_word(enum letter_kind k)
{
    return kinds[k].word;
}

/* --- permission --------------------------------------------------------------------------------------------------- */

static bool folds_to(const char *folded, const char *a, const char *b)
{
    struct buf both = BUF_INIT, f = BUF_INIT;
    bool same;

    buf_addf(&both, "%s %s", a ? a : "", b ? b : "");
    text_fold(&f, buf_text(&both));
    same = *folded && str_eq(folded, buf_text(&f));
    buf_wipe(&both);
    buf_wipe(&f);
    return same;
}

/* A permission is for one recipient. It counts when it names this referrer, their organisation, or both; a name that is
 * merely alike does not. */
static bool names_referrer(const char *recipient, const struct record *referral)
{
    const char *name = record_text(referral, REFERRAL_referrer_name),
               *org = record_text(referral, REFERRAL_referrer_org);
    struct buf f = BUF_INIT;
    bool names;

    text_fold(&f, recipient ? recipient : "");
    names = folds_to(buf_text(&f), name, NULL) || folds_to(buf_text(&f), org, NULL) ||
            folds_to(buf_text(&f), name, org) || folds_to(buf_text(&f), org, name);
    buf_wipe(&f);
    return names;
}

static enum status read_limits(struct store *s, struct id consent, char **out, struct err *err)
{
    struct answers a = ANSWERS_INIT;
    enum status st = store_answers(s, T_CONSENT, consent, &a, err);

    if (st == ST_OK && answers_value(&a, "what_shared", 0))
        *out = xstrdup(answers_value(&a, "what_shared", 0));
    answers_release(&a);
    return st;
}

/* The newest answer decides: a permission that was withdrawn is one no more. */
static enum status read_permission(struct facts_of *f, char **limits, struct err *err)
{
    struct records c = { NULL, 0, 0 };
    enum status st = store_list(f->s, LIST_CONSENTS_OF_PERSON, f->person.id, 200, &c, err);

    for (size_t i = 0; i < c.count && st == ST_OK; i++) {
        const struct record *r = &c.items[i];
        const char *state = record_text(r, CONSENT_state);

        if (!state || !str_eq(record_text(r, CONSENT_purpose), "FEEDBACK") ||
            !names_referrer(record_text(r, CONSENT_recipient), &f->referral))
            continue;
        if (!str_eq(state, "GIVEN"))
            f->permission = SAID_NO;
        else if (!str_eq(record_text(r, CONSENT_understood), "DOUBT") && !consent_is_in_doubt(f->s, r))
            f->permission = SAID_YES;
        if (f->permission == SAID_YES)
            st = read_limits(f->s, r->id, limits, err);
        break;
    }
    records_release(&c);
    return st;
}

/* --- what happened ------------------------------------------------------------------------------------------------ */

static enum status read_episode(struct facts_of *f, struct err *err)
{
    struct records e = { NULL, 0, 0 };
    enum status st = store_list(f->s, LIST_EPISODES_OF_PERSON, f->person.id, 100, &e, err);

    for (size_t i = 0; i < e.count && st == ST_OK; i++)
        if (id_eq(record_id(&e.items[i], EPISODE_referral), f->referral.id)) {
            st = store_get(f->s, T_EPISODE, e.items[i].id, &f->episode, err);
            break;
        }
    records_release(&e);
    return st;
}

static enum status read_seen(struct facts_of *f, struct err *err)
{
    struct records c = { NULL, 0, 0 };
    struct record held;
    enum status st;

    if (!id_is_set(f->episode.id))
        return ST_OK;
    record_init(&held, T_RESPONSE);
    st = store_response(f->s, "conversation", NULL, ID_NONE, f->episode.id, &held, err);
    f->seen = st == ST_OK;
    record_release(&held);
    if (st == ST_NOTFOUND)
        st = store_list(f->s, LIST_CONTACTS_OF_EPISODE, f->episode.id, 500, &c, err);
    for (size_t i = 0; i < c.count; i++)
        f->seen = f->seen || (str_eq(record_text(&c.items[i], CONTACT_result), "ATTENDED") &&
                              str_starts(record_or(&c.items[i], CONTACT_with_whom, "PERSON"), "PERSON"));
    records_release(&c);
    return st;
}

static enum status read_all(struct facts_of *f, char **limits, struct err *err)
{
    enum status st = store_get(f->s, T_REFERRAL, f->ask->referral, &f->referral, err);

    if (st == ST_OK)
        st = store_get(f->s, T_PERSON, record_id(&f->referral, REFERRAL_person), &f->person, err);
    if (st == ST_OK)
        st = read_permission(f, limits, err);
    if (st == ST_OK)
        st = read_episode(f, err);
    if (st == ST_OK)
        st = read_seen(f, err);
    for (size_t i = 0; i < ARRAY_LEN(outcomes); i++)
        if (str_eq(outcomes[i].decision, record_text(&f->referral, REFERRAL_decision)))
            f->outcome = &outcomes[i];
    return st;
}

/* Whether there is a letter to write at all. */
static enum status may_write(const struct facts_of *f, struct err *err)
{
    const struct record *r = &f->referral;

    if (str_eq(record_text(r, REFERRAL_route), "SELF") && !str_eq(record_text(r, REFERRAL_source), "FAMI"))
        return err_set(err, ST_REFUSED,
                       _("The person came without a referrer, so there is nobody to write to; no letter was made."));
    if (!record_text(r, REFERRAL_referrer_name) && !record_text(r, REFERRAL_referrer_org))
        return err_set(err, ST_REFUSED,
                       _("This referral names no referrer; no letter was made; add the referrer's name or "
                         "organisation first."));
    if (!f->outcome)
        return err_set(err, ST_REFUSED,
                       _("Nothing is decided on this referral yet; no letter was made; decide first."));
    if (f->permission == SAID_NO && !f->outcome->returns)
        return err_set(err, ST_REFUSED,
                       _("The person said no to telling this referrer what happened; no letter was made."));
    if (f->permission != SAID_YES && person_is_protected(f->s, &f->person) && str_eq(record_text(r, REFERRAL_source), "FAMI"))
        return err_set(err, ST_REFUSED,
                       _("The person has a safe-contact rule, and this referrer is family or a friend; no letter was "
                         "made; ask the person first and record their permission."));
    return ST_OK;
}

/* --- the letter --------------------------------------------------------------------------------------------------- */

static const char *in_words(const struct facts_of *f, const char *msgid)
{
    return tr_in(f->ask->lang, msgid);
}

/* The names the referrer wrote: a name that the person goes by among us is theirs to tell. */
static void put_about(struct facts_of *f)
{
    struct buf name = BUF_INIT;

    person_display_name(&name, NULL, record_text(&f->person, PERSON_given_name),
                        record_text(&f->person, PERSON_family_name));
    if (name.len == 0)
        buf_add(&name, record_or(&f->person, PERSON_preferred_name, ""));
    document_labelled(f->d, 0, in_words(f, N_("About:")), buf_text(&name));
    document_labelled_date(f->d, 0, in_words(f, N_("Your referral of:")),
                           record_date(&f->referral, REFERRAL_received_on));
    buf_wipe(&name);
}

static void put_place(void *ctx, const struct record *asset)
{
    struct facts_of *f = ctx;

    if (!asset_name_in(asset, f->ask->lang))
        return;
    if (!f->any_place)
        document_para(f->d, 0, in_words(f, N_("Together we found:")));
    f->any_place = true;
    document_bullet(f->d, 0, asset_name_in(asset, f->ask->lang));
}

static enum status put_what_happened(struct facts_of *f, struct err *err)
{
    bool full = f->permission == SAID_YES;
    enum status st = ST_OK;

    document_heading(f->d, in_words(f, N_("What happened")));
    if (full || f->outcome->returns)
        document_para(f->d, 0, in_words(f, f->outcome->words));
    if (!f->outcome->returns)
        document_para(f->d, 0, in_words(f, f->seen ? N_("Our service has met or talked with the person.")
                                                   : N_("Our service has not met or talked with the person.")));
    if (!full) {
        document_para(f->d, 0, in_words(f, N_("We tell more only when a person has agreed to it.")));
        return ST_OK;
    }
    if (id_is_set(f->episode.id) && !person_is_protected(f->s, &f->person))
        st = each_connected(f->s, f->episode.id, false, put_place, f, err);
    if (st == ST_OK && id_is_set(f->episode.id))
        document_labelled_date(f->d, 0, in_words(f, N_("Our work together ended on:")),
                               record_date(&f->episode, EPISODE_closed_on));
    return st;
}

static enum status write_letter(struct facts_of *f, struct err *err)
{
    const struct letter_ask *ask = f->ask;
    enum status st;

    f->d = document_new(ask->lang, in_words(f, kinds[ask->kind].label));
    f->d->large = ask->large;
    f->d->training = ask->training;
    document_labelled_date(f->d, 0, in_words(f, N_("Date:")), ask->today);
    document_labelled(f->d, 0, in_words(f, N_("To:")), record_text(&f->referral, REFERRAL_referrer_name));
    document_labelled(f->d, 0,
                      in_words(f,
                               record_text(&f->referral, REFERRAL_referrer_name) ? N_("Organisation:") : N_("To:")),
                      record_text(&f->referral, REFERRAL_referrer_org));
    put_about(f);
    document_para(f->d, 0, in_words(f, N_("Thank you for this referral. This is to tell you what came of it.")));
    st = put_what_happened(f, err);
    document_para(f->d, 0, in_words(f, N_("With best wishes,")));
    document_para(f->d, 0, ask->from);
    if (!str_eq(ask->organisation, ask->from))
        document_para(f->d, 0, ask->organisation);
    return st;
}

enum status letter_make(struct letter *out, struct store *s, const struct letter_ask *ask, struct err *err)
{
    struct facts_of f = { .s = s, .ask = ask };
    enum status st;

    *out = (struct letter) { .person = ID_NONE };
    record_init(&f.referral, T_REFERRAL);
    record_init(&f.person, T_PERSON);
    record_init(&f.episode, T_EPISODE);
    st = read_all(&f, &out->limits, err);
    if (st == ST_OK)
        st = may_write(&f, err);
    if (st == ST_OK)
        st = write_letter(&f, err);
    if (st == ST_OK) {
        out->document = f.d;
        out->person = f.person.id;
        out->full = f.permission == SAID_YES;
    } else {
        document_free(&f.d);
        letter_release(out);
    }
    record_release(&f.referral);
    record_release(&f.person);
    record_release(&f.episode);
    return st;
}

void letter_release(struct letter *l)
{
    document_free(&l->document);
    if (l->limits)
        explicit_bzero(l->limits, strlen(l->limits));
    free(l->limits);
    l->limits = NULL;
}
