/* dolen/base/holder.h - one program at a time in a case file: a lock that names who holds it. */
#ifndef DOLEN_BASE_HOLDER_H
#define DOLEN_BASE_HOLDER_H

#include "dolen/base/status.h"

/* Takes the lock on folder/holder and writes pid, boot, terminal and since-when into it (no names). *fd stays open
 * for as long as the lock is wanted, over an exec too. ST_INUSE: the sentence says which process, on which terminal,
 * since when. */
enum status holder_take(const char *folder, int *fd, struct err *err);
/* After a re-exec: fd came along, still locked. ST_INUSE when it is not the holder of this folder. */
enum status holder_adopt(const char *folder, int fd, struct err *err);
void        holder_release(int *fd);

#endif
