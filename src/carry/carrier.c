/* The network's side of a job: which request comes next, for SFTP, WebDAV and pre-signed addresses alike.
 *
 * A file to be sent: look whether its name is taken; if so compare every byte (the same: it is there already;
 * another: it is left alone). Else write it under a name of its own that holds its hash, and give it its name.
 * SFTP takes up what broke off under that name, and renames at the end of the transfer; WebDAV writes anew and
 * moves; a server that cannot move gets the file under its name, with the request not to write over one. */
#include "carry_priv.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "dolen/base/mem.h"
#include "dolen/base/banned.h"

#define ANSWER_MAX    4096
#define PART_HASH 8                         /* characters of the hash in an unfinished name */

enum { LOOK, COMPARE, PUT_PART, MOVE, PUT_PLAIN, DROP_PART, FETCH, LIST, ROOM };

/* --- addresses -------------------------------------------------------------------------------------------------- */

/* The address with name below it, encoded; caller frees with free. NULL: the name has none (presigned). */
static char *url_of(const struct carrier *t, const char *name)
{
    char *path = NULL, *whole = NULL, *url = NULL, *longer;
    CURLU *u;

    if (t->kind == TRANSPORT_PRESIGNED)
        return address_of(&t->addresses, name);
    u = curl_url_dup(t->address);
    if (curl_url_get(u, CURLUPART_PATH, &path, CURLU_URLDECODE) == CURLUE_OK) {
        longer = xasprintf("%s%s%s", path, *path && path[strlen(path) - 1] == '/' ? "" : "/", name);
        if (curl_url_set(u, CURLUPART_PATH, longer, CURLU_URLENCODE) == CURLUE_OK &&
            curl_url_get(u, CURLUPART_URL, &whole, 0) == CURLUE_OK)
            url = xstrdup(whole);
        free(longer);
    }
    curl_free(path);
    curl_free(whole);
    curl_url_cleanup(u);
    return url;
}

/* The same as the SFTP server has it in a command, quoted: "/~/x" is "x", below the home folder. Caller frees. */
static char *remote_path(const struct carrier *t, const char *name)
{
    struct buf b = BUF_INIT;
    char *path = NULL;
    const char *s = "";

    if (curl_url_get(t->address, CURLUPART_PATH, &path, CURLU_URLDECODE) == CURLUE_OK)
        s = str_starts(path, "/~/") ? path + 3 : path;
    buf_add_char(&b, '"');
    for (const char *c = s; *c; c++) {
        if (*c == '"' || *c == '\\')
            buf_add_char(&b, '\\');
        buf_add_char(&b, *c);
    }
    buf_addf(&b, "%s%s\"", *s && s[strlen(s) - 1] != '/' ? "/" : "", name);
    curl_free(path);
    return buf_steal(&b);
}

static char *part_name(const struct job_file *f)
{
    return xasprintf("%s.%.*s.part", f->name, PART_HASH, f->sha256);
}

/* --- opening ---------------------------------------------------------------------------------------------------- */

/* A password in an address would be shown wherever the address is. */
static enum carry_opened take_address(struct carrier *t, const char *url)
{
    char *password = NULL, *user = NULL, *host = NULL, *query = NULL;
    enum carry_opened opened = CARRY_OPENED;

    t->address = curl_url();
    if (!t->address || curl_url_set(t->address, CURLUPART_URL, url, 0) != CURLUE_OK ||
        curl_url_get(t->address, CURLUPART_HOST, &host, 0) != CURLUE_OK ||
        curl_url_get(t->address, CURLUPART_QUERY, &query, 0) == CURLUE_OK)
        opened = CARRY_BAD_ADDRESS;
    else if (curl_url_get(t->address, CURLUPART_PASSWORD, &password, 0) == CURLUE_OK)
        opened = CARRY_PASSWORD_IN_ADDRESS;
    else if (curl_url_get(t->address, CURLUPART_USER, &user, CURLU_URLDECODE) == CURLUE_OK)
        t->user = xstrdup(user);
    if (opened == CARRY_OPENED)
        curl_url_set(t->address, CURLUPART_USER, NULL, 0);
    curl_free(password);
    curl_free(user);
    curl_free(host);
    curl_free(query);
    return opened;
}

