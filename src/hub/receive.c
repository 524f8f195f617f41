/* receiving: bundles are opened one by one and merged in groups, each group in one transaction.
 *
 * Within a group, waves: at most one batch of each source at a time, so that staging by source is staging by batch. A
 * group that the engine refuses is done again one by one, so that one laptop cannot block the others. Receipts are
 * written when the rows they speak of are committed, never before, and while the next group is being unpacked (which
 * changes nothing). */
#include "receive.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "answering.h"
#include "dolen/base/date.h"
#include "dolen/base/file.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "merge.h"
#include "dolen/base/banned.h"

enum { GROUP_MAX = 50 };
#define GROUP_BYTES ((uint64_t) 96 << 20)

struct group {
    struct incoming in[GROUP_MAX];
    size_t          n;
};

/* Ctrl-C and the like end it between two groups. */
static volatile sig_atomic_t stopped;

static void on_stop(int sig)
{
    (void) sig;
    stopped = 1;
}

/* --- the register ----------------------------------------------------------------------------------------------- */

enum status reception_open(struct reception *rc, struct hub_keys *keys, struct warehouse *w, struct catalog *c,
                           struct err *err)
{
    enum status st;

    rc->keys = keys;
    rc->w = w;
    rc->catalog = c;
    rc->now = clock_now();
    st = sources_load(&rc->sources, w, err);
    return st == ST_OK ? warehouse_setting(w, "destination", &rc->destination, err) : st;
}

void reception_close(struct reception *rc)
{
    sources_free(&rc->sources);
    free(rc->destination);
    rc->destination = NULL;
}

/* --- the ledger ------------------------------------------------------------------------------------------------- */

/* A laptop's delta begins where a receipt of ours ended. When what came before it is not here, it was here once and
 * was lost (the hub went back to an older copy), and no waiting brings it: the laptop is asked for everything above
 * what is covered. After a fork nobody knows which rows are whose: everything, from the first. */
static void ask_again(struct receipt *r)
{
    if (r->status == RECEIPT_ACCEPTED && r->gaps)
        r->resend_from = r->covered_version;
    else if (r->reason == REASON_FORK)
        r->resend_from = 0;
}

static enum status enter(struct incoming *in, struct reception *rc, struct err *err)
{
    enum status st;

    str_copy(in->row.status, sizeof in->row.status, receipt_status_word(in->r.status));
    str_copy(in->row.reason, sizeof in->row.reason, receipt_reason_word(in->r.reason));
    str_copy(in->row.bundle, sizeof in->row.bundle, in->bundle);
    in->row.source_id = in->source->source_id;
    st = ledger_cover(rc->w, in->source, in->r.status == RECEIPT_ACCEPTED ? &in->m : NULL, &in->r, err);
    ask_again(&in->r);
    buf_clear(&in->row.receipt);
    buf_clear(&in->row.receipt_sig);
    if (st == ST_OK)
        st = receipt_sign(&in->row.receipt, &in->row.receipt_sig, &in->r, rc->keys->sign, err);
    return st == ST_OK ? ledger_enter(rc->w, &in->row, &in->r, in->has_manifest ? &in->m : NULL, err) : st;
}

/* --- waves ------------------------------------------------------------------------------------------------------ */

struct turn {
    struct incoming  *in[GROUP_MAX];
    struct wave_batch b[GROUP_MAX];
    size_t            n;
};

static bool has_source(const struct turn *t, const struct hub_source *s)
{
    for (size_t i = 0; i < t->n; i++)
        if (t->in[i]->source == s)
            return true;
    return false;
}

/* The first rows say whose hub this is: pseudonyms differ by destination, so two in one hub would count people
 * twice. */
static enum status bind_destination(struct reception *rc, struct incoming *in, struct err *err)
{
    if (rc->destination && !str_eq(rc->destination, in->m.destination))
        incoming_reject(in, REASON_DESTINATION);
    if (rc->destination)
        return ST_OK;
    rc->destination = xstrdup(in->m.destination);
    return warehouse_set(rc->w, "destination", rc->destination, err);
}

