/* app/plan_text.c - the plan in the person's words, for them to take home. */
#include "plan_text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dolen/base/date.h"
#include "dolen/base/mem.h"
#include "dolen/base/text.h"
#include "dolen/core/person.h"
#include "dolen/ui/text_view.h"
#include "filing.h"
#include "dolen/base/banned.h"

struct sheet {
    struct casefile *cf;
    struct buf      *out;
    enum lang        lang;
    int              cols, indent, first;
};

static void sheet_line(void *ctx, const char *start, size_t bytes)
{
    struct sheet *s = ctx;

    for (int i = 0; i < s->indent; i++)
        buf_add_char(s->out, ' ');
    if (s->first-- > 0 && s->indent >= 2)
        s->out->s[s->out->len - 2] = '-';
    buf_add_mem(s->out, start, bytes);
    buf_add_char(s->out, '\n');
}

static void para(struct sheet *s, int indent, bool bullet, const char *text)
{
    struct buf tame = BUF_INIT;

    text_tame(&tame, text, true);
    s->indent = indent;
    s->first = bullet ? 1 : 0;
    text_wrap(buf_text(&tame), s->cols - indent, sheet_line, s);
    buf_wipe(&tame);
}

static void heading(struct sheet *s, const char *msgid)
{
    buf_add_char(s->out, '\n');
    para(s, 0, false, tr_in(s->lang, msgid));
}

static void labelled(struct sheet *s, int indent, const char *msgid, const char *value)
{
    char *line;

    if (!value || !value[0])
        return;
    line = xasprintf("%s %s", tr_in(s->lang, msgid), value);
    para(s, indent, false, line);
    free(line);
}

static void labelled_date(struct sheet *s, int indent, const char *msgid, struct date d)
{
    enum lang now = lang_now();

    if (!date_is_set(d))
        return;
    lang_set(s->lang);
    labelled(s, indent, msgid, date_show_long(d).s);
    lang_set(now);
}

static void action_lines(struct sheet *s, const struct records *list, struct id goal, int indent)
{
    for (size_t i = 0; i < list->count; i++) {
        const struct record *a = &list->items[i];
        struct id of = record_id(a, ACTION_goal);

        if (!(id_eq(of, goal) || (!id_is_set(of) && !id_is_set(goal))) || str_eq(record_text(a, ACTION_state), "DROPPED"))
            continue;
        para(s, indent, true, record_or(a, ACTION_action, ""));
        labelled(s, indent, N_("Who:"), record_text(a, ACTION_who));
        labelled_date(s, indent, N_("By:"), record_date(a, ACTION_by_when));
    }
}

static enum status goals(struct sheet *s, struct id episode, struct err *err)
{
    struct records goal = { NULL, 0, 0 }, action = { NULL, 0, 0 };
    enum status st = store_list(s->cf->store, LIST_GOALS_OF_EPISODE, episode, 50, &goal, err);

    if (st == ST_OK)
        st = store_list(s->cf->store, LIST_ACTIONS_OF_EPISODE, episode, 100, &action, err);
    if (st == ST_OK && goal.count + action.count == 0)
        para(s, 0, false, tr_in(s->lang, N_("There is no plan yet.")));
    for (size_t i = 0; i < goal.count; i++) {
        char *line = xasprintf("%zu. %s", i + 1, record_or(&goal.items[i], GOAL_goal, ""));

        buf_add_char(s->out, '\n');
        para(s, 0, false, line);
        free(line);
        labelled(s, 3, N_("Why it matters to me:"), record_text(&goal.items[i], GOAL_why_it_matters));
        action_lines(s, &action, goal.items[i].id, 5);
    }
    action_lines(s, &action, ID_NONE, 2);
    records_release(&goal);
    records_release(&action);
    return st;
}

static const char *asset_name(const struct record *asset, enum lang l)
{
    const char *cy = record_text(asset, ASSET_name_cy), *en = record_text(asset, ASSET_name_en);

    return l == LANG_CY ? (cy ? cy : en) : (en ? en : cy);
}

static enum status places(struct sheet *s, struct id episode, struct err *err)
{
    struct records c = { NULL, 0, 0 };
    enum status st = store_list(s->cf->store, LIST_CONNECTIONS_OF_EPISODE, episode, 50, &c, err);
    bool first = true;

    for (size_t i = 0; i < c.count && st == ST_OK; i++) {
        struct record asset;
        const char *status = record_or(&c.items[i], CONNECTION_status, "");

        if (str_eq(status, "DECLINED") || str_eq(status, "STOPPED") || str_eq(status, "NOT_AVAILABLE"))
            continue;
        record_init(&asset, T_ASSET);
        st = store_get(s->cf->store, T_ASSET, record_id(&c.items[i], CONNECTION_asset), &asset, err);
        if (st == ST_OK && asset_name(&asset, s->lang)) {
            if (first)
                heading(s, N_("PLACES AND PEOPLE"));
            first = false;
            para(s, 2, true, asset_name(&asset, s->lang));
            labelled(s, 2, N_("When:"), record_text(&asset, ASSET_day));
            labelled(s, 2, N_("Where:"), record_text(&asset, ASSET_area));
            labelled(s, 2, N_("Phone:"), record_text(&asset, ASSET_phone));
        }
        record_release(&asset);
        if (st == ST_NOTFOUND)
            st = ST_OK;
    }
    records_release(&c);
    return st;
}

