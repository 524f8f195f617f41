/* fix_hub.c - invented laptops: every cell follows from the laptop, the case and the version, so that two hubs that got the
 * same batches must hold the same rows. */
#include "fix_hub.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "dolen/base/file.h"
#include "dolen/base/mem.h"
#include "dolen/exchange/source.h"
#include "dolen/vault/hash.h"
#include "dolen/base/banned.h"

static void must(enum status st, const struct err *err)
{
    if (st == ST_OK)
        return;
    fprintf(stderr, "fix_hub: %s\n", err_text(err));
    exit(99);
}

/* --- identity --------------------------------------------------------------------------------------------------- */

static void write_text(const char *folder, const char *name, const char *s, size_t n)
{
    struct err err = { .st = ST_OK };

    must(file_replace(folder, name, s, n, &err), &err);
}

static void write_identity(struct fix_laptop *l, bool training)
{
    struct source s = { .id = l->id, .training = training, .made_on = { 2026, 4, 1 } };
    struct age_identity *id = NULL;
    struct age_recipient r;
    struct minisign_public pub;
    struct secret *text = NULL;
    struct buf b = BUF_INIT;
    struct err err = { .st = ST_OK };
    struct json *j;

    must(age_identity_new(&id, &err), &err);
    age_identity_recipient(id, &r);
    age_recipient_text(&r, s.recipient);
    minisign_secret_public(l->sign, &pub);
    minisign_public_text(&pub, s.signer);
    str_copy(s.name, sizeof s.name, "Practitioner, Enghraifft");
    j = source_write(&s);
    json_write(&b, j);
    write_text(l->folder, "S.json", b.s, b.len);
    must(minisign_secret_text(l->sign, &text, &err), &err);
    write_text(l->folder, "sign", secret_text(text), secret_length(text));
    secret_free(&text);
    buf_release(&b);
    json_free(&j);
    age_identity_free(&id);
}

void fix_laptop_open(struct fix_laptop *l, const char *folder, bool training)
{
    char *path = path_join(folder, "sign"), *json = path_join(folder, "S.json");
    struct err err = { .st = ST_OK };
    struct buf b = BUF_INIT;
    struct source s;

    memset(l, 0, sizeof *l);
    l->folder = xstrdup(folder);
    if (!file_exists(path)) {
        must(folder_make_private(folder, &err), &err);
        l->id = id_new();
        must(minisign_secret_new(&l->sign, &err), &err);
        write_identity(l, training);
    } else {
        must(file_read(&b, path, 4096, &err), &err);
        must(minisign_secret_parse(&l->sign, buf_text(&b), b.len, &err), &err);
        buf_wipe(&b);
        must(file_read(&b, json, 65536, &err), &err);
        must(source_read(&s, buf_text(&b), b.len, &err), &err);
        l->id = s.id;
    }
    buf_release(&b);
    free(path);
    free(json);
}

void fix_laptop_close(struct fix_laptop *l)
{
    minisign_secret_free(&l->sign);
    free(l->folder);
    memset(l, 0, sizeof *l);
}

/* --- rows ------------------------------------------------------------------------------------------------------- */

/* How many rows of a table a case has, and the letter of its ids. */
static const struct shape { const char *table; int rows; char letter; } shapes[] = {
    { "episode", 1, 'E' }, { "referral", 1, 'R' }, { "need", 2, 'N' }, { "contact", 3, 'C' }, { "goal", 2, 'L' },
    { "asset_use", 1, 'A' }, { "unmet_need", 1, 'G' }, { "outcome", 4, 'M' },
};

static const struct shape *shape_of(const char *table)
{
    for (size_t i = 0; i < ARRAY_LEN(shapes); i++)
        if (str_eq(shapes[i].table, table))
            return &shapes[i];
    return NULL;                /* capacity, safeguarding: counted, not recorded */
}

static void id_cell(struct buf *out, const struct fix_laptop *l, char letter, int64_t n, int part)
{
    uint8_t key[32] = { 0 }, id[16];
    char hex[33], text[64];

    memcpy(key, l->id.b, sizeof l->id.b);
    snprintf(text, sizeof text, "%c %lld %d", letter, (long long) n, part);
    keyed_id(id, key, text, strlen(text));
    hex_of(hex, id, sizeof id);
    buf_addf(out, "%c%s", letter, hex);
}