static enum status look_for_rows(struct reception *rc, struct hub_source *s, struct err *err)
{
    const struct query_value v = query_int(s->source_id);
    int64_t n = 0;
    enum status st = ST_OK;

    if (!s->has_rows)
        st = warehouse_number(rc->w,
                              "SELECT count(*) FROM (SELECT 1 FROM hub_batch WHERE source_id = ?1 AND status = "
                              "'accepted' LIMIT 1) x", &v, 1, &n, err);
    s->has_rows = s->has_rows || n > 0;
    return st;
}

/* The next wave: of each source the first batch that is still to be merged. */
static enum status next_wave(struct turn *t, struct group *g, const bool *done, struct reception *rc, struct err *err)
{
    enum status st = ST_OK;

    t->n = 0;
    for (size_t i = 0; i < g->n && st == ST_OK; i++) {
        struct incoming *in = &g->in[i];

        if (done[i] || in->fate != FATE_MERGE || has_source(t, in->source))
            continue;
        st = incoming_look_up(in, rc, err);
        if (st == ST_OK && in->fate == FATE_MERGE)
            st = bind_destination(rc, in, err);
        if (st == ST_OK && in->fate == FATE_MERGE)
            st = look_for_rows(rc, in->source, err);
        if (st != ST_OK || in->fate != FATE_MERGE)
            continue;
        t->b[t->n] = (struct wave_batch) {
            .source_id = in->source->source_id, .snapshot = in->m.kind == BATCH_SNAPSHOT,
            .to_version = in->m.to_version,
            .horizon = in->source->horizon, .from = in->m.from, .agreed = in->agreed,
            .fresh = !in->source->has_rows,
        };
        t->in[t->n++] = in;
    }
    return st;
}

static bool goes(const struct turn *t, size_t i, const struct wh_table *table, bool straight)
{
    return (table && t->b[i].fresh) == straight && incoming_has(t->in[i], table);
}

static enum status stage_table(struct turn *t, struct reception *rc, const struct wh_table *table, bool straight,
                               struct err *err)
{
    struct warehouse *w = rc->w;
    bool any = false;
    enum status st;

    for (size_t i = 0; i < t->n; i++)
        any = any || goes(t, i, table, straight);
    if (!any)
        return ST_OK;
    st = w->ops->stage_begin(w, table, straight, err);
    for (size_t i = 0; i < t->n && st == ST_OK; i++)
        if (goes(t, i, table, straight))
            st = incoming_stage(t->in[i], rc, table, &t->b[i].staged, err);
    return st == ST_OK ? w->ops->stage_end(w, err) : st;
}

/* Rows of laptops that have none here yet meet nothing: they need no merging and go straight where they belong. */
static enum status stage(struct turn *t, struct reception *rc, struct err *err)
{
    enum status st = merge_clear(rc->w, err);

    for (size_t i = 0; i < rc->w->schema->count && st == ST_OK; i++) {
        st = stage_table(t, rc, &rc->w->schema->tables[i], true, err);
        if (st == ST_OK)
            st = stage_table(t, rc, &rc->w->schema->tables[i], false, err);
    }
    return st == ST_OK ? stage_table(t, rc, NULL, false, err) : st;
}

/* A bundle with a wrong row goes out of the wave, and its good rows with it. */
static enum status put_out(struct turn *t, struct reception *rc, struct err *err)
{
    size_t kept = 0;
    enum status st = ST_OK;

    for (size_t i = 0; i < t->n && st == ST_OK; i++) {
        if (t->in[i]->r.rows_wrong == 0) {
            t->in[kept] = t->in[i];
            t->b[kept++] = t->b[i];
            continue;
        }
        incoming_reject(t->in[i], REASON_ROWS);
        st = merge_drop(rc->w, t->b[i].source_id, t->b[i].fresh, err);
    }
    t->n = kept;
    return st;
}

static enum status finish(struct incoming *in, const struct wave_batch *b, struct reception *rc, struct err *err)
{
    if (b->held) {
        incoming_quarantine(in, REASON_DELETES_MUCH);
    } else {
        in->source->has_rows = true;
        in->r.rows_new = b->rows_new;
        in->r.rows_updated = b->rows_updated;
        in->r.rows_stale = b->rows_stale;
        in->r.rows_deleted = b->rows_deleted;
        if (b->snapshot && b->to_version > in->source->horizon)
            in->source->horizon = b->to_version;
    }
    return enter(in, rc, err);
}

