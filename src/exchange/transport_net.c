/* The network's side of a job, seen from here: dolen-carry is told what to do, and says what came of it.
 *
 * Each message is one line of JSON; where it names a number of bytes (a password, signed addresses, a file that was fetched)
 * they follow the line. src/carry/main.c is the other end. */
#include "transport_priv.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "dolen/base/file.h"
#include "dolen/base/json.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/vault/secret.h"
#include "dolen/base/banned.h"

#define PROGRAM       "dolen-carry"
#define ADDRESSES_MAX (1u << 20)
#define LINE_MAX_     65536u                /* of an answer */
#define ANSWER_MS     20000                 /* to be started and to look at an address, on a busy machine */

/* What an agent, proxies and certificates are found by. */
static const char *const environment[] = { "HOME", "SSH_AUTH_SOCK", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY", "no_proxy",
                                           "NO_PROXY", "SSL_CERT_FILE", "SSL_CERT_DIR", NULL };

/* --- telling ---------------------------------------------------------------------------------------------------- */

static bool tell(struct transport *t, struct json **message)
{
    struct buf line = BUF_INIT;
    bool told;

    json_write(&line, *message);
    buf_add_char(&line, '\n');
    told = helper_send(&t->carrier, line.s, line.len);
    buf_wipe(&line);
    json_free(message);
    return told;
}

static bool tell_open(struct transport *t)
{
    struct json *m = json_new_map();
    size_t n = t->secret ? secret_length(t->secret) : 0;

    json_set_text(m, "do", "open");
    json_set_int(m, "kind", t->kind);
    json_set_text(m, "url", t->base);
    json_set_text(m, "user", t->user);
    json_set_text(m, "key_file", t->key_file);
    json_set_text(m, "ca_file", t->ca_file);
    json_set_text(m, "host_keys", buf_text(&t->host_keys));
    json_set_int(m, "stall", t->stall_seconds);
    json_set_bool(m, "locked", t->secret != NULL);
    json_set_int(m, "secret", (int64_t) n);
    json_set_int(m, "addresses", (int64_t) t->addresses.len);
    return tell(t, &m) && (n == 0 || helper_send(&t->carrier, secret_text(t->secret), n)) &&
           (t->addresses.len == 0 || helper_send(&t->carrier, t->addresses.s, t->addresses.len));
}

static bool tell_job(struct transport *t)
{
    static const char *const words[] = { [JOB_SEND] = "send", [JOB_FETCH] = "fetch", [JOB_LIST] = "list" };
    struct json *m = json_new_map();

    json_set_text(m, "do", words[t->job]);
    if (t->job == JOB_SEND) {
        struct json *files = json_new_list();

        for (size_t i = 0; i < t->count; i++) {
            struct json *f = json_new_map();

            json_set_text(f, "path", t->files[i].path);
            json_set_text(f, "name", t->files[i].name);
            json_set_int(f, "size", (int64_t) t->files[i].size);
            json_set_text(f, "sha256", t->files[i].sha256);
            json_append(files, f);
        }
        json_set(m, "files", files);
    } else {
        json_set_text(m, "name", t->name);
        json_set_int(m, "max", (int64_t) t->max);
    }
    return tell(t, &m);
}

/* --- hearing ---------------------------------------------------------------------------------------------------- */

/* What there is, without waiting. False: it has gone. */
static bool hear(struct transport *t)
{
    char part[65536];

    for (;;) {
        ssize_t n = recv(t->carrier.fd, part, sizeof part, MSG_DONTWAIT);

        if (n > 0)
            buf_add_mem(&t->heard, part, (size_t) n);
        else if (n == 0 || errno != EINTR)
            return n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK);
    }
}

/* The next message, once it is here with its bytes; *bytes then stand at the start of t->heard, and are for the caller to
 * take away. NULL: not yet, or *bad. */
