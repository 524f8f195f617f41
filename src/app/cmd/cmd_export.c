/* cmd_export.c - export: the rows of a data set into a new folder. */
#include "commands.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "dolen/base/date.h"
#include "dolen/base/file.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/version.h"
#include "dolen/exchange/export.h"
#include "dolen/exchange/workbook.h"
#include "dolen/vault/hash.h"
#include "destination.h"
#include "wait.h"
#include "dolen/base/banned.h"

#define POLICY_MAX (512u * 1024)

/* --- what was asked for ----------------------------------------------------------------------------------------- */

static enum status needed_date(struct run *r, const char *name, struct date *out, struct err *err)
{
    enum status st = run_date(r, name, out, err);

    if (st == ST_OK && !date_is_set(*out))
        st = err_set(err, ST_USAGE, _("%s is missing. Nothing was written. Give a date like 2026-04-01."), name);
    return st;
}

static enum status period(struct run *r, struct export_job *job, struct err *err)
{
    enum status st = needed_date(r, "--from", &job->from, err);

    if (st == ST_OK)
        st = needed_date(r, "--until", &job->until, err);
    if (st == ST_OK && date_compare(job->from, job->until) > 0)
        st = err_set(err, ST_USAGE,
                     _("The period ends before it begins. Nothing was written. Give the earlier day to --from."));
    return st;
}

static bool wants_workbook(const struct run *r)
{
    return str_eq(run_value(r, "--csv"), "xlsx");
}

static enum status dialect(struct run *r, struct export_job *job, struct err *err)
{
    const char *csv = run_value(r, "--csv");

    job->excel = str_eq(csv, "excel");
    if (csv && !job->excel && !str_eq(csv, "strict") && !wants_workbook(r))
        return err_set(err, ST_USAGE, _("--csv is strict, excel or xlsx, not \"%s\". Nothing was written."), csv);
    return ST_OK;
}

/* The policy by its file, else the cautious one that comes with the program. *own is set when the caller frees it. */
static enum status find_policy(struct run *r, struct export_job *job, struct policy **own, struct err *err)
{
    const char *file = run_value(r, "--policy");
    struct buf b = BUF_INIT;
    enum status st;

    if (!file) {
        job->policy = catalog_policy(r->cf->catalog, "local", err);
        return job->policy ? ST_OK : err->st;
    }
    st = file_read(&b, file, POLICY_MAX, err);
    if (st == ST_OK)
        st = policy_parse(own, file, buf_text(&b), b.len, err);
    job->policy = *own;
    buf_release(&b);
    return st;
}

/* --- what is said about it -------------------------------------------------------------------------------------- */

static bool show_progress(void *ctx, const char *table, int64_t rows)
{
    const bool *on_terminal = ctx;

    if (*on_terminal && rows && rows % 4096 == 0) {
        fprintf(stderr, "\r\033[K%s: %lld", table, (long long) rows);
        fflush(stderr);
    }
    return !wait_was_stopped();
}

static int64_t all_left_out(const struct export_result *done)
{
    int64_t n = 0;

    for (int i = 0; i < LEFT_COUNT; i++)
        n += done->left_out[i];
    return n;
}

static void warn(const struct export_job *job, const struct export_result *done)
{
    int64_t left = all_left_out(done);

    fprintf(stderr, "dolen: ");
    fprintf(stderr,
            tr_n("The rows are pseudonymised personal data about %lld person, not anonymous data. Keep the folder as "
                 "carefully as the case file.",
                 "The rows are pseudonymised personal data about %lld people, not anonymous data. Keep the folder as "
                 "carefully as the case file.",
                 (unsigned long) done->people),
            (long long) done->people);
    fputc('\n', stderr);
    if (left) {
        fprintf(stderr, "dolen: ");
        fprintf(stderr, tr_n("%lld person was left out:", "%lld people were left out:", (unsigned long) left),
                (long long) left);
        fputc('\n', stderr);
    }
    for (int i = 0; i < LEFT_COUNT; i++)
        if (done->left_out[i])
            fprintf(stderr, "  %lld  %s\n", (long long) done->left_out[i], left_out_label((enum left_out) i));
    if (done->unusable)
        fprintf(stderr, tr_n("dolen: %lld value does not fit its column and was not written. Its cell says NK.\n",
                             "dolen: %lld values do not fit their columns and were not written. Their cells say NK.\n",
                             (unsigned long) done->unusable), (long long) done->unusable);
    if (job->training)
        fprintf(stderr, "dolen: %s\n",
                _("This is a training case file: the people in these rows are invented, and the folder says so."));
}

static void answer(const struct run *r, const struct export_job *job, const struct export_result *done)
{
    struct json *j = json_new_map(), *rows = json_new_map(), *left = json_new_map();

    for (size_t i = 0; i < done->tables; i++) {
        json_set_int(rows, done->table[i].table, done->table[i].rows);
        if (!r->json)
            printf("%-12s %lld\n", done->table[i].table, (long long) done->table[i].rows);
    }
    for (int i = 0; i < LEFT_COUNT; i++)
        json_set_int(left, left_out_word((enum left_out) i), done->left_out[i]);
    json_set_text(j, wants_workbook(r) ? "file" : "folder", job->folder);
    json_set(j, "rows", rows);
    json_set_int(j, "people", done->people);
    json_set(j, "left_out", left);
    json_set_bool(j, "training", job->training);
    if (r->json)
        run_print_json("export", j);
    else
        json_free(&j);
}

