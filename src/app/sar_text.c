/* app/sar_text.c - record.txt: every row that is kept, under the questions it answers, and who wrote what when. */
#include "sar.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/date.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/text.h"
#include "dolen/core/nhs.h"
#include "dolen/core/phone.h"
#include "dolen/store/past.h"
#include "dolen/ui/field_words.h"
#include "training.h"
#include "dolen/base/banned.h"

#define MADE_BY_FORMS 3

/* Which forms say what a table's columns are called, in the order they are asked. */
static const char *const asked_by[T_COUNT][MADE_BY_FORMS] = {
    [T_PERSON] = { "language", "person" }, [T_EQUALITY] = { "equality" }, [T_REFERRAL] = { "referral", "decision" },
    [T_EPISODE] = { "episode", "closure" }, [T_GOAL] = { "plan" }, [T_ACTION] = { "plan" },
    [T_CONNECTION] = { "connection" }, [T_GAP] = { "gap" }, [T_CONTACT] = { "contact" }, [T_CONSENT] = { "consent" },
    [T_CONCERN] = { "concern" }, [T_NOTE] = { "note" },
};

struct told {
    struct sar          *s;
    const struct record *r;
    struct answers       a;
    struct json         *names;         /* columns and questions that stand in the text already */
};

/* --- values ----------------------------------------------------------------------------------------------------- */

static void codes_words(const struct codelist *list, const char *codes, struct buf *out)
{
    char code[64];

    for (const char *p = codes + strspn(codes, " "); *p; p += strspn(p, " ")) {
        size_t n = strcspn(p, " ");

        str_copy(code, n + 1 < sizeof code ? n + 1 : sizeof code, p);
        buf_addf(out, "%s%s", out->len ? ", " : "", codelist_label(list, code));
        p += n;
    }
}

static void value_words(const struct question *q, const struct codelist *list, const char *value, struct buf *out)
{
    struct date d;

    if (q && q->type == Q_ACKNOWLEDGE)
        buf_add(out, str_eq(value, "1") ? _("Yes") : value);
    else if (list && (!q || q->type == Q_SELECT_ONE || q->type == Q_SELECT_MULTIPLE))
        codes_words(list, value, out);
    else if (q && q->appearance == APPEAR_PHONE)
        phone_show(out, value);
    else if (q && q->appearance == APPEAR_NHS)
        buf_add(out, nhs_number_show(value).s);
    else if (date_parse_iso(value, &d))
        buf_add(out, date_show(d).s);
    else
        buf_add(out, value);
}

static bool is_inner(const char *column)
{
    static const char *const inner[] = { "sort_key", "missing", "form_def", "def_hash", "version", "position", "moved",
                                         "slot",
                                         "given", "form", "wording", "kind" };

    for (size_t i = 0; i < ARRAY_LEN(inner); i++)
        if (str_eq(inner[i], column))
            return true;
    return false;
}

void sar_value_words(struct sar *s, const struct question *q, const struct field_at *f, const char *value,
                     struct buf *out)
{
    struct ui u = { .store = s->cf->store, .catalog = s->cf->catalog };

    if (q)
        value_words(q, q->choices, value, out);
    else
        field_own_value_put(&u, f, value, out);
}

const struct question *sar_column_question(struct sar *s, enum table_id t, struct id id, const char *column)
{
    /* the language that a form was read in is no answer to its question of the same name */
    return t == T_RESPONSE && str_eq(column, "language") ? NULL : sar_question(s, t, id, column);
}

const char *sar_kind(enum table_id t)
{
    return t == T_TASK ? _("Thing to do") : t == T_MEASURE ? _("Measure") : t == T_RATING ? _("How close to a goal")
         : t == T_MERGE ? _("Two records joined") : t == T_CONCERN ? _("Something serious") : bin_kind_label(t);
}

const char *sar_kind_of(struct sar *s, const struct record *r)
{
    int id = r->table == T_DRAFT ? (int) DRAFT_form : (int) RESPONSE_form;
    const struct form *form;

    if (r->table != T_RESPONSE && r->table != T_DRAFT)
        return sar_kind(r->table);
    form = sar_form(s, record_or(r, id, ""), r->table == T_RESPONSE ? record_text(r, RESPONSE_def_hash) : NULL);
    return form ? text2_now(&form->title) : sar_kind(r->table);
}

const char *sar_column_label(const char *column)
{
    const char *own = column_own_label(column);

    return own ? own : is_inner(column) ? NULL : column;
}

