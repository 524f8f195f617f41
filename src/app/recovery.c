/* app/recovery.c - the recovery drill as a task. Its subject is the id of the case file, so that there is one for
 * all. */
#include "recovery.h"

#include <stdio.h>

#include "dolen/base/date.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/text.h"
#include "dolen/core/worklist.h"
#include "dolen/base/banned.h"

static bool is_recovery(const struct slot_info *s)
{
    return s->kind == SLOT_RECOVERY || s->kind == SLOT_ORGANISATION || s->kind == SLOT_KEYFILE;
}

static int64_t newest_test(const struct casefile *cf)
{
    struct slot_info slot[VAULT_SLOTS];
    int n = vault_list(cf->vault, slot);
    int64_t newest = 0;

    for (int i = 0; i < n; i++)
        if (is_recovery(&slot[i]) && slot[i].tested_at > newest)
            newest = slot[i].tested_at;
    return newest;
}

static enum status one_open(struct casefile *cf, bool *open, struct err *err)
{
    struct records tasks = { NULL, 0, 0 };
    enum status st = store_list(cf->store, LIST_TASKS_OF_SUBJECT, vault_file_id(cf->vault), 20, &tasks, err);

    *open = false;
    for (size_t i = 0; i < tasks.count; i++)
        *open = *open || str_eq(record_text(&tasks.items[i], TASK_kind), work_kind_code(WORK_RECOVERY_TEST));
    records_release(&tasks);
    return st;
}

enum status recovery_remind(struct casefile *cf, struct err *err)
{
    const char *kind = work_kind_code(WORK_RECOVERY_TEST);
    struct date tested = instant_date(newest_test(cf)), today = clock_today();
    bool due = date_days(today) - date_days(tested) > RECOVERY_TEST_DAYS, open;
    enum status st;

    if (cf->read_only)
        return ST_OK;
    st = one_open(cf, &open, err);
    if (st != ST_OK || open == due)
        return st;
    st = due ? store_task_add(cf->store, kind, today, ID_NONE, ID_NONE, vault_file_id(cf->vault), NULL, err)
             : store_task_done(cf->store, kind, vault_file_id(cf->vault), tested, err);
    store_undo_begins(cf->store);       /* nobody at the keyboard did this */
    return st;
}

enum status recovery_tested(struct casefile *cf, const struct slot_info *slot, struct err *err)
{
    char why[64];
    enum status st;

    if (!is_recovery(slot))
        return ST_OK;
    snprintf(why, sizeof why, "tested: slot %d, %s", slot->index + 1, slot_kind_word(slot->kind));
    st = store_begin(cf->store, err);
    if (st != ST_OK)
        return st;
    st = store_task_done(cf->store, work_kind_code(WORK_RECOVERY_TEST), vault_file_id(cf->vault), clock_today(), err);
    if (st == ST_OK)
        st = store_note(cf->store, "keys", ID_NONE, why, err);
    return store_end(cf->store, st, err);
}

