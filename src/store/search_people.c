/* search_people.c - the names and numbers a person is found by: words read by range, so that a beginning is enough. */
#include "search_words.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/buf.h"
#include "dolen/base/mem.h"
#include "dolen/base/text.h"
#include "dolen/core/name_sound.h"
#include "store_priv.h"

#include "dolen/base/banned.h"

#define REBUILD_ENTRIES 100000          /* sorted and written together: bounds the memory of a rebuild */
#define REBUILD_BYTES   (8u << 20)

/* One word or turned phrase of the person with row number n; at: its place in bytes. */
struct entry {
    size_t  at;
    int64_t n;
};

struct entries {
    struct entry *items;
    size_t        count, cap;
    struct buf    bytes;
};

static void digits_only(struct buf *out, const char *s)
{
    for (; s && *s; s++)
        if (*s >= '0' && *s <= '9')
            buf_add_char(out, *s);
}

/* A phone is filed from its end, so that any tail of it is a beginning. +44 29… and 029… end alike. */
void search_phone_key(struct buf *out, const char *phone)
{
    struct buf d = BUF_INIT;

    digits_only(&d, phone);
    buf_add_char(out, '#');
    for (size_t i = d.len; i > 0; i--)
        buf_add_char(out, d.s[i - 1]);
    buf_wipe(&d);
}

void search_sound_key(struct buf *out, const char *first, const char *family)
{
    if (!first || !family || !*first || !*family)
        return;
    buf_add_char(out, '~');
    name_sound(out, first);
    name_sound(out, family);
}

static void entry_add(struct entries *e, const char *word, int64_t n)
{
    struct entry *x;

    if (!*word)
        return;
    x = ARRAY_ADD(e->items, e->count, e->cap);
    x->at = e->bytes.len;
    x->n = n;
    buf_add_mem(&e->bytes, word, strlen(word) + 1);
}

/* "mair ann jones" is filed three times, each word first once. */
static void phrase_add(struct entries *e, const char *first, const char *second, int64_t n)
{
    struct buf all = BUF_INIT, turned = BUF_INIT;
    int turns = 0;

    buf_add(&all, first ? first : "");
    buf_add_char(&all, ' ');
    buf_add(&all, second ? second : "");
    text_fold(&turned, all.s);
    buf_clear(&all);
    buf_add(&all, buf_text(&turned));
    for (const char *p = buf_text(&all); *p && turns < 8; turns++) {
        const char *blank = strchr(p, ' ');

        buf_clear(&turned);
        buf_add(&turned, p);
        if (p > all.s) {
            buf_add_char(&turned, ' ');
            buf_add_mem(&turned, all.s, (size_t) (p - all.s) - 1);
        }
        entry_add(e, buf_text(&turned), n);
        if (!blank)
            break;
        p = blank + 1;
    }
    buf_wipe(&all);
    buf_wipe(&turned);
}

static void sound_add(struct entries *e, const char *first, const char *family, int64_t n)
{
    struct buf key = BUF_INIT;

    search_sound_key(&key, first, family);
    entry_add(e, buf_text(&key), n);
    buf_wipe(&key);
}

static void phone_add(struct entries *e, const char *phone, int64_t n)
{
    struct buf key = BUF_INIT;

    search_phone_key(&key, phone);
    if (key.len > 4)
        entry_add(e, key.s, n);
    buf_wipe(&key);
}

static void joined_add(struct entries *e, const char *text, int64_t n)
{
    struct buf folded = BUF_INIT, joined = BUF_INIT;

    text_fold(&folded, text ? text : "");
    for (const char *p = buf_text(&folded); *p; p++)
        if (*p != ' ')
            buf_add_char(&joined, *p);
    entry_add(e, buf_text(&joined), n);
    buf_wipe(&folded);
    buf_wipe(&joined);
}

/* "O'Brien" and "Prys-Jones" are also typed as one word. */
static void run_together_add(struct entries *e, const char *first, const char *second, int64_t n)
{
    struct buf joined = BUF_INIT;
    bool apart = false;

    for (const char *p = second ? second : ""; *p; p++) {
        bool mark = *p == '\'' || *p == '-' || strncmp(p, "\u2019", strlen("\u2019")) == 0;

        if (!mark)
            buf_add_char(&joined, *p);
        else
            p += *p == '\'' || *p == '-' ? 0 : strlen("\u2019") - 1;
        apart = apart || mark;
    }
    if (apart)
        phrase_add(e, first, buf_text(&joined), n);
    buf_wipe(&joined);
}

