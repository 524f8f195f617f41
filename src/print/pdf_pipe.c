/* The PDF helper: fed a document, it gives back a PDF. Drawing stands in a program of its own so that Pango, Cairo,
 * GLib and fontconfig never share a process with the keys of a case file. */
#include "dolen/print/document.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "dolen/base/file.h"
#include "dolen/base/helper.h"
#include "dolen/base/mem.h"
#include "dolen/base/banned.h"

#define PDF_MAX (64u << 20)
#define MADE_WITH_BOXES 3           /* exit code of the helper: some character has no shape */

/* What fontconfig needs to find fonts, and nothing else of ours. */
static const char *const environment[] = { "HOME", "PATH", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME",
                                           "XDG_DATA_DIRS",
                                           "FONTCONFIG_FILE", "FONTCONFIG_PATH", NULL };

static bool read_all(int fd, struct buf *out)
{
    char part[16384];

    for (;;) {
        ssize_t k = read(fd, part, sizeof part);

        if (k < 0 && errno == EINTR)
            continue;
        if (k <= 0)
            return k == 0;
        if (out->len + (size_t) k > PDF_MAX)
            return false;
        buf_add_mem(out, part, (size_t) k);
    }
}

/* The helper reads everything before it writes anything, so the two ends never wait for each other. */
static enum status draw(const char *path, const struct buf *json, struct buf *pdf, bool *no_shape, struct err *err)
{
    struct helper h;
    bool went;
    int code;

    if (!helper_start(&h, path, environment))
        return err_sys(err, _("The PDF helper %s could not be started; no PDF was made"), path);
    went = helper_send(&h, json->s, json->len) && helper_said_all(&h) && read_all(h.fd, pdf);
    code = helper_end(&h);
    if (!went || (code != 0 && code != MADE_WITH_BOXES) || pdf->len < 5 || memcmp(pdf->s, "%PDF-", 5) != 0)
        return err_set(err, ST_IO,
                       _("The PDF helper ended early; no PDF was made; try --format html, or install dolen again."));
    *no_shape = code == MADE_WITH_BOXES;
    return ST_OK;
}

enum status document_pdf(const struct document *d, struct buf *out, bool *no_shape, struct err *err)
{
    struct buf text = BUF_INIT, pdf = BUF_INIT;
    struct json *j;
    char *path = place_program("dolen-print");
    enum status st;

    if (!path)
        return err_set(err, ST_NOTFOUND,
                       _("The PDF helper dolen-print is not installed beside this program; no PDF was made; use "
                         "--format html or text, or install libpango1.0-dev and build again."));
    j = document_to_json(d);
    json_write(&text, j);
    json_free(&j);
    st = draw(path, &text, &pdf, no_shape, err);
    if (st == ST_OK)
        buf_add_mem(out, pdf.s, pdf.len);
    buf_wipe(&text);
    buf_wipe(&pdf);
    free(path);
    return st;
}
