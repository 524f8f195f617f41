/* app/oruk.c - the fields of an Open Referral UK service that the asset form has questions for, by one table both
 * ways. */
#include "oruk.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "dolen/base/json.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/date.h"
#include "training.h"
#include "dolen/base/banned.h"

/* A path goes through objects by name; through a list to its first member. codes: words of a code list's maps_to. */
static const struct {
    const char *question, *path, *codes;
} fields[] = {
    { "name_en", "name", NULL },
    { "name_cy", "name_cy", NULL },
    { "organisation", "organization.name", NULL },
    { "what_happens", "description", NULL },
    { "day", "schedules.description", NULL },
    { "attending_type", "attending_type", "attending_type" },
    { "attending_access", "attending_access", "attending_access" },
    { "referral_way", "application_process", NULL },
    { "cost", "fees_description", NULL },
    { "accessibility", "accessibility.description", NULL },
    { "area", "service_areas.name", NULL },
    { "address", "locations.addresses.address_1", NULL },
    { "postcode", "locations.addresses.postal_code", NULL },
    { "contact_name", "contacts.name", NULL },
    { "phone", "phones.number", NULL },
    { "email", "email", NULL },
    { "web", "url", NULL },
    { "running", "status", "asset_status" },
    { "verified_on", "assured_date", NULL },
};

static const struct json *first_of(const struct json *j)
{
    return j && json_kind(j) == JSON_LIST_ ? json_at(j, 0) : j;
}

static const struct json *at_path(const struct json *j, const char *path)
{
    char step[48];

    for (; j && *path; path += *path == '.') {
        size_t n = strcspn(path, ".");

        str_copy(step, sizeof step, path);
        step[n < sizeof step ? n : sizeof step - 1] = '\0';
        j = first_of(j);
        j = j && json_kind(j) == JSON_MAP_ ? json_get(j, step) : NULL;
        path += n;
    }
    return j;
}

/* --- in --------------------------------------------------------------------------------------------------------- */

static const char *code_of(struct casefile *cf, const char *codes, const char *word)
{
    const struct codelist *list = codes ? catalog_codes(cf->catalog, codes, NULL) : NULL;

    for (size_t i = 0; list && i < list->count; i++)
        if (list->items[i].maps_to && strcasecmp(list->items[i].maps_to, word) == 0)
            return list->items[i].code;
    return word;
}

static void words_in(struct casefile *cf, const struct json *j, const char *codes, struct buf *out)
{
    if (!j)
        return;
    for (size_t i = 0; json_kind(j) == JSON_LIST_ && i < json_count(j); i++)
        words_in(cf, json_at(j, i), codes, out);
    if (json_kind(j) == JSON_TEXT_ && json_text(j)[0])
        buf_addf(out, "%s%s", out->len ? "; " : "", code_of(cf, codes, json_text(j)));
}

static void service_row(struct casefile *cf, const struct json *service, struct csv_row *row)
{
    for (size_t i = 0; i < ARRAY_LEN(fields); i++) {
        struct buf b = BUF_INIT;

        words_in(cf, at_path(service, fields[i].path), fields[i].codes, &b);
        if (str_eq(fields[i].question, "verified_on") && b.len > 10)      /* a date and a time */
            b.s[10] = '\0';
        csv_row_add(row, buf_text(&b));
        buf_release(&b);
    }
}

enum status oruk_read(struct csv_table *out, struct casefile *cf, const char *text, size_t n, struct err *err)
{
    static const char *const lists[] = { "contents", "content", "services", "service" };
    struct json *j = NULL;
    const struct json *list;
    enum status st = json_parse(&j, text, n, err);

    *out = (struct csv_table) { .rows = NULL };
    list = j;
    if (st == ST_OK && json_kind(j) == JSON_MAP_)
        st = training_refuse_marked(cf, json_get(j, "training") && json_bool(json_get(j, "training")), _("This file"),
                                    err);
    for (size_t i = 0; j && json_kind(j) == JSON_MAP_ && list == j && i < ARRAY_LEN(lists); i++)
        if (json_get(j, lists[i]))
            list = json_get(j, lists[i]);
    if (st == ST_OK && json_kind(list) != JSON_LIST_)
        st = err_set(err, ST_INVALID, _("The file holds no list of Open Referral UK services. Nothing was changed."
                                        " Check that it is the right file."));
    for (size_t i = 0; st == ST_OK && i < ARRAY_LEN(fields); i++)
        csv_row_add(&out->head, fields[i].question);
    for (size_t i = 0; st == ST_OK && i < json_count(list); i++)
        service_row(cf, json_at(list, i), ARRAY_ADD(out->rows, out->count, out->cap));
    json_free(&j);
    return st;
}

/* --- out -------------------------------------------------------------------------------------------------------- */

static struct json *words_out(struct casefile *cf, const char *codes, const char *value)
{
    const struct codelist *list = codes ? catalog_codes(cf->catalog, codes, NULL) : NULL;
    struct json *many;
    char *copy, *rest;

    if (!list)
        return json_new_text(value);
    if (!strchr(value, ' ')) {
        const struct code *c = codelist_find(list, value);

        return json_new_text(c && c->maps_to ? c->maps_to : value);
    }
    many = json_new_list();
    copy = rest = xstrdup(value);
    for (char *code = strsep(&rest, " "); code; code = strsep(&rest, " ")) {
        const struct code *c = codelist_find(list, code);

        json_append(many, json_new_text(c && c->maps_to ? c->maps_to : code));
    }
    free(copy);
    return many;
}

/* Lists of one object where the standard has lists. */
static struct json *step_into(struct json *map, const char *step)
{
    static const char *const listed[] = { "schedules", "accessibility", "service_areas", "locations", "addresses",
                                          "contacts",
                                          "phones" };
    struct json *there = json_get(map, step);
    bool list = false;

    for (size_t i = 0; i < ARRAY_LEN(listed); i++)
        list = list || strcmp(listed[i], step) == 0;
    if (there)
        return json_kind(there) == JSON_LIST_ ? json_at(there, 0) : there;
    if (list) {
        struct json *l = json_new_list();

        json_append(l, json_new_map());
        json_set(map, step, l);
        return json_at(json_get(map, step), 0);
    }
    json_set(map, step, json_new_map());
    return json_get(map, step);
}

static void put(struct json *service, const char *path, struct json *take)
{
    char step[48];
    struct json *at = service;

    for (;;) {
        size_t n = strcspn(path, ".");

        str_copy(step, sizeof step, path);
        step[n < sizeof step ? n : sizeof step - 1] = '\0';
        if (!path[n]) {
            json_set(at, step, take);
            return;
        }
        at = step_into(at, step);
        path += n + 1;
    }
}

struct json *oruk_service(struct casefile *cf, struct id id, const struct answers *a)
{
    struct json *s = json_new_map();
    const char *name = answers_value(a, "name_en", 0);

    json_set_text(s, "id", id_show(id).s);
    json_set_text(s, "name", name ? name : answers_value(a, "name_cy", 0) ? answers_value(a, "name_cy", 0) : "");
    json_set_text(s, "status", "active");
    for (size_t i = 1; i < ARRAY_LEN(fields); i++) {
        const char *v = answers_value(a, fields[i].question, 0);

        if (v)
            put(s, fields[i].path, words_out(cf, fields[i].codes, v));
    }
    return s;
}