const struct question *sar_question(struct sar *s, enum table_id t, struct id id, const char *name)
{
    const struct question *q = NULL;
    struct record r = { .text = NULL };
    char plain[64];
    size_t n;

    if (str_starts(name, "answer."))
        name += strlen("answer.");
    n = strcspn(name, "#");
    str_copy(plain, sizeof plain, name);
    if (n < sizeof plain)
        plain[n] = '\0';
    for (int i = 0; i < MADE_BY_FORMS && asked_by[t][i] && !q; i++) {
        const struct form *form = catalog_form(s->cf->catalog, asked_by[t][i], NULL);

        q = form ? form_question(form, plain) : NULL;
    }
    if (t == T_RESPONSE && store_get(s->cf->store, t, id, &r, NULL) == ST_OK) {
        const struct form *form = sar_form(s, record_or(&r, RESPONSE_form, ""), record_text(&r, RESPONSE_def_hash));

        q = form ? form_question(form, plain) : NULL;
    }
    record_release(&r);
    return q;
}

static void line(const struct told *t, int indent, const char *name, const char *label, const char *value)
{
    struct sar *s = t->s;
    struct buf tame = BUF_INIT;

    text_tame(&tame, value, true);
    buf_addf(&s->text, "%*s%s%s ", indent, "", label, text_colon(label));
    for (const char *p = buf_text(&tame); *p; p++) {
        buf_add_char(&s->text, *p);
        if (*p == '\n')
            buf_addf(&s->text, "%*s", indent + 2, "");
    }
    buf_add_char(&s->text, '\n');
    sar_notice(s, t->r, name, label, buf_text(&tame));
    buf_wipe(&tame);
}

/* --- one record ------------------------------------------------------------------------------------------------- */

static void one_answer(struct told *t, const struct question *q, int repeat)
{
    const struct answer *a = answers_find(&t->a, q->name, repeat);
    struct buf b = BUF_INIT;

    if (!a || !sar_holds_name(t->s, q->name) || (!repeat && json_get(t->names, q->name)))
        return;                             /* two forms ask a person for the same: it is told once */
    json_set_bool(t->names, q->name, true);
    if (a->value)
        value_words(q, q->choices, a->value, &b);
    else if (a->missing != MISSING_SKIPPED && a->missing != MISSING_NOT_REACHED)
        buf_add(&b, missing_label(a->missing));
    if (b.len)
        line(t, repeat ? 4 : 2, q->name, text2_now(&q->label), buf_text(&b));
    buf_wipe(&b);
}

static void repeat_answers(struct told *t, const struct form *form, size_t at)
{
    const struct question *r = &form->questions[at];
    int last = 0;

    for (size_t i = at + 1; i < (size_t) r->end; i++) {
        int n = answers_repeats(&t->a, form->questions[i].name);

        last = n > last ? n : last;
    }
    for (size_t i = at + 1; last == 0 && i < (size_t) r->end; i++)      /* a goal or an action: a row of its own */
        one_answer(t, &form->questions[i], 0);
    for (int k = 1; k <= last; k++) {
        buf_addf(&t->s->text, "  %s %d\n", text2_now(text2_has(&r->item_label, LANG_EN) ? &r->item_label : &r->label),
                 k);
        for (size_t i = at + 1; i < (size_t) r->end; i++)
            one_answer(t, &form->questions[i], k);
    }
}

/* Every answer of a form, relevant now or not: all of it is kept. */
static void form_answers(struct told *t, const struct form *form)
{
    for (size_t i = 0; form && i < form->count; i++)
        if (form->questions[i].type == Q_REPEAT) {
            repeat_answers(t, form, i);
            i = (size_t) form->questions[i].end - 1;
        } else {
            one_answer(t, &form->questions[i], 0);
        }
}

/* What an id stands for, where it has words of its own. */
static void id_words(struct sar *s, const char *column, struct id id, struct buf *out)
{
    struct record r = { .text = NULL };
    enum table_id t = str_eq(column, "asset") ? T_ASSET : str_eq(column, "goal") ? T_GOAL
                    : str_eq(column, "practitioner") ? T_PRACTITIONER : T_COUNT;

    if (t == T_COUNT || store_get(s->cf->store, t, id, &r, NULL) != ST_OK) {
        record_release(&r);
        return;
    }
    if (t == T_ASSET) {
        int here = lang_now() == LANG_CY ? ASSET_name_cy : ASSET_name_en, there = here == ASSET_name_en ? ASSET_name_cy
                                                                                                        : ASSET_name_en;

        buf_add(out, record_or(&r, here, record_or(&r, there, "")));
        sar_look_for(s, _("Contact of a directory entry"), record_text(&r, ASSET_contact_name));
    } else {
        buf_add(out, record_or(&r, t == T_GOAL ? (int) GOAL_goal : (int) PRACTITIONER_name, ""));
    }
    record_release(&r);
}

