/* app/tui_actions.c - what each action does to the case file or to the stack of views. One row an action. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dolen/base/date.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/text.h"
#include "dolen/core/person.h"
#include "fill.h"
#include "plan_text.h"
#include "tui.h"
#include "dolen/base/banned.h"

#define PLACE_SETTING "place"

/* --- going somewhere ------------------------------------------------------------------------------------------------ */

static unsigned push(struct app *a, struct view *v)
{
    screen_push(a->screen, v);
    return REACT_LAYOUT | REACT_RELOAD;
}

static unsigned go_today(struct app *a)
{
    tui_flush(a);
    screen_pop_all(a->screen);
    return push(a, today_view_new(&a->ui));
}

static unsigned go_people(struct app *a)    { return push(a, people_view_new(&a->ui, NULL)); }
static unsigned go_referrals(struct app *a) { return push(a, referrals_view_new(&a->ui)); }
static unsigned go_directory(struct app *a) { return push(a, directory_view_new(&a->ui)); }
static unsigned go_gaps(struct app *a)      { return push(a, gaps_view_new(&a->ui)); }
static unsigned go_settings(struct app *a)  { return push(a, settings_view_new(&a->ui)); }
static unsigned go_menu(struct app *a)      { return push(a, menu_view_new(&a->ui)); }

static unsigned go_help(struct app *a)
{
    struct view *top = screen_top(a->screen);

    return push(a, help_view_new(&a->ui, top->ops->name, screen_context(a->screen)));
}

static unsigned go_search(struct app *a)
{
    return push(a, people_view_new(&a->ui, ""));
}

static unsigned go_person(struct app *a, struct id person, enum person_section section)
{
    return push(a, person_view_new(&a->ui, person, section));
}

/* Always there, locked or not; unlocked, that it was opened stands in the history. */
static unsigned go_serious(struct app *a)
{
    struct err err = { .st = ST_OK };
    struct focus f = screen_focus(a->screen);

    if (a->cf->store && store_note(a->cf->store, "protocol", f.person, "opened", &err) != ST_OK)
        tui_say_error(a, &err);
    return push(a, serious_view_new(&a->ui, a->cf->store != NULL));
}

/* --- whom, and which form ------------------------------------------------------------------------------------------- */

static unsigned need_person(struct app *a)
{
    screen_message(a->screen, STYLE_WARN, "%s", _("Choose a person first: p shows people, / searches."));
    return REACT_DRAW;
}

static unsigned form_for_person(struct app *a, const char *form)
{
    struct focus f = screen_focus(a->screen);
    struct target t = { .form = form, .person = f.person, .episode = f.episode };

    return id_is_set(f.person) ? tui_open_form(a, &t, NULL) : need_person(a);
}

static unsigned act_conversation(struct app *a) { return form_for_person(a, "conversation"); }
static unsigned act_plan(struct app *a)         { return form_for_person(a, "plan"); }
static unsigned act_contact(struct app *a)      { return form_for_person(a, "contact"); }
static unsigned act_gap(struct app *a)          { return form_for_person(a, "gap"); }
static unsigned act_review(struct app *a)       { return form_for_person(a, "review"); }
static unsigned act_consent(struct app *a)      { return form_for_person(a, "consent"); }
static unsigned act_equality(struct app *a)     { return form_for_person(a, "equality"); }
static unsigned act_close(struct app *a)        { return form_for_person(a, "closure"); }

static unsigned act_note_serious(struct app *a)
{
    struct focus f = screen_focus(a->screen);

    if (!id_is_set(f.person)) {
        screen_message(a->screen, STYLE_WARN, "%s", _("The note belongs to a person: open the person, then F2 and a."));
        return REACT_DRAW;
    }
    return form_for_person(a, "concern");
}

