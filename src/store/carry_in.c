/* store/carry_in.c - what comes from another laptop, record by record and field by field. */
#include "carry_priv.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/buf.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/core/versions.h"
#include "dolen/vault/hash.h"
#include "owned.h"

#include "dolen/base/banned.h"

#define CARRIED_WHY "from another laptop: "

struct opening {
    struct store *s;
    const char   *source;
    char          why[80];              /* for the history: from whom */
    struct json  *added, *taken, *let_go;
    size_t        conflicts;
};

/* One record being merged. */
struct merging {
    struct opening    *o;
    struct carried    *mine;
    const struct json *fields, *versions;       /* theirs */
    struct json       *seen;            /* field -> version, of what is taken or meets */
    struct json       *past;            /* what was changed there and is not known here */
    bool               mine_newer, theirs_newer, apart, whole, bad;
    enum binning       binning;
};

static const struct json *field_of(const struct json *map, const char *field)
{
    const struct json *v = map ? json_get(map, field) : NULL;

    return v && json_kind(v) == JSON_NULL_ ? NULL : v;
}

static bool same_value(const struct json *a, const struct json *b)
{
    return a == b || (a && b && json_equal(a, b));
}

static struct id person_of(const struct opening *o, const struct carried *c)
{
    struct id person = ID_NONE;

    if (c->table == T_PERSON)
        return c->id;
    owner_of(o->s, &c->record, &person, NULL);
    return person;
}

/* --- what there is to say --------------------------------------------------------------------------------------- */

static void tell_taken(struct opening *o, const struct carried *c, const char *field, const struct json *value)
{
    const struct json *was = field_of(c->fields, field);
    struct id person = person_of(o, c);
    struct json *j;

    if (field_is_quiet(c->table, field))
        return;
    j = json_new_map();

    json_set_text(j, "person", id_is_set(person) ? id_show(person).s : NULL);
    json_set_text(j, "kind", table_name(c->table));
    json_set_text(j, "id", id_show(c->id).s);
    json_set_text(j, "field", field);
    json_set(j, "was", was ? json_copy(was) : json_new_null());
    json_set(j, "is", value ? json_copy(value) : json_new_null());
    json_append(o->taken, j);
}

static void json_text_of(struct buf *out, const struct json *j)
{
    if (j)
        json_write(out, j);
    else
        buf_add(out, "null");
}

/* --- differences ------------------------------------------------------------------------------------------------ */

static enum status difference_of(struct opening *o, const struct carried *c, const char *field, struct record *out,
                                 struct err *err)
{
    struct records open = { NULL, 0, 0 };
    enum status st = store_list(o->s, LIST_DIFFERENCES_OF, c->id, 0, &open, err);
    size_t at = 0;

    while (at < open.count && !(str_eq(record_or(&open.items[at], DIFFERENCE_field, ""), field) &&
                                str_eq(record_text(&open.items[at], DIFFERENCE_peer), o->source)))
        at++;
    if (at < open.count)
        record_copy(out, &open.items[at]);
    else
        record_init(out, T_DIFFERENCE);
    records_release(&open);
    return st;
}

/* theirs: a value, or for a whole record the map of all fields that differ. */
static enum status differ(struct merging *m, const char *field, const struct json *theirs, const struct json *versions,
                          struct err *err)
{
    struct record d = { .text = NULL };
    struct buf value = BUF_INIT, version = BUF_INIT, before = BUF_INIT;
    enum status st = difference_of(m->o, m->mine, field, &d, err);
    bool fresh = !id_is_set(d.id);

    if (st == ST_OK) {
        json_text_of(&value, theirs);
        json_text_of(&version, versions);
        record_set_id(&d, DIFFERENCE_person, person_of(m->o, m->mine));
        record_set_id(&d, DIFFERENCE_subject, m->mine->id);
        record_set(&d, DIFFERENCE_entity, table_name(m->mine->table));
        record_set(&d, DIFFERENCE_field, field);
        record_set(&d, DIFFERENCE_theirs, buf_text(&value));
        record_set(&d, DIFFERENCE_versions, buf_text(&version));
        record_set(&d, DIFFERENCE_peer, m->o->source);
        if (fresh && field[0]) {
            struct json *was = carried_before(m->o->s, m->mine->table, m->mine->id, field,
                                              field_of(m->versions, field));

            json_text_of(&before, was);
            record_set(&d, DIFFERENCE_ancestor, buf_text(&before));
            json_free(&was);
        }
        st = store_put(m->o->s, &d, "two laptops", err);
    }
    m->o->conflicts += st == ST_OK && fresh;
    record_release(&d);
    buf_wipe(&value);
    buf_wipe(&version);
    buf_wipe(&before);
    return st;
}

