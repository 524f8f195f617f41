/* app/record_json.c - records for --json and for people on standard output, with the safe-contact rule kept. */
#include "commands.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/core/person.h"
#include "dolen/core/safe.h"
#include "filing.h"
#include "dolen/base/banned.h"

static bool hidden_column(const char *name)
{
    return str_eq(name, "sort_key") || str_eq(name, "missing") || str_eq(name, "form_def");
}

static struct json *missing_json(const struct record *rec)
{
    struct json *j = json_new_map();

    for (int c = 0; c < table_column_count(rec->table); c++) {
        const char *name = table_column_name(rec->table, c);
        enum missing m;

        if (hidden_column(name) || record_text(rec, c))
            continue;
        m = record_missing(rec, name);
        if (m != MISSING_NONE && m != MISSING_NOT_REACHED)
            json_set_text(j, name, missing_word(m));
    }
    return j;
}

struct json *record_json(struct casefile *cf, const struct record *rec, bool reveal)
{
    struct json *j = json_new_map(), *missing;
    struct id person = rec->table == T_PERSON ? rec->id : ID_NONE;
    bool guarded = rec->table == T_PERSON && person_is_guarded(cf, person);

    json_set_text(j, "id", id_show(rec->id).s);
    for (int c = 0; c < table_column_count(rec->table); c++) {
        const char *name = table_column_name(rec->table, c), *text = record_text(rec, c);

        if (hidden_column(name) || !text)
            continue;
        json_set_text(j, name, guarded && !reveal && safe_covers(name) ? SAFE_DOTS : text);
    }
    if (guarded)
        json_set_bool(j, "protected", true);
    if (consent_is_in_doubt(cf->store, rec))
        json_set_bool(j, "in_doubt", true);
    missing = missing_json(rec);
    if (json_count(missing))
        json_set(j, "missing", missing);
    else
        json_free(&missing);
    return j;
}

/* People by name: the search box, and only when one fits. */
static enum status person_by_name(struct run *r, const char *typed, struct id *out, struct err *err)
{
    struct hit hit[8];
    struct buf names = BUF_INIT;
    int n = 0;
    enum status st = store_search(r->cf->store, typed, 1u << HIT_PERSON, hit, ARRAY_LEN(hit), &n, err);

    if (st != ST_OK)
        return st;
    if (n == 0)
        return err_set(err, ST_NOTFOUND, _("Nobody called \"%s\" was found. Nothing was changed. Try: dolen search"),
                       typed);
    if (n == 1 && !hit[0].slip) {
        *out = hit[0].id;
        return ST_OK;
    }
    for (int i = 0; i < n; i++)
        buf_addf(&names, "%s%s %s", i ? ", " : "", id_show(hit[i].id).s, hit[i].text);
    if (n == 1)
        st = err_set(err, ST_CONFLICT,
                     _("Nobody is called \"%s\", somebody nearly so. Nothing was changed. If it is they, use the id: "
                       "%s"),
                     typed, buf_text(&names));
    else
        st = err_set(err, ST_CONFLICT, _("Several people fit \"%s\". Nothing was changed. Use the id of one: %s"),
                     typed, buf_text(&names));
    buf_release(&names);
    return st;
}

enum status operand_id(struct run *r, enum table_id t, const char *typed, struct id *out, struct err *err)
{
    if (id_parse(typed, out)) {
        struct record rec;
        enum status st;

        record_init(&rec, t);
        st = store_get(r->cf->store, t, *out, &rec, err);
        record_release(&rec);
        if (st == ST_NOTFOUND)
            err_set(err, st, _("There is no %s with the id %s. Nothing was changed."
                               " The lists show the ids."), table_name(t), typed);
        return st;
    }
    if (t == T_PERSON)
        return person_by_name(r, typed, out, err);
    return err_set(err, ST_USAGE,
                   _("\"%s\" is not an id: 36 characters like the ones that lists show. Nothing was changed."
                     " Copy it from a list."),
                   typed);
}