static unsigned act_decide(struct app *a)
{
    struct focus f = screen_focus(a->screen);
    struct target t = { .form = "decision", .person = f.person };
    struct records refs = { NULL, 0, 0 };
    struct err err = { .st = ST_OK };

    if (!id_is_set(f.person))
        return need_person(a);
    if (f.kind == FOCUS_REFERRAL)
        t.record = f.subject;
    else if (store_list(a->cf->store, LIST_REFERRALS_OF_PERSON, f.person, 50, &refs, &err) != ST_OK)
        return tui_say_error(a, &err);
    for (size_t i = 0; i < refs.count && !id_is_set(t.record); i++)
        if (!record_text(&refs.items[i], REFERRAL_decision) || i + 1 == refs.count)
            t.record = refs.items[i].id;
    records_release(&refs);
    if (!id_is_set(t.record)) {
        screen_message(a->screen, STYLE_WARN, "%s", _("There is no referral for this person yet: a adds one."));
        return REACT_DRAW;
    }
    return tui_open_form(a, &t, NULL);
}

/* --- measures: which one, at which stage ------------------------------------------------------------------------------ */

static const struct {
    const char *form, *stage, *label;
    bool        adults;             /* not offered under 16 */
} measure_choices[] = {
    { "ons4", "BASELINE", N_("Well-being (ONS4), at the start"), true },
    { "ons-loneliness", "BASELINE", N_("Loneliness, at the start"), false },
    { "ons4", "REVIEW", N_("Well-being (ONS4), at a review"), true },
    { "ons-loneliness", "REVIEW", N_("Loneliness, at a review"), false },
    { "ons4", "CLOSING", N_("Well-being (ONS4), at closing"), true },
    { "ons-loneliness", "CLOSING", N_("Loneliness, at closing"), false },
};

struct measuring {
    struct app  *app;
    struct focus focus;
    int          row[ARRAY_LEN(measure_choices)];
};

static unsigned measure_chosen(void *ctx, int index)
{
    struct measuring *m = ctx;
    unsigned react = REACT_LAYOUT;

    if (index >= 0) {
        struct target t = { .form = measure_choices[m->row[index]].form, .person = m->focus.person,
                            .episode = m->focus.episode, .stage = measure_choices[m->row[index]].stage };

        react = tui_open_form(m->app, &t, NULL);
    }
    free(m);
    return react;
}

static bool under_16(struct app *a, struct id person)
{
    struct record p;
    int age = -1;

    record_init(&p, T_PERSON);
    if (store_get(a->cf->store, T_PERSON, person, &p, NULL) == ST_OK)
        age = person_age(record_date(&p, PERSON_birth_date), record_text(&p, PERSON_birth_precision), a->ui.today);
    record_release(&p);
    return age >= 0 && age < 16;
}

static unsigned act_measure(struct app *a)
{
    struct measuring *m = xcalloc(1, sizeof *m);
    const char *labels[ARRAY_LEN(measure_choices)];
    size_t n = 0;
    bool young;

    m->app = a;
    m->focus = screen_focus(a->screen);
    if (!id_is_set(m->focus.person)) {
        free(m);
        return need_person(a);
    }
    young = under_16(a, m->focus.person);
    for (size_t i = 0; i < ARRAY_LEN(measure_choices); i++)
        if (!young || !measure_choices[i].adults) {
            m->row[n] = (int) i;
            labels[n++] = _(measure_choices[i].label);
        }
    screen_choose(a->screen, _("Which measure?"), labels, n, 0, measure_chosen, m);
    return REACT_LAYOUT;
}

/* --- connections: choose an asset, then say how ------------------------------------------------------------------------- */

struct connecting {
    struct app *app;
    struct id   person, episode;
};

static unsigned asset_chosen(void *ctx, struct id asset)
{
    struct connecting *c = ctx;
    struct app *a = c->app;
    struct target t = { .form = "connection", .person = c->person, .episode = c->episode, .new_one = true };
    struct record r;
    struct err err = { .st = ST_OK };
    enum status st;

    if (!id_is_set(asset)) {        /* the list was left without choosing */
        free(c);
        return REACT_DRAW;
    }
    record_init(&r, T_CONNECTION);
    record_set_id(&r, CONNECTION_person, c->person);
    record_set_id(&r, CONNECTION_episode, c->episode);
    record_set_id(&r, CONNECTION_asset, asset);
    record_set(&r, CONNECTION_status, "SUGGESTED");
    record_set_date(&r, CONNECTION_on_date, a->ui.today);
    st = store_put(a->cf->store, &r, NULL, &err);
    t.record = r.id;
    record_release(&r);
    free(c);
    if (st != ST_OK)
        return tui_say_error(a, &err);
    screen_pop(a->screen);          /* the list of assets */
    screen_changed(a->screen, CHANGED(CONNECTION));
    return tui_open_form(a, &t, NULL);
}

