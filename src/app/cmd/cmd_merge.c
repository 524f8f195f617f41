/* cmd_merge.c - merge, merge list, unmerge, person duplicates. */
#include "commands.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dolen/base/date.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/text.h"
#include "dolen/core/person.h"
#include "dolen/store/past.h"
#include "dolen/ui/views.h"
#include "merge_words.h"
#include "dolen/base/banned.h"

#define PAIRS_MAX 500

static void print_tame(const char *text)
{
    struct buf b = BUF_INIT;

    text_tame(&b, text, true);
    puts(buf_text(&b));
    buf_wipe(&b);
}

/* A trial is the real thing, rolled back. */
static enum status join(struct run *r, struct id keep, struct id other, struct id *merge, struct json **told,
                        struct err *err)
{
    enum status st;

    if (!run_flag(r, "--dry-run"))
        return store_merge(r->cf->store, keep, other, merge, told, err);
    st = store_begin(r->cf->store, err);
    if (st != ST_OK)
        return st;
    st = store_merge(r->cf->store, keep, other, merge, told, err);
    store_rollback(r->cf->store);
    return st;
}

static enum status merge_run(struct run *r, struct err *err)
{
    struct id keep, other, merge = ID_NONE;
    struct json *told = NULL;
    struct buf words = BUF_INIT;
    enum status st = operand_person(r, r->operand[0], &keep, err);

    if (st == ST_OK)
        st = operand_person(r, r->operand[1], &other, err);
    if (st == ST_OK)
        st = join(r, keep, other, &merge, &told, err);
    if (st != ST_OK)
        return st;
    json_set_bool(told, "dry_run", run_flag(r, "--dry-run"));
    if (r->json) {
        json_set_text(told, "id", id_show(merge).s);
        run_print_json("merge", told);
        return ST_OK;
    }
    merge_words(told, &words);
    print_tame(buf_text(&words));
    if (run_flag(r, "--dry-run"))
        puts(_("A trial: nothing was changed."));
    else
        printf("%s dolen unmerge %s\n", _("To part them again:"), id_show(merge).s);
    buf_wipe(&words);
    json_free(&told);
    return ST_OK;
}

static void print_entries(const struct json *list, const char *heading)
{
    if (json_count(list) == 0)
        return;
    puts(heading);
    for (size_t i = 0; i < json_count(list); i++) {
        const struct json *e = json_at(list, i);
        enum table_id t;

        printf("  %s  %s\n", json_get_text(e, "id"),
               table_by_name(json_get_text(e, "kind"), &t) ? bin_kind_label(t) : json_get_text(e, "kind"));
    }
}

static enum status part(struct run *r, struct id merge, struct json **told, struct err *err)
{
    enum status st;

    if (!run_flag(r, "--dry-run"))
        return store_unmerge(r->cf->store, merge, told, err);
    st = store_begin(r->cf->store, err);
    if (st != ST_OK)
        return st;
    st = store_unmerge(r->cf->store, merge, told, err);
    store_rollback(r->cf->store);
    return st;
}

static enum status unmerge_run(struct run *r, struct err *err)
{
    struct id merge;
    struct json *told = NULL;
    enum status st = operand_id(r, T_MERGE, r->operand[0], &merge, err);

    if (st == ST_USAGE)
        return err_set(err, st, _("\"%s\" is not the id of two joined records. Nothing was changed. \"dolen merge list\" "
                                  "shows the ids."), r->operand[0]);
    if (st == ST_OK)
        st = part(r, merge, &told, err);
    if (st != ST_OK)
        return st;
    json_set_bool(told, "dry_run", run_flag(r, "--dry-run"));
    if (r->json) {
        run_print_json("unmerge", told);
        return ST_OK;
    }
    printf(tr_n("Two records again: %lld row went back.", "Two records again: %lld rows went back.",
                (unsigned long) json_int(json_get(told, "moved_back"))),
           (long long) json_int(json_get(told, "moved_back")));
    putchar('\n');
    print_entries(json_get(told, "went_along"), _("Added since to what went back, and gone with it:"));
    print_entries(json_get(told, "added_since"), _("Added since, and staying with the record that was kept:"));
    print_entries(json_get(told, "not_moved"), _("Not moved, because it belongs to somebody else by now:"));
    if (run_flag(r, "--dry-run"))
        puts(_("A trial: nothing was changed."));
    json_free(&told);
    return ST_OK;
}

static void person_words(struct run *r, struct id person, char *out, size_t size)
{
    struct person_row row;

    str_copy(out, size, "");
    if (person_row_get(r->cf->store, person, &row, NULL) == ST_OK)
        str_copy(out, size, row.name);
}

