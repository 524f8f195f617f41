/* app/recovery_drill.h - does the paper with the recovery code bring the records back? A copy is opened with it
 * alone. */
#ifndef DOLEN_APP_RECOVERY_DRILL_H
#define DOLEN_APP_RECOVERY_DRILL_H

#include "casefile.h"

#define RECOVERY_POINTS      4
#define RECOVERY_BACKUP_DAYS 7          /* a backup older than this costs its point; `doctor` says the same */

struct recovery_score {
    bool    opened, whole, same, recent;    /* a point each */
    bool    fresh;                      /* no backup was found: a copy made now was opened instead */
    char   *from;                       /* the backup's path, NULL for a fresh copy; owned */
    int64_t made_at;
    int64_t people, people_now, changes, changes_now;
    long    age_days, milliseconds;
};

/* Opens the newest backup (backup, or the one that `dolen backup` wrote last when that can be read; else a fresh copy
 * of the open case file) in a private folder inside the case file's, with the code alone; verifies it and compares
 * its history with the one in use; removes the copy. Dated in the case file either way. Passed when it opened, is
 * whole and the same history: then the way in counts as tested. Release the score in any case. */
enum status recovery_drill(struct casefile *cf, const struct secret *code, const char *backup,
                           struct recovery_score *score, struct err *err);
/* Is this in the shape of a recovery code? ST_NOSLOT names the group with a slip. */
enum status recovery_is_paper(const struct secret *code, struct err *err);
int         recovery_points(const struct recovery_score *s);
/* One line a point, with \n between. */
void        recovery_words(const struct recovery_score *s, struct buf *out);
void        recovery_score_release(struct recovery_score *s);
/* The last drill: when (0: never), and its points. */
int64_t     recovery_last(struct store *s, int *points);

#endif
