#include "dolen/exchange/manifest.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/vault/hash.h"
#include "strict.h"
#include "dolen/base/banned.h"

/* --- names and numbers ------------------------------------------------------------------------------------------ */

struct source_text source_show(struct id source)
{
    struct source_text out = { "S" };

    hex_of(out.s + 1, source.b, sizeof source.b);
    return out;
}

bool source_parse(const char *s, struct id *out)
{
    struct id id;

    if (s[0] != 'S' || strspn(s + 1, "0123456789abcdef") != 32 || s[33] || !id_parse(s + 1, &id) || !id_is_set(id))
        return false;
    *out = id;
    return true;
}

bool exchange_word_is_plain(const char *s)
{
    static const char first[] = "abcdefghijklmnopqrstuvwxyz0123456789";
    static const char rest[] = "abcdefghijklmnopqrstuvwxyz0123456789_-";
    size_t n = strlen(s);

    return n > 0 && n <= 48 && strspn(s, first) > 0 && strspn(s, rest) == n;
}

int64_t version_of(int64_t epoch, int64_t n)
{
    return (epoch << BATCH_EPOCH_BITS) | n;
}

int64_t version_epoch(int64_t version)
{
    return version >> BATCH_EPOCH_BITS;
}

int64_t version_count(int64_t version)
{
    return version & (((int64_t) 1 << BATCH_EPOCH_BITS) - 1);
}

void batch_name(char *name, struct id source, int64_t epoch, int64_t seq)
{
    snprintf(name, BATCH_NAME_MAX, "%s-e%lld-%06lld", source_show(source).s, (long long) epoch, (long long) seq);
}

/* As batch_name writes it: written again it must be the same. */
bool batch_name_parse(const char *file, struct id *source, int64_t *epoch, int64_t *seq)
{
    const char *slash = strrchr(file, '/'), *name = slash ? slash + 1 : file;
    char id[34], again[BATCH_NAME_MAX], *end;
    long long e, n;

    if (strlen(name) < 34 || name[33] != '-' || name[34] != 'e')
        return false;
    memcpy(id, name, 33);
    id[33] = '\0';
    e = strtoll(name + 35, &end, 10);
    if (!source_parse(id, source) || e < 1 || e >= BATCH_EPOCH_MAX || *end != '-')
        return false;
    n = strtoll(end + 1, &end, 10);
    if (n < 1 || n > BATCH_SEQ_MAX || (*end && *end != '.'))
        return false;
    batch_name(again, *source, e, n);
    if (strlen(again) != (size_t) (end - name) || strncmp(again, name, strlen(again)) != 0)
        return false;
    *epoch = e;
    *seq = n;
    return true;
}

static const char *const kinds[BATCH_KINDS] = { "delta", "snapshot", "erasure" };

const char *batch_kind_word(enum batch_kind k)
{
    return kinds[k];
}

/* --- writing ---------------------------------------------------------------------------------------------------- */

static struct json *counts_json(const struct batch_count *c, size_t n)
{
    struct json *j = json_new_map();

    for (size_t i = 0; i < n; i++)
        json_set_int(j, c[i].name, c[i].n);
    return j;
}

static struct json *pair_json(const char *a, const char *a_value, const char *b, const char *b_value)
{
    struct json *j = json_new_map();

    json_set_text(j, a, a_value);
    json_set_text(j, b, b_value);
    return j;
}

struct json *manifest_write(const struct manifest *m)
{
    struct json *j = json_new_map();

