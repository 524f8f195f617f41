#include "dolen/exchange/batch.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/mem.h"
#include "dolen/exchange/shape.h"
#include "dolen/vault/hash.h"
#include "parts.h"
#include "dolen/base/banned.h"

/* What the destination may have, by key, and which of it was met again. */
struct watching {
    struct store     *s;
    struct sent_rows  there;
    bool             *met;
    struct sent_rows *sent;             /* to be remembered */
    struct export_row *gone;
    size_t            gone_count;
    int64_t           to_version;
};

static int by_key(const void *a, const void *b)
{
    return memcmp(((const struct sent_row *) a)->key, ((const struct sent_row *) b)->key, SENT_KEY_BYTES);
}

static void remember(struct watching *w, const struct export_row *row, int64_t gone)
{
    struct sent_row *r = ARRAY_ADD(w->sent->items, w->sent->count, w->sent->cap);

    memcpy(r->key, row->key, sizeof r->key);
    r->person = row->person;
    r->version = row->version;
    r->gone = gone;
}

/* A row that was to be taken back and is here again stays: its version is above that of its taking back. */
static void on_row(void *ctx, const struct export_row *row)
{
    struct watching *w = ctx;
    struct sent_row key;
    const struct sent_row *found;

    memcpy(key.key, row->key, sizeof key.key);
    found = w->there.count ? bsearch(&key, w->there.items, w->there.count, sizeof key, by_key) : NULL;
    if (found)
        w->met[found - w->there.items] = true;
    if (row->written)
        remember(w, row, 0);
}

/* What was not met again. Already taken back by a batch of which nobody knows whether it arrived: once more. */
static size_t on_gone(void *ctx, const struct export_row **rows)
{
    struct watching *w = ctx;

    w->gone = xcalloc(w->there.count + 1, sizeof *w->gone);
    for (size_t i = 0; i < w->there.count; i++) {
        const struct sent_row *r = &w->there.items[i];
        struct export_row *g = &w->gone[w->gone_count];

        if (w->met[i])
            continue;
        memcpy(g->key, r->key, sizeof g->key);
        g->person = r->person;
        g->version = w->to_version;
        remember(w, g, w->to_version);
        w->sent->items[w->sent->count - 1].version = r->version;
        w->gone_count++;
    }
    *rows = w->gone;
    return w->gone_count;
}

static int by_person(const void *a, const void *b)
{
    return memcmp(((const struct id *) a)->b, ((const struct id *) b)->b, sizeof ((const struct id *) a)->b);
}

/* Rows of one person stand together in each table, but not in all of them. */
static int64_t people_of(const struct sent_rows *sent)
{
    struct id *ids = xcalloc(sent->count + 1, sizeof *ids);
    size_t n = 0;
    int64_t people = 0;

    for (size_t i = 0; i < sent->count; i++)
        if (sent->items[i].gone == 0 && id_is_set(sent->items[i].person))
            ids[n++] = sent->items[i].person;
    qsort(ids, n, sizeof *ids, by_person);
    for (size_t i = 0; i < n; i++)
        people += i == 0 || !id_eq(ids[i], ids[i - 1]);
    free(ids);
    return people;
}

static void manifest_begin(struct manifest *m, const struct batch_job *job)
{
    *m = (struct manifest) {
        .batch_id = job->batch_id, .source_id = job->source, .provisional = str_eq(job->data_set->status,
                                                                                   "provisional"),
        .epoch = job->epoch, .seq = job->seq, .kind = job->whole ? BATCH_SNAPSHOT : BATCH_DELTA,
        .base_version = job->whole ? 0 : job->base_version, .to_version = job->to_version,
        .from = job->policy->from, .until = job->until, .made_at = job->now,
    };
    str_copy(m->destination, sizeof m->destination, job->policy->destination);
    str_copy(m->policy_id, sizeof m->policy_id, job->policy->destination);
    str_copy(m->data_set, sizeof m->data_set, job->data_set->id);
    str_copy(m->data_set_version, sizeof m->data_set_version, job->data_set->version);
    str_copy(m->prev, sizeof m->prev, job->prev);
    str_copy(m->audit_head, sizeof m->audit_head, job->audit_head);
    str_copy(m->app, sizeof m->app, job->app);
}

