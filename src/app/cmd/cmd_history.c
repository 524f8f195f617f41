/* cmd_history.c - episode reopen, bin, history list|undo: commands about what was. */
#include "commands.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bulk.h"
#include "dolen/base/date.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/text.h"
#include "dolen/core/safe.h"
#include "dolen/store/past.h"
#include "dolen/ui/field_words.h"
#include "dolen/ui/views.h"
#include "record_text.h"
#include "reopen.h"
#include "dolen/base/banned.h"

/* Words about a case do not belong on a command line that other programs can list: - reads them from standard input. */
enum status reason_read(struct run *r, char **out, struct err *err)
{
    const char *why = run_value(r, "--why");
    size_t size = 0;

    *out = NULL;
    if (!why)
        return err_set(err, ST_USAGE,
                       _("A reason is needed: --why TEXT, or --why - and the text on standard input. Nothing was "
                         "changed."));
    if (!str_eq(why, "-")) {
        *out = xstrdup(why);
        return ST_OK;
    }
    if (getline(out, &size, stdin) < 0) {
        free(*out);
        *out = xstrdup("");
    }
    (*out)[strcspn(*out, "\n")] = '\0';
    return ST_OK;
}

static void answer_id(const struct run *r, const char *schema, struct id id, const char *said)
{
    struct json *j;

    if (!r->json) {
        puts(said);
        return;
    }
    j = json_new_map();
    json_set_text(j, "id", id_show(id).s);
    run_print_json(schema, j);
}

static enum status reopen_run(struct run *r, struct err *err)
{
    struct buf due = BUF_INIT;
    struct id id;
    char *why = NULL;
    size_t back = 0;
    enum status st = operand_id(r, T_EPISODE, r->operand[0], &id, err);

    if (st == ST_OK)
        st = reason_read(r, &why, err);
    if (st == ST_OK)
        st = episode_reopen(r->cf, id, why, &back, err);
    free(why);
    if (st == ST_OK && r->json) {
        struct json *j = json_new_map();

        json_set_text(j, "id", id_show(id).s);
        json_set_int(j, "due_again", (int64_t) back);
        run_print_json("episode-reopen", j);
    } else if (st == ST_OK) {
        reopened_words(&due, back);
        printf(_("Open again; the closing stands in the history. %s\n"), buf_text(&due));
    }
    buf_release(&due);
    return st;
}

/* --- the bin ------------------------------------------------------------------------------------------------------ */

#define BIN_MAX 1000

static struct json *bin_json(const struct bin_row *row)
{
    struct json *j = json_new_map();

    json_set_text(j, "id", id_show(row->id).s);
    json_set_text(j, "kind", table_name(row->table));
    json_set_text(j, "name", row->name);
    json_set_text(j, "what", row->what);
    json_set_text(j, "why", row->why);
    json_set_text(j, "by", id_is_set(row->by) ? id_show(row->by).s : NULL);
    json_set_text(j, "at", instant_iso(row->at).s);
    json_set_int(j, "days_left", bin_days_left(row->at, clock_now()));
    return j;
}

static void bin_print(struct casefile *cf, const struct bin_row *row)
{
    struct buf line = BUF_INIT, tame = BUF_INIT, what = BUF_INIT;
    int left = bin_days_left(row->at, clock_now());

    bin_row_words(cf->catalog, row, ", ", &what);
    buf_addf(&line, "%s  %s  %s: %s", id_show(row->id).s, instant_show(row->at).s, bin_kind_label(row->table),
             buf_text(&what));
    buf_add(&line, " (");
    change_why_words(row->why, &line);
    buf_add(&line, "), ");
    bin_left_words(left, &line);
    text_tame(&tame, buf_text(&line), false);
    puts(buf_text(&tame));
    buf_wipe(&line);
    buf_wipe(&tame);
    buf_wipe(&what);
}

static enum status bin_list_run(struct run *r, struct err *err)
{
    struct bin_row *rows = xcalloc(BIN_MAX, sizeof *rows);
    struct json *list = json_new_list(), *j;
    int n = 0;
    enum status st = bin_list(r->cf->store, clock_now() - BIN_DAYS * 86400, 0, BIN_MAX, rows, &n, err);