static enum status merge_wave(struct turn *t, struct reception *rc, struct err *err)
{
    enum status st = stage(t, rc, err);

    if (st == ST_OK)
        st = put_out(t, rc, err);
    if (st == ST_OK && t->n)
        st = wave_merge(rc->w, t->b, t->n, err);
    for (size_t i = 0; i < t->n && st == ST_OK; i++)
        st = finish(t->in[i], &t->b[i], rc, err);
    return st;
}

/* --- a group ---------------------------------------------------------------------------------------------------- */

static enum status merge_all(struct group *g, struct reception *rc, struct err *err)
{
    struct turn *t = xcalloc(1, sizeof *t);
    bool done[GROUP_MAX] = { false }, more;
    enum status st = ST_OK;

    do {
        st = next_wave(t, g, done, rc, err);
        more = t->n > 0;
        if (st == ST_OK && more)
            st = merge_wave(t, rc, err);
        for (size_t i = 0; i < t->n; i++)
            done[t->in[i] - g->in] = true;
    } while (st == ST_OK && more);
    /* What was held back, or turned out to be another's place, was entered by finish(), or is entered here. */
    for (size_t i = 0; i < g->n && st == ST_OK; i++)
        if (!done[i] && g->in[i].fate == FATE_ENTER)
            st = enter(&g->in[i], rc, err);
    free(t);
    return st;
}

static enum status set_aside(struct incoming *in, struct reception *rc, struct err *err)
{
    char *path = quarantine_path(rc->keys, &in->row), *slash = strrchr(path, '/'), *marker;
    enum status st;

    *slash = '\0';
    marker = xasprintf("%s.minisig", slash + 1);
    st = file_replace(path, slash + 1, in->payload.s, in->payload.len, err);
    if (st == ST_OK)
        st = file_replace(path, marker, in->marker.s, in->marker.len, err);
    free(marker);
    free(path);
    return st;
}

/* Bundles that wait for a person are on the disk before the ledger says so. */
static enum status keep_quarantined(struct group *g, struct reception *rc, struct err *err)
{
    enum status st = ST_OK;

    for (size_t i = 0; i < g->n && st == ST_OK; i++)
        if (g->in[i].fate == FATE_ENTER && g->in[i].r.status == RECEIPT_QUARANTINED && !g->in[i].agreed)
            st = set_aside(&g->in[i], rc, err);
    return st;
}

static enum status commit_group(struct group *g, struct reception *rc, struct err *err)
{
    struct hub_source *was = xcalloc(rc->sources.count + 1, sizeof *was);
    char *destination = xstrdup(rc->destination);
    enum status st;

    if (rc->sources.count)
        memcpy(was, rc->sources.items, rc->sources.count * sizeof *was);
    st = rc->w->ops->begin(rc->w, err);
    if (st == ST_OK)
        st = merge_all(g, rc, err);
    if (st == ST_OK)
        st = keep_quarantined(g, rc, err);
    if (st == ST_OK)
        st = rc->w->ops->commit(rc->w, err);
    if (st != ST_OK) {
        rc->w->ops->rollback(rc->w);
        if (rc->sources.count)
            memcpy(rc->sources.items, was, rc->sources.count * sizeof *was);
        free(rc->destination);
        rc->destination = xstrdup(destination);
    }
    free(was);
    free(destination);
    return st;
}

/* A failure that another bundle would meet just the same. */
static bool is_everybodys(enum status st)
{
    return st != ST_INVALID && st != ST_CONFLICT && st != ST_REFUSED;
}

static void count(struct reception *rc, const struct incoming *in)
{
    switch (in->fate) {
    case FATE_MERGE:
        rc->sum.merged++;
        rc->sum.rows += in->r.rows_new + in->r.rows_updated;
        break;
    case FATE_ENTER:
        *(in->r.status == RECEIPT_QUARANTINED ? &rc->sum.quarantined : &rc->sum.rejected) += 1;
        break;
    case FATE_SAME:
        rc->sum.same++;
        break;
    case FATE_WAIT:
        rc->sum.waiting++;
        break;
    case FATE_ANSWER:
    case FATE_REFUSE:
        rc->sum.refused++;
        break;
    }
}

