/* ZIP archives over libzip, in memory only. Written: deflate at its quickest, in two threads, every entry dated
 * 1 January 1980, so that the same members give the same bytes. Read: the list of entries is judged whole before a
 * byte is unpacked, and what is unpacked is held to the size it was judged by. */
#include "dolen/exchange/zip.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <zip.h>

#include "dolen/base/file.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/banned.h"

#define DEFLATE_LEVEL 1
#define DOS_1980      0x0021                /* 1 January, the first day the format knows */
#define PRIVATE_FILE  (0100600u << 16)      /* a plain file, for its owner */
#define PAD_FIELD     0xd935                /* what Android's tools fill gaps with: every reader passes over it */
#define PAD_HEAD      4                     /* id and length of an extra field */
#define PAD_MOST      32768
#define READ_STEP     65536

/* --- writing ---------------------------------------------------------------------------------------------------- */

enum { PARTS = 2 };                         /* packed side by side */

struct member {
    char       *name, *path;                /* path NULL: the bytes */
    const void *p;
    uint64_t    n;
    struct part *part;                      /* where it is packed, and its place there */
    zip_int64_t  at;
};

/* An archive that is being made. */
struct making {
    zip_source_t *bytes;
    zip_t        *archive;
};

/* Some of the members, packed by a thread of its own into an archive of its own. */
struct part {
    struct making    made;
    size_t           members;
    uint64_t         n;                     /* bytes before packing */
    uint64_t         so_far;                /* packed of it */
    struct zip_pace *pace;
    enum status      st;
    struct err       err;
};

struct zip_out {
    struct member *members;
    size_t         count, cap;
};

static enum status no_archive(struct err *err, const char *why)
{
    return err_set(err, ST_IO, _("The archive cannot be made: %s. Nothing was written; what was there before is as it "
                                 "was. Make room on the disk and try again."),
                   why);
}

static enum status archive_open(struct making *m, int flags, struct err *err)
{
    zip_error_t error;

    zip_error_init(&error);
    zip_source_keep(m->bytes);              /* an archive gives its source up when it is closed */
    m->archive = zip_open_from_source(m->bytes, flags, &error);
    if (!m->archive) {
        zip_source_free(m->bytes);
        no_archive(err, zip_error_strerror(&error));
    }
    zip_error_fini(&error);
    return m->archive ? ST_OK : ST_IO;
}

static enum status making_new(struct making *m, struct err *err)
{
    zip_error_t error;
    enum status st = ST_OK;

    zip_error_init(&error);
    m->bytes = zip_source_buffer_create(NULL, 0, 0, &error);
    if (!m->bytes)
        st = no_archive(err, zip_error_strerror(&error));
    zip_error_fini(&error);
    return st == ST_OK ? archive_open(m, ZIP_CREATE | ZIP_TRUNCATE, err) : st;
}

static void making_release(struct making *m)
{
    if (m->archive)
        zip_discard(m->archive);
    zip_source_free(m->bytes);
    *m = (struct making) { NULL, NULL };
}

static enum status close_archive(struct making *m, struct err *err)
{
    if (zip_close(m->archive) != 0) {
        if (zip_error_code_zip(zip_get_error(m->archive)) == ZIP_ER_CANCELLED)
            return err_set(err, ST_INTERRUPTED, _("Packing was stopped. Nothing was written."
                                                  " Start it again when it suits."));
        return no_archive(err, zip_strerror(m->archive));
    }
    m->archive = NULL;
    return ST_OK;
}

