/* paper_world.h - somebody with all that a paper could tell of them, in a case file, and what no paper may carry. */
#ifndef PAPER_WORLD_H
#define PAPER_WORLD_H

#include "../store/fixture.h"

#include "dolen/print/plan_sheet.h"

/* Values that no paper may carry; some stand in every place that could leak. */
#define PHONE   "07700900999"
#define ADDRESS "9 Cuddfan"
#define SECRET  "canary"

struct world {
    struct id person, referral, episode, goal, asset;
};

static inline struct id put(struct fixture *f, struct record *r)
{
    struct id id;

    assert_ok(store_put(f->store, r, NULL, &err_));
    id = r->id;
    record_release(r);
    return id;
}

static inline struct id add_person(struct fixture *f, bool is_protected)
{
    struct record r;

    record_init(&r, T_PERSON);
    record_set(&r, PERSON_given_name, "Eirlys");
    record_set(&r, PERSON_family_name, "Prŵs");
    record_set(&r, PERSON_preferred_name, "Lys");
    record_set(&r, PERSON_also_known_as, SECRET " alias");
    record_set(&r, PERSON_birth_date, "1951-02-03");
    record_set(&r, PERSON_address, ADDRESS);
    record_set(&r, PERSON_postcode, "SA99 9ZZ");
    record_set(&r, PERSON_phone, PHONE);
    record_set(&r, PERSON_phone2, PHONE);
    record_set(&r, PERSON_email, SECRET "@example.org");
    record_set(&r, PERSON_safe_contact, is_protected ? "YES" : "NO");
    record_set(&r, PERSON_safe_when, SECRET " mornings");
    record_set(&r, PERSON_communication_needs, SECRET " needs");
    record_set(&r, PERSON_emergency_name, SECRET " sister");
    record_set(&r, PERSON_emergency_phone, PHONE);
    record_set(&r, PERSON_gp_practice, SECRET " surgery");
    return put(f, &r);
}

static inline struct id add_referral(struct fixture *f, struct id person, const char *decision)
{
    struct record r;

    record_init(&r, T_REFERRAL);
    record_set_id(&r, REFERRAL_person, person);
    record_set(&r, REFERRAL_route, "PROFESSIONAL");
    record_set(&r, REFERRAL_source, "GPPR");
    record_set(&r, REFERRAL_referrer_name, "Dr Catrin Puw");
    record_set(&r, REFERRAL_referrer_org, "Meddygfa'r Bont");
    record_set(&r, REFERRAL_referrer_contact, PHONE);
    record_set(&r, REFERRAL_received_on, "2026-02-03");
    record_set(&r, REFERRAL_reasons, "LONELY");
    record_set(&r, REFERRAL_referrer_words, SECRET " words");
    record_set(&r, REFERRAL_decision, decision);
    record_set(&r, REFERRAL_decision_note, SECRET " decision");
    return put(f, &r);
}

static inline struct id add_episode(struct fixture *f, const struct world *w)
{
    struct record r;

    record_init(&r, T_EPISODE);
    record_set_id(&r, EPISODE_person, w->person);
    record_set_id(&r, EPISODE_referral, w->referral);
    record_set(&r, EPISODE_opened_on, "2026-02-05");
    record_set(&r, EPISODE_closing_note, SECRET " closing");
    record_set(&r, EPISODE_what_changed, SECRET " changed");
    return put(f, &r);
}

static inline struct id add_goal(struct fixture *f, const struct world *w, int position, const char *words)
{
    struct record r;

    record_init(&r, T_GOAL);
    record_set_id(&r, GOAL_person, w->person);
    record_set_id(&r, GOAL_episode, w->episode);
    record_set_int(&r, GOAL_position, position);
    record_set(&r, GOAL_goal, words);
    return put(f, &r);
}

static inline void add_action(struct fixture *f, const struct world *w, struct id goal, const char *words, const char *state)
{
    struct record r;

    record_init(&r, T_ACTION);
    record_set_id(&r, ACTION_episode, w->episode);
    record_set_id(&r, ACTION_goal, goal);
    record_set_int(&r, ACTION_position, 1);
    record_set(&r, ACTION_action, words);
    record_set(&r, ACTION_who, "Lys");
    record_set(&r, ACTION_by_when, "2026-03-10");
    record_set(&r, ACTION_in_the_way, SECRET " in the way");
    record_set(&r, ACTION_state, state);
    put(f, &r);
}

