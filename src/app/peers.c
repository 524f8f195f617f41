/* app/peers.c - one setting of the case file: a JSON list of public identities. */
#include "peers.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dolen/base/file.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/out.h"
#include "dolen/base/text.h"
#include "dolen/vault/hash.h"
#include "dolen/base/banned.h"

#define PEERS "handover.peers"
#define SINCE "handover.trusted_on"     /* a JSON object: id, day; beside the identities, which are kept as they came */

void peer_fingerprint(const struct source *s, char out[PEER_FINGERPRINT])
{
    char *all = xasprintf("dolen-laptop-1\n%s\n%s\n%s\n", id_show(s->id).s, s->signer, s->recipient);
    uint8_t h[32];
    size_t at = 0;

    hash_once(h, all, strlen(all));
    for (size_t i = 0; i < 16; i += 2)
        at += (size_t) snprintf(out + at, PEER_FINGERPRINT - at, "%s%02X%02X", i ? " " : "", h[i], h[i + 1]);
    free(all);
}

static enum status source_of_json(struct source *out, const struct json *j, struct err *err)
{
    struct buf text = BUF_INIT;
    enum status st;

    json_write(&text, j);
    st = source_read(out, buf_text(&text), text.len, err);
    buf_release(&text);
    return st;
}

enum status peers_list(struct casefile *cf, struct source *out, size_t *n, struct err *err)
{
    char *text;
    struct json *list = NULL;
    enum status st = store_setting_read(cf->store, PEERS, &text, err);

    *n = 0;
    if (st == ST_OK && text)
        st = json_parse(&list, text, strlen(text), err);
    for (size_t i = 0; st == ST_OK && list && i < json_count(list) && *n < PEERS_MAX; i++)
        if (source_of_json(&out[*n], json_at(list, i), NULL) == ST_OK)
            (*n)++;
    json_free(&list);
    free(text);
    return st;
}

static enum status same_kind(struct casefile *cf, const struct source *s, struct err *err)
{
    if (s->training == keyslots_is_training(cf->slots))
        return ST_OK;
    return err_set(err, ST_REFUSED,
                   _("One of the two is a training case file and the other is not: nothing goes between them. "
                     "Nothing was changed. Use two case files of the same kind."));
}

enum status peer_read(struct casefile *cf, const char *path, struct source *out, struct err *err)
{
    struct buf text = BUF_INIT;
    enum status st = file_read(&text, path, SOURCE_BYTES_MAX, err);

    if (st == ST_OK)
        st = source_read(out, buf_text(&text), text.len, err);
    buf_release(&text);
    return st == ST_OK ? same_kind(cf, out, err) : st;
}

static enum status is_own(struct casefile *cf, const struct source *s, bool *own, struct err *err)
{
    struct source self;
    enum status st = source_public(cf, &self, err);

    *own = st == ST_OK && id_eq(self.id, s->id);
    return st;
}

/* Other keys under a known id: the laptop was set up anew, or somebody pretends to be it. */
static enum status check_known(const struct source *all, size_t n, const struct source *s, bool compared, bool *known,
                               struct err *err)
{
    char before[PEER_FINGERPRINT], now[PEER_FINGERPRINT];

    *known = false;
    peer_fingerprint(s, now);
    for (size_t i = 0; i < n; i++) {
        if (!id_eq(all[i].id, s->id))
            continue;
        *known = true;
        peer_fingerprint(&all[i], before);
        if (!compared && !str_eq(before, now))
            return err_set(err, ST_REFUSED,
                           _("This laptop is trusted with other keys: %s. Nothing was changed. Compare the new "
                             "fingerprint, %s, with what that laptop shows, by telephone or face to face; when it is "
                             "the same: --fingerprint"),
                           before, now);
    }
    return ST_OK;
}

/* The trusted ones but for one; with, when it is not NULL, after them. */
static enum status keep_peers(struct casefile *cf, const struct source *all, size_t n, struct id but,
                              const struct source *with, struct err *err)
{
    struct json *list = json_new_list();
    struct buf text = BUF_INIT;
    enum status st;

    for (size_t i = 0; i < n; i++)
        if (!id_eq(all[i].id, but))
            json_append(list, source_write(&all[i]));
    if (with)
        json_append(list, source_write(with));
    json_write(&text, list);
    st = store_set_setting(cf->store, PEERS, buf_text(&text), err);
    buf_release(&text);
    json_free(&list);
    return st;
}

