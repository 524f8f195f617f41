/* app/cmd_caseload.c - caseload list|handover: whose cases are whose, and from one practitioner to another. */
#include "commands.h"

#include <stdio.h>
#include <stdlib.h>

#include "caseload.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/text.h"
#include "dolen/base/banned.h"

#define PRACTITIONERS_MAX 200

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
        printf("%s  %-24s  ", id_is_set(who) ? id_show(who).s : "-", buf_text(&tame));
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
    size_t n;
    enum status st = caseload_undo(r->cf, &n, err);

    if (st == ST_OK && r->json) {
        struct json *j = json_new_map();

        json_set_int(j, "open_periods", (int64_t) n);
        run_print_json("caseload-handover-undo", j);
    } else if (st == ST_OK) {
        printf(_("Back where they were: %zu open periods of support."), n);
        putchar('\n');
    }
    return st;
}

static enum status handover_run(struct run *r, struct err *err)
{
    const char *from = run_value(r, "--from"), *to = run_value(r, "--to");
    bool apply = !run_flag(r, "--dry-run");
    struct caseload_move moved;
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
        st = operand_id(r, T_PERSON, r->operand[i], &people[i], err);
    if (st == ST_OK)
        st = caseload_hand(r->cf, a, b, r->operands ? people : NULL, (size_t) r->operands, apply, &moved, err);
    return st == ST_OK ? answer(r, &moved, apply) : st;
}

static const struct option handover_options[] = {
    { "--from", "NAME", N_("Whose cases: a name, a slot's number or an id; empty for cases that are nobody's") },
    { "--to", "NAME", N_("Who takes them over") },
    { "--dry-run", NULL, N_("Count, and change nothing") },
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
