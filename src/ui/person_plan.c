/* person_plan.c - the plan, what the person was connected to, and the contacts there were. */
#include "person_priv.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/banned.h"

#define LINES_SHOWN    100
#define CONTACTS_SHOWN 400

static bool no_episode(struct person_view *v, struct sheet *s)
{
    if (id_is_set(v->episode.id))
        return false;
    sheet_text(s, STYLE_HINT, person_nothing_open(v));
    return true;
}

/* --- plan ------------------------------------------------------------------------------------------------------- */

/* States of an action: those of goals, and done. */
static const char *state_word(struct ui *u, const char *state)
{
    return str_eq(state, "DONE") ? _("Done") : word_of(u, "goal_state", state);
}

static bool is_open(const char *state)
{
    return !state || str_eq(state, "OPEN");
}

static void action_row(struct person_view *v, struct sheet *s, const struct record *a)
{
    const char *state = record_text(a, ACTION_state);
    struct date by = record_date(a, ACTION_by_when);
    bool late = is_open(state) && date_is_set(by) && date_compare(by, v->u->today) < 0;
    long sure = record_int(a, ACTION_confidence, -1);
    struct buf b = BUF_INIT, note = BUF_INIT;
    struct sheet_item *item;

    buf_addf(&b, "%s %s", is_open(state) ? "[ ]" : "[x]", record_or(a, ACTION_action, ""));
    words_add(&note, record_text(a, ACTION_who));
    words_add_date(&note, _("by %s"), by);
    if (sure >= 0)
        words_addf(&note, _("sure %ld/10"), sure);
    if (!is_open(state))
        words_add(&note, state_word(v->u, state));
    words_add(&note, record_text(a, ACTION_state_why));
    item = sheet_row(s, person_focus_of(v, FOCUS_ACTION, a->id), NULL, buf_text(&b));
    item->indent = id_is_set(record_id(a, ACTION_goal)) ? 2 : 0;      /* of no goal: not below the last one */
    item->style = late ? STYLE_OVERDUE : STYLE_VALUE;
    if (record_text(a, ACTION_in_the_way))
        buf_addf(&note, "\n%s %s", _("In the way:"), record_text(a, ACTION_in_the_way));
    sheet_note(item, buf_text(&note));
    buf_wipe(&b);
    buf_wipe(&note);
}

static void actions_of(struct person_view *v, struct sheet *s, const struct records *lines, struct id goal)
{
    for (size_t i = 0; i < lines->count; i++)
        if (id_eq(record_id(&lines->items[i], ACTION_goal), goal))
            action_row(v, s, &lines->items[i]);
}

static enum status goal_row(struct person_view *v, struct sheet *s, const struct record *g, size_t number,
                            struct err *err)
{
    struct records ratings = { NULL, 0, 0 };
    enum status st = store_list(v->u->store, LIST_RATINGS_OF_GOAL, g->id, LINES_SHOWN, &ratings, err);
    const char *state = record_text(g, GOAL_state);
    struct buf b = BUF_INIT, note = BUF_INIT;
    struct sheet_item *item;

    buf_addf(&b, "%zu. %s", number, record_or(g, GOAL_goal, ""));
    if (!is_open(state))
        words_add(&b, state_word(v->u, state));
    words_add(&note, record_text(g, GOAL_why_it_matters));
    item = sheet_row(s, person_focus_of(v, FOCUS_GOAL, g->id), NULL, buf_text(&b));
    item->style = STYLE_HEADING;
    item->high = 10;
    for (size_t i = 0; i < ratings.count; i++)
        sheet_value(item, (long) i, (double) record_int(&ratings.items[i], RATING_rating, 0));
    if (ratings.count > 1 && note.len > 0)
        buf_add_char(&note, '\n');
    if (ratings.count > 1)
        buf_addf(&note, _("From %s to %s of 10, %s to %s"), record_or(&ratings.items[0], RATING_rating, ""),
                 record_or(&ratings.items[ratings.count - 1], RATING_rating, ""),
                 date_show(record_date(&ratings.items[0], RATING_rated_on)).s,
                 date_show(record_date(&ratings.items[ratings.count - 1], RATING_rated_on)).s);
    sheet_note(item, buf_text(&note));
    records_release(&ratings);
    buf_wipe(&b);
    buf_wipe(&note);
    return st;
}

