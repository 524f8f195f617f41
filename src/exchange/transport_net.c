/* The network's side of a job, seen from here: dolen-carry is told what to do, and says what came of it.
 *
 * Each message is one line of JSON; where it names a number of bytes (a password, signed addresses, a file that was
 * fetched) they follow the line. src/carry/main.c is the other end. Nothing here waits for it: from its start to the
 * last answer each step takes what there is. */
#include "transport_priv.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "transport_talk.h"
#include "dolen/base/file.h"
#include "dolen/base/json.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/vault/secret.h"
#include "dolen/base/banned.h"

#define ADDRESSES_MAX  (1u << 20)
#define ANSWER_SECONDS 10                   /* to be started and to look at an address, on a busy machine */

/* --- addresses -------------------------------------------------------------------------------------------------- */

static enum status not_an_address(const char *url, struct err *err)
{
    return err_set(err, ST_USAGE, _("\"%s\" is not an address that can be sent to. Nothing was changed. Give a "
                                    "folder, or an address that begins with sftp://, https:// or presigned:"), url);
}

static enum status has_password(struct err *err)
{
    return err_set(err, ST_USAGE, "%s", _("There is a password in the address. Nothing was changed. Leave it out, "
                                          "and give it by itself: it is kept sealed."));
}

/* "", or ":" and the number of a port, up to the end of the name of the host. */
static bool is_port(const char *s, const char *end)
{
    char *after;
    unsigned long n;

    if (s == end)
        return true;
    n = s[0] == ':' && s[1] >= '0' && s[1] <= '9' ? strtoul(s + 1, &after, 10) : 0;
    return n > 0 && n < 65536 && after == end;
}

/* Of "scheme://[user@]host[:port][/folder]": whether it is one, and its host for sentences. dolen-carry looks closer. A
 * password in it would be shown wherever the address is. */
static enum status look_at(struct transport *t, struct err *err)
{
    const char *from = strstr(t->base, "://") + 3, *end = from + strcspn(from, "/"), *host = from, *name_end;

    for (const char *c = t->base; *c; c++)
        if ((unsigned char) *c <= ' ' || *c == 0x7f || strchr("?#\\", *c))
            return not_an_address(t->base, err);
    for (const char *c = from; c < end; c++)
        if (*c == '@')
            host = c + 1;
    if (host > from && memchr(from, ':', (size_t) (host - from)))
        return has_password(err);
    name_end = *host == '[' ? strchr(host, ']') : host + strcspn(host, ":/");
    if (name_end && *host == '[')
        name_end++;
    if (!name_end || name_end > end || name_end == host || !is_port(name_end, end))
        return not_an_address(t->base, err);
    t->shown = xstrndup(host, (size_t) (name_end - host));
    return ST_OK;
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
    } else {
        st = look_at(t, err);
    }
    if (st == ST_OK)
        st = take_secret(t, target->secret, err);
    if (st == ST_OK)
        st = take_file(&t->key_file, target->key_file, err);
    if (st == ST_OK)
        st = take_file(&t->ca_file, target->ca_file, err);
    if (st == ST_OK && !talk_can_start())
        st = err_set(err, ST_NOTFOUND,
                     _("The program %s is not installed beside this one. Nothing was sent. Install Dolen again; a "
                       "folder or a stick works without it."),
                     TALK_PROGRAM);
    if (st == ST_OK && t->kind == TRANSPORT_SFTP && !says_something(target->host_keys))
        st = err_set(err, ST_INVALID,
                     _("There is no host key on record for %s. Nothing was sent. To see and compare the one it "
                       "shows: K in the outbox, or dolen destination host-key"),
                     t->shown);
    if (st != ST_OK)
        return st;
    t->user = xstrdup(target->user);
    buf_add(&t->host_keys, target->host_keys ? target->host_keys : "");
    return ST_OK;
}

/* --- a job ------------------------------------------------------------------------------------------------------ */

static void say_open(struct transport *t)
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
    talk_say(t->talk, &m);
    if (n > 0)
        talk_say_bytes(t->talk, secret_text(t->secret), n);
    if (t->addresses.len > 0)
        talk_say_bytes(t->talk, t->addresses.s, t->addresses.len);
}

static int answer_seconds(const struct transport *t)
{
    return t->stall_seconds < ANSWER_SECONDS ? t->stall_seconds : ANSWER_SECONDS;
}

