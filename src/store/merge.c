/* store/merge.c - two records of one person joined, and parted again.
 *
 * Both originals stay. What belongs to the other record is pointed at the kept one, row by row through the ordinary
 * way of writing, so each row's history says so; the other record is hidden by the mark that hides binned ones, and a
 * row of table merge says that it is not in the bin. That row also says exactly what was moved and set, which is what
 * parting goes by: what was added since stays where it is, unless it hangs on a period of support or a referral that
 * goes back. */
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

struct joining {
    struct store *s;
    struct record keep, other;
    struct json  *rows, *drafts, *set;   /* what was moved; drafts by themselves; columns of the kept record */
    struct json  *stays, *safe, *filled; /* told to the person */
};

static struct json *pair(const char *a, const char *b)
{
    struct json *j = json_new_list();

    json_append(j, json_new_text(a));
    json_append(j, json_new_text(b));
    return j;
}

enum status merge_hiding(struct store *s, struct id person, struct id *merge, struct err *err)
{
    struct stmt *q = NULL;
    bool row = false;
    enum status st = db_use(s->db, &q,
                            "SELECT id FROM merge WHERE other = ?1 AND undone_on IS NULL AND binned_at IS NULL", err);

    *merge = ID_NONE;
    if (st != ST_OK)
        return st;
    stmt_bind_id(q, 1, person);
    st = stmt_step(q, &row, err);
    if (st == ST_OK && row)
        *merge = stmt_id(q, 0);
    stmt_done(q);
    return st;
}

static enum status hide(struct store *s, struct record *person, bool hidden, const char *why, struct err *err)
{
    return write_apply(s,
                       &(struct write) { .record = person, .binning = hidden ? BIN_PUT : BIN_TAKE_OUT, .why = why },
                       err);
}

/* --- moving rows ------------------------------------------------------------------------------------------------ */

/* *moved false: the row is gone, or belongs to somebody else by now. */
static enum status row_move(struct store *s, enum table_id t, struct id id, struct id from, struct id to,
                            const char *why, bool *moved, struct err *err)
{
    int c = table_column_by_name(t, "person");
    struct record r = { .text = NULL };
    struct err not_there = { .st = ST_OK };
    enum status st = store_get(s, t, id, &r, &not_there);

    *moved = st == ST_OK && id_eq(record_id(&r, c), from);
    if (*moved) {
        record_set_id(&r, c, to);
        st = store_put(s, &r, why, err);
    } else if (st == ST_NOTFOUND) {
        st = ST_OK;
    } else if (st != ST_OK) {
        err_set(err, st, "%s", err_text(&not_there));
    }
    record_release(&r);
    return st;
}

/* A draft that corrects the other record itself would write over the kept one: it goes aside with its record. */
static enum status draft_join(struct joining *j, struct id id, struct err *err)
{
    struct record d = { .text = NULL };
    enum status st = store_get(j->s, T_DRAFT, id, &d, err);

    if (st == ST_OK && id_eq(record_id(&d, DRAFT_record), j->other.id)) {
        st = write_apply(j->s, &(struct write) { .record = &d, .binning = BIN_PUT, .bin_reason = "merged" }, err);
        json_append(j->drafts, pair("aside", id_show(id).s));
    } else if (st == ST_OK) {
        record_set_id(&d, DRAFT_person, j->keep.id);
        st = store_put(j->s, &d, NULL, err);
        json_append(j->drafts, pair("moved", id_show(id).s));
    }
    record_release(&d);
    return st;
}

static enum status has_equality(struct store *s, struct id person, bool *has, struct err *err)
{
    struct records found = { NULL, 0, 0 };
    enum status st = store_list(s, LIST_EQUALITY_OF_PERSON, person, 1, &found, err);

    *has = st == ST_OK && found.count > 0;
    records_release(&found);
    return st;
}

static enum status table_join(struct joining *j, enum table_id t, struct err *err)
{
    struct ids ids = { NULL, 0, 0 };
    bool moved, has = false;
    enum status st = owned_ids(j->s, t, "person", j->other.id, &ids, err);

