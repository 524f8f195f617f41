/* tui_history.c - screen actions about what was: opening a closed period of support again, the bin. */
#include "tui_history.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/date.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "reopen.h"
#include "tui_case.h"
#include "dolen/base/banned.h"

/* --- opening again ------------------------------------------------------------------------------------------------ */

struct reopening {
    struct app *app;
    struct id   episode;
};

static unsigned reopen_why(void *ctx, const char *text)
{
    struct reopening *o = ctx;
    struct app *a = o->app;
    struct err err = { .st = ST_OK };
    unsigned react = REACT_LAYOUT;
    struct buf b = BUF_INIT;
    size_t back;

    if (text && episode_reopen(a->cf, o->episode, text, &back, &err) == ST_OK) {
        struct text2 due = TEXT2_FROM(b, reopened_words(&b, back));

        screen_message(a->screen, STYLE_GOOD, _("Open again; u takes this back. %s"), text2_now(&due));
        text2_release(&due);
        screen_changed(a->screen, ~0u);
        react |= REACT_RELOAD;
    } else if (text) {
        react |= tui_say_error(a, &err);
    }
    free(o);
    return react;
}

unsigned act_reopen(struct app *a)
{
    struct focus f = screen_focus(a->screen);
    struct id episode = f.kind == FOCUS_EPISODE ? f.subject : f.episode;
    struct record e;
    struct reopening *o;
    bool closed;

    if (!id_is_set(f.person))
        return need_person(a);
    if (!id_is_set(episode))
        episode = person_episode(a->cf, f.person);
    record_init(&e, T_EPISODE);
    closed = id_is_set(episode) && store_get(a->cf->store, T_EPISODE, episode, &e, NULL) == ST_OK &&
             record_text(&e, EPISODE_closed_on);
    record_release(&e);
    if (!closed) {
        screen_message(a->screen, STYLE_WARN, "%s", _("There is no closed period of support to open again. The "
                                                      "overview says where the case stands."));
        return REACT_DRAW;
    }
    o = xcalloc(1, sizeof *o);
    *o = (struct reopening) { a, episode };
    screen_ask(a->screen,
               &(struct ask) {
                   .prompt = TEXT2(_("Why is it opened again?")), .max_bytes = 200, .done = reopen_why, .ctx = o });
    return REACT_LAYOUT;
}

/* --- the bin ------------------------------------------------------------------------------------------------------ */

unsigned act_bin_list(struct app *a)
{
    return tui_push(a, bin_view_new(&a->ui));
}

unsigned act_restore(struct app *a)
{
    struct focus f = screen_focus(a->screen);
    struct err err = { .st = ST_OK };
    enum table_id t;

    if (f.kind != FOCUS_BINNED || !table_by_name(f.question, &t))
        return REACT_NONE;
    if (store_unbin(a->cf->store, t, f.subject, &err) != ST_OK)
        return tui_say_error(a, &err);
    screen_message(a->screen, STYLE_GOOD, _("Out of the bin again: %s. u takes this back."), bin_kind_label(t));
    screen_changed(a->screen, ~0u);
    return REACT_RELOAD;
}

/* --- a row of the history taken back ------------------------------------------------------------------------------ */

struct row_back {
    struct app *app;
    int64_t     seq;
};

static unsigned row_agreed(void *ctx, bool yes)
{
    struct row_back *b = ctx;
    struct app *a = b->app;
    int64_t seq = b->seq;
    struct err err = { .st = ST_OK };

    free(b);
    if (!yes)
        return REACT_LAYOUT;
    if (store_take_back_one(a->cf->store, seq, true, &err) != ST_OK)
        return tui_say_error(a, &err) | REACT_LAYOUT;
    screen_message(a->screen, STYLE_GOOD, "%s", _("Taken back. It stands in the history as a change of its own; u on "
                                                  "that row brings it back."));
    screen_changed(a->screen, ~0u);
    return REACT_RELOAD | REACT_LAYOUT;
}

unsigned tui_row_back(struct app *a, const struct focus *f)
{
    struct err err = { .st = ST_OK };
    struct text2 change;
    struct row_back *b;
    struct buf words = BUF_INIT;

    if (f->change < 0)
        err_set(&err, ST_REFUSED, _("This was written on another laptop. Nothing was changed. Edit the record "
                                    "instead."));
    else
        store_take_back_one(a->cf->store, f->change, false, &err);
    if (err.st != ST_OK)
        return tui_say_error(a, &err);
    change = TEXT2_FROM(words, change_back_words(&a->ui, f->person, f->change, &words, NULL));
    b = xcalloc(1, sizeof *b);
    *b = (struct row_back) { a, f->change };
    screen_confirm(a->screen, TEXT2("%s %s", _("Take this back?"), text2_now(&change)), row_agreed, b);
    text2_release(&change);
    return REACT_LAYOUT;
}

