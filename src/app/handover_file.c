/* app/handover_file.c - between the records and a file for one other laptop. */
#include "handover_file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dolen/base/file.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/out.h"
#include "dolen/exchange/parcel.h"
#include "dolen/ui/field_words.h"
#include "large_step.h"
#include "steps.h"
#include "dolen/base/banned.h"

#define STEP "handover.opened"

/* --- making ----------------------------------------------------------------------------------------------------- */

/* Forgetting a person names what left the case file: this too, by the laptop's name and the file's own. */
static enum status note_each(struct casefile *cf, const struct id *people, size_t n, const struct source *to,
                             const char *path, struct err *err)
{
    const char *slash = strrchr(path, '/');
    char why[80], name[31];
    enum status st = store_begin(cf->store, err);
    size_t len;

    if (st != ST_OK)
        return st;
    str_copy(name, sizeof name, to->name);
    len = (size_t) snprintf(why, sizeof why, "%s: ", name);
    str_copy(why + len, sizeof why - len, slash ? slash + 1 : path);
    for (size_t i = 0; st == ST_OK && i < n; i++)
        st = store_note(cf->store, "handover", people[i], why, err);
    return store_end(cf->store, st, err);
}

static enum status may_go(struct casefile *cf, const struct id *people, size_t n, const struct source *to,
                          const struct source *self, struct err *err)
{
    enum status st = ST_OK;

    if (id_eq(to->id, self->id))
        return err_set(err, ST_REFUSED,
                       _("This is this laptop's own identity. Nothing was written. Ask for the other laptop's: dolen "
                         "source show"));
    for (size_t i = 0; st == ST_OK && i < n; i++) {
        struct record r = { .text = NULL };

        st = store_get(cf->store, T_PERSON, people[i], &r, err);
        if (st == ST_OK && r.binned)
            st = err_set(err, ST_REFUSED,
                         _("One of these people is in the bin. Nothing was written. Take them out first, or leave "
                           "them out."));
        record_release(&r);
    }
    return st;
}

enum status handed_make(struct casefile *cf, const struct id *people, size_t n, const struct source *to,
                        const char *path, size_t *records, struct err *err)
{
    struct source_keys keys = { .age = NULL };
    struct source self;
    struct json *load = NULL;
    struct buf bytes = BUF_INIT;
    enum status st = source_public(cf, &self, err);

    if (st == ST_OK && file_exists(path))
        st = err_set(err, ST_REFUSED, _("%s is there already and stays as it is. Choose another name."), path);
    if (st == ST_OK)
        st = may_go(cf, people, n, to, &self, err);
    if (st == ST_OK)
        st = source_open(cf->store, &keys, err);
    if (st == ST_OK)
        st = store_carry_out(cf->store, people, n, &load, err);
    if (st == ST_OK) {
        *records = json_count(json_get(load, "records"));
        st = parcel_seal(&bytes, &self, keys.signer, to, load, err);
    }
    if (st == ST_OK)
        st = note_each(cf, people, n, to, path, err);
    if (st == ST_OK)
        st = out_file(path, bytes.s, bytes.len, err);
    json_free(&load);
    buf_release(&bytes);
    source_release(&keys);
    return st;
}

/* --- opening ---------------------------------------------------------------------------------------------------- */

static enum status signed_by(struct casefile *cf, const struct buf *bytes, const struct source *self,
                             struct source *from, struct err *err)
{
    char key[MINISIGN_KEY_ID_TEXT], own[MINISIGN_KEY_ID_TEXT];
    struct minisign_public mine;
    struct source other;
    enum status st = parcel_signer(bytes->s, bytes->len, key, err);

    if (st != ST_OK && source_read(&other, bytes->s, bytes->len, NULL) == ST_OK)
        return err_set(err, ST_USAGE,
                       _("This is a laptop's identity, not a handover. Nothing was changed. To trust that laptop: "
                         ":laptops, or dolen handover trust SOURCE.json"));
    if (st == ST_OK)
        st = minisign_public_parse(&mine, self->signer, err);
    if (st != ST_OK)
        return st;
    minisign_key_id_text(mine.id, own);
    if (str_eq(key, own))
        return err_set(err, ST_REFUSED,
                       _("This handover was made on this laptop. Nothing was changed. Open it on the other one."));
    st = peer_of_key(cf, key, from, err);
    if (st == ST_NOTFOUND)
        st = err_set(err, ST_REFUSED,
                     _("The handover is signed by a laptop that is not trusted here (key %s). Nothing was changed. "
                       "Get its identity (dolen source show) and compare the fingerprint: :laptops, or dolen "
                       "handover trust SOURCE.json"),
                     key);
    return st;
}

