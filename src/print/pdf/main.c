/* dolen-print - draws a document as PDF: JSON on standard input, PDF on standard output, nothing else read or kept.
 *
 * The only file that knows Pango and Cairo, and a program of its own: dolen starts it with a pipe. Exit code 0: drawn;
 * 3: drawn, but a character has no shape in any font here; 1: not drawn. It says nothing: its input is case data. */
#include <pango/pangocairo.h>
#include <cairo-pdf.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "dolen/base/json.h"
#include "dolen/base/mem.h"
#include "dolen/print/document.h"
#include "dolen/base/banned.h"

#define INPUT_MAX (8u << 20)
#define FONT "Sans"

/* A4 in points, with margins of 20 mm. */
#define WIDTH  595.276
#define HEIGHT 841.890
#define MARGIN 56.693
#define LARGE  18.0

/* The largest size at which everything stands on one page; when none does, the last but one over several pages. */
static const double sizes[] = { 14, 13, 12, 11 };
#define SEVERAL_PAGES 12.0

struct sheet {
    const struct document *d;
    cairo_t               *cr;
    PangoContext          *pango;
    double                 size, y;
    int                    page, pages;
    bool                   drawing;     /* false: only measured */
    bool                   boxes;       /* a character without a shape was met */
    const char            *tag;         /* open structure tag */
};

/* One piece of text: its layout, where it stands, what stands before its first line. */
struct piece {
    PangoLayout *layout, *mark;
    double       x, mark_x, before, after_least;
    const char  *tag;
};

