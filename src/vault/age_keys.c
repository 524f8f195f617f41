/* Keys of the age format: made, read, written as text. A secret key is held in guarded memory and leaves it only as a
 * struct secret. */
#include "age_priv.h"

#include <sodium.h>
#include <string.h>

#include "bech32.h"
#include "slotfile.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/banned.h"

#define PUBLIC_PART  "age"
#define SECRET_PART  "age-secret-key-"
#define SECRET_START "AGE-SECRET-KEY-1"

enum status age_no_memory(struct err *err)
{
    return err_set(err, ST_NOMEM, "%s", _("There is no memory to hold a key safely. Nothing was written. Close other "
                                          "programs and try again."));
}

enum status age_identity_new(struct age_identity **out, struct err *err)
{
    struct age_identity *id = guarded_new(sizeof *id);

    if (!id)
        return age_no_memory(err);
    randombytes_buf(id->secret, sizeof id->secret);
    crypto_scalarmult_base(id->public, id->secret);
    *out = id;
    return ST_OK;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* The next line that says something; false at the end. */
static bool next_line(const char **s, const char *end, const char **line, size_t *n)
{
    while (*s < end) {
        const char *eol = memchr(*s, '\n', (size_t) (end - *s)), *stop = eol ? eol : end;

        *line = *s;
        *s = eol ? eol + 1 : end;
        while (stop > *line && is_blank(stop[-1]))
            stop--;
        while (*line < stop && is_blank(**line))
            (*line)++;
        *n = (size_t) (stop - *line);
        if (*n && **line != '#')
            return true;
    }
    return false;
}

enum status age_identity_parse(struct age_identity **out, const char *text, size_t n, struct err *err)
{
    struct age_identity *id;
    const char *end = text + n, *line;
    size_t length;
    bool good;

    if (!(id = guarded_new(sizeof *id)))
        return age_no_memory(err);
    good = next_line(&text, end, &line, &length) && length > strlen(SECRET_START) &&
           memcmp(line, SECRET_START, strlen(SECRET_START)) == 0 &&
           bech32_decode(id->secret, SECRET_PART, line, length);
    if (!good) {
        sodium_free(id);
        return err_set(err, ST_INVALID, "%s", _("This is not a secret age key. Nothing was opened. Choose the file "
                                                "that age-keygen wrote: its last line "
                                                "begins with AGE-SECRET-KEY-1."));
    }
    crypto_scalarmult_base(id->public, id->secret);
    *out = id;
    return ST_OK;
}

enum status age_identity_text(const struct age_identity *id, struct secret **out, struct err *err)
{
    struct secret *s = secret_new();
    char text[BECH32_TEXT];

    if (!s)
        return age_no_memory(err);
    bech32_encode(text, SECRET_PART, id->secret);
    for (char *c = text; *c; c++)
        if (*c >= 'a' && *c <= 'z')
            *c = (char) (*c - 'a' + 'A');
    secret_add(s, text, strlen(text));
    sodium_memzero(text, sizeof text);
    *out = s;
    return ST_OK;
}

void age_identity_recipient(const struct age_identity *id, struct age_recipient *out)
{
    memcpy(out->key, id->public, sizeof out->key);
}

void age_identity_free(struct age_identity **ip)
{
    if (!ip || !*ip)
        return;
    sodium_free(*ip);
    *ip = NULL;
}

enum status age_recipient_parse(struct age_recipient *out, const char *text, struct err *err)
{
    const char *line = text, *end = text + strlen(text);
    size_t n;

    while (line < end && is_blank(*line))
        line++;
    while (end > line && is_blank(end[-1]))
        end--;
    n = (size_t) (end - line);
    char shown[71];

    if (bech32_decode(out->key, PUBLIC_PART, line, n))
        return ST_OK;
    str_copy(shown, sizeof shown, line);            /* what was pasted may be anything: whole letters of it */
    return err_set(err, ST_INVALID, _("\"%s\" is not a recipient of the kind age1… (62 characters). Nothing "
                                          "was written. Check it for a slip, or ask for it again."), shown);
}

void age_recipient_text(const struct age_recipient *r, char out[AGE_RECIPIENT_TEXT])
{
    char text[BECH32_TEXT];

    bech32_encode(text, PUBLIC_PART, r->key);
    str_copy(out, AGE_RECIPIENT_TEXT, text);
}
