/* app/backup.c - what is verified is always what was read back from the disk, never what was meant to be written. */
#include "backup.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "dolen/base/date.h"
#include "dolen/base/file.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/store/carry.h"
#include "dolen/vault/hash.h"
#include "dolen/base/banned.h"

#define BACKUP_VERSION 1
#define SLOTS_MAX (64 * 1024)
#define CHUNK (256 * 1024)

struct head {
    uint8_t magic[8], version[2], slots[4], database[8], made_at[8];
};
_Static_assert(sizeof(struct head) == 30, "no padding on disk");

static void put_le(uint8_t *p, uint64_t n, int bytes)
{
    for (int i = 0; i < bytes; i++)
        p[i] = (uint8_t) (n >> (8 * i));
}

static uint64_t get_le(const uint8_t *p, int bytes)
{
    uint64_t n = 0;

    for (int i = bytes - 1; i >= 0; i--)
        n = n << 8 | p[i];
    return n;
}

static enum status damaged(const char *path, struct err *err)
{
    return err_set(err, ST_DB_DAMAGED, _("The backup %s is damaged or is not a backup. Nothing was changed. "
                                         "Try the backup made before it."), path);
}

/* Copies n bytes of an open file to out and into the hash. */
static enum status pour(int fd, uint64_t n, struct file_out *out, struct hash *h, const char *path, struct err *err)
{
    uint8_t *chunk = xmalloc(CHUNK);
    enum status st = ST_OK;

    while (n > 0 && st == ST_OK) {
        ssize_t got = read(fd, chunk, n < CHUNK ? (size_t) n : CHUNK);

        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            st = err_sys(err, _("%s cannot be read"), path);
        else if (got == 0)
            st = damaged(path, err);
        else {
            if (h)
                hash_add(h, chunk, (size_t) got);
            if (out)
                st = file_out_write(out, chunk, (size_t) got, err);
            n -= (uint64_t) got;
        }
    }
    free(chunk);
    return st;
}

static enum status seal(struct casefile *cf, const char *copy, const char *path, struct err *err)
{
    struct head head = { .magic = "DOLENBK" };
    struct file_out *out = NULL;
    struct hash *h = hash_new(NULL, 0);
    uint8_t *slots = NULL, digest[32], mac[32];
    size_t n = 0;
    struct stat sb = { .st_size = 0 };
    int fd = open(copy, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    enum status st = fd < 0 || fstat(fd, &sb) != 0 ? err_sys(err, _("The copy made for the backup cannot be read")) :
                                                     ST_OK;

    if (st == ST_OK)
        st = vault_slot_bytes(cf->vault, &slots, &n, err);
    if (st == ST_OK)
        st = file_out_open(&out, path, false, err);
    if (st == ST_OK) {
        head.magic[7] = '1';
        put_le(head.version, BACKUP_VERSION, 2);
        put_le(head.slots, n, 4);
        put_le(head.database, (uint64_t) sb.st_size, 8);
        put_le(head.made_at, (uint64_t) clock_now(), 8);
        hash_add(h, &head, sizeof head);
        hash_add(h, slots, n);
        st = file_out_write(out, &head, sizeof head, err);
    }
    if (st == ST_OK)
        st = file_out_write(out, slots, n, err);
    if (st == ST_OK)
        st = pour(fd, (uint64_t) sb.st_size, out, h, copy, err);
    hash_done(&h, digest);
    if (st == ST_OK) {
        vault_backup_mac(cf->vault, digest, sizeof digest, mac);
        st = file_out_write(out, mac, sizeof mac, err);
    }
    if (st == ST_OK)
        st = file_out_commit(&out, err);
    file_out_drop(&out);
    free(slots);
    if (fd >= 0)
        close(fd);
    return st;
}

static char *private_folder(const char *beside, struct err *err)
{
    char *slash, *dir = xstrdup(beside), *name;
    size_t n = strlen(dir);

    while (n > 1 && dir[n - 1] == '/')      /* "a/b/" is beside what "a/b" is beside */
        dir[--n] = '\0';
    slash = strrchr(dir, '/');
    if (slash)
        *slash = '\0';
    name = path_join(slash ? (dir[0] ? dir : "/") : ".", ".dolen-XXXXXX");
    free(dir);
    if (!mkdtemp(name)) {
        err_sys(err, _("A private folder cannot be made beside %s"), beside);
        free(name);
        return NULL;
    }
    return name;
}

/* What lies in such a folder is as encrypted as the case file itself, so taking its names away is enough. */
void backup_copy_remove(const char *dir)
{
    static const char *const names[] = { "case.db", "case.db-journal", "keyslots", "holder", "copy" };

    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        char *p = path_join(dir, names[i]);

        unlink(p);
        free(p);
    }
    rmdir(dir);
}

