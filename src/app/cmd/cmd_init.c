/* cmd_init.c - init: a new case file. Finished only when its recovery code has been typed back and has
 * opened it. */
#include "commands.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include "dolen/base/file.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/text.h"
#include "dolen/ui/views.h"
#include "casefile.h"
#include "paper_code.h"
#include "setup.h"
#include "dolen/base/banned.h"

#define PASSPHRASE_LEAST 12         /* characters: four ordinary words have more */
#define DIFFERENT_LEAST  5          /* of them: a key held down, or two in turn, is no passphrase */
#define TRIES 5
#define NARROWEST 20
#define USUAL_COLS 80
#define CODE_INDENT 4

static int terminal_cols(int fd)
{
    struct winsize w = { .ws_col = 0 };

    if (ioctl(fd, TIOCGWINSZ, &w) != 0 || w.ws_col < NARROWEST)
        return USUAL_COLS;
    return w.ws_col;
}

static void put_line(void *ctx, const char *start, size_t bytes)
{
    fprintf(ctx, "%.*s\n", (int) bytes, start);
}

/* For somebody at a terminal: no word is torn apart at its edge. */
void say_paragraph(const char *text)
{
    text_wrap(text, terminal_cols(STDERR_FILENO) - 1, put_line, stderr);
}

void print_paragraph(const char *text)
{
    if (isatty(STDOUT_FILENO))
        text_wrap(text, terminal_cols(STDOUT_FILENO) - 1, put_line, stdout);
    else
        puts(text);
}

static void put_after_newline(void *ctx, const char *start, size_t bytes)
{
    bool *first = ctx;

    fprintf(stderr, "%s%.*s", *first ? "" : "\n", (int) bytes, start);
    *first = false;
}

/* The same for a question: the answer is typed behind its last word. */
static void say_question(const char *text)
{
    bool first = true;

    text_wrap(text, terminal_cols(STDERR_FILENO) - 1, put_after_newline, &first);
    fputc(' ', stderr);
}

static int different_bytes(const struct secret *s)
{
    bool seen[256] = { false };
    int n = 0;

    for (size_t i = 0; i < secret_length(s); i++) {
        unsigned char c = (unsigned char) secret_text(s)[i];

        n += !seen[c];
        seen[c] = true;
    }
    explicit_bzero(seen, sizeof seen);
    return n;
}

/* Not bytes: eight letters of another script would pass for sixteen. */
static size_t letters(const struct secret *s)
{
    size_t n = 0;
    uint32_t cp;

    for (size_t at = 0; at < secret_length(s); n++)
        at += utf8_next(secret_text(s) + at, secret_length(s) - at, &cp);
    return n;
}

enum status passphrase_is_long(const struct secret *s, struct err *err)
{
    if (letters(s) < PASSPHRASE_LEAST)
        return err_set(err, ST_REFUSED,
                       _("That passphrase is short: at least %d characters are needed. Nothing was changed."
                         " Take four or more words."),
                       PASSPHRASE_LEAST);
    if (different_bytes(s) < DIFFERENT_LEAST)
        return err_set(err, ST_REFUSED, _("That passphrase is the same few characters again and again, which is "
                                          "guessed at once. Nothing was changed. Take four or more words."));
    return ST_OK;
}

enum status passphrase_is_same(const struct secret *s, const struct secret *again, struct err *err)
{
    return secret_equal(s, again)
               ? ST_OK
               : err_set(err, ST_REFUSED, _("The two passphrases differ. Nothing was changed. Try again."));
}

static enum status passphrase_once(struct secret **out, struct err *err)
{
    struct secret *again = NULL;
    enum status st = secret_ask(out, _("New passphrase: "), err);

    if (st == ST_OK)
        st = passphrase_is_long(*out, err);
    if (st == ST_OK)
        st = secret_ask(&again, _("The same again: "), err);
    if (st == ST_OK)
        st = passphrase_is_same(*out, again, err);
    secret_free(&again);
    if (st != ST_OK)
        secret_free(out);
    return st;
}

/* A slip of the fingers is no reason to begin again from the shell. */
enum status passphrase_new(const struct run *r, struct secret **out, struct err *err)
{
    enum status st = ST_REFUSED;

