/* tui_drill.c - what the keys of drills do: starting, talking over the real form, finishing, and a trainer's
 * acts. */
#include "tui_drill.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "debrief.h"
#include "dolen/base/date.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/drill/drill_keys.h"
#include "dolen/ui/choice.h"
#include "dolen/ui/drills.h"
#include "drill_progress.h"
#include "drill_record.h"
#include "drilling.h"
#include "tui_case.h"
#include "dolen/base/banned.h"

#define PEOPLE_MAX 20

static void changed(struct app *a)
{
    store_undo_begins(a->cf->store);
    screen_changed(a->screen, ~0u);
}

static unsigned no_drill(struct app *a)
{
    screen_message(a->screen, STYLE_TEXT, "%s", _("No drill is running. Y shows the drills."));
    return REACT_DRAW;
}

/* The running or paused attempt of whoever opened the file; NULL after a message. */
static struct attempt *running(struct app *a)
{
    struct attempt *out = NULL;
    struct err err = { .st = ST_OK };
    struct id id = ID_NONE;

    if (drilling_allowed(a->cf, &err) != ST_OK ||
        attempt_running(a->cf->store, a->cf->slot.practitioner, &id, &err) != ST_OK ||
        (id_is_set(id) && attempt_open(&out, a->cf->store, a->cf->catalog, id, &err) != ST_OK))
        tui_say_error(a, &err);
    else if (!out)
        no_drill(a);
    return out;
}

/* --- the list --------------------------------------------------------------------------------------------------- */

static void fill_past(struct drill_row *r, const struct progress *p, const char *drill)
{
    for (size_t i = 0; i < p->past.count; i++) {
        const struct drill_past *x = &p->past.items[i];

        if (!str_eq(x->drill, drill))
            continue;
        if (r->past_count == DRILL_PAST_SEEN) {
            memmove(r->past, r->past + 1, sizeof r->past - sizeof r->past[0]);
            r->past_count--;
        }
        r->past[r->past_count] = (struct chart_value) { (long) i, x->percent };
        r->past_count++;
    }
}

static enum status list_load(void *ctx, struct drills_model *m, struct err *err)
{
    struct app *a = ctx;
    struct progress p;
    struct buf b = BUF_INIT;
    enum status st = progress_load(&p, a->cf, a->cf->slot.practitioner, err);

    if (st != ST_OK)
        return st;
    progress_proposal(&p, &b);
    str_copy(m->next, sizeof m->next, buf_text(&b));
    for (size_t i = 0; i < p.count; i++) {
        struct drill_row *r = ARRAY_ADD(m->rows, m->count, m->cap);

        str_copy(r->id, sizeof r->id, p.drills[i]->id);
        str_copy(r->title, sizeof r->title, text2_now(&p.drills[i]->title));
        str_copy(r->about, sizeof r->about, text2_now(&p.drills[i]->about));
        buf_clear(&b);
        debrief_approval(p.drills[i], &b);
        str_copy(r->approval, sizeof r->approval, buf_text(&b));
        buf_clear(&b);
        r->running = progress_how(&p, i, &b);
        str_copy(r->how, sizeof r->how, buf_text(&b));
        fill_past(r, &p, p.drills[i]->id);
    }
    buf_release(&b);
    progress_release(&p);
    return ST_OK;
}

unsigned go_drills(struct app *a)
{
    struct drills_host host = { a, list_load, NULL };
    struct err err = { .st = ST_OK };

    if (drilling_allowed(a->cf, &err) != ST_OK)
        return tui_say_error(a, &err);
    return tui_push(a, drills_view_new(&a->ui, &host));
}

/* --- talking ---------------------------------------------------------------------------------------------------- */

struct talking {
    struct app *app;
    struct id   attempt;
};

static void talk_hear(void *ctx, enum drill_voice voice, const char *text)
{
    static const enum talk_voice voices[] = { TALK_SCENE, TALK_PERSON, TALK_YOU };

    talk_model_line(ctx, voices[voice], text);
}

