/* report/crowd.h - counts that one question brought, given out cut by cut, as if each had been asked for alone.
 *
 * A report that looks at the same people from many sides would else find these people in the warehouse once for each
 * side, and of a country that is most of its time. */
#ifndef DOLEN_REPORT_CROWD_H
#define DOLEN_REPORT_CROWD_H

#include "dolen/report/query.h"

struct crowd_row {
    char   *cut, *a, *b;                /* owned; a and b may be NULL */
    int64_t n;
};
struct crowd {
    struct crowd_row *rows;
    size_t            count, cap;
};

/* Rows (cut, a, b, n) of a question; release in any case. */
enum status crowd_ask(struct crowd *out, const struct engine *e, const char *sql, const struct query_value *v, size_t n,
                      struct err *err);
void        crowd_release(struct crowd *c);
/* Asked with the name of a cut in place of SQL it answers with its rows: "NAME" gives (b, n), "NAME/2" gives (a, b, n).
 * The crowd is borrowed. */
struct engine engine_crowd(struct crowd *c);

#endif
