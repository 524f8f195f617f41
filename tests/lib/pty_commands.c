/* pty_commands.c - the commands of terminal scripts, one row each in the table at the end. */
#include "pty_drive.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/wait.h>
#include <unistd.h>

#include "dolen/base/banned.h"

extern char **environ;

/* --- a case's surroundings --------------------------------------------------------------------------------------- */

void drive_env(struct drive *d, const char *name, const char *value)
{
    size_t n = strlen(name), i;

    for (i = 0; i < d->env_count; i++)
        if (strncmp(d->env[i], name, n) == 0 && d->env[i][n] == '=')
            break;
    if (i < d->env_count) {
        free(d->env[i]);
        memmove(d->env + i, d->env + i + 1, (d->env_count - i) * sizeof *d->env);
        d->env_count--;
    }
    if (!value)
        return;
    d->env = realloc(d->env, (d->env_count + 2) * sizeof *d->env);
    if (!d->env || asprintf(&d->env[d->env_count], "%s=%s", name, value) < 0)
        abort();
    d->env[++d->env_count] = NULL;
}

static void env_in_home(struct drive *d, const char *name, const char *folder)
{
    char *path;

    if (asprintf(&path, "%s/%s", d->home, folder) < 0)
        abort();
    drive_env(d, name, path);
    free(path);
}

