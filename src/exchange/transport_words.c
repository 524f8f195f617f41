/* The stable words of results and causes, and what a name may be: for whoever carries, here or in dolen-carry. */
#include "dolen/exchange/transport.h"

#include <string.h>

#include "dolen/base/mem.h"
#include "dolen/base/banned.h"

static const char *const results[] = {
#define X(name, word) word,
    TRANSPORT_RESULT_LIST(X)
#undef X
};

static const char *const causes[] = {
#define X(name, word) word,
    TRANSPORT_CAUSE_LIST(X)
#undef X
};

const char *transport_result_word(enum transport_result r)
{
    return results[r];
}

const char *transport_cause_word(enum transport_cause c)
{
    return causes[c];
}

static bool find(const char *const *words, size_t count, const char *word, size_t *at)
{
    for (*at = 0; *at < count; ++*at)
        if (str_eq(words[*at], word))
            return true;
    return false;
}

bool transport_result_by_word(const char *word, enum transport_result *out)
{
    size_t at;
    bool known = find(results, ARRAY_LEN(results), word, &at);

    if (known)
        *out = (enum transport_result) at;
    return known;
}

bool transport_cause_by_word(const char *word, enum transport_cause *out)
{
    size_t at;
    bool known = find(causes, ARRAY_LEN(causes), word, &at);

    if (known)
        *out = (enum transport_cause) at;
    return known;
}

bool transport_name_is_good(const char *name)
{
    for (const char *c = name; *c; c++) {
        bool letter = (*c >= 'a' && *c <= 'z') || (*c >= 'A' && *c <= 'Z') || (*c >= '0' && *c <= '9');

        if (!letter && !strchr("._-/", *c))
            return false;
        if ((*c == '.' || *c == '/') && (c == name || c[-1] == '/'))
            return false;
    }
    return *name && name[strlen(name) - 1] != '/';
}
