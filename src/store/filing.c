/* store/filing.c - a filled-in form becomes a record: columns where the table has them, answer rows for the rest. */
#include "store_priv.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/buf.h"
#include "dolen/base/date.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"

#include "dolen/base/banned.h"

/* --- definitions ------------------------------------------------------------------------------------------------ */

static enum status definition_pin(struct store *s, const struct filing *f, struct err *err)
{
    struct stmt *q = NULL;
    enum status st;

    if (!f->yaml || !f->hash)
        return ST_OK;
    st = db_use(s->db, &q, "INSERT INTO form_definition(hash, form, version, yaml, at) VALUES (?1, ?2, ?3, ?4, ?5) "
                           "ON CONFLICT(hash) DO NOTHING", err);
    if (st != ST_OK)
        return st;
    stmt_bind_text(q, 1, f->hash);
    stmt_bind_text(q, 2, f->form);
    stmt_bind_int(q, 3, f->version);
    stmt_bind_blob(q, 4, f->yaml, f->yaml_bytes);
    stmt_bind_int(q, 5, clock_now());
    return stmt_run(q, err);
}

enum status store_pin(struct store *s, const char *hash, const char *id, int version, const char *yaml, size_t n,
                      struct err *err)
{
    struct filing f = { .form = id, .version = version, .hash = hash, .yaml = yaml, .yaml_bytes = n };
    bool own = false;
    enum status st = tx_enter(s, &own, err);

    return st == ST_OK ? tx_leave(s, own, definition_pin(s, &f, err), err) : st;
}

enum status store_definition(struct store *s, const char *hash, char **yaml, size_t *n, struct err *err)
{
    struct stmt *q = NULL;
    bool row = false;
    enum status st = db_use(s->db, &q, "SELECT yaml FROM form_definition WHERE hash = ?1", err);

    if (st != ST_OK)
        return st;
    stmt_bind_text(q, 1, hash);
    st = stmt_step(q, &row, err);
    if (st == ST_OK && row) {
        const void *p = stmt_blob(q, 0, n);

        *yaml = xstrndup(p ? p : "", *n);
    }
    stmt_done(q);
    if (st == ST_OK && !row)
        return err_set(err, ST_NOTFOUND, _("The case file does not hold this form definition. Nothing was changed."
                                           " Check the case file with: dolen doctor"));
    return st;
}

/* --- missing and form_def: lists of name:value between blanks --------------------------------------------------- */

void entry_drop(struct buf *list, const char *name)
{
    struct buf kept = BUF_INIT;
    size_t n = strlen(name);

    for (const char *p = buf_text(list); *p; ) {
        size_t word = strcspn(p, " ");

        if (word > 0 && !(strncmp(p, name, n) == 0 && p[n] == ':')) {
            if (kept.len)
                buf_add_char(&kept, ' ');
            buf_add_mem(&kept, p, word);
        }
        p += word;
        p += strspn(p, " ");
    }
    buf_release(list);
    *list = kept;
}

void entry_set(struct buf *list, const char *name, const char *value)
{
    entry_drop(list, name);
    buf_addf(list, "%s%s:%s", list->len ? " " : "", name, value);
}

/* --- bound tables ----------------------------------------------------------------------------------------------- */

static bool is_column(enum table_id t, const struct answer *a)
{
    int c = a->repeat == 0 ? table_column_by_name(t, a->name) : -1;

    return c >= 0 && column_is_answer(t, c);
}

static void columns_fill(struct record *r, const struct filing *f, struct buf *missing)
{
    for (int c = 0; c < table_column_count(r->table); c++) {
        const char *name = table_column_name(r->table, c);
        const struct answer *a = answers_find(f->answers, name, 0);

        if (!column_is_answer(r->table, c))
            continue;
        if (!a && !(f->questions && name_among(f->questions, f->question_count, name)))
            continue;
        record_set(r, c, a ? a->value : NULL);
        entry_drop(missing, name);
        if (a && !a->value && a->missing != MISSING_NONE && a->missing != MISSING_NOT_REACHED)
            entry_set(missing, name, missing_csv(a->missing));
    }
}

