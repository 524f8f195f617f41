/* cmd_retention.c - retention list|hold|release|policy: what is past its time. Nothing goes by itself: each
 * person is forgotten by name (cmd_forget.c), or held with a reason. */
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

#define ROWS_MAX       1000

static enum status row_give(struct run *r, const struct retention_row *row, struct json *list, struct err *err)
{
    char *hold;
    enum status st = retention_hold(r->cf->store, row->person, &hold, err);

    if (st != ST_OK)
        return st;
    if (r->json) {
        struct json *j = json_new_map();

        json_set_text(j, "person", id_show(row->person).s);
        json_set_text(j, "name", row->name);
        if (id_is_set(row->id))
            json_set_text(j, row->declined ? "referral" : "episode", id_show(row->id).s);
        json_set_text(j, "since", date_is_set(row->since) ? date_iso(row->since).s : NULL);
        json_set_text(j, "hold", hold);
        json_append(list, j);
    } else {
        struct buf line = BUF_INIT, tame = BUF_INIT;

        buf_addf(&line, "%s  %s", id_show(row->person).s, row->name);
        if (date_is_set(row->since)) {
            buf_add(&line, "  ");
            buf_addf(&line, row->declined ? _("came to nothing on %s") : _("closed on %s"), date_show(row->since).s);
        }
        if (hold)
            buf_addf(&line, "  (%s %s)", _("held:"), hold);
        text_tame(&tame, buf_text(&line), false);
        puts(buf_text(&tame));
        buf_wipe(&line);
        buf_wipe(&tame);
    }
    free(hold);
    return ST_OK;
}

static enum status list_run(struct run *r, struct err *err)
{
    struct retention_row *rows = xcalloc(ROWS_MAX, sizeof *rows);
    struct json *list = json_new_list(), *j;
    struct retention_policy policy = retention_policy(r->cf->store);
    long closed = policy.closed_years, declined = policy.declined_years;
    int past = 0, n;
    enum status st = run_int(r, "--closed-years", 1, 100, &closed, err);

    if (st == ST_OK)
        st = run_int(r, "--declined-years", 1, 100, &declined, err);
    if (st == ST_OK)
        st = retention_due(r->cf->store, date_add_months(clock_today(), (int) (-12 * closed)),
                           date_add_months(clock_today(), (int) (-12 * declined)), ROWS_MAX, rows, &past, err);
    n = past;
    if (st == ST_OK)
        st = retention_held(r->cf->store, ROWS_MAX, rows, &n, err);
    for (int i = 0; st == ST_OK && i < n; i++)
        st = row_give(r, &rows[i], list, err);
    free(rows);
    if (st != ST_OK || !r->json) {
        if (st == ST_OK)
            puts(past ? _("Nothing goes by itself: dolen forget PERSON, or dolen retention hold PERSON.")
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
        st = err_set(err, ST_INVALID, _("Not held: a reason is needed. Nothing was changed. Say it with --why TEXT."));
    if (st == ST_OK)
        st = hold(r, why, _("Held: these records are kept until they are released."), err);
    free(why);
    return st;
}

static enum status release_run(struct run *r, struct err *err)
{
    struct id person;
    char *why = NULL;
    enum status st = operand_id(r, T_PERSON, r->operand[0], &person, err);

    if (st == ST_OK)
        st = retention_hold(r->cf->store, person, &why, err);
    if (st == ST_OK && !why)
        st = err_set(err, ST_NOTFOUND, _("This person's records are not held. Nothing was changed. See: dolen retention "
                                         "list"));
    free(why);
    if (st != ST_OK)
        return st;
    return hold(r, NULL, _("Released: these records are kept as long as all others."), err);
}

/* One of the two kept in the case file; not given: it stays. */
static enum status years_keep(struct run *r, const char *option, const char *key, struct err *err)
{
    long years = 0;
    char text[16];
    enum status st;

    if (!run_value(r, option))
        return ST_OK;
    st = run_int(r, option, 1, 100, &years, err);
    if (st != ST_OK)
        return st;
    snprintf(text, sizeof text, "%ld", years);
    return store_set_setting(r->cf->store, key, text, err);
}

static enum status policy_run(struct run *r, struct err *err)
{
    struct retention_policy policy;
    struct json *j;
    enum status st = years_keep(r, "--closed-years", RETENTION_CLOSED, err);

    if (st == ST_OK)
        st = years_keep(r, "--declined-years", RETENTION_DECLINED, err);
    if (st != ST_OK)
        return st;
    policy = retention_policy(r->cf->store);
    if (!r->json) {
        printf(tr_n("Kept for %d year after closing,", "Kept for %d years after closing,",
                    (unsigned long) policy.closed_years),
               policy.closed_years);
        printf(" ");
        printf(tr_n("for %d year after a referral that came to nothing.",
                    "for %d years after a referral that came to nothing.", (unsigned long) policy.declined_years),
               policy.declined_years);
        putchar('\n');
        return ST_OK;
    }
    j = json_new_map();
    json_set_int(j, "closed_years", policy.closed_years);
    json_set_int(j, "declined_years", policy.declined_years);
    run_print_json("retention-policy", j);
    return ST_OK;
}

static const struct option policy_options[] = {
    { "--closed-years", "N", N_("Years after closing") },
    { "--declined-years", "N", N_("Years after a referral that came to nothing") },
    { NULL, NULL, NULL }
};
static const struct option list_options[] = {
    { "--closed-years", "N", N_("Years after closing; without it, as the policy says") },
    { "--declined-years", "N", N_("Years after a referral that came to nothing; without it, as the policy says") },
    { NULL, NULL, NULL }
};
static const struct option why_options[] = {
    { "--why", "TEXT", N_("The reason; - reads one line from standard input") },
    { NULL, NULL, NULL }
};

const struct command retention_commands[] = {
    { "retention", "list", "", 0, 0, N_("Whose records are past their time, and whose are held"), list_options,
      NEEDS_CASE,
      list_run },
    { "retention", "hold", "PERSON", 1, 1, N_("Keep somebody's records beyond their time, with a reason"), why_options,
      NEEDS_CASE, hold_run },
    { "retention", "release", "PERSON", 1, 1, N_("End the hold on somebody's records"), NULL, NEEDS_CASE, release_run },
    { "retention", "policy", "", 0, 0, N_("How many years records are kept; with options, sets it"), policy_options,
      NEEDS_CASE,
      policy_run },
    { "retention", NULL, "", 0, 0, N_("The same as retention list"), list_options, NEEDS_CASE, list_run },
    { NULL, NULL, NULL, 0, 0, NULL, NULL, 0, NULL }
};
