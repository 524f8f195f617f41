/* app/news.c - where a connection stands changes more often than it is made: what was true of the last news is not kept
 * for the next. */
#include "news.h"

#include "dolen/base/date.h"
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

void news_begin(struct filling *f)
{
    if (f->binds == T_CONNECTION)
        str_copy(f->status_seen, sizeof f->status_seen, says(f, "status") ? says(f, "status") : "");
}

void news_propose(struct filling *f)
{
    const struct question *on = form_question(f->form, "on_date"), *by = form_question(f->form, "said_by");
    const char *status = says(f, "status");

    if (f->binds != T_CONNECTION || f->fresh || !f->based || !status || str_eq(status, f->status_seen))
        return;
    str_copy(f->status_seen, sizeof f->status_seen, status);
    if (on && untouched(f, "on_date"))
        session_set_canonical(f->session, on, 0, date_iso(clock_today()).s, NULL);
    if (by && says(f, "said_by") && untouched(f, "said_by"))
        session_clear(f->session, by, 0);
}
