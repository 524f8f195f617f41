/* plain.c - line mode from the passphrase to the end: the main menu, something serious, leaving and locking. */
#include "plain.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "dolen/base/date.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "plain_priv.h"
#include "paperwork.h"
#include "recovery.h"
#include "serious.h"
#include "dolen/ui/term.h"
#include "dolen/ui/worklist_load.h"
#include "dolen/base/banned.h"

#define PROTOCOLS_MAX 40

/* --- something serious -------------------------------------------------------------------------------------------- */

static void write_note(struct plain *p)
{
    struct target t = { .form = "concern", .person = p->person };

    if (!id_is_set(p->person))
        tell_text(_("A note belongs to a person: open the person, then type ! again."));
    else if (plain_yes(p, _("Write a note about it now?")) == ANSWER_YES)
        plain_form(p, &t, NULL);
}

static void say_protocol(struct plain *p, const struct protocol *one)
{
    struct buf b = BUF_INIT;

    serious_text(&b, one, p->ui.today);
    tell_text(buf_text(&b));
    buf_release(&b);
}

static int choose_protocol(struct plain *p, const struct protocol *const *all, size_t n)
{
    struct buf label[PROTOCOLS_MAX];
    struct choice items[PROTOCOLS_MAX];
    int i;

    for (size_t k = 0; k < n; k++) {
        label[k] = (struct buf) BUF_INIT;
        serious_title(&label[k], all[k]);
        items[k] = (struct choice) { all[k]->id, buf_text(&label[k]), true };
    }
    i = plain_choose(p, _("Something serious. In danger now: 999."), items, n);
    for (size_t k = 0; k < n; k++)
        buf_release(&label[k]);
    return i;
}

/* The first protocol's numbers come at once, before anything is asked. That it was opened stands in the history. */
void plain_serious(struct plain *p)
{
    size_t n;
    const struct protocol *const *all = catalog_protocols(p->cf->catalog, &n);
    struct buf b = BUF_INIT;
    struct err err = { .st = ST_OK };
    int i = CHOSE_AGAIN;

    if (p->in_serious)
        return;
    p->in_serious = true;
    n = n < PROTOCOLS_MAX ? n : PROTOCOLS_MAX;
    if (store_note(p->cf->store, "protocol", p->person, "opened", &err) != ST_OK)
        tell_error(&err);
    if (n > 0)
        serious_numbers(&b, all[0], p->ui.today);
    tell_text(n > 0 ? buf_text(&b) : "999");
    buf_release(&b);
    while (n > 0 && p->end == PLAIN_GO_ON && i != CHOSE_BACK && i != CHOSE_OVER) {
        i = choose_protocol(p, all, n);
        if (i >= 0)
            say_protocol(p, all[i]);
    }
    if (p->end == PLAIN_GO_ON)
        write_note(p);
    p->in_serious = false;
}

/* --- the main menu ------------------------------------------------------------------------------------------------ */

static void change_language(struct plain *p)
{
    plain_global(p, ":language", false);
}

static void read_help(struct plain *p)
{
    plain_global(p, ":help", false);
}

static void lock(struct plain *p)   { p->end = PLAIN_LOCK; }
static void leave(struct plain *p)  { p->end = PLAIN_QUIT; }

#define EVERY_DAY 12                    /* so many are read at once, and drills where there are any */

static const struct {
    const char *word, *label;
    void      (*run)(struct plain *p);
    bool        training;           /* in a training case file only */
} entries[] = {
    { N_(":today"),     N_("Today: what is due"), plain_today, false },
    { N_(":people"),    N_("People: search and list"), plain_people, false },
    { N_(":add"),       N_("Add a referral"), plain_add_referral, false },
    { N_(":referrals"), N_("Referrals waiting for a decision"), plain_referrals, false },
    { N_(":directory"), N_("Directory of community assets"), plain_directory, false },
    { N_(":call-list"), N_("Call list: whom to ring, the one out of date longest first"), plain_call_list, false },
    { N_(":drills"),    N_("Drills: practise on an invented person"), plain_drills, true },
    { N_(":serious"),   N_("Something serious: what to do, whom to ring"), plain_serious, false },
    { N_(":undo"),      N_("Undo: take back the last change"), step_undo, false },
    { N_(":language"),  N_("Cymraeg or English"), change_language, false },
    { N_(":help"),      N_("Help"), read_help, false },
    { N_(":lock"),      N_("Lock the case file now"), lock, false },
    { N_(":quit"),      N_("Quit: leave the program"), leave, false },
    /* up to here every day */
    { N_(":counts"),    N_("Your caseload in numbers, and month by month"), plain_counts, false },
    { N_(":gaps"),      N_("Gaps: unmet needs recorded so far"), plain_gaps, false },
    { N_(":gap-table"), N_("Unmet need by quarter, kind of asset and reason"), plain_gap_table, false },
    { N_(":same-assets"), N_("Entries of the directory that may be there twice"), plain_same_assets, false },
    { N_(":reports"),   N_("Reports: figures on your own caseload"), plain_reports, false },
    { N_(":supervision"), N_("Supervision: the log, and a new one"), plain_supervision, false },
    { N_(":bin-list"),  N_("Bin: what was put there in the last 30 days"), plain_bin, false },
    { N_(":paperwork"), N_("Your own paperwork time: how long forms take you; nobody else sees it"), plain_paperwork,
      false },
    { N_(":caseload"),  N_("Whose open cases are whose, and handing them to a colleague"), plain_caseload, false },
    { N_(":only-own"),  N_("Today: only what is yours, or everybody's"), plain_only_own, false },
    { N_(":conflicts"), N_("What two laptops wrote differently: mine, theirs, both"), plain_conflicts, false },
    { N_(":open-handover"), N_("Take over what another laptop sealed for this one"), plain_open_handover, false },
    { N_(":laptops"),   N_("Other laptops: which are trusted, and a new one"), plain_laptops, false },
    { N_(":ways-in"),   N_("What opens the case file: colleagues' passphrases, the recovery code, your own passphrase"),
      plain_ways_in, false },
    { N_(":retention"), N_("Whose records are past their time, and whose are held"), plain_retention, false },
    { N_(":outbox"),    N_("Outbox: what has arrived where, and what has not"), plain_outbox, false },
    { N_(":recovery-test"), N_("Recovery test: try the code from the paper on a copy"), plain_recovery, false },
    { N_(":settings"),  N_("Settings of this program"), plain_settings, false },
};

