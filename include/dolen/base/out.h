/* dolen/base/out.h - what a command gives out: one whole new file, or one JSON document on standard output. */
#ifndef DOLEN_BASE_OUT_H
#define DOLEN_BASE_OUT_H

#include <stddef.h>

#include "dolen/base/json.h"
#include "dolen/base/status.h"

/* A file that must not be there yet; after a failure it is not there. Errors as file_out_open and what follows it. */
enum status out_file(const char *path, const void *bytes, size_t n, struct err *err);
/* One line, with "schema": "PROGRAM/SCHEMA/1". Takes j, and wipes what it wrote through. */
void        out_json(const char *program, const char *schema, struct json *j);

#endif
