/* app/outbox.c - the states of batches, and what a start finds. */
#include "outbox.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "dolen/base/file.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/store/past.h"
#include "dolen/vault/hash.h"
#include "source.h"
#include "dolen/base/banned.h"


/* --- states ----------------------------------------------------------------------------------------------------- */

enum batch_state batch_state_of(const struct record *batch)
{
    enum batch_state s = BS_SUPERSEDED;

    batch_state_parse(record_or(batch, BATCH_state, ""), &s);
    return s;
}

static void stamp(struct record *batch, enum batch_state to, enum batch_event e)
{
    int tries = (int) record_int(batch, BATCH_tries, 0);
    uint64_t chance;

    record_set(batch, BATCH_state, batch_state_word(to));
    if (e == BE_SEALED)
        record_set_int(batch, BATCH_sealed_at, (long) clock_now());
    if (e == BE_SENT)
        record_set_int(batch, BATCH_sent_at, (long) clock_now());
    if (e == BE_ACCEPTED)
        record_set_int(batch, BATCH_acked_at, (long) clock_now());
    if (e == BE_SENT || e == BE_NO_RECEIPT)
        record_set_int(batch, BATCH_tries, 0);
    if (e == BE_NETWORK) {
        random_fill(&chance, sizeof chance);
        record_set_int(batch, BATCH_tries, tries + 1);
        record_set_int(batch, BATCH_next_at, (long) (clock_now() + batch_wait(tries + 1, chance)));
    } else {
        record_set(batch, BATCH_next_at, NULL);
    }
}

/* Both languages, for whoever reads it later: a line each. */
static char *kept_sentence(const struct err *said)
{
    const char *en = said->text[LANG_EN], *cy = said->text[LANG_CY];

    return str_eq(en, cy) ? xstrdup(en) : xasprintf("%s\n%s", en, cy);
}

enum status outbox_event(struct store *s, struct record *batch, enum batch_event e, const char *why,
                         const struct err *said, struct err *err)
{
    char *sentence = said && *err_text(said) ? kept_sentence(said) : NULL;
    enum batch_state from = batch_state_of(batch), to;

    if (!batch_step(from, e, &to)) {
        free(sentence);
        return err_set(err, ST_CONFLICT, _("The batch %s is in the state \"%s\", in which this cannot happen. "
                                           "Nothing was changed."
                                           " See: dolen outbox list"),
                       record_or(batch, BATCH_file, ""), batch_state_label(from));
    }
    stamp(batch, to, e);
    record_set(batch, BATCH_why, why && *why ? why : NULL);
    record_set(batch, BATCH_said, sentence);
    free(sentence);
    return store_put(s, batch, batch_event_word(e), err);
}

/* Every open batch that the event can happen to. */
static enum status event_on_all(struct store *s, struct id destination, enum batch_event e, const char *why,
                                struct err *err)
{
    struct records open = { NULL, 0, 0 };
    enum batch_state unused;
    enum status st = store_list(s, LIST_BATCHES_OPEN, destination, 0, &open, err);

    for (size_t i = 0; st == ST_OK && i < open.count; i++)
        if (batch_step(batch_state_of(&open.items[i]), e, &unused))
            st = outbox_event(s, &open.items[i], e, why, NULL, err);
    records_release(&open);
    return st;
}

enum status outbox_restart(struct store *s, struct record *destination, enum snapshot_reason why, struct err *err)
{
    enum snapshot_reason now = SNAP_NO;
    bool own = !snapshot_starts_epoch(why);
    enum status st = ST_OK;

    snapshot_reason_parse(record_text(destination, DESTINATION_snapshot), &now);
    if (snapshot_starts_epoch(now) && own)
        return ST_OK;                   /* it will be whole anyway, and of a new epoch */
    record_set(destination, DESTINATION_snapshot, snapshot_reason_word(why));
    st = store_put(s, destination, "restart", err);
    return st == ST_OK && !own ? event_on_all(s, destination->id, BE_RESNAPSHOT, snapshot_reason_word(why), err) : st;
}

/* --- files ------------------------------------------------------------------------------------------------------ */

char *outbox_folder(const struct casefile *cf, const char *destination)
{
    char *outbox = path_join(cf->folder, "outbox"), *folder = path_join(outbox, destination);

    free(outbox);
    return folder;
}

char *outbox_path(const struct casefile *cf, const char *destination, const char *file)
{
    char *folder = outbox_folder(cf, destination), *path = path_join(folder, file);

    free(folder);
    return path;
}

static void with_ending(struct casefile *cf, const char *destination, const char *file, const char *ending,
                        void (*fn)(const char *path, void *ctx), void *ctx)
{
    char *path = outbox_path(cf, destination, file), *whole = xasprintf("%s%s", path, ending);

    fn(whole, ctx);
    free(whole);
    free(path);
}

