/* cmd_import.c - import assets|cases|undo: a dry run unless --apply. */
#include "commands.h"

#include <stdlib.h>
#include <string.h>

#include "bulk.h"
#include "dolen/base/file.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/text.h"
#include "import.h"
#include "training.h"
#include "oruk.h"
#include "dolen/base/banned.h"

static const char *const verdict_words[] = { [ROW_ACCEPT] = "accept", [ROW_HOLD] = "hold", [ROW_REFUSE] = "refuse" };

/* Row numbers are those of the spreadsheet. */
static void print_json(const struct import *m, bool apply, const char *refused_to)
{
    struct json *j = json_new_map(), *rows = json_new_list();

    json_set_bool(j, "applied", apply && m->batch[0]);
    if (m->batch[0])
        json_set_text(j, "batch", m->batch);
    json_set_int(j, "accepted", (int64_t) m->accepted);
    json_set_int(j, "held", (int64_t) m->held);
    json_set_int(j, "refused", (int64_t) m->refused);
    if (refused_to)
        json_set_text(j, "refused_file", refused_to);
    for (size_t i = 0; i < m->table.count; i++) {
        struct json *one = json_new_map();

        json_set_int(one, "row", (int64_t) csv_table_number(&m->table, i));
        json_set_text(one, "verdict", verdict_words[m->rows[i].verdict]);
        if (m->rows[i].name[0])
            json_set_text(one, "name", m->rows[i].name);
        if (m->rows[i].reason[0])
            json_set_text(one, "reason", m->rows[i].reason);
        if (id_is_set(m->rows[i].id))
            json_set_text(one, "id", id_show(m->rows[i].id).s);
        json_append(rows, one);
    }
    json_set(j, "rows", rows);
    run_print_json("import", j);
}

/* What would be taken is listed before it is; afterwards only what was not. */
static void print_rows(const struct import *m, bool apply)
{
    static const char *const words[] = {
        [ROW_ACCEPT] = N_("accepted"), [ROW_HOLD] = N_("held"), [ROW_REFUSE] = N_("refused")
    };

    for (size_t i = 0; i < m->table.count; i++) {
        struct buf line = BUF_INIT, tame = BUF_INIT;
        bool taken = m->rows[i].verdict == ROW_ACCEPT;

        if (taken && apply)
            continue;
        buf_addf(&line, _("row %zu, %s: %s"), csv_table_number(&m->table, i), _(words[m->rows[i].verdict]),
                 taken ? m->rows[i].name : m->rows[i].reason);
        text_tame(&tame, buf_text(&line), false);
        puts(buf_text(&tame));
        buf_wipe(&line);
        buf_wipe(&tame);
    }
}

static void print_text(const struct import *m, bool apply, const char *refused_to)
{
    print_rows(m, apply);
    printf(_("%zu accepted, %zu held because they look like duplicates, %zu refused."), m->accepted, m->held,
           m->refused);
    putchar('\n');
    if (refused_to) {
        printf(_("What was not taken is in %s, with the reason."), refused_to);
        putchar('\n');
    }
    if (m->held && refused_to)          /* the same file again would bring in twice what is in now */
        fputs(_("Look at those that are held: leave the rows that are to come in all the same in that file, and import "
                "it with --take-held."), stdout);
    else if (m->held)
        fputs(_("Look at those that are held; --take-held takes them too."), stdout);
    if (m->held)
        putchar('\n');
    if (m->batch[0])
        printf(_("Batch %s: dolen import undo %s takes it back."), m->batch, m->batch);
    else
        fputs(apply ? _("Nothing was written.") : _("This was a dry run: nothing was written. --apply writes it."),
              stdout);
    putchar('\n');
}

static enum status read_table(struct run *r, struct import *m, struct err *err)
{
    struct buf text = BUF_INIT;
    enum status st = file_read(&text, r->operand[0], CSV_MAX_BYTES, err);

    if (st == ST_OK && !m->cases && oruk_meant(run_value(r, "--format"), r->operand[0]))
        st = oruk_read(&m->table, m->cf, buf_text(&text), text.len, err);
    else if (st == ST_OK)
        st = csv_table_read(&m->table, buf_text(&text), text.len, err);
    if (st == ST_OK)
        st = training_refuse(m->cf, r->operand[0], &m->table, err);
    buf_wipe(&text);
    return st;
}

static enum status read_map(struct run *r, struct import *m, struct err *err)
{
    const char *map = run_value(r, "--map"), *format = run_value(r, "--format");

    if (format && !str_eq(format, "csv") && !str_eq(format, "oruk-json"))
        return err_set(err, ST_USAGE, _("--format is csv or oruk-json. Nothing was changed."));
    if (map)
        return import_map_read(&m->map, m->cf, map, m->cases ? "cases" : "assets", err);
    if (m->cases)
        return err_set(err, ST_USAGE,
                       _("Say which column is which: --map MAP.yaml. Nothing was changed. One is shown by: dolen help import "
                         "cases"));
    return import_map_plain(&m->map, m->cf, &m->table, err);
}

/* Rows that were given back before may be half corrected: their file is never written over. */
static enum status refused_name(struct run *r, bool apply, char **out, struct err *err)
{
    const char *given = run_value(r, "--refused");

