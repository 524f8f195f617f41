/* practice.c - the whole of an invented caseload, in one transaction: the directory, then one person after the other. */
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

static void make_all(struct maker *m)
{
    make_practitioner(m);
    make_assets(m);
    for (int i = 0; m->st == ST_OK && i < m->o->cases; i++) {
        make_case(m, i);
        if (m->o->progress && (i % 100 == 99 || i == m->o->cases - 1))
            m->o->progress(m->o->ctx, i + 1, m->o->cases);
    }
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