    if (st == ST_OK && t == T_EQUALITY && ids.count > 0)
        st = has_equality(j->s, j->keep.id, &has, err);
    if (has)
        json_append(j->stays, json_new_text(table_name(t)));
    for (size_t i = 0; st == ST_OK && i < ids.count && !has; i++) {
        if (t == T_DRAFT) {
            st = draft_join(j, ids.items[i], err);
            continue;
        }
        st = row_move(j->s, t, ids.items[i], j->other.id, j->keep.id, "merged", &moved, err);
        if (st == ST_OK && moved)
            json_append(j->rows, pair(table_name(t), id_show(ids.items[i]).s));
    }
    ids_release(&ids);
    return st;
}

/* --- the kept record: the stricter safe-contact rule, and what it does not have --------------------------------- */

static void column_join(struct joining *j, int c, const char *value, struct json *told)
{
    const char *was = record_text(&j->keep, c);
    struct json *set;

    if (!value || str_eq(was, value))
        return;
    set = pair(table_column_name(T_PERSON, c), was);
    json_append(set, json_new_text(value));
    json_append(j->set, set);
    json_append(told, json_new_text(table_column_name(T_PERSON, c)));
    record_set(&j->keep, c, value);
}

/* Ways that both records allow; a record without a list allows what the other one does. */
static void ways_join(struct joining *j)
{
    const char *a = record_text(&j->keep, PERSON_safe_how), *b = record_text(&j->other, PERSON_safe_how);
    struct buf both = BUF_INIT;

    for (const char *p = a && b ? a : ""; *p; p += strspn(p, " ")) {
        size_t n = strcspn(p, " ");

        for (const char *o = b; *o; o += strspn(o, " ")) {
            size_t m = strcspn(o, " ");

            if (n == m && strncmp(p, o, n) == 0) {
                buf_add(&both, both.len ? " " : "");
                buf_add_mem(&both, p, n);
            }
            o += m;
        }
        p += n;
    }
    if (a && b && !both.len)            /* no way that both allow is left */
        column_join(j, PERSON_do_not_contact, "YES", j->safe);
    else
        column_join(j, PERSON_safe_how, both.len ? buf_text(&both) : a ? a : b, j->safe);
    buf_release(&both);
}

static int strictness(const char *code)
{
    static const char *const message[] = { "YES", "NEUTRAL", "NO" };

    for (int i = 0; code && i < (int) ARRAY_LEN(message); i++)
        if (str_eq(message[i], code))
            return i;
    return 0;
}

/* Where nothing was said, leave to speak is not taken over from the other record. */
static void message_join(struct joining *j)
{
    const char *theirs = record_text(&j->other, PERSON_safe_message);

    if (strictness(theirs) > strictness(record_text(&j->keep, PERSON_safe_message)))
        column_join(j, PERSON_safe_message, theirs, j->safe);
}

static void yes_join(struct joining *j, int c, bool yes)
{
    if (yes)
        column_join(j, c, "YES", j->safe);
}

static void when_join(struct joining *j)
{
    const char *a = record_text(&j->keep, PERSON_safe_when), *b = record_text(&j->other, PERSON_safe_when);
    char *both = a && b && !str_eq(a, b) ? xasprintf("%s; %s", a, b) : xstrdup(b);

    column_join(j, PERSON_safe_when, both, j->safe);
    free(both);
}

static void safe_join(struct joining *j)
{
    /* a difference stays with the record that goes aside */
    struct protection p = person_protection(j->s, &j->other);

    yes_join(j, PERSON_safe_contact, p.safe_contact);
    yes_join(j, PERSON_do_not_contact, p.do_not_contact);
    message_join(j);
    ways_join(j);
    when_join(j);
}

static bool is_filled(int c)
{
    static const int left[] = { PERSON_given_name, PERSON_family_name, PERSON_preferred_name, PERSON_sort_key,
                                PERSON_also_known_as, PERSON_missing,
                                PERSON_form_def, PERSON_safe_contact, PERSON_safe_how, PERSON_safe_when,
                                PERSON_safe_message, PERSON_do_not_contact };

    for (size_t i = 0; i < ARRAY_LEN(left); i++)
        if (left[i] == c)
            return false;
    return true;
}

