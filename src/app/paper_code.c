/* paper_code.c - thirty-five characters are much to type unseen and without a slip: they may come group by group. */
#include "paper_code.h"

#include <stdio.h>
#include <stdlib.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/vault/vault.h"
#include "commands.h"
#include "dolen/base/banned.h"

#define SLIPS_MAX 20

static enum status no_memory(struct err *err)
{
    return err_set(err, ST_NOMEM, "%s", _("There is no memory to hold a passphrase safely. Nothing was opened. Close "
                                          "other programs and try again."));
}

/* The groups so far, and what was typed now. */
static struct secret *joined(const struct secret *kept, const struct secret *line)
{
    struct secret *s = secret_new();

    if (s && !(secret_add(s, secret_text(kept), secret_length(kept)) &&
               secret_add(s, secret_text(line), secret_length(line))))
        secret_free(&s);
    return s;
}

/* Only the right groups stay. */
static void keep_groups(struct secret *s, size_t right)
{
    size_t chars;

    while (secret_length(s) > 0 && (recovery_groups_right(s, &chars) > right || chars > right * RECOVERY_GROUP_CHARS))
        secret_drop_last(s);
}

static void say_slip(size_t right)
{
    char *said = right == 0 ? xstrdup(_("Group 1 has a slip in it: a group is 5 letters and digits. Look at it on the "
                                        "paper and type it again."))
                            : xasprintf(_("Group %zu has a slip in it. What stands before it is right and is kept: "
                                          "type this group again, and then the rest."), right + 1);

    say_paragraph(said);
    free(said);
}

static enum status ask_group(struct secret **line, const char *prompt, size_t right, struct err *err)
{
    char *next = right ? xasprintf(_("Group %zu of 7: "), right + 1) : NULL;
    enum status st = secret_ask(line, next ? next : prompt, err);

    free(next);
    return st;
}

enum status paper_code_ask(struct secret **out, const char *prompt, struct err *err)
{
    struct secret *kept = secret_new();
    size_t right = 0, chars;
    enum status st = kept ? ST_OK : no_memory(err);

    for (int slips = 0; st == ST_OK && right < RECOVERY_GROUP_COUNT && slips < SLIPS_MAX;) {
        struct secret *line = NULL, *all;

        st = ask_group(&line, prompt, right, err);
        if (st == ST_INVALID && right > 0) {            /* Enter alone: the same group is asked again */
            st = ST_OK;
            slips++;
            continue;
        }
        all = st == ST_OK ? joined(kept, line) : NULL;
        secret_free(&line);
        if (st == ST_OK && !all)
            st = no_memory(err);
        if (st != ST_OK)
            break;
        right = recovery_groups_right(all, &chars);
        if (chars > right * RECOVERY_GROUP_CHARS && right < RECOVERY_GROUP_COUNT) {
            say_slip(right);
            slips++;
        }
        keep_groups(all, right);
        secret_free(&kept);
        kept = all;
    }
    if (st == ST_OK) {
        *out = kept;
        return ST_OK;
    }
    secret_free(&kept);
    return st;
}
