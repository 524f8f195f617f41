/* asof_view.c - a person, the periods of support, the plan and every form that was filed as they stood at the end of a
 * day; nothing can be changed. */
#include "person_priv.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/text.h"
#include "dolen/core/person.h"
#include "dolen/core/safe.h"
#include "dolen/ui/actions.h"
#include "dolen/ui/screen.h"
#include "dolen/ui/text_view.h"
#include "dolen/base/banned.h"

struct as_of_view {
    struct view       view;
    struct ui        *u;
    struct id         person;
    struct person_row whose;
    struct date       on;
    bool              guarded;          /* by the rule of that day or of today */
    struct text_view *text;
    struct older      older;            /* the definitions of then */
};

static struct as_of_view *of(struct view *v)
{
    return (struct as_of_view *) v;
}

static bool guards(const struct record *p)
{
    return safe_is_protected(record_text(p, PERSON_safe_contact), record_text(p, PERSON_do_not_contact));
}

static void heading(struct as_of_view *v, const char *words)
{
    text_view_add(v->text, STYLE_TEXT, "");
    text_view_add(v->text, STYLE_HEADING, words);
}

static void record_lines(struct as_of_view *v, const struct record *r)
{
    for (int c = 0; c < table_column_count(r->table); c++) {
        const char *name = table_column_name(r->table, c), *value = record_text(r, c);
        const struct question *q = column_question(v->u, r->table, name);
        bool covered = r->table == T_PERSON && v->guarded && safe_covers(name);
        struct buf line = BUF_INIT;

        if (!value || column_is_inner(name))
            continue;
        const char *label = q ? text2_now(&q->label) : column_label(name);

        buf_addf(&line, "%s%s ", label, text_colon(label));
        if (r->table == T_PERSON && c == PERSON_birth_date)         /* no closer than it was known */
            buf_add(&line, person_born(record_date(r, c), record_text(r, PERSON_birth_precision)).s);
        else
            column_words(v->u, q, safe_show(value, covered, false), &line);
        text_view_add(v->text, STYLE_TEXT, buf_text(&line));
        buf_wipe(&line);
    }
}

/* The definition of then asks in its own words; what it did not ask any more, an earlier one did. */
static const struct question *asked_then(struct as_of_view *v, const struct record *r, const char *name)
{
    size_t n;
    const char *const *ids = catalog_list(v->u->catalog, DEF_FORM, &n);
    const struct question *q = NULL;

    for (size_t i = 0; i < n && !q; i++) {
        char hash[DEFINITION_HASH];
        const struct form *form;

        if (!record_definition(r, ids[i], hash))
            continue;
        form = older_form(&v->older, v->u, ids[i], hash);
        q = form ? form_question(form, name) : NULL;
        if (!q)
            q = older_question(&v->older, v->u, ids[i], name, NULL);
    }
    return q ? q : column_question(v->u, r->table, name);
}

static void answer_lines(struct as_of_view *v, const struct record *r, const struct answers *answers)
{
    for (size_t i = 0; i < answers->count; i++) {
        const struct answer *a = &answers->items[i];
        const struct question *q = asked_then(v, r, a->name);
        bool covered = r->table == T_PERSON && v->guarded && safe_covers(a->name);
        struct buf line = BUF_INIT, label = BUF_INIT;

        if (!a->value && (a->missing == MISSING_SKIPPED || a->missing == MISSING_NOT_REACHED))
            continue;
        buf_add(&label, q ? text2_now(&q->label) : a->name);
        if (a->repeat > 0)
            buf_addf(&label, " (%d)", a->repeat);
        buf_addf(&line, "%s%s ", buf_text(&label), text_colon(buf_text(&label)));
        if (a->value)
            column_words(v->u, q, safe_show(a->value, covered, false), &line);
        else
            buf_add(&line, missing_label(a->missing));
        text_view_add(v->text, STYLE_TEXT, buf_text(&line));
        buf_wipe(&line);
        buf_release(&label);
    }
}

static int place_in(const struct form *form, const char *name)
{
    for (size_t i = 0; i < form->count; i++)
        if (str_eq(form->questions[i].name, name))
            return (int) i;
    return (int) form->count;
}

/* As the form asks, instance by instance; what was written later does not come later. */
static void in_order(const struct form *form, struct answers *a)
{
    for (size_t i = 1; form && i < a->count; i++)
        for (size_t k = i; k > 0; k--) {
            struct answer *x = &a->items[k - 1], *y = &a->items[k], swap = *x;
            int before = place_in(form, x->name), after = place_in(form, y->name);

            if (before < after || (before == after && x->repeat <= y->repeat))
                break;
            *x = *y;
            *y = swap;
        }
}

static enum status response_lines(struct as_of_view *v, struct id response, struct err *err)
{
    struct record then = { .text = NULL };
    struct answers answers = ANSWERS_INIT;
    enum status st = store_as_of(v->u->store, T_RESPONSE, response, v->on, &then, &answers, err);

