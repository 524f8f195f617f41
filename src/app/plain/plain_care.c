/* plain_care.c - line mode: the bin, the log of supervision, and two records of one person joined or parted. */
#include "plain_priv.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/date.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/core/nhs.h"
#include "dolen/core/person.h"
#include "dolen/core/phone.h"
#include "dolen/core/safe.h"
#include "dolen/store/past.h"
#include "merge_words.h"
#include "same_person.h"
#include "dolen/base/banned.h"

#define SHOWN      MADE_MAX
#define OTHERS_MAX 8
#define MERGES_LOOKED_AT 1000

/* --- the bin ---------------------------------------------------------------------------------------------------- */

static void bin_label(struct plain *p, const struct bin_row *r, struct buf *out)
{
    struct buf why = BUF_INIT, what = BUF_INIT;
    int left = bin_days_left(r->at, clock_now());

    bin_row_words(p->cf->catalog, r, ", ", &what);
    buf_addf(out, "%s: %s", bin_kind_label(r->table), buf_text(&what));
    buf_wipe(&what);
    change_why_words(r->why, &why);
    if (why.len)
        buf_addf(out, ", %s: %s", _("Reason"), buf_text(&why));
    buf_add(out, ", ");
    bin_left_words(left, out);
    buf_release(&why);
}

static void restore(struct plain *p, const struct bin_row *r)
{
    struct err err = { .st = ST_OK };

    if (plain_yes(p, _("Take it out of the bin again?")) != ANSWER_YES)
        return;
    if (store_unbin(p->cf->store, r->table, r->id, &err) != ST_OK)
        tell_error(&err);
    else
        tell(_("Out of the bin again: %s. undo takes this back."), bin_kind_label(r->table));
}

void plain_bin(struct plain *p)
{
    struct bin_row *rows = xcalloc(SHOWN, sizeof *rows);
    struct made *m = xcalloc(1, sizeof *m);
    int i = CHOSE_AGAIN;

    while (p->end == PLAIN_GO_ON && i != CHOSE_BACK && i != CHOSE_OVER) {
        struct err err = { .st = ST_OK };
        int n = 0;

        if (bin_list(p->cf->store, clock_now() - BIN_DAYS * 86400, 0, SHOWN, rows, &n, &err) != ST_OK) {
            tell_error(&err);
            break;
        }
        if (n == 0) {
            tell_text(_("The bin is empty."));
            break;
        }
        for (int k = 0; k < n; k++) {
            bin_label(p, &rows[k], made_add(m));
            made_take(m);
        }
        i = plain_choose(p, _("In the bin, newest first; a number takes it out again"), m->items, m->n);
        made_release(m);
        if (i >= 0)
            restore(p, &rows[i]);
    }
    free(m);
    explicit_bzero(rows, SHOWN * sizeof *rows);
    free(rows);
}

/* --- supervision ------------------------------------------------------------------------------------------------ */

static void supervision_label(struct plain *p, const struct record *r, struct buf *out)
{
    const struct codelist *topics = catalog_codes(p->cf->catalog, "supervision_topic", NULL);
    char *codes = xstrdup(record_or(r, SUPERVISION_topics, "")), *next = NULL;

    buf_add(out, date_show(record_date(r, SUPERVISION_held_on)).s);
    if (record_text(r, SUPERVISION_with_whom))
        buf_addf(out, ", %s", record_text(r, SUPERVISION_with_whom));
    for (char *code = strtok_r(codes, " ", &next); code; code = strtok_r(NULL, " ", &next))
        buf_addf(out, ", %s", topics ? codelist_label(topics, code) : code);
    free(codes);
}

/* True when its history was asked for and read; false: its form is wanted. */
static bool one_supervision(struct plain *p, struct id id)
{
    static const struct choice items[] = {
        { N_(":edit"), N_("Change it"), false },
        { N_(":history"), N_("Who changed what; a number takes it back"), false },
    };
    int i = CHOSE_AGAIN;

    record_says(p, T_SUPERVISION, "supervision", id);
    while (i == CHOSE_AGAIN)
        i = plain_choose(p, _("Supervision"), items, ARRAY_LEN(items));
    if (i == 1)
        plain_history_of(p, id);
    return i != 0;
}