/* The next time we meet, from the open tasks. */
static void next_time(struct sheet *s, struct id person)
{
    struct records tasks = { NULL, 0, 0 };

    if (store_list(s->cf->store, LIST_TASKS_OF_PERSON, person, 20, &tasks, NULL) == ST_OK)
        for (size_t i = 0; i < tasks.count; i++) {
            const char *kind = record_or(&tasks.items[i], TASK_kind, "");

            if (str_eq(kind, "FOLLOW_UP") || str_eq(kind, "REVIEW")) {
                buf_add_char(s->out, '\n');
                labelled_date(s, 0, N_("We talk again on:"), record_date(&tasks.items[i], TASK_due_on));
                break;
            }
        }
    records_release(&tasks);
}

enum lang plan_language(struct casefile *cf, struct id person)
{
    struct record p;
    enum lang l = lang_now();
    const char *code;

    record_init(&p, T_PERSON);
    if (store_get(cf->store, T_PERSON, person, &p, NULL) == ST_OK) {
        code = record_text(&p, PERSON_write_language);
        code = code ? code : record_text(&p, PERSON_speak_language);
        if (code && (code[0] == 'C' || code[0] == 'E'))
            l = code[0] == 'C' ? LANG_CY : LANG_EN;
    }
    record_release(&p);
    return l;
}

enum status plan_text(struct casefile *cf, struct id person, enum lang l, int cols, struct buf *out, struct err *err)
{
    struct sheet s = { .cf = cf, .out = out, .lang = l, .cols = cols };
    struct record p;
    struct buf name = BUF_INIT;
    struct id episode = person_episode(cf, person);
    enum status st;

    record_init(&p, T_PERSON);
    st = store_get(cf->store, T_PERSON, person, &p, err);
    if (st == ST_OK) {
        person_display_name(&name, record_text(&p, PERSON_preferred_name), record_text(&p, PERSON_given_name),
                            record_text(&p, PERSON_family_name));
        if (keyslots_is_training(cf->slots))
            para(&s, 0, false, "HYFFORDDIANT / TRAINING");
        labelled(&s, 0, N_("MY PLAN:"), buf_text(&name));
        labelled_date(&s, 0, N_("Made together:"), clock_today());
        heading(&s, N_("WHAT I WANT TO HAPPEN"));
        st = id_is_set(episode) ? goals(&s, episode, err) : ST_OK;
    }
    /* where a protected person goes, and when, is not written on paper that others may find */
    if (st == ST_OK && id_is_set(episode) && !person_is_guarded(cf, person))
        st = places(&s, episode, err);
    if (st == ST_OK)
        next_time(&s, person);
    record_release(&p);
    buf_wipe(&name);
    return st;
}

/* --- on the screen -------------------------------------------------------------------------------------------------- */

struct plan_view {
    struct view       view;
    struct casefile  *cf;
    struct id         person;
    struct text_view *text;
};

static enum status view_load(struct view *v, struct err *err)
{
    struct plan_view *p = (struct plan_view *) v;
    struct buf b = BUF_INIT;
    enum status st = plan_text(p->cf, p->person, plan_language(p->cf, p->person), 76, &b, err);

    text_view_clear(p->text);
    text_view_add(p->text, STYLE_TEXT, buf_text(&b));
    buf_wipe(&b);
    return st;
}

static void view_draw(struct view *v, struct area body)
{
    text_view_draw(((struct plan_view *) v)->text, body);
}

static unsigned view_act(struct view *v, int action)
{
    bool moved;

    return text_view_act(((struct plan_view *) v)->text, action, &moved) ? REACT_DRAW : REACT_PASS;
}

static struct focus view_focus(struct view *v)
{
    return (struct focus) { .person = ((struct plan_view *) v)->person };
}

static void view_title(struct view *v, struct buf *out)
{
    (void) v;
    buf_add(out, _("The person's copy of the plan"));
}

static void view_close(struct view *v)
{
    text_view_free(&((struct plan_view *) v)->text);
    free(v);
}

static const struct view_ops plan_view_ops = {
    .name = "plan-text", .context = IN_TEXT, .stale_on = CHANGED(GOAL) | CHANGED(ACTION) | CHANGED(PERSON), .load = view_load,
    .draw = view_draw, .act = view_act, .focus = view_focus, .title = view_title, .close = view_close
};

struct view *plan_text_view_new(struct casefile *cf, struct ui *u, struct id person)
{
    struct plan_view *p = xcalloc(1, sizeof *p);

    (void) u;
    p->view.ops = &plan_view_ops;
    p->cf = cf;
    p->person = person;
    p->text = text_view_new();
    return &p->view;
}
