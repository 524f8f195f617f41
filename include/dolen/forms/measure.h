/* dolen/forms/measure.h - scores of a validated measure. Nothing is summed that its definition does not sum. */
#ifndef DOLEN_FORMS_MEASURE_H
#define DOLEN_FORMS_MEASURE_H

#include <stdbool.h>
#include <stddef.h>

#include "dolen/core/answer.h"
#include "dolen/forms/form.h"

/* The question for the day a measure was filled in: the practitioner's, no part of the measure. Without it, it is the
 * day of filing. */
#define MEASURE_DAY "taken_on"

struct score_result {
    const struct score *score;      /* name, label, range, better */
    bool                has_value;
    double              value;
    const struct band  *band;       /* NULL: no bands, or none fits */
};

/* One result for each score, in order; returns how many (at most max are written). */
size_t measure_score(const struct form *f, const struct answers *a, struct score_result *out, size_t max);
const struct band *score_band(const struct score *s, double value);
/* Is a change of that many points, up or down, more than the measure's own error? Never where none is published. */
bool score_change_is_reliable(const struct score *s, double change);

/* Points of one item: the choice's score, or the value of a scale or number. False when missing or without points. */
bool measure_points(const struct question *q, const struct answers *a, double *out);

#endif
