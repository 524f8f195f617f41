/* dolen/base/mem.h - allocation that ends the program cleanly when memory is gone.
 *
 * For base, core, forms, ui and app, where nothing half-written exists. vault, db and store return ST_NOMEM instead
 * wherever a write is under way. die() gives the terminal back first (see die_hook), prints one sentence, exits 9. */
#ifndef DOLEN_BASE_MEM_H
#define DOLEN_BASE_MEM_H

#include <stdbool.h>
#include <stddef.h>

#define ARRAY_LEN(a) (sizeof(a) / sizeof((a)[0]))

void *xmalloc(size_t n);
void *xcalloc(size_t count, size_t each);
void *xgrow(void *old, size_t count, size_t each);      /* reallocarray that dies */
char *xstrdup(const char *s);                           /* NULL in, NULL out */
char *xstrndup(const char *s, size_t n);
char *xasprintf(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/* Grows a {items, count, cap} array by one and returns a pointer to the zeroed new last item. */
#define ARRAY_ADD(items, count, cap) \
    (((count) == (cap) ? ((cap) = (cap) ? (cap) * 2 : 8, (items) = xgrow((items), (cap), sizeof *(items))) : (items)), \
     memset(&(items)[(count)], 0, sizeof *(items)), &(items)[(count)++])

bool str_eq(const char *a, const char *b);               /* NULL equals only NULL */
bool str_starts(const char *s, const char *prefix);
/* Copies at most size-1 bytes, always terminates, never splits a UTF-8 sequence; false when s did not fit. */
bool str_copy(char *dst, size_t size, const char *src);

/* Called by die() before it prints: the screen restores the terminal here. */
extern void (*die_hook)(void);
_Noreturn void die(int exit_code, const char *sentence);

#endif
