/* A document as one HTML page. Everything from outside is escaped; a policy in the page forbids scripts and links. */
#include "dolen/print/document.h"

#include <string.h>

#include "dolen/base/banned.h"

static const char head_before_title[] =
    "<meta charset=\"utf-8\">\n"
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
    "<meta name=\"robots\" content=\"noindex\">\n";

static const char style[] =
    "@page { size: A4; margin: 13mm 15mm }\n"
    "body { font-family: Arial, 'Liberation Sans', sans-serif; line-height: 1.35; color: #000; background: #fff; "
    "max-width: 46em; margin: 1em auto; padding: 0 1em; overflow-wrap: anywhere }\n"
    "h1 { font-size: 1.5em; line-height: 1.2; margin: 0 0 .5em; padding-bottom: .25em; "
    "border-bottom: 2px solid }\n"
    "h2 { font-size: 1.15em; margin: 1em 0 .3em }\n"
    "h1, h2, .number { break-after: avoid }\n"
    "p { margin: .25em 0; white-space: pre-line; break-inside: avoid }\n"
    ".number { font-weight: bold; margin-top: .7em }\n"
    ".bullet, .step { padding-left: 1.2em; text-indent: -1.2em }\n"
    ".step::before { content: ''; display: inline-block; width: .75em; height: .75em; line-height: .75em; "
    "margin-right: .4em; border: 1px solid; text-indent: 0; text-align: center; vertical-align: -.05em }\n"
    ".done::before { content: '\\2713' }\n"
    ".fact { display: inline-block; margin-right: 1.2em; text-indent: 0 }\n"
    ".facts { margin-top: 0 }\n"
    ".in1 { margin-left: 1.5em }\n"
    ".in2 { margin-left: 3em }\n"
    ".training { font-weight: bold; border: 2px solid; padding: .2em .5em; text-align: center }\n"
    "@media print { body { max-width: none; margin: 0; padding: 0 } }\n";

/* Facts stand beside their step, and print is smaller than the screen: an ordinary plan is one A4 page. */
static const char normal_style[] =
    "body { font-size: 12pt }\n"
    ".row { display: flex; align-items: baseline; gap: 1em; break-inside: avoid }\n"
    ".row .step { flex: 1 1 55% }\n"
    ".row .facts { flex: 0 0 42%; margin: .25em 0 }\n"
    "@media print { body { font-size: 11pt; line-height: 1.15 } p, .row .facts { margin: .1em 0 } "
    ".number { margin-top: .5em } h2 { margin: .7em 0 .2em } }\n";
static const char large_style[] = "body { font-size: 18pt }\n";

static void escaped(struct buf *out, const char *s)
{
    for (; *s; s++)
        switch (*s) {
        case '&': buf_add(out, "&amp;"); break;
        case '<': buf_add(out, "&lt;"); break;
        case '>': buf_add(out, "&gt;"); break;
        case '"': buf_add(out, "&quot;"); break;
        case '\'': buf_add(out, "&#39;"); break;
        default: buf_add_char(out, *s);
        }
}

/* A name or value may run the other way than the words around it: bdi keeps them apart. */
static void apart(struct buf *out, const char *s)
{
    buf_add(out, "<bdi>");
    escaped(out, s);
    buf_add(out, "</bdi>");
}

static void put_head(const struct document *d, struct buf *out)
{
    buf_addf(out, "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n", lang_code(d->lang));
    buf_add(out, head_before_title);
    buf_add(out, "<title>");
    escaped(out, d->title);
    buf_add(out, "</title>\n<style>\n");
    buf_add(out, style);
    buf_add(out, d->large ? large_style : normal_style);
    buf_add(out, "</style>\n</head>\n<body>\n");
}

static void put_words(struct buf *out, const struct block *b)
{
    if (b->label) {
        buf_add(out, "<b>");
        escaped(out, b->label);
        buf_add(out, "</b> ");
        apart(out, b->text);
    } else {
        escaped(out, b->text);
    }
}

static void put_facts(struct buf *out, const struct document *d, size_t i, size_t end)
{
    buf_addf(out, "<p class=\"facts in%d\" dir=\"ltr\">", d->items[i].level);
    for (; i < end; i++) {
        buf_add(out, "<span class=\"fact\">");
        put_words(out, &d->items[i]);
        buf_add(out, i + 1 < end ? "</span> " : "</span>");
    }
    buf_add(out, "</p>\n");
}

static void put_piece(struct buf *out, const struct block *b)
{
    static const char *const classes[BLOCK_COUNT] = {
        [BLOCK_PARA] = "para", [BLOCK_NUMBERED] = "number", [BLOCK_BULLET] = "bullet", [BLOCK_LABELLED] = "labelled",
        [BLOCK_STEP] = "step",
    };

    buf_addf(out, "<p class=\"%s%s in%d\" dir=\"%s\">", classes[b->kind],
             b->kind == BLOCK_STEP && b->number ? " done" : "", b->level, b->label ? "ltr" : "auto");
    if (b->kind == BLOCK_NUMBERED)
        buf_addf(out, "%d. ", b->number);
    else if (b->kind == BLOCK_BULLET)
        buf_add(out, "• ");
    put_words(out, b);
    buf_add(out, "</p>\n");
}

/* A step and its facts are one row. */
static size_t put_step(struct buf *out, const struct document *d, size_t i)
{
    size_t end = document_past_facts(d, i + 1);

    buf_add(out, "<div class=\"row\">\n");
    put_piece(out, &d->items[i]);
    if (end > i + 1)
        put_facts(out, d, i + 1, end);
    buf_add(out, "</div>\n");
    return end;
}

/* Gives the index of the block that follows what was put. */
static size_t put_block(struct buf *out, const struct document *d, size_t i)
{
    const struct block *b = &d->items[i];
    size_t end = document_past_facts(d, i);

    switch (b->kind) {
    case BLOCK_HEADING:
        buf_add(out, "<h2>");
        escaped(out, b->text);
        buf_add(out, "</h2>\n");
        break;
    case BLOCK_STEP:
        return put_step(out, d, i);
    case BLOCK_FACT:
        put_facts(out, d, i, end);
        return end;
    default:
        put_piece(out, b);
    }
    return i + 1;
}

void document_html(const struct document *d, struct buf *out)
{
    put_head(d, out);
    if (d->training)
        buf_add(out, "<p class=\"training\">" TRAINING_MARK "</p>\n");
    buf_add(out, "<h1>");
    escaped(out, d->title);
    if (d->name) {
        buf_add(out, ": ");
        apart(out, d->name);
    }
    buf_add(out, "</h1>\n");
    for (size_t i = 0; i < d->count;)
        i = put_block(out, d, i);
    buf_add(out, "</body>\n</html>\n");
}
