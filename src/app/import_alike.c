/* app/import_alike.c - people compared by what a spreadsheet has of them. */
#include "import_alike.h"

#include <string.h>

#include "dolen/base/buf.h"
#include "dolen/base/mem.h"
#include "dolen/base/text.h"
#include "dolen/base/banned.h"

/* "2026-02-03": so many characters of it are known. */
static size_t known_of_birth(const char *precision)
{
    return str_eq(precision, "YEAR") ? 4 : str_eq(precision, "MONTH") ? 7 : str_eq(precision, "ABOUT") ? 0 : 10;
}

struct person_key person_key_make(const char *first, const char *family, const char *birth, const char *precision,
                                  const char *nhs)
{
    struct person_key k = { "", "", "" };
    struct buf name = BUF_INIT, folded = BUF_INIT;

    buf_addf(&name, "%s %s", first ? first : "", family ? family : "");
    text_fold(&folded, buf_text(&name));
    str_copy(k.name, sizeof k.name, buf_text(&folded));
    str_copy(k.birth, sizeof k.birth, birth ? birth : "");
    k.birth[known_of_birth(precision)] = '\0';
    str_copy(k.nhs, sizeof k.nhs, nhs ? nhs : "");
    buf_wipe(&name);
    buf_wipe(&folded);
    return k;
}

bool person_alike(const struct person_key *a, const struct person_key *b)
{
    size_t known = strlen(a->birth) < strlen(b->birth) ? strlen(a->birth) : strlen(b->birth);

    if (a->nhs[0] && b->nhs[0])
        return strcmp(a->nhs, b->nhs) == 0;
    return a->name[0] && strcmp(a->name, b->name) == 0 && strncmp(a->birth, b->birth, known) == 0;
}
