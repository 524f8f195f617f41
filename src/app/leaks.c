/* app/leaks.c - only keyed hashes of names and numbers are kept while files are read, and files are read piece by
 * piece. */
#include "leaks.h"

#include <dirent.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "dolen/base/file.h"
#include "dolen/base/mem.h"
#include "dolen/vault/hash.h"
#include "dolen/base/banned.h"

#define PEOPLE_AT_ONCE 200
#define NAME_LEAST  6
#define DIGITS      10              /* an NHS number; of a telephone number the last ten */
#define FILE_MOST   (64ll << 20)
#define SECONDS     60
#define WRITTEN_DEPTH 3
#define FILES_MOST  20000
#define HISTORY_MOST (4u << 20)

struct needle {
    uint8_t hash[16];
};

struct search {
    uint8_t        key[32];
    struct needle *needles;
    size_t         count, cap;
    struct leaks  *out;
    char          *skip;            /* the case file itself */
    time_t         until;
    bool           over;            /* no file more: the time is up, or the number reached */
    bool           visible;         /* pass over names that begin with a dot */
};

/* What has been read of a word and of a number so far; a word too long to be a name counts as none. */
struct scan {
    char   word[64], digits[DIGITS];
    size_t word_n, digit_n;
    bool   found;
};

static int compare(const void *a, const void *b)
{
    return memcmp(a, b, sizeof(struct needle));
}

static bool known(const struct search *s, const char *p, size_t n)
{
    struct needle x;

    keyed_id(x.hash, s->key, p, n);
    return s->count && bsearch(&x, s->needles, s->count, sizeof x, compare);
}

static bool in_word(unsigned char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c >= 0x80;
}

static void word_end(struct search *s, struct scan *x, bool keep)
{
    if (x->word_n >= NAME_LEAST && x->word_n < sizeof x->word) {
        if (keep)
            keyed_id(((struct needle *) ARRAY_ADD(s->needles, s->count, s->cap))->hash, s->key, x->word, x->word_n);
        else
            x->found = x->found || known(s, x->word, x->word_n);
    }
    x->word_n = 0;
}

static void take(struct search *s, struct scan *x, unsigned char c)
{
    if (in_word(c)) {
        if (x->word_n < sizeof x->word)
            x->word[x->word_n++] = c >= 'A' && c <= 'Z' ? (char) (c - 'A' + 'a') : (char) c;
    } else {
        word_end(s, x, false);
    }
    if (c >= '0' && c <= '9') {
        if (x->digit_n == DIGITS)
            memmove(x->digits, x->digits + 1, DIGITS - 1);
        else
            x->digit_n++;
        x->digits[x->digit_n - 1] = (char) c;
        x->found = x->found || (x->digit_n == DIGITS && known(s, x->digits, DIGITS));
    } else if (c != ' ' && c != '-') {
        x->digit_n = 0;
    }
}

/* --- what is looked for ------------------------------------------------------------------------------------------- */

static void want_name(struct search *s, const char *name)
{
    struct scan x = { .word_n = 0 };

    for (; name && *name; name++) {
        if (!in_word((unsigned char) *name))
            word_end(s, &x, true);
        else if (x.word_n < sizeof x.word)
            x.word[x.word_n++] = *name >= 'A' && *name <= 'Z' ? (char) (*name - 'A' + 'a') : *name;
    }
    word_end(s, &x, true);
    wipe(&x, sizeof x);
}

static void want_number(struct search *s, const char *number)
{
    char digits[32];
    size_t n = 0;

    for (; number && *number && n < sizeof digits; number++)
        if (*number >= '0' && *number <= '9')
            digits[n++] = *number;
    if (n >= DIGITS)
        keyed_id(((struct needle *) ARRAY_ADD(s->needles, s->count, s->cap))->hash, s->key, digits + n - DIGITS,
                 DIGITS);
    wipe(digits, sizeof digits);
}

static enum status want_person(struct search *s, struct store *store, struct id id, struct err *err)
{
    struct record r = { .table = T_PERSON };
    enum status st = store_get(store, T_PERSON, id, &r, err);

