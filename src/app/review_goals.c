/* app/review_goals.c - a review begins with the goals that are there, a plan with what was said. */
#include "review_goals.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/banned.h"

#define GOALS_MAX 50

/* The question that a goal's number goes to; the plan itself has the goals' words in sight. */
static const struct question *number_question(const struct filling *f)
{
    return str_eq(f->form->id, "plan") ? NULL : form_question(f->form, "for_goal");
}

bool goals_number(const struct filling *f, const struct question *q)
{
    return str_eq(f->form->id, "review") && q == number_question(f);
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

static void review_begin(struct filling *f)
{
    const struct question *q = number_question(f);
    struct records goals = { NULL, 0, 0 };

    if (!q || q->repeat < 0 || goals_of(f, &goals) != ST_OK)
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

/* --- a plan begins with what was said ----------------------------------------------------------------------------- */

/* What the person would like, from the conversation of this period of support. False: nothing was written down. */
static bool hopes_of(const struct filling *f, struct answers *out)
{
    struct record talk;
    bool there;

    record_init(&talk, T_RESPONSE);
    there = store_response(f->cf->store, "conversation", NULL, f->person, f->episode, &talk, NULL) == ST_OK &&
            store_answers(f->cf->store, T_RESPONSE, talk.id, out, NULL) == ST_OK && answers_value(out, "hope", 1);
    record_release(&talk);
    return there;
}

static void plan_begin(struct filling *f)
{
    const struct question *q = form_question(f->form, "goal");
    struct answers said = ANSWERS_INIT;
    const char *hope;

    if (q && q->repeat >= 0 && hopes_of(f, &said))
        for (int i = 1; (hope = answers_value(&said, "hope", i)); i++) {
            int at = session_add_instance(f->session, &f->form->questions[q->repeat]);

            if (at > 0)
                session_set_canonical(f->session, q, at, hope, NULL);
            f->goals_said = f->goals_said || at > 0;
        }
    session_mark_clean(f->session);
    answers_release(&said);
}

void goals_begin(struct filling *f)
{
    if (str_eq(f->form->id, "review"))
        review_begin(f);
    else if (str_eq(f->form->id, "plan"))
        plan_begin(f);
}

static void goals_said_words(const struct filling *f, struct buf *out)
{
    if (f->goals_said)
        buf_addf(out, "%s%s", out->len ? "\n" : "",
                 _("These goals are the person's words in the conversation. Empty one that is not to be a goal."));
}

/* --- their words -------------------------------------------------------------------------------------------------- */

struct goal_words {
    struct one_goal {
        long  number;
        char *words;
        int   rating;               /* the last one given; -1: none */
    } *items;
    size_t count;
};

static int last_rating(struct store *s, struct id goal)
{
    struct records ratings = { NULL, 0, 0 };
    int rating = -1;

    if (store_list(s, LIST_RATINGS_OF_GOAL, goal, 0, &ratings, NULL) == ST_OK && ratings.count > 0)
        rating = (int) record_int(&ratings.items[ratings.count - 1], RATING_rating, -1);
    records_release(&ratings);
    return rating;
}

struct goal_words *goal_words_load(const struct filling *f)
{
    struct records goals = { NULL, 0, 0 };
    struct goal_words *w;

    if (!number_question(f) || goals_of(f, &goals) != ST_OK)
        return NULL;
    w = xcalloc(1, sizeof *w);
    w->count = goals.count;
    w->items = xcalloc(goals.count + 1, sizeof *w->items);
    for (size_t i = 0; i < goals.count; i++)
        w->items[i] = (struct one_goal) { .number = record_int(&goals.items[i], GOAL_position, (long) i + 1),
                                          .words = xstrdup(record_or(&goals.items[i], GOAL_goal, "")),
                                          .rating = last_rating(f->cf->store, goals.items[i].id) };
    records_release(&goals);
    return w;
}

void goal_words_free(struct goal_words **wp)
{
    struct goal_words *w = *wp;

    for (size_t i = 0; w && i < w->count; i++) {
        explicit_bzero(w->items[i].words, strlen(w->items[i].words));
        free(w->items[i].words);
    }
    if (w)
        free(w->items);
    free(w);
    *wp = NULL;
}

static void put_goal(const struct one_goal *g, struct buf *out)
{
    buf_add(out, g->words);
    if (g->rating >= 0) {
        buf_add(out, ": ");
        buf_addf(out, _("%ld of 10"), (long) g->rating);
    }
}

void goal_words_put(const struct goal_words *w, const struct filling *f, const struct question *repeat, int instance,
                    struct buf *out)
{
    const struct question *q = w ? number_question(f) : NULL;
    const char *number;

    if (!q || q->repeat < 0 || &f->form->questions[q->repeat] != repeat)
        return;
    number = session_value(f->session, q, instance);
    for (size_t i = 0; number && i < w->count; i++)
        if (strtol(number, NULL, 10) == w->items[i].number)
            put_goal(&w->items[i], out);
}

void review_goals_words(const struct filling *f, struct buf *out)
{
    struct goal_words *w = goal_words_load(f);

    for (size_t i = 0; w && i < w->count; i++) {
        buf_addf(out, "%s%ld. ", out->len ? "\n" : "", w->items[i].number);
        put_goal(&w->items[i], out);
    }
    goals_said_words(f, out);
    goal_words_free(&w);
}