/* A difference that theirs has seen by now was settled over there: it is no longer asked. */
static enum status settled_there(struct merging *m, const char *field, struct err *err)
{
    struct record d = { .text = NULL };
    enum status st = difference_of(m->o, m->mine, field, &d, err);

    if (st == ST_OK && id_is_set(d.id)) {
        record_set(&d, DIFFERENCE_settled, "SEEN");
        record_set(&d, DIFFERENCE_theirs, NULL);
        record_set(&d, DIFFERENCE_ancestor, NULL);
        st = store_put(m->o->s, &d, "two laptops", err);
    }
    record_release(&d);
    return st;
}

/* --- field by field --------------------------------------------------------------------------------------------- */

static enum versions_order order_of(const struct merging *m, const char *field)
{
    return versions_compare(field_of(m->versions, field), field_of(m->mine->versions, field));
}

static bool same_here(const struct merging *m, const char *field)
{
    return same_value(field_of(m->fields, field), field_of(m->mine->fields, field));
}

/* That a rule passed a question over is nobody's answer: to be asked about, or told, it is as empty as no answer. */
static bool values_meet(const struct merging *m, const char *field)
{
    const struct json *theirs = field_of(m->fields, field), *ours = field_of(m->mine->fields, field);

    return same_value(theirs, ours) || ((!theirs || field_is_by_rule(theirs)) && (!ours || field_is_by_rule(ours)));
}

static void look(void *ctx, const char *field, struct json *unused)
{
    struct merging *m = ctx;
    enum versions_order order = order_of(m, field);

    (void) unused;
    m->theirs_newer |= order == VERSIONS_NEWER;
    m->mine_newer |= order == VERSIONS_OLDER;
    m->apart |= order == VERSIONS_APART && !values_meet(m, field) && !field_is_quiet(m->mine->table, field);
}

/* What both have set and nobody is asked about: an answer goes before what a rule passed over; else, on both laptops,
 * the greater one. */
static bool theirs_goes_before(const struct merging *m, const char *field)
{
    const struct json *theirs = field_of(m->fields, field), *ours = field_of(m->mine->fields, field);
    struct buf a = BUF_INIT, b = BUF_INIT;
    bool greater;

    if (theirs && ours && field_is_by_rule(theirs) != field_is_by_rule(ours))
        return field_is_by_rule(ours);

    json_text_of(&a, theirs);
    json_text_of(&b, ours);
    greater = strcmp(buf_text(&a), buf_text(&b)) > 0;
    buf_release(&a);
    buf_release(&b);
    return greater;
}

static void take(struct merging *m, const char *field, struct json *version)
{
    const struct json *value = field_of(m->fields, field);

    if (!same_here(m, field)) {
        m->bad |= !carried_set(m->mine, field, value);
        if (str_eq(field, "binned"))
            m->binning = value ? BIN_PUT : BIN_TAKE_OUT;
        if (!values_meet(m, field))
            tell_taken(m->o, m->mine, field, value);
    }
    json_set(m->seen, field, version);
}

static bool not_asked(const struct merging *m, const char *field)
{
    const struct json *theirs = field_of(m->fields, field), *ours = field_of(m->mine->fields, field);

    return values_meet(m, field) || field_is_quiet(m->mine->table, field) || (theirs && field_is_by_rule(theirs)) ||
           (ours && field_is_by_rule(ours));
}

struct fields {
    struct merging *m;
    struct json    *whole, *whole_versions;     /* of a record that is asked about as a whole */
    struct json    *asked;              /* fields to ask about: name -> true */
    struct json    *gone;               /* fields whose difference may have been settled over there */
};

