/* policy_json.c - a policy as JSON, written and read. */
#include "policy_json.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/text.h"
#include "dolen/exchange/policy_file.h"
#include "dolen/vault/age.h"
#include "strict.h"
#include "dolen/base/banned.h"

enum { BANDS_MAX = 32, COLUMNS_MAX = 256, WORDS_MAX = 256, TITLE_MAX = 200, OLDEST = 130, COUNTS_MAX = 100 };

static const char *const dates_words[] = { "day", "month" };
static const char *const geographies[] = { "la_decile", "lsoa" };
static const char *const consents[] = { "notice", "permission" };
static const char *const keys[] = { "random", "nhs" };

/* --- writing ---------------------------------------------------------------------------------------------------- */

static struct json *words_json(char *const *words, size_t n)
{
    struct json *list = json_new_list();

    for (size_t i = 0; i < n; i++)
        json_append(list, json_new_text(words[i]));
    return list;
}

static struct json *title_json(const struct policy_file *p)
{
    struct json *j = json_new_map();

    json_set_text(j, "en", text2_in(&p->title, LANG_EN));
    json_set_text(j, "cy", text2_in(&p->title, LANG_CY));
    return j;
}

static struct json *columns_json(const struct policy_file *p)
{
    struct json *j = json_new_map();

    for (size_t i = 0; i < p->table_count; i++)
        json_set(j, p->tables[i].table, words_json(p->tables[i].columns, p->tables[i].count));
    return j;
}

static struct json *suppression_json(const struct policy_file *p)
{
    struct json *j = json_new_map();

    json_set_int(j, "below", p->suppress_below);
    json_set_int(j, "round_to", p->round_to);
    return j;
}

static struct json *bands_json(const struct policy_file *p)
{
    struct json *list = json_new_list();

    for (size_t i = 0; i < p->age_band_count; i++)
        json_append(list, json_new_int(p->age_bands[i]));
    return list;
}

void policy_file_write(struct buf *out, const struct policy_file *p)
{
    struct json *j = json_new_map();

    json_set_text(j, "format", POLICY_FORMAT);
    json_set_text(j, "destination", p->destination);
    json_set_int(j, "number", p->number);
    json_set_text(j, "issued_on", date_iso(p->issued_on).s);
    json_set(j, "title", title_json(p));
    json_set_text(j, "data_set", p->data_set);
    json_set_text(j, "data_set_version", p->data_set_version);
    json_set(j, "columns", columns_json(p));
    json_set_text(j, "from", date_iso(p->from).s);
    json_set_text(j, "dates", dates_words[p->dates]);
    json_set(j, "age_bands", bands_json(p));
    json_set_text(j, "geography", geographies[p->geography]);
    json_set_text(j, "consent", consents[p->consent]);
    json_set_text(j, "person_key", keys[p->person_key]);
    json_set(j, "sensitive_allowed", words_json(p->sensitive_allowed, p->sensitive_count));
    json_set(j, "suppression", suppression_json(p));
    json_set(j, "recipients", words_json(p->recipients, p->recipient_count));
    json_set_text(j, "signer", p->signer);
    json_write_pretty(out, j);
    json_free(&j);
}

/* --- reading ---------------------------------------------------------------------------------------------------- */

static void read_title(struct strict *s, struct policy_file *p)
{
    const struct json *title = strict_take(s, "title", JSON_MAP_);
    char en[TITLE_MAX], cy[TITLE_MAX];
    struct strict in;

    if (!title)
        return;
    strict_begin(&in, title, s->what, s->err);
    strict_text(&in, "en", en, sizeof en, false);
    strict_text(&in, "cy", cy, sizeof cy, false);
    s->st = strict_done(&in);
    p->title.t[LANG_EN] = xstrdup(en);
    p->title.t[LANG_CY] = xstrdup(cy);
}

/* Words of letters, digits, _ and one dot; no word twice. */
static bool is_name(const char *s)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-";

    return *s && strlen(s) < BATCH_WORD_MAX && strspn(s, letters) == strlen(s);
}

static bool take_names(const struct json *list, char ***words, size_t *count, size_t max)
{
    if (json_kind(list) != JSON_LIST_ || json_count(list) > max)
        return false;
    for (size_t i = 0; i < json_count(list); i++) {
        const struct json *v = json_at(list, i);

        if (json_kind(v) != JSON_TEXT_ || !is_name(json_text(v)))
            return false;
        for (size_t k = 0; k < *count; k++)
            if (str_eq((*words)[k], json_text(v)))
                return false;
        word_list_add(words, count, json_text(v));
    }
    return true;
}

struct reading {
    struct strict      *s;
    struct policy_file *p;
};

static void read_table(void *ctx, const char *name, struct json *v)
{
    struct reading *r = ctx;
    struct policy_table *t;

    if (r->s->st != ST_OK)
        return;
    if (r->p->table_count == BATCH_TABLES_MAX || !exchange_word_is_plain(name)) {
        strict_fail(r->s, "columns");
        return;
    }
    r->p->tables = xgrow(r->p->tables, r->p->table_count + 1, sizeof *r->p->tables);
    t = &r->p->tables[r->p->table_count++];
    memset(t, 0, sizeof *t);
    str_copy(t->table, sizeof t->table, name);
    if (!take_names(v, &t->columns, &t->count, COLUMNS_MAX) || t->count == 0)
        strict_fail(r->s, "columns");
}

