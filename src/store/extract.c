/* extract.c - walking an extract: one statement gives the rows, and whatever it does not carry is asked beside it,
 * once a row and only when somebody wants it. What a period means stands in extract_sql.c. */
#include "dolen/store/read.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dolen/base/buf.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "extract_priv.h"
#include "store_priv.h"

#include "dolen/base/banned.h"

/* A column number is a kind, a place (part, side) and an index. */
enum kind { IN_ROW, IN_PART, IN_SIDE, IN_ANSWERS, MADE };
#define COLUMN_OF(kind, place, index) ((int) (kind) << 24 | (int) (place) << 16 | (int) (index))
#define KIND(column)  ((enum kind) ((column) >> 24))
#define PLACE(column) ((column) >> 16 & 0xff)
#define INDEX(column) ((column) & 0xffff)

/* A question without a column: a row of answer. */
struct wanted {
    char        *form, *question;
    uint64_t     row;                    /* of the answer kept here */
    struct buf   value;
    enum missing missing;
};

struct wanted_list {
    struct wanted *items;
    size_t         count, cap;
};

struct extract {
    struct store              *s;
    const struct extract_spec *spec;
    enum extract_id            which;
    struct stmt               *rows, *own_answer, *form_answer;
    struct beside              parts[PART_COUNT];
    struct side_state          sides[SIDE_COUNT];
    int                        base[EXTRACT_PARTS + 1];      /* first column of each part, then of the extras */
    struct wanted_list        *wanted;
    uint64_t                   row;
    struct made_state          made;
    char                       rank_text[16];
    char                       code[64];                     /* NEED: this row's code, and those to come */
    const char                *codes;
    int                        rank;
    struct date                month, last_month;            /* CAPACITY */
    bool                       whole_period;
    enum status                st;                           /* of a question beside the row: told at the next row */
    struct err                 err;
};

bool extract_by_name(const char *table, enum extract_id *out)
{
    for (int i = 0; i < EXTRACT_COUNT; i++)
        if (str_eq(extract_specs[i].table, table)) {
            *out = (enum extract_id) i;
            return true;
        }
    return false;
}

/* --- opening ---------------------------------------------------------------------------------------------------- */

/* A whole period asks for rows at random places beside each of its own (answers, consents, what hangs on an episode),
 * and one table after the other asks for the same ones: with the ordinary cache most pages are read and deciphered
 * many times. Taken page by page as it is needed: some hundred people take some MiB. Refused, it is slower, no more. */
void extracts_begin(struct store *s)
{
    db_exec(s->db, "PRAGMA cache_size = -262144", NULL);
}

void extracts_end(struct store *s)
{
    db_exec(s->db, "PRAGMA cache_size = -8192; PRAGMA shrink_memory", NULL);
}

static enum status open_spec(struct extract **out, struct store *s, enum extract_id which, const char *sql,
                             struct err *err)
{
    struct extract *x = xcalloc(1, sizeof *x);
    int at = KEY_COUNT, i = 0;

    x->s = s;
    x->which = which;
    x->made.of_episode = which == EXTRACT_EPISODE;
    x->wanted = xcalloc(1, sizeof *x->wanted);
    x->spec = &extract_specs[which];
    for (; i < EXTRACT_PARTS && x->spec->parts[i] != PART_COUNT; i++) {
        x->base[i] = at;
        at += 1 + table_column_count(part_specs[x->spec->parts[i]].t);
    }
    x->base[i] = at;
    x->st = db_prepare(s->db, &x->rows, sql, err);
    if (x->st != ST_OK) {
        enum status st = x->st;

        extract_close(&x);
        return st;
    }
    *out = x;
    return ST_OK;
}

static struct date month_end(struct date d)
{
    return date_add_days(date_add_months((struct date) { d.year, d.month, 1 }, 1), -1);
}