static unsigned act_connect(struct app *a)
{
    struct focus f = screen_focus(a->screen);
    struct connecting *c;

    if (!id_is_set(f.person))
        return need_person(a);
    if (!id_is_set(f.episode))
        f.episode = person_episode(a->cf, f.person);
    if (!id_is_set(f.episode)) {
        screen_message(a->screen, STYLE_WARN, "%s", _("This person has no episode yet: decide on the referral first (D)."));
        return REACT_DRAW;
    }
    c = xcalloc(1, sizeof *c);
    *c = (struct connecting) { a, f.person, f.episode };
    return push(a, directory_choose_new(&a->ui, f.person, f.episode, asset_chosen, c));
}

/* --- opening what the cursor is on ---------------------------------------------------------------------------------------- */

/* Records that open as the form they were made with. */
static const struct { int kind; const char *form; } forms_of[] = {
    { FOCUS_EPISODE, "episode" }, { FOCUS_CONNECTION, "connection" }, { FOCUS_GAP, "gap" }, { FOCUS_CONTACT, "contact" },
    { FOCUS_CONSENT, "consent" }, { FOCUS_CONCERN, "concern" }, { FOCUS_REFERRAL, "referral" },
};

static unsigned open_task(struct app *a, const struct focus *f)
{
    struct record t;
    struct target asset = { .form = "asset" };
    struct id subject = ID_NONE;
    bool is_asset;

    if (id_is_set(f->person))
        return go_person(a, f->person, SECTION_OVERVIEW);
    record_init(&t, T_TASK);
    if (store_get(a->cf->store, T_TASK, f->subject, &t, NULL) == ST_OK)
        subject = record_id(&t, TASK_subject);
    is_asset = str_eq(record_text(&t, TASK_kind), "ASSET_VERIFY");
    record_release(&t);
    asset.record = is_asset ? subject : f->subject;
    return id_is_set(asset.record) ? tui_open_form(a, &asset, "verified_on") : REACT_NONE;
}

static unsigned open_focus(struct app *a, bool edit)
{
    struct focus f = screen_focus(a->screen);
    struct target t = { .form = f.form, .person = f.person, .episode = f.episode, .record = f.subject, .stage = f.stage };

    switch (f.kind) {
    case FOCUS_PERSON:
        if (!edit)
            return go_person(a, f.person, SECTION_OVERVIEW);
        t = (struct target) { .form = "person", .person = f.person };
        return tui_open_form(a, &t, NULL);
    case FOCUS_VALUE:
        t = (struct target) { .form = "person", .person = f.person };
        return tui_open_form(a, &t, f.question);
    case FOCUS_GOAL:
    case FOCUS_ACTION:
        t = (struct target) { .form = "plan", .person = f.person, .episode = f.episode };
        return tui_open_form(a, &t, NULL);
    case FOCUS_FORM:
        return tui_open_form(a, &t, f.question);
    case FOCUS_DRAFT:
        return tui_resume_draft(a, f.subject);
    case FOCUS_TASK:
        return open_task(a, &f);
    case FOCUS_ASSET:
        if (!edit)
            return push(a, asset_view_new(&a->ui, f.subject));
        t = (struct target) { .form = "asset", .record = f.subject };
        return tui_open_form(a, &t, NULL);
    case FOCUS_RESPONSE:
        return REACT_NONE;
    default:
        break;
    }
    for (size_t i = 0; i < ARRAY_LEN(forms_of); i++)
        if (forms_of[i].kind == f.kind) {
            t.form = forms_of[i].form;
            return tui_open_form(a, &t, NULL);
        }
    return REACT_NONE;
}

static unsigned act_edit(struct app *a)
{
    return open_focus(a, true);
}

static unsigned act_open(struct app *a)
{
    return open_focus(a, false);
}

