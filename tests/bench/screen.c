/* screen.c - the real program in a pseudo-terminal, and the clock beside it.
 *
 *   screen start  CASE                          the key derived to the first screen: start_us (and enter_us, from Enter)
 *   screen open   CASE KEY_FILE                 the same without a derivation, from the start of the process: open_us
 *   screen keys   CASE TIMES ROWS TO… -- KEY…   key presses, in turn with bare_list on ROWS: p50, p99, bytes of both
 *   screen search CASE TIMES TEXT…              People, each text letter by letter, from the third: p50, p99
 *   screen views  CASE TIMES NAME KEYS…         each view or filter: the last key of KEYS, from Today: worst NAME, all: view_us
 *   screen idle   CASE SECONDS                  wake-ups and bytes while nothing happens
 *   screen memory CASE TO…                      peak and resident memory after the first screen, after each key of TO
 *
 * The passphrase is read from standard input. $BUILD holds dolen and tests/bench/bare_list. Keys are text or <Names>.
 * A key's time ends with the byte that the program writes to DOLEN_TEST_IDLE_FD when it has nothing left to do; its bytes
 * are counted up to a mark that goes through the same terminal. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bench.h"
#include "dolen/base/mem.h"
#include "dolen/base/banned.h"

#define IDLE_FD    9
#define ROWS       24
#define COLUMNS    80
#define PATIENCE_MS 60000
#define DERIVATION_PAGES (60L * 256)       /* 64 MiB is the least that a slot takes */

struct tty {
    pid_t  pid;
    int    master, slave, idle;
    size_t bytes;                        /* since the last press */
    bool   resting;                      /* an idle byte came since the last press */
};

/* --- a program in a terminal -------------------------------------------------------------------------------------- */

static void become(const struct tty *t, int idle, char *const argv[])
{
    char fd[8];

    snprintf(fd, sizeof fd, "%d", IDLE_FD);
    if (setsid() < 0 || ioctl(t->slave, TIOCSCTTY, 0) != 0 || dup2(idle, IDLE_FD) < 0)
        _exit(126);
    for (int i = 0; i < 3; i++)
        dup2(t->slave, i);
    for (int i = 3; i < 64; i++)
        if (i != IDLE_FD)
            close(i);
    setenv("DOLEN_TEST_IDLE_FD", fd, 1);
    execv(argv[0], argv);
    _exit(127);
}

static void tty_start(struct tty *t, char *const argv[])
{
    struct winsize size = { .ws_row = ROWS, .ws_col = COLUMNS };
    int idle[2];

    *t = (struct tty) { .pid = -1, .master = posix_openpt(O_RDWR | O_NOCTTY), .slave = -1 };
    if (t->master >= 0 && grantpt(t->master) == 0 && unlockpt(t->master) == 0)
        t->slave = open(ptsname(t->master), O_RDWR | O_NOCTTY);
    if (t->slave < 0 || ioctl(t->slave, TIOCSWINSZ, &size) != 0 || pipe(idle) != 0 || (t->pid = fork()) < 0) {
        perror("screen");
        exit(1);
    }
    if (t->pid == 0)
        become(t, idle[1], argv);
    close(idle[1]);
    t->idle = idle[0];
    fcntl(t->master, F_SETFL, O_NONBLOCK);
    fcntl(t->idle, F_SETFL, O_NONBLOCK);
}

static void give_up(const struct tty *t, const char *why)
{
    fprintf(stderr, "screen: %s\n", why);
    kill(t->pid, SIGKILL);
    exit(1);
}

static void take(struct tty *t, char *last, size_t room)
{
    char in[16384];
    ssize_t n;

    while ((n = read(t->master, in, sizeof in)) > 0) {
        t->bytes += (size_t) n;
        if (last && (size_t) n < room) {
            memcpy(last, in, (size_t) n);
            last[n] = '\0';
        }
    }
    while ((n = read(t->idle, in, sizeof in)) > 0)
        t->resting = true;
}

static void await(struct tty *t)
{
    struct pollfd fds[] = { { t->idle, POLLIN, 0 }, { t->master, POLLIN, 0 } };

    if (poll(fds, ARRAY_LEN(fds), PATIENCE_MS) == 0)
        give_up(t, "the program does not come to rest");
    if (fds[0].revents & POLLHUP && !(fds[0].revents & POLLIN))
        give_up(t, "the program ended");
    take(t, NULL, 0);
}

