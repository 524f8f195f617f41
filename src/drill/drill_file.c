/* drill_file.c - an attempt and its steps as rows; opening one plays its steps through the machine again. */
#include "dolen/drill/drill_file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"

#include "dolen/base/banned.h"

static const struct {
    const char *code, *label;
} states[ATTEMPT_STATES] = {
#define X(name, code, label) { code, label },
    ATTEMPT_STATE_LIST(X)
#undef X
};

enum attempt_state attempt_state(const struct record *row)
{
    for (int i = 0; i < ATTEMPT_STATES; i++)
        if (str_eq(record_text(row, DRILL_state), states[i].code))
            return (enum attempt_state) i;
    return ATTEMPT_LEFT;
}

const char *attempt_state_label(enum attempt_state st)
{
    return tr(states[st].label);
}

void attempt_free(struct attempt **ap)
{
    if (!ap || !*ap)
        return;
    drill_play_free(&(*ap)->play);
    drill_free(&(*ap)->own);
    record_release(&(*ap)->row);
    free(*ap);
    *ap = NULL;
}

static enum status put_state(struct attempt *a, enum attempt_state st, struct err *err)
{
    record_set(&a->row, DRILL_state, states[st].code);
    return store_put(a->s, &a->row, NULL, err);
}

/* --- beginning -------------------------------------------------------------------------------------------------- */

static struct attempt *attempt_new(struct store *s, struct catalog *cat)
{
    struct attempt *a = xcalloc(1, sizeof *a);

    a->s = s;
    a->cat = cat;
    record_init(&a->row, T_DRILL);
    return a;
}

/* Among the definitions of forms it has a name that no form can have. */
static enum status pin(struct store *s, const char *hash, const struct drill *d, struct err *err)
{
    char *name = xasprintf("drill:%s", d->id);
    enum status st = store_pin(s, hash, name, d->version, d->bytes, d->byte_count, err);

    free(name);
    return st;
}

enum status attempt_begin(struct attempt **out, struct store *s, struct catalog *cat, const struct attempt_start *st_,
                          struct err *err)
{
    struct attempt *a = attempt_new(s, cat);
    enum status st = ST_OK;

    if (id_is_set(st_->set))
        st = store_get(s, T_DRILL, st_->set, &a->row, err);
    a->d = st_->d;
    record_set_id(&a->row, DRILL_practitioner, st_->practitioner);
    record_set(&a->row, DRILL_drill, a->d->id);
    record_set_int(&a->row, DRILL_version, a->d->version);
    record_set(&a->row, DRILL_def_hash, st_->hash);
    record_set_int(&a->row, DRILL_seed, (long) st_->seed);
    record_set(&a->row, DRILL_language, lang_code(lang_now()));
    record_set_date(&a->row, DRILL_started_on, st_->today);
    if (st == ST_OK)
        st = put_state(a, ATTEMPT_RUNNING, err);
    if (st == ST_OK)
        st = pin(s, st_->hash, a->d, err);
    a->play = drill_play_new(a->d, st_->seed);
    if (st != ST_OK) {
        attempt_free(&a);
        return st;
    }
    *out = a;
    return ST_OK;
}

/* --- steps ------------------------------------------------------------------------------------------------------ */

/* Writes the newest step of the play. What cannot be written was not done: the play goes back to where it was. */
static enum status step_put(struct attempt *a, struct err *err)
{
    const struct drill_log *all, *l;
    struct record r;
    size_t n;
    enum status st;

    all = drill_play_log(a->play, &n);
    l = &all[n - 1];
    record_init(&r, T_DRILL_STEP);
    record_set_id(&r, DRILL_STEP_attempt, a->row.id);
    record_set_int(&r, DRILL_STEP_position, (long) n);
    record_set(&r, DRILL_STEP_kind, drill_log_code(l->kind));
    if (l->kind == LOG_SAY) {
        record_set(&r, DRILL_STEP_turn, a->d->turns[l->turn].id);
        record_set(&r, DRILL_STEP_part, a->d->turns[l->turn].offers[l->offer].id);
    } else if (l->part[0]) {
        record_set(&r, DRILL_STEP_part, l->part);
    }
    if (l->form[0])
        record_set(&r, DRILL_STEP_form, l->form);
    record_set_id(&r, DRILL_STEP_record, l->record);
    if (l->kind == LOG_FILED)
        record_set_int(&r, DRILL_STEP_minutes, l->minutes);
    st = store_put(a->s, &r, NULL, err);
    if (st == ST_OK)
        drill_play_at(a->play, r.created_at);
    else
        drill_play_take_back(a->play);
    record_release(&r);
    return st;
}