static void list_column_take(struct record *r, const char *column, struct buf *list)
{
    record_set(r, table_column_by_name(r->table, column), buf_text(list));
    buf_release(list);
}

static void bound_fill(struct record *r, const struct filing *f, struct answers *rest)
{
    struct buf missing = BUF_INIT, form_def = BUF_INIT;

    buf_add(&missing, record_or(r, table_column_by_name(r->table, "missing"), ""));
    buf_add(&form_def, record_or(r, table_column_by_name(r->table, "form_def"), ""));
    columns_fill(r, f, &missing);
    if (f->hash)
        entry_set(&form_def, f->form, f->hash);
    list_column_take(r, "missing", &missing);
    list_column_take(r, "form_def", &form_def);
    for (size_t i = 0; i < f->answers->count; i++) {
        const struct answer *a = &f->answers->items[i];

        if (is_column(r->table, a))
            continue;
        if (a->value)
            answers_set(rest, a->name, a->repeat, a->value);
        else
            answers_set_missing(rest, a->name, a->repeat, a->missing);
    }
}

static void response_fill(struct record *r, const struct filing *f)
{
    record_set(r, RESPONSE_form, f->form);
    record_set_int(r, RESPONSE_version, f->version);
    record_set(r, RESPONSE_def_hash, f->hash);
    record_set(r, RESPONSE_state, "FINAL");
    record_set(r, RESPONSE_stage, f->stage);
    record_set_date(r, RESPONSE_held_on, f->held_on);
    record_set(r, RESPONSE_language, f->language);
    record_set(r, RESPONSE_wording, f->wording);
}

static void owners_set(struct record *r, const struct filing *f)
{
    int person = table_column_by_name(r->table, "person"), episode = table_column_by_name(r->table, "episode");

    if (person >= 0 && id_is_set(f->person))
        record_set_id(r, person, f->person);
    if (episode >= 0 && id_is_set(f->episode))
        record_set_id(r, episode, f->episode);
}

static enum status file_into(struct store *s, struct filing *f, struct record *r, struct err *err)
{
    static const char *const no_names[] = { "" };       /* asked nothing: rows that are not answered anew stay */
    struct answers rest = ANSWERS_INIT;
    struct write w = { .record = r, .answers = f->answers, .asked = f->questions, .asked_count = f->question_count,
                       .why = f->why };
    enum status st = definition_pin(s, f, err);

    owners_set(r, f);
    if (f->binds == T_COUNT) {
        response_fill(r, f);
    } else {
        bound_fill(r, f, &rest);
        w.answers = &rest;
        if (!f->questions) {
            w.asked = no_names;
            w.asked_count = ARRAY_LEN(no_names);
        }
    }
    if (st == ST_OK)
        st = write_apply(s, &w, err);
    answers_release(&rest);
    return st;
}

enum status store_file(struct store *s, struct filing *f, struct err *err)
{
    enum table_id t = f->binds == T_COUNT ? T_RESPONSE : f->binds;
    struct err why = { .st = ST_OK };
    struct record r;
    bool own = false;
    enum status st = ST_NOTFOUND;

    record_init(&r, t);
    if (id_is_set(f->id))
        st = store_get(s, t, f->id, &r, &why);
    if (st == ST_NOTFOUND)
        r.id = f->id;
    else if (st != ST_OK)
        err_set(err, st, "%s", err_text(&why));
    if (st == ST_OK || st == ST_NOTFOUND)
        st = tx_enter(s, &own, err);
    if (st == ST_OK) {
        st = file_into(s, f, &r, err);
        st = tx_leave(s, own, st, err);
    }
    if (st == ST_OK)
        f->id = r.id;
    record_release(&r);
    return st;
}
