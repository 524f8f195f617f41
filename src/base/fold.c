/* The half of text.h that knows what characters mean: cleaning, search keys, sort keys, ASCII. utf8proc lives here. */
#include "dolen/base/text.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "dolen/base/mem.h"
#include "dolen/base/banned.h"

/* Letters that Unicode does not take apart, and signs with a plain stand-in. */
static const struct {
    uint32_t    cp;
    const char *ascii;
} plain[] = {
    { 0x00C6, "AE" }, { 0x00D0, "D" },  { 0x00D8, "O" },  { 0x00DE, "Th" }, { 0x00DF, "ss" }, { 0x00E6, "ae" },
    { 0x00F0, "d" },  { 0x00F8, "o" },  { 0x00FE, "th" }, { 0x0110, "D" },  { 0x0111, "d" },  { 0x0131, "i" },
    { 0x0141, "L" },  { 0x0142, "l" },  { 0x0152, "OE" }, { 0x0153, "oe" },
    { 0x00A3, "GBP" }, { 0x00A9, "(c)" }, { 0x00AB, "\"" }, { 0x00B0, "deg" }, { 0x00B7, "." }, { 0x00BB, "\"" },
    { 0x00D7, "x" },  { 0x00F7, "/" },  { 0x2010, "-" },  { 0x2012, "-" },  { 0x2013, "-" },  { 0x2014, "-" },
    { 0x2015, "-" },  { 0x2018, "'" },  { 0x2019, "'" },  { 0x201A, "'" },  { 0x201C, "\"" }, { 0x201D, "\"" },
    { 0x201E, "\"" }, { 0x2022, "*" },  { 0x2032, "'" },  { 0x2033, "\"" }, { 0x2044, "/" },  { 0x20AC, "EUR" },
    { 0x2190, "<-" }, { 0x2191, "^" },  { 0x2192, "->" }, { 0x2193, "v" },  { 0x2212, "-" },  { 0x2260, "!=" },
    { 0x2264, "<=" }, { 0x2265, ">=" }, { 0x2500, "-" },  { 0x2502, "|" },  { 0x25CF, "*" },  { 0x2713, "x" },
    { 0x2714, "x" },
};

static const char *plain_of(uint32_t cp)
{
    for (size_t i = 0; i < ARRAY_LEN(plain); i++)
        if (plain[i].cp == cp)
            return plain[i].ascii;
    return NULL;
}

bool text_compose(const char *s, size_t n, int32_t *work, size_t count, size_t *bytes)
{
    const utf8proc_option_t how = UTF8PROC_STABLE | UTF8PROC_COMPOSE;
    utf8proc_ssize_t made = utf8proc_decompose((const utf8proc_uint8_t *) s, (utf8proc_ssize_t) n, work,
                                               (utf8proc_ssize_t) count, how);

    if (made < 0 || (size_t) made >= count)             /* composing wants one number to spare */
        return false;
    made = utf8proc_reencode(work, made, how);
    *bytes = made < 0 ? 0 : (size_t) made;
    return made >= 0;
}

/* utf8proc refuses the whole text for one bad byte: give it U+FFFD there instead. Caller frees. */
static char *mapped(const char *s, utf8proc_option_t how)
{
    struct buf       good = BUF_INIT;
    utf8proc_uint8_t *out = NULL;
    size_t           n = strlen(s);
    utf8proc_ssize_t made;
    uint32_t         cp;

    for (size_t at = 0, step; (step = utf8_next(s + at, n - at, &cp)) > 0; at += step)
        buf_add_cp(&good, cp);
    made = utf8proc_map((const utf8proc_uint8_t *)buf_text(&good), (utf8proc_ssize_t)good.len, &out, how);
    if (made >= 0) {
        buf_wipe(&good);
        return (char *)out;
    }
    if (made == UTF8PROC_ERROR_NOMEM)
        die(9, "Out of memory; the saved case file is as it was; close other programs and start again.");
    return buf_steal(&good);
}

static bool is_blank_cp(uint32_t cp)
{
    return (cp >= 0x09 && cp <= 0x0D) || utf8proc_category((utf8proc_int32_t)cp) == UTF8PROC_CATEGORY_ZS;
}

const char *text_colon(const char *label)
{
    size_t n = strlen(label);

    return n && label[n - 1] == '?' ? "" : ":";
}

