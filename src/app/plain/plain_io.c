/* plain_io.c - lines out and lines in: taming, commands that work everywhere, choosing, yes and no.
 *
 * Signals are let in only while waiting, so that whatever was begun is finished and on disk before the program ends. */
#include "plain_priv.h"

#include <errno.h>
#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

#include "dolen/base/lang.h"
#include "dolen/base/layout.h"
#include "dolen/base/mem.h"
#include "dolen/base/text.h"
#include "paperwork.h"
#include "yes_word.h"
#include "dolen/base/banned.h"

#define LINE_LIMIT     (1u << 20)
#define IDLE_GRACE_MS  3000
#define SLEPT_AT_LEAST 1000
#define LINES_AT_ONCE  20               /* of a list that is read out */
#define LEFT_OVER      4                /* not worth a word of their own */
enum { ASK_AGAIN = -9, READ_ON = -10 };   /* beside CHOSE_…, within this file */

static volatile sig_atomic_t ends, stops;

/* --- out ---------------------------------------------------------------------------------------------------------- */

/* The width is asked for each time: the window may have changed since the last line. Into a pipe a line stays whole. */
static void put(const char *text, bool newline)
{
    struct buf tame = BUF_INIT, ascii = BUF_INIT, lines = BUF_INIT;

    text_tame(&tame, text, true);
    if (!lang_terminal_is_utf8())
        text_to_ascii(&ascii, buf_text(&tame));
    layout_wrap(&lines, ascii.len ? buf_text(&ascii) : buf_text(&tame), layout_columns(STDOUT_FILENO));
    fputs(buf_text(&lines), stdout);
    if (newline)
        putchar('\n');
    buf_wipe(&tame);
    buf_wipe(&ascii);
    buf_wipe(&lines);
}

void tell_text(const char *text)
{
    size_t n = strlen(text);

    put(text, n == 0 || text[n - 1] != '\n');
}

void tell(const char *fmt, ...)
{
    char *text = NULL;
    va_list ap;

    va_start(ap, fmt);
    if (vasprintf(&text, fmt, ap) < 0)
        text = NULL;
    va_end(ap);
    if (!text)
        return;
    tell_text(text);
    explicit_bzero(text, strlen(text));
    free(text);
}

void tell_error(const struct err *err)
{
    if (err_text(err)[0])
        tell_text(err_text(err));
}

const char *plain_colon(const char *text)
{
    return *plain_ends(text) ? ":" : "";
}

const char *plain_ends(const char *text)
{
    size_t n = strlen(text);

    return n > 0 && strchr(".?!:", text[n - 1]) ? "" : ".";
}

/* --- waiting ------------------------------------------------------------------------------------------------------ */

static void on_end(int sig)
{
    (void) sig;
    ends = 1;
}

static void on_stop(int sig)
{
    (void) sig;
    stops = 1;
}

