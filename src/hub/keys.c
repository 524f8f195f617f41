/* the hub's key folder: made once, opened with mistrust. */
#include "keys.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "dolen/base/file.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/out.h"
#include "dolen/vault/hash.h"
#include "dolen/base/banned.h"

#define IDENTITY "identity"
#define SIGN_KEY "sign.key"
#define SIGN_PUB "sign.pub"
#define DB_KEY   "database.key"
#define POLICIES "policies"
#define KEY_FILE_MAX 4096

/* --- making ----------------------------------------------------------------------------------------------------- */

static enum status write_new(const char *folder, const char *name, const char *bytes, size_t n, struct err *err)
{
    char *path = path_join(folder, name);
    enum status st = out_file(path, bytes, n, err);

    free(path);
    return st;
}

/* A secret is one line; what stands before it says what it is. */
static enum status write_secret(const char *folder, const char *name, const char *before, struct secret *s,
                                struct err *err)
{
    struct buf b = BUF_INIT;
    enum status st;

    buf_add(&b, before);
    buf_add(&b, secret_text(s));
    buf_add_char(&b, '\n');
    st = write_new(folder, name, b.s, b.len, err);
    buf_wipe(&b);
    return st;
}

static enum status make_identity(const char *folder, struct err *err)
{
    struct age_identity *id = NULL;
    struct age_recipient r;
    struct secret *text = NULL;
    char recipient[AGE_RECIPIENT_TEXT], *before = NULL;
    enum status st = age_identity_new(&id, err);

    if (st == ST_OK)
        st = age_identity_text(id, &text, err);
    if (st == ST_OK) {
        age_identity_recipient(id, &r);
        age_recipient_text(&r, recipient);
        before = xasprintf("# public key: %s\n", recipient);
        st = write_secret(folder, IDENTITY, before, text, err);
    }
    secret_free(&text);
    age_identity_free(&id);
    free(before);
    return st;
}

static enum status make_signer(const char *folder, struct err *err)
{
    struct minisign_secret *key = NULL;
    struct minisign_public pub;
    struct secret *text = NULL;
    struct buf b = BUF_INIT;
    enum status st = minisign_secret_new(&key, err);

    if (st == ST_OK)
        st = minisign_secret_text(key, &text, err);
    if (st == ST_OK)
        st = write_secret(folder, SIGN_KEY, "untrusted comment: minisign secret key\n", text, err);
    if (st == ST_OK) {
        minisign_secret_public(key, &pub);
        minisign_public_file(&b, &pub);
        st = write_new(folder, SIGN_PUB, b.s, b.len, err);
    }
    buf_release(&b);
    secret_free(&text);
    minisign_secret_free(&key);
    return st;
}

static enum status make_slots(const char *folder, struct err *err)
{
    struct vault *v = NULL;
    char *path = path_join(folder, DB_KEY);
    int slot;
    enum status st = vault_create(&v, false, err);

    if (st == ST_OK)
        st = vault_add_keyfile(v, path, "hub", ID_NONE, &slot, err);
    if (st == ST_OK)
        st = vault_write(v, folder, err);
    vault_free(&v);
    free(path);
    return st;
}

static enum status make_folders(const char *folder, struct err *err)
{
    static const char *const names[] = { POLICIES, "quarantine" };
    enum status st = folder_make_private(folder, err);

    for (size_t i = 0; i < ARRAY_LEN(names) && st == ST_OK; i++) {
        char *path = path_join(folder, names[i]);

        st = folder_make_private(path, err);
        free(path);
    }
    return st;
}

static bool has(const char *folder, const char *name)
{
    char *path = path_join(folder, name);
    bool there = file_exists(path);

    free(path);
    return there;
}

enum status hub_keys_make(const char *folder, struct err *err)
{
    static const char *const names[] = { IDENTITY, SIGN_KEY, SIGN_PUB, DB_KEY, "keyslots" };
    enum status st;

    for (size_t i = 0; i < ARRAY_LEN(names); i++)
        if (has(folder, names[i]))
            return err_set(err, ST_REFUSED,
                           _("There are keys in %s already. Nothing was changed. Choose another folder."), folder);
    st = make_folders(folder, err);
    if (st == ST_OK)
        st = make_identity(folder, err);
    if (st == ST_OK)
        st = make_signer(folder, err);
    return st == ST_OK ? make_slots(folder, err) : st;
}

/* --- opening ---------------------------------------------------------------------------------------------------- */