static unsigned add_asset(struct app *a)
{
    struct target t = { .form = "asset", .new_one = true };

    return tui_open_form(a, &t, NULL);
}

/* What adding means depends on where one is; elsewhere it is a referral. */
static unsigned act_add(struct app *a)
{
    static const struct { unsigned where; const char *form; } forms[] = {
        { IN_CONTACTS, "contact" }, { IN_PLAN, "plan" }, { IN_CONSENT, "consent" }, { IN_CONCERNS, "concern" }, { IN_GAPS, "gap" },
    };
    unsigned context = screen_context(a->screen);

    if (context & (IN_DIRECTORY | IN_ASSET))
        return add_asset(a);
    if (context & IN_MEASURES)
        return act_measure(a);
    for (size_t i = 0; i < ARRAY_LEN(forms); i++)
        if (context & forms[i].where) {
            struct focus f = screen_focus(a->screen);
            struct target t = { .form = forms[i].form, .person = f.person, .episode = f.episode };

            return id_is_set(f.person) ? tui_open_form(a, &t, NULL) : need_person(a);
        }
    if (context & IN_PERSON) {
        struct focus f = screen_focus(a->screen);
        struct target t = { .form = "referral", .person = f.person, .new_one = false };

        return tui_open_form(a, &t, NULL);
    }
    return tui_add_referral(a);
}

/* --- bin and undo ------------------------------------------------------------------------------------------------------------ */

static bool table_of_focus(int kind, enum table_id *t)
{
    static const struct { int kind; enum table_id table; } tables[] = {
        { FOCUS_PERSON, T_PERSON }, { FOCUS_REFERRAL, T_REFERRAL }, { FOCUS_ASSET, T_ASSET }, { FOCUS_DRAFT, T_DRAFT },
        { FOCUS_GOAL, T_GOAL }, { FOCUS_ACTION, T_ACTION }, { FOCUS_CONNECTION, T_CONNECTION }, { FOCUS_GAP, T_GAP },
        { FOCUS_CONTACT, T_CONTACT }, { FOCUS_CONSENT, T_CONSENT }, { FOCUS_CONCERN, T_CONCERN },
    };

    for (size_t i = 0; i < ARRAY_LEN(tables); i++)
        if (tables[i].kind == kind) {
            *t = tables[i].table;
            return true;
        }
    return false;
}

struct binning {
    struct app   *app;
    enum table_id table;
    struct id     id;
};

static unsigned bin_reason(void *ctx, const char *text)
{
    struct binning *b = ctx;
    struct app *a = b->app;
    struct err err = { .st = ST_OK };
    unsigned react = REACT_DRAW;

    if (text && text[strspn(text, " ")]) {
        if (store_bin(a->cf->store, b->table, b->id, text, &err) == ST_OK) {
            screen_message(a->screen, STYLE_GOOD, "%s", _("In the bin for 30 days; u takes it back."));
            screen_changed(a->screen, ~0u);
            react = REACT_RELOAD;
        } else {
            react = tui_say_error(a, &err);
        }
    } else if (text) {
        screen_message(a->screen, STYLE_WARN, "%s", _("Not put in the bin: a reason is needed."));
    }
    free(b);
    return react | REACT_LAYOUT;
}

static unsigned act_bin(struct app *a)
{
    struct focus f = screen_focus(a->screen);
    struct binning *b;
    enum table_id t;

    if (!table_of_focus(f.kind, &t)) {
        screen_message(a->screen, STYLE_WARN, "%s", _("There is nothing here that goes into the bin."));
        return REACT_DRAW;
    }
    b = xcalloc(1, sizeof *b);
    *b = (struct binning) { a, t, t == T_PERSON ? f.person : f.subject };
    screen_ask(a->screen, &(struct ask) { .prompt = _("Why does it go into the bin?"), .max_bytes = 200, .done = bin_reason, .ctx = b });
    return REACT_LAYOUT;
}

