/* tui_consent.c - the answer that was given stays as it is; the new one says that it no longer stands. */
#include "tui_consent.h"

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/core/consent.h"
#include "dolen/forms/session.h"
#include "fill.h"
#include "dolen/base/banned.h"

static void copy(struct answers *to, const struct answers *from, const char *name)
{
    const char *value = answers_value(from, name, 0);

    if (value)
        answers_set(to, name, 0, value);
}

/* The form opens on the answer, which is there already. */
static void stand_on_answer(struct app *a, const struct filling *f)
{
    int row = session_find_row(f->session, "state", 0);

    if (row >= 0)
        form_view_stand(screen_top(a->screen), (size_t) row);
    screen_message(a->screen, STYLE_HINT, "%s", _("Withdrawn today; change what is not so. Ctrl-S files it."));
}

static unsigned withdraw(struct app *a, struct id person, const struct answers *given)
{
    static const char *const same[] = { "recipient", "purpose", "what_shared" };
    struct target t = { .form = "consent", .person = person };
    struct answers now = ANSWERS_INIT;
    struct filling *f;
    unsigned react;

    for (size_t i = 0; i < ARRAY_LEN(same); i++)
        copy(&now, given, same[i]);
    answers_set(&now, "state", 0, "WITHDRAWN");
    react = tui_open_prefilled(a, &t, &now, "");
    answers_release(&now);
    f = tui_filling(a);
    if (f && !id_is_set(f->draft))
        stand_on_answer(a, f);
    else if (f)
        screen_message(a->screen, STYLE_WARN, "%s",
                       _("This form was begun before and is about something else, perhaps: file it, or put it in the "
                         "bin with F8; then x withdraws."));
    return react;
}

/* The day of a newer answer to the same permission; not set when this one stands. */
static struct date answered_again(struct app *a, struct id person, struct id consent)
{
    struct records all = { NULL, 0, 0 };
    struct date on = { 0, 0, 0 };
    size_t at = 0;

    if (store_list(a->cf->store, LIST_CONSENTS_OF_PERSON, person, 0, &all, NULL) == ST_OK)
        while (at < all.count && !id_eq(all.items[at].id, consent))
            at++;
    for (size_t i = 0; i < at && at < all.count && !date_is_set(on); i++)
        if (record_text(&all.items[i], CONSENT_state) &&
            consent_same(record_text(&all.items[at], CONSENT_recipient), record_text(&all.items[at], CONSENT_purpose),
                         record_text(&all.items[i], CONSENT_recipient), record_text(&all.items[i], CONSENT_purpose)))
            on = record_date(&all.items[i], CONSENT_state_on);
    records_release(&all);
    return on;
}

unsigned act_withdraw(struct app *a)
{
    struct focus f = screen_focus(a->screen);
    struct answers given = ANSWERS_INIT;
    struct err err = { .st = ST_OK };
    struct date again = f.kind == FOCUS_CONSENT ? answered_again(a, f.person, f.subject) : (struct date) { 0, 0, 0 };
    unsigned react = REACT_DRAW;

    if (f.kind == FOCUS_CONSENT && store_answers(a->cf->store, T_CONSENT, f.subject, &given, &err) != ST_OK)
        react = tui_say_error(a, &err);
    else if (!str_eq(answers_value(&given, "state", 0), "GIVEN"))
        screen_message(a->screen, STYLE_HINT, "%s", _("Go to a permission that was given first; x takes it back."));
    else if (date_is_set(again))
        screen_message(a->screen, STYLE_HINT, _("No longer stands: answered again on %s"), date_show(again).s);
    else
        react = withdraw(a, f.person, &given);
    answers_release(&given);
    return react;
}

void tui_consent_then(const struct answers *filed, struct buf *out)
{
    if (consent_then(answers_value(filed, "state", 0), answers_value(filed, "purpose", 0)))
        buf_addf(out, " %s", _("What is left to do stands in Consent."));
}