static enum status too_open(const char *path, struct err *err)
{
    return err_set(err, ST_REFUSED,
                   _("Others can read %s. Nothing was opened. Take their rights away (chmod go= on the folder and "
                     "its files), and think about new keys: these may have been copied."),
                   path);
}

static enum status check_private(const char *folder, struct err *err)
{
    static const char *const names[] = { IDENTITY, SIGN_KEY, DB_KEY, "keyslots" };
    struct stat s;

    if (stat(folder, &s) != 0)
        return err_set(err, ST_NOTFOUND,
                       _("There is no key folder %s. Nothing was changed. Make one with: dolen-hub init"), folder);
    if (!S_ISDIR(s.st_mode) || (s.st_mode & 077) || s.st_uid != geteuid())
        return too_open(folder, err);
    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        char *path = path_join(folder, names[i]);
        bool there = lstat(path, &s) == 0, open = there && ((s.st_mode & 077) || !S_ISREG(s.st_mode));
        enum status st = ST_OK;

        if (!there)
            st = err_set(err, ST_NOTFOUND,
                         _("The key folder has no %s. Nothing was changed. Bring the folder back from its backup, or "
                           "make a new one with: dolen-hub init"),
                         names[i]);
        else if (open)
            st = too_open(path, err);
        free(path);
        if (st != ST_OK)
            return st;
    }
    return ST_OK;
}

static enum status read_key(struct buf *b, const char *folder, const char *name, struct err *err)
{
    char *path = path_join(folder, name);
    enum status st = file_read(b, path, KEY_FILE_MAX, err);

    free(path);
    return st;
}

static enum status open_vault(struct hub_keys *k, struct err *err)
{
    struct keyslots *slots = NULL;
    char *path = path_join(k->folder, DB_KEY);
    enum status st = keyslots_read(&slots, k->folder, err);

    if (st == ST_OK)
        st = vault_open_file(&k->vault, slots, path, err);
    keyslots_free(&slots);
    free(path);
    return st;
}

enum status hub_keys_open(struct hub_keys *k, const char *folder, struct err *err)
{
    struct buf b = BUF_INIT;
    enum status st = check_private(folder, err);

    memset(k, 0, sizeof *k);
    if (st != ST_OK)
        return st;
    k->folder = xstrdup(folder);
    st = read_key(&b, folder, IDENTITY, err);
    if (st == ST_OK)
        st = age_identity_parse(&k->identity, buf_text(&b), b.len, err);
    buf_wipe(&b);
    if (st == ST_OK)
        st = read_key(&b, folder, SIGN_KEY, err);
    if (st == ST_OK)
        st = minisign_secret_parse(&k->sign, buf_text(&b), b.len, err);
    buf_wipe(&b);
    if (st == ST_OK) {
        minisign_secret_public(k->sign, &k->sign_public);
        st = open_vault(k, err);
    }
    return st;
}

void hub_keys_free(struct hub_keys *k)
{
    age_identity_free(&k->identity);
    minisign_secret_free(&k->sign);
    vault_free(&k->vault);
    free(k->folder);
    memset(k, 0, sizeof *k);
}

void hub_keys_recipient(const struct hub_keys *k, char out[AGE_RECIPIENT_TEXT])
{
    struct age_recipient r;

    age_identity_recipient(k->identity, &r);
    age_recipient_text(&r, out);
}

/* --- policies --------------------------------------------------------------------------------------------------- */

#define JSON      ".json"
#define WITHDRAWN ".withdrawn"

static char *policy_path(const struct hub_keys *k, const char *sha256, const char *ending)
{
    return xasprintf("%s/" POLICIES "/%s%s", k->folder, sha256, ending);
}

static void sha256_of(const void *p, size_t n, char out[65])
{
    struct sha256 *s = sha256_new();

    sha256_add(s, p, n);
    sha256_hex_done(&s, out);
}

enum status hub_policy_sign(const struct hub_keys *k, const struct policy_file *p, struct buf *bytes,
                            struct buf *marker, struct err *err)
{
    char sha256[65], *folder = path_join(k->folder, POLICIES), *name = NULL;
    enum status st = policy_file_sign(bytes, marker, p, k->sign, err);

    if (st == ST_OK) {
        sha256_of(bytes->s, bytes->len, sha256);
        name = xasprintf("%s.json", sha256);
        st = file_replace(folder, name, bytes->s, bytes->len, err);
    }
    free(name);
    free(folder);
    return st;
}

