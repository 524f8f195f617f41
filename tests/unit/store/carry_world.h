/* carry_world.h - three laptops that write on their own, and a person on one of them. */
#ifndef CARRY_WORLD_H
#define CARRY_WORLD_H

#include "fixture.h"

#include "dolen/base/date.h"
#include "dolen/base/json.h"
#include "dolen/store/carry.h"

#define LAPTOPS 3

struct laptop {
    struct fixture *f;
    struct store   *s;
    char            source[40];
};
struct world {
    struct laptop l[LAPTOPS];
    struct id     person;
};

static inline int open_world(void **state)
{
    struct world *w = xcalloc(1, sizeof *w);

    clock_freeze((struct date) { 2026, 3, 9 });
    for (int i = 0; i < LAPTOPS; i++) {
        void *f = NULL;

        if (fixture_open(&f) != 0)
            return -1;
        w->l[i].f = f;
        w->l[i].s = w->l[i].f->store;
        str_copy(w->l[i].source, sizeof w->l[i].source, id_show(id_new()).s);
    }
    *state = w;
    return 0;
}

static inline int close_world(void **state)
{
    struct world *w = *state;

    for (int i = 0; i < LAPTOPS; i++) {
        void *f = w->l[i].f;

        fixture_close(&f);
    }
    free(w);
    return 0;
}

static inline struct json *make(struct world *w, int from)
{
    struct json *load = NULL;

    assert_ok(store_carry_out(w->l[from].s, &w->person, 1, &load, &err_));
    return load;
}

static inline struct json *take(struct world *w, const struct json *load, int from, int to)
{
    struct json *told = NULL;

    assert_ok(store_carry_in(w->l[to].s, load, w->l[from].source, "Gwen Prawf", &told, &err_));
    return told;
}

static inline long pass(struct world *w, int from, int to)
{
    struct json *load = make(w, from), *told = take(w, load, from, to);
    long conflicts = (long) json_int(json_get(told, "conflicts"));

    json_free(&load);
    json_free(&told);
    return conflicts;
}

static inline void edit(struct store *s, enum table_id t, struct id id, int column, const char *value)
{
    struct record r = { .text = NULL };

    assert_ok(store_get(s, t, id, &r, &err_));
    record_set(&r, column, value);
    assert_ok(store_put(s, &r, NULL, &err_));
    record_release(&r);
}

static inline struct id first_difference(struct store *s)
{
    struct records open = { NULL, 0, 0 };
    struct id id = ID_NONE;

    assert_ok(store_list(s, LIST_DIFFERENCES, ID_NONE, 0, &open, &err_));
    if (open.count)
        id = open.items[0].id;
    records_release(&open);
    return id;
}

static inline size_t differences(struct store *s)
{
    struct records open = { NULL, 0, 0 };
    size_t n;

    assert_ok(store_list(s, LIST_DIFFERENCES, ID_NONE, 0, &open, &err_));
    n = open.count;
    records_release(&open);
    return n;
}

#endif