static void model_fill(struct talk_model *m, const struct attempt *a)
{
    const struct drill_turn *t = &a->d->turns[drill_play_state(a->play)->turn];
    int order[DRILL_OFFERS_MAX];
    size_t n = drill_play_offers(a->play, order);

    snprintf(m->title, sizeof m->title, _("%s, minute %d of about %d"), text2_now(&a->d->name),
             drill_play_clock(a->play), a->d->minutes);
    drill_play_hear(a->play, drill_play_last_heard(a->play), talk_hear, m);
    for (size_t i = 0; i < n; i++)
        talk_model_offer(m, t->offers[order[i]].id, drill_kind_label(t->offers[order[i]].kind),
                         text2_now(&t->offers[order[i]].text));
    if (drill_play_ended(a->play))
        str_copy(m->hint, sizeof m->hint,
                 _("The conversation is over. Esc: what you heard is for the forms. B when all is done."));
}

static enum status talk_load(void *ctx, struct talk_model *m, struct err *err)
{
    struct talking *t = ctx;
    struct attempt *a = NULL;
    enum status st = attempt_open(&a, t->app->cf->store, t->app->cf->catalog, t->attempt, err);

    if (st == ST_OK)
        model_fill(m, a);
    attempt_free(&a);
    return st;
}

static unsigned talk_say(void *ctx, const char *offer)
{
    struct talking *t = ctx;
    struct attempt *a = NULL;
    struct err err = { .st = ST_OK };
    enum status st = attempt_open(&a, t->app->cf->store, t->app->cf->catalog, t->attempt, &err);

    if (st == ST_OK)
        st = attempt_say(a, offer, &err);
    attempt_free(&a);
    if (st != ST_OK)
        return tui_say_error(t->app, &err);
    store_undo_begins(t->app->cf->store);
    screen_changed(t->app->screen, CHANGED(DRILL_STEP));
    return REACT_RELOAD | REACT_LAYOUT;
}

static unsigned push_talk(struct app *app, const struct attempt *a)
{
    struct talking *t = xcalloc(1, sizeof *t);
    struct talk_host host = { t, talk_load, talk_say, free };

    *t = (struct talking) { app, a->row.id };
    return tui_push(app, talk_view_new(&app->ui, record_id(&a->row, DRILL_person), &host));
}

static bool is_talking(struct app *a)
{
    return str_eq(screen_top(a->screen)->ops->name, "talk");
}

/* The running or paused attempt about a person; NULL when there is none. */
static struct attempt *attempt_about(struct app *app, struct id person)
{
    struct attempt *a = NULL;
    struct id id = ID_NONE;

    if (keyslots_is_training(app->cf->slots) && attempt_of_person(app->cf->store, person, &id, NULL) == ST_OK &&
        id_is_set(id))
        attempt_open(&a, app->cf->store, app->cf->catalog, id, NULL);
    return a;
}

unsigned tui_talk_over(struct app *app, struct id person)
{
    struct attempt *a = attempt_about(app, person);
    unsigned react = REACT_NONE;

    if (!a)
        return REACT_NONE;
    if (attempt_state(&a->row) == ATTEMPT_RUNNING && !drill_play_ended(a->play) && !is_talking(app))
        react = push_talk(app, a);
    attempt_free(&a);
    return react;
}

unsigned tui_drill_filed(struct app *app, struct id person)
{
    struct attempt *a = attempt_about(app, person);
    const struct drill_log *log;
    size_t n;
    unsigned react = REACT_NONE;

    if (!a)
        return REACT_NONE;
    log = drill_play_log(a->play, &n);
    if (n > 0 && log[n - 1].kind == LOG_FILED && log[n - 1].out.event >= 0 && !is_talking(app))
        react = push_talk(app, a);
    attempt_free(&a);
    return react;
}

/* What stands open is the person or a form of theirs, not a list with its cursor on them: who files the form is back
 * there, and the next key must not be about somebody else. */
static bool is_about(struct app *app, struct id person)
{
    return (tui_filling(app) || str_eq(screen_top(app->screen)->ops->name, "person")) &&
        id_eq(screen_focus(app->screen).person, person);
}

