#include "dolen/base/status.h"

#include <errno.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/said.h"
#include "dolen/base/banned.h"

static const struct {
    int         code;
    const char *word;
} statuses[ST_COUNT] = {
#define X(name, exit_code, word) [ST_##name] = { exit_code, word },
    STATUS_LIST(X)
#undef X
};

int status_exit_code(enum status st)
{
    return (unsigned)st < ST_COUNT ? statuses[st].code : 1;
}

const char *status_word(enum status st)
{
    return (unsigned)st < ST_COUNT ? statuses[st].word : "refused";
}

/* Formats beside err->text and copies afterwards, so that a sentence may quote the one it replaces. */
static void set_text(struct err *err, const char *words, const char *fmt, va_list ap)
{
    char    text[sizeof err->text];
    va_list again;

    va_copy(again, ap);
    vsnprintf(text, sizeof text, fmt, again);
    va_end(again);
    said_vas(text, fmt, ap);
    if (!words) {
        str_copy(err->text, sizeof err->text, text);
        return;
    }
    char whole[sizeof text + 128];

    snprintf(whole, sizeof whole, "%s: %s", text, words);
    str_copy(err->text, sizeof err->text, whole);
    said_as(err->text, "%s: %s", text, words);
}

enum status err_set(struct err *err, enum status st, const char *fmt, ...)
{
    va_list ap;

    if (!err)
        return st;
    va_start(ap, fmt);
    set_text(err, NULL, fmt, ap);
    va_end(ap);
    err->st = st;
    return st;
}

/* What the system says, in the language of the screen; what is rare stays as the system says it. */
static const struct {
    int         code;
    const char *words;
} causes[] = {
    { ENOSPC, N_("there is no room left on that disk; free some, or choose another") },
    { EDQUOT, N_("there is no room left on that disk; free some, or choose another") },
    { EACCES, N_("this account may not do that there"
                 "; choose another place") },
    { EPERM,  N_("this account may not do that there"
                 "; choose another place") },
    { ENOENT, N_("there is no such file or folder"
                 "; check the name") },
    { EROFS,  N_("nothing can be written to that disk"
                 "; choose another") },
    { EIO,    N_("the disk reported an error; try another one") },
    { EEXIST, N_("there is one by that name already"
                 "; choose another name") },
};

static const char *cause(int code)
{
    for (size_t i = 0; i < ARRAY_LEN(causes); i++)
        if (causes[i].code == code)
            return _(causes[i].words);
    return strerror(code);
}

enum status err_sys(struct err *err, const char *fmt, ...)
{
    int         code = errno;
    enum status st = ST_IO;
    va_list     ap;

    if (code == ENOSPC || code == EDQUOT)
        st = ST_NOSPACE;
    else if (code == ENOMEM)
        st = ST_NOMEM;
    if (!err)
        return st;
    va_start(ap, fmt);
    set_text(err, cause(code), fmt, ap);
    va_end(ap);
    err->st = st;
    return st;
}
