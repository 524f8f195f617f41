/* cmd_follow_ups.c - what is due, as days in a calendar that others may see: that something is due, never who or
 * what. */
#include <stdio.h>
#include <stdlib.h>

#include "commands.h"
#include "dolen/base/date.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/out.h"
#include "dolen/exchange/ics.h"
#include "training.h"
#include "dolen/base/banned.h"

#define TASKS_MAX  5000
#define DAYS_AHEAD 90

static enum status gather(struct run *r, struct date from, struct date until, struct buf *out, int *events,
                          struct err *err)
{
    struct task_row *row = xcalloc(TASKS_MAX, sizeof *row);
    char *title = training_is(r->cf) ? xasprintf("%s: %s", TRAINING_MARK, _("Dolen: follow-up")) :
                                       xstrdup(_("Dolen: follow-up"));
    int n = 0;
    enum status st = tasks_due(r->cf->store, ID_NONE, until, TASKS_MAX, row, &n, err);

    ics_begin(out);
    for (int i = 0; st == ST_OK && i < n; i++)
        if (date_is_set(row[i].due) && date_compare(row[i].due, from) >= 0) {
            ics_event(out, row[i].id, row[i].due, title, clock_now());
            ++*events;
        }
    ics_end(out);
    free(title);
    free(row);
    return st;
}

static enum status ics_run(struct run *r, struct err *err)
{
    const char *to = run_value(r, "--to");
    struct buf out = BUF_INIT;
    struct date from, until;
    int events = 0;
    enum status st = run_date(r, "--from", &from, err);

    if (st == ST_OK)
        st = run_date(r, "--until", &until, err);
    if (st == ST_OK && !to)
        st = err_set(err, ST_USAGE, _("Say where the calendar goes: --to FILE. Nothing was made."));
    if (st == ST_OK) {
        from = date_is_set(from) ? from : clock_today();
        until = date_is_set(until) ? until : date_add_days(clock_today(), DAYS_AHEAD);
        st = gather(r, from, until, &out, &events, err);
    }
    if (st == ST_OK)
        st = out_file(to, buf_text(&out), out.len, err);
    buf_release(&out);
    if (st == ST_OK && r->json) {
        struct json *j = json_new_map();

        json_set_int(j, "events", events);
        run_print_json("follow-ups", j);
    } else if (st == ST_OK) {
        printf(tr_n("%d day is in the calendar file, without names.",
                    "%d days are in the calendar file, without names.", (unsigned long) events),
               events);
        putchar('\n');
    }
    return st;
}

static const struct option ics_options[] = {
    { "--to", "FILE", N_("The calendar file; must not exist") },
    { "--from", "DATE", N_("Due on or after this day; today when not given") },
    { "--until", "DATE", N_("Due on or before this day; 90 days ahead when not given") },
    { NULL, NULL, NULL }
};

const struct command follow_up_commands[] = {
    { "follow-ups", "ics", "", 0, 0, N_("Days on which something is due, for a calendar, with nobody's name"),
      ics_options, NEEDS_CASE,
      ics_run },
    { NULL, NULL, NULL, 0, 0, NULL, NULL, 0, NULL }
};