    if (st == ST_OK) {
        want_name(s, record_text(&r, PERSON_given_name));
        want_name(s, record_text(&r, PERSON_family_name));
        want_number(s, record_text(&r, PERSON_nhs_number));
        want_number(s, record_text(&r, PERSON_phone));
        want_number(s, record_text(&r, PERSON_phone2));
    }
    record_release(&r);
    return st;
}

static enum status want_people(struct search *s, struct store *store, struct err *err)
{
    struct person_row *rows = xcalloc(PEOPLE_AT_ONCE, sizeof *rows), last = { .id = ID_NONE };
    int n = PEOPLE_AT_ONCE;
    enum status st = ST_OK;

    while (st == ST_OK && n == PEOPLE_AT_ONCE) {
        st = people_page(store, id_is_set(last.id) ? last.sort_key : NULL, last.id, true, PEOPLE_AT_ONCE, rows, &n,
                         err);
        for (int i = 0; st == ST_OK && i < n; i++)
            st = want_person(s, store, rows[i].id, err);
        if (n)
            last = rows[n - 1];
    }
    wipe(rows, PEOPLE_AT_ONCE * sizeof *rows);
    wipe(&last, sizeof last);
    free(rows);
    if (s->count)
        qsort(s->needles, s->count, sizeof *s->needles, compare);
    return st;
}

/* --- where -------------------------------------------------------------------------------------------------------- */

static bool time_is_up(struct search *s)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    if (now.tv_sec > s->until || s->out->looked_at >= FILES_MOST)
        s->over = s->out->cut_short = true;
    return s->over;
}

static void look_at_file(struct search *s, const char *path)
{
    unsigned char part[16384];
    struct scan x = { .word_n = 0 };
    struct stat sb;
    int64_t left = FILE_MOST;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY);
    ssize_t n = 0;

    if (fd >= 0 && fstat(fd, &sb) == 0 && S_ISREG(sb.st_mode) && !time_is_up(s)) {
        s->out->looked_at++;
        while (!x.found && left > 0 && !time_is_up(s) && (n = read(fd, part, sizeof part)) > 0) {
            for (ssize_t i = 0; i < n && !x.found; i++)
                take(s, &x, part[i]);
            left -= n;
        }
        take(s, &x, '\n');
        s->out->cut_short = s->out->cut_short || left <= 0;
        if (x.found)
            *ARRAY_ADD(s->out->files, s->out->count, s->out->cap) = xstrdup(path);
    }
    if (fd >= 0)
        close(fd);
    wipe(part, sizeof part);
    wipe(&x, sizeof x);
}

static bool fits(const char *const *patterns, const char *name)
{
    for (; patterns && *patterns; patterns++)
        if (fnmatch(*patterns, name, 0) == 0)
            return true;
    return !patterns;
}

/* Folders of ours only; links are not followed. patterns NULL: every file. */
static void look_through(struct search *s, const char *folder, int depth, const char *const *patterns)
{
    DIR *d = str_eq(folder, s->skip) ? NULL : opendir(folder);
    struct dirent *e;

    while (d && !time_is_up(s) && (e = readdir(d))) {
        char *path = path_join(folder, e->d_name);
        struct stat sb;

        if (str_eq(e->d_name, ".") || str_eq(e->d_name, "..") || lstat(path, &sb) != 0 || sb.st_uid != getuid() ||
            (s->visible && e->d_name[0] == '.')) {
            free(path);
            continue;
        }
        if (S_ISDIR(sb.st_mode) && depth > 0)
            look_through(s, path, depth - 1, patterns);
        else if (S_ISREG(sb.st_mode) && fits(patterns, e->d_name))
            look_at_file(s, path);
        free(path);
    }
    if (d)
        closedir(d);
}

static const char *const left_behind[] = { "*.swp", "*.swo", "*~", "#*#", ".#*", "core", "core.*", "*.bak",
                                           "nohup.out", "typescript", "hardcopy.*", "screenlog.*", "tmux-*.log",
                                           NULL };
