/* strict.h - reading a JSON object that came from outside: every key, of its type, within its bounds, and no other.
 *
 * The first thing that is wrong is kept and told by strict_done; the reads after it do nothing. */
#ifndef DOLEN_EXCHANGE_STRICT_H
#define DOLEN_EXCHANGE_STRICT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "dolen/base/date.h"
#include "dolen/base/id.h"
#include "dolen/base/json.h"
#include "dolen/exchange/manifest.h"

struct strict {
    const struct json *map;
    const char        *what;            /* N_("The receipt"): for the sentence */
    size_t             taken;
    enum status        st;
    struct err        *err;
};

/* ST_INVALID unless it is a map; ST_NEWER unless "format" (or whatever key) is the one known. */
void strict_begin(struct strict *s, const struct json *map, const char *what, struct err *err);
void strict_format(struct strict *s, const char *key, const char *known);
/* The value of a key, counted as taken; NULL when it is not there or of another kind. */
const struct json *strict_take(struct strict *s, const char *key, enum json_kind kind);
/* Fits in size with its end, is clean UTF-8 without control characters. empty: "" or null may stand there, and gives
 * "". */
void    strict_text(struct strict *s, const char *key, char *out, size_t size, bool empty);
/* exchange_word_is_plain */
void    strict_plain(struct strict *s, const char *key, char *out, size_t size, bool empty);
void    strict_hex(struct strict *s, const char *key, char out[65], bool empty);              /* 64 lower-case digits */
int64_t strict_int(struct strict *s, const char *key, int64_t min, int64_t max);
bool    strict_bool(struct strict *s, const char *key);
void    strict_date(struct strict *s, const char *key, struct date *out);
int64_t strict_instant(struct strict *s, const char *key);                                    /* 2026-02-03T14:07:00Z */
void    strict_id(struct strict *s, const char *key, struct id *out, bool empty);              /* a UUID */
void    strict_source(struct strict *s, const char *key, struct id *out);
/* One of the words; its place. */
int     strict_word(struct strict *s, const char *key, const char *const *words, int count);
/* {"name": n, …}: n counts, from 0. */
void    strict_counts(struct strict *s, const char *key, struct batch_count *out, size_t max, size_t *count);
void    strict_fail(struct strict *s, const char *key);
/* That no other key is there. */
enum status strict_done(struct strict *s);

#endif
