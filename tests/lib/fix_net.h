/* fix_net.h - servers on loopback, started by the test and ended with it, and a road to them that can be cut. */
#ifndef TEST_FIX_NET_H
#define TEST_FIX_NET_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

int   net_free_port(void);
/* Starts a program and waits until it listens on the port; -1 when it ended before. Its output goes to log. */
pid_t net_start(const char *const *argv, int port, const char *log);
void  net_stop(pid_t *pid);

enum proxy_fault {
    PROXY_CUT,              /* the connection is reset */
    PROXY_STALL,            /* nothing is taken on or passed on any more */
};
/* A TCP proxy to the port on loopback. Of the first `times` connections each suffers the fault once `after` bytes went from
 * the client to the server. Returns its own port; pid is for net_stop. */
int   net_proxy(pid_t *pid, int to_port, enum proxy_fault fault, size_t after, int times);

#endif