static unsigned act_undo(struct app *a)
{
    enum table_id what;
    struct id id;
    struct err err = { .st = ST_OK };

    if (store_undo(a->cf->store, &what, &id, &err) != ST_OK)
        return tui_say_error(a, &err);
    screen_message(a->screen, STYLE_GOOD, "%s", _("The last change is taken back. It stands in the history."));
    screen_changed(a->screen, ~0u);
    return REACT_RELOAD;
}

/* --- feedback, reveal, marks ---------------------------------------------------------------------------------------------------- */

static enum status feedback_today(struct app *a, struct id referral, struct err *err)
{
    struct record r;
    enum status st = store_begin(a->cf->store, err);

    if (st != ST_OK)
        return st;
    record_init(&r, T_REFERRAL);
    st = store_get(a->cf->store, T_REFERRAL, referral, &r, err);
    if (st == ST_OK) {
        record_set_date(&r, REFERRAL_feedback_sent_on, a->ui.today);
        st = store_put(a->cf->store, &r, NULL, err);
    }
    if (st == ST_OK)
        st = store_task_done(a->cf->store, "FEEDBACK_OWED", referral, a->ui.today, err);
    record_release(&r);
    if (st == ST_OK)
        return store_commit(a->cf->store, err);
    store_rollback(a->cf->store);
    return st;
}

static unsigned act_feedback_sent(struct app *a)
{
    struct focus f = screen_focus(a->screen);
    struct records refs = { NULL, 0, 0 };
    struct err err = { .st = ST_OK };
    struct id referral = ID_NONE;
    enum status st;

    if (!id_is_set(f.person))
        return need_person(a);
    st = store_list(a->cf->store, LIST_REFERRALS_OF_PERSON, f.person, 50, &refs, &err);
    for (size_t i = 0; st == ST_OK && i < refs.count && !id_is_set(referral); i++)
        if (!record_text(&refs.items[i], REFERRAL_feedback_sent_on))
            referral = refs.items[i].id;
    records_release(&refs);
    if (st == ST_OK && !id_is_set(referral)) {
        screen_message(a->screen, STYLE_WARN, "%s", _("No feedback is owed for this person."));
        return REACT_DRAW;
    }
    if (st == ST_OK)
        st = feedback_today(a, referral, &err);
    if (st != ST_OK)
        return tui_say_error(a, &err);
    screen_message(a->screen, STYLE_GOOD, "%s", _("Feedback to the referrer: sent today."));
    screen_changed(a->screen, ~0u);
    return REACT_RELOAD;
}

struct revealing {
    struct app *app;
    struct id   person;
    char        question[48];
};

static unsigned reveal_agreed(void *ctx, bool yes)
{
    struct revealing *v = ctx;
    struct app *a = v->app;
    struct err err = { .st = ST_OK };
    struct view *top = screen_top(a->screen);
    char why[80];

    snprintf(why, sizeof why, "revealed: %s", v->question);
    if (yes && store_note(a->cf->store, "person", v->person, why, &err) != ST_OK) {
        tui_say_error(a, &err);
    } else if (yes && a->hosted && str_eq(top->ops->name, "form")) {
        form_view_reveal(top, v->question);
    } else if (yes) {
        person_view_reveal(top, v->question);
    }
    free(v);
    return REACT_LAYOUT;
}

static unsigned act_reveal(struct app *a)
{
    struct focus f = screen_focus(a->screen);
    struct revealing *v;
    struct record p;
    struct buf text = BUF_INIT;

    if (f.kind != FOCUS_VALUE || !f.question || !person_is_guarded(a->cf, f.person)) {
        screen_message(a->screen, STYLE_TEXT, "%s", _("Nothing is hidden here."));
        return REACT_DRAW;
    }
    record_init(&p, T_PERSON);
    if (store_get(a->cf->store, T_PERSON, f.person, &p, NULL) == ST_OK)
        safe_rule_text(&a->ui, &p, &text);
    record_release(&p);
    buf_addf(&text, "%s%s", text.len ? " " : "", _("Show it now?"));
    v = xcalloc(1, sizeof *v);
    v->app = a;
    v->person = f.person;
    str_copy(v->question, sizeof v->question, f.question);
    screen_confirm(a->screen, buf_text(&text), reveal_agreed, v);
    buf_wipe(&text);
    return REACT_LAYOUT;
}

