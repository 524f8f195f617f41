/* term.c - starting and stopping curses, reading keys, and the one wait of the program.
 *
 * Signals: blocked all the time, so that no handler runs while case data is being changed. SIGWINCH is let through in
 * ppoll alone (ncurses' own handler sets its flag there), the others are read from a signalfd. The timer is on the
 * real-time clock because only there does the kernel report a clock that jumped, as it does when a laptop wakes. */
#include "term_priv.h"

#include <curses.h>
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/text.h"
#include "term_crash.h"
#include "dolen/base/banned.h"

#define ESC_DELAY_MS   25
#define SLEPT_AT_LEAST 1000             /* ms: less is the clocks' own wobble */
#define EARLY_MS       10              /* two clocks, each cut to whole milliseconds: so much too early is on time */

static struct term *started;            /* for the exit handlers: there is one terminal */

/* --- start and stop --- */

static void write_raw(const char *s)
{
    size_t n = strlen(s);

    while (n > 0) {
        ssize_t done = write(STDOUT_FILENO, s, n);

        if (done < 0 && errno == EINTR)
            continue;
        if (done <= 0)
            return;
        s += done;
        n -= (size_t) done;
    }
}

static void give_back(void)
{
    if (started && !isendwin()) {
        write_raw(PASTE_MARKS_OFF);
        endwin();
    }
}

/* Only a pipe: a number that came by mistake must not be the case file's. */
static int parse_fd(const char *s)
{
    struct stat info;
    char *end;
    long n;

    if (!s || !*s)
        return -1;
    n = strtol(s, &end, 10);
    return *end == '\0' && n >= 3 && n < 1024 && fstat((int) n, &info) == 0 && S_ISFIFO(info.st_mode) ? (int) n : -1;
}

