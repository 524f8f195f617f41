/* app/import.c - the rows: each through the forms it fills, checked, compared with what is there, and written. */
#include "import.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dolen/base/date.h"
#include "dolen/base/file.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/text.h"
#include "filing.h"
#include "import_alike.h"
#include "large_step.h"
#include "places_book.h"
#include "dolen/base/banned.h"

/* In the order in which they are written. */
static const struct {
    const char   *form;
    enum table_id binds;
    bool          fresh;            /* makes the record; the others answer into one made before */
} steps[] = {
    { "asset", T_ASSET, true }, { "person", T_PERSON, true }, { "language", T_PERSON, false },
    { "equality", T_EQUALITY, true },
    { "referral", T_REFERRAL, true }, { "decision", T_REFERRAL, false },
};
#define STEPS ARRAY_LEN(steps)

struct working {
    struct import     *m;
    struct asset_keys  assets;      /* there, and accepted from this file */
    struct person_key *people;      /* accepted from this file */
    size_t             people_count, people_cap;
    struct places_book places;
    size_t             there;       /* of assets: in the case file before */
    struct id          as;          /* stands for the entry that this row would make, until it is made */
    struct session    *session[STEPS];
};

static int step_of(const char *form)
{
    for (size_t i = 0; i < STEPS; i++)
        if (str_eq(steps[i].form, form))
            return (int) i;
    return -1;
}

static void sessions_free(struct working *w)
{
    for (size_t i = 0; i < STEPS; i++)
        session_free(&w->session[i]);
}

static const char *between(const char *reason)
{
    size_t n = strlen(reason);

    return n == 0 ? "" : strchr(".!?", reason[n - 1]) ? " " : ". ";
}

/* Every cell that does not pass is named, so that a row has to be corrected only once. */
static void refuse(struct import_row *row, const char *column, const char *why)
{
    struct buf b = BUF_INIT;

    buf_addf(&b, "%s%s%s%s%s", row->reason, between(row->reason), column ? column : "", column ? ": " : "", why);
    row->verdict = ROW_REFUSE;
    str_copy(row->reason, sizeof row->reason, buf_text(&b));
    if (b.len >= sizeof row->reason)
        str_copy(row->reason + text_cluster_before(row->reason, sizeof row->reason - 4), 4, "…");
    buf_wipe(&b);
}

/* --- a row into its forms --------------------------------------------------------------------------------------- */

/* True: the cell says something. */
static bool put_cell(struct working *w, const struct import_rule *r, const char *cell, struct import_row *row)
{
    int step = step_of(r->form);
    const struct form *form = catalog_form(w->m->cf->catalog, r->form, NULL);
    const struct question *q = form ? form_question(form, r->question) : NULL;
    struct err err = { .st = ST_OK };
    struct buf text = BUF_INIT;
    enum status st;
    bool said;

    if (step < 0 || !q)
        return false;
    st = import_cell_text(r, q, cell, &text, &err);
    if (text.len && !w->session[step])
        w->session[step] = session_new(form, NULL, NULL, 0, clock_today());
    if (st == ST_OK && text.len)
        st = session_set(w->session[step], q, 0, buf_text(&text), &err);
    said = text.len > 0;
    buf_wipe(&text);
    if (st != ST_OK)
        refuse(row, r->from ? r->from : r->question, err_text(&err));
    return said;
}

/* What is the same for every row goes with what the row itself says to that form: without a day of acceptance there is
 * no acceptance, and the referral waits. A form that no column answers stands on what is fixed alone. */
static void let_go_of_fixed_alone(struct working *w, const bool said[STEPS])
{
    bool asked[STEPS] = { false };

    for (size_t k = 0; k < w->m->map.count; k++)
        if (w->m->map.rules[k].from && step_of(w->m->map.rules[k].form) >= 0)
            asked[step_of(w->m->map.rules[k].form)] = true;
    for (size_t i = 0; i < STEPS; i++)
        if (asked[i] && !said[i])
            session_free(&w->session[i]);
}

/* What the row lacks, and which column would bring it. */
static void refuse_open(const struct working *w, const struct session *s, const struct question *q,
                        struct import_row *row)
{
    const struct import_map *map = &w->m->map;
    const char *form = session_form(s)->id, *column = NULL;
    char *why;