static enum status person_join(struct joining *j, struct err *err)
{
    char *names = names_join(&j->keep, &j->other);

    safe_join(j);
    column_join(j, PERSON_also_known_as, names, j->filled);
    free(names);
    for (int c = 0; c < PERSON_COLUMN_COUNT; c++)
        if (is_filled(c) && !record_text(&j->keep, c))
            column_join(j, c, record_text(&j->other, c), j->filled);
    return store_put(j->s, &j->keep, "merged", err);
}

/* --- joining ---------------------------------------------------------------------------------------------------- */

static enum status both_read(struct joining *j, struct id keep, struct id other, struct err *err)
{
    enum status st = store_get(j->s, T_PERSON, keep, &j->keep, err);

    if (st == ST_OK)
        st = store_get(j->s, T_PERSON, other, &j->other, err);
    if (st == ST_OK && id_eq(keep, other))
        return err_set(err, ST_REFUSED, _("A record cannot be joined to itself. Nothing was changed."
                                          " Choose another one."));
    if (st == ST_OK && (j->keep.binned || j->other.binned))
        return err_set(err, ST_REFUSED,
                       _("One of the two records is in the bin or joined to another already. Nothing was changed. "
                         "See: dolen merge list"));
    if (st == ST_OK && (person_is_forgotten(&j->keep) || person_is_forgotten(&j->other)))
        return err_set(err, ST_REFUSED, _("One of the two people was forgotten: what is left is counted and belongs to "
                                          "nobody. Nothing was changed. Choose another one."));
    return st;
}

static enum status merge_write(struct joining *j, struct id *merge, struct err *err)
{
    struct json *moved = json_new_map();
    struct buf text = BUF_INIT;
    struct record m;
    enum status st;

    json_set(moved, "rows", json_copy(j->rows));
    json_set(moved, "drafts", json_copy(j->drafts));
    json_set(moved, "set", json_copy(j->set));
    json_write(&text, moved);
    record_init(&m, T_MERGE);
    record_set_id(&m, MERGE_kept, j->keep.id);
    record_set_id(&m, MERGE_other, j->other.id);
    record_set(&m, MERGE_moved, buf_text(&text));
    st = store_put(j->s, &m, "merged", err);
    *merge = m.id;
    record_release(&m);
    buf_wipe(&text);
    json_free(&moved);
    return st;
}

static enum status join(struct joining *j, struct id *merge, struct err *err)
{
    enum status st = ST_OK;

    for (int t = 0; st == ST_OK && t < T_COUNT; t++)
        if (t != T_PERSON && t != T_MERGE)
            st = table_join(j, (enum table_id) t, err);
    if (st == ST_OK)
        st = person_join(j, err);
    if (st == ST_OK)
        st = hide(j->s, &j->other, true, "merged", err);
    return st == ST_OK ? merge_write(j, merge, err) : st;
}

enum status store_merge(struct store *s, struct id keep, struct id other, struct id *merge, struct json **told,
                        struct err *err)
{
    struct joining j = { .s = s, .rows = json_new_list(), .drafts = json_new_list(), .set = json_new_list(),
                         .stays = json_new_list(), .safe = json_new_list(), .filled = json_new_list() };
    bool own = false;
    enum status st = both_read(&j, keep, other, err);

    if (st == ST_OK)
        st = tx_enter(s, &own, err);
    if (st == ST_OK)
        st = tx_leave(s, own, join(&j, merge, err), err);
    if (st == ST_OK && told) {
        *told = json_new_map();
        json_set_int(*told, "moved", (int64_t) (json_count(j.rows) + json_count(j.drafts)));
        json_set(*told, "safe_contact", json_copy(j.safe));
        json_set(*told, "filled", json_copy(j.filled));
        json_set(*told, "stays", json_copy(j.stays));
    }
    record_release(&j.keep);
    record_release(&j.other);
    json_free(&j.rows);
    json_free(&j.drafts);
    json_free(&j.set);
    json_free(&j.stays);
    json_free(&j.safe);
    json_free(&j.filled);
    return st;
}
