/* cmd_sar.c - sar: a person's own copy of what is kept about them, into a new folder. */
#include "commands.h"

#include <stdio.h>
#include <stdlib.h>

#include "dolen/base/file.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/exchange/folder.h"
#include "dolen/print/plan_sheet.h"
#include "sar.h"
#include "dolen/base/banned.h"

static enum status write_files(const struct sar *s, const char *folder, struct err *err)
{
    enum status st = file_replace(folder, "record.txt", buf_text(&s->text), s->text.len, err);

    if (st == ST_OK)
        st = file_replace(folder, "record.json", buf_text(&s->json), s->json.len, err);
    if (st == ST_OK)
        st = file_replace(folder, "review.txt", buf_text(&s->review), s->review.len, err);
    return st;
}

/* That a copy leaves is in the history before it does: the copy may outlive the case file. */
static enum status write_pack(struct run *r, const struct sar *s, const char *to, struct err *err)
{
    struct new_folder f;
    enum status st = new_folder_begin(&f, to, err);

    if (st != ST_OK)
        return st;
    st = write_files(s, f.temp, err);
    if (st == ST_OK)
        st = store_note(r->cf->store, "person", s->person,
                        s->reviewed ? "access pack made, reviewed" : "access pack made", err);
    if (st != ST_OK) {
        new_folder_fail(&f, err);
        return st;
    }
    return new_folder_commit(&f, err);
}

static void answer(struct run *r, const struct sar *s, const char *to)
{
    struct json *j = json_new_map();

    json_set_text(j, "folder", to);
    json_set_int(j, "rows", (int64_t) s->count);
    json_set_int(j, "other_people", (int64_t) s->other_count);
    json_set_bool(j, "reviewed", s->reviewed);
    if (r->json)
        run_print_json("sar-made", j);
    else
        json_free(&j);
    if (!r->json) {
        printf(_("The pack is in %s. Read review.txt before anything is handed over."), to);
        putchar('\n');
    }
    fprintf(stderr, "dolen: ");
    fprintf(stderr,
            _("%s is outside the encrypted case file: whoever can open it can read it. Delete it once it is printed "
              "or given."),
            to);
    if (person_reads(r->cf->store, s->person, lang_now()) != lang_now())
        fprintf(stderr, "\ndolen: %s", lang_now() == LANG_CY
                ? _("The pack is in Welsh, and the person reads English: --lang en makes one in English.")
                : _("The pack is in English, and the person reads Welsh: --lang cy makes one in Welsh."));
    fprintf(stderr, "\ndolen: %s\n", s->reviewed
            ? _("Concerns and the safe-contact rule are in it, as --reviewed asks.")
            : _("What must be reviewed first was left out; review.txt says what."));
}

static enum status sar_run(struct run *r, struct err *err)
{
    const char *to = run_value(r, "--to");
    struct sar s = { .cf = NULL };
    struct id person;
    enum status st = operand_person(r, r->operand[0], &person, err);

    if (st == ST_OK && !to)
        st = err_set(err, ST_USAGE, _("--to is missing. Nothing was written. Name a new folder."));
    if (st == ST_OK && file_exists(to))
        st = err_set(err, ST_REFUSED, _("%s exists already; it is as it was; choose another name."), to);
    if (st == ST_OK)
        st = sar_make(&s, r->cf, person, run_flag(r, "--reviewed"), err);
    if (st == ST_OK)
        st = write_pack(r, &s, to, err);
    if (st == ST_OK)
        answer(r, &s, to);
    sar_release(&s);
    return st;
}

static const struct option sar_options[] = {
    { "--to", "DIR", N_("A new folder") },
    { "--reviewed", NULL, N_("Concerns and the safe-contact rule have been reviewed and go in") },
    { NULL, NULL, NULL }
};

const struct command sar_commands[] = {
    { "sar", NULL, "PERSON", 1, 1,
      N_("Everything kept about a person, for them to have: text, JSON, and what to review first"),
      sar_options, NEEDS_CASE, sar_run },
    { NULL, NULL, NULL, 0, 0, NULL, NULL, 0, NULL }
};
