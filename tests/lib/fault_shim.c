/* fault_shim.c - preloaded: makes the nth file call below a folder fail, and counts such calls.
 *
 *   FAULT_DIR=FOLDER     only calls on files below it
 *   FAULT_CALLS=write,fsync,…   which: write (all kinds), fsync (and fdatasync), truncate, rename, open (for writing or
 *                               making), unlink, mkdir, link, read, close; default all but read and close
 *   FAULT_NTH=N          the Nth fails (from 1); 0 counts only
 *   FAULT_ERRNO=ENOSPC|EIO|EDQUOT|EACCES   default EIO
 *                        with ENOSPC, and once one has failed, a file system below the folder says that it is full
 *   FAULT_STICKY=1       all later ones fail too       FAULT_SHORT=1   the failing write first writes half
 *   FAULT_KILL=1         the process is killed there instead
 *   FAULT_GATE=FIFO      the call waits there until somebody writes into FIFO, and is not made to fail; FIFO.reached is made
 *   FAULT_LOG=FILE       each counted call's kind is added to it, a line each
 *   FAULT_STATE=FILE     16 bytes, shared by all processes: calls counted, failures made (two 64-bit numbers)
 *
 * "od -An -td8 FILE" prints them. */
#include "shim.h"

#include <errno.h>
#include <signal.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/statvfs.h>
#include <sys/uio.h>

struct state {
    uint64_t calls, failures;
};

static struct state  private_state, *state = &private_state;
static const char   *which = "write,fsync,truncate,rename,open,unlink,mkdir,link";
static uint64_t      nth;
static int           error = EIO;
static bool          sticky, shorten, deadly;
static const char   *gate;
static int           log_fd = -1;
static __thread bool inside;                      /* our own path look-ups are not counted */

static int error_number(const char *name)
{
    static const struct { const char *name; int number; } errors[] = {
        { "EIO", EIO }, { "ENOSPC", ENOSPC }, { "EDQUOT", EDQUOT }, { "EACCES", EACCES }, { "ENOMEM", ENOMEM },
    };

    for (size_t i = 0; name && i < sizeof errors / sizeof *errors; i++)
        if (strcmp(name, errors[i].name) == 0)
            return errors[i].number;
    return EIO;
}

static void share_state(const char *path)
{
    int fd = path ? open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600) : -1;
    void *at;

    if (fd < 0 || ftruncate(fd, sizeof *state) != 0)
        return;
    at = mmap(NULL, sizeof *state, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (at != MAP_FAILED)
        state = at;
    close(fd);
}

