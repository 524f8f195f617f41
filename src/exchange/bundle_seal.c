/* Sealing a bundle: members into a ZIP in memory, the ZIP through age into the file, the file's bytes into the
 * hash that is signed, and the signature last. Nothing of the rows touches the disk in clear here. */
#include "dolen/exchange/bundle.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "bundle_priv.h"
#include "dolen/base/file.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/out.h"
#include "dolen/exchange/zip.h"
#include "dolen/vault/hash.h"
#include "dolen/base/banned.h"

/* One byte stream to three places. */
struct outlet {
    struct file_out      *file;             /* one of these two */
    struct buf           *bytes;
    struct minisign_hash *to_sign;
    struct sha256        *sha;
    struct zip_pace      *pace;
    uint64_t              written;
};

static enum status put(void *ctx, const void *p, size_t n, struct err *err)
{
    struct outlet *o = ctx;

    if (o->pace && atomic_load(&o->pace->stop))
        return err_set(err, ST_INTERRUPTED, _("Packing was stopped. Nothing was written."
                                              " Start it again when it suits."));
    minisign_hash_add(o->to_sign, p, n);
    sha256_add(o->sha, p, n);
    o->written += n;
    if (o->file)
        return file_out_write(o->file, p, n, err);
    buf_add_mem(o->bytes, p, n);
    return ST_OK;
}

/* --- members ---------------------------------------------------------------------------------------------------- */

/* The bytes of a member, read into own where they are in a file. */
static enum status member_bytes(const struct bundle_member *m, struct buf *own, const void **p, size_t *n,
                                struct err *err)
{
    enum status st = ST_OK;

    *p = m->bytes;
    *n = m->n;
    if (!m->path)
        return ST_OK;
    st = file_read(own, m->path, BUNDLE_UNPACKED_MAX, err);
    *p = buf_text(own);
    *n = own->len;
    return st;
}

static const struct bundle_member *find_manifest(const struct bundle_job *job)
{
    for (size_t i = 0; i < job->count; i++)
        if (str_eq(job->members[i].name, BUNDLE_MANIFEST))
            return &job->members[i];
    return NULL;
}

static enum status hash_manifest(const struct bundle_job *job, char hex[65], struct err *err)
{
    const struct bundle_member *m = find_manifest(job);
    struct buf own = BUF_INIT;
    const void *p = NULL;
    size_t n = 0;
    enum status st = m ? member_bytes(m, &own, &p, &n, err)
                       : err_set(err, ST_USAGE, _("There is no %s to seal. Nothing was written."), BUNDLE_MANIFEST);

    if (st == ST_OK)
        bundle_sha256(hex, p, n);
    buf_release(&own);
    return st;
}

static enum status add_members(struct zip_out *z, const struct bundle_job *job, struct err *err)
{
    enum status st = ST_OK;

    for (size_t i = 0; i < job->count && st == ST_OK; i++) {
        const struct bundle_member *m = &job->members[i];

        if (!bundle_knows(m->name))
            st = err_set(err, ST_INVALID, _("%s has no place in a bundle. Nothing was written."), m->name);
        else if (m->path)
            st = zip_out_add_file(z, m->name, m->path, err);
        else
            st = zip_out_add(z, m->name, m->bytes, m->n, err);
    }
    return st;
}

static enum status make_archive(const struct bundle_job *job, struct buf *out, struct err *err)
{
    struct zip_out *z = NULL;
    enum status st = zip_out_new(&z, err);

    if (st == ST_OK)
        st = add_members(z, job, err);
    if (st == ST_OK)
        st = zip_out_done(&z, BUNDLE_PAD, job->pace, out, err);
    zip_out_free(&z);
    return st;
}

/* --- sealing ---------------------------------------------------------------------------------------------------- */

/* The archive through age into the outlet. */
static enum status encrypt(const struct bundle_job *job, struct outlet *o, struct err *err)
{
    struct buf archive = BUF_INIT;
    struct age_writer *w = NULL;
    enum status st = make_archive(job, &archive, err);

    if (st == ST_OK)
        st = age_writer_new(&w, job->to, job->to_count, (struct age_sink) { put, o }, err);
    if (st == ST_OK)
        st = age_writer_add(w, archive.s, archive.len, err);
    if (st == ST_OK)
        st = age_writer_done(&w, err);
    age_writer_free(&w);
    buf_wipe(&archive);
    return st;
}

static enum status sign(const struct bundle_job *job, const char *name, struct outlet *o, struct buf *marker,
                        struct err *err)
{
    char *comment = job->comment ? xstrdup(job->comment) : xasprintf("file:%s" BUNDLE_SUFFIX, name);
    enum status st = minisign_sign(marker, job->signer, &o->to_sign, comment, err);

    free(comment);
    return st;
}

