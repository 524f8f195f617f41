/* dolen/forms/lint.h - everything wrong with a definition file, gathered. The first key tells what kind it is. */
#ifndef DOLEN_FORMS_LINT_H
#define DOLEN_FORMS_LINT_H

#include <stddef.h>

#include "dolen/base/status.h"
#include "dolen/forms/catalog.h"
#include "dolen/forms/finding.h"

/* Appends findings, sorted by place. cat gives code lists and the forms that data sets name. */
void        lint_bytes(const char *file, const char *s, size_t n, struct catalog *cat, struct findings *out);
/* Fails only when the file cannot be read. */
enum status lint_file(const char *path, struct catalog *cat, struct findings *out, struct err *err);

#endif
