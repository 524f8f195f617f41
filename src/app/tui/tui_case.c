/* tui_case.c - actions on the case file: forms for the person in focus, measures, connections, bin, undo,
 * reveals. */
#include "tui_draft.h"
#include "tui_case.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dolen/base/date.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/core/worklist.h"
#include "dolen/ui/asset_find.h"
#include "dolen/ui/choice.h"
#include "casework.h"
#include "large_step.h"
#include "tui_again.h"
#include "tui_directory.h"
#include "tui_drill.h"
#include "tui_history.h"
#include "tui_notes.h"
#include "tui_return.h"
#include "dolen/base/banned.h"

unsigned tui_push(struct app *a, struct view *v)
{
    screen_push(a->screen, v);
    return REACT_LAYOUT | REACT_RELOAD;
}

/* --- whom, and which form ----------------------------------------------------------------------------------------- */

unsigned need_person(struct app *a)
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

/* In a drill the person is there to talk to. */
unsigned act_conversation(struct app *a)
{
    struct id person = screen_focus(a->screen).person;
    unsigned react = form_for_person(a, "conversation");

    return id_is_set(person) ? react | tui_talk_over(a, person) : react;
}

unsigned act_plan(struct app *a)         { return form_for_person(a, "plan"); }
unsigned act_review(struct app *a)       { return on_draft(a) ? act_draft_changes(a) : form_for_person(a, "review"); }
unsigned act_consent(struct app *a)      { return form_for_person(a, "consent"); }
unsigned act_equality(struct app *a)     { return form_for_person(a, "equality"); }
unsigned act_close(struct app *a)        { return form_for_person(a, "closure"); }

/* An entry of the directory to be checked with them is rung, as it is in the directory. */
unsigned act_contact(struct app *a)
{
    struct focus f = screen_focus(a->screen);
    bool entry = !id_is_set(f.person) && id_is_set(f.subject) &&
                 str_eq(f.question, work_kind_code(WORK_ASSET_VERIFY));

    return entry ? tui_call(a, f.subject) : form_for_person(a, "contact");
}

/* A note about whoever the cursor of a list happened to be on: it could not be taken back, so the name is asked. */
struct noting {
    struct app *app;
    struct id   person;
};

static unsigned open_note(struct app *a, struct id person)
{
    struct target t = { .form = "concern", .person = person, .episode = screen_focus(a->screen).episode,
                        .stage = serious_protocol(screen_top(a->screen)) };

    return tui_open_form(a, &t, NULL);
}

static unsigned note_needs_person(struct app *a)
{
    screen_message(a->screen, STYLE_WARN, "%s", _("The note belongs to a person: open the person, then F2 and a."));
    return REACT_DRAW;
}

static unsigned note_agreed(void *ctx, bool yes)
{
    struct noting *n = ctx;
    unsigned react = REACT_LAYOUT | (yes ? open_note(n->app, n->person) : note_needs_person(n->app));

    free(n);
    return react;
}

static unsigned ask_whose_note(struct app *a, struct id person)
{
    struct person_row row = { .name = "" };
    struct noting *n = xcalloc(1, sizeof *n);
    struct err err = { .st = ST_OK };

    n->app = a;
    n->person = person;
    if (person_row_get(a->cf->store, person, &row, &err) != ST_OK) {
        free(n);
        return tui_say_error(a, &err);
    }
    screen_confirm(a->screen, TEXT2(_("Nobody's record is open. Is the note about %s?"), row.name), note_agreed, n);
    explicit_bzero(&row, sizeof row);
    return REACT_LAYOUT;
}

/* What the directory was searched for need not be typed again. */
unsigned act_gap(struct app *a)
{
    const struct wish *wish = directory_wish(screen_top(a->screen));
    struct focus f = screen_focus(a->screen);
    struct target t = { .form = "gap", .person = f.person, .episode = f.episode };
    struct answers sought = ANSWERS_INIT;
    unsigned react;

    if (!id_is_set(f.person))
        return need_person(a);
    if (wish)
        wish_gap(a->cf->catalog, wish, &sought);
    react = tui_open_prefilled(a, &t, &sought, _("Filled in from what you looked for; change what is not so."));
    answers_release(&sought);
    return react;
}

unsigned act_note_serious(struct app *a)
{
    struct id open = screen_open_person(a->screen), person = screen_focus(a->screen).person;

    if (!id_is_set(person))
        return note_needs_person(a);
    return id_is_set(open) ? open_note(a, person) : ask_whose_note(a, person);
}

