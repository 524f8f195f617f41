/* store/carry_fields.c - a record as a map of fields, with a version for each worked out from its history.
 *
 * A change made here is one step further in this laptop's lineage. A change that came from elsewhere brings the
 * versions with it; taking such a change back gives its fields the versions they had before, as if the file had not
 * been opened. */
#include "carry_priv.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dolen/base/buf.h"
#include "dolen/base/mem.h"
#include "dolen/core/versions.h"

#include "dolen/base/banned.h"

#define DEF "def."
#define ANSWER "answer."

bool field_is_quiet(enum table_id t, const char *field)
{
    int column = table_column_by_name(t, field);

    static const char *const quiet[] = { "position", "definition", "language", "wording", "moved", "created_on" };

    if (column >= 0 && tables[t].columns[column].type == COL_CODE)
        return false;                   /* of a code list: somebody chose it, as the language a contact was held in */
    for (size_t i = 0; i < ARRAY_LEN(quiet); i++)
        if (str_eq(quiet[i], field))
            return true;
    return str_starts(field, DEF);
}

bool is_carried(enum table_id t)
{
    static const enum table_id never[] = { T_DRAFT, T_DIFFERENCE, T_SUPERVISION, T_DESTINATION, T_BATCH, T_RECEIPT,
                                           T_DRILL,
                                           T_DRILL_STEP };

    for (size_t i = 0; i < ARRAY_LEN(never); i++)
        if (never[i] == t)
            return false;
    return true;
}

bool table_is_whole(enum table_id t)
{
    return t == T_CONSENT || t == T_CONCERN || t == T_CONTACT;
}

/* Columns that do not go over: what each laptop works out or uses for itself, and what stands under another name. */
static bool stays_here(enum table_id t, const char *column)
{
    return str_eq(column, "sort_key") || str_eq(column, "missing") || str_eq(column, "form_def") ||
           (t == T_RESPONSE && (str_eq(column, "version") || str_eq(column, "def_hash"))) ||
           (t == T_PRACTITIONER && str_eq(column, "slot"));
}

/* --- a record as fields ----------------------------------------------------------------------------------------- */

static struct json *missing_side(enum missing m)
{
    struct json *j = json_new_map();

    json_set_text(j, "missing", missing_word(m));
    return j;
}

bool field_is_by_rule(const struct json *value)
{
    const char *word = json_kind(value) == JSON_MAP_ ? json_get_text(value, "missing") : NULL;

    return str_eq(word, missing_word(MISSING_SKIPPED));
}

static void columns_out(const struct record *r, struct json *fields)
{
    for (int c = 0; c < table_column_count(r->table); c++) {
        const char *name = table_column_name(r->table, c);
        enum missing m;

        if (stays_here(r->table, name))
            continue;
        if (r->text[c]) {
            json_set_text(fields, name, r->text[c]);
            continue;
        }
        m = column_is_answer(r->table, c) ? record_missing(r, name) : MISSING_NOT_REACHED;
        if (m != MISSING_NOT_REACHED && m != MISSING_NONE)
            json_set(fields, name, missing_side(m));
    }
}

static void answers_out(const struct answers *a, struct json *fields)
{
    for (size_t i = 0; i < a->count; i++) {
        char *name = a->items[i].repeat ? xasprintf(ANSWER "%s#%d", a->items[i].name, a->items[i].repeat)
                                        : xasprintf(ANSWER "%s", a->items[i].name);

        if (a->items[i].value)
            json_set_text(fields, name, a->items[i].value);
        else if (a->items[i].missing != MISSING_NOT_REACHED)
            json_set(fields, name, missing_side(a->items[i].missing));
        free(name);
    }
}

/* "person:HASH language:HASH" becomes def.person and def.language. */
static void entries_each(const char *list, void (*fn)(void *ctx, const char *name, const char *value), void *ctx)
{
    for (const char *p = list; p && *p; p += strcspn(p, " "), p += strspn(p, " ")) {
        char *word = xstrndup(p, strcspn(p, " ")), *colon = strchr(word, ':');

        if (colon) {
            *colon = '\0';
            fn(ctx, word, colon + 1);
        }
        free(word);
    }
}