/* The source is given away in any case. */
static enum status put_in(struct making *m, const char *name, zip_source_t *source, zip_int64_t *at, struct err *err)
{
    *at = source ? zip_file_add(m->archive, name, source, ZIP_FL_ENC_UTF_8) : -1;
    if (*at < 0) {
        zip_source_free(source);
        return no_archive(err, zip_strerror(m->archive));
    }
    zip_set_file_compression(m->archive, (zip_uint64_t) *at, ZIP_CM_DEFLATE, DEFLATE_LEVEL);
    zip_file_set_dostime(m->archive, (zip_uint64_t) *at, 0, DOS_1980, 0);
    zip_file_set_external_attributes(m->archive, (zip_uint64_t) *at, 0, ZIP_OPSYS_UNIX, PRIVATE_FILE);
    return ST_OK;
}

/* --- members ---------------------------------------------------------------------------------------------------- */

enum status zip_out_new(struct zip_out **out, struct err *err)
{
    (void) err;
    *out = xcalloc(1, sizeof **out);
    return ST_OK;
}

static enum status add(struct zip_out *z, const char *name, const char *path, const void *p, uint64_t n,
                       struct err *err)
{
    struct member *m;

    for (size_t i = 0; i < z->count; i++)
        if (str_eq(z->members[i].name, name))
            return err_set(err, ST_USAGE, _("%s would be in the archive twice. Nothing was written."), name);
    m = ARRAY_ADD(z->members, z->count, z->cap);
    *m = (struct member) { .name = xstrdup(name), .path = path ? xstrdup(path) : NULL, .p = p, .n = n };
    return ST_OK;
}

enum status zip_out_add(struct zip_out *z, const char *name, const void *p, size_t n, struct err *err)
{
    return add(z, name, NULL, p, n, err);
}

enum status zip_out_add_file(struct zip_out *z, const char *name, const char *path, struct err *err)
{
    struct stat info;

    if (stat(path, &info) != 0)
        return err_set(err, ST_NOTFOUND, _("%s does not exist; nothing was changed; check the name."), path);
    return add(z, name, path, NULL, (uint64_t) info.st_size, err);
}

/* --- packing ---------------------------------------------------------------------------------------------------- */

static void told(zip_t *archive, double share, void *ctx)
{
    struct part *part = ctx;

    (void) archive;
    if (part->pace) {
        uint64_t now = (uint64_t) (share * (double) part->n);

        atomic_fetch_add(&part->pace->done, now > part->so_far ? now - part->so_far : 0);
        part->so_far = now;
    }
}

static int is_stopped(zip_t *archive, void *ctx)
{
    const struct part *part = ctx;

    (void) archive;
    return part->pace && atomic_load(&part->pace->stop);
}

static void *pack(void *ctx)
{
    struct part *part = ctx;

    part->st = close_archive(&part->made, &part->err);
    return NULL;
}

/* The largest first, each to the part that has less until then. NULL when all have one. */
static struct member *largest_left(struct zip_out *z)
{
    struct member *best = NULL;

    for (size_t i = 0; i < z->count; i++)
        if (!z->members[i].part && (!best || z->members[i].n > best->n))
            best = &z->members[i];
    return best;
}

static enum status share_out(struct zip_out *z, struct part parts[PARTS], struct err *err)
{
    struct member *m;
    enum status st = ST_OK;

    while (st == ST_OK && (m = largest_left(z))) {
        zip_t *archive;

        m->part = parts[1].n < parts[0].n ? &parts[1] : &parts[0];
        m->part->n += m->n;
        m->part->members++;
        archive = m->part->made.archive;
        st = put_in(&m->part->made, m->name, m->path ? zip_source_file(archive, m->path, 0, -1)
                                                     : zip_source_buffer(archive, m->p, m->n, 0), &m->at, err);
    }
    return st;
}

static enum status pack_all(struct part parts[PARTS], struct err *err)
{
    pthread_t thread;
    bool beside;

