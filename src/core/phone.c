#include "dolen/core/phone.h"

#include <ctype.h>
#include <string.h>

#include "dolen/base/banned.h"

enum { FEWEST = 3, MOST = 15 };

void phone_clean(struct buf *out, const char *typed)
{
    size_t from = out->len;

    for (; *typed; typed++)
        if (isdigit((unsigned char)*typed) || (*typed == '+' && out->len == from))
            buf_add_char(out, *typed);
}

bool phone_valid(const char *cleaned)
{
    const char *digits = cleaned + (*cleaned == '+');
    size_t      n = strlen(digits);

    return n >= FEWEST && n <= MOST && strspn(digits, "0123456789") == n;
}

