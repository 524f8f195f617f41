/* extract_side.c - the small questions beside a row: asked one by one while they are few, else answered for everybody
 * by one walk through the table.
 *
 * A question costs a descent or two of an index, at random pages. For a quarter's few episodes that is the cheapest;
 * for a whole caseload one walk in the order of the file is several times cheaper, and takes some 64 bytes an episode
 * while the extract is open. When to change is the only guess here: both ways say the same, which a test holds. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dolen/base/mem.h"
#include "extract_priv.h"

#include "dolen/base/banned.h"

/* One question in so many rows of its table, and the walk is cheaper. */
enum { ROWS_A_QUESTION = 128, PLACES_FIRST = 1024, TEXT_BLOCK = 64 * 1024 };

bool beside_row(struct beside *b, struct db *db, const char *sql, struct id key, enum status *st, struct err *err)
{
    if (*st != ST_OK || !id_is_set(key))
        return false;
    if (b->asked && id_eq(b->key, key))
        return b->row;
    if (!b->q)
        *st = db_prepare(db, &b->q, sql, err);
    if (*st == ST_OK) {
        stmt_done(b->q);
        stmt_bind_id(b->q, 1, key);
        *st = stmt_step(b->q, &b->row, err);
    }
    b->asked = *st == ST_OK;
    b->key = key;
    return *st == ST_OK && b->row;
}

/* --- everybody at once ------------------------------------------------------------------------------------------ */

union side_value {
    int64_t     n;
    const char *s;
};

struct side_row {
    struct id        key;                   /* not set: a free place */
    const char      *order;                 /* FOLD_NEWEST */
    union side_value v[SIDE_COLUMNS];
};

struct text_block {
    struct text_block *older;
    size_t             used;
    char               s[TEXT_BLOCK];
};

struct side_map {
    struct side_row   *items;
    size_t             places, count;       /* places: a power of two */
    struct text_block *texts;
};

static const char *keep_text(struct side_map *m, const char *s)
{
    size_t n = s ? strlen(s) + 1 : 0;
    char *to;

    if (n == 0)
        return NULL;
    if (n > TEXT_BLOCK)
        n = TEXT_BLOCK;
    if (!m->texts || m->texts->used + n > TEXT_BLOCK) {
        struct text_block *block = xmalloc(sizeof *block);

        block->older = m->texts;
        block->used = 0;
        m->texts = block;
    }
    to = m->texts->s + m->texts->used;
    str_copy(to, n, s);
    m->texts->used += n;
    return to;
}

static struct side_row *place_of(struct side_row *items, size_t places, struct id key)
{
    uint64_t h;

    memcpy(&h, key.b, sizeof h);
    for (size_t i = (size_t) h & (places - 1);; i = (i + 1) & (places - 1))
        if (!id_is_set(items[i].key) || id_eq(items[i].key, key))
            return &items[i];
}

static void grow(struct side_map *m)
{
    size_t places = m->places ? m->places * 2 : PLACES_FIRST;
    struct side_row *items = xcalloc(places, sizeof *items);

    for (size_t i = 0; i < m->places; i++)
        if (id_is_set(m->items[i].key))
            *place_of(items, places, m->items[i].key) = m->items[i];
    free(m->items);
    m->items = items;
    m->places = places;
}

static struct side_row *place_for(struct side_map *m, struct id key)
{
    struct side_row *place;

    if (m->count * 4 >= m->places * 3)
        grow(m);
    place = place_of(m->items, m->places, key);
    if (!id_is_set(place->key)) {
        place->key = key;
        m->count++;
    }
    return place;
}

