/* cmd_form.c - form list|lint|preview|diff|fill. */
#include "commands.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dolen/base/file.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/text.h"
#include "dolen/forms/catalog.h"
#include "dolen/forms/diff.h"
#include "dolen/forms/lint.h"
#include "dolen/ui/views.h"
#include "fill.h"
#include "dolen/base/banned.h"

#define DEFINITION_MAX (512u * 1024)

static enum status list_run(struct run *r, struct err *err)
{
    struct catalog *cat = catalog_open();
    struct json *list = json_new_list();
    enum status st = ST_OK;

    for (int kind = 0; kind < DEF_COUNT; kind++) {
        size_t n;
        const char *const *ids = catalog_list(cat, (enum def_kind) kind, &n);

        for (size_t i = 0; i < n; i++) {
            char *path = catalog_path(cat, (enum def_kind) kind, ids[i]);
            struct json *j = json_new_map();

            json_set_text(j, "kind", def_kind_word((enum def_kind) kind));
            json_set_text(j, "id", ids[i]);
            json_set_text(j, "file", path);
            json_append(list, j);
            if (!r->json && kind == DEF_FORM) {
                const struct form *f = catalog_form(cat, ids[i], err);

                printf("%-18s %s\n", ids[i], f ? text2_now(&f->title) : "?");
            }
            free(path);
        }
    }
    if (r->json) {
        struct json *j = json_new_map();

        json_set(j, "items", list);
        run_print_json("form-list", j);
    } else {
        json_free(&list);
    }
    catalog_free(&cat);
    return st;
}

static struct json *finding_json(const struct finding *f)
{
    struct json *j = json_new_map();

    json_set_text(j, "file", f->file);
    json_set_int(j, "line", f->line);
    json_set_int(j, "column", f->column);
    json_set_text(j, "what", f->what);
    json_set_text(j, "why", f->why);
    json_set_text(j, "fix", f->fix);
    return j;
}

enum status form_lint_run(struct run *r, struct err *err)
{
    struct catalog *cat = catalog_open();
    struct findings found = FINDINGS_INIT;
    struct json *list = json_new_list();
    enum status st = ST_OK;

    for (int i = 0; i < r->operands && st == ST_OK; i++)
        st = lint_file(r->operand[i], cat, &found, err);
    for (size_t i = 0; i < found.count && st == ST_OK; i++) {
        struct buf b = BUF_INIT;

        json_append(list, finding_json(&found.items[i]));
        finding_print(&b, &found.items[i]);
        if (!r->json)
            puts(buf_text(&b));
        buf_release(&b);
    }
    if (st == ST_OK && r->json) {
        struct json *j = json_new_map();

        json_set(j, "findings", list);
        run_print_json("form-lint", j);
    } else {
        json_free(&list);
    }
    if (st == ST_OK && found.count)
        st = err_set(err, ST_INVALID,
                     tr_n("%zu finding in these definitions. Nothing was changed.",
                          "%zu findings in these definitions. Nothing was changed.", found.count),
                     found.count);
    else if (st == ST_OK && !r->json)
        puts(_("No findings."));
    findings_release(&found);
    catalog_free(&cat);
    return st;
}

/* A form by id, or a file. *own is set when the caller frees it. */
static enum status form_named(struct catalog *cat, const char *name, const struct form **out, struct form **own,
                              struct err *err)
{
    struct buf b = BUF_INIT;
    enum status st;

    *own = NULL;
    if (!strchr(name, '/') && !strchr(name, '.')) {
        *out = catalog_form(cat, name, err);
        return *out ? ST_OK : err->st;
    }
    st = file_read(&b, name, DEFINITION_MAX, err);
    if (st == ST_OK)
        st = form_parse(own, name, buf_text(&b), b.len, cat, err);
    *out = *own;
    buf_release(&b);
    return st;
}

/* names: what an answer file calls the question and its choices. */
static void preview_question(const struct question *q, enum lang l, bool names)
{
    printf("%*s%s", q->depth * 2, "", text2_in(&q->label, l));
    if (names && q->type != Q_GROUP && q->type != Q_NOTE)
        printf("  %s", q->name);
    if (q->type == Q_GROUP || q->type == Q_REPEAT || q->type == Q_NOTE) {
        putchar('\n');
        return;
    }
    printf("  [%s]%s\n", qtype_label(q->type), q->required_always || q->required ? " +" : "");
    if (text2_has(&q->hint, l))
        printf("%*s    %s\n", q->depth * 2, "", text2_in(&q->hint, l));
    for (size_t i = 0; q->choices && i < q->choices->count; i++)
        if (names)
            printf("%*s    %s  %s\n", q->depth * 2, "", q->choices->items[i].code,
                   text2_in(&q->choices->items[i].label, l));
        else
            printf("%*s    %2zu  %s\n", q->depth * 2, "", i + 1, text2_in(&q->choices->items[i].label, l));
}

static enum status preview_run(struct run *r, struct err *err)
{
    struct catalog *cat = catalog_open();
    const struct form *f = NULL;
    struct form *own = NULL;
    enum status st = form_named(cat, r->operand[0], &f, &own, err);

    if (st == ST_OK) {
        printf("%s\n%s\n\n", text2_now(&f->title), text2_now(&f->about));
        for (size_t i = 0; i < f->count; i++)
            preview_question(&f->questions[i], lang_now(), run_flag(r, "--names"));
    }
    form_free(&own);
    catalog_free(&cat);
    return st;
}

