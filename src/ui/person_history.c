/* person_history.c - who changed what, when: the changes of the person, the period of support, its contacts,
 * connections and gaps, of referrals, permissions and notes, newest first. What was serious is told in its own
 * section alone. */
#include "person_priv.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/json.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/text.h"
#include "dolen/core/safe.h"
#include "dolen/ui/field_words.h"
#include "dolen/base/banned.h"

#define ANSWER "answer."
#define RECORDS_TOLD 20            /* newest records of a list whose changes are told */

/* Forms whose questions name the columns of a table. */
static const struct {
    enum table_id table;
    const char   *form;
} binding[] = {
    { T_PERSON, "person" }, { T_PERSON, "language" }, { T_EPISODE, "episode" }, { T_EPISODE, "closure" },
    { T_NOTE, "note" },
    { T_REFERRAL, "referral" }, { T_REFERRAL, "decision" }, { T_CONTACT, "contact" }, { T_CONNECTION, "connection" },
    { T_CONSENT, "consent" }, { T_GAP, "gap" }, { T_GOAL, "plan" }, { T_ACTION, "plan" }, { T_RATING, "plan" },
};

/* Records besides the person and the period of support. */
static const struct {
    enum list_id list;
    bool         of_episode;
} lists[] = {
    { LIST_NOTES_OF_PERSON, false }, { LIST_REFERRALS_OF_PERSON, false }, { LIST_CONSENTS_OF_PERSON, false },
    { LIST_CONTACTS_OF_EPISODE, true }, { LIST_CONNECTIONS_OF_EPISODE, true }, { LIST_GAPS_OF_EPISODE, true },
    { LIST_GOALS_OF_EPISODE, true }, { LIST_ACTIONS_OF_EPISODE, true },
};

struct telling {
    struct person_view *v;
    enum table_id       table;
    struct buf         *out;
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
                                         "practitioner", "binned_at", "episode", "asset", "goal", "position" };

    for (size_t i = 0; i < ARRAY_LEN(inner); i++)
        if (str_eq(column, inner[i]))
            return true;
    return false;
}

void column_words(struct ui *u, const struct question *q, const char *shown, struct buf *out)
{
    struct date d;

    if (!shown || !*shown)
        buf_add(out, _("(empty)"));
    else if (q && q->choices && q->type == Q_SELECT_ONE)
        buf_add(out, codelist_label(q->choices, shown));
    else if (q && q->choices_id && q->type == Q_SELECT_MULTIPLE)
        words_of(u, q->choices_id, shown, out);
    else if (date_parse_iso(shown, &d))
        buf_add(out, date_show(d).s);
    else
        buf_add(out, shown);
}

static void add_value(const struct telling *t, const struct question *q, const char *column, const struct json *value)
{
    const char *text = json_text(value), *codes = q ? NULL : column_own_codes(column);

    if (codes && *text) {
        buf_add(t->out, word_of(t->v->u, codes, text));
        return;
    }
    column_words(t->v->u, q, t->table == T_PERSON ? person_shown(t->v, column, text) : text, t->out);
}

const char *column_label(const char *column)
{
    const char *label = column_own_label(column);

    return label ? label : column;
}

static void who_words(struct ui *u, struct id by, struct buf *out)
{
    struct record r;

    record_init(&r, T_PRACTITIONER);
    if (id_is_set(by) && store_get(u->store, T_PRACTITIONER, by, &r, NULL) == ST_OK && record_text(&r,
                                                                                                   PRACTITIONER_name))
        buf_add(out, record_text(&r, PRACTITIONER_name));
    record_release(&r);
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
    who_words(t->v->u, was, t->out);
    buf_add(t->out, " → ");
    who_words(t->v->u, is, t->out);
}

/* In the goal itself it is what the person would like; elsewhere it says which goal. */
static bool is_goal_text(const struct telling *t, const char *column)
{
    return t->table == T_GOAL && str_eq(column, "goal");
}

static void tell_column(void *ctx, const char *column, struct json *pair)
{
    struct telling *t = ctx;
    const struct question *q;

    if (str_starts(column, ANSWER))             /* a question without a column of its own */
        column += strlen(ANSWER);
    q = column_question(t->v->u, t->table, column);
    if (str_eq(column, "practitioner") && json_kind(pair) == JSON_LIST_)
        tell_practitioner(t, pair);
    if ((column_is_inner(column) && !is_goal_text(t, column)) || json_kind(pair) != JSON_LIST_ || json_count(pair) != 2)
        return;
    if (t->out->len > 0)
        buf_add_char(t->out, '\n');
    const char *label = q ? text2_now(&q->label) : column_label(column);

    buf_addf(t->out, "%s%s ", label, text_colon(label));
    if (json_text(json_at(pair, 0))[0]) {
        add_value(t, q, column, json_at(pair, 0));
        buf_add(t->out, " → ");
    }
    add_value(t, q, column, json_at(pair, 1));
}