/* The first whole quarter, and the day by which the last one has to be over. */
static void bind_quarters(struct extract *x, struct date from, struct date until, struct date today)
{
    struct date first = { from.year, (from.month - 1) / 3 * 3 + 1, 1 },
                settled = date_add_days(today, -REPORTS_SETTLED_DAYS);

    if (date_compare(first, from) < 0)
        first = date_add_months(first, 3);
    stmt_bind_text(x->rows, 1, date_iso(first).s);
    stmt_bind_text(x->rows, 2, date_iso(date_compare(until, settled) < 0 ? until : settled).s);
}

enum status extract_open(struct extract **out, struct store *s, enum extract_id which, struct date from,
                         struct date until, struct err *err)
{
    enum status st = open_spec(out, s, which, extract_specs[which].all, err);
    struct date today = clock_today();

    if (st != ST_OK)
        return st;
    (*out)->whole_period = true;
    if (which == EXTRACT_CAPACITY) {
        (*out)->month = month_end(from);
        (*out)->last_month = month_end(date_compare(until, today) < 0 ? until : today);
        stmt_bind_text((*out)->rows, 1, date_iso((*out)->month).s);
        return ST_OK;
    }
    if (which == EXTRACT_SAFEGUARDING) {
        bind_quarters(*out, from, until, today);
        return ST_OK;
    }
    stmt_bind_text((*out)->rows, 1, date_iso(from).s);
    stmt_bind_text((*out)->rows, 2, date_iso(until).s);
    return ST_OK;
}

enum status extract_open_one(struct extract **out, struct store *s, struct id episode, struct err *err)
{
    enum status st = open_spec(out, s, EXTRACT_EPISODE, extract_specs[EXTRACT_EPISODE].one, err);

    if (st == ST_OK)
        stmt_bind_id((*out)->rows, 1, episode);
    return st;
}

void extract_close(struct extract **xp)
{
    struct extract *x = xp ? *xp : NULL;

    if (!x)
        return;
    for (size_t i = 0; i < ARRAY_LEN(x->parts); i++)
        stmt_free(&x->parts[i].q);
    for (size_t i = 0; i < ARRAY_LEN(x->sides); i++)
        side_release(&x->sides[i]);
    for (size_t i = 0; i < x->wanted->count; i++) {
        free(x->wanted->items[i].form);
        free(x->wanted->items[i].question);
        buf_wipe(&x->wanted->items[i].value);
    }
    free(x->wanted->items);
    free(x->wanted);
    stmt_free(&x->rows);
    stmt_free(&x->own_answer);
    stmt_free(&x->form_answer);
    free(x);
    *xp = NULL;
}

/* --- rows ------------------------------------------------------------------------------------------------------- */

/* The next code of a list, into x->code; false at its end. */
static bool next_code(struct extract *x)
{
    size_t n;

    if (!x->codes)
        return false;
    x->codes += strspn(x->codes, " ");
    n = strcspn(x->codes, " ");
    if (n == 0)
        return false;
    snprintf(x->code, sizeof x->code, "%.*s", (int) n, x->codes);
    x->codes += n;
    x->rank++;
    return true;
}

/* A row for each code of a referral's reasons. */
static enum status next_need(struct extract *x, bool *row, struct err *err)
{
    enum status st;

    if (next_code(x)) {
        *row = true;
        return ST_OK;
    }
    while ((st = stmt_step(x->rows, row, err)) == ST_OK && *row) {
        x->codes = stmt_text(x->rows, x->base[0] + 1 + REFERRAL_reasons);
        x->rank = 0;
        if (next_code(x))
            return ST_OK;
    }
    x->codes = NULL;
    return st;
}

static enum status next_of_months(struct extract *x, bool *row, struct err *err)
{
    enum status st = ST_OK;

    *row = false;
    while (date_compare(x->month, x->last_month) <= 0) {
        st = stmt_step(x->rows, row, err);
        if (st != ST_OK || *row)
            return st;
        x->month = month_end(date_add_days(x->month, 1));
        stmt_done(x->rows);
        stmt_bind_text(x->rows, 1, date_iso(x->month).s);
    }
    return st;
}

enum status extract_next(struct extract *x, bool *row, struct err *err)
{
    *row = false;
    if (x->st != ST_OK) {
        if (err)
            *err = x->err;
        return x->st;
    }
    x->row++;
    if (x->which == EXTRACT_NEED)
        return next_need(x, row, err);
    if (x->which == EXTRACT_CAPACITY)
        return next_of_months(x, row, err);
    return stmt_step(x->rows, row, err);
}