static struct json *days(struct casefile *cf)
{
    char *text = store_setting(cf->store, SINCE);
    struct json *j = NULL;

    if (!text || json_parse(&j, text, strlen(text), NULL) != ST_OK)
        j = json_new_map();
    free(text);
    return j;
}

struct date peer_trusted_on(struct casefile *cf, struct id id)
{
    struct date d = { 0, 0, 0 };
    struct json *all = days(cf);
    const char *day = json_get_text(all, id_show(id).s);

    if (day && !date_parse_iso(day, &d))
        d = (struct date) { 0, 0, 0 };
    json_free(&all);
    return d;
}

static enum status keep_day(struct casefile *cf, struct id id, struct err *err)
{
    struct json *all = days(cf);
    struct buf text = BUF_INIT;
    enum status st;

    json_set_text(all, id_show(id).s, date_iso(clock_today()).s);
    json_write(&text, all);
    st = store_set_setting(cf->store, SINCE, buf_text(&text), err);
    buf_release(&text);
    json_free(&all);
    return st;
}

enum status peer_trust(struct casefile *cf, const struct source *s, bool compared, struct err *err)
{
    struct source *all = xcalloc(PEERS_MAX, sizeof *all);
    size_t n = 0;
    bool own = false, known = false;
    enum status st = is_own(cf, s, &own, err);

    if (st == ST_OK && own)
        st = err_set(err, ST_REFUSED,
                     _("This is this laptop's own identity. Nothing was changed. Give it to the other laptop."));
    if (st == ST_OK)
        st = peers_list(cf, all, &n, err);
    if (st == ST_OK)
        st = check_known(all, n, s, compared, &known, err);
    if (st == ST_OK && n == PEERS_MAX && !known)
        st = err_set(err, ST_REFUSED, _("There are %d trusted laptops already. Nothing was changed."
                                        " Take the trust from one first: :laptops, or dolen handover "
                                        "distrust."), PEERS_MAX);
    if (st == ST_OK)
        st = keep_peers(cf, all, n, s->id, s, err);
    if (st == ST_OK)
        st = keep_day(cf, s->id, err);
    free(all);
    return st;
}

bool peer_is_trusted(struct casefile *cf, const struct source *s)
{
    struct source *all = xcalloc(PEERS_MAX, sizeof *all);
    char print[PEER_FINGERPRINT], known[PEER_FINGERPRINT];
    size_t n = 0;
    bool trusted = false;

    peer_fingerprint(s, print);
    if (peers_list(cf, all, &n, NULL) == ST_OK)
        for (size_t i = 0; i < n; i++) {
            peer_fingerprint(&all[i], known);
            trusted = trusted || (id_eq(all[i].id, s->id) && str_eq(known, print));
        }
    free(all);
    return trusted;
}

enum status peer_distrust(struct casefile *cf, struct id id, struct err *err)
{
    struct source *all = xcalloc(PEERS_MAX, sizeof *all);
    size_t n = 0, at = 0;
    enum status st = peers_list(cf, all, &n, err);

    while (at < n && !id_eq(all[at].id, id))
        at++;
    if (st == ST_OK && at == n)
        st = err_set(err, ST_NOTFOUND,
                     _("This laptop is not among the trusted ones. Nothing was changed. dolen handover peers lists "
                       "them."));
    if (st == ST_OK)
        st = keep_peers(cf, all, n, id, NULL, err);
    free(all);
    return st;
}

enum status peer_save_own(struct casefile *cf, const char *path, struct err *err)
{
    struct source self;
    struct buf text = BUF_INIT;
    struct json *j;
    enum status st = source_public(cf, &self, err);

    if (st != ST_OK)
        return st;
    j = source_write(&self);
    json_write_pretty(&text, j);
    st = out_file(path, buf_text(&text), text.len, err);
    buf_release(&text);
    json_free(&j);
    return st;
}

