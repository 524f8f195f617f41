#include "destination.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "dolen/base/file.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/vault/hash.h"
#include "outbox.h"
#include "dolen/base/banned.h"

#define HOST_KEYS_MAX (256u * 1024)

/* --- kept values that no history may hold ----------------------------------------------------------------------- */

static char *kept_name(const char *what, const char *destination)
{
    return xasprintf("%s.%s", what, destination);
}

static void forget(char **text)
{
    if (*text)
        wipe(*text, strlen(*text));
    free(*text);
    *text = NULL;
}

static bool hex_byte(const char *s, uint8_t *out)
{
    static const char digits[] = "0123456789abcdef";
    const char *high = *s ? strchr(digits, s[0]) : NULL, *low = high && s[1] ? strchr(digits, s[1]) : NULL;

    if (!low)
        return false;
    *out = (uint8_t) ((high - digits) << 4 | (low - digits));
    return true;
}

static bool key_from_text(const char *s, uint8_t key[EXPORT_KEY_BYTES])
{
    if (strlen(s) != 2 * EXPORT_KEY_BYTES)
        return false;
    for (size_t i = 0; i < EXPORT_KEY_BYTES; i++)
        if (!hex_byte(s + 2 * i, &key[i]))
            return false;
    return true;
}

enum status destination_key(struct store *s, const char *name, uint8_t key[EXPORT_KEY_BYTES], struct err *err)
{
    char *setting = kept_name("export_key", name), hex[2 * EXPORT_KEY_BYTES + 1];
    char *kept;
    enum status st = store_setting_read(s, setting, &kept, err);

    if (kept && !key_from_text(kept, key)) {
        st = err_set(err, ST_INVALID, _("The key of the destination %s in this case file is damaged. Nothing was "
                                        "written. Check the case file with: dolen verify"), name);
    } else if (st == ST_OK && !kept) {
        random_fill(key, EXPORT_KEY_BYTES);
        hex_of(hex, key, EXPORT_KEY_BYTES);
        st = store_set_setting(s, setting, hex, err);
        wipe(hex, sizeof hex);
    }
    forget(&kept);
    free(setting);
    return st;
}

enum status destination_told(struct store *s, const char *name, const struct told_numbers *told, struct err *err)
{
    char *key = told_key(name), *text = told_text(told);
    enum status st = text ? store_set_setting(s, key, text, err) : ST_OK;

    free(text);
    free(key);
    return st;
}

struct date destination_until(struct store *s, const char *name)
{
    char *setting = kept_name("period_until", name), *kept = store_setting(s, setting);
    struct date until = clock_today(), other;
    int64_t changed = 0;

    if (store_last_changed(s, &changed, NULL) == ST_OK && changed > 0 && date_compare(instant_date(changed), until) > 0)
        until = instant_date(changed);
    if (kept && date_parse_iso(kept, &other) && date_compare(other, until) > 0)
        until = other;
    free(kept);
    free(setting);
    return until;
}

enum status destination_reached(struct store *s, const char *name, struct date until, struct err *err)
{
    char *setting = kept_name("period_until", name);
    enum status st = store_set_setting(s, setting, date_iso(until).s, err);

    free(setting);
    return st;
}

static enum status secret_keep(struct store *s, const char *name, const struct secret *secret, struct err *err)
{
    char *setting = kept_name("destination_secret", name);
    enum status st = secret ? store_set_setting(s, setting, secret_text(secret), err) : ST_OK;

    free(setting);
    return st;
}

/* A password for a place that nothing goes to any more is only a risk. */
static enum status secret_drop(struct store *s, const char *name, struct err *err)
{
    char *setting = kept_name("destination_secret", name), *kept = store_setting(s, setting);
    enum status st = kept ? store_set_setting(s, setting, NULL, err) : ST_OK;

    forget(&kept);
    free(setting);
    return st;
}

static struct secret *secret_kept(struct store *s, const char *name)
{
    char *setting = kept_name("destination_secret", name), *kept = store_setting(s, setting);
    struct secret *out = kept ? secret_new() : NULL;

    if (out && !secret_add(out, kept, strlen(kept)))
        secret_free(&out);
    forget(&kept);
    free(setting);
    return out;
}