    for (size_t i = 0; i < map->count && !column; i++)
        if (str_eq(map->rules[i].form, form) && str_eq(map->rules[i].question, q->name))
            column = map->rules[i].from;
    why = column ? xasprintf(_("\"%s\" is not answered; fill in the column %s of this row"), text2_now(&q->label),
                             column)
                 : xasprintf(_("\"%s\" is not answered; name a column for %s.%s in the map"), text2_now(&q->label),
                             form, q->name);
    refuse(row, NULL, why);
    free(why);
}

static bool passes(struct working *w, struct session *s, bool whole, struct import_row *row)
{
    struct problems p = { NULL, 0, 0 };
    const struct row *rows;
    size_t n;

    session_problems(s, &p);
    rows = session_rows(s, &n);
    for (size_t i = 0; i < p.count && (size_t) p.items[i].row < n && row->verdict != ROW_REFUSE; i++)
        if (p.items[i].open && whole)
            refuse_open(w, s, rows[p.items[i].row].q, row);
        else if (!p.items[i].open)
            refuse(row, text2_now(&rows[p.items[i].row].q->label), text2_now(&p.items[i].sentence));
    problems_release(&p);
    return row->verdict != ROW_REFUSE;
}

static void read_row(struct working *w, size_t i, struct import_row *row)
{
    const struct import_map *map = &w->m->map;
    int least = step_of(w->m->cases ? "person" : "asset");
    bool said[STEPS] = { false };

    for (size_t k = 0; k < map->count; k++) {
        const struct import_rule *r = &map->rules[k];
        const char *cell = r->from ? csv_table_cell(&w->m->table, i, csv_table_column(&w->m->table, r->from)) :
                                     r->value;

        if (put_cell(w, r, cell, row) && r->from)
            said[step_of(r->form)] = true;
    }
    let_go_of_fixed_alone(w, said);
    if (row->verdict == ROW_REFUSE)
        return;
    if (!w->session[least]) {
        refuse(row, NULL, _("there is no name"));
        return;
    }
    for (size_t k = 0; k < STEPS; k++)
        if (w->session[k] && !passes(w, w->session[k], (int) k == least, row))
            return;
}

/* --- is it there already? --------------------------------------------------------------------------------------- */

static const char *value_of(struct working *w, const char *form, const char *question)
{
    struct session *s = w->session[step_of(form)];
    const struct question *q = s ? form_question(session_form(s), question) : NULL;

    return q ? session_value(s, q, 0) : NULL;
}

static void hold(struct import_row *row, const char *like)
{
    row->verdict = ROW_HOLD;
    snprintf(row->reason, sizeof row->reason, _("looks like one that is there already: %s"), like);
}

/* By name, for whoever reads it, by id, because two may be called alike, and why: the names may be quite different. */
static void hold_person(struct import_row *row, struct store *s, struct id person, bool by_number)
{
    struct person_row there = { .name = "" };
    char like[240];

    if (person_row_get(s, person, &there, NULL) == ST_OK && there.name[0])
        snprintf(like, sizeof like, "%s, %s (%s)", there.name, id_show(person).s,
                 by_number ? _("the same NHS number") : _("the same name"));
    else
        str_copy(like, sizeof like, id_show(person).s);
    hold(row, like);
    explicit_bzero(&there, sizeof there);
    explicit_bzero(like, sizeof like);
}

static const char *cell_named(const struct working *w, size_t i, const char *column)
{
    int c = csv_table_column(&w->m->table, column);

    return c < 0 ? "" : csv_table_cell(&w->m->table, i, c);
}

static struct id offer_of_row(const struct working *w, size_t i)
{
    return places_book_find(&w->places, w->m->cf, cell_named(w, i, "id"), cell_named(w, i, PLACE_COLUMN));
}

/* The name as it is written there; what is compared has neither capitals nor marks. */
static void hold_asset(struct working *w, size_t n, struct import_row *row)
{
    struct record there = { .text = NULL };
    const char *first = NULL, *second = NULL;

    if (n >= w->there) {
        hold(row, _("an earlier row of this file"));
        return;
    }
    if (store_get(w->m->cf->store, T_ASSET, w->assets.items[n].id, &there, NULL) == ST_OK) {
        first = record_text(&there, lang_now() == LANG_CY ? ASSET_name_cy : ASSET_name_en);
        second = record_text(&there, lang_now() == LANG_CY ? ASSET_name_en : ASSET_name_cy);
    }
    hold(row, first ? first : second ? second : "");
    record_release(&there);
}

