/* dolen/forms/wimd.h - the Welsh Index of Multiple Deprivation as the service has loaded it: small area to decile.
 *
 * No lookup comes with the program. `dolen wimd load` keeps the published one as wimd.csv in the settings folder. */
#ifndef DOLEN_FORMS_WIMD_H
#define DOLEN_FORMS_WIMD_H

#include <stddef.h>

#include "dolen/base/buf.h"
#include "dolen/base/status.h"

#define WIMD_FILE "wimd.csv"

struct wimd;

/* CSV with a column of small area codes (W01…) and one of deciles, 1 the most deprived. Column names: NULL finds
 * lsoa_code or lsoa, and wimd_decile or decile. ST_INVALID names the line. */
enum status wimd_parse(struct wimd **out, const char *bytes, size_t n, const char *lsoa_column,
                       const char *decile_column, int edition, struct err *err);
/* As wimd_write has it. */
enum status wimd_read(struct wimd **out, const char *path, struct err *err);
void        wimd_write(const struct wimd *w, struct buf *out);
void        wimd_free(struct wimd **wp);
int         wimd_decile(const struct wimd *w, const char *lsoa);       /* 0 when it is not in it, or w is NULL */
int         wimd_edition(const struct wimd *w);                        /* 2025 */
size_t      wimd_count(const struct wimd *w);

#endif
