/* tui_forms.c - forms on the screen: what happens when a field is left, a form filed, a view closed. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dolen/base/date.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/text.h"
#include "dolen/core/person.h"
#include "dolen/ui/call.h"
#include "dolen/ui/choice.h"
#include "dolen/ui/notes.h"
#include "after.h"
#include "asset_same.h"
#include "chain.h"
#include "fill.h"
#include "last_values.h"
#include "news.h"
#include "places.h"
#include "review_goals.h"
#include "same_person.h"
#include "tui_drill.h"
#include "tui_handover.h"
#include "tui.h"
#include "tui_again.h"
#include "tui_clash.h"
#include "tui_consent.h"
#include "tui_directory.h"
#include "tui_history.h"
#include "tui_hosted.h"
#include "tui_notes.h"
#include "dolen/base/banned.h"

static unsigned open_view(struct app *a, struct filling *f, const char *at, const char *next);
static unsigned ask_again(struct hosted *h);

static unsigned host_save(void *ctx)
{
    struct hosted *h = ctx;
    const char *said;
    struct err err = { .st = ST_OK };

    if (filling_save(h->f, &err) != ST_OK)
        return tui_say_error(h->app, &err);
    if ((said = news_said(h->f)))
        screen_message(h->app->screen, STYLE_HINT, "%s", said);
    if (str_eq(h->f->form->id, "person") && !h->same_said)
        h->same_said = tui_say_same(h->app, session_answers(h->f->session), h->f->person);
    return REACT_DRAW;
}

static bool has_no_referral(const struct filling *f)
{
    struct records all = { NULL, 0, 0 };
    bool none = id_is_set(f->person) &&
                store_list(f->cf->store, LIST_REFERRALS_OF_PERSON, f->person, 1, &all, NULL) == ST_OK && !all.count;

    records_release(&all);
    return none;
}

/* Another place that nobody said anything about is no entry. */
static bool place_left(struct hosted *h)
{
    struct err err = { .st = ST_OK };
    bool gone = false;

    if (!h->placed)
        return false;
    if (places_left(h->app->cf, h->f->record, &gone, &err) != ST_OK)
        tui_say_error(h->app, &err);
    else if (gone) {
        screen_changed(h->app->screen, CHANGED(ASSET));
        screen_message(h->app->screen, STYLE_TEXT, "%s",
                       _("Nothing was typed: the other place is not in the directory."));
    }
    return gone;
}

/* True: nothing was written in it, and nothing is kept. Somebody who was being taken on is there all the same. */
static bool host_leave(void *ctx)
{
    struct hosted *h = ctx;
    struct err err = { .st = ST_OK };
    bool dropped = false;

    if (filling_drop_blank(h->f, &dropped, &err) != ST_OK)
        tui_say_error(h->app, &err);
    else if (place_left(h))
        return true;
    else if (dropped && (h->next || h->f->binds == T_REFERRAL) && has_no_referral(h->f))
        screen_message(h->app->screen, STYLE_WARN, "%s",
                       _("Nothing was typed: no draft is kept. The person stands under People without a referral: a "
                         "takes it down, d in the list puts them in the bin."));
    else if (dropped)
        screen_message(h->app->screen, STYLE_TEXT, "%s", _("Nothing was typed: no draft is kept."));
    return dropped;
}

/* The forms of somebody who is being taken on are drafts before a word is in them: Today keeps whoever is interrupted
 * here. Who leaves such a form as it was wants none (host_leave). */
static enum status keep_place(struct filling *f, struct err *err)
{
    f->base_changed = true;
    return filling_save(f, err);
}

static unsigned open_next(struct app *a, const char *form, struct id person, bool newcomer)
{
    struct target t = { .form = form, .person = person, .new_one = true };
    struct filling *f = NULL;
    struct err err = { .st = ST_OK };

    if (filling_start(&f, a->cf, &t, &err) != ST_OK || (newcomer && keep_place(f, &err) != ST_OK)) {
        filling_free(&f);
        return tui_say_error(a, &err);
    }
    return open_view(a, f, NULL, NULL);
}

