/* store/write.c - how a record changes: compared with what is there, written where it differs, told to history and
 * search.
 *
 * The comparison and everything that needs memory come first; from tx_enter on there are only statements. */
#include "store_priv.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dolen/base/buf.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/text.h"
#include "owned.h"
#include "search_priv.h"
#include "undo_priv.h"

#include "dolen/base/banned.h"

/* A change being worked out. */
struct plan {
    struct record  old;              /* empty when new */
    bool           fresh;
    struct answers answers;          /* as they are */
    struct json   *body;
    int64_t        now;
};

/* --- sort keys -------------------------------------------------------------------------------------------------- */

static void sort_key_set(struct record *r, int column, const char *first, const char *then)
{
    struct buf name = BUF_INIT, key = BUF_INIT;

    buf_addf(&name, "%s%s%s", first ? first : "", first && then ? " " : "", then ? then : "");
    text_sort_key(&key, buf_text(&name));
    free(r->text[column]);
    r->text[column] = xstrdup(buf_text(&key));      /* never NULL: pages continue after a key */
    buf_wipe(&name);
    buf_wipe(&key);
}

static void sort_key_refresh(struct record *r)
{
    if (r->table == T_PERSON) {
        const char *given = record_or(r, PERSON_preferred_name, record_text(r, PERSON_given_name));     /* as shown */

        sort_key_set(r, PERSON_sort_key, record_text(r, PERSON_family_name),
                     given ? given : record_text(r, PERSON_also_known_as));
    } else if (r->table == T_ASSET) {
        sort_key_set(r, ASSET_sort_key, record_or(r, ASSET_name_en, record_text(r, ASSET_name_cy)), NULL);
    }
}

/* Until then a person was sorted by the given name, whatever name is shown. No row of the history: no value changed. */
static enum status sort_key_write(struct store *s, struct stmt *row, struct err *err)
{
    struct stmt *q = NULL;
    struct record r;
    enum status st = db_use(s->db, &q, "UPDATE person SET sort_key = ?2 WHERE row_no = ?1", err);

    if (st != ST_OK)
        return st;
    record_init(&r, T_PERSON);
    record_set(&r, PERSON_family_name, stmt_is_null(row, 1) ? NULL : stmt_text(row, 1));
    record_set(&r, PERSON_preferred_name, stmt_text(row, 2));
    sort_key_refresh(&r);
    stmt_bind_int(q, 1, stmt_int(row, 0));
    stmt_bind_text(q, 2, record_text(&r, PERSON_sort_key));
    st = stmt_run(q, err);
    record_release(&r);
    return st;
}

enum status people_resort(struct store *s, struct err *err)
{
    struct stmt *q = NULL;
    bool row = false;
    enum status st = db_use(s->db, &q, "SELECT row_no, family_name, preferred_name FROM person "
                                       "WHERE coalesce(preferred_name, '') <> ''", err);

    if (st != ST_OK)
        return st;
    while ((st = stmt_step(q, &row, err)) == ST_OK && row)
        if ((st = sort_key_write(s, q, err)) != ST_OK)
            break;
    stmt_done(q);
    return st;
}

/* --- what differs ----------------------------------------------------------------------------------------------- */

static void note(struct json *body, const char *key, const char *was, const char *is)
{
    struct json *pair = json_new_list();

    json_append(pair, json_new_text(was));
    json_append(pair, json_new_text(is));
    json_set(body, key, pair);
}

static bool differs(const struct plan *p, const struct record *r, int c)
{
    return !str_eq(p->old.text[c], r->text[c]);
}

static void compare(struct plan *p, const struct write *w)
{
    const struct record *r = w->record;
    char at[24];

    p->body = json_new_map();
    if (p->fresh)
        note(p->body, "id", NULL, id_show(r->id).s);
    for (int c = 0; c < table_column_count(r->table); c++)
        if (differs(p, r, c) && !str_eq(table_column_name(r->table, c), "sort_key"))
            note(p->body, table_column_name(r->table, c), p->old.text[c], r->text[c]);
    answers_compare(p->body, &p->answers, w);
    snprintf(at, sizeof at, "%" PRId64, p->now);
    if (w->binning == BIN_PUT && !p->old.binned) {
        note(p->body, "binned_at", NULL, at);
        note(p->body, "bin_reason", NULL, w->bin_reason);
    } else if (w->binning == BIN_TAKE_OUT && p->old.binned) {
        note(p->body, "binned_at", at, NULL);
    }
    if (w->carried)
        json_set(p->body, CARRIED, json_copy(w->carried));
}

