/* app/upgrade.c - record by record: its older definition, what became of each question, its answers under the new
 * one. */
#include "upgrade.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "filing.h"
#include "large_step.h"
#include "steps.h"
#include "dolen/base/banned.h"

static void step_name(char out[64], const char *form)
{
    snprintf(out, 64, "upgrade.%.50s", form);
}

/* --- the older definitions -------------------------------------------------------------------------------------- */

static int version_of(struct store *s, const char *form, const char *hash)
{
    struct definition_row *rows = NULL;
    size_t n = 0;
    int version = 0;

    if (store_definitions(s, form, &rows, &n, NULL) == ST_OK)
        for (size_t i = 0; i < n; i++)
            if (str_eq(rows[i].hash, hash))
                version = rows[i].version;
    free(rows);
    return version;
}

static enum status from_of(struct upgrade *u, const char *hash, struct upgrade_from **out, struct err *err)
{
    struct upgrade_from *f;
    char *yaml = NULL;
    size_t n = 0;
    enum status st;

    for (size_t i = 0; i < u->from_count; i++)
        if (str_eq(u->from[i].hash, hash)) {
            *out = &u->from[i];
            return ST_OK;
        }
    st = store_definition(u->cf->store, hash, &yaml, &n, err);
    if (st != ST_OK)
        return st;
    f = ARRAY_ADD(u->from, u->from_count, u->from_cap);
    str_copy(f->hash, sizeof f->hash, hash);
    st = form_parse(&f->form, u->form->id, yaml, n, u->cf->catalog, err);
    free(yaml);
    if (st == ST_OK)
        form_diff(f->form, u->form, &f->diff);
    f->version = version_of(u->cf->store, u->form->id, hash);
    *out = f;
    return st;
}

/* --- one record ------------------------------------------------------------------------------------------------- */

struct carrying {
    struct upgrade      *u;
    struct upgrade_from *from;
    struct record        record;
    struct answers       was, is;       /* as they stand; only what changes its name, under both names */
    const char         **names;         /* those names: what is left out of `is` is cleared */
    size_t               name_count, name_cap, renamed, kept;
};

static void name_add(struct carrying *c, const char *name)
{
    *ARRAY_ADD(c->names, c->name_count, c->name_cap) = name;
}

static bool is_given(const struct answers *a, const char *name)
{
    for (size_t i = 0; i < a->count; i++)
        if (str_eq(a->items[i].name, name))
            return true;
    return false;
}

/* An answer that stands under the new name already is never written over. */
static void rename_answers(struct carrying *c, const char *old_name, const char *new_name)
{
    if (!is_given(&c->was, old_name) || is_given(&c->was, new_name))
        return;
    for (size_t i = 0; i < c->was.count; i++) {
        const struct answer *a = &c->was.items[i];

        if (!str_eq(a->name, old_name))
            continue;
        if (a->value)
            answers_set(&c->is, new_name, a->repeat, a->value);
        else
            answers_set_missing(&c->is, new_name, a->repeat, a->missing);
        c->renamed++;
    }
    name_add(c, old_name);
    name_add(c, new_name);
}

/* Would the new definition take what was answered? what: the first question that it would not. */
static enum status fits(struct carrying *c, const char *old_name, const char *new_name, struct err *why)
{
    const struct question *q = form_question(c->u->form, new_name);
    struct session *session = session_new(c->u->form, &c->was, NULL, 0, clock_today());
    enum status st = ST_OK;

    for (size_t i = 0; st == ST_OK && i < c->was.count; i++) {
        const struct answer *a = &c->was.items[i];

        if (a->value && str_eq(a->name, old_name))
            st = (q->repeat >= 0) == (a->repeat > 0) ? session_set_canonical(session, q, a->repeat, a->value, why)
                                                     : err_set(why, ST_INVALID, _("It is asked in another place now."));
    }
    session_free(&session);
    return st;
}

static void stays(struct carrying *c, const char *question, const char *why)
{
    struct upgrade *u = c->u;
    struct upgrade_stays *s = ARRAY_ADD(u->stays, u->stays_count, u->stays_cap);

    s->at = (struct holding) { c->record.table, c->record.id };
    s->person = c->record.table == T_PERSON ? c->record.id
              : record_id(&c->record, table_column_by_name(c->record.table, "person"));
    str_copy(s->question, sizeof s->question, question);
    str_copy(s->why, sizeof s->why, why);
}

