/* store/answers.c - answers that have no column of their own: rows of answer(owner, question, repeat). */
#include "store_priv.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dolen/base/buf.h"
#include "dolen/base/mem.h"

#include "dolen/base/banned.h"

#define PREFIX "answer."

bool name_among(const char *const *names, size_t count, const char *name)
{
    if (!names)
        return true;
    for (size_t i = 0; i < count; i++)
        if (str_eq(names[i], name))
            return true;
    return false;
}

enum status answers_read(struct store *s, struct id owner, struct answers *out, struct err *err)
{
    struct stmt *q = NULL;
    bool row = false;
    enum status st = db_use(s->db, &q, "SELECT question, repeat, value, missing FROM answer WHERE owner = ?1 "
                                       "ORDER BY question, repeat", err);

    if (st != ST_OK)
        return st;
    stmt_bind_id(q, 1, owner);
    while ((st = stmt_step(q, &row, err)) == ST_OK && row) {
        const char *name = stmt_text(q, 0);
        int repeat = (int) stmt_int(q, 1);
        enum missing m;

        if (!stmt_is_null(q, 2))
            answers_set(out, name, repeat, stmt_text(q, 2));
        else if (!stmt_is_null(q, 3) && missing_parse(stmt_text(q, 3), &m))
            answers_set_missing(out, name, repeat, m);
    }
    stmt_done(q);
    return st;
}

/* --- what differs ----------------------------------------------------------------------------------------------- */

/* Not reached is the same as no row. */
static const struct answer *given(const struct answers *a, const char *name, int repeat)
{
    const struct answer *x = a ? answers_find(a, name, repeat) : NULL;

    return x && (x->value || (x->missing != MISSING_NONE && x->missing != MISSING_NOT_REACHED)) ? x : NULL;
}

static bool same(const struct answer *a, const struct answer *b)
{
    if (!a || !b)
        return a == b;
    return str_eq(a->value, b->value) && (a->value || a->missing == b->missing);
}

static struct json *side(const struct answer *a)
{
    struct json *j;

    if (!a)
        return json_new_null();
    if (a->value)
        return json_new_text(a->value);
    j = json_new_map();
    json_set_text(j, "missing", missing_word(a->missing));
    return j;
}

/* Calls fn for every question and instance whose answer differs; stops at the first failure. */
struct differ {
    struct json  *body;
    struct store *store;
    struct id     owner;
    struct err   *err;
};
static enum status each_difference(const struct answers *old, const struct write *w, struct differ *d,
                                   enum status (*fn)(struct differ *d, const char *name, int repeat,
                                                     const struct answer *was, const struct answer *is))
{
    enum status st = ST_OK;

    for (size_t i = 0; st == ST_OK && i < old->count; i++) {
        const struct answer *was = &old->items[i];
        const struct answer *is = given(w->answers, was->name, was->repeat);

        if (!same(was, is) && (is || name_among(w->asked, w->asked_count, was->name)))
            st = fn(d, was->name, was->repeat, was, is);
    }
    for (size_t i = 0; st == ST_OK && i < w->answers->count; i++) {
        const struct answer *is = given(w->answers, w->answers->items[i].name, w->answers->items[i].repeat);

        if (is && !answers_find(old, is->name, is->repeat))
            st = fn(d, is->name, is->repeat, NULL, is);
    }
    return st;
}

static enum status note_difference(struct differ *d, const char *name, int repeat, const struct answer *was,
                                   const struct answer *is)
{
    struct buf key = BUF_INIT;
    struct json *pair = json_new_list();

    buf_addf(&key, PREFIX "%s", name);
    if (repeat > 0)
        buf_addf(&key, "#%d", repeat);
    json_append(pair, side(was));
    json_append(pair, side(is));
    json_set(d->body, buf_text(&key), pair);
    buf_release(&key);
    return ST_OK;
}

void answers_compare(struct json *body, const struct answers *old, const struct write *w)
{
    struct differ d = { .body = body };

    if (w->answers)
        each_difference(old, w, &d, note_difference);
}

