/* person_letters.c - what goes out about the person: the letters to those who referred, made and owed, and their own
 * copy of the plan. */
#include "person_priv.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/banned.h"

#define REFERRALS_SHOWN 50
#define CHANGES_READ    200
#define LETTER_WHY      "letter: "      /* how the history notes one (app/letters.c) */

bool referral_has_referrer(const struct record *r)
{
    return !str_eq(record_text(r, REFERRAL_route), "SELF") || str_eq(record_text(r, REFERRAL_source), "FAMI");
}

static struct focus leads_to(const struct person_view *v, const char *action)
{
    struct focus f = person_focus_of(v, FOCUS_COMMAND, ID_NONE);

    f.question = action;
    return f;
}

/* By its title, where there are several to tell apart; the template of one that is there no more is known by its id. */
static void which_letter(struct ui *u, const char *noted, struct buf *out)
{
    char *id = xstrndup(noted, strcspn(noted, " "));
    const struct letter_def *d = catalog_letter(u->catalog, id, NULL);

    words_add(out, d ? text2_now(&d->title) : id);
    free(id);
}

/* One line for each that was made, newest first. */
static enum status made_words(struct ui *u, struct id referral, struct buf *out, struct err *err)
{
    struct change_row *rows = xcalloc(CHANGES_READ, sizeof *rows);
    int n = 0;
    enum status st = store_changes(u->store, referral, 0, CHANGES_READ, rows, &n, err);

    for (int i = 0; st == ST_OK && i < n; i++) {
        if (str_starts(rows[i].why, LETTER_WHY)) {
            struct record by;

            record_init(&by, T_PRACTITIONER);
            buf_addf(out, "%s%s", out->len ? "\n" : "", instant_show(rows[i].at).s);
            words_add(out, _("letter made"));
            which_letter(u, rows[i].why + strlen(LETTER_WHY), out);
            if (id_is_set(rows[i].by) && store_get(u->store, T_PRACTITIONER, rows[i].by, &by, NULL) == ST_OK)
                words_add(out, record_text(&by, PRACTITIONER_name));
            record_release(&by);
        }
        change_row_release(&rows[i]);
    }
    free(rows);
    return st;
}

enum status referral_letter_words(struct ui *u, const struct record *r, struct buf *whom, struct buf *made,
                                  struct err *err)
{
    struct date told = record_date(r, REFERRAL_feedback_sent_on);

    words_add(whom, word_of(u, "referral_source", record_text(r, REFERRAL_source)));
    words_add(whom, record_text(r, REFERRAL_referrer_org));
    words_add(whom, record_text(r, REFERRAL_referrer_name));
    if (date_is_set(told))
        words_add_date(whom, _("told on %s"), told);
    else
        words_add(whom, _("not told yet"));
    return made_words(u, r->id, made, err);
}

static enum status letter_row(struct person_view *v, struct sheet *s, const struct record *r, struct err *err)
{
    struct buf b = BUF_INIT, made = BUF_INIT;
    enum status st = referral_letter_words(v->u, r, &b, &made, err);
    struct sheet_item *row = sheet_row(s, leads_to(v, "letter"), date_show(record_date(r, REFERRAL_received_on)).s,
                                       buf_text(&b));

    row->label_cols = 13;
    sheet_note(row, buf_text(&made));
    buf_wipe(&b);
    buf_wipe(&made);
    return st;
}

enum status person_letters(struct person_view *v, struct sheet *s, struct err *err)
{
    struct records all = { NULL, 0, 0 };
    enum status st = store_list(v->u->store, LIST_REFERRALS_OF_PERSON, v->id, REFERRALS_SHOWN, &all, err);
    size_t n = 0;

    sheet_heading(s, _("To whoever referred"));
    for (size_t i = 0; st == ST_OK && i < all.count; i++)
        if (referral_has_referrer(&all.items[i])) {
            st = letter_row(v, s, &all.items[i], err);
            n++;
        }
    if (st == ST_OK && n == 0)
        sheet_text(s, STYLE_HINT, _("Nobody else referred the person: no letter is owed."));
    if (st == ST_OK) {
        sheet_heading(s, _("To the person"));
        sheet_row(s, leads_to(v, "print-plan"), NULL, _("Their copy of the plan, to read and to print"))->offer = true;
    }
    records_release(&all);
    return st;
}
