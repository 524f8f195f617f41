/* core/consent.c - which answer stands, and what follows from a no. */
#include "dolen/core/consent.h"

#include "dolen/base/buf.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/text.h"
#include "dolen/base/banned.h"

bool consent_same(const char *recipient, const char *purpose, const char *other_recipient, const char *other_purpose)
{
    struct buf a = BUF_INIT, b = BUF_INIT;
    bool same;

    if (!recipient || !other_recipient || !purpose || !str_eq(purpose, other_purpose))
        return false;
    text_fold(&a, recipient);
    text_fold(&b, other_recipient);
    same = str_eq(buf_text(&a), buf_text(&b));
    buf_wipe(&a);
    buf_wipe(&b);
    return same;
}

/* What was told while the permission stood cannot be untold by a record here: each says what is left to do. */
static const struct { const char *purpose, *then; } withdrawn[] = {
    { "REFER", N_("Pass nothing more on to them. What they were told they still have: ring them and say so. A "
                  "connection stays open until you change it.") },
    { "FEEDBACK", N_("No letter to this referrer is made any more. What they were told before they still have.") },
    { "GP", N_("Tell the practice nothing more. What it was told before stays in its record.") },
    { "FAMILY", N_("Say nothing more about the person to them.") },
    { "REPORTING", N_("Where the service asks for permission, no row about the person leaves any more, and the next "
                      "batch takes back what was sent: seal and send it today, from the outbox (X).") },
    { "STORY", N_("Use the case study no more, and ask whoever has it to delete it.") },
    { "HANDOVER", N_("Hand nothing more over to them. What was handed over they still have: ask them to delete it.") },
};

const char *const consent_waits = N_("Does not count as given until what two laptops say about it is settled "
                                     "(:conflicts).");

const char *consent_then(const char *state, const char *purpose)
{
    if (str_eq(state, "REFUSED"))
        return N_("Pass nothing on to them for this.");
    if (!str_eq(state, "WITHDRAWN"))
        return NULL;
    for (size_t i = 0; i < ARRAY_LEN(withdrawn); i++)
        if (str_eq(withdrawn[i].purpose, purpose))
            return withdrawn[i].then;
    return N_("Pass nothing more on to them. What they were told before they still have.");
}
