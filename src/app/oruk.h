/* app/oruk.h - Open Referral UK services: in as a table of the asset form's questions, out from the directory. */
#ifndef DOLEN_APP_ORUK_H
#define DOLEN_APP_ORUK_H

#include "casefile.h"
#include "dolen/base/csv_read.h"

/* What --format says, or the ending of the file where it says nothing: *.json is Open Referral UK. */
bool oruk_meant(const char *format, const char *file);
/* A service at several places gives a row a place; the columns id and PLACE_COLUMN (places_book.h) say which belong
 * together. A list of services, or an object with the list under contents, content, services or service. */
enum status oruk_read(struct csv_table *out, struct casefile *cf, const char *text, size_t n, struct err *err);
/* One service; answers are the entry's. */
struct json *oruk_service(struct casefile *cf, struct id id, const struct answers *a);
/* Adds another place of the same offer to a service: a location, and a service_at_location with what is true there. */
void         oruk_place(struct casefile *cf, struct json *service, struct id id, const struct answers *a);

#endif
