/* drill_build.c - a drill from its nodes: every part checked on its own, ids turned into places. */
#include "drill_build.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/mem.h"

#include "dolen/base/banned.h"

static const char *const drill_keys[] = { "drill", "version", "level", "safety", "approved", "source", "title",
                                          "about", "name", "speaks", "trust", "minutes", "referral", "papers",
                                          "assets", "start", "turns", "facts", "events", "steps", "plan", "rubric",
                                          NULL };
static const char *const approved_keys[] = { "by", "on", NULL };
static const char *const turn_keys[] = { "turn", "scene", "says", "offers", "end", NULL };
static const char *const offer_keys[] = { "offer", "kind", "text", "reply", "otherwise", "trust", "minutes",
                                          "tells", "when", "next", NULL };
static const char *const fact_keys[] = { "fact", "trust", "label", "said", "filed", "evidence", NULL };
static const char *const filed_keys[] = { "answer", "code", NULL };
static const char *const evidence_keys[] = { "en", "cy", NULL };
static const char *const event_keys[] = { "event", "at_minute", "at_turn", "at_form", "chance", "when", "scene",
                                          "says", "trust", "minutes", "tells", "next", NULL };
static const char *const step_keys[] = { "step", "label", "when", "by_minute", NULL };
static const char *const line_keys[] = { "line", "skill", "points", "safety", "when", "earned", "lost", "strength",
                                         "next_step", NULL };
static const char *const plan_keys[] = { "words", "assets", "small_step_days", "follow_up_days", NULL };
static const char *const speaks_words[] = { "en", "cy", NULL };
static const char *const kind_words[] = {
#define X(name, word, trust, minutes, label) word,
    DRILL_KIND_LIST(X)
#undef X
    NULL
}, *const skill_words[] = {
#define X(name, word, label) word,
    DRILL_SKILL_LIST(X)
#undef X
    NULL
};
static const int kind_trust[] = {
#define X(name, word, trust, minutes, label) trust,
    DRILL_KIND_LIST(X)
#undef X
}, kind_minutes[] = {
#define X(name, word, trust, minutes, label) minutes,
    DRILL_KIND_LIST(X)
#undef X
};

char *drill_build_id(struct build *b, const struct node *n, const char *key)
{
    char *id = build_text(b, n, key, true);

    if (id && !name_shape_ok(id))
        build_bad(b, node_get(n, key), id,
                  _("a name has small letters, digits and _, begins with a letter, and is short"),
                  _("write %s: a_name"), key);
    return id ? id : xstrdup("");
}

/* An int within bounds, or a fatal finding. */
static int bounded(struct build *b, const struct node *n, const char *key, int otherwise, int low, int high)
{
    int v = build_int(b, n, key, otherwise, false);

    if (!node_get(n, key))
        return otherwise;
    if (v < low || v > high) {
        build_bad(b, node_get(n, key), key, _("this number is out of bounds"),
                  _("write a whole number from %d to %d"), low, high);
        return otherwise;
    }
    return v;
}

static const struct node *list_of(struct build *b, const struct node *root, const char *key, bool needed, size_t max)
{
    const struct node *n = needed || node_get(root, key) ? build_list(b, root, key, needed) : NULL;

    if (n && n->count > max) {
        build_bad(b, n, key, _("there are too many of these"), _("at most %zu"), max);
        return NULL;
    }
    return n && n->count ? n : NULL;
}

static int turn_named(struct build *b, const struct drill *d, const struct node *n, const char *key)
{
    const struct node *at = node_get(n, key);
    const char *id = node_text(at);
    const char *names[DRILL_TURNS_MAX];
    char fix[120];
    int found = id ? drill_turn_index(d, id) : -1;

    if (!at || found >= 0)
        return found;
    for (size_t i = 0; i < d->turn_count; i++)
        names[i] = d->turns[i].id;
    build_bad(b, at, id ? id : key, _("there is no turn of this name"), "%s",
              build_nearest(fix, sizeof fix, id ? id : "", names, d->turn_count, _("name one from turns:")));
    return -1;
}

static int *build_tells(struct build *b, const struct node *n, const struct drill *d, size_t *count)
{
    const struct node *list = list_of(b, n, "tells", false, DRILL_FACTS_MAX);
    int *tells = list ? xcalloc(list->count, sizeof *tells) : NULL;

    *count = 0;
    for (size_t i = 0; list && i < list->count; i++) {
        const char *id = node_text(&list->items[i]);
        int found = -1;

        for (size_t f = 0; id && f < d->fact_count; f++)
            if (str_eq(d->facts[f].id, id))
                found = (int) f;
        if (found < 0)
            build_bad(b, &list->items[i], id ? id : "tells", _("there is no fact of this name"),
                      _("name one from facts:"));
        else
            tells[(*count)++] = found;
    }
    return tells;
}

