/* app/cmd_history.c - episode reopen: commands about what was. */
#include "commands.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "reopen.h"
#include "dolen/base/banned.h"

/* Words about a case do not belong on a command line that other programs can list: - reads them from standard input. */
static enum status reason_read(struct run *r, char **out, struct err *err)
{
    const char *why = run_value(r, "--why");
    size_t size = 0;

    *out = NULL;
    if (!why)
        return err_set(err, ST_USAGE, _("A reason is needed: --why TEXT, or --why - and the text on standard input. Nothing was "
                                        "changed."));
    if (!str_eq(why, "-")) {
        *out = xstrdup(why);
        return ST_OK;
    }
    if (getline(out, &size, stdin) < 0) {
        free(*out);
        *out = xstrdup("");
    }
    (*out)[strcspn(*out, "\n")] = '\0';
    return ST_OK;
}

static void answer_id(const struct run *r, const char *schema, struct id id, const char *said)
{
    struct json *j;

    if (!r->json) {
        puts(said);
        return;
    }
    j = json_new_map();
    json_set_text(j, "id", id_show(id).s);
    run_print_json(schema, j);
}

static enum status reopen_run(struct run *r, struct err *err)
{
    struct id id;
    char *why = NULL;
    enum status st = operand_id(r, T_EPISODE, r->operand[0], &id, err);

    if (st == ST_OK)
        st = reason_read(r, &why, err);
    if (st == ST_OK)
        st = episode_reopen(r->cf, id, why, err);
    free(why);
    if (st == ST_OK)
        answer_id(r, "episode-reopen", id, _("Open again. The closing stands in the history."));
    return st;
}

static const struct option why_options[] = {
    { "--why", "TEXT", N_("The reason; - reads one line from standard input") },
    { NULL, NULL, NULL }
};

const struct command history_commands[] = {
    { "episode", "reopen", "ID", 1, 1, N_("Open a closed period of support again, with a reason"), why_options, NEEDS_CASE,
      reopen_run },
    { NULL, NULL, NULL, 0, 0, NULL, NULL, 0, NULL }
};
