/* pages.c - windows on the lists: people, directory, what is due; and the counts of Today's footer. */
#include "dolen/store/read.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "assets.h"
#include "names.h"
#include "rows.h"
#include "store_priv.h"

#include "dolen/base/banned.h"

/* --- people ----------------------------------------------------------------------------------------------------- */

#define PERSON_ROW \
    "SELECT p.id, p.given_name, p.family_name, p.preferred_name, p.also_known_as, p.sort_key, p.postcode, " \
    "p.birth_date, " \
    "p.speak_language, " PERSON_IS_PROTECTED("p") ", e.id, e.closed_on IS NULL, " \
    "CASE WHEN e.closed_on IS NULL THEN " \
    "(SELECT held_on FROM contact WHERE episode = e.id AND binned_at IS NULL ORDER BY held_on DESC LIMIT 1) END, " \
    "CASE WHEN e.closed_on IS NULL THEN " \
    "(SELECT min(due_on) FROM task t WHERE episode = e.id AND done_on IS NULL AND binned_at IS NULL AND NOT " \
    TASK_OF_BINNED("t") ") END, p.birth_precision " \
    "FROM person p LEFT JOIN episode e ON e.row_no = (SELECT row_no FROM episode WHERE person = p.id AND binned_at " \
    "IS NULL " \
    "ORDER BY closed_on IS NULL DESC, opened_on DESC, row_no DESC LIMIT 1) "

static void person_row_read(struct stmt *q, struct person_row *r)
{
    *r = (struct person_row) { .id = stmt_id(q, 0), .episode = stmt_id(q, 10) };
    person_name(r->name, sizeof r->name, stmt_text(q, 1), stmt_text(q, 2), stmt_text(q, 3), stmt_text(q, 4));
    row_text(q, 5, r->sort_key, sizeof r->sort_key);
    row_text(q, 6, r->postcode, sizeof r->postcode);
    r->birth = row_date(q, 7);
    row_text(q, 14, r->birth_precision, sizeof r->birth_precision);
    row_text(q, 8, r->language, sizeof r->language);
    r->safe_contact = stmt_int(q, 9) != 0;
    r->open = id_is_set(r->episode) && stmt_int(q, 11) != 0;
    if (!r->open)
        return;
    r->last_contact = row_date(q, 12);
    r->next_due = row_date(q, 13);
}

enum status person_row_get(struct store *s, struct id person, struct person_row *row, struct err *err)
{
    struct stmt *q = NULL;
    bool found = false;
    enum status st = db_use(s->db, &q, PERSON_ROW "WHERE p.id = ?1", err);

    if (st != ST_OK)
        return st;
    stmt_bind_id(q, 1, person);
    st = stmt_step(q, &found, err);
    if (st == ST_OK && found)
        person_row_read(q, row);
    stmt_done(q);
    if (st == ST_OK && !found)
        return err_set(err, ST_NOTFOUND, _("There is no such person in this case file. Nothing was changed. "
                                           "Go back to the list."));
    return st;
}

static void person_read(struct stmt *q, void *row)
{
    person_row_read(q, row);
}

enum status people_page(struct store *s, const char *sort_key, struct id id, bool forward, int limit,
                        struct person_row *rows, int *n, struct err *err)
{
    static const struct keyset k = KEYSET(PERSON_ROW, "p.binned_at IS NULL", "p.sort_key", "p.id",
                                          "SELECT sort_key FROM person WHERE id", struct person_row, person_read, NULL);

    return keyset_page(s, &k, sort_key, id, forward, limit, rows, n, err);
}

/* --- directory -------------------------------------------------------------------------------------------------- */

static void asset_read(struct stmt *q, void *row)
{
    asset_row_read(q, row);
}

enum status assets_page(struct store *s, const char *sort_key, struct id id, bool forward, int limit,
                        struct asset_row *rows, int *n, struct err *err)
{
    static const struct keyset english = KEYSET(ASSET_ROW, "a.binned_at IS NULL", "a.sort_key", "a.id",
                                                "SELECT sort_key FROM asset WHERE id", struct asset_row, asset_read,
                                                asset_rows_bind);
    static const struct keyset welsh = KEYSET(ASSET_ROW_BY("w.key", WELSH_ORDER "CROSS JOIN asset a ON a.id = w.id "),
                                              "a.binned_at IS NULL", "w.key", "w.id",
                                              "SELECT key FROM asset_welsh WHERE id",
                                              struct asset_row, asset_read, asset_rows_bind);

    return keyset_page(s, lang_now() == LANG_CY ? &welsh : &english, sort_key, id, forward, limit, rows, n, err);
}

/* --- worklist --------------------------------------------------------------------------------------------------- */

