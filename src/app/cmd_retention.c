/* app/cmd_retention.c - retention list|hold|release: what is past its time. Nothing goes by itself: each person is forgotten
 * by name (cmd_forget.c), or held with a reason. */
#include "commands.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dolen/base/date.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/text.h"
#include "dolen/store/past.h"
#include "dolen/base/banned.h"

/* The services' usual schedules; a service with another one says so. */
#define CLOSED_YEARS   8
#define DECLINED_YEARS 2
#define ROWS_MAX       1000

static void row_give(struct run *r, const struct retention_row *row, struct json *list)
{
    char *hold = retention_hold(r->cf->store, row->person);

    if (r->json) {
        struct json *j = json_new_map();

        json_set_text(j, "person", id_show(row->person).s);
        json_set_text(j, "name", row->name);
        json_set_text(j, row->declined ? "referral" : "episode", id_show(row->id).s);
        json_set_text(j, "since", date_iso(row->since).s);
        json_set_text(j, "hold", hold);
        json_append(list, j);
    } else {
        struct buf line = BUF_INIT, tame = BUF_INIT;

        buf_addf(&line, "%s  %s  ", id_show(row->person).s, row->name);
        buf_addf(&line, row->declined ? _("came to nothing on %s") : _("closed on %s"), date_show(row->since).s);
        if (hold)
            buf_addf(&line, "  (%s %s)", _("held:"), hold);
        text_tame(&tame, buf_text(&line), false);
        puts(buf_text(&tame));
        buf_wipe(&line);
        buf_wipe(&tame);
    }
    free(hold);
}

static enum status list_run(struct run *r, struct err *err)
{
    struct retention_row *rows = xcalloc(ROWS_MAX, sizeof *rows);
    struct json *list = json_new_list(), *j;
    long closed = CLOSED_YEARS, declined = DECLINED_YEARS;
    int n = 0;
    enum status st = run_int(r, "--closed-years", 1, 100, &closed, err);

    if (st == ST_OK)
        st = run_int(r, "--declined-years", 1, 100, &declined, err);
    if (st == ST_OK)
        st = retention_due(r->cf->store, date_add_months(clock_today(), (int) (-12 * closed)),
                           date_add_months(clock_today(), (int) (-12 * declined)), ROWS_MAX, rows, &n, err);
    for (int i = 0; st == ST_OK && i < n; i++)
        row_give(r, &rows[i], list);
    free(rows);
    if (st != ST_OK || !r->json) {
        if (st == ST_OK)
            puts(n ? _("Nothing goes by itself: dolen forget PERSON, or dolen retention hold PERSON.")
                   : _("Nobody's records are past their time."));
        json_free(&list);
        return st;
    }
    j = json_new_map();
    json_set(j, "items", list);
    run_print_json("retention-list", j);
    return ST_OK;
}

static enum status hold(struct run *r, const char *why, const char *said, struct err *err)
{
    struct id person;
    struct json *j;
    enum status st = operand_id(r, T_PERSON, r->operand[0], &person, err);

    if (st == ST_OK)
        st = store_hold(r->cf->store, person, why, err);
    if (st != ST_OK)
        return st;
    if (!r->json) {
        puts(said);
        return ST_OK;
    }
    j = json_new_map();
    json_set_text(j, "person", id_show(person).s);
    json_set_bool(j, "held", why != NULL);
    run_print_json("retention-hold", j);
    return ST_OK;
}

static enum status hold_run(struct run *r, struct err *err)
{
    char *why = NULL;
    enum status st = reason_read(r, &why, err);

    if (st == ST_OK && !why[strspn(why, " ")])
        st = err_set(err, ST_INVALID, _("Not held: a reason is needed. Nothing was changed."));
    if (st == ST_OK)
        st = hold(r, why, _("Held: these records are kept until they are released."), err);
    free(why);
    return st;
}

static enum status release_run(struct run *r, struct err *err)
{
    return hold(r, NULL, _("Released: these records are kept as long as all others."), err);
}

static const struct option list_options[] = {
    { "--closed-years", "N", N_("Years after closing; 8 when not given") },
    { "--declined-years", "N", N_("Years after a referral that came to nothing; 2 when not given") },
    { NULL, NULL, NULL }
};
static const struct option why_options[] = {
    { "--why", "TEXT", N_("The reason; - reads one line from standard input") },
    { NULL, NULL, NULL }
};

const struct command retention_commands[] = {
    { "retention", "list", "", 0, 0, N_("Whose records are past their time, and whose are held"), list_options, NEEDS_CASE,
      list_run },
    { "retention", "hold", "PERSON", 1, 1, N_("Keep somebody's records beyond their time, with a reason"), why_options,
      NEEDS_CASE, hold_run },
    { "retention", "release", "PERSON", 1, 1, N_("End the hold on somebody's records"), NULL, NEEDS_CASE, release_run },
    { "retention", NULL, "", 0, 0, N_("The same as retention list"), list_options, NEEDS_CASE, list_run },
    { NULL, NULL, NULL, 0, 0, NULL, NULL, 0, NULL }
};
