/* search_index.c - what is filed under which word, and keeping it so.
 *
 * Concerns are left out on purpose: nobody who looks for a word in a note asked for them, and the person may be looking
 * at the screen too. */
#include "search_priv.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/buf.h"
#include "dolen/base/mem.h"
#include "dolen/base/text.h"
#include "dolen/core/wish.h"
#include "search_words.h"
#include "store_priv.h"

#include "dolen/base/banned.h"

/* --- where notes are -------------------------------------------------------------------------------------------- */

/* Written answers to questions without a column; codes, dates and numbers have no small letters. Only where the shipped
 * forms have such questions: each row asked for costs a look-up among random ids, and contacts are many. */
#define WRITTEN(r) \
    " || coalesce((SELECT ' ' || group_concat(value, ' ') FROM answer WHERE owner = " r ".id " \
    "AND value GLOB '*[a-z]*'), '')"
#define PART(col) " || coalesce(' ' || " col ", '')"
#define TEXT_OF(table, slot, parts) \
    "SELECT row_no * 16 + " slot ", trim(''" parts ") AS body FROM " table " WHERE binned_at IS NULL"
#define SOURCE(t, table, slot, parts) \
    { t, TEXT_OF(table, slot, parts) " AND id = ?1", \
      "INSERT INTO search_note(n, body) SELECT * FROM (" TEXT_OF(table, slot, parts) ") WHERE body <> ''", \
      "SELECT row_no * 16 + " slot " FROM " table " WHERE id = ?1" }

static const struct {
    enum table_id t;
    const char   *one, *fill, *number;
} sources[NOTE_SOURCES] = {
    SOURCE(T_CONTACT, "contact", "0", PART("note") PART("next_what")),
    SOURCE(T_RESPONSE, "response", "1", WRITTEN("response")),
    SOURCE(T_GOAL, "goal", "2", PART("goal") PART("why_it_matters")),
    SOURCE(T_ACTION, "action", "3", PART("action") PART("in_the_way") PART("state_why")),
    SOURCE(T_CONNECTION, "connection", "4", PART("note")),
    SOURCE(T_GAP, "gap", "5", PART("needed") PART("place") PART("note")),
    SOURCE(T_EPISODE, "episode", "6", PART("what_changed") PART("closing_note") PART("reopened_why")),
    SOURCE(T_REFERRAL, "referral", "7", PART("referrer_name") PART("referrer_org") PART("referrer_words")
           PART("decision_note") WRITTEN("referral")),
    SOURCE(T_NOTE, "note", "8", PART("words")),
};

/* What stands in words, then what facets are made of (core/wish.h). */
#define ASSET_TEXT \
    "SELECT row_no, trim(''" PART("name_en") PART("name_cy") PART("organisation") PART("what_happens") PART("area") \
    WRITTEN("asset") "), category, day, cost_kind, languages, accessibility, attending_access, attending_type, area, " \
                     "address, " \
    "postcode, local_authority FROM asset WHERE binned_at IS NULL"

static void asset_body(struct stmt *q, struct buf *out)
{
    const struct facet_source a = {
        .category = stmt_text(q, 2), .day = stmt_text(q, 3), .cost_kind = stmt_text(q, 4), .languages = stmt_text(q, 5),
        .accessibility = stmt_text(q, 6), .attending_access = stmt_text(q, 7), .attending_type = stmt_text(q, 8),
        .area = stmt_text(q, 9), .address = stmt_text(q, 10), .postcode = stmt_text(q, 11),
        .local_authority = stmt_text(q, 12),
    };

    buf_add(out, stmt_text(q, 1));
    joined_words(out, stmt_text(q, 1));
    facets_of(out, &a);
}

enum status search_run_int(struct store *s, const char *sql, int64_t n, struct err *err)
{
    struct stmt *q = NULL;
    enum status st = db_use(s->db, &q, sql, err);

