/* app/same_person.h - who may be meant by the name of somebody referred: the same on the screen and in line mode. */
#ifndef DOLEN_APP_SAME_PERSON_H
#define DOLEN_APP_SAME_PERSON_H

#include "dolen/core/answer.h"
#include "dolen/store/past.h"

#define SAME_MAX 6

struct same_person {
    struct id      id;
    enum dup_level level;                /* what the name alone says */
};
/* Those whom the search box finds, then those whose name only sounds the same. */
enum status same_people(struct store *s, const char *typed, struct same_person out[SAME_MAX], int *n, struct err *err);
/* Records very likely of the person of these answers (of the form person), likeliest first, up to max; not_this is left
 * out. */
enum status very_like(struct store *s, const struct answers *a, struct id not_this, struct dup_hit *out, int max,
                      int *n, struct err *err);
/* The same of the person of a record. */
enum status very_like_record(struct store *s, struct id person, struct dup_hit *out, int max, int *n, struct err *err);
/* " (very likely the same)", " (sounds the same)", nothing; to be put behind a name. */
void        same_mark(const struct same_person *p, struct buf *out);

#endif
