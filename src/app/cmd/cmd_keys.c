/* cmd_keys.c - keys list|add|remove|test|organisation, passphrase. Each change is re-read from disk before it
 * counts. */
#include "commands.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "dolen/base/date.h"
#include "dolen/base/file.h"
#include "dolen/base/holder.h"
#include "dolen/base/lang.h"
#include "dolen/base/layout.h"
#include "dolen/base/mem.h"
#include "dolen/base/text.h"
#include "caseload.h"
#include "recovery.h"
#include "setup.h"
#include "ways_in.h"
#include "dolen/base/banned.h"

#define KEY_CHANGES_SHOWN 200

const char *slot_kind_name(enum slot_kind k)
{
    static const char *const names[] = {
        [SLOT_EMPTY] = N_("empty"), [SLOT_PASSPHRASE] = N_("passphrase"), [SLOT_RECOVERY] = N_("recovery code"),
        [SLOT_ORGANISATION] = N_("organisation key"), [SLOT_KEYFILE] = N_("key file"),
    };

    return names[(size_t) k < ARRAY_LEN(names) ? k : SLOT_EMPTY];
}

const char *slot_kind_label(enum slot_kind k)
{
    return tr(slot_kind_name(k));
}

static void print_slot(const struct slot_info *s)
{
    struct buf label = BUF_INIT;

    text_tame(&label, s->label, false);
    printf("%d  ", s->index + 1);
    layout_put(slot_kind_label(s->kind), SLOT_KIND_COLS);
    layout_put(buf_text(&label), SLOT_LABEL_COLS);
    if (s->tested_at)
        printf(_("last tested %s"), date_show(instant_date(s->tested_at)).s);
    else if (s->kind == SLOT_PASSPHRASE)        /* who opens the case file with it every day needs no test */
        printf(_("since %s"), date_show(instant_date(s->created_at)).s);
    else
        fputs(_("never tested"), stdout);
    putchar('\n');
    buf_release(&label);
}

static struct json *slot_json(const struct slot_info *s)
{
    struct json *j = json_new_map();

    json_set_int(j, "slot", s->index + 1);
    json_set_text(j, "kind", slot_kind_word(s->kind));
    json_set_text(j, "label", s->label);
    json_set_text(j, "created", s->created_at ? instant_iso(s->created_at).s : NULL);
    json_set_text(j, "tested", s->tested_at ? instant_iso(s->tested_at).s : NULL);
    if (s->kdf_mib)
        json_set_int(j, "kdf_mib", s->kdf_mib);
    return j;
}

static enum status list_run(struct run *r, struct err *err)
{
    struct keyslots *k = NULL;
    struct slot_info slot[VAULT_SLOTS];
    struct json *list;
    enum status st = keyslots_read(&k, r->folder, err);
    int n;

    if (st == ST_NOTFOUND)
        st = err_set(err, ST_NOTFOUND,
                     _("There is no case file in %s. Nothing was changed. Make one with: dolen init, or bring a backup "
                       "back with: dolen restore FILE"), r->folder);
    if (st != ST_OK)
        return st;
    n = keyslots_list(k, slot);
    list = json_new_list();
    for (int i = 0; i < n; i++) {
        if (r->json)
            json_append(list, slot_json(&slot[i]));
        else
            print_slot(&slot[i]);
    }
    if (r->json) {
        struct json *j = json_new_map();

        json_set_bool(j, "training", keyslots_is_training(k));
        json_set_bool(j, "one_copy_damaged", keyslots_one_copy_bad(k));
        json_set(j, "slots", list);
        run_print_json("keys", j);
    } else {
        if (keyslots_one_copy_bad(k))
            print_paragraph(_("One of the two copies of the key slots is damaged; the other is whole. The next "
                              "change writes both anew."));
        puts(_("Everybody who can open the case file sees all of it."));
        json_free(&list);
    }
    keyslots_free(&k);
    return ST_OK;
}

static enum status written(struct run *r, int slot, const char *what)
{
    if (r->json) {
        struct json *j = json_new_map();

        json_set_int(j, "slot", slot + 1);
        run_print_json("keys", j);
    } else {
        printf(what, slot + 1);
        putchar('\n');
    }
    return ST_OK;
}

/* The name is looked at before a passphrase is asked for. */
static enum status add_passphrase(struct run *r, int *slot, struct err *err)
{
    struct secret *s = NULL;
    const char *name = run_value(r, "--name");
    long mib = 0, fd = -1;
    struct run other = *r;
    struct id whose = ID_NONE;
    enum status st = run_int(r, "--kdf-mib", VAULT_KDF_FLOOR_MIB, 4096, &mib, err);

