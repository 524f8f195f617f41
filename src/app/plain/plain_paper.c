/* plain_paper.c - line mode: the person's plan and the referrer's letter, read out, and saved to be printed. */
#include "plain_priv.h"

#include <stdlib.h>
#include <string.h>

#include "casework.h"
#include "dolen/base/date.h"
#include "dolen/base/file.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/print/plan_sheet.h"
#include "dolen/store/past.h"
#include "dolen/ui/retention.h"
#include "forgetting.h"
#include "letters.h"
#include "paper.h"
#include "dolen/base/banned.h"

#define PAPER_COLS   72
#define LETTERS_READ 20
#define REFERRALS_READ 50

struct sheet {
    struct plain *p;
    struct id     referral;         /* of a letter; not set: the plan */
    const struct letter_def *words; /* of the letter */
};

static struct letter_ask letter_of(const struct sheet *s, bool large)
{
    return (struct letter_ask) { .words = s->words, .referral = s->referral, .lang = lang_now(), .large = large,
                                 .training = s->p->ui.training, .today = clock_today() };
}

/* cautions: what to think of before it is given out. */
static enum status make(const struct sheet *s, bool large, struct document **out, struct buf *cautions, struct err *err)
{
    struct casefile *cf = s->p->cf;
    struct plan_sheet plan = { .person = s->p->person, .episode = s->p->episode, .large = large,
                               .today = clock_today(),
                               .lang = person_reads(cf->store, s->p->person, lang_now()),
                               .training = s->p->ui.training };
    struct letter l;
    enum status st;

    if (!id_is_set(s->referral)) {
        st = plan_sheet_cautions(cf->store, &plan, cautions, err);
        return st == ST_OK ? plan_sheet_make(out, cf->store, &plan, err) : st;
    }
    st = letter_signed(&l, cf, letter_of(s, large), err);
    if (st == ST_OK) {
        letter_cautions(&l, cautions);
        *out = l.document;
        l.document = NULL;
    }
    letter_release(&l);
    return st;
}

static enum status give(const struct sheet *s, struct paper *paper, bool *no_shape, struct err *err)
{
    struct document *d = NULL;
    struct buf cautions = BUF_INIT;
    struct letter_ask ask = letter_of(s, paper->large);
    enum status st;

    st = paper_fits(paper, paper->to, err);
    if (st == ST_OK)
        st = make(s, paper->large, &d, &cautions, err);
    if (st == ST_OK)
        st = paper_save(paper, d, no_shape, err);
    if (st == ST_OK)
        st = id_is_set(s->referral) ? letter_noted(s->p->cf, &ask, err) : plan_noted(s->p->cf, s->p->person, err);
    buf_wipe(&cautions);
    document_free(&d);
    return st;
}

/* True when the file is there. */
static bool save(const struct sheet *s, size_t way)
{
    static const struct paper papers[] = { { PAPER_PDF, NULL, false }, { PAPER_PDF, NULL, true },
                                           { PAPER_HTML, NULL, false },
                                           { PAPER_TEXT, NULL, false } };
    struct paper paper = papers[way];
    struct buf path = BUF_INIT;
    struct err err = { .st = ST_OK };
    bool no_shape = false, saved = false;

    if (plain_typed(s->p, _("Into which new file, < goes back: "), &path)) {
        paper.to = buf_text(&path);
        saved = give(s, &paper, &no_shape, &err) == ST_OK;
        if (!saved)
            tell_error(&err);
        else if (no_shape)
            tell(_("Saved: %s. Some character has no font here: a box stands in its place."), buf_text(&path));
        else
            tell(_("Saved, not encrypted: %s. Delete it once it is printed or given."), buf_text(&path));
    }
    buf_release(&path);
    return saved;
}

/* A plan about which there is something to think of is saved only when asked. */
static bool may_save(const struct sheet *s, const struct buf *cautions)
{
    return id_is_set(s->referral) || cautions->len == 0 ||
           plain_yes(s->p, _("Make a file of it all the same?")) == ANSWER_YES;
}

/* The permission is checked before the letter is heard. */
static void say_cautions(const struct sheet *s, const struct buf *cautions)
{
    if (cautions->len)
        tell_text(buf_text(cautions));
    else if (id_is_set(s->referral))
        tell_text(_("The person agreed that this referrer is told what happened, and set no limit."));
}

