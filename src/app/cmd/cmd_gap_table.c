/* cmd_gap_table.c - unmet need by quarter: what kind of asset, and why there was nothing. */
#include "commands.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/csv_read.h"
#include "dolen/base/date.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/text.h"
#include "training.h"
#include "dolen/base/banned.h"

static const char *label(struct run *r, const char *codes, const char *code)
{
    return code[0] ? codelist_label(catalog_codes(r->cf->catalog, codes, NULL), code) : _("not said");
}

struct cells {
    struct gap_count *items;
    size_t            count;
};

static void print_json(struct run *r, const struct cells *t)
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
    json_set_bool(j, "training", training_is(r->cf));
    run_print_json("gap-table", j);
}

/* mark: NULL, or what stands in a last column when the people are invented. */
static void print_csv_row(const char *quarter, const char *category, const char *reason, const char *count,
                          const char *mark)
{
    char q[12], c[48], why[48], n[24], m[12] = "";
    char *cells[] = { q, c, why, n, m };
    struct csv_row row = { .cells = cells, .count = ARRAY_LEN(cells) - !mark };
    struct buf line = BUF_INIT;

    str_copy(q, sizeof q, quarter);
    str_copy(c, sizeof c, category);
    str_copy(why, sizeof why, reason);
    str_copy(n, sizeof n, count);
    if (mark)
        str_copy(m, sizeof m, mark);
    csv_row_write(&line, &row);
    fputs(buf_text(&line), stdout);
    buf_release(&line);
}

static void print_csv(struct run *r, const struct cells *t)
{
    bool invented = training_is(r->cf);
    char n[24];

    print_csv_row("quarter", "category", "reason", "count", invented ? TRAINING_COLUMN : NULL);
    for (size_t i = 0; i < t->count; i++) {
        snprintf(n, sizeof n, "%ld", t->items[i].count);
        print_csv_row(t->items[i].quarter, t->items[i].category, t->items[i].reason, n,
                      invented ? TRAINING_CELL : NULL);
    }
}

static void print_text(struct run *r, const struct cells *t)
{
    const char *quarter = "";

    if (training_is(r->cf))
        puts(TRAINING_MARK);
    if (!t->count)
        puts(_("No gap was written down in that time."));
    for (size_t i = 0; i < t->count; i++) {
        const struct gap_count *c = &t->items[i];
        long sum = 0;

        if (strcmp(quarter, c->quarter) != 0) {
            for (size_t k = i; k < t->count && str_eq(t->items[k].quarter, c->quarter); k++)
                sum += t->items[k].count;
            printf("%s  %ld\n", date_show_quarter(c->quarter).s, sum);
        }
        quarter = c->quarter;
        printf("  %5ld  %s: %s\n", c->count, label(r, "asset_category", c->category),
               label(r, "gap_reason", c->reason));
    }
}

static enum status table_run(struct run *r, struct err *err)
{
    struct cells t = { NULL, 0 };
    struct date from, until;
    enum status st = run_date(r, "--from", &from, err);

    if (st == ST_OK)
        st = run_date(r, "--until", &until, err);
    if (st == ST_OK)
        st = gap_counts(r->cf->store, from, until, &t.items, &t.count, err);
    if (st == ST_OK && r->json)
        print_json(r, &t);
    else if (st == ST_OK && str_eq(run_value(r, "--format"), "csv"))
        print_csv(r, &t);
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
    { "gap", "table", "", 0, 0, N_("Unmet need by quarter, kind of asset and reason"), table_options, NEEDS_CASE,
      table_run },
    { NULL, NULL, NULL, 0, 0, NULL, NULL, 0, NULL }
};