static struct json *next_message(struct transport *t, size_t *bytes, bool *bad)
{
    const char *end = t->heard.len ? memchr(t->heard.s, '\n', t->heard.len) : NULL;
    size_t line = end ? (size_t) (end - t->heard.s) : t->heard.len;
    struct json *m = NULL;
    int64_t n;

    *bad = line > LINE_MAX_;
    if (!end || *bad)
        return NULL;
    *bad = json_parse(&m, t->heard.s, line, NULL) != ST_OK;
    n = *bad ? 0 : json_int(json_get(m, "bytes"));
    *bad = *bad || n < 0 || (uint64_t) n > t->max;
    if (*bad || t->heard.len - line - 1 < (size_t) n) {
        json_free(&m);
        return NULL;
    }
    buf_remove(&t->heard, 0, line + 1);
    *bytes = (size_t) n;
    return m;
}

/* --- opening ---------------------------------------------------------------------------------------------------- */

static enum status not_started(struct err *err)
{
    return err_set(err, ST_IO, _("The program %s beside this one did not start or ended early. Nothing was sent, and nothing is "
                                 "lost. Install Dolen again; a folder or a stick works without it."), PROGRAM);
}

/* The answer to "open": it comes at once, no network is asked. */
static enum status hear_opened(struct transport *t, struct json **answer, struct err *err)
{
    bool here = true, bad = false;
    size_t bytes;

    while (!(*answer = next_message(t, &bytes, &bad)) && !bad && here) {
        struct pollfd p = { .fd = t->carrier.fd, .events = POLLIN };

        here = poll(&p, 1, ANSWER_MS) > 0 && hear(t);
    }
    return *answer ? ST_OK : not_started(err);
}

static enum status as_opened(struct transport *t, const struct json *answer, struct err *err)
{
    const char *opened = json_get_text(answer, "opened"), *host = json_get_text(answer, "host");

    if (str_eq(opened, "address"))
        return err_set(err, ST_USAGE, _("\"%s\" is not an address that can be sent to. Nothing was changed. Give a "
                                        "folder, or an address that begins with sftp://, https:// or presigned:"), t->base);
    if (str_eq(opened, "password"))
        return err_set(err, ST_USAGE, "%s", _("There is a password in the address. Nothing was changed. Leave it out, "
                                              "and give it by itself: it is kept sealed."));
    if (!str_eq(opened, "ok"))
        return err_set(err, ST_NOMEM, "%s", _("There is no memory for a connection. Nothing was sent. Close other "
                                              "programs and try again."));
    if (!t->shown)
        t->shown = xstrdup(host ? host : t->base);
    return ST_OK;
}

static enum status start(struct transport *t, struct err *err)
{
    struct json *answer = NULL;
    char *path = place_program(PROGRAM);
    enum status st;

    if (!path)
        return err_set(err, ST_NOTFOUND, _("The program %s is not installed beside this one. Nothing was sent. Install Dolen "
                                           "again; a folder or a stick works without it."), PROGRAM);
    buf_clear(&t->heard);
    st = helper_start(&t->carrier, path, environment) && tell_open(t) ? hear_opened(t, &answer, err) : not_started(err);
    if (st == ST_OK)
        st = as_opened(t, answer, err);
    if (st != ST_OK)
        helper_stop(&t->carrier);
    json_free(&answer);
    free(path);
    return st;
}

static enum status take_file(char **out, const char *path, struct err *err)
{
    if (!path)
        return ST_OK;
    if (!file_exists(path))
        return err_set(err, ST_NOTFOUND, _("%s does not exist; nothing was changed; check the name."), path);
    *out = xstrdup(path);
    return ST_OK;
}

static bool says_something(const char *lines)
{
    return lines && lines[strspn(lines, " \t\r\n")];
}

static enum status take_secret(struct transport *t, const struct secret *s, struct err *err)
{
    if (!s)
        return ST_OK;
    t->secret = secret_new();
    if (!t->secret)
        return err_set(err, ST_NOMEM, "%s", _("There is no memory to hold a passphrase safely. Nothing was opened. "
                                              "Close other programs and try again."));
    secret_add(t->secret, secret_text(s), secret_length(s));
    return ST_OK;
}