/* Letters are text on the screen that the form goes back to: an open search, a list that is searched by typing. */
static bool goes_back_to_text(const struct app *a)
{
    struct view *below = screen_below(a->screen, screen_top(a->screen));

    return below && (below->ops->stray || (below->ops->editing && below->ops->editing(below)));
}

/* "Filed: Contact (7 answers, 2 left empty). u takes it back.": where another form comes next, u would be its text;
 * a note of something serious is never taken back. */
static void filed_words(const struct hosted *h, struct buf *out)
{
    if (!h->f->wrote) {
        buf_addf(out, _("%s: nothing was changed, and it stands as it was."), text2_now(&h->f->form->title));
        return;
    }
    buf_addf(out, _("Filed: %s"), text2_now(&h->f->form->title));
    buf_add(out, " (");
    form_summary(h->f->session, out);
    buf_add(out, ").");
    if (!h->next && h->f->binds != T_CONCERN)
        buf_addf(out, " %s", goes_back_to_text(h->app) ? _("Ctrl-O u takes it back.") : _("u takes it back."));
    if (h->f->binds == T_CONSENT)
        tui_consent_then(session_answers(h->f->session), out);
    if (left_undue(h->f))
        buf_addf(out, " %s", _("Nothing is due for them now: the next contact says when."));
}

static unsigned host_file(void *ctx);

static unsigned blank_agreed(void *ctx, bool yes)
{
    struct hosted *h = ctx;

    h->sure = yes;
    return yes ? host_file(h) : (unsigned) REACT_DRAW;
}

/* Opened and filed with nothing but what the form put in by itself: a contact that says only today would end the
 * follow-up that it was opened for. */
static bool asks_first(struct hosted *h)
{
    bool refused = h->f->form->is_measure || session_given(h->f->session) == 0;     /* without a question */

    if (h->sure || refused || !h->f->fresh || id_is_set(h->f->draft) || filling_left_at(h->f) > 0)
        return false;
    screen_confirm_again(h->app->screen, TEXT2(_("Nothing was answered here. File it all the same?")), ACT_FILE_FORM,
                         blank_agreed, h);
    return true;
}

static unsigned host_file(void *ctx)
{
    struct hosted *h = ctx;
    struct app *a = h->app;
    struct err err = { .st = ST_OK };
    struct id person = h->f->person;
    const char *next = h->next;
    struct id asset = ID_NONE, written = ID_NONE;
    char twin[200];
    struct text2 filed;
    struct buf b = BUF_INIT;
    bool to_person;

    if (asks_first(h))
        return REACT_LAYOUT;
    to_person = str_eq(h->f->form->id, "referral") || str_eq(h->f->form->id, "decision");
    if (filling_file(h->f, true, NULL, &err) != ST_OK)
        return h->f->clashes ? ask_again(h) : tui_say_error(a, &err);
    filed = TEXT2_FROM(b, filed_words(h, &b));
    if (h->f->fresh)
        written = h->f->record;
    if (h->f->binds == T_ASSET)
        asset = written;
    if (h->f->binds == T_CONTACT)
        again_contact(a, session_answers(h->f->session));
    hosted_leave(h);
    screen_pop(a->screen);
    screen_changed(a->screen, ~0u);
    if (to_person && !str_eq(screen_top(a->screen)->ops->name, "person"))
        screen_push(a->screen, person_view_new(&a->ui, person, SECTION_OVERVIEW));
    if (id_is_set(written) && str_eq(screen_top(a->screen)->ops->name, "person"))
        person_view_show(screen_top(a->screen), written);
    if (id_is_set(asset) && asset_has_twin(a->cf, asset, twin, sizeof twin))
        screen_message(a->screen, STYLE_WARN, _("Filed. It looks like one that is there already: %s. = shows them."),
                       twin);
    else
        screen_message(a->screen, STYLE_GOOD, "%s", text2_now(&filed));
    text2_release(&filed);
    return REACT_RELOAD | (next ? open_next(a, next, person, true) : tui_drill_filed(a, person));
}

/* The words of the notes that an answer came from. */
static void host_sources(void *ctx, const char *question, int repeat, struct buf *out)
{
    struct hosted *h = ctx;

    excerpt_sources(&h->app->ui, h->f->draft, question, repeat, out);
    excerpt_sources(&h->app->ui, h->f->record, question, repeat, out);
}

