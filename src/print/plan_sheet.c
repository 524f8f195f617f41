/* The person's own copy of the plan. */
#include "dolen/print/plan_sheet.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/mem.h"
#include "dolen/core/day_text.h"
#include "dolen/core/person.h"
#include "dolen/core/phone.h"
#include "records_priv.h"
#include "dolen/base/banned.h"

struct sheet {
    struct document   *d;
    struct store      *s;
    const struct plan_sheet *ask;
    struct records     goals, actions;
    struct date        agreed;      /* not set: unknown */
    bool               any_place;
};

static const char *in_words(const struct sheet *h, const char *msgid)
{
    return tr_in(h->ask->lang, msgid);
}

/* An action whose goal is gone, or that never had one, stands after the goals. */
static bool belongs(const struct sheet *h, const struct record *action, const struct record *goal)
{
    struct id of = record_id(action, ACTION_goal);

    if (goal)
        return id_eq(of, goal->id);
    for (size_t i = 0; i < h->goals.count && id_is_set(of); i++)
        if (id_eq(of, h->goals.items[i].id))
            return false;
    return true;
}

static void put_actions(struct sheet *h, const struct record *goal)
{
    int level = goal ? 1 : 0;

    for (size_t i = 0; i < h->actions.count; i++) {
        const struct record *a = &h->actions.items[i];
        const char *state = record_or(a, ACTION_state, "");

        if (!belongs(h, a, goal) || str_eq(state, "DROPPED"))
            continue;
        document_step(h->d, level, record_text(a, ACTION_action), str_eq(state, "DONE"));
        document_fact(h->d, level + 1, in_words(h, N_("Who:")), record_text(a, ACTION_who));
        if (str_eq(state, "DONE"))
            document_fact(h->d, level + 1, NULL, in_words(h, N_("This is done.")));
        else
            document_fact_date(h->d, level + 1, in_words(h, N_("By:")), record_date(a, ACTION_by_when), h->agreed);
    }
}

static enum status put_goals(struct sheet *h, struct err *err)
{
    enum status st = ST_OK;
    size_t shown = 0;

    if (id_is_set(h->ask->episode))
        st = store_list(h->s, LIST_GOALS_OF_EPISODE, h->ask->episode, 500, &h->goals, err);
    if (st == ST_OK && id_is_set(h->ask->episode))
        st = store_list(h->s, LIST_ACTIONS_OF_EPISODE, h->ask->episode, 1000, &h->actions, err);
    if (st != ST_OK)
        return st;
    document_heading(h->d, in_words(h, N_("What I want to happen")));
    for (size_t i = 0; i < h->goals.count; i++) {
        const struct record *g = &h->goals.items[i];

        if (str_eq(record_text(g, GOAL_state), "DROPPED"))
            continue;
        shown++;
        document_numbered(h->d, record_text(g, GOAL_goal));
        document_labelled(h->d, 1, in_words(h, N_("Why it matters to me:")), record_text(g, GOAL_why_it_matters));
        if (str_eq(record_text(g, GOAL_state), "REACHED"))
            document_para(h->d, 1, in_words(h, N_("I got there.")));
        put_actions(h, g);
    }
    if (shown + h->actions.count == 0)
        document_para(h->d, 0, in_words(h, N_("There is no plan yet.")));
    put_actions(h, NULL);
    return ST_OK;
}

static void put_place(void *ctx, const struct record *asset)
{
    struct sheet *h = ctx;
    const char *name = asset_name_in(asset, h->ask->lang), *phone = record_text(asset, ASSET_phone);
    struct buf day = BUF_INIT, number = BUF_INIT;

    if (!name)
        return;
    if (!h->any_place)
        document_heading(h->d, in_words(h, N_("Places and people")));
    h->any_place = true;
    document_bullet(h->d, 0, name);
    day_text_show(record_text(asset, ASSET_day), h->ask->lang, &day);
    document_fact(h->d, 1, in_words(h, N_("When:")), day.len ? buf_text(&day) : NULL);
    document_fact(h->d, 1, in_words(h, N_("Where:")), record_text(asset, ASSET_area));
    phone_show(&number, phone ? phone : "");
    document_fact(h->d, 1, in_words(h, N_("Phone:")), buf_text(&number));
    buf_release(&day);
    buf_release(&number);
}

/* The next time we meet, from the open tasks. */
static enum status put_next_time(struct sheet *h, struct err *err)
{
    struct records tasks = { NULL, 0, 0 };
    enum status st = store_list(h->s, LIST_TASKS_OF_PERSON, h->ask->person, 20, &tasks, err);