/* Until the program waits and has read every key. */
static double settle(struct tty *t)
{
    int unread = 0;

    for (;;) {
        while (!t->resting)
            await(t);
        if (ioctl(t->slave, FIONREAD, &unread) != 0 || unread == 0)
            return now_us();
        t->resting = false;
    }
}

/* All that was written before comes out before the mark. */
static void drain(struct tty *t)
{
    static const char mark[] = "\001bench\002";
    struct pollfd out = { t->master, POLLIN, 0 };
    char tail[16384] = "";
    size_t length = strlen(mark);

    if (write(t->slave, mark, length) != (ssize_t) length)
        give_up(t, "the terminal takes nothing");
    while (!memmem(tail, sizeof tail, mark, length)) {
        if (poll(&out, 1, PATIENCE_MS) <= 0)
            give_up(t, "the terminal gives nothing");
        take(t, tail, sizeof tail);
    }
    t->bytes -= length;
}

/* Sends keys; microseconds until the screen is finished. t->bytes: what it wrote. */
static double press(struct tty *t, const char *keys)
{
    double from;
    size_t n = strlen(keys);

    take(t, NULL, 0);
    t->bytes = 0;
    t->resting = false;
    from = now_us();
    if (write(t->master, keys, n) != (ssize_t) n)
        give_up(t, "the terminal takes no keys");
    from = settle(t) - from;
    drain(t);
    return from;
}

static void tty_stop(struct tty *t)
{
    kill(t->pid, SIGTERM);
    for (int i = 0; i < 200 && waitpid(t->pid, NULL, WNOHANG) == 0; i++) {
        take(t, NULL, 0);
        poll(NULL, 0, 10);
        if (i == 199)
            kill(t->pid, SIGKILL);
    }
    close(t->master);
    close(t->slave);
    close(t->idle);
}

/* --- keys by name ------------------------------------------------------------------------------------------------- */

static const char *key(const char *name)
{
    static const struct { const char *name, *bytes; } named[] = {
        { "<Enter>", "\r" }, { "<Esc>", "\x1b" }, { "<Tab>", "\t" }, { "<BS>", "\x7f" }, { "<Space>", " " },
        { "<Up>", "\x1bOA" }, { "<Down>", "\x1bOB" }, { "<Right>", "\x1bOC" }, { "<Left>", "\x1bOD" },
        { "<PgDn>", "\x1b[6~" }, { "<PgUp>", "\x1b[5~" }, { "<C-e>", "\x05" },
    };

    for (size_t i = 0; i < ARRAY_LEN(named); i++)
        if (str_eq(named[i].name, name))
            return named[i].bytes;
    return name;
}

/* --- dolen -------------------------------------------------------------------------------------------------------- */

static char passphrase[256];

static char *program(const char *name)
{
    const char *build = getenv("BUILD");

    return xasprintf("%s/%s", build ? build : "build", name);
}

static void run_dolen(struct tty *t, char *folder, char *key_file)
{
    char name[] = "--file", option[] = "--key-file";
    char *dolen = program("dolen");
    char *argv[] = { dolen, name, folder, key_file ? option : NULL, key_file, NULL };

    tty_start(t, argv);
    free(dolen);
    settle(t);
    drain(t);
}

static void unlock_screen(struct tty *t, char *folder)
{
    run_dolen(t, folder, NULL);
    press(t, passphrase);
    press(t, "\r");
}

static void go(struct tty *t, int argc, char **argv)
{
    for (int i = 0; i < argc; i++)
        press(t, key(argv[i]));
}

static long pages_of(int statm)
{
    char text[64] = "";

    return pread(statm, text, sizeof text - 1, 0) > 0 ? strtol(text, NULL, 10) : 0;
}

/* Argon2id's memory is taken at its beginning and given back at its end: then the key is there. Looking at the program's
 * size tells that moment to some microseconds, where taking one run's derivation from another's start would not. */
static double await_key(const struct tty *t, int statm, long before)
{
    double end = now_us() + PATIENCE_MS * 1e3;
    long most = 0, now;

    do {
        now = pages_of(statm);
        most = now > most ? now : most;
        if (now_us() > end)
            give_up(t, "no derivation was seen");
    } while (most - before < DERIVATION_PAGES || most - now < DERIVATION_PAGES);
    return now_us();
}

