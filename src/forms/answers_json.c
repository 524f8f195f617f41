/* answers_json.c - answer files in, through the same checks as typing; typed JSON out. */
#include "dolen/forms/answers_json.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "number.h"
#include "session_priv.h"

#include "dolen/base/banned.h"

/* --- in --- */

struct entry {
    struct session        *s;
    const struct question *q;
    int                    repeat;
    struct err            *err;
};

/* The sentence of a value that does not pass: its question, that nothing came of the file, then why and what to do. */
static enum status blame(const struct question *q, int repeat, enum status st, const char *why, struct err *err)
{
    if (repeat > 0)
        return err_set(err, st, _("%s, number %d, was not taken, and nothing was saved: %s"), q->name, repeat, why);
    return err_set(err, st, _("%s was not taken, and nothing was saved: %s"), q->name, why);
}

static enum status put_text(const struct entry *e, const char *text, struct err *err)
{
    if (e->q->type == Q_TEXT)
        return session_set(e->s, e->q, e->repeat, text, err);
    return session_set_canonical(e->s, e->q, e->repeat, text, err);
}

static enum status put_number(const struct entry *e, double d, struct err *err)
{
    struct number_text t = number_show(d);

    if (!t.s[0])
        return err_set(err, ST_INVALID, _("This number is too large. Give one of nine digits at most."));
    return put_text(e, t.s, err);
}

static enum status put_list(const struct entry *e, const struct json *list, struct err *err)
{
    struct buf codes = BUF_INIT;
    enum status st = ST_OK;

    if (e->q->type != Q_SELECT_MULTIPLE)
        return err_set(err, ST_INVALID, _("A list is for questions with several choices, and for repeats. Write "
                                          "one value."));
    for (size_t i = 0; i < json_count(list) && st == ST_OK; i++) {
        const char *code = json_text(json_at(list, i));
        if (!*code || strchr(code, ' '))
            st = session_not_a_choice(e->s, e->q, e->repeat, err);
        buf_addf(&codes, "%s%s", i ? " " : "", code);
    }
    if (st == ST_OK)
        st = session_set_canonical(e->s, e->q, e->repeat, buf_text(&codes), err);
    buf_release(&codes);
    return st;
}

static enum status put_map(const struct entry *e, const struct json *map, struct err *err)
{
    const char *word = json_get_text(map, "missing");
    enum missing m;

    if (!word || json_count(map) != 1 || !missing_parse(word, &m) || m == MISSING_NONE)
        return err_set(err, ST_INVALID, _("This is not a missing state. Write {\"missing\": \"no_answer\"}, with "
                                          "prefer_not or not_known in its place if that is meant."));
    if (m == MISSING_SKIPPED)
        m = MISSING_NOT_REACHED;                /* the rules decide what is skipped */
    return session_set_missing(e->s, e->q, e->repeat, m, err);
}

static enum status put_value(const struct entry *e, const struct json *j, struct err *err)
{
    switch (json_kind(j)) {
    case JSON_NULL_:
        session_clear(e->s, e->q, e->repeat);
        return ST_OK;
    case JSON_BOOL_:
        if (e->q->type != Q_ACKNOWLEDGE)
            return err_set(err, ST_INVALID, _("true and false are for confirmations only. Write the answer itself."));
        return put_text(e, json_bool(j) ? "1" : "", err);
    case JSON_INT_:
    case JSON_REAL_:
        return put_number(e, json_real(j), err);
    case JSON_TEXT_:
        return put_text(e, json_text(j), err);
    case JSON_LIST_:
        return put_list(e, j, err);
    case JSON_MAP_:
        return put_map(e, j, err);
    }
    return ST_INVALID;
}

/* Keys of map that are no question among from…to at this level. */
struct names {
    const struct form *f;
    int                from, to, repeat;
    struct err        *err;
    enum status        st;
};

static bool belongs(const struct names *n, const struct question *q)
{
    int at = form_index(n->f, q);

    return at >= n->from && at < n->to && q->repeat == n->repeat && q->type != Q_GROUP && q->type != Q_NOTE;
}

