/* A folder as the destination: a USB stick, a shared drive. The work is done in a thread, because one fsync of a
 * slow stick can take longer than a person waits for a key. The thread calls the system alone (no translation, no
 * shared memory but its own), and is left to itself when the job is broken off.
 *
 * A file is written as ".NAME.part", made sure of, given its name only when nobody has it, and the folder is made
 * sure of: after a pulled stick there is the whole file or none. */
#include "transport_priv.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/stat.h>
#include <unistd.h>

#include "dolen/base/file.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/banned.h"

#define COPY_STEP (256 * 1024)

enum place { HERE, THERE };                 /* which side an error is of */

/* Owned by both; freed by whoever is last. */
struct folder_work {
    struct transport_job job;
    char            *folder;
    atomic_uint_fast64_t done;
    atomic_bool      stop, finished, left;      /* left: by one of the two */
    int              bell;                      /* eventfd: rung at the end */
    /* written before finished is set */
    int              error;                     /* errno; 0 */
    enum place       side;
    bool             exists, too_large, absent;
    char            *got;
    size_t           got_len;
};

static void work_free(struct folder_work *w)
{
    transport_job_release(&w->job);
    free(w->folder);
    free(w->got);
    close(w->bell);
    free(w);
}

/* The second to leave frees. */
static void work_leave(struct folder_work *w)
{
    if (atomic_exchange(&w->left, true))
        work_free(w);
}

/* --- in the thread ---------------------------------------------------------------------------------------------- */

static bool failed(struct folder_work *w, enum place side)
{
    w->error = errno ? errno : EIO;
    w->side = side;
    return false;
}

static int open_here(struct folder_work *w, const char *path)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);

    if (fd < 0)
        failed(w, HERE);
    return fd;
}

/* Up to n bytes, fewer only at the end; -1: errno. */
static ssize_t read_full(int fd, char *p, size_t n)
{
    size_t have = 0;

    while (have < n) {
        ssize_t got = read(fd, p + have, n - have);

        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return -1;
        if (got == 0)
            break;
        have += (size_t) got;
    }
    return (ssize_t) have;
}

static bool same_bytes(int a, int b, char *p, char *q)
{
    ssize_t n, m;

    do {
        n = read_full(a, p, COPY_STEP / 2);
        m = read_full(b, q, COPY_STEP / 2);
        if (n < 0 || n != m || memcmp(p, q, (size_t) n) != 0)
            return false;
    } while (n > 0);
    return true;
}

enum found { NONE_THERE, SAME_THERE, OTHER_THERE, NOT_KNOWN };

/* Whoever wrote what lies there may have been stopped before it was sure: only after that does it count. */
static enum found look(struct folder_work *w, int dir, const struct job_file *f, char *bytes)
{
    int there = openat(dir, f->name, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW), here;
    enum found found = NOT_KNOWN;

    if (there < 0 && errno == ENOENT)
        return NONE_THERE;
    if (there < 0) {
        failed(w, THERE);
        return NOT_KNOWN;
    }
    here = open_here(w, f->path);
    if (here >= 0) {
        found = same_bytes(here, there, bytes, bytes + COPY_STEP / 2) ? SAME_THERE : OTHER_THERE;
        if (found == SAME_THERE && fsync(there) != 0) {
            failed(w, THERE);
            found = NOT_KNOWN;
        }
        close(here);
    }
    close(there);
    return found;
}

static bool copy(struct folder_work *w, int from, int to, char *bytes)
{
    ssize_t n;

    while ((n = read_full(from, bytes, COPY_STEP)) > 0) {
        for (ssize_t at = 0, put; at < n; at += put) {
            if (atomic_load(&w->stop)) {
                errno = EINTR;
                return failed(w, THERE);
            }
            put = write(to, bytes + at, (size_t) (n - at));
            if (put < 0 && errno == EINTR)
                put = 0;
            else if (put < 0)
                return failed(w, THERE);
        }
        atomic_fetch_add(&w->done, (uint64_t) n);
    }
    return n < 0 ? failed(w, HERE) : true;
}

/* A name that nobody has. File systems without that in one step have hard links; FAT has neither, and there a look
 * before is the best there is. */
static bool take_name(struct folder_work *w, int dir, const char *part, const char *name)
{
    if (renameat2(dir, part, dir, name, RENAME_NOREPLACE) == 0)
        return true;
    if (errno == EINVAL || errno == ENOSYS) {
        if (linkat(dir, part, dir, name, 0) == 0) {
            unlinkat(dir, part, 0);
            return true;
        }
        if (errno != EEXIST && faccessat(dir, name, F_OK, AT_SYMLINK_NOFOLLOW) != 0 &&
            renameat(dir, part, dir, name) == 0)
            return true;
    }
    w->exists = errno == EEXIST;
    return failed(w, THERE);
}