/* Runs a program without a terminal; its output goes to ours as TAP comments. Returns its exit code. */
static int run_quietly(struct drive *d, const char *const argv[], const char *input)
{
    int in[2], status = 0;
    pid_t pid;

    if (pipe(in) != 0)
        return -1;
    fflush(stdout);
    pid = fork();
    if (pid == 0) {
        dup2(in[0], 3);
        dup2(open("/dev/null", O_RDONLY), 0);
        dup2(2, 1);
        for (int fd = 4; fd < 64; fd++)
            close(fd);
        signal(SIGPIPE, SIG_DFL);
        execvpe(argv[0], (char *const *) (uintptr_t) argv, d->env);
        _exit(127);
    }
    close(in[0]);
    if (input)
        dprintf(in[1], "%s\n", input);
    close(in[1]);
    waitpid(pid, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

void drive_begin(struct drive *d)
{
    static const char *const keep[] = { "PATH", "BUILD", "LOOK", "ASAN_OPTIONS", "UBSAN_OPTIONS" };
    char name[] = "/tmp/dolen-t.XXXXXX";

    d->rows = 24;
    d->cols = 80;
    d->deadline = getenv("PTY_DEADLINE") ? atoi(getenv("PTY_DEADLINE")) : 60000;
    d->idle = true;
    d->passphrase = "";
    d->why[0] = '\0';
    d->home = strdup(mkdtemp(name) ? name : "/nonexistent");
    for (size_t i = 0; i < sizeof keep / sizeof *keep; i++)
        if (getenv(keep[i]))
            drive_env(d, keep[i], getenv(keep[i]));
    drive_env(d, "HOME", d->home);
    env_in_home(d, "XDG_DATA_HOME", "data");
    env_in_home(d, "XDG_STATE_HOME", "state");
    env_in_home(d, "XDG_CONFIG_HOME", "config");
    env_in_home(d, "TMPDIR", "tmp");
    env_in_home(d, "FILE", "case");
    drive_env(d, "DOLEN", d->dolen);
    drive_env(d, "TERM", "xterm-256color");
    drive_env(d, "LC_ALL", "C.UTF-8");
    drive_env(d, "TZ", "UTC");
    drive_env(d, "DOLEN_TEST_IDLE_FD", "9");
    if (asprintf(&d->file, "%s/case", d->home) < 0)
        abort();
    const char *const argv[] = { "sh", "-c", "mkdir -p data state config tmp", NULL };
    if (chdir(d->home) == 0)
        run_quietly(d, argv, NULL);
    if (chdir(d->lib) != 0 || chdir("../..") != 0)
        abort();
}

/* With CASE_TRUE=1: does the case file that is left behind hold together (tests/fault/case_true.c)? */
static bool case_is_true(struct drive *d)
{
    char *program = NULL;
    bool wanted = getenv("CASE_TRUE") && *d->passphrase && access(d->file, F_OK) == 0;

    if (!wanted || asprintf(&program, "%s/tests/fault/case_true", getenv("BUILD")) < 0)
        return true;
    const char *const argv[] = { program, d->file, NULL };
    bool is_true = run_quietly(d, argv, d->passphrase) != 1;

    free(program);
    return is_true || fail(d, "what it left behind does not hold together");
}

bool drive_end(struct drive *d)
{
    bool is_true;
    char *bad = d->child.raw ? bytes_forbidden(d->child.raw, d->child.raw_len) : NULL;
    const char *const argv[] = { "rm", "-rf", d->home, NULL };

    if (bad)
        fail(d, "it wrote to the terminal what text must never reach it with: %s", bad);
    child_stop(&d->child);
    is_true = case_is_true(d);
    screen_free(&d->screen);
    run_quietly(d, argv, NULL);
    while (d->env_count > 0)
        free(d->env[--d->env_count]);
    free(d->env);
    d->env = NULL;
    free(d->home);
    free(d->file);
    d->home = d->file = NULL;
    free(bad);
    return !bad && is_true;
}

/* --- settings ----------------------------------------------------------------------------------------------------- */

static bool two_numbers(const char *s, int *cols, int *rows)
{
    char *end;

    *cols = (int) strtol(s, &end, 10);
    *rows = *end == 'x' ? (int) strtol(end + 1, &end, 10) : 0;
    return *cols > 0 && *rows > 0 && !*end;
}

static bool cmd_size(struct drive *d, const struct words *a)
{
    return two_numbers(a->w[1], &d->cols, &d->rows) || fail(d, "size needs COLUMNSxROWS");
}

static bool cmd_env(struct drive *d, const struct words *a)
{
    char *name = strdup(a->w[1]), *eq = strchr(name, '=');

    if (eq)
        *eq = '\0';
    drive_env(d, name, eq ? eq + 1 : NULL);
    free(name);
    return true;
}

static bool cmd_today(struct drive *d, const struct words *a)
{
    drive_env(d, "DOLEN_TODAY", a->w[1]);
    return true;
}

static bool cmd_idle(struct drive *d, const struct words *a)
{
    d->idle = strcmp(a->w[1], "on") == 0;
    return true;
}

static bool cmd_deadline(struct drive *d, const struct words *a)
{
    d->deadline = atoi(a->w[1]);
    return true;
}

/* --- starting ------------------------------------------------------------------------------------------------------ */

static bool cmd_prepare(struct drive *d, const struct words *a)
{
    const char *argv[MAX_WORDS + 3] = { "sh" };
    char *script;
    int n = 1, rc;

    if (asprintf(&script, "%s/prepare.sh", d->lib) < 0)
        abort();
    argv[n++] = script;
    for (int i = 1; i < a->count; i++)
        argv[n++] = a->w[i];
    rc = run_quietly(d, argv, NULL);
    free(script);
    d->passphrase = strcmp(a->w[1], "practice") == 0 ? "ymarfer" : "cerdded dros y bont 27";
    drive_env(d, "PASS", d->passphrase);
    return rc == 0 || fail(d, "preparing the case file failed (exit %d)", rc);
}

/* dolen --file FILE [--passphrase-fd 3] WORDS… */
static void dolen_words(struct drive *d, const struct words *a, bool with_fd, const char **argv)
{
    int n = 0;

    argv[n++] = d->dolen;
    argv[n++] = "--file";
    argv[n++] = d->file;
    if (with_fd) {
        argv[n++] = "--passphrase-fd";
        argv[n++] = "3";
    }
    for (int i = 1; i < a->count; i++)
        argv[n++] = a->w[i];
    argv[n] = NULL;
}

static bool cmd_setup(struct drive *d, const struct words *a)
{
    const char *argv[MAX_WORDS + 6];
    int rc;

    dolen_words(d, a, true, argv);
    rc = run_quietly(d, argv, d->passphrase);
    return rc == 0 || fail(d, "it ended with %d", rc);
}

static bool wait_after(struct drive *d)
{
    enum wait_for w;

    if (d->child.pid <= 0)
        return fail(d, "nothing is running");
    w = d->idle ? child_settle(&d->child, d->screen, d->deadline) : child_drain(&d->child, d->screen, d->deadline);
    return w != WAIT_DEADLINE || fail(d, "it was not idle within %d ms", d->deadline);
}

static bool start(struct drive *d, const char *const *argv)
{
    child_stop(&d->child);
    screen_free(&d->screen);
    d->screen = screen_new(d->rows, d->cols);
    if (!child_start(&d->child, argv, d->env, d->rows, d->cols))
        return fail(d, "no terminal could be had: %s", strerror(errno));
    return wait_after(d);
}

bool drive_run(struct drive *d)
{
    const struct words none = { .count = 0 };
    const char *argv[MAX_WORDS + 6];

    dolen_words(d, &none, false, argv);
    return start(d, argv);
}

static bool cmd_run(struct drive *d, const struct words *a)
{
    const char *argv[MAX_WORDS + 6];

    dolen_words(d, a, false, argv);
    return start(d, argv);
}

static bool cmd_exec(struct drive *d, const struct words *a)
{
    const char *argv[MAX_WORDS + 1];

    for (int i = 1; i < a->count; i++)
        argv[i - 1] = a->w[i];
    argv[a->count - 1] = NULL;
    return start(d, argv);
}

static bool cmd_sh(struct drive *d, const struct words *a)
{
    const char *text = a->block ? a->block : a->count > 1 ? a->w[1] : "";
    const char *const argv[] = { "sh", "-ec", text, NULL };
    int rc = run_quietly(d, argv, d->passphrase);

    return rc == 0 || fail(d, "the shell command ended with %d", rc);
}

/* --- doing ----------------------------------------------------------------------------------------------------------- */

bool drive_send(struct drive *d, const char *bytes, size_t n)
{
    if (d->child.pid <= 0)
        return fail(d, "nothing is running");
    if (d->child.exited)
        return fail(d, "it has ended, with %d", d->child.code);
    child_send(&d->child, bytes, n);
    return wait_after(d);
}

/* Each key alone, waiting until the program is idle again. */
static bool cmd_keys(struct drive *d, const struct words *a)
{
    for (int i = 1; i < a->count; i++) {
        const char *p = a->w[i];
        size_t n;

        if (a->is_key[i] && p[strlen(p) - 1] == '>') {
            char *name = strndup(p + 1, strlen(p) - 2);
            const char *bytes = key_bytes(name, &n);
            bool known = bytes != NULL, sent = known && drive_send(d, bytes, n);

            free(name);
            if (!sent)
                return known ? false : fail(d, "no such key: %s", p);
            continue;
        }
        for (; *p; p += n) {
            for (n = 1; ((unsigned char) p[n] & 0xc0) == 0x80; n++)
                ;
            if (!drive_send(d, p, n))
                return false;
        }
    }
    return true;
}

static bool cmd_type(struct drive *d, const struct words *a)
{
    return drive_send(d, a->w[1], strlen(a->w[1]));
}

/* The first line of a file in the home: what is not known before the run (a recovery code). */
static bool cmd_type_file(struct drive *d, const struct words *a)
{
    char path[512], line[256] = "";
    FILE *f;

    snprintf(path, sizeof path, "%s/%s", d->home, a->w[1]);
    f = fopen(path, "r");
    if (!f || !fgets(line, sizeof line, f)) {
        if (f)
            fclose(f);
        return fail(d, "%s cannot be read", path);
    }
    fclose(f);
    line[strcspn(line, "\n")] = '\0';
    return drive_send(d, line, strlen(line));
}

static bool cmd_passphrase(struct drive *d, const struct words *a)
{
    (void) a;
    return drive_send(d, d->passphrase, strlen(d->passphrase)) && drive_send(d, "\r", 1);
}

bool drive_resize(struct drive *d, int cols, int rows)
{
    if (!d->screen)
        return fail(d, "nothing is running");
    d->cols = cols;
    d->rows = rows;
    screen_resize(d->screen, rows, cols);
    child_resize(&d->child, rows, cols);
    return wait_after(d);
}

static bool cmd_resize(struct drive *d, const struct words *a)
{
    int cols, rows;

    return two_numbers(a->w[1], &cols, &rows) ? drive_resize(d, cols, rows) : fail(d, "resize needs COLUMNSxROWS");
}

static bool cmd_random_keys(struct drive *d, const struct words *a)
{
    return random_keys(d, (unsigned) atoi(a->w[1]), atoi(a->w[2]));
}

static bool cmd_signal(struct drive *d, const struct words *a)
{
    static const struct { const char *name; int number; } signals[] = {
        { "TERM", SIGTERM }, { "HUP", SIGHUP }, { "INT", SIGINT }, { "KILL", SIGKILL }, { "TSTP", SIGTSTP },
        { "CONT", SIGCONT }, { "QUIT", SIGQUIT }, { "USR1", SIGUSR1 }, { "SEGV", SIGSEGV },
    };

    for (size_t i = 0; i < sizeof signals / sizeof *signals; i++)
        if (strcasecmp(a->w[1], signals[i].name) == 0 && d->child.pid > 0)
            return kill(d->child.pid, signals[i].number) == 0 || fail(d, "it is not there any more");
    return fail(d, "no such signal, or nothing is running: %s", a->w[1]);
}

/* Until it has done something by itself (autosave, idle lock) and is idle again. */
static bool cmd_wakes(struct drive *d, const struct words *a)
{
    (void) a;
    d->child.idle_seen = false;
    return wait_after(d);
}

static bool cmd_wait_exit(struct drive *d, const struct words *a)
{
    if (d->child.pid <= 0)
        return fail(d, "nothing is running");
    if (child_wait(&d->child, d->screen, d->deadline) != WAIT_EXITED)
        return fail(d, "it was still running after %d ms", d->deadline);
    return d->child.code == atoi(a->w[1]) || fail(d, "it ended with %d, not %s", d->child.code, a->w[1]);
}

/* --- asking ---------------------------------------------------------------------------------------------------------- */

/* Without idle bytes, an expectation may take until the deadline to come true. */
static bool until(struct drive *d, bool (*true_now)(struct drive *d, const struct words *a), const struct words *a)
{
    long end = now_ms() + d->deadline;

    if (!d->screen)
        return fail(d, "nothing is running");
    while (!true_now(d, a)) {
        if (d->idle || now_ms() > end || d->child.pid <= 0)
            return false;
        if (child_pump(&d->child, d->screen, 20) == WAIT_EXITED)
            end = 0;
    }
    return true;
}

static bool shows(struct drive *d, const struct words *a)
{
    int row, col;

    return screen_find(d->screen, a->w[1], &row, &col);
}

static bool cmd_expect(struct drive *d, const struct words *a)
{
    return until(d, shows, a) || fail(d, "not on the screen: %s", a->w[1]);
}

/* What comes by itself, after a while: a timer, or a second program that ends. */
static bool cmd_wait_for(struct drive *d, const struct words *a)
{
    bool idle = d->idle, came;

    d->idle = false;
    came = until(d, shows, a);
    d->idle = idle;
    return came || fail(d, "it did not come within %d ms: %s", d->deadline, a->w[1]);
}

static bool cmd_expect_not(struct drive *d, const struct words *a)
{
    if (!d->screen)
        return fail(d, "nothing is running");
    return !shows(d, a) || fail(d, "on the screen: %s", a->w[1]);
}

/* Rows count from 1, or from the bottom as -1, -2. */
static int row_number(const struct drive *d, const char *word)
{
    int n = atoi(word);

    return n < 0 ? screen_rows(d->screen) + n : n - 1;
}

static bool row_has(struct drive *d, const struct words *a)
{
    char *row = screen_row(d->screen, row_number(d, a->w[1]));
    bool has = strstr(row, a->w[2]) != NULL;

    free(row);
    return has;
}

static bool cmd_row(struct drive *d, const struct words *a)
{
    return until(d, row_has, a) || fail(d, "row %s does not have: %s", a->w[1], a->w[2]);
}

static bool screen_is(struct drive *d, const struct words *a)
{
    char *text = screen_text(d->screen);
    const char *want = a->block ? a->block : "";
    size_t n = strlen(want);
    bool same;

    while (n > 1 && want[n - 1] == '\n' && want[n - 2] == '\n')
        n--;
    same = strlen(text) == n && memcmp(text, want, n) == 0;
    free(text);
    return same;
}

static bool cmd_screen(struct drive *d, const struct words *a)
{
    return until(d, screen_is, a) || fail(d, "the screen is another than:\n%s", a->block ? a->block : "");
}

static bool cursor_at(struct drive *d, const struct words *a)
{
    int row, col;

    screen_cursor(d->screen, &row, &col);
    return row == row_number(d, a->w[1]) && col == atoi(a->w[2]) - 1;
}

static bool cmd_cursor(struct drive *d, const struct words *a)
{
    return until(d, cursor_at, a) || fail(d, "the cursor is not at row %s column %s", a->w[1], a->w[2]);
}

static bool cursor_row_has(struct drive *d, const struct words *a)
{
    int row, col;
    char *text;
    bool has;

    screen_cursor(d->screen, &row, &col);
    text = screen_row(d->screen, row);
    has = strstr(text, a->w[1]) != NULL;
    free(text);
    return has;
}

static bool cmd_cursor_on(struct drive *d, const struct words *a)
{
    return until(d, cursor_row_has, a) || fail(d, "the cursor is not on the row of: %s", a->w[1]);
}

static bool cmd_attr(struct drive *d, const struct words *a)
{
    if (!d->screen)
        return fail(d, "nothing is running");
    for (int i = 2; i < a->count; i++)
        if (!screen_has_attr(d->screen, a->w[1], a->w[i]))
            return fail(d, "not %s: %s", a->w[i], a->w[1]);
    return true;
}

static bool cmd_shot(struct drive *d, const struct words *a)
{
    char *text = d->screen ? screen_text(d->screen) : strdup("");

    (void) a;
    for (char *p = text, *end; *p; p = end + (*end == '\n')) {
        end = p + strcspn(p, "\n");
        printf("# |%.*s\n", (int) (end - p), p);
    }
    free(text);
    return true;
}

/* The one command that lets time pass: that nothing happens can only be seen by waiting. */
static bool cmd_bytes_idle(struct drive *d, const struct words *a)
{
    long end = now_ms() + (long) (atof(a->w[1]) * 1000);
    size_t before = d->child.raw_len;

    d->child.idle_seen = false;
    while (now_ms() < end)
        child_pump(&d->child, d->screen, 20);
    if (d->child.raw_len != before)
        return fail(d, "it wrote %zu bytes while idle", d->child.raw_len - before);
    return !d->child.idle_seen || fail(d, "it woke up while idle");
}

static bool raw_has(const struct drive *d, const char *text)
{
    return d->child.raw && memmem(d->child.raw, d->child.raw_len, text, strlen(text)) != NULL;
}

static bool cmd_raw(struct drive *d, const struct words *a)
{
    return raw_has(d, a->w[1]) || fail(d, "those bytes were never written");
}

static bool cmd_raw_not(struct drive *d, const struct words *a)
{
    return !raw_has(d, a->w[1]) || fail(d, "those bytes were written");
}

static bool cmd_same_column(struct drive *d, const struct words *a)
{
    int row, col, row2, col2;

    if (!d->screen || !screen_find(d->screen, a->w[1], &row, &col) || !screen_find(d->screen, a->w[2], &row2, &col2))
        return fail(d, "not both on the screen: %s, %s", a->w[1], a->w[2]);
    return col == col2 || fail(d, "columns differ: %d and %d", col + 1, col2 + 1);
}

static const struct { const char *name; int words; command_fn *fn; } commands[] = {
    { "size", 1, cmd_size },           { "env", 1, cmd_env },               { "today", 1, cmd_today },
    { "idle", 1, cmd_idle },           { "deadline", 1, cmd_deadline },     { "prepare", 1, cmd_prepare },
    { "setup", 1, cmd_setup },         { "run", 0, cmd_run },               { "exec", 1, cmd_exec },
    { "sh", 0, cmd_sh },               { "keys", 1, cmd_keys },             { "type", 1, cmd_type },
    { "type-file", 1, cmd_type_file },
    { "passphrase", 0, cmd_passphrase }, { "resize", 1, cmd_resize },       { "signal", 1, cmd_signal },
    { "wait-exit", 1, cmd_wait_exit }, { "expect", 1, cmd_expect },         { "expect-not", 1, cmd_expect_not },
    { "row", 2, cmd_row },             { "screen", 0, cmd_screen },         { "cursor", 2, cmd_cursor },
    { "cursor-on", 1, cmd_cursor_on }, { "attr", 2, cmd_attr },             { "shot", 0, cmd_shot },
    { "wakes", 0, cmd_wakes },           { "wait-for", 1, cmd_wait_for },
    { "bytes-idle", 1, cmd_bytes_idle }, { "raw", 1, cmd_raw },             { "raw-not", 1, cmd_raw_not },
    { "same-column", 2, cmd_same_column }, { "random-keys", 2, cmd_random_keys },
};

command_fn *command_find(const char *name, int *least_words)
{
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
        if (strcmp(name, commands[i].name) == 0) {
            *least_words = commands[i].words;
            return commands[i].fn;
        }
    return NULL;
}