/* "phone, email": columns that safe contact covers, in words. */
static void revealed_words(const char *columns, struct buf *out)
{
    static const struct {
        const char *column, *label;
    } known[] = {
        { "phone", N_("Phone") }, { "phone2", N_("Second phone") }, { "email", N_("Email") },
        { "address", N_("Address") },
        { "postcode", N_("Postcode") }, { "emergency_phone", N_("Emergency contact: phone") },
    };

    for (size_t n; *(columns += strspn(columns, ", ")); columns += n) {
        char *one = xstrndup(columns, n = strcspn(columns, ", "));
        const char *label = one;

        for (size_t i = 0; i < ARRAY_LEN(known); i++)
            if (str_eq(known[i].column, one))
                label = tr(known[i].label);
        buf_addf(out, " %s", label);
        if (columns[n])
            buf_add_char(out, ',');
        free(one);
    }
}

/* Reasons that the program writes are told in words; others stand as they were typed. */
void change_why_words(const char *why, struct buf *out)
{
    static const char revealed[] = "revealed: ", carried[] = "from another laptop: ";
    static const struct {
        const char *why, *words;
    } known[] = {
        { "undo", N_("Taken back") }, { "binned", N_("Put in the bin") }, { "restored", N_("Taken out of the bin") },
        { "reopened", N_("Opened again") }, { "merged", N_("Two records joined") },
        { "unmerged", N_("Two records parted") },
        { "handed over", N_("Handed to a colleague") }, { "two laptops", N_("A difference between two laptops") },
        { "discarded", N_("Draft put aside") }, { "taken out of the plan", N_("Taken out of the plan") },
        { "opened", N_("Opened") }, { "closed", N_("Closed") }, { "forgotten", N_("Forgotten for good") },
        { "access pack made", N_("Copy of the record made for the person") },
        { "access pack made, reviewed", N_("Copy of the record made for the person, reviewed") },
        { "letter: feedback", N_("Letter made: feedback") }, { "letter: returned", N_("Letter made: returned") },
    };

    if (str_starts(why, revealed)) {
        buf_add(out, _("Shown on the screen:"));
        revealed_words(why + strlen(revealed), out);
        return;
    }
    if (str_starts(why, carried)) {
        buf_addf(out, "%s %s", _("From another laptop:"), why + strlen(carried));
        return;
    }
    for (size_t i = 0; i < ARRAY_LEN(known); i++)
        if (str_eq(known[i].why, why))
            why = tr(known[i].words);
    buf_add(out, why);
}

static const char *what_changed(struct ui *u, enum table_id t)
{
    const struct form *form = NULL;

    if (t == T_EPISODE || t == T_NOTE)
        return t == T_EPISODE ? _("Period of support") : _("Talk notes");
    for (size_t i = 0; !form && i < ARRAY_LEN(binding); i++)
        if (binding[i].table == t)
            form = catalog_form(u->catalog, binding[i].form, NULL);
    return form ? text2_now(&form->title) : _("Person");
}

static void change_row(struct person_view *v, struct sheet *s, const struct change_row *c)
{
    struct telling t = { v, T_PERSON, NULL };
    struct buf head = BUF_INIT, body = BUF_INIT, why = BUF_INIT;
    struct json *j = NULL;
    struct sheet_item *item;
    struct focus f = person_focus_of(v, FOCUS_NONE, c->entity_id);

    t.out = &body;
    f.change = c->elsewhere ? -1 : c->seq;
    table_by_name(c->entity, &t.table);
    buf_add(&head, what_changed(v->u, t.table));
    change_why_words(c->why, &why);
    words_add(&head, buf_text(&why));
    buf_clear(&why);
    if (c->elsewhere)
        buf_addf(&why, "%s%s%s", c->who, c->who[0] ? ", " : "", _("on another laptop"));
    else
        who_words(v->u, c->by, &why);
    words_add(&head, buf_text(&why));
    if (c->body && json_parse(&j, c->body, strlen(c->body), NULL) == ST_OK)
        json_each(j, tell_column, &t);
    json_free(&j);
    item = sheet_row(s, f, instant_show(c->at).s, buf_text(&head));
    item->label_cols = 19;
    sheet_note(item, buf_text(&body));
    buf_wipe(&head);
    buf_wipe(&body);
    buf_wipe(&why);
}

