/* app/ways_in.c - the ways into an open case file, changed one at a time. */
#include "ways_in.h"

#include <stdlib.h>
#include <string.h>

#include "commands.h"
#include "dolen/base/date.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/text.h"
#include "dolen/base/banned.h"

#define PRACTITIONERS_MAX 200

int way_in_of(const struct casefile *cf, struct id practitioner)
{
    struct slot_info slot[VAULT_SLOTS];
    int n = vault_list(cf->vault, slot);

    for (int i = 0; i < n; i++)
        if (id_is_set(practitioner) && id_eq(slot[i].practitioner, practitioner))
            return slot[i].index;
    return -1;
}

enum status way_in_whose(struct casefile *cf, const char *name, struct id *out, struct err *err)
{
    struct records all = { NULL, 0, 0 };
    enum status st;

    *out = ID_NONE;
    if (!name[strspn(name, " ")])
        return err_set(err, ST_USAGE, _("Say whose passphrase it is: --name NAME. Nothing was changed."));
    st = store_list(cf->store, LIST_PRACTITIONERS, ID_NONE, PRACTITIONERS_MAX, &all, err);
    for (size_t i = 0; st == ST_OK && i < all.count; i++) {
        const char *theirs = record_or(&all.items[i], PRACTITIONER_name, "");
        int slot = way_in_of(cf, all.items[i].id);

        if (!text_same_folded(theirs, name))
            continue;
        if (slot >= 0)
            st = err_set(err, ST_REFUSED, _("%s has a way in already: number %d. Nothing was changed. If it is "
                                            "forgotten, take that one away first (dolen keys remove %d); somebody "
                                            "else of that name needs another one, for example with an initial."),
                         theirs, slot + 1, slot + 1);
        else if (!id_is_set(*out))
            *out = all.items[i].id;
    }
    records_release(&all);
    return st;
}

void ways_in_note(struct casefile *cf, const char *did, const struct slot_info *slot)
{
    bool opened = !cf->store && casefile_open(cf, false, NULL) == ST_OK;
    char *why;

    if (!cf->store)
        return;
    why = xasprintf("%s %d %s %s", did, slot->index + 1, slot_kind_word(slot->kind), slot->label);
    store_note(cf->store, "keys", vault_file_id(cf->vault), why, NULL);
    free(why);
    if (opened)
        store_close(&cf->store, NULL);
}

static bool slot_there(const struct casefile *cf, int slot, struct slot_info *out)
{
    struct slot_info all[VAULT_SLOTS];
    int n = vault_list(cf->vault, all);

    for (int i = 0; i < n; i++)
        if (all[i].index == slot) {
            *out = all[i];
            return true;
        }
    return false;
}

void ways_in_note_slot(struct casefile *cf, const char *did, int slot)
{
    struct slot_info s;

    if (slot_there(cf, slot, &s))
        ways_in_note(cf, did, &s);
}

enum status ways_in_write(struct casefile *cf, struct err *err)
{
    struct keyslots *fresh = NULL;
    enum status st = vault_write(cf->vault, cf->folder, err);

    if (st == ST_OK && keyslots_read(&fresh, cf->folder, NULL) == ST_OK) {
        keyslots_free(&cf->slots);
        cf->slots = fresh;
    }
    return st;
}

static unsigned cost(const struct casefile *cf, unsigned kdf_mib)
{
    return kdf_mib ? kdf_mib : vault_is_training(cf->vault) ? VAULT_KDF_FLOOR_MIB : vault_calibrate();
}

static enum status practitioner_new(struct casefile *cf, const char *name, struct id *out, struct err *err)
{
    struct record p;
    enum status st;

    record_init(&p, T_PRACTITIONER);
    record_set(&p, PRACTITIONER_name, name);
    st = store_put(cf->store, &p, NULL, err);
    *out = p.id;
    record_release(&p);
    return st;
}

/* The practitioner first: should the slots then not be written, somebody without a way in is found by name the next
 * time, whereas a slot of nobody would write history without an author. */
