/* field_words.c - fields of records in words, whichever form asks them, and those that no form asks. */
#include "dolen/ui/field_words.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/core/safe.h"
#include "person_priv.h"
#include "dolen/base/banned.h"

#define ANSWER "answer."

/* --- columns that no form asks ---------------------------------------------------------------------------------- */

static const struct {
    const char *column, *label, *codes;
} own[] = {
    { "state", N_("How it stands"), "goal_state" }, { "state_why", N_("Reason"), NULL },
    { "stage", N_("Stage"), "stage" },
    { "rated_on", N_("Date"), NULL }, { "rating", N_("How close (0 to 10)"), NULL }, { "taken_on", N_("Date"), NULL },
    { "instrument", N_("Measure"), NULL }, { "item", N_("Item"), NULL }, { "value", N_("Value"), NULL },
    { "due_on", N_("Due"), NULL }, { "since", N_("Since"), NULL }, { "what", N_("What"), NULL },
    { "done_on", N_("Done"), NULL },
    { "held_on", N_("Date"), NULL }, { "goal", N_("Goal"), NULL }, { "asset", N_("Directory entry"), NULL },
    { "practitioner", N_("Practitioner"), NULL }, { "bin_reason", N_("Reason"), NULL },
    { "reopened_why", N_("Why it was opened again"), NULL }, { "undone_on", N_("Parted again"), NULL },
    { "answers", N_("Answers"), NULL }, { "language", N_("Language"), NULL },
};

/* The same, of records that nobody but their own laptop showed so far. */
static const struct {
    const char *column, *label;
} inner[] = {
    { "binned", N_("In the bin") }, { "person", N_("Person") }, { "episode", N_("Period of support") },
    { "referral", N_("Referral") }, { "response", N_("Form") }, { "form", N_("Form") },
    { "definition", N_("Version of the form") },
    { "version", N_("Version") }, { "wording", N_("Wording") }, { "position", N_("Place in the list") },
    { "subject", N_("What it is about") }, { "kind", N_("Kind") }, { "note", N_("Talk notes") },
    { "start", N_("Where in the notes") }, { "words", N_("Words taken") }, { "question", N_("Question") },
    { "repeat", N_("Which of several") }, { "code", N_("Answer") }, { "target", N_("Filed to") },
    { "name", N_("Name") },
    { "organisation", N_("Organisation") }, { "org_type", N_("Kind of organisation") }, { "base", N_("Base") },
    { "kept", N_("Record that stays") }, { "other", N_("Record joined to it") }, { "moved", N_("What went over") },
    { "other_language", N_("Other language") }, { "birth_precision", N_("How exact the date of birth is") },
    { "offer", N_("Another place of") }, { "joined", N_("Record that stays") },
    { "decision_note", N_("Note on the decision") }, { "protocol", N_("Which guidance") },
};

static const struct {
    const char *code, *label;
} due[] = {
    { "FIRST_CONTACT", N_("First contact") }, { "FOLLOW_UP", N_("Follow-up") }, { "REVIEW", N_("Review") },
    { "FEEDBACK_OWED", N_("Feedback owed to the referrer") },
    { "REFERRAL_WAITING", N_("Referral waiting for a decision") }, { "ASSET_VERIFY", N_("Directory entry to check") },
    { "WAITING_LIST", N_("On the waiting list") }, { "REFERRAL_PUT_OFF", N_("Referral put off") },
    { "NEWS_DUE", N_("What became of a referral to an asset") }, { "GAP", N_("Unmet need to look at again") },
    { "RECOVERY_TEST", N_("Recovery test") }, { "SUPERVISOR", N_("To talk over with the supervisor") },
    { "SUPERVISION_DUE", N_("Supervision") },
};

const char *column_own_label(const char *column)
{
    for (size_t i = 0; i < ARRAY_LEN(own); i++)
        if (str_eq(own[i].column, column))
            return tr(own[i].label);
    return NULL;
}

/* The list its codes are from, or NULL. */
static const char *column_own_codes(const char *column)
{
    for (size_t i = 0; i < ARRAY_LEN(own); i++)
        if (str_eq(own[i].column, column))
            return own[i].codes;
    return NULL;
}

