/* app/call.c - through the asset form and the connection form, as if each had been filled in by hand. */
#include "call.h"

#include <stdio.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "call_draft.h"
#include "filing.h"
#include "dolen/base/banned.h"

#define WHY "phone call"

static enum status set(struct filling *f, const char *question, const char *value, struct err *err)
{
    const struct question *q = form_question(f->form, question);

    if (!q)             /* a service's own form may leave it out */
        return ST_OK;
    if (!value) {
        session_clear(f->session, q, 0);
        return ST_OK;
    }
    return session_set_canonical(f->session, q, 0, value, err);
}

static enum status entry_says(struct filling *f, const struct call *c, struct err *err)
{
    struct date_text today = date_iso(clock_today()), full = date_iso(c->full_until);
    char takes[24];
    enum status st = c->running[0] ? set(f, "running", c->running, err) : ST_OK;

    snprintf(takes, sizeof takes, "%ld", c->takes_a_month);
    if (st == ST_OK && c->room != ROOM_UNSAID)
        st = set(f, "full_until", c->room == ROOM_FULL ? full.s : NULL, err);
    if (st == ST_OK && c->takes_a_month >= 0)
        st = set(f, "takes_a_month", takes, err);
    if (st == ST_OK && c->verified)
        st = set(f, "verified_on", today.s, err);
    if (st == ST_OK && c->verified && c->with[0])
        st = set(f, "verified_how", c->with, err);
    return st;
}

static enum status file_entry(struct casefile *cf, const struct call *c, struct err *err)
{
    struct target t = { .form = "asset", .record = c->asset, .no_draft = true };
    struct filling *f = NULL;
    enum status st = filling_start(&f, cf, &t, err);

    if (st == ST_OK)
        st = entry_says(f, c, err);
    if (st == ST_OK)
        st = filling_file_within(f, true, WHY, err);
    filling_free(&f);
    return st;
}

static enum status file_person(struct casefile *cf, const struct call_person *p, struct err *err)
{
    struct target t = { .form = "connection", .person = p->person, .episode = p->episode, .record = p->connection,
                        .no_draft = true };
    struct date_text today = date_iso(clock_today());
    struct filling *f = NULL;
    enum status st = filling_start(&f, cf, &t, err);

    if (st == ST_OK)
        st = set(f, "status", p->said, err);
    if (st == ST_OK)
        st = set(f, "said_by", "ASSET", err);
    if (st == ST_OK)
        st = set(f, "on_date", today.s, err);
    if (st == ST_OK)
        st = filling_file_within(f, true, WHY, err);
    filling_free(&f);
    return st;
}

enum status call_file(struct casefile *cf, const struct call *c, int *changed, struct err *err)
{
    enum status st;
    int n = 0;

    if (!c->verified && !call_says_anything(c))
        return err_set(err, ST_REFUSED,
                       _("Nothing was said in this call, so nothing was filed. Give a row its answer, or say that "
                         "you talked to them."));
    st = store_begin(cf->store, err);
    if (st != ST_OK)
        return st;
    for (size_t i = 0; st == ST_OK && i < c->count; i++)
        if (c->people[i].said[0]) {
            st = file_person(cf, &c->people[i], err);
            n++;
        }
    if (st == ST_OK)
        st = file_entry(cf, c, err);
    if (st == ST_OK)
        st = call_draft_done(cf, c->asset, err);
    st = store_end(cf->store, st, err);
    if (st == ST_OK && changed)
        *changed = n;
    return st;
}
