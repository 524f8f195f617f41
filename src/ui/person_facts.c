/* person_facts.c - where a case stands, put together from its records for core/episode.h; and what is still to go. */
#include "person_priv.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/banned.h"

#define DATA_SET "provisional-wales"
#define MANY     500

enum status person_episode_record(struct ui *u, struct id person, struct record *out, struct err *err)
{
    struct records all = { NULL, 0, 0 };
    enum status st = store_list(u->store, LIST_EPISODES_OF_PERSON, person, MANY, &all, err);
    size_t chosen = 0;

    record_release(out);
    record_init(out, T_EPISODE);
    for (size_t i = all.count; i-- > 0;)
        if (!record_text(&all.items[i], EPISODE_closed_on))
            chosen = i;
    if (st == ST_OK && all.count > 0)
        st = store_get(u->store, T_EPISODE, all.items[chosen].id, out, err);
    records_release(&all);
    return st;
}

static enum status referral_facts(struct ui *u, struct id person, struct id *referral, struct episode_facts *f,
                                  struct err *err)
{
    struct records all = { NULL, 0, 0 };
    struct record r;
    enum status st = ST_OK;

    record_init(&r, T_REFERRAL);
    if (!id_is_set(*referral)) {
        st = store_list(u->store, LIST_REFERRALS_OF_PERSON, person, 1, &all, err);
        if (st == ST_OK && all.count > 0)
            *referral = all.items[0].id;
        records_release(&all);
    }
    if (st == ST_OK && id_is_set(*referral))
        st = store_get(u->store, T_REFERRAL, *referral, &r, err);
    if (st == ST_OK && id_is_set(r.id)) {
        f->has_referral = true;
        f->has_referrer = !str_eq(record_text(&r, REFERRAL_route), "SELF");
        f->decision = decision_of_code(record_text(&r, REFERRAL_decision));
        f->received_on = record_date(&r, REFERRAL_received_on);
        f->decided_on = record_date(&r, REFERRAL_decided_on);
        f->feedback_sent_on = record_date(&r, REFERRAL_feedback_sent_on);
        f->feedback_wanted = f->has_referrer && !str_eq(record_text(&r, REFERRAL_feedback_wanted), "NO");
    }
    record_release(&r);
    return st;
}

static struct date earlier(struct date a, struct date b)
{
    if (!date_is_set(a) || !date_is_set(b))
        return date_is_set(a) ? a : b;
    return date_compare(a, b) < 0 ? a : b;
}

static struct date later(struct date a, struct date b)
{
    return date_compare(a, b) > 0 ? a : b;
}

/* A plan counts from the day it was agreed, not from when it was begun. */
static enum status plan_date(struct ui *u, const struct record *response, struct date *out, struct err *err)
{
    struct answers a = ANSWERS_INIT;
    enum status st = store_answers(u->store, T_RESPONSE, response->id, &a, err);
    const char *on = answers_value(&a, "agreed_on", 0);

    if (st == ST_OK && str_eq(answers_value(&a, "agreed", 0), "1") && (!on || !date_parse_iso(on, out)))
        *out = record_date(response, RESPONSE_held_on);
    answers_release(&a);
    return st;
}

static enum status response_facts(struct ui *u, struct id episode, struct episode_facts *f, struct err *err)
{
    struct records all = { NULL, 0, 0 };
    enum status st = store_list(u->store, LIST_RESPONSES_OF_EPISODE, episode, MANY, &all, err);

    for (size_t i = 0; st == ST_OK && i < all.count; i++) {
        const struct record *r = &all.items[i];
        const char *form = record_or(r, RESPONSE_form, "");
        struct date on = record_date(r, RESPONSE_held_on);

        if (str_eq(form, "conversation"))
            f->conversation_on = earlier(f->conversation_on, on);
        else if (str_eq(form, "review"))
            f->review_on = later(f->review_on, on);
        else if (str_eq(form, "plan") && !date_is_set(f->plan_on))
            st = plan_date(u, r, &f->plan_on, err);
        f->plan_begun |= str_eq(form, "plan");
    }
    records_release(&all);
    return st;
}

/* Suggesting is not connecting yet, and what came to nothing does not count. */
static enum status link_facts(struct ui *u, struct id episode, struct episode_facts *f, struct err *err)
{
    static const char *const not_yet[] = { "SUGGESTED", "DECLINED", "NOT_AVAILABLE" };
    struct records all = { NULL, 0, 0 };
    enum status st = store_list(u->store, LIST_CONNECTIONS_OF_EPISODE, episode, MANY, &all, err);

    for (size_t i = 0; st == ST_OK && i < all.count; i++) {
        bool counts = true;

        for (size_t k = 0; k < ARRAY_LEN(not_yet); k++)
            counts = counts && !str_eq(record_text(&all.items[i], CONNECTION_status), not_yet[k]);
        f->suggested |= str_eq(record_text(&all.items[i], CONNECTION_status), "SUGGESTED");
        if (counts)
            f->connected_on = earlier(f->connected_on, record_date(&all.items[i], CONNECTION_on_date));
    }
    records_release(&all);
    if (st == ST_OK)
        st = store_list(u->store, LIST_CONTACTS_OF_EPISODE, episode, 1, &all, err);
    if (st == ST_OK && all.count > 0)
        f->last_contact_on = record_date(&all.items[0], CONTACT_held_on);
    records_release(&all);
    return st;
}

struct id person_waiting_referral(struct ui *u, struct id person)
{
    struct records all = { NULL, 0, 0 };
    struct id found = ID_NONE;