static const char *any_label(const char *column)
{
    const char *label = column_own_label(column);

    for (size_t i = 0; i < ARRAY_LEN(inner) && !label; i++)
        if (str_eq(inner[i].column, column))
            label = tr(inner[i].label);
    return label ? label : column;
}

/* --- which question -------------------------------------------------------------------------------------------- */

struct field_at difference_field(const struct record *d, const char *name)
{
    struct field_at f = { T_COUNT, record_id(d, DIFFERENCE_subject), record_id(d, DIFFERENCE_person), name, false };

    table_by_name(record_or(d, DIFFERENCE_entity, ""), &f.table);
    return f;
}

static bool fills(const struct form *f, const char *table)
{
    static const char *const plan[] = { "goal", "action", "rating" };

    if (str_eq(f->binds, table))
        return true;
    for (size_t i = 0; i < ARRAY_LEN(plan); i++)
        if (str_eq(plan[i], table))
            return str_eq(f->id, "plan") || str_eq(f->id, "review");
    return str_eq(table, "response") && !f->binds;
}

/* A column of a record, as a copy that the caller frees; NULL when it is empty or the record is not here. */
static char *column_of(struct ui *u, enum table_id t, struct id id, int column)
{
    struct record r = { .text = NULL };
    char *text = NULL;

    if (store_get(u->store, t, id, &r, NULL) == ST_OK && record_text(&r, column))
        text = xstrdup(record_text(&r, column));
    record_release(&r);
    return text;
}

static const struct question *question_in(struct ui *u, const char *form, const char *name)
{
    const struct form *f = form ? catalog_form(u->catalog, form, NULL) : NULL;

    return f ? form_question(f, name) : NULL;
}

const struct question *field_question(struct ui *u, const struct field_at *f)
{
    char name[64];
    size_t n, cut;
    const char *const *ids = catalog_list(u->catalog, DEF_FORM, &n);
    const struct question *q = NULL;
    bool known = false;

    str_copy(name, sizeof name, str_starts(f->name, ANSWER) ? f->name + strlen(ANSWER) : f->name);
    cut = strcspn(name, "#");
    name[cut < sizeof name ? cut : 0] = '\0';
    if (f->table == T_RESPONSE) {
        char *form = column_of(u, T_RESPONSE, f->record, RESPONSE_form);

        /* the language that a form was read in is no answer to its question of the same name */
        q = str_eq(f->name, "language") ? NULL : question_in(u, form, name);
        known = form != NULL;
        free(form);
    }
    for (size_t i = 0; i < n && !q && !known && f->table < T_COUNT; i++) {
        const struct form *form = catalog_form(u->catalog, ids[i], NULL);

        if (form && fills(form, table_name(f->table)))
            q = form_question(form, name);
    }
    return q;
}

void field_label_put(struct ui *u, const struct field_at *f, struct buf *out)
{
    const struct question *q = field_question(u, f);

    if (q)
        buf_add(out, text2_now(&q->label));
    else
        buf_add(out, any_label(str_starts(f->name, ANSWER) ? f->name + strlen(ANSWER) : f->name));
}

/* --- values ----------------------------------------------------------------------------------------------------- */

bool field_is_covered(struct ui *u, const struct field_at *f)
{
    struct record p = { .text = NULL };
    bool covered = false;

    if (f->shown || f->table != T_PERSON || !safe_covers(f->name))
        return false;
    if (store_get(u->store, T_PERSON, id_is_set(f->person) ? f->person : f->record, &p, NULL) == ST_OK)
        covered = person_is_protected(u->store, &p);
    record_release(&p);
    return covered;
}

static void form_title_put(struct ui *u, const char *id, struct buf *out)
{
    const struct form *f = id ? catalog_form(u->catalog, id, NULL) : NULL;

    buf_add(out, f ? text2_now(&f->title) : id ? id : "");
}

