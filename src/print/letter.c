/* Letters. What happened, in the words of a template: nothing that was written about the person is copied into one, and
 * what a template may know is set down here, fact by fact. */
#include "dolen/print/letter.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/mem.h"
#include "dolen/base/text.h"
#include "dolen/core/person.h"
#include "records_priv.h"
#include "dolen/base/banned.h"

/* What the decision is told as: unasked, and when the person agreed. The referrer must learn of a return whatever was
 * agreed, because somebody has to take it up again; why it goes back is the person's to share. That something serious
 * came first is told to nobody: it is a return like any other. */
static const struct outcome {
    const char *decision, *unasked, *agreed;
} outcomes[] = {
    { "ACCEPTED",      NULL,       "ACCEPTED" },
    { "WAITING",       NULL,       "WAITING" },
    { "DECLINED",      NULL,       "DECLINED" },
    { "NOT_ELIGIBLE",  "RETURNED", "NOT_ELIGIBLE" },
    { "CLINICAL",      "RETURNED", "CLINICAL" },
    { "RETURNED",      "RETURNED", "RETURNED" },
    { "SERIOUS_FIRST", "RETURNED", "RETURNED" },
    { "NO_CONTACT",    NULL,       "NO_CONTACT" },
    { "DUPLICATE",     NULL,       "DUPLICATE" },
};

enum permission { NOT_ASKED, SAID_YES, SAID_NO };

struct facts_of {
    struct store            *s;
    const struct letter_ask *ask;
    struct record            referral, person, episode;     /* episode.id not set: none followed */
    const struct outcome    *outcome;
    enum permission          permission;
    bool                     seen;
    char                   **places;
    size_t                   place_count, place_cap;
    char                    *name;                          /* the person's, as the referrer knows it */
};

static void text_wipe(char *s)
{
    if (s)
        explicit_bzero(s, strlen(s));
    free(s);
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
                       _("This referral names no referrer; no letter was made. Add the referrer's name or organisation "
                         "first: the section Intake opens the referral (dolen referral edit)."));
    if (!f->outcome)
        return err_set(err, ST_REFUSED,
                       _("Nothing is decided on this referral yet; no letter was made; decide first."));
    if (f->permission == SAID_NO && !f->outcome->unasked)
        return err_set(err, ST_REFUSED,
                       _("The person said no to telling this referrer what happened; no letter was made."));
    if (f->permission != SAID_YES && person_is_protected(f->s, &f->person) &&
        str_eq(record_text(r, REFERRAL_source), "FAMI"))
        return err_set(err, ST_REFUSED,
                       _("The person has a safe-contact rule, and this referrer is family or a friend; no letter was "
                         "made; ask the person first and record their permission."));
    return ST_OK;
}

/* --- what may be told --------------------------------------------------------------------------------------------- */

static void add_place(void *ctx, const struct record *asset)
{
    struct facts_of *f = ctx;

    if (asset_name_in(asset, f->ask->lang))
        *ARRAY_ADD(f->places, f->place_count, f->place_cap) = xstrdup(asset_name_in(asset, f->ask->lang));
}

/* The names the referrer wrote: a name that the person goes by among us is theirs to tell. */
static void name_person(struct facts_of *f)
{
    struct buf name = BUF_INIT;

    person_display_name(&name, NULL, record_text(&f->person, PERSON_given_name),
                        record_text(&f->person, PERSON_family_name));
    if (name.len == 0)
        buf_add(&name, record_or(&f->person, PERSON_preferred_name, ""));
    f->name = buf_steal(&name);
}

/* Why the work ended: where somebody moved or was taken on, that they died and that they were not right for us are left
 * out, and so is any reason that a service has added. */
static const char *outcome_told(const struct record *episode)
{
    const char *const *codes = letter_codes(LETTER_FACT_OUTCOME);

    for (; record_date(episode, EPISODE_closed_on).year && *codes; codes++)
        if (str_eq(*codes, record_text(episode, EPISODE_reason)))
            return *codes;
    return NULL;
}

/* What is known to the referrer already, what they must be told, and what we say of ourselves. */
static void tell_unasked(const struct facts_of *f, const char *today, const char **value)
{
    const struct letter_ask *ask = f->ask;

    value[LETTER_FACT_TODAY] = today;
    value[LETTER_FACT_REFERRER] = record_text(&f->referral, REFERRAL_referrer_name);
    value[LETTER_FACT_ORGANISATION] = record_text(&f->referral, REFERRAL_referrer_org);
    value[LETTER_FACT_PERSON] = f->name;
    value[LETTER_FACT_RECEIVED_ON] = record_text(&f->referral, REFERRAL_received_on);
    value[LETTER_FACT_AGREED] = "NO";
    value[LETTER_FACT_DECISION] = f->outcome->unasked;
    if (!f->outcome->unasked)
        value[LETTER_FACT_SEEN] = f->seen ? "YES" : "NO";
    value[LETTER_FACT_PRACTITIONER] = ask->from;
    if (!str_eq(ask->organisation, ask->from))
        value[LETTER_FACT_SERVICE] = ask->organisation;
}

static enum status tell_agreed(struct facts_of *f, const char **value, struct err *err)
{
    value[LETTER_FACT_AGREED] = "YES";
    value[LETTER_FACT_DECISION] = f->outcome->agreed;
    if (!id_is_set(f->episode.id))
        return ST_OK;
    value[LETTER_FACT_ENDED_ON] = record_text(&f->episode, EPISODE_closed_on);
    value[LETTER_FACT_OUTCOME] = outcome_told(&f->episode);
    return person_is_protected(f->s, &f->person) ? ST_OK
                                                 : each_connected(f->s, f->episode.id, false, add_place, f, err);
}

/* --- the letter --------------------------------------------------------------------------------------------------- */

static void put_piece(void *ctx, const struct letter_piece *p)
{
    struct document *d = ctx;

    if (p->kind == LETTER_HEADING)
        document_heading(d, p->text);
    else if (p->kind == LETTER_BULLET)
        document_bullet(d, 0, p->text);
    else if (p->kind == LETTER_LINE)
        document_labelled(d, 0, p->label, p->text);
    else
        document_para(d, 0, p->text);
}

static enum status write_letter(struct facts_of *f, struct document **out, struct err *err)
{
    const struct letter_ask *ask = f->ask;
    struct letter_facts told = { .value = { NULL } };
    struct date_text today = date_iso(ask->today);
    enum status st = ST_OK;

    name_person(f);
    tell_unasked(f, today.s, told.value);
    if (f->permission == SAID_YES)
        st = tell_agreed(f, told.value, err);
    if (st != ST_OK)
        return st;
    told.places = f->places;
    told.place_count = f->place_count;
    *out = document_new(ask->lang, text2_in(&ask->words->title, ask->lang));
    (*out)->large = ask->large;
    (*out)->training = ask->training;
    letter_write(ask->words, ask->lang, &told, put_piece, *out);
    return ST_OK;
}

static void facts_release(struct facts_of *f)
{
    for (size_t i = 0; i < f->place_count; i++)
        text_wipe(f->places[i]);
    free(f->places);
    text_wipe(f->name);
    record_release(&f->referral);
    record_release(&f->person);
    record_release(&f->episode);
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
        st = write_letter(&f, &out->document, err);
    out->person = f.person.id;
    out->full = f.permission == SAID_YES;
    if (st != ST_OK)
        letter_release(out);
    facts_release(&f);
    return st;
}

void letter_release(struct letter *l)
{
    document_free(&l->document);
    text_wipe(l->limits);
    l->limits = NULL;
}