/* --- finding columns -------------------------------------------------------------------------------------------- */

static bool part_has_form(enum part p, const char *form)
{
    return str_eq(part_specs[p].forms[0], form) || (part_specs[p].forms[1] && str_eq(part_specs[p].forms[1], form));
}

/* Where a part stands in the row itself; -1 when it does not. */
static int part_base(const struct extract *x, enum part p)
{
    for (int i = 0; i < EXTRACT_PARTS && x->spec->parts[i] != PART_COUNT; i++)
        if (x->spec->parts[i] == p)
            return x->base[i];
    return -1;
}

static enum part part_of_form(const struct extract *x, const char *form)
{
    for (int p = 0; p < PART_COUNT; p++)
        if (part_has_form((enum part) p, form) && (part_specs[p].beside || part_base(x, (enum part) p) >= 0))
            return (enum part) p;
    return PART_COUNT;
}

static int column_of_id(const struct extract *x, const char *name)
{
    static const char *const keys[] = { "person", "episode", "referral" };      /* in the order of enum extract_key */
    enum part p = x->spec->parts[0];
    int c;

    if (str_eq(name, x->spec->own))
        return COLUMN_OF(IN_ROW, 0, KEY_OWN);
    for (size_t i = 0; i < ARRAY_LEN(keys); i++)
        if (str_eq(keys[i], name))
            return COLUMN_OF(IN_ROW, 0, i);
    c = p == PART_COUNT ? -1 : table_column_by_name(part_specs[p].t, name);
    return c < 0 ? -1 : COLUMN_OF(IN_ROW, 0, x->base[0] + 1 + c);
}

/* Of assets, of reports: no records. */
static bool counts_only(const struct extract *x)
{
    return x->which == EXTRACT_CAPACITY || x->which == EXTRACT_SAFEGUARDING;
}

/* A count has no version, and only a need has a rank. */
static bool makes(const struct extract *x, size_t made)
{
    return made < MADE_ROW_VERSION || (made == MADE_ROW_VERSION ? !counts_only(x) : x->which == EXTRACT_NEED);
}

static int column_of_rule(const struct extract *x, const char *source)
{
    int extras = 0;

    while (extras < EXTRACT_PARTS && x->spec->parts[extras] != PART_COUNT)
        extras++;
    for (int i = 0; i < EXTRACT_EXTRAS && x->spec->extras[i]; i++)
        if (str_eq(x->spec->extras[i], source))
            return COLUMN_OF(IN_ROW, 0, x->base[extras] + i);
    for (size_t i = 0; i < MADE_COUNT; i++)
        if (str_eq(made_names[i], source) && makes(x, i))
            return COLUMN_OF(MADE, 0, i);
    for (int k = 0; k < SIDE_COUNT; k++)
        for (int i = 0; i < SIDE_COLUMNS && side_specs[k].names[i]; i++)
            if (str_eq(side_specs[k].names[i], source) && (k != SIDE_RATINGS || x->which == EXTRACT_GOAL))
                return COLUMN_OF(IN_SIDE, k, i);
    return -1;
}

static int column_wanted(const struct extract *x, const char *form, const char *question)
{
    struct wanted_list *list = x->wanted;
    struct wanted *w;

    for (size_t i = 0; i < list->count; i++)
        if (str_eq(list->items[i].form, form) && str_eq(list->items[i].question, question))
            return COLUMN_OF(IN_ANSWERS, 0, i);
    if (list->count >= 0xffff || counts_only(x))
        return -1;
    w = ARRAY_ADD(list->items, list->count, list->cap);
    w->form = xstrdup(form);
    w->question = xstrdup(question);
    return COLUMN_OF(IN_ANSWERS, 0, list->count - 1);
}

