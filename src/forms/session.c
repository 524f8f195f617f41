/* session.c - the life of a session: opened, changed, finished. */
#include "session_priv.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dolen/base/mem.h"
#include "dolen/base/text.h"
#include "dolen/core/person.h"

#include "dolen/base/banned.h"

/* --- opening and closing --- */

static void apply_default(struct session *s, int i, int repeat)
{
    const struct question *q = &s->form->questions[i];

    if (!q->initial || answers_find(s->answers, q->name, repeat))
        return;
    struct value v = session_eval(s, q->initial, q, repeat, NULL, NULL);
    char *text = value_canonical(&v);
    if (text && *text && session_check(s, q, repeat, text, NULL) == ST_OK) {
        answers_set(s->answers, q->name, repeat, text);
        if (repeat == 0)
            answers_set(&s->proposed, q->name, repeat, text);
    }
    free(text);
    value_release(&v);
}

static void apply_defaults(struct session *s, int from, int to, int repeat)
{
    for (int i = from; i < to; i++) {
        bool inside = s->form->questions[i].repeat >= 0;
        if (inside != (repeat > 0))
            continue;
        apply_default(s, i, repeat);
        if (s->form->questions[i].initial)
            session_recompute(s);
    }
}

struct names {
    const char *name;
    bool        named;
};

static void is_named(void *ctx, enum expr_ref kind, const char *name, size_t at)
{
    struct names *n = ctx;

    (void) kind, (void) at;
    n->named = n->named || str_eq(name, n->name);
}

/* A default that was worked out from this question and that nobody has touched is worked out again. */
static void propose_again(struct session *s, const struct question *of)
{
    for (size_t i = 0; i < s->form->count; i++) {
        const struct question *q = &s->form->questions[i];
        const char *was = answers_value(&s->proposed, q->name, 0);
        const struct answer *is = answers_find(s->answers, q->name, 0);
        struct names n = { of->name, false };

        if (!q->initial || q == of || !was || (is && !str_eq(is->value, was)))
            continue;
        expr_each_ref(q->initial, is_named, &n);
        if (!n.named)
            continue;
        answers_remove(s->answers, q->name, 0);
        apply_default(s, (int) i, 0);
    }
}

/* Skipped is worked out anew; the rest is taken as it is. */
static void take_answers(struct session *s, const struct answers *initial)
{
    for (size_t i = 0; i < initial->count; i++) {
        const struct answer *a = &initial->items[i];
        const struct question *q = form_question(s->form, a->name);
        if (a->value)
            answers_set(s->answers, a->name, a->repeat, a->value);
        else if (a->missing != MISSING_SKIPPED)
            answers_set_missing(s->answers, a->name, a->repeat, a->missing);
        if (q && q->repeat >= 0 && a->repeat > s->instances[q->repeat])
            s->instances[q->repeat] = a->repeat <= INSTANCES_MAX ? a->repeat : INSTANCES_MAX;
    }
}

struct session *session_new(const struct form *form, const struct answers *initial, const struct fact *facts,
                            size_t nfacts, struct date today)
{
    struct session *s = xcalloc(1, sizeof *s);

    s->form = form;
    s->today = today;
    s->now = clock_now();
    s->answers = xcalloc(1, sizeof *s->answers);
    s->instances = xcalloc(form->count + 1, sizeof *s->instances);
    s->slot_at = xcalloc(form->count + 1, sizeof *s->slot_at);
    s->facts = xcalloc(nfacts + 1, sizeof *s->facts);
    for (; s->nfacts < nfacts; s->nfacts++) {
        s->facts[s->nfacts].name = xstrdup(facts[s->nfacts].name);
        s->facts[s->nfacts].value = xstrdup(facts[s->nfacts].value);
    }
    if (initial)
        take_answers(s, initial);
    session_recompute(s);
    if (!initial)
        apply_defaults(s, 0, (int) form->count, 0);
    return s;
}

void session_default_skipped(struct session *s, const struct answers *initial)
{
    for (size_t i = 0; i < s->form->count; i++) {
        const struct answer *a = answers_find(initial, s->form->questions[i].name, 0);

        if (a && !a->value && a->missing == MISSING_SKIPPED)
            apply_default(s, (int) i, 0);
    }
}

