/* ui/worklist_load.c - open tasks and drafts as work items. */
#include "dolen/ui/worklist_load.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/ui/call.h"
#include "dolen/base/banned.h"

#define DRAFTS_MAX 50
#define READ_LEAST 500            /* tasks come by their date: what is urgent may be among the last */

/* A phone call is a draft too: of the asset that was rung. */
static void call_words(struct store *s, const struct record *d, struct work_item *w)
{
    struct asset_row a = { .name = "" };

    asset_row_get(s, record_id(d, DRAFT_record), &a, NULL);
    str_copy(w->name, sizeof w->name, a.name);
    str_copy(w->what, sizeof w->what, _("Phone call"));
}

/* About nobody: the entry of the directory it is about, or else the form itself stands where a name would. */
static void name_of_no_person(struct store *s, const struct record *d, struct work_item *w)
{
    struct asset_row a = { .name = "" };

    asset_row_get(s, record_id(d, DRAFT_record), &a, NULL);
    if (a.name[0]) {
        str_copy(w->name, sizeof w->name, a.name);
        return;
    }
    str_copy(w->name, sizeof w->name, w->what);
    w->what[0] = '\0';
}

const char *form_in_lists(struct catalog *cat, const char *id)
{
    const struct form *form = catalog_form(cat, id, NULL);

    if (!form)
        return id;
    return str_eq(form->binds, table_name(T_CONCERN)) ? table_label(T_CONCERN) : text2_now(&form->title);
}

static void draft_item(struct store *s, struct catalog *cat, const struct record *d, bool newest, struct work_item *w)
{
    long given = record_int(d, DRAFT_given, 0);

    w->kind = newest ? WORK_RESUME_DRAFT : WORK_DRAFT;
    w->since = instant_date(d->updated_at);
    w->person = record_id(d, DRAFT_person);
    w->episode = record_id(d, DRAFT_episode);
    w->subject = d->id;
    str_copy(w->what, sizeof w->what, form_in_lists(cat, record_or(d, DRAFT_form, "")));
    if (str_eq(record_text(d, DRAFT_form), CALL_DRAFT))
        call_words(s, d, w);
    else if (!id_is_set(w->person))
        name_of_no_person(s, d, w);
    w->left_at = d->updated_at;
    w->given = given > 0 ? (unsigned long) given : 0;
}

static enum status add_drafts(struct store *s, struct catalog *cat, struct id whose, struct work_item *items, int max,
                              int *n, struct err *err)
{
    struct records drafts = { NULL, 0, 0 };
    enum list_id list = id_is_set(whose) ? LIST_DRAFTS_OF_PRACTITIONER : LIST_DRAFTS;
    enum status st = store_list(s, list, whose, DRAFTS_MAX, &drafts, err);

    for (size_t i = 0; i < drafts.count && *n < max; i++) {
        memset(&items[*n], 0, sizeof items[*n]);
        draft_item(s, cat, &drafts.items[i], i == 0, &items[(*n)++]);
    }
    records_release(&drafts);
    return st;
}

/* "last one 31 days ago". What the newest supervision did not ask for is not due: its own record is in the bin. */
static enum status supervision_words(struct store *s, struct date today, struct work_item *w, bool *due,
                                     struct err *err)
{
    struct records log = { NULL, 0, 0 };
    enum status st = store_list(s, LIST_SUPERVISIONS, ID_NONE, 1, &log, err);
    struct date last = log.count ? record_date(&log.items[0], SUPERVISION_held_on) : (struct date) { 0, 0, 0 };
    long days = date_days(today) - date_days(last);
    struct buf b = BUF_INIT;

    *due = log.count > 0 && id_eq(log.items[0].id, w->subject);
    if (date_is_set(last) && days >= 0) {
        buf_addf(&b, tr_n("last one %ld day ago", "last one %ld days ago", (unsigned long) days), days);
        str_copy(w->what, sizeof w->what, buf_text(&b));
    }
    buf_release(&b);
    records_release(&log);
    return st;
}

/* How the list is ordered stands in a file that a service may replace. A kind that it leaves out weighs nothing, and
 * comes last by its date. */
static void rules_read(struct catalog *cat, struct work_rules *out)
{
    const struct codelist *l = catalog_codes(cat, "work", NULL);

    for (int k = 0; k < WORK_COUNT; k++) {
        const struct code *c = codelist_find(l, work_kind_code((enum work_kind) k));

        out->of[k] = c ? (struct work_rule) { c->weight, c->per_day, c->at_most } : (struct work_rule) { 0, 0, 0 };
    }
}

/* What weighs beside the kind, and is said first: how soon somebody asks to be seen, until they are, and that a referral
 * was returned, so that somebody has to take it up again. */
