/* plain_today.c - line mode: what is due, and the caseload in counts and months. */
#include "plain_priv.h"

#include <stdlib.h>
#include <string.h>

#include "caseload.h"
#include "dolen/base/date.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/ui/worklist_load.h"
#include "dolen/base/banned.h"

#define WORK_MAX   500
#define AHEAD_DAYS 7                    /* as on the screen */
#define MONTHS     12

/* --- what is due -------------------------------------------------------------------------------------------------- */

struct due {
    struct work_item *item;
    struct choice    *line;
    struct buf       *label;
    int               n, now;           /* now: of those, how many are due already */
    struct buf        said;             /* the list as it was read last */
};

static void open_work(struct plain *p, const struct work_item *w)
{
    if (w->kind == WORK_RESUME_DRAFT || w->kind == WORK_DRAFT) {
        p->person = w->person;
        plain_draft(p, w->subject);
        p->person = ID_NONE;
    } else if (id_is_set(w->person)) {
        person_menu(p, w->person);
    } else if (w->kind == WORK_ASSET_VERIFY) {
        plain_call(p, w->subject);
    } else if (w->kind == WORK_SUPERVISION_DUE) {
        plain_form(p, &(struct target) { .form = "supervision" }, NULL);
    } else if (w->kind == WORK_RECOVERY_TEST) {
        plain_recovery(p);
    } else {
        tell_text(_("Nothing opens here: it is a reminder."));
    }
}

static enum status load(struct plain *p, struct due *d, struct err *err)
{
    enum status st = worklist_load(p->cf->store, p->cf->catalog, caseload_shown(p->cf), p->ui.today,
                                   date_add_days(p->ui.today, AHEAD_DAYS), d->item, WORK_MAX, &d->n, err);

    if (st == ST_OK)
        st = worklist_names(p->cf->store, d->item, d->n, err);
    d->now = 0;
    for (int i = 0; st == ST_OK && i < d->n; i++)
        d->now += !date_is_set(d->item[i].due) || date_compare(d->item[i].due, p->ui.today) <= 0;
    return st;
}

/* True when the list says what it said the last time. */
static bool label(struct plain *p, struct due *d)
{
    struct buf now = BUF_INIT;
    bool same;

    for (int i = 0; i < d->n; i++) {
        struct buf *b = &d->label[i];

        if (d->item[i].name[0])
            buf_addf(b, "%s: ", d->item[i].name);
        work_words(b, &d->item[i], p->ui.today);
        d->line[i] = (struct choice) { NULL, buf_text(b), true };
        buf_addf(&now, "%s\n", buf_text(b));
    }
    same = str_eq(buf_text(&now), buf_text(&d->said));
    buf_wipe(&d->said);
    d->said = now;
    return same;
}

static void title_of(const struct due *d, bool own, struct buf *out)
{
    unsigned long now = (unsigned long) d->now, later = (unsigned long) (d->n - d->now);

    if (own)
        buf_addf(out, "%s ", _("Only yours."));
    if (now)
        buf_addf(out, tr_n("Today: %d thing is due.", "Today: %d things are due, most urgent first.", now), d->now);
    else
        buf_add(out, _("Nothing is due."));
    if (later)
        buf_addf(out, tr_n(" Then %lu thing in the next 7 days.", " Then %lu things in the next 7 days.", later),
                 later);
}

static int choose_due(struct plain *p, struct due *d)
{
    struct buf title = BUF_INIT;
    int i;

    title_of(d, id_is_set(caseload_shown(p->cf)), &title);
    i = plain_choose(p, buf_text(&title), d->line, (size_t) d->n);
    for (int k = 0; k < d->n; k++)
        buf_wipe(&d->label[k]);
    buf_release(&title);
    return i;
}

void plain_today(struct plain *p)
{
    struct due d = { .item = xcalloc(WORK_MAX, sizeof *d.item), .line = xcalloc(WORK_MAX, sizeof *d.line),
                     .label = xcalloc(WORK_MAX, sizeof *d.label) };
    int i = CHOSE_AGAIN;

    while (p->end == PLAIN_GO_ON && i != CHOSE_BACK && i != CHOSE_OVER) {
        struct err err = { .st = ST_OK };

        if (load(p, &d, &err) != ST_OK || d.n == 0) {
            tell_text(err.st != ST_OK ? err_text(&err) :
                      id_is_set(caseload_shown(p->cf)) ? _("Nothing of yours is due; only-own reads everybody's.") :
                      _("Nothing is due."));
            break;
        }
        p->heard = label(p, &d) && (i != CHOSE_AGAIN || p->heard);
        i = choose_due(p, &d);
        if (i >= 0)
            open_work(p, &d.item[i]);
    }
    buf_wipe(&d.said);
    free(d.item);
    free(d.line);
    free(d.label);
}

void plain_only_own(struct plain *p)
{
    struct err err = { .st = ST_OK };

    if (caseload_turn(p->cf, &err) != ST_OK)
        tell_error(&err);
    else if (id_is_set(caseload_shown(p->cf)))
        tell_text(_("Today reads only what is yours now, and what is nobody's yet. The same word reads everybody's."));
    else
        tell_text(_("Today reads everybody's now."));
}

/* --- the caseload ------------------------------------------------------------------------------------------------- */

static struct date_text month_name(const struct month_row *m)
{
    struct date first = { 0, 0, 0 };
    char *day = xasprintf("%s-01", m->month);

    (void) date_parse_iso(day, &first);
    free(day);
    return date_show_month(first);
}

/* The two charts of the screen, oldest month first as they stand there, and their highest points. */
static void say_months(const struct month_row *m)
{
    int received = 0, open = 0;

    tell_text(_("By month: referrals received, and episodes open at its end."));
    for (int i = MONTHS - 1; i >= 0; i--) {
        received = m[i].received > m[received].received ? i : received;
        open = m[i].open_at_end > m[open].open_at_end ? i : open;
        tell(_("%s: received %ld, open %ld"), month_name(&m[i]).s, (long) m[i].received, (long) m[i].open_at_end);
    }
    tell(_("The charts in words: most referrals in %s, %ld; most open at the end of %s, %ld."),
         month_name(&m[received]).s, (long) m[received].received, month_name(&m[open]).s, (long) m[open].open_at_end);
}

void plain_counts(struct plain *p)
{
    struct counts c;
    struct month_row m[MONTHS];
    struct err err = { .st = ST_OK };

    if (store_counts(p->cf->store, &c, &err) != ST_OK ||
        store_months(p->cf->store, p->ui.today, MONTHS, m, &err) != ST_OK) {
        tell_error(&err);
        return;
    }
    tell(tr_n("%lu person", "%lu people", (unsigned long) c.people), (unsigned long) c.people);
    tell_text(_("People: everyone with a record here, open or closed, but not what is in the bin."));
    tell(tr_n("%lu open episode", "%lu open episodes", (unsigned long) c.open_episodes),
         (unsigned long) c.open_episodes);
    tell_text(_("Open episodes: periods of support that were opened and are not closed."));
    tell(tr_n("%lu referral waiting", "%lu referrals waiting", (unsigned long) c.referrals_waiting),
         (unsigned long) c.referrals_waiting);
    tell_text(_("Referrals waiting: received, and no decision written down yet. The waiting list is a decision."));
    say_months(m);
}