/* Questions inside a repeat have nothing elsewhere that they could be. A default gives way. */
void session_know(struct session *s, bool fill)
{
    for (size_t i = 0; i < s->form->count; i++) {
        const struct question *q = &s->form->questions[i];
        const struct answer *there = answers_find(s->answers, q->name, 0);
        bool is_default = there && there->value && str_eq(there->value, answers_value(&s->proposed, q->name, 0));

        if (!q->known || q->repeat >= 0)
            continue;
        struct value v = session_eval(s, q->known, q, 0, NULL, NULL);
        char *text = value_canonical(&v);

        if (text && *text && session_check(s, q, 0, text, NULL) == ST_OK) {
            answers_set(&s->known, q->name, 0, text);
            if (fill && (!there || is_default)) {
                answers_set(s->answers, q->name, 0, text);
                session_recompute(s);
            }
        }
        free(text);
        value_release(&v);
    }
}

struct origin {
    bool referral;
};

static void looks_to_referral(void *ctx, enum expr_ref kind, const char *name, size_t at)
{
    (void) kind, (void) at;
    ((struct origin *) ctx)->referral |= str_starts(name, "referral_");
}

const char *session_known_from(const struct session *s, const struct question *q, int repeat)
{
    const char *known = q->known && repeat == 0 ? answers_value(&s->known, q->name, 0) : NULL;
    struct origin o = { false };

    if (!known || !str_eq(known, answers_value(s->answers, q->name, 0)))
        return NULL;
    expr_each_ref(q->known, looks_to_referral, &o);
    return o.referral ? _("It stands in the referral already; change it if it is otherwise.")
                      : _("It stands in the person's record already; change it if it is otherwise.");
}

void session_free(struct session **sp)
{
    if (!sp || !*sp)
        return;
    struct session *s = *sp;
    for (size_t i = 0; i < s->nfacts; i++) {
        free(s->facts[i].name);
        free(s->facts[i].value);
    }
    answers_release(s->answers);
    answers_release(&s->proposed);
    answers_release(&s->known);
    free(s->answers);
    free(s->facts);
    free(s->instances);
    free(s->slot_at);
    free(s->slots);
    free(s->rows);
    free(s);
    *sp = NULL;
}

const struct form *session_form(const struct session *s)
{
    return s->form;
}

const struct answers *session_answers(const struct session *s)
{
    return s->answers;
}

bool session_dirty(const struct session *s)
{
    return s->dirty;
}

void session_mark_clean(struct session *s)
{
    s->dirty = false;
}

/* --- changing --- */

static void changed(struct session *s)
{
    s->dirty = true;
    session_recompute(s);
}

static void put(struct session *s, const struct question *q, int repeat, const char *value)
{
    const char *now = answers_value(s->answers, q->name, repeat);

    if (now && value && strcmp(now, value) == 0)
        return;
    answers_set(s->answers, q->name, repeat, value);
    propose_again(s, q);
    changed(s);
}

static enum status check_place(const struct session *s, const struct question *q, int repeat, struct err *err)
{
    if (qtype_asked(q->type) && session_place_ok(s, q, repeat))
        return ST_OK;
    return err_set(err, ST_INVALID, _("Nothing can be answered here: it is a heading, or is worked out. Go on to "
                                      "the next question."));
}

/* Who types no more than a year has said how exact it is. */
static enum status say_grain(struct session *s, const struct question *q, const char *typed, struct err *err)
{
    enum date_grain grain;
    struct date d;

    if (q->type != Q_DATE || !session_date(s, q, typed, &d, &grain) || grain == GRAIN_DAY)
        return ST_OK;
    return session_set_canonical(s, form_question(s->form, "birth_precision"), 0, birth_precision(grain), err);
}

enum status session_set(struct session *s, const struct question *q, int repeat, const char *typed, struct err *err)
{
    struct buf value = BUF_INIT;
    enum status st = check_place(s, q, repeat, err);

    if (st == ST_OK && typed[strspn(typed, " \t\n")])
        st = session_typed(s, q, repeat, typed, &value, err);
    if (st == ST_OK)
        st = session_set_canonical(s, q, repeat, buf_text(&value), err);
    if (st == ST_OK)
        st = say_grain(s, q, typed, err);
    buf_wipe(&value);
    return st;
}

enum status session_set_canonical(struct session *s, const struct question *q, int repeat, const char *value,
                                  struct err *err)
{
    enum status st = check_place(s, q, repeat, err);

    if (st == ST_OK && *value)
        st = session_check(s, q, repeat, value, err);
    if (st != ST_OK)
        return st;
    if (*value)
        put(s, q, repeat, value);
    else
        session_clear(s, q, repeat);
    return ST_OK;
}