int64_t rows_of_people(const struct export_result *r)
{
    int64_t n = 0;

    for (size_t i = 0; i < r->tables; i++)
        if (!table_is_counted(r->table[i].table) && !str_eq(r->table[i].table, TOMBSTONE))
            n += r->table[i].rows;
    return n;
}

/* Everything that a batch stands on while it is made; nothing in it moves. */
struct batch_making {
    struct batch_job       job;
    struct batch          *out;
    struct watching        w;
    struct export_watch    watch;
    struct policy         *rules;
    struct manifest        m;
    struct export_keeping *export;
    bool                   over;
};

static void export_begin(struct batch_making *b, struct store *s)
{
    const struct batch_job *job = &b->job;
    struct export_job e = {
        .data_set = job->data_set, .policy = b->rules, .catalog = job->catalog, .from = job->policy->from,
        .until = job->until,
        .today = job->today, .source = job->case_file, .recipient = job->policy->destination, .app = job->app,
        .epoch = job->epoch, .batch = &b->m, .after = job->whole ? 0 : job->base_version, .watch = &b->watch,
        .progress = job->progress, .progress_ctx = job->progress_ctx,
    };

    memcpy(e.key, job->key, sizeof e.key);
    export_keep_begin(&b->export, s, &e, &b->out->counts);
    wipe(e.key, sizeof e.key);
    b->out->from = job->policy->from;
    b->out->until = job->until;
}

enum status batch_make_begin(struct batch_making **out, struct store *s, const struct batch_job *job,
                             struct batch *batch, struct err *err)
{
    struct batch_making *b = xcalloc(1, sizeof *b);
    enum status st;

    memset(batch, 0, sizeof *batch);
    b->job = *job;
    b->out = batch;
    b->w = (struct watching) { .s = s, .sent = &batch->sent, .to_version = job->to_version };
    b->watch = (struct export_watch) { &b->w, on_row, on_gone };
    b->rules = policy_file_rules(job->policy, job->data_set);
    manifest_begin(&b->m, &b->job);
    st = store_sent_rows(s, job->destination, &b->w.there, err);
    b->w.met = xcalloc(b->w.there.count + 1, sizeof *b->w.met);
    if (st == ST_OK)
        export_begin(b, s);
    else
        batch_make_end(&b, NULL);
    *out = b;
    return st;
}

enum status batch_make_step(struct batch_making *b, bool *over, struct err *err)
{
    enum status st = export_keep_step(b->export, over, err);

    b->over = st == ST_OK && *over;
    return st;
}

enum status batch_make_end(struct batch_making **bp, struct err *err)
{
    struct batch_making *b = *bp;
    struct batch *out = b->out;
    enum status st = b->export ? export_keep_end(&b->export, &out->files, err) : ST_OK;

    if (b->over) {
        out->rows = rows_of_people(&out->counts);
        out->changed_people = people_of(&out->sent);
        out->tombstones = (int64_t) b->w.gone_count;
        out->kind = b->job.whole ? BATCH_SNAPSHOT : out->rows == 0 ? BATCH_ERASURE : BATCH_DELTA;
    }
    sent_rows_release(&b->w.there);
    free(b->w.met);
    free(b->w.gone);
    policy_free(&b->rules);
    wipe(b, sizeof *b);
    free(b);
    *bp = NULL;
    return st;
}

bool batch_is_empty(const struct batch *b)
{
    return b->rows == 0 && b->tombstones == 0 && b->kind != BATCH_SNAPSHOT;
}

void batch_release(struct batch *b)
{
    if (!b)
        return;
    export_files_release(&b->files);
    sent_rows_release(&b->sent);
    memset(b, 0, sizeof *b);
}
