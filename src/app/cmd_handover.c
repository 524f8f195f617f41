/* app/cmd_handover.c - handover make|open|trust|peers|conflicts|undo: records to another laptop, and from one. */
#include "commands.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/text.h"
#include "dolen/core/safe.h"
#include "dolen/ui/views.h"
#include "filing.h"
#include "handover_file.h"
#include "dolen/base/banned.h"

static void put_line(const char *text)
{
    struct buf tame = BUF_INIT;

    text_tame(&tame, text, false);
    puts(buf_text(&tame));
    buf_wipe(&tame);
}

/* --- make ------------------------------------------------------------------------------------------------------- */

static enum status make_run(struct run *r, struct err *err)
{
    const char *to = run_value(r, "--to"), *out = run_value(r, "--out");
    struct id people[CLI_OPERANDS_MAX];
    struct source peer;
    char print[PEER_FINGERPRINT];
    size_t records = 0;
    bool known = false;
    enum status st = ST_OK;

    if (!to || !out)
        return err_set(err, ST_USAGE, _("Say for which laptop and into which file: --to SOURCE.json --out FILE. Nothing was written."));
    for (int i = 0; st == ST_OK && i < r->operands; i++)
        st = operand_id(r, T_PERSON, r->operand[i], &people[i], err);
    if (st == ST_OK)
        st = peer_named(r->cf, to, &peer, &known, err);
    if (st == ST_OK)
        st = handed_make(r->cf, people, (size_t) r->operands, &peer, out, &records, err);
    if (st != ST_OK)
        return st;
    peer_fingerprint(&peer, print);
    if (!known)
        fprintf(stderr, _("dolen: sealed for a laptop that was not compared yet. Before you hand the file over, compare its fingerprint "
                          "with what dolen handover peers shows there: %s\n"), print);
    if (r->json) {
        struct json *j = json_new_map();

        json_set_text(j, "file", out);
        json_set_text(j, "to", peer.name);
        json_set_text(j, "fingerprint", print);
        json_set_int(j, "people", r->operands);
        json_set_int(j, "records", (int64_t) records);
        run_print_json("handover-make", j);
    } else {
        printf(_("%zu records are sealed in %s. Only that laptop opens it, with: dolen handover open FILE"), records, out);
        putchar('\n');
    }
    return ST_OK;
}

/* --- open ------------------------------------------------------------------------------------------------------- */

static void add_line(void *ctx, const char *table, struct json *n)
{
    enum table_id t;

    (void) ctx;
    if (table_by_name(table, &t))
        printf(_("  new: %s, %lld"), bin_kind_label(t), (long long) json_int(n));
    putchar('\n');
}

static void print_told(const struct json *told)
{
    const struct json *taken = json_get(told, "taken"), *added = json_get(told, "added"), *gone = json_get(told, "let_go");

    if (!json_count(taken) && !json_count(added) && !json_int(json_get(told, "conflicts")))
        puts(_("Nothing in it is new here."));
    json_each(added, add_line, NULL);
    for (size_t i = 0; i < json_count(taken); i++) {
        const struct json *j = json_at(taken, i);
        enum table_id t;

        if (table_by_name(json_get_text(j, "kind"), &t)) {
            printf(_("  taken over: %s, %s"), bin_kind_label(t), json_get_text(j, "field"));
            putchar('\n');
        }
    }
    if (json_count(gone)) {
        printf(_("Forgotten or let go here, so not taken: %zu."), json_count(gone));
        putchar('\n');
    }
    if (json_int(json_get(told, "waiting"))) {
        printf(_("Written differently on both laptops, waiting for you: %lld. See: dolen handover conflicts"),
               (long long) json_int(json_get(told, "waiting")));
        putchar('\n');
    }
}

static enum status open_run(struct run *r, struct err *err)
{
    struct json *told = NULL;
    int64_t waiting;
    enum status st = handed_open(r->cf, r->operand[0], &told, err);

    if (st != ST_OK)
        return st;
    waiting = json_int(json_get(told, "waiting"));
    if (r->json) {
        run_print_json("handover-open", told);
    } else {
        print_told(told);
        json_free(&told);
    }
    if (waiting && r->json)
        return ST_CONFLICT;             /* the answer stands there already */
    if (waiting)
        return err_set(err, ST_CONFLICT, tr_n("%lld difference waits to be settled; everything else is taken over. See: dolen handover "
                                              "conflicts",
                                              "%lld differences wait to be settled; everything else is taken over. See: dolen handover "
                                              "conflicts", (unsigned long) waiting), (long long) waiting);
    return ST_OK;
}

static enum status undo_run(struct run *r, struct err *err)
{
    size_t n;
    enum status st = handed_undo(r->cf, &n, err);

