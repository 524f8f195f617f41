/* practice_shares.c - who lives in the invented valley: shares of Wales as published, and where they were published.
 *
 * What goes with a name or an age is drawn from tables of practice_words.c and practice_life.c that add up to these.
 * Weights are per thousand of those who answer; age bands are per hundred. Where a published share is of a group
 * of answers, the group adds up to it and the split within it is ours. docs/sources.md says the same in words. */
#include "practice_words.h"

#include "dolen/base/mem.h"

#include "dolen/base/banned.h"

#define CENSUS "ONS and Welsh Government, Census 2021, Wales: "

/* 65 and over: 21.3 of the 83.5 per cent who are 15 or older. Smaller bands are ours; children are seldom referred. The
 * order keeps people of seeds that are in use as old as they were. */
const struct weighted share_ages[] = {
    { "12 15", 1 }, { "16 17", 2 }, { "18 24", 7 }, { "25 44", 26 }, { "45 64", 30 }, { "65 74", 13 }, { "18 24", 2 },
    { "45 64", 2 }, { "75 84", 9 }, { "85 97", 4 }, { "25 44", 4 }, { NULL, 0 },
};
static const struct weighted older[] = { { "YES", 255 }, { "NO", 745 }, { NULL, 0 } };

/* By name, so that they add up to 17.8 per cent who speak it: of a hundred people 52 have a Welsh name and 28 % of them
 * speak it, 40 an English one and 8 %, 8 another and 2 %. The census does not ask which language somebody would choose:
 * how many choose both is ours. */
const struct weighted share_speaks_welsh_name[] = {
    { "CY", 16 }, { "EN", 14 }, { "BOTH", 12 }, { "EN", 58 }, { NULL, 0 }
};
const struct weighted share_speaks_english_name[] = {
    { "CY", 2 }, { "EN", 4 }, { "BOTH", 6 }, { "EN", 87 }, { "BSL", 1 }, { NULL, 0 }
};
const struct weighted share_speaks_other_name[] = { { "EN", 78 }, { "OTHER", 20 }, { "CY", 2 }, { NULL, 0 } };
static const struct weighted speakers[] = { { "YES", 178 }, { "NO", 822 }, { NULL, 0 } };

static const struct weighted share_religion[] = {       /* of the 93.7 per cent who answered */
    { "NONE", 496 }, { "CHRISTIAN", 465 }, { "MUSLIM", 23 }, { "HINDU", 4 }, { "BUDDHIST", 3 }, { "SIKH", 1 },
    { "JEWISH", 1 }, { "OTHER", 7 }, { NULL, 0 }
};
const struct weighted share_orientation[] = {    /* of the 92.4 per cent who answered */
    { "STRAIGHT", 968 }, { "GAY_LESBIAN", 16 }, { "BISEXUAL", 13 }, { "OTHER", 3 }, { NULL, 0 }
};
/* White 93.8, of it 90.6 Welsh, English, Scottish, Northern Irish or British; Asian 2.9, mixed 1.6, Black 0.9, the rest
 * other. Within the groups the split is ours. */
