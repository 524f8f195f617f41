/* core/freshness.c - when an entry of the directory has to be checked with them, and what to say before sending
 * anybody. */
#include "dolen/core/freshness.h"

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/banned.h"

/* not set when never verified */
static struct date fresh_until(struct date verified, int months)
{
    return date_is_set(verified) ? date_add_months(verified, months > 0 ? months : FRESH_MONTHS) : verified;
}

struct date fresh_due_on(struct date verified, int months)
{
    months = months > 0 ? months : FRESH_MONTHS;
    return date_is_set(verified) ? date_add_months(verified, months - 1) : verified;
}

enum freshness freshness_of(struct date verified, int months, struct date today)
{
    if (!date_is_set(verified) || date_compare(today, fresh_until(verified, months)) > 0)
        return FRESHNESS_STALE;
    return date_compare(today, fresh_due_on(verified, months)) >= 0 ? FRESHNESS_DUE : FRESHNESS_FRESH;
}

static void ago(struct buf *out, struct date verified, struct date today)
{
    long days = date_days(today) - date_days(verified);
    unsigned long n = (unsigned long) (days < 60 ? days : days / 30);

    if (days <= 0)
        buf_add(out, _("talked to them today"));
    else if (days < 60)
        buf_addf(out, tr_n("talked to them %lu day ago", "talked to them %lu days ago", n), n);
    else
        buf_addf(out, tr_n("talked to them %lu month ago", "talked to them %lu months ago", n), n);
}

void freshness_why(struct buf *out, struct date verified, int months, struct date today)
{
    enum freshness f = freshness_of(verified, months, today);

    if (!date_is_set(verified)) {
        buf_add(out, _("nobody has talked to them yet: ring them"));
        return;
    }
    ago(out, verified, today);
    if (f == FRESHNESS_DUE)
        buf_addf(out, _(": ring them by %s"), date_show(fresh_until(verified, months)).s);
    if (f == FRESHNESS_STALE)
        buf_addf(out, _(": out of date since %s, ring them"), date_show(fresh_until(verified, months)).s);
}

int freshness_compare(struct date verified_a, int months_a, struct date verified_b, int months_b)
{
    return date_compare(fresh_until(verified_a, months_a), fresh_until(verified_b, months_b));
}

/* --- cautions, the worst first ---------------------------------------------------------------------------------- */

unsigned cautions_of(const struct asset_load *a, struct date today)
{
    unsigned c = 0;

    if (a->closed)
        c |= CAUTION_CLOSED;
    if (date_is_set(a->full_until) && date_compare(a->full_until, today) >= 0)
        c |= CAUTION_FULL;
    if (a->takes_a_month >= 0 && a->sent_this_month >= a->takes_a_month)
        c |= CAUTION_ENOUGH;
    if (a->unlisted)
        c |= CAUTION_UNLISTED;
    if (a->local_only)
        c |= CAUTION_LOCAL;
    if (freshness_of(a->verified, a->fresh_months, today) == FRESHNESS_STALE && date_compare(a->added, today) != 0)
        c |= CAUTION_STALE;
    return c;
}

void caution_brief(struct buf *out, const struct asset_load *a, struct date today)
{
    unsigned c = cautions_of(a, today);

    if (c & CAUTION_CLOSED)
        buf_add(out, _("no longer runs"));
    else if (c & CAUTION_FULL)
        buf_addf(out, _("full to %s"), date_show(a->full_until).s);
    else if (c & CAUTION_ENOUGH)
        buf_addf(out, _("%ld of %ld this month"), a->sent_this_month, a->takes_a_month);
    else if (c & CAUTION_UNLISTED)
        buf_add(out, _("asks not to be advertised"));
    else if (c & CAUTION_LOCAL)
        buf_add(out, _("local people only"));
    else if (c & CAUTION_STALE)
        buf_add(out, _("not checked lately"));
}

static void sentence(struct buf *out, const char *text)
{
    if (out->len)
        buf_add(out, " ");
    buf_add(out, text);
}

void caution_sentences(struct buf *out, const struct asset_load *a, struct date today)
{
    unsigned c = cautions_of(a, today);
    struct buf b = BUF_INIT;

    if (c & CAUTION_CLOSED)
        sentence(out, _("They said that it no longer runs."));
    if (c & CAUTION_FULL) {
        buf_addf(&b, _("Full until %s."), date_show(a->full_until).s);
        sentence(out, buf_text(&b));
    }
    if (c & CAUTION_ENOUGH) {
        buf_clear(&b);
        buf_addf(&b, tr_n("It takes %ld a month, and %ld has been referred this month.",
                         "It takes %ld a month, and %ld have been referred this month.",
                         (unsigned long) a->sent_this_month), a->takes_a_month, a->sent_this_month);
        sentence(out, buf_text(&b));
    }
    if (c & CAUTION_UNLISTED)
        sentence(out, _("They ask not to be advertised."));
    if (c & CAUTION_LOCAL)
        sentence(out, _("They are for people of the area they serve, and ask not to be advertised elsewhere."));
    if (c & CAUTION_STALE)
        sentence(out, date_is_set(a->verified) ? _("Nobody has checked it with them lately.")
                                               : _("Nobody has checked it with them yet."));
    buf_release(&b);
}
