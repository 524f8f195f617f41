#include "names.h"

#include <stdlib.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"

#include "dolen/base/banned.h"

void person_name(char *out, size_t size, const char *given, const char *family, const char *preferred,
                 const char *alias)
{
    const char *first = preferred && *preferred ? preferred : given ? given : "";
    const char *last = family ? family : "";
    char *both = xasprintf("%s%s%s", first, *first && *last ? " " : "", last);

    str_copy(out, size, *both ? both : alias ? alias : _("(forgotten)"));
    free(both);
}

void asset_name(char *out, size_t size, const char *en, const char *cy)
{
    const char *wanted = lang_now() == LANG_CY ? cy : en, *other = lang_now() == LANG_CY ? en : cy;

    str_copy(out, size, wanted && *wanted ? wanted : other ? other : "");
}
