/* store/undo_together.c - what was filed together goes back together: a form, the goals and values that came of it, and
 * what it made due.
 *
 * The changes of one transaction (column step) hang together as a tree: a change of something that comes of a form
 * hangs on the nearest change before it that such a thing can come of, about the same person; a second change of a
 * record hangs on the first. One phone call about five people so is five trees, and taking one back leaves the
 * others. */
#include "undo_priv.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/mem.h"

#include "dolen/base/banned.h"

#define REACH 500                        /* changes before and after; no form writes so many */
#define DEEP  64                         /* a taking back of a taking back … */

enum tie { SAME_PERSON, ITS_SUBJECT, ITS_RESPONSE, ITS_REFERRAL, OF_NOBODY };

/* What comes of what. */
static const struct {
    enum table_id of, part;
    enum tie      tie;
} comes_of[] = {
    { T_REFERRAL, T_TASK, SAME_PERSON },   { T_REFERRAL, T_EPISODE, ITS_REFERRAL },
    { T_EPISODE, T_TASK, SAME_PERSON },    { T_EPISODE, T_REFERRAL, ITS_REFERRAL },
    { T_CONTACT, T_TASK, SAME_PERSON },    { T_CONNECTION, T_TASK, SAME_PERSON },
    { T_RESPONSE, T_GOAL, SAME_PERSON },   { T_RESPONSE, T_RATING, SAME_PERSON },
    { T_RESPONSE, T_ACTION, SAME_PERSON }, { T_RESPONSE, T_MEASURE, ITS_RESPONSE },
    { T_RESPONSE, T_TASK, SAME_PERSON },   { T_ASSET, T_TASK, ITS_SUBJECT },
    { T_SUPERVISION, T_TASK, OF_NOBODY },
};

struct row {
    struct together t;
    int64_t         step, at;
    struct id       by;
    struct id       person, subject, response, referral;    /* once asked for */
    bool            told, gone;
    bool            brought;             /* by another laptop: what stands beside it there was not filed with it */
    int             on;                  /* the row it hangs on; itself when on none */
};
struct rows {
    struct row *items;
    size_t      count, cap;
};

void togethers_release(struct togethers *t)
{
    free(t->items);
    *t = (struct togethers) { NULL, 0, 0 };
}

/* --- the changes around one ------------------------------------------------------------------------------------- */

static void row_take(struct rows *all, struct stmt *q)
{
    struct row r = { .t = { .seq = stmt_int(q, 0), .undoes = stmt_int(q, 3), .id = stmt_id(q, 2) },
                     .step = stmt_int(q, 4), .at = stmt_int(q, 5), .by = stmt_id(q, 6) };

    r.gone = !table_by_name(stmt_text(q, 1), &r.t.table) || stmt_int(q, 7) == 0;
    r.brought = stmt_int(q, 8) != 0;
    *ARRAY_ADD(all->items, all->count, all->cap) = r;
}

static enum status rows_around(struct store *s, int64_t seq, struct rows *all, struct err *err)
{
    struct stmt *q = NULL;
    bool row = false;
    enum status st = db_use(s->db, &q, "SELECT seq, entity, entity_id, coalesce(undoes, 0), coalesce(step, 0), at, by, "
                                       "body IS NOT NULL AND body <> '{}', "
                                       "coalesce(why, '') LIKE 'from another laptop: %' FROM change "
                                       "WHERE seq >= ?1 AND seq <= ?2 ORDER BY seq", err);

    if (st != ST_OK)
        return st;
    stmt_bind_int(q, 1, seq - REACH);
    stmt_bind_int(q, 2, seq + REACH);
    while ((st = stmt_step(q, &row, err)) == ST_OK && row)
        row_take(all, q);
    stmt_done(q);
    return st;
}

/* Before steps were written down, what one hand wrote in one second was one. */
static bool same_step(const struct row *a, const struct row *b)
{
    return a->step || b->step ? a->step == b->step : a->at == b->at && id_eq(a->by, b->by);
}

/* Leaves the rows of the step of change seq; none when there is no such change. */
static void step_cut(struct rows *all, int64_t seq)
{
    size_t at = 0, first, last;

    while (at < all->count && all->items[at].t.seq != seq)
        at++;
    if (at == all->count) {
        all->count = 0;
        return;
    }
    for (first = at; first > 0 && same_step(&all->items[first - 1], &all->items[at]); first--)
        ;
    for (last = at; last + 1 < all->count && same_step(&all->items[last + 1], &all->items[at]); last++)
        ;
    memmove(all->items, all->items + first, (last - first + 1) * sizeof *all->items);
    all->count = last - first + 1;
}

/* --- what hangs on what ----------------------------------------------------------------------------------------- */

static struct id id_of_column(struct store *s, enum table_id t, struct id id, const char *column)
{
    struct record r = { .text = NULL };
    struct id found = ID_NONE;
    int c = table_column_by_name(t, column);

    if (c >= 0 && store_get(s, t, id, &r, NULL) == ST_OK)
        found = record_id(&r, c);
    record_release(&r);
    return found;
}

