#include "dolen/base/text.h"

#include <langinfo.h>
#include <locale.h>
#include <string.h>
#include <wchar.h>

#include "dolen/base/mem.h"
#include "dolen/base/banned.h"

enum { CLUSTER_MAX = 5, REPLACEMENT = 0xFFFD };

/* wcwidth knows only the characters of the current ctype; a test or tool may not have called lang_start. */
static int cp_width(uint32_t cp)
{
    static bool ready;

    if (!ready) {
        if (!str_eq(nl_langinfo(CODESET), "UTF-8"))
            setlocale(LC_CTYPE, "C.UTF-8");
        ready = true;
    }
    return wcwidth((wchar_t)cp);
}

size_t utf8_next(const char *s, size_t n, uint32_t *cp)
{
    static const uint32_t smallest[] = { 0, 0, 0x80, 0x800, 0x10000 };
    const unsigned char  *u = (const unsigned char *)s;
    size_t                len;
    uint32_t              c;

    *cp = REPLACEMENT;
    if (n == 0)
        return 0;
    if (u[0] < 0x80) {
        *cp = u[0];
        return 1;
    }
    len = u[0] >= 0xF0 && u[0] <= 0xF4 ? 4 : u[0] >= 0xE0 && u[0] < 0xF0 ? 3 : u[0] >= 0xC2 && u[0] < 0xE0 ? 2 : 0;
    if (len == 0 || len > n)
        return 1;
    c = u[0] & (0xFFu >> (len + 1));
    for (size_t i = 1; i < len; i++) {
        if ((u[i] & 0xC0) != 0x80)
            return 1;
        c = c << 6 | (u[i] & 0x3F);
    }
    if (c < smallest[len] || c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF))
        return 1;
    *cp = c;
    return len;
}

bool utf8_valid(const char *s, size_t n)
{
    uint32_t cp;

    while (n > 0) {
        size_t step;

        if ((unsigned char) *s < 0x80) {
            s++;
            n--;
            continue;
        }
        step = utf8_next(s, n, &cp);
        if (step == 1 && cp == REPLACEMENT)
            return false;
        s += step;
        n -= step;
    }
    return true;
}

/* At most four bytes count, so that long texts are not measured again at every step. */
static size_t next_here(const char *s, uint32_t *cp)
{
    return utf8_next(s, strnlen(s, 4), cp);
}

/* What stands for it on a screen: an unprintable shows as U+FFFD, one column. */
static int shown_width(uint32_t cp)
{
    int w = cp_width(cp);

    return cp == 0 || w < 0 ? 1 : w;
}

size_t text_cluster(const char *s, int *w)
{
    uint32_t cp;
    size_t   n = next_here(s, &cp);

    *w = 0;
    if (n == 0)
        return 0;
    *w = shown_width(cp);
    for (int i = 1; i < CLUSTER_MAX; i++) {
        size_t step = next_here(s + n, &cp);

        if (step == 0 || shown_width(cp) != 0)
            break;
        n += step;
    }
    return n;
}

/* Where the code point that ends at `at` begins. */
static size_t step_back(const char *s, size_t at, uint32_t *cp)
{
    for (size_t len = 2; len <= 4 && len <= at; len++)
        if (utf8_next(s + at - len, len, cp) == len)
            return at - len;
    utf8_next(s + at - 1, 1, cp);
    return at - 1;
}

/* Goes back to a character that has columns, for a cluster can only begin there or after five marks, then forward. */
size_t text_cluster_before(const char *s, size_t at)
{
    size_t   from = at, len = 0;
    uint32_t cp;
    int      w;

    if (at == 0)
        return 0;
    do {
        from = step_back(s, from, &cp);
    } while (from > 0 && shown_width(cp) == 0);
    while (from < at) {
        len = text_cluster(s + from, &w);
        if (len == 0 || from + len > at)
            return at - from;
        from += len;
    }
    return len;
}

int text_width(const char *s)
{
    int    sum = 0, w;
    size_t n;

    for (; (n = text_cluster(s, &w)) > 0; s += n)
        sum += w;
    return sum;
}

size_t text_fit(const char *s, int cols, int *used)
{
    size_t at = 0, n;
    int    sum = 0, w;

    while ((n = text_cluster(s + at, &w)) > 0 && sum + w <= cols) {
        at += n;
        sum += w;
    }
    if (used)
        *used = sum;
    return at;
}

/* --- taming --- */

