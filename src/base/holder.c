/* dolen/base/holder.c - the lock is an OFD lock on an open file: it goes when the process does, however it ends. */
#include "dolen/base/holder.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "dolen/base/date.h"
#include "dolen/base/file.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/text.h"
#include "dolen/base/banned.h"

#define HOLDER_NAME "holder"

static void boot_id(char *out, size_t size)
{
    struct buf b = BUF_INIT;

    out[0] = '\0';
    if (file_read(&b, "/proc/sys/kernel/random/boot_id", 256, NULL) == ST_OK) {
        b.s[strcspn(b.s, "\n")] = '\0';
        str_copy(out, size, b.s);
    }
    buf_release(&b);
}

static enum status in_use(int fd, struct err *err)
{
    char text[512] = "", boot[64] = "?", tty[64] = "?";
    long pid = 0, long_since = 0;
    struct buf safe = BUF_INIT;
    ssize_t n = pread(fd, text, sizeof text - 1, 0);

    text[n > 0 ? n : 0] = '\0';
    if (sscanf(text, "pid %ld\nboot %63s\nterminal %63s\nsince %ld", &pid, boot, tty, &long_since) < 4)
        return err_set(err, ST_INUSE, _("The case file is open in another program. Nothing was changed. "
                                        "Close it there, then try again."));
    text_tame(&safe, tty, false);
    err_set(err, ST_INUSE, _("The case file is already open: process %ld on %s, since %s. Nothing was changed. "
                             "Go to that window, or close it there and try again."),
            pid, buf_text(&safe), instant_show(long_since).s);
    buf_release(&safe);
    return ST_INUSE;
}

/* For whoever comes second; a full disk is no reason not to open what can still be read. */
static void write_who(int fd)
{
    char boot[64], text[512];
    const char *tty = ttyname(STDIN_FILENO);
    int n;

    boot_id(boot, sizeof boot);
    n = snprintf(text, sizeof text, "pid %ld\nboot %s\nterminal %s\nsince %lld\n", (long) getpid(),
                 boot[0] ? boot : "?", tty ? tty : "none", (long long) clock_now());
    if (ftruncate(fd, 0) == 0 && pwrite(fd, text, (size_t) n, 0) != n && ftruncate(fd, 0) != 0)
        return;
}

static bool is_there(const char *path, int fd)
{
    struct stat there, here;

    return stat(path, &there) == 0 && fstat(fd, &here) == 0 && there.st_dev == here.st_dev &&
           there.st_ino == here.st_ino;
}

/* The folder may be exchanged for another between opening and locking (new keys): a lock on a file that no longer has
 * its name locks nobody out, so it is taken again. */
enum status holder_take(const char *folder, int *fd, struct err *err)
{
    char *path = path_join(folder, HOLDER_NAME);
    enum status st = ST_OK;
    int f = -1;

    do {
        holder_release(&f);
        f = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NOCTTY, 0600);
        if (f < 0)
            st = err_sys(err, _("The lock of the case file in %s cannot be opened"), folder);
        else if (!file_lock_try(f))
            st = in_use(f, err);
    } while (st == ST_OK && !is_there(path, f));
    free(path);
    if (st != ST_OK) {
        holder_release(&f);
        return st;
    }
    write_who(f);
    *fd = f;
    return ST_OK;
}

enum status holder_adopt(const char *folder, int fd, struct err *err)
{
    char *path = path_join(folder, HOLDER_NAME);
    bool same = is_there(path, fd);

    free(path);
    if (!same || !file_lock_try(fd))
        return err_set(err, ST_INUSE, _("The lock of the case file was lost. Nothing was changed. Start Dolen again."));
    fcntl(fd, F_SETFD, FD_CLOEXEC);
    return ST_OK;
}

void holder_release(int *fd)
{
    if (*fd >= 0)
        close(*fd);
    *fd = -1;
}
