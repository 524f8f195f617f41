#include "merge_words.h"

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/store/tables.h"
#include "dolen/ui/views.h"
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

/* What is due follows from the rest and is not counted: "Form: 1; Contact: 2". */
static void kinds_put(const struct json *told, const char *const *lists, struct buf *out)
{
    size_t per[T_COUNT] = { 0 };
    const char *between = "";
    enum table_id t;

    for (; *lists; lists++)
        for (size_t i = 0; i < json_count(json_get(told, *lists)); i++)
            if (table_by_name(json_get_text(json_at(json_get(told, *lists), i), "kind"), &t) && t != T_TASK)
                per[t]++;
    for (int k = 0; k < T_COUNT; k++)
        if (per[k]) {
            buf_addf(out, "%s%s: %zu", between, bin_kind_label((enum table_id) k), per[k]);
            between = "; ";
        }
}

/* Appends a sentence about what is in those lists; nothing when nothing is. */
static void kinds_append(struct text2 *words, const struct json *told, const char *const *lists, const char *sentence)
{
    struct buf b = BUF_INIT;
    struct text2 kinds = TEXT2_FROM(b, kinds_put(told, lists, &b));

    if (*text2_now(&kinds)) {
        text2_append(words, TEXT2(" "));
        text2_append(words, TEXT2(tr(sentence), text2_now(&kinds)));
    }
    text2_release(&kinds);
}

struct text2 parted_words(const struct json *told)
{
    static const char *const along[] = { "went_along", NULL }, *const here[] = { "added_since", "not_moved", NULL };
    int64_t back = json_int(json_get(told, "moved_back"));
    struct text2 words = TEXT2(tr_n("Two records again: %lld row went back.", "Two records again: %lld rows went back.",
                                    (unsigned long) back), (long long) back);

    kinds_append(&words, told, along, N_("Added since to what went back, and gone with it: %s."));
    kinds_append(&words, told, here, N_("Added since, and left here: %s. Write what is the other's into their record."));
    return words;
}