static void take_away(const char *path, void *ctx)
{
    (void) ctx;
    unlink(path);
}

static void is_there(const char *path, void *ctx)
{
    bool *all = ctx;

    *all = *all && file_exists(path);
}

static void files_remove(struct casefile *cf, const char *destination, const char *file)
{
    with_ending(cf, destination, file, BUNDLE_MARKER, take_away, NULL);
    with_ending(cf, destination, file, BUNDLE_SUFFIX, take_away, NULL);
}

static bool files_are_there(struct casefile *cf, const char *destination, const char *file)
{
    bool all = true;

    with_ending(cf, destination, file, BUNDLE_SUFFIX, is_there, &all);
    with_ending(cf, destination, file, BUNDLE_MARKER, is_there, &all);
    return all;
}

/* --- what a start finds ----------------------------------------------------------------------------------------- */

enum status outbox_drop_draft(struct casefile *cf, const char *destination, struct record *b, struct err *err)
{
    files_remove(cf, destination, record_or(b, BATCH_file, ""));
    return outbox_event(cf->store, b, BE_ABANDONED, "interrupted", NULL, err);
}

static bool receipt_is_overdue(const struct record *batch)
{
    return batch_state_of(batch) == BS_SENT &&
           batch_receipt_is_overdue(clock_now(), record_int(batch, BATCH_sent_at, 0));
}

static enum status tidy_one(struct casefile *cf, const char *destination, struct record *b, struct err *err)
{
    const char *file = record_or(b, BATCH_file, "");
    enum status st = ST_OK;

    if (id_eq(b->id, cf->sealing) || id_eq(b->id, cf->sending))
        return ST_OK;                   /* in hand */
    if (batch_state_of(b) == BS_DRAFT)
        return outbox_drop_draft(cf, destination, b, err);
    if (receipt_is_overdue(b))
        st = outbox_event(cf->store, b, BE_NO_RECEIPT, "no_receipt", NULL, err);
    if (st == ST_OK && batch_is_to_send(batch_state_of(b)) && !files_are_there(cf, destination, file))
        return outbox_event(cf->store, b, BE_LOST, "lost", NULL, err);
    if (st == ST_OK && batch_state_of(b) == BS_SEALED)
        st = outbox_event(cf->store, b, BE_QUEUE, NULL, NULL, err);
    if (st == ST_OK && batch_state_of(b) == BS_SENDING)
        st = outbox_event(cf->store, b, BE_CUT_SHORT, "interrupted", NULL, err);
    return st;
}

/* Files of batches that are known to be there, or are overtaken by one that is. */
static enum status clear_done(struct casefile *cf, const struct record *d, struct err *err)
{
    char *folder = outbox_folder(cf, record_or(d, DESTINATION_name, ""));
    DIR *dir = opendir(folder);
    struct dirent *e;
    enum status st = ST_OK;

    while (st == ST_OK && dir && (e = readdir(dir))) {
        struct record b = { .text = NULL };
        const char *name = e->d_name + (e->d_name[0] == '.');
        char *dot = strchr(name, '.'), *file;
        bool half = name != e->d_name;  /* a temporary of a sealing that was killed */

        if (!dot || dot == name)
            continue;
        file = xstrndup(name, (size_t) (dot - name));
        if (store_batch_by_file(cf->store, d->id, file, &b, NULL) == ST_OK && !id_eq(b.id, cf->sealing) &&
            (half || (!batch_is_open(batch_state_of(&b)) &&
                      record_int(d, DESTINATION_covered, 0) >= record_int(&b, BATCH_to_version, 0))))
            unlinkat(dirfd(dir), e->d_name, 0);
        record_release(&b);
        free(file);
    }
    if (dir)
        closedir(dir);
    free(folder);
    (void) err;
    return st;
}

enum status outbox_tidy(struct casefile *cf, struct err *err)
{
    struct records all = { NULL, 0, 0 };
    enum status st = cf->read_only ? ST_OK : store_list(cf->store, LIST_DESTINATIONS, ID_NONE, 0, &all, err);

    for (size_t i = 0; st == ST_OK && i < all.count; i++) {
        struct records open = { NULL, 0, 0 };

        st = store_list(cf->store, LIST_BATCHES_OPEN, all.items[i].id, 0, &open, err);
        for (size_t k = 0; st == ST_OK && k < open.count; k++)
            st = tidy_one(cf, record_or(&all.items[i], DESTINATION_name, ""), &open.items[k], err);
        records_release(&open);
        if (st == ST_OK)
            st = clear_done(cf, &all.items[i], err);
    }
    records_release(&all);
    return st;
}
