/* store/merge_names.c - the names of a joined record, kept as other names of the person, and taken out again. */
#include "merge_names.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/buf.h"
#include "dolen/base/mem.h"
#include "dolen/base/text.h"

#include "dolen/base/banned.h"

/* The next name of a list parted by semicolons; yours to free. NULL: no more. */
static char *next_name(const char **p)
{
    *p += strspn(*p, "; ");
    if (!**p)
        return NULL;

    size_t n = strcspn(*p, ";"), kept = n;

    while (kept && (*p)[kept - 1] == ' ')
        kept--;

    char *name = xstrndup(*p, kept);

    *p += n;
    return name;
}

static bool has_name(const char *list, const char *name)
{
    bool has = false;
    char *one;

    for (const char *p = list ? list : ""; !has && (one = next_name(&p)); free(one))
        has = text_same_folded(one, name);
    return has;
}

static void name_add(struct buf *out, const char *name)
{
    buf_add(out, out->len ? "; " : "");
    buf_add(out, name);
}

/* "given family"; either alone when the other is not known. */
static char *whole_name(const struct record *r, int given)
{
    const char *first = record_text(r, given), *family = record_text(r, PERSON_family_name);

    if (!first && !family)
        return NULL;
    return xasprintf("%s%s%s", first ? first : "", first && family ? " " : "", family ? family : "");
}

static bool goes_by(const struct record *r, const char *name)
{
    char *official = whole_name(r, PERSON_given_name), *called = whole_name(r, PERSON_preferred_name);
    bool does = (official && text_same_folded(official, name)) || (called && text_same_folded(called, name));

    free(official);
    free(called);
    return does;
}

static char *taken(struct buf *b)
{
    char *text = b->len ? xstrdup(buf_text(b)) : NULL;

    buf_wipe(b);
    return text;
}

char *names_join(const struct record *keep, const struct record *other)
{
    static const int given[] = { PERSON_given_name, PERSON_preferred_name };
    const char *theirs = record_text(other, PERSON_also_known_as);
    struct buf all = BUF_INIT;
    char *name;

    buf_add(&all, record_or(keep, PERSON_also_known_as, ""));
    for (size_t i = 0; i < ARRAY_LEN(given); i++) {
        name = i == 0 || record_text(other, given[i]) ? whole_name(other, given[i]) : NULL;
        if (name && !goes_by(keep, name) && !has_name(buf_text(&all), name))
            name_add(&all, name);
        free(name);
    }
    for (const char *p = theirs ? theirs : ""; (name = next_name(&p)); free(name))
        if (!goes_by(keep, name) && !has_name(buf_text(&all), name))
            name_add(&all, name);
    return taken(&all);
}

char *names_part(const char *now, const char *was, const char *set)
{
    struct buf left = BUF_INIT;
    char *name;

    for (const char *p = now ? now : ""; (name = next_name(&p)); free(name))
        if (!has_name(set, name) || has_name(was, name))
            name_add(&left, name);
    return taken(&left);
}
