/* tui.c - the loop. Only here is drawn, only here is waited, and there is one timer: autosave first, then the
 * idle lock.
 *
 * Locking closes the case file, clears the screen and its scrollback, and re-executes the program with the lock still
 * held: nothing of the case stays in memory. */
#include "tui.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "caseload.h"
#include "commands.h"
#include "dolen/base/date.h"
#include "dolen/base/file.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "drill_record.h"
#include "paperwork.h"
#include "plain/plain.h"
#include "recovery.h"
#include "setup.h"
#include "tui_drill.h"
#include "tui_laptops.h"
#include "tui_again.h"
#include "tui_outbox.h"
#include "tui_paperwork.h"
#include "tui_seal.h"
#include "tui_host.h"
#include "tui_tips.h"
#include "dolen/base/banned.h"

#define AUTOSAVE_MS 1500
#define CLOCK_SLACK_SECONDS 7200          /* an hour either way of summer time, and a clock that drifts */
#define AUTOSAVE_LATEST_MS 10000    /* also while typing goes on without a pause */
#define IDLE_GRACE_MS 3000          /* idle counts from here: autosave comes before */
#define PRIVACY_FREE_SECONDS 60
#define BLANK_QUIET_MS 300          /* after a key on the blank screen: what follows at once belongs to it */

void tui_say_working(struct app *a)
{
    screen_message(a->screen, STYLE_TEXT, "%s", _("One moment: this is many records."));
    screen_draw(a->screen, a->canvas);
    term_flush(a->term, a->canvas);
}

unsigned tui_say_error(struct app *a, const struct err *err)
{
    screen_message(a->screen, STYLE_ERROR, "%s", err_text(err));
    return REACT_DRAW;
}

/* Damage is tried once more (a fault may pass), then opened for reading only, so that nothing is made worse. */
static enum status open_store(struct app *a, struct err *err)
{
    enum status st = casefile_open(a->cf, false, err);

    if (st == ST_DB_DAMAGED)
        st = casefile_open(a->cf, true, err);
    return st;
}

/* A clock that was set back gives wrong days to everything that is written. *newest: when the last change was made. */
static bool clock_is_behind(struct app *a, int64_t *newest)
{
    *newest = clock_now();
    return store_last_changed(a->cf->store, newest, NULL) == ST_OK && *newest - clock_now() > CLOCK_SLACK_SECONDS;
}

static enum status opened(struct app *a, struct err *err)
{
    struct err why = { .st = ST_OK };
    enum status st = open_store(a, err), reminded;
    int64_t newest;

    if (st != ST_OK) {
        vault_free(&a->cf->vault);
        return st;
    }
    a->ui.store = a->cf->store;
    a->ui.whose = caseload_shown(a->cf);
    paperwork_start(a->cf, false);
    bool behind = clock_is_behind(a, &newest);

    reminded = behind ? ST_OK : recovery_remind(a->cf, &why);
    if (reminded == ST_OK && !behind)
        reminded = casefile_empty_bin(a->cf, &why);
    tui_enter(a);
    say_under_way(a);
    carrying_start(a, false);
    if (a->cf->read_only)
        screen_message(a->screen, STYLE_ERROR, _("Open for reading only: nothing typed now can be kept. %s"),
                       err_text(err));
    else if (a->cf->went_back)
        screen_message(a->screen, STYLE_WARN, "%s",
                       _("This case file is older than the one last used on this laptop. If that was not meant, "
                         "leave and look for the newer one."));
    else if (behind)
        screen_message(a->screen, STYLE_WARN,
                       _("This laptop's clock says %s, but the newest change here is of %s. Nothing was changed. "
                         "Leave, set the clock and start again."),
                       instant_show(clock_now()).s, instant_show(newest).s);
    else if (keyslots_one_copy_bad(a->cf->slots))
        screen_message(a->screen, STYLE_WARN, "%s",
                       _("One of the two copies of the key slots is damaged; the other is whole. Make a backup "
                         "today."));
    else if (reminded != ST_OK)
        tui_say_error(a, &why);
    else
        tui_say_conflicts(a);
    return ST_OK;
}

enum status tui_unlock(struct app *a, struct err *err)
{
    enum status st = casefile_unlock(a->cf, a->typed, NULL, err);

    secret_clear(a->typed);
    if (st == ST_OK)
        st = opened(a, err);
    return st;
}

/* A passphrase from a descriptor or a key file: no need to ask. */
static enum status unlock_at_start(struct app *a, struct err *err)
{
    struct run *r = a->run;
    struct secret *s = NULL;
    enum status st = ST_OK;

