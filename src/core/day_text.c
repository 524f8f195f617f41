/* day_text.c - when something is on, as somebody typed it ("Wed 10:00"), said in the language of the screen. */
#include "dolen/core/day_text.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "dolen/base/mem.h"
#include "dolen/base/text.h"
#include "dolen/base/banned.h"

#define BETWEEN " ,;-/&()"

/* The first row with a word says how it is said in the other language; later rows are other spellings of it. */
static const struct {
    const char *word[LANG_COUNT];
} same[] = {
#define SAME(english, welsh) { { [LANG_EN] = english, [LANG_CY] = welsh } }
    SAME("Mon", "Llun"), SAME("Tue", "Maw"), SAME("Wed", "Mer"), SAME("Thu", "Iau"), SAME("Fri", "Gwe"),
    SAME("Sat", "Sad"),
    SAME("Sun", "Sul"), SAME("Tues", "Maw"), SAME("Weds", "Mer"), SAME("Thur", "Iau"), SAME("Thurs", "Iau"),
    SAME("Tue", "Mawrth"), SAME("Wed", "Mercher"), SAME("Fri", "Gwener"), SAME("Sat", "Sadwrn"),
    SAME("Monday", "dydd Llun"), SAME("Tuesday", "dydd Mawrth"), SAME("Wednesday", "dydd Mercher"),
    SAME("Thursday", "dydd Iau"),
    SAME("Friday", "dydd Gwener"), SAME("Saturday", "dydd Sadwrn"), SAME("Sunday", "dydd Sul"),
    SAME("Mondays", "bob dydd Llun"), SAME("Tuesdays", "bob dydd Mawrth"), SAME("Wednesdays", "bob dydd Mercher"),
    SAME("Thursdays", "bob dydd Iau"), SAME("Fridays", "bob dydd Gwener"), SAME("Saturdays", "bob dydd Sadwrn"),
    SAME("Sundays", "bob dydd Sul"),
    SAME("every", "bob"), SAME("daily", "bob dydd"), SAME("weekly", "bob wythnos"),
    SAME("fortnightly", "bob pythefnos"),
    SAME("monthly", "bob mis"), SAME("weekdays", "dyddiau'r wythnos"), SAME("weekends", "ar benwythnosau"),
    SAME("and", "a"), SAME("to", "i"), SAME("at", "am"),
#undef SAME
};

/* An hour of the afternoon is "yp", of the evening "yh"; English has one word for both. */
static const char *half_of_day(const char *word, size_t n, enum lang to, int hour)
{
    bool am = n == 2 && strncasecmp(word, to == LANG_CY ? "am" : "yb", 2) == 0;
    bool pm = n == 2 && (to == LANG_CY ? strncasecmp(word, "pm", 2) == 0
                                       : strncasecmp(word, "yp", 2) == 0 || strncasecmp(word, "yh", 2) == 0);

    if (hour < 0 || !(am || pm))
        return NULL;
    if (to == LANG_EN)
        return am ? "am" : "pm";
    return am ? "yb" : hour >= 6 && hour < 12 ? "yh" : "yp";
}

static bool ends_word(const char *at)
{
    return !*at || strchr(BETWEEN "0123456789", *at) || strncmp(at, "–", strlen("–")) == 0;
}

/* The longest phrase of the source language that text begins with; *n its bytes. */
static const char *said(const char *text, enum lang to, size_t *n)
{
    enum lang from = to == LANG_CY ? LANG_EN : LANG_CY;
    const char *found = NULL;

    *n = 0;
    for (size_t i = 0; i < ARRAY_LEN(same); i++) {
        const char *word = same[i].word[from];
        size_t len = strlen(word);

        if (len > *n && strncasecmp(text, word, len) == 0 && ends_word(text + len)) {
            found = same[i].word[to];
            *n = len;
        }
    }
    return found;
}

static void add_word(struct buf *out, const char *word, bool capital)
{
    size_t at = out->len;

    buf_add(out, word);
    if (capital)
        out->s[at] = (char) toupper((unsigned char) out->s[at]);
}

static bool in_other_words(const char *text, enum lang to, struct buf *out)
{
    int hour = -1;

    for (const char *p = text; *p;) {
        size_t n = strspn(p, "0123456789:.");

        if (n > 0) {                            /* an hour, perhaps with am or pm behind it */
            hour = (int) strtol(p, NULL, 10);
            buf_add_mem(out, p, n);
            p += n;
            continue;
        }
        if (isalpha((unsigned char) *p)) {
            size_t word = strcspn(p, BETWEEN "0123456789");
            const char *other = half_of_day(p, word, to, hour);

            n = word;
            other = other ? other : said(p, to, &n);
            if (!other)
                return false;
            add_word(out, other, p == text && isupper((unsigned char) *p));
            p += n;
            continue;
        }
        if (!strchr(BETWEEN, *p) && strncmp(p, "–", strlen("–")) != 0)
            return false;
        if (*p != ' ')
            hour = -1;
        n = (unsigned char) *p < 0x80 ? 1 : strlen("–");
        buf_add_mem(out, p, n);
        p += n;
    }
    return true;
}

void day_text_show(const char *text, enum lang l, struct buf *out)
{
    struct buf other = BUF_INIT;

    if (text)
        buf_add(out, in_other_words(text, l, &other) ? buf_text(&other) : text);
    buf_release(&other);
}