/* Of an entry of the directory, or of a supervision; a person has a section of their own. */
unsigned act_history(struct app *a)
{
    struct focus f = screen_focus(a->screen);

    if (!id_is_set(f.subject))
        return REACT_NONE;
    return tui_push(a, record_history_view_new(&a->ui, f.subject));
}

/* --- as it was ---------------------------------------------------------------------------------------------------- */

struct looking {
    struct app *app;
    struct id   person;
    struct date on;
};

static unsigned day_typed(void *ctx, const char *text);

static unsigned ask_day(struct looking *l, const char *typed)
{
    screen_ask(l->app->screen, &(struct ask) { .prompt = TEXT2(_("As it was on which day?")), .initial = typed,
                                               .max_bytes = 40,
                                               .done = day_typed, .ctx = l });
    return REACT_LAYOUT;
}

/* What is no day that was is asked again, with what was typed. */
static unsigned day_typed(void *ctx, const char *text)
{
    struct looking *l = ctx;
    struct app *a = l->app;
    struct id person = l->person;
    bool given = text && text[strspn(text, " ")], day = given && date_parse_lean(text, a->ui.today, DATE_PAST, &l->on);

    if (given && (!day || date_compare(l->on, a->ui.today) > 0)) {
        char *typed = xstrdup(text);

        if (day)
            screen_message(a->screen, STYLE_WARN,
                           _("This day has not come yet (today is %s). Give today or an earlier day."),
                           date_show(a->ui.today).s);
        else
            screen_message(a->screen, STYLE_WARN, _("\"%s\" is not a date: write it like 3 Feb 2026, or -30."), text);
        ask_day(l, typed);
        free(typed);
        return REACT_LAYOUT;
    }
    struct date on = l->on;

    free(l);
    if (given && str_eq(screen_top(a->screen)->ops->name, "as-of"))
        screen_pop(a->screen);          /* another day takes the place of the one that was looked at */
    return given ? tui_push(a, as_of_view_new(&a->ui, person, on)) : REACT_LAYOUT;
}

unsigned act_as_of(struct app *a)
{
    struct focus f = screen_focus(a->screen);
    struct looking *l;

    if (!id_is_set(f.person))
        return need_person(a);
    l = xcalloc(1, sizeof *l);
    *l = (struct looking) { .app = a, .person = f.person };
    return ask_day(l, NULL);
}

/* --- settings of the case file ------------------------------------------------------------------------------------ */

struct setting_asked {
    struct app           *app;
    const struct setting *setting;
};

static unsigned value_typed(void *ctx, const char *text)
{
    struct setting_asked *x = ctx;
    struct app *a = x->app;
    const struct setting *s = x->setting;
    struct err err = { .st = ST_OK };
    char *end, number[16];
    long n = text ? strtol(text, &end, 10) : 0;
    bool fits = text && end != text && !end[strspn(end, " ")] && n >= s->least && n <= s->most;

    free(x);
    if (!text)
        return REACT_LAYOUT;
    if (!fits) {
        screen_message(a->screen, STYLE_ERROR, _("Nothing was changed: a whole number from %d to %d is expected."),
                       s->least, s->most);
        return REACT_LAYOUT;
    }
    snprintf(number, sizeof number, "%ld", n);
    if (store_set_setting(a->cf->store, s->key, number, &err) != ST_OK)
        tui_say_error(a, &err);
    screen_changed(a->screen, ~0u);
    return REACT_RELOAD | REACT_LAYOUT;
}

unsigned tui_case_setting(struct app *a, const char *key)
{
    struct setting_asked *x;
    char now[16];
    size_t i = 0;

    while (i < case_settings_count && !str_eq(case_settings[i].key, key))
        i++;
    if (i == case_settings_count)
        return REACT_NONE;
    x = xcalloc(1, sizeof *x);
    *x = (struct setting_asked) { a, &case_settings[i] };
    snprintf(now, sizeof now, "%d", case_setting_value(a->cf->store, x->setting));
    screen_ask(a->screen, &(struct ask) { .prompt = TEXT2("%s", tr(x->setting->label)), .initial = now, .max_bytes = 8,
                                          .done = value_typed,
                                          .ctx = x });
    return REACT_LAYOUT;
}