struct going_back {
    struct ui      *u;
    struct field_at at;
    struct buf     *out;
};

static void field_back(void *ctx, const char *name, struct json *pair)
{
    struct going_back *b = ctx;

    if (column_is_inner(name) || json_kind(pair) != JSON_LIST_ || json_count(pair) != 2)
        return;
    b->at.name = name;
    if (b->out->len > 0)
        buf_add(b->out, "; ");
    field_label_put(b->u, &b->at, b->out);
    buf_add(b->out, ": ");
    field_value_put(b->u, &b->at, json_at(pair, 1), b->out);
    buf_add(b->out, " → ");
    field_value_put(b->u, &b->at, json_at(pair, 0), b->out);
}

void change_back_words(struct ui *u, struct id person, const struct change_row *c, struct buf *out)
{
    struct going_back b = { u, { T_PERSON, c->entity_id, person, NULL }, out };
    struct json *j = NULL, *bin;

    if (!c->body || !table_by_name(c->entity, &b.at.table) ||
        json_parse(&j, c->body, strlen(c->body), NULL) != ST_OK)
        return;
    bin = json_get(j, "binned_at");
    if (json_get(j, "id"))
        buf_addf(out, _("%s: goes to the bin for 30 days"), what_changed(u, b.at.table));
    else if (bin)
        buf_addf(out, json_kind(json_at(bin, 0)) == JSON_NULL_ ? _("%s: comes out of the bin") :
                                                                 _("%s: goes to the bin for 30 days"),
                 what_changed(u, b.at.table));
    else
        json_each(j, field_back, &b);
    json_free(&j);
}

struct changes {
    struct change_row *items;
    size_t             count, cap;
    bool               more;
};

/* Before it came here, or came back. */
static enum status gather_elsewhere(struct person_view *v, enum table_id t, struct id id, struct changes *all,
                                    struct err *err)
{
    struct change_row *rows = NULL;
    size_t n = 0;
    enum status st = store_changes_elsewhere(v->u->store, t, id, &rows, &n, err);

    for (size_t i = 0; i < n; i++)
        *ARRAY_ADD(all->items, all->count, all->cap) = rows[i];
    free(rows);
    return st;
}

static enum status gather(struct person_view *v, enum table_id t, struct id entity, struct changes *all,
                          struct err *err)
{
    struct change_row *rows = xcalloc((size_t) v->history_limit, sizeof *rows);
    int n = 0;
    enum status st = store_changes(v->u->store, entity, 0, v->history_limit, rows, &n, err);

    for (int i = 0; st == ST_OK && i < n; i++)
        *ARRAY_ADD(all->items, all->count, all->cap) = rows[i];
    all->more |= n == v->history_limit;
    free(rows);
    return st == ST_OK ? gather_elsewhere(v, t, entity, all, err) : st;
}

static enum status gather_list(struct person_view *v, enum list_id list, struct id owner, struct changes *all,
                               struct err *err)
{
    struct records told = { NULL, 0, 0 };
    enum status st = id_is_set(owner) ? store_list(v->u->store, list, owner, RECORDS_TOLD, &told, err) : ST_OK;

    for (size_t i = 0; st == ST_OK && i < told.count; i++) {
        st = gather(v, told.items[i].table, told.items[i].id, all, err);
        if (st == ST_OK && list == LIST_GOALS_OF_EPISODE)
            st = gather_list(v, LIST_RATINGS_OF_GOAL, told.items[i].id, all, err);
    }
    records_release(&told);
    return st;
}

enum status person_history(struct person_view *v, struct sheet *s, struct err *err)
{
    struct changes all = { NULL, 0, 0, false };
    enum status st = gather(v, T_PERSON, v->id, &all, err);

    if (st == ST_OK && id_is_set(v->episode.id))
        st = gather(v, T_EPISODE, v->episode.id, &all, err);
    for (size_t i = 0; st == ST_OK && i < ARRAY_LEN(lists); i++)
        st = gather_list(v, lists[i].list, lists[i].of_episode ? v->episode.id : v->id, &all, err);
    if (all.count > 0)
        qsort(all.items, all.count, sizeof *all.items, change_newest_first);
    for (size_t i = 0; i < all.count; i++) {
        if (st == ST_OK && i < (size_t) v->history_limit)
            change_row(v, s, &all.items[i]);
        change_row_release(&all.items[i]);
    }
    v->history_more = all.more || all.count > (size_t) v->history_limit;
    free(all.items);
    if (st == ST_OK && s->count == 0)
        sheet_text(s, STYLE_HINT, _("No change is written down."));
    return st;
}
