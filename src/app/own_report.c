/* app/own_report.c - the rows of the case file into a warehouse in memory, and a report made of it. */
#include "own_report.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/file.h"
#include "dolen/base/json.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/report/memory.h"
#include "dolen/vault/hash.h"
#include "dolen/base/banned.h"

enum { RELEASES_KEPT = 16 };

/* --- earlier releases: one setting a table, a list of [from, until, body] ----------------------------------------- */

/* Without them a later report could give away what an earlier one kept back: what cannot be read is not "none". */
static enum status kept_releases(struct casefile *cf, const char *table, struct json **list, struct err *err)
{
    char *name = xasprintf("report_release.%s", table), *text;
    enum status st = store_setting_read(cf->store, name, &text, err);

    *list = NULL;
    if (st == ST_OK && text)
        st = json_parse(list, text, strlen(text), err);
    else if (st == ST_OK)
        *list = json_new_list();
    free(text);
    free(name);
    return st;
}

static enum status read_releases(void *ctx, const char *table, enum status (*each)(void *, const char *, const char *,
                                 const char *, struct err *), void *to, struct err *err)
{
    struct json *list;
    enum status st = kept_releases(ctx, table, &list, err);

    for (size_t i = 0; i < json_count(list) && st == ST_OK; i++) {
        struct json *one = json_at(list, i);

        st = each(to, json_text(json_at(one, 0)), json_text(json_at(one, 1)), json_text(json_at(one, 2)), err);
    }
    json_free(&list);
    return st;
}

static enum status add_release(void *ctx, const char *table, const char *from, const char *until, const char *body,
                               struct err *err)
{
    struct casefile *cf = ctx;
    struct json *old, *list, *one;
    struct buf text = BUF_INIT;
    enum status st = kept_releases(cf, table, &old, err);
    size_t n, first;
    char *name;

    if (st != ST_OK)
        return st;
    list = json_new_list();
    one = json_new_list();
    name = xasprintf("report_release.%s", table);
    n = json_count(old);
    first = n >= RELEASES_KEPT ? n - RELEASES_KEPT + 1 : 0;
    for (size_t i = first; i < n; i++)
        json_append(list, json_copy(json_at(old, i)));
    json_append(one, json_new_text(from));
    json_append(one, json_new_text(until));
    json_append(one, json_new_text(body));
    json_append(list, one);
    json_write(&text, list);
    st = store_set_setting(cf->store, name, buf_text(&text), err);
    buf_release(&text);
    json_free(&list);
    json_free(&old);
    free(name);
    return st;
}

/* --- the rows ----------------------------------------------------------------------------------------------------- */

/* Pseudonyms that nobody else has, made for this report alone. */
static enum status load(struct casefile *cf, const struct own_report *want, struct memory **out, struct err *err)
{
    struct export_job job = { .from = want->from, .until = want->until, .today = clock_today(), .catalog = cf->catalog,
                              .everyone = true, .source = keyslots_file_id(cf->slots) };
    struct memory *w = NULL;
    struct row_sink sink;
    enum status st;

    job.data_set = catalog_data_set(cf->catalog, "provisional-wales", err);
    job.policy = job.data_set ? catalog_policy(cf->catalog, "local", err) : NULL;
    if (!job.policy)
        return err ? err->st : ST_NOTFOUND;
    random_fill(job.key, sizeof job.key);
    st = memory_new(&w, job.data_set, err);
    if (st == ST_OK) {
        sink = memory_sink(w);
        st = export_rows(cf->store, &job, &sink, err);
    }
    if (st == ST_OK)
        st = memory_ready(w, err);
    wipe(job.key, sizeof job.key);
    if (st == ST_OK)
        *out = w;
    else
        memory_free(&w);
    return st;
}

enum status own_report_make(struct casefile *cf, const struct own_report *want, struct report **out, struct err *err)
{
    struct release_store releases = { cf, read_releases, add_release };
    struct report_request q = { .catalog = cf->catalog, .id = want->id, .from = want->from, .until = want->until,
                                .today = clock_today(), .population = want->population, .scope = _("Own caseload"),
                                .unsuppressed = want->unsuppressed, .training = keyslots_is_training(cf->slots),
                                .releases = &releases, .draft = !want->released && !want->unsuppressed };
    struct memory *w = NULL;
    enum status st = load(cf, want, &w, err);

    if (st != ST_OK)
        return st;
    q.engine = *memory_engine(w);
    st = report_make(out, &q, err);
    memory_free(&w);
    return st;
}

enum status own_report_give(struct casefile *cf, const struct own_report *want, enum report_format format,
                            const char *path, struct err *err)
{
    struct own_report out = *want;
    struct report *r = NULL;
    enum status st;

    out.unsuppressed = false;
    out.released = true;
    if (file_exists(path))
        return err_set(err, ST_REFUSED, _("%s exists already; it is as it was; choose another name."), path);
    st = report_path_fits(format, path, err);       /* before it is noted as given out */
    if (st == ST_OK)
        st = own_report_make(cf, &out, &r, err);
    if (st == ST_OK)
        st = report_give(r, format, path, err);
    report_free(&r);
    return st;
}
