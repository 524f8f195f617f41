#include "fix_answers.h"

#include "dolen/base/mem.h"
#include "dolen/base/banned.h"

bool answers_equal(const struct answers *a, const struct answers *b)
{
    if (a->count != b->count)
        return false;
    for (size_t i = 0; i < a->count; i++) {
        const struct answer *mine = &a->items[i], *other = answers_find(b, mine->name, mine->repeat);

        if (!other || mine->missing != other->missing || !str_eq(mine->value, other->value))
            return false;
    }
    return true;
}
