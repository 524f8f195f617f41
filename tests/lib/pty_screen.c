/* pty_screen.c - the screen as libvterm keeps it. Uses only calls that libvterm 0.1.4 and 0.3 have in common. */
#include "pty.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <vterm.h>

#include "dolen/base/banned.h"

struct screen {
    VTerm       *vt;
    VTermScreen *cells;
    VTermState  *state;
    int          rows, cols;
};

struct screen *screen_new(int rows, int cols)
{
    struct screen *s = calloc(1, sizeof *s);

    if (!s)
        abort();
    s->rows = rows;
    s->cols = cols;
    s->vt = vterm_new(rows, cols);
    vterm_set_utf8(s->vt, 1);
    s->state = vterm_obtain_state(s->vt);
    s->cells = vterm_obtain_screen(s->vt);
    vterm_screen_enable_altscreen(s->cells, 1);
    vterm_screen_reset(s->cells, 1);
    return s;
}

void screen_free(struct screen **sp)
{
    if (!*sp)
        return;
    vterm_free((*sp)->vt);
    free(*sp);
    *sp = NULL;
}

void screen_resize(struct screen *s, int rows, int cols)
{
    s->rows = rows;
    s->cols = cols;
    vterm_set_size(s->vt, rows, cols);
}

void screen_feed(struct screen *s, const char *bytes, size_t n)
{
    vterm_input_write(s->vt, bytes, n);
}

int screen_rows(const struct screen *s)
{
    return s->rows;
}

static size_t put_utf8(char *out, uint32_t cp)
{
    if (cp < 0x80) {
        out[0] = (char) cp;
        return 1;
    }
    if (cp < 0x800) {
        out[0] = (char) (0xc0 | cp >> 6);
        out[1] = (char) (0x80 | (cp & 0x3f));
        return 2;
    }
    if (cp < 0x10000) {
        out[0] = (char) (0xe0 | cp >> 12);
        out[1] = (char) (0x80 | (cp >> 6 & 0x3f));
        out[2] = (char) (0x80 | (cp & 0x3f));
        return 3;
    }
    out[0] = (char) (0xf0 | cp >> 18);
    out[1] = (char) (0x80 | (cp >> 12 & 0x3f));
    out[2] = (char) (0x80 | (cp >> 6 & 0x3f));
    out[3] = (char) (0x80 | (cp & 0x3f));
    return 4;
}

/* One row as UTF-8, blanks at its end kept; at[col] is the byte where that column's cell begins. */
static char *row_bytes(const struct screen *s, int row, size_t *at)
{
    char *out = malloc((size_t) s->cols * VTERM_MAX_CHARS_PER_CELL * 4 + 1);
    size_t n = 0;

    if (!out)
        abort();
    for (int col = 0; col < s->cols; col++) {
        VTermScreenCell cell;

        if (at)
            at[col] = n;
        if (!vterm_screen_get_cell(s->cells, (VTermPos) { row, col }, &cell) || cell.chars[0] == 0) {
            out[n++] = ' ';
            continue;
        }
        if (cell.chars[0] == UINT32_MAX)                /* the right half of a wide character */
            continue;
        for (int i = 0; i < VTERM_MAX_CHARS_PER_CELL && cell.chars[i]; i++)
            n += put_utf8(out + n, cell.chars[i]);
    }
    out[n] = '\0';
    return out;
}

char *screen_row(const struct screen *s, int row)
{
    char *out = row_bytes(s, row, NULL);
    size_t n = strlen(out);

    while (n > 0 && out[n - 1] == ' ')
        out[--n] = '\0';
    return out;
}

char *screen_text(const struct screen *s)
{
    size_t cap = (size_t) s->rows * ((size_t) s->cols * VTERM_MAX_CHARS_PER_CELL * 4 + 1) + 1, n = 0;
    char *out = malloc(cap);

    if (!out)
        abort();
    for (int r = 0; r < s->rows; r++) {
        char *row = screen_row(s, r);
        size_t len = strlen(row);

        memcpy(out + n, row, len);
        n += len;
        out[n++] = '\n';
        free(row);
    }
    while (n > 1 && out[n - 1] == '\n' && out[n - 2] == '\n')
        n--;
    out[n] = '\0';
    return out;
}

void screen_cursor(const struct screen *s, int *row, int *col)
{
    VTermPos at;

    vterm_state_get_cursorpos(s->state, &at);
    *row = at.row;
    *col = at.col;
}

bool screen_find(const struct screen *s, const char *text, int *row, int *col)
{
    size_t *at = calloc((size_t) s->cols, sizeof *at);
    bool found = false;

    if (!at)
        abort();
    for (int r = 0; r < s->rows && !found; r++) {
        char *line = row_bytes(s, r, at);
        const char *hit = strstr(line, text);

        if (hit) {
            found = true;
            for (int c = 0; c < s->cols && at[c] <= (size_t) (hit - line); c++)
                *col = c;
            *row = r;
        }
        free(line);
    }
    free(at);
    return found;
}

static bool cell_attr(const VTermScreenCell *cell, const char *name)
{
    if (strcmp(name, "bold") == 0)
        return cell->attrs.bold;
    if (strcmp(name, "underline") == 0)
        return cell->attrs.underline != 0;
    if (strcmp(name, "blink") == 0)
        return cell->attrs.blink;
    if (strcmp(name, "reverse") == 0)
        return cell->attrs.reverse;
    if (strcmp(name, "colour") == 0)
        return !VTERM_COLOR_IS_DEFAULT_FG(&cell->fg) || !VTERM_COLOR_IS_DEFAULT_BG(&cell->bg);
    return false;
}

bool screen_has_attr(const struct screen *s, const char *text, const char *attr)
{
    bool want = attr[0] != '-';
    int row, col;

    if (!screen_find(s, text, &row, &col))
        return false;
    for (size_t i = 0; text[i]; i++) {
        VTermScreenCell cell;

        if (((unsigned char) text[i] & 0xc0) == 0x80)
            continue;
        if (col >= s->cols || !vterm_screen_get_cell(s->cells, (VTermPos) { row, col }, &cell))
            return false;
        if (text[i] != ' ' && cell_attr(&cell, want ? attr : attr + 1) != want)
            return false;
        col += cell.width > 0 ? cell.width : 1;
    }
    return true;
}
