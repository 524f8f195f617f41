/* dolen/print/document.h - a sheet or letter for people, before it is text, HTML or PDF.
 *
 * Blocks in reading order, all of them plain text: whatever is added is tamed, and nothing in it is ever markup. The
 * title says what kind of paper it is and goes into the file's metadata; the name stands on the paper alone. */
#ifndef DOLEN_PRINT_DOCUMENT_H
#define DOLEN_PRINT_DOCUMENT_H

#include <stdbool.h>
#include <stddef.h>

#include "dolen/base/buf.h"
#include "dolen/base/date.h"
#include "dolen/base/json.h"
#include "dolen/base/lang.h"
#include "dolen/base/status.h"

#define TRAINING_MARK "HYFFORDDIANT / TRAINING"

/* X(upper, lower) */
#define BLOCK_LIST(X) \
    X(HEADING, heading) X(PARA, para) X(NUMBERED, numbered) X(BULLET, bullet) X(LABELLED, labelled) \
    X(STEP, step) X(FACT, fact)

enum block_kind {
#define X(upper, lower) BLOCK_##upper,
    BLOCK_LIST(X)
#undef X
    BLOCK_COUNT
};

struct block {
    enum block_kind kind;
    int             level;          /* how far in: 0, 1, 2 */
    int             number;         /* of a numbered item, from 1; of a step: 1 when it is done */
    char           *label;          /* of a labelled line; of a fact, or NULL */
    char           *text;           /* may have several lines */
};

/* What stands on the pages of a paper that has several, in its language; {page}, {pages} and {next} become numbers.
 * Filled in on the way through the pipe, because the helper that draws has no catalogue.
 * X(upper, lower, words) */
#define PAGE_WORD_LIST(X) \
    X(OF, of, N_("Page {page} of {pages}")) X(ON, on, N_("Continued on page {next}")) X(FROM, from, N_("continued"))

enum page_word {
#define X(upper, lower, words) PAGE_WORD_##upper,
    PAGE_WORD_LIST(X)
#undef X
    PAGE_WORD_COUNT
};

struct document {
    enum lang     lang;
    bool          large;            /* large print */
    bool          training;         /* carries the training mark */
    char         *title, *name;     /* name: whose paper this is; NULL when it has none */
    char         *page_words[PAGE_WORD_COUNT];
    struct block *items;
    size_t        count, cap;
    int           numbered;         /* the last number given */
};

struct document *document_new(enum lang l, const char *title);
void             document_free(struct document **dp);
void             document_set_name(struct document *d, const char *name);

/* Adding. Empty text (and a label without a value) adds nothing. */
void document_heading(struct document *d, const char *text);            /* numbers start again at 1 */
void document_para(struct document *d, int level, const char *text);
void document_numbered(struct document *d, const char *text);
void document_bullet(struct document *d, int level, const char *text);
/* Something to do, with a box to tick. */
void document_step(struct document *d, int level, const char *text, bool done);
void document_labelled(struct document *d, int level, const char *label, const char *value);
/* A short fact about the item above it: those of one item share a line where it holds them, and stand beside a step. */
void document_fact(struct document *d, int level, const char *label, const char *value);
/* The date in the document's language: "Tuesday 3 February 2026". */
void document_labelled_date(struct document *d, int level, const char *label, struct date on);
/* Without the year where since, a date on the same paper, says which is meant: "Tuesday 3 February". */
void document_fact_date(struct document *d, int level, const char *label, struct date on, struct date since);

/* The first block from i on that is no fact. */
size_t document_past_facts(const struct document *d, size_t i);

/* Wrapped to cols columns. */
void document_text(const struct document *d, int cols, struct buf *out);
/* One whole page that needs nothing beside it: no script, no link, its style inside, made for A4. */
void document_html(const struct document *d, struct buf *out);

/* For the helper that draws PDF: "dolen/document/1". */
struct json *document_to_json(const struct document *d);
enum status  document_from_json(struct document **out, const struct json *j, struct err *err);

/* Appends the PDF, drawn by the program dolen-print over a pipe. *no_shape: some character has no shape in any font
 * of this machine, and stands as a box with its number. ST_NOTFOUND when the helper is not installed. */
enum status document_pdf(const struct document *d, struct buf *out, bool *no_shape, struct err *err);

#endif
