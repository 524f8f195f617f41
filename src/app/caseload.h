/* app/caseload.h - a caseload goes from one practitioner of a laptop to another: who did what stays as it was. */
#ifndef DOLEN_APP_CASELOAD_H
#define DOLEN_APP_CASELOAD_H

#include "casefile.h"

/* A practitioner by name (folded, when only one has it), by slot number, or by id; "" and nobody: ID_NONE, whose
 * cases are nobody's. ST_NOTFOUND, ST_CONFLICT. */
enum status practitioner_find(struct casefile *cf, const char *typed, struct id *out, struct err *err);
/* Several use this case file. */
bool        practitioners_share(struct casefile *cf);
/* Whose things Today shows: of whoever opened the case file, once they asked for theirs alone; not set: everybody's. */
struct id   caseload_shown(struct casefile *cf);
/* The other of the two, kept for whoever opened the case file. ST_REFUSED, with a sentence, where there is no choice. */
enum status caseload_turn(struct casefile *cf, struct err *err);
/* Caller frees; "" for one who is not there. */
char       *practitioner_name(struct casefile *cf, struct id practitioner);

struct caseload_move {
    size_t people, periods, tasks;
};
/* Open periods of support of from become to's: of the people named, or of all when people is NULL. In one
 * transaction, that u or caseload_undo takes back. ST_NOTFOUND when one of the people has none of from's. apply
 * false: counted only. */
enum status caseload_hand(struct casefile *cf, struct id from, struct id to, const struct id *people, size_t count,
                          bool apply, struct caseload_move *moved, struct err *err);
enum status caseload_undo(struct casefile *cf, bool apply, size_t *periods, struct err *err);

#endif