/* What a script or a second window did to the attempt since shows in its state. */
static enum status must_run(const struct attempt *a, struct err *err)
{
    if (attempt_state(&a->row) == ATTEMPT_RUNNING)
        return ST_OK;
    return err_set(err, ST_REFUSED, _("This drill is not running: it is %s. Nothing was changed."
                                      " Start it again with: dolen drill start ID"),
                   attempt_state_label(attempt_state(&a->row)));
}

enum status attempt_say(struct attempt *a, const char *offer, struct err *err)
{
    enum status st = must_run(a, err);

    if (st == ST_OK)
        st = drill_play_say(a->play, offer, err);
    return st == ST_OK ? step_put(a, err) : st;
}

enum status attempt_filed(struct attempt *a, const struct form *form, struct id record, const struct answers *answers,
                          struct err *err)
{
    drill_play_filed(a->play, form->id, record, drill_paper_minutes(form, answers));
    return step_put(a, err);
}

enum status attempt_arrived(struct attempt *a, const char *form, struct id record, struct err *err)
{
    drill_play_arrived(a->play, form, record);
    return step_put(a, err);
}

enum status attempt_asset(struct attempt *a, const char *part, struct id record, struct err *err)
{
    drill_play_asset(a->play, part, record);
    return step_put(a, err);
}

enum status attempt_person(struct attempt *a, struct id person, struct err *err)
{
    record_set_id(&a->row, DRILL_person, person);
    return store_put(a->s, &a->row, NULL, err);
}

enum status attempt_pause(struct attempt *a, bool pause, struct err *err)
{
    enum attempt_state now = attempt_state(&a->row), want = pause ? ATTEMPT_PAUSED : ATTEMPT_RUNNING;
    enum status st;

    if (now == want)
        return ST_OK;
    if (now != ATTEMPT_RUNNING && now != ATTEMPT_PAUSED)
        return must_run(a, err);
    st = put_state(a, want, err);
    if (st != ST_OK)
        return st;
    drill_play_mark(a->play, pause ? LOG_PAUSED : LOG_RESUMED);
    return step_put(a, err);
}

enum status attempt_leave(struct attempt *a, struct err *err)
{
    return attempt_state(&a->row) == ATTEMPT_DONE ? ST_OK : put_state(a, ATTEMPT_LEFT, err);
}

/* --- opening ---------------------------------------------------------------------------------------------------- */

/* The definition as it was when the attempt began: the shipped one when that has not changed, else the pinned
 * bytes. */
static enum status definition_of(struct attempt *a, struct err *err)
{
    const char *hash = record_or(&a->row, DRILL_def_hash, ""), *id = record_or(&a->row, DRILL_drill, "");
    const struct drill *now = catalog_drill(a->cat, id, NULL);
    char *yaml = NULL;
    size_t n = 0;
    enum status st = store_definition(a->s, hash, &yaml, &n, err);

    if (st == ST_OK && now && now->byte_count == n && memcmp(now->bytes, yaml, n) == 0)
        a->d = now;
    else if (st == ST_OK)
        st = drill_parse(&a->own, id, yaml, n, err);
    if (st == ST_OK && !a->d) {
        a->d = a->own;
        a->other_version = true;
    }
    free(yaml);
    return st;
}

static enum status step_again(struct attempt *a, const struct record *r, struct err *err)
{
    enum drill_log_kind kind;
    struct id record = record_id(r, DRILL_STEP_record);
    const char *form = record_or(r, DRILL_STEP_form, ""), *part = record_or(r, DRILL_STEP_part, "");
    enum status st = ST_OK;

