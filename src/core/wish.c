/* core/wish.c - reading what was typed above the directory, and filing entries so that it is found. */
#include "dolen/core/wish.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dolen/base/mem.h"
#include "dolen/base/text.h"
#include "dolen/base/banned.h"

/* --- the line --------------------------------------------------------------------------------------------------- */

/* The first of each language is the one that the program writes itself. */
static const struct {
    enum wish_kind kind;
    enum lang      lang;
    const char    *key;
} keys[] = {
    { WISH_NEED, LANG_EN, "need" }, { WISH_NEED, LANG_CY, "angen" },
    { WISH_PLACE, LANG_EN, "place" }, { WISH_PLACE, LANG_EN, "area" }, { WISH_PLACE, LANG_CY, "lle" },
    { WISH_PLACE, LANG_CY, "ardal" },
    { WISH_DAY, LANG_EN, "day" }, { WISH_DAY, LANG_CY, "diwrnod" }, { WISH_DAY, LANG_CY, "dydd" },
    { WISH_COST, LANG_EN, "cost" }, { WISH_COST, LANG_CY, "cost" }, { WISH_COST, LANG_CY, "pris" },
    { WISH_ACCESS, LANG_EN, "access" }, { WISH_ACCESS, LANG_CY, "mynediad" }, { WISH_ACCESS, LANG_CY, "hygyrchedd" },
    { WISH_LANGUAGE, LANG_EN, "lang" }, { WISH_LANGUAGE, LANG_EN, "language" }, { WISH_LANGUAGE, LANG_CY, "iaith" },
};

const char *wish_key(enum wish_kind kind, enum lang lang)
{
    for (size_t i = 0; i < ARRAY_LEN(keys); i++)
        if (keys[i].kind == kind && keys[i].lang == lang)
            return keys[i].key;
    return "";
}

bool wish_kind_by_key(const char *key, size_t bytes, enum wish_kind *out)
{
    for (size_t i = 0; i < ARRAY_LEN(keys); i++)
        if (strlen(keys[i].key) == bytes && strncasecmp(keys[i].key, key, bytes) == 0) {
            *out = keys[i].kind;
            return true;
        }
    return false;
}

/* Bytes of the word at s; quotes hold blanks together, and an open one goes to the end. */
static size_t word_bytes(const char *s)
{
    bool quoted = false;
    size_t n = 0;

    for (; s[n] && (quoted || s[n] != ' '); n++)
        if (s[n] == '"')
            quoted = !quoted;
    return n;
}

static void value_copy(char *out, size_t size, const char *s, size_t n)
{
    struct buf b = BUF_INIT;

    for (size_t i = 0; i < n; i++)
        if (s[i] != '"')
            buf_add_char(&b, s[i]);
    str_copy(out, size, buf_text(&b));
    buf_release(&b);
}

static void word_read(const char *line, size_t at, size_t n, struct wish *out, struct buf *words)
{
    const char *s = line + at, *colon = memchr(s, ':', n);
    enum wish_kind kind;

    if (colon && out->count < WISH_TOKENS_MAX && wish_kind_by_key(s, (size_t) (colon - s), &kind)) {
        struct wish_token *t = &out->tokens[out->count++];

        *t = (struct wish_token) { .kind = kind, .at = at, .bytes = n };
        value_copy(t->value, sizeof t->value, colon + 1, n - (size_t) (colon + 1 - s));
        return;
    }
    if (words->len)
        buf_add_char(words, ' ');
    buf_add_mem(words, s, n);
}

void wish_read(const char *line, struct wish *out)
{
    struct buf words = BUF_INIT;

    *out = (struct wish) { .count = 0 };
    for (size_t at = strspn(line, " "), n; line[at]; at += n, at += strspn(line + at, " ")) {
        n = word_bytes(line + at);
        word_read(line, at, n, out, &words);
    }
    str_copy(out->words, sizeof out->words, buf_text(&words));
    buf_release(&words);
}

void wish_line_set(struct buf *line, enum wish_kind kind, const char *value)
{
    struct wish w;

    wish_read(buf_text(line), &w);
    for (size_t i = w.count; i-- > 0;)
        if (w.tokens[i].kind == kind) {
            size_t at = w.tokens[i].at, n = w.tokens[i].bytes;

            n += strspn(line->s + at + n, " ");
            buf_remove(line, at, n);
        }
    while (line->len > 0 && line->s[line->len - 1] == ' ')
        buf_remove(line, line->len - 1, 1);
    if (!value[0])
        return;
    buf_addf(line, strchr(value, ' ') ? "%s%s:\"%s\"" : "%s%s:%s", line->len ? " " : "", wish_key(kind, lang_now()),
             value);
}

/* --- days ------------------------------------------------------------------------------------------------------- */

#define EVERY_DAY 0x7fu
#define WEEKDAYS  0x1fu

