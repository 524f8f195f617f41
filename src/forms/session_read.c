/* session_read.c - what a session shows: rows, states, values in words, choices on offer. */
#include "session_priv.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/mem.h"
#include "dolen/core/day_text.h"
#include "dolen/core/nhs.h"
#include "dolen/core/person.h"
#include "dolen/core/phone.h"

#include "dolen/base/banned.h"

const struct row *session_rows(const struct session *s, size_t *n)
{
    *n = s->row_count;
    return s->rows;
}

int session_find_row(const struct session *s, const char *name, int repeat)
{
    for (size_t i = 0; i < s->row_count; i++) {
        const struct row *r = &s->rows[i];
        if (r->kind != ROW_INSTANCE && str_eq(r->q->name, name) && (repeat == 0 || r->repeat == repeat))
            return (int) i;
    }
    return -1;
}

bool session_relevant(const struct session *s, const struct question *q, int repeat)
{
    return session_place_ok(s, q, repeat) && session_is_relevant(s, form_index(s->form, q), repeat);
}

bool session_required(const struct session *s, const struct question *q, int repeat)
{
    if (q->required_always || !q->required)
        return q->required_always;
    struct value v = session_eval(s, q->required, q, repeat, session_value(s, q, repeat), NULL);
    bool yes = value_true(&v);
    value_release(&v);
    return yes;
}

int session_instances(const struct session *s, const struct question *repeat_q)
{
    return s->instances[form_index(s->form, repeat_q)];
}

const char *session_value(const struct session *s, const struct question *q, int repeat)
{
    return answers_value(s->answers, q->name, repeat);
}

enum missing session_state(const struct session *s, const struct question *q, int repeat)
{
    if (!session_relevant(s, q, repeat))
        return MISSING_SKIPPED;
    return answers_missing(s->answers, q->name, repeat);
}

size_t session_given(const struct session *s)
{
    size_t n, given = 0;
    const struct row *rows = session_rows(s, &n);

    for (size_t i = 0; i < n; i++)
        given += rows[i].kind == ROW_QUESTION && qtype_asked(rows[i].q->type) &&
                 (session_value(s, rows[i].q, rows[i].repeat) ||
                  session_state(s, rows[i].q, rows[i].repeat) != MISSING_NOT_REACHED);
    return given;
}

static void show_codes(const struct question *q, const char *value, struct buf *out)
{
    int n = 0;

    while (*value) {
        size_t len = strcspn(value, " ");
        char *code = xstrndup(value, len);
        if (n++)
            buf_add(out, ", ");
        if (q->appearance == APPEAR_RANKED)
            buf_addf(out, "%d. ", n);
        buf_add(out, codelist_label(q->choices, code));
        free(code);
        value += len + strspn(value + len, " ");
    }
}

/* A birth no closer than it is known. */
static void show_date(const char *value, const char *name, const char *precision, struct buf *out)
{
    struct date d;

    buf_add(out, date_parse_iso(value, &d) ? person_born(d, str_eq(name, "birth_date") ? precision : NULL).s : value);
}

void session_show(const struct session *s, const struct question *q, int repeat, struct buf *out)
{
    const char *value = session_value(s, q, repeat);
    enum missing m = session_state(s, q, repeat);

    if (m == MISSING_SKIPPED || (!value && m != MISSING_NOT_REACHED))
        buf_add(out, missing_label(m));
    else if (!value)
        return;
    else if (q->type == Q_SELECT_ONE || q->type == Q_SELECT_MULTIPLE)
        show_codes(q, value, out);
    else if (q->type == Q_DATE)
        show_date(value, q->name, answers_value(s->answers, "birth_precision", 0), out);
    else if (q->type == Q_ACKNOWLEDGE)
        buf_add(out, _("yes"));
    else if (q->type == Q_TEXT && q->appearance == APPEAR_NHS)
        buf_add(out, nhs_number_show(value).s);
    else if (q->type == Q_TEXT && q->appearance == APPEAR_PHONE)
        phone_show(out, value);
    else if (q->type == Q_TEXT && q->appearance == APPEAR_WHEN)
        day_text_show(value, lang_now(), out);
    else
        buf_add(out, value);
}

size_t session_choices(const struct session *s, const struct question *q, int repeat, const struct code **out,
                       size_t max)
{
    size_t n = 0;

    for (size_t i = 0; q->choices && i < q->choices->count; i++) {
        const struct code *c = &q->choices->items[i];
        bool offered = code_offered(c, s->today);
        if (offered && q->choice_filter) {
            struct value v = session_eval(s, q->choice_filter, q, repeat, NULL, c);
            offered = value_true(&v);
            value_release(&v);
        }
        if (!offered)
            continue;
        if (n < max)
            out[n] = c;
        n++;
    }
    return n;
}
