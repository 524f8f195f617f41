/* app/last_values.c - what was filed last in each question since the case file was opened: one key says it again. */
#include "last_values.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/mem.h"
#include "dolen/core/safe.h"
#include "dolen/base/banned.h"

/* Of one person, and of nobody else. */
static bool is_personal(const struct question *q)
{
    static const char *const names[] = { "given_name", "family_name", "preferred_name", "also_known_as", "birth_date",
                                         "emergency_name" };

    for (size_t i = 0; i < ARRAY_LEN(names); i++)
        if (str_eq(q->name, names[i]))
            return true;
    return safe_covers(q->name) || q->appearance == APPEAR_PHONE || q->appearance == APPEAR_EMAIL ||
           q->appearance == APPEAR_NHS || q->appearance == APPEAR_POSTCODE;
}

static bool is_remembered(const struct question *q)
{
    return qtype_asked(q->type) && q->appearance != APPEAR_MULTILINE && !is_personal(q);
}

static char *key_of(const struct session *s, const char *question)
{
    return xasprintf("%s.%s", session_form(s)->id, question);
}

/* Of what repeats, the last instance counts. */
void last_take(struct answers *all, const struct session *filed)
{
    const struct answers *a = session_answers(filed);

    if (session_form(filed)->is_measure || str_eq(session_form(filed)->binds, "concern"))
        return;
    for (size_t i = 0; i < a->count; i++) {
        const struct question *q = form_question(session_form(filed), a->items[i].name);
        char *key;

        if (!q || !is_remembered(q) || !a->items[i].value)
            continue;
        key = key_of(filed, q->name);
        answers_set(all, key, 0, a->items[i].value);
        free(key);
    }
}

const char *last_value(const struct answers *all, const struct session *s, const char *question)
{
    char *key = key_of(s, question);
    const char *value = answers_value(all, key, 0);

    free(key);
    return value;
}
