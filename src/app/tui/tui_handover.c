/* tui_handover.c - hand-over mode: the form goes to the person, the way back asks for the passphrase.
 *
 * What they answer is a draft like any other. A measure, and what they say about themself, is filed when they finish,
 * in the language they read it in; a form about the work with them waits for the practitioner. */
#include "tui_handover.h"

#include <stdlib.h>
#include <string.h>

#include "casework.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/ui/choice.h"
#include "dolen/ui/handover.h"
#include "tui_case.h"
#include "dolen/base/banned.h"

#define FORMS_MAX (MEASURE_FORMS_MAX + 20)

struct handed {
    struct app     *app;
    struct filling *f;
    struct view    *view;
    struct secret  *typed;
    enum lang       before;         /* the practitioner's */
    bool            filed;
};

/* --- what the view asks of the program ---------------------------------------------------------------------------- */

static unsigned host_save(void *ctx)
{
    struct handed *h = ctx;
    struct err err = { .st = ST_OK };

    return filling_save(h->f, &err) == ST_OK ? (unsigned) REACT_DRAW : tui_say_error(h->app, &err);
}

static unsigned host_finish(void *ctx)
{
    struct handed *h = ctx;
    struct err err = { .st = ST_OK };
    bool files = (h->f->form->is_measure || h->f->form->of_person) &&
                 (session_given(h->f->session) > 0 || !h->f->fresh);
    enum status st = files ? filling_file(h->f, true, NULL, &err) : filling_save(h->f, &err);

    if (st != ST_OK)
        return tui_say_error(h->app, &err) | REACT_PASS;
    h->filed = files;
    screen_changed(h->app->screen, ~0u);
    return REACT_DRAW;
}

static void host_typed(void *ctx, const char *text)
{
    struct handed *h = ctx;

    if (!text)
        secret_drop_last(h->typed);
    else if (!*text)
        secret_clear(h->typed);
    else
        secret_add(h->typed, text, strlen(text));
}

static bool host_has_typed(void *ctx)
{
    return secret_length(((struct handed *) ctx)->typed) > 0;
}

static bool host_open(void *ctx, struct err *err)
{
    struct handed *h = ctx;

    return casefile_check_passphrase(h->app->cf, h->typed, err) == ST_OK;
}

static unsigned host_leave(void *ctx)
{
    struct handed *h = ctx;
    struct app *a = h->app;
    struct id draft = h->f->draft;

    a->handed = NULL;
    lang_set(h->before);
    screen_changed(a->screen, ~0u);
    if (h->filed)
        screen_message(a->screen, STYLE_GOOD, _("Filed, as the person answered it: %s"), text2_now(&h->f->form->title));
    else if (id_is_set(draft))
        return tui_resume_draft(a, draft, NULL) | REACT_RELOAD;
    return REACT_RELOAD | REACT_LAYOUT;
}

static unsigned host_lock(void *ctx)
{
    ((struct handed *) ctx)->app->ending = END_LOCK;
    return REACT_QUIT;
}

static void host_release(void *ctx)
{
    struct handed *h = ctx;

    if (h->app->handed == h) {      /* locked while it was away */
        h->app->handed = NULL;
        lang_set(h->before);
    }
    secret_free(&h->typed);
    filling_free(&h->f);
    free(h);
}

struct filling *handed_filling(const struct app *a)
{
    return a->handed ? a->handed->f : NULL;
}

void handed_flush(struct app *a)
{
    if (a->handed)
        handover_view_flush(a->handed->view);
}

/* --- handing over ------------------------------------------------------------------------------------------------- */

static enum lang language_of(struct app *a, struct id person)
{
    struct record p;
    enum lang l = lang_now();
    const char *word;

    record_init(&p, T_PERSON);
    if (store_get(a->cf->store, T_PERSON, person, &p, NULL) == ST_OK) {
        word = record_or(&p, PERSON_write_language, record_or(&p, PERSON_speak_language, ""));
        l = str_eq(word, "CY") ? LANG_CY : str_eq(word, "EN") ? LANG_EN : l;
    }
    record_release(&p);
    return l;
}

static unsigned hand_over(struct app *a, const struct target *t)
{
    struct handed *h = xcalloc(1, sizeof *h);
    struct handover_host host = { h, host_save, host_finish, host_typed, host_has_typed, host_open, host_leave,
                                  host_lock,
                                  host_release };
    struct err err = { .st = ST_OK };

    h->typed = secret_new();
    if (!h->typed || filling_start(&h->f, a->cf, t, &err) != ST_OK) {
        secret_free(&h->typed);
        free(h);
        return tui_say_error(a, &err);
    }
    h->app = a;
    h->before = lang_now();
    lang_set(language_of(a, h->f->person));
    h->view = handover_view_new(&a->ui, h->f->session, &host, h->f->person);
    a->handed = h;
    screen_message(a->screen, STYLE_TEXT, "%s", "");
    return tui_push(a, h->view);
}