enum status way_in_add(struct casefile *cf, const char *name, struct id whose, const struct secret *secret,
                       unsigned kdf_mib, int *slot, struct err *err)
{
    enum status st = store_begin(cf->store, err);

    if (st != ST_OK)
        return st;
    if (!id_is_set(whose))
        st = practitioner_new(cf, name, &whose, err);
    if (st == ST_OK)
        st = vault_add_passphrase(cf->vault, secret, name, whose, cost(cf, kdf_mib), slot, err);
    st = store_end(cf->store, st, err);
    if (st == ST_OK)
        st = ways_in_write(cf, err);
    if (st == ST_OK)
        ways_in_note_slot(cf, "added", *slot);
    store_undo_begins(cf->store);           /* u takes no way in back */
    return st;
}

/* Besides this one: those that opened it once and are no passphrase. */
static bool is_last_route(const struct casefile *cf, int slot)
{
    struct slot_info all[VAULT_SLOTS];
    int n = vault_list(cf->vault, all), others = 0;
    bool counts = false;

    for (int i = 0; i < n; i++) {
        bool route = all[i].kind != SLOT_PASSPHRASE && all[i].tested_at;

        counts = counts || (route && all[i].index == slot);
        others += route && all[i].index != slot;
    }
    return counts && others == 0;
}

enum status way_in_may_go(const struct casefile *cf, int slot, struct err *err)
{
    if (slot == vault_slot(cf->vault))
        return err_set(err, ST_REFUSED, _("Number %d is what has just opened the case file, so it stays. Nothing was "
                                          "changed. To take it away, open the case file with another one."), slot + 1);
    if (is_last_route(cf, slot))
        return err_set(err, ST_REFUSED, _("Number %d is the last way in that was tried and is not a passphrase, so it "
                                          "stays: whoever forgets a passphrase needs it. Nothing was changed. First "
                                          "make another one and try it: dolen keys add recovery"), slot + 1);
    return ST_OK;
}

enum status way_in_remove(struct casefile *cf, int slot, struct err *err)
{
    struct slot_info was;
    bool there = slot_there(cf, slot, &was);
    enum status st = way_in_may_go(cf, slot, err);

    if (st == ST_OK)
        st = vault_remove_slot(cf->vault, slot, err);
    if (st == ST_OK)
        st = ways_in_write(cf, err);
    if (st == ST_OK && there)
        ways_in_note(cf, "removed", &was);
    return st;
}

enum status way_in_is_passphrase(const struct casefile *cf, struct err *err)
{
    struct slot_info own = vault_slot_info(cf->vault);

    return own.kind == SLOT_PASSPHRASE
               ? ST_OK
               : err_set(err, ST_REFUSED,
                         _("The case file was opened with a %s, not with a passphrase. Nothing was changed. Where a "
                           "passphrase was forgotten, :ways-in gives it new words."),
                         slot_kind_label(own.kind));
}

bool way_in_changes(const struct casefile *cf, const struct slot_info *slot)
{
    return slot->kind == SLOT_PASSPHRASE &&
           (slot->index == vault_slot(cf->vault) || vault_slot_info(cf->vault).kind != SLOT_PASSPHRASE);
}

enum status way_in_change(struct casefile *cf, int slot, const struct secret *secret, unsigned kdf_mib,
                          struct err *err)
{
    enum status st = vault_change_passphrase(cf->vault, slot, secret, cost(cf, kdf_mib), err);

    if (st == ST_OK)
        st = ways_in_write(cf, err);
    if (st == ST_OK)
        ways_in_note_slot(cf, "changed", slot);
    return st;
}

enum status way_in_is_mine(const struct casefile *cf, const struct secret *secret, struct err *err)
{
    struct vault *once = NULL;
    enum status st = vault_open(&once, cf->slots, secret, err);

    if (st == ST_OK && vault_slot(once) != vault_slot(cf->vault))
        st = err_set(err, ST_REFUSED, _("That opens the case file, but it is somebody else's. Nothing was changed. "
                                        "Whose it is changes it, after opening the case file with it."));
    vault_free(&once);
    return st;
}

enum status way_in_prove(struct casefile *cf, const struct secret *secret, struct err *err)
{
    struct vault *once = NULL;
    enum status st = vault_open(&once, cf->slots, secret, err);

    if (st == ST_OK)
        st = vault_mark_tested(cf->vault, vault_slot(once), clock_now(), err);
    vault_free(&once);
    return st == ST_OK ? ways_in_write(cf, err) : st;
}
