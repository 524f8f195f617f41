/* cmd_plan.c - plan print: the person's own copy, as text, HTML or PDF. */
#include "commands.h"

#include "dolen/base/lang.h"
#include "dolen/print/plan_sheet.h"
#include "filing.h"
#include "letters.h"
#include "paper.h"
#include "dolen/base/banned.h"

static enum status say_cautions(struct run *r, const struct plan_sheet *ask, struct err *err)
{
    struct buf b = BUF_INIT;
    enum status st = plan_sheet_cautions(r->cf->store, ask, &b, err);

    paper_cautions(buf_text(&b));
    buf_release(&b);
    return st;
}

static enum status print_run(struct run *r, struct err *err)
{
    struct plan_sheet ask = { .today = clock_today(), .training = keyslots_is_training(r->cf->slots) };
    struct document *d = NULL;
    struct paper paper;
    enum status st = paper_asked(r, &paper, err);

    if (st == ST_OK)
        st = operand_id(r, T_PERSON, r->operand[0], &ask.person, err);
    if (st != ST_OK)
        return st;
    ask.episode = person_episode(r->cf, ask.person);
    ask.lang = run_value(r, "--lang") ? lang_now() : person_reads(r->cf->store, ask.person, lang_now());
    ask.large = paper.large;
    st = plan_sheet_make(&d, r->cf->store, &ask, err);
    if (st == ST_OK)
        st = say_cautions(r, &ask, err);
    if (st == ST_OK)
        st = paper_give(&paper, d, err);
    if (st == ST_OK)
        st = plan_noted(r->cf, ask.person, err);
    document_free(&d);
    return st;
}

static const struct option print_options[] = {
    PAPER_OPTIONS,
    { NULL, NULL, NULL }
};

const struct command plan_commands[] = {
    { "plan", "print", "PERSON", 1, 1, N_("The person's own copy of the plan, in their language (or in --lang)"),
      print_options,
      NEEDS_CASE, print_run },
    { NULL, NULL, NULL, 0, 0, NULL, NULL, 0, NULL }
};
