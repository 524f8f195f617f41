/* plain_ways_in.c - line mode: what opens the case file, a colleague's passphrase, one's own anew. */
#include "plain_priv.h"

#include <stdlib.h>
#include <string.h>

#include "commands.h"
#include "dolen/base/date.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/text.h"
#include "ways_in.h"
#include "dolen/base/banned.h"

static const struct hidden_line now_line = {
    N_("Your passphrase as it is now, not shown: "), N_("Your passphrase as it is now, < goes back: "),
    N_("No passphrase was given. Nothing was changed."),
};
static const struct hidden_line new_line = {
    N_("The new passphrase, not shown: "), N_("The new passphrase, < goes back: "),
    N_("No passphrase was given. Nothing was changed."),
};
static const struct hidden_line again_line = {
    N_("The same again, not shown: "), N_("The same again, < goes back: "),
    N_("No passphrase was given. Nothing was changed."),
};

/* Typed twice; the caller's. */
static enum status typed_twice(struct plain *p, struct secret **out, struct err *err)
{
    struct secret *again = NULL;
    enum status st;

    tell_text(_("Choose a passphrase: four or more words that do not belong together. Nobody can find it again for "
                "you."));
    st = plain_secret(p, &new_line, out, err);
    if (st == ST_OK)
        st = passphrase_is_long(*out, err);
    if (st == ST_OK)
        st = plain_secret(p, &again_line, &again, err);
    if (st == ST_OK)
        st = passphrase_is_same(*out, again, err);
    secret_free(&again);
    if (st == ST_OK)
        tell_text(_("One moment: the keys are made, and guessing them is made slow."));
    return st;
}

/* One's own; where the recovery code or a key opened the case file, the one that was forgotten. -1: none was chosen. */
static int which_changes(struct plain *p)
{
    struct made *m = xcalloc(1, sizeof *m);
    struct slot_info slot[VAULT_SLOTS];
    int at[VAULT_SLOTS], i = 0, n = vault_list(p->cf->vault, slot);

    for (int k = 0; k < n; k++)
        if (way_in_changes(p->cf, &slot[k])) {
            at[m->n] = slot[k].index;
            buf_add(made_add(m), slot[k].label[0] ? slot[k].label : "?");
            made_take(m);
        }
    if (m->n != 1)
        i = m->n ? plain_choose(p, _("Whose passphrase was forgotten?"), m->items, m->n) : CHOSE_BACK;
    i = i >= 0 ? at[i] : -1;
    made_release(m);
    free(m);
    return i;
}

static void change(struct plain *p)
{
    struct secret *now = NULL, *s = NULL;
    struct err err = { .st = ST_OK };
    enum status st = ST_OK;
    int slot = which_changes(p);

    if (slot < 0)
        return;
    if (slot == vault_slot(p->cf->vault))
        st = plain_secret(p, &now_line, &now, &err);
    if (st == ST_OK && now)
        st = way_in_is_mine(p->cf, now, &err);
    if (st == ST_OK)
        st = typed_twice(p, &s, &err);
    if (st == ST_OK)
        st = way_in_change(p->cf, slot, s, 0, &err);
    if (st == ST_OK)
        st = way_in_prove(p->cf, s, &err);
    if (st == ST_OK)
        tell_text(_("The passphrase is changed, and opens the case file. Backups made before still open with the old "
                    "one."));
    else if (p->end == PLAIN_GO_ON)
        tell_error(&err);
    secret_free(&now);
    secret_free(&s);
}