/* What a record is called that a field points at. */
static void record_name_put(struct ui *u, const char *column, struct id id, struct buf *out)
{
    static const struct {
        const char *column;
        enum table_id table;
        int         says;
    } known[] = {
        { "practitioner", T_PRACTITIONER, PRACTITIONER_name }, { "goal", T_GOAL, GOAL_goal },
        { "episode", T_EPISODE, EPISODE_opened_on },
        { "referral", T_REFERRAL, REFERRAL_received_on }, { "note", T_NOTE, NOTE_held_on },
        { "response", T_RESPONSE, RESPONSE_form },
    };
    struct person_row who = { .name = "" };
    char *text = NULL;
    size_t before = out->len;

    if (str_eq(column, "asset"))
        asset_words(u, id, out);
    else if ((str_eq(column, "person") || str_eq(column, "kept") || str_eq(column, "other")) &&
             person_row_get(u->store, id, &who, NULL) == ST_OK)
        buf_add(out, who.name);
    for (size_t i = 0; i < ARRAY_LEN(known) && !text; i++)
        if (str_eq(known[i].column, column))
            text = column_of(u, known[i].table, id, known[i].says);
    if (text && str_eq(column, "response"))
        form_title_put(u, text, out);
    else if (text)
        column_words(u, NULL, text, out);
    if (out->len == before)
        buf_add(out, _("(another record)"));
    free(text);
}

void field_own_value_put(struct ui *u, const struct field_at *f, const char *text, struct buf *out)
{
    const char *codes = column_own_codes(f->name);
    enum lang l;

    if (f->table == T_TASK && str_eq(f->name, "kind")) {
        for (size_t i = 0; i < ARRAY_LEN(due); i++)
            if (str_eq(due[i].code, text))
                text = tr(due[i].label);
        buf_add(out, text);
    } else if (str_eq(f->name, "form") || str_eq(f->name, "instrument")) {
        form_title_put(u, text, out);
    } else if (str_eq(f->name, "question") || str_eq(f->name, "item")) {
        char *form = column_of(u, f->table, f->record,
                               f->table == T_EXCERPT ? (int) EXCERPT_form : (int) MEASURE_instrument);
        const struct question *q = f->table == T_EXCERPT || f->table == T_MEASURE ? question_in(u, form, text) : NULL;

        buf_add(out, q ? text2_now(&q->label) : text);
        free(form);
    } else if (str_eq(f->name, "language") && lang_parse(text, &l)) {
        buf_add(out, l == LANG_CY ? "Cymraeg" : "English");
    } else if (str_eq(text, "DONE")) {
        buf_add(out, _("Done"));
    } else if (str_eq(f->name, "state") && f->table == T_RESPONSE) {
        buf_add(out, str_eq(text, "FINAL") ? _("Filed") : text);
    } else if (str_eq(f->name, "org_type")) {
        buf_add(out, word_of(u, "org_type", text));
    } else {
        column_words(u, NULL, codes ? word_of(u, codes, text) : text, out);
    }
}

static void text_put(struct ui *u, const struct field_at *f, const char *text, struct buf *out)
{
    const struct question *q = field_question(u, f);
    struct id id;

    if (str_eq(f->name, "binned"))
        buf_add(out, _("yes"));
    else if (field_is_covered(u, f))
        buf_add(out, safe_show(text, true, false));
    else if (strlen(text) == 36 && id_parse(text, &id))
        record_name_put(u, f->name, id, out);
    else if (q)
        column_words(u, q, text, out);
    else
        field_own_value_put(u, f, text, out);
}

void field_value_put(struct ui *u, const struct field_at *f, const struct json *value, struct buf *out)
{
    enum missing m;

    if (value && json_kind(value) == JSON_TEXT_)
        text_put(u, f, json_text(value), out);
    else if (str_eq(f->name, "binned"))
        buf_add(out, _("no"));
    else if (value && json_kind(value) == JSON_MAP_ && json_get_text(value, "missing") &&
             missing_parse(json_get_text(value, "missing"), &m) && m != MISSING_SKIPPED)
        buf_add(out, missing_label(m));
    else
        buf_add(out, _("(empty)"));
}

/* --- a difference ----------------------------------------------------------------------------------------------- */

