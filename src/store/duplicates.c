/* store/duplicates.c - who may be in the case file already: asked by date of birth, by the search box for the name, and
 * by its sound. */
#include "dolen/store/past.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/buf.h"
#include "dolen/base/mem.h"
#include "dolen/core/name_sound.h"
#include "names.h"
#include "search_words.h"
#include "store_priv.h"

#include "dolen/base/banned.h"

#define HITS_MAX 20

#define FACTS "SELECT id, given_name, family_name, preferred_name, also_known_as, birth_date, birth_precision, " \
    "phone, phone2, " \
              "postcode, nhs_number FROM person "
#define TEXTS 10

/* A row's texts, with the facts that point at them. */
struct known {
    struct id        id;
    char            *text[TEXTS];
    struct dup_facts facts;
};

struct known_list {
    struct known *items;
    size_t        count, cap;
};

static void known_read(struct known *k, struct stmt *q)
{
    k->id = stmt_id(q, 0);
    for (int i = 0; i < TEXTS; i++)
        k->text[i] = stmt_is_null(q, 1 + i) ? NULL : xstrdup(stmt_text(q, 1 + i));
    k->facts = (struct dup_facts) { k->text[0], k->text[1], k->text[2], k->text[3], { 0, 0, 0 },
                                    k->text[5] && !str_eq(k->text[5], "DAY"), k->text[6], k->text[7], k->text[8],
                                    k->text[9] };
    if (k->text[4] && !date_parse_iso(k->text[4], &k->facts.birth))
        k->facts.birth = (struct date) { 0, 0, 0 };
}

static void known_release(struct known *k)
{
    for (int i = 0; i < TEXTS; i++) {
        if (k->text[i])
            explicit_bzero(k->text[i], strlen(k->text[i]));
        free(k->text[i]);
    }
}

static void known_list_release(struct known_list *l)
{
    for (size_t i = 0; i < l->count; i++)
        known_release(&l->items[i]);
    free(l->items);
}

static void hit_fill(struct dup_hit *h, const struct known *k, enum dup_level level)
{
    *h = (struct dup_hit) { .id = k->id, .level = level, .birth = k->facts.birth };
    if (k->text[5])
        str_copy(h->birth_precision, sizeof h->birth_precision, k->text[5]);
    person_name(h->name, sizeof h->name, k->text[0], k->text[1], k->text[2], k->text[3]);
}

/* --- one ------------------------------------------------------------------------------------------------------- */

struct finding {
    struct store           *s;
    const struct dup_facts *facts;
    struct id               not_this;
    struct dup_hit         *hits;
    int                     max, n;
};

static void consider(struct finding *f, const struct known *k)
{
    enum dup_level level = dup_level(dup_signs(f->facts, &k->facts));
    int at = f->n;

    if (level == DUP_NONE || id_eq(k->id, f->not_this))
        return;
    for (int i = 0; i < f->n; i++)
        if (id_eq(f->hits[i].id, k->id))
            return;
    while (at > 0 && f->hits[at - 1].level < level)
        at--;
    if (at >= f->max)
        return;
    f->n += f->n < f->max;
    memmove(&f->hits[at + 1], &f->hits[at], (size_t) (f->n - 1 - at) * sizeof *f->hits);
    hit_fill(&f->hits[at], k, level);
}

static enum status ask(struct finding *f, struct stmt *q, struct err *err)
{
    bool row = false;
    enum status st;

    while ((st = stmt_step(q, &row, err)) == ST_OK && row) {
        struct known k;

        known_read(&k, q);
        consider(f, &k);
        known_release(&k);
    }
    stmt_done(q);
    return st;
}

static enum status by_birth(struct finding *f, struct err *err)
{
    struct date near[DUP_DATES];
    size_t n = f->facts->birth_vague || !date_is_set(f->facts->birth) ? 0 : dup_dates(f->facts->birth, near);
    enum status st = ST_OK;

    for (size_t i = 0; st == ST_OK && i < n; i++) {
        struct stmt *q = NULL;

        st = db_use(f->s->db, &q, FACTS "WHERE birth_date = ?1 AND binned_at IS NULL LIMIT 200", err);
        if (st != ST_OK)
            break;
        stmt_bind_text(q, 1, date_iso(near[i]).s);
        st = ask(f, q, err);
    }
    return st;
}

static enum status by_nhs_number(struct finding *f, struct err *err)
{
    struct stmt *q = NULL;
    enum status st;

