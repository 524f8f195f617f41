/* search.c - the one search box.
 *
 * Each step reads a bounded number of entries, whatever the size of the caseload: ranges of search_word stop at the
 * limit; of several unfinished words ("jon da") the first is completed in every way there is, which leaves ranges;
 * other mixtures, a name with the beginning of a postcode, look through SCAN_MAX candidates and no more. One slip is
 * forgiven by walking the letters that really follow in the word table, so that a misspelt beginning is dropped at
 * its first letter that nobody has. */
#include "dolen/store/read.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/buf.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/text.h"
#include "names.h"
#include "search_words.h"
#include "store_priv.h"

#include "dolen/base/banned.h"

#define SCAN_MAX     200
#define COMPLETIONS_MAX 48
#define TERMS_MAX    40
#define NOTE_LETTERS 3

/* --- ranges ----------------------------------------------------------------------------------------------------- */

/* 0xff is in no UTF-8 text: it closes the range of everything that begins with word. */
static void bind_range(struct stmt *q, int at, const char *word, const char *close)
{
    struct buf end = BUF_INIT;

    buf_add(&end, word);
    buf_add(&end, close);
    stmt_bind_text(q, at, word);
    stmt_bind_text_n(q, at + 1, end.s, end.len);
    buf_wipe(&end);
}

static bool has_digit(const char *s)
{
    return strpbrk(s, "0123456789") != NULL;
}

static void found_add(struct search *x, int64_t n)
{
    for (int i = 0; i < x->count; i++)
        if (x->found[i] == n)
            return;
    if (!search_is_full(x))
        x->found[x->count++] = n;
}

static enum status range_add(struct search *x, const char *word, const char *close)
{
    struct stmt *q = NULL;
    bool row = false;
    enum status st;

    if (search_is_full(x) || !*word)
        return ST_OK;
    st = db_use(x->s->db, &q, "SELECT n FROM search_word WHERE word >= ?1 AND word < ?2 ORDER BY word", x->err);
    if (st != ST_OK)
        return st;
    bind_range(q, 1, word, close);
    while (!search_is_full(x) && (st = stmt_step(q, &row, x->err)) == ST_OK && row)
        found_add(x, stmt_int(q, 0));
    stmt_done(q);
    return st;
}

/* The words from the i-th on, then those before it, as one phrase. */
static void phrase_turn(const struct search *x, int first, struct buf *out)
{
    buf_clear(out);
    for (int i = 0; i < x->word_count; i++) {
        if (i > 0)
            buf_add_char(out, ' ');
        buf_add(out, x->words[(first + i) % x->word_count]);
    }
}

enum status search_turns_add(struct search *x, const char *close)
{
    struct buf phrase = BUF_INIT;
    enum status st = ST_OK;

    for (int i = 0; st == ST_OK && i < x->word_count; i++) {
        phrase_turn(x, i, &phrase);
        st = range_add(x, phrase.s, close);
    }
    buf_wipe(&phrase);
    return st;
}

enum status search_entry_after(struct search *x, const char *word, struct buf *text)
{
    struct stmt *q = NULL;
    bool row = false;
    enum status st = db_use(x->s->db, &q, "SELECT word FROM search_word WHERE word >= ?1 ORDER BY word LIMIT 1",
                            x->err);

    buf_clear(text);
    if (st != ST_OK)
        return st;
    stmt_bind_text(q, 1, word);
    st = stmt_step(q, &row, x->err);
    if (st == ST_OK && row)
        buf_add(text, stmt_text(q, 0));
    stmt_done(q);
    return st;
}

/* --- several unfinished words ----------------------------------------------------------------------------------- */

static enum status word_weight(struct search *x, const char *word, int64_t *weight)
{
    struct stmt *q = NULL;
    bool row = false;
    enum status st = db_use(x->s->db, &q,
                            "SELECT count(*) FROM (SELECT 1 FROM search_word WHERE word >= ?1 AND word < ?2 "
                            "LIMIT ?3)", x->err);

    *weight = 0;
    if (st != ST_OK)
        return st;
    bind_range(q, 1, word, CLOSE_PREFIX);
    stmt_bind_int(q, 3, SCAN_MAX);
    st = stmt_step(q, &row, x->err);
    if (st == ST_OK && row)
        *weight = stmt_int(q, 0);
    stmt_done(q);
    return st;
}

