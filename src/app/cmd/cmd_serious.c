/* cmd_serious.c - serious: protocols and numbers without a case file and without a passphrase. */
#include "serious.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "commands.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/text.h"
#include "dolen/base/banned.h"

static enum lang other_lang(void)
{
    return lang_now() == LANG_CY ? LANG_EN : LANG_CY;
}

/* Both texts on a line each; once when they are the same. */
static void both(struct buf *out, const char *before, const struct text2 *t)
{
    const char *own = text2_in(t, lang_now()), *other = text2_in(t, other_lang());

    if (*own)
        buf_addf(out, "%s%s\n", before, own);
    if (*other && !str_eq(own, other))
        buf_addf(out, "%s%s\n", before, other);
}

static void both_words(struct buf *out, const char *msgid)
{
    const char *own = tr_in(lang_now(), msgid), *other = tr_in(other_lang(), msgid);

    buf_addf(out, str_eq(own, other) ? "%s\n" : "%s / %s\n", own, other);
}

void serious_title(struct buf *out, const struct protocol *p)
{
    const char *own = text2_in(&p->title, lang_now()), *other = text2_in(&p->title, other_lang());

    buf_addf(out, str_eq(own, other) ? "%s" : "%s / %s", own, other);
}

static void number_checked(struct buf *out, const struct protocol_number *n, struct date today)
{
    if (!date_is_set(n->checked))
        both_words(out, N_("Nobody has checked this number yet."));
    else if (protocol_number_is_stale(n, today))
        buf_addf(out, _("Last checked %s, more than 180 days ago.\n"), date_show(n->checked).s);
    else
        buf_addf(out, _("Checked %s.\n"), date_show(n->checked).s);
}

/* The number stands first: it is what somebody is listening for. */
void serious_numbers(struct buf *out, const struct protocol *p, struct date today)
{
    for (size_t i = 0; i < p->number_count; i++) {
        const struct protocol_number *n = &p->numbers[i];
        const char *own = text2_in(&n->name, lang_now()), *other = text2_in(&n->name, other_lang());

        if (str_eq(n->number, "?"))
            both_words(out, N_("No number yet: your organisation fills it in."));
        buf_addf(out, str_eq(own, other) ? "%s: %s\n" : "%s: %s / %s\n", n->number, own, other);
        both(out, "", &n->hours);
        both(out, "", &n->note);
        number_checked(out, n, today);
    }
}

void serious_text(struct buf *out, const struct protocol *p, struct date today)
{
    char step[32];

    serious_title(out, p);
    buf_add_char(out, '\n');
    serious_numbers(out, p, today);
    for (size_t i = 0; i < p->step_count; i++) {
        snprintf(step, sizeof step, "%zu. ", i + 1);
        both(out, step, &p->steps[i]);
    }
    if (p->record_count)
        both_words(out, N_("Write down:"));
    for (size_t i = 0; i < p->record_count; i++)
        both(out, "", &p->record[i]);
    if (!p->approved_by || !p->approved_by[0])
        both_words(out, N_("This wording is not yet approved by your organisation."));
    if (p->stands_in)
        both_words(out, N_("Your organisation's own file about this cannot be read: this is what came with the "
                           "program."));
}

static enum status serious_run(struct run *r, struct err *err)
{
    struct catalog *c = catalog_open();
    size_t n;
    const struct protocol *const *all = catalog_protocols(c, &n);
    enum status st = ST_OK;
    bool any = false;

    for (size_t i = 0; i < n; i++) {
        struct buf text = BUF_INIT, tame = BUF_INIT;

        if (r->operands && !str_eq(r->operand[0], all[i]->id))
            continue;
        serious_text(&text, all[i], clock_today());
        text_tame(&tame, buf_text(&text), true);
        printf("%s%s", any ? "\n" : "", buf_text(&tame));
        any = true;
        buf_release(&text);
        buf_release(&tame);
    }
    if (!any)
        st = err_set(err, ST_NOTFOUND, "%s", _("There is no such protocol here. In an emergency ring 999. All of them: "
                                              "dolen serious"));
    catalog_free(&c);
    return st;
}

const struct command serious_commands[] = {
    { "serious", NULL, "[ID]", 0, 1, N_("Something serious: what to do, whom to ring; no passphrase needed"), NULL,
      NEEDS_NOTHING, serious_run },
    { NULL, NULL, NULL, 0, 0, NULL, NULL, 0, NULL }
};
