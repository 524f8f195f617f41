/* classes of counts: months, years, codes with their words, areas in their health boards. */
#include "build.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/exchange/shape.h"
#include "dolen/base/banned.h"

struct classes classes_new(const char *name)
{
    return (struct classes){ .name = name };
}

static void add_item(struct class_item **items, size_t *count, size_t *cap, const char *code, const char *label)
{
    struct class_item *it = ARRAY_ADD(*items, *count, *cap);

    it->code = xstrdup(code);
    it->label = xstrdup(label);
}

void classes_add(struct classes *c, const char *code, const char *label)
{
    add_item(&c->items, &c->count, &c->cap, code, label);
}

void classes_add_group(struct classes *c, const char *code, const char *label)
{
    add_item(&c->groups, &c->group_count, &c->group_cap, code, label);
}

void classes_add_in(struct classes *c, const char *code, const char *label, const char *group)
{
    classes_add(c, code, label);
    c->items[c->count - 1].group = xstrdup(group);
}

struct classes classes_months(struct date from, struct date until)
{
    struct classes c = classes_new("month");
    struct date    at = { from.year, from.month, 1 };

    for (; date_compare(at, until) <= 0; at = date_add_months(at, 1)) {
        char code[16];

        snprintf(code, sizeof code, "%04d-%02d", at.year, at.month);
        classes_add(&c, code, date_show_month(at).s);
    }
    return c;
}

/* The year that a day lies in begins on 1 April. */
struct classes classes_years(struct date from, struct date until)
{
    struct classes c = classes_new("year");
    int first = from.month >= 4 ? from.year : from.year - 1, last = until.month >= 4 ? until.year : until.year - 1;

    for (int y = first; y <= last; y++) {
        char code[16], label[16];

        snprintf(code, sizeof code, "%04d", y);
        snprintf(label, sizeof label, "%04d-%02d", y, (y + 1) % 100);
        classes_add(&c, code, label);
    }
    return c;
}

void classes_last_is_open(struct classes *c)
{
    struct class_item *last = &c->items[c->count - 1];
    char              *label = xasprintf(_("%s, so far"), last->label);

    free(last->label);
    last->label = label;
}

static void add_missing(struct classes *c)
{
    classes_add(c, NOT_KNOWN, _("Not known"));
}

enum status classes_codes(struct classes *out, struct catalog *c, const char *list, struct err *err)
{
    const struct codelist *l = catalog_codes(c, list, err);

    if (!l)
        return err ? err->st : ST_NOTFOUND;
    *out = classes_new(l->id);
    for (size_t i = 0; i < l->count; i++)
        classes_add(out, l->items[i].code, text2_now(&l->items[i].label));
    add_missing(out);
    classes_add(out, WITHHELD, _("Kept back by the policy"));
    return ST_OK;
}

enum status classes_areas(struct classes *out, struct catalog *c, struct err *err)
{
    const struct codelist *areas = catalog_codes(c, "local_authority", err);
    const struct codelist *boards = areas ? catalog_codes(c, "health_board", err) : NULL;

    if (!boards)
        return err ? err->st : ST_NOTFOUND;
    *out = classes_new("area");
    for (size_t b = 0; b < boards->count; b++) {
        classes_add_group(out, boards->items[b].code, text2_now(&boards->items[b].label));
        for (size_t i = 0; i < areas->count; i++) {
            if (!str_eq(areas->items[i].health_board, boards->items[b].code))
                continue;
            classes_add_in(out, areas->items[i].code, text2_now(&areas->items[i].label), boards->items[b].code);
        }
    }
    classes_add_group(out, NO_GROUP, _("Not known"));
    classes_add_in(out, NOT_KNOWN, _("Not known"), NO_GROUP);
    return ST_OK;
}

static size_t find(const struct classes *c, const char *code)
{
    for (size_t i = 0; code && i < c->count; i++)
        if (strcmp(c->items[i].code, code) == 0)
            return i;
    return c->count;
}

bool classes_have(const struct classes *c, const char *code)
{
    return find(c, code) < c->count;
}

size_t classes_find(const struct classes *c, const char *code)
{
    size_t i = find(c, code);

    return i < c->count ? i : find(c, NOT_KNOWN);
}

static void items_free(struct class_item *items, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        free(items[i].code);
        free(items[i].label);
        free(items[i].group);
    }
    free(items);
}

void classes_release(struct classes *c)
{
    items_free(c->items, c->count);
    items_free(c->groups, c->group_count);
    *c = (struct classes){ .name = NULL };
}
