/* cmd_caseload.c - caseload list|handover: whose cases are whose, and from one practitioner to another. */
#include "commands.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "bulk.h"
#include "caseload.h"
#include "yes_word.h"
#include "dolen/base/lang.h"
#include "dolen/base/layout.h"
#include "dolen/base/mem.h"
#include "dolen/base/text.h"
#include "dolen/base/banned.h"

#define PRACTITIONERS_MAX 200
#define ID_COLS 38
#define NAME_COLS 26

static int slot_of(const struct run *r, struct id practitioner)
{
    struct slot_info slot[VAULT_SLOTS];
    int n = vault_list(r->cf->vault, slot);

    for (int i = 0; i < n; i++)
        if (id_eq(slot[i].practitioner, practitioner))
            return slot[i].index + 1;
    return 0;
}

static enum status list_one(struct run *r, struct id who, const char *name, struct json *list, struct err *err)
{
    struct caseload_row *rows = NULL;
    size_t n = 0, tasks = 0;
    int slot = id_is_set(who) ? slot_of(r, who) : 0;
    enum status st = caseload_list(r->cf->store, who, &rows, &n, err);

    for (size_t i = 0; i < n; i++)
        if (i == 0 || !id_eq(rows[i].person, rows[i - 1].person))
            tasks += (size_t) rows[i].tasks;
    free(rows);
    if (st != ST_OK || (!id_is_set(who) && n == 0))
        return st;
    if (r->json) {
        struct json *j = json_new_map();

        json_set_text(j, "practitioner", id_is_set(who) ? id_show(who).s : NULL);
        json_set_text(j, "name", name);
        if (slot)
            json_set_int(j, "slot", slot);
        json_set_int(j, "open_periods", (int64_t) n);
        json_set_int(j, "open_tasks", (int64_t) tasks);
        json_append(list, j);
    } else {
        struct buf tame = BUF_INIT;

        text_tame(&tame, name, false);
        layout_put(id_is_set(who) ? id_show(who).s : "-", ID_COLS);
        layout_put(buf_text(&tame), NAME_COLS);
        printf(_("open periods of support: %zu, things to do: %zu"), n, tasks);
        putchar('\n');
        buf_release(&tame);
    }
    return ST_OK;
}

static enum status list_run(struct run *r, struct err *err)
{
    struct records all = { NULL, 0, 0 };
    struct json *list = json_new_list();
    enum status st = store_list(r->cf->store, LIST_PRACTITIONERS, ID_NONE, PRACTITIONERS_MAX, &all, err);

    for (size_t i = 0; st == ST_OK && i < all.count; i++)
        st = list_one(r, all.items[i].id, record_or(&all.items[i], PRACTITIONER_name, ""), list, err);
    if (st == ST_OK)
        st = list_one(r, ID_NONE, _("(nobody)"), list, err);
    records_release(&all);
    if (st == ST_OK && r->json) {
        struct json *j = json_new_map();

        json_set(j, "items", list);
        run_print_json("caseload", j);
    } else {
        json_free(&list);
    }
    return st;
}

static enum status answer(struct run *r, const struct caseload_move *m, bool applied)
{
    if (r->json) {
        struct json *j = json_new_map();

        json_set_bool(j, "applied", applied);
        json_set_int(j, "people", (int64_t) m->people);
        json_set_int(j, "open_periods", (int64_t) m->periods);
        json_set_int(j, "open_tasks", (int64_t) m->tasks);
        run_print_json("caseload-handover", j);
        return ST_OK;
    }
    printf(_("People: %zu, open periods of support: %zu, things to do that go along: %zu."), m->people, m->periods,
           m->tasks);
    putchar('\n');
    puts(applied ? _("Handed over. Taken back with: dolen caseload handover --undo")
                 : _("This was a dry run: nothing was written."));
    return ST_OK;
}

static enum status undo(struct run *r, struct err *err)
{
    size_t n = 0;
    enum status st = bulk_undo(r, caseload_undo,
                               NP_("%zu open period of support goes back to who had it.",
                                   "%zu open periods of support go back to who had them."), &n, err);

    if (st == ST_OK && bulk_dry(r))
        return ST_OK;
    if (st == ST_OK && r->json) {
        struct json *j = json_new_map();

        json_set_int(j, "open_periods", (int64_t) n);
        run_print_json("caseload-handover-undo", j);
    } else if (st == ST_OK) {
        printf(tr_n("Back where it was: %zu open period of support.",
                    "Back where they were: %zu open periods of support.", n),
               n);
        putchar('\n');
    }
    return st;
}

