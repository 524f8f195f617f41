/* power_shim.c - preloaded: records every change below a folder, in order, for simulated power cuts.
 *
 *   POWER_DIR=FOLDER     the folder that is watched        POWER_LOG=FILE   the record, appended to by every process
 *
 * What the program writes to standard output is recorded too, in its place: a promise made before the cut must hold
 * after it. Files changed through stdio or mappings are not seen; the program uses neither. */
#include "shim.h"

#include <errno.h>
#include <ftw.h>
#include <sys/mman.h>
#include <sys/uio.h>

#include "power_log.h"

static int           log_fd = -1;
static __thread bool inside;

static void record(enum power_op op, uint64_t inode, const char *name, uint64_t at, const void *data, size_t n)
{
    struct power_record r = { op, (uint32_t) strlen(name), inode, at, n };
    struct iovec v[3] = {
        { &r, sizeof r }, { (void *) (uintptr_t) name, r.name_len }, { (void *) (uintptr_t) data, n },
    };

    if (writev(log_fd, v, 3) < 0)
        abort();
}

static const char *relative(const char *absolute)
{
    absolute += watched_len;
    return *absolute == '/' ? absolute + 1 : absolute;
}

static int init_visit(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
    int fd;
    void *data;

    (void) type, (void) ftw;
    if (S_ISDIR(st->st_mode))
        record(PW_INIT_FOLDER, 0, relative(path), 0, "", 0);
    if (!S_ISREG(st->st_mode))
        return 0;
    fd = open(path, O_RDONLY | O_CLOEXEC);
    data = st->st_size > 0 ? mmap(NULL, (size_t) st->st_size, PROT_READ, MAP_PRIVATE, fd, 0) : NULL;
    record(PW_INIT_FILE, st->st_ino, relative(path), 0, data ? data : "", (size_t) st->st_size);
    if (data)
        munmap(data, (size_t) st->st_size);
    close(fd);
    return 0;
}

__attribute__((constructor)) static void begin(void)
{
    const char *path = getenv("POWER_LOG");
    struct stat st;
    int fd;

    inside = true;
    watch(getenv("POWER_DIR"));
    fd = path && watched_len > 0 ? open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600) : -1;
    if (fd >= 0) {
        log_fd = fcntl(fd, F_DUPFD_CLOEXEC, 500);
        close(fd);
        if (fstat(log_fd, &st) == 0 && st.st_size == 0)
            nftw(watched, init_visit, 16, FTW_PHYS);
    }
    inside = false;
}

static bool watching(void)
{
    return log_fd >= 0 && !inside;
}

/* Is fd a file of ours? Gives its inode. */
static bool file_of(int fd, uint64_t *inode)
{
    struct stat st;

    if (!watching() || fstat(fd, &st) != 0 || !S_ISREG(st.st_mode) || !fd_below(fd))
        return false;
    *inode = st.st_ino;
    return true;
}

static void wrote(int fd, off64_t at, const void *p, ssize_t n)
{
    uint64_t inode;
    int saved = errno;

    if (n > 0 && file_of(fd, &inode))
        record(PW_WRITE, inode, "", (uint64_t) at, p, (size_t) n);
    errno = saved;
}

ssize_t write(int fd, const void *p, size_t n)
{
    REAL(ssize_t, "write", int, const void *, size_t);
    ssize_t done;

    if (fd == 1 && watching())
        record(PW_SAID, 0, "", 0, p, n);
    done = real(fd, p, n);
    if (done > 0 && fd > 2 && watching())
        wrote(fd, lseek64(fd, 0, SEEK_CUR) - done, p, done);
    return done;
}

ssize_t pwrite(int fd, const void *p, size_t n, off_t at)
{
    REAL(ssize_t, "pwrite", int, const void *, size_t, off_t);
    ssize_t done = real(fd, p, n, at);

    wrote(fd, at, p, done);
    return done;
}

ssize_t pwrite64(int fd, const void *p, size_t n, off64_t at)
{
    REAL(ssize_t, "pwrite64", int, const void *, size_t, off64_t);
    ssize_t done = real(fd, p, n, at);

    wrote(fd, at, p, done);
    return done;
}

/* Not offered: what these do could not be recorded, and every caller has another way. */
ssize_t copy_file_range(int in, off64_t *in_at, int out, off64_t *out_at, size_t n, unsigned flags)
{
    (void) in, (void) in_at, (void) out, (void) out_at, (void) n, (void) flags;
    errno = ENOSYS;
    return -1;
}

static int truncated(int fd, int rc, off64_t n)
{
    uint64_t inode;

    if (rc == 0 && file_of(fd, &inode))
        record(PW_TRUNCATE, inode, "", (uint64_t) n, "", 0);
    return rc;
}

int ftruncate(int fd, off_t n)
{
    REAL(int, "ftruncate", int, off_t);
    return truncated(fd, real(fd, n), n);
}

int ftruncate64(int fd, off64_t n)
{
    REAL(int, "ftruncate64", int, off64_t);
    return truncated(fd, real(fd, n), n);
}

int fallocate(int fd, int mode, off_t at, off_t n)
{
    (void) fd, (void) mode, (void) at, (void) n;
    errno = EOPNOTSUPP;
    return -1;
}

/* The real call is left out, so that a thousand commits take a second; the record is what counts. */
static int synced(int fd)
{
    char path[PATH_MAX];
    struct stat st;

    if (!watching() || fstat(fd, &st) != 0 || !below(path_of_fd(fd, path)))
        return 0;
    if (S_ISDIR(st.st_mode))
        record(PW_SYNC_FOLDER, 0, relative(path), 0, "", 0);
    else
        record(PW_SYNC, st.st_ino, "", 0, "", 0);
    return 0;
}