/* Read out first; then it may be saved, or one goes back. True when it was saved. */
static bool sheet(struct sheet *s)
{
    static const struct choice items[] = {
        { N_(":pdf"), N_("PDF, to print on A4"), false }, { N_(":large"), N_("PDF in large print"), false },
        { N_(":web"), N_("Web page"), false }, { N_(":text"), N_("Plain text"), false },
    };
    struct document *d = NULL;
    struct buf text = BUF_INIT, cautions = BUF_INIT;
    struct err err = { .st = ST_OK };
    bool saved = false;
    int i = CHOSE_AGAIN;

    if (make(s, false, &d, &cautions, &err) != ST_OK) {
        tell_error(&err);
        i = CHOSE_BACK;
    } else {
        say_cautions(s, &cautions);
        tell("%s", "");
        document_text(d, PAPER_COLS, &text);
        tell_text(buf_text(&text));
    }
    if (i == CHOSE_AGAIN && !may_save(s, &cautions))
        i = CHOSE_BACK;
    while (i == CHOSE_AGAIN)
        i = plain_choose(s->p, _("Save it to print, or < goes back"), items, ARRAY_LEN(items));
    if (i >= 0)
        saved = save(s, (size_t) i);
    document_free(&d);
    buf_wipe(&cautions);
    buf_wipe(&text);
    return saved;
}

void step_print_plan(struct plain *p)
{
    struct sheet s = { .p = p, .referral = ID_NONE };

    sheet(&s);
}

/* NULL: none chosen, or none can be used, which is said. */
static const struct letter_def *which_letter(struct plain *p)
{
    const struct letter_def *known[LETTERS_READ];
    struct choice items[LETTERS_READ];
    struct buf left = BUF_INIT;
    struct err err = { .st = ST_OK };
    size_t n, all;
    int i = CHOSE_AGAIN;

    if (letters_known(p->cf->catalog, known, LETTERS_READ, &n, &all, &err) != ST_OK) {
        tell_error(&err);
        return NULL;
    }
    if (all == 1)
        return known[0];
    letters_left_out(n, LETTERS_READ, all, &left);
    if (left.len)
        tell_text(left.s);
    buf_release(&left);
    while (i == CHOSE_AGAIN) {
        for (size_t k = 0; k < n; k++)
            items[k] = (struct choice) { NULL, text2_now(&known[k]->title), true };
        i = plain_choose(p, _("Which letter, < goes back"), items, n);
    }
    return i >= 0 ? known[i] : NULL;
}

void step_forget_list(struct plain *p)
{
    struct buf b = BUF_INIT;
    struct err err = { .st = ST_OK };

    if (forget_listing(p->cf, p->person, &b, &err) == ST_OK)
        tell_text(buf_text(&b));
    else
        tell_error(&err);
    buf_wipe(&b);
}

/* why: why they are held, NULL when they are not. False: that stays as it is, and is said. */
static bool other_hold(struct plain *p, const char *why, struct buf *typed)
{
    bool other;

    if (why) {
        tell(_("These records are held: %s"), why);
        other = plain_yes(p, _("Keep them no longer than all others?")) == ANSWER_YES;
    } else {
        other = plain_typed(p, _("Why are these records to be kept past their time? "), typed);
    }
    if (!other)
        tell_text(why ? _("They stay held. Nothing was changed.")
                      : _("Not held: a reason is needed. Nothing was changed."));
    return other;
}

void step_hold(struct plain *p)
{
    struct buf typed = BUF_INIT;
    struct err err = { .st = ST_OK };
    char *why = NULL;
    enum status st = retention_hold(p->cf->store, p->person, &why, &err);

    if (st == ST_OK && other_hold(p, why, &typed)) {
        st = store_hold(p->cf->store, p->person, why ? NULL : buf_text(&typed), &err);
        if (st == ST_OK)
            tell_text(why ? _("Released: these records are kept as long as all others.")
                          : _("Held: these records are kept until they are released."));
    }
    if (st != ST_OK)
        tell_error(&err);
    buf_wipe(&typed);
    free(why);
}

void plain_retention(struct plain *p)
{
    struct made m = { .n = 0 };
    int i = CHOSE_AGAIN;

    while (p->end == PLAIN_GO_ON && i != CHOSE_BACK && i != CHOSE_OVER) {
        struct retention_row *rows = NULL;
        struct id chosen = ID_NONE;
        struct err err = { .st = ST_OK };
        int n = 0, past = 0;

        if (retention_rows(&p->ui, &rows, &n, &past, &err) != ST_OK)
            tell_error(&err);
        if (n == 0)
            tell_text(_("Nobody's records are past their time."));
        for (int k = 0; k < n && k < MADE_MAX; k++) {
            struct buf words = BUF_INIT;

            retention_words(&p->ui, &rows[k], &words);
            buf_addf(made_add(&m), "%s: %s", rows[k].name, buf_text(&words));
            made_take(&m);
            buf_wipe(&words);
        }
        i = n ? plain_choose(p, _("Nothing goes by itself; whose records?"), m.items, m.n) : CHOSE_BACK;
        if (i >= 0)
            chosen = rows[i].person;
        retention_rows_free(&rows);
        made_release(&m);
        if (id_is_set(chosen))
            person_menu(p, chosen);
    }
}

