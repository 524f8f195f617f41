/* app/reopen.c - a closed period of support opened again, with the reason.
 *
 * The date and reason of closing go, the words said at closing stay: they were true then, and the closing form shows
 * them again. What closing made due (telling the referrer how it ended) is no longer due; what it ended is due again,
 * with its dates, and so stands on Today as before. */
#include "reopen.h"

#include <string.h>

#include "dolen/base/buf.h"
#include "dolen/base/date.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/core/episode.h"
#include "dolen/base/banned.h"

/* A stated missing reason would otherwise count as an answer about a closing that is no more. */
static void missing_drop(struct record *e)
{
    struct buf kept = BUF_INIT;

    for (const char *p = record_or(e, EPISODE_missing, ""); *p; p += strspn(p, " ")) {
        size_t n = strcspn(p, " ");

        if (!str_starts(p, "reason:") && !str_starts(p, "closed_on:")) {
            buf_add(&kept, kept.len ? " " : "");
            buf_add_mem(&kept, p, n);
        }
        p += n;
    }
    record_set(e, EPISODE_missing, buf_text(&kept));
    buf_release(&kept);
}

static enum status reopen_record(struct casefile *cf, struct id episode, const char *why, size_t *back, struct err *err)
{
    struct episode_facts facts = { .has_referral = false };
    struct record e = { .text = NULL };
    struct id referral = ID_NONE;
    enum status st = store_get(cf->store, T_EPISODE, episode, &e, err);

    if (st == ST_OK) {
        facts.opened_on = record_date(&e, EPISODE_opened_on);
        facts.closed_on = record_date(&e, EPISODE_closed_on);
        referral = record_id(&e, EPISODE_referral);
    }
    if (st == ST_OK && (e.binned || !episode_allows(&facts, STEP_REOPEN)))
        st = err_set(err, ST_REFUSED, _("This period of support is not closed. Nothing was changed. Go on with it "
                                        "as it is."));
    if (st == ST_OK) {
        record_set(&e, EPISODE_closed_on, NULL);
        record_set(&e, EPISODE_reason, NULL);
        record_set(&e, EPISODE_reopened_why, why);
        missing_drop(&e);
        st = store_put(cf->store, &e, "reopened", err);
    }
    if (st == ST_OK && id_is_set(referral))
        st = store_task_end(cf->store, "FEEDBACK_OWED", referral, clock_today(), "reopened", err);
    if (st == ST_OK)
        st = store_tasks_again(cf->store, episode, referral, back, err);
    record_release(&e);
    return st;
}

enum status episode_reopen(struct casefile *cf, struct id episode, const char *why, size_t *back, struct err *err)
{
    enum status st;

    *back = 0;
    if (!why || !why[strspn(why, " ")])
        return err_set(err, ST_INVALID, _("Not opened again: a reason is needed. Nothing was changed. Try again, "
                                          "and say why."));
    st = store_begin(cf->store, err);
    if (st != ST_OK)
        return st;
    st = reopen_record(cf, episode, why, back, err);
    return store_end(cf->store, st, err);
}

void reopened_words(struct buf *out, size_t back)
{
    if (back == 0)
        buf_add(out, _("Nothing is due for it yet: the next contact says when."));
    else
        buf_addf(out, tr_n("%zu thing that closing ended is due again.", "%zu things that closing ended are due again.",
                           (unsigned long) back), back);
}
