/* name_sound.c - the folded name, rewritten from a table until Welsh and English spellings of one sound are the
 * same. */
#include "dolen/core/name_sound.h"

#include <stdbool.h>
#include <string.h>

#include "dolen/base/mem.h"
#include "dolen/base/text.h"
#include "dolen/base/banned.h"

/* The first that fits is taken, so longer ones stand before what they begin with. */
static const struct {
    const char *letters, *sound;
} spellings[] = {
    { "ugh", "u" }, { "igh", "i" }, { "dd", "d" }, { "th", "t" },  { "ff", "v" }, { "ph", "v" }, { "ll", "l" },
    { "rh", "r" },  { "sch", "s" }, { "ch", "c" }, { "ck", "c" },  { "sh", "s" }, { "sia", "sa" }, { "sio", "so" },
    { "ce", "se" }, { "ci", "si" }, { "cy", "si" }, { "ee", "i" }, { "ea", "i" }, { "ie", "i" }, { "ey", "i" },
    { "oo", "u" },  { "ou", "u" },  { "ew", "u" }, { "uw", "u" },  { "wh", "u" }, { "qu", "cu" },
    { "f", "v" },   { "k", "c" },   { "q", "c" },  { "w", "u" },   { "x", "cs" }, { "y", "i" },  { "z", "s" },
};

static size_t sound_at(const char *s, struct buf *word)
{
    for (size_t i = 0; i < ARRAY_LEN(spellings); i++)
        if (*s == spellings[i].letters[0] && str_starts(s, spellings[i].letters)) {
            buf_add(word, spellings[i].sound);
            return strlen(spellings[i].letters);
        }
    buf_add_char(word, *s);
    return 1;
}

/* Letters (not figures) that stand twice count once, and neither an e at the end nor an h within is heard. */
static void heard(struct buf *out, const char *word)
{
    size_t begin = out->len, n = strlen(word);

    if (n > 2 && word[n - 1] == 'e')
        n--;
    for (size_t i = 0; i < n; i++) {
        bool figure = word[i] >= '0' && word[i] <= '9', again = out->len > begin && out->s[out->len - 1] == word[i];

        if ((i == 0 || word[i] != 'h') && (figure || !again))
            buf_add_char(out, word[i]);
    }
}

void name_sound(struct buf *out, const char *name)
{
    struct buf folded = BUF_INIT, word = BUF_INIT;

    text_fold(&folded, name ? name : "");
    for (const char *p = buf_text(&folded); *p;) {
        buf_clear(&word);
        while (*p && *p != ' ')
            p += sound_at(p, &word);
        if (word.len && out->len)
            buf_add_char(out, ' ');
        heard(out, buf_text(&word));
        p += *p == ' ';
    }
    buf_wipe(&folded);
    buf_wipe(&word);
}

const char *name_other_spelling(const char *name)
{
    static const char *const pairs[][2] = { { "huws", "hughes" }, { "ifans", "evans" }, { "ifan", "evan" } };
    struct buf folded = BUF_INIT;
    const char *other = NULL;

    text_fold(&folded, name ? name : "");
    for (size_t i = 0; i < ARRAY_LEN(pairs); i++)
        for (int k = 0; k < 2; k++)
            if (str_eq(buf_text(&folded), pairs[i][k]))
                other = pairs[i][1 - k];
    buf_wipe(&folded);
    return other;
}
