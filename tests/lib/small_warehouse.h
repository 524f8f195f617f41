/* small_warehouse.h - a warehouse in memory for tests of reports: rows said in few words. */
#ifndef TESTS_SMALL_WAREHOUSE_H
#define TESTS_SMALL_WAREHOUSE_H

#include <stdio.h>
#include <stdlib.h>

#include "dolen/base/mem.h"
#include "dolen/forms/catalog.h"
#include "dolen/report/memory.h"
#include "dolen/report/report.h"

struct small {
    struct catalog   *catalog;
    struct memory *w;
    struct engine     e;
};

static inline struct small small_new(void)
{
    struct small s = { catalog_new("forms", NULL), NULL, { NULL, NULL } };
    struct err   err = { .st = ST_OK };

    if (!s.catalog || memory_new(&s.w, catalog_data_set(s.catalog, "provisional-wales", NULL), &err) != ST_OK ||
        memory_ready(s.w, &err) != ST_OK)
        fprintf(stderr, "%s\n", err_text(&err));
    s.e = *memory_engine(s.w);
    return s;
}

static inline void small_free(struct small *s)
{
    memory_free(&s->w);
    catalog_free(&s->catalog);
}

static inline void small_sql(struct small *s, const char *sql)
{
    struct err err = { .st = ST_OK };

    if (query_run(&s->e, sql, NULL, 0, &err) != ST_OK) {
        fprintf(stderr, "%s\n%s\n", err_text(&err), sql);
        abort();
    }
}

/* Person, referral and episode number n, all of source 1 unless another is named. */
static inline void small_case(struct small *s, int source, int n, const char *received, const char *decision, const char *area,
                       const char *age_band, const char *sex, int decile)
{
    char sql[900];

    snprintf(sql, sizeof sql,
             "INSERT INTO referral (source_id, referral_id, person_id, received_on, source, decision, row_version) "
             "VALUES (%d, x'%032x', x'%032x', '%s', '%s', '%s', 1)",
             source, n, n, received, n % 3 ? "SELF" : "GPPR", decision);
    small_sql(s, sql);
    snprintf(sql, sizeof sql,
             "INSERT INTO episode (source_id, episode_id, person_id, referral_id, local_authority, age_band, sex, wimd_decile, "
             "first_conversation_on, waiting_days, row_version) VALUES (%d, x'%032x', x'%032x', x'%032x', '%s', '%s', '%s', %d, "
             "'%s', %d, 1)", source, n, n, n, area, age_band, sex, decile, received, n % 20);
    small_sql(s, sql);
}

static inline void small_outcome(struct small *s, int n, const char *item, const char *stage, const char *on, double value,
                          const char *wording)
{
    char sql[500];

    snprintf(sql, sizeof sql,
             "INSERT INTO outcome (source_id, outcome_id, episode_id, instrument, instrument_version, stage, taken_on, item, value, "
             "wording, row_version) VALUES (1, randomblob(16), x'%032x', 'ONS4', 1, '%s', '%s', '%s', %.17g, '%s', 1)",
             n, stage, on, item, value, wording);
    small_sql(s, sql);
}

static inline const struct report_table *table_named(const struct report *r, const char *id)
{
    for (size_t i = 0; i < r->count; i++)
        if (str_eq(r->tables[i].id, id))
            return &r->tables[i];
    fprintf(stderr, "no table %s\n", id);
    abort();
}

static inline struct report_cell figure(const struct report *r, const char *table, const char *row, const char *column)
{
    const struct report_table *t = table_named(r, table);

    for (size_t i = 0; i < t->row_count; i++)
        for (size_t c = 0; c < t->column_count && str_eq(t->rows[i].code, row); c++)
            if (str_eq(t->columns[c].code, column))
                return t->rows[i].cells[c];
    return (struct report_cell){ CELL_NOT_AVAILABLE, -1 };
}

#endif
