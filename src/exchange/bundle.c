/* Opening a bundle. The order is fixed: signature, decryption, archive, manifest, hashes; each step works only on
 * what the one before it let through, and each way to fail has a fault and a sentence of its own. */
#include "dolen/exchange/bundle.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "bundle_priv.h"
#include "dolen/base/file.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/exchange/folder.h"
#include "dolen/exchange/zip.h"
#include "dolen/vault/hash.h"
#include "dolen/base/banned.h"

#define HASH_START "sha256:"

const char *const bundle_names[] = {
    BUNDLE_MANIFEST, "README.txt", "TRAINING.txt", "dictionary.csv", "codes/codelist.csv", "episode.csv",
    "referral.csv",
    "need.csv", "contact.csv", "goal.csv", "asset_use.csv", "unmet_need.csv", "outcome.csv", "capacity.csv",
    "tombstone.csv",
    "safeguarding.csv", NULL
};
#define NAMES_MAX (sizeof bundle_names / sizeof bundle_names[0] - 1)

struct member {
    const char *name;                       /* of bundle_names */
    struct buf  bytes;
};

struct bundle {
    struct minisign_public signer;
    char                   comment[MINISIGN_COMMENT_MAX + 1];
    struct json           *manifest;
    char                   manifest_sha256[65];
    struct member          members[NAMES_MAX];
    size_t                 count;
};

/* Why it failed, to both who asked. */
struct verdict {
    enum bundle_fault *why;
    struct err        *err;
};

static const struct { enum status st; const char *sentence; } faults[BUNDLE_FAULT_COUNT] = {
    [BUNDLE_FAULT_NO_MARKER] = { ST_NOTFOUND, N_("%s has no signature beside it: it is still on its way, or the "
                                                 "signature was lost. Nothing was opened. Wait, or ask for the "
                                                 ".minisig file.") },
    [BUNDLE_FAULT_NO_PAYLOAD] = { ST_NOTFOUND, N_("%s is not there, only its signature. Nothing was opened. Ask for "
                                                  "the .dlnb file.") },
    [BUNDLE_FAULT_TOO_LARGE] = { ST_INVALID, N_("%s is larger than a bundle may be. Nothing was opened. Ask who sent "
                                                "it what it is.") },
    [BUNDLE_FAULT_UNKNOWN_SIGNER] = { ST_REFUSED, N_("%s was signed with a key that is not known here. Nothing was "
                                                     "opened. Find out who sent it, and have their public key "
                                                     "registered.") },
    [BUNDLE_FAULT_NOT_ENCRYPTED] = { ST_INVALID, N_("%s is not encrypted as a bundle is. Nothing was opened. Ask who "
                                                    "sent it for it again.") },
    [BUNDLE_FAULT_NO_MANIFEST] = { ST_INVALID, N_("%s holds no datapackage.json. Nothing of it was used. Ask who sent "
                                                  "it for it again.") },
    [BUNDLE_FAULT_MANIFEST] = { ST_INVALID, N_("The datapackage.json in %s is damaged, or not of the shape of a "
                                               "bundle's. Nothing of it was used. Ask who sent it for it again.") },
    [BUNDLE_FAULT_MEMBER_MISSING] = { ST_INVALID, N_("A table that the datapackage.json names is not in %s. Nothing "
                                                     "of it was used. Ask who sent it for it again.") },
    [BUNDLE_FAULT_MEMBER_EXTRA] = { ST_INVALID, N_("%s holds a table that its datapackage.json does not name. Nothing "
                                                   "of it was used. Ask who sent it for it again.") },
    [BUNDLE_FAULT_HASH] = { ST_INVALID, N_("A table in %s is not the one that its datapackage.json describes. Nothing "
                                           "of it was used. Ask who sent it for it again.") },
};

static enum status fail(const struct verdict *v, enum bundle_fault f, const char *name)
{
    *v->why = f;
    return err_set(v->err, faults[f].st, _(faults[f].sentence), name);
}

const char *bundle_fault_word(enum bundle_fault f)
{
    static const char *const words[] = {
#define X(name, word) word,
        BUNDLE_FAULT_LIST(X)
#undef X
    };

    return words[f];
}

bool bundle_knows(const char *name)
{
    for (size_t i = 0; i < NAMES_MAX; i++)
        if (str_eq(bundle_names[i], name))
            return true;
    return false;
}

