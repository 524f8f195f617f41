/* app/yes_word.c - yes and no as they are said: Welsh has a word for each way to ask. */
#include "yes_word.h"

#include "dolen/base/mem.h"
#include "dolen/base/text.h"
#include "dolen/base/banned.h"

int yes_word(const char *typed)
{
    static const char *const yes[] = { "y", "yes", "ie", "i", "ydy", "ydw", "oes", "gwnaf", "iawn", "1" };
    static const char *const no[] = { "n", "no", "na", "nac", "nage", "nac ydy", "nac ydw", "nac oes", "0" };
    struct buf t = BUF_INIT;
    int which = 0;

    text_fold(&t, typed);
    for (size_t i = 0; i < ARRAY_LEN(yes); i++)
        if (str_eq(buf_text(&t), yes[i]))
            which = 1;
    for (size_t i = 0; i < ARRAY_LEN(no); i++)
        if (str_eq(buf_text(&t), no[i]))
            which = -1;
    buf_release(&t);
    return which;
}
