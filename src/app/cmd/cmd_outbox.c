/* cmd_outbox.c - outbox list, seal, send, fetch, show; receipt. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "commands.h"
#include "dolen/base/file.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/text.h"
#include "outbox_words.h"
#include "policy_offer.h"
#include "wait.h"
#include "dolen/base/banned.h"

enum { RECEIPT_DEPTH = 4 };

static void print_tame(FILE *to, const char *text)
{
    struct buf b = BUF_INIT;

    text_tame(&b, text, true);
    fputs(buf_text(&b), to);
    buf_release(&b);
}

/* --- list and show ---------------------------------------------------------------------------------------------- */

static void batch_line(struct run *r, const char *destination, const struct record *b)
{
    struct buf words = BUF_INIT;

    buf_addf(&words, "  %s  %s, ", record_or(b, BATCH_file, ""), batch_kind_label(b));
    buf_addf(&words, tr_n("%lld row: ", "%lld rows: ", (unsigned long) record_int(b, BATCH_rows, 0)),
             (long long) record_int(b, BATCH_rows, 0));
    batch_state_words(b, &words);
    batch_rows_words(r->cf, destination, b, &words);
    buf_add_char(&words, '\n');
    print_tame(stdout, buf_text(&words));
    buf_release(&words);
}

static void show_one(struct run *r, const struct destination *d, int batches)
{
    struct records all = { NULL, 0, 0 };
    struct buf words = BUF_INIT;

    buf_addf(&words, "%s: ", destination_name(d));
    destination_words(r->cf->store, &d->rec, &words);
    buf_add_char(&words, '\n');
    print_tame(stdout, buf_text(&words));
    buf_release(&words);
    if (store_list(r->cf->store, LIST_BATCHES, d->rec.id, batches, &all, NULL) == ST_OK)
        for (size_t i = 0; i < all.count; i++)
            batch_line(r, destination_name(d), &all.items[i]);
    records_release(&all);
}

/* batches: so many of each destination; -1 all, with their receipts. */
static enum status show_all(struct run *r, const char *only, int batches, struct err *err)
{
    struct json *list = json_new_list(), *j;
    struct records all = { NULL, 0, 0 };
    bool met = !only, none;
    enum status st = outbox_tidy(r->cf, err);

    if (st == ST_OK)
        st = store_list(r->cf->store, LIST_DESTINATIONS, ID_NONE, 0, &all, err);
    for (size_t i = 0; st == ST_OK && i < all.count; i++) {
        struct destination d;

        if (only && !str_eq(only, record_text(&all.items[i], DESTINATION_name)))
            continue;
        met = true;
        st = destination_of(r->cf, &all.items[i], &d, err);
        if (st == ST_OK && r->json)
            json_append(list, destination_json(r->cf, &d, batches));
        else if (st == ST_OK)
            show_one(r, &d, batches);
        destination_release(&d);
    }
    none = all.count == 0;
    records_release(&all);
    if (st == ST_OK && !met)
        st = err_set(err, ST_NOTFOUND, _("There is no destination of that name. See: dolen destination list"));
    if (st == ST_OK && !r->json && none)
        puts(keyslots_is_training(r->cf->slots)
                 ? _("This is a training case file: nothing leaves it for a destination.")
                 : _("Nothing is sent anywhere. The service gives you a signed policy and an address; then: dolen "
                     "destination add"));
    if (st != ST_OK || !r->json) {
        json_free(&list);
        return st;
    }
    j = json_new_map();
    json_set(j, "destinations", list);
    run_print_json("outbox", j);
    return ST_OK;
}

static enum status list_run(struct run *r, struct err *err)
{
    return show_all(r, NULL, 10, err);
}

static enum status show_run(struct run *r, struct err *err)
{
    return show_all(r, r->operands ? r->operand[0] : NULL, -1, err);
}

/* --- seal ------------------------------------------------------------------------------------------------------- */

static bool show_rows(void *ctx, const char *table, int64_t rows)
{
    const bool *on_terminal = ctx;

    if (*on_terminal && rows && rows % 4096 == 0) {
        fprintf(stderr, "\r\033[K%s: %lld", table, (long long) rows);
        fflush(stderr);
    }
    return !wait_was_stopped();
}

