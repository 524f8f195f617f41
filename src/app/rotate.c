/* app/rotate.c - new keys: two files have to change together, and no disk replaces two files at once.
 *
 * So a whole second case file is made in a folder beside the first, proven and synced, and then the two folders
 * exchange their names in one step (renameat2 with RENAME_EXCHANGE). At any moment, power cut included, the name of
 * the case file leads to a folder with slots and database that belong together: the old pair until the exchange, the
 * new pair after it. The old pair is deleted only when the exchange is on the disk. Cut short, it leaves the folder
 * beside the case file, .NAME.new-keys, holding what was being made or what was to be deleted; the next rotation
 * clears it away.
 *
 * The lock is held in both folders, so nobody can open either pair while they change places. */
#include "rotate.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "commands.h"
#include "counter.h"
#include "dolen/base/date.h"
#include "dolen/base/file.h"
#include "dolen/base/holder.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/banned.h"

static const char *const parts[] = { "keyslots", "case.db", "case.db-journal", "holder", "setup-unfinished" };

static const char *const trial[] = { ".exchange-1", ".exchange-2" };

struct places {
    char *folder, *parent, *fresh;      /* the first resolved, so that a link to it is not what is exchanged */
};

static bool is_part(const char *name)
{
    for (size_t i = 0; i < ARRAY_LEN(parts); i++)
        if (str_eq(name, parts[i]))
            return true;
    return str_starts(name, ".keyslots.");          /* what a write that was cut short left */
}

static enum status places_find(struct places *p, const char *folder, struct err *err)
{
    char *slash;

    p->folder = realpath(folder, NULL);
    slash = p->folder ? strrchr(p->folder, '/') : NULL;
    if (!slash || !slash[1])
        return err_sys(err, _("The folder %s cannot be used; nothing was changed"), folder);
    p->parent = slash == p->folder ? xstrdup("/") : xstrndup(p->folder, (size_t) (slash - p->folder));
    p->fresh = xasprintf("%s/.%s.new-keys", slash == p->folder ? "" : p->parent, slash + 1);
    return ST_OK;
}

static void places_free(struct places *p)
{
    free(p->folder);
    free(p->parent);
    free(p->fresh);
}

/* Only files of a case file are deleted, never a folder with something in it; false when something else is there. */
static bool clear_away(const char *folder)
{
    DIR *d = opendir(folder);
    struct dirent *e;

    while (d && (e = readdir(d)))
        if (is_part(e->d_name))
            unlinkat(dirfd(d), e->d_name, 0);
    for (size_t i = 0; d && i < ARRAY_LEN(trial); i++)
        unlinkat(dirfd(d), trial[i], AT_REMOVEDIR);
    if (d)
        closedir(d);
    return rmdir(folder) == 0 || errno == ENOENT;
}

static int exchange(const char *a, const char *b)
{
    return renameat2(AT_FDCWD, a, AT_FDCWD, b, RENAME_EXCHANGE);
}

/* Asked with two empty folders first: a disk that cannot do it is not found out after the recovery code was written
 * down. */
static enum status can_exchange(const struct places *p, struct err *err)
{
    char *a = path_join(p->fresh, trial[0]), *b = path_join(p->fresh, trial[1]);
    bool able = mkdir(a, 0700) == 0 && mkdir(b, 0700) == 0 && exchange(a, b) == 0;
    enum status st = able ? ST_OK :
                            err_sys(err,
                                    _("The disk under %s cannot exchange two folders in one step, which new keys "
                                      "need. Nothing was changed. Move the case file to the laptop's own disk"),
                                    p->parent);

    rmdir(a);
    rmdir(b);
    free(a);
    free(b);
    return st;
}

static enum status prepare(const struct places *p, struct err *err)
{
    char *db = path_join(p->folder, "case.db");
    struct stat sb = { .st_size = 0 };
    int64_t room = file_free_bytes(p->parent);
    enum status st = ST_OK;

    if (stat(db, &sb) == 0 && room >= 0 && room < sb.st_size + sb.st_size / 4 + (1 << 20))
        st = err_set(err, ST_NOSPACE,
                     _("New keys need room for a second copy of the case file, %lld MiB. Nothing was changed. Free "
                       "some space, then try again."),
                     (long long) (sb.st_size >> 20) + 2);
    free(db);
    if (st == ST_OK && !clear_away(p->fresh))
        st = err_set(err, ST_REFUSED,
                     _("The folder %s is in the way and holds files that are not Dolen's. Nothing was changed. Look "
                       "at it, move it away, then try again."),
                     p->fresh);
    if (st == ST_OK && mkdir(p->fresh, 0700) != 0)
        st = err_sys(err, _("The folder %s cannot be made; nothing was changed"), p->fresh);
    return st == ST_OK ? can_exchange(p, err) : st;
}

/* --- the second case file ----------------------------------------------------------------------------------------- */

static enum status make(struct rotation *r, const struct places *p, struct secret **code, struct err *err)
{
    struct vault *v = NULL;
    char *db = path_join(p->fresh, "case.db");
    enum status st = vault_renew(&v, r->cf->vault, r->secret, r->key_file, err);

    if (st == ST_OK)
        st = vault_add_recovery(v, code, NULL, err);
    if (st == ST_OK)
        st = store_copy_with_key(r->cf->store, db, v, err);
    if (st == ST_OK)
        st = vault_write(v, p->fresh, err);
    vault_free(&v);
    free(db);
    return st;
}

