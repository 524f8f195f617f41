/* session_typed.c - from what a person types to canonical text, one function for each type. */
#include "session_priv.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/mem.h"
#include "dolen/base/text.h"
#include "dolen/core/nhs.h"
#include "dolen/core/phone.h"
#include "dolen/core/postcode.h"
#include "number.h"

#include "dolen/base/banned.h"

#define NAMED_BYTES 300                 /* of choices, in the sentence that refuses */

typedef enum status typed_fn(const struct session *s, const struct question *q, int repeat, const char *typed,
                             struct buf *out, struct err *err);

/* Every line cleaned, its indent kept, blank lines at the end dropped. */
static void clean_lines(struct buf *out, const char *typed)
{
    for (const char *line = typed; *line;) {
        size_t len = strcspn(line, "\n"), indent = strspn(line, " ");
        char *one = xstrndup(line, len);
        if (indent < len)
            buf_add_mem(out, line, indent);
        text_clean(out, one);
        free(one);
        line += len;
        if (*line) {
            buf_add_char(out, '\n');
            line++;
        }
    }
    while (out->len && (out->s[out->len - 1] == '\n' || out->s[out->len - 1] == ' '))
        buf_remove(out, out->len - 1, 1);
}

static enum status typed_text(const struct session *s, const struct question *q, int repeat, const char *typed,
                              struct buf *out, struct err *err)
{
    (void) s, (void) repeat, (void) err;
    switch (q->appearance) {
    case APPEAR_MULTILINE: clean_lines(out, typed); break;
    case APPEAR_PHONE:     phone_clean(out, typed); break;
    case APPEAR_NHS:       nhs_number_clean(out, typed); break;
    case APPEAR_POSTCODE:  postcode_clean(out, typed); break;
    default:               text_clean(out, typed); break;
    }
    return ST_OK;
}

/* A decimal comma is a decimal point; a number that is none is left for the check to refuse. */
static enum status typed_number(const struct session *s, const struct question *q, int repeat, const char *typed,
                                struct buf *out, struct err *err)
{
    struct buf clean = BUF_INIT;
    double d;

    (void) s, (void) repeat, (void) err;
    text_clean(&clean, typed);
    char *comma = clean.len ? strchr(clean.s, ',') : NULL;
    if (comma && q->type == Q_DECIMAL && !strchr(clean.s, '.'))
        *comma = '.';
    bool whole = !strchr(buf_text(&clean), '.');
    if (number_parse(buf_text(&clean), &d) && (whole || q->type == Q_DECIMAL))
        buf_add(out, number_show(d).s);
    else
        buf_add(out, buf_text(&clean));
    buf_release(&clean);
    return ST_OK;
}

bool session_date(const struct session *s, const struct question *q, const char *typed, struct date *out,
                  enum date_grain *grain)
{
    bool birth = str_eq(q->name, "birth_date");
    enum date_lean lean = birth                          ? DATE_BORN
                          : q->appearance != APPEAR_PAST ? DATE_COMING
                          : q->initial                   ? DATE_PAST
                                                         : DATE_WITH_YEAR;

    *grain = GRAIN_DAY;
    return date_parse_lean(typed, s->today, lean, out) ||
           (birth && form_question(s->form, "birth_precision") && date_parse_vague(typed, s->today, out, grain));
}

static enum status typed_date(const struct session *s, const struct question *q, int repeat, const char *typed,
                              struct buf *out, struct err *err)
{
    enum date_grain grain;
    struct date d;

    (void) repeat, (void) err;
    buf_add(out, session_date(s, q, typed, &d, &grain) ? date_iso(d).s : typed);
    return ST_OK;
}

struct hunt {
    const struct code **offered;
    size_t              count;
};

static struct hunt offered_to(const struct session *s, const struct question *q, int repeat)
{
    struct hunt h = { NULL, session_choices(s, q, repeat, NULL, 0) };

    h.offered = xcalloc(h.count + 1, sizeof *h.offered);
    session_choices(s, q, repeat, h.offered, h.count);
    return h;
}

static bool label_matches(const struct code *c, const char *folded, bool whole)
{
    bool match = false;

    for (int l = 0; l < LANG_COUNT; l++) {
        struct buf label = BUF_INIT;
        if (!c->label.t[l])
            continue;
        text_fold(&label, c->label.t[l]);
        match |= whole ? strcmp(buf_text(&label), folded) == 0 : str_starts(buf_text(&label), folded);
        buf_release(&label);
    }
    return match;
}

