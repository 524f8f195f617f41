#include "dolen/core/postcode.h"

#include <ctype.h>
#include <string.h>

#include "dolen/base/text.h"
#include "dolen/base/banned.h"

/* A letter, 9 digit. The inward part is always 9AA, without the letters that are misread: C I K M O V. */
static bool has_shape(const char *s, size_t n, const char *shape)
{
    if (n != strlen(shape))
        return false;
    for (size_t i = 0; i < n; i++) {
        bool fits = shape[i] == '9' ? isdigit((unsigned char)s[i]) != 0 : s[i] >= 'A' && s[i] <= 'Z';

        if (!fits)
            return false;
    }
    return true;
}

static bool is_outward(const char *s, size_t n)
{
    static const char *const shapes[] = { "A9", "A99", "AA9", "AA99", "A9A", "AA9A" };

    for (size_t i = 0; i < sizeof shapes / sizeof shapes[0]; i++)
        if (has_shape(s, n, shapes[i]))
            return true;
    return false;
}

static bool is_inward(const char *s)
{
    return has_shape(s, strlen(s), "9AA") && strcspn(s + 1, "CIKMOV") == 2;
}

bool postcode_valid(const char *canonical)
{
    const char *blank = strchr(canonical, ' ');

    return blank && is_outward(canonical, (size_t)(blank - canonical)) && is_inward(blank + 1);
}

void postcode_clean(struct buf *out, const char *typed)
{
    struct buf clean = BUF_INIT, squeezed = BUF_INIT;

    text_clean(&clean, typed);
    for (size_t i = 0; i < clean.len; i++)
        clean.s[i] = (char)toupper((unsigned char)clean.s[i]);
    for (size_t i = 0; i < clean.len; i++)
        if (!strchr(" -", clean.s[i]))
            buf_add_char(&squeezed, clean.s[i]);
    if (squeezed.len > 3)
        buf_insert(&squeezed, squeezed.len - 3, " ", 1);
    buf_add(out, postcode_valid(buf_text(&squeezed)) ? buf_text(&squeezed) : buf_text(&clean));
    buf_wipe(&clean);
    buf_wipe(&squeezed);
}
