/* store/unmerge.c - two joined records parted again, by what the joining wrote down. */
#include "dolen/store/write.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/buf.h"
#include "dolen/base/date.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "merge_names.h"
#include "owned.h"
#include "store_priv.h"

#include "dolen/base/banned.h"

struct parting {
    struct store *s;
    struct record merge, keep, other;
    struct id     kept, gone;           /* the two people; gone: the one that comes back */
    struct json  *moved;                /* as the joining wrote it */
    struct ids    back;                 /* rows that went back: what hangs on them goes too */
    struct json  *followed, *stayed, *since;
    size_t        count;
};

static struct json *entry(enum table_id t, struct id id)
{
    struct json *j = json_new_map();

    json_set_text(j, "kind", table_name(t));
    json_set_text(j, "id", id_show(id).s);
    return j;
}

static enum status moved_read(const struct record *merge, struct json **out, struct err *err)
{
    const char *text = record_or(merge, MERGE_moved, "{}");

    return json_parse(out, text, strlen(text), err);
}

static enum status give(struct parting *p, enum table_id t, struct id id, bool *given, struct err *err)
{
    int c = table_column_by_name(t, "person");
    struct record r = { .text = NULL };
    struct err not_there = { .st = ST_OK };
    enum status st = store_get(p->s, t, id, &r, &not_there);

    *given = st == ST_OK && id_eq(record_id(&r, c), p->kept);
    if (*given) {
        record_set_id(&r, c, p->gone);
        st = store_put(p->s, &r, "unmerged", err);
        *ARRAY_ADD(p->back.items, p->back.count, p->back.cap) = id;
    }
    record_release(&r);
    return *given || st == ST_OK || st == ST_NOTFOUND ? (*given ? st : ST_OK)
                                                      : err_set(err, st, "%s", err_text(&not_there));
}

static enum status rows_back(struct parting *p, struct err *err)
{
    const struct json *rows = json_get(p->moved, "rows");
    enum status st = ST_OK;

    for (size_t i = 0; st == ST_OK && i < json_count(rows); i++) {
        const struct json *pair = json_at(rows, i);
        enum table_id t;
        struct id id;
        bool given;

        if (!table_by_name(json_text(json_at(pair, 0)), &t) || !id_parse(json_text(json_at(pair, 1)), &id))
            continue;
        st = give(p, t, id, &given, err);
        if (st == ST_OK && given)
            p->count++;
        else if (st == ST_OK)
            json_append(p->stayed, entry(t, id));
    }
    return st;
}

/* Added since, but to a referral or a period of support that goes back: it would make no sense without it. The list of
 * what went back grows while it is walked. */
static enum status followers(struct parting *p, struct err *err)
{
    static const char *const ties[] = { "referral", "episode", "subject" };
    enum status st = ST_OK;

    for (size_t i = 0; st == ST_OK && i < p->back.count; i++)
        for (int t = 0; st == ST_OK && t < T_COUNT; t++)
            for (size_t k = 0; st == ST_OK && k < ARRAY_LEN(ties); k++) {
                struct ids ids = { NULL, 0, 0 };

                if (t == T_DRAFT || table_column_by_name((enum table_id) t, "person") < 0)
                    continue;
                st = owned_ids(p->s, (enum table_id) t, ties[k], p->back.items[i], &ids, err);
                for (size_t n = 0; st == ST_OK && n < ids.count; n++) {
                    bool given;

                    st = give(p, (enum table_id) t, ids.items[n], &given, err);
                    if (st == ST_OK && given)
                        json_append(p->followed, entry((enum table_id) t, ids.items[n]));
                }
                ids_release(&ids);
            }
    return st;
}

static void names_back(struct record *keep, const char *was, const char *set)
{
    char *left = names_part(record_text(keep, PERSON_also_known_as), was, set);

    record_set(keep, PERSON_also_known_as, left);
    free(left);
}

/* A column that has been changed since keeps what it was changed to; of other names only those go that came along. */
static enum status columns_back(struct parting *p, struct err *err)
{
    const struct json *set = json_get(p->moved, "set");

    for (size_t i = 0; i < json_count(set); i++) {
        const struct json *one = json_at(set, i), *was = json_at(one, 1);
        int c = table_column_by_name(T_PERSON, json_text(json_at(one, 0)));

        if (c >= 0 && str_eq(record_text(&p->keep, c), json_text(json_at(one, 2))))
            record_set(&p->keep, c, json_kind(was) == JSON_TEXT_ ? json_text(was) : NULL);
        else if (c == PERSON_also_known_as)
            names_back(&p->keep, json_kind(was) == JSON_TEXT_ ? json_text(was) : NULL, json_text(json_at(one, 2)));
    }
    return store_put(p->s, &p->keep, "unmerged", err);
}

enum status merge_drafts_back(struct store *s, const struct record *merge, struct err *err)
{
    struct json *moved = NULL;
    enum status st = moved_read(merge, &moved, err);
    const struct json *drafts = json_get(moved, "drafts");