/* Afterwards there is nobody to go on with: the person's menu sees that. */
void step_forget(struct plain *p)
{
    struct buf typed = BUF_INIT;
    struct person_row who = { .name = "" };
    struct err err = { .st = ST_OK };
    char *prompt;

    if (store_may_forget(p->cf->store, p->person, &err) != ST_OK ||
        person_row_get(p->cf->store, p->person, &who, &err) != ST_OK) {
        tell_error(&err);
        return;
    }
    step_forget_list(p);
    prompt = xasprintf(_("There is no way back. To forget them for good type their name, %s; < leaves everything as it "
                         "is: "), who.name);
    if (!plain_typed(p, prompt, &typed)) {
        tell_text(_("Not forgotten. Nothing was changed."));
    } else if (!forget_name_fits(p->cf, p->person, buf_text(&typed))) {
        tell_text(_("The name typed is not this person's. Nothing was changed."));
    } else if (store_forget(p->cf->store, p->person, &err) != ST_OK) {
        tell_error(&err);
    } else {
        p->person = ID_NONE;
        tell_text(_("Forgotten, for good. The counts stay as they were. What left the laptop is not reached: look for "
                    "the copies that were listed."));
    }
    explicit_bzero(prompt, strlen(prompt));
    free(prompt);
    explicit_bzero(&who, sizeof who);
    buf_wipe(&typed);
}

/* --- letters ------------------------------------------------------------------------------------------------------ */

/* What went out may be noted at once, where the letter is about the referral whose answer is owed. */
static void ask_gone(struct plain *p, const struct record *referral)
{
    struct err err = { .st = ST_OK };
    struct id owed = ID_NONE;

    if (p->end == PLAIN_GO_ON && !date_is_set(record_date(referral, REFERRAL_feedback_sent_on)) &&
        casework_referral_to_answer(p->cf, p->person, &owed, &err) == ST_OK && id_eq(owed, referral->id) &&
        plain_yes(p, _("Has it gone to them? y notes that the referrer was told today.")) == ANSWER_YES)
        step_feedback(p);
}

/* What may be shared is said before a word of the letter. */
static void write_to(struct plain *p, const struct record *referral)
{
    struct sheet s = { .p = p, .referral = referral->id };

    s.words = which_letter(p);
    if (s.words && sheet(&s))
        ask_gone(p, referral);
}

/* A line for each referral that somebody waits to hear about; then what else can be done. How many lines those are. */
static size_t letters_of(struct plain *p, const struct records *all, struct made *m, size_t *which)
{
    static const struct choice others[] = {
        { N_(":feedback-sent"), N_("The referrer has been told: feedback sent today"), false },
        { N_(":print-plan"), N_("The person's copy of the plan, to read and to print"), false },
    };
    size_t n = 0;

    for (size_t i = 0; i < all->count && n < REFERRALS_READ; i++) {
        const struct record *r = &all->items[i];
        struct buf whom = BUF_INIT, made = BUF_INIT, *line;

        if (!referral_has_referrer(r) || referral_letter_words(&p->ui, r, &whom, &made, NULL) != ST_OK)
            continue;
        line = made_add(m);
        buf_addf(line, "%s: ", date_show(record_date(r, REFERRAL_received_on)).s);
        words_for_the_ear(line, buf_text(&whom));
        if (made.len) {
            buf_add(line, "; ");
            words_for_the_ear(line, buf_text(&made));
        }
        made_take(m);
        which[n++] = i;
        buf_wipe(&whom);
        buf_wipe(&made);
    }
    for (size_t k = n ? 0 : 1; k < ARRAY_LEN(others); k++)      /* nobody to tell: the plan alone */
        made_word(m, others[k].word, others[k].label);
    return n;
}

void step_letter(struct plain *p)
{
    struct made *m = xcalloc(1, sizeof *m);
    struct err err = { .st = ST_OK };
    int i = CHOSE_AGAIN;

    while (p->end == PLAIN_GO_ON && err.st == ST_OK && i != CHOSE_BACK && i != CHOSE_OVER) {
        struct records all = { NULL, 0, 0 };
        size_t which[REFERRALS_READ], n;

        if (store_list(p->cf->store, LIST_REFERRALS_OF_PERSON, p->person, REFERRALS_READ, &all, &err) != ST_OK)
            tell_error(&err);
        n = letters_of(p, &all, m, which);
        if (!n && i == CHOSE_AGAIN)
            tell_text(_("Nobody else referred the person: no letter is owed."));
        i = err.st == ST_OK ? plain_choose(p, n ? _("Letters; a number writes one to who referred") : _("Letters"),
                                           m->items, m->n) : CHOSE_BACK;
        made_release(m);
        if (i >= 0 && (size_t) i < n)
            write_to(p, &all.items[which[i]]);
        else if (i >= 0 && n && (size_t) i == n)
            step_feedback(p);
        else if (i >= 0)
            step_print_plan(p);
        records_release(&all);
    }
    free(m);
}
