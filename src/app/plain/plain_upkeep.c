/* plain_upkeep.c - line mode: the recovery test, settings, a record as it was on a day, and a case opened again. */
#include "plain_priv.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "dolen/base/date.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "recovery_drill.h"
#include "reopen.h"
#include "dolen/base/banned.h"

/* --- the recovery test ------------------------------------------------------------------------------------------ */

enum status plain_secret(struct plain *p, const struct hidden_line *h, struct secret **out, struct err *err)
{
    struct buf line = BUF_INIT;
    enum status st = ST_OK;

    if (isatty(STDIN_FILENO))
        return secret_ask(out, tr(h->hidden), err);
    if (!plain_typed(p, tr(h->typed), &line))
        st = err_set(err, ST_INVALID, "%s", tr(h->none));
    else if (!(*out = secret_new()))
        st = err_set(err, ST_NOMEM, _("There is not enough locked memory. Nothing was changed. Close other programs."));
    else if (!secret_add(*out, buf_text(&line), line.len))
        st = err_set(err, ST_INVALID, "%s", tr(h->none));
    buf_wipe(&line);
    return st;
}

static const struct hidden_line code_line = {
    N_("The recovery code from the paper, not shown: "), N_("The recovery code from the paper, < goes back: "),
    N_("No code was given. Nothing was changed. Try again with the paper at hand."),
};

static void say_score(const struct recovery_score *s)
{
    struct buf words = BUF_INIT;

    tell(_("%d of %d points, in %.1f seconds."), recovery_points(s), RECOVERY_POINTS, (double) s->milliseconds / 1000);
    recovery_words(s, &words);
    tell_text(buf_text(&words));
    tell_text(_("The copy is removed. Put the paper back where it was."));
    buf_release(&words);
}

void plain_recovery(struct plain *p)
{
    struct recovery_score score = { .opened = false };
    struct secret *code = NULL;
    struct err err = { .st = ST_OK };
    int points = 0;
    int64_t last = recovery_last(p->cf->store, &points);

    tell_text(_("Fetch the paper with the recovery code. A copy of the case file is opened with it alone, checked "
                "and removed again; nothing here is changed."));
    if (last)
        tell(_("Last time: %s, %d of %d points."), date_show(instant_date(last)).s, points, RECOVERY_POINTS);
    if (plain_secret(p, &code_line, &code, &err) == ST_OK && recovery_drill(p->cf, code, NULL, &score, &err) == ST_OK)
        say_score(&score);
    else if (p->end == PLAIN_GO_ON)
        tell_error(&err);
    secret_free(&code);
    recovery_score_release(&score);
}

/* --- settings --------------------------------------------------------------------------------------------------- */

static const struct setting *setting_at(size_t i, bool *of_case)
{
    *of_case = i >= settings_count;
    return *of_case ? &case_settings[i - settings_count] : &settings[i];
}

static int value_now(struct plain *p, const struct setting *s, bool of_case)
{
    return of_case ? case_setting_value(p->cf->store, s) : setting_value(s->key);
}

static void setting_words(const struct setting *s, int value, struct buf *out)
{
    buf_addf(out, "%s: ", tr(s->label));
    if (s->words)
        buf_add(out, tr(s->words[value - s->least]));
    else if (s->least == 0 && s->most == 1)
        buf_add(out, value ? _("yes") : _("no"));
    else
        buf_addf(out, "%d %s", value, s->unit ? tr(s->unit) : "");
}

static bool number_typed(struct plain *p, const struct setting *s, int *value)
{
    struct buf line = BUF_INIT;
    char *prompt = xasprintf(_("A number from %d to %d, < goes back: "), s->least, s->most), *end = NULL;
    bool some = plain_typed(p, prompt, &line);
    long n = some ? strtol(buf_text(&line), &end, 10) : 0;
    bool fits = some && end != buf_text(&line) && !*end && n >= s->least && n <= s->most;

    if (some && !fits)
        tell(_("Nothing was changed: a whole number from %d to %d is expected."), s->least, s->most);
    *value = (int) n;
    free(prompt);
    buf_release(&line);
    return fits;
}