/* Whom and what: kept while it is being asked about. */
struct offer {
    struct app   *app;
    struct target target;
    char          form[48], stage[16], name[160];
    bool          from_form;
    size_t        n;
    const struct form *forms[FORMS_MAX], *chosen;
};

static unsigned agreed(void *ctx, bool yes)
{
    struct offer *o = ctx;
    struct app *a = o->app;
    unsigned react = REACT_LAYOUT;

    if (yes && o->from_form) {
        struct view *form = screen_top(a->screen);

        react |= screen_act(a->screen, NAV_BACK);       /* stays when something typed does not pass */
        yes = screen_top(a->screen) != form;
    }
    if (yes)
        react |= hand_over(a, &o->target);
    free(o);
    return react;
}

static unsigned ask(struct offer *o)
{
    screen_confirm(o->app->screen,
                   TEXT2(_("Give the laptop to %s now? They see this form and nothing else; the way back is Ctrl-P and "
                           "your passphrase."), o->name),
                   agreed, o);
    return REACT_LAYOUT;
}

static void aim(struct offer *o, const char *form, const char *stage)
{
    str_copy(o->form, sizeof o->form, form);
    str_copy(o->stage, sizeof o->stage, stage ? stage : "");
    o->target.form = o->form;
    o->target.stage = o->stage[0] ? o->stage : NULL;
}

static unsigned stage_chosen(void *ctx, int index)
{
    struct offer *o = ctx;
    const struct codelist *stages = catalog_codes(o->app->cf->catalog, "stage", NULL);

    if (index < 0 || !stages) {
        free(o);
        return REACT_LAYOUT;
    }
    aim(o, o->chosen->id, stages->items[index].code);
    return ask(o);
}

static unsigned form_chosen(void *ctx, int index)
{
    struct offer *o = ctx;

    if (index < 0) {
        free(o);
        return REACT_LAYOUT;
    }
    o->chosen = o->forms[index];
    if (o->chosen->is_measure) {
        tui_choose_stage(o->app, o->chosen, o->target.episode, stage_chosen, o);
        return REACT_LAYOUT;
    }
    aim(o, o->chosen->id, NULL);
    return ask(o);
}

/* Measures, then the other forms that may be given away. */
static void find_forms(struct offer *o)
{
    const struct form *found[MEASURE_FORMS_MAX];
    size_t n = casework_measure_forms(o->app->cf, o->target.person, found, ARRAY_LEN(found)), count;
    const char *const *ids = catalog_list(o->app->cf->catalog, DEF_FORM, &count);

    for (size_t i = 0; i < n; i++)
        if (found[i]->handover)
            o->forms[o->n++] = found[i];
    for (size_t i = 0; i < count && o->n < ARRAY_LEN(o->forms); i++) {
        const struct form *f = catalog_form(o->app->cf->catalog, ids[i], NULL);

        if (f && f->handover && !f->is_measure)
            o->forms[o->n++] = f;
    }
}

static unsigned choose_form(struct offer *o)
{
    struct choice *forms = screen_choose(o->app->screen, TEXT2(_("Which form for %s?"), o->name), form_chosen, o);

    find_forms(o);
    for (size_t i = 0; i < o->n; i++)
        choice_add(forms, TEXT2("%s", text2_now(&o->forms[i]->title)));
    return REACT_LAYOUT;
}

static void name_of(struct app *a, struct id person, struct offer *o)
{
    struct person_row row = { .name = "" };

    str_copy(o->name, sizeof o->name,
             person_row_get(a->cf->store, person, &row, NULL) == ST_OK ? row.name : _("the person"));
    explicit_bzero(&row, sizeof row);
}

unsigned act_handover(struct app *a)
{
    struct filling *f = str_eq(screen_top(a->screen)->ops->name, "form") ? tui_filling(a) : NULL;
    struct focus at = screen_focus(a->screen);
    struct offer *o;

    if (f && !f->form->handover) {
        screen_message(a->screen, STYLE_WARN, "%s", _("This form is for you to fill in; it is not one to give away."));
        return REACT_DRAW;
    }
    if (!id_is_set(at.person))
        return need_person(a);
    o = xcalloc(1, sizeof *o);
    o->app = a;
    o->from_form = f != NULL;
    name_of(a, f ? f->person : at.person, o);
    o->target = (struct target) { .person = at.person, .episode = at.episode };
    if (!f)
        return choose_form(o);
    o->target = (struct target) { .person = f->person, .episode = f->episode, .record = f->record };
    aim(o, f->form->id, f->stage);
    return ask(o);
}
