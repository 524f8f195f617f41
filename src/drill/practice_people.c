/* practice_people.c - one invented person: names, age, language, home, and what they answered about themselves. */
#include "practice_priv.h"

#include <stdio.h>
#include <string.h>

#include "dolen/base/text.h"
#include "dolen/core/nhs.h"

#include "dolen/base/banned.h"

/* --- who -------------------------------------------------------------------------------------------------------- */

static const struct weighted pools[] = { { "W", 52 }, { "E", 40 }, { "O", 8 }, { NULL, 0 } };

static const char *one_of(struct chance *c, const char *const *list, size_t n)
{
    return list[chance_below(c, (int) n)];
}

static const char *first_name(struct maker *m, const struct name_pool *n, bool woman)
{
    return woman ? one_of(&m->c, n->women, n->women_count) : one_of(&m->c, n->men, n->men_count);
}

static void invent_name(struct maker *m, struct subject *p)
{
    char letter = *chance_word(&m->c, pools);
    enum pool_id pool = letter == 'W' ? POOL_WELSH : letter == 'E' ? POOL_ENGLISH : POOL_OTHER;
    const struct name_pool *n = pool == POOL_WELSH ? &welsh_names : pool == POOL_ENGLISH ? &english_names
        : &elsewhere_names[*chance_word(&p->c, share_elsewhere) - '0'];
    const struct name_pool *families = pool != POOL_OTHER && chance_percent(&m->c, 25) ? &welsh_names : n;

    p->woman = chance_percent(&m->c, 60);
    str_copy(p->given, sizeof p->given, first_name(m, n, p->woman));
    str_copy(p->family, sizeof p->family, one_of(&m->c, families->families, families->family_count));
    p->speaks = chance_word(&m->c, pool == POOL_WELSH ? share_speaks_welsh_name : pool == POOL_ENGLISH
                            ? share_speaks_english_name : share_speaks_other_name);
    p->lang = str_eq(p->speaks, "CY") || (str_eq(p->speaks, "BOTH") && chance_percent(&m->c, 50)) ? LANG_CY : LANG_EN;
    p->names = n;
}

static struct date invent_birth(struct maker *m, struct subject *p)
{
    int low = 18, high = 60;

    sscanf(chance_word(&m->c, share_ages), "%d %d", &low, &high);
    p->age = chance_between(&m->c, low, high);
    p->under_16 = p->age < 16;
    return date_add_days(m->o->today, -(p->age * 365 + p->age / 4 + chance_between(&m->c, 1, 360)));
}

/* Each number once: 999, then the person's own; when no check digit fits, the next. */
static void invent_nhs_number(int number, char out[16])
{
    for (int n = number % 1000000;; n = (n + 500009) % 1000000) {
        char digits[16];
        int sum = 0, check;

        snprintf(digits, sizeof digits, "999%06d", n);
        for (int i = 0; i < 9; i++)
            sum += (digits[i] - '0') * (10 - i);
        check = 11 - sum % 11;
        if (check == 10)
            continue;
        digits[9] = (char) ('0' + check % 11);
        digits[10] = '\0';
        str_copy(out, 16, digits);
        return;
    }
}

/* --- where ------------------------------------------------------------------------------------------------------ */

static void invent_home(struct maker *m, const struct subject *p, struct household *h)
{
    static const char letters[] = "ABDEFGHJLNPQRSTUWXYZ";
    const int letter_count = (int) sizeof letters - 1;
    int pair;

    h->place = &places[chance_below(&m->c, (int) place_count)];
    str_copy(h->family, sizeof h->family, p->family);
    snprintf(h->address, sizeof h->address, "%d %s\n%s", chance_between(&m->c, 1, 140),
             streets[chance_below(&m->c, (int) street_count)], h->place->town);
    pair = chance_below(&m->c, letter_count * letter_count);
    snprintf(h->postcode, sizeof h->postcode, "%s %d%c%c", h->place->postcode, chance_below(&m->c, 10),
             letters[pair / letter_count], letters[pair % letter_count]);
    snprintf(h->phone, sizeof h->phone, "02920180%03d", chance_below(&m->c, 1000));
    h->left = chance_percent(&m->c, 9) ? 1 : 0;
}

/* Some share a home and a name with somebody before them. own: where they live if not. */
static void find_home(struct maker *m, struct subject *p, struct household *own)
{
    own->kind = p->household;
    own->names = p->names;
    own->age = p->age;
    if (m->home.left > 0 && could_share(&m->home, p)) {
        *own = m->home;
        m->home.left--;
        str_copy(p->family, sizeof p->family, own->family);
    } else if (own->left > 0 && m->home.left <= 0 && could_share(own, p)) {
        m->home = *own;
    }
    p->place = own->place;
}