static void compare_asset(struct working *w, size_t i, struct import_row *row)
{
    struct asset_key k = asset_key_of(w->as = id_new(), value_of(w, "asset", "name_en"),
                                      value_of(w, "asset", "name_cy"),
                                      value_of(w, "asset", "postcode"), value_of(w, "asset", "phone"));

    k.offer = offer_of_row(w, i);
    for (size_t n = 0; n < w->assets.count; n++)
        if (places_same(&k, &w->assets.items[n], n < w->there)) {
            hold_asset(w, n, row);
            places_book_add(&w->places, cell_named(w, i, "id"), cell_named(w, i, PLACE_COLUMN), &w->assets.items[n]);
            return;
        }
    places_book_add(&w->places, cell_named(w, i, "id"), cell_named(w, i, PLACE_COLUMN), &k);
    *ARRAY_ADD(w->assets.items, w->assets.count, w->assets.cap) = k;
}

static struct person_key person_key_of(struct working *w)
{
    const char *given = value_of(w, "person", "given_name");

    return person_key_make(given ? given : value_of(w, "person", "preferred_name"), value_of(w, "person", "family_name"),
                           value_of(w, "person", "birth_date"), value_of(w, "person", "birth_precision"),
                           value_of(w, "person", "nhs_number"));
}

static struct person_key key_of_record(const struct record *p)
{
    return person_key_make(record_or(p, PERSON_given_name, record_or(p, PERSON_preferred_name, "")),
                           record_text(p, PERSON_family_name), record_text(p, PERSON_birth_date),
                           record_text(p, PERSON_birth_precision), record_text(p, PERSON_nhs_number));
}

/* Whom or what the row is about, for somebody who reads the list. */
static void name_row(struct working *w, struct import_row *row)
{
    static const char *const tried[][2] = {
        { "person", "preferred_name" }, { "person", "given_name" }, { "person", "family_name" }, { "asset", "name_en" },
        { "asset", "name_cy" },
    };
    struct buf name = BUF_INIT;

    for (size_t i = 0; i < ARRAY_LEN(tried); i++) {
        const char *part = value_of(w, tried[i][0], tried[i][1]);

        if (part && !(name.len && (i == 1 || i == 4)))        /* the preferred name, the English one stand alone */
            buf_addf(&name, "%s%s", name.len ? " " : "", part);
    }
    str_copy(row->name, sizeof row->name, buf_text(&name));
    buf_wipe(&name);
}

static void compare_with_found(struct working *w, const struct person_key *k, const char *typed, struct import_row *row)
{
    struct hit hit[20];
    int n = 0;

    if (!typed[0] ||
        store_search(w->m->cf->store, typed, 1u << HIT_PERSON, hit, (int) ARRAY_LEN(hit), &n, NULL) != ST_OK)
        return;
    for (int i = 0; i < n && row->verdict == ROW_ACCEPT; i++) {
        struct record p;
        struct person_key there;

        record_init(&p, T_PERSON);
        if (store_get(w->m->cf->store, T_PERSON, hit[i].id, &p, NULL) == ST_OK) {
            there = key_of_record(&p);
            if (person_alike(k, &there))
                hold_person(row, w->m->cf->store, hit[i].id, k->nhs[0] && there.nhs[0]);
        }
        record_release(&p);
    }
}

static void compare_person(struct working *w, struct import_row *row)
{
    struct person_key k = person_key_of(w);

    for (size_t i = 0; i < w->people_count && row->verdict == ROW_ACCEPT; i++)
        if (person_alike(&k, &w->people[i]))
            hold(row, _("an earlier row of this file"));
    if (row->verdict == ROW_ACCEPT)
        compare_with_found(w, &k, k.nhs, row);
    if (row->verdict == ROW_ACCEPT)
        compare_with_found(w, &k, k.name, row);
    if (row->verdict == ROW_ACCEPT)
        *ARRAY_ADD(w->people, w->people_count, w->people_cap) = k;
}

/* --- writing ---------------------------------------------------------------------------------------------------- */

static enum status write_row(struct working *w, struct import_row *row, const char *why, struct err *err)
{
    struct filling f = { .cf = w->m->cf, .imported = true };
    struct id person = ID_NONE, last = ID_NONE;
    enum status st = ST_OK;

