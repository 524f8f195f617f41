/* plain_steps.c - steps of a case that take more than opening a form. */
#include "plain_priv.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dolen/base/date.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/core/safe.h"
#include "casework.h"
#include "large_step.h"
#include "dolen/base/banned.h"

#define TO_GO_MAX       80
#define ADDED_FORMS_MAX 40

/* --- deciding ----------------------------------------------------------------------------------------------------- */

void step_decide(struct plain *p)
{
    struct target t = { .form = "decision", .person = p->person };
    struct err err = { .st = ST_OK };

    if (casework_referral_to_decide(p->cf, p->person, &t.record, &err) == ST_OK)
        plain_form(p, &t, NULL);
    else
        tell_error(&err);
}

/* --- connecting --------------------------------------------------------------------------------------------------- */

/* Suggested from the start, so that a draft left behind still knows which asset it is about. */
static void connect_to(struct plain *p, struct id asset)
{
    struct target t = { .form = "connection", .person = p->person, .episode = p->episode, .new_one = true };
    struct err err = { .st = ST_OK };

    if (casework_suggest(p->cf, p->person, p->episode, asset, &t.record, &err) == ST_OK)
        plain_form(p, &t, NULL);
    else
        tell_error(&err);
}

/* What speaks against sending somebody there is said first. */
static bool choose_all_the_same(struct plain *p, struct id asset)
{
    struct asset_row row;
    struct buf b = BUF_INIT;
    bool yes = true;

    if (asset_row_get(p->cf->store, asset, &row, NULL) != ST_OK)
        return true;
    choosing_cautions(&p->ui, p->person, p->episode, &row, &b);
    if (b.len) {
        tell_text(buf_text(&b));
        yes = plain_yes(p, _("Choose it all the same?")) == ANSWER_YES;
        if (!yes)
            tell_text(_("Not chosen. Nothing was changed."));
    }
    buf_release(&b);
    return yes;
}

void step_connect(struct plain *p)
{
    static const struct choice items[] = {
        { N_(":search"), N_("Choose from the directory"), false },
        { N_(":gap"), N_("Nothing fits: record unmet need"), false },
        { N_(":add"), N_("Add to the directory"), false },
    };
    struct target entry = { .form = "asset", .new_one = true };
    struct target gap = { .form = "gap", .person = p->person, .episode = p->episode };
    struct id asset;
    int i = CHOSE_AGAIN;

    if (!id_is_set(p->episode)) {
        tell_text(_("No period of support yet: one opens when a referral is accepted. Take down a referral, or decide on "
                    "the one that waits."));
        return;
    }
    while (i == CHOSE_AGAIN || i == 2) {
        i = plain_choose(p, _("Connect"), items, ARRAY_LEN(items));
        if (i == 2 && plain_form(p, &entry, NULL) == FORM_OVER)
            return;
    }
    if (i == 0 && choose_asset(p, _("Connect to which?"), &asset) == ST_OK && choose_all_the_same(p, asset))
        connect_to(p, asset);
    else if (i == 1)
        plain_form(p, &gap, NULL);
}

/* --- measures ----------------------------------------------------------------------------------------------------- */

static const struct form *choose_form(struct plain *p)
{
    const struct form *found[MEASURE_FORMS_MAX];
    struct choice items[MEASURE_FORMS_MAX];
    size_t n = casework_measure_forms(p->cf, p->person, found, MEASURE_FORMS_MAX);
    int i;

    do {
        for (size_t k = 0; k < n; k++)
            items[k] = (struct choice) { found[k]->id, text2_now(&found[k]->title), true };
        i = plain_choose(p, _("Which measure?"), items, n);
    } while (i == CHOSE_AGAIN);
    return i >= 0 ? found[i] : NULL;
}

void step_measure(struct plain *p)
{
    struct codelist *stages = catalog_codes(p->cf->catalog, "stage", NULL);
    struct choice items[8];
    struct target t = { .person = p->person, .episode = p->episode };
    const struct form *f = choose_form(p);
    size_t n = 0;
    int i;

    if (!f || !stages)
        return;
    do {
        for (n = 0; n < stages->count && n < ARRAY_LEN(items); n++)
            items[n] = (struct choice) { stages->items[n].code, text2_now(&stages->items[n].label), true };
        i = plain_choose(p, _("At which point?"), items, n);
    } while (i == CHOSE_AGAIN);
    if (i < 0)
        return;
    t.form = f->id;
    t.stage = stages->items[i].code;
    plain_form(p, &t, NULL);
}

/* --- forms that a service added ----------------------------------------------------------------------------------- */

static size_t added_forms(struct plain *p, struct choice *items, size_t max)
{
    size_t count, n = 0;
    const char *const *ids = catalog_list(p->cf->catalog, DEF_FORM, &count);

    for (size_t i = 0; i < count && n < max; i++) {
        const struct form *f = catalog_form(p->cf->catalog, ids[i], NULL);

        if (f && form_is_added(f))
            items[n++] = (struct choice) { f->id, text2_now(&f->title), true };
    }
    return n;
}

