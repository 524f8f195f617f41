/* cmd_handover.c - handover make|open|trust|distrust|peers|conflicts|undo: records to another laptop, and from
 * one. */
#include "commands.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bulk.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/text.h"
#include "dolen/core/safe.h"
#include "dolen/ui/field_words.h"
#include "filing.h"
#include "handover_file.h"
#include "handover_words.h"
#include "dolen/base/banned.h"

static void put_line(const char *text)
{
    struct buf tame = BUF_INIT;

    text_tame(&tame, text, false);
    puts(buf_text(&tame));
    buf_wipe(&tame);
}

static struct ui ui_of(const struct run *r)
{
    return (struct ui) { .store = r->cf->store, .catalog = r->cf->catalog, .today = clock_today() };
}

static void put_text(const char *text)
{
    struct buf tame = BUF_INIT;

    text_tame(&tame, text, true);
    fputs(buf_text(&tame), stdout);
    buf_wipe(&tame);
}

/* Said and not refused: whom the file is for, and why, is the practitioner's to know. */
static void say_refused(struct run *r, const char *name, struct id person)
{
    struct buf words = BUF_INIT, tame = BUF_INIT;

    handover_refused_words(r->cf, person, &words);
    if (words.len) {
        text_tame(&tame, buf_text(&words), false);
        fprintf(stderr, "dolen: %s: %s\n", name, buf_text(&tame));
    }
    buf_wipe(&words);
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
        return err_set(err, ST_USAGE,
                       _("Say for which laptop and into which file: --to SOURCE.json --out FILE. Nothing was "
                         "written."));
    for (int i = 0; st == ST_OK && i < r->operands; i++)
        st = operand_person(r, r->operand[i], &people[i], err);
    if (st == ST_OK)
        st = peer_named(r->cf, to, &peer, &known, err);
    if (st == ST_OK)
        st = handed_make(r->cf, people, (size_t) r->operands, &peer, out, &records, err);
    if (st != ST_OK)
        return st;
    for (int i = 0; i < r->operands; i++)
        say_refused(r, r->operand[i], people[i]);
    peer_fingerprint(&peer, print);
    if (!known)
        fprintf(stderr,
                _("dolen: sealed for a laptop that was not compared yet. Before you hand the file over, compare its "
                  "fingerprint with what dolen handover peers shows there: %s\n"),
                print);
    if (r->json) {
        struct json *j = json_new_map();

        json_set_text(j, "file", out);
        json_set_text(j, "to", peer.name);
        json_set_text(j, "fingerprint", print);
        json_set_int(j, "people", r->operands);
        json_set_int(j, "records", (int64_t) records);
        run_print_json("handover-make", j);
    } else {
        printf(tr_n("%zu record is sealed in %s. Only that laptop opens it, with: dolen handover open FILE",
                    "%zu records are sealed in %s. Only that laptop opens it, with: dolen handover open FILE", records),
               records, out);
        putchar('\n');
    }
    return ST_OK;
}

/* --- open ------------------------------------------------------------------------------------------------------- */

static enum status open_agreed(struct run *r, struct err *err)
{
    struct extent would;
    struct json *told = NULL;
    struct text2 will = { { NULL } };
    enum status st = handed_open(r->cf, r->operand[0], &would, &told, err);

    if (st == ST_OK) {
        will = handover_will(&would, json_get_text(told, "from"));
        st = bulk_agreed(r, would.records, text2_now(&will), err);
    }
    json_free(&told);
    text2_release(&will);
    return st;
}

static enum status open_run(struct run *r, struct err *err)
{
    struct json *told = NULL;
    struct ui u = ui_of(r);
    struct buf words = BUF_INIT;
    int64_t waiting;
    enum status st = open_agreed(r, err);

    if (st == ST_OK && bulk_dry(r))
        return ST_OK;
    if (st == ST_OK)
        st = handed_open(r->cf, r->operand[0], NULL, &told, err);
    if (st != ST_OK)
        return st;
    waiting = json_int(json_get(told, "waiting"));
    if (r->json) {
        told_cover(&u, told);
        run_print_json("handover-open", told);
    } else {
        told_words(&u, told, &words);
        put_text(buf_text(&words));
        if (waiting) {
            printf(_("Written differently on both laptops, waiting for you: %lld. See: dolen handover conflicts"),
                   (long long) waiting);
            putchar('\n');
        }
        buf_wipe(&words);
        json_free(&told);
    }
    if (waiting && r->json)
        return ST_CONFLICT;             /* the answer stands there already */
    if (waiting)
        return err_set(err, ST_CONFLICT,
                       tr_n("%lld difference waits to be settled; everything else is taken over. See: dolen handover "
                            "conflicts",
                            "%lld differences wait to be settled; everything else is taken over. See: dolen handover "
                            "conflicts",
                            (unsigned long) waiting),
                       (long long) waiting);
    return ST_OK;
}