static enum status has_word(struct search *x, int64_t n, const char *word, bool *has)
{
    struct stmt *q = NULL;
    enum status st = db_use(x->s->db, &q,
                            "SELECT 1 FROM search_word WHERE n = ?1 AND word >= ?2 AND word < ?3 LIMIT 1", x->err);

    if (st != ST_OK)
        return st;
    stmt_bind_int(q, 1, n);
    bind_range(q, 2, word, CLOSE_PREFIX);
    st = stmt_step(q, has, x->err);
    stmt_done(q);
    return st;
}

static enum status candidate_check(struct search *x, int64_t n, int but)
{
    bool has = true;
    enum status st = ST_OK;

    for (int i = 0; st == ST_OK && has && i < x->word_count; i++)
        if (i != but)
            st = has_word(x, n, x->words[i], &has);
    if (st == ST_OK && has)
        found_add(x, n);
    return st;
}

/* Two unfinished words, "jon da": the first becomes each of the few words that it begins, and with a whole word in
 * front the pair is a range. */
static enum status completions_of(struct search *x, int first)
{
    struct buf from = BUF_INIT, entry = BUF_INIT, turned = BUF_INIT;
    char *typed = x->words[first];
    enum status st = ST_OK;

    buf_add(&from, typed);
    for (int i = 0; st == ST_OK && i < COMPLETIONS_MAX && !search_is_full(x); i++) {
        st = search_entry_after(x, from.s, &entry);
        if (st != ST_OK || !str_starts(buf_text(&entry), typed))
            break;
        entry.s[strcspn(entry.s, " ")] = '\0';
        x->words[first] = entry.s;
        phrase_turn(x, first, &turned);
        st = range_add(x, turned.s, CLOSE_PREFIX);
        buf_clear(&from);
        buf_add(&from, entry.s);
        buf_add(&from, CLOSE_WORD);
    }
    x->words[first] = typed;
    buf_wipe(&from);
    buf_wipe(&entry);
    buf_wipe(&turned);
    return st;
}

static enum status completions_add(struct search *x)
{
    enum status st = ST_OK;

    for (int i = 0; st == ST_OK && i < x->word_count && x->word_count > 1; i++)
        if (!has_digit(x->words[i]))
            st = completions_of(x, i);
    return st;
}

/* Reads the rarest word's entries and asks whether their people have the others. */
static enum status intersection_add(struct search *x)
{
    struct stmt *q = NULL;
    int64_t least = SCAN_MAX + 1, weight = 0;
    int rarest = 0;
    bool row = false;
    enum status st = ST_OK;

    if (x->word_count < 2 || search_is_full(x))
        return ST_OK;
    for (int i = 0; st == ST_OK && i < x->word_count; i++) {
        st = word_weight(x, x->words[i], &weight);
        if (weight < least)
            least = weight, rarest = i;
    }
    if (st != ST_OK || least == 0)
        return st;
    st = db_use(x->s->db, &q, "SELECT n FROM search_word WHERE word >= ?1 AND word < ?2 ORDER BY word LIMIT ?3",
                x->err);
    if (st != ST_OK)
        return st;
    bind_range(q, 1, x->words[rarest], CLOSE_PREFIX);
    stmt_bind_int(q, 3, SCAN_MAX);
    while (!search_is_full(x) && (st = stmt_step(q, &row, x->err)) == ST_OK && row)
        if ((st = candidate_check(x, stmt_int(q, 0), rarest)) != ST_OK)
            break;
    stmt_done(q);
    return st;
}

/* --- people ----------------------------------------------------------------------------------------------------- */

static bool all_digits(const char *s)
{
    return *s && s[strspn(s, "0123456789")] == '\0';
}

/* Numbers and postcodes, however they were spaced. */
static enum status number_add(struct search *x)
{
    struct buf key = BUF_INIT;
    const char *joined = buf_text(&x->joined);
    enum status st = ST_OK;

    if (has_digit(joined))
        st = range_add(x, joined, CLOSE_PREFIX);
    if (st == ST_OK && all_digits(joined) && x->joined.len >= 4) {
        /* typed with the country: the tail after 44 */
        search_phone_key(&key, x->joined.len > 10 && str_starts(joined, "44") ? joined + 2 : joined);
        st = range_add(x, key.s, CLOSE_PREFIX);
    }
    buf_wipe(&key);
    return st;
}

static enum status people_find(struct search *x)
{
    enum status st = number_add(x);