static void email_of(struct answers *a, const struct subject *p)
{
    char text[96];
    struct buf folded = BUF_INIT;

    text_fold(&folded, p->given);
    buf_add_char(&folded, '.');
    text_fold(&folded, p->family);
    for (size_t i = 0; i < folded.len; i++)
        if (folded.s[i] == ' ')
            folded.s[i] = '-';
    snprintf(text, sizeof text, "%s%d@example.org", folded.s, p->number % 100);
    say(a, "email", text);
    buf_release(&folded);
}

static void ways_to_reach(struct maker *m, struct answers *a, struct subject *p, const struct household *home)
{
    char text[32];

    say(a, "address", home->address);
    say(a, "postcode", home->postcode);
    say(a, "local_authority", home->place->authority);
    if (chance_percent(&m->c, 75)) {
        snprintf(text, sizeof text, "W0100%04d", chance_between(&m->c, 1, 1909));
        say(a, "lsoa", text);
    }
    snprintf(text, sizeof text, "07700900%03d", chance_below(&m->c, 1000));
    say(a, chance_percent(&m->c, 85) ? "phone" : "phone2", text);
    if (!answers_value(a, "phone", 0) || chance_percent(&m->c, 20))
        say(a, answers_value(a, "phone", 0) ? "phone2" : "phone", home->phone);
    if (p->age < 75 && chance_percent(&m->c, 60))
        email_of(a, p);
    p->safe = chance_percent(&m->c, 3);
    say(a, "safe_contact", p->safe ? "YES" : "NO");
    if (!p->safe)
        return;
    say(a, "safe_how", chance_percent(&m->c, 50) ? "TEXT" : "PHONE");
    say(a, "safe_when", p->lang == LANG_CY ? "boreau'r wythnos, cyn tri" : "weekday mornings, before three");
    say(a, "safe_message", chance_percent(&m->c, 70) ? "NO" : "NEUTRAL");
    say(a, "do_not_contact", chance_percent(&m->c, 5) ? "YES" : "NO");
}

/* --- the person ------------------------------------------------------------------------------------------------- */

static void birth_answers(struct maker *m, struct answers *a, struct subject *p)
{
    struct date born = invent_birth(m, p);
    int luck = chance_below(&m->c, 100);

    if (luck < 1) {
        answers_set_missing(a, "birth_date", 0, MISSING_NOT_KNOWN);
        return;
    }
    if (luck < 4)
        born = (struct date) { born.year, 7, 1 };
    say_date(a, "birth_date", born);
    say(a, "birth_precision", luck < 3 ? "YEAR" : luck < 4 ? "ABOUT" : "DAY");
}

static void name_answers(struct maker *m, struct answers *a, struct subject *p, struct household *own)
{
    const struct name_pool *n;

    invent_name(m, p);
    n = p->names;
    invent_home(m, p, own);
    say(a, "given_name", p->given);
    if (chance_percent(&m->c, 12))
        say(a, "preferred_name", first_name(m, n, p->woman));
    if (p->woman && chance_percent(&m->c, 6))
        say(a, "also_known_as", one_of(&m->c, n->families, n->family_count));
}

static void language_answers(struct maker *m, struct subject *p, struct date received)
{
    struct answers a = ANSWERS_INIT;
    bool welsh = str_eq(p->speaks, "CY"), both = str_eq(p->speaks, "BOTH");

    if (chance_percent(&m->c, 6))
        say(&a, "active_offer", "NOT_OFFERED");
    else
        say(&a, "active_offer", welsh ? (chance_percent(&m->c, 92) ? "CHOSE_WELSH" : "NOT_MET") : both ? "CHOSE_BOTH"
                                : str_eq(p->speaks, "EN") ? "CHOSE_ENGLISH" : "CHOSE_OTHER");
    say_date(&a, "offer_made_on", received);
    if (str_eq(p->speaks, "OTHER"))
        say(&a, "other_language", p->names->language);
    paper_file(m, &(struct paper) { .form = "language", .binds = T_PERSON, .person = p->id }, &a, &p->id);
}

static void emergency_answers(struct maker *m, struct answers *a, const struct subject *p)
{
    static const struct words who[] = {
        { { [LANG_EN] = "mother", [LANG_CY] = "mam" } }, { { [LANG_EN] = "sister", [LANG_CY] = "chwaer" } },
        { { [LANG_EN] = "daughter", [LANG_CY] = "merch" } },
    };
    char number[16];

    say(a, "emergency_name", one_of(&m->c, p->names->women, p->names->women_count));
    snprintf(number, sizeof number, "07700900%03d", chance_below(&m->c, 1000));
    say(a, "emergency_phone", number);
    say(a, "emergency_relation", words_in(&who[p->age < 30 ? 0 : p->age < 50 ? 1 : 2], p->lang));
}