static void check_name(void *ctx, const char *key, struct json *v)
{
    struct names *n = ctx;
    const struct question *q = form_question(n->f, key);
    const char **names;
    size_t count = 0;

    (void) v;
    if (n->st != ST_OK || (q && belongs(n, q)))
        return;
    names = xcalloc(n->f->count + 1, sizeof *names);
    for (size_t i = 0; i < n->f->count; i++)
        if (belongs(n, &n->f->questions[i]))
            names[count++] = n->f->questions[i].name;
    const char *near = nearest_word(key, names, count);
    if (near)
        n->st = err_set(n->err, ST_INVALID, _("%s is not a question here; nothing was saved; did you mean %s?"), key,
                        near);
    else
        n->st = err_set(n->err, ST_INVALID, _("%s is not a question here; nothing was saved; take it out, or see "
                                              "dolen form preview %s --names"), key, n->f->id);
    free(names);
}

static enum status put_questions(struct session *s, const struct json *map, int from, int to, int repeat,
                                 struct err *err);

static enum status put_repeat(struct session *s, const struct question *q, const struct json *list, struct err *err)
{
    int at = form_index(session_form(s), q);
    enum status st = ST_OK;

    if (json_kind(list) == JSON_NULL_)
        return ST_OK;
    if (json_kind(list) != JSON_LIST_)
        return err_set(err, ST_INVALID,
                       _("%s was not taken, and nothing was saved: it can be answered several times over. Write a "
                         "list of objects, one for each time: [{…}, {…}]"),
                       q->name);
    while (session_instances(s, q) > 0)
        session_remove_instance(s, q, session_instances(s, q));
    for (size_t i = 0; i < json_count(list) && st == ST_OK; i++) {
        int instance = session_add_instance(s, q);
        if (instance == 0 || json_kind(json_at(list, i)) != JSON_MAP_)
            return err_set(err, ST_INVALID,
                           _("%s was not taken, and nothing was saved: it can be answered several times over. Write "
                             "a list of objects, one for each time: [{…}, {…}]"),
                           q->name);
        st = put_questions(s, json_at(list, i), at + 1, q->end, instance, err);
    }
    return st;
}

static enum status put_one(struct session *s, const struct question *q, int repeat, const struct json *j,
                           struct err *err)
{
    struct entry e = { s, q, repeat, err };
    struct err why = { .st = ST_OK };

    if (q->type == Q_REPEAT)
        return put_repeat(s, q, j, err);
    if (q->type == Q_CALCULATE)
        return ST_OK;                           /* worked out, never taken */
    enum status st = put_value(&e, j, &why);
    return st == ST_OK ? ST_OK : blame(q, repeat, st, err_text(&why), err);
}

/* In form order, whatever the order in the file: rules look back. */
static enum status put_questions(struct session *s, const struct json *map, int from, int to, int repeat,
                                 struct err *err)
{
    const struct form *f = session_form(s);
    struct names n = { f, from, to, from > 0 && repeat > 0 ? from - 1 : -1, err, ST_OK };

    json_each(map, check_name, &n);
    for (int i = from; i < to && n.st == ST_OK; i++) {
        const struct question *q = &f->questions[i];
        const struct json *j = q->repeat == n.repeat && q->type != Q_GROUP ? json_get(map, q->name) : NULL;
        if (j)
            n.st = put_one(s, q, repeat, j, err);
    }
    return n.st;
}

/* What the file gave for a question, or NULL. */
static const struct json *given(const struct session *s, const struct json *map, const struct question *q, int repeat)
{
    if (q->repeat >= 0) {
        const struct json *list = json_get(map, session_form(s)->questions[q->repeat].name);
        map = list ? json_at(list, (size_t) repeat - 1) : NULL;
    }
    return map ? json_get(map, q->name) : NULL;
}

/* A value that was given and that the rules hide would be dropped without a word. One that was there before may be. */
static enum status check_not_hidden(const struct session *s, const struct json *map, const struct question *q,
                                    int repeat, struct err *err)
{
    if (!qtype_asked(q->type) || session_relevant(s, q, repeat) || !given(s, map, q, repeat) ||
        !answers_find(session_answers(s), q->name, repeat))
        return ST_OK;
    char *known = session_when_skipped(s, q, repeat);
    bool same = known && str_eq(known, answers_value(session_answers(s), q->name, repeat));

    free(known);
    if (same)
        return ST_OK;
    return err_set(err, ST_INVALID,
                   _("%s is not asked here: a rule of the form skips it; nothing was saved; take it out, or correct "
                     "what the rule looks at."),
                   q->name);
}

static enum status check_hidden(const struct session *s, const struct json *map, struct err *err)
{
    const struct form *f = session_form(s);
    enum status st = ST_OK;