static bool is_bidi_control(uint32_t cp)
{
    return cp == 0x061C || cp == 0x200E || cp == 0x200F || (cp >= 0x202A && cp <= 0x202E)
        || (cp >= 0x2066 && cp <= 0x2069);
}

/* Line separators move the cursor on some terminals; tag characters are invisible text. */
static bool is_wild(uint32_t cp, bool keep_newlines)
{
    if (cp == '\n')
        return !keep_newlines;
    return cp < 0x20 || (cp >= 0x7F && cp < 0xA0) || is_bidi_control(cp) || cp == 0x2028 || cp == 0x2029
        || (cp >= 0xE0000 && cp <= 0xE007F) || cp_width(cp) < 0;
}

void text_tame(struct buf *out, const char *s, bool keep_newlines)
{
    uint32_t cp;

    for (size_t n; (n = next_here(s, &cp)) > 0; s += n)
        buf_add_cp(out, is_wild(cp, keep_newlines) ? REPLACEMENT : cp);
}

bool text_is_tame(const char *s, bool keep_newlines)
{
    uint32_t cp;

    for (size_t n; (n = next_here(s, &cp)) > 0; s += n)
        if (is_wild(cp, keep_newlines) || (n == 1 && cp == REPLACEMENT))
            return false;
    return true;
}

/* --- wrapping --- */

/* How much of the n bytes at s goes on one line, and in *next where the following line begins. */
static size_t wrap_one(const char *s, size_t n, int cols, size_t *next)
{
    size_t at = 0, blank = 0, after_blank = 0, len;
    int    used = 0, w;
    bool   was_blank = false;

    while (at < n && (len = text_cluster(s + at, &w)) > 0) {
        bool is_blank = s[at] == ' ' && len == 1;

        if (is_blank && !was_blank)
            blank = at;
        if (used + w > cols && !is_blank)
            break;
        used += w;
        at += len;
        if (is_blank)
            after_blank = at;
        was_blank = is_blank;
    }
    if (at >= n) {
        *next = n;
        return was_blank && used > cols ? blank : n;
    }
    if (after_blank > 0 && blank > 0) {
        *next = after_blank;
        return blank;
    }
    if (at == 0)
        at = text_cluster(s, &w);
    *next = at;
    return at;
}

/* Bytes before the words of a list's entry, all of one column each: blanks, a mark or a number, blanks. 0: no entry, or
 * blanks alone, that are kept below as well. */
static size_t before_words(const char *s, size_t n)
{
    static const char *const marks[] = { "-", "*", "[ ]", "[x]", "!", "=", "+", "x", "#" };
    size_t blanks = strspn(s, " "), at = blanks, digits = strspn(s + at, "0123456789");

    if (digits > 0 && digits <= 3 && s[at + digits] == '.')
        at += digits + 1;
    else
        for (size_t i = 0; at == blanks && i < sizeof marks / sizeof *marks; i++)
            if (strncmp(s + at, marks[i], strlen(marks[i])) == 0 && s[at + strlen(marks[i])] == ' ')
                at += strlen(marks[i]);
    if (at > blanks && s[at] != ' ')
        at = blanks;
    at += strspn(s + at, " ");
    return at < n ? at : 0;
}

void text_wrap_hung(const char *s, int cols, void (*line)(void *ctx, int indent, const char *start, size_t bytes), void *ctx)
{
    for (;;) {
        size_t n = strcspn(s, "\n"), hang = before_words(s, n), at = hang;

        if ((int) hang > cols * 2 / 3)
            hang = at = 0;
        do {
            size_t next, keep = wrap_one(s + at, n - at, cols > (int) hang ? cols - (int) hang : 1, &next);

            if (at == hang)
                line(ctx, 0, s, hang + keep);
            else
                line(ctx, (int) hang, s + at, keep);
            at += next;
        } while (at < n);
        if (s[n] == '\0')
            return;
        s += n + 1;
    }
}

void text_wrap(const char *s, int cols, void (*line)(void *ctx, const char *start, size_t bytes), void *ctx)
{
    if (cols < 1)
        cols = 1;
    for (;;) {
        size_t n = strcspn(s, "\n"), at = 0;

        do {
            size_t next, keep = wrap_one(s + at, n - at, cols, &next);

            line(ctx, s + at, keep);
            at += next;
        } while (at < n);
        if (s[n] == '\0')
            return;
        s += n + 1;
    }
}
