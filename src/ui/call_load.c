/* call_load.c - whom to ring, and who waits on an asset. */
#include "dolen/ui/call.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/mem.h"
#include "dolen/ui/refusals.h"
#include "dolen/base/banned.h"

#define PEOPLE_MAX 100

/* qsort has no context: the months stand beside each row while it is sorted. */
struct aged {
    struct asset_use use;
    int              months;
    size_t           place;             /* by name: equally stale ones stay in that order */
};

static int stalest_first(const void *pa, const void *pb)
{
    const struct aged *a = pa, *b = pb;
    int c = freshness_compare(a->use.verified_on, a->months, b->use.verified_on, b->months);

    if (c == 0)
        c = b->use.waiting - a->use.waiting;
    return c ? c : (a->place > b->place) - (a->place < b->place);
}

enum status call_order(struct ui *u, struct id **out, size_t *n, struct err *err)
{
    struct asset_use *use = NULL;
    struct aged *aged;
    enum status st = assets_in_use(u->store, &use, n, err);

    *n = st == ST_OK ? *n : 0;
    aged = xcalloc(*n + 1, sizeof *aged);
    *out = xcalloc(*n + 1, sizeof **out);
    for (size_t i = 0; i < *n; i++)
        aged[i] = (struct aged) { use[i], asset_months(u, use[i].category), i };
    qsort(aged, *n, sizeof *aged, stalest_first);
    for (size_t i = 0; i < *n; i++)
        (*out)[i] = aged[i].use.id;
    free(aged);
    free(use);
    return st;
}

enum status call_list_rows(struct ui *u, struct asset_row *rows, int max, int *n, struct err *err)
{
    struct id *order;
    size_t all;
    enum status st = call_order(u, &order, &all, err);

    *n = 0;
    for (size_t i = 0; st == ST_OK && i < all && *n < max; i++)
        st = asset_row_get(u->store, order[i], &rows[(*n)++], err);
    free(order);
    return st;
}

const char *const call_statuses[] = { "ACCEPTED", "WAITING", "FIRST_ATTENDED", "ATTENDING", "STOPPED", "DECLINED",
                                      "NOT_AVAILABLE" };
const size_t      call_status_count = ARRAY_LEN(call_statuses);

/* Agreed once, and taken back since under the name of the asset: the connection still says yes. */
static enum status taken_back(struct store *s, const struct record *asset, struct call_person *p, struct err *err)
{
    struct refusal no;
    bool said_no;
    enum status st = asset_refused(s, p->person, asset, &said_no, &no, err);

    p->no_sharing |= said_no;
    return st;
}

enum status call_load(struct call *out, struct store *s, struct id asset, struct err *err)
{
    struct connected_row *rows = xcalloc(PEOPLE_MAX, sizeof *rows);
    struct record a;
    int n = 0;
    enum status st = asset_waiting(s, asset, PEOPLE_MAX, rows, &n, err);

    record_init(&a, T_ASSET);
    if (st == ST_OK)
        st = store_get(s, T_ASSET, asset, &a, err);

    *out = (struct call) { .asset = asset, .takes_a_month = -1, .verified = true };
    for (int i = 0; st == ST_OK && i < n; i++) {
        struct call_person *p = ARRAY_ADD(out->people, out->count, out->cap);

        *p = (struct call_person) { .connection = rows[i].connection, .person = rows[i].person,
                                    .episode = rows[i].episode, .since = rows[i].on,
                                    .no_sharing = rows[i].no_sharing, .died = rows[i].died };
        str_copy(p->name, sizeof p->name, rows[i].name);
        str_copy(p->status, sizeof p->status, rows[i].status);
        st = taken_back(s, &a, p, err);
    }
    record_release(&a);
    explicit_bzero(rows, PEOPLE_MAX * sizeof *rows);
    free(rows);
    return st;
}

void call_release(struct call *c)
{
    if (c->people)
        explicit_bzero(c->people, c->cap * sizeof *c->people);
    free(c->people);
    *c = (struct call) { .takes_a_month = -1 };
}

bool call_says_anything(const struct call *c)
{
    bool any = c->running[0] || c->room != ROOM_UNSAID || c->takes_a_month >= 0 || c->with[0];

    for (size_t i = 0; i < c->count; i++)
        any = any || c->people[i].said[0];
    return any;
}