static const char *instrument_words(struct sar *s, const struct record *r, const char *column, const char *value)
{
    const struct form *form = catalog_form(s->cf->catalog, record_or(r, MEASURE_instrument, ""), NULL);
    const struct question *q = form ? form_question(form, value) : NULL;

    if (form && str_eq(column, "instrument"))
        return text2_now(&form->title);
    for (size_t i = 0; form && i < form->measure.score_count; i++)
        if (str_eq(form->measure.scores[i].name, value))
            return text2_now(&form->measure.scores[i].label);
    return q ? text2_now(&q->label) : value;
}

/* Drafts: a JSON object of answers. */
static void draft_lines(struct sar *s, const struct record *r, const char *value)
{
    const struct form *form = sar_form(s, record_or(r, DRAFT_form, ""), record_text(r, DRAFT_def_hash));
    struct told t = { .s = s, .r = r, .a = ANSWERS_INIT, .names = json_new_map() };
    struct json *j = NULL;

    if (json_parse(&j, value, strlen(value), NULL) == ST_OK && answers_from_json(&t.a, j))
        form_answers(&t, form);
    answers_release(&t.a);
    json_free(&t.names);
    json_free(&j);
}

static void column_line(struct told *t, const char *name, const char *value)
{
    const struct question *q;
    struct buf b = BUF_INIT;
    struct id id;
    bool is_id = strlen(value) == 36 && id_parse(value, &id);

    q = is_id ? NULL : sar_column_question(t->s, t->r->table, t->r->id, name);

    if (t->r->table == T_DRAFT && str_eq(name, "answers"))
        draft_lines(t->s, t->r, value);
    else if (t->r->table == T_MEASURE && (str_eq(name, "instrument") || str_eq(name, "item")))
        buf_add(&b, instrument_words(t->s, t->r, name, value));
    else if (is_id)
        id_words(t->s, name, id, &b);
    else
        sar_value_words(t->s, q, &(struct field_at) { t->r->table, t->r->id, t->s->person, name, false }, value, &b);
    if (b.len)
        line(t, 2, name, q ? text2_now(&q->label) : sar_column_label(name), buf_text(&b));
    buf_wipe(&b);
}

/* Columns and answers that none of the forms asks (any more). */
static void the_rest(struct told *t)
{
    for (int c = 0; c < table_column_count(t->r->table); c++) {
        const char *name = table_column_name(t->r->table, c), *value = record_text(t->r, c);

        if (value && !json_get(t->names, name) && !(t->r->table == T_RESPONSE && c == RESPONSE_state) &&
            sar_column_label(name) && sar_holds_name(t->s, name))
            column_line(t, name, value);
        if (value)
            json_set_bool(t->names, name, true);
    }
    for (size_t i = 0; i < t->a.count; i++) {
        const struct answer *a = &t->a.items[i];

        if (a->value && !json_get(t->names, a->name) && sar_holds_name(t->s, a->name))
            line(t, 2, a->name, a->name, a->value);
    }
}

static void hash_in(const struct record *r, const char *form, char out[65])
{
    int c = table_column_by_name(r->table, "form_def");
    char *mark = xasprintf("%s:", form);
    const char *list = c < 0 ? "" : record_or(r, c, ""), *at = strstr(list, mark);

    while (at && at != list && at[-1] != ' ')
        at = strstr(at + 1, mark);
    out[0] = '\0';
    if (at) {
        size_t n = strcspn(at + strlen(mark), " ");

        str_copy(out, n < 65 ? n + 1 : 65, at + strlen(mark));
    }
    free(mark);
}

static void title_line(struct sar *s, const struct record *r)
{
    buf_addf(&s->text, "\n%s · %s%s%s%s\n", sar_kind_of(s, r), date_show(instant_date(r->created_at)).s, r->binned ? " (" : "",
             r->binned ? _("in the bin") : "", r->binned ? ")" : "");
}

