/* Carrying files, whatever the road: the job as it was asked for, and what came of it. The folder's side runs in a
 * thread of its own (a write to a stick can take a minute), the network's side in a program of its own. */
#include "dolen/exchange/transport.h"

#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "transport_priv.h"
#include "dolen/base/file.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/banned.h"

#define RUN_TICK_MS  200
#define HASH_STEP    65536
#define LIST_MAX     (1u << 20)

/* --- what is said at the end ------------------------------------------------------------------------------------ */

static const struct { enum status st; const char *sentence; } ends[TRANSPORT_CAUSE_COUNT] = {
    [TRANSPORT_CAUSE_NONE] = { ST_INTERRUPTED, N_("The sending to %s was broken off. Nothing is lost; send again when "
                                                  "you like.") },
    [TRANSPORT_CAUSE_NETWORK] = { ST_IO, N_("There is no connection to %s, or it was cut. Nothing is lost; it is "
                                            "tried again later.") },
    [TRANSPORT_CAUSE_SERVER] = { ST_IO, N_("%s cannot do it at the moment. Nothing is lost; it is "
                                           "tried again later.") },
    [TRANSPORT_CAUSE_UNPLUGGED] = { ST_NOTFOUND, N_("The folder %s is not there. Nothing is lost. Plug in the stick "
                                                    "or connect the drive, then send again.") },
    [TRANSPORT_CAUSE_HOST_KEY] = { ST_REFUSED, N_("%s showed a host key that is not the one on record. Nothing was "
                                                  "sent. Compare the new key with what the other side tells you "
                                                  "before you accept it: K in the outbox, or dolen destination "
                                                  "host-key.") },
    [TRANSPORT_CAUSE_TLS] = { ST_REFUSED, N_("The certificate of %s cannot be trusted. Nothing was sent. Ask the "
                                             "other side, and do not go round it.") },
    [TRANSPORT_CAUSE_AUTH] = { ST_REFUSED, N_("%s does not accept our name, password, key or address. Nothing was "
                                              "sent. Ask the other side for new ones.") },
    [TRANSPORT_CAUSE_PERMISSION] = { ST_REFUSED, N_("%s does not let us do this there. Nothing was changed. Ask the "
                                                    "other side for permission to write.") },
    [TRANSPORT_CAUSE_NO_FOLDER] = { ST_NOTFOUND, N_("The folder in the address is not there on %s. Nothing was sent. "
                                                    "Check the address with the other side.") },
    [TRANSPORT_CAUSE_SPACE] = { ST_NOSPACE, N_("There is no room left on %s. What was there is whole, and nothing is "
                                               "lost here. Make room there, then send again.") },
    [TRANSPORT_CAUSE_EXISTS] = { ST_CONFLICT, N_("Another file has the same name on %s already. It was not touched. "
                                                 "Tell the other side: two laptops may be working from one copy.") },
    [TRANSPORT_CAUSE_ADDRESS] = { ST_NOTFOUND, N_("The list of addresses %s has none for this file. Nothing was sent. "
                                                  "Ask the other side for new addresses.") },
    [TRANSPORT_CAUSE_TOO_LARGE] = { ST_INVALID, N_("What %s holds under this name is larger than it may be. It was "
                                                   "not read. Tell the other side.") },
};

enum transport_result transport_end(struct transport *t, enum transport_result r, enum transport_cause c,
                                    const char *detail)
{
    t->result = r;
    t->cause = c;
    if (r == TRANSPORT_ABSENT)
        err_set(&t->said, ST_NOTFOUND, _("%s has no such file or folder. Nothing was changed."
                                         " Check the address."), t->shown);
    else if (r != TRANSPORT_DONE && c != TRANSPORT_CAUSE_LOCAL)
        err_set(&t->said, ends[c].st, _(ends[c].sentence), t->shown);
    if (r != TRANSPORT_DONE && detail && *detail && strlen(err_text(&t->said)) + strlen(detail) + 4 < ERR_BYTES)
        err_set(&t->said, t->said.st, "%s (%s)", err_text(&t->said), detail);
    return r;
}

/* --- a job ------------------------------------------------------------------------------------------------------ */