void bundle_sha256(char hex[65], const void *p, size_t n)
{
    struct sha256 *sha = sha256_new();

    sha256_add(sha, p, n);
    sha256_hex_done(&sha, hex);
}

/* --- signature and encryption ----------------------------------------------------------------------------------- */

static enum status check_signature(struct bundle *b, const char *name, const void *payload, size_t n,
                                   const char *marker, size_t marker_bytes, const struct bundle_keys *keys,
                                   const struct verdict *v)
{
    struct minisign_signature sig;
    const struct minisign_public *signer;
    struct minisign_hash *h;
    enum status st = minisign_signature_parse(&sig, marker, marker_bytes, v->err);

    *v->why = BUNDLE_FAULT_SIGNATURE;
    if (st != ST_OK)
        return st;
    signer = keys->signer(keys->ctx, sig.key_id);
    if (!signer)
        return fail(v, BUNDLE_FAULT_UNKNOWN_SIGNER, name);
    h = minisign_hash_new();
    minisign_hash_add(h, payload, n);
    *v->why = BUNDLE_FAULT_WRONG;
    st = minisign_verify(&sig, signer, &h, NULL, v->err);
    if (st != ST_OK)
        return st;
    b->signer = *signer;
    str_copy(b->comment, sizeof b->comment, sig.comment);
    return ST_OK;
}

static enum status decrypt(struct buf *out, const char *name, const void *payload, size_t n,
                           const struct bundle_keys *keys, const struct verdict *v)
{
    enum age_fault why;
    enum status st;

    buf_reserve(out, n);                    /* no growing: what is in the clear stays in one place */
    st = age_decrypt_bytes(out, keys->identity, payload, n, &why, v->err);
    if (st != ST_OK && why == AGE_FAULT_NOT_AGE)
        return fail(v, BUNDLE_FAULT_NOT_ENCRYPTED, name);
    *v->why = why == AGE_FAULT_NOT_OURS ? BUNDLE_FAULT_NOT_FOR_US :
              why == AGE_FAULT_IO       ? BUNDLE_FAULT_IO :
                                          BUNDLE_FAULT_DAMAGED;
    return st;
}

/* --- the archive ------------------------------------------------------------------------------------------------ */

static const enum bundle_fault of_zip[ZIP_FAULT_COUNT] = {
    [ZIP_FAULT_NOT_ZIP] = BUNDLE_FAULT_NOT_ZIP, [ZIP_FAULT_NAME] = BUNDLE_FAULT_MEMBER_NAME,
    [ZIP_FAULT_TWICE] = BUNDLE_FAULT_MEMBER_TWICE, [ZIP_FAULT_TOO_MANY] = BUNDLE_FAULT_MEMBERS,
    [ZIP_FAULT_TOO_LARGE] = BUNDLE_FAULT_MEMBER_LARGE, [ZIP_FAULT_KIND] = BUNDLE_FAULT_MEMBER_DAMAGED,
    [ZIP_FAULT_DAMAGED] = BUNDLE_FAULT_MEMBER_DAMAGED,
};

static const char *listed_name(const char *name)
{
    size_t i = 0;

    while (!str_eq(bundle_names[i], name))
        i++;
    return bundle_names[i];
}

static enum status unpack(struct bundle *b, const struct buf *archive, const struct verdict *v)
{
    const struct zip_rules rules = { bundle_names, BUNDLE_UNPACKED_MAX, BUNDLE_UNPACKED_MAX };
    enum zip_fault why = ZIP_FAULT_NONE;
    struct zip_in *z = NULL;
    enum status st = zip_in_open(&z, archive->s, archive->len, &rules, &why, v->err);

    for (size_t i = 0; st == ST_OK && i < zip_in_count(z); i++) {
        struct member *m = &b->members[b->count++];

        m->name = listed_name(zip_in_name(z, i));
        st = zip_in_read(z, i, &m->bytes, &why, v->err);
    }
    zip_in_free(&z);
    *v->why = of_zip[why];
    return st;
}

/* --- the manifest ----------------------------------------------------------------------------------------------- */

static struct member *find_member(const struct bundle *b, const char *name)
{
    for (size_t i = 0; i < b->count; i++)
        if (str_eq(b->members[i].name, name))
            return (struct member *) (uintptr_t) &b->members[i];
    return NULL;
}

