/* tui_outbox.c - the outbox on the screen. Sending takes a step whenever its road has something to say; between
 * two steps keys are taken as always. */
#include "tui_outbox.h"

#include <stdlib.h>
#include <string.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "outbox_words.h"
#include "tui_case.h"
#include "tui_seal.h"
#include "dolen/base/banned.h"

enum { SOON = 5 };                      /* seconds; no try follows another sooner */

/* What is on its way, and what comes after it. */
struct carrying {
    struct records   due;               /* batches, oldest first; taken from the front */
    size_t           next;
    struct records   asked;             /* destinations whose receipts are to be fetched */
    size_t           next_asked;
    bool             sending;           /* somebody wanted to send, not only to fetch */
    bool             by_itself;         /* nobody asked just now: that it still waits is not said again */
    struct sending  *now;
    int              sent, waiting, blocked, receipts, refused, unusable;
    struct err       said;              /* of the last that did not go */
};

unsigned act_outbox(struct app *a)
{
    struct err err = { .st = ST_OK };

    if (outbox_tidy(a->cf, &err) != ST_OK)
        tui_say_error(a, &err);
    return tui_push(a, outbox_view_new(&a->ui));
}

/* --- all about one ------------------------------------------------------------------------------------------------ */

static void batch_words(struct app *a, struct id destination, const char *file, struct buf *out)
{
    struct record b = { .text = NULL };
    struct records rs = { NULL, 0, 0 };

    if (store_batch_by_file(a->cf->store, destination, file, &b, NULL) != ST_OK)
        return;
    buf_addf(out, "%s\n%s: ", file, batch_kind_label(&b));
    batch_state_words(&b, out);
    buf_addf(out, "\n%s: %ld. %s: %ld. %s: %ld.\n", _("Rows"), record_int(&b, BATCH_rows, 0), _("People"),
             record_int(&b, BATCH_people, 0), _("Rows taken back"), record_int(&b, BATCH_tombstones, 0));
    if (store_list(a->cf->store, LIST_RECEIPTS_OF_BATCH, b.id, 0, &rs, NULL) == ST_OK)
        for (size_t i = 0; i < rs.count; i++) {
            const char *body = record_or(&rs.items[i], RECEIPT_body, "");
            struct receipt_told told = { .effect = EFFECT_APPLIED };
            struct record d = { .text = NULL };

            if (store_get(a->cf->store, T_DESTINATION, destination, &d, NULL) == ST_OK)
                str_copy(told.destination, sizeof told.destination, record_or(&d, DESTINATION_name, ""));
            if (receipt_parse(&told.receipt, body, strlen(body), NULL) == ST_OK) {
                buf_addf(out, "%s, ", instant_show(told.receipt.received_at).s);
                receipt_words(a->cf, &told, out);
                buf_add_char(out, '\n');
            }
            receipt_release(&told.receipt);
            record_release(&d);
        }
    records_release(&rs);
    record_release(&b);
}

unsigned act_outbox_open(struct app *a)
{
    struct record rec = { .text = NULL };
    struct buf words = BUF_INIT;
    struct focus f;

    if (!on_destination(a, &f))
        return REACT_DRAW;
    if (f.question) {
        batch_words(a, f.subject, f.question, &words);
    } else if (store_get(a->cf->store, T_DESTINATION, f.subject, &rec, NULL) == ST_OK) {
        destination_title(&rec, &words);
        buf_addf(&words, "\n%s\n", record_or(&rec, DESTINATION_url, ""));
        destination_words(a->cf->store, &rec, &words);
        buf_addf(&words, "\ndolen destination show %s", record_or(&rec, DESTINATION_name, ""));
    }
    tui_push(a, outgoing_view_new(&a->ui, buf_text(&words), NULL, NULL, NULL));
    record_release(&rec);
    buf_release(&words);
    return REACT_LAYOUT;
}

/* --- on the way --------------------------------------------------------------------------------------------------- */

static void carrying_free(struct carrying **cp)
{
    struct carrying *c = *cp;

    if (!c)
        return;
    sending_free(&c->now);
    records_release(&c->due);
    records_release(&c->asked);
    free(c);
    *cp = NULL;
}

void carrying_stop(struct app *a)
{
    carrying_free(&a->carrying);
    if (!a->term)
        return;
    term_watch(a->term, WATCH_ROAD, -1);
    term_watch(a->term, WATCH_LATER, -1);
}

