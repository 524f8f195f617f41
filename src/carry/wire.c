/* One libcurl handle, driven by its sockets: a request is set up, started, and stepped until it is through.
 * Everything that must hold for every request is set in one place, wire_easy.
 *
 * All sockets and the timer stand in one epoll descriptor, which is readable when a step has something to do: the
 * screen waits on that one. */
#include "carry_priv.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include "dolen/base/mem.h"
#include "dolen/base/text.h"
#include "dolen/base/banned.h"

#define CONNECT_SECONDS 30L
#define UPLOAD_BUFFER   (512L * 1024)
#define EVENTS_AT_ONCE  16
#define KEY_BLOB_MAX    4096

struct wire {
    const struct carrier *t;
    CURLM             *multi;
    CURL              *easy;
    bool               running;
    int                epoll, timer, known_hosts;
    char               known_hosts_path[40];
    struct curl_slist *headers, *after, *before;
    char               words[CURL_ERROR_SIZE];
    int                from;                /* what is sent; -1 */
    struct buf        *into;                /* where it goes: into, or sha, or nowhere */
    size_t             max;
    struct sha256     *sha;
    uint64_t          *hashed;
    bool               overflowed;
    curl_off_t         sent, length;
    uint8_t            host_key[KEY_BLOB_MAX];
    size_t             host_key_bytes;
};

/* --- libcurl's calls -------------------------------------------------------------------------------------------- */

static size_t on_read(char *p, size_t each, size_t count, void *ctx)
{
    struct wire *w = ctx;
    ssize_t n;

    do
        n = read(w->from, p, each * count);
    while (n < 0 && errno == EINTR);
    return n < 0 ? CURL_READFUNC_ABORT : (size_t) n;
}

static int on_seek(void *ctx, curl_off_t at, int whence)
{
    struct wire *w = ctx;

    return lseek(w->from, at, whence) < 0 ? CURL_SEEKFUNC_FAIL : CURL_SEEKFUNC_OK;
}

static size_t on_write(char *p, size_t each, size_t count, void *ctx)
{
    struct wire *w = ctx;
    size_t n = each * count;
    long response = 0;

    curl_easy_getinfo(w->easy, CURLINFO_RESPONSE_CODE, &response);
    if (w->t->kind != TRANSPORT_SFTP && response >= 300)
        return n;                           /* a page about an error is nothing that was asked for */
    if (w->sha) {
        sha256_add(w->sha, p, n);
        *w->hashed += n;
        w->overflowed = *w->hashed > w->max;
    } else if (w->into) {
        w->overflowed = n > w->max - w->into->len;
        if (!w->overflowed)
            buf_add_mem(w->into, p, n);
    }
    return w->overflowed ? 0 : n;
}

static int on_progress(void *ctx, curl_off_t down_total, curl_off_t down, curl_off_t up_total, curl_off_t up)
{
    struct wire *w = ctx;

    (void) down_total, (void) down, (void) up_total;
    w->sent = up;
    return 0;
}

/* Kept for a person to look at; accepted only when it is on record. */
static int on_host_key(CURL *easy, const struct curl_khkey *known, const struct curl_khkey *found,
                       enum curl_khmatch match, void *ctx)
{
    struct wire *w = ctx;

    (void) easy, (void) known;
    w->host_key_bytes = found->len <= sizeof w->host_key ? found->len : 0;
    memcpy(w->host_key, found->key, w->host_key_bytes);
    return match == CURLKHMATCH_OK ? CURLKHSTAT_FINE : CURLKHSTAT_REJECT;
}

/* Not handed on to a program that is started later: locking starts this one again. */
static curl_socket_t on_open_socket(void *ctx, curlsocktype purpose, struct curl_sockaddr *to)
{
    (void) ctx, (void) purpose;
    return socket(to->family, to->socktype | SOCK_CLOEXEC, to->protocol);
}

