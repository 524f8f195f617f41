/* app/drill_progress.c - drills and attempts put side by side. */
#include "drill_progress.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/date.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/drill/drill_file.h"
#include "dolen/base/banned.h"

static int by_level(const void *pa, const void *pb)
{
    const struct drill *a = *(const struct drill *const *) pa, *b = *(const struct drill *const *) pb;

    return a->level != b->level ? a->level - b->level : strcmp(a->id, b->id);
}

static void load_drills(struct progress *p, struct catalog *cat)
{
    size_t n;
    const char *const *ids = catalog_list(cat, DEF_DRILL, &n);

    p->drills = xcalloc(n + 1, sizeof *p->drills);
    for (size_t i = 0; i < n; i++) {
        const struct drill *d = catalog_drill(cat, ids[i], NULL);

        if (d)
            p->drills[p->count++] = d;
        else
            str_copy(p->broken, sizeof p->broken, ids[i]);
    }
    if (p->count)
        qsort(p->drills, p->count, sizeof *p->drills, by_level);
}

enum status progress_load(struct progress *out, struct casefile *cf, struct id practitioner, struct err *err)
{
    struct records set = { NULL, 0, 0 };
    enum status st;

    *out = (struct progress) { .practitioner = practitioner, .today = clock_today() };
    st = store_list(cf->store, LIST_DRILLS, ID_NONE, 0, &out->rows, err);
    if (st != ST_OK)
        return st;
    load_drills(out, cf->catalog);
    drill_pasts_of(&out->rows, practitioner, &out->past);
    for (size_t i = 0; i < out->rows.count; i++)        /* borrowed rows: only the list itself is freed */
        if (attempt_state(&out->rows.items[i]) == ATTEMPT_SET &&
            id_eq(record_id(&out->rows.items[i], DRILL_practitioner), practitioner))
            *ARRAY_ADD(set.items, set.count, set.cap) = out->rows.items[i];
    drill_propose(out->drills, out->count, &out->past, &set, out->today, &out->next);
    free(set.items);
    return ST_OK;
}

void progress_release(struct progress *p)
{
    records_release(&p->rows);
    free(p->past.items);
    free(p->drills);
    *p = (struct progress) { .count = 0 };
}

const struct drill_past *progress_last(const struct progress *p, const char *drill, int *times)
{
    const struct drill_past *last = NULL;

    *times = 0;
    for (size_t i = 0; i < p->past.count; i++)
        if (str_eq(p->past.items[i].drill, drill)) {
            last = &p->past.items[i];
            ++*times;
        }
    return last;
}

void progress_proposal(const struct progress *p, struct buf *out)
{
    if (p->next.d) {
        buf_addf(out, _("Next: \"%s\"."), text2_now(&p->next.d->title));
        buf_add(out, " ");
        drill_why_text(&p->next, p->today, out);
    }
    if (p->broken[0]) {
        buf_add(out, out->len ? " " : "");
        buf_addf(out, _("%s has faults and is not in the list: dolen drill lint says which."), p->broken);
    }
}

static const struct record *going_on(const struct progress *p, const char *drill)
{
    for (size_t i = 0; i < p->rows.count; i++) {
        const struct record *r = &p->rows.items[i];
        enum attempt_state st = attempt_state(r);

        if ((st == ATTEMPT_RUNNING || st == ATTEMPT_PAUSED) && str_eq(record_text(r, DRILL_drill), drill) &&
            id_eq(record_id(r, DRILL_practitioner), p->practitioner))
            return r;
    }
    return NULL;
}

bool progress_how(const struct progress *p, size_t drill, struct buf *out)
{
    const struct drill *d = p->drills[drill];
    const struct record *on = going_on(p, d->id);
    int times;
    const struct drill_past *last = progress_last(p, d->id, &times);

    if (on)
        buf_addf(out, "%s; ", attempt_state_label(attempt_state(on)));
    if (!last)
        buf_add(out, _("not played yet"));
    else {
        buf_addf(out, _("%d of 100 on %s"), last->percent, date_show(last->on).s);
        buf_addf(out, tr_n(" (%d time)", " (%d times)", (unsigned long) times), times);
    }
    if (last && last->safety == SAFETY_FAILED)
        buf_addf(out, ", %s", _("safety not kept"));
    return on != NULL;
}

void progress_row(const struct progress *p, size_t drill, struct buf *out)
{
    const struct drill *d = p->drills[drill];

    buf_addf(out, _("%s, level %d"), text2_now(&d->title), d->level);
    if (d->safety)
        buf_addf(out, ", %s", _("safety"));
    buf_add(out, ": ");
    progress_how(p, drill, out);
}

struct json *progress_json(const struct progress *p)
{
    struct json *j = json_new_map(), *list = json_new_list();
    struct buf b = BUF_INIT;

    for (size_t i = 0; i < p->count; i++) {
        struct json *d = json_new_map();
        int times;
        const struct drill_past *last = progress_last(p, p->drills[i]->id, &times);

        json_set_text(d, "drill", p->drills[i]->id);
        json_set_text(d, "title", text2_now(&p->drills[i]->title));
        json_set_int(d, "level", p->drills[i]->level);
        json_set_bool(d, "safety", p->drills[i]->safety);
        json_set_int(d, "times", times);
        if (last) {
            json_set_int(d, "percent", last->percent);
            json_set_text(d, "on", date_iso(last->on).s);
            json_set_text(d, "safety_line", drill_safety_code(last->safety));
        }
        json_append(list, d);
    }
    json_set(j, "items", list);
    json_set_text(j, "next", p->next.d ? p->next.d->id : NULL);
    if (p->next.d)
        drill_why_text(&p->next, p->today, &b);
    json_set_text(j, "why", p->next.d ? buf_text(&b) : NULL);
    buf_release(&b);
    return j;
}