static void referral_words(struct catalog *cat, const struct task_row *row, struct work_item *w)
{
    bool owed = w->kind == WORK_FEEDBACK_OWED;
    const struct code *c = codelist_find(catalog_codes(cat, owed ? "decision" : "urgency", NULL),
                                         owed ? row->decision : row->urgency);

    if (!c || c->weight <= 0)
        return;
    const char *brief = text2_has(&c->hint, lang_now()) ? text2_now(&c->hint) : text2_now(&c->label);

    w->more = c->weight;
    str_copy(w->what, sizeof w->what, owed ? _("returned") : brief);
}

static bool is_of_referral(enum work_kind k)
{
    return k == WORK_REFERRAL_WAITING || k == WORK_REFERRAL_PUT_OFF || k == WORK_WAITING_LIST ||
           k == WORK_FIRST_CONTACT || k == WORK_FEEDBACK_OWED;
}

static enum status load_all(struct store *s, struct catalog *cat, struct id whose, struct date today,
                            struct date until, struct work_item *items, int max, int *n, struct err *err)
{
    struct task_row *row = xcalloc((size_t) max, sizeof *row);
    struct work_rules rules;
    enum status st;
    int tasks = 0;

    *n = 0;
    st = add_drafts(s, cat, whose, items, max, n, err);
    if (st == ST_OK)
        st = tasks_due(s, whose, until, max - *n, row, &tasks, err);
    for (int i = 0; i < tasks && st == ST_OK; i++) {
        struct work_item *w = &items[*n];
        bool due = true;

        memset(w, 0, sizeof *w);
        if (!work_kind_parse(row[i].kind, &w->kind))
            continue;
        w->due = row[i].due;
        w->since = row[i].since;
        w->person = row[i].person;
        w->episode = row[i].episode;
        w->subject = row[i].subject;
        str_copy(w->what, sizeof w->what, row[i].what);
        if (w->kind == WORK_SUPERVISION_DUE)
            st = supervision_words(s, today, w, &due, err);
        if (is_of_referral(w->kind))
            referral_words(cat, &row[i], w);
        *n += due;
    }
    free(row);
    rules_read(cat, &rules);
    worklist_sort(items, (size_t) *n, &rules, today);
    return st;
}

enum status worklist_load(struct store *s, struct catalog *cat, struct id whose, struct date today, struct date until,
                          struct work_item *items, int max, int *n, struct err *err)
{
    int most = max > READ_LEAST ? max : READ_LEAST;
    struct work_item *all = xcalloc((size_t) most, sizeof *all);
    enum status st = load_all(s, cat, whose, today, until, all, most, n, err);

    if (*n > max)
        *n = max;
    memcpy(items, all, (size_t) *n * sizeof *all);
    explicit_bzero(all, (size_t) most * sizeof *all);
    free(all);
    return st;
}

enum status worklist_names(struct store *s, struct work_item *items, int n, struct err *err)
{
    enum status st = ST_OK;

    for (int i = 0; st == ST_OK && i < n; i++)
        if (!items[i].name[0])
            st = task_name(s, items[i].person, items[i].subject, items[i].name, sizeof items[i].name, err);
    return st;
}

bool work_is_draft(const struct work_item *w)
{
    return w->kind == WORK_RESUME_DRAFT || w->kind == WORK_DRAFT;
}

static void add_given(struct buf *out, unsigned long given)
{
    buf_addf(out, tr_n("%lu answer", "%lu answers", given), given);
}

void work_words(struct buf *out, const struct work_item *w, struct date today)
{
    if (w->more > 0 && w->what[0])          /* what is urgent is never what is cut */
        buf_addf(out, "%s: ", w->what);
    worklist_why(out, w, today);
    if (w->what[0] && w->more == 0)
        buf_addf(out, ": %s", w->what);
    if (work_is_draft(w)) {                 /* what is cut is how much, never which form */
        buf_addf(out, ", %s, ", instant_time(w->left_at).s);
        add_given(out, w->given);
    }
}

void draft_brief(struct buf *out, const struct work_item *w, struct date today)
{
    bool now = date_compare(instant_date(w->left_at), today) == 0;

    if (w->what[0])
        buf_addf(out, "%s, ", w->what);
    buf_addf(out, "%s, ", now ? instant_time(w->left_at).s : date_show(instant_date(w->left_at)).s);
    add_given(out, w->given);
}

void draft_sentence(struct buf *out, const struct work_item *w, struct date today)
{
    bool now = date_compare(instant_date(w->left_at), today) == 0;
    struct date_text at = now ? instant_time(w->left_at) : instant_show(w->left_at);

    if (w->what[0])
        buf_addf(out, _("You were in %s, %s, %s."), w->what, w->name, at.s);
    else
        buf_addf(out, _("You were in %s, %s."), w->name, at.s);
    buf_add_char(out, ' ');
    buf_addf(out, tr_n("%lu answer not yet filed.", "%lu answers not yet filed.", w->given), w->given);
}
