/* session_check.c - does a canonical value pass? Type, range, choices, then the form's own constraint. */
#include "session_priv.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/buf.h"
#include "dolen/base/mem.h"
#include "dolen/base/text.h"
#include "dolen/core/nhs.h"
#include "dolen/core/phone.h"
#include "dolen/core/postcode.h"
#include "number.h"

#include "dolen/base/banned.h"

#define LINE_MAX_BYTES 1000
#define TEXT_MAX_BYTES 60000
#define INTEGER_MAX 1e9
#define NAMED_MOST 12                   /* choices that a refusal names */

typedef enum status check_fn(const struct session *s, const struct question *q, int repeat, const char *value,
                             struct err *err);

static bool email_ok(const char *s)
{
    const char *at = strchr(s, '@');

    return at && at > s && !strchr(at + 1, '@') && strchr(at + 1, '.') && at[strlen(at) - 1] != '.' &&
           at[1] != '.' && !strpbrk(s, " ,;<>\t\n");
}

static enum status check_text(const struct session *s, const struct question *q, int repeat, const char *value,
                              struct err *err)
{
    bool lines = q->appearance == APPEAR_MULTILINE;
    int most = lines ? TEXT_MAX_BYTES : LINE_MAX_BYTES;

    (void) s, (void) repeat;
    if (strlen(value) > (size_t) most)
        return err_set(err, ST_INVALID, _("This text is too long for this question. Shorten it to about %d "
                                          "characters."), most);
    if (!text_is_tame(value, lines))
        return err_set(err, ST_INVALID, _("This text has characters that cannot be shown. Type it again."));
    if (q->appearance == APPEAR_PHONE && !phone_valid(value))
        return err_set(err, ST_INVALID, _("This is not a phone number. Give 3 to 15 digits, with + only at the "
                                          "beginning."));
    if (q->appearance == APPEAR_EMAIL && !email_ok(value))
        return err_set(err, ST_INVALID, _("This is not an e-mail address. Write it like name@example.org, without "
                                          "blanks."));
    if (q->appearance == APPEAR_NHS && !nhs_number_valid(value))
        return err_set(err, ST_INVALID, _("This is not an NHS number: ten digits, and the last one checks the others. "
                                          "Compare it with the letter."));
    if (q->appearance == APPEAR_POSTCODE && !postcode_valid(value))
        return err_set(err, ST_INVALID, _("This is not a postcode. Write it like CF10 1AA."));
    return ST_OK;
}

static enum status check_integer(const struct session *s, const struct question *q, int repeat, const char *value,
                                 struct err *err)
{
    double d;

    (void) s, (void) q, (void) repeat;
    if (strchr(value, '.') || !number_parse(value, &d) || d > INTEGER_MAX || d < -INTEGER_MAX)
        return err_set(err, ST_INVALID, _("This is not a whole number. Type it in digits, like 12."));
    return ST_OK;
}

static enum status check_decimal(const struct session *s, const struct question *q, int repeat, const char *value,
                                 struct err *err)
{
    double d;

    (void) s, (void) q, (void) repeat;
    if (!number_parse(value, &d) || d > INTEGER_MAX || d < -INTEGER_MAX)
        return err_set(err, ST_INVALID, _("This is not a number. Type it in digits, like 12 or 1.5."));
    return ST_OK;
}

/* Day and month in figures, with or without the year, as in 31/2/2026: the way it is written is not what is wrong
 * with it. */
static bool is_day_in_figures(const char *s)
{
    int groups = 0;

    for (; *s; groups++) {
        size_t digits = strspn(s, "0123456789");

        if (digits == 0)
            return false;
        s += digits;
        if (*s && !strchr("/.-", *s++))
            return false;
    }
    return groups == 2 || groups == 3;
}

/* A day and a month that would do with a year. */
static bool lacks_its_year(const struct session *s, const char *value)
{
    struct date d;

    return !date_parse(value, s->today, &d) && date_parse_lean(value, s->today, DATE_PAST, &d);
}

static enum status check_date(const struct session *s, const struct question *q, int repeat, const char *value,
                              struct err *err)
{
    struct date d;