static const struct weighted share_ethnic[] = {
    { "WHITE_WELSH", 906 }, { "WHITE_IRISH", 4 }, { "WHITE_GYPSY", 1 }, { "WHITE_ROMA", 1 }, { "WHITE_OTHER", 26 },
    { "MIXED_CARIBBEAN", 5 }, { "MIXED_AFRICAN", 3 }, { "MIXED_ASIAN", 4 }, { "MIXED_OTHER", 4 },
    { "ASIAN_INDIAN", 7 }, { "ASIAN_PAKISTANI", 6 }, { "ASIAN_BANGLADESHI", 5 }, { "ASIAN_CHINESE", 5 },
    { "ASIAN_OTHER", 6 }, { "BLACK_CARIBBEAN", 1 }, { "BLACK_AFRICAN", 6 }, { "BLACK_OTHER", 2 },
    { "OTHER_ARAB", 4 }, { "OTHER_ANY", 4 }, { NULL, 0 }
};
static const struct weighted share_identity[] = {       /* Welsh only, Welsh and British, British only; the rest is ours */
    { "WELSH", 552 }, { "WELSH BRITISH", 81 }, { "BRITISH", 185 }, { "ENGLISH", 120 }, { "OTHER", 62 }, { NULL, 0 }
};
const struct weighted share_health[] = {
    { "VERY_GOOD", 466 }, { "GOOD", 325 }, { "FAIR", 142 }, { "BAD", 51 }, { "VERY_BAD", 16 }, { NULL, 0 }
};
/* Disabled: a condition, and limited by it a lot or a little: 21.1 per cent, here 281 times 0.75. */
const struct weighted share_condition[] = { { "YES", 281 }, { "NO", 719 }, { NULL, 0 } };
const struct weighted share_limits[] = { { "LOT", 350 }, { "LITTLE", 400 }, { "NOT_AT_ALL", 250 }, { NULL, 0 } };
static const struct weighted disabled[] = { { "YES", 211 }, { "NO", 789 }, { NULL, 0 } };
/* 10.5 per cent give unpaid care, 3.6 for 50 hours or more; the hours between are ours. */
const struct weighted share_carer[] = {
    { "NO", 895 }, { "H0_9", 31 }, { "H10_19", 16 }, { "H20_34", 12 }, { "H35_49", 10 }, { "H50", 36 }, { NULL, 0 }
};
const struct weighted share_forces[] = {         /* 4.5 per cent of those 16 and older served; which force is ours */
    { "NO", 955 }, { "REGULAR", 34 }, { "RESERVE", 9 }, { "REGULAR RESERVE", 2 }, { NULL, 0 }
};
/* Households: owned 66.4 per cent, rent-free 0.2, the rest rented; the last three are ours, out of the rented. */
static const struct weighted share_tenure[] = {
    { "OWNS", 380 }, { "MORTGAGE", 284 }, { "RENTS", 312 }, { "RENT_FREE", 2 }, { "HOMELESS", 7 }, { "SUPPORTED", 10 },
    { "CARE_HOME", 5 }, { NULL, 0 }
};
const struct weighted share_landlord[] = {       /* social 16.5 of the 33.5 per cent who rent */
    { "HOUSING_ASSOCIATION", 234 }, { "COUNCIL", 259 }, { "PRIVATE", 492 }, { "RELATIVE", 15 }, { NULL, 0 }
};
/* Households: one person 31.9 per cent, one family 63.1 (four answers), other kinds 5.0 (three answers). */
static const struct weighted share_household[] = {
    { "ALONE", 319 }, { "PARTNER", 270 }, { "PARTNER_CHILDREN", 186 }, { "LONE_PARENT", 90 }, { "FAMILY", 85 },
    { "SHARED", 27 }, { "COMMUNAL", 18 }, { "NO_FIXED_ADDRESS", 5 }, { NULL, 0 }
};

const struct share shares[] = {
    { "65 and over", older, CENSUS "population and household estimates" },
    { "speaks Welsh", speakers, CENSUS "Welsh language" },
    { "disabled", disabled, CENSUS "health, disability and unpaid care (age-standardised)" },
    { "general_health", share_health, CENSUS "health, disability and unpaid care (age-standardised)" },
    { "carer", share_carer, CENSUS "health, disability and unpaid care (age-standardised)" },
    { "ethnic_group", share_ethnic, CENSUS "ethnic group, national identity, language and religion" },
    { "national_identity", share_identity, CENSUS "ethnic group, national identity, language and religion" },
    { "religion", share_religion, CENSUS "ethnic group, national identity, language and religion" },
    { "sexual_orientation", share_orientation, CENSUS "sexual orientation" },
    { "armed_forces", share_forces, CENSUS "UK armed forces veterans" },
    { "household", share_household, CENSUS "demography and migration" },
    { "tenure", share_tenure, CENSUS "housing" },
    { "landlord", share_landlord, CENSUS "housing" },
};
const size_t share_count = ARRAY_LEN(shares);