    for (int i = 0; i < n; i++)
        if (r->json)
            json_append(list, bin_json(&rows[i]));
        else
            bin_print(r->cf, &rows[i]);
    free(rows);
    if (st != ST_OK || !r->json) {
        if (st == ST_OK && n == 0)
            puts(_("The bin is empty."));
        json_free(&list);
        return st;
    }
    j = json_new_map();
    json_set(j, "items", list);
    run_print_json("bin-list", j);
    return ST_OK;
}

/* What the screens put there with d, by its id alone. */
static enum status bin_put_run(struct run *r, struct err *err)
{
    static const enum table_id kinds[] = { T_PERSON, T_REFERRAL, T_ASSET, T_GOAL, T_ACTION, T_CONNECTION, T_GAP,
                                           T_CONTACT,
                                           T_CONSENT, T_CONCERN, T_SUPERVISION, T_NOTE };
    struct record rec = { .text = NULL };
    char *why = NULL;
    struct id id = ID_NONE;
    enum table_id t = T_COUNT;
    enum status st = id_parse(r->operand[0], &id) ? reason_read(r, &why, err) : ST_NOTFOUND;

    for (size_t i = 0; st == ST_OK && i < ARRAY_LEN(kinds) && t == T_COUNT; i++)
        if (store_get(r->cf->store, kinds[i], id, &rec, NULL) == ST_OK && !rec.binned)
            t = kinds[i];
    record_release(&rec);
    if (st == ST_NOTFOUND || (st == ST_OK && t == T_COUNT))
        st = err_set(err, ST_NOTFOUND, _("There is nothing with the id %s that goes into the bin. Nothing was "
                                         "changed. Take the id from a list."),
                     r->operand[0]);
    if (st == ST_OK && !why[strspn(why, " ")])
        st = err_set(err, ST_INVALID, _("Not put in the bin: a reason is needed. Nothing was changed. Say it with "
                                        "--why TEXT."));
    if (st == ST_OK)
        st = store_bin(r->cf->store, t, id, why, err);
    free(why);
    if (st == ST_OK)
        answer_id(r, "bin-put", id, _("In the bin for 30 days."));
    return st;
}

static enum status bin_restore_run(struct run *r, struct err *err)
{
    enum table_id t;
    struct id id;
    enum status st;

    if (!id_parse(r->operand[0], &id))
        return err_set(err, ST_USAGE,
                       _("\"%s\" is not an id: 36 characters like the ones that lists show. Nothing was changed."
                         " Copy it from a list."),
                       r->operand[0]);
    st = bin_find(r->cf->store, id, &t, err);
    if (st == ST_OK)
        st = store_unbin(r->cf->store, t, id, err);
    if (st == ST_OK)
        answer_id(r, "bin-restore", id, _("Out of the bin again."));
    return st;
}

/* What lay in the bin for so long and is there no more is written into cf->would. */
static void list_gone(struct casefile *cf, const struct bin_row *rows, int n)
{
    struct buf gone = BUF_INIT;
    enum table_id t;

    for (int i = 0; i < n; i++)
        if (bin_find(cf->store, rows[i].id, &t, NULL) == ST_NOTFOUND) {
            buf_addf(&gone, "%s: ", bin_kind_label(rows[i].table));
            bin_row_words(cf->catalog, &rows[i], ", ", &gone);
            buf_add(&gone, "\n");
        }
    buf_wipe(&cf->would);
    cf->would = gone;
}

static enum status purge(struct casefile *cf, bool apply, struct purged *done, struct err *err)
{
    struct bin_row *rows = xcalloc(BIN_MAX, sizeof *rows);
    int n = 0;
    enum status st = bin_list(cf->store, 0, clock_now() - BIN_DAYS * 86400, BIN_MAX, rows, &n, err);

    *done = (struct purged) { 0, 0 };
    if (st == ST_OK)
        st = store_begin(cf->store, err);
    if (st == ST_OK) {
        st = store_purge(cf->store, clock_now(), true, done, err);
        if (!apply)
            list_gone(cf, rows, n);
        if (apply)
            st = store_end(cf->store, st, err);
        else
            store_rollback(cf->store);
    }
    explicit_bzero(rows, BIN_MAX * sizeof *rows);
    free(rows);
    return st;
}