    if (st == ST_OK)
        st = run_int(r, "--new-fd", 0, 1 << 20, &fd, err);
    other.passphrase_fd = (int) fd;
    if (st == ST_OK)
        st = casefile_open(r->cf, false, err);
    if (st == ST_OK && r->cf->went_back)
        cli_warn_went_back();
    if (st == ST_OK)
        st = way_in_whose(r->cf, name ? name : "", &whose, err);
    if (st == ST_OK && id_is_set(whose) && !r->json) {
        printf(_("%s is in this case file already; what is theirs is theirs with this passphrase."), name);
        putchar('\n');
    }
    if (st == ST_OK)
        st = passphrase_new(&other, &s, err);
    if (st == ST_OK)
        st = way_in_add(r->cf, name, whose, s, (unsigned) mib, slot, err);
    secret_free(&s);
    return st;
}

/* *shown: the code, when it goes on paper by hand, once its slot is on disk; the caller's. */
static enum status add_recovery(struct run *r, int *slot, struct secret **shown, struct err *err)
{
    const char *to = run_value(r, "--to");
    struct secret *code = NULL;
    enum status st;

    if (!to && (!isatty(STDIN_FILENO) || !isatty(STDERR_FILENO)))
        return err_set(err, ST_USAGE, _("Say where the recovery code goes: --to FILE. Nothing was changed."));
    st = vault_add_recovery(r->cf->vault, &code, slot, err);
    if (st == ST_OK && to)
        st = code_to_file(code, to, err);
    if (st == ST_OK && !to)
        *shown = code;
    else
        secret_free(&code);
    return st;
}

static enum status add_run(struct run *r, struct err *err)
{
    const char *kind = r->operand[0], *to = run_value(r, "--to"), *key = run_value(r, "--public-key");
    struct secret *shown = NULL;
    struct buf line = BUF_INIT;
    int slot = -1;
    enum status st;

    if (str_eq(kind, "passphrase")) {
        st = add_passphrase(r, &slot, err);
    } else if (str_eq(kind, "recovery")) {
        st = add_recovery(r, &slot, &shown, err);
    } else if (str_eq(kind, "key-file") && to) {
        st = vault_add_keyfile(r->cf->vault, to, run_value(r, "--name") ? run_value(r, "--name") : "",
                               r->cf->slot.practitioner, &slot, err);
    } else if (str_eq(kind, "organisation") && key) {
        st = file_read(&line, key, 4096, err);
        if (st == ST_OK && line.len)
            line.s[strcspn(line.s, "\r\n")] = '\0';
        if (st == ST_OK)
            st = vault_add_organisation(r->cf->vault, buf_text(&line), run_value(r, "--name") ? run_value(r, "--name") :
                                        _("Organisation"), &slot, err);
    } else {
        st = err_set(err, ST_USAGE,
                     _("keys add takes: passphrase --name NAME, recovery [--to FILE], key-file --to FILE, or "
                       "organisation --public-key FILE. Nothing was changed."));
    }
    buf_release(&line);
    if (st == ST_OK && !str_eq(kind, "passphrase")) {
        st = ways_in_write(r->cf, err);
        if (st == ST_OK)
            ways_in_note_slot(r->cf, "added", slot);
    }
    if (st == ST_OK)
        st = written(r, slot, shown ? _("Slot %d was added.") : _("Slot %d was added. Try it once with: dolen keys test"));
    if (st == ST_OK && shown) {
        holder_release(&r->cf->holder);
        st = recovery_on_paper(r->folder, shown, err);
    }
    secret_free(&shown);
    return st;
}

static enum status slot_operand(struct run *r, int *slot, struct err *err)
{
    char *end;
    long n = strtol(r->operand[0], &end, 10);

    if (*end || n < 1 || n > VAULT_SLOTS)
        return err_set(err, ST_USAGE, _("A slot is a number from 1 to %d: see dolen keys list. Nothing was changed."),
                       VAULT_SLOTS);
    *slot = (int) n - 1;
    return ST_OK;
}

static enum status remove_run(struct run *r, struct err *err)
{
    int slot = 0;
    enum status st = slot_operand(r, &slot, err);

    if (st == ST_OK)
        st = way_in_remove(r->cf, slot, err);
    return st == ST_OK ? written(r, slot, _("Slot %d was removed. Old backups still open with it.")) : st;
}

/* --- who changed them --------------------------------------------------------------------------------------------- */

static const struct {
    const char *word, *label;
} done_to_ways[] = {
    { "added", N_("added") }, { "removed", N_("taken away") }, { "changed", N_("given new words") },
    { "rotated", N_("all keys made anew") },
};