enum carry_opened carrier_open(struct carrier *t, const char *url, const char *user)
{
    enum carry_opened opened = t->kind == TRANSPORT_PRESIGNED ? CARRY_OPENED : take_address(t, url);

    if (opened != CARRY_OPENED)
        return opened;
    if (user && !t->user)
        t->user = xstrdup(user);
    return wire_new(&t->wire, t) ? CARRY_OPENED : CARRY_NO_MEMORY;
}

/* The end of a job. detail may be NULL. */
static enum transport_result end_with(struct carrier *t, enum transport_result r, enum transport_cause c,
                                      const char *detail)
{
    t->result = r;
    t->cause = c;
    buf_clear(&t->detail);
    if (r != TRANSPORT_DONE)
        buf_add(&t->detail, detail ? detail : "");
    return r;
}

/* --- requests --------------------------------------------------------------------------------------------------- */

static struct job_file *now(struct carrier *t)
{
    return &t->job.files[t->at];
}

static void drop_sha(struct carrier *t)
{
    char hex[65];

    if (t->sha)
        sha256_hex_done(&t->sha, hex);
}

/* Only asks; what a server sends along is thrown away. */
static void ask_look(struct carrier *t)
{
    /* Pre-signed addresses are signed for one verb: there is no asking. */
    curl_easy_setopt(wire_easy(t->wire), CURLOPT_NOBODY, 1L);
}

static void ask_compare(struct carrier *t)
{
    wire_easy(t->wire);
    drop_sha(t);
    t->sha = sha256_new();
    t->compared = 0;
    wire_into(t->wire, NULL, (size_t) now(t)->size);
    wire_hash(t->wire, t->sha, &t->compared);
}

/* The file at its start; -1 ends the job. */
static int open_local(struct carrier *t, const char *path)
{
    struct stat info;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);

    if (fd >= 0 && fstat(fd, &info) == 0 && S_ISREG(info.st_mode))
        return fd;
    t->error = errno ? errno : EINVAL;
    if (fd >= 0)
        close(fd);
    end_with(t, TRANSPORT_BLOCKED, TRANSPORT_CAUSE_LOCAL, path);
    return -1;
}

static bool ask_put(struct carrier *t)
{
    CURL *easy = wire_easy(t->wire);
    int fd = open_local(t, now(t)->path);

    if (fd < 0)
        return false;
    wire_upload(t->wire, fd, now(t)->size);
    if (t->kind == TRANSPORT_SFTP && t->state == PUT_PART) {
        char *part = part_name(now(t)), *from = remote_path(t, part), *to = remote_path(t, now(t)->name);
        char *command = xasprintf("rename %s %s", from, to);

        curl_easy_setopt(easy, CURLOPT_RESUME_FROM_LARGE, (curl_off_t) -1);
        wire_after(t->wire, command);
        free(part);
        free(from);
        free(to);
        free(command);
    }
    if (t->state == PUT_PLAIN && t->kind == TRANSPORT_HTTPS)
        wire_header(t->wire, "If-None-Match: *");
    return true;
}

static void ask_move(struct carrier *t)
{
    char *to = url_of(t, now(t)->name), *line = xasprintf("Destination: %s", to);

    curl_easy_setopt(wire_easy(t->wire), CURLOPT_CUSTOMREQUEST, "MOVE");
    wire_header(t->wire, line);
    wire_header(t->wire, "Overwrite: F");
    free(to);
    free(line);
}

/* The unfinished copy goes; that it cannot be dropped is no harm. */
static void ask_drop(struct carrier *t)
{
    CURL *easy = wire_easy(t->wire);

    if (t->kind == TRANSPORT_SFTP) {
        char *part = part_name(now(t)), *path = remote_path(t, part), *command = xasprintf("*rm %s", path);

        curl_easy_setopt(easy, CURLOPT_NOBODY, 1L);
        wire_before(t->wire, command);
        free(part);
        free(path);
        free(command);
    } else {
        curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, "DELETE");
    }
}