static void outlet_open(struct outlet *o, const struct bundle_job *job)
{
    o->pace = job->pace;
    o->to_sign = minisign_hash_new();
    o->sha = sha256_new();
}

static void outlet_close(struct outlet *o, struct bundle_made *made)
{
    sha256_hex_done(&o->sha, made->sha256);
    made->bytes = o->written;
    minisign_hash_free(&o->to_sign);
}

enum status bundle_seal_bytes(const struct bundle_job *job, const char *name, struct buf *payload, struct buf *marker,
                              struct bundle_made *out, struct err *err)
{
    struct outlet o = { .bytes = payload };
    struct bundle_made made = { 0 };
    size_t start = payload->len;
    enum status st = hash_manifest(job, made.manifest_sha256, err);

    if (st != ST_OK)
        return st;
    outlet_open(&o, job);
    st = encrypt(job, &o, err);
    if (st == ST_OK)
        st = sign(job, name, &o, marker, err);
    outlet_close(&o, &made);
    if (st != ST_OK && payload->s)
        buf_remove(payload, start, payload->len - start);
    else if (out)
        *out = made;
    return st;
}

/* The payload is in its place before the marker is begun. */
static enum status seal_to(const struct bundle_job *job, const char *path, const char *marker_path, const char *name,
                           struct outlet *o, struct err *err)
{
    struct buf marker = BUF_INIT;
    enum status st = file_out_open(&o->file, path, true, err);

    if (st == ST_OK)
        st = encrypt(job, o, err);
    if (st == ST_OK)
        st = sign(job, name, o, &marker, err);
    if (st == ST_OK)
        st = file_out_commit(&o->file, err);
    if (st == ST_OK)
        st = out_file(marker_path, marker.s, marker.len, err);
    file_out_drop(&o->file);
    buf_release(&marker);
    return st;
}

enum status bundle_seal(const struct bundle_job *job, const char *folder, const char *name, struct bundle_made *out,
                        struct err *err)
{
    char *path = xasprintf("%s/%s" BUNDLE_SUFFIX, folder, name),
         *marker = xasprintf("%s/%s" BUNDLE_MARKER, folder, name);
    struct outlet o = { .written = 0 };
    struct bundle_made made = { 0 };
    enum status st = hash_manifest(job, made.manifest_sha256, err);

    if (st == ST_OK && file_exists(marker))
        st = err_set(err, ST_REFUSED, _("%s exists already; it is as it was; choose another name."), path);
    if (st == ST_OK) {
        outlet_open(&o, job);
        st = seal_to(job, path, marker, name, &o, err);
        outlet_close(&o, &made);
    }
    if (st == ST_OK && out)
        *out = made;
    free(path);
    free(marker);
    return st;
}

/* --- members of a folder ---------------------------------------------------------------------------------------- */

static bool is_file(const char *path)
{
    struct stat info;

    return lstat(path, &info) == 0 && S_ISREG(info.st_mode);
}

/* Everything in the folder, and in codes/ below it, must be on the list: what is not would be left behind unsaid. */
static enum status nothing_else(const char *folder, const char *below, struct err *err)
{
    char *path = path_join(folder, below);
    DIR *d = opendir(path);
    enum status st = ST_OK;
    struct dirent *e;

    if (!d && !*below)
        st = err_sys(err, _("The folder %s cannot be used; nothing was written"), folder);
    while (d && st == ST_OK && (e = readdir(d))) {
        char *name = xasprintf("%s%s%s", below, *below ? "/" : "", e->d_name);

        if (e->d_name[0] != '.' && !str_eq(name, "codes") && !bundle_knows(name))
            st = err_set(err, ST_INVALID, _("%s has no place in a bundle. Nothing was written."), name);
        free(name);
    }
    if (d)
        closedir(d);
    free(path);
    return st;
}

enum status bundle_members_from_folder(struct bundle_member **out, size_t *count, const char *folder, struct err *err)
{
    enum status st = nothing_else(folder, "", err);
    size_t cap = 0, n = 0;
    struct bundle_member *members = NULL;

    if (st == ST_OK)
        st = nothing_else(folder, "codes", err);
    for (size_t i = 0; bundle_names[i] && st == ST_OK; i++) {
        char *path = path_join(folder, bundle_names[i]);

        if (is_file(path)) {
            struct bundle_member *m = ARRAY_ADD(members, n, cap);

            m->name = bundle_names[i];
            m->path = path;
        } else {
            free(path);
        }
    }
    *out = members;
    *count = n;
    return st;
}

void bundle_members_free(struct bundle_member **mp, size_t count)
{
    for (size_t i = 0; i < count; i++)
        free((char *) (uintptr_t) (*mp)[i].path);
    free(*mp);
    *mp = NULL;
}
