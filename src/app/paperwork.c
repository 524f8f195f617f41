/* app/paperwork.c - minutes gathered by day and form, and the saves that they go along with. */
#include "paperwork.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "dolen/base/date.h"
#include "dolen/base/mem.h"
#include "dolen/core/paperwork.h"
#include "dolen/store/paperwork.h"
#include "dolen/ui/views.h"
#include "dolen/base/banned.h"

#define SECOND   1000
#define DUE_MS   (60 * SECOND)

struct gathered {
    struct paperwork_row row;       /* seconds: as last put in, not gathered */
    int64_t              ms;
};

struct paperwork {
    struct paperwork_meter meter;
    struct gathered       *items;
    size_t                 count, cap;
    int64_t                test_ms;
    bool                   put;     /* all of it stands in a transaction that is not committed yet */
};

/* Scripts with a frozen day say how long each key took; the real clock goes on while the laptop is awake. */
static int64_t now_ms(struct paperwork *p)
{
    const char *seconds = getenv("DOLEN_TODAY") ? getenv("DOLEN_TEST_KEY_SECONDS") : NULL;
    struct timespec t;

    if (seconds)
        return p->test_ms += atol(seconds) * SECOND;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t) t.tv_sec * SECOND + t.tv_nsec / 1000000;
}

void paperwork_start(struct casefile *cf, bool lines)
{
    struct paperwork *p;

    if (cf->paperwork || cf->read_only || !id_is_set(cf->slot.practitioner))
        return;
    p = xcalloc(1, sizeof *p);
    p->meter.lines = lines;
    cf->paperwork = p;
}

void paperwork_stop(struct casefile *cf)
{
    if (!cf->paperwork)
        return;
    paperwork_write(cf);
    free(cf->paperwork->items);
    free(cf->paperwork);
    cf->paperwork = NULL;
}

/* --- gathering ---------------------------------------------------------------------------------------------------- */

static struct gathered *today_of(struct paperwork *p, const char *form)
{
    struct date today = clock_today();
    struct gathered *g;

    for (size_t i = 0; i < p->count; i++)
        if (str_eq(p->items[i].row.form, form) && date_compare(p->items[i].row.day, today) == 0)
            return &p->items[i];
    g = ARRAY_ADD(p->items, p->count, p->cap);
    *g = (struct gathered) { .row.day = today };
    str_copy(g->row.form, sizeof g->row.form, form);
    return g;
}

void paperwork_typed(struct casefile *cf)
{
    struct paperwork *p = cf->paperwork;
    int64_t ms;

    if (!p)
        return;
    p->meter.pause = setting_value("paperwork_pause") * 60L * SECOND;
    ms = paperwork_key(&p->meter, now_ms(p));
    if (ms > 0 && setting_value("paperwork"))
        today_of(p, p->meter.form)->ms += ms;
}

void paperwork_shows(struct casefile *cf, const char *form)
{
    if (cf->paperwork)
        paperwork_front(&cf->paperwork->meter, form);
}

const char *paperwork_shown(const struct casefile *cf)
{
    return cf->paperwork ? cf->paperwork->meter.form : "";
}

void paperwork_filed(struct casefile *cf, const char *form, bool made)
{
    struct gathered *g;

    if (!cf->paperwork || !setting_value("paperwork") || !str_eq(cf->paperwork->meter.form, form))
        return;
    g = today_of(cf->paperwork, form);
    g->row.filed++;
    g->row.made += made;
}

/* --- writing ------------------------------------------------------------------------------------------------------ */

void paperwork_put(struct casefile *cf)
{
    struct paperwork *p = cf->paperwork;

    if (!p)
        return;
    p->put = true;
    for (size_t i = 0; i < p->count && p->put; i++) {
        struct paperwork_row *row = &p->items[i].row;

        row->seconds = (long) (p->items[i].ms / SECOND);
        if (row->seconds || row->filed)
            p->put = store_paperwork_add(cf->store, row, NULL) == ST_OK;
    }
}

/* Parts of a second stay for the next time. */
void paperwork_kept(struct casefile *cf)
{
    struct paperwork *p = cf->paperwork;

    if (!p || !p->put)
        return;
    p->put = false;
    for (size_t i = 0; i < p->count; i++) {
        p->items[i].ms -= (int64_t) p->items[i].row.seconds * SECOND;
        p->items[i].row.seconds = p->items[i].row.filed = p->items[i].row.made = 0;
    }
}

static bool is_due(const struct casefile *cf)
{
    int64_t ms = 0;

    for (size_t i = 0; cf->paperwork && i < cf->paperwork->count; i++)
        ms += cf->paperwork->items[i].ms;
    return ms >= DUE_MS;
}

enum status paperwork_draft(struct casefile *cf, struct record *draft, const struct answers *base, struct err *err)
{
    enum status st;

    if (store_in_step(cf->store) || !is_due(cf))
        return store_draft_put(cf->store, draft, base, err);
    st = store_begin(cf->store, err);
    if (st != ST_OK)
        return st;
    st = store_draft_put(cf->store, draft, base, err);
    if (st == ST_OK)
        paperwork_put(cf);
    st = store_end(cf->store, st, err);
    if (st == ST_OK)
        paperwork_kept(cf);
    return st;
}

static bool has_news(const struct paperwork *p)
{
    for (size_t i = 0; i < p->count; i++)
        if (p->items[i].ms >= SECOND || p->items[i].row.filed)
            return true;
    return false;
}

void paperwork_write(struct casefile *cf)
{
    if (!cf->paperwork || !cf->store || !has_news(cf->paperwork) || store_begin(cf->store, NULL) != ST_OK)
        return;
    paperwork_put(cf);
    if (!cf->paperwork->put)
        store_rollback(cf->store);
    else if (store_commit(cf->store, NULL) == ST_OK)
        paperwork_kept(cf);
}

enum status paperwork_forget(struct casefile *cf, size_t *n, struct err *err)
{
    if (cf->paperwork)
        cf->paperwork->count = 0;
    return store_paperwork_forget(cf->store, n, err);
}