    if (st == ST_OK)
        st = search_turns_add(x, CLOSE_PREFIX);
    if (st == ST_OK)
        st = completions_add(x);
    if (st == ST_OK)
        st = intersection_add(x);
    x->exact = x->count;
    for (int i = 0; st == ST_OK && i < x->word_count && x->word_count <= 3 && !search_is_full(x); i++)
        if (!has_digit(x->words[i]))
            st = search_slips_add(x, i);
    return st;
}

struct person_hit {
    struct hit hit;
    char       sort_key[200];
};

static int person_hit_compare(const void *pa, const void *pb)
{
    const struct person_hit *a = pa, *b = pb;
    int c = (int) a->hit.slip - (int) b->hit.slip;

    c = c ? c : (int) b->hit.exact - (int) a->hit.exact;
    return c ? c : strcmp(a->sort_key, b->sort_key);
}

static enum status person_hit_read(struct search *x, int64_t n, struct person_hit *out, bool *row)
{
    struct stmt *q = NULL;
    enum status st = db_use(x->s->db, &q, "SELECT id, given_name, family_name, preferred_name, also_known_as, "
                            "coalesce(sort_key, ''), nhs_number, postcode, phone, phone2, "
                            PERSON_IS_PROTECTED("person") " FROM person WHERE row_no = ?1 AND binned_at IS NULL", x->err);

    if (st != ST_OK)
        return st;
    stmt_bind_int(q, 1, n);
    st = stmt_step(q, row, x->err);
    if (st == ST_OK && *row) {
        *out = (struct person_hit) { .hit = { .kind = HIT_PERSON, .id = stmt_id(q, 0), .person = stmt_id(q, 0) } };
        person_name(out->hit.text, sizeof out->hit.text, stmt_text(q, 1), stmt_text(q, 2), stmt_text(q, 3),
                    stmt_text(q, 4));
        str_copy(out->sort_key, sizeof out->sort_key, stmt_text(q, 5));
        search_met(x, &(struct met_person) {
                       stmt_text(q, 1), stmt_text(q, 2), stmt_text(q, 3), stmt_text(q, 4), stmt_text(q, 6),
                       stmt_text(q, 7), stmt_text(q, 8), stmt_text(q, 9), stmt_int(q, 10) != 0 }, &out->hit);
    }
    stmt_done(q);
    return st;
}

static enum status people_hits(struct search *x, struct hit *hits, int *n)
{
    struct person_hit *list = xcalloc((size_t) x->limit + 1, sizeof *list);
    enum status st;
    int made = 0;
    bool row = false;

    x->found = xcalloc((size_t) x->limit + 1, sizeof *x->found);
    st = people_find(x);
    for (int i = 0; st == ST_OK && i < x->count; i++) {
        st = person_hit_read(x, x->found[i], &list[made], &row);
        if (st == ST_OK && row)
            list[made++].hit.slip = i >= x->exact;
    }
    qsort(list, (size_t) made, sizeof *list, person_hit_compare);
    for (int i = 0; st == ST_OK && i < made; i++)
        hits[(*n)++] = list[i].hit;
    free(list);
    free(x->found);
    x->found = NULL;
    return st;
}

/* --- full text -------------------------------------------------------------------------------------------------- */

/* Every word of NOTE_LETTERS or more as a beginning; false when none is long enough. */
static bool match_beginnings(const struct search *x, struct buf *out)
{
    for (int i = 0; i < x->word_count; i++)
        if (strlen(x->words[i]) >= NOTE_LETTERS)
            buf_addf(out, "%s\"%s\"*", out->len ? " " : "", x->words[i]);
    return out->len > 0;
}

/* (one OR another): the words of the notes that begin with word; nothing when there is none. */
static enum status match_terms(struct search *x, const char *word, struct buf *out)
{
    struct stmt *q = NULL;
    bool row = false;
    int n = 0;
    enum status st = db_use(x->s->db, &q, "SELECT term FROM search_term WHERE term >= ?1 AND term < ?2 ORDER BY term "
                            "LIMIT ?3", x->err);

    if (st != ST_OK)
        return st;
    bind_range(q, 1, word, CLOSE_PREFIX);
    stmt_bind_int(q, 3, TERMS_MAX);
    while ((st = stmt_step(q, &row, x->err)) == ST_OK && row)
        buf_addf(out, "%s\"%s\"", n++ ? " OR " : "(", stmt_text(q, 0));
    if (n)
        buf_add_char(out, ')');
    stmt_done(q);
    return st;
}

