/* ptydrive.c - runs a terminal script (*.t) and reports its cases as TAP.
 *
 *   ptydrive SCRIPT.t
 *
 * A script is lines of commands, " ; " between two on one line, # before a comment. "case NAME" begins a case: a fresh
 * home, a fresh program; commands before the first one hold for every case. docs/building.md lists the commands. */
#include "pty_drive.h"

#include <ctype.h>
#include <errno.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dolen/base/banned.h"

struct reader {
    FILE *f;
    char *line, *at;
    size_t cap;
};

bool fail(struct drive *d, const char *fmt, ...)
{
    va_list ap;

    va_start(ap, fmt);
    vsnprintf(d->why, sizeof d->why, fmt, ap);
    va_end(ap);
    return false;
}

/* --- words -------------------------------------------------------------------------------------------------------- */

static size_t put_code_point(char *out, unsigned long cp)
{
    size_t n = 0;

    if (cp >= 0x10000) {
        out[n++] = (char) (0xf0 | cp >> 18);
        out[n++] = (char) (0x80 | (cp >> 12 & 0x3f));
    } else if (cp >= 0x800) {
        out[n++] = (char) (0xe0 | cp >> 12);
    }
    if (cp >= 0x800)
        out[n++] = (char) (0x80 | (cp >> 6 & 0x3f));
    else if (cp >= 0x80)
        out[n++] = (char) (0xc0 | cp >> 6);
    out[n++] = (char) (cp < 0x80 ? cp : 0x80 | (cp & 0x3f));
    return n;
}

static char *escape(char *p, char *out, size_t *n)
{
    static const char from[] = "nrte\\\"", to[] = "\n\r\t\x1b\\\"";
    const char *plain = *p ? strchr(from, *p) : NULL;
    int digits = *p == 'x' ? 2 : *p == 'u' ? 4 : *p == 'U' ? 6 : 0;
    char hex[8] = "";

    if (plain) {
        out[(*n)++] = to[plain - from];
        return p + 1;
    }
    if (digits == 0) {
        out[(*n)++] = '\\';
        return p;
    }
    memcpy(hex, p + 1, strnlen(p + 1, (size_t) digits));
    if (digits == 2)
        out[(*n)++] = (char) strtoul(hex, NULL, 16);
    else
        *n += put_code_point(out + *n, strtoul(hex, NULL, 16));
    return p + 1 + strlen(hex);
}

/* Cuts one word at *p, in place's own memory; false at the end of the line, at ";" and at a comment. */
static bool next_word(char **p, struct words *a)
{
    char *s = *p, *out, quote = 0;
    size_t n = 0;

    while (*s == ' ' || *s == '\t')
        s++;
    *p = s;
    if (!*s || *s == '#' || (*s == ';' && (!s[1] || isspace((unsigned char) s[1]))) || a->count == MAX_WORDS)
        return false;
    out = malloc(strlen(s) * 2 + 8);
    if (!out)
        abort();
    a->is_key[a->count] = *s == '<' && s[1] != '<';
    while (*s && (quote || !isspace((unsigned char) *s))) {
        if (!quote && (*s == '"' || *s == '\''))
            quote = *s++;
        else if (quote && *s == quote)
            quote = *s++ * 0;
        else if (quote == '"' && *s == '\\')
            s = escape(s + 1, out, &n);
        else
            out[n++] = *s++;
    }
    out[n] = '\0';
    a->w[a->count++] = out;
    *p = s;
    return true;
}

static bool next_line(struct reader *r, struct drive *d)
{
    if (getline(&r->line, &r->cap, r->f) < 0)
        return false;
    r->line[strcspn(r->line, "\n")] = '\0';
    r->at = r->line;
    d->line++;
    return true;
}

/* Reads the lines up to the end word of a "<<WORD" that closes the command. */
static void read_block(struct reader *r, struct drive *d, struct words *a)
{
    char *stop = a->w[--a->count], *save = NULL;
    size_t n = 0;
    FILE *out = open_memstream(&save, &n);

    while (out && next_line(r, d) && strcmp(r->line, stop + 2) != 0)
        fprintf(out, "%s\n", r->line);
    if (!out || fclose(out) != 0)
        abort();
    a->block = save;
    r->at = r->line + strlen(r->line);
    free(stop);
}

static bool next_command(struct reader *r, struct drive *d, struct words *a)
{
    *a = (struct words) { .count = 0 };
    do {
        while (!r->at || !*r->at || *r->at == '#')
            if (!next_line(r, d))
                return false;
        if (*r->at == ';')
            r->at++;
        while (next_word(&r->at, a))
            ;
    } while (a->count == 0);
    if (strncmp(a->w[a->count - 1], "<<", 2) == 0)
        read_block(r, d, a);
    return true;
}