int fsync(int fd) { return synced(fd); }
int fdatasync(int fd) { return synced(fd); }

/* --- names -------------------------------------------------------------------------------------------------------- */

struct opening {
    char path[PATH_MAX];
    bool ours, was_there;
};

static void before_open(struct opening *o, int dir, const char *name, int flags)
{
    struct stat st;

    o->ours = watching() && (flags & (O_WRONLY | O_RDWR | O_CREAT)) && below(path_at(dir, name, o->path));
    o->was_there = o->ours && lstat(o->path, &st) == 0;
}

static int after_open(const struct opening *o, int fd, int flags)
{
    struct stat st;

    if (!o->ours || fd < 0 || fstat(fd, &st) != 0 || !S_ISREG(st.st_mode))
        return fd;
    if ((flags & O_TMPFILE) == O_TMPFILE)
        record(PW_CREATE, st.st_ino, "", 0, "", 0);
    else if (!o->was_there)
        record(PW_CREATE, st.st_ino, relative(o->path), 0, "", 0);
    else if (flags & O_TRUNC)
        record(PW_TRUNCATE, st.st_ino, "", 0, "", 0);
    return fd;
}

#define OPEN_BODY(symbol)                                                     \
    REAL(int, symbol, const char *, int, mode_t);                             \
    struct opening o;                                                         \
    va_list ap;                                                               \
    va_start(ap, flags);                                                      \
    mode_t mode = mode_argument(flags, ap);                                   \
    va_end(ap);                                                               \
    before_open(&o, AT_FDCWD, name, flags);                                   \
    return after_open(&o, real(name, flags, mode), flags)

#define OPENAT_BODY(symbol)                                                   \
    REAL(int, symbol, int, const char *, int, mode_t);                        \
    struct opening o;                                                         \
    va_list ap;                                                               \
    va_start(ap, flags);                                                      \
    mode_t mode = mode_argument(flags, ap);                                   \
    va_end(ap);                                                               \
    before_open(&o, dir, name, flags);                                        \
    return after_open(&o, real(dir, name, flags, mode), flags)

int open(const char *name, int flags, ...) { OPEN_BODY("open"); }
int open64(const char *name, int flags, ...) { OPEN_BODY("open64"); }
int openat(int dir, const char *name, int flags, ...) { OPENAT_BODY("openat"); }
int openat64(int dir, const char *name, int flags, ...) { OPENAT_BODY("openat64"); }
int __open_2(const char *name, int flags) { return open(name, flags); }
int __open64_2(const char *name, int flags) { return open64(name, flags); }
int __openat_2(int dir, const char *name, int flags) { return openat(dir, name, flags); }
int __openat64_2(int dir, const char *name, int flags) { return openat64(dir, name, flags); }

static int renamed(int rc, int fd, const char *from, int td, const char *to)
{
    char a[PATH_MAX], b[PATH_MAX];

    if (rc == 0 && watching() && below(path_at(fd, from, a)) && below(path_at(td, to, b)))
        record(PW_RENAME, 0, relative(a), 0, relative(b), strlen(relative(b)));
    return rc;
}

int rename(const char *from, const char *to)
{
    REAL(int, "rename", const char *, const char *);
    return renamed(real(from, to), AT_FDCWD, from, AT_FDCWD, to);
}

int renameat(int fd, const char *from, int td, const char *to)
{
    REAL(int, "renameat", int, const char *, int, const char *);
    return renamed(real(fd, from, td, to), fd, from, td, to);
}

int renameat2(int fd, const char *from, int td, const char *to, unsigned flags)
{
    REAL(int, "renameat2", int, const char *, int, const char *, unsigned);
    return renamed(real(fd, from, td, to, flags), fd, from, td, to);
}

static int linked(int rc, int td, const char *to)
{
    char path[PATH_MAX];
    struct stat st;

    if (rc == 0 && watching() && below(path_at(td, to, path)) && lstat(path, &st) == 0)
        record(PW_LINK, st.st_ino, relative(path), 0, "", 0);
    return rc;
}

int link(const char *from, const char *to)
{
    REAL(int, "link", const char *, const char *);
    return linked(real(from, to), AT_FDCWD, to);
}

int linkat(int fd, const char *from, int td, const char *to, int flags)
{
    REAL(int, "linkat", int, const char *, int, const char *, int);
    return linked(real(fd, from, td, to, flags), td, to);
}

static int unlinked(int rc, bool ours, const char *path)
{
    if (rc == 0 && ours)
        record(PW_UNLINK, 0, relative(path), 0, "", 0);
    return rc;
}

int unlink(const char *name)
{
    REAL(int, "unlink", const char *);
    char path[PATH_MAX];
    bool ours = watching() && below(path_at(AT_FDCWD, name, path));

    return unlinked(real(name), ours, path);
}

int unlinkat(int dir, const char *name, int flags)
{
    REAL(int, "unlinkat", int, const char *, int);
    char path[PATH_MAX];
    bool ours = watching() && below(path_at(dir, name, path));

    return unlinked(real(dir, name, flags), ours, path);
}

int mkdir(const char *name, mode_t mode)
{
    REAL(int, "mkdir", const char *, mode_t);
    char path[PATH_MAX];
    int rc = real(name, mode);

    if (rc == 0 && watching() && below(path_at(AT_FDCWD, name, path)))
        record(PW_FOLDER, 0, relative(path), 0, "", 0);
    return rc;
}