static enum status check_name(const char *name, struct err *err)
{
    return transport_name_is_good(name) ? ST_OK
               : err_set(err, ST_USAGE, _("\"%s\" is not a name for a file to be sent or fetched. "
                                          "Nothing was done."), name);
}

/* A carrier that has nothing to do stays for the next job. */
static void break_off(struct transport *t)
{
    if (t->work)
        folder_break_off(t);
    if (t->kind != TRANSPORT_FOLDER && t->result == TRANSPORT_BUSY)
        net_break_off(t);
}

static void job_clear(struct transport *t)
{
    break_off(t);
    transport_job_release(&t->job);
    buf_clear(&t->got);
    t->done = t->total = 0;
    t->host_print[0] = '\0';
    buf_clear(&t->host_key);
    t->cause = TRANSPORT_CAUSE_NONE;
    t->result = TRANSPORT_DONE;
    err_clear(&t->said);
}

/* Size and hash of what will be sent: the hash names the unfinished copy, so that only the same bytes are taken up
 * again. */
static enum status measure(struct job_file *f, struct err *err)
{
    int fd = open(f->path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    struct sha256 *sha;
    char part[HASH_STEP];
    struct stat info;
    ssize_t n = 0;

    if (fd < 0 || fstat(fd, &info) != 0 || !S_ISREG(info.st_mode)) {
        if (fd >= 0)
            close(fd);
        return err_set(err, ST_NOTFOUND, _("%s does not exist; nothing was changed; check the name."), f->path);
    }
    sha = sha256_new();
    while ((n = read(fd, part, sizeof part)) > 0) {
        sha256_add(sha, part, (size_t) n);
        f->size += (uint64_t) n;
    }
    sha256_hex_done(&sha, f->sha256);
    close(fd);
    return n < 0 ? err_sys(err, _("%s cannot be read; nothing was changed"), f->path) : ST_OK;
}

static void begin(struct transport *t, enum job_kind kind)
{
    t->job.kind = kind;
    t->result = TRANSPORT_BUSY;
    if (t->kind == TRANSPORT_FOLDER)
        folder_begin(t);
    else
        net_begin(t);
}

enum status transport_send(struct transport *t, const struct transport_file *files, size_t count, struct err *err)
{
    enum status st = ST_OK;

    job_clear(t);
    t->job.files = xcalloc(count ? count : 1, sizeof *t->job.files);
    for (size_t i = 0; i < count && st == ST_OK; i++) {
        struct job_file *f = &t->job.files[t->job.count++];

        f->path = xstrdup(files[i].path);
        f->name = xstrdup(files[i].name);
        st = check_name(f->name, err);
        if (st == ST_OK)
            st = measure(f, err);
        t->total += f->size;
    }
    if (st == ST_OK)
        begin(t, JOB_SEND);
    else
        job_clear(t);
    return st;
}

enum status transport_fetch(struct transport *t, const char *name, size_t max, struct err *err)
{
    enum status st = check_name(name, err);

    if (st != ST_OK)
        return st;
    job_clear(t);
    t->job.name = xstrdup(name);
    t->job.max = max;
    begin(t, JOB_FETCH);
    return ST_OK;
}

enum status transport_list(struct transport *t, const char *folder, struct err *err)
{
    enum status st = *folder ? check_name(folder, err) : ST_OK;