/* --- opening ---------------------------------------------------------------------------------------------------- */

void destination_release(struct destination *d)
{
    record_release(&d->rec);
    policy_file_free(&d->policy);
}

const char *destination_name(const struct destination *d)
{
    return record_or(&d->rec, DESTINATION_name, "");
}

static enum status open_policy(struct casefile *cf, struct destination *d, struct err *err)
{
    const char *policy = record_or(&d->rec, DESTINATION_policy, ""),
               *sig = record_or(&d->rec, DESTINATION_policy_sig, "");
    enum status st = policy_file_verify(&d->policy, policy, strlen(policy), sig, strlen(sig), err);

    if (st == ST_OK)
        st = minisign_public_parse(&d->signer, d->policy->signer, err);
    if (st != ST_OK)
        return st;
    d->data_set = catalog_data_set(cf->catalog, d->policy->data_set, &d->unfit);
    if (d->data_set && policy_file_fits(d->policy, d->data_set, &d->unfit) != ST_OK)
        d->data_set = NULL;
    return ST_OK;
}

static void copy_record(struct record *to, const struct record *from)
{
    record_init(to, from->table);
    for (int c = 0; c < table_column_count(from->table); c++)
        record_set(to, c, record_text(from, c));
    to->id = from->id;
    to->created_at = from->created_at;
    to->updated_at = from->updated_at;
    to->binned = from->binned;
}

enum status destination_of(struct casefile *cf, const struct record *rec, struct destination *out, struct err *err)
{
    memset(out, 0, sizeof *out);
    copy_record(&out->rec, rec);
    return open_policy(cf, out, err);
}

enum status destination_open(struct casefile *cf, const char *name, struct destination *out, struct err *err)
{
    enum status st;

    memset(out, 0, sizeof *out);
    st = store_destination(cf->store, name, &out->rec, err);
    return st == ST_OK ? open_policy(cf, out, err) : st;
}

enum status destination_transport(struct casefile *cf, const struct record *rec, struct transport **out,
                                  struct err *err)
{
    struct secret *secret = secret_kept(cf->store, record_or(rec, DESTINATION_name, ""));
    struct transport_target t = {
        .url = record_text(rec, DESTINATION_url), .user = record_text(rec, DESTINATION_user), .secret = secret,
        .key_file = record_text(rec, DESTINATION_key_file), .host_keys = record_text(rec, DESTINATION_host_keys),
        .ca_file = record_text(rec, DESTINATION_ca_file),
    };
    enum status st = transport_open(out, &t, err);

    secret_free(&secret);
    return st;
}

/* --- adding and changing ---------------------------------------------------------------------------------------- */

static enum status check_policy(const struct destination_new *n, const struct destination *was,
                                const struct policy_file *p, struct err *err)
{
    if (!str_eq(p->destination, n->name))
        return err_set(err, ST_INVALID, _("The policy is for the destination %s, not for %s. Nothing was changed. "
                                          "Use its name."),
                       p->destination, n->name);
    if (was && !str_eq(was->policy->signer, p->signer))
        return err_set(err, ST_REFUSED,
                       _("The policy is signed by another key than the one that is known for %s. Nothing was "
                         "changed. Ask the service; a hub with new keys is a destination of its own."),
                       n->name);
    if (was && p->number < was->policy->number)
        return err_set(err, ST_REFUSED, _("The policy (number %lld) is older than the one that is in force (%lld). "
                                          "Nothing was "
                                          "changed. Ask the service for the newest."), (long long) p->number,
                                          (long long) was->policy->number);
    return ST_OK;
}

static enum status take_policy(struct casefile *cf, const struct destination_new *n, const struct destination *was,
                               struct record *rec, bool *changed, struct err *err)
{
    const struct data_set *d;
    struct policy_file *p = NULL;
    struct buf marker = BUF_INIT;
    enum status st = n->offer ?
                         policy_file_verify(&p, n->offer, strlen(n->offer), n->offer_sig, strlen(n->offer_sig), err) :
                         policy_file_read(&p, n->policy, &marker, err);