static int64_t clock_ms(clockid_t id)
{
    struct timespec now;

    clock_gettime(id, &now);
    return (int64_t) now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static int64_t ms_asleep(void)
{
    return clock_ms(CLOCK_BOOTTIME) - clock_ms(CLOCK_MONOTONIC);
}

static bool open_wakers(struct term *t)
{
    sigset_t read_set, blocked;

    sigemptyset(&read_set);
    sigaddset(&read_set, SIGHUP);
    sigaddset(&read_set, SIGTERM);
    sigaddset(&read_set, SIGINT);
    sigaddset(&read_set, SIGTSTP);
    sigaddset(&read_set, SIGCONT);
    blocked = read_set;
    sigaddset(&blocked, SIGWINCH);
    sigprocmask(SIG_BLOCK, &blocked, &t->mask_before);
    sigprocmask(SIG_BLOCK, NULL, &t->mask_waiting);
    sigdelset(&t->mask_waiting, SIGWINCH);
    t->signals = signalfd(-1, &read_set, SFD_NONBLOCK | SFD_CLOEXEC);
    t->timer = timerfd_create(CLOCK_REALTIME, TFD_NONBLOCK | TFD_CLOEXEC);
    return t->signals >= 0 && t->timer >= 0;
}

/* Keys that curses has no code of its own for: it gives one out for each name that the terminal knows. */
static const struct {
    const char *capability;
    int         ours;
} with_ctrl[] = {
    { "kLFT5", K_CTRL_LEFT }, { "kRIT5", K_CTRL_RIGHT }, { "kHOM5", K_CTRL_HOME }, { "kEND5", K_CTRL_END },
};

static int key_code_of(const char *capability)
{
    char *sequence = tigetstr(capability);
    int code = sequence && sequence != (char *) -1 ? key_defined(sequence) : 0;

    return code > 0 ? code : 0;
}

static bool can_place_text(void)
{
    char *sequence = tigetstr("cup");

    return sequence && sequence != (char *) -1;
}

static void set_modes(void)
{
    raw();
    noecho();
    nonl();
    intrflush(stdscr, FALSE);
    keypad(stdscr, TRUE);
    nodelay(stdscr, TRUE);
    if (!getenv("ESCDELAY"))
        set_escdelay(ESC_DELAY_MS);
}

static void choose_looks(struct term *t, const struct term_options *o)
{
    t->utf8 = lang_terminal_is_utf8();
    t->glyphs = t->utf8 && !(o && o->ascii) && !str_starts(getenv("TERM"), "vt100") ? GLYPHS_UNICODE : GLYPHS_ASCII;
    t->scheme = o && o->mono ? SCHEME_MONO : SCHEME_COLOUR;
    if (t->scheme == SCHEME_COLOUR)
        t->scheme = scheme_choose(getenv("NO_COLOR"), getenv("TERM"), has_colors() ? tigetnum("colors") : 0);
    if (t->scheme == SCHEME_COLOUR)
        start_color();
    curses_colours(t);
}

static void free_term(struct term *t)
{
    if (t->signals >= 0)
        close(t->signals);
    if (t->timer >= 0)
        close(t->timer);
    canvas_free(&t->shown);
    buf_wipe(&t->ascii);
    explicit_bzero(t, sizeof *t);
    free(t);
}

enum status term_start(struct term **out, const struct term_options *o, struct err *err)
{
    static bool at_exit;

    if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))
        return err_set(err, ST_REFUSED, _("The workstation needs a terminal. Nothing was opened. "
                                          "In a pipe or a script use a command, or --plain."));
    struct term *t = xcalloc(1, sizeof *t);

    t->signals = t->timer = -1;
    for (int i = 0; i < WATCH_COUNT; i++)
        t->watched[i] = -1;
    t->due = -1;
    crash_remember_terminal();
    if (!newterm(NULL, stdout, stdin)) {
        const char *name = getenv("TERM");

        free_term(t);
        return err_set(err, ST_REFUSED, _("This machine does not know the terminal '%s'. Nothing was opened. "
                                          "Set TERM to vt100 or xterm and start again."), name ? name : "");
    }
    if (!can_place_text()) {
        endwin();
        free_term(t);
        return err_set(err, ST_REFUSED,
                       _("The terminal '%s' cannot place text on its screen. Nothing was opened. Use dolen --plain, "
                         "or set TERM to vt100 or xterm and start again."),
                       getenv("TERM"));
    }
    started = t;
    set_modes();
    choose_looks(t, o);
    if (!open_wakers(t)) {
        err_sys(err, _("The terminal could not be set up. Nothing was opened."
                       " Try another terminal, or: dolen --plain"));
        term_stop(&t);
        return ST_IO;
    }
    t->idle_fd = parse_fd(getenv("DOLEN_TEST_IDLE_FD"));
    for (size_t i = 0; i < ARRAY_LEN(with_ctrl); i++)
        t->with_ctrl[i] = key_code_of(with_ctrl[i].capability);
    t->slept = ms_asleep();
    t->all = true;
    getmaxyx(stdscr, t->rows, t->cols);
    write_raw(PASTE_MARKS_ON);
    crash_catch();
    die_hook = give_back;
    if (!at_exit)
        atexit(give_back);
    at_exit = true;
    *out = t;
    return ST_OK;
}

void term_stop(struct term **tp)
{
    if (!tp || !*tp)
        return;
    struct term *t = *tp;

    if (t->shown) {                     /* curses' own copies of the screen are blanked with it */
        werase(stdscr);
        wnoutrefresh(stdscr);
        doupdate();
    }
    give_back();
    started = NULL;
    crash_release();
    if (t->signals >= 0)
        sigprocmask(SIG_SETMASK, &t->mask_before, NULL);
    free_term(t);
    *tp = NULL;
}

void term_size(const struct term *t, int *rows, int *cols)
{
    *rows = t->rows;
    *cols = t->cols;
}

enum glyph_set term_glyphs(const struct term *t)
{
    return t->glyphs;
}

void term_redraw(struct term *t)
{
    t->all = true;
    clearok(curscr, TRUE);
}

void term_clear_scrollback(struct term *t)
{
    write_raw("\033[H\033[2J\033[3J");
    term_redraw(t);
}

/* --- keys --- */

struct code_pair {
    int curses, ours;
};