static void sealed_json(struct run *r, const struct destination *d, const struct outgoing *o, const struct record *b)
{
    struct json *j = outgoing_json(d, o);

    json_set_bool(j, "sealed", b->text != NULL);
    if (b->text)
        json_set(j, "batch", batch_json(r->cf, b, false));
    run_print_json("outbox-seal", j);
}

static enum status seal_run(struct run *r, struct err *err)
{
    bool on_terminal = isatty(STDERR_FILENO);
    struct outbox_wish wish = { run_flag(r, "--whole"), show_rows, &on_terminal };
    struct destination d;
    struct outgoing o;
    struct record b = { .text = NULL };
    struct buf words = BUF_INIT;
    enum status st = destination_open(r->cf, r->operand[0], &d, err);

    memset(&o, 0, sizeof o);
    if (st == ST_OK)
        st = outbox_tidy(r->cf, err);
    wait_begin();
    if (st == ST_OK)
        st = outbox_look(r->cf, &d, &wish, &o, err);
    if (st == ST_OK && !r->json) {
        outgoing_words(&d, &o, &words);
        print_tame(stderr, buf_text(&words));
    }
    if (st == ST_OK && !run_flag(r, "--dry-run") && !batch_is_empty(&o.batch))
        st = outbox_seal(r->cf, &d, &o, &wish, &b, err);
    wait_end();
    if (st == ST_OK && r->json)
        sealed_json(r, &d, &o, &b);
    else if (st == ST_OK && b.text)
        printf("%s\n", record_or(&b, BATCH_file, ""));
    else if (st == ST_OK)
        fprintf(stderr, "dolen: %s\n", batch_is_empty(&o.batch) ? _("Nothing has changed for this destination: "
                                                                    "nothing was sealed.")
                                                                : _("A trial: nothing was sealed."));
    buf_release(&words);
    record_release(&b);
    outgoing_release(&o);
    destination_release(&d);
    return st;
}

/* --- send ------------------------------------------------------------------------------------------------------- */

struct sums {
    int        sent, waiting, blocked, forks, receipts, refused, unusable;
    struct err no_way;                  /* of the last destination whose receipts could not be fetched */
};

static void show_bytes(const struct sending *x)
{
    uint64_t done = 0, total = 0;

    if (!isatty(STDERR_FILENO))
        return;
    sending_progress(x, &done, &total);
    fprintf(stderr, "\r\033[K%s: %llu / %llu KiB", record_or(sending_batch(x), BATCH_file, ""),
            (unsigned long long) done / 1024, (unsigned long long) total / 1024);
    fflush(stderr);
}

static enum transport_result carry(struct sending *x, struct err *said)
{
    enum transport_result r;

    while ((r = sending_step(x, said)) == TRANSPORT_BUSY) {
        if (wait_was_stopped())
            break;
        show_bytes(x);
        wait_for(sending_poll_fd(x), 200);
    }
    if (isatty(STDERR_FILENO))
        fputs("\r\033[K", stderr);
    return r;
}

static void say_policy(const char *destination)
{
    fprintf(stderr, "dolen: ");
    fprintf(stderr,
            _("The service has signed a new policy for %s. The one in force stays. See: dolen destination policy %s"),
            destination, destination);
    fputc('\n', stderr);
}

static void send_one(struct run *r, struct record *batch, struct json *list, struct sums *sum)
{
    struct err said = { .st = ST_OK };
    struct sending *x = NULL;
    struct id id = batch->id;
    struct record after = { .text = NULL };
    struct buf words = BUF_INIT;

    if (sending_begin(&x, r->cf, batch, &said) == ST_OK) {
        carry(x, &said);
        sum->receipts += sending_receipts(x);
        sum->refused += sending_refused(x);
        sum->unusable += sending_unusable(x);
        if (sending_found_policy(x))
            say_policy(record_or(sending_destination(x), DESTINATION_name, ""));
        sending_free(&x);
    }
    if (store_get(r->cf->store, T_BATCH, id, &after, NULL) != ST_OK)
        return;
    switch (batch_state_of(&after)) {
    case BS_WAIT: case BS_QUEUED: sum->waiting++; break;
    case BS_BLOCKED:              sum->blocked++; break;
    case BS_SUPERSEDED:           sum->forks++; break;
    default:                      sum->sent++; break;
    }
    if (r->json) {
        json_append(list, batch_json(r->cf, &after, false));
    } else {
        buf_addf(&words, "%s: ", record_or(&after, BATCH_file, ""));
        batch_state_words(&after, &words);
        buf_add_char(&words, '\n');
        print_tame(stdout, buf_text(&words));
    }
    buf_release(&words);
    record_release(&after);
}

