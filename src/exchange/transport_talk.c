/* A carrier, spoken to without waiting. Its socket and the clock that bounds its answer stand in one epoll
 * descriptor, which is readable when there is something to do; what it does not take at once stays in line here. */
#include "transport_talk.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include "dolen/base/file.h"
#include "dolen/base/helper.h"
#include "dolen/base/json.h"
#include "dolen/base/mem.h"
#include "dolen/base/banned.h"

#define LINE_MOST 65536u                    /* of an answer */

/* What an agent, proxies and certificates are found by. */
static const char *const environment[] = { "HOME", "SSH_AUTH_SOCK", "https_proxy", "HTTPS_PROXY", "all_proxy",
                                           "ALL_PROXY", "no_proxy",
                                           "NO_PROXY", "SSL_CERT_FILE", "SSL_CERT_DIR", NULL };

struct part {
    struct buf  own;                        /* a message; or */
    const char *bytes;                      /* borrowed */
    size_t      n;
};

struct talk {
    struct helper program;
    int           epoll, clock;
    bool          late, pushing;            /* pushing: the socket is asked for room */
    struct part  *line;
    size_t        count, cap, at, sent;     /* sent: of the part at */
    struct buf    heard;
};

/* --- beginning and end ------------------------------------------------------------------------------------------ */

bool talk_can_start(void)
{
    char *path = place_program(TALK_PROGRAM);
    bool can = path != NULL;

    free(path);
    return can;
}

static bool watch(struct talk *t, int fd)
{
    struct epoll_event e = { .events = EPOLLIN, .data.fd = fd };

    return fd >= 0 && epoll_ctl(t->epoll, EPOLL_CTL_ADD, fd, &e) == 0;
}

bool talk_start(struct talk **out)
{
    struct talk *t = xcalloc(1, sizeof *t);
    char *path = place_program(TALK_PROGRAM);

    t->program = HELPER_NONE;
    t->epoll = epoll_create1(EPOLL_CLOEXEC);
    t->clock = timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK);
    if (path && t->epoll >= 0 && helper_start(&t->program, path, environment) && watch(t, t->program.fd) &&
        watch(t, t->clock))
        *out = t;
    else
        talk_free(&t);
    free(path);
    return t != NULL;
}

static void forget_line(struct talk *t)
{
    for (size_t i = 0; i < t->count; i++)
        buf_wipe(&t->line[i].own);
    t->count = t->at = t->sent = 0;
}

void talk_free(struct talk **tp)
{
    struct talk *t = tp ? *tp : NULL;

    if (!t)
        return;
    helper_stop(&t->program);
    if (t->epoll >= 0)
        close(t->epoll);
    if (t->clock >= 0)
        close(t->clock);
    forget_line(t);
    free(t->line);
    buf_release(&t->heard);
    free(t);
    *tp = NULL;
}

/* --- telling ---------------------------------------------------------------------------------------------------- */

static void ask_for_room(struct talk *t, bool wanted)
{
    struct epoll_event e = { .events = EPOLLIN | (wanted ? EPOLLOUT : 0u), .data.fd = t->program.fd };

    if (wanted != t->pushing && epoll_ctl(t->epoll, EPOLL_CTL_MOD, t->program.fd, &e) == 0)
        t->pushing = wanted;
}

void talk_say(struct talk *t, struct json **message)
{
    struct part *p = ARRAY_ADD(t->line, t->count, t->cap);

    json_write(&p->own, *message);
    buf_add_char(&p->own, '\n');
    p->n = p->own.len;
    json_free(message);
    ask_for_room(t, true);
}

void talk_say_bytes(struct talk *t, const void *bytes, size_t n)
{
    struct part *p = ARRAY_ADD(t->line, t->count, t->cap);

    p->bytes = bytes;
    p->n = n;
}

/* False: it has gone. */
static bool push(struct talk *t)
{
    while (t->at < t->count) {
        const struct part *p = &t->line[t->at];
        const char *from = p->bytes ? p->bytes : p->own.s;
        ssize_t n = send(t->program.fd, from + t->sent, p->n - t->sent, MSG_NOSIGNAL | MSG_DONTWAIT);

        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return errno == EAGAIN || errno == EWOULDBLOCK;
        t->sent += (size_t) n;
        if (t->sent == p->n) {
            t->at++;
            t->sent = 0;
        }
    }
    forget_line(t);
    ask_for_room(t, false);
    return true;
}

/* --- hearing ---------------------------------------------------------------------------------------------------- */

static bool hear(struct talk *t)
{
    char part[65536];

    for (;;) {
        ssize_t n = recv(t->program.fd, part, sizeof part, MSG_DONTWAIT);

        if (n > 0)
            buf_add_mem(&t->heard, part, (size_t) n);
        else if (n == 0 || errno != EINTR)
            return n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK);
    }
}

/* Heard in any case: what it said last may be why it went. */
bool talk_go_on(struct talk *t)
{
    bool takes = push(t);

    return hear(t) && takes;
}

struct json *talk_next(struct talk *t, size_t most, struct buf *bytes, bool *bad)
{
    const char *end = t->heard.len ? memchr(t->heard.s, '\n', t->heard.len) : NULL;
    size_t line = end ? (size_t) (end - t->heard.s) : t->heard.len;
    struct json *m = NULL;
    int64_t n;

    *bad = line > LINE_MOST;
    if (!end || *bad)
        return NULL;
    *bad = json_parse(&m, t->heard.s, line, NULL) != ST_OK;
    n = *bad ? 0 : json_int(json_get(m, "bytes"));
    *bad = *bad || n < 0 || (uint64_t) n > most;
    if (*bad || t->heard.len - line - 1 < (size_t) n) {
        json_free(&m);
        return NULL;
    }
    buf_add_mem(bytes, t->heard.s + line + 1, (size_t) n);
    buf_remove(&t->heard, 0, line + 1 + (size_t) n);
    return m;
}

/* --- its time --------------------------------------------------------------------------------------------------- */

void talk_give(struct talk *t, int seconds)
{
    const struct itimerspec at = { .it_value = { seconds, 0 } };

    timerfd_settime(t->clock, 0, &at, NULL);
    t->late = false;
}

bool talk_is_late(struct talk *t)
{
    uint64_t rings;

    t->late = t->late || read(t->clock, &rings, sizeof rings) > 0;
    return t->late;
}

int talk_poll_fd(const struct talk *t)
{
    return t->epoll;
}