static int measure_start(int argc, char **argv)
{
    double from, key_there, done;
    char path[64];
    struct tty t;
    int statm;
    long before;

    (void) argc;
    run_dolen(&t, argv[0], NULL);
    press(&t, passphrase);
    snprintf(path, sizeof path, "/proc/%d/statm", (int) t.pid);
    statm = open(path, O_RDONLY | O_CLOEXEC);
    before = pages_of(statm);
    t.resting = false;
    from = now_us();
    if (write(t.master, "\r", 1) != 1)
        give_up(&t, "the terminal takes no keys");
    key_there = await_key(&t, statm, before);
    done = settle(&t);
    close(statm);
    say("enter_us", done - from);
    say("derive_us", key_there - from);
    say("start_us", done - key_there);
    tty_stop(&t);
    return 0;
}

static int measure_open(int argc, char **argv)
{
    struct tty t;
    double from = now_us();

    (void) argc;
    run_dolen(&t, argv[0], argv[1]);
    say("open_us", now_us() - from);
    tty_stop(&t);
    return 0;
}

/* --- keys, against the bare list ---------------------------------------------------------------------------------- */

struct side {
    struct tty     t;
    struct samples took;
    double         bytes;
};

static void press_on(struct side *s, const char *k)
{
    sample(&s->took, press(&s->t, k));
    s->bytes += (double) s->t.bytes;
}

static void tell(struct side *s, const char *name)
{
    char label[32];

    snprintf(label, sizeof label, "%s_bytes", name);
    say(label, s->bytes / (double) s->took.n);
    snprintf(label, sizeof label, "%s_p50_us", name);
    say(label, quantile(&s->took, 0.5));
    snprintf(label, sizeof label, "%s_p99_us", name);
    say(label, quantile(&s->took, 0.99));
}

static int measure_keys(int argc, char **argv)
{
    static struct side dolen, bare;
    char *bare_argv[] = { program("tests/bench/bare_list"), argv[2], NULL };
    int times = number(argv[1], 1, SAMPLES_MAX), cut = 3;

    while (cut < argc && !str_eq(argv[cut], "--"))
        cut++;
    unlock_screen(&dolen.t, argv[0]);
    go(&dolen.t, cut - 3, argv + 3);
    tty_start(&bare.t, bare_argv);
    settle(&bare.t);
    drain(&bare.t);
    for (int i = 0; i < times && cut + 1 < argc; i++) {
        const char *k = key(argv[cut + 1 + i % (argc - cut - 1)]);

        press_on(&dolen, k);
        press_on(&bare, k);
    }
    tell(&dolen, "dolen");
    tell(&bare, "bare");
    tty_stop(&dolen.t);
    tty_stop(&bare.t);
    free(bare_argv[0]);
    return 0;
}

/* --- searching ---------------------------------------------------------------------------------------------------- */

static void type(struct tty *t, const char *text, struct samples *took)
{
    char letter[5] = "";
    int typed = 0;

    press(t, "/");
    for (; *text; text += strlen(letter)) {
        size_t n = 1;
        double us;

        while ((text[n] & 0xc0) == 0x80)
            n++;
        str_copy(letter, n + 1, text);
        us = press(t, letter);
        if (++typed >= 3)
            sample(took, us);
    }
    press(t, "\x1b");
}

static int measure_search(int argc, char **argv)
{
    static struct samples took;
    struct tty t;

    unlock_screen(&t, argv[0]);
    press(&t, "p");
    for (int i = number(argv[1], 1, 1000); i > 0; i--)
        for (int k = 2; k < argc; k++)
            type(&t, argv[k], &took);
    say("screen_p50_us", quantile(&took, 0.5));
    say("screen_p99_us", quantile(&took, 0.99));
    tty_stop(&t);
    return 0;
}

/* --- every list --------------------------------------------------------------------------------------------------- */

/* "<Enter>" or one character: its bytes in out; how many of text were read. */
static size_t next_key(const char *text, char *out, size_t size)
{
    size_t n = *text == '<' && strchr(text, '>') ? (size_t) (strchr(text, '>') - text) + 1 : 1;

    while ((text[n] & 0xc0) == 0x80)
        n++;
    str_copy(out, n + 1 < size ? n + 1 : size, text);
    str_copy(out, size, key(out));
    return n;
}

/* All keys one after the other; microseconds of the last. */
static double press_all(struct tty *t, const char *text)
{
    char one[32];
    double us = 0;

    while (*text) {
        text += next_key(text, one, sizeof one);
        us = press(t, one);
    }
    return us;
}

