/* app/letters.c - letters, signed and noted. */
#include "letters.h"

#include <stdlib.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/text.h"
#include "dolen/base/banned.h"

enum status letter_signed(struct letter *out, struct casefile *cf, struct letter_ask ask, struct err *err)
{
    struct record by;
    enum status st;

    record_init(&by, T_PRACTITIONER);
    if (id_is_set(cf->slot.practitioner) &&
        store_get(cf->store, T_PRACTITIONER, cf->slot.practitioner, &by, NULL) == ST_OK) {
        ask.from = record_text(&by, PRACTITIONER_name);
        ask.organisation = record_text(&by, PRACTITIONER_organisation);
    }
    st = letter_make(out, cf->store, &ask, err);
    record_release(&by);
    return st;
}

void letter_cautions(const struct letter *l, struct buf *out)
{
    struct buf tame = BUF_INIT;

    if (!l->full)
        buf_addf(out, "%s\n",
                 _("Without permission to share, this letter says only whether the person was seen or is returned. "
                   "To say more, record a permission (s) that names the referrer as the referral does."));
    if (l->limits) {
        text_tame(&tame, l->limits, false);
        buf_addf(out, _("The permission says what may be shared: \"%s\". Read the letter against it before it goes."),
                 buf_text(&tame));
        buf_add(out, "\n");
    }
    buf_wipe(&tame);
}

enum status letter_noted(struct casefile *cf, const struct letter_ask *ask, struct err *err)
{
    char *why = xasprintf("letter: %s", letter_kind_word(ask->kind));
    enum status st = store_note(cf->store, "referral", ask->referral, why, err);

    free(why);
    return st;
}
