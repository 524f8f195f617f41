/* The PDF helper: started without a shell, fed and read through descriptors alone. Nothing of the document is ever in its
 * arguments, its environment or a file. Drawing stands in a program of its own so that Pango, Cairo, GLib and fontconfig
 * never share a process with the keys of a case file. */
#include "dolen/print/document.h"

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "dolen/base/file.h"
#include "dolen/base/mem.h"
#include "dolen/base/banned.h"

#define PDF_MAX (64u << 20)
#define MADE_WITH_BOXES 3           /* exit code of the helper: some character has no shape */

/* What fontconfig needs to find fonts, and nothing else of ours. */
static char **small_environment(void)
{
    static const char *const names[] = { "HOME", "PATH", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_DATA_DIRS",
                                         "FONTCONFIG_FILE", "FONTCONFIG_PATH" };
    char **env = xcalloc(ARRAY_LEN(names) + 2, sizeof *env);
    size_t n = 0;

    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        const char *v = getenv(names[i]);

        if (v)
            env[n++] = xasprintf("%s=%s", names[i], v);
    }
    env[n] = xstrdup("LC_ALL=C.UTF-8");
    return env;
}

static void environment_free(char **env)
{
    for (char **e = env; *e; e++)
        free(*e);
    free(env);
}

/* A socket in place of a pipe for its standard input: a helper that ends early then gives an error, not a signal. */
static enum status start(const char *path, int in, int out, pid_t *pid, struct err *err)
{
    posix_spawn_file_actions_t acts;
    char *const argv[] = { (char[]) { "dolen-print" }, NULL };
    char **env = small_environment();
    int bad;

    posix_spawn_file_actions_init(&acts);
    posix_spawn_file_actions_adddup2(&acts, in, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&acts, out, STDOUT_FILENO);
    posix_spawn_file_actions_addopen(&acts, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addclosefrom_np(&acts, STDERR_FILENO + 1);
    bad = posix_spawn(pid, path, &acts, NULL, argv, env);
    posix_spawn_file_actions_destroy(&acts);
    environment_free(env);
    errno = bad;
    return bad ? err_sys(err, _("The PDF helper %s could not be started; no PDF was made"), path) : ST_OK;
}

static bool send_all(int fd, const char *s, size_t n)
{
    for (size_t at = 0; at < n;) {
        ssize_t k = send(fd, s + at, n - at, MSG_NOSIGNAL);

        if (k < 0 && errno == EINTR)
            continue;
        if (k < 0)
            return false;
        at += (size_t) k;
    }
    return shutdown(fd, SHUT_WR) == 0;
}

static bool read_all(int fd, struct buf *out)
{
    char part[16384];

    for (;;) {
        ssize_t k = read(fd, part, sizeof part);

        if (k < 0 && errno == EINTR)
            continue;
        if (k <= 0)
            return k == 0;
        if (out->len + (size_t) k > PDF_MAX)
            return false;
        buf_add_mem(out, part, (size_t) k);
    }
}

static int ended_with(pid_t pid)
{
    int how = 0;

    while (waitpid(pid, &how, 0) < 0)
        if (errno != EINTR)
            return -1;
    return WIFEXITED(how) ? WEXITSTATUS(how) : -1;
}

static void close_one(int *fd)
{
    if (*fd >= 0)
        close(*fd);
    *fd = -1;
}

/* The helper reads everything before it writes anything, so the two ends never wait for each other. */
static enum status draw(const char *path, const struct buf *json, struct buf *pdf, bool *no_shape, struct err *err)
{
    int in[2] = { -1, -1 }, out[2] = { -1, -1 }, code;
    bool went = false;
    pid_t pid = -1;
    enum status st;

    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, in) != 0 || pipe2(out, O_CLOEXEC) != 0)
        st = err_sys(err, _("No connection to the PDF helper could be made; no PDF was made"));
    else
        st = start(path, in[1], out[1], &pid, err);
    close_one(&in[1]);
    close_one(&out[1]);
    if (st == ST_OK)
        went = send_all(in[0], json->s, json->len) && read_all(out[0], pdf);
    close_one(&in[0]);
    close_one(&out[0]);
    if (st != ST_OK)
        return st;
    code = ended_with(pid);
    if (!went || (code != 0 && code != MADE_WITH_BOXES) || pdf->len < 5 || memcmp(pdf->s, "%PDF-", 5) != 0)
        return err_set(err, ST_IO, _("The PDF helper ended early; no PDF was made; try --format html, or install dolen again."));
    *no_shape = code == MADE_WITH_BOXES;
    return ST_OK;
}

enum status document_pdf(const struct document *d, struct buf *out, bool *no_shape, struct err *err)
{
    struct buf text = BUF_INIT, pdf = BUF_INIT;
    struct json *j;
    char *path = place_program("dolen-print");
    enum status st;

    if (!path)
        return err_set(err, ST_NOTFOUND,
                       _("The PDF helper dolen-print is not installed beside this program; no PDF was made; use --format html "
                         "or text, or install libpango1.0-dev and build again."));
    j = document_to_json(d);
    json_write(&text, j);
    json_free(&j);
    st = draw(path, &text, &pdf, no_shape, err);
    if (st == ST_OK)
        buf_add_mem(out, pdf.s, pdf.len);
    buf_wipe(&text);
    buf_wipe(&pdf);
    free(path);
    return st;
}