static void def_out(void *ctx, const char *form, const char *hash)
{
    char *name = xasprintf(DEF "%s", form);

    json_set_text(ctx, name, hash);
    free(name);
}

static void fields_out(struct carried *c)
{
    const struct record *r = &c->record;
    int def = table_column_by_name(r->table, "form_def");

    c->fields = json_new_map();
    columns_out(r, c->fields);
    answers_out(&c->answers, c->fields);
    if (def >= 0)
        entries_each(record_text(r, def), def_out, c->fields);
    if (r->table == T_RESPONSE && record_text(r, RESPONSE_def_hash)) {
        char *both = xasprintf("%s %s", record_or(r, RESPONSE_version, "0"), record_text(r, RESPONSE_def_hash));

        json_set_text(c->fields, "definition", both);
        free(both);
    }
    if (r->binned)
        json_set_text(c->fields, "binned", "1");
}

/* --- versions --------------------------------------------------------------------------------------------------- */

struct taken_back {                     /* versions that fields had before a change that came from elsewhere */
    int64_t      seq;
    struct json *before;
};

struct walk {
    enum table_id    table;
    struct json     *versions;
    struct lineages *lineages;
    int64_t          seq;
    struct { struct taken_back *items; size_t count, cap; } carried;
    /* for carried_before */
    const char        *field;
    const struct json *seen;
    struct json       *before;
    bool               found;
};

static void further(struct walk *w, const char *field)
{
    struct json *v = json_get(w->versions, field);
    const char *lineage = lineage_of(w->lineages, w->seq);

    if (!v) {
        json_set(w->versions, field, json_new_map());
        v = json_get(w->versions, field);
    }
    json_set_int(v, lineage, w->seq);
}

/* Which fields of ours a key of a change's body is about. */
struct names {
    struct { char **items; size_t count, cap; } list;
};

static void name_add(struct names *n, const char *prefix, const char *name)
{
    *ARRAY_ADD(n->list.items, n->list.count, n->list.cap) = xasprintf("%s%s", prefix, name);
}

static void names_release(struct names *n)
{
    for (size_t i = 0; i < n->list.count; i++)
        free(n->list.items[i]);
    free(n->list.items);
}

struct entries {
    struct json *map;
};

static void entry_take(void *ctx, const char *name, const char *value)
{
    json_set_text(((struct entries *) ctx)->map, name, value);
}

struct entry_diff {
    const struct json *other;
    const char        *prefix;
    struct names      *out;
};

static void entry_differs(void *ctx, const char *name, struct json *value)
{
    struct entry_diff *d = ctx;

    if (!str_eq(json_get_text(d->other, name), json_text(value)))
        name_add(d->out, d->prefix, name);
}

static const char *side_text(const struct json *pair, size_t i)
{
    const struct json *j = json_at(pair, i);

    return j && json_kind(j) == JSON_TEXT_ ? json_text(j) : NULL;
}

static void entries_diff(const struct json *pair, const char *prefix, struct names *out)
{
    struct entries was = { json_new_map() }, is = { json_new_map() };
    struct entry_diff forward = { was.map, prefix, out }, back = { is.map, prefix, out };

    entries_each(side_text(pair, 0), entry_take, &was);
    entries_each(side_text(pair, 1), entry_take, &is);
    json_each(is.map, entry_differs, &forward);
    json_each(was.map, entry_differs, &back);
    json_free(&was.map);
    json_free(&is.map);
}

static void key_names(enum table_id t, const char *key, const struct json *pair, struct names *out)
{
    if (str_eq(key, "missing"))
        entries_diff(pair, "", out);
    else if (str_eq(key, "form_def"))
        entries_diff(pair, DEF, out);
    else if (str_eq(key, "binned_at"))
        name_add(out, "", "binned");
    else if (t == T_RESPONSE && (str_eq(key, "version") || str_eq(key, "def_hash")))
        name_add(out, "", "definition");
    else if (str_starts(key, ANSWER) || (table_column_by_name(t, key) >= 0 && !stays_here(t, key)))
        name_add(out, "", key);
}