static inline void connect(struct fixture *f, struct world *w, const char *status)
{
    struct record r;

    record_init(&r, T_ASSET);
    record_set(&r, ASSET_name_en, "Sing by the river");
    record_set(&r, ASSET_name_cy, "Canu ger yr afon");
    record_set(&r, ASSET_day, "Thursday at two");
    w->asset = put(f, &r);
    record_init(&r, T_CONNECTION);
    record_set_id(&r, CONNECTION_person, w->person);
    record_set_id(&r, CONNECTION_episode, w->episode);
    record_set_id(&r, CONNECTION_asset, w->asset);
    record_set(&r, CONNECTION_status, status);
    record_set(&r, CONNECTION_note, SECRET " connection");
    put(f, &r);
}

static inline void add_notes(struct fixture *f, const struct world *w)
{
    struct record r;

    record_init(&r, T_CONTACT);
    record_set_id(&r, CONTACT_person, w->person);
    record_set_id(&r, CONTACT_episode, w->episode);
    record_set(&r, CONTACT_held_on, "2026-02-10");
    record_set(&r, CONTACT_with_whom, "PERSON");
    record_set(&r, CONTACT_result, "ATTENDED");
    record_set(&r, CONTACT_note, SECRET " contact");
    put(f, &r);
    record_init(&r, T_CONCERN);
    record_set_id(&r, CONCERN_person, w->person);
    record_set_id(&r, CONCERN_episode, w->episode);
    record_set(&r, CONCERN_what_seen, SECRET " concern");
    put(f, &r);
    assert_ok(store_task_add(f->store, "REVIEW", (struct date) { 2026, 4, 9 }, w->person, w->episode, w->episode,
                             SECRET " task", &err_));
}

static inline struct world make(struct fixture *f, bool is_protected, const char *decision)
{
    struct world w = { .person = add_person(f, is_protected) };

    w.referral = add_referral(f, w.person, decision);
    w.episode = add_episode(f, &w);
    w.goal = add_goal(f, &w, 1, "To sing with others again");
    add_action(f, &w, w.goal, "Ring the choir together", "OPEN");
    connect(f, &w, "ATTENDING");
    add_notes(f, &w);
    return w;
}

static inline void consent(struct fixture *f, const struct world *w, const char *recipient, const char *purpose, const char *state,
                    const char *understood)
{
    struct record r;

    record_init(&r, T_CONSENT);
    record_set_id(&r, CONSENT_person, w->person);
    record_set(&r, CONSENT_recipient, recipient);
    record_set(&r, CONSENT_purpose, purpose);
    record_set(&r, CONSENT_state, state);
    record_set(&r, CONSENT_state_on, "2026-02-06");
    record_set(&r, CONSENT_understood, understood);
    record_set(&r, CONSENT_note, SECRET " consent");
    put(f, &r);
}

/* Everything a document would put on paper or through the pipe, in one text. */
static inline char *all_of(const struct document *d)
{
    struct buf b = BUF_INIT;
    struct json *j = document_to_json(d);

    document_text(d, 200, &b);
    document_html(d, &b);
    json_write(&b, j);
    json_free(&j);
    return buf_steal(&b);
}

static inline char *plan_of(struct fixture *f, const struct world *w, enum lang l)
{
    struct plan_sheet ask = { .person = w->person, .episode = w->episode, .lang = l };
    struct document *d = NULL;
    char *s;

    assert_ok(plan_sheet_make(&d, f->store, &ask, &err_));
    s = all_of(d);
    document_free(&d);
    return s;
}

static inline void assert_in(const char *all, const char *part)
{
    if (!strstr(all, part))
        fail_msg("not there: %s\nin: %s", part, all);
}

static inline void assert_not_in(const char *all, const char *part)
{
    if (strstr(all, part))
        fail_msg("there: %s\nin: %s", part, all);
}

static inline void assert_safe(const char *all)
{
    static const char *const never[] = { PHONE, ADDRESS, "SA99", SECRET, "LONELY", "1951", "•••", "safe contact", "safe-contact" };

    for (size_t i = 0; i < ARRAY_LEN(never); i++)
        assert_not_in(all, never[i]);
}

#endif