static enum status plan_head(struct person_view *v, struct sheet *s, struct err *err)
{
    struct record r;
    struct answers a = ANSWERS_INIT;
    struct date on;
    enum status st = ST_OK;
    struct buf b = BUF_INIT;

    record_init(&r, T_RESPONSE);
    if (store_response(v->u->store, "plan", NULL, ID_NONE, v->episode.id, &r, NULL) == ST_OK)
        st = store_answers(v->u->store, T_RESPONSE, r.id, &a, err);
    if (st == ST_OK && id_is_set(r.id)) {
        if (str_eq(answers_value(&a, "agreed", 0), "1"))
            buf_add(&b, _("Agreed with the person"));
        else
            buf_add(&b, _("Not agreed yet"));
        if (answers_value(&a, "agreed_on", 0) && date_parse_iso(answers_value(&a, "agreed_on", 0), &on))
            words_add_date(&b, "%s", on);
        if (answers_value(&a, "review_on", 0) && date_parse_iso(answers_value(&a, "review_on", 0), &on))
            words_add_date(&b, _("look at it again %s"), on);
        sheet_row(s, person_focus_form(v, "plan", r.id, NULL), NULL, buf_text(&b));
    }
    buf_release(&b);
    answers_release(&a);
    record_release(&r);
    return st;
}

enum status person_plan(struct person_view *v, struct sheet *s, struct err *err)
{
    struct records goals = { NULL, 0, 0 }, lines = { NULL, 0, 0 };
    size_t before;
    enum status st;

    if (no_episode(v, s))
        return ST_OK;
    st = plan_head(v, s, err);
    if (st == ST_OK)
        st = store_list(v->u->store, LIST_GOALS_OF_EPISODE, v->episode.id, LINES_SHOWN, &goals, err);
    if (st == ST_OK)
        st = store_list(v->u->store, LIST_ACTIONS_OF_EPISODE, v->episode.id, LINES_SHOWN, &lines, err);
    for (size_t i = 0; st == ST_OK && i < goals.count; i++) {
        st = goal_row(v, s, &goals.items[i], i + 1, err);
        actions_of(v, s, &lines, goals.items[i].id);
    }
    before = s->count;
    if (st == ST_OK && goals.count > 0) {
        actions_of(v, s, &lines, ID_NONE);
    } else if (st == ST_OK) {
        actions_of(v, s, &lines, ID_NONE);
        if (s->count == before)
            sheet_text(s, STYLE_HINT, _("No goal yet: P opens the plan."));
    }
    records_release(&goals);
    records_release(&lines);
    return st;
}

/* --- connections and gaps --------------------------------------------------------------------------------------- */

static void connection_row(struct person_view *v, struct sheet *s, const struct record *c)
{
    const char *said = record_text(c, CONNECTION_said_by);
    struct buf name = BUF_INIT, b = BUF_INIT;
    struct sheet_item *item;

    asset_words(v->u, record_id(c, CONNECTION_asset), &name);
    if (name.len == 0)
        buf_add(&name, _("(not in the directory)"));
    words_add(&b, word_of(v->u, "connection_status", record_text(c, CONNECTION_status)));
    if (said)
        buf_addf(&b, " (%s)", word_of(v->u, "said_by", said));
    words_add(&b, word_of(v->u, "connection_kind", record_text(c, CONNECTION_kind)));
    words_add_date(&b, "%s", record_date(c, CONNECTION_on_date));
    if (record_text(c, CONNECTION_note))
        buf_addf(&b, "\n%s", record_text(c, CONNECTION_note));
    item = sheet_row(s, person_focus_of(v, FOCUS_CONNECTION, c->id), NULL, buf_text(&name));
    item->style = STYLE_HEADING;
    sheet_note(item, buf_text(&b));
    buf_wipe(&name);
    buf_wipe(&b);
}