int extract_column(const struct extract *x, const char *source)
{
    char form[48];
    const char *dot = strchr(source, '.');
    enum part p;
    int c;

    if (!dot || (size_t) (dot - source) >= sizeof form)
        return -1;
    for (size_t i = 0; i < extract_alias_count; i++)
        if (str_eq(extract_aliases[i].name, source))
            return extract_column(x, extract_aliases[i].means);
    snprintf(form, sizeof form, "%.*s", (int) (dot - source), source);
    if (str_eq(form, "id"))
        return column_of_id(x, dot + 1);
    if (str_eq(form, "derive") || str_eq(form, "rule"))
        return column_of_rule(x, source);
    p = part_of_form(x, form);
    if (p == PART_COUNT || (c = table_column_by_name(part_specs[p].t, dot + 1)) < 0)
        return column_wanted(x, form, dot + 1);
    return part_base(x, p) >= 0 ? COLUMN_OF(IN_ROW, 0, part_base(x, p) + 1 + c) : COLUMN_OF(IN_PART, p, 1 + c);
}

/* --- values ----------------------------------------------------------------------------------------------------- */

static void failed(struct extract *x, enum status st)
{
    if (st != ST_OK && x->st == ST_OK)
        x->st = st;
}

static struct id key_of(struct extract *x, enum extract_key k)
{
    return stmt_id(x->rows, k);
}

static struct stmt *part_row(struct extract *x, enum part p)
{
    const struct part_spec *spec = &part_specs[p];

    return beside_row(&x->parts[p], x->s->db, spec->beside, key_of(x, spec->key), &x->st, &x->err) ? x->parts[p].q :
                                                                                                     NULL;
}

static const char *value_beside(struct extract *x, enum side k, int column)
{
    const struct side_spec *spec = &side_specs[k];

    return side_value(&x->sides[k], x->s->db, spec, column, key_of(x, spec->key), x->whole_period, &x->st, &x->err);
}

/* Which record a form's answers without a column belong to; not set: to the newest response of that form. */
static struct id answer_owner(struct extract *x, const char *form)
{
    enum part p = part_of_form(x, form);
    struct stmt *beside;

    if (p == PART_COUNT)
        return ID_NONE;
    if (part_base(x, p) >= 0)
        return stmt_id(x->rows, part_base(x, p));
    beside = part_row(x, p);
    return beside ? stmt_id(beside, 0) : ID_NONE;
}

static enum status answer_ask(struct extract *x, struct wanted *w)
{
    bool of_record = part_of_form(x, w->form) != PART_COUNT, row = false;
    struct stmt **q = of_record ? &x->own_answer : &x->form_answer;
    enum status st = ST_OK;
    const char *value;

    if (!*q)
        st = db_prepare(x->s->db, q, of_record
            ? "SELECT value, missing FROM answer WHERE owner = ?1 AND question = ?2 AND repeat = 0"
            : "SELECT value, missing FROM answer WHERE question = ?2 AND repeat = 0 AND owner = (SELECT id "
              "FROM response "
              "WHERE person = ?1 AND form = ?3 AND (episode = ?4 OR episode IS NULL) AND state = 'FINAL' "
              "AND binned_at IS NULL "
              "ORDER BY held_on DESC, row_no DESC LIMIT 1)", &x->err);
    if (st != ST_OK)
        return st;
    stmt_done(*q);
    stmt_bind_id(*q, 1, of_record ? answer_owner(x, w->form) : key_of(x, KEY_PERSON));
    stmt_bind_text(*q, 2, w->question);
    if (!of_record) {
        stmt_bind_text(*q, 3, w->form);
        stmt_bind_id(*q, 4, key_of(x, KEY_EPISODE));
    }
    st = stmt_step(*q, &row, &x->err);
    value = row ? stmt_text(*q, 0) : NULL;
    if (value)
        buf_add(&w->value, value);
    if (row && !value && stmt_text(*q, 1))
        missing_parse(stmt_text(*q, 1), &w->missing);
    stmt_done(*q);
    return st;
}

static const char *answer_value(struct extract *x, struct wanted *w)
{
    if (w->row != x->row) {
        buf_clear(&w->value);
        w->missing = MISSING_NOT_REACHED;
        w->row = x->row;
        if (x->st == ST_OK)
            failed(x, answer_ask(x, w));
    }
    return w->value.len ? w->value.s : NULL;
}