/* Other names used: each by itself, so that the last of several is found whole as well. */
static void aliases_add(struct entries *e, const char *list, int64_t n)
{
    for (const char *p = list ? list : ""; *p; p += strspn(p, ",;")) {
        size_t length = strcspn(p, ",;");
        char *one = xstrndup(p, length);

        phrase_add(e, one, NULL, n);
        free(one);
        p += length;
    }
}

#define PERSON_WORDS \
    "SELECT row_no, given_name, family_name, preferred_name, also_known_as, postcode, phone, phone2, nhs_number, " \
    "binned_at IS NOT NULL FROM person"

static void person_entries(struct entries *e, struct stmt *q)
{
    int64_t n = stmt_int(q, 0);
    const char *given = stmt_text(q, 1), *family = stmt_text(q, 2), *preferred = stmt_text(q, 3);

    if (stmt_int(q, 9))
        return;
    phrase_add(e, given, family, n);
    run_together_add(e, given, family, n);
    sound_add(e, given, family, n);
    if (preferred && !str_eq(preferred, given)) {
        phrase_add(e, preferred, family, n);
        sound_add(e, preferred, family, n);
    }
    aliases_add(e, stmt_text(q, 4), n);
    joined_add(e, stmt_text(q, 5), n);
    phone_add(e, stmt_text(q, 6), n);
    phone_add(e, stmt_text(q, 7), n);
    joined_add(e, stmt_text(q, 8), n);
}

static int entry_compare(const void *pa, const void *pb, void *bytes)
{
    const struct entry *a = pa, *b = pb;
    int c = strcmp((const char *) bytes + a->at, (const char *) bytes + b->at);

    return c ? c : (a->n > b->n) - (a->n < b->n);
}

/* In the order of the words: neighbours fall into the same page, which is read and sealed once. */
static enum status entries_write(struct store *s, struct entries *e, struct err *err)
{
    enum status st = ST_OK;
    struct stmt *q = NULL;

    if (e->count)
        qsort_r(e->items, e->count, sizeof *e->items, entry_compare, e->bytes.s);
    for (size_t i = 0; st == ST_OK && i < e->count; i++) {
        st = db_use(s->db, &q, "INSERT OR IGNORE INTO search_word(word, n) VALUES (?1, ?2)", err);
        if (st != ST_OK)
            break;
        stmt_bind_text(q, 1, e->bytes.s + e->items[i].at);
        stmt_bind_int(q, 2, e->items[i].n);
        st = stmt_run(q, err);
    }
    e->count = 0;
    buf_clear(&e->bytes);
    return st;
}

static void entries_release(struct entries *e)
{
    free(e->items);
    buf_wipe(&e->bytes);
}

enum status search_person_changed(struct store *s, struct id person, bool gone, struct err *err)
{
    struct entries e = { NULL, 0, 0, BUF_INIT };
    struct stmt *q = NULL;
    int64_t n = 0;
    bool row = false;
    enum status st = db_use(s->db, &q, PERSON_WORDS " WHERE id = ?1", err);

    if (st != ST_OK)
        return st;
    stmt_bind_id(q, 1, person);
    st = stmt_step(q, &row, err);
    if (st == ST_OK && row) {
        n = stmt_int(q, 0);
        if (!gone)
            person_entries(&e, q);
    }
    stmt_done(q);
    if (st == ST_OK && row)
        st = search_run_int(s, "DELETE FROM search_word WHERE n = ?1", n, err);
    if (st == ST_OK)
        st = entries_write(s, &e, err);
    entries_release(&e);
    return st;
}

enum status search_people_rebuild(struct store *s, struct err *err)
{
    struct entries e = { NULL, 0, 0, BUF_INIT };
    struct stmt *q = NULL;
    bool row = false;
    enum status st = db_exec(s->db, "DELETE FROM search_word", err);

    if (st == ST_OK)
        st = db_use(s->db, &q, PERSON_WORDS " ORDER BY row_no", err);
    while (st == ST_OK && (st = stmt_step(q, &row, err)) == ST_OK && row) {
        person_entries(&e, q);
        if (e.count >= REBUILD_ENTRIES || e.bytes.len >= REBUILD_BYTES)
            st = entries_write(s, &e, err);
    }
    if (q)
        stmt_done(q);
    if (st == ST_OK)
        st = entries_write(s, &e, err);
    entries_release(&e);
    return st;
}