static const char *host_last(void *ctx, const char *question)
{
    struct hosted *h = ctx;

    return last_value(&h->app->cf->last, h->f->session, question);
}

static void host_item(void *ctx, const struct question *repeat, int instance, struct buf *out)
{
    struct hosted *h = ctx;

    goal_words_put(h->goals, h->f, repeat, instance, out);
}

static void host_release(void *ctx)
{
    struct hosted *h = ctx;

    struct screen *screen = h->app->screen;

    hosted_free(h);
    screen_changed(screen, CHANGED(DRAFT));
}

/* "A draft of 14:07: 6 answers not yet filed." */
static void draft_note(const struct filling *f, struct buf *out)
{
    if (!f->draft_since && !f->another)
        return;
    buf_add(out, out->len ? "\n" : "");
    if (f->another) {
        buf_add(out, _("Another one of these is unfinished; it waits in Today."));
        return;
    }
    buf_addf(out,
             tr_n("Draft of %s: %zu answer not yet filed.", "Draft of %s: %zu answers not yet filed.",
                  f->draft_given),
             instant_show(f->draft_since).s, f->draft_given);
    if (filling_left_at(f))
        buf_addf(out, " %s", _("You left off here."));
}

/* A text of several lines may have been left in the middle of a sentence. */
static void stand_where_left(const struct filling *f, struct view *form)
{
    size_t n, left = filling_left_at(f);
    const struct row *rows = session_rows(f->session, &n);

    if (left == 0)
        return;
    form_view_stand(form, rows[left - 1].q->appearance == APPEAR_MULTILINE ? left - 1 : left);
}

/* The form of a connection does not ask to what: that was chosen before, and stands on top. */
static void asset_note(struct app *a, const struct filling *f, struct buf *out)
{
    struct record r, asset;
    const char *en, *cy;

    if (f->binds != T_CONNECTION || !id_is_set(f->record))
        return;
    record_init(&r, T_CONNECTION);
    record_init(&asset, T_ASSET);
    if (store_get(a->cf->store, T_CONNECTION, f->record, &r, NULL) == ST_OK &&
        store_get(a->cf->store, T_ASSET, record_id(&r, CONNECTION_asset), &asset, NULL) == ST_OK) {
        en = record_or(&asset, ASSET_name_en, "");
        cy = record_or(&asset, ASSET_name_cy, "");
        buf_add(out, (lang_now() == LANG_CY && *cy) || !*en ? cy : en);
    }
    record_release(&asset);
    record_release(&r);
}

/* Which of several times a measure is for. */
static void stage_note(struct app *a, const struct filling *f, struct buf *out)
{
    const struct codelist *stages = f->form->is_measure ? catalog_codes(a->cf->catalog, "stage", NULL) : NULL;

    if (stages && f->stage[0])
        buf_add(out, codelist_label(stages, f->stage));
    if (filling_begins_twice(f))
        buf_addf(out, "\n%s", _("There is a baseline already: what comes after it is a review."));
}

static unsigned open_view(struct app *a, struct filling *f, const char *at, const char *next)
{
    struct hosted *h = hosted_new(a, f);
    struct form_host host = { h, host_save, host_file, host_release, host_sources, host_last, host_item,
                              host_leave };
    struct buf note = BUF_INIT;

    h->next = next;
    h->goals = goal_words_load(f);
    asset_note(a, f, &note);
    stage_note(a, f, &note);
    review_goals_words(f, &note);
    draft_note(f, &note);
    h->view = form_view_new(&a->ui, f->session, &host, f->person,
                            id_is_set(f->person) && person_is_guarded(a->cf, f->person), at,
                            note.len ? buf_text(&note) : NULL);
    buf_release(&note);
    if (!at && f->draft_since)
        stand_where_left(f, h->view);
    screen_push(a->screen, h->view);
    return REACT_LAYOUT;
}

/* All is kept first: the draft of a form below may be the one that is wanted, and what is above it goes. */
static unsigned open_or_return(struct app *a, struct filling *f, const char *at)
{
    if (!hosted_is_open(a, f))
        return f->clashes ? tui_ask_clashes(a, f, at) : tui_open_filling(a, f, at);
    filling_free(&f);
    return REACT_LAYOUT | REACT_RELOAD;
}

