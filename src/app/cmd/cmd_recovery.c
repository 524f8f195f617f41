/* cmd_recovery.c - recovery test: the paper code alone opens a copy, scored. */
#include "commands.h"

#include <stdio.h>

#include "dolen/base/date.h"
#include "dolen/base/lang.h"
#include "paper_code.h"
#include "recovery_drill.h"
#include "dolen/base/banned.h"

static void print_score(const struct run *r, const struct recovery_score *s)
{
    struct buf words = BUF_INIT;
    struct json *j;

    if (!r->json) {
        recovery_words(s, &words);
        puts(buf_text(&words));
        printf(_("%d of %d points, in %.1f seconds. The copy is removed."), recovery_points(s), RECOVERY_POINTS,
               (double) s->milliseconds / 1000);
        putchar('\n');
        buf_release(&words);
        return;
    }
    j = json_new_map();
    json_set_int(j, "points", recovery_points(s));
    json_set_int(j, "of", RECOVERY_POINTS);
    json_set_bool(j, "opened", s->opened);
    json_set_bool(j, "whole", s->whole);
    json_set_bool(j, "same", s->same);
    json_set_bool(j, "recent", s->recent);
    json_set_text(j, "backup", s->from);
    json_set_text(j, "made_at", instant_iso(s->made_at).s);
    json_set_int(j, "age_days", s->age_days);
    json_set_int(j, "people", s->people);
    json_set_int(j, "people_now", s->people_now);
    json_set_int(j, "changes_newer", s->changes_now - s->changes);
    json_set_int(j, "milliseconds", s->milliseconds);
    run_print_json("recovery-test", j);
}

/* Nothing but the paper: whoever has lost the passphrase has nothing else. */
static enum status test_run(struct run *r, struct err *err)
{
    struct casefile *cf = NULL;
    struct secret *code = NULL;
    struct recovery_score score = { .from = NULL };
    enum status st = casefile_claim(&cf, r->folder, -1, err);

    if (st == ST_OK)
        st = r->passphrase_fd >= 0 ? secret_read_fd(&code, r->passphrase_fd, err)
                                   : paper_code_ask(&code, _("The recovery code, from the paper: "), err);
    if (st == ST_OK)
        st = recovery_is_paper(code, err);
    if (st == ST_OK)
        st = casefile_unlock(cf, code, NULL, err);
    if (st == ST_OK)
        st = casefile_open(cf, false, err);
    if (st == ST_OK)
        st = recovery_drill(cf, code, run_value(r, "--backup"), &score, err);
    if (st == ST_OK)
        print_score(r, &score);
    recovery_score_release(&score);
    secret_free(&code);
    if (cf && cf->store) {
        enum status closing = casefile_shut(cf, st == ST_OK ? err : NULL);

        st = st == ST_OK ? closing : st;
    }
    casefile_free(&cf);
    return st;
}

static const struct option test_options[] = {
    { "--backup", "FILE", N_("This backup, and not the one that was made last") },
    { NULL, NULL, NULL }
};

const struct command recovery_commands[] = {
    { "recovery", "test", "", 0, 0,
      N_("Open a copy of the case file with the recovery code from the paper alone, and score it"),
      test_options, NEEDS_NOTHING, test_run },
    { NULL, NULL, NULL, 0, 0, NULL, NULL, 0, NULL }
};