unsigned act_decide(struct app *a)
{
    struct focus f = screen_focus(a->screen);
    struct target t = { .form = "decision", .person = f.person };
    struct err err = { .st = ST_OK };

    if (!id_is_set(f.person))
        return need_person(a);
    if (f.kind == FOCUS_REFERRAL)
        t.record = f.subject;
    else if (casework_referral_to_decide(a->cf, f.person, &t.record, &err) != ST_OK)
        return tui_say_error(a, &err);
    return tui_open_form(a, &t, NULL);
}

/* --- measures: which one, at which stage -------------------------------------------------------------------------- */

struct measuring {
    struct app        *app;
    struct focus       focus;
    const struct form *forms[MEASURE_FORMS_MAX], *form;
};

static unsigned stage_chosen(void *ctx, int index)
{
    struct measuring *m = ctx;
    const struct codelist *stages = catalog_codes(m->app->cf->catalog, "stage", NULL);
    unsigned react = REACT_LAYOUT;

    if (index >= 0 && stages) {
        struct target t = { .form = m->form->id, .person = m->focus.person, .episode = m->focus.episode,
                            .stage = stages->items[index].code };

        again_measure(m->app, t.form, t.stage);
        react = tui_open_form(m->app, &t, NULL);
    }
    free(m);
    return react;
}

void tui_choose_stage(struct app *a, const struct form *form, struct id episode,
                      unsigned (*done)(void *ctx, int index), void *ctx)
{
    const struct codelist *stages = catalog_codes(a->cf->catalog, "stage", NULL);
    const char *likely = casework_measure_begun(a->cf, form->id, episode) ? "REVIEW" : "BASELINE";
    struct choice *points = screen_choose(a->screen, TEXT2(_("At which point?")), done, ctx);

    for (size_t i = 0; stages && i < stages->count; i++)
        choice_add(points, TEXT2("%s", text2_now(&stages->items[i].label)));
    for (size_t i = 0; stages && i < stages->count; i++)
        if (str_eq(stages->items[i].code, likely))
            choice_select(points, i);
}

static unsigned measure_chosen(void *ctx, int index)
{
    struct measuring *m = ctx;

    if (index < 0) {
        free(m);
        return REACT_LAYOUT;
    }
    m->form = m->forms[index];
    tui_choose_stage(m->app, m->form, m->focus.episode, stage_chosen, m);
    return REACT_LAYOUT;
}

/* Whose episode the focus is in; says so when there is none. */
static bool has_episode(struct app *a, struct focus *f)
{
    if (!id_is_set(f->person)) {
        need_person(a);
        return false;
    }
    if (!id_is_set(f->episode))
        f->episode = person_episode(a->cf, f->person);
    if (!id_is_set(f->episode))
        screen_message(a->screen, STYLE_WARN, "%s",
                       _("No period of support yet: one opens when a referral is accepted. a takes down a referral, D decides "
                         "on it."));
    return id_is_set(f->episode);
}

unsigned act_measure(struct app *a)
{
    struct choice *measures;
    struct focus f = screen_focus(a->screen);
    struct measuring *m;
    size_t n;

    if (!has_episode(a, &f))
        return REACT_DRAW;
    m = xcalloc(1, sizeof *m);
    m->app = a;
    m->focus = f;
    n = casework_measure_forms(a->cf, f.person, m->forms, ARRAY_LEN(m->forms));
    if (n == 0) {
        free(m);
        screen_message(a->screen, STYLE_WARN, "%s",
                       _("No measure is offered for this person: they are for people of 16 and over."));
        return REACT_DRAW;
    }
    measures = screen_choose(a->screen, TEXT2(_("Which measure?")), measure_chosen, m);
    for (size_t i = 0; i < n; i++)
        choice_add(measures, TEXT2("%s", text2_now(&m->forms[i]->title)));
    return REACT_LAYOUT;
}

/* --- connections: choose an asset, then say how ------------------------------------------------------------------- */

struct connecting {
    struct app *app;
    struct id   person, episode;
};

unsigned tui_connect(struct app *a, struct id person, struct id episode, struct id asset)
{
    struct target t = { .form = "connection", .person = person, .episode = episode, .new_one = true };
    struct err err = { .st = ST_OK };

    if (!id_is_set(t.episode))
        t.episode = person_episode(a->cf, person);
    if (casework_suggest(a->cf, person, t.episode, asset, &t.record, &err) != ST_OK)
        return tui_say_error(a, &err);
    again_connect(a, asset);
    screen_changed(a->screen, CHANGED(CONNECTION));
    screen_message(a->screen, STYLE_HINT, "%s",
                   _("It stands there as suggested from now on. The form says more; Esc leaves it at that."));
    return tui_open_form(a, &t, NULL);
}