static enum status undo_run(struct run *r, struct err *err)
{
    size_t n = 0;
    enum status st = bulk_undo(r, handed_undo,
                               NP_("%zu change that the last handover brought would be taken back.",
                                   "%zu changes that the last handover brought would be taken back."), &n, err);

    if (st != ST_OK || bulk_dry(r))
        return st;
    if (r->json) {
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
        return err_set(err, ST_REFUSED,
                       _("The fingerprint of this identity is %s, and not the one given. Nothing was changed. Ask "
                         "the colleague for the file again."),
                       print);
    st = peer_trust(r->cf, &s, typed != NULL, err);
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
    print_paragraph(_("Handovers signed by this laptop are opened from now on. Compare the fingerprint with what "
                      "dolen handover peers shows there, by telephone or face to face."));
    return ST_OK;
}

static enum status distrust_run(struct run *r, struct err *err)
{
    struct source s;
    bool known = false;
    enum status st = peer_named(r->cf, r->operand[0], &s, &known, err);

    if (st == ST_OK)
        st = peer_distrust(r->cf, s.id, err);
    if (st == ST_OK && r->json) {
        struct json *j = json_new_map();

        json_set_text(j, "name", s.name);
        run_print_json("handover-distrust", j);
    } else if (st == ST_OK) {
        put_line(s.name);
        puts(_("Handovers signed by this laptop are refused from now on. What came from it stays."));
    }
    return st;
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

/* The record, both sides and what there was before, as JSON; values that the safe-contact rule covers are dots. */
struct sides {
    struct json *mine, *theirs, *before;
};

static enum status sides_read(struct run *r, const struct record *d, bool read_out, struct sides *out,
                              struct err *err)
{
    const char *theirs = record_or(d, DIFFERENCE_theirs, "null"), *before = record_or(d, DIFFERENCE_ancestor, "null");
    struct ui u = ui_of(r);
    struct field_at f = difference_field(d, record_or(d, DIFFERENCE_field, ""));
    struct json **all[] = { &out->mine, &out->theirs, &out->before };
    enum status st = store_difference_mine(r->cf->store, d, &out->mine, err);

    f.shown = read_out;
    if (st == ST_OK)
        st = json_parse(&out->theirs, theirs, strlen(theirs), err);
    if (st == ST_OK)
        st = json_parse(&out->before, before, strlen(before), err);
    for (size_t i = 0; st == ST_OK && i < ARRAY_LEN(all) && field_is_covered(&u, &f); i++)
        if (json_kind(*all[i]) == JSON_TEXT_) {
            json_free(all[i]);
            *all[i] = json_new_text(safe_show("x", true, false));
        }
    return st;
}

static enum status conflict_json(struct run *r, const struct record *d, bool read_out, struct json *list,
                                 struct err *err)
{
    struct json *j = json_new_map();
    struct sides s = { NULL, NULL, NULL };
    char *from = peer_name(r->cf, record_text(d, DIFFERENCE_peer));
    enum status st = sides_read(r, d, read_out, &s, err);

    json_set_text(j, "id", id_show(d->id).s);
    json_set_text(j, "person", record_text(d, DIFFERENCE_person));
    json_set_text(j, "kind", record_text(d, DIFFERENCE_entity));
    json_set_text(j, "record", record_text(d, DIFFERENCE_subject));
    json_set_text(j, "field", record_or(d, DIFFERENCE_field, ""));
    json_set_text(j, "from", from);
    json_set(j, "mine", s.mine ? s.mine : json_new_null());
    json_set(j, "theirs", s.theirs ? s.theirs : json_new_null());
    json_set(j, "before", s.before ? s.before : json_new_null());
    json_append(list, j);
    free(from);
    return st;
}

static enum status conflicts_json(struct run *r, const struct records *open, bool read_out, struct err *err)
{
    struct json *list = json_new_list(), *j;
    enum status st = ST_OK;

    for (size_t i = 0; st == ST_OK && i < open->count; i++)
        st = conflict_json(r, &open->items[i], read_out, list, err);
    if (st != ST_OK) {
        json_free(&list);
        return st;
    }
    j = json_new_map();
    json_set(j, "items", list);
    run_print_json("handover-conflicts", j);
    return ST_OK;
}

static void conflict_print(struct run *r, const struct record *d, bool read_out)
{
    struct ui u = ui_of(r);
    struct buf b = BUF_INIT;

    buf_addf(&b, "%s  ", id_show(d->id).s);
    difference_title_put(&u, d, &b);
    put_line(buf_text(&b));
    buf_clear(&b);
    difference_sides_put(&u, d, read_out, &b);
    put_text(buf_text(&b));
    buf_wipe(&b);
}

static enum status conflicts_list(struct run *r, struct err *err)
{
    struct records open = { NULL, 0, 0 };
    enum status st = store_list(r->cf->store, LIST_DIFFERENCES, ID_NONE, 0, &open, err);