static const char *const histories[] = { ".bash_history", ".zsh_history", ".histfile", ".history", ".sh_history",
                                         ".ksh_history",
                                         ".local/share/fish/fish_history", NULL };
static const char *const usual_files[] = { ".local/share/recently-used.xbel", ".viminfo", ".lesshst", ".python_history",
                                           ".sqlite_history", ".local/share/nano/search_history", NULL };
static const char *const usual_folders[] = { ".vim", ".local/share/nvim", ".local/state/nvim", ".cache/vim",
                                             ".emacs.d/auto-save-list",
                                             ".local/share/konsole", ".cache/gnome-terminal",
                                             ".tmux/resurrect", ".local/share/tmux/resurrect", ".cache/tmux",
                                             ".local/share/Trash/files", NULL };
/* What this program writes when it is told to: packs, plans, letters, rows, refused rows. From the screen no history
 * of a shell names them. */
static const char *const written_out[] = { "*.txt", "*.html", "*.csv", "*.json", "*.ics", NULL };
static const char *const work_folders[] = { "Documents", "Downloads", "Desktop", NULL };

/* Where an earlier command wrote to: the word after --to in the history of the shell. */
static void look_at_exports(struct search *s, const char *home, const char *history)
{
    struct buf b = BUF_INIT;
    char *p, *end;

    if (file_read(&b, history, HISTORY_MOST, NULL) != ST_OK || !b.len) {
        buf_wipe(&b);
        return;
    }
    for (p = b.s; (p = strstr(p, "--to ")); p = end) {
        char *path, kept;

        p += strlen("--to ");
        end = p + strcspn(p, " \t\r\n;|&");
        kept = *end;
        *end = '\0';
        path = str_starts(p, "~/") ? path_join(home, p + 2) : *p == '/' ? xstrdup(p) : path_join(home, p);
        *end = kept;
        look_at_file(s, path);
        look_through(s, path, 2, NULL);
        free(path);
    }
    buf_wipe(&b);
}

static void look_everywhere(struct search *s)
{
    const char *home = getenv("HOME"), *temp = getenv("TMPDIR");
    char *path;

    for (size_t i = 0; home && histories[i]; i++) {
        path = path_join(home, histories[i]);
        look_at_file(s, path);
        look_at_exports(s, home, path);
        free(path);
    }
    for (size_t i = 0; home && usual_files[i]; i++) {
        path = path_join(home, usual_files[i]);
        look_at_file(s, path);
        free(path);
    }
    for (size_t i = 0; home && usual_folders[i]; i++) {
        path = path_join(home, usual_folders[i]);
        look_through(s, path, 3, NULL);
        free(path);
    }
    if (home)
        look_through(s, home, 0, left_behind);
    for (size_t i = 0; home && work_folders[i]; i++) {
        path = path_join(home, work_folders[i]);
        look_through(s, path, 2, left_behind);
        free(path);
    }
    s->visible = true;                  /* hidden folders hold other programs' settings and caches */
    if (home)
        look_through(s, home, WRITTEN_DEPTH, written_out);
    s->visible = false;                 /* temporary folders last: a crowded one would leave no time for the rest */
    look_through(s, temp && *temp ? temp : "/tmp", 4, NULL);
    if (!temp || !*temp)
        look_through(s, "/var/tmp", 4, NULL);
}

enum status leaks_find(struct leaks *l, struct casefile *cf, struct err *err)
{
    struct search s = { .out = l, .skip = realpath(cf->folder, NULL) };
    struct timespec now;
    enum status st;

    clock_gettime(CLOCK_MONOTONIC, &now);
    s.until = now.tv_sec + SECONDS;
    random_fill(s.key, sizeof s.key);
    st = want_people(&s, cf->store, err);
    if (st == ST_OK)
        look_everywhere(&s);
    wipe(s.key, sizeof s.key);
    free(s.needles);
    free(s.skip);
    return st;
}

void leaks_release(struct leaks *l)
{
    for (size_t i = 0; i < l->count; i++)
        free(l->files[i]);
    free(l->files);
}
