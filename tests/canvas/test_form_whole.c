/* test_form_whole.c - on the smallest screen and on a common one, in both languages, every question and every choice of every shipped form can be
 * read to its last word: wrapped, or written out below the list while the cursor stands on it. */
#include "form_stage.h"

#include <stdio.h>

#include "dolen/base/lang.h"
#include "dolen/ui/choice.h"
#include "dolen/ui/notes.h"

#include "dolen/base/banned.h"

#define ROWS 12
#define COLS 40
static const int sizes[][2] = { { ROWS, COLS }, { 24, 80 } };
static int rows = ROWS, cols = COLS;
#define SHORT_HELP "like 3/2/26, today or +7"      /* on a narrow screen */
#define TEXT_X 4                        /* left of it stand the marks */

static int cut;

/* Without blanks: where a line ends does not matter. */
static void squeeze(struct buf *out, const char *text, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (text[i] != ' ' && text[i] != '\n')
            buf_add_char(out, text[i]);
}

/* What stands in the body, mark columns and scroll arrows left out. */
static void body_text(struct form_stage *f, struct buf *out)
{
    struct buf row = BUF_INIT;

    stage_show(f->s);
    for (int y = 1; y < rows - 2; y++) {
        const struct cell *cells = canvas_row(f->s->canvas, y);

        buf_clear(&row);
        for (int x = TEXT_X; x < cols - 1; x++)
            buf_add(&row, cells[x].text);
        squeeze(out, buf_text(&row), row.len);
    }
    buf_release(&row);
}

static bool can_be_read(struct form_stage *f, const char *text)
{
    struct buf body = BUF_INIT, wanted = BUF_INIT;

    body_text(f, &body);
    squeeze(&wanted, text, strlen(text));
    bool found = strstr(buf_text(&body), buf_text(&wanted)) != NULL;

    buf_release(&body);
    buf_release(&wanted);
    return found;
}

static void check(struct form_stage *f, const char *form, const struct question *q, const char *what, const char *text)
{
    if (can_be_read(f, text))
        return;
    fprintf(stderr, "%s.%s (%s), %s cut: %s\n%s\n", form, q->name, lang_code(lang_now()), what, text, buf_text(&f->s->shown));
    cut++;
}

static void check_choices(struct form_stage *f, const char *form, const struct question *q)
{
    const struct code *offered[300];
    size_t n = session_choices(f->session, q, q->repeat >= 0 ? 1 : 0, offered, ARRAY_LEN(offered));

    assert_in_range(n, 0, ARRAY_LEN(offered));
    for (size_t i = 0; i < n; i++) {
        keys(f->s, i ? "Down" : "Home");
        check(f, form, q, "choice", text2_now(&offered[i]->label));
    }
}

static void check_question(struct form_stage *f, const char *form, const struct question *q)
{
    bool hinted = can_be_read(f, text2_now(&q->hint));

    check(f, form, q, "question", text2_now(&q->label));
    if (q->type == Q_SELECT_ONE || q->type == Q_SELECT_MULTIPLE)
        check_choices(f, form, q);
    if (!hinted)
        check(f, form, q, "hint", text2_now(&q->hint));
    if (q->type == Q_DATE && !session_value(f->session, q, q->repeat >= 0 ? 1 : 0) &&
        !can_be_read(f, tr("day first: 3/2/26, 3 Feb, today, +7")) &&
        !can_be_read(f, tr("day first: 3/2/26, 3 Feb 2026, today")))
        check(f, form, q, "help for dates", tr(SHORT_HELP));
    if (q->type == Q_SCALE) {
        check(f, form, q, "end of the scale", text2_now(&q->from_label));
        check(f, form, q, "end of the scale", text2_now(&q->to_label));
    }
}

/* The same form without its rules, so that all of it is asked. */
static struct form *all_asked(struct catalog *cat, const char *id)
{
    size_t n;
    const char *yaml = form_source(catalog_form(cat, id, NULL), &n);
    struct buf out = BUF_INIT;
    struct form *form = NULL;
    struct err err = { .st = ST_OK };

    for (const char *line = yaml; *line;) {
        size_t len = strcspn(line, "\n"), indent = strspn(line, " ");

        if (strncmp(line + indent, "relevant:", 9) != 0 && strncmp(line + indent, "choice_filter:", 14) != 0)
            buf_add_mem(&out, line, len + (line[len] == '\n'));
        line += len + (line[len] == '\n');
    }
    if (form_parse(&form, id, buf_text(&out), out.len, cat, &err) != ST_OK)
        fail_msg("%s: %s", id, err_text(&err));
    buf_release(&out);
    return form;
}