static enum status take(struct casefile *cf, const struct json *load, const struct source *from, struct extent *would,
                        struct json **told, struct err *err)
{
    int64_t after = store_version(cf->store);
    enum status st = store_begin(cf->store, err);

    if (st != ST_OK)
        return st;
    st = store_carry_in(cf->store, load, id_show(from->id).s, from->name, told, err);
    if (would) {
        store_extent_since(cf->store, after, would);
        dry_end(cf);
        return st;
    }
    if (st == ST_OK && store_version(cf->store) > after)
        st = step_note(cf, STEP, after, err);
    return store_end(cf->store, st, err);
}

enum status handed_open(struct casefile *cf, const char *path, struct extent *would, struct json **told,
                        struct err *err)
{
    struct source_keys keys = { .age = NULL };
    struct source self, from;
    struct json *load = NULL;
    struct buf bytes = BUF_INIT;
    enum status st = source_public(cf, &self, err);

    *told = NULL;
    if (st == ST_OK)
        st = file_read(&bytes, path, PARCEL_MAX, err);
    if (st == ST_OK)
        st = signed_by(cf, &bytes, &self, &from, err);
    if (st == ST_OK)
        st = source_open(cf->store, &keys, err);
    if (st == ST_OK)
        st = parcel_open(&load, bytes.s, bytes.len, &from, &self, keys.age, err);
    if (st == ST_OK)
        st = take(cf, load, &from, would, told, err);
    if (st == ST_OK)
        json_set_text(*told, "from", from.name);
    else
        json_free(told);
    json_free(&load);
    buf_release(&bytes);
    source_release(&keys);
    return st;
}

enum status handed_undo(struct casefile *cf, bool apply, size_t *changes, struct err *err)
{
    return step_take_back(cf, STEP, apply, changes, err);
}

/* --- settling --------------------------------------------------------------------------------------------------- */

static bool is_about_the_bin(const struct record *d)
{
    struct json *theirs = NULL;
    const char *text = record_or(d, DIFFERENCE_theirs, "null");
    bool bin = str_eq(record_text(d, DIFFERENCE_field), "binned");

    if (!bin && json_parse(&theirs, text, strlen(text), NULL) == ST_OK && json_kind(theirs) == JSON_MAP_)
        bin = json_get(theirs, "binned") != NULL;
    json_free(&theirs);
    return bin;
}

static bool both_can_stand(struct casefile *cf, const struct record *d)
{
    struct ui u = { .store = cf->store, .catalog = cf->catalog };
    struct field_at at = difference_field(d, record_or(d, DIFFERENCE_field, ""));
    const struct question *q;

    if (!at.name[0])
        return true;                    /* a consent, concern or contact: theirs becomes one of its own */
    q = field_question(&u, &at);
    return q && ((q->type == Q_TEXT && q->appearance == APPEAR_MULTILINE) || q->type == Q_SELECT_MULTIPLE);
}

/* What a plan says stands in its form and in its goals and steps: one question to whoever is asked. name: the
 * question's and which of several; empty when it is about neither. */
struct plan_line {
    bool      in_form;
    struct id episode;
    char      name[80];
};

/* ST_OK with *there false: it was let go meanwhile. */
static enum status subject_get(struct store *s, enum table_id t, struct id id, struct record *out, bool *there,
                               struct err *err)
{
    struct err why = { .st = ST_OK };
    enum status st = store_get(s, t, id, out, &why);

    *there = st == ST_OK;
    return st == ST_OK || st == ST_NOTFOUND ? ST_OK : err_set(err, st, "%s", err_text(&why));
}

static enum status rating_line(struct store *s, const struct record *rating, struct plan_line *out, struct err *err)
{
    struct record goal = { .text = NULL };
    bool there;
    enum status st = subject_get(s, T_GOAL, record_id(rating, RATING_goal), &goal, &there, err);

    if (there) {
        out->episode = record_id(&goal, GOAL_episode);
        snprintf(out->name, sizeof out->name, "rating_now#%s", record_or(&goal, GOAL_position, ""));
    }
    record_release(&goal);
    return st;
}

static enum status line_of_plan(struct store *s, const struct record *d, struct plan_line *out, struct err *err)
{
    const char *field = record_or(d, DIFFERENCE_field, "");
    struct record r = { .text = NULL };
    enum table_id t = T_COUNT;
    bool there;
    enum status st;