/* Receipts of one destination. What keeps them from being fetched is kept: what was sent was sent. */
static void fetch_one(struct run *r, const struct record *destination, struct sums *sum)
{
    struct err said = { .st = ST_OK };
    struct sending *x = NULL;

    if (receipts_begin(&x, r->cf, destination, &said) == ST_OK) {
        carry(x, &said);
        sum->receipts += sending_receipts(x);
        sum->refused += sending_refused(x);
        sum->unusable += sending_unusable(x);
        if (sending_found_policy(x))
            say_policy(record_or(destination, DESTINATION_name, ""));
    }
    if (said.st != ST_OK)
        sum->no_way = said;
    sending_free(&x);
}

static bool is_among(const struct id *ids, size_t n, struct id id)
{
    for (size_t i = 0; i < n; i++)
        if (id_eq(ids[i], id))
            return true;
    return false;
}

/* Every destination that waits for one, but those that were asked just now, after a batch went there. */
static enum status fetch_all(struct run *r, const struct id *asked, size_t n, bool every, struct sums *sum,
                             struct err *err)
{
    struct records all = { NULL, 0, 0 };
    enum status st = store_list(r->cf->store, LIST_DESTINATIONS, ID_NONE, 0, &all, err);

    for (size_t i = 0; st == ST_OK && i < all.count && !wait_was_stopped(); i++) {
        const struct record *d = &all.items[i];

        if (r->operands && !str_eq(r->operand[0], record_text(d, DESTINATION_name)))
            continue;
        if (!is_among(asked, n, d->id) && (every || receipts_are_awaited(r->cf, d->id)))
            fetch_one(r, d, sum);
    }
    records_release(&all);
    return st;
}

static enum status told(const struct sums *sum, struct err *err)
{
    if (sum->forks)
        return err_set(err, ST_PARTIAL, _("Another copy of this case file has sent there. What it sent is not "
                                          "touched. Seal again: the next batch has everything again."));
    if (sum->blocked)
        return err_set(err, ST_PARTIAL, _("Something must be done here before all of it can be sent. What is not "
                                          "sent is kept. See: dolen outbox show"));
    if (sum->waiting)
        return err_set(err, ST_PARTIAL, _("Not everything could be sent. It is kept, and will be tried again."));
    if (sum->unusable) {
        char *words = receipts_unusable_words(sum->unusable);
        enum status st = err_set(err, ST_PARTIAL, "%s", words);

        free(words);
        return st;
    }
    if (sum->refused)
        return err_set(err, ST_PARTIAL, _("Not everything was taken in there. See: dolen outbox show"));
    if (sum->no_way.st != ST_OK)
        return err_set(err, ST_PARTIAL, _("Receipts could not be fetched. %s"), err_text(&sum->no_way));
    return ST_OK;
}

static void say_sums(const struct sums *sum)
{
    if (sum->receipts)
        printf(tr_n("%lld receipt was read.\n", "%lld receipts were read.\n", (unsigned long) sum->receipts),
               (long long) sum->receipts);
    else if (sum->sent + sum->waiting + sum->blocked + sum->forks == 0 && sum->no_way.st == ST_OK)
        fprintf(stderr, "dolen: %s\n", _("There is nothing to send, and no new receipt lies there."));
}

static enum status send_run(struct run *r, struct err *err)
{
    const char *only = r->operands ? r->operand[0] : NULL;
    struct json *list = json_new_list(), *j;
    struct records due = { NULL, 0, 0 };
    struct sums sum = { .sent = 0 };
    enum status st = outbox_due(r->cf, only, !run_flag(r, "--due"), &due, err);
    struct id *asked = xcalloc(due.count + 1, sizeof *asked);

