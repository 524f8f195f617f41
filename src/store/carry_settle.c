/* store/carry_settle.c - a difference between two laptops, settled by a person: the change says that it has seen
 * both. */
#include "carry_priv.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/buf.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/core/answer.h"
#include "dolen/core/versions.h"

#include "dolen/base/banned.h"

struct settling {
    struct store  *s;
    struct record  d;
    struct carried mine;
    struct json   *theirs, *versions;   /* of one field, or maps of fields for a whole record */
    struct json   *seen;
    enum settle    how;
    enum binning   binning;
    bool           bad;
};

static const char *text_of(const struct json *j)
{
    return j && json_kind(j) == JSON_TEXT_ ? json_text(j) : NULL;
}

/* Mine, and below it theirs; of codes each once. */
static struct json *both_of(const struct settling *x, const char *field, const struct json *theirs)
{
    const char *a = text_of(json_get(x->mine.fields, field)), *b = text_of(theirs);
    int c = table_column_by_name(x->mine.table, field);
    bool codes = c >= 0 && tables[x->mine.table].columns[c].type == COL_CODES;
    struct json *j;
    char *both;

    if (!a || !b)
        return json_new_text(a ? a : b);
    if (!codes) {
        both = xasprintf("%s\n%s", a, b);
        j = json_new_text(both);
        free(both);
        return j;
    }
    both = xstrdup(a);
    for (const char *p = b; *p; p += strcspn(p, " "), p += strspn(p, " ")) {
        char *code = xstrndup(p, strcspn(p, " "));

        if (!codes_has(both, code)) {
            char *more = codes_toggle(both, code);

            free(both);
            both = more;
        }
        free(code);
    }
    j = json_new_text(both);
    free(both);
    return j;
}

static void put(struct settling *x, const char *field, const struct json *value)
{
    bool none = !value || json_kind(value) == JSON_NULL_;
    struct id asset;

    x->bad |= !carried_set(&x->mine, field, none ? NULL : value);
    if (x->mine.table == T_CONNECTION && str_eq(field, "asset") && id_parse(text_of(value), &asset))
        record_set_id(&x->mine.record, CONNECTION_asset, asset_now(x->s, asset));
    if (str_eq(field, "binned"))
        x->binning = none ? BIN_TAKE_OUT : BIN_PUT;
}

static void saw(struct settling *x, const char *field, const struct json *version)
{
    json_set(x->seen, field, versions_join(json_get(x->mine.versions, field), version));
}

static void settle_field(struct settling *x, const char *field)
{
    struct json *both;

    saw(x, field, x->versions);
    if (x->how == SETTLE_THEIRS)
        put(x, field, x->theirs);
    if (x->how == SETTLE_BOTH) {
        both = both_of(x, field, x->theirs);
        put(x, field, both);
        json_free(&both);
    }
}

static void put_each(void *ctx, const char *field, struct json *value)
{
    put(ctx, field, value);
}

static void saw_each(void *ctx, const char *field, struct json *version)
{
    saw(ctx, field, version);
}

/* Theirs beside mine, as a record of its own. */
static enum status stand_beside(struct settling *x, struct err *err)
{
    struct settling copy = *x;
    struct write w = { .record = &copy.mine.record, .answers = &copy.mine.answers, .why = "both kept" };
    enum status st;

    copy.mine = (struct carried) { .table = x->mine.table, .answers = ANSWERS_INIT };
    record_copy(&copy.mine.record, &x->mine.record);
    copy.mine.record.id = ID_NONE;
    copy.mine.record.binned = false;
    answers_copy(&copy.mine.answers, &x->mine.answers);
    json_each(x->theirs, put_each, &copy);
    st = copy.bad ? err_set(err, ST_INVALID, _("The other version cannot be kept here. Nothing was changed."
                                               " Keep mine or theirs.")) :
                    write_apply(x->s, &w, err);
    carried_release(&copy.mine);
    return st;
}

static enum status settle_whole(struct settling *x, struct err *err)
{
    json_each(x->versions, saw_each, x);
    if (x->how == SETTLE_THEIRS)
        json_each(x->theirs, put_each, x);
    return x->how == SETTLE_BOTH ? stand_beside(x, err) : ST_OK;
}

static enum status settled(struct settling *x, struct err *err)
{
    static const char *const words[] = { [SETTLE_MINE] = "MINE", [SETTLE_THEIRS] = "THEIRS", [SETTLE_BOTH] = "BOTH" };

