/* change_words.c - a change in words: whose column, old and new, why; and what taking it back does. */
#include "change_words.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/json.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/text.h"
#include "dolen/core/nhs.h"
#include "dolen/core/phone.h"
#include "dolen/core/safe.h"
#include "dolen/ui/field_words.h"
#include "older.h"
#include "dolen/base/banned.h"

#define ANSWER   "answer."
#define ROW_COLS 100                    /* of one value in a list; the page of the change has it whole */

/* Forms whose questions name the columns of a table. */
static const struct {
    enum table_id table;
    const char   *form;
} binding[] = {
    { T_PERSON, "person" }, { T_PERSON, "language" }, { T_EPISODE, "episode" }, { T_EPISODE, "closure" },
    { T_NOTE, "note" }, { T_REFERRAL, "referral" }, { T_REFERRAL, "decision" }, { T_CONTACT, "contact" },
    { T_CONNECTION, "connection" }, { T_CONSENT, "consent" }, { T_GAP, "gap" }, { T_EQUALITY, "equality" },
};

struct telling {
    const struct history_of *h;
    enum table_id            table;
    struct id                record;
    bool                     whole;     /* every value in full, and each answer of a form that was filled in anew */
    const struct form       *form;      /* of a response: the definition that it was answered with */
    struct older            *older;     /* the definitions of before */
    struct buf              *out;
};

const struct question *column_question(struct ui *u, enum table_id t, const char *column)
{
    for (size_t i = 0; i < ARRAY_LEN(binding); i++) {
        const struct form *form = binding[i].table == t ? catalog_form(u->catalog, binding[i].form, NULL) : NULL;
        const struct question *q = form ? form_question(form, column) : NULL;

        if (q)
            return q;
    }
    return NULL;
}

/* Kept by the program for itself. */
bool column_is_inner(const char *column)
{
    static const char *const inner[] = { "id", "sort_key", "form_def", "missing", "person", "referral",
                                         "practitioner", "binned_at", "episode", "asset", "goal", "form", "version",
                                         "def_hash", "wording", "position", "response", "moved" };

    for (size_t i = 0; i < ARRAY_LEN(inner); i++)
        if (str_eq(column, inner[i]))
            return true;
    return false;
}

/* Choices that stand in the form itself. */
static void labels_of(struct codelist *choices, const char *codes, struct buf *out)
{
    for (const char *before = ""; *codes; before = ", ") {
        char *code = xstrndup(codes, strcspn(codes, " "));

        buf_addf(out, "%s%s", before, codelist_label(choices, code));
        codes += strlen(code) + strspn(codes + strlen(code), " ");
        free(code);
    }
}

void column_words(struct ui *u, const struct question *q, const char *shown, struct buf *out)
{
    struct date d;

    if (!shown || !*shown)
        buf_add(out, _("(empty)"));
    else if (q && q->type == Q_ACKNOWLEDGE && str_eq(shown, "1"))
        buf_add(out, _("Yes"));
    else if (q && q->choices && q->type == Q_SELECT_ONE)
        buf_add(out, codelist_label(q->choices, shown));
    else if (q && q->choices_id && q->type == Q_SELECT_MULTIPLE)
        words_of(u, q->choices_id, shown, out);
    else if (q && q->choices && q->type == Q_SELECT_MULTIPLE)
        labels_of(q->choices, shown, out);
    else if (q && q->appearance == APPEAR_PHONE)
        phone_show(out, shown);
    else if (q && q->appearance == APPEAR_NHS)
        buf_add(out, nhs_number_show(shown).s);
    else if (date_parse_iso(shown, &d))
        buf_add(out, date_show(d).s);
    else
        buf_add(out, shown);
}

/* In the goal itself "goal" is what the person would like; elsewhere it says which goal. */
static bool is_told(enum table_id t, const char *column)
{
    return !column_is_inner(column) || (t == T_GOAL && str_eq(column, "goal"));
}