    wait_begin();
    for (size_t i = 0; st == ST_OK && i < due.count && !wait_was_stopped(); i++) {
        asked[i] = record_id(&due.items[i], BATCH_destination);
        send_one(r, &due.items[i], list, &sum);
    }
    if (st == ST_OK)
        st = fetch_all(r, asked, due.count, false, &sum, err);
    wait_end();
    free(asked);
    records_release(&due);
    if (st != ST_OK || !r->json) {
        json_free(&list);
        if (st == ST_OK)
            say_sums(&sum);
        return st == ST_OK ? told(&sum, err) : st;
    }
    j = json_new_map();
    json_set(j, "batches", list);
    json_set_int(j, "receipts", sum.receipts);
    run_print_json("outbox-send", j);
    return told(&sum, err);
}

static enum status fetch_run(struct run *r, struct err *err)
{
    struct sums sum = { .sent = 0 };
    enum status st = outbox_tidy(r->cf, err);

    wait_begin();
    if (st == ST_OK)
        st = fetch_all(r, NULL, 0, true, &sum, err);
    wait_end();
    if (st == ST_OK && r->json) {
        struct json *j = json_new_map();

        json_set_int(j, "receipts", sum.receipts);
        run_print_json("outbox-fetch", j);
    } else if (st == ST_OK) {
        printf(tr_n("%lld receipt was read.\n", "%lld receipts were read.\n", (unsigned long) sum.receipts),
               (long long) sum.receipts);
    }
    return st == ST_OK ? told(&sum, err) : st;
}

/* --- receipts by hand ------------------------------------------------------------------------------------------- */

struct reading {
    struct run  *r;
    struct json *list;
    int          read, refused, bad;
    struct err   first;                 /* what was wrong with the first that could not be used */
};

static void tell_receipt(struct reading *x, const struct receipt_told *t)
{
    struct buf words = BUF_INIT;

    x->read++;
    if (t->effect != EFFECT_KNOWN && t->receipt.status != RECEIPT_ACCEPTED)
        x->refused++;
    if (x->list) {
        struct json *j = json_new_map();

        json_set_text(j, "bundle", t->receipt.bundle);
        json_set_text(j, "destination", t->destination);
        json_set_text(j, "status", receipt_status_word(t->receipt.status));
        json_set_text(j, "reason", receipt_reason_word(t->receipt.reason));
        json_set_int(j, "covered_version", t->receipt.covered_version);
        json_set_bool(j, "known", t->effect == EFFECT_KNOWN);
        json_append(x->list, j);
        return;
    }
    receipt_words(x->r->cf, t, &words);
    buf_add_char(&words, '\n');
    print_tame(stdout, buf_text(&words));
    buf_release(&words);
}

static void read_receipt(struct reading *x, const char *path)
{
    char *beside = xasprintf("%s.minisig", path);
    struct buf bytes = BUF_INIT, marker = BUF_INIT;
    struct err err = { .st = ST_OK };
    struct receipt_told told;
    enum status st = file_read(&bytes, path, RECEIPT_BYTES_MAX, &err);

    memset(&told, 0, sizeof told);
    if (st == ST_OK)
        st = file_read(&marker, beside, MINISIGN_FILE_MAX, &err);
    if (st == ST_OK) {
        st = outbox_receipt(x->r->cf, buf_text(&bytes), bytes.len, buf_text(&marker), marker.len, &told, &err);
        if (st == ST_OK)
            tell_receipt(x, &told);
        receipt_release(&told.receipt);
    }
    if (st != ST_OK) {
        if (x->bad++ == 0)
            x->first = err;
        fprintf(stderr, "dolen: %s: %s\n", path, err_text(&err));
    }
    buf_release(&bytes);
    buf_release(&marker);
    free(beside);
}

static bool is_receipt(const char *name)
{
    size_t n = strlen(name), m = strlen(RECEIPT_SUFFIX);

    return n > m && str_eq(name + n - m, RECEIPT_SUFFIX);
}