/* False when the record stays. A rule that only asks for more, or another wording, is no reason to. */
static bool weigh(struct carrying *c)
{
    for (size_t i = 0; i < c->from->diff.count; i++) {
        const struct diff_row *row = &c->from->diff.rows[i];
        struct err why = { .st = ST_OK };
        bool follow = row->kind != DIFF_RENAMED || !c->u->no_renames;

        if (!row->before || !qtype_asked(row->before->type))
            continue;
        if (row->after && follow && qtype_asked(row->after->type) &&
            fits(c, row->before->name, row->after->name, &why) != ST_OK) {
            stays(c, row->before->name, err_text(&why));
            return false;
        }
        if (row->kind == DIFF_RENAMED && follow)
            rename_answers(c, row->before->name, row->after->name);
        else if (row->kind == DIFF_REMOVED || row->kind == DIFF_RENAMED)
            c->kept += is_given(&c->was, row->before->name);
    }
    return true;
}

static enum status carry_over(struct carrying *c, struct err *err)
{
    const struct record *r = &c->record;
    bool response = r->table == T_RESPONSE;
    char why[80];
    struct filing f = {
        .form = c->u->form->id, .version = c->u->form->version, .binds = response ? T_COUNT : r->table, .id = r->id,
        .hash = c->u->hash, .answers = &c->is, .questions = c->names, .question_count = c->name_count, .why = why
    };
    static const char *const nothing[] = { "" };

    if (!f.questions) {
        f.questions = nothing;
        f.question_count = 1;
    }
    if (response) {
        f.stage = record_text(r, RESPONSE_stage);
        f.language = record_text(r, RESPONSE_language);
        f.wording = record_text(r, RESPONSE_wording);
        f.held_on = record_date(r, RESPONSE_held_on);
    }
    f.yaml = form_source(c->u->form, &f.yaml_bytes);
    snprintf(why, sizeof why, "form upgrade %.40s %d", c->u->form->id, c->u->form->version);
    return store_file(c->u->cf->store, &f, err);
}

static enum status one_record(struct upgrade *u, const struct holding *h, bool apply, struct err *err)
{
    struct carrying c = { .u = u, .record = { .text = NULL }, .was = ANSWERS_INIT, .is = ANSWERS_INIT };
    char hash[DEFINITION_HASH];
    enum status st = store_get(u->cf->store, h->table, h->id, &c.record, err);

    if (st == ST_OK && record_definition(&c.record, u->form->id, hash)) {
        st = from_of(u, hash, &c.from, err);
        if (st == ST_OK)
            st = store_answers(u->cf->store, h->table, h->id, &c.was, err);
        if (st == ST_OK) {
            c.from->records++;
            if (weigh(&c)) {
                c.from->carried++;
                c.from->renamed += c.renamed;
                c.from->kept += c.kept;
                if (apply)
                    st = carry_over(&c, err);
                else
                    dry_line(u->cf, h->table, h->id);
            }
        }
    }
    answers_release(&c.was);
    answers_release(&c.is);
    free(c.names);
    record_release(&c.record);
    return st;
}

/* --- all of them ------------------------------------------------------------------------------------------------ */

static enum status all_records(struct upgrade *u, bool apply, struct err *err)
{
    struct holding *behind = NULL;
    int64_t after = store_version(u->cf->store);
    char name[64];
    size_t n = 0;
    enum status st = store_behind(u->cf->store, u->form->id, u->binds, u->hash, &behind, &n, err);

    buf_wipe(&u->cf->would);
    for (size_t i = 0; st == ST_OK && i < n; i++)
        st = one_record(u, &behind[i], apply, err);
    free(behind);
    step_name(name, u->form->id);
    if (st == ST_OK && apply && store_version(u->cf->store) > after)
        st = step_note(u->cf, name, after, err);
    return st;
}

enum status upgrade_run(struct upgrade *u, bool apply, struct err *err)
{
    enum status st = ST_OK;

    if (u->form->is_measure)
        return err_set(err, ST_REFUSED,
                       _("%s is a measure: its answers stay with the wording they were given to, or they could not "
                         "be compared. Nothing was changed. New answers are asked in the new wording."),
                       u->form->id);
    u->binds = T_COUNT;
    if (u->form->binds && !table_by_name(u->form->binds, &u->binds))
        return err_set(err, ST_INVALID, _("The form %s names a table that a case file does not have: %s. Nothing was "
                                          "changed. Check it with: dolen form lint"), u->form->id, u->form->binds);
    form_hash(u->form, u->hash);
    if (!apply)
        return all_records(u, false, err);
    st = store_begin(u->cf->store, err);
    if (st != ST_OK)
        return st;
    st = all_records(u, true, err);
    return store_end(u->cf->store, st, err);
}

void upgrade_release(struct upgrade *u)
{
    for (size_t i = 0; i < u->from_count; i++) {
        diff_release(&u->from[i].diff);
        form_free(&u->from[i].form);
    }
    free(u->from);
    free(u->stays);
}

enum status upgrade_undo(struct casefile *cf, const char *form, bool apply, size_t *changes, struct err *err)
{
    char name[64];

    step_name(name, form);
    return step_take_back(cf, name, apply, changes, err);
}
