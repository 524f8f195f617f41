/* pty_keys.c - key names to the bytes that an xterm in application mode sends. */
#include "pty.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "dolen/base/banned.h"

static const struct { const char *name, *bytes; } keys[] = {
    { "Enter", "\r" },        { "Esc", "\x1b" },       { "Tab", "\t" },          { "S-Tab", "\x1b[Z" },
    { "BS", "\x7f" },         { "Backspace", "\x7f" }, { "Space", " " },         { "Del", "\x1b[3~" },
    { "Ins", "\x1b[2~" },     { "Up", "\x1bOA" },      { "Down", "\x1bOB" },     { "Right", "\x1bOC" },
    { "Left", "\x1bOD" },     { "Home", "\x1bOH" },    { "End", "\x1bOF" },      { "PgUp", "\x1b[5~" },
    { "PgDn", "\x1b[6~" },    { "F1", "\x1bOP" },      { "F2", "\x1bOQ" },       { "F3", "\x1bOR" },
    { "F4", "\x1bOS" },       { "F5", "\x1b[15~" },    { "F6", "\x1b[17~" },     { "F7", "\x1b[18~" },
    { "F8", "\x1b[19~" },     { "F9", "\x1b[20~" },    { "F10", "\x1b[21~" },    { "F11", "\x1b[23~" },
    { "F12", "\x1b[24~" },    { "lt", "<" },           { "gt", ">" },            { "C-Space", "\0" },
    { "C-Home", "\x1b[1;5H" }, { "C-End", "\x1b[1;5F" },
};

const char *key_bytes(const char *name, size_t *n)
{
    static char made[3];

    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (strcasecmp(name, keys[i].name) == 0) {
            *n = keys[i].bytes[0] ? strlen(keys[i].bytes) : 1;
            return keys[i].bytes;
        }
    if (strncmp(name, "C-", 2) == 0 && name[2] && !name[3]) {
        made[0] = (char) (toupper((unsigned char) name[2]) & 0x1f);
        *n = 1;
        return made;
    }
    if (strncmp(name, "A-", 2) == 0 && name[2] && !name[3]) {
        made[0] = '\x1b';
        made[1] = name[2];
        *n = 2;
        return made;
    }
    return NULL;
}
