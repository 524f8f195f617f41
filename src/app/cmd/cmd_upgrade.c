/* cmd_upgrade.c - form upgrade: what an upgrade would do, doing it, taking it back. */
#include "commands.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bulk.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/text.h"
#include "dolen/ui/views.h"
#include "upgrade.h"
#include "dolen/base/banned.h"

static struct json *row_json(const struct diff_row *r)
{
    struct json *j = json_new_map();

    json_set_text(j, "kind", diff_word(r->kind));
    json_set_text(j, "before", r->before ? r->before->name : NULL);
    json_set_text(j, "after", r->after ? r->after->name : NULL);
    return j;
}

static struct json *from_json(const struct upgrade_from *f)
{
    struct json *j = json_new_map(), *rows = json_new_list();

    json_set_int(j, "version", f->version);
    json_set_text(j, "hash", f->hash);
    json_set_int(j, "records", (int64_t) f->records);
    json_set_int(j, "carried", (int64_t) f->carried);
    json_set_int(j, "renamed_answers", (int64_t) f->renamed);
    json_set_int(j, "kept_answers", (int64_t) f->kept);
    for (size_t i = 0; i < f->diff.count; i++)
        json_append(rows, row_json(&f->diff.rows[i]));
    json_set(j, "questions", rows);
    return j;
}

static struct json *stays_json(const struct upgrade_stays *s)
{
    struct json *j = json_new_map();

    json_set_text(j, "kind", table_name(s->at.table));
    json_set_text(j, "id", id_show(s->at.id).s);
    json_set_text(j, "person", id_is_set(s->person) ? id_show(s->person).s : NULL);
    json_set_text(j, "question", s->question);
    json_set_text(j, "why", s->why);
    return j;
}

static void print_json(const struct upgrade *u, bool applied)
{
    struct json *j = json_new_map(), *from = json_new_list(), *stay = json_new_list();

    json_set_text(j, "form", u->form->id);
    json_set_int(j, "version", u->form->version);
    json_set_bool(j, "applied", applied);
    for (size_t i = 0; i < u->from_count; i++)
        json_append(from, from_json(&u->from[i]));
    for (size_t i = 0; i < u->stays_count; i++)
        json_append(stay, stays_json(&u->stays[i]));
    json_set(j, "from", from);
    json_set(j, "stays", stay);
    run_print_json("form-upgrade", j);
}

/* A column by its name is what lists, the search and prints read: under another one it is an answer among others. */
static bool leaves_its_column(enum table_id t, const struct diff_row *r)
{
    return r->kind == DIFF_RENAMED && t != T_COUNT && table_column_by_name(t, r->before->name) >= 0 &&
           table_column_by_name(t, r->after->name) < 0;
}

/* Kept ones are many and say nothing; they are counted. */
static void print_from(enum table_id binds, const struct upgrade_from *f)
{
    size_t kept = 0;

    printf(tr_n("Version %d: %zu record", "Version %d: %zu records", f->records), f->version, f->records);
    putchar('\n');
    for (size_t i = 0; i < f->diff.count; i++) {
        if (f->diff.rows[i].kind == DIFF_KEPT)
            kept++;
        else
            printf("  %s\n", f->diff.rows[i].text);
        if (leaves_its_column(binds, &f->diff.rows[i]))
            printf("    ! %s\n", _("lists and the search know it by the old name alone, and would show it no more: keep "
                                   "the name, and change only what is asked"));
    }
    fputs("  ", stdout);
    printf(tr_n("%zu question kept as it was", "%zu questions kept as they were", kept), kept);
    putchar('\n');
    fputs("  ", stdout);
    printf(_("answers under a new name: %zu; answers no longer asked for, kept: %zu"), f->renamed, f->kept);
    putchar('\n');
}

