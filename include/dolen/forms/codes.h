/* dolen/forms/codes.h - a code list: what may be chosen, in both languages, and what each choice maps to. */
#ifndef DOLEN_FORMS_CODES_H
#define DOLEN_FORMS_CODES_H

#include <stdbool.h>
#include <stddef.h>

#include "dolen/base/date.h"
#include "dolen/base/lang.h"

struct code {
    char        *code;
    struct text2 label;
    struct text2 hint;
    char        *maps_to, *group, *ons, *nhs, *health_board, *snomed_ct;    /* NULL when not given */
    char        *serves, *words;   /* asset categories: codes of reasons; access features: words that say it is there */
    bool         sensitive;
    struct date  until;             /* from the day after: no longer offered, still shown */
    bool         has_score;
    double       score;
    int          fresh_months;      /* asset categories: how long an entry keeps; 0 not given */
    int          days;              /* within how many days, or after how many to ask again; 0 not given */
    int          weight, per_day, at_most;      /* what is due: how it is ordered, see dolen/core/worklist.h */
    int          line, column;
};

enum list_status { LIST_PROPOSAL, LIST_OFFICIAL, LIST_CENSUS };

struct codelist {
    char            *id;            /* NULL for choices given in place */
    int              version;
    enum list_status status;
    char            *source;
    struct text2     title;
    struct code     *items;
    size_t           count, cap;
};

void               codelist_free(struct codelist **lp);
const struct code *codelist_find(const struct codelist *l, const char *code);    /* NULL when not in the list */
/* current language; the code itself when unknown */
const char        *codelist_label(const struct codelist *l, const char *code);
bool               code_offered(const struct code *c, struct date today);
const char        *code_field(const struct code *c, const char *field);       /* by name, "code" too; NULL when empty */
bool               code_shape_ok(const char *code);                              /* ^[A-Z][A-Za-z0-9._-]*$ */

#endif
