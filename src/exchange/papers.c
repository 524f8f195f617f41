/* papers.c - what lies beside the rows for people: the meaning of codes, the meaning of columns, what this
 * folder is. */
#include "parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/core/person.h"
#include "dolen/base/banned.h"

const struct plain_column codelist_columns[] = {
    { "list", ITEM_TEXT_NONE, N_("Code list") }, { "code", ITEM_CODE, N_("Code") },
    { "label_en", ITEM_TEXT_NONE, N_("Label in English") }, { "label_cy", ITEM_TEXT_NONE, N_("Label in Welsh") },
    { "valid_from", ITEM_DATE, N_("In use from") }, { "valid_to", ITEM_DATE, N_("In use until") },
    { NULL, ITEM_COUNT, NULL }
};
const struct plain_column dictionary_columns[] = {
    { "table", ITEM_TEXT_NONE, N_("Table") }, { "column", ITEM_TEXT_NONE, N_("Column") },
    { "number", ITEM_TEXT_NONE, N_("Number in the list of items") }, { "type", ITEM_TEXT_NONE, N_("Type") },
    { "code_list", ITEM_TEXT_NONE, N_("Code list") }, { "label_en", ITEM_TEXT_NONE, N_("Label in English") },
    { "label_cy", ITEM_TEXT_NONE, N_("Label in Welsh") },
    { "sensitive", ITEM_FLAG, N_("Leaves only when the policy names it") },
    { "required", ITEM_FLAG, N_("Counts as missing while it is not reached") },
    { "maps_to", ITEM_TEXT_NONE, N_("The same in another standard") }, { NULL, ITEM_COUNT, NULL }
};

static void header(struct csv *csv, const struct plain_column *c)
{
    for (; c->name; c++)
        csv_plain(csv, c->name, strlen(c->name));
    csv_end_row(csv);
    csv->rows = 0;
}

/* --- codes/codelist.csv ----------------------------------------------------------------------------------------- */

static void code_row(struct csv *csv, const char *list, const char *code, const struct text2 *label, struct date until)
{
    csv_text(csv, list);
    csv_plain(csv, code, strlen(code));
    csv_text(csv, text2_in(label, LANG_EN));
    csv_text(csv, text2_in(label, LANG_CY));
    csv_plain(csv, "", 0);
    csv_text(csv, date_iso(until).s);
    csv_end_row(csv);
}

/* The policy's bands, with the list's words where it has the same one. */
static void band_rows(struct csv *csv, const struct policy *p, const struct codelist *list)
{
    for (size_t i = 0; i < p->age_band_count; i++) {
        struct age_band band = age_band_code(p->age_bands[i], p->age_bands, p->age_band_count);
        const struct code *known = codelist_find(list, band.s);
        char shown[24];
        struct text2 label = { { shown, shown } };

        policy_age_band(p, p->age_bands[i], shown, sizeof shown);
        code_row(csv, list->id, band.s, known ? &known->label : &label, (struct date) { 0, 0, 0 });
    }
}

static enum status list_rows(struct export *e, struct csv *csv, const char *id, struct err *err)
{
    const struct codelist *list = catalog_codes(e->job->catalog, id, err);

    if (!list)
        return err ? err->st : ST_NOTFOUND;
    if (str_eq(id, "age_band"))
        band_rows(csv, e->job->policy, list);
    for (size_t i = 0; i < list->count && !str_eq(id, "age_band"); i++)
        code_row(csv, id, list->items[i].code, &list->items[i].label, list->items[i].until);
    return ST_OK;
}

/* Whether an item before this one uses the list already. */
static bool list_was_written(const struct data_set *d, size_t table, size_t item, const char *id)
{
    for (size_t t = 0; t <= table; t++)
        for (size_t i = 0; i < (t < table ? d->tables[t].count : item); i++)
            if (str_eq(d->tables[t].items[i].codes, id))
                return true;
    return false;
}