/* ending: JSON or WITHDRAWN. */
static bool read_policy(const struct hub_keys *k, const char *sha256, const char *ending, struct policy_file **out)
{
    char *path = policy_path(k, sha256, ending);
    struct buf b = BUF_INIT;
    bool read = file_read(&b, path, POLICY_BYTES_MAX, NULL) == ST_OK &&
                policy_file_parse(out, buf_text(&b), b.len, NULL) == ST_OK;
    char found[65];

    sha256_of(buf_text(&b), b.len, found);
    read = read && str_eq(found, sha256);
    buf_release(&b);
    free(path);
    return read;
}

bool hub_policy_known(const struct hub_keys *k, const char *sha256, char destination[BATCH_WORD_MAX])
{
    struct policy_file *p = NULL;
    bool known = strlen(sha256) == 64 && strspn(sha256, "0123456789abcdef") == 64 && read_policy(k, sha256, JSON, &p);

    if (known)
        str_copy(destination, BATCH_WORD_MAX, p->destination);
    policy_file_free(&p);
    return known;
}

enum status hub_policy_withdraw(const struct hub_keys *k, const char *sha256, struct err *err)
{
    char *path = policy_path(k, sha256, JSON), *gone = policy_path(k, sha256, WITHDRAWN),
         *folder = path_join(k->folder, POLICIES);
    enum status st = rename(path, gone) == 0 ? folder_sync(folder, err)
                                             : err_sys(err, _("%s cannot be removed; nothing was changed"), path);

    free(folder);
    free(gone);
    free(path);
    return st;
}

/* --- the policies there are ------------------------------------------------------------------------------------- */

static enum status each_policy(const struct hub_keys *k, void (*fn)(void *ctx, struct policy_file *p, bool in_force),
                               void *ctx, struct err *err)
{
    char *folder = path_join(k->folder, POLICIES), sha256[65];
    DIR *d = opendir(folder);
    enum status st = d ? ST_OK : err_sys(err, _("%s cannot be read; nothing was changed"), folder);

    for (struct dirent *e = d ? readdir(d) : NULL; e; e = readdir(d)) {
        const char *ending = strlen(e->d_name) > 64 ? e->d_name + 64 : "";
        struct policy_file *p = NULL;

        if (!str_eq(ending, JSON) && !str_eq(ending, WITHDRAWN))
            continue;
        memcpy(sha256, e->d_name, 64);
        sha256[64] = '\0';
        if (read_policy(k, sha256, ending, &p))
            fn(ctx, p, str_eq(ending, JSON));
        policy_file_free(&p);
    }
    if (d)
        closedir(d);
    free(folder);
    return st;
}

struct search {
    const char         *destination;        /* NULL: any, when there is but one */
    int64_t             number;
    bool                several;
    char                sha256[65], of[BATCH_WORD_MAX];
};

static void highest(void *ctx, struct policy_file *p, bool in_force)
{
    struct search *s = ctx;

    (void) in_force;
    if (str_eq(p->destination, s->destination) && p->number > s->number)
        s->number = p->number;
}

enum status hub_policy_newest(const struct hub_keys *k, const char *destination, int64_t *number, struct err *err)
{
    struct search s = { .destination = destination };
    enum status st = each_policy(k, highest, &s, err);

    *number = s.number;
    return st;
}

static void newest_in_force(void *ctx, struct policy_file *p, bool in_force)
{
    struct search *s = ctx;
    struct buf b = BUF_INIT;

    if (!in_force || (s->destination && !str_eq(p->destination, s->destination)))
        return;
    s->several = s->several || (s->of[0] && !str_eq(s->of, p->destination));
    str_copy(s->of, sizeof s->of, p->destination);
    if (p->number > s->number) {
        s->number = p->number;
        policy_file_write(&b, p);
        sha256_of(buf_text(&b), b.len, s->sha256);
    }
    buf_release(&b);
}

enum status hub_policy_current(const struct hub_keys *k, const char *destination, struct buf *bytes, struct buf *marker,
                               int64_t *number, struct err *err)
{
    struct search s = { .destination = destination };
    struct policy_file *p = NULL;
    enum status st = each_policy(k, newest_in_force, &s, err);

    *number = 0;
    if (st == ST_OK && s.number && !s.several && read_policy(k, s.sha256, JSON, &p)) {
        *number = p->number;
        st = policy_file_sign(bytes, marker, p, k->sign, err);
    }
    policy_file_free(&p);
    return st;
}
