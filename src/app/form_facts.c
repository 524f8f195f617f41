/* app/form_facts.c - what the expressions of a form may know from outside it: about the person, the referral, the
 * stage. */
#include "form_facts.h"

#include <stdio.h>
#include <stdlib.h>

#include "dolen/base/date.h"
#include "dolen/base/mem.h"
#include "dolen/core/person.h"
#include "dolen/base/banned.h"

static void find_referral(struct casefile *cf, struct id person, struct id episode, struct record *out)
{
    struct record e;
    struct records all = { NULL, 0, 0 };
    struct id referral = ID_NONE;

    record_init(&e, T_EPISODE);
    if (id_is_set(episode) && store_get(cf->store, T_EPISODE, episode, &e, NULL) == ST_OK)
        referral = record_id(&e, EPISODE_referral);
    if (!id_is_set(referral) && id_is_set(person) &&
        store_list(cf->store, LIST_REFERRALS_OF_PERSON, person, 1, &all, NULL) == ST_OK && all.count)
        referral = all.items[0].id;
    if (id_is_set(referral))
        store_get(cf->store, T_REFERRAL, referral, out, NULL);
    records_release(&all);
    record_release(&e);
}

static long last_goal(struct casefile *cf, struct id episode)
{
    struct records goals = { NULL, 0, 0 };
    long last = -1;

    if (id_is_set(episode) && store_list(cf->store, LIST_GOALS_OF_EPISODE, episode, 0, &goals, NULL) == ST_OK) {
        last = 0;
        for (size_t i = 0; i < goals.count; i++)
            if (record_int(&goals.items[i], GOAL_position, 0) > last)
                last = record_int(&goals.items[i], GOAL_position, 0);
    }
    records_release(&goals);
    return last;
}

void form_facts(struct form_facts *f, struct casefile *cf, struct id person, struct id episode, const char *stage)
{
    int years = -1;
    long goals = last_goal(cf, episode);

    record_init(&f->person, T_PERSON);
    record_init(&f->referral, T_REFERRAL);
    if (id_is_set(person) && store_get(cf->store, T_PERSON, person, &f->person, NULL) == ST_OK)
        years = person_age(record_date(&f->person, PERSON_birth_date),
                           record_text(&f->person, PERSON_birth_precision), clock_today());
    find_referral(cf, person, episode, &f->referral);
    snprintf(f->age, sizeof f->age, "%d", years);
    snprintf(f->goals, sizeof f->goals, "%ld", goals);
    f->fact[0] = (struct fact) { "person_age", years < 0 ? NULL : f->age };
    f->fact[1] = (struct fact) { "person_under_16", years < 0 ? NULL : years < 16 ? "1" : "0" };
    f->fact[2] = (struct fact) { "stage", stage[0] ? stage : NULL };
    f->fact[3] = (struct fact) { "person_local_authority", record_text(&f->person, PERSON_local_authority) };
    f->fact[4] = (struct fact) { "person_speak_language", record_text(&f->person, PERSON_speak_language) };
    f->fact[5] = (struct fact) { "referral_route", record_text(&f->referral, REFERRAL_route) };
    f->fact[6] = (struct fact) { "referral_source", record_text(&f->referral, REFERRAL_source) };
    f->fact[7] = (struct fact) { "referral_org", record_text(&f->referral, REFERRAL_referrer_org) };
    f->fact[8] = (struct fact) { "referral_feedback_sent_on", record_text(&f->referral, REFERRAL_feedback_sent_on) };
    f->fact[9] = (struct fact) { "plan_goals", goals < 0 ? NULL : f->goals };
}

void form_facts_release(struct form_facts *f)
{
    record_release(&f->person);
    record_release(&f->referral);
}