    if (n->offer)
        buf_add(&marker, n->offer_sig);
    if (st == ST_OK)
        st = check_policy(n, was, p, err);
    if (st == ST_OK && !(d = catalog_data_set(cf->catalog, p->data_set, err)))
        st = err->st;
    else if (st == ST_OK)
        st = policy_file_fits(p, d, err);
    if (st == ST_OK && !str_eq(record_text(rec, DESTINATION_policy_sha256), p->sha256)) {
        *changed = true;
        record_set(rec, DESTINATION_policy, p->source);
        record_set(rec, DESTINATION_policy_sig, buf_text(&marker));
        record_set(rec, DESTINATION_policy_sha256, p->sha256);
    }
    policy_file_free(&p);
    buf_release(&marker);
    return st;
}

static void take(struct record *rec, int column, const char *value)
{
    if (value)
        record_set(rec, column, value);
}

/* From where the command was given: the workstation may send from anywhere else. */
static void take_path(struct record *rec, int column, const char *before, const char *path)
{
    char *here = path && *path != '/' ? getcwd(NULL, 0) : NULL, *whole = here ? path_join(here, path) : NULL, *value;

    value = path ? xasprintf("%s%s", before, whole ? whole : path) : NULL;
    take(rec, column, value);
    free(here);
    free(whole);
    free(value);
}

static void take_url(struct record *rec, const char *url)
{
    static const char presigned[] = "presigned:";

    if (url && str_starts(url, presigned))
        take_path(rec, DESTINATION_url, presigned, url + strlen(presigned));
    else if (url && *url && !strstr(url, "://"))
        take_path(rec, DESTINATION_url, "", url);
    else
        take(rec, DESTINATION_url, url);
}

static enum status take_way(const struct destination_new *n, struct record *rec, struct err *err)
{
    struct buf keys = BUF_INIT;
    enum status st = n->host_keys ? file_read(&keys, n->host_keys, HOST_KEYS_MAX, err) : ST_OK;

    if (st == ST_OK && n->host_keys)
        record_set(rec, DESTINATION_host_keys, buf_text(&keys));
    buf_release(&keys);
    take_url(rec, n->url);
    take(rec, DESTINATION_user, n->user);
    take_path(rec, DESTINATION_key_file, "", n->key_file);
    take_path(rec, DESTINATION_ca_file, "", n->ca_file);
    return st;
}

/* Looks at the address as sending will. */
static enum status check_way(struct casefile *cf, const struct destination_new *n, const struct record *rec,
                             struct err *err)
{
    struct transport *t = NULL;
    struct transport_target target = {
        .url = record_text(rec, DESTINATION_url), .user = record_text(rec, DESTINATION_user), .secret = n->secret,
        .key_file = record_text(rec, DESTINATION_key_file), .host_keys = record_text(rec, DESTINATION_host_keys),
        .ca_file = record_text(rec, DESTINATION_ca_file),
    };
    bool keyless = str_starts(record_or(rec, DESTINATION_url, ""), "sftp://") &&
                   !record_or(rec, DESTINATION_host_keys, "")[0];
    enum status st;

    if (keyless)
        target.host_keys = "# host_key.h asks for it\n";
    st = n->secret || keyless ? transport_open(&t, &target, err) : destination_transport(cf, rec, &t, err);
    transport_free(&t);
    return st;
}

static enum status write_all(struct casefile *cf, const struct destination_new *n, struct record *rec, bool fresh,
                             bool changed, struct err *err)
{
    uint8_t key[EXPORT_KEY_BYTES];
    enum status st = store_put(cf->store, rec, fresh ? "added" : n->offer ? "policy adopted" : "changed", err);

    if (st == ST_OK && changed && !fresh)
        st = outbox_restart(cf->store, rec, SNAP_POLICY, err);
    if (st == ST_OK)
        st = secret_keep(cf->store, n->name, n->secret, err);
    if (st == ST_OK)
        st = destination_key(cf->store, n->name, key, err);
    wipe(key, sizeof key);
    return st;
}

static enum status put(struct casefile *cf, const struct destination_new *n, struct record *rec, bool fresh,
                       bool changed, struct err *err)
{
    enum status st = store_begin(cf->store, err);

    if (st != ST_OK)
        return st;
    st = write_all(cf, n, rec, fresh, changed, err);
    return store_end(cf->store, st, err);
}