    record_set(&x->d, DIFFERENCE_settled, words[x->how]);
    record_set(&x->d, DIFFERENCE_theirs, NULL);
    record_set(&x->d, DIFFERENCE_ancestor, NULL);
    return store_put(x->s, &x->d, "two laptops", err);
}

static enum status read_difference(struct settling *x, struct id id, struct err *err)
{
    const char *theirs, *versions;
    enum table_id t;
    enum status st = store_get(x->s, T_DIFFERENCE, id, &x->d, err);

    if (st == ST_OK && (x->d.binned || record_text(&x->d, DIFFERENCE_settled)))
        return err_set(err, ST_NOTFOUND, _("This difference is settled already. Nothing was changed."
                                           " The list shows those that wait."));
    if (st != ST_OK)
        return st;
    theirs = record_or(&x->d, DIFFERENCE_theirs, "null");
    versions = record_or(&x->d, DIFFERENCE_versions, "{}");
    if (!table_by_name(record_or(&x->d, DIFFERENCE_entity, ""), &t))
        return err_set(err, ST_DB_DAMAGED, _("The difference names a table that is not there. Nothing was changed."
                                             " Update Dolen on this laptop, and settle it then."));
    st = json_parse(&x->theirs, theirs, strlen(theirs), err);
    if (st == ST_OK)
        st = json_parse(&x->versions, versions, strlen(versions), err);
    return st == ST_OK ? carried_read(x->s, t, record_id(&x->d, DIFFERENCE_subject), &x->mine, err) : st;
}

static enum status settle(struct settling *x, struct id id, struct err *err)
{
    const char *field;
    enum status st = read_difference(x, id, err);

    if (st == ST_NOTFOUND && err && !err_text(err)[0])
        return err_set(err, ST_NOTFOUND, _("The record that this is about is no longer here. Nothing was changed."
                                           " Look in the bin, or keep mine."));
    if (st != ST_OK)
        return st;
    field = record_or(&x->d, DIFFERENCE_field, "");
    if (field[0])
        settle_field(x, field);
    else
        st = settle_whole(x, err);
    if (st == ST_OK && x->bad)
        st = err_set(err, ST_INVALID, _("The other version cannot be kept here. Nothing was changed."
                                        " Keep mine or theirs."));
    if (st == ST_OK)
        st = carried_write(x->s, &x->mine, x->binning, record_or(&x->d, DIFFERENCE_peer, ""), x->seen, true, NULL,
                           "two laptops", err);
    return st == ST_OK ? settled(x, err) : st;
}

enum status store_settle(struct store *s, struct id difference, enum settle how, struct err *err)
{
    struct settling x = { .s = s, .seen = json_new_map(), .how = how };
    bool own = false;
    enum status st = tx_enter(s, &own, err);

    if (st == ST_OK)
        st = tx_leave(s, own, settle(&x, difference, err), err);
    record_release(&x.d);
    carried_release(&x.mine);
    json_free(&x.theirs);
    json_free(&x.versions);
    json_free(&x.seen);
    return st;
}

struct side {
    const struct json *fields;
    struct json       *out;
};

static void side_take(void *ctx, const char *field, struct json *unused)
{
    struct side *side = ctx;
    const struct json *v = json_get(side->fields, field);

    (void) unused;
    json_set(side->out, field, v ? json_copy(v) : json_new_null());
}

enum status store_difference_mine(struct store *s, const struct record *difference, struct json **out, struct err *err)
{
    const char *field = record_or(difference, DIFFERENCE_field, ""),
               *theirs = record_or(difference, DIFFERENCE_theirs, "null");
    struct carried mine = { .fields = NULL };
    struct json *other = NULL;
    enum table_id t = T_PERSON;
    enum status st = json_parse(&other, theirs, strlen(theirs), err);

    *out = NULL;
    table_by_name(record_or(difference, DIFFERENCE_entity, ""), &t);
    if (st == ST_OK)
        st = carried_read(s, t, record_id(difference, DIFFERENCE_subject), &mine, err);
    if (st == ST_OK && field[0]) {
        const struct json *v = json_get(mine.fields, field);

        *out = v ? json_copy(v) : json_new_null();
    } else if (st == ST_OK) {
        struct side side = { mine.fields, json_new_map() };

        json_each(other, side_take, &side);
        *out = side.out;
    }
    json_free(&other);
    carried_release(&mine);
    return st;
}
