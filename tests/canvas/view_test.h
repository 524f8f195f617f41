/* view_test.h - a screen with a canvas and the program's keys, no terminal: press keys by name, read what is shown. */
#ifndef VIEW_TEST_H
#define VIEW_TEST_H

#include "../unit/ui/ui_test.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/mem.h"
#include "dolen/base/text.h"
#include "dolen/ui/views.h"

struct rig {
    struct keymap  *km;
    struct screen  *screen;
    struct canvas  *canvas;
    struct catalog *catalog;
    struct ui       ui;
    struct buf      shown;
    unsigned        react;
    int             passed;             /* the last action nobody on the screen wanted; 0 none */
};

static inline struct rig *stage_new(int rows, int cols)
{
    struct rig *s = xcalloc(1, sizeof *s);

    s->km = keymap_new();
    keymap_add(s->km, actions, actions_count);
    s->screen = screen_new(s->km);
    s->canvas = canvas_new(rows, cols);
    s->catalog = catalog_new(DOLEN_SHARE_DEFAULT "/forms", NULL);
    s->ui = (struct ui) { .catalog = s->catalog, .screen = s->screen, .today = { 2026, 3, 9 } };
    return s;
}

static inline void stage_free(struct rig *s)
{
    screen_free(&s->screen);
    canvas_free(&s->canvas);
    catalog_free(&s->catalog);
    keymap_free(&s->km);
    buf_release(&s->shown);
    free(s);
    lang_set(LANG_EN);
}

static inline const char *stage_show(struct rig *s)
{
    screen_load(s->screen, NULL);
    screen_draw(s->screen, s->canvas);
    buf_clear(&s->shown);
    canvas_dump(s->canvas, &s->shown);
    return buf_text(&s->shown);
}

/* One key, as the program's loop would handle it. */
static inline void stage_key(struct rig *s, const struct key *k)
{
    int action = screen_key(s->screen, k, &s->react);

    s->passed = 0;
    if (action) {
        s->react = screen_act(s->screen, action);
        if (s->react & REACT_PASS)
            s->passed = action;
    }
    if (screen_depth(s->screen) > 0)
        stage_show(s);
}

/* Names with blanks between: "Down Enter 3". */
static inline void keys(struct rig *s, const char *names)
{
    while (*names) {
        size_t n = strcspn(names, " ");
        struct key k = { 0 };

        if (!key_parse(names, n, &k))
            fail_msg("not a key: %s", names);
        stage_key(s, &k);
        names += n + strspn(names + n, " ");
    }
}

/* Every character a key. */
static inline void type(struct rig *s, const char *text)
{
    while (*text) {
        char one[8] = { 0 };
        uint32_t cp;
        size_t n = utf8_next(text, strlen(text), &cp);

        memcpy(one, text, n);
        struct key k = key_of_text(one);

        stage_key(s, &k);
        text += n;
    }
}

static inline void assert_shown(struct rig *s, const char *what)
{
    if (!strstr(stage_show(s), what))
        fail_msg("not shown: %s\n%s", what, buf_text(&s->shown));
}

static inline void assert_not_shown(struct rig *s, const char *what)
{
    if (strstr(stage_show(s), what))
        fail_msg("shown: %s\n%s", what, buf_text(&s->shown));
}

/* The row the cursor is on has this text. */
static inline void assert_cursor_on(struct rig *s, const char *what)
{
    struct buf row = BUF_INIT;

    stage_show(s);
    canvas_row_text(s->canvas, canvas_cursor(s->canvas).y, &row);
    if (!strstr(buf_text(&row), what))
        fail_msg("the cursor is not on '%s' but on '%s'\n%s", what, buf_text(&row), buf_text(&s->shown));
    buf_release(&row);
}

#endif