static const char *made(struct extract *x, enum made m)
{
    if (m == MADE_NEED_CODE)
        return x->code;
    if (m != MADE_NEED_RANK)
        return made_value(&x->made, x, m);
    snprintf(x->rank_text, sizeof x->rank_text, "%d", x->rank);
    return x->rank_text;
}

const char *extract_value(struct extract *x, int column)
{
    struct stmt *q = NULL;

    if (column < 0)
        return NULL;
    switch (KIND(column)) {
    case IN_ROW:     q = x->rows; break;
    case IN_PART:    q = part_row(x, (enum part) PLACE(column)); break;
    case IN_SIDE:    return value_beside(x, (enum side) PLACE(column), INDEX(column));
    case IN_ANSWERS: return answer_value(x, &x->wanted->items[INDEX(column)]);
    case MADE:       return made(x, (enum made) INDEX(column));
    }
    return q ? stmt_text(q, INDEX(column)) : NULL;
}

struct id extract_id_value(struct extract *x, int column)
{
    struct stmt *q = column < 0 ? NULL : KIND(column) == IN_ROW ? x->rows
                   : KIND(column) == IN_PART ? part_row(x, (enum part) PLACE(column)) : NULL;

    return q ? stmt_id(q, INDEX(column)) : ID_NONE;
}

/* --- missing states --------------------------------------------------------------------------------------------- */

/* name's state in "birth_date:NK lsoa:PNTS" */
static enum missing state_in(const char *states, const char *name)
{
    size_t n = strlen(name);
    enum missing m = MISSING_NOT_REACHED;
    char word[16];

    for (const char *p = states; p && *p; p += strcspn(p, " "), p += strspn(p, " ")) {
        if (strncmp(p, name, n) != 0 || p[n] != ':')
            continue;
        snprintf(word, sizeof word, "%.*s", (int) strcspn(p + n + 1, " "), p + n + 1);
        missing_parse(word, &m);
        break;
    }
    return m;
}

static enum missing state_of(struct stmt *q, int base, enum table_id t, int column)
{
    int states = table_column_by_name(t, "missing");

    return states < 0 ? MISSING_NOT_REACHED : state_in(stmt_text(q, base + 1 + states), table_column_name(t, column));
}

static enum missing state_in_row(struct extract *x, int index)
{
    for (int i = 0; i < EXTRACT_PARTS && x->spec->parts[i] != PART_COUNT; i++) {
        enum table_id t = part_specs[x->spec->parts[i]].t;
        int c = index - x->base[i] - 1;

        if (c >= 0 && c < table_column_count(t))
            return state_of(x->rows, x->base[i], t, c);
    }
    return MISSING_NOT_REACHED;
}

enum missing extract_missing(struct extract *x, int column)
{
    struct stmt *q;

    if (column < 0)
        return MISSING_NOT_REACHED;
    if (extract_value(x, column))
        return MISSING_NONE;
    switch (KIND(column)) {
    case IN_ROW:
        return state_in_row(x, INDEX(column));
    case IN_PART:
        q = part_row(x, (enum part) PLACE(column));
        return q ? state_of(q, 0, part_specs[PLACE(column)].t, INDEX(column) - 1) : MISSING_NOT_REACHED;
    case IN_ANSWERS:
        return x->wanted->items[INDEX(column)].missing;
    case MADE:
        return INDEX(column) != MADE_DECISION ? MISSING_NOT_REACHED
             : extract_missing(x, extract_column(x, "referral.decision"));
    case IN_SIDE:
        break;
    }
    return MISSING_NOT_REACHED;
}

static const char *fact_value(void *ctx, const char *source, enum missing *why)
{
    struct extract *x = ctx;
    int column = extract_column(x, source);
    const char *v = extract_value(x, column);

    if (why)
        *why = v ? MISSING_NONE : extract_missing(x, column);
    return v;
}

struct facts extract_facts(struct extract *x)
{
    return (struct facts) { x, fact_value };
}