static void empty_group(struct group *g, struct reception *rc)
{
    for (size_t i = 0; i < g->n; i++) {
        count(rc, &g->in[i]);
        incoming_release(&g->in[i]);
    }
    g->n = 0;
}

/* The receipts are there: now the word about each, and room for the next group. */
static enum status finish_answers(struct group *g, struct answering *a, struct reception *rc, struct err *err)
{
    enum status st = answering_end(a, err);

    for (size_t i = 0; i < g->n; i++)
        incoming_tell(&g->in[i], rc);
    empty_group(g, rc);
    return st;
}

/* Opened anew, because a group that failed may have left half a verdict. */
static enum status one_by_one(struct group *g, struct reception *rc, struct err *err)
{
    struct group *one = xcalloc(1, sizeof *one);
    struct answering a;
    enum status st = ST_OK;

    for (size_t i = 0; i < g->n && st == ST_OK; i++) {
        struct err why = { .st = ST_OK };
        bool agreed = g->in[i].agreed;

        one->n = 1;
        memset(&one->in[0], 0, sizeof one->in[0]);
        one->in[0].agreed = agreed;
        st = incoming_open(&one->in[0], rc, g->in[i].path, err);
        if (st == ST_OK)
            st = commit_group(one, rc, &why);
        if (st != ST_OK && !is_everybodys(st) && err_text(&why)[0]) {
            one->in[0].fate = FATE_REFUSE;
            one->in[0].why = "not_merged";
            str_copy(one->in[0].said, sizeof one->in[0].said, err_text(&why));
            buf_clear(&one->in[0].row.receipt);
            st = ST_OK;
        } else if (st != ST_OK && err_text(&why)[0]) {
            err_set(err, st, "%s", err_text(&why));
        }
        if (st == ST_OK) {
            answering_begin(&a, one->in, 1, rc);
            st = finish_answers(one, &a, rc, err);
        }
        incoming_release(&one->in[0]);
    }
    for (size_t i = 0; i < g->n; i++)
        incoming_release(&g->in[i]);
    g->n = 0;
    free(one);
    return st;
}

static bool needs_commit(const struct group *g)
{
    for (size_t i = 0; i < g->n; i++)
        if (g->in[i].fate == FATE_MERGE || g->in[i].fate == FATE_ENTER)
            return true;
    return false;
}

/* Committed; its receipts are begun, and finish_answers is to follow. */
static enum status settle_group(struct group *g, struct answering *a, struct reception *rc, struct err *err)
{
    struct err why = { .st = ST_OK };
    enum status st = needs_commit(g) ? commit_group(g, rc, &why) : ST_OK;

    if (st != ST_OK && !is_everybodys(st))
        return one_by_one(g, rc, err);
    if (st != ST_OK) {
        for (size_t i = 0; i < g->n; i++)
            incoming_release(&g->in[i]);
        g->n = 0;
        return err_set(err, st, "%s", err_text(&why));
    }
    answering_begin(a, g->in, g->n, rc);
    return ST_OK;
}

/* --- all of it -------------------------------------------------------------------------------------------------- */

/* The next files, as many as make a group. What was met but would be too much waits for the next one. */
static enum status gather(struct group *g, struct reception *rc, char *const *paths, size_t n, size_t *taken,
                          struct err *err)
{
    size_t met = 0;
    enum status st = ST_OK;

    for (n = n < GROUP_MAX ? n : GROUP_MAX; met < n && st == ST_OK && !stopped; met++)
        st = incoming_meet(&g->in[met], rc, paths[met], err);
    g->n = st == ST_OK && met ? incoming_unpack_all(g->in, met, GROUP_BYTES, rc) : met;
    for (size_t i = g->n; i < met; i++)
        incoming_release(&g->in[i]);
    for (size_t i = 0; i < g->n && st == ST_OK; i++)
        st = incoming_examine(&g->in[i], rc, err);
    *taken = g->n;
    return st;
}

