/* giving a report out: which format, to which file. */
#include "dolen/report/render.h"

#include <stdio.h>
#include <stdlib.h>

#include "dolen/base/file.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/out.h"
#include "dolen/base/banned.h"

enum { TEXT_COLS = 78 };

static const char *const words[] = {
#define X(name, word) word,
    REPORT_FORMAT_LIST(X)
#undef X
};

bool report_format_find(const char *word, enum report_format *out)
{
    for (size_t i = 0; i < ARRAY_LEN(words); i++) {
        if (str_eq(words[i], word)) {
            *out = (enum report_format)i;
            return true;
        }
    }
    return false;
}

static void draw(const struct report *r, enum report_format f, struct buf *out)
{
    if (f == REPORT_AS_TEXT)
        report_text(r, TEXT_COLS, !lang_terminal_is_utf8(), out);
    else if (f == REPORT_AS_CSV)
        report_csv(r, out);
    else
        report_html(r, out);
}

enum status report_give(const struct report *r, enum report_format f, const char *path, struct err *err)
{
    struct buf  b = BUF_INIT;
    enum status st = ST_OK;

    if (path && file_exists(path))
        return err_set(err, ST_REFUSED, _("%s exists already; it is as it was; choose another name."), path);
    if (f == REPORT_AS_XLSX && !path)
        return err_set(err, ST_USAGE, "%s",
                       _("A workbook cannot be shown on a terminal; nothing was made; say where it goes: --to FILE"));
    if (f == REPORT_AS_XLSX)
        return report_xlsx(r, path, err);
    draw(r, f, &b);
    if (path)
        st = out_file(path, b.s, b.len, err);
    else if (fwrite(b.s, 1, b.len, stdout) != b.len || fflush(stdout) != 0)
        st = err_sys(err, "%s", _("The report could not be written out whole. Nothing was changed"));
    buf_release(&b);
    return st;
}