    for (int i = 0; i < PARTS; i++) {
        zip_register_progress_callback_with_state(parts[i].made.archive, 0.01, told, NULL, &parts[i]);
        zip_register_cancel_callback_with_state(parts[i].made.archive, is_stopped, NULL, &parts[i]);
    }
    beside = pthread_create(&thread, NULL, pack, &parts[1]) == 0;
    pack(&parts[0]);
    if (beside)
        pthread_join(thread, NULL);
    else
        pack(&parts[1]);
    for (int i = 0; i < PARTS; i++)
        if (parts[i].st != ST_OK)
            return err_set(err, parts[i].st, "%s", err_text(&parts[i].err));
    return ST_OK;
}

/* In the order in which they were added. What was packed is not packed again. */
static enum status join(struct zip_out *z, struct part parts[PARTS], struct making *whole, struct err *err)
{
    enum status st = making_new(whole, err);
    zip_int64_t at;

    for (int i = 0; i < PARTS && st == ST_OK; i++)
        if (parts[i].members)
            st = archive_open(&parts[i].made, ZIP_RDONLY, err);
    for (size_t i = 0; i < z->count && st == ST_OK; i++) {
        const struct member *m = &z->members[i];

        st = put_in(whole, m->name, zip_source_zip(whole->archive, m->part->made.archive, (zip_uint64_t) m->at,
                                                   ZIP_FL_COMPRESSED, 0, -1), &at, err);
    }
    return st == ST_OK ? close_archive(whole, err) : st;
}

static uint64_t size_now(struct making *z)
{
    zip_stat_t info;

    return zip_source_stat(z->bytes, &info) == 0 && info.valid & ZIP_STAT_SIZE ? info.size : 0;
}

/* The finished archive is opened once more, and its last entry gets an extra field that fills up the length. What
 * was packed is not packed again. */
static enum status fill_up(struct making *z, size_t pad, struct err *err)
{
    static const uint8_t zeros[PAD_MOST];
    size_t missing = pad - (size_t) (size_now(z) % pad);
    zip_int64_t count;
    enum status st;

    if (missing == pad)
        return ST_OK;
    while (missing < PAD_HEAD)
        missing += pad;
    if (missing - PAD_HEAD > sizeof zeros)
        return no_archive(err, "padding");
    if ((st = archive_open(z, 0, err)) != ST_OK)
        return st;
    count = zip_get_num_entries(z->archive, 0);
    if (count < 1 || zip_file_extra_field_set(z->archive, (zip_uint64_t) count - 1, PAD_FIELD, ZIP_EXTRA_FIELD_NEW,
                                              zeros, (zip_uint16_t) (missing - PAD_HEAD), ZIP_FL_CENTRAL) != 0)
        return no_archive(err, zip_strerror(z->archive));
    st = close_archive(z, err);
    if (st == ST_OK && size_now(z) % pad != 0)
        st = no_archive(err, "padding");
    return st;
}

static enum status take_bytes(struct making *z, struct buf *out, struct err *err)
{
    uint64_t size = size_now(z);
    size_t start = out->len;
    zip_int64_t got = 0;

    buf_reserve(out, size);
    if (zip_source_open(z->bytes) != 0)
        return no_archive(err, zip_error_strerror(zip_source_error(z->bytes)));
    while (out->len - start < size &&
           (got = zip_source_read(z->bytes, out->s + out->len, size - (out->len - start))) > 0)
        out->len += (size_t) got;
    zip_source_close(z->bytes);
    out->s[out->len] = '\0';
    return out->len - start == size ? ST_OK : no_archive(err, zip_error_strerror(zip_source_error(z->bytes)));
}

enum status zip_out_done(struct zip_out **zp, size_t pad, struct zip_pace *pace, struct buf *out, struct err *err)
{
    struct zip_out *z = *zp;
    struct part parts[PARTS] = { { .pace = pace }, { .pace = pace } };
    struct making whole = { NULL, NULL };
    enum status st = ST_OK;