static enum status diff_run(struct run *r, struct err *err)
{
    struct catalog *cat = catalog_open();
    const struct form *a = NULL, *b = NULL;
    struct form *own_a = NULL, *own_b = NULL;
    struct diff d = { NULL, 0, 0 };
    struct json *list = json_new_list();
    enum status st = form_named(cat, r->operand[0], &a, &own_a, err);

    if (st == ST_OK)
        st = form_named(cat, r->operand[1], &b, &own_b, err);
    if (st == ST_OK)
        form_diff(a, b, &d);
    for (size_t i = 0; i < d.count; i++) {
        struct json *j = json_new_map();

        json_set_text(j, "kind", diff_word(d.rows[i].kind));
        json_set_text(j, "before", d.rows[i].before ? d.rows[i].before->name : NULL);
        json_set_text(j, "after", d.rows[i].after ? d.rows[i].after->name : NULL);
        json_append(list, j);
        if (!r->json)
            puts(d.rows[i].text);
    }
    if (st == ST_OK && r->json) {
        struct json *j = json_new_map();

        json_set(j, "rows", list);
        run_print_json("form-diff", j);
    } else {
        json_free(&list);
    }
    diff_release(&d);
    form_free(&own_a);
    form_free(&own_b);
    catalog_free(&cat);
    return st;
}

static enum status id_option(struct run *r, const char *name, enum table_id t, struct id *out, struct err *err)
{
    const char *v = run_value(r, name);

    *out = ID_NONE;
    return v ? operand_id(r, t, v, out, err) : ST_OK;
}

/* A script is told what a screen would have asked about, on standard error; the connection stands. */
static void warn_of(struct run *r, struct id asset)
{
    struct ui u = { .store = r->cf->store, .catalog = r->cf->catalog, .today = clock_today() };
    struct asset_row row;
    struct asset_load load;
    struct buf b = BUF_INIT;

    if (!id_is_set(asset) || asset_row_get(u.store, asset, &row, NULL) != ST_OK)
        return;
    load = asset_load_of(&u, &row);
    caution_sentences(&b, &load, u.today);
    if (b.len)
        fprintf(stderr, "dolen: %s\n", buf_text(&b));
    buf_release(&b);
}

static enum status fill_run(struct run *r, struct err *err)
{
    struct target t = { .form = r->operand[0], .stage = run_value(r, "--stage"), .no_draft = true };
    const char *record = run_value(r, "--record");
    struct filled done;
    enum status st = id_option(r, "--person", T_PERSON, &t.person, err);

    if (st == ST_OK)
        st = id_option(r, "--episode", T_EPISODE, &t.episode, err);
    if (st == ST_OK)
        st = id_option(r, "--asset", T_ASSET, &t.asset, err);
    if (st == ST_OK && record && !id_parse(record, &t.record))
        st = err_set(err, ST_USAGE,
                     _("\"%s\" is not an id: 36 characters like the ones that lists show. Nothing was changed."
                       " Copy it from a list."),
                     record);
    if (st == ST_OK && t.stage && !str_eq(t.stage, "BASELINE") && !str_eq(t.stage, "REVIEW") &&
        !str_eq(t.stage, "CLOSING"))
        st = err_set(err, ST_USAGE, _("--stage is BASELINE, REVIEW or CLOSING. Nothing was changed."));
    if (st == ST_OK)
        warn_of(r, t.asset);
    if (st == ST_OK && str_eq(t.form, "person") && !id_is_set(t.person))
        st = fill_new_person(r, &done, err);
    else if (st == ST_OK)
        st = fill_from_options(r, &t, &done, err);
    if (st == ST_OK)
        fill_answer(r, "form-fill", &done);
    return st;
}

static const struct option fill_options[] = {
    { "--person", "PERSON", N_("For whom") },
    { "--episode", "ID", N_("In which episode; the open one when not given") },
    { "--record", "ID", N_("Edit this record instead of making a new one") },
    { "--asset", "ID", N_("Of a connection: to which community asset") },
    { "--stage", "STAGE", N_("Of a measure: BASELINE, REVIEW, CLOSING") },
    { "--answers", "FILE", N_("Answers as a JSON object of question and value; - is standard input") },
    { NULL, NULL, NULL }
};

static const struct option preview_options[] = {
    { "--names", NULL, N_("With the names and codes that answer files are written with") },
    { NULL, NULL, NULL }
};

const struct command form_commands[] = {
    { "form", "list", "", 0, 0, N_("The forms and other definitions, and where they come from"), NULL, NEEDS_NOTHING,
      list_run },
    { "form", "lint", "FILE…", 1, CLI_OPERANDS_MAX, N_("Check definition files: file:line:column: what: why: fix"),
      NULL,
      NEEDS_NOTHING, form_lint_run },
    { "form", "preview", "FORM", 1, 1, N_("Show a form's questions, by id or from a file"), preview_options,
      NEEDS_NOTHING, preview_run },
    { "form", "diff", "OLD NEW", 2, 2, N_("What changed between two definitions"), NULL, NEEDS_NOTHING, diff_run },
    { "form", "fill", "FORM", 1, 1, N_("Fill in a form from a file of answers"), fill_options, NEEDS_CASE, fill_run },
    { NULL, NULL, NULL, 0, 0, NULL, NULL, 0, NULL }
};