static void add_colleague(struct plain *p)
{
    struct buf name = BUF_INIT;
    struct secret *s = NULL;
    struct id whose = ID_NONE;
    struct err err = { .st = ST_OK };
    int slot = -1;
    enum status st = ST_OK;

    if (!plain_typed(p, _("Whose passphrase? The colleague's name, < goes back: "), &name)) {
        buf_release(&name);
        return;
    }
    st = way_in_whose(p->cf, buf_text(&name), &whose, &err);
    if (st == ST_OK) {
        tell(_("%s types it; nobody else sees it or knows it."), buf_text(&name));
        st = typed_twice(p, &s, &err);
    }
    if (st == ST_OK)
        st = way_in_add(p->cf, buf_text(&name), whose, s, 0, &slot, &err);
    if (st == ST_OK)
        st = way_in_prove(p->cf, s, &err);
    if (st == ST_OK)
        tell(id_is_set(whose) ? _("%s opens the case file again with that passphrase; what was theirs is theirs.")
                              : _("%s opens the case file with that passphrase. :caseload hands cases over."),
             buf_text(&name));
    else if (p->end == PLAIN_GO_ON)
        tell_error(&err);
    secret_free(&s);
    buf_release(&name);
}

static void say_slot(const struct slot_info *s, bool own, struct buf *out)
{
    struct buf label = BUF_INIT;

    text_tame(&label, s->label, false);
    buf_add(out, slot_kind_label(s->kind));
    if (label.len)
        buf_addf(out, ", %s", buf_text(&label));
    if (own)
        buf_addf(out, " (%s)", _("in use"));
    buf_add(out, ". ");
    buf_addf(out, _("Number %d, since %s."), s->index + 1, date_show(instant_date(s->created_at)).s);
    if (s->kind != SLOT_PASSPHRASE) {
        buf_add(out, " ");
        if (s->tested_at)
            buf_addf(out, _("Last tried %s."), date_show(instant_date(s->tested_at)).s);
        else
            buf_add(out, _("Never tried."));
    }
    buf_release(&label);
}

static void take_away(struct plain *p, const struct slot_info *s)
{
    struct err err = { .st = ST_OK };
    char *question;

    if (way_in_may_go(p->cf, s->index, &err) != ST_OK) {
        tell_error(&err);
        return;
    }
    question = s->kind == SLOT_PASSPHRASE
                   ? xasprintf(_("Take away the passphrase of %s? It opens the case file no more. What they wrote "
                                 "stays; their open cases stay with them: :caseload hands them on."),
                               s->label[0] ? s->label : "?")
                   : xasprintf(_("Take away number %d, %s? It opens the case file no more. u does not bring it back."),
                               s->index + 1, slot_kind_label(s->kind));
    if (plain_yes(p, question) != ANSWER_YES)
        tell_text(_("It stays. Nothing was changed."));
    else if (way_in_remove(p->cf, s->index, &err) != ST_OK)
        tell_error(&err);
    else
        tell_text(_("Taken away. Backups and copies made before still open with it; dolen keys rotate makes new keys."));
    free(question);
}

void plain_ways_in(struct plain *p)
{
    struct made *m = xcalloc(1, sizeof *m);
    struct slot_info slot[VAULT_SLOTS];
    int i = CHOSE_AGAIN;

    tell_text(_("Everybody who can open the case file sees all of it."));
    while (p->end == PLAIN_GO_ON && i != CHOSE_BACK && i != CHOSE_OVER) {
        int n = vault_list(p->cf->vault, slot);

        for (int k = 0; k < n; k++) {
            say_slot(&slot[k], slot[k].index == vault_slot(p->cf->vault), made_add(m));
            made_take(m);
        }
        made_word(m, N_(":add"), N_("Give a colleague a passphrase of their own"));
        made_word(m, N_(":change"),
                  N_("Change your own passphrase, or a forgotten one after the recovery code opened the case file"));
        made_word(m, N_(":recovery-test"), N_("Recovery test: try the code from the paper on a copy"));
        i = plain_choose(p, _("What opens the case file; a number takes one away, after asking"), m->items, m->n);
        made_release(m);
        if (i >= 0 && i < n)
            take_away(p, &slot[i]);
        else if (i == n)
            add_colleague(p);
        else if (i == n + 1)
            change(p);
        else if (i == n + 2)
            plain_recovery(p);
    }
    free(m);
}