    if (r->passphrase_fd >= 0)
        return secret_read_fd(out, r->passphrase_fd, err);
    say_paragraph(_("Choose a passphrase: four or more words that do not belong together. Nobody can find it again "
                    "for you. Nothing shows on the screen while you type it."));
    for (int i = 0; i < TRIES && (st == ST_REFUSED || st == ST_INVALID); i++) {
        if (i > 0)
            say_paragraph(err_text(err));
        st = passphrase_once(out, err);     /* ST_INVALID: Enter alone, or too much */
    }
    if (st == ST_OK)
        say_paragraph(_("One moment: the keys are made, and guessing them is made slow."));
    return st;
}

enum status code_to_file(const struct secret *code, const char *path, struct err *err)
{
    struct file_out *f = NULL;
    enum status st = file_out_open(&f, path, false, err);

    if (st == ST_OK)
        st = file_out_write(f, secret_text(code), secret_length(code), err);
    if (st == ST_OK)
        st = file_out_write(f, "\n", 1, err);
    if (st == ST_OK)
        st = file_out_commit(&f, err);
    file_out_drop(&f);
    return st;
}

/* By script: the code goes to a file of the caller's, is read back from it, and tried. */
static enum status prove_by_file(const char *folder, const struct secret *code, const char *path, struct err *err)
{
    struct secret *back = NULL;
    FILE *in;
    enum status st = code_to_file(code, path, err);

    if (st != ST_OK)
        return st;
    in = fopen(path, "re");
    if (!in)
        return err_sys(err, _("The recovery code written to %s cannot be read back"), path);
    st = secret_read_fd(&back, fileno(in), err);
    fclose(in);
    if (st == ST_OK)
        st = setup_prove(folder, back, err);
    secret_free(&back);
    return st;
}

/* As many whole groups to a line as cols columns hold; only a hyphen ends a line. */
static void show_groups(const char *code, int cols)
{
    size_t room = (size_t) cols;

    fputc('\n', stderr);
    while (*code) {
        size_t take = strlen(code);

        if (take > room) {
            take = room;
            while (take > 0 && code[take - 1] != '-')
                take--;
            take = take ? take : room;
        }
        fprintf(stderr, "%*s%.*s\n", CODE_INDENT, "", (int) take, code);
        code += take;
    }
    fputc('\n', stderr);
}

/* On the terminal's other screen, which leaves nothing to scroll back to; one that only writes lines has none. */
static void show_on_paper(const struct secret *code)
{
    const char *term = getenv("TERM");
    bool lines_alone = !term || !*term || str_eq(term, "dumb");

    fputs(lines_alone ? "\n" : "\033[?1049h\033[H\033[2J\n", stderr);
    say_paragraph(_("This is the recovery code. Write it on paper now, and keep the paper away from this laptop:"));
    show_groups(secret_text(code), terminal_cols(STDERR_FILENO) - 2 * CODE_INDENT);
    say_paragraph(_("It opens the case file if the passphrase is forgotten. It is not shown again."));
    say_question(lines_alone ? _("Press Enter when it is on paper. This terminal cannot be cleared from here: close "
                                 "its window when you have finished.")
                             : _("Press Enter when it is on paper; the screen is then cleared."));
    tcflush(STDIN_FILENO, TCIFLUSH);    /* Enter pressed while the keys were made would clear it unread */
    for (int c = getchar(); c != '\n' && c != EOF;)
        c = getchar();
    if (!lines_alone)
        fputs("\033[3J\033[H\033[2J\033[?1049l", stderr);
}

/* ST_NOSLOT when it was not typed back in TRIES times; err is then the caller's to write. Where lost is given, Enter
 * alone says that there is no paper: *lost, and ST_OK. */
static enum status typed_back(const char *folder, bool *lost, struct err *err)
{
    const char *ask = lost ? _("Recovery code from the paper (Enter: make a new one): ")
                           : _("Type the recovery code from the paper: ");
    enum status st = ST_NOSLOT;

    say_paragraph(_("All 7 groups at once, or one group and Enter: then each is checked as you go."));
    for (int i = 0; i < TRIES && (st == ST_NOSLOT); i++) {
        struct secret *typed = NULL;
        struct err why = { .st = ST_OK };

        st = paper_code_ask(&typed, ask, &why);
        if (st == ST_OK)
            st = setup_prove(folder, typed, &why);
        else if (st == ST_INVALID && lost) {
            *lost = true;
            return ST_OK;
        } else if (st == ST_INVALID)    /* Enter alone, or too much: asked again */
            st = ST_NOSLOT;
        if (st == ST_NOSLOT)
            say_paragraph(err_text(&why));
        else if (st != ST_OK && err_text(&why)[0])
            err_set(err, st, "%s", err_text(&why));
        secret_free(&typed);
    }
    return st;
}

