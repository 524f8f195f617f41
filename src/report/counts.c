/* counting by query, and what of it may be shown. */
#include "build.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "dolen/base/buf.h"
#include "dolen/base/json.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/banned.h"

/* ---- counting ---- */

static enum status ask(struct making *m, struct query **q, const char *sql, struct err *err)
{
    const struct query_value period[] = { query_text(m->from), query_text(m->until) };

    return query_ask(q, &m->q->engine, sql, period, ARRAY_LEN(period), err);
}

enum status count_by(struct making *m, const char *sql, const struct classes *c, long *out, struct err *err)
{
    struct query *q = NULL;
    bool          row = true;
    enum status   st = ask(m, &q, sql, err);

    while (st == ST_OK && (st = query_next(q, &row, err)) == ST_OK && row) {
        size_t i = classes_find(c, query_string(q, 0));

        if (i < c->count)
            out[i] += (long)query_integer(q, 1);
    }
    query_end(&q);
    return st;
}

enum status count_one(struct making *m, const char *sql, long *out, struct err *err)
{
    struct query *q = NULL;
    bool          row = true;
    enum status   st = ask(m, &q, sql, err);

    while (st == ST_OK && (st = query_next(q, &row, err)) == ST_OK && row)
        *out += (long)query_integer(q, 0);
    query_end(&q);
    return st;
}

/* ---- earlier releases ---- */

struct telling {
    struct suppress *s;
    const char      *from, *until, *same;   /* same: the body that this release would have */
    bool             told_before;
};

struct earlier_cells {
    struct suppress *s;
    size_t           release;
};

/* A count stands as n, one kept back as [n]. */
static void earlier_cell(void *ctx, const char *key, struct json *v)
{
    struct earlier_cells *e = ctx;
    bool                  hidden = json_kind(v) == JSON_LIST_;

    suppress_earlier_count(e->s, e->release, key, (long)json_int(hidden ? json_at(v, 0) : v), hidden);
}

/* Periods that share no counts cannot be set against each other. */
static bool nested(const struct telling *t, const char *from, const char *until)
{
    return (strcmp(from, t->from) >= 0 && strcmp(until, t->until) <= 0) ||
           (strcmp(from, t->from) <= 0 && strcmp(until, t->until) >= 0);
}

static enum status earlier_release(void *to, const char *from, const char *until, const char *body, struct err *err)
{
    struct telling      *t = to;
    struct earlier_cells e = { t->s, 0 };
    struct json         *j = NULL;
    enum status          st;

    if (!nested(t, from, until))
        return ST_OK;
    st = json_parse(&j, body, strlen(body), err);
    if (st != ST_OK)
        return st;
    e.release = suppress_earlier(t->s, from, until);
    if (json_bool(json_get(j, "zeros")))
        suppress_earlier_kept_zeros(t->s, e.release);
    if (json_get(j, "cells"))
        json_each(json_get(j, "cells"), earlier_cell, &e);
    json_free(&j);
    return ST_OK;
}

static void body_of(const struct suppress *s, struct buf *out)
{
    struct json *j = json_new_map(), *cells = json_new_map();

    for (size_t i = 0; i < suppress_cells(s); i++) {
        struct json *v = json_new_int(suppress_true(s, i));

        if (suppress_shown(s, i).hidden) {
            struct json *list = json_new_list();

            json_append(list, v);
            v = list;
        }
        json_set(cells, suppress_key(s, i), v);
    }
    json_set_bool(j, "zeros", suppress_keeps_zeros(s));
    json_set(j, "cells", cells);
    json_write(out, j);
    json_free(&j);
}

static enum status told_before(void *to, const char *from, const char *until, const char *body, struct err *err)
{
    struct telling *t = to;

    (void)err;
    t->told_before |= str_eq(from, t->from) && str_eq(until, t->until) && str_eq(body, t->same);
    return ST_OK;
}

/* The same figures again are not a new release. */
static enum status note_release(struct making *m, const struct suppress *s, const char *table, struct err *err)
{
    const struct release_store *releases = m->q->releases;
    struct buf                  body = BUF_INIT;
    struct telling              t = { .from = m->from, .until = m->asked_until };
    enum status                 st;

    body_of(s, &body);
    t.same = buf_text(&body);
    st = releases->read(releases->ctx, table, told_before, &t, err);
    if (st == ST_OK && !t.told_before)
        st = releases->add(releases->ctx, table, m->from, m->asked_until, t.same, err);
    buf_release(&body);
    return st;
}

enum status publish(struct making *m, struct suppress *s, const char *table, struct err *err)
{
    const struct release_store *releases = m->q->unsuppressed ? NULL : m->q->releases;
    struct telling              t = { .s = s, .from = m->from, .until = m->asked_until };
    enum status                 st = ST_OK;

    suppress_period(s, m->from, m->asked_until);
    if (releases)
        st = releases->read(releases->ctx, table, earlier_release, &t, err);
    if (st != ST_OK)
        return st;
    m->r->lost += suppress_run(s);
    m->r->keeps_zeros |= suppress_keeps_zeros(s);
    return releases && !m->q->draft ? note_release(m, s, table, err) : ST_OK;
}

/* ---- cells ---- */

struct report_cell cell_value(double v)
{
    return isnan(v) ? cell_state(CELL_NOT_AVAILABLE) : (struct report_cell){ CELL_SHOWN, v };
}

struct report_cell cell_state(enum cell_state s)
{
    return (struct report_cell){ s, NAN };
}

struct report_cell cell_count(const struct making *m, long count)
{
    bool hidden = count >= m->rule.low && count <= m->rule.high;

    return hidden ? cell_state(CELL_HIDDEN) : cell_value((double)suppress_round(&m->rule, count));
}

struct report_cell cell_of(const struct suppress *s, size_t cell)
{
    struct suppress_shown v = suppress_shown(s, cell);

    return v.hidden ? cell_state(CELL_HIDDEN) : cell_value((double)v.value);
}

struct report_cell cell_on(const struct making *m, double v, double people)
{
    if (people == 0)
        return cell_state(CELL_NOT_APPLICABLE);
    if (!m->q->unsuppressed && suppress_round(&m->rule, (long)people) <= BASE_ABOVE)
        return cell_state(CELL_HIDDEN);
    return cell_value(v);
}

void add_share(struct making *m, struct report_table *t, const char *code, const char *label, size_t part, size_t whole)
{
    struct report_column *c = append_column(t, code, label);

    c->share = true;
    for (size_t i = 0; i < t->row_count; i++)
        t->rows[i].cells[t->column_count - 1] = cell_share(m, t->rows[i].cells[part], t->rows[i].cells[whole]);
}

/* Of rounded counts a part can come out above its whole. */
struct report_cell cell_share(const struct making *m, struct report_cell part, struct report_cell whole)
{
    if (part.state != CELL_SHOWN || whole.state != CELL_SHOWN)
        return cell_state(part.state != CELL_SHOWN ? part.state : whole.state);
    return cell_on(m, whole.value > 0 ? fmin(1, part.value / whole.value) : NAN, whole.value);
}
