/* app/sar.c - a subject-access pack: what goes in, what waits for a review. */
#include "sar.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/store/past.h"
#include "dolen/base/banned.h"

#define CHANGES_AT_ONCE 200

bool sar_holds_name(const struct sar *s, const char *name)
{
    static const char *const waits[] = { "safe_contact", "safe_how", "safe_when", "safe_message", "do_not_contact",
                                         "before_contact" };

    if (str_starts(name, "answer."))
        name += strlen("answer.");
    if (str_eq(name, "carried"))                        /* what two laptops tell each other: nothing about the person */
        return false;
    for (size_t i = 0; i < ARRAY_LEN(waits) && !s->reviewed; i++)
        if (str_starts(name, waits[i]))                 /* a draft's "safe_how#2" too */
            return false;
    return true;
}

/* The task that reminds of a concern tells as much as the concern. */
bool sar_holds_row(const struct sar *s, const struct record *r)
{
    return s->reviewed || !(r->table == T_CONCERN || r->table == T_DIFFERENCE ||
                            (r->table == T_TASK && str_eq(record_text(r, TASK_kind), "SUPERVISOR")) ||
                            (r->table == T_DRAFT && str_eq(record_text(r, DRAFT_form), "concern")));
}

/* That something was covered is told by its having been uncovered. */
static bool sar_holds_change(const struct sar *s, const struct change_row *c)
{
    return s->reviewed || !(str_eq(c->entity, "concern") || str_eq(c->entity, "difference") ||
                            str_eq(c->entity, "protocol") || str_starts(c->why, "revealed"));
}

const struct form *sar_form(struct sar *s, const char *id, const char *hash)
{
    const struct form *now = catalog_form(s->cf->catalog, id, NULL);
    struct form *form = NULL;
    char *yaml = NULL;
    size_t n = 0, now_n = 0;

    for (size_t i = 0; i < s->pin_count; i++)
        if (str_eq(s->pins[i].hash, hash))
            return s->pins[i].form;
    if (!hash || !*hash || store_definition(s->cf->store, hash, &yaml, &n, NULL) != ST_OK)
        return now;
    const char *source = now ? form_source(now, &now_n) : NULL;

    if (!(source && now_n == n && memcmp(source, yaml, n) == 0) &&
        form_parse(&form, id, yaml, n, s->cf->catalog, NULL) == ST_OK) {
        struct sar_pin *p = ARRAY_ADD(s->pins, s->pin_count, s->pin_cap);

        str_copy(p->hash, sizeof p->hash, hash);
        p->form = form;
    }
    free(yaml);
    return form ? form : now;
}

/* --- the history ------------------------------------------------------------------------------------------------ */

static enum status changes_of(struct sar *s, struct id id, struct err *err)
{
    struct change_row *rows = xcalloc(CHANGES_AT_ONCE, sizeof *rows);
    int64_t before = 0;
    int n = CHANGES_AT_ONCE;
    enum status st = ST_OK;

    while (st == ST_OK && n == CHANGES_AT_ONCE) {
        n = 0;
        st = store_changes(s->cf->store, id, before, CHANGES_AT_ONCE, rows, &n, err);
        for (int i = 0; i < n; i++) {
            before = rows[i].seq;
            if (st == ST_OK && sar_holds_change(s, &rows[i]))
                *ARRAY_ADD(s->changes, s->change_count, s->change_cap) = rows[i];
            else
                change_row_release(&rows[i]);
        }
    }
    free(rows);
    return st;
}

/* What was changed on another laptop before it came here is kept here too. */
static enum status changes_elsewhere(struct sar *s, enum table_id t, struct id id, struct err *err)
{
    struct change_row *rows = NULL;
    size_t n = 0;
    enum status st = store_changes_elsewhere(s->cf->store, t, id, &rows, &n, err);

    for (size_t i = 0; i < n; i++)
        if (sar_holds_change(s, &rows[i]))
            *ARRAY_ADD(s->changes, s->change_count, s->change_cap) = rows[i];
        else
            change_row_release(&rows[i]);
    free(rows);
    return st;
}

static int oldest_first(const void *a, const void *b)
{
    return change_newest_first(b, a);
}

static enum status gather(struct sar *s, struct err *err)
{
    enum status st = store_holdings(s->cf->store, s->person, &s->all, &s->count, err);

    for (size_t i = 0; st == ST_OK && i < s->count; i++) {
        struct record r = { .text = NULL };

        st = store_get(s->cf->store, s->all[i].table, s->all[i].id, &r, err);
        if (st == ST_OK && sar_holds_row(s, &r))
            st = changes_of(s, s->all[i].id, err);
        if (st == ST_OK && sar_holds_row(s, &r))
            st = changes_elsewhere(s, s->all[i].table, s->all[i].id, err);
        record_release(&r);
    }
    if (s->change_count)
        qsort(s->changes, s->change_count, sizeof *s->changes, oldest_first);
    return st;
}

/* --- all of it -------------------------------------------------------------------------------------------------- */

enum status sar_make(struct sar *s, struct casefile *cf, struct id person, bool reviewed, struct err *err)
{
    enum status st;

    *s = (struct sar) { .cf = cf, .person = person, .reviewed = reviewed };
    st = gather(s, err);
    if (st == ST_OK)
        st = sar_text(s, err);
    if (st == ST_OK)
        st = sar_json(s, err);
    if (st == ST_OK)
        st = sar_review(s, err);
    return st;
}

static void wiped(char *text)
{
    if (text)
        explicit_bzero(text, strlen(text));
    free(text);
}

void sar_release(struct sar *s)
{
    for (size_t i = 0; i < s->change_count; i++)
        change_row_release(&s->changes[i]);
    for (size_t i = 0; i < s->pin_count; i++)
        form_free(&s->pins[i].form);
    for (size_t i = 0; i < s->other_count; i++) {
        wiped(s->others[i].role);
        wiped(s->others[i].words);
    }
    free(s->changes);
    free(s->pins);
    free(s->others);
    free(s->all);
    buf_wipe(&s->text);
    buf_wipe(&s->json);
    buf_wipe(&s->review);
    *s = (struct sar) { .cf = NULL };
}
