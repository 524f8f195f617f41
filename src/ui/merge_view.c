/* merge_view.c - two records of people side by side, before somebody says that they are one. */
#include "person_priv.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/text.h"
#include "dolen/core/person.h"
#include "dolen/core/safe.h"
#include "dolen/base/banned.h"

#define DATE_COLS 11                    /* "9 Chwe 1950" */

struct merge_view {
    struct view   view;
    struct ui    *u;
    struct id     id[2];                /* kept, other */
    struct record person[2];
    size_t        episodes[2], referrals[2];
};

static struct merge_view *of(struct view *v)
{
    return (struct merge_view *) v;
}

static enum status count(struct ui *u, enum list_id list, struct id person, size_t *n, struct err *err)
{
    struct records found = { NULL, 0, 0 };
    enum status st = store_list(u->store, list, person, 100, &found, err);

    *n = found.count;
    records_release(&found);
    return st;
}

static enum status merge_load(struct view *view, struct err *err)
{
    struct merge_view *v = of(view);
    enum status st = ST_OK;

    for (int i = 0; st == ST_OK && i < 2; i++) {
        st = store_get(v->u->store, T_PERSON, v->id[i], &v->person[i], err);
        if (st == ST_OK)
            st = count(v->u, LIST_EPISODES_OF_PERSON, v->id[i], &v->episodes[i], err);
        if (st == ST_OK)
            st = count(v->u, LIST_REFERRALS_OF_PERSON, v->id[i], &v->referrals[i], err);
    }
    return st;
}

/* The likeliest to tell two people apart come first: a small screen shows those. */
static const struct {
    int         column;
    const char *label;
} rows[] = {
    { PERSON_given_name, N_("Given name") }, { PERSON_family_name, N_("Family name") },
    { PERSON_birth_date, N_("Born") },
    { PERSON_nhs_number, N_("NHS number") }, { PERSON_phone, N_("Phone") }, { PERSON_postcode, N_("Postcode") },
    { PERSON_preferred_name, N_("Preferred name") }, { PERSON_address, N_("Address") },
    { PERSON_gp_practice, N_("GP practice") },
};

static void show(struct ui *u, const struct record *p, int column, struct buf *out)
{
    const char *name = table_column_name(T_PERSON, column), *value = record_or(p, column, "");
    bool covered = safe_covers(name) && person_is_protected(u->store, p);

    if (column == PERSON_birth_date)
        buf_add(out, person_born(record_date(p, column), record_text(p, PERSON_birth_precision)).s);
    else if (*value)
        column_words(u, column_question(u, T_PERSON, name), safe_show(value, covered, false), out);
}

/* The longest label, and still room for a day in either column. */
static int label_cols(int cols)
{
    int widest = 0, most = cols - 2 - 2 * DATE_COLS;

    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        widest = text_width(tr(rows[i].label)) > widest ? text_width(tr(rows[i].label)) : widest;
    return widest + 1 < most ? widest + 1 : most;
}

static void draw_two(struct area row, const char *label, const char *keep, const char *other, bool differ)
{
    int first = label_cols(row.cols), each = (row.cols - first - 2) / 2, x = first + each;

    area_words(row, 0, 0, first - 1, STYLE_LABEL, label);
    area_text(row, 0, first, each, STYLE_VALUE, keep);
    if (differ)
        area_text(row, 0, x, 1, STYLE_WARN, style_mark(STYLE_WARN));
    area_text(row, 0, x + 2, each, differ ? STYLE_WARN : STYLE_VALUE, other);
}

static void draw_pair(struct area row, const char *label, const char *keep, const char *other)
{
    draw_two(row, label, keep, other, keep[0] && other[0] && !str_eq(keep, other));
}

static void draw_count(struct area row, const char *label, const size_t n[2])
{
    char keep[24], other[24];

    snprintf(keep, sizeof keep, "%zu", n[0]);
    snprintf(other, sizeof other, "%zu", n[1]);
    draw_two(row, label, keep, other, false);
}

static void merge_draw(struct view *view, struct area body)
{
    struct merge_view *v = of(view);
    int y = 0;

    draw_two(area_sub(body, y++, 0, 1, -1), "", _("stays"), _("joins it"), false);
    for (size_t i = 0; i < ARRAY_LEN(rows) && y < body.rows; i++) {
        struct buf keep = BUF_INIT, other = BUF_INIT;

        show(v->u, &v->person[0], rows[i].column, &keep);
        show(v->u, &v->person[1], rows[i].column, &other);
        draw_pair(area_sub(body, y++, 0, 1, -1), tr(rows[i].label), buf_text(&keep), buf_text(&other));
        buf_wipe(&keep);
        buf_wipe(&other);
    }
    if (y < body.rows)
        draw_count(area_sub(body, y++, 0, 1, -1), _("Referrals"), v->referrals);
    if (y < body.rows)
        draw_count(area_sub(body, y++, 0, 1, -1), _("Episodes"), v->episodes);
    area_cursor(body, 0, 0, false);
}

static void merge_title(struct view *view, struct buf *out)
{
    (void) view;
    buf_add(out, _("Is this one person?"));
}

static void merge_close(struct view *view)
{
    struct merge_view *v = of(view);

    record_release(&v->person[0]);
    record_release(&v->person[1]);
    free(v);
}

static const int bar[] = { NAV_BACK, 0 };

static const struct view_ops ops = {
    .name = "merge", .context = IN_TEXT, .bar = bar, .stale_on = CHANGED(PERSON), .load = merge_load,
    .draw = merge_draw,
    .title = merge_title, .close = merge_close,
};

struct view *merge_view_new(struct ui *u, struct id keep, struct id other)
{
    struct merge_view *v = xcalloc(1, sizeof *v);

    v->view.ops = &ops;
    v->u = u;
    v->id[0] = keep;
    v->id[1] = other;
    record_init(&v->person[0], T_PERSON);
    record_init(&v->person[1], T_PERSON);
    return &v->view;
}
