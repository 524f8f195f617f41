/* dolen-print - draws a document as PDF: JSON on standard input, PDF on standard output, nothing else read or kept.
 *
 * A program of its own, and the only one that knows Pango and Cairo: dolen starts it with a pipe. Exit code 0: drawn;
 * 3: drawn, but a character has no shape in any font here; 1: not drawn. It says nothing: its input is case data. */
#include "page.h"

#include <cairo-pdf.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "dolen/base/json.h"
#include "dolen/base/banned.h"

#define INPUT_MAX (8u << 20)

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
    const struct look *look;
    bool good;

    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, d->title);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATOR, "Dolen");
    s.pango = pango_cairo_create_context(s.cr);
    pango_cairo_context_set_resolution(s.pango, 72);
    pango_context_set_language(s.pango, pango_language_from_string(lang_code(d->lang)));
    look = choose_look(&s);
    s.pages = put_all(&s, look, false);
    put_all(&s, look, true);
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