static enum status plan_make(struct store *s, struct plan *p, const struct write *w, struct err *err)
{
    struct record *r = w->record;
    struct err why = { .st = ST_OK };
    enum status st = record_settle(r, err);

    p->now = clock_now();
    if (st != ST_OK)
        return st;
    sort_key_refresh(r);
    st = id_is_set(r->id) ? store_get(s, r->table, r->id, &p->old, &why) : ST_NOTFOUND;
    if (st == ST_NOTFOUND) {
        p->fresh = true;
        record_init(&p->old, r->table);
    } else if (st != ST_OK) {
        return err_set(err, st, "%s", err_text(&why));
    }
    if (w->answers && !p->fresh && (st = answers_read(s, r->id, &p->answers, err)) != ST_OK)
        return st;
    if (!id_is_set(r->id))
        r->id = id_new();
    compare(p, w);
    return ST_OK;
}

static void plan_release(struct plan *p)
{
    record_release(&p->old);
    answers_release(&p->answers);
    json_free(&p->body);
}

/* --- writing ---------------------------------------------------------------------------------------------------- */

/* The number that history_add is about to give this change. */
static void bind_change(struct stmt *q, int i, const struct store *s, const struct record *r)
{
    if (r->table == T_DRAFT)
        stmt_bind_null(q, i);
    else
        stmt_bind_int(q, i, s->seq + 1);
}

static enum status insert(struct store *s, const struct plan *p, const struct record *r, struct err *err)
{
    struct stmt *q = NULL;
    enum status st = db_use(s->db, &q, tables[r->table].insert, err);

    if (st != ST_OK)
        return st;
    stmt_bind_id(q, 1, r->id);
    stmt_bind_int(q, 2, p->now);
    stmt_bind_id(q, 3, s->author);
    stmt_bind_int(q, 4, p->now);
    stmt_bind_id(q, 5, s->author);
    bind_change(q, 6, s, r);
    for (int c = 0; c < tables[r->table].count; c++)
        record_bind(q, 7 + c, r, c);
    return stmt_run(q, err);
}

static enum status update(struct store *s, const struct plan *p, const struct record *r, struct err *err)
{
    struct stmt *q = NULL;
    enum status st = db_use(s->db, &q, tables[r->table].stamp, err);

    if (st != ST_OK)
        return st;
    stmt_bind_int(q, 1, p->now);
    stmt_bind_id(q, 2, s->author);
    bind_change(q, 3, s, r);
    stmt_bind_id(q, 4, r->id);
    st = stmt_run(q, err);
    for (int c = 0; st == ST_OK && c < tables[r->table].count; c++) {
        if (!differs(p, r, c))
            continue;
        st = db_use(s->db, &q, tables[r->table].columns[c].update, err);
        if (st != ST_OK)
            break;
        record_bind(q, 1, r, c);
        stmt_bind_id(q, 2, r->id);
        st = stmt_run(q, err);
    }
    return st;
}

static enum status binning(struct store *s, const struct plan *p, const struct write *w, struct err *err)
{
    struct stmt *q = NULL;
    enum status st = ST_OK;

    if (w->binning == BIN_LEAVE || (w->binning == BIN_PUT) == p->old.binned)
        return ST_OK;
    st = db_use(s->db, &q, tables[w->record->table].bin, err);
    if (st != ST_OK)
        return st;
    if (w->binning == BIN_PUT) {
        stmt_bind_int(q, 1, p->now);
        stmt_bind_text(q, 2, w->bin_reason);
    }
    stmt_bind_id(q, 3, w->record->id);
    return stmt_run(q, err);
}

static enum status carry_out(struct store *s, const struct plan *p, const struct write *w, struct err *err)
{
    const struct record *r = w->record;
    struct change c = { table_name(r->table), r->id, w->why, w->undoes, p->body };
    enum status st = p->fresh ? insert(s, p, r, err) : update(s, p, r, err);

    if (st == ST_OK)
        st = answers_write(s, r->id, &p->answers, w, err);
    if (st == ST_OK)
        st = binning(s, p, w, err);
    if (st != ST_OK || r->table == T_DRAFT)
        return st;
    st = history_add(s, &c, err);
    if (st == ST_OK && !s->bulk)
        st = search_written(s, r->table, r->id, err);
    return st;
}

