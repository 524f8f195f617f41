/* dolen-carry - carries files to a destination over the network, and what lies there back.
 *
 * The only program that knows libcurl, started by dolen with a socket as its input and output. It is told where and
 * how
 * ("open"), then one job after the other ("send", "fetch", "list"), each a line of JSON that passwords and signed
 * addresses follow as bare bytes; it tells how far it is and what came of it, likewise. It sees sealed bundles and
 * receipts, never a case file or its keys. When its input ends, or anything comes in the middle of a job, it ends
 * too. */
#include "carry_priv.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "dolen/base/json.h"
#include "dolen/base/mem.h"
#include "dolen/base/banned.h"

#define LINE_MOST     (4u << 20)
#define BYTES_MOST    (2u << 20)            /* of a password or of addresses */
#define INPUT_ROOM    65536                 /* so that a password is not left behind where the buffer grew out of */
#define TICK_MS       200
#define PROGRESS_MS   100

/* --- input and output ------------------------------------------------------------------------------------------- */

static struct buf input = BUF_INIT;         /* read, not yet taken */

static bool more(void)
{
    char part[16384];
    ssize_t n;

    do
        n = read(STDIN_FILENO, part, sizeof part);
    while (n < 0 && errno == EINTR);
    if (n > 0)
        buf_add_mem(&input, part, (size_t) n);
    wipe(part, sizeof part);
    return n > 0;
}

/* A line of JSON; NULL at the end of the input, or when it is none. */
static struct json *next_request(void)
{
    const char *end = NULL;
    struct json *m = NULL;
    size_t line;

    while (!input.len || !(end = memchr(input.s, '\n', input.len)))
        if (input.len > LINE_MOST || !more())
            return NULL;
    line = (size_t) (end - input.s);
    if (json_parse(&m, input.s, line, NULL) != ST_OK)
        m = NULL;
    buf_remove(&input, 0, line + 1);
    return m;
}

/* The n bytes that follow a line stand at the start of input. */
static bool next_bytes(int64_t n)
{
    if (n < 0 || n > (int64_t) BYTES_MOST)
        return false;
    while (input.len < (size_t) n)
        if (!more())
            return false;
    return true;
}

static void say(struct json *take, const struct buf *bytes)
{
    struct buf line = BUF_INIT;

    if (bytes)
        json_set_int(take, "bytes", (int64_t) bytes->len);
    json_write(&line, take);
    buf_add_char(&line, '\n');
    if (bytes)
        buf_add_mem(&line, buf_text(bytes), bytes->len);
    json_free(&take);
    for (size_t at = 0; at < line.len;) {
        ssize_t n = write(STDOUT_FILENO, line.s + at, line.len - at);

        if (n < 0 && errno != EINTR)
            exit(1);
        at += n > 0 ? (size_t) n : 0;
    }
    buf_release(&line);
}

/* --- opening ---------------------------------------------------------------------------------------------------- */

static bool take_secret(struct carrier *t, const struct json *m)
{
    int64_t n = json_int(json_get(m, "secret"));

    if (!next_bytes(n))
        return false;
    if (json_bool(json_get(m, "locked"))) {
        t->secret = secret_new();
        if (!t->secret || !secret_add(t->secret, buf_text(&input), (size_t) n))
            return false;
    }
    if (n > 0) {
        wipe(input.s, (size_t) n);
        buf_remove(&input, 0, (size_t) n);
    }
    return true;
}

static bool take_addresses(struct carrier *t, const struct json *m)
{
    int64_t n = json_int(json_get(m, "addresses"));

    if (!next_bytes(n))
        return false;
    if (n > 0) {
        buf_add_mem(&t->addresses, input.s, (size_t) n);
        buf_remove(&input, 0, (size_t) n);
    }
    return true;
}

static bool open_as_told(struct carrier *t, const struct json *m)
{
    const char *url = json_get_text(m, "url"), *keys = json_get_text(m, "host_keys");
    struct json *answer = json_new_map();
    enum carry_opened opened;

    t->kind = (enum transport_kind) json_int(json_get(m, "kind"));
    t->stall_seconds = (int) json_int(json_get(m, "stall"));
    t->key_file = xstrdup(json_get_text(m, "key_file"));
    t->ca_file = xstrdup(json_get_text(m, "ca_file"));
    buf_add(&t->host_keys, keys ? keys : "");
    opened = !url || !take_secret(t, m) || !take_addresses(t, m) ? CARRY_NO_MEMORY
                                                                   : carrier_open(t, url, json_get_text(m, "user"));
    json_set_text(answer, "opened", carry_opened_word(opened));
    say(answer, NULL);
    return opened == CARRY_OPENED;
}

/* --- a job ------------------------------------------------------------------------------------------------------ */

static void forget_job(struct carrier *t)
{
    transport_job_release(&t->job);
    buf_clear(&t->got);
}

static int64_t now_ms(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t) t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void say_how_far(const struct carrier *t, uint64_t *said, int64_t *at)
{
    struct json *m;

    if (t->done == *said || now_ms() - *at < PROGRESS_MS)
        return;
    *said = t->done;
    *at = now_ms();
    m = json_new_map();
    json_set_int(m, "done", (int64_t) t->done);
    say(m, NULL);
}

static void say_end(const struct carrier *t)
{
    struct json *m = json_new_map();
    struct buf line = BUF_INIT;
    char print[64];

    json_set_text(m, "end", transport_result_word(t->result));
    json_set_text(m, "cause", transport_cause_word(t->cause));
    json_set_text(m, "detail", buf_text(&t->detail));
    json_set_int(m, "error", t->error);
    json_set_int(m, "done", (int64_t) t->done);
    if (t->cause == TRANSPORT_CAUSE_HOST_KEY && wire_host_key(t->wire, &line, print)) {
        json_set_text(m, "host_key", buf_text(&line));
        json_set_text(m, "print", print);
    }
    say(m, &t->got);
    buf_release(&line);
}

/* False: nobody waits for it any more. */
static bool run_job(struct carrier *t)
{
    uint64_t said = 0;
    int64_t at = now_ms();

    carrier_begin(t);
    while (t->result == TRANSPORT_BUSY) {
        struct pollfd p[] = { { .fd = wire_poll_fd(t->wire), .events = POLLIN },
                              { .fd = STDIN_FILENO, .events = POLLIN } };

        poll(p, ARRAY_LEN(p), TICK_MS);
        if (p[1].revents)
            return false;
        carrier_step(t);
        say_how_far(t, &said, &at);
    }
    say_end(t);
    return true;
}

int main(void)
{
    struct carrier t = { .cause = TRANSPORT_CAUSE_NONE };
    struct err err = { .st = ST_OK };
    struct json *m;
    bool go_on;

    if (secret_start(&err) != ST_OK)
        return 1;
    buf_reserve(&input, INPUT_ROOM);
    m = next_request();
    go_on = m && open_as_told(&t, m);
    json_free(&m);
    while (go_on && (m = next_request())) {
        go_on = transport_job_hear(&t.job, m) && run_job(&t);
        json_free(&m);
        forget_job(&t);
    }
    forget_job(&t);
    wire_free(&t.wire);
    if (t.address)
        curl_url_cleanup(t.address);
    secret_free(&t.secret);
    buf_wipe(&t.addresses);
    buf_release(&t.host_keys);
    buf_release(&t.detail);
    buf_release(&t.got);
    buf_wipe(&input);
    free(t.user);
    free(t.key_file);
    free(t.ca_file);
    return 0;
}
