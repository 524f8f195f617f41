/* number.c - reading and writing numbers without strtod and printf("%f"), which follow the locale. */
#include "number.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "dolen/base/banned.h"

#define DIGITS_MAX 15           /* what a double holds exactly */
#define MICRO 1000000

bool number_parse(const char *s, double *out)
{
    double n = 0, scale = 1;
    int whole = 0, decimals = 0;
    bool minus = *s == '-';

    s += minus;
    for (; *s >= '0' && *s <= '9'; s++, whole++)
        n = n * 10 + (*s - '0');
    if (*s == '.') {
        for (s++; *s >= '0' && *s <= '9'; s++, decimals++) {
            n = n * 10 + (*s - '0');
            scale *= 10;
        }
        if (decimals == 0)
            return false;
    }
    if (*s || whole == 0 || whole + decimals > DIGITS_MAX)
        return false;
    *out = (minus ? -n : n) / scale;
    return true;
}

struct number_text number_show(double d)
{
    struct number_text t = { "" };
    double size = fabs(d);

    if (!isfinite(d) || size >= 1e15)
        return t;
    /* Above 2^53 / 10^6 there are no decimals left to keep. */
    int64_t whole = (int64_t) size;
    int64_t micro = size < 9e9 ? (int64_t) ((size - (double) whole) * MICRO + 0.5) : 0;
    if (micro >= MICRO) {
        whole++;
        micro = 0;
    }
    const char *sign = d < 0 && (whole || micro) ? "-" : "";
    int len = snprintf(t.s, sizeof t.s, "%s%" PRId64, sign, whole);
    if (micro) {
        snprintf(t.s + len, sizeof t.s - (size_t) len, ".%06" PRId64, micro);
        for (size_t end = strlen(t.s); t.s[end - 1] == '0'; end--)
            t.s[end - 1] = '\0';
    }
    return t;
}