    if (st == ST_OK) {
        const char *id = record_or(&then, RESPONSE_form, "");
        const struct form *form = older_form(&v->older, v->u, id, record_or(&then, RESPONSE_def_hash, ""));
        struct buf title = BUF_INIT;

        words_add(&title, form ? text2_now(&form->title) : id);
        if (date_is_set(record_date(&then, RESPONSE_held_on)))
            words_add(&title, date_show(record_date(&then, RESPONSE_held_on)).s);
        heading(v, buf_text(&title));
        in_order(form, &answers);
        answer_lines(v, &then, &answers);
        buf_release(&title);
    }
    answers_release(&answers);
    record_release(&then);
    return st;
}

/* Forms that have no table of their own: the conversation, measures, a service's own. */
static enum status responses_lines(struct as_of_view *v, struct err *err)
{
    struct records all = { NULL, 0, 0 };
    enum status st = store_as_of_list(v->u->store, T_RESPONSE, "person", v->person, v->on, &all, err);

    for (size_t i = 0; st == ST_OK && i < all.count; i++)
        st = response_lines(v, all.items[i].id, err);
    records_release(&all);
    return st;
}

static enum status plan_lines(struct as_of_view *v, struct id episode, struct err *err)
{
    struct records goals = { NULL, 0, 0 }, actions_then = { NULL, 0, 0 };
    enum status st = store_as_of_list(v->u->store, T_GOAL, "episode", episode, v->on, &goals, err);

    if (st == ST_OK)
        st = store_as_of_list(v->u->store, T_ACTION, "episode", episode, v->on, &actions_then, err);
    if (st == ST_OK && goals.count + actions_then.count > 0)
        heading(v, _("Plan"));
    for (size_t i = 0; st == ST_OK && i < goals.count; i++) {
        struct buf line = BUF_INIT;

        words_add(&line, record_text(&goals.items[i], GOAL_goal));
        words_add(&line, record_text(&goals.items[i], GOAL_why_it_matters));
        words_add(&line, word_of(v->u, "goal_state", record_text(&goals.items[i], GOAL_state)));
        text_view_add(v->text, STYLE_TEXT, buf_text(&line));
        buf_wipe(&line);
    }
    for (size_t i = 0; st == ST_OK && i < actions_then.count; i++) {
        const struct record *a = &actions_then.items[i];
        struct buf line = BUF_INIT;

        words_add(&line, record_text(a, ACTION_action));
        words_add(&line, record_text(a, ACTION_who));
        if (date_is_set(record_date(a, ACTION_by_when)))
            words_add(&line, date_show(record_date(a, ACTION_by_when)).s);
        text_view_addf(v->text, STYLE_TEXT, "- %s", buf_text(&line));
        buf_wipe(&line);
    }
    records_release(&goals);
    records_release(&actions_then);
    return st;
}

/* Forms that fill a table: what stands in its columns, and what stands beside them. */
static enum status filed_lines(struct as_of_view *v, enum table_id t, struct err *err)
{
    struct records all = { NULL, 0, 0 };
    enum status st = store_as_of_list(v->u->store, t, "person", v->person, v->on, &all, err);

    for (size_t i = 0; st == ST_OK && i < all.count; i++) {
        struct record then = { .text = NULL };
        struct answers answers = ANSWERS_INIT;
        struct buf title = BUF_INIT, asset = BUF_INIT;

        st = store_as_of(v->u->store, t, all.items[i].id, v->on, &then, &answers, err);
        if (st == ST_OK) {
            words_add(&title, table_label(t));
            asset_words(v->u, t == T_CONNECTION ? record_id(&then, CONNECTION_asset) : ID_NONE, &asset);
            words_add(&title, buf_text(&asset));
            heading(v, buf_text(&title));
            record_lines(v, &then);
            answer_lines(v, &then, &answers);
        }
        buf_wipe(&title);
        buf_wipe(&asset);
        answers_release(&answers);
        record_release(&then);
    }
    records_release(&all);
    return st;
}

/* What was serious has its own place, and nothing of it stands here. */
static enum status all_filed_lines(struct as_of_view *v, struct err *err)
{
    static const enum table_id filed[] = { T_CONTACT, T_CONNECTION, T_GAP, T_CONSENT, T_EQUALITY, T_NOTE };
    enum status st = responses_lines(v, err);

    for (size_t i = 0; st == ST_OK && i < ARRAY_LEN(filed); i++)
        st = filed_lines(v, filed[i], err);
    return st;
}

/* By the name of that day; the mark by the rule of that day or of today. */
static void name_of_then(struct as_of_view *v, const struct record *then)
{
    struct buf name = BUF_INIT;

    person_display_name(&name, record_text(then, PERSON_preferred_name), record_text(then, PERSON_given_name),
                        record_text(then, PERSON_family_name));
    v->whose = (struct person_row) { .id = v->person, .safe_contact = v->guarded };
    str_copy(v->whose.name, sizeof v->whose.name, buf_text(&name));
    str_copy(v->whose.language, sizeof v->whose.language, record_or(then, PERSON_speak_language, ""));
    buf_wipe(&name);
}