static enum status inspect(struct store *s, const struct casefile *old, struct err *err)
{
    enum status st = store_verify(s, err);

    if (st == ST_OK && store_version(s) != store_version(old->store))
        st = err_set(err, ST_IO, "%s",
                     _("The copy under new keys does not hold every change. It was thrown away; the case file is as "
                       "it was. Try again."));
    if (st == ST_OK) {
        store_author(s, old->slot.practitioner);
        st = store_set_setting(s, "keys_rotated", instant_iso(clock_now()).s, err);
        if (st == ST_OK)
            st = store_note(s, "keys", vault_file_id(old->vault), "rotated", err);
    }
    return st;
}

/* Read back from the disk with the secret that will open it from now on, and looked through whole. */
static enum status prove(struct rotation *r, const struct places *p, struct vault **v, int64_t *version,
                         struct err *err)
{
    struct keyslots *k = NULL;
    struct store *s = NULL;
    enum status st = keyslots_read(&k, p->fresh, err), closing;

    if (st == ST_OK)
        st = r->key_file ? vault_open_file(v, k, r->key_file, err) : vault_open(v, k, r->secret, err);
    if (st == ST_OK)
        st = store_open(&s, p->fresh, *v, false, err);
    if (st == ST_OK)
        st = inspect(s, r->cf, err);
    if (st == ST_OK)
        *version = store_version(s);
    closing = store_close(&s, st == ST_OK ? err : NULL);
    st = st == ST_OK ? closing : st;
    if (st == ST_OK)
        st = vault_mark_tested(*v, vault_slot(*v), clock_now(), err);
    if (st == ST_OK)
        st = vault_write(*v, p->fresh, err);
    keyslots_free(&k);
    return st;
}

static enum status prove_code(struct rotation *r, const struct places *p, const struct secret *code, struct err *err)
{
    enum status st = recovery_prove(p->fresh, code, r->recovery_to, err);

    if (st == ST_REFUSED && !r->recovery_to)
        st = err_set(err, ST_REFUSED, "%s",
                     _("The new recovery code was not typed back, so the new keys were thrown away. The case file is "
                       "as it was, and the old recovery code still opens it."));
    return st;
}

/* --- changing places ---------------------------------------------------------------------------------------------- */

/* What does not belong to a case file but stood in its folder stays where people look for it. */
static void bring_others(const struct places *p)
{
    DIR *d = opendir(p->fresh);
    struct dirent *e;

    while (d && (e = readdir(d))) {
        char *to;

        if (str_eq(e->d_name, ".") || str_eq(e->d_name, "..") || is_part(e->d_name))
            continue;
        to = path_join(p->folder, e->d_name);
        renameat2(dirfd(d), e->d_name, AT_FDCWD, to, RENAME_NOREPLACE);
        free(to);
    }
    if (d)
        closedir(d);
    folder_sync(p->folder, NULL);
}

static enum status change_places(struct rotation *r, const struct places *p, bool *changed, struct err *err)
{
    enum status st = store_close(&r->cf->store, err);

    if (st == ST_OK)
        st = folder_sync(p->fresh, err);
    if (st == ST_OK)
        st = folder_sync(p->parent, err);         /* the new folder's own entry, before it takes the place of the old */
    if (st != ST_OK)
        return st;
    if (exchange(p->fresh, p->folder) != 0)
        return err_sys(err, _("The case file under new keys could not take the place of the old one. The case file "
                              "is as it was"));
    *changed = true;
    if (folder_sync(p->parent, err) != ST_OK)
        return err_set(err, ST_IO,
                       _("The new keys are in place, but the disk reported an error at the very end: after a power "
                         "cut the case file may open with the old keys again. The old one is kept in %s. Keep the "
                         "old recovery code too, and have the disk looked at."),
                       p->fresh);
    bring_others(p);
    if (!clear_away(p->fresh))
        r->left = xstrdup(p->fresh);
    folder_sync(p->parent, NULL);
    return ST_OK;
}

static void keep_counter(const struct vault *v, int64_t version)
{
    char *path = counter_path(vault_file_id(v));

    counter_keep(path, v, version);
    free(path);
}

enum status rotate_keys(struct rotation *r, struct err *err)
{
    struct places p = { NULL, NULL, NULL };
    struct secret *code = NULL;
    struct vault *v = NULL;
    int64_t version = 0;
    int holder = -1;
    bool changed = false, wrote = false;
    enum status st = places_find(&p, r->cf->folder, err);

    if (st == ST_OK && r->recovery_to && file_exists(r->recovery_to))
        st = err_set(err, ST_REFUSED, _("%s exists already; it is as it was; choose another name."), r->recovery_to);
    if (st != ST_OK)
        goto out;
    st = prepare(&p, err);
    if (st == ST_OK)
        st = make(r, &p, &code, err);
    if (st == ST_OK)
        st = prove(r, &p, &v, &version, err);
    if (st == ST_OK) {
        wrote = r->recovery_to != NULL;
        st = prove_code(r, &p, code, err);
    }
    if (st == ST_OK)
        st = holder_take(p.fresh, &holder, err);
    if (st == ST_OK)
        st = change_places(r, &p, &changed, err);
    if (changed)
        keep_counter(v, version);
    else
        clear_away(p.fresh);
    if (!changed && wrote)
        unlink(r->recovery_to);                     /* a code that opens nothing */
out:
    holder_release(&holder);
    vault_free(&v);
    secret_free(&code);
    places_free(&p);
    return st;
}
