/* app/large_step.c - the records of a step counted by what they are. */
#include "large_step.h"

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/banned.h"

/* "Period of support: 8; Thing to do: 12" */
static void extent_put(const struct extent *e, struct buf *out)
{
    const char *between = "";

    for (int t = 0; t < T_COUNT; t++)
        if (e->per[t]) {
            buf_addf(out, "%s%s: %zu", between, table_label((enum table_id) t), e->per[t]);
            between = "; ";
        }
}

static struct text2 kinds_of(const struct extent *e)
{
    struct buf b = BUF_INIT;

    return TEXT2_FROM(b, extent_put(e, &b));
}

bool undo_question(struct store *s, struct text2 *out)
{
    struct extent e;
    struct text2 kinds;

    store_undo_extent(s, &e);
    if (e.records <= BULK_UNASKED)
        return false;
    kinds = kinds_of(&e);
    *out = TEXT2(_("The last step changed %zu records (%s). Take all of it back?"), e.records, text2_now(&kinds));
    text2_release(&kinds);
    return true;
}

struct text2 handover_will(const struct extent *e, const char *from)
{
    struct text2 kinds = kinds_of(e);
    struct text2 will = TEXT2(_("From %s: %zu records are new or changed (%s)."), from, e->records, text2_now(&kinds));

    text2_release(&kinds);
    return will;
}
