/* build.h - what the reports are built with: classes of counts, counting by query, tables through the engine. */
#ifndef DOLEN_REPORT_BUILD_H
#define DOLEN_REPORT_BUILD_H

#include "dolen/core/stats.h"
#include "dolen/report/report.h"

/* Averages, percentages and percentiles are for ten people or more. Asked of the count as shown, so that giving one
 * or not tells nothing more about the count: 10 could be 8, so it must be above. */
#define BASE_ABOVE 10

/* ---- model.c ---- */
struct report_table *add_table(struct report *r, const char *id, const char *title, const char *row_title,
                               const char *note);
struct report_column *add_column(struct report_table *t, const char *code, const char *label);
size_t                column_of(const struct report_table *t, const char *code);     /* column_count: none */
struct report_row    *add_row(struct report_table *t, const char *code, const char *label, enum report_row_kind kind);
/* A column after the rows are there; its cells are CELL_NOT_APPLICABLE. */
struct report_column *append_column(struct report_table *t, const char *code, const char *label);
void                  add_note(struct report *r, const char *text);

/* ---- classes.c: what rows or columns can be ---- */
#define NOT_KNOWN "NK"                  /* the class of a missing value; kept-back ones are WITHHELD */
#define NO_GROUP  "NK_GROUP"

struct class_item {
    char *code, *label;
    char *group;                        /* code of its group; NULL none */
};
struct classes {
    const char        *name;            /* stable; part of keys in the release ledger */
    struct class_item *items;
    size_t             count, cap;
    struct class_item *groups;
    size_t             group_count, group_cap;
};
/* "2026-04" … of the period; years "2026-27" (1 April to 31 March). */
struct classes classes_months(struct date from, struct date until);
struct classes classes_years(struct date from, struct date until);
/* Codes of a list, then "not known", then "kept back by the policy". */
enum status    classes_codes(struct classes *out, struct catalog *c, const char *list, struct err *err);
/* Local authorities in their health boards. */
enum status    classes_areas(struct classes *out, struct catalog *c, struct err *err);
struct classes classes_new(const char *name);
void           classes_add(struct classes *c, const char *code, const char *label);
void           classes_add_group(struct classes *c, const char *code, const char *label);
void           classes_add_in(struct classes *c, const char *code, const char *label, const char *group);
size_t         classes_find(const struct classes *c, const char *code);    /* of an unknown code, or NULL: that of NK */
bool           classes_have(const struct classes *c, const char *code);
void           classes_release(struct classes *c);
void           classes_last_is_open(struct classes *c);

/* ---- making.c ---- */
struct making {
    const struct report_request *q;
    struct report               *r;
    struct suppress_rule         rule;
    char                         from[12], until[12];      /* parameters ?1 and ?2 of every query: up to today */
    char                         asked_until[12];           /* the end of the period in the release ledger */
    bool                         so_far;                    /* the period goes on after today */
    size_t                       copy;                      /* a table of the report: see struct measure_column */
};
/* The months and years of the period; the last says that it is not over, when it is not. */
struct classes months_of(const struct making *m);
struct classes years_of(const struct making *m);
/* What stands in every query that needs it. */
#define SQL_EPISODE_OF "LEFT JOIN episode e ON e.source_id = x.source_id AND e.episode_id = x.episode_id "
#define SQL_REFERRED   "LEFT JOIN episode e ON e.source_id = x.source_id AND e.referral_id = x.referral_id "

/* safeguarding.c: adds a table, where laptops have told numbers. */
enum status add_reports_made(struct making *m, struct err *err);
enum status make_activity(struct making *m, struct err *err);
enum status make_reach(struct making *m, struct err *err);
enum status make_capacity(struct making *m, struct err *err);
enum status make_outcomes(struct making *m, struct err *err);
enum status make_years(struct making *m, struct err *err);
enum status make_referrers(struct making *m, struct err *err);

/* A day as it stands in the warehouse, whole: a policy of months leaves '2026-04'. */
#define DAY(column)       "(CASE WHEN length(" column ") = 7 THEN " column " || '-01' ELSE " column " END)"
#define IN_PERIOD(column) DAY(column) " BETWEEN ?1 AND ?2"

/* ---- counts.c ---- */
/* Rows (key, n) of a query with the period as ?1 and ?2, added up, one a class. */
enum status count_by(struct making *m, const char *sql, const struct classes *c, long *out, struct err *err);
/* A query of one number. */
enum status count_one(struct making *m, const char *sql, long *out, struct err *err);

/* Shared counts through the engine, beside the earlier releases of the same table. Afterwards ask suppress_shown. */
enum status publish(struct making *m, struct suppress *s, const char *table, struct err *err);
struct report_cell  cell_of(const struct suppress *s, size_t cell);
/* A count that stands alone. */
struct report_cell  cell_count(const struct making *m, long count);
struct report_cell  cell_value(double v);
struct report_cell  cell_state(enum cell_state s);
/* part / whole of two shown counts: kept back when either is, or when the whole is not above BASE_ABOVE. */
struct report_cell  cell_share(const struct making *m, struct report_cell part, struct report_cell whole);
/* A figure that stands on so many people. */
struct report_cell  cell_on(const struct making *m, double v, double people);

/* ---- lists.c ---- */
struct keyed {
    const char **keys, **group_keys;
    size_t      *group;
};

/* Rows of a class, its groups before their members; of codes and areas only those where there is anything. */
struct row_maker {
    struct report_table  *t;
    const struct classes *rows;
    struct report_cell  (*margin)(void *ctx, size_t row, size_t column);
    struct report_cell  (*group)(void *ctx, size_t group, size_t column);
    void                 *ctx;
};

/* Two or three classes in a row, counted by one query of (key, key[, key], n). Between neighbours stands a table: the
 * first with the first class in its rows, the second with the last class in its rows; in the columns of both the one in
 * the middle, and "All". Of two, the second may be in groups, which are columns then, each before
 * its members; turned: the table of two has the second class in its rows and the first in its columns. */
enum status cross_tables(struct making *m, const char *name, const char *sql, const struct classes *c, size_t n,
                         bool turned, struct report_table **tables, struct err *err);

/* A list of measures by one class: each measure is a column with a total of its own. */
struct measure_column {
    const char *code, *label;           /* label: N_() */
    const char *sql;                    /* (key, n); NULL: as the table m->copy has it, decided once … */
    const char *copied;                 /* … in this column; NULL: the last */
    bool        things;                 /* groups, places: not people, and not kept back */
};
enum status table_of_measures(struct making *m, struct report_table *t, const struct classes *rows,
                              const struct measure_column *columns, size_t n, bool total, struct err *err);

/* part / whole as a new last column, of two columns of counts. */
void        add_share(struct making *m, struct report_table *t, const char *code, const char *label, size_t part,
                      size_t whole);

#endif