static enum status bin_purge_run(struct run *r, struct err *err)
{
    bool apply = !run_flag(r, "--dry-run");
    struct purged done = { .gone = 0 };
    enum status st = purge(r->cf, false, &done, err);
    char *will = xasprintf(tr_n("%zu record that was in the bin for more than 30 days goes for good.",
                                "%zu records that were in the bin for more than 30 days go for good.", done.gone),
                           done.gone);

    if (st == ST_OK && (apply || !r->json))
        st = bulk_agreed(r, done.gone, will, err);
    free(will);
    if (st == ST_OK && apply)
        st = purge(r->cf, true, &done, err);
    if (st != ST_OK)
        return st;
    if (r->json) {
        struct json *j = json_new_map();

        json_set_bool(j, "dry_run", run_flag(r, "--dry-run"));
        json_set_int(j, "purged", (int64_t) done.gone);
        json_set_int(j, "held", (int64_t) done.held);
        run_print_json("bin-purge", j);
        return ST_OK;
    }
    if (apply) {
        printf(_("Gone for good after 30 days in the bin: %zu."), done.gone);
        putchar('\n');
    }
    if (done.held) {
        printf(_("Stays, because something in use needs it or the records are held: %zu."), done.held);
        putchar('\n');
    }
    return ST_OK;
}

/* --- one change taken back ---------------------------------------------------------------------------------------- */

#define CHANGES_LISTED 20                /* newest of each record */
#define CHANGES_OF_ONE 200               /* of a record that is asked for by itself */

struct listing {
    struct ui       u;
    struct field_at at;
    struct json    *fields, *changed;
};

/* Dots in place of what the rule about safe contact covers. */
static struct json *value_json(struct listing *l, const struct json *value)
{
    if (value && json_kind(value) == JSON_TEXT_ && field_is_covered(&l->u, &l->at))
        return json_new_text(safe_show(json_text(value), true, false));
    return value ? json_copy(value) : json_new_null();
}

static void add_field(void *ctx, const char *name, struct json *pair)
{
    struct listing *l = ctx;
    struct json *one;

    if (json_kind(pair) != JSON_LIST_ || str_eq(name, "id"))
        return;
    json_append(l->fields, json_new_text(name));
    if (json_count(pair) != 2 || str_eq(name, "moved"))     /* the joining's own list, with values that may be covered */
        return;
    l->at.name = name;
    one = json_new_map();
    json_set_text(one, "field", name);
    json_set(one, "old", value_json(l, json_at(pair, 0)));
    json_set(one, "new", value_json(l, json_at(pair, 1)));
    json_append(l->changed, one);
}

/* Answers stand as "answer.QUESTION", an instance of a list as "answer.QUESTION#2". */
static struct json *change_json(struct casefile *cf, const struct change_row *c)
{
    struct listing l = { { .store = cf->store, .catalog = cf->catalog, .today = clock_today() },
                         { .table = T_COUNT, .record = c->entity_id }, json_new_list(), json_new_list() };
    struct json *j = json_new_map(), *body = NULL;
    struct record by = { .text = NULL };

    table_by_name(c->entity, &l.at.table);
    json_set_int(j, "change", c->seq);
    json_set_text(j, "at", instant_iso(c->at).s);
    if (id_is_set(c->by) && store_get(cf->store, T_PRACTITIONER, c->by, &by, NULL) == ST_OK)
        json_set_text(j, "by", record_text(&by, PRACTITIONER_name));
    record_release(&by);
    json_set_text(j, "kind", c->entity);
    json_set_text(j, "id", id_show(c->entity_id).s);
    json_set_text(j, "why", c->why);
    if (c->body && json_parse(&body, c->body, strlen(c->body), NULL) == ST_OK) {
        json_set_bool(j, "made", json_get(body, "id") != NULL);
        json_each(body, add_field, &l);
    }
    json_free(&body);
    json_set(j, "fields", l.fields);
    json_set(j, "changed", l.changed);
    return j;
}