static enum status record_text_out(struct sar *s, const struct record *r, struct err *err)
{
    struct told t = { .s = s, .r = r, .a = ANSWERS_INIT, .names = json_new_map() };
    enum status st = r->table == T_DRAFT ? ST_OK : store_answers(s->cf->store, r->table, r->id, &t.a, err);
    char hash[65];

    if (st == ST_OK)
        title_line(s, r);
    if (st == ST_OK && r->table == T_RESPONSE) {
        form_answers(&t, sar_form(s, record_or(r, RESPONSE_form, ""), record_text(r, RESPONSE_def_hash)));
    } else if (st == ST_OK && r->table != T_DRAFT) {
        for (int i = 0; i < MADE_BY_FORMS && asked_by[r->table][i]; i++) {
            hash_in(r, asked_by[r->table][i], hash);
            form_answers(&t, sar_form(s, asked_by[r->table][i], hash));
        }
    }
    if (st == ST_OK)
        the_rest(&t);
    answers_release(&t.a);
    json_free(&t.names);
    return st;
}

/* --- the sections ----------------------------------------------------------------------------------------------- */

static bool is_measure(struct sar *s, const struct record *r)
{
    return r->table == T_RESPONSE && catalog_measure(s->cf->catalog, record_or(r, RESPONSE_form, ""), NULL);
}

static const struct {
    const char   *heading;
    enum table_id table[3];
    int           tables;
    int           measures;             /* of the responses: 1 measures alone, 0 all others */
} sections[] = {
    { N_("Person and language"), { T_PERSON }, 1, 0 }, { N_("Equality questions"), { T_EQUALITY }, 1, 0 },
    { N_("Referrals"), { T_REFERRAL }, 1, 0 }, { N_("Periods of support"), { T_EPISODE }, 1, 0 },
    { N_("Conversations and other forms"), { T_RESPONSE }, 1, 0 }, { N_("Talk notes"), { T_NOTE, T_EXCERPT }, 2, 0 },
    { N_("Plan"), { T_GOAL, T_RATING, T_ACTION }, 3, 0 },
    { N_("Connections"), { T_CONNECTION }, 1, 0 }, { N_("Unmet needs"), { T_GAP }, 1, 0 },
    { N_("Contacts"), { T_CONTACT }, 1, 0 },
    { N_("Measures"), { T_RESPONSE, T_MEASURE }, 2, 1 }, { N_("Permissions"), { T_CONSENT }, 1, 0 },
    { N_("Something serious"), { T_CONCERN }, 1, 0 }, { N_("Things to do"), { T_TASK }, 1, 0 },
    { N_("Forms that were begun"), { T_DRAFT }, 1, 0 }, { N_("Two records joined"), { T_MERGE }, 1, 0 },
    { N_("Differences between two laptops"), { T_DIFFERENCE }, 1, 0 },
};

static enum status section(struct sar *s, size_t at, struct err *err)
{
    size_t before = s->text.len, head;
    enum status st = ST_OK;

    buf_addf(&s->text, "\n\n== %s ==\n", tr(sections[at].heading));
    head = s->text.len;
    for (int k = 0; k < sections[at].tables; k++)
        for (size_t i = 0; st == ST_OK && i < s->count; i++) {
            struct record r = { .text = NULL };

            if (s->all[i].table != sections[at].table[k])
                continue;
            st = store_get(s->cf->store, s->all[i].table, s->all[i].id, &r, err);
            if (st == ST_OK && sar_holds_row(s, &r) &&
                (r.table != T_RESPONSE || is_measure(s, &r) == sections[at].measures))
                st = record_text_out(s, &r, err);
            record_release(&r);
        }
    if (s->text.len == head)
        buf_remove(&s->text, before, s->text.len - before);
    return st;
}

enum status sar_text(struct sar *s, struct err *err)
{
    struct person_row row = { .name = "" };
    enum status st = person_row_get(s->cf->store, s->person, &row, err);

    if (training_is(s->cf))
        buf_add(&s->text, TRAINING_MARK "\n");
    buf_addf(&s->text, _("What is kept about %s"), row.name);
    buf_add_char(&s->text, '\n');
    buf_add(&s->text, date_show_long(clock_today()).s);
    buf_add_char(&s->text, '\n');
    buf_add(&s->text, _("The day beside each heading is the day on which it was first written down."));
    buf_add_char(&s->text, '\n');
    for (size_t i = 0; st == ST_OK && i < ARRAY_LEN(sections); i++)
        st = section(s, i, err);
    if (st == ST_OK)
        sar_history_text(s);
    return st;
}
