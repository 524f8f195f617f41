/* app/cmd_letter.c - letter: made from the records, with what to know before it goes. */
#include "commands.h"

#include <stdio.h>
#include <stdlib.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/text.h"
#include "dolen/print/letter.h"
#include "paper.h"
#include "dolen/base/banned.h"

/* What the practitioner should know before it is sent. */
static void say_what_it_holds(const struct letter *l)
{
    struct buf tame = BUF_INIT;

    if (!l->full)
        fprintf(stderr, "dolen: %s\n",
                _("There is no permission to tell this referrer what happened, so the letter says only whether the person was "
                  "seen or is returned. To say more, record a permission that names the referrer as the referral does."));
    if (l->limits) {
        text_tame(&tame, l->limits, false);
        fprintf(stderr, "dolen: ");
        fprintf(stderr, _("The permission says what may be shared: \"%s\". Read the letter against it before it goes."),
                buf_text(&tame));
        fputc('\n', stderr);
    }
    buf_wipe(&tame);
}

static enum status note_it(struct run *r, const struct letter_ask *ask, struct err *err)
{
    char *why = xasprintf("letter: %s", letter_kind_word(ask->kind));
    enum status st = store_note(r->cf->store, "referral", ask->referral, why, err);

    free(why);
    return st;
}

static enum status make_and_give(struct run *r, const struct paper *paper, struct letter_ask *ask, struct err *err)
{
    struct letter l;
    struct record by;
    enum status st;

    record_init(&by, T_PRACTITIONER);
    if (id_is_set(r->cf->slot.practitioner) &&
        store_get(r->cf->store, T_PRACTITIONER, r->cf->slot.practitioner, &by, NULL) == ST_OK) {
        ask->from = record_text(&by, PRACTITIONER_name);
        ask->organisation = record_text(&by, PRACTITIONER_organisation);
    }
    st = letter_make(&l, r->cf->store, ask, err);
    if (st == ST_OK)
        st = paper_give(paper, l.document, err);
    if (st == ST_OK)
        st = note_it(r, ask, err);
    if (st == ST_OK)
        say_what_it_holds(&l);
    letter_release(&l);
    record_release(&by);
    return st;
}

static enum status letter_run(struct run *r, struct err *err)
{
    struct letter_ask ask = { .lang = lang_now(), .today = clock_today(), .training = keyslots_is_training(r->cf->slots) };
    const char *kind = run_value(r, "--kind");
    struct paper paper;
    enum status st = paper_asked(r, &paper, err);

    if (st == ST_OK && !kind)
        st = err_set(err, ST_USAGE, _("Which letter? Nothing was made. Say: --kind feedback"));
    if (st == ST_OK && !letter_kind_parse(kind, &ask.kind))
        st = err_set(err, ST_USAGE, _("There is no letter \"%s\"; nothing was made. There is: feedback"), kind);
    if (st == ST_OK)
        st = operand_id(r, T_REFERRAL, r->operand[0], &ask.referral, err);
    ask.large = paper.large;
    return st == ST_OK ? make_and_give(r, &paper, &ask, err) : st;
}

static const struct option letter_options[] = {
    { "--kind", "feedback", N_("Which letter: feedback to the referrer") },
    PAPER_OPTIONS,
    { NULL, NULL, NULL }
};

const struct command letter_commands[] = {
    { "letter", NULL, "REFERRAL", 1, 1, N_("A letter about a referral, saying no more than the person agreed to"), letter_options,
      NEEDS_CASE, letter_run },
    { NULL, NULL, NULL, 0, 0, NULL, NULL, 0, NULL }
};