static bool word_chosen(struct plain *p, const struct setting *s, int *value)
{
    static const char *const yes_no[] = { N_("no"), N_("yes") };
    const char *const *words = s->words ? s->words : yes_no;
    struct choice items[8];
    size_t n = 0;
    int i;

    for (; n < ARRAY_LEN(items) && (int) n <= s->most - s->least; n++)
        items[n] = (struct choice) { NULL, words[n], false };
    while ((i = plain_choose(p, tr(s->label), items, n)) == CHOSE_AGAIN)
        ;
    *value = s->least + i;
    return i >= 0;
}

/* What it is from now on is said; the list, heard a moment ago, is not read again. */
static void change_setting(struct plain *p, const struct setting *s, bool of_case)
{
    struct err err = { .st = ST_OK };
    struct buf now = BUF_INIT;
    char number[16];
    int value;

    tell_text(tr(s->help));
    if (!(s->words || (s->least == 0 && s->most == 1) ? word_chosen(p, s, &value) : number_typed(p, s, &value)))
        return;
    snprintf(number, sizeof number, "%d", value);
    if (of_case) {
        store_set_setting(p->cf->store, s->key, number, &err);
    } else {
        setting_set(s->key, value);
        settings_save(&err);
    }
    setting_words(s, value_now(p, s, of_case), &now);
    if (err.st != ST_OK)
        tell_error(&err);
    else
        tell_text(buf_text(&now));
    buf_release(&now);
}

void plain_settings(struct plain *p)
{
    struct made *m = xcalloc(1, sizeof *m);
    int i = CHOSE_AGAIN;
    bool of_case;

    while (p->end == PLAIN_GO_ON && i != CHOSE_BACK && i != CHOSE_OVER) {
        enum lang spoken = lang_now();

        for (size_t k = 0; k < settings_count + case_settings_count; k++) {
            const struct setting *s = setting_at(k, &of_case);

            setting_words(s, value_now(p, s, of_case), made_add(m));
            made_take(m);
        }
        i = plain_choose(p, _("Settings; a number changes one"), m->items, m->n);
        made_release(m);
        if (i >= 0)
            change_setting(p, setting_at((size_t) i, &of_case), i >= (int) settings_count);
        p->heard = i >= 0 && lang_now() == spoken;
    }
    free(m);
}

/* --- what was --------------------------------------------------------------------------------------------------- */

void step_as_of(struct plain *p)
{
    struct buf line = BUF_INIT, words = BUF_INIT;
    struct err err = { .st = ST_OK };
    struct date on;

    if (plain_typed(p, _("As it was on which day, < goes back: "), &line)) {
        if (!date_parse_lean(buf_text(&line), p->ui.today, DATE_PAST, &on))
            tell(_("\"%s\" is not a date: write it like 3 Feb 2026, or -30."), buf_text(&line));
        else if (date_compare(on, p->ui.today) > 0)
            tell(_("This day has not come yet (today is %s). Give today or an earlier day."),
                 date_show(p->ui.today).s);
        else if (as_of_text(&p->ui, p->person, on, &words, &err) != ST_OK)
            tell_error(&err);
        else
            tell_text(buf_text(&words));
    }
    buf_wipe(&line);
    buf_wipe(&words);
}

void step_reopen(struct plain *p)
{
    struct buf why = BUF_INIT, due = BUF_INIT;
    struct err err = { .st = ST_OK };
    size_t back;

    if (!id_is_set(p->episode))
        tell_text(_("No period of support yet: one opens when a referral is accepted. Take down a referral, or decide on "
                    "the one that waits."));
    else if (plain_typed(p, _("Why is it opened again, < goes back: "), &why)) {
        if (episode_reopen(p->cf, p->episode, buf_text(&why), &back, &err) != ST_OK) {
            tell_error(&err);
        } else {
            reopened_words(&due, back);
            tell(_("Open again; undo takes this back. %s"), buf_text(&due));
        }
    }
    buf_release(&due);
    buf_wipe(&why);
}
