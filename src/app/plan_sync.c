/* app/plan_sync.c - matching what the form says to the goals and actions that are there. */
#include "plan_sync.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/mem.h"
#include "dolen/base/banned.h"

/* One kind of line of the plan: goals, or actions. */
struct line_kind {
    enum table_id table;
    enum list_id  list;
    const char   *text_question;
    int           text_column, position_column;
};

static const struct line_kind goal_lines = { T_GOAL, LIST_GOALS_OF_EPISODE, "goal", GOAL_goal, GOAL_position };
static const struct line_kind action_lines = { T_ACTION, LIST_ACTIONS_OF_EPISODE, "action", ACTION_action,
                                               ACTION_position };

struct sync {
    struct store         *s;
    struct id             person, episode;
    const struct answers *a;
    struct date           on;
    struct records        old;
    bool                 *used;
};

/* Which old line is instance i? By its words first, so that taking one out of the middle does not rename the rest. */
static struct record *match(struct sync *y, const struct line_kind *k, int instance, const char *text)
{
    for (size_t i = 0; i < y->old.count; i++)
        if (!y->used[i] && str_eq(record_text(&y->old.items[i], k->text_column), text)) {
            y->used[i] = true;
            return &y->old.items[i];
        }
    for (size_t i = 0; i < y->old.count; i++) {
        bool words_still_there = false;

        for (int j = 1; j <= answers_repeats(y->a, k->text_question); j++)
            words_still_there = words_still_there || str_eq(answers_value(y->a, k->text_question, j),
                                                            record_text(&y->old.items[i], k->text_column));
        if (!y->used[i] && !words_still_there && record_int(&y->old.items[i], k->position_column, 0) == instance) {
            y->used[i] = true;
            return &y->old.items[i];
        }
    }
    return NULL;
}

/* stage NULL: as the plan says it, which corrects what was said the same day; a rating of its own day stands beside
 * it. */
static enum status rate(struct store *s, struct id goal, const char *rating, const char *stage, struct date on,
                        struct err *err)
{
    struct records old = { NULL, 0, 0 };
    struct record r;
    const char *same = NULL;
    enum status st;

    if (!rating)
        return ST_OK;
    st = store_list(s, LIST_RATINGS_OF_GOAL, goal, 1000, &old, err);
    record_init(&r, T_RATING);
    if (st == ST_OK && old.count) {
        const struct record *last = &old.items[old.count - 1];

        if (str_eq(record_text(last, RATING_rating), rating)) {
            records_release(&old);
            record_release(&r);
            return ST_OK;
        }
        if (date_compare(record_date(last, RATING_rated_on), on) == 0 &&
            (!stage || str_eq(record_text(last, RATING_stage), stage))) {
            r.id = last->id;
            same = record_text(last, RATING_stage);
        }
    }
    record_set_id(&r, RATING_goal, goal);
    record_set_date(&r, RATING_rated_on, on);
    record_set(&r, RATING_rating, rating);
    record_set(&r, RATING_stage, same ? same : old.count ? "REVIEW" : "BASELINE");
    if (st == ST_OK)
        st = store_put(s, &r, NULL, err);
    records_release(&old);
    record_release(&r);
    return st;
}

/* What the plan says of how close one was at the start was said once: it is no new rating when the plan is filed
 * again. */
static bool was_rated(struct store *s, struct id goal, const char *rating)
{
    struct records old = { NULL, 0, 0 };
    bool found = false;

    if (rating && store_list(s, LIST_RATINGS_OF_GOAL, goal, 1000, &old, NULL) == ST_OK)
        for (size_t i = 0; i < old.count; i++)
            found = found || str_eq(record_text(&old.items[i], RATING_rating), rating);
    records_release(&old);
    return found;
}

enum status plan_rate(struct store *s, struct id goal, const char *rating, struct date on, struct err *err)
{
    return rate(s, goal, rating, "REVIEW", on, err);
}

enum status plan_mark(struct store *s, struct id action, const char *state, const char *why, struct err *err)
{
    struct record r;
    enum status st;

    record_init(&r, T_ACTION);
    st = store_get(s, T_ACTION, action, &r, err);
    if (st == ST_OK) {
        record_set(&r, ACTION_state, state);
        record_set(&r, ACTION_state_why, why && *why ? why : NULL);
        st = store_put(s, &r, NULL, err);
    }
    record_release(&r);
    return st;
}

static enum status put_goal(struct sync *y, struct record *r, int i, struct err *err)
{
    enum status st;

