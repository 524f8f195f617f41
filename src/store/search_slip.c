/* search_slip.c - forgiving one slip: a letter left out, put in, exchanged, or two turned round.
 *
 * Variants are not guessed from an alphabet: the word table itself says which letters follow a beginning, so the
 * number of look-ups depends on how names are spelt, not on how many people there are. */
#include "search_words.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/mem.h"
#include "dolen/base/text.h"
#include "store_priv.h"

#include "dolen/base/banned.h"

#define VARIANTS_MAX 64
#define LETTERS_MAX  48                 /* of a word whose slip is forgiven */
#define SLIP_LETTERS 4                  /* shorter words are not forgiven */

struct slips {
    struct search *x;
    uint32_t       letters[LETTERS_MAX];
    int            count;
    char          *whole[VARIANTS_MAX], *begun[VARIANTS_MAX];   /* whole words, and beginnings, that somebody has */
    int            whole_count, begun_count;
    struct buf     word;
};

static void letters_add(struct buf *b, const uint32_t *letters, int count)
{
    for (int i = 0; i < count; i++)
        buf_add_cp(b, letters[i]);
}

static void variant_keep(char **list, int *count, const char *word)
{
    for (int i = 0; i < *count; i++)
        if (str_eq(list[i], word))
            return;
    if (*count < VARIANTS_MAX)
        list[(*count)++] = xstrdup(word);
}

/* sl->word is a variant: keep it when an entry begins with it. A blank sorts before every letter, so a whole word is
 * met first. */
static enum status variant_try(struct slips *sl, bool whole_only)
{
    struct buf next = BUF_INIT;
    enum status st = search_entry_after(sl->x, buf_text(&sl->word), &next);

    if (st == ST_OK && next.len && str_starts(next.s, sl->word.s)) {
        char after = next.s[sl->word.len];

        if (after == '\0' || after == ' ')
            variant_keep(sl->whole, &sl->whole_count, sl->word.s);
        else if (!whole_only)
            variant_keep(sl->begun, &sl->begun_count, sl->word.s);
    }
    buf_wipe(&next);
    return st;
}

/* The first at letters as typed, then c when there is one, then the letters from rest on. */
static enum status variant_make(struct slips *sl, int at, uint32_t c, int rest, bool whole_only)
{
    buf_clear(&sl->word);
    letters_add(&sl->word, sl->letters, at);
    if (c)
        buf_add_cp(&sl->word, c);
    letters_add(&sl->word, sl->letters + rest, sl->count - rest);
    return variant_try(sl, whole_only);
}

static enum status letters_swapped(struct slips *sl, int at)
{
    if (at + 1 >= sl->count)
        return ST_OK;
    buf_clear(&sl->word);
    letters_add(&sl->word, sl->letters, at);
    buf_add_cp(&sl->word, sl->letters[at + 1]);
    buf_add_cp(&sl->word, sl->letters[at]);
    letters_add(&sl->word, sl->letters + at + 2, sl->count - at - 2);
    return variant_try(sl, false);
}

/* Replaces and inserts at a place every letter that follows the first at letters in some entry. *any: there was one. */
static enum status letters_following(struct slips *sl, int at, bool *any)
{
    struct buf begin = BUF_INIT, from = BUF_INIT, next = BUF_INIT;
    enum status st = ST_OK;
    uint32_t c = ' ';

    *any = false;
    letters_add(&begin, sl->letters, at);
    while (st == ST_OK) {
        buf_clear(&from);
        buf_add(&from, buf_text(&begin));
        buf_add_cp(&from, c + 1);
        st = search_entry_after(sl->x, from.s, &next);
        if (st != ST_OK || next.len <= begin.len || !str_starts(next.s, buf_text(&begin)))
            break;
        if (utf8_next(next.s + begin.len, next.len - begin.len, &c) == 0)
            break;
        *any = true;
        if (at < sl->count && c != sl->letters[at])
            st = variant_make(sl, at, c, at + 1, false);
        if (st == ST_OK && at < sl->count)
            st = variant_make(sl, at, c, at, false);
    }
    buf_wipe(&begin);
    buf_wipe(&from);
    buf_wipe(&next);
    return st;
}

static enum status slips_of(struct slips *sl, const char *word)
{
    size_t n = strlen(word), step;
    bool any = true;
    enum status st = ST_OK;

    for (size_t at = 0; sl->count < LETTERS_MAX; at += step, sl->count++)
        if ((step = utf8_next(word + at, n - at, &sl->letters[sl->count])) == 0)
            break;
    if (sl->count < SLIP_LETTERS || sl->count == LETTERS_MAX)
        return ST_OK;
    for (int at = 0; st == ST_OK && any && at < sl->count; at++) {
        st = variant_make(sl, at, 0, at + 1, at == sl->count - 1);
        if (st == ST_OK)
            st = letters_swapped(sl, at);
        if (st == ST_OK)
            st = letters_following(sl, at, &any);
    }
    return st;
}

enum status search_slips_add(struct search *x, int which)
{
    struct slips sl = { .x = x, .word = BUF_INIT };
    char *typed = x->words[which];
    enum status st = slips_of(&sl, typed);

    for (int i = 0; st == ST_OK && i < sl.whole_count; i++) {
        x->words[which] = sl.whole[i];
        st = search_turns_add(x, x->word_count == 1 ? CLOSE_WORD : CLOSE_PREFIX);
    }
    for (int i = 0; st == ST_OK && i < sl.begun_count; i++) {
        x->words[which] = sl.begun[i];
        st = search_turns_add(x, CLOSE_PREFIX);
    }
    x->words[which] = typed;
    for (int i = 0; i < sl.whole_count; i++)
        free(sl.whole[i]);
    for (int i = 0; i < sl.begun_count; i++)
        free(sl.begun[i]);
    buf_wipe(&sl.word);
    return st;
}