static const struct code_pair codes[] = {
    { KEY_UP, K_UP }, { KEY_DOWN, K_DOWN }, { KEY_LEFT, K_LEFT }, { KEY_RIGHT, K_RIGHT }, { KEY_HOME, K_HOME },
    { KEY_FIND, K_HOME }, { KEY_END, K_END }, { KEY_SELECT, K_END }, { KEY_PPAGE, K_PAGE_UP },
    { KEY_NPAGE, K_PAGE_DOWN }, { KEY_DC, K_DELETE }, { KEY_IC, K_INSERT }, { KEY_BTAB, K_SHIFT_TAB },
    { KEY_BACKSPACE, K_BACKSPACE }, { KEY_ENTER, K_ENTER }, { '\r', K_ENTER }, { '\n', K_ENTER }, { '\t', K_TAB },
    { 8, K_BACKSPACE }, { 127, K_BACKSPACE },
};

/* Some terminals' descriptions give a control character a name of its own (Ctrl-Z on the Linux console is "suspend"). */
static int control_behind(int c)
{
    char *sequence = c >= KEY_MIN ? keybound(c, 0) : NULL;
    int code = sequence && sequence[0] >= 1 && sequence[0] <= 26 && !sequence[1] ? sequence[0] : K_NONE;

    free(sequence);
    return code;
}

static int code_of(const struct term *t, int c)
{
    for (size_t i = 0; i < ARRAY_LEN(codes); i++)
        if (codes[i].curses == c)
            return codes[i].ours;
    if (c >= KEY_F(1) && c <= KEY_F(12))
        return K_F(c - KEY_F0);
    for (size_t i = 0; i < ARRAY_LEN(with_ctrl); i++)
        if (c && c == t->with_ctrl[i])
            return with_ctrl[i].ours;
    return c >= 1 && c <= 26 ? c : control_behind(c);
}

/* "Esc [ 4 ~": by its number, as PuTTY, rxvt and the Linux console send what xterm spells with a letter. */
static int numbered_key(int number)
{
    static const int keys[] = { [1] = K_HOME, [2] = K_INSERT, [3] = K_DELETE, [4] = K_END, [5] = K_PAGE_UP,
                                [6] = K_PAGE_DOWN, [7] = K_HOME, [8] = K_END, [11] = K_F(1), [12] = K_F(2),
                                [13] = K_F(3), [14] = K_F(4), [15] = K_F(5), [17] = K_F(6), [18] = K_F(7),
                                [19] = K_F(8), [20] = K_F(9), [21] = K_F(10), [23] = K_F(11), [24] = K_F(12) };

    return number > 0 && number < (int) ARRAY_LEN(keys) && keys[number] ? keys[number] : K_NONE;
}

/* Esc was read. What follows at once is a sequence that curses does not know under this TERM: keys in their other
 * spelling are understood, so are the marks round pasted text; a report nobody asked for is passed over, since its
 * letters must not become actions. */
static int after_escape(struct term *t)
{
    static const int finals[] = { ['A'] = K_UP, ['B'] = K_DOWN, ['C'] = K_RIGHT, ['D'] = K_LEFT, ['F'] = K_END,
                                  ['H'] = K_HOME, ['Z'] = K_SHIFT_TAB };
    int c = wgetch(stdscr), length = 0, number = 0;
    bool other = false;                 /* something besides the number: with Ctrl or Alt, or no key at all */

    if (c == ERR)
        return K_ESC;
    if (c != '[' && c != 'O') {
        ungetch(c);
        return K_ESC;
    }
    do {
        c = wgetch(stdscr);
        length++;
        if (c >= '0' && c <= '9' && number < PASTE_ENDS)
            number = number * 10 + c - '0';
        other |= c != '~' && !(c >= '0' && c <= '9');
    } while (c != ERR && !(c >= 0x40 && c <= 0x7e));
    if (c == '~' && number == PASTE_BEGINS)
        paste_begin(&t->paste);
    else if (c == '~' && number == PASTE_ENDS)
        paste_end(&t->paste);
    else if (c == '~' && !other)
        return numbered_key(number);
    return length == 1 && c > 0 && c < (int) ARRAY_LEN(finals) ? finals[c] : K_NONE;
}

