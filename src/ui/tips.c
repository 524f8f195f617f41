/* tips.c - a line of advice for each screen, and how often it was shown. */
#include "dolen/ui/tips.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/banned.h"

static const struct {
    const char *view, *text;
    bool        of_row;                 /* says nothing where no row stands under the cursor */
} tips[] = {
    { "today", N_("Space opens the most urgent thing; a takes down a new referral."), false },
    { "people", N_("/ and part of a name finds somebody; Enter opens the person."), false },
    { "person", N_("Tab goes from section to section; c logs a contact."), false },
    { "referrals", N_("D decides on the referral that the cursor is on."), true },
    { "form", N_("Tab goes on, Ctrl-S files; Esc leaves and keeps the draft."), false },
    { "directory", N_("/ finds words, f finds by need, day and cost."), false },
    { "choose-asset", N_("/ finds words, f finds by need, day and cost."), false },
    { "asset", N_("c is one phone call to them; e changes the entry."), false },
    { "call-list", N_("Enter is one phone call, for everyone who waits there."), true },
    { "call", N_("A number answers a row; Ctrl-S files all in one step."), false },
    { "gaps", N_("a writes down what was needed and is not there."), false },
    { "bin", N_("Enter takes something out of the bin again."), true },
    { "missing", N_("Enter goes to the question that is still open."), false },
    { "settings", N_("Left and Right change a setting; it is kept at once."), false },
};

const char *tip_of(const char *view)
{
    for (size_t i = 0; i < ARRAY_LEN(tips); i++)
        if (str_eq(tips[i].view, view))
            return tr(tips[i].text);
    return NULL;
}

bool tip_wants_row(const char *view)
{
    for (size_t i = 0; i < ARRAY_LEN(tips); i++)
        if (str_eq(tips[i].view, view))
            return tips[i].of_row;
    return false;
}

/* At "view:" in the line, or NULL. */
static const char *entry(const char *line, const char *view)
{
    size_t n = strlen(view);

    for (const char *p = line; p && *p; p = strchr(p, ' '), p += p ? 1 : 0)
        if (strncmp(p, view, n) == 0 && p[n] == ':')
            return p;
    return NULL;
}

int tip_shown(const char *line, const char *view)
{
    const char *at = line ? entry(line, view) : NULL;

    return at ? atoi(at + strlen(view) + 1) : 0;
}

void tip_count(struct buf *out, const char *line, const char *view, bool away)
{
    const char *at = line ? entry(line, view) : NULL, *rest = at ? strchr(at, ' ') : NULL;

    if (line)
        buf_add_mem(out, line, at ? (size_t) (at - line) : strlen(line));
    if (rest)
        buf_add(out, rest + 1);
    while (out->len > 0 && out->s[out->len - 1] == ' ')
        buf_remove(out, out->len - 1, 1);
    buf_addf(out, "%s%s:%d", out->len ? " " : "", view, away ? TIP_SHOWN_MAX : tip_shown(line, view) + 1);
}
