/* plain_records.c - what is written about a person: read, changed through its form, or put in the bin. */
#include "plain_priv.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/date.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/core/consent.h"
#include "dolen/core/safe.h"
#include "dolen/base/banned.h"

#define MANY         100

/* --- one record, in words ----------------------------------------------------------------------------------------- */

/* The definition it was filled in with: the catalog's when it is the same, else the pinned one, which the caller
 * frees. */
static const struct form *form_of(struct plain *p, const char *id, const char *hash, struct form **pinned)
{
    const struct form *now = catalog_form(p->cf->catalog, id, NULL);
    char have[65], *yaml = NULL;
    size_t n;

    *pinned = NULL;
    if (now)
        form_hash(now, have);
    if (hash && (!now || !str_eq(have, hash)) && store_definition(p->cf->store, hash, &yaml, &n, NULL) == ST_OK &&
        form_parse(pinned, id, yaml, n, p->cf->catalog, NULL) == ST_OK)
        now = *pinned;
    free(yaml);
    return now;
}

static struct session *open_answers(struct plain *p, const struct form *form, enum table_id t, struct id id)
{
    struct answers a = ANSWERS_INIT;
    struct session *s = NULL;
    struct err err = { .st = ST_OK };

    if (store_answers(p->cf->store, t, id, &a, &err) == ST_OK)
        s = session_new(form, &a, NULL, 0, p->ui.today);
    else
        tell_error(&err);
    answers_release(&a);
    return s;
}

static void say_answers(struct plain *p, const struct form *form, enum table_id t, struct id id)
{
    struct session *s = open_answers(p, form, t, id);
    bool guarded = t == T_PERSON && person_is_guarded(p->cf, id);
    size_t n = 0;
    const struct row *rows = s ? session_rows(s, &n) : NULL;

    tell("%s", "");
    tell("%s.", text2_now(&form->title));
    for (size_t i = 0; i < n; i++) {
        const struct row *r = &rows[i];
        struct buf b = BUF_INIT;

        if (r->kind == ROW_INSTANCE)
            tell("%s %d.", text2_now(&r->q->item_label), r->repeat);
        if (r->kind == ROW_QUESTION)
            session_show(s, r->q, r->repeat, &b);
        if (b.len)
            tell("%s: %s", text2_now(&r->q->label), guarded && safe_covers(r->q->name) ? SAFE_DOTS : buf_text(&b));
        buf_wipe(&b);
    }
    session_free(&s);
}

void record_says(struct plain *p, enum table_id t, const char *form, struct id id)
{
    struct form *pinned = NULL;
    struct record r;
    const struct form *f = NULL;

    record_init(&r, t);
    if (store_get(p->cf->store, t, id, &r, NULL) == ST_OK)
        f = form_of(p, form, t == T_RESPONSE ? record_text(&r, RESPONSE_def_hash) : NULL, &pinned);
    if (f)
        say_answers(p, f, t, id);
    else
        tell_text(_("This cannot be read: its form is not installed."));
    record_release(&r);
    form_free(&pinned);
}

/* --- lists of records --------------------------------------------------------------------------------------------- */

static const struct kind {
    const char   *word, *label;
    enum list_id  list;
    bool          of_person;
    enum table_id table;
    const char   *form;             /* NULL: the record says which; no bin */
    const char   *show[3];          /* questions for its line */
} kinds[] = {
    { N_(":connections"), N_("Connections"),
      LIST_CONNECTIONS_OF_EPISODE, false, T_CONNECTION, "connection", { "status", "on_date", NULL } },
    { N_(":contacts"), N_("Contacts"),
      LIST_CONTACTS_OF_EPISODE, false, T_CONTACT, "contact", { "held_on", "kind", "result" } },
    { N_(":forms"), N_("Conversations, reviews and measures"),
      LIST_RESPONSES_OF_EPISODE, false, T_RESPONSE, NULL, { NULL, NULL, NULL } },
    { N_(":referrals"), N_("Referrals"),
      LIST_REFERRALS_OF_PERSON, true, T_REFERRAL, "referral", { "received_on", "source", NULL } },
    { N_(":episodes"), N_("Episodes"),
      LIST_EPISODES_OF_PERSON, true, T_EPISODE, "episode", { "opened_on", "model", NULL } },
    { N_(":consents"), N_("Permissions"),
      LIST_CONSENTS_OF_PERSON, true, T_CONSENT, "consent", { "purpose", "recipient", "state" } },
    { N_(":gaps"), N_("Gaps"), LIST_GAPS_OF_EPISODE, false, T_GAP, "gap", { "needed", "reason", NULL } },
    { N_(":notes"), N_("Notes on something serious"),
      LIST_CONCERNS_OF_PERSON, true, T_CONCERN, "concern", { "noted_on", NULL, NULL } },
};

static void add_part(struct buf *out, const char *text)
{
    if (text && *text)
        buf_addf(out, "%s%s", out->len ? ", " : "", text);
}

