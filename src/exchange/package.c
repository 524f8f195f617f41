/* package.c - datapackage.json: valid as a Data Package of version 1 and of version 2, so that either kind of program
 * reads types, keys and hashes from it. What only Dolen says stands under "dolen:batch". */
#include "parts.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/json.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/exchange/bundle.h"
#include "dolen/base/banned.h"

const struct plain_column tombstone_columns[] = {
    { "table", ITEM_TEXT_NONE, N_("Table") }, { "row_id", ITEM_ID, N_("Row that was taken back") },
    { "row_version", ITEM_INTEGER, N_("Change counter") }, { NULL, ITEM_COUNT, NULL }
};

/* --- fields ----------------------------------------------------------------------------------------------------- */

#define ID_PATTERN   "^[A-Z][0-9a-f]{32}$"
#define CODE_PATTERN "^[A-Z][A-Za-z0-9._-]*$"
#define LIST_PATTERN "^[A-Z][A-Za-z0-9._-]*( [A-Z][A-Za-z0-9._-]*)*$"

static const struct { const char *type, *pattern; } schema_types[ITEM_COUNT] = {
    [ITEM_ID] = { "string", ID_PATTERN }, [ITEM_CODE] = { "string", CODE_PATTERN },
    [ITEM_CODES] = { "string", LIST_PATTERN },
    [ITEM_DATE] = { "date", NULL }, [ITEM_MONTH] = { "yearmonth", NULL },
    [ITEM_QUARTER] = { "string", "^[0-9]{4}-Q[1-4]$" }, [ITEM_INTEGER] = { "integer", NULL },
    [ITEM_DECIMAL] = { "number", NULL }, [ITEM_FLAG] = { "boolean", NULL }, [ITEM_TEXT_NONE] = { "string", NULL },
};

static struct json *words_json(const char *const *words)
{
    struct json *list = json_new_list();

    for (; *words; words++)
        json_append(list, json_new_text(*words));
    return list;
}

static struct json *field_json(const char *name, enum item_type t, const char *title)
{
    struct json *f = json_new_map();

    json_set_text(f, "name", name);
    json_set_text(f, "type", schema_types[t].type);
    json_set_text(f, "title", title);
    if (t == ITEM_FLAG) {
        json_set(f, "trueValues", words_json((const char *const[]) { "1", NULL }));
        json_set(f, "falseValues", words_json((const char *const[]) { "0", NULL }));
    }
    if (schema_types[t].pattern) {
        struct json *rule = json_new_map();

        json_set_text(rule, "pattern", schema_types[t].pattern);
        json_set(f, "constraints", rule);
    }
    return f;
}

static void add_item_fields(struct json *fields, const struct export_job *job, const struct data_set_item *item)
{
    char *name = xasprintf("%s" MISSING_SUFFIX, item->item), *title;
    struct json *f = field_json(item->item, type_that_leaves(job, item->type), text2_in(&item->label, LANG_EN));

    if (item->codes)
        json_set_text(f, "dolen:codes", item->codes);
    if (item->maps_to && *item->maps_to)
        json_set_text(f, "dolen:maps_to", item->maps_to);
    json_append(fields, f);
    if (item_has_state(item)) {
        title = xasprintf(tr_in(LANG_EN, N_("%s: why there is no value")), text2_in(&item->label, LANG_EN));
        f = field_json(name, ITEM_CODE, title);
        json_set_text(f, "dolen:codes", "missing");
        json_append(fields, f);
        free(title);
    }
    free(name);
}

/* --- schemas ---------------------------------------------------------------------------------------------------- */

static bool has_field(const struct json *fields, const char *name)
{
    for (size_t i = 0; i < json_count(fields); i++)
        if (str_eq(json_get_text(json_at(fields, i), "name"), name))
            return true;
    return false;
}

/* A row of a delta may belong to one that went before, and a policy may keep back what a key would lead to: a validator
 * would call such a key broken. */
static bool key_leads_somewhere(const struct export_job *job, const char *column, const char *table)
{
    if (job->batch && job->batch->kind != BATCH_SNAPSHOT)
        return false;
    return table_leaves(job, table) && !policy_drops(job->policy, table, column);
}

