/* practice_words.h - what the practice caseload is made of: published shares, names, places, themes, assets. */
#ifndef DOLEN_DRILL_PRACTICE_WORDS_H
#define DOLEN_DRILL_PRACTICE_WORDS_H

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
    share_speaks_other_name[], share_religion[], share_orientation[], share_ethnic[], share_identity[],
    share_health[], share_condition[], share_limits[], share_carer[], share_forces[], share_tenure[],
    share_landlord[], share_household[];

/* --- words (practice_words.c, practice_themes.c) ---------------------------------------------------------------- */

struct name_pool {
    const char *const *women, *const *men, *const *families;
    size_t             women_count, men_count, family_count;
};
enum pool_id { POOL_WELSH, POOL_ENGLISH, POOL_OTHER, POOL_COUNT };
extern const struct name_pool name_pools[POOL_COUNT];

struct place {
    const char *authority, *postcode, *town;      /* code, outward part */
};
extern const struct place places[];
extern const size_t place_count;
extern const char *const streets[];
extern const size_t street_count;

struct words {
    const char *t[LANG_COUNT];
};

/* What somebody was referred for, and what they said about it. */
struct theme {
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