static int64_t clock_ms(clockid_t which)
{
    struct timespec t;

    clock_gettime(which, &t);
    return (int64_t) t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static int64_t asleep(void)
{
    return clock_ms(CLOCK_BOOTTIME) - clock_ms(CLOCK_MONOTONIC);
}

void io_start(struct plain *p)
{
    static const int ending[] = { SIGINT, SIGTERM, SIGHUP, SIGQUIT };
    struct sigaction end = { .sa_handler = on_end }, stop = { .sa_handler = on_stop };
    sigset_t held;

    sigemptyset(&held);
    sigaddset(&held, SIGTSTP);
    for (size_t i = 0; i < ARRAY_LEN(ending); i++)
        sigaddset(&held, ending[i]);
    sigprocmask(SIG_BLOCK, &held, &p->mask);
    for (size_t i = 0; i < ARRAY_LEN(ending); i++)
        sigaction(ending[i], &end, NULL);
    sigaction(SIGTSTP, &stop, NULL);
    signal(SIGPIPE, SIG_IGN);       /* a reader that went away is found when the prompt is written */
    p->timer = timerfd_create(CLOCK_REALTIME, TFD_NONBLOCK | TFD_CLOEXEC);
    p->slept = asleep();
}

/* The new program that locking starts inherits the mask, and what is ignored. */
void io_stop(struct plain *p)
{
    static const int all[] = { SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP, SIGPIPE };

    buf_wipe(&p->in);
    if (p->timer >= 0)
        close(p->timer);
    p->timer = -1;
    for (size_t i = 0; i < ARRAY_LEN(all); i++)
        signal(all[i], SIG_DFL);
    sigprocmask(SIG_SETMASK, &p->mask, NULL);
}

static void arm(struct plain *p, int64_t ms)
{
    int64_t when = clock_ms(CLOCK_REALTIME) + ms;
    struct itimerspec at = { .it_value = { (time_t) (when / 1000), (long) (when % 1000) * 1000000L + 1 } };

    timerfd_settime(p->timer, TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET, &at, NULL);
}

/* True when it is time to lock: idle for too long, or the laptop has slept. A clock that was set changes nothing. */
static bool timer_rang(struct plain *p)
{
    uint64_t times;
    ssize_t n = read(p->timer, &times, sizeof times);
    int64_t left = p->due - clock_ms(CLOCK_BOOTTIME), was = p->slept;

    if (n < 0 && errno != ECANCELED)
        return false;
    p->slept = asleep();
    if (left <= 0 || p->slept > was + SLEPT_AT_LEAST)
        return true;
    arm(p, left);
    return false;
}

static bool ended_by_signal(struct plain *p)
{
    if (ends)
        p->end = PLAIN_HANGUP;
    else if (stops)
        p->end = PLAIN_SUSPEND;
    return ends || stops;
}

static bool wait_input(struct plain *p)
{
    struct pollfd f[2] = { { .fd = STDIN_FILENO, .events = POLLIN }, { .fd = p->timer, .events = POLLIN } };
    int64_t idle = setting_value("lock_after") * 60000L + IDLE_GRACE_MS;

    p->due = clock_ms(CLOCK_BOOTTIME) + idle;
    if (p->timer >= 0)
        arm(p, idle);
    for (;;) {
        int n = ppoll(f, p->timer >= 0 ? 2 : 1, NULL, &p->mask);

        if (ended_by_signal(p))
            return false;
        if (n > 0 && f[1].revents && timer_rang(p)) {
            p->end = PLAIN_LOCK;
            return false;
        }
        if (n > 0 && f[0].revents)
            return true;
    }
}

/* --- in ----------------------------------------------------------------------------------------------------------- */

/* Keys that are no text (arrows on a terminal without line editing) must not get into a record. */
static bool is_text(const char *s, size_t n)
{
    if (!utf8_valid(s, n))
        return false;
    for (size_t i = 0; i < n; i++)
        if (((unsigned char) s[i] < 0x20 && s[i] != '\t') || s[i] == 0x7f)
            return false;
    return true;
}

static enum reply give(struct plain *p, size_t n, size_t skip, struct buf *line)
{
    size_t len = n > 0 && p->in.s[n - 1] == '\r' ? n - 1 : n;
    bool ok = is_text(p->in.s, len);

    if (ok && len)
        buf_add_mem(line, p->in.s, len);
    explicit_bzero(p->in.s, n);
    buf_remove(&p->in, 0, n + skip);
    for (size_t i = 0; i < line->len; i++)
        if (line->s[i] == '\t')
            line->s[i] = ' ';
    paperwork_typed(p->cf);
    if (ok)
        return REPLY_LINE;
    tell_text(_("That line holds keys that are not text. Nothing of it was taken; type it again."));
    return REPLY_AGAIN;
}

enum reply plain_read(struct plain *p, struct buf *line)
{
    char chunk[4096];

    buf_wipe(line);
    for (;;) {
        const char *end = p->in.len ? memchr(p->in.s, '\n', p->in.len) : NULL;
        ssize_t n;

        if (end)
            return give(p, (size_t) (end - p->in.s), 1, line);
        if (p->in_ended && p->in.len)
            return give(p, p->in.len, 0, line);
        if (p->in_ended) {
            p->end = PLAIN_EOF;
            return REPLY_OVER;
        }
        if (p->in.len > LINE_LIMIT) {
            buf_wipe(&p->in);
            tell_text(_("That line is longer than 1 MiB. Nothing of it was taken."));
            return REPLY_AGAIN;
        }
        if (!wait_input(p))
            return REPLY_OVER;
        n = read(STDIN_FILENO, chunk, sizeof chunk);
        p->in_ended = n == 0 || (n < 0 && errno != EINTR && errno != EAGAIN);
        if (n > 0)
            buf_add_mem(&p->in, chunk, (size_t) n);
        explicit_bzero(chunk, sizeof chunk);
    }
}

enum reply plain_ask(struct plain *p, const char *prompt, struct buf *line)
{
    enum reply r;

    put(prompt, false);
    if (fflush(stdout) != 0) {
        p->end = PLAIN_EOF;         /* nobody hears us any more */
        return REPLY_OVER;
    }
    r = plain_read(p, line);
    if (!isatty(STDIN_FILENO))
        putchar('\n');
    if (r == REPLY_LINE && plain_is(buf_text(line), N_(":back"), false)) {
        buf_clear(line);
        buf_add(line, "<");             /* one sign for it, whoever asked */
    }
    if (r == REPLY_LINE && plain_global(p, buf_text(line), false))
        r = p->end == PLAIN_GO_ON ? REPLY_AGAIN : REPLY_OVER;
    return r;
}

/* --- commands that work everywhere -------------------------------------------------------------------------------- */

/* The same word, roofs and small letters or not: :nol and :nôl. Signs are the same only as they are. */
static bool is_word(const char *typed, const char *word)
{
    struct buf t = BUF_INIT, w = BUF_INIT;
    bool same;

    text_fold(&t, typed);
    text_fold(&w, word);
    same = w.len && (typed[0] == ':') == (word[0] == ':') ? str_eq(buf_text(&t), buf_text(&w))
                                                          : strcasecmp(typed, word) == 0;
    buf_wipe(&t);
    buf_wipe(&w);
    return same;
}

bool plain_is(const char *typed, const char *word, bool bare)
{
    struct buf t = BUF_INIT;
    bool same = false;

    text_clean(&t, typed);
    for (int l = 0; l < LANG_COUNT && !same; l++) {
        const char *w = tr_in((enum lang) l, word);

        same = is_word(buf_text(&t), w) || (bare && w[0] == ':' && is_word(buf_text(&t), w + 1));
    }
    buf_wipe(&t);
    return same;
}

static void speak(struct plain *p, enum lang l)
{
    (void) p;
    lang_set(l);
    tell_text(l == LANG_CY ? "Cymraeg." : "English.");
}

static void cymraeg(struct plain *p)  { speak(p, LANG_CY); }
static void english(struct plain *p)  { speak(p, LANG_EN); }
static void flip(struct plain *p)     { speak(p, lang_now() == LANG_EN ? LANG_CY : LANG_EN); }
static void lock(struct plain *p)     { p->end = PLAIN_LOCK; }
static void leave(struct plain *p)    { p->end = PLAIN_QUIT; }

static void help(struct plain *p)
{
    (void) p;
    tell_text(_("Help."));
    tell_text(_("Answer a list with the number, the word, or how its line begins. Enter reads the list again."));
    tell_text(_("< (the less-than sign) or :back (a colon before the word) goes back."));
    tell_text(_("In every list undo takes back the last change; it asks first."));
    tell_text(_("These work at every prompt:"));
    tell_text(_("! or :serious. Something serious: what to do, whom to ring."));
    tell_text(_(":cymraeg and :english change the language."));
    tell_text(_(":lock locks the case file. :quit leaves the program. What was answered is kept."));
    tell_text(_(":help reads this, and so does ? at a list; :help and a word says what has to do with that word."));
    walk_keys();
}

static const struct {
    const char *word;
    bool        always;             /* works without its colon in lists too */
    void      (*run)(struct plain *p);
} globals[] = {
    { "!", true, plain_serious }, { N_(":serious"), true, plain_serious },
    { ":something-serious", true, plain_serious },
    { N_(":help"), true, help }, { N_(":lock"), true, lock }, { N_(":quit"), true, leave },
    { ":cymraeg", true, cymraeg }, { ":english", true, english }, { N_(":language"), true, flip },
};

bool plain_global(struct plain *p, const char *typed, bool bare)
{
    for (size_t i = 0; i < ARRAY_LEN(globals); i++)
        if (plain_is(typed, globals[i].word, bare && globals[i].always)) {
            globals[i].run(p);
            return true;
        }
    return plain_help_about(typed, bare);
}

/* --- choosing ----------------------------------------------------------------------------------------------------- */

static const char *label_in(const struct choice *c, enum lang l)
{
    return c->made ? c->label : tr_in(l, c->label);
}

static bool label_fits(const struct choice *c, const char *folded, bool whole)
{
    bool fits = false;

    for (int l = 0; l < LANG_COUNT && !fits; l++) {
        struct buf b = BUF_INIT;

        text_fold(&b, label_in(c, (enum lang) l));
        fits = whole ? str_eq(buf_text(&b), folded) : str_starts(buf_text(&b), folded);
        buf_wipe(&b);
    }
    return fits;
}

/* A number, a word, a whole label, the beginning of exactly one; -1 none, -2 several. */
static int find(const struct choice *items, size_t n, const char *typed)
{
    struct buf folded = BUF_INIT;
    char *end;
    long number = strtol(typed, &end, 10);
    int found = -1;

    if (end != typed && *end == '\0')
        return number >= 1 && (size_t) number <= n ? (int) number - 1 : -1;
    for (size_t i = 0; i < n; i++)
        if (items[i].word && plain_is(typed, items[i].word, true))
            return (int) i;
    text_fold(&folded, typed);
    for (int whole = 1; whole >= 0 && found == -1 && folded.len; whole--)
        for (size_t i = 0; i < n && found != -2; i++)
            if (label_fits(&items[i], buf_text(&folded), whole))
                found = found == -1 ? (int) i : -2;
    buf_release(&folded);
    return found;
}

/* Lines from that one on, at most many; a few that would be left over are read with them. The next one to read. */
static size_t read_lines(const struct choice *items, size_t n, size_t from, size_t many)
{
    size_t until = from + many;

    if (until + LEFT_OVER >= n)
        until = n;
    for (size_t i = from; i < until; i++)
        tell("%zu. %s", i + 1, label_in(&items[i], lang_now()));
    if (until < n)
        tell(tr_n("%zu more line: more reads on.", "%zu more lines: more reads on.", n - until), n - until);
    return until;
}

static size_t read_list(struct plain *p, const char *title, const struct choice *items, size_t n)
{
    bool heard = p->heard;
    size_t many = p->first ? p->first : LINES_AT_ONCE;

    p->heard = false;
    p->first = 0;
    tell("%s", "");
    if (heard)
        tell("%s%s %s", title, plain_ends(title), _("Enter reads the list."));
    else
        tell_text(title);
    return heard ? 0 : read_lines(items, n, 0, many);
}

/* A word of the menu that every person has, or of the main menu. */
static bool is_word_of(const char *typed, const char *(*word)(size_t i))
{
    bool is = false;

    for (size_t i = 0; word(i) && !is; i++)
        is = plain_is(typed, word(i), true);
    return is;
}

static void say_not_there(const struct plain *p, const char *typed, bool several)
{
    if (several)
        tell_text(_("More than one line begins like that. Type more of it, or the number."));
    else if (is_word_of(typed, menu_word))
        tell_text(_("That is done from the main menu: < goes back to it."));
    else if (!id_is_set(p->person) && is_word_of(typed, person_menu_word))
        tell_text(_("That is done for a person: open the person first, then type it again."));
    else if (typed[0] == ':')
        tell_text(_("There is no word with a colon by that name. Nothing was done. :help reads those there are."));
    else
        tell_text(_("That is not in the list. Type a number of the list, or a word of it."));
}

/* other: takes what is no line of the list, see plain_choose_or. NULL: that is told. */
static int one_choice(struct plain *p, const struct choice *items, size_t n, struct buf *line, struct buf *other)
{
    struct buf typed = BUF_INIT;
    enum lang spoken = lang_now();
    enum reply r = plain_ask(p, _("Number or word, < goes back: "), line);
    int i;

    /* Help or the numbers came in between: the list was heard before them, though not in another language. */
    p->heard = r == REPLY_AGAIN && lang_now() == spoken;
    if (r != REPLY_LINE)
        return r == REPLY_OVER ? CHOSE_OVER : CHOSE_AGAIN;
    text_clean(&typed, buf_text(line));
    if (str_eq(buf_text(&typed), "<") || plain_is(buf_text(&typed), N_(":back"), true)) {
        i = CHOSE_BACK;
    } else if (!typed.len) {
        i = other ? CHOSE_OTHER : CHOSE_AGAIN;
    } else if (str_eq(buf_text(&typed), "?")) {
        if (!p->in_form)                /* there it reads the list, as it reads the choices of a question */
            help(p);
        p->heard = !p->in_form;
        i = CHOSE_AGAIN;
    } else {
        i = find(items, n, buf_text(&typed));
        if (i < 0 && plain_is(buf_text(&typed), N_(":more"), true))
            i = READ_ON;
        else if (i < 0 && plain_global(p, buf_text(&typed), true)) {
            i = p->end == PLAIN_GO_ON ? CHOSE_AGAIN : CHOSE_OVER;
            p->heard = lang_now() == spoken;
        } else if (i < 0 && !p->in_form && plain_is(buf_text(&typed), N_(":undo"), true)) {
            step_undo(p);               /* said wherever something was filed: it is done there too */
            i = CHOSE_AGAIN;
        } else if (i == -1 && other) {
            buf_add(other, buf_text(&typed));
            i = CHOSE_OTHER;
        } else if (i < 0) {
            say_not_there(p, buf_text(&typed), i == -2);
            i = ASK_AGAIN;
        }
    }
    buf_wipe(&typed);
    return i;
}

int plain_choose_or(struct plain *p, const char *title, const struct choice *items, size_t n, struct buf *other)
{
    struct buf line = BUF_INIT;
    size_t next = read_list(p, title, items, n);
    int i;

    while ((i = one_choice(p, items, n, &line, other)) == ASK_AGAIN || i == READ_ON) {
        if (i == READ_ON && next >= n)
            tell_text(_("That was the last line. Enter reads the list again."));
        else if (i == READ_ON)
            next = read_lines(items, n, next, LINES_AT_ONCE);
    }
    buf_wipe(&line);
    return i;
}

int plain_choose(struct plain *p, const char *title, const struct choice *items, size_t n)
{
    return plain_choose_or(p, title, items, n, NULL);
}

/* --- a line that was asked for ------------------------------------------------------------------------------------ */

bool plain_no_command(const char *typed)
{
    if (typed[0] != ':')
        return false;
    tell(_("There is no command \"%s\" here. :help reads the commands."), typed);
    return true;
}

bool plain_typed(struct plain *p, const char *prompt, struct buf *line)
{
    struct buf clean = BUF_INIT;
    enum reply r;
    bool some;

    do
        r = plain_ask(p, prompt, line);
    while (r == REPLY_AGAIN);
    text_clean(&clean, buf_text(line));
    some = r == REPLY_LINE && clean.len && !str_eq(buf_text(&clean), "<");
    buf_clear(line);
    buf_add(line, buf_text(&clean));
    buf_wipe(&clean);
    return some;
}

/* --- yes and no --------------------------------------------------------------------------------------------------- */

enum plain_answer plain_yes(struct plain *p, const char *question)
{
    struct buf line = BUF_INIT;
    enum reply r;
    int which = 0;

    do {
        char *prompt = xasprintf("%s %s ", question, _("y or n:"));

        r = plain_ask(p, prompt, &line);
        free(prompt);
        if (r == REPLY_LINE)
            which = str_eq(buf_text(&line), "<") ? -1 : yes_word(buf_text(&line));
        if (r == REPLY_LINE && which == 0)
            tell_text(_("Please answer y for yes or n for no."));
    } while (r != REPLY_OVER && which == 0);
    buf_wipe(&line);
    return r == REPLY_OVER ? ANSWER_OVER : which > 0 ? ANSWER_YES : ANSWER_NO;
}
