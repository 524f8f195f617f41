/* app/asset_ask.c - options become the tokens that people type on the screen, so that both are read by the same
 * rules. */
#include "asset_ask.h"

#include "dolen/base/buf.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/ui/asset_find.h"
#include "dolen/base/banned.h"

enum status asset_wants_asked(const struct run *r, struct wants *out, struct err *err)
{
    static const struct {
        const char    *option;
        enum wish_kind kind;
    } options[] = {
        { "--need", WISH_NEED }, { "--place", WISH_PLACE }, { "--day", WISH_DAY }, { "--cost", WISH_COST },
        { "--access", WISH_ACCESS }, { "--language", WISH_LANGUAGE },
    };
    const char *match = run_value(r, "--match");
    const struct wish_token *unknown;
    struct wish w;

    wish_read(match ? match : "", &w);
    for (size_t i = 0; i < ARRAY_LEN(options); i++) {
        const char *value = run_value(r, options[i].option);

        if (value && w.count < WISH_TOKENS_MAX) {
            w.tokens[w.count].kind = options[i].kind;
            str_copy(w.tokens[w.count++].value, WISH_VALUE_MAX, value);
        }
    }
    unknown = asset_wants(r->cf->catalog, &w, out);
    if (!unknown)
        return ST_OK;
    return err_set(err, ST_INVALID,
                   _("\"%s\" is not known (%s). Nothing was listed. Use a word of its list, in Welsh or in English."),
                   unknown->value, wish_kind_label(unknown->kind));
}