enum status receive_files(struct reception *rc, const struct file_names *files, struct err *err)
{
    struct sigaction now = { .sa_handler = on_stop }, was[3];
    static const int signals[] = { SIGINT, SIGTERM, SIGHUP };
    struct group *groups = xcalloc(2, sizeof *groups), *g = &groups[0], *before = &groups[1];
    struct answering a = { .st = ST_OK };
    enum status st = ST_OK, answered;

    for (size_t i = 0; i < ARRAY_LEN(signals); i++)
        sigaction(signals[i], &now, &was[i]);
    for (size_t i = 0, taken = 0; i < files->count && st == ST_OK && !stopped; i += taken) {
        struct group *next = before;

        st = gather(g, rc, files->items + i, files->count - i, &taken, err);
        answered = finish_answers(before, &a, rc, st == ST_OK ? err : NULL);
        st = st == ST_OK ? answered : st;
        if (st != ST_OK || !g->n || stopped)
            break;
        st = settle_group(g, &a, rc, err);
        before = g;
        g = next;
    }
    answered = finish_answers(before, &a, rc, st == ST_OK ? err : NULL);
    st = st == ST_OK ? answered : st;
    if (st == ST_OK && stopped)
        st = err_set(err, ST_INTERRUPTED,
                     _("Receiving was stopped. What was told above is committed; the rest is as it was. Run the "
                       "same command again."));
    for (size_t i = 0; i < g->n; i++)
        incoming_release(&g->in[i]);
    for (size_t i = 0; i < ARRAY_LEN(signals); i++)
        sigaction(signals[i], &was[i], NULL);
    free(groups);
    return st;
}

/* Both files are needed: the bundle is opened and merged from there. */
static enum status check_kept(const char *path, struct err *err)
{
    char *marker = xasprintf("%s.minisig", path);
    const char *gone = !file_exists(path) ? path : !file_exists(marker) ? marker : NULL;
    enum status st = ST_OK;

    if (gone)
        st = err_set(err, ST_NOTFOUND,
                     _("The bundle waits for a decision, but there is no file %s. Nothing was changed. Copy the "
                       "bundle and its .minisig there from the folder they arrived in, then give the command again."),
                     gone);
    free(marker);
    return st;
}

/* agreed lets the ledger's entry be replaced; a reason other than NONE keeps the rows out. */
static enum status decide(struct reception *rc, const struct ledger_row *row, enum receipt_reason why, struct err *err)
{
    struct group *g = xcalloc(1, sizeof *g);
    struct answering a = { .st = ST_OK };
    char *path = quarantine_path(rc->keys, row);
    enum status st = check_kept(path, err);

    if (st == ST_OK) {
        g->n = 1;
        g->in[0].agreed = true;
        st = incoming_open(&g->in[0], rc, path, err);
    }
    if (st == ST_OK && !str_eq(g->in[0].r.manifest_sha256, row->manifest_sha256))
        st = err_set(err, ST_CONFLICT,
                     _("The file %s is not the bundle that waits for a decision, or it is damaged. Nothing was "
                       "changed. Copy the bundle and its .minisig there from the folder they arrived in, then give "
                       "the command again."), path);
    if (st == ST_OK && why != REASON_NONE && g->in[0].fate == FATE_MERGE)
        incoming_reject(&g->in[0], why);
    if (st == ST_OK)
        st = settle_group(g, &a, rc, err);
    if (st == ST_OK)
        st = finish_answers(g, &a, rc, err);
    for (size_t i = 0; i < g->n; i++)
        incoming_release(&g->in[i]);
    free(path);
    free(g);
    return st;
}

enum status receive_agreed(struct reception *rc, const struct ledger_row *row, struct err *err)
{
    return decide(rc, row, REASON_NONE, err);
}

enum status receive_refused(struct reception *rc, const struct ledger_row *row, struct err *err)
{
    enum status st = decide(rc, row, REASON_DELETES_MUCH, err);

    rc->sum.rejected = 0;               /* as asked */
    return st;
}
