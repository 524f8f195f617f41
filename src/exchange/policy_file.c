#include "dolen/exchange/policy_file.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/exchange/shape.h"
#include "dolen/vault/hash.h"
#include "parts.h"
#include "policy_json.h"
#include "dolen/base/banned.h"

/* --- making ----------------------------------------------------------------------------------------------------- */

void word_list_add(char ***words, size_t *count, const char *word)
{
    *words = xgrow(*words, *count + 1, sizeof **words);
    (*words)[(*count)++] = xstrdup(word);
}

static void add_table(struct policy_file *p, const struct data_set_table *t)
{
    struct policy_table *out;

    p->tables = xgrow(p->tables, p->table_count + 1, sizeof *p->tables);
    out = &p->tables[p->table_count++];
    memset(out, 0, sizeof *out);
    str_copy(out->table, sizeof out->table, t->table);
    for (size_t i = 0; i < t->count; i++)
        word_list_add(&out->columns, &out->count, t->items[i].item);
}

struct policy_file *policy_file_new(const char *destination, const struct data_set *d)
{
    static const int bands[] = { 0, 18, 25, 45, 65, 75, 85 };
    struct policy_file *p = xcalloc(1, sizeof *p);

    str_copy(p->destination, sizeof p->destination, destination);
    str_copy(p->data_set, sizeof p->data_set, d->id);
    str_copy(p->data_set_version, sizeof p->data_set_version, d->version);
    for (int l = 0; l < LANG_COUNT; l++)
        p->title.t[l] = xstrdup(destination);
    for (size_t i = 0; i < d->count; i++)
        if (!table_needs_a_word(d->tables[i].table))
            add_table(p, &d->tables[i]);
    p->age_bands = xmalloc(sizeof bands);
    memcpy(p->age_bands, bands, sizeof bands);
    p->age_band_count = ARRAY_LEN(bands);
    p->dates = DATES_MONTH;
    p->geography = GEOGRAPHY_LA_DECILE;
    p->consent = CONSENT_PERMISSION;
    p->person_key = KEY_NHS;
    p->suppress_below = p->round_to = 5;
    p->number = 1;
    return p;
}

static void words_free(char **words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        free(words[i]);
    free(words);
}

void policy_file_free(struct policy_file **pp)
{
    struct policy_file *p = *pp;

    if (!p)
        return;
    for (size_t i = 0; i < p->table_count; i++)
        words_free(p->tables[i].columns, p->tables[i].count);
    words_free(p->sensitive_allowed, p->sensitive_count);
    words_free(p->recipients, p->recipient_count);
    text2_release(&p->title);
    free(p->tables);
    free(p->age_bands);
    free(p->source);
    free(p);
    *pp = NULL;
}

void policy_file_add_recipient(struct policy_file *p, const char *recipient)
{
    word_list_add(&p->recipients, &p->recipient_count, recipient);
}

void policy_file_allow_sensitive(struct policy_file *p, const char *what)
{
    word_list_add(&p->sensitive_allowed, &p->sensitive_count, what);
}

bool policy_file_has(const struct policy_file *p, const char *table)
{
    for (size_t i = 0; i < p->table_count; i++)
        if (str_eq(p->tables[i].table, table))
            return true;
    return false;
}

bool policy_file_allow_table(struct policy_file *p, const struct data_set *d, const char *table)
{
    const struct data_set_table *t = data_set_table(d, table);

    if (t && !policy_file_has(p, table))
        add_table(p, t);
    return t != NULL;
}

/* --- columns ---------------------------------------------------------------------------------------------------- */

/* What a row cannot do without: its own key, the keys it points with, its counter. */
static bool is_needed(const char *table, const char *column)
{
    const struct table_keys *k = table_keys(table);

    if (str_eq(column, "row_version"))
        return true;
    for (size_t i = 0; k && k->primary[i]; i++)
        if (str_eq(k->primary[i], column))
            return true;
    for (size_t i = 0; k && i < ARRAY_LEN(k->foreign); i++)
        if (str_eq(k->foreign[i].column, column))
            return true;
    return false;
}