static void read_columns(struct strict *s, struct policy_file *p)
{
    const struct json *v = strict_take(s, "columns", JSON_MAP_);
    struct reading r = { s, p };

    if (v && json_count(v) == 0)
        strict_fail(s, "columns");
    else if (v)
        json_each(v, read_table, &r);
}

static void read_bands(struct strict *s, struct policy_file *p)
{
    const struct json *v = strict_take(s, "age_bands", JSON_LIST_);

    if (!v)
        return;
    if (json_count(v) == 0 || json_count(v) > BANDS_MAX) {
        strict_fail(s, "age_bands");
        return;
    }
    p->age_bands = xcalloc(json_count(v), sizeof *p->age_bands);
    for (size_t i = 0; i < json_count(v); i++) {
        int64_t from = json_kind(json_at(v, i)) == JSON_INT_ ? json_int(json_at(v, i)) : -1;

        if (from < 0 || from > OLDEST || (i > 0 && from <= p->age_bands[i - 1])) {
            strict_fail(s, "age_bands");
            return;
        }
        p->age_bands[p->age_band_count++] = (int) from;
    }
}

static void read_suppression(struct strict *s, struct policy_file *p)
{
    const struct json *v = strict_take(s, "suppression", JSON_MAP_);
    struct strict in;

    if (!v)
        return;
    strict_begin(&in, v, s->what, s->err);
    p->suppress_below = (int) strict_int(&in, "below", 0, COUNTS_MAX);
    p->round_to = (int) strict_int(&in, "round_to", 0, COUNTS_MAX);
    s->st = strict_done(&in);
}

static void read_recipients(struct strict *s, struct policy_file *p)
{
    const struct json *v = strict_take(s, "recipients", JSON_LIST_);
    struct age_recipient r;

    if (v && (json_count(v) == 0 || json_count(v) > POLICY_RECIPIENTS_MAX))
        strict_fail(s, "recipients");
    for (size_t i = 0; v && s->st == ST_OK && i < json_count(v); i++) {
        const char *text = json_text(json_at(v, i));

        if (age_recipient_parse(&r, text, NULL) != ST_OK || strlen(text) >= AGE_RECIPIENT_TEXT ||
            !text_is_tame(text, false))
            strict_fail(s, "recipients");
        else
            policy_file_add_recipient(p, text);
    }
}

static void read_signer(struct strict *s, struct policy_file *p)
{
    struct minisign_public key;

    strict_text(s, "signer", p->signer, MINISIGN_PUBLIC_TEXT, false);
    if (s->st == ST_OK && minisign_public_parse(&key, p->signer, NULL) != ST_OK)
        strict_fail(s, "signer");
}

static void read_all(struct strict *s, struct policy_file *p)
{
    const struct json *sensitive;

    strict_format(s, "format", POLICY_FORMAT);
    strict_plain(s, "destination", p->destination, sizeof p->destination, false);
    p->number = strict_int(s, "number", 1, INT32_MAX);
    strict_date(s, "issued_on", &p->issued_on);
    read_title(s, p);
    strict_plain(s, "data_set", p->data_set, sizeof p->data_set, false);
    strict_text(s, "data_set_version", p->data_set_version, sizeof p->data_set_version, false);
    read_columns(s, p);
    strict_date(s, "from", &p->from);
    p->dates = (enum policy_dates) strict_word(s, "dates", dates_words, (int) ARRAY_LEN(dates_words));
    read_bands(s, p);
    p->geography = (enum policy_geography) strict_word(s, "geography", geographies, (int) ARRAY_LEN(geographies));
    p->consent = (enum policy_consent) strict_word(s, "consent", consents, (int) ARRAY_LEN(consents));
    p->person_key = (enum policy_key) strict_word(s, "person_key", keys, (int) ARRAY_LEN(keys));
    sensitive = strict_take(s, "sensitive_allowed", JSON_LIST_);
    if (sensitive && !take_names(sensitive, &p->sensitive_allowed, &p->sensitive_count, WORDS_MAX))
        strict_fail(s, "sensitive_allowed");
    read_suppression(s, p);
    read_recipients(s, p);
    read_signer(s, p);
}

enum status policy_file_parse(struct policy_file **out, const char *bytes, size_t n, struct err *err)
{
    struct policy_file *p;
    struct json *j = NULL;
    struct strict s;
    enum status st;

    *out = NULL;
    if (n > POLICY_BYTES_MAX)
        return err_set(err, ST_INVALID,
                       _("The file is too long to be a policy. It was not used; nothing was changed."
                         " Check that it is the right file."));
    st = json_parse(&j, bytes, n, err);
    if (st != ST_OK)
        return st;
    p = xcalloc(1, sizeof *p);
    strict_begin(&s, j, N_("The policy"), err);
    read_all(&s, p);
    st = strict_done(&s);
    json_free(&j);
    if (st != ST_OK) {
        policy_file_free(&p);
        return st;
    }
    p->source = xstrndup(bytes, n);
    p->source_len = n;
    *out = p;
    return ST_OK;
}
