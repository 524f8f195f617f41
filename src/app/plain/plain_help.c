/* plain_help.c - line mode: help about a word, among everything that can be done. */
#include "plain_priv.h"

#include <string.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/text.h"
#include "dolen/ui/actions.h"
#include "dolen/ui/notes.h"
#include "dolen/base/banned.h"

/* "Join this record with another one. On a person, type: merge" */
static void tell_way(const struct action *a, const struct plain_way *w)
{
    struct buf typed = BUF_INIT;

    for (const char *p = tr(w->says); *p; p++)
        if (*p != ':' || w->place == INSTEAD)
            buf_add_char(&typed, *p);
    if (w->place == AT_MENU)
        tell(_("%s. In the main menu, type: %s"), tr(a->help), buf_text(&typed));
    else if (w->place == AT_PERSON)
        tell(_("%s. On a person, type: %s"), tr(a->help), buf_text(&typed));
    else if (w->place == IN_IT)
        tell(_("%s. Where it is about that, type: %s"), tr(a->help), buf_text(&typed));
    else
        tell(_("%s. In line mode: %s"), tr(a->help), buf_text(&typed));
    buf_release(&typed);
}

static bool fits(const struct action *a, const struct plain_way *w, const char *words)
{
    struct buf all = BUF_INIT;
    bool found;

    buf_addf(&all, "%s %s %s %s", a->name, a->label ? tr(a->label) : "", tr(a->help), tr(w->says));
    found = pick_fit(buf_text(&all), NULL, words) != PICK_NOT;
    buf_release(&all);
    return found;
}

/* One action may have a row for each place where it means something else. */
static bool told_before(const struct action *a, size_t i)
{
    while (i-- > 0)
        if (actions[i].id == a->id && str_eq(actions[i].help, a->help))
            return true;
    return false;
}

static void help_about(const char *words)
{
    bool any = false;

    for (size_t i = 0; i < actions_count; i++) {
        const struct action *a = &actions[i];
        const struct plain_way *w = plain_way_of(a->name);

        if (!w || !a->help || told_before(a, i) || !fits(a, w, words))
            continue;
        tell_way(a, w);
        any = true;
    }
    if (!any)
        tell(_("Help says nothing about \"%s\". Try another word, or :help alone."), words);
}

bool plain_help_about(const char *typed, bool bare)
{
    struct buf t = BUF_INIT;
    char *words;
    bool is_help = false;

    text_clean(&t, typed);
    words = t.len ? strchr(t.s, ' ') : NULL;
    if (words) {
        *words++ = '\0';
        is_help = plain_is(t.s, N_(":help"), bare);
    }
    if (is_help)
        help_about(words);
    buf_wipe(&t);
    return is_help;
}
