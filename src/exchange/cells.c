/* cells.c - values into cells. Each type has one function, which writes the cell or refuses the value: nothing that
 * could be read as another type, as a formula or as text gets past it. */
#include "columns.h"

#include <string.h>

#include "dolen/base/mem.h"
#include "dolen/base/banned.h"

static bool is_digit(char ch)
{
    return ch >= '0' && ch <= '9';
}

static bool put_id(struct rows *r, const struct column *c, const char *v)
{
    size_t n = strlen(v);

    (void) c;
    if (n != 33)
        return false;
    csv_plain(r->csv, v, n);
    return true;
}

static bool may_be_named(const struct rows *r, const struct column *c, const char *code)
{
    return !c->hide_sensitive ||
           (!lsoa_leaves(r->job) && policy_allows_sensitive(r->job->policy, c->item->table, code));
}

/* NULL: not a code of the column. */
static const char *code_that_leaves(const struct rows *r, const struct column *c, const char *v)
{
    const struct code *code;

    if (!c->codes)
        return code_shape_ok(v) ? v : NULL;
    code = codelist_find(c->codes, v);
    /* the bands are the policy's, and need not be those of the list */
    if (!code && c->rule && str_eq(c->rule->name, "age_band"))
        return v;
    if (!code)
        return NULL;
    return code->sensitive && !may_be_named(r, c, v) ? WITHHELD : code->code;
}

static bool put_code(struct rows *r, const struct column *c, const char *v)
{
    const char *code = code_that_leaves(r, c, v);

    if (!code)
        return false;
    csv_plain(r->csv, code, strlen(code));
    return true;
}

static bool put_codes(struct rows *r, const struct column *c, const char *v)
{
    char one[64], all[1024];
    size_t used = 0;

    for (v += strspn(v, " "); *v; v += strspn(v, " ")) {
        size_t n = strcspn(v, " ");
        const char *code;

        if (n >= sizeof one)
            return false;
        memcpy(one, v, n);
        one[n] = '\0';
        v += n;
        code = code_that_leaves(r, c, one);
        all[used] = '\0';
        if (!code)
            return false;
        if (str_eq(code, WITHHELD) && codes_has(all, WITHHELD))
            continue;
        n = strlen(code);
        if (used + n + 2 > sizeof all)
            return false;
        if (used)
            all[used++] = ' ';
        memcpy(all + used, code, n);
        used += n;
    }
    if (used == 0)
        return false;
    csv_plain(r->csv, all, used);
    return true;
}

static bool is_day(const char *v)
{
    static const char shape[] = "dddd-dd-dd";

    for (size_t i = 0; i < sizeof shape - 1; i++)
        if (shape[i] == 'd' ? !is_digit(v[i]) : v[i] != shape[i])
            return false;
    return v[sizeof shape - 1] == '\0';
}

static bool put_date(struct rows *r, const struct column *c, const char *v)
{
    (void) c;
    if (!is_day(v))
        return false;
    csv_plain(r->csv, v, r->job->policy->dates == DATES_MONTH ? strlen("2026-04") : strlen("2026-04-01"));
    return true;
}

static bool put_month(struct rows *r, const struct column *c, const char *v)
{
    size_t n = strlen("2026-04");

    (void) c;
    if (strlen(v) < n || !is_digit(v[0]) || v[4] != '-' || !is_digit(v[6]))
        return false;
    csv_plain(r->csv, v, n);
    return true;
}

static bool put_quarter(struct rows *r, const struct column *c, const char *v)
{
    (void) c;
    if (!quarter_shape_ok(v))
        return false;
    csv_plain(r->csv, v, strlen(v));
    return true;
}

static bool put_number(struct rows *r, const char *v, bool point)
{
    size_t n = *v == '-', digits = n;

    while (is_digit(v[n]) || (point && v[n] == '.' && n > digits)) {
        point = point && v[n] != '.';
        n++;
    }
    if (v[n] || n == digits || v[n - 1] == '.' || n > 19)
        return false;
    csv_plain(r->csv, v, n);
    return true;
}

static bool put_integer(struct rows *r, const struct column *c, const char *v)
{
    (void) c;
    return put_number(r, v, false);
}

static bool put_decimal(struct rows *r, const struct column *c, const char *v)
{
    (void) c;
    return put_number(r, v, true);
}

static bool put_flag(struct rows *r, const struct column *c, const char *v)
{
    (void) c;
    if ((v[0] != '0' && v[0] != '1') || v[1])
        return false;
    csv_plain(r->csv, v, 1);
    return true;
}

static bool put_nothing(struct rows *r, const struct column *c, const char *v)
{
    (void) c;
    (void) v;
    csv_plain(r->csv, "", 0);
    return true;
}

static bool (*const put[ITEM_COUNT])(struct rows *r, const struct column *c, const char *v) = {
    [ITEM_ID] = put_id, [ITEM_CODE] = put_code, [ITEM_CODES] = put_codes, [ITEM_DATE] = put_date,
    [ITEM_MONTH] = put_month,
    [ITEM_QUARTER] = put_quarter,
    [ITEM_INTEGER] = put_integer, [ITEM_DECIMAL] = put_decimal, [ITEM_FLAG] = put_flag, [ITEM_TEXT_NONE] = put_nothing,
};

static void put_state(struct rows *r, const struct column *c, const char *state)
{
    if (c->has_state)
        csv_plain(r->csv, state, strlen(state));
}

static void cell(struct rows *r, struct column *c)
{
    enum missing why = MISSING_NOT_REACHED;
    const char *v = NULL;

    if (c->withheld) {
        csv_plain(r->csv, WITHHELD, strlen(WITHHELD));
        put_state(r, c, "");
        return;
    }
    if (!c->fixed_state && c->item->type != ITEM_TEXT_NONE)
        v = c->value(r, c, &why);
    if (v && put[c->item->type](r, c, v)) {
        put_state(r, c, "");
        return;
    }
    if (v) {
        r->unusable++;
        why = MISSING_NOT_KNOWN;
    }
    csv_plain(r->csv, "", 0);
    put_state(r, c,
              c->fixed_state ? c->fixed_state :
              c->kept_back   ? WITHHELD :
                               missing_csv(why == MISSING_NONE ? MISSING_NOT_REACHED : why));
}

void cells_row(struct rows *r)
{
    for (size_t i = 0; i < r->count; i++)
        cell(r, &r->columns[i]);
    csv_end_row(r->csv);
}

void cells_header(struct csv *csv, const struct rows *r)
{
    for (size_t i = 0; i < r->count; i++) {
        const char *name = r->columns[i].item->item;

        csv_plain(csv, name, strlen(name));
        if (r->columns[i].has_state) {
            csv_raw(csv, ",", 1);
            csv_raw(csv, name, strlen(name));
            csv_raw(csv, MISSING_SUFFIX, strlen(MISSING_SUFFIX));
        }
    }
    csv_end_row(csv);
    csv->rows = 0;
}
