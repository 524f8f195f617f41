/* pty_child.c - the program in its pseudo-terminal: start, send, wait until it has nothing left to do. */
#include "pty.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include <utmp.h>

#include "dolen/base/banned.h"

#define IDLE_FD 9                       /* what DOLEN_TEST_IDLE_FD names in the child */

long now_ms(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void child_main(int slave, int idle, const char *const argv[], char *const envp[])
{
    if (login_tty(slave) != 0 || dup2(idle, IDLE_FD) < 0)
        _exit(126);
    for (int fd = 3; fd < 64; fd++)
        if (fd != IDLE_FD)
            close(fd);
    signal(SIGPIPE, SIG_DFL);
    execvpe(argv[0], (char *const *) (uintptr_t) argv, envp);
    fprintf(stderr, "%s: %s\n", argv[0], strerror(errno));
    _exit(127);
}

bool child_start(struct child *c, const char *const argv[], char *const envp[], int rows, int cols)
{
    struct winsize size = { .ws_row = (unsigned short) rows, .ws_col = (unsigned short) cols };
    int idle[2];

    *c = (struct child) { .master = -1, .slave = -1, .idle = -1 };
    if (openpty(&c->master, &c->slave, NULL, NULL, &size) != 0 || pipe(idle) != 0)
        return false;
    c->idle = idle[0];
    fcntl(c->master, F_SETFL, O_NONBLOCK);
    fcntl(c->idle, F_SETFL, O_NONBLOCK);
    c->pid = fork();
    if (c->pid == 0)
        child_main(dup(c->slave), idle[1], argv, envp);
    close(idle[1]);
    return c->pid > 0;
}

static void raw_add(struct child *c, const char *bytes, size_t n)
{
    if (c->raw_len + n + 1 > c->raw_cap) {
        c->raw_cap = (c->raw_len + n + 1) * 2;
        c->raw = realloc(c->raw, c->raw_cap);
        if (!c->raw)
            abort();
    }
    memcpy(c->raw + c->raw_len, bytes, n);
    c->raw_len += n;
    c->raw[c->raw_len] = '\0';
}

static void read_some(struct child *c)
{
    char in[8192];
    ssize_t n;

    while ((n = read(c->master, in, sizeof in)) > 0)
        raw_add(c, in, (size_t) n);
    while ((n = read(c->idle, in, sizeof in)) > 0)
        c->idle_seen = true;
}

static void reap(struct child *c)
{
    int status;

    if (!c->exited && waitpid(c->pid, &status, WNOHANG) == c->pid) {
        c->exited = true;
        c->code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    }
}

static void feed(struct child *c, struct screen *s)
{
    if (c->fed < c->raw_len)
        screen_feed(s, c->raw + c->fed, c->raw_len - c->fed);
    c->fed = c->raw_len;
}

/* Waits until there is something to read, at most ms; the end of the program also shows here, within 20 ms. */
static void wait_some(struct child *c, int ms)
{
    struct pollfd fds[] = { { .fd = c->master, .events = POLLIN }, { .fd = c->idle, .events = POLLIN } };
    nfds_t n = c->exited ? 1 : 2;

    poll(fds, n, ms < 20 ? ms : 20);
    if (fds[1].revents & POLLHUP)                      /* its end is near: don't spin until it can be reaped */
        poll(NULL, 0, 1);
    read_some(c);
    reap(c);
}

/* The marker goes through the same queue as the program's own output, so what stands before it is all of that. */
enum wait_for child_drain(struct child *c, struct screen *s, int ms)
{
    long end = now_ms() + ms;
    char mark[32], *hit;
    int n = snprintf(mark, sizeof mark, "%cdolen-mark-%d%c", 1, ++c->marks, 2);

    if (c->slave < 0)
        return WAIT_EXITED;
    if (write(c->slave, mark, (size_t) n) != n)
        return WAIT_DEADLINE;
    for (;;) {
        hit = c->raw_len ? memmem(c->raw + c->fed, c->raw_len - c->fed, mark, (size_t) n) : NULL;
        if (hit)
            break;
        if (now_ms() > end)
            return WAIT_DEADLINE;
        wait_some(c, 20);
    }
    memmove(hit, hit + n, (size_t) (c->raw + c->raw_len - (hit + n)) + 1);
    c->raw_len -= (size_t) n;
    feed(c, s);
    return c->exited ? WAIT_EXITED : WAIT_OK;
}

enum wait_for child_settle(struct child *c, struct screen *s, int ms)
{
    long end = now_ms() + ms;

    for (;;) {
        int unread = 0;

        while (!c->idle_seen && !c->exited) {
            if (now_ms() > end) {
                child_drain(c, s, ms);
                return WAIT_DEADLINE;
            }
            wait_some(c, 20);
        }
        if (c->exited || ioctl(c->slave, FIONREAD, &unread) != 0 || unread == 0)
            break;
        c->idle_seen = false;                          /* it stopped to think while keys were still under way */
    }
    return child_drain(c, s, ms);
}

enum wait_for child_pump(struct child *c, struct screen *s, int ms)
{
    wait_some(c, ms);
    feed(c, s);
    return c->exited ? WAIT_EXITED : WAIT_OK;
}

enum wait_for child_wait(struct child *c, struct screen *s, int ms)
{
    long end = now_ms() + ms;

    while (!c->exited) {
        if (now_ms() > end)
            return WAIT_DEADLINE;
        wait_some(c, 20);
    }
    child_drain(c, s, ms);
    return WAIT_EXITED;
}

void child_send(struct child *c, const char *bytes, size_t n)
{
    read_some(c);
    c->idle_seen = false;
    while (n > 0) {
        ssize_t done = write(c->master, bytes, n);

        if (done > 0) {
            bytes += done;
            n -= (size_t) done;
        } else if (errno != EAGAIN && errno != EINTR) {
            return;
        } else {
            wait_some(c, 20);
            if (c->exited)
                return;
        }
    }
}

void child_resize(struct child *c, int rows, int cols)
{
    struct winsize size = { .ws_row = (unsigned short) rows, .ws_col = (unsigned short) cols };

    read_some(c);
    c->idle_seen = false;
    ioctl(c->master, TIOCSWINSZ, &size);
}

void child_stop(struct child *c)
{
    if (c->pid > 0 && !c->exited) {
        kill(c->pid, SIGKILL);
        waitpid(c->pid, NULL, 0);
    }
    if (c->pid > 0) {
        close(c->master);
        close(c->slave);
        close(c->idle);
    }
    free(c->raw);
    *c = (struct child) { .master = -1, .slave = -1, .idle = -1 };
}