    record_set_id(r, GOAL_person, y->person);
    record_set_id(r, GOAL_episode, y->episode);
    record_set_int(r, GOAL_position, i);
    record_set(r, GOAL_goal, answers_value(y->a, "goal", i));
    record_set(r, GOAL_why_it_matters, answers_value(y->a, "why_it_matters", i));
    if (!record_text(r, GOAL_state))
        record_set(r, GOAL_state, "OPEN");
    st = store_put(y->s, r, NULL, err);
    if (st != ST_OK || was_rated(y->s, r->id, answers_value(y->a, "rating_now", i)))
        return st;
    return rate(y->s, r->id, answers_value(y->a, "rating_now", i), NULL, y->on, err);
}

static struct id goal_at(struct sync *y, const char *number, struct err *err)
{
    struct records goals = { NULL, 0, 0 };
    struct id found = ID_NONE;

    if (number && store_list(y->s, LIST_GOALS_OF_EPISODE, y->episode, 200, &goals, err) == ST_OK)
        for (size_t i = 0; i < goals.count; i++)
            if (record_int(&goals.items[i], GOAL_position, 0) == atol(number))
                found = goals.items[i].id;
    records_release(&goals);
    return found;
}

static enum status put_action(struct sync *y, struct record *r, int i, struct err *err)
{
    record_set_id(r, ACTION_episode, y->episode);
    record_set_id(r, ACTION_goal, goal_at(y, answers_value(y->a, "for_goal", i), err));
    record_set_int(r, ACTION_position, i);
    record_set(r, ACTION_action, answers_value(y->a, "action", i));
    record_set(r, ACTION_who, answers_value(y->a, "who", i));
    record_set(r, ACTION_by_when, answers_value(y->a, "by_when", i));
    record_set(r, ACTION_confidence, answers_value(y->a, "confidence", i));
    record_set(r, ACTION_in_the_way, answers_value(y->a, "in_the_way", i));
    if (!record_text(r, ACTION_state))
        record_set(r, ACTION_state, "OPEN");
    return store_put(y->s, r, NULL, err);
}

static enum status sync_lines(struct sync *y, const struct line_kind *k, struct err *err)
{
    enum status st = store_list(y->s, k->list, y->episode, 200, &y->old, err);
    int n = answers_repeats(y->a, k->text_question);

    y->used = xcalloc(y->old.count + 1, sizeof *y->used);
    for (int i = 1; i <= n && st == ST_OK; i++) {
        const char *text = answers_value(y->a, k->text_question, i);
        struct record fresh, *r;

        if (!text)
            continue;
        record_init(&fresh, k->table);
        r = match(y, k, i, text);
        st = k->table == T_GOAL ? put_goal(y, r ? r : &fresh, i, err) : put_action(y, r ? r : &fresh, i, err);
        record_release(&fresh);
    }
    for (size_t i = 0; i < y->old.count && st == ST_OK; i++)
        if (!y->used[i])
            st = store_bin(y->s, k->table, y->old.items[i].id, "taken out of the plan", err);
    records_release(&y->old);
    free(y->used);
    y->used = NULL;
    return st;
}

enum status plan_sync(struct store *s, struct id person, struct id episode, const struct answers *a, struct date on,
                      struct err *err)
{
    struct sync y = { .s = s, .person = person, .episode = episode, .a = a, .on = on };
    enum status st = sync_lines(&y, &goal_lines, err);

    return st == ST_OK ? sync_lines(&y, &action_lines, err) : st;
}

enum status plan_review(struct store *s, struct id episode, const struct answers *a, struct date on, struct err *err)
{
    struct records goals = { NULL, 0, 0 };
    enum status st = store_list(s, LIST_GOALS_OF_EPISODE, episode, 200, &goals, err);
    int n = answers_repeats(a, "rating_now");

    n = answers_repeats(a, "for_goal") > n ? answers_repeats(a, "for_goal") : n;
    for (int i = 1; i <= n && st == ST_OK; i++) {
        const char *number = answers_value(a, "for_goal", i), *state = answers_value(a, "goal_state", i);
        long position = number ? atol(number) : i;

        for (size_t g = 0; g < goals.count && st == ST_OK; g++) {
            struct record *goal = &goals.items[g];

            if (record_int(goal, GOAL_position, 0) != position)
                continue;
            st = rate(s, goal->id, answers_value(a, "rating_now", i), "REVIEW", on, err);
            if (st == ST_OK && state) {
                record_set(goal, GOAL_state, state);
                st = store_put(s, goal, NULL, err);     /* why stays in the review: history cannot let go of words */
            }
        }
    }
    records_release(&goals);
    return st;
}