static void add_keys(struct json *schema, const struct json *fields, const struct export_job *job,
                     const struct table_keys *k)
{
    struct json *list = json_new_list();

    if (k->primary[0]) {
        bool whole = true;

        for (size_t i = 0; k->primary[i]; i++)
            whole = whole && has_field(fields, k->primary[i]);
        if (whole)
            json_set(schema, "primaryKey", words_json(k->primary));
    }
    for (size_t i = 0; i < ARRAY_LEN(k->foreign) && k->foreign[i].column; i++) {
        const char *column[] = { k->foreign[i].column, NULL };
        struct json *foreign, *reference;

        if (!has_field(fields, column[0]) || !key_leads_somewhere(job, column[0], k->foreign[i].table))
            continue;
        foreign = json_new_map();
        reference = json_new_map();
        json_set_text(reference, "resource", k->foreign[i].table);
        json_set(reference, "fields", words_json(column));
        json_set(foreign, "fields", words_json(column));
        json_set(foreign, "reference", reference);
        json_append(list, foreign);
    }
    if (json_count(list))
        json_set(schema, "foreignKeys", list);
    else
        json_free(&list);
}

static struct json *schema_json(struct json *fields, const struct export_job *job, const char *table)
{
    const struct table_keys *k = table_keys(table);
    struct json *schema = json_new_map();

    json_set(schema, "fields", fields);
    json_set(schema, "missingValues", words_json((const char *const[]) { "", NULL }));
    if (k)
        add_keys(schema, fields, job, k);
    return schema;
}

static struct json *table_schema(const struct export_job *job, const struct data_set_table *t)
{
    struct json *fields = json_new_list();

    for (size_t i = 0; i < t->count; i++)
        if (!policy_drops(job->policy, t->table, t->items[i].item))
            add_item_fields(fields, job, &t->items[i]);
    return schema_json(fields, job, t->table);
}

static struct json *plain_schema(const struct export_job *job, const char *table, const struct plain_column *c)
{
    struct json *fields = json_new_list();

    for (; c->name; c++)
        json_append(fields, field_json(c->name, c->type, tr_in(LANG_EN, c->label)));
    return schema_json(fields, job, table);
}

/* --- resources -------------------------------------------------------------------------------------------------- */

static struct json *dialect_json(void)
{
    struct json *d = json_new_map();

    json_set_text(d, "delimiter", ",");
    json_set_text(d, "lineTerminator", "\r\n");
    json_set_text(d, "quoteChar", "\"");
    json_set_bool(d, "doubleQuote", true);
    json_set_bool(d, "skipInitialSpace", false);
    json_set_bool(d, "header", true);
    return d;
}

static void add_resource(struct json *list, const struct export *e, const char *name, const char *path,
                         struct json *schema)
{
    const struct csv_made *made = part_made(e, path);
    struct json *r = json_new_map();
    char *hash = xasprintf("sha256:%s", made->sha256);

    json_set_text(r, "name", name);
    json_set_text(r, "path", path);
    json_set_text(r, "profile", "tabular-data-resource");
    json_set_text(r, "type", "table");
    json_set_text(r, "format", "csv");
    json_set_text(r, "mediatype", "text/csv");
    json_set_text(r, "encoding", "utf-8");
    json_set_int(r, "bytes", (int64_t) made->bytes);
    json_set_text(r, "hash", hash);
    json_set(r, "dialect", dialect_json());
    json_set(r, "schema", schema);
    json_append(list, r);
    free(hash);
}

static struct json *resources_json(const struct export *e)
{
    const struct data_set *d = e->job->data_set;
    struct json *list = json_new_list();

    for (size_t t = 0; t < d->count; t++) {
        char *path = xasprintf("%s.csv", d->tables[t].table);

        if (table_leaves(e->job, d->tables[t].table))
            add_resource(list, e, d->tables[t].table, path, table_schema(e->job, &d->tables[t]));
        free(path);
    }
    add_resource(list, e, TOMBSTONE, TOMBSTONE ".csv", plain_schema(e->job, TOMBSTONE, tombstone_columns));
    add_resource(list, e, "codelist", "codes/codelist.csv", plain_schema(e->job, "codelist", codelist_columns));
    add_resource(list, e, "dictionary", "dictionary.csv", plain_schema(e->job, "dictionary", dictionary_columns));
    return list;
}

/* --- the batch -------------------------------------------------------------------------------------------------- */

static struct json *left_out_json(const struct export_result *result)
{
    struct json *j = json_new_map();

