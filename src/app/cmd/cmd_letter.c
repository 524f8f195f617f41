/* cmd_letter.c - letter: made from the records, with what to know before it goes. */
#include "commands.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dolen/base/lang.h"
#include "letters.h"
#include "paper.h"
#include "dolen/base/banned.h"

static void say_cautions(const struct letter *l)
{
    struct buf b = BUF_INIT;

    letter_cautions(l, &b);
    paper_cautions(buf_text(&b));
    buf_wipe(&b);
}

static enum status make_and_give(struct run *r, const struct paper *paper, const struct letter_ask *ask,
                                 struct err *err)
{
    struct letter l;
    enum status st = letter_signed(&l, r->cf, *ask, err);

    if (st == ST_OK)
        st = paper_give(paper, l.document, err);
    if (st == ST_OK)
        st = letter_noted(r->cf, ask, err);
    if (st == ST_OK)
        say_cautions(&l);
    letter_release(&l);
    return st;
}

static bool is_known(struct catalog *c, const char *kind)
{
    char *path = catalog_path(c, DEF_LETTER, kind);
    bool known = path != NULL;

    free(path);
    return known;
}

static enum status no_such_letter(struct catalog *c, const char *kind, struct err *err)
{
    struct buf known = BUF_INIT;
    size_t n;
    const char *const *ids = catalog_list(c, DEF_LETTER, &n);
    enum status st;

    for (size_t i = 0; i < n; i++)
        buf_addf(&known, "%s%s", i ? ", " : "", ids[i]);
    st = err_set(err, ST_USAGE, _("There is no letter \"%s\"; nothing was made. There is: %s"), kind, buf_text(&known));
    buf_release(&known);
    return st;
}

static enum status letter_run(struct run *r, struct err *err)
{
    struct letter_ask ask = { .lang = lang_now(), .today = clock_today(),
                              .training = keyslots_is_training(r->cf->slots) };
    const char *kind = run_value(r, "--kind");
    struct paper paper;
    enum status st = paper_asked(r, &paper, err);

    if (st == ST_OK && !kind)
        st = err_set(err, ST_USAGE, _("Which letter? Nothing was made. Say: --kind feedback"));
    if (st == ST_OK && !is_known(r->cf->catalog, kind))
        st = no_such_letter(r->cf->catalog, kind, err);
    if (st == ST_OK && !(ask.words = catalog_letter(r->cf->catalog, kind, err)))
        st = err->st;
    if (st == ST_OK)
        st = operand_id(r, T_REFERRAL, r->operand[0], &ask.referral, err);
    ask.large = paper.large;
    return st == ST_OK ? make_and_give(r, &paper, &ask, err) : st;
}

static const struct option letter_options[] = {
    { "--kind", "feedback", N_("Which letter: feedback to the referrer, or one of your own in forms/letters") },
    PAPER_OPTIONS,
    { NULL, NULL, NULL }
};

const struct command letter_commands[] = {
    { "letter", NULL, "REFERRAL", 1, 1, N_("A letter about a referral, saying no more than the person agreed to"),
      letter_options,
      NEEDS_CASE, letter_run },
    { NULL, NULL, NULL, 0, 0, NULL, NULL, 0, NULL }
};