    if (st != ST_OK)
        return st;
    stmt_bind_int(q, 1, n);
    return stmt_run(q, err);
}

/* --- full text -------------------------------------------------------------------------------------------------- */

struct full_text {
    const char *old, *forget, *drop, *put, *index;
};
#define FULL_TEXT(table) { \
    "SELECT body FROM " table " WHERE n = ?1", \
    "INSERT INTO " table "_text(" table "_text, rowid, body) VALUES ('delete', ?1, ?2)", \
    "DELETE FROM " table " WHERE n = ?1", \
    "INSERT INTO " table "(n, body) VALUES (?1, ?2)", \
    "INSERT INTO " table "_text(rowid, body) VALUES (?1, ?2)" }
static const struct full_text note_text = FULL_TEXT("search_note");
static const struct full_text asset_text = FULL_TEXT("search_asset");

static enum status run_with_body(struct store *s, const char *sql, int64_t n, const char *body, struct err *err)
{
    struct stmt *q = NULL;
    enum status st = db_use(s->db, &q, sql, err);

    if (st != ST_OK)
        return st;
    stmt_bind_int(q, 1, n);
    stmt_bind_text(q, 2, body);
    return stmt_run(q, err);
}

/* The first text column of a statement asked for one number; NULL when there is no row. Caller frees. */
static enum status body_of(struct store *s, const char *sql, int64_t n, char **body, struct err *err)
{
    struct stmt *q = NULL;
    bool row = false;
    enum status st = db_use(s->db, &q, sql, err);

    *body = NULL;
    if (st != ST_OK)
        return st;
    stmt_bind_int(q, 1, n);
    st = stmt_step(q, &row, err);
    if (st == ST_OK && row)
        *body = xstrdup(stmt_text(q, 0));
    stmt_done(q);
    return st;
}

/* Words are only ever added here; a rebuild or a scrub leaves those that are still in use. */
static enum status terms_add(struct store *s, const char *body, struct err *err)
{
    struct buf folded = BUF_INIT;
    struct stmt *q = NULL;
    enum status st = ST_OK;
    size_t n;

    text_fold(&folded, body);
    for (const char *p = buf_text(&folded); st == ST_OK && *p; p += n, p += strspn(p, " ")) {
        n = strcspn(p, " ");
        st = db_use(s->db, &q, "INSERT OR IGNORE INTO search_term(term) VALUES (?1)", err);
        if (st != ST_OK)
            break;
        stmt_bind_text_n(q, 1, p, n);
        st = stmt_run(q, err);
    }
    buf_wipe(&folded);
    return st;
}

/* The index must be told the very text that it was given: it is kept beside it for that. */
static enum status body_put(struct store *s, const struct full_text *f, int64_t n, const char *body, struct err *err)
{
    char *old = NULL;
    bool wanted = body && *body;
    enum status st = body_of(s, f->old, n, &old, err);

    if (st == ST_OK && str_eq(old, wanted ? body : NULL))
        goto out;
    if (st == ST_OK && old)
        st = run_with_body(s, f->forget, n, old, err);
    if (st == ST_OK && old)
        st = search_run_int(s, f->drop, n, err);
    if (st == ST_OK && wanted)
        st = run_with_body(s, f->put, n, body, err);
    if (st == ST_OK && wanted)
        st = run_with_body(s, f->index, n, body, err);
    if (st == ST_OK && wanted && f == &note_text)
        st = terms_add(s, body, err);
out:
    free(old);
    return st;
}

/* Row number of a record, binned or not; *found false when there is none. */
static enum status number_of(struct store *s, const char *sql, struct id id, int64_t *n, bool *found, struct err *err)
{
    struct stmt *q = NULL;
    enum status st = db_use(s->db, &q, sql, err);

    *found = false;
    if (st != ST_OK)
        return st;
    stmt_bind_id(q, 1, id);
    st = stmt_step(q, found, err);
    if (st == ST_OK && *found)
        *n = stmt_int(q, 0);
    stmt_done(q);
    return st;
}

