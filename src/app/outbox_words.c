#include "outbox_words.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/exchange/shape.h"
#include "dolen/ui/outbox.h"
#include "dolen/base/banned.h"

/* --- what would leave ------------------------------------------------------------------------------------------- */

static void line(struct buf *out, char *take)
{
    buf_add(out, take);
    buf_add_char(out, '\n');
    free(take);
}

static char *counted(const char *one, const char *many, int64_t n)
{
    return xasprintf(tr_n(one, many, (unsigned long) n), (long long) n);
}

static void how_much(const struct outgoing *o, struct buf *out)
{
    char *rows = counted(NP_("%lld row", "%lld rows"), o->batch.rows);
    char *people = counted(NP_("%lld person", "%lld people"),
                           o->why == SNAP_NO ? o->batch.changed_people : o->batch.counts.people);
    char *gone = counted(NP_("%lld row is taken back.", "%lld rows are taken back."), o->batch.tombstones);

    line(out, xasprintf(_("%s about %s."), rows, people));
    if (o->batch.tombstones)
        line(out, xstrdup(gone));
    free(rows);
    free(people);
    free(gone);
}

static void left_behind(const struct export_result *r, struct buf *out)
{
    int64_t all = 0;

    for (int i = 0; i < LEFT_COUNT; i++)
        all += r->left_out[i];
    if (all == 0) {
        line(out, xstrdup(_("Nobody is left out.")));
        return;
    }
    line(out, counted(NP_("%lld person is left out:", "%lld people are left out:"), all));
    for (int i = 0; i < LEFT_COUNT; i++)
        if (r->left_out[i])
            line(out, xasprintf("  %lld  %s", (long long) r->left_out[i], left_out_label((enum left_out) i)));
}

static void how_identifying(const struct destination *d, const struct export_risk *k, int64_t people, struct buf *out)
{
    struct buf names = BUF_INIT;
    char *alone;

    if (people == 0)
        return;
    for (size_t i = 0; i < k->columns; i++) {
        const struct data_set_item *item = data_set_find(d->data_set, "episode", k->column[i]);

        buf_addf(&names, "%s%s", i ? ", " : "", item ? text2_now(&item->label) : k->column[i]);
    }
    line(out, xasprintf(_("How identifying (%s):"), buf_text(&names)));
    alone = counted(NP_("%lld person shares these with nobody else here.",
                        "%lld people share these with nobody else here."), k->alone);
    line(out, xasprintf("  %s", alone));
    line(out, xasprintf(_("  %lld of %lld are in a group of fewer than %d; the smallest group is %lld."),
                        (long long) k->small, (long long) people, EXPORT_RISK_SMALL, (long long) k->smallest));
    free(alone);
    buf_release(&names);
}

/* Quarters with their numbers, as they leave. */
static void reports_told(const struct destination *d, const struct told_numbers *t, struct buf *out)
{
    if (!policy_file_has(d->policy, SAFEGUARDING_TABLE))
        return;
    line(out, xstrdup(_("How many safeguarding reports were made in each quarter that is over; nothing about any of "
                        "them:")));
    for (size_t i = 0; i < t->count; i++) {
        if (t->items[i].hidden)
            line(out, xasprintf("  %s  %s", t->items[i].quarter, _("a small number, kept back")));
        else
            line(out, xasprintf("  %s  %lld", t->items[i].quarter, (long long) t->items[i].n));
    }
    if (t->count == 0)
        line(out, xasprintf("  %s", _("no quarter yet")));
}

const char *seal_question(const struct outgoing *o)
{
    return o->waits_since ? N_("One has not arrived yet. Seal another one all the same?")
                          : N_("Seal this into a bundle?");
}

void outgoing_words(const struct destination *d, const struct outgoing *o, struct buf *out)
{
    line(out, xasprintf("%s: %s", destination_name(d), text2_now(&d->policy->title)));
    if (o->why == SNAP_NO)
        line(out, xstrdup(_("Only what changed since the last receipt.")));
    else
        line(out, xasprintf(_("Everything: %s."), snapshot_reason_label(o->why)));
    if (o->waits_since && !batch_is_empty(&o->batch))
        line(out, xasprintf(_("A batch that was sealed on %s has not arrived there yet. Another one is only needed when "
                              "something was written since; nothing counts twice."),
                            instant_show(o->waits_since).s));
    if (date_compare(o->batch.until, clock_today()) == 0)
        line(out, xasprintf(_("Period from %s to today."), date_show(d->policy->from).s));
    else
        line(out, xasprintf(_("Period from %s to %s, the newest day that is written here. This laptop's clock says "
                              "%s: is it right?"),
                            date_show(d->policy->from).s, date_show(o->batch.until).s, date_show(clock_today()).s));
    how_much(o, out);
    left_behind(&o->batch.counts, out);
    reports_told(d, &o->batch.counts.told, out);
    how_identifying(d, &o->batch.counts.risk, o->batch.counts.people, out);
    if (o->batch.counts.unusable)
        line(out, counted(NP_("%lld value does not fit its column and stays behind.",
                              "%lld values do not fit their columns and stay behind."), o->batch.counts.unusable));
    line(out, xstrdup(_("This is pseudonymised personal data, not anonymous data. There is no name, address, full "
                        "date of birth, NHS number or free text in it.")));
}

static struct json *risk_json(const struct export_risk *k)
{
    struct json *j = json_new_map(), *columns = json_new_list();

    for (size_t i = 0; i < k->columns; i++)
        json_append(columns, json_new_text(k->column[i]));
    json_set(j, "columns", columns);
    json_set_int(j, "groups", k->groups);
    json_set_int(j, "smallest", k->smallest);
    json_set_int(j, "alone", k->alone);
    json_set_int(j, "below_5", k->small);
    return j;
}