/* Others read it there, so it is not only for us: what is in it is encrypted and signed. */
static bool write_part(struct folder_work *w, int dir, const char *part, const struct job_file *f, char *bytes)
{
    int here = open_here(w, f->path), there = -1;
    bool good = false;

    if (here < 0)
        return false;
    there = openat(dir, part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0644);
    if (there < 0) {
        failed(w, THERE);
    } else {
        (void) fchmod(there, 0644);
        good = copy(w, here, there, bytes) && (fsync(there) == 0 || failed(w, THERE));
        if (close(there) != 0 && good)
            good = failed(w, THERE);
    }
    close(here);
    return good;
}

/* Some file systems of other makers cannot do this for a folder, and say so. */
static bool folder_is_sure(struct folder_work *w, int dir)
{
    return fsync(dir) == 0 || errno == EINVAL || failed(w, THERE);
}

static bool send_one(struct folder_work *w, int dir, const struct job_file *f, char *bytes)
{
    char part[NAME_MAX + 1];
    enum found found = look(w, dir, f, bytes);
    bool good;

    if (found == SAME_THERE)
        atomic_fetch_add(&w->done, f->size);
    if (found == OTHER_THERE) {
        w->exists = true;
        errno = EEXIST;
        return failed(w, THERE);
    }
    if (found != NONE_THERE)
        return found == SAME_THERE && folder_is_sure(w, dir);
    if ((size_t) snprintf(part, sizeof part, ".%s.part", f->name) >= sizeof part) {
        errno = ENAMETOOLONG;
        return failed(w, THERE);
    }
    good = write_part(w, dir, part, f, bytes) && take_name(w, dir, part, f->name) &&
           folder_is_sure(w, dir);
    if (!good)
        unlinkat(dir, part, 0);
    return good;
}

