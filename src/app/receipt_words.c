/* receipt_words.c - a receipt in words: what was taken in, or which rows were not and where they stand here. */
#include <stdlib.h>
#include <string.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/vault/hash.h"
#include "outbox_words.h"
#include "dolen/base/banned.h"

enum { ROWS_TOLD = 20 };

/* The hub's word for a row's table, as the case file calls it, and where its records are found again. */
struct kind {
    const char  *table, *label, *key;   /* key: the rule that makes the pseudonym */
    enum list_id list;
    bool         of_episode;
    int          day;                   /* the column that tells one from another */
};
static const struct kind kinds[] = {
    { "episode",    N_("Period of support"), "episode_key",   LIST_EPISODES_OF_PERSON,     false, EPISODE_opened_on },
    { "referral",   N_("Referral"),          "referral_key",  LIST_REFERRALS_OF_PERSON,    false, REFERRAL_received_on },
    { "need",       N_("Reason"),            "referral_key",  LIST_REFERRALS_OF_PERSON,    false, REFERRAL_received_on },
    { "contact",    N_("Contact"),           "contact_key",   LIST_CONTACTS_OF_EPISODE,    true,  CONTACT_held_on },
    { "goal",       N_("Goal"),              "goal_key",      LIST_GOALS_OF_EPISODE,       true,  -1 },
    { "asset_use",  N_("Connection"),        "asset_use_key", LIST_CONNECTIONS_OF_EPISODE, true,  CONNECTION_on_date },
    { "unmet_need", N_("Unmet need"),        "gap_key",       LIST_GAPS_OF_EPISODE,        true,  GAP_noted_on },
    { "outcome",    N_("Measure"),           "outcome_key",   LIST_MEASURES_OF_EPISODE,    true,  MEASURE_taken_on },
};

static const struct kind *kind_of(const char *table)
{
    for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
        if (str_eq(kinds[i].table, table))
            return &kinds[i];
    return NULL;
}

/* What somebody at the laptop can put right; the rest is for the service, which knows the hub's own words. */
static const char *rule_label(const char *rule)
{
    static const struct { const char *rule, *label; } known[] = {
        { "code_unknown", N_("an answer that their list does not have") },
        { "code", N_("an answer that their list does not have") }, { "date", N_("a date that cannot be") },
        { "month", N_("a date that cannot be") }, { "quarter", N_("a date that cannot be") },
        { "number", N_("a number that cannot be") }, { "text", N_("text where none may be") },
    };

    for (size_t i = 0; i < ARRAY_LEN(known); i++)
        if (str_eq(known[i].rule, rule))
            return tr(known[i].label);
    return _("not made as they expect: ask the service");
}

/* --- which record it is ------------------------------------------------------------------------------------------- */

struct search {
    struct store      *store;
    const struct kind *kind;
    const char        *pseudonym;
    uint8_t            key[EXPORT_KEY_BYTES];
    struct date        day;
};

static bool look_among(struct search *s, struct id owner)
{
    struct records all = { NULL, 0, 0 };
    bool found = false;

    if (store_list(s->store, s->kind->list, owner, 0, &all, NULL) != ST_OK)
        return false;
    for (size_t i = 0; !found && i < all.count; i++) {
        char made[EXPORT_NAME_BYTES];

        record_pseudonym(made, s->key, s->kind->key, all.items[i].id);
        found = str_eq(made, s->pseudonym);
        if (found)
            s->day = record_date(&all.items[i], s->kind->day);
    }
    records_release(&all);
    return found;
}

/* Pseudonyms lead nowhere back: the person's own records are tried, one after the other. */
static struct date day_of(struct casefile *cf, const char *destination, const struct receipt_error *e, struct id person)
{
    struct search s = { .store = cf->store, .kind = kind_of(e->table), .pseudonym = e->id };
    struct records episodes = { NULL, 0, 0 };

    if (!s.kind || s.kind->day < 0 || destination_key(cf->store, destination, s.key, NULL) != ST_OK)
        return s.day;
    if (!s.kind->of_episode)
        look_among(&s, person);
    else if (store_list(cf->store, LIST_EPISODES_OF_PERSON, person, 0, &episodes, NULL) == ST_OK)
        for (size_t i = 0; i < episodes.count && !look_among(&s, episodes.items[i].id); i++)
            continue;
    records_release(&episodes);
    wipe(s.key, sizeof s.key);
    return s.day;
}

/* --- in words ----------------------------------------------------------------------------------------------------- */