static void weigh(void *ctx, const char *field, struct json *unused)
{
    struct fields *f = ctx;
    struct merging *m = f->m;
    enum versions_order order = order_of(m, field);
    const struct json *theirs = field_of(m->versions, field), *ours = field_of(m->mine->versions, field);
    bool both = m->mine_newer || m->apart;

    (void) unused;
    if (order == VERSIONS_SAME || order == VERSIONS_OLDER)
        return;
    if (m->whole && both && !values_meet(m, field) && !field_is_quiet(m->mine->table, field)) {
        const struct json *value = field_of(m->fields, field);

        json_set(f->whole, field, value ? json_copy(value) : json_new_null());
        json_set(f->whole_versions, field, json_copy(theirs));
    } else if (order == VERSIONS_NEWER && !(str_eq(field, "binned") && both)) {
        take(m, field, json_copy(theirs));
        json_set_bool(f->gone, field, true);
    } else if (not_asked(m, field)) {
        if (!same_here(m, field) && theirs_goes_before(m, field))
            take(m, field, versions_join(theirs, ours));
        else
            json_set(m->seen, field, versions_join(theirs, ours));
        json_set_bool(f->gone, field, true);
    } else {
        json_set_bool(f->asked, field, true);
    }
}

struct asking {
    struct merging *m;
    enum status     st;
    struct err     *err;
};

static void ask(void *ctx, const char *field, struct json *unused)
{
    struct asking *a = ctx;

    (void) unused;
    if (a->st == ST_OK)
        a->st = differ(a->m, field, field_of(a->m->fields, field), field_of(a->m->versions, field), a->err);
}

static void let_rest(void *ctx, const char *field, struct json *unused)
{
    struct asking *a = ctx;

    (void) unused;
    if (a->st == ST_OK)
        a->st = settled_there(a->m, field, a->err);
}

/* Mine went into the bin, theirs was worked on: with the fields taken, nobody would see that. */
static bool bin_is_asked(const struct merging *m)
{
    return order_of(m, "binned") == VERSIONS_OLDER && field_of(m->mine->fields, "binned") &&
           !field_of(m->fields, "binned") && (m->theirs_newer || m->apart);
}

/* Of a record that is asked about as a whole it is no question of its own: the two answers could not both be kept to. */
static void ask_of_the_bin(struct fields *f)
{
    const struct json *theirs = field_of(f->m->versions, "binned");

    if (!f->m->whole) {
        json_set_bool(f->asked, "binned", true);
        return;
    }
    json_set(f->whole, "binned", json_new_null());
    json_set(f->whole_versions, "binned", theirs ? json_copy(theirs) : json_new_map());
}

/* Every name that either side has. */
static void name_in(void *ctx, const char *field, struct json *unused)
{
    (void) unused;
    json_set_bool(ctx, field, true);
}

static enum status write_merged(struct merging *m, struct fields *f, struct err *err)
{
    struct asking a = { m, ST_OK, err };

    if (m->bad)
        return err_set(err, ST_INVALID, _("The file holds a value that its place cannot hold. Nothing was changed."
                                          " Ask the colleague to make it again."));
    if (json_count(m->seen))
        a.st = carried_write(m->o->s, m->mine, m->binning, m->o->source, m->seen, false, &m->past, m->o->why, err);
    json_each(f->gone, let_rest, &a);
    if (a.st == ST_OK && json_count(f->whole))
        a.st = differ(m, "", f->whole, f->whole_versions, err);
    else if (a.st == ST_OK && m->whole && (m->theirs_newer || json_count(m->seen)))
        a.st = settled_there(m, "", err);
    json_each(f->asked, ask, &a);
    return a.st;
}

/* It came before, and that was taken back: its place is the bin, though nobody put it there. */
static bool was_taken_back(const struct merging *m)
{
    return m->mine->record.binned && versions_compare(field_of(m->mine->versions, "binned"), NULL) == VERSIONS_SAME &&
           !field_of(m->fields, "binned") && m->theirs_newer && !m->mine_newer;
}

static void count_added(struct opening *o, enum table_id t)
{
    const struct json *n = json_get(o->added, table_name(t));

    json_set_int(o->added, table_name(t), (n ? json_int(n) : 0) + 1);
}

static enum status merge_record(struct merging *m, struct err *err)
{
    struct json *names = json_new_map();
    struct fields f = { m, json_new_map(), json_new_map(), json_new_map(), json_new_map() };
    enum status st;