/* What somebody reads who left, or gave up, before the code was typed back. */
static enum status not_typed_back(enum status st, struct err *err)
{
    if (st != ST_NOSLOT && st != ST_INTERRUPTED)
        return st;
    return err_set(err, st == ST_NOSLOT ? ST_REFUSED : st,
                   _("The set-up is not finished: the recovery code was not typed back. The case file takes no "
                     "records yet. Start dolen again: it asks for the code, and makes a new one if there is no "
                     "paper."));
}

static enum status prove_by_hand(const char *folder, const struct secret *code, struct err *err)
{
    enum status st;

    show_on_paper(code);
    secret_quiet_begin();
    st = not_typed_back(typed_back(folder, NULL, err), err);
    secret_quiet_end();
    return st;
}

/* The passphrase of a case file whose set-up was left; *out is for the caller to free. The code itself does as well,
 * and is then tried. */
static enum status passphrase_again(const char *folder, struct secret **out, struct err *err)
{
    enum status st = ST_NOSLOT;

    for (int i = 0; i < TRIES && (st == ST_NOSLOT || st == ST_INVALID); i++) {
        if (i > 0)
            say_paragraph(err_text(err));
        secret_free(out);
        st = secret_ask(out, _("Passphrase: "), err);
        if (st == ST_OK)
            st = setup_prove_passphrase(folder, *out, err);
    }
    return st;
}

enum status init_go_on(const char *folder, struct err *err)
{
    struct secret *passphrase = NULL, *code = NULL;
    bool lost = false;
    enum status st;

    say_paragraph(_("The set-up of this case file is not finished: its recovery code was not typed back yet. First "
                    "the passphrase, then the code."));
    secret_quiet_begin();
    st = passphrase_again(folder, &passphrase, err);
    if (st == ST_OK && setup_wants_code(folder))
        st = not_typed_back(typed_back(folder, &lost, err), err);
    if (st == ST_OK && lost)
        st = setup_new_code(folder, passphrase, &code, err);
    secret_quiet_end();
    if (st == ST_OK && lost)
        st = prove_by_hand(folder, code, err);
    secret_free(&passphrase);
    secret_free(&code);
    return st;
}

enum status recovery_on_paper(const char *folder, const struct secret *code, struct err *err)
{
    enum status st;

    show_on_paper(code);
    secret_quiet_begin();
    st = typed_back(folder, NULL, err);
    secret_quiet_end();
    if (st == ST_NOSLOT)
        err_set(err, ST_REFUSED,
                _("The new recovery code was added, but not typed back. If the paper has a slip in it, remove the "
                  "slot and add another: dolen keys list"));
    return st == ST_NOSLOT ? ST_REFUSED : st;
}

enum status recovery_prove(const char *folder, const struct secret *code, const char *to, struct err *err)
{
    return to ? prove_by_file(folder, code, to, err) : prove_by_hand(folder, code, err);
}

static enum status organisation_line(const char *path, struct buf *line, struct err *err)
{
    enum status st = file_read(line, path, 4096, err);

    if (st == ST_OK && line->len)
        line->s[strcspn(line->s, "\r\n")] = '\0';
    return st;
}

/* The very first question is in both languages, and asked until it is answered; the answer is kept as the program's
 * language. Enter alone leaves it as it is. */
static void ask_language(const struct run *r)
{
    char *line = NULL;
    size_t size = 0;

    if (run_value(r, "--lang") || setting_value("language") >= 0)
        return;
    do
        say_question("Cymraeg neu Saesneg? c / s \302\267 Welsh or English? w / e:");
    while (getline(&line, &size, stdin) > 0 && !strchr("cCwWsSeE\r\n", line[0]));
    if (line && line[0] && strchr("cCwWsSeE", line[0])) {
        enum lang l = strchr("cCwW", line[0]) ? LANG_CY : LANG_EN;

        lang_set(l);
        setting_set("language", l);
        settings_save(NULL);            /* asked again another time if it cannot be kept */
    }
    free(line);
}

