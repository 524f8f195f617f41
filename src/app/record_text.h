/* app/record_text.h - records as commands print them for people: words, and never codes; --json has those. */
#ifndef DOLEN_APP_RECORD_TEXT_H
#define DOLEN_APP_RECORD_TEXT_H

#include "casefile.h"
#include "dolen/base/buf.h"
#include "dolen/base/json.h"
#include "dolen/store/read.h"

/* A record's JSON as lines "label: value", labels from the form where it has the question. */
void print_record_text(struct casefile *cf, const struct json *j, const char *form);
/* Appends one line of a list: the id, whose it is where whose is true, the first date, then what else is written, up
 * to nine values. A number, a yes or another date stands behind its label, for alone it says nothing. */
void record_line_put(struct casefile *cf, const struct record *rec, bool whose, struct buf *out);
/* The same of a directory entry: id, name, category, where. */
void asset_line_put(struct casefile *cf, const struct asset_row *row, struct buf *out);
/* Appends "Contact: Date, Note" of one change; "Contact: new" of the first one of a record. */
void change_line_put(struct casefile *cf, const struct change_row *c, struct buf *out);

#endif
