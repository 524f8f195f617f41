/* app/large_step.c - the records of a step counted by what they are. */
#include "large_step.h"

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/banned.h"

void extent_put(const struct extent *e, struct buf *out)
{
    const char *between = "";

    for (int t = 0; t < T_COUNT; t++)
        if (e->per[t]) {
            buf_addf(out, "%s%s: %zu", between, table_label((enum table_id) t), e->per[t]);
            between = "; ";
        }
}

char *undo_question(struct store *s)
{
    struct extent e;
    struct buf kinds = BUF_INIT;
    char *question;

    store_undo_extent(s, &e);
    if (e.records <= BULK_UNASKED)
        return NULL;
    extent_put(&e, &kinds);
    question = xasprintf(_("The last step changed %zu records (%s). Take all of it back?"), e.records, buf_text(&kinds));
    buf_release(&kinds);
    return question;
}

char *handover_will(const struct extent *e, const char *from)
{
    struct buf kinds = BUF_INIT;
    char *will;

    extent_put(e, &kinds);
    will = xasprintf(_("From %s: %zu records are new or changed (%s)."), from, e->records, buf_text(&kinds));
    buf_release(&kinds);
    return will;
}