static void say_it_is_made(const struct run *r)
{
    char *said = xasprintf(_("There is no case file in %s yet: it is made now. If there was one, leave with Ctrl-C and "
                             "bring a backup back with: dolen restore FILE"), r->folder);

    say_paragraph(said);
    fputc('\n', stderr);
    free(said);
}

/* Who writes: it stands beside every change. Enter leaves it out; arrows pressed by habit are no letters of it. */
static void ask_name(struct buf *out)
{
    char *line = NULL;
    size_t size = 0;

    for (;;) {
        say_question(_("Your name, to stand beside what you write (Enter: none):"));
        if (getline(&line, &size, stdin) <= 0)
            break;
        line[strcspn(line, "\r\n")] = '\0';
        if (text_is_tame(line, false)) {
            text_clean(out, line);
            break;
        }
        say_paragraph(_("That line holds keys that are not text. Nothing of it was taken; type it again."));
    }
    free(line);
}

enum status init_case_file(struct run *r, bool training, const char *recovery_to, struct err *err)
{
    struct setup s = { .folder = r->folder, .name = run_value(r, "--name"), .training = training };
    const char *org = run_value(r, "--organisation-key");
    struct secret *passphrase = NULL, *code = NULL;
    struct buf line = BUF_INIT, name = BUF_INIT;
    bool by_hand = isatty(STDIN_FILENO) && r->passphrase_fd < 0;
    long mib = 0;
    enum status st = run_int(r, "--kdf-mib", VAULT_KDF_FLOOR_MIB, 4096, &mib, err);

    s.kdf_mib = training ? VAULT_KDF_FLOOR_MIB : (unsigned) mib;
    if (st == ST_OK && org)
        st = organisation_line(org, &line, err);
    s.organisation = org ? buf_text(&line) : NULL;
    if (st == ST_OK && !recovery_to && !by_hand)
        st = err_set(err, ST_USAGE,
                     _("Without a terminal, say where the recovery code goes: --recovery-to FILE. Nothing was "
                       "changed."));
    if (st == ST_OK && recovery_to && file_exists(recovery_to))     /* before there is a code that would be lost */
        st = err_set(err, ST_REFUSED, _("%s exists already; it is as it was; choose another name."), recovery_to);
    if (st == ST_OK && by_hand && !s.name) {
        ask_language(r);
        if (!casefile_is_there(r->folder))
            say_it_is_made(r);
        ask_name(&name);
        s.name = buf_text(&name);
    }
    if (by_hand)
        secret_quiet_begin();
    if (st == ST_OK)
        st = passphrase_new(r, &passphrase, err);
    s.passphrase = passphrase;
    if (st == ST_OK)
        st = setup_make(&s, &code, err);
    if (st == ST_OK)
        st = setup_prove_passphrase(r->folder, passphrase, err);
    secret_quiet_end();
    if (st == ST_OK)
        st = recovery_prove(r->folder, code, recovery_to, err);
    secret_free(&passphrase);
    secret_free(&code);
    buf_release(&line);
    buf_release(&name);
    return st;
}

static enum status init_run(struct run *r, struct err *err)
{
    enum status st = init_case_file(r, run_flag(r, "--training"), run_value(r, "--recovery-to"), err);

    if (st != ST_OK)
        return st;
    if (r->json) {
        struct json *j = json_new_map();

        json_set_text(j, "folder", r->folder);
        run_print_json("init", j);
    } else {
        printf(_("The case file is ready in %s."), r->folder);
        putchar('\n');
    }
    return ST_OK;
}

static const struct option init_options[] = {
    { "--name", "NAME", N_("The practitioner's name: the author of every change") },
    { "--recovery-to", "FILE", N_("Write the recovery code here and try it from there, for scripts") },
    { "--organisation-key", "FILE",
      N_("Public key line of the organisation, so that its lead can recover the case file") },
    { "--kdf-mib", "N", N_("Memory for stretching the passphrase, from 64; by default about one second's worth") },
    { "--training", NULL, N_("A training case file: invented people only") },
    { NULL, NULL, NULL }
};

const struct command init_commands[] = {
    { "init", NULL, "", 0, 0, N_("Make a case file, with a recovery code that is tried before it is used"),
      init_options,
      NEEDS_NOTHING, init_run },
    { NULL, NULL, NULL, 0, 0, NULL, NULL, 0, NULL }
};
