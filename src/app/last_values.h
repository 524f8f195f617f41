/* app/last_values.h - what was filed last in each question since the case file was opened: one key says it again.
 *
 * In memory alone, gone with the lock. Long texts and what finds one person (telephone, e-mail, postcode, NHS number,
 * names) are not remembered, nor anything of a measure or of something serious: they would belong to somebody else. */
#ifndef DOLEN_APP_LAST_VALUES_H
#define DOLEN_APP_LAST_VALUES_H

#include "dolen/core/answer.h"
#include "dolen/forms/session.h"

void        last_take(struct answers *all, const struct session *filed);
const char *last_value(const struct answers *all, const struct session *s, const char *question);       /* NULL: none */

#endif
