/* key.c - names of keys. */
#include "dolen/ui/key.h"

#include <string.h>
#include <strings.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/text.h"
#include "dolen/base/banned.h"

struct key_name {
    int         code;
    const char *name;
};

/* The first name of a code is the one written. N_(): the key bar shows the translation. */
static const struct key_name names[] = {
    { K_ENTER, N_("Enter") },           { K_ENTER, "Return" },
    { K_ESC, N_("Esc") },               { K_ESC, "Escape" },
    { K_TAB, N_("Tab") },               { K_SHIFT_TAB, N_("Shift-Tab") },
    { K_BACKSPACE, N_("Backspace") },   { K_DELETE, N_("Delete") },
    { K_INSERT, N_("Insert") },         { K_HOME, N_("Home") },
    { K_END, N_("End") },               { K_PAGE_UP, N_("PageUp") },
    { K_PAGE_DOWN, N_("PageDown") },    { K_UP, N_("Up") },
    { K_DOWN, N_("Down") },             { K_LEFT, N_("Left") },
    { K_RIGHT, N_("Right") },           { K_CTRL_LEFT, N_("Ctrl-Left") },
    { K_CTRL_RIGHT, N_("Ctrl-Right") }, { K_CTRL_HOME, N_("Ctrl-Home") },
    { K_CTRL_END, N_("Ctrl-End") },
    { K_LINE, "Line-End" },
};

static const char *const space_name = N_("Space");

struct key key_of_code(int code)
{
    return (struct key) { .code = code };
}

struct key key_of_text(const char *one_character)
{
    struct key k = { .code = K_TEXT };

    str_copy(k.text, sizeof k.text, one_character);
    return k;
}

bool key_eq(const struct key *a, const struct key *b)
{
    return a->code == b->code && str_eq(a->text, b->text);
}

bool key_is_text(const struct key *k)
{
    return k->code == K_TEXT && k->text[0] != '\0';
}

static bool word_is(const char *s, size_t n, const char *word)
{
    return strlen(word) == n && strncasecmp(s, word, n) == 0;
}

static bool parse_function_key(const char *s, size_t n, struct key *out)
{
    int number = 0;

    if (n < 2 || n > 3 || (s[0] != 'F' && s[0] != 'f'))
        return false;
    for (size_t i = 1; i < n; i++) {
        if (s[i] < '0' || s[i] > '9')
            return false;
        number = number * 10 + (s[i] - '0');
    }
    *out = key_of_code(K_F(number));
    return number >= 1 && number <= 12;
}

static bool parse_control(const char *s, size_t n, struct key *out)
{
    if (n != 6 || strncasecmp(s, "Ctrl-", 5) != 0)
        return false;
    int letter = s[5] >= 'a' && s[5] <= 'z' ? s[5] - 'a' + 'A' : s[5];

    /* H I J M are Backspace, Tab and Enter to a terminal. */
    if (letter < 'A' || letter > 'Z' || strchr("HIJM", letter))
        return false;
    *out = key_of_code(K_CTRL(letter));
    return true;
}

bool key_parse(const char *name, size_t n, struct key *out)
{
    uint32_t cp;

    if (n == 0)
        n = strlen(name);
    if (n == 0)
        return false;
    if (utf8_next(name, n, &cp) == n && cp > 0x20 && cp != 0x7f && (cp != 0xFFFD || n == 3)) {
        *out = (struct key) { .code = K_TEXT };
        memcpy(out->text, name, n);
        return true;
    }
    if (word_is(name, n, space_name)) {
        *out = key_of_text(" ");
        return true;
    }
    for (size_t i = 0; i < ARRAY_LEN(names); i++)
        if (word_is(name, n, names[i].name)) {
            *out = key_of_code(names[i].code);
            return true;
        }
    return parse_function_key(name, n, out) || parse_control(name, n, out);
}

static const char *word_of(int code)
{
    for (size_t i = 0; i < ARRAY_LEN(names); i++)
        if (names[i].code == code)
            return names[i].name;
    return NULL;
}

static void write_key(struct buf *out, const struct key *k, bool translated)
{
    const char *word = k->code == K_TEXT && str_eq(k->text, " ") ? space_name : word_of(k->code);

    if (word)
        buf_add(out, translated ? tr(word) : word);
    else if (k->code == K_TEXT)
        buf_add(out, k->text);
    else if (k->code >= K_F1 && k->code < K_F1 + 12)
        buf_addf(out, "F%d", k->code - K_F1 + 1);
    else if (k->code >= 1 && k->code <= 26)
        buf_addf(out, "Ctrl-%c", 'A' + k->code - 1);
}

void key_write(struct buf *out, const struct key *k)
{
    write_key(out, k, false);
}

void key_label(struct buf *out, const struct key *k)
{
    write_key(out, k, true);
}