/* --- turns ------------------------------------------------------------------------------------------------------ */

static void build_offer(struct build *b, const struct node *n, const struct drill *d, struct drill_offer *o)
{
    o->next = -1;
    o->line = n->line;
    o->column = n->column;
    if (!build_keys(b, n, offer_keys)) {
        o->id = xstrdup("");
        return;
    }
    o->id = drill_build_id(b, n, "offer");
    if (!node_get(n, "kind"))
        build_bad(b, n, o->id, _("it is not said what kind of response this is"), _("add kind: open"));
    o->kind = (enum drill_kind) build_word(b, n, "kind", kind_words, DRILL_OPEN);
    build_text2(b, n, "text", true, &o->text, NULL);
    build_text2(b, n, "reply", false, &o->reply, NULL);
    build_text2(b, n, "otherwise", false, &o->otherwise, NULL);
    o->trust = bounded(b, n, "trust", kind_trust[o->kind], -DRILL_TRUST_MAX, DRILL_TRUST_MAX);
    o->minutes = bounded(b, n, "minutes", kind_minutes[o->kind], 0, 120);
    o->tells = build_tells(b, n, d, &o->tell_count);
    o->when = build_expr(b, n, "when");
    o->next = turn_named(b, d, n, "next");
}

static void build_offers(struct build *b, const struct node *n, const struct drill *d, struct drill_turn *t)
{
    const struct node *list = list_of(b, n, "offers", false, DRILL_OFFERS_MAX);

    t->offers = list ? xcalloc(list->count, sizeof *t->offers) : NULL;
    for (size_t i = 0; list && i < list->count; i++) {
        build_offer(b, &list->items[i], d, &t->offers[i]);
        if (drill_offer_index(t, t->offers[i].id) >= 0)
            build_bad(b, &list->items[i], t->offers[i].id, _("this name is used twice"), _("give it another name"));
        t->count++;
    }
    if (t->end && t->count)
        build_bad(b, n, t->id, _("a turn that ends the conversation has no offers"), _("remove end: or offers:"));
    if (!t->end && !t->count)
        build_bad(b, n, t->id, _("nothing can be said here: a dead end"), _("add offers: or end: true"));
}

/* The names first: offers and events point forward. */
static void build_turn_ids(struct build *b, const struct node *list, struct drill *d)
{
    d->turns = xcalloc(list->count, sizeof *d->turns);
    for (size_t i = 0; i < list->count; i++) {
        struct drill_turn *t = &d->turns[i];

        t->line = list->items[i].line;
        t->column = list->items[i].column;
        t->id = list->items[i].kind == NODE_MAP ? drill_build_id(b, &list->items[i], "turn") : xstrdup("");
        if (drill_turn_index(d, t->id) >= 0)
            build_bad(b, &list->items[i], t->id, _("this name is used twice"), _("give it another name"));
        d->turn_count++;
    }
}

static void build_turns(struct build *b, const struct node *list, struct drill *d)
{
    for (size_t i = 0; i < d->turn_count; i++) {
        const struct node *n = &list->items[i];

        if (!build_keys(b, n, turn_keys))
            continue;
        d->turns[i].end = build_bool(b, n, "end", false);
        build_text2(b, n, "scene", false, &d->turns[i].scene, NULL);
        build_text2(b, n, "says", !d->turns[i].end && !node_get(n, "scene"), &d->turns[i].says, NULL);
        build_offers(b, n, d, &d->turns[i]);
    }
}

/* --- facts and events ------------------------------------------------------------------------------------------- */

static void build_filed(struct build *b, const struct node *n, struct drill_fact *f)
{
    const struct node *list = list_of(b, n, "filed", false, 20);

    f->filed = list ? xcalloc(list->count, sizeof *f->filed) : NULL;
    for (size_t i = 0; list && i < list->count; i++) {
        struct drill_code *c = &f->filed[f->filed_count];
        char *answer, *dot;

        if (!build_keys(b, &list->items[i], filed_keys))
            continue;
        answer = build_text(b, &list->items[i], "answer", true);
        dot = answer ? strchr(answer, '.') : NULL;
        if (!dot) {
            if (answer)
                build_bad(b, &list->items[i], answer, _("this names no question"),
                          _("write form.question, as equality.carer"));
            free(answer);
            continue;
        }
        c->form = xstrndup(answer, (size_t) (dot - answer));
        c->question = xstrdup(dot + 1);
        c->code = build_text(b, &list->items[i], "code", false);
        f->filed_count++;
        free(answer);
    }
}

