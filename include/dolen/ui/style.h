/* dolen/ui/style.h - what a piece of text means, and how each scheme shows that meaning.
 *
 * Views name meanings, never colours. A meaning that matters has a mark, printed in every scheme, so colour is never
 * the only sign: put style_mark() in front of the text. */
#ifndef DOLEN_UI_STYLE_H
#define DOLEN_UI_STYLE_H

#include <stdbool.h>

/* X(name, letter in test dumps, mark, colour: ink, paper, attributes, mono: attributes) */
#define STYLE_LIST(X)                                                               \
    X(TEXT,     '.', "",  PLAIN,   PLAIN, 0,                      0)                \
    X(TITLE,    'T', "",  WHITE,   BLUE,  LOOK_BOLD,              LOOK_REVERSE)     \
    X(BANNER,   'P', "",  WHITE,   BLUE,  0,                      LOOK_REVERSE)     \
    X(HEADING,  'H', "",  PLAIN,   PLAIN, LOOK_BOLD,              LOOK_BOLD)        \
    X(FOCUS,    'F', ">", PLAIN,   PLAIN, LOOK_REVERSE,           LOOK_REVERSE)     \
    X(KEY,      'K', "",  BLACK,   CYAN,  0,                      LOOK_BOLD)        \
    X(KEYLABEL, 'k', "",  PLAIN,   PLAIN, 0,                      0)                \
    X(LABEL,    'l', "",  CYAN,    PLAIN, 0,                      0)                \
    X(VALUE,    'v', "",  PLAIN,   PLAIN, 0,                      0)                \
    X(FIELD,    'f', "",  PLAIN,   PLAIN, LOOK_LINE,              LOOK_LINE)        \
    X(HINT,     'h', "",  PLAIN,   PLAIN, LOOK_DIM,               0)                \
    X(DIM,      'd', "",  PLAIN,   PLAIN, LOOK_DIM,               0)                \
    X(WARN,     'W', "!", YELLOW,  PLAIN, LOOK_BOLD,              LOOK_BOLD)        \
    X(OVERDUE,  'O', "!", RED,     PLAIN, 0,                      LOOK_BOLD)        \
    X(REQUIRED, 'R', "+", YELLOW,  PLAIN, 0,                      LOOK_BOLD)        \
    X(MISSING,  'm', "-", PLAIN,   PLAIN, LOOK_DIM,               0)                \
    X(GOOD,     'G', "=", GREEN,   PLAIN, 0,                      0)                \
    X(ERROR,    'E', "x", RED,     PLAIN, LOOK_BOLD,              LOOK_BOLD | LOOK_LINE) \
    X(SERIOUS,  'S', "!", WHITE,   RED,   LOOK_BOLD,              LOOK_REVERSE | LOOK_BOLD) \
    X(TRAINING, 't', "#", BLACK,   YELLOW, LOOK_BOLD,             LOOK_REVERSE | LOOK_BOLD) \
    X(MARK,     'M', "*", MAGENTA, PLAIN, LOOK_BOLD,              LOOK_BOLD)        \
    X(SECRET,   's', "",  PLAIN,   PLAIN, LOOK_DIM,               0)                \
    X(LINE,     'L', "",  BLUE,    PLAIN, 0,                      0)                \
    X(CHART,    'C', "",  GREEN,   PLAIN, 0,                      0)                \
    X(CHART2,   'c', "",  MAGENTA, PLAIN, 0,                      LOOK_BOLD)        \
    X(BIG,      'B', "",  PLAIN,   PLAIN, LOOK_BOLD,              LOOK_BOLD)

enum style {
#define X(name, letter, mark, ink, paper, colour, mono) STYLE_##name,
    STYLE_LIST(X)
#undef X
    STYLE_COUNT
};
/* Or this to a style: the same meaning, on the focused row. */
#define STYLE_ON_FOCUS 0x80u
#define STYLE_BASE(s)  ((enum style) ((unsigned) (s) & 0x7fu))

enum ink { INK_PLAIN, INK_BLACK, INK_RED, INK_GREEN, INK_YELLOW, INK_BLUE, INK_MAGENTA, INK_CYAN, INK_WHITE };
enum { LOOK_BOLD = 1, LOOK_REVERSE = 2, LOOK_LINE = 4, LOOK_DIM = 8 };

struct look {
    enum ink ink, paper;
    unsigned attributes;                    /* LOOK_* */
};

enum scheme { SCHEME_COLOUR, SCHEME_MONO, SCHEME_COUNT };

struct look style_look(enum scheme s, unsigned style);      /* style may carry STYLE_ON_FOCUS */
const char *style_mark(enum style s);                       /* "" where the text itself says it */
char        style_letter(unsigned style);                   /* for dumps; upper meaning, never two alike */

/* Mono when NO_COLOR is set and not empty, when the terminal has fewer than 8 colours, or for vt100 and dumb. */
enum scheme scheme_choose(const char *no_color, const char *term, int terminal_colours);

/* Everything drawn that is not a letter. The ASCII set says the same with what every terminal has. */
#define GLYPH_LIST(X)                                                             \
    X(HLINE, "─", "-")  X(VLINE, "│", "|")  X(CROSS, "┼", "+")  X(CORNER, "└", "+") X(TEE, "├", "+") \
    X(BULLET, "•", "*") X(ELLIPSIS, "…", "~") X(HIDDEN, "•••", "***") X(DOT, "●", "o") X(RING, "○", "o") \
    X(TICKED, "[x]", "[x]") X(UNTICKED, "[ ]", "[ ]") X(PICKED, "(x)", "(x)") X(UNPICKED, "( )", "( )") \
    X(UP, "↑", "^")     X(DOWN, "↓", "v")   X(LEFT, "←", "<")   X(RIGHT, "→", ">")  X(DASH, "–", "-") \
    X(SEPARATOR, "·", "-") X(RISE, "╱", "/") X(FALL, "╲", "\\") \
    X(BAR1, "▁", ".") X(BAR2, "▂", ".") X(BAR3, "▃", ":") X(BAR4, "▄", ":") \
    X(BAR5, "▅", "|") X(BAR6, "▆", "|") X(BAR7, "▇", "#") X(BAR8, "█", "#") \
    X(PART1, "▏", "-") X(PART2, "▎", "-") X(PART3, "▍", "-") X(PART4, "▌", "=") \
    X(PART5, "▋", "=") X(PART6, "▊", "#") X(PART7, "▉", "#") X(SHADE, "░", ".")

enum glyph {
#define X(name, unicode, ascii) GLYPH_##name,
    GLYPH_LIST(X)
#undef X
    GLYPH_COUNT
};
enum glyph_set { GLYPHS_UNICODE, GLYPHS_ASCII };

const char *glyph_in(enum glyph_set set, enum glyph g);

#endif