/* Over the form of the conversation once there is a period of support; before that over the person. */
static unsigned talk_with(struct app *app, struct attempt *a)
{
    struct id person = record_id(&a->row, DRILL_person);
    struct target t = { .form = "conversation", .person = person, .episode = person_episode(app->cf, person) };
    struct err err = { .st = ST_OK };
    unsigned react = REACT_NONE;

    if (attempt_pause(a, false, &err) != ST_OK)
        return tui_say_error(app, &err);
    if (is_talking(app))
        return REACT_NONE;
    if (!is_about(app, person))
        react |= tui_push(app, person_view_new(&app->ui, person, SECTION_OVERVIEW));
    if (id_is_set(t.episode) && !tui_filling(app))
        react |= tui_open_form(app, &t, NULL);
    return react | push_talk(app, a);
}

unsigned act_drill_talk(struct app *app)
{
    struct attempt *a = running(app);
    unsigned react = a ? talk_with(app, a) : (unsigned) REACT_DRAW;

    attempt_free(&a);
    return react;
}

/* --- starting --------------------------------------------------------------------------------------------------- */

struct starting {
    struct app *app;
    char        drill[65];
};

static struct id set_for_me(struct app *a, const char *drill)
{
    struct progress p;
    struct id set = ID_NONE;

    if (progress_load(&p, a->cf, a->cf->slot.practitioner, NULL) != ST_OK)
        return set;
    if (p.next.d && str_eq(p.next.d->id, drill))
        set = p.next.set;
    progress_release(&p);
    return set;
}

static unsigned start_agreed(void *ctx, bool yes)
{
    struct starting *s = ctx;
    struct app *app = s->app;
    struct attempt *a = NULL;
    struct err err = { .st = ST_OK };
    unsigned react = REACT_LAYOUT;

    if (yes && drilling_start(&a, app->cf, s->drill, (uint64_t) store_version(app->cf->store),
                              set_for_me(app, s->drill), &err) != ST_OK)
        react |= tui_say_error(app, &err);
    else if (yes) {
        changed(app);
        screen_message(app->screen, STYLE_GOOD,
                       id_is_set(person_episode(app->cf, record_id(&a->row, DRILL_person))) ?
                           _("%s: this one is under way already. Read where it stands, then W to talk.") :
                           _("%s: the referral has arrived. Decide on it (D), then W to talk."),
                       text2_now(&a->d->name));
        react |= tui_push(app, referrals_view_new(&app->ui));
        react |= tui_push(app, person_view_new(&app->ui, record_id(&a->row, DRILL_person), SECTION_OVERVIEW));
    }
    attempt_free(&a);
    free(s);
    return react | REACT_RELOAD;
}

unsigned act_drill_open(struct app *app, const char *drill)
{
    struct err err = { .st = ST_OK };
    const struct drill *d = catalog_drill(app->cf->catalog, drill, &err);
    struct id id = ID_NONE;
    struct starting *s;

    if (!d || attempt_running(app->cf->store, app->cf->slot.practitioner, &id, &err) != ST_OK)
        return tui_say_error(app, &err);
    if (id_is_set(id)) {
        struct attempt *a = running(app);
        unsigned react;

        if (a && str_eq(a->d->id, drill)) {
            react = talk_with(app, a);
            attempt_free(&a);
            return react;
        }
        if (a)
            screen_message(app->screen, STYLE_WARN,
                           _("%s is still running. Finish it with B, or leave it: :drill-leave"),
                           text2_now(&a->d->title));
        attempt_free(&a);
        return REACT_DRAW;
    }
    s = xcalloc(1, sizeof *s);
    s->app = app;
    str_copy(s->drill, sizeof s->drill, drill);
    screen_confirm(app->screen, TEXT2(_("Start \"%s\"? Its referral arrives in the inbox."), text2_now(&d->title)),
                   start_agreed, s);
    return REACT_LAYOUT;
}

/* --- pausing, leaving, finishing -------------------------------------------------------------------------------- */

unsigned act_drill_pause(struct app *app)
{
    struct attempt *a = running(app);
    struct err err = { .st = ST_OK };
    bool pause;

    if (!a)
        return REACT_DRAW;
    pause = attempt_state(&a->row) == ATTEMPT_RUNNING;
    if (attempt_pause(a, pause, &err) != ST_OK)
        tui_say_error(app, &err);
    else
        screen_message(app->screen, STYLE_GOOD, "%s", pause ? _("Paused. W goes on with it.") : _("Gone on with."));
    attempt_free(&a);
    changed(app);
    return REACT_RELOAD;
}

