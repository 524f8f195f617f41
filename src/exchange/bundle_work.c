/* bundle_work.c - sealing in a thread: it has bytes in memory and keys, and rings a timer that the screen watches. */
#include "dolen/exchange/bundle_work.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/banned.h"

enum { SIGN_OF_LIFE_NS = 200 * 1000 * 1000 };

struct bundle_work {
    struct bundle_job  job;
    char              *folder, *name;
    struct zip_pace    pace;
    pthread_t          thread;
    bool               started;
    int                bell;                /* a timer: rings by itself, and at once when it is over */
    atomic_bool        over;
    enum status        st;                  /* the thread's until it is over */
    struct bundle_made made;
    struct err         err;
};

static void ring(int bell, long after_ns, long every_ns)
{
    const struct itimerspec when = { .it_value = { 0, after_ns }, .it_interval = { 0, every_ns } };

    timerfd_settime(bell, 0, &when, NULL);
}

static void *run(void *ctx)
{
    struct bundle_work *w = ctx;

    w->st = bundle_seal(&w->job, w->folder, w->name, &w->made, &w->err);
    atomic_store(&w->over, true);
    ring(w->bell, 1, SIGN_OF_LIFE_NS);
    return NULL;
}

enum status bundle_work_begin(struct bundle_work **out, const struct bundle_job *job, const char *folder,
                              const char *name, struct err *err)
{
    struct bundle_work *w = xcalloc(1, sizeof *w);
    int failure;

    w->job = *job;
    w->job.pace = &w->pace;
    w->folder = xstrdup(folder);
    w->name = xstrdup(name);
    w->bell = timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK);
    if (w->bell >= 0)
        ring(w->bell, SIGN_OF_LIFE_NS, SIGN_OF_LIFE_NS);
    failure = w->bell < 0 ? errno : pthread_create(&w->thread, NULL, run, w);
    w->started = failure == 0;
    if (failure) {
        bundle_work_free(&w);
        errno = failure;
        return err_sys(err, "%s", _("Sealing could not begin. Nothing was written"));
    }
    *out = w;
    return ST_OK;
}

int bundle_work_fd(const struct bundle_work *w)
{
    return w->bell;
}

bool bundle_work_is_over(struct bundle_work *w)
{
    uint64_t rings;
    ssize_t heard = read(w->bell, &rings, sizeof rings);

    (void) heard;                           /* not rung yet: it is only asked */
    return atomic_load(&w->over);
}

enum status bundle_work_result(const struct bundle_work *w, struct bundle_made *made, struct err *err)
{
    if (w->st != ST_OK)
        return err_set(err, w->st, "%s", err_text(&w->err));
    *made = w->made;
    return ST_OK;
}

void bundle_work_progress(struct bundle_work *w, uint64_t *done, uint64_t *total)
{
    *done = atomic_load(&w->pace.done);
    *total = atomic_load(&w->pace.total);
}

void bundle_work_free(struct bundle_work **wp)
{
    struct bundle_work *w = *wp;

    if (!w)
        return;
    atomic_store(&w->pace.stop, true);
    if (w->started)
        pthread_join(w->thread, NULL);
    if (w->bell >= 0)
        close(w->bell);
    free(w->folder);
    free(w->name);
    free(w);
    *wp = NULL;
}
