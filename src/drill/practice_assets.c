/* practice_assets.c - an invented directory: every seed of practice_themes.c in one place, many of them in a second. */
#include "practice_priv.h"

#include <stdio.h>
#include <string.h>

#include "dolen/base/banned.h"

static const struct weighted ways[] = {
    { "DROP_IN", 45 }, { "APPOINTMENT", 20 }, { "REFERRAL", 25 }, { "MEMBERSHIP", 10 }, { NULL, 0 }
};
static const struct weighted access_words[] = {
    { "Level access, accessible toilet", 45 }, { "Hearing loop; step-free entrance", 25 },
    { "Two steps at the door; ramp can be put out", 20 }, { "Upstairs, no lift", 10 }, { NULL, 0 }
};

static void when_checked(struct maker *m, struct answers *a, bool *stale)
{
    int days = chance_between(&m->c, 2, 320);
    struct date verified = date_add_days(m->o->today, -days);

    *stale = days > 180;
    say_date(a, "told_on", date_add_days(verified, -chance_between(&m->c, 0, 90)));
    say_date(a, "verified_on", verified);
    say(a, "verified_how", chance_percent(&m->c, 70) ? "Spoke to the organiser by phone" : "Visited");
    if (chance_percent(&m->c, 15))
        say_date(a, "full_until", date_add_days(m->o->today, chance_between(&m->c, 7, 90)));
    if (chance_percent(&m->c, 55))
        say_int(a, "takes_a_month", chance_between(&m->c, 1, 12));
    say(a, "do_not_advertise", chance_percent(&m->c, 4) ? "YES" : "NO");
}

static void make_asset(struct maker *m, const struct asset_seed *seed, const struct place *at, bool town_in_name)
{
    struct made_asset *made = &m->assets[m->asset_count++];
    const struct name_pool *people = &name_pools[POOL_WELSH];
    struct answers a = ANSWERS_INIT;
    char text[160];
    bool stale = false;

    *made = (struct made_asset) { .category = seed->category };
    snprintf(text, sizeof text, "%s%s%s", seed->en, town_in_name ? ", " : "", town_in_name ? at->town : "");
    say(&a, "name_en", text);
    snprintf(text, sizeof text, "%s%s%s", seed->cy, town_in_name ? ", " : "", town_in_name ? at->town : "");
    say(&a, "name_cy", text);
    say(&a, "organisation", seed->organisation);
    say(&a, "category", seed->category);
    say(&a, "what_happens", seed->what);
    say(&a, "attending_type", str_eq(seed->category, "GREEN") || str_eq(seed->category, "BLUE") ? "OUTDOORS"
                              : str_eq(seed->category, "BUDDY") ? "PHONE" : "VENUE");
    say(&a, "attending_access", chance_word(&m->c, ways));
    say(&a, "cost_kind", seed->cost);
    if (str_eq(seed->cost, "LOW"))
        say(&a, "cost", "£2");
    say(&a, "accessibility", chance_word(&m->c, access_words));
    say(&a, "languages", seed->languages);
    say(&a, "area", at->town);
    say(&a, "local_authority", at->authority);
    snprintf(text, sizeof text, "%s 1AA", at->postcode);
    say(&a, "postcode", text);
    say(&a, "day", seed->day);
    snprintf(text, sizeof text, "02920180%03d", chance_below(&m->c, 1000));
    say(&a, "phone", text);
    snprintf(text, sizeof text, "hello%d@example.org", m->asset_count);
    say(&a, "email", text);
    say(&a, "contact_name", people->women[chance_below(&m->c, (int) people->women_count)]);
    when_checked(m, &a, &stale);
    paper_file(m, &(struct paper) { .form = "asset", .binds = T_ASSET }, &a, &made->id);
    if (stale && chance_percent(&m->c, 60))
        make_task(m, "ASSET_VERIFY", date_add_days(m->o->today, -chance_between(&m->c, 0, 40)), NULL, made->id, NULL);
}

void make_assets(struct maker *m)
{
    m->c.state = m->o->seed ^ 0x6173736574730000u;
    for (size_t i = 0; i < asset_seed_count; i++) {
        make_asset(m, &asset_seeds[i], &places[chance_below(&m->c, (int) place_count)], false);
        if (m->asset_count < (int) ARRAY_LEN(m->assets) - 1 && chance_percent(&m->c, 60))
            make_asset(m, &asset_seeds[i], &places[chance_below(&m->c, (int) place_count)], true);
    }
}
