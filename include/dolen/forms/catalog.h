/* dolen/forms/catalog.h - where definitions are found: the shipped folder, and the service's own that takes its place.
 *
 * Loads on first use and keeps. Everything handed out is borrowed until catalog_free. */
#ifndef DOLEN_FORMS_CATALOG_H
#define DOLEN_FORMS_CATALOG_H

#include <stdbool.h>
#include <stddef.h>

#include "dolen/base/status.h"
#include "dolen/forms/codes.h"
#include "dolen/forms/dataset.h"
#include "dolen/forms/drill.h"
#include "dolen/forms/form.h"
#include "dolen/forms/letter.h"
#include "dolen/forms/policy.h"
#include "dolen/forms/protocol.h"

struct catalog;

enum def_kind { DEF_FORM, DEF_CODES, DEF_DATA_SET, DEF_POLICY, DEF_PROTOCOL, DEF_DRILL, DEF_LETTER, DEF_COUNT };

/* Shipped folder place_share("forms"), own folder place_config()/forms (protocols also in place_config()/protocols). */
struct catalog *catalog_open(void);
/* The same with folders named; own may be NULL. */
struct catalog *catalog_new(const char *shipped, const char *own);
void            catalog_free(struct catalog **cp);

/* NULL with err set (ST_NOTFOUND, ST_INVALID, ST_IO) when there is none that can be used. */
const struct form     *catalog_form(struct catalog *c, const char *id, struct err *err);
const struct form     *catalog_measure(struct catalog *c, const char *id, struct err *err);     /* kind: measure only */
struct codelist       *catalog_codes(struct catalog *c, const char *id, struct err *err);
const struct data_set *catalog_data_set(struct catalog *c, const char *id, struct err *err);
const struct policy   *catalog_policy(struct catalog *c, const char *id, struct err *err);
const struct drill    *catalog_drill(struct catalog *c, const char *id, struct err *err);
const struct letter_def *catalog_letter(struct catalog *c, const char *id, struct err *err);
/* All protocols that can be used, by their order. Where a service's own file is broken the shipped one stands in for it;
 * one that was never shipped is left out (lint names them). */
const struct protocol *const *catalog_protocols(struct catalog *c, size_t *n);
/* A file of the service could not be used. */
bool                          catalog_protocols_broken(struct catalog *c);

/* The deprivation index that was loaded into the settings folder, or NULL. */
struct wimd;
const struct wimd     *catalog_wimd(struct catalog *c);

/* Ids found in the folders, sorted, each once. Borrowed. */
const char *const *catalog_list(struct catalog *c, enum def_kind kind, size_t *n);
/* The file an id is read from, or NULL. Caller frees. */
char       *catalog_path(struct catalog *c, enum def_kind kind, const char *id);
const char *def_kind_word(enum def_kind kind);              /* the first key of such a file: form, codes, … */

#endif