/* A join would read the row of each task; a question of its own leaves it to the index. */
#define OF_REFERRAL(column) \
    "(SELECT " column " FROM referral INDEXED BY referral_weighs WHERE id = t.subject AND " REFERRAL_WEIGHS ")"

#define DUE(more) \
    "SELECT t.id, t.person, t.episode, t.subject, t.kind, t.what, t.due_on, t.since, " \
    OF_REFERRAL("urgency") ", " OF_REFERRAL("decision") " FROM task t INDEXED BY task_due " \
    "WHERE t.done_on IS NULL AND t.binned_at IS NULL AND t.due_on <= ?1 AND NOT EXISTS " \
    "(SELECT 1 FROM person p INDEXED BY person_in_bin WHERE p.id = t.person AND p.binned_at IS NOT NULL) AND NOT " \
    TASK_OF_BINNED("t") more "ORDER BY t.due_on, t.row_no LIMIT ?2"
/* Asked of each practitioner, who are few, and not of the person's episodes: the index then answers without a row. */
#define OPEN_WITH(whose) \
    "EXISTS (SELECT 1 FROM practitioner o CROSS JOIN episode e INDEXED BY episode_practitioner ON " \
    "e.practitioner = o.id AND e.person = t.person AND e.closed_on IS NULL AND e.binned_at IS NULL WHERE o.id " whose ")"

/* Small indices answer it all: a caseload of 100,000 has the same first page as one of a hundred. */
enum status tasks_due(struct store *s, struct id whose, struct date until, int limit, struct task_row *rows, int *n,
                      struct err *err)
{
    struct stmt *q = NULL;
    bool row = false;
    enum status st = db_use(s->db, &q, id_is_set(whose)
        ? DUE("AND (t.kind = 'SUPERVISOR' OR " OPEN_WITH("= ?3") " OR NOT " OPEN_WITH("<> ?3") ") ") : DUE(""), err);

    *n = 0;
    if (st != ST_OK)
        return st;
    stmt_bind_text(q, 1, date_iso(until).s);
    stmt_bind_int(q, 2, limit);
    if (id_is_set(whose))
        stmt_bind_id(q, 3, whose);
    while ((st = stmt_step(q, &row, err)) == ST_OK && row && *n < limit) {
        struct task_row *r = &rows[(*n)++];

        *r = (struct task_row) { .id = stmt_id(q, 0), .person = stmt_id(q, 1), .episode = stmt_id(q, 2),
                                 .subject = stmt_id(q, 3), .due = row_date(q, 6), .since = row_date(q, 7) };
        row_text(q, 4, r->kind, sizeof r->kind);
        row_text(q, 5, r->what, sizeof r->what);
        row_text(q, 8, r->urgency, sizeof r->urgency);
        row_text(q, 9, r->decision, sizeof r->decision);
    }
    stmt_done(q);
    return st;
}

enum status task_name(struct store *s, struct id person, struct id subject, char *out, size_t size, struct err *err)
{
    struct stmt *q = NULL;
    bool row = false, someone = id_is_set(person);
    enum status st = db_use(s->db, &q, someone
        ? "SELECT given_name, family_name, preferred_name, also_known_as FROM person WHERE id = ?1"
        : "SELECT name_en, name_cy FROM asset WHERE id = ?1", err);

    out[0] = '\0';
    if (st != ST_OK)
        return st;
    stmt_bind_id(q, 1, someone ? person : subject);
    st = stmt_step(q, &row, err);
    if (st == ST_OK && row && someone)
        person_name(out, size, stmt_text(q, 0), stmt_text(q, 1), stmt_text(q, 2), stmt_text(q, 3));
    else if (st == ST_OK && row)
        asset_name(out, size, stmt_text(q, 0), stmt_text(q, 1));
    stmt_done(q);
    return st;
}

/* --- counts ----------------------------------------------------------------------------------------------------- */

/* Of people in the bin: the rows are not, and wait there with them. */
#define WITH_BINNED(table, which) \
    "(SELECT count(*) FROM person p INDEXED BY person_binned CROSS JOIN " table " r ON r.person = p.id " \
    "WHERE p.binned_at IS NOT NULL AND r.binned_at IS NULL" which ")"

static enum status leave_out_binned(struct store *s, struct counts *out, struct err *err)
{
    struct stmt *q = NULL;
    bool row = false;
    enum status st = db_use(s->db, &q, "SELECT " WITH_BINNED("episode", " AND r.closed_on IS NULL") ", "
                                       WITH_BINNED("referral", "") ", "
                                       WITH_BINNED("referral", " AND r.decision IS NULL"), err);