    json_each(m->versions, name_in, names);
    json_each(m->mine->versions, name_in, names);
    json_each(names, look, m);
    if (was_taken_back(m)) {
        m->binning = BIN_TAKE_OUT;
        count_added(m->o, m->mine->table);      /* whoever opens it again has it anew */
    }
    json_each(names, weigh, &f);
    if (bin_is_asked(m))
        ask_of_the_bin(&f);
    st = write_merged(m, &f, err);
    json_free(&names);
    json_free(&f.whole);
    json_free(&f.whole_versions);
    json_free(&f.asked);
    json_free(&f.gone);
    return st;
}

/* --- a record that is not here ---------------------------------------------------------------------------------- */

static enum status was_let_go(struct store *s, struct id id, bool *gone, struct err *err)
{
    struct stmt *q = NULL;
    enum status st = db_use(s->db, &q, "SELECT 1 FROM change WHERE entity_id = ?1 AND (why IN ('purged', 'forgotten') "
                                       "OR body IS NULL) LIMIT 1", err);

    if (st != ST_OK)
        return st;
    stmt_bind_id(q, 1, id);
    st = stmt_step(q, gone, err);
    stmt_done(q);
    return st;
}

/* A record that was never here, of somebody who was forgotten or let go: nothing of them comes back. */
static enum status owner_let_go(const struct merging *m, enum table_id t, bool *gone, struct err *err)
{
    static const char *const owners[] = { "person", "episode", "goal" };
    enum status st = ST_OK;
    size_t k = 0;
    const char *text;
    struct id id;

    while (k < ARRAY_LEN(owners) && table_column_by_name(t, owners[k]) < 0)
        k++;
    text = k < ARRAY_LEN(owners) ? json_get_text(m->fields, owners[k]) : NULL;
    if (!text || !id_parse(text, &id))
        return ST_OK;
    for (size_t i = 0; i < json_count(m->o->let_go); i++)
        *gone |= str_eq(json_text(json_at(m->o->let_go, i)), text);
    if (!*gone)
        st = was_let_go(m->o->s, id, gone, err);
    return st;
}

static void set_field(void *ctx, const char *field, struct json *value)
{
    struct merging *m = ctx;

    m->bad |= !carried_set(m->mine, field, json_kind(value) == JSON_NULL_ ? NULL : value);
}

static enum status add_record(struct merging *m, struct err *err)
{
    enum status st;

    record_init(&m->mine->record, m->mine->table);
    m->mine->record.id = m->mine->id;
    json_each(m->fields, set_field, m);
    if (m->bad)
        return err_set(err, ST_INVALID, _("The file holds a value that its place cannot hold. Nothing was changed."
                                          " Ask the colleague to make it again."));
    st = carried_write(m->o->s, m->mine, field_of(m->fields, "binned") ? BIN_PUT : BIN_LEAVE, m->o->source,
                       m->versions, false, &m->past, m->o->why, err);
    if (st == ST_OK)
        count_added(m->o, m->mine->table);
    return st;
}

/* --- the load --------------------------------------------------------------------------------------------------- */

static enum status bad_load(struct err *err)
{
    return err_set(err, ST_INVALID,
                   _("What is in the file is not a handover that this program understands. Nothing was changed. Ask "
                     "for it again."));
}

static enum status take_record(struct opening *o, const struct json *j, struct err *err)
{
    struct carried mine = { .fields = NULL };
    struct merging m = { .o = o, .mine = &mine, .fields = json_get(j, "fields"), .versions = json_get(j, "versions"),
                         .seen = json_new_map() };
    enum table_id t = T_COUNT;
    struct id id;
    bool gone = false;
    enum status st;

    if (!json_get_text(j, "table") || !table_by_name(json_get_text(j, "table"), &t) || !is_carried(t) ||
        !json_get_text(j, "id") || !id_parse(json_get_text(j, "id"), &id) || !m.fields ||
        json_kind(m.fields) != JSON_MAP_ || !m.versions || json_kind(m.versions) != JSON_MAP_) {
        json_free(&m.seen);
        return bad_load(err);
    }
    m.whole = table_is_whole(t);
    st = was_let_go(o->s, id, &gone, err);
    if (st == ST_OK && !gone)
        st = owner_let_go(&m, t, &gone, err);
    if (st == ST_OK && gone)
        json_append(o->let_go, json_new_text(id_show(id).s));
    if (st == ST_OK && !gone && !past_in(o->s, t, id, json_get(j, "past"), o->source, &m.past))
        st = bad_load(err);
    if (st == ST_OK && !gone) {
        st = carried_read(o->s, t, id, &mine, err);
        st = st == ST_NOTFOUND ? add_record(&m, err) : st == ST_OK ? merge_record(&m, err) : st;
    }
    carried_release(&mine);
    json_free(&m.seen);
    json_free(&m.past);
    return st;
}

