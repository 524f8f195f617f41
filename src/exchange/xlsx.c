/* Workbooks over libxlsxwriter. The library is handed strings, numbers and dates, never what it could take for a
 * formula or a link; its own scratch files go into the private folder beside the workbook, on the disk that the
 * workbook is meant for. */
#include "dolen/exchange/xlsx.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include "dolen/base/buf.h"
#include "dolen/base/file.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/text.h"
#include "dolen/base/banned.h"

#define NAME_CHARS   31
#define WIDTH_LEAST  6
#define WIDTH_MOST   48
#define COLUMNS_MAX  512
#define EXACT_DIGITS 999999999999999ll      /* what a double in a spreadsheet keeps */
#define DECIMALS_MAX 6
#define TITLE_POINTS 14

enum look { LOOK_HEADER, LOOK_TITLE, LOOK_BOLD, LOOK_DATE, LOOK_MONTH, LOOK_INTEGER, LOOK_COUNT };

struct xlsx {
    char          *path, *folder, *temp;    /* temp: the workbook in the private folder */
    bool           replace;
    lxw_workbook  *book;
    lxw_worksheet *sheet;
    lxw_format    *looks[LOOK_COUNT], *number[DECIMALS_MAX + 1], *percent[DECIMALS_MAX + 1];
    char         **names;
    size_t         name_count, name_cap;
    lxw_row_t      row, header;             /* header: its row + 1; 0: none yet */
    lxw_col_t      column, columns;
    bool           in_table;                /* a first cell was written below the header */
    int            width[COLUMNS_MAX];
    enum status    st;
    struct err     err;
};

/* --- looks ------------------------------------------------------------------------------------------------------ */

static lxw_format *numbered(struct xlsx *x, const char *shape)
{
    lxw_format *f = workbook_add_format(x->book);

    format_set_num_format(f, shape);
    return f;
}

static void make_looks(struct xlsx *x)
{
    lxw_format *f = workbook_add_format(x->book);

    format_set_bold(f);
    format_set_text_wrap(f);
    format_set_align(f, LXW_ALIGN_VERTICAL_TOP);
    format_set_bottom(f, LXW_BORDER_THIN);
    format_set_bg_color(f, 0xE6EEF2);
    x->looks[LOOK_HEADER] = f;
    f = workbook_add_format(x->book);
    format_set_bold(f);
    format_set_font_size(f, TITLE_POINTS);
    x->looks[LOOK_TITLE] = f;
    f = workbook_add_format(x->book);
    format_set_bold(f);
    x->looks[LOOK_BOLD] = f;
    x->looks[LOOK_DATE] = numbered(x, "yyyy\\-mm\\-dd");
    x->looks[LOOK_MONTH] = numbered(x, "yyyy\\-mm");
    x->looks[LOOK_INTEGER] = numbered(x, "0");
}

/* "0.00", or "0.00%". */
static lxw_format *with_decimals(struct xlsx *x, lxw_format **made, int decimals, const char *end)
{
    char shape[32];
    int d = decimals < 0 ? 0 : decimals > DECIMALS_MAX ? DECIMALS_MAX : decimals;

    if (!made[d]) {
        snprintf(shape, sizeof shape, "0%s%.*s%s", d ? "." : "", d, "000000", end);
        made[d] = numbered(x, shape);
    }
    return made[d];
}

/* --- the file --------------------------------------------------------------------------------------------------- */

static void fail(struct xlsx *x, enum status st, const char *why)
{
    if (x->st != ST_OK)
        return;
    if (st == ST_INVALID)
        x->st = err_set(&x->err, st, _("%s cannot be written: %s. What was there before is as it was. Choose a shorter "
                                       "period, or CSV."), x->path, tr(why));
    else
        x->st = err_set(&x->err, st, _("%s cannot be written: %s. What was there before is as it was."
                                       " Choose another place, or make room."), x->path, tr(why));
}

static void check(struct xlsx *x, lxw_error e)
{
    if (e != LXW_NO_ERROR)
        fail(x, e == LXW_ERROR_MEMORY_MALLOC_FAILED ? ST_NOMEM : ST_IO, lxw_strerror(e));
}

