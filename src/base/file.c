#include "dolen/base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/banned.h"

enum { OUT_BYTES = 64 * 1024 };

struct file_out {
    int    fd;
    bool   replace, later;
    char  *path, *folder, *temp;
    size_t used;
    char   bytes[OUT_BYTES];
};

/* --- reading --- */

/* One byte more than max tells a file that grew since it was measured. */
static enum status read_all(struct buf *out, int fd, const char *path, size_t max, struct err *err)
{
    char        part[16384];
    ssize_t     n;
    enum status st = ST_OK;

    while (st == ST_OK && (n = read(fd, part, sizeof part)) != 0) {
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            st = err_sys(err, _("%s cannot be read; nothing was changed"), path);
        else
            buf_add_mem(out, part, (size_t)n);
        if (out->len > max)
            st = err_set(err, ST_INVALID, _("%s is larger than the %zu bytes allowed; it was not read."), path, max);
    }
    explicit_bzero(part, sizeof part);      /* it may have been a key file */
    return st;
}

/* O_NONBLOCK: opening a FIFO must not wait for somebody to write to it. */
enum status file_read(struct buf *out, const char *path, size_t max, struct err *err)
{
    struct stat info;
    enum status st = ST_OK;
    int         fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);

    buf_clear(out);
    if (fd < 0 && (errno == ENOENT || errno == ENOTDIR))
        return err_set(err, ST_NOTFOUND, _("%s does not exist; nothing was changed; check the name."), path);
    if (fd < 0 || fstat(fd, &info) != 0)
        st = err_sys(err, _("%s cannot be opened; nothing was changed"), path);
    else if (!S_ISREG(info.st_mode))
        st = err_set(err, ST_INVALID, _("%s is not a regular file; it was not read; choose a file."), path);
    else if ((uint64_t)info.st_size > max)
        st = err_set(err, ST_INVALID, _("%s is larger than the %zu bytes allowed; it was not read."), path, max);
    else
        st = read_all(out, fd, path, max, err);
    if (fd >= 0)
        close(fd);
    return st;
}

bool file_exists(const char *path)
{
    struct stat info;

    return lstat(path, &info) == 0;
}

int64_t file_free_bytes(const char *path)
{
    struct statvfs v;

    if (statvfs(path, &v) != 0)
        return -1;
    return (int64_t)v.f_bavail * (int64_t)v.f_frsize;
}

/* --- writing --- */

/* "a/b" is in "a", "/b" in "/", "b" in ".". */
static char *folder_of(const char *path)
{
    const char *slash = strrchr(path, '/');

    if (!slash)
        return xstrdup(".");
    return slash == path ? xstrdup("/") : xstrndup(path, (size_t)(slash - path));
}

enum status file_out_open(struct file_out **out, const char *path, bool replace, struct err *err)
{
    const char      *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
    struct file_out *f;
    enum status      st;

    if (!*name)
        return err_set(err, ST_USAGE, _("%s is the name of a folder; nothing was written; give a file name."), path);
    if (!replace && file_exists(path))
        return err_set(err, ST_REFUSED, _("%s exists already; it is as it was; choose another name."), path);
    f = xcalloc(1, sizeof *f);
    f->replace = replace;
    f->path = xstrdup(path);
    f->folder = folder_of(path);
    f->temp = xasprintf("%s/.%s.XXXXXX", f->folder, name);
    f->fd = mkostemp(f->temp, O_CLOEXEC);
    if (f->fd < 0) {
        st = err_sys(err, _("%s cannot be written; nothing was changed"), path);
        f->temp[0] = '\0';
        file_out_drop(&f);
        return st;
    }
    *out = f;
    return ST_OK;
}

static enum status flush(struct file_out *f, struct err *err)
{
    size_t at = 0;

    while (at < f->used) {
        ssize_t n = write(f->fd, f->bytes + at, f->used - at);

        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return err_sys(err, _("%s cannot be written; what was there before is as it was"), f->path);
        at += (size_t)n;
    }
    f->used = 0;
    return ST_OK;
}

enum status file_out_write(struct file_out *f, const void *p, size_t n, struct err *err)
{
    const char *from = p;

    while (n > 0) {
        size_t room = OUT_BYTES - f->used, part = n < room ? n : room;

        memcpy(f->bytes + f->used, from, part);
        f->used += part;
        from += part;
        n -= part;
        if (f->used == OUT_BYTES) {
            enum status st = flush(f, err);

            if (st != ST_OK)
                return st;
        }
    }
    return ST_OK;
}

const char *file_out_temp_path(const struct file_out *f)
{
    return f->temp;
}

/* Takes the name only when nobody has it. Where the file system cannot do that in one step, a hard link can; where it
 * has no hard links either (FAT on a stick), looking first is the best there is. */
static int take_name(const struct file_out *f)
{
    if (f->replace)
        return rename(f->temp, f->path);
    if (renameat2(AT_FDCWD, f->temp, AT_FDCWD, f->path, RENAME_NOREPLACE) == 0)
        return 0;
    if (errno != EINVAL && errno != ENOSYS)
        return -1;
    if (link(f->temp, f->path) == 0) {
        unlink(f->temp);
        return 0;
    }
    if (errno == EEXIST)
        return -1;
    if (file_exists(f->path)) {
        errno = EEXIST;
        return -1;
    }
    return rename(f->temp, f->path);
}