    for (size_t i = 0; i < tasks.count; i++) {
        const char *kind = record_or(&tasks.items[i], TASK_kind, "");
        struct date due = record_date(&tasks.items[i], TASK_due_on);

        if ((str_eq(kind, "FOLLOW_UP") || str_eq(kind, "REVIEW")) && date_is_set(due) &&
            date_compare(due, h->ask->today) >= 0) {
            document_heading(h->d, in_words(h, N_("What happens next")));
            document_labelled_date(h->d, 0, in_words(h, N_("We talk again on:")), due);
            break;
        }
    }
    records_release(&tasks);
    return st;
}

/* The answers of the plan as it is filed; none is fine. */
static enum status plan_answers(struct store *s, struct id episode, struct answers *out, struct err *err)
{
    struct record r;
    enum status st;

    if (!id_is_set(episode))
        return ST_OK;
    record_init(&r, T_RESPONSE);
    st = store_response(s, "plan", NULL, ID_NONE, episode, &r, err);
    if (st == ST_OK)
        st = store_answers(s, T_RESPONSE, r.id, out, err);
    record_release(&r);
    return st == ST_NOTFOUND ? ST_OK : st;
}

static enum status put_agreed(struct sheet *h, struct err *err)
{
    struct answers a = ANSWERS_INIT;
    enum status st = plan_answers(h->s, h->ask->episode, &a, err);
    const char *on = st == ST_OK ? answers_value(&a, "agreed_on", 0) : NULL;

    if (on && date_parse_iso(on, &h->agreed))
        document_labelled_date(h->d, 0, in_words(h, N_("We agreed this on:")), h->agreed);
    answers_release(&a);
    return st;
}

/* --- before it is given out --------------------------------------------------------------------------------------- */

static const struct {
    const char *copy, *caution;
} copies[] = {
    { "NOT_SAFE", N_("The plan says that it is better not to have a copy at home.") },
    { "NOT_WANTED", N_("The plan says that the person did not want a copy.") },
};

enum status plan_sheet_cautions(struct store *s, const struct plan_sheet *ask, struct buf *out, struct err *err)
{
    struct record person;
    struct answers a = ANSWERS_INIT;
    enum status st;

    record_init(&person, T_PERSON);
    st = store_get(s, T_PERSON, ask->person, &person, err);
    if (st == ST_OK)
        st = plan_answers(s, ask->episode, &a, err);
    if (st == ST_OK && person_is_protected(s, &person))
        buf_addf(out, "%s\n",
                 _("Others may read this paper: goals and steps are on it as they were written, places and the next "
                   "date are not. Ask first where it will be kept."));
    for (size_t i = 0; st == ST_OK && i < ARRAY_LEN(copies); i++)
        if (str_eq(answers_value(&a, "copy_given", 0), copies[i].copy))
            buf_addf(out, "%s\n", _(copies[i].caution));
    answers_release(&a);
    record_release(&person);
    return st;
}

enum lang person_reads(struct store *s, struct id person, enum lang otherwise)
{
    struct record p;
    const char *code;

    record_init(&p, T_PERSON);
    if (store_get(s, T_PERSON, person, &p, NULL) == ST_OK) {
        code = record_text(&p, PERSON_write_language);
        code = code ? code : record_text(&p, PERSON_speak_language);
        otherwise = str_eq(code, "CY") ? LANG_CY : str_eq(code, "EN") ? LANG_EN : otherwise;
    }
    record_release(&p);
    return otherwise;
}

static struct document *sheet_document(const struct plan_sheet *ask, const struct record *person)
{
    struct document *d = document_new(ask->lang, tr_in(ask->lang, N_("My plan")));
    struct buf name = BUF_INIT;

    d->large = ask->large;
    d->training = ask->training;
    person_display_name(&name, record_text(person, PERSON_preferred_name), record_text(person, PERSON_given_name),
                        record_text(person, PERSON_family_name));
    document_set_name(d, buf_text(&name));
    buf_wipe(&name);
    return d;
}

enum status plan_sheet_make(struct document **out, struct store *s, const struct plan_sheet *ask, struct err *err)
{
    struct sheet h = { .s = s, .ask = ask };
    struct record person;
    enum status st;

    record_init(&person, T_PERSON);
    st = store_get(s, T_PERSON, ask->person, &person, err);
    if (st != ST_OK)
        goto out;
    h.d = sheet_document(ask, &person);
    st = put_agreed(&h, err);
    if (st == ST_OK)
        st = put_goals(&h, err);
    /* where a protected person goes, and when, is not written on paper that others may find */
    if (st == ST_OK && id_is_set(ask->episode) && !person_is_protected(s, &person))
        st = each_connected(s, ask->episode, true, put_place, &h, err);
    if (st == ST_OK && !person_is_protected(s, &person))
        st = put_next_time(&h, err);
out:
    record_release(&person);
    records_release(&h.goals);
    records_release(&h.actions);
    if (st == ST_OK)
        *out = h.d;
    else
        document_free(&h.d);
    return st;
}
