/* app/cmd_gap_table.c - unmet need by quarter: what kind of asset, and why there was nothing. */
#include "commands.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/csv_read.h"
#include "dolen/base/date.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/text.h"
#include "dolen/base/banned.h"

struct cell {
    char quarter[12];                   /* 2026-Q1 */
    char category[48], reason[48];      /* codes; "" not said */
    long count;
};

struct cells {
    struct cell *items;
    size_t       count, cap;
};

static int in_order(const void *pa, const void *pb)
{
    const struct cell *a = pa, *b = pb;
    int c = strcmp(a->quarter, b->quarter);

    if (!c)
        c = a->count != b->count ? (a->count < b->count ? 1 : -1) : strcmp(a->category, b->category);
    return c ? c : strcmp(a->reason, b->reason);
}

static void count_gap(struct cells *t, const struct record *g)
{
    struct date on = record_date(g, GAP_noted_on);
    struct cell *c = NULL, want = { .count = 0 };

    snprintf(want.quarter, sizeof want.quarter, "%04d-Q%d", on.year % 10000, (on.month + 2) / 3 % 10);
    str_copy(want.category, sizeof want.category, record_or(g, GAP_category, ""));
    str_copy(want.reason, sizeof want.reason, record_or(g, GAP_reason, ""));
    for (size_t i = 0; i < t->count && !c; i++)
        if (str_eq(t->items[i].quarter, want.quarter) && str_eq(t->items[i].category, want.category) &&
            str_eq(t->items[i].reason, want.reason))
            c = &t->items[i];
    if (!c) {
        c = ARRAY_ADD(t->items, t->count, t->cap);
        *c = want;
    }
    c->count++;
}

static enum status count_all(struct run *r, struct cells *t, struct err *err)
{
    struct records all = { NULL, 0, 0 };
    struct date from, until;
    enum status st = run_date(r, "--from", &from, err);

    if (st == ST_OK)
        st = run_date(r, "--until", &until, err);
    if (st == ST_OK)
        st = store_list(r->cf->store, LIST_GAPS, ID_NONE, 0, &all, err);
    for (size_t i = 0; st == ST_OK && i < all.count; i++) {
        struct date on = record_date(&all.items[i], GAP_noted_on);

        if (date_is_set(on) && (!date_is_set(from) || date_compare(on, from) >= 0) &&
            (!date_is_set(until) || date_compare(on, until) <= 0))
            count_gap(t, &all.items[i]);
    }
    records_release(&all);
    if (t->count > 1)
        qsort(t->items, t->count, sizeof *t->items, in_order);
    return st;
}

static const char *label(struct run *r, const char *codes, const char *code)
{
    return code[0] ? codelist_label(catalog_codes(r->cf->catalog, codes, NULL), code) : _("not said");
}

static void print_json(const struct cells *t)
{
    struct json *j = json_new_map(), *list = json_new_list();

    for (size_t i = 0; i < t->count; i++) {
        struct json *one = json_new_map();

        json_set_text(one, "quarter", t->items[i].quarter);
        json_set_text(one, "category", t->items[i].category);
        json_set_text(one, "reason", t->items[i].reason);
        json_set_int(one, "count", t->items[i].count);
        json_append(list, one);
    }
    json_set(j, "items", list);
    run_print_json("gap-table", j);
}

static void print_csv_row(const char *quarter, const char *category, const char *reason, const char *count)
{
    char q[12], c[48], why[48], n[24];
    char *cells[] = { q, c, why, n };
    struct csv_row row = { cells, ARRAY_LEN(cells), ARRAY_LEN(cells) };
    struct buf line = BUF_INIT;

    str_copy(q, sizeof q, quarter);
    str_copy(c, sizeof c, category);
    str_copy(why, sizeof why, reason);
    str_copy(n, sizeof n, count);
    csv_row_write(&line, &row);
    fputs(buf_text(&line), stdout);
    buf_release(&line);
}

static void print_csv(const struct cells *t)
{
    char n[24];

    print_csv_row("quarter", "category", "reason", "count");
    for (size_t i = 0; i < t->count; i++) {
        snprintf(n, sizeof n, "%ld", t->items[i].count);
        print_csv_row(t->items[i].quarter, t->items[i].category, t->items[i].reason, n);
    }
}

static void print_text(struct run *r, const struct cells *t)
{
    const char *quarter = "";

    if (!t->count)
        puts(_("No gap was written down in that time."));
    for (size_t i = 0; i < t->count; i++) {
        const struct cell *c = &t->items[i];
        long sum = 0;

        if (strcmp(quarter, c->quarter) != 0) {
            for (size_t k = i; k < t->count && str_eq(t->items[k].quarter, c->quarter); k++)
                sum += t->items[k].count;
            printf("%s  %ld\n", c->quarter, sum);
        }
        quarter = c->quarter;
        printf("  %5ld  %s: %s\n", c->count, label(r, "asset_category", c->category), label(r, "gap_reason", c->reason));
    }
}

static enum status table_run(struct run *r, struct err *err)
{
    struct cells t = { NULL, 0, 0 };
    enum status st = count_all(r, &t, err);

    if (st == ST_OK && r->json)
        print_json(&t);
    else if (st == ST_OK && str_eq(run_value(r, "--format"), "csv"))
        print_csv(&t);
    else if (st == ST_OK)
        print_text(r, &t);
    free(t.items);
    return st;
}

static const struct option table_options[] = {
    { "--from", "DATE", N_("From this day on") },
    { "--until", "DATE", N_("Up to this day") },
    { "--format", "text|csv", N_("CSV has codes for words") },
    { NULL, NULL, NULL }
};

const struct command gap_table_commands[] = {
    { "gap", "table", "", 0, 0, N_("Unmet need by quarter, kind of asset and reason"), table_options, NEEDS_CASE, table_run },
    { NULL, NULL, NULL, 0, 0, NULL, NULL, 0, NULL }
};
