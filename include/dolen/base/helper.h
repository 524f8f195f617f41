/* dolen/base/helper.h - a program of ours beside this one, spoken to over one socket.
 *
 * Drawing and the network stand in programs of their own, so that what they load never shares a process with the keys
 * of a case file. What is said to them is never in their arguments, their environment or a file. */
#ifndef DOLEN_BASE_HELPER_H
#define DOLEN_BASE_HELPER_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

struct helper {
    pid_t pid;
    int   fd;                           /* both ways; readable at its end too */
};
#define HELPER_NONE ((struct helper) { -1, -1 })

/* Starts the program at path (place_program) without a shell. Its standard input and output are the socket, its
 * standard error is thrown away; of our environment it sees the variables named (NULL ends them) and LC_ALL=C.UTF-8.
 * False: errno. */
bool helper_start(struct helper *h, const char *path, const char *const *environment);
/* All of it, however long that takes. False: it has gone. */
bool helper_send(const struct helper *h, const void *p, size_t n);
/* It will hear no more: it sees the end of its input. */
bool helper_said_all(const struct helper *h);
/* Waits for its end: the exit code, -1 when something else ended it. */
int  helper_end(struct helper *h);
/* Ends it now, whatever it is doing. Nothing when there is none. */
void helper_stop(struct helper *h);

#endif