static void words_release(struct words *a)
{
    for (int i = 0; i < a->count; i++)
        free(a->w[i]);
    free(a->block);
    *a = (struct words) { .count = 0 };
}

/* --- cases -------------------------------------------------------------------------------------------------------- */

struct tally {
    int   number, failed;
    char *name;
    bool  broken;             /* the rest of this case is passed over */
};

static void show_failure(const struct drive *d, int line)
{
    char *text = d->screen ? screen_text(d->screen) : NULL;
    int row = 0, col = 0;

    printf("#   %s:%d: %s\n", d->script, line, d->why);
    if (!text)
        return;
    screen_cursor(d->screen, &row, &col);
    printf("#   the screen, cursor at %d %d:\n", row + 1, col + 1);
    for (char *p = text, *end; *p; p = end + (*end == '\n')) {
        end = p + strcspn(p, "\n");
        printf("#   |%.*s\n", (int) (end - p), p);
    }
    free(text);
}

static void run_command(struct drive *d, const struct words *a, struct tally *t, int line)
{
    int least = 0;
    command_fn *fn = command_find(a->w[0], &least);
    bool good;

    if (t->broken)
        return;
    if (!fn)
        good = fail(d, "no such command: %s", a->w[0]);
    else if (a->count - 1 < least)
        good = fail(d, "%s needs %d words", a->w[0], least);
    else
        good = fn(d, a);
    if (!good) {
        t->broken = true;
        printf("not ok %d - %s\n", t->number, t->name);
        show_failure(d, line);
    }
}

static void case_end(struct drive *d, struct tally *t)
{
    if (!drive_end(d) && !t->broken) {
        t->broken = true;
        printf("not ok %d - %s\n#   %s: %s\n", t->number, t->name, d->script, d->why);
    }
    if (!t->broken)
        printf("ok %d - %s\n", t->number, t->name);
    t->failed += t->broken;
    fflush(stdout);
}

static void case_begin(struct drive *d, struct tally *t, const char *name)
{
    free(t->name);
    t->name = strdup(name);
    t->number++;
    t->broken = false;
    drive_begin(d);
}

/* Runs the commands before the first case. */
static void run_prologue(struct drive *d, struct tally *t, long until)
{
    struct reader r = { .f = fopen(d->script, "r") };
    struct words a;
    int keep = d->line;

    d->line = 0;
    while (r.f && next_command(&r, d, &a) && d->line < until) {
        run_command(d, &a, t, d->line);
        words_release(&a);
    }
    words_release(&a);
    if (r.f)
        fclose(r.f);
    free(r.line);
    d->line = keep;
}

static int run_script(struct drive *d)
{
    struct reader r = { .f = fopen(d->script, "r") };
    struct tally t = { .number = 0 };
    struct words a;
    int first_case = 0;

    if (!r.f) {
        fprintf(stderr, "ptydrive: %s: %s\n", d->script, strerror(errno));
        return 2;
    }
    while (next_command(&r, d, &a)) {
        int line = d->line;

        if (strcmp(a.w[0], "case") == 0) {
            if (t.number > 0)
                case_end(d, &t);
            if (first_case == 0)
                first_case = line;
            case_begin(d, &t, a.count > 1 ? a.w[1] : d->script);
            run_prologue(d, &t, first_case);
        } else if (first_case > 0) {
            run_command(d, &a, &t, line);
        }
        words_release(&a);
    }
    if (first_case == 0) {                             /* the whole script is one case */
        case_begin(d, &t, d->script);
        run_prologue(d, &t, d->line + 1);
    }
    case_end(d, &t);
    printf("1..%d\n", t.number);
    fclose(r.f);
    free(r.line);
    free(t.name);
    return t.failed > 0;
}

int main(int argc, char **argv)
{
    struct drive d = { .script = argc > 1 ? argv[1] : NULL };
    const char *build = getenv("BUILD") ? getenv("BUILD") : "build";
    char *here = realpath(build, NULL), *lib = realpath("tests/lib", NULL);

    if (argc != 2 || !here || !lib) {
        fputs("usage: ptydrive SCRIPT.t   (from the project's folder, after make)\n", stderr);
        return 2;
    }
    if (asprintf(&d.dolen, "%s/dolen", here) < 0)
        abort();
    signal(SIGPIPE, SIG_IGN);           /* a command may end without having read what it was given */
    setenv("BUILD", here, 1);
    d.lib = lib;
    int rc = run_script(&d);
    free(d.dolen);
    free(here);
    free(lib);
    return rc;
}