static int by_name(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

static void read_folder(struct reading *x, const char *folder, int depth)
{
    struct dirent **names = NULL;
    int n = scandir(folder, &names, NULL, by_name);

    for (int i = 0; i < n; i++) {
        char *path = path_join(folder, names[i]->d_name);
        struct stat sb;

        if (names[i]->d_name[0] != '.' && lstat(path, &sb) == 0) {
            if (S_ISDIR(sb.st_mode) && depth > 0)
                read_folder(x, path, depth - 1);
            else if (S_ISREG(sb.st_mode) && is_receipt(names[i]->d_name))
                read_receipt(x, path);
        }
        free(path);
        free(names[i]);
    }
    free(names);
}

/* The hub puts its newest policy beside the receipts. */
static bool read_policy_beside(struct run *r)
{
    char name[BATCH_WORD_MAX];
    struct err why = { .st = ST_OK };
    bool fresh = false;
    enum status st = policy_offer_read(r->cf, r->operand[0], &fresh, name, &why);

    if (fresh)
        say_policy(name);
    else if (st != ST_OK && err_text(&why)[0])
        fprintf(stderr, "dolen: %s\n", err_text(&why));
    return st == ST_OK;
}

static enum status receipt_run(struct run *r, struct err *err)
{
    struct reading x = { .r = r, .list = r->json ? json_new_list() : NULL };
    bool policy = false;
    struct stat sb;
    enum status st = outbox_tidy(r->cf, err);

    if (st == ST_OK && stat(r->operand[0], &sb) != 0)
        st = err_set(err, ST_NOTFOUND, _("There is no receipt in %s. Nothing was changed."
                                         " Check the folder, or wait for the hub."), r->operand[0]);
    if (st == ST_OK && S_ISDIR(sb.st_mode)) {
        read_folder(&x, r->operand[0], RECEIPT_DEPTH);
        policy = read_policy_beside(r);
    } else if (st == ST_OK)
        read_receipt(&x, r->operand[0]);
    if (st == ST_OK && x.list) {
        struct json *j = json_new_map();

        json_set(j, "receipts", x.list);
        json_set_int(j, "not_used", x.bad);
        run_print_json("receipts", j);
        x.list = NULL;
    }
    json_free(&x.list);
    if (st == ST_OK && x.read + x.bad == 0 && !policy)
        return err_set(err, ST_NOTFOUND, _("There is no receipt in %s. Nothing was changed."
                                           " Check the folder, or wait for the hub."), r->operand[0]);
    if (st == ST_OK && x.bad && !x.read)
        return err_set(err, x.first.st, _("None of these receipts could be used. Nothing was changed. The lines above "
                                          "say why."));
    if (st == ST_OK && x.bad)
        return err_set(err, ST_PARTIAL, _("%d of the receipts could not be used. The others were read."), x.bad);
    if (st == ST_OK && x.refused)
        return err_set(err, ST_REFUSED, _("Not everything was taken in there. See: dolen outbox show"));
    return st;
}

static const struct option seal_options[] = {
    { "--whole", NULL, N_("Everything, not only what changed") },
    { "--dry-run", NULL, N_("Say what would leave, and seal nothing") }, { NULL, NULL, NULL }
};
static const struct option send_options[] = {
    { "--due", NULL, N_("Only what is due: nothing that waits for its next try or for somebody to do something") },
    { NULL, NULL, NULL }
};

const struct command outbox_commands[] = {
    { "outbox", "list", "", 0, 0, N_("What has arrived where, and what has not"), NULL, NEEDS_CASE, list_run },
    { "outbox", "seal", "DEST", 1, 1, N_("Say what would leave, and seal it into a bundle"), seal_options, NEEDS_CASE,
      seal_run },
    { "outbox", "send", "[DEST]", 0, 1, N_("Send what is sealed, and read the receipts that lie there"), send_options,
      NEEDS_CASE,
      send_run },
    { "outbox", "fetch", "[DEST]", 0, 1, N_("Only read the receipts that lie there"), NULL, NEEDS_CASE, fetch_run },
    { "outbox", "show", "[DEST]", 0, 1, N_("All batches, with their receipts"), NULL, NEEDS_CASE, show_run },
    { "outbox", "receipt", "DIR|FILE", 1, 1, N_("Read receipts that came by hand: a file, or a folder of them"), NULL,
      NEEDS_CASE,
      receipt_run },
    { "receipt", NULL, "DIR|FILE", 1, 1, N_("Read receipts that came by hand: a file, or a folder of them"), NULL,
      NEEDS_CASE,
      receipt_run },
    { NULL, NULL, NULL, 0, 0, NULL, NULL, 0, NULL }
};