/* The end of a job on this side of the road; its sentence stands in t->said. */
static enum transport_result end_here(struct transport *t, enum transport_result r)
{
    talk_free(&t->talk);
    return transport_end(t, r, TRANSPORT_CAUSE_LOCAL, NULL);
}

/* The program beside this one is to blame; sentence names it with %s. */
static enum transport_result blame(struct transport *t, enum transport_result r, const char *sentence)
{
    err_set(&t->said, ST_IO, tr(sentence), TALK_PROGRAM);
    return end_here(t, r);
}

static enum transport_result not_started(struct transport *t)
{
    return blame(t, TRANSPORT_BLOCKED,
                 N_("The program %s beside this one did not start. Nothing was sent, and nothing is lost. Install "
                    "Dolen again; a folder or a stick works without it."));
}

/* It has gone, or says what nobody understands: the job is tried again, with a new one. */
static enum transport_result lost(struct transport *t)
{
    return blame(t, TRANSPORT_RETRY,
                 N_("The program %s beside this one ended before it was done. Nothing is lost; it is tried again "
                    "later. If that does not help, install Dolen again; a folder or a stick works without it."));
}

static enum transport_result silent(struct transport *t)
{
    return blame(t, TRANSPORT_RETRY,
                 N_("The program %s beside this one gave no answer in time. Nothing was sent, and nothing is lost; "
                    "it is tried again later. If that does not help, install Dolen again; a folder or a stick works "
                    "without it."));
}

void net_begin(struct transport *t)
{
    struct json *order = transport_job_tell(&t->job);

    buf_clear(&t->got);
    if (!t->talk && talk_start(&t->talk)) {
        t->greeted = false;
        say_open(t);
        talk_give(t->talk, answer_seconds(t));
    }
    if (t->talk)
        talk_say(t->talk, &order);
    else
        not_started(t);
    json_free(&order);
}

void net_break_off(struct transport *t)
{
    talk_free(&t->talk);
}

int net_poll_fd(const struct transport *t)
{
    return t->talk ? talk_poll_fd(t->talk) : -1;
}

/* The answer to "open": it comes at once, no network is asked. */
static void greeted(struct transport *t, const struct json *answer)
{
    switch (carry_opened_by_word(json_get_text(answer, "opened"))) {
    case CARRY_OPENED:
        t->greeted = true;
        talk_give(t->talk, 0);
        return;
    case CARRY_BAD_ADDRESS:
        not_an_address(t->base, &t->said);
        break;
    case CARRY_PASSWORD_IN_ADDRESS:
        has_password(&t->said);
        break;
    default:
        err_set(&t->said, ST_NOMEM, "%s", _("There is no memory for a connection. Nothing was sent. Close other "
                                            "programs and try again."));
    }
    end_here(t, TRANSPORT_BLOCKED);
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

static enum transport_result ended(struct transport *t, const struct json *m)
{
    enum transport_result r = TRANSPORT_BUSY;
    enum transport_cause c;

    if (!transport_result_by_word(json_get_text(m, "end"), &r) || r == TRANSPORT_BUSY ||
        !transport_cause_by_word(json_get_text(m, "cause"), &c))
        return lost(t);
    took_host_key(t, m);
    if (c == TRANSPORT_CAUSE_LOCAL) {
        errno = (int) json_int(json_get(m, "error"));
        err_sys(&t->said, "%s", _("The file to be sent cannot be read; nothing was sent"));
    }
    return transport_end(t, r, c, json_get_text(m, "detail"));
}

static void answered(struct transport *t, const struct json *m)
{
    if (!t->greeted) {
        greeted(t, m);
        return;
    }
    t->done = (uint64_t) json_int(json_get(m, "done"));
    if (json_get(m, "end"))
        ended(t, m);
}

enum transport_result net_step(struct transport *t)
{
    bool here = talk_go_on(t->talk), bad = false;
    struct json *m;

    while (t->result == TRANSPORT_BUSY && (m = talk_next(t->talk, t->job.max, &t->got, &bad))) {
        answered(t, m);
        json_free(&m);
    }
    if (t->result == TRANSPORT_BUSY && (bad || !here))
        return lost(t);
    return t->result == TRANSPORT_BUSY && !t->greeted && talk_is_late(t->talk) ? silent(t) : t->result;
}