static void asset_name(struct plain *p, struct id asset, struct buf *out)
{
    struct record r;
    int own = lang_now() == LANG_CY ? ASSET_name_cy : ASSET_name_en;
    int other = own == ASSET_name_cy ? ASSET_name_en : ASSET_name_cy;

    record_init(&r, T_ASSET);
    if (store_get(p->cf->store, T_ASSET, asset, &r, NULL) == ST_OK)
        add_part(out, record_or(&r, own, record_or(&r, other, "")));
    record_release(&r);
}

static void line_of(struct plain *p, const struct kind *k, const struct record *r, struct buf *out)
{
    const struct form *form = catalog_form(p->cf->catalog, k->form ? k->form : record_or(r, RESPONSE_form, ""), NULL);
    struct session *s = form && k->form ? open_answers(p, form, k->table, r->id) : NULL;

    if (k->table == T_CONNECTION)
        asset_name(p, record_id(r, CONNECTION_asset), out);
    for (size_t i = 0; s && i < ARRAY_LEN(k->show); i++) {
        const struct question *q = k->show[i] ? form_question(form, k->show[i]) : NULL;
        struct buf b = BUF_INIT;

        if (q)
            session_show(s, q, 0, &b);
        add_part(out, buf_text(&b));
        buf_wipe(&b);
    }
    session_free(&s);
    if (consent_is_in_doubt(p->cf->store, r))
        add_part(out, _("in doubt"));
    if (k->form)
        return;
    add_part(out, form ? text2_now(&form->title) : record_or(r, RESPONSE_form, ""));
    if (record_text(r, RESPONSE_stage)) {
        const struct codelist *stages = catalog_codes(p->cf->catalog, "stage", NULL);

        add_part(out, stages ? codelist_label(stages, record_text(r, RESPONSE_stage)) : record_text(r, RESPONSE_stage));
    }
    add_part(out, date_show(record_date(r, RESPONSE_held_on)).s);
}

static void bin(struct plain *p, enum table_id t, struct id id)
{
    struct buf line = BUF_INIT;
    struct err err = { .st = ST_OK };
    enum reply r;

    do
        r = plain_ask(p, _("Why does it go into the bin? "), &line);
    while (r == REPLY_AGAIN);
    if (r == REPLY_LINE && !buf_text(&line)[strspn(buf_text(&line), " ")])
        tell_text(_("Not put in the bin: a reason is needed. It stays as it was; d again asks for one."));
    else if (r == REPLY_LINE && store_bin(p->cf->store, t, id, buf_text(&line), &err) == ST_OK)
        tell_text(_("In the bin for 30 days; undo takes it back."));
    else if (r == REPLY_LINE)
        tell_error(&err);
    buf_wipe(&line);
}

static void open_record(struct plain *p, const struct kind *k, const struct record *r)
{
    static const struct choice items[] = {
        { N_(":edit"), N_("Change it"), false }, { N_(":bin"), N_("Put it in the bin, with a reason"), false },
    };
    struct target t = { .form = k->form ? k->form : record_or(r, RESPONSE_form, ""), .person = p->person,
                        .episode = p->episode, .record = r->id };
    int i = CHOSE_AGAIN;

    record_says(p, k->table, t.form, r->id);
    if (consent_is_in_doubt(p->cf->store, r))
        tell_text(_(consent_waits));
    while (i == CHOSE_AGAIN && (k->form || catalog_form(p->cf->catalog, t.form, NULL)))
        i = plain_choose(p, _(k->label), items, k->form ? 2 : 1);   /* a measure's scores would be left without answers */
    if (i == 0)
        plain_form(p, &t, NULL);
    else if (i == 1)
        bin(p, k->table, r->id);
}

static void list_records(struct plain *p, const struct kind *k)
{
    struct records all = { NULL, 0, 0 };
    struct err err = { .st = ST_OK };
    struct choice items[MANY];
    struct buf label[MANY];
    int i;

    if (store_list(p->cf->store, k->list, k->of_person ? p->person : p->episode, MANY, &all, &err) != ST_OK)
        tell_error(&err);
    else if (!all.count)
        tell_text(_("Nothing is written there yet."));
    do {
        for (size_t n = 0; n < all.count; n++) {
            label[n] = (struct buf) BUF_INIT;
            line_of(p, k, &all.items[n], &label[n]);
            items[n] = (struct choice) { NULL, buf_text(&label[n]), true };
        }
        i = all.count ? plain_choose(p, _(k->label), items, all.count) : CHOSE_BACK;
        for (size_t n = 0; n < all.count; n++)
            buf_wipe(&label[n]);
    } while (i == CHOSE_AGAIN);
    if (i >= 0)
        open_record(p, k, &all.items[i]);
    records_release(&all);
}

void step_records(struct plain *p)
{
    struct choice items[ARRAY_LEN(kinds)];
    int i = CHOSE_AGAIN;

    for (size_t k = 0; k < ARRAY_LEN(kinds); k++)
        items[k] = (struct choice) { kinds[k].word, kinds[k].label, false };
    while (i == CHOSE_AGAIN)
        i = plain_choose(p, _("Which records?"), items, ARRAY_LEN(items));
    if (i >= 0)
        list_records(p, &kinds[i]);
}
