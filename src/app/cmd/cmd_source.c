/* cmd_source.c - source show: the public half of this laptop's identity, for a hub or a colleague. */
#include <stdio.h>

#include "commands.h"
#include "dolen/base/lang.h"
#include "source.h"
#include "dolen/base/banned.h"

static enum status print_key(const struct source *s, struct err *err)
{
    struct minisign_public signer;
    struct buf b = BUF_INIT;
    enum status st = minisign_public_parse(&signer, s->signer, err);

    if (st == ST_OK) {
        minisign_public_file(&b, &signer);
        fputs(buf_text(&b), stdout);
    }
    buf_release(&b);
    return st;
}

/* Always JSON: what is printed is the file that a hub registers. */
static enum status show_run(struct run *r, struct err *err)
{
    struct source s;
    struct buf b = BUF_INIT;
    struct json *j;
    enum status st = source_public(r->cf, &s, err);

    if (st != ST_OK || run_flag(r, "--pub"))
        return st == ST_OK ? print_key(&s, err) : st;
    j = source_write(&s);
    json_write_pretty(&b, j);
    fputs(buf_text(&b), stdout);
    buf_release(&b);
    json_free(&j);
    return ST_OK;
}

static const struct option show_options[] = {
    { "--pub", NULL, N_("The signing key alone, as minisign reads it (minisign -Vm FILE -p)") }, { NULL, NULL, NULL }
};

const struct command source_commands[] = {
    { "source", "show", "", 0, 0,
      N_("This laptop's public identity: for a hub to register, for a colleague to seal a handover to"),
      show_options, NEEDS_CASE, show_run },
    { NULL, NULL, NULL, 0, 0, NULL, NULL, 0, NULL }
};
