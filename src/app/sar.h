/* app/sar.h - a subject-access pack: all that is kept about a person, as text, as JSON, and what to read before it
 * goes.
 *
 * What is not reviewed yet (concerns and what hints at them, the safe-contact rule) is in neither the text nor the
 * JSON. */
#ifndef DOLEN_APP_SAR_H
#define DOLEN_APP_SAR_H

#include "dolen/ui/field_words.h"
#include "casefile.h"
#include "dolen/base/buf.h"
#include "dolen/base/json.h"

struct sar_pin {
    char         hash[65];
    struct form *form;
};

/* Somebody else in the pack: who or what, in which words, on which line of record.txt; 0: it is only looked for. */
struct sar_other {
    char  *role, *words;
    size_t line;
};

struct sar {
    struct casefile   *cf;
    struct id          person;
    bool               reviewed;
    struct holding    *all;
    size_t             count;
    struct change_row *changes;         /* oldest first */
    size_t             change_count, change_cap;
    struct sar_pin    *pins;
    size_t             pin_count, pin_cap;
    struct sar_other  *others;
    size_t             other_count, other_cap;
    struct buf         text, json, review;
};

enum status sar_make(struct sar *s, struct casefile *cf, struct id person, bool reviewed, struct err *err);
void        sar_release(struct sar *s);

/* --- between its parts --- */

bool sar_holds_row(const struct sar *s, const struct record *r);            /* false: left out until reviewed */
bool sar_holds_name(const struct sar *s, const char *column_or_question);
/* The definition a record was filled in with: pinned under hash, else today's; NULL when there is neither. Borrowed. */
const struct form *sar_form(struct sar *s, const char *id, const char *hash);
/* A value that has just become the last line of the text: is it about somebody else? */
void sar_notice(struct sar *s, const struct record *r, const char *name, const char *label, const char *value);
/* Looked for in the text, wherever it may stand. */
void sar_look_for(struct sar *s, const char *role, const char *words);

/* The question that a column or an answer ("answer.hope#2") of a record answers; NULL. Borrowed. */
const struct question *sar_question(struct sar *s, enum table_id t, struct id id, const char *name);
/* The same for a column: one that is no question, though a form asks one of that name, has none. */
const struct question *sar_column_question(struct sar *s, enum table_id t, struct id id, const char *column);
/* Appends a value in words; q NULL: of a column that no form asks. */
void sar_value_words(struct sar *s, const struct question *q, const struct field_at *f, const char *value,
                     struct buf *out);
const char *sar_kind(enum table_id t);                                      /* "Goal", translated */
/* The same; of a filled-in form what the form is called. Borrowed from its definition. */
const char *sar_kind_of(struct sar *s, const struct record *r);
/* What a column is called that no form asks; NULL: it is kept by the program for itself. */
const char *sar_column_label(const char *column);

enum status sar_text(struct sar *s, struct err *err);
void        sar_history_text(struct sar *s);
enum status sar_json(struct sar *s, struct err *err);
enum status sar_review(struct sar *s, struct err *err);                     /* after the text */

#endif
