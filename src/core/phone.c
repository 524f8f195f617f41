#include "dolen/core/phone.h"

#include <ctype.h>
#include <string.h>

#include "dolen/base/mem.h"
#include "dolen/base/text.h"
#include "dolen/base/banned.h"

enum { FEWEST = 3, MOST = 15 };

void phone_clean(struct buf *out, const char *typed)
{
    size_t from = out->len;

    for (const char *p = typed; *p; p++)
        if (isalnum((unsigned char)*p) || (*p == '+' && out->len == from))
            buf_add_char(out, *p);
    if (out->len == from)
        text_clean(out, typed);
}

bool phone_valid(const char *cleaned)
{
    const char *digits = cleaned + (*cleaned == '+');
    size_t      n = strlen(digits);

    return n >= FEWEST && n <= MOST && strspn(digits, "0123456789") == n;
}


/* Where the blanks stand, by how the number begins: the lengths of area codes in the National Telephone Numbering
 * Plan. */
static const struct {
    const char *begins;
    size_t      first, second;      /* digits in the first two parts */
} parts[] = {
    { "02", 3, 4 }, { "0113", 4, 3 }, { "0114", 4, 3 }, { "0115", 4, 3 }, { "0116", 4, 3 }, { "0117", 4, 3 },
    { "0118", 4, 3 }, { "0121", 4, 3 }, { "0131", 4, 3 }, { "0141", 4, 3 }, { "0151", 4, 3 }, { "0161", 4, 3 },
    { "0191", 4, 3 }, { "03", 4, 3 }, { "08", 4, 3 }, { "0", 5, 6 },
};

void phone_show(struct buf *out, const char *cleaned)
{
    size_t i = 0, len = strlen(cleaned);

    while (i < ARRAY_LEN(parts) && !str_starts(cleaned, parts[i].begins))
        i++;
    if (len != 11 || i == ARRAY_LEN(parts) || strspn(cleaned, "0123456789") != len) {
        buf_add(out, cleaned);
        return;
    }
    buf_add_mem(out, cleaned, parts[i].first);
    buf_add_char(out, ' ');
    buf_add_mem(out, cleaned + parts[i].first, parts[i].second);
    if (parts[i].first + parts[i].second < len)
        buf_addf(out, " %s", cleaned + parts[i].first + parts[i].second);
}