    if (r->key_file)
        st = casefile_unlock(a->cf, NULL, r->key_file, err);
    else {
        st = secret_read_fd(&s, r->passphrase_fd, err);
        if (st == ST_OK)
            st = casefile_unlock(a->cf, s, NULL, err);
        secret_free(&s);
    }
    return st == ST_OK ? opened(a, err) : st;
}

/* Time without a key after which it locks. A test may shorten it, on a training file only. */
static long idle_limit(const struct app *a)
{
    const char *ms = getenv("DOLEN_TEST_IDLE_FD") && a->ui.training ? getenv("DOLEN_TEST_IDLE_MS") : NULL;
    long limit = ms ? atol(ms) : 0;

    return limit > AUTOSAVE_MS ? limit : setting_value("lock_after") * 60000L + IDLE_GRACE_MS;
}

static int64_t now_ms(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t) t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void arm(struct app *a)
{
    struct filling *f = a->cf->store ? tui_filling(a) : NULL;

    a->idle_ms = idle_limit(a);
    if (f && a->autosave_due && now_ms() - a->typing_since >= AUTOSAVE_LATEST_MS) {
        tui_flush(a);
        a->autosave_due = false;
    }
    if (f && !a->autosave_due)
        a->typing_since = now_ms();
    a->autosave_due = f != NULL;
    a->replay_due = a->cf->store ? replay_due(screen_top(a->screen)) : -1;
    a->replay_left = a->idle_ms;
    if (!a->cf->store)
        term_deadline(a->term, -1);
    else if (a->replay_due >= 0)
        term_deadline(a->term, a->replay_due);
    else
        term_deadline(a->term, a->autosave_due ? AUTOSAVE_MS : a->idle_ms);
}

/* The next key of a replay that runs on; nobody at the keyboard, it locks all the same. */
static unsigned replay_on(struct app *a)
{
    unsigned react = replay_tick(screen_top(a->screen));

    a->replay_left -= a->replay_due;
    a->replay_due = replay_due(screen_top(a->screen));
    term_deadline(a->term, a->replay_due >= 0 ? a->replay_due : a->replay_left);
    return react;
}

static unsigned deadline(struct app *a)
{
    if (!a->cf->store)
        return REACT_NONE;
    if (a->replay_due >= 0 && a->replay_left > a->replay_due)
        return replay_on(a);
    keep_flush(a);
    if (a->autosave_due) {
        a->autosave_due = false;
        tui_flush(a);
        term_deadline(a->term, a->idle_ms - AUTOSAVE_MS);
        return REACT_DRAW;
    }
    a->ending = END_LOCK;
    return REACT_QUIT;
}

struct blank {
    struct app *a;
    bool        lock;
};

static void while_blank(void *ctx, const struct key *k)
{
    struct blank *b = ctx;
    const struct screen *s = b->a->screen;

    b->lock = b->lock || keymap_lookup(screen_keymap(s), k, screen_context(s)) == ACT_LOCK;
}

/* Any key brings the screen back, and so do several: none of them is taken for an action that nobody could see.
 * The first may ask for something serious: its page, and not the names below it, is what is seen then. */
static unsigned seen_again(struct app *a, const struct key *k)
{
    struct blank b = { a, false };
    bool serious;

    screen_pop(a->screen);
    serious = keymap_lookup(screen_keymap(a->screen), k, screen_context(a->screen)) == ACT_SERIOUS;
    while_blank(&b, k);
    if (!b.lock)
        term_swallow(a->term, BLANK_QUIET_MS, while_blank, &b);
    return REACT_LAYOUT | (b.lock    ? tui_dispatch(a, ACT_LOCK)
                           : serious ? tui_dispatch(a, ACT_SERIOUS)
                                     : (unsigned) REACT_NONE);
}

static unsigned key_pressed(struct app *a, const struct key *k)
{
    unsigned react = REACT_NONE;
    int action;

    if (a->privacy_since) {
        bool long_ago = clock_now() - a->privacy_since > PRIVACY_FREE_SECONDS;

        a->privacy_since = 0;
        if (long_ago) {
            a->ending = END_LOCK;
            return REACT_QUIT;
        }
        return seen_again(a, k);
    }
    action = screen_key(a->screen, k, &react);
    return action ? react | tui_dispatch(a, action) : react;
}

/* Kept like a key where it is written: a replay writes it again. */
static unsigned pasted(struct app *a, const struct key *k)
{
    unsigned react = REACT_NONE;

    if (a->privacy_since)
        return REACT_NONE;
    if (screen_takes_paste(a->screen))
        keep_key(a, k);
    paperwork_typed(a->cf);
    screen_paste(a->screen, k, &react);
    arm(a);
    return react;
}

