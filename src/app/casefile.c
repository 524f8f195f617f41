/* app/casefile.c - opening in three steps, so that "in use" comes before the passphrase and "wrong passphrase" before
 * anything the database says. */
#include "casefile.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "dolen/base/date.h"
#include "dolen/base/file.h"
#include "dolen/base/holder.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/store/carry.h"
#include "counter.h"
#include "destination.h"
#include "paperwork.h"
#include "setup.h"
#include "dolen/base/banned.h"

char *casefile_folder(const char *given)
{
    char *data, *folder;

    if (given)
        return xstrdup(given);
    data = place_data();
    folder = path_join(data, "casefile");
    free(data);
    return folder;
}

static bool has(const char *folder, const char *name)
{
    char *path = path_join(folder, name);
    bool there = file_exists(path);

    free(path);
    return there;
}

bool casefile_is_there(const char *folder)
{
    return has(folder, "keyslots") || (has(folder, "case.db") && !setup_is_unfinished(folder));
}

enum status casefile_claim(struct casefile **out, const char *folder, int holder_fd, struct err *err)
{
    struct casefile *cf;
    enum status st;

    if (!casefile_is_there(folder))
        return err_set(err, ST_NOTFOUND, _("There is no case file in %s. Nothing was changed. Make one with: "
                                           "dolen init, or bring a backup back with: dolen restore FILE"), folder);
    cf = xcalloc(1, sizeof *cf);
    cf->holder = -1;
    cf->folder = xstrdup(folder);
    if (holder_fd >= 0) {
        st = holder_adopt(folder, holder_fd, err);
        if (st == ST_OK)
            cf->holder = holder_fd;
    } else {
        st = holder_take(folder, &cf->holder, err);
    }
    if (st == ST_OK)
        st = keyslots_read(&cf->slots, folder, err);
    if (st == ST_NOTFOUND)
        st = err_set(err, ST_SLOTS_DAMAGED, _("The key slots of the case file in %s are missing. The records are still "
                                              "there, encrypted. Restore the newest backup with: dolen restore FILE"),
                     folder);
    if (st != ST_OK) {
        casefile_free(&cf);
        return st;
    }
    if (keyslots_is_training(cf->slots))
        clock_freeze_from_env();
    cf->catalog = catalog_open();           /* something serious is there before the case file is open */
    *out = cf;
    return ST_OK;
}

enum status casefile_unlock(struct casefile *cf, const struct secret *secret, const char *key_file, struct err *err)
{
    enum status st = key_file ? vault_open_file(&cf->vault, cf->slots, key_file, err)
                              : vault_open(&cf->vault, cf->slots, secret, err);

    if (st == ST_OK)
        cf->slot = vault_slot_info(cf->vault);
    return st;
}

enum status casefile_check_passphrase(const struct casefile *cf, const struct secret *secret, struct err *err)
{
    struct vault *once = NULL;
    enum status st = vault_open(&once, cf->slots, secret, err);

    vault_free(&once);
    return st;
}

bool recovery_was_tested(const struct keyslots *k)
{
    struct slot_info slot[VAULT_SLOTS];
    int n = keyslots_list(k, slot);

    for (int i = 0; i < n; i++)
        if ((slot[i].kind == SLOT_RECOVERY || slot[i].kind == SLOT_ORGANISATION || slot[i].kind == SLOT_KEYFILE) &&
            slot[i].tested_at > 0)
            return true;
    return false;
}

bool casefile_recovery_was_tested(const struct casefile *cf)
{
    return recovery_was_tested(cf->slots);
}

static void keep_counter(void *ctx, int64_t version)
{
    struct casefile *cf = ctx;

    counter_keep(cf->counter_path, cf->vault, version);
}

/* Done before anything is written: what was given a number before must not pass for what gets the same one now, and
 * the counter forgets it with the next change. */
static enum status begin_after_going_back(struct casefile *cf, struct err *err)
{
    enum status st = destinations_went_back(cf->store, err);

    return st == ST_OK ? store_lineage_begin(cf->store, err) : st;
}

enum status casefile_open(struct casefile *cf, bool read_only, struct err *err)
{
    enum status st;

    if (!casefile_recovery_was_tested(cf))
        return err_set(err, ST_REFUSED, _("The set-up of this case file is not finished: its recovery code was never "
                                          "tried. Nothing was changed. Try it with: dolen keys test. Or leave with "
                                          "Ctrl-Q and start dolen again: it asks for the code, and makes a new one "
                                          "if there is no paper."));
    setup_forget_unfinished(cf->folder);    /* before the first record, should a power cut have kept it */
    st = store_open(&cf->store, cf->folder, cf->vault, read_only, err);
    if (st != ST_OK)
        return st;
    cf->read_only = read_only;
    store_author(cf->store, cf->slot.practitioner);
    free(cf->counter_path);
    cf->counter_path = counter_path(vault_file_id(cf->vault));
    cf->seen_version = counter_read(cf->counter_path, cf->vault);
    cf->went_back = cf->seen_version > store_version(cf->store);
    if (cf->went_back && !read_only)
        st = begin_after_going_back(cf, err);
    if (st != ST_OK) {
        store_close(&cf->store, NULL);
        return st;
    }
    if (!read_only) {
        store_on_commit(cf->store, keep_counter, cf);
        keep_counter(cf, store_version(cf->store));
    }
    return ST_OK;
}

enum status casefile_shut(struct casefile *cf, struct err *err)
{
    enum status st;

    paperwork_stop(cf);
    answers_release(&cf->last);
    buf_wipe(&cf->would);
    st = store_close(&cf->store, err);
    vault_free(&cf->vault);
    return st;
}

void casefile_free(struct casefile **cfp)
{
    struct casefile *cf = *cfp;

    if (!cf)
        return;
    casefile_shut(cf, NULL);
    catalog_free(&cf->catalog);
    keyslots_free(&cf->slots);
    holder_release(&cf->holder);
    free(cf->counter_path);
    free(cf->folder);
    free(cf);
    *cfp = NULL;
}

enum status casefile_empty_bin(struct casefile *cf, struct err *err)
{
    struct purged done;
    enum status st;

    if (cf->read_only)
        return ST_OK;
    st = store_purge(cf->store, clock_now(), false, &done, err);
    store_undo_begins(cf->store);       /* nobody at the keyboard did this */
    return st;
}