static void row_tell(struct store *s, struct row *r)
{
    if (r->told || r->gone)
        return;
    r->told = true;
    if (r->t.table == T_RATING)
        r->person = id_of_column(s, T_GOAL, id_of_column(s, T_RATING, r->t.id, "goal"), "person");
    else if (r->t.table == T_ACTION)
        r->person = id_of_column(s, T_EPISODE, id_of_column(s, T_ACTION, r->t.id, "episode"), "person");
    else
        r->person = id_of_column(s, r->t.table, r->t.id, "person");
    r->subject = id_of_column(s, r->t.table, r->t.id, "subject");
    r->referral = r->t.table == T_REFERRAL ? r->t.id : id_of_column(s, r->t.table, r->t.id, "referral");
    r->response = id_of_column(s, r->t.table, r->t.id, "response");
}

static bool tied(struct store *s, struct row *of, struct row *part, enum tie tie)
{
    row_tell(s, of);
    row_tell(s, part);
    if (tie == ITS_SUBJECT)
        return id_eq(part->subject, of->t.id);
    if (tie == ITS_RESPONSE)
        return id_eq(part->response, of->t.id);
    if (part->brought)
        return false;
    if (tie == ITS_REFERRAL)            /* in a list that came in at once somebody may have several */
        return id_is_set(of->referral) && id_eq(part->referral, of->referral);
    if (tie == OF_NOBODY)
        return !id_is_set(part->person);
    return id_is_set(part->person) && id_eq(part->person, of->person);
}

static bool hangs_on(struct store *s, struct row *of, struct row *part)
{
    if (of->gone || part->gone)
        return false;
    if (of->t.table == part->t.table && id_eq(of->t.id, part->t.id))
        return true;
    if (part->t.table == T_DIFFERENCE)          /* settled with the record it is about */
        return tied(s, of, part, ITS_SUBJECT);
    for (size_t i = 0; i < ARRAY_LEN(comes_of); i++)
        if (comes_of[i].of == of->t.table && comes_of[i].part == part->t.table)
            return tied(s, of, part, comes_of[i].tie);
    return false;
}

/* A record's own earlier change is what its later one hangs on, even where something else stands nearer. */
static int own_earlier(const struct rows *all, size_t i)
{
    for (size_t k = i; k > 0; k--)
        if (!all->items[k - 1].gone && all->items[k - 1].t.table == all->items[i].t.table &&
            id_eq(all->items[k - 1].t.id, all->items[i].t.id))
            return (int) k - 1;
    return -1;
}

static void row_hang(struct store *s, struct rows *all, size_t i)
{
    int own = own_earlier(all, i);

    all->items[i].on = own >= 0 ? own : (int) i;
    for (size_t k = i; k > 0 && all->items[i].on == (int) i; k--)
        if (hangs_on(s, &all->items[k - 1], &all->items[i]))
            all->items[i].on = (int) k - 1;
}

static int root_of(const struct rows *all, int i)
{
    while (all->items[i].on != i)
        i = all->items[i].on;
    return i;
}

static void tree_take(struct store *s, struct rows *all, int64_t seq, struct togethers *out)
{
    int root = -1;

    for (size_t i = 0; i < all->count; i++)
        row_hang(s, all, i);
    for (size_t i = 0; i < all->count; i++)
        if (all->items[i].t.seq == seq && !all->items[i].gone)
            root = root_of(all, (int) i);
    for (size_t i = 0; root >= 0 && i < all->count; i++)
        if (!all->items[i].gone && root_of(all, (int) i) == root)
            *ARRAY_ADD(out->items, out->count, out->cap) = all->items[i].t;
}

/* --- takings back ----------------------------------------------------------------------------------------------- */

static enum status together_at(struct store *s, int64_t seq, int deep, struct togethers *out, struct err *err);

/* A taking back is taken back as far as what it took back had been one. */
static enum status takings_back(struct store *s, const struct rows *all, int64_t undoes, int deep,
                                struct togethers *out, struct err *err)
{
    struct togethers first = { NULL, 0, 0 };
    enum status st = together_at(s, undoes, deep + 1, &first, err);

    for (size_t k = 0; st == ST_OK && k < first.count; k++)
        for (size_t i = 0; i < all->count; i++)
            if (!all->items[i].gone && all->items[i].t.undoes == first.items[k].seq)
                *ARRAY_ADD(out->items, out->count, out->cap) = all->items[i].t;
    togethers_release(&first);
    return st;
}

static enum status together_at(struct store *s, int64_t seq, int deep, struct togethers *out, struct err *err)
{
    struct rows all = { NULL, 0, 0 };
    int64_t undoes = 0;
    enum status st = rows_around(s, seq, &all, err);

    step_cut(&all, seq);
    for (size_t i = 0; i < all.count; i++)
        if (all.items[i].t.seq == seq)
            undoes = all.items[i].t.undoes;
    if (st == ST_OK && undoes && deep < DEEP)
        st = takings_back(s, &all, undoes, deep, out, err);
    else if (st == ST_OK)
        tree_take(s, &all, seq, out);
    free(all.items);
    return st;
}

enum status undo_together(struct store *s, int64_t seq, struct togethers *out, struct err *err)
{
    return together_at(s, seq, 0, out, err);
}
