/* app/paper.c - giving a printed document out. */
#include "paper.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "dolen/base/file.h"
#include "dolen/base/mem.h"
#include "dolen/base/out.h"
#include "dolen/base/banned.h"

#define TEXT_COLS  78
#define LARGE_COLS 40               /* what an A4 page holds at 18 point */

enum status paper_fits(const struct paper *p, const char *path, struct err *err)
{
    static const char *const endings[] = { [PAPER_TEXT] = ".txt", [PAPER_HTML] = ".html", [PAPER_PDF] = ".pdf" };
    const char *dot = path ? strrchr(path, '.') : NULL;

    if (path && file_exists(path))
        return err_set(err, ST_REFUSED, _("%s exists already; it is as it was; choose another name."), path);
    for (size_t i = 0; dot && i < ARRAY_LEN(endings); i++)
        if (i != (size_t) p->format && str_eq(dot, endings[i]))
            return err_set(err, ST_REFUSED,
                           _("%s is named like another kind of file than was chosen, and would not open; nothing was "
                             "saved; end the name in %s, or choose the kind that it is named for."),
                           path, endings[p->format]);
    return ST_OK;
}

enum status paper_asked(const struct run *r, struct paper *out, struct err *err)
{
    static const char *const names[] = { "text", "html", "pdf" };
    const char *format = run_value(r, "--format");
    bool known = !format;
    enum status st;

    *out = (struct paper) { .format = PAPER_TEXT, .to = run_value(r, "--to"), .large = run_flag(r, "--large") };
    for (size_t i = 0; i < ARRAY_LEN(names); i++)
        if (str_eq(format, names[i])) {
            out->format = (enum paper_format) i;
            known = true;
        }
    if (!known)
        return err_set(err, ST_USAGE, _("--format is text, html or pdf, not \"%s\". Nothing was changed."), format);
    if ((st = paper_fits(out, out->to, err)) != ST_OK)
        return st;
    if (out->format == PAPER_PDF && !out->to && isatty(STDOUT_FILENO))
        return err_set(err, ST_USAGE,
                       _("A PDF cannot be shown on a terminal; nothing was made; say where it goes: --to FILE"));
    return ST_OK;
}

static enum status draw(const struct paper *p, const struct document *d, struct buf *out, bool *no_shape,
                        struct err *err)
{
    enum status st = ST_OK;

    *no_shape = false;

    if (p->format == PAPER_TEXT)
        document_text(d, p->large ? LARGE_COLS : TEXT_COLS, out);
    else if (p->format == PAPER_HTML)
        document_html(d, out);
    else
        st = document_pdf(d, out, no_shape, err);
    return st;
}

enum status paper_save(const struct paper *p, const struct document *d, bool *no_shape, struct err *err)
{
    struct buf b = BUF_INIT;
    enum status st = draw(p, d, &b, no_shape, err);

    if (st == ST_OK)
        st = out_file(p->to, b.s, b.len, err);
    buf_wipe(&b);
    return st;
}

void paper_cautions(const char *lines)
{
    for (; *lines; lines += strcspn(lines, "\n"), lines += *lines == '\n')
        fprintf(stderr, "dolen: %.*s\n", (int) strcspn(lines, "\n"), lines);
}

static void say_outside(const char *path)
{
    fprintf(stderr, "dolen: ");
    fprintf(stderr,
            _("%s is outside the encrypted case file: whoever can open it can read it. Delete it once it is printed "
              "or given."),
            path);
    fputc('\n', stderr);
}

enum status paper_give(const struct paper *p, const struct document *d, struct err *err)
{
    struct buf b = BUF_INIT;
    bool no_shape;
    enum status st = draw(p, d, &b, &no_shape, err);

    if (st == ST_OK && no_shape)
        fprintf(stderr, "dolen: %s\n",
                _("No font on this computer has the shape of some character, so a box stands in its place; "
                  "everything else is right; install letters for that script (fonts-noto-core; for Chinese, "
                  "Japanese and Korean fonts-noto-cjk) and print again."));
    if (st == ST_OK && p->to)
        st = out_file(p->to, b.s, b.len, err);
    else if (st == ST_OK && (fwrite(b.s, 1, b.len, stdout) != b.len || fflush(stdout) != 0))
        st = err_sys(err, _("The answer could not be written out"));
    if (st == ST_OK && p->to)
        say_outside(p->to);
    buf_wipe(&b);
    return st;
}
