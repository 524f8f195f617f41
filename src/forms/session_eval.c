/* session_eval.c - rules and calculations of a session, and the rows they leave to be seen.
 *
 * Everything is worked out again after each change. What a rule needs is worked out when it is asked for; a slot that
 * is asked for while it is being worked out (a cycle, which lint refuses) counts as not relevant. */
#include "session_priv.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/mem.h"
#include "number.h"

#include "dolen/base/banned.h"

struct place {
    const struct session  *s;
    const struct question *q;
    int                    repeat;
    const char            *self;
    const struct code     *choice;
};

static struct slot *slot_of(const struct session *s, int q, int repeat)
{
    return &s->slots[s->slot_at[q] + (size_t) repeat];
}

static struct value typed_value(const struct question *q, const char *text)
{
    double d;
    bool number = q->type == Q_INTEGER || q->type == Q_DECIMAL || q->type == Q_SCALE || q->type == Q_ACKNOWLEDGE ||
                  q->type == Q_CALCULATE;

    if (text && number && number_parse(text, &d))
        return value_number(d);
    return value_text(text);
}

static void calculate(const struct session *s, int q, int repeat)
{
    const struct question *question = &s->form->questions[q];
    struct slot *slot = slot_of(s, q, repeat);

    if (slot->calculated || !question->calculation)
        return;
    slot->calculated = true;
    struct value v = session_eval(s, question->calculation, question, repeat, NULL, NULL);
    char *text = value_canonical(&v);
    answers_set(s->answers, question->name, repeat, text);
    free(text);
    value_release(&v);
}

static struct value value_of(const struct session *s, int q, int repeat)
{
    const struct question *question = &s->form->questions[q];

    if (!session_is_relevant(s, q, repeat))
        return value_missing();
    if (question->type == Q_CALCULATE)
        calculate(s, q, repeat);
    return typed_value(question, answers_value(s->answers, question->name, repeat));
}

static void fact_value(const struct session *s, const char *name, struct value *out)
{
    double d;

    for (size_t i = 0; i < s->nfacts; i++)
        if (strcmp(s->facts[i].name, name) == 0 && s->facts[i].value)
            *out = number_parse(s->facts[i].value, &d) ? value_number(d) : value_text(s->facts[i].value);
}

/* ${name}: in the same instance one value, from elsewhere the list of all instances. A repeat's own name is the list of
 * its instances, so that count(${repeat}) counts them. */
static void name_value(void *ctx, const char *name, struct value *out)
{
    const struct place *p = ctx;
    const struct question *q = form_question(p->s->form, name);

    if (!q) {
        fact_value(p->s, name, out);
        return;
    }
    int at = form_index(p->s->form, q);
    if (q->type == Q_REPEAT || q->repeat >= 0) {
        int repeat_q = q->type == Q_REPEAT ? at : q->repeat;
        if (p->repeat > 0 && p->q->repeat == q->repeat && q->repeat >= 0) {
            *out = value_of(p->s, at, p->repeat);
            return;
        }
        out->kind = VALUE_LIST;
        for (int i = 1; i <= p->s->instances[repeat_q]; i++)
            value_append(out, q->type == Q_REPEAT ? value_number(i) : value_of(p->s, at, i));
        return;
    }
    *out = value_of(p->s, at, 0);
}

static void self_value(void *ctx, struct value *out)
{
    const struct place *p = ctx;

    *out = typed_value(p->q, p->self);
}

static void field_value(void *ctx, const char *name, struct value *out)
{
    const struct place *p = ctx;

    if (p->choice)
        *out = value_text(code_field(p->choice, name));
}

struct value session_eval(const struct session *s, const struct expr *e, const struct question *q, int repeat,
                          const char *self, const struct code *choice)
{
    struct place p = { s, q, repeat, self, choice };
    struct expr_env env = { &p, name_value, self_value, field_value, s->today, s->now };

    return expr_eval(e, &env);
}

bool session_is_relevant(const struct session *s, int q, int repeat)
{
    const struct question *question = &s->form->questions[q];
    struct slot *slot = slot_of(s, q, repeat);
    bool yes = true;

    if (slot->relevant != UNKNOWN)
        return slot->relevant == YES;
    slot->relevant = BUSY;
    if (question->parent >= 0) {
        bool inside = s->form->questions[question->parent].repeat >= 0;
        yes = session_is_relevant(s, question->parent, inside ? repeat : 0);
    }
    if (yes && question->relevant) {
        struct value v = session_eval(s, question->relevant, question, repeat, NULL, NULL);
        yes = value_true(&v);
        value_release(&v);
    }
    slot->relevant = yes ? YES : NO;
    return yes;
}

bool session_place_ok(const struct session *s, const struct question *q, int repeat)
{
    if (q->repeat < 0)
        return repeat == 0;
    return repeat >= 1 && repeat <= s->instances[q->repeat];
}

static void add_row(struct session *s, enum row_kind kind, const struct question *q, int repeat)
{
    struct row *r = ARRAY_ADD(s->rows, s->row_count, s->row_cap);

    r->kind = kind;
    r->q = q;
    r->repeat = repeat;
    r->depth = q->depth;
}

static void add_rows(struct session *s, int from, int to, int repeat)
{
    static const int row_kinds[Q_COUNT] = {
        [Q_TEXT] = ROW_QUESTION, [Q_NOTE] = ROW_NOTE, [Q_INTEGER] = ROW_QUESTION, [Q_DECIMAL] = ROW_QUESTION,
        [Q_DATE] = ROW_QUESTION, [Q_SELECT_ONE] = ROW_QUESTION, [Q_SELECT_MULTIPLE] = ROW_QUESTION,
        [Q_SCALE] = ROW_QUESTION, [Q_ACKNOWLEDGE] = ROW_QUESTION, [Q_CALCULATE] = -1, [Q_GROUP] = ROW_HEADING,
        [Q_REPEAT] = -1,
    };

    for (int i = from; i < to; i = s->form->questions[i].end) {
        const struct question *q = &s->form->questions[i];
        if (!session_is_relevant(s, i, repeat))
            continue;
        if (row_kinds[q->type] >= 0)
            add_row(s, (enum row_kind) row_kinds[q->type], q, repeat);
        if (q->type == Q_GROUP)
            add_rows(s, i + 1, q->end, repeat);
        if (q->type != Q_REPEAT)
            continue;
        for (int k = 1; k <= s->instances[i]; k++) {
            add_row(s, ROW_INSTANCE, q, k);
            add_rows(s, i + 1, q->end, k);
        }
        if (s->instances[i] < INSTANCES_MAX)
            add_row(s, ROW_ADD, q, 0);
    }
}

static void lay_out_slots(struct session *s)
{
    size_t n = 0;

    for (size_t i = 0; i < s->form->count; i++) {
        int repeat = s->form->questions[i].repeat;
        s->slot_at[i] = n;
        n += repeat >= 0 ? (size_t) s->instances[repeat] + 1 : 1;
    }
    free(s->slots);
    s->slots = xcalloc(n + 1, sizeof *s->slots);
}

void session_recompute(struct session *s)
{
    lay_out_slots(s);
    for (size_t i = 0; i < s->form->count; i++) {
        const struct question *q = &s->form->questions[i];
        int last = q->repeat >= 0 ? s->instances[q->repeat] : 0;
        for (int k = q->repeat >= 0 ? 1 : 0; k <= last; k++)
            if (session_is_relevant(s, (int) i, k) && q->type == Q_CALCULATE)
                calculate(s, (int) i, k);
    }
    s->row_count = 0;
    add_rows(s, 0, (int) s->form->count, 0);
}