/* The needs of a referral come and go with its version. */
static int rows_of(const struct shape *s, const struct fix_case *k)
{
    return str_eq(s->table, "need") ? (int) (version_count(k->version) % (s->rows + 1)) : s->rows;
}

static char letter_of(const char *table)
{
    const struct shape *s = shape_of(table);

    return s ? s->letter : 'X';
}

/* Another letter for the ids that a column of this name holds. */
static void id_of_column(struct buf *out, const struct fix_laptop *l, const struct wh_table *t, const struct wh_column *c,
                         const struct fix_case *k, int part)
{
    if (str_eq(c->name, "episode_id"))
        id_cell(out, l, 'E', k->n, 0);
    else if (str_eq(c->name, "referral_id"))
        id_cell(out, l, 'R', k->n, 0);
    else if (str_eq(c->name, "person_id"))
        id_cell(out, l, 'P', k->n, 0);
    else if (str_eq(c->name, "organisation"))
        id_cell(out, l, 'O', 0, 0);
    else
        id_cell(out, l, letter_of(t->name), k->n, part);
}

static void code_cell(struct buf *out, const struct wh_column *c, struct catalog *cat, int64_t seed)
{
    const struct codelist *list = c->item->codes ? catalog_codes(cat, c->item->codes, NULL) : NULL;

    buf_add(out, list && list->count ? list->items[(size_t) seed % list->count].code : "ONS4");
}

/* A measure taken at the beginning and at the end: what can be paired. */
static const char *outcome_cell(const char *column, int part)
{
    static const struct { const char *column, *begins, *ends; } fixed[] = {
        { "instrument", "ONS4", "ONS4" }, { "stage", "BASELINE", "CLOSING" }, { "taken_on", "2026-05-04", "2026-11-02" },
        { "wording", "OFFICIAL", "OFFICIAL" }, { "instrument_version", "1", "1" },
    };

    if (str_eq(column, "item"))
        return part % 2 ? "HAPPY" : "SATIS";
    for (size_t i = 0; i < ARRAY_LEN(fixed); i++)
        if (str_eq(fixed[i].column, column))
            return part < 2 ? fixed[i].begins : fixed[i].ends;
    return NULL;
}

static void cell(struct buf *out, const struct wh_table *t, size_t i, struct catalog *cat, const struct fix_laptop *l,
                 const struct fix_case *k, int part)
{
    const struct wh_column *c = &t->columns[i];
    int64_t seed = k->n * 7 + version_count(k->version) * 3 + (int64_t) i + part;

    if (str_eq(t->name, "outcome") && outcome_cell(c->name, part))
        buf_add(out, outcome_cell(c->name, part));
    else if (str_eq(c->name, "row_version"))
        buf_addf(out, "%lld", (long long) k->version);
    else if (str_eq(c->name, "rank"))
        buf_addf(out, "%d", part + 1);
    else if (str_eq(c->name, "closed_on"))
        ;
    else if (c->type == ITEM_ID)
        id_of_column(out, l, t, c, k, part);
    else if (c->type == ITEM_CODE || c->type == ITEM_CODES)
        code_cell(out, c, cat, seed);
    else if (c->type == ITEM_DATE)
        buf_addf(out, "2026-%02d-%02d", (int) (seed % 8) + 4, (int) (seed % 28) + 1);
    else if (c->type == ITEM_DECIMAL)
        buf_addf(out, "%d.%d", (int) (seed % 10), (int) (seed % 7));
    else if (c->type == ITEM_INTEGER || c->type == ITEM_FLAG)
        buf_addf(out, "%d", (int) (seed % 2));
}

static void head(struct buf *out, const struct wh_table *t)
{
    for (size_t i = 1; i < t->count; i++)
        buf_addf(out, "%s%s", i > 1 ? "," : "", t->columns[i].name);
    buf_add(out, "\r\n");
}

static void row(struct buf *out, const struct wh_table *t, struct catalog *c, const struct fix_laptop *l,
                const struct fix_case *k, int part, const char *bad)
{
    for (size_t i = 1; i < t->count; i++) {
        const struct wh_column *column = &t->columns[i];

        if (i > 1)
            buf_add_char(out, ',');
        if (column->role == COLUMN_STATE)
            buf_add(out, str_eq(column->name, "closed_on__missing") ? "NREA" : "");
        else if (bad && str_eq(column->name, "sex"))
            buf_add(out, bad);
        else
            cell(out, t, i, c, l, k, part);
    }
    buf_add(out, "\r\n");
}

