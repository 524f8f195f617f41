/* dolen/base/json.h - JSON values (jansson lives here). Counted references: whoever gets a value from json_new_*,
 * json_parse* or json_copy owns it and gives it back with json_free; *_set and *_append take ownership of the value. */
#ifndef DOLEN_BASE_JSON_H
#define DOLEN_BASE_JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "dolen/base/buf.h"
#include "dolen/base/status.h"

/* jansson has functions of these names: ours must not take their place when its library is loaded. */
#define json_copy  dolen_json_copy
#define json_equal dolen_json_equal
#define json_real  dolen_json_real

struct json;

enum json_kind { JSON_NULL_, JSON_BOOL_, JSON_INT_, JSON_REAL_, JSON_TEXT_, JSON_LIST_, JSON_MAP_ };

struct json *json_new_map(void);
struct json *json_new_list(void);
struct json *json_new_text(const char *s);                   /* NULL gives null */
struct json *json_new_int(int64_t n);
struct json *json_new_real(double d);
struct json *json_new_bool(bool b);
struct json *json_new_null(void);
struct json *json_copy(const struct json *j);
void         json_free(struct json **jp);

/* Refuses duplicate keys, bad UTF-8, more than max_bytes. The sentence carries line and column. */
enum status json_parse(struct json **out, const char *s, size_t n, struct err *err);
enum status json_read_file(struct json **out, const char *path, size_t max_bytes, struct err *err);

enum json_kind json_kind(const struct json *j);
const char  *json_text(const struct json *j);                /* "" unless text */
int64_t      json_int(const struct json *j);
double       json_real(const struct json *j);                /* ints too */
bool         json_bool(const struct json *j);
size_t       json_count(const struct json *j);               /* items of a list or map */
struct json *json_at(const struct json *j, size_t i);        /* borrowed; NULL outside */
struct json *json_get(const struct json *j, const char *key);/* borrowed; NULL when absent */
const char  *json_get_text(const struct json *j, const char *key);   /* NULL when absent or not text */

void json_set(struct json *map, const char *key, struct json *take);
void json_set_text(struct json *map, const char *key, const char *s);
void json_set_int(struct json *map, const char *key, int64_t n);
void json_set_bool(struct json *map, const char *key, bool b);
void json_remove(struct json *map, const char *key);
void json_append(struct json *list, struct json *take);
/* key order: as inserted */
void json_each(const struct json *map, void (*fn)(void *ctx, const char *key, struct json *v), void *ctx);

void json_write(struct buf *out, const struct json *j);      /* compact, insertion order, UTF-8 */
void json_write_pretty(struct buf *out, const struct json *j);
bool json_equal(const struct json *a, const struct json *b);

#endif