void text_clean(struct buf *out, const char *s)
{
    char    *nfc = mapped(s, UTF8PROC_COMPOSE | UTF8PROC_STABLE);
    size_t   n = strlen(nfc), from = out->len;
    uint32_t cp;
    bool     blank = false;

    for (size_t at = 0, step; (step = utf8_next(nfc + at, n - at, &cp)) > 0; at += step) {
        if (is_blank_cp(cp)) {
            blank = true;
            continue;
        }
        if (blank && out->len > from)
            buf_add_char(out, ' ');
        blank = false;
        buf_add_cp(out, cp);
    }
    free(nfc);
}

/* Letters and digits are all that a search compares. */
static bool is_word_cp(uint32_t cp)
{
    utf8proc_category_t c = utf8proc_category((utf8proc_int32_t)cp);

    return (c >= UTF8PROC_CATEGORY_LU && c <= UTF8PROC_CATEGORY_LO)
        || (c >= UTF8PROC_CATEGORY_ND && c <= UTF8PROC_CATEGORY_NO);
}

void text_fold(struct buf *out, const char *s)
{
    char *f = mapped(s,
                     UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE | UTF8PROC_STRIPMARK | UTF8PROC_CASEFOLD | UTF8PROC_STABLE);
    size_t   n = strlen(f), from = out->len;
    uint32_t cp;
    bool     blank = false;

    for (size_t at = 0, step; (step = utf8_next(f + at, n - at, &cp)) > 0; at += step) {
        const char *stand_in;

        if (!is_word_cp(cp)) {
            blank = true;
            continue;
        }
        if (blank && out->len > from)
            buf_add_char(out, ' ');
        blank = false;
        stand_in = cp < 0x80 ? NULL : plain_of(cp);
        if (stand_in)
            buf_add(out, stand_in);
        else
            buf_add_cp(out, cp);
    }
    free(f);
}

bool text_same_folded(const char *a, const char *b)
{
    struct buf x = BUF_INIT, y = BUF_INIT;
    bool same;

    text_fold(&x, a);
    text_fold(&y, b);
    same = str_eq(buf_text(&x), buf_text(&y));
    buf_wipe(&x);
    buf_wipe(&y);
    return same;
}

/* The Welsh alphabet with the letters it borrows, in order. A letter's place, from 'A' on, is its key: printable,
 * after the digits, before everything that is not Latin. */
static const char *const alphabet[] = {
    "a", "b", "c", "ch", "d", "dd", "e", "f", "ff", "g", "ng", "h", "i", "j", "k", "l", "ll", "m", "n", "o", "p", "ph",
    "q", "r", "rh", "s", "t", "th", "u", "v", "w", "x", "y", "z",
};

/* The longest letter that s begins with. */
static int letter_at(const char *s)
{
    int found = -1;

    for (size_t i = 0; i < ARRAY_LEN(alphabet); i++)
        if (str_starts(s, alphabet[i]) && (found < 0 || alphabet[i][1]))
            found = (int)i;
    return found;
}

void text_sort_key(struct buf *out, const char *s)
{
    struct buf folded = BUF_INIT;

    text_fold(&folded, s);
    for (const char *p = buf_text(&folded); *p;) {
        int i = letter_at(p);

        if (i >= 0) {
            buf_add_char(out, (char)('A' + i));
            p += strlen(alphabet[i]);
        } else {
            buf_add_char(out, *p++);
        }
    }
    buf_release(&folded);
}

void text_to_ascii(struct buf *out, const char *s)
{
    size_t   n = strlen(s);
    uint32_t cp;

    for (size_t at = 0, step; (step = utf8_next(s + at, n - at, &cp)) > 0; at += step) {
        utf8proc_int32_t parts[32];
        utf8proc_ssize_t count;
        const char      *stand_in = cp < 0x80 ? NULL : plain_of(cp);
        int              last = 0;

        if (stand_in) {
            buf_add(out, stand_in);
            continue;
        }
        count = utf8proc_decompose_char((utf8proc_int32_t)cp, parts, (utf8proc_ssize_t)ARRAY_LEN(parts),
                                        UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE | UTF8PROC_STRIPMARK, &last);
        if (count < 0 || count > (utf8proc_ssize_t)ARRAY_LEN(parts)) {
            buf_add_char(out, '?');
            continue;
        }
        for (utf8proc_ssize_t i = 0; i < count; i++) {
            stand_in = parts[i] < 0x80 ? NULL : plain_of((uint32_t)parts[i]);
            if (stand_in)
                buf_add(out, stand_in);
            else
                buf_add_char(out, parts[i] < 0x80 ? (char)parts[i] : '?');
        }
    }
}