/* What waits has its time; asleep, the laptop's clock goes on. */
static void wait_for_the_next(struct app *a)
{
    int64_t at = a->cf->read_only ? 0 : outbox_next_try(a->cf), left = at - clock_now();
    int64_t seconds = left < SOON ? SOON : left > BATCH_WAIT_MOST ? BATCH_WAIT_MOST : left;
    const struct itimerspec when = { .it_value = { seconds, 0 } };

    if (!a->term)
        return;
    if (at && a->later <= 0)
        a->later = timerfd_create(CLOCK_BOOTTIME, TFD_CLOEXEC | TFD_NONBLOCK);
    if (at && a->later > 0)
        timerfd_settime(a->later, 0, &when, NULL);
    term_watch(a->term, WATCH_LATER, at && a->later > 0 ? a->later : -1);
}

static bool is_time(struct app *a)
{
    uint64_t rings;

    return a->later > 0 && read(a->later, &rings, sizeof rings) > 0;
}

/* The next one on its way; false when there is none left. */
static bool begin_next(struct app *a, struct carrying *c)
{
    while (c->next < c->due.count) {
        if (sending_begin(&c->now, a->cf, &c->due.items[c->next++], &c->said) == ST_OK)
            return true;
        c->blocked++;
    }
    while (c->next_asked < c->asked.count)
        if (receipts_begin(&c->now, a->cf, &c->asked.items[c->next_asked++], &c->said) == ST_OK)
            return true;
    return false;
}

static void end_words(const struct carrying *c, struct buf *out)
{
    if (c->sent)
        buf_addf(out, tr_n("%d batch sent.", "%d batches sent.", (unsigned long) c->sent), c->sent);
    if (c->receipts) {
        buf_add(out, out->len ? " " : "");
        buf_addf(out, tr_n("%d receipt read.", "%d receipts read.", (unsigned long) c->receipts), c->receipts);
    }
    if (c->refused) {
        buf_add(out, out->len ? " " : "");
        buf_addf(out, tr_n("%d batch was not taken in there: Enter on it says why.",
                           "%d batches were not taken in there: Enter on one says why.", (unsigned long) c->refused),
                 c->refused);
    }
    if (c->unusable) {
        char *words = receipts_unusable_words(c->unusable);

        buf_addf(out, "%s%s", out->len ? " " : "", words);
        free(words);
    }
    if (c->waiting + c->blocked) {
        buf_add(out, out->len ? " " : "");
        buf_add(out, err_text(&c->said));
    }
    if (!out->len)
        buf_add(out, c->sending ? _("There is nothing to send, and no new receipt lies there.") :
                                  _("No new receipt lies there."));
}

static void say_end(struct app *a, const struct carrying *c)
{
    struct buf b = BUF_INIT;

    screen_say(a->screen, c->blocked ? STYLE_ERROR : c->waiting + c->refused + c->unusable ? STYLE_WARN : STYLE_TEXT,
               TEXT2_FROM(b, end_words(c, &b)));
}

static unsigned over(struct app *a)
{
    const struct carrying *c = a->carrying;

    if (!c->by_itself || (c->sent + c->receipts + c->blocked && !a->handed))
        say_end(a, c);
    carrying_stop(a);
    wait_for_the_next(a);
    say_under_way(a);
    screen_changed(a->screen, CHANGED(BATCH) | CHANGED(DESTINATION) | CHANGED(RECEIPT));
    return REACT_LAYOUT | REACT_RELOAD;
}

int carrying_percent(const struct app *a)
{
    uint64_t done = 0, total = 0;

    if (!a->carrying || !a->carrying->now)
        return -1;
    sending_progress(a->carrying->now, &done, &total);
    return total ? (int) (done * 100 / total) : 0;
}

static void count_result(struct carrying *c, enum transport_result r)
{
    const struct record *b = sending_batch(c->now);

    c->receipts += sending_receipts(c->now);
    c->refused += sending_refused(c->now);
    c->unusable += sending_unusable(c->now);
    if (!b->text) {
        c->waiting += r == TRANSPORT_RETRY;
        c->blocked += r == TRANSPORT_BLOCKED;
        return;
    }
    switch (batch_state_of(b)) {
    case BS_WAIT:    c->waiting++; break;
    case BS_SUPERSEDED:
    case BS_BLOCKED: c->blocked++; break;
    default:         c->sent++; break;
    }
}

