/* A document as text for a terminal or a plain printer. */
#include "dolen/print/document.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/mem.h"
#include "dolen/base/text.h"
#include "dolen/base/banned.h"

#define COLS_LEAST 20

struct page {
    struct buf *out;
    int         cols;
    int         indent;             /* of every line but the first */
    const char *first;              /* what stands before the first line, with its own blanks; NULL: the indent */
};

static void put_line(void *ctx, const char *start, size_t bytes)
{
    struct page *p = ctx;

    if (bytes > 0 || p->first) {
        for (int i = p->first ? text_width(p->first) : 0; i < p->indent; i++)
            buf_add_char(p->out, ' ');
        if (p->first)
            buf_add(p->out, p->first);
    }
    buf_add_mem(p->out, start, bytes);
    buf_add_char(p->out, '\n');
    p->first = NULL;
}

static void put(struct page *p, int indent, const char *first, const char *text)
{
    p->indent = indent;
    p->first = first;
    text_wrap(text, p->cols - indent, put_line, p);
}

static void put_labelled(struct page *p, int indent, const char *label, const char *text)
{
    char *line = xasprintf("%s %s", label, text);

    put(p, indent, NULL, line);
    explicit_bzero(line, strlen(line));
    free(line);
}

/* The facts of one item, on one line as long as it holds them. */
static void put_facts(struct page *p, int indent, const struct document *d, size_t i, size_t end)
{
    struct buf line = BUF_INIT;

    for (; i < end; i++) {
        const struct block *b = &d->items[i];

        buf_addf(&line, "%s%s%s%s", line.len ? "; " : "", b->label ? b->label : "", b->label ? " " : "", b->text);
    }
    put(p, indent, NULL, buf_text(&line));
    buf_wipe(&line);
}

/* Blank lines: before a heading, and a numbered item, and between paragraphs that stand alone. */
static bool stands_apart(const struct document *d, size_t i)
{
    const struct block *b = &d->items[i];

    if (b->kind == BLOCK_HEADING || b->kind == BLOCK_NUMBERED)
        return true;
    if (i == 0)
        return b->kind == BLOCK_PARA;
    if (d->items[i - 1].kind == BLOCK_HEADING || b->kind == BLOCK_FACT || b->level > 0)
        return false;
    if (b->kind != BLOCK_BULLET && b->kind != BLOCK_STEP)
        return b->kind == BLOCK_PARA || d->items[i - 1].kind != BLOCK_LABELLED;
    return d->items[i - 1].kind == BLOCK_PARA;
}

/* Gives the index of the block that follows what was put. */
static size_t put_block(struct page *p, const struct document *d, size_t i)
{
    static const int indents[] = { 0, 3, 5 };      /* under the words of a numbered item, and of a bullet below it */
    const struct block *b = &d->items[i];
    int indent = indents[b->level];
    char *number;

    switch (b->kind) {
    case BLOCK_HEADING:
    case BLOCK_PARA:
        put(p, indent, NULL, b->text);
        break;
    case BLOCK_NUMBERED:
        number = xasprintf("%d. ", b->number);
        put(p, text_width(number), number, b->text);
        free(number);
        break;
    case BLOCK_BULLET:
    case BLOCK_STEP:
        put(p, indent + 2, "- ", b->text);
        break;
    case BLOCK_LABELLED:
        put_labelled(p, indent, b->label, b->text);
        break;
    case BLOCK_FACT:
        put_facts(p, indent, d, i, document_past_facts(d, i));
        return document_past_facts(d, i);
    case BLOCK_COUNT:
        break;
    }
    return i + 1;
}

void document_text(const struct document *d, int cols, struct buf *out)
{
    struct page p = { .out = out, .cols = cols < COLS_LEAST ? COLS_LEAST : cols };
    char *title;

    if (d->training)
        put(&p, 0, NULL, TRAINING_MARK);
    title = d->name ? xasprintf("%s: %s", d->title, d->name) : xstrdup(d->title);
    put(&p, 0, NULL, title);
    explicit_bzero(title, strlen(title));
    free(title);
    for (size_t i = 0; i < d->count;) {
        if (stands_apart(d, i))
            buf_add_char(out, '\n');
        i = put_block(&p, d, i);
    }
}
