/* handover_field.c - one answer of the person: typed, picked, or set on a scale. */
#include "handover_priv.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/banned.h"

#define LINE_BYTES  1000
#define MULTI_BYTES 20000
#define SCALE_STEPS 20
#define CODES_MAX   200

void handover_shut(struct handover *h)
{
    line_free(&h->line);
    multi_free(&h->multi);
    free(h->codes);
    h->codes = NULL;
    h->code_count = 0;
    h->kind = ANSWER_NONE;
    h->focus = FOCUS_FIELD;
    h->top = 0;
    h->touched = false;
    err_clear(&h->refused);
}

static void open_codes(struct handover *h)
{
    size_t n = session_choices(h->session, h->q, 0, NULL, 0);

    h->kind = ANSWER_CODES;
    n = n > CODES_MAX ? CODES_MAX : n;
    h->codes = xcalloc(n + 1, sizeof *h->codes);
    h->code_count = n;
    session_choices(h->session, h->q, 0, h->codes, n);
}

static void open_text(struct handover *h, const char *value)
{
    if (h->q->type == Q_TEXT && h->q->appearance == APPEAR_MULTILINE) {
        h->kind = ANSWER_MULTI;
        h->multi = multi_new(MULTI_BYTES);
        multi_set(h->multi, value);
        return;
    }
    h->kind = ANSWER_LINE;
    h->line = line_new(LINE_BYTES, 0);
    line_set(h->line, value);
}

/* What has been said stands out: the focus goes to it. */
static int focus_of_answer(const struct handover *h)
{
    const char *value = session_value(h->session, h->q, 0);

    if (session_state(h->session, h->q, 0) == MISSING_PREFER_NOT)
        return (int) h->code_count;
    for (size_t i = 0; value && i < h->code_count; i++)
        if (codes_has(value, h->codes[i]->code))
            return (int) i;
    return FOCUS_FIELD;
}

void handover_open(struct handover *h, const struct question *q)
{
    const char *value;

    handover_shut(h);
    h->q = q;
    if (!handover_is_asked(h))
        return;
    value = session_value(h->session, q, 0);
    value = value ? value : "";
    if (q->type == Q_SELECT_ONE || q->type == Q_SELECT_MULTIPLE) {
        open_codes(h);
    } else if (q->type == Q_SCALE && q->to - q->from <= SCALE_STEPS) {
        h->kind = ANSWER_SCALE;
        h->scale = scale_make(q->from, q->to);
        if (*value)
            scale_set(&h->scale, atoi(value));
    } else if (q->type != Q_ACKNOWLEDGE) {
        open_text(h, value);
    }
    h->focus = focus_of_answer(h);
}

static bool passes(struct handover *h, enum status st, const struct err *err)
{
    if (st == ST_OK)
        err_clear(&h->refused);
    else
        h->refused = *err;
    return st == ST_OK;
}

bool handover_keep(struct handover *h)
{
    struct err err = { .st = ST_OK };
    const char *text = h->line ? line_text(h->line) : h->multi ? multi_text(h->multi) : NULL;

    if (!h->touched || !text)
        return true;
    if (!passes(h, session_set(h->session, h->q, 0, text, &err), &err))
        return false;
    h->touched = false;
    return true;
}

static bool rather_not_say(struct handover *h)
{
    struct err err = { .st = ST_OK };
    const struct question *q = h->q;

    if (!passes(h, session_set_missing(h->session, q, 0, MISSING_PREFER_NOT, &err), &err))
        return false;
    handover_open(h, q);
    return true;
}

bool handover_pick(struct handover *h, int answer)
{
    struct err err = { .st = ST_OK };
    enum status st;

    if (answer < 0 || answer >= handover_answers(h))
        return false;
    h->focus = answer;
    if (answer == (int) h->code_count)
        return rather_not_say(h);
    if (h->q->type == Q_SELECT_ONE)
        st = session_set_canonical(h->session, h->q, 0, h->codes[answer]->code, &err);
    else
        st = session_toggle(h->session, h->q, 0, h->codes[answer]->code, &err);
    return passes(h, st, &err);
}

static unsigned scale_typed(struct handover *h, const struct key *k)
{
    struct err err = { .st = ST_OK };
    enum edited r = scale_key(&h->scale, k);
    char text[16];

    if (r == EDIT_PASS)
        return REACT_PASS;
    h->focus = FOCUS_FIELD;
    if (r == EDIT_CHANGED && !h->scale.set) {
        session_clear(h->session, h->q, 0);
    } else if (r == EDIT_CHANGED) {
        snprintf(text, sizeof text, "%d", h->scale.value);
        passes(h, session_set_canonical(h->session, h->q, 0, text, &err), &err);
    }
    return REACT_DRAW;
}

static unsigned text_typed(struct handover *h, const struct key *k)
{
    enum edited r = h->line ? line_key(h->line, k) : multi_key(h->multi, k);

    if (r == EDIT_PASS)
        return REACT_PASS;
    if (r == EDIT_CHANGED) {
        h->touched = true;
        err_clear(&h->refused);
    }
    return REACT_DRAW;
}

/* Number keys pick; nothing else is looked up by letter, so that a stray key answers nothing. */
static unsigned codes_typed(struct handover *h, const struct key *k)
{
    if (k->code == K_TEXT && k->text[0] >= '1' && k->text[0] <= '9' && !k->text[1] &&
        k->text[0] - '1' < handover_answers(h)) {
        handover_pick(h, k->text[0] - '1');
        return REACT_DRAW;
    }
    return REACT_PASS;
}

unsigned handover_field_key(struct handover *h, const struct key *k)
{
    switch (h->kind) {
    case ANSWER_SCALE: return scale_typed(h, k);
    case ANSWER_CODES: return codes_typed(h, k);
    case ANSWER_LINE:
    case ANSWER_MULTI: return h->focus == FOCUS_FIELD ? text_typed(h, k) : (unsigned) REACT_PASS;
    case ANSWER_NONE:
    default:           return REACT_PASS;
    }
}
