/* plain_form_begin.c - what is said before the first question of a form: what it is, what lies about already, and what
 * was changed on both sides since. */
#include "plain_priv.h"
#include "draft_base.h"

#include <string.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "review_goals.h"
#include "dolen/base/banned.h"

static void say_wording(const struct form *form)
{
    enum wording have = form_wording(form, lang_now());

    if (form->is_measure && have == WORDING_EN_SHOWN)
        tell_text(_("The official Welsh wording is not supplied here: the English is read, and the answers say so."));
    else if (form->is_measure && have == WORDING_DRAFT)
        tell_text(_("This Welsh wording is a draft, not the official one; the answers say so."));
}

void walk_title(const struct walk *w)
{
    const struct form *form = session_form(w->s);
    const char *about = text2_now(&form->about);
    const struct codelist *stages = catalog_codes(w->p->cf->catalog, "stage", NULL);

    tell("%s", "");
    tell(_("Form: %s."), text2_now(&form->title));
    if (form->is_measure && stages && w->f->stage[0])
        tell("%s.", codelist_label(stages, w->f->stage));
    if (filling_begins_twice(w->f))
        tell_text(_("There is a baseline already: what comes after it is a review."));
    if (*about)
        tell_text(about);
    if (form->is_measure && form->measure.self_report_only)
        tell_text(_("Only the person's own answers count here: nobody answers for them."));
    say_wording(form);
    if (w->f->another)
        tell_text(_("Another one of these is unfinished; it waits in Today."));
    if (!w->p->told_keys)
        tell_text(_("Enter goes on. - says why there is no answer, ? tells more, < goes back, :later keeps a draft, "
                    ":help says the rest."));
    w->p->told_keys = true;
}

void walk_changes(const struct filling *f)
{
    struct buf lines = BUF_INIT;
    size_t n = draft_changes(f, &lines);

    tell(tr_n("%s: %zu answer is not as it is on record.", "%s: %zu answers are not as they are on record.", n),
         text2_now(&f->form->title), n);
    if (f->fresh)
        tell_text(_("Nothing of this form is on record yet."));
    if (lines.len)
        tell_text(buf_text(&lines));
    buf_wipe(&lines);
}

void walk_goals(const struct filling *f)
{
    struct buf goals = BUF_INIT;

    review_goals_words(f, &goals);
    if (goals.len) {
        tell_text(_("Goals, each with its number, and how close it is:"));
        tell_text(buf_text(&goals));
    }
    buf_wipe(&goals);
}

bool walk_clashes(struct plain *p, struct filling *f)
{
    while (f->clashes) {
        struct buf draft = BUF_INIT, record = BUF_INIT, title = BUF_INIT;
        struct choice ways[2];
        int chosen;

        clash_answer(f, 0, true, &draft);
        clash_answer(f, 0, false, &record);
        buf_insert(&draft, 0, _("Draft: "), strlen(_("Draft: ")));
        buf_insert(&record, 0, _("Record: "), strlen(_("Record: ")));
        buf_addf(&title, _("Changed elsewhere since this draft was begun: %s"), text2_now(clash_question(f, 0)));
        ways[0] = (struct choice) { NULL, buf_text(&draft), true };
        ways[1] = (struct choice) { NULL, buf_text(&record), true };
        chosen = plain_choose(p, buf_text(&title), ways, 2);
        buf_wipe(&draft);
        buf_wipe(&record);
        buf_wipe(&title);
        if (chosen < 0)
            return false;
        clash_settle(f, 0, chosen == 0);
    }
    return true;
}