static void ask_list(struct carrier *t)
{
    CURL *easy = wire_easy(t->wire);

    wire_into(t->wire, &t->got, t->job.max);
    if (t->kind == TRANSPORT_SFTP) {
        curl_easy_setopt(easy, CURLOPT_DIRLISTONLY, 1L);
        return;
    }
    curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, "PROPFIND");
    wire_header(t->wire, "Depth: 1");
}

/* Why a file was not taken is one word in SFTP, "failure"; how much room there is can be asked. */
static void ask_room(struct carrier *t)
{
    CURL *easy = wire_easy(t->wire);
    char *path = remote_path(t, ""), *command = xasprintf("*statvfs %s", path);

    buf_clear(&t->got);
    wire_into(t->wire, &t->got, ANSWER_MAX);
    curl_easy_setopt(easy, CURLOPT_NOBODY, 1L);
    wire_headers_too(t->wire);              /* libcurl gives the answer as one */
    wire_before(t->wire, command);
    free(path);
    free(command);
}

/* The address that the state's request goes to. Caller frees. */
static char *target_of(struct carrier *t)
{
    char *part, *url;

    switch (t->state) {
    case FETCH:
        return url_of(t, t->job.name);
    case ROOM:
        part = xstrdup("");
        break;
    case LIST:
        part = xasprintf("%s%s", t->job.name, *t->job.name ? "/" : "");
        break;
    case PUT_PART:
    case MOVE:
        part = part_name(now(t));
        break;
    case DROP_PART:
        part = t->kind == TRANSPORT_SFTP ? xstrdup("") : part_name(now(t));
        break;
    default:
        return url_of(t, now(t)->name);
    }
    url = url_of(t, part);
    free(part);
    return url;
}

static enum transport_result ask(struct carrier *t, int state)
{
    char *url;

    t->state = state;
    switch (state) {
    case LOOK: ask_look(t); break;
    case COMPARE: ask_compare(t); break;
    case MOVE: ask_move(t); break;
    case DROP_PART: ask_drop(t); break;
    case LIST: ask_list(t); break;
    case ROOM: ask_room(t); break;
    case FETCH:
        wire_easy(t->wire);
        wire_into(t->wire, &t->got, t->job.max);
        break;
    default:
        if (!ask_put(t))
            return t->result;
    }
    url = target_of(t);
    if (!url && t->job.kind != JOB_SEND)
        end_with(t, TRANSPORT_ABSENT, TRANSPORT_CAUSE_ADDRESS, NULL);
    else if (!url)
        end_with(t, TRANSPORT_BLOCKED, TRANSPORT_CAUSE_ADDRESS, NULL);
    else if (!wire_start(t->wire, url))
        end_with(t, TRANSPORT_RETRY, TRANSPORT_CAUSE_NETWORK, NULL);
    free(url);
    return t->result;
}

static enum transport_result begin_file(struct carrier *t)
{
    if (t->at == t->job.count)
        return end_with(t, TRANSPORT_DONE, TRANSPORT_CAUSE_NONE, NULL);
    t->asked_twice = false;
    return ask(t, t->kind == TRANSPORT_PRESIGNED ? PUT_PLAIN : LOOK);
}

void carrier_begin(struct carrier *t)
{
    t->result = TRANSPORT_BUSY;
    t->cause = TRANSPORT_CAUSE_NONE;
    t->no_move = false;
    t->at = 0;
    t->done = t->before = 0;
    buf_clear(&t->got);
    if (t->job.kind == JOB_SEND)
        begin_file(t);
    else if (t->job.kind == JOB_FETCH)
        ask(t, FETCH);
    else if (t->kind == TRANSPORT_PRESIGNED)
        end_with(t, TRANSPORT_ABSENT, TRANSPORT_CAUSE_SERVER, NULL);
    else
        ask(t, LIST);
}