/* The private folder beside path, for the workbook and for what the library writes while it packs. */
static enum status make_place(struct xlsx *x, struct err *err)
{
    const char *slash = strrchr(x->path, '/'), *name = slash ? slash + 1 : x->path;
    int n = slash ? (int) (slash - x->path) : 0;

    if (!*name)
        return err_set(err, ST_USAGE, _("%s is the name of a folder; nothing was written; give "
                                        "a file name."), x->path);
    x->folder = xasprintf("%.*s%s.%s.XXXXXX", n, x->path, slash ? "/" : "", name);
    if (!mkdtemp(x->folder)) {
        free(x->folder);
        x->folder = NULL;
        return err_sys(err, _("%s cannot be written; nothing was changed"), x->path);
    }
    x->temp = path_join(x->folder, "book");
    return ST_OK;
}

enum status xlsx_new(struct xlsx **out, const char *path, bool replace, const char *title, struct err *err)
{
    struct xlsx *x;
    lxw_workbook_options options = { .constant_memory = LXW_FALSE };
    lxw_doc_properties about = { .title = NULL };
    enum status st;

    if (!replace && file_exists(path))
        return err_set(err, ST_REFUSED, _("%s exists already; it is as it was; choose another name."), path);
    x = xcalloc(1, sizeof *x);
    x->path = xstrdup(path);
    x->replace = replace;
    st = make_place(x, err);
    if (st != ST_OK) {
        xlsx_drop(&x);
        return st;
    }
    options.tmpdir = x->folder;
    x->book = workbook_new_opt(x->temp, &options);
    if (!x->book)
        die(9, _("Out of memory. Everything saved before is safe. Close other programs and start again."));
    about.title = (char *) (uintptr_t) (title ? title : "");
    about.created = (time_t) clock_now();
    workbook_set_properties(x->book, &about);
    make_looks(x);
    *out = x;
    return ST_OK;
}

/* --- sheets ----------------------------------------------------------------------------------------------------- */

static bool is_taken(const struct xlsx *x, const char *name)
{
    for (size_t i = 0; i < x->name_count; i++)
        if (strcasecmp(x->names[i], name) == 0)
            return true;
    return false;
}

/* The first characters of s that may stand in a sheet's name; caller frees. */
static char *cut_name(const char *s, int most)
{
    struct buf b = BUF_INIT;
    size_t n = strlen(s), step;
    uint32_t cp;

    for (int count = 0; count < most && (step = utf8_next(s, n, &cp)); s += step, n -= step) {
        bool bad = cp < ' ' || (cp < 0x80 && strchr("[]:*?/\\'", (int) cp));

        count += cp > 0xffff ? 2 : 1;           /* the format counts in UTF-16 */
        if (count <= most)
            buf_add_cp(&b, bad ? '-' : cp);
    }
    while (b.len && b.s[b.len - 1] == ' ')
        buf_remove(&b, b.len - 1, 1);
    return buf_steal(&b);
}

/* "Report", "Report 2", "Report 3" … */
static char *free_name(const struct xlsx *x, const char *wanted)
{
    char *name = cut_name(*wanted ? wanted : "-", NAME_CHARS);

    for (int i = 2; is_taken(x, name); i++) {
        char *start = cut_name(wanted, NAME_CHARS - 4);

        free(name);
        name = xasprintf("%s %d", start, i);
        free(start);
    }
    return name;
}

static void finish_sheet(struct xlsx *x)
{
    if (!x->sheet || !x->header)
        return;
    for (lxw_col_t c = 0; c < x->columns; c++)
        worksheet_set_column(x->sheet, c, c, x->width[c], NULL);
    worksheet_freeze_panes(x->sheet, x->header, 0);
    if (x->columns && x->row > x->header)
        worksheet_autofilter(x->sheet, x->header - 1, 0, x->row - 1, (lxw_col_t) (x->columns - 1));
}

void xlsx_sheet(struct xlsx *x, const char *name)
{
    char *fitting = free_name(x, name), **slot;

    finish_sheet(x);
    x->sheet = workbook_add_worksheet(x->book, fitting);
    slot = ARRAY_ADD(x->names, x->name_count, x->name_cap);
    *slot = fitting;
    if (!x->sheet)
        fail(x, ST_INVALID, fitting);
    x->row = x->header = 0;
    x->column = x->columns = 0;
    x->in_table = false;
}

/* --- cells ------------------------------------------------------------------------------------------------------ */

