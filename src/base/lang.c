#include "dolen/base/lang.h"

#include <langinfo.h>
#include <libintl.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>

#include "dolen/base/file.h"
#include "dolen/base/mem.h"
#include "dolen/base/said.h"
#include "dolen/base/banned.h"

#define DOMAIN "dolen"

/* gettext keeps what it looked up until this counter moves. */
extern int _nl_msg_cat_cntr;

static const char *const codes[LANG_COUNT] = { "en", "cy" };
static enum lang         now = LANG_EN;
static bool              utf8_terminal;

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
 * ctype whatever the terminal can show. Numbers stay in the C locale: files and SQL are written with them. */
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
    free(share);
    lang_set(want);
}

void lang_set(enum lang l)
{
    now = l;
    setenv("LANGUAGE", codes[l], 1);
    _nl_msg_cat_cntr++;
}

enum lang lang_now(void)
{
    return now;
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
    said_text2(t);
    return text2_in(t, now);
}

bool text2_has(const struct text2 *t, enum lang l)
{
    return t->t[l] && *t->t[l];
}

void text2_release(struct text2 *t)
{
    for (int l = 0; l < LANG_COUNT; l++) {
        free(t->t[l]);
        t->t[l] = NULL;
    }
}

/* The catalogue's answer to "" is its own header. */
const char *tr(const char *msgid)
{
    const char *given = *msgid ? dgettext(DOMAIN, msgid) : "";

    said_message(given, msgid, NULL, 0);
    return given;
}

const char *tr_in(enum lang l, const char *msgid)
{
    enum lang   before = now;
    const char *s;

    if (l == before)
        return tr(msgid);
    lang_set(l);
    s = tr(msgid);
    lang_set(before);
    return s;
}

const char *tr_n(const char *one, const char *many, unsigned long n)
{
    const char *given = dngettext(DOMAIN, one, many, n);

    said_message(given, one, many, n);
    return given;
}
