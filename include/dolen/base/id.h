/* dolen/base/id.h - version 4 UUIDs (libuuid), stored as 16 bytes. */
#ifndef DOLEN_BASE_ID_H
#define DOLEN_BASE_ID_H

#include <stdbool.h>
#include <stdint.h>

struct id {
    uint8_t b[16];
};

struct id_text {
    char s[37];
};

extern const struct id ID_NONE;

struct id      id_new(void);                                 /* random, or from the seed when one was set */
void           id_seed(uint64_t seed);                       /* training files: same seed, same ids, same order */
bool           id_is_set(struct id id);
bool           id_eq(struct id a, struct id b);
struct id_text id_show(struct id id);                        /* lower-case 8-4-4-4-12 */
bool           id_parse(const char *s, struct id *out);      /* with or without hyphens */

#endif
