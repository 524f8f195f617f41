/* app/steps.c - a setting of the case file holds "AFTER UNTIL" of each step of a name, the newest last. */
#include "steps.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "large_step.h"
#include "dolen/base/buf.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/banned.h"

enum status step_note(struct casefile *cf, const char *name, int64_t after, struct err *err)
{
    char *was;
    struct buf now = BUF_INIT;
    enum status st = store_setting_read(cf->store, name, &was, err);

    if (was)
        buf_addf(&now, "%s;", was);
    buf_addf(&now, "%lld %lld", (long long) after, (long long) store_version(cf->store));
    if (st == ST_OK)
        st = store_set_setting(cf->store, name, buf_text(&now), err);
    buf_release(&now);
    free(was);
    return st;
}

/* Cuts the newest step off the list. */
static bool newest(char *list, long long *after, long long *until)
{
    char *last = strrchr(list, ';');
    bool there = sscanf(last ? last + 1 : list, "%lld %lld", after, until) == 2;

    *(last ? last : list) = '\0';
    return there;
}

/* A step that was taken back with u on the screen is passed over. */
static enum status undo_newest(struct casefile *cf, char *list, size_t *n, struct err *err)
{
    long long after, until;
    enum status st = ST_OK;

    while (st == ST_OK && *n == 0 && newest(list, &after, &until))
        st = store_take_back(cf->store, after, until, n, err);
    if (st == ST_OK && *n == 0)
        st = err_set(err, ST_NOTFOUND, _("There is nothing of this kind to take back. Nothing was changed."
                                         " The history shows what was done."));
    return st;
}

enum status step_take_back(struct casefile *cf, const char *name, bool apply, size_t *n, struct err *err)
{
    char *list = store_setting(cf->store, name), none[1] = "";
    enum status st = store_begin(cf->store, err);

    *n = 0;
    if (st == ST_OK) {
        st = undo_newest(cf, list ? list : none, n, err);
        if (st == ST_OK)
            st = store_set_setting(cf->store, name, list[0] ? list : NULL, err);
        if (apply)
            st = store_end(cf->store, st, err);
        else
            dry_end(cf);
    }
    free(list);
    return st;
}