static void build_facts(struct build *b, const struct node *root, struct drill *d)
{
    const struct node *list = list_of(b, root, "facts", false, DRILL_FACTS_MAX);

    d->facts = list ? xcalloc(list->count, sizeof *d->facts) : NULL;
    for (size_t i = 0; list && i < list->count; i++) {
        const struct node *n = &list->items[i], *evidence = node_get(n, "evidence");
        struct drill_fact *f = &d->facts[d->fact_count++];

        f->line = n->line;
        f->column = n->column;
        if (!build_keys(b, n, fact_keys)) {
            f->id = xstrdup("");
            continue;
        }
        f->id = drill_build_id(b, n, "fact");
        f->trust = bounded(b, n, "trust", 0, 0, DRILL_TRUST_MAX);
        build_text2(b, n, "label", true, &f->label, NULL);
        build_text2(b, n, "said", true, &f->said, NULL);
        build_filed(b, n, f);
        if (evidence && build_keys(b, evidence, evidence_keys))
            for (int l = 0; l < LANG_COUNT; l++)
                f->evidence[l] = build_words(b, evidence, lang_code((enum lang) l), &f->evidence_count[l]);
    }
}

static void build_event(struct build *b, const struct node *n, const struct drill *d, struct drill_event *e)
{
    e->at_minute = e->at_turn = e->next = -1;
    e->chance = 100;
    e->line = n->line;
    e->column = n->column;
    if (!build_keys(b, n, event_keys)) {
        e->id = xstrdup("");
        return;
    }
    e->id = drill_build_id(b, n, "event");
    e->at_minute = bounded(b, n, "at_minute", -1, 1, 600);
    e->at_turn = turn_named(b, d, n, "at_turn");
    e->at_form = build_text(b, n, "at_form", false);
    if ((e->at_minute >= 0) + (e->at_turn >= 0) + (e->at_form != NULL) != 1)
        build_bad(b, n, e->id, _("it is not said when this happens"), _("add one of at_minute:, at_turn:, at_form:"));
    e->chance = bounded(b, n, "chance", 100, 1, 100);
    e->when = build_expr(b, n, "when");
    build_text2(b, n, "scene", !node_get(n, "says"), &e->scene, NULL);
    build_text2(b, n, "says", false, &e->says, NULL);
    e->trust = bounded(b, n, "trust", 0, -DRILL_TRUST_MAX, DRILL_TRUST_MAX);
    e->minutes = bounded(b, n, "minutes", 0, 0, 600);
    e->tells = build_tells(b, n, d, &e->tell_count);
    e->next = turn_named(b, d, n, "next");
}

static void build_events(struct build *b, const struct node *root, struct drill *d)
{
    const struct node *list = list_of(b, root, "events", false, DRILL_EVENTS_MAX);

    d->events = list ? xcalloc(list->count, sizeof *d->events) : NULL;
    for (size_t i = 0; list && i < list->count; i++)
        build_event(b, &list->items[i], d, &d->events[d->event_count++]);
}

/* --- what is judged --------------------------------------------------------------------------------------------- */

static void build_steps(struct build *b, const struct node *root, struct drill *d)
{
    const struct node *list = list_of(b, root, "steps", false, 20);

    d->steps = list ? xcalloc(list->count, sizeof *d->steps) : NULL;
    for (size_t i = 0; list && i < list->count; i++) {
        const struct node *n = &list->items[i];
        struct drill_safety *s = &d->steps[d->step_count++];

        s->line = n->line;
        s->column = n->column;
        s->by_minute = -1;
        if (!build_keys(b, n, step_keys)) {
            s->id = xstrdup("");
            continue;
        }
        s->id = drill_build_id(b, n, "step");
        build_text2(b, n, "label", true, &s->label, NULL);
        s->when = build_expr(b, n, "when");
        s->by_minute = bounded(b, n, "by_minute", -1, 1, 600);
        if (!s->when)
            build_bad(b, n, s->id, _("it is not said when this is done"), _("add when:"));
    }
}

