#include "vault_fixture.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <termios.h>

static void editing(void **state)
{
    struct secret *s = secret_of("tŷ");

    (void) state;
    assert_int_equal(secret_length(s), 3);
    secret_drop_last(s);
    assert_string_equal(secret_text(s), "t");
    secret_drop_last(s);
    secret_drop_last(s);
    assert_int_equal(secret_length(s), 0);
    secret_free(&s);
    secret_free(&s);
    assert_null(s);
}

static void full_is_refused_never_cut(void **state)
{
    struct secret *s = secret_new();

    (void) state;
    for (int i = 0; i < SECRET_MAX; i++)
        assert_true(secret_add(s, "x", 1));
    assert_false(secret_add(s, "x", 1));
    assert_int_equal(secret_length(s), SECRET_MAX);
    assert_int_equal(strlen(secret_text(s)), SECRET_MAX);
    secret_free(&s);
}

static void equality(void **state)
{
    struct secret *a = secret_of("abc"), *b = secret_of("abcd");

    (void) state;
    assert_false(secret_equal(a, b));
    secret_drop_last(b);
    assert_true(secret_equal(a, b));
    secret_clear(b);
    assert_false(secret_equal(a, b));
    secret_free(&a);
    secret_free(&b);
}

static enum status from_pipe(const void *bytes, size_t n, struct secret **out, char *rest)
{
    enum status st;
    ssize_t left;
    int fd[2];

    assert_int_equal(pipe(fd), 0);
    assert_int_equal(write(fd[1], bytes, n), n);
    close(fd[1]);
    st = secret_read_fd(out, fd[0], &fix_err);
    left = read(fd[0], rest, 63);
    rest[left > 0 ? left : 0] = '\0';
    close(fd[0]);
    return st;
}

static void one_line_from_a_descriptor(void **state)
{
    char big[SECRET_MAX + 1], rest[64];
    struct secret *s = NULL;

    (void) state;
    assert_int_equal(from_pipe("un dau\r\ntri", 11, &s, rest), ST_OK);
    assert_string_equal(secret_text(s), "un dau");
    assert_string_equal(rest, "tri");               /* what follows is left for the next reader */
    secret_free(&s);
    assert_int_equal(from_pipe("no end", 6, &s, rest), ST_OK);
    assert_string_equal(secret_text(s), "no end");
    secret_free(&s);
    assert_int_equal(from_pipe("\n", 1, &s, rest), ST_INVALID);
    assert_int_equal(from_pipe("", 0, &s, rest), ST_INVALID);
    assert_int_equal(from_pipe("a\0b\n", 4, &s, rest), ST_INVALID);
    memset(big, 'x', sizeof big);
    assert_int_equal(from_pipe(big, sizeof big, &s, rest), ST_INVALID);
    assert_null(s);
    assert_int_equal(secret_read_fd(&s, -1, &fix_err), ST_IO);
}

static void start_closes_the_leaks(void **state)
{
    int status = 0;
    pid_t pid = fork();

    (void) state;
    if (pid == 0) {
        struct rlimit r;
        mode_t mask;

        if (secret_start(NULL) != ST_OK || getrlimit(RLIMIT_CORE, &r) != 0)
            _exit(1);
        mask = umask(0);
        _exit(r.rlim_cur == 0 && r.rlim_max == 0 && mask == 077 && prctl(PR_GET_DUMPABLE, 0, 0, 0, 0) == 0 ? 0 : 2);
    }
    waitpid(pid, &status, 0);
    assert_int_equal(status, 0);
}

static pid_t fork_on_pty(int *fd)
{
    int tty;
    pid_t pid;

    *fd = posix_openpt(O_RDWR | O_NOCTTY);
    assert_true(*fd >= 0 && grantpt(*fd) == 0 && unlockpt(*fd) == 0);
    pid = fork();
    if (pid != 0)
        return pid;
    setsid();
    tty = open(ptsname(*fd), O_RDWR);               /* becomes the controlling terminal */
    if (tty < 0 || dup2(tty, 0) < 0)
        _exit(99);
    close(tty);
    close(*fd);
    return 0;
}

/* Runs secret_ask() on a terminal of its own; the child's exit code is the status, and 100 when the text is not want. */
static int ask_on_pty(const char *typed, int sig, const char *want, char *shown, size_t size)
{
    struct termios t;
    int fd, status = 0;
    size_t got = 0;
    ssize_t n;
    pid_t pid = fork_on_pty(&fd);

    if (pid == 0) {
        struct secret *s = NULL;
        enum status st = secret_ask(&s, "Pass? ", NULL);
        int code = st == ST_OK && strcmp(secret_text(s), want) != 0 ? 100 : (int) st;

        tcgetattr(0, &t);
        _exit(t.c_lflag & ECHO ? code : 101);       /* the terminal is as it was */
    }
    while (got < 6 && (n = read(fd, shown + got, size - 1 - got)) > 0)
        got += (size_t) n;
    tcgetattr(fd, &t);
    assert_false(t.c_lflag & ECHO);
    if (sig)
        kill(pid, sig);
    else
        assert_int_equal(write(fd, typed, strlen(typed)), strlen(typed));
    while (got < size - 1 && (n = read(fd, shown + got, size - 1 - got)) > 0)
        got += (size_t) n;
    shown[got] = '\0';
    waitpid(pid, &status, 0);
    close(fd);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 200;
}

static void asking_hides_and_restores(void **state)
{
    char shown[256];

    (void) state;
    assert_int_equal(ask_on_pty("dŵr oex\x7fr\n", 0, "dŵr oer", shown, sizeof shown), ST_OK);
    assert_non_null(strstr(shown, "Pass? "));
    assert_null(strstr(shown, "oe"));
    /* The other code for Backspace, arrows in both spellings, Delete, a stray Ctrl-A: none of it is in the text. */
    assert_int_equal(ask_on_pty("dŵr oeŵ\br\033[D\033OC\033[3~\x01\n", 0, "dŵr oer", shown, sizeof shown), ST_OK);
    assert_int_equal(ask_on_pty("\n", 0, "", shown, sizeof shown), ST_INVALID);
    assert_int_equal(ask_on_pty("\x04", 0, "", shown, sizeof shown), ST_INTERRUPTED);       /* Ctrl-D: the end */
    assert_int_equal(ask_on_pty("half\x03", 0, "", shown, sizeof shown), ST_INTERRUPTED);
    assert_int_equal(ask_on_pty("", SIGTERM, "", shown, sizeof shown), ST_INTERRUPTED);
    assert_int_equal(ask_on_pty("", SIGINT, "", shown, sizeof shown), ST_INTERRUPTED);
}

static void asking_without_a_terminal(void **state)
{
    int status = 0;
    pid_t pid = fork();

    (void) state;
    if (pid == 0) {
        struct secret *s = NULL;

        setsid();
        _exit(secret_ask(&s, "Pass? ", NULL) == ST_USAGE && !s ? 0 : 1);
    }
    waitpid(pid, &status, 0);
    assert_int_equal(status, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(editing),
        cmocka_unit_test(full_is_refused_never_cut),
        cmocka_unit_test(equality),
        cmocka_unit_test(one_line_from_a_descriptor),
        cmocka_unit_test(start_closes_the_leaks),
        cmocka_unit_test(asking_hides_and_restores),
        cmocka_unit_test(asking_without_a_terminal),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