    for (int i = 0; i < LEFT_COUNT; i++)
        json_set_int(j, left_out_word((enum left_out) i), result->left_out[i]);
    return j;
}

static struct json *batch_json(const struct export *e)
{
    const struct export_job *job = e->job;
    struct json *b = json_new_map(), *period = json_new_map(), *rows = json_new_map(), *policy = json_new_map();
    struct sha256 *sha = sha256_new();
    char hex[65];

    sha256_add(sha, job->policy->source, job->policy->source_len);
    sha256_hex_done(&sha, hex);
    json_set_text(policy, "id", job->policy->id);
    json_set_text(policy, "sha256", hex);
    json_set_text(period, "from", date_iso(job->from).s);
    json_set_text(period, "until", date_iso(job->until).s);
    for (size_t i = 0; i < e->result->tables; i++)
        json_set_int(rows, e->result->table[i].table, e->result->table[i].rows);
    json_set_text(b, "format", "dolen/batch/1");
    json_set_text(b, "data_set", job->data_set->id);
    json_set_text(b, "data_set_version", job->data_set->version);
    json_set_bool(b, "provisional", str_eq(job->data_set->status, "provisional"));
    json_set_text(b, "kind", "snapshot");
    json_set(b, "period", period);
    json_set(b, "rows", rows);
    json_set_int(b, "people", e->result->people);
    json_set(b, "left_out", left_out_json(e->result));
    json_set_int(b, "unusable_values", e->result->unusable);
    json_set(b, "policy", policy);
    json_set_text(b, "csv", job->excel ? "excel" : "strict");
    json_set_bool(b, "training", job->training);
    json_set_text(b, "app", job->app);
    return b;
}

/* What the export counted, in the manifest of a batch. */
static struct json *sealed_batch_json(const struct export *e)
{
    struct manifest m = *e->job->batch;
    struct sha256 *sha = sha256_new();

    sha256_add(sha, e->job->policy->source, e->job->policy->source_len);
    sha256_hex_done(&sha, m.policy_sha256);
    m.tables = m.reasons = 0;
    for (size_t i = 0; i < e->result->tables; i++) {
        str_copy(m.rows[m.tables].name, sizeof m.rows->name, e->result->table[i].table);
        m.rows[m.tables++].n = e->result->table[i].rows;
    }
    for (int i = 0; i < LEFT_COUNT; i++) {
        str_copy(m.left_out[m.reasons].name, sizeof m.left_out->name, left_out_word((enum left_out) i));
        m.left_out[m.reasons++].n = e->result->left_out[i];
    }
    if (m.kind == BATCH_DELTA && rows_of_people(e->result) == 0)
        m.kind = BATCH_ERASURE;
    m.people = e->result->people;
    m.unusable = e->result->unusable;
    return manifest_write(&m);
}

/* "Set ddata graidd dros dro i Gymru" says it, a service's own title may not. */
static char *title_of(const struct data_set *d)
{
    const char *title = text2_in(&d->title, LANG_EN);

    if (!str_eq(d->status, "provisional") || strstr(title, "rovisional"))
        return xstrdup(title);
    return xasprintf(tr_in(LANG_EN, N_("%s (provisional)")), title);
}

enum status write_package(struct export *e, struct err *err)
{
    const struct data_set *d = e->job->data_set;
    struct json *j = json_new_map();
    struct buf b = BUF_INIT;
    char *title = title_of(d);
    char *description = xasprintf("%s\n%s", text2_in(&d->note, LANG_CY), text2_in(&d->note, LANG_EN));
    enum status st;

    json_set_text(j, "profile", "tabular-data-package");
    json_set_text(j, "name", d->id);
    json_set_text(j, "title", title);
    json_set_text(j, "description", description);
    json_set_text(j, "version", d->version);
    json_set_bool(j, "provisional", str_eq(d->status, "provisional"));
    json_set(j, "resources", resources_json(e));
    json_set(j, BATCH_KEY, e->job->batch ? sealed_batch_json(e) : batch_json(e));
    json_write_pretty(&b, j);
    buf_add_char(&b, '\n');
    st = part_whole(e, BUNDLE_MANIFEST, b.s, b.len, err);
    buf_release(&b);
    json_free(&j);
    free(title);
    free(description);
    return st;
}
