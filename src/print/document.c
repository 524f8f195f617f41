/* The document itself, and its way through a pipe. */
#include "dolen/print/document.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/mem.h"
#include "dolen/base/text.h"
#include "dolen/base/banned.h"

#define SCHEMA "dolen/document/1"
#define LEVEL_MAX 2

static const char *const kind_words[] = {
#define X(upper, lower) #lower,
    BLOCK_LIST(X)
#undef X
};

static const struct {
    const char *key, *words;
} page_words[] = {
#define X(upper, lower, words) { #lower, words },
    PAGE_WORD_LIST(X)
#undef X
};

static char *tamed(const char *s, bool lines)
{
    struct buf b = BUF_INIT;

    if (!s)
        return NULL;
    text_tame(&b, s, lines);
    while (b.len > 0 && (b.s[b.len - 1] == '\n' || b.s[b.len - 1] == ' '))
        b.s[--b.len] = '\0';
    return buf_steal(&b);
}

static void wiped(char **s)
{
    if (*s)
        explicit_bzero(*s, strlen(*s));
    free(*s);
    *s = NULL;
}

struct document *document_new(enum lang l, const char *title)
{
    struct document *d = xcalloc(1, sizeof *d);

    d->lang = l;
    d->title = tamed(title ? title : "", false);
    return d;
}

void document_free(struct document **dp)
{
    struct document *d = *dp;

    if (!d)
        return;
    for (size_t i = 0; i < d->count; i++) {
        wiped(&d->items[i].label);
        wiped(&d->items[i].text);
    }
    for (size_t i = 0; i < PAGE_WORD_COUNT; i++)
        free(d->page_words[i]);
    wiped(&d->title);
    wiped(&d->name);
    free(d->items);
    free(d);
    *dp = NULL;
}

void document_set_name(struct document *d, const char *name)
{
    wiped(&d->name);
    d->name = name && *name ? tamed(name, false) : NULL;
}

static struct block *add(struct document *d, enum block_kind kind, int level, const char *text)
{
    struct block *b;

    if (!text || !*text)
        return NULL;
    b = ARRAY_ADD(d->items, d->count, d->cap);
    b->kind = kind;
    b->level = level < 0 ? 0 : level > LEVEL_MAX ? LEVEL_MAX : level;
    b->text = tamed(text, kind != BLOCK_HEADING);
    return b;
}

void document_heading(struct document *d, const char *text)
{
    if (add(d, BLOCK_HEADING, 0, text))
        d->numbered = 0;
}

void document_para(struct document *d, int level, const char *text)
{
    add(d, BLOCK_PARA, level, text);
}

void document_numbered(struct document *d, const char *text)
{
    struct block *b = add(d, BLOCK_NUMBERED, 0, text);

    if (b)
        b->number = ++d->numbered;
}

void document_bullet(struct document *d, int level, const char *text)
{
    add(d, BLOCK_BULLET, level, text);
}

void document_labelled(struct document *d, int level, const char *label, const char *value)
{
    struct block *b = add(d, BLOCK_LABELLED, level, value);

    if (b)
        b->label = tamed(label, false);
}

void document_step(struct document *d, int level, const char *text, bool done)
{
    struct block *b = add(d, BLOCK_STEP, level, text);

    if (b)
        b->number = done;
}

void document_fact(struct document *d, int level, const char *label, const char *value)
{
    struct block *b = add(d, BLOCK_FACT, level, value);

    if (b)
        b->label = tamed(label, false);
}

static struct date_text shown(const struct document *d, struct date on, struct date_text (*show)(struct date on))
{
    enum lang now = lang_now();
    struct date_text text;

    lang_set(d->lang);
    text = show(on);
    lang_set(now);
    return text;
}

/* Within some ten months of a date that stands there with its year, nobody takes the day for one of another year. */
static bool year_is_clear(struct date on, struct date since)
{
    return date_is_set(since) && date_compare(on, since) >= 0 && date_days(on) - date_days(since) < 300;
}