    for (int i = 0; i < PARTS && st == ST_OK; i++)
        st = making_new(&parts[i].made, err);
    if (st == ST_OK)
        st = share_out(z, parts, err);
    if (pace)
        atomic_store(&pace->total, parts[0].n + parts[1].n);
    if (st == ST_OK)
        st = pack_all(parts, err);
    if (st == ST_OK)
        st = join(z, parts, &whole, err);
    if (st == ST_OK && pad)
        st = fill_up(&whole, pad, err);
    if (st == ST_OK)
        st = take_bytes(&whole, out, err);
    making_release(&whole);
    for (int i = 0; i < PARTS; i++)
        making_release(&parts[i].made);
    zip_out_free(zp);
    return st;
}

void zip_out_free(struct zip_out **zp)
{
    struct zip_out *z = zp ? *zp : NULL;

    if (!z)
        return;
    for (size_t i = 0; i < z->count; i++) {
        free(z->members[i].name);
        free(z->members[i].path);
    }
    free(z->members);
    free(z);
    *zp = NULL;
}

/* --- reading ---------------------------------------------------------------------------------------------------- */

struct zip_in {
    zip_t   *archive;
    size_t   count;
    uint64_t total;                         /* bytes of all members, as they say */
};

static const char *const faults[ZIP_FAULT_COUNT] = {
    [ZIP_FAULT_NOT_ZIP] = N_("The archive inside is damaged, or is none. Nothing was unpacked. Ask for the file "
                             "again."),
    [ZIP_FAULT_NAME] = N_("The archive inside holds a file that does not belong there. Nothing was unpacked. Ask who "
                          "sent it what it is."),
    [ZIP_FAULT_TWICE] = N_("The archive inside holds two files of one name. Nothing was unpacked. Ask who sent it for "
                           "the file again."),
    [ZIP_FAULT_TOO_MANY] = N_("The archive inside holds more files than it may. Nothing was unpacked. Ask who sent it "
                              "what they are."),
    [ZIP_FAULT_TOO_LARGE] = N_("The archive inside would unpack to more than is allowed. Nothing was unpacked. Ask "
                               "who sent it what it is."),
    [ZIP_FAULT_KIND] = N_("The archive inside is encrypted or packed in a way that is not used here. Nothing was "
                          "unpacked. Ask who sent it what it is."),
    [ZIP_FAULT_DAMAGED] = N_("A file in the archive inside is damaged. Nothing of it can be used. Ask for the file "
                             "again."),
};

static enum status fault(enum zip_fault *why, enum zip_fault f, struct err *err)
{
    if (why)
        *why = f;
    return err_set(err, ST_INVALID, "%s", _(faults[f]));
}

static bool is_on_list(const char *name, const char *const *names)
{
    for (; name && *names; names++)
        if (strcmp(name, *names) == 0)
            return true;
    return false;
}

static size_t length_of(const char *const *names)
{
    size_t n = 0;

    while (names[n])
        n++;
    return n;
}

/* One entry by what it says of itself. */
static enum zip_fault judge(struct zip_in *z, size_t i, const struct zip_rules *rules)
{
    const char *name = zip_get_name(z->archive, i, ZIP_FL_ENC_RAW);
    const zip_uint64_t needed = ZIP_STAT_SIZE | ZIP_STAT_COMP_METHOD | ZIP_STAT_ENCRYPTION_METHOD;
    zip_stat_t info;

    if (!is_on_list(name, rules->names))
        return ZIP_FAULT_NAME;
    for (size_t j = 0; j < i; j++)
        if (str_eq(name, zip_get_name(z->archive, j, ZIP_FL_ENC_RAW)))
            return ZIP_FAULT_TWICE;
    if (zip_stat_index(z->archive, i, 0, &info) != 0 || (info.valid & needed) != needed)
        return ZIP_FAULT_NOT_ZIP;
    if (info.encryption_method != ZIP_EM_NONE ||
        (info.comp_method != ZIP_CM_STORE && info.comp_method != ZIP_CM_DEFLATE))
        return ZIP_FAULT_KIND;
    if (info.size > rules->member_max || info.size > rules->total_max - z->total)
        return ZIP_FAULT_TOO_LARGE;
    z->total += info.size;
    return ZIP_FAULT_NONE;
}