__attribute__((constructor)) static void begin(void)
{
    inside = true;
    share_state(getenv("FAULT_STATE"));
    if (getenv("FAULT_CALLS"))
        which = getenv("FAULT_CALLS");
    nth = getenv("FAULT_NTH") ? strtoull(getenv("FAULT_NTH"), NULL, 10) : 0;
    error = error_number(getenv("FAULT_ERRNO"));
    sticky = getenv("FAULT_STICKY") != NULL;
    shorten = getenv("FAULT_SHORT") != NULL;
    deadly = getenv("FAULT_KILL") != NULL;
    gate = getenv("FAULT_GATE");
    if (getenv("FAULT_LOG"))
        log_fd = open(getenv("FAULT_LOG"), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    watch(getenv("FAULT_DIR"));
    inside = false;
}

static bool is_chosen(const char *call)
{
    const char *hit = strstr(which, call);
    size_t n = strlen(call);

    return hit && (hit == which || hit[-1] == ',') && (hit[n] == ',' || hit[n] == '\0');
}

static void wait_at_gate(void)
{
    char reached[512], c;
    int fd;

    snprintf(reached, sizeof reached, "%s.reached", gate);
    close(open(reached, O_WRONLY | O_CREAT | O_CLOEXEC, 0600));
    fd = open(gate, O_RDONLY | O_CLOEXEC);

    if (fd >= 0) {
        while (read(fd, &c, 1) < 0 && errno == EINTR)
            ;
        close(fd);
    }
}

/* Counts one call on a file below the folder; true when it is to fail. */
static bool strike(const char *call)
{
    uint64_t n;

    if (!is_chosen(call))
        return false;
    n = __atomic_add_fetch(&state->calls, 1, __ATOMIC_SEQ_CST);
    if (log_fd >= 0)
        dprintf(log_fd, "%s\n", call);
    if (nth == 0 || !(sticky ? n >= nth : n == nth))
        return false;
    __atomic_add_fetch(&state->failures, 1, __ATOMIC_SEQ_CST);
    if (deadly)
        raise(SIGKILL);
    if (gate) {
        wait_at_gate();
        return false;
    }
    errno = error;
    return true;
}

static bool strike_fd(const char *call, int fd)
{
    bool hit;

    if (inside || watched_len == 0)
        return false;
    inside = true;
    hit = fd_below(fd) && strike(call);
    inside = false;
    return hit;
}

static bool strike_path(const char *call, int dir, const char *name)
{
    bool hit;

    if (inside || watched_len == 0)
        return false;
    inside = true;
    hit = path_below(dir, name) && strike(call);
    inside = false;
    return hit;
}

/* --- writing ---------------------------------------------------------------------------------------------------- */

ssize_t write(int fd, const void *p, size_t n)
{
    REAL(ssize_t, "write", int, const void *, size_t);
    if (strike_fd("write", fd))
        return shorten && n > 1 ? real(fd, p, n / 2) : -1;
    return real(fd, p, n);
}

ssize_t pwrite(int fd, const void *p, size_t n, off_t at)
{
    REAL(ssize_t, "pwrite", int, const void *, size_t, off_t);
    if (strike_fd("write", fd))
        return shorten && n > 1 ? real(fd, p, n / 2, at) : -1;
    return real(fd, p, n, at);
}

ssize_t pwrite64(int fd, const void *p, size_t n, off64_t at)
{
    REAL(ssize_t, "pwrite64", int, const void *, size_t, off64_t);
    if (strike_fd("write", fd))
        return shorten && n > 1 ? real(fd, p, n / 2, at) : -1;
    return real(fd, p, n, at);
}

ssize_t writev(int fd, const struct iovec *v, int n)
{
    REAL(ssize_t, "writev", int, const struct iovec *, int);
    return strike_fd("write", fd) ? -1 : real(fd, v, n);
}

int fallocate(int fd, int mode, off_t at, off_t n)
{
    REAL(int, "fallocate", int, int, off_t, off_t);
    return strike_fd("write", fd) ? -1 : real(fd, mode, at, n);
}

int posix_fallocate(int fd, off_t at, off_t n)
{
    REAL(int, "posix_fallocate", int, off_t, off_t);
    return strike_fd("write", fd) ? error : real(fd, at, n);
}

/* Not offered, so that whoever copies has to write. */
ssize_t copy_file_range(int in, off64_t *in_at, int out, off64_t *out_at, size_t n, unsigned flags)
{
    (void) in, (void) in_at, (void) out, (void) out_at, (void) n, (void) flags;
    errno = ENOSYS;
    return -1;
}

int fsync(int fd)
{
    REAL(int, "fsync", int);
    return strike_fd("fsync", fd) ? -1 : real(fd);
}

int fdatasync(int fd)
{
    REAL(int, "fdatasync", int);
    return strike_fd("fsync", fd) ? -1 : real(fd);
}

int ftruncate(int fd, off_t n)
{
    REAL(int, "ftruncate", int, off_t);
    return strike_fd("truncate", fd) ? -1 : real(fd, n);
}

int ftruncate64(int fd, off64_t n)
{
    REAL(int, "ftruncate64", int, off64_t);
    return strike_fd("truncate", fd) ? -1 : real(fd, n);
}

/* The descriptor is gone whatever close says, as on Linux. */
int close(int fd)
{
    REAL(int, "close", int);
    bool hit = strike_fd("close", fd);
    int rc = real(fd);

    if (hit)
        errno = error;
    return hit ? -1 : rc;
}

ssize_t pread64(int fd, void *p, size_t n, off64_t at)
{
    REAL(ssize_t, "pread64", int, void *, size_t, off64_t);
    return strike_fd("read", fd) ? -1 : real(fd, p, n, at);
}

ssize_t pread(int fd, void *p, size_t n, off_t at)
{
    REAL(ssize_t, "pread", int, void *, size_t, off_t);
    return strike_fd("read", fd) ? -1 : real(fd, p, n, at);
}

ssize_t read(int fd, void *p, size_t n)
{
    REAL(ssize_t, "read", int, void *, size_t);
    return strike_fd("read", fd) ? -1 : real(fd, p, n);
}

/* --- names -------------------------------------------------------------------------------------------------------- */

static bool strike_open(int dir, const char *name, int flags)
{
    return (flags & (O_WRONLY | O_RDWR | O_CREAT)) && strike_path("open", dir, name);
}

#define OPEN_BODY(symbol)                                                     \
    REAL(int, symbol, const char *, int, mode_t);                             \
    va_list ap;                                                               \
    va_start(ap, flags);                                                      \
    mode_t mode = mode_argument(flags, ap);                                   \
    va_end(ap);                                                               \
    return strike_open(AT_FDCWD, name, flags) ? -1 : real(name, flags, mode)

#define OPENAT_BODY(symbol)                                                   \
    REAL(int, symbol, int, const char *, int, mode_t);                        \
    va_list ap;                                                               \
    va_start(ap, flags);                                                      \
    mode_t mode = mode_argument(flags, ap);                                   \
    va_end(ap);                                                               \
    return strike_open(dir, name, flags) ? -1 : real(dir, name, flags, mode)

int open(const char *name, int flags, ...) { OPEN_BODY("open"); }
int open64(const char *name, int flags, ...) { OPEN_BODY("open64"); }
int openat(int dir, const char *name, int flags, ...) { OPENAT_BODY("openat"); }
int openat64(int dir, const char *name, int flags, ...) { OPENAT_BODY("openat64"); }
int __open_2(const char *name, int flags) { return open(name, flags); }
int __open64_2(const char *name, int flags) { return open64(name, flags); }
int __openat_2(int dir, const char *name, int flags) { return openat(dir, name, flags); }
int __openat64_2(int dir, const char *name, int flags) { return openat64(dir, name, flags); }

int rename(const char *from, const char *to)
{
    REAL(int, "rename", const char *, const char *);
    return strike_path("rename", AT_FDCWD, to) ? -1 : real(from, to);
}

int renameat(int fd, const char *from, int td, const char *to)
{
    REAL(int, "renameat", int, const char *, int, const char *);
    return strike_path("rename", td, to) ? -1 : real(fd, from, td, to);
}

int renameat2(int fd, const char *from, int td, const char *to, unsigned flags)
{
    REAL(int, "renameat2", int, const char *, int, const char *, unsigned);
    return strike_path("rename", td, to) ? -1 : real(fd, from, td, to, flags);
}

int link(const char *from, const char *to)
{
    REAL(int, "link", const char *, const char *);
    return strike_path("link", AT_FDCWD, to) ? -1 : real(from, to);
}

int linkat(int fd, const char *from, int td, const char *to, int flags)
{
    REAL(int, "linkat", int, const char *, int, const char *, int);
    return strike_path("link", td, to) ? -1 : real(fd, from, td, to, flags);
}

int unlink(const char *name)
{
    REAL(int, "unlink", const char *);
    return strike_path("unlink", AT_FDCWD, name) ? -1 : real(name);
}

int unlinkat(int dir, const char *name, int flags)
{
    REAL(int, "unlinkat", int, const char *, int);
    return strike_path("unlink", dir, name) ? -1 : real(dir, name, flags);
}

int mkdir(const char *name, mode_t mode)
{
    REAL(int, "mkdir", const char *, mode_t);
    return strike_path("mkdir", AT_FDCWD, name) ? -1 : real(name, mode);
}

int statvfs(const char *name, struct statvfs *out)
{
    REAL(int, "statvfs", const char *, struct statvfs *);
    int rc = real(name, out);

    if (rc == 0 && error == ENOSPC && state->failures && watched_len)
        out->f_bavail = out->f_bfree = 0;
    return rc;
}