static void print_text(const struct upgrade *u, bool applied)
{
    size_t carried = 0;

    for (size_t i = 0; i < u->from_count; i++) {
        print_from(u->binds, &u->from[i]);
        carried += u->from[i].carried;
    }
    for (size_t i = 0; i < u->stays_count; i++) {
        const struct upgrade_stays *s = &u->stays[i];
        struct buf tame = BUF_INIT;

        text_tame(&tame, s->why, false);
        printf(_("Stays as it is: %s %s, %s: %s"), bin_kind_label(s->at.table), id_show(s->at.id).s, s->question,
               buf_text(&tame));
        putchar('\n');
        buf_wipe(&tame);
    }
    if (applied && u->from_count && !carried)
        fputs(_("No record was brought over."), stdout);
    else if (!u->from_count)
        puts(_("Everything stands on the definition in use. There is nothing to do."));
    else if (applied)
        printf(tr_n("%zu record now stands on version %d. Taken back with: dolen form upgrade %s --undo",
                    "%zu records now stand on version %d. Taken back with: dolen form upgrade %s --undo", carried),
               carried, u->form->version, u->form->id);
    else
        printf(tr_n("%zu record would be brought to version %d. This was a dry run: nothing was written.",
                    "%zu records would be brought to version %d. This was a dry run: nothing was written.", carried),
               carried, u->form->version);
    if (u->from_count)
        putchar('\n');
}

static enum status undo(struct run *r, struct err *err)
{
    size_t n;
    enum status st = upgrade_undo(r->cf, r->operand[0], false, &n, err);
    char *will = xasprintf(tr_n("%zu record goes back to the version of the form that it was filled in with.",
                                "%zu records go back to the version of the form that they were filled in with.", n), n);

    if (st == ST_OK)
        st = bulk_agreed(r, n, will, err);
    free(will);
    if (st != ST_OK || bulk_dry(r))
        return st;
    st = upgrade_undo(r->cf, r->operand[0], true, &n, err);
    if (st == ST_OK && r->json) {
        struct json *j = json_new_map();

        json_set_int(j, "taken_back", (int64_t) n);
        run_print_json("form-upgrade-undo", j);
    } else if (st == ST_OK) {
        printf(tr_n("%zu record stands on its own definition again.",
                    "%zu records stand on their own definition again.", n),
               n);
        putchar('\n');
    }
    return st;
}

/* How many it would touch is worked out first, on a list of its own. */
static enum status upgrade_agreed(struct run *r, const struct upgrade *wanted, struct err *err)
{
    struct upgrade u = { .cf = wanted->cf, .form = wanted->form, .no_renames = wanted->no_renames };
    size_t carried = 0;
    enum status st = upgrade_run(&u, false, err);
    char *will;

    for (size_t i = 0; i < u.from_count; i++)
        carried += u.from[i].carried;
    upgrade_release(&u);
    will = xasprintf(_("%zu records are brought to version %d of this form. It can be taken back with --undo."),
                     carried, wanted->form->version);
    if (st == ST_OK)
        st = bulk_agreed(r, carried, will, err);
    free(will);
    return st;
}

static enum status upgrade_command(struct run *r, struct err *err)
{
    struct upgrade u = { .cf = r->cf, .no_renames = run_flag(r, "--no-renames") };
    bool apply = !run_flag(r, "--dry-run");
    enum status st = ST_OK;

    if (run_flag(r, "--undo"))
        return undo(r, err);
    u.form = catalog_form(r->cf->catalog, r->operand[0], err);
    if (!u.form)
        return err->st;
    if (apply)
        st = upgrade_agreed(r, &u, err);
    if (st == ST_OK)
        st = upgrade_run(&u, apply, err);
    if (st == ST_OK && r->json)
        print_json(&u, apply);
    else if (st == ST_OK)
        print_text(&u, apply);
    if (st == ST_OK && apply && u.stays_count)
        st = err_set(err, ST_PARTIAL,
                     tr_n("%zu record stays on its own definition, which it is always shown with. The others are "
                          "brought over.",
                          "%zu records stay on their own definition, which they are always shown with. The others "
                          "are brought over.",
                          u.stays_count),
                     u.stays_count);
    upgrade_release(&u);
    return st;
}

static const struct option upgrade_options[] = {
    BULK_YES,
    { "--dry-run", NULL,
      N_("Say what would become of each question (with --undo, of each record), and write nothing") },
    { "--no-renames", NULL,
      N_("Take no question for another one renamed: its answers are kept as no longer asked for") },
    { "--undo", NULL, N_("Take the newest upgrade of this form back, all of it") },
    { NULL, NULL, NULL }
};

const struct command upgrade_commands[] = {
    { "form", "upgrade", "FORM", 1, 1, N_("Bring what was filled in with an older version of a form to the one in use"),
      upgrade_options, NEEDS_CASE, upgrade_command },
    { NULL, NULL, NULL, 0, 0, NULL, NULL, 0, NULL }
};