/* On one line from skip on, and no longer than a list has room for; all of it on the page of the change. */
static void put_short(const struct telling *t, const char *words, size_t skip)
{
    struct buf line = BUF_INIT;
    size_t fits;

    for (const char *p = words + skip; *p; p++)
        buf_add_char(&line, *p == '\n' && !t->whole ? ' ' : *p);
    fits = t->whole ? line.len : text_fit(buf_text(&line), ROW_COLS, NULL);
    if (skip)
        buf_add(t->out, "…");
    buf_add_mem(t->out, buf_text(&line), fits);
    if (fits < line.len)
        buf_add(t->out, "…");
    buf_wipe(&line);
}

/* A value that is shown elsewhere stays covered here: the one before it was not asked for. */
static void value_words(const struct telling *t, const struct question *q, const char *column, const struct json *value,
                        struct buf *words)
{
    struct field_at at = { t->table, t->record, t->h->person, column, false };
    const char *text = json_text(value);

    if (t->table == T_PERSON && t->h->v)
        column_words(t->h->u, q, safe_show(text, t->h->v->guarded && safe_covers(column), false), words);
    else if (t->form && q && q->type != Q_ACKNOWLEDGE && json_kind(value) == JSON_TEXT_)
        column_words(t->h->u, q, text, words);
    else
        field_value_put(t->h->u, &at, value, words);
}

/* How much of two long texts is alike before they differ, less a few words, so that what differs is what is seen. */
static size_t alike(const char *was, const char *is)
{
    size_t n = 0, back;

    while (was[n] && was[n] == is[n])
        n++;
    if (n <= ROW_COLS / 2)
        return 0;
    for (back = n; back > 0 && (n - back < ROW_COLS / 4 || was[back - 1] != ' '); back--)
        ;
    return back;
}

static void put_pair(const struct telling *t, const char *was, const char *is)
{
    size_t skip = t->whole || !was ? 0 : alike(was, is);

    if (was) {
        put_short(t, was, skip);
        buf_add(t->out, " → ");
    }
    put_short(t, is, skip);
}

const char *column_label(const char *column)
{
    const char *label = column_own_label(column);

    return label ? label : column;
}

static void who_words(struct ui *u, struct id by, struct buf *out)
{
    struct record r = { .text = NULL };

    if (id_is_set(by) && store_get(u->store, T_PRACTITIONER, by, &r, NULL) == ST_OK)
        buf_add(out, record_or(&r, PRACTITIONER_name, ""));
    record_release(&r);
}

void change_who_words(struct ui *u, const struct change_row *c, struct buf *out)
{
    if (c->elsewhere)
        buf_addf(out, "%s%s%s", c->who, c->who[0] ? ", " : "", _("on another laptop"));
    else
        who_words(u, c->by, out);
}

/* Whose case it was, and is. */
static void tell_practitioner(struct telling *t, const struct json *pair)
{
    struct id was = ID_NONE, is = ID_NONE;

    id_parse(json_text(json_at(pair, 0)), &was);
    id_parse(json_text(json_at(pair, 1)), &is);
    if (!id_is_set(was))
        return;
    if (t->out->len > 0)
        buf_add_char(t->out, '\n');
    buf_addf(t->out, "%s: ", _("Practitioner"));
    who_words(t->h->u, was, t->out);
    buf_add(t->out, " → ");
    who_words(t->h->u, is, t->out);
}

static bool is_nothing(const struct json *value)
{
    return json_kind(value) == JSON_NULL_ || str_eq(json_get_text(value, "missing"), missing_word(MISSING_SKIPPED));
}

/* A question that another answer left out, before or since, and the reason "undo" for the bin, which the head says. */
static bool says_nothing(const char *column, const struct json *pair)
{
    return (is_nothing(json_at(pair, 0)) && is_nothing(json_at(pair, 1))) ||
           (str_eq(column, "bin_reason") && str_eq(json_text(json_at(pair, 1)), "undo"));
}

/* A response keeps its day and language in columns too, which lists read: the answer says it once. */
static bool is_said_by_its_answer(const struct telling *t, const char *column, const char *name)
{
    return t->form && column == name && form_question(t->form, column) != NULL;
}