static void build_line(struct build *b, const struct node *n, struct drill_line *x)
{
    x->line = n->line;
    x->column = n->column;
    if (!build_keys(b, n, line_keys)) {
        x->id = xstrdup("");
        return;
    }
    x->id = drill_build_id(b, n, "line");
    if (!node_get(n, "skill"))
        build_bad(b, n, x->id, _("it is not said which skill this is"), _("add skill: person_centred"));
    x->skill = (enum drill_skill) build_word(b, n, "skill", skill_words, SKILL_SKILLS);
    x->points = bounded(b, n, "points", 1, -10, 10);
    x->safety = build_bool(b, n, "safety", false);
    x->when = build_expr(b, n, "when");
    if (!x->when)
        build_bad(b, n, x->id, _("it is not said when this is earned"), _("add when:"));
    if (!x->points)
        build_bad(b, n, x->id, _("a line without points says nothing"), _("write points: 1"));
    if (x->safety && x->points < 0)
        build_bad(b, n, x->id, _("a safety line is earned by what was done right"),
                  _("write it the other way round"));
    build_text2(b, n, "earned", true, &x->earned, NULL);
    build_text2(b, n, "lost", x->points > 0, &x->lost, NULL);
    build_text2(b, n, "strength", false, &x->strength, NULL);
    build_text2(b, n, "next_step", false, &x->next_step, NULL);
}

static void build_rubric(struct build *b, const struct node *root, struct drill *d)
{
    const struct node *list = list_of(b, root, "rubric", true, DRILL_LINES_MAX);

    d->lines = list ? xcalloc(list->count, sizeof *d->lines) : NULL;
    for (size_t i = 0; list && i < list->count; i++)
        build_line(b, &list->items[i], &d->lines[d->line_count++]);
}

static void build_plan(struct build *b, const struct node *root, struct drill *d)
{
    const struct node *n = node_get(root, "plan"), *words = node_get(n, "words"), *list;

    d->plan.small_step_days = d->plan.follow_up_days = 14;
    if (!n || !build_keys(b, n, plan_keys))
        return;
    d->plan.small_step_days = bounded(b, n, "small_step_days", 14, 1, 90);
    d->plan.follow_up_days = bounded(b, n, "follow_up_days", 14, 1, 180);
    if (words && build_keys(b, words, evidence_keys))
        for (int l = 0; l < LANG_COUNT; l++)
            d->plan.words[l] = build_words(b, words, lang_code((enum lang) l), &d->plan.word_count[l]);
    list = list_of(b, n, "assets", false, 20);
    d->plan.assets = list ? xcalloc(list->count, sizeof *d->plan.assets) : NULL;
    for (size_t i = 0; list && i < list->count; i++) {
        const char *id = node_text(&list->items[i]);
        int found = -1;

        for (size_t a = 0; id && a < d->asset_count; a++)
            if (str_eq(d->assets[a].id, id))
                found = (int) a;
        if (found < 0)
            build_bad(b, &list->items[i], id ? id : "assets", _("there is no asset of this name in the drill"),
                      _("name one from assets:"));
        else
            d->plan.assets[d->plan.asset_count++] = found;
    }
}

static void build_head(struct build *b, const struct node *root, struct drill *d)
{
    const struct node *approved = node_get(root, "approved");

    d->id = build_id(b, root, "drill");
    d->version = build_int(b, root, "version", 1, true);
    d->level = bounded(b, root, "level", 1, 1, 3);
    d->safety = build_bool(b, root, "safety", false);
    if (approved && build_keys(b, approved, approved_keys)) {
        d->approved_by = build_text(b, approved, "by", false);
        d->approved_on = build_date(b, approved, "on");
    }
    if (!d->approved_by)
        d->approved_by = xstrdup("");
    d->source = build_text(b, root, "source", false);
    build_text2(b, root, "title", true, &d->title, NULL);
    build_text2(b, root, "about", true, &d->about, NULL);
    build_text2(b, root, "name", true, &d->name, NULL);
    d->speaks = build_word(b, root, "speaks", speaks_words, 0) == 1 ? LANG_CY : LANG_EN;
    d->trust = bounded(b, root, "trust", 2, 0, DRILL_TRUST_MAX);
    d->minutes = bounded(b, root, "minutes", 45, 5, 240);
}

struct drill *drill_build(struct build *b, const struct node *root)
{
    struct drill *d = xcalloc(1, sizeof *d);
    const struct node *turns;

    build_keys(b, root, drill_keys);
    build_head(b, root, d);
    drill_build_papers(b, root, d);
    build_facts(b, root, d);
    turns = list_of(b, root, "turns", true, DRILL_TURNS_MAX);
    if (turns) {
        build_turn_ids(b, turns, d);
        build_turns(b, turns, d);
    }
    d->start = node_get(root, "start") ? turn_named(b, d, root, "start") : 0;
    if (d->start < 0)
        d->start = 0;
    build_events(b, root, d);
    build_steps(b, root, d);
    build_plan(b, root, d);
    build_rubric(b, root, d);
    return d;
}
