/* dolen/forms/form.h - a form as built from its definition: questions in order, groups and repeats by index.
 *
 * Read-only for everybody but the loader; lives as long as its catalog (or until form_free for one parsed from
 * bytes). */
#ifndef DOLEN_FORMS_FORM_H
#define DOLEN_FORMS_FORM_H

#include <stdbool.h>
#include <stddef.h>

#include "dolen/base/date.h"
#include "dolen/base/lang.h"
#include "dolen/base/status.h"
#include "dolen/forms/codes.h"
#include "dolen/forms/expr.h"
#include "dolen/forms/finding.h"

struct catalog;

/* X(NAME, word in YAML, is answered by a person) */
#define QTYPE_LIST(X)                               \
    X(TEXT,            "text",            true)     \
    X(NOTE,            "note",            false)    \
    X(INTEGER,         "integer",         true)     \
    X(DECIMAL,         "decimal",         true)     \
    X(DATE,            "date",            true)     \
    X(SELECT_ONE,      "select_one",      true)     \
    X(SELECT_MULTIPLE, "select_multiple", true)     \
    X(SCALE,           "scale",           true)     \
    X(ACKNOWLEDGE,     "acknowledge",     true)     \
    X(CALCULATE,       "calculate",       false)    \
    X(GROUP,           "group",           false)    \
    X(REPEAT,          "repeat",          false)

enum qtype {
#define X(name, word, asked) Q_##name,
    QTYPE_LIST(X)
#undef X
    Q_COUNT
};

enum appearance {
    APPEAR_PLAIN, APPEAR_MULTILINE, APPEAR_PHONE, APPEAR_EMAIL, APPEAR_NHS, APPEAR_POSTCODE, APPEAR_PAST,
    APPEAR_RANKED, APPEAR_LIKERT, APPEAR_WHEN, APPEAR_COUNT
};

/* How the Welsh of a measure stands. */
enum wording { WORDING_OFFICIAL, WORDING_DRAFT, WORDING_EN_SHOWN };

struct question {
    char              *name;
    enum qtype         type;
    enum appearance    appearance;
    struct text2       label, hint, constraint_message, item_label, from_label, to_label;
    enum wording       wording;             /* of the label and choices, in Welsh */
    struct text2      *prompts;
    size_t             prompt_count;
    bool               required_always;
    /* NULL: none */
    struct expr       *required, *relevant, *constraint, *initial, *known, *calculation, *choice_filter, *when_skipped;
    bool               from_notes;          /* words of a note may be filed to it */
    struct text2       find_words;          /* what else people call it, blanks between: found by these too */
    char              *core;                /* core data set item it feeds, or NULL */
    struct codelist   *choices;             /* borrowed from the catalog unless choices_owned */
    bool               choices_owned;
    char              *choices_id;          /* NULL for choices in place */
    int                from, to;            /* scale */
    char              *numbers;             /* integer: the repeat whose instance it names by its number, or NULL */
    int                parent;              /* index of the group or repeat around it, -1 at the top */
    int                repeat;              /* index of the repeat around it, -1 outside; a repeat's own is -1 */
    int                end;                 /* groups and repeats: index after the last question inside */
    int                depth;
    int                line, column;
};

struct band {
    double       from, to;
    struct text2 label;
};

struct conversion {
    double from, to;                        /* a total, and what the table makes of it */
};

struct score {
    char         *name;
    struct text2  label;
    int          *items;                    /* question indexes */
    size_t        item_count;
    bool          sum;                      /* else the single item's value */
    struct conversion *table;               /* rule: table: the sum is looked up here, rising; NULL none */
    size_t        table_count;
    bool          lower_is_better;
    double        low, high;
    struct band  *bands;
    size_t        band_count;
    /* a change of this many points is more than the measure's own error; 0: none published */
    double        reliable;
    char         *reliable_source;          /* where that is published */
    int           line, column;
};

struct measure {
    char         *licence, *source;
    bool          self_report_only;
    int           minimum_age;
    struct score *scores;
    size_t        score_count;
};

struct form {
    char            *id;
    int              version;
    bool             is_measure;
    char            *binds;                 /* table, or NULL */
    bool             of_person;             /* subject: person; else episode */
    bool             once;
    bool             handover;              /* may be handed to the person to fill in */
    struct text2     title, about;
    struct question *questions;
    size_t           count, cap;
    struct measure   measure;               /* when is_measure */
    char            *source;                /* the definition's bytes, newline-normalised: what is hashed and kept */
    size_t           source_len;
};

/* Builds a form from bytes (a file's, or those pinned in the case file); code lists come from the catalog.
 * file is only a name for findings. err gets the first fatal finding. */
enum status form_parse(struct form **out, const char *file, const char *s, size_t n, struct catalog *cat,
                       struct err *err);
void        form_free(struct form **fp);
const char *form_source(const struct form *f, size_t *n);
const struct question *form_question(const struct form *f, const char *name);      /* NULL when unknown */
/* One that a service added itself: no measure, stored in no table, and none that the program has a place for. */
bool        form_is_added(const struct form *f);
int         form_index(const struct form *f, const struct question *q);
/* In English always official; in Welsh the weakest wording of any question. */
enum wording form_wording(const struct form *f, enum lang l);
const char *wording_word(enum wording w);                   /* official, draft, en_shown */
const char *qtype_word(enum qtype t);
const char *qtype_label(enum qtype t);                      /* translated, for people */
bool        qtype_asked(enum qtype t);

#endif