/* What the form in use asks no more it asked once, in words of its own. */
static const struct question *asked_before(const struct telling *t, const char *column)
{
    const struct question *q = NULL;

    for (size_t i = 0; i < ARRAY_LEN(binding) && !q && !column_own_label(column); i++)
        if (binding[i].table == t->table)
            q = older_question(t->older, t->h->u, binding[i].form, column, NULL);
    return q;
}

/* The definition it was answered with asks in its own words; a column is asked by the forms that fill its table. */
static const struct question *question_told(const struct telling *t, const char *column, const struct field_at *at)
{
    char *name = xstrndup(column, strcspn(column, "#"));
    const struct question *q = t->form ? form_question(t->form, name) : column_question(t->h->u, t->table, name);

    q = q ? q : field_question(t->h->u, at);
    q = q || t->form ? q : asked_before(t, name);
    free(name);
    return q;
}

static void put_label(const struct telling *t, const struct question *q, const char *column, const struct field_at *at)
{
    const char *instance = strchr(column, '#');     /* "hope#2": the second of a list */
    struct buf label = BUF_INIT;

    if (q)
        buf_add(&label, text2_now(&q->label));
    else
        field_label_put(t->h->u, at, &label);
    if (instance)
        buf_addf(&label, " (%s)", instance + 1);
    buf_addf(t->out, "%s%s ", buf_text(&label), text_colon(buf_text(&label)));
    buf_release(&label);
}

static bool is_listed(const char *list, const char *entry, size_t n)
{
    for (const char *p = list; *p; p += strcspn(p, " "), p += strspn(p, " "))
        if (strcspn(p, " ") == n && strncmp(p, entry, n) == 0)
            return true;
    return false;
}

/* "sex:PNTS religion:NK": why a question has no answer, where somebody said so and had not before. */
static void tell_reasons(struct telling *t, const char *was, const char *is)
{
    for (const char *p = is; *p; p += strcspn(p, " "), p += strspn(p, " ")) {
        size_t n = strcspn(p, " "), name_n = strcspn(p, ":");
        char *name = xstrndup(p, name_n), *code = xstrndup(p + name_n + (name_n < n), n - name_n - (name_n < n));
        struct field_at at = { t->table, t->record, t->h->person, name, false };
        enum missing m;

        if (name_n < n && missing_parse(code, &m) && m != MISSING_SKIPPED && m != MISSING_NOT_REACHED &&
            !is_listed(was, p, n)) {
            if (t->out->len > 0)
                buf_add_char(t->out, '\n');
            put_label(t, question_told(t, name, &at), name, &at);
            buf_add(t->out, missing_label(m));
        }
        free(name);
        free(code);
    }
}

static void tell_column(void *ctx, const char *name, struct json *pair)
{
    struct telling *t = ctx;
    struct field_at at = { t->table, t->record, t->h->person, name, false };
    const char *column = str_starts(name, ANSWER) ? name + strlen(ANSWER) : name;    /* without a column of its own */
    const struct question *q;
    struct buf was = BUF_INIT, is = BUF_INIT;
    bool had;

    if (str_eq(column, "practitioner") && json_kind(pair) == JSON_LIST_)
        tell_practitioner(t, pair);
    if (str_eq(column, "missing") && json_kind(pair) == JSON_LIST_)
        tell_reasons(t, json_text(json_at(pair, 0)), json_text(json_at(pair, 1)));
    if (!is_told(t->table, column) || json_kind(pair) != JSON_LIST_ || json_count(pair) != 2 ||
        says_nothing(column, pair) || is_said_by_its_answer(t, column, name))
        return;
    q = question_told(t, column, &at);
    if (t->out->len > 0)
        buf_add_char(t->out, '\n');
    put_label(t, q, column, &at);
    had = json_kind(json_at(pair, 0)) == JSON_MAP_ || json_text(json_at(pair, 0))[0];
    if (had)
        value_words(t, q, name, json_at(pair, 0), &was);
    value_words(t, q, name, json_at(pair, 1), &is);
    put_pair(t, had ? buf_text(&was) : NULL, buf_text(&is));
    buf_wipe(&was);
    buf_wipe(&is);
}

