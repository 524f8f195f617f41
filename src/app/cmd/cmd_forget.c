/* cmd_forget.c - forget: everything about a person, listed first, then gone for good when their name is typed. */
#include "commands.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dolen/base/date.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/text.h"
#include "dolen/store/past.h"
#include "dolen/ui/views.h"
#include "forgetting.h"
#include "dolen/base/banned.h"


static struct json *rows_json(const struct holding *all, size_t n)
{
    struct json *list = json_new_list();

    for (size_t i = 0; i < n; i++) {
        struct json *j = json_new_map();

        json_set_text(j, "table", table_name(all[i].table));
        json_set_text(j, "id", id_show(all[i].id).s);
        json_append(list, j);
    }
    return list;
}

static enum status left_json(struct run *r, struct id person, struct json **out, struct err *err)
{
    struct change_row *rows = xcalloc(LEFT_MAX, sizeof *rows);
    int n = 0;
    enum status st = store_left_since(r->cf->store, person, LEFT_MAX, rows, &n, err);

    *out = json_new_list();
    for (int i = 0; i < n; i++) {
        struct json *j = json_new_map();

        json_set_text(j, "kind", rows[i].entity);
        json_set_text(j, "what", rows[i].why);
        json_set_text(j, "at", instant_iso(rows[i].at).s);
        json_append(*out, j);
    }
    free(rows);
    return st;
}

static void print_rows(const struct holding *all, size_t n)
{
    for (int t = 0; t < T_COUNT; t++) {
        size_t count = 0;

        for (size_t i = 0; i < n; i++)
            count += all[i].table == (enum table_id) t;
        if (count)
            printf("%s: %zu\n", bin_kind_label((enum table_id) t), count);
        for (size_t i = 0; i < n; i++)
            if (all[i].table == (enum table_id) t)
                printf("  %s\n", id_show(all[i].id).s);
    }
}

/* The name as it is shown, however it is written: folded. - reads it from standard input. */
static enum status name_typed(struct run *r, struct id person, struct err *err)
{
    const char *typed = run_value(r, "--confirm");
    char *line = NULL;
    size_t size = 0;
    bool same;

    if (str_eq(typed, "-") && getline(&line, &size, stdin) >= 0)
        typed = line;
    same = forget_name_fits(r->cf, person, typed);
    if (line)
        explicit_bzero(line, size);
    free(line);
    return same ? ST_OK
                : err_set(err, ST_REFUSED,
                          _("The name typed is not this person's. Nothing was changed. See first what would go: dolen "
                            "forget PERSON --dry-run"));
}

static void answer(struct run *r, const struct holding *all, size_t n, const struct json *left, const char *copies,
                   bool dry)
{
    struct json *j = json_new_map();

    json_set_bool(j, "dry_run", dry);
    json_set(j, "rows", rows_json(all, n));
    json_set(j, "copies_outside", json_copy(left));
    if (r->json) {
        run_print_json("forget", j);
        return;
    }
    print_rows(all, n);
    fputs(copies, stdout);
    puts(dry ? _("A trial: nothing was changed. For good: --confirm NAME")
             : _("Forgotten. Placeholders without a name keep the counts of people, referrals, conversations, plans, "
               "contacts and unmet needs as they were, by the month."));
    json_free(&j);
}

static enum status forget_run(struct run *r, struct err *err)
{
    bool dry = !run_value(r, "--confirm") || run_flag(r, "--dry-run");
    struct holding *all = NULL;
    struct json *left = NULL;
    struct buf copies = BUF_INIT;               /* known before: afterwards nothing says whose they are */
    struct id person;
    size_t n = 0;
    enum status st = operand_person(r, r->operand[0], &person, err);

    if (st == ST_OK && !run_value(r, "--confirm") && !run_flag(r, "--dry-run"))
        st = err_set(err, ST_USAGE,
                     _("Say --dry-run to see what would go, or --confirm and the person's name. Nothing was "
                       "changed."));
    if (st == ST_OK && !dry)
        st = name_typed(r, person, err);
    if (st == ST_OK)
        st = store_holdings(r->cf->store, person, &all, &n, err);
    if (st == ST_OK)
        st = left_json(r, person, &left, err);
    if (st == ST_OK)
        st = forget_copies(r->cf, person, &copies, err);
    if (st == ST_OK && !dry)
        st = store_forget(r->cf->store, person, err);
    if (st == ST_OK)
        answer(r, all, n, left, buf_text(&copies), dry);
    buf_release(&copies);
    json_free(&left);
    free(all);
    return st;
}

static const struct option forget_options[] = {
    { "--dry-run", NULL, N_("List every row that would go; change nothing") },
    { "--confirm", "NAME", N_("The person's name, to forget for good; - reads it from standard input") },
    { NULL, NULL, NULL }
};

const struct command forget_commands[] = {
    { "forget", NULL, "PERSON", 1, 1, N_("Forget a person for good; a placeholder keeps the counts true"),
      forget_options,
      NEEDS_CASE, forget_run },
    { NULL, NULL, NULL, 0, 0, NULL, NULL, 0, NULL }
};