enum status net_open(struct transport *t, const struct transport_target *target, struct err *err)
{
    enum status st = ST_OK;

    t->base = xstrdup(target->url);
    if (t->kind == TRANSPORT_PRESIGNED) {
        t->shown = xstrdup(target->url + strlen("presigned:"));
        st = file_read(&t->addresses, t->shown, ADDRESSES_MAX, err);
    }
    if (st == ST_OK)
        st = take_secret(t, target->secret, err);
    if (st == ST_OK)
        st = take_file(&t->key_file, target->key_file, err);
    if (st == ST_OK)
        st = take_file(&t->ca_file, target->ca_file, err);
    if (st != ST_OK)
        return st;
    if (target->user)
        t->user = xstrdup(target->user);
    buf_add(&t->host_keys, target->host_keys ? target->host_keys : "");
    st = start(t, err);
    if (st == ST_OK && t->kind == TRANSPORT_SFTP && !says_something(target->host_keys))
        st = err_set(err, ST_INVALID, _("There is no host key on record for %s. Nothing was sent. To see and compare the one it shows: "
                                        "dolen destination host-key"), t->shown);
    return st;
}

/* --- a job ------------------------------------------------------------------------------------------------------ */

/* The carrier has gone, or says what nobody understands: the job is tried again, with a new one. */
static enum transport_result lost(struct transport *t)
{
    helper_stop(&t->carrier);
    return transport_end(t, TRANSPORT_RETRY, TRANSPORT_CAUSE_SERVER, PROGRAM);
}

void net_begin(struct transport *t)
{
    struct err err = { .st = ST_OK };

    buf_clear(&t->got);
    if (t->carrier.fd < 0 && start(t, &err) != ST_OK) {
        t->said = err;
        transport_end(t, TRANSPORT_BLOCKED, TRANSPORT_CAUSE_LOCAL, NULL);
    } else if (!tell_job(t)) {
        lost(t);
    }
}

void net_break_off(struct transport *t)
{
    helper_stop(&t->carrier);
    buf_clear(&t->heard);
}

static void took_host_key(struct transport *t, const struct json *m)
{
    const char *line = json_get_text(m, "host_key"), *print = json_get_text(m, "print");

    if (!line || !print)
        return;
    buf_clear(&t->host_key);
    buf_add(&t->host_key, line);
    str_copy(t->host_print, sizeof t->host_print, print);
}

static enum transport_result ended(struct transport *t, const struct json *m, size_t bytes)
{
    enum transport_result r = TRANSPORT_BUSY;
    enum transport_cause c;

    if (!transport_result_by_word(json_get_text(m, "end"), &r) || r == TRANSPORT_BUSY ||
        !transport_cause_by_word(json_get_text(m, "cause"), &c))
        return lost(t);
    buf_add_mem(&t->got, t->heard.s, bytes);
    buf_remove(&t->heard, 0, bytes);
    took_host_key(t, m);
    if (c == TRANSPORT_CAUSE_LOCAL) {
        errno = (int) json_int(json_get(m, "error"));
        err_sys(&t->said, "%s", _("The file to be sent cannot be read; nothing was sent"));
    }
    return transport_end(t, r, c, json_get_text(m, "detail"));
}

enum transport_result net_step(struct transport *t)
{
    bool here = hear(t), bad = false;
    struct json *m;
    size_t bytes = 0;

    while (t->result == TRANSPORT_BUSY && (m = next_message(t, &bytes, &bad))) {
        t->done = (uint64_t) json_int(json_get(m, "done"));
        if (json_get(m, "end"))
            ended(t, m, bytes);
        json_free(&m);
    }
    return t->result == TRANSPORT_BUSY && (bad || !here) ? lost(t) : t->result;
}
