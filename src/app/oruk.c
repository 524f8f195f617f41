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
#include "places_book.h"
#include "training.h"
#include "dolen/base/banned.h"

/* A path goes through objects by name; through a list to its first member. codes: words of a code list's maps_to.
 * place: where a service_at_location has it, for what is true of one place only; the rest a place has from its service
 * unless it says otherwise under the same path. */
static const struct {
    const char *question, *path, *codes, *place;
} fields[] = {
    { "name_en", "name", NULL, NULL },
    { "name_cy", "name_cy", NULL, NULL },
    { "organisation", "organization.name", NULL, NULL },
    { "what_happens", "description", NULL, NULL },
    { "day", "schedules.description", NULL, "schedules.description" },
    { "attending_type", "attending_type", "attending_type", NULL },
    { "attending_access", "attending_access", "attending_access", NULL },
    { "referral_way", "application_process", NULL, NULL },
    { "cost", "fees_description", NULL, NULL },
    { "accessibility", "accessibility.description", NULL, "location.accessibility.description" },
    { "area", "service_areas.name", NULL, "service_areas.name" },
    { "address", "locations.addresses.address_1", NULL, "location.addresses.address_1" },
    { "postcode", "locations.addresses.postal_code", NULL, "location.addresses.postal_code" },
    { "contact_name", "contacts.name", NULL, "contacts.name" },
    { "phone", "phones.number", NULL, "phones.number" },
    { "email", "email", NULL, NULL },
    { "web", "url", NULL, NULL },
    { "running", "status", "asset_status", "status" },
    { "verified_on", "assured_date", NULL, "assured_date" },
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

/* at: one of its service_at_locations, or NULL. first: what that one does not say, its service says. */
static const struct json *said_of(const struct json *service, const struct json *at, bool first, size_t field)
{
    const char *place = fields[field].place;
    const struct json *own = at ? at_path(at, place ? place : fields[field].path) : NULL;

    return own || (at && place && !first) ? own : at_path(service, fields[field].path);
}

static void entry_row(struct casefile *cf, const struct json *service, const struct json *at, bool first,
                      struct csv_row *row)
{
    for (size_t i = 0; i < ARRAY_LEN(fields); i++) {
        struct buf b = BUF_INIT;

        words_in(cf, said_of(service, at, first, i), fields[i].codes, &b);
        if (str_eq(fields[i].question, "verified_on") && b.len > 10)      /* a date and a time */
            b.s[10] = '\0';
        csv_row_add(row, buf_text(&b));
        buf_release(&b);
    }
}

/* n: its place in the list, where it has no id of its own. A service at several places is an entry a place. */
static void service_rows(struct casefile *cf, const struct json *service, size_t n, struct csv_table *out)
{
    const struct json *id = at_path(service, "id"), *places = NULL;
    struct buf name = BUF_INIT;
    size_t count = 0;

    if (json_kind(service) == JSON_MAP_ && json_get(service, "service_at_locations"))
        places = json_get(service, "service_at_locations");
    if (places && json_kind(places) == JSON_LIST_)
        count = json_count(places);
    if (id && json_kind(id) == JSON_TEXT_ && json_text(id)[0])
        buf_add(&name, json_text(id));
    else
        buf_addf(&name, "service %zu", n + 1);
    for (size_t i = 0; i == 0 || i < count; i++) {
        struct csv_row *row = ARRAY_ADD(out->rows, out->count, out->cap);

        *row = (struct csv_row) { .cells = NULL };
        csv_row_add(row, i ? "" : buf_text(&name));
        csv_row_add(row, i ? buf_text(&name) : "");
        entry_row(cf, service, count ? json_at(places, i) : NULL, i == 0, row);
    }
    buf_release(&name);
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
    csv_row_add(&out->head, "id");
    csv_row_add(&out->head, PLACE_COLUMN);
    for (size_t i = 0; st == ST_OK && i < ARRAY_LEN(fields); i++)
        csv_row_add(&out->head, fields[i].question);
    for (size_t i = 0; st == ST_OK && i < json_count(list); i++)
        service_rows(cf, json_at(list, i), i, out);
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

/* The service's own fields are those of its first place. */
static struct json *first_place(const struct json *service)
{
    struct json *at = json_new_map(), *list = json_new_list();

    json_set_text(at, "id", json_get_text(service, "id"));
    for (size_t i = 0; i < ARRAY_LEN(fields); i++) {
        const struct json *v = fields[i].place ? at_path(service, fields[i].path) : NULL;

        if (v)
            put(at, fields[i].place, json_copy(v));
    }
    json_append(list, at);
    return list;
}

/* What it leaves open where its service has an answer is said to be open. */
static void place_field(struct casefile *cf, const struct json *service, struct json *at, size_t i, const char *v)
{
    const struct json *there = at_path(service, fields[i].path);
    struct json *own = v ? words_out(cf, fields[i].codes, v) : NULL;

    if (fields[i].place && own)
        put(at, fields[i].place, own);
    else if (!fields[i].place && own && !(there && json_equal(there, own)))
        put(at, fields[i].path, own);
    else
        json_free(&own);
    if (!fields[i].place && !v && there)
        put(at, fields[i].path, json_new_text(""));
}

void oruk_place(struct casefile *cf, struct json *service, struct id id, const struct answers *a)
{
    struct json *at = json_new_map();

    if (!json_get(service, "service_at_locations"))
        json_set(service, "service_at_locations", first_place(service));
    json_set_text(at, "id", id_show(id).s);
    for (size_t i = 0; i < ARRAY_LEN(fields); i++)
        place_field(cf, service, at, i, answers_value(a, fields[i].question, 0));
    if (json_get(at, "location")) {
        if (!json_get(service, "locations"))
            json_set(service, "locations", json_new_list());
        json_append(json_get(service, "locations"), json_copy(json_get(at, "location")));
    }
    json_append(json_get(service, "service_at_locations"), at);
}

bool oruk_meant(const char *format, const char *file)
{
    const char *ending = file ? strrchr(file, '.') : NULL;

    return format ? str_eq(format, "oruk-json") : ending && strcasecmp(ending, ".json") == 0;
}
