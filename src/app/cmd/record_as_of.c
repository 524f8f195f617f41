/* record_as_of.c - a person with all that was filed by then, a period of support with its plan; others by themselves. */
#include "record_as_of.h"

#include <stdio.h>
#include <stdlib.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/text.h"
#include "dolen/forms/answers_json.h"
#include "dolen/store/past.h"
#include "dolen/ui/views.h"
#include "commands.h"
#include "record_text.h"
#include "dolen/base/banned.h"

/* With the answers that have no column. */
static enum status append_as_of(struct run *r, struct json *list, const struct record *rec, struct date on,
                                struct err *err)
{
    struct record then = { .text = NULL };
    struct answers a = ANSWERS_INIT;
    enum status st = store_as_of(r->cf->store, rec->table, rec->id, on, &then, &a, err);

    if (st == ST_OK) {
        struct json *j = record_json(r->cf, rec, false);

        if (a.count)
            json_set(j, "answers", answers_to_json(&a));
        json_append(list, j);
    }
    answers_release(&a);
    record_release(&then);
    return st;
}

/* The plan of an episode, or what was filed about a person, as it stood. */
static enum status add_as_of(struct run *r, struct json *j, enum table_id t, const char *column, struct id owner,
                             struct date on, struct err *err)
{
    struct records found = { NULL, 0, 0 };
    struct json *list = json_new_list();
    char *key = t == T_EQUALITY ? xstrdup(table_name(t)) : xasprintf("%ss", table_name(t));
    enum status st = store_as_of_list(r->cf->store, t, column, owner, on, &found, err);

    for (size_t i = 0; st == ST_OK && i < found.count; i++)
        st = append_as_of(r, list, &found.items[i], on, err);
    records_release(&found);
    json_set(j, key, list);
    free(key);
    return st;
}

static void print_list(struct run *r, const struct json *list, const char *form)
{
    for (size_t i = 0; i < json_count(list); i++) {
        putchar('\n');
        print_record_text(r->cf, json_at(list, i), form);
    }
}

/* As the workstation shows it, in the words of the forms. */
static enum status print_as_of(struct run *r, struct id person, struct date on, struct err *err)
{
    struct ui u = { .store = r->cf->store, .catalog = r->cf->catalog, .today = clock_today() };
    struct buf words = BUF_INIT, tame = BUF_INIT;
    enum status st = as_of_text(&u, person, on, &words, err);

    if (st == ST_OK) {
        text_tame(&tame, buf_text(&words), true);
        fputs(buf_text(&tame), stdout);
    }
    buf_wipe(&words);
    buf_wipe(&tame);
    return st;
}

/* Rebuilt from the history; what is covered now was covered then. */
enum status record_as_of(struct run *r, const struct shown_as *n, struct id id, struct date on, struct err *err)
{
    static const enum table_id filed[] = { T_EPISODE, T_REFERRAL, T_RESPONSE, T_CONTACT, T_CONNECTION, T_GAP, T_CONSENT,
                                           T_EQUALITY };
    struct record rec = { .text = NULL };
    struct json *j;
    enum status st = store_as_of(r->cf->store, n->table, id, on, &rec, NULL, err);

    if (st == ST_OK && n->table == T_PERSON && !r->json) {
        record_release(&rec);
        return print_as_of(r, id, on, err);
    }
    if (st == ST_OK) {
        j = record_json(r->cf, &rec, false);
        json_set_text(j, "as_of", date_iso(on).s);
        if (rec.binned)
            json_set_bool(j, "in_bin", true);
        for (size_t i = 0; n->table == T_PERSON && st == ST_OK && i < ARRAY_LEN(filed); i++)
            st = add_as_of(r, j, filed[i], "person", id, on, err);
        if (n->table == T_EPISODE)
            st = add_as_of(r, j, T_GOAL, "episode", id, on, err);
        if (n->table == T_EPISODE && st == ST_OK)
            st = add_as_of(r, j, T_ACTION, "episode", id, on, err);
        if (st == ST_OK && r->json) {
            run_print_json(n->name, j);
            j = NULL;
        } else if (st == ST_OK) {
            struct json *parts[] = { json_get(j, "goals"), json_get(j, "actions") };

            printf(_("As it was on %s; for reading only."), date_show(on).s);
            putchar('\n');
            for (size_t i = 0; i < ARRAY_LEN(parts); i++)
                parts[i] = parts[i] ? json_copy(parts[i]) : NULL;
            json_remove(j, "goals");
            json_remove(j, "actions");
            print_record_text(r->cf, j, n->form);
            for (size_t i = 0; i < ARRAY_LEN(parts); i++) {
                print_list(r, parts[i], "plan");
                json_free(&parts[i]);
            }
        }
        json_free(&j);
    }
    record_release(&rec);
    return st;
}