static enum zip_fault judge_all(struct zip_in *z, const struct zip_rules *rules)
{
    zip_int64_t count = zip_get_num_entries(z->archive, 0);
    enum zip_fault f = ZIP_FAULT_NONE;

    if (count < 0)
        return ZIP_FAULT_NOT_ZIP;
    z->count = (size_t) count;
    if (z->count > length_of(rules->names))
        return ZIP_FAULT_TOO_MANY;
    for (size_t i = 0; i < z->count && f == ZIP_FAULT_NONE; i++)
        f = judge(z, i, rules);
    return f;
}

/* No bytes at all would be an empty archive to libzip. */
static zip_t *archive_of(const void *p, size_t n, enum zip_fault *f)
{
    zip_source_t *bytes = n ? zip_source_buffer_create(p, n, 0, NULL) : NULL;
    zip_t *archive = NULL;
    zip_error_t error;

    zip_error_init(&error);
    if (bytes)
        archive = zip_open_from_source(bytes, ZIP_RDONLY | ZIP_CHECKCONS, &error);
    *f = archive ? ZIP_FAULT_NONE : zip_error_code_zip(&error) == ZIP_ER_EXISTS ? ZIP_FAULT_TWICE : ZIP_FAULT_NOT_ZIP;
    if (bytes && !archive)
        zip_source_free(bytes);
    zip_error_fini(&error);
    return archive;
}

enum status zip_in_open(struct zip_in **out, const void *p, size_t n, const struct zip_rules *rules,
                        enum zip_fault *why, struct err *err)
{
    struct zip_in *z;
    enum zip_fault f;
    zip_t *archive = archive_of(p, n, &f);

    if (!archive)
        return fault(why, f, err);
    z = xcalloc(1, sizeof *z);
    z->archive = archive;
    f = judge_all(z, rules);
    if (f != ZIP_FAULT_NONE) {
        zip_in_free(&z);
        return fault(why, f, err);
    }
    *out = z;
    return ST_OK;
}

size_t zip_in_count(const struct zip_in *z)
{
    return z->count;
}

const char *zip_in_name(const struct zip_in *z, size_t i)
{
    return zip_get_name(z->archive, i, ZIP_FL_ENC_RAW);
}

uint64_t zip_in_size(const struct zip_in *z, size_t i)
{
    zip_stat_t info;

    return zip_stat_index(z->archive, i, 0, &info) == 0 ? info.size : 0;
}

/* Exactly size bytes, the checksum right, and not one byte more. */
static bool read_exactly(zip_file_t *f, struct buf *out, uint64_t size)
{
    zip_int64_t got;
    char more;

    buf_reserve(out, size);
    while (size > 0) {
        got = zip_fread(f, out->s + out->len, size < READ_STEP ? size : READ_STEP);
        if (got <= 0)
            return false;
        out->len += (size_t) got;
        size -= (uint64_t) got;
    }
    out->s[out->len] = '\0';
    return zip_fread(f, &more, 1) == 0;
}

enum status zip_in_read(struct zip_in *z, size_t i, struct buf *out, enum zip_fault *why, struct err *err)
{
    zip_file_t *f = zip_fopen_index(z->archive, i, 0);
    size_t start = out->len;
    bool good = f && read_exactly(f, out, zip_in_size(z, i));

    if (f && zip_fclose(f) != 0)
        good = false;
    if (good)
        return ST_OK;
    if (out->s) {
        out->len = start;
        out->s[start] = '\0';
    }
    return fault(why, ZIP_FAULT_DAMAGED, err);
}

void zip_in_free(struct zip_in **zp)
{
    if (!zp || !*zp)
        return;
    zip_discard((*zp)->archive);
    free(*zp);
    *zp = NULL;
}