bool menu_has(const char *word)
{
    for (size_t i = 0; i < ARRAY_LEN(entries); i++)
        if (strncmp(entries[i].word, word, strcspn(word, " ")) == 0 && !entries[i].word[strcspn(word, " ")])
            return true;
    return false;
}

const char *menu_word(size_t i)
{
    return i < ARRAY_LEN(entries) ? entries[i].word : NULL;
}

static void main_menu(struct plain *p)
{
    struct choice items[ARRAY_LEN(entries)];
    size_t shown[ARRAY_LEN(entries)], n = 0;

    for (size_t k = 0; k < ARRAY_LEN(entries); k++)
        if (!entries[k].training || p->ui.training) {
            shown[n] = k;
            items[n++] = (struct choice) { entries[k].word, entries[k].label, false };
        }
    while (p->end == PLAIN_GO_ON) {
        enum lang spoken = lang_now();
        int i;

        p->person = p->episode = ID_NONE;
        p->first = EVERY_DAY + p->ui.training;
        i = plain_choose(p, _("Main menu"), items, n);
        p->ui.today = clock_today();                /* it may be the next morning */
        if (i == CHOSE_BACK)
            tell_text(_("This is the first menu. quit leaves, lock locks."));
        else if (i >= 0)
            entries[shown[i]].run(p);
        p->heard = (p->heard || i != CHOSE_AGAIN) && lang_now() == spoken;
    }
}

/* A draft that a lost connection or a flat battery left behind is the first thing said. */
static void offer_draft(struct plain *p)
{
    struct records drafts = { NULL, 0, 0 };
    struct err err = { .st = ST_OK };
    struct person_row who = { .name = "" };
    const struct form *form;
    struct id draft;

    if (store_list(p->cf->store, LIST_DRAFTS, ID_NONE, 1, &drafts, &err) != ST_OK)
        tell_error(&err);
    if (!drafts.count)
        return;
    draft = drafts.items[0].id;
    p->person = record_id(&drafts.items[0], DRAFT_person);
    form = catalog_form(p->cf->catalog, record_or(&drafts.items[0], DRAFT_form, ""), NULL);
    records_release(&drafts);
    if (id_is_set(p->person))
        person_row_get(p->cf->store, p->person, &who, NULL);
    tell(_("A draft is not yet filed: %s%s%s."), form ? form_in_lists(p->cf->catalog, form->id) : _("Phone call"),
         who.name[0] ? ", " : "", who.name);
    if (plain_yes(p, _("Open it now?")) == ANSWER_YES && plain_draft(p, draft) != FORM_OVER && id_is_set(p->person))
        person_menu(p, p->person);
    p->person = ID_NONE;
}

/* --- opening ------------------------------------------------------------------------------------------------------ */

static enum status unlock_once(struct plain *p, struct err *err)
{
    struct run *r = p->run;
    struct secret *s = NULL;
    enum status st = ST_OK;

    if (!r->key_file && r->passphrase_fd >= 0)
        st = secret_read_fd(&s, r->passphrase_fd, err);
    else if (!r->key_file)
        st = secret_ask(&s, _("Passphrase or recovery code, not shown: "), err);
    if (st == ST_OK)
        st = casefile_unlock(p->cf, s, r->key_file, err);
    secret_free(&s);
    return st;
}

/* Somebody at the keyboard may try again; a script may not. */
static enum status unlock(struct plain *p, struct err *err)
{
    bool asked = !p->run->key_file && p->run->passphrase_fd < 0;
    enum status st;

