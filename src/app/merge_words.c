#include "merge_words.h"

#include "dolen/base/lang.h"
#include "dolen/base/banned.h"

void merge_words(const struct json *told, struct buf *out)
{
    int64_t moved = json_int(json_get(told, "moved"));

    buf_addf(out, tr_n("Joined: %lld row moved.", "Joined: %lld rows moved.", (unsigned long) moved),
             (long long) moved);
    if (json_count(json_get(told, "safe_contact")))
        buf_addf(out, " %s", _("The stricter rule for safe contact holds now: read it."));
    if (json_count(json_get(told, "stays")))
        buf_addf(out, " %s", _("Equality answers of both are kept; those of the kept record count."));
}

struct text2 parted_words(const struct json *told)
{
    int64_t back = json_int(json_get(told, "moved_back"));
    struct text2 words = TEXT2(tr_n("Two records again: %lld row went back.", "Two records again: %lld rows went back.",
                                    (unsigned long) back), (long long) back);

    if (json_count(json_get(told, "added_since")) || json_count(json_get(told, "not_moved")))
        text2_append(&words, TEXT2(" %s", _("What was added since stays here: look through it, and move what is the "
                                            "other's.")));
    return words;
}
