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