    for (size_t i = 0; st == ST_OK && i < json_count(drafts); i++) {
        struct record d = { .text = NULL };
        bool aside = str_eq(json_text(json_at(json_at(drafts, i), 0)), "aside");
        struct id id;

        if (id_parse(json_text(json_at(json_at(drafts, i), 1)), &id) && store_get(s, T_DRAFT, id, &d, NULL) == ST_OK) {
            record_set_id(&d, DRAFT_person, record_id(merge, MERGE_other));
            st = write_apply(s, &(struct write) { .record = &d, .binning = aside ? BIN_TAKE_OUT : BIN_LEAVE }, err);
        }
        record_release(&d);
    }
    json_free(&moved);
    return st;
}

/* --- what was added since and stays ------------------------------------------------------------------------------ */

static enum status made_at(struct store *s, struct id id, int64_t *seq, struct err *err)
{
    struct stmt *q = NULL;
    bool row = false;
    enum status st = db_use(s->db, &q, "SELECT min(seq) FROM change WHERE entity_id = ?1", err);

    *seq = 0;
    if (st != ST_OK)
        return st;
    stmt_bind_id(q, 1, id);
    st = stmt_step(q, &row, err);
    if (st == ST_OK && row)
        *seq = stmt_int(q, 0);
    stmt_done(q);
    return st;
}

static enum status since_list(struct parting *p, struct err *err)
{
    int64_t joined = 0;
    enum status st = made_at(p->s, p->merge.id, &joined, err);

    for (int t = 0; st == ST_OK && t < T_COUNT; t++) {
        struct ids ids = { NULL, 0, 0 };

        if (t != T_DRAFT)
            st = owned_ids(p->s, (enum table_id) t, "person", p->kept, &ids, err);
        for (size_t i = 0; st == ST_OK && i < ids.count; i++) {
            int64_t made;

            st = made_at(p->s, ids.items[i], &made, err);
            if (st == ST_OK && made > joined)
                json_append(p->since, entry((enum table_id) t, ids.items[i]));
        }
        ids_release(&ids);
    }
    return st;
}

/* --- parting ---------------------------------------------------------------------------------------------------- */

static enum status part(struct parting *p, struct err *err)
{
    enum status st = rows_back(p, err);

    if (st == ST_OK)
        st = followers(p, err);
    if (st == ST_OK)
        st = columns_back(p, err);
    if (st == ST_OK)
        st = merge_drafts_back(p->s, &p->merge, err);
    if (st == ST_OK)
        st = write_apply(p->s, &(struct write) { .record = &p->other, .binning = BIN_TAKE_OUT, .why = "unmerged" },
                         err);
    if (st == ST_OK) {
        record_set_date(&p->merge, MERGE_undone_on, clock_today());
        st = store_put(p->s, &p->merge, "unmerged", err);
    }
    return st == ST_OK ? since_list(p, err) : st;
}

static enum status parting_read(struct parting *p, struct id merge, struct err *err)
{
    enum status st = store_get(p->s, T_MERGE, merge, &p->merge, err);

    if (st != ST_OK)
        return st;
    if (p->merge.binned || record_text(&p->merge, MERGE_undone_on))
        return err_set(err, ST_REFUSED, _("These two records were parted already. Nothing was changed."
                                          " The person's history says when."));
    p->kept = record_id(&p->merge, MERGE_kept);
    p->gone = record_id(&p->merge, MERGE_other);
    st = store_get(p->s, T_PERSON, p->kept, &p->keep, err);
    if (st == ST_OK)
        st = store_get(p->s, T_PERSON, p->gone, &p->other, err);
    if (st == ST_OK && p->keep.binned)
        return err_set(err, ST_REFUSED,
                       _("The record that was kept is itself in the bin or joined to another: part or restore that "
                         "one first. Nothing was changed."));
    return st == ST_OK ? moved_read(&p->merge, &p->moved, err) : st;
}

enum status store_unmerge(struct store *s, struct id merge, struct json **told, struct err *err)
{
    struct parting p = { .s = s, .followed = json_new_list(), .stayed = json_new_list(), .since = json_new_list() };
    bool own = false;
    enum status st = parting_read(&p, merge, err);

    if (st == ST_OK)
        st = tx_enter(s, &own, err);
    if (st == ST_OK)
        st = tx_leave(s, own, part(&p, err), err);
    if (st == ST_OK && told) {
        *told = json_new_map();
        json_set_int(*told, "moved_back", (int64_t) p.count);
        json_set(*told, "went_along", json_copy(p.followed));
        json_set(*told, "not_moved", json_copy(p.stayed));
        json_set(*told, "added_since", json_copy(p.since));
    }
    record_release(&p.merge);
    record_release(&p.keep);
    record_release(&p.other);
    ids_release(&p.back);
    json_free(&p.moved);
    json_free(&p.followed);
    json_free(&p.stayed);
    json_free(&p.since);
    return st;
}