/* --- answers ---------------------------------------------------------------------------------------------------- */

struct answer {
    CURLcode             code;
    long                 response;
    enum transport_cause cause;             /* NONE: it was done */
};

/* A host key is told by its print: that is what the other side can read out over the telephone. */
static enum transport_result give_up(struct carrier *t, const struct answer *a)
{
    bool later = a->cause == TRANSPORT_CAUSE_NETWORK || a->cause == TRANSPORT_CAUSE_SERVER;
    const char *words = wire_words(t->wire, a->code, a->response);
    struct buf line = BUF_INIT;
    char print[64];

    if (a->cause == TRANSPORT_CAUSE_HOST_KEY && wire_host_key(t->wire, &line, print))
        words = print;
    buf_release(&line);
    return end_with(t, later ? TRANSPORT_RETRY : TRANSPORT_BLOCKED, a->cause, words);
}

static enum transport_result next_file(struct carrier *t)
{
    t->before += now(t)->size;
    t->done = t->before;
    t->at++;
    return begin_file(t);
}

static enum transport_result answer_look(struct carrier *t, const struct answer *a)
{
    int64_t length = wire_length(t->wire);

    if (a->cause == TRANSPORT_CAUSE_NO_FOLDER && !t->asked_twice)
        return ask(t, t->no_move ? PUT_PLAIN : PUT_PART);
    if (a->cause == TRANSPORT_CAUSE_NO_FOLDER)                /* the name is free, and yet it was not given */
        return end_with(t, TRANSPORT_BLOCKED, TRANSPORT_CAUSE_PERMISSION, NULL);
    if (a->cause != TRANSPORT_CAUSE_NONE)
        return give_up(t, a);
    if (length >= 0 && (uint64_t) length != now(t)->size)
        return end_with(t, TRANSPORT_BLOCKED, TRANSPORT_CAUSE_EXISTS, NULL);
    return ask(t, COMPARE);
}

static enum transport_result answer_compare(struct carrier *t, const struct answer *a)
{
    char hex[65] = "";
    bool same;

    if (a->cause != TRANSPORT_CAUSE_NONE && !wire_overflowed(t->wire))
        return give_up(t, a);
    sha256_hex_done(&t->sha, hex);
    same = t->compared == now(t)->size && str_eq(hex, now(t)->sha256);
    if (!same)
        return end_with(t, TRANSPORT_BLOCKED, TRANSPORT_CAUSE_EXISTS, NULL);
    return t->asked_twice ? ask(t, DROP_PART) : next_file(t);
}

/* The name is taken, or something else is wrong with it: look once more. */
static enum transport_result look_again(struct carrier *t, const struct answer *a)
{
    if (t->asked_twice)
        return give_up(t, a);
    t->asked_twice = true;
    return ask(t, LOOK);
}

static bool said_failure(const struct carrier *t, const struct answer *a)
{
    return t->kind == TRANSPORT_SFTP && t->state == PUT_PART &&
           (a->code == CURLE_SSH || a->code == CURLE_SEND_ERROR || a->code == CURLE_UPLOAD_FAILED);
}

static uint64_t number_after(const char *text, const char *name)
{
    const char *at = strstr(text, name);

    return at ? strtoull(at + strlen(name), NULL, 10) : 0;
}

/* Full: the blocks that are left hold less than the file. A server that does not say, and a quota, stay a failure. */
static enum transport_result answer_room(struct carrier *t)
{
    const char *text = buf_text(&t->got);
    uint64_t block = number_after(text, "f_frsize: "), left = number_after(text, "f_bavail: ");
    bool full = block && strstr(text, "f_bavail: ") && left < now(t)->size / block + 1;

    buf_clear(&t->got);
    if (full)
        return end_with(t, TRANSPORT_BLOCKED, TRANSPORT_CAUSE_SPACE, NULL);
    return end_with(t, TRANSPORT_RETRY, t->failed, t->failed_words);
}

