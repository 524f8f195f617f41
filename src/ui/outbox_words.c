/* ui/outbox_words.c - the outbox in words. */
#include "dolen/ui/outbox.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "dolen/base/json.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/banned.h"

static enum batch_state state_of(const struct record *batch)
{
    enum batch_state s = BS_SUPERSEDED;

    batch_state_parse(record_or(batch, BATCH_state, ""), &s);
    return s;
}

static char *counted(const char *one, const char *many, int64_t n)
{
    return xasprintf(tr_n(one, many, (unsigned long) n), (long long) n);
}

/* --- a batch ---------------------------------------------------------------------------------------------------- */

const char *batch_kind_label(const struct record *batch)
{
    const char *kind = record_or(batch, BATCH_kind, "");

    return str_eq(kind, "snapshot") ? _("everything")
         : str_eq(kind, "erasure") ? _("rows taken back") : _("changes");
}

/* What there is to do after a receipt that says no, by the hub's word for why. */
static const char *way_on(const char *why)
{
    static const struct { const char *why, *todo; } ways[] = {
        { "signature", N_("The next batch has all of it again: seal one.") },
        { "damaged", N_("The next batch has all of it again: seal one.") },
        { "fork", N_("The next batch has all of it again: seal one.") },
        { "row_errors", N_("Put those rows right, then seal: the next batch has all of it again.") },
        { "policy", N_("Fetch their new policy and adopt it, then seal anew.") },
        { "unknown_signer", N_("Give them this laptop's identity (dolen source show), then seal anew.") },
        { "revoked", N_("Ask them why. When they have registered this laptop again, seal anew.") },
    };

    for (size_t i = 0; i < ARRAY_LEN(ways); i++)
        if (str_eq(ways[i].why, why))
            return ways[i].todo;
    return N_("Nothing is lost here. Ask the service what to do.");
}

void batch_said(const struct record *batch, struct buf *out)
{
    const char *said = record_or(batch, BATCH_said, ""), *second = strchr(said, '\n');

    if (second && lang_now() == LANG_CY)
        buf_add(out, second + 1);
    else
        buf_add_mem(out, said, strcspn(said, "\n"));
}

/* where: the rows that are wrong, "" where they follow. */
static void state_words(const struct record *batch, const char *where, struct buf *out)
{
    const char *why = record_or(batch, BATCH_why, "");
    enum batch_state s = state_of(batch);
    int at = s == BS_ACKED ? BATCH_acked_at : s == BS_SENT ? BATCH_sent_at : s == BS_WAIT ? BATCH_next_at : -1;

    buf_add(out, batch_state_label(s));
    if (at >= 0 && record_int(batch, at, 0))
        buf_addf(out, " (%s)", instant_show(record_int(batch, at, 0)).s);
    if (record_text(batch, BATCH_said) && (s == BS_WAIT || s == BS_BLOCKED || s == BS_REJECTED || s == BS_HELD)) {
        buf_add(out, ": ");
        batch_said(batch, out);
    }
    if (s == BS_REJECTED)
        buf_addf(out, ".%s%s %s", where[0] && str_eq(why, "row_errors") ? " " : "",
                 str_eq(why, "row_errors") ? where : "", _(way_on(why)));
}

void batch_state_words(const struct record *batch, struct buf *out)
{
    state_words(batch, "", out);
}

void batch_listed_words(const struct record *batch, struct buf *out)
{
    state_words(batch, _("Enter shows which rows."), out);
}

/* --- a destination ---------------------------------------------------------------------------------------------- */

struct standing {
    size_t open, sent, waiting, blocked, refused;
    int64_t newest;                     /* of those taken in: when they were sealed */
};

/* Taken in, and nothing before it is missing. */
static bool is_covered(const struct record *destination, const struct record *batch)
{
    return record_int(batch, BATCH_epoch, 0) < record_int(destination, DESTINATION_epoch, 1) ||
           record_int(batch, BATCH_to_version, 0) <= record_int(destination, DESTINATION_covered, 0);
}

static void stand(struct store *store, const struct record *rec, struct standing *s)
{
    struct records all = { NULL, 0, 0 };

    memset(s, 0, sizeof *s);
    if (store_list(store, LIST_BATCHES, rec->id, 0, &all, NULL) != ST_OK)
        return;
    for (size_t i = 0; i < all.count; i++) {
        enum batch_state b = state_of(&all.items[i]);

        s->sent += b == BS_SENT;
        s->waiting += b == BS_QUEUED || b == BS_SEALED || b == BS_WAIT || b == BS_SENDING;
        s->blocked += b == BS_BLOCKED;
        s->refused += b == BS_REJECTED || b == BS_HELD;
        s->open += batch_is_open(b);
        if (b == BS_ACKED && is_covered(rec, &all.items[i]) &&
            record_int(&all.items[i], BATCH_sealed_at, 0) > s->newest)
            s->newest = record_int(&all.items[i], BATCH_sealed_at, 0);
    }
    records_release(&all);
}

static void add_count(struct buf *out, const char *one, const char *many, size_t n)
{
    char *words;

    if (!n)
        return;
    words = counted(one, many, (int64_t) n);
    buf_addf(out, " %s", words);
    free(words);
}

static int64_t number_in(const char *policy)
{
    struct json *j = NULL;
    int64_t n = 0;

    if (policy && json_parse(&j, policy, strlen(policy), NULL) == ST_OK)
        n = json_int(json_get(j, "number"));
    json_free(&j);
    return n;
}

/* Was verified when it was kept, and will be again before it is adopted. */
static int64_t destination_offered(struct store *store, const struct record *rec)
{
    char *setting = xasprintf(POLICY_OFFER ".%s", record_or(rec, DESTINATION_name, "")),
         *kept = store_setting(store, setting);
    int64_t n = number_in(kept);

    free(kept);
    free(setting);
    return n > number_in(record_text(rec, DESTINATION_policy)) ? n : 0;
}

void destination_words(struct store *store, const struct record *rec, struct buf *out)
{
    enum snapshot_reason why = SNAP_NO;
    struct standing s;

    stand(store, rec, &s);
    if (s.newest)
        buf_addf(out, _("Arrived: everything until %s."), instant_show(s.newest).s);
    else
        buf_add(out, _("Nothing is known to have arrived."));
    add_count(out, NP_("%lld batch is sent, without a receipt yet.", "%lld batches are sent, without a receipt yet."),
              s.sent);
    add_count(out, NP_("%lld batch waits to be sent.", "%lld batches wait to be sent."), s.waiting);
    add_count(out, NP_("%lld batch needs something done here.", "%lld batches need something done here."), s.blocked);
    add_count(out, NP_("%lld batch was not taken in.", "%lld batches were not taken in."), s.refused);
    snapshot_reason_parse(record_text(rec, DESTINATION_snapshot), &why);
    if (why != SNAP_NO && why != SNAP_FIRST)
        buf_addf(out, _(" The next one has everything again: %s."), snapshot_reason_label(why));
    if (destination_offered(store, rec))
        buf_addf(out, " %s", _("The service has signed a new policy; the one in force stays until you adopt it."));
}

void destination_title(const struct record *rec, struct buf *out)
{
    const char *policy = record_or(rec, DESTINATION_policy, ""), *title;
    struct json *j = NULL;

    if (json_parse(&j, policy, strlen(policy), NULL) != ST_OK)
        return;
    title = json_get_text(json_get(j, "title"), lang_code(lang_now()));
    buf_add(out, title ? title : "");
    json_free(&j);
}
