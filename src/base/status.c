#include "dolen/base/status.h"

#include <errno.h>
#include <string.h>

#include "dolen/base/mem.h"
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

const char *err_text(const struct err *err)
{
    return err->text[lang_now()];
}

void err_clear(struct err *err)
{
    *err = (struct err) { .st = ST_OK };
}

enum status err_take(struct err *err, enum status st, struct text2 take)
{
    for (int l = 0; err && l < LANG_COUNT; l++)
        str_copy(err->text[l], sizeof err->text[l], text2_in(&take, (enum lang) l));
    if (err)
        err->st = st;
    text2_release(&take);
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
    { ENOTDIR, N_("a file stands where a folder is needed; choose another place") },
    { EISDIR, N_("that is a folder, not a file; choose a file") },
    { ENAMETOOLONG, N_("the name is too long; choose a shorter one") },
    { EBUSY,  N_("another program is using it; close that program and try again") },
    { ENODEV, N_("that disk or stick is not there any more; plug it in and try again") },
    { ENXIO,  N_("that disk or stick is not there any more; plug it in and try again") },
};

static const char *cause(int code)
{
    for (size_t i = 0; i < ARRAY_LEN(causes); i++)
        if (causes[i].code == code)
            return _(causes[i].words);
    return strerror(code);
}

enum status err_take_sys(struct err *err, struct text2 take)
{
    int code = errno;
    enum status st = code == ENOSPC || code == EDQUOT ? ST_NOSPACE : code == ENOMEM ? ST_NOMEM : ST_IO;

    text2_append(&take, TEXT2(": %s", cause(code)));
    return err_take(err, st, take);
}
