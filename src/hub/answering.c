/* writing the receipts of a group: its rows are committed, and the next group is unpacked meanwhile. */
#include "answering.h"

#include "dolen/base/file.h"
#include "receive.h"
#include "dolen/base/banned.h"

/* Of those of which nothing is remembered; the others were signed when they were entered. */
static enum status sign_answers(const struct answering *a, struct err *err)
{
    enum status st = ST_OK;

    for (size_t i = 0; i < a->n && st == ST_OK; i++)
        if (a->in[i].fate == FATE_ANSWER && a->rc->receipts)
            st = receipt_sign(&a->in[i].row.receipt, &a->in[i].row.receipt_sig, &a->in[i].r, a->rc->keys->sign, err);
    return st;
}

static bool needs_writing(const struct incoming *in, const struct reception *rc)
{
    return rc->receipts && in->source && in->row.receipt.len &&
           (in->fate != FATE_SAME ||
            !receipt_is_there(rc->receipts, in->source->id, in->bundle, &in->row.receipt, &in->row.receipt_sig));
}

/* All durable by one sync. */
static enum status write_answers(struct answering *a, struct err *err)
{
    const char *folder = a->rc->receipts;
    enum status st = sign_answers(a, err);
    bool any = false;

    for (size_t i = 0; i < a->n && st == ST_OK; i++) {
        const struct incoming *in = &a->in[i];

        if (!needs_writing(in, a->rc))
            continue;
        st = receipt_put(folder, in->source->id, in->bundle, &in->row.receipt, &in->row.receipt_sig, err);
        any = true;
    }
    return st == ST_OK && any ? folder_settle(folder, err) : st;
}

static void *run(void *ctx)
{
    struct answering *a = ctx;

    a->st = write_answers(a, &a->err);
    return NULL;
}

void answering_begin(struct answering *a, struct incoming *in, size_t n, const struct reception *rc)
{
    *a = (struct answering) { .in = in, .n = n, .rc = rc, .st = ST_OK };
    a->beside = rc->receipts && pthread_create(&a->thread, NULL, run, a) == 0;
    if (!a->beside)
        run(a);
}

enum status answering_end(struct answering *a, struct err *err)
{
    enum status st;

    if (a->beside)
        pthread_join(a->thread, NULL);
    st = a->st == ST_OK ? ST_OK : err_set(err, a->st, "%s", err_text(&a->err));
    *a = (struct answering) { .n = 0, .st = ST_OK };
    return st;
}