    if (!f->facts->nhs_number)
        return ST_OK;
    st = db_use(f->s->db, &q, FACTS "WHERE nhs_number = ?1 AND binned_at IS NULL LIMIT 20", err);
    if (st != ST_OK)
        return st;
    stmt_bind_text(q, 1, f->facts->nhs_number);
    return ask(f, q, err);
}

static enum status by_name(struct finding *f, struct err *err)
{
    const char *first = f->facts->given ? f->facts->given : f->facts->preferred;
    struct hit *hit = xcalloc(HITS_MAX, sizeof *hit);
    struct buf typed = BUF_INIT;
    int n = 0;
    enum status st = ST_OK;

    buf_addf(&typed, "%s %s", first ? first : "", f->facts->family ? f->facts->family : "");
    if (typed.len > 1)
        st = store_search(f->s, buf_text(&typed), 1u << HIT_PERSON, hit, HITS_MAX, &n, err);
    for (int i = 0; st == ST_OK && i < n; i++) {
        struct stmt *q = NULL;

        st = db_use(f->s->db, &q, FACTS "WHERE id = ?1 AND binned_at IS NULL", err);
        if (st != ST_OK)
            break;
        stmt_bind_id(q, 1, hit[i].id);
        st = ask(f, q, err);
    }
    free(hit);
    buf_wipe(&typed);
    return st;
}

/* Names of another spelling: filed by their sound beside the words of the search box. */
static enum status by_sound_of(struct finding *f, const char *first, const char *family, struct err *err)
{
    struct stmt *q = NULL;
    struct buf key = BUF_INIT;
    enum status st = ST_OK;

    search_sound_key(&key, first, family);
    if (key.len)
        st = db_use(f->s->db, &q, FACTS "WHERE row_no IN (SELECT n FROM search_word WHERE word = ?1 LIMIT 200) "
                                        "AND binned_at IS NULL", err);
    if (q && st == ST_OK) {
        stmt_bind_text(q, 1, buf_text(&key));
        st = ask(f, q, err);
    }
    buf_wipe(&key);
    return st;
}

static enum status by_sound(struct finding *f, struct err *err)
{
    const char *first = f->facts->given ? f->facts->given : f->facts->preferred, *family = f->facts->family;
    const char *firsts[] = { first, name_other_spelling(first) }, *families[] = { family, name_other_spelling(family) };
    enum status st = ST_OK;

    for (int i = 0; i < 2; i++)
        for (int k = 0; k < 2 && st == ST_OK; k++)
            st = by_sound_of(f, firsts[i], families[k], err);
    return st;
}

enum status dup_find(struct store *s, const struct dup_facts *facts, struct id not_this, struct dup_hit *hits, int max,
                     int *n, struct err *err)
{
    struct finding f = { .s = s, .facts = facts, .not_this = not_this, .hits = hits, .max = max };
    enum status st = by_nhs_number(&f, err);

    if (st == ST_OK)
        st = by_birth(&f, err);
    if (st == ST_OK)
        st = by_name(&f, err);
    if (st == ST_OK)
        st = by_sound(&f, err);
    *n = st == ST_OK ? f.n : 0;
    return st;
}

/* --- everyone ---------------------------------------------------------------------------------------------------- */

static enum status everyone(struct store *s, struct known_list *all, struct err *err)
{
    struct stmt *q = NULL;
    bool row = false;
    enum status st = db_use(s->db, &q, FACTS "WHERE binned_at IS NULL ORDER BY sort_key, id", err);

    if (st != ST_OK)
        return st;
    while ((st = stmt_step(q, &row, err)) == ST_OK && row)
        known_read(ARRAY_ADD(all->items, all->count, all->cap), q);
    stmt_done(q);
    return st;
}

enum status dup_all(struct store *s, struct dup_hit *hits, int max_pairs, int *pairs, struct err *err)
{
    struct known_list all = { NULL, 0, 0 };
    struct dup_facts *facts;
    struct dup_pair *found = xcalloc((size_t) max_pairs, sizeof *found);
    enum status st = everyone(s, &all, err);
    size_t n = 0;

    facts = xcalloc(all.count + 1, sizeof *facts);
    for (size_t i = 0; i < all.count; i++)
        facts[i] = all.items[i].facts;
    if (st == ST_OK)
        n = dup_pairs(facts, all.count, found, (size_t) max_pairs);
    for (size_t i = 0; i < n; i++) {
        hit_fill(&hits[2 * i], &all.items[found[i].a], found[i].level);
        hit_fill(&hits[2 * i + 1], &all.items[found[i].b], found[i].level);
    }
    *pairs = (int) n;
    free(facts);
    free(found);
    known_list_release(&all);
    return st;
}
