/* core/excerpt.c - words taken out of a note, and where they stand once the note was written on. */
#include "dolen/core/excerpt.h"

#include <string.h>

#include "dolen/base/banned.h"

static bool is_gap(char c)
{
    return c == ' ' || c == '\n' || c == '\t';
}

static bool begins_character(char c)
{
    return ((unsigned char) c & 0xc0u) != 0x80u;
}

size_t excerpt_chars(const char *text, size_t bytes)
{
    size_t n = 0;

    for (size_t i = 0; i < bytes && text[i]; i++)
        n += begins_character(text[i]);
    return n;
}

size_t excerpt_bytes(const char *text, size_t chars)
{
    size_t i = 0;

    for (; text[i]; i++)
        if (begins_character(text[i]) && chars-- == 0)
            break;
    return i;
}

static size_t apart(size_t a, size_t b)
{
    return a > b ? a - b : b - a;
}

bool excerpt_find(const char *text, const char *words, size_t start, size_t *at)
{
    size_t want = excerpt_bytes(text, start);
    bool found = false;

    *at = want;
    if (!*words)
        return false;
    for (const char *p = text; (p = strstr(p, words)) != NULL; p++) {
        size_t here = (size_t) (p - text);

        if (!found || apart(here, want) < apart(*at, want))
            *at = here;
        found = true;
    }
    return found;
}

size_t excerpt_word_start(const char *text, size_t at)
{
    size_t n = strlen(text);

    at = at > n ? n : at;
    if (at == n || is_gap(text[at]))                    /* beside a word: the one before */
        while (at > 0 && is_gap(text[at - 1]))
            at--;
    while (at > 0 && !is_gap(text[at - 1]))
        at--;
    return at;
}

size_t excerpt_word_end(const char *text, size_t at)
{
    size_t n = strlen(text);

    at = excerpt_word_start(text, at);
    while (at < n && is_gap(text[at]))
        at++;
    while (at < n && !is_gap(text[at]))
        at++;
    return at;
}

/* Bytes of the sign that ends a sentence at p, with the quotation marks or brackets that close behind it; 0: none. */
static size_t ending(const char *p)
{
    size_t n = 0;

    if (*p == '.' || *p == '!' || *p == '?')
        n = 1;
    else if (strncmp(p, "…", strlen("…")) == 0)
        n = strlen("…");
    if (n == 0)
        return 0;
    while (p[n] == '.' || p[n] == '!' || p[n] == '?' || p[n] == '"' || p[n] == '\'' || p[n] == ')')
        n++;
    return !p[n] || is_gap(p[n]) ? n : 0;
}

size_t excerpt_sentence_next(const char *text, size_t *at)
{
    size_t from = *at, end, n;

    while (is_gap(text[from]))
        from++;
    *at = from;
    for (end = from; text[end] && text[end] != '\n'; end++)
        if ((n = ending(text + end)) > 0)
            return end + n - from;
    while (end > from && is_gap(text[end - 1]))
        end--;
    return end - from;
}

size_t excerpt_sentence_start(const char *text, size_t at)
{
    size_t from = 0, n, last = 0;

    while ((n = excerpt_sentence_next(text, &from)) > 0 && from <= at) {
        last = from;
        from += n;
    }
    return last;
}

size_t excerpt_sentence_end(const char *text, size_t at)
{
    size_t from = excerpt_sentence_start(text, at);
    size_t n = excerpt_sentence_next(text, &from);

    return from + n;
}