static unsigned leave_agreed(void *ctx, bool yes)
{
    struct app *app = ctx;
    struct attempt *a = yes ? running(app) : NULL;
    struct err err = { .st = ST_OK };

    if (a && attempt_leave(a, &err) != ST_OK)
        tui_say_error(app, &err);
    else if (a)
        screen_message(app->screen, STYLE_TEXT, "%s", _("Left. It was not scored."));
    attempt_free(&a);
    changed(app);
    return REACT_RELOAD | REACT_LAYOUT;
}

unsigned act_drill_leave(struct app *app)
{
    struct attempt *a = running(app);

    if (a)
        screen_confirm(app->screen, TEXT2(_("Leave the drill unfinished? It is not scored.")), leave_agreed, app);
    attempt_free(&a);
    return REACT_LAYOUT;
}

/* What was open belonged to the drill: back from the debrief lies the list of drills. Drafts stay drafts. */
static void back_to_the_list(struct app *app)
{
    while (screen_depth(app->screen) > 1)
        screen_pop(app->screen);
    go_drills(app);
}

static unsigned done_agreed(void *ctx, bool yes)
{
    struct app *app = ctx;
    struct attempt *a = yes ? running(app) : NULL;
    struct drill_score score;
    struct err err = { .st = ST_OK };

    if (!a)
        return REACT_LAYOUT;
    if (drilling_finish(a, app->cf, &score, &err) != ST_OK) {
        attempt_free(&a);
        return tui_say_error(app, &err) | REACT_LAYOUT;
    }
    changed(app);
    back_to_the_list(app);
    return tui_push(app, debrief_view_new(a, &score)) | REACT_LAYOUT;
}

unsigned act_drill_done(struct app *app)
{
    struct attempt *a;

    if (!tui_flush(app))
        return REACT_DRAW;
    a = running(app);
    if (a)
        screen_confirm(app->screen,
                       drill_play_ended(a->play) ?
                           TEXT2(_("Is the drill done? Forms that are not filed do not count.")) :
                           TEXT2(_("The conversation is not over yet: W goes on with it. Is the drill done all the same?")),
                       done_agreed, app);
    attempt_free(&a);
    return REACT_LAYOUT;
}

/* --- looking back ----------------------------------------------------------------------------------------------- */

/* The newest attempt of each practitioner at a drill, one's own first: a trainer looks at anybody's. */
struct looking {
    struct app *app;
    bool        replay;
    struct id   attempt[PEOPLE_MAX], who[PEOPLE_MAX];
    size_t      count;
};

static bool is_known(const struct looking *l, struct id who)
{
    for (size_t i = 0; i < l->count; i++)
        if (id_eq(l->who[i], who))
            return true;
    return false;
}

static void look_for(struct looking *l, const struct records *all, const char *drill)
{
    struct id me = l->app->cf->slot.practitioner;

    for (int own = 1; own >= 0; own--)
        for (size_t i = 0; i < all->count && l->count < PEOPLE_MAX; i++) {
            const struct record *r = &all->items[i];
            struct id who = record_id(r, DRILL_practitioner);
            enum attempt_state st = attempt_state(r);

            if (id_eq(who, me) != (own == 1) || is_known(l, who) || !str_eq(record_text(r, DRILL_drill), drill) ||
                st == ATTEMPT_SET || (!l->replay && st != ATTEMPT_DONE))
                continue;
            l->attempt[l->count] = r->id;
            l->who[l->count++] = who;
        }
}

static unsigned look_chosen(void *ctx, int index)
{
    struct looking *l = ctx;
    struct app *app = l->app;
    struct attempt *a = NULL;
    struct drill_keys *keys = NULL;
    struct drill_score score;
    struct err err = { .st = ST_OK };
    unsigned react = REACT_LAYOUT;
    enum status st;

    if (index < 0) {
        free(l);
        return react;
    }
    st = attempt_open(&a, app->cf->store, app->cf->catalog, l->attempt[index], &err);
    if (st == ST_OK)
        st = drilling_judge(a, app->cf, &score, &err);
    if (st == ST_OK && l->replay)
        st = drill_keys_read(&keys, app->cf->store, l->attempt[index], &err);
    if (st != ST_OK) {
        attempt_free(&a);
        react |= tui_say_error(app, &err);
    } else {
        react |= tui_push(app, l->replay ? replay_view_new(a, keys, &score) : debrief_view_new(a, &score));
    }
    free(l);
    return react;
}

