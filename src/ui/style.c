/* style.c - the tables of looks and glyphs. */
#include "dolen/ui/style.h"

#include <string.h>

#include "dolen/base/mem.h"
#include "dolen/base/banned.h"

struct style_row {
    char        letter;
    const char *mark;
    struct look look[SCHEME_COUNT];
};

static const struct style_row styles[STYLE_COUNT] = {
#define X(name, letter, mark, ink, paper, colour, mono) \
    { letter, mark, { { INK_##ink, INK_##paper, colour }, { INK_PLAIN, INK_PLAIN, mono } } },
    STYLE_LIST(X)
#undef X
};

static const char *const glyphs[GLYPH_COUNT][2] = {
#define X(name, unicode, ascii) { unicode, ascii },
    GLYPH_LIST(X)
#undef X
};

static const struct style_row *row_of(unsigned style)
{
    unsigned base = style & ~STYLE_ON_FOCUS;

    return &styles[base < STYLE_COUNT ? base : STYLE_TEXT];
}

struct look style_look(enum scheme s, unsigned style)
{
    struct look look = row_of(style)->look[s];

    if (!(style & STYLE_ON_FOCUS))
        return look;
    /* One look for the whole bar: colours inside it are hard to read, and each change of colour is bytes on every
     * move. */
    if (look.paper == INK_PLAIN)
        look.ink = INK_PLAIN;
    /* Reversed already: underlined too, so that the focused row still differs from its neighbours. */
    if (look.attributes & LOOK_REVERSE)
        look.attributes |= LOOK_LINE | LOOK_BOLD;
    look.attributes = (look.attributes | LOOK_REVERSE) & ~(unsigned) LOOK_DIM;
    return look;
}

const char *style_mark(enum style s)
{
    return row_of(s)->mark;
}

char style_letter(unsigned style)
{
    if (style == ((unsigned) STYLE_TEXT | STYLE_ON_FOCUS))
        return '>';
    return row_of(style)->letter;
}

enum scheme scheme_choose(const char *no_color, const char *term, int terminal_colours)
{
    if (no_color && no_color[0])
        return SCHEME_MONO;
    if (!term || str_starts(term, "vt100") || str_eq(term, "dumb") || terminal_colours < 8)
        return SCHEME_MONO;
    return SCHEME_COLOUR;
}

const char *glyph_in(enum glyph_set set, enum glyph g)
{
    return glyphs[g < GLYPH_COUNT ? g : GLYPH_BULLET][set == GLYPHS_ASCII];
}