struct json *outgoing_json(const struct destination *d, const struct outgoing *o)
{
    const struct export_result *r = &o->batch.counts;
    struct json *j = json_new_map(), *rows = json_new_map(), *left = json_new_map();

    for (size_t i = 0; i < r->tables; i++)
        json_set_int(rows, r->table[i].table, r->table[i].rows);
    for (int i = 0; i < LEFT_COUNT; i++)
        json_set_int(left, left_out_word((enum left_out) i), r->left_out[i]);
    json_set_text(j, "destination", destination_name(d));
    json_set_text(j, "kind", batch_kind_word(o->batch.kind));
    json_set_text(j, "reason", snapshot_reason_word(o->why));
    json_set_int(j, "base_version", o->base_version);
    json_set_int(j, "to_version", o->to_version);
    json_set(j, "rows", rows);
    json_set_int(j, "people", r->people);
    json_set_int(j, "changed_people", o->batch.changed_people);
    json_set(j, "left_out", left);
    json_set(j, "identifying", risk_json(&r->risk));
    json_set_int(j, "unusable_values", r->unusable);
    return j;
}

/* --- a batch ---------------------------------------------------------------------------------------------------- */

static void set_instant(struct json *j, const char *key, const struct record *r, int column)
{
    int64_t at = record_int(r, column, 0);

    if (at)
        json_set_text(j, key, instant_iso(at).s);
    else
        json_set(j, key, json_new_null());
}

static struct json *receipts_json(struct casefile *cf, struct id batch)
{
    struct json *list = json_new_list();
    struct records rs = { NULL, 0, 0 };

    if (store_list(cf->store, LIST_RECEIPTS_OF_BATCH, batch, 0, &rs, NULL) == ST_OK)
        for (size_t i = 0; i < rs.count; i++) {
            struct json *j = NULL;
            const char *body = record_or(&rs.items[i], RECEIPT_body, "{}");

            if (json_parse(&j, body, strlen(body), NULL) == ST_OK)
                json_append(list, j);
        }
    records_release(&rs);
    return list;
}

struct json *batch_json(struct casefile *cf, const struct record *b, bool receipts)
{
    static const struct { const char *key; int column; } numbers[] = {
        { "seq", BATCH_seq }, { "epoch", BATCH_epoch }, { "base_version", BATCH_base_version },
        { "to_version", BATCH_to_version }, { "bytes", BATCH_bytes }, { "rows", BATCH_rows },
        { "tombstones", BATCH_tombstones }, { "people", BATCH_people }, { "left_out", BATCH_left_out },
        { "tries", BATCH_tries },
    };
    static const struct { const char *key; int column; } texts[] = {
        { "bundle", BATCH_file }, { "kind", BATCH_kind }, { "state", BATCH_state }, { "snapshot", BATCH_snapshot },
        { "manifest_sha256", BATCH_manifest_sha256 }, { "bundle_sha256", BATCH_bundle_sha256 },
        { "policy_sha256", BATCH_policy_sha256 }, { "why", BATCH_why },
    };
    struct buf said = BUF_INIT;
    struct json *j = json_new_map();

    json_set_text(j, "batch_id", id_show(b->id).s);
    for (size_t i = 0; i < ARRAY_LEN(texts); i++)
        json_set(j, texts[i].key, json_new_text(record_text(b, texts[i].column)));
    batch_said(b, &said);
    json_set(j, "said", json_new_text(said.len ? buf_text(&said) : NULL));
    buf_release(&said);
    for (size_t i = 0; i < ARRAY_LEN(numbers); i++)
        json_set_int(j, numbers[i].key, record_int(b, numbers[i].column, 0));
    json_set_bool(j, "arrived", batch_has_arrived(batch_state_of(b)));
    set_instant(j, "next_try_at", b, BATCH_next_at);
    set_instant(j, "sealed_at", b, BATCH_sealed_at);
    set_instant(j, "sent_at", b, BATCH_sent_at);
    set_instant(j, "acked_at", b, BATCH_acked_at);
    if (receipts)
        json_set(j, "receipts", receipts_json(cf, b->id));
    return j;
}

/* --- a destination ---------------------------------------------------------------------------------------------- */

struct json *destination_json(struct casefile *cf, const struct destination *d, int batches)
{
    struct json *j = json_new_map(), *list = json_new_list();
    struct records all = { NULL, 0, 0 };
    int64_t people = 0;

    store_sent_people(cf->store, d->rec.id, &people, NULL);
    json_set_text(j, "name", destination_name(d));
    json_set_text(j, "title", text2_now(&d->policy->title));
    json_set_text(j, "to", record_or(&d->rec, DESTINATION_url, ""));
    json_set_text(j, "signer", d->policy->signer);
    json_set_int(j, "policy_number", d->policy->number);
    json_set_text(j, "policy_sha256", record_or(&d->rec, DESTINATION_policy_sha256, ""));
    json_set_text(j, "data_set", d->policy->data_set);
    json_set_int(j, "epoch", record_int(&d->rec, DESTINATION_epoch, 1));
    json_set_int(j, "covered_version", record_int(&d->rec, DESTINATION_covered, 0));
    json_set(j, "next_whole", json_new_text(record_text(&d->rec, DESTINATION_snapshot)));
    json_set_int(j, "people_there", people);
    if (batches != 0 && store_list(cf->store, LIST_BATCHES, d->rec.id, batches, &all, NULL) == ST_OK)
        for (size_t i = 0; i < all.count; i++)
            json_append(list, batch_json(cf, &all.items[i], batches < 0));
    json_set(j, "batches", list);
    records_release(&all);
    return j;
}
