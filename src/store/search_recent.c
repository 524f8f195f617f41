/* search_recent.c - the notes that the full-text index has not been told of yet.
 *
 * Filing its words was four of the nine pages that a save of a contact writes. So a save leaves them for later. Which
 * notes those are needs no list that could be lost: they are what the history names after the setting INDEXED_KEY,
 * whatever happened to the program in between. When it names LATE_CHANGES of them, the save that made it so many
 * files them all, in its own transaction. Until then whoever searches finds them in a small index in memory, read
 * from the records. */
#include "search_priv.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/buf.h"
#include "dolen/base/mem.h"
#include "search_words.h"
#include "store_priv.h"

#include "dolen/base/banned.h"

struct late {
    struct { enum table_id t; struct id id; } *items;
    size_t count, cap;
};

/* --- how far the index has come --------------------------------------------------------------------------------- */

/* As search_note_text is; temporary tables are kept in memory (db/open.c), and go with the handle. Made when the file
 * is opened: later it would have every statement that is ready made ready again, in the middle of a search. */
static enum status recent_make(struct store *s, struct err *err)
{
    enum status st = s->recent_made ? ST_OK
        : db_exec(s->db, "CREATE VIRTUAL TABLE " RECENT_TABLE " USING fts5(body, prefix='2 3', detail='none', "
                         "columnsize=0, tokenize='unicode61 remove_diacritics 2')", err);

    s->recent_made = st == ST_OK;
    return st;
}

enum status search_start(struct store *s, struct err *err)
{
    struct stmt *q = NULL;
    bool row = false;
    enum status st = db_use(s->db, &q, "SELECT CAST(value AS INTEGER) FROM setting WHERE key = '" INDEXED_KEY "'", err);

    if (st != ST_OK)
        return st;
    st = stmt_step(q, &row, err);
    s->indexed = s->indexed_on_disk = row ? stmt_int(q, 0) : 0;
    stmt_done(q);
    return st == ST_OK ? recent_make(s, err) : st;
}

enum status search_caught_up(struct store *s, struct err *err)
{
    struct stmt *q = NULL;
    enum status st = db_use(s->db, &q, "INSERT INTO setting(key, value) VALUES ('" INDEXED_KEY "', ?1) "
                            "ON CONFLICT(key) DO UPDATE SET value = excluded.value", err);

    if (st != ST_OK)
        return st;
    stmt_bind_int(q, 1, s->seq);
    st = stmt_run(q, err);
    if (st == ST_OK)
        s->indexed = s->seq;
    return st == ST_OK ? search_recent_drop(s, err) : st;
}

/* Records of notes that were changed after that change, each once. */
static enum status late_read(struct store *s, int64_t after, struct late *l, struct err *err)
{
    struct stmt *q = NULL;
    enum table_id t;
    bool row = false;
    enum status st = db_use(s->db, &q, "SELECT DISTINCT entity, entity_id FROM change WHERE seq > ?1", err);

    if (st != ST_OK)
        return st;
    stmt_bind_int(q, 1, after);
    while ((st = stmt_step(q, &row, err)) == ST_OK && row)
        if (table_by_name(stmt_text(q, 0), &t) && search_has_notes(t)) {
            size_t i = l->count;

            ARRAY_ADD(l->items, l->count, l->cap);
            l->items[i].t = t;
            l->items[i].id = stmt_id(q, 1);
        }
    stmt_done(q);
    return st;
}

static enum status catch_up(struct store *s, struct err *err)
{
    struct late l = { NULL, 0, 0 };
    enum status st = late_read(s, s->indexed, &l, err);

    for (size_t i = 0; st == ST_OK && i < l.count; i++)
        st = search_changed(s, l.items[i].t, l.items[i].id, false, err);
    free(l.items);
    return st == ST_OK ? search_caught_up(s, err) : st;
}

enum status search_written(struct store *s, enum table_id t, struct id id, struct err *err)
{
    enum status st = search_has_notes(t) ? ST_OK : search_changed(s, t, id, false, err);

    return st == ST_OK && s->seq - s->indexed >= LATE_CHANGES ? catch_up(s, err) : st;
}

/* --- what is kept in memory ------------------------------------------------------------------------------------- */

enum status search_recent_drop(struct store *s, struct err *err)
{
    s->recent = 0;
    s->recent_any = false;
    return s->recent_made ? db_exec(s->db, "DELETE FROM " RECENT_TABLE, err) : ST_OK;
}

/* A record in the bin stands there too, without a word: what the index on disk says of it does not count. */
static enum status recent_put(struct store *s, enum table_id t, struct id id, struct err *err)
{
    struct buf text = BUF_INIT;
    struct stmt *q = NULL;
    bool found = false;
    int64_t n = 0;
    enum status st = search_note_read(s, t, id, &n, &text, &found, err);

    if (st == ST_OK && found)
        st = db_use(s->db, &q, "INSERT OR REPLACE INTO " RECENT_TABLE "(rowid, body) VALUES (?1, ?2)", err);
    if (st == ST_OK && found) {
        stmt_bind_int(q, 1, n);
        stmt_bind_text(q, 2, buf_text(&text));
        st = stmt_run(q, err);
    }
    buf_wipe(&text);
    return st;
}

enum status search_recent_ready(struct store *s, bool *any, struct err *err)
{
    struct late l = { NULL, 0, 0 };
    enum status st = ST_OK;

    *any = false;
    if (s->seq <= s->indexed)
        return ST_OK;
    if (s->recent == 0)
        st = search_recent_drop(s, err);
    if (st == ST_OK && s->recent != s->seq)
        st = late_read(s, s->recent ? s->recent : s->indexed, &l, err);
    for (size_t i = 0; st == ST_OK && i < l.count; i++)
        st = recent_put(s, l.items[i].t, l.items[i].id, err);
    s->recent = st == ST_OK ? s->seq : 0;
    s->recent_any = *any = st == ST_OK && (s->recent_any || l.count > 0);
    free(l.items);
    return st;
}