/* Short words are beginnings that the index keeps lists for; longer ones become the whole words there are. *none: some
 * word is in no note. */
static enum status match_notes(struct search *x, struct buf *out, bool *none)
{
    enum status st = ST_OK;

    for (int i = 0; st == ST_OK && i < x->word_count && !*none; i++) {
        size_t letters = strlen(x->words[i]), before;

        if (letters < NOTE_LETTERS)
            continue;
        if (out->len)
            buf_add(out, " AND ");
        before = out->len;
        if (letters == NOTE_LETTERS)
            buf_addf(out, "\"%s\"*", x->words[i]);
        else
            st = match_terms(x, x->words[i], out);
        *none = out->len == before;
    }
    return st;
}

static enum status assets_hits(struct search *x, const char *match, struct hit *hits, int *n)
{
    struct stmt *q = NULL;
    bool row = false;
    enum status st = db_use(x->s->db, &q, "SELECT a.id, a.name_en, a.name_cy FROM search_asset_text t "
                            "JOIN asset a ON a.row_no = t.rowid WHERE search_asset_text MATCH ?1 "
                            "AND a.binned_at IS NULL LIMIT ?2", x->err);

    if (st != ST_OK)
        return st;
    stmt_bind_text(q, 1, match);
    stmt_bind_int(q, 2, x->limit - *n);
    while ((st = stmt_step(q, &row, x->err)) == ST_OK && row) {
        struct hit *h = &hits[(*n)++];

        *h = (struct hit) { .kind = HIT_ASSET, .id = stmt_id(q, 0) };
        asset_name(h->text, sizeof h->text, stmt_text(q, 1), stmt_text(q, 2));
    }
    stmt_done(q);
    return st;
}

struct note_hit {
    int64_t n;
    char   *words;
};

/* action has no person of its own. */
#define NOTE_OF(table) "SELECT r.id, r.person FROM " table " r WHERE r.row_no = ?1"
static const char *const note_record[T_COUNT] = {
    [T_CONTACT] = NOTE_OF("contact"), [T_RESPONSE] = NOTE_OF("response"), [T_GOAL] = NOTE_OF("goal"),
    [T_ACTION] = "SELECT r.id, e.person FROM action r JOIN episode e ON e.id = r.episode WHERE r.row_no = ?1",
    [T_CONNECTION] = NOTE_OF("connection"), [T_GAP] = NOTE_OF("gap"), [T_EPISODE] = NOTE_OF("episode"),
    [T_REFERRAL] = NOTE_OF("referral"), [T_NOTE] = NOTE_OF("note"),
};

/* A note of a protected person shows their name instead of its words: an address may stand in them. *made stays false
 * when the person is in the bin. */
static enum status note_person(struct search *x, struct hit *h, const char *words, bool *made)
{
    struct stmt *q = NULL;
    bool row = false;
    enum status st;

    *made = true;
    str_copy(h->text, sizeof h->text, words);
    if (!id_is_set(h->person))
        return ST_OK;
    st = db_use(x->s->db, &q,
                "SELECT given_name, family_name, preferred_name, also_known_as, " PERSON_IS_PROTECTED("person")
                " FROM person WHERE id = ?1 AND binned_at IS NULL", x->err);
    if (st != ST_OK)
        return st;
    stmt_bind_id(q, 1, h->person);
    st = stmt_step(q, &row, x->err);
    *made = row;
    if (st == ST_OK && row && stmt_int(q, 4))
        person_name(h->text, sizeof h->text, stmt_text(q, 0), stmt_text(q, 1), stmt_text(q, 2), stmt_text(q, 3));
    stmt_done(q);
    return st;
}

static enum status note_hit_read(struct search *x, const struct note_hit *note, struct hit *h, bool *made)
{
    enum table_id t = search_note_table(note->n);
    struct stmt *q = NULL;
    bool row = false;
    enum status st;

    *made = false;
    if (t == T_COUNT || !note_record[t])
        return ST_OK;
    st = db_use(x->s->db, &q, note_record[t], x->err);
    if (st != ST_OK)
        return st;
    stmt_bind_int(q, 1, note->n / 16);
    st = stmt_step(q, &row, x->err);
    if (st == ST_OK && row)
        *h = (struct hit) { .kind = HIT_NOTE, .id = stmt_id(q, 0), .person = stmt_id(q, 1) };
    stmt_done(q);
    return st == ST_OK && row ? note_person(x, h, note->words, made) : st;
}

