/* plain_outbox.c - the outbox in line mode: what has arrived, what would leave, sealing, sending, receipts. */
#include "plain_priv.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "host_key.h"
#include "outbox_words.h"
#include "policy_offer.h"
#include "wait.h"
#include "dolen/base/banned.h"

enum { DESTINATIONS_MAX = 32 };

/* --- one destination ---------------------------------------------------------------------------------------------- */

static void seal(struct plain *p, struct destination *d)
{
    struct outbox_wish wish = { false, NULL, NULL };
    struct outgoing o;
    struct buf words = BUF_INIT;
    struct err err = { .st = ST_OK };

    if (outbox_look(p->cf, d, &wish, &o, &err) != ST_OK) {
        tell_error(&err);
        outgoing_release(&o);
        return;
    }
    outgoing_words(d, &o, &words);
    tell_text(buf_text(&words));
    if (batch_is_empty(&o.batch))
        tell_text(_("Nothing has changed for this destination: there is nothing to seal."));
    else if (plain_yes(p, _(seal_question(&o))) == ANSWER_YES) {
        if (outbox_seal(p->cf, d, &o, NULL, NULL, &err) != ST_OK)
            tell_error(&err);
        else
            tell_text(_("Sealed. It waits here until it is sent."));
    }
    buf_release(&words);
    outgoing_release(&o);
}

static void tell_batches(struct plain *p, const struct record *rec)
{
    struct records all = { NULL, 0, 0 };
    struct buf b = BUF_INIT;

    destination_words(p->cf->store, rec, &b);
    tell_text(buf_text(&b));
    if (store_list(p->cf->store, LIST_BATCHES, rec->id, 10, &all, NULL) == ST_OK)
        for (size_t i = 0; i < all.count; i++) {
            buf_clear(&b);
            batch_state_words(&all.items[i], &b);
            tell("%s: %s, %s%s", date_show(instant_date(all.items[i].created_at)).s, batch_kind_label(&all.items[i]),
                 buf_text(&b), plain_ends(buf_text(&b)));
            buf_clear(&b);
            batch_rows_words(p->cf, record_or(rec, DESTINATION_name, ""), &all.items[i], &b);
            if (b.len)
                tell_text(buf_text(&b) + 1);
        }
    records_release(&all);
    buf_release(&b);
}

/* Asked, shown, and kept when somebody says that it is the one. */
static void host_key(struct plain *p, const struct record *rec)
{
    struct host_asking *x = NULL;
    struct buf words = BUF_INIT;
    struct err err = { .st = ST_OK };
    bool over = false;
    enum status st = host_asking_begin(&x, p->cf, rec, &err);

    while (st == ST_OK && !over) {
        st = host_asking_step(x, &over, &err);
        if (st == ST_OK && !over)
            wait_for(host_asking_poll_fd(x), 200);
    }
    if (st == ST_OK) {
        host_asking_words(x, &words);
        tell_text(buf_text(&words));
    }
    if (st == ST_OK && host_asking_standing(x) != HOST_SAME &&
        plain_yes(p, _("Is it, letter for letter, the print that the service gave you?")) == ANSWER_YES) {
        st = host_asking_accept(p->cf, x, &err);
        if (st == ST_OK)
            tell_text(_("It is kept: from now on only a server with this key is sent to."));
    }
    if (st != ST_OK)
        tell_error(&err);
    buf_release(&words);
    host_asking_free(&x);
}

/* Read first, then adopted or left; nothing when none waits. */
static void new_policy(struct plain *p, const struct destination *d)
{
    struct policy_file *offered = policy_offer_of(p->cf, d);
    struct buf words = BUF_INIT;
    struct err err = { .st = ST_OK };

    if (!offered)
        return;
    policy_offer_words(d, offered, &words);
    tell_text(buf_text(&words));
    if (plain_yes(p, _("Adopt this policy?")) == ANSWER_YES) {
        if (policy_offer_adopt(p->cf, destination_name(d), offered->sha256, &err) != ST_OK)
            tell_error(&err);
        else
            tell_text(_("Adopted. The next batch has everything again."));
    }
    buf_release(&words);
    policy_file_free(&offered);
}

static void one_destination(struct plain *p, const struct record *listed)
{
    struct destination d;
    struct record now = { .text = NULL };
    const struct record *rec = &now;
    struct err err = { .st = ST_OK };

    tell_batches(p, listed);
    if (destination_of(p->cf, listed, &d, &err) == ST_OK)
        new_policy(p, &d);
    destination_release(&d);
    if (store_get(p->cf->store, T_DESTINATION, listed->id, &now, &err) != ST_OK ||
        destination_of(p->cf, rec, &d, &err) != ST_OK)
        tell_error(&err);
    else if (plain_yes(p, _("See what would leave for it now?")) == ANSWER_YES)
        seal(p, &d);
    if (str_starts(record_or(rec, DESTINATION_url, ""), "sftp://") &&
        plain_yes(p, _("See the key that its server shows?")) == ANSWER_YES)
        host_key(p, rec);
    destination_release(&d);
    record_release(&now);
}

/* --- on the way --------------------------------------------------------------------------------------------------- */

/* What was found at the other end of the road. */
struct found {
    int receipts, refused, unusable;
};