static void gap_row(struct person_view *v, struct sheet *s, const struct record *g)
{
    struct buf b = BUF_INIT;
    struct sheet_item *item = sheet_row(s, person_focus_of(v, FOCUS_GAP, g->id), NULL, record_or(g, GAP_needed, ""));

    words_add(&b, word_of(v->u, "gap_reason", record_text(g, GAP_reason)));
    words_add(&b, word_of(v->u, "asset_category", record_text(g, GAP_category)));
    words_add(&b, record_text(g, GAP_place));
    words_add_date(&b, "%s", record_date(g, GAP_noted_on));
    sheet_note(item, buf_text(&b));
    buf_wipe(&b);
}

enum status person_connections(struct person_view *v, struct sheet *s, struct err *err)
{
    struct records links = { NULL, 0, 0 }, gaps = { NULL, 0, 0 };
    enum status st;

    if (no_episode(v, s))
        return ST_OK;
    st = store_list(v->u->store, LIST_CONNECTIONS_OF_EPISODE, v->episode.id, LINES_SHOWN, &links, err);
    if (st == ST_OK)
        st = store_list(v->u->store, LIST_GAPS_OF_EPISODE, v->episode.id, LINES_SHOWN, &gaps, err);
    for (size_t i = 0; st == ST_OK && i < links.count; i++)
        connection_row(v, s, &links.items[i]);
    if (st == ST_OK && links.count == 0)
        sheet_text(s, STYLE_HINT, _("Not connected to anything yet: n chooses from the directory."));
    if (st == ST_OK)
        sheet_heading(s, _("What was needed and is not there"));
    for (size_t i = 0; st == ST_OK && i < gaps.count; i++)
        gap_row(v, s, &gaps.items[i]);
    if (st == ST_OK && gaps.count == 0)
        sheet_text(s, STYLE_HINT, _("Nothing written down: U records a gap."));
    records_release(&links);
    records_release(&gaps);
    return st;
}

/* --- contacts --------------------------------------------------------------------------------------------------- */

static void contact_row(struct person_view *v, struct sheet *s, const struct record *c)
{
    long minutes = record_int(c, CONTACT_minutes, -1);
    struct buf b = BUF_INIT, note = BUF_INIT;
    struct sheet_item *item;

    words_add(&b, word_of(v->u, "contact_type", record_text(c, CONTACT_kind)));
    words_add(&b, word_of(v->u, "contact_result", record_text(c, CONTACT_result)));
    if (record_text(c, CONTACT_with_whom) && !str_eq(record_text(c, CONTACT_with_whom), "PERSON"))
        words_add(&b, word_of(v->u, "contact_with", record_text(c, CONTACT_with_whom)));
    if (minutes >= 0)
        words_addf(&b, tr_n("%ld minute", "%ld minutes", (unsigned long) minutes), minutes);
    item = sheet_row(s, person_focus_of(v, FOCUS_CONTACT, c->id), date_show(record_date(c, CONTACT_held_on)).s,
                     buf_text(&b));
    item->label_cols = 13;
    if (record_text(c, CONTACT_note))
        buf_add(&note, record_text(c, CONTACT_note));
    if (record_text(c, CONTACT_next_on) || record_text(c, CONTACT_next_what)) {
        buf_addf(&note, "%s%s %s", note.len ? "\n" : "", _("Next:"), date_show(record_date(c, CONTACT_next_on)).s);
        if (record_text(c, CONTACT_next_what))
            buf_addf(&note, "%s%s", record_text(c, CONTACT_next_on) ? ": " : "", record_text(c, CONTACT_next_what));
    }
    sheet_note(item, buf_text(&note));
    buf_wipe(&b);
    buf_wipe(&note);
}

enum status person_contacts(struct person_view *v, struct sheet *s, struct err *err)
{
    struct records all = { NULL, 0, 0 };
    enum status st;

    if (no_episode(v, s))
        return ST_OK;
    st = store_list(v->u->store, LIST_CONTACTS_OF_EPISODE, v->episode.id, CONTACTS_SHOWN, &all, err);
    for (size_t i = 0; st == ST_OK && i < all.count; i++)
        contact_row(v, s, &all.items[i]);
    if (st == ST_OK && all.count == 0)
        sheet_text(s, STYLE_HINT, _("No contact yet: c writes one down."));
    records_release(&all);
    return st;
}
