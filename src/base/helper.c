/* helper.c - starting and ending the programs beside this one. A socket in place of pipes: writing to a program that
 * ended early is then an error, not a signal. */
#include "dolen/base/helper.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "dolen/base/mem.h"
#include "dolen/base/banned.h"

static char **small_environment(const char *const *names)
{
    size_t count = 0, n = 0;
    char **env;

    while (names[count])
        count++;
    env = xcalloc(count + 2, sizeof *env);
    for (size_t i = 0; i < count; i++)
        if (getenv(names[i]))
            env[n++] = xasprintf("%s=%s", names[i], getenv(names[i]));
    env[n] = xstrdup("LC_ALL=C.UTF-8");
    return env;
}

static int spawn(pid_t *pid, const char *path, int socket, char **env)
{
    const char *last = strrchr(path, '/');
    char *name = xstrdup(last ? last + 1 : path);
    char *const argv[] = { name, NULL };
    posix_spawn_file_actions_t acts;
    int bad;

    posix_spawn_file_actions_init(&acts);
    posix_spawn_file_actions_adddup2(&acts, socket, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&acts, socket, STDOUT_FILENO);
    posix_spawn_file_actions_addopen(&acts, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addclosefrom_np(&acts, STDERR_FILENO + 1);
    bad = posix_spawn(pid, path, &acts, NULL, argv, env);
    posix_spawn_file_actions_destroy(&acts);
    free(name);
    return bad;
}

bool helper_start(struct helper *h, const char *path, const char *const *environment)
{
    char **env;
    int ends[2], bad;

    *h = HELPER_NONE;
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
        return false;
    env = small_environment(environment);
    bad = spawn(&h->pid, path, ends[1], env);
    for (char **e = env; *e; e++)
        free(*e);
    free(env);
    close(ends[1]);
    h->fd = ends[0];
    if (bad) {
        close(ends[0]);
        *h = HELPER_NONE;
        errno = bad;
    }
    return !bad;
}

bool helper_send(const struct helper *h, const void *p, size_t n)
{
    const char *s = p;

    for (size_t at = 0; at < n;) {
        ssize_t k = send(h->fd, s + at, n - at, MSG_NOSIGNAL);

        if (k < 0 && errno == EINTR)
            continue;
        if (k < 0)
            return false;
        at += (size_t) k;
    }
    return true;
}

bool helper_said_all(const struct helper *h)
{
    return shutdown(h->fd, SHUT_WR) == 0;
}

int helper_end(struct helper *h)
{
    int how = 0;
    bool known = h->pid > 0;

    if (h->fd >= 0)
        close(h->fd);
    while (known && waitpid(h->pid, &how, 0) < 0)
        known = errno == EINTR;
    *h = HELPER_NONE;
    return known && WIFEXITED(how) ? WEXITSTATUS(how) : -1;
}

void helper_stop(struct helper *h)
{
    if (h->pid > 0)
        kill(h->pid, SIGKILL);
    helper_end(h);
}