static bool may_write(struct xlsx *x)
{
    if (x->row >= XLSX_ROWS_MAX)
        fail(x, ST_INVALID, N_("it has more rows than a sheet holds"));
    if (x->column >= COLUMNS_MAX)
        fail(x, ST_INVALID, N_("it has more columns than a sheet should hold"));
    return x->sheet && x->st == ST_OK;
}

/* Tame, and no longer than a cell holds. */
static char *cell_text(const char *s)
{
    struct buf b = BUF_INIT;
    size_t n, at = 0, count = 0, step;
    uint32_t cp;

    text_tame(&b, s, true);
    n = b.len;
    while (at < n && (step = utf8_next(b.s + at, n - at, &cp)) && (count += cp > 0xffff ? 2 : 1) < XLSX_TEXT_MAX)
        at += step;
    if (at < n) {
        buf_remove(&b, at, n - at);
        buf_add(&b, "…");
    }
    return buf_steal(&b);
}

static void write_text(struct xlsx *x, const char *s, lxw_format *look)
{
    char *text = cell_text(s);

    check(x, worksheet_write_string(x->sheet, x->row, x->column, text, look));
    free(text);
}

/* In the table columns widen with what they hold, up to a measure. */
static void widen(struct xlsx *x, int width)
{
    if (x->header && x->column < x->columns && width + 2 > x->width[x->column])
        x->width[x->column] = width + 2 < WIDTH_MOST ? width + 2 : WIDTH_MOST;
}

static bool begin_cell(struct xlsx *x)
{
    if (x->header && !x->in_table) {
        x->row = x->header;
        x->column = 0;
        x->in_table = true;
    }
    return may_write(x);
}

static void text_in(struct xlsx *x, const char *s, lxw_format *look)
{
    if (begin_cell(x) && s && *s) {
        write_text(x, s, look);
        widen(x, text_width(s));
    }
    x->column++;
}

void xlsx_text(struct xlsx *x, const char *s)
{
    text_in(x, s, NULL);
}

void xlsx_bold(struct xlsx *x, const char *s)
{
    text_in(x, s, x->looks[LOOK_BOLD]);
}

static void number_in(struct xlsx *x, double d, lxw_format *look, int width)
{
    if (begin_cell(x) && isfinite(d)) {
        check(x, worksheet_write_number(x->sheet, x->row, x->column, d, look));
        widen(x, width);
    }
    x->column++;
}

void xlsx_int(struct xlsx *x, int64_t n)
{
    char text[24];

    snprintf(text, sizeof text, "%lld", (long long) n);
    if (n > EXACT_DIGITS || n < -EXACT_DIGITS)
        xlsx_text(x, text);
    else
        number_in(x, (double) n, x->looks[LOOK_INTEGER], (int) strlen(text));
}

void xlsx_number(struct xlsx *x, double d, int decimals)
{
    number_in(x, d, with_decimals(x, x->number, decimals, ""), 8 + decimals);
}

void xlsx_percent(struct xlsx *x, double share, int decimals)
{
    number_in(x, share, with_decimals(x, x->percent, decimals, "%"), 6 + decimals);
}

/* Before March 1900 the format counts a day that never was: such dates stay text. */
static void date_in(struct xlsx *x, struct date d, lxw_format *look, const char *text, int width)
{
    lxw_datetime at = { .year = d.year, .month = d.month, .day = d.day };

    if (!date_is_set(d) || date_compare(d, (struct date) { 1900, 3, 1 }) < 0) {
        xlsx_text(x, date_is_set(d) ? text : NULL);
        return;
    }
    if (begin_cell(x)) {
        check(x, worksheet_write_datetime(x->sheet, x->row, x->column, &at, look));
        widen(x, width);
    }
    x->column++;
}

void xlsx_date(struct xlsx *x, struct date d)
{
    date_in(x, d, x->looks[LOOK_DATE], date_iso(d).s, 10);
}

void xlsx_month(struct xlsx *x, struct date d)
{
    struct date first = { d.year, d.month, 1 };
    struct date_text text = date_iso(first);

    text.s[strlen("2026-02")] = '\0';
    date_in(x, date_is_set(d) ? first : d, x->looks[LOOK_MONTH], text.s, 8);
}