static unsigned asset_chosen(void *ctx, struct id asset)
{
    struct connecting c = *(struct connecting *) ctx;

    free(ctx);
    if (!id_is_set(asset))          /* the list was left without choosing */
        return REACT_DRAW;
    screen_pop(c.app->screen);      /* the list of assets */
    return tui_connect(c.app, c.person, c.episode, asset);
}

unsigned act_connect(struct app *a)
{
    struct focus f = screen_focus(a->screen);
    struct connecting *c;
    struct err err = { .st = ST_OK };

    if (!has_episode(a, &f))
        return REACT_DRAW;
    if (casework_allows(a->cf, "connection", f.episode, &err) != ST_OK)
        return tui_say_error(a, &err);
    c = xcalloc(1, sizeof *c);
    *c = (struct connecting) { a, f.person, f.episode };
    return tui_push(a, directory_choose_new(&a->ui, f.person, f.episode, asset_chosen, c));
}

/* --- bin and undo ------------------------------------------------------------------------------------------------- */

static bool table_of_focus(int kind, enum table_id *t)
{
    static const struct { int kind; enum table_id table; } tables[] = {
        { FOCUS_PERSON, T_PERSON }, { FOCUS_REFERRAL, T_REFERRAL }, { FOCUS_ASSET, T_ASSET }, { FOCUS_DRAFT, T_DRAFT },
        { FOCUS_GOAL, T_GOAL }, { FOCUS_ACTION, T_ACTION }, { FOCUS_CONNECTION, T_CONNECTION }, { FOCUS_GAP, T_GAP },
        { FOCUS_SUPERVISION, T_SUPERVISION }, { FOCUS_NOTE, T_NOTE }, { FOCUS_CONTACT, T_CONTACT },
        { FOCUS_CONSENT, T_CONSENT }, { FOCUS_CONCERN, T_CONCERN },
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
            again_bin(a, text);
            screen_changed(a->screen, ~0u);
            react = REACT_RELOAD;
        } else {
            react = tui_say_error(a, &err);
        }
    } else if (text) {
        screen_message(a->screen, STYLE_WARN, "%s", _("Not put in the bin: a reason is needed. It stays as it was; "
                                                      "d again asks for one."));
    }
    free(b);
    return react | REACT_LAYOUT;
}

unsigned act_bin(struct app *a)
{
    return on_draft(a) ? tui_bin_draft(a) : tui_bin(a, NULL);
}

unsigned tui_bin(struct app *a, const char *reason)
{
    struct focus f = screen_focus(a->screen);
    struct buf words = BUF_INIT;
    struct text2 what;
    struct binning *b;
    enum table_id t;

    if (!table_of_focus(f.kind, &t)) {
        screen_message(a->screen, STYLE_WARN, "%s",
                       id_is_set(f.person) ? _("There is nothing here that goes into the bin. Go to a record first; the "
                                               "person goes there from the list of people.")
                                           : _("There is nothing here that goes into the bin. Go to a record first."));
        return REACT_DRAW;
    }
    b = xcalloc(1, sizeof *b);
    *b = (struct binning) { a, t, t == T_PERSON ? f.person : f.subject };
    what = TEXT2_FROM(words, record_words(a->cf, b->table, b->id, &words));
    screen_ask(a->screen, &(struct ask) { .prompt = TEXT2(_("%s: why does it go into the bin?"), text2_now(&what)),
                                          .initial = reason, .max_bytes = 200, .done = bin_reason, .ctx = b });
    text2_release(&what);
    return REACT_LAYOUT;
}

static unsigned undo_agreed(void *ctx, bool yes)
{
    struct app *a = ctx;
    enum table_id what;
    struct id id;
    struct text2 said;
    struct err err = { .st = ST_OK };

    if (!yes) {
        screen_message(a->screen, STYLE_TEXT, "%s", _("Not taken back. Nothing was changed."));
        return REACT_LAYOUT;
    }
    if (undo_said(a->cf, &what, &id, &said, &err) != ST_OK)
        return tui_say_error(a, &err);
    screen_message(a->screen, STYLE_GOOD, "%s", text2_now(&said));
    text2_release(&said);
    if (what == T_EXCERPT)
        tui_excerpt_undone(a, id);
    screen_changed(a->screen, ~0u);
    return REACT_LAYOUT | REACT_RELOAD;
}

static unsigned large_undo_agreed(void *ctx, bool yes)
{
    if (yes)
        tui_say_working(ctx);
    return undo_agreed(ctx, yes);
}

unsigned act_undo(struct app *a)
{
    struct focus f = screen_focus(a->screen);
    struct text2 question;

    if (f.change)
        return tui_row_back(a, &f);
    if (!undo_question(a->cf->store, &question))
        return undo_agreed(a, true);
    screen_confirm(a->screen, question, large_undo_agreed, a);
    return REACT_LAYOUT;
}

