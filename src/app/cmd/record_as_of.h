/* record_as_of.h - show --as-of: a record as it stood on a day. */
#ifndef DOLEN_APP_RECORD_AS_OF_H
#define DOLEN_APP_RECORD_AS_OF_H

#include "cli.h"
#include "dolen/store/tables.h"

/* What the command calls it, and the form whose words it is printed in. */
struct shown_as {
    enum table_id table;
    const char   *name, *form;
};

/* Printed, or as JSON; rebuilt from the history. ST_NOTFOUND when it was not there yet. */
enum status record_as_of(struct run *r, const struct shown_as *n, struct id id, struct date on, struct err *err);

#endif
