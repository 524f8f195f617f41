/* app/caseload.c - handing over is one changed column of each open period of support; its tasks hang on it and on the
 * person. */
#include "caseload.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/buf.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/text.h"
#include "steps.h"
#include "dolen/base/banned.h"

#define STEP "caseload"
#define PRACTITIONERS_MAX 200

static bool is_the_one(struct casefile *cf, const struct record *p, const char *typed)
{
    struct slot_info slot[VAULT_SLOTS];
    int n = vault_list(cf->vault, slot);
    struct id id;
    char *end;
    long number = strtol(typed, &end, 10);

    if (id_parse(typed, &id))
        return id_eq(id, p->id);
    for (int i = 0; !*end && i < n; i++)
        if (slot[i].index + 1 == number)
            return id_eq(slot[i].practitioner, p->id);
    return text_same_folded(record_or(p, PRACTITIONER_name, ""), typed);
}

enum status practitioner_find(struct casefile *cf, const char *typed, struct id *out, struct err *err)
{
    struct records all = { NULL, 0, 0 };
    size_t found = 0;
    enum status st;

    *out = ID_NONE;
    if (!typed[0])
        return ST_OK;
    st = store_list(cf->store, LIST_PRACTITIONERS, ID_NONE, PRACTITIONERS_MAX, &all, err);
    for (size_t i = 0; st == ST_OK && i < all.count; i++)
        if (is_the_one(cf, &all.items[i], typed)) {
            *out = all.items[i].id;
            found++;
        }
    records_release(&all);
    if (st == ST_OK && found == 0)
        st = err_set(err, ST_NOTFOUND,
                     _("There is no practitioner \"%s\" in this case file. Nothing was changed. See: dolen caseload "
                       "list"),
                     typed);
    else if (st == ST_OK && found > 1)
        st = err_set(err, ST_CONFLICT,
                     _("Several practitioners are called \"%s\". Nothing was changed. Give the id or the slot's "
                       "number: dolen caseload list"),
                     typed);
    return st;
}

/* --- whose things are shown -------------------------------------------------------------------------------------- */

static char *own_key(const struct casefile *cf)
{
    return xasprintf("only-own.%s", id_show(cf->slot.practitioner).s);
}

bool practitioners_share(struct casefile *cf)
{
    struct records all = { NULL, 0, 0 };
    bool several = store_list(cf->store, LIST_PRACTITIONERS, ID_NONE, 2, &all, NULL) == ST_OK && all.count > 1;

    records_release(&all);
    return several;
}

struct id caseload_shown(struct casefile *cf)
{
    char *key = own_key(cf), *kept = id_is_set(cf->slot.practitioner) ? store_setting(cf->store, key) : NULL;
    bool own = kept && practitioners_share(cf);

    free(kept);
    free(key);
    return own ? cf->slot.practitioner : ID_NONE;
}

enum status caseload_turn(struct casefile *cf, struct err *err)
{
    char *key = own_key(cf);
    enum status st;

    if (!practitioners_share(cf))
        st = err_set(err, ST_REFUSED, _("Nobody else uses this case file: everything here is yours."));
    else if (!id_is_set(cf->slot.practitioner))
        st = err_set(err, ST_REFUSED,
                     _("The case file was opened with a key that is nobody's, so nothing here is yours or a "
                       "colleague's. Open it with your own passphrase."));
    else
        st = store_set_setting(cf->store, key, id_is_set(caseload_shown(cf)) ? NULL : "1", err);
    free(key);
    return st;
}

char *practitioner_name(struct casefile *cf, struct id practitioner)
{
    struct record r = { .text = NULL };
    char *name = NULL;

    if (id_is_set(practitioner) && store_get(cf->store, T_PRACTITIONER, practitioner, &r, NULL) == ST_OK)
        name = xstrdup(record_or(&r, PRACTITIONER_name, ""));
    record_release(&r);
    return name ? name : xstrdup("");
}

static bool wanted(const struct caseload_row *row, const struct id *people, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (id_eq(people[i], row->person))
            return true;
    return !people;
}

static enum status all_there(const struct caseload_row *rows, size_t n, const struct id *people, size_t count,
                             struct err *err)
{
    for (size_t i = 0; i < count; i++) {
        bool there = false;

        for (size_t k = 0; k < n && !there; k++)
            there = id_eq(rows[k].person, people[i]);
        if (!there)
            return err_set(err, ST_NOTFOUND,
                           _("%s has no open period of support of this practitioner. Nothing was changed. See: dolen "
                             "caseload list"),
                           id_show(people[i]).s);
    }
    return ST_OK;
}

static enum status hand_one(struct casefile *cf, struct id episode, struct id to, struct err *err)
{
    struct record e = { .text = NULL };
    enum status st = store_get(cf->store, T_EPISODE, episode, &e, err);

    if (st == ST_OK) {
        record_set_id(&e, EPISODE_practitioner, to);
        st = store_put(cf->store, &e, "handed over", err);
    }
    record_release(&e);
    return st;
}

static enum status hand_all(struct casefile *cf, struct id to, const struct caseload_row *rows, size_t n,
                            const struct id *people, size_t count, bool apply, struct caseload_move *moved,
                            struct err *err)
{
    struct id last = ID_NONE;
    enum status st = ST_OK;

    for (size_t i = 0; st == ST_OK && i < n; i++) {
        if (!wanted(&rows[i], people, count))
            continue;
        moved->periods++;
        if (!id_eq(last, rows[i].person)) {     /* rows of one person stand together */
            moved->people++;
            moved->tasks += (size_t) rows[i].tasks;
        }
        last = rows[i].person;
        st = apply ? hand_one(cf, rows[i].episode, to, err) : ST_OK;
    }
    return st;
}

enum status caseload_hand(struct casefile *cf, struct id from, struct id to, const struct id *people, size_t count,
                          bool apply, struct caseload_move *moved, struct err *err)
{
    struct caseload_row *rows = NULL;
    int64_t after = store_version(cf->store);
    size_t n = 0;
    enum status st;

    *moved = (struct caseload_move) { 0, 0, 0 };
    if (id_eq(from, to))
        return err_set(err, ST_INVALID,
                       _("A caseload is handed from one practitioner to another. Nothing was changed."
                         " Give two different names."));
    st = caseload_list(cf->store, from, &rows, &n, err);
    if (st == ST_OK)
        st = all_there(rows, n, people, count, err);
    if (st == ST_OK && apply)
        st = store_begin(cf->store, err);
    if (st == ST_OK) {
        st = hand_all(cf, to, rows, n, people, count, apply, moved, err);
        if (apply && st == ST_OK && moved->periods)
            st = step_note(cf, STEP, after, err);
        if (apply)
            st = store_end(cf->store, st, err);
    }
    free(rows);
    return st;
}

enum status caseload_undo(struct casefile *cf, bool apply, size_t *periods, struct err *err)
{
    return step_take_back(cf, STEP, apply, periods, err);
}