    for (size_t k = 0; k < STEPS && st == ST_OK; k++) {
        if (!w->session[k])
            continue;
        f.form = session_form(w->session[k]);
        f.session = w->session[k];
        f.binds = steps[k].binds;
        f.fresh = steps[k].fresh;
        f.person = person;
        f.record = steps[k].fresh ? ID_NONE : steps[k].binds == T_PERSON ? person : last;
        st = filling_file_within(&f, true, why, err);
        last = f.record;
        if (steps[k].binds == T_PERSON)
            person = f.person;
    }
    row->id = w->m->cases ? person : last;
    return st;
}

static enum status join_row(struct working *w, size_t i, const struct import_row *row, const char *why, struct err *err)
{
    struct id offer = offer_of_row(w, i);

    for (size_t n = w->there; n < w->assets.count; n++)
        if (id_eq(w->assets.items[n].id, w->as))
            w->assets.items[n].id = row->id;
    places_book_made(&w->places, w->as, row->id, cell_named(w, i, "id"));
    if (!id_is_set(offer) || id_eq(offer, w->as))
        return ST_OK;
    return places_join(w->m->cf, row->id, offer, why, err);
}

static enum status one_row(struct working *w, size_t i, bool apply, const char *why, struct err *err)
{
    struct import_row *row = &w->m->rows[i];
    enum status st = ST_OK;

    *row = (struct import_row) { .verdict = ROW_ACCEPT };
    read_row(w, i, row);
    name_row(w, row);
    if (row->verdict == ROW_ACCEPT && w->m->cases)
        compare_person(w, row);
    else if (row->verdict == ROW_ACCEPT)
        compare_asset(w, i, row);
    if (row->verdict == ROW_HOLD && w->m->take_held)
        row->verdict = ROW_ACCEPT, row->reason[0] = '\0';
    if (row->verdict == ROW_ACCEPT && apply)
        st = write_row(w, row, why, err);
    if (st == ST_OK && row->verdict == ROW_ACCEPT && apply && !w->m->cases)
        st = join_row(w, i, row, why, err);
    w->m->accepted += row->verdict == ROW_ACCEPT;
    w->m->held += row->verdict == ROW_HOLD;
    w->m->refused += row->verdict == ROW_REFUSE;
    sessions_free(w);
    return st;
}

static enum status refuse_column(const struct import *m, const char *missing, struct err *err)
{
    struct buf there = BUF_INIT;
    enum status st;

    for (size_t i = 0; i < m->table.head.count && there.len < 200; i++)
        if (m->table.head.cells[i][0])
            buf_addf(&there, "%s%s", there.len ? ", " : "", m->table.head.cells[i]);
    st = err_set(err, ST_INVALID,
                 _("The map names a column that the file does not have: %s. It has: %s. Nothing was changed."
                   " Correct the map, or the names of the columns in the file."),
                 missing, buf_text(&there));
    buf_wipe(&there);
    return st;
}

static enum status columns_there(const struct import *m, struct err *err)
{
    const char *missing = import_column_missing(&m->map, &m->table.head);

    if (missing)
        return refuse_column(m, missing, err);
    for (size_t i = 0; m->cases && i < m->map.count; i++)
        if (str_eq(m->map.rules[i].form, "referral"))
            return ST_OK;
    for (size_t i = 0; m->cases && i < m->map.count; i++)
        if (str_eq(m->map.rules[i].form, "decision"))
            return err_set(err, ST_INVALID,
                           _("The map answers a decision but no referral. Nothing was changed. Map or fix "
                             "referral.received_on."));
    return ST_OK;
}

/* Where the batch lies in the history is all that taking it back needs. */
static enum status note_batch(struct import *m, int64_t after, struct err *err)
{
    char key[40], value[80];

    snprintf(key, sizeof key, "import.%s", m->batch);
    snprintf(value, sizeof value, "%lld %lld %zu", (long long) after, (long long) store_version(m->cf->store),
             m->accepted);
    return store_set_setting(m->cf->store, key, value, err);
}

enum status import_run(struct import *m, bool apply, struct err *err)
{
    struct working w = { .m = m };
    char why[40], batch[16];
    int64_t after = store_version(m->cf->store);
    enum status st = columns_there(m, err);