    *out = given ? xstrdup(given) : apply ? xasprintf("%s.refused.csv", r->operand[0]) : NULL;
    for (int n = 2; *out && !given && file_exists(*out); n++) {
        free(*out);
        *out = xasprintf("%s.refused-%d.csv", r->operand[0], n);
    }
    if (given && file_exists(given))
        return err_set(err, ST_REFUSED, _("%s exists already; it is as it was; choose another name."), given);
    return ST_OK;
}

/* The rows that were accepted are in by then; so their answer is given whatever becomes of the others. */
static enum status give_back(struct import *m, char **refused_to, struct err *err)
{
    struct err why = { .st = ST_OK };
    enum status st = import_write_refused(m, *refused_to, &why);

    if (st == ST_OK)
        return ST_OK;
    err_set(err, st, _("The rows that were not taken could not be given back as %s: %s. What was accepted is in the case "
                       "file. Import the same file again for them; those that are there are held."),
            *refused_to, err_text(&why));
    free(*refused_to);
    *refused_to = NULL;
    return st;
}

static enum status answer(struct run *r, struct import *m, bool apply, char **refused_to, struct err *err)
{
    bool some_left = m->held + m->refused > 0;
    enum status st = *refused_to && some_left ? give_back(m, refused_to, err) : ST_OK;

    (r->json ? print_json : print_text)(m, apply, some_left ? *refused_to : NULL);
    if (st == ST_OK && apply && some_left)
        st = err_set(err, ST_PARTIAL,
                     tr_n("%zu row was not taken.", "%zu rows were not taken.", m->held + m->refused),
                     m->held + m->refused);
    return st;
}

static enum status import_file(struct run *r, bool cases, struct err *err)
{
    struct import m = { .cf = r->cf, .cases = cases, .take_held = run_flag(r, "--take-held") };
    bool apply = run_flag(r, "--apply");
    char *refused_to = NULL;
    enum status st = refused_name(r, apply, &refused_to, err);

    if (st == ST_OK)
        st = read_table(r, &m, err);
    if (st == ST_OK)
        st = read_map(r, &m, err);
    if (st == ST_OK) {
        import_find_head(&m);
        st = training_refuse(m.cf, r->operand[0], &m.table, err);       /* again, by the names now found */
    }
    if (st == ST_OK)
        st = import_run(&m, apply, err);
    if (st == ST_OK)
        st = answer(r, &m, apply, &refused_to, err);
    free(refused_to);
    import_release(&m);
    return st;
}

static enum status assets_run(struct run *r, struct err *err) { return import_file(r, false, err); }
static enum status cases_run(struct run *r, struct err *err)  { return import_file(r, true, err); }

static enum status undo_run(struct run *r, struct err *err)
{
    size_t binned, kept;
    enum status st = import_undo(r->cf, r->operand[0], false, &binned, &kept, err);
    char *will = xasprintf(tr_n("%zu record that this import made goes to the bin for 30 days.",
                                "%zu records that this import made go to the bin for 30 days.", binned), binned);

    if (st == ST_OK)
        st = bulk_agreed(r, binned, will, err);
    free(will);
    if (st == ST_OK && !bulk_dry(r))
        st = import_undo(r->cf, r->operand[0], true, &binned, &kept, err);
    if (st != ST_OK || bulk_dry(r))
        return st;
    if (r->json) {
        struct json *j = json_new_map();

        json_set_int(j, "binned", (int64_t) binned);
        json_set_int(j, "kept", (int64_t) kept);
        run_print_json("import-undo", j);
    } else {
        printf(tr_n("%zu record is in the bin for 30 days.", "%zu records are in the bin for 30 days.", binned),
               binned);
        putchar('\n');
    }
    if (kept)
        return err_set(err, ST_PARTIAL, tr_n("%zu record was changed or used since and stays.",
                                             "%zu records were changed or used since and stay.", kept), kept);
    return ST_OK;
}

#define COMMON_OPTIONS \
    { "--apply", NULL, N_("Write what is accepted; without it nothing is written") }, \
    { "--refused", "OUT.csv", \
      N_("Where rows that are not taken go, with the reason; FILE.refused.csv when written") }, \
    { "--take-held", NULL, N_("Take likely duplicates too") }, \
    { NULL, NULL, NULL }

static const struct option assets_options[] = {
    { "--map", "MAP.yaml", N_("Which column answers which question") },
    { "--format", "csv|oruk-json", N_("Open Referral UK, or CSV with the asset form's question names") },
    COMMON_OPTIONS
};
static const struct option undo_options[] = { BULK_YES, BULK_DRY, { NULL, NULL, NULL } };
static const struct option cases_options[] = {
    { "--map", "MAP.yaml", N_("Which column answers which question") },
    COMMON_OPTIONS
};

const struct command import_commands[] = {
    { "import", "assets", "FILE", 1, 1, N_("Entries of the directory from a file: a dry run, row by row"),
      assets_options, NEEDS_CASE,
      assets_run },
    { "import", "cases", "FILE.csv", 1, 1, N_("People and referrals from a spreadsheet: a dry run, row by row"),
      cases_options,
      NEEDS_CASE, cases_run },
    { "import", "undo", "BATCH", 1, 1, N_("Put what one import wrote in the bin"), undo_options, NEEDS_CASE, undo_run },
    { NULL, NULL, NULL, 0, 0, NULL, NULL, 0, NULL }
};