    if (st == ST_OK && r->json) {
        struct json *j = json_new_map();

        json_set_int(j, "changes", (int64_t) n);
        run_print_json("handover-undo", j);
    } else if (st == ST_OK) {
        puts(_("As it was before the last handover was opened."));
    }
    return st;
}

/* --- trust ------------------------------------------------------------------------------------------------------ */

static bool same_print(const char *a, const char *typed)
{
    for (;; a++, typed++) {
        while (*a == ' ')
            a++;
        while (*typed == ' ' || *typed == '-')
            typed++;
        if ((*a | 32) != (*typed | 32))
            return false;
        if (!*a)
            return true;
    }
}

static enum status trust_run(struct run *r, struct err *err)
{
    const char *typed = run_value(r, "--fingerprint");
    struct source s;
    char print[PEER_FINGERPRINT];
    enum status st = peer_read(r->cf, r->operand[0], &s, err);

    if (st != ST_OK)
        return st;
    peer_fingerprint(&s, print);
    if (typed && !same_print(print, typed))
        return err_set(err, ST_REFUSED, _("The fingerprint of this identity is %s, and not the one given. Nothing was changed. Ask the "
                                          "colleague for the file again."), print);
    st = peer_trust(r->cf, &s, err);
    if (st != ST_OK)
        return st;
    if (r->json) {
        struct json *j = json_new_map();

        json_set_text(j, "name", s.name);
        json_set_text(j, "fingerprint", print);
        run_print_json("handover-trust", j);
        return ST_OK;
    }
    put_line(s.name);
    puts(print);
    puts(_("Handovers signed by this laptop are opened from now on. Compare the fingerprint with what dolen handover peers shows there, "
           "by telephone or face to face."));
    return ST_OK;
}

static struct json *peer_json(const struct source *s, bool own)
{
    struct json *j = json_new_map();
    char print[PEER_FINGERPRINT];

    peer_fingerprint(s, print);
    json_set_text(j, "name", s->name);
    json_set_text(j, "fingerprint", print);
    json_set_bool(j, "own", own);
    return j;
}

static enum status peers_run(struct run *r, struct err *err)
{
    struct source *all = xcalloc(PEERS_MAX + 1, sizeof *all);
    struct json *list = json_new_list();
    size_t n = 0;
    enum status st = source_public(r->cf, &all[0], err);

    if (st == ST_OK)
        st = peers_list(r->cf, all + 1, &n, err);
    for (size_t i = 0; st == ST_OK && i <= n; i++) {
        struct json *j = peer_json(&all[i], i == 0);
        struct buf line = BUF_INIT;

        buf_addf(&line, "%s  %s%s", json_get_text(j, "fingerprint"), all[i].name, i == 0 ? _("  (this laptop)") : "");
        if (!r->json)
            put_line(buf_text(&line));
        json_append(list, j);
        buf_release(&line);
    }
    free(all);
    if (st == ST_OK && r->json) {
        struct json *j = json_new_map();

        json_set(j, "items", list);
        run_print_json("handover-peers", j);
    } else {
        json_free(&list);
    }
    return st;
}

/* --- conflicts -------------------------------------------------------------------------------------------------- */

/* Values that the safe-contact rule covers are dots here as everywhere. */
static bool is_covered(struct run *r, const struct record *d)
{
    return str_eq(record_text(d, DIFFERENCE_entity), "person") && safe_covers(record_or(d, DIFFERENCE_field, "")) &&
           person_is_guarded(r->cf, record_id(d, DIFFERENCE_person));
}

static struct json *covered(struct json *value)
{
    if (json_kind(value) != JSON_TEXT_)
        return value;
    json_free(&value);
    return json_new_text(safe_show("x", true, false));
}

static enum status conflict_json(struct run *r, const struct record *d, struct json *list, struct err *err)
{
    struct json *j = json_new_map(), *mine = NULL, *theirs = NULL;
    const char *text = record_or(d, DIFFERENCE_theirs, "null");
    char *from = peer_name(r->cf, record_text(d, DIFFERENCE_peer));
    enum status st = store_difference_mine(r->cf->store, d, &mine, err);

    if (st == ST_OK)
        st = json_parse(&theirs, text, strlen(text), err);
    if (st == ST_OK && is_covered(r, d)) {
        mine = covered(mine);
        theirs = covered(theirs);
    }
    json_set_text(j, "id", id_show(d->id).s);
    json_set_text(j, "person", record_text(d, DIFFERENCE_person));
    json_set_text(j, "kind", record_text(d, DIFFERENCE_entity));
    json_set_text(j, "record", record_text(d, DIFFERENCE_subject));
    json_set_text(j, "field", record_or(d, DIFFERENCE_field, ""));
    json_set_text(j, "from", from);
    json_set(j, "mine", mine ? mine : json_new_null());
    json_set(j, "theirs", theirs ? theirs : json_new_null());
    json_append(list, j);
    free(from);
    return st;
}