    if (store_list(u->store, LIST_REFERRALS_OF_PERSON, person, MANY, &all, NULL) == ST_OK)
        for (size_t i = 0; i < all.count && !id_is_set(found); i++) {
            enum decision d = decision_of_code(record_text(&all.items[i], REFERRAL_decision));

            if (d == DECISION_NONE || d == DECISION_PUT_OFF)
                found = all.items[i].id;
        }
    records_release(&all);
    return found;
}

const char *person_nothing_open(const struct person_view *v)
{
    return v->waits ? _("Nothing here before the referral is accepted: D decides.")
                    : _("No referral was accepted. On the overview (1) a takes down a new one.");
}

enum status person_facts(struct ui *u, struct id person, const struct record *episode, struct episode_facts *out,
                         struct id *referral, struct err *err)
{
    bool has = id_is_set(episode->id);
    enum status st;

    *out = (struct episode_facts) { 0 };
    *referral = has ? record_id(episode, EPISODE_referral) : ID_NONE;
    /* An episode without a referral of its own has none; the newest one may belong to another time. */
    st = has && !id_is_set(*referral) ? ST_OK : referral_facts(u, person, referral, out, err);
    if (st != ST_OK || !has)
        return st;
    out->opened_on = record_date(episode, EPISODE_opened_on);
    out->closed_on = record_date(episode, EPISODE_closed_on);
    out->referral_waits = date_is_set(out->closed_on) && id_is_set(person_waiting_referral(u, person));
    st = response_facts(u, episode->id, out, err);
    return st == ST_OK ? link_facts(u, episode->id, out, err) : st;
}

/* --- to go ------------------------------------------------------------------------------------------------------ */

enum status person_to_go(struct ui *u, struct id episode, const struct data_set_item **items, size_t max, size_t *n,
                         struct err *err)
{
    const struct data_set *d = catalog_data_set(u->catalog, DATA_SET, err);
    struct extract *x = NULL;
    bool row = false;
    enum status st = ST_OK;

    *n = 0;
    if (!id_is_set(episode))
        return ST_OK;
    if (!d)
        return err ? err->st : ST_NOTFOUND;
    st = extract_open_one(&x, u->store, episode, err);
    if (st == ST_OK)
        st = extract_next(x, &row, err);
    if (st == ST_OK && row) {
        struct facts facts = extract_facts(x);

        *n = dataset_missing_facts(d, &facts, items, max);
    }
    extract_close(&x);
    return st;
}

size_t episode_to_go(struct ui *u, struct id episode, const struct data_set_item **items, size_t max)
{
    size_t n = 0;

    person_to_go(u, episode, items, max, &n, NULL);
    return n;
}

/* --- how it ended -------------------------------------------------------------------------------------------------- */

void stage_words(struct ui *u, const struct episode_facts *f, struct id referral, struct buf *out)
{
    enum stage stage = episode_stage(f);
    bool sent = stage == STAGE_FEEDBACK_SENT && !date_is_set(f->closed_on), ended = false;
    struct record r;

    record_init(&r, T_REFERRAL);
    if (sent || stage == STAGE_DECLINED || stage == STAGE_RETURNED)
        ended = store_get(u->store, T_REFERRAL, referral, &r, NULL) == ST_OK && record_text(&r, REFERRAL_decision);
    if (sent || !ended)
        words_add(out, stage_label(stage));
    if (ended)
        words_add(out, word_of(u, "decision", record_text(&r, REFERRAL_decision)));
    record_release(&r);
}

void closed_words(struct ui *u, const struct record *episode, struct buf *out)
{
    const char *why = word_of(u, "closure_reason", record_text(episode, EPISODE_reason));

    buf_addf(out, _("closed %s"), date_show(record_date(episode, EPISODE_closed_on)).s);
    if (why && *why)
        buf_addf(out, ": %s", why);
}

void death_words(struct ui *u, struct id person, const struct record *shown, struct buf *out)
{
    struct records all = { NULL, 0, 0 };
    bool said = closed_by_death(shown);

    if (store_list(u->store, LIST_EPISODES_OF_PERSON, person, MANY, &all, NULL) != ST_OK)
        return;
    for (size_t i = 0; i < all.count && !said; i++)
        if (closed_by_death(&all.items[i])) {
            said = true;
            buf_addf(out, _("The record says that this person died (closed %s). Look first whether this is the same "
                            "person, before anybody rings."), date_show(record_date(&all.items[i], EPISODE_closed_on)).s);
        }
    records_release(&all);
}

/* --- the safe-contact rule -------------------------------------------------------------------------------------- */

void safe_rule_text(struct ui *u, const struct record *person, struct buf *out)
{
    const char *how = record_text(person, PERSON_safe_how), *when = record_text(person, PERSON_safe_when);
    const char *message = record_text(person, PERSON_safe_message);
    struct protection p = person_protection(u->store, person);
    size_t before = out->len;

    if (p.in_doubt)
        buf_addf(out, "%s ", _("Another laptop says something else about getting in touch: until that is settled "
                               "(:conflicts) the more careful answer stands."));
    before = out->len;
    if (p.do_not_contact)
        buf_add(out, _("Do not get in touch: wait for the person to come to us."));
    else if (!p.safe_contact)
        return;
    if (how) {
        buf_addf(out, "%s%s ", out->len > before ? " " : "", _("Only:"));
        words_of(u, "contact_how", how, out);
        buf_add(out, ".");
    }
    if (when && *when) {
        buf_addf(out, "%s%s ", out->len > before ? " " : "", _("When:"));
        buf_add(out, when);
        buf_add(out, strchr(".!?", when[strlen(when) - 1]) ? "" : ".");
    }
    if (message) {
        buf_addf(out, "%s%s ", out->len > before ? " " : "", _("Message:"));
        buf_add(out, word_of(u, "message_ok", message));
        buf_add(out, ".");
    }
    if (out->len == before)
        buf_add(out, _("Ask before you get in touch: how and when is not written down."));
}