static enum status write_difference(struct differ *d, const char *name, int repeat, const struct answer *was,
                                    const struct answer *is)
{
    struct stmt *q = NULL;
    enum status st;

    (void) was;
    st = is ? db_use(d->store->db, &q, "INSERT INTO answer(owner, question, repeat, value, missing) "
                                       "VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT(owner, question, repeat) "
                                       "DO UPDATE SET value = excluded.value, missing = excluded.missing", d->err)
            : db_use(d->store->db, &q, "DELETE FROM answer WHERE owner = ?1 AND question = ?2 AND repeat = ?3", d->err);
    if (st != ST_OK)
        return st;
    stmt_bind_id(q, 1, d->owner);
    stmt_bind_text(q, 2, name);
    stmt_bind_int(q, 3, repeat);
    if (is) {
        stmt_bind_text(q, 4, is->value);
        stmt_bind_text(q, 5, is->value ? NULL : missing_word(is->missing));
    }
    return stmt_run(q, d->err);
}

enum status answers_write(struct store *s, struct id owner, const struct answers *old, const struct write *w,
                         struct err *err)
{
    struct differ d = { .store = s, .owner = owner, .err = err };

    return w->answers ? each_difference(old, w, &d, write_difference) : ST_OK;
}

/* --- back from history ------------------------------------------------------------------------------------------ */

bool answers_key(const char *key)
{
    return str_starts(key, PREFIX);
}

/* "answer.action#2" is instance 2 of action. Caller frees. */
static char *key_split(const char *key, int *repeat)
{
    char *name = xstrdup(key + strlen(PREFIX));
    char *mark = strchr(name, '#');

    *repeat = 0;
    if (mark) {
        *mark = '\0';
        *repeat = atoi(mark + 1);
    }
    return name;
}

static enum missing side_missing(const struct json *j)
{
    const char *word = json_kind(j) == JSON_MAP_ ? json_get_text(j, "missing") : NULL;
    enum missing m;

    return word && missing_parse(word, &m) ? m : MISSING_NOT_REACHED;
}

void answers_restore(struct answers *a, const char *key, const struct json *j)
{
    int repeat;
    char *name = key_split(key, &repeat);

    if (json_kind(j) == JSON_TEXT_)
        answers_set(a, name, repeat, json_text(j));
    else if (json_kind(j) == JSON_MAP_)
        answers_set_missing(a, name, repeat, side_missing(j));
    else
        answers_remove(a, name, repeat);
    free(name);
}

bool answers_stand(const struct answers *a, const char *key, const struct json *j)
{
    int repeat;
    char *name = key_split(key, &repeat);
    const struct answer *now = given(a, name, repeat);
    bool stands;

    if (json_kind(j) == JSON_TEXT_)
        stands = now && str_eq(now->value, json_text(j));
    else if (json_kind(j) == JSON_MAP_)
        stands = now && !now->value && now->missing == side_missing(j);
    else
        stands = !now;
    free(name);
    return stands;
}

/* --- asking ----------------------------------------------------------------------------------------------------- */

static void columns_answer(const struct record *r, struct answers *out)
{
    for (int c = 0; c < table_column_count(r->table); c++) {
        const char *name = table_column_name(r->table, c);
        enum missing m;

        if (!column_is_answer(r->table, c))
            continue;
        if (r->text[c]) {
            answers_set(out, name, 0, r->text[c]);
            continue;
        }
        m = record_missing(r, name);
        if (m != MISSING_NOT_REACHED)
            answers_set_missing(out, name, 0, m);
    }
}

enum status store_answers(struct store *s, enum table_id t, struct id id, struct answers *out, struct err *err)
{
    struct record r = { .text = NULL };
    enum status st = store_get(s, t, id, &r, err);

    if (st != ST_OK)
        return st;
    *out = (struct answers) ANSWERS_INIT;
    columns_answer(&r, out);
    record_release(&r);
    st = answers_read(s, id, out, err);
    if (st != ST_OK)
        answers_release(out);
    return st;
}