    if (st != ST_OK)
        return st;
    job_clear(t);
    t->job.name = xstrdup(folder);
    t->job.max = LIST_MAX;
    begin(t, JOB_LIST);
    return ST_OK;
}

enum transport_result transport_step(struct transport *t, struct err *err)
{
    if (t->result == TRANSPORT_BUSY && t->kind == TRANSPORT_FOLDER)
        folder_step(t);
    else if (t->result == TRANSPORT_BUSY)
        net_step(t);
    if (t->result != TRANSPORT_BUSY && t->result != TRANSPORT_DONE && err)
        *err = t->said;
    return t->result;
}

enum transport_cause transport_why(const struct transport *t)
{
    return t->cause;
}

void transport_progress(const struct transport *t, uint64_t *done, uint64_t *total)
{
    *done = t->done < t->total ? t->done : t->total;
    *total = t->total;
}

void transport_take(struct transport *t, struct buf *out)
{
    buf_release(out);
    *out = t->got;
    t->got = (struct buf) BUF_INIT;
}

int transport_poll_fd(const struct transport *t)
{
    if (t->result != TRANSPORT_BUSY)
        return -1;
    return t->kind == TRANSPORT_FOLDER ? folder_poll_fd(t) : net_poll_fd(t);
}

bool transport_shown_host_key(const struct transport *t, struct buf *line, char fingerprint[64])
{
    if (t->cause != TRANSPORT_CAUSE_HOST_KEY || !t->host_print[0])
        return false;
    buf_add_mem(line, buf_text(&t->host_key), t->host_key.len);
    str_copy(fingerprint, 64, t->host_print);
    return true;
}

enum transport_result transport_run(struct transport *t, bool (*progress)(void *ctx, uint64_t done, uint64_t total),
                                    void *ctx, struct err *err)
{
    while (transport_step(t, err) == TRANSPORT_BUSY) {
        struct pollfd p = { .fd = transport_poll_fd(t), .events = POLLIN };
        uint64_t done, total;

        poll(&p, 1, RUN_TICK_MS);
        transport_progress(t, &done, &total);
        if (progress && !progress(ctx, done, total)) {
            break_off(t);
            transport_end(t, TRANSPORT_RETRY, TRANSPORT_CAUSE_NONE, NULL);
        }
    }
    return t->result;
}

/* --- opening ---------------------------------------------------------------------------------------------------- */

static const struct { const char *start; enum transport_kind kind; } kinds[] = {
    { "sftp://", TRANSPORT_SFTP }, { "https://", TRANSPORT_HTTPS }, { "presigned:", TRANSPORT_PRESIGNED },
    { "file://", TRANSPORT_FOLDER }, { "/", TRANSPORT_FOLDER }, { ".", TRANSPORT_FOLDER },
};

static bool find_kind(const char *url, enum transport_kind *kind)
{
    for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
        if (str_starts(url, kinds[i].start)) {
            *kind = kinds[i].kind;
            return true;
        }
    *kind = TRANSPORT_FOLDER;
    return *url && !strstr(url, "://");
}

static enum status open_kind(struct transport *t, const struct transport_target *target, struct err *err)
{
    const char *url = target->url;
    size_t n;

    if (t->kind != TRANSPORT_FOLDER)
        return net_open(t, target, err);
    t->base = xstrdup(str_starts(url, "file://") ? url + strlen("file://") : url);
    for (n = strlen(t->base); n > 1 && t->base[n - 1] == '/'; n--)
        t->base[n - 1] = '\0';
    t->shown = xstrdup(t->base);
    return ST_OK;
}

enum status transport_open(struct transport **out, const struct transport_target *target, struct err *err)
{
    struct transport *t;
    enum transport_kind kind;
    enum status st;

    if (!find_kind(target->url, &kind))
        return err_set(err, ST_USAGE, _("\"%s\" is not an address that can be sent to. Nothing was changed. Give a "
                                        "folder, or an address that begins with sftp://, "
                                        "https:// or presigned:"), target->url);
    t = xcalloc(1, sizeof *t);
    t->kind = kind;
    t->result = TRANSPORT_DONE;
    t->stall_seconds = target->stall_seconds > 0 ? target->stall_seconds : 60;
    st = open_kind(t, target, err);
    if (st == ST_OK)
        *out = t;
    else
        transport_free(&t);
    return st;
}

enum transport_kind transport_kind(const struct transport *t)
{
    return t->kind;
}

void transport_free(struct transport **tp)
{
    struct transport *t = tp ? *tp : NULL;

    if (!t)
        return;
    job_clear(t);
    if (t->talk)
        net_break_off(t);
    buf_release(&t->host_key);
    secret_free(&t->secret);
    buf_release(&t->got);
    buf_wipe(&t->addresses);
    buf_release(&t->host_keys);
    free(t->base);
    free(t->shown);
    free(t->user);
    free(t->key_file);
    free(t->ca_file);
    free(t);
    *tp = NULL;
}