static enum status then_lines(struct as_of_view *v, struct err *err)
{
    struct record then = { .text = NULL };
    struct records episodes = { NULL, 0, 0 };
    struct answers answers = ANSWERS_INIT;
    enum status st = store_as_of(v->u->store, T_PERSON, v->person, v->on, &then, &answers, err);

    if (st == ST_OK) {
        v->guarded = v->guarded || guards(&then);
        name_of_then(v, &then);
        if (then.binned)
            text_view_add(v->text, STYLE_HINT, _("On that day it lay in the bin, or was joined to another record, which "
                                                 "then held what belongs to it."));
        heading(v, _("Person"));
        record_lines(v, &then);
        answer_lines(v, &then, &answers);
        st = filed_lines(v, T_REFERRAL, err);
    }
    if (st == ST_OK) {
        st = store_as_of_list(v->u->store, T_EPISODE, "person", v->person, v->on, &episodes, err);
    }
    for (size_t i = 0; st == ST_OK && i < episodes.count; i++) {
        heading(v, _("Period of support"));
        record_lines(v, &episodes.items[i]);
        st = plan_lines(v, episodes.items[i].id, err);
    }
    if (st == ST_OK)
        st = all_filed_lines(v, err);
    answers_release(&answers);
    record_release(&then);
    records_release(&episodes);
    return st;
}

static enum status as_of_load(struct view *view, struct err *err)
{
    struct as_of_view *v = of(view);
    struct record now = { .text = NULL };
    struct err missing = { .st = ST_OK };
    enum status st = store_get(v->u->store, T_PERSON, v->person, &now, err);

    text_view_clear(v->text);
    text_view_addf(v->text, STYLE_WARN, _("As it was on %s; for reading only."), date_show(v->on).s);
    v->guarded = now.text && person_is_protected(v->u->store, &now);
    record_release(&now);
    if (st != ST_OK)
        return st;
    st = then_lines(v, &missing);
    if (st == ST_NOTFOUND) {
        text_view_add(v->text, STYLE_TEXT, err_text(&missing));
        return ST_OK;
    }
    return st == ST_OK ? st : err_set(err, st, "%s", err_text(&missing));
}

static void as_of_draw(struct view *view, struct area body)
{
    text_view_draw(of(view)->text, body);
}

/* What is done to a person or in any list: it would be done to what stands there today, behind this page. */
static bool would_change(int action)
{
    static const int anywhere[] = { ACT_ADD, ACT_EDIT, ACT_BIN, ACT_UNDO, ACT_AGAIN };

    for (size_t i = 0; i < ARRAY_LEN(anywhere); i++)
        if (anywhere[i] == action)
            return true;
    for (size_t i = 0; i < actions_count; i++)
        if (actions[i].id == action && (actions[i].where & IN_PERSON))
            return !(actions[i].where & IN_AS_OF);
    return false;
}

static unsigned as_of_act(struct view *view, int action)
{
    if (!would_change(action))
        return text_view_act(of(view)->text, action);
    screen_message(view->screen, STYLE_WARN,
                   _("This is how it was on %s, and nothing is changed here. Esc leads back to today's record."),
                   date_show(of(view)->on).s);
    return REACT_DRAW;
}

static void as_of_title(struct view *view, struct buf *out)
{
    buf_addf(out, _("%s: as it was"), date_show(of(view)->on).s);       /* what is cut first is not the day */
}

static void as_of_banner(struct view *view, struct buf *out)
{
    person_banner_put(of(view)->u, &of(view)->whose, out);
}

static void as_of_close(struct view *view)
{
    text_view_free(&of(view)->text);
    older_release(&of(view)->older);
    explicit_bzero(&of(view)->whose, sizeof of(view)->whose);
    free(view);
}

static void as_of_place(struct view *view, struct buf *out)
{
    buf_add(out, date_iso(of(view)->on).s);
}

static const char *as_of_word(struct view *view, int action)
{
    (void) view;
    return action == ACT_AS_OF ? _("Another day") : NULL;
}

static const int bar[] = { NAV_BACK, ACT_AS_OF, ACT_TODAY, 0 };

static const struct view_ops ops = {
    .name = "as-of", .context = IN_TEXT | IN_AS_OF, .stale_on = ~0u, .bar = bar, .load = as_of_load, .draw = as_of_draw,
    .act = as_of_act,
    .title = as_of_title, .banner = as_of_banner, .place = as_of_place, .bar_word = as_of_word, .close = as_of_close,
};

struct view *as_of_view_new(struct ui *u, struct id person, struct date on)
{
    struct as_of_view *v = xcalloc(1, sizeof *v);

    v->view.ops = &ops;
    v->u = u;
    v->person = person;
    v->on = on;
    v->text = text_view_new();
    return &v->view;
}

enum status as_of_text(struct ui *u, struct id person, struct date on, struct buf *out, struct err *err)
{
    struct view *v = as_of_view_new(u, person, on);
    enum status st = as_of_load(v, err);

    if (st == ST_OK)
        text_view_text(of(v)->text, out);
    as_of_close(v);
    return st;
}