/* The first change here that the other side has not seen tells what there was before it. */
static void look_before(struct walk *w, const char *key, const struct json *pair)
{
    const struct json *upto = w->seen ? json_get(w->seen, lineage_of(w->lineages, w->seq)) : NULL;

    if (w->found || !w->field || !str_eq(key, w->field) || (upto && json_int(upto) >= w->seq))
        return;
    w->found = true;
    w->before = json_copy(json_at(pair, 0));
}

static void step_here(void *ctx, const char *key, struct json *pair)
{
    struct walk *w = ctx;
    struct names names = { { NULL, 0, 0 } };

    key_names(w->table, key, pair, &names);
    for (size_t i = 0; i < names.list.count; i++) {
        further(w, names.list.items[i]);
        look_before(w, key, pair);
    }
    names_release(&names);
}

struct bringing {
    struct walk *w;
    struct json *before;
    bool         settled;
};

static void bring(void *ctx, const char *field, struct json *version)
{
    struct bringing *b = ctx;
    struct json *was = json_get(b->w->versions, field);

    json_set(b->before, field, was ? json_copy(was) : json_new_map());
    json_set(b->w->versions, field, json_copy(version));
    if (b->settled)
        further(b->w, field);
}

static void give_back(void *ctx, const char *field, struct json *version)
{
    json_set(((struct walk *) ctx)->versions, field, json_copy(version));
}

static bool is_taken_back(struct walk *w, int64_t undoes)
{
    for (size_t i = 0; undoes && i < w->carried.count; i++)
        if (w->carried.items[i].seq == undoes) {
            json_each(w->carried.items[i].before, give_back, w);
            return true;
        }
    return false;
}

static void step(struct walk *w, int64_t undoes, const struct json *body)
{
    const struct json *carried = json_get(body, CARRIED);
    const struct json *settled = carried ? json_get(carried, "settled") : NULL;

    if (is_taken_back(w, undoes))
        return;
    if (!carried) {
        json_each(body, step_here, w);
        return;
    }
    struct bringing b = { w, json_new_map(), settled && json_bool(settled) };
    const struct json *versions = json_get(carried, "versions");
    struct taken_back *t = ARRAY_ADD(w->carried.items, w->carried.count, w->carried.cap);

    if (versions)
        json_each(versions, bring, &b);
    *t = (struct taken_back) { w->seq, b.before };
}

static enum status walk_history(struct store *s, struct walk *w, struct id id, struct err *err)
{
    struct stmt *q = NULL;
    bool row = false;
    enum status st = db_use(s->db, &q, "SELECT seq, undoes, body FROM change WHERE entity_id = ?1 AND entity = ?2 "
                                       "AND body IS NOT NULL ORDER BY seq", err);

    if (st != ST_OK)
        return st;
    stmt_bind_id(q, 1, id);
    stmt_bind_text(q, 2, table_name(w->table));
    while ((st = stmt_step(q, &row, err)) == ST_OK && row) {
        const char *text = stmt_text(q, 2);
        struct json *body = NULL;

        w->seq = stmt_int(q, 0);
        if (json_parse(&body, text, strlen(text), NULL) == ST_OK)
            step(w, stmt_int(q, 1), body);
        json_free(&body);
    }
    stmt_done(q);
    for (size_t i = 0; i < w->carried.count; i++)
        json_free(&w->carried.items[i].before);
    free(w->carried.items);
    return st;
}

struct json *carried_before(struct store *s, enum table_id t, struct id id, const char *field, const struct json *seen)
{
    struct lineages l = { NULL, 0, 0 };
    struct walk w = { .table = t, .versions = json_new_map(), .lineages = &l, .field = field, .seen = seen };

    if (lineages_read(s, &l, NULL) == ST_OK)
        walk_history(s, &w, id, NULL);
    json_free(&w.versions);
    lineages_release(&l);
    return w.before;
}

enum status carried_read(struct store *s, enum table_id t, struct id id, struct carried *out, struct err *err)
{
    struct lineages l = { NULL, 0, 0 };
    struct walk w = { .table = t, .versions = json_new_map(), .lineages = &l };
    struct err why = { .st = ST_OK };
    enum status st;