static int on_socket(CURL *easy, curl_socket_t fd, int what, void *ctx, void *of_socket)
{
    struct wire *w = ctx;
    struct epoll_event e = { .data.fd = fd };

    (void) easy, (void) of_socket;
    if (what == CURL_POLL_REMOVE) {
        epoll_ctl(w->epoll, EPOLL_CTL_DEL, fd, NULL);
        return 0;
    }
    e.events = (what & CURL_POLL_IN ? EPOLLIN : 0u) | (what & CURL_POLL_OUT ? EPOLLOUT : 0u);
    if (epoll_ctl(w->epoll, EPOLL_CTL_MOD, fd, &e) != 0)
        epoll_ctl(w->epoll, EPOLL_CTL_ADD, fd, &e);
    return 0;
}

static int on_timer(CURLM *multi, long ms, void *ctx)
{
    struct wire *w = ctx;
    struct itimerspec at = { .it_value = { 0, 0 } };

    (void) multi;
    if (ms >= 0) {
        at.it_value.tv_sec = ms / 1000;
        at.it_value.tv_nsec = ms % 1000 * 1000000;
        if (ms == 0)
            at.it_value.tv_nsec = 1;        /* 0 would switch it off */
    }
    timerfd_settime(w->timer, 0, &at, NULL);
    return 0;
}

/* --- making ----------------------------------------------------------------------------------------------------- */

/* libcurl wants a file: one in memory, since what is on record stands in the case file. */
static bool keep_host_keys(struct wire *w)
{
    const struct buf *keys = &w->t->host_keys;

    w->known_hosts = memfd_create("known_hosts", MFD_CLOEXEC);
    if (w->known_hosts < 0 || write(w->known_hosts, buf_text(keys), keys->len) != (ssize_t) keys->len ||
        write(w->known_hosts, "\n", 1) != 1)
        return false;
    snprintf(w->known_hosts_path, sizeof w->known_hosts_path, "/proc/self/fd/%d", w->known_hosts);
    return true;
}

bool wire_new(struct wire **out, const struct carrier *t)
{
    static bool started;
    struct wire *w = xcalloc(1, sizeof *w);
    struct epoll_event timer = { .events = EPOLLIN };

    started = started || curl_global_init(CURL_GLOBAL_DEFAULT) == 0;
    w->t = t;
    w->from = w->known_hosts = w->timer = -1;
    w->epoll = epoll_create1(EPOLL_CLOEXEC);
    w->timer = timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK);
    w->multi = started ? curl_multi_init() : NULL;
    w->easy = w->multi ? curl_easy_init() : NULL;
    timer.data.fd = w->timer;
    if (!w->easy || w->timer < 0 || w->epoll < 0 || epoll_ctl(w->epoll, EPOLL_CTL_ADD, w->timer, &timer) != 0 ||
        !keep_host_keys(w)) {
        wire_free(&w);
        return false;
    }
    curl_multi_setopt(w->multi, CURLMOPT_SOCKETFUNCTION, on_socket);
    curl_multi_setopt(w->multi, CURLMOPT_SOCKETDATA, w);
    curl_multi_setopt(w->multi, CURLMOPT_TIMERFUNCTION, on_timer);
    curl_multi_setopt(w->multi, CURLMOPT_TIMERDATA, w);
    *out = w;
    return true;
}

static void drop_request(struct wire *w)
{
    if (w->running)
        curl_multi_remove_handle(w->multi, w->easy);
    w->running = false;
    if (w->from >= 0)
        close(w->from);
    w->from = -1;
    curl_slist_free_all(w->headers);
    curl_slist_free_all(w->after);
    curl_slist_free_all(w->before);
    w->headers = w->after = w->before = NULL;
}

void wire_free(struct wire **wp)
{
    struct wire *w = wp ? *wp : NULL;

    if (!w)
        return;
    drop_request(w);
    if (w->easy)
        curl_easy_cleanup(w->easy);
    if (w->multi)
        curl_multi_cleanup(w->multi);
    if (w->epoll >= 0)
        close(w->epoll);
    if (w->timer >= 0)
        close(w->timer);
    if (w->known_hosts >= 0)
        close(w->known_hosts);
    free(w);
    *wp = NULL;
}

