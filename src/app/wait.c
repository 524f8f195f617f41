#include "wait.h"

#include <poll.h>
#include <signal.h>

#include "dolen/base/mem.h"
#include "dolen/base/banned.h"

static volatile sig_atomic_t stopped;
static const int stop_signals[] = { SIGINT, SIGTERM, SIGHUP };
static struct sigaction was[ARRAY_LEN(stop_signals)];

static void on_stop(int sig)
{
    (void) sig;
    stopped = 1;
}

void wait_begin(void)
{
    struct sigaction now = { .sa_handler = on_stop, .sa_flags = SA_RESTART };

    stopped = 0;
    for (size_t i = 0; i < ARRAY_LEN(stop_signals); i++)
        sigaction(stop_signals[i], &now, &was[i]);
}

void wait_end(void)
{
    for (size_t i = 0; i < ARRAY_LEN(stop_signals); i++)
        sigaction(stop_signals[i], &was[i], NULL);
}

bool wait_was_stopped(void)
{
    return stopped != 0;
}

void wait_for(int fd, int ms)
{
    struct pollfd p = { .fd = fd, .events = POLLIN };

    poll(&p, fd >= 0 ? 1 : 0, ms);
}