static enum status not_for_training(const struct casefile *cf, struct err *err)
{
    return keyslots_is_training(cf->slots)
        ? err_set(err, ST_REFUSED, _("This is a training case file: nothing leaves it for a destination. Nothing was "
                                     "changed. Do it in your own case file."))
        : ST_OK;
}

enum status destination_put(struct casefile *cf, const struct destination_new *n, bool *changed_policy, struct err *err)
{
    struct destination was;
    struct err missing = { .st = ST_OK };
    bool changed = false, fresh;
    enum status st = not_for_training(cf, err);

    memset(&was, 0, sizeof was);
    if (st == ST_OK && !exchange_word_is_plain(n->name))
        st = err_set(err, ST_USAGE, _("\"%s\" cannot be the name of a destination. Nothing was changed. Use small "
                                      "letters, digits and hyphens, as the policy does."), n->name);
    if (st != ST_OK)
        return st;
    st = destination_open(cf, n->name, &was, &missing);
    fresh = st == ST_NOTFOUND;
    if (st != ST_OK && !fresh)
        st = err_set(err, st, "%s", err_text(&missing));
    else if (fresh && (!n->policy || !n->url))
        st = err_set(err, ST_USAGE, _("A new destination needs its policy and its address: --policy P.json --to "
                                      "ADDRESS. Nothing was changed."));
    else
        st = ST_OK;
    if (fresh) {
        record_init(&was.rec, T_DESTINATION);
        record_set(&was.rec, DESTINATION_name, n->name);
        record_set_int(&was.rec, DESTINATION_epoch, 1);
        record_set_int(&was.rec, DESTINATION_covered, 0);
        record_set(&was.rec, DESTINATION_snapshot, snapshot_reason_word(SNAP_FIRST));
    }
    if (st == ST_OK && (n->policy || n->offer))
        st = take_policy(cf, n, fresh ? NULL : &was, &was.rec, &changed, err);
    if (st == ST_OK)
        st = take_way(n, &was.rec, err);
    if (st == ST_OK)
        st = check_way(cf, n, &was.rec, err);
    if (st == ST_OK)
        st = put(cf, n, &was.rec, fresh, changed, err);
    if (changed_policy)
        *changed_policy = changed && !fresh;
    destination_release(&was);
    return st;
}

/* --- removing --------------------------------------------------------------------------------------------------- */

enum status destination_remove(struct casefile *cf, const char *name, bool anyway, struct err *err)
{
    struct record rec = { .text = NULL };
    struct records open = { NULL, 0, 0 };
    int64_t people = 0;
    enum status st = store_destination(cf->store, name, &rec, err);

    if (st == ST_OK)
        st = store_list(cf->store, LIST_BATCHES_OPEN, rec.id, 0, &open, err);
    if (st == ST_OK && open.count > 0)
        st = err_set(err, ST_REFUSED, _("A batch for %s is not known to have arrived. Nothing was changed. See: "
                                        "dolen outbox list"),
                     name);
    if (st == ST_OK)
        st = store_sent_people(cf->store, rec.id, &people, err);
    if (st == ST_OK && people > 0 && !anyway)
        st = err_set(err, ST_REFUSED, tr_n("Rows about %lld person are at %s, and could not be taken back any more. "
                                           "Nothing was "
                                           "changed. Ask them to delete these rows; when they have: --anyway",
                                           "Rows about %lld people are at %s, and could not be taken back any more. "
                                           "Nothing was "
                                           "changed. Ask them to delete these rows; when they have: --anyway",
                                           (unsigned long) people), (long long) people, name);
    if (st == ST_OK)
        st = store_bin(cf->store, T_DESTINATION, rec.id, "removed", err);
    if (st == ST_OK)
        st = secret_drop(cf->store, name, err);
    records_release(&open);
    record_release(&rec);
    return st;
}

enum status destinations_went_back(struct store *s, struct err *err)
{
    struct records all = { NULL, 0, 0 };
    enum status st = store_list(s, LIST_DESTINATIONS, ID_NONE, 0, &all, err);

    for (size_t i = 0; st == ST_OK && i < all.count; i++)
        st = outbox_restart(s, &all.items[i], SNAP_RESTORED, err);
    records_release(&all);
    return st;
}