void session_keep_unfinished(struct session *s, const struct question *q, int repeat, const char *typed)
{
    if (check_place(s, q, repeat, NULL) == ST_OK && typed[strspn(typed, " \t\n")]
        && !str_eq(session_value(s, q, repeat), typed))
        put(s, q, repeat, typed);
}

bool session_is_unfinished(const struct session *s, const struct question *q, int repeat)
{
    const char *value = session_value(s, q, repeat);

    return value && *value && session_check(s, q, repeat, value, NULL) != ST_OK;
}

enum status session_set_missing(struct session *s, const struct question *q, int repeat, enum missing m,
                                struct err *err)
{
    enum status st = check_place(s, q, repeat, err);

    if (st != ST_OK)
        return st;
    if (m == MISSING_NONE || m == MISSING_SKIPPED)
        return err_set(err, ST_INVALID, _("Skipped is set by the form's rules, not by hand. Give another reason."));
    if (m == MISSING_NOT_REACHED) {
        session_clear(s, q, repeat);
    } else if (session_value(s, q, repeat) || session_state(s, q, repeat) != m) {
        answers_set_missing(s->answers, q->name, repeat, m);
        changed(s);
    }
    return ST_OK;
}

void session_clear(struct session *s, const struct question *q, int repeat)
{
    if (!answers_find(s->answers, q->name, repeat))
        return;
    answers_remove(s->answers, q->name, repeat);
    changed(s);
}

/* Taking a choice away is always possible, even when what is left does not pass: session_problems tells. */
enum status session_toggle(struct session *s, const struct question *q, int repeat, const char *code, struct err *err)
{
    const char *now = session_value(s, q, repeat);
    bool chosen = now && codes_has(now, code);
    enum status st = check_place(s, q, repeat, err);

    if (st != ST_OK)
        return st;
    if (q->type == Q_SELECT_ONE && !chosen)
        return session_set_canonical(s, q, repeat, code, err);
    if (q->type == Q_SELECT_ONE) {
        session_clear(s, q, repeat);
        return ST_OK;
    }
    if (q->type != Q_SELECT_MULTIPLE)
        return err_set(err, ST_INVALID, _("This question has no choices. Type the answer."));
    char *codes = codes_toggle(now ? now : "", code);
    if (!chosen)
        st = session_check(s, q, repeat, codes, err);
    if (st == ST_OK && codes && *codes)
        put(s, q, repeat, codes);
    else if (st == ST_OK)
        session_clear(s, q, repeat);
    free(codes);
    return st;
}

bool session_move_rank(struct session *s, const struct question *q, int repeat, const char *code, int by)
{
    const char *now = session_value(s, q, repeat);
    struct buf out = BUF_INIT;
    char **list, *next = NULL;
    int n = 0, at = -1;

    if (q->type != Q_SELECT_MULTIPLE || !now || (by != 1 && by != -1))
        return false;
    char *codes = xstrdup(now);
    list = xcalloc(strlen(now) + 1, sizeof *list);
    for (char *c = strtok_r(codes, " ", &next); c; c = strtok_r(NULL, " ", &next)) {
        if (strcmp(c, code) == 0)
            at = n;
        list[n++] = c;
    }
    bool moves = at >= 0 && at + by >= 0 && at + by < n;
    if (moves) {
        char *other = list[at + by];
        list[at + by] = list[at];
        list[at] = other;
        for (int i = 0; i < n; i++)
            buf_addf(&out, "%s%s", i ? " " : "", list[i]);
        put(s, q, repeat, buf_text(&out));
    }
    buf_release(&out);
    free(list);
    free(codes);
    return moves;
}

int session_add_instance(struct session *s, const struct question *repeat_q)
{
    int i = form_index(s->form, repeat_q);

    if (repeat_q->type != Q_REPEAT || s->instances[i] >= INSTANCES_MAX)
        return 0;
    int instance = ++s->instances[i];
    changed(s);
    apply_defaults(s, i + 1, repeat_q->end, instance);
    return instance;
}

void session_remove_instance(struct session *s, const struct question *repeat_q, int repeat)
{
    int i = form_index(s->form, repeat_q);
    size_t n = 0;

    if (repeat_q->type != Q_REPEAT || repeat < 1 || repeat > s->instances[i])
        return;
    const char **names = xcalloc((size_t) (repeat_q->end - i), sizeof *names);
    for (int k = i + 1; k < repeat_q->end; k++)
        names[n++] = s->form->questions[k].name;
    answers_remove_instance(s->answers, names, n, repeat);
    free(names);
    s->instances[i]--;
    changed(s);
}