static const char *kind_label_of(const char *word)
{
    for (int k = SLOT_PASSPHRASE; k <= SLOT_KEYFILE; k++)
        if (str_eq(slot_kind_word((enum slot_kind) k), word))
            return slot_kind_label((enum slot_kind) k);
    return word;
}

/* "added 3 passphrase Siân Prawf", as ways_in_note writes it. */
static void print_change(struct run *r, const struct change_row *c, struct json *list)
{
    char did[16] = "", kind[16] = "", *who = practitioner_name(r->cf, c->by);
    int number = 0, end = 0;
    struct buf whose = BUF_INIT;
    const char *label = did;

    sscanf(c->why, "%15s %d %15s %n", did, &number, kind, &end);
    for (size_t i = 0; i < ARRAY_LEN(done_to_ways); i++)
        if (str_eq(done_to_ways[i].word, did))
            label = tr(done_to_ways[i].label);
    text_tame(&whose, end ? c->why + end : "", false);
    if (list) {
        struct json *j = json_new_map();

        json_set_text(j, "at", instant_iso(c->at).s);
        json_set_text(j, "by", who);
        json_set_text(j, "did", did);
        if (number)
            json_set_int(j, "slot", number);
        json_set_text(j, "kind", kind);
        json_set_text(j, "label", buf_text(&whose));
        json_append(list, j);
    } else {
        printf("%s  %s: %s", instant_show(c->at).s, who ? who : "?", label);
        if (number)
            printf(" \302\267 %d %s%s%s", number, kind_label_of(kind), whose.len ? " " : "", buf_text(&whose));
        putchar('\n');
    }
    buf_release(&whose);
    free(who);
}

static enum status history_run(struct run *r, struct err *err)
{
    struct change_row *rows = xcalloc(KEY_CHANGES_SHOWN, sizeof *rows);
    struct json *list = r->json ? json_new_list() : NULL;
    int n = 0;
    enum status st = store_changes(r->cf->store, vault_file_id(r->cf->vault), 0, KEY_CHANGES_SHOWN, rows, &n, err);

    for (int i = 0; i < n; i++) {
        print_change(r, &rows[i], list);
        change_row_release(&rows[i]);
    }
    free(rows);
    if (r->json) {
        struct json *j = json_new_map();

        json_set(j, "changes", list);
        run_print_json("keys-history", j);
    } else if (st == ST_OK && n == 0) {
        puts(_("No way in was added, changed or taken away yet."));
    }
    return st;
}

/* Opens the case file with one route, from disk, and writes down that it worked. */
static enum status test_run(struct run *r, struct err *err)
{
    struct casefile *cf = NULL;
    struct secret *s = NULL;
    struct slot_info slot;
    enum status st = casefile_claim(&cf, r->folder, -1, err);

    if (st == ST_OK && !r->key_file)
        st = r->passphrase_fd >= 0 ? secret_read_fd(&s, r->passphrase_fd, err)
                                   : secret_ask(&s, _("Passphrase or recovery code to test: "), err);
    if (st == ST_OK)
        st = casefile_unlock(cf, s, r->key_file, err);
    if (st == ST_OK)
        st = store_open(&cf->store, cf->folder, cf->vault, false, err);
    if (st == ST_OK)
        st = vault_mark_tested(cf->vault, vault_slot(cf->vault), clock_now(), err);
    if (st == ST_OK)
        st = vault_write(cf->vault, cf->folder, err);
    if (st == ST_OK) {
        slot = vault_slot_info(cf->vault);
        if (casefile_recovery_was_tested(cf))       /* the set-up is finished: there are records */
            st = recovery_tested(cf, &slot, err);
    }
    if (st == ST_OK) {
        if (r->json)
            run_print_json("keys", slot_json(&slot));
        else {
            printf(_("It opens the case file: slot %d, %s."), slot.index + 1, slot_kind_label(slot.kind));
            putchar('\n');
        }
    }
    secret_free(&s);
    casefile_free(&cf);
    return st;
}

static enum status organisation_run(struct run *r, struct err *err)
{
    const char *to = run_value(r, "--to");
    struct buf line = BUF_INIT;
    enum status st;

    if (!to)
        return err_set(err, ST_USAGE, _("Say where the secret half goes: --to FILE. Nothing was changed."));
    st = organisation_key_make(to, &line, err);
    if (st == ST_OK && r->json) {
        struct json *j = json_new_map();

        json_set_text(j, "public_key", buf_text(&line));
        run_print_json("organisation-key", j);
    } else if (st == ST_OK) {
        printf("%s\n", buf_text(&line));
        fprintf(stderr, "%s\n",
                _("The line above goes to the practitioners. Keep the file in the organisation's safe."));
    }
    buf_release(&line);
    return st;
}