void xlsx_row_end(struct xlsx *x)
{
    begin_cell(x);
    x->row++;
    x->column = 0;
}

/* --- above the table -------------------------------------------------------------------------------------------- */

static void line(struct xlsx *x, const char *text, lxw_format *look)
{
    if (may_write(x) && *text)
        write_text(x, text, look);
    x->row++;
    x->column = 0;
}

void xlsx_title(struct xlsx *x, const char *text)
{
    line(x, text, x->looks[LOOK_TITLE]);
}

void xlsx_line(struct xlsx *x, const char *text)
{
    line(x, text, NULL);
}

void xlsx_gap(struct xlsx *x)
{
    line(x, "", NULL);
}

void xlsx_column(struct xlsx *x, const char *header, int width)
{
    int wanted = width ? width : text_width(header) + 4;

    if (!x->header)
        x->header = x->row + 1;
    x->column = x->columns;
    if (!may_write(x))
        return;
    write_text(x, header, x->looks[LOOK_HEADER]);
    x->width[x->columns++] = wanted < WIDTH_LEAST ? WIDTH_LEAST : wanted > WIDTH_MOST ? WIDTH_MOST : wanted;
}

/* --- the end ---------------------------------------------------------------------------------------------------- */

/* The library does not make sure that the bytes are on the disk. */
static enum status put_in_place(struct xlsx *x, struct err *err)
{
    int fd = open(x->temp, O_RDONLY | O_CLOEXEC);
    const char *slash = strrchr(x->path, '/');
    char *parent = slash == x->path ? xstrdup("/") :
                   slash            ? xstrndup(x->path, (size_t) (slash - x->path)) :
                                      xstrdup(".");
    enum status st = ST_OK;

    if (fd < 0 || fchmod(fd, 0600) != 0 || fsync(fd) != 0)
        st = err_sys(err, _("%s cannot be written; what was there before is as it was"), x->path);
    if (fd >= 0)
        close(fd);
    if (st == ST_OK && !x->replace && renameat2(AT_FDCWD, x->temp, AT_FDCWD, x->path, RENAME_NOREPLACE) != 0) {
        if (errno == EEXIST || ((errno == EINVAL || errno == ENOSYS) && file_exists(x->path)))
            st = err_set(err, ST_REFUSED, _("%s exists already; it is as it was; choose another name."), x->path);
        else if (errno != EINVAL && errno != ENOSYS)
            st = err_sys(err, _("%s cannot be put in its place; what was there before is as it was"), x->path);
    }
    if (st == ST_OK && file_exists(x->temp) && rename(x->temp, x->path) != 0)
        st = err_sys(err, _("%s cannot be put in its place; what was there before is as it was"), x->path);
    if (st == ST_OK)
        st = folder_sync(parent, err);
    free(parent);
    return st;
}

enum status xlsx_done(struct xlsx **xp, struct err *err)
{
    struct xlsx *x = *xp;
    enum status st;

    finish_sheet(x);
    errno = 0;
    if (x->st == ST_OK) {
        lxw_error e = workbook_close(x->book);

        x->book = NULL;
        if (e != LXW_NO_ERROR && (errno == ENOSPC || errno == EDQUOT))
            x->st = err_sys(&x->err, _("%s cannot be written; what was there before is as it was"), x->path);
        check(x, e);
    }
    st = x->st;
    if (st != ST_OK && err)
        *err = x->err;
    if (st == ST_OK)
        st = put_in_place(x, err);
    xlsx_drop(xp);
    return st;
}

/* What a failure left in the private folder goes with it. */
static void remove_place(const char *folder)
{
    DIR *d = opendir(folder);
    struct dirent *e;

    while (d && (e = readdir(d)))
        if (e->d_name[0] != '.')
            unlinkat(dirfd(d), e->d_name, 0);
    if (d)
        closedir(d);
    rmdir(folder);
}

void xlsx_drop(struct xlsx **xp)
{
    struct xlsx *x = xp ? *xp : NULL;

    if (!x)
        return;
    if (x->book)
        lxw_workbook_free(x->book);
    if (x->folder)
        remove_place(x->folder);
    for (size_t i = 0; i < x->name_count; i++)
        free(x->names[i]);
    free(x->names);
    free(x->path);
    free(x->folder);
    free(x->temp);
    free(x);
    *xp = NULL;
}