    *out = (struct carried) { .table = t, .id = id, .answers = ANSWERS_INIT };
    st = store_get(s, t, id, &out->record, &why);
    if (st == ST_OK)
        st = answers_read(s, id, &out->answers, &why);
    if (st == ST_OK)
        st = lineages_read(s, &l, &why);
    if (st == ST_OK)
        st = walk_history(s, &w, id, &why);
    if (st == ST_OK)
        fields_out(out);
    out->versions = w.versions;
    lineages_release(&l);
    return st == ST_OK || st == ST_NOTFOUND ? st : err_set(err, st, "%s", err_text(&why));
}

void carried_release(struct carried *c)
{
    record_release(&c->record);
    answers_release(&c->answers);
    json_free(&c->fields);
    json_free(&c->versions);
}

/* --- fields into a record --------------------------------------------------------------------------------------- */

static bool side_is_good(const struct json *v)
{
    enum missing m;

    if (!v || json_kind(v) == JSON_NULL_ || json_kind(v) == JSON_TEXT_)
        return true;
    return json_kind(v) == JSON_MAP_ && json_get_text(v, "missing") && missing_parse(json_get_text(v, "missing"), &m);
}

static const char *side_value(const struct json *v)
{
    return v && json_kind(v) == JSON_TEXT_ ? json_text(v) : NULL;
}

static void list_set(struct record *r, const char *column, const char *name, const char *value)
{
    int c = table_column_by_name(r->table, column);
    struct buf list = BUF_INIT;

    if (c < 0)
        return;
    buf_add(&list, record_or(r, c, ""));
    entry_drop(&list, name);
    if (value)
        entry_set(&list, name, value);
    record_set(r, c, list.len ? buf_text(&list) : NULL);
    buf_release(&list);
}

static bool definition_set(struct record *r, const char *both)
{
    const char *blank = both ? strchr(both, ' ') : NULL;
    char version[16];

    if (!blank || (size_t) (blank - both) >= sizeof version)
        return both == NULL;
    snprintf(version, sizeof version, "%.*s", (int) (blank - both), both);
    record_set(r, RESPONSE_version, version);
    record_set(r, RESPONSE_def_hash, blank + 1);
    return true;
}

bool carried_set(struct carried *c, const char *field, const struct json *value)
{
    struct record *r = &c->record;
    int column = table_column_by_name(r->table, field);
    enum missing m;

    if (!side_is_good(value))
        return false;
    if (str_eq(field, "binned"))
        return true;                    /* the caller's: see carried_write */
    if (answers_key(field)) {
        answers_restore(&c->answers, field, value ? value : json_at(NULL, 0));
        return true;
    }
    if (str_starts(field, DEF)) {
        list_set(r, "form_def", field + strlen(DEF), side_value(value));
        return true;
    }
    if (r->table == T_RESPONSE && str_eq(field, "definition"))
        return definition_set(r, side_value(value));
    if (column < 0 || stays_here(r->table, field))
        return false;
    record_set(r, column, side_value(value));
    if (column_is_answer(r->table, column)) {
        bool named = value && json_kind(value) == JSON_MAP_ && missing_parse(json_get_text(value, "missing"), &m);

        list_set(r, "missing", field, named ? missing_csv(m) : NULL);
    }
    return true;
}

enum status carried_write(struct store *s, struct carried *c, enum binning binning, const char *from,
                          const struct json *versions, bool settled, struct json **past, const char *why,
                          struct err *err)
{
    struct json *carried = json_new_map();
    struct write w = { .record = &c->record, .answers = &c->answers, .binning = binning, .bin_reason = why, .why = why,
                       .carried = carried };
    enum status st;

    json_set_text(carried, "from", from);
    json_set(carried, "versions", json_copy(versions));
    if (settled)
        json_set_bool(carried, "settled", true);
    if (past)
        past_keep(carried, past);
    st = write_apply(s, &w, err);
    json_free(&carried);
    return st;
}