/* sql: of ?1 and a limit; words are copied, since a search may not leave a statement open while it asks for people. */
static enum status notes_list(struct search *x, const char *sql, const char *match, int room, struct note_hit *list,
                              int *count)
{
    struct stmt *q = NULL;
    bool row = false;
    enum status st = db_use(x->s->db, &q, sql, x->err);

    if (st != ST_OK)
        return st;
    stmt_bind_text(q, 1, match);
    stmt_bind_int(q, 2, room - *count);
    while ((st = stmt_step(q, &row, x->err)) == ST_OK && row) {
        list[*count].n = stmt_int(q, 0);
        list[(*count)++].words = xstrdup(stmt_text(q, 1));
    }
    stmt_done(q);
    return st;
}

#define NOTES_OF(table, name, also) \
    "SELECT rowid, snippet(" name ", 0, '', '', '…', 12) FROM " table " WHERE " name " MATCH ?1" also " " \
    "ORDER BY rowid DESC LIMIT ?2"

/* Those written lately come first; of them the index on disk may still hold what they said before. */
static enum status notes_found(struct search *x, const char *beginnings, int room, struct note_hit *list, int *count)
{
    struct buf match = BUF_INIT;
    bool recent = false, none = false;
    enum status st = search_recent_ready(x->s, &recent, x->err);

    if (st == ST_OK && recent)
        st = notes_list(x, NOTES_OF(RECENT_TABLE, "search_recent", ""), beginnings, room, list, count);
    if (st == ST_OK)
        st = match_notes(x, &match, &none);
    if (st == ST_OK && !none && *count < room)
        st = notes_list(x, recent ? NOTES_OF("search_note_text", "search_note_text",
                                             " AND rowid NOT IN (SELECT rowid FROM " RECENT_TABLE ")")
                                  : NOTES_OF("search_note_text", "search_note_text", ""), match.s, room, list, count);
    buf_wipe(&match);
    return st;
}

static enum status notes_hits(struct search *x, const char *beginnings, struct hit *hits, int *n)
{
    int room = x->limit - *n, count = 0;
    struct note_hit *list = xcalloc((size_t) room + 1, sizeof *list);
    bool made = false;
    enum status st = notes_found(x, beginnings, room, list, &count);

    for (int i = 0; i < count; i++) {
        if (st == ST_OK)
            st = note_hit_read(x, &list[i], &hits[*n], &made);
        *n += st == ST_OK && made;
        free(list[i].words);
    }
    free(list);
    return st;
}

/* --- the box ---------------------------------------------------------------------------------------------------- */

static void words_split(struct search *x, const char *typed)
{
    struct buf folded = BUF_INIT;

    text_fold(&folded, typed);
    for (char *p = folded.s, *next; p && *p; p = next) {
        size_t n = strcspn(p, " ");

        next = p + n + (p[n] == ' ');
        buf_add_mem(&x->joined, p, n);
        if (x->word_count < SEARCH_WORDS_MAX && n > 0)
            x->words[x->word_count++] = xstrndup(p, n);
    }
    buf_wipe(&folded);
}

enum status store_search(struct store *s, const char *typed, unsigned which, struct hit *hits, int limit, int *n,
                         struct err *err)
{
    struct search x = { .s = s, .err = err, .typed = typed ? typed : "", .joined = BUF_INIT, .limit = limit };
    struct buf match = BUF_INIT;
    enum status st = ST_OK;

    *n = 0;
    words_split(&x, x.typed);
    if (x.word_count == 0 || limit <= 0)
        goto out;
    if (which & 1u << HIT_PERSON)
        st = people_hits(&x, hits, n);
    if (st != ST_OK || !match_beginnings(&x, &match))
        goto out;
    if (which & 1u << HIT_ASSET && *n < limit)
        st = assets_hits(&x, match.s, hits, n);
    if (st == ST_OK && which & 1u << HIT_NOTE && *n < limit)
        st = notes_hits(&x, match.s, hits, n);
out:
    for (int i = 0; i < x.word_count; i++)
        free(x.words[i]);
    buf_wipe(&x.joined);
    buf_wipe(&match);
    return st;
}
