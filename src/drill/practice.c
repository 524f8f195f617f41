/* practice.c - the whole of an invented caseload, in one transaction: the directory, then one person after
 * the other. */
#include "dolen/drill/practice.h"

#include <stdlib.h>

#include "practice_priv.h"

#include "dolen/base/banned.h"

static void make_practitioner(struct maker *m)
{
    struct record r;

    m->practitioner = m->o->practitioner;
    if (id_is_set(m->practitioner))
        return;
    record_init(&r, T_PRACTITIONER);
    record_set(&r, PRACTITIONER_name, "Gwen Ymarfer");
    record_set(&r, PRACTITIONER_organisation, "Dolen Practice Service");
    record_set(&r, PRACTITIONER_org_type, "THIRD_SECTOR");
    record_set(&r, PRACTITIONER_base, "Aberllwyd");
    m->practitioner = record_keep(m, &r);
}

/* A year of it, every four to six weeks, and when the next one is. */
static void make_supervision(struct maker *m)
{
    static const struct weighted topics[] = {
        { "CASELOAD WELLBEING", 30 }, { "PRACTICE BOUNDARIES", 20 }, { "SAFEGUARDING CASELOAD", 15 },
        { "LEARNING RECORDS", 15 },
        { "LONE_WORKING", 10 }, { "DIRECTORY CASELOAD", 10 }, { NULL, 0 }
    };
    struct date on = on_a_weekday(date_add_days(m->o->today, -350));
    struct id newest = ID_NONE;

    while (m->st == ST_OK && date_compare(on, m->o->today) <= 0) {
        struct date next = on_a_weekday(date_add_days(on, chance_between(&m->c, 28, 42)));
        struct answers a = ANSWERS_INIT;

        say_date(&a, "held_on", on);
        say(&a, "with_whom", chance_percent(&m->c, 80) ? "Carys Enghraifft" : "Grŵp cymheiriaid / peer group");
        say(&a, "topics", chance_word(&m->c, topics));
        say_int(&a, "minutes", 15 * chance_between(&m->c, 3, 6));
        say_date(&a, "next_on", next);
        newest = ID_NONE;
        paper_file(m, &(struct paper) { .form = "supervision", .binds = T_SUPERVISION }, &a, &newest);
        on = next;
    }
    make_task(m, "SUPERVISION_DUE", on, NULL, newest, NULL);
}

static void make_all(struct maker *m)
{
    make_practitioner(m);
    make_assets(m);
    for (int i = 0; m->st == ST_OK && i < m->o->cases; i++) {
        make_case(m, i);
        if (m->o->progress && (i % 100 == 99 || i == m->o->cases - 1))
            m->o->progress(m->o->ctx, i + 1, m->o->cases);
    }
    settle_assets(m);
    make_supervision(m);
}

enum status practice_make(struct store *s, const struct practice_options *o, struct err *err)
{
    struct maker *m = xcalloc(1, sizeof *m);
    enum status st;

    m->s = s;
    m->o = o;
    m->err = err;
    id_seed(o->seed);
    st = m->st = store_bulk_begin(s, err);
    if (st == ST_OK) {
        make_all(m);
        st = m->st;
        if (st == ST_OK)
            st = store_bulk_end(s, err);
        else
            store_rollback(s);
    }
    free(m);
    return st;
}
