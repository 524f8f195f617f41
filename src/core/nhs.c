#include "dolen/core/nhs.h"

#include <stdio.h>
#include <string.h>

#include "dolen/base/mem.h"
#include "dolen/base/banned.h"

void nhs_number_clean(struct buf *out, const char *typed)
{
    for (; *typed; typed++) {
        if (str_starts(typed, "\xC2\xA0"))                  /* a no-break space, from a pasted letter */
            typed++;
        else if (!strchr(" \t\r\n-", *typed))
            buf_add_char(out, *typed);
    }
}

static bool is_ten_digits(const char *s)
{
    return strlen(s) == 10 && strspn(s, "0123456789") == 10;
}

/* Weights 10 to 2 on the first nine; 11 less the remainder is the last, 11 counts as 0, and 10 is never given out.
 * Ten identical digits pass the sum now and then, and are always somebody filling in a box. */
bool nhs_number_valid(const char *digits)
{
    int sum = 0, check;

    if (!is_ten_digits(digits) || strspn(digits, (char[]){ digits[0], '\0' }) == 10)
        return false;
    for (int i = 0; i < 9; i++)
        sum += (digits[i] - '0') * (10 - i);
    check = 11 - sum % 11;
    return check != 10 && check % 11 == digits[9] - '0';
}

struct nhs_text nhs_number_show(const char *digits)
{
    struct nhs_text out;

    if (is_ten_digits(digits))
        snprintf(out.s, sizeof out.s, "%.3s %.3s %.4s", digits, digits + 3, digits + 6);
    else
        str_copy(out.s, sizeof out.s, digits);
    return out;
}