/* What a record is called: the title of the form that it is filled in with, or its kind. */
static void what_changed(struct ui *u, enum table_id t, struct id id, struct buf *out)
{
    const struct form *form = NULL;
    struct record r = { .text = NULL };

    for (size_t i = 0; !form && t != T_EPISODE && t != T_NOTE && i < ARRAY_LEN(binding); i++)
        if (binding[i].table == t)
            form = catalog_form(u->catalog, binding[i].form, NULL);
    if (t == T_RESPONSE && store_get(u->store, t, id, &r, NULL) == ST_OK)
        form = catalog_form(u->catalog, record_or(&r, RESPONSE_form, ""), NULL);
    record_release(&r);
    buf_add(out, form ? text2_now(&form->title) : table_label(t));
}

static void count_answer(void *ctx, const char *name, struct json *pair)
{
    size_t *n = ctx;

    *n += str_starts(name, ANSWER) && json_kind(pair) == JSON_LIST_ && !says_nothing(name, pair);
}

/* A form filled in anew is read in its own section; here its length says enough. */
static void body_words(struct telling *t, const struct json *body)
{
    size_t n = 0;

    if (t->table == T_RESPONSE && json_get(body, "id") && !t->whole) {
        json_each(body, count_answer, &n);
        buf_addf(t->out, tr_n("%zu answer", "%zu answers", (unsigned long) n), n);
    } else {
        json_each(body, tell_column, t);
    }
}

static const struct form *answered_with(const struct history_of *h, struct older *older, struct id response)
{
    struct record r = { .text = NULL };
    const struct form *form = NULL;

    if (store_get(h->u->store, T_RESPONSE, response, &r, NULL) == ST_OK)
        form = older_form(older, h->u, record_or(&r, RESPONSE_form, ""), record_or(&r, RESPONSE_def_hash, ""));
    record_release(&r);
    return form;
}

/* What, why and who; and each field old and new, a line each. */
static void row_words(const struct history_of *h, const struct change_row *c, bool whole, struct buf *head,
                      struct buf *body)
{
    struct older older = { 0 };
    struct telling t = { h, T_PERSON, c->entity_id, whole, NULL, &older, body };
    struct buf why = BUF_INIT;
    struct json *j = NULL;

    table_by_name(c->entity, &t.table);
    if (t.table == T_RESPONSE)
        t.form = answered_with(h, &older, c->entity_id);
    if (change_note_label(c->entity))
        buf_add(head, change_note_label(c->entity));
    else
        what_changed(h->u, t.table, c->entity_id, head);
    change_why_words(c->why, &why);
    words_add(head, buf_text(&why));
    buf_clear(&why);
    change_who_words(h->u, c, &why);
    words_add(head, buf_text(&why));
    if (c->body && json_parse(&j, c->body, strlen(c->body), NULL) == ST_OK)
        body_words(&t, j);
    json_free(&j);
    buf_wipe(&why);
    older_release(&older);
}

void history_row(const struct history_of *h, struct sheet *s, const struct change_row *c)
{
    struct buf head = BUF_INIT, body = BUF_INIT;
    struct focus f = { .person = h->person, .subject = c->entity_id, .change = c->elsewhere ? -1 : c->seq };
    struct sheet_item *item;

    row_words(h, c, c->elsewhere, &head, &body);        /* that has no page of its own */
    item = sheet_row(s, f, instant_show(c->at).s, buf_text(&head));
    item->label_cols = 19;
    sheet_note(item, buf_text(&body));
    buf_wipe(&head);
    buf_wipe(&body);
}

void change_lines(struct ui *u, struct id person, const struct change_row *c, struct buf *head, struct buf *body)
{
    row_words(&(struct history_of) { u, NULL, person }, c, true, head, body);
}

