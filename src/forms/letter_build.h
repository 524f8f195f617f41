/* letter_build.h - between the files that build a letter from its nodes and write it out. */
#ifndef DOLEN_FORMS_LETTER_BUILD_H
#define DOLEN_FORMS_LETTER_BUILD_H

#include "build.h"
#include "dolen/forms/expr.h"
#include "dolen/forms/letter.h"

enum letter_fact_kind { LETTER_FACT_TEXT, LETTER_FACT_DATE, LETTER_FACT_CODE, LETTER_FACT_LIST_KIND };

struct letter_block {
    enum letter_block_kind kind;
    struct text2           words;   /* of a line: its label */
    enum letter_fact       value;   /* of a line; LETTER_FACT_COUNT: none */
    struct expr           *when;    /* NULL: always */
};

struct letter_def    *letter_build(struct build *b, const struct node *root);
enum letter_fact      letter_fact_named(const char *name, size_t n);        /* LETTER_FACT_COUNT: there is none */
enum letter_fact_kind letter_fact_kind(enum letter_fact f);

/* The next ${name} in s: where it begins, *n bytes of name, *end behind it. NULL when there is none; *open (may be
 * NULL) then tells of a ${ that nothing closes. */
const char *letter_placeholder(const char *s, const char **name, size_t *n, const char **end, const char **open);

#endif
