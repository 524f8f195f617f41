/* app_views.h - the views that live with the program (src/app): they need an app on an open case file, and two of them a
 * drill that was played. */
#ifndef APP_VIEWS_H
#define APP_VIEWS_H

#include "person_world.h"

#include "app/tui/tui_draft.h"
#include "app/tui/tui_drill.h"
#include "app/tui/tui_recovery.h"
#include "app/tui/tui_ways_in.h"
#include "dolen/drill/drill_file.h"
#include "dolen/drill/drill_keys.h"

static struct casefile app_case;
static struct app      app_under_test;
static struct id       app_attempt;

static inline struct app *app_of(struct world *w)
{
    struct app *a = &app_under_test;

    secret_free(&a->typed);
    app_case = (struct casefile) { .store = w->store, .catalog = w->catalog };
    *a = (struct app) { .cf = &app_case, .screen = w->ui.screen, .canvas = w->canvas, .keymap = w->keymap, .ui = w->ui,
                        .typed = secret_new() };
    return a;
}

/* An unfinished form that would change where to reach somebody. */
static inline void add_draft(struct world *w)
{
    struct target t = { .form = "person", .person = w->person, .record = w->person };
    struct filling *f = NULL;

    assert_ok(filling_start(&f, app_of(w)->cf, &t, &err_));
    assert_ok(session_set(f->session, form_question(f->form, "phone2"), 0, "02920 999 777", &err_));
    assert_ok(filling_save(f, &err_));
    filling_free(&f);
}

/* A drill that somebody finished after a word or two, and the keys they pressed. */
static inline void add_drill(struct world *w)
{
    static const char hash[] = "ffeeddccbbaa99887766554433221100ffeeddccbbaa99887766554433221100";
    static char top[] = "Lunch club", row[] = "> Tuesday singing group";
    static const struct drill_screen shown[] = {
        { .rows = 24, .cols = 80, .y = 3, .x = 2, .text = { [0] = top, [3] = row } },
        { .rows = 24, .cols = 80, .y = 4, .x = 2, .text = { [0] = top, [4] = row } },
    };
    struct attempt_start start = { .hash = hash, .seed = 7, .today = w->ui.today };
    struct drill_recorder *pressed;
    struct drill_score score;
    struct attempt *a = NULL;
    int offers[DRILL_OFFERS_MAX];

    start.d = catalog_drill(w->catalog, "carer", &err_);
    assert_non_null(start.d);
    start.practitioner = put(w, T_PRACTITIONER, "name", "Mair Owen", NULL);
    assert_ok(attempt_begin(&a, w->store, w->catalog, &start, &err_));
    app_attempt = a->row.id;
    for (int i = 0; i < 2 && drill_play_offers(a->play, offers); i++)
        assert_ok(attempt_say(a, start.d->turns[drill_play_state(a->play)->turn].offers[offers[0]].id, &err_));
    pressed = drill_recorder_new(app_attempt);
    drill_recorder_add(pressed, KEY_BEGINS, "", 0, 0, 0, &shown[0]);
    drill_recorder_add(pressed, KEY_PRESSED, "Down", 900, 1, 1, &shown[1]);
    drill_recorder_add(pressed, KEY_PRESSED, "Enter", 400, 2, 2, &shown[0]);
    assert_ok(drill_recorder_flush(pressed, w->store, &err_));
    drill_recorder_free(&pressed);
    assert_ok(attempt_judge(a, 3, &score, &err_));
    assert_ok(attempt_finish(a, &score, w->ui.today, &err_));
    attempt_free(&a);
}

static inline struct attempt *finished_attempt(struct world *w, struct drill_score *score)
{
    struct attempt *a = NULL;

    assert_ok(attempt_open(&a, w->store, w->catalog, app_attempt, &err_));
    assert_ok(attempt_judge(a, 3, score, &err_));
    return a;
}

static inline void push_app(struct world *w, struct view *v)
{
    screen_push(w->ui.screen, v);
    show(w);
}

static inline void open_unlock(struct world *w)     { push_app(w, unlock_view_new(app_of(w))); }
static inline void open_recovery(struct world *w)   { tui_recovery(app_of(w)); show(w); }
static inline void open_passphrase(struct world *w)
{
    tui_passphrase(&(struct passphrase_ask) { .app = app_of(w), .intro = TEXT2("Nia Pritchard") });
    show(w);
}
static inline void open_group(struct world *w)      { push_app(w, group_view_new(app_of(w)->cf)); }
static inline void open_debrief(struct world *w)
{
    struct drill_score score;
    struct attempt *a = finished_attempt(w, &score);

    push_app(w, debrief_view_new(a, &score));
}
static inline void open_replay(struct world *w)
{
    struct drill_score score;
    struct attempt *a = finished_attempt(w, &score);
    struct drill_keys *pressed = NULL;

    assert_ok(drill_keys_read(&pressed, w->store, app_attempt, &err_));
    push_app(w, replay_view_new(a, pressed, &score));
    keys(w, "End");
}
static inline void open_replay_steps(struct world *w)
{
    open_replay(w);
    keys(w, "s Right");
}
/* From Today, where its row is. */
static inline void open_draft_changes(struct world *w)
{
    push_app(w, today_view_new(&w->ui));
    for (int i = 0; i < 40 && !on_draft(app_of(w)); i++)
        keys(w, "Down");
    act_draft_changes(app_of(w));
    show(w);
}

#endif