void make_person(struct maker *m, struct subject *p, struct date received)
{
    struct answers a = ANSWERS_INIT;
    struct household home = { .left = 0 };
    char number[16];

    p->c.state = m->c.state ^ 0xa0761d6478bd642fu;
    name_answers(m, &a, p, &home);
    birth_answers(m, &a, p);
    live(p);
    find_home(m, p, &home);
    say(&a, "family_name", p->family);
    invent_nhs_number(p->number, number);
    if (chance_percent(&m->c, 93))
        say(&a, "nhs_number", number);
    else if (chance_percent(&m->c, 30))
        answers_set_missing(&a, "nhs_number", 0, MISSING_NOT_KNOWN);
    ways_to_reach(m, &a, p, &home);
    say(&a, "speak_language", p->speaks);
    say(&a, "write_language", str_eq(p->speaks, "BSL") || str_eq(p->speaks, "OTHER") ? "EN"
                              : p->lang == LANG_CY && chance_percent(&m->c, 70) ? "CY" : "EN");
    if (p->age > 70 && chance_percent(&m->c, 20))
        say(&a, "communication_needs", p->lang == LANG_EN ? "Large print; hard of hearing on the phone"
            : p->woman ? "Print bras; yn drwm ei chlyw ar y ffôn" : "Print bras; yn drwm ei glyw ar y ffôn");
    if (chance_percent(&m->c, 40))
        emergency_answers(m, &a, p);
    p->surgery = &surgeries[chance_below(&m->c, (int) surgery_count)];
    say(&a, "gp_practice", p->surgery->name);
    paper_file(m, &(struct paper) { .form = "person", .binds = T_PERSON }, &a, &p->id);
    language_answers(m, p, received);
}

/* --- equality --------------------------------------------------------------------------------------------------- */

static const struct weighted sure_yes[] = { { "YES", 1 }, { NULL, 0 } };
static const struct weighted seldom_yes[] = { { "YES", 12 }, { "NO", 88 }, { NULL, 0 } };

/* quiet: of 100, how many would rather not say. */
static void ask(struct maker *m, struct answers *a, const char *question, const struct weighted *answers, int quiet)
{
    int luck = chance_below(&m->c, 100);

    if (luck < quiet)
        answers_set_missing(a, question, 0, MISSING_PREFER_NOT);
    else if (luck < quiet + 2)
        answers_set_missing(a, question, 0, MISSING_NO_ANSWER);
    else if (luck < quiet + 7)
        return;                          /* not reached */
    else
        say(a, question, chance_word(&m->c, answers));
}

static void skip(struct answers *a, const char *question)
{
    answers_set_missing(a, question, 0, MISSING_SKIPPED);
}

/* What their life has settled. */
static void ask_of(struct maker *m, struct answers *a, const char *question, const char *answer, int quiet)
{
    ask(m, a, question, (const struct weighted[]) { { answer, 1 }, { NULL, 0 } }, quiet);
}

static void about_them(struct maker *m, const struct subject *p, struct answers *a)
{
    if (chance_percent(&m->c, 96))
        say(a, "sex", p->woman ? "FEMALE" : "MALE");
    if (p->under_16) {
        skip(a, "gender_identity");
        skip(a, "sexual_orientation");
    } else {
        ask(m, a, "gender_identity", sure_yes, 3);
        ask(m, a, "sexual_orientation", share_orientation, 10);
    }
    ask(m, a, "religion", p->names->religion, 6);
    ask(m, a, "ethnic_group", p->names->ethnic, 1);
    ask(m, a, "national_identity", p->names->identity, 1);
    if (str_eq(p->speaks, "CY") || str_eq(p->speaks, "BOTH"))
        say(a, "welsh_skills", chance_percent(&m->c, 80) ? "UNDERSTAND SPEAK READ WRITE" : "UNDERSTAND SPEAK");
    else if (chance_percent(&m->c, 90))
        say(a, "welsh_skills", chance_percent(&m->c, 7) ? "UNDERSTAND" : "NONE");
    say(a, "main_language", str_eq(p->speaks, "OTHER") || str_eq(p->speaks, "BSL") ? "OTHER" : "EN_CY");
}

void make_equality(struct maker *m, const struct subject *p)
{
    struct answers a = ANSWERS_INIT;

    about_them(m, p, &a);
    ask(m, &a, "general_health", share_health, 2);
    ask_of(m, &a, "condition", p->condition, 3);
    if (str_eq(answers_value(&a, "condition", 0), "YES"))
        ask(m, &a, "condition_limits", share_limits, 2);
    else
        skip(&a, "condition_limits");
    ask_of(m, &a, "carer", p->carer, 1);
    ask(m, &a, "has_carer", seldom_yes, 1);
    ask(m, &a, "armed_forces", share_forces, 1);
    ask_of(m, &a, "employment", p->work, 2);
    ask_of(m, &a, "tenure", p->tenure, 3);
    if (str_eq(answers_value(&a, "tenure", 0), "RENTS"))
        ask(m, &a, "landlord", share_landlord, 1);
    else
        skip(&a, "landlord");
    ask_of(m, &a, "household", p->household, 2);
    ask_of(m, &a, "partnership", p->partnership, 5);
    paper_file(m, &(struct paper) { .form = "equality", .binds = T_EQUALITY, .person = p->id }, &a, NULL);
}
