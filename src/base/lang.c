#include "dolen/base/lang.h"

#include <errno.h>
#include <langinfo.h>
#include <libintl.h>
#include <locale.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dolen/base/file.h"
#include "dolen/base/mem.h"
#include "dolen/base/banned.h"

#define DOMAIN    "dolen"
#define TURN_BITS 2
#define TURN_MASK 3u

static const char *const codes[LANG_COUNT] = { "en", "cy" };
static enum lang         chosen = LANG_EN;
static bool              utf8_terminal;

/* The turns of this thread, innermost in the lowest bits, each the language and one; 0: none. */
static _Thread_local unsigned turns;

/* LANGUAGE is a list by preference; the first of the variables that says anything decides. */
static enum lang wanted_lang(void)
{
    static const char *const names[] = { "LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG" };

    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        const char *v = getenv(names[i]);

        if (v && *v)
            return str_starts(v, "cy") ? LANG_CY : LANG_EN;
    }
    return LANG_EN;
}

/* gettext looks at LANGUAGE only when LC_MESSAGES is not the plain C locale, and widths and folding need a UTF-8
 * ctype whatever the terminal can show. Numbers stay in the C locale: files and SQL are written with them. Welsh is the
 * one catalogue there is: English is the message id itself. */
void lang_start(void)
{
    enum lang want = wanted_lang();
    char     *share = place_share("locale");

    setlocale(LC_ALL, "");
    utf8_terminal = str_eq(nl_langinfo(CODESET), "UTF-8");
    if (!utf8_terminal)
        setlocale(LC_CTYPE, "C.UTF-8");
    setlocale(LC_MESSAGES, "C.UTF-8");
    setlocale(LC_NUMERIC, "C");
    bindtextdomain(DOMAIN, share);
    bind_textdomain_codeset(DOMAIN, "UTF-8");
    textdomain(DOMAIN);
    setenv("LANGUAGE", codes[LANG_CY], 1);
    free(share);
    lang_set(want);
}

void lang_set(enum lang l)
{
    chosen = l;
}

enum lang lang_now(void)
{
    return turns ? (enum lang) ((turns & TURN_MASK) - 1) : chosen;
}

const char *lang_code(enum lang l)
{
    return codes[l];
}

bool lang_parse(const char *s, enum lang *out)
{
    for (int l = 0; l < LANG_COUNT; l++) {
        if (str_eq(s, codes[l])) {
            *out = (enum lang)l;
            return true;
        }
    }
    return false;
}

bool lang_terminal_is_utf8(void)
{
    return utf8_terminal;
}

const char *text2_in(const struct text2 *t, enum lang l)
{
    const char *s = t->t[l];

    if (!s || !*s)
        s = t->t[l == LANG_EN ? LANG_CY : LANG_EN];
    return s ? s : "";
}

const char *text2_now(const struct text2 *t)
{
    return text2_in(t, lang_now());
}

bool text2_has(const struct text2 *t, enum lang l)
{
    return t->t[l] && *t->t[l];
}

void text2_release(struct text2 *t)
{
    for (int l = 0; l < LANG_COUNT; l++) {
        if (t->t[l])
            explicit_bzero(t->t[l], strlen(t->t[l]));
        free(t->t[l]);
        t->t[l] = NULL;
    }
}

void text2_replace(struct text2 *t, struct text2 take)
{
    text2_release(t);
    *t = take;
}

void text2_append(struct text2 *t, struct text2 take)
{
    text2_replace(&take, (struct text2) { { xasprintf("%s%s", text2_in(t, LANG_EN), text2_in(&take, LANG_EN)),
                                            xasprintf("%s%s", text2_in(t, LANG_CY), text2_in(&take, LANG_CY)) } });
    text2_replace(t, take);
}

void lang_turn(enum lang l)
{
    turns = turns << TURN_BITS | ((unsigned) l + 1);
}

char *lang_turned(const char *fmt, ...)
{
    struct buf words = BUF_INIT;
    int code = errno;
    va_list ap;

    va_start(ap, fmt);
    buf_vaddf(&words, fmt, ap);
    va_end(ap);
    errno = code;
    return lang_taken(&words);
}

char *lang_taken(struct buf *b)
{
    turns >>= TURN_BITS;
    return buf_steal(b);
}

const char *tr_in(enum lang l, const char *msgid)
{
    return l == LANG_EN || !*msgid ? msgid : dgettext(DOMAIN, msgid);   /* the catalogue's answer to "" is its header */
}

const char *tr(const char *msgid)
{
    return tr_in(lang_now(), msgid);
}

const char *tr_n(const char *one, const char *many, unsigned long n)
{
    if (lang_now() == LANG_EN)
        return n == 1 ? one : many;
    return dngettext(DOMAIN, one, many, n);
}
