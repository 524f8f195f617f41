/* a report as one page that stands alone: no script, no picture, no font and no link from elsewhere. */
#include "dolen/report/render.h"

#include <stdlib.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/banned.h"

/* Dark on white, at least 7:1; tables shrink rather than run off a sheet; a table's head is repeated on each sheet. */
static const char style[] =
    "@page{size:A4;margin:15mm}\n"
    "body{font:16px/1.45 Arial,Helvetica,sans-serif;color:#111;background:#fff;margin:0 "
    "auto;max-width:64rem;padding:1rem}\n"
    "h1{font-size:1.8rem;margin:0 0 .2rem}h2{font-size:1.25rem;margin:2rem 0 .4rem}\n"
    ".mark{display:inline-block;border:2px solid #8a0000;color:#8a0000;font-weight:bold;padding:.1rem "
    ".5rem;margin:.2rem 0}\n"
    "table{border-collapse:collapse;width:100%;margin:.6rem 0}\n"
    "caption{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}figcaption{font-weight:bold}"
    "\n"
    "th,td{border-bottom:1px solid #767676;padding:.25rem .4rem;text-align:right;vertical-align:bottom}\n"
    "th:first-child{text-align:left}thead th{border-bottom:2px solid #111}tbody th{font-weight:normal}\n"
    "tr.subtotal th,tr.subtotal td,tr.total th,tr.total td{font-weight:bold}tr.member th{padding-left:1.4rem}\n"
    "table.many{font-size:.78rem}svg{width:100%;max-width:44rem;height:auto;font:14px Arial,Helvetica,sans-serif}\n"
    "svg "
    "text{fill:#111}.bar{fill:#14516e}.axis{stroke:#111;stroke-width:1;fill:none}.range{stroke:#14516e;stroke-width:"
    "2;fill:none}\n"
    ".note{max-width:48rem}.scroll{overflow-x:auto}.scroll:focus{outline:3px solid #14516e}\n"
    "@media print{body{font-size:10pt;max-width:none;padding:0}table{font-size:9pt}table.many{font-size:6.5pt}\n"
    "th,td{padding:1pt "
    "3pt}.scroll{overflow:visible}tr,figure,svg{break-inside:avoid}h2,figcaption{break-after:avoid}\n"
    "thead{display:table-header-group}figure{margin:0}}\n"
    "figure{margin:.6rem 0}\n";

void html_text(struct buf *out, const char *s)
{
    for (; *s; s++) {
        switch (*s) {
        case '&': buf_add(out, "&amp;"); break;
        case '<': buf_add(out, "&lt;"); break;
        case '>': buf_add(out, "&gt;"); break;
        case '"': buf_add(out, "&quot;"); break;
        default: buf_add_char(out, *s); break;
        }
    }
}

static void element(struct buf *out, const char *open, const char *text, const char *close)
{
    buf_add(out, open);
    html_text(out, text);
    buf_add(out, close);
}

static void put_head(struct buf *out, const struct report *r)
{
    buf_addf(out, "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n", lang_code(lang_now()));
    buf_add(out, "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
                 "'unsafe-inline'\">\n"
                 "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    element(out, "<title>", r->title, " \xc2\xb7 Dolen</title>\n");
    buf_addf(out, "<style>\n%s</style>\n</head>\n<body>\n<main>\n", style);
}

static void put_mark(struct buf *out, bool on, const char *text)
{
    if (on)
        element(out, "<p class=\"mark\">", text, "</p>\n");
}

static void put_top(struct buf *out, const struct report *r)
{
    char *from = xstrdup(date_show(r->from).s), *until = xstrdup(date_show(r->until).s),
         *line = xasprintf(_("%s to %s"), from, until);
    char *made = xasprintf(_("Made on %s"), date_show(r->made).s);

    element(out, "<h1>", r->title, "</h1>\n");
    element(out, "<p>", line, "");
    if (r->scope)
        element(out, " \xc2\xb7 ", r->scope, "");
    element(out, " \xc2\xb7 ", made, "</p>\n");
    put_mark(out, r->training, _("TRAINING: invented people."));
    put_mark(out, r->unsuppressed, _("EXACT COUNTS: not to be passed on."));
    put_mark(out, r->draft, _("DRAFT: not released."));
    free(from);
    free(until);
    free(line);
    free(made);
}

static void put_row(struct buf *out, const struct report_table *t, const struct report_row *row, bool member)
{
    static const char *const classes[] = { [ROW_PLAIN] = "", [ROW_SUBTOTAL] = " class=\"subtotal\"",
                                           [ROW_TOTAL] = " class=\"total\"" };

    buf_addf(out, "<tr%s>", member ? " class=\"member\"" : classes[row->kind]);
    element(out, "<th scope=\"row\">", row->label, "</th>");
    for (size_t i = 0; i < t->column_count; i++) {
        buf_add(out, "<td>");
        report_figure(out, &t->columns[i], row->cells[i]);
        buf_add(out, "</td>");
    }
    buf_add(out, "</tr>\n");
}

static bool has_groups(const struct report_table *t)
{
    for (size_t i = 0; i < t->row_count; i++)
        if (t->rows[i].kind == ROW_SUBTOTAL)
            return true;
    return false;
}

static void put_rows(struct buf *out, const struct report_table *t)
{
    bool groups = has_groups(t);

    buf_addf(out, "<table%s>\n", t->column_count > 9 ? " class=\"many\"" : "");
    element(out, "<caption>", t->title, "</caption>\n<thead>\n<tr>");
    element(out, "<th scope=\"col\">", t->row_title, "</th>");
    for (size_t i = 0; i < t->column_count; i++)
        element(out, "<th scope=\"col\">", t->columns[i].label, "</th>");
    buf_add(out, "</tr>\n</thead>\n<tbody>\n");
    for (size_t i = 0; i < t->row_count; i++)
        put_row(out, t, &t->rows[i], groups && t->rows[i].kind == ROW_PLAIN);
    buf_add(out, "</tbody>\n</table>\n");
}

static void put_table(struct buf *out, const struct report_table *t, size_t number)
{
    struct buf svg = BUF_INIT;

    buf_addf(out, "<section aria-labelledby=\"h%zu\">\n<h2 id=\"h%zu\">%zu. ", number, number, number);
    element(out, "", t->title, "</h2>\n");
    if (t->row_count == 0) {
        element(out, "<p>", _("Nothing in this period."), "</p>\n");
    } else {
        buf_addf(out, "<div class=\"scroll\" role=\"group\" tabindex=\"0\" aria-labelledby=\"h%zu\">\n", number);
        put_rows(out, t);
        buf_add(out, "</div>\n");
    }
    report_svg(t, &svg);
    if (svg.len) {
        element(out, "<figure>\n<figcaption>", t->columns[t->chart_column].label, "</figcaption>\n");
        buf_addf(out, "%s</figure>\n", buf_text(&svg));
    }
    buf_release(&svg);
    element(out, "<p class=\"note\">", t->note, "</p>\n</section>\n");
}

void report_html(const struct report *r, struct buf *out)
{
    put_head(out, r);
    put_top(out, r);
    for (size_t i = 0; i < r->count; i++)
        put_table(out, &r->tables[i], i + 1);
    element(out, "<section aria-labelledby=\"about\">\n<h2 id=\"about\">", _("About these figures"), "</h2>\n<ul>\n");
    for (size_t i = 0; i < r->note_count; i++)
        element(out, "<li>", r->notes[i], "</li>\n");
    buf_add(out, "</ul>\n</section>\n</main>\n</body>\n</html>\n");
}
