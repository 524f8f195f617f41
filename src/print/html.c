/* A document as one HTML page. Everything from outside is escaped; a policy in the page forbids scripts and links. */
#include "dolen/print/document.h"

#include <string.h>

#include "dolen/base/banned.h"

static const char head_before_title[] =
    "<meta charset=\"utf-8\">\n"
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
    "<meta name=\"robots\" content=\"noindex\">\n";

static const char style[] = "@page { size: A4; margin: 20mm }\n"
                            "body { font-family: sans-serif; line-height: 1.4; color: #000; background: #fff; "
                            "max-width: 42em; margin: 1em auto;"
                            " padding: 0 1em; overflow-wrap: anywhere }\n"
                            "h1 { font-size: 1.5em; line-height: 1.2; margin: 0 0 .6em }\n"
                            "h2 { font-size: 1.15em; margin: 1.2em 0 .3em }\n"
                            "h1, h2, .number { break-after: avoid }\n"
                            "p { margin: .3em 0; white-space: pre-line; break-inside: avoid }\n"
                            ".number { font-weight: bold; margin-top: .8em }\n"
                            ".bullet { padding-left: 1.2em; text-indent: -1.2em }\n"
                            ".in1 { margin-left: 1.5em }\n"
                            ".in2 { margin-left: 3em }\n"
                            ".training { font-weight: bold; border: 2px solid; padding: .2em .5em; text-align: "
                            "center }\n"
                            ".page { break-before: page }\n"
                            "@media print { body { max-width: none; margin: 0; padding: 0 } }\n";

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
    buf_addf(out, "body { font-size: %s }\n", d->large ? "18pt" : "12pt");
    buf_add(out, "</style>\n</head>\n<body>\n");
}

static void put_block(struct buf *out, const struct block *b)
{
    static const char *const classes[] = { "", "para", "number", "bullet", "labelled", "page" };

    if (b->kind == BLOCK_HEADING) {
        buf_add(out, "<h2>");
        escaped(out, b->text);
        buf_add(out, "</h2>\n");
        return;
    }
    if (b->kind == BLOCK_PAGE) {
        buf_add(out, "<div class=\"page\"></div>\n");
        return;
    }
    buf_addf(out, "<p class=\"%s in%d\" dir=\"%s\">", classes[b->kind], b->level, b->label ? "ltr" : "auto");
    if (b->kind == BLOCK_NUMBERED)
        buf_addf(out, "%d. ", b->number);
    else if (b->kind == BLOCK_BULLET)
        buf_add(out, "• ");
    if (b->label) {
        buf_add(out, "<b>");
        escaped(out, b->label);
        buf_add(out, "</b> ");
        apart(out, b->text);
    } else {
        escaped(out, b->text);
    }
    buf_add(out, "</p>\n");
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
    for (size_t i = 0; i < d->count; i++)
        put_block(out, &d->items[i]);
    buf_add(out, "</body>\n</html>\n");
}