static void stamp_record(struct record *r, const struct plan *p, enum binning binned)
{
    r->updated_at = p->now;
    r->created_at = p->fresh ? p->now : p->old.created_at;
    r->binned = binned == BIN_LEAVE ? p->old.binned : binned == BIN_PUT;
}

/* Every write of a record comes by here, an undo and a restore from the bin too. */
static enum status belongs_here(const struct store *s, enum table_id t, struct err *err)
{
    if ((t == T_DRILL || t == T_DRILL_STEP) && !s->training)
        return err_set(err, ST_REFUSED,
                       _("Drills are played in a training case file only; this one holds real people. Nothing was "
                         "changed. Make one with: dolen --file DIR practice new"));
    return ST_OK;
}

enum status write_apply(struct store *s, const struct write *w, struct err *err)
{
    struct plan p = { .fresh = false };
    struct id given = w->record->id;
    bool own = false;
    enum status st = belongs_here(s, w->record->table, err);

    if (st == ST_OK)
        st = plan_make(s, &p, w, err);
    if (st == ST_OK && (json_count(p.body) > 0 || w->undoes)) {
        st = tx_enter(s, &own, err);
        if (st == ST_OK) {
            st = carry_out(s, &p, w, err);
            st = tx_leave(s, own, st, err);
        }
        if (st == ST_OK)
            stamp_record(w->record, &p, w->binning);
    }
    if (st != ST_OK)
        w->record->id = given;
    plan_release(&p);
    return st;
}

/* --- the public ways -------------------------------------------------------------------------------------------- */

enum status store_put(struct store *s, struct record *r, const char *why, struct err *err)
{
    return write_apply(s, &(struct write) { .record = r, .why = why }, err);
}

static enum status bin_or_not(struct store *s, enum table_id t, struct id id, struct write w, struct err *err)
{
    struct record r = { .text = NULL };
    enum status st = store_get(s, t, id, &r, err);

    if (st != ST_OK)
        return st;
    w.record = &r;
    if (t == T_ASSET && w.binning == BIN_TAKE_OUT)
        record_set(&r, ASSET_joined, NULL);     /* by hand: an entry of its own again */
    st = write_apply(s, &w, err);
    record_release(&r);
    return st;
}

enum status store_bin(struct store *s, enum table_id t, struct id id, const char *reason, struct err *err)
{
    /* The reason is a person's words: it stands in the body, which can be forgotten, and not in the chain. */
    return bin_or_not(s, t, id, (struct write) { .binning = BIN_PUT, .bin_reason = reason, .why = "binned" }, err);
}

enum status store_unbin(struct store *s, enum table_id t, struct id id, struct err *err)
{
    struct id merge = ID_NONE;
    enum status st = t == T_PERSON ? merge_hiding(s, id, &merge, err) : ST_OK;

    if (st != ST_OK)
        return st;
    if (id_is_set(merge))
        return err_set(err, ST_REFUSED,
                       _("This record is not in the bin: it is joined to another. Nothing was changed. See: dolen "
                         "merge list"));
    if (undo_brings_back(s, id))
        return ST_OK;
    return bin_or_not(s, t, id, (struct write) { .binning = BIN_TAKE_OUT, .why = "restored" }, err);
}

enum status store_draft_done(struct store *s, struct id draft, struct err *err)
{
    struct stmt *q = NULL;
    bool own = false;
    enum status st = tx_enter(s, &own, err);

    if (st != ST_OK)
        return st;
    st = db_use(s->db, &q, "DELETE FROM draft WHERE id = ?1", err);
    if (st == ST_OK) {
        stmt_bind_id(q, 1, draft);
        st = stmt_run(q, err);
    }
    if (st == ST_OK)
        st = db_use(s->db, &q, "DELETE FROM answer WHERE owner = ?1", err);
    if (st == ST_OK) {
        stmt_bind_id(q, 1, draft);
        st = stmt_run(q, err);
    }
    return tx_leave(s, own, st, err);
}

enum status store_draft_put(struct store *s, struct record *draft, const struct answers *base, struct err *err)
{
    return write_apply(s, &(struct write) { .record = draft, .answers = base }, err);
}

enum status store_draft_base(struct store *s, struct id draft, struct answers *out, struct err *err)
{
    *out = (struct answers) ANSWERS_INIT;
    return answers_read(s, draft, out, err);
}