static void send_all(struct folder_work *w)
{
    int dir = open(w->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    char *bytes = malloc(COPY_STEP);

    if (dir < 0 || !bytes)
        failed(w, THERE);
    for (size_t i = 0; i < w->job.count && !w->error; i++)
        send_one(w, dir, &w->job.files[i], bytes);
    if (dir >= 0)
        close(dir);
    free(bytes);
}

static void add_got(struct folder_work *w, const char *p, size_t n)
{
    char *grown = realloc(w->got, w->got_len + n + 1);

    if (!grown) {
        errno = ENOMEM;
        failed(w, HERE);
        return;
    }
    w->got = grown;
    memcpy(w->got + w->got_len, p, n);
    w->got_len += n;
    w->got[w->got_len] = '\0';
}

static void fetch(struct folder_work *w, int dir)
{
    int fd = openat(dir, w->job.name, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW);
    struct stat info;
    char bytes[16384];
    ssize_t n = 0;

    if (fd < 0 || fstat(fd, &info) != 0 || !S_ISREG(info.st_mode)) {
        w->absent = fd >= 0 || errno == ENOENT || errno == ENOTDIR;
        failed(w, THERE);
    } else {
        while (!w->error && w->got_len <= w->job.max && (n = read_full(fd, bytes, sizeof bytes)) > 0)
            add_got(w, bytes, (size_t) n);
        w->too_large = w->got_len > w->job.max;
        if (n < 0)
            failed(w, THERE);
    }
    if (fd >= 0)
        close(fd);
}

static void list(struct folder_work *w, int dir)
{
    int fd = openat(dir, *w->job.name ? w->job.name : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *d = fd < 0 ? NULL : fdopendir(fd);
    struct dirent *e;

    if (!d) {
        w->absent = errno == ENOENT || errno == ENOTDIR;
        failed(w, THERE);
        return;
    }
    while (!w->error && w->got_len <= w->job.max && (e = readdir(d))) {
        struct stat info;

        if (!transport_name_is_good(e->d_name) || fstatat(fd, e->d_name, &info, AT_SYMLINK_NOFOLLOW) != 0 ||
            !S_ISREG(info.st_mode))
            continue;
        add_got(w, e->d_name, strlen(e->d_name));
        add_got(w, "\n", 1);
    }
    w->too_large = w->got_len > w->job.max;
    closedir(d);
}

static void read_job(struct folder_work *w)
{
    int dir = open(w->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

    if (dir < 0) {
        failed(w, THERE);
        return;
    }
    if (w->job.kind == JOB_FETCH)
        fetch(w, dir);
    else
        list(w, dir);
    close(dir);
}

static void *run(void *ctx)
{
    struct folder_work *w = ctx;
    const uint64_t one = 1;

    if (w->job.kind == JOB_SEND)
        send_all(w);
    else
        read_job(w);
    atomic_store(&w->finished, true);
    if (write(w->bell, &one, sizeof one) < 0)
        w->error = w->error ? w->error : EIO;           /* cannot be: the counter is at 0 */
    work_leave(w);
    return NULL;
}

/* --- outside the thread ----------------------------------------------------------------------------------------- */

bool folder_begin(struct transport *t)
{
    struct folder_work *w = xcalloc(1, sizeof *w);
    pthread_attr_t attributes;
    pthread_t thread;
    int failure;

    w->job = t->job;                            /* the thread's from here on */
    t->job = (struct transport_job) { .kind = JOB_NONE };
    w->folder = xstrdup(t->base);
    w->bell = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    pthread_attr_init(&attributes);
    pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
    failure = w->bell < 0 ? errno : pthread_create(&thread, &attributes, run, w);
    pthread_attr_destroy(&attributes);
    if (failure) {
        work_free(w);
        transport_end(t, TRANSPORT_RETRY, TRANSPORT_CAUSE_SERVER, strerror(failure));
        return false;
    }
    t->work = w;
    return true;
}

void folder_break_off(struct transport *t)
{
    atomic_store(&t->work->stop, true);
    work_leave(t->work);
    t->work = NULL;
}

int folder_poll_fd(const struct transport *t)
{
    return t->work ? t->work->bell : -1;
}

static const struct { int error; enum transport_result result; enum transport_cause cause; } meanings[] = {
    { ENOSPC, TRANSPORT_BLOCKED, TRANSPORT_CAUSE_SPACE },      { EDQUOT, TRANSPORT_BLOCKED, TRANSPORT_CAUSE_SPACE },
    { EFBIG, TRANSPORT_BLOCKED, TRANSPORT_CAUSE_SPACE },
    { EACCES, TRANSPORT_BLOCKED, TRANSPORT_CAUSE_PERMISSION },
    { EPERM, TRANSPORT_BLOCKED, TRANSPORT_CAUSE_PERMISSION },  { EROFS, TRANSPORT_BLOCKED, TRANSPORT_CAUSE_PERMISSION },
    { ENAMETOOLONG, TRANSPORT_BLOCKED, TRANSPORT_CAUSE_PERMISSION },
    { ENOENT, TRANSPORT_RETRY, TRANSPORT_CAUSE_UNPLUGGED },
    { ENOTDIR, TRANSPORT_RETRY, TRANSPORT_CAUSE_UNPLUGGED },   { ENODEV, TRANSPORT_RETRY, TRANSPORT_CAUSE_UNPLUGGED },
    { ENXIO, TRANSPORT_RETRY, TRANSPORT_CAUSE_UNPLUGGED },     { EIO, TRANSPORT_RETRY, TRANSPORT_CAUSE_UNPLUGGED },
    { ESTALE, TRANSPORT_RETRY, TRANSPORT_CAUSE_UNPLUGGED },    { ENOTCONN, TRANSPORT_RETRY, TRANSPORT_CAUSE_UNPLUGGED },
    { EHOSTDOWN, TRANSPORT_RETRY, TRANSPORT_CAUSE_UNPLUGGED },
};

static enum transport_result verdict(struct transport *t, const struct folder_work *w)
{
    if (w->too_large)
        return transport_end(t, TRANSPORT_BLOCKED, TRANSPORT_CAUSE_TOO_LARGE, NULL);
    if (w->absent)
        return transport_end(t, TRANSPORT_ABSENT, TRANSPORT_CAUSE_NONE, NULL);
    if (w->exists)
        return transport_end(t, TRANSPORT_BLOCKED, TRANSPORT_CAUSE_EXISTS, NULL);
    if (!w->error)
        return transport_end(t, TRANSPORT_DONE, TRANSPORT_CAUSE_NONE, NULL);
    if (w->side == HERE) {
        errno = w->error;
        err_sys(&t->said, "%s", _("The file to be sent cannot be read; nothing was sent"));
        return transport_end(t, TRANSPORT_BLOCKED, TRANSPORT_CAUSE_LOCAL, NULL);
    }
    for (size_t i = 0; i < ARRAY_LEN(meanings); i++)
        if (meanings[i].error == w->error)
            return transport_end(t, meanings[i].result, meanings[i].cause,
                                 w->error == ENOENT || w->error == ENOSPC || w->error == EACCES ? NULL
                                                                                                : strerror(w->error));
    return transport_end(t, TRANSPORT_RETRY, TRANSPORT_CAUSE_SERVER, strerror(w->error));
}

enum transport_result folder_step(struct transport *t)
{
    struct folder_work *w = t->work;

    t->done = atomic_load(&w->done);
    if (!atomic_load(&w->finished))
        return TRANSPORT_BUSY;
    buf_clear(&t->got);
    if (w->got_len && !w->too_large)
        buf_add_mem(&t->got, w->got, w->got_len);
    verdict(t, w);
    work_leave(w);
    t->work = NULL;
    return t->result;
}