static void change_print(struct casefile *cf, const struct change_row *c)
{
    struct buf line = BUF_INIT, tame = BUF_INIT;

    buf_addf(&line, "%" PRId64 "  %s  ", c->seq, instant_show(c->at).s);
    change_line_put(cf, c, &line);
    if (c->why[0]) {
        buf_add(&line, " (");
        change_why_words(c->why, &line);
        buf_add(&line, ")");
    }
    text_tame(&tame, buf_text(&line), false);
    puts(buf_text(&tame));
    buf_wipe(&line);
    buf_wipe(&tame);
}

/* Each field old and new, as the history on the screen has it: what the rule about safe contact covers are dots. */
static void change_tell(struct casefile *cf, struct id person, const struct change_row *c)
{
    struct buf line = BUF_INIT, tame = BUF_INIT;

    struct buf head = BUF_INIT, body = BUF_INIT;
    struct ui u = { .store = cf->store, .catalog = cf->catalog, .today = clock_today() };

    change_lines(&u, person, c, &head, &body);
    buf_addf(&line, "%" PRId64 "  %s  %s", c->seq, instant_show(c->at).s, buf_text(&head));
    for (const char *p = buf_text(&body), *before = "\n    "; *p; p += strcspn(p, "\n"), p += *p == '\n') {
        buf_add(&line, before);
        buf_add_mem(&line, p, strcspn(p, "\n"));
    }
    text_tame(&tame, buf_text(&line), true);
    puts(buf_text(&tame));
    buf_wipe(&head);
    buf_wipe(&body);
    buf_wipe(&line);
    buf_wipe(&tame);
}

struct changes {
    struct change_row *items;
    size_t             count, cap;
};

/* Of nobody: an entry of the directory, or a supervision, by its id. */
static bool record_of_nobody(const struct run *r, struct id *id)
{
    static const enum table_id kinds[] = { T_ASSET, T_SUPERVISION };
    bool found = false;

    for (size_t i = 0; i < ARRAY_LEN(kinds) && !found && id_parse(r->operand[0], id); i++) {
        struct record rec = { .text = NULL };

        found = store_get(r->cf->store, kinds[i], *id, &rec, NULL) == ST_OK;
        record_release(&rec);
    }
    return found;
}

static enum status changes_of_one(struct store *s, struct id id, struct changes *all, struct err *err)
{
    struct change_row rows[CHANGES_OF_ONE];
    int n = 0;
    enum status st = store_changes(s, id, 0, CHANGES_OF_ONE, rows, &n, err);

    for (int i = 0; i < n; i++)
        *ARRAY_ADD(all->items, all->count, all->cap) = rows[i];
    return st;
}

/* As on the screen: what was serious has its own place, what two laptops say is settled there, and what only came along
 * with a form is not told beside it. */
static bool is_told(enum table_id t)
{
    static const enum table_id not_told[] = { T_CONCERN, T_DIFFERENCE, T_DRAFT, T_TASK, T_MEASURE };

    for (size_t i = 0; i < ARRAY_LEN(not_told); i++)
        if (not_told[i] == t)
            return false;
    return true;
}

static enum status changes_of(struct store *s, struct id person, struct changes *all, struct err *err)
{
    struct holding *held = NULL;
    size_t n = 0;
    enum status st = store_holdings(s, person, &held, &n, err);

    for (size_t i = 0; st == ST_OK && i < n; i++) {
        struct change_row rows[CHANGES_LISTED];
        int got = 0;

        if (is_told(held[i].table))
            st = store_changes(s, held[i].id, 0, CHANGES_LISTED, rows, &got, err);
        for (int k = 0; k < got; k++)
            *ARRAY_ADD(all->items, all->count, all->cap) = rows[k];
    }
    free(held);
    if (all->count)
        qsort(all->items, all->count, sizeof *all->items, change_newest_first);
    return st;
}

static enum status history_list_run(struct run *r, struct err *err)
{
    struct changes all = { NULL, 0, 0 };
    struct json *list = json_new_list(), *j;
    struct id id;
    bool of_nobody;
    enum status st;