/* A byte of text. true when it completes a code point. */
static bool take_byte(struct term *t, int c, struct key *k)
{
    uint32_t cp;

    if (!t->utf8) {                     /* ISO 8859-1 is the one such terminal still met */
        struct buf b = BUF_INIT;

        buf_add_cp(&b, (uint32_t) c);
        *k = key_of_text(buf_text(&b));
        buf_release(&b);
        return c >= 0x20 && c != 0x7f && !(c >= 0x80 && c < 0xa0);
    }
    if (c < 0x80 || c >= 0xc0)
        t->part_bytes = 0;
    t->part[t->part_bytes++] = (char) c;
    size_t n = utf8_next(t->part, t->part_bytes, &cp);

    if (n == t->part_bytes && cp != 0xFFFD) {
        char text[CODE_OPENING + 1] = { 0 };

        memcpy(text, t->part, n);
        t->part_bytes = 0;
        *k = key_of_text(text);
        return cp >= 0x20 && !(cp >= 0x7f && cp < 0xa0);
    }
    if (t->part_bytes == CODE_OPENING)
        t->part_bytes = 0;
    return false;
}

/* c was read between the marks. A lone Esc ends it: the second mark was lost on the way, and keys are keys again. */
static bool take_pasted(struct term *t, int c, struct key *k)
{
    struct key whole;

    if (c == 27) {
        if (after_escape(t) == K_ESC)
            paste_end(&t->paste);
        return false;
    }
    if (c >= 0x20 && c < 0x100 && c != 127)
        return take_byte(t, c, &whole) && paste_text(&t->paste, &whole, k);
    return paste_control(&t->paste, c == KEY_ENTER ? '\r' : c, k);
}

static bool take_pressed(struct term *t, int c, struct key *k)
{
    if (c >= 0x20 && c < 0x100 && c != 127)
        return take_byte(t, c, k);
    *k = key_of_code(c == 27 ? after_escape(t) : code_of(t, c));
    return k->code != K_NONE;
}

static bool take_key(struct term *t, struct input *out)
{
    int c;

    out->kind = INPUT_PASTED;
    if (paste_held(&t->paste, &out->key))
        return true;
    while ((c = wgetch(stdscr)) != ERR) {
        if (c == KEY_RESIZE) {
            getmaxyx(stdscr, t->rows, t->cols);
            term_redraw(t);
            out->kind = INPUT_RESIZE;
            return true;
        }
        out->kind = t->paste.on ? INPUT_PASTED : INPUT_KEY;
        if (t->paste.on ? take_pasted(t, c, &out->key) : take_pressed(t, c, &out->key))
            return true;
    }
    return false;
}

bool term_key_waiting(struct term *t)
{
    if (!t->has_ahead)
        t->has_ahead = take_key(t, &t->ahead);
    return t->has_ahead;
}

/* --- waiting --- */

static void arm(struct term *t, int64_t ms)
{
    struct itimerspec at = { 0 };
    int64_t when = clock_ms(CLOCK_REALTIME) + ms;

    if (ms >= 0) {
        at.it_value.tv_sec = (time_t) (when / 1000);
        at.it_value.tv_nsec = (long) (when % 1000) * 1000000L + 1;
    }
    timerfd_settime(t->timer, TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET, &at, NULL);
}

void term_deadline(struct term *t, long ms)
{
    t->due = ms < 0 ? -1 : clock_ms(CLOCK_BOOTTIME) + ms;
    arm(t, ms);
}

static bool slept(struct term *t)
{
    int64_t before = t->slept;

    t->slept = ms_asleep();
    return t->slept > before + SLEPT_AT_LEAST;
}

static bool take_timer(struct term *t, struct input *out)
{
    uint64_t times;
    ssize_t n = read(t->timer, &times, sizeof times);

    if (n < 0 && errno != ECANCELED)
        return false;
    if (slept(t)) {
        out->kind = INPUT_RESUME;
        return true;
    }
    int64_t left = t->due < 0 ? -1 : t->due - clock_ms(CLOCK_BOOTTIME);

    if (t->due < 0 || left > EARLY_MS) {        /* somebody set the clock: the deadline is where it was */
        arm(t, left);
        return false;
    }
    t->due = -1;
    out->kind = INPUT_DEADLINE;
    return true;
}