/* Which of several: its day, or what it says; of notes about something serious only the day. */
static void which_put(struct ui *u, const struct field_at *f, struct buf *out)
{
    static const struct {
        enum table_id table;
        int           says;
    } which[] = {
        { T_CONTACT, CONTACT_held_on },   { T_CONCERN, CONCERN_noted_on },   { T_NOTE, NOTE_held_on },
        { T_CONSENT, CONSENT_recipient }, { T_GOAL, GOAL_goal },             { T_ACTION, ACTION_action },
        { T_GAP, GAP_needed },            { T_REFERRAL, REFERRAL_received_on }, { T_EPISODE, EPISODE_opened_on },
        { T_RATING, RATING_goal },        { T_CONNECTION, CONNECTION_asset },
    };
    char *text = NULL;
    struct id id;

    for (size_t i = 0; i < ARRAY_LEN(which) && !text; i++)
        if (which[i].table == f->table)
            text = column_of(u, f->table, f->record, which[i].says);
    if (!text)
        return;
    buf_add(out, " · ");
    if (strlen(text) == 36 && id_parse(text, &id))
        record_name_put(u, f->table == T_RATING ? "goal" : "asset", id, out);
    else
        column_words(u, NULL, text, out);
    explicit_bzero(text, strlen(text));
    free(text);
}

void field_kind_put(struct ui *u, const struct field_at *f, struct buf *out)
{
    char *form = f->table == T_RESPONSE ? column_of(u, T_RESPONSE, f->record, RESPONSE_form) : NULL;

    if (form)
        form_title_put(u, form, out);
    else if (f->table < T_COUNT)
        buf_add(out, bin_kind_label(f->table));
    free(form);
}

void difference_what_put(struct ui *u, const struct record *d, struct buf *out)
{
    struct field_at f = difference_field(d, record_or(d, DIFFERENCE_field, ""));

    field_kind_put(u, &f, out);
    if (f.name[0]) {
        buf_add(out, " · ");
        field_label_put(u, &f, out);
    }
    which_put(u, &f, out);
}

void difference_title_put(struct ui *u, const struct record *d, struct buf *out)
{
    struct field_at f = difference_field(d, record_or(d, DIFFERENCE_field, ""));
    char who[160] = "";

    task_name(u->store, f.person, f.record, who, sizeof who, NULL);
    if (who[0])
        buf_addf(out, "%s · ", who);
    difference_what_put(u, d, out);
}

struct sides {
    struct ui           *u;
    const struct record *d;
    const struct json   *mine;
    struct buf          *out;
};

static void side_put(struct sides *s, const char *label, const struct field_at *f, const struct json *value)
{
    struct buf words = BUF_INIT;

    field_value_put(s->u, f, value, &words);
    buf_addf(s->out, "    %s ", label);
    for (const char *p = buf_text(&words); *p; p++) {
        buf_add_char(s->out, *p);
        if (*p == '\n')
            buf_add(s->out, "      ");
    }
    buf_add_char(s->out, '\n');
    buf_wipe(&words);
}

static void field_sides_put(void *ctx, const char *name, struct json *theirs)
{
    struct sides *s = ctx;
    struct field_at f = difference_field(s->d, name);

    buf_add(s->out, "  ");
    field_label_put(s->u, &f, s->out);
    buf_add_char(s->out, '\n');
    side_put(s, _("1 mine:"), &f, s->mine ? json_get(s->mine, name) : NULL);
    side_put(s, _("2 theirs:"), &f, theirs);
}

void difference_sides_put(struct ui *u, const struct record *d, bool read_out, struct buf *out)
{
    const char *theirs = record_or(d, DIFFERENCE_theirs, "null"), *before = record_text(d, DIFFERENCE_ancestor);
    struct field_at f = difference_field(d, record_or(d, DIFFERENCE_field, ""));
    struct json *mine = NULL, *other = NULL, *was = NULL;
    struct sides s = { u, d, NULL, out };

    f.shown = read_out;
    if (f.table == T_CONCERN && !read_out) {
        buf_addf(out, "    %s\n", _("Both are read out when this one is asked for; look who else sees the screen."));
        return;
    }
    if (json_parse(&other, theirs, strlen(theirs), NULL) == ST_OK &&
        store_difference_mine(u->store, d, &mine, NULL) == ST_OK) {
        s.mine = mine;
        if (!f.name[0]) {
            json_each(other, field_sides_put, &s);
        } else {
            side_put(&s, _("1 mine:"), &f, mine);
            side_put(&s, _("2 theirs:"), &f, other);
            if (before && json_parse(&was, before, strlen(before), NULL) == ST_OK)
                side_put(&s, _("before:"), &f, was);
        }
    }
    json_free(&mine);
    json_free(&other);
    json_free(&was);
}
