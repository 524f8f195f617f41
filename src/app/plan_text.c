/* app/plan_text.c - the person's copy of the plan as lines, as it will be printed. */
#include "plan_text.h"

#include "dolen/print/plan_sheet.h"
#include "filing.h"
#include "dolen/base/banned.h"

enum lang plan_language(struct casefile *cf, struct id person)
{
    return person_reads(cf->store, person, lang_now());
}

enum status plan_text(struct casefile *cf, struct id person, enum lang l, int cols, struct buf *out, struct err *err)
{
    struct plan_sheet ask = { .person = person, .episode = person_episode(cf, person), .lang = l,
                              .training = keyslots_is_training(cf->slots) };
    struct document *d = NULL;
    enum status st = plan_sheet_make(&d, cf->store, &ask, err);

    if (st == ST_OK)
        document_text(d, cols, out);
    document_free(&d);
    return st;
}