    if ((of_nobody = record_of_nobody(r, &id))) {
        st = changes_of_one(r->cf->store, id, &all, err);
    } else {
        st = operand_id(r, T_PERSON, r->operand[0], &id, err);
        if (st == ST_OK)
            st = changes_of(r->cf->store, id, &all, err);
    }
    for (size_t i = 0; i < all.count; i++) {
        if (st == ST_OK && r->json)
            json_append(list, change_json(r->cf, &all.items[i]));
        else if (st == ST_OK)
            change_tell(r->cf, of_nobody ? ID_NONE : id, &all.items[i]);
        change_row_release(&all.items[i]);
    }
    free(all.items);
    if (st != ST_OK || !r->json) {
        json_free(&list);
        return st;
    }
    j = json_new_map();
    json_set(j, "items", list);
    run_print_json("history-list", j);
    return ST_OK;
}

/* What goes back, the one that was asked for among it. */
static void answer_undo(const struct run *r, const struct change_row *rows, size_t n, int64_t seq, bool apply)
{
    struct json *with = json_new_list(), *j = NULL;

    for (size_t i = 0; i < n; i++) {
        if (!r->json)
            change_print(r->cf, &rows[i]);
        else if (rows[i].seq == seq)
            j = change_json(r->cf, &rows[i]);
        else
            json_append(with, change_json(r->cf, &rows[i]));
    }
    if (!r->json) {
        puts(apply ? _("Taken back. It stands in the history as a change of its own, which can be taken back too.")
                   : _("This was a dry run: nothing was written."));
        json_free(&with);
        return;
    }
    j = j ? j : json_new_map();
    json_set(j, "with", with);
    json_set_bool(j, "applied", apply);
    run_print_json("history-undo", j);
}

static enum status history_undo_run(struct run *r, struct err *err)
{
    bool apply = !run_flag(r, "--dry-run");
    struct change_row *rows = NULL;
    char *end;
    long long seq = strtoll(r->operand[0], &end, 10);
    size_t n = 0;
    enum status st;

    if (*end || end == r->operand[0] || seq < 1)
        return err_set(err, ST_USAGE,
                       _("\"%s\" is not the number of a change. Nothing was changed. Take it from: dolen history "
                         "list PERSON"), r->operand[0]);
    st = store_goes_back(r->cf->store, seq, &rows, &n, err);
    if (st == ST_OK)
        st = store_take_back_one(r->cf->store, seq, apply, err);
    if (st == ST_OK)
        answer_undo(r, rows, n, seq, apply);
    for (size_t i = 0; i < n; i++)
        change_row_release(&rows[i]);
    free(rows);
    return st;
}

static const struct option undo_options[] = {
    { "--dry-run", NULL, N_("Say whether it can be taken back, and change nothing") },
    { NULL, NULL, NULL }
};
static const struct option purge_options[] = {
    { "--dry-run", NULL, N_("Count, and change nothing") },
    BULK_YES,
    { NULL, NULL, NULL }
};
static const struct option why_options[] = {
    { "--why", "TEXT", N_("The reason; - reads one line from standard input") },
    { NULL, NULL, NULL }
};

const struct command history_commands[] = {
    { "episode", "reopen", "ID", 1, 1, N_("Open a closed period of support again, with a reason"), why_options,
      NEEDS_CASE,
      reopen_run },
    { "bin", "list", "", 0, 0, N_("What was put in the bin in the last 30 days, by whom and why"), NULL, NEEDS_CASE,
      bin_list_run },
    { "bin", "put", "ID", 1, 1, N_("Put something in the bin, with a reason; kept for 30 days"), why_options,
      NEEDS_CASE,
      bin_put_run },
    { "bin", "purge", "", 0, 0, N_("Let go for good of what has been in the bin for more than 30 days"), purge_options,
      NEEDS_CASE,
      bin_purge_run },
    { "bin", "restore", "ID", 1, 1, N_("Take something out of the bin again"), NULL, NEEDS_CASE, bin_restore_run },
    { "history", "list", "PERSON|ID", 1, 1,
      N_("What was changed about a person, newest first, each with its number; or in an entry of the directory, by "
         "its id"),
      NULL, NEEDS_CASE, history_list_run },
    { "history", "undo", "CHANGE", 1, 1,
      N_("Take a change back, of any day, by its number in the history, with what was filed with it"),
      undo_options, NEEDS_CASE, history_undo_run },
    { NULL, NULL, NULL, 0, 0, NULL, NULL, 0, NULL }
};