static unsigned act_mark_meaning(struct app *a)
{
    struct focus f = screen_focus(a->screen);
    struct record p;
    struct buf text = BUF_INIT;

    record_init(&p, T_PERSON);
    if (id_is_set(f.person) && store_get(a->cf->store, T_PERSON, f.person, &p, NULL) == ST_OK)
        safe_rule_text(&a->ui, &p, &text);
    record_release(&p);
    screen_message(a->screen, STYLE_TEXT, "%s", text.len ? buf_text(&text) : _("The mark says that there is something to read first: see "
                                                                               "this person's last but one section."));
    buf_wipe(&text);
    return REACT_DRAW;
}

static unsigned act_missing(struct app *a)
{
    struct focus f = screen_focus(a->screen);

    if (!id_is_set(f.person))
        return need_person(a);
    if (!id_is_set(f.episode))
        f.episode = person_episode(a->cf, f.person);
    if (!id_is_set(f.episode)) {
        screen_message(a->screen, STYLE_WARN, "%s", _("This person has no episode yet: decide on the referral first (D)."));
        return REACT_DRAW;
    }
    return push(a, missing_view_new(&a->ui, f.person, f.episode));
}

static unsigned act_print_plan(struct app *a)
{
    struct focus f = screen_focus(a->screen);

    return id_is_set(f.person) ? push(a, plan_text_view_new(a->cf, &a->ui, f.person)) : need_person(a);
}

static unsigned act_discard_draft(struct app *a)
{
    struct filling *f = tui_filling(a);
    struct err err = { .st = ST_OK };

    if (!f)
        return REACT_NONE;
    if (filling_discard(f, &err) != ST_OK)
        return tui_say_error(a, &err);
    screen_pop(a->screen);
    screen_message(a->screen, STYLE_GOOD, "%s", _("The draft is in the bin for 30 days."));
    return REACT_RELOAD | REACT_LAYOUT;
}

/* --- the program itself ------------------------------------------------------------------------------------------------------ */

static unsigned act_language(struct app *a)
{
    lang_set(lang_now() == LANG_EN ? LANG_CY : LANG_EN);
    screen_changed(a->screen, ~0u);
    return REACT_LAYOUT | REACT_RELOAD;
}

static unsigned end_with(struct app *a, enum ending e)
{
    a->ending = e;
    return REACT_QUIT;
}

static unsigned act_lock(struct app *a)    { return end_with(a, END_LOCK); }
static unsigned act_suspend(struct app *a) { return end_with(a, END_SUSPEND); }
static unsigned act_quit(struct app *a)    { return end_with(a, END_QUIT); }

static unsigned act_privacy(struct app *a)
{
    tui_flush(a);
    a->privacy_since = clock_now();
    return push(a, privacy_view_new(&a->ui));
}

static unsigned act_back(struct app *a)
{
    if (screen_depth(a->screen) <= 1)
        screen_message(a->screen, STYLE_TEXT, "%s", _("This is the first screen. Q leaves, Ctrl-K locks."));
    return REACT_DRAW;
}

static unsigned act_redraw(struct app *a)
{
    term_redraw(a->term);
    return REACT_LAYOUT;
}

static unsigned command_typed(void *ctx, const char *line)
{
    struct app *a = ctx;
    const struct action *act = line ? keymap_find(a->keymap, line) : NULL;

    if (!line || !line[0])
        return REACT_LAYOUT;
    if (!act) {
        screen_message(a->screen, STYLE_WARN, _("There is no action called \"%s\"."), line);
        return REACT_LAYOUT;
    }
    return REACT_LAYOUT | tui_dispatch(a, act->id);
}

static unsigned act_command(struct app *a)
{
    return push(a, command_view_new(&a->ui, command_typed, a));
}

