#include "dolen/base/mem.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "dolen/base/lang.h"
#include "dolen/base/status.h"
#include "dolen/base/banned.h"

void (*die_hook)(void);

/* _exit, not exit: with memory gone, handlers that allocate must not run. */
_Noreturn void die(int exit_code, const char *sentence)
{
    if (die_hook)
        die_hook();
    fflush(stdout);
    fprintf(stderr, "dolen: %s\n", sentence);
    _exit(exit_code);
}

static void *checked(void *mem)
{
    if (!mem)
        die(status_exit_code(ST_NOMEM),
            _("Out of memory; the saved case file is as it was; close other programs and start again."));
    return mem;
}

void *xmalloc(size_t n)
{
    return checked(malloc(n ? n : 1));
}

void *xcalloc(size_t count, size_t each)
{
    return checked(calloc(count ? count : 1, each ? each : 1));
}

void *xgrow(void *old, size_t count, size_t each)
{
    return checked(reallocarray(old, count ? count : 1, each ? each : 1));
}

char *xstrdup(const char *s)
{
    return s ? checked(strdup(s)) : NULL;
}

char *xstrndup(const char *s, size_t n)
{
    return checked(strndup(s, n));
}

char *xasprintf(const char *fmt, ...)
{
    char   *s = NULL;
    va_list ap;
    int     n;

    va_start(ap, fmt);
    n = vasprintf(&s, fmt, ap);
    va_end(ap);
    return checked(n < 0 ? NULL : s);
}

bool str_eq(const char *a, const char *b)
{
    return a && b ? strcmp(a, b) == 0 : a == b;
}

bool str_starts(const char *s, const char *prefix)
{
    return s && prefix && strncmp(s, prefix, strlen(prefix)) == 0;
}

bool str_copy(char *dst, size_t size, const char *src)
{
    size_t n = strlen(src), keep = n;

    if (size == 0)
        return false;
    if (keep >= size) {
        keep = size - 1;
        while (keep > 0 && ((unsigned char)src[keep] & 0xC0) == 0x80)
            keep--;
    }
    memcpy(dst, src, keep);
    dst[keep] = '\0';
    return keep == n;
}
