/* dolen/core/suppress.h - small numbers kept back: the one engine that every table of counts goes through.
 *
 * The rule: a count of 1 to 4 is not shown ("c"); every other is rounded to the nearest 5; 0 is shown unless a zero
 * would itself tell something. Totals are made of the true counts and then treated like any cell, so rows may not add
 * up. Then as many other cells are kept back as it takes: no equation of the table is left with one hidden cell, and
 * whoever knows all that is published, now and in earlier releases, can say of no small count that it is one of fewer
 * than three of the numbers 1, 2, 3 and 4. Where that cannot be reached with zeros shown (4 = 1 + 1 + 1 + 1), they
 * are kept back too. The whole of a table stands in other tables too, by other classes. So it is kept back only when
 * it is small itself, in all of them alike; it is kept back beside others only where earlier releases leave no other
 * way.
 *
 * How that is proved. Counts with their totals are a network: each count is a pipe between two joints, and at each
 * joint what comes in goes out. The true table is one that fits everything published. Water sent round a loop that
 * goes through a hidden count, as far as hiding and rounding leave room, gives another table that fits as well; so a
 * maximal flow tells how far each count could be from the truth, in whole numbers, exactly. For earlier releases a
 * loop may be sent through several of them at once; whatever ties them together (counts only grow, or did not change)
 * still holds then. */
#ifndef DOLEN_CORE_SUPPRESS_H
#define DOLEN_CORE_SUPPRESS_H

#include <stdbool.h>
#include <stddef.h>

struct suppress_rule {
    long low, high;             /* counts from low to high are kept back */
    long base;                  /* the others are rounded to it; 1: not rounded. Odd. */
    bool zero_discloses;        /* a 0 is kept back too */
};
extern const struct suppress_rule suppress_default;     /* 1 to 4, 5, zeros shown */

struct suppress_shown {
    bool hidden;
    long value;                 /* rounded; 0 when hidden */
};

struct suppress;
struct suppress *suppress_new(const struct suppress_rule *rule);
void             suppress_free(struct suppress **sp);

/* A joint; a count between two joints. key names the count in every release of the table ("" for the whole). Costs say
 * which is kept back first when there is a choice. Returns the number of the cell. */
enum suppress_kind { SUPPRESS_CELL, SUPPRESS_SUBTOTAL, SUPPRESS_TOTAL };
int    suppress_joint(struct suppress *s);
size_t suppress_count(struct suppress *s, const char *key, long count, enum suppress_kind kind, int from, int to);

/* An earlier release of the table, for the period from … until ('2026-04-01'). Cells are found by key. Of two
 * releases whose periods lie one in the other, counts of the larger are taken to be no smaller; of one and the same
 * period, those of the later release. Returns its number; call before suppress_run, after all counts are in. */
size_t suppress_earlier(struct suppress *s, const char *from, const char *until);
void   suppress_earlier_count(struct suppress *s, size_t release, const char *key, long count, bool hidden);
void   suppress_earlier_kept_zeros(struct suppress *s, size_t release);
/* The period of the table itself; needed only beside earlier ones. */
void   suppress_period(struct suppress *s, const char *from, const char *until);

/* Decides. Returns how many small counts, now or earlier, could not be protected: 0 unless an earlier release has given
 * them away already; then nothing of this table is shown. */
size_t suppress_run(struct suppress *s);

/* Zeros had to be kept back too: "c" can be a 0 in this table. */
bool                  suppress_keeps_zeros(const struct suppress *s);
size_t                suppress_cells(const struct suppress *s);
const char           *suppress_key(const struct suppress *s, size_t cell);
long                  suppress_true(const struct suppress *s, size_t cell);
struct suppress_shown suppress_shown(const struct suppress *s, size_t cell);
long                  suppress_round(const struct suppress_rule *r, long count);

/* ---- tables ----
 * One or more classifications in a row, which share their total. Between neighbours there may be a cross table:
 *   { area }                       a list with its total
 *   { month, mode }                a two-way table with both margins
 *   { month, mode, area }          two two-way tables that share the margin of mode
 * The last one may be in groups (authorities in health boards), with subtotals in its cross table too. */
struct suppress_dim {
    const char        *name;
    size_t             count;
    const char *const *keys;
    const long        *cross;           /* [this][next], NULL: only the total is shared. Of the last one: not used */
    const long        *totals;          /* of each; NULL: summed up from a cross table */
    size_t             groups;          /* last dim alone; 0: none */
    const size_t      *group;           /* of each key */
    const char *const *group_keys;
};

struct suppress_table;
/* Puts the counts into s (which it borrows). Sums must agree; that they do is asserted. */
struct suppress_table *suppress_table(struct suppress *s, const struct suppress_dim *dims, size_t n);
void                   suppress_table_free(struct suppress_table **tp);
/* Cell numbers. */
size_t suppress_whole(const struct suppress_table *t);
size_t suppress_margin(const struct suppress_table *t, size_t dim, size_t i);
size_t suppress_cross(const struct suppress_table *t, size_t dim, size_t i, size_t j);     /* j of dim + 1 */
size_t suppress_group(const struct suppress_table *t, size_t g);
size_t suppress_group_cross(const struct suppress_table *t, size_t i, size_t g);      /* i of the dim before the last */

#endif
