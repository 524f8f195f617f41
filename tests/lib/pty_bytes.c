/* pty_bytes.c - looks through raw terminal output for what only hostile text could have put there. */
#include "pty.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dolen/base/banned.h"

static char *say(const char *what, const char *bytes, size_t n)
{
    char *out = NULL, hex[64] = "";

    for (size_t i = 0; i < n && i < 12; i++)
        snprintf(hex + i * 3, 4, "%02x ", (unsigned char) bytes[i]);
    if (asprintf(&out, "%s: %s", what, hex) < 0)
        abort();
    return out;
}

/* Modes that ncurses sets for the terminals we support: cursor keys, wrap, cursor, alternate screen, meta, paste. */
static bool mode_is_known(long mode)
{
    static const long known[] = { 1, 3, 4, 5, 6, 7, 12, 25, 45, 1034, 1036, 1039, 1049, 2004 };

    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (mode == known[i])
            return true;
    return false;
}

static bool modes_are_known(const char *args, size_t n)
{
    const char *p = args + 1, *end = args + n;

    while (p < end) {
        char *next;

        if (!mode_is_known(strtol(p, &next, 10)))
            return false;
        p = next < end && *next == ';' ? next + 1 : end;
    }
    return true;
}

/* The control sequence at p (after ESC [), its arguments and final byte. Returns its length, 0 when it is cut off. */
static size_t csi_length(const char *p, size_t n)
{
    size_t i = 0;

    while (i < n && (unsigned char) p[i] >= 0x20 && (unsigned char) p[i] < 0x40)
        i++;
    return i < n ? i + 1 : 0;
}

static bool csi_is_fine(const char *p, size_t len)
{
    char final = p[len - 1];

    if (p[0] == '?')
        return (final == 'h' || final == 'l') && modes_are_known(p, len - 1);
    if (p[0] == '>' || p[0] == '=' || p[0] == '<')
        return false;
    if (final == 't')                                  /* title stack, as smcup and rmcup have it; nothing else */
        return (len == 7 && strncmp(p, "22;0;0t", 7) == 0) || (len == 7 && strncmp(p, "23;0;0t", 7) == 0);
    return strchr("@ABCDEFGHIJKLMPSTXZ`abdfghlmrsu", final) != NULL;
}

static bool cp_is_hidden_control(uint32_t cp)
{
    return (cp >= 0x80 && cp < 0xa0) || cp == 0x61c || cp == 0x200e || cp == 0x200f || cp == 0x2028 || cp == 0x2029 ||
           (cp >= 0x202a && cp <= 0x202e) || (cp >= 0x2066 && cp <= 0x2069);
}

/* A UTF-8 sequence at p: its length and value; 1 and -1 for a byte that begins none. */
static size_t utf8_at(const char *p, size_t n, uint32_t *cp)
{
    unsigned char c = (unsigned char) p[0];
    size_t len = c < 0x80 ? 1 : c >= 0xc2 && c < 0xe0 ? 2 : c >= 0xe0 && c < 0xf0 ? 3 : c >= 0xf0 && c < 0xf5 ? 4 : 0;

    *cp = UINT32_MAX;
    if (len == 0 || len > n)
        return 1;
    *cp = len == 1 ? c : c & (0x7fu >> len);
    for (size_t i = 1; i < len; i++) {
        if (((unsigned char) p[i] & 0xc0) != 0x80) {
            *cp = UINT32_MAX;
            return 1;
        }
        *cp = *cp << 6 | ((unsigned char) p[i] & 0x3f);
    }
    return len;
}

/* Length of the escape sequence at p (p[0] is ESC); *bad when it is not one we know. */
static size_t escape_length(const char *p, size_t n, bool *bad)
{
    size_t len;

    if (n < 2)
        return n;
    if (p[1] == '[') {
        len = csi_length(p + 2, n - 2);
        if (len == 0)
            return n;
        *bad = !csi_is_fine(p + 2, len);
        return 2 + len;
    }
    if (strchr("()*+", p[1]))                          /* character sets */
        return n < 3 ? n : 3;
    *bad = !strchr("78=>cDEHM", p[1]);
    return 2;
}

char *bytes_forbidden(const char *bytes, size_t n)
{
    for (size_t i = 0; i < n;) {
        uint32_t cp;
        size_t len;
        bool bad = false;

        if (bytes[i] == '\x1b') {
            len = escape_length(bytes + i, n - i, &bad);
            if (bad)
                return say("escape sequence", bytes + i, len);
        } else {
            len = utf8_at(bytes + i, n - i, &cp);
            if (cp == UINT32_MAX && n - i > 4)
                return say("byte that is not UTF-8", bytes + i, 4);
            if (cp != UINT32_MAX && cp_is_hidden_control(cp))
                return say("hidden control character", bytes + i, len);
        }
        i += len;
    }
    return NULL;
}