unsigned tui_open_filling(struct app *a, struct filling *f, const char *at)
{
    size_t taken = f->taken;
    unsigned react = open_view(a, f, at, NULL);

    if (taken)
        screen_message(a->screen, STYLE_WARN,
                       tr_n("%zu answer was changed elsewhere since this draft was begun, and is taken over.",
                            "%zu answers were changed elsewhere since this draft was begun, and are taken over.",
                            taken),
                       taken);
    return react;
}

/* The record was changed while the form lay open: the draft is kept, and opened again with the question. */
static unsigned ask_again(struct hosted *h)
{
    struct app *a = h->app;
    struct err err = { .st = ST_OK };
    struct id draft;

    h->f->base_changed = true;
    if (filling_save(h->f, &err) != ST_OK)
        return tui_say_error(a, &err);
    draft = h->f->draft;
    hosted_leave(h);
    screen_pop(a->screen);
    return tui_resume_draft(a, draft, NULL) | REACT_RELOAD;
}

/* NULL when that failed, which is then said. */
static struct filling *begun(struct app *a, const struct target *t)
{
    struct filling *f = NULL;
    struct err err = { .st = ST_OK };

    if (tui_flush(a) && filling_start(&f, a->cf, t, &err) != ST_OK)
        tui_say_error(a, &err);
    return f;
}

unsigned tui_open_form(struct app *a, const struct target *t, const char *at)
{
    struct filling *f = begun(a, t);

    if (!f)
        return REACT_DRAW;
    return open_or_return(a, f, at);
}

unsigned tui_open_form_on(struct app *a, const struct target *t, const char *at)
{
    struct filling *f = begun(a, t);

    return f ? open_or_return(a, f, f->draft_since ? NULL : at) : (unsigned) REACT_DRAW;
}

unsigned tui_open_prefilled(struct app *a, const struct target *t, const struct answers *prefill, const char *said)
{
    struct filling *f = begun(a, t);

    if (!f)
        return REACT_DRAW;
    for (size_t i = 0; !id_is_set(f->draft) && i < prefill->count; i++) {
        const struct question *q = form_question(f->form, prefill->items[i].name);

        if (q)
            session_set_canonical(f->session, q, 0, prefill->items[i].value, NULL);
    }
    if (!id_is_set(f->draft)) {
        chain_propose(f);                       /* again no answer: the next step is another one */
        session_mark_clean(f->session);         /* what nobody has touched is nobody's draft */
    }
    if (!id_is_set(f->draft) && prefill->count)
        screen_message(a->screen, STYLE_HINT, "%s", said);
    return open_or_return(a, f, NULL);
}

/* The asset whose call a draft is, or ID_NONE. */
static struct id call_of(struct app *a, struct id draft)
{
    struct record d = { .text = NULL };
    struct id asset = ID_NONE;

    if (store_get(a->cf->store, T_DRAFT, draft, &d, NULL) == ST_OK && str_eq(record_text(&d, DRAFT_form), CALL_DRAFT))
        asset = asset_now(a->cf->store, record_id(&d, DRAFT_record));
    record_release(&d);
    return asset;
}

/* Taking somebody on was interrupted at its first form: the referral still comes after it. */
static void go_on_to_referral(struct app *a, const struct filling *f)
{
    if (str_eq(f->form->id, "language") && a->hosted && a->hosted->f == f && has_no_referral(f))
        a->hosted->next = "referral";
}

unsigned tui_resume_draft(struct app *a, struct id draft, const char *at)
{
    struct filling *f = NULL;
    struct err err = { .st = ST_OK };
    struct id asset = call_of(a, draft);

    if (!tui_flush(a))
        return REACT_DRAW;
    if (id_is_set(asset))
        return tui_call(a, asset);
    if (filling_resume(&f, a->cf, draft, &err) != ST_OK)
        return tui_say_error(a, &err);
    if (tui_is_notes(f))
        return tui_open_notes(a, f, SIZE_MAX);
    if (hosted_is_open(a, f) || f->clashes)
        return open_or_return(a, f, at);

    unsigned react = tui_open_filling(a, f, at);

    go_on_to_referral(a, f);
    return react;
}

