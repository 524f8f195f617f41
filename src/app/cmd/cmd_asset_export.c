/* cmd_asset_export.c - the directory on its way out. What asks not to be advertised stays, unless it is asked
 * for. */
#include "commands.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/csv_read.h"
#include "dolen/base/file.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "oruk.h"
#include "places_book.h"
#include "training.h"
#include "dolen/base/banned.h"

struct writing {
    struct run      *r;
    const struct form *form;
    struct file_out *f;
    bool             oruk, excel, everything;
    bool            *done;          /* written with the service they are places of */
    size_t           count;
};

static enum status write_line(struct writing *w, const struct csv_row *row, struct err *err)
{
    struct buf line = BUF_INIT;
    enum status st;

    csv_row_write(&line, row);
    st = file_out_write(w->f, buf_text(&line), line.len, err);
    buf_release(&line);
    return st;
}

/* id, the first entry of the offer where this is another place of it, then every question of the form; as values when a
 * is given, as names when not. */
static enum status write_csv(struct writing *w, struct id id, const struct answers *a, struct err *err)
{
    struct id offer = a ? places_offer(w->r->cf, id) : ID_NONE;
    struct csv_row row = { .cells = NULL };
    enum status st;

    csv_row_add(&row, a ? id_show(id).s : "id");
    csv_row_add(&row, !a ? PLACE_COLUMN : id_eq(offer, id) ? "" : id_show(offer).s);
    for (size_t i = 0; i < w->form->count; i++) {
        const struct question *q = &w->form->questions[i];
        const char *v = a ? answers_value(a, q->name, 0) : q->name;
        char *text = xstrdup(v ? v : "");

        if (a && q->type == Q_SELECT_MULTIPLE)
            for (char *blank = text; (blank = strchr(blank, ' ')); )
                *blank = ';';
        if (qtype_asked(q->type) && w->excel && q->type == Q_TEXT)
            csv_row_add_guarded(&row, text);
        else if (qtype_asked(q->type))
            csv_row_add(&row, text);
        free(text);
    }
    if (training_is(w->r->cf))
        csv_row_add(&row, a ? TRAINING_CELL : TRAINING_COLUMN);
    st = write_line(w, &row, err);
    for (size_t i = 0; i < row.count; i++)
        free(row.cells[i]);
    free(row.cells);
    return st;
}

/* A list that leaves the laptop goes beyond the area that somebody serves. */
static bool may_be_listed(const struct answers *a)
{
    const char *asked = answers_value(a, "do_not_advertise", 0);

    return !str_eq(asked, "YES") && !str_eq(asked, "LOCAL");
}

/* The places of an offer are locations of its one service. */
static enum status add_place(struct writing *w, struct json *service, struct id id, struct err *err)
{
    struct answers a = ANSWERS_INIT;
    enum status st = store_answers(w->r->cf->store, T_ASSET, id, &a, err);

    if (st == ST_OK && (w->everything || may_be_listed(&a))) {
        oruk_place(w->r->cf, service, id, &a);
        w->count++;
    }
    answers_release(&a);
    return st;
}

/* keys[at] is the first of its offer that is listed; the others follow it in the list. */
static enum status write_oruk(struct writing *w, const struct asset_keys *all, size_t at, const struct answers *a,
                              struct err *err)
{
    struct json *service = oruk_service(w->r->cf, all->items[at].id, a);
    struct buf text = BUF_INIT;
    enum status st = ST_OK;

    buf_add(&text, w->count ? ",\n" : "");
    w->count++;
    for (size_t i = 0; i < all->count && st == ST_OK; i++) {
        if (i == at || !asset_one_offer(&all->items[i], &all->items[at]))
            continue;
        st = add_place(w, service, all->items[i].id, err);
        w->done[i] = true;
    }
    json_write(&text, service);
    if (st == ST_OK)
        st = file_out_write(w->f, buf_text(&text), text.len, err);
    buf_release(&text);
    json_free(&service);
    return st;
}

static enum status write_one(struct writing *w, const struct asset_keys *all, size_t i, struct err *err)
{
    struct answers a = ANSWERS_INIT;
    enum status st = store_answers(w->r->cf->store, T_ASSET, all->items[i].id, &a, err);