/* Back on Today whatever is open: Esc leaves searches, panels and views. */
static void back_to_today(struct tty *t)
{
    for (int i = 0; i < 4; i++)
        press(t, "\x1b");
    press(t, "t");
}

static int measure_views(int argc, char **argv)
{
    struct tty t;
    int times = number(argv[1], 1, 1000);

    unlock_screen(&t, argv[0]);
    for (int k = 2; k + 1 < argc; k += 2) {
        static struct samples took;

        took.n = 0;
        for (int i = 0; i < times; i++) {
            sample(&took, press_all(&t, argv[k + 1]));
            back_to_today(&t);
        }
        printf("view %s %.1f\n", argv[k], quantile(&took, 0.999));
        say("view_us", quantile(&took, 0.999));
    }
    tty_stop(&t);
    return 0;
}

/* --- what the kernel says about the program ----------------------------------------------------------------------- */

static long status_of(const struct tty *t, const char *name)
{
    char path[64], line[256];
    long n = 0;
    FILE *f;

    snprintf(path, sizeof path, "/proc/%d/status", (int) t->pid);
    f = fopen(path, "r");
    while (f && fgets(line, sizeof line, f))
        if (str_starts(line, name) && line[strlen(name)] == ':')
            n = strtol(line + strlen(name) + 1, NULL, 10);
    if (f)
        fclose(f);
    return n;
}

static long wakes(const struct tty *t)
{
    return status_of(t, "voluntary_ctxt_switches") + status_of(t, "nonvoluntary_ctxt_switches");
}

/* After three seconds, when autosave and its like have passed. */
static int measure_idle(int argc, char **argv)
{
    struct tty t;
    long before;

    (void) argc;
    unlock_screen(&t, argv[0]);
    poll(NULL, 0, 3000);
    take(&t, NULL, 0);
    t.bytes = 0;
    before = wakes(&t);
    poll(NULL, 0, number(argv[1], 1, 600) * 1000);
    take(&t, NULL, 0);
    say("idle_wakes", (double) (wakes(&t) - before));
    say("idle_bytes", (double) t.bytes);
    tty_stop(&t);
    return 0;
}

/* False when the kernel does not let us: the peak would then be the derivation's. */
static bool forget_peak(const struct tty *t)
{
    char path[64];
    int fd;
    bool done;

    snprintf(path, sizeof path, "/proc/%d/clear_refs", (int) t->pid);
    fd = open(path, O_WRONLY | O_CLOEXEC);
    done = fd >= 0 && write(fd, "5", 1) == 1;
    if (fd >= 0)
        close(fd);
    return done;
}

static int measure_memory(int argc, char **argv)
{
    struct tty t;
    long most = 0;
    bool exact;

    unlock_screen(&t, argv[0]);
    exact = forget_peak(&t);
    for (int i = 0; i < argc; i++) {
        long now = status_of(&t, "VmRSS");

        most = now > most ? now : most;
        if (i + 1 < argc)
            press(&t, key(argv[i + 1]));
    }
    say("peak_kib", (double) (exact ? status_of(&t, "VmHWM") : most));
    say("rss_kib", (double) status_of(&t, "VmRSS"));
    say("rss_anon_kib", (double) status_of(&t, "RssAnon"));
    say("exact", exact);
    tty_stop(&t);
    return 0;
}

int main(int argc, char **argv)
{
    static const struct { const char *name; int least; int (*run)(int argc, char **argv); } kinds[] = {
        { "start", 1, measure_start }, { "open", 2, measure_open }, { "keys", 5, measure_keys },
        { "search", 3, measure_search }, { "views", 4, measure_views }, { "idle", 2, measure_idle }, { "memory", 1, measure_memory },
    };

    if (!fgets(passphrase, sizeof passphrase, stdin))
        passphrase[0] = '\0';
    passphrase[strcspn(passphrase, "\n")] = '\0';
    for (size_t i = 0; argc > 1 && i < ARRAY_LEN(kinds); i++)
        if (str_eq(argv[1], kinds[i].name) && argc - 2 >= kinds[i].least)
            return kinds[i].run(argc - 2, argv + 2);
    fputs("usage: screen start|open|keys|search|views|idle|memory CASE ... < passphrase   (see the head of screen.c)\n", stderr);
    return 2;
}