#define UNASKED_MAX 3                    /* more people than this: the list first, then the question */

static bool named(const struct run *r, const struct id *people, struct id person)
{
    for (int i = 0; i < r->operands; i++)
        if (id_eq(people[i], person))
            return true;
    return r->operands == 0;
}

/* Whose cases would go, to standard error: the answer alone belongs on standard output. */
static enum status show_whose(struct run *r, struct id from, const struct id *people, struct err *err)
{
    struct caseload_row *rows = NULL;
    size_t n = 0;
    enum status st = caseload_list(r->cf->store, from, &rows, &n, err);

    for (size_t i = 0; st == ST_OK && i < n; i++) {
        struct buf tame = BUF_INIT;

        if (named(r, people, rows[i].person) && (i == 0 || !id_eq(rows[i].person, rows[i - 1].person))) {
            text_tame(&tame, rows[i].name, false);
            fprintf(stderr, "  %s\n", buf_text(&tame));
        }
        buf_wipe(&tame);
    }
    free(rows);
    return st;
}

static enum status agreed(struct run *r, struct id from, const struct id *people, size_t count, struct err *err)
{
    enum status st = show_whose(r, from, people, err);
    char *line = NULL;
    size_t size = 0;
    bool yes = false;

    if (st != ST_OK)
        return st;
    if (!isatty(STDIN_FILENO))
        return err_set(err, ST_REFUSED, _("These are more than %d people. Nothing was changed. When all of them are "
                                          "meant, say it again with --yes."), UNASKED_MAX);
    fprintf(stderr, tr_n("Hand over the open cases of %zu person? [y/n] ",
                         "Hand over the open cases of %zu people? [y/n] ", count), count);
    if (getline(&line, &size, stdin) > 0) {
        line[strcspn(line, "\r\n")] = '\0';
        yes = yes_word(line) > 0;
    }
    free(line);
    return yes ? ST_OK : err_set(err, ST_REFUSED, _("Nothing was handed over. Everything is as it was."));
}

static enum status hand_over(struct run *r, struct id from, struct id to, const struct id *people, bool apply,
                             struct err *err)
{
    struct caseload_move moved;
    size_t count = (size_t) r->operands;
    const struct id *whose = count ? people : NULL;
    enum status st = caseload_hand(r->cf, from, to, whose, count, false, &moved, err);

    if (st == ST_OK && apply && moved.people > UNASKED_MAX && !run_flag(r, "--yes"))
        st = agreed(r, from, people, moved.people, err);
    if (st == ST_OK && apply)
        st = caseload_hand(r->cf, from, to, whose, count, true, &moved, err);
    return st == ST_OK ? answer(r, &moved, apply) : st;
}

static enum status handover_run(struct run *r, struct err *err)
{
    const char *from = run_value(r, "--from"), *to = run_value(r, "--to");
    bool apply = !run_flag(r, "--dry-run");
    struct id a, b, people[CLI_OPERANDS_MAX];
    enum status st;

    if (run_flag(r, "--undo"))
        return undo(r, err);
    if (!from || !to || !to[0])
        return err_set(err, ST_USAGE, _("Say from whom and to whom: --from NAME --to NAME. Nothing was changed."));
    st = practitioner_find(r->cf, from, &a, err);
    if (st == ST_OK)
        st = practitioner_find(r->cf, to, &b, err);
    for (int i = 0; st == ST_OK && i < r->operands; i++)
        st = operand_person(r, r->operand[i], &people[i], err);
    return st == ST_OK ? hand_over(r, a, b, people, apply, err) : st;
}

static const struct option handover_options[] = {
    { "--from", "NAME", N_("Whose cases: a name, a slot's number or an id; empty for cases that are nobody's") },
    { "--to", "NAME", N_("Who takes them over") },
    { "--dry-run", NULL, N_("Count, and change nothing") },
    { "--yes", NULL, N_("Without asking first, also for more than three people") },
    { "--undo", NULL, N_("Take the newest one back, all of it") },
    { NULL, NULL, NULL }
};

const struct command caseload_commands[] = {
    { "caseload", "list", "", 0, 0, N_("The practitioners of this case file and how much each has open"), NULL,
      NEEDS_CASE, list_run },
    { "caseload", "handover", "[PERSON…]", 0, CLI_OPERANDS_MAX,
      N_("Hand open cases from one practitioner to another; who did what stays"),
      handover_options, NEEDS_CASE, handover_run },
    { NULL, NULL, NULL, 0, 0, NULL, NULL, 0, NULL }
};
