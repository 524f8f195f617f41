/* people_pager.h - a window on a long list that is read by key, not by number: people, the directory, a caseload.
 *
 * Only rows in sight and a few around them are held. From either end, and from the window to the next, one query brings
 * the rows; what it costs does not depend on how many there are. */
#ifndef DOLEN_UI_PEOPLE_PAGER_H
#define DOLEN_UI_PEOPLE_PAGER_H

#include <stdbool.h>
#include <stddef.h>

#include "dolen/base/id.h"
#include "dolen/base/status.h"

struct store;

/* people_page, assets_page or caseload_page behind one shape; rows is an array of row_bytes each. of: the pager's
 * own. */
struct pager_kind {
    enum status (*page)(struct store *s, struct id of, const char *key, struct id id, bool forward, int limit,
                        void *rows, int *n, struct err *err);
    size_t      row_bytes, id_at, key_at;
};

struct pager {
    const struct pager_kind *kind;
    struct store            *s;
    struct id                of;             /* whose list; set it before the first window */
    char                    *rows;           /* owned; wiped */
    size_t                   base, count, cap, total;
    char                     key[160];       /* where to go on after the rows were thrown away */
    struct id                id;
    size_t                   key_index;
    bool                     has_key;
};

void        pager_start(struct pager *p, const struct pager_kind *kind, struct store *s);
void        pager_release(struct pager *p);
/* Something changed: rows are read again, from the one that stood at index top. */
void        pager_reset(struct pager *p, size_t total, size_t top);
enum status pager_window(struct pager *p, size_t first, size_t n, struct err *err);
const void *pager_row(const struct pager *p, size_t i);      /* NULL outside the window */

#endif