static enum status passphrase_run(struct run *r, struct err *err)
{
    struct secret *s = NULL;
    struct run other = *r;
    long mib = 0, fd = -1;
    enum status st = run_int(r, "--kdf-mib", VAULT_KDF_FLOOR_MIB, 4096, &mib, err);

    if (st == ST_OK)
        st = run_int(r, "--new-fd", 0, 1 << 20, &fd, err);
    other.passphrase_fd = (int) fd;
    if (st == ST_OK)
        st = way_in_is_passphrase(r->cf, err);
    if (st == ST_OK)
        st = passphrase_new(&other, &s, err);
    if (st == ST_OK)
        st = way_in_change(r->cf, vault_slot(r->cf->vault), s, (unsigned) mib, err);
    if (st == ST_OK) {
        struct err why = { .st = ST_OK };

        holder_release(&r->cf->holder);
        st = setup_prove_passphrase(r->folder, s, &why);
        if (st != ST_OK)
            err_set(err, st,
                    _("The passphrase is changed: use the new one from now on. The case file was then not opened "
                      "with it: %s"),
                    err_text(&why));
    }
    secret_free(&s);
    if (st == ST_OK && !r->json)
        print_paragraph(_("The passphrase is changed, and has just opened the case file. Backups made before still "
                          "open with the old one."));
    else if (st == ST_OK)
        run_print_json("passphrase", json_new_map());
    return st;
}

/* For opening the database with the sqlcipher shell, without us: docs/casefile-format.md. */
static enum status show_raw_run(struct run *r, struct err *err)
{
    struct secret *key = NULL;
    enum status st = vault_db_key(r->cf->vault, &key, err);

    if (st == ST_OK) {
        fprintf(stderr, "%s\n", _("The raw key opens this case file and all its backups, for ever. Keep it nowhere."));
        puts(secret_text(key));
    }
    secret_free(&key);
    return st;
}

static const struct option add_options[] = {
    { "--name", "NAME", N_("Whose it is") },
    { "--to", "FILE", N_("New key file, or where the recovery code goes; must not exist") },
    { "--public-key", "FILE", N_("The organisation's public key line") },
    { "--kdf-mib", "N", N_("Memory for stretching the passphrase, from 64") },
    { "--new-fd", "N", N_("Read the new passphrase from this descriptor") },
    { NULL, NULL, NULL }
};
static const struct option passphrase_options[] = {
    { "--kdf-mib", "N", N_("Memory for stretching the passphrase, from 64") },
    { "--new-fd", "N", N_("Read the new passphrase from this descriptor") },
    { NULL, NULL, NULL }
};
static const struct option rotate_options[] = {
    { "--recovery-to", "FILE", N_("Write the recovery code here and try it from there, for scripts") },
    { "--confirm", "N", N_("How many other ways in are lost by it") },
    { NULL, NULL, NULL }
};
static const struct option organisation_options[] = {
    { "--to", "FILE", N_("New file for the secret half; must not exist") },
    { NULL, NULL, NULL }
};

const struct command keys_commands[] = {
    { "keys", "list", "", 0, 0, N_("The ways into the case file: passphrases, recovery code, keys"), NULL,
      NEEDS_NOTHING, list_run },
    { "keys", "add", "passphrase|recovery|key-file|organisation", 1, 1, N_("Add a way in"), add_options, NEEDS_SLOTS,
      add_run },
    { "keys", "remove", "SLOT", 1, 1, N_("Remove a way in; the last tested one stays"), NULL, NEEDS_SLOTS, remove_run },
    { "keys", "history", "", 0, 0, N_("Who added, changed or took away a way in, and when"), NULL, NEEDS_CASE,
      history_run },
    { "keys", "test", "", 0, 0, N_("Try a passphrase, recovery code or key file, and note the day"), NULL,
      NEEDS_NOTHING, test_run },
    { "keys", "rotate", "", 0, 0, N_("Put the case file under new keys; old backups still open with the old ones"),
      rotate_options,
      NEEDS_NOTHING, rotate_run },
    { "keys", "organisation", "", 0, 0, N_("Make a key pair for the organisation's lead"), organisation_options,
      NEEDS_NOTHING,
      organisation_run },
    { "keys", "show-raw", "", 0, 0, N_("Print the raw key, for opening the database with the sqlcipher shell"), NULL,
      NEEDS_SLOTS,
      show_raw_run },
    { "passphrase", NULL, "", 0, 0, N_("Change the passphrase that opened the case file"), passphrase_options,
      NEEDS_SLOTS,
      passphrase_run },
    { NULL, NULL, NULL, 0, 0, NULL, NULL, 0, NULL }
};
