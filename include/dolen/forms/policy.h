/* dolen/forms/policy.h - what a destination may receive: consent rule, coarseness, what stays behind. */
#ifndef DOLEN_FORMS_POLICY_H
#define DOLEN_FORMS_POLICY_H

#include <stdbool.h>
#include <stddef.h>

#include "dolen/base/lang.h"
#include "dolen/base/status.h"

enum policy_consent   { CONSENT_NOTICE, CONSENT_PERMISSION };
enum policy_geography { GEOGRAPHY_LA_DECILE, GEOGRAPHY_LSOA };
enum policy_dates     { DATES_DAY, DATES_MONTH };
enum policy_key       { KEY_RANDOM, KEY_NHS };

struct policy {
    char                 *id;
    struct text2          title;
    enum policy_consent   consent;
    bool                  withhold_sensitive;
    char                **sensitive_allowed;        /* items, or table.item */
    size_t                sensitive_count;
    enum policy_geography geography;
    int                  *age_bands;                /* lower bounds, rising */
    size_t                age_band_count;
    enum policy_dates     dates;
    enum policy_key       person_key;
    char                **drop;                     /* columns that do not leave */
    size_t                drop_count;
    bool                  safeguarding;      /* the number of reports made in each quarter leaves; never more than it */
    int                   suppress_below, round_to; /* of that number; never less cautious than suppress_default */
    char                 *source;
    size_t                source_len;
};

enum status policy_parse(struct policy **out, const char *file, const char *s, size_t n, struct err *err);
void        policy_free(struct policy **pp);
bool        policy_allows_sensitive(const struct policy *p, const char *table, const char *item);
bool        policy_drops(const struct policy *p, const char *table, const char *item);
/* The band an age falls in, as text: "18-24", "85+"; "" when the age is not known (below 0). */
void        policy_age_band(const struct policy *p, int age, char *out, size_t size);

#endif