/* --- a request -------------------------------------------------------------------------------------------------- */

static void set_ssh(struct wire *w)
{
    const struct carrier *t = w->t;
    long ways = t->key_file ? CURLSSH_AUTH_PUBLICKEY : t->secret ? CURLSSH_AUTH_PASSWORD | CURLSSH_AUTH_KEYBOARD
                                                                 : CURLSSH_AUTH_AGENT;

    curl_easy_setopt(w->easy, CURLOPT_SSH_KNOWNHOSTS, w->known_hosts_path);     /* without: any host would do */
    curl_easy_setopt(w->easy, CURLOPT_SSH_KEYFUNCTION, on_host_key);
    curl_easy_setopt(w->easy, CURLOPT_SSH_KEYDATA, w);
    curl_easy_setopt(w->easy, CURLOPT_SSH_AUTH_TYPES, ways);
    if (t->key_file)
        curl_easy_setopt(w->easy, CURLOPT_SSH_PRIVATE_KEYFILE, t->key_file);
    if (t->key_file && t->secret)
        curl_easy_setopt(w->easy, CURLOPT_KEYPASSWD, secret_text(t->secret));
    else if (t->secret)
        curl_easy_setopt(w->easy, CURLOPT_PASSWORD, secret_text(t->secret));
}

static void set_https(struct wire *w)
{
    const struct carrier *t = w->t;

    curl_easy_setopt(w->easy, CURLOPT_SSLVERSION, (long) CURL_SSLVERSION_TLSv1_2);
    if (t->ca_file)
        curl_easy_setopt(w->easy, CURLOPT_CAINFO, t->ca_file);
    if (t->kind != TRANSPORT_HTTPS)
        return;
    curl_easy_setopt(w->easy, CURLOPT_HTTPAUTH, (long) CURLAUTH_BASIC);
    if (t->secret)
        curl_easy_setopt(w->easy, CURLOPT_PASSWORD, secret_text(t->secret));
}

