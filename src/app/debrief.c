/* app/debrief.c - the debrief and the replay as documents, for screen and paper alike. */
#include "debrief.h"

#include <stdio.h>
#include <stdlib.h>

#include "dolen/base/mem.h"
#include "dolen/base/text.h"
#include "dolen/base/banned.h"

#define MOMENT_COLS 64

void debrief_approval(const struct drill *d, struct buf *out)
{
    if (!d->safety)
        return;
    if (d->approved_by[0])
        buf_addf(out, _("Approved by %s, %s."), d->approved_by, date_show(d->approved_on).s);
    else
        buf_add(out, _("To be approved by your safeguarding lead."));
}

static const char *form_title(const struct attempt *a, const char *form)
{
    const struct form *f = catalog_form(a->cat, form, NULL);

    return f ? text2_now(&f->title) : form;
}

/* "minute 12, you said: …", in the current language. */
static void debrief_moment(const struct attempt *a, int step, bool yes, struct buf *out)
{
    size_t n;
    const struct drill_log *log = drill_play_log(a->play, &n);
    const struct drill_log *l = step >= 0 && (size_t) step < n ? &log[step] : NULL;

    if (!l)
        buf_add(out, yes ? _("from beginning to end") : _("no one moment decided it"));
    else if (l->kind == LOG_SAY)
        buf_addf(out, _("minute %d, you said: %s"), l->clock, text2_now(&a->d->turns[l->turn].offers[l->offer].text));
    else
        buf_addf(out, _("minute %d, filed: %s"), l->clock, form_title(a, l->form));
}

/* --- parts ------------------------------------------------------------------------------------------------------ */

static void add_top(struct document *d, const struct attempt *a, const struct drill_score *s)
{
    struct buf b = BUF_INIT;

    debrief_approval(a->d, &b);
    document_para(d, 0, buf_text(&b));
    document_para(d, 0, _("This was practice with an invented person. Nothing here is official guidance."));
    buf_clear(&b);
    buf_addf(&b, _("%d of %d points (%d of 100)"), s->points, s->best, drill_percent(s));
    document_labelled(d, 0, _("Score:"), buf_text(&b));
    if (s->safety != SAFETY_NONE)
        document_labelled(d, 0, _("Safety:"),
                          s->safety == SAFETY_KEPT ? _("kept") : _("not kept: see below what was missing"));
    buf_clear(&b);
    buf_addf(&b, _("%d minutes of talk, %d minutes of paperwork, simulated"), s->minutes, s->paper_minutes);
    document_labelled(d, 0, _("Time:"), buf_text(&b));
    if (a->other_version)
        document_para(d, 0, _("This drill has changed since. It is judged as it was when it was played."));
    buf_release(&b);
}

static void add_line(struct document *d, const struct attempt *a, const struct drill_verdict *v, const char *words)
{
    struct buf b = BUF_INIT;

    buf_addf(&b, "%s (", words);
    debrief_moment(a, v->step, v->yes, &b);
    buf_add(&b, ")");
    document_bullet(d, 0, buf_text(&b));
    buf_release(&b);
}

static const char *either(const struct text2 *first, const struct text2 *second)
{
    return *text2_now(first) ? text2_now(first) : text2_now(second);
}

static void add_two(struct document *d, const struct attempt *a, const struct drill_score *s)
{
    document_heading(d, _("What went well"));
    for (int i = 0; i < 2; i++)
        if (s->strengths[i] >= 0) {
            const struct drill_line *x = &a->d->lines[s->strengths[i]];

            add_line(d, a, &s->lines[s->strengths[i]], either(&x->strength, &x->earned));
        }
    if (s->strengths[0] < 0)
        document_para(d, 0, _("You stayed to the end, and you are reading this."));
    document_heading(d, _("What to try next"));
    for (int i = 0; i < 2; i++)
        if (s->next_steps[i] >= 0) {
            const struct drill_line *x = &a->d->lines[s->next_steps[i]];

            add_line(d, a, &s->lines[s->next_steps[i]], either(&x->next_step, x->points > 0 ? &x->lost : &x->earned));
        }
    if (s->next_steps[0] < 0)
        document_para(d, 0, _("Nothing was missed. Try it in the other language, or a harder one."));
}

