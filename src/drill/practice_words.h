/* practice_words.h - what the practice caseload is made of: published shares, names, places, themes, assets. */
#ifndef DOLEN_DRILL_PRACTICE_WORDS_H
#define DOLEN_DRILL_PRACTICE_WORDS_H

#include <stdbool.h>
#include <stddef.h>

#include "chance.h"
#include "dolen/base/lang.h"

/* --- shares (practice_shares.c): what is published about Wales -------------------------------------------------- */

/* A table of shares and where it was published. Named for a question of the equality form, or in words. */
struct share {
    const char            *name;
    const struct weighted *of;
    const char            *source;
};
extern const struct share shares[];
extern const size_t share_count;
extern const struct weighted share_ages[], share_speaks_welsh_name[], share_speaks_english_name[],
    share_speaks_other_name[], share_orientation[], share_health[], share_condition[], share_limits[], share_carer[],
    share_forces[], share_landlord[];

/* --- words (practice_words.c, practice_themes.c) ---------------------------------------------------------------- */

/* Names that go together, and what people of such a name answer about themselves. */
struct name_pool {
    const char *const     *women, *const *men, *const *families;
    size_t                 women_count, men_count, family_count;
    const struct weighted *ethnic, *religion, *identity;
    const char            *language;     /* of those who speak neither Welsh nor English first; NULL: nobody here */
};
enum pool_id { POOL_WELSH, POOL_ENGLISH, POOL_OTHER };
extern const struct name_pool welsh_names, english_names;
/* From elsewhere: one of share_elsewhere, "0" the first. */
extern const struct name_pool elsewhere_names[];
extern const struct weighted share_elsewhere[];

struct place {
    const char *authority, *postcode, *town;      /* code, outward part */
};
struct surgery {
    const char *name, *doctor, *nurse;
};
extern const struct surgery surgeries[];
extern const size_t surgery_count;
extern const struct place places[];
extern const size_t place_count;
extern const char *const streets[];
extern const size_t street_count;

struct words {
    const char *t[LANG_COUNT];
};

/* Whose theme it may be: every bound holds. What is not set does not matter. */
struct fits {
    int         low, high;               /* age */
    int         weight, weight_welsh;    /* among what fits; weight_welsh: of those who choose Welsh, 0: the same */
    bool        women, carers, condition, not_other_language;
    const char *household, *tenure;      /* codes, one of them */
    const char *work, *partnership;      /* what follows from it: these are theirs */
};

/* What somebody was referred for, and what they said about it. */
struct theme {
    struct fits  fits;
    const char  *reasons;                /* codes */
    const char  *category, *second;      /* of assets that may help */
    struct words referrer, own_words, good_week, in_the_way, hope, goal, why, action, second_goal, changed;
};
extern const struct theme themes[];
extern const size_t theme_count;

extern const struct words notes_met[], notes_missed[], notes_first[], strengths[], closings[], next_steps[];
extern const size_t notes_met_count, notes_missed_count, notes_first_count, strength_count, next_step_count;

struct asset_seed {
    const char *category;
    const char *en, *cy, *organisation, *what;
    const char *cost, *languages, *day;
};
extern const struct asset_seed asset_seeds[];
extern const size_t asset_seed_count;

#endif