unsigned carrying_step(struct app *a)
{
    struct carrying *c = a->carrying;
    enum transport_result r;

    if (!c && is_time(a)) {
        carrying_start(a, true);
        return REACT_DRAW | REACT_RELOAD;
    }
    if (!c || !c->now)
        return REACT_NONE;
    r = sending_step(c->now, &c->said);
    if (r == TRANSPORT_BUSY) {
        say_under_way(a);
        term_watch(a->term, WATCH_ROAD, sending_poll_fd(c->now));
        return REACT_DRAW;
    }
    count_result(c, r);
    sending_free(&c->now);
    if (!begin_next(a, c))
        return over(a);
    term_watch(a->term, WATCH_ROAD, sending_poll_fd(c->now));
    screen_changed(a->screen, CHANGED(BATCH) | CHANGED(DESTINATION) | CHANGED(RECEIPT));
    return REACT_DRAW | REACT_RELOAD;
}

static unsigned start(struct app *a, struct carrying *c)
{
    a->carrying = c;
    term_watch(a->term, WATCH_LATER, -1);
    if (!begin_next(a, c))
        return over(a);
    term_watch(a->term, WATCH_ROAD, sending_poll_fd(c->now));
    screen_changed(a->screen, ~0u);
    return carrying_step(a) | REACT_RELOAD;
}

static bool is_busy(struct app *a)
{
    if (a->carrying)
        screen_message(a->screen, STYLE_TEXT, "%s", _("A batch is on its way already. Wait until it is there, then "
                                                      "try again."));
    return a->carrying != NULL;
}

/* Receipts of destinations that nothing is sent to now; after a batch they are fetched anyway. */
static enum status ask_for_the_rest(struct app *a, struct carrying *c, struct err *err)
{
    size_t kept = 0;
    enum status st = store_list(a->cf->store, LIST_DESTINATIONS, ID_NONE, 0, &c->asked, err);

    for (size_t i = 0; i < c->asked.count; i++) {
        struct record *d = &c->asked.items[i];
        bool sent_to = !receipts_are_awaited(a->cf, d->id);

        for (size_t k = 0; k < c->due.count; k++)
            sent_to = sent_to || id_eq(record_id(&c->due.items[k], BATCH_destination), d->id);
        if (sent_to)
            record_release(d);
        else
            c->asked.items[kept++] = *d;
    }
    c->asked.count = kept;
    return st;
}

unsigned act_outbox_send(struct app *a)
{
    struct carrying *c;
    struct err err = { .st = ST_OK };

    if (is_busy(a))
        return REACT_DRAW;
    c = xcalloc(1, sizeof *c);
    c->sending = true;
    if (outbox_due(a->cf, NULL, true, &c->due, &err) != ST_OK || ask_for_the_rest(a, c, &err) != ST_OK) {
        carrying_free(&c);
        return tui_say_error(a, &err);
    }
    return start(a, c);
}

unsigned act_outbox_fetch(struct app *a)
{
    struct carrying *c;
    struct err err = { .st = ST_OK };

    if (is_busy(a))
        return REACT_DRAW;
    c = xcalloc(1, sizeof *c);
    if (store_list(a->cf->store, LIST_DESTINATIONS, ID_NONE, 0, &c->asked, &err) != ST_OK) {
        carrying_free(&c);
        return tui_say_error(a, &err);
    }
    return start(a, c);
}

/* What somebody chose to send once goes again by itself: a stick that is back, a network that is there. */
void carrying_start(struct app *a, bool again)
{
    struct carrying *c;
    size_t kept = 0;

    if (a->carrying || a->cf->read_only || a->ui.training)
        return;
    c = xcalloc(1, sizeof *c);
    if (outbox_due(a->cf, NULL, false, &c->due, NULL) == ST_OK)
        for (size_t i = 0; i < c->due.count; i++) {
            struct record *b = &c->due.items[i];

            if (record_int(b, BATCH_tries, 0) == 0 && record_int(b, BATCH_sent_at, 0) == 0 &&
                !str_eq(record_text(b, BATCH_why), "interrupted")) {
                record_release(b);
                continue;
            }
            c->due.items[kept++] = *b;
        }
    c->due.count = kept;
    c->by_itself = again;
    if (kept) {
        start(a, c);
    } else {
        carrying_free(&c);
        wait_for_the_next(a);
    }
}
