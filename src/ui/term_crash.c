/* term_crash.c - after SIGSEGV and its like nothing can be trusted: set the terminal's modes back, write one string
 * that was prepared beforehand, and let the signal end the process. Nothing else is safe there. */
#include "term_crash.h"

#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "dolen/base/mem.h"
#include "dolen/base/banned.h"

static const int fatal[] = { SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT };

/* Plain attributes, no marks round pasted text, cursor keys as at first, cursor shown, the normal screen: what every
 * terminal in use understands, and a vt100 passes over. */
static const char    reset[] = "\033[0m\033[?2004l\033[?1l\033>\033[?25h\033[H\033[2J\033[?1049l\r\n";
static struct termios modes;
static bool           have_modes;
static char           own_stack[32 * 1024];

void crash_remember_terminal(void)
{
    have_modes = tcgetattr(STDIN_FILENO, &modes) == 0;
}

static void give_back_and_die(int signal_number)
{
    if (have_modes)
        tcsetattr(STDIN_FILENO, TCSANOW, &modes);
    if (write(STDOUT_FILENO, reset, sizeof reset - 1) < 0)
        have_modes = false;
    raise(signal_number);               /* SA_RESETHAND: the default now */
}

void crash_catch(void)
{
    stack_t stack = { .ss_sp = own_stack, .ss_size = sizeof own_stack };
    struct sigaction sa = { .sa_handler = give_back_and_die, .sa_flags = (int) (SA_RESETHAND | SA_ONSTACK) };

    sigaltstack(&stack, NULL);
    for (size_t i = 0; i < ARRAY_LEN(fatal); i++)
        sigaction(fatal[i], &sa, NULL);
}

void crash_release(void)
{
    struct sigaction sa = { .sa_handler = SIG_DFL };

    for (size_t i = 0; i < ARRAY_LEN(fatal); i++)
        sigaction(fatal[i], &sa, NULL);
}
