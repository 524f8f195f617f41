/* the population table that the user loads: how many people live there, by what is known of them. */
#include "population.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "dolen/base/csv_read.h"
#include "dolen/base/file.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/banned.h"

struct found {
    int people, decile, age, sex, area;         /* columns; -1 none */
};

/* A whole number of people, with blanks or commas between thousands. */
static bool read_people(const char *s, double *out)
{
    double n = 0;
    bool   any = false;

    for (; *s; s++) {
        if (isdigit((unsigned char)*s)) {
            n = n * 10 + (*s - '0');
            any = true;
        } else if (*s != ' ' && *s != ',') {
            return false;
        }
    }
    *out = n;
    return any && n < 1e9;
}

static bool read_decile(const char *s, int *out)
{
    *out = atoi(s);
    return *out >= 1 && *out <= 10;
}

/* "18-24", "18_24" and "A18_24" are one; so are "85+", "A85". */
static void read_band(const char *s, char *out, size_t size)
{
    size_t used = 1;

    out[0] = 'A';
    for (s += toupper((unsigned char)*s) == 'A'; *s && used + 1 < size; s++)
        if (isdigit((unsigned char)*s) || *s == '-' || *s == '_')
            out[used++] = *s == '-' ? '_' : *s;
    out[used] = '\0';
}

static void read_upper(const char *s, char *out, size_t size)
{
    str_copy(out, size, s);
    for (char *p = out; *p; p++)
        *p = (char)toupper((unsigned char)*p);
}

static enum status bad_line(const char *name, size_t line, const char *why, struct err *err)
{
    return err_set(err, ST_INVALID, _("%s, line %zu: %s. No report was made. Correct the line and try again."), name,
                   line, tr(why));
}

static enum status read_row(struct population *p, const struct csv_table *t, size_t row, const struct found *at,
                            struct err *err)
{
    struct population_row *r = ARRAY_ADD(p->rows, p->count, p->cap);

    if (!read_people(csv_table_cell(t, row, at->people), &r->people))
        return bad_line(p->name, row + 2, N_("the population is not a whole number"), err);
    if (at->decile >= 0 && !read_decile(csv_table_cell(t, row, at->decile), &r->decile))
        return bad_line(p->name, row + 2, N_("the decile is not a number from 1 to 10"), err);
    if (at->age >= 0)
        read_band(csv_table_cell(t, row, at->age), r->age_band, sizeof r->age_band);
    if (at->sex >= 0)
        read_upper(csv_table_cell(t, row, at->sex), r->sex, sizeof r->sex);
    if (at->area >= 0)
        read_upper(csv_table_cell(t, row, at->area), r->area, sizeof r->area);
    return ST_OK;
}

enum status population_read(struct population **out, const char *bytes, size_t n, const char *name, struct err *err)
{
    struct csv_table   t = { .rows = NULL };
    struct population *p = xcalloc(1, sizeof *p);
    struct found       at;
    enum status        st = csv_table_read(&t, bytes, n, err);

    p->name = xstrdup(name);
    if (st == ST_OK) {
        at = (struct found){ csv_table_column(&t, "population"), csv_table_column(&t, "wimd_decile"),
                             csv_table_column(&t, "age_band"), csv_table_column(&t, "sex"),
                             csv_table_column(&t, "local_authority") };
        p->has_decile = at.decile >= 0;
        p->has_age = at.age >= 0;
        p->has_sex = at.sex >= 0;
        p->has_area = at.area >= 0;
        if (at.people < 0)
            st = err_set(err, ST_INVALID,
                         _("%s has no column named population. No report was made. docs/reports.md says which "
                           "columns there can be."),
                         name);
    }
    for (size_t i = 0; i < t.count && st == ST_OK; i++)
        st = read_row(p, &t, i, &at, err);
    csv_table_release(&t);
    if (st == ST_OK)
        *out = p;
    else
        population_free(&p);
    return st;
}

enum status population_load(struct population **out, const char *path, struct err *err)
{
    const char *name = strrchr(path, '/');
    struct buf  b = BUF_INIT;
    enum status st = file_read(&b, path, CSV_MAX_BYTES, err);

    if (st == ST_OK)
        st = population_read(out, buf_text(&b), b.len, name ? name + 1 : path, err);
    buf_release(&b);
    return st;
}

void population_free(struct population **pp)
{
    if (!pp || !*pp)
        return;
    free((*pp)->name);
    free((*pp)->rows);
    free(*pp);
    *pp = NULL;
}