/* Folded words. A Welsh day stands behind "dydd" or "nos" and changes its first letter there: "nos Fercher". */
static const struct {
    const char *word;
    unsigned    days;
} day_words[] = {
    { "mon", 1 }, { "monday", 1 }, { "mondays", 1 }, { "llun", 1 }, { "lun", 1 },
    { "tue", 2 }, { "tues", 2 }, { "tuesday", 2 }, { "tuesdays", 2 }, { "mawrth", 2 }, { "fawrth", 2 }, { "maw", 2 },
    { "wed", 4 }, { "weds", 4 }, { "wednesday", 4 }, { "wednesdays", 4 }, { "mercher", 4 }, { "fercher", 4 },
    { "mer", 4 },
    { "thu", 8 }, { "thur", 8 }, { "thurs", 8 }, { "thursday", 8 }, { "thursdays", 8 }, { "iau", 8 },
    { "fri", 16 }, { "friday", 16 }, { "fridays", 16 }, { "gwener", 16 }, { "wener", 16 }, { "gwe", 16 },
    { "sat", 32 }, { "saturday", 32 }, { "saturdays", 32 }, { "sadwrn", 32 }, { "sad", 32 },
    { "sun", 64 }, { "sunday", 64 }, { "sundays", 64 }, { "sul", 64 },
    { "weekday", WEEKDAYS }, { "weekdays", WEEKDAYS }, { "weekend", 96 }, { "weekends", 96 }, { "penwythnos", 96 },
    { "benwythnos", 96 }, { "penwythnosau", 96 },
    { "daily", EVERY_DAY }, { "everyday", EVERY_DAY }, { "dyddiol", EVERY_DAY }, { "beunyddiol", EVERY_DAY },
};

static unsigned days_of_word(const char *w, size_t n)
{
    for (size_t i = 0; i < ARRAY_LEN(day_words); i++)
        if (strlen(day_words[i].word) == n && strncmp(day_words[i].word, w, n) == 0)
            return day_words[i].days;
    return 0;
}

static bool word_is(const char *w, size_t n, const char *const *list)
{
    for (; *list; list++)
        if (strlen(*list) == n && strncmp(*list, w, n) == 0)
            return true;
    return false;
}

static int only_day(unsigned days)
{
    for (int i = 0; i < 7; i++)
        if (days == 1u << i)
            return i;
    return -1;
}

/* Between two days stood "-" or a word for it. A range may go over the end of the week: "Fri-Mon". */
static unsigned days_between(int from, int to)
{
    unsigned days = 0;

    for (int i = from;; i = (i + 1) % 7) {
        days |= 1u << i;
        if (i == to)
            return days;
    }
}

/* Folding makes blanks of dashes, so they become words first. */
static void dashes_to_words(struct buf *out, const char *text)
{
    static const char *const dashes[] = { "-", "\u2013", "\u2014", NULL };

    while (*text) {
        size_t n = 0;

        for (size_t i = 0; dashes[i] && !n; i++)
            if (strncmp(text, dashes[i], strlen(dashes[i])) == 0)
                n = strlen(dashes[i]);
        if (n)
            buf_add(out, " to ");
        else
            buf_add_mem(out, text, n = 1);
        text += n;
    }
}

unsigned days_in_text(const char *text)
{
    static const char *const until[] = { "to", "i", "tan", "hyd", "until", "through", NULL };
    static const char *const between[] = { "nos", "dydd", "ddydd", NULL };
    static const char *const every[] = { "every", "bob", "pob", NULL }, *const day[] = { "day", "dydd", NULL };
    struct buf spaced = BUF_INIT, folded = BUF_INIT;
    unsigned days = 0;
    int last = -1;
    bool range = false, each = false;

    dashes_to_words(&spaced, text ? text : "");
    text_fold(&folded, buf_text(&spaced));
    for (const char *w = buf_text(&folded), *next; *w; w = next) {
        size_t n = strcspn(w, " ");
        const char *follows = w + n + strspn(w + n, " ");
        unsigned named = days_of_word(w, n);
        int one = only_day(named);

        next = follows;
        if (!named && each && word_is(w, n, day) && !days_of_word(follows, strcspn(follows, " ")))
            named = EVERY_DAY;
        days |= range && one >= 0 ? days_between(last, one) : named;
        if (!word_is(w, n, between)) {
            range = !named && last >= 0 && word_is(w, n, until);
            last = named ? one : range ? last : -1;
        }
        each = word_is(w, n, every);
    }
    buf_release(&spaced);
    buf_release(&folded);
    return days;
}

/* --- facets ----------------------------------------------------------------------------------------------------- */

/* No word that people write begins with 9 and a letter. */
static const char facet_letters[] = { [WISH_NEED] = 'n', [WISH_PLACE] = 'p', [WISH_DAY] = 'd', [WISH_COST] = 'c',
                                      [WISH_ACCESS] = 'a', [WISH_LANGUAGE] = 'l' };

void facet_add(struct buf *out, enum wish_kind kind, const char *value)
{
    struct buf folded = BUF_INIT;
    size_t before = out->len;

    text_fold(&folded, value ? value : "");
    if (folded.len) {
        buf_addf(out, "%s9%c", before ? " " : "", facet_letters[kind]);
        for (const char *p = folded.s; *p; p++)
            if (*p != ' ')
                buf_add_char(out, *p);
    }
    buf_release(&folded);
}