void document_labelled_date(struct document *d, int level, const char *label, struct date on)
{
    if (date_is_set(on))
        document_labelled(d, level, label, shown(d, on, date_show_long).s);
}

void document_fact_date(struct document *d, int level, const char *label, struct date on, struct date since)
{
    if (date_is_set(on))
        document_fact(d, level, label, shown(d, on, year_is_clear(on, since) ? date_show_day : date_show_long).s);
}

size_t document_past_facts(const struct document *d, size_t i)
{
    while (i < d->count && d->items[i].kind == BLOCK_FACT)
        i++;
    return i;
}

/* --- through a pipe ----------------------------------------------------------------------------------------------- */

struct json *document_to_json(const struct document *d)
{
    struct json *j = json_new_map(), *list = json_new_list(), *pages = json_new_map();

    json_set_text(j, "schema", SCHEMA);
    json_set_text(j, "lang", lang_code(d->lang));
    json_set_text(j, "title", d->title);
    json_set_text(j, "name", d->name);
    json_set_bool(j, "large", d->large);
    json_set_bool(j, "training", d->training);
    for (size_t i = 0; i < d->count; i++) {
        const struct block *b = &d->items[i];
        struct json *one = json_new_map();

        json_set_text(one, "kind", kind_words[b->kind]);
        json_set_int(one, "level", b->level);
        if (b->number)
            json_set_int(one, "number", b->number);
        if (b->label)
            json_set_text(one, "label", b->label);
        if (b->text)
            json_set_text(one, "text", b->text);
        json_append(list, one);
    }
    json_set(j, "blocks", list);
    for (size_t i = 0; i < PAGE_WORD_COUNT; i++)
        json_set_text(pages, page_words[i].key, tr_in(d->lang, page_words[i].words));
    json_set(j, "pages", pages);
    return j;
}

static bool kind_parse(const char *word, enum block_kind *out)
{
    for (int k = 0; k < BLOCK_COUNT; k++)
        if (str_eq(word, kind_words[k])) {
            *out = (enum block_kind) k;
            return true;
        }
    return false;
}

static bool block_from_json(struct document *d, const struct json *j)
{
    enum block_kind kind;
    struct block *b;

    if (!kind_parse(json_get_text(j, "kind"), &kind))
        return false;
    b = add(d, kind, (int) json_int(json_get(j, "level")), json_get_text(j, "text"));
    if (!b)
        return false;
    b->number = (int) json_int(json_get(j, "number"));
    b->label = tamed(json_get_text(j, "label"), false);
    return kind != BLOCK_LABELLED || b->label;
}

enum status document_from_json(struct document **out, const struct json *j, struct err *err)
{
    struct document *d = NULL;
    struct json *list = json_get(j, "blocks");
    const struct json *pages = json_get(j, "pages");
    enum lang l;
    bool good = str_eq(json_get_text(j, "schema"), SCHEMA) && lang_parse(json_get_text(j, "lang"), &l) &&
                json_get_text(j, "title") && list && json_kind(list) == JSON_LIST_;

    if (good) {
        d = document_new(l, json_get_text(j, "title"));
        document_set_name(d, json_get_text(j, "name"));
        d->large = json_bool(json_get(j, "large"));
        d->training = json_bool(json_get(j, "training"));
    }
    for (size_t i = 0; good && i < PAGE_WORD_COUNT; i++)
        good = (d->page_words[i] = tamed(json_get_text(pages, page_words[i].key), false)) != NULL;
    for (size_t i = 0; good && i < json_count(list); i++)
        good = block_from_json(d, json_at(list, i));
    if (!good) {
        document_free(&d);
        return err_set(err, ST_INVALID,
                       _("This is not a document of this program; nothing was drawn; give it one made by dolen."));
    }
    *out = d;
    return ST_OK;
}