    if (st == ST_OK && (w->everything || may_be_listed(&a))) {
        if (w->oruk) {
            st = write_oruk(w, all, i, &a, err);
        } else {
            st = write_csv(w, all->items[i].id, &a, err);
            w->count++;
        }
    }
    answers_release(&a);
    return st;
}

static enum status write_assets(struct writing *w, struct err *err)
{
    struct asset_keys all = { NULL, 0, 0 };
    enum status st = asset_keys(w->r->cf->store, &all, err);

    w->everything = run_flag(w->r, "--all");
    w->done = xcalloc(all.count + 1, sizeof *w->done);
    for (size_t i = 0; i < all.count && st == ST_OK; i++)
        if (!w->done[i])
            st = write_one(w, &all, i, err);
    free(w->done);
    free(all.items);
    return st;
}

/* What stands before the first row of a list, or of services. */
static enum status write_head(struct writing *w, struct err *err)
{
    const char *open = training_is(w->r->cf) ? "{\"training\":true,\"contents\":[\n" : "{\"contents\":[\n";
    enum status st = ST_OK;

    if (w->oruk)
        return file_out_write(w->f, open, strlen(open), err);
    if (w->excel)
        st = file_out_write(w->f, CSV_BYTE_ORDER_MARK, strlen(CSV_BYTE_ORDER_MARK), err);
    return st == ST_OK ? write_csv(w, ID_NONE, NULL, err) : st;
}

static enum status ways(struct writing *w, const char *format, const char *to, const char *csv, struct err *err)
{
    if (!to || (format && !w->oruk && !str_eq(format, "csv")))
        return err_set(err, ST_USAGE,
                       _("Say where and how: dolen asset export --format csv|oruk-json --to FILE. Nothing was "
                         "changed."));
    if (csv && (w->oruk || (!w->excel && !str_eq(csv, "strict"))))
        return err_set(err, ST_USAGE, _("--csv is strict or excel, and goes with --format csv. Nothing was written."));
    return ST_OK;
}

static enum status export_run(struct run *r, struct err *err)
{
    const char *format = run_value(r, "--format"), *to = run_value(r, "--to");
    struct writing w = { .r = r, .form = catalog_form(r->cf->catalog, "asset", err),
                         .oruk = oruk_meant(format, to), .excel = str_eq(run_value(r, "--csv"), "excel") };
    static const char end[] = "\n]}\n";
    enum status st;

    if (!w.form)
        return err ? err->st : ST_NOTFOUND;
    st = ways(&w, format, to, run_value(r, "--csv"), err);
    if (st == ST_OK)
        st = file_out_open(&w.f, to, false, err);
    if (st != ST_OK)
        return st;
    st = write_head(&w, err);
    if (st == ST_OK)
        st = write_assets(&w, err);
    if (st == ST_OK && w.oruk)
        st = file_out_write(w.f, end, strlen(end), err);
    if (st == ST_OK)
        st = file_out_commit(&w.f, err);
    else if (w.f)
        file_out_drop(&w.f);
    if (st == ST_OK && r->json) {
        struct json *j = json_new_map();

        json_set_int(j, "written", (int64_t) w.count);
        run_print_json("asset-export", j);
    } else if (st == ST_OK) {
        printf(tr_n("%zu entry written to %s.", "%zu entries written to %s.", w.count), w.count, to);
        putchar('\n');
    }
    return st;
}

static const struct option export_options[] = {
    { "--format", "csv|oruk-json", N_("CSV with the form's question names, or Open Referral UK services") },
    { "--csv", "strict|excel", N_("strict: cells as they stand; excel: safe to open in a spreadsheet") },
    { "--to", "FILE", N_("The new file; must not exist") },
    { "--all", NULL, N_("Those who ask not to be advertised, too") },
    { NULL, NULL, NULL }
};

const struct command asset_export_commands[] = {
    { "asset", "export", "", 0, 0, N_("Write the directory to a file"), export_options, NEEDS_CASE, export_run },
    { NULL, NULL, NULL, 0, 0, NULL, NULL, 0, NULL }
};
