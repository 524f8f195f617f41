/* columns.c - from the definition to columns: what each stands on, and a refusal for what may not leave. */
#include "columns.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/banned.h"

bool lsoa_leaves(const struct export_job *job)
{
    const struct data_set *d = job->data_set;

    if (job->policy->geography != GEOGRAPHY_LSOA)
        return false;
    for (size_t t = 0; t < d->count; t++)
        for (size_t i = 0; i < d->tables[t].count; i++)
            if (str_eq(d->tables[t].items[i].rule, "lsoa") &&
                !policy_drops(job->policy, d->tables[t].table, d->tables[t].items[i].item))
                return true;
    return false;
}

/* --- what may leave --------------------------------------------------------------------------------------------- */

static enum status refuse(const struct data_set_item *item, const char *why, struct err *err)
{
    return err_set(err, ST_INVALID,
                   _("The data set asks for %s.%s from %s: %s. Nothing was written. Change the definition, and check "
                     "it with: dolen form lint"),
                   item->table, item->item, item->source, tr(why));
}

/* The question that an item stands on; one that is no longer asked is found in the newest definition that did. *older
 * is that definition, for the caller to free. */
static const struct question *question_of(const struct rows *r, const struct data_set_item *item, struct form **older)
{
    const struct form *f = catalog_form(r->job->catalog, item->form, NULL);
    const struct question *q = f ? form_question(f, item->question) : NULL;
    struct definition_row *rows = NULL;
    size_t n = 0;

    if (!q && store_definitions(r->s, item->form, &rows, &n, NULL) != ST_OK)
        n = 0;
    for (size_t i = 0; i < n && !q; i++) {
        char *yaml = NULL;
        size_t bytes = 0;

        form_free(older);
        if (store_definition(r->s, rows[i].hash, &yaml, &bytes, NULL) == ST_OK &&
            form_parse(older, item->form, yaml, bytes, r->job->catalog, NULL) == ST_OK)
            q = form_question(*older, item->question);
        free(yaml);
    }
    free(rows);
    return q;
}

/* A number may be typed as text, a note may be given any name: so the question itself is looked at, not the item. */
static enum status check_question(const struct rows *r, const struct data_set_item *item, struct err *err)
{
    struct form *older = NULL;
    const struct question *q;
    enum status st = ST_OK;

    if (str_eq(item->form, "concern"))
        return refuse(item, N_("a safeguarding record never leaves in a row"), err);
    if (str_eq(item->form, "person") && str_eq(item->question, "birth_date"))
        return refuse(item, N_("a full date of birth never leaves"), err);
    if (item->type == ITEM_TEXT_NONE)
        return ST_OK;
    if (item->type == ITEM_ID)
        return refuse(item, N_("an id is always a pseudonym"), err);
    q = question_of(r, item, &older);
    if (!q)
        st = refuse(item, N_("no form has this question"), err);
    else if (q->type == Q_TEXT || (q->type == Q_CALCULATE && str_eq(item->form, "person")))
        st = refuse(item, N_("free text, names, addresses and numbers of a person never leave"), err);
    else if ((item->type == ITEM_CODE || item->type == ITEM_CODES) && !item->codes)
        st = refuse(item, N_("it has no code list"), err);
    form_free(&older);
    return st;
}

/* --- finding ---------------------------------------------------------------------------------------------------- */

static enum status find_rule(struct rows *r, struct column *c, struct err *err)
{
    const struct data_set_item *item = c->item;
    bool found;

    c->rule = rule_find(item->rule);
    if (!c->rule) {
        c->at[0] = extract_column(r->x, item->source);
        c->value = value_of_column;
        return c->at[0] < 0 ? refuse(item, N_("this table has no such rule"), err) : ST_OK;
    }
    c->value = c->rule->value;
    for (size_t i = 0; i < COLUMN_SOURCES; i++)
        c->at[i] = c->rule->source[i] ? extract_column(r->x, c->rule->source[i]) : -1;
    found = !c->rule->letter || !c->rule->source[0] || c->at[0] >= 0;
    if (found && c->rule->codes && !(c->other = catalog_codes(r->job->catalog, c->rule->codes, err)))
        return err ? err->st : ST_NOTFOUND;
    return found ? ST_OK : refuse(item, N_("this table has no such rule"), err);
}

static enum status find_source(struct rows *r, struct column *c, struct err *err)
{
    enum status st;

    if (c->item->rule)
        return find_rule(r, c, err);
    st = check_question(r, c->item, err);
    if (st != ST_OK)
        return st;
    c->at[0] = extract_column(r->x, item_is_need_code(c->item) ? "derive.need_code" : c->item->source);
    c->value = value_of_column;
    if (str_eq(c->item->source, "decision.decision_reason")) {
        c->at[1] = extract_column(r->x, "derive.decision");
        c->value = value_of_decision_reason;
    }
    return c->at[0] < 0 ? refuse(c->item, N_("this table does not carry it"), err) : ST_OK;
}

static enum status find(struct rows *r, const struct data_set_item *item, struct err *err)
{
    const struct export_job *job = r->job;
    struct column *c = &r->columns[r->count];
    bool allowed = !lsoa_leaves(job) && policy_allows_sensitive(job->policy, item->table, item->item);
    enum status st;

    c->item = item;
    c->has_state = item_has_state(item);
    c->withheld = item->sensitive && !allowed;
    c->hide_sensitive = !allowed;
    st = find_source(r, c, err);
    if (st == ST_OK && str_eq(item->rule, "lsoa") && job->policy->geography != GEOGRAPHY_LSOA)
        c->fixed_state = WITHHELD;
    if (st == ST_OK && item->codes && !(c->codes = catalog_codes(job->catalog, item->codes, err)))
        st = err ? err->st : ST_NOTFOUND;
    r->count++;
    return st;
}

enum status columns_find(struct rows *r, struct err *err)
{
    enum status st = ST_OK;

    r->columns = xcalloc(r->table->count + 1, sizeof *r->columns);
    for (size_t i = 0; i < r->table->count && st == ST_OK; i++)
        if (!policy_drops(r->job->policy, r->table->table, r->table->items[i].item))
            st = find(r, &r->table->items[i], err);
    return st;
}

void columns_release(struct rows *r)
{
    free(r->columns);
    fact_memory_free(&r->memory);
    r->columns = NULL;
    r->count = 0;
}