void step_added_form(struct plain *p)
{
    struct target t = { .person = p->person, .episode = p->episode };
    struct choice items[ADDED_FORMS_MAX];
    int i = CHOSE_AGAIN;

    while (i == CHOSE_AGAIN) {
        size_t n = added_forms(p, items, ARRAY_LEN(items));

        if (n == 0) {
            tell_text(_("Your service has added no form: a definition of one goes into the folder of forms."));
            return;
        }
        i = plain_choose(p, _("Which form?"), items, n);
    }
    if (i < 0)
        return;
    t.form = items[i].word;
    plain_form(p, &t, NULL);
}

/* --- feedback ----------------------------------------------------------------------------------------------------- */

void step_feedback(struct plain *p)
{
    struct err err = { .st = ST_OK };

    if (casework_feedback_sent(p->cf, p->person, &err) == ST_OK)
        tell_text(_("Feedback to the referrer: sent today."));
    else
        tell_error(&err);
}

/* --- what is hidden ----------------------------------------------------------------------------------------------- */

static void say_rule(struct plain *p, const struct record *person)
{
    struct buf rule = BUF_INIT;

    safe_rule_text(&p->ui, person, &rule);
    tell_text(rule.len ? buf_text(&rule) : _("There is nothing to read first."));
    buf_wipe(&rule);
}

void step_mark(struct plain *p)
{
    struct record r;

    record_init(&r, T_PERSON);
    if (store_get(p->cf->store, T_PERSON, p->person, &r, NULL) == ST_OK)
        say_rule(p, &r);
    record_release(&r);
}

static void reveal(struct plain *p, const char *column, const char *label, const char *value)
{
    struct err err = { .st = ST_OK };
    char why[80];

    if (plain_yes(p, _("Show it now? It is written to the history.")) != ANSWER_YES)
        return;
    snprintf(why, sizeof why, "revealed: %s", column);
    if (store_note(p->cf->store, "person", p->person, why, &err) == ST_OK)
        tell("%s: %s", label, value);
    else
        tell_error(&err);
}

void step_reveal(struct plain *p)
{
    const struct form *form = catalog_form(p->cf->catalog, "person", NULL);
    struct choice items[PERSON_COLUMN_COUNT];
    int column[PERSON_COLUMN_COUNT], i = CHOSE_AGAIN;
    struct record r;

    record_init(&r, T_PERSON);
    if (store_get(p->cf->store, T_PERSON, p->person, &r, NULL) != ST_OK || !form ||
        !person_is_guarded(p->cf, p->person)) {
        tell_text(_("Nothing is hidden here. Go to a value that is dots (•••) first."));
        i = CHOSE_BACK;
    }
    while (i == CHOSE_AGAIN) {
        size_t n = 0;

        for (int c = 0; c < PERSON_COLUMN_COUNT; c++) {
            const char *name = table_column_name(T_PERSON, c);
            const struct question *q = safe_covers(name) && record_text(&r, c) ? form_question(form, name) : NULL;

            if (q) {
                column[n] = c;
                items[n++] = (struct choice) { name, text2_now(&q->label), true };
            }
        }
        say_rule(p, &r);
        i = plain_choose(p, _("Show which?"), items, n);
    }
    if (i >= 0)
        reveal(p, table_column_name(T_PERSON, column[i]), items[i].label, record_or(&r, column[i], ""));
    record_release(&r);
}

/* --- the rest ----------------------------------------------------------------------------------------------------- */

void step_to_go(struct plain *p)
{
    const struct data_set_item *missing[TO_GO_MAX];
    struct choice items[TO_GO_MAX];
    size_t n;
    int i;

    if (!id_is_set(p->episode)) {
        tell_text(_("No period of support yet: one opens when a referral is accepted. Take down a referral, or decide on "
                    "the one that waits."));
        return;
    }
    do {
        n = episode_to_go(&p->ui, p->episode, missing, TO_GO_MAX);
        n = n < TO_GO_MAX ? n : TO_GO_MAX;
        if (!n) {
            tell_text(_("Nothing is missing for the core data set."));
            return;
        }
        for (size_t k = 0; k < n; k++)
            items[k] = (struct choice) { NULL, text2_now(&missing[k]->label), true };
        i = plain_choose(p, _("Still missing. A number goes to the question."), items, n);
    } while (i == CHOSE_AGAIN);
    if (i >= 0 && missing[i]->form) {
        struct target t = { .form = missing[i]->form, .person = p->person, .episode = p->episode };

        plain_form(p, &t, missing[i]->question);
    } else if (i >= 0) {
        tell_text(_("This one follows from other answers; it has no question of its own."));
    }
}

void step_undo(struct plain *p)
{
    enum table_id what;
    struct id id;
    struct err err = { .st = ST_OK };
    struct text2 large = { { NULL } };
    bool yes = plain_yes(p, undo_question(p->cf->store, &large) ? text2_now(&large)
                                                                : _("Take back the last change?")) == ANSWER_YES;

    text2_release(&large);
    if (!yes)
        return;
    if (undo_said(p->cf, &what, &id, &large, &err) == ST_OK)
        tell_text(text2_now(&large));
    else
        tell_error(&err);
    text2_release(&large);
}