static void resume_screen(struct term *t)
{
    reset_prog_mode();
    write_raw(PASTE_MARKS_ON);
    term_redraw(t);
}

static bool take_signal(struct term *t, struct input *out)
{
    struct signalfd_siginfo s;

    if (read(t->signals, &s, sizeof s) != (ssize_t) sizeof s)
        return false;
    if (s.ssi_signo == SIGCONT) {
        resume_screen(t);
        out->kind = INPUT_RESUME;
    } else {
        out->kind = s.ssi_signo == SIGTSTP ? INPUT_SUSPEND : INPUT_HANGUP;
    }
    return true;
}

static void tell_idle(const struct term *t)
{
    if (t->idle_fd >= 0 && write(t->idle_fd, ".", 1) < 0)
        return;                         /* the test driver has gone: its loss */
}

/* Readable and yet nothing to read: the other end is gone. */
static bool terminal_gone(const struct pollfd *p)
{
    int waiting = 0;

    if (p->revents & (POLLHUP | POLLERR | POLLNVAL))
        return true;
    return (p->revents & POLLIN) && (ioctl(STDIN_FILENO, FIONREAD, &waiting) < 0 || waiting == 0);
}

void term_watch(struct term *t, enum term_watch which, int fd)
{
    t->watched[which] = fd;
}

void term_wait(struct term *t, struct input *out)
{
    struct pollfd fds[] = { { STDIN_FILENO, POLLIN, 0 }, { t->timer, POLLIN, 0 }, { t->signals, POLLIN, 0 },
                            { t->watched[WATCH_ROAD], POLLIN, 0 }, { t->watched[WATCH_MAKING], POLLIN, 0 },
                            { t->watched[WATCH_HOST], POLLIN, 0 }, { t->watched[WATCH_LATER], POLLIN, 0 } };

    *out = (struct input) { .kind = INPUT_KEY };
    for (;;) {
        if (take_signal(t, out) || take_timer(t, out))
            return;
        if (t->has_ahead) {
            *out = t->ahead;
            t->has_ahead = false;
            return;
        }
        if (take_key(t, out))
            return;
        if (t->watched[WATCH_ROAD] < 0 && t->watched[WATCH_MAKING] < 0 && t->watched[WATCH_HOST] < 0)
            tell_idle(t);               /* with something under way the screen is not at rest yet */
        if (ppoll(fds, ARRAY_LEN(fds), NULL, &t->mask_waiting) < 0)
            continue;                   /* EINTR: the window changed, take_key tells */
        if (terminal_gone(&fds[0])) {
            out->kind = INPUT_HANGUP;
            return;
        }
        if ((fds[3].revents || fds[4].revents || fds[5].revents || fds[6].revents) && !fds[0].revents) {
            out->kind = INPUT_WATCH;
            return;
        }
    }
}

void term_swallow(struct term *t, int ms, void (*seen)(void *ctx, const struct key *k), void *ctx)
{
    struct pollfd typed = { STDIN_FILENO, POLLIN, 0 };

    do
        while (term_key_waiting(t)) {
            if (t->ahead.kind == INPUT_RESIZE)
                return;
            t->has_ahead = false;
            seen(ctx, &t->ahead.key);
        }
    while (poll(&typed, 1, ms) > 0 && !terminal_gone(&typed));
}

void term_stop_job(void)
{
    struct sigaction stop = { .sa_handler = SIG_DFL }, before;
    sigset_t set, masked;

    sigemptyset(&set);
    sigaddset(&set, SIGTSTP);
    sigaction(SIGTSTP, &stop, &before);
    sigprocmask(SIG_UNBLOCK, &set, &masked);
    kill(0, SIGTSTP);                   /* the whole job, so that a shell above a wrapper sees it stop */
    sigprocmask(SIG_SETMASK, &masked, NULL);
    sigaction(SIGTSTP, &before, NULL);
}