static unsigned ask_whose(struct looking *l)
{
    struct choice *whose = screen_choose(l->app->screen, TEXT2(_("Whose?")), look_chosen, l);

    for (size_t i = 0; i < l->count; i++) {
        struct record r = { .text = NULL };
        bool known = store_get(l->app->cf->store, T_PRACTITIONER, l->who[i], &r, NULL) == ST_OK;

        choice_add(whose, TEXT2("%s", known ? record_or(&r, PRACTITIONER_name, "-") : "-"));
        record_release(&r);
    }
    return REACT_LAYOUT;
}

static unsigned look_back(struct app *app, bool replay)
{
    struct focus f = screen_focus(app->screen);
    struct looking *l = xcalloc(1, sizeof *l);
    struct records all = { NULL, 0, 0 };
    struct err err = { .st = ST_OK };
    enum status st = ST_OK;

    l->app = app;
    l->replay = replay;
    keep_flush(app);
    if (f.kind == FOCUS_DRILL)
        st = store_list(app->cf->store, LIST_DRILLS, ID_NONE, 0, &all, &err);
    if (f.kind == FOCUS_DRILL && st == ST_OK)
        look_for(l, &all, f.question);
    records_release(&all);
    if (st != ST_OK) {
        free(l);
        return tui_say_error(app, &err);
    }
    if (l->count > 1)
        return ask_whose(l);
    if (l->count == 1)
        return look_chosen(l, 0);
    free(l);
    screen_message(app->screen, STYLE_TEXT, "%s",
                   replay ? _("This drill has not been played yet.") :
                            _("The debrief comes when the drill is done (B)."));
    return REACT_DRAW;
}

unsigned act_drill_debrief(struct app *app) { return look_back(app, false); }
unsigned act_drill_replay(struct app *app)  { return look_back(app, true); }

unsigned act_drill_group(struct app *app)
{
    return tui_push(app, group_view_new(app->cf));
}

/* --- setting one ------------------------------------------------------------------------------------------------ */

struct setting_one {
    struct app *app;
    char        drill[65];
    struct id   who[PEOPLE_MAX];
};

static unsigned who_chosen(void *ctx, int index)
{
    struct setting_one *s = ctx;
    struct app *app = s->app;
    struct err err = { .st = ST_OK };
    const struct drill *d = catalog_drill(app->cf->catalog, s->drill, &err);
    unsigned react = REACT_LAYOUT;

    if (index >= 0 && (!d || attempt_set(app->cf->store, d, s->who[index], app->cf->slot.practitioner,
                                         (struct date) { 0, 0, 0 }, &err) != ST_OK))
        react |= tui_say_error(app, &err);
    else if (index >= 0) {
        screen_message(app->screen, STYLE_GOOD, "%s", _("Set. It comes first in that practitioner's drills."));
        changed(app);
        react |= REACT_RELOAD;
    }
    free(s);
    return react;
}

unsigned act_drill_set(struct app *app)
{
    struct focus f = screen_focus(app->screen);
    struct records people = { NULL, 0, 0 };
    struct choice *whom;
    struct err err = { .st = ST_OK };
    struct setting_one *s;

    if (f.kind != FOCUS_DRILL)
        return REACT_NONE;
    if (store_list(app->cf->store, LIST_PRACTITIONERS, ID_NONE, PEOPLE_MAX, &people, &err) != ST_OK)
        return tui_say_error(app, &err);
    s = xcalloc(1, sizeof *s);
    s->app = app;
    str_copy(s->drill, sizeof s->drill, f.question);
    whom = screen_choose(app->screen, TEXT2(_("For whom?")), who_chosen, s);
    for (size_t i = 0; i < people.count; i++) {
        s->who[i] = people.items[i].id;
        choice_add(whom, TEXT2("%s", record_or(&people.items[i], PRACTITIONER_name, "")));
    }
    records_release(&people);
    return REACT_LAYOUT;
}
