/* practice_assets.c - an invented directory, and how its assets open, fill up and close as the weeks pass. Every seed
 * of practice_themes.c is in one place, many are in a second, and in more the larger the caseload.
 *
 * What becomes of an asset has a chance of its own, so that its name and place do not depend on it. */
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

/* --- what becomes of them --------------------------------------------------------------------------------------- */

static void add_spell(struct made_asset *a, struct spell spell)
{
    if (a->spell_count < (int) ARRAY_LEN(a->spells))
        a->spells[a->spell_count++] = spell;
}

/* Full or closed for some weeks, and over before today. */
static void past_spells(struct maker *m, struct chance *c, struct made_asset *a)
{
    int n = chance_below(c, 3);

    for (int i = 0; i < n; i++) {
        struct date from = date_add_days(m->o->today, -chance_between(c, 110, 1000));

        add_spell(a, (struct spell) { .from = from, .until = date_add_days(from, chance_between(c, 14, 90)),
                                      .closed = chance_percent(c, 25) });
    }
}

/* They said so when they were last talked to, so it had happened by then. */
static void invent_life(struct maker *m, struct made_asset *a, struct answers *answers, struct date verified,
                        struct date told)
{
    struct chance c = { m->o->seed * 0x9e3779b97f4a7c15u ^ (uint64_t) m->asset_count * 0xd1342543de82ef95u };
    int luck = chance_below(&c, 100);

    if (chance_percent(&c, 20)) {
        a->opened = date_add_days(m->o->today, -chance_between(&c, 60, 900));
        if (date_compare(told, a->opened) < 0)
            a->opened = told;
    }
    past_spells(m, &c, a);
    if (luck < 12 && !a->full_now) {
        a->ended = luck < 7;
        add_spell(a, (struct spell) { .from = date_add_days(verified, -chance_between(&c, 0, 30)), .closed = true });
    }
    say(answers, "running", a->ended ? "DEFUNCT" : date_is_set(asset_closed_since(a)) ? "PAUSED" : "ACTIVE");
}

struct date asset_closed_since(const struct made_asset *a)
{
    for (int i = 0; i < a->spell_count; i++)
        if (a->spells[i].closed && !date_is_set(a->spells[i].until))
            return a->spells[i].from;
    return (struct date) { 0, 0, 0 };
}

static int months_before(struct date d, struct date today)
{
    return (today.year - d.year) * 12 + today.month - d.month;
}

enum room { ROOM_CLOSED, ROOM_FULL, ROOM_YES };

static enum room room_on(const struct maker *m, const struct made_asset *a, struct date on)
{
    int month = months_before(on, m->o->today);
    enum room room = a->takes > 0 && month >= 0 && month < (int) ARRAY_LEN(a->sent) && a->sent[month] >= a->takes
        ? ROOM_FULL : ROOM_YES;

    if (date_is_set(a->opened) && date_compare(on, a->opened) < 0)
        return ROOM_CLOSED;
    for (int i = 0; i < a->spell_count; i++) {
        const struct spell *s = &a->spells[i];

        if (date_compare(on, s->from) < 0 || (date_is_set(s->until) && date_compare(on, s->until) >= 0))
            continue;
        if (s->closed)
            return ROOM_CLOSED;
        room = ROOM_FULL;
    }
    return room;
}

const struct made_asset *asset_for(struct maker *m, const char *category, struct date on, int start,
                                   const char **why)
{
    int month = months_before(on, m->o->today);
    const struct made_asset *full = NULL;

    *why = NULL;
    for (int i = 0; i < m->asset_count; i++) {
        struct made_asset *a = &m->assets[(start + i) % m->asset_count];
        enum room room = str_eq(a->category, category) ? room_on(m, a, on) : ROOM_CLOSED;

        if (room == ROOM_YES) {
            if (month >= 0 && month < (int) ARRAY_LEN(a->sent))
                a->sent[month]++;
            return a;
        }
        if (room == ROOM_FULL && !full)
            full = a;
    }
    *why = full ? "FULL" : "NO_ASSET";
    return full;
}

