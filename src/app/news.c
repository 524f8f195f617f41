/* app/news.c - where a connection stands changes more often than it is made: what was true of the last news is not kept
 * for the next. */
#include "news.h"

#include "dolen/base/date.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/text.h"
#include "dolen/base/banned.h"

static const char *says(const struct filling *f, const char *question)
{
    return answers_value(session_answers(f->session), question, 0);
}

static bool untouched(const struct filling *f, const char *question)
{
    return str_eq(says(f, question), answers_value(&f->base, question, 0));
}

/* Who moves has another small area, which nobody can tell from the new postcode: the old one would point at the old home,
 * and count there. The same code typed again stays. */
static void home_propose(struct filling *f)
{
    const struct question *area = form_question(f->form, "lsoa");
    const char *postcode = says(f, "postcode") ? says(f, "postcode") : "";
    const char *before = answers_value(&f->base, "postcode", 0);

    if (str_eq(postcode, f->home_seen))
        return;
    str_copy(f->home_seen, sizeof f->home_seen, postcode);
    if (!area || !before || str_eq(postcode, before) || !says(f, "lsoa") || !untouched(f, "lsoa"))
        return;
    session_clear(f->session, area, 0);
    f->home_left = true;
}

void news_begin(struct filling *f)
{
    if (f->binds == T_PERSON)
        str_copy(f->home_seen, sizeof f->home_seen, says(f, "postcode") ? says(f, "postcode") : "");
    if (f->binds == T_CONNECTION)
        str_copy(f->status_seen, sizeof f->status_seen, says(f, "status") ? says(f, "status") : "");
}

void news_propose(struct filling *f)
{
    const struct question *on = form_question(f->form, "on_date"), *by = form_question(f->form, "said_by");
    const char *status = says(f, "status");

    if (f->binds == T_PERSON && !f->fresh && f->based)
        home_propose(f);
    if (f->binds != T_CONNECTION || f->fresh || !f->based || !status || str_eq(status, f->status_seen))
        return;
    str_copy(f->status_seen, sizeof f->status_seen, status);
    if (on && untouched(f, "on_date"))
        session_set_canonical(f->session, on, 0, date_iso(clock_today()).s, NULL);
    if (by && says(f, "said_by") && untouched(f, "said_by"))
        session_clear(f->session, by, 0);
}

const char *news_said(struct filling *f)
{
    bool left = f->home_left;

    f->home_left = false;
    return left ? _("Another postcode: the small area code was the old one's and is taken out. Type the new one, or leave "
                    "it empty.")
                : NULL;
}