static bool drop_from(struct policy_table *t, const char *column)
{
    for (size_t i = 0; i < t->count; i++) {
        if (!str_eq(t->columns[i], column) || is_needed(t->table, column))
            continue;
        free(t->columns[i]);
        memmove(&t->columns[i], &t->columns[i + 1], (t->count - i - 1) * sizeof *t->columns);
        t->count--;
        return true;
    }
    return false;
}

bool policy_file_drop(struct policy_file *p, const char *column)
{
    const char *dot = strchr(column, '.');
    size_t n = dot ? (size_t) (dot - column) : 0;
    bool dropped = false;

    for (size_t i = 0; i < p->table_count; i++) {
        struct policy_table *t = &p->tables[i];

        if (!dot || (strncmp(t->table, column, n) == 0 && !t->table[n]))
            dropped = drop_from(t, dot ? dot + 1 : column) || dropped;
    }
    return dropped;
}

static bool has_column(const struct policy_table *t, const char *column)
{
    for (size_t i = 0; i < t->count; i++)
        if (str_eq(t->columns[i], column))
            return true;
    return false;
}

static const struct policy_table *policy_table(const struct policy_file *p, const char *table)
{
    for (size_t i = 0; i < p->table_count; i++)
        if (str_eq(p->tables[i].table, table))
            return &p->tables[i];
    return NULL;
}

/* --- against the definition ------------------------------------------------------------------------------------- */

static enum status table_fits(const struct policy_file *p, const struct policy_table *t, const struct data_set *d,
                              struct err *err)
{
    const struct table_keys *k = table_keys(t->table);
    const struct data_set_table *own = data_set_table(d, t->table);

    if (!own)
        return err_set(err, ST_INVALID, _("The policy names the table \"%s\", which the data set %s does not have. "
                                          "Nothing was "
                                          "changed. Ask for a policy made with this version."), t->table, d->id);
    for (size_t i = 0; i < t->count; i++)
        if (!data_set_find(d, t->table, t->columns[i]))
            return err_set(err, ST_INVALID, _("The policy names the column \"%s.%s\", which the data set %s does not "
                                              "have. Nothing was changed. Ask for a policy made with this version."),
                           t->table, t->columns[i], d->id);
    for (size_t i = 0; k && i < ARRAY_LEN(k->foreign) && k->foreign[i].table; i++)
        if (!policy_table(p, k->foreign[i].table))
            return err_set(err, ST_INVALID, _("The policy lets \"%s\" leave, but not \"%s\", to which its rows "
                                              "belong. Nothing was "
                                              "changed. Ask for another policy."), t->table, k->foreign[i].table);
    for (size_t i = 0; i < own->count; i++)
        if (is_needed(t->table, own->items[i].item) && !has_column(t, own->items[i].item))
            return err_set(err, ST_INVALID, _("The policy leaves out \"%s.%s\", without which rows cannot be told "
                                              "apart. Nothing "
                                              "was changed. Ask for another policy."), t->table, own->items[i].item);
    return ST_OK;
}

enum status policy_file_fits(const struct policy_file *p, const struct data_set *d, struct err *err)
{
    enum status st = ST_OK;

    if (!str_eq(p->data_set, d->id) || !str_eq(p->data_set_version, d->version))
        return err_set(err, ST_INVALID, _("The policy is for the data set %s %s, and this program has %s %s. Nothing "
                                          "was changed. "
                                          "Ask for a policy for this version, or bring the program up to date."),
                       p->data_set, p->data_set_version, d->id, d->version);
    for (size_t i = 0; st == ST_OK && i < p->table_count; i++)
        st = table_fits(p, &p->tables[i], d, err);
    return st;
}

static void rules_drop(struct policy *out, const struct policy_file *p, const struct data_set *d)
{
    for (size_t t = 0; t < d->count; t++) {
        const struct policy_table *keep = policy_table(p, d->tables[t].table);

        if (!keep) {
            char *all = xasprintf("%s.*", d->tables[t].table);

            word_list_add(&out->drop, &out->drop_count, all);
            free(all);
        }
        for (size_t i = 0; keep && i < d->tables[t].count; i++) {
            char *name = xasprintf("%s.%s", d->tables[t].table, d->tables[t].items[i].item);

            if (!has_column(keep, d->tables[t].items[i].item))
                word_list_add(&out->drop, &out->drop_count, name);
            free(name);
        }
    }
}

