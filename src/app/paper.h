/* app/paper.h - giving a printed document out: in which format, to which file, with which warnings. */
#ifndef DOLEN_APP_PAPER_H
#define DOLEN_APP_PAPER_H

#include "cli.h"
#include "dolen/print/document.h"

enum paper_format { PAPER_TEXT, PAPER_HTML, PAPER_PDF };

/* --format, --to, --large: rows for a command's table of options. */
#define PAPER_OPTIONS                                                                                   \
    { "--format", "text|html|pdf", N_("How: text (when not given), html or pdf") },                     \
    { "--to", "FILE", N_("Into this new file, in place of standard output") },                          \
    { "--large", NULL, N_("Large print: 18 point") }

struct paper {
    enum paper_format format;
    const char       *to;           /* NULL: standard output */
    bool              large;
};
/* ST_REFUSED when there is a file at path already, or when it ends like another kind; NULL always fits. */
enum status paper_fits(const struct paper *p, const char *path, struct err *err);
/* Refuses what cannot be done (a PDF on a terminal, a file that is there already) before anything is read or made. */
enum status paper_asked(const struct run *r, struct paper *out, struct err *err);
/* Draws it and writes it to p->to, without a word. *no_shape: some character had no font, and a box stands for it. */
enum status paper_save(const struct paper *p, const struct document *d, bool *no_shape, struct err *err);
/* What to think of, one sentence a line, to standard error; nothing for "". */
void paper_cautions(const char *lines);
/* Draws it and writes it out; a warning that the file is outside the case file goes to standard error. */
enum status paper_give(const struct paper *p, const struct document *d, struct err *err);

#endif
