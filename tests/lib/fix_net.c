/* Servers and a proxy for tests, each a child that dies with the test. */
#include "fix_net.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define PAIRS_MAX  32
#define WAIT_MS    20
#define WAIT_TURNS 1500
/* Below those that the system gives to whoever connects, and for each of two test programs at a time its own: what was free is
 * still free a moment later, when a server takes it. */
#define PORT_FIRST 14000
#define PORTS      6000u
#define PORTS_EACH 50u

static struct sockaddr_in loopback(int port)
{
    return (struct sockaddr_in) { .sin_family = AF_INET, .sin_port = htons((uint16_t) port),
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
}

/* On this port, or with 0 on any that is free; -1 when somebody has it. */
static int listen_on(int port)
{
    struct sockaddr_in at = loopback(port);
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    if (fd >= 0 && bind(fd, (struct sockaddr *) &at, sizeof at) == 0 && listen(fd, 16) == 0)
        return fd;
    if (fd >= 0)
        close(fd);
    return -1;
}

static int listener(int *port)
{
    struct sockaddr_in at;
    socklen_t n = sizeof at;
    int fd = listen_on(0);

    if (fd < 0 || getsockname(fd, (struct sockaddr *) &at, &n) != 0)
        abort();
    *port = ntohs(at.sin_port);
    return fd;
}

int net_free_port(void)
{
    static unsigned turn;
    int port = 0, fd = -1;

    for (int tries = 0; fd < 0 && tries < (int) PORTS; tries++) {
        port = PORT_FIRST + (int) (((unsigned) getpid() * PORTS_EACH + turn++) % PORTS);
        fd = listen_on(port);
    }
    if (fd < 0)
        abort();
    close(fd);
    return port;
}

static int connected(int port)
{
    struct sockaddr_in at = loopback(port);
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    if (fd >= 0 && connect(fd, (struct sockaddr *) &at, sizeof at) == 0)
        return fd;
    if (fd >= 0)
        close(fd);
    return -1;
}

static void die_with_parent(void)
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);
}

pid_t net_start(const char *const *argv, int port, const char *log)
{
    const struct timespec tick = { 0, WAIT_MS * 1000000L };
    pid_t pid = fork();

    if (pid == 0) {
        int out = open(log, O_WRONLY | O_CREAT | O_APPEND, 0600);

        die_with_parent();
        dup2(out, 1);
        dup2(out, 2);
        execv(argv[0], (char *const *) (uintptr_t) argv);
        _exit(127);
    }
    for (int i = 0; i < WAIT_TURNS; i++) {
        int fd = connected(port);

        if (fd >= 0) {
            close(fd);
            return pid;
        }
        if (waitpid(pid, NULL, WNOHANG) == pid)
            return -1;
        nanosleep(&tick, NULL);
    }
    net_stop(&pid);
    return -1;
}

void net_stop(pid_t *pid)
{
    if (*pid > 0) {
        kill(*pid, SIGTERM);
        waitpid(*pid, NULL, 0);
    }
    *pid = 0;
}

/* --- the proxy -------------------------------------------------------------------------------------------------- */

struct pair {
    int    client, server;
    size_t sent;                /* from the client to the server */
    bool   marked, stalled;
};

static void close_pair(struct pair *p, bool reset)
{
    const struct linger now = { 1, 0 };

    if (reset)
        setsockopt(p->client, SOL_SOCKET, SO_LINGER, &now, sizeof now);
    close(p->client);
    close(p->server);
    p->client = p->server = -1;
}

/* False: the connection is over. */
static bool pass(int from, int to, size_t most, size_t *count)
{
    char bytes[4096];
    ssize_t n = read(from, bytes, most < sizeof bytes ? most : sizeof bytes);

    for (ssize_t at = 0, put; at < n; at += put)
        if ((put = write(to, bytes + at, (size_t) (n - at))) <= 0)
            return false;
    if (n > 0 && count)
        *count += (size_t) n;
    return n > 0;
}

static void serve_pair(struct pair *p, const struct pollfd *polls, enum proxy_fault fault, size_t after)
{
    size_t most = p->marked ? after - p->sent : SIZE_MAX;
    bool open = true;

    if (polls[0].revents)
        open = pass(p->client, p->server, most, &p->sent);
    if (open && polls[1].revents)
        open = pass(p->server, p->client, SIZE_MAX, NULL);
    if (open && p->marked && p->sent >= after) {
        p->stalled = fault == PROXY_STALL;
        open = p->stalled;
    }
    if (!open)
        close_pair(p, p->marked && p->sent >= after);
}

static void proxy_loop(int listening, int to_port, enum proxy_fault fault, size_t after, int times)
{
    struct pair pairs[PAIRS_MAX];
    struct pollfd polls[1 + 2 * PAIRS_MAX];

    memset(pairs, -1, sizeof pairs);
    for (;;) {
        polls[0] = (struct pollfd) { listening, POLLIN, 0 };
        for (int i = 0; i < PAIRS_MAX; i++) {
            bool idle = pairs[i].client < 0 || pairs[i].stalled;

            polls[1 + 2 * i] = (struct pollfd) { idle ? -1 : pairs[i].client, POLLIN, 0 };
            polls[2 + 2 * i] = (struct pollfd) { idle ? -1 : pairs[i].server, POLLIN, 0 };
        }
        poll(polls, sizeof polls / sizeof polls[0], -1);
        for (int i = 0; i < PAIRS_MAX; i++)
            if (pairs[i].client >= 0 && !pairs[i].stalled)
                serve_pair(&pairs[i], &polls[1 + 2 * i], fault, after);
        for (int i = 0; polls[0].revents && i < PAIRS_MAX; i++)
            if (pairs[i].client < 0) {
                pairs[i] = (struct pair) { accept(listening, NULL, NULL), connected(to_port), 0, times-- > 0, false };
                break;
            }
    }
}

int net_proxy(pid_t *pid, int to_port, enum proxy_fault fault, size_t after, int times)
{
    int port, listening = listener(&port);

    *pid = fork();
    if (*pid == 0) {
        die_with_parent();
        signal(SIGPIPE, SIG_IGN);
        proxy_loop(listening, to_port, fault, after, times);
    }
    close(listening);
    return port;
}
