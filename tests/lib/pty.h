/* pty.h - the terminal driver of the tests: a program in a pseudo-terminal, its screen, and scripts about it.
 *
 * Nothing here sleeps. The program under test writes one byte to the descriptor named in DOLEN_TEST_IDLE_FD each time
 * it is about to block with nothing left to do; the driver waits for that byte, then writes a marker into the terminal
 * itself and reads up to it, so that every byte the program wrote before is on the screen. */
#ifndef TESTS_PTY_H
#define TESTS_PTY_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

/* --- the screen (pty_screen.c): what a terminal would show, read through libvterm ------------------------------- */

struct screen;

struct screen *screen_new(int rows, int cols);
void  screen_free(struct screen **sp);
void  screen_resize(struct screen *s, int rows, int cols);
void  screen_feed(struct screen *s, const char *bytes, size_t n);
int   screen_rows(const struct screen *s);
char *screen_row(const struct screen *s, int row);               /* 0-based, trailing blanks cut; caller frees */
char *screen_text(const struct screen *s);                       /* all rows, trailing empty ones cut; caller frees */
void  screen_cursor(const struct screen *s, int *row, int *col); /* 0-based */
bool  screen_find(const struct screen *s, const char *text, int *row, int *col);
/* Has every cell of text, at its first place, this attribute? bold underline blink reverse colour; "-bold": has not. */
bool  screen_has_attr(const struct screen *s, const char *text, const char *attr);

/* --- the bytes (pty_bytes.c): what may reach a terminal ----------------------------------------------------------- */

/* The first sequence that a terminal library does not write, and that case data could have smuggled in: OSC, DCS, C1
 * and bidi controls, window operations and private modes outside a short list. NULL when there is none; caller frees
 * the description. */
char *bytes_forbidden(const char *bytes, size_t n);

/* --- the program (pty_child.c) -------------------------------------------------------------------------------------- */

enum wait_for { WAIT_OK, WAIT_EXITED, WAIT_DEADLINE };

struct child {
    pid_t  pid;              /* 0: none */
    int    master, slave, idle;
    bool   exited, idle_seen;
    int    code;             /* exit code, 128 + signal */
    char  *raw;              /* every byte it wrote, markers left out */
    size_t raw_len, raw_cap, fed;
    int    marks;
};

bool          child_start(struct child *c, const char *const argv[], char *const envp[], int rows, int cols);
void          child_send(struct child *c, const char *bytes, size_t n);
enum wait_for child_pump(struct child *c, struct screen *s, int ms);       /* reads whatever comes within ms */
enum wait_for child_settle(struct child *c, struct screen *s, int ms);     /* idle byte, then all its output */
enum wait_for child_drain(struct child *c, struct screen *s, int ms);      /* all output written so far */
enum wait_for child_wait(struct child *c, struct screen *s, int ms);       /* until it ends */
void          child_resize(struct child *c, int rows, int cols);
void          child_stop(struct child *c);                                  /* kills what is left, frees */
long          now_ms(void);

/* --- keys (pty_keys.c) ------------------------------------------------------------------------------------------------ */

/* The bytes an xterm sends for <Enter>, <F2>, <C-k>, <A-x>, <S-Tab> …; NULL for an unknown name. */
const char *key_bytes(const char *name, size_t *n);

#endif