static const struct {
    int       id;
    unsigned (*fn)(struct app *a);
    bool      locked_too;           /* works before the case file is open */
} handlers[] = {
    { ACT_TODAY, go_today, false }, { ACT_PEOPLE, go_people, false }, { ACT_REFERRALS, go_referrals, false },
    { ACT_DIRECTORY, go_directory, false }, { ACT_GAPS, go_gaps, false }, { ACT_SETTINGS, go_settings, false },
    { ACT_MENU, go_menu, false }, { ACT_COMMAND, act_command, false }, { ACT_SEARCH, go_search, false },
    { ACT_SERIOUS, go_serious, true }, { ACT_NOTE_SERIOUS, act_note_serious, false }, { ACT_LOCK, act_lock, false },
    { ACT_PRIVACY, act_privacy, false }, { ACT_REVEAL, act_reveal, false }, { ACT_MARK_MEANING, act_mark_meaning, false },
    { ACT_ADD, act_add, false }, { ACT_EDIT, act_edit, false }, { ACT_BIN, act_bin, false }, { ACT_UNDO, act_undo, false },
    { ACT_MISSING, act_missing, false }, { ACT_MOST_URGENT, act_open, false }, { ACT_DECIDE, act_decide, false },
    { ACT_CONVERSATION, act_conversation, false }, { ACT_PLAN, act_plan, false }, { ACT_CONNECT, act_connect, false },
    { ACT_GAP, act_gap, false }, { ACT_CONTACT, act_contact, false }, { ACT_MEASURE, act_measure, false },
    { ACT_REVIEW, act_review, false }, { ACT_CONSENT, act_consent, false }, { ACT_EQUALITY, act_equality, false },
    { ACT_CLOSE_EPISODE, act_close, false }, { ACT_FEEDBACK_SENT, act_feedback_sent, false },
    { ACT_PRINT_PLAN, act_print_plan, false }, { ACT_DISCARD_DRAFT, act_discard_draft, false },
    { ACT_LANGUAGE, act_language, true }, { ACT_SUSPEND, act_suspend, true }, { ACT_QUIT, act_quit, true },
    { NAV_OPEN, act_open, false }, { NAV_BACK, act_back, true }, { NAV_HELP, go_help, false }, { NAV_REDRAW, act_redraw, true },
};

/* In the menu, Enter carries out the row's action on the view below it. */
static unsigned from_menu(struct app *a)
{
    struct focus f = screen_focus(a->screen);
    const struct action *act = f.question ? keymap_find(a->keymap, f.question) : NULL;

    screen_pop(a->screen);
    return REACT_LAYOUT | (act ? tui_dispatch(a, act->id) : REACT_NONE);
}

unsigned tui_dispatch(struct app *a, int action)
{
    unsigned react = screen_act(a->screen, action);

    if (!(react & REACT_PASS))
        return react;
    react &= ~(unsigned) REACT_PASS;
    if (action == NAV_OPEN && screen_focus(a->screen).kind == FOCUS_COMMAND)
        return from_menu(a);
    for (size_t i = 0; i < ARRAY_LEN(handlers); i++)
        if (handlers[i].id == action && (a->cf->store || handlers[i].locked_too))
            return react | handlers[i].fn(a);
    return react;
}

/* --- coming and going: where one was, kept in the case file ---------------------------------------------------------------------- */

void tui_leave_place(struct app *a)
{
    struct filling *f = tui_filling(a);
    struct focus focus = screen_focus(a->screen);
    struct id draft = f ? f->draft : ID_NONE, person = f ? f->person : focus.person;
    char place[96];

    snprintf(place, sizeof place, "%s %s", id_is_set(person) ? id_show(person).s : "-", id_is_set(draft) ? id_show(draft).s : "-");
    store_set_setting(a->cf->store, PLACE_SETTING, id_is_set(person) || id_is_set(draft) ? place : NULL, NULL);
}

void tui_enter(struct app *a)
{
    char *place = a->run->holder_fd >= 0 ? store_setting(a->cf->store, PLACE_SETTING) : NULL;
    char person[40] = "", draft[40] = "";
    struct id id;

    screen_pop_all(a->screen);
    screen_push(a->screen, today_view_new(&a->ui));
    if (place && sscanf(place, "%39s %39s", person, draft) == 2) {
        if (id_parse(person, &id))
            go_person(a, id, SECTION_OVERVIEW);
        if (id_parse(draft, &id))
            tui_resume_draft(a, id);
    }
    free(place);
}