    json_set_text(j, "format", BATCH_FORMAT);
    json_set_text(j, "data_set", m->data_set);
    json_set_text(j, "data_set_version", m->data_set_version);
    json_set_bool(j, "provisional", m->provisional);
    json_set_text(j, "batch_id", id_show(m->batch_id).s);
    json_set_text(j, "source_id", source_show(m->source_id).s);
    json_set_text(j, "destination", m->destination);
    json_set_int(j, "epoch", m->epoch);
    json_set_int(j, "seq", m->seq);
    json_set_text(j, "kind", kinds[m->kind]);
    json_set_int(j, "base_version", m->base_version);
    json_set_int(j, "to_version", m->to_version);
    json_set_text(j, "prev", m->prev);
    json_set_text(j, "policy_id", m->policy_id);
    json_set_text(j, "policy_sha256", m->policy_sha256);
    json_set(j, "period", pair_json("from", date_iso(m->from).s, "until", date_iso(m->until).s));
    json_set(j, "rows", counts_json(m->rows, m->tables));
    json_set_int(j, "people", m->people);
    json_set(j, "left_out", counts_json(m->left_out, m->reasons));
    json_set_int(j, "unusable_values", m->unusable);
    json_set_text(j, "audit_head", m->audit_head);
    json_set_bool(j, "training", m->training);
    json_set_text(j, "app", m->app);
    json_set_text(j, "made_at", instant_iso(m->made_at).s);
    return j;
}

/* --- reading ---------------------------------------------------------------------------------------------------- */

static void read_period(struct strict *s, struct manifest *m)
{
    const struct json *period = strict_take(s, "period", JSON_MAP_);
    struct strict in;

    if (!period)
        return;
    strict_begin(&in, period, s->what, s->err);
    strict_date(&in, "from", &m->from);
    strict_date(&in, "until", &m->until);
    s->st = strict_done(&in);
    if (s->st == ST_OK && date_compare(m->from, m->until) > 0)
        strict_fail(s, "period");
}

/* What belongs together: a snapshot begins at nothing, versions are of this epoch, nothing covers less than nothing. */
static void check_versions(struct strict *s, const struct manifest *m)
{
    if (m->to_version < m->base_version || version_epoch(m->to_version) != m->epoch)
        strict_fail(s, "to_version");
    if (m->kind == BATCH_SNAPSHOT ? m->base_version != 0 : version_epoch(m->base_version) != m->epoch)
        strict_fail(s, "base_version");
}

enum status manifest_parse(struct manifest *out, const struct json *batch, struct err *err)
{
    struct manifest m = { .epoch = 0 };
    struct strict s;

    strict_begin(&s, batch, N_("The manifest"), err);
    strict_format(&s, "format", BATCH_FORMAT);
    strict_plain(&s, "data_set", m.data_set, sizeof m.data_set, false);
    strict_text(&s, "data_set_version", m.data_set_version, sizeof m.data_set_version, false);
    m.provisional = strict_bool(&s, "provisional");
    strict_id(&s, "batch_id", &m.batch_id, false);
    strict_source(&s, "source_id", &m.source_id);
    strict_plain(&s, "destination", m.destination, sizeof m.destination, false);
    m.epoch = strict_int(&s, "epoch", 1, BATCH_EPOCH_MAX - 1);
    m.seq = strict_int(&s, "seq", 1, BATCH_SEQ_MAX);
    m.kind = (enum batch_kind) strict_word(&s, "kind", kinds, BATCH_KINDS);
    m.base_version = strict_int(&s, "base_version", 0, INT64_MAX);
    m.to_version = strict_int(&s, "to_version", 0, INT64_MAX);
    strict_hex(&s, "prev", m.prev, true);
    strict_plain(&s, "policy_id", m.policy_id, sizeof m.policy_id, false);
    strict_hex(&s, "policy_sha256", m.policy_sha256, false);
    read_period(&s, &m);
    strict_counts(&s, "rows", m.rows, BATCH_TABLES_MAX, &m.tables);
    m.people = strict_int(&s, "people", 0, INT64_MAX);
    strict_counts(&s, "left_out", m.left_out, BATCH_REASONS_MAX, &m.reasons);
    m.unusable = strict_int(&s, "unusable_values", 0, INT64_MAX);
    strict_hex(&s, "audit_head", m.audit_head, true);
    m.training = strict_bool(&s, "training");
    strict_text(&s, "app", m.app, sizeof m.app, false);
    m.made_at = strict_instant(&s, "made_at");
    check_versions(&s, &m);
    if (strict_done(&s) == ST_OK)
        *out = m;
    return s.st;
}