static bool key_of(const char *id, uint8_t key[SENT_KEY_BYTES])
{
    struct id bytes;

    if (strlen(id) != 33 || !id_parse(id + 1, &bytes))
        return false;
    key[0] = (uint8_t) id[0];
    memcpy(key + 1, bytes.b, sizeof bytes.b);
    return true;
}

static void wrong_row(struct casefile *cf, const struct destination *d, const struct receipt_error *e, struct buf *out)
{
    const struct kind *kind = kind_of(e->table);
    const struct data_set_item *item = d->data_set && e->item[0] ? data_set_find(d->data_set, e->table, e->item) : NULL;
    struct person_row row;
    uint8_t key[SENT_KEY_BYTES];
    struct id person = ID_NONE;
    struct date day;

    buf_addf(out, "\n  %s", kind ? tr(kind->label) : e->table);
    if (key_of(e->id, key) && store_sent_person(cf->store, d->rec.id, key, &person, NULL) == ST_OK &&
        person_row_get(cf->store, person, &row, NULL) == ST_OK) {
        day = day_of(cf, destination_name(d), e, person);
        if (date_is_set(day))
            buf_addf(out, ", %s", date_show(day).s);
        buf_addf(out, ", %s", row.name);
    }
    if (item)
        buf_addf(out, ": %s", text2_now(&item->label));
    buf_addf(out, ": %s (%s: %s)", rule_label(e->rule), e->table, e->rule);
}

void receipt_rows_words(struct casefile *cf, const struct receipt_told *t, struct buf *out)
{
    const struct receipt *r = &t->receipt;
    struct destination d;
    long long more = (long long) r->rows_wrong - ROWS_TOLD;

    if (!r->error_count)
        return;
    if (destination_open(cf, t->destination, &d, NULL) == ST_OK) {
        for (size_t i = 0; i < r->error_count && i < ROWS_TOLD; i++)
            wrong_row(cf, &d, &r->errors[i], out);
        if (more > 0) {
            buf_add(out, "\n  ");
            buf_addf(out, tr_n("and %lld more", "and %lld more", (unsigned long) more), more);
        }
    }
    destination_release(&d);
}

void receipt_words(struct casefile *cf, const struct receipt_told *t, struct buf *out)
{
    const struct receipt *r = &t->receipt;

    buf_addf(out, "%s: ", r->bundle);
    if (r->status == RECEIPT_ACCEPTED)
        buf_addf(out, _("taken in: %lld new, %lld changed, %lld taken back, %lld older than what is there."),
                 (long long) r->rows_new, (long long) r->rows_updated, (long long) r->rows_deleted,
                 (long long) r->rows_stale);
    else if (r->status == RECEIPT_QUARANTINED && r->reason != REASON_FORK)
        buf_addf(out, _("held there: %s."), receipt_reason_label(r->reason));
    else
        buf_addf(out, _("not taken in: %s."), receipt_reason_label(r->reason));
    if (t->effect == EFFECT_FORK)
        buf_addf(out, " %s", _("Another copy of this case file has sent there. The next batch has everything again."));
    if (t->effect == EFFECT_KNOWN)
        buf_addf(out, " %s", _("Read before."));
    receipt_rows_words(cf, t, out);
}

char *receipts_unusable_words(int n)
{
    return xasprintf(tr_n("%d receipt lies there that cannot be used: it was damaged on the way, or another service "
                          "made it. Ask the service to write it again.",
                          "%d receipts lie there that cannot be used: they were damaged on the way, or another "
                          "service made them. Ask the service to write them again.", (unsigned long) n), n);
}

void batch_rows_words(struct casefile *cf, const char *destination, const struct record *batch, struct buf *out)
{
    struct records rs = { NULL, 0, 0 };
    struct receipt_told told = { .effect = EFFECT_KNOWN };

    if (batch_state_of(batch) != BS_REJECTED || !str_eq(record_or(batch, BATCH_why, ""), "row_errors") ||
        store_list(cf->store, LIST_RECEIPTS_OF_BATCH, batch->id, 1, &rs, NULL) != ST_OK)
        return;
    str_copy(told.destination, sizeof told.destination, destination);
    for (size_t i = 0; i < rs.count; i++) {
        const char *body = record_or(&rs.items[i], RECEIPT_body, "");

        if (receipt_parse(&told.receipt, body, strlen(body), NULL) == ST_OK)
            receipt_rows_words(cf, &told, out);
        receipt_release(&told.receipt);
    }
    records_release(&rs);
}
