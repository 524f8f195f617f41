/* dolen/forms/expr.h - the expression language of docs/forms.md.
 *
 * Parsed once, evaluated often, no side effects, bounded: 2,000 bytes, 32 deep, 400 nodes. Missing propagates through
 * everything but missing(), coalesce(), sum() and count(); `and` and `or` know that false and-ed with anything is
 * false. */
#ifndef DOLEN_FORMS_EXPR_H
#define DOLEN_FORMS_EXPR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "dolen/base/date.h"
#include "dolen/base/status.h"

enum value_kind { VALUE_MISSING, VALUE_NUMBER, VALUE_TEXT, VALUE_BOOL, VALUE_LIST };

struct value {
    enum value_kind kind;
    double          number;
    bool            truth;
    char           *text;           /* dates are YYYY-MM-DD, codes as they are */
    struct value   *items;          /* VALUE_LIST: one for each repeat instance */
    size_t          count;
};
#define VALUE_INIT { VALUE_MISSING, 0, false, NULL, NULL, 0 }

struct value value_missing(void);
struct value value_number(double n);
struct value value_text(const char *s);         /* copies; NULL gives missing */
struct value value_bool(bool b);
void         value_append(struct value *list, struct value take);
void         value_release(struct value *v);
bool         value_true(const struct value *v); /* missing counts as false */
char        *value_canonical(const struct value *v);    /* "7", "2.5", text, "1"/"0"; NULL when missing; caller frees */

/* What names mean. Each call fills out (already missing) and may leave it so. */
struct expr_env {
    void       *ctx;
    void      (*name)(void *ctx, const char *name, struct value *out);      /* ${name} */
    void      (*self)(void *ctx, struct value *out);                        /* . ; may be NULL */
    void      (*field)(void *ctx, const char *name, struct value *out);     /* name, of a choice; may be NULL */
    struct date today;
    int64_t     now;                                                        /* for the time of day */
};

struct expr;

/* On failure: ST_INVALID, *at = byte offset of the trouble, err says what is wrong there. */
enum status  expr_parse(struct expr **out, const char *s, size_t *at, struct err *err);
void         expr_free(struct expr **ep);
const char  *expr_text(const struct expr *e);                               /* as written */
struct value expr_eval(const struct expr *e, const struct expr_env *env);   /* caller releases */

/* For lint. at = byte offset in the text. */
enum expr_ref { EXPR_NAME, EXPR_FIELD, EXPR_SELF, EXPR_AGGREGATE /* ${name} inside sum() or count() */ };
void expr_each_ref(const struct expr *e, void (*fn)(void *ctx, enum expr_ref kind, const char *name, size_t at),
                   void *ctx);
/* Every place where ${name} is compared with 'CODE' by = or != or selected(). */
void expr_each_code(const struct expr *e, void (*fn)(void *ctx, const char *name, const char *code, size_t at),
                    void *ctx);

#endif
