/* pty_random.c - random keys on the real program: what nobody would think of pressing. The same seed presses the same keys as
 * long as the program answers the same. */
#include "pty_drive.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "dolen/base/banned.h"

/* What leads somewhere comes oftener than what does not; Ctrl-Z is left out, since nobody would wake the program again. */
static const struct { const char *bytes; int weight; } tokens[] = {
    { "\r", 24 },     { "\t", 14 },      { "\x1b", 18 },    { "\x13", 20 },   { "\x1bOA", 8 },  { "\x1bOB", 10 },
    { "\x1bOC", 3 },  { "\x1bOD", 3 },   { "\x1b[5~", 2 },  { "\x1b[6~", 2 }, { "\x1bOF", 2 },  { "\x1bOH", 2 },
    { "\x1b[Z", 3 },  { "\x0f", 2 },     { "\x07", 1 },     { "\x15", 1 },    { "\x17", 1 },    { "\x0e", 2 },
    { "\x14", 1 },    { "\x12", 1 },     { "\x0b", 1 },     { "\x0c", 1 },    { "\x7f", 3 },    { " ", 4 },
    { "/", 2 },       { ":", 1 },        { "?", 1 },        { "-", 3 },       { "+", 1 },       { ".", 3 },
    { "@", 1 },       { "!", 1 },        { "=", 1 },        { "*", 1 },       { "#", 1 },       { "%", 1 },
    { "a", 4 },       { "c", 4 },        { "w", 4 },        { "P", 4 },       { "n", 4 },       { "M", 4 },
    { "D", 4 },       { "s", 4 },        { "e", 4 },        { "x", 3 },       { "d", 2 },       { "u", 3 },
    { "y", 5 },       { "1", 8 },        { "2", 6 },        { "3", 4 },       { "4", 3 },       { "7", 2 },
    { "0", 2 },       { "\x1bOQ", 1 },   { "\x1b[20~", 2 }, { "\x1b[24~", 1 }, { "ŵ", 2 },      { "日", 1 },
    { "12/3/2026", 1 }, { "Mair", 2 },
};
#define COMMON_LETTERS 60               /* of all weight together: any letter */

static const struct { int cols, rows; } sizes[] = { { 80, 24 }, { 40, 12 }, { 200, 60 }, { 20, 5 }, { 60, 16 } };

static unsigned below(uint64_t *state, unsigned n)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return (unsigned) (*state >> 33) % n;
}

static const char *token(uint64_t *state, char letter[2])
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPRSTUVWXYZ";
    int all = COMMON_LETTERS, at;

    for (size_t i = 0; i < sizeof tokens / sizeof *tokens; i++)
        all += tokens[i].weight;
    at = (int) below(state, (unsigned) all);
    for (size_t i = 0; i < sizeof tokens / sizeof *tokens; i++)
        if ((at -= tokens[i].weight) < 0)
            return tokens[i].bytes;
    letter[0] = letters[below(state, sizeof letters - 1)];
    letter[1] = '\0';
    return letter;
}

static bool is_locked(const struct drive *d)
{
    int row, col;

    return screen_find(d->screen, "Passphrase", &row, &col) || screen_find(d->screen, "Cyfrinymadrodd", &row, &col);
}

static bool unlock(struct drive *d)
{
    return drive_send(d, d->passphrase, strlen(d->passphrase)) && drive_send(d, "\r", 1);
}

/* It ended because it was asked to; anything else is what this looks for. */
static bool again(struct drive *d)
{
    if (d->child.code != 0)
        return fail(d, "it ended with %d", d->child.code);
    return drive_run(d) && unlock(d);
}

bool random_keys(struct drive *d, unsigned seed, int count)
{
    uint64_t state = seed;
    char letter[2];

    for (int i = 0; i < count; i++) {
        const char *bytes = token(&state, letter);

        if (below(&state, 200) == 0) {
            unsigned s = below(&state, sizeof sizes / sizeof *sizes);

            /* A terminal tells nobody of a size it has already. */
            if ((sizes[s].cols != d->cols || sizes[s].rows != d->rows) && !drive_resize(d, sizes[s].cols, sizes[s].rows))
                return false;
        }
        if (!drive_send(d, bytes, strlen(bytes)))
            return false;
        if (d->child.exited ? !again(d) : is_locked(d) && !unlock(d))
            return false;
    }
    return true;
}