void plain_supervision(struct plain *p)
{
    struct made *m = xcalloc(1, sizeof *m);
    struct target t = { .form = "supervision" };
    int i = CHOSE_AGAIN;

    while (p->end == PLAIN_GO_ON && i != CHOSE_BACK && i != CHOSE_OVER) {
        struct records all = { NULL, 0, 0 };
        struct err err = { .st = ST_OK };

        if (store_list(p->cf->store, LIST_SUPERVISIONS, ID_NONE, SHOWN - 1, &all, &err) != ST_OK) {
            tell_error(&err);
            break;
        }
        m->items[m->n] = (struct choice) { N_(":add"),
                                           N_("Write down a supervision: date, with whom, topics, nobody's case"),
                                           false };
        m->label[m->n++] = (struct buf) BUF_INIT;
        for (size_t k = 0; k < all.count; k++) {
            supervision_label(p, &all.items[k], made_add(m));
            made_take(m);
        }
        i = plain_choose(p, _("Supervision, newest first"), m->items, m->n);
        made_release(m);
        if (i > 0 && one_supervision(p, all.items[i - 1].id)) {
            records_release(&all);
            continue;
        }
        t.new_one = i == 0;
        t.record = i > 0 ? all.items[i - 1].id : ID_NONE;
        records_release(&all);
        if (i >= 0)
            plain_form(p, &t, NULL);
    }
    free(m);
}

/* --- two records of one person ---------------------------------------------------------------------------------- */

static void say_record(struct plain *p, struct id person, const char *what)
{
    struct record r = { .text = NULL };
    struct person_row row = { .name = "" };
    struct buf phone = BUF_INIT;
    bool guarded;

    if (person_row_get(p->cf->store, person, &row, NULL) != ST_OK ||
        store_get(p->cf->store, T_PERSON, person, &r, NULL) != ST_OK) {
        record_release(&r);
        return;
    }
    guarded = person_is_protected(p->cf->store, &r);
    tell("%s: %s.", what, row.name);
    if (date_is_set(row.birth))
        tell(_("Born %s."), person_born(row.birth, row.birth_precision).s);
    if (record_text(&r, PERSON_nhs_number))
        tell(_("NHS number %s."), nhs_number_show(record_text(&r, PERSON_nhs_number)).s);
    phone_show(&phone, safe_show(record_or(&r, PERSON_phone, ""), guarded, false));
    if (phone.len > 0)
        tell(_("Phone %s."), buf_text(&phone));
    if (row.postcode[0])
        tell(_("Postcode %s."), safe_show(row.postcode, guarded, false));
    buf_wipe(&phone);
    record_release(&r);
}

static void join(struct plain *p, struct id other)
{
    struct json *told = NULL;
    struct err err = { .st = ST_OK };
    struct buf words = BUF_INIT;
    struct id merge;

    say_record(p, p->person, _("This record stays"));
    say_record(p, other, _("This one is joined to it"));
    if (plain_yes(p, _("Join them? Both originals are kept; it can be undone.")) != ANSWER_YES) {
        tell_text(_("Not joined. Nothing was changed."));
    } else if (store_merge(p->cf->store, p->person, other, &merge, &told, &err) != ST_OK) {
        tell_error(&err);
    } else {
        merge_words(told, &words);
        tell_text(buf_text(&words));
    }
    buf_wipe(&words);
    json_free(&told);
}

/* by_name: one may be named instead, which is answered with true. */
static bool choose_other(struct plain *p, const struct id *other, size_t n, bool by_name)
{
    struct made *m = xcalloc(1, sizeof *m);
    int i = CHOSE_BACK;

    for (size_t k = 0; k < n; k++) {
        struct person_row row = { .name = "" };

        person_row_get(p->cf->store, other[k], &row, NULL);
        buf_addf(made_add(m), "%s%s%s", row.name, date_is_set(row.birth) ? ", " : "",
                 person_born(row.birth, row.birth_precision).s);
        made_take(m);
    }
    if (by_name) {
        buf_add(made_add(m), _("Another record, by its name"));
        made_take(m);
    }
    while ((i = plain_choose(p, _("Which one is the same person?"), m->items, m->n)) == CHOSE_AGAIN)
        ;
    made_release(m);
    free(m);
    if (i >= 0 && (size_t) i < n)
        join(p, other[i]);
    return i >= 0 && (size_t) i == n;
}

