/* cmd_wimd.c - wimd load: the published deprivation index, kept beside the settings; nothing of it is about
 * people known here. */
#include "commands.h"

#include <stdio.h>
#include <stdlib.h>

#include "dolen/base/file.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/forms/wimd.h"
#include "dolen/base/banned.h"

enum { FIRST_EDITION = 2000, LAST_EDITION = 2199, FILE_BYTES_MAX = 16 << 20 };

static enum status keep(const struct wimd *w, struct err *err)
{
    char *folder = place_config();
    struct buf b = BUF_INIT;
    enum status st = folder_make_private(folder, err);

    wimd_write(w, &b);
    if (st == ST_OK)
        st = file_replace(folder, WIMD_FILE, b.s, b.len, err);
    buf_release(&b);
    free(folder);
    return st;
}

static enum status load_run(struct run *r, struct err *err)
{
    struct wimd *w = NULL;
    struct buf b = BUF_INIT;
    long edition = 0;
    enum status st = run_int(r, "--edition", FIRST_EDITION, LAST_EDITION, &edition, err);

    if (st == ST_OK && !run_value(r, "--edition"))
        st = err_set(err, ST_USAGE, "%s",
                     _("--edition is missing: the year of the index, for example 2025. Nothing was changed."));
    if (st == ST_OK)
        st = file_read(&b, r->operand[0], FILE_BYTES_MAX, err);
    if (st == ST_OK)
        st = wimd_parse(&w, buf_text(&b), b.len, run_value(r, "--lsoa-column"), run_value(r, "--decile-column"),
                        (int) edition, err);
    if (st == ST_OK)
        st = keep(w, err);
    if (st == ST_OK && r->json) {
        struct json *j = json_new_map();

        json_set_int(j, "areas", (int64_t) wimd_count(w));
        json_set_int(j, "edition", edition);
        run_print_json("wimd", j);
    } else if (st == ST_OK) {
        printf(_("Small areas with their decile: %zu. Exports and reports use them from now on.\n"), wimd_count(w));
    }
    wimd_free(&w);
    buf_release(&b);
    return st;
}

static const struct option load_options[] = {
    { "--edition", "YEAR", N_("Of the index, for example 2025") },
    { "--lsoa-column", "NAME", N_("The column of small area codes; lsoa_code or lsoa when not given") },
    { "--decile-column", "NAME", N_("The column of deciles; wimd_decile or decile when not given") },
    { NULL, NULL, NULL }
};

const struct command wimd_commands[] = {
    { "wimd", "load", "FILE", 1, 1, N_("Keep the published deprivation index (WIMD): small areas and their deciles"),
      load_options,
      NEEDS_NOTHING, load_run },
    { NULL, NULL, NULL, 0, 0, NULL, NULL, 0, NULL }
};