/* A code, a number in the list, a whole label, the beginning of exactly one: in this order. *several: more than one. */
static const struct code *find_choice(const struct hunt *h, const char *typed, bool *several)
{
    struct buf folded = BUF_INIT;
    const struct code *found = NULL;
    double n;

    *several = false;
    for (size_t i = 0; i < h->count; i++)
        if (strcasecmp(h->offered[i]->code, typed) == 0)
            return h->offered[i];
    if (number_parse(typed, &n) && n >= 1 && n <= (double) h->count && !strchr(typed, '.'))
        return h->offered[(size_t) n - 1];
    text_fold(&folded, typed);
    for (int whole = 1; whole >= 0 && !found && folded.len; whole--)
        for (size_t i = 0; i < h->count; i++)
            if (label_matches(h->offered[i], folded.s, whole)) {
                *several |= found != NULL;
                found = found ? found : h->offered[i];
            }
    buf_release(&folded);
    return *several ? NULL : found;
}

static void add_labels(const struct hunt *h, struct buf *out)
{
    for (size_t i = 0; i < h->count; i++) {
        if (out->len >= NAMED_BYTES) {
            buf_add(out, "; …");
            return;
        }
        buf_addf(out, "%s%s", i ? "; " : "", text2_now(&h->offered[i]->label));
    }
}

/* As they are read out: in an import and in line mode no list stands on the screen. */
static enum status not_found(const struct hunt *h, bool several, struct err *err)
{
    struct text2 labels;
    struct buf b = BUF_INIT;

    if (several)
        return err_set(err, ST_INVALID, _("More than one choice begins like this. Type more of it, or its number."));
    labels = TEXT2_FROM(b, add_labels(h, &b));
    err_set(err, ST_INVALID, _("This is not one of the choices. Give its number or how it begins: %s"),
            text2_now(&labels));
    text2_release(&labels);
    return ST_INVALID;
}

static enum status typed_one(const struct session *s, const struct question *q, int repeat, const char *typed,
                             struct buf *out, struct err *err)
{
    struct hunt h = offered_to(s, q, repeat);
    struct buf clean = BUF_INIT;
    bool several;

    text_clean(&clean, typed);
    const struct code *c = find_choice(&h, buf_text(&clean), &several);
    if (c)
        buf_add(out, c->code);
    buf_release(&clean);
    enum status st = c ? ST_OK : not_found(&h, several, err);
    free(h.offered);
    return st;
}

static enum status typed_multiple(const struct session *s, const struct question *q, int repeat, const char *typed,
                                  struct buf *out, struct err *err)
{
    struct hunt h = offered_to(s, q, repeat);
    char *parts = xstrdup(typed), *next = NULL;
    const char *ends = typed[strspn(typed, "0123456789 ,;")] ? ",;\n" : " ,;\n";     /* "1 3" */
    enum status st = ST_OK;
    bool several;

    /* A label may itself have a comma. */
    const struct code *whole = find_choice(&h, typed, &several);
    if (whole)
        buf_add(out, whole->code);
    for (char *part = whole ? NULL : strtok_r(parts, ends, &next); part && st == ST_OK;
         part = strtok_r(NULL, ends, &next)) {
        struct buf clean = BUF_INIT;
        text_clean(&clean, part);
        const struct code *c = clean.len ? find_choice(&h, clean.s, &several) : NULL;
        if (clean.len && !c)
            st = not_found(&h, several, err);
        else if (c && !codes_has(buf_text(out), c->code))
            buf_addf(out, "%s%s", out->len ? " " : "", c->code);
        buf_release(&clean);
    }
    free(parts);
    free(h.offered);
    return st;
}

static enum status typed_acknowledge(const struct session *s, const struct question *q, int repeat, const char *typed,
                                     struct buf *out, struct err *err)
{
    static const char *const yes[] = { "1", "y", "yes", "x", "true", "ok", "ie", "ydw", "oes", "do", "iawn" };
    struct buf folded = BUF_INIT;
    const char *word = typed;

    (void) s, (void) q, (void) repeat, (void) err;
    text_fold(&folded, typed);
    for (size_t i = 0; i < ARRAY_LEN(yes); i++)
        if (strcmp(buf_text(&folded), yes[i]) == 0)
            word = "1";
    buf_add(out, word);
    buf_release(&folded);
    return ST_OK;
}

static typed_fn *const typed_fns[Q_COUNT] = {
    [Q_TEXT] = typed_text, [Q_INTEGER] = typed_number, [Q_DECIMAL] = typed_number, [Q_DATE] = typed_date,
    [Q_SELECT_ONE] = typed_one, [Q_SELECT_MULTIPLE] = typed_multiple, [Q_SCALE] = typed_number,
    [Q_ACKNOWLEDGE] = typed_acknowledge,
};

enum status session_typed(const struct session *s, const struct question *q, int repeat, const char *typed,
                          struct buf *out, struct err *err)
{
    if (!typed_fns[q->type])
        return err_set(err, ST_INVALID, _("Nothing can be answered here: it is a heading, or is worked out. Go on "
                                          "to the next question."));
    return typed_fns[q->type](s, q, repeat, typed, out, err);
}
