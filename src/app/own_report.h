/* app/own_report.h - a report on the caseload of this case file, for the command and for the screen. */
#ifndef DOLEN_APP_OWN_REPORT_H
#define DOLEN_APP_OWN_REPORT_H

#include "casefile.h"
#include "dolen/report/render.h"

struct own_report {
    enum report_id           id;
    struct date              from, until;
    const struct population *population;        /* NULL none */
    bool                     unsuppressed;
    bool                     released;          /* it is given out: noted, so that later ones are set beside it */
};
/* Everybody in the case file is in the counts; nothing of a person is in the report. */
enum status own_report_make(struct casefile *cf, const struct own_report *want, struct report **out, struct err *err);

/* The same as a file of that format: small numbers kept back whatever was asked for on the screen, and noted as
 * released. ST_REFUSED when there is a file of that name. */
enum status own_report_give(struct casefile *cf, const struct own_report *want, enum report_format format,
                            const char *path, struct err *err);

#endif
