/* cmd_paperwork.c - paperwork show|forget: the practitioner's own minutes on forms, for whoever's passphrase
 * opened the file. */
#include "commands.h"

#include <stdio.h>
#include <stdlib.h>

#include "bulk.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/ui/views.h"
#include "paperwork.h"
#include "paperwork_text.h"
#include "dolen/base/banned.h"

#define COLS 78

static void print_json(struct run *r, const struct paperwork_figures *f)
{
    struct json *j = json_new_map(), *weeks = json_new_list(), *forms = json_new_list();

    for (int i = 0; i < f->weeks; i++) {
        struct json *w = json_new_map();

        json_set_text(w, "from", date_iso(date_add_days(f->monday, -7 * i)).s);
        json_set_int(w, "seconds", f->week[i]);
        json_append(weeks, w);
    }
    for (size_t i = 0; i < f->count; i++) {
        struct json *w = json_new_map();

        json_set_text(w, "form", f->forms[i].form);
        json_set_text(w, "title", paperwork_form_title(r->cf, f->forms[i].form));
        json_set_int(w, "seconds", f->forms[i].seconds);
        json_set_int(w, "filed", f->forms[i].filed);
        json_append(forms, w);
    }
    json_set(j, "weeks", weeks);
    json_set(j, "forms", forms);
    json_set_int(j, "seconds", f->all);
    json_set_int(j, "seconds_about_people", f->about_people);
    json_set_int(j, "referrals_written", f->referrals);
    json_set_int(j, "episodes_closed", f->closures);
    run_print_json("paperwork", j);
}

static void print_text(struct run *r, const struct paperwork_figures *f)
{
    struct paperwork_page page = { COLS, true, !lang_terminal_is_utf8() };
    struct buf text = BUF_INIT;

    paperwork_text(r->cf, f, &page, &text);
    fputs(buf_text(&text), stdout);
    buf_release(&text);
}

static enum status show_run(struct run *r, struct err *err)
{
    struct paperwork_figures f = { .forms = NULL };
    struct buf complaints = BUF_INIT;
    long weeks = PAPERWORK_WEEKS;
    enum status st;

    settings_load(&complaints, NULL);
    buf_release(&complaints);
    st = run_int(r, "--weeks", 1, PAPERWORK_WEEKS_MOST, &weeks, err);

    if (st == ST_OK)
        st = paperwork_figures(r->cf, (int) weeks, &f, err);
    if (st == ST_OK && r->json)
        print_json(r, &f);
    else if (st == ST_OK)
        print_text(r, &f);
    paperwork_figures_release(&f);
    return st;
}

static enum status forget_run(struct run *r, struct err *err)
{
    size_t n = 0;
    char *will;
    enum status st = store_begin(r->cf->store, err);

    if (st == ST_OK) {
        st = store_paperwork_forget(r->cf->store, &n, err);
        store_rollback(r->cf->store);           /* only counted yet */
    }
    will = xasprintf(_("%zu of your own entries of time on forms go for good."), n);
    if (st == ST_OK)
        st = bulk_agreed(r, n, will, err);
    free(will);
    if (st == ST_OK)
        st = paperwork_forget(r->cf, &n, err);
    if (st == ST_OK && r->json) {
        struct json *j = json_new_map();

        json_set_int(j, "rows", (int64_t) n);
        run_print_json("paperwork-forget", j);
    } else if (st == ST_OK) {
        puts(_("Your minutes are forgotten, all of them."));
    }
    return st;
}

static const struct option forget_options[] = { BULK_YES, { NULL, NULL, NULL } };
static const struct option show_options[] = {
    { "--weeks", "N", N_("How many weeks, this one included: 1 to 52, otherwise 8") },
    { NULL, NULL, NULL }
};

const struct command paperwork_commands[] = {
    { "paperwork", "show", "", 0, 0, N_("Your own time on forms, by week and form; nobody else is shown it"),
      show_options, NEEDS_CASE,
      show_run },
    { "paperwork", "forget", "", 0, 0, N_("Forget your own time on forms, all of it, for good"), forget_options,
      NEEDS_CASE, forget_run },
    { NULL, NULL, NULL, 0, 0, NULL, NULL, 0, NULL }
};