static enum transport_result answer_put(struct carrier *t, const struct answer *a)
{
    if (said_failure(t, a)) {
        t->failed = a->cause;
        str_copy(t->failed_words, sizeof t->failed_words, wire_words(t->wire, a->code, a->response));
        return ask(t, ROOM);
    }
    if (t->kind == TRANSPORT_SFTP && a->code == CURLE_QUOTE_ERROR)
        return look_again(t, a);
    if (a->cause == TRANSPORT_CAUSE_EXISTS && t->kind == TRANSPORT_HTTPS)
        return look_again(t, a);
    if (a->cause != TRANSPORT_CAUSE_NONE)
        return give_up(t, a);
    return t->state == PUT_PART && t->kind == TRANSPORT_HTTPS ? ask(t, MOVE) : next_file(t);
}

/* A server without MOVE, or one behind another that has another name for itself. */
static bool cannot_move(const struct answer *a)
{
    return a->code == CURLE_OK &&
           (a->response == 400 || a->response == 405 || a->response == 501 || a->response == 502);
}

static enum transport_result answer_move(struct carrier *t, const struct answer *a)
{
    if (cannot_move(a)) {
        t->no_move = true;
        return ask(t, PUT_PLAIN);
    }
    if (a->cause == TRANSPORT_CAUSE_EXISTS)
        return look_again(t, a);
    return a->cause == TRANSPORT_CAUSE_NONE ? next_file(t) : give_up(t, a);
}

static enum transport_result answer_read(struct carrier *t, const struct answer *a)
{
    struct buf names = BUF_INIT;

    if (wire_overflowed(t->wire))
        return end_with(t, TRANSPORT_BLOCKED, TRANSPORT_CAUSE_TOO_LARGE, NULL);
    if (a->cause == TRANSPORT_CAUSE_NO_FOLDER && (a->code == CURLE_REMOTE_FILE_NOT_FOUND || a->response == 404))
        return end_with(t, TRANSPORT_ABSENT, TRANSPORT_CAUSE_NONE, NULL);
    /* what many stores say of an object that is not there */
    if (t->kind == TRANSPORT_PRESIGNED && a->response == 403)
        return end_with(t, TRANSPORT_ABSENT, TRANSPORT_CAUSE_AUTH, NULL);
    if (t->job.kind == JOB_LIST && cannot_move(a))
        return end_with(t, TRANSPORT_ABSENT, TRANSPORT_CAUSE_SERVER, wire_words(t->wire, a->code, a->response));
    if (a->cause != TRANSPORT_CAUSE_NONE)
        return give_up(t, a);
    if (t->job.kind == JOB_LIST) {
        if (t->kind == TRANSPORT_SFTP)
            list_of_sftp(&names, buf_text(&t->got));
        else
            list_of_dav(&names, buf_text(&t->got));
        buf_release(&t->got);
        t->got = names;
    }
    return end_with(t, TRANSPORT_DONE, TRANSPORT_CAUSE_NONE, NULL);
}

static enum transport_result answered(struct carrier *t, const struct answer *a)
{
    switch (t->state) {
    case LOOK: return answer_look(t, a);
    case COMPARE: return answer_compare(t, a);
    case PUT_PART: return answer_put(t, a);
    case PUT_PLAIN:
        return a->cause == TRANSPORT_CAUSE_NONE && t->no_move ? ask(t, DROP_PART) : answer_put(t, a);
    case MOVE: return answer_move(t, a);
    case DROP_PART: return next_file(t);
    case ROOM: return answer_room(t);
    default: return answer_read(t, a);
    }
}

enum transport_result carrier_step(struct carrier *t)
{
    struct answer a;

    if (!wire_step(t->wire, &a.code, &a.response)) {
        if (t->state == PUT_PART || t->state == PUT_PLAIN)
            t->done = t->before + wire_sent(t->wire);
        return TRANSPORT_BUSY;
    }
    a.cause = wire_cause(t->wire, a.code, a.response);
    return answered(t, &a);
}