    (void) repeat;
    if (!date_parse_iso(value, &d) && is_day_in_figures(value) && !date_parse_lean(value, s->today, DATE_PAST, &d))
        return err_set(err, ST_INVALID,
                       _("There is no such day. Look at the day and the month; the day comes first, like 3/2/2026."));
    if (!date_parse_iso(value, &d) && lacks_its_year(s, value))
        return err_set(err, ST_INVALID, _("The year is missing. Type it too, like 3/2/2026."));
    if (!date_parse_iso(value, &d))
        return err_set(err, ST_INVALID, _("This is not a date. Type the day first, like 3/2/2026 or 3 Feb."));
    if (q->appearance == APPEAR_PAST && date_compare(d, s->today) > 0)
        return err_set(err, ST_INVALID, _("This day has not come yet (today is %s). Give today or an earlier day."),
                       date_show(s->today).s);
    return ST_OK;
}

/* The codes on offer now, as many as a sentence holds; false where more are on offer. */
static bool offered_codes(const struct session *s, const struct question *q, int repeat, struct buf *out)
{
    const struct code *offered[NAMED_MOST];
    size_t n = session_choices(s, q, repeat, offered, NAMED_MOST);

    for (size_t i = 0; i < n && i < NAMED_MOST; i++)
        buf_addf(out, "%s%s", i ? ", " : "", offered[i]->code);
    return n <= NAMED_MOST;
}

/* what: the message id of the sentence that says which answer was refused. Said of codes: on the screen only what is on
 * offer can be chosen. */
static enum status refuse_choice(const struct session *s, const struct question *q, int repeat, const char *what,
                                 struct err *err)
{
    struct buf codes = BUF_INIT;

    if (offered_codes(s, q, repeat, &codes))
        err_set(err, ST_INVALID, _("%s Choose from: %s"), tr(what), buf_text(&codes));
    else
        err_set(err, ST_INVALID, _("%s Choose from: %s, and more that this lists: dolen form preview %s --names"),
                tr(what), buf_text(&codes), session_form(s)->id);
    buf_release(&codes);
    return ST_INVALID;
}

enum status session_not_a_choice(const struct session *s, const struct question *q, int repeat, struct err *err)
{
    return refuse_choice(s, q, repeat, N_("This is not one of the choices."), err);
}

static bool is_offered(const struct session *s, const struct question *q, int repeat, const char *code)
{
    size_t n = session_choices(s, q, repeat, NULL, 0);
    const struct code **offered = xcalloc(n + 1, sizeof *offered);
    bool found = false;

    session_choices(s, q, repeat, offered, n);
    for (size_t i = 0; i < n; i++)
        found |= strcmp(offered[i]->code, code) == 0;
    free(offered);
    return found;
}

static enum status check_one(const struct session *s, const struct question *q, int repeat, const char *value,
                             struct err *err)
{
    struct buf what = BUF_INIT;

    if (is_offered(s, q, repeat, value) || str_eq(value, session_value(s, q, repeat)))
        return ST_OK;
    if (!codelist_find(q->choices, value))
        return session_not_a_choice(s, q, repeat, err);
    buf_addf(&what, _("%s is not offered here now."), codelist_label(q->choices, value));
    refuse_choice(s, q, repeat, buf_text(&what), err);
    buf_release(&what);
    return ST_INVALID;
}

static enum status check_multiple(const struct session *s, const struct question *q, int repeat, const char *value,
                                  struct err *err)
{
    const char *now = session_value(s, q, repeat);
    enum status st = *value ? ST_OK : session_not_a_choice(s, q, repeat, err);
    char *codes = xstrdup(value), *next = NULL;

    for (char *code = strtok_r(codes, " ", &next); code && st == ST_OK; code = strtok_r(NULL, " ", &next)) {
        if (next && codes_has(next, code))
            st = err_set(err, ST_INVALID, _("%s is chosen twice. Take one of the two out."),
                         codelist_label(q->choices, code));
        else if (!(now && codes_has(now, code)))
            st = check_one(s, q, repeat, code, err);
    }
    free(codes);
    return st;
}

static enum status check_scale(const struct session *s, const struct question *q, int repeat, const char *value,
                               struct err *err)
{
    double d;

    (void) s, (void) repeat;
    if (strchr(value, '.') || !number_parse(value, &d) || d < q->from || d > q->to)
        return err_set(err, ST_INVALID, _("This is not on the scale. Give a whole number from %d to %d."), q->from,
                       q->to);
    return ST_OK;
}