static void written_body(struct stmt *q, struct buf *out)
{
    buf_add(out, stmt_text(q, 1));
}

/* number: the statement of its row number; one: of what body makes the text from, for a record that is kept. */
struct text_source {
    const char *number, *one;
    void      (*body)(struct stmt *q, struct buf *out);
};

static enum status text_read(struct store *s, const struct text_source *from, struct id id, int64_t *n,
                             struct buf *text, bool *found, struct err *err)
{
    struct stmt *q = NULL;
    bool row = false;
    enum status st = number_of(s, from->number, id, n, found, err);

    if (st != ST_OK || !*found)
        return st;
    st = db_use(s->db, &q, from->one, err);
    if (st != ST_OK)
        return st;
    stmt_bind_id(q, 1, id);
    st = stmt_step(q, &row, err);
    if (st == ST_OK && row)
        from->body(q, text);
    stmt_done(q);
    return st;
}

static enum status text_changed(struct store *s, const struct full_text *f, const struct text_source *from,
                                struct id id, bool gone, struct err *err)
{
    struct buf text = BUF_INIT;
    int64_t n = 0;
    bool found = false;
    enum status st = text_read(s, from, id, &n, &text, &found, err);

    if (st == ST_OK && found)
        st = body_put(s, f, n, gone ? "" : buf_text(&text), err);
    buf_wipe(&text);
    return st;
}

/* false: not a table of notes. */
static bool note_source(enum table_id t, struct text_source *from)
{
    for (size_t i = 0; i < ARRAY_LEN(sources); i++)
        if (sources[i].t == t) {
            *from = (struct text_source) { sources[i].number, sources[i].one, written_body };
            return true;
        }
    return false;
}

bool search_has_notes(enum table_id t)
{
    struct text_source from;

    return note_source(t, &from);
}

enum status search_note_read(struct store *s, enum table_id t, struct id id, int64_t *n, struct buf *text, bool *found,
                             struct err *err)
{
    struct text_source from;

    *found = false;
    return note_source(t, &from) ? text_read(s, &from, id, n, text, found, err) : ST_OK;
}

/* --- the directory by its Welsh names --------------------------------------------------------------------------- */

#define WELSH_NAMES \
    "SELECT row_no, id, coalesce(nullif(name_cy, ''), name_en, '') FROM asset WHERE binned_at IS NULL"

static enum status welsh_name_add(struct store *s, struct stmt *row, struct err *err)
{
    struct stmt *q = NULL;
    struct buf key = BUF_INIT;
    enum status st = db_use(s->db, &q, "INSERT OR REPLACE INTO asset_welsh(n, key, id) VALUES (?1, ?2, ?3)", err);

    if (st == ST_OK) {
        text_sort_key(&key, stmt_text(row, 2));
        stmt_bind_int(q, 1, stmt_int(row, 0));
        stmt_bind_text(q, 2, buf_text(&key));
        stmt_bind_id(q, 3, stmt_id(row, 1));
        st = stmt_run(q, err);
    }
    buf_release(&key);
    return st;
}

static enum status welsh_name_changed(struct store *s, struct id id, bool gone, struct err *err)
{
    struct stmt *q = NULL;
    int64_t n = 0;
    bool row = false;
    enum status st = number_of(s, "SELECT row_no FROM asset WHERE id = ?1", id, &n, &row, err);

    if (st != ST_OK || !row)
        return st;
    st = search_run_int(s, "DELETE FROM asset_welsh WHERE n = ?1", n, err);
    if (st == ST_OK && !gone)
        st = db_use(s->db, &q, WELSH_NAMES " AND id = ?1", err);
    if (st != ST_OK || gone)
        return st;
    stmt_bind_id(q, 1, id);
    st = stmt_step(q, &row, err);
    if (st == ST_OK && row)
        st = welsh_name_add(s, q, err);
    stmt_done(q);
    return st;
}

