#include "policy_offer.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/file.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/exchange/policy_change.h"
#include "dolen/vault/minisign.h"
#include "dolen/base/banned.h"

/* --- kept aside ------------------------------------------------------------------------------------------------- */

static char *kept_name(const char *what, const char *destination)
{
    return xasprintf("%s.%s", what, destination);
}

static enum status keep(struct store *s, const char *name, const char *bytes, const char *marker, struct err *err)
{
    char *policy = kept_name(POLICY_OFFER, name), *sig = kept_name(POLICY_OFFER_SIG, name);
    enum status st = store_set_setting(s, policy, bytes, err);

    if (st == ST_OK)
        st = store_set_setting(s, sig, marker, err);
    free(policy);
    free(sig);
    return st;
}

static enum status verify(const struct destination *d, struct policy_file **out, const char *bytes, size_t n,
                          const char *marker, size_t marker_bytes, struct err *err)
{
    enum status st = policy_file_verify(out, bytes, n, marker, marker_bytes, err);

    if (st == ST_OK && !str_eq((*out)->signer, d->policy->signer))
        st = err_set(err, ST_REFUSED,
                     _("The policy that lies there is signed by another key than the one that is known for %s. It "
                       "was not used. Tell the service."),
                     destination_name(d));
    else if (st == ST_OK && !str_eq((*out)->destination, destination_name(d)))
        st = err_set(err, ST_REFUSED, _("The policy that lies there is for another destination. It was not used."
                                        " Ask the service for the right one."));
    else if (st == ST_OK && (*out)->number < d->policy->number)
        st = err_set(err, ST_REFUSED,
                     _("The policy that lies there (number %lld) is older than the one in force (%lld). It was not "
                       "used."
                       " Ask the service for the newest one."),
                     (long long) (*out)->number, (long long) d->policy->number);
    if (st != ST_OK)
        policy_file_free(out);
    return st;
}

struct policy_file *policy_offer_of(struct casefile *cf, const struct destination *d)
{
    char *policy = kept_name(POLICY_OFFER, destination_name(d)),
         *sig = kept_name(POLICY_OFFER_SIG, destination_name(d));
    char *bytes = store_setting(cf->store, policy), *marker = store_setting(cf->store, sig);
    struct policy_file *p = NULL;

    if (bytes && marker && *bytes && verify(d, &p, bytes, strlen(bytes), marker, strlen(marker), NULL) == ST_OK &&
        p->number <= d->policy->number)
        policy_file_free(&p);
    free(bytes);
    free(marker);
    free(policy);
    free(sig);
    return p;
}

/* --- taking ----------------------------------------------------------------------------------------------------- */

static enum status keep_and_note(struct casefile *cf, const struct destination *d, const struct policy_file *p,
                                 const char *marker, struct err *err)
{
    char *why = xasprintf("policy %lld offered", (long long) p->number);
    enum status st = store_begin(cf->store, err);

    if (st == ST_OK) {
        st = keep(cf->store, destination_name(d), p->source, marker, err);
        if (st == ST_OK)
            st = store_note(cf->store, "destination", d->rec.id, why, err);
        st = store_end(cf->store, st, err);
    }
    free(why);
    return st;
}

enum status policy_offer_take(struct casefile *cf, const struct record *destination, const char *bytes, size_t n,
                              const char *marker, size_t marker_bytes, bool *fresh, struct err *err)
{
    struct destination d;
    struct policy_file *p = NULL, *kept = NULL;
    enum status st = destination_of(cf, destination, &d, err);

    *fresh = false;
    if (st == ST_OK)
        st = verify(&d, &p, bytes, n, marker, marker_bytes, err);
    if (st == ST_OK)
        kept = policy_offer_of(cf, &d);
    if (st == ST_OK && p->number > d.policy->number && (!kept || kept->number < p->number)) {
        st = keep_and_note(cf, &d, p, marker, err);
        *fresh = st == ST_OK;
    }
    policy_file_free(&kept);
    policy_file_free(&p);
    destination_release(&d);
    return st;
}

static enum status take_by_hand(struct casefile *cf, const struct buf *bytes, const struct buf *marker, bool *fresh,
                                char name[BATCH_WORD_MAX], struct err *err)
{
    struct policy_file *p = NULL;
    struct record rec = { .text = NULL };
    enum status st = policy_file_parse(&p, buf_text(bytes), bytes->len, err);

    if (st == ST_OK) {
        str_copy(name, BATCH_WORD_MAX, p->destination);
        st = store_destination(cf->store, name, &rec, err);
    }
    if (st == ST_OK)
        st = policy_offer_take(cf, &rec, buf_text(bytes), bytes->len, buf_text(marker), marker->len, fresh, err);
    record_release(&rec);
    policy_file_free(&p);
    return st;
}