struct policy *policy_file_rules(const struct policy_file *p, const struct data_set *d)
{
    struct policy *out = xcalloc(1, sizeof *out);

    out->id = xstrdup(p->destination);
    for (int l = 0; l < LANG_COUNT; l++)
        out->title.t[l] = xstrdup(p->title.t[l]);
    out->consent = p->consent;
    out->withhold_sensitive = true;
    for (size_t i = 0; i < p->sensitive_count; i++)
        word_list_add(&out->sensitive_allowed, &out->sensitive_count, p->sensitive_allowed[i]);
    out->geography = p->geography;
    out->age_bands = xcalloc(p->age_band_count + 1, sizeof *out->age_bands);
    memcpy(out->age_bands, p->age_bands, p->age_band_count * sizeof *out->age_bands);
    out->age_band_count = p->age_band_count;
    out->dates = p->dates;
    out->person_key = p->person_key;
    out->safeguarding = policy_file_has(p, SAFEGUARDING_TABLE);
    out->suppress_below = p->suppress_below;
    out->round_to = p->round_to;
    rules_drop(out, p, d);
    out->source = xstrndup(p->source ? p->source : "", p->source_len);
    out->source_len = p->source_len;
    return out;
}

/* --- signed ----------------------------------------------------------------------------------------------------- */

static char *comment_of(const struct policy_file *p)
{
    return xasprintf("policy:%s %lld", p->destination, (long long) p->number);
}

enum status policy_file_sign(struct buf *bytes, struct buf *marker, const struct policy_file *p,
                             const struct minisign_secret *signer, struct err *err)
{
    char key[MINISIGN_PUBLIC_TEXT], *comment;
    struct minisign_public public;
    size_t start = bytes->len;
    enum status st;

    minisign_secret_public(signer, &public);
    minisign_public_text(&public, key);
    if (!str_eq(key, p->signer))
        return err_set(err, ST_USAGE, _("The policy names another signer than the key at hand. Nothing was signed."
                                        " Use the key that it names, or name this one in it."));
    comment = comment_of(p);
    policy_file_write(bytes, p);
    st = minisign_sign_bytes(marker, signer, bytes->s + start, bytes->len - start, comment, err);
    free(comment);
    return st;
}

enum status policy_file_verify(struct policy_file **out, const char *bytes, size_t n, const char *marker,
                               size_t marker_bytes, struct err *err)
{
    struct minisign_signature sig;
    struct minisign_public signer;
    struct sha256 *h;
    char *comment;
    enum status st = policy_file_parse(out, bytes, n, err);

    if (st != ST_OK)
        return st;
    comment = comment_of(*out);
    st = minisign_public_parse(&signer, (*out)->signer, err);
    if (st == ST_OK)
        st = minisign_verify_bytes(&sig, &signer, bytes, n, marker, marker_bytes, NULL, err);
    if (st == ST_OK && !str_eq(sig.comment, comment))
        st = err_set(err, ST_REFUSED, _("The signature belongs to another policy. It was not used; nothing was "
                                        "changed. Ask the service to send both files again."));
    free(comment);
    if (st != ST_OK) {
        policy_file_free(out);
        return st;
    }
    h = sha256_new();
    sha256_add(h, bytes, n);
    sha256_hex_done(&h, (*out)->sha256);
    return ST_OK;
}

enum status policy_file_read(struct policy_file **out, const char *path, struct buf *marker, struct err *err)
{
    struct buf bytes = BUF_INIT, sig = BUF_INIT;
    char *beside = xasprintf("%s.minisig", path);
    enum status st = file_read(&bytes, path, POLICY_BYTES_MAX, err);

    if (st == ST_OK && !file_exists(beside))
        st = err_set(err, ST_NOTFOUND, _("The policy has no signature beside it (%s). It was not used; nothing was "
                                         "changed. Take both files."), beside);
    if (st == ST_OK)
        st = file_read(&sig, beside, MINISIGN_FILE_MAX, err);
    if (st == ST_OK)
        st = policy_file_verify(out, buf_text(&bytes), bytes.len, buf_text(&sig), sig.len, err);
    if (st == ST_OK && marker)
        buf_add_mem(marker, sig.s, sig.len);
    buf_release(&bytes);
    buf_release(&sig);
    free(beside);
    return st;
}
