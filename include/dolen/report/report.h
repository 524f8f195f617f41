/* dolen/report/report.h - reports: from a question about a period to tables that may be shown.
 *
 * Every count goes through the suppression engine (dolen/core/suppress.h); rates, shares and means stand on counts
 * that are shown, and are kept back with them or when they would stand on fewer than ten people. Texts are in the
 * language that is current when the report is made. Queries give rows that only ever have to be added up, so that an
 * engine over several servers may give the rows of each, one after another. */
#ifndef DOLEN_REPORT_REPORT_H
#define DOLEN_REPORT_REPORT_H

#include <stdbool.h>
#include <stddef.h>

#include "dolen/base/date.h"
#include "dolen/base/status.h"
#include "dolen/core/suppress.h"
#include "dolen/forms/catalog.h"
#include "dolen/report/query.h"

/* X(NAME, word on the command line, title, one sentence) */
#define REPORT_LIST(X) \
    X(ACTIVITY,  "activity",  N_("Activity"),             N_("What was done: by month, by area, and how")) \
    X(REACH,     "reach",     N_("Reach"), \
      N_("Who is referred and who is not: rates by deprivation and age")) \
    X(CAPACITY,  "capacity",  N_("Needs and capacity"), \
      N_("What was needed, what there was, how long people waited")) \
    X(OUTCOMES,  "outcomes",  N_("Outcomes"),             N_("Change of the same person, with how many were asked")) \
    X(YEARS,     "years",     N_("Year on year"),         N_("The same figures for each year, 1 April to 31 March")) \
    X(REFERRERS, "referrers", N_("For those who refer"),  N_("What became of referrals: suitable, complete, how soon"))

enum report_id {
#define X(name, word, title, help) REPORT_##name,
    REPORT_LIST(X)
#undef X
    REPORT_COUNT
};
const char *report_word(enum report_id id);
const char *report_name(enum report_id id);         /* translated */
const char *report_help(enum report_id id);
bool        report_find(const char *word, enum report_id *out);
/* ---- what came out ---- */

/* Words of the Welsh statistical publications: c kept back, x not available, z does not apply. */
enum cell_state { CELL_SHOWN, CELL_HIDDEN, CELL_NOT_AVAILABLE, CELL_NOT_APPLICABLE };
const char *cell_sign(enum cell_state s);           /* "", "c", "x", "z" */

struct report_cell {
    enum cell_state state;
    double          value;
};

struct report_column {
    char *code, *label;
    int   decimals;
    bool  share;                        /* a part of 1, shown as per cent */
};

enum report_row_kind { ROW_PLAIN, ROW_SUBTOTAL, ROW_TOTAL };
struct report_row {
    char               *code, *label;
    enum report_row_kind       kind;
    struct report_cell *cells;          /* one a column */
};

enum chart_kind { CHART_NONE, CHART_BARS, CHART_INTERVALS };

struct report_table {
    char                 *id, *title, *note;        /* note: the definition of its figures; never NULL */
    char                 *row_title;                /* what the rows are */
    struct report_column *columns;
    size_t                column_count, column_cap;
    struct report_row    *rows;
    size_t                row_count, row_cap;
    enum chart_kind       chart;
    size_t                chart_column;             /* of intervals: value, low and high follow each other */
};

struct report {
    enum report_id       id;
    char                *title, *scope;             /* whose figures */
    struct date          from, until, made;         /* until: the day it was made, where the period goes on after it */
    bool                 unsuppressed, training, draft;
    struct suppress_rule rule;
    struct report_table *tables;
    size_t               count, cap;
    char               **notes;                     /* definitions that belong to the whole */
    size_t               note_count, note_cap;
    size_t               lost;                      /* small counts that earlier releases have given away */
    bool                 keeps_zeros;               /* zeros had to be kept back too somewhere */
};
void report_free(struct report **rp);

/* The year that a day lies in: 1 April to 31 March. */
void report_year(struct date day, struct date *from, struct date *until);

/* ---- tables that the user loads ---- */

struct population;
/* CSV with the column population and any of wimd_decile (1 most deprived … 10), age_band (18-24, 85+), sex (FEMALE,
 * MALE), local_authority (W06…): people living there. ST_INVALID names the line that cannot be read. */
enum status population_read(struct population **out, const char *bytes, size_t n, const char *name, struct err *err);
enum status population_load(struct population **out, const char *path, struct err *err);
void        population_free(struct population **pp);

/* ---- making one ---- */

/* Where earlier releases of a table are kept. Bodies are written and read by the report layer alone. */
struct release_store {
    void *ctx;
    /* Calls each for every release kept under the table, the oldest first. */
    enum status (*read)(void *ctx, const char *table, enum status (*each)(void *to, const char *from, const char *until,
                        const char *body, struct err *err), void *to, struct err *err);
    enum status (*add)(void *ctx, const char *table, const char *from, const char *until, const char *body,
                       struct err *err);
};
/* In the table report_release of a warehouse, made when it is not there. The engine is borrowed. */
struct release_store release_store_in(const struct engine *e);

struct report_request {
    struct engine               engine;
    struct catalog             *catalog;
    enum report_id              id;
    struct date                 from, until, today;
    const struct population    *population;         /* NULL: rates cannot be given, and the report says so */
    const char                 *scope;              /* "Own caseload"; NULL none */
    bool                        unsuppressed;       /* own screen only: true counts, nothing kept back */
    bool                        training;
    const struct release_store *releases;           /* NULL: nothing is known of earlier ones, nothing is noted */
    bool                        safeguarding;       /* the warehouse has the table of reports made */
    bool                        draft;              /* not noted as released; says so on it */
};
enum status report_make(struct report **out, const struct report_request *q, struct err *err);

#endif