    if (asked) {
        tell_text(_("Something serious? Ctrl-C leaves; then type: dolen serious. It needs no passphrase."));
        fflush(stdout);
    }
    if (asked)
        secret_quiet_begin();
    while (((st = unlock_once(p, err)) == ST_NOSLOT || st == ST_INVALID) && asked) {     /* ST_INVALID: Enter alone */
        tell_error(err);
        fflush(stdout);
    }
    secret_quiet_end();
    return st;
}

static enum status open_case(struct plain *p, struct err *err)
{
    struct err why = { .st = ST_OK };
    enum status st = casefile_open(p->cf, false, err);

    if (st == ST_OK && (recovery_remind(p->cf, &why) != ST_OK || casefile_empty_bin(p->cf, &why) != ST_OK))
        tell_error(&why);
    if (st != ST_DB_DAMAGED)
        return st;
    st = casefile_open(p->cf, true, err);
    if (st == ST_OK)
        tell_text(_("The case file is damaged and open for reading only. Nothing can be written. Look for the newest "
                    "backup."));
    return st;
}

static void greet(struct plain *p)
{
    if (p->ui.training)
        tell_text(_("TRAINING. Everybody in this case file is invented."));
    tell_text(_("Dolen, line mode. Answer with a number or a word. :help reads more."));
    if (p->cf->went_back)
        tell_text(_("This case file is older than the one last used on this laptop. If that was not meant, leave and "
                    "look for the newer one."));
    else if (keyslots_one_copy_bad(p->cf->slots))
        tell_text(_("One of the two copies of the key slots is damaged; the other is whole. Make a backup today."));
}

static enum status open_up(struct plain *p, struct err *err)
{
    enum status st = casefile_claim(&p->cf, p->run->folder, p->run->holder_fd, err);

    if (st != ST_OK)
        return st;
    p->ui.today = clock_today();
    p->ui.training = keyslots_is_training(p->cf->slots);
    st = unlock(p, err);
    p->ui.today = clock_today();                    /* asked for overnight */
    if (st == ST_OK)
        st = open_case(p, err);
    if (st != ST_OK)
        return st;
    paperwork_start(p->cf, true);
    p->ui.store = p->cf->store;
    p->ui.catalog = p->cf->catalog;
    return ST_OK;
}

/* --- leaving ------------------------------------------------------------------------------------------------------ */

/* Locking forgets everything by starting anew, with the lock still held; only at a terminal can one unlock again. */
static enum status lock_again(struct plain *p, struct err *err)
{
    char fd[16];
    char *argv[] = { p->run->argv[0], xstrdup("--plain"), xstrdup("--file"), xstrdup(p->cf->folder), xstrdup("--lang"),
                     xstrdup(lang_code(lang_now())), xstrdup("--holder-fd"), fd,
                     p->end == PLAIN_SUSPEND ? xstrdup("--stopped") : NULL, NULL };

    snprintf(fd, sizeof fd, "%d", p->cf->holder);
    fcntl(p->cf->holder, F_SETFD, 0);
    execv("/proc/self/exe", argv);
    return err_sys(err, _("The program could not start itself again after locking. Everything is saved. Start it by "
                          "hand"));
}

static void say_goodbye(const struct plain *p)
{
    switch (p->end) {
    case PLAIN_LOCK:
    case PLAIN_SUSPEND:
        tell_text(_("Locked. Everything is saved. What was said above is still in the terminal: close its window to be "
                    "rid of it."));
        break;
    case PLAIN_EOF:
        tell_text(p->mid_form ? _("The input has ended in a form. What was answered is kept as a draft; the case "
                                  "file is closed.") :
                                _("The input has ended. Everything is saved and the case file is closed."));
        break;
    default:
        tell_text(_("Goodbye. Everything is saved and the case file is closed."));
    }
    fflush(stdout);
}

static enum status finish(struct plain *p, struct err *err)
{
    bool can_return = (p->end == PLAIN_LOCK || p->end == PLAIN_SUSPEND) && isatty(STDIN_FILENO) && !p->run->key_file;
    enum status st = casefile_shut(p->cf, err);

    p->ui.store = NULL;
    if (st != ST_OK)
        return st;
    if (p->end == PLAIN_HANGUP)
        return err_set(err, ST_INTERRUPTED, "%s", _("Interrupted. Everything is saved and the case file is closed."));
    say_goodbye(p);
    if (p->end == PLAIN_EOF && p->mid_form)
        return err_set(err, ST_INTERRUPTED, "%s", "");
    return can_return ? lock_again(p, err) : ST_OK;
}

enum status plain_run(struct run *r, struct err *err)
{
    struct plain p = { .run = r, .end = PLAIN_GO_ON, .timer = -1 };
    struct buf complaints = BUF_INIT;
    enum status st;

    if (run_flag(r, "--stopped"))
        term_stop_job();
    settings_load(&complaints, NULL);
    if (complaints.len)
        tell_text(buf_text(&complaints));
    buf_release(&complaints);
    st = open_up(&p, err);
    if (st == ST_OK) {
        io_start(&p);
        greet(&p);
        offer_draft(&p);
        if (p.end == PLAIN_GO_ON)
            main_menu(&p);
        io_stop(&p);
        st = finish(&p, err);
    }
    casefile_free(&p.cf);
    return st;
}