static void private_folder_remove(char *dir)
{
    if (dir)
        backup_copy_remove(dir);
    free(dir);
}

/* Takes the backup apart into folder: keyslots and case.db, nothing else ever (a journal that came along is not
 * used). */
static enum status unseal(const char *path, const char *folder, const struct secret *secret, const char *key_file,
                          struct vault **v, struct backup_facts *facts, struct err *err)
{
    struct head head = { .version = { 0 } };
    struct keyslots *k = NULL;
    struct hash *h = hash_new(NULL, 0);
    struct file_out *out = NULL;
    uint8_t slots[SLOTS_MAX], digest[32], mac[32], there[32];
    struct stat sb = { .st_size = 0 };
    char *db = path_join(folder, "case.db");
    uint64_t n = 0, size = 0;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    enum status st = fd < 0 || fstat(fd, &sb) != 0 ? err_sys(err, _("%s cannot be opened"), path) : ST_OK;

    if (st == ST_OK && (!S_ISREG(sb.st_mode) || read(fd, &head, sizeof head) != (ssize_t) sizeof head ||
                        memcmp(head.magic, "DOLENBK1", 8) != 0))
        st = damaged(path, err);
    if (st == ST_OK && get_le(head.version, 2) > BACKUP_VERSION)
        st = err_set(err, ST_NEWER,
                     _("The backup %s was made by a newer Dolen. Nothing was changed. Update Dolen first."), path);
    if (st == ST_OK) {
        n = get_le(head.slots, 4);
        size = get_le(head.database, 8);
        if (n > sizeof slots || (uint64_t) sb.st_size != sizeof head + n + size + 32 ||
            read(fd, slots, n) != (ssize_t) n)
            st = damaged(path, err);
    }
    if (st == ST_OK)
        st = keyslots_from_bytes(&k, slots, n, err);
    if (st == ST_OK)
        st = key_file ? vault_open_file(v, k, key_file, err) : vault_open(v, k, secret, err);
    if (st == ST_OK) {
        hash_add(h, &head, sizeof head);
        hash_add(h, slots, n);
        st = file_out_open(&out, db, false, err);
    }
    if (st == ST_OK)
        st = pour(fd, size, out, h, path, err);
    hash_done(&h, digest);
    if (st == ST_OK) {
        vault_backup_mac(*v, digest, sizeof digest, mac);
        if (read(fd, there, sizeof there) != (ssize_t) sizeof there || !hash_equal(mac, there))
            st = damaged(path, err);
    }
    if (st == ST_OK)
        st = file_out_commit(&out, err);
    file_out_drop(&out);
    if (st == ST_OK)
        st = file_replace(folder, "keyslots", slots, n, err);
    facts->made_at = (int64_t) get_le(head.made_at, 8);
    facts->bytes = sb.st_size;
    keyslots_free(&k);
    free(db);
    if (fd >= 0)
        close(fd);
    return st;
}

static enum status verify_folder(const char *folder, const struct vault *v, struct backup_facts *facts, struct err *err)
{
    struct store *s = NULL;
    struct counts c = { 0 };
    int64_t newest = 0;
    enum status st = store_open(&s, folder, v, false, err);

    if (st == ST_OK)
        st = store_verify(s, err);
    if (st == ST_OK)
        st = store_counts(s, &c, err);
    if (st == ST_OK && store_version(s) > 0)
        st = chain_head(s, &newest, facts->head, err);
    if (st == ST_OK) {
        facts->people = c.people;
        facts->changes = store_version(s);
    }
    if (s) {
        enum status closing = store_close(&s, st == ST_OK ? err : NULL);

        st = st == ST_OK ? closing : st;
    }
    return st;
}

/* Change numbers are given again from here on: another laptop must not take them for the ones it has seen. */
static enum status mark_restored(const char *folder, const struct vault *v, struct err *err)
{
    struct store *s = NULL;
    enum status st = store_open(&s, folder, v, false, err);

    if (st == ST_OK)
        st = store_lineage_begin(s, err);
    if (s) {
        enum status closing = store_close(&s, st == ST_OK ? err : NULL);

        st = st == ST_OK ? closing : st;
    }
    return st;
}