    if (st != ST_OK)
        return st;
    st = stmt_step(q, &row, err);
    if (st == ST_OK && row) {
        out->open_episodes -= stmt_int(q, 0);
        out->referrals -= stmt_int(q, 1);
        out->referrals_waiting -= stmt_int(q, 2);
    }
    stmt_done(q);
    return st;
}

static enum status tallies(struct store *s, struct counts *out, struct err *err)
{
    const struct {
        const char *name;
        int64_t    *n;
    } known[] = {
        { "people", &out->people }, { "running", &out->open_episodes }, { "referrals", &out->referrals },
        { "waiting", &out->referrals_waiting }, { "assets", &out->assets }, { "gaps", &out->gaps },
    };
    struct stmt *q = NULL;
    bool row = false;
    enum status st = db_use(s->db, &q, "SELECT name, n FROM tally", err);

    *out = (struct counts) { 0 };
    if (st != ST_OK)
        return st;
    while ((st = stmt_step(q, &row, err)) == ST_OK && row)
        for (size_t i = 0; i < ARRAY_LEN(known); i++)
            if (str_eq(known[i].name, stmt_text(q, 0)))
                *known[i].n = stmt_int(q, 1);
    stmt_done(q);
    return st;
}

enum status store_counts(struct store *s, struct counts *out, struct err *err)
{
    enum status st = tallies(s, out, err);

    return st == ST_OK ? leave_out_binned(s, out, err) : st;
}

static enum status month_count(struct store *s, const char *what, const char *month, int64_t *n, struct err *err)
{
    struct stmt *q = NULL;
    char name[32];
    bool row = false;
    enum status st = db_use(s->db, &q, "SELECT n FROM tally WHERE name = ?1", err);

    if (st != ST_OK)
        return st;
    snprintf(name, sizeof name, "%s %s", what, month);
    stmt_bind_text(q, 1, name);
    st = stmt_step(q, &row, err);
    if (st == ST_OK && row)
        *n = stmt_int(q, 0);
    stmt_done(q);
    return st;
}

/* From what is open now back: what was opened in a month was not open at the end of the month before. */
static enum status open_at_ends(struct store *s, struct month_row *rows, int months, struct err *err)
{
    struct counts now;
    enum status st = store_counts(s, &now, err);
    int64_t open = now.open_episodes;

    for (int i = 0; st == ST_OK && i < months; i++) {
        rows[i].open_at_end = open;
        open += rows[i].closed - rows[i].opened;
    }
    return st;
}

#define BINNED_BY_MONTH(which, table, column) \
    "SELECT " which ", substr(r." column ", 1, 7) AS month, count(*) FROM person p INDEXED BY person_binned " \
    "CROSS JOIN " table " r ON r.person = p.id WHERE p.binned_at IS NOT NULL AND r.binned_at IS NULL AND " \
    "r." column " IS NOT NULL GROUP BY month"

/* What belongs to people in the bin is counted in no month either. */
static enum status months_without_binned(struct store *s, struct month_row *rows, int months, struct err *err)
{
    struct stmt *q = NULL;
    bool row = false;
    enum status st = db_use(s->db, &q, BINNED_BY_MONTH("0", "referral", "received_on") " UNION ALL "
                                       BINNED_BY_MONTH("1", "episode", "opened_on") " UNION ALL "
                                       BINNED_BY_MONTH("2", "episode", "closed_on"), err);

    if (st != ST_OK)
        return st;
    while ((st = stmt_step(q, &row, err)) == ST_OK && row)
        for (int i = 0; i < months; i++) {
            int64_t *n[] = { &rows[i].received, &rows[i].opened, &rows[i].closed };

            if (str_eq(rows[i].month, stmt_text(q, 1)))
                *n[stmt_int(q, 0)] -= stmt_int(q, 2);
        }
    stmt_done(q);
    return st;
}

enum status store_months(struct store *s, struct date until, int months, struct month_row *rows, struct err *err)
{
    struct date first = { until.year, until.month, 1 };
    enum status st = ST_OK;

    for (int i = 0; st == ST_OK && i < months; i++) {
        struct date m = date_add_months(first, -i);

        rows[i] = (struct month_row) { .received = 0 };
        str_copy(rows[i].month, sizeof rows[i].month, date_iso(m).s);
        st = month_count(s, "received", rows[i].month, &rows[i].received, err);
        if (st == ST_OK)
            st = month_count(s, "opened", rows[i].month, &rows[i].opened, err);
        if (st == ST_OK)
            st = month_count(s, "closed", rows[i].month, &rows[i].closed, err);
    }
    if (st == ST_OK)
        st = months_without_binned(s, rows, months, err);
    return st == ST_OK ? open_at_ends(s, rows, months, err) : st;
}