    m->accepted = m->held = m->refused = 0;
    m->rows = xcalloc(m->table.count + 1, sizeof *m->rows);
    str_copy(batch, sizeof batch, id_show(id_new()).s);
    batch[8] = '\0';
    snprintf(why, sizeof why, "import %s", batch);
    if (st == ST_OK && !m->cases)
        st = asset_keys(m->cf->store, &w.assets, err);
    w.there = w.assets.count;
    if (st == ST_OK && apply)
        st = store_begin(m->cf->store, err);
    else
        apply = false;
    for (size_t i = 0; i < m->table.count && st == ST_OK; i++)
        st = one_row(&w, i, apply, why, err);
    sessions_free(&w);
    if (apply && st == ST_OK && m->accepted)
        st = store_commit(m->cf->store, err);
    else if (apply)
        store_rollback(m->cf->store);
    if (apply && st == ST_OK && m->accepted) {
        str_copy(m->batch, sizeof m->batch, batch);
        st = note_batch(m, after, err);
    }
    if (w.people)
        explicit_bzero(w.people, w.people_cap * sizeof *w.people);
    free(w.people);
    free(w.assets.items);
    places_book_release(&w.places);
    return st;
}

void import_release(struct import *m)
{
    import_map_release(&m->map);
    csv_table_release(&m->table);
    if (m->rows)
        explicit_bzero(m->rows, m->table.count * sizeof *m->rows);
    free(m->rows);
    m->rows = NULL;
}

/* --- what was not taken ----------------------------------------------------------------------------------------- */

enum status import_write_refused(const struct import *m, const char *path, struct err *err)
{
    struct file_out *f = NULL;
    int reason = csv_table_column(&m->table, "reason");
    enum status st = file_out_open(&f, path, false, err);

    if (st == ST_OK)
        st = file_out_write(f, CSV_BYTE_ORDER_MARK, strlen(CSV_BYTE_ORDER_MARK), err);
    for (size_t i = 0; i <= m->table.count && st == ST_OK; i++) {
        const struct import_row *r = i ? &m->rows[i - 1] : NULL;
        struct csv_row out = { .cells = NULL };
        struct buf line = BUF_INIT;

        if (r && r->verdict == ROW_ACCEPT)
            continue;
        for (size_t c = 0; c < m->table.head.count; c++)
            if ((int) c != reason)
                csv_row_add(&out, r ? csv_table_cell(&m->table, i - 1, (int) c) : m->table.head.cells[c]);
        csv_row_add(&out, r ? r->reason : "reason");
        csv_row_write_with(&line, &out, m->table.delimiter);
        st = file_out_write(f, buf_text(&line), line.len, err);
        for (size_t c = 0; c < out.count; c++)
            free(out.cells[c]);
        free(out.cells);
        buf_wipe(&line);
    }
    if (st == ST_OK)
        return file_out_commit(&f, err);
    if (f)
        file_out_drop(&f);
    return st;
}

/* --- taking a batch back ---------------------------------------------------------------------------------------- */

static enum status take_back(struct casefile *cf, const struct made_record *made, size_t n, int64_t until,
                             size_t *binned, size_t *kept, struct err *err)
{
    enum status st = ST_OK;

    for (size_t i = 0; i < n && st == ST_OK; i++) {
        bool used = false;

        st = store_is_used(cf->store, made[i].table, made[i].id, until, &used, err);
        if (st != ST_OK)
            break;
        if (made[i].changed || used) {
            (*kept)++;
            continue;
        }
        st = store_bin(cf->store, made[i].table, made[i].id, "import undone", err);
        *binned += st == ST_OK;
    }
    return st;
}

enum status import_undo(struct casefile *cf, const char *batch, bool apply, size_t *binned, size_t *kept,
                        struct err *err)
{
    struct made_record *made = NULL;
    long long after = 0, until = 0;
    char key[40], *where;
    size_t n = 0;
    enum status st = ST_OK;

    *binned = *kept = 0;
    snprintf(key, sizeof key, "import.%.16s", batch);
    where = store_setting(cf->store, key);
    if (!where || sscanf(where, "%lld %lld", &after, &until) != 2)
        st = err_set(err, ST_NOTFOUND, _("There is no import called %s in this case file. Nothing was changed. The "
                                         "name is the one that the import gave."), batch);
    if (st == ST_OK)
        st = store_made(cf->store, after, until, &made, &n, err);
    if (st == ST_OK)
        st = store_begin(cf->store, err);
    if (st == ST_OK) {
        st = take_back(cf, made, n, until, binned, kept, err);
        if (apply)
            st = store_end(cf->store, st, err);
        else
            dry_end(cf);
    }
    if (st == ST_OK && apply && !*kept)
        st = store_set_setting(cf->store, key, NULL, err);
    free(made);
    free(where);
    return st;
}
