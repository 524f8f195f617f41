/* lint.c - one way in for every kind of definition file. The first key tells the kind. */
#include "dolen/forms/lint.h"

#include <string.h>

#include "dolen/base/file.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "drill_build.h"
#include "letter_build.h"

#include "dolen/base/banned.h"

static void lint_form(struct build *b, const struct node *root)
{
    struct form *f = form_build(b, root);

    form_lint(b, f);
    form_free(&f);
}

static void lint_codes(struct build *b, const struct node *root)
{
    struct codelist *l = codelist_build(b, root);

    codelist_free(&l);
}

static void lint_data_set(struct build *b, const struct node *root)
{
    struct data_set *d = data_set_build(b, root);

    data_set_lint(b, d);
    data_set_free(&d);
}

static void lint_policy(struct build *b, const struct node *root)
{
    struct policy *p = policy_build(b, root);

    policy_free(&p);
}

static void lint_protocol(struct build *b, const struct node *root)
{
    struct protocol *p = protocol_build(b, root);

    protocol_free(&p);
}

static void lint_drill(struct build *b, const struct node *root)
{
    struct drill *d = drill_build(b, root);

    drill_lint(b, d);
    drill_free(&d);
}

static void lint_letter(struct build *b, const struct node *root)
{
    struct letter_def *d = letter_build(b, root);

    letter_def_free(&d);
}

static void (*const linters[DEF_COUNT])(struct build *b, const struct node *root) = {
    [DEF_FORM] = lint_form, [DEF_CODES] = lint_codes, [DEF_DATA_SET] = lint_data_set, [DEF_POLICY] = lint_policy,
    [DEF_PROTOCOL] = lint_protocol, [DEF_DRILL] = lint_drill,
    [DEF_LETTER] = lint_letter,
};

static void lint_root(struct build *b, const struct node *root)
{
    const char *words[DEF_COUNT];
    const struct node *first = root->count ? &root->items[0] : root;
    const char *key = first->key ? first->key : "";
    char fix[160];

    for (int k = 0; k < DEF_COUNT; k++) {
        words[k] = def_kind_word((enum def_kind) k);
        if (strcmp(words[k], key) == 0) {
            linters[k](b, root);
            return;
        }
    }
    findings_add(b->f, true, b->file, first->key ? first->key_line : first->line,
                 first->key ? first->key_column : first->column, key, _("the first key does not say what this file is"),
                 build_nearest(fix, sizeof fix, key, words, DEF_COUNT,
                               _("begin with form:, codes:, data_set:, policy:, protocol:, drill: or letter:")));
}

void lint_bytes(const char *file, const char *s, size_t n, struct catalog *cat, struct findings *out)
{
    struct findings own = FINDINGS_INIT;
    struct build b = { .file = file, .f = &own, .cat = cat };
    struct node *root = node_parse(file, s, n, &own);

    if (root)
        lint_root(&b, root);
    node_free(&root);
    findings_sort(&own);
    for (size_t i = 0; i < own.count; i++) {
        const struct finding *f = &own.items[i];
        findings_add(out, f->fatal, f->file, f->line, f->column, f->what, f->why, f->fix);
    }
    findings_release(&own);
}

enum status lint_file(const char *path, struct catalog *cat, struct findings *out, struct err *err)
{
    struct buf text = BUF_INIT;
    enum status st = file_read(&text, path, 4 * YAML_MAX_BYTES, err);

    if (st == ST_OK)
        lint_bytes(path, buf_text(&text), text.len, cat, out);
    buf_release(&text);
    return st;
}