static void found_by(struct plain *p, const char *typed)
{
    struct hit hit[OTHERS_MAX];
    struct id other[OTHERS_MAX];
    struct err err = { .st = ST_OK };
    size_t found = 0;
    int n = 0;

    if (store_search(p->cf->store, typed, 1u << HIT_PERSON, hit, OTHERS_MAX, &n, &err) != ST_OK) {
        tell_error(&err);
        return;
    }
    for (int k = 0; k < n; k++)
        if (!id_eq(hit[k].id, p->person))
            other[found++] = hit[k].id;
    if (found)
        choose_other(p, other, found, false);
    else
        tell_text(_("Nobody else was found by that name. Nothing was changed."
                    " Try another part of the name."));
}

/* False: one was chosen, or none is wanted. */
static bool wants_a_name(struct plain *p)
{
    struct dup_hit hit[OTHERS_MAX];
    struct id other[OTHERS_MAX];
    struct err err = { .st = ST_OK };
    int n = 0;

    if (very_like_record(p->cf->store, p->person, hit, OTHERS_MAX, &n, &err) != ST_OK) {
        tell_error(&err);
        return false;
    }
    for (int k = 0; k < n; k++)
        other[k] = hit[k].id;
    explicit_bzero(hit, sizeof hit);
    return n == 0 || choose_other(p, other, (size_t) n, true);
}

void step_merge(struct plain *p)
{
    struct buf line = BUF_INIT;
    enum reply r;

    if (!wants_a_name(p))
        return;
    do
        r = plain_ask(p, _("Name of the other record, < goes back: "), &line);
    while (r == REPLY_AGAIN);
    if (r == REPLY_LINE && buf_text(&line)[strspn(buf_text(&line), " ")] && !str_eq(buf_text(&line), "<"))
        found_by(p, buf_text(&line));
    buf_wipe(&line);
}

/* Most people were never joined with anybody; of those who were, each record is one line. */
static size_t joined_to(struct plain *p, struct made *m, struct id merge[OTHERS_MAX])
{
    struct records all = { NULL, 0, 0 };
    struct err err = { .st = ST_OK };

    if (store_list(p->cf->store, LIST_MERGES, ID_NONE, MERGES_LOOKED_AT, &all, &err) != ST_OK)
        tell_error(&err);
    for (size_t i = 0; i < all.count && m->n < OTHERS_MAX; i++) {
        const struct record *r = &all.items[i];
        struct person_row row = { .name = "" };

        if (!id_eq(record_id(r, MERGE_kept), p->person) || record_text(r, MERGE_undone_on))
            continue;
        person_row_get(p->cf->store, record_id(r, MERGE_other), &row, NULL);
        merge[m->n] = r->id;
        buf_addf(made_add(m), _("%s, joined on %s"), row.name, date_show(instant_date(r->created_at)).s);
        made_take(m);
    }
    records_release(&all);
    if (m->n == 0 && err.st == ST_OK)
        tell_text(_("No other record is joined to this one. Nothing was changed."));
    return m->n;
}

static void part(struct plain *p, struct id merge)
{
    struct json *told = NULL;
    struct err err = { .st = ST_OK };
    struct text2 words;

    if (plain_yes(p, _("Part them? Each gets back what was theirs on the day they were joined.")) != ANSWER_YES) {
        tell_text(_("Not parted. Nothing was changed."));
    } else if (store_unmerge(p->cf->store, merge, &told, &err) != ST_OK) {
        tell_error(&err);
    } else {
        words = parted_words(told);
        tell_text(text2_now(&words));
        text2_release(&words);
    }
    json_free(&told);
}

void step_unmerge(struct plain *p)
{
    struct made *m = xcalloc(1, sizeof *m);
    struct id merge[OTHERS_MAX];
    int i = CHOSE_BACK;

    if (joined_to(p, m, merge) > 0)
        while ((i = plain_choose(p, _("Which record is somebody else?"), m->items, m->n)) == CHOSE_AGAIN)
            ;
    made_release(m);
    free(m);
    if (i >= 0)
        part(p, merge[i]);
}
