/* drill_record.c - keeps the keys of the running drill: after each one, what changed of the screen. */
#include "drill_record.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "dolen/base/mem.h"
#include "dolen/drill/drill_file.h"
#include "dolen/drill/drill_keys.h"
#include "dolen/base/banned.h"

#define WAITING_MOST 40                 /* keys lost at most when the power goes */

struct recording {
    struct drill_recorder *to;          /* NULL: no drill is running */
    bool                   looked;      /* seen was the version of the case file when was looked for a running drill */
    int64_t                seen, last;  /* last: ms, when the newest key was pressed */
    int64_t                ms;          /* the key that is being carried out: since the one before */
    struct key             key;
    bool                   pressed, secret, was_secret;
    int                    minute, step;
};

static int64_t now_ms(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t) t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static bool asks_for_secret(const struct app *a)
{
    struct view *top = screen_top(a->screen);

    return a->handed || (top && top->ops->flags & VIEW_SECRET);
}

/* Whoever watches a replay is not playing. */
static bool is_watching(const struct app *a)
{
    struct view *top = screen_top(a->screen);

    return top && str_eq(top->ops->name, "replay");
}

void keep_key(struct app *a, const struct key *k)
{
    struct recording *r = a->recording;
    int64_t now;

    if (!a->ui.training || !a->cf->store || a->cf->read_only)
        return;
    if (!r)
        r = a->recording = xcalloc(1, sizeof *r);
    now = now_ms();
    r->pressed = !is_watching(a);
    r->secret = asks_for_secret(a);
    r->key = r->secret ? key_of_code(K_NONE) : *k;
    r->ms = r->last ? now - r->last : 0;
    r->last = now;
}

bool keep_is_on(const struct app *a)
{
    return a->recording && a->recording->to;
}

/* Where the running drill of whoever plays here stands; not set when none runs. */
static struct id look(struct app *a, struct recording *r)
{
    struct attempt *on = NULL;
    struct id id = ID_NONE;
    size_t n = 0;

    if (attempt_running(a->cf->store, a->cf->slot.practitioner, &id, NULL) != ST_OK || !id_is_set(id) ||
        attempt_open(&on, a->cf->store, a->cf->catalog, id, NULL) != ST_OK)
        return ID_NONE;
    if (attempt_state(&on->row) == ATTEMPT_RUNNING) {
        drill_play_log(on->play, &n);
        r->step = (int) n;
        r->minute = drill_play_clock(on->play);
    } else {
        id = ID_NONE;
    }
    attempt_free(&on);
    return id;
}

static void read_screen(const struct app *a, struct drill_screen *s)
{
    struct spot at = canvas_cursor(a->canvas);
    struct buf row = BUF_INIT;

    *s = (struct drill_screen) { .rows = canvas_rows(a->canvas), .cols = canvas_cols(a->canvas), .y = at.y, .x = at.x };
    for (int y = 0; y < s->rows && y < DRILL_ROWS_MAX; y++) {
        buf_clear(&row);
        canvas_row_text(a->canvas, y, &row);
        s->text[y] = row.len ? xstrdup(buf_text(&row)) : NULL;
    }
    buf_wipe(&row);
}

static void add(struct app *a, struct recording *r, enum drill_key_kind kind)
{
    struct drill_screen now;
    struct buf name = BUF_INIT;
    bool seen = !asks_for_secret(a) && a->ending == GO_ON;

    if (kind == KEY_PRESSED)
        key_write(&name, &r->key);
    if (seen)
        read_screen(a, &now);
    drill_recorder_add(r->to, kind, buf_text(&name), r->ms, r->minute, r->step, seen ? &now : NULL);
    if (seen)
        drill_screen_release(&now);
    buf_wipe(&name);
}

static void add_pressed(struct app *a, struct recording *r)
{
    if (!r->secret)
        add(a, r, KEY_PRESSED);
    else if (!r->was_secret)
        drill_recorder_add(r->to, KEY_SECRET, NULL, 0, r->minute, r->step, NULL);
    r->was_secret = r->secret;
}

void keep_flush(struct app *a)
{
    struct err err = { .st = ST_OK };

    if (keep_is_on(a) && drill_recorder_flush(a->recording->to, a->cf->store, &err) != ST_OK)
        tui_say_error(a, &err);
}

void keep_release(struct app *a)
{
    if (a->recording)
        drill_recorder_free(&a->recording->to);
    if (a->recording)
        explicit_bzero(a->recording, sizeof *a->recording);
    free(a->recording);
    a->recording = NULL;
}

/* Another drill runs now, or none. */
static void change_to(struct app *a, struct recording *r, struct id attempt)
{
    keep_flush(a);
    drill_recorder_free(&r->to);
    if (!id_is_set(attempt))
        return;
    r->to = drill_recorder_new(attempt);
    add(a, r, KEY_BEGINS);
}

void keep_after(struct app *a)
{
    struct recording *r = a->recording;
    int step;
    struct id now;

    if (!r || !a->cf->store)
        return;
    step = r->step;
    now = r->to ? drill_recorder_attempt(r->to) : ID_NONE;
    if (!r->looked || store_version(a->cf->store) != r->seen)
        now = look(a, r);
    r->looked = true;
    r->seen = store_version(a->cf->store);
    if (r->to && r->pressed)
        add_pressed(a, r);
    r->pressed = false;
    if (id_is_set(now) != (r->to != NULL) || (r->to && !id_eq(now, drill_recorder_attempt(r->to))))
        change_to(a, r, now);
    else if (r->to && (r->step != step || drill_recorder_waiting(r->to) >= WAITING_MOST))
        keep_flush(a);
}