static void add_steps(struct document *d, const struct attempt *a, const struct drill_score *s)
{
    size_t n;
    const struct drill_log *log = drill_play_log(a->play, &n);

    if (!a->d->step_count)
        return;
    document_heading(d, _("Safety steps, in order and in time"));
    for (size_t i = 0; i < a->d->step_count; i++) {
        const struct drill_verdict *v = &s->steps[i];
        struct buf b = BUF_INIT;

        buf_addf(&b, "%s: ", text2_now(&a->d->steps[i].label));
        if (v->yes)
            buf_addf(&b, _("done, minute %d"), v->step >= 0 ? log[v->step].clock : 0);
        else if (v->step >= 0)
            buf_addf(&b, _("late: minute %d, and it should have been by minute %d"), log[v->step].clock,
                     a->d->steps[i].by_minute);
        else
            buf_add(&b, _("not done"));
        document_numbered(d, buf_text(&b));
        buf_release(&b);
    }
    document_para(d, 0, s->steps_in_order
                  ? _("All of them, in order and in time.") : _("Not all of them, or not in this order and time."));
}

/* Enough of it to find the place: the whole of it stands in the replay. */
static void add_moment_briefly(const struct attempt *a, const struct drill_verdict *v, struct buf *out)
{
    struct buf all = BUF_INIT;
    size_t n;
    int used;

    debrief_moment(a, v->step, v->yes, &all);
    n = text_fit(buf_text(&all), MOMENT_COLS, &used);
    if (n < all.len)
        while (n > 0 && buf_text(&all)[n] != ' ')
            n--;
    buf_add_mem(out, buf_text(&all), n);
    if (n < all.len)
        buf_add(out, " …");
    buf_release(&all);
}

static void add_skill(struct document *d, const struct attempt *a, const struct drill_score *s, enum drill_skill k)
{
    struct buf b = BUF_INIT, label = BUF_INIT;

    buf_addf(&label, "%s:", drill_skill_label(k));
    if (s->skill_best[k])
        buf_addf(&b, _("%d of %d"), s->skill_points[k], s->skill_best[k]);
    else
        buf_add(&b, _("points were taken away"));
    document_labelled(d, 0, buf_text(&label), buf_text(&b));
    buf_release(&label);
    for (size_t i = 0; i < a->d->line_count; i++) {
        const struct drill_line *x = &a->d->lines[i];
        const struct drill_verdict *v = &s->lines[i];

        if (x->skill != k || (x->points < 0 && !v->yes))
            continue;
        buf_clear(&b);
        buf_addf(&b, "%+d%s: %s (", v->yes ? x->points : 0, x->safety ? _(" (safety)") : "",
                 text2_now(v->yes ? &x->earned : &x->lost));
        add_moment_briefly(a, v, &b);
        buf_add(&b, ")");
        document_bullet(d, 1, buf_text(&b));
    }
    buf_release(&b);
}

/* Points could be earned in it, or were taken away. */
static bool skill_counts(const struct drill *d, const struct drill_score *s, enum drill_skill k)
{
    for (size_t i = 0; i < d->line_count; i++)
        if (d->lines[i].skill == k && (d->lines[i].points > 0 || s->lines[i].yes))
            return true;
    return false;
}

static void add_skills(struct document *d, const struct attempt *a, const struct drill_score *s)
{
    document_heading(d, _("By skill, point by point"));
    for (int k = 0; k < DRILL_SKILLS; k++)
        if (skill_counts(a->d, s, (enum drill_skill) k))
            add_skill(d, a, s, (enum drill_skill) k);
}

static void add_facts(struct document *d, const struct attempt *a, const char *heading, uint64_t which,
                      const char *none)
{
    document_heading(d, heading);
    for (size_t i = 0; i < a->d->fact_count; i++)
        if (which >> i & 1)
            document_bullet(d, 0, text2_now(&a->d->facts[i].label));
    if (!which)
        document_para(d, 0, none);
}