static void renumber(struct session *s, const struct question *q, int at, int gone)
{
    const struct answer *a = answers_find(s->answers, q->name, at);
    int number = a && a->value ? atoi(a->value) : 0;
    char text[16];

    snprintf(text, sizeof text, "%d", number - 1);
    if (number == gone)
        answers_remove(s->answers, q->name, at);
    else if (number > gone)
        answers_set(s->answers, q->name, at, text);
}

void session_take_out(struct session *s, const struct question *repeat_q, int repeat)
{
    for (size_t i = 0; i < s->form->count; i++) {
        const struct question *q = &s->form->questions[i];
        int most = q->repeat >= 0 ? s->instances[q->repeat] : 0;

        for (int at = q->repeat >= 0 ? 1 : 0; str_eq(q->numbers, repeat_q->name) && at <= most; at++)
            renumber(s, q, at, repeat);
    }
    session_remove_instance(s, repeat_q, repeat);
}

/* --- finishing --- */

static bool instance_is_empty(const struct session *s, int repeat_q, int instance)
{
    for (int i = repeat_q + 1; i < s->form->questions[repeat_q].end; i++) {
        const struct question *q = &s->form->questions[i];
        if (qtype_asked(q->type) && answers_find(s->answers, q->name, instance))
            return false;
    }
    return true;
}

char *session_when_skipped(const struct session *s, const struct question *q, int repeat)
{
    struct value v = q->when_skipped ? session_eval(s, q->when_skipped, q, repeat, NULL, NULL) : value_missing();
    char *text = value_canonical(&v);

    value_release(&v);
    if (text && *text && (!q->choices || codelist_find(q->choices, text)))
        return text;
    free(text);
    return NULL;
}

static void finish_skipped(const struct session *s, const struct question *q, int from, int to, struct answers *out)
{
    char *known = session_when_skipped(s, q, from);

    if (known)
        answers_set(out, q->name, to, known);
    else
        answers_set_missing(out, q->name, to, MISSING_SKIPPED);
    free(known);
}

/* What was left empty is not filed: those after it move up, and what names them with them. */
static void finish_number(const struct session *s, const struct question *q, const char *value, int to,
                          struct answers *out)
{
    int repeat = form_index(s->form, form_question(s->form, q->numbers)), number = atoi(value), before = 0;
    char text[16];

    for (int k = 1; k < number && k <= s->instances[repeat]; k++)
        before += instance_is_empty(s, repeat, k);
    snprintf(text, sizeof text, "%d", number - before);
    if (number <= s->instances[repeat] && !instance_is_empty(s, repeat, number))
        answers_set(out, q->name, to, text);
}

static void finish_one(const struct session *s, int i, int from, int to, struct answers *out)
{
    const struct question *q = &s->form->questions[i];
    const struct answer *a = answers_find(s->answers, q->name, from);

    if (!session_is_relevant(s, i, from))
        finish_skipped(s, q, from, to, out);
    else if (a && a->value && q->numbers)
        finish_number(s, q, a->value, to, out);
    else if (a && a->value)
        answers_set(out, q->name, to, a->value);
    else if (a)
        answers_set_missing(out, q->name, to, a->missing);
}

void session_finish(struct session *s, struct answers *out)
{
    for (size_t i = 0; i < s->form->count; i++) {
        const struct question *q = &s->form->questions[i];
        int kept = 0;
        if (!qtype_asked(q->type) && q->type != Q_CALCULATE)
            continue;
        if (q->repeat < 0)
            finish_one(s, (int) i, 0, 0, out);
        for (int k = 1; q->repeat >= 0 && k <= s->instances[q->repeat]; k++)
            if (!instance_is_empty(s, q->repeat, k))
                finish_one(s, (int) i, k, ++kept, out);
    }
    for (size_t i = 0; i < s->answers->count; i++) {
        const struct answer *a = &s->answers->items[i];
        if (form_question(s->form, a->name))
            continue;
        if (a->value)
            answers_set(out, a->name, a->repeat, a->value);
        else
            answers_set_missing(out, a->name, a->repeat, a->missing);
    }
}

size_t session_orphans(const struct session *s, const struct answer **out, size_t max)
{
    size_t n = 0;

    for (size_t i = 0; i < s->answers->count; i++) {
        if (form_question(s->form, s->answers->items[i].name))
            continue;
        if (n < max)
            out[n] = &s->answers->items[i];
        n++;
    }
    return n;
}