    if (st == ST_OK && r->json)
        st = conflicts_json(r, &open, false, err);
    for (size_t i = 0; st == ST_OK && !r->json && i < open.count; i++)
        conflict_print(r, &open.items[i], false);
    if (st == ST_OK && !r->json)
        puts(open.count ? _("Settle one with: dolen handover conflicts resolve ID 1|2|b (mine, theirs, both kept)")
                        : _("No difference waits to be settled."));
    records_release(&open);
    return st;
}

static bool is_covered(struct run *r, const struct record *d)
{
    struct field_at at = difference_field(d, record_or(d, DIFFERENCE_field, ""));
    struct ui u = ui_of(r);

    return field_is_covered(&u, &at);
}

/* One, with what was serious, or is covered, read out: somebody has asked for it. */
static enum status conflicts_show(struct run *r, struct id id, struct err *err)
{
    struct record d = { .text = NULL };
    struct records one = { &d, 1, 1 };
    enum status st = store_get(r->cf->store, T_DIFFERENCE, id, &d, err);

    if (st == ST_OK && record_text(&d, DIFFERENCE_settled))
        st = err_set(err, ST_NOTFOUND, _("This difference is settled already. Nothing was changed."
                                         " The list shows those that wait."));
    if (st == ST_OK && is_covered(r, &d))
        st = handed_read_out(r->cf, id, err);
    if (st == ST_OK && r->json)
        st = conflicts_json(r, &one, true, err);
    else if (st == ST_OK)
        conflict_print(r, &d, true);
    record_release(&d);
    return st;
}

static enum status conflicts_run(struct run *r, struct err *err)
{
    static const char *const ways[] = { [SETTLE_MINE] = "1", [SETTLE_THEIRS] = "2", [SETTLE_BOTH] = "b" };
    struct id id;
    enum status st;

    if (r->operands == 0 || (r->operands == 1 && str_eq(r->operand[0], "list")))
        return conflicts_list(r, err);
    if (r->operands == 2 && str_eq(r->operand[0], "show") && id_parse(r->operand[1], &id))
        return conflicts_show(r, id, err);
    if (r->operands != 3 || !str_eq(r->operand[0], "resolve") || !id_parse(r->operand[1], &id))
        return err_set(err, ST_USAGE,
                       _("handover conflicts takes: list, show ID, or resolve ID 1|2|b. Nothing was changed."));
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
    return err_set(err, ST_USAGE,
                   _("handover conflicts takes: list, show ID, or resolve ID 1|2|b. Nothing was changed."));
}

/* --- the table -------------------------------------------------------------------------------------------------- */

static const struct option make_options[] = {
    { "--to", "SOURCE.json",
      N_("The other laptop: what dolen source show prints there, or the name of a trusted one") },
    { "--out", "FILE", N_("The new file; must not exist") },
    { NULL, NULL, NULL }
};
static const struct option trust_options[] = {
    { "--fingerprint", "TEXT", N_("Only when the fingerprint is this one") },
    { NULL, NULL, NULL }
};

static const struct option many_options[] = { BULK_YES, BULK_DRY, { NULL, NULL, NULL } };

const struct command handover_commands[] = {
    { "handover", "make", "PERSON…", 1, CLI_OPERANDS_MAX, N_("Seal people's records for another laptop"), make_options,
      NEEDS_CASE,
      make_run },
    { "handover", "open", "FILE", 1, 1,
      N_("Take over what another laptop sealed for this one; exit 5 when differences wait"), many_options,
      NEEDS_CASE, open_run },
    { "handover", "conflicts", "[list | show ID | resolve ID 1|2|b]", 0, 3,
      N_("What two laptops wrote differently: see it, settle it"), NULL,
      NEEDS_CASE, conflicts_run },
    { "handover", "trust", "SOURCE.json", 1, 1, N_("Open handovers that this laptop signs, from now on"),
      trust_options, NEEDS_CASE,
      trust_run },
    { "handover", "distrust", "NAME", 1, 1, N_("Refuse what this laptop signs, from now on"), NULL, NEEDS_CASE,
      distrust_run },
    { "handover", "peers", "", 0, 0, N_("This laptop's fingerprint, and the trusted ones"), NULL, NEEDS_CASE,
      peers_run },
    { "handover", "undo", "", 0, 0, N_("Take back what the last handover brought, all of it"), many_options, NEEDS_CASE,
      undo_run },
    { NULL, NULL, NULL, 0, 0, NULL, NULL, 0, NULL }
};