    for (size_t i = 0; i < f->count && st == ST_OK; i++) {
        const struct question *q = &f->questions[i];
        int last = q->repeat >= 0 ? session_instances(s, &f->questions[q->repeat]) : 0;
        for (int k = q->repeat >= 0 ? 1 : 0; k <= last && st == ST_OK; k++)
            st = check_not_hidden(s, map, q, k, err);
    }
    return st;
}

/* Once more with everything in: a constraint may look at what came later. */
static enum status check_values(const struct session *s, struct err *err)
{
    struct problems p = { NULL, 0, 0 };
    enum status st = ST_OK;
    size_t rows;

    const struct row *row = session_rows(s, &rows);
    session_problems(s, &p);
    for (size_t i = 0; i < p.count && st == ST_OK; i++)
        if (!p.items[i].open)
            st = blame(row[p.items[i].row].q, row[p.items[i].row].repeat, ST_INVALID, text2_now(&p.items[i].sentence),
                       err);
    problems_release(&p);
    return st;
}

enum status answers_json_in(struct session *s, const struct json *j, struct err *err)
{
    if (json_kind(j) != JSON_MAP_)
        return err_set(err, ST_INVALID,
                       _("The answers are not one JSON object of question names and values. Nothing was saved. See "
                         "the names: dolen form preview %s --names"),
                       session_form(s)->id);
    enum status st = put_questions(s, j, 0, (int) session_form(s)->count, 0, err);
    if (st == ST_OK)
        st = check_hidden(s, j, err);
    return st == ST_OK ? check_values(s, err) : st;
}

/* --- out --- */

static struct json *missing_out(enum missing m)
{
    struct json *map = json_new_map();

    json_set_text(map, "missing", missing_word(m));
    return map;
}

static struct json *codes_out(const char *codes)
{
    struct json *list = json_new_list();
    char *copy = xstrdup(codes), *next = NULL;

    for (char *c = strtok_r(copy, " ", &next); c; c = strtok_r(NULL, " ", &next))
        json_append(list, json_new_text(c));
    free(copy);
    return list;
}

static struct json *number_out(const char *text)
{
    double d;

    if (!number_parse(text, &d))
        return json_new_text(text);
    return d == floor(d) ? json_new_int((int64_t) d) : json_new_real(d);
}

static struct json *value_out(const struct question *q, const struct answer *a)
{
    if (!a->value)
        return missing_out(a->missing);
    switch (q->type) {
    case Q_INTEGER:
    case Q_DECIMAL:
    case Q_SCALE:
    case Q_CALCULATE:
        return number_out(a->value);
    case Q_SELECT_MULTIPLE:
        return codes_out(a->value);
    case Q_ACKNOWLEDGE:
        return json_new_bool(true);
    default:
        return json_new_text(a->value);
    }
}

static void questions_out(const struct form *f, const struct answers *a, int from, int to, int repeat,
                          struct json *map);

static struct json *repeat_out(const struct form *f, const struct answers *a, int at)
{
    struct json *list = json_new_list();
    int last = 0;

    for (int i = at + 1; i < f->questions[at].end; i++) {
        int n = answers_repeats(a, f->questions[i].name);
        last = n > last ? n : last;
    }
    for (int k = 1; k <= last; k++) {
        struct json *one = json_new_map();
        questions_out(f, a, at + 1, f->questions[at].end, k, one);
        json_append(list, one);
    }
    return list;
}

static void questions_out(const struct form *f, const struct answers *a, int from, int to, int repeat, struct json *map)
{
    for (int i = from; i < to; i++) {
        const struct question *q = &f->questions[i];
        if (q->type == Q_REPEAT) {
            struct json *list = repeat_out(f, a, i);
            if (json_count(list) > 0)
                json_set(map, q->name, list);
            else
                json_free(&list);
            i = q->end - 1;
            continue;
        }
        const struct answer *x = answers_find(a, q->name, repeat);
        if (x && (qtype_asked(q->type) || q->type == Q_CALCULATE))
            json_set(map, q->name, value_out(q, x));
    }
}

struct json *answers_json_out(const struct form *f, const struct answers *a)
{
    struct json *map = json_new_map();

    questions_out(f, a, 0, (int) f->count, 0, map);
    for (size_t i = 0; i < a->count; i++) {
        const struct answer *x = &a->items[i];
        if (form_question(f, x->name))
            continue;
        char *key = x->repeat ? xasprintf("%s#%d", x->name, x->repeat) : xstrdup(x->name);
        json_set(map, key, x->value ? json_new_text(x->value) : missing_out(x->missing));
        free(key);
    }
    return map;
}
