/* dolen/ui/field_words.h - a field of a record as people know it: what it is called, and what a value of it says. */
#ifndef DOLEN_UI_FIELD_WORDS_H
#define DOLEN_UI_FIELD_WORDS_H

#include "dolen/base/json.h"
#include "dolen/ui/views.h"

/* As a handover names it (store/carry.h): a column, "answer.hope#2", "binned". person: whose record; may be unset. */
struct field_at {
    enum table_id table;
    struct id     record, person;
    const char   *name;
    bool          shown;                /* somebody asked for it, and the history says so: nothing of it is covered */
};
/* One field of a difference between two laptops; name: the difference's own, or one of a record asked about as a
 * whole. */
struct field_at difference_field(const struct record *difference, const char *name);

/* Appends "Contact · Note · 12 Nov 2026": what, the field when it is one field, and which of several such records. */
void difference_what_put(struct ui *u, const struct record *difference, struct buf *out);
/* The same after the person's name. */
void difference_title_put(struct ui *u, const struct record *difference, struct buf *out);
/* Appends both sides and what there was before, a line each; of a whole record field by field. read_out false: of
 * something serious only how to read it, of what the safe-contact rule covers dots. */
void difference_sides_put(struct ui *u, const struct record *difference, bool read_out, struct buf *out);

/* NULL: no form asks it. Of a response: the question of its own form. Lives as long as the catalog. */
const struct question *field_question(struct ui *u, const struct field_at *f);
/* Appends "Contact", or what the form is called. */
void field_kind_put(struct ui *u, const struct field_at *f, struct buf *out);
/* Appends "Preferred name" in the language that is shown now. */
void field_label_put(struct ui *u, const struct field_at *f, struct buf *out);
/* Appends a value as carried: text, {"missing": word}, or NULL and null for empty. Labels for codes, names for
 * records, dates as people read them, dots for what the person's safe-contact rule covers. */
void field_value_put(struct ui *u, const struct field_at *f, const struct json *value, struct buf *out);
/* The same of a text in a column that no form asks, whatever the rule covers. */
void field_own_value_put(struct ui *u, const struct field_at *f, const char *text, struct buf *out);
/* Whether the rule of the person covers the value. */
bool field_is_covered(struct ui *u, const struct field_at *f);

/* The label, translated, of a column that no form asks; NULL for another. */
const char *column_own_label(const char *column);

#endif
