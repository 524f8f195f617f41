/* form_stage.h - a form on a stage, with a host that counts what it is asked. */
#ifndef FORM_STAGE_H
#define FORM_STAGE_H

#include "view_test.h"

#define CHOICE(code, en, cy) "      - {code: " code ", label: {en: \"" en "\", cy: \"" cy "\"}}\n"

static const char small_form[] =
    "form: small\nversion: 1\nkind: form\nsubject: person\nonce: false\n"
    "title: {en: Small, cy: Bach}\n"
    "about: {en: \"About this form.\", cy: \"Am y ffurflen hon.\"}\n"
    "questions:\n"
    "  - name: who\n    type: text\n    required: true\n    label: {en: Who is it, cy: Pwy yw}\n"
    "    hint: {en: A name will do, cy: Bydd enw yn ddigon}\n"
    "    prompts:\n      - {en: What do people call you, cy: Beth mae pobl yn eich galw}\n"
    "  - name: born\n    type: date\n    appearance: past\n    label: {en: Born on, cy: Ganwyd}\n"
    "  - name: children\n    type: integer\n    constraint: \". < 20\"\n"
    "    constraint_message: {en: \"Fewer than 20.\", cy: \"Llai nag 20.\"}\n"
    "    label: {en: Children, cy: Plant}\n"
    "  - name: pet\n    type: select_one\n    required: true\n    label: {en: Which pet, cy: Pa anifail}\n    choices:\n"
    CHOICE("DOG", "Dog", "Ci") CHOICE("CAT", "Cat", "Cath") CHOICE("NONE", "None at all", "Dim un")
    "  - name: pet_name\n    type: text\n    label: {en: Its name, cy: Ei enw}\n    relevant: \"${pet} != 'NONE'\"\n"
    "  - name: likes\n    type: select_multiple\n    appearance: ranked\n    label: {en: Likes, cy: Hoffi}\n    choices:\n"
    CHOICE("SEA", "The sea", "Y môr") CHOICE("HILL", "Hills", "Bryniau") CHOICE("TOWN", "Town", "Y dref")
    "  - name: mood\n    type: scale\n    from: 0\n    to: 10\n    label: {en: Mood, cy: Hwyliau}\n"
    "    from_label: {en: Low, cy: Isel}\n    to_label: {en: High, cy: Uchel}\n"
    "  - name: ok\n    type: acknowledge\n    label: {en: Agreed, cy: Cytunwyd}\n"
    "  - name: story\n    type: text\n    appearance: multiline\n    label: {en: Story, cy: Stori}\n"
    "  - name: phone\n    type: text\n    appearance: phone\n    label: {en: Phone, cy: Ffôn}\n"
    "  - name: steps\n    type: repeat\n    label: {en: Steps, cy: Camau}\n    item_label: {en: Step, cy: Cam}\n    questions:\n"
    "      - name: step\n        type: text\n        label: {en: What to do, cy: Beth i'w wneud}\n";

struct form_stage {
    struct rig   *s;
    struct form    *parsed;
    struct session *session;
    struct view    *view;
    int             saves, filed, released;
    bool            refuse_save;
    const char     *about;              /* what the host says that every instance is about; NULL: nothing */
};

static unsigned count_save(void *ctx)
{
    struct form_stage *f = ctx;

    f->saves++;
    if (!f->refuse_save)
        session_mark_clean(f->session);
    return REACT_DRAW;
}

static unsigned count_file(void *ctx)
{
    ((struct form_stage *) ctx)->filed++;
    return REACT_BACK;
}

static void count_release(void *ctx)
{
    ((struct form_stage *) ctx)->released++;
}

static void say_about(void *ctx, const struct question *repeat, int instance, struct buf *out)
{
    const struct form_stage *f = ctx;

    (void) repeat;
    if (f->about)
        buf_addf(out, "%d. %s", instance, f->about);
}

/* Something to go back to. */
static void bottom_draw(struct view *v, struct area body)
{
    (void) v;
    area_text(body, 0, 0, -1, STYLE_TEXT, "the bottom");
}

static inline struct view *bottom_new(void)
{
    static const struct view_ops ops = { .name = "bottom", .context = IN_TODAY, .draw = bottom_draw };
    struct view *v = xcalloc(1, sizeof *v);

    v->ops = &ops;
    return v;
}

/* id NULL: the small form. */
static inline struct form_stage *form_stage_at(const char *id, const struct answers *a, bool guarded, const char *at, int rows,
                                               int cols)
{
    struct form_stage *f = xcalloc(1, sizeof *f);
    struct form_host host = { f, count_save, count_file, count_release, NULL, NULL, say_about, NULL };
    struct err err = { .st = ST_OK };
    const struct form *form = NULL;

    f->s = stage_new(rows, cols);
    if (id)
        form = catalog_form(f->s->catalog, id, &err);
    else if (form_parse(&f->parsed, "small", small_form, strlen(small_form), f->s->catalog, &err) == ST_OK)
        form = f->parsed;
    if (!form)
        fail_msg("%s", err_text(&err));
    f->session = session_new(form, a, NULL, 0, f->s->ui.today);
    screen_push(f->s->screen, bottom_new());
    f->view = form_view_new(&f->s->ui, f->session, &host, ID_NONE, guarded, at, NULL);
    screen_push(f->s->screen, f->view);
    stage_show(f->s);
    return f;
}

static inline struct form_stage *form_stage_new(void)
{
    return form_stage_at(NULL, NULL, false, NULL, 24, 80);
}

static inline void form_stage_free(struct form_stage *f)
{
    stage_free(f->s);
    assert_int_equal(f->released, 1);
    session_free(&f->session);
    form_free(&f->parsed);
    free(f);
}

static inline const char *value_of(const struct form_stage *f, const char *name)
{
    const char *v = answers_value(session_answers(f->session), name, 0);

    return v ? v : "";
}

/* Goes to a question by Tab. */
static inline void go_to(struct form_stage *f, const char *question)
{
    for (int i = 0; i < 60; i++) {
        struct focus at = screen_focus(f->s->screen);

        if (str_eq(at.question, question))
            return;
        keys(f->s, "Tab");
    }
    fail_msg("Tab does not come to %s", question);
}

#endif