static void carry(struct sending *x, struct found *f)
{
    struct err said = { .st = ST_OK };
    enum transport_result r;

    while ((r = sending_step(x, &said)) == TRANSPORT_BUSY)
        wait_for(sending_poll_fd(x), 200);
    if (r != TRANSPORT_DONE && said.st != ST_OK)
        tell_error(&said);
    f->receipts += sending_receipts(x);
    f->refused += sending_refused(x);
    f->unusable += sending_unusable(x);
}

static void fetch_from(struct plain *p, const struct record *destination, struct found *f)
{
    struct err err = { .st = ST_OK };
    struct sending *x = NULL;

    if (receipts_begin(&x, p->cf, destination, &err) != ST_OK)
        tell_error(&err);
    else
        carry(x, f);
    sending_free(&x);
}

static void tell_found(const struct found *f)
{
    char *words;

    if (f->receipts)
        tell(tr_n("%d receipt read.", "%d receipts read.", (unsigned long) f->receipts), f->receipts);
    if (f->refused)
        tell(tr_n("%d batch was not taken in there. Choose its destination to hear why.",
                  "%d batches were not taken in there. Choose their destination to hear why.",
                  (unsigned long) f->refused), f->refused);
    if (f->unusable) {
        words = receipts_unusable_words(f->unusable);
        tell_text(words);
        free(words);
    }
}

static bool goes_to(const struct id *asked, size_t n, const struct record *destination)
{
    for (size_t i = 0; i < n; i++)
        if (id_eq(asked[i], destination->id))
            return true;
    return false;
}

static void send_all(struct plain *p, const struct records *destinations)
{
    struct records due = { NULL, 0, 0 };
    struct err err = { .st = ST_OK };
    struct found f = { 0, 0, 0 };
    int sent = 0;
    struct id *asked;

    if (outbox_due(p->cf, NULL, true, &due, &err) != ST_OK)
        tell_error(&err);
    asked = xcalloc(due.count + 1, sizeof *asked);
    for (size_t i = 0; i < due.count; i++) {
        struct sending *x = NULL;

        asked[i] = record_id(&due.items[i], BATCH_destination);
        if (sending_begin(&x, p->cf, &due.items[i], &err) != ST_OK) {
            tell_error(&err);
            continue;
        }
        carry(x, &f);
        sent += batch_state_of(sending_batch(x)) == BS_SENT || batch_has_arrived(batch_state_of(sending_batch(x)));
        sending_free(&x);
    }
    for (size_t i = 0; i < destinations->count; i++)
        if (!goes_to(asked, due.count, &destinations->items[i]) &&
            receipts_are_awaited(p->cf, destinations->items[i].id))
            fetch_from(p, &destinations->items[i], &f);
    if (!due.count && !f.receipts && !f.unusable)
        tell_text(_("There is nothing to send, and no new receipt lies there."));
    if (sent)
        tell(tr_n("%d batch sent.", "%d batches sent.", (unsigned long) sent), sent);
    tell_found(&f);
    free(asked);
    records_release(&due);
}

static void fetch_all(struct plain *p, const struct records *destinations)
{
    struct found f = { 0, 0, 0 };

    for (size_t i = 0; i < destinations->count; i++)
        fetch_from(p, &destinations->items[i], &f);
    tell_found(&f);
    if (!f.receipts && !f.unusable)
        tell_text(_("No new receipt lies there."));
}

/* --- the menu ----------------------------------------------------------------------------------------------------- */

static int choose(struct plain *p, const struct records *all)
{
    struct choice items[DESTINATIONS_MAX + 2];
    char *labels[DESTINATIONS_MAX];
    size_t n = 0;
    int i;

    for (size_t k = 0; k < all->count && k < DESTINATIONS_MAX; k++) {
        struct buf b = BUF_INIT;

        destination_title(&all->items[k], &b);
        labels[k] = buf_steal(&b);
        items[n++] = (struct choice) { NULL, labels[k], true };
    }
    items[n++] = (struct choice) { N_(":send"), N_("Send what is sealed, and read the receipts that lie there"),
                                   false };
    items[n++] = (struct choice) { N_(":receipts"), N_("Only read the receipts that lie there"), false };
    i = plain_choose(p, _("Outbox"), items, n);
    for (size_t k = 0; k + 2 < n; k++)
        free(labels[k]);
    return i;
}

void plain_outbox(struct plain *p)
{
    for (;;) {
        struct records all = { NULL, 0, 0 };
        struct err err = { .st = ST_OK };
        int i, shown;

        if (outbox_tidy(p->cf, &err) != ST_OK ||
            store_list(p->cf->store, LIST_DESTINATIONS, ID_NONE, DESTINATIONS_MAX, &all, &err) != ST_OK)
            tell_error(&err);
        if (!all.count) {
            tell_text(p->ui.training ? _("This is a training case file: nothing leaves it for a destination.")
                      : _("Nothing is sent anywhere. The service gives you a signed policy and an address; then: "
                          "dolen destination add"));
            records_release(&all);
            return;
        }
        i = choose(p, &all);
        shown = (int) all.count;
        if (i >= 0 && i < shown)
            one_destination(p, &all.items[i]);
        else if (i == shown)
            send_all(p, &all);
        else if (i == shown + 1)
            fetch_all(p, &all);
        records_release(&all);
        if (i == CHOSE_BACK || i == CHOSE_OVER || p->end != PLAIN_GO_ON)
            return;
    }
}
