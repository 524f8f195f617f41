/* app/handover_words.c - what a handover that was opened has brought, and who did not want one made, in words. */
#include "handover_words.h"

#include <string.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/core/safe.h"
#include "dolen/ui/refusals.h"
#include "dolen/base/banned.h"

static void added_line(void *ctx, const char *table, struct json *n)
{
    struct buf *out = ctx;
    enum table_id t;

    if (!table_by_name(table, &t))
        return;
    buf_addf(out, _("  new: %s, %lld"), bin_kind_label(t), (long long) json_int(n));
    buf_add_char(out, '\n');
}

static struct field_at field_taken(const struct json *j)
{
    struct field_at f = { T_COUNT, ID_NONE, ID_NONE, json_get_text(j, "field"), false };

    table_by_name(json_get_text(j, "kind"), &f.table);
    id_parse(json_get_text(j, "id"), &f.record);
    if (json_get_text(j, "person"))
        id_parse(json_get_text(j, "person"), &f.person);
    return f;
}

/* "Person · Preferred name: Lys → Lysi"; what was serious is named and not read out. */
static void taken_line(struct ui *u, const struct json *j, struct buf *out)
{
    struct field_at f = field_taken(j);
    struct buf words = BUF_INIT;

    if (f.table == T_COUNT)
        return;
    field_kind_put(u, &f, &words);
    buf_add(&words, " · ");
    field_label_put(u, &f, &words);
    if (f.table != T_CONCERN) {
        buf_add(&words, ": ");
        field_value_put(u, &f, json_get(j, "was"), &words);
        buf_add(&words, " → ");
        field_value_put(u, &f, json_get(j, "is"), &words);
    }
    buf_addf(out, _("  taken over: %s"), buf_text(&words));
    buf_add_char(out, '\n');
    buf_wipe(&words);
}

void told_cover(struct ui *u, struct json *told)
{
    static const char *const sides[] = { "was", "is" };
    struct json *taken = json_get(told, "taken");

    for (size_t i = 0; i < json_count(taken); i++) {
        struct json *j = json_at(taken, i);
        struct field_at f = field_taken(j);

        for (size_t k = 0; k < ARRAY_LEN(sides) && field_is_covered(u, &f); k++)
            if (json_kind(json_get(j, sides[k])) == JSON_TEXT_)
                json_set_text(j, sides[k], safe_show("x", true, false));
    }
}

void told_words(struct ui *u, const struct json *told, struct buf *out)
{
    const struct json *taken = json_get(told, "taken"), *added = json_get(told, "added"),
                      *gone = json_get(told, "let_go");

    if (!json_count(taken) && !json_count(added) && !json_int(json_get(told, "conflicts")))
        buf_addf(out, "%s\n", _("Nothing in it is new here."));
    json_each(added, added_line, out);
    for (size_t i = 0; i < json_count(taken); i++)
        taken_line(u, json_at(taken, i), out);
    if (json_count(gone)) {
        buf_addf(out, _("Forgotten or let go here, so not taken: %zu."), json_count(gone));
        buf_add_char(out, '\n');
    }
}

void handover_refused_words(struct casefile *cf, struct id person, struct buf *out)
{
    struct refusal all[REFUSALS_MAX];
    size_t n = 0;

    if (refusals_of(cf->store, person, "HANDOVER", all, REFUSALS_MAX, &n, NULL) == ST_OK)
        for (size_t i = 0; i < n; i++)
            buf_addf(out, _("Said no on %s to handing over to %s. "), date_show(all[i].on).s, all[i].recipient);
    explicit_bzero(all, sizeof all);
}