/* What no resource describes: the manifest itself, and what is only for people to read. */
static bool is_described(const char *name)
{
    return !str_eq(name, BUNDLE_MANIFEST) && !str_eq(name, "README.txt") && !str_eq(name, "TRAINING.txt");
}

static enum bundle_fault check_resource(const struct bundle *b, const struct json *r)
{
    const char *path = json_get_text(r, "path"), *hash = json_get_text(r, "hash");
    const struct json *bytes = json_get(r, "bytes");
    const struct member *m;
    char hex[65];

    if (!path || !bundle_knows(path) || !is_described(path) || !hash || !str_starts(hash, HASH_START) || !bytes ||
        json_kind(bytes) != JSON_INT_)
        return BUNDLE_FAULT_MANIFEST;
    m = find_member(b, path);
    if (!m)
        return BUNDLE_FAULT_MEMBER_MISSING;
    bundle_sha256(hex, buf_text(&m->bytes), m->bytes.len);
    if (json_int(bytes) != (int64_t) m->bytes.len || !str_eq(hash + strlen(HASH_START), hex))
        return BUNDLE_FAULT_HASH;
    return BUNDLE_FAULT_NONE;
}

static enum bundle_fault check_resources(const struct bundle *b, const struct json *list)
{
    bool seen[NAMES_MAX] = { false };
    enum bundle_fault f = BUNDLE_FAULT_NONE;

    if (!list || json_kind(list) != JSON_LIST_)
        return BUNDLE_FAULT_MANIFEST;
    for (size_t i = 0; i < json_count(list) && f == BUNDLE_FAULT_NONE; i++) {
        f = check_resource(b, json_at(list, i));
        if (f == BUNDLE_FAULT_NONE) {
            bool *at = &seen[find_member(b, json_get_text(json_at(list, i), "path")) - b->members];

            f = *at ? BUNDLE_FAULT_MANIFEST : f;
            *at = true;
        }
    }
    for (size_t i = 0; i < b->count && f == BUNDLE_FAULT_NONE; i++)
        if (is_described(b->members[i].name) && !seen[i])
            f = BUNDLE_FAULT_MEMBER_EXTRA;
    return f;
}

static enum status check_manifest(struct bundle *b, const char *name, const struct verdict *v)
{
    const struct member *m = find_member(b, BUNDLE_MANIFEST);
    enum bundle_fault f;

    if (!m)
        return fail(v, BUNDLE_FAULT_NO_MANIFEST, name);
    bundle_sha256(b->manifest_sha256, buf_text(&m->bytes), m->bytes.len);
    if (json_parse(&b->manifest, buf_text(&m->bytes), m->bytes.len, NULL) != ST_OK)
        return fail(v, BUNDLE_FAULT_MANIFEST, name);
    f = json_kind(b->manifest) == JSON_MAP_ ? check_resources(b, json_get(b->manifest, "resources")) :
                                              BUNDLE_FAULT_MANIFEST;
    return f == BUNDLE_FAULT_NONE ? ST_OK : fail(v, f, name);
}

/* --- opening ---------------------------------------------------------------------------------------------------- */

static enum status open_named(struct bundle **out, const char *name, const void *payload, size_t n, const char *marker,
                              size_t marker_bytes, const struct bundle_keys *keys, const struct verdict *v)
{
    struct bundle *b = xcalloc(1, sizeof *b);
    struct buf archive = BUF_INIT;
    enum status st = check_signature(b, name, payload, n, marker, marker_bytes, keys, v);

    if (st == ST_OK)
        st = decrypt(&archive, name, payload, n, keys, v);
    if (st == ST_OK)
        st = unpack(b, &archive, v);
    if (st == ST_OK)
        st = check_manifest(b, name, v);
    buf_wipe(&archive);
    if (st == ST_OK) {
        *v->why = BUNDLE_FAULT_NONE;
        *out = b;
    } else {
        bundle_free(&b);
    }
    return st;
}

enum status bundle_open_bytes(struct bundle **out, const void *payload, size_t n, const char *marker,
                              size_t marker_bytes, const struct bundle_keys *keys, enum bundle_fault *why,
                              struct err *err)
{
    enum bundle_fault own;
    const struct verdict v = { why ? why : &own, err };

    return open_named(out, _("the bundle"), payload, n, marker, marker_bytes, keys, &v);
}