/* --- feedback, reveal, marks -------------------------------------------------------------------------------------- */

struct telling {
    struct app *app;
    struct id   person;
};

static unsigned feedback_sent(struct app *a, struct id person)
{
    struct err err = { .st = ST_OK };

    if (casework_feedback_sent(a->cf, person, &err) != ST_OK)
        return tui_say_error(a, &err);
    screen_message(a->screen, STYLE_GOOD, "%s", _("Feedback to the referrer: sent today. u takes it back."));
    screen_changed(a->screen, ~0u);
    return REACT_RELOAD;
}

static unsigned telling_agreed(void *ctx, bool yes)
{
    struct telling t = *(struct telling *) ctx;

    free(ctx);
    if (yes)
        return REACT_LAYOUT | feedback_sent(t.app, t.person);
    screen_message(t.app->screen, STYLE_TEXT, "%s", _("Nothing was changed."));
    return REACT_LAYOUT;
}

/* On a list f finds things elsewhere; where neither the screen nor the row is about the feedback, it is asked first. */
static bool is_about_feedback(struct app *a, const struct focus *f)
{
    enum person_section section;

    return id_is_set(place_person(a->screen, &section)) || str_eq(f->question, "FEEDBACK_OWED");
}

unsigned act_feedback_sent(struct app *a)
{
    struct focus f = screen_focus(a->screen);
    struct person_row row;
    struct err err = { .st = ST_OK };
    struct telling *t;

    if (!id_is_set(f.person))
        return need_person(a);
    if (is_about_feedback(a, &f))
        return feedback_sent(a, f.person);
    if (person_row_get(a->cf->store, f.person, &row, &err) != ST_OK)
        return tui_say_error(a, &err);
    t = xcalloc(1, sizeof *t);
    *t = (struct telling) { a, f.person };
    screen_confirm(a->screen, TEXT2(_("%s: was the referrer told today?"), row.name), telling_agreed, t);
    return REACT_LAYOUT;
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

/* "" where nothing is to be kept in mind. */
static struct text2 rule_of(struct app *a, struct id person)
{
    struct text2 rule = { { NULL } };
    struct record p;
    struct buf b = BUF_INIT;

    record_init(&p, T_PERSON);
    if (id_is_set(person) && store_get(a->cf->store, T_PERSON, person, &p, NULL) == ST_OK)
        rule = TEXT2_FROM(b, safe_rule_text(&a->ui, &p, &b));
    record_release(&p);
    return rule;
}

unsigned act_reveal(struct app *a)
{
    struct focus f = screen_focus(a->screen);
    struct revealing *v;
    struct text2 question;

    if (f.kind != FOCUS_VALUE || !f.question || !person_is_guarded(a->cf, f.person)) {
        screen_message(a->screen, STYLE_TEXT, "%s", _("Nothing is hidden here. Go to a value that is dots (•••) "
                                                      "first."));
        return REACT_DRAW;
    }
    question = rule_of(a, f.person);
    text2_append(&question, TEXT2("%s%s", *text2_now(&question) ? " " : "", _("Show it now?")));
    v = xcalloc(1, sizeof *v);
    v->app = a;
    v->person = f.person;
    str_copy(v->question, sizeof v->question, f.question);
    screen_confirm(a->screen, question, reveal_agreed, v);
    return REACT_LAYOUT;
}

unsigned act_mark_meaning(struct app *a)
{
    struct focus f = screen_focus(a->screen);
    struct text2 rule = rule_of(a, f.person);

    if (*text2_now(&rule))
        screen_say(a->screen, STYLE_TEXT, rule);
    else
        screen_message(a->screen, STYLE_TEXT, "%s",
                       _("The mark says that there is something to read first: see this person's last but one "
                         "section."));
    return REACT_DRAW;
}

unsigned act_missing(struct app *a)
{
    struct focus f = screen_focus(a->screen);

    if (!has_episode(a, &f))
        return REACT_DRAW;
    return tui_push(a, missing_view_new(&a->ui, f.person, f.episode));
}

unsigned act_discard_draft(struct app *a)
{
    struct filling *f = tui_filling(a);
    struct err err = { .st = ST_OK };

    if (!f || !str_eq(screen_top(a->screen)->ops->name, "form"))
        return REACT_NONE;
    if (filling_discard(f, &err) != ST_OK)
        return tui_say_error(a, &err);
    tui_close_form(a);
    screen_message(a->screen, STYLE_GOOD, "%s", _("The draft is in the bin for 30 days."));
    return REACT_RELOAD | REACT_LAYOUT;
}