void settle_assets(struct maker *m)
{
    struct date next = { m->o->today.year + m->o->today.month / 12, m->o->today.month % 12 + 1, 1 };

    for (int i = 0; i < m->asset_count && m->st == ST_OK; i++) {
        struct made_asset *a = &m->assets[i];
        struct record r;

        if (a->takes == 0 || a->sent[0] < a->takes || a->full_now || date_is_set(asset_closed_since(a)))
            continue;
        record_init(&r, T_ASSET);
        m->st = store_get(m->s, T_ASSET, a->id, &r, m->err);
        record_set_date(&r, ASSET_full_until, next);
        record_keep(m, &r);
    }
}

/* --- the directory ---------------------------------------------------------------------------------------------- */

static void when_checked(struct maker *m, struct answers *a, struct made_asset *made, bool *stale)
{
    int days = chance_between(&m->c, 2, 320);
    struct date verified = date_add_days(m->o->today, -days);
    struct date told = date_add_days(verified, -chance_between(&m->c, 0, 90));

    *stale = days > 180;
    say_date(a, "told_on", told);
    say_date(a, "verified_on", verified);
    say(a, "verified_how", chance_percent(&m->c, 70) ? "Spoke to the organiser by phone" : "Visited");
    if (chance_percent(&m->c, 15)) {
        struct spell full = { .until = date_add_days(m->o->today, chance_between(&m->c, 7, 90)) };

        full.from = date_add_days(full.until, -110);
        add_spell(made, full);
        made->full_now = true;
        say_date(a, "full_until", full.until);
    }
    if (chance_percent(&m->c, 55)) {
        made->takes = chance_between(&m->c, 1, 12);
        say_int(a, "takes_a_month", made->takes);
    }
    say(a, "do_not_advertise", chance_percent(&m->c, 4) ? "YES" : "NO");
    invent_life(m, made, a, verified, told);
}

static void make_asset(struct maker *m, const struct asset_seed *seed, const struct place *at, bool town_in_name)
{
    struct made_asset *made = &m->assets[m->asset_count++];
    const struct name_pool *people = &welsh_names;
    struct answers a = ANSWERS_INIT;
    char text[160];
    bool stale = false;

    *made = (struct made_asset) { .category = seed->category, .seed = seed, .at = at };
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
    when_checked(m, &a, made, &stale);
    paper_file(m, &(struct paper) { .form = "asset", .binds = T_ASSET }, &a, &made->id);
    if (stale && chance_percent(&m->c, 60) && !made->ended)
        make_task(m, "ASSET_VERIFY", date_add_days(m->o->today, -chance_between(&m->c, 0, 40)), NULL, made->id, NULL);
}

static bool listed(const struct maker *m, const struct asset_seed *seed, const struct place *at)
{
    for (int i = 0; i < m->asset_count; i++)
        if (m->assets[i].seed == seed && m->assets[i].at == at)
            return true;
    return false;
}

/* One more of each, in a place that has none of its kind, for every 20 of the square root of the cases. */
static void make_more(struct maker *m)
{
    for (int round = 1; 400LL * round * round <= m->o->cases; round++)
        for (size_t i = 0; i < asset_seed_count; i++) {
            int at = chance_below(&m->c, (int) place_count), tried = 0;

            while (tried < (int) place_count && listed(m, &asset_seeds[i], &places[at])) {
                at = (at + 1) % (int) place_count;
                tried++;
            }
            if (tried < (int) place_count && m->asset_count < (int) ARRAY_LEN(m->assets))
                make_asset(m, &asset_seeds[i], &places[at], true);
        }
}

void make_assets(struct maker *m)
{
    m->c.state = m->o->seed ^ 0x6173736574730000u;
    for (size_t i = 0; i < asset_seed_count; i++) {
        make_asset(m, &asset_seeds[i], &places[chance_below(&m->c, (int) place_count)], false);
        if (chance_percent(&m->c, 60))
            make_asset(m, &asset_seeds[i], &places[chance_below(&m->c, (int) place_count)], true);
    }
    make_more(m);
}