static enum status read_both(const char *path, const char *marker_path, struct buf *payload, struct buf *marker,
                             const struct verdict *v)
{
    struct stat info;
    enum status st;

    *v->why = BUNDLE_FAULT_IO;
    if (stat(path, &info) == 0 && S_ISREG(info.st_mode) && (uint64_t) info.st_size > BUNDLE_MAX)
        return fail(v, BUNDLE_FAULT_TOO_LARGE, path);
    st = file_read(payload, path, BUNDLE_MAX, v->err);
    if (st == ST_NOTFOUND && file_exists(marker_path))
        return fail(v, BUNDLE_FAULT_NO_PAYLOAD, path);
    if (st != ST_OK)
        return st;
    if (stat(marker_path, &info) == 0 && S_ISREG(info.st_mode) && info.st_size > MINISIGN_FILE_MAX) {
        *v->why = BUNDLE_FAULT_SIGNATURE;
        return minisign_signature_parse(&(struct minisign_signature) { .comment = "" }, "", 0, v->err);
    }
    st = file_read(marker, marker_path, MINISIGN_FILE_MAX, v->err);
    return st == ST_NOTFOUND ? fail(v, BUNDLE_FAULT_NO_MARKER, path) : st;
}

enum status bundle_open(struct bundle **out, const char *path, const struct bundle_keys *keys, enum bundle_fault *why,
                        struct err *err)
{
    enum bundle_fault own;
    const struct verdict v = { why ? why : &own, err };
    char *marker_path = xasprintf("%s.minisig", path);
    const char *slash = strrchr(path, '/');
    struct buf payload = BUF_INIT, marker = BUF_INIT;
    enum status st = read_both(path, marker_path, &payload, &marker, &v);

    if (st == ST_OK)
        st = open_named(out, slash ? slash + 1 : path, buf_text(&payload), payload.len, buf_text(&marker), marker.len,
                        keys, &v);
    buf_release(&payload);
    buf_release(&marker);
    free(marker_path);
    return st;
}

void bundle_free(struct bundle **bp)
{
    struct bundle *b = bp ? *bp : NULL;

    if (!b)
        return;
    for (size_t i = 0; i < b->count; i++)
        buf_wipe(&b->members[i].bytes);
    json_free(&b->manifest);
    free(b);
    *bp = NULL;
}

/* --- what is in it ---------------------------------------------------------------------------------------------- */

const struct minisign_public *bundle_signer(const struct bundle *b)
{
    return &b->signer;
}

const char *bundle_comment(const struct bundle *b)
{
    return b->comment;
}

const struct json *bundle_batch(const struct bundle *b)
{
    return json_get(b->manifest, "dolen:batch");
}

const char *bundle_manifest_sha256(const struct bundle *b)
{
    return b->manifest_sha256;
}

size_t bundle_count(const struct bundle *b)
{
    return b->count;
}

const char *bundle_name(const struct bundle *b, size_t i)
{
    return b->members[i].name;
}

const char *bundle_bytes(const struct bundle *b, const char *name, size_t *n)
{
    const struct member *m = find_member(b, name);

    *n = m ? m->bytes.len : 0;
    return m ? buf_text(&m->bytes) : NULL;
}

static enum status extract_member(const struct member *m, const char *folder, struct err *err)
{
    char *path = path_join(folder, m->name), *slash = strrchr(m->name, '/') ? strrchr(path, '/') : NULL;
    struct file_out *f = NULL;
    enum status st = ST_OK;

    if (slash) {
        *slash = '\0';
        st = folder_make_private(path, err);
        *slash = '/';
    }
    if (st == ST_OK)
        st = file_out_open(&f, path, false, err);
    if (st == ST_OK)
        st = file_out_write(f, buf_text(&m->bytes), m->bytes.len, err);
    if (st == ST_OK)
        st = file_out_commit(&f, err);
    file_out_drop(&f);
    free(path);
    return st;
}

enum status bundle_extract(const struct bundle *b, const char *folder, struct err *err)
{
    struct new_folder f;
    enum status st = new_folder_begin(&f, folder, err);

    if (st != ST_OK)
        return st;
    for (size_t i = 0; i < b->count && st == ST_OK; i++)
        st = extract_member(&b->members[i], f.temp, err);
    if (st == ST_OK)
        return new_folder_commit(&f, err);
    new_folder_fail(&f, err);
    return st;
}