CURL *wire_easy(struct wire *w)
{
    const struct carrier *t = w->t;

    drop_request(w);
    curl_easy_reset(w->easy);
    w->into = NULL;
    w->sha = NULL;
    w->max = SIZE_MAX;
    w->sent = 0;
    w->length = -1;
    w->overflowed = false;
    w->words[0] = '\0';
    curl_easy_setopt(w->easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(w->easy, CURLOPT_PROTOCOLS_STR, t->kind == TRANSPORT_SFTP ? "sftp" : "https");
    curl_easy_setopt(w->easy, CURLOPT_CONNECTTIMEOUT, CONNECT_SECONDS < t->stall_seconds ? CONNECT_SECONDS
                                                                                         : (long) t->stall_seconds);
    curl_easy_setopt(w->easy, CURLOPT_LOW_SPEED_LIMIT, 1L);
    curl_easy_setopt(w->easy, CURLOPT_LOW_SPEED_TIME, (long) t->stall_seconds);
    curl_easy_setopt(w->easy, CURLOPT_ERRORBUFFER, w->words);
    curl_easy_setopt(w->easy, CURLOPT_USERAGENT, "dolen");
    curl_easy_setopt(w->easy, CURLOPT_UPLOAD_BUFFERSIZE, UPLOAD_BUFFER);
    curl_easy_setopt(w->easy, CURLOPT_WRITEFUNCTION, on_write);
    curl_easy_setopt(w->easy, CURLOPT_WRITEDATA, w);
    curl_easy_setopt(w->easy, CURLOPT_XFERINFOFUNCTION, on_progress);
    curl_easy_setopt(w->easy, CURLOPT_XFERINFODATA, w);
    curl_easy_setopt(w->easy, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(w->easy, CURLOPT_OPENSOCKETFUNCTION, on_open_socket);
    if (t->user && t->kind != TRANSPORT_PRESIGNED)
        curl_easy_setopt(w->easy, CURLOPT_USERNAME, t->user);
    if (t->kind == TRANSPORT_SFTP)
        set_ssh(w);
    else
        set_https(w);
    return w->easy;
}

void wire_upload(struct wire *w, int fd, uint64_t size)
{
    w->from = fd;
    curl_easy_setopt(w->easy, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(w->easy, CURLOPT_READFUNCTION, on_read);
    curl_easy_setopt(w->easy, CURLOPT_READDATA, w);
    curl_easy_setopt(w->easy, CURLOPT_SEEKFUNCTION, on_seek);
    curl_easy_setopt(w->easy, CURLOPT_SEEKDATA, w);
    curl_easy_setopt(w->easy, CURLOPT_INFILESIZE_LARGE, (curl_off_t) size);
}

void wire_into(struct wire *w, struct buf *out, size_t max)
{
    w->into = out;
    w->max = max;
}

void wire_headers_too(struct wire *w)
{
    curl_easy_setopt(w->easy, CURLOPT_HEADERFUNCTION, on_write);
    curl_easy_setopt(w->easy, CURLOPT_HEADERDATA, w);
}

void wire_hash(struct wire *w, struct sha256 *sha, uint64_t *count)
{
    w->sha = sha;
    w->hashed = count;
}

void wire_header(struct wire *w, const char *line)
{
    w->headers = curl_slist_append(w->headers, line);
}

void wire_after(struct wire *w, const char *command)
{
    w->after = curl_slist_append(w->after, command);
}

void wire_before(struct wire *w, const char *command)
{
    w->before = curl_slist_append(w->before, command);
}

bool wire_start(struct wire *w, const char *url)
{
    curl_easy_setopt(w->easy, CURLOPT_URL, url);
    if (w->headers)
        curl_easy_setopt(w->easy, CURLOPT_HTTPHEADER, w->headers);
    if (w->after)
        curl_easy_setopt(w->easy, CURLOPT_POSTQUOTE, w->after);
    if (w->before)
        curl_easy_setopt(w->easy, CURLOPT_QUOTE, w->before);
    w->running = curl_multi_add_handle(w->multi, w->easy) == CURLM_OK;
    return w->running;
}

/* What the sockets and the timer have for libcurl, without waiting. */
static void turn(struct wire *w)
{
    struct epoll_event events[EVENTS_AT_ONCE];
    int n = epoll_wait(w->epoll, events, EVENTS_AT_ONCE, 0), still;
    uint64_t rings;

    for (int i = 0; i < n; i++) {
        int what = (events[i].events & EPOLLIN ? CURL_CSELECT_IN : 0) |
                   (events[i].events & EPOLLOUT ? CURL_CSELECT_OUT : 0) |
                   (events[i].events & (EPOLLERR | EPOLLHUP) ? CURL_CSELECT_ERR : 0);

        if (events[i].data.fd != w->timer)
            curl_multi_socket_action(w->multi, events[i].data.fd, what, &still);
        else if (read(w->timer, &rings, sizeof rings) > 0)
            curl_multi_socket_action(w->multi, CURL_SOCKET_TIMEOUT, 0, &still);
    }
}

bool wire_step(struct wire *w, CURLcode *code, long *response)
{
    CURLMsg *message;
    int left;

    turn(w);
    message = curl_multi_info_read(w->multi, &left);
    if (!message || message->msg != CURLMSG_DONE)
        return false;
    *code = message->data.result;
    *response = 0;
    curl_easy_getinfo(w->easy, CURLINFO_RESPONSE_CODE, response);
    curl_easy_getinfo(w->easy, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T, &w->length);
    drop_request(w);
    return true;
}

uint64_t wire_sent(const struct wire *w)
{
    return w->sent > 0 ? (uint64_t) w->sent : 0;
}

bool wire_overflowed(const struct wire *w)
{
    return w->overflowed;
}

int64_t wire_length(const struct wire *w)
{
    return w->length;
}

int wire_poll_fd(const struct wire *w)
{
    return w->epoll;
}

/* --- what came of it -------------------------------------------------------------------------------------------- */

static const struct { CURLcode code; enum transport_cause cause; } codes[] = {
    { CURLE_LOGIN_DENIED, TRANSPORT_CAUSE_AUTH },             { CURLE_REMOTE_ACCESS_DENIED,
                                                                TRANSPORT_CAUSE_PERMISSION },
    { CURLE_REMOTE_DISK_FULL, TRANSPORT_CAUSE_SPACE },
    { CURLE_REMOTE_FILE_NOT_FOUND, TRANSPORT_CAUSE_NO_FOLDER },
    { CURLE_REMOTE_FILE_EXISTS, TRANSPORT_CAUSE_EXISTS },     { CURLE_SSL_CERTPROBLEM, TRANSPORT_CAUSE_TLS },
    { CURLE_SSL_CIPHER, TRANSPORT_CAUSE_TLS },                { CURLE_SSL_CACERT_BADFILE, TRANSPORT_CAUSE_TLS },
    { CURLE_SSL_ISSUER_ERROR, TRANSPORT_CAUSE_TLS },          { CURLE_SSL_PINNEDPUBKEYNOTMATCH, TRANSPORT_CAUSE_TLS },
    { CURLE_SSL_INVALIDCERTSTATUS, TRANSPORT_CAUSE_TLS },     { CURLE_URL_MALFORMAT, TRANSPORT_CAUSE_ADDRESS },
    { CURLE_UNSUPPORTED_PROTOCOL, TRANSPORT_CAUSE_ADDRESS },  { CURLE_QUOTE_ERROR, TRANSPORT_CAUSE_PERMISSION },
    { CURLE_UPLOAD_FAILED, TRANSPORT_CAUSE_SERVER },          { CURLE_READ_ERROR, TRANSPORT_CAUSE_LOCAL },
    { CURLE_SSH, TRANSPORT_CAUSE_SERVER },                    { CURLE_BAD_DOWNLOAD_RESUME, TRANSPORT_CAUSE_SERVER },
};

static const struct { long from, until; enum transport_cause cause; } responses[] = {
    { 200, 299, TRANSPORT_CAUSE_NONE },       { 300, 399, TRANSPORT_CAUSE_NO_FOLDER },
    { 401, 401, TRANSPORT_CAUSE_AUTH },
    { 403, 403, TRANSPORT_CAUSE_PERMISSION }, { 404, 404, TRANSPORT_CAUSE_NO_FOLDER },
    { 407, 407, TRANSPORT_CAUSE_AUTH },
    { 408, 408, TRANSPORT_CAUSE_SERVER },     { 409, 409, TRANSPORT_CAUSE_NO_FOLDER },
    { 412, 412, TRANSPORT_CAUSE_EXISTS },
    { 413, 413, TRANSPORT_CAUSE_TOO_LARGE },  { 423, 425, TRANSPORT_CAUSE_SERVER },
    { 429, 429, TRANSPORT_CAUSE_SERVER },
    { 400, 499, TRANSPORT_CAUSE_PERMISSION }, { 507, 507, TRANSPORT_CAUSE_SPACE },
    { 500, 599, TRANSPORT_CAUSE_SERVER },
};

/* A handshake that was cut is no fault of the certificate; OpenSSL names its own routines when it is one. */
static bool is_tls_fault(const struct wire *w)
{
    return strstr(w->words, "routines:") && !strstr(w->words, "unexpected eof");
}

enum transport_cause wire_cause(const struct wire *w, CURLcode code, long response)
{
    if (code == CURLE_PEER_FAILED_VERIFICATION)
        return w->t->kind == TRANSPORT_SFTP ? TRANSPORT_CAUSE_HOST_KEY : TRANSPORT_CAUSE_TLS;
    if (code == CURLE_SSH && !w->words[0])
        return TRANSPORT_CAUSE_NETWORK;             /* a cut; what the server itself says comes with words */
    if (code == CURLE_SSL_CONNECT_ERROR)
        return is_tls_fault(w) ? TRANSPORT_CAUSE_TLS : TRANSPORT_CAUSE_NETWORK;
    for (size_t i = 0; i < ARRAY_LEN(codes); i++)
        if (codes[i].code == code)
            return codes[i].cause;
    if (code != CURLE_OK)
        return TRANSPORT_CAUSE_NETWORK;
    if (w->t->kind == TRANSPORT_PRESIGNED && response == 403)
        return TRANSPORT_CAUSE_AUTH;                  /* its time is over, or the signature does not fit */
    for (size_t i = 0; i < ARRAY_LEN(responses) && w->t->kind != TRANSPORT_SFTP; i++)
        if (response >= responses[i].from && response <= responses[i].until)
            return responses[i].cause;
    return w->t->kind == TRANSPORT_SFTP ? TRANSPORT_CAUSE_NONE : TRANSPORT_CAUSE_SERVER;
}

/* The other side's words, on one line and tame. Static: good until the next call. */
const char *wire_words(const struct wire *w, CURLcode code, long response)
{
    static char words[CURL_ERROR_SIZE];
    struct buf tame = BUF_INIT;

    if (code == CURLE_OK && response)
        snprintf(words, sizeof words, "HTTP %ld", response);
    else
        snprintf(words, sizeof words, "%s", w->words[0] ? w->words : curl_easy_strerror(code));
    text_tame(&tame, words, false);
    str_copy(words, sizeof words, buf_text(&tame));
    buf_release(&tame);
    return words;
}

static void add_base64(struct buf *out, const uint8_t *p, size_t n, bool padded)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    for (size_t i = 0; i < n; i += 3) {
        uint32_t three = (uint32_t) p[i] << 16 | (i + 1 < n ? p[i + 1] << 8 : 0) | (i + 2 < n ? p[i + 2] : 0);
        size_t letters = i + 2 < n ? 4 : n - i + 1;

        for (size_t k = 0; k < 4; k++) {
            if (k < letters)
                buf_add_char(out, digits[three >> (18 - 6 * k) & 63]);
            else if (padded)
                buf_add_char(out, '=');
        }
    }
}

/* "[host]:port type base64" as OpenSSH writes it, and its print as ssh-keygen -l shows it. The key begins with the
 * length and letters of its type. */
bool wire_host_key(const struct wire *w, struct buf *line, char fingerprint[64])
{
    const uint8_t *key = w->host_key;
    size_t type = w->host_key_bytes > 4 ? (size_t) key[2] << 8 | key[3] : 0;
    char hex[65], *host = NULL, *port = NULL;
    struct sha256 *sha;
    struct buf print = BUF_INIT;
    uint8_t raw[32];

    if (type == 0 || key[0] || key[1] || 4 + type > w->host_key_bytes)
        return false;
    curl_url_get(w->t->address, CURLUPART_HOST, &host, 0);
    if (curl_url_get(w->t->address, CURLUPART_PORT, &port, 0) == CURLUE_OK && !str_eq(port, "22"))
        buf_addf(line, "[%s]:%s ", host, port);
    else
        buf_addf(line, "%s ", host);
    buf_add_mem(line, key + 4, type);
    buf_add_char(line, ' ');
    add_base64(line, key, w->host_key_bytes, true);
    sha = sha256_new();
    sha256_add(sha, key, w->host_key_bytes);
    sha256_hex_done(&sha, hex);
    for (size_t i = 0; i < sizeof raw; i++)
        raw[i] = (uint8_t) strtoul((char[]) { hex[2 * i], hex[2 * i + 1], '\0' }, NULL, 16);
    buf_add(&print, "SHA256:");
    add_base64(&print, raw, sizeof raw, false);
    str_copy(fingerprint, 64, print.s);
    buf_release(&print);
    curl_free(host);
    curl_free(port);
    return true;
}