enum status write_codelist(struct export *e, struct err *err)
{
    const struct data_set *d = e->job->data_set;
    char *folder = e->folder ? path_join(e->folder, "codes") : NULL;
    struct csv csv;
    enum status st = folder ? folder_make_private(folder, err) : ST_OK;

    free(folder);
    if (st == ST_OK)
        st = part_open(e, &csv, "codes/codelist.csv", e->job->excel, err);
    if (st != ST_OK)
        return st;
    header(&csv, codelist_columns);
    st = list_rows(e, &csv, "missing", err);
    for (size_t t = 0; t < d->count; t++)
        for (size_t i = 0; i < d->tables[t].count && st == ST_OK; i++) {
            const char *id = d->tables[t].items[i].codes;

            if (id && !list_was_written(d, t, i, id))
                st = list_rows(e, &csv, id, err);
        }
    return part_close(e, &csv, "codes/codelist.csv", st, err);
}

/* --- dictionary.csv --------------------------------------------------------------------------------------------- */

static void flag(struct csv *csv, bool on)
{
    csv_plain(csv, on ? "1" : "0", 1);
}

static void state_row(struct csv *csv, const struct data_set_item *item)
{
    char *name = xasprintf("%s" MISSING_SUFFIX, item->item);

    csv_text(csv, item->table);
    csv_text(csv, name);
    csv_text(csv, item->number ? item->number : "");
    csv_text(csv, item_type_word(ITEM_CODE));
    csv_text(csv, "missing");
    for (int l = 0; l < LANG_COUNT; l++) {
        char *label = xasprintf(tr_in((enum lang) l, N_("%s: why there is no value")),
                                text2_in(&item->label, (enum lang) l));

        csv_text(csv, label);
        free(label);
    }
    flag(csv, false);
    flag(csv, false);
    csv_text(csv, "");
    csv_end_row(csv);
    free(name);
}

static void item_row(struct csv *csv, const struct export_job *job, const struct data_set_item *item)
{
    csv_text(csv, item->table);
    csv_text(csv, item->item);
    csv_text(csv, item->number ? item->number : "");
    csv_text(csv, item_type_word(type_that_leaves(job, item->type)));
    csv_text(csv, item->codes ? item->codes : "");
    csv_text(csv, text2_in(&item->label, LANG_EN));
    csv_text(csv, text2_in(&item->label, LANG_CY));
    flag(csv, item->sensitive);
    flag(csv, item->required);
    csv_text(csv, item->maps_to ? item->maps_to : "");
    csv_end_row(csv);
    if (item_has_state(item))
        state_row(csv, item);
}

static void plain_rows(struct csv *csv, const char *table, const struct plain_column *c)
{
    for (; c->name; c++) {
        csv_text(csv, table);
        csv_text(csv, c->name);
        csv_text(csv, "");
        csv_text(csv, item_type_word(c->type));
        csv_text(csv, "");
        csv_text(csv, tr_in(LANG_EN, c->label));
        csv_text(csv, tr_in(LANG_CY, c->label));
        flag(csv, false);
        flag(csv, false);
        csv_text(csv, "");
        csv_end_row(csv);
    }
}

enum status write_dictionary(struct export *e, struct err *err)
{
    const struct data_set *d = e->job->data_set;
    struct csv csv;
    enum status st = part_open(e, &csv, "dictionary.csv", e->job->excel, err);

    if (st != ST_OK)
        return st;
    header(&csv, dictionary_columns);
    for (size_t t = 0; t < d->count; t++)
        for (size_t i = 0; i < d->tables[t].count && table_leaves(e->job, d->tables[t].table); i++)
            if (!policy_drops(e->job->policy, d->tables[t].table, d->tables[t].items[i].item))
                item_row(&csv, e->job, &d->tables[t].items[i]);
    plain_rows(&csv, TOMBSTONE, tombstone_columns);
    return part_close(e, &csv, "dictionary.csv", ST_OK, err);
}

