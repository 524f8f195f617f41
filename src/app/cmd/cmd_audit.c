/* cmd_audit.c - audit head, audit verify: is the history the one that was written? Whoever can write the file can
 * write a history anew; a head that was noted elsewhere shows it. */
#include "commands.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/store/past.h"
#include "dolen/base/banned.h"

static struct json *head_json(int64_t seq, const char *hex)
{
    struct json *j = json_new_map();

    json_set_int(j, "changes", seq);
    json_set_text(j, "head", hex);
    return j;
}

static enum status audit_head_run(struct run *r, struct err *err)
{
    char hex[65] = "";
    int64_t seq = 0;
    enum status st = chain_head(r->cf->store, &seq, hex, err);

    if (st != ST_OK)
        return st;
    if (r->json)
        run_print_json("audit-head", head_json(seq, hex));
    else
        printf("%" PRId64 " %s\n", seq, hex);
    return ST_OK;
}

/* A line as audit head prints it. */
static enum status noted_read(const char *path, int64_t *seq, char hex[65], struct err *err)
{
    FILE *f = fopen(path, "re");
    bool right;

    if (!f)
        return err_sys(err, _("The noted head %s cannot be read. Nothing was changed"), path);
    right = fscanf(f, "%" SCNd64 " %64[0-9a-f]", seq, hex) == 2 && *seq > 0 && strlen(hex) == 64;
    fclose(f);
    return right ? ST_OK :
                   err_set(err, ST_INVALID,
                           _("%s is not what \"audit head\" prints: a number and 64 letters. Nothing was changed."
                             " Print it again with: dolen audit head"),
                           path);
}

static enum status compare(struct run *r, const char *path, int64_t *noted, struct err *err)
{
    char hex[65] = "", now[65] = "";
    struct err missing = { .st = ST_OK };
    enum status st = noted_read(path, noted, hex, err);

    if (st != ST_OK)
        return st;
    st = chain_head(r->cf->store, noted, now, &missing);
    if (st == ST_OK && str_eq(hex, now))
        return ST_OK;
    return err_set(err, ST_REFUSED,
                   _("The history is not the one whose head was noted: change %lld is missing or another. Nothing "
                     "was changed. Compare with a backup."),
                   (long long) *noted);
}

static enum status audit_verify_run(struct run *r, struct err *err)
{
    const char *against = run_value(r, "--against");
    char hex[65] = "";
    int64_t seq = 0, noted = 0;
    enum status st = store_verify_history(r->cf->store, err);

    if (st == ST_OK && against)
        st = compare(r, against, &noted, err);
    if (st == ST_OK)
        st = chain_head(r->cf->store, &seq, hex, err);
    if (st != ST_OK)
        return st;
    if (r->json) {
        struct json *j = head_json(seq, hex);

        json_set_bool(j, "whole", true);
        if (against)
            json_set_int(j, "goes_on_from", noted);
        run_print_json("audit-verify", j);
        return ST_OK;
    }
    printf(_("The history fits together: %lld changes, head %s."), (long long) seq, hex);
    putchar('\n');
    if (against) {
        printf(_("It goes on from change %lld as it was noted."), (long long) noted);
        putchar('\n');
    }
    return ST_OK;
}

static const struct option verify_options[] = {
    { "--against", "FILE", N_("Compare with a head that was noted earlier") },
    { NULL, NULL, NULL }
};

const struct command audit_commands[] = {
    { "audit", "head", "", 0, 0, N_("The history's head, to be noted elsewhere"), NULL, NEEDS_CASE, audit_head_run },
    { "audit", "verify", "", 0, 0, N_("Check that no change of the history was altered, removed or put in"),
      verify_options,
      NEEDS_CASE, audit_verify_run },
    { NULL, NULL, NULL, 0, 0, NULL, NULL, 0, NULL }
};