/* The descriptor is gone whatever close says: its number may be somebody else's by then. */
static int close_once(struct file_out *f)
{
    int fd = f->fd;

    f->fd = -1;
    return close(fd);
}

enum status file_out_commit(struct file_out **fp, struct err *err)
{
    struct file_out *f = *fp;
    enum status      st = flush(f, err);

    if (st != ST_OK)
        goto out;
    if ((!f->later && fsync(f->fd) != 0) || close_once(f) != 0) {
        st = err_sys(err, _("%s cannot be written; what was there before is as it was"), f->path);
        goto out;
    }
    if (take_name(f) != 0) {
        if (errno == EEXIST)
            st = err_set(err, ST_REFUSED, _("%s exists already; it is as it was; choose another name."), f->path);
        else
            st = err_sys(err, _("%s cannot be put in its place; what was there before is as it was"), f->path);
        goto out;
    }
    f->temp[0] = '\0';
    st = f->later ? ST_OK : folder_sync(f->folder, err);
out:
    file_out_drop(fp);
    return st;
}

void file_out_drop(struct file_out **fp)
{
    struct file_out *f;

    if (!fp || !*fp)
        return;
    f = *fp;
    if (f->fd >= 0)
        close(f->fd);
    if (f->temp[0])
        unlink(f->temp);
    free(f->path);
    free(f->folder);
    free(f->temp);
    explicit_bzero(f, sizeof *f);
    free(f);
    *fp = NULL;
}

static enum status replace(const char *dir, const char *name, const void *data, size_t n, bool later, struct err *err)
{
    struct file_out *f = NULL;
    char            *path = path_join(dir, name);
    enum status      st = file_out_open(&f, path, true, err);

    if (st == ST_OK)
        f->later = later;
    if (st == ST_OK)
        st = file_out_write(f, data, n, err);
    if (st == ST_OK)
        st = file_out_commit(&f, err);
    file_out_drop(&f);
    free(path);
    return st;
}

enum status file_replace(const char *dir, const char *name, const void *data, size_t n, struct err *err)
{
    return replace(dir, name, data, n, false, err);
}

enum status file_replace_later(const char *dir, const char *name, const void *data, size_t n, struct err *err)
{
    return replace(dir, name, data, n, true, err);
}

/* --- folders --- */

enum status folder_settle(const char *path, struct err *err)
{
    int         fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    enum status st = ST_OK;

    if (fd < 0 || syncfs(fd) != 0)
        st = err_sys(err, _("The folder %s cannot be written through to the disk; check the disk"), path);
    if (fd >= 0)
        close(fd);
    return st;
}

enum status folder_sync(const char *path, struct err *err)
{
    enum status st = ST_OK;
    int         fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

    /* Some network file systems have no fsync for folders: EINVAL is not a fault of the disk. */
    if (fd < 0 || (fsync(fd) != 0 && errno != EINVAL))
        st = err_sys(err, _("The folder %s cannot be written through to the disk; check the disk"), path);
    if (fd >= 0)
        close(fd);
    return st;
}

/* A folder that was there already is closed to others when it is ours, and refused when it is not or is shared
 * (/tmp). */
static enum status close_to_others(const char *path, struct err *err)
{
    struct stat info;

    if (stat(path, &info) != 0)
        return err_sys(err, _("The folder %s cannot be used; nothing was changed"), path);
    if (!S_ISDIR(info.st_mode))
        return err_set(err, ST_REFUSED, _("%s is not a folder; nothing was changed; choose another place."), path);
    if ((info.st_mode & 077) == 0)
        return ST_OK;
    if (info.st_uid != geteuid() || (info.st_mode & S_ISVTX))
        return err_set(err, ST_REFUSED,
                       _("The folder %s is open to other people; nothing was changed; choose a folder of your own."),
                       path);
    if (chmod(path, 0700) != 0)
        return err_sys(err, _("The folder %s cannot be closed to other people; nothing was changed"), path);
    return ST_OK;
}

/* A new folder is there after a power cut once the folder that holds it is on the disk. */
static enum status make_folder(const char *path, struct err *err)
{
    enum status st;
    char       *holder;

    if (mkdir(path, 0700) != 0)
        return errno == EEXIST || file_exists(path)
                   ? ST_OK
                   : err_sys(err, _("The folder %s cannot be made; nothing was changed"), path);
    holder = folder_of(path);
    st = folder_sync(holder, err);
    free(holder);
    return st;
}

enum status folder_make_private(const char *path, struct err *err)
{
    enum status st = ST_OK;
    char       *p = xstrdup(path);
    size_t      n = strlen(p);

    while (n > 1 && p[n - 1] == '/')
        p[--n] = '\0';
    for (size_t i = 1; i <= n && st == ST_OK; i++) {
        char kept = p[i];

        if (kept != '/' && kept != '\0')
            continue;
        p[i] = '\0';
        st = make_folder(p, err);
        p[i] = kept;
    }
    if (st == ST_OK)
        st = close_to_others(p, err);
    free(p);
    return st;
}

char *path_join(const char *a, const char *b)
{
    size_t n = strlen(a);

    return xasprintf("%s%s%s", a, n == 0 || a[n - 1] == '/' ? "" : "/", b);
}

/* --- locks --- */

bool file_lock_try(int fd)
{
    struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = 0, .l_len = 0 };

    return fcntl(fd, F_OFD_SETLK, &lock) == 0;
}
