/* history_true.h - whatever a test did to its case file, each record is what its history comes to: put together from its
 * changes alone, it says what the row and its answers say. */
#ifndef DOLEN_TESTS_HISTORY_TRUE_H
#define DOLEN_TESTS_HISTORY_TRUE_H

#include <stdio.h>

#include "dolen/base/mem.h"
#include "dolen/store/past.h"
#include "store/store_priv.h"

/* The other's answer to the same question, said in the same words; NULL: none. */
static inline const struct answer *answer_same(const struct answers *in, const struct answer *a)
{
    for (size_t i = 0; i < in->count; i++)
        if (str_eq(in->items[i].name, a->name) && in->items[i].repeat == a->repeat &&
            in->items[i].missing == a->missing && str_eq(in->items[i].value, a->value))
            return &in->items[i];
    return NULL;
}

static inline bool answers_same(const struct answers *a, const struct answers *b)
{
    for (size_t i = 0; i < a->count; i++)
        if (!answer_same(b, &a->items[i])) {
            fprintf(stderr, "history: answer %s: %s\n", a->items[i].name, a->items[i].value ? a->items[i].value : "(none)");
            return false;
        }
    return a->count == b->count;
}

static inline bool record_same(enum table_id t, const struct record *is, const struct record *told)
{
    for (int c = 0; c < table_column_count(t); c++)
        if (!str_eq(table_column_name(t, c), "sort_key") &&         /* made from the names */
            !str_eq(record_text(is, c), record_text(told, c))) {
            fprintf(stderr, "history: %s.%s is %s, and the history says %s\n", table_name(t), table_column_name(t, c),
                    record_or(is, c, "(none)"), record_or(told, c, "(none)"));
            return false;
        }
    if (is->binned != told->binned)
        fprintf(stderr, "history: %s %s in the bin\n", table_name(t), is->binned ? "lies" : "does not lie");
    return is->binned == told->binned;
}

/* Of whom only a count is left, and of what was never told, there is nothing to compare. */
static inline bool history_tells(struct store *s, enum table_id t, struct id id)
{
    struct record is = { .text = NULL }, told = { .text = NULL };
    struct answers answers = ANSWERS_INIT, then = ANSWERS_INIT;
    bool same = true;

    if (store_as_of(s, t, id, (struct date) { 9999, 12, 31 }, &told, &then, NULL) == ST_OK)
        same = store_get(s, t, id, &is, NULL) == ST_OK && record_same(t, &is, &told) &&
               answers_read(s, id, &answers, NULL) == ST_OK && answers_same(&answers, &then);
    answers_release(&answers);
    answers_release(&then);
    record_release(&is);
    record_release(&told);
    return same;
}

static inline bool history_is_true(struct store *s)
{
    bool same = true;

    for (int t = 0; t < T_COUNT; t++) {
        struct buf sql = BUF_INIT;
        struct stmt *q = NULL;
        bool row = false;

        buf_addf(&sql, "SELECT id FROM \"%s\"", table_name((enum table_id) t));
        if (db_prepare(s->db, &q, buf_text(&sql), NULL) != ST_OK)
            same = false;
        while (same && stmt_step(q, &row, NULL) == ST_OK && row)
            same = history_tells(s, (enum table_id) t, stmt_id(q, 0));
        stmt_free(&q);
        buf_release(&sql);
    }
    return same;
}

#endif
