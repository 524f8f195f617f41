/* the loaded deprivation index: sorted by area, asked once a person. */
#include "dolen/forms/wimd.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/csv_read.h"
#include "dolen/base/file.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/banned.h"

enum { AREA_LENGTH = 9 };

struct area {
    char lsoa[AREA_LENGTH + 1];
    int  decile;
};
struct wimd {
    struct area *items;
    size_t       count, cap;
    int          edition;
};

static bool is_area(const char *s)
{
    return strlen(s) == AREA_LENGTH && str_starts(s, "W01") && strspn(s + 3, "0123456789") == AREA_LENGTH - 3;
}

static int by_area(const void *pa, const void *pb)
{
    const struct area *a = pa, *b = pb;

    return strcmp(a->lsoa, b->lsoa);
}

static enum status bad(size_t line, const char *why, struct err *err)
{
    return err_set(err, ST_INVALID,
                   _("Line %zu of the deprivation index: %s. Nothing was changed. Check the file and its column "
                     "names."),
                   line, tr(why));
}

static enum status add_rows(struct wimd *w, const struct csv_table *t, int lsoa, int decile, struct err *err)
{
    for (size_t i = 0; i < t->count; i++) {
        const char  *code = csv_table_cell(t, i, lsoa);
        struct area *a;

        if (!*code)
            continue;
        if (!is_area(code))
            return bad(i + 2, N_("no small area code of Wales"), err);
        a = ARRAY_ADD(w->items, w->count, w->cap);
        str_copy(a->lsoa, sizeof a->lsoa, code);
        a->decile = atoi(csv_table_cell(t, i, decile));
        if (a->decile < 1 || a->decile > 10)
            return bad(i + 2, N_("the decile is not a number from 1 to 10"), err);
    }
    if (w->count > 1)
        qsort(w->items, w->count, sizeof *w->items, by_area);
    for (size_t i = 1; i < w->count; i++)
        if (str_eq(w->items[i].lsoa, w->items[i - 1].lsoa))
            return err_set(err, ST_INVALID,
                           _("The area %s stands in the deprivation index twice. Nothing was changed."
                             " Take the file from the Welsh Government again."),
                           w->items[i].lsoa);
    return ST_OK;
}

static int find_column(const struct csv_table *t, const char *named, const char *one, const char *other)
{
    int at = csv_table_column(t, named ? named : one);

    return at < 0 && !named ? csv_table_column(t, other) : at;
}

enum status wimd_parse(struct wimd **out, const char *bytes, size_t n, const char *lsoa_column,
                       const char *decile_column, int edition, struct err *err)
{
    struct csv_table t = { .rows = NULL };
    struct wimd     *w = xcalloc(1, sizeof *w);
    enum status      st = csv_table_read(&t, bytes, n, err);
    int lsoa = st == ST_OK ? find_column(&t, lsoa_column, "lsoa_code", "lsoa") : -1;
    int decile = st == ST_OK ? find_column(&t, decile_column, "wimd_decile", "decile") : -1;

    w->edition = edition;
    if (st == ST_OK && (lsoa < 0 || decile < 0))
        st = err_set(err, ST_INVALID,
                     _("There is no column %s. Nothing was changed. Name the columns with --lsoa-column and "
                       "--decile-column."),
                     lsoa < 0 ? (lsoa_column ? lsoa_column : "lsoa_code") :
                                (decile_column ? decile_column : "wimd_decile"));
    if (st == ST_OK)
        st = add_rows(w, &t, lsoa, decile, err);
    if (st == ST_OK && w->count == 0)
        st = err_set(err, ST_INVALID, "%s", _("The file names no small area. Nothing was changed."
                                              " Take the file of ranks by small area from the Welsh Government."));
    csv_table_release(&t);
    if (st == ST_OK)
        *out = w;
    else
        wimd_free(&w);
    return st;
}

/* The edition stands in the third column of every line. */
enum status wimd_read(struct wimd **out, const char *path, struct err *err)
{
    struct buf       b = BUF_INIT;
    struct csv_table t = { .rows = NULL };
    enum status      st = file_read(&b, path, CSV_MAX_BYTES, err);
    int              edition = 0;

    if (st == ST_OK)
        st = csv_table_read(&t, buf_text(&b), b.len, err);
    if (st == ST_OK)
        edition = atoi(csv_table_cell(&t, 0, csv_table_column(&t, "wimd_edition")));
    csv_table_release(&t);
    if (st == ST_OK)
        st = wimd_parse(out, buf_text(&b), b.len, "lsoa", "wimd_decile", edition, err);
    buf_release(&b);
    return st;
}

void wimd_write(const struct wimd *w, struct buf *out)
{
    buf_add(out, "lsoa,wimd_decile,wimd_edition\r\n");
    for (size_t i = 0; i < w->count; i++)
        buf_addf(out, "%s,%d,%d\r\n", w->items[i].lsoa, w->items[i].decile, w->edition);
}

void wimd_free(struct wimd **wp)
{
    if (!wp || !*wp)
        return;
    free((*wp)->items);
    free(*wp);
    *wp = NULL;
}

int wimd_decile(const struct wimd *w, const char *lsoa)
{
    struct area        key = { "", 0 };
    const struct area *found;

    if (!w || !str_copy(key.lsoa, sizeof key.lsoa, lsoa))
        return 0;
    found = bsearch(&key, w->items, w->count, sizeof key, by_area);
    return found ? found->decile : 0;
}

int wimd_edition(const struct wimd *w)
{
    return w ? w->edition : 0;
}

size_t wimd_count(const struct wimd *w)
{
    return w->count;
}
