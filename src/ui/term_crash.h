/* term_crash.h - giving the terminal back from a fatal signal. */
#ifndef UI_TERM_CRASH_H
#define UI_TERM_CRASH_H

void crash_remember_terminal(void);     /* before curses: the modes to go back to */
void crash_catch(void);                 /* after curses started: prepares what to write */
void crash_release(void);

#endif