static struct form_stage *stage_of(const char *id)
{
    struct form_stage *f = xcalloc(1, sizeof *f);
    struct form_host host = { f, count_save, count_file, count_release, NULL, NULL, NULL, NULL };

    f->s = stage_new(rows, cols);
    f->parsed = all_asked(f->s->catalog, id);
    f->session = session_new(f->parsed, NULL, NULL, 0, f->s->ui.today);
    for (size_t i = 0; i < f->parsed->count; i++)
        if (f->parsed->questions[i].type == Q_REPEAT)
            session_add_instance(f->session, &f->parsed->questions[i]);
    screen_push(f->s->screen, bottom_new());
    f->view = form_view_new(&f->s->ui, f->session, &host, ID_NONE, false, NULL, NULL);
    screen_push(f->s->screen, f->view);
    stage_show(f->s);
    return f;
}

static int read_form(const char *id, enum lang l)
{
    struct form_stage *f = stage_of(id);
    struct buf last = BUF_INIT;
    int read = 0;

    lang_set(l);
    stage_show(f->s);
    for (int steps = 0; steps < 300 && screen_focus(f->s->screen).question; steps++) {
        const struct question *q = form_question(f->parsed, screen_focus(f->s->screen).question);

        if (q && q->type == Q_REPEAT)
            check(f, id, q, "group", text2_now(q->item_label.t[LANG_EN] ? &q->item_label : &q->label));
        if (q && qtype_asked(q->type) && !str_eq(q->name, buf_text(&last))) {
            check_question(f, id, q);
            buf_clear(&last);
            buf_add(&last, q->name);
            read++;
        }
        keys(f->s, "Tab");
    }
    buf_release(&last);
    form_stage_free(f);
    return read;
}

static void every_question_and_choice_can_be_read_whole(void **state)
{
    (void) state;
    struct rig *s = stage_new(ROWS, COLS);
    size_t n;
    const char *const *ids = catalog_list(s->catalog, DEF_FORM, &n);
    int read = 0;

    cut = 0;
    for (size_t k = 0; k < ARRAY_LEN(sizes); k++) {
        rows = sizes[k][0];
        cols = sizes[k][1];
        for (size_t i = 0; i < n; i++)
            for (int l = 0; l < LANG_COUNT; l++)
                read += read_form(ids[i], (enum lang) l);
    }
    stage_free(s);
    assert_true(read > 800);
    assert_int_equal(cut, 0);
}

/* The panels that ask "which of them?" and the list of questions for words from notes. */
static const char *const long_labels[] = {
    "Short", "The first thing that can be chosen here, which is said in a great many words of ordinary length",
    "The first thing that can be chosen here, which is said in a great many words and then differs",
};

static unsigned no_index(void *ctx, int i) { (void) ctx; (void) i; return REACT_DRAW; }

static void assert_lines_can_be_read(struct form_stage *f)
{
    for (size_t i = 0; i < ARRAY_LEN(long_labels); i++) {
        struct buf shown = BUF_INIT, wanted = BUF_INIT;

        squeeze(&shown, stage_show(f->s), strlen(stage_show(f->s)));
        squeeze(&wanted, long_labels[i], strlen(long_labels[i]));
        if (!strstr(buf_text(&shown), buf_text(&wanted)))
            fail_msg("cut: %s\n%s", long_labels[i], buf_text(&f->s->shown));
        buf_release(&shown);
        buf_release(&wanted);
        keys(f->s, "Down");
    }
}

static void the_line_pointed_at_in_a_panel_can_be_read_whole(void **state)
{
    (void) state;
    struct form_stage *f = form_stage_at(NULL, NULL, false, NULL, ROWS, COLS);

    struct choice *which = screen_choose(f->s->screen, TEXT2("Which of them?"), no_index, NULL);
    struct view *pick = pick_view_new(TEXT2("To which question?"), no_index, NULL);

    for (size_t i = 0; i < ARRAY_LEN(long_labels); i++) {
        choice_add(which, TEXT2("%s", long_labels[i]));
        pick_view_add(pick, TEXT2("%s", long_labels[i]), NULL);
    }
    assert_lines_can_be_read(f);
    keys(f->s, "Esc");
    screen_push(f->s->screen, pick);
    assert_lines_can_be_read(f);
    form_stage_free(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_question_and_choice_can_be_read_whole),
        cmocka_unit_test(the_line_pointed_at_in_a_panel_can_be_read_whole),
    };

    lang_start();
    lang_set(LANG_EN);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