enum status policy_offer_read(struct casefile *cf, const char *folder, bool *fresh, char name[BATCH_WORD_MAX],
                              struct err *err)
{
    char *path = xasprintf("%s/" POLICY_FOLDER POLICY_CURRENT, folder), *beside = xasprintf("%s.minisig", path);
    struct buf bytes = BUF_INIT, marker = BUF_INIT;
    enum status st = file_exists(path) && file_exists(beside) ? ST_OK : ST_NOTFOUND;

    *fresh = false;
    name[0] = '\0';
    if (st == ST_OK)
        st = file_read(&bytes, path, POLICY_BYTES_MAX, err);
    if (st == ST_OK)
        st = file_read(&marker, beside, MINISIGN_FILE_MAX, err);
    if (st == ST_OK)
        st = take_by_hand(cf, &bytes, &marker, fresh, name, err);
    buf_release(&bytes);
    buf_release(&marker);
    free(path);
    free(beside);
    return st;
}

/* --- read by a person ------------------------------------------------------------------------------------------- */

void policy_offer_words(const struct destination *d, const struct policy_file *offered, struct buf *out)
{
    struct policy_changes c;

    policy_compare(&c, d->policy, offered);
    buf_addf(out, _("%s: the service has signed a new policy, number %lld of %s. In force is number %lld of %s."),
             destination_name(d), (long long) offered->number, date_show(offered->issued_on).s,
             (long long) d->policy->number, date_show(d->policy->issued_on).s);
    buf_add_char(out, '\n');
    for (int t = 0; t < TURN_COUNT; t++) {
        if (policy_changes_of(&c, (enum policy_turn) t) == 0)
            continue;
        buf_addf(out, "\n%s:\n", policy_turn_label((enum policy_turn) t));
        for (size_t i = 0; i < c.count; i++)
            if (c.items[i].turn == (enum policy_turn) t)
                buf_addf(out, "  %s\n", c.items[i].said);
    }
    if (c.count == 0)
        buf_addf(out, "\n%s\n", _("Nothing else leaves under it, and nothing less."));
    buf_addf(out, "\n%s\n",
             _("Until you adopt it the one in force stays. When you do, the next batch has everything again."));
    policy_changes_release(&c);
}

struct json *policy_offer_json(const struct destination *d, const struct policy_file *offered)
{
    struct json *j = json_new_map(), *lists[TURN_COUNT];
    struct policy_changes c = { NULL, 0, 0 };

    json_set_text(j, "destination", destination_name(d));
    json_set_int(j, "in_force", d->policy->number);
    json_set(j, "offered", offered ? json_new_int(offered->number) : json_new_null());
    if (offered)
        policy_compare(&c, d->policy, offered);
    for (int t = 0; t < TURN_COUNT; t++)
        lists[t] = json_new_list();
    for (size_t i = 0; i < c.count; i++)
        json_append(lists[c.items[i].turn], json_new_text(c.items[i].what));
    for (int t = 0; t < TURN_COUNT; t++)
        json_set(j, policy_turn_word((enum policy_turn) t), lists[t]);
    policy_changes_release(&c);
    return j;
}

/* --- adopting --------------------------------------------------------------------------------------------------- */

enum status policy_offer_adopt(struct casefile *cf, const char *name, const char *sha256, struct err *err)
{
    char *policy = kept_name(POLICY_OFFER, name), *sig = kept_name(POLICY_OFFER_SIG, name);
    char *bytes = store_setting(cf->store, policy), *marker = store_setting(cf->store, sig);
    struct destination_new n = { .name = name, .offer = bytes, .offer_sig = marker };
    struct destination d;
    struct policy_file *offered;
    enum status st = destination_open(cf, name, &d, err);

    offered = st == ST_OK ? policy_offer_of(cf, &d) : NULL;
    if (st == ST_OK && (!offered || !str_eq(offered->sha256, sha256)))
        st = err_set(err, ST_CONFLICT, _("Another policy for %s has come since. Nothing was changed. Read it first."),
                     name);
    policy_file_free(&offered);
    destination_release(&d);
    if (st == ST_OK)
        st = destination_put(cf, &n, NULL, err);
    free(bytes);
    free(marker);
    free(policy);
    free(sig);
    return st;
}