/* organisation, category, area, month, three counts; no row_version */
static void capacity(struct buf *out, const struct wh_table *t, struct catalog *c, const struct fix_laptop *l, int64_t to)
{
    for (int month = 4; month < 7; month++) {
        if (month == 5 && version_count(to) % 2)        /* a category that nobody offers any more */
            continue;
        for (size_t i = 1; i < t->count; i++) {
            const struct wh_column *column = &t->columns[i];

            if (i > 1)
                buf_add_char(out, ',');
            if (column->type == ITEM_MONTH)
                buf_addf(out, "2026-%02d", month);
            else if (column->type == ITEM_ID)
                id_cell(out, l, 'O', 0, 0);
            else if (column->role == COLUMN_ITEM && column->type == ITEM_CODE)
                code_cell(out, column, c, 1);
            else if (column->role == COLUMN_ITEM && !str_eq(column->name, "row_version"))
                buf_addf(out, "%lld", (long long) (version_count(to) % 5));
        }
        buf_add(out, "\r\n");
    }
}

/* quarter, reports or why there is no number; no row_version */
static void reports_made(struct buf *out, const struct wh_table *t, const struct fix_batch *b)
{
    for (int quarter = 2; quarter <= 4; quarter++) {
        int64_t n = version_count(b->to) + quarter;

        if (quarter == 4 && b->kind == BATCH_SNAPSHOT && version_count(b->to) % 2)     /* it is not told any more */
            continue;
        for (size_t i = 1; i < t->count; i++) {
            const struct wh_column *column = &t->columns[i];

            if (i > 1)
                buf_add_char(out, ',');
            if (column->type == ITEM_QUARTER)
                buf_addf(out, "2026-Q%d", quarter);
            else if (column->role == COLUMN_STATE)
                buf_add(out, n % 3 ? "" : "WITHHELD");
            else if (str_eq(column->name, "reports") && n % 3)
                buf_addf(out, "%lld", (long long) (n % 4 * 5));
        }
        buf_add(out, "\r\n");
    }
}

/* The same key for a database, another one for who compares letters. */
static void need_again(struct buf *out, const struct wh_table *t, struct catalog *c, const struct fix_laptop *l,
                       const struct fix_batch *b)
{
    for (size_t i = b->count; i-- > 0;)
        if (version_count(b->cases[i].version) % 3) {
            size_t at = out->len;

            row(out, t, c, l, &b->cases[i], 0, NULL);
            at = (size_t) (strchr(out->s + at, ',') - out->s) + 1;      /* referral_id, rank, … */
            buf_insert(out, at, "0", 1);
            return;
        }
}

void fix_rows(struct buf *out, const struct wh_table *t, struct catalog *c, const struct fix_laptop *l,
              const struct fix_batch *b)
{
    const struct shape *s = shape_of(t->name);

    head(out, t);
    if (!s) {
        if (b->capacity && str_eq(t->name, "safeguarding"))
            reports_made(out, t, b);
        else if (b->capacity)
            capacity(out, t, c, l, b->to);
        return;
    }
    for (size_t i = 0; i < b->count; i++)
        for (int part = 0; part < rows_of(s, &b->cases[i]); part++)
            row(out, t, c, l, &b->cases[i], part, i == 0 ? b->bad : NULL);
    if (b->twice && str_eq(t->name, "need"))
        need_again(out, t, c, l, b);
}

static void tombstones(struct buf *out, const struct fix_laptop *l, const struct fix_batch *b)
{
    buf_add(out, "table,row_id,row_version\r\n");
    for (size_t i = 0; i < b->gone_count; i++) {
        const struct shape *s = shape_of(b->gone[i].table);

        for (int part = 0; s && part < s->rows; part++) {
            buf_addf(out, "%s,", s->table);
            id_cell(out, l, s->letter, b->gone[i].n, part);
            buf_addf(out, ",%lld\r\n", (long long) b->gone[i].version);
        }
    }
}

/* --- bundles ---------------------------------------------------------------------------------------------------- */