/* --- the command ------------------------------------------------------------------------------------------------ */

/* That rows left is in the history before they do: a copy may outlive the case file. */
static enum status write_out(struct run *r, const struct export_job *wanted, struct export_result *done,
                             struct err *err)
{
    struct export_job job = *wanted;    /* what it shows its progress on is this function's */
    char *why = xasprintf("%s %s %s %s", job.policy->id, job.data_set->id, date_iso(job.from).s,
                          date_iso(job.until).s);
    bool on_terminal = isatty(STDERR_FILENO);
    enum status st = store_note(r->cf->store, "export", ID_NONE, why, err);

    free(why);
    job.progress = show_progress;
    job.progress_ctx = &on_terminal;
    wait_begin();       /* Ctrl-C and the like end an export between two rows: no half-written folder stays behind */
    if (st == ST_OK)
        st = wants_workbook(r) ? export_workbook(r->cf->store, &job, lang_now(), done, err)
                               : export_write(r->cf->store, &job, done, err);
    wait_end();
    if (st == ST_OK)
        st = destination_told(r->cf->store, job.policy->id, &done->told, err);
    if (on_terminal)
        fputs("\r\033[K", stderr);
    return st;
}

/* What a destination would get, to look at: its policy, its data set, its pseudonyms. The period is the policy's when
 * none is given. */
static enum status for_destination(struct run *r, struct export_job *job, struct destination *d, struct policy **own,
                                   struct err *err)
{
    enum status st;

    if (run_value(r, "--policy") || run_value(r, "--data-set"))
        return err_set(err, ST_USAGE,
                       _("A destination has its own policy and data set. Nothing was written. Leave out --policy and "
                         "--data-set."));
    st = destination_open(r->cf, run_value(r, "--destination"), d, err);
    if (st == ST_OK && !d->data_set)
        st = err_set(err, d->unfit.st, "%s", err_text(&d->unfit));
    if (st == ST_OK)
        st = run_date(r, "--from", &job->from, err);
    if (st == ST_OK)
        st = run_date(r, "--until", &job->until, err);
    if (st != ST_OK)
        return st;
    job->from = date_is_set(job->from) ? job->from : d->policy->from;
    job->until = date_is_set(job->until) ? job->until : clock_today();
    job->data_set = d->data_set;
    job->policy = *own = policy_file_rules(d->policy, d->data_set);
    return ST_OK;
}

static enum status for_us(struct run *r, struct export_job *job, struct policy **own, struct err *err)
{
    const char *id = run_value(r, "--data-set");
    enum status st = period(r, job, err);

    if (st == ST_OK && !(job->data_set = catalog_data_set(r->cf->catalog, id ? id : "provisional-wales", err)))
        st = err->st;
    return st == ST_OK ? find_policy(r, job, own, err) : st;
}

static enum status export_run(struct run *r, struct err *err)
{
    struct export_job job = { .folder = run_value(r, "--to"), .catalog = r->cf->catalog, .today = clock_today(),
                              .app = "dolen " DOLEN_VERSION, .training = keyslots_is_training(r->cf->slots),
                              .source = keyslots_file_id(r->cf->slots) };
    struct export_result done;
    struct destination d;
    struct policy *own = NULL;
    enum status st;

    memset(&d, 0, sizeof d);
    st = run_value(r, "--destination") ? for_destination(r, &job, &d, &own, err) : for_us(r, &job, &own, err);
    if (st == ST_OK && !job.folder)
        st = err_set(err, ST_USAGE, _("--to is missing. Nothing was written. Name a new folder."));
    if (st == ST_OK)
        st = dialect(r, &job, err);
    if (st == ST_OK)
        st = destination_key(r->cf->store, job.policy->id, job.key, err);
    if (st == ST_OK) {
        job.recipient = job.policy->id;
        st = write_out(r, &job, &done, err);
    }
    if (st == ST_OK) {
        answer(r, &job, &done);
        warn(&job, &done);
    }
    wipe(job.key, sizeof job.key);
    policy_free(&own);
    destination_release(&d);
    return st;
}

static const struct option export_options[] = {
    { "--data-set", "ID", N_("The data set; provisional-wales when not given") },
    { "--from", "DATE", N_("First day of the period") },
    { "--until", "DATE", N_("Last day of the period") },
    { "--to", "DIR", N_("A new folder, or an empty one; with xlsx a new file") },
    { "--csv", "strict|excel|xlsx",
      N_("strict for programs (when not given), excel for a double click, xlsx for one workbook") },
    { "--destination", "ID",
      N_("What a bundle to this destination would hold: its policy, data set, period and pseudonyms") },
    { "--policy", "FILE", N_("What may leave; the cautious policy \"local\" when not given") },
    { NULL, NULL, NULL }
};

const struct command export_commands[] = {
    { "export", NULL, "", 0, 0,
      N_("Write the rows of a data set: pseudonymised CSV files, described for programs and people"),
      export_options, NEEDS_CASE, export_run },
    { NULL, NULL, NULL, 0, 0, NULL, NULL, 0, NULL }
};