static PangoLayout *layout_new(struct sheet *s, const char *text, double size, bool bold, double width)
{
    PangoLayout *l = pango_layout_new(s->pango);
    PangoFontDescription *font = pango_font_description_from_string(FONT);

    pango_font_description_set_absolute_size(font, size * PANGO_SCALE);
    pango_font_description_set_weight(font, bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
    pango_layout_set_font_description(l, font);
    pango_font_description_free(font);
    if (width > 0)
        pango_layout_set_width(l, (int) (width * PANGO_SCALE));
    pango_layout_set_wrap(l, PANGO_WRAP_WORD_CHAR);
    pango_layout_set_line_spacing(l, 1.15f);
    pango_layout_set_text(l, text, -1);
    if (pango_layout_get_unknown_glyphs_count(l) > 0)
        s->boxes = true;
    return l;
}

static void embolden(PangoLayout *l, size_t bytes)
{
    PangoAttrList *list = pango_attr_list_new();
    PangoAttribute *bold = pango_attr_weight_new(PANGO_WEIGHT_BOLD);

    bold->start_index = 0;
    bold->end_index = (guint) bytes;
    pango_attr_list_insert(list, bold);
    pango_layout_set_attributes(l, list);
    pango_attr_list_unref(list);
}

static double layout_height(PangoLayout *l)
{
    int h;

    pango_layout_get_size(l, NULL, &h);
    return (double) h / PANGO_SCALE;
}

static double layout_width(PangoLayout *l)
{
    int w;

    pango_layout_get_size(l, &w, NULL);
    return (double) w / PANGO_SCALE;
}

/* --- pages -------------------------------------------------------------------------------------------------------- */

static void show_at(struct sheet *s, PangoLayout *l, double x, double y)
{
    if (s->drawing) {
        cairo_move_to(s->cr, x, y);
        pango_cairo_show_layout(s->cr, l);
    }
}

static void page_marks(struct sheet *s)
{
    PangoLayout *l;
    char *number;

    if (s->d->training) {
        l = layout_new(s, TRAINING_MARK, 11, true, 0);
        show_at(s, l, (WIDTH - layout_width(l)) / 2, MARGIN / 2);
        g_object_unref(l);
    }
    if (s->pages > 1) {
        number = xasprintf("%d / %d", s->page, s->pages);
        l = layout_new(s, number, 10, false, 0);
        show_at(s, l, WIDTH - MARGIN - layout_width(l), HEIGHT - MARGIN * 0.7);
        g_object_unref(l);
        free(number);
    }
}

static void tag_open(struct sheet *s, const char *tag)
{
    s->tag = tag;
    if (s->drawing)
        cairo_tag_begin(s->cr, tag, NULL);
}

static void tag_close(struct sheet *s)
{
    if (s->drawing && s->tag)
        cairo_tag_end(s->cr, s->tag);
    s->tag = NULL;
}

static void next_page(struct sheet *s)
{
    const char *tag = s->tag;

    tag_close(s);
    if (s->drawing)
        cairo_show_page(s->cr);
    s->page++;
    s->y = MARGIN;
    page_marks(s);
    if (tag)
        tag_open(s, tag);
}

static bool at_top(const struct sheet *s)
{
    return s->y <= MARGIN + 0.01;
}

static bool fits(const struct sheet *s, double height)
{
    return s->y + height <= HEIGHT - MARGIN;
}

/* --- text on pages ------------------------------------------------------------------------------------------------ */

static void put_lines(struct sheet *s, const struct piece *p)
{
    PangoLayoutIter *it = pango_layout_get_iter(p->layout);
    bool first = true;

    do {
        PangoRectangle r;
        double base = (double) pango_layout_iter_get_baseline(it) / PANGO_SCALE;
        double top, height;

        pango_layout_iter_get_line_extents(it, NULL, &r);
        top = (double) r.y / PANGO_SCALE;
        height = (double) r.height / PANGO_SCALE;
        if (!fits(s, height) && !at_top(s))
            next_page(s);
        if (first && p->mark)
            show_at(s, p->mark, p->mark_x, s->y);
        if (s->drawing) {
            cairo_move_to(s->cr, p->x + (double) r.x / PANGO_SCALE, s->y + base - top);
            pango_cairo_show_layout_line(s->cr, pango_layout_iter_get_line_readonly(it));
        }
        s->y += height;
        first = false;
    } while (pango_layout_iter_next_line(it));
    pango_layout_iter_free(it);
}

/* A short piece is not parted, a long one starts with three lines at least, and a heading takes what follows along. */
static void put_piece(struct sheet *s, struct piece *p)
{
    double line = s->size * 1.6, height = layout_height(p->layout);

    if (!at_top(s))
        s->y += p->before;
    if (!fits(s, (height < 4 * line ? height : 3 * line) + p->after_least) && !at_top(s))
        next_page(s);
    tag_open(s, p->tag);
    put_lines(s, p);
    tag_close(s);
    g_object_unref(p->layout);
    if (p->mark)
        g_object_unref(p->mark);
}

static void put_title(struct sheet *s)
{
    const struct document *d = s->d;
    char *text = d->name ? xasprintf("%s: %s", d->title, d->name) : xstrdup(d->title);
    struct piece p = { .x = MARGIN, .tag = "H1" };

    p.layout = layout_new(s, text, s->size * 1.5, true, WIDTH - 2 * MARGIN);
    put_piece(s, &p);
    s->y += s->size * 0.4;
    free(text);
}

static double indent_of(const struct sheet *s, const struct block *b)
{
    return MARGIN + b->level * s->size * 1.6;
}

static void put_heading(struct sheet *s, const struct block *b)
{
    struct piece p = { .x = MARGIN, .before = s->size * 1.1, .after_least = s->size * 4.8, .tag = "H2" };

    p.layout = layout_new(s, b->text, s->size * 1.15, true, WIDTH - 2 * MARGIN);
    put_piece(s, &p);
    s->y += s->size * 0.15;
}

static void put_plain(struct sheet *s, const struct block *b)
{
    struct piece p = { .x = indent_of(s, b), .before = s->size * (b->level ? 0.2 : 0.7), .tag = "P" };

    p.layout = layout_new(s, b->text, s->size, false, WIDTH - MARGIN - p.x);
    put_piece(s, &p);
}

static void put_item(struct sheet *s, const struct block *b)
{
    bool numbered = b->kind == BLOCK_NUMBERED;
    char *mark = numbered ? xasprintf("%d.", b->number) : xstrdup("•");
    struct piece p = { .mark_x = indent_of(s, b), .before = s->size * (numbered ? 0.8 : 0.3), .tag = "P" };

    p.mark = layout_new(s, mark, s->size, numbered, 0);
    p.x = p.mark_x + (numbered ? layout_width(p.mark) + s->size * 0.4 : s->size);
    p.after_least = numbered ? s->size * 3.2 : 0;
    p.layout = layout_new(s, b->text, s->size, numbered, WIDTH - MARGIN - p.x);
    put_piece(s, &p);
    free(mark);
}

static void put_labelled(struct sheet *s, const struct block *b)
{
    char *text = xasprintf("%s %s", b->label, b->text);
    struct piece p = { .x = indent_of(s, b), .before = s->size * 0.2, .tag = "P" };

    p.layout = layout_new(s, text, s->size, false, WIDTH - MARGIN - p.x);
    embolden(p.layout, strlen(b->label));
    put_piece(s, &p);
    free(text);
}

static void put_page(struct sheet *s, const struct block *b)
{
    (void) b;
    if (!at_top(s))
        next_page(s);
}

static void (*const put_block[BLOCK_COUNT])(struct sheet *s, const struct block *b) = {
    [BLOCK_HEADING] = put_heading, [BLOCK_PARA] = put_plain, [BLOCK_NUMBERED] = put_item, [BLOCK_BULLET] = put_item,
    [BLOCK_LABELLED] = put_labelled, [BLOCK_PAGE] = put_page,
};

static int put_all(struct sheet *s, double size, bool drawing)
{
    s->size = size;
    s->drawing = drawing;
    s->page = 1;
    s->y = MARGIN;
    page_marks(s);
    put_title(s);
    for (size_t i = 0; i < s->d->count; i++)
        put_block[s->d->items[i].kind](s, &s->d->items[i]);
    return s->page;
}

static double choose_size(struct sheet *s)
{
    if (s->d->large)
        return LARGE;
    for (size_t i = 0; i < ARRAY_LEN(sizes); i++)
        if (put_all(s, sizes[i], false) == 1)
            return sizes[i];
    return SEVERAL_PAGES;
}

/* --- in and out --------------------------------------------------------------------------------------------------- */

static cairo_status_t to_output(void *ctx, const unsigned char *bytes, unsigned int n)
{
    (void) ctx;
    while (n > 0) {
        ssize_t k = write(STDOUT_FILENO, bytes, n);

        if (k < 0 && errno == EINTR)
            continue;
        if (k < 0)
            return CAIRO_STATUS_WRITE_ERROR;
        bytes += k;
        n -= (unsigned int) k;
    }
    return CAIRO_STATUS_SUCCESS;
}

static bool draw(const struct document *d, bool *boxes)
{
    cairo_surface_t *surface = cairo_pdf_surface_create_for_stream(to_output, NULL, WIDTH, HEIGHT);
    struct sheet s = { .d = d, .cr = cairo_create(surface) };
    double size;
    bool good;

    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, d->title);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATOR, "Dolen");
    s.pango = pango_cairo_create_context(s.cr);
    pango_cairo_context_set_resolution(s.pango, 72);
    pango_context_set_language(s.pango, pango_language_from_string(lang_code(d->lang)));
    size = choose_size(&s);
    s.pages = put_all(&s, size, false);
    put_all(&s, size, true);
    *boxes = s.boxes;
    g_object_unref(s.pango);
    cairo_destroy(s.cr);
    cairo_surface_finish(surface);
    good = cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS;
    cairo_surface_destroy(surface);
    return good;
}

static bool read_input(struct buf *b)
{
    char part[16384];

    for (;;) {
        ssize_t k = read(STDIN_FILENO, part, sizeof part);

        if (k < 0 && errno == EINTR)
            continue;
        if (k <= 0)
            return k == 0;
        if (b->len + (size_t) k > INPUT_MAX)
            return false;
        buf_add_mem(b, part, (size_t) k);
    }
}

int main(void)
{
    static const struct rlimit none = { 0, 0 };
    struct buf b = BUF_INIT;
    struct json *j = NULL;
    struct document *d = NULL;
    bool boxes = false, good;

    setrlimit(RLIMIT_CORE, &none);
    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
    good = read_input(&b) && json_parse(&j, buf_text(&b), b.len, NULL) == ST_OK &&
           document_from_json(&d, j, NULL) == ST_OK && draw(d, &boxes);
    /* no tidying of what fontconfig and GLib keep for the life of a process: it ends here */
    _exit(!good ? 1 : boxes ? 3 : 0);
}