static enum status check_acknowledge(const struct session *s, const struct question *q, int repeat, const char *value,
                                     struct err *err)
{
    (void) s, (void) q, (void) repeat;
    return strcmp(value, "1") == 0 ? ST_OK : err_set(err, ST_INVALID, _("Only yes can be entered here. Type yes, "
                                                                        "or leave it empty."));
}

static check_fn *const checks[Q_COUNT] = {
    [Q_TEXT] = check_text, [Q_INTEGER] = check_integer, [Q_DECIMAL] = check_decimal, [Q_DATE] = check_date,
    [Q_SELECT_ONE] = check_one, [Q_SELECT_MULTIPLE] = check_multiple, [Q_SCALE] = check_scale,
    [Q_ACKNOWLEDGE] = check_acknowledge,
};

static enum status check_constraint(const struct session *s, const struct question *q, int repeat, const char *value,
                                    struct err *err)
{
    enum status st = ST_OK;

    if (!q->constraint)
        return ST_OK;
    struct value v = session_eval(s, q->constraint, q, repeat, value, NULL);
    if (v.kind != VALUE_MISSING && !value_true(&v)) {
        st = *text2_now(&q->constraint_message)
                 ? err_set(err, ST_INVALID, "%s", text2_now(&q->constraint_message))
                 : err_set(err, ST_INVALID,
                           _("This answer does not pass this form's check. Read the question again, and correct the "
                             "answer."));
    }
    value_release(&v);
    return st;
}

enum status session_check(const struct session *s, const struct question *q, int repeat, const char *value,
                          struct err *err)
{
    if (!checks[q->type])
        return err_set(err, ST_INVALID, _("Nothing can be answered here: it is a heading, or is worked out. Go on "
                                          "to the next question."));
    enum status st = checks[q->type](s, q, repeat, value, err);
    return st == ST_OK ? check_constraint(s, q, repeat, value, err) : st;
}

/* --- what is still open or wrong --- */

static void add_problem(struct problems *p, int row, bool open, struct text2 take)
{
    struct problem *x = ARRAY_ADD(p->items, p->count, p->cap);

    x->row = row;
    x->open = open;
    x->sentence = take;
}

/* Which question, and of which one where several are asked the same: "Goal 2". */
static void add_open(const struct session *s, struct problems *p, int row, const struct row *r)
{
    struct text2 which = { { NULL } };
    const struct question *all = session_form(s)->questions, *around = r->q;

    while (around->type != Q_REPEAT && around->parent >= 0)
        around = &all[around->parent];
    if (r->repeat && *text2_now(&around->item_label))
        which = TEXT2("%s %d, ", text2_now(&around->item_label), r->repeat);
    text2_append(&which, TEXT2("%s", text2_now(&r->q->label)));
    add_problem(p, row, true,
                TEXT2(_("Still to be answered: \"%s\". Answer it, or say why there is no answer."), text2_now(&which)));
    text2_release(&which);
}

void session_problems(const struct session *s, struct problems *out)
{
    for (size_t i = 0; i < s->row_count; i++) {
        const struct row *r = &s->rows[i];
        struct err err = { .st = ST_OK };
        if (r->kind != ROW_QUESTION)
            continue;
        const char *value = session_value(s, r->q, r->repeat);
        if (value && session_check(s, r->q, r->repeat, value, &err) != ST_OK)
            add_problem(out, (int) i, false, TEXT2("%s", err_text(&err)));
        else if (session_state(s, r->q, r->repeat) == MISSING_NOT_REACHED && session_required(s, r->q, r->repeat))
            add_open(s, out, (int) i, r);
    }
}

void problems_release(struct problems *p)
{
    for (size_t i = 0; i < p->count; i++)
        text2_release(&p->items[i].sentence);
    free(p->items);
    memset(p, 0, sizeof *p);
}

size_t session_to_go(const struct session *s)
{
    size_t n = 0;

    for (size_t i = 0; i < s->row_count; i++) {
        const struct row *r = &s->rows[i];
        n += r->kind == ROW_QUESTION && session_state(s, r->q, r->repeat) == MISSING_NOT_REACHED &&
             session_required(s, r->q, r->repeat);
    }
    return n;
}
