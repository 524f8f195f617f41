/* paste.c - pasted text as keys: a tab, a line end or a Ctrl-K in what was copied from a letter is never an action. */
#include "paste.h"

#include <string.h>

#include "dolen/base/mem.h"
#include "dolen/base/banned.h"

#define LINES_MOST 2                    /* one empty line between two paragraphs says as much as five */

/* Characters that word processors put between letters and nobody sees. */
static const char *const unseen[] = { "\u00ad", "\u200b", "\u2060", "\ufeff" };

void paste_begin(struct paste *p)
{
    *p = (struct paste) { .on = true };
}

void paste_end(struct paste *p)
{
    *p = (struct paste) { .on = false };
}

static bool hand_on(struct paste *p, struct key k, struct key *out)
{
    *out = k;
    if (p->lines == 0)
        return true;
    p->held = k;
    *out = key_of_code(K_LINE);
    p->lines--;
    return true;
}

bool paste_held(struct paste *p, struct key *out)
{
    if (p->held.code == K_NONE)
        return false;
    struct key k = p->held;

    p->held = key_of_code(K_NONE);
    return hand_on(p, k, out);
}

bool paste_text(struct paste *p, const struct key *k, struct key *out)
{
    p->after_return = false;
    for (size_t i = 0; i < ARRAY_LEN(unseen); i++)
        if (strcmp(k->text, unseen[i]) == 0)
            return false;
    return hand_on(p, strcmp(k->text, "\u00a0") == 0 ? key_of_text(" ") : *k, out);
}

bool paste_control(struct paste *p, int c, struct key *out)
{
    bool second_half = c == '\n' && p->after_return;

    p->after_return = c == '\r';
    if (c == '\t')
        return hand_on(p, key_of_text(" "), out);
    if ((c == '\r' || c == '\n' || c == '\v' || c == '\f') && !second_half && p->lines < LINES_MOST)
        p->lines++;
    return false;
}
