/* app/wait.h - long work of a command that Ctrl-C ends between two steps, not in the middle of one. */
#ifndef DOLEN_APP_WAIT_H
#define DOLEN_APP_WAIT_H

#include <stdbool.h>

/* From here on SIGINT, SIGTERM and SIGHUP are only noted; wait_end gives them back. Not nested. */
void wait_begin(void);
void wait_end(void);
bool wait_was_stopped(void);
/* Until the descriptor can be read, or so many milliseconds; fd may be -1. */
void wait_for(int fd, int ms);

#endif
