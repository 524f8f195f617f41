/* giving a report out: which format, to which file. */
#include "dolen/report/render.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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

enum status report_path_fits(enum report_format f, const char *path, struct err *err)
{
    static const char *const endings[REPORT_FORMATS] = {
        [REPORT_AS_TEXT] = ".txt", [REPORT_AS_CSV] = ".csv", [REPORT_AS_XLSX] = ".xlsx", [REPORT_AS_HTML] = ".html",
    };
    const char *dot = path ? strrchr(path, '.') : NULL;

    for (int i = 0; dot && i < REPORT_FORMATS; i++)
        if (i != (int) f && str_eq(dot, endings[i]))
            return err_set(err, ST_REFUSED,
                           _("%s is named like another kind of file than was chosen, and would not open; nothing was "
                             "saved; end the name in %s, or choose the kind that it is named for."), path, endings[f]);
    return ST_OK;
}

enum status report_give(const struct report *r, enum report_format f, const char *path, struct err *err)
{
    struct buf  b = BUF_INIT;
    enum status st = ST_OK;

    if (path && file_exists(path))
        return err_set(err, ST_REFUSED, _("%s exists already; it is as it was; choose another name."), path);
    if ((st = report_path_fits(f, path, err)) != ST_OK)
        return st;
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