static void fold(struct side_map *m, const struct side_spec *spec, struct side_row *row, struct stmt *q)
{
    const char *order = stmt_text(q, 1), *s;
    bool newest = strcmp(order ? order : "", row->order ? row->order : "") >= 0;

    if (newest)
        row->order = keep_text(m, order);
    for (int i = 0; i < SIDE_COLUMNS && spec->names[i]; i++)
        switch (spec->fold[i]) {
        case FOLD_SUM:
            row->v[i].n += stmt_int(q, 2 + i);
            break;
        case FOLD_MOST:
            if (stmt_int(q, 2 + i) > row->v[i].n)
                row->v[i].n = stmt_int(q, 2 + i);
            break;
        case FOLD_LEAST:
            s = stmt_text(q, 2 + i);
            if (s && (!row->v[i].s || strcmp(s, row->v[i].s) < 0))
                row->v[i].s = keep_text(m, s);
            break;
        case FOLD_NEWEST:
            if (newest)
                row->v[i].s = keep_text(m, stmt_text(q, 2 + i));
            break;
        }
}

static enum status walk(struct side_map *m, const struct side_spec *spec, struct stmt *q, struct err *err)
{
    struct side_row *place = NULL;          /* in the order of the file, what belongs together often stands together */
    enum status st;
    bool row;

    grow(m);
    while ((st = stmt_step(q, &row, err)) == ST_OK && row) {
        struct id key = stmt_id(q, 0);

        if (!id_is_set(key))
            continue;
        if (!place || !id_eq(place->key, key))
            place = place_for(m, key);
        fold(m, spec, place, q);
    }
    return st;
}

static void map_free(struct side_map **mp)
{
    if (!*mp)
        return;
    for (struct text_block *b = (*mp)->texts, *older; b; b = older) {
        older = b->older;
        free(b);
    }
    free((*mp)->items);
    free(*mp);
    *mp = NULL;
}

static enum status learn_all(struct side_state *side, struct db *db, const struct side_spec *spec, struct err *err)
{
    struct stmt *q = NULL;
    enum status st = db_prepare(db, &q, spec->all, err);

    side->map = xcalloc(1, sizeof *side->map);
    if (st == ST_OK)
        st = walk(side->map, spec, q, err);
    stmt_free(&q);
    return st;
}

/* How many questions may be asked one by one. */
static enum status patience(struct side_state *side, struct db *db, const struct side_spec *spec, struct err *err)
{
    struct stmt *q = NULL;
    enum status st = db_prepare(db, &q, spec->last_row, err);
    bool row = false;

    if (st == ST_OK)
        st = stmt_step(q, &row, err);
    side->few = st == ST_OK && row ? 1 + stmt_int(q, 0) / ROWS_A_QUESTION : 1;
    stmt_free(&q);
    return st;
}

/* --- asking ----------------------------------------------------------------------------------------------------- */

static const char *from_map(struct side_state *side, const struct side_spec *spec, int column, struct id key)
{
    const struct side_row *row = place_of(side->map->items, side->map->places, key);

    if (spec->fold[column] == FOLD_LEAST || spec->fold[column] == FOLD_NEWEST)
        return id_is_set(row->key) ? row->v[column].s : NULL;
    snprintf(side->number[column], sizeof side->number[column], "%lld",
             (long long) (id_is_set(row->key) ? row->v[column].n : 0));
    return side->number[column];
}

const char *side_value(struct side_state *side, struct db *db, const struct side_spec *spec, int column, struct id key,
                       bool whole_period, enum status *st, struct err *err)
{
    if (*st != ST_OK || !id_is_set(key))
        return NULL;
    if (whole_period && spec->all && !side->map && !(side->one.asked && id_eq(side->one.key, key))) {
        if (side->few == 0)
            *st = patience(side, db, spec, err);
        if (*st == ST_OK && ++side->asked > side->few)
            *st = learn_all(side, db, spec, err);
    }
    if (*st == ST_OK && side->map)
        return from_map(side, spec, column, key);
    return beside_row(&side->one, db, spec->sql, key, st, err) ? stmt_text(side->one.q, column) : NULL;
}

void side_release(struct side_state *side)
{
    stmt_free(&side->one.q);
    map_free(&side->map);
}