    *out = (struct plan_line) { .in_form = false };
    if (!table_by_name(record_or(d, DIFFERENCE_entity, ""), &t) ||
        (t != T_RESPONSE && t != T_GOAL && t != T_ACTION && t != T_RATING))
        return ST_OK;
    st = subject_get(s, t, record_id(d, DIFFERENCE_subject), &r, &there, err);
    out->in_form = t == T_RESPONSE;
    if (there && t == T_RATING && str_eq(field, "rating")) {
        st = rating_line(s, &r, out, err);
    } else if (there && t == T_RESPONSE && str_starts(field, "answer.")) {
        out->episode = record_id(&r, RESPONSE_episode);
        str_copy(out->name, sizeof out->name, field + strlen("answer."));
    } else if (there && (t == T_GOAL || t == T_ACTION)) {
        out->episode = record_id(&r, t == T_GOAL ? (int) GOAL_episode : (int) ACTION_episode);
        snprintf(out->name, sizeof out->name, "%s#%s", field,
                 record_or(&r, t == T_GOAL ? (int) GOAL_position : (int) ACTION_position, ""));
    }
    record_release(&r);
    return st;
}

static enum status same_sides(struct store *s, const struct record *a, const struct record *b, bool *same,
                              struct err *err)
{
    struct json *x = NULL, *y = NULL;
    enum status st = ST_OK;

    *same = false;
    if (!str_eq(record_text(a, DIFFERENCE_theirs), record_text(b, DIFFERENCE_theirs)))
        return ST_OK;
    st = store_difference_mine(s, a, &x, err);
    if (st == ST_OK)
        st = store_difference_mine(s, b, &y, err);
    *same = st == ST_OK && json_equal(x, y);
    json_free(&x);
    json_free(&y);
    return st;
}

static enum status twin_of(struct store *s, const struct record *d, struct id *twin, struct err *err)
{
    struct records open = { NULL, 0, 0 };
    struct plan_line line, other;
    enum status st = line_of_plan(s, d, &line, err);

    *twin = ID_NONE;
    if (st == ST_OK && line.name[0])
        st = store_list(s, LIST_DIFFERENCES, ID_NONE, 0, &open, err);
    for (size_t i = 0; st == ST_OK && i < open.count && !id_is_set(*twin); i++) {
        const struct record *x = &open.items[i];
        bool same = false;

        if (!id_eq(record_id(x, DIFFERENCE_person), record_id(d, DIFFERENCE_person)))
            continue;
        st = line_of_plan(s, x, &other, err);
        if (st == ST_OK && line.in_form != other.in_form && str_eq(line.name, other.name) &&
            id_eq(line.episode, other.episode))
            st = same_sides(s, d, x, &same, err);
        if (same)
            *twin = x->id;
    }
    records_release(&open);
    return st;
}

static enum status settle_with_twin(struct store *s, const struct record *d, enum settle how, struct err *err)
{
    struct id twin;
    enum status st = store_begin(s, err);

    if (st != ST_OK)
        return st;
    st = twin_of(s, d, &twin, err);
    if (st == ST_OK)
        st = store_settle(s, d->id, how, err);
    if (st == ST_OK && id_is_set(twin))
        st = store_settle(s, twin, how, err);
    return store_end(s, st, err);
}

enum status handed_settle(struct casefile *cf, struct id difference, enum settle how, struct err *err)
{
    struct record d = { .text = NULL };
    enum status st = store_get(cf->store, T_DIFFERENCE, difference, &d, err);

    if (st == ST_OK && how == SETTLE_BOTH && is_about_the_bin(&d))
        st = err_set(err, ST_INVALID,
                     _("It is in the bin on one laptop, so both cannot stand. Nothing was changed. Keep 1 (mine) or 2 "
                       "(theirs)."));
    else if (st == ST_OK && how == SETTLE_BOTH && !both_can_stand(cf, &d))
        st = err_set(err, ST_INVALID,
                     _("Both cannot stand in this field. Nothing was changed. Keep 1 (mine) or 2 (theirs)."));
    if (st == ST_OK)
        st = settle_with_twin(cf->store, &d, how, err);
    record_release(&d);
    return st;
}

enum status handed_read_out(struct casefile *cf, struct id difference, struct err *err)
{
    struct record d = { .text = NULL };
    enum status st = store_get(cf->store, T_DIFFERENCE, difference, &d, err);
    char why[80];

    if (st == ST_OK) {
        snprintf(why, sizeof why, "revealed: %s", record_or(&d, DIFFERENCE_field, ""));
        st = store_note(cf->store, "person", record_id(&d, DIFFERENCE_person), why, err);
    }
    record_release(&d);
    return st;
}