/* --- README.txt ------------------------------------------------------------------------------------------------- */

const char *const paper_words[PAPER_COUNT] = {
    [PAPER_WHAT] = N_("What this is\n"
       "Rows about people who were supported by social prescribing, written by Dolen on one laptop. The tables are "
       "CSV files: episode.csv has one row for each period of support, and the other files belong to it."),
    [PAPER_PROVISIONAL] = N_("Provisional\n"
       "The list of items is provisional. It is not the official core data set, and will be replaced when that is "
       "available."),
    [PAPER_PERSONAL] = N_("Personal data\n"
       "This is pseudonymised personal data, not anonymous data. There is no name, address, full date of birth, NHS "
       "number or free text in it, but a person may still be recognised from what the rows say together. Keep it "
       "where only people who need it can open it, share it only under an agreement, and delete it when it has "
       "served."),
    [PAPER_READ] = N_("How to read it\n"
       "datapackage.json describes every file for programs (Data Package, versions 1 and 2). dictionary.csv says in "
       "words what each column is. codes/codelist.csv has the meaning of each code in Welsh and English. Text is "
       "UTF-8, dates are year-month-day, 1 is yes and 0 is no."),
    [PAPER_NO_VALUE] = N_("No value\n"
       "An empty cell is not zero. The column beside it that ends in __missing says why it is empty: NREA not "
       "reached, SKIP skipped by a rule, NANS asked and not answered, PNTS prefers not to say, NK not known. "
       "WITHHELD was kept back by the sharing policy."),
    [PAPER_TRAINING] = N_("TRAINING\n"
       "These people are invented. Never use these rows as if they were real."),
};
static const char *const excel_words = N_("How to open it\n"
                                          "These files were made for Excel: open them with a double click. Text that "
                                          "begins with = + - or @ has a ' in front of "
                                          "it, so that nothing runs as a formula.");
static const char *const strict_words =
    N_("How to open it\n"
       "These files follow RFC 4180. In Excel use Data, From Text/CSV and choose UTF-8, or make the export again with: "
       "--csv excel");
static const char *const bundle_words =
    N_("How it came\n"
       "This came as one sealed file, NAME.dlnb, with its signature beside it. Two programs open it without Dolen: "
       "minisign -Vm NAME.dlnb -p SOURCE.pub && age -d -i KEYFILE NAME.dlnb > NAME.zip");
static void paragraph(struct buf *b, enum lang l, const char *words)
{
    for (const char *s = tr_in(l, words); *s; s++) {
        if (*s == '\n')
            buf_add_char(b, '\r');
        buf_add_char(b, *s);
    }
    buf_add(b, "\r\n\r\n");
}

static void readme_in(struct buf *b, const struct export *e, enum lang l)
{
    const struct export_job *job = e->job;

    buf_addf(b, "%s, %s\r\n", text2_in(&job->data_set->title, l), job->data_set->version);
    buf_addf(b, tr_in(l, N_("Period %s to %s. Made on %s.")), date_iso(job->from).s, date_iso(job->until).s,
             date_iso(job->today).s);
    buf_add(b, "\r\n\r\n");
    if (job->training)
        paragraph(b, l, paper_words[PAPER_TRAINING]);
    for (size_t i = 0; i < PAPER_TRAINING; i++)
        paragraph(b, l, paper_words[i]);
    paragraph(b, l, job->excel ? excel_words : strict_words);
    if (job->batch)
        paragraph(b, l, bundle_words);
}

enum status write_readme(struct export *e, struct err *err)
{
    struct buf b = BUF_INIT;
    enum status st;

    readme_in(&b, e, LANG_CY);
    buf_add(&b, "----------------------------------------------------------------------\r\n\r\n");
    readme_in(&b, e, LANG_EN);
    st = part_whole(e, "README.txt", b.s, b.len, err);
    buf_release(&b);
    return st;
}
