/* bare_list.c - the peer of every key press: a list and a field by ncurses alone, as short as such a program can be.
 *
 *   bare_list ROWS.txt                    the lines of a file between a title and a line of keys, one marked
 *
 * Up and Down move the bar, text goes into the marked row at its 24th column, Backspace takes it back, Ctrl-Q leaves.
 * It writes one byte to DOLEN_TEST_IDLE_FD each time it is about to wait, as Dolen does, so one driver measures both. */
#include <curses.h>
#include <locale.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "dolen/base/banned.h"

#define LINES_MAX 2000
#define FIELD_AT  24

struct list {
    char *line[LINES_MAX];
    int   count, at, top, typed;
    char  text[80];
};

static void read_lines(struct list *l, const char *path)
{
    FILE *f = fopen(path, "r");
    size_t cap = 0;
    char *line = NULL;

    while (f && l->count < LINES_MAX && getline(&line, &cap, f) > 0) {
        line[strcspn(line, "\n")] = '\0';
        l->line[l->count++] = strdup(line);
    }
    free(line);
    if (f)
        fclose(f);
}

static void draw(const struct list *l)
{
    int body = LINES - 3;

    attrset(A_BOLD);
    mvaddstr(0, 0, "List");
    attrset(A_NORMAL);
    for (int y = 0; y < body; y++) {
        int i = l->top + y;

        attrset(i == l->at ? A_REVERSE : A_NORMAL);
        mvprintw(y + 1, 0, "%s %-*.*s", i == l->at ? ">" : " ", COLS - 2, COLS - 2, i < l->count ? l->line[i] : "");
        if (i == l->at)
            mvaddnstr(y + 1, FIELD_AT, l->text, l->typed);
    }
    attrset(A_NORMAL);
    mvaddstr(LINES - 1, 0, "Down next   Up before   Ctrl-Q leave");
    move(l->at - l->top + 1, FIELD_AT + l->typed);
    refresh();
}

static void press(struct list *l, int c)
{
    int step = c == KEY_DOWN ? 1 : c == KEY_UP ? -1 : 0, body = LINES - 3;

    if (step && l->at + step >= 0 && l->at + step < l->count) {
        l->at += step;
        l->typed = 0;
    } else if (c >= ' ' && c < 127 && l->typed + 1 < (int) sizeof l->text) {
        l->text[l->typed++] = (char) c;
    } else if ((c == KEY_BACKSPACE || c == 127) && l->typed > 0) {
        l->typed--;
    }
    if (l->at < l->top)
        l->top = l->at;
    if (l->at >= l->top + body)
        l->top = l->at - body + 1;
}

static void wait_for_key(int idle)
{
    struct pollfd in = { STDIN_FILENO, POLLIN, 0 };

    if (idle >= 0 && write(idle, ".", 1) < 0)
        return;
    poll(&in, 1, -1);
}

int main(int argc, char **argv)
{
    static struct list l;
    const char *fd = getenv("DOLEN_TEST_IDLE_FD");
    int idle = fd ? (int) strtol(fd, NULL, 10) : -1, c = 0;

    if (argc != 2) {
        fputs("usage: bare_list ROWS.txt\n", stderr);
        return 2;
    }
    setlocale(LC_ALL, "");
    read_lines(&l, argv[1]);
    initscr();
    raw();
    noecho();
    nonl();
    keypad(stdscr, TRUE);
    nodelay(stdscr, TRUE);
    draw(&l);
    while (c != ('Q' & 31)) {
        bool changed = false;

        while ((c = getch()) != ERR && c != ('Q' & 31)) {
            press(&l, c);
            changed = true;
        }
        if (changed)
            draw(&l);
        if (c == ERR)
            wait_for_key(idle);
    }
    endwin();
    return 0;
}