static unsigned handle(struct app *a, const struct input *in)
{
    unsigned react = REACT_NONE;

    switch (in->kind) {
    case INPUT_KEY:
        keep_key(a, &in->key);
        paperwork_typed(a->cf);
        react = key_pressed(a, &in->key);
        if (a->ending == GO_ON)
            arm(a);
        break;
    case INPUT_PASTED:   react = pasted(a, &in->key); break;
    case INPUT_RESIZE:   react = REACT_LAYOUT; break;
    case INPUT_WATCH:    react = carrying_step(a) | making_step(a) | host_step(a); break;
    case INPUT_DEADLINE: react = deadline(a); break;
    case INPUT_RESUME:   a->ending = a->cf->store ? END_LOCK : GO_ON; react = REACT_LAYOUT; break;
    case INPUT_SUSPEND:  a->ending = a->handed ? END_LOCK : END_SUSPEND; break;
    case INPUT_HANGUP:   a->ending = END_HANGUP; break;
    }
    return react;
}

static void fit(struct app *a)
{
    int rows, cols;

    term_size(a->term, &rows, &cols);
    if (rows != canvas_rows(a->canvas) || cols != canvas_cols(a->canvas))
        canvas_resize(a->canvas, rows, cols);
}

static void draw(struct app *a)
{
    struct err err = { .st = ST_OK };

    fit(a);
    screen_load(a->screen, &err);
    tips_follow(a);
    screen_draw(a->screen, a->canvas);
}

static void show(struct app *a)
{
    draw(a);
    term_flush(a->term, a->canvas);
}

/* What came of it is shown, unless more was typed ahead; a drill keeps it in any case. */
static void settle(struct app *a, unsigned react)
{
    if (react != REACT_NONE && !term_key_waiting(a->term))
        show(a);
    else if (react != REACT_NONE && keep_is_on(a))
        draw(a);
}

static void loop(struct app *a)
{
    struct input in;

    arm(a);
    show(a);
    while (a->ending == GO_ON) {
        unsigned react;
        bool written, turned;

        term_wait(a->term, &in);
        turned = ui_new_day(&a->ui);
        written = in.kind == INPUT_PASTED && screen_takes_paste(a->screen);
        react = handle(a, &in);
        if (react & REACT_QUIT && a->ending == GO_ON)
            a->ending = END_QUIT;
        if (a->ending == GO_ON)
            settle(a, turned ? react | REACT_DRAW : react);
        if (in.kind == INPUT_KEY || written) {
            keep_after(a);
            paperwork_shows(a->cf, form_in_front(a));
        }
    }
}

/* Closes the case file and forgets the screen. */
static enum status shut(struct app *a, struct err *err)
{
    enum status st;

    a->unkept = false;
    if (a->cf->store) {
        a->unkept = !tui_flush(a);
        keep_flush(a);
        if (a->ending == END_LOCK || a->ending == END_SUSPEND)
            tui_leave_place(a);
    }
    carrying_stop(a);
    keep_release(a);
    making_stop(a);
    screen_pop_all(a->screen);
    again_release(a);
    secret_clear(a->typed);
    st = casefile_shut(a->cf, err);
    a->ui.store = NULL;
    canvas_clear(a->canvas);
    term_clear_scrollback(a->term);
    return st;
}

static enum status re_execute(struct app *a, struct err *err)
{
    char fd[16];
    char *argv[] = { a->run->argv[0], xstrdup("--file"), xstrdup(a->cf->folder), xstrdup("--lang"),
                     xstrdup(lang_code(lang_now())),
                     xstrdup("--holder-fd"), fd, NULL, NULL, NULL };
    int n = 7;

    if (a->unkept)
        argv[n++] = xstrdup("--unkept");
    if (a->ending == END_SUSPEND)
        argv[n] = xstrdup("--stopped");
    snprintf(fd, sizeof fd, "%d", a->cf->holder);
    fcntl(a->cf->holder, F_SETFD, 0);
    execv("/proc/self/exe", argv);
    return err_sys(err, _("The program could not start itself again after locking. Everything is saved. Start it by "
                          "hand"));
}

static enum status finish(struct app *a, struct err *err)
{
    enum ending ending = a->ending;
    enum status st = shut(a, err);

    term_stop(&a->term);
    if (ending == END_LOCK || ending == END_SUSPEND) {
        if (st != ST_OK)
            fprintf(stderr, "dolen: %s\n", err_text(err));
        return re_execute(a, err);
    }
    if (ending == END_HANGUP && st == ST_OK && a->unkept)
        return err_set(err, ST_INTERRUPTED, "%s",
                       _("Interrupted. What was typed last could not be kept; everything saved before is safe, and "
                         "the case file is closed."));
    if (ending == END_HANGUP && st == ST_OK)
        return err_set(err, ST_INTERRUPTED, "%s", _("Interrupted. Everything is saved and the case file is closed."));
    return st;
}

