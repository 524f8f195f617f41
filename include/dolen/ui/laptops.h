/* dolen/ui/laptops.h - the laptops that handovers are opened from. The program above knows whom to trust; the view
 * shows it. */
#ifndef DOLEN_UI_LAPTOPS_H
#define DOLEN_UI_LAPTOPS_H

#include "dolen/ui/views.h"

#define LAPTOP_FINGERPRINT 40           /* "1F3A 99C0 …", 8 groups of 4, with its end */

struct laptop_row {
    struct id id;
    char      name[160];
    char      fingerprint[LAPTOP_FINGERPRINT];
    bool      own;                      /* this laptop: the first row */
    struct date since;                  /* trusted; not set: not known */
};

struct laptops_host {
    void         *ctx;
    enum status (*load)(void *ctx, struct laptop_row **rows, size_t *n, struct err *err);     /* the view frees rows */
    unsigned    (*add)(void *ctx);     /* asks for the other one's identity, and whether the fingerprint was compared */
    unsigned    (*remove)(void *ctx, const struct laptop_row *row);
    unsigned    (*about)(void *ctx, const struct laptop_row *row);     /* whose it is, since when, and what can be done */
    unsigned    (*save)(void *ctx);     /* this laptop's identity into a file */
};
struct view *laptops_view_new(struct ui *u, const struct laptops_host *host);

#endif
