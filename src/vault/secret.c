/* Guarded memory for passphrases, and reading one from a descriptor. A secret lives in one guarded page of its
 * own: no-access pages round it, locked against swap where the system lets us, wiped when it is freed. The unused
 * tail is kept zero, so that two secrets can be compared without a branch. */
#include "dolen/vault/secret.h"

#include <errno.h>
#include <sodium.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "dolen/base/lang.h"
#include "dolen/base/text.h"
#include "dolen/base/banned.h"

struct secret {
    size_t len;
    char text[SECRET_MAX + 8];      /* a zero behind the last byte; the sum stays a multiple of 8, as the guard asks */
};

enum status secret_start(struct err *err)
{
    const struct rlimit none = { 0, 0 };

    if (setrlimit(RLIMIT_CORE, &none) != 0 || prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0)
        return err_sys(err, "%s", _("The system would not switch off memory dumps. Nothing was opened. "
                                    "Ask whoever looks after this computer."));
    umask(077);
    if (sodium_init() < 0)
        return err_set(err, ST_IO, "%s", _("The encryption library could not start: the system gives no random "
                                           "numbers. Nothing was opened. Restart the computer."));
    return ST_OK;
}

struct secret *secret_new(void)
{
    struct secret *s;

    if (sodium_init() < 0 || !(s = sodium_malloc(sizeof *s)))
        return NULL;
    sodium_memzero(s, sizeof *s);
    return s;
}

bool secret_add(struct secret *s, const char *utf8, size_t n)
{
    if (n > SECRET_MAX - s->len)
        return false;
    memcpy(s->text + s->len, utf8, n);
    s->len += n;
    return true;
}

void secret_drop_last(struct secret *s)
{
    bool more = s->len > 0;

    while (more) {
        more = ((unsigned char) s->text[--s->len] & 0xc0) == 0x80 && s->len > 0;
        s->text[s->len] = '\0';
    }
}

void secret_clear(struct secret *s)
{
    sodium_memzero(s, sizeof *s);
}

size_t secret_length(const struct secret *s)
{
    return s->len;
}

struct secret *secret_composed(const struct secret *s)
{
    const size_t count = 4 * SECRET_MAX;
    int32_t *work = sodium_allocarray(count, sizeof *work);
    struct secret *out = work ? secret_new() : NULL;
    size_t n = 0;

    if (out && (!text_compose(s->text, s->len, work, count, &n) || !secret_add(out, (const char *) work, n)))
        secret_add(out, s->text, s->len);
    sodium_free(work);
    return out;
}

bool secret_equal(const struct secret *a, const struct secret *b)
{
    return sodium_memcmp(a, b, sizeof *a) == 0;
}

const char *secret_text(const struct secret *s)
{
    return s->text;
}

void secret_free(struct secret **sp)
{
    if (!sp || !*sp)
        return;
    sodium_free(*sp);               /* wipes first */
    *sp = NULL;
}

/* Byte by byte, so that what stands behind the line stays in the pipe for the next reader. */
static enum status read_line(struct secret *s, int fd, struct err *err)
{
    char c = 0;
    ssize_t got;

    for (;;) {
        got = read(fd, &c, 1);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return err_sys(err, "%s", _("The passphrase could not be read. Nothing was opened."));
        if (got == 0 || c == '\n')
            break;
        if (c == '\0')
            return err_set(err, ST_INVALID, "%s", _("The passphrase has a zero byte in it. Nothing was opened. Give it "
                                                    "as one line of text."));
        if (!secret_add(s, &c, 1))
            return err_set(err, ST_INVALID, _("The passphrase is longer than %d bytes. Nothing was opened. Use a "
                                              "shorter one."), SECRET_MAX);
    }
    if (s->len && s->text[s->len - 1] == '\r')
        secret_drop_last(s);
    sodium_memzero(&c, sizeof c);
    return ST_OK;
}

enum status secret_read_fd(struct secret **out, int fd, struct err *err)
{
    struct secret *s = secret_new();
    enum status st;

    if (!s)
        return err_set(err, ST_NOMEM, "%s", _("There is no memory to hold a passphrase safely. Nothing was opened. "
                                              "Close other programs and try again."));
    st = read_line(s, fd, err);
    if (st == ST_OK && s->len == 0)
        st = err_set(err, ST_INVALID, "%s", _("The passphrase is empty. Nothing was opened."
                                              " Type it again."));
    if (st == ST_OK)
        *out = s;
    else
        secret_free(&s);
    return st;
}