static void each_word(struct buf *out, enum wish_kind kind, const char *text)
{
    for (size_t n; text && *(text += strspn(text, " ,\n")); text += n) {
        char word[64];

        n = strcspn(text, " ,\n");
        str_copy(word, n + 1 < sizeof word ? n + 1 : sizeof word, text);
        facet_add(out, kind, word);
    }
}

static void folded_words(struct buf *out, enum wish_kind kind, const char *text)
{
    struct buf folded = BUF_INIT;

    text_fold(&folded, text ? text : "");
    each_word(out, kind, buf_text(&folded));
    buf_release(&folded);
}

/* A clause that says no files its words behind "no", so that "no steps" is found and "no lift" is not a lift. */
static void access_clause(struct buf *out, const char *folded)
{
    static const char *const denials[] = { "no", "not", "without", "cannot", "dim", "nid", "heb", "nad", "does", NULL };
    static const char *const turns[] = { "and", "but", "ac", "ond", NULL };
    char last[40] = "", word[40], pair[84];
    bool denied = false;

    for (size_t n; *(folded += strspn(folded, " ")); folded += n) {
        n = strcspn(folded, " ");
        str_copy(word, n + 1 < sizeof word ? n + 1 : sizeof word, folded);
        if (word_is(word, strlen(word), denials)) {
            denied = true;
            continue;
        }
        if (word_is(word, strlen(word), turns)) {
            denied = false;
            last[0] = '\0';
            continue;
        }
        snprintf(pair, sizeof pair, "%s%s", denied ? "no" : "", word);
        facet_add(out, WISH_ACCESS, pair);
        if (last[0]) {
            snprintf(pair, sizeof pair, "%s%s%s", denied ? "no" : "", last, word);
            facet_add(out, WISH_ACCESS, pair);
        }
        str_copy(last, sizeof last, word);
    }
}

static void access_words(struct buf *out, const char *text)
{
    struct buf folded = BUF_INIT;

    for (size_t n; text && *(text += strspn(text, ".,;:()\n ")); text += n) {
        char *clause;

        n = strcspn(text, ".,;:()\n");
        clause = xstrndup(text, n);
        buf_clear(&folded);
        text_fold(&folded, clause);
        access_clause(out, buf_text(&folded));
        free(clause);
    }
    buf_release(&folded);
}

void facets_of(struct buf *out, const struct facet_source *a)
{
    unsigned days = days_in_text(a->day);
    char day[4];

    facet_add(out, WISH_NEED, a->category);
    for (int i = 0; i < 7; i++)
        if (days & 1u << i) {
            snprintf(day, sizeof day, "%d", i + 1);
            facet_add(out, WISH_DAY, day);
        }
    facet_add(out, WISH_COST, a->cost_kind);
    each_word(out, WISH_LANGUAGE, a->languages);
    each_word(out, WISH_ACCESS, a->attending_access);
    each_word(out, WISH_ACCESS, a->attending_type);
    access_words(out, a->accessibility);
    folded_words(out, WISH_PLACE, a->area);
    folded_words(out, WISH_PLACE, a->address);
    facet_add(out, WISH_PLACE, a->postcode);
    facet_add(out, WISH_PLACE, a->local_authority);
}

void joined_words(struct buf *out, const char *text)
{
    static const char *const marks[] = { "'", "\u2019", "-", NULL };
    struct buf word = BUF_INIT;
    bool joined = false;

    for (size_t n; text; text += n) {
        n = 0;
        for (size_t i = 0; marks[i] && !n; i++)
            if (strncmp(text, marks[i], strlen(marks[i])) == 0 && word.len)
                n = strlen(marks[i]);
        if (n) {
            joined = true;
            continue;
        }
        n = 1;
        if (*text && !isspace((unsigned char) *text)) {
            buf_add_char(&word, *text);
            continue;
        }
        if (joined && word.len)
            buf_addf(out, " %s", word.s);
        buf_clear(&word);
        joined = false;
        if (!*text)
            break;
    }
    buf_release(&word);
}

/* --- wants ------------------------------------------------------------------------------------------------------ */

void wants_release(struct wants *w)
{
    for (size_t i = 0; i < w->count; i++)
        buf_release(&w->items[i]);
    w->count = 0;
}

struct buf *wants_add(struct wants *w)
{
    if (w->count == ARRAY_LEN(w->items))
        return NULL;
    w->items[w->count] = (struct buf) BUF_INIT;
    return &w->items[w->count++];
}

void wants_add_words(struct wants *w, const char *text)
{
    struct buf folded = BUF_INIT;
    size_t n;

    text_fold(&folded, text);
    for (const char *p = buf_text(&folded); *p; p += n, p += strspn(p, " ")) {
        struct buf *one;

        n = strcspn(p, " ");
        if (n == 1 && folded.len > 2)       /* the s of "men's" */
            continue;
        one = wants_add(w);
        if (!one)
            break;
        buf_add_mem(one, p, n);
        buf_add_char(one, '*');
    }
    buf_release(&folded);
}
