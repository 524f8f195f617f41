/* Asking on the terminal. The line is read in the terminal's own line mode with echo off; signals are let in only
 * while ppoll() waits, so none can slip in between the look at the flag and the wait. */
#include "dolen/vault/secret.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "dolen/base/lang.h"
#include "dolen/base/layout.h"
#include "dolen/base/mem.h"
#include "dolen/base/banned.h"

static const int caught[] = { SIGINT, SIGTERM, SIGHUP, SIGQUIT };
static volatile sig_atomic_t interrupted;

struct quiet {
    int fd;
    struct termios was;
    struct sigaction old[ARRAY_LEN(caught)], old_stop;
    sigset_t mask;                  /* as it was before */
};

static void on_signal(int sig)
{
    (void) sig;
    interrupted = 1;
}

/* Ctrl-Z is ignored meanwhile: stopped with echo off, the person would type blind into the shell. */
static void signals_take(struct quiet *q)
{
    struct sigaction sa = { .sa_handler = on_signal };
    struct sigaction ign = { .sa_handler = SIG_IGN };
    sigset_t block;

    interrupted = 0;
    sigemptyset(&block);
    for (size_t i = 0; i < ARRAY_LEN(caught); i++)
        sigaddset(&block, caught[i]);
    sigprocmask(SIG_BLOCK, &block, &q->mask);
    for (size_t i = 0; i < ARRAY_LEN(caught); i++)
        sigaction(caught[i], &sa, &q->old[i]);
    sigaction(SIGTSTP, &ign, &q->old_stop);
}

static void signals_give_back(struct quiet *q)
{
    for (size_t i = 0; i < ARRAY_LEN(caught); i++)
        sigaction(caught[i], &q->old[i], NULL);
    sigaction(SIGTSTP, &q->old_stop, NULL);
    sigprocmask(SIG_SETMASK, &q->mask, NULL);
}

static bool quiet_on(struct quiet *q)
{
    struct termios t;

    if (tcgetattr(q->fd, &q->was) != 0)
        return false;
    signals_take(q);
    t = q->was;
    t.c_lflag &= ~(tcflag_t) (ECHO | ECHOE | ECHOK | ECHONL);
    t.c_lflag |= ICANON | ISIG;
    if (tcsetattr(q->fd, TCSAFLUSH, &t) == 0)
        return true;
    signals_give_back(q);
    return false;
}

static void quiet_off(struct quiet *q)
{
    while (tcsetattr(q->fd, TCSAFLUSH, &q->was) != 0 && errno == EINTR)
        ;
    signals_give_back(q);
}

/* Broken between words where the terminal is narrow. */
static void say(int fd, const char *text)
{
    struct buf b = BUF_INIT;
    const char *s;
    size_t n;

    layout_wrap(&b, text, layout_columns(fd));
    s = buf_text(&b);
    n = b.len;

    while (n > 0) {
        ssize_t put = write(fd, s, n);

        if (put < 0 && errno != EINTR)
            break;                  /* a prompt that cannot be shown is no reason to stop */
        if (put > 0) {
            s += put;
            n -= (size_t) put;
        }
    }
    buf_release(&b);
}

static bool wait_readable(const struct quiet *q)
{
    struct pollfd p = { .fd = q->fd, .events = POLLIN };
    sigset_t open = q->mask;

    for (size_t i = 0; i < ARRAY_LEN(caught); i++)
        sigdelset(&open, caught[i]);
    while (!interrupted)
        if (ppoll(&p, 1, NULL, &open) > 0)
            return true;
    return false;
}

/* How far inside the sequence that an arrow, Home or Delete sends. */
enum sequence { SEQ_NONE, SEQ_BEGUN, SEQ_INSIDE };

/* What nobody sees must not hold what nobody meant: a passphrase with an arrow key in it could never be typed again on
 * the screen. Terminals send one of two codes for Backspace and take in only their own. false: no room. */
static bool take(struct secret *s, enum sequence *at, char c)
{
    if (*at == SEQ_BEGUN) {
        *at = c == '[' || c == 'O' ? SEQ_INSIDE : SEQ_NONE;
        return true;
    }
    if (*at == SEQ_INSIDE) {
        *at = c >= 0x40 && c <= 0x7e ? SEQ_NONE : SEQ_INSIDE;
        return true;
    }
    if (c == '\033')
        *at = SEQ_BEGUN;
    else if (c == '\b' || c == '\177')
        secret_drop_last(s);
    else if ((unsigned char) c >= 0x20)
        return secret_add(s, &c, 1);
    return true;
}

/* ST_OK also for an empty line: the caller decides. */
static enum status read_quiet(struct secret *s, const struct quiet *q, struct err *err)
{
    enum sequence at = SEQ_NONE;
    bool full = false;
    ssize_t got;
    char c;

    for (;;) {
        if (!wait_readable(q))
            return err_set(err, ST_INTERRUPTED, "%s", _("Interrupted. Nothing was opened."));
        got = read(q->fd, &c, 1);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0 && secret_length(s) == 0)     /* the end of what is typed: nobody is there to be asked again */
            return err_set(err, ST_INTERRUPTED, "%s", _("Interrupted. Nothing was opened."));
        if (got <= 0 || c == '\n')
            break;
        full |= !take(s, &at, c);
    }
    c = 0;
    if (full)                       /* the whole line is taken in first, or its rest would reach the shell */
        return err_set(err, ST_INVALID, _("The passphrase is longer than %d bytes. Nothing was opened. Use a shorter "
                                          "one."), SECRET_MAX);
    return ST_OK;
}

static struct quiet held = { .fd = -1 };

void secret_quiet_begin(void)
{
    int fd = held.fd < 0 ? open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC) : -1;

    if (fd < 0)
        return;                         /* no terminal, or quiet already */
    held.fd = fd;
    if (!quiet_on(&held)) {
        close(fd);
        held.fd = -1;
    }
}

void secret_quiet_end(void)
{
    if (held.fd < 0)
        return;
    quiet_off(&held);
    close(held.fd);
    held.fd = -1;
}

enum status secret_ask(struct secret **out, const char *prompt, struct err *err)
{
    struct quiet q = { .fd = open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC) };
    struct secret *s = NULL;
    enum status st = ST_OK;

    if (q.fd < 0)
        return err_set(err, ST_USAGE, "%s", _("There is no terminal to ask for the passphrase. Nothing was opened. "
                                              "Give it with --passphrase-fd."));
    s = secret_new();
    if (!s)
        st = err_set(err, ST_NOMEM, "%s", _("There is no memory to hold a passphrase safely. Nothing was opened. "
                                            "Close other programs and try again."));
    else if (!quiet_on(&q))
        st = err_sys(err, "%s", _("The terminal would not hide what is typed. Nothing was opened."));
    if (st != ST_OK)
        goto out;
    say(q.fd, prompt);
    st = read_quiet(s, &q, err);
    quiet_off(&q);
    say(q.fd, "\n");
    if (st == ST_OK && secret_length(s) == 0)
        st = err_set(err, ST_INVALID, "%s", _("Nothing was typed. Nothing was opened. Try again."));
out:
    close(q.fd);
    if (st == ST_OK)
        *out = s;
    else
        secret_free(&s);
    return st;
}
