/* app/host_key.c - the key of an SFTP server: asked for, shown to be compared, kept. Only people can say whose
 * it is. */
#include "host_key.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/banned.h"

struct host_asking {
    struct id          destination;
    struct transport  *t;
    char              *url;
    char              *on_record;       /* lines as in known_hosts */
    struct buf         line;            /* what was shown, as such a line */
    char               print[HOST_PRINT_MAX];
};

void host_asking_free(struct host_asking **xp)
{
    struct host_asking *x = *xp;

    if (!x)
        return;
    transport_free(&x->t);
    buf_release(&x->line);
    free(x->url);
    free(x->on_record);
    free(x);
    *xp = NULL;
}

enum status host_asking_begin(struct host_asking **out, struct casefile *cf, const struct record *destination,
                              struct err *err)
{
    struct host_asking *x = xcalloc(1, sizeof *x);
    struct transport_target target = { .host_keys = "# none is trusted for this\n" };
    enum status st;

    (void) cf;
    x->destination = destination->id;
    x->url = xstrdup(record_or(destination, DESTINATION_url, ""));
    x->on_record = xstrdup(record_or(destination, DESTINATION_host_keys, ""));
    target.url = x->url;
    st = str_starts(x->url, "sftp://") ? transport_open(&x->t, &target, err)
         : err_set(err, ST_USAGE, _("%s has no host key: only sftp addresses have. Nothing was changed."
                                    " Nothing needs to be compared here."),
                   record_or(destination, DESTINATION_name, ""));
    if (st == ST_OK)
        st = transport_list(x->t, "", err);
    if (st != ST_OK)
        host_asking_free(&x);
    *out = x;
    return st;
}

int host_asking_poll_fd(const struct host_asking *x)
{
    return transport_poll_fd(x->t);
}

enum status host_asking_step(struct host_asking *x, bool *over, struct err *err)
{
    struct err said = { .st = ST_OK };
    enum transport_result r = transport_step(x->t, &said);

    *over = r != TRANSPORT_BUSY;
    if (!*over || transport_shown_host_key(x->t, &x->line, x->print))
        return ST_OK;
    return err_set(err, said.st == ST_OK ? ST_IO : said.st, _("The server showed no key. %s"), err_text(&said));
}

const char *host_asking_print(const struct host_asking *x)
{
    return x->print;
}

/* --- what is on record ------------------------------------------------------------------------------------------ */

/* The name that a line begins with, and its length. */
static size_t host_of(const char *line)
{
    return strcspn(line, " \t\r\n");
}

static size_t line_length(const char *line)
{
    return strcspn(line, "\n");
}

static bool same_host(const struct host_asking *x, const char *line)
{
    size_t n = host_of(buf_text(&x->line));

    return host_of(line) == n && memcmp(line, buf_text(&x->line), n) == 0;
}

/* Host, type and key; a comment may follow. */
static bool same_key(const struct host_asking *x, const char *line)
{
    return line_length(line) >= x->line.len && memcmp(line, buf_text(&x->line), x->line.len) == 0 &&
           (line_length(line) == x->line.len || strchr(" \t\r", line[x->line.len]));
}

enum host_standing host_asking_standing(const struct host_asking *x)
{
    enum host_standing s = HOST_NEW;

    for (const char *line = x->on_record; *line; line += line_length(line) + (line[line_length(line)] == '\n')) {
        if (same_key(x, line))
            return HOST_SAME;
        if (same_host(x, line))
            s = HOST_CHANGED;
    }
    return s;
}

void host_asking_words(const struct host_asking *x, struct buf *out)
{
    enum host_standing s = host_asking_standing(x);

    buf_addf(out, _("%s shows the host key with this print:"), x->url);
    buf_addf(out, "\n\n  %s\n\n", x->print);
    if (s == HOST_SAME)
        buf_add(out, _("It is the one on record: nothing needs to be done."));
    else if (s == HOST_CHANGED)
        buf_add(out, _("It is NOT the one on record. That happens when the server was made anew, and also when "
                       "somebody has put another one in its place. Ring the service, by a number that you know, "
                       "before you accept it."));
    else
        buf_add(out, _("None is on record for it yet."));
    if (s != HOST_SAME)
        buf_addf(out, " %s",
                 _("Compare it, letter for letter, with the print that the service gave you by another way. If it is "
                   "another, do not accept it: nothing is sent then, and nothing is lost."));
}

/* Lines of other hosts stay. */
static void with_new_line(const struct host_asking *x, struct buf *out)
{
    for (const char *line = x->on_record; *line; line += line_length(line) + (line[line_length(line)] == '\n'))
        if (!same_host(x, line) && line_length(line) > 0)
            buf_addf(out, "%.*s\n", (int) line_length(line), line);
    buf_addf(out, "%s\n", buf_text(&x->line));
}

enum status host_asking_accept(struct casefile *cf, struct host_asking *x, struct err *err)
{
    struct record d = { .text = NULL };
    struct buf keys = BUF_INIT;
    enum status st = store_get(cf->store, T_DESTINATION, x->destination, &d, err);

    if (st == ST_OK && cf->read_only)
        st = err_set(err, ST_REFUSED, _("The case file is open for reading only. Nothing was changed. See what "
                                        "to do about it: dolen doctor"));
    if (st == ST_OK) {
        with_new_line(x, &keys);
        record_set(&d, DESTINATION_host_keys, buf_text(&keys));
        st = store_put(cf->store, &d, "host-key", err);
    }
    buf_release(&keys);
    record_release(&d);
    return st;
}

bool host_print_is(const struct host_asking *x, const char *given)
{
    static const char sha[] = "SHA256:";
    size_t n;

    given += strspn(given, " \t\r\n");
    if (str_starts(given, sha))
        given += strlen(sha);
    n = strcspn(given, " \t\r\n");
    return strlen(x->print) == strlen(sha) + n && memcmp(x->print + strlen(sha), given, n) == 0 && n > 0;
}
