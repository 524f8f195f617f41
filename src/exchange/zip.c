/* ZIP archives over libzip, in memory only. Written: deflate at its quickest, every entry dated 1 January 1980, so
 * that the same members give the same bytes. Read: the list of entries is judged whole before a byte is unpacked,
 * and what is unpacked is held to the size it was judged by. */
#include "dolen/exchange/zip.h"

#include <stdlib.h>
#include <string.h>
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

struct zip_out {
    zip_source_t *bytes;                    /* where the archive is made */
    zip_t        *archive;
};

static enum status no_archive(struct err *err, const char *why)
{
    return err_set(err, ST_IO, _("The archive cannot be made: %s. Nothing was written; what was there before is as it "
                                 "was."),
                   why);
}

static enum status open_archive(struct zip_out *z, int flags, struct err *err)
{
    zip_error_t error;

    zip_error_init(&error);
    zip_source_keep(z->bytes);              /* an archive gives its source up when it is closed */
    z->archive = zip_open_from_source(z->bytes, flags, &error);
    if (!z->archive) {
        zip_source_free(z->bytes);
        no_archive(err, zip_error_strerror(&error));
    }
    zip_error_fini(&error);
    return z->archive ? ST_OK : ST_IO;
}

enum status zip_out_new(struct zip_out **out, struct err *err)
{
    struct zip_out *z = xcalloc(1, sizeof *z);
    zip_error_t error;
    enum status st = ST_OK;

    zip_error_init(&error);
    z->bytes = zip_source_buffer_create(NULL, 0, 0, &error);
    if (!z->bytes)
        st = no_archive(err, zip_error_strerror(&error));
    zip_error_fini(&error);
    if (st == ST_OK)
        st = open_archive(z, ZIP_CREATE | ZIP_TRUNCATE, err);
    if (st == ST_OK)
        *out = z;
    else
        zip_out_free(&z);
    return st;
}

static enum status add(struct zip_out *z, const char *name, zip_source_t *source, struct err *err)
{
    zip_int64_t at;

    if (zip_name_locate(z->archive, name, 0) >= 0) {
        zip_source_free(source);
        return err_set(err, ST_USAGE, _("%s would be in the archive twice. Nothing was written."), name);
    }
    at = source ? zip_file_add(z->archive, name, source, ZIP_FL_ENC_UTF_8) : -1;
    if (at < 0) {
        zip_source_free(source);
        return no_archive(err, zip_strerror(z->archive));
    }
    zip_set_file_compression(z->archive, (zip_uint64_t) at, ZIP_CM_DEFLATE, DEFLATE_LEVEL);
    zip_file_set_dostime(z->archive, (zip_uint64_t) at, 0, DOS_1980, 0);
    zip_file_set_external_attributes(z->archive, (zip_uint64_t) at, 0, ZIP_OPSYS_UNIX, PRIVATE_FILE);
    return ST_OK;
}

enum status zip_out_add(struct zip_out *z, const char *name, const void *p, size_t n, struct err *err)
{
    return add(z, name, zip_source_buffer(z->archive, p, n, 0), err);
}

enum status zip_out_add_file(struct zip_out *z, const char *name, const char *path, struct err *err)
{
    if (!file_exists(path))
        return err_set(err, ST_NOTFOUND, _("%s does not exist; nothing was changed; check the name."), path);
    return add(z, name, zip_source_file(z->archive, path, 0, -1), err);
}

static enum status close_archive(struct zip_out *z, struct err *err)
{
    if (zip_close(z->archive) != 0)
        return no_archive(err, zip_strerror(z->archive));
    z->archive = NULL;
    return ST_OK;
}

static uint64_t size_now(struct zip_out *z)
{
    zip_stat_t info;

    return zip_source_stat(z->bytes, &info) == 0 && info.valid & ZIP_STAT_SIZE ? info.size : 0;
}

/* The finished archive is opened once more, and its last entry gets an extra field that fills up the length. What
 * was packed is not packed again. */
static enum status fill_up(struct zip_out *z, size_t pad, struct err *err)
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
    if ((st = open_archive(z, 0, err)) != ST_OK)
        return st;
    count = zip_get_num_entries(z->archive, 0);
    if (count < 1 || zip_file_extra_field_set(z->archive, (zip_uint64_t) count - 1, PAD_FIELD, ZIP_EXTRA_FIELD_NEW, zeros,
                                              (zip_uint16_t) (missing - PAD_HEAD), ZIP_FL_CENTRAL) != 0)
        return no_archive(err, zip_strerror(z->archive));
    st = close_archive(z, err);
    if (st == ST_OK && size_now(z) % pad != 0)
        st = no_archive(err, "padding");
    return st;
}

static enum status take_bytes(struct zip_out *z, struct buf *out, struct err *err)
{
    uint64_t size = size_now(z);
    size_t start = out->len;
    zip_int64_t got = 0;

    buf_reserve(out, size);
    if (zip_source_open(z->bytes) != 0)
        return no_archive(err, zip_error_strerror(zip_source_error(z->bytes)));
    while (out->len - start < size && (got = zip_source_read(z->bytes, out->s + out->len, size - (out->len - start))) > 0)
        out->len += (size_t) got;
    zip_source_close(z->bytes);
    out->s[out->len] = '\0';
    return out->len - start == size ? ST_OK : no_archive(err, zip_error_strerror(zip_source_error(z->bytes)));
}

enum status zip_out_done(struct zip_out **zp, size_t pad, struct buf *out, struct err *err)
{
    enum status st = close_archive(*zp, err);

    if (st == ST_OK && pad)
        st = fill_up(*zp, pad, err);
    if (st == ST_OK)
        st = take_bytes(*zp, out, err);
    zip_out_free(zp);
    return st;
}

void zip_out_free(struct zip_out **zp)
{
    struct zip_out *z = zp ? *zp : NULL;

    if (!z)
        return;
    if (z->archive)
        zip_discard(z->archive);
    zip_source_free(z->bytes);
    free(z);
    *zp = NULL;
}

/* --- reading ---------------------------------------------------------------------------------------------------- */

struct zip_in {
    zip_t   *archive;
    size_t   count;
    uint64_t total;                         /* bytes of all members, as they say */
};

const char *zip_fault_word(enum zip_fault f)
{
    static const char *const words[] = {
#define X(name, word) word,
        ZIP_FAULT_LIST(X)
#undef X
    };

    return words[f];
}

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
    if (info.encryption_method != ZIP_EM_NONE || (info.comp_method != ZIP_CM_STORE && info.comp_method != ZIP_CM_DEFLATE))
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

enum status zip_in_open(struct zip_in **out, const void *p, size_t n, const struct zip_rules *rules, enum zip_fault *why,
                        struct err *err)
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