static enum status start_screen(struct app *a, struct err *err)
{
    struct term_options o = { .ascii = setting_value("ascii_lines") != 0, .mono = setting_value("mono") != 0 };
    enum status st = term_start(&a->term, &o, err);
    int rows, cols;

    if (st != ST_OK)
        return st;
    term_size(a->term, &rows, &cols);
    a->canvas = canvas_new(rows, cols);
    canvas_set_glyphs(a->canvas, term_glyphs(a->term));
    return ST_OK;
}

/* What the user's own files have wrong is said, and where they are; the program opens all the same. */
static void say_where(struct buf *complaints)
{
    char *folder = place_config();

    if (complaints->len)
        buf_addf(complaints, _("The other lines count. The file is in %s."), folder);
    free(folder);
}

void tui_complain(struct app *a)
{
    if (a->complaints.len && !*screen_message_text(a->screen))
        screen_message(a->screen, STYLE_WARN, "%s", buf_text(&a->complaints));
}

static void prepare(struct app *a)
{
    struct buf *complaints = &a->complaints;

    settings_load(complaints, NULL);
    a->keymap = keymap_new();
    keymap_add(a->keymap, actions, actions_count);
    if (keyslots_is_training(a->cf->slots))
        keymap_add(a->keymap, drill_actions, drill_actions_count);
    keymap_read_user(a->keymap, complaints, NULL);
    say_where(complaints);
    a->screen = screen_new(a->keymap);
    a->ui.screen = a->screen;
    a->ui.catalog = a->cf->catalog;
    a->ui.today = clock_today();
    a->ui.training = keyslots_is_training(a->cf->slots);
    screen_set_training(a->screen, a->ui.training);
    a->typed = secret_new();
}

/* The full screen; returns when the program ends (locking re-executes it and does not return). */
static enum status tui_run(struct run *r, bool made, struct err *err)
{
    struct app a = { .run = r, .ending = GO_ON, .replay_due = -1, .complaints = BUF_INIT };
    enum status st = casefile_claim(&a.cf, r->folder, r->holder_fd, err);

    if (st != ST_OK)
        return st;
    if (run_flag(r, "--stopped"))
        term_stop_job();                /* only now: nothing of the case is in this memory */
    prepare(&a);
    st = start_screen(&a, err);
    if (st == ST_OK) {
        screen_push(a.screen, unlock_view_new(&a));
        if (made)
            unlock_view_says(screen_top(a.screen), STYLE_GOOD,
                             TEXT2(_("The case file is made and the code works. Open it with your passphrase.")));
        if (run_flag(r, "--unkept"))
            unlock_view_says(screen_top(a.screen), STYLE_ERROR,
                             TEXT2(_("What was typed last before locking could not be kept.")));
        if (r->passphrase_fd >= 0 || r->key_file)
            st = unlock_at_start(&a, err);
        tui_complain(&a);
    }
    if (st == ST_OK) {
        loop(&a);
        st = finish(&a, err);
    }
    term_stop(&a.term);
    screen_free(&a.screen);
    keymap_free(&a.keymap);
    canvas_free(&a.canvas);
    secret_free(&a.typed);
    buf_release(&a.complaints);
    casefile_free(&a.cf);
    return st;
}

static enum status workstation_run(struct run *r, struct err *err)
{
    if (!isatty(STDIN_FILENO) && !r->plain)
        return err_set(err, ST_USAGE,
                       _("The workstation needs a terminal. Nothing was changed. For scripts see: dolen --help; for "
                         "prompts and answers: dolen --plain"));
    bool made = false;

    if (!casefile_is_there(r->folder)) {
        enum status st = init_case_file(r, false, NULL, err);

        made = st == ST_OK;
        if (st != ST_OK)
            return st;
        say_paragraph(_("The case file is ready. Now open it with the passphrase."));
        fputc('\n', stderr);
    } else if (isatty(STDIN_FILENO) && r->passphrase_fd < 0 && !r->key_file && setup_wants_code(r->folder)) {
        enum status st = init_go_on(r->folder, err);

        made = st == ST_OK;
        if (st != ST_OK)
            return st;
    }
    return r->plain ? plain_run(r, err) : tui_run(r, made, err);
}

const struct command workstation_commands[] = {
    { "workstation", NULL, "", 0, 0, N_("Open the workstation"), NULL, NEEDS_NOTHING | HIDDEN, workstation_run },
    { NULL, NULL, NULL, 0, 0, NULL, NULL, 0, NULL }
};