static void list_one(struct run *r, const struct record *m, struct json *list)
{
    char kept[160], other[160];
    const char *undone = record_text(m, MERGE_undone_on);

    person_words(r, record_id(m, MERGE_kept), kept, sizeof kept);
    person_words(r, record_id(m, MERGE_other), other, sizeof other);
    if (r->json) {
        struct json *j = json_new_map();

        json_set_text(j, "id", id_show(m->id).s);
        json_set_text(j, "kept", record_text(m, MERGE_kept));
        json_set_text(j, "kept_name", kept);
        json_set_text(j, "other", record_text(m, MERGE_other));
        json_set_text(j, "other_name", other);
        json_set_text(j, "at", instant_iso(m->created_at).s);
        json_set_text(j, "undone_on", undone);
        json_append(list, j);
    } else {
        char *line = xasprintf("%s  %s  %s <- %s%s%s", id_show(m->id).s, instant_show(m->created_at).s, kept, other,
                               undone ? "  " : "", undone ? _("parted again") : "");

        print_tame(line);
        free(line);
    }
}

static enum status merge_list_run(struct run *r, struct err *err)
{
    struct records all = { NULL, 0, 0 };
    struct json *list = json_new_list(), *j;
    enum status st = store_list(r->cf->store, LIST_MERGES, ID_NONE, 1000, &all, err);

    for (size_t i = 0; st == ST_OK && i < all.count; i++)
        list_one(r, &all.items[i], list);
    if (st != ST_OK || !r->json) {
        if (st == ST_OK && all.count == 0)
            puts(_("No records were joined."));
        json_free(&list);
    } else {
        j = json_new_map();
        json_set(j, "items", list);
        run_print_json("merge-list", j);
    }
    records_release(&all);
    return st;
}

/* --- likely duplicates -------------------------------------------------------------------------------------------- */

static struct json *hit_json(const struct dup_hit *h)
{
    struct json *j = json_new_map();

    json_set_text(j, "id", id_show(h->id).s);
    json_set_text(j, "name", h->name);
    json_set_text(j, "birth_date", date_is_set(h->birth) ? date_iso(h->birth).s : NULL);
    return j;
}

static void pair_give(struct run *r, const struct dup_hit *h, struct json *list)
{
    if (r->json) {
        struct json *j = json_new_map();

        json_set_text(j, "level", h->level == DUP_LIKELY ? "likely" : "possible");
        json_set(j, "a", hit_json(&h[0]));
        json_set(j, "b", hit_json(&h[1]));
        json_append(list, j);
        return;
    }
    puts(h->level == DUP_LIKELY ? _("likely the same:") : _("perhaps the same:"));
    for (int i = 0; i < 2; i++) {
        struct date_text born = person_born(h[i].birth, h[i].birth_precision);
        char *line = xasprintf("  %s  %s  %s", id_show(h[i].id).s, h[i].name, born.s);

        print_tame(line);
        free(line);
    }
}

static enum status duplicates_run(struct run *r, struct err *err)
{
    struct json *list = json_new_list(), *j;
    struct dup_hit *hits;
    long limit = 50;
    int pairs = 0;
    enum status st = run_int(r, "--limit", 1, PAIRS_MAX, &limit, err);

    hits = xcalloc(2 * (size_t) limit, sizeof *hits);
    if (st == ST_OK)
        st = dup_all(r->cf->store, hits, (int) limit, &pairs, err);
    for (int i = 0; st == ST_OK && i < pairs; i++)
        pair_give(r, &hits[2 * i], list);
    free(hits);
    if (st != ST_OK || !r->json) {
        if (st == ST_OK && pairs == 0)
            puts(_("Nobody seems to be here twice."));
        json_free(&list);
        return st;
    }
    j = json_new_map();
    json_set(j, "items", list);
    run_print_json("person-duplicates", j);
    return ST_OK;
}

static const struct option merge_options[] = {
    { "--dry-run", NULL, N_("Say what would happen; change nothing") },
    { NULL, NULL, NULL }
};
static const struct option limit_options[] = {
    { "--limit", "N", N_("At most so many") },
    { NULL, NULL, NULL }
};

const struct command merge_commands[] = {
    { "person", "duplicates", "", 0, 0, N_("Pairs of records that may be of one person, likely ones first"),
      limit_options,
      NEEDS_CASE, duplicates_run },
    { "merge", NULL, "KEEP OTHER", 2, 2, N_("Join two records of one person; both originals are kept"), merge_options,
      NEEDS_CASE, merge_run },
    { "merge", "list", "", 0, 0, N_("Records that were joined, newest first"), NULL, NEEDS_CASE, merge_list_run },
    { "unmerge", NULL, "MERGE_ID", 1, 1, N_("Part two joined records again, however much later"), merge_options,
      NEEDS_CASE, unmerge_run },
    { NULL, NULL, NULL, 0, 0, NULL, NULL, 0, NULL }
};