static void add_plan(struct document *d, const struct drill_score *s)
{
    const struct { const char *label; bool yes; } rows[] = {
        { _("A goal in the person's own words:"), s->plan_words },
        { _("A small first step, soon and sure:"), s->plan_small_step },
        { _("A place that is right for access and language:"), s->plan_asset && !s->plan_wrong_asset },
        { _("A date for the next contact:"), s->plan_follow_up },
    };
    char to_go[80];

    document_heading(d, _("The plan, and the record"));
    if (s->to_go < 0) {
        document_para(d, 0, _("No period of support was opened, so there is no plan to look at."));
        return;
    }
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        document_labelled(d, 0, rows[i].label, rows[i].yes ? _("yes, there is") : _("not yet"));
    snprintf(to_go, sizeof to_go, _("%d to go"), s->to_go);
    document_labelled(d, 0, _("Core data set:"), to_go);
}

struct document *debrief_document(const struct attempt *a, const struct drill_score *s, enum lang l)
{
    enum lang before = lang_now();
    struct document *d;

    lang_set(l);
    d = document_new(l, _("Debrief"));
    d->training = true;
    document_set_name(d, text2_now(&a->d->title));
    add_top(d, a, s);
    add_two(d, a, s);
    add_steps(d, a, s);
    add_skills(d, a, s);
    add_facts(d, a, _("Heard and not recorded"), s->heard & ~s->recorded,
              s->heard ? _("Nothing: all that was said is on paper.") :
              _("Nothing, because nothing was told: that takes trust, and questions that leave room."));
    add_facts(d, a, _("Recorded and not said"), s->recorded & ~s->heard, _("Nothing."));
    add_plan(d, s);
    lang_set(before);
    return d;
}

/* --- replay ----------------------------------------------------------------------------------------------------- */

static void hear(void *ctx, enum drill_voice voice, const char *text)
{
    struct document *d = ctx;
    struct buf b = BUF_INIT;

    if (voice == VOICE_YOU)
        document_labelled(d, 0, _("You:"), text);
    else if (voice == VOICE_PERSON)
        document_para(d, 1, text);
    else {
        buf_addf(&b, "[%s]", text);
        document_para(d, 1, buf_text(&b));
    }
    buf_release(&b);
}

static void add_step(struct document *d, const struct attempt *a, int i)
{
    size_t n;
    const struct drill_log *l = &drill_play_log(a->play, &n)[i];
    struct buf b = BUF_INIT;

    if (l->kind == LOG_ARRIVED || l->kind == LOG_ASSET)
        return;
    if (l->kind == LOG_PAUSED || l->kind == LOG_RESUMED) {
        document_para(d, 0, l->kind == LOG_PAUSED ? _("Paused.") : _("Gone on with."));
        return;
    }
    if (l->kind == LOG_SAY)
        buf_addf(&b, _("Minute %d: %s"), l->clock, drill_kind_label(a->d->turns[l->turn].offers[l->offer].kind));
    else
        buf_addf(&b, _("Minute %d: filed: %s"), l->clock, form_title(a, l->form));
    document_numbered(d, buf_text(&b));
    buf_release(&b);
    drill_play_hear(a->play, i, hear, d);
}

struct document *debrief_replay(const struct attempt *a, enum lang l)
{
    enum lang before = lang_now();
    struct buf b = BUF_INIT;
    struct document *d;
    size_t n;

    lang_set(l);
    drill_play_log(a->play, &n);
    d = document_new(l, _("Replay"));
    d->training = true;
    document_set_name(d, text2_now(&a->d->title));
    debrief_approval(a->d, &b);
    document_para(d, 0, buf_text(&b));
    buf_release(&b);
    drill_play_hear(a->play, -1, hear, d);
    for (size_t i = 0; i < n; i++)
        add_step(d, a, (int) i);
    lang_set(before);
    return d;
}