    if (!drill_log_by_code(record_text(r, DRILL_STEP_kind), &kind))
        return ST_OK;
    switch (kind) {
    case LOG_SAY:     st = drill_play_say(a->play, part, err); break;
    case LOG_FILED:   drill_play_filed(a->play, form, record, (int) record_int(r, DRILL_STEP_minutes, 0)); break;
    case LOG_ARRIVED: drill_play_arrived(a->play, form, record); break;
    case LOG_ASSET:   drill_play_asset(a->play, part, record); break;
    case LOG_PAUSED: case LOG_RESUMED: case LOG_KINDS: drill_play_mark(a->play, kind); break;
    }
    if (st == ST_OK)
        drill_play_at(a->play, r->created_at);
    return st;
}

enum status attempt_open(struct attempt **out, struct store *s, struct catalog *cat, struct id id, struct err *err)
{
    struct attempt *a = attempt_new(s, cat);
    struct records steps = { NULL, 0, 0 };
    enum status st = store_get(s, T_DRILL, id, &a->row, err);

    if (st == ST_OK && attempt_state(&a->row) == ATTEMPT_SET)
        st = err_set(err, ST_REFUSED,
                     _("This drill was set and has not begun. Nothing was changed. Start it first."));
    if (st == ST_OK)
        st = definition_of(a, err);
    if (st == ST_OK) {
        a->play = drill_play_new(a->d, (uint64_t) record_int(&a->row, DRILL_seed, 0));
        st = store_list(s, LIST_DRILL_STEPS, id, 0, &steps, err);
    }
    for (size_t i = 0; st == ST_OK && i < steps.count; i++)
        st = step_again(a, &steps.items[i], err);
    records_release(&steps);
    if (st != ST_OK) {
        attempt_free(&a);
        return st;
    }
    *out = a;
    return ST_OK;
}

/* --- finding ---------------------------------------------------------------------------------------------------- */

static bool goes_on(const struct record *row)
{
    enum attempt_state st = attempt_state(row);

    return st == ATTEMPT_RUNNING || st == ATTEMPT_PAUSED;
}

static enum status find_going_on(struct store *s, enum list_id list, struct id owner, struct id practitioner,
                                 struct id *out,
                                 struct err *err)
{
    struct records all = { NULL, 0, 0 };
    enum status st = store_list(s, list, owner, 0, &all, err);

    *out = ID_NONE;
    for (size_t i = 0; i < all.count && !id_is_set(*out); i++)
        if (goes_on(&all.items[i]) &&
            (!id_is_set(practitioner) || id_eq(record_id(&all.items[i], DRILL_practitioner), practitioner)))
            *out = all.items[i].id;
    records_release(&all);
    return st;
}

enum status attempt_of_person(struct store *s, struct id person, struct id *out, struct err *err)
{
    return find_going_on(s, LIST_DRILLS_OF_PERSON, person, ID_NONE, out, err);
}

enum status attempt_running(struct store *s, struct id practitioner, struct id *out, struct err *err)
{
    return find_going_on(s, LIST_DRILLS, ID_NONE, practitioner, out, err);
}

/* The row of this drill that is set already and has not begun: to set it again changes only who and by when. */
static enum status set_before(struct store *s, const char *drill, struct id practitioner, struct record *r,
                              struct err *err)
{
    struct records all = { NULL, 0, 0 };
    enum status st = store_list(s, LIST_DRILLS, ID_NONE, 0, &all, err);
    struct id found = ID_NONE;

    for (size_t i = 0; i < all.count; i++)
        if (attempt_state(&all.items[i]) == ATTEMPT_SET && str_eq(record_text(&all.items[i], DRILL_drill), drill) &&
            id_eq(record_id(&all.items[i], DRILL_practitioner), practitioner))
            found = all.items[i].id;
    records_release(&all);
    return st == ST_OK && id_is_set(found) ? store_get(s, T_DRILL, found, r, err) : st;
}

enum status attempt_set(struct store *s, const struct drill *d, struct id practitioner, struct id by, struct date due,
                        struct err *err)
{
    struct record r;
    enum status st;

    record_init(&r, T_DRILL);
    st = set_before(s, d->id, practitioner, &r, err);
    record_set(&r, DRILL_drill, d->id);
    record_set(&r, DRILL_state, states[ATTEMPT_SET].code);
    record_set_id(&r, DRILL_practitioner, practitioner);
    record_set_id(&r, DRILL_set_by, by);
    record_set_date(&r, DRILL_due_on, due);
    if (st == ST_OK)
        st = store_put(s, &r, NULL, err);
    record_release(&r);
    return st;
}
