/* dolen/forms/answers_json.h - answer files: a JSON object of question name -> value, checked by the form.
 *
 * Values: text, numbers, true for acknowledge, a list of codes for select_multiple, a list of objects for a repeat,
 * {"missing": "not_known"} for a missing state, null for not reached. */
#ifndef DOLEN_FORMS_ANSWERS_JSON_H
#define DOLEN_FORMS_ANSWERS_JSON_H

#include "dolen/base/json.h"
#include "dolen/base/status.h"
#include "dolen/core/answer.h"
#include "dolen/forms/form.h"
#include "dolen/forms/session.h"

/* Puts every value through the session. The first that does not pass ends it: ST_INVALID, the sentence names the
 * question (and the nearest name when it is unknown); the session may then hold part of them and should be dropped. */
enum status answers_json_in(struct session *s, const struct json *j, struct err *err);
/* Typed JSON of answers, in form order; not reached ones left out. Answers the form does not know come last,
 * as text. */
struct json *answers_json_out(const struct form *f, const struct answers *a);

#endif
