/* app/setup.c - the order matters: the slots are written last, so that a folder with slots has a whole database. */
#include "setup.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "dolen/base/date.h"
#include "dolen/base/file.h"
#include "dolen/base/holder.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "recovery_drill.h"
#include "dolen/base/banned.h"

#define UNFINISHED "setup-unfinished"     /* there from before the database is made until the slots are written */

static enum status make_database(const struct setup *s, struct vault *v, struct id *practitioner, struct err *err)
{
    struct store *store = NULL;
    struct record r;
    enum status st = store_create(&store, s->folder, v, err);

    record_init(&r, T_PRACTITIONER);
    if (st == ST_OK) {
        record_set(&r, PRACTITIONER_name, s->name && s->name[0] ? s->name : _("Practitioner"));
        st = store_put(store, &r, NULL, err);
        *practitioner = r.id;
    }
    record_release(&r);
    if (store) {
        enum status closing = store_close(&store, st == ST_OK ? err : NULL);

        st = st == ST_OK ? closing : st;
    }
    return st;
}

static void leftover(const char *folder, const char *name)
{
    char *path = path_join(folder, name);

    unlink(path);
    free(path);
}

/* Only what a set-up that was cut short left behind is cleared away: a database without slots and without that mark
 * may be a whole caseload, whose slots are in every backup. */
static enum status clear_leftovers(const char *folder, struct err *err)
{
    char *db = path_join(folder, "case.db");
    bool there = file_exists(db);

    free(db);
    if (there && !setup_is_unfinished(folder))
        return err_set(err, ST_SLOTS_DAMAGED,
                       _("The key slots of the case file in %s are missing. The records are still there, encrypted. "
                         "Restore the newest backup with: dolen restore FILE"),
                       folder);
    leftover(folder, "case.db");
    leftover(folder, "case.db-journal");
    return file_replace(folder, UNFINISHED, "", 0, err);
}

bool setup_is_unfinished(const char *folder)
{
    char *mark = path_join(folder, UNFINISHED), *slots = path_join(folder, "keyslots");
    bool unfinished = file_exists(mark) && !file_exists(slots);

    free(mark);
    free(slots);
    return unfinished;
}

void setup_forget_unfinished(const char *folder)
{
    leftover(folder, UNFINISHED);
}

enum status setup_make(const struct setup *s, struct secret **code, struct err *err)
{
    struct vault *v = NULL;
    struct id practitioner = ID_NONE;
    char label[VAULT_LABEL_MAX + 1];        /* a longer name is whole in the records */
    char *slots;
    bool there;
    int holder = -1, slot;
    enum status st;

    str_copy(label, sizeof label, s->name ? s->name : "");
    slots = path_join(s->folder, "keyslots");
    there = file_exists(slots);
    free(slots);
    if (there)
        return err_set(err, ST_REFUSED,
                       _("There is a case file in %s already. It is untouched. Choose another folder with --file "
                         "DIR."),
                       s->folder);
    st = folder_make_private(s->folder, err);
    if (st == ST_OK)
        st = holder_take(s->folder, &holder, err);
    if (st == ST_OK)
        st = clear_leftovers(s->folder, err);
    if (st == ST_OK)
        st = vault_create(&v, s->training, err);
    if (st == ST_OK)
        st = make_database(s, v, &practitioner, err);
    if (st == ST_OK)
        st = vault_add_passphrase(v, s->passphrase, label, practitioner,
                                  s->kdf_mib ? s->kdf_mib : vault_calibrate(), &slot, err);
    if (st == ST_OK)
        st = vault_add_recovery(v, code, &slot, err);
    if (st == ST_OK && s->organisation)
        st = vault_add_organisation(v, s->organisation, _("Organisation"), &slot, err);
    if (st == ST_OK)
        st = vault_write(v, s->folder, err);
    if (st == ST_OK)
        setup_forget_unfinished(s->folder);
    vault_free(&v);
    holder_release(&holder);
    return st;
}

static enum status prove(const char *folder, const struct secret *secret, struct err *err)
{
    struct keyslots *k = NULL;
    struct vault *v = NULL;
    struct store *store = NULL;
    int holder = -1;
    enum status st = holder_take(folder, &holder, err);

    if (st == ST_OK)
        st = keyslots_read(&k, folder, err);
    if (st == ST_OK)
        st = vault_open(&v, k, secret, err);
    if (st == ST_OK)
        st = store_open(&store, folder, v, false, err);
    if (st == ST_OK)
        st = vault_mark_tested(v, vault_slot(v), clock_now(), err);
    if (st == ST_OK)
        st = vault_write(v, folder, err);
    if (store) {
        enum status closing = store_close(&store, st == ST_OK ? err : NULL);

        st = st == ST_OK ? closing : st;
    }
    vault_free(&v);
    keyslots_free(&k);
    holder_release(&holder);
    return st;
}

enum status setup_prove(const char *folder, const struct secret *code, struct err *err)
{
    enum status st = recovery_is_paper(code, err);

    return st == ST_OK ? prove(folder, code, err) : st;
}

enum status setup_prove_passphrase(const char *folder, const struct secret *passphrase, struct err *err)
{
    return prove(folder, passphrase, err);
}

bool setup_wants_code(const char *folder)
{
    struct keyslots *k = NULL;
    bool wants = keyslots_read(&k, folder, NULL) == ST_OK && !recovery_was_tested(k);

    keyslots_free(&k);
    return wants;
}

/* A code that nobody ever typed back goes with the new one. */
static enum status drop_untried_codes(struct vault *v, struct err *err)
{
    struct slot_info slot[VAULT_SLOTS];
    enum status st = ST_OK;
    int n = vault_list(v, slot);

    for (int i = 0; i < n && st == ST_OK; i++)
        if (slot[i].kind == SLOT_RECOVERY && !slot[i].tested_at)
            st = vault_remove_slot(v, slot[i].index, err);
    return st;
}

enum status setup_new_code(const char *folder, const struct secret *passphrase, struct secret **code, struct err *err)
{
    struct keyslots *k = NULL;
    struct vault *v = NULL;
    int holder = -1, slot;
    enum status st = holder_take(folder, &holder, err);

    if (st == ST_OK)
        st = keyslots_read(&k, folder, err);
    if (st == ST_OK)
        st = vault_open(&v, k, passphrase, err);
    if (st == ST_OK)
        st = drop_untried_codes(v, err);
    if (st == ST_OK)
        st = vault_add_recovery(v, code, &slot, err);
    if (st == ST_OK)
        st = vault_write(v, folder, err);
    vault_free(&v);
    keyslots_free(&k);
    holder_release(&holder);
    return st;
}