/* Whatever stands under a hash later counts as the wording that was asked in: it must be that text. */
static bool is_hash_of(const char *hash, const char *yaml)
{
    char hex[DEFINITION_HASH];
    uint8_t h[32];

    hash_once(h, yaml, strlen(yaml));
    hex_of(hex, h, sizeof h);
    return str_eq(hash, hex);
}

static enum status take_definition(struct store *s, const struct json *j, struct err *err)
{
    const char *hash = json_get_text(j, "hash"), *form = json_get_text(j, "form"), *yaml = json_get_text(j, "yaml");
    const struct json *version = json_get(j, "version");
    struct stmt *q = NULL;
    enum status st;

    if (!hash || !form || !yaml || !version || json_kind(version) != JSON_INT_ || !is_hash_of(hash, yaml))
        return bad_load(err);
    st = db_use(s->db, &q, "INSERT INTO form_definition(hash, form, version, yaml, at) VALUES (?1, ?2, ?3, ?4, ?5) "
                           "ON CONFLICT(hash) DO NOTHING", err);
    if (st != ST_OK)
        return st;
    stmt_bind_text(q, 1, hash);
    stmt_bind_text(q, 2, form);
    stmt_bind_int(q, 3, json_int(version));
    stmt_bind_blob(q, 4, yaml, strlen(yaml));
    stmt_bind_int(q, 5, clock_now());
    return stmt_run(q, err);
}

static enum status take_all(struct opening *o, const struct json *load, struct err *err)
{
    const struct json *definitions = json_get(load, "definitions"), *records = json_get(load, "records");
    struct lineages l = { NULL, 0, 0 };
    enum status st = lineages_read(o->s, &l, err);

    lineages_release(&l);
    if (st == ST_OK &&
        (!definitions || json_kind(definitions) != JSON_LIST_ || !records || json_kind(records) != JSON_LIST_))
        st = bad_load(err);
    if (st == ST_OK)
        st = db_exec(o->s->db, "PRAGMA defer_foreign_keys = ON", err);
    for (size_t i = 0; st == ST_OK && i < json_count(definitions); i++)
        st = take_definition(o->s, json_at(definitions, i), err);
    for (size_t i = 0; st == ST_OK && i < json_count(records); i++)
        st = take_record(o, json_at(records, i), err);
    return st;
}

static enum status tell(struct opening *o, struct json **told, struct err *err)
{
    struct records waiting = { NULL, 0, 0 };
    enum status st = store_list(o->s, LIST_DIFFERENCES, ID_NONE, 0, &waiting, err);

    *told = json_new_map();
    json_set(*told, "added", json_copy(o->added));
    json_set(*told, "taken", json_copy(o->taken));
    json_set(*told, "let_go", json_copy(o->let_go));
    json_set_int(*told, "conflicts", (int64_t) o->conflicts);
    json_set_int(*told, "waiting", (int64_t) waiting.count);
    records_release(&waiting);
    return st;
}

enum status store_carry_in(struct store *s, const struct json *load, const char *source, const char *name,
                           struct json **told, struct err *err)
{
    struct opening o = { s, source, CARRIED_WHY, json_new_map(), json_new_list(), json_new_list(), 0 };
    bool own = false;
    enum status st = tx_enter(s, &own, err);

    if (name && *name)
        str_copy(o.why + strlen(o.why), sizeof o.why - strlen(o.why), name);

    *told = NULL;
    if (st == ST_OK)
        st = tx_leave(s, own, take_all(&o, load, err), err);
    if (st == ST_OK)
        st = tell(&o, told, err);
    json_free(&o.added);
    json_free(&o.taken);
    json_free(&o.let_go);
    return st;
}