/* The backup as it is on disk, opened with the key that is open anyway. */
static enum status read_back(struct casefile *cf, const char *path, const char *dir, struct backup_facts *facts,
                             struct err *err)
{
    struct head head;
    struct hash *h = hash_new(NULL, 0);
    struct file_out *out = NULL;
    uint8_t digest[32], mac[32], there[32];
    char *db = path_join(dir, "case.db");
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    enum status st = fd < 0 ? err_sys(err, _("%s cannot be opened"), path) : ST_OK;

    if (st == ST_OK && read(fd, &head, sizeof head) != (ssize_t) sizeof head)
        st = damaged(path, err);
    if (st == ST_OK) {
        hash_add(h, &head, sizeof head);
        st = pour(fd, get_le(head.slots, 4), NULL, h, path, err);
    }
    if (st == ST_OK) {
        unlink(db);
        st = file_out_open(&out, db, false, err);
    }
    if (st == ST_OK)
        st = pour(fd, get_le(head.database, 8), out, h, path, err);
    hash_done(&h, digest);
    if (st == ST_OK) {
        vault_backup_mac(cf->vault, digest, sizeof digest, mac);
        if (read(fd, there, sizeof there) != (ssize_t) sizeof there || !hash_equal(mac, there))
            st = damaged(path, err);
    }
    if (st == ST_OK)
        st = file_out_commit(&out, err);
    file_out_drop(&out);
    if (st == ST_OK) {
        facts->made_at = (int64_t) get_le(head.made_at, 8);
        facts->bytes = (int64_t) (sizeof head + get_le(head.slots, 4) + get_le(head.database, 8) + 32);
        st = verify_folder(dir, cf->vault, facts, err);
    }
    free(db);
    if (fd >= 0)
        close(fd);
    return st;
}

enum status backup_make(struct casefile *cf, const char *path, struct backup_facts *facts, struct err *err)
{
    char *dir, *copy;
    enum status st;

    if (file_exists(path))
        return err_set(err, ST_REFUSED,
                       _("%s is there already and stays as it is. Choose another name for the backup."), path);
    dir = private_folder(path, err);
    if (!dir)
        return err ? err->st : ST_IO;
    copy = path_join(dir, "case.db");
    st = store_copy_to(cf->store, copy, err);
    if (st == ST_OK)
        st = seal(cf, copy, path, err);
    if (st == ST_NOSPACE)               /* of that disk, not of the one that the case file is on */
        err_set(err, st, _("There is no room for a backup beside %s. No backup was made; the case file is as it was. "
                           "Free some space there, or choose another disk."), path);
    if (st == ST_OK) {
        st = read_back(cf, path, dir, facts, err);
        if (st != ST_OK)
            unlink(path);
    }
    free(copy);
    private_folder_remove(dir);
    return st;
}

enum status backup_restore(const char *path, const char *folder, const struct secret *secret, const char *key_file,
                           struct backup_facts *facts, struct err *err)
{
    struct vault *v = NULL;
    char *dir;
    enum status st = ST_OK;

    if (casefile_is_there(folder))
        return err_set(err, ST_REFUSED,
                       _("There is a case file in %s; it stays as it is. Restore into another folder with --file "
                         "DIR, or move that one aside first."),
                       folder);
    dir = private_folder(folder, err);
    if (!dir)
        return err ? err->st : ST_IO;
    st = unseal(path, dir, secret, key_file, &v, facts, err);
    if (st == ST_OK)
        st = verify_folder(dir, v, facts, err);
    if (st == ST_OK)
        st = mark_restored(dir, v, err);
    vault_free(&v);
    if (st == ST_OK && rmdir(folder) != 0 && file_exists(folder))
        st = err_set(err, ST_REFUSED,
                     _("The folder %s is not empty. Nothing was changed. Choose another with --file DIR."), folder);
    if (st == ST_OK && rename(dir, folder) != 0)
        st = err_sys(err, _("The restored case file cannot be put into %s"), folder);
    if (st == ST_OK) {
        char *parent = path_join(folder, "..");

        st = folder_sync(parent, err);
        free(parent);
        free(dir);
        dir = NULL;
    }
    private_folder_remove(dir);
    return st;
}

enum status backup_try(const char *path, const char *dir, const struct secret *secret, struct backup_facts *facts,
                       struct slot_info *slot, struct err *err)
{
    struct vault *v = NULL;
    enum status st = unseal(path, dir, secret, NULL, &v, facts, err);

    if (st == ST_OK) {
        *slot = vault_slot_info(v);
        st = verify_folder(dir, v, facts, err);
    }
    vault_free(&v);
    return st;
}