void change_words(struct ui *u, struct id person, const struct change_row *c, struct buf *out)
{
    struct history_of h = { u, NULL, person };
    struct buf body = BUF_INIT;

    buf_addf(out, "%s: ", instant_show(c->at).s);
    row_words(&h, c, c->elsewhere, out, &body);
    if (body.len)
        buf_add(out, ". ");
    for (const char *p = buf_text(&body); *p; p++)
        buf_add(out, *p == '\n' ? "; " : (char[2]) { *p, '\0' });
    buf_wipe(&body);
}

/* --- what taking back does -------------------------------------------------------------------------------------- */

#define FIELDS_SAID 6

struct going_back {
    struct ui      *u;
    struct field_at at;
    size_t          fields;
    struct buf     *out;
};

static void field_back(void *ctx, const char *name, struct json *pair)
{
    struct going_back *b = ctx;

    if (!is_told(b->at.table, name) || json_kind(pair) != JSON_LIST_ ||
        json_count(pair) != 2 || b->fields++ >= FIELDS_SAID)
        return;
    b->at.name = name;
    if (b->fields > 1)
        buf_add(b->out, "; ");
    field_label_put(b->u, &b->at, b->out);
    buf_add(b->out, ": ");
    field_value_put(b->u, &b->at, json_at(pair, 1), b->out);
    buf_add(b->out, " → ");
    field_value_put(b->u, &b->at, json_at(pair, 0), b->out);
}

static void one_back(struct ui *u, struct id person, const struct change_row *c, struct buf *out)
{
    struct going_back b = { u, { T_PERSON, c->entity_id, person, NULL, false }, 0, out };
    struct buf what = BUF_INIT;
    struct json *j = NULL, *bin;

    if (!c->body || !table_by_name(c->entity, &b.at.table) ||
        json_parse(&j, c->body, strlen(c->body), NULL) != ST_OK)
        return;
    bin = json_get(j, "binned_at");
    if (json_get(j, "id") || bin) {
        what_changed(u, b.at.table, c->entity_id, &what);
        buf_addf(out, bin && json_kind(json_at(bin, 0)) == JSON_NULL_ ? _("%s: comes out of the bin")
                                                                      : _("%s: goes to the bin for 30 days"),
                 buf_text(&what));
    } else {
        json_each(j, field_back, &b);
        if (b.fields > FIELDS_SAID)
            buf_addf(out, _("; and %zu more"), b.fields - FIELDS_SAID);
    }
    buf_release(&what);
    json_free(&j);
}

/* "Goal 2, Thing to do": records besides the one that was filed, by their kind. */
static void parts_back(const struct change_row *rows, size_t n, struct buf *out)
{
    size_t count[T_COUNT] = { 0 };
    enum table_id t;
    const char *before = "";

    for (size_t i = 1; i < n; i++) {
        bool seen = id_eq(rows[i].entity_id, rows[0].entity_id);

        for (size_t k = 1; k < i && !seen; k++)
            seen = id_eq(rows[i].entity_id, rows[k].entity_id);
        if (!seen && table_by_name(rows[i].entity, &t))
            count[t]++;
    }
    for (int k = 0; k < T_COUNT; k++) {
        if (count[k] == 0)
            continue;
        buf_addf(out, "%s%s", before, table_label((enum table_id) k));
        if (count[k] > 1)
            buf_addf(out, " (%zu)", count[k]);
        before = ", ";
    }
}

enum status change_back_words(struct ui *u, struct id person, int64_t seq, struct buf *out, struct err *err)
{
    struct change_row *rows = NULL;
    struct buf parts = BUF_INIT;
    size_t n = 0;
    enum status st = store_goes_back(u->store, seq, &rows, &n, err);

    if (st == ST_OK && n > 0)
        one_back(u, person, &rows[0], out);
    parts_back(rows, st == ST_OK ? n : 0, &parts);
    if (parts.len)
        buf_addf(out, _(". With it goes what came of it: %s"), buf_text(&parts));
    for (size_t i = 0; i < n; i++)
        change_row_release(&rows[i]);
    free(rows);
    buf_wipe(&parts);
    return st;
}