enum status search_welsh_rebuild(struct store *s, struct err *err)
{
    struct stmt *q = NULL;
    bool row = false;
    enum status st = db_exec(s->db, "DELETE FROM asset_welsh", err);

    if (st == ST_OK)
        st = db_use(s->db, &q, WELSH_NAMES, err);
    while (st == ST_OK && (st = stmt_step(q, &row, err)) == ST_OK && row)
        st = welsh_name_add(s, q, err);
    if (q)
        stmt_done(q);
    return st;
}

enum status search_changed(struct store *s, enum table_id t, struct id id, bool gone, struct err *err)
{
    static const struct text_source asset_source = { "SELECT row_no FROM asset WHERE id = ?1",
                                                     ASSET_TEXT " AND id = ?1", asset_body };
    struct text_source notes;
    enum status st;

    if (t == T_PERSON)
        return search_person_changed(s, id, gone, err);
    if (t == T_ASSET) {
        st = welsh_name_changed(s, id, gone, err);
        return st != ST_OK ? st : text_changed(s, &asset_text, &asset_source, id, gone, err);
    }
    return note_source(t, &notes) ? text_changed(s, &note_text, &notes, id, gone, err) : ST_OK;
}

enum table_id search_note_table(int64_t n)
{
    return n % 16 < NOTE_SOURCES ? sources[n % 16].t : T_COUNT;
}

/* --- everything anew -------------------------------------------------------------------------------------------- */

#define TERMS_ANEW "DELETE FROM search_term; INSERT INTO search_term(term) SELECT term FROM search_note_terms"

enum status search_assets_rebuild(struct store *s, struct err *err)
{
    struct stmt *q = NULL;
    struct buf body = BUF_INIT;
    bool row = false;
    enum status st = db_exec(s->db, "DELETE FROM search_asset", err);

    if (st == ST_OK)
        st = db_use(s->db, &q, ASSET_TEXT, err);
    while (st == ST_OK && (st = stmt_step(q, &row, err)) == ST_OK && row) {
        buf_clear(&body);
        asset_body(q, &body);
        if (body.len)
            st = run_with_body(s, asset_text.put, stmt_int(q, 0), body.s, err);
    }
    if (q)
        stmt_done(q);
    if (st == ST_OK)
        st = db_exec(s->db, "INSERT INTO search_asset_text(search_asset_text) VALUES ('rebuild');"
                            "INSERT INTO search_asset_text(search_asset_text) VALUES ('optimize')", err);
    buf_release(&body);
    return st;
}

enum status search_rebuild(struct store *s, struct err *err)
{
    static const char *const after[] = {
        "INSERT INTO search_note_text(search_note_text) VALUES ('rebuild')",
        /* one segment: left as several, the next saves would merge them, 2,000 pages in one save of sixty */
        "INSERT INTO search_note_text(search_note_text) VALUES ('optimize')",
        TERMS_ANEW,
    };
    enum status st = search_people_rebuild(s, err);

    if (st == ST_OK)
        st = db_exec(s->db, "DELETE FROM search_note", err);
    for (size_t i = 0; st == ST_OK && i < ARRAY_LEN(sources); i++)
        st = db_exec(s->db, sources[i].fill, err);
    for (size_t i = 0; st == ST_OK && i < ARRAY_LEN(after); i++)
        st = db_exec(s->db, after[i], err);
    if (st == ST_OK)
        st = search_caught_up(s, err);
    if (st == ST_OK)
        st = search_welsh_rebuild(s, err);
    return st == ST_OK ? search_assets_rebuild(s, err) : st;
}

enum status search_scrub(struct store *s, struct err *err)
{
    enum status st = search_recent_drop(s, err);

    if (st != ST_OK)
        return st;
    return db_exec(s->db, "INSERT INTO search_note_text(search_note_text) VALUES ('optimize');"
                          "INSERT INTO search_asset_text(search_asset_text) VALUES ('optimize');" TERMS_ANEW, err);
}