struct filling *tui_filling(struct app *a)
{
    return a->handed ? handed_filling(a) : a->hosted ? a->hosted->f : NULL;
}

void tui_close_form(struct app *a)
{
    if (a->hosted)
        hosted_leave(a->hosted);
    screen_pop(a->screen);
}

bool tui_flush(struct app *a)
{
    struct filling *given = handed_filling(a);
    bool kept;

    handed_flush(a);
    kept = !given || !session_dirty(given->session);
    for (struct hosted *h = a->hosted; h; h = h->below) {
        (h->notes ? notes_view_flush : form_view_flush)(h->view);
        kept = kept && !session_dirty(h->f->session);
    }
    return kept;
}

/* --- a new referral: who is it about? ----------------------------------------------------------------------------- */

struct newcomer {
    struct app *app;
    char        name[200];
    struct id   same[SAME_MAX];
    int         n;
};

static unsigned take_on(struct app *a, const char *name)
{
    struct id person;
    struct err err = { .st = ST_OK };
    struct target t = { .form = "language" };
    struct filling *f = NULL;

    if (person_new(a->cf, name, &person, &err) != ST_OK)
        return tui_say_error(a, &err);
    screen_changed(a->screen, CHANGED(PERSON));
    screen_push(a->screen, person_view_new(&a->ui, person, SECTION_OVERVIEW));
    t.person = person;
    if (filling_start(&f, a->cf, &t, &err) != ST_OK || keep_place(f, &err) != ST_OK) {
        filling_free(&f);
        return tui_say_error(a, &err);
    }
    return open_view(a, f, NULL, "referral");
}

static unsigned who_chosen(void *ctx, int index)
{
    struct newcomer *c = ctx;
    struct app *a = c->app;
    struct id person = index >= 0 && index < c->n ? c->same[index] : ID_NONE;
    unsigned react = REACT_DRAW;

    if (index == c->n) {
        react = take_on(a, c->name);
    } else if (id_is_set(person)) {
        screen_push(a->screen, person_view_new(&a->ui, person, SECTION_OVERVIEW));
        react = open_next(a, "referral", person, false);
    }
    free(c);
    return react | REACT_LAYOUT;
}

struct text2 tui_person_label(struct app *a, struct id person)
{
    struct person_row p;
    struct text2 label;

    if (person_row_get(a->cf->store, person, &p, NULL) != ST_OK)
        return TEXT2("%s", "");
    label = TEXT2("%s", p.name);
    if (date_is_set(p.birth))
        text2_append(&label, TEXT2(", %s", person_born(p.birth, p.birth_precision).s));
    if (p.postcode[0] && !p.safe_contact)
        text2_append(&label, TEXT2(", %s", p.postcode));
    return label;
}

static unsigned name_typed(void *ctx, const char *text)
{
    struct app *a = ctx;
    struct same_person same[SAME_MAX];
    struct newcomer *c;
    struct choice *who;
    struct buf mark = BUF_INIT;
    struct err err = { .st = ST_OK };
    int n = 0;

    if (!text || !text[strspn(text, " ")])
        return REACT_DRAW;
    if (same_people(a->cf->store, text, same, &n, &err) != ST_OK)
        return tui_say_error(a, &err);
    if (n == 0)
        return take_on(a, text);
    c = xcalloc(1, sizeof *c);
    c->app = a;
    c->n = n;
    str_copy(c->name, sizeof c->name, text);
    who = screen_choose(a->screen, TEXT2(_("Is it one of these people?")), who_chosen, c);
    for (int i = 0; i < n; i++) {
        struct text2 label = tui_person_label(a, same[i].id);

        c->same[i] = same[i].id;
        text2_append(&label, TEXT2_FROM(mark, same_mark(&same[i], &mark)));
        choice_add(who, label);
    }
    choice_add(who, TEXT2(_("Somebody new: %s"), c->name));
    return REACT_LAYOUT;
}

unsigned tui_add_referral(struct app *a)
{
    struct ask ask = { .prompt = TEXT2(_("Name of the person referred:")), .max_bytes = 160, .done = name_typed,
                       .ctx = a };

    screen_ask(a->screen, &ask);
    return REACT_LAYOUT;
}