enum status peer_of_key(struct casefile *cf, const char *key_id, struct source *out, struct err *err)
{
    struct source *all = xcalloc(PEERS_MAX, sizeof *all);
    size_t n = 0;
    enum status st = peers_list(cf, all, &n, err);
    bool found = false;

    for (size_t i = 0; st == ST_OK && i < n && !found; i++) {
        struct minisign_public key;
        char id[MINISIGN_KEY_ID_TEXT];

        if (minisign_public_parse(&key, all[i].signer, NULL) != ST_OK)
            continue;
        minisign_key_id_text(key.id, id);
        found = str_eq(id, key_id);
        if (found)
            *out = all[i];
    }
    free(all);
    return st == ST_OK && !found ? ST_NOTFOUND : st;
}

/* By what no other laptop has. */
static bool is_meant(const struct source *s, const char *typed)
{
    char print[PEER_FINGERPRINT], bare[PEER_FINGERPRINT];
    size_t n = 0;
    struct id id;

    peer_fingerprint(s, print);
    for (const char *p = print; *p; p++)
        if (*p != ' ')
            bare[n++] = *p;
    bare[n] = '\0';
    return ((id_parse(typed, &id) || source_parse(typed, &id)) && id_eq(id, s->id)) || str_eq(typed, print) ||
           str_eq(typed, bare);
}

static enum status two_of_one_name(const char *typed, const struct source *a, const struct source *b, struct err *err)
{
    char one[PEER_FINGERPRINT], other[PEER_FINGERPRINT];

    peer_fingerprint(a, one);
    peer_fingerprint(b, other);
    return err_set(err, ST_USAGE,
                   _("Two trusted laptops are called %s. Nothing was written. Name one by its fingerprint: %s, or "
                     "%s"),
                   typed, one, other);
}

/* One practitioner may have two laptops: a name that both have is not enough. */
static enum status find_called(const struct source *all, size_t n, const char *typed, const struct source **out,
                               struct err *err)
{
    *out = NULL;
    for (size_t i = 0; i < n && !*out; i++)
        if (is_meant(&all[i], typed))
            *out = &all[i];
    if (*out)
        return ST_OK;
    for (size_t i = 0; i < n; i++) {
        if (!str_eq(typed, all[i].name))
            continue;
        if (*out)
            return two_of_one_name(typed, *out, &all[i], err);
        *out = &all[i];
    }
    return ST_OK;
}

/* Of a file, known is whether just this identity is trusted. */
static enum status read_named(struct casefile *cf, const struct source *all, size_t n, const char *path,
                              struct source *out, bool *known, struct err *err)
{
    enum status st = peer_read(cf, path, out, err);

    for (size_t i = 0; st == ST_OK && i < n; i++)
        *known = *known || (id_eq(all[i].id, out->id) && str_eq(all[i].signer, out->signer) &&
                            str_eq(all[i].recipient, out->recipient));
    return st;
}

enum status peer_named(struct casefile *cf, const char *typed, struct source *out, bool *known, struct err *err)
{
    struct source *all = xcalloc(PEERS_MAX, sizeof *all);
    const struct source *found = NULL;
    size_t n = 0;
    enum status st = peers_list(cf, all, &n, err);

    *known = false;
    if (st == ST_OK)
        st = find_called(all, n, typed, &found, err);
    if (st == ST_OK && found) {
        *out = *found;
        *known = true;
    } else if (st == ST_OK) {
        st = read_named(cf, all, n, typed, out, known, err);
    }
    free(all);
    return st;
}

char *peer_name(struct casefile *cf, const char *source_id)
{
    struct source *all = xcalloc(PEERS_MAX, sizeof *all);
    size_t n = 0;
    char *name = NULL;

    if (peers_list(cf, all, &n, NULL) == ST_OK)
        for (size_t i = 0; i < n && !name; i++)
            if (str_eq(id_show(all[i].id).s, source_id) && all[i].name[0])
                name = xstrdup(all[i].name);
    free(all);
    return name ? name : xstrdup(source_id ? source_id : "");
}