static void side_line(const char *label, const struct json *value)
{
    struct buf b = BUF_INIT;

    buf_addf(&b, "    %s ", label);
    if (json_kind(value) == JSON_TEXT_)
        buf_add(&b, json_text(value));
    else if (json_kind(value) == JSON_NULL_)
        buf_add(&b, _("(empty)"));
    else
        json_write(&b, value);
    put_line(buf_text(&b));
    buf_wipe(&b);
}

static void conflict_print(const struct json *j)
{
    struct buf b = BUF_INIT;
    enum table_id t = T_COUNT;

    table_by_name(json_get_text(j, "kind"), &t);
    buf_addf(&b, "%s  %s %s", json_get_text(j, "id"), t == T_COUNT ? "" : bin_kind_label(t), json_get_text(j, "field"));
    put_line(buf_text(&b));
    side_line(_("1 mine:  "), json_get(j, "mine"));
    side_line(_("2 theirs:"), json_get(j, "theirs"));
    buf_wipe(&b);
}

static enum status conflicts_list(struct run *r, struct err *err)
{
    struct records open = { NULL, 0, 0 };
    struct json *list = json_new_list();
    enum status st = store_list(r->cf->store, LIST_DIFFERENCES, ID_NONE, 0, &open, err);

    for (size_t i = 0; st == ST_OK && i < open.count; i++)
        st = conflict_json(r, &open.items[i], list, err);
    records_release(&open);
    if (st == ST_OK && r->json) {
        struct json *j = json_new_map();

        json_set(j, "items", list);
        run_print_json("handover-conflicts", j);
        return ST_OK;
    }
    for (size_t i = 0; st == ST_OK && i < json_count(list); i++)
        conflict_print(json_at(list, i));
    if (st == ST_OK)
        puts(json_count(list) ? _("Settle one with: dolen handover conflicts resolve ID 1|2|b (mine, theirs, both kept)")
                              : _("No difference waits to be settled."));
    json_free(&list);
    return st;
}

static enum status conflicts_run(struct run *r, struct err *err)
{
    static const char *const ways[] = { [SETTLE_MINE] = "1", [SETTLE_THEIRS] = "2", [SETTLE_BOTH] = "b" };
    struct id id;
    enum status st;

    if (r->operands == 0 || (r->operands == 1 && str_eq(r->operand[0], "list")))
        return conflicts_list(r, err);
    if (r->operands != 3 || !str_eq(r->operand[0], "resolve") || !id_parse(r->operand[1], &id))
        return err_set(err, ST_USAGE, _("handover conflicts takes: list, or resolve ID 1|2|b. Nothing was changed."));
    for (size_t i = 0; i < ARRAY_LEN(ways); i++) {
        if (!str_eq(r->operand[2], ways[i]))
            continue;
        st = handed_settle(r->cf, id, (enum settle) i, err);
        if (st == ST_OK && r->json)
            run_print_json("handover-resolve", json_new_map());
        else if (st == ST_OK)
            puts(_("Settled. The other laptop learns of it with the next handover."));
        return st;
    }
    return err_set(err, ST_USAGE, _("handover conflicts takes: list, or resolve ID 1|2|b. Nothing was changed."));
}

/* --- the table -------------------------------------------------------------------------------------------------- */

static const struct option make_options[] = {
    { "--to", "SOURCE.json", N_("The other laptop: what dolen source show prints there, or the name of a trusted one") },
    { "--out", "FILE", N_("The new file; must not exist") },
    { NULL, NULL, NULL }
};
static const struct option trust_options[] = {
    { "--fingerprint", "TEXT", N_("Only when the fingerprint is this one") },
    { NULL, NULL, NULL }
};

const struct command handover_commands[] = {
    { "handover", "make", "PERSON…", 1, CLI_OPERANDS_MAX, N_("Seal people's records for another laptop"), make_options, NEEDS_CASE,
      make_run },
    { "handover", "open", "FILE", 1, 1, N_("Take over what another laptop sealed for this one; exit 5 when differences wait"), NULL,
      NEEDS_CASE, open_run },
    { "handover", "conflicts", "[list | resolve ID 1|2|b]", 0, 3, N_("What two laptops wrote differently: see it, settle it"), NULL,
      NEEDS_CASE, conflicts_run },
    { "handover", "trust", "SOURCE.json", 1, 1, N_("Open handovers that this laptop signs, from now on"), trust_options, NEEDS_CASE,
      trust_run },
    { "handover", "peers", "", 0, 0, N_("This laptop's fingerprint, and the trusted ones"), NULL, NEEDS_CASE, peers_run },
    { "handover", "undo", "", 0, 0, N_("Take back what the last handover brought, all of it"), NULL, NEEDS_CASE, undo_run },
    { NULL, NULL, NULL, 0, 0, NULL, NULL, 0, NULL }
};
