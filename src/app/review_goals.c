/* app/review_goals.c - a review begins with the goals that are there. */
#include "review_goals.h"

#include <stdio.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/banned.h"

#define GOALS_MAX 50

/* The question that a goal's number goes to; the plan itself has the goals' words in sight. */
static const struct question *number_question(const struct filling *f)
{
    return str_eq(f->form->id, "plan") ? NULL : form_question(f->form, "for_goal");
}

static bool is_open(const struct record *goal)
{
    const char *state = record_text(goal, GOAL_state);

    return !state || str_eq(state, "OPEN") || str_eq(state, "CHANGED");
}

static enum status goals_of(const struct filling *f, struct records *out)
{
    return store_list(f->cf->store, LIST_GOALS_OF_EPISODE, f->episode, GOALS_MAX, out, NULL);
}

void review_begin(struct filling *f)
{
    const struct question *q = number_question(f);
    struct records goals = { NULL, 0, 0 };

    if (!q || q->repeat < 0 || !str_eq(f->form->id, "review") || goals_of(f, &goals) != ST_OK)
        return;
    for (size_t i = 0; i < goals.count; i++) {
        char number[16];
        int at = is_open(&goals.items[i]) ? session_add_instance(f->session, &f->form->questions[q->repeat]) : 0;

        snprintf(number, sizeof number, "%ld", record_int(&goals.items[i], GOAL_position, (long) i + 1));
        if (at > 0)
            session_set_canonical(f->session, q, at, number, NULL);
    }
    session_mark_clean(f->session);             /* looked at and left, it leaves no draft */
    records_release(&goals);
}

void review_goals_words(const struct filling *f, struct buf *out)
{
    struct records goals = { NULL, 0, 0 };

    if (!number_question(f) || goals_of(f, &goals) != ST_OK)
        return;
    for (size_t i = 0; i < goals.count; i++) {
        const struct record *g = &goals.items[i];
        struct records ratings = { NULL, 0, 0 };

        buf_addf(out, "%s%ld. %s", out->len ? "\n" : "", record_int(g, GOAL_position, (long) i + 1),
                 record_or(g, GOAL_goal, ""));
        if (store_list(f->cf->store, LIST_RATINGS_OF_GOAL, g->id, 0, &ratings, NULL) == ST_OK && ratings.count > 0) {
            buf_add(out, ": ");
            buf_addf(out, _("%ld of 10"), record_int(&ratings.items[ratings.count - 1], RATING_rating, 0));
        }
        records_release(&ratings);
    }
    records_release(&goals);
}