static void add_resource(struct json *list, const char *name, const char *path, const struct buf *b)
{
    struct sha256 *s = sha256_new();
    struct json *r = json_new_map();
    char hex[65], *hash;

    sha256_add(s, buf_text(b), b->len);
    sha256_hex_done(&s, hex);
    hash = xasprintf("sha256:%s", hex);
    json_set_text(r, "name", name);
    json_set_text(r, "path", path);
    json_set_int(r, "bytes", (int64_t) b->len);
    json_set_text(r, "hash", hash);
    json_append(list, r);
    free(hash);
}

static void manifest_of(struct manifest *m, const struct fix_laptop *l, const struct fix_batch *b, const struct policy_file *p)
{
    uint8_t seed[32] = { 0 };
    char text[96];

    *m = (struct manifest) { .source_id = l->id, .training = b->training, .provisional = true, .epoch = b->epoch, .seq = b->seq,
                             .kind = b->kind, .base_version = b->base, .to_version = b->to, .from = p->from,
                             .until = { 2027, 3, 31 }, .people = (int64_t) b->count, .made_at = 1790000000 + b->seq };
    /* The same batch has the same id whenever it is made. */
    snprintf(text, sizeof text, "batch %lld %lld %d %zu", (long long) b->epoch, (long long) b->seq, (int) b->kind, b->count);
    memcpy(seed, l->id.b, 16);
    keyed_id(m->batch_id.b, seed, text, strlen(text));
    m->batch_id.b[6] = (uint8_t) ((m->batch_id.b[6] & 15) | 64);
    m->batch_id.b[8] = (uint8_t) ((m->batch_id.b[8] & 63) | 128);
    str_copy(m->destination, sizeof m->destination, b->destination ? b->destination : p->destination);
    str_copy(m->data_set, sizeof m->data_set, p->data_set);
    str_copy(m->data_set_version, sizeof m->data_set_version, p->data_set_version);
    str_copy(m->policy_id, sizeof m->policy_id, p->destination);
    str_copy(m->policy_sha256, sizeof m->policy_sha256, p->sha256);
    memset(m->audit_head, 'a', 64);
    str_copy(m->app, sizeof m->app, "dolen test");
}

static void package(struct buf *out, struct json *resources, const struct manifest *m)
{
    struct json *j = json_new_map();

    json_set_text(j, "profile", "tabular-data-package");
    json_set_text(j, "name", m->data_set);
    json_set(j, "resources", resources);
    json_set(j, BATCH_KEY, manifest_write(m));
    json_write(out, j);
    json_free(&j);
}

void fix_seal(const struct fix_laptop *l, const struct fix_batch *b, const struct policy_file *policy, struct catalog *c,
              const char *folder)
{
    struct buf files[16] = { BUF_INIT };
    struct bundle_member members[16];
    struct age_recipient to;
    struct bundle_job job = { .members = members, .to = &to, .to_count = 1, .signer = l->sign };
    struct json *resources = json_new_list();
    struct wh_schema *s = NULL;
    struct err err = { .st = ST_OK };
    struct manifest m;
    char name[BATCH_NAME_MAX], *names[16] = { NULL };
    size_t n = 0;

    must(age_recipient_parse(&to, policy->recipients[0], &err), &err);
    must(schema_new(&s, catalog_data_set(c, policy->data_set, &err), &err), &err);
    for (size_t i = 0; i <= s->count; i++, n++) {
        const char *table = i < s->count ? s->tables[i].name : "tombstone";

        if (i < s->count)
            fix_rows(&files[n], &s->tables[i], c, l, b);
        else
            tombstones(&files[n], l, b);
        names[n] = xasprintf("%s.csv", table);
        members[n] = (struct bundle_member) { names[n], NULL, files[n].s, files[n].len };
        add_resource(resources, table, names[n], &files[n]);
    }
    manifest_of(&m, l, b, policy);
    package(&files[n], resources, &m);
    members[n] = (struct bundle_member) { BUNDLE_MANIFEST, NULL, files[n].s, files[n].len };
    job.count = ++n;
    batch_name(name, l->id, b->epoch, b->seq);
    if (!file_exists(folder))
        must(folder_make_private(folder, &err), &err);
    must(bundle_seal(&job, folder, name, NULL, &err), &err);
    for (size_t i = 0; i < n; i++) {
        buf_release(&files[i]);
        free(names[i]);
    }
    schema_free(&s);
}
