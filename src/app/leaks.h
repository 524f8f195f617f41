/* app/leaks.h - is anything that identifies a person in clear in the places where programs leave things behind? */
#ifndef DOLEN_APP_LEAKS_H
#define DOLEN_APP_LEAKS_H

#include "casefile.h"

struct leaks {
    char **files;                   /* where something was found; never what */
    size_t count, cap;
    size_t looked_at;
    bool   cut_short;               /* time or size ran out */
};

/* Names of six letters or more, NHS and telephone numbers of everybody. Reads, and changes nothing. */
enum status leaks_find(struct leaks *l, struct casefile *cf, struct err *err);
void        leaks_release(struct leaks *l);

#endif
